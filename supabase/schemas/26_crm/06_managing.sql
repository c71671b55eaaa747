-- What operators do with CRM accounts, through the function crm, which checks the token and encrypts it.

create function private.require_crm_connection(target_connection_id uuid)
returns public.crm_connections
language plpgsql
set search_path = ''
as $$
declare
  connection public.crm_connections;
begin
  select c.* into connection from public.crm_connections as c where c.id = target_connection_id for update;

  if not found then
    raise exception using errcode = 'PT404', message = 'NOT_FOUND', detail = 'This CRM account was not found; it may have been disconnected';
  end if;

  return connection;
end
$$;

comment on function private.require_crm_connection(uuid) is 'The CRM connection, locked; raises NOT_FOUND without one.';

grant execute on function private.require_crm_connection(uuid) to service_role;

-- What waited meanwhile is sent, as if it had been wanted now.
create function private.switch_on_crm(target_connection_id uuid)
returns void
language plpgsql
set search_path = ''
as $$
begin
  update public.crm_connections as c
  set switched_off_at = null, switched_off_reason = null, failing_since = null, last_error = null, hold_until = null
  where c.id = target_connection_id;

  update private.crm_pushes as p
  set attempts = 0, wanted_at = now(), next_attempt_at = now(), lease_token = null
  where p.connection_id = target_connection_id and p.state = 'waiting';

  update private.crm_readers as r set next_read_at = now(), failures = 0 where r.connection_id = target_connection_id;

  update public.incidents as i
  set closed_at = now()
  where i.kind = 'crm_switched_off' and i.subject = 'crm:' || target_connection_id and i.closed_at is null;

  perform private.wake_crm();
end
$$;

comment on function private.switch_on_crm(uuid) is 'Lets a CRM connection work again: its incident is over, and what waits is due now.';

grant execute on function private.switch_on_crm(uuid) to service_role;

-- With the encrypted token and what is stored of the account, for the function; null for an unknown one.
create function worker.read_crm_connection(target_connection_id uuid)
returns jsonb
language sql
stable
set search_path = ''
as $$
  select to_jsonb(c) || jsonb_build_object('encrypted_token', t.encrypted_token, 'master_key_id', t.master_key_id)
  from public.crm_connections as c
  join private.crm_tokens as t on t.connection_id = c.id
  where c.id = target_connection_id
$$;

comment on function worker.read_crm_connection(uuid) is 'A CRM connection with its encrypted token. Service role only.';

grant execute on function worker.read_crm_connection(uuid) to service_role;

-- saved: { "client_id" (of a new one), "account_id", "account_host", "currency", "events", "pipeline_id", "pipeline_name", "lead_stage_id",
-- "meeting_stage_id", "unsubscribed_property", "mapping", "stages", and with a new token "encrypted_token", "master_key_id",
-- "token_last4" }.
create function worker.save_crm_connection(target_connection_id uuid, saved jsonb, actor uuid)
returns jsonb
language plpgsql
set search_path = ''
as $$
declare
  before public.crm_connections;
  after public.crm_connections;
  given public.crm_connections;
