-- Generated from supabase/schemas/03_connections by "npm run migrations".

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

-- What went wrong with a connection, or with the installation, and until when. Found by private.list_incidents or by what
-- notices it.

-- Something that stopped the flow of events and that an operator should know about afterwards, even if it ended automatically.
-- An operator acknowledges it; that holds for this one incident and ends with it.
create table public.incidents (
  id uuid primary key default gen_random_uuid(),
  connection_id uuid references public.provider_connections (id) on delete cascade,
  client_id uuid references public.clients (id) on delete cascade,
  kind text not null check (kind ~ '^[a-z_]+$'),
  subject text not null default '',
  opened_at timestamptz not null default now(),
  closed_at timestamptz,
  details text,
  occurrences integer not null default 1,
  text text,
  delivery text not null default 'waiting' check (delivery in ('waiting', 'sending', 'delivered', 'failed')),
  delivery_attempts smallint not null default 0,
  delivery_error text,
  next_attempt_at timestamptz not null default now(),
  sent_occurrences integer,
  request_id bigint,
  queued_at timestamptz,
  sent_at timestamptz,
  acknowledged_at timestamptz,
  acknowledged_by uuid,
  acknowledged_note text,
  acknowledged_occurrences integer
);

comment on table public.incidents is
  'What went wrong and until when (kinds: private.list_incident_kinds), how its alert was delivered, and who acknowledged it. closed_at null = still open, client_id null = a shared connection, connection_id null = the installation itself. Operators only.';
comment on column public.incidents.acknowledged_at is
  'An operator acknowledged it: it stays open until it is over, but neither counts as new nor is posted. The next incident of the same kind shows again.';
comment on column public.incidents.subject is 'What of the connection: export:<campaign> or sync of a job, campaign:<id>, mailbox:<id>, domain:<name>, the unmapped campaign that moved, the name of a function; empty = the connection itself.';
comment on column public.incidents.occurrences is 'How many at once, for dead letters.';

create unique index incidents_one_open_idx on public.incidents (connection_id, kind, subject) nulls not distinct where closed_at is null;
create index incidents_client_id_idx on public.incidents (client_id, opened_at desc);
create index incidents_connection_id_idx on public.incidents (connection_id, opened_at desc);
create index incidents_newest_idx on public.incidents (opened_at desc);
create index incidents_undelivered_idx on public.incidents (next_attempt_at) where delivery in ('waiting', 'sending');

alter table public.incidents enable row level security;

grant select on public.incidents to authenticated;
grant select, insert, update, delete on public.incidents to service_role;

create policy "Operators see incidents"
on public.incidents for select to authenticated
using ((select private.is_operator()));

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

-- The secrets that deliveries of a connection present: ours, which we can rotate, and those that a provider chose.
-- save_webhook_secret asks private.campaign_webhooks, a table of 06_events.

