-- A client's days begin at its own midnight: where the clocks change, in odd zones, and in numbers of two sources.

begin;
set local search_path = public, extensions;
select plan(51);

create function pg_temp.id(name text) returns uuid language sql immutable as $$ select md5('days ' || name)::uuid $$;
grant execute on function pg_temp.id(text) to public;

-- The cut.
select is(private.day_in('2026-03-28T22:30Z', 'Europe/Amsterdam'), '2026-03-28'::date, '23:30 before the clocks go forward is the same day');
select is(private.day_in('2026-03-28T23:30Z', 'Europe/Amsterdam'), '2026-03-29'::date, '00:30 is the next');
select is(private.day_in('2026-03-29T21:30Z', 'Europe/Amsterdam'), '2026-03-29'::date, '23:30 in summer time is the same day');
select is(private.day_in('2026-03-29T22:30Z', 'Europe/Amsterdam'), '2026-03-30'::date, 'and 00:30 the next, an hour earlier by UTC');
select is(private.day_in('2026-10-24T22:30Z', 'Europe/Amsterdam'), '2026-10-25'::date, '00:30 before the clocks go back is the new day');
select is(private.day_in('2026-10-25T22:30Z', 'Europe/Amsterdam'), '2026-10-25'::date, '23:30 of the day with 25 hours is still that day');
select is(private.day_in('2026-10-25T23:30Z', 'Europe/Amsterdam'), '2026-10-26'::date, 'and 00:30 the next');
select is(private.day_in('2026-10-05T18:29Z', 'Asia/Kolkata'), '2026-10-05'::date, 'a zone with half an hour: 23:59');
select is(private.day_in('2026-10-05T18:30Z', 'Asia/Kolkata'), '2026-10-06'::date, 'and midnight');
select is(private.day_in('2026-10-05T18:30Z', 'Asia/Calcutta'), '2026-10-06'::date, 'also by its old name');
select is(private.day_in('2026-10-05T10:00Z', 'Pacific/Kiritimati'), '2026-10-06'::date, 'fourteen hours ahead of UTC');
select is(private.day_in('2026-10-05T10:59Z', 'Pacific/Pago_Pago'), '2026-10-04'::date, 'and eleven behind');
select results_eq(
  $$ select private.day_in('2026-03-29', 'UTC'), h.day, h.hours from (
       select day, extract(epoch from (day + 1)::timestamp at time zone 'Europe/Amsterdam' - day::timestamp at time zone 'Europe/Amsterdam')::integer / 3600 as hours
       from unnest('{2026-03-28,2026-03-29,2026-10-25}'::date[]) as day
     ) as h $$,
  $$ values ('2026-03-29'::date, '2026-03-28'::date, 24), ('2026-03-29', '2026-03-29', 23), ('2026-03-29', '2026-10-25', 25) $$,
  'days have 24, 23 and 25 hours'
);
-- Also where the clocks change at midnight (Santiago, Cairo, Beirut, Havana) or by half an hour (Lord Howe).
select is_empty(
  $$ select z.zone, d.at from unnest('{Europe/Amsterdam,America/Santiago,Africa/Cairo,Asia/Beirut,Australia/Lord_Howe,America/New_York,Asia/Kathmandu,Pacific/Kiritimati,Pacific/Pago_Pago,America/Havana}'::text[]) as z (zone)
     cross join generate_series('2025-12-20Z'::timestamptz, '2027-01-10Z', interval '30 minutes') as d (at)
     where private.day_in(d.at, z.zone) - private.day_in(d.at - interval '30 minutes', z.zone) not in (0, 1) $$,
  'days follow each other, none comes back and none is left out'
);

