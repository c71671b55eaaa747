-- Generated from supabase/schemas/28_personal_data by "npm run migrations".

-- What is written directly leaves an erased person out. Deliveries are emptied before they are projected (private.forget_erased), imports and
-- exports ask private.suppressed_among, syncs private.without_erased.

-- Scrapers write businesses directly. The erased person is left out: of a business with somebody else in it that person
-- stays, of one without the row is not written.
create function private.keep_erased_out()
returns trigger
language plpgsql
set search_path = ''
as $$
declare
  gone text[] := array(
    select private.erased_among(
      new.client_id, array[private.normalize_email(new.email), private.normalize_email(new.linkedin_contact_email)]
    )
  );
begin
  if gone = '{}' then
    return new;
  end if;

  if private.normalize_email(new.linkedin_contact_email) = any (gone) then
    new.linkedin_contact_name := null;
    new.linkedin_contact_title := null;
    new.linkedin_contact_url := null;
    new.linkedin_contact_email := null;
  end if;

  if private.normalize_email(new.email) = any (gone) then
    if new.linkedin_contact_email is null then
      return null;
    end if;

    new.email := null;
    new.first_name := null;
    new.last_name := null;
    new.job_title := null;
    new.phone := null;
  elsif new.email is null and new.linkedin_contact_email is null then
    return null;
  end if;

  new.subject_line := null;
  new.icebreaker := null;
  new.custom_variables := '{}';
  return new;
end
$$;

comment on function private.keep_erased_out() is
  'Trigger: takes erased people out of a business that is written; without anybody else in it, it is not written.';

-- An import asked for its addresses already; the second person of a row is asked here.
create trigger a_keep_erased_out_of_new before insert on public.businesses
for each row when (new.import_id is null or new.linkedin_contact_email is not null) execute function private.keep_erased_out();

create trigger a_keep_erased_out_of_changed before update of email, linkedin_contact_email on public.businesses
for each row
when (new.email is distinct from old.email or new.linkedin_contact_email is distinct from old.linkedin_contact_email)
execute function private.keep_erased_out();

-- No one has to be suppressed who was erased: an entry would only return the address.
create function private.keep_erased_out_of_suppressions()
returns trigger
language plpgsql
set search_path = ''
as $$
begin
  return case
    when exists (
      select private.erased_among((to_jsonb(new) ->> 'client_id')::uuid, array[coalesce(to_jsonb(new) ->> 'email', to_jsonb(new) ->> 'entry')])
    ) then null
    else new
  end;
end
$$;

comment on function private.keep_erased_out_of_suppressions() is 'Trigger: leaves out an address of a person who was erased.';

create trigger a_keep_erased_out before insert on public.suppressions
for each row execute function private.keep_erased_out_of_suppressions();

create trigger a_keep_erased_out before insert on public.suppression_rules
for each row when (strpos(new.entry, '@') > 0) execute function private.keep_erased_out_of_suppressions();

create trigger a_keep_erased_out before insert on private.suppression_removals
for each row execute function private.keep_erased_out_of_suppressions();

create trigger a_keep_erased_out before insert on private.workspace_suppressions
for each row execute function private.keep_erased_out_of_suppressions();

create trigger a_keep_erased_out before insert on private.class_suppressions
for each row execute function private.keep_erased_out_of_suppressions();

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

-- What becomes of a row: it goes where nothing counts it, and stays without the person where something does.

-- A report with some more rows of one table.
create function private.add_erased(report jsonb, of_table text, what text, number bigint)
returns jsonb
language sql
immutable
set search_path = ''
as $$
  select case
    when number = 0 then report
    else report || jsonb_build_object(
      name.short,
      coalesce(report -> name.short, '{}') || jsonb_build_object(what, coalesce((report -> name.short ->> what)::bigint, 0) + number)
    )
  end
  -- Monthly partitions are one table.
  from (select regexp_replace(split_part(of_table, '.', 2), '^email_events_.*$', 'email_events') as short) as name
$$;

comment on function private.add_erased(jsonb, text, text, bigint) is
  'A report { table: { removed?, anonymised? } } with that many more rows.';

grant execute on function private.add_erased(jsonb, text, text, bigint) to service_role;

-- What many leads of the client have says nothing of one of them, and segments keep their numbers; what few have goes.
create function private.common_value(of_client_id uuid, dimension text, value text)
returns text
language plpgsql
stable
set search_path = ''
as $$
declare
  holders integer;
begin
  if value is null then
    return null;
  end if;

  execute format(
    'select count(*) from (select from public.synced_leads as l where l.client_id = $1 and l.%1$I = $2 and l.erased_at is null limit 5) as few',
    dimension
  )
  into holders using of_client_id, value;

  return case when holders >= 5 then value end;
end
$$;

comment on function private.common_value(uuid, text, text) is
  'An industry, title or size that at least five leads of a client have; null for one that fewer have.';

