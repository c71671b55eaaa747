-- Signing secrets and the key of the mail API go from one master key to the next, as API keys do (worker.list_encrypted).

create function worker.list_outgoing_secrets(current_key_id text)
returns jsonb
language sql
stable
set search_path = ''
as $$
  select coalesce(jsonb_agg(s), '[]')
  from (
    select 'current' as kind, s.endpoint_id, s.encrypted_secret as encrypted, s.master_key_id
    from private.outgoing_secrets as s
    where s.master_key_id <> current_key_id
    union all
    select 'previous', s.endpoint_id, s.encrypted_previous, s.previous_master_key_id
    from private.outgoing_secrets as s
    where s.previous_master_key_id <> current_key_id
    union all
    select 'mail', null, m.encrypted_key, m.master_key_id
    from private.mail_settings as m
    where m.master_key_id <> current_key_id
  ) as s
$$;

comment on function worker.list_outgoing_secrets(text) is
  'Signing secrets of endpoints (kind current, previous) and the key of the mail API (mail) that are not encrypted under the current master key: [{ kind, endpoint_id, encrypted, master_key_id }]. Service role only.';

grant execute on function worker.list_outgoing_secrets(text) to service_role;

-- Does nothing for one that was rotated meanwhile.
create function worker.replace_outgoing_secrets(reencrypted jsonb)
returns integer
language plpgsql
set search_path = ''
as $$
declare
  replaced integer;
begin
  with given as (
    select r.*
    from jsonb_to_recordset(reencrypted) as r (kind text, endpoint_id uuid, encrypted_before text, encrypted text, master_key_id text)
  ),
  written as (
    update private.outgoing_secrets as s
    set
      encrypted_secret = coalesce(n.encrypted, s.encrypted_secret),
      master_key_id = coalesce(n.master_key_id, s.master_key_id),
      encrypted_previous = coalesce(o.encrypted, s.encrypted_previous),
      previous_master_key_id = coalesce(o.master_key_id, s.previous_master_key_id)
    from (select distinct g.endpoint_id from given as g) as i
    left join given as n on n.endpoint_id = i.endpoint_id and n.kind = 'current'
    left join given as o on o.endpoint_id = i.endpoint_id and o.kind = 'previous'
    where s.endpoint_id = i.endpoint_id
      and coalesce(s.encrypted_secret = n.encrypted_before, true)
      and coalesce(s.encrypted_previous = o.encrypted_before, true)
    returning (n.kind is not null)::integer + (o.kind is not null)::integer as secrets
  ),
  mail as (
    update private.mail_settings as m
    set encrypted_key = g.encrypted, master_key_id = g.master_key_id
    from given as g
    where g.kind = 'mail' and m.encrypted_key = g.encrypted_before
    returning 1 as secrets
  )
  select coalesce(sum(c.secrets), 0) into replaced from (select w.secrets from written as w union all select m.secrets from mail as m) as c;

  return replaced;
end
$$;

comment on function worker.replace_outgoing_secrets(jsonb) is 'Writes re-encrypted signing secrets and the key of the mail API; returns how many changed. Service role only.';

grant execute on function worker.replace_outgoing_secrets(jsonb) to service_role;
