-- What operators do with endpoints, through the function outgoing, which checks the address and encrypts the secret.

-- saved: { "client_id", "name", "url", "format", "events", "encrypted_secret", "master_key_id" } for a new one; of an existing one
-- only what changes, and its client never.
create function worker.save_endpoint(target_endpoint_id uuid, saved jsonb, actor uuid)
returns jsonb
language plpgsql
set search_path = ''
as $$
declare
  before public.outgoing_endpoints;
  after public.outgoing_endpoints;
  wanted public.outgoing_event_type[] := array(
    select distinct e.name::public.outgoing_event_type
    from jsonb_array_elements_text(coalesce(saved -> 'events', '[]')) as e (name)
    order by 1
  );
begin
  select e.* into before from public.outgoing_endpoints as e where e.id = target_endpoint_id for update;

  if coalesce(before.client_id, (saved ->> 'client_id')::uuid) is not null and wanted && private.agency_event_types() then
    raise exception using errcode = 'PT400', message = 'VALIDATION_FAILED',
      detail = format(
        'An endpoint of a client cannot get %s: it is the agency''s own business',
        (select string_agg(t::text, ', ' order by t) from unnest(wanted) as t where t = any (private.agency_event_types()))
      );
  end if;

  if before.id is not null then
    update public.outgoing_endpoints as e
    set
      name = coalesce(btrim(saved ->> 'name'), e.name),
      url = coalesce(saved ->> 'url', e.url),
      format = coalesce((saved ->> 'format')::public.endpoint_format, e.format),
      events = case when saved ? 'events' then wanted else e.events end,
      -- Another address has not failed yet.
      failing_since = case when e.url <> saved ->> 'url' then null else e.failing_since end,
      hold_until = case when e.url <> saved ->> 'url' then null else e.hold_until end
    where e.id = target_endpoint_id
    returning e.* into after;
  elsif saved ? 'encrypted_secret' then
    if saved ->> 'client_id' is not null then
      perform private.require_client((saved ->> 'client_id')::uuid);
    end if;

    insert into public.outgoing_endpoints (id, client_id, name, url, format, events)
    values (
      target_endpoint_id, (saved ->> 'client_id')::uuid, btrim(saved ->> 'name'), saved ->> 'url',
      coalesce(saved ->> 'format', 'json')::public.endpoint_format, wanted
    )
    returning * into after;

    insert into private.outgoing_secrets (endpoint_id, encrypted_secret, master_key_id)
    values (target_endpoint_id, saved ->> 'encrypted_secret', saved ->> 'master_key_id');
  else
    raise exception using errcode = 'PT404', message = 'NOT_FOUND', detail = 'This endpoint was not found; it may have been removed';
  end if;

  -- Anybody who has the address of a chat can post to it, so the log has only its host.
  perform private.write_audit(
    case when before.id is null then 'endpoint_added' else 'endpoint_changed' end, 'endpoint', target_endpoint_id::text, after.client_id,
    jsonb_build_object(
      'name', after.name, 'host', substring(after.url from '^https?://([^/?#]+)'), 'format', after.format, 'events', after.events
    ),
    actor
  );

  return to_jsonb(after);
end
$$;

comment on function worker.save_endpoint(uuid, jsonb, uuid) is
  'Adds an endpoint with its encrypted secret, or changes what is given of it; returns its row. Service role only.';

grant execute on function worker.save_endpoint(uuid, jsonb, uuid) to service_role;

create function private.require_endpoint(target_endpoint_id uuid)
returns public.outgoing_endpoints
language plpgsql
set search_path = ''
as $$
declare
  found_endpoint public.outgoing_endpoints;
begin
  select e.* into found_endpoint from public.outgoing_endpoints as e where e.id = target_endpoint_id for update;

  if not found then
    raise exception using errcode = 'PT404', message = 'NOT_FOUND', detail = 'This endpoint was not found; it may have been removed';
  end if;

  return found_endpoint;
end
$$;

comment on function private.require_endpoint(uuid) is 'The endpoint, locked; raises NOT_FOUND without one.';

grant execute on function private.require_endpoint(uuid) to service_role;

-- The old secret signs too for a day, so that the receiver can change at leisure.
create function worker.rotate_endpoint_secret(target_endpoint_id uuid, encrypted text, key_id text, actor uuid)
returns jsonb
language plpgsql
set search_path = ''
as $$
declare
  endpoint public.outgoing_endpoints := private.require_endpoint(target_endpoint_id);
  ends_at timestamptz := now() + interval '24 hours';
begin
  update private.outgoing_secrets as s
  set
    encrypted_previous = s.encrypted_secret, previous_master_key_id = s.master_key_id, previous_until = ends_at,
    encrypted_secret = encrypted, master_key_id = key_id
  where s.endpoint_id = target_endpoint_id;

  update public.outgoing_endpoints as e set rotation_ends_at = ends_at where e.id = target_endpoint_id returning e.* into endpoint;

  perform private.write_audit(
    'endpoint_secret_rotated', 'endpoint', target_endpoint_id::text, endpoint.client_id, jsonb_build_object('name', endpoint.name), actor
  );

  return to_jsonb(endpoint);
end
$$;

comment on function worker.rotate_endpoint_secret(uuid, text, text, uuid) is
  'Gives an endpoint a new secret; the one before signs as well for 24 hours. Returns its row. Service role only.';

grant execute on function worker.rotate_endpoint_secret(uuid, text, text, uuid) to service_role;