-- Leads and all that belongs to them. The leads stay, under a pseudonym, for everything that counts them.
create function private.erase_leads(lead_ids uuid[], erasure_id uuid)
returns jsonb
language plpgsql
set search_path = ''
as $$
declare
  report jsonb := '{}'::jsonb;
  number bigint;
  messages uuid[] := array(select m.id from public.messages as m where m.lead_id = any (lead_ids));
  meeting_ids uuid[] := array(select m.id from public.meetings as m where m.lead_id = any (lead_ids));
  outgoing uuid[] := array(select o.id from private.outgoing_events as o where o.lead_id = any (lead_ids));
  deliveries bigint[] := array(select e.id from public.email_events as e where e.lead_id = any (lead_ids));
begin
  -- The projector holds the leads of its batch: it ends first, and what it wrote is erased as well.
  perform from public.synced_leads as l where l.id = any (lead_ids) order by l.campaign_id, l.email for update;

  delete from private.answer_drafts as d where d.reply_id = any (messages);
  get diagnostics number = row_count;
  report := private.add_erased(report, 'private.answer_drafts', 'removed', number);

  delete from private.answers as a where a.lead_id = any (lead_ids) and a.state <> 'sent';
  get diagnostics number = row_count;
  report := private.add_erased(report, 'private.answers', 'removed', number);

  update private.answers as a
  set subject = '', body_text = '', provider_mail_id = null, error = null
  where a.lead_id = any (lead_ids);
  get diagnostics number = row_count;
  report := private.add_erased(report, 'private.answers', 'anonymised', number);

  delete from private.thread_notes as n where n.lead_id = any (lead_ids);
  get diagnostics number = row_count;
  report := private.add_erased(report, 'private.thread_notes', 'removed', number);

  delete from private.message_search as s where s.message_id = any (messages);
  get diagnostics number = row_count;
  report := private.add_erased(report, 'private.message_search', 'removed', number);

  delete from private.message_contents as c where c.message_id = any (messages);
  get diagnostics number = row_count;
  report := private.add_erased(report, 'private.message_contents', 'removed', number);

  delete from private.model_questions as q where q.message_id = any (messages);
  get diagnostics number = row_count;
  report := private.add_erased(report, 'private.model_questions', 'removed', number);

  delete from private.class_suppressions as s where s.message_id = any (messages);
  get diagnostics number = row_count;
  report := private.add_erased(report, 'private.class_suppressions', 'removed', number);

  delete from private.verdict_pushes as p where p.lead_id = any (lead_ids);
  get diagnostics number = row_count;
  report := private.add_erased(report, 'private.verdict_pushes', 'removed', number);

  -- Its trigger takes the reply out of the report.
  delete from private.client_report_leads as l where l.lead_id = any (lead_ids);
  get diagnostics number = row_count;
  report := private.add_erased(report, 'public.client_reports', 'anonymised', number);

  delete from public.crm_records as r where r.lead_id = any (lead_ids);
  get diagnostics number = row_count;
  report := private.add_erased(report, 'public.crm_records', 'removed', number);

  update private.crm_pushes as p
  set
    sent = null, last_answer = null, last_error = null, note = null, lease_token = null,
    state = case when p.state = 'waiting' then 'failed' else p.state end
  where p.lead_id = any (lead_ids);
  get diagnostics number = row_count;
  report := private.add_erased(report, 'private.crm_pushes', 'anonymised', number);

  update private.outgoing_deliveries as d
  set
    last_answer = null, last_error = null, lease_token = null,
    state = case when d.state = 'waiting' then 'failed' else d.state end
  where d.event_id = any (outgoing);
  get diagnostics number = row_count;
  report := private.add_erased(report, 'private.outgoing_deliveries', 'anonymised', number);

  delete from private.notifications as n where n.event_id = any (outgoing) and n.mail_id is null;
  get diagnostics number = row_count;
  report := private.add_erased(report, 'private.notifications', 'removed', number);

  -- Without its payload an event that is sent again is made of the lead as it is then.
  update private.outgoing_events as o
  set payload = null, about = o.about - array['email', 'note']
  where o.id = any (outgoing);
  get diagnostics number = row_count;
  report := private.add_erased(report, 'private.outgoing_events', 'anonymised', number);

  update public.meetings as m set note = null where m.id = any (meeting_ids);
  get diagnostics number = row_count;
  report := private.add_erased(report, 'public.meetings', 'anonymised', number);

  update private.meeting_reports as r set note = null where r.meeting_id = any (meeting_ids) and r.note is not null;
  get diagnostics number = row_count;
  report := private.add_erased(report, 'private.meeting_reports', 'anonymised', number);

  update public.meeting_changes as c set note = null where c.meeting_id = any (meeting_ids) and c.note is not null;
  get diagnostics number = row_count;
  report := private.add_erased(report, 'public.meeting_changes', 'anonymised', number);

  update public.messages as m
  set
    email = private.pseudonym(erasure_id, m.client_id), written_by = null, subject = null, body_text = null, body_html = null,
    snippet = null, verdict_note = null, push_error = null, body_removed_at = coalesce(m.body_removed_at, now())
  where m.id = any (messages);
  get diagnostics number = row_count;
  report := private.add_erased(report, 'public.messages', 'anonymised', number);

  update private.webhook_events as w
  set
    payload = '{}', event = private.emptied_event(w.event), reason = null,
    status = case when w.status in ('pending', 'quarantined', 'dead') then 'erased' else w.status end
  where w.id = any (deliveries);
  get diagnostics number = row_count;
  report := private.add_erased(report, 'private.webhook_events', 'anonymised', number);

  update public.email_events as e set email = private.pseudonym(erasure_id, e.client_id) where e.lead_id = any (lead_ids);
  get diagnostics number = row_count;
  report := private.add_erased(report, 'public.email_events', 'anonymised', number);

  update public.synced_leads as l
  set
    email = private.pseudonym(erasure_id, l.client_id), provider_lead_id = null, first_name = null, last_name = null,
    company_name = null, website = null, phone = null, payload = null,
    job_title = private.common_value(l.client_id, 'job_title', l.job_title),
    industry = private.common_value(l.client_id, 'industry', l.industry),
    company_size = private.common_value(l.client_id, 'company_size', l.company_size),
    erased_at = now(), updated_at = now()
  where l.id = any (lead_ids);
  get diagnostics number = row_count;
  return private.add_erased(report, 'public.synced_leads', 'anonymised', number);
