-- Sending domains: which are looked at, what a look leaves behind, its incidents, and who reads it.

begin;
set local search_path = public, extensions;
select plan(33);

create function pg_temp.id(name text) returns uuid language sql immutable as $$ select md5('sending ' || name)::uuid $$;
grant execute on function pg_temp.id(text) to public;

create function pg_temp.sign_in(person text) returns void language plpgsql as $$
begin
  perform set_config('request.jwt.claims', (private.custom_access_token_hook(jsonb_build_object(
    'user_id', pg_temp.id(person), 'claims', jsonb_build_object('sub', pg_temp.id(person), 'role', 'authenticated')
  )) -> 'claims')::text, true);
  perform set_config('role', 'authenticated', true);
end
$$;

-- What a look found of one kind of record.
create function pg_temp.found(of_kind text, of_verdict text, of_finding text, records text[] default '{}') returns jsonb language sql as $$
  select jsonb_build_object('kind', of_kind, 'verdict', of_verdict, 'finding', of_finding, 'sentence', 'It is ' || of_finding || '.',
    'advice', 'Do this.', 'records', records)
$$;

create function pg_temp.look(of_domain text, error text, variadic checks jsonb[]) returns integer language sql as $$
  select worker.record_sending_domains(jsonb_build_array(jsonb_build_object('domain', of_domain, 'error', error, 'checks', to_jsonb(checks))))
$$;

create view pg_temp.open_incidents as
select kind, subject, client_id, connection_id from public.incidents where closed_at is null and kind like 'd%' and kind <> 'dead_letters';

insert into public.clients (id, name) values (pg_temp.id('bakery'), 'Bakery'), (pg_temp.id('dentist'), 'Dentist');
insert into auth.users (id, email) select pg_temp.id(name), name || '@sending.test' from unnest('{ada,olga,nobody}'::text[]) as name;
insert into public.members (user_id, role, client_id) values
  (pg_temp.id('ada'), 'client', pg_temp.id('bakery')), (pg_temp.id('olga'), 'operator', null);
insert into public.provider_connections (id, provider, client_id, name) values
  (pg_temp.id('own'), 'instantly', pg_temp.id('bakery'), 'Own'), (pg_temp.id('shared'), 'smartlead', null, 'Shared');
insert into public.email_accounts (id, connection_id, client_id, email, status, provider_kind, daily_limit) values
  (pg_temp.id('a'), pg_temp.id('own'), pg_temp.id('bakery'), 'a@bakery.test', 'active', 'google', 30),
  (pg_temp.id('b'), pg_temp.id('own'), pg_temp.id('bakery'), 'b@bakery.test', 'paused', 'microsoft', 20),
  (pg_temp.id('c'), pg_temp.id('shared'), null, 'c@shared.test', 'active', null, null);

-- Which domains.
select is(
  worker.take_sending_domains(10),
  '[{"domain": "bakery.test", "provider_kinds": ["google", "microsoft"]}, {"domain": "shared.test", "provider_kinds": []}]'::jsonb,
  'the domains of new mailboxes are due at once, with where the mailboxes are hosted'
);
select is(worker.take_sending_domains(10), '[]'::jsonb, 'and are claimed, so that a second run does not look too');
update public.sending_domains set next_check_at = now() - interval '1 second';
select is(jsonb_array_length(worker.take_sending_domains(1)), 1, 'a run that died leaves its domains due again, as many as asked for');

-- A look.
select is(pg_temp.look('bakery.test', null, pg_temp.found('spf', 'good', 'valid', '{v=spf1 -all}'), pg_temp.found('dmarc', 'warning', 'only_watching')), 2, 'a look writes each kind of record');
select ok((select checked_at = now() and check_error is null and next_check_at > now() + interval '22 hours' from public.sending_domains where domain = 'bakery.test'), 'and the domain is due in a day');
select is_empty('select from public.sending_domain_changes', 'a first look is no change');
select is(pg_temp.look('unknown.test', null, pg_temp.found('spf', 'good', 'valid')), 0, 'a domain without mailboxes is not written');

update public.sending_domains set checked_at = now() - interval '1 day';
update public.sending_domain_checks set checked_at = now() - interval '1 day', since = now() - interval '9 days';
select is(pg_temp.look('bakery.test', 'No resolver answered', pg_temp.found('spf', 'good', 'valid', '{v=spf1 ~all}')), 1, 'a look that was answered in part writes that part');
select results_eq(
  $$ select kind, checked_at = now(), since < now() from public.sending_domain_checks order by kind $$,
  $$ values ('dmarc', false, true), ('spf', true, true) $$,
  'the other kind keeps its result and the age of it, and the finding its beginning'
);
select ok((select checked_at < now() and attempted_at = now() and check_error = 'No resolver answered' and next_check_at <= now() + interval '1 hour' from public.sending_domains where domain = 'bakery.test'), 'the domain says why, and is due in an hour');
select results_eq(
  $$ select kind, verdict_before, verdict, records_before, records from public.sending_domain_changes $$,
  $$ values ('spf', 'good', 'good', '{v=spf1 -all}'::text[], '{v=spf1 ~all}'::text[]) $$,
  'a changed record is history, with what it was'
);
select throws_ok($$ select pg_temp.look('bakery.test', null, pg_temp.found('spf', 'excellent', 'valid')) $$, '23514', null, 'a verdict that does not exist is refused');

