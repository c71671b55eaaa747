-- Generated from supabase/schemas/30_archive by "npm run migrations".

-- What is in the archive, and what was closed for it. The files are written by `npm run archive`, outside of the database.

create table private.archive_parts (
  id bigint generated always as identity primary key,
  kind text not null check (kind in ('deliveries', 'messages', 'events')),
  owner_id uuid,
  month date not null check (extract(day from month) = 1),
  number integer not null check (number >= 1),
  file text not null,
  old_file text,
  rows bigint not null,
  bytes bigint not null,
  digest text not null,
  removed bigint,
  written_at timestamptz not null default now(),
  removed_at timestamptz,
  looked_through_at timestamptz,
  constraint archive_parts_one_per_number unique nulls not distinct (kind, owner_id, month, number)
);

comment on table private.archive_parts is
  'Files of the archive, each of one kind, client (owner_id, null = of none) and UTC month: written and verified, with the digest over its rows. Not client_id, by which the removal of a client finds its rows: these stay until its files are deleted.';
comment on column private.archive_parts.removed is 'How many of its rows were removed from the database; null = that is not done yet.';
comment on column private.archive_parts.old_file is 'The file that this one replaces, until it is deleted.';
comment on column private.archive_parts.looked_through_at is 'Erasures requested before this time are applied to it; null = none yet.';

alter table private.archive_parts enable row level security;

grant select, insert, update, delete on private.archive_parts to service_role;

create policy "Only the functions read what is archived"
on private.archive_parts for all to service_role using (true) with check (true);

-- One run at a time: two would write the same file.
create table private.archive_lease (
  singleton boolean primary key default true check (singleton),
  holder uuid not null,
  until timestamptz not null
);

comment on table private.archive_lease is 'Which run works on the archive; one that dies lets go after five minutes.';

alter table private.archive_lease enable row level security;

grant select, insert, update, delete on private.archive_lease to service_role;

create policy "Only the functions read the lease of the archive"
on private.archive_lease for all to service_role using (true) with check (true);

create function worker.hold_archive(holder uuid)
returns timestamptz
language plpgsql
set search_path = ''
as $$
begin
  insert into private.archive_lease as l (holder, until)
  values (hold_archive.holder, now() + interval '5 minutes')
  on conflict (singleton) do update set holder = excluded.holder, until = excluded.until
  where l.holder = excluded.holder or l.until < now();

  return (select l.until from private.archive_lease as l where l.holder <> hold_archive.holder);
end
$$;

comment on function worker.hold_archive(uuid) is
  'Takes or keeps the lease of the archive for five minutes; returns null, or until when another run has it. Service role only.';

grant execute on function worker.hold_archive(uuid) to service_role;

create function worker.let_archive_go(holder uuid)
returns void
language sql
volatile
set search_path = ''
as $$
  delete from private.archive_lease as l where l.holder = let_archive_go.holder
$$;

comment on function worker.let_archive_go(uuid) is 'Gives the lease of the archive back. Service role only.';

grant execute on function worker.let_archive_go(uuid) to service_role;

-- A row of a file as texts, in the order of the columns of the file. Nothing that may still change is in it.
create function private.archived_delivery(d private.webhook_events)
returns text[]
language sql
stable
set search_path = ''
as $$
  select array[
    d.id::text, d.connection_id::text, d.event_key::text, d.provider_campaign_id, d.status::text, d.source::text,
    to_char(d.received_at at time zone 'UTC', 'YYYY-MM-DD HH24:MI:SS.US'), d.event::text, d.payload::text
  ]
$$;

comment on function private.archived_delivery(private.webhook_events) is 'A delivery as texts: a row of the archive.';

grant execute on function private.archived_delivery(private.webhook_events) to service_role;

create function private.archived_message(m public.messages, raw_html text)
returns text[]
language sql
stable
set search_path = ''
as $$
  select array[
    m.id::text, m.campaign_id::text, m.lead_id::text, m.event_id::text, to_char(m.occurred_at at time zone 'UTC', 'YYYY-MM-DD HH24:MI:SS.US'),
    m.direction::text, m.is_auto_reply::text, m.email, m.written_by, m.email_account, m.subject, m.body_text, m.body_html, m.snippet,
    raw_html
  ]
