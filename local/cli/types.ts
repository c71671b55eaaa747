// Writes what is made from the migrated database: the TypeScript types and docs/schema.md. `--check` only compares.
//   npm run types, npm run schema     both files
import { spawnSync } from 'node:child_process';
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { join, relative } from 'node:path';
import process from 'node:process';
import { denoBinary } from '../shared/binaries.ts';
import { checkoutRoot, functionsDirectory } from '../shared/checkout.ts';
import { generateTypes, migrate } from './supabase-cli.ts';
import { Failure, messageOf } from '../shared/failure.ts';
import { schemaPage } from './schema-page.ts';
import { startThrowAwayPostgres } from '../stack/testing.ts';

const files = [
  {
    path: join(functionsDirectory, '_shared', 'platform', 'database.types.ts'),
    make: async (url: string) => format(await generateTypes(url), 'ts'),
  },
  {
    path: join(checkoutRoot, 'docs', 'schema.md'),
    make: async (url: string) => format(await schemaPage(url), 'md'),
  },
];

try {
  const isCheck = process.argv.includes('--check');
  for (const { path, text } of await generate()) {
    const name = relative(checkoutRoot, path);
    if (!isCheck) {
      writeFileSync(path, text);
      console.log(`Wrote ${name}`);
    } else if (!existsSync(path) || readFileSync(path, 'utf8') !== text) {
      console.error(`${name} does not match the migrations; run "npm run types" and commit the result`);
      process.exitCode = 1;
    } else {
      console.log(`${name} matches the migrations`);
    }
  }
} catch (error) {
  console.error(error instanceof Failure ? messageOf(error) : error);
  process.exitCode = 1;
}

async function generate(): Promise<{ path: string; text: string }[]> {
  const postgres = await startThrowAwayPostgres();
  try {
    await migrate(postgres.url());
    const generated = [];
    for (const { path, make } of files) generated.push({ path, text: await make(postgres.url()) });
    return generated;
  } finally {
    await postgres.stop();
  }
}

/** Formatted as the rest of the tree, so that a change of the schema is a readable diff. */
function format(text: string, extension: 'ts' | 'md'): string {
  const options = [`--ext=${extension}`, '--line-width=110', '--single-quote', '--prose-wrap=preserve'];
  const result = spawnSync(denoBinary(), ['fmt', ...options, '-'], { input: text, encoding: 'utf8' });
  if (result.status !== 0) throw new Failure(`What was generated could not be formatted: ${result.stderr}`);
  return result.stdout;
}