begin
  select c.* into before from public.crm_connections as c where c.id = target_connection_id for update;
  given := jsonb_populate_record(
    null::public.crm_connections, saved || jsonb_build_object('events', null)
  );
  given.events := array(
    select distinct e.name::public.outgoing_event_type from jsonb_array_elements_text(saved -> 'events') as e (name) order by 1
  );

  if before.id is null and not saved ? 'encrypted_token' then
    raise exception using errcode = 'PT404', message = 'NOT_FOUND', detail = 'This CRM account was not found; it may have been disconnected';
  end if;

  if before.id is null then
    if given.client_id is not null then
      perform private.require_client(given.client_id);
    end if;

    if exists (select from public.crm_connections as c where c.client_id is not distinct from given.client_id) then
      raise exception using errcode = 'PT400', message = 'VALIDATION_FAILED', detail = 'There is a CRM account already; change it, or disconnect it first';
    end if;

    insert into public.crm_connections (
      id, client_id, account_id, account_host, currency, token_last4, events, pipeline_id, pipeline_name, lead_stage_id, meeting_stage_id,
      unsubscribed_property, mapping, stages
    )
    values (
      target_connection_id, given.client_id, given.account_id, given.account_host, given.currency, given.token_last4, given.events,
      given.pipeline_id, given.pipeline_name, given.lead_stage_id, given.meeting_stage_id, given.unsubscribed_property, given.mapping,
      given.stages
    )
    returning * into after;

    insert into private.crm_readers (connection_id) values (after.id);
  else
    update public.crm_connections as c
    set
      account_id = given.account_id, account_host = given.account_host, currency = given.currency,
      token_last4 = coalesce(given.token_last4, c.token_last4), events = given.events, pipeline_id = given.pipeline_id,
      pipeline_name = given.pipeline_name, lead_stage_id = given.lead_stage_id, meeting_stage_id = given.meeting_stage_id,
      unsubscribed_property = given.unsubscribed_property, mapping = given.mapping, stages = given.stages
    where c.id = target_connection_id
    returning * into after;

    -- Ids of another account mean nothing in this one.
    if after.account_id <> before.account_id then
      delete from public.crm_records as r where r.connection_id = after.id;
      update private.crm_readers as r set read_until = now() where r.connection_id = after.id;
    end if;
  end if;

  if saved ? 'encrypted_token' then
    insert into private.crm_tokens as t (connection_id, encrypted_token, master_key_id)
    values (after.id, saved ->> 'encrypted_token', saved ->> 'master_key_id')
    on conflict (connection_id) do update set encrypted_token = excluded.encrypted_token, master_key_id = excluded.master_key_id;

    perform private.switch_on_crm(after.id);
    select c.* into after from public.crm_connections as c where c.id = after.id;
  end if;

  perform private.write_audit(
    case when before.id is null then 'crm_connected' else 'crm_changed' end, 'crm', after.id::text, after.client_id,
    jsonb_build_object(
      'provider', after.provider, 'account', after.account_id, 'pipeline', after.pipeline_name, 'events', after.events,
      'new_token', saved ? 'encrypted_token'
    ),
    actor
  );

  return to_jsonb(after);
end
$$;

comment on function worker.save_crm_connection(uuid, jsonb, uuid) is
  'Connects a CRM account with its encrypted token, or changes one; a new token switches it on again. Returns its row. Service role only.';

grant execute on function worker.save_crm_connection(uuid, jsonb, uuid) to service_role;

create function worker.switch_crm(target_connection_id uuid, is_on boolean, actor uuid)
returns jsonb
language plpgsql
set search_path = ''
as $$
declare
  connection public.crm_connections := private.require_crm_connection(target_connection_id);
begin
  if (connection.switched_off_at is null) = is_on then
    return to_jsonb(connection);
  end if;

  if is_on then
    perform private.switch_on_crm(target_connection_id);
  else
    update public.crm_connections as c
    set switched_off_at = now(), switched_off_reason = 'An operator switched it off'
    where c.id = target_connection_id;
  end if;

  perform private.write_audit(
    case when is_on then 'crm_switched_on' else 'crm_switched_off' end, 'crm', target_connection_id::text, connection.client_id,
    jsonb_build_object('provider', connection.provider, 'account', connection.account_id), actor
  );

  return (select to_jsonb(c) from public.crm_connections as c where c.id = target_connection_id);
end
$$;

comment on function worker.switch_crm(uuid, boolean, uuid) is
  'Switches a CRM connection on, which closes its incident, or off. Returns its row. Service role only.';

grant execute on function worker.switch_crm(uuid, boolean, uuid) to service_role;

create function worker.remove_crm(target_connection_id uuid, actor uuid)
returns void
language plpgsql
set search_path = ''
as $$
declare
  connection public.crm_connections := private.require_crm_connection(target_connection_id);
begin
  delete from public.crm_connections as c where c.id = target_connection_id;

  update public.incidents as i
  set closed_at = now()
  where i.kind = 'crm_switched_off' and i.subject = 'crm:' || target_connection_id and i.closed_at is null;

  perform private.write_audit(
    'crm_disconnected', 'crm', target_connection_id::text, connection.client_id,
    jsonb_build_object('provider', connection.provider, 'account', connection.account_id), actor
  );
