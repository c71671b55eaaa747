-- Provider connections: one workspace at Instantly or Smartlead and its secrets.

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

-- The API key of a connection, sealed with AES-256-GCM by the functions; the database never sees the master key.
create table private.provider_keys (
  connection_id uuid primary key references public.provider_connections (id) on delete cascade,
  sealed_key text not null,
  master_key_id text not null,
  key_digest bytea check (length(key_digest) = 32),
  updated_at timestamptz not null default now()
);

comment on table private.provider_keys is
  'API keys sealed with AES-256-GCM (base64 of nonce and ciphertext), bound to the connection id; master_key_id names the key that opens it.';
comment on column private.provider_keys.key_digest is
  'SHA-256 of the key, so that the same key of another connection is recognised without opening any.';

create index provider_keys_key_digest_idx on private.provider_keys (key_digest);

create trigger set_updated_at before update on private.provider_keys
for each row execute function private.set_updated_at();

-- Webhook secrets as digests. Two may be valid at once, so that a secret can be rotated without losing a delivery. The secret
-- itself is kept too, sealed like a key: the sync needs it to set the header at the provider again. Ours travels where we
-- put it and is rotated; the provider's own is whatever the provider says.
create table private.webhook_secrets (
  connection_id uuid not null references public.provider_connections (id) on delete cascade,
  digest bytea not null check (length(digest) = 32),
  expires_at timestamptz,
  sealed_secret text,
  master_key_id text,
  origin text not null default 'ours' check (origin in ('ours', 'body', 'signature')),
  grace_seconds integer,
  created_at timestamptz not null default now(),
  primary key (connection_id, digest)
);

comment on table private.webhook_secrets is
  'SHA-256 digests of the secrets that a provider may present in its webhook header; expires_at null = current, infinity = an earlier one that some campaigns still present.';
comment on column private.webhook_secrets.grace_seconds is
  'How long an earlier secret stays valid once the last campaign presents the current one.';
comment on column private.webhook_secrets.origin is
  'ours = made here, in a header or an address; body = the provider''s own, which it writes into each delivery; signature = the key with which it signs.';

alter table public.provider_connections enable row level security;
alter table private.provider_keys enable row level security;
alter table private.webhook_secrets enable row level security;

grant select on public.provider_connections to authenticated;
grant select, insert, update, delete on public.provider_connections, private.provider_keys, private.webhook_secrets to service_role;

create policy "Clients see their dedicated connections where they may, operators see all"
on public.provider_connections for select to authenticated
using (client_id = any (array(select private.connection_client_ids())) or (select private.is_operator()));

create policy "Only the functions read keys"
on private.provider_keys for all to service_role using (true) with check (true);

create policy "Only the functions read webhook secrets"
on private.webhook_secrets for all to service_role using (true) with check (true);
