-- An address and its traces: what is found, what is not, what becomes of each row, and who comes back.

begin;
set local search_path = public, extensions;
select plan(46);

create function pg_temp.id(name text) returns uuid language sql immutable as $$ select md5('personal data ' || name)::uuid $$;
create function pg_temp.sign_in(person text) returns void language plpgsql as $$
begin
  perform set_config('request.jwt.claims', (private.custom_access_token_hook(jsonb_build_object(
    'user_id', pg_temp.id(person), 'claims', jsonb_build_object('sub', pg_temp.id(person), 'role', 'authenticated')
  )) -> 'claims')::text, true);
  perform set_config('role', 'authenticated', true);
end
$$;
grant execute on function pg_temp.id(text), pg_temp.sign_in(text) to public;

insert into public.clients (id, name) values (pg_temp.id('bakery'), 'Bakery'), (pg_temp.id('dentist'), 'Dentist');
insert into auth.users (id, email) select pg_temp.id(name), name || '@personal.test' from unnest('{ada,olga}'::text[]) as name;
insert into public.members (user_id, role, client_id) values
  (pg_temp.id('ada'), 'client', pg_temp.id('bakery')), (pg_temp.id('olga'), 'operator', null);
insert into public.provider_connections (id, client_id, name) values
  (pg_temp.id('own'), pg_temp.id('bakery'), 'Own'), (pg_temp.id('shared'), null, 'Shared');
insert into public.campaigns (id, client_id, connection_id, name) values
  (pg_temp.id('bread'), pg_temp.id('bakery'), pg_temp.id('own'), 'Bread'), (pg_temp.id('teeth'), pg_temp.id('dentist'), pg_temp.id('shared'), 'Teeth');
select private.map_provider_campaign(pg_temp.id('own'), 'p-bread', pg_temp.id('bread'));
select private.map_provider_campaign(pg_temp.id('shared'), 'p-teeth', pg_temp.id('teeth'));
insert into public.synced_leads (id, client_id, campaign_id, email, first_name, job_title, industry) values
  (pg_temp.id('ina'), pg_temp.id('bakery'), pg_temp.id('bread'), 'ina.moller@mill.test', 'Ina', 'Owner of the mill', 'Food'),
  (pg_temp.id('ina there'), pg_temp.id('dentist'), pg_temp.id('teeth'), 'ina.moller@mill.test', 'Ina', 'Owner of the mill', 'Food');
insert into public.synced_leads (client_id, campaign_id, email, industry)
select pg_temp.id('bakery'), pg_temp.id('bread'), 'lead' || n || '@other.test', 'Food' from generate_series(1, 5) as n;

-- An address in a text is found whole, and only whole.
create function pg_temp.names(held text) returns boolean language sql as $$ select held ~* private.address_pattern('ina.moller@mill.test') $$;
select ok(pg_temp.names('ina.moller@mill.test'), 'the address alone');
select ok(pg_temp.names('Mail to <Ina.Moller@Mill.TEST>, please.'), 'in a sentence, in any case');
select ok(pg_temp.names('ask ina.moller@mill.test.'), 'at the end of a sentence');
select ok(pg_temp.names('?to=ina.moller%40mill.test&x'), 'in a link');
select ok(pg_temp.names(('{"a": "first\nina.moller@mill.test"}'::jsonb)::text), 'after a line break in JSON');
select ok(not pg_temp.names('katarina.moller@mill.test'), 'not as the end of a longer address');
select ok(not pg_temp.names('ina.moller@mill.testing.test'), 'not as the beginning of one');
select ok(not pg_temp.names('ina.moller@mill.test.example'), 'nor with a domain that continues');
select ok(not pg_temp.names('inaXmoller@mill.test'), 'a dot is a dot');

-- The salt and the hashes.
select is(private.erasure_salt(), null, 'before the first erasure there is no salt');
select is_empty($$ select private.erased_among(null, '{ina.moller@mill.test}') $$, 'and nobody is erased');
select is(length(private.make_erasure_salt()), 64, 'it is made once');
select is(private.make_erasure_salt(), private.erasure_salt(), 'and stays');
select isnt(
  private.address_digest('salt', null, 'a@b.test'), private.address_digest('salt', pg_temp.id('bakery'), 'a@b.test'),
  'two scopes have two hashes'
);

