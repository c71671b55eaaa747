-- The life of a job: claimed under a lease, saved at checkpoints, released for another run, finished once.

-- Takes a job if it is open, due, not paused and unclaimed. Returns the job, when it is due if that is within a minute, or null.
create function worker.claim_job(target_job_id uuid, lease_seconds integer)
returns jsonb
language sql
volatile
set search_path = ''
as $$
  with claimed as (
    update private.jobs as j
    set
      status = 'running',
      started_at = coalesce(j.started_at, now()),
      attempts = j.attempts + 1,
      lease_token = gen_random_uuid(),
      lease_until = now() + make_interval(secs => lease_seconds)
    where j.id = target_job_id
      and j.status in ('queued', 'running')
      and (j.lease_until is null or j.lease_until < now())
      and j.next_attempt_at <= now()
      and not private.is_paused(j.connection_id)
    returning jsonb_build_object(
      'id', j.id, 'kind', j.kind, 'connection_id', j.connection_id, 'client_id', j.client_id, 'campaign_id', j.campaign_id,
      'parameters', j.parameters, 'cursor', j.cursor, 'result', j.result, 'done', j.done, 'total', j.total,
      'attempts', j.attempts, 'lease_token', j.lease_token, 'created_at', j.created_at
    ) as job
  )
  select c.job from claimed as c
  union all
  select jsonb_build_object('due_in_ms', ceil(extract(epoch from j.next_attempt_at - now()) * 1000))
  from private.jobs as j
  where j.id = target_job_id
    and j.status in ('queued', 'running')
    and j.lease_token is null
    and j.next_attempt_at > now()
    and j.next_attempt_at <= now() + interval '1 minute'
    and not private.is_paused(j.connection_id)
$$;

comment on function worker.claim_job(uuid, integer) is
  'Takes a lease on an open, due job and returns it; { due_in_ms } when it will be due within a minute; null when it is finished, due later or leased by another worker. Service role only.';

grant execute on function worker.claim_job(uuid, integer) to service_role;

-- Saves how far a job got and renews its lease. lost = stop at once, somebody else works on it; paused = it is saved, but
-- its connection was paused: stop after this and give the job back.
create function worker.save_job(target_job_id uuid, token uuid, checkpoint jsonb, lease_seconds integer)
returns text
language sql
volatile
set search_path = ''
as $$
  with saved as (
    update private.jobs as j
    set
      cursor = coalesce(checkpoint -> 'cursor', j.cursor),
      result = coalesce(checkpoint -> 'result', j.result),
      done = coalesce((checkpoint ->> 'done')::integer, j.done),
      total = coalesce((checkpoint ->> 'total')::integer, j.total),
      -- An empty checkpoint is a heartbeat: it holds the lease and proves no progress.
      attempts = case when checkpoint = '{}' then j.attempts else 0 end,
      error_code = case when checkpoint = '{}' then j.error_code end,
      error_message = case when checkpoint = '{}' then j.error_message end,
      -- A campaign of 100,000 mails takes longer than any deadline at 60 calls a minute: a sync that gets on is not late.
      deadline_at = case
        when checkpoint = '{}' or j.kind = 'export' then j.deadline_at
        else greatest(j.deadline_at, now() + interval '1 hour')
      end,
      lease_until = now() + make_interval(secs => lease_seconds)
    where j.id = target_job_id and j.lease_token = token and j.status = 'running'
    returning j.connection_id
  )
  select coalesce((select case when private.is_paused(s.connection_id) then 'paused' else 'held' end from saved as s), 'lost')
$$;

comment on function worker.save_job(uuid, uuid, jsonb, integer) is
  'Checkpoint { cursor?, result?, done?, total? } of a leased job, which moves the deadline of a sync; returns held, paused (its connection is) or lost (the lease). Service role only.';

grant execute on function worker.save_job(uuid, uuid, jsonb, integer) to service_role;

