-- Placement tests and blacklists: when they are read, what is kept of them, their incidents, and who reads them.

begin;
set local search_path = public, extensions;
select plan(49);

create function pg_temp.id(name text) returns uuid language sql immutable as $$ select md5('placement ' || name)::uuid $$;
grant execute on function pg_temp.id(text) to public;

create function pg_temp.sign_in(person text) returns void language plpgsql as $$
begin
  perform set_config('request.jwt.claims', (private.custom_access_token_hook(jsonb_build_object(
    'user_id', pg_temp.id(person), 'claims', jsonb_build_object('sub', pg_temp.id(person), 'role', 'authenticated')
  )) -> 'claims')::text, true);
  perform set_config('role', 'authenticated', true);
end
$$;

-- One look at the blacklists of a domain.
create function pg_temp.look(of_domain text, at timestamptz, variadic lists text[]) returns integer language sql as $$
  select worker.record_domain_listings(pg_temp.id('own'), jsonb_build_array(jsonb_build_object(
    'domain', of_domain, 'at', at,
    'listings', coalesce((
      select jsonb_agg(jsonb_build_object('address', of_domain, 'blacklist', l.name, 'removal_url', 'https://lists.test/' || l.name))
      from unnest(lists) as l (name) where l.name <> ''
    ), '[]')
  )))
$$;

create function pg_temp.tested(of_email text, of_day date, inbox integer, promotions integer, spam integer) returns integer language sql as $$
  select worker.record_placement_results(pg_temp.id('own'), (now() at time zone 'UTC')::date - 30, jsonb_build_array(jsonb_build_object(
    'email', of_email, 'day', of_day, 'inbox', inbox, 'promotions', promotions, 'spam', spam)))
$$;

create view pg_temp.open_incidents as
select kind, subject, client_id, connection_id, details from public.incidents
where closed_at is null and kind in ('domain_blacklisted', 'placement_spam');

insert into public.clients (id, name) values (pg_temp.id('bakery'), 'Bakery');
insert into auth.users (id, email) select pg_temp.id(name), name || '@placement.test' from unnest('{ada,olga,nobody}'::text[]) as name;
insert into public.members (user_id, role, client_id) values
  (pg_temp.id('ada'), 'client', pg_temp.id('bakery')), (pg_temp.id('olga'), 'operator', null);
insert into public.provider_connections (id, provider, client_id, name, api_key_last4) values
  (pg_temp.id('own'), 'instantly', pg_temp.id('bakery'), 'Own', 'aaaa'), (pg_temp.id('shared'), 'smartlead', null, 'Shared', 'bbbb');
insert into public.email_accounts (id, connection_id, client_id, email, status) values
  (pg_temp.id('a'), pg_temp.id('own'), pg_temp.id('bakery'), 'a@bakery.test', 'active'),
  (pg_temp.id('b'), pg_temp.id('own'), pg_temp.id('bakery'), 'b@bakery.test', 'active'),
  (pg_temp.id('c'), pg_temp.id('shared'), null, 'c@shared.test', 'active');

-- When.
select is(
  worker.start_placement_reading(pg_temp.id('own'), false),
  jsonb_build_object('since', to_char((now() at time zone 'UTC')::date - 30, 'YYYY-MM-DD'), 'emails', '["a@bakery.test"]'::jsonb),
  'the first reading looks back 30 days, with one mailbox per domain'
);
select is((select state from public.placement_readings), 'reading', 'and is known to be under way');
select is(worker.start_placement_reading(pg_temp.id('own'), true), null, 'a second one does not begin meanwhile, not even in a full sync');
select worker.finish_placement_reading(pg_temp.id('own'), 'read', null, 2);
select ok((select state = 'read' and tests = 2 and read_at = now() and next_read_at > now() + interval '22 hours' from public.placement_readings), 'a reading is due again in a day');
select is(worker.start_placement_reading(pg_temp.id('own'), false), null, 'not before');
update public.placement_readings set attempted_at = now() - interval '2 hours', read_at = now() - interval '2 hours';
select is(worker.start_placement_reading(pg_temp.id('own'), false), null, 'nor two hours later');
select is(
  worker.start_placement_reading(pg_temp.id('own'), true) ->> 'since', to_char((now() - interval '26 hours') at time zone 'UTC', 'YYYY-MM-DD'),
  'but in a full sync, from the day before the last one'
);
select worker.finish_placement_reading(pg_temp.id('own'), 'missing_scope', null, 0);
select ok((select state = 'missing_scope' and read_at < now() and next_read_at > now() + interval '22 hours' from public.placement_readings), 'a key without the permission is asked again in a day, and the last reading stays');
update public.provider_connections set api_key_last4 = 'cccc' where id = pg_temp.id('own');
select isnt(worker.start_placement_reading(pg_temp.id('own'), false), null, 'a new key at once');
select worker.finish_placement_reading(pg_temp.id('own'), 'failed', repeat('x', 600), 0);
select ok((select state = 'failed' and length(error) = 500 and next_read_at = now() from public.placement_readings), 'what failed is due with the next sync, and says why');
select throws_ok($$ select worker.finish_placement_reading(pg_temp.id('own'), 'excellent', null, 0) $$, '23514', null, 'a state that does not exist is refused');

