// The words of the house. The list, and what to write instead: tests/support/banned-phrases.ts.
import { readdirSync, readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { bannedPhrases } from '../support/banned-phrases.ts';

const root = join(import.meta.dirname, '..', '..');

/** What is held to the list: what users read, and the code behind it. */
const held = {
  pages: ['dashboard/src', 'dashboard/tests', 'tests/e2e', 'docs/dashboard.md'],
  docs: ['README.md', 'CONTRIBUTING.md', 'CHANGELOG.md', 'AGENTS.md', 'docs'],
  code: [
    'supabase/functions',
    'supabase/schemas',
    'local',
    'bench',
    'tests/unit',
    'tests/support',
    'tests/local',
  ],
};
/** Generated, the list itself, lists and replies as other people write them, or (01_resolving.sql) a stored reason of quarantined deliveries, which is data by now. */
const exempt =
  /database\.types\.ts$|replies\/phrases\/[a-z/-]+\.ts$|banned-phrases\.ts$|support\/lists\.ts$|words\.test\.ts$|09_projection\/01_resolving\.sql$/;

function filesBelow(path: string): string[] {
  if (statSync(join(root, path)).isFile()) return [path];
  return readdirSync(join(root, path), { recursive: true }).map((name) => join(path, String(name)))
    .filter((file) => /\.(tsx?|mjs|sql|css|md)$/.test(file) && !exempt.test(file));
}

describe('the words', () => {
  it('are those of the field, and of an agency owner and a client', () => {
    const found = (['pages', 'docs', 'code'] as const).flatMap((kind) =>
      held[kind].flatMap(filesBelow).flatMap((file) =>
        readFileSync(join(root, file), 'utf8').split('\n').flatMap((line, index) =>
          bannedPhrases.filter(([phrase, , only]) => (only ?? kind) === kind && phrase.test(line))
            .map(([phrase, instead]) => `${file}:${index + 1}: ${phrase.exec(line)?.[0]} (${instead})`)
        )
      )
    );
    expect(found).toEqual([]);
  });
});
