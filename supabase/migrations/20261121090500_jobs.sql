-- Generated from supabase/schemas/05_jobs by "npm run migrations".

-- Jobs: work that outlives a request. A job has a cursor, a lease and a deadline; when a worker dies, the
-- next run resumes from the last checkpoint.

-- A replay of the delivery log and the pushing of verdicts to the provider are work of their own: they may run beside a sync and say nothing
-- about one. A removal takes away everything of a client, the client last; an erasure everything of a person.
create type public.job_kind as enum ('export', 'sync', 'replay', 'verdicts', 'removal', 'erase');

-- paused = its connection is paused; partial = it ended, but a part of it failed: it is never shown as complete.
create type public.job_status as enum ('queued', 'running', 'paused', 'completed', 'partial', 'failed');

create table private.jobs (
  id uuid primary key default gen_random_uuid(),
  kind public.job_kind not null,
  status public.job_status not null default 'queued',
  connection_id uuid references public.provider_connections (id) on delete cascade,
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
  finished_at timestamptz,
  constraint jobs_connection_belongs_to_kind check ((kind in ('removal', 'erase')) = (connection_id is null))
);

comment on table private.jobs is
  'Resumable work. attempts counts claims since the last checkpoint; lease_token is what a worker must present to write.';
comment on column private.jobs.client_id is
  'Tenant that the job belongs to; null for the sync of a whole connection, and for a removal, which outlives its client, and for an erasure (parameters name it).';
comment on column private.jobs.connection_id is 'The workspace that the job works with; null for a removal or an erasure, which concern several.';

create unique index jobs_one_open_export_per_campaign_idx on private.jobs (campaign_id)
where kind = 'export' and status in ('queued', 'running', 'paused');
create unique index jobs_one_open_sync_idx on private.jobs (connection_id, client_id) nulls not distinct
where kind = 'sync' and status in ('queued', 'running', 'paused');
create unique index jobs_one_open_removal_idx on private.jobs ((parameters ->> 'client_id'))
where kind = 'removal' and status in ('queued', 'running', 'paused');
create unique index jobs_one_open_erasure_idx on private.jobs ((parameters ->> 'digest'))
where kind = 'erase' and status in ('queued', 'running', 'paused');
-- Paused ones too: what is listed besides the last 30 days.
create index jobs_open_idx on private.jobs (next_attempt_at) where status in ('queued', 'running', 'paused');
create index jobs_connection_id_idx on private.jobs (connection_id, created_at desc);
create index jobs_client_id_idx on private.jobs (client_id, created_at desc);
create index jobs_campaign_id_idx on private.jobs (campaign_id, created_at desc);
create index jobs_failed_idx on private.jobs (finished_at) where status = 'failed';
create index jobs_created_at_idx on private.jobs (created_at desc);

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

grant execute on function private.is_paused(uuid) to service_role;

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

-- How the database calls edge functions, and which of these calls fail.

-- Which call of pg_net was which: its answers know only a number. Unlogged as pg_net's own tables: a crash empties both.
create unlogged table private.function_calls (
  request_id bigint primary key,
  function_name text not null,
  called_at timestamptz not null default now()
);

comment on table private.function_calls is
  'Calls of edge functions by the scheduler, of the last day; what came of one is in net._http_response under the same number.';

create index function_calls_called_at_idx on private.function_calls (called_at);

alter table private.function_calls enable row level security;

grant select, insert, update, delete on private.function_calls to service_role;

create policy "Only the scheduler's own work reads calls"
on private.function_calls for all to service_role using (true) with check (true);

-- The database's ALLOW_PRIVATE_ENDPOINTS: only stacks on a developer's machine save it.
create function private.allows_private_addresses()
returns boolean
language sql
stable
set search_path = ''
as $$
  select exists (
    select from vault.decrypted_secrets as s where s.name = 'allow_private_endpoints' and s.decrypted_secret = 'true'
  )
$$;

comment on function private.allows_private_addresses() is
  'True on a developer''s machine, where the Vault secret allow_private_endpoints is "true": the database may call http and private addresses.';

-- Calls an edge function with the secret key named "cron". The two Vault secrets come from config.toml ([db.vault]) or
-- from the dashboard; without them nothing is sent and the reason is in the job's run details.
create function private.invoke_function(function_name text, body jsonb)
returns bigint
language plpgsql
security definer
set search_path = ''
as $$
declare
  project_url text;
  secret_key text;
  request bigint;
