-- Provider connections: one workspace at Instantly or Smartlead, and what is known of it.

create type public.provider as enum ('instantly', 'smartlead');

create type public.connection_status as enum ('active', 'paused', 'invalid', 'needs_plan');

-- One workspace at a provider. client_id null = a workspace that several clients share; only operators see that one.
create table public.provider_connections (
  id uuid primary key default gen_random_uuid(),
  provider public.provider not null default 'instantly',
  client_id uuid references public.clients (id) on delete cascade,
  name text not null check (length(btrim(name)) > 0),
  status public.connection_status not null default 'active',
  api_key_last4 text check (length(api_key_last4) <= 4),
  last_validated_at timestamptz,
  last_synced_at timestamptz,
  workspace_id text,
  workspace_name text,
  removed_at timestamptz,
  created_at timestamptz not null default now(),
  updated_at timestamptz not null default now()
);

comment on table public.provider_connections is
  'One workspace at a provider. client_id null = shared by many clients; else dedicated to one. Holds no secret: those are in private.';
comment on column public.provider_connections.last_synced_at is
  'End of the last sync that read everything it set out to read. A failed or partial run never moves it.';
comment on column public.provider_connections.workspace_id is
  'The workspace that the key opened when it was saved. A key of another workspace is refused unless somebody says that the change is meant.';
comment on column public.provider_connections.removed_at is
  'When the key, the secrets and the webhook were removed; what happened before stays readable.';

create index provider_connections_client_id_idx on public.provider_connections (client_id);
create index provider_connections_workspace_idx on public.provider_connections (provider, workspace_id);

create trigger set_updated_at before update on public.provider_connections
for each row execute function private.set_updated_at();

alter table public.provider_connections enable row level security;

grant select on public.provider_connections to authenticated;
grant select, insert, update, delete on public.provider_connections to service_role;

create policy "Clients see their dedicated connections where they may, operators see all"
on public.provider_connections for select to authenticated
using (client_id = any (array(select private.connection_client_ids())) or (select private.is_operator()));

-- What the provider answered about the key: a refused key stops the hourly calls until somebody saves a new one.
create function worker.set_connection_status(target_connection_id uuid, new_status public.connection_status)
returns void
language sql
volatile
set search_path = ''
as $$
  update public.provider_connections as c
  set
    status = case when c.status = 'paused' then c.status else new_status end,
    last_validated_at = case when new_status = 'active' then now() else c.last_validated_at end
  where c.id = target_connection_id and (new_status = 'active' or c.status is distinct from new_status)
$$;

comment on function worker.set_connection_status(uuid, public.connection_status) is
  'Records what the provider thinks of the key; a connection that a person paused stays paused. Service role only.';

grant execute on function worker.set_connection_status(uuid, public.connection_status) to service_role;

-- What a test of the key found, where nothing is on record yet or it is still the same workspace.
create function worker.record_workspace(target_connection_id uuid, found_id text, found_name text)
returns void
language sql
volatile
set search_path = ''
as $$
  update public.provider_connections as c
  set workspace_id = coalesce(c.workspace_id, found_id), workspace_name = found_name
  where c.id = target_connection_id
    and (c.workspace_id is null or c.workspace_id = found_id)
    and (c.workspace_id, c.workspace_name) is distinct from (coalesce(c.workspace_id, found_id), found_name)
$$;

comment on function worker.record_workspace(uuid, text, text) is
  'Records id and name of the workspace that the key opens, unless another one is on record. Service role only.';

grant execute on function worker.record_workspace(uuid, text, text) to service_role;
