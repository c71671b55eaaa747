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