$$;

comment on function private.archived_message(public.messages, text) is 'A mail as texts: a row of the archive.';

grant execute on function private.archived_message(public.messages, text) to service_role;

create function private.archived_event(e public.email_events)
returns text[]
language sql
stable
set search_path = ''
as $$
  select array[
    e.id::text, e.campaign_id::text, e.lead_id::text, e.connection_id::text, e.provider::text, e.type::text,
    to_char(e.occurred_at at time zone 'UTC', 'YYYY-MM-DD HH24:MI:SS.US'), to_char(e.received_at at time zone 'UTC', 'YYYY-MM-DD HH24:MI:SS.US'),
    e.email, e.email_account, e.step::text, e.variant::text, e.label, e.is_inferred::text, e.time_is_arrival::text
  ]
$$;

comment on function private.archived_event(public.email_events) is 'An event as texts: a row of the archive.';

grant execute on function private.archived_event(public.email_events) to service_role;

-- DuckDB makes the same of the columns of a file: md5(concat_ws(chr(31), coalesce(a, chr(30)), …)).
create function private.archive_digest(parts text[])
returns text
language sql
immutable
set search_path = ''
as $$
  select md5(array_to_string(parts, chr(31), chr(30)))
$$;

comment on function private.archive_digest(text[]) is 'The digest of a row of the archive.';

grant execute on function private.archive_digest(text[]) to service_role;

-- Closes campaigns that ended before a day: completed or gone at the provider, or of an archived client; nothing of them waits, and
-- their days are those of the client's time zone. Projectors wait for that moment, so that what is archived afterwards does not grow.
create function worker.close_campaigns(before date, only_count boolean default false)
returns integer
language plpgsql
set search_path = ''
as $$
declare
  closed integer;
begin
  if not only_count then
    perform pg_advisory_xact_lock(private.campaign_moves_lock());
  end if;

  with ended as (
    select k.id, k.client_id
    from public.campaigns as k
    join public.clients as c on c.id = k.client_id
    join public.campaign_activity_totals as t on t.campaign_id = k.id
    left join private.day_cuts as z on z.campaign_id = k.id
    where t.last_event_at < close_campaigns.before::timestamp at time zone 'UTC'
      and (k.provider_status in ('completed', 'deleted', 'moved') or c.archived_at is not null)
      and coalesce(z.zone, 'UTC') = c.time_zone
      and coalesce(z.counted_before, 'infinity') = 'infinity'
      and not exists (select from private.closed_campaigns as d where d.campaign_id = k.id)
      and not exists (
        select
        from private.provider_campaigns as p
        join private.webhook_events as w
          on w.connection_id = p.connection_id and w.provider_campaign_id = p.provider_campaign_id
        where p.campaign_id = k.id and w.status in ('pending', 'quarantined')
      )
  ),
  noted as (
    insert into private.closed_campaigns (campaign_id, client_id)
    select e.id, e.client_id from ended as e where not only_count
  )
  select count(*) into closed from ended;

  return closed;
end
$$;

comment on function worker.close_campaigns(date, boolean) is
  'Closes campaigns that ended before a day, or (only_count) says how many there are. Service role only.';

grant execute on function worker.close_campaigns(date, boolean) to service_role;

-- The events of leads that never did anything but get, open and click mails; what others did may still move numbers (a verdict on a
-- reply, a label), so all of theirs stays. Of campaigns that are closed, and not in the archive yet.
create function private.archivable_events(of_month date, campaign_ids uuid[])
returns setof public.email_events
language sql
stable
set search_path = ''
as $$
  select e.*
  from public.email_events as e
  where e.campaign_id = any (campaign_ids)
    and e.occurred_at >= of_month::timestamp at time zone 'UTC'
    and e.occurred_at < (of_month + interval '1 month') at time zone 'UTC'
    and e.lead_id is not null
    and e.type in ('email_sent', 'email_delivered', 'email_opened', 'email_clicked')
    and not exists (
      select
      from public.email_events as x
      where x.lead_id = e.lead_id and x.type not in ('email_sent', 'email_delivered', 'email_opened', 'email_clicked')
    )