end
$$;

comment on function private.erase_leads(uuid[], uuid) is
  'Anonymises leads and removes or empties what belongs to them; returns { table: { removed?, anonymised? } }.';

-- What becomes of a row in which an address was found, table by table.

-- Where an address only appears in a text, the pseudonym takes its place and the rest stays: the row is about somebody else.
create function private.replace_address(of_table private.text_table, rows tid[], address text, erasure_id uuid)
returns bigint
language plpgsql
set search_path = ''
as $$
declare
  replaced bigint;
begin
  execute format(
    'update only %1$s as t set %2$s where t.ctid = any ($3)',
    of_table.relation,
    (
      select string_agg(
        format(
          case c.value ->> 'type'
            when 'json' then '%1$I = regexp_replace(t.%1$I::text, $1, $2, ''gi'')::json'
            when 'jsonb' then '%1$I = regexp_replace(t.%1$I::text, $1, $2, ''gi'')::jsonb'
            when 'tsvector' then '%1$I = ts_delete(t.%1$I, array(select w.lexeme from unnest(t.%1$I) as w where w.lexeme ~* $1))'
            when 'text' then '%1$I = regexp_replace(t.%1$I, $1, $2, ''gi'')'
            when 'varchar' then '%1$I = regexp_replace(t.%1$I, $1, $2, ''gi'')'
            else '%1$I = case when t.%1$I is not null then array(
              select regexp_replace(e.part, $1, $2, ''gi'') from unnest(t.%1$I) with ordinality as e (part, place) order by e.place
            ) end'
          end,
          c.value ->> 'name'
        ),
        ', '
      )
      from jsonb_array_elements(of_table.text_columns) as c (value)
      where not (c.value ->> 'generated')::boolean
    )
  )
  using private.address_pattern(address), private.pseudonym(erasure_id, null), rows;

  get diagnostics replaced = row_count;
  return replaced;
end
$$;

comment on function private.replace_address(private.text_table, tid[], text, uuid) is
  'Puts the pseudonym in the place of an address in every text of these rows; returns how many rows.';

-- A business is a company with up to two people. The erased one goes; without anybody left, the company goes with it.
create function private.erase_from_businesses(rows tid[], address text)
returns bigint
language plpgsql
set search_path = ''
as $$
declare
  emptied bigint;
