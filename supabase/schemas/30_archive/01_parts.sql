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
