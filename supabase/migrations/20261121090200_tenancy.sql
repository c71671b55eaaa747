-- Generated from supabase/schemas/02_tenancy by "npm run migrations".

-- Clients (the tenants) and the people who belong to them.

create type public.member_role as enum ('operator', 'client');

-- A tenant: one customer of the agency, whose numbers no other client may see.
create table public.clients (
  id uuid primary key default gen_random_uuid(),
  name text not null check (length(btrim(name)) > 0),
  integration_enabled boolean not null default true,
  may_see_costs boolean not null default false,
  may_see_connection boolean not null default false,
  approval_required boolean not null default false,
  positive_reply_value numeric(14, 2) check (positive_reply_value >= 0),
  currency text not null default 'EUR' check (currency ~ '^[A-Z]{3}$'),
  time_zone text not null default 'UTC',
  archived_at timestamptz,
  removal_requested_at timestamptz,
  created_at timestamptz not null default now(),
  updated_at timestamptz not null default now()
);

comment on table public.clients is 'A tenant: one customer of the agency. Every row that a client may read carries its id.';
comment on column public.clients.integration_enabled is
  'False = nothing is exported or synced for this client, and its deliveries are stored but wait. Set it with set_client_integration.';
comment on column public.clients.may_see_costs is
  'True = people of this client read their cost_entries, campaign_costs and client_costs. Set it with change_client.';
comment on column public.clients.may_see_connection is
  'True = people of this client see and manage their dedicated connection: the provider behind it, the last characters of its key, its webhook. Set it with change_client.';
comment on column public.clients.approval_required is
  'True = a campaign of this client is exported only after its people approved leads and copy. Set it with change_client.';
comment on column public.clients.positive_reply_value is
  'What one positive lead is worth to this client, in its currency; null = unknown, then the provider''s opportunity value counts.';
comment on column public.clients.currency is 'ISO 4217 code of the client''s money: estimated revenue is in it, and a cost without a currency.';
comment on column public.clients.time_zone is
  'The client''s time zone: its days begin and end at midnight there. When it changes, the days are cut again in the background; see day_rebuilds.';

comment on column public.clients.archived_at is
  'When the client was archived: switched off, out of the usual lists, and closed to its people. Null = it is not. Set it with archive_client and restore_client.';
comment on column public.clients.removal_requested_at is
  'When somebody deleted the client: a job removes its data, and the row last. Null = it is not being deleted. Set it with delete_client.';

-- The few clients that are switched off, which the projector asks for once per batch.
create index clients_switched_off_idx on public.clients (id) where not integration_enabled;

create trigger set_updated_at before update on public.clients
for each row execute function private.set_updated_at();

-- Also for scripts: with a zone that is none, no event of the client could be counted any more.
create function private.check_time_zone()
returns trigger
language plpgsql
set search_path = ''
as $$
begin
  if not private.is_time_zone(new.time_zone) then
    raise exception using errcode = '22023',
      message = format('There is no time zone %L; use a name such as Europe/Amsterdam', new.time_zone);
  end if;

  return new;
end
$$;

comment on function private.check_time_zone() is 'Trigger: refuses a client''s time zone that is none.';

create trigger check_time_zone before insert or update of time_zone on public.clients
for each row execute function private.check_time_zone();

-- Who a signed-in user is: an operator of the agency, or a person of exactly one client.
create table public.members (
  user_id uuid primary key references auth.users (id) on delete cascade,
  role public.member_role not null,
  client_id uuid references public.clients (id) on delete cascade,
  created_at timestamptz not null default now(),
  invited_at timestamptz,
  mailed_at timestamptz,
  invited_by uuid,
  made_account boolean not null default false,
  constraint members_client_belongs_to_role check ((role = 'client') = (client_id is not null))
);

comment on table public.members is
  'Role of a user: operator (sees every client) or client (sees one). Only the service role writes here, so users cannot promote themselves.';
comment on column public.members.invited_at is
  'When the person was last invited, by email or by a link; null = the membership was given to an account that existed.';
comment on column public.members.mailed_at is 'When the last invitation was emailed; null = never, a link was handed over.';
comment on column public.members.invited_by is 'The operator who invited; null = a script with a secret key, or no invitation.';
comment on column public.members.made_account is
  'True = the invitation made the account, so removing the person or the client deletes the account too.';

create index members_client_id_idx on public.members (client_id);

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

-- The claims that Auth puts into each token.

-- Supabase Auth calls this each time it issues a token; the two claims are what every policy reads. They are as old as
-- the token (an hour by default); a member moved or removed meanwhile is refused until the next one
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

-- What every request of the Data API passes before anything of it runs, and what signed-in people may use up: an end of
-- each statement, places at the database, and no operator that can keep a processor busy for minutes.

