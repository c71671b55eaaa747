-- The days of every client, added up beforehand: the operators' home reads 1,000 clients at once. Added up when it is opened,
-- 300,000 days of campaigns took more than the three seconds that a person's query may take.

create table private.client_days (
  client_id uuid not null references public.clients (id) on delete cascade,
  day date not null,
  sent bigint not null,
  contacted bigint not null,
  replied bigint not null,
  positive bigint not null,
  meetings bigint not null,
  primary key (client_id, day)
);

comment on table private.client_days is
  'private.campaign_days added up per client and day of its time zone, as of private.client_sums; read through private.read_client_days only.';

alter table private.client_days enable row level security;

grant select, insert, update, delete on private.client_days to service_role;

create policy "Only the functions read added-up days"
on private.client_days for all to service_role using (true) with check (true);

create table private.client_sums (
  client_id uuid primary key references public.clients (id) on delete cascade,
  stats_changed_at timestamptz,
  replies_changed_at timestamptz,
  summed_at timestamptz not null,
  zone text not null default 'UTC'
);

comment on table private.client_sums is 'Of which state of a client its rows in private.client_days are.';
comment on column private.client_sums.zone is 'The client''s time zone then; another one since = they are stale.';
comment on column private.client_sums.stats_changed_at is
  'public.client_changes.stats_changed_at, read before they were added up; another one since = they are stale.';
comment on column private.client_sums.replies_changed_at is
  'public.client_changes.replies_changed_at, read before they were added up; another one since = they are stale.';

alter table private.client_sums enable row level security;

grant select, insert, update, delete on private.client_sums to service_role;

create policy "Only the functions read the state of sums"
on private.client_sums for all to service_role using (true) with check (true);

-- Clients whose sums are stale, longest first. Compared are the marks of the last changes and not their times with the clock: a
-- change becomes visible together with its mark, however late it commits. Each mark on its own: of two commits at once the one
-- with the older time may come last, and the later of both times would hide it. A sum of yesterday counts as stale whatever the
-- mark says: rows that a script wrote past every trigger are found then.
create function private.list_stale_clients(most integer, only_clients uuid[] default null)
returns table (client_id uuid, stats_changed_at timestamptz, replies_changed_at timestamptz, zone text)
language sql
stable
set search_path = ''
as $$
  select k.id, c.stats_changed_at, c.replies_changed_at, k.time_zone
  from public.clients as k
  left join public.client_changes as c on c.client_id = k.id
  left join private.client_sums as s on s.client_id = k.id
  where case when only_clients is null then k.archived_at is null else k.id = any (only_clients) end
    and (
      s.client_id is null
      or s.summed_at < now() - interval '1 day'
      or s.zone <> k.time_zone
      or (s.stats_changed_at, s.replies_changed_at) is distinct from (c.stats_changed_at, c.replies_changed_at)
    )
  order by s.summed_at nulls first, k.id
  limit most
$$;

comment on function private.list_stale_clients(integer, uuid[]) is
  'Up to that many clients whose added-up days are not of their last changes, with the marks of these: of all that are not archived, or of these.';

grant execute on function private.list_stale_clients(integer, uuid[]) to service_role;

-- Adds up stale clients, one after the other, as long as there is time: 1,000 of them take some seconds.
create function private.sum_client_days(most_seconds numeric default 5)
returns integer
language plpgsql
security definer
set search_path = ''
as $$
declare
  ends_at timestamptz := clock_timestamp() + make_interval(secs => most_seconds);
  stale record;
  summed integer := 0;
