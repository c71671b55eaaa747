-- Tokens of CRM accounts go from one master key to the next, as API keys do (worker.list_encrypted).

create function worker.list_crm_tokens(current_key_id text)
returns jsonb
language sql
stable
set search_path = ''
as $$
  select coalesce(jsonb_agg(jsonb_build_object(
    'connection_id', t.connection_id, 'encrypted', t.encrypted_token, 'master_key_id', t.master_key_id
  )), '[]')
  from private.crm_tokens as t
  where t.master_key_id <> current_key_id
$$;

comment on function worker.list_crm_tokens(text) is
  'Tokens of CRM accounts that are not encrypted under the current master key: [{ connection_id, encrypted, master_key_id }]. Service role only.';

grant execute on function worker.list_crm_tokens(text) to service_role;

-- Does nothing for one that was replaced meanwhile.
create function worker.replace_crm_tokens(reencrypted jsonb)
returns integer
language plpgsql
set search_path = ''
as $$
declare
  replaced integer;
begin
  update private.crm_tokens as t
  set encrypted_token = g.encrypted, master_key_id = g.master_key_id
  from jsonb_to_recordset(reencrypted) as g (connection_id uuid, encrypted_before text, encrypted text, master_key_id text)
  where t.connection_id = g.connection_id and t.encrypted_token = g.encrypted_before;

  get diagnostics replaced = row_count;
  return replaced;
end
$$;

comment on function worker.replace_crm_tokens(jsonb) is 'Writes re-encrypted tokens of CRM accounts; returns how many changed. Service role only.';

grant execute on function worker.replace_crm_tokens(jsonb) to service_role;