-- Records, as the provider tests them.
select is(
  worker.record_domain_vitals(pg_temp.id('own'), '[{"domain": "BAKERY.test", "spf": true, "dkim": false, "dmarc": null, "mx": true}, {"domain": "shared.test", "spf": true}]'),
  1, 'the records of a domain of the connection are written, of no other'
);
select is((select provider_records from public.sending_domains where domain = 'bakery.test'), '{"spf": true, "dkim": false, "dmarc": null, "mx": true}'::jsonb, 'as they were tested');

-- Blacklists.
select is(pg_temp.look('bakery.test', now() - interval '2 days', 'Spamhaus DBL', 'SURBL'), 1, 'a look at blacklists is written');
select is(pg_temp.look('shared.test', now(), 'SURBL'), 0, 'not that of a domain of another connection');
select is(pg_temp.look('elsewhere.test', now(), 'SURBL'), 0, 'nor of one without mailboxes');
select results_eq(
  $$ select blacklist, removal_url, listed_at = now() - interval '2 days', seen_at = now() - interval '2 days' from public.domain_listings order by blacklist $$,
  $$ values ('SURBL', 'https://lists.test/SURBL', true, true), ('Spamhaus DBL', 'https://lists.test/Spamhaus DBL', true, true) $$,
  'each list with since when, and where to ask for removal'
);
select is(pg_temp.look('bakery.test', now() - interval '3 days', 'Older'), 0, 'an older look changes nothing');
select is(pg_temp.look('bakery.test', now() + interval '3 days', 'Future'), 0, 'nor one of the future');
select is(pg_temp.look('bakery.test', now() - interval '1 day', 'SURBL'), 1, 'a newer one does');
select results_eq(
  $$ select blacklist, listed_at = now() - interval '2 days', seen_at = now() - interval '1 day' from public.domain_listings $$,
  $$ values ('SURBL', true, true) $$,
  'what it does not find is gone, what it finds keeps its beginning'
);
select private.watch_sending_domains();
select results_eq(
  $$ select kind, subject, client_id, connection_id from pg_temp.open_incidents $$,
  $$ values ('domain_blacklisted', 'domain:bakery.test', pg_temp.id('bakery'), pg_temp.id('own')) $$,
  'a domain on a blacklist is an incident'
);
select matches((select details from pg_temp.open_incidents), '^The domain bakery\.test is on a blacklist: SURBL \(seen .* UTC\)\. Pause the campaigns .* ask for removal at https://lists\.test/SURBL\. ', 'which names the list, and says what to do and where');
select private.watch_sending_domains();
select is((select count(*) from public.incidents where kind = 'domain_blacklisted'), 1::bigint, 'it is opened once');
select is(pg_temp.look('bakery.test', now() - interval '1 hour', 'SURBL', 'URIBL'), 1, 'another list');
select private.watch_sending_domains();
select matches((select details from pg_temp.open_incidents), 'is on 2 blacklists: SURBL, URIBL', 'is the same incident');
select is(pg_temp.look('bakery.test', now() - interval '30 minutes', ''), 1, 'a look that finds none');
select worker.finish_placement_reading(pg_temp.id('own'), 'read', null, 1);
select is_empty('select from pg_temp.open_incidents', 'closes it, with the reading');
select ok((select blacklists_checked_at = now() - interval '30 minutes' from public.sending_domains where domain = 'bakery.test'), 'and the domain says when it was looked up');
select pg_temp.look('bakery.test', now() - interval '10 minutes', 'SURBL');
update public.domain_listings set seen_at = now() - interval '31 days';
select private.watch_sending_domains();
select is_empty('select from pg_temp.open_incidents', 'a listing that was last seen a month ago proves nothing any more');