begin
  update public.businesses as b
  set
    email = case when not t.is_owner then b.email end,
    first_name = case when not t.is_owner then b.first_name end,
    last_name = case when not t.is_owner then b.last_name end,
    job_title = case when not t.is_owner then b.job_title end,
    phone = case when not t.is_owner then b.phone end,
    email_source = case when not t.is_owner then b.email_source end,
    linkedin_contact_name = case when not t.is_contact then b.linkedin_contact_name end,
    linkedin_contact_title = case when not t.is_contact then b.linkedin_contact_title end,
    linkedin_contact_url = case when not t.is_contact then b.linkedin_contact_url end,
    linkedin_contact_email = case when not t.is_contact then b.linkedin_contact_email end,
    name = case when t.has_others then b.name end,
    rating = case when t.has_others then b.rating end,
    website = case when t.has_others then b.website end,
    address = case when t.has_others then b.address end,
    city = case when t.has_others then b.city end,
    state = case when t.has_others then b.state end,
    zip = case when t.has_others then b.zip end,
    linkedin_url = case when t.has_others then b.linkedin_url end,
    facebook_url = case when t.has_others then b.facebook_url end,
    -- Texts and variables may speak of either.
    subject_line = null,
    icebreaker = null,
    custom_variables = '{}'
  from (
    select
      o.id, o.is_owner,
      -- A contact without an address of its own is reached by that of the business.
      o.is_contact or (o.is_owner and o.linkedin_contact_email is null) as is_contact,
      not (o.is_owner and (o.is_contact or o.linkedin_contact_email is null)) and not (o.is_contact and o.email is null) as has_others
    from (
      select
        x.id, x.email, x.linkedin_contact_email,
        coalesce(private.normalize_email(x.email) = erase_from_businesses.address, false) as is_owner,
        coalesce(private.normalize_email(x.linkedin_contact_email) = erase_from_businesses.address, false) as is_contact
      from public.businesses as x
      where x.ctid = any (rows)
    ) as o
  ) as t
  where b.id = t.id and (t.is_owner or t.is_contact);

  get diagnostics emptied = row_count;
  return emptied;
end
$$;

comment on function private.erase_from_businesses(tid[], text) is
  'Takes a person out of businesses, and the company too if no one else is left in it; returns how many rows.';

-- Rows in which the address was found. Returns { table: { removed?, anonymised? } }.
create function private.erase_rows(of_table private.text_table, rows tid[], address text, erasure_id uuid)
returns jsonb
language plpgsql
set search_path = ''
as $$
declare
  report jsonb := '{}'::jsonb;
  number bigint;
  theirs bigint[];
  written uuid[];
begin
  case of_table.relation
    -- The address is all that they hold.
    when 'public.suppressions', 'public.suppression_rules', 'private.suppression_removals', 'private.workspace_suppressions',
      'private.class_suppressions', 'private.outage_leads', 'private.client_report_recipients'
    then
      execute format('delete from only %s as t where t.ctid = any ($1)', of_table.relation) using rows;
      get diagnostics number = row_count;
      return private.add_erased(report, of_table.relation, 'removed', number);

    when 'public.import_rows' then
      update public.import_rows as r set email = null, cells = null, changes = null where r.ctid = any (rows);
      get diagnostics number = row_count;
      return private.add_erased(report, of_table.relation, 'anonymised', number);

    when 'public.export_receipts' then
      update public.export_receipts as r
      set
        email = null, detail = null,
        reason = case when r.outcome in ('planned', 'sending') then 'erased' else r.reason end,
        outcome = case when r.outcome in ('planned', 'sending') then 'skipped' else r.outcome end
      where r.ctid = any (rows);
      get diagnostics number = row_count;
      return private.add_erased(report, of_table.relation, 'anonymised', number);

    when 'private.webhook_events' then
      with emptied as (
        update private.webhook_events as w
        set
          payload = '{}', event = private.emptied_event(w.event), reason = null,
          status = case when w.status in ('pending', 'quarantined', 'dead') then 'erased' else w.status end
        where w.ctid = any (rows)
          and (
            w.event is null or w.event ->> 'email' = address or w.event ->> 'written_by' = address
            or w.event -> 'emails' ? address
          )
        returning w.id
      )
      select array_agg(e.id) into theirs from emptied as e;

      update public.untracked_replies as u
      set email = private.pseudonym(erasure_id, u.client_id), sender_name = null, subject = null, body_text = null, snippet = null
      where u.id = any (theirs);
      get diagnostics number = row_count;
      report := private.add_erased(report, 'public.untracked_replies', 'anonymised', number);

      update public.email_events as e
      set email = private.pseudonym(erasure_id, e.client_id)
      where e.id = any (theirs) and e.email = address;
      get diagnostics number = row_count;
      report := private.add_erased(report, 'public.email_events', 'anonymised', number);

      report := private.add_erased(report, of_table.relation, 'anonymised', coalesce(cardinality(theirs), 0));
      -- Emptied rows have moved; what is still at its place only names the address.
      number := private.replace_address(of_table, rows, address, erasure_id);
      return private.add_erased(report, of_table.relation, 'anonymised', number);

    when 'public.untracked_replies' then
      update public.untracked_replies as u
      set email = private.pseudonym(erasure_id, u.client_id), sender_name = null, subject = null, body_text = null, snippet = null
      where u.ctid = any (rows) and u.email = address;
      get diagnostics number = row_count;
      report := private.add_erased(report, of_table.relation, 'anonymised', number);

    when 'public.messages' then
      -- In somebody else's conversation, but in the words of this person.
      with emptied as (
        update public.messages as m
        set
          written_by = null, subject = null, body_text = null, body_html = null, snippet = null, verdict_note = null,
          body_removed_at = coalesce(m.body_removed_at, now())
        where m.ctid = any (rows) and m.written_by = address
        returning m.id
      )
      select array_agg(e.id) into written from emptied as e;

      delete from private.message_contents as c where c.message_id = any (written);
      delete from private.message_search as s where s.message_id = any (written);
      report := private.add_erased(report, of_table.relation, 'anonymised', coalesce(cardinality(written), 0));

    when 'public.businesses' then
      number := private.erase_from_businesses(rows, address);
      report := private.add_erased(report, of_table.relation, 'anonymised', number);

    else
      null;
  end case;

  number := private.replace_address(of_table, rows, address, erasure_id);
  return private.add_erased(report, of_table.relation, 'anonymised', number);
