-- Generated from supabase/schemas/17_scheduling by "npm run migrations".

-- What runs automatically: pg_cron decides when, pg_net wakes the functions, the work itself is resumable.

-- Projects what waits, until nothing is due or five seconds are over; the next tick continues.
create function private.drain_webhook_events()
returns integer
language plpgsql
set search_path = ''
as $$
declare
  started timestamptz := clock_timestamp();
  answer jsonb;
  positions jsonb := '{}'::jsonb;
  claimed integer;
  projected integer := 0;
begin
  perform private.continue_releases(started + interval '1 second');

  loop
    answer := worker.process_webhook_events(1000, positions);
    positions := positions || (answer -> 'positions');
    claimed := (answer ->> 'claimed')::integer;
    projected := projected + claimed;
    exit when claimed < 1000 or clock_timestamp() > started + interval '5 seconds';
  end loop;

  return projected;
end
$$;

comment on function private.drain_webhook_events() is
  'Finishes what a dying isolate left: projects waiting deliveries for up to five seconds and returns how many it took.';

-- Moves and deletes campaigns further, for about a second; projectors wait while one is moved. A step that failed is repeated a minute later,
-- and does not hold up the others.
create function private.work_on_campaigns(most_seconds numeric default 1)
returns integer
language plpgsql
set search_path = ''
set lock_timeout = '5s'
as $$
declare
  ends_at constant timestamptz := clock_timestamp() + make_interval(secs => most_seconds);
  work private.campaign_work;
  steps integer := 0;
begin
  loop
    select w.* into work
    from private.campaign_work as w
    where w.next_step_at <= clock_timestamp()
    order by w.requested_at, w.campaign_id
    limit 1;
    exit when not found;

    begin
      if work.to_client_id is null then
        perform private.continue_deletion(work.campaign_id, ends_at);
      else
        perform pg_advisory_xact_lock(private.campaign_moves_lock());
        perform private.continue_move(work.campaign_id, ends_at);
      end if;
    exception when others then
      update private.campaign_work as w
      set last_error = left(sqlerrm, 500), next_step_at = clock_timestamp() + interval '1 minute'
      where w.campaign_id = work.campaign_id;
    end;

    steps := steps + 1;
    exit when clock_timestamp() >= ends_at;
  end loop;

  return steps;
end
$$;

comment on function private.work_on_campaigns(numeric) is
  'Every five seconds: continues moves and deletions of campaigns for about a second; returns the number of steps.';

-- Opens one sync per active connection and wakes the function for each.
create function private.enqueue_syncs(read_everything boolean)
returns integer
language plpgsql
set search_path = ''
as $$
declare
  job record;
  calls integer := 0;
begin
  for job in
    select j.job_id
    from jsonb_to_recordset(worker.request_sync(null, null, read_everything, null)) as j (job_id uuid)
  loop
    perform private.invoke_function('sync-client', jsonb_build_object('job_id', job.job_id));
    calls := calls + 1;
  end loop;

  return calls;
end
$$;

comment on function private.enqueue_syncs(boolean) is
  'Hourly and nightly: opens a sync job per active connection with a key and queues one call each; returns the number of calls.';

-- What is true of an export whose time is up: how many are at the provider, how many are not, and how many are unknown.
create function private.timeout_message(job private.jobs)
returns text
language sql
stable
set search_path = ''
as $$
  select format(
    'The export did not finish before its deadline: %s of %s leads were sent, %s were not%s%s. Start it again; it continues with the rest and sends no lead twice',
    count(*) filter (where r.outcome in ('created', 'duplicate', 'blocked', 'failed')),
    count(*) filter (where r.outcome in ('created', 'duplicate', 'blocked', 'failed', 'planned', 'sending')),
    count(*) filter (where r.outcome = 'planned'),
    case when count(*) filter (where r.outcome = 'sending') > 0
      then format(', and for %s the answer was lost', count(*) filter (where r.outcome = 'sending')) else '' end,
    case when job.error_message is not null then format(' (last: %s)', rtrim(job.error_message, '. ')) else '' end
  )
  from public.export_receipts as r
  where r.export_id = job.id
$$;

comment on function private.timeout_message(private.jobs) is
  'The sentence of EXPORT_TIMEOUT: what was sent, what was not, and the last error on the way.';

-- Calls the functions again for jobs that are due and unclaimed: a crash, a spent time budget, a lost call. Jobs of
-- a paused connection wait for it, whatever their deadline says.
create function private.resume_jobs()
returns integer
language plpgsql
set search_path = ''
as $$
declare
  job record;
  calls integer := 0;
