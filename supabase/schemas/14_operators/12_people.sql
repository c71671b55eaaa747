-- Inviting, changing and removing people. Supabase Auth keeps the accounts, the function `people` speaks with it; here is what
-- they may do, who did what, and that at least one operator remains.

-- The account behind an address or an id, with its membership. Definer, because no one may read accounts.
create function private.find_person(address text, target_user_id uuid)
returns jsonb
language sql
stable
security definer
set search_path = ''
as $$
  select jsonb_build_object(
    'user_id', u.id,
    'email', u.email,
    'is_confirmed', u.email_confirmed_at is not null,
    'role', m.role,
    'client_id', m.client_id,
    'client_name', k.name,
    'made_account', coalesce(m.made_account, false),
    'seconds_since_mail', extract(epoch from now() - m.mailed_at)::integer
  )
  from auth.users as u
  left join public.members as m on m.user_id = u.id
  left join public.clients as k on k.id = m.client_id
  where u.deleted_at is null and (u.id = target_user_id or (target_user_id is null and lower(u.email) = lower(address)))
  limit 1
$$;

comment on function private.find_person(text, uuid) is 'The work of worker.find_person.';

grant execute on function private.find_person(text, uuid) to service_role;

create function worker.find_person(address text default null, target_user_id uuid default null)
returns jsonb
language sql
stable
set search_path = ''
as $$
  select private.find_person(find_person.address, find_person.target_user_id)
$$;

comment on function worker.find_person(text, uuid) is
  'The account with this id or address and its membership, { user_id, email, is_confirmed, role, client_id, client_name, made_account, seconds_since_mail }; null when there is none.';

grant execute on function worker.find_person(text, uuid) to service_role;

-- Changes of memberships take turns, so that two operators cannot demote each other at the same moment.
create function private.take_members_turn()
returns void
language sql
volatile
set search_path = ''
as $$
  select pg_advisory_xact_lock(hashtext('replyloop members'))
$$;

comment on function private.take_members_turn() is 'Waits until no other transaction changes memberships.';

grant execute on function private.take_members_turn() to service_role;

-- The first line of what takes rights from somebody.
create function private.require_replaceable(target public.members, actor uuid)
returns void
language plpgsql
stable
set search_path = ''
as $$
begin
  if target.user_id = actor then
    raise exception using errcode = 'PT400', message = 'VALIDATION_FAILED',
      detail = 'You cannot remove yourself or change your own role; ask another operator';
  end if;

  if target.role = 'operator' and not exists (
    select from public.members as m where m.role = 'operator' and m.user_id <> target.user_id
  ) then
    raise exception using errcode = 'PT400', message = 'VALIDATION_FAILED',
      detail = 'This is the last operator; make somebody else an operator first';
  end if;
end
$$;

comment on function private.require_replaceable(public.members, uuid) is
  'Raises VALIDATION_FAILED for one''s own membership and for the last operator''s.';

grant execute on function private.require_replaceable(public.members, uuid) to service_role;

create function private.require_role(new_role public.member_role, new_client_id uuid)
returns void
language plpgsql
stable
set search_path = ''
as $$
begin
  if new_role is null or (new_role = 'client') <> (new_client_id is not null) then
    raise exception using errcode = 'PT400', message = 'VALIDATION_FAILED',
      detail = 'A person of a client needs a client_id, and an operator has none';
  end if;

  if new_client_id is not null then
    perform private.require_client(new_client_id);
  end if;
end
$$;

comment on function private.require_role(public.member_role, uuid) is
  'Raises VALIDATION_FAILED unless role and client belong together, NOT_FOUND for an unknown client.';

grant execute on function private.require_role(public.member_role, uuid) to service_role;

-- Asked before an account is made, so that a wrong invitation leaves nothing behind.
create function worker.check_invitation(new_role public.member_role, new_client_id uuid)
returns boolean
language plpgsql
stable
set search_path = ''
as $$
begin
  perform private.require_role(new_role, new_client_id);
  return true;
end
$$;

comment on function worker.check_invitation(public.member_role, uuid) is
  'True when a person with this role and client can be invited; otherwise VALIDATION_FAILED or NOT_FOUND.';

grant execute on function worker.check_invitation(public.member_role, uuid) to service_role;

-- Gives an account its membership. Again with the same role and client it changes nothing.
create function worker.add_member(
  target_user_id uuid, address text, new_role public.member_role, new_client_id uuid, is_new_account boolean, actor uuid
)
returns jsonb
language plpgsql
volatile
set search_path = ''
as $$
declare
  existing public.members;
begin
  perform private.take_members_turn();
  perform private.require_role(new_role, new_client_id);

  select m.* into existing from public.members as m where m.user_id = target_user_id;

  if found then
    if existing.role <> new_role or existing.client_id is distinct from new_client_id then
      raise exception using errcode = 'PT400', message = 'VALIDATION_FAILED',
        detail = format(
          '%s already belongs to %s; change the person there instead of inviting again', address,
          coalesce((select c.name from public.clients as c where c.id = existing.client_id), 'the agency as an operator')
        );
    end if;

    return jsonb_build_object('added', false);
  end if;

  insert into public.members (user_id, role, client_id, made_account)
  values (target_user_id, new_role, new_client_id, is_new_account);

  perform private.write_audit(
    'person_added', 'person', target_user_id::text, new_client_id,
    jsonb_build_object('address', address, 'role', new_role), actor
  );

  return jsonb_build_object('added', true);