end
$$;

comment on function private.erase_rows(private.text_table, tid[], text, uuid) is
  'Removes or anonymises rows in which the address of a person was found; returns { table: { removed?, anonymised? } }.';

-- The walk through all that is held of a person, in steps that each end within a second: first the leads, by index, then every
-- table page by page. Reading and erasing take the same way, so what is shown is what goes.

-- at: null = from the beginning, then the next of the answer before. erasure_id null = only read. Definer, because partitions are granted
-- to no role. Returns { rows: { table: [{ key, row? }] }, report: { table: { removed?, anonymised? } }, next: null | object,
-- done, total: pages looked through }.
create function private.walk_person(address text, scope uuid, erasure_id uuid, at jsonb, with_rows boolean)
returns jsonb
language plpgsql
security definer
set search_path = ''
as $$
declare
  most_leads constant integer := 20;
  pages_at_once constant integer := 250;
  started timestamptz := clock_timestamp();
  tables private.text_table[] := array(select t::private.text_table from private.list_text_tables() as t order by t.relation);
  of_table private.text_table;
  is_only_holder boolean := private.is_only_holder(scope, address);
  lead_ids uuid[];
  found_rows tid[];
  held jsonb;
  rows jsonb := '{}'::jsonb;
  report jsonb := '{}'::jsonb;
  one record;
  page bigint := coalesce((at ->> 'page')::bigint, 0);
  pages bigint;
  done bigint := coalesce((at ->> 'done')::bigint, 0);
  total bigint;
  found_before bigint := coalesce((at ->> 'found')::bigint, 0);
  pass integer := coalesce((at ->> 'pass')::integer, 1);
begin
  select sum(pg_relation_size(t.table_oid) / 8192) into total from unnest(tables) as t;

  if at is null or at ->> 'step' = 'leads' then
    lead_ids := array(
      select l.id
      from public.synced_leads as l
      where l.email = address and (scope is null or l.client_id = scope)
      order by l.id
      limit case when erasure_id is not null then most_leads end
    );

    if erasure_id is null then
      rows := private.read_linked(lead_ids, with_rows);
    elsif lead_ids <> '{}' then
      report := private.erase_leads(lead_ids, erasure_id);
    end if;

    return jsonb_build_object(
      'rows', rows, 'report', report, 'done', 0, 'total', total,
      'next', jsonb_build_object(
        'step', case when erasure_id is not null and cardinality(lead_ids) = most_leads then 'leads' else 'tables' end, 'pass', pass
      )
    );
  end if;

  foreach of_table in array tables
  loop
    continue when of_table.relation < coalesce(at ->> 'relation', '');
    pages := pg_relation_size(of_table.table_oid) / 8192;

    if of_table.relation <> coalesce(at ->> 'relation', '') then
      page := 0;
    end if;

    while page < pages loop
      if clock_timestamp() > started + interval '400 milliseconds' then
        return jsonb_build_object(
          'rows', rows, 'report', report, 'done', done, 'total', greatest(total, done),
          'next', jsonb_build_object(
            'step', 'tables', 'relation', of_table.relation, 'page', page, 'done', done, 'found', found_before, 'pass', pass
          )
        );
      end if;

      found_rows := private.find_address(of_table, address, scope, is_only_holder, erasure_id, page, pages_at_once);

      if found_rows <> '{}' and erasure_id is not null then
        found_before := found_before + cardinality(found_rows);

        for one in
          select e.key, w.key as what, w.value::bigint as number
          from jsonb_each(private.erase_rows(of_table, found_rows, address, erasure_id)) as e
          cross join lateral jsonb_each_text(e.value) as w
        loop
          report := private.add_erased(report, '.' || one.key, one.what, one.number);
        end loop;
      elsif found_rows <> '{}' then
        execute format(
          'select jsonb_agg(jsonb_build_object(''key'', t.tableoid::text || t.ctid::text) || case when $2
             then jsonb_build_object(''row'', to_jsonb(t)) else ''{}'' end)
           from only %s as t where t.ctid = any ($1)',
          of_table.relation
        )
        into held using found_rows, with_rows;

        rows := jsonb_set(rows, array[of_table.relation], coalesce(rows -> of_table.relation, '[]') || coalesce(held, '[]'));
      end if;

      done := done + least(pages_at_once, pages - page);
      page := page + pages_at_once;
    end loop;
  end loop;

  -- A row that somebody else changed meanwhile may have moved to a page that was looked through: again, until nothing is found.
  return jsonb_build_object(
    'rows', rows, 'report', report, 'done', least(done, total), 'total', total,
    'next', case
      when erasure_id is not null and found_before > 0 and pass < 5
        then jsonb_build_object('step', 'leads', 'pass', pass + 1)
    end
  );
