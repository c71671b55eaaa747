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
