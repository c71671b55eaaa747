-- Opening a share link. Links are looked up by the digest of their token, so nothing is compared that time could tell of.

-- In one transaction with the link locked: guesses of a password come one after the other, however many are sent at once.
create function worker.open_report_link(digest text, password text)
returns jsonb
language plpgsql
set search_path = ''
as $$
declare
  link private.report_links;
begin
  select l.* into link
  from private.report_links as l
  join public.clients as c on c.id = l.client_id and c.removal_requested_at is null
  where l.token_digest = decode(digest, 'hex') and l.revoked_at is null and l.expires_at > now()
  for update of l;

  -- The same for a token that never was, has expired or was revoked.
  if not found then
    return '{"state": "unknown"}'::jsonb;
  end if;

  if link.has_password and (link.locked_until > now()) is not true then
    if password is null then
      return '{"state": "password_required"}'::jsonb;
    elsif extensions.crypt(password, link.password_hash) <> link.password_hash then
      update private.report_links as l
      set
        wrong_passwords = (l.wrong_passwords + 1) % 10,
        locked_until = case when l.wrong_passwords + 1 = 10 then now() + interval '15 minutes' end
      where l.id = link.id
      returning * into link;

      if link.locked_until is null then
        return '{"state": "wrong_password"}'::jsonb;
      end if;
    end if;
  end if;

  if link.locked_until > now() then
    return jsonb_build_object('state', 'locked', 'retry_after', ceil(extract(epoch from link.locked_until - now())));
  end if;

  update private.report_links as l
  set opens = l.opens + 1, last_opened_at = now(), wrong_passwords = 0, locked_until = null
  where l.id = link.id;

  return jsonb_build_object(
    'state', 'opened', 'expires_at', link.expires_at,
    'report', (select r.snapshot from public.client_reports as r where r.id = link.report_id)
  );
end
$$;

comment on function worker.open_report_link(text, text) is
  'Opens a share link by the SHA-256 of its token (hex): { state: opened, report, expires_at }, counted; else state unknown, password_required, wrong_password, or locked with retry_after in seconds: ten wrong passwords lock a link for 15 minutes. Service role only.';

grant execute on function worker.open_report_link(text, text) to service_role;
