-- Lists of leads: who comes in, who reads it, and what undoing leaves.

begin;
set local search_path = public, extensions;
select plan(43);

create function pg_temp.id(name text) returns uuid language sql immutable as $$ select md5('imports ' || name)::uuid $$;
grant execute on function pg_temp.id(text) to public;

create function pg_temp.sign_in(person text) returns void language plpgsql as $$
begin
  perform set_config('request.jwt.claims', (private.custom_access_token_hook(jsonb_build_object(
    'user_id', pg_temp.id(person), 'claims', jsonb_build_object('sub', pg_temp.id(person), 'role', 'authenticated')
  )) -> 'claims')::text, true);
  perform set_config('role', 'authenticated', true);
end
$$;

insert into public.clients (id, name) select pg_temp.id(name), name from unnest('{bakery,dentist}'::text[]) as name;
insert into auth.users (id, email) select pg_temp.id(name), name || '@people.test' from unnest('{ada,ben,olga}'::text[]) as name;
insert into public.members (user_id, role, client_id) values
  (pg_temp.id('ada'), 'client', pg_temp.id('bakery')), (pg_temp.id('ben'), 'client', pg_temp.id('dentist')),
  (pg_temp.id('olga'), 'operator', null);
insert into public.provider_connections (id, name) values (pg_temp.id('shared'), 'Shared');
insert into public.campaigns (id, client_id, connection_id, name) values
  (pg_temp.id('bread'), pg_temp.id('bakery'), pg_temp.id('shared'), 'Bread'),
  (pg_temp.id('cake'), pg_temp.id('bakery'), null, 'Cake'), (pg_temp.id('teeth'), pg_temp.id('dentist'), null, 'Teeth');