-- How many requests of people run at the same time: all of them together, and those of one client (or one operator). A
-- browser opens six connections. The pool of the Data API must be larger than the first number: what is left over belongs
-- to webhooks and jobs, and no person can ever take it.
create function private.request_places(out everybody integer, out one_party integer)
language sql
immutable
set search_path = ''
as $$
  select 12, 6
$$;

comment on function private.request_places() is
  'How many requests of signed-in people run at once: everybody together, and one client or operator. Keep the first below the pool of the Data API.';

-- Ends a request with a status, a code and headers of its own, as PostgREST reads them from this SQLSTATE.
create function private.refuse_request(status integer, code text, sentence text, headers jsonb default '{}')
returns void
language plpgsql
set search_path = ''
as $$
begin
  raise exception using
    errcode = 'PGRST',
    message = jsonb_build_object('code', 'PT' || status, 'message', code, 'details', sentence, 'hint', null),
    detail = jsonb_build_object('status', status, 'headers', headers);
end
$$;

comment on function private.refuse_request(integer, text, text, jsonb) is
  'Raises what PostgREST answers with this status, { code: PT<status>, message: <code>, details: <sentence> } and these headers.';

-- Takes one of a number of places until the end of the transaction; false when all are taken.
create function private.take_place(room text, places integer)
returns boolean
language plpgsql
set search_path = ''
as $$
declare
  -- Begun anywhere, a place is found at the first try as long as most are free.
  first_place integer := floor(random() * places)::integer;
begin
  for n in 0 .. places - 1 loop
    if pg_try_advisory_xact_lock(hashtext(room), (first_place + n) % places) then
      return true;
    end if;
  end loop;

  return false;
end
$$;

comment on function private.take_place(text, integer) is 'Takes a place in a room until the transaction ends; false when it is full.';

-- PostgREST calls this at the beginning of every request, as the caller. Definer, because members must be asked whatever
-- the caller may read.
create function private.check_request()
returns void
language plpgsql
volatile
security definer
set search_path = ''
as $$
declare
  claims jsonb;
  places record;
  asked_method text := current_setting('request.method', true);
  asked_path text := current_setting('request.path', true);
begin
  -- A view is never written to; without this, Postgres' own refusal becomes a 500.
  if asked_method in ('POST', 'PATCH', 'PUT', 'DELETE') and asked_path not like '/rpc/%' and exists (
    select
    from pg_catalog.pg_class as c
    where c.relnamespace = 'public'::regnamespace and c.relkind = 'v' and c.relname = ltrim(asked_path, '/')
  ) then
    perform private.refuse_request(
      405, 'METHOD_NOT_ALLOWED', format('%L is a view: it can be read, not written', ltrim(asked_path, '/')),
      '{"Allow": "GET, HEAD, OPTIONS"}'
    );
  end if;

  if current_setting('role', true) <> 'authenticated' then
    return;
  end if;

  claims := auth.jwt();

  -- The planner estimates from statistics of whole tables, so its count reveals how much other clients have.
  if current_setting('request.headers', true)::jsonb ->> 'prefer' ~* 'count\s*=\s*(planned|estimated)' then
    raise exception using errcode = 'PT400', message = 'VALIDATION_FAILED',
      detail = 'Estimated counts (count=planned, count=estimated) are not given; ask for count=exact';
  end if;

  -- Claims are as old as the token; who was removed or moved meanwhile reads and does nothing with it. One look-up by the primary
  -- key, 38 µs among 10,000 members on 2 cores, a quarter of the round trip of an empty statement.
  if not private.is_still_member((claims ->> 'sub')::uuid, claims ->> 'user_role', nullif(claims ->> 'client_id', '')::uuid) then
    raise exception using errcode = 'PT403', message = 'FORBIDDEN',
      detail = 'Your access has ended or was changed since you signed in; sign in again, or ask the agency';
  end if;

  select p.everybody, p.one_party into places from private.request_places() as p;

  if not private.take_place('replyloop requests of ' || coalesce(claims ->> 'client_id', claims ->> 'sub', ''), places.one_party)
    or not private.take_place('replyloop requests of everybody', places.everybody) then
    -- Not 503: PostgREST takes that for a lost database and reconnects.
    perform private.refuse_request(
      429, 'RATE_LIMIT_EXCEEDED', 'Too many requests run at the same time; try again in a second', '{"Retry-After": "1"}'
    );
  end if;
end
$$;

comment on function private.check_request() is
  'PostgREST''s db_pre_request: refuses writing to views, estimated counts, tokens of former members, and more requests of people at once than private.request_places().';

grant execute on function private.check_request() to authenticated, service_role;

-- PostgREST reads both from the role that it signs in as, and sets the time limit of the role that it becomes.
alter role authenticator set pgrst.db_pre_request = 'private.check_request';

alter role authenticated set statement_timeout = '3s';
alter role anon set statement_timeout = '3s';

notify pgrst, 'reload config';

-- Who did what: every act of an operator, and every export and sync that a person started.

