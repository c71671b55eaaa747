-- The list of a client's leads, before and after export, and removing those that were never exported.

begin;
set local search_path = public, extensions;
select plan(39);

create function pg_temp.id(name text) returns uuid language sql immutable as $$ select md5('leads ' || name)::uuid $$;
create function pg_temp.act_as(role text, user_role text default null, client_id uuid default null) returns void language plpgsql as $$
begin
  perform set_config('role', act_as.role, true);
  perform set_config('request.jwt.claims', jsonb_strip_nulls(jsonb_build_object(
    'sub', case when user_role is null then null else pg_temp.id(coalesce(act_as.client_id::text, user_role)) end,
    'role', act_as.role, 'user_role', user_role, 'client_id', act_as.client_id
  ))::text, true);
end
$$;
create function pg_temp.as_operator() returns void language sql as $$ select pg_temp.act_as('authenticated', 'operator') $$;
create function pg_temp.as_client(name text) returns void language sql as $$ select pg_temp.act_as('authenticated', 'client', pg_temp.id(name)) $$;
grant execute on all functions in schema pg_temp to authenticated, anon;

insert into public.clients (id, name) values (pg_temp.id('bakery'), 'Bakery'), (pg_temp.id('dentist'), 'Dentist');
insert into auth.users (id, email) values
  (pg_temp.id('operator'), 'boss@agency.test'), (pg_temp.id(pg_temp.id('bakery')::text), 'b@bakery.test'), (pg_temp.id(pg_temp.id('dentist')::text), 'd@dentist.test');
insert into public.members (user_id, role, client_id) values
  (pg_temp.id('operator'), 'operator', null),
  (pg_temp.id(pg_temp.id('bakery')::text), 'client', pg_temp.id('bakery')), (pg_temp.id(pg_temp.id('dentist')::text), 'client', pg_temp.id('dentist'));
insert into public.campaigns (id, client_id, name) values
  (pg_temp.id('bread'), pg_temp.id('bakery'), 'Bread'), (pg_temp.id('cake'), pg_temp.id('bakery'), 'Cake'), (pg_temp.id('teeth'), pg_temp.id('dentist'), 'Teeth');
insert into public.businesses (id, client_id, campaign_id, name, email, email_deliverability, first_name, linkedin_contact_name, linkedin_contact_email, created_at) values
  (pg_temp.id('mia'), pg_temp.id('bakery'), pg_temp.id('bread'), 'Mia''s', ' Mia@shop.example ', 'deliverable', 'Mia', 'Jon Moss', 'jon@shop.example', now() - interval '5 hours'),
  (pg_temp.id('ann'), pg_temp.id('bakery'), pg_temp.id('bread'), '100% Ann', 'ann@rival.example', 'unverified', 'Ann', null, null, now() - interval '4 hours'),
  (pg_temp.id('bad'), pg_temp.id('bakery'), pg_temp.id('cake'), null, 'no address', 'not_found', null, null, null, now() - interval '3 hours'),
  (pg_temp.id('drill'), pg_temp.id('dentist'), pg_temp.id('teeth'), 'Drill', 'drill@teeth.example', 'deliverable', null, null, null, now());
insert into public.synced_leads (id, client_id, campaign_id, business_id, email, sent_count_reported, reply_count_reported, created_at) values
  (pg_temp.id('lead mia'), pg_temp.id('bakery'), pg_temp.id('bread'), pg_temp.id('mia'), 'mia@shop.example', 2, 1, now()),
  (pg_temp.id('lead eve'), pg_temp.id('bakery'), pg_temp.id('cake'), null, 'eve@found.example', 0, 0, now() - interval '1 hour'),
  (pg_temp.id('lead mia 2'), pg_temp.id('bakery'), pg_temp.id('cake'), null, 'mia@shop.example', 1, 0, now() - interval '2 hours');
insert into public.suppression_rules (client_id, entry) values (null, 'rival.example');
insert into public.suppressions (client_id, email, reason) values (pg_temp.id('bakery'), 'eve@found.example', 'unsubscribed');