end
$$;

comment on function worker.remove_crm(uuid, uuid) is
  'Disconnects a CRM account: its token and log go, and nothing in the CRM itself; meetings stay. Service role only.';

grant execute on function worker.remove_crm(uuid, uuid) to service_role;

-- One lead, whether or not it is positive: what an operator wants in the CRM. One that waits is due now.
create function worker.push_crm_lead(target_lead_id uuid, actor uuid)
returns uuid
language plpgsql
set search_path = ''
as $$
declare
  lead public.synced_leads;
  connection public.crm_connections;
  pushed uuid;
begin
  select l.* into lead from public.synced_leads as l where l.id = target_lead_id;

  if not found then
    raise exception using errcode = 'PT404', message = 'NOT_FOUND', detail = 'This lead was not found; it may have been removed';
  end if;

  select c.* into connection from public.crm_connections as c where c.id = private.crm_connection_of(lead.client_id) for update;

  if not found then
    raise exception using errcode = 'PT400', message = 'VALIDATION_FAILED', detail = 'No CRM is connected for this client; do that in Settings → CRM';
  elsif connection.switched_off_at is not null then
    raise exception using errcode = 'PT400', message = 'VALIDATION_FAILED', detail = 'This CRM account is switched off; switch it on in Settings → CRM first';
  end if;

  update private.crm_pushes as p
  set next_attempt_at = now(), attempts = 0, wanted_at = now(), lease_token = null
  where p.connection_id = connection.id and p.lead_id = lead.id and p.state = 'waiting';

  select p.id into pushed
  from private.crm_pushes as p
  where p.connection_id = connection.id and p.lead_id = lead.id and p.state = 'waiting'
  order by p.created_at, p.id
  limit 1;

  if pushed is null then
    insert into private.crm_pushes (connection_id, lead_id, client_id, type)
    values (connection.id, lead.id, lead.client_id, 'reply.positive')
    returning id into pushed;
  end if;

  update public.crm_connections as c set hold_until = null where c.id = connection.id;

  perform private.write_audit(
    'crm_pushed', 'lead', lead.id::text, lead.client_id, jsonb_build_object('provider', connection.provider, 'email', lead.email), actor
  );
  perform private.wake_crm();
  return pushed;
end
$$;

comment on function worker.push_crm_lead(uuid, uuid) is
  'Pushes a lead to the CRM of its client by hand: contact and deal. Returns the push. Service role only.';

grant execute on function worker.push_crm_lead(uuid, uuid) to service_role;

-- One push of any state, or all failed ones since a moment.
create function worker.retry_crm_pushes(target_connection_id uuid, target_push_id uuid, failed_since timestamptz, actor uuid)
returns integer
language plpgsql
set search_path = ''
as $$
declare
  connection public.crm_connections := private.require_crm_connection(target_connection_id);
  retried integer;
begin
  if connection.switched_off_at is not null then
    raise exception using errcode = 'PT400', message = 'VALIDATION_FAILED', detail = 'This CRM account is switched off; switch it on first';
  end if;

  update private.crm_pushes as p
  set state = 'waiting', attempts = 0, wanted_at = now(), next_attempt_at = now(), lease_token = null, delivered_at = null
  where p.connection_id = target_connection_id
    and case
      when target_push_id is not null then p.id = target_push_id
      else p.state = 'failed' and p.wanted_at >= failed_since
    end;

  get diagnostics retried = row_count;

  update public.crm_connections as c set hold_until = null where c.id = target_connection_id;

  perform private.write_audit(
    'crm_retried', 'crm', target_connection_id::text, connection.client_id,
    jsonb_build_object('provider', connection.provider, 'pushes', retried), actor
  );

  if retried > 0 then
    perform private.wake_crm();
  end if;

  return retried;
end
$$;

comment on function worker.retry_crm_pushes(uuid, uuid, timestamptz, uuid) is
  'Pushes to a CRM again: one, or all that failed since a moment; returns how many. Service role only.';

grant execute on function worker.retry_crm_pushes(uuid, uuid, timestamptz, uuid) to service_role;
