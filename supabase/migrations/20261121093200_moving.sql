-- Generated from supabase/schemas/32_moving by "npm run migrations".

-- What of a client is under way and has to end before it can be copied.

-- is_short: it ends within seconds or minutes once the client is closed, so a move waits for it. What is not needs a person.
create function private.list_open_work(target_client_id uuid)
returns table (is_short boolean, details text)
language sql
stable
set search_path = ''
as $$
  with own as (
    select c.id from public.provider_connections as c where c.client_id = target_client_id
  ),
  people as (
    select m.user_id from public.members as m where m.client_id = target_client_id and m.role = 'client'
  )
  select w.is_short, w.details
  from (
    select true as is_short, format('the %s that is under way', j.kind) as details
    from private.jobs as j
    where j.lease_until > now() and (j.client_id = target_client_id or j.connection_id in (select o.id from own as o))
    union all
    select true, 'events on their way to its endpoints'
    where exists (
      select
      from private.outgoing_deliveries as d
      join public.outgoing_endpoints as e on e.id = d.endpoint_id
      where e.client_id = target_client_id and d.state = 'waiting' and d.lease_token is not null and d.next_attempt_at > now()
    )
    union all
    select true, 'emails on their way to its people'
    where exists (
      select
      from private.mails as m
      where m.user_id in (select p.user_id from people as p) and m.state = 'waiting' and m.lease_token is not null
        and m.next_attempt_at between now() and now() + interval '1 hour'
    )
    union all
    select true, 'reports on their way to its people'
    where exists (
      select
      from private.client_report_mails as m
      where m.client_id = target_client_id and m.state = 'waiting' and m.lease_token is not null and m.next_attempt_at > now()
    )
    union all
    select true, 'its CRM, which is written or read just now'
    where exists (
      select
      from private.crm_pushes as p
      join public.crm_connections as c on c.id = p.connection_id
      where c.client_id = target_client_id and p.state = 'waiting' and p.lease_token is not null and p.next_attempt_at > now()
    ) or exists (
      select
      from private.crm_readers as r
      join public.crm_connections as c on c.id = r.connection_id
      where c.client_id = target_client_id and r.lease_token is not null and r.next_read_at > now()
    )
    union all
    select true, 'texts of messages that are being prepared'
    where exists (
      select
      from private.message_contents as t
      join public.messages as m on m.id = t.message_id
      where t.prepare_at is not null and m.client_id = target_client_id
    )
    union all
    select true, 'its days, which are being cut for a new time zone'
    where exists (
      select from private.day_cuts as d where d.client_id = target_client_id and d.counted_before <> 'infinity'
    )
    union all
    select a.lease_until > now() is true, 'an answer to a reply whose sending is not settled'
    from private.answers as a
    join public.messages as m on m.id = a.reply_id
    where m.client_id = target_client_id and a.state in ('sending', 'unknown')
    union all
    select false, format('the import %L, which is to be finished, cancelled or undone first', i.file_name)
    from public.imports as i
    where i.client_id = target_client_id and i.status in ('running', 'undoing')
    union all
    select false, 'the erasure of a person'
    from private.jobs as j
    where j.kind = 'erase' and j.status in ('queued', 'running', 'paused')
      and coalesce(j.parameters ->> 'client_id' = target_client_id::text, true)
  ) as w
$$;

comment on function private.list_open_work(uuid) is
  'What of a client is under way and has to end before it is moved: details completes "waits for …"; is_short = it ends without a person.';

grant execute on function private.list_open_work(uuid) to service_role;

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
