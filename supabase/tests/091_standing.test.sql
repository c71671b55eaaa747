-- How a client compares with the agency's others: what it can learn, and what it cannot.

begin;
set local search_path = public, extensions;
select plan(25);

create function pg_temp.id(name text) returns uuid language sql immutable as $$ select md5('standing ' || name)::uuid $$;
grant execute on function pg_temp.id(text) to public;
create function pg_temp.sign_in(person text) returns void language plpgsql as $$
begin
  perform set_config('request.jwt.claims', (private.custom_access_token_hook(jsonb_build_object(
    'user_id', pg_temp.id(person), 'claims', jsonb_build_object('sub', pg_temp.id(person), 'role', 'authenticated')
  )) -> 'claims')::text, true);
  perform set_config('role', 'authenticated', true);
end
$$;

-- The quarter of a value alone.
select results_eq(
  $$ select private.standing_of(v, 1, 2, 3)::text from unnest(array[0.5, 1, 1.5, 2, 2.5, 3, 9, null]) with ordinality as n (v, place) order by n.place $$,
  array['bottom', 'bottom', 'lower', 'middle', 'upper', 'top', 'top', null], 'the quarters'
);
select is(private.standing_of(0, 0, 0, 0), 'middle', 'where all are alike nobody is better or worse');
select is(private.standing_of(0, 0, 0, 2), 'middle', 'nor among the many that have none');
select is(private.standing_of(4, null, null, null), null, 'with nobody to compare there is no standing');

-- Twelve clients with 1,000 contacted leads each in the last 90 days, a reply more from one to the next; the last twenty days ago.
update public.clients set archived_at = now();
insert into public.clients (id, name) select pg_temp.id('client ' || n), 'Client ' || n from generate_series(1, 12) as n;
insert into auth.users (id, email) select pg_temp.id(name), name || '@standing.test' from unnest('{ada,ben,olga,otto}'::text[]) as name;
insert into public.members (user_id, role, client_id) values
  (pg_temp.id('ada'), 'client', pg_temp.id('client 3')), (pg_temp.id('ben'), 'client', pg_temp.id('client 12')), (pg_temp.id('olga'), 'operator', null);
insert into private.client_days (client_id, day, sent, contacted, replied, positive, meetings)
select pg_temp.id('client ' || n), private.day_in(now(), 'UTC') - 20, 0, 1000, 10 + 7 * n, n, 0 from generate_series(1, 5) as n;
-- Too few leads, too long ago, and today: none of them counts.
insert into private.client_days (client_id, day, sent, contacted, replied, positive, meetings) values
  (pg_temp.id('client 6'), private.day_in(now(), 'UTC') - 20, 0, 99, 99, 99, 99),
  (pg_temp.id('client 7'), private.day_in(now(), 'UTC') - 91, 0, 1000, 900, 900, 900),
  (pg_temp.id('client 3'), private.day_in(now(), 'UTC'), 0, 1000, 900, 900, 900);

create function pg_temp.shown() returns setof text language sql as $$
  select concat_ws(' ', s.rate, trim_scale(s.value), coalesce(s.standing::text, '-'), coalesce(trim_scale(s.lower_border)::text, '-'),
    coalesce(trim_scale(s.median)::text, '-'), coalesce(trim_scale(s.upper_border)::text, '-'), coalesce(s.clients::text, '-'))
  from public.client_standings as s where s.client_id = pg_temp.id('client 3') order by s.rate
$$;
grant execute on function pg_temp.shown() to public;

-- With four there is no comparison.
delete from private.client_days where client_id = pg_temp.id('client 5');
select private.count_quartiles();
update private.standing_settings set shown_to_clients = true;
select pg_temp.sign_in('ada');
select is_empty('select pg_temp.shown()', 'among four clients a client reads nothing');
reset role;
select pg_temp.sign_in('olga');
select results_eq('select pg_temp.shown()',
  array['reply_rate 0.031 - - - - 4', 'positive_rate 0.003 - - - - 4', 'meetings_per_1000 0 - - - - 4'], 'and an operator how many there are');
