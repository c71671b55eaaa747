// The real Supabase CLI against a plain Postgres URL: no Docker, no login.
import { spawn } from 'node:child_process';
import { existsSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import process from 'node:process';
import { supabaseBinary } from '../shared/binaries.ts';
import { checkoutRoot, stateDirectory } from '../shared/checkout.ts';
import { Failure } from '../shared/failure.ts';

export interface CliResult {
  code: number;
  stdout: string;
  stderr: string;
}

export interface CliOptions {
  /** The folder that holds `supabase/`. @default the checkout */
  directory?: string;
  /** Values for the `env(…)` entries of config.toml. */
  environment?: Record<string, string>;
  signal?: AbortSignal | undefined;
}

export interface MigrateOptions extends CliOptions {
  /** Also runs new seed files. @default false */
  includeSeed?: boolean;
}

/** Applies new files of supabase/migrations, like `supabase db push` on the platform. */
export async function migrate(databaseUrl: string, options: MigrateOptions = {}): Promise<void> {
  const seed = options.includeSeed ? ['--include-seed'] : [];
  const result = await runCli(['db', 'push', `--remote=${remote(databaseUrl)}`, '--yes', ...seed], options);
  if (result.code !== 0) throw new Failure(`The migrations could not be applied: ${explain(result)}`);
}

/** The TypeScript types of the schemas. */
export async function generateTypes(
  databaseUrl: string,
  schemas = ['public', 'worker'],
  options: CliOptions = {},
): Promise<string> {
  const schema = schemas.map((name) => `--schema=${name}`);
  const result = await runCli(['gen', 'types', `--remote=${remote(databaseUrl)}`, ...schema], options);
  if (result.code !== 0) throw new Failure(`The database types could not be generated: ${explain(result)}`);
  return result.stdout;
}

/** The statements that turn the first database's schema into the second's; empty when they are equal. */
export async function diffDatabases(from: string, to: string, options: CliOptions = {}): Promise<string> {
  // On stdout the CLI mixes its own remarks with the statements.
  const file = join(mkdtempSync(join(tmpdir(), 'replyloop-diff-')), 'diff.sql');
  try {
    const parameters = ['db', 'diff', '--from', remote(from), '--to', remote(to), '--output', file];
    const result = await runCli(parameters, options);
    if (result.code !== 0) throw new Failure(`The databases could not be compared: ${explain(result)}`);
    return existsSync(file) ? readFileSync(file, 'utf8').trim() : '';
  } finally {
    rmSync(dirname(file), { recursive: true, force: true });
  }
}

/** The platform's linter; `code` is not 0 when it finds something at this level or above. */
export async function advisors(
  databaseUrl: string,
  failOn: 'error' | 'warn' | 'info' = 'info',
  options: CliOptions = {},
): Promise<CliResult> {
  return await runCli(['db', 'advisors', `--remote=${remote(databaseUrl)}`, `--fail-on=${failOn}`], options);
}

export async function runCli(parameters: string[], options: CliOptions = {}): Promise<CliResult> {
  const child = spawn(supabaseBinary(), parameters, {
    cwd: options.directory ?? checkoutRoot,
    env: {
      PATH: process.env['PATH'] ?? '',
      HOME: process.env['HOME'] ?? '',
      // Its own files go to the stack's state directory.
      SUPABASE_HOME: join(stateDirectory, 'supabase'),
      SUPABASE_TELEMETRY_DISABLED: '1',
      DO_NOT_TRACK: '1',
      SUPABASE_NO_UPDATE_NOTIFIER: '1',
      NO_COLOR: '1',
      ...options.environment,
    },
    // Its own process group, like every child: Ctrl-C in the terminal must not interrupt a migration.
    detached: true,
    stdio: ['ignore', 'pipe', 'pipe'],
    ...(options.signal ? { signal: options.signal } : {}),
  });
  let stdout = '';
  let stderr = '';
  child.stdout.setEncoding('utf8').on('data', (chunk: string) => stdout += chunk);
  child.stderr.setEncoding('utf8').on('data', (chunk: string) => stderr += chunk);
  const code = await new Promise<number>((resolve, reject) => {
    child.once('error', reject);
    child.once('close', (exitCode) => resolve(exitCode ?? 1));
  });
  return { code, stdout, stderr };
}

/** Without it the CLI warns that the connection has no TLS. */
function remote(databaseUrl: string): string {
  const url = new URL(databaseUrl);
  url.searchParams.set('sslmode', 'disable');
  return url.href;
}

function explain(result: CliResult): string {
  const lines = `${result.stderr}\n${result.stdout}`.split('\n').map((line) => line.trim()).filter((line) =>
    line !== ''
  );
  return lines.join('\n  ');
}
