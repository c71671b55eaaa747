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
