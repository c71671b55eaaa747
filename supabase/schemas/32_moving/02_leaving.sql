-- Leaving for another project: the client is closed, then copied, then marked as moved.

-- What is on now, so that it can be set again where the client is opened.
create function private.activity_of(client public.clients)
returns jsonb
language sql
stable
set search_path = ''
as $$
  select jsonb_build_object(
    'enabled', client.integration_enabled,
    'archived_at', client.archived_at,
    'connections', (
      select coalesce(jsonb_object_agg(c.id, c.status), '{}')
      from public.provider_connections as c
      where c.client_id = client.id and c.removed_at is null
    ),
    'endpoints', (
      select coalesce(jsonb_object_agg(e.id, e.hold_until), '{}') from public.outgoing_endpoints as e where e.client_id = client.id
    ),
    'crm', (
      select coalesce(jsonb_object_agg(c.id, c.hold_until), '{}') from public.crm_connections as c where c.client_id = client.id
    )
  )
$$;

comment on function private.activity_of(public.clients) is 'What of a client is switched on: client_moves.was.';

grant execute on function private.activity_of(public.clients) to service_role;

-- From here on nothing works for the client and its people are shut out, while deliveries are stored and wait. Open jobs pause
-- with their connections, events and emails wait, and move with it. Asked again it changes nothing.
create function private.close_client(target_client_id uuid, to_project text)
returns void
language plpgsql
set search_path = ''
as $$
declare
  client public.clients;
  move private.client_moves;
begin
  select c.* into client from public.clients as c where c.id = target_client_id for update;

  if not found then
    raise exception using errcode = 'PT404', message = 'NOT_FOUND',
      detail = format('There is no client %L; check the id', target_client_id);
  end if;

  select m.* into move from private.client_moves as m where m.client_id = client.id for update;

  if move.state in ('closed', 'moved') and move.other_project = to_project then
    return;
  end if;

  perform private.require_not_moving(client.id);

  if client.removal_requested_at is not null then
    raise exception using errcode = 'PT409', message = 'VALIDATION_FAILED', detail = 'This client is being deleted; it cannot move';
  end if;

  insert into private.client_moves as m (client_id, state, other_project, was)
  values (client.id, 'closed', to_project, private.activity_of(client))
  on conflict (client_id) do update set
    state = excluded.state, other_project = excluded.other_project, was = excluded.was, copied = '{}', started_at = now(),
    changed_at = now();

  update public.clients as c
  set integration_enabled = false, archived_at = coalesce(c.archived_at, now())
  where c.id = client.id;

  perform worker.set_connection_paused(c.id, true)
  from public.provider_connections as c
  where c.client_id = client.id and c.removed_at is null and c.status <> 'paused';

  update public.outgoing_endpoints as e set hold_until = 'infinity' where e.client_id = client.id;
  update public.crm_connections as c set hold_until = 'infinity' where c.client_id = client.id;

  update private.notifications as n
  set due_at = 'infinity'
  from public.members as m
  where m.client_id = client.id and n.user_id = m.user_id and n.mail_id is null;

  -- What a sender holds is waited for.
  update private.mails as d
  set next_attempt_at = 'infinity'
  from public.members as m
  where m.client_id = client.id and d.user_id = m.user_id and d.state = 'waiting'
    and (d.lease_token is null or d.next_attempt_at <= now());

  perform private.write_audit(
    'client_move_started', 'client', client.id::text, client.id, jsonb_build_object('to', to_project)
  );
end
$$;

comment on function private.close_client(uuid, text) is
  'Closes a client for its move to another project: switched off, archived, its connections paused, its events and emails held.';

grant execute on function private.close_client(uuid, text) to service_role;

-- It is at work in the other project. Nothing here can act for it any more: its keys are gone, and what was to be done is done there.
-- Its webhook secrets stay, so that a late delivery is still stored.
create function private.leave_client(target_client_id uuid)
returns void
language plpgsql
set search_path = ''
as $$
declare
  move private.client_moves;
  own uuid[] := array(select c.id from public.provider_connections as c where c.client_id = target_client_id);
begin
  update private.client_moves as m
  set state = 'moved', changed_at = now()
  where m.client_id = target_client_id and m.state = 'closed'
  returning m.* into move;

  if not found then
    if exists (select from private.client_moves as m where m.client_id = target_client_id and m.state = 'moved') then
      return;
    end if;

    raise exception using errcode = 'PT409', message = 'VALIDATION_FAILED',
      detail = 'This client is not closed for a move, so it cannot leave';
  end if;

  delete from private.provider_keys as k where k.connection_id = any (own);
  delete from private.provider_webhooks as w where w.connection_id = any (own);
  delete from private.campaign_webhooks as w where w.connection_id = any (own);

  delete from private.crm_tokens as t
  using public.crm_connections as c
  where c.client_id = target_client_id and t.connection_id = c.id;

  update private.jobs as j
  set
    status = 'failed', finished_at = now(), lease_token = null, lease_until = null, error_code = 'VALIDATION_FAILED',
    error_message = format('The client has moved to %s, where this continues', move.other_project)
  where j.status in ('queued', 'running', 'paused') and (j.client_id = target_client_id or j.connection_id = any (own));

  perform private.write_audit(
    'client_moved', 'client', target_client_id::text, target_client_id, jsonb_build_object('to', move.other_project)
  );
end
$$;

comment on function private.leave_client(uuid) is
  'Marks a closed client as moved: its keys, its webhooks on record and its open jobs end here.';

grant execute on function private.leave_client(uuid) to service_role;