-- The door.
insert into auth.users (id, email) values (pg_temp.id('olga'), 'olga@days.test'), (pg_temp.id('ada'), 'ada@days.test');
insert into public.members (user_id, role) values (pg_temp.id('olga'), 'operator');
create function pg_temp.sign_in(person text) returns void language plpgsql as $$
begin
  perform set_config('request.jwt.claims', (private.custom_access_token_hook(jsonb_build_object(
    'user_id', pg_temp.id(person), 'claims', jsonb_build_object('sub', pg_temp.id(person), 'role', 'authenticated')
  )) -> 'claims')::text, true);
  perform set_config('role', 'authenticated', true);
end
$$;
select pg_temp.sign_in('olga');
select throws_ok(
  format($$ select public.create_client('{"name": "Nowhere", "time_zone": "%s"}') $$, zone), 'PT400', 'VALIDATION_FAILED', format('%s is no zone of a client', zone)
) from unnest('{Mars/Olympus,europe/amsterdam,localtime,posix/Europe/Amsterdam,Factory,EST5EDT,XYZ+3,Foo/Bar+3,+02:00}'::text[]) as zone;
select lives_ok(
  format($$ select public.create_client('{"name": "In %1$s", "time_zone": "%1$s"}') $$, zone), format('%s is one', zone)
) from unnest('{Asia/Calcutta,America/Argentina/Buenos_Aires,Etc/GMT+5,UTC}'::text[]) as zone;
reset role;
select throws_ok(
  $$ update public.clients set time_zone = 'Mars/Olympus' where name = 'In UTC' $$, '22023', null, 'nor can a script set one that is none'
);

-- A client in Amsterdam. ida gets a mail half an hour before its midnight, ben half an hour after it, both on one UTC day; ida opens
-- on both sides of midnight, and again within the new day.
insert into public.clients (id, name, time_zone) values (pg_temp.id('bakery'), 'Bakery', 'Europe/Amsterdam'), (pg_temp.id('utc'), 'In time', 'UTC');
insert into public.members (user_id, role, client_id) values (pg_temp.id('ada'), 'client', pg_temp.id('bakery'));
insert into public.provider_connections (id, client_id, name) values (pg_temp.id('connection'), pg_temp.id('bakery'), 'Bakery');
insert into private.webhook_secrets (connection_id, digest) values (pg_temp.id('connection'), sha256('secret'));
insert into public.campaigns (id, client_id, connection_id, name) values
  (pg_temp.id('campaign'), pg_temp.id('bakery'), pg_temp.id('connection'), 'Bread'), (pg_temp.id('teeth'), pg_temp.id('utc'), null, 'Teeth');
select private.map_provider_campaign(pg_temp.id('connection'), 'pc-1', pg_temp.id('campaign'));
select results_eq(
  $$ select campaign_id, zone, counted_before from private.day_cuts where client_id in (pg_temp.id('bakery'), pg_temp.id('utc')) $$,
  $$ select pg_temp.id('campaign'), 'Europe/Amsterdam', 'infinity'::timestamptz $$,
  'a new campaign has the days of its client, and one in UTC needs nothing'
);

create function pg_temp.arrive(type text, who text, at text) returns void language sql as $$
  select worker.ingest_webhook_events(jsonb_build_array(jsonb_build_object(
    'connection_id', pg_temp.id('connection'), 'secret_digest', encode(sha256('secret'), 'hex'),
    'events', jsonb_build_array(jsonb_build_object(
      'key', md5(type || who || at)::uuid, 'provider_campaign_id', 'pc-1', 'payload', '{}'::jsonb,
      'event', jsonb_build_object(
        'type', type, 'email', who || '@lead.test', 'occurred_at', at, 'provider_campaign_ids', '["pc-1"]'::jsonb, 'step', 1, 'variant', 1
      )
    ))
  )));
  select worker.process_webhook_events(500);
$$;
select pg_temp.arrive('email_sent', 'ida', '2026-10-05T21:30Z'), pg_temp.arrive('email_sent', 'ben', '2026-10-05T22:30Z'),
  pg_temp.arrive('email_opened', 'ida', '2026-10-05T21:50Z'), pg_temp.arrive('email_opened', 'ida', '2026-10-05T22:10Z'),
  pg_temp.arrive('email_opened', 'ida', '2026-10-06T09:00Z');

