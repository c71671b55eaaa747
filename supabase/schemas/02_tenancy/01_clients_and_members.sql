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
