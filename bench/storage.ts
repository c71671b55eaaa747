// What an event takes on the disk, what retention saves, and whether a table that is split by month would be cheaper.
//
// Method: Postgres 17. Deliveries as of campaigns (storage-mails.ts) go through worker.ingest_webhook_events in groups of 64,
// the projector, and the preparation of messages with the functions' own sanitiser. Sizes are those of the catalogue after
// `vacuum full`, so without what updates left behind; "as it grew" is before it. Then retention empties everything in its
// own batches. At the end the same deliveries are inserted into two copies: one like the table, and one split by month with
// a second table for the business keys, because a unique key of a split table holds for its partition only.
// `npm run bench -- storage 200000` sends that number of mails instead of 12,000.
import { createHash, randomBytes } from 'node:crypto';
import process from 'node:process';
import pg from 'pg';
import { migrate } from '../local/cli/supabase-cli.ts';
import { createDatabase, startThrowAwayPostgres } from '../local/stack/testing.ts';
import { prepareEvent } from '../supabase/functions/_shared/events/prepared-event.ts';
import { sanitiseHtml, textOfHtml } from '../supabase/functions/_shared/messages/sanitise.ts';
import { readInstantlyWebhook } from '../supabase/functions/_shared/providers/instantly/webhook-mapping.ts';
import { campaigns, deliveriesOf } from './storage-mails.ts';

export const mails = Math.ceil(Number(process.argv[3] ?? 12_000) / 1_000) * 1_000;
const groupSize = 64;
const batchSize = 250;
const connectionId = 'dddddddd-0000-4000-8000-000000000003';
const secret = randomBytes(24).toString('base64url');

interface Size {
  name: string;
  rows: number;
  table: number;
  indexes: number;
}

export async function benchStorage(): Promise<void> {
  const postgres = await startThrowAwayPostgres();
  try {
    await createDatabase(postgres, 'bench');
    await migrate(postgres.url('bench'));
    const database = new pg.Client({ connectionString: postgres.adminUrl('bench') });
    await database.connect();
    try {
      await prepareMails(database);
      const events = await loadMails(database);
      await vacuum(database, '');
      const grown = sum(await sizes(database));
      await vacuum(database, 'full');
      const before = await sizes(database);
      show('with everything', before, events);
      console.log(`  as it grew: ${perMail(grown)} bytes a mail`);
      await compareWithPartitions(database);
      await empty(database, 'deliveries');
      await empty(database, 'messages');
      await vacuum(database, 'full');
      const after = await sizes(database);
      show('after retention', after, events);
      console.log(`  a mail took ${perMail(sum(before))} bytes and takes ${perMail(sum(after))}`);
    } finally {
      await database.end();
    }
  } finally {
    await postgres.stop();
  }
}

export async function prepareMails(database: pg.Client): Promise<void> {
  await database.query(`
    insert into public.clients (id, name) values ('cccccccc-0000-4000-8000-000000000003', 'Bench');
    insert into public.provider_connections (id, client_id, name)
    values ('${connectionId}', 'cccccccc-0000-4000-8000-000000000003', 'Bench')`);
  await database.query('insert into private.webhook_secrets (connection_id, digest) values ($1, $2)', [
    connectionId,
    createHash('sha256').update(secret).digest(),
  ]);
  await database.query('select private.register_provider_campaigns($1, $2, true)', [
    connectionId,
    JSON.stringify(campaigns.map((id, number) => ({ provider_campaign_id: id, name: `Campaign ${number}` }))),
  ]);
}