$$;

comment on function private.archivable_events(date, uuid[]) is
  'Events of a month of these campaigns whose leads never answered or did anything else that can be judged later.';

grant execute on function private.archivable_events(date, uuid[]) to service_role;

-- The way of rows into the archive: listed, read by the page, recorded as written, and only then removed.

-- Months with something to archive, and how much: [{ "kind", "month", "rows" }], oldest first.
create function worker.plan_archive(before date)
returns jsonb
language plpgsql
stable
set search_path = ''
set statement_timeout = '60s'
as $$
declare
  ends_at timestamptz := before::timestamp at time zone 'UTC';
  planned jsonb;
begin
  select coalesce(jsonb_agg(jsonb_build_object('kind', p.kind, 'month', p.month, 'rows', p.rows) order by p.kind, p.month), '[]')
  into planned
  from (
    select 'deliveries' as kind, date_trunc('month', w.received_at at time zone 'UTC')::date as month, count(*) as rows
    from private.webhook_events as w
    where w.status in ('projected', 'duplicate', 'test') and w.payload is not null and w.received_at < ends_at
    group by 2
    union all
    select 'messages', date_trunc('month', m.occurred_at at time zone 'UTC')::date, count(*)
    from public.messages as m
    where m.body_removed_at is null
      and m.occurred_at < ends_at
      and not exists (select from private.message_contents as c where c.message_id = m.id and c.prepare_at is not null)
      and not exists (select from private.model_questions as q where q.message_id = m.id)
    group by 2
    union all
    select 'events', date_trunc('month', e.occurred_at at time zone 'UTC')::date, count(*)
    from private.closed_campaigns as d
    join public.email_events as e on e.campaign_id = d.campaign_id
    where d.archived_at is null
      and e.type in ('email_sent', 'email_delivered', 'email_opened', 'email_clicked')
      and e.lead_id is not null
      and not exists (
        select
        from public.email_events as x
        where x.lead_id = e.lead_id and x.type not in ('email_sent', 'email_delivered', 'email_opened', 'email_clicked')
      )
    group by 2
  ) as p;

  return planned;
end
$$;

comment on function worker.plan_archive(date) is
  'What can be archived from before a day, per kind and UTC month: [{ kind, month, rows }]. Service role only.';

grant execute on function worker.plan_archive(date) to service_role;

-- One page of a month: { "rows": [{ "client_id", "values": [text], "digest" }], "next": object|null }. Deliveries that name no campaign
-- of ours are of the client of their workspace, or of none.
create function worker.read_archivable(of_kind text, of_month date, after jsonb, most integer)
returns jsonb
language plpgsql
stable
set search_path = ''
set plan_cache_mode = force_custom_plan
as $$
declare
  from_at timestamptz := coalesce((after ->> 'at')::timestamptz, of_month::timestamp at time zone 'UTC');
  to_at timestamptz := (of_month + interval '1 month') at time zone 'UTC';
  campaign_ids uuid[];
  page jsonb;
