-- What the provider-connection function writes: keys, the workspace behind them, webhook secrets and their rotation.

-- A workspace belongs to one connection: whoever saved its key under another one would read, and be shown, everything in it.
-- Its name tells an operator where to look; a client learns that it is taken and no more.
create function public.check_workspace_is_free(
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

comment on function public.check_workspace_is_free(uuid, public.provider, text, text, boolean) is
  'Raises VALIDATION_FAILED when another connection has the workspace or the very key (SHA-256, hex); names_holder says its name. Service role only.';

-- Creates a connection or gives one a new key, in one go: a half-saved connection never exists.
-- saved: { "provider", "client_id", "name", "sealed_key", "master_key_id", "key_digest" (hex), "last4", "workspace_id",
--          "workspace_name", "names_holder" (may the caller read the name of another connection?) }
create function public.save_connection(target_connection_id uuid, saved jsonb, actor uuid)
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
  perform public.check_workspace_is_free(
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

  insert into private.provider_keys as k (connection_id, sealed_key, master_key_id, key_digest)
  values (target_connection_id, saved ->> 'sealed_key', saved ->> 'master_key_id', decode(saved ->> 'key_digest', 'hex'))
  on conflict (connection_id) do update set
    sealed_key = excluded.sealed_key, master_key_id = excluded.master_key_id, key_digest = excluded.key_digest;

  perform private.write_audit(
    'save_connection', 'provider_connection', target_connection_id::text, (saved ->> 'client_id')::uuid,
    jsonb_build_object('created', is_new, 'workspace_name', saved ->> 'workspace_name', 'last4', saved ->> 'last4'), actor
  );

  return jsonb_build_object('connection_id', target_connection_id, 'created', is_new, 'needs_sync', needs_sync);
end
$$;

comment on function public.save_connection(uuid, jsonb, uuid) is
  'Creates a connection or replaces its key and workspace; returns { connection_id, created, needs_sync (never synced, or connected again) }. Service role only.';

-- A new connection does not wait for the hour: the job of its first sync is there when its webhook stands.
create function public.start_first_sync(target_connection_id uuid, requester uuid)
returns jsonb
language plpgsql
set search_path = ''
as $$
begin
  -- A client that is switched off is synced when it is switched on.
  if exists (
    select
    from public.provider_connections as c
    join public.clients as k on k.id = c.client_id
    where c.id = target_connection_id and not k.integration_enabled
  ) then
    return jsonb_build_object('job_id', null);
  end if;

  return jsonb_build_object(
    'job_id', public.request_sync(target_connection_id, null, true, requester) -> 0 ->> 'job_id'
  );
end
$$;

comment on function public.start_first_sync(uuid, uuid) is
  'Opens the first sync of a connection; returns { job_id }, null where its client is switched off. Service role only.';

-- What a test of the key found, where nothing is on record yet or it is still the same workspace.
create function public.note_workspace(target_connection_id uuid, found_id text, found_name text)
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

comment on function public.note_workspace(uuid, text, text) is
  'Records id and name of the workspace that the key opens, unless another one is on record. Service role only.';

-- Makes a secret of ours the current one; those before it stay valid for the grace time, the provider's own stay as they are.
create function public.save_webhook_secret(
  target_connection_id uuid, digest_hex text, sealed text, key_id text, grace_seconds integer
)
returns void
language plpgsql
set search_path = ''
as $$
begin
  -- Where each campaign has its own webhook, they learn the new secret one after the other; until the last one has, the
  -- earlier one is good (public.settle_webhook_rotation).
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

  insert into private.webhook_secrets as s (connection_id, digest, sealed_secret, master_key_id)
  values (target_connection_id, decode(digest_hex, 'hex'), sealed, key_id)
  on conflict (connection_id, digest) do update
  set expires_at = null, sealed_secret = excluded.sealed_secret, master_key_id = excluded.master_key_id, origin = 'ours';
end
$$;

comment on function public.save_webhook_secret(uuid, text, text, text, integer) is
  'Makes a webhook secret current; earlier ones expire after grace_seconds, which begin when no campaign''s own webhook presents them any more. Service role only.';

-- The sealed current secret of ours for a connection, newest first; null when there is none.
create function public.read_webhook_secret(target_connection_id uuid)
returns jsonb
language sql
stable
set search_path = ''
as $$
  select jsonb_build_object('sealed_secret', s.sealed_secret, 'master_key_id', s.master_key_id)
  from private.webhook_secrets as s
  where s.connection_id = target_connection_id and s.expires_at is null and s.sealed_secret is not null and s.origin = 'ours'
  order by s.created_at desc
  limit 1
$$;

comment on function public.read_webhook_secret(uuid) is 'The sealed current webhook secret of a connection; null when there is none. Service role only.';

-- What somebody did to a connection, for the audit log: pause, resume, remove, rotate_webhook_secret, reseal.
create function public.audit_connection(target_connection_id uuid, what text, actor uuid)
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

comment on function public.audit_connection(uuid, text, uuid) is
  'Writes an act on a connection to audit_log; actor null = a secret key. Service role only.';

-- A person pauses a connection (no sync, no export; deliveries are still taken) or resumes it. Jobs that nobody works on
-- pause with it at once, those under way at the end of their batch; the time of a pause does not count against a deadline.
create function public.set_connection_paused(target_connection_id uuid, paused boolean)
returns void
language plpgsql
set search_path = ''
as $$
begin
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

comment on function public.set_connection_paused(uuid, boolean) is
  'Pauses or resumes a connection by hand, and its jobs with it; resuming leaves a refused key refused until it is tested. Service role only.';

-- Takes key and secrets away; deliveries are refused from now on. What was stored stays.
create function public.remove_connection(target_connection_id uuid)
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

  -- Whoever works on one of them loses the lease and stops.
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

comment on function public.remove_connection(uuid) is
  'Deletes key and webhook secrets of a connection and marks it removed; its campaigns and numbers stay. Service role only.';

-- Everything sealed under another master key than the given one.
create function public.list_sealed(current_key_id text)
returns jsonb
language sql
stable
set search_path = ''
as $$
  select coalesce(jsonb_agg(s), '[]')
  from (
    select 'key' as kind, k.connection_id, null as digest, k.sealed_key as sealed, k.master_key_id
    from private.provider_keys as k
    where k.master_key_id <> current_key_id
    union all
    select 'secret', w.connection_id, encode(w.digest, 'hex'), w.sealed_secret, w.master_key_id
    from private.webhook_secrets as w
    where w.sealed_secret is not null and w.master_key_id <> current_key_id
  ) as s
$$;

comment on function public.list_sealed(text) is 'Keys and webhook secrets that are not sealed under the current master key. Service role only.';

-- Replaces what was sealed under an old master key; does nothing when somebody saved a new value meanwhile.
-- resealed: [{ "kind", "connection_id", "digest", "sealed_before", "sealed", "master_key_id" }]
create function public.replace_sealed(resealed jsonb)
returns integer
language plpgsql
set search_path = ''
as $$
declare
  keys integer;
  secrets integer;
begin
  update private.provider_keys as k
  set sealed_key = r.sealed, master_key_id = r.master_key_id
  from jsonb_to_recordset(resealed) as r (kind text, connection_id uuid, sealed_before text, sealed text, master_key_id text)
  where r.kind = 'key' and k.connection_id = r.connection_id and k.sealed_key = r.sealed_before;

  get diagnostics keys = row_count;

  update private.webhook_secrets as s
  set sealed_secret = r.sealed, master_key_id = r.master_key_id
  from jsonb_to_recordset(resealed) as r
    (kind text, connection_id uuid, digest text, sealed_before text, sealed text, master_key_id text)
  where r.kind = 'secret'
    and s.connection_id = r.connection_id
    and s.digest = decode(r.digest, 'hex')
    and s.sealed_secret = r.sealed_before;

  get diagnostics secrets = row_count;
  return keys + secrets;
end
$$;

comment on function public.replace_sealed(jsonb) is 'Writes re-sealed keys and secrets; returns how many changed. Service role only.';

grant execute on function
  public.check_workspace_is_free(uuid, public.provider, text, text, boolean),
  public.save_connection(uuid, jsonb, uuid),
  public.start_first_sync(uuid, uuid),
  public.note_workspace(uuid, text, text),
  public.save_webhook_secret(uuid, text, text, text, integer),
  public.read_webhook_secret(uuid),
  public.set_connection_paused(uuid, boolean),
  public.remove_connection(uuid),
  public.audit_connection(uuid, text, uuid),
  public.list_sealed(text),
  public.replace_sealed(jsonb)
to service_role;
