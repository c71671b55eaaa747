-- The numbers that clients see: sums first and rates after, automatic replies apart, the greater of reported and observed.

begin;
set local search_path = public, extensions;
select plan(32);

create function pg_temp.id(name text) returns uuid language sql immutable as $$ select md5('stats ' || name)::uuid $$;
grant execute on function pg_temp.id(text) to public;

create function pg_temp.sign_in(person text) returns void language plpgsql as $$
begin
  perform set_config('request.jwt.claims', (private.custom_access_token_hook(jsonb_build_object(
    'user_id', pg_temp.id(person), 'claims', jsonb_build_object('sub', pg_temp.id(person), 'role', 'authenticated')
  )) -> 'claims')::text, true);
  perform set_config('role', 'authenticated', true);
end
$$;

insert into public.clients (id, name) values
  (pg_temp.id('bakery'), 'Bakery'), (pg_temp.id('dentist'), 'Dentist'), (pg_temp.id('empty'), 'Empty');
insert into auth.users (id, email) select pg_temp.id(name), name || '@stats.test' from unnest('{ada,olga}'::text[]) as name;
insert into public.members (user_id, role, client_id) values (pg_temp.id('ada'), 'client', pg_temp.id('bakery')), (pg_temp.id('olga'), 'operator', null);
insert into public.campaigns (id, client_id, name, synced_at) values
  (pg_temp.id('bread'), pg_temp.id('bakery'), 'Bread', '2026-10-10T00:00Z'),
  (pg_temp.id('rolls'), pg_temp.id('bakery'), 'Rolls', '2026-10-08T00:00Z'),
  (pg_temp.id('fresh'), pg_temp.id('bakery'), 'Fresh', '2026-10-09T00:00Z'),
  (pg_temp.id('teeth'), pg_temp.id('dentist'), 'Teeth', '2026-10-10T00:00Z');

-- Bread: the provider knows more mails, we saw more replies. Rolls: only the provider spoke. Teeth: somebody else's.
insert into public.campaign_analytics_totals (campaign_id, client_id, leads, sent, contacted, opened, clicked, replied, auto_replies, bounced, unsubscribed, synced_at) values
  (pg_temp.id('bread'), pg_temp.id('bakery'), 200, 120, 100, 40, 10, 4, 5, 6, 2, '2026-10-10T00:00Z'),
  (pg_temp.id('rolls'), pg_temp.id('bakery'), 50, 60, 50, 10, 0, 1, 0, 0, 0, '2026-10-08T00:00Z'),
  (pg_temp.id('teeth'), pg_temp.id('dentist'), 900, 900, 900, 900, 900, 900, 0, 0, 0, '2026-10-10T00:00Z');
insert into public.campaign_activity_totals (campaign_id, client_id, sent, contacted, opened, clicked, replies, replied, auto_replies, bounced, unsubscribed, observed_at, last_event_at) values
  (pg_temp.id('bread'), pg_temp.id('bakery'), 110, 90, 30, 12, 8, 6, 3, 5, 3, '2026-10-11T00:00Z', '2026-10-10T23:00Z');
insert into public.synced_leads (client_id, campaign_id, email, interest_status_reported, interest_changed_at_reported)
select pg_temp.id('bakery'), pg_temp.id('bread'), 'lead' || n || '@stats.test',
  case when n <= 2 then 'positive' when n = 3 then 'negative' end::public.interest_status, case when n <= 3 then '2026-10-05T10:00Z'::timestamptz end
from generate_series(1, 10) as n;

create function pg_temp.of_campaign(name text) returns public.client_campaigns language sql as $$
  select k from public.client_campaigns as k where k.campaign_id = pg_temp.id($1)
$$;

-- One campaign, number by number.
select results_eq(
  $$ select (k).sent, (k).contacted, (k).opened, (k).clicked, (k).bounced from (select pg_temp.of_campaign('bread') as k) as x $$,
  $$ values (120::bigint, 100::bigint, 40::bigint, 12::bigint, 6::bigint) $$, 'each number is the greater of what the provider reports and what we saw'
);
select results_eq(
  $$ select (k).replied, (k).unsubscribed from (select pg_temp.of_campaign('bread') as k) as x $$,
  $$ values (6::bigint, 3::bigint) $$, 'also where we saw more than the provider reports'
);
select is((pg_temp.of_campaign('bread')).auto_replies, 5::bigint, 'automatic replies are counted apart');
select is((pg_temp.of_campaign('bread')).leads, 10::bigint, 'leads are the ones that we hold');
select is((pg_temp.of_campaign('bread')).positive, 2::bigint, 'positive are leads whose current label is positive');

-- Its rates: fractions of the contacted, bounces of the sent, automatic replies in none.
select is((pg_temp.of_campaign('bread')).open_rate, 0.4000, 'opened of contacted');
select is((pg_temp.of_campaign('bread')).reply_rate, 0.0600, 'replied of contacted, without automatic replies');
select is((pg_temp.of_campaign('bread')).click_rate, 0.1200, 'clicked of contacted');
select is((pg_temp.of_campaign('bread')).bounce_rate, 0.0500, 'bounced of sent');
select is((pg_temp.of_campaign('bread')).positive_rate, 0.0200, 'positive of contacted');

-- How sure and how old.
select ok((pg_temp.of_campaign('bread')).enough_signal, 'from 100 contacted leads on there is enough signal');
select ok(not (pg_temp.of_campaign('rolls')).enough_signal, 'below that there is not');
select is(private.minimum_sample(), 100, 'the limit is in one place');
select results_eq(
  $$ select (k).as_of, (k).observed_at, (k).synced_at from (select pg_temp.of_campaign('bread') as k) as x $$,
  $$ values ('2026-10-11T00:00Z'::timestamptz, '2026-10-11T00:00Z'::timestamptz, '2026-10-10T00:00Z'::timestamptz) $$, 'the newest word of the two tells the age'
);
select is(
  (pg_temp.of_campaign('bread')).age_seconds, extract(epoch from now() - '2026-10-11T00:00Z'::timestamptz)::bigint, 'in seconds too'
);