begin
  case of_kind
    when 'deliveries' then
      select jsonb_agg(jsonb_build_object(
        'client_id', n.client_id, 'values', n.parts, 'digest', private.archive_digest(n.parts), 'at', n.at, 'id', n.id::text
      ) order by n.at, n.id)
      into page
      from (
        select coalesce(k.client_id, c.client_id) as client_id, private.archived_delivery(w) as parts, w.received_at as at, w.id
        from private.webhook_events as w
        join public.provider_connections as c on c.id = w.connection_id
        left join private.provider_campaigns as p
          on p.connection_id = w.connection_id and p.provider_campaign_id = w.provider_campaign_id
        left join public.campaigns as k on k.id = p.campaign_id
        where w.status in ('projected', 'duplicate', 'test')
          and w.payload is not null
          and w.received_at >= from_at and w.received_at < to_at
          and (after is null or (w.received_at, w.id) > (from_at, (after ->> 'id')::bigint))
        order by w.received_at, w.id
        limit most
      ) as n;
    when 'messages' then
      select jsonb_agg(jsonb_build_object(
        'client_id', n.client_id, 'values', n.parts, 'digest', private.archive_digest(n.parts), 'at', n.at, 'id', n.id
      ) order by n.at, n.id)
      into page
      from (
        select m.client_id, private.archived_message(m, c.raw_html) as parts, m.occurred_at as at, m.id
        from public.messages as m
        left join private.message_contents as c on c.message_id = m.id
        where m.body_removed_at is null
          and m.occurred_at >= from_at and m.occurred_at < to_at
          and (after is null or (m.occurred_at, m.id) > (from_at, (after ->> 'id')::uuid))
          and c.prepare_at is null
          and not exists (select from private.model_questions as q where q.message_id = m.id)
        order by m.occurred_at, m.id
        limit most
      ) as n;
    when 'events' then
      -- Campaign by campaign: there is no index on the time alone.
      campaign_ids := array(
        select d.campaign_id
        from private.closed_campaigns as d
        where d.archived_at is null and (after is null or d.campaign_id >= (after ->> 'campaign')::uuid)
      );

      select jsonb_agg(jsonb_build_object(
        'client_id', n.client_id, 'values', n.parts, 'digest', private.archive_digest(n.parts), 'at', n.at, 'id', n.id::text,
        'campaign', n.campaign_id
      ) order by n.campaign_id, n.at, n.id)
      into page
      from (
        select e.client_id, e.campaign_id, private.archived_event(e) as parts, e.occurred_at as at, e.id
        from private.archivable_events(of_month, campaign_ids) as e
        where after is null
          or (e.campaign_id, e.occurred_at, e.id) > ((after ->> 'campaign')::uuid, from_at, (after ->> 'id')::bigint)
        order by e.campaign_id, e.occurred_at, e.id
        limit most
      ) as n;
  end case;

  return jsonb_build_object(
    'rows', coalesce(page, '[]'),
    'next', case when jsonb_array_length(page) = most then (page -> -1) - 'values' - 'digest' - 'client_id' end
  );
end
$$;

comment on function worker.read_archivable(text, date, jsonb, integer) is
  'One page of what can be archived of a kind and UTC month. Service role only. Shapes: see the comment above its definition.';

grant execute on function worker.read_archivable(text, date, jsonb, integer) to service_role;

-- Removes what a verified file holds: [{ "id", "at", "digest" }]. A row that is not any more what was archived stays, and is archived
-- next time as it is then.
create function worker.remove_archived(of_kind text, written jsonb)
returns integer
language plpgsql
set search_path = ''
as $$
declare
  removed integer;
begin
  case of_kind
    when 'deliveries' then
      return private.empty_these_deliveries(array(
        select w.id
        from jsonb_to_recordset(written) as n (id bigint, digest text)
        join private.webhook_events as w on w.id = n.id
        where w.status in ('projected', 'duplicate', 'test')
          and w.payload is not null
          and private.archive_digest(private.archived_delivery(w)) = n.digest
        order by w.id
        for update of w
      ));
    when 'messages' then
      return private.empty_these_messages(array(
        select m.id
        from jsonb_to_recordset(written) as n (id uuid, digest text)
        join public.messages as m on m.id = n.id
        left join private.message_contents as c on c.message_id = m.id
        where m.body_removed_at is null
          and private.archive_digest(private.archived_message(m, c.raw_html)) = n.digest
        order by m.id
        for update of m
      ));
    when 'events' then
      delete from public.email_events as e
      using jsonb_to_recordset(written) as n (id bigint, at timestamp, digest text)
      where e.id = n.id
        and e.occurred_at = n.at at time zone 'UTC'
        and private.archive_digest(private.archived_event(e)) = n.digest
        and exists (select from private.closed_campaigns as d where d.campaign_id = e.campaign_id);

      get diagnostics removed = row_count;
      return removed;
  end case;
end
$$;

