-- What callers of the Data API can and cannot do before anything of their request runs, and which links are kept.
begin;

create extension if not exists pgtap with schema extensions;
set local search_path = public, extensions;

select plan(80);

select is(
  (select array_agg(s order by s) from pg_catalog.pg_roles as r, unnest(r.rolconfig) as s where r.rolname = 'authenticated'),
  '{statement_timeout=3s}', 'people have three seconds a statement'
);
select ok(
  exists (select from pg_catalog.pg_roles as r where r.rolname = 'anon' and 'statement_timeout=3s' = any (r.rolconfig)), 'and so has somebody signed out'
);
select is(
  (
    select array_agg(p.proname::text order by p.proname)
    from pg_catalog.pg_proc as p
    where p.pronamespace = 'public'::regnamespace and 'statement_timeout=60s' = any (p.proconfig)
  ),
  '{delete_campaign,map_campaign,map_organization,remap_campaign,replay_dead_letters}',
  'and a minute where an act is as long as there are rows'
);
select ok(
  exists (
    select from pg_catalog.pg_roles as r, unnest(r.rolconfig) as s
    where r.rolname = 'authenticator' and s = 'pgrst.db_pre_request=private.check_request'
  ),
  'PostgREST asks private.check_request before every request'
);

-- The platform itself lets callers into schema net, which the migrations cannot undo; there it counts that the Data API does not expose it.
select ok(
  not has_schema_privilege(role, schema, 'usage') or (schema = 'net' and exists (select from pg_catalog.pg_extension where extname = 'pg_net')),
  format('%s cannot reach into %s', role, schema)
)
from unnest('{anon,authenticated}'::text[]) as role, unnest('{net,cron}'::text[]) as schema;

insert into public.clients (id, name) values ('20000000-0000-4000-8000-000000000001', 'Lakeside');
insert into auth.users (instance_id, id, aud, role, email)
values ('00000000-0000-0000-0000-000000000000', '20000000-0000-4000-8000-000000000002', 'authenticated', 'authenticated', 'ann@lakeside.test');
insert into public.members (user_id, role, client_id)
values ('20000000-0000-4000-8000-000000000002', 'client', '20000000-0000-4000-8000-000000000001');

select ok(
  worker.is_still_member('20000000-0000-4000-8000-000000000002', 'client', '20000000-0000-4000-8000-000000000001'),
  'who is a member with this role and client still is'
);
select ok(
  not worker.is_still_member('20000000-0000-4000-8000-000000000002', 'operator', null), 'a member is not what its token does not say'
);
select ok(
  not worker.is_still_member('20000000-0000-4000-8000-000000000002', 'client', gen_random_uuid()), 'nor a member of another client'
);
select ok(not worker.is_still_member(gen_random_uuid(), 'operator', null), 'somebody unknown is no operator');

-- What the database may call itself.
select ok(private.is_outbound_address(given, false), format('%L may be called', given))
from unnest(array[
  'https://hooks.example.com', 'https://hooks.slack.com/services/T0/B0/x', 'https://abc.supabase.co/functions/v1/x', 'HTTPS://X.EXAMPLE.COM./a?b=c#d',
  'https://x.example.com:443', 'https://x.example.com:8443/a', 'https://xn--mnchen-3ya.example', 'https://localhost.example.com'
]) as given;
select ok(not private.is_outbound_address(given, false), format('%L may not be called', given))
from unnest(array[
  null, '', 'hooks.example.com', 'http://hooks.example.com', 'ftp://x.example', 'file:///etc/passwd', 'https://', 'https:///x', 'https://x', 'https://localhost',
  'https://LOCALHOST.', 'https://a.localhost:8443', 'https://kong:8000', 'https://127.0.0.1', 'https://127.1', 'https://2130706433', 'https://0x7f.1', 'https://0177.0.0.1',
  'https://8.8.8.8', 'https://[::1]', 'https://[::ffff:10.0.0.1]', 'https://169.254.169.254/latest', 'https://metadata.google.internal/x', 'https://metadata.google.internal.',
  'https://printer.local', 'https://me:pw@x.example', 'https://me@x.example', 'https://x.example@10.0.0.1', E'https://x.example\\@10.0.0.1', 'https://x.example:22',
  'https://x.example:80', 'HTTPS://x.example:25', 'https://x.example:99999', E'https://x.example/\n', 'https://x.example /', 'https://x..example', 'https://-x.example',
  'https://' || repeat('a.', 2000) || 'example'
]) as given;
select ok(private.is_outbound_address(given, true), format('%L may be called on a developer''s machine', given))
from unnest(array['http://127.0.0.1:54321', 'http://kong:8000', 'https://x.example', 'http://[::1]:1/x']) as given;
select ok(not private.is_outbound_address(given, true), format('%L may not be called there either', given))
from unnest(array['file:///etc/passwd', 'http://me:pw@127.0.0.1']) as given;

-- What becomes of a link.
select is(private.http_link(given), kept, format('%L is kept as %L', given, kept))
from (
  values
    ('https://fjordpak.test/a?b=c', 'https://fjordpak.test/a?b=c'), (E' HTTP://Fjordpak.test\n', 'HTTP://Fjordpak.test'),
    ('www.fjordpak.test/contact', 'https://www.fjordpak.test/contact'), ('linkedin.com/in/ann', 'https://linkedin.com/in/ann'),
    ('javascript:alert(1)', null), ('data:text/html,x', null), ('//evil.test', null), ('https://x.test/"><script>', null),
    ('ftp://x.test', null), ('n/a', null), ('ann@x.test', null), ('', null), (null, null)
) as links (given, kept);

insert into public.campaigns (id, client_id, name)
values ('20000000-0000-4000-8000-000000000003', '20000000-0000-4000-8000-000000000001', 'Autumn');
-- As the functions write.
set local role service_role;
insert into public.businesses (client_id, campaign_id, name, website, linkedin_url, facebook_url, linkedin_contact_url)
values
  ('20000000-0000-4000-8000-000000000001', '20000000-0000-4000-8000-000000000003', 'Fjordpak',
   'fjordpak.test', 'javascript:alert(1)', 'vbscript:x', 'https://linkedin.test/in/ann');

select results_eq(
  $$ select website, linkedin_url, facebook_url, linkedin_contact_url from public.businesses where name = 'Fjordpak' $$,
  $$ values ('https://fjordpak.test', null, null, 'https://linkedin.test/in/ann') $$,
  'a business keeps links only'
);

insert into public.synced_leads (client_id, campaign_id, email, website)
values ('20000000-0000-4000-8000-000000000001', '20000000-0000-4000-8000-000000000003', 'ann@fjordpak.test', 'https://fjordpak.test');
update public.synced_leads set website = 'javascript:alert(1)' where email = 'ann@fjordpak.test';
reset role;
select is((select l.website from public.synced_leads as l where l.email = 'ann@fjordpak.test'), null, 'a lead too, when it changes as well');

select throws_ok(
  $$ select private.refuse_request(405, 'METHOD_NOT_ALLOWED', 'No', '{"Allow": "GET"}') $$,
  'PGRST', null, 'a refusal has the state that PostgREST reads a status from'
);

select * from finish();
rollback;
