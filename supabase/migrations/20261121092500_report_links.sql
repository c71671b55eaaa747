-- Generated from supabase/schemas/25_report_links by "npm run migrations".

-- Share links of reports: who has one reads this report as it was frozen, without a sign-in, and nothing else.

-- Every Supabase project has pgcrypto; this is for one that switched it off.
create extension if not exists pgcrypto with schema extensions;

create table private.report_links (
  id uuid primary key default gen_random_uuid(),
  report_id uuid not null references public.client_reports (id) on delete cascade,
  client_id uuid not null references public.clients (id) on delete cascade,
  label text check (length(label) between 1 and 100),
  token_digest bytea not null unique,
  password_hash text,
  has_password boolean not null generated always as (password_hash is not null) stored,
  expires_at timestamptz not null,
  revoked_at timestamptz,
  created_by uuid,
  created_at timestamptz not null default now(),
  opens integer not null default 0,
  last_opened_at timestamptz,
  wrong_passwords smallint not null default 0,
  locked_until timestamptz,
  constraint report_links_digest check (length(token_digest) = 32),
  constraint report_links_expiry check (expires_at <= created_at + interval '366 days')
);

comment on table private.report_links is
  'Links with which a report is read without a sign-in. The token itself is nowhere: who made the link read it once.';
comment on column private.report_links.label is 'For whom it is, as the operator calls it; null = unnamed.';
comment on column private.report_links.token_digest is 'SHA-256 of the token, 32 random bytes in base64url.';
comment on column private.report_links.password_hash is 'bcrypt; null = the link alone is enough.';
comment on column private.report_links.created_by is 'The operator who made it; null = a secret key.';
comment on column private.report_links.opens is 'How often the report was shown, which takes a browser that runs scripts: previews of links do not count.';
comment on column private.report_links.wrong_passwords is 'Wrong passwords in a row; ten lock the link.';

create index report_links_report_id_idx on private.report_links (report_id);
create index report_links_client_id_idx on private.report_links (client_id);

alter table private.report_links enable row level security;

-- What operator_report_links shows: neither digest nor hash.
grant select (
  id, report_id, client_id, label, has_password, expires_at, revoked_at, created_by, created_at, opens, last_opened_at, locked_until
) on private.report_links to authenticated;
grant select, insert, update, delete on private.report_links to service_role;

create policy "Operators see links of reports"
on private.report_links for select to authenticated
using ((select private.is_operator()));

create view public.operator_report_links
with (security_invoker = true)
as
select
  l.id, l.client_id, l.report_id, l.label,
  case when l.revoked_at is not null then 'revoked' when l.expires_at <= now() then 'expired' else 'working' end as state,
  l.has_password, l.expires_at, l.revoked_at, l.created_by, private.person_name(l.created_by) as created_by_name, l.created_at,
  l.opens, l.last_opened_at,
  case when l.locked_until > now() then l.locked_until end as locked_until
from private.report_links as l
where (select private.may_operate());

comment on view public.operator_report_links is
  'Share links of reports: state (working, expired, revoked), whether a password is asked, how often and when last the report was opened, locked_until (after ten wrong passwords; null = not locked). Operators only.';

grant select on public.operator_report_links to authenticated, service_role;

-- How operators make and end share links.

-- What is wrong with a link that somebody wants; null = nothing.
create function private.report_link_problem(report public.client_reports, label text, expires_in_days integer, password text)
returns text
language sql
stable
set search_path = ''
as $$
  select case
    when report.snapshot is null then 'This report was skipped, so there is nothing to share'
    when length(btrim(label)) > 100 then 'The label has at most 100 characters'
    when expires_in_days is null or expires_in_days not between 1 and 365 then 'A link is good for 1 to 365 days'
    -- More than 72 bytes bcrypt does not read.
    when length(password) < 8 or octet_length(password) > 72 then 'The password has 8 to 72 characters, or is null'
  end
$$;

comment on function private.report_link_problem(public.client_reports, text, integer, text) is
  'What is wrong with a share link as it is wanted; null = nothing.';