-- Who may ask.
select pg_temp.sign_in('ada');
select throws_ok($$ select worker.request_erasure('ina.moller@mill.test', null, false, null) $$, '42501', null, 'a client reaches no function of the work');
select throws_ok($$ select private.walk_person('ina.moller@mill.test', null, null, null, true) $$, '42501', null, 'nor what reads');
select is_empty('select * from public.operator_erasures', 'and reads no erasure');
select throws_ok('select digest from private.erasures', '42501', null, 'least of all a hash');
reset role;

set local role service_role;
select throws_ok($$ select worker.request_erasure('ina', null, false, null) $$, 'PT400', 'VALIDATION_FAILED', 'what is no address is refused');
select throws_ok($$ select worker.request_erasure('ina.moller@mill.test', gen_random_uuid(), false, null) $$, 'PT404', 'NOT_FOUND', 'so is a client that does not exist');
select throws_ok($$ select worker.request_erasure('olga@personal.test', null, false, null) $$, 'PT400', 'VALIDATION_FAILED', 'and a member''s own account');

-- For one client.
create temporary table asked as
select (worker.request_erasure('Ina.Moller@mill.test ', pg_temp.id('bakery'), false, pg_temp.id('olga')) ->> 'job_id')::uuid as id;
select is(
  worker.request_erasure('ina.moller@mill.test', pg_temp.id('bakery'), true, pg_temp.id('olga')),
  jsonb_build_object('job_id', (select id from asked), 'already_running', true), 'asked twice it is one erasure'
);
select is((select parameters ->> 'block' from private.jobs where id = (select id from asked)), 'true', 'that does what either asked');
select results_eq($$ select private.erased_among(pg_temp.id('bakery'), '{ina.moller@mill.test,else@mill.test}') $$, '{ina.moller@mill.test}'::text[], 'from here on the address is known as erased');
select is_empty($$ select private.erased_among(pg_temp.id('dentist'), '{ina.moller@mill.test}') $$, 'for this client only');
select results_eq(
  $$ select reason::text from private.suppressed_among(pg_temp.id('bread'), '{ina.moller@mill.test}') $$, '{erased}'::text[],
  'imports and exports leave it out with that reason'
);
reset role;

-- What comes in meanwhile.
insert into private.webhook_events (connection_id, event_key, provider_campaign_id, event, payload)
select c.id, gen_random_uuid(), c.campaign,
  jsonb_build_object('type', 'email_opened', 'email', 'ina.moller@mill.test', 'occurred_at', now(), 'provider_campaign_ids', jsonb_build_array(c.campaign)),
  '{"lead_email": "ina.moller@mill.test"}'
from (values (pg_temp.id('own'), 'p-bread'), (pg_temp.id('own'), 'p-unknown'), (pg_temp.id('shared'), 'p-teeth')) as c (id, campaign);
select worker.process_webhook_events(100);
select results_eq(
  $$ select provider_campaign_id, status::text, payload::text, event ? 'email' from private.webhook_events
     where connection_id in (pg_temp.id('own'), pg_temp.id('shared')) order by id $$,
  $$ values ('p-bread', 'erased', '{}', false), ('p-unknown', 'erased', '{}', false),
    ('p-teeth', 'projected', '{"lead_email": "ina.moller@mill.test"}', true) $$,
  'a delivery is emptied, known campaign or not; the other client''s is counted'
);
select is((select sum(l.erased)::integer from public.webhook_ledger as l where l.connection_id = pg_temp.id('own') and l.balanced), 2, 'the ledger has them in a column of their own');
insert into public.businesses (client_id, campaign_id, name, email) values (pg_temp.id('bakery'), pg_temp.id('bread'), 'Mill', ' INA.Moller@mill.test');
select is_empty($$ select from public.businesses where campaign_id = pg_temp.id('bread') $$, 'a business of nobody else is not written');
insert into public.suppressions (client_id, email, reason) values (pg_temp.id('bakery'), 'ina.moller@mill.test', 'unsubscribed');
select is_empty($$ select from public.suppressions where client_id = pg_temp.id('bakery') $$, 'nor a suppression');
select is(
  private.without_erased(pg_temp.id('bakery'), '[{"email": "ina.moller@mill.test"}, {"email": "else@mill.test"}]'), '[{"email": "else@mill.test"}]',
  'a sync reads the others'
);

