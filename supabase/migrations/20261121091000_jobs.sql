-- Jobs: work that outlives a request. A job has a cursor, a lease and a deadline; whoever dies in the middle of it, the
-- next run goes on from the last checkpoint.

-- A replay of the delivery log and the telling of verdicts are work of their own: they may run beside a sync and say nothing
-- about one.
create type public.job_kind as enum ('export', 'sync', 'replay', 'verdicts');

-- paused = its connection is paused; partial = it ended, but a part of it failed: it is never shown as complete.
create type public.job_status as enum ('queued', 'running', 'paused', 'completed', 'partial', 'failed');

create table private.jobs (
  id uuid primary key default gen_random_uuid(),
  kind public.job_kind not null,
  status public.job_status not null default 'queued',
  connection_id uuid not null references public.provider_connections (id) on delete cascade,
  client_id uuid references public.clients (id) on delete cascade,
  campaign_id uuid references public.campaigns (id) on delete cascade,
  parameters jsonb not null default '{}',
  cursor jsonb not null default '{}',
  done integer not null default 0,
  total integer,
  result jsonb not null default '{}',
  error_code text,
  error_message text,
  attempts integer not null default 0,
  lease_token uuid,
  lease_until timestamptz,
  next_attempt_at timestamptz not null default now(),
  paused_at timestamptz,
  deadline_at timestamptz not null,
  requested_by uuid,
  created_at timestamptz not null default now(),
  started_at timestamptz,
  finished_at timestamptz
);

comment on table private.jobs is
  'Resumable work. attempts counts claims since the last checkpoint; lease_token is what a worker must present to write.';
comment on column private.jobs.client_id is 'Tenant that the job belongs to; null for the sync of a whole connection.';

create unique index jobs_one_open_export_per_campaign_idx on private.jobs (campaign_id)
where kind = 'export' and status in ('queued', 'running', 'paused');
create unique index jobs_one_open_sync_idx on private.jobs (connection_id, client_id) nulls not distinct
where kind = 'sync' and status in ('queued', 'running', 'paused');
create index jobs_open_idx on private.jobs (next_attempt_at) where status in ('queued', 'running');
create index jobs_connection_id_idx on private.jobs (connection_id, created_at desc);
create index jobs_client_id_idx on private.jobs (client_id, created_at desc);
create index jobs_campaign_id_idx on private.jobs (campaign_id, created_at desc);

alter table private.jobs enable row level security;

grant select, insert, update, delete on private.jobs to service_role;

-- What a client may know of its own jobs; the rest of the row (cursor, lease, parameters) stays inside.
grant select (id, kind, status, client_id, campaign_id, done, total, error_code, error_message, created_at, started_at, finished_at)
on private.jobs to authenticated;

create policy "Clients see their jobs, operators see all"
on private.jobs for select to authenticated
using (client_id = any (array(select private.visible_client_ids())) or (select private.is_operator()));

-- Whether somebody paused the connection of a job; a removed one is not paused, its jobs have ended.
create function private.is_paused(target_connection_id uuid)
returns boolean
language sql
stable
set search_path = ''
as $$
  select exists (
    select from public.provider_connections as c where c.id = target_connection_id and c.status = 'paused' and c.removed_at is null
  )
$$;

comment on function private.is_paused(uuid) is 'True while a person has paused the connection: no call goes to its provider.';

-- Takes a job if it is open, due, not paused and nobody works on it. Returns the job, or null.
create function public.claim_job(target_job_id uuid, lease_seconds integer)
returns jsonb
language sql
volatile
set search_path = ''
as $$
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
  )
$$;

comment on function public.claim_job(uuid, integer) is
  'Takes a lease on an open, due job and returns it; null when it is finished, not due or in other hands. Service role only.';

-- Saves how far a job got and renews its lease. lost = stop at once, somebody else works on it; paused = it is saved, but
-- its connection was paused: stop after this and give the job back.
create function public.save_job(target_job_id uuid, token uuid, checkpoint jsonb, lease_seconds integer)
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

comment on function public.save_job(uuid, uuid, jsonb, integer) is
  'Checkpoint { cursor?, result?, done?, total? } of a leased job, which moves the deadline of a sync; returns held, paused (its connection is) or lost (the lease). Service role only.';

-- Gives a job back before it is finished: at the end of a time budget (no error) or after an error worth another try. Of
-- a connection that was paused meanwhile it waits as paused.
create function public.release_job(target_job_id uuid, token uuid, retry_after_seconds integer, code text default null, message text default null)
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

comment on function public.release_job(uuid, uuid, integer, text, text) is
  'Gives a leased job back; it is due again after retry_after_seconds. Service role only.';

-- Ends a job. Only a sync of a whole connection that completed moves the connection's last_synced_at. What somebody asked
-- of it while it ran (a full sync, an activation) and this run did not know is done by one more run instead.
create function public.finish_job(
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

comment on function public.finish_job(uuid, uuid, public.job_status, jsonb, text, text) is
  'Ends a leased job as completed, partial or failed; returns false when the lease is lost. Service role only.';

-- One job as the functions report it.
create function public.read_job(target_job_id uuid)
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

comment on function public.read_job(uuid) is 'State of one job without its cursor and lease; null when there is none. Service role only.';

grant execute on function
  private.is_paused(uuid),
  public.claim_job(uuid, integer),
  public.save_job(uuid, uuid, jsonb, integer),
  public.release_job(uuid, uuid, integer, text, text),
  public.finish_job(uuid, uuid, public.job_status, jsonb, text, text),
  public.read_job(uuid)
to service_role;

-- A connection with what a function needs to talk to its provider. The key is sealed; only the function can open it.
create function public.read_connection(target_connection_id uuid)
returns jsonb
language sql
stable
set search_path = ''
as $$
  select jsonb_build_object(
    'id', c.id, 'provider', c.provider, 'client_id', c.client_id, 'status', c.status,
    'sealed_key', k.sealed_key, 'master_key_id', k.master_key_id
  )
  from public.provider_connections as c
  left join private.provider_keys as k on k.connection_id = c.id
  where c.id = target_connection_id
$$;

comment on function public.read_connection(uuid) is
  'A connection and its sealed API key (null when none is saved). Service role only.';

-- What the provider answered about the key: a refused key stops the hourly calls until somebody saves a new one.
create function public.set_connection_status(target_connection_id uuid, new_status public.connection_status)
returns void
language sql
volatile
set search_path = ''
as $$
  update public.provider_connections as c
  set
    status = case when c.status = 'paused' then c.status else new_status end,
    last_validated_at = case when new_status = 'active' then now() else c.last_validated_at end
  where c.id = target_connection_id and (new_status = 'active' or c.status is distinct from new_status)
$$;

comment on function public.set_connection_status(uuid, public.connection_status) is
  'Records what the provider thinks of the key; a connection that a person paused stays paused. Service role only.';

grant execute on function
  public.read_connection(uuid),
  public.set_connection_status(uuid, public.connection_status)
to service_role;