create function pg_temp.started(campaign text, more jsonb default '{}') returns uuid language sql as $$
  select (worker.start_import(pg_temp.id(campaign), '{
    "file_name": "list.csv", "verification": "declared_verified",
    "mapping": [{"header": "E-Mail", "target": "email"}, {"header": "Firma", "target": "name"}]
  }'::jsonb || more, pg_temp.id('olga')) ->> 'import_id')::uuid
$$;

-- "address=company" per row, numbered from 2 on.
create function pg_temp.added(import uuid, lines text[], part integer default 0) returns jsonb language sql as $$
  select worker.add_import_rows(import, part, jsonb_agg(jsonb_build_object(
    'n', 1 + l.place + part * 1000, 'email', split_part(l.line, '=', 1), 'cells', jsonb_build_array(l.line),
    'fields', jsonb_strip_nulls(jsonb_build_object('name', nullif(split_part(l.line, '=', 2), ''), 'email_deliverability', 'deliverable'))
  )))
  from unnest(lines) with ordinality as l (line, place)
$$;
create function pg_temp.outcomes(import uuid) returns text language sql as $$
  select string_agg(concat_ws(' ', r.outcome, r.reason), ', ' order by r.row_number) from public.import_rows as r where r.import_id = import
$$;

-- Addresses of a function, and names of variables.
select results_eq(
  $$ select a, private.is_role_address(a) from unnest('{Info@x.test,sales+nl@x.test,info2@x.test,verkoop@x.test,buero@x.test,anna@x.test,information.desk@x.test,none}'::text[]) as a $$,
  $$ values ('Info@x.test', true), ('sales+nl@x.test', true), ('info2@x.test', true), ('verkoop@x.test', true), ('buero@x.test', true),
    ('anna@x.test', false), ('information.desk@x.test', false), ('none', false) $$,
  'mailboxes of a function are known in English, Dutch and German'
);
select is(private.variable_name('Größe des Teams'), 'groesse_des_teams', 'a heading becomes a name that {{…}} takes');
select is(private.variable_name('campaign_id'), 'custom_campaign_id', 'a reserved one is renamed');
select is(private.variable_name('Account owner'), 'custom_account_owner', 'and one that begins as what a provider fills itself');

-- Who must not be emailed: one answer for imports and exports.
insert into public.suppressions (client_id, email, reason) values
  (pg_temp.id('bakery'), 'own@no.test', 'unsubscribed'), (pg_temp.id('dentist'), 'foreign@no.test', 'unsubscribed');
insert into private.workspace_suppressions (connection_id, email, reason, suppressed_at) values (pg_temp.id('shared'), 'ws@no.test', 'do_not_contact', now());
select results_eq(
  $$ select email, reason::text from private.suppressed_among(pg_temp.id('bread'), '{own@no.test,foreign@no.test,ws@no.test,yes@no.test}') order by email $$,
  $$ values ('own@no.test', 'unsubscribed'), ('ws@no.test', 'do_not_contact') $$,
  'the client''s own suppressions and those of its workspace, not another client''s'
);
select is_empty($$ select * from private.suppressed_among(pg_temp.id('cake'), '{ws@no.test}') $$, 'a campaign elsewhere is free of the workspace''s');

-- The first import.
create table pg_temp.first as select pg_temp.started('bread') as id;
select is((pg_temp.added((select id from pg_temp.first), '{anna@bread.test=Blum,ANNA@bread.test,own@no.test,ws@no.test,=x,nonsense,info@bread.test}')) -> 'counts',
  '{"imported": 2, "suppressed": 2, "no_address": 1, "not_an_address": 1, "duplicate_in_file": 1}', 'each row is counted by how it ended');
select is(pg_temp.outcomes((select id from pg_temp.first)),
  'imported, duplicate_in_file 2, suppressed unsubscribed, suppressed do_not_contact, no_address, not_an_address, imported', 'with its reason');
select results_eq(
  $$ select email, name, is_role_address from public.businesses where import_id = (select id from pg_temp.first) order by email $$,
  $$ values ('anna@bread.test', 'Blum', false), ('info@bread.test', null, true) $$,
  'a business without a company has no name, and a function''s mailbox is flagged'
);
select results_eq(
  $$ select row_number from public.import_rows where import_id = (select id from pg_temp.first) and cells is not null order by 1 $$,
  'values (3), (4), (5), (6), (7)', 'rows that were not kept have their cells, the others do not'
);
select is(pg_temp.added((select id from pg_temp.first), '{anna@bread.test=Blum,ANNA@bread.test,own@no.test,ws@no.test,=x,nonsense,info@bread.test}') ->> 'repeated', 'true', 'a part that comes again is skipped');
select throws_ok($$ select pg_temp.added((select id from pg_temp.first), '{other@bread.test}') $$, 'PT400', 'VALIDATION_FAILED', 'with other rows it is refused');
select is(pg_temp.added((select id from pg_temp.first), '{anna@bread.test}', 1) -> 'counts' ->> 'duplicate_in_file', '2', 'an address of an earlier part is a duplicate');
select is(worker.end_import((select id from pg_temp.first), 'completed', 2, pg_temp.id('olga')) ->> 'status', 'completed', 'it ends when all parts are there');
select is((select generation_status::text from public.campaigns where id = pg_temp.id('bread')), 'completed', 'and its campaign can be exported');
select throws_ok($$ select pg_temp.added((select id from pg_temp.first), '{late@bread.test}', 2) $$, 'PT400', 'VALIDATION_FAILED', 'then it takes no more');
select throws_ok($$ select worker.end_import((select id from pg_temp.first), 'cancelled', null, null) $$, 'PT400', 'VALIDATION_FAILED', 'and is not cancelled any more');

-- Variables of a lead.
update public.businesses set custom_variables = '{"team_size": "12"}' where email = 'anna@bread.test';
update public.campaigns set sequence = '[{"subject": "{{team_size}}", "body": "{{firstName}} {{companyName}} {{company_name}} {{company}}"}]'
where id = pg_temp.id('bread');
select results_eq(
  $$ select email, detail from private.plan_export(pg_temp.id('bread')) order by email $$,
  $$ values ('anna@bread.test', null), ('info@bread.test', 'company, companyName, company_name, firstName, team_size') $$,
  'a custom variable has a value for the export; a business without a name has none for its company, and none for firstName'
);
update public.campaigns set sequence = null where id = pg_temp.id('bread');

-- The same people in another campaign, and again in this one.
create table pg_temp.second as select pg_temp.started('cake') as id;
select is(pg_temp.added((select id from pg_temp.second), '{anna@bread.test=Blum,new@cake.test}') -> 'counts', '{"imported": 1, "in_other_campaign": 1}', 'a person of another campaign is left out');
select is(pg_temp.outcomes((select id from pg_temp.second)), 'in_other_campaign Bread, imported', 'with the name of that campaign');
create table pg_temp.allowed as select pg_temp.started('cake', '{"allow_other_campaigns": true}') as id;
select is(pg_temp.added((select id from pg_temp.allowed), '{anna@bread.test=Blum}') -> 'flags', '{"in_other_campaign": 1}', 'or comes in with a flag where that is allowed');
create table pg_temp.foreign as select pg_temp.started('teeth') as id;
select is(pg_temp.added((select id from pg_temp.foreign), '{anna@bread.test=Blum}') -> 'counts', '{"imported": 1}', 'another client''s people do not count');
create table pg_temp.third as select pg_temp.started('bread') as id;
select is(pg_temp.added((select id from pg_temp.third), '{anna@bread.test=Bloom,info@bread.test}') -> 'counts', '{"updated": 1, "in_campaign": 1}', 'in its own campaign a person is updated where a value differs');
select is((select changes from public.import_rows where import_id = (select id from pg_temp.third) and row_number = 2), '{"name": ["Blum", "Bloom"]}', 'and what it replaced is kept');

-- Undoing.
select throws_ok($$ select worker.undo_import((select id from pg_temp.third), 100, null) $$, 'PT400', 'VALIDATION_FAILED', 'a running import is not undone');
select worker.end_import((select id from pg_temp.third), 'cancelled', null, null);
select is(worker.undo_import((select id from pg_temp.third), 100, pg_temp.id('olga')) -> 'undo_result', '{"kept": 0, "removed": 0, "restored": 1}', 'what it replaced is put back');
select is((select name from public.businesses where email = 'anna@bread.test' and campaign_id = pg_temp.id('bread')), 'Blum', 'as it was');
select is(worker.undo_import((select id from pg_temp.first), 1, null) ->> 'status', 'undoing', 'one step takes out only so many');
select worker.undo_import((select id from pg_temp.first), 1, null);
select is(worker.undo_import((select id from pg_temp.first), 1, null) ->> 'status', 'undone', 'the last one ends it');
select is_empty($$ select from public.businesses where campaign_id = pg_temp.id('bread') $$, 'and nothing that it made is left');

insert into public.synced_leads (client_id, campaign_id, business_id, email)
select b.client_id, b.campaign_id, b.id, b.email from public.businesses as b where b.email = 'new@cake.test';
select worker.end_import((select id from pg_temp.second), 'completed', 1, null);
select throws_like($$ select worker.undo_import((select id from pg_temp.second), 100, null) $$, 'VALIDATION_FAILED', 'an import whose leads are at the provider stays');

-- Who reads it, and who writes.
select pg_temp.sign_in('ada');
select results_eq(
  $$ select (select count(*) from public.imports), (select count(*) from public.client_imports), (select count(*) > 0 from public.import_rows),
    (select count(*) from public.import_mappings), (select count(verification_by_name) from public.client_imports) $$,
  $$ values (4::bigint, 4::bigint, true, 2::bigint, 0::bigint) $$,
  'a client reads its own imports, and no names of operators'
);
select throws_ok($$ insert into public.imports (client_id, campaign_id, file_name, mapping, verification) select client_id, campaign_id, 'x', '[]', 'column' from public.imports limit 1 $$,
  '42501', null, 'and writes none');
select throws_ok($$ select worker.undo_import(pg_temp.id('any'), 1, null) $$, '42501', null, 'nor reaches the functions'' door');
reset role;
select pg_temp.sign_in('ben');
select is((select count(*) from public.import_rows), 1::bigint, 'another client reads only its own');
reset role;
select pg_temp.sign_in('olga');
select is((select count(*) from public.imports), 5::bigint, 'an operator reads all');
reset role;
set local role anon;
select throws_ok('select * from public.client_imports', '42501', null, 'anon may not even ask');

reset role;

-- A list that has just come in, of which the planner knows nothing: joined by the import, this step took ten seconds and more.
analyze public.businesses, public.import_rows;
select set_config('imports.large', pg_temp.started('cake')::text, true);
with made as (
  insert into public.businesses (client_id, campaign_id, import_id, email)
  select pg_temp.id('bakery'), pg_temp.id('cake'), current_setting('imports.large')::uuid, 'large' || n || '@large.test'
  from generate_series(1, 40000) as n
  returning id, email
)
insert into public.import_rows (import_id, row_number, client_id, campaign_id, outcome, email, business_id)
select
  current_setting('imports.large')::uuid, row_number() over (order by m.id), pg_temp.id('bakery'), pg_temp.id('cake'), 'imported',
  m.email, m.id
from made as m;
update public.imports set status = 'completed' where id = current_setting('imports.large')::uuid;
set local statement_timeout = '5s';
select lives_ok(
  $$ select worker.undo_import(current_setting('imports.large')::uuid, 2000, pg_temp.id('olga')) $$,
  'a step of undoing a long list stays far below the time limit of a statement'
);
set local statement_timeout = 0;
select results_eq(
  $$ select count(*), count(b.id), (select i.undo_result ->> 'removed' from public.imports as i where i.id = r.import_id)
    from public.import_rows as r
    left join public.businesses as b on b.id = r.business_id
    where r.import_id = current_setting('imports.large')::uuid and r.business_id is not null
    group by r.import_id $$,
  $$ values (38000::bigint, 38000::bigint, '2000') $$,
  'and takes out exactly its rows'
);

-- An import that no one continues.
alter table public.imports disable trigger set_updated_at;
select set_config('imports.left', pg_temp.started('cake')::text, true);
select pg_temp.added(current_setting('imports.left')::uuid, '{left@left.test=Left}');
create function pg_temp.age_of_left(age interval) returns void language sql as $$
  update public.imports set updated_at = now() - age where id = current_setting('imports.left')::uuid
$$;
select pg_temp.age_of_left('9 minutes');
select is((select is_interrupted from public.client_imports where import_id = current_setting('imports.left')::uuid), false,
  'an import of which something arrived a moment ago is running');
select pg_temp.age_of_left('11 minutes');
select is((select is_interrupted from public.client_imports where import_id = current_setting('imports.left')::uuid), true,
  'one of which nothing arrives is interrupted');
select pg_temp.age_of_left('6 days');
select is(private.cancel_abandoned_imports(), 0, 'it can be continued for a week');
select pg_temp.age_of_left('8 days');
select results_eq(
  $$ select private.cancel_abandoned_imports(), v.status::text, v.is_interrupted, (worker.undo_import(v.import_id, 10, null)) ->> 'status'
    from public.client_imports as v where v.import_id = current_setting('imports.left')::uuid $$,
  $$ values (1, 'running', true, 'undone') $$,
  'and is then cancelled, and can be undone'
);

select * from finish();

rollback;
