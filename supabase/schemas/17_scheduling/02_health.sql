-- What the function health answers without a sign-in: whether scheduled work runs. Nothing of it is about a client.

-- Definer, because pg_cron shows its runs to their owner only. The newest runs are enough: two jobs start every ten
-- seconds or less, and reading all 25,000 of a day would cost more than everything else here.
create function private.last_scheduler_run()
returns timestamptz
language sql
stable
security definer
set search_path = ''
as $$
  select max(d.start_time)
  from (select r.start_time from cron.job_run_details as r order by r.runid desc limit 100) as d
$$;

comment on function private.last_scheduler_run() is 'When pg_cron last started a job; null = never.';

grant execute on function private.last_scheduler_run() to service_role;

-- Cheap at any backlog: it counts to 10,000 and no further.
create function worker.read_health()
returns jsonb
language sql
stable
set search_path = ''
as $$
  select jsonb_build_object(
    'last_run_at', private.last_scheduler_run(),
    'waiting', w.waiting,
    'oldest_waiting_at', w.oldest_at,
    'last_sync_at', s.last_sync_at,
    'expects_sync', s.expects_sync,
    'checked_at', now()
  )
  from (
    select count(*) as waiting, min(o.received_at) as oldest_at
    from (
      select e.received_at
      from private.webhook_events as e
      where e.status = 'pending'
      order by e.next_attempt_at, e.id
      limit 10000
    ) as o
  ) as w
  cross join (
    select
      max(c.last_synced_at) as last_sync_at,
      coalesce(bool_or(
        c.status = 'active'
        and c.created_at < now() - private.stale_after()
        and exists (select from private.provider_keys as k where k.connection_id = c.id)
      ), false) as expects_sync
    from public.provider_connections as c
  ) as s
$$;

comment on function worker.read_health() is
  'Facts for the function health: { last_run_at, waiting (10,000 at most), oldest_waiting_at, last_sync_at, expects_sync, checked_at }. Service role only.';

grant execute on function worker.read_health() to service_role;