end
$$;

comment on function worker.add_member(uuid, text, public.member_role, uuid, boolean, uuid) is
  'Makes an account an operator or a person of a client; { added: false } when it is that already. VALIDATION_FAILED when it belongs elsewhere.';

grant execute on function worker.add_member(uuid, text, public.member_role, uuid, boolean, uuid) to service_role;

-- That a link went out, never the link.
create function worker.record_invitation(target_user_id uuid, address text, what text, actor uuid)
returns void
language plpgsql
volatile
set search_path = ''
as $$
declare
  of_client uuid;
begin
  update public.members as m
  set
    invited_at = case when what = 'password_link_made' then m.invited_at else now() end,
    mailed_at = case when what = 'invitation_sent' then now() else m.mailed_at end,
    invited_by = case when what = 'password_link_made' then m.invited_by else actor end
  where m.user_id = target_user_id
  returning m.client_id into of_client;

  perform private.write_audit(
    what, 'person', target_user_id::text, of_client, jsonb_build_object('address', address), actor
  );
end
$$;

comment on function worker.record_invitation(uuid, text, text, uuid) is
  'Records invitation_sent, invitation_link_made or password_link_made with who did it.';

grant execute on function worker.record_invitation(uuid, text, text, uuid) to service_role;

-- Another role or client. The token of the person is refused from now on; its next one holds the new role.
create function worker.change_member(
  target_user_id uuid, address text, new_role public.member_role, new_client_id uuid, actor uuid
)
returns jsonb
language plpgsql
volatile
set search_path = ''
as $$
declare
  existing public.members;
begin
  perform private.take_members_turn();
  perform private.require_role(new_role, new_client_id);

  select m.* into existing from public.members as m where m.user_id = target_user_id;

  if not found then
    raise exception using errcode = 'PT404', message = 'NOT_FOUND', detail = 'This person is not a member; reload the list';
  end if;

  if existing.role = new_role and existing.client_id is not distinct from new_client_id then
    return jsonb_build_object('changed', false);
  end if;

  if existing.user_id = actor or new_role <> 'operator' then
    perform private.require_replaceable(existing, actor);
  end if;

  update public.members as m set role = new_role, client_id = new_client_id where m.user_id = target_user_id;

  perform private.write_audit(
    'person_changed', 'person', target_user_id::text, coalesce(new_client_id, existing.client_id),
    jsonb_build_object(
      'address', address, 'old_role', existing.role, 'role', new_role, 'old_client_id', existing.client_id,
      'client_id', new_client_id
    ),
    actor
  );

  return jsonb_build_object('changed', true);
end
$$;

comment on function worker.change_member(uuid, text, public.member_role, uuid, uuid) is
  'Gives a member another role or client; { changed: false } when it has them. VALIDATION_FAILED for oneself and for the last operator.';

grant execute on function worker.change_member(uuid, text, public.member_role, uuid, uuid) to service_role;

-- Membership and sessions end in one transaction, before Auth is asked to delete the account: if Auth does not answer, the
-- person is out all the same. Definer, because sessions belong to Auth.
create function private.remove_person(target_user_id uuid, address text, actor uuid)
returns jsonb
language plpgsql
volatile
security definer
set search_path = ''
as $$
declare
  existing public.members;
  ended integer;
begin
  perform private.take_members_turn();

  select m.* into existing from public.members as m where m.user_id = target_user_id;

  if not found then
    return jsonb_build_object('removed', false, 'sessions_ended', 0, 'made_account', false);
  end if;

  perform private.require_replaceable(existing, actor);

  delete from public.members as m where m.user_id = target_user_id;
  delete from auth.sessions as s where s.user_id = target_user_id;
  get diagnostics ended = row_count;

  perform private.write_audit(
    'person_removed', 'person', target_user_id::text, existing.client_id,
    jsonb_build_object('address', address, 'role', existing.role, 'sessions_ended', ended), actor
  );

  return jsonb_build_object('removed', true, 'sessions_ended', ended, 'made_account', existing.made_account);
end
$$;

comment on function private.remove_person(uuid, text, uuid) is 'The work of worker.remove_member.';

grant execute on function private.remove_person(uuid, text, uuid) to service_role;

create function worker.remove_member(target_user_id uuid, address text, actor uuid)
returns jsonb
language sql
volatile
set search_path = ''
as $$
  select private.remove_person(remove_member.target_user_id, remove_member.address, remove_member.actor)
$$;

comment on function worker.remove_member(uuid, text, uuid) is
  'Ends a membership and every session of the person, { removed, sessions_ended, made_account }; removed = false when there was none. VALIDATION_FAILED for oneself and for the last operator.';

grant execute on function worker.remove_member(uuid, text, uuid) to service_role;