comment on function worker.remove_archived(text, jsonb) is
  'Removes rows that a verified file of the archive holds: content of deliveries and mails, events of closed campaigns. Returns how many. Service role only.';

grant execute on function worker.remove_archived(text, jsonb) to service_role;

-- Files by what is still to be done with them, a page after an id: "unfinished" = rows to be removed; "replaced" = an older file to be
-- deleted; "orphaned" = of a client that was deleted; "events" or "all".
create function worker.list_archive_parts(which text, after bigint default 0)
returns jsonb
language sql
stable
set search_path = ''
as $$
  select coalesce(jsonb_agg(to_jsonb(p) order by p.id), '[]')
  from (
    select a.*, a.owner_id as client_id
    from private.archive_parts as a
    where a.id > after
      and case which
        when 'unfinished' then a.removed_at is null
        when 'replaced' then a.old_file is not null
        when 'orphaned' then a.owner_id is not null and not exists (select from public.clients as c where c.id = a.owner_id)
        when 'events' then a.kind = 'events'
        else true
      end
    order by a.id
    limit 1000
  ) as p
$$;

comment on function worker.list_archive_parts(text, bigint) is
  'Files of the archive after an id, 1,000 at most: unfinished, replaced, orphaned, events or all. Service role only.';

grant execute on function worker.list_archive_parts(text, bigint) to service_role;

-- The number that the next file of a kind, client and month gets; a file of a run that died before it was recorded is written over.
create function worker.next_archive_numbers(of_kind text, of_month date)
returns jsonb
language sql
stable
set search_path = ''
as $$
  select coalesce(jsonb_object_agg(coalesce(n.owner_id::text, 'none'), n.number), '{}')
  from (
    select a.owner_id, max(a.number) + 1 as number
    from private.archive_parts as a
    where a.kind = of_kind and a.month = of_month
    group by a.owner_id
  ) as n
$$;

comment on function worker.next_archive_numbers(text, date) is 'The next number per client, { client id or "none": n }; 1 where there is none. Service role only.';

grant execute on function worker.next_archive_numbers(text, date) to service_role;

create function worker.record_archive_part(part jsonb)
returns bigint
language sql
volatile
set search_path = ''
as $$
  insert into private.archive_parts (kind, owner_id, month, number, file, rows, bytes, digest)
  select n.kind, n.client_id, n.month, n.number, n.file, n.rows, n.bytes, n.digest
  from jsonb_to_record(part) as n (
    kind text, client_id uuid, month date, number integer, file text, rows bigint, bytes bigint, digest text
  )
  returning id
$$;

comment on function worker.record_archive_part(jsonb) is 'Notes a file that was written and verified; returns its id. Service role only.';

grant execute on function worker.record_archive_part(jsonb) to service_role;

create function worker.finish_archive_part(part_id bigint, removed bigint)
returns void
language sql
volatile
set search_path = ''
as $$
  update private.archive_parts as a set removed = finish_archive_part.removed, removed_at = now() where a.id = part_id
$$;

comment on function worker.finish_archive_part(bigint, bigint) is 'Notes that the rows of a file are gone from the database. Service role only.';

grant execute on function worker.finish_archive_part(bigint, bigint) to service_role;

-- At the end of a run in which everything of closed campaigns was archived.
create function worker.settle_closed_campaigns(closed_before timestamptz)
returns integer
language sql
volatile
set search_path = ''
as $$
  with settled as (
    update private.closed_campaigns as d
    set archived_at = now()
    where d.archived_at is null and d.closed_at < closed_before
    returning 1
  )
  select count(*)::integer from settled
$$;

comment on function worker.settle_closed_campaigns(timestamptz) is 'Notes that the events of campaigns closed before then are in the archive; returns how many campaigns. Service role only.';

grant execute on function worker.settle_closed_campaigns(timestamptz) to service_role;

