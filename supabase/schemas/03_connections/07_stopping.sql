-- What a person does to a connection: pause, resume, remove. Its jobs go with it; private.jobs is a table of 05_jobs.

-- A person pauses a connection (no sync, no export; deliveries are still taken) or resumes it. Unclaimed jobs
-- pause with it at once, those under way at the end of their batch; the time of a pause does not count against a deadline.
create function worker.set_connection_paused(target_connection_id uuid, paused boolean)
returns void
language plpgsql
set search_path = ''
as $$
begin
  if not paused then
    perform private.require_not_moving(c.client_id) from public.provider_connections as c where c.id = target_connection_id;
  end if;

  update public.provider_connections as c
  set status = case when paused then 'paused' else 'active' end::public.connection_status
  where c.id = target_connection_id and c.removed_at is null and (paused or c.status = 'paused');

  if paused then
    update private.jobs as j
    set status = 'paused', paused_at = now()
    where j.connection_id = target_connection_id
      and (j.status = 'queued' or (j.status = 'running' and j.lease_token is null));
  else
    update private.jobs as j
    set
      status = 'queued',
      paused_at = null,
      next_attempt_at = now(),
      deadline_at = j.deadline_at + (now() - j.paused_at)
    where j.connection_id = target_connection_id and j.status = 'paused';
  end if;
end
$$;

comment on function worker.set_connection_paused(uuid, boolean) is
  'Pauses or resumes a connection by hand, and its jobs with it; resuming leaves a refused key refused until it is tested. Service role only.';

grant execute on function worker.set_connection_paused(uuid, boolean) to service_role;

-- Takes key and secrets away; deliveries are refused from now on. What was stored stays.
create function worker.remove_connection(target_connection_id uuid)
returns void
language plpgsql
set search_path = ''
as $$
begin
  delete from private.provider_keys as k where k.connection_id = target_connection_id;
  delete from private.webhook_secrets as s where s.connection_id = target_connection_id;

  update public.provider_connections as c
  set status = 'paused', api_key_last4 = null, removed_at = now()
  where c.id = target_connection_id;

  -- A worker that holds one of them loses the lease and stops.
  update private.jobs as j
  set
    status = 'failed', finished_at = now(), lease_token = null, lease_until = null,
    error_code = upper(c.provider::text) || '_API_KEY_MISSING',
    error_message = 'The connection was removed before this was done; save a key for a connection, then start it again'
  from public.provider_connections as c
  where c.id = target_connection_id
    and j.connection_id = c.id
    and j.status in ('queued', 'running', 'paused');
end
$$;

comment on function worker.remove_connection(uuid) is
  'Deletes key and webhook secrets of a connection and marks it removed; its campaigns and numbers stay. Service role only.';

grant execute on function worker.remove_connection(uuid) to service_role;

-- What somebody did to a connection, for the audit log: pause, resume, remove, rotate_webhook_secret, reencrypt.
create function worker.audit_connection(target_connection_id uuid, what text, actor uuid)
returns void
language plpgsql
set search_path = ''
as $$
begin
  perform private.write_audit(
    what, 'provider_connection', target_connection_id::text,
    (select c.client_id from public.provider_connections as c where c.id = target_connection_id), '{}', actor
  );
end
$$;

comment on function worker.audit_connection(uuid, text, uuid) is
  'Writes an action on a connection to audit_log; actor null = a secret key. Service role only.';

grant execute on function worker.audit_connection(uuid, text, uuid) to service_role;
