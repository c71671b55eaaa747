-- Archiving: a client whose work is over. It is switched off, leaves the usual lists, and its people read nothing; its numbers
-- stay for the agency, and it can be restored.

create function private.shelve_client(target_client_id uuid, is_archived boolean, switch_on boolean)
returns jsonb
language plpgsql
security definer
set search_path = ''
as $$
declare
  client public.clients;
begin
  perform private.require_operator();

  select c.* into client from public.clients as c where c.id = target_client_id for update;

  if not found then
    raise exception using errcode = 'PT404', message = 'NOT_FOUND',
      detail = format('There is no client %L; check the id', target_client_id);
  elsif client.removal_requested_at is not null then
    raise exception using errcode = 'PT400', message = 'VALIDATION_FAILED',
      detail = 'This client is being deleted; that cannot be stopped';
  elsif is_archived = (client.archived_at is not null) then
    return jsonb_build_object('client_id', client.id, 'archived_at', client.archived_at, 'enabled', client.integration_enabled);
  end if;

  if is_archived then
    perform private.switch_client(client.id, false);
  else
    perform private.require_not_moving(client.id);
  end if;

  update public.clients as c
  set archived_at = case when is_archived then now() end
  where c.id = client.id
  returning c.archived_at into client.archived_at;

  perform private.write_audit(
    case when is_archived then 'client_archived' else 'client_restored' end, 'client', client.id::text, client.id
  );

  if not is_archived and coalesce(switch_on, true) then
    perform private.switch_client(client.id, true);
  end if;

  return jsonb_build_object(
    'client_id', client.id, 'archived_at', client.archived_at, 'enabled', not is_archived and coalesce(switch_on, true)
  );
end
$$;

comment on function private.shelve_client(uuid, boolean, boolean) is
  'The work of public.archive_client and public.restore_client; checks the caller itself.';

grant execute on function private.shelve_client(uuid, boolean, boolean) to authenticated, service_role;

create function public.archive_client(target_client_id uuid)
returns jsonb
language sql
volatile
set search_path = ''
as $$
  select private.shelve_client(target_client_id, true, null)
$$;

comment on function public.archive_client(uuid) is
  'Archives a client: switched off as by set_client_integration, out of the usual lists, and its people read nothing until it is restored. Its numbers stay. Returns { client_id, archived_at, enabled }. Operators.';

grant execute on function public.archive_client(uuid) to authenticated, service_role;

create function public.restore_client(target_client_id uuid, switch_on boolean default true)
returns jsonb
language sql
volatile
set search_path = ''
as $$
  select private.shelve_client(target_client_id, false, switch_on)
$$;

comment on function public.restore_client(uuid, boolean) is
  'Undoes archive_client, switched on unless switch_on is false; what was held is then projected. Returns { client_id, archived_at, enabled }. Operators.';

grant execute on function public.restore_client(uuid, boolean) to authenticated, service_role;
