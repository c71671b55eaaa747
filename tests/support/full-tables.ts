// A database in which everything that grows is large: rows of 1,000 clients, made from the catalogue, so that a table of tomorrow is
// filled without a line here. For tests of plans: the planner compares an index with a whole table only where the table is one.
import type pg from 'pg';

/**
 * Tables that have rows per client, person, workspace, campaign or setting, or rows that live for minutes or days; a query may read them
 * whole. Every other table grows with mails, leads or time.
 */
export const bounded: ReadonlySet<string> = new Set([
  // The agency and its settings.
  'private.agency',
  'private.mail_settings',
  'private.notification_preferences',
  'private.rate_quartiles',
  'private.reply_model',
  'private.reply_model_days',
  'private.retention_settings',
  'private.saved_filters',
  'private.standing_settings',
  'private.archive_lease',
  'public.sequence_templates',
  'public.suppression_rules',
  // Per client or person.
  'private.client_report_recipients',
  'private.client_report_schedules',
  'private.client_report_settings',
  'private.client_sums',
  'private.crm_readers',
  'private.crm_tokens',
  'private.erasures',
  'private.outgoing_secrets',
  'private.outgoing_subscribers',
  'public.client_changes',
  'public.client_logos',
  'public.clients',
  'public.crm_connections',
  'public.import_mappings',
  'public.members',
  'public.monthly_goals',
  'public.outgoing_endpoints',
  // Per workspace, mailbox or domain.
  'private.connection_activity',
  'private.connection_rate_limits',
  'private.organizations',
  'private.provider_keys',
  'private.provider_labels',
  'private.provider_plans',
  'private.provider_webhooks',
  'private.rate_budgets',
  'private.sync_positions',
  'private.webhook_outages',
  'private.webhook_secrets',
  'public.domain_listings',
  'public.email_accounts',
  'public.placement_readings',
  'public.provider_connections',
  'public.sending_domain_checks',
  'public.sending_domains',
  // Per campaign.
  'private.archive_parts',
  'private.campaign_webhooks',
  'private.closed_campaigns',
  'private.day_cuts',
  'private.provider_campaigns',
  'private.schedule_pauses',
  'public.campaign_activity_totals',
  'public.campaign_analytics_totals',
  'public.campaign_approvals',
  'public.campaign_step_activity',
  'public.campaign_step_analytics',
  'public.campaigns',
  // Emptied within minutes, days or with the job that fills them.
  'private.displaced_leads',
  'private.function_calls',
  'private.import_chunks',
  'private.model_questions',
  'private.outage_leads',
  'private.pending_changes',
  'private.rate_grants',
  'private.request_counts',
  'private.unread_categories',
]);

/** Bounded ones that the others refer to, and how many rows of them there are. */
const shared: Record<string, number> = {
  'public.clients': 1000,
  'public.provider_connections': 1000,
  'public.campaigns': 2000,
  'public.email_accounts': 2000,
  'public.outgoing_endpoints': 1000,
  'public.crm_connections': 1000,
};
const rowsOf = (table: string): number => shared[table] ?? 6000;

/** What a column refers to that has no foreign key, because the projector checks it itself. */
const references: Record<string, string> = {
  client_id: 'public.clients',
  owner_id: 'public.clients',
  connection_id: 'public.provider_connections',
  campaign_id: 'public.campaigns',
  lead_id: 'public.synced_leads',
  event_id: 'private.webhook_events',
  message_id: 'public.messages',
};

/** What the rules below would make of these columns is not what most rows hold. */
const usual: Record<string, string> = {
  'private.webhook_events.status': `'projected'`,
  'private.webhook_events.payload': `'{"text": "Good morning"}'`,
  'public.incidents.closed_at': 'case when n % 50 > 0 then now() end',
  'private.jobs.status': `'completed'`,
  'public.messages.direction': `case when n % 20 = 0 then 'received' else 'sent' end`,
  'public.messages.reply_class': `case when n % 20 = 0 then 'interested' end`,
  'public.email_events.type': `(array['email_sent', 'email_opened', 'reply_received'])[1 + n % 3]`,
  'public.synced_leads.interest_status_reported': `case when n % 20 = 0 then 'positive' end`,
};

interface Column {
  table: string;
  name: string;
  type: string;
  kind: string;
  isNeeded: boolean;
  isKey: boolean;
  refers: string | null;
}

