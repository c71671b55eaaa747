// `npm run deploy:restore`: a backup into a project where this release is installed and nothing happened yet. What calls the outside
// stays off until `--take-over` says that the project of the backup is gone.
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import type pg from 'pg';
import { z } from 'zod';
import { print } from '../../cli/progress.ts';
import { Failure } from '../../shared/failure.ts';
import { callFunction } from '../agency-steps.ts';
import type { Context } from '../context.ts';
import { appliedMigrations } from '../database-steps.ts';
import { runSteps, type Step } from '../steps.ts';
import { all, countRows, files, type Manifest, manifestShape, tablesSql, vaultShape } from './backup.ts';
import { type DatabaseAddress, withDatabase } from './connection.ts';
import { statements } from './statements.ts';

export interface RestoreContext extends Context {
  address: DatabaseAddress;
  folder: string;
  isTakeOver: boolean;
}

export interface RestoreOptions {
  isDryRun: boolean;
  write?: (line: string) => void;
}

const jobsOfOurs = `jobname like 'replyloop: %'`;

/** Two projects that sync and send for the same workspaces would do everything twice. */
const quietStep: Step<RestoreContext> = {
  name: 'cron jobs off',
  async plan(context) {
    if (await isRestored(context)) return [];
    const jobs = await activeJobs(context);
    return jobs === 0 ? [] : [`${jobs} jobs, until the project takes over`];
  },
  async run({ api }) {
    await api.query(
      z.unknown(),
      `select cron.alter_job(jobid, active := false) from cron.job where ${jobsOfOurs}`,
    );
  },
};

async function activeJobs({ api }: RestoreContext): Promise<number> {
  const [row] = await api.query(
    z.object({ jobs: z.number() }),
    `select count(*)::int as jobs from cron.job where active and ${jobsOfOurs}`,
  );
  return row?.jobs ?? 0;
}

const dataStep: Step<RestoreContext> = {
  name: 'data',
  async plan(context) {
    const manifest = readManifest(context.folder);
    const applied = await appliedMigrations(context.api);
    if (applied.join() !== manifest.migrations.join()) {
      throw new Failure(
        `The backup was made with release ${manifest.version} and its migrations; install that release first, restore, then upgrade`,
      );
    }
    if (await isRestored(context)) return [];
    const rows = Object.values(manifest.rows).reduce((sum, count) => sum + count, 0);
    return [`${rows} rows of "${manifest.ref}", made ${manifest.made_at}`];
  },
  async run({ address, folder }) {
    const manifest = readManifest(folder);
    await withDatabase(address, async (client) => {
      await client.query('begin');
      await load(client, folder, manifest);
      await client.query('commit');
    });
  },
};

async function load(client: pg.Client, folder: string, manifest: Manifest): Promise<void> {
  const read = (name: string) => readFileSync(join(folder, name), 'utf8');
  // No trigger and no foreign key: the rows are as they were, in any order.
  await client.query('set local session_replication_role = replica');
  // What the migrations put in comes back with the backup.
  const tables = await all(client, z.object({ name: z.string() }), tablesSql);
  await client.query(`truncate table ${tables.map(({ name }) => name).join(', ')}`);
  if (manifest.first_event !== null) {
    await client.query(
      `select private.prepare_email_event_months(
         $1::date, (extract(year from age(current_date, $1::date)) * 12 + extract(month from age(current_date, $1::date)))::int + 4)`,
      [manifest.first_event],
    );
  }
  for (const name of [files.accounts, files.data]) {
    let batch: string[] = [];
    let size = 0;
    const run = async () => {
      if (batch.length > 0) await client.query(batch.join(';\n'));
      batch = [];
      size = 0;
    };
    for (const statement of statements(read(name))) {
      batch.push(statement);
      size += statement.length;
      if (size > 1_000_000) await run();
    }
    await run();
  }
  const secrets = vaultShape.parse(JSON.parse(read(files.vault)));
  for (const { name, secret } of [...secrets, { name: markName, secret: manifest.made_at }]) {
    await client.query('delete from vault.secrets where name = $1', [name]);
    await client.query('select vault.create_secret($2, $1)', [name, secret]);
  }
  const counted = await countRows(client);
  const wrong = Object.entries(manifest.rows).filter(([table, count]) => counted[table] !== count);
  if (wrong.length > 0) {
    throw new Failure(
      `The backup is not complete, and nothing was restored: ${
        wrong.slice(0, 5).map(([table, count]) => `${table} has ${counted[table] ?? 0} of ${count} rows`)
          .join(', ')
      }`,
    );
  }
}

