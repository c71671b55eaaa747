-- Clients (the tenants), the people who belong to them, and the claims that every policy reads.

create type public.member_role as enum ('operator', 'client');

-- A tenant: one customer of the agency, whose numbers nobody else may see.
create table public.clients (
  id uuid primary key default gen_random_uuid(),
  name text not null check (length(btrim(name)) > 0),
  integration_enabled boolean not null default true,
  may_see_costs boolean not null default false,
  may_see_connection boolean not null default false,
  positive_reply_value numeric(14, 2) check (positive_reply_value >= 0),
  currency text not null default 'EUR' check (currency ~ '^[A-Z]{3}$'),
  time_zone text not null default 'UTC',
  created_at timestamptz not null default now(),
  updated_at timestamptz not null default now()
);

comment on table public.clients is 'A tenant: one customer of the agency. Every row that a client may read carries its id.';
comment on column public.clients.integration_enabled is
  'False = nothing is exported or synced for this client, and its deliveries are stored but wait. Set it with set_client_integration.';
comment on column public.clients.may_see_costs is
  'True = people of this client read their cost_entries, campaign_costs and client_costs. Set it with set_client_report_settings.';
comment on column public.clients.may_see_connection is
  'True = people of this client see and manage their dedicated connection: the provider behind it, the last characters of its key, its webhook. Set it with set_client_report_settings.';
comment on column public.clients.positive_reply_value is
  'What one positive lead is worth to this client, in its currency; null = unknown, then the provider''s opportunity value counts.';
comment on column public.clients.currency is 'ISO 4217 code of the client''s money: estimated revenue is in it, and a cost without a currency.';
comment on column public.clients.time_zone is 'The client''s time zone, for showing times. Numbers are always cut at UTC days.';

-- The few clients that are switched off, which the projector asks for once per batch.
create index clients_switched_off_idx on public.clients (id) where not integration_enabled;

create trigger set_updated_at before update on public.clients
for each row execute function private.set_updated_at();

-- Who a signed-in user is: an operator of the agency, or a person of exactly one client.
create table public.members (
  user_id uuid primary key references auth.users (id) on delete cascade,
  role public.member_role not null,
  client_id uuid references public.clients (id) on delete cascade,
  created_at timestamptz not null default now(),
  constraint members_client_belongs_to_role check ((role = 'client') = (client_id is not null))
);

comment on table public.members is
  'Role of a user: operator (sees every client) or client (sees one). Only the service role writes here, so nobody can promote themselves.';

create index members_client_id_idx on public.members (client_id);

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

-- True for an operator, and for who is no person of the Data API at all: the service role and the database's owner.
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

grant execute on function private.may_operate() to authenticated, service_role;

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

grant execute on function
  private.is_operator(), private.visible_client_ids(), private.connection_client_ids()
to authenticated, service_role;

-- Whether somebody is still what a token says; without a role in the token there is nothing to be.
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
  );
end
$$;

comment on function private.is_still_member(uuid, text, uuid) is
  'True when the user is a member with this role and client now; also true without a role, which gives no rights.';

-- What acts asks again: a token is as old as its sign-in, and nobody may write with one after being removed. Definer,
-- because the membership is asked for whatever the caller may read; it answers for the caller alone.
create function private.require_member()
returns void
language plpgsql
stable
security definer
set search_path = ''
as $$
declare
  claims jsonb := auth.jwt();
begin
  if current_setting('role', true) = 'authenticated' and not private.is_still_member(
    (claims ->> 'sub')::uuid, claims ->> 'user_role', nullif(claims ->> 'client_id', '')::uuid
  ) then
    raise exception using errcode = 'PT403', message = 'FORBIDDEN',
      detail = 'Your access has ended or was changed since you signed in; sign in again, or ask the agency';
  end if;
end
$$;

comment on function private.require_member() is 'Raises FORBIDDEN when the caller''s membership is not what the token says any more.';

grant execute on function private.require_member() to authenticated, service_role;
grant execute on function private.is_still_member(uuid, text, uuid) to service_role;

-- The same question for the functions, which act with the service role for the person of a token.
create function public.is_still_member(target_user_id uuid, claimed_role text, claimed_client_id uuid)
returns boolean
language sql
stable
set search_path = ''
as $$
  select private.is_still_member(target_user_id, claimed_role, claimed_client_id)
$$;

comment on function public.is_still_member(uuid, text, uuid) is
  'True when the user is a member with this role and client now. Service role only.';

grant execute on function public.is_still_member(uuid, text, uuid) to service_role;

-- Supabase Auth calls this each time it issues a token; the two claims are what every policy reads. They are as old as
-- the token (an hour by default); whoever was moved or removed meanwhile is refused until the next one
-- (private.check_request, private.require_member).
create function private.custom_access_token_hook(event jsonb)
returns jsonb
language plpgsql
stable
set search_path = ''
as $$
declare
  claims jsonb := event -> 'claims';
  member record;
begin
  -- Never trust what came in: a user without membership leaves with neither claim.
  claims := (claims - 'user_role') - 'client_id';

  select m.role, m.client_id
  into member
  from public.members as m
  where m.user_id = (event ->> 'user_id')::uuid;

  if found then
    claims := claims || jsonb_build_object('user_role', member.role);

    if member.client_id is not null then
      claims := claims || jsonb_build_object('client_id', member.client_id);
    end if;
  end if;

  return jsonb_set(event, '{claims}', claims);
end
$$;

comment on function private.custom_access_token_hook(jsonb) is
  'Custom access token hook: adds user_role (operator | client) and client_id to every token. Configured in config.toml.';

grant execute on function private.custom_access_token_hook(jsonb) to supabase_auth_admin;
grant select on public.members to supabase_auth_admin;

alter table public.clients enable row level security;
alter table public.members enable row level security;

grant select on public.clients, public.members to authenticated;
grant select, insert, update, delete on public.clients, public.members to service_role;

create policy "Operators see every client, clients see themselves"
on public.clients for select to authenticated
using (id = any (array(select private.visible_client_ids())));

create policy "Operators see every member, people see themselves"
on public.members for select to authenticated
using (user_id = (select auth.uid()) or (select private.is_operator()));

create policy "The token hook reads memberships"
on public.members for select to supabase_auth_admin
using (true);