end
$$;

comment on function private.walk_person(text, uuid, uuid, jsonb, boolean) is
  'One step through everything that is held of an address, for one client or all: reads it, or (with an erasure) removes and anonymises it.';

grant execute on function private.walk_person(text, uuid, uuid, jsonb, boolean) to service_role;

-- Answers of pg_net are kept for hours; on the platform its tables may belong to somebody else, then they end by themselves.
create function private.forget_answers(address text)
returns bigint
language plpgsql
security definer
set search_path = ''
as $$
declare
  removed bigint := 0;
begin
  delete from net._http_response as r where concat_ws(' ', r.content, r.headers, r.error_msg) ~* private.address_pattern(address);
  get diagnostics removed = row_count;
  return removed;
exception when insufficient_privilege then
  return 0;
end
$$;

comment on function private.forget_answers(text) is 'Removes answers to calls by the database in which an address appears; returns how many.';

grant execute on function private.forget_answers(text) to service_role;

-- The stored form of an address that can be erased. Our own people and mailboxes are no leads: they are removed where they are managed.
create function private.erasable_address(given text, scope uuid)
returns text
language plpgsql
stable
security definer
set search_path = ''
as $$
declare
  address text := private.normalize_email(given);
begin
  if address is null then
    raise exception using errcode = 'PT400', message = 'VALIDATION_FAILED',
      detail = 'This is not an email address; check it';
  end if;

  if scope is not null then
    perform private.require_client(scope);
  end if;

  return address;
end
$$;

comment on function private.erasable_address(text, uuid) is 'An address in its stored form; refuses what is none, and a client that does not exist.';

grant execute on function private.erasable_address(text, uuid) to service_role;

create function private.is_own_address(address text)
returns boolean
language sql
stable
security definer
set search_path = ''
as $$
  select exists (select from public.email_accounts as a where a.email = address)
    or exists (select from auth.users as u join public.members as m on m.user_id = u.id where lower(u.email) = address)
$$;

comment on function private.is_own_address(text) is 'True for a sending mailbox and for the account of a member.';

grant execute on function private.is_own_address(text) to service_role;

-- One step of reading: for an export of everything, or (with_rows false) for a preview, which counts the keys.
create function worker.read_person(address text, scope uuid, at jsonb, with_rows boolean)
returns jsonb
language sql
volatile
set search_path = ''
as $$
  select private.walk_person(private.erasable_address(address, scope), scope, null, at, with_rows)
$$;

comment on function worker.read_person(text, uuid, jsonb, boolean) is
  'One step through everything held of an address: { rows: { table: [{ key, row? }] }, next, done, total }; called again with at = next until that is null. Service role only.';

grant execute on function worker.read_person(text, uuid, jsonb, boolean) to service_role;

-- What a person reads before it erases somebody, besides the rows: who the address is, and whether it was erased before.
create function worker.describe_person(address text, scope uuid)
returns jsonb
language plpgsql
stable
set search_path = ''
as $$
declare
  stored text := private.erasable_address(address, scope);
begin
  return jsonb_build_object(
    'email', stored, 'is_own', private.is_own_address(stored),
    'was_erased', exists (select private.erased_among(scope, array[stored])),
    'clients', (
      select coalesce(jsonb_agg(distinct jsonb_build_object('id', c.id, 'name', c.name)), '[]')
      from public.synced_leads as l
      join public.clients as c on c.id = l.client_id
      where l.email = stored
    ),
    'crm_contacts', (
      select count(*)
      from public.crm_records as r
      join public.synced_leads as l on l.id = r.lead_id
      where l.email = stored and (scope is null or l.client_id = scope) and r.contact_id is not null
    )
  );
end
$$;

comment on function worker.describe_person(text, uuid) is
  'An address before an erasure: { email (stored form), is_own, was_erased, clients that have it, crm_contacts }. Service role only.';

grant execute on function worker.describe_person(text, uuid) to service_role;

create function worker.record_person_read(scope uuid, requester uuid)
returns void
language sql
volatile
set search_path = ''
as $$
  select private.write_audit('personal_data_exported', 'person', null, scope, '{}', requester)
$$;

comment on function worker.record_person_read(uuid, uuid) is
  'Notes that somebody exported what is held of a person; not of whom. Service role only.';

grant execute on function worker.record_person_read(uuid, uuid) to service_role;

-- An erasure as a job: the address is reserved first, so that nothing brings it back meanwhile, and forgotten last.