-- Webhook secrets as digests. Two may be valid at once, so that a secret can be rotated without losing a delivery. The secret
-- itself is kept too, encrypted like a key: the sync needs it to set the header at the provider again. Ours travels where we
-- put it and is rotated; the provider's own is set by the provider.
create table private.webhook_secrets (
  connection_id uuid not null references public.provider_connections (id) on delete cascade,
  digest bytea not null check (length(digest) = 32),
  expires_at timestamptz,
  encrypted_secret text,
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

alter table private.webhook_secrets enable row level security;

grant select, insert, update, delete on private.webhook_secrets to service_role;

create policy "Only the functions read webhook secrets"
on private.webhook_secrets for all to service_role using (true) with check (true);

-- Makes a secret of ours the current one; those before it stay valid for the grace time, the provider's own stay as they are.
create function worker.save_webhook_secret(
  target_connection_id uuid, digest_hex text, encrypted text, key_id text, grace_seconds integer
)
returns void
language plpgsql
set search_path = ''
as $$
begin
  -- Where each campaign has its own webhook, they learn the new secret one after the other; until the last one has, the
  -- earlier one is good (worker.settle_webhook_rotation).
  update private.webhook_secrets as s
  set
    expires_at = case
      when exists (select from private.campaign_webhooks as w where w.connection_id = target_connection_id)
        then coalesce(s.expires_at, 'infinity')
      else least(s.expires_at, now() + make_interval(secs => save_webhook_secret.grace_seconds))
    end,
    grace_seconds = coalesce(s.grace_seconds, save_webhook_secret.grace_seconds)
  where s.connection_id = target_connection_id and s.digest <> decode(digest_hex, 'hex') and s.origin = 'ours';

  delete from private.webhook_secrets as s
  where s.connection_id = target_connection_id and s.expires_at < now() - interval '7 days';

  insert into private.webhook_secrets as s (connection_id, digest, encrypted_secret, master_key_id)
  values (target_connection_id, decode(digest_hex, 'hex'), encrypted, key_id)
  on conflict (connection_id, digest) do update
  set expires_at = null, encrypted_secret = excluded.encrypted_secret, master_key_id = excluded.master_key_id, origin = 'ours';
end
$$;

comment on function worker.save_webhook_secret(uuid, text, text, text, integer) is
  'Makes a webhook secret current; earlier ones expire after grace_seconds, which begin when no campaign''s own webhook presents them any more. Service role only.';

grant execute on function worker.save_webhook_secret(uuid, text, text, text, integer) to service_role;

-- The encrypted current secret of ours for a connection, newest first; null when there is none.
create function worker.read_webhook_secret(target_connection_id uuid)
returns jsonb
language sql
stable
set search_path = ''
as $$
  select jsonb_build_object('encrypted_secret', s.encrypted_secret, 'master_key_id', s.master_key_id)
  from private.webhook_secrets as s
  where s.connection_id = target_connection_id and s.expires_at is null and s.encrypted_secret is not null and s.origin = 'ours'
  order by s.created_at desc
  limit 1
$$;

comment on function worker.read_webhook_secret(uuid) is 'The encrypted current webhook secret of a connection; null when there is none. Service role only.';

grant execute on function worker.read_webhook_secret(uuid) to service_role;

-- Saves a secret that the provider chose. One per way: a new one replaces the one before at once.
create function worker.save_provider_secret(
  target_connection_id uuid, secret_origin text, digest_hex text, encrypted text, key_id text
)
returns void
language plpgsql
set search_path = ''
as $$
begin
  delete from private.webhook_secrets as s
  where s.connection_id = target_connection_id and s.origin = secret_origin and secret_origin <> 'ours';

  insert into private.webhook_secrets as s (connection_id, digest, encrypted_secret, master_key_id, origin)
  values (target_connection_id, decode(digest_hex, 'hex'), encrypted, key_id, secret_origin);
end
$$;

comment on function worker.save_provider_secret(uuid, text, text, text, text) is
  'Saves a webhook secret that the provider chose (body or signature) in place of the one before. Service role only.';

grant execute on function worker.save_provider_secret(uuid, text, text, text, text) to service_role;

-- The encrypted key with which the provider signs; null when none is saved.
create function worker.read_signature_secret(target_connection_id uuid)
returns jsonb
language sql
stable
set search_path = ''
as $$
  select jsonb_build_object('encrypted_secret', s.encrypted_secret, 'master_key_id', s.master_key_id)
  from private.webhook_secrets as s
  where s.connection_id = target_connection_id and s.origin = 'signature'
$$;

comment on function worker.read_signature_secret(uuid) is
  'The encrypted key with which the provider signs its deliveries; null when none is saved. Service role only.';

grant execute on function worker.read_signature_secret(uuid) to service_role;

-- Keys and secrets go from one master key to the next.

-- Everything encrypted under another master key than the given one.
create function worker.list_encrypted(current_key_id text)
returns jsonb
language sql
stable
set search_path = ''
as $$
  select coalesce(jsonb_agg(s), '[]')
  from (
    select 'key' as kind, k.connection_id, null as digest, k.encrypted_key as encrypted, k.master_key_id
    from private.provider_keys as k
    where k.master_key_id <> current_key_id
    union all
    select 'secret', w.connection_id, encode(w.digest, 'hex'), w.encrypted_secret, w.master_key_id
    from private.webhook_secrets as w
    where w.encrypted_secret is not null and w.master_key_id <> current_key_id
  ) as s
$$;

comment on function worker.list_encrypted(text) is 'Keys and webhook secrets that are not encrypted under the current master key. Service role only.';

grant execute on function worker.list_encrypted(text) to service_role;

-- Replaces what was encrypted under an old master key; does nothing when somebody saved a new value meanwhile.
-- reencrypted: [{ "kind", "connection_id", "digest", "encrypted_before", "encrypted", "master_key_id" }]
create function worker.replace_encrypted(reencrypted jsonb)
returns integer
language plpgsql
set search_path = ''
as $$
declare
  keys integer;
  secrets integer;
begin
  update private.provider_keys as k
  set encrypted_key = r.encrypted, master_key_id = r.master_key_id
  from jsonb_to_recordset(reencrypted) as r (kind text, connection_id uuid, encrypted_before text, encrypted text, master_key_id text)
  where r.kind = 'key' and k.connection_id = r.connection_id and k.encrypted_key = r.encrypted_before;

  get diagnostics keys = row_count;

  update private.webhook_secrets as s
  set encrypted_secret = r.encrypted, master_key_id = r.master_key_id
  from jsonb_to_recordset(reencrypted) as r
    (kind text, connection_id uuid, digest text, encrypted_before text, encrypted text, master_key_id text)
  where r.kind = 'secret'
    and s.connection_id = r.connection_id
    and s.digest = decode(r.digest, 'hex')
    and s.encrypted_secret = r.encrypted_before;

  get diagnostics secrets = row_count;
  return keys + secrets;
end
$$;

comment on function worker.replace_encrypted(jsonb) is 'Writes re-encrypted keys and secrets; returns how many changed. Service role only.';

grant execute on function worker.replace_encrypted(jsonb) to service_role;

-- Webhook health: how our webhook at the provider was when we last looked, and the incidents that followed.

-- The webhook that delivers a connection's events to us, as the provider knows it.
create table private.provider_webhooks (
  connection_id uuid primary key references public.provider_connections (id) on delete cascade,
  provider_webhook_id text not null,
  url text not null,
  state text not null default 'active' check (state in ('active', 'switched_off', 'missing')),
  checked_at timestamptz not null default now(),
  last_incident_at timestamptz
);

comment on table private.provider_webhooks is
  'Our webhook at the provider and its state at the last look: active, switched_off (by the provider, after failed deliveries) or missing.';

alter table private.provider_webhooks enable row level security;

grant select, insert, update, delete on private.provider_webhooks to service_role;

create policy "Only the functions read provider webhooks"
on private.provider_webhooks for all to service_role using (true) with check (true);

-- Records what a check of the provider's webhooks found. A problem opens one incident of its kind, health closes them all;
-- a webhook that was never registered has no id, then only the incident is kept.
create function worker.record_provider_webhook(
  target_connection_id uuid, new_provider_webhook_id text, new_url text, new_state text
)
returns void
language plpgsql
set search_path = ''
as $$
declare
  found_kind text := case new_state
    when 'switched_off' then 'webhook_switched_off'
    when 'missing' then 'webhook_missing'
  end;
begin
  if new_state is null or new_state not in ('active', 'switched_off', 'missing') then
    raise exception using errcode = 'PT400', message = 'VALIDATION_FAILED',
      detail = format('A webhook is active, switched_off or missing, not %L', new_state);
  end if;

  if new_provider_webhook_id is not null and new_url is not null then
    insert into private.provider_webhooks as w (connection_id, provider_webhook_id, url, state, last_incident_at)
    values (
      target_connection_id, new_provider_webhook_id, new_url, new_state,
      case when found_kind is not null then now() end
    )
    on conflict (connection_id) do update set
      provider_webhook_id = excluded.provider_webhook_id,
      url = excluded.url,
      state = excluded.state,
      checked_at = now(),
      last_incident_at = coalesce(excluded.last_incident_at, w.last_incident_at);
  end if;

  if found_kind is null then
    update public.incidents as i
    set closed_at = now()
    where i.connection_id = target_connection_id
      and i.kind in ('webhook_switched_off', 'webhook_missing')
      and i.closed_at is null;
  else
    insert into public.incidents (connection_id, client_id, kind, details)
    select
      c.id,
      c.client_id,
      found_kind,
      case found_kind
        when 'webhook_switched_off' then 'The provider switched our webhook off after failed deliveries; the sync switches it on again and replays what was missed'
        else 'The provider has no webhook that delivers to us; press “Check webhook” on its card in Settings → Connections; until then events arrive only by sync'
      end
    from public.provider_connections as c
    where c.id = target_connection_id
    on conflict (connection_id, kind, subject) where closed_at is null do nothing;
  end if;
end
$$;

comment on function worker.record_provider_webhook(uuid, text, text, text) is
  'Records our webhook at the provider as active, switched_off or missing; opens and closes the incidents that follow from it. Service role only.';

grant execute on function worker.record_provider_webhook(uuid, text, text, text) to service_role;

-- What we know of our webhook at the provider.
create function worker.read_provider_webhook(target_connection_id uuid)
returns jsonb
language sql
stable
set search_path = ''
as $$
  select jsonb_build_object(
    'provider_webhook_id', w.provider_webhook_id, 'url', w.url, 'state', w.state,
    'checked_at', w.checked_at, 'last_incident_at', w.last_incident_at
  )
  from private.provider_webhooks as w
  where w.connection_id = target_connection_id
$$;

comment on function worker.read_provider_webhook(uuid) is
  'Our webhook at the provider { provider_webhook_id, url, state, checked_at, last_incident_at }; null when none is on record. Service role only.';

grant execute on function worker.read_provider_webhook(uuid) to service_role;

-- What a person does to a connection: pause, resume, remove. Its jobs go with it; private.jobs is a table of 05_jobs.

-- A person pauses a connection (no sync, no export; deliveries are still taken) or resumes it. Unclaimed jobs
-- pause with it at once, those under way at the end of their batch; the time of a pause does not count against a deadline.
create function worker.set_connection_paused(target_connection_id uuid, paused boolean)
returns void
language plpgsql
set search_path = ''
as $$
begin
  if not paused then
    perform private.require_not_moving(c.client_id) from public.provider_connections as c where c.id = target_connection_id;
  end if;

  update public.provider_connections as c
  set status = case when paused then 'paused' else 'active' end::public.connection_status
  where c.id = target_connection_id and c.removed_at is null and (paused or c.status = 'paused');

  if paused then
    update private.jobs as j
    set status = 'paused', paused_at = now()
    where j.connection_id = target_connection_id
      and (j.status = 'queued' or (j.status = 'running' and j.lease_token is null));
  else
    update private.jobs as j
    set
      status = 'queued',
      paused_at = null,
      next_attempt_at = now(),
      deadline_at = j.deadline_at + (now() - j.paused_at)
    where j.connection_id = target_connection_id and j.status = 'paused';
  end if;
end
$$;

comment on function worker.set_connection_paused(uuid, boolean) is
  'Pauses or resumes a connection by hand, and its jobs with it; resuming leaves a refused key refused until it is tested. Service role only.';

grant execute on function worker.set_connection_paused(uuid, boolean) to service_role;

-- Takes key and secrets away; deliveries are refused from now on. What was stored stays.
create function worker.remove_connection(target_connection_id uuid)
returns void
language plpgsql
set search_path = ''
as $$
begin
  delete from private.provider_keys as k where k.connection_id = target_connection_id;
  delete from private.webhook_secrets as s where s.connection_id = target_connection_id;

  update public.provider_connections as c
  set status = 'paused', api_key_last4 = null, removed_at = now()
  where c.id = target_connection_id;

  -- A worker that holds one of them loses the lease and stops.
  update private.jobs as j
  set
    status = 'failed', finished_at = now(), lease_token = null, lease_until = null,
    error_code = upper(c.provider::text) || '_API_KEY_MISSING',
    error_message = 'The connection was removed before this was done; save a key for a connection, then start it again'
  from public.provider_connections as c
  where c.id = target_connection_id
    and j.connection_id = c.id
    and j.status in ('queued', 'running', 'paused');
end
$$;

comment on function worker.remove_connection(uuid) is
  'Deletes key and webhook secrets of a connection and marks it removed; its campaigns and numbers stay. Service role only.';

grant execute on function worker.remove_connection(uuid) to service_role;

-- What somebody did to a connection, for the audit log: pause, resume, remove, rotate_webhook_secret, reencrypt.
create function worker.audit_connection(target_connection_id uuid, what text, actor uuid)
returns void
language plpgsql
set search_path = ''
as $$
begin
  perform private.write_audit(
    what, 'provider_connection', target_connection_id::text,
    (select c.client_id from public.provider_connections as c where c.id = target_connection_id), '{}', actor
  );
end
$$;

comment on function worker.audit_connection(uuid, text, uuid) is
  'Writes an action on a connection to audit_log; actor null = a secret key. Service role only.';

grant execute on function worker.audit_connection(uuid, text, uuid) to service_role;

-- The rate budget: one per connection, shared by every invocation, so that the provider never has to say 429.
--
-- A provider counts calls in rolling windows by the time they arrive. We only know when we grant a call, so a log of
-- grants keeps the latest moment at which each granted call may still arrive, and a grant is given only while the calls
-- that may fall into the same window are fewer than the limit. That moment is first the worst case (the grant is used
-- at the end of its validity and travels slowly); when the holder reports what it really used, it becomes the truth and
-- the room is free again at once. Counters per fixed slot would have to assume the worst case for good, which at
-- 100 calls a second gives half of the limit away.

-- What a provider allows per workspace. "calls" counts every call, the other buckets count theirs in addition.
create function private.provider_rate_limits(of_provider public.provider)
returns table (bucket text, span interval, calls integer)
language sql
immutable
set search_path = ''
as $$
  select l.bucket, l.span, l.calls
  from (values
    ('instantly'::public.provider, 'calls', interval '1 second', 100),
    ('instantly'::public.provider, 'calls', interval '1 minute', 6000),
    ('instantly'::public.provider, 'emails', interval '1 minute', 20),
    -- Smartlead's sources disagree (60 or 200 a minute, 1,000 an hour); these keep below all of them. A connection whose
    -- plan allows more has its own rows in private.connection_rate_limits.
    ('smartlead'::public.provider, 'calls', interval '1 second', 5),
    ('smartlead'::public.provider, 'calls', interval '1 minute', 60),
    ('smartlead'::public.provider, 'calls', interval '1 hour', 1000)
  ) as l (provider, bucket, span, calls)
  where l.provider = of_provider
$$;

comment on function private.provider_rate_limits(public.provider) is
  'Documented limits of a provider: no rolling span may hold more calls of the bucket. A provider without rows is not limited.';

grant execute on function private.provider_rate_limits(public.provider) to service_role;

-- What one connection is allowed instead, for a plan with other limits.
create table private.connection_rate_limits (
  connection_id uuid not null references public.provider_connections (id) on delete cascade,
  bucket text not null default 'calls',
  span interval not null check (span between interval '1 second' and interval '1 hour'),
  calls integer not null check (calls > 0),
  primary key (connection_id, bucket, span)
);

comment on table private.connection_rate_limits is
  'Limits of one connection in place of private.provider_rate_limits for the same bucket and span.';

alter table private.connection_rate_limits enable row level security;

grant select, insert, update, delete on private.connection_rate_limits to service_role;

create policy "Only the functions read rate limits"
on private.connection_rate_limits for all to service_role using (true) with check (true);

-- One row per connection: the lock that orders the takers, and what concerns all of them.
create table private.rate_budgets (
  connection_id uuid primary key references public.provider_connections (id) on delete cascade,
  blocked_until timestamptz,
  interactive_at timestamptz
);

comment on table private.rate_budgets is 'Rate budget of a connection; its row is locked while calls are granted.';
comment on column private.rate_budgets.blocked_until is 'The provider asked for no calls until then (429 or Retry-After).';
comment on column private.rate_budgets.interactive_at is
  'When somebody who is waited for last asked; background work leaves more room for a while after.';

alter table private.rate_budgets enable row level security;

grant select, insert, update, delete on private.rate_budgets to service_role;

create policy "Only the functions read rate budgets"
on private.rate_budgets for all to service_role using (true) with check (true);

-- Calls that were granted within the longest span, in the chunks in which they were handed out.
create table private.rate_grants (
  id bigint generated always as identity primary key,
  connection_id uuid not null references private.rate_budgets (connection_id) on delete cascade,
  bucket text not null,
  tokens integer not null,
  latest_at timestamptz not null
);

comment on table private.rate_grants is 'Calls granted to an invocation within the provider''s longest span: the log that the rolling limits count.';
comment on column private.rate_grants.latest_at is
  'Latest moment at which these calls may reach the provider; the worst case until the holder reports what it used.';

create index rate_grants_connection_id_idx on private.rate_grants (connection_id, latest_at);

alter table private.rate_grants enable row level security;

grant select, insert, update, delete on private.rate_grants to service_role;

create policy "Only the functions read rate grants"
on private.rate_grants for all to service_role using (true) with check (true);

-- Grants up to `wanted` calls for the next second. The caller also reports the chunks that it has finished, so that
-- their room is free for the next taker in the same round trip.
create function worker.take_rate_budget(
  target_connection_id uuid, bucket text, wanted integer, priority text, finished jsonb default '[]'
)
returns jsonb
language plpgsql
set search_path = ''
as $$
declare
  -- A grant lapses after this; the holder counts from before it asked, so it is never later than we think.
  validity constant interval := '1 second'::interval;
  -- A call that was sent may reach the provider this much later than the quickest one.
  lateness constant interval := '250 milliseconds'::interval;
  smallest_chunk constant integer := 3;
  largest_chunk constant integer := 20;
  wanted_calls constant integer := least(wanted, largest_chunk);
  asked_bucket constant text := bucket;
  is_interactive boolean;
  budget private.rate_budgets;
  moment timestamptz;
  reserve numeric;
  rate record;
  used integer;
  allowed integer;
  room integer := largest_chunk * 4;
  free_at timestamptz;
  wait interval := '0'::interval;
  granted integer;
  new_grant bigint;
begin
  if priority not in ('interactive', 'background') then
    raise exception 'There is no priority "%"; use interactive or background', priority;
  end if;
  is_interactive := priority = 'interactive';

  select b.* into budget from private.rate_budgets as b where b.connection_id = target_connection_id for update;
  if not found then
    insert into private.rate_budgets (connection_id) values (target_connection_id) on conflict do nothing;
    select b.* into budget from private.rate_budgets as b where b.connection_id = target_connection_id for update;
  end if;

  -- Only after the lock is held: now() would be the time before the wait for it.
  moment := pg_catalog.clock_timestamp();

  -- Calls of one grant that arrived at different moments become grants of their own: the room of each is free a span later.
  with part as (
    select g.id, g.bucket, r.used, moment - make_interval(secs => greatest(r.latest_ms_ago, 0) / 1000) as latest_at,
      row_number() over (partition by g.id order by r.latest_ms_ago) as place
    from jsonb_to_recordset(finished) as r (id bigint, used integer, latest_ms_ago double precision)
    join private.rate_grants as g on g.id = r.id and g.connection_id = target_connection_id
  ),
  first as (
    update private.rate_grants as g
    set tokens = least(g.tokens, p.used), latest_at = least(g.latest_at, p.latest_at)
    from part as p
    where g.id = p.id and p.place = 1
  )
  insert into private.rate_grants (connection_id, bucket, tokens, latest_at)
  select target_connection_id, p.bucket, p.used, p.latest_at
  from part as p
  where p.place > 1;

  delete from private.rate_grants as g
  where g.connection_id = target_connection_id
    and g.latest_at < moment - (
      select coalesce(max(l.span), interval '1 minute')
      from public.provider_connections as c
      cross join lateral private.provider_rate_limits(c.provider) as l
      where c.id = target_connection_id
    );

  if wanted < 1 then
    return jsonb_build_object('granted', 0, 'wait_ms', 0);
  end if;

  if is_interactive and (budget.interactive_at is null or budget.interactive_at < moment - interval '1 second') then
    update private.rate_budgets as b set interactive_at = moment where b.connection_id = target_connection_id;
  end if;

  if budget.blocked_until > moment then
    return jsonb_build_object(
      'granted', 0, 'wait_ms', ceil(extract(epoch from budget.blocked_until - moment) * 1000)::integer
    );
  end if;

  -- Background work leaves the last twentieth free, so that the first interactive call never waits, and the last fifth
  -- as long as somebody interactive is about. A fifth for good would keep a lone sync below 80 % of what is paid for.
  reserve := case
    when is_interactive then 0
    when budget.interactive_at > moment - interval '5 seconds' then 0.2
    else 0.05
  end;

  for rate in
    select l.bucket, l.span, coalesce(o.calls, l.calls) as calls
    from public.provider_connections as c
    cross join lateral private.provider_rate_limits(c.provider) as l
    left join private.connection_rate_limits as o
      on o.connection_id = c.id and o.bucket = l.bucket and o.span = l.span
    where c.id = target_connection_id and l.bucket in ('calls', asked_bucket)
  loop
    allowed := floor(rate.calls * (1 - reserve));

    select coalesce(sum(g.tokens), 0) into used
    from private.rate_grants as g
    where g.connection_id = target_connection_id
      and g.latest_at > moment - rate.span
      and (rate.bucket = 'calls' or g.bucket = rate.bucket);

    room := least(room, allowed - used);

    if used >= allowed then
      select min(f.latest_at) into free_at
      from (
        select g.latest_at, sum(g.tokens) over (order by g.latest_at, g.id) as freed
        from private.rate_grants as g
        where g.connection_id = target_connection_id
          and g.latest_at > moment - rate.span
          and (rate.bucket = 'calls' or g.bucket = rate.bucket)
      ) as f
      where f.freed >= used - allowed + least(wanted_calls, 2);

      wait := greatest(
        wait,
        case
          -- A holder may report sooner than its grant lapses.
          when rate.span <= interval '1 second' then least(free_at + rate.span - moment, interval '100 milliseconds')
          else free_at + rate.span - moment
        end
      );
    end if;
  end loop;

  if room < 1 then
    return jsonb_build_object(
      'granted', 0, 'wait_ms', greatest(ceil(extract(epoch from coalesce(wait, '0')) * 1000)::integer, 10)
    );
  end if;

  -- The less there is, the smaller the chunks: what one invocation holds unused, no other can use.
  granted := least(wanted_calls, room, greatest(smallest_chunk, room / 4));

  insert into private.rate_grants (connection_id, bucket, tokens, latest_at)
  values (target_connection_id, asked_bucket, granted, moment + validity + lateness)
  returning id into new_grant;

  return jsonb_build_object(
    'granted', granted, 'wait_ms', 0, 'grant_id', new_grant, 'valid_ms', extract(epoch from validity) * 1000
  );
end
$$;

comment on function worker.take_rate_budget(uuid, text, integer, text, jsonb) is
  'Grants up to wanted (at most 20) calls of a bucket for one second: { granted, wait_ms, grant_id, valid_ms }; finished = [{ id, used, latest_ms_ago }] of earlier grants, several of one that was used for longer. Service role only.';

grant execute on function worker.take_rate_budget(uuid, text, integer, text, jsonb) to service_role;

-- The provider asked for no more calls; everybody who shares the connection waits.
create function worker.block_rate_budget(target_connection_id uuid, seconds double precision)
returns void
language sql
volatile
set search_path = ''
as $$
  insert into private.rate_budgets as b (connection_id, blocked_until)
  values (target_connection_id, pg_catalog.clock_timestamp() + make_interval(secs => seconds))
  on conflict (connection_id) do update set blocked_until = greatest(b.blocked_until, excluded.blocked_until)
$$;

comment on function worker.block_rate_budget(uuid, double precision) is
  'Grants no call of this connection for this number of seconds, as a 429 or Retry-After asks. Never shortens a block. Service role only.';

grant execute on function worker.block_rate_budget(uuid, double precision) to service_role;

-- The call log: every call to a provider with its answer and duration, for the operators, for a month.

create table public.provider_api_calls (
  id bigint generated always as identity primary key,
  connection_id uuid not null references public.provider_connections (id) on delete cascade,
  client_id uuid references public.clients (id) on delete cascade,
  job_id uuid,
  called_at timestamptz not null,
  method text not null,
  path text not null,
  status integer,
  duration_ms integer not null,
  attempt integer not null,
  error_kind text
);

comment on table public.provider_api_calls is
  'Calls to the providers, as long as they are kept; for operators only. Holds neither query, body, key nor an id of the provider.';
comment on column public.provider_api_calls.client_id is 'Client that the connection is dedicated to; null for a shared one.';
comment on column public.provider_api_calls.job_id is 'The job that called, as long as it is kept; null for calls outside of a job.';
comment on column public.provider_api_calls.path is 'Path with every id and address in it replaced by {id}.';
comment on column public.provider_api_calls.status is 'Status of the answer; null when there was none.';
comment on column public.provider_api_calls.attempt is '1 = first; every retry is a call of its own.';

create index provider_api_calls_connection_id_idx on public.provider_api_calls (connection_id, called_at desc);
create index provider_api_calls_client_id_idx on public.provider_api_calls (client_id, called_at desc);
create index provider_api_calls_called_at_idx on public.provider_api_calls (called_at);

alter table public.provider_api_calls enable row level security;

grant select on public.provider_api_calls to authenticated;
grant select, insert, update, delete on public.provider_api_calls to service_role;

create policy "Operators see all calls"
on public.provider_api_calls for select to authenticated
using ((select private.is_operator()));

-- Writes a batch. Calls of a connection that is gone by now are left out, so that they do not cost the others.
create function worker.record_provider_api_calls(calls jsonb)
returns integer
language sql
volatile
set search_path = ''
as $$
  with written as (
    insert into public.provider_api_calls
      (connection_id, client_id, job_id, called_at, method, path, status, duration_ms, attempt, error_kind)
    select c.id, c.client_id, r.job_id, r.called_at, r.method, r.path, r.status, r.duration_ms, r.attempt, r.error_kind
    from jsonb_to_recordset(calls) as r (
      connection_id uuid, job_id uuid, called_at timestamptz, method text, path text, status integer,
      duration_ms integer, attempt integer, error_kind text
    )
    join public.provider_connections as c on c.id = r.connection_id
    returning 1
  )
  select count(*)::integer from written
$$;

comment on function worker.record_provider_api_calls(jsonb) is
  'Adds a batch of calls to the call log and returns how many were written. Service role only.';

grant execute on function worker.record_provider_api_calls(jsonb) to service_role;