reset role;

-- With five it is in words only: a border would be another client's very number.
insert into private.client_days (client_id, day, sent, contacted, replied, positive, meetings)
values (pg_temp.id('client 5'), private.day_in(now(), 'UTC') - 20, 0, 1000, 45, 5, 0);
select private.count_quartiles();
select pg_temp.sign_in('ada');
select results_eq('select pg_temp.shown()',
  array['reply_rate 0.031 middle - - - -', 'positive_rate 0.003 middle - - - -', 'meetings_per_1000 0 middle - - - -'],
  'among five a client reads where it stands, no border, and not how many there are');
select is((select count(distinct client_id) from public.client_standings), 1::bigint, 'and of no other client');
select is_empty(format('select * from private.read_standing(%L)', pg_temp.id('client 12')), 'not even by its id');
select throws_ok(format('select * from private.%I', name), '42501', null, format('nor can it read private.%s', name))
from unnest('{rate_quartiles,standing_settings,client_days}'::text[]) as name;
select throws_ok('select * from private.compared_rates(null)', '42501', null, 'nor everybody''s rates');
select throws_ok('select public.show_standings(true)', 'PT403', 'FORBIDDEN', 'nor decide what is shown');
reset role;
select pg_temp.sign_in('ben');
select results_eq($$ select coalesce(value::text, '-') || coalesce(standing::text, '-') from public.client_standings where rate = 'reply_rate' $$,
  array['--'], 'a client without enough signal reads that it has none');
reset role;

-- With twelve there are borders, each between several clients and rounded.
insert into private.client_days (client_id, day, sent, contacted, replied, positive, meetings)
select pg_temp.id('client ' || n), private.day_in(now(), 'UTC') - 30, 0, 1000, 10 + 7 * n, n, n - 6 from generate_series(6, 12) as n
on conflict (client_id, day) do nothing;
delete from private.client_days where contacted = 99;
select private.count_quartiles();
select pg_temp.sign_in('ada');
select set_eq('select split_part(line, '' '', 1) from pg_temp.shown() as line', '{reply_rate,positive_rate,meetings_per_1000}'::text[], 'all three rates');
select is_empty(
  $$ select from public.client_standings as s
     where num_nulls(s.lower_border, s.median, s.upper_border) > 0
       or s.median % (case s.rate when 'reply_rate' then 0.005 when 'positive_rate' then 0.001 else 1 end) <> 0 $$,
  'among twelve it reads rounded borders'
);
reset role;

-- What the agency switches.
select pg_temp.sign_in('olga');
select is(public.show_standings(false), false, 'an operator can hide it');
select is((select count(*) from public.client_standings where standing is not null), 36::bigint, 'and still reads it of every client');
select throws_ok('select public.show_standings(null)', 'PT400', 'VALIDATION_FAILED', 'neither on nor off is refused');
reset role;
select pg_temp.sign_in('ada');
select is_empty('select pg_temp.shown()', 'then a client reads nothing');
reset role;
select pg_temp.sign_in('otto');
select is_empty('select * from public.client_standings', 'nor does somebody without a membership');
reset role;
select is((select action from public.audit_log order by id desc limit 1), 'standings_hidden', 'who hid it is in the log');
select pg_temp.sign_in('olga');
select public.show_standings(false);
reset role;
select is((select count(*) from public.audit_log where action = 'standings_hidden'), 1::bigint, 'once, as nothing changed the second time');

-- Archived clients are compared with nobody.
update public.clients set archived_at = now() where id = pg_temp.id('client 12');
select private.count_quartiles();
select is((select clients from private.rate_quartiles where rate = 'reply_rate'), 11, 'an archived client does not count');

select * from finish();
rollback;