create view pg_temp.days as
select day, sent, contacted, opened, replied, day_zone, provider_zone from public.client_daily_stats where client_id = pg_temp.id('bakery');
create view pg_temp.range_days as
select d.day, d.sent, d.contacted, d.opened, d.provider_zone
from public.daily_stats_between('2026-10-04', '2026-10-08', pg_temp.id('bakery')) as d where d.sent + d.contacted + d.opened > 0;
select results_eq(
  'select day, sent, contacted, opened, day_zone, provider_zone from pg_temp.days order by day',
  $$ values ('2026-10-05'::date, 1::bigint, 1::bigint, 1::bigint, 'Europe/Amsterdam', null),
       ('2026-10-06', 1, 1, 1, 'Europe/Amsterdam', null) $$,
  'a mail and who opened are on the client''s day, once a day'
);
select results_eq(
  'select * from pg_temp.range_days order by day',
  $$ values ('2026-10-05'::date, 1::bigint, 1::bigint, 1::bigint, null::text), ('2026-10-06', 1, 1, 0, null) $$,
  'in a range a person is on the day of the first time'
);
select results_eq(
  $$ select day, sent, opens, opened from public.campaign_activity where campaign_id = pg_temp.id('campaign') order by day $$,
  $$ values ('2026-10-05'::date, 2, 2, 1), ('2026-10-06', 0, 1, 1) $$,
  'what is compared with the provider stays on its days'
);

-- The provider reports the same two mails, on its UTC day: nothing counts twice.
insert into public.campaign_analytics (campaign_id, day, client_id, sent, contacted, new_contacted, opens, opened, synced_at)
values (pg_temp.id('campaign'), '2026-10-05', pg_temp.id('bakery'), 2, 2, 2, 2, 1, now());
select results_eq(
  'select day, sent, opened, provider_zone from pg_temp.days order by day',
  $$ values ('2026-10-05'::date, 1::bigint, 1::bigint, null::text), ('2026-10-06', 1, 1, null) $$,
  'a mail between the two midnights that both report counts once'
);
-- It knows of one mail more, whose hour nobody tells.
update public.campaign_analytics set sent = 3 where campaign_id = pg_temp.id('campaign');
select results_eq(
  'select day, sent, provider_zone from pg_temp.days order by day',
  $$ values ('2026-10-05'::date, 2::bigint, 'UTC'), ('2026-10-06', 1, null) $$,
  'what only the provider knows stays on its day, and the day says so'
);
select results_eq(
  'select day, sent, provider_zone from pg_temp.range_days order by day',
  $$ values ('2026-10-05'::date, 2::bigint, 'UTC'), ('2026-10-06', 1, null) $$,
  'in a range too'
);
select is((select sum(sent) from pg_temp.days), 3::numeric, 'the total is that of the UTC days');

-- A reply at 00:30 turns out to be automatic: it leaves the client's day.
select pg_temp.arrive('reply_received', 'ben', '2026-10-05T22:30Z');
select results_eq(
  'select day, replied from pg_temp.days where replied > 0', $$ values ('2026-10-06'::date, 1::bigint) $$, 'a reply is on the client''s day'
);
insert into private.automatic_replies (event_id, lead_id, is_by_label)
select e.id, e.lead_id, false from public.email_events as e where e.type = 'reply_received' and e.campaign_id = pg_temp.id('campaign');
select private.settle_replies(array(select l.id from public.synced_leads as l where l.campaign_id = pg_temp.id('campaign')));
select is_empty('select from pg_temp.days where replied > 0', 'and leaves it when it is corrected');
select is((select coalesce(sum(replied), 0) from public.client_daily_stats where client_id = pg_temp.id('bakery')), 0::numeric, 'nowhere is one left');

