-- Who is asking, and what is theirs: the claims of the token that every policy reads, and whether they still hold.

-- A regular expression may backtrack for minutes over a text of a page, so people do not filter by one (match, imatch).
-- PostgREST tells its check before a request nothing of the filters; but the statement that it makes of them has this
-- operator in it, and every value is a parameter. Policies ask here once per table and query, before the filter is tried.
create function private.require_plain_filters()
returns void
language plpgsql
stable
set search_path = ''
as $$
begin
  if current_setting('role', true) = 'authenticated'
    and current_setting('request.method', true) <> ''
    and strpos(current_query(), '~') > 0 then
    raise exception using errcode = 'PT400', message = 'VALIDATION_FAILED',
      detail = 'Regular expressions (match, imatch) are not taken; filter with like or ilike, or use search_messages';
  end if;
end
$$;

comment on function private.require_plain_filters() is
  'Raises VALIDATION_FAILED when a signed-in person''s request to the Data API filters by a regular expression.';

grant execute on function private.require_plain_filters() to authenticated, service_role;

-- Whether a user still has the membership in the token; a token without a role has none. An archived client keeps its people,
-- and they read nothing until it is restored.
create function private.is_still_member(target_user_id uuid, claimed_role text, claimed_client_id uuid)
returns boolean
language plpgsql
stable
set search_path = ''
as $$
begin
  return claimed_role is null or exists (
    select
    from public.members as m
    where m.user_id = target_user_id
      and m.role::text = claimed_role
      and m.client_id is not distinct from claimed_client_id
      and not exists (select from public.clients as c where c.id = m.client_id and c.archived_at is not null)
  );
end
$$;

comment on function private.is_still_member(uuid, text, uuid) is
  'True when the user is a member with this role and client now, and the client is not archived; also true without a role, which gives no rights.';

grant execute on function private.is_still_member(uuid, text, uuid) to service_role;

-- The same question for the functions, which act with the service role for the person of a token.
create function worker.is_still_member(target_user_id uuid, claimed_role text, claimed_client_id uuid)
returns boolean
language sql
stable
set search_path = ''
as $$
  select private.is_still_member(target_user_id, claimed_role, claimed_client_id)
$$;

comment on function worker.is_still_member(uuid, text, uuid) is
  'True when the user is a member with this role and client now. Service role only.';

grant execute on function worker.is_still_member(uuid, text, uuid) to service_role;

-- Whether the caller still has the membership in its token. Definer, because the membership is asked for whatever the caller may
-- read; it answers for the caller alone.
create function private.is_member_now()
returns boolean
language plpgsql
stable
security definer
set search_path = ''
as $$
declare
  claims jsonb := auth.jwt();
begin
  return private.is_still_member(
    (claims ->> 'sub')::uuid, claims ->> 'user_role', nullif(claims ->> 'client_id', '')::uuid
  );
end
$$;

comment on function private.is_member_now() is 'True when the caller''s membership matches its token; also true without a role.';

grant execute on function private.is_member_now() to authenticated, service_role;

-- What acts asks again: a token is as old as its sign-in, and a removed member must not write with one.
create function private.require_member()
returns void
language plpgsql
stable
set search_path = ''
as $$
begin
  if current_setting('role', true) = 'authenticated' and not private.is_member_now() then
    raise exception using errcode = 'PT403', message = 'FORBIDDEN',
      detail = 'Your access has ended or was changed since you signed in; sign in again, or ask the agency';
  end if;
end
$$;

comment on function private.require_member() is 'Raises FORBIDDEN when the caller''s membership no longer matches the token.';

grant execute on function private.require_member() to authenticated, service_role;

-- What every read passes through is plpgsql and quick: its plan is kept for the life of the connection, while a function in
-- language sql with settings of its own is planned at each call. The policy of each table in a query calls the first of
-- these once, and planning took 0.6 to 1.2 ms a table.

-- True when the token belongs to an operator.
create function private.is_operator()
returns boolean
language plpgsql
stable
set search_path = ''
as $$
begin
  perform private.require_plain_filters();
  return coalesce(auth.jwt() ->> 'user_role' = 'operator', false);