-- Incidents.
select pg_temp.look('bakery.test', null, pg_temp.found('spf', 'bad', 'missing'), pg_temp.found('dkim', 'unknown', 'not_found'), pg_temp.found('dmarc', 'bad', 'missing'));
select is_empty('select from pg_temp.open_incidents', 'a domain that sends nothing has no incident');
insert into public.email_account_days (account_id, client_id, day, sent_reported, bounced_reported)
select pg_temp.id('a'), pg_temp.id('bakery'), (now() at time zone 'UTC')::date - back, 50, 1 from generate_series(0, 27) as back;
select private.watch_sending_domains();
select results_eq(
  $$ select kind, subject, client_id, connection_id from pg_temp.open_incidents order by kind $$,
  $$ values ('dmarc_broken', 'domain:bakery.test', pg_temp.id('bakery'), pg_temp.id('own')), ('domain_unprotected', 'domain:bakery.test', pg_temp.id('bakery'), pg_temp.id('own')) $$,
  'one that sends has: SPF is missing, and DMARC was in order before'
);
select matches((select details from public.incidents where kind = 'domain_unprotected'), '^The domain bakery.test .*SPF: It is missing\. Do this\. .*Operations → Email accounts', 'the incident says what is wrong and what to do');
select private.watch_sending_domains();
select is((select count(*) from public.incidents where kind = 'domain_unprotected'), 1::bigint, 'it is opened once');
select pg_temp.look('bakery.test', null, pg_temp.found('dmarc', 'bad', 'invalid'));
select results_eq('select kind from pg_temp.open_incidents order by kind', array['dmarc_broken', 'domain_unprotected'], 'a record that is bad in another way is still the one that broke');
select pg_temp.look('bakery.test', null, pg_temp.found('spf', 'good', 'valid'), pg_temp.found('dmarc', 'good', 'enforced'));
select is_empty('select from pg_temp.open_incidents', 'both close when the records are in order');

update public.email_account_days set bounced_reported = 3 where day > (now() at time zone 'UTC')::date - 7;
select private.watch_sending_domains();
select results_eq('select kind from pg_temp.open_incidents', array['domain_bouncing'], 'bounces of 6 % in seven days are an incident');
select matches((select details from public.incidents where kind = 'domain_bouncing'), '^6\.0 % .* \(21 of 350\), 2\.0 % in the three weeks before', 'with the numbers of before');
update public.email_account_days set bounced_reported = 1;
select private.watch_sending_domains();
select is_empty('select from pg_temp.open_incidents', 'and no longer when they go down');
update public.email_account_days set bounced_reported = 0 where day <= (now() at time zone 'UTC')::date - 7;
update public.email_account_days set bounced_reported = 2 where day > (now() at time zone 'UTC')::date - 7;
select private.watch_sending_domains();
select results_eq('select kind from pg_temp.open_incidents', array['domain_bouncing'], 'below 5 % it is one again where it is more than twice as many as before');
update public.email_account_days set sent_reported = 3, bounced_reported = 1;
select private.watch_sending_domains();
select is_empty('select from pg_temp.open_incidents', 'too few mails prove nothing');

-- Who reads it.
select pg_temp.sign_in('olga');
select results_eq(
  $$ select domain, verdict, mailboxes, active_mailboxes, client_names, daily_limit, sent, cardinality(sent_series) from public.operator_sending_domains order by domain $$,
  $$ values ('bakery.test', 'good', 2::bigint, 1::bigint, '{Bakery}'::text[], 30::bigint, 84::bigint, 30), ('shared.test', 'unknown', 1, 1, null, null, 0, 30) $$,
  'operators read each domain, its mailboxes, its limit and thirty days'
);
select isnt_empty('select from public.sending_domain_changes', 'and what changed');
select throws_ok('update public.sending_domain_checks set verdict = ''good''', '42501', null, 'but write nothing');
reset role;
select pg_temp.sign_in('ada');
select is_empty('select from public.operator_sending_domains', 'a client reads no domain');
select is_empty('select from public.sending_domains', 'not even of its own mailboxes');
select is_empty('select from public.sending_domain_checks union all select from public.sending_domain_checks', 'nor its checks');
select throws_ok('select worker.take_sending_domains(1)', '42501', null, 'and starts no look');
reset role;
select pg_temp.sign_in('nobody');
select is_empty('select from public.operator_sending_domains', 'nor does a user without membership');
reset role;

-- Whose mailboxes are gone.
delete from public.email_accounts where email = 'c@shared.test';
update public.provider_connections set removed_at = now(), status = 'paused' where id = pg_temp.id('own');
select is(worker.take_sending_domains(10), '[]'::jsonb, 'domains without mailboxes are not looked at');
select is_empty('select from public.sending_domains', 'and are gone');

select * from finish();
rollback;
