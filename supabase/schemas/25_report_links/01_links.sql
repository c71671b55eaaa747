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
