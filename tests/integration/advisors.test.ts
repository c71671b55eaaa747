import { describe, expect, it } from 'vitest';
import { z } from 'zod';
import { advisors } from '../../local/cli/supabase-cli.ts';
import { sharedPostgres } from '../support/project.ts';
import { templateDatabase } from '../support/global-setup.ts';

/** docs/decisions.md, "One finding of the linter stays": Postgres has no way to give an aggregate a search path. */
const known = ['function_search_path_mutable public.csv'];

const findings = z.array(z.object({
  name: z.string(),
  metadata: z.object({ schema: z.string(), name: z.string() }),
}));

describe("the platform's database linter", () => {
  it('finds nothing new, not even at the level info', async () => {
    const { stdout } = await advisors(sharedPostgres().url(templateDatabase), 'info');
    const list = findings.parse(JSON.parse(stdout));
    expect(list.map(({ name, metadata }) => `${name} ${metadata.schema}.${metadata.name}`)).toEqual(known);
  });
});
