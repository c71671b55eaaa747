import { describe, expect, it } from 'vitest';
import { advisors } from '../../local/cli-tool.ts';
import { sharedPostgres } from '../support/project.ts';
import { templateDatabase } from '../support/global-setup.ts';

describe("the platform's database linter", () => {
  it('finds nothing, not even at the level info', async () => {
    const { code, stdout, stderr } = await advisors(sharedPostgres().url(templateDatabase), 'info');
    expect(stdout + stderr).not.toContain('"name":');
    expect(code).toBe(0);
  });
});
