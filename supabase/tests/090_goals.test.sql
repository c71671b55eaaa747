-- Goals of a client per month, how far it is, and where the month ends.

begin;
set local search_path = public, extensions;
select plan(43);

create function pg_temp.id(name text) returns uuid language sql immutable as $$ select md5('goals ' || name)::uuid $$;
grant execute on function pg_temp.id(text) to public;
create function pg_temp.sign_in(person text) returns void language plpgsql as $$
begin
  perform set_config('request.jwt.claims', (private.custom_access_token_hook(jsonb_build_object(
    'user_id', pg_temp.id(person), 'claims', jsonb_build_object('sub', pg_temp.id(person), 'role', 'authenticated')
  )) -> 'claims')::text, true);
  perform set_config('role', 'authenticated', true);
end
$$;

-- The arithmetic alone.
select is(private.month_pace(12, 2, 15, true, 6), 19::bigint, '14 of 20, on pace for 19: 0.8 a day, and today brought more already');
select is(private.month_pace(12, 0, 15, true, 6), 18::bigint, 'a day that has just begun counts as a usual one');
select is(private.month_pace(12, 0, 15, false, 6), 17::bigint, 'a Sunday does not');
select is(private.month_pace(12, 1, 15, false, 0), 13::bigint, 'on the last day it is what there is');
select is(private.month_pace(0, 0, 10, true, 10), 0::bigint, 'nothing leads to nothing');
select is(private.month_pace(9, 5, 2, true, 18), null, 'after two working days it is too early to say');
select is(private.month_pace(9, 5, 3, true, 17), 65::bigint, 'after three it is not');
select results_eq(
  $$ select private.goal_state(20, v.reached, v.pace, v.is_over)::text from (values
       (1, 20, 40, false), (2, 25, null, false), (3, 4, null, false), (4, 14, 18, false), (5, 14, 17, false), (6, 19, 19, true), (7, 20, 20, true)
     ) as v (place, reached, pace, is_over) order by v.place $$,
  array['reached', 'reached', 'too_early', 'on_track', 'behind', 'missed', 'reached'], 'the states of a goal of 20'
);

-- Working days are those of the client's own month.
update public.clients set archived_at = now();
insert into public.clients (id, name, time_zone) values
  (pg_temp.id('bakery'), 'Bakery', 'Europe/Amsterdam'), (pg_temp.id('dentist'), 'Dentist', 'UTC'),
  (pg_temp.id('surfer'), 'Surfer', 'Pacific/Pago_Pago');
create function pg_temp.days(client text, at timestamptz) returns text language sql as $$
  select concat_ws(' ', w.today, w.days_before, w.is_working_today, w.days_after)
  from private.working_days_of_month(array[pg_temp.id(client)], at) as w
$$;
select is(pg_temp.days('bakery', '2026-03-28T22:30Z'), '2026-03-28 20 f 2', 'the night in which the clocks go forward: still Saturday');
select is(pg_temp.days('bakery', '2026-03-29T22:30Z'), '2026-03-30 20 t 1', 'Monday begins an hour earlier by UTC');
select is(pg_temp.days('bakery', '2026-10-25T22:30Z'), '2026-10-25 17 f 5', 'the day with 25 hours is one day');
select is(pg_temp.days('bakery', '2026-10-31T23:30Z'), '2026-11-01 0 f 21', 'the month changes at the client''s midnight');
select is(pg_temp.days('surfer', '2026-11-01T10:30Z'), '2026-10-31 22 f 0', 'and for another client later');
insert into public.campaigns (client_id, name, provider_status, sending_days, holiday_countries) values
  (pg_temp.id('dentist'), 'Tuesdays', 'active', '{2}', '{NL,DE}'), (pg_temp.id('dentist'), 'Fridays', 'running_subsequences', '{5}', '{NL}'),
  (pg_temp.id('dentist'), 'Sundays, paused', 'paused', '{0}', '{}');
