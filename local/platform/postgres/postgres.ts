// A real Postgres 17 on 127.0.0.1, set up like a Supabase project: `postgres` owns the databases but is not a superuser, so a
// migration that would fail on the platform fails here too.
import { spawn, spawnSync } from 'node:child_process';
import type { ChildProcess } from 'node:child_process';
import {
  chownSync,
  createWriteStream,
  existsSync,
  mkdirSync,
  renameSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import { dirname, join } from 'node:path';
import process from 'node:process';
import { setTimeout as sleep } from 'node:timers/promises';
import pg from 'pg';
import { Failure } from '../../shared/failure.ts';
import { preparePlatform } from '../platform.ts';
import { type PostgresPrograms, preparePostgresPrograms } from './programs.ts';
import { childrenOf, signalProcess } from '../../shared/process-identity.ts';
import { makeOwnedDirectory, unprivilegedUser } from '../../shared/unprivileged.ts';
import type { UnprivilegedUser } from '../../shared/unprivileged.ts';

/** Every database role of the stack signs in with it: Postgres listens on 127.0.0.1 only. */
export const databasePassword = 'postgres';

export interface PostgresOptions {
  /** Holds the data; created when missing. As root it belongs to an unprivileged user afterwards. */
  directory: string;
  port: number;
  /** False for throw-away data: no fsync, no full-page writes. @default true */
  durable?: boolean;
  /** Further settings, such as `{ shared_buffers: '1GB' }`. */
  settings?: Record<string, string>;
  logFile?: string;
  log?: (line: string) => void;
  /** Called as soon as there is a process, long before it accepts connections. */
  onProcess?: (pid: number) => void;
  /** @default those of the npm package */
  programs?: PostgresPrograms;
}

export interface PostgresServer {
  port: number;
  directory: string;
  pid: number;
  /** Resolves when it has ended, for whatever reason. */
  exited: Promise<void>;
  /** True when this start created the data. */
  isNew: boolean;
  /** The connection of migrations and functions: role `postgres`. */
  url(database?: string): string;
  /** The connection of the platform itself: superuser `supabase_admin`. */
  adminUrl(database?: string): string;
  /** A fast shutdown: open transactions are rolled back, everything is written. */
  stop(): Promise<void>;
  /** SIGKILL to all its processes, like a power cut. */
  kill(): Promise<void>;
}

export async function startPostgres(options: PostgresOptions): Promise<PostgresServer> {
  const user = unprivilegedUser();
  const programs = options.programs ?? preparePostgresPrograms();
  const data = join(options.directory, 'data');
  const isNew = !existsSync(join(data, 'PG_VERSION'));
  if (isNew) createData(programs, options.directory, data, user);

  const logFile = options.logFile ?? join(options.directory, 'postgres.log');
  const postmaster = launch(programs, data, logFile, user, options);
  if (postmaster.pid !== undefined) options.onProcess?.(postmaster.pid);
  const exited = new Promise<void>((resolve) => postmaster.once('exit', () => resolve()));
  const url = (role: string, database: string) =>
    `postgresql://${role}:${databasePassword}@127.0.0.1:${options.port}/${encodeURIComponent(database)}`;
  const server: PostgresServer = {
    port: options.port,
    directory: options.directory,
    pid: postmaster.pid ?? 0,
    exited,
    isNew,
    url: (database = 'postgres') => url('postgres', database),
    adminUrl: (database = 'postgres') => url('supabase_admin', database),
    stop: async () => {
      if (postmaster.exitCode !== null || postmaster.signalCode !== null) return;
      signalProcess(server.pid, 'SIGINT');
      const timer = setTimeout(() => signalProcess(server.pid, 'SIGQUIT'), 10_000);
      await exited;
      clearTimeout(timer);
    },
    kill: async () => {
      // Each of its processes leads a group of its own, and one that outlives the postmaster may still commit.
      const processes = childrenOf(server.pid);
      signalProcess(server.pid, 'SIGKILL');
      for (const pid of processes) signalProcess(pid, 'SIGKILL');
      await exited;
    },
  };
  try {
    await acceptConnections(server, postmaster, logFile);
    if (isNew) await preparePlatform(server.adminUrl(), programs);
  } catch (error) {
    await server.stop();
    // Partly prepared data would look complete to the next start.
    if (isNew) rmSync(data, { recursive: true, force: true });
    throw error;
  }
  return server;
}

/** initdb into a temporary folder, renamed when complete, so that an interrupted start leaves nothing behind. */
function createData(
  programs: PostgresPrograms,
  directory: string,
  data: string,
  user: UnprivilegedUser | undefined,
): void {
  makeOwnedDirectory(directory, user);
  const building = join(directory, 'data.new');
  rmSync(building, { recursive: true, force: true });
  const passwordFile = join(directory, 'password');
  writeFileSync(passwordFile, databasePassword, { mode: 0o600 });
  if (user) chownSync(passwordFile, user.uid, user.gid);
  const result = spawnSync(
    join(programs.directory, 'bin', 'initdb'),
    [
      `--pgdata=${building}`,
      '--username=supabase_admin',
      `--pwfile=${passwordFile}`,
      '--auth=scram-sha-256',
      '--encoding=UTF8',
      ...programs.locale,
      '--no-instructions',
      '--no-sync',
    ],
    { cwd: directory, encoding: 'utf8', env: serverEnvironment(programs), ...user },
  );
  rmSync(passwordFile, { force: true });
  if (result.status !== 0) {
    rmSync(building, { recursive: true, force: true });
    throw new Failure(
      `Postgres could not create its data in ${directory}: ${(result.stderr || String(result.error)).trim()}`,
    );
  }
  renameSync(building, data);
}

function launch(
  programs: PostgresPrograms,
  data: string,
  logFile: string,
  user: UnprivilegedUser | undefined,
  options: PostgresOptions,
): ChildProcess {
  const throwAway = { fsync: 'off', synchronous_commit: 'off', full_page_writes: 'off' };
  const settings: Record<string, string> = {
    listen_addresses: '127.0.0.1',
    port: String(options.port),
    unix_socket_directories: '',
    shared_preload_libraries: 'pg_stat_statements',
    // Several stacks share one server in the tests, each with its own PostgREST pool.
    max_connections: '200',
    shared_buffers: '256MB',
    max_wal_size: '4GB',
    random_page_cost: '1.1',
    timezone: 'UTC',
    log_timezone: 'UTC',
    ...(options.durable === false ? throwAway : {}),
    ...options.settings,
  };
  mkdirSync(dirname(logFile), { recursive: true });
  const postmaster = spawn(
    join(programs.directory, 'bin', 'postgres'),
    ['-D', data, ...Object.entries(settings).flatMap(([name, value]) => ['-c', `${name}=${value}`])],
    // Its own process group, so that Ctrl-C in the terminal does not end it before its clients.
    {
      cwd: options.directory,
      env: serverEnvironment(programs),
      detached: true,
      stdio: ['ignore', 'pipe', 'pipe'],
      ...user,
    },
  );
  const file = createWriteStream(logFile, { flags: 'a' });
  for (const stream of [postmaster.stdout, postmaster.stderr]) {
    stream?.setEncoding('utf8');
    stream?.on('data', (chunk: string) => {
      file.write(chunk);
      for (const line of chunk.split('\n')) if (line !== '') options.log?.(line);
    });
  }
  postmaster.once('close', () => file.end());
  return postmaster;
}

/** None of the caller's PG* variables may reach the server. */
function serverEnvironment(programs: PostgresPrograms): Record<string, string> {
  return { PATH: process.env['PATH'] ?? '', LANG: 'C', LC_ALL: 'C', TZ: 'UTC', ...programs.environment };
}

async function acceptConnections(
  server: PostgresServer,
  postmaster: ChildProcess,
  logFile: string,
): Promise<void> {
  // Recovery after a crash replays up to max_wal_size, which takes a while.
  const deadline = Date.now() + 120_000;
  for (;;) {
    if (postmaster.exitCode !== null || postmaster.signalCode !== null) {
      throw new Failure(
        `Postgres did not start on port ${server.port}; the reason is at the end of ${logFile}`,
      );
    }
    const client = new pg.Client({ connectionString: server.adminUrl() });
    client.on('error', () => {});
    try {
      await client.connect();
      await client.end();
      return;
    } catch (error) {
      await client.end().catch(() => {});
      if (Date.now() > deadline) {
        throw new Failure(`Postgres on port ${server.port} accepts no connections; see ${logFile}`, {
          cause: error,
        });
      }
      await sleep(30);
    }
  }
}