-- Events that were read from the archive return, and the campaign is as ever: what was held of it is projected.
-- events: [{ "id", "campaign_id", "lead_id", "connection_id", "provider", "type", "occurred_at", … }] of that campaign
create function worker.restore_archived_events(events jsonb)
returns integer
language sql
volatile
set search_path = ''
as $$
  with restored as (
    insert into public.email_events
      (id, occurred_at, client_id, campaign_id, lead_id, connection_id, provider, type, label, email, email_account, step, variant, received_at,
       is_inferred, time_is_arrival)
    select
      n.id, n.occurred_at at time zone 'UTC', k.client_id, n.campaign_id, n.lead_id, n.connection_id, n.provider, n.type, n.label, n.email,
      n.email_account, n.step, n.variant, n.received_at at time zone 'UTC', n.is_inferred, n.time_is_arrival
    from jsonb_to_recordset(events) as n (
      id bigint, campaign_id uuid, lead_id uuid, connection_id uuid, provider public.provider, type public.email_event_type,
      occurred_at timestamp, received_at timestamp, email text, email_account text, step smallint, variant smallint, label text,
      is_inferred boolean, time_is_arrival boolean
    )
    join public.campaigns as k on k.id = n.campaign_id
    join private.closed_campaigns as d on d.campaign_id = k.id
    on conflict (id, occurred_at) do nothing
    returning 1
  )
  select count(*)::integer from restored
$$;

comment on function worker.restore_archived_events(jsonb) is 'Puts events of a closed campaign back; returns how many. Service role only. Shapes: see the comment above its definition.';

grant execute on function worker.restore_archived_events(jsonb) to service_role;

create function worker.reopen_campaign(target_campaign_id uuid)
returns integer
language plpgsql
set search_path = ''
as $$
declare
  released integer;
begin
  perform pg_advisory_xact_lock(private.campaign_moves_lock());
  delete from private.closed_campaigns as d where d.campaign_id = target_campaign_id;

  select coalesce(sum(private.map_provider_campaign(p.connection_id, p.provider_campaign_id, p.campaign_id)), 0) into released
  from private.provider_campaigns as p
  where p.campaign_id = target_campaign_id;

  return released;
end
$$;

comment on function worker.reopen_campaign(uuid) is
  'Opens a closed campaign again, after its events were put back; returns how many held deliveries are projected now. Service role only.';

grant execute on function worker.reopen_campaign(uuid) to service_role;

-- Erasures reach the archive: which rows of a file are of somebody who was erased, and that a file was looked through.

-- Files that erasures were not applied to yet, and how far they are: { "until": time, "parts": [row] }.
create function worker.list_unerased_parts(after bigint default 0)
returns jsonb
language sql
stable
set search_path = ''
as $$
  select jsonb_build_object(
    'until', (select max(e.requested_at) from private.erasures as e where e.status is not null),
    'parts', coalesce((
      select jsonb_agg(to_jsonb(p) order by p.id)
      from (
        select a.*, a.owner_id as client_id
        from private.archive_parts as a
        where a.id > after
          and exists (
            select
            from private.erasures as e
            where e.status is not null
              and e.requested_at > coalesce(a.looked_through_at, '-infinity')
              and (e.client_id is null or e.client_id = a.owner_id)
          )
        order by a.id
        limit 1000
      ) as p
    ), '[]')
  )
$$;

comment on function worker.list_unerased_parts(bigint) is
  'Files of the archive to which an erasure that has ended was not applied yet: { until, parts }. Service role only.';

grant execute on function worker.list_unerased_parts(bigint) to service_role;

-- Of what a file names: addresses as they are written there, and leads. Returns whom of them an erasure was about:
-- { "addresses": [{ "written", "erasure_id", "pseudonym" }], "leads": [{ "id", "pseudonym" }] }
create function worker.find_erased(of_client_id uuid, written text[], lead_ids uuid[])
returns jsonb
language plpgsql
stable
set search_path = ''
as $$
declare
  salts text[];
  people jsonb := '[]';
  leads jsonb;