/** Fills the growing tables and what they refer to, and takes their statistics. Returns the names of the growing ones. */
export async function fillTables(database: pg.Client): Promise<string[]> {
  const columns = await readColumns(database);
  const tables = [...new Set(columns.map(({ table }) => table))];
  const gone = [...bounded].filter((name) => !tables.includes(name));
  if (gone.length > 0) throw new Error(`There is no table ${gone.join(', ')} any more`);
  const growing = tables.filter((name) => !bounded.has(name));
  await loosen(database);
  // Triggers and foreign keys would follow every row.
  await database.query(`set session_replication_role = replica`);
  for (const table of [...Object.keys(shared), ...growing]) {
    const mine = columns.filter((column) => column.table === table)
      .map((column) => ({ column, value: valueOf(column) }))
      .filter(({ value }) => value !== null);
    const names = mine.map(({ column }) => `"${column.name}"`).join(', ');
    const values = mine.map(({ column, value }) => `(${value})::${column.type} as "${column.name}"`).join(
      ', ',
    );
    await database.query(
      `insert into ${table} (${names}) overriding system value
       select ${values} from generate_series(0, ${rowsOf(table) - 1}) as n on conflict do nothing`,
    ).catch((error: unknown) => {
      throw new Error(`${table} could not be filled; add it to "bounded" or a value to "usual"`, {
        cause: error,
      });
    });
  }
  await database.query(`set session_replication_role = default`);
  await database.query('analyze');
  return growing;
}

/** Few rows in each page make a table as long as one of years, and without checks any rows can be invented. */
async function loosen(database: pg.Client): Promise<void> {
  await database.query(`do $$
    declare one record;
    begin
      for one in
        select c.conrelid::regclass as relation, c.conname as name
        from pg_constraint as c join pg_class as r on r.oid = c.conrelid
        where c.contype = 'c' and c.conparentid = 0 and c.coninhcount = 0
          and r.relnamespace in ('public'::regnamespace, 'private'::regnamespace)
      loop
        execute format('alter table %s drop constraint %I', one.relation, one.name);
      end loop;
      for one in
        select c.oid::regclass as relation from pg_class as c
        where c.relkind = 'r' and c.relnamespace in ('public'::regnamespace, 'private'::regnamespace)
      loop
        execute format('alter table %s set (fillfactor = 10)', one.relation);
      end loop;
    end $$`);
}

async function readColumns(database: pg.Client): Promise<Column[]> {
  const { rows } = await database.query<Column>(`
    select
      format('%s.%s', c.relnamespace::regnamespace, c.relname) as table, a.attname::text as name,
      format_type(a.atttypid, a.atttypmod) as type,
      case when t.typtype = 'e' then 'enum' when t.typcategory = 'A' then 'array' else t.typname::text end as kind,
      a.attnotnull and not a.atthasdef as "isNeeded",
      coalesce(a.attnum = any (k.conkey), false) as "isKey",
      (
        select format('%s.%s', r.relnamespace::regnamespace, r.relname)
        from pg_constraint as f join pg_class as r on r.oid = f.confrelid
        where f.conrelid = c.oid and f.contype = 'f' and f.conkey = array[a.attnum]
        limit 1
      ) as refers
    from pg_class as c
    join pg_attribute as a on a.attrelid = c.oid and a.attnum > 0 and not a.attisdropped and a.attgenerated = ''
    join pg_type as t on t.oid = a.atttypid
    left join pg_constraint as k on k.conrelid = c.oid and k.contype = 'p'
    where c.relkind in ('r', 'p') and not c.relispartition
      and c.relnamespace in ('public'::regnamespace, 'private'::regnamespace)
    order by 1, a.attnum`);
  return rows;
}

/** The SQL expression of a column in row n; null = the column is left as it is by default. */
function valueOf(column: Column): string | null {
  const { table, name, kind } = column;
  const known = usual[`${table}.${name}`];
  if (known !== undefined) return known;
  const target = column.refers ?? references[name] ?? null;
  if (target !== null && !(column.refers === null && column.isKey && name === 'id')) {
    const isThere = shared[target] !== undefined || !bounded.has(target);
    if (isThere) return keyOf(target, `n % ${rowsOf(target)}`, kind);
    if (!column.isNeeded) return null;
  }
  if (column.isKey && (kind === 'uuid' || kind === 'int8')) return keyOf(table, 'n', kind);
  if (
    !column.isNeeded &&
    !/^(occurred|received|created|sent|replied|suppressed|called|latest|wanted)_at$|^email$|^body_text$/.test(
      name,
    )
  ) {
    return null;
  }
  return typed(column);
}

function keyOf(table: string, number: string, kind: string): string {
  return kind === 'uuid' ? `md5('${table} ' || (${number}))::uuid` : `1 + (${number})`;
}

function typed({ table, name, type, kind }: Column): string {
  if (kind === 'enum') return `(enum_range(null::${type}))[1]`;
  if (kind === 'array') return `'{}'`;
  if (name === 'email' || name === 'address') return `'person' || n || '@example.test'`;
  switch (kind) {
    case 'uuid':
      return `md5('${name} ' || n)::uuid`;
    case 'timestamptz':
      // A year, in the order of writing.
      return `now() - interval '1 year' * (1 - n / ${rowsOf(table)}.0)`;
    case 'date':
      return `current_date - 365 + n * 365 / ${rowsOf(table)}`;
    case 'bool':
      return 'false';
    case 'jsonb':
      return `'{}'`;
    case 'bytea':
      return `sha256(convert_to(n::text, 'UTF8'))`;
    case 'tsvector':
      return `to_tsvector('simple', 'word' || n)`;
    case 'text':
      return `'text ' || n`;
    default:
      return '1 + n % 30000';
  }
}
