// Writes what is made from the migrated database: the TypeScript types and docs/schema.md; and what `npm run isolation` writes.
// `--check` only compares.
//   npm run types, npm run schema     all of it
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { join, relative } from 'node:path';
import process from 'node:process';
import { checkoutRoot, functionsDirectory } from '../shared/checkout.ts';
import { generateTypes, migrate } from './supabase-cli.ts';
import { Failure, messageOf } from '../shared/failure.ts';
import { format } from '../shared/format.ts';
import { isolationFiles } from './isolation-page.ts';
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
    const isSame = existsSync(path) && readFileSync(path, 'utf8') === text;
    if (!isCheck && !isSame) {
      writeFileSync(path, text);
      console.log(`Wrote ${name}`);
    } else if (!isSame) {
      console.error(`${name} does not match the migrations; run "npm run types" and commit the result`);
      process.exitCode = 1;
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
    return [
      ...generated,
      ...isolationFiles().map(({ path, text }) => ({ path: join(checkoutRoot, path), text })),
    ];
  } finally {
    await postgres.stop();
  }
}