/** Moves the webhooks of the workspaces from the project of the backup to this one; it also proves that the keys can be read. */
const webhooksStep: Step<RestoreContext> = {
  name: 'webhooks',
  async plan(context) {
    if (!context.isTakeOver) return [];
    if (await readMark(context) === activeMark(context)) return [];
    return (await connections(context)).map(({ name }) => `those of "${name}", to this project`);
  },
  async run(context) {
    for (const { id } of await connections(context)) {
      await callFunction(context, 'provider-connection', { action: 'register_webhook', connection_id: id });
    }
    await context.api.query(
      z.unknown(),
      'select vault.update_secret(id, $2)::text from vault.secrets where name = $1',
      [markName, activeMark(context)],
    );
  },
};

/** A paused connection gets its webhook when it is resumed. */
async function connections({ api }: RestoreContext) {
  return await api.query(
    z.object({ id: z.string(), name: z.string() }),
    `select id, name from public.provider_connections where removed_at is null and status <> 'paused' order by name`,
  );
}

const awakeStep: Step<RestoreContext> = {
  name: 'cron jobs on',
  async plan(context) {
    if (!context.isTakeOver) return [];
    const [row] = await context.api.query(
      z.object({ jobs: z.number() }),
      `select count(*)::int as jobs from cron.job where not active and ${jobsOfOurs}`,
    );
    return row?.jobs ? [`${row.jobs} jobs`] : [];
  },
  async run({ api }) {
    await api.query(
      z.unknown(),
      `select cron.alter_job(jobid, active := true) from cron.job where ${jobsOfOurs}`,
    );
  },
};

export async function restore(context: RestoreContext, options: RestoreOptions): Promise<string[]> {
  const { isDryRun, write = print } = options;
  const command = `npm run deploy:restore -- ${context.ref} --from ${context.folder}${
    context.isTakeOver ? ' --take-over' : ''
  }`;
  const changed = await runSteps([quietStep, dataStep, webhooksStep, awakeStep], context, {
    isDryRun,
    command,
    write,
  });
  if (isDryRun) write('Nothing was changed: this was a dry run.');
  else if (!context.isTakeOver) {
    write(
      'The data is there and can be read; nothing is synced, sent or called. With --take-over this project does the work',
    );
    write(
      'of the one in the backup: it moves the webhooks here and switches the cron jobs on. Do it when that one is gone.',
    );
  }
  return changed;
}

function readManifest(folder: string): Manifest {
  const file = join(folder, files.manifest);
  if (!existsSync(file)) throw new Failure(`${folder} is no backup: it has no ${files.manifest}`);
  return manifestShape.parse(JSON.parse(readFileSync(file, 'utf8')));
}

/** Vault remembers which backup a project has, and whether it took over. */
export const markName = 'restored_backup';
const activeMark = ({ folder }: RestoreContext) => `${readManifest(folder).made_at} active`;

async function readMark({ api }: RestoreContext): Promise<string | undefined> {
  const [row] = await api.query(
    z.object({ mark: z.string() }),
    'select decrypted_secret as mark from vault.decrypted_secrets where name = $1',
    [markName],
  );
  return row?.mark;
}

/** True when the data of this backup is there already. A project with other data is refused. */
async function isRestored(context: RestoreContext): Promise<boolean> {
  const mark = await readMark(context);
  if (mark?.startsWith(readManifest(context.folder).made_at)) return true;
  const [row] = await context.api.query(
    z.object({ clients: z.number(), connections: z.number(), accounts: z.number() }),
    `select (select count(*)::int from public.clients) as clients,
       (select count(*)::int from public.provider_connections) as connections,
       (select count(*)::int from auth.users) as accounts`,
  );
  if (row === undefined || row.clients + row.connections + row.accounts === 0) return false;
  throw new Failure(
    `The project has ${row.clients} clients, ${row.connections} connections and ${row.accounts} accounts already; a backup goes into an empty one`,
  );
}
