-- Keys and secrets go from one master key to the next.

-- Everything sealed under another master key than the given one.
create function worker.list_sealed(current_key_id text)
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

comment on function worker.list_sealed(text) is 'Keys and webhook secrets that are not sealed under the current master key. Service role only.';

grant execute on function worker.list_sealed(text) to service_role;

-- Replaces what was sealed under an old master key; does nothing when somebody saved a new value meanwhile.
-- resealed: [{ "kind", "connection_id", "digest", "sealed_before", "sealed", "master_key_id" }]
create function worker.replace_sealed(resealed jsonb)
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

comment on function worker.replace_sealed(jsonb) is 'Writes re-sealed keys and secrets; returns how many changed. Service role only.';

grant execute on function worker.replace_sealed(jsonb) to service_role;