create function private.make_report_link(target_report_id uuid, label text, expires_in_days integer, password text)
returns jsonb
language plpgsql
security definer
set search_path = ''
as $$
declare
  report public.client_reports;
  problem text;
  token text := rtrim(translate(encode(extensions.gen_random_bytes(32), 'base64'), '+/', '-_'), '=');
  made private.report_links;
begin
  perform private.require_operator();

  select r.* into report
  from public.client_reports as r
  join public.clients as c on c.id = r.client_id and c.removal_requested_at is null
  where r.id = target_report_id;

  if not found then
    raise exception using errcode = 'PT404', message = 'NOT_FOUND',
      detail = format('There is no report %L; check the id', target_report_id);
  end if;

  problem := private.report_link_problem(report, label, expires_in_days, password);

  if problem is not null then
    raise exception using errcode = 'PT400', message = 'VALIDATION_FAILED', detail = problem;
  end if;

  insert into private.report_links (report_id, client_id, label, token_digest, password_hash, expires_at, created_by)
  values (
    report.id, report.client_id, nullif(btrim(make_report_link.label), ''), sha256(convert_to(token, 'UTF8')),
    extensions.crypt(password, extensions.gen_salt('bf', 10)), now() + make_interval(days => expires_in_days), (select auth.uid())
  )
  returning * into made;

  perform private.write_audit(
    'report_link_created', 'report_link', made.id::text, made.client_id,
    jsonb_build_object(
      'report_id', made.report_id, 'label', made.label, 'has_password', made.has_password, 'expires_at', made.expires_at
    )
  );

  return jsonb_build_object('link_id', made.id, 'token', token, 'expires_at', made.expires_at);
end
$$;

comment on function private.make_report_link(uuid, text, integer, text) is 'The work of public.create_report_link; checks the caller itself.';

grant execute on function private.make_report_link(uuid, text, integer, text) to authenticated, service_role;

create function public.create_report_link(
  target_report_id uuid, label text default null, expires_in_days integer default 30, password text default null
)
returns jsonb
language sql
volatile
set search_path = ''
as $$
  select private.make_report_link(target_report_id, label, expires_in_days, password)
$$;

comment on function public.create_report_link(uuid, text, integer, text) is
  'Makes a link with which a report is read without a sign-in: { link_id, token, expires_at }. The token is shown this once; the page is /shared-report#token. 1 to 365 days, with a password of 8 to 72 characters or without. Operators.';

grant execute on function public.create_report_link(uuid, text, integer, text) to authenticated, service_role;

create function private.end_report_link(target_link_id uuid)
returns boolean
language plpgsql
security definer
set search_path = ''
as $$
declare
  ended private.report_links;
begin
  perform private.require_operator();

  update private.report_links as l
  set revoked_at = now()
  where l.id = target_link_id and l.revoked_at is null
  returning * into ended;

  if ended.id is not null then
    perform private.write_audit(
      'report_link_revoked', 'report_link', ended.id::text, ended.client_id,
      jsonb_build_object('report_id', ended.report_id, 'label', ended.label, 'opens', ended.opens)
    );
    return true;
  elsif exists (select from private.report_links as l where l.id = target_link_id) then
    return false;
  end if;

  raise exception using errcode = 'PT404', message = 'NOT_FOUND',
    detail = format('There is no share link %L; check the id', target_link_id);
end
$$;

comment on function private.end_report_link(uuid) is 'The work of public.revoke_report_link; checks the caller itself.';

grant execute on function private.end_report_link(uuid) to authenticated, service_role;

create function public.revoke_report_link(target_link_id uuid)
returns boolean
language sql
volatile
set search_path = ''
as $$
  select private.end_report_link(target_link_id)
$$;

comment on function public.revoke_report_link(uuid) is
  'Ends a share link for good, from the next opening on; false = it was revoked before. Operators.';

grant execute on function public.revoke_report_link(uuid) to authenticated, service_role;

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