end
$$;

comment on function private.is_operator() is
  'True when the caller''s token carries user_role = operator. Source: the claims set by private.custom_access_token_hook.';

grant execute on function private.is_operator() to authenticated, service_role;

-- True for an operator, and for roles that are no person of the Data API: the service role and the database's owner.
-- The role setting keeps its value inside a definer function, where current_user does not.
create function private.may_operate()
returns boolean
language plpgsql
stable
set search_path = ''
as $$
begin
  return private.is_operator() or coalesce(current_setting('role', true), 'none') not in ('authenticated', 'anon');
end
$$;

comment on function private.may_operate() is
  'True for operators, the service role and direct connections of the owner; false for clients, users without membership and anon.';

grant execute on function private.may_operate() to authenticated, service_role;

-- The first line of every operator RPC.
create function private.require_operator()
returns void
language plpgsql
stable
set search_path = ''
as $$
begin
  if not (select private.may_operate()) then
    raise exception using errcode = 'PT403', message = 'FORBIDDEN', detail = 'Only operators of the agency may do this';
  end if;

  perform private.require_member();
end
$$;

comment on function private.require_operator() is
  'Raises FORBIDDEN unless private.may_operate(), and when the caller is no operator any more.';

create function private.require_client(target_client_id uuid)
returns void
language plpgsql
stable
set search_path = ''
as $$
begin
  if not exists (select from public.clients as c where c.id = target_client_id) then
    raise exception using errcode = 'PT404', message = 'NOT_FOUND',
      detail = format('There is no client %L; check the id', target_client_id);
  end if;
end
$$;

comment on function private.require_client(uuid) is 'Raises NOT_FOUND unless the client exists, as far as the caller may see.';

grant execute on function private.require_client(uuid) to service_role;

-- The clients whose rows the caller may read: all of them for an operator, one for a client, none otherwise.
-- Policies use it as `client_id = any (array(select private.visible_client_ids()))`: evaluated once per query and usable
-- as an index condition, where a call per row took 10 s on a million rows.
create function private.visible_client_ids()
returns setof uuid
language plpgsql
stable
security definer
set search_path = ''
as $$
declare
  claims jsonb := auth.jwt();
begin
  perform private.require_plain_filters();

  if claims ->> 'user_role' = 'operator' then
    return query select c.id from public.clients as c;
  elsif claims ->> 'user_role' = 'client' and claims ->> 'client_id' <> '' then
    return next (claims ->> 'client_id')::uuid;
  end if;
end
$$;

comment on function private.visible_client_ids() is
  'Ids of the clients whose rows the caller may read. Definer, because it must read clients before any policy can hold.';

grant execute on function private.visible_client_ids() to authenticated, service_role;

-- The clients whose dedicated connections the caller may read: all for an operator, its own for a client to which
-- the agency shows it.
create function private.connection_client_ids()
returns setof uuid
language plpgsql
stable
set search_path = ''
as $$
begin
  return query
  select c.id
  from public.clients as c
  where c.id = any (array(select private.visible_client_ids())) and (c.may_see_connection or private.is_operator());
end
$$;

comment on function private.connection_client_ids() is
  'Ids of the clients whose dedicated connections the caller may read: all for an operator, a client''s own where clients.may_see_connection is true.';

grant execute on function private.connection_client_ids() to authenticated, service_role;

alter table public.clients enable row level security;

grant select on public.clients to authenticated;
grant select, insert, update, delete on public.clients to service_role;

create policy "Operators see every client, clients see themselves"
on public.clients for select to authenticated
using (id = any (array(select private.visible_client_ids())));

alter table public.members enable row level security;

grant select on public.members to authenticated;
grant select, insert, update, delete on public.members to service_role;

create policy "Operators see every member, people see themselves"
on public.members for select to authenticated
using (user_id = (select auth.uid()) or (select private.is_operator()));

create policy "The token hook reads memberships"
on public.members for select to supabase_auth_admin
using (true);
