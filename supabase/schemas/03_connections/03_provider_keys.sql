-- The API key of a connection, and that a workspace belongs to one connection.

-- The API key of a connection, encrypted with AES-256-GCM by the functions; the database never sees the master key.
create table private.provider_keys (
  connection_id uuid primary key references public.provider_connections (id) on delete cascade,
  encrypted_key text not null,
  master_key_id text not null,
  key_digest bytea check (length(key_digest) = 32),
  base_url text check (base_url ~ '^https?://[^/?#@]+$'),
  updated_at timestamptz not null default now()
);

comment on table private.provider_keys is
  'API keys encrypted with AES-256-GCM (base64 of nonce and ciphertext), bound to the connection id; master_key_id names the key that opens it.';
comment on column private.provider_keys.base_url is
  'Where the key is valid: a white-label host of the provider; null = the usual address. The functions send a key to allowed hosts only.';
comment on column private.provider_keys.key_digest is
  'SHA-256 of the key, so that the same key of another connection is recognised without opening any.';

create index provider_keys_key_digest_idx on private.provider_keys (key_digest);

create trigger set_updated_at before update on private.provider_keys
for each row execute function private.set_updated_at();

alter table private.provider_keys enable row level security;

grant select, insert, update, delete on private.provider_keys to service_role;

create policy "Only the functions read keys"
on private.provider_keys for all to service_role using (true) with check (true);

-- A connection with what a function needs to talk to its provider. The key is encrypted; only the function can open it.
create function worker.read_connection(target_connection_id uuid)
returns jsonb
language sql
stable
set search_path = ''
as $$
  select jsonb_build_object(
    'id', c.id, 'provider', c.provider, 'client_id', c.client_id, 'status', c.status,
    'encrypted_key', k.encrypted_key, 'master_key_id', k.master_key_id, 'base_url', k.base_url
  )
  from public.provider_connections as c
  left join private.provider_keys as k on k.connection_id = c.id
  where c.id = target_connection_id
$$;

comment on function worker.read_connection(uuid) is
  'A connection and its encrypted API key (null when none is saved). Service role only.';

grant execute on function worker.read_connection(uuid) to service_role;

-- A workspace belongs to one connection: saving its key under another one would expose everything in it.
-- Its name tells an operator where to look; a client learns that it is taken and no more.
create function worker.check_workspace_is_free(
  target_connection_id uuid, of_provider public.provider, of_workspace_id text, digest_hex text, names_holder boolean
)
returns void
language plpgsql
stable
set search_path = ''
as $$
declare
  holder text;
begin
  select c.name into holder
  from public.provider_connections as c
  left join private.provider_keys as k on k.connection_id = c.id
  where c.id <> target_connection_id
    and c.provider = of_provider
    and c.removed_at is null
    and (c.workspace_id = of_workspace_id or k.key_digest = decode(digest_hex, 'hex'))
  order by c.created_at, c.id
  limit 1;

  if found then
    raise exception using errcode = 'PT400', message = 'VALIDATION_FAILED',
      detail = case when names_holder
        then format('This key opens the workspace of the connection %L, and a workspace belongs to one connection; use that one, or remove it first', holder)
        else 'This key opens a workspace that is connected already, and a workspace belongs to one connection; ask your agency'
      end;
  end if;
end
$$;

comment on function worker.check_workspace_is_free(uuid, public.provider, text, text, boolean) is
  'Raises VALIDATION_FAILED when another connection has the workspace or the very key (SHA-256, hex); names_holder says its name. Service role only.';

grant execute on function worker.check_workspace_is_free(uuid, public.provider, text, text, boolean) to service_role;

-- Creates a connection or gives one a new key, at once: a half-saved connection never exists.
-- saved: { "provider", "client_id", "name", "encrypted_key", "master_key_id", "key_digest" (hex), "base_url", "last4",
--          "workspace_id", "workspace_name", "names_holder" (may the caller read the name of another connection?) }
create function worker.save_connection(target_connection_id uuid, saved jsonb, actor uuid)
returns jsonb
language plpgsql
set search_path = ''
as $$
declare
  is_new boolean;
  needs_sync boolean := not exists (
    select from public.provider_connections as c
    where c.id = target_connection_id and c.last_synced_at is not null and c.removed_at is null
  );
begin
  -- One at a time: of two who save the same workspace at once, the second has to see the first.
  perform pg_advisory_xact_lock(hashtextextended('save_connection', 0));
  perform worker.check_workspace_is_free(
    target_connection_id, (saved ->> 'provider')::public.provider, saved ->> 'workspace_id', saved ->> 'key_digest',
    coalesce((saved ->> 'names_holder')::boolean, false)
  );

  insert into public.provider_connections as c
    (id, provider, client_id, name, status, api_key_last4, workspace_id, workspace_name, last_validated_at)
  values (
    target_connection_id, (saved ->> 'provider')::public.provider, (saved ->> 'client_id')::uuid, saved ->> 'name', 'active',
    saved ->> 'last4', saved ->> 'workspace_id', saved ->> 'workspace_name', now()
  )
  on conflict (id) do update set
    name = coalesce(excluded.name, c.name),
    status = 'active',
    api_key_last4 = excluded.api_key_last4,
    workspace_id = excluded.workspace_id,
    workspace_name = excluded.workspace_name,
    last_validated_at = excluded.last_validated_at,
    removed_at = null
  returning c.xmax = 0 into is_new;

  insert into private.provider_keys as k (connection_id, encrypted_key, master_key_id, key_digest, base_url)
  values (
    target_connection_id, saved ->> 'encrypted_key', saved ->> 'master_key_id', decode(saved ->> 'key_digest', 'hex'),
    saved ->> 'base_url'
  )
  on conflict (connection_id) do update set
    encrypted_key = excluded.encrypted_key, master_key_id = excluded.master_key_id, key_digest = excluded.key_digest,
    base_url = excluded.base_url;

  perform private.write_audit(
    'save_connection', 'provider_connection', target_connection_id::text, (saved ->> 'client_id')::uuid,
    jsonb_build_object('created', is_new, 'workspace_name', saved ->> 'workspace_name', 'last4', saved ->> 'last4'), actor
  );

  return jsonb_build_object('connection_id', target_connection_id, 'created', is_new, 'needs_sync', needs_sync);
end
$$;

comment on function worker.save_connection(uuid, jsonb, uuid) is
  'Creates a connection or replaces its key and workspace; returns { connection_id, created, needs_sync (never synced, or connected again) }. Service role only.';

grant execute on function worker.save_connection(uuid, jsonb, uuid) to service_role;