-- Where test mails land.
select is(pg_temp.tested('A@bakery.test', (now() at time zone 'UTC')::date - 1, 10, 4, 6), 1, 'results are written per mailbox and day');
select is(pg_temp.tested('stranger@elsewhere.test', (now() at time zone 'UTC')::date, 10, 0, 0), 0, 'a mailbox that is not the connection''s has none');
select is(pg_temp.tested('a@bakery.test', (now() at time zone 'UTC')::date - 1, 12, 4, 4), 1, 'a later reading of the same day takes their place');
select results_eq(
  $$ select inbox, promotions, spam, tested, mailboxes from private.last_placements() where domain = 'bakery.test' $$,
  $$ values (12::bigint, 4::bigint, 4::bigint, 20::bigint, 1::bigint) $$,
  'and is the last test'
);
select private.watch_sending_domains();
select is_empty('select from pg_temp.open_incidents', 'a fifth in spam is no incident');
select pg_temp.tested('a@bakery.test', (now() at time zone 'UTC')::date - 1, 11, 4, 5);
select private.watch_sending_domains();
select results_eq('select kind from pg_temp.open_incidents', array['placement_spam'], 'more than that is');
select matches((select details from pg_temp.open_incidents), '^25\.0 % of the test mails from bakery\.test landed in spam \(5 of 20, last tested on \d{4}-\d\d-\d\d\)\. Lower its daily limits', 'with the numbers and what to do');
select pg_temp.tested('b@bakery.test', (now() at time zone 'UTC')::date - 9, 40, 0, 0);
select pg_temp.tested('a@bakery.test', (now() at time zone 'UTC')::date, 20, 0, 0);
select private.watch_sending_domains();
select is_empty('select from pg_temp.open_incidents', 'a better test closes it');
select pg_temp.tested('a@bakery.test', (now() at time zone 'UTC')::date, 0, 0, 3);
update public.placement_results set inbox = 0, spam = 3, promotions = 0;
select private.watch_sending_domains();
select is_empty('select from pg_temp.open_incidents', 'few mails prove nothing');

-- Who reads it.
update public.placement_results set inbox = 20, promotions = 4, spam = 1;
update public.domain_listings set seen_at = now();
select pg_temp.sign_in('olga');
select results_eq(
  $$ select verdict, blacklists -> 0 ->> 'blacklist', placement_tested, inbox_rate, spam_rate, provider_records ->> 'dkim' from public.operator_sending_domains where domain = 'bakery.test' $$,
  $$ values ('bad', 'SURBL', 75::bigint, 0.8000, 0.0400, 'false') $$,
  'operators read the blacklists, the shares and the records of a domain; one that is listed needs repair'
);
select results_eq('select email, inbox from public.operator_placements order by email', $$ values ('a@bakery.test', 40::bigint), ('b@bakery.test', 20::bigint) $$, 'and the last test of each mailbox');
select results_eq(
  'select connection_name, state from public.operator_placement_readings where connection_name in (''Own'', ''Shared'') order by connection_name', $$ values ('Own', 'read'), ('Shared', 'not_offered') $$,
  'and per connection whether tests can be read: never at Smartlead'
);
select throws_ok('delete from public.domain_listings', '42501', null, 'but write nothing');
reset role;
select pg_temp.sign_in('ada');
select is_empty('select from public.operator_placements', 'a client reads no results');
select is_empty('select from public.operator_placement_readings', 'nor how they were read');
select is_empty('select from public.placement_results union all select from public.placement_readings union all select from public.domain_listings', 'nor the tables below, not even of its own mailboxes');
select throws_ok($$ select worker.start_placement_reading(pg_temp.id('own'), true) $$, '42501', null, 'and starts no reading');
reset role;
select pg_temp.sign_in('nobody');
select is_empty('select from public.operator_placement_readings', 'nor does a user without membership');
reset role;

-- Whose mailbox is gone.
delete from public.email_accounts where id = pg_temp.id('a');
select is((select count(*) from public.placement_results), 1::bigint, 'the results of a mailbox go with it');

select * from finish();
rollback;
