// A row of a client in each table that moves with it, made from the catalogue where no scene wrote one: a table of tomorrow is filled
// without a line here.
import pg from 'pg';
import { type Column, readCatalogue, type Table } from '../../local/move/catalogue.ts';
import { type Owner, type Plan, planTables } from '../../local/move/plan.ts';
import { ownerColumns } from '../../local/move/tables.ts';
import { withClient } from '../../local/platform/postgres/client.ts';

/** Values that a check of the table asks for. */
const wanted: Record<string, string> = {
  'private.archive_parts.kind': `'deliveries'`,
  'private.archive_parts.month': `'2026-01-01'`,
  'private.client_report_recipients.email': `'owner@client.test'`,
  'private.client_report_recipients.user_id': 'null',
  'private.connection_rate_limits.calls': '1000',
  'private.day_cuts.zone': `'Europe/Amsterdam'`,
  'private.jobs.kind': `'export'`,
  'private.jobs.status': `'completed'`,
  'private.mails.kind': `'notification'`,
  'private.mails.state': `'delivered'`,
  'private.notification_preferences.events': `'{reply.positive}'`,
  'private.sync_positions.source': `'inbox'`,
  'public.placement_readings.state': `'read'`,
  'public.suppression_rules.entry': `'moves.test'`,
};

/** Fills every table that moves and has no row of the client. */
export async function fillEveryTable(databaseUrl: string, clientId: string): Promise<void> {
  await withClient(databaseUrl, async (client) => {
    const plan = planTables(await readCatalogue(client));
    await client.query('begin; set local session_replication_role = replica');
    for (const planned of plan.values()) {
      const owned = planned.owned(await ownerOf(client, clientId));
      const { table } = planned;
      const { rows } = await client.query(`select from ${table.name} as t where ${owned} limit 1`);
      if (rows.length === 0) await fill(client, plan, table, await ownerOf(client, clientId));
      const filled = await client.query(`select from ${table.name} as t where ${owned} limit 1`);
      if (filled.rows.length === 0) throw new Error(`${table.name} could not be given a row`);
    }
    await client.query('commit');
  });
}

/** How many rows of a client each table that moves has. */
export async function rowsPerTable(databaseUrl: string, clientId: string): Promise<Record<string, number>> {
  return await withClient(databaseUrl, async (client) => {
    const plan = planTables(await readCatalogue(client));
    const owner = await ownerOf(client, clientId);
    const counts: Record<string, number> = {};
    for (const [name, { owned }] of plan) {
      const { rows } = await client.query<{ rows: number }>(
        `select count(*)::int as rows from ${name} as t where ${owned(owner)}`,
      );
      counts[name] = rows[0]?.rows ?? 0;
    }
    return counts;
  });
}

/** What the client owns; its people are those of the members. */
export async function ownerOf(client: pg.ClientBase, clientId: string): Promise<Owner> {
  const list = async (text: string) =>
    (await client.query<{ id: string }>(text, [clientId])).rows.map(({ id }) => id);
  const people = await list('select user_id::text as id from public.members where client_id = $1');
  return {
    clientId,
    connections: await list('select id::text from public.provider_connections where client_id = $1'),
    endpoints: await list('select id::text from public.outgoing_endpoints where client_id = $1'),
    crmConnections: await list('select id::text from public.crm_connections where client_id = $1'),
    people,
    accounts: people,
  };
}

async function fill(client: pg.ClientBase, plan: Plan, table: Table, owner: Owner): Promise<void> {
  const values: Record<string, string> = {};
  for (const column of table.columns.filter(({ isGenerated, sequence }) => !isGenerated && !sequence)) {
    const set = wanted[`${table.name}.${column.name}`];
    if (set) values[column.name] = set;
    else if (column.name === (ownerColumns[table.name] ?? 'client_id')) {
      values[column.name] = pg.escapeLiteral(owner.clientId);
    } else if (!column.isNullable && !await hasDefault(client, table, column)) {
      values[column.name] = await valueOf(client, column);
    }
  }
  for (const key of table.foreignKeys) {
    const parent = plan.get(key.parent);
    const source = parent
      ? `${key.parent} as t where ${parent.owned(owner)}`
      : `auth.users as t where t.id = any ('{${owner.people.join(',')}}')`;
    key.columns.forEach((name, index) => {
      if (wanted[`${table.name}.${name}`] || (key.setsNull && !(name in values))) return;
      values[name] = `(select t.${key.parentColumns[index]} from ${source} limit 1)`;
    });
  }
  const names = Object.keys(values);
  await client.query(
    `insert into ${table.name} (${names.map((name) => pg.escapeIdentifier(name)).join(', ')})
     values (${Object.values(values).join(', ')})`,
  ).catch((error: Error) => {
    throw new Error(`${table.name}: ${error.message}; name a value in tests/support/every-table.ts`);
  });
}

async function hasDefault(client: pg.ClientBase, table: Table, column: Column): Promise<boolean> {
  const { rows } = await client.query(
    `select from pg_attrdef as d join pg_attribute as a on a.attrelid = d.adrelid and a.attnum = d.adnum
     where d.adrelid = $1::regclass and a.attname = $2`,
    [table.name, column.name],
  );
  return rows.length > 0;
}

const byType: Record<string, string> = {
  uuid: 'gen_random_uuid()',
  boolean: 'false',
  integer: '1',
  smallint: '1',
  bigint: '1',
  date: 'current_date',
  jsonb: `'{}'`,
  bytea: `decode(repeat('ab', 32), 'hex')`,
  tsvector: `''`,
  interval: `'1 minute'`,
  'timestamp with time zone': 'now()',
};

async function valueOf(client: pg.ClientBase, { type }: Column): Promise<string> {
  if (type.endsWith('[]')) return `'{}'`;
  if (byType[type]) return byType[type];
  if (type.startsWith('numeric')) return '1';
  const { rows } = await client.query<{ label: string }>(
    'select enumlabel as label from pg_enum where enumtypid = to_regtype($1) order by enumsortorder limit 1',
    [type],
  );
  return rows[0] ? pg.escapeLiteral(rows[0].label) : `substr(md5(random()::text), 1, 12)`;
}