-- Two leads that are one.
create view pg_temp.lead as select l.id, split_part(l.email, '@', 1) as who from public.synced_leads as l where l.campaign_id = pg_temp.id('campaign');
select pg_temp.arrive('email_sent', 'ida2', '2026-10-05T22:40Z'), pg_temp.arrive('email_sent', 'ida', '2026-10-05T22:45Z');
delete from public.campaign_analytics where campaign_id = pg_temp.id('campaign');
select private.merge_leads((select id from pg_temp.lead where who = 'ida'), (select id from pg_temp.lead where who = 'ida2'));
create temporary table before_cut as select s.* from private.day_shifts as s where s.campaign_id = pg_temp.id('campaign');
update private.day_cuts set zone = 'UTC' where campaign_id = pg_temp.id('campaign');
select pg_temp.sign_in('ada');
select results_eq(
  'select time_zone, campaigns, campaigns_done, progress from public.day_rebuilds',
  $$ values ('Europe/Amsterdam', 1::bigint, 0::bigint, 0.0000) $$, 'the client sees that its days are being cut again'
);
reset role;
select cmp_ok(private.cut_days_again(5, 3), '>', 0, 'the work is done in steps');
select is(private.cut_days_again(5, 3), 0, 'and is done then');
select is_empty(
  $$ (select * from private.day_shifts where campaign_id = pg_temp.id('campaign') except select * from before_cut)
     union all (select * from before_cut except select * from private.day_shifts where campaign_id = pg_temp.id('campaign')) $$,
  'the days of a merged lead and of a corrected reply are the same after they are cut again'
);

-- In Havana midnight comes twice on 1 November: at 04:00 and at 05:00 UTC.
update public.clients set time_zone = 'America/Havana' where id = pg_temp.id('bakery');
select private.cut_days_again(5);
select pg_temp.arrive('email_opened', 'ben', '2026-11-01T05:30Z'), pg_temp.arrive('email_opened', 'ben', '2026-11-01T04:30Z'),
  pg_temp.arrive('email_opened', 'ben', '2026-11-01T03:30Z'), pg_temp.arrive('email_opened', 'ben', '2026-11-01T06:30Z');
select results_eq(
  $$ select day, opened from pg_temp.days where day > '2026-10-20' order by day $$,
  $$ values ('2026-10-31'::date, 1::bigint), ('2026-11-01', 1) $$, 'who opens in both of the hours after midnight opened on one day'
);
update public.clients set time_zone = 'Europe/Amsterdam' where id = pg_temp.id('bakery');
select private.cut_days_again(5);

-- Whose days somebody can read.
insert into public.campaigns (id, client_id, name) select pg_temp.id('foreign'), id, 'Foreign' from public.clients where name = 'In Asia/Calcutta';
insert into private.day_shifts (campaign_id, client_id, day, sent) select pg_temp.id('foreign'), id, '2026-10-05', 1 from public.clients where name = 'In Asia/Calcutta';
select pg_temp.sign_in('ada');
select set_eq('select distinct client_id from private.day_shifts', array[pg_temp.id('bakery')], 'a client can read what moves its own days, and no other client''s');
select set_eq('select distinct client_id from private.day_cuts', array[pg_temp.id('bakery')], 'and how far its own are');
select throws_ok('delete from private.day_shifts', '42501', null, 'but not change them');
reset role;
set local role anon;
select throws_ok('select from private.day_shifts', '42501', null, 'anon cannot read them');
reset role;

-- A range of a client and of all.
select pg_temp.sign_in('olga');
select ok((select count(distinct client_id) > 1 from private.day_shifts), 'an operator can read all');
select is((select time_zone from public.stats_between('2026-10-01', '2026-10-31', pg_temp.id('bakery'))), 'Europe/Amsterdam', 'a range names its zone');
select ok((select bool_and(day_zone is null) from public.daily_stats_between('2026-10-01', '2026-10-31')), 'over clients of several zones there is none');
reset role;

select * from finish();
rollback;
