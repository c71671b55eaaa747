-- Opening a client again: in the project where it arrived, or here when its move was cancelled.

create function private.open_client(target_client_id uuid, was jsonb)
returns void
language plpgsql
set search_path = ''
as $$
declare
  connection record;
begin
  for connection in
    select c.id, w.value as status
    from public.provider_connections as c
    join jsonb_each_text(was -> 'connections') as w (key, value) on w.key = c.id::text
    where c.client_id = target_client_id and c.status = 'paused' and w.value <> 'paused'
    order by c.id
  loop
    -- Its jobs resume with it; a key that was refused before stays refused.
    perform worker.set_connection_paused(connection.id, false);
    update public.provider_connections as c
    set status = connection.status::public.connection_status
    where c.id = connection.id and connection.status <> 'active';
  end loop;

  update public.outgoing_endpoints as e
  set hold_until = (was -> 'endpoints' ->> e.id::text)::timestamptz
  where e.client_id = target_client_id and e.hold_until = 'infinity';

  update public.crm_connections as c
  set hold_until = (was -> 'crm' ->> c.id::text)::timestamptz
  where c.client_id = target_client_id and c.hold_until = 'infinity';

  update private.notifications as n
  set due_at = private.mail_due_at(p.frequency, p.time_zone)
  from public.members as m
  join private.notification_preferences as p on p.user_id = m.user_id
  where m.client_id = target_client_id and n.user_id = m.user_id and n.mail_id is null and n.due_at = 'infinity';

  update private.mails as d
  set next_attempt_at = now()
  from public.members as m
  where m.client_id = target_client_id and d.user_id = m.user_id and d.state = 'waiting' and d.next_attempt_at = 'infinity';

  update public.clients as c
  set archived_at = (was ->> 'archived_at')::timestamptz
  where c.id = target_client_id;

  if (was -> 'enabled') = 'true' then
    perform private.switch_client(target_client_id, true);
  end if;
end
$$;

comment on function private.open_client(uuid, jsonb) is
  'Sets again what was on before the client was closed (client_moves.was); what was held is then projected, sent and resumed.';

grant execute on function private.open_client(uuid, jsonb) to service_role;

-- The end of a move where it leads to. Asked again it changes nothing.
create function private.arrive_client(target_client_id uuid)
returns void
language plpgsql
set search_path = ''
as $$
declare
  move private.client_moves;
begin
  update private.client_moves as m
  set state = 'arrived', changed_at = now()
  where m.client_id = target_client_id and m.state = 'arriving'
  returning m.* into move;

  if not found then
    return;
  end if;

  perform private.open_client(target_client_id, move.was);
  perform private.write_audit(
    'client_arrived', 'client', target_client_id::text, target_client_id, jsonb_build_object('from', move.other_project)
  );
end
$$;

comment on function private.arrive_client(uuid) is 'Opens a client that was copied from another project.';

grant execute on function private.arrive_client(uuid) to service_role;

-- A move that is given up before the client works in the other project.
create function private.cancel_client_move(target_client_id uuid)
returns void
language plpgsql
set search_path = ''
as $$
declare
  move private.client_moves;
begin
  delete from private.client_moves as m
  where m.client_id = target_client_id and m.state = 'closed'
  returning m.* into move;

  if not found then
    raise exception using errcode = 'PT409', message = 'VALIDATION_FAILED',
      detail = 'This client is not being moved, or has moved already; a client that moved comes back by a move in the other direction';
  end if;

  perform private.open_client(target_client_id, move.was);
  perform private.write_audit(
    'client_move_cancelled', 'client', target_client_id::text, target_client_id, jsonb_build_object('to', move.other_project)
  );
end
$$;

comment on function private.cancel_client_move(uuid) is 'Gives up the move of a client that is closed and opens it here again.';

grant execute on function private.cancel_client_move(uuid) to service_role;