-- The walk.
insert into public.audit_log (action, target_type, client_id, details) values
  ('test', 'client', pg_temp.id('bakery'), '{"note": "Ina.Moller@mill.test called, katarina.moller@mill.test did not"}'),
  ('test', 'client', pg_temp.id('dentist'), '{"note": "ina.moller@mill.test called"}');
update private.jobs set status = 'running', lease_token = pg_temp.id('token') where id = (select id from asked);
set local role service_role;
select is(worker.erase_person_batch((select id from asked), gen_random_uuid(), 60), 'lost', 'without the lease nothing is erased');
create temporary table steps (state text);
do $$
begin
  loop
    insert into steps select worker.erase_person_batch((select id from asked), md5('personal data token')::uuid, 60);
    exit when (select count(*) > 500 or bool_or(state = 'done') from steps);
  end loop;
end
$$;
select results_eq($$ select distinct state from steps where state <> 'held' $$, '{done}'::text[], 'it ends by itself');
reset role;
select results_eq(
  $$ select email ~ '^erased-[0-9a-f-]{36}@erased\.invalid$', first_name, job_title, industry, erased_at is not null from public.synced_leads where id = pg_temp.id('ina') $$,
  $$ values (true, null::text, null::text, 'Food', true) $$, 'the lead has a pseudonym, and of its traits only what many have'
);
select is((select email from public.synced_leads where id = pg_temp.id('ina there')), 'ina.moller@mill.test', 'the other client''s lead is untouched');
select matches(
  (select details ->> 'note' from public.audit_log where action = 'test' and client_id = pg_temp.id('bakery')),
  '^erased-[0-9a-f-]{36}@erased\.invalid called, katarina\.moller@mill\.test did not$', 'a text keeps its other words'
);
select is((select details ->> 'note' from public.audit_log where action = 'test' and client_id = pg_temp.id('dentist')), 'ina.moller@mill.test called', 'and another client''s all of them');
select is(
  worker.read_person('ina.moller@mill.test', pg_temp.id('bakery'), null, true) -> 'rows', '{}', 'nothing is found of the lead any more'
);
set local role service_role;
select ok(worker.finish_erasure((select id from asked), pg_temp.id('token'), 'completed', '[]', null, null), 'it is finished once');
select ok(not worker.finish_erasure((select id from asked), pg_temp.id('token'), 'completed', '[]', null, null), 'and not twice');
reset role;
select results_eq(
  $$ select status::text, parameters ? 'email', cursor::text from private.jobs where id = (select id from asked) $$,
  $$ values ('completed', false, '{}') $$, 'the job has forgotten whom it was about'
);
select results_eq(
  $$ select action, details ->> 'scope', details::text ~ 'mill' from public.audit_log where target_id = (select id::text from asked) order by id $$,
  $$ values ('person_erasure_requested', 'client', false), ('person_erased', 'client', false) $$, 'the log says that it was done, not to whom'
);

-- One that fails keeps no address either.
set local role service_role;
create temporary table failing as select (worker.request_erasure('ina.moller@mill.test', null, false, null) ->> 'job_id')::uuid as id;
reset role;
update private.jobs set attempts = 8 where id = (select id from failing);
select private.resume_jobs();
select results_eq(
  $$ select status::text, parameters ? 'email' from private.jobs where id = (select id from failing) $$, $$ values ('failed', false) $$,
  'an erasure that breaks off forgets the address'
);
select results_eq($$ select private.erased_among(pg_temp.id('dentist'), '{ina.moller@mill.test}') $$, '{ina.moller@mill.test}'::text[], 'the person stays out all the same');

select pg_temp.sign_in('olga');
select results_eq(
  $$ select client_name, requested_by_name, status::text, report -> 'tables' -> 'synced_leads' from public.operator_erasures order by requested_at, client_name nulls last $$,
  $$ values ('Bakery', 'olga@personal.test', 'completed', '{"anonymised": 1}'::jsonb), (null::text, null::text, 'failed', null::jsonb) $$,
  'an operator reads what was done, by whom, and not whose it was'
);
select is((select count(*)::integer from jsonb_object_keys(to_jsonb((select e from public.operator_erasures as e limit 1))) as k (name) where k.name ~ 'mail|digest'), 0, 'and there is no column that could say it');
reset role;

select * from finish();
rollback;
