// Latency of search_messages over 1,000,000 messages of 100 clients, highlights included.
//
// Method: messages are written directly into the tables with words chosen by a fixed rule, with search documents like those of
// record_message_contents and the migration's index. Each query runs 20 times as role authenticated with the claims of a
// client or an operator, planned each time.
import pg from 'pg';
import { migrate } from '../local/cli/supabase-cli.ts';
import { createDatabase, startThrowAwayPostgres } from '../local/stack/testing.ts';

const messages = 1_000_000;
const clients = 100;
const samples = 20;

const queries: Record<string, string> = {
  'a rare word': 'zebrafish',
  'a word in every mail': 'regards',
  'a word in a third of the mails': 'tuesday',
  'a word in one of fifty': 'brochure',
  'an address': 'person4242@company42.test',
  'a phrase': '"next tuesday"',
  'an unknown word': 'unheardof',
};

export async function benchSearch(): Promise<void> {
  const postgres = await startThrowAwayPostgres();
  try {
    await createDatabase(postgres, 'bench');
    await migrate(postgres.url('bench'));
    const database = new pg.Client({ connectionString: postgres.adminUrl('bench') });
    await database.connect();
    try {
      const started = performance.now();
      await writeMessages(database);
      console.log(`${messages} messages written in ${((performance.now() - started) / 1000).toFixed(0)} s`);
      const claims = {
        client: { user_role: 'client', client_id: clientId(42) },
        operator: { user_role: 'operator' },
      };
      for (const [person, claim] of Object.entries(claims)) {
        for (const [name, words] of Object.entries(queries)) {
          await measure(database, `${person}, ${name}`, words, claim);
        }
      }
    } finally {
      await database.end();
    }
  } finally {
    await postgres.stop();
  }
}

const clientId = (number: number) => `c0000000-0000-4000-8000-${String(number).padStart(12, '0')}`;

async function writeMessages(database: pg.Client): Promise<void> {
  const { rows } = await database.query<{ definition: string; name: string }>(
    `select indexdef as definition, indexname as name from pg_indexes
     where schemaname = 'private' and tablename = 'message_search' and indexdef like '%gin%'`,
  );
  for (const { name } of rows) await database.query(`drop index private.${name}`);
  await database.query(`
    set session_replication_role = replica;
    insert into public.clients (id, name)
    select ('c0000000-0000-4000-8000-' || lpad(n::text, 12, '0'))::uuid, 'Client ' || n from generate_series(0, ${
    clients - 1
  }) as n;
    insert into public.campaigns (id, client_id, name) select c.id, c.id, c.name from public.clients as c;
    insert into public.messages
      (client_id, campaign_id, lead_id, connection_id, provider, direction, occurred_at, email, subject, body_text, source)
    select k.id, k.id, gen_random_uuid(), k.id, 'instantly', case when n % 8 = 0 then 'received' else 'sent' end::public.message_direction,
      now() - n * interval '30 seconds', 'person' || n % 50000 || '@company' || n % 997 || '.test', 'A question about number ' || n,
      'Dear reader, we wrote about topic ' || n % 5000 || case when n % 3 = 0 then ' and would call next tuesday' else ' and would write' end
        || case when n % 50 = 0 then ' with the brochure' else '' end || case when n % 20000 = 42 then ' on zebrafish' else '' end
        || repeat(' some more words of a mail that says what it has to say', 4) || '. Kind regards',
      'webhook'
    from generate_series(1, ${messages}) as n
    join lateral (select ('c0000000-0000-4000-8000-' || lpad((n % ${clients})::text, 12, '0'))::uuid as id) as k on true;
    insert into private.message_search (message_id, client_id, campaign_id, occurred_at, direction, document)
    select m.id, m.client_id, m.campaign_id, m.occurred_at, m.direction,
      setweight(to_tsvector('pg_catalog.simple', m.subject), 'A')
        || setweight(to_tsvector('pg_catalog.simple', m.email || ' ' || regexp_replace(m.email, '[^[:alnum:]]+', ' ', 'g')), 'B')
        || to_tsvector('pg_catalog.simple', m.body_text)
        || private.search_marks(m.client_id, m.campaign_id, m.direction, m.occurred_at)
    from public.messages as m;
    set session_replication_role = origin`);
  await database.query(`set maintenance_work_mem = '1GB'`);
  for (const { definition } of rows) await database.query(definition);
  await database.query('vacuum (analyze) public.messages');
  await database.query('vacuum (analyze) private.message_search');
}

async function measure(database: pg.Client, name: string, words: string, claims: object): Promise<void> {
  const times: number[] = [];
  let hits = 0;
  for (let sample = 0; sample < samples; sample++) {
    await database.query('begin');
    await database.query(
      `select set_config('role', 'authenticated', true), set_config('request.jwt.claims', $1, true)`,
      [
        JSON.stringify(claims),
      ],
    );
    const started = performance.now();
    const { rows } = await database.query('select * from public.search_messages($1)', [words]);
    times.push(performance.now() - started);
    hits = rows.length;
    await database.query('commit');
  }
  times.sort((one, other) => one - other);
  const at = (share: number) => (times[Math.floor(share * (samples - 1))] ?? 0).toFixed(1).padStart(7);
  console.log(`${name.padEnd(42)} ${String(hits).padStart(4)} shown  p50 ${at(0.5)} ms  p95 ${at(0.95)} ms`);
}
