// Two clients with facts of a spring, a campaign that still runs, and a bucket for the archive; and ways to read all of it.
import S3rver from '@20minutes/s3rver';
import { mkdirSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import pg from 'pg';
import { DuckDBInstance } from '@duckdb/node-api';
import { expect } from 'vitest';
import { openStore } from '../../local/archive/store.ts';
import { addMailbox } from './audience.ts';
import { inventFacts } from './invented-facts.ts';
import type { Fact } from './oracle.ts';
import { startProject, type TestConnection } from './project.ts';
import { instantly as provider } from './providers.ts';
import { readAll, type Rows, texts } from './read-everything.ts';

/** What is from before it can be archived. */
export const before = '2026-06-01';
const ages = [
  'age_seconds',
  'observed_age_seconds',
  'synced_age_seconds',
  'last_event_age_seconds',
  'sync_age_seconds',
  'as_of',
];

export type ArchiveScene = Awaited<ReturnType<typeof startArchiveScene>>;

export async function startArchiveScene() {
  const folder = mkdtempSync(join(tmpdir(), 'replyloop-test-archive-'));
  const bucket = new S3rver({
    port: 0,
    address: '127.0.0.1',
    silent: true,
    directory: join(folder, 'bucket'),
    configureBuckets: [{ name: 'replyloop', configs: [] }],
  });
  const { port } = await bucket.run();
  const store = openStore('s3://replyloop/archive', {
    AWS_ACCESS_KEY_ID: 'S3RVER',
    AWS_SECRET_ACCESS_KEY: 'S3RVER',
    AWS_ENDPOINT_URL: `http://127.0.0.1:${port}`,
  });
  const project = await startProject({
    functions: ['instantly-webhook', 'personal-data'],
    scheduler: { cron: false },
  });
  async function deliver(to: TestConnection, facts: Fact[]): Promise<void> {
    await project.listCampaigns(to, ...new Set(facts.map((fact) => fact.campaign)));
    for (let done = 0; done < facts.length; done += 100) {
      const some = facts.slice(done, done + 100).map((fact) => provider.deliveryOf(fact));
      expect((await project.deliver(to, some)).status).toBe(200);
    }
    await project.project();
  }

  const target = { url: project.stack.apiUrl, key: project.stack.secretKeys.default };
  const lakeside = await project.createTenant('Lakeside');
  const harbour = await project.createTenant('Harbour');
  await project.sql(`update public.clients set time_zone = 'Europe/Amsterdam' where id = $1`, [
    lakeside.clientId,
  ]);
  const connection = await project.createConnection(lakeside.clientId);
  for (const mailbox of ['mia@outreach.test', 'jon@outreach.test']) {
    await addMailbox(project, connection.id, mailbox);
  }
  // Ten days over the end of a month, and a hundred facts of last week in a campaign that runs.
  const facts = inventFacts(11, provider, Date.UTC(2026, 3, 25)).slice(0, 1_400);
  const recent = inventFacts(12, provider, Date.now() - 11 * 86_400_000).slice(0, 100);
  const [running] = recent.map((fact) => fact.campaign);
  for (const fact of recent) fact.campaign = running ?? '';
  await deliver(connection, [...facts, ...recent]);
  const other = await project.createConnection(harbour.clientId);
  await deliver(other, inventFacts(13, provider, Date.UTC(2026, 3, 25)).slice(0, 200));
  const ended = (await project.sql<{ campaign_id: string }>(
    `select campaign_id from public.campaign_activity_totals where last_event_at < $1`,
    [before],
  )).map(({ campaign_id }) => campaign_id);
  await project.sql(`update public.campaigns set provider_status = 'completed' where id = any ($1)`, [ended]);
  // They arrived when they happened, and were prepared for reading.
  await project.sql(
    `update private.webhook_events as w set received_at = e.occurred_at from public.email_events as e where e.id = w.id`,
  );
  await project.sql('update private.message_contents set prepare_at = null');
  await project.sql('select private.sum_client_days()');

  /** Everything that the people of both clients and an operator read. */
  async function readEverything(): Promise<Rows[]> {
    const people = [
      ...[lakeside, harbour].map(({ clientId }) => ({ user_role: 'client', client_id: clientId })),
      { user_role: 'operator' },
    ];
    const database = new pg.Client({ connectionString: project.stack.adminDbUrl });
    await database.connect();
    try {
      await database.query('begin');
      const read: Rows[] = [];
      for (const claims of people) {
        const { rows: [member] } = await database.query<{ id: string }>(
          `select user_id as id from public.members where role::text = $1 and client_id is not distinct from $2`,
          [claims.user_role, 'client_id' in claims ? claims.client_id : null],
        );
        const all = { ...claims, role: 'authenticated', sub: member?.id };
        read.push(
          await readAll(database, all, () => [...texts, ...ages], [
            '2026-03-01',
            '2026-11-30',
          ]),
        );
      }
      return read;
    } finally {
      await database.end();
    }
  }

  /** The files of a kind in a folder of their own, to be asked by DuckDB. */
  async function download(kind: string): Promise<string> {
    const to = join(folder, 'local');
    rmSync(join(to, kind), { recursive: true, force: true });
    for (
      const { file } of await project.sql<{ file: string }>(
        'select file from private.archive_parts where kind = $1',
        [kind],
      )
    ) {
      mkdirSync(dirname(join(to, file)), { recursive: true });
      await store.get(file, join(to, file));
    }
    return to;
  }

  /** Columns of all files of a kind. */
  const archived = async (kind: string, columns: string) =>
    await ask(
      `select ${columns} from read_parquet('${await download(kind)}/${kind}/*/*/*.parquet') order by all`,
    );

  return {
    folder,
    store,
    project,
    target,
    lakeside,
    harbour,
    connection,
    facts,
    ended,
    deliver,
    readEverything,
    download,
    archived,
    async stop() {
      await project.stop();
      await bucket.close();
      rmSync(folder, { recursive: true, force: true });
    },
  };
}

export async function ask<Row extends Record<string, unknown>>(sql: string): Promise<Row[]> {
  const duck = await DuckDBInstance.create();
  const reader = await duck.connect();
  try {
    return (await reader.runAndReadAll(sql)).getRowObjectsJson() as Row[];
  } finally {
    reader.closeSync();
    duck.closeSync();
  }
}