-- Everybody once, newest first.
select pg_temp.as_client('bakery');
select results_eq(
  format('select email, email_as_written, campaign_name, state, verification::text, suppressed_reason::text, suppressed_for_all from public.list_leads(%L)', pg_temp.id('bakery')),
  $$ values
    ('eve@found.example', 'eve@found.example', 'Cake', 'not_yet_emailed', null, 'unsubscribed', false),
    ('mia@shop.example', 'mia@shop.example', 'Cake', 'emailed', null, null, null::boolean),
    (null, 'no address', 'Cake', 'not_exported', 'not_found', null, null),
    ('ann@rival.example', 'ann@rival.example', 'Bread', 'not_exported', 'unverified', 'do_not_contact', true),
    ('jon@shop.example', 'jon@shop.example', 'Bread', 'not_exported', 'unverified', null, null),
    ('mia@shop.example', ' Mia@shop.example ', 'Bread', 'replied', 'deliverable', null, null) $$,
  'a client lists the addresses of its campaigns, found at the provider or not yet exported, each once'
);
select results_eq(
  format('select first_name, last_name, company_name from public.list_leads(%L, target_email => %L)', pg_temp.id('bakery'), 'jon@shop.example'),
  $$ values ('Jon Moss', null::text, 'Mia''s') $$, 'a LinkedIn contact has its own name'
);

-- Filters, each with what it leaves.
select results_eq(
  format('select email from public.list_leads(%L, %s) order by created_at desc, email', pg_temp.id('bakery'), filter),
  format('select unnest(%L::text[])', expected), filter
)
from (values
  ($$ search => 'MIA' $$, '{mia@shop.example,jon@shop.example,mia@shop.example}'),
  ($$ search => '100%' $$, '{ann@rival.example}'),
  ($$ search => '_' $$, '{}'),
  ($$ target_email => 'mia@shop.example' $$, '{mia@shop.example,mia@shop.example}'),
  (format('target_campaign_id => %L', pg_temp.id('cake')), '{eve@found.example,mia@shop.example,NULL}'),
  ($$ with_verification => 'unverified' $$, '{ann@rival.example,jon@shop.example}'),
  ($$ with_state => 'replied' $$, '{mia@shop.example}'),
  ($$ with_state => 'not_exported' $$, '{NULL,ann@rival.example,jon@shop.example}'),
  ($$ with_suppressed => true $$, '{eve@found.example,ann@rival.example}'),
  ($$ with_suppressed => false, with_state => 'emailed' $$, '{mia@shop.example}')
) as f (filter, expected);

-- Page by page, each row once.
select results_eq(
  format(
    $$ with recursive page as (
         (select l.key, l.created_at, 1 as number from public.list_leads(%1$L, page_size => 1) as l)
         union all
         select n.key, n.created_at, p.number + 1 from page as p
         cross join lateral public.list_leads(%1$L, older_than => p.created_at, below_key => p.key, page_size => 1) as n
       )
       select key from page order by number $$, pg_temp.id('bakery')
  ),
  format('select key from public.list_leads(%L)', pg_temp.id('bakery')), 'pages of one row show the same list'
);

-- Nobody else's.
select is_empty(format('select * from public.list_leads(%L)', pg_temp.id('dentist')), 'a client lists no other client''s leads');
select throws_ok(format('select public.remove_businesses(array[%L::uuid])', pg_temp.id('ann')), 'PT403', 'FORBIDDEN', 'and removes none');
select pg_temp.as_client('dentist');
select results_eq(format('select email from public.list_leads(%L)', pg_temp.id('dentist')), $$ values ('drill@teeth.example') $$, 'the other client lists its own');
select is_empty(format('select * from public.list_leads(%L)', pg_temp.id('bakery')), 'and none of the first');
select pg_temp.act_as('anon');
select throws_ok(format('select * from public.list_leads(%L)', pg_temp.id('bakery')), '42501', null, 'nobody lists without signing in');
select throws_ok(format('select public.remove_businesses(array[%L::uuid])', pg_temp.id('ann')), '42501', null, 'nor removes');

-- An operator lists every client's and removes what was never exported.
select pg_temp.as_operator();
select is((select count(*) from public.list_leads(pg_temp.id('bakery'))), 6::bigint, 'an operator lists a client''s leads');
select is(
  public.remove_businesses(array[pg_temp.id('ann'), pg_temp.id('bad'), pg_temp.id('mia'), pg_temp.id('nobody')]),
  '{"removed": 2, "kept": 2}', 'what was never exported is removed; the others stay'
);
select results_eq(
  format('select email from public.list_leads(%L) order by 1', pg_temp.id('bakery')),
  $$ values ('eve@found.example'), ('jon@shop.example'), ('mia@shop.example'), ('mia@shop.example') $$, 'they are gone from the list'
);
select results_eq(
  $$ select l.target_id::uuid, l.details -> 'leads' from public.audit_log as l where l.action = 'leads_removed' order by l.id $$,
  $$ select v.id, v.n::jsonb from (values (pg_temp.id('bread'), '1'), (pg_temp.id('cake'), '1')) as v (id, n) order by v.id $$,
  'and on record, by campaign'
);
select throws_ok($$ select public.remove_businesses('{}') $$, 'PT400', 'VALIDATION_FAILED', 'removing nothing is refused');