create function worker.request_erasure(address text, scope uuid, block boolean, requester uuid)
returns jsonb
language plpgsql
set search_path = ''
as $$
declare
  stored text := private.erasable_address(address, scope);
  person_digest bytea;
  new_job_id uuid;
  open_job_id uuid;
begin
  if private.is_own_address(stored) then
    raise exception using errcode = 'PT400', message = 'VALIDATION_FAILED',
      detail = 'This address is a sending mailbox or the account of a member; remove it there, it is no lead';
  end if;

  person_digest := private.address_digest(private.make_erasure_salt(), scope, stored);

  insert into private.jobs as j (kind, parameters, deadline_at, requested_by)
  values (
    'erase',
    jsonb_build_object('email', stored, 'client_id', scope, 'block', block, 'digest', encode(person_digest, 'hex')),
    now() + interval '7 days', requester
  )
  on conflict ((parameters ->> 'digest')) where kind = 'erase' and status in ('queued', 'running', 'paused') do nothing
  returning j.id into new_job_id;

  if new_job_id is null then
    -- Asked again with the block list: what is under way does that too, unless it has been there already.
    update private.jobs as j
    set parameters = j.parameters || jsonb_build_object('block', (j.parameters ->> 'block')::boolean or block)
    where j.kind = 'erase' and j.parameters ->> 'digest' = encode(person_digest, 'hex') and j.status in ('queued', 'running', 'paused')
    returning j.id into open_job_id;

    return jsonb_build_object('job_id', open_job_id, 'already_running', true);
  end if;

  insert into private.erasures (id, digest, client_id, requested_by, is_blocked)
  values (new_job_id, person_digest, scope, requester, block);

  perform private.write_audit(
    'person_erasure_requested', 'person', new_job_id::text, scope,
    jsonb_build_object('scope', case when scope is null then 'all' else 'client' end, 'block', block), requester
  );

  return jsonb_build_object('job_id', new_job_id, 'already_running', false);
end
$$;

comment on function worker.request_erasure(text, uuid, boolean, uuid) is
  'Reserves the erasure of an address for one client or (scope null) for all, and opens its job: { job_id, already_running }. From here on nothing brings the address back. Service role only.';

grant execute on function worker.request_erasure(text, uuid, boolean, uuid) to service_role;

-- Workspaces where the person may be: of a shared one that one client shares, only that client's campaigns. may_block: a block
-- list holds for the whole workspace. exported_since: an export was under way there, which may have sent the address meanwhile.
create function worker.list_erasure_connections(erasure_job_id uuid)
returns jsonb
language sql
stable
set search_path = ''
as $$
  select coalesce(
    jsonb_agg(
      jsonb_build_object(
        'id', c.id, 'name', c.name,
        'campaigns', case when j.scope is not null and c.client_id is null then (
          select coalesce(jsonb_agg(p.provider_campaign_id), '[]')
          from private.provider_campaigns as p
          join public.campaigns as k on k.id = p.campaign_id
          where p.connection_id = c.id and k.client_id = j.scope
        ) end,
        'may_block', j.scope is null or c.client_id is not null,
        'exported_since', exists (
          select
          from private.jobs as x
          where x.connection_id = c.id and x.kind = 'export' and coalesce(x.finished_at >= j.created_at, true)
        )
      )
      order by c.created_at, c.id
    ),
    '[]'
  )
  from (
    select o.created_at, (o.parameters ->> 'client_id')::uuid as scope from private.jobs as o where o.id = erasure_job_id
  ) as j
  join public.provider_connections as c
    on c.removed_at is null
    and (
      j.scope is null or c.client_id = j.scope
      or (
        c.client_id is null
        and exists (
          select
          from private.provider_campaigns as p
          join public.campaigns as k on k.id = p.campaign_id
          where p.connection_id = c.id and k.client_id = j.scope
        )
      )
    )
  where exists (select from private.provider_keys as k where k.connection_id = c.id)
$$;

comment on function worker.list_erasure_connections(uuid) is
  'Workspaces that an erasure visits: [{ id, name, campaigns (null = all of them), may_block, exported_since }]. Service role only.';

grant execute on function worker.list_erasure_connections(uuid) to service_role;

-- Rows and the report of them are committed together, so a killed run neither erases uncounted nor counts twice.
create function worker.erase_person_batch(target_job_id uuid, token uuid, lease_seconds integer)
returns text
language plpgsql
set search_path = ''
as $$
declare
  job private.jobs;
  step jsonb;
  tables jsonb;
  one record;
