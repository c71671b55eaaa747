// Debian's Postgres with the genuine pg_cron, pgTAP and plpgsql_check: the installed one, or else its packages, downloaded by apt
// and unpacked in a folder of this project. Nothing is installed, so no rights of root are needed and no service starts.
import { spawnSync } from 'node:child_process';
import { chmodSync, existsSync, mkdirSync, readdirSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import process from 'node:process';
import type { PostgresPrograms } from '../../local/platform/postgres/programs.ts';
import { programsDirectory } from '../../local/shared/unprivileged.ts';

const extensions = ['pg_cron', 'pgtap', 'plpgsql_check'];
const packages = (version: string) =>
  ['', '-cron', '-pgtap', '-plpgsql-check'].map((part) => `postgresql-${version}${part}`);

/** The oldest that the migrations run on. */
const oldestVersion = 15;

/** Seconds for an answer of apt; a machine without a network must not wait for long. */
const aptSeconds = 120;

export type Search = { programs: PostgresPrograms } | { missing: string };

export interface Places {
  /** Where Debian installs. @default `/` */
  system?: string;
  /** Where packages are unpacked. */
  unpacked?: string;
  /** Where programs are looked for. @default PATH */
  path?: string;
}

/** Finds a Postgres with all three, downloads one where apt can, or says what is missing. */
export function findDebianPostgres(places: Places = {}): Search {
  const { system = '/', unpacked = join(programsDirectory(), 'debian'), path = process.env['PATH'] } = places;
  if (!existsSync('/usr/share/zoneinfo')) return { missing: 'this machine has no time zones (tzdata)' };
  const present = programsBelow(system) ?? programsBelow(unpacked);
  if (present) return starts(present);

  const apt = createApt(`${unpacked}.new`, path);
  try {
    const problem = apt.fetch();
    if (problem !== undefined) return { missing: problem };
    rmSync(unpacked, { recursive: true, force: true });
    renameSync(apt.root, unpacked);
  } finally {
    rmSync(apt.directory, { recursive: true, force: true });
  }
  const fetched = programsBelow(unpacked);
  return fetched ? starts(fetched) : { missing: 'the packages of Debian hold no complete Postgres' };
}

/** The newest Postgres below a root that has all three extensions. */
function programsBelow(root: string): PostgresPrograms | undefined {
  const versions = join(root, 'usr', 'lib', 'postgresql');
  if (!existsSync(versions)) return undefined;
  const version = readdirSync(versions)
    .map(Number)
    .filter((number) => number >= oldestVersion && isComplete(root, number))
    .sort((one, other) => other - one)[0];
  if (version === undefined) return undefined;
  const libraries = readdirSync(join(root, 'usr', 'lib'))
    .filter((name) => name.includes('-linux-'))
    .map((name) => join(root, 'usr', 'lib', name));
  return {
    directory: join(versions, String(version)),
    locale: version >= 17
      ? ['--locale=C', '--locale-provider=builtin', '--builtin-locale=C.UTF-8']
      : ['--locale=C.UTF-8'],
    hasCron: true,
    ...(root === '/' ? {} : { environment: { LD_LIBRARY_PATH: libraries.join(':') } }),
  };
}

function isComplete(root: string, version: number): boolean {
  const folder = (...names: string[]) => join(root, 'usr', ...names);
  return existsSync(folder('lib', 'postgresql', String(version), 'bin', 'initdb')) &&
    extensions.every((name) =>
      existsSync(folder('share', 'postgresql', String(version), 'extension', `${name}.control`))
    );
}

/** A package may need a library that neither the machine nor the download has. */
function starts(programs: PostgresPrograms): Search {
  const { status, stderr, error } = spawnSync(join(programs.directory, 'bin', 'postgres'), ['--version'], {
    encoding: 'utf8',
    env: { ...programs.environment },
  });
  if (status === 0) return { programs };
  return { missing: `Debian's Postgres does not start: ${(stderr || String(error)).trim()}` };
}

function createApt(directory: string, path: string | undefined) {
  const root = join(directory, 'root');
  const archives = join(directory, 'archives');
  const lists = join(directory, 'lists');
  const run = (program: string, parameters: string[]) =>
    spawnSync(program, parameters, {
      encoding: 'utf8',
      timeout: aptSeconds * 1000,
      env: { PATH: path, HOME: process.env['HOME'], LC_ALL: 'C', DEBIAN_FRONTEND: 'noninteractive' },
    });

  /** apt with folders of its own, so that it needs no rights; the machine's lists of packages, or fresh ones. */
  const apt = (program: 'apt-get' | 'apt-cache', parameters: string[], hasOwnLists: boolean) => {
    const settings = {
      'Debug::NoLocking': '1',
      'Dir::Cache::archives': `${archives}/`,
      'Dir::Cache::pkgcache': '',
      'Dir::Cache::srcpkgcache': '',
      'Acquire::Retries': '1',
      'Acquire::http::Timeout': '20',
      'Acquire::https::Timeout': '20',
      ...(hasOwnLists ? { 'Dir::State::lists': `${lists}/` } : {}),
    };
    return run(program, [
      ...Object.entries(settings).flatMap(([name, value]) => ['-o', `${name}=${value}`]),
      ...parameters,
    ]);
  };

  /** The version of this Debian: its package "postgresql" depends on it. */
  const offeredVersion = (hasOwnLists: boolean): string | undefined =>
    /Depends: postgresql-(\d+)$/m.exec(apt('apt-cache', ['depends', 'postgresql'], hasOwnLists).stdout)?.[1];

  const download = (hasOwnLists: boolean): string | undefined => {
    const version = offeredVersion(hasOwnLists);
    if (version === undefined) return 'apt knows no package "postgresql"';
    if (Number(version) < oldestVersion) {
      return `this Debian has Postgres ${version}, older than ${oldestVersion}`;
    }
    const parameters = ['--yes', '--download-only', '--reinstall', '--no-install-recommends'];
    const { status, stderr, error } = apt(
      'apt-get',
      ['install', ...parameters, ...packages(version)],
      hasOwnLists,
    );
    if (status === 0) return undefined;
    return `apt could not download ${packages(version).join(', ')} (${reason(stderr, error)})`;
  };

  /** Undefined when everything lies unpacked in `root`. */
  const fetch = (): string | undefined => {
    if (run('apt-get', ['--version']).status !== 0 || run('dpkg-deb', ['--version']).status !== 0) {
      return "this machine has neither Debian's Postgres with its extensions nor apt";
    }
    rmSync(directory, { recursive: true, force: true });
    for (const folder of [root, join(archives, 'partial'), join(lists, 'partial')]) {
      mkdirSync(folder, { recursive: true });
      chmodSync(folder, 0o755);
    }
    // Lists that are missing or old name no package, or one that is no longer there.
    const problem = download(false);
    if (problem === undefined) return unpack();
    apt('apt-get', ['update'], true);
    const problemWithOwnLists = download(true);
    return problemWithOwnLists === undefined
      ? unpack()
      : `${problem}; with fresh lists ${problemWithOwnLists}`;
  };

  const unpack = (): string | undefined => {
    // Another C library than the one of the machine would not work with its loader.
    const files = readdirSync(archives).filter((name) => name.endsWith('.deb') && !name.startsWith('libc6_'));
    for (const file of files) {
      const { status, stderr, error } = run('dpkg-deb', ['--extract', join(archives, file), root]);
      if (status !== 0) return `${file} could not be unpacked (${reason(stderr, error)})`;
    }
    writeFileSync(join(root, 'packages.txt'), files.join('\n'));
    return undefined;
  };

  return { directory, root, fetch };
}

function reason(stderr: string, error: Error | undefined): string {
  const lines = stderr.split('\n').map((line) => line.trim()).filter((line) => line !== '');
  return lines.find((line) => line.startsWith('E:')) ?? lines.at(-1) ?? error?.message ?? 'no reason given';
}
