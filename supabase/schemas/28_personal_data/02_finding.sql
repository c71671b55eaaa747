-- Everything that is held of a person: rows of its leads, and any row of any table in whose text the address appears. Tables are
-- found in the catalogue, so one of tomorrow is looked through without anybody thinking of it.

create type private.text_table as (relation text, table_oid oid, text_columns jsonb, owned_by text);

-- Tables with text, and what tells whose a row is: client, campaign, connection, or nothing. Our own mailboxes are no leads, and an
-- erasure of such an address is refused.
create function private.list_text_tables()
returns setof private.text_table
language sql
stable
set search_path = ''
as $$
  select
    format('%I.%I', n.nspname, c.relname), c.oid,
    jsonb_agg(jsonb_build_object('name', a.attname, 'type', t.typname, 'generated', a.attgenerated <> '') order by a.attnum)
      filter (where t.typname in ('text', 'varchar', 'json', 'jsonb', '_text', '_varchar', 'tsvector')),
    case
      when c.oid = 'private.webhook_events'::regclass then 'delivery'
      when bool_or(a.attname = 'client_id') then 'client'
      when bool_or(a.attname = 'campaign_id') then 'campaign'
      when bool_or(a.attname = 'connection_id') then 'connection'
      else 'none'
    end
  from pg_catalog.pg_class as c
  join pg_catalog.pg_namespace as n on n.oid = c.relnamespace
  join pg_catalog.pg_attribute as a on a.attrelid = c.oid and a.attnum > 0 and not a.attisdropped
  join pg_catalog.pg_type as t on t.oid = a.atttypid
  where n.nspname in ('public', 'private')
    and c.relkind = 'r'
    and c.oid not in ('public.email_accounts'::regclass, 'private.erasures'::regclass)
  group by n.nspname, c.relname, c.oid
  having bool_or(t.typname in ('text', 'varchar', 'json', 'jsonb', '_text', '_varchar', 'tsvector'))
$$;

comment on function private.list_text_tables() is
  'Tables in which the address of a person may be: their columns of text, and by what a row has an owner (delivery, client, campaign, connection, none).';

-- Whether no other client holds the address: then what names no client is this client's as well.
create function private.is_only_holder(scope uuid, address text)
returns boolean
language sql
stable
set search_path = ''
as $$
  select scope is null or not exists (
    select
    from public.clients as c
    where c.id <> scope
      and (
        exists (select from public.synced_leads as l where l.email = address and l.client_id = c.id)
        or exists (select from public.businesses as b where b.client_id = c.id and private.normalize_email(b.email) = address)
        or exists (select from public.suppressions as s where s.client_id = c.id and s.email = address)
      )
  )
$$;

comment on function private.is_only_holder(uuid, text) is 'True for all clients, and for one client when no other has the address.';

grant execute on function private.is_only_holder(uuid, text) to service_role;

-- The rows of some pages of a table in which the address appears. scope null = of all clients. A job never finds itself.
create function private.find_address(
  of_table private.text_table, address text, scope uuid, is_only_holder boolean, erasure_id uuid, first_page bigint, pages bigint
)
returns tid[]
language plpgsql
stable
set search_path = ''
as $$
declare
  found_rows tid[];
begin
  execute format(
    'select array_agg(t.ctid)
     from only %1$s as t
     cross join lateral (select concat_ws(E''\n'', %2$s) as words) as x
     where t.ctid >= $1 and t.ctid < $2
       and (strpos(lower(x.words), $3) > 0 or strpos(lower(x.words), $4) > 0)
       and x.words ~* $5
       and %3$s and %4$s',
    of_table.relation,
    (select string_agg(format('t.%I', c.value ->> 'name'), ', ') from jsonb_array_elements(of_table.text_columns) as c (value)),
    case
      when is_only_holder then '$6 is not distinct from $6'
      when of_table.owned_by = 'client' then 't.client_id = $6'
      when of_table.owned_by = 'campaign' then 't.campaign_id in (select k.id from public.campaigns as k where k.client_id = $6)'
      when of_table.owned_by = 'connection'
        then 't.connection_id in (select c.id from public.provider_connections as c where c.client_id = $6)'
      when of_table.owned_by = 'delivery'
        then '(t.connection_id in (select c.id from public.provider_connections as c where c.client_id = $6)
           or exists (
             select
             from private.provider_campaigns as p
             join public.campaigns as k on k.id = p.campaign_id
             where p.connection_id = t.connection_id and p.provider_campaign_id = t.provider_campaign_id and k.client_id = $6
           ))'
      else '$6 is null'
    end,
    case when of_table.relation = 'private.jobs' then 't.id is distinct from $7' else '$7 is not distinct from $7' end
  )
  into found_rows
  using format('(%s,0)', first_page)::tid, format('(%s,0)', first_page + pages)::tid, address, replace(address, '@', '%40'),
    private.address_pattern(address), scope, erasure_id;

  return coalesce(found_rows, '{}');