begin
  -- One at a time; the next minute continues.
  if not pg_try_advisory_xact_lock(hashtextextended('replyloop sum client days', 0)) then
    return 0;
  end if;

  for stale in select s.* from private.list_stale_clients(1000) as s
  loop
    exit when clock_timestamp() > ends_at;

    with fresh as materialized (
      select
        d.day, sum(d.sent)::bigint as sent, sum(d.contacted)::bigint as contacted, sum(d.replied)::bigint as replied,
        sum(d.positive)::bigint as positive, sum(d.meetings)::bigint as meetings
      from private.campaign_days('2000-01-01', '2100-01-01', stale.client_id, null) as d
      group by d.day
    ),
    gone as (
      delete from private.client_days as o
      where o.client_id = stale.client_id and not exists (select from fresh as f where f.day = o.day)
    )
    insert into private.client_days as o (client_id, day, sent, contacted, replied, positive, meetings)
    select stale.client_id, f.day, f.sent, f.contacted, f.replied, f.positive, f.meetings
    from fresh as f
    on conflict (client_id, day) do update
    set
      sent = excluded.sent, contacted = excluded.contacted, replied = excluded.replied, positive = excluded.positive,
      meetings = excluded.meetings
    -- Almost all days are as they were.
    where (o.sent, o.contacted, o.replied, o.positive, o.meetings)
      is distinct from (excluded.sent, excluded.contacted, excluded.replied, excluded.positive, excluded.meetings);

    insert into private.client_sums as s (client_id, stats_changed_at, replies_changed_at, summed_at, zone)
    values (stale.client_id, stale.stats_changed_at, stale.replies_changed_at, now(), stale.zone)
    on conflict (client_id) do update
    set
      stats_changed_at = excluded.stats_changed_at, replies_changed_at = excluded.replies_changed_at,
      summed_at = excluded.summed_at, zone = excluded.zone;

    summed := summed + 1;
  end loop;

  return summed;
end
$$;

comment on function private.sum_client_days(numeric) is
  'Every minute: adds up the days of clients that changed, for at most that many seconds; returns how many clients.';

-- Stale clients are added up here as long as they are few, so that a small agency always reads the last state; of a large one,
-- whose clients change every second, at most as old as the last minutes. One client alone is always of its last state.
create function private.days_of_clients(from_day date, to_day date, only_clients uuid[])
returns table (
  client_id uuid, day date, sent bigint, contacted bigint, replied bigint, positive bigint, meetings bigint
)
language plpgsql
stable
set search_path = ''
as $$
declare
  -- 5 ms each.
  most constant integer := 20;
  live uuid[] := array(select s.client_id from private.list_stale_clients(most, only_clients) as s);
begin
  return query
  select d.client_id, d.day, d.sent, d.contacted, d.replied, d.positive, d.meetings
  from private.client_days as d
  where d.day between from_day and to_day
    and d.client_id <> all (live)
    and (only_clients is null or d.client_id = any (only_clients))
  union all
  select
    d.client_id, d.day, sum(d.sent)::bigint, sum(d.contacted)::bigint, sum(d.replied)::bigint, sum(d.positive)::bigint,
    sum(d.meetings)::bigint
  from unnest(live) as l (id)
  cross join lateral private.campaign_days(from_day, to_day, l.id, null) as d
  group by d.client_id, d.day;
end
$$;

comment on function private.days_of_clients(date, date, uuid[]) is
  'Numbers per client and day of its time zone: added up beforehand, and of up to 20 clients that changed since, now. Of these clients, or of all that are not archived (null).';

grant execute on function private.days_of_clients(date, date, uuid[]) to service_role;

create function private.read_client_days(from_day date, to_day date)
returns table (
  client_id uuid, day date, sent bigint, contacted bigint, replied bigint, positive bigint, meetings bigint
)
language plpgsql
stable
security definer
set search_path = ''
as $$
begin
  if not (select private.may_operate()) then
    return;
  end if;

  return query
  select d.client_id, d.day, d.sent, d.contacted, d.replied, d.positive, d.meetings
  from private.days_of_clients(from_day, to_day, null) as d;
end
$$;

comment on function private.read_client_days(date, date) is
  'private.days_of_clients of all clients that are not archived. No rows unless private.may_operate().';
