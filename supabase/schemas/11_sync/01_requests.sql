-- How syncs and replays begin.

-- Opens (or finds) the sync jobs for a connection, for one client, or for everything that is active.
-- full = true reads all history and walks every lead; false skips what has not moved since the last whole walk.
create function worker.request_sync(target_connection_id uuid, target_client_id uuid, read_everything boolean, requester uuid)
returns jsonb
language plpgsql
set search_path = ''
as $$
declare
  jobs jsonb;
begin
  if target_connection_id is not null and not exists (
    select from public.provider_connections as c where c.id = target_connection_id
  ) then
    raise exception using errcode = 'PT404', message = 'NOT_FOUND',
      detail = format('There is no provider connection %L; check the id', target_connection_id);
  end if;

  if target_client_id is not null and not exists (select from public.clients as c where c.id = target_client_id) then
    raise exception using errcode = 'PT404', message = 'NOT_FOUND',
      detail = format('There is no client %L; check the id', target_client_id);
  end if;

  if exists (
    select
    from public.clients as k
    where not k.integration_enabled
      and (
        k.id = target_client_id
        or k.id = (select c.client_id from public.provider_connections as c where c.id = target_connection_id)
      )
  ) then
    raise exception using errcode = 'PT400', message = 'VALIDATION_FAILED',
      detail = 'The integration of this client is switched off; switch it on, then sync again';
  end if;

  with wanted as (
    -- A shared connection is narrowed to the client's own campaigns.
    select c.id as connection_id, case when c.client_id is null then target_client_id end as client_id
    from public.provider_connections as c
    -- Who names a connection may also try one whose key was refused: a success makes it active again.
    where (c.status = 'active' or (c.id = target_connection_id and c.status <> 'paused'))
      and exists (select from private.provider_keys as k where k.connection_id = c.id)
      and not exists (select from public.clients as k where k.id = c.client_id and not k.integration_enabled)
      and (target_connection_id is null or c.id = target_connection_id)
      and (
        target_client_id is null
        or c.client_id = target_client_id
        or (c.client_id is null and exists (
          select from public.campaigns as k where k.connection_id = c.id and k.client_id = target_client_id
        ))
      )
  ),
  opened as (
    insert into private.jobs as j (kind, connection_id, client_id, parameters, deadline_at, requested_by)
    select
      'sync', w.connection_id, w.client_id, jsonb_build_object('full', read_everything), now() + interval '3 hours', requester
    from wanted as w
    order by w.connection_id
    on conflict (connection_id, client_id) where kind = 'sync' and status in ('queued', 'running', 'paused')
    -- One that has begun without reading everything ends first, and then begins again (finish_job).
    do update set parameters = j.parameters || case
      when not read_everything or (j.parameters -> 'full') = 'true' then '{}'
      when j.lease_token is null and j.cursor = '{}' then '{"full": true}'
      else '{"full": true, "full_again": true}'
    end::jsonb
    returning j.id, j.connection_id, j.client_id, j.created_at < now() as already_running
  )
  select jsonb_agg(jsonb_build_object(
    'job_id', o.id, 'connection_id', o.connection_id, 'client_id', o.client_id, 'already_running', o.already_running
  ) order by o.connection_id)
  into jobs
  from opened as o;

  if jobs is null and (target_connection_id is not null or target_client_id is not null) then
    raise exception using errcode = 'PT409', message = upper(coalesce((
        select min(c.provider)
        from public.provider_connections as c
        where c.id = target_connection_id or c.client_id = target_client_id
      ), 'instantly')::text) || '_API_KEY_MISSING',
      detail = 'No provider connection with a saved API key matches, or it is paused; save a key or resume it, then sync again';
  end if;

  if requester is not null then
    perform private.write_audit(
      'sync_started', 'connection', j.connection_id::text, coalesce(j.client_id, c.client_id),
      jsonb_build_object('job_id', j.job_id, 'full', read_everything), requester
    )
    from jsonb_to_recordset(jobs) as j (job_id uuid, connection_id uuid, client_id uuid, already_running boolean)
    join public.provider_connections as c on c.id = j.connection_id
    where not j.already_running;
  end if;

  return coalesce(jobs, '[]');
end
$$;

comment on function worker.request_sync(uuid, uuid, boolean, uuid) is
  'Opens the sync jobs of a connection, of a client or of all: [{ job_id, connection_id, client_id, already_running }]. Service role only.';

grant execute on function worker.request_sync(uuid, uuid, boolean, uuid) to service_role;

-- A new connection does not wait for the hour: the job of its first sync exists once its webhook does.
create function worker.start_first_sync(target_connection_id uuid, requester uuid)
returns jsonb
language plpgsql
set search_path = ''
as $$
begin
  -- A client that is switched off is synced when it is switched on.
  if exists (
    select
    from public.provider_connections as c
    join public.clients as k on k.id = c.client_id
    where c.id = target_connection_id and not k.integration_enabled
  ) then
    return jsonb_build_object('job_id', null);
  end if;

  return jsonb_build_object(
    'job_id', worker.request_sync(target_connection_id, null, true, requester) -> 0 ->> 'job_id'
  );
end
$$;

comment on function worker.start_first_sync(uuid, uuid) is
  'Opens the first sync of a connection; returns { job_id }, null where its client is switched off. Service role only.';

grant execute on function worker.start_first_sync(uuid, uuid) to service_role;

-- Opens the replay of a time range of the delivery log, or finds the open one of the same range.
create function worker.request_replay(target_connection_id uuid, replay_from timestamptz, replay_to timestamptz, requester uuid)
returns jsonb
language plpgsql
set search_path = ''
as $$
declare
  wanted jsonb := jsonb_build_object('replay', jsonb_build_object('from', replay_from, 'to', replay_to));
  job_id uuid;
begin
  if replay_from is null or replay_to is null or replay_from >= replay_to then
    raise exception using errcode = 'PT400', message = 'VALIDATION_FAILED',
      detail = 'A replay needs a time range: from must lie before to';
  end if;

  -- The lock makes two calls at the same moment find the same job.
  perform from public.provider_connections as c where c.id = target_connection_id for update;

  if not found then
    raise exception using errcode = 'PT404', message = 'NOT_FOUND',
      detail = format('There is no provider connection %L; check the id', target_connection_id);
  end if;

  select j.id
  into job_id
  from private.jobs as j
  where j.connection_id = target_connection_id
    and j.kind::text = 'replay'
    and j.status in ('queued', 'running', 'paused')
    and j.parameters = wanted;

  if found then
    return jsonb_build_array(jsonb_build_object(
      'job_id', job_id, 'connection_id', target_connection_id, 'client_id', null, 'already_running', true
    ));
  end if;

  insert into private.jobs (kind, connection_id, parameters, deadline_at, requested_by)
  values ('replay', target_connection_id, wanted, now() + interval '3 hours', requester)
  returning id into job_id;

  return jsonb_build_array(jsonb_build_object(
    'job_id', job_id, 'connection_id', target_connection_id, 'client_id', null, 'already_running', false
  ));
end
$$;

comment on function worker.request_replay(uuid, timestamptz, timestamptz, uuid) is
  'Opens a job that stores again what the delivery log has of a time range: [{ job_id, connection_id, client_id, already_running }]. Service role only.';

grant execute on function worker.request_replay(uuid, timestamptz, timestamptz, uuid) to service_role;