-- Gives a job back before it is finished: at the end of a time budget (no error) or after an error worth another try. Of
-- a connection that was paused meanwhile it waits as paused.
create function worker.release_job(target_job_id uuid, token uuid, retry_after_seconds integer, code text default null, message text default null)
returns boolean
language sql
volatile
set search_path = ''
as $$
  with released as (
    update private.jobs as j
    set
      status = case when private.is_paused(j.connection_id) then 'paused' else j.status end,
      paused_at = case when private.is_paused(j.connection_id) then now() end,
      lease_token = null,
      lease_until = null,
      next_attempt_at = now() + make_interval(secs => retry_after_seconds),
      error_code = code,
      error_message = message
    where j.id = target_job_id and j.lease_token = token and j.status = 'running'
    returning 1
  )
  select exists (select from released)
$$;

comment on function worker.release_job(uuid, uuid, integer, text, text) is
  'Gives a leased job back; it is due again after retry_after_seconds. Service role only.';

grant execute on function worker.release_job(uuid, uuid, integer, text, text) to service_role;

-- Ends a job. Only a sync of a whole connection that completed moves the connection's last_synced_at. What somebody asked
-- of it while it ran (a full sync, an activation) and this run did not know is done by one more run instead.
create function worker.finish_job(
  target_job_id uuid, token uuid, final_status public.job_status, final_result jsonb,
  code text default null, message text default null
)
returns boolean
language plpgsql
set search_path = ''
as $$
declare
  job private.jobs;
begin
  if final_status in ('queued', 'running', 'paused') then
    raise exception 'A job cannot end as %; use completed, partial or failed', final_status;
  end if;

  update private.jobs as j
  set
    status = 'queued',
    parameters = j.parameters - 'full_again',
    cursor = case when j.kind = 'sync' then '{}' else j.cursor end,
    lease_token = null,
    lease_until = null,
    next_attempt_at = now(),
    deadline_at = greatest(j.deadline_at, now() + interval '3 hours')
  where j.id = target_job_id and j.lease_token = token and j.status = 'running'
    and (
      (j.kind = 'sync' and j.parameters ? 'full_again' and final_status <> 'failed')
      or (
        j.kind = 'export' and final_status = 'completed'
        and (j.parameters -> 'activate') = 'true' and (final_result -> 'activated') is distinct from 'true'
      )
    );

  if found then
    return true;
  end if;

  update private.jobs as j
  set
    status = final_status,
    result = j.result || coalesce(final_result, '{}'),
    error_code = code,
    error_message = message,
    lease_token = null,
    lease_until = null,
    finished_at = now()
  where j.id = target_job_id and j.lease_token = token and j.status = 'running'
  returning * into job;

  if not found then
    return false;
  end if;

  if job.kind = 'sync' and job.client_id is null and final_status = 'completed' then
    update public.provider_connections as c set last_synced_at = now() where c.id = job.connection_id;
  end if;

  return true;
end
$$;

comment on function worker.finish_job(uuid, uuid, public.job_status, jsonb, text, text) is
  'Ends a leased job as completed, partial or failed; returns false when the lease is lost. Service role only.';

grant execute on function worker.finish_job(uuid, uuid, public.job_status, jsonb, text, text) to service_role;

-- One job as the functions report it.
create function worker.read_job(target_job_id uuid)
returns jsonb
language sql
stable
set search_path = ''
as $$
  select jsonb_build_object(
    'id', j.id, 'kind', j.kind, 'status', j.status, 'connection_id', j.connection_id, 'client_id', j.client_id,
    'campaign_id', j.campaign_id, 'done', j.done, 'total', j.total, 'result', j.result, 'error_code', j.error_code,
    'error_message', j.error_message, 'created_at', j.created_at, 'started_at', j.started_at, 'finished_at', j.finished_at
  )
  from private.jobs as j
  where j.id = target_job_id
$$;

comment on function worker.read_job(uuid) is 'State of one job without its cursor and lease; null when there is none. Service role only.';

grant execute on function worker.read_job(uuid) to service_role;