begin
  select j.* into job
  from private.jobs as j
  where j.id = target_job_id and j.lease_token = token and j.status = 'running' and j.kind = 'erase'
  for update;

  if not found then
    return 'lost';
  end if;

  -- Before the first batch, what the CRM has of the person is still known.
  if job.cursor -> 'rows' is null then
    update private.erasures as e
    set report = e.report || jsonb_build_object(
      'crm_contacts', worker.describe_person(job.parameters ->> 'email', (job.parameters ->> 'client_id')::uuid) -> 'crm_contacts'
    )
    where e.id = job.id;
  end if;

  step := private.walk_person(
    job.parameters ->> 'email', (job.parameters ->> 'client_id')::uuid, job.id, nullif(job.cursor -> 'rows', 'null'), false
  );

  select coalesce(e.report -> 'tables', '{}') into tables from private.erasures as e where e.id = job.id;

  for one in
    select t.key, w.key as what, w.value::bigint as number
    from jsonb_each(step -> 'report') as t
    cross join lateral jsonb_each_text(t.value) as w
  loop
    tables := private.add_erased(tables, '.' || one.key, one.what, one.number);
  end loop;

  if step -> 'next' = 'null'
    and private.is_only_holder((job.parameters ->> 'client_id')::uuid, job.parameters ->> 'email')
  then
    tables := private.add_erased(tables, 'net._http_response', 'removed', private.forget_answers(job.parameters ->> 'email'));
  end if;

  update private.erasures as e set report = e.report || jsonb_build_object('tables', tables) where e.id = job.id;

  update private.jobs as j
  set
    cursor = j.cursor || jsonb_build_object('rows', coalesce(nullif(step -> 'next', 'null'), '{"step": "done"}')),
    done = greatest(j.done, (step ->> 'done')::integer),
    total = greatest(j.total, (step ->> 'total')::integer),
    attempts = 0,
    deadline_at = greatest(j.deadline_at, now() + interval '1 day'),
    lease_until = now() + make_interval(secs => lease_seconds)
  where j.id = job.id;

  return case when step -> 'next' = 'null' then 'done' else 'held' end;
end
$$;

comment on function worker.erase_person_batch(uuid, uuid, integer) is
  'One batch of an erasure under its lease: held (call again), done or lost. Counts go to the report of the erasure. Service role only.';

grant execute on function worker.erase_person_batch(uuid, uuid, integer) to service_role;

-- The last step: the report is complete, and the job forgets whom it was about.
create function worker.finish_erasure(
  target_job_id uuid, token uuid, final_status public.job_status, providers jsonb, code text, message text
)
returns boolean
language plpgsql
set search_path = ''
as $$
declare
  job private.jobs;
  final_report jsonb;
begin
  select j.* into job
  from private.jobs as j
  where j.id = target_job_id and j.lease_token = token and j.status = 'running' and j.kind = 'erase'
  for update;

  if not found then
    return false;
  end if;

  update private.erasures as e
  set
    status = final_status::text, finished_at = now(), is_blocked = (job.parameters ->> 'block')::boolean,
    report = e.report || jsonb_build_object('providers', providers)
  where e.id = job.id
  returning e.report into final_report;

  perform private.write_audit(
    'person_erased', 'person', job.id::text, (job.parameters ->> 'client_id')::uuid,
    jsonb_build_object(
      'scope', case when job.parameters ->> 'client_id' is null then 'all' else 'client' end,
      'rows', (
        select coalesce(sum(n.value::bigint), 0)
        from jsonb_each(final_report -> 'tables') as t
        cross join lateral jsonb_each_text(t.value) as n
      )
    ),
    job.requested_by
  );

  return worker.finish_job(target_job_id, token, final_status, '{}', code, message);
end
$$;

comment on function worker.finish_erasure(uuid, uuid, public.job_status, jsonb, text, text) is
  'Ends an erasure with what the providers did, and drops the address from its job; false when the lease is lost. Service role only.';

grant execute on function worker.finish_erasure(uuid, uuid, public.job_status, jsonb, text, text) to service_role;

-- An erasure that ended, however it did, keeps no address.
create function private.forget_erased_address()
returns trigger
language plpgsql
set search_path = ''
as $$
begin
  new.parameters := new.parameters - 'email';
  new.cursor := '{}';
  return new;
end
$$;

comment on function private.forget_erased_address() is 'Trigger: a job of an erasure that ends forgets the address.';

create trigger forget_address before update of status on private.jobs
for each row when (new.kind = 'erase' and new.status in ('completed', 'partial', 'failed')) execute function private.forget_erased_address();

create view public.operator_erasures
with (security_invoker = true)
as
select
  e.id as erasure_id, e.client_id, c.name as client_name, e.is_blocked, e.requested_by,
  private.person_name(e.requested_by) as requested_by_name, e.requested_at, e.finished_at,
  coalesce(e.status::public.job_status, j.status, 'failed') as status, coalesce(j.done, 0) as done, j.total, j.error_message, e.report
from private.erasures as e
left join public.clients as c on c.id = e.client_id
left join private.jobs as j on j.id = e.id
where (select private.may_operate());

comment on view public.operator_erasures is
  'Erasures of people: for which client (null = all), who asked and when, how far or how it ended, and report = rows per table and what the providers did. Never whom. Operators only.';

grant select on public.operator_erasures to authenticated, service_role;