-- What waited meanwhile is sent when it is switched on again.
create function worker.switch_endpoint(target_endpoint_id uuid, is_on boolean, actor uuid)
returns jsonb
language plpgsql
set search_path = ''
as $$
declare
  endpoint public.outgoing_endpoints := private.require_endpoint(target_endpoint_id);
begin
  if (endpoint.switched_off_at is null) = is_on then
    return to_jsonb(endpoint);
  end if;

  update public.outgoing_endpoints as e
  set
    switched_off_at = case when not is_on then now() end,
    switched_off_reason = case when not is_on then 'An operator switched it off' end,
    failing_since = null,
    hold_until = null
  where e.id = target_endpoint_id
  returning e.* into endpoint;

  if is_on then
    update public.incidents as i
    set closed_at = now()
    where i.kind = 'endpoint_switched_off' and i.subject = 'endpoint:' || target_endpoint_id and i.closed_at is null;

    perform private.wake_sender();
  end if;

  perform private.write_audit(
    case when is_on then 'endpoint_switched_on' else 'endpoint_switched_off' end, 'endpoint', target_endpoint_id::text,
    endpoint.client_id, jsonb_build_object('name', endpoint.name), actor
  );

  return to_jsonb(endpoint);
end
$$;

comment on function worker.switch_endpoint(uuid, boolean, uuid) is
  'Switches an endpoint on, which closes its incident, or off. Returns its row. Service role only.';

grant execute on function worker.switch_endpoint(uuid, boolean, uuid) to service_role;

create function worker.remove_endpoint(target_endpoint_id uuid, actor uuid)
returns void
language plpgsql
set search_path = ''
as $$
declare
  endpoint public.outgoing_endpoints := private.require_endpoint(target_endpoint_id);
begin
  delete from public.outgoing_endpoints as e where e.id = target_endpoint_id;

  update public.incidents as i
  set closed_at = now()
  where i.kind = 'endpoint_switched_off' and i.subject = 'endpoint:' || target_endpoint_id and i.closed_at is null;

  perform private.write_audit(
    'endpoint_removed', 'endpoint', target_endpoint_id::text, endpoint.client_id, jsonb_build_object('name', endpoint.name), actor
  );
end
$$;

comment on function worker.remove_endpoint(uuid, uuid) is 'Removes an endpoint with its log and secret. Service role only.';

grant execute on function worker.remove_endpoint(uuid, uuid) to service_role;

-- A test is an event of its own, held by the caller from the start, so that the answer can be shown at once.
create function worker.start_endpoint_test(target_endpoint_id uuid, lease_seconds integer, actor uuid)
returns jsonb
language plpgsql
set search_path = ''
as $$
declare
  endpoint public.outgoing_endpoints := private.require_endpoint(target_endpoint_id);
  token uuid := gen_random_uuid();
  event private.outgoing_events;
begin
  insert into private.outgoing_events (type, fact, client_id, occurred_at)
  values ('test', 'test:' || token, endpoint.client_id, now())
  returning * into event;

  update private.outgoing_events as v set payload = private.outgoing_payload(event) where v.id = event.id;

  insert into private.outgoing_deliveries (event_id, endpoint_id, attempts, lease_token, last_attempt_at, next_attempt_at)
  values (event.id, endpoint.id, 1, token, now(), now() + make_interval(secs => lease_seconds));

  perform private.write_audit(
    'endpoint_tested', 'endpoint', target_endpoint_id::text, endpoint.client_id, jsonb_build_object('name', endpoint.name), actor
  );

  return private.taken_deliveries(token);
end
$$;

comment on function worker.start_endpoint_test(uuid, integer, uuid) is
  'Writes a test event for an endpoint and leases it to the caller, as worker.take_outgoing does. Service role only.';

grant execute on function worker.start_endpoint_test(uuid, integer, uuid) to service_role;

-- One delivery of any state, or all failed ones since a moment; the event and its id stay what they were.
create function worker.replay_outgoing(target_endpoint_id uuid, target_event_id uuid, failed_since timestamptz, actor uuid)
returns integer
language plpgsql
set search_path = ''
as $$
declare
  endpoint public.outgoing_endpoints := private.require_endpoint(target_endpoint_id);
  replayed integer;
begin
  if endpoint.switched_off_at is not null then
    raise exception using errcode = 'PT400', message = 'VALIDATION_FAILED', detail = 'This endpoint is switched off; switch it on first';
  end if;

  update private.outgoing_deliveries as d
  set state = 'waiting', attempts = 0, wanted_at = now(), next_attempt_at = now(), lease_token = null, delivered_at = null
  where d.endpoint_id = target_endpoint_id
    and case
      when target_event_id is not null then d.event_id = target_event_id
      else d.state = 'failed' and d.wanted_at >= failed_since
        and exists (select from private.outgoing_events as v where v.id = d.event_id and v.type <> 'test')
    end;

  get diagnostics replayed = row_count;

  update public.outgoing_endpoints as e set hold_until = null where e.id = target_endpoint_id;

  perform private.write_audit(
    'outgoing_replayed', 'endpoint', target_endpoint_id::text, endpoint.client_id,
    jsonb_build_object('name', endpoint.name, 'events', replayed), actor
  );

  if replayed > 0 then
    perform private.wake_sender();
  end if;

  return replayed;
end
$$;

comment on function worker.replay_outgoing(uuid, uuid, timestamptz, uuid) is
  'Sends an event to an endpoint again, under the same id, or all that failed since a moment; returns how many. Service role only.';

grant execute on function worker.replay_outgoing(uuid, uuid, timestamptz, uuid) to service_role;