begin
  select s.decrypted_secret into project_url from vault.decrypted_secrets as s where s.name = 'project_url';
  select s.decrypted_secret into secret_key from vault.decrypted_secrets as s where s.name = 'cron_secret_key';

  if project_url is null or secret_key is null then
    raise exception 'Vault lacks the secret "project_url" or "cron_secret_key"; save both, then scheduled work runs again';
  end if;

  -- The key is about to be sent there.
  if not private.is_outbound_address(project_url, private.allows_private_addresses()) then
    raise exception 'The Vault secret "project_url" is no public https address, so no function is called; save https://<project>.supabase.co, or on your own machine "true" as allow_private_endpoints';
  end if;

  -- Answers come within milliseconds (202, work continues in the background); pg_net works in batches and one slow call
  -- delays all, so the timeout stays at its short default.
  request := net.http_post(
    url := rtrim(project_url, '/') || '/functions/v1/' || function_name,
    body := body,
    headers := jsonb_build_object('Content-Type', 'application/json', 'apikey', secret_key),
    timeout_milliseconds := 5000
  );

  insert into private.function_calls as c (request_id, function_name)
  values (request, invoke_function.function_name)
  on conflict (request_id) do update set function_name = excluded.function_name, called_at = excluded.called_at;

  return request;
end
$$;

comment on function private.invoke_function(text, jsonb) is
  'Queues one call of an edge function with the secret key "cron"; returns the pg_net request id. Sent after commit.';

-- Functions whose newest answered call failed, with what to do about it. A call without an answer after a minute counts as
-- answered: pg_net gives up after five seconds.
create function private.list_failing_calls()
returns table (function_name text, details text)
language sql
stable
set search_path = ''
as $$
  select
    n.function_name,
    format('The scheduled call of the function %s ', n.function_name)
      || case
        when n.status_code in (401, 403)
          then format('is refused (%s), so nothing is synced, exported or resumed automatically. The secret key was changed: save the current one as cron_secret_key in the Vault', n.status_code)
        when n.status_code = 404 then 'finds no such function (404), so its work has stopped. Deploy the functions'
        when n.status_code is not null then format('is answered with %s. Read the log of the function', n.status_code)
        else 'gets no answer, so its work has stopped. Check project_url in the Vault, and whether the functions run'
      end
  from (
    select distinct on (c.function_name) c.function_name, r.status_code
    from private.function_calls as c
    left join net._http_response as r on r.id = c.request_id
    where r.id is not null or c.called_at < now() - interval '1 minute'
    order by c.function_name, c.called_at desc, c.request_id desc
  ) as n
  where coalesce(n.status_code not between 200 and 299, true)
$$;

comment on function private.list_failing_calls() is
  'Functions whose newest call by the scheduler failed: name and the sentence for an operator.';

-- A job that is resumed at once, in another isolate.

-- Which function works on a job of this kind, called with its id. Definer, because the call reads a secret of the Vault.
create function private.wake_job(target_job_id uuid, job_kind public.job_kind)
returns bigint
language sql
volatile
security definer
set search_path = ''
as $$
  select private.invoke_function(
    case job_kind when 'export' then 'export-campaign' when 'removal' then 'remove-client' when 'erase' then 'personal-data' else 'sync-client' end,
    jsonb_build_object('job_id', target_job_id)
  )
$$;

comment on function private.wake_job(uuid, public.job_kind) is
  'Queues one call of the function that works on jobs of this kind; returns the pg_net request id.';

grant execute on function private.wake_job(uuid, public.job_kind) to service_role;

-- The platform gives an isolate two seconds of processor time, so a long job is a chain of calls: each gives the job back
-- and has the next one made. Without this the minute sweep would be the next, and 100,000 leads took minutes. The next one also waits
-- for a job that is due within a minute: with the sweep alone, each wait for the provider's limits lasted until a full minute.
create function worker.continue_job(target_job_id uuid)
returns boolean
language plpgsql
set search_path = ''
as $$
declare
  job private.jobs;
begin
  select j.* into job
  from private.jobs as j
  where j.id = target_job_id
    and j.status in ('queued', 'running')
    and j.lease_token is null
    and j.next_attempt_at <= now() + interval '1 minute'
    and not private.is_paused(j.connection_id);

  if not found then
    return false;
  end if;

  perform private.wake_job(job.id, job.kind);
  return true;
exception
  -- Without the Vault secrets nothing can be called; the sweep says so, and resumes the job once they are there.
  when raise_exception then
    return false;
end
$$;

comment on function worker.continue_job(uuid) is
  'Calls the function of an open, unclaimed job again at once; false when it is not due within a minute, or the call cannot be made. Service role only.';

grant execute on function worker.continue_job(uuid) to service_role;