-- A lead whose address was changed at the provider is one row, with what its business has.
reset role;
update public.synced_leads set email = 'mia.moss@shop.example' where id = pg_temp.id('lead mia');
select pg_temp.as_operator();
select results_eq(
  format('select email, company_name from public.list_leads(%L, search => %L)', pg_temp.id('bakery'), 'mia.moss'),
  $$ values ('mia.moss@shop.example', 'Mia''s') $$, 'a changed address is listed as the lead that has it'
);
select is_empty(
  format('select * from public.list_leads(%L, target_campaign_id => %L, target_email => %L)', pg_temp.id('bakery'), pg_temp.id('bread'), 'mia@shop.example'),
  'and not as one that was never exported'
);

-- An exported lead whose campaign is gone at the provider is removed, an unsubscribed one says so.
reset role;
update public.synced_leads set removed_at = now() where id = pg_temp.id('lead mia');
update public.synced_leads set unsubscribed_at = now() where id = pg_temp.id('lead eve');
select pg_temp.as_operator();
select results_eq(
  format('select state from public.list_leads(%L) order by state', pg_temp.id('bakery')),
  $$ values ('emailed'), ('not_exported'), ('removed'), ('unsubscribed') $$, 'the state is the one that matters most'
);
select is((select count(*) from public.list_leads(pg_temp.id('bakery'), page_size => 0)), 1::bigint, 'a page has at least one row');
select throws_ok($$ select * from public.list_leads(null) $$, 'PT400', 'VALIDATION_FAILED', 'and a client has to be named');

-- The variables that can be columns: those of the listed leads, by campaign and by import, and of nobody else.
reset role;
update public.businesses set custom_variables = '{"team_size": "12", "Founded": 1999}' where id = pg_temp.id('mia');
update public.businesses set custom_variables = '{"chairs": 4}' where id = pg_temp.id('drill');
update public.synced_leads set payload = '{"shadowed": "x"}' where id = pg_temp.id('lead mia');
update public.synced_leads set payload = '{"found_by": "sync"}' where id = pg_temp.id('lead eve');
insert into public.imports (id, client_id, campaign_id, file_name, mapping, verification)
values (pg_temp.id('import'), pg_temp.id('bakery'), pg_temp.id('cake'), 'list.csv', '[]', 'column');
insert into public.businesses (client_id, campaign_id, name, email, import_id, custom_variables)
values (pg_temp.id('bakery'), pg_temp.id('cake'), 'Imported', 'imp@orted.example', pg_temp.id('import'), '{"source_list": "fair"}');
select pg_temp.as_client('bakery');
select results_eq(
  format('select name from public.list_lead_variables(%L, %s)', pg_temp.id('bakery'), filter),
  format('select unnest(%L::text[])', expected), 'variables of ' || filter
)
from (values
  ('null', '{found_by,Founded,source_list,team_size}'),
  (format('target_campaign_id => %L', pg_temp.id('bread')), '{Founded,team_size}'),
  (format('target_campaign_id => %L', pg_temp.id('cake')), '{found_by,source_list}'),
  (format('target_import_id => %L', pg_temp.id('import')), '{source_list}')
) as f (filter, expected);
select is_empty(format('select * from public.list_lead_variables(%L)', pg_temp.id('dentist')), 'another client''s names are not told');
select pg_temp.as_client('dentist');
select results_eq(format('select name from public.list_lead_variables(%L)', pg_temp.id('dentist')), $$ values ('chairs') $$, 'the other client reads its own');
select pg_temp.as_operator();
select is((select count(*) from public.list_lead_variables(pg_temp.id('bakery'))), 4::bigint, 'an operator reads a client''s');
select throws_ok($$ select * from public.list_lead_variables(null) $$, 'PT400', 'VALIDATION_FAILED', 'of a client that is named');
select is_empty(
  $$ select 1 from public.list_lead_variables(pg_temp.id('bakery')) as v (name)
     where not exists (select from public.list_leads(pg_temp.id('bakery')) as l where l.custom_variables ? v.name) $$,
  'each is a variable of a listed lead'
);
select pg_temp.act_as('anon');
select throws_ok(format('select * from public.list_lead_variables(%L)', pg_temp.id('bakery')), '42501', null, 'nobody reads them without signing in');

select * from finish();
rollback;
