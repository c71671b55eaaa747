// Writes supabase/functions/_shared/platform/database.types.ts from the migrations; `--check` only compares.
import { spawnSync } from 'node:child_process';
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { join, relative } from 'node:path';
import process from 'node:process';
import { denoBinary } from '../shared/binaries.ts';
import { checkoutRoot, functionsDirectory } from '../shared/checkout.ts';
import { generateTypes, migrate } from './supabase-cli.ts';
import { Failure, messageOf } from '../shared/failure.ts';
import { startThrowAwayPostgres } from '../stack/testing.ts';

const file = join(functionsDirectory, '_shared', 'platform', 'database.types.ts');
const name = relative(checkoutRoot, file);

try {
  const types = await currentTypes();
  if (!process.argv.includes('--check')) {
    writeFileSync(file, types);
    console.log(`Wrote ${name}`);
  } else if (!existsSync(file) || readFileSync(file, 'utf8') !== types) {
    console.error(`${name} does not match the migrations; run "npm run types" and commit the result`);
    process.exitCode = 1;
  } else {
    console.log(`${name} matches the migrations`);
  }
} catch (error) {
  console.error(error instanceof Failure ? messageOf(error) : error);
  process.exitCode = 1;
}

async function currentTypes(): Promise<string> {
  const postgres = await startThrowAwayPostgres();
  try {
    await migrate(postgres.url());
    return format(await generateTypes(postgres.url()));
  } finally {
    await postgres.stop();
  }
}

/** The generator prints no layout to speak of; with one, a change of the schema is a readable diff. */
function format(types: string): string {
  const result = spawnSync(denoBinary(), ['fmt', '--ext=ts', '--line-width=110', '--single-quote', '-'], {
    input: types,
    encoding: 'utf8',
  });
  if (result.status !== 0) throw new Failure(`The generated types could not be formatted: ${result.stderr}`);
  return result.stdout;
}