/** Returns how many events there are. */
export async function loadMails(database: pg.Client): Promise<number> {
  const started = performance.now();
  for (let from = 0; from < mails; from += 1_000) {
    const texts = deliveriesOf(from);
    for (let done = 0; done < texts.length; done += groupSize) {
      const deliveries = texts.slice(done, done + groupSize).map((text) => ({
        provider: 'instantly',
        connection_id: connectionId,
        secret_digest: createHash('sha256').update(secret).digest('hex'),
        events: [prepareEvent('instantly', readInstantlyWebhook, JSON.parse(text), text)],
      }));
      await database.query('select worker.ingest_webhook_events($1)', [JSON.stringify(deliveries)]);
    }
    await until(database, `select (worker.process_webhook_events(500) ->> 'claimed')::integer as n`);
    while (await prepareMessages(database) > 0);
  }
  const { rows } = await database.query<{ events: number; odd: number }>(
    `select count(*) filter (where status = 'projected')::integer as events,
       count(*) filter (where status <> 'projected')::integer as odd
     from private.webhook_events`,
  );
  const { events = 0, odd = 0 } = rows[0] ?? {};
  const seconds = (performance.now() - started) / 1000;
  console.log(`${mails} mails, ${events} events (${odd} not projected), loaded in ${seconds.toFixed(0)} s`);
  return events;
}

async function prepareMessages(database: pg.Client): Promise<number> {
  const { rows } = await database.query<{ taken: { message_id: string; raw_html: string | null }[] }>(
    'select worker.take_message_contents(500) as taken',
  );
  const taken = rows[0]?.taken ?? [];
  const contents = taken.map(({ message_id, raw_html }) => {
    const html = raw_html === null ? null : sanitiseHtml(raw_html);
    return { message_id, html, text: html === null ? null : textOfHtml(html) };
  });
  await database.query('select worker.record_message_contents($1)', [JSON.stringify(contents)]);
  return taken.length;
}

async function until(database: pg.Client, statement: string): Promise<number> {
  let all = 0;
  for (let n = 1; n > 0; all += n) {
    const { rows } = await database.query<{ n: number }>(statement);
    n = rows[0]?.n ?? 0;
  }
  return all;
}

/** Everything of a kind, in the batches of private.apply_retention. */
async function empty(database: pg.Client, kind: string): Promise<void> {
  const started = performance.now();
  let longest = 0;
  let rows = 0;
  for (let removed = 1; removed > 0; rows += removed) {
    const begun = performance.now();
    const answer = await database.query<{ n: number }>(
      `select private.remove_old($1, now() + interval '1 day', ${batchSize}) as n`,
      [kind],
    );
    removed = answer.rows[0]?.n ?? 0;
    longest = Math.max(longest, performance.now() - begun);
  }
  const seconds = (performance.now() - started) / 1000;
  console.log(
    `  ${kind} emptied: ${rows} in ${seconds.toFixed(1)} s (${
      Math.round(rows / seconds)
    }/s), the longest batch of ${batchSize} ${longest.toFixed(0)} ms`,
  );
}

const measured = [
  'private.webhook_events',
  'public.email_events',
  'public.messages',
  'private.message_contents',
];

/** The tables that grow with mails; the partitions of one together, whatever else has more than a megabyte by its name. */
async function sizes(database: pg.Client): Promise<Size[]> {
  const { rows } = await database.query<Size>(
    `select (coalesce(i.inhparent, c.oid)::regclass)::text as name, sum(greatest(c.reltuples, 0))::float as rows,
       sum(pg_table_size(c.oid))::float as table, sum(pg_indexes_size(c.oid))::float as indexes
     from pg_class as c
     join pg_namespace as n on n.oid = c.relnamespace
     left join pg_inherits as i on i.inhrelid = c.oid
     where n.nspname in ('public', 'private') and c.relkind = 'r' and c.relname not like 'bench%'
     group by coalesce(i.inhparent, c.oid)
     having sum(pg_total_relation_size(c.oid)) > 1000000 or coalesce(i.inhparent, c.oid)::regclass::text = any ($1)
     order by sum(pg_total_relation_size(c.oid)) desc`,
    [measured],
  );
  return rows;
}

async function vacuum(database: pg.Client, how: string): Promise<void> {
  await database.query(`vacuum (analyze${how && `, ${how}`})`);
}

