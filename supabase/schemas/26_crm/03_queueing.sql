-- How an event becomes a push: a trigger on outgoing events, which are few.

-- Calls the function crm once per transaction, after its commit. Definer, because the call reads a secret of the Vault.
create function private.wake_crm()
returns bigint
language plpgsql
security definer
set search_path = ''
as $$
declare
  this text := pg_current_xact_id()::text;
begin
  if current_setting('replyloop.crm_woken', true) = this then
    return null;
  end if;

  perform set_config('replyloop.crm_woken', this, true);
  return private.invoke_function('crm', '{"action": "run"}');
exception
  -- Without the Vault secrets nothing can be called; the sweep says so, and pushes once they are there.
  when raise_exception then
    return null;
end
$$;

comment on function private.wake_crm() is
  'Queues one call of the function crm for what this transaction queued; null = it is queued already, or the Vault secrets are missing.';

grant execute on function private.wake_crm() to service_role;

-- The client's own account, else the agency's: a lead is in one CRM, so that two never tell different things about its deal.
create function private.crm_connection_of(of_client uuid)
returns uuid
language sql
stable
set search_path = ''
as $$
  select c.id
  from public.crm_connections as c
  where c.client_id = of_client or c.client_id is null
  order by c.client_id nulls last
  limit 1
$$;

comment on function private.crm_connection_of(uuid) is 'The CRM connection to which the leads of a client are pushed; null = none.';

grant execute on function private.crm_connection_of(uuid) to service_role;

create function private.queue_crm_push()
returns trigger
language plpgsql
set search_path = ''
as $$
begin
  insert into private.crm_pushes (connection_id, event_id, lead_id, client_id, type)
  select c.id, new.id, new.lead_id, new.client_id, new.type
  from public.crm_connections as c
  where c.id = private.crm_connection_of(new.client_id) and new.type = any (c.events)
  on conflict (connection_id, event_id) do nothing;

  if found then
    perform private.wake_crm();
  end if;

  return null;
end
$$;

comment on function private.queue_crm_push() is 'Trigger: an event about a lead that the CRM of its client wants.';

grant execute on function private.queue_crm_push() to service_role;

create trigger queue_crm_push after insert on private.outgoing_events
for each row when (new.lead_id is not null and new.type in ('reply.positive', 'meeting.booked', 'lead.unsubscribed'))
execute function private.queue_crm_push();