select is(pg_temp.days('dentist', '2026-12-03T12:00Z'), '2026-12-03 1 f 7', 'the sending days of active campaigns, without the Christmas that both keep');
update public.campaigns set holiday_countries = '{}' where name = 'Fridays';
select is(pg_temp.days('dentist', '2026-12-03T12:00Z'), '2026-12-03 1 f 8', 'a holiday on which one campaign sends is a working day');

-- What was reached is what the overview shows of that month, in the client's days.
insert into auth.users (id, email) select pg_temp.id(name), name || '@goals.test' from unnest('{ada,ben,olga,otto}'::text[]) as name;
insert into public.members (user_id, role, client_id) values
  (pg_temp.id('ada'), 'client', pg_temp.id('bakery')), (pg_temp.id('ben'), 'client', pg_temp.id('dentist')), (pg_temp.id('olga'), 'operator', null);
insert into public.campaigns (id, client_id, name, provider_status) values (pg_temp.id('autumn'), pg_temp.id('bakery'), 'Autumn', 'active');
insert into public.campaign_first_times (campaign_id, client_id, day, contacted)
select pg_temp.id('autumn'), pg_temp.id('bakery'), day::date, 50 from generate_series('2026-09-01'::timestamp, '2026-10-16', interval '1 day') as day
where extract(isodow from day) < 6;
insert into public.synced_leads (client_id, campaign_id, email, interest_status_reported, interest_label, interest_changed_at_reported)
select pg_temp.id('bakery'), pg_temp.id('autumn'), n || '@goals.test', 'positive', case when n % 4 = 0 then 'lead_meeting_booked' else 'lead_interested' end,
  -- The first of them late in the evening of September by UTC, which is October in Amsterdam.
  '2026-09-30T22:30Z'::timestamptz + (n - 1) * interval '36 hours'
from generate_series(1, 10) as n;
insert into public.monthly_goals (client_id, metric, from_month, goal) values
  (pg_temp.id('bakery'), 'contacted', '2026-09-01', 1000), (pg_temp.id('bakery'), 'positive_replies', '2026-09-01', 20),
  (pg_temp.id('bakery'), 'positive_replies', '2026-10-01', 25), (pg_temp.id('bakery'), 'meetings', '2026-10-01', 2),
  (pg_temp.id('bakery'), 'meetings', '2026-12-01', null), (pg_temp.id('dentist'), 'meetings', '2026-10-01', 3);
create function pg_temp.months(from_month date, to_month date, at timestamptz) returns setof text language sql as $$
  select concat_ws(' ', to_char(g.month, 'Mon'), g.metric, g.reached, 'of', g.goal, coalesce(g.pace::text, '-'), g.state, g.days_over, g.days_left)
  from private.goal_months(from_month, to_month, pg_temp.id('bakery'), at) as g