const sum = (of: Size[]): number => of.reduce((total, { table, indexes }) => total + table + indexes, 0);
const perMail = (bytes: number): string => Math.round(bytes / mails).toLocaleString('en');

function show(title: string, of: Size[], events: number): void {
  console.log(`\n${title}, bytes a row (rows a mail):`);
  for (const { name, rows, table, indexes } of of) {
    const each = (bytes: number) => Math.round(bytes / Math.max(rows, 1)).toLocaleString('en').padStart(7);
    console.log(
      `  ${name.padEnd(34)}${each(table)} + indexes ${each(indexes)}   ${
        (rows / mails).toFixed(2).padStart(6)
      } rows, ${perMail(table + indexes).padStart(6)} bytes a mail`,
    );
  }
  console.log(`  in all ${perMail(sum(of))} bytes a mail, ${Math.round(sum(of) / events)} an event`);
}

/** The same rows into a table with one unique key, and into one by month with the keys in a table of their own. */
async function compareWithPartitions(database: pg.Client): Promise<void> {
  await database.query(`
    create table private.bench_whole (like private.webhook_events including all);
    create table private.bench_keys (
      connection_id uuid not null, event_key uuid not null, id bigint not null, delivery_count integer not null default 1,
      received_at timestamptz not null default now(), primary key (connection_id, event_key)
    );
    create table private.bench_months (like private.webhook_events including defaults) partition by range (received_at);
    create table private.bench_month partition of private.bench_months for values from (minvalue) to (maxvalue);
    create unique index on private.bench_months (id, received_at);
    create index on private.bench_months (next_attempt_at, id) where status = 'pending';
    create table private.bench_source as
    select row_number() over (order by id) as place, connection_id, event_key, provider_campaign_id, event, payload
    from private.webhook_events;
    create index on private.bench_source (place)`);
  await database.query('vacuum analyze private.bench_source');
  const columns = 'connection_id, event_key, provider_campaign_id, event, payload';
  const whole = `insert into private.bench_whole as w (${columns})
    select ${columns} from private.bench_source where place > $1 and place <= $2
    order by connection_id, event_key
    on conflict (connection_id, event_key) do update set delivery_count = w.delivery_count + 1 returning id`;
  const split = `with new as (
      insert into private.bench_keys as k (connection_id, event_key, id)
      select connection_id, event_key, place from private.bench_source where place > $1 and place <= $2
      order by connection_id, event_key
      on conflict (connection_id, event_key) do update set delivery_count = k.delivery_count + 1
      returning id, (xmax = 0) as is_new
    )
    insert into private.bench_months (id, ${columns})
    select s.place, ${columns} from private.bench_source as s join new as n on n.id = s.place and n.is_new
    where s.place > $1 and s.place <= $2`;
  const { rows } = await database.query<{ n: number }>(
    'select count(*)::integer as n from private.bench_source',
  );
  const all = rows[0]?.n ?? 0;
  console.log(`\nthe same ${all} deliveries in groups of ${groupSize}:`);
  for (const [name, statement] of [['one table', whole], ['by month, keys apart', split]] as const) {
    const started = performance.now();
    for (let done = 0; done < all; done += groupSize) {
      await database.query(statement, [done, done + groupSize]);
    }
    console.log(`  ${name.padEnd(24)}${Math.round(all / ((performance.now() - started) / 1000))} rows/s`);
  }
  const kept = await database.query<{ bytes: number }>(
    `select pg_total_relation_size('private.bench_keys')::float as bytes`,
  );
  const started = performance.now();
  await database.query('alter table private.bench_months detach partition private.bench_month');
  await database.query('drop table private.bench_month');
  console.log(
    `  a month dropped in ${(performance.now() - started).toFixed(0)} ms; the keys stay: ${
      Math.round((kept.rows[0]?.bytes ?? 0) / all)
    } bytes an event`,
  );
  await database.query(
    'drop table private.bench_whole, private.bench_keys, private.bench_months, private.bench_source',
  );
}