begin
  if exists (select from private.erasures) then
    salts := private.erasure_salts();

    select coalesce(jsonb_agg(jsonb_build_object(
      'written', a.written, 'erasure_id', f.id, 'pseudonym', private.pseudonym(f.id, of_client_id)
    )), '[]')
    into people
    from (
      select w.written, private.normalize_email(replace(w.written, '%40', '@')) as email
      from unnest(find_erased.written) as w (written)
    ) as a
    cross join lateral (
      select e.id
      from private.erasures as e
      where a.email is not null
        and e.digest = any (private.erasure_digests(salts, of_client_id, a.email))
        and (e.client_id is null or e.client_id = of_client_id)
      order by e.requested_at
      limit 1
    ) as f;
  end if;

  select coalesce(jsonb_agg(jsonb_build_object('id', l.id, 'pseudonym', l.email)), '[]')
  into leads
  from public.synced_leads as l
  where l.id = any (lead_ids) and l.erased_at is not null;

  return jsonb_build_object('addresses', people, 'leads', leads);
end
$$;

comment on function worker.find_erased(uuid, text[], uuid[]) is
  'Which of the addresses and leads that a file of the archive names are of erased people. Service role only. Shapes: see the comment above its definition.';

grant execute on function worker.find_erased(uuid, text[], uuid[]) to service_role;

-- A file was looked through; where it was written again, the old one is still to be deleted.
create function worker.record_erased_part(part_id bigint, until timestamptz, written jsonb)
returns void
language sql
volatile
set search_path = ''
as $$
  update private.archive_parts as a
  set
    looked_through_at = until,
    old_file = case when written is null then a.old_file else a.file end,
    file = coalesce(written ->> 'file', a.file),
    bytes = coalesce((written ->> 'bytes')::bigint, a.bytes),
    digest = coalesce(written ->> 'digest', a.digest)
  where a.id = part_id
$$;

comment on function worker.record_erased_part(bigint, timestamptz, jsonb) is
  'Notes that erasures until then are applied to a file, and by which file it was replaced ({ file, bytes, digest } or null). Service role only.';

grant execute on function worker.record_erased_part(bigint, timestamptz, jsonb) to service_role;

create function worker.forget_archive_file(part_id bigint, is_whole boolean)
returns void
language plpgsql
set search_path = ''
as $$
begin
  if is_whole then
    delete from private.archive_parts as a where a.id = part_id;
  else
    update private.archive_parts as a set old_file = null where a.id = part_id;
  end if;
end
$$;

comment on function worker.forget_archive_file(bigint, boolean) is
  'Notes that the replaced file of a part is deleted, or (is_whole) the part itself. Service role only.';

grant execute on function worker.forget_archive_file(bigint, boolean) to service_role;

-- What an erasure says of the archive: that it still has files that were not looked through for it, or when the last one was.
create function worker.report_archive_erasures()
returns integer
language sql
volatile
set search_path = ''
as $$
  with noted as (
    update private.erasures as e
    set report = e.report || jsonb_build_object('archive', jsonb_build_object('files', 0, 'erased_at', now()))
    where e.status is not null
      and e.report -> 'archive' ->> 'files' <> '0'
      and not exists (
        select
        from private.archive_parts as a
        where (e.client_id is null or e.client_id = a.owner_id)
          and (coalesce(a.looked_through_at, '-infinity') < e.requested_at or a.old_file is not null)
      )
    returning 1
  )
  select count(*)::integer from noted
$$;

comment on function worker.report_archive_erasures() is
  'Notes in the reports of erasures that the archive holds nothing of the person any more; returns in how many. Service role only.';

grant execute on function worker.report_archive_erasures() to service_role;

-- An erasure that ends says how many files of the archive may still hold the person.
create function private.report_archive()
returns trigger
language plpgsql
set search_path = ''
as $$
declare
  files bigint;
begin
  select count(*) into files
  from private.archive_parts as a
  where new.client_id is null or a.owner_id = new.client_id;

  if files > 0 then
    new.report := new.report || jsonb_build_object('archive', jsonb_build_object('files', files));
  end if;

  return new;
end
$$;

comment on function private.report_archive() is 'Trigger: the report of an erasure names the files of the archive that are to be looked through.';

create trigger report_archive before update of status on private.erasures
for each row when (old.status is null and new.status is not null) execute function private.report_archive();
