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
