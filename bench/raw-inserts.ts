// The ceiling: single-row inserts of the same payload directly into the same Postgres, one transaction each.
import { spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import process from 'node:process';
import pg from 'pg';

const clients = 8;
const statement = (payload: string) =>
  `insert into private.raw_events (connection_id, event_key, payload)
   values ('00000000-0000-4000-8000-000000000000', gen_random_uuid(), '${payload.replaceAll("'", "''")}')
   on conflict (connection_id, event_key) do nothing`;

/** Rows per second by pgbench if installed, otherwise by eight node-postgres clients, which are slower. */
export async function measureRawInserts(
  url: string,
  payload: string,
  seconds: number,
): Promise<{ perSecond: number; how: string }> {
  const admin = new pg.Client({ connectionString: url });
  await admin.connect();
  await admin.query(`create table if not exists private.raw_events (
    id bigint generated always as identity primary key, connection_id uuid not null, event_key uuid not null,
    payload jsonb not null, received_at timestamptz not null default now(), unique (connection_id, event_key))`);
  try {
    return pgbench(url, payload, seconds) ?? await byNode(url, payload, seconds);
  } finally {
    await admin.query('drop table private.raw_events');
    await admin.end();
  }
}

function pgbench(
  url: string,
  payload: string,
  seconds: number,
): { perSecond: number; how: string } | undefined {
  const folder = mkdtempSync(join(tmpdir(), 'raw-inserts-'));
  try {
    const script = join(folder, 'insert.sql');
    // pgbench would take a colon before a word for a variable, so the payload is passed as one.
    writeFileSync(
      script,
      `${statement(payload).replaceAll(/:(?=[a-zA-Z"])/g, ': ').replaceAll('\n', ' ')};\n`,
    );
    const { hostname, port, username, password, pathname } = new URL(url);
    const result = spawnSync(
      'pgbench',
      [
        '-n',
        '-f',
        script,
        '-c',
        String(clients),
        '-j',
        '2',
        '-T',
        String(seconds),
        '-h',
        hostname,
        '-p',
        port,
        '-U',
        username,
        pathname.slice(1),
      ],
      { encoding: 'utf8', env: { ...process.env, PGPASSWORD: password } },
    );
    const perSecond = /tps = ([\d.]+)/.exec(result.stdout ?? '')?.[1];
    return perSecond === undefined
      ? undefined
      : { perSecond: Number(perSecond), how: `pgbench, ${clients} clients` };
  } finally {
    rmSync(folder, { recursive: true });
  }
}

async function byNode(
  url: string,
  payload: string,
  seconds: number,
): Promise<{ perSecond: number; how: string }> {
  const end = Date.now() + seconds * 1000;
  let rows = 0;
  await Promise.all(Array.from({ length: clients }, async () => {
    const client = new pg.Client({ connectionString: url });
    await client.connect();
    while (Date.now() < end) {
      await client.query({ name: 'insert', text: statement(payload) });
      rows++;
    }
    await client.end();
  }));
  return { perSecond: rows / seconds, how: `node-postgres, ${clients} clients (pgbench is not installed)` };
}