$$;
grant execute on function pg_temp.months(date, date, timestamptz) to public;
select results_eq(
  $$ select pg_temp.months('2026-09-01', '2026-12-01', '2026-10-16T14:00Z') $$,
  array[
    'Sep contacted 1100 of 1000 1100 reached', 'Sep positive_replies 0 of 20 0 missed',
    'Oct contacted 600 of 1000 1100 on_track 11 11', 'Oct positive_replies 10 of 25 20 behind 11 11', 'Oct meetings 2 of 2 4 reached 11 11',
    'Nov contacted 0 of 1000 - too_early', 'Nov positive_replies 0 of 25 - too_early', 'Nov meetings 0 of 2 - too_early',
    'Dec contacted 0 of 1000 - too_early', 'Dec positive_replies 0 of 25 - too_early'
  ],
  'each month has the goal that holds in it, from its month until changed'
);
select results_eq(
  $$ select g.reached from private.goal_months('2026-10-01', '2026-10-01', pg_temp.id('bakery'), '2026-10-31T12:00Z') as g order by g.metric $$,
  $$ select unnest(array[s.contacted, s.positive, s.meetings]) from public.stats_between('2026-10-01', '2026-10-31', pg_temp.id('bakery')) as s $$,
  'what was reached is what stats_between says of the month'
);
select results_eq(
  $$ select pg_temp.months('2026-10-01', '2026-10-01', '2026-10-02T14:00Z') $$,
  array['Oct contacted 600 of 1000 - too_early 1 21', 'Oct positive_replies 10 of 25 - too_early 1 21', 'Oct meetings 2 of 2 - reached 1 21'],
  'in the first days there is no pace, and a goal that is reached is reached'
);
select results_eq(
  $$ select pg_temp.months(null, null, '2026-10-31T23:30Z') $$,
  array['Nov contacted 0 of 1000 - too_early 0 21', 'Nov positive_replies 0 of 25 - too_early 0 21', 'Nov meetings 0 of 2 - too_early 0 21'],
  'a new month begins with nothing, at the client''s midnight'
);
select results_eq(
  $$ select distinct g.month from private.goal_months(null, null, pg_temp.id('bakery'), '2026-10-31T12:00Z') as g $$,
  $$ values ('2026-10-01'::date) $$, 'on the last day of a month without a choice it is this month alone'
);
select results_eq(
  $$ select distinct g.month from public.goals_between(only_client => pg_temp.id('bakery')) as g $$,
  $$ select date_trunc('month', private.day_in(now(), c.time_zone))::date from public.clients as c where c.id = pg_temp.id('bakery') $$,
  'goals_between answers the present month, on whatever day'
);
select is_empty($$ select * from private.goal_months('2026-08-01', '2026-08-01', pg_temp.id('bakery'), '2026-10-16') $$, 'before the first goal there is none');
select throws_ok($$ insert into public.monthly_goals values (pg_temp.id('bakery'), 'meetings', '2026-11-01', 0) $$, '23514', null, 'a goal of zero is none');
select results_eq(
  $$ select p.metric::text, p.goal, p.reached, p.pace, p.behind from private.client_pace(pg_temp.id('bakery'), '2026-09-15') as p $$,
  $$ values ('contacted', 1000, 1100::bigint, 1100::bigint, false), ('positive_replies', 20, 0::bigint, 0::bigint, true) $$,
  'client_pace is one month of one client'
);

-- From days that were added up, the same.
create temporary table live as select pg_temp.months('2026-09-01', '2026-10-01', '2026-10-16T14:00Z') as line;
grant select on live to public;
select private.sum_client_days(600);
delete from public.campaign_first_times where client_id = pg_temp.id('bakery');
select results_eq($$ select pg_temp.months('2026-09-01', '2026-10-01', '2026-10-16T14:00Z') $$, 'select line from live', 'days that were added up say the same');

-- Who reads them.
select pg_temp.sign_in('ada');
select results_eq($$ select pg_temp.months('2026-09-01', '2026-10-01', '2026-10-16T14:00Z') $$, 'select line from live', 'a client can read its own');
select is_empty($$ select * from private.goal_months('2026-10-01', '2026-10-01', pg_temp.id('dentist'), now()) $$, 'and not another client''s');
select is_empty($$ select * from private.goal_months('2026-10-01', '2026-10-01', null, now()) $$, 'nor everybody''s');
select throws_ok($$ select * from private.client_pace(pg_temp.id('bakery'), '2026-10-01') $$, '42501', null, 'client_pace is for what shows it');
reset role;
select pg_temp.sign_in('olga');
select set_eq(
  $$ select g.client_id, g.goal from private.goal_months('2026-10-01', '2026-10-01', null, '2026-10-16T14:00Z') as g where g.metric = 'meetings' $$,
  $$ values (pg_temp.id('bakery'), 2), (pg_temp.id('dentist'), 3) $$, 'an operator can read everybody''s'
);
reset role;
select pg_temp.sign_in('otto');
select is_empty($$ select * from private.goal_months('2026-10-01', '2026-10-01', pg_temp.id('bakery'), now()) $$, 'somebody without a membership cannot read them');
reset role;