-- A campaign that has sent nothing has no rates, rather than zeros or an error.
select results_eq(
  $$ select (k).sent, (k).contacted, (k).open_rate, (k).bounce_rate, (k).enough_signal from (select pg_temp.of_campaign('fresh') as k) as x $$,
  $$ values (0::bigint, 0::bigint, null::numeric, null::numeric, false) $$, 'a campaign that has sent nothing has no rate and no signal'
);

-- The client: sums of its campaigns, and rates over the sums, not a mean of rates.
create view pg_temp.overview as select * from public.client_overview where client_id = pg_temp.id('bakery');
grant select on pg_temp.overview to public;
select results_eq(
  'select campaigns, leads, sent, contacted, opened, replied, auto_replies, positive from pg_temp.overview',
  $$ values (3::bigint, 10::bigint, 180::bigint, 150::bigint, 50::bigint, 7::bigint, 5::bigint, 2::bigint) $$, 'the overview adds its campaigns up'
);
select is((select open_rate from pg_temp.overview), round(50 / 150.0, 4), 'its rates are weighted by size');
select isnt((select open_rate from pg_temp.overview), 0.3000, 'and no mean of the campaigns'' rates');
select is((select reply_rate from pg_temp.overview), round(7 / 150.0, 4), 'so is the reply rate');
select ok((select enough_signal from pg_temp.overview), 'together there is enough signal');
select is((select synced_at from pg_temp.overview), '2026-10-08T00:00Z', 'the oldest sync among its campaigns is the client''s');
select results_eq(
  $$ select campaigns, sent, open_rate, enough_signal from public.client_overview where client_id = pg_temp.id('empty') $$,
  $$ values (0::bigint, 0::bigint, null::numeric, false) $$, 'a client without campaigns is there, with nothing'
);

-- Day by day: per campaign the greater of the two, then the sum.
insert into public.campaign_analytics (campaign_id, day, client_id, sent, contacted, opens, opened, replies, replied, auto_replies, synced_at) values
  (pg_temp.id('bread'), '2026-10-05', pg_temp.id('bakery'), 10, 10, 9, 4, 1, 1, 2, '2026-10-10T00:00Z'),
  (pg_temp.id('rolls'), '2026-10-05', pg_temp.id('bakery'), 30, 30, 9, 3, 3, 3, 0, '2026-10-08T00:00Z'),
  (pg_temp.id('teeth'), '2026-10-05', pg_temp.id('dentist'), 900, 900, 900, 900, 900, 900, 0, '2026-10-10T00:00Z');
insert into public.campaign_activity (campaign_id, day, client_id, sent, contacted, opens, opened, replies, replied, auto_replies, bounced, unsubscribed, observed_at) values
  (pg_temp.id('bread'), '2026-10-05', pg_temp.id('bakery'), 12, 8, 5, 5, 2, 2, 1, 1, 1, '2026-10-11T00:00Z'),
  (pg_temp.id('rolls'), '2026-10-06', pg_temp.id('bakery'), 4, 4, 0, 0, 0, 0, 0, 0, 0, '2026-10-11T00:00Z');
create view pg_temp.days as select * from public.client_daily_stats where client_id = pg_temp.id('bakery');
select results_eq(
  'select day, sent, contacted, opened, replied, auto_replies, bounced, unsubscribed, positive from pg_temp.days order by day',
  $$ values ('2026-10-05'::date, 42::bigint, 40::bigint, 8::bigint, 5::bigint, 2::bigint, 1::bigint, 1::bigint, 2::bigint),
       ('2026-10-06', 4, 4, 0, 0, 0, 0, 0, 0) $$,
  'a day is the sum over campaigns of the greater number, and one source is enough'
);
select is((select open_rate from pg_temp.days where day = '2026-10-05'), 0.2000, 'its rates are weighted as well');

-- A positive label on a day without any mail is a day of its own.
update public.synced_leads set interest_changed_at_reported = '2026-10-20T23:59Z' where campaign_id = pg_temp.id('bread') and email = 'lead1@stats.test';
select results_eq(
  $$ select sent, positive, positive_rate from pg_temp.days where day = '2026-10-20' $$, $$ values (0::bigint, 1::bigint, null::numeric) $$,
  'a label counts on the UTC day that the lead got it'
);
select is((select sum(positive) from pg_temp.days), 2::numeric, 'and only there');

-- Ada reads the same numbers, and no one else's.
select pg_temp.sign_in('ada');
select results_eq('select sent, open_rate from public.client_overview', $$ values (180::bigint, 0.3333) $$, 'a client can see its own overview and no other');
select set_eq('select name from public.client_campaigns', array['Bread', 'Rolls', 'Fresh'], 'a client can see its own campaigns'' numbers');
select is_empty($$ select * from public.client_daily_stats where sent >= 900 $$, 'a client cannot see another''s days, nor their sums');
reset role;

-- Olga reads everybody's.
select pg_temp.sign_in('olga');
select results_eq(
  $$ select client_name, sent from public.client_overview where client_id in (pg_temp.id('bakery'), pg_temp.id('dentist'), pg_temp.id('empty')) order by 1 $$,
  $$ values ('Bakery', 180::bigint), ('Dentist', 900), ('Empty', 0) $$, 'an operator can see every client''s overview'
);
reset role;
select is(private.rate(1, 3), 0.3333, 'a rate has four decimals');

select * from finish();
rollback;