-- One row per action. The client may be deleted later; what was done to it stays on record. Only private.write_audit
-- and the service role write here, and only operators read.
create table public.audit_log (
  id bigint generated always as identity primary key,
  occurred_at timestamptz not null default now(),
  actor_id uuid,
  action text not null,
  client_id uuid references public.clients (id) on delete set null,
  target_type text not null,
  target_id text,
  details jsonb not null default '{}'
);

comment on table public.audit_log is
  'What operators did, and who started exports and syncs. actor_id = the user; null = a script with a secret key or the database''s owner. Operators only.';

create index audit_log_client_id_idx on public.audit_log (client_id, occurred_at desc);
create index audit_log_occurred_at_idx on public.audit_log (occurred_at desc);

alter table public.audit_log enable row level security;

grant select on public.audit_log to authenticated;
grant select, insert, update, delete on public.audit_log to service_role;

create policy "Operators read what was done"
on public.audit_log for select to authenticated
using ((select private.is_operator()));

-- Writes one row. Without an actor it is the signed-in user, so a user cannot write in another's name through an RPC.
create function private.write_audit(
  action text, target_type text, target_id text, client_id uuid, details jsonb default '{}', actor_id uuid default null
)
returns void
language sql
volatile
security definer
set search_path = ''
as $$
  insert into public.audit_log (actor_id, action, client_id, target_type, target_id, details)
  values (
    coalesce(write_audit.actor_id, (select auth.uid())), write_audit.action, write_audit.client_id,
    write_audit.target_type, write_audit.target_id, coalesce(write_audit.details, '{}')
  )
$$;

comment on function private.write_audit(text, text, text, uuid, jsonb, uuid) is
  'Writes a row of audit_log; the actor is the signed-in user unless one is given. Definer, because no user may write the table.';

grant execute on function private.write_audit(text, text, text, uuid, jsonb, uuid) to service_role;

-- Whom an operator reads of in "who did it". Definer, because accounts are nobody's to read.
create function private.person_name(person_id uuid)
returns text
language sql
stable
security definer
set search_path = ''
as $$
  select case
    when person_id is not null and (select private.may_operate()) then coalesce(
      (
        select coalesce(nullif(u.raw_user_meta_data ->> 'name', ''), nullif(u.raw_user_meta_data ->> 'full_name', ''), u.email::text)
        from auth.users as u
        where u.id = person_id
      ),
      'a former member'
    )
  end
$$;

comment on function private.person_name(uuid) is
  'Name or address of a person, "a former member" for a deleted account. Null unless private.may_operate().';

grant execute on function private.person_name(uuid) to authenticated, service_role;

-- Moves of a client from one project to another (npm run move-client): what keeps it from being at work in both.

create table private.client_moves (
  client_id uuid primary key references public.clients (id) on delete cascade,
  state text not null check (state in ('closed', 'moved', 'arriving', 'arrived')),
  other_project text not null,
  was jsonb not null default '{}',
  copied jsonb not null default '{}',
  started_at timestamptz not null default now(),
  changed_at timestamptz not null default now()
);

comment on table private.client_moves is
  'Clients that leave for another project or came from one. Leaving: closed (nothing works while it is copied), moved (it is at work there). Arriving: arriving (copied, not opened yet), arrived.';
comment on column private.client_moves.other_project is 'Address of the project that it goes to or comes from.';
comment on column private.client_moves.was is
  'What was on before it was closed: { enabled, archived_at, connections: { id: status }, endpoints and crm: { id: hold_until } }. It is set again where the client is opened.';
comment on column private.client_moves.copied is
  'What was copied: the snapshot, rows and digests of each table, how ids were shifted, and the accounts that were made.';

alter table private.client_moves enable row level security;

grant select, insert, update, delete on private.client_moves to service_role;

create policy "Only the functions read moves"
on private.client_moves for all to service_role using (true) with check (true);

-- Asked before a client is opened or its connections resume: what is closed by a move is opened by the move only.
create function private.require_not_moving(target_client_id uuid)
returns void
language plpgsql
stable
set search_path = ''
as $$
declare
  move private.client_moves;
begin
  select m.* into move
  from private.client_moves as m
  where m.client_id = target_client_id and m.state in ('closed', 'moved', 'arriving');

  if found then
    raise exception using errcode = 'PT409', message = 'VALIDATION_FAILED',
      detail = case move.state
        when 'closed' then format('This client is being moved to %s; finish or cancel the move with npm run move-client', move.other_project)
        when 'moved' then format('This client has moved to %s and is at work there; here it stays closed until it is removed', move.other_project)
        else format('This client is arriving from %s; it opens when the move is complete', move.other_project)
      end;
  end if;
end
$$;

comment on function private.require_not_moving(uuid) is
  'Raises VALIDATION_FAILED (409) while a client is being moved to another project, or after it has.';

grant execute on function private.require_not_moving(uuid) to service_role;