begin
  -- A job that never finishes says so instead of trying for ever.
  update private.jobs as j
  set
    status = 'failed',
    finished_at = now(),
    lease_token = null,
    lease_until = null,
    error_code = case
      when j.kind = 'export' and j.deadline_at < now() then 'EXPORT_TIMEOUT'
      when j.error_code is not null then j.error_code
      when j.kind in ('export', 'removal', 'erase') then 'INTERNAL'
      else 'SYNC_FAILED'
    end,
    error_message = case
      when j.kind = 'export' and j.deadline_at < now() then private.timeout_message(j)
      when j.error_message is not null then j.error_message
      when j.kind = 'export' then 'The export broke off eight times without sending anything more; start it again, no lead is sent twice'
      when j.kind = 'removal' then 'The removal broke off eight times; delete the client again, it continues with the rest'
      when j.kind = 'erase' then 'The erasure broke off eight times; start it again with the same address, it continues with the rest'
      else 'The sync did not finish; the next one starts from the beginning'
    end
  where j.status in ('queued', 'running')
    and (j.lease_until is null or j.lease_until < now())
    and (j.deadline_at < now() or j.attempts >= 8)
    and not private.is_paused(j.connection_id);

  for job in
    select j.id, j.kind
    from private.jobs as j
    where j.status in ('queued', 'running')
      and j.next_attempt_at <= now()
      and (j.lease_until is null or j.lease_until < now())
      and not private.is_paused(j.connection_id)
    order by j.next_attempt_at
    limit 50
  loop
    begin
      perform private.wake_job(job.id, job.kind);
      calls := calls + 1;
    exception
      -- Without the Vault secrets nothing can be called, but jobs past their deadline must still end.
      when raise_exception then raise warning '%', sqlerrm;
    end;
  end loop;

  return calls;
end
$$;

comment on function private.resume_jobs() is
  'Every minute: ends jobs past their deadline as failed and queues a call for each open job that is unclaimed.';

-- A delivery that names a campaign not listed yet waits until the provider's own list knows it. The hourly sync
-- would find out; this asks for one at once, and at most every ten minutes, whatever a stranger makes up.
create function private.look_up_campaigns()
returns integer
language plpgsql
set search_path = ''
as $$
declare
  waiting_connection_id uuid;
  job record;
  calls integer := 0;
begin
  for waiting_connection_id in
    select c.id
    from public.provider_connections as c
    where c.status = 'active'
      and exists (select from private.provider_keys as k where k.connection_id = c.id)
      and not exists (select from public.clients as k where k.id = c.client_id and not k.integration_enabled)
      and exists (
        select
        from private.provider_campaigns as p
        where p.connection_id = c.id and p.campaign_id is null and p.listed_at is null
          and p.created_at > coalesce((
            select max(j.created_at) from private.jobs as j
            where j.connection_id = c.id and j.kind = 'sync' and j.client_id is null
          ), '-infinity')
      )
      and not exists (
        select from private.jobs as j
        where j.connection_id = c.id and j.kind = 'sync' and j.client_id is null and j.created_at > now() - interval '10 minutes'
      )
    order by c.id
  loop
    for job in
      select j.job_id
      from jsonb_to_recordset(worker.request_sync(waiting_connection_id, null, false, null)) as j (job_id uuid)
    loop
      perform private.invoke_function('sync-client', jsonb_build_object('job_id', job.job_id));
      calls := calls + 1;
    end loop;
  end loop;

  return calls;
end
$$;

comment on function private.look_up_campaigns() is
  'Every minute: opens a sync for each connection whose deliveries name a campaign that the provider has not listed to us; returns the number of calls.';

-- Wakes a function for messages that the isolate which projected them did not prepare.
create function private.wake_message_preparation()
returns bigint
language plpgsql
set search_path = ''
as $$
begin
  if not exists (select from private.message_contents as c where c.prepare_at < now() - interval '20 seconds') then
    return null;
  end if;

  return private.invoke_function('sync-client', '{"prepare_messages": true}');
end
$$;

comment on function private.wake_message_preparation() is
  'Every minute: calls sync-client if messages wait for their HTML longer than 20 seconds; returns the request or null.';

-- Pauses campaigns for a holiday and resumes them after it: wakes the function once for each change at the provider.
create function private.keep_schedules()
returns integer
language plpgsql
set search_path = ''
as $$
declare
  pause record;
  calls integer := 0;
begin
  for pause in select p.pause_id from private.plan_pauses(now()) as p loop
    begin
      perform private.invoke_function('campaign', jsonb_build_object('pause_id', pause.pause_id));
      calls := calls + 1;
    exception
      -- Without the Vault secrets nothing can be called; the backoff decides when to retry.
      when raise_exception then raise warning '%', sqlerrm;
    end;
  end loop;

  return calls;
end
$$;

comment on function private.keep_schedules() is
  'Every five minutes: pauses active campaigns on holidays and after their last day, resumes what it paused, and returns the number of calls.';

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