end
$$;

comment on function private.find_address(private.text_table, text, uuid, boolean, uuid, bigint, bigint) is
  'Rows (ctid) of some pages of a table, as private.list_text_tables has it, in which an address appears, of one client or of all.';

-- Rows that belong to a person without naming the address: by the lead, its messages, meetings, events and pushes.
create function private.list_linked_tables()
returns table (relation text, key_column text, key_kind text)
language sql
stable
set search_path = ''
as $$
  select format('%I.%I', n.nspname, c.relname), a.attname::text, k.kind
  from pg_catalog.pg_class as c
  join pg_catalog.pg_namespace as n on n.oid = c.relnamespace
  join pg_catalog.pg_attribute as a on a.attrelid = c.oid and a.attnum > 0 and not a.attisdropped
  cross join lateral (
    select case
      when a.attname = 'lead_id' then 'lead'
      when a.attname in ('message_id', 'reply_id') then 'message'
      when a.attname = 'meeting_id' then 'meeting'
      when a.attname = 'event_id' and a.atttypid = 'uuid'::regtype then 'outgoing'
      when a.attname = 'id' and c.oid = 'public.synced_leads'::regclass then 'lead'
      when a.attname = 'id' and c.oid = 'private.webhook_events'::regclass then 'delivery'
    end as kind
  ) as k
  where n.nspname in ('public', 'private') and c.relkind in ('r', 'p') and not c.relispartition and k.kind is not null
$$;

comment on function private.list_linked_tables() is
  'Tables whose rows belong to a person by a key: the lead, or one of its messages, meetings, outgoing events or deliveries.';

-- The rows of these leads, each with a key that tells it from every other row; with_rows false = the keys alone.
create function private.read_linked(lead_ids uuid[], with_rows boolean)
returns jsonb
language plpgsql
stable
set search_path = ''
as $$
declare
  messages text[] := array(select m.id::text from public.messages as m where m.lead_id = any (lead_ids));
  meetings text[] := array(select m.id::text from public.meetings as m where m.lead_id = any (lead_ids));
  outgoing text[] := array(select o.id::text from private.outgoing_events as o where o.lead_id = any (lead_ids));
  deliveries text[] := array(select e.id::text from public.email_events as e where e.lead_id = any (lead_ids));
  linked record;
  held jsonb;
  rows jsonb := '{}'::jsonb;
begin
  for linked in select * from private.list_linked_tables() as t order by t.relation, t.key_column
  loop
    execute format(
      'select jsonb_agg(jsonb_build_object(''key'', t.tableoid::text || t.ctid::text) || case when $2
         then jsonb_build_object(''row'', to_jsonb(t)) else ''{}'' end)
       from %1$s as t where t.%2$I = any ($1::%3$s[])',
      linked.relation, linked.key_column, case linked.key_kind when 'delivery' then 'bigint' else 'uuid' end
    )
    into held
    using case linked.key_kind
      when 'lead' then lead_ids::text[] when 'message' then messages when 'meeting' then meetings
      when 'outgoing' then outgoing else deliveries
    end, with_rows;

    if held is not null then
      rows := jsonb_set(rows, array[linked.relation], coalesce(rows -> linked.relation, '[]') || held);
    end if;
  end loop;

  return rows;
end
$$;

comment on function private.read_linked(uuid[], boolean) is
  'What belongs to these leads in any table: { table: [{ key, row? }] }.';