-- Who sets them.
create temporary table zone as select date_trunc('month', private.day_in(now(), 'Europe/Amsterdam'))::date as month;
grant select on zone to public;
select pg_temp.sign_in('ada');
select throws_ok($$ select public.set_client_goals(pg_temp.id('bakery'), '{"meetings": 9}') $$, 'PT403', 'FORBIDDEN', 'a client cannot set its goals');
select results_eq(
  $$ select distinct g.client_id from public.goals_between('2026-09-01', '2026-10-01') as g $$, $$ values (pg_temp.id('bakery')) $$,
  'without a client it reads its own'
);
select is_empty($$ select * from public.goals_between('2026-10-01', '2026-10-01', pg_temp.id('dentist')) $$, 'and never another one''s');
reset role;
select pg_temp.sign_in('olga');
select throws_like($$ select public.set_client_goals(pg_temp.id('bakery'), '{"sent": 9}') $$, 'VALIDATION_FAILED', 'a goal of something else is refused');
select throws_like($$ select public.set_client_goals(pg_temp.id('bakery'), '{"meetings": 2.5}') $$, 'VALIDATION_FAILED', 'and half a meeting');
select throws_ok($$ select public.set_client_goals(pg_temp.id('nobody'), '{"meetings": 2}') $$, 'PT404', 'NOT_FOUND', 'and a client that is not there');
select is(
  public.set_client_goals(pg_temp.id('dentist'), '{"meetings": null, "contacted": 700}'),
  '{"contacted": 700, "meetings": null, "positive_replies": null}'::jsonb, 'an operator sets and ends goals; the answer holds all'
);
select throws_like($$ select * from public.goals_between('2020-01-01', '2026-01-01') $$, 'VALIDATION_FAILED', 'more than 36 months are refused');
reset role;
select results_eq(
  $$ select a.action, a.details from public.audit_log as a where a.client_id = pg_temp.id('dentist') $$,
  $$ values ('goals_changed', '{"meetings": null, "contacted": 700}'::jsonb) $$, 'the act is in the audit log'
);

-- Who is behind: an incident from a third of the month on, closed when it is over.
create or replace function private.goal_months(from_month date, to_month date, only_client uuid, at timestamptz)
returns table (
  client_id uuid, month date, metric public.goal_metric, goal integer, reached bigint, pace bigint, state public.goal_state,
  days_over bigint, days_left bigint
)
language sql as $$
  select
    pg_temp.id(client), z.month, metric::public.goal_metric, v.goal, v.reached::bigint, v.pace::bigint, v.state::public.goal_state,
    days_over::bigint, (21 - days_over)::bigint
  from zone as z, (values
    ('bakery', 'meetings', 20, 4, coalesce(nullif(current_setting('test.pace', true), ''), '11')::integer, 'behind', 9),
    -- Too early in the month, a little behind, and half a meeting.
    ('dentist', 'meetings', 20, 4, 11, 'behind', 5), ('surfer', 'contacted', 20, 4, 17, 'behind', 9), ('surfer', 'meetings', 2, 0, 0, 'behind', 9)
  ) as v (client, metric, goal, reached, pace, state, days_over)
  where current_setting('test.is_over', true) is distinct from 'yes'
$$;
select private.watch_goals();
select private.watch_goals();
select results_eq(
  $$ select i.client_id, i.kind, i.details from public.incidents as i where i.closed_at is null and i.kind = 'goal_behind' $$,
  $$ values (
    pg_temp.id('bakery'), 'goal_behind',
    'This month ends at about 11 meetings of Bakery (goal 20; 4 so far, 12 working days left). Add leads or raise the daily limit of its campaigns, or change the goal in its overview.'
  ) $$, 'one incident, for the one that is behind after a third of the month'
);
select set_config('test.pace', '17', true);
select private.watch_goals();
select is((select count(*) from public.incidents as i where i.closed_at is null and i.kind = 'goal_behind'), 1::bigint, 'it stays open while it is a little behind');
select set_config('test.is_over', 'yes', true);
select private.watch_goals();
select is_empty($$ select from public.incidents as i where i.closed_at is null and i.kind = 'goal_behind' $$, 'and it closes');

select * from finish();
rollback;
