-- Reports to clients: when they are due, what they hold, that each is made and sent once, and who may do what.

begin;
set local search_path = public, extensions;
select plan(71);

create function pg_temp.id(name text) returns uuid language sql immutable as $$ select md5('reports ' || name)::uuid $$;
grant execute on function pg_temp.id(text) to public;
create function pg_temp.sign_in(person text) returns void language plpgsql as $$
begin
  perform set_config('request.jwt.claims', (private.custom_access_token_hook(jsonb_build_object(
    'user_id', pg_temp.id(person), 'claims', jsonb_build_object('sub', pg_temp.id(person), 'role', 'authenticated')
  )) -> 'claims')::text, true);
  perform set_config('role', 'authenticated', true);
end
$$;

-- Periods and moments.
select results_eq(
  $$ select p.from_day::text, p.to_day::text from (values (1, 'weekly', '2026-11-29', 0), (2, 'weekly', '2026-11-30', 0), (3, 'weekly', '2026-11-30', 1),
       (4, 'monthly', '2026-11-30', 0), (5, 'monthly', '2027-03-01', 0), (6, 'weekly', '2026-11-30', -1)) as v (place, kind, today, ago)
     cross join lateral private.report_period(v.kind::public.report_kind, v.today::date, v.ago) as p order by v.place $$,
  $$ values ('2026-11-16', '2026-11-22'), ('2026-11-23', '2026-11-29'), ('2026-11-16', '2026-11-22'), ('2026-10-01', '2026-10-31'),
       ('2027-02-01', '2027-02-28'), ('2026-11-30', '2026-12-06') $$,
  'a period is the last week from Monday to Sunday, or the last month, that is over'
);
select is(private.report_due_at('2026-11-29', 1::smallint, 8::smallint, 'Europe/Amsterdam'), '2026-11-30T07:00Z', 'Monday at 8 in Amsterdam in winter');
select is(private.report_due_at('2026-06-28', 1::smallint, 8::smallint, 'Europe/Amsterdam'), '2026-06-29T06:00Z', 'and in summer an hour earlier by UTC');
select is(private.report_due_at('2026-11-29', 1::smallint, 8::smallint, 'Pacific/Auckland'), '2026-11-29T19:00Z', 'in Auckland while it is still Sunday by UTC');
select is(private.report_due_at('2026-03-22', 7::smallint, 2::smallint, 'Europe/Amsterdam'), '2026-03-29T01:00Z', 'an hour that the change of the clock skips is the one after it');
select is(private.report_due_at('2026-10-31', 15::smallint, 0::smallint, 'UTC'), '2026-11-15T00:00Z', 'the fifteenth of the month after');

-- What chance can do is called neither better nor worse.
select results_eq(
  $$ select private.report_tone(v.part, 1000, v.before, 1000, v.is_better) from (values (1, 40, 15, true), (2, 15, 40, true), (3, 40, 15, false), (4, 20, 15, true),
       (5, 3, 1, true)) as v (place, part, before, is_better) order by v.place $$,
  array['good', 'bad', 'bad', 'neutral', null], 'better, worse, more bounces, within chance, too few'
);
select is(private.report_tone(9, 90, 1, 900, true), null, 'and under a hundred leads nothing is said');

insert into public.clients (id, name, time_zone) values (pg_temp.id('bakery'), 'Bakery', 'Europe/Amsterdam'), (pg_temp.id('dentist'), 'Dentist', 'UTC');
insert into auth.users (id, email) select pg_temp.id(name), name || '@reports.test' from unnest('{ada,ben,olga,otto}'::text[]) as name;
insert into public.members (user_id, role, client_id) values
  (pg_temp.id('ada'), 'client', pg_temp.id('bakery')), (pg_temp.id('ben'), 'client', pg_temp.id('dentist')), (pg_temp.id('olga'), 'operator', null);
insert into public.campaigns (id, client_id, name, provider_status) values (pg_temp.id('autumn'), pg_temp.id('bakery'), 'Autumn', 'active');

-- Settings.
select pg_temp.sign_in('olga');
select is(
  public.report_settings(pg_temp.id('bakery')) - '{people,client_id}'::text[],
  '{"time_zone": "Europe/Amsterdam", "language": "en", "with_replies": true, "attach_pdf": true, "note": null, "weekly": null, "monthly": null, "recipients": [], "is_set_up": false}',
  'without settings everything is off'
);
select throws_ok(
  format('select public.change_report_settings(%L, %L)', pg_temp.id('bakery'), '{"weekly": {"send_on": 1, "send_hour": 8}}'),
  'PT400', 'VALIDATION_FAILED', 'a report without anybody who gets it is refused'
);
select lives_ok(
  format('select public.change_report_settings(%L, %L)', pg_temp.id('bakery'), jsonb_build_object(
    'weekly', '{"send_on": 1, "send_hour": 0}'::jsonb, 'monthly', '{"send_on": 1, "send_hour": 9}'::jsonb, 'language', 'nl', 'note', ' Hello ',
    'recipients', jsonb_build_array(jsonb_build_object('user_id', pg_temp.id('ada')), '{"email": " Boss@Bakery.test "}'::jsonb)
  )), 'an operator switches reports on'
);
select is(
  (select public.report_settings(pg_temp.id('bakery')) #- '{recipients,0,id}' #- '{recipients,1,id}' -> 'recipients'),
  jsonb_build_array(
    jsonb_build_object('user_id', pg_temp.id('ada'), 'email', 'ada@reports.test', 'stopped_at', null),
    jsonb_build_object('user_id', null, 'email', 'boss@bakery.test', 'stopped_at', null)
  ),
  'to a person of the client and to an address, in their normal form'
);
select ok(
  (public.report_settings(pg_temp.id('bakery')) #>> '{weekly,next_at}')::timestamptz > now() and not (public.report_settings(pg_temp.id('bakery')) #>> '{weekly,is_due}')::boolean,
  'the first one comes at its next time: what was due before it was switched on is not sent late'
);
select throws_ok(format('select public.change_report_settings(%L, %L)', pg_temp.id('bakery'), s), 'PT400', 'VALIDATION_FAILED', format('refused: %s', s))
from unnest(array[
  '[]', '{"colour": 1}', '{"language": "fr"}', '{"with_replies": "yes"}', '{"attach_pdf": 1}', '{"weekly": {"send_on": 8, "send_hour": 8}}', '{"weekly": {"send_on": 1, "send_hour": 24}}',
  '{"monthly": {"send_on": 29, "send_hour": 8}}', '{"recipients": [{"email": "nobody"}]}', '{"recipients": {}}', '{"note": 5}', '{"weekly": true}'
]) as s;
select throws_ok(
  format('select public.change_report_settings(%L, %L)', pg_temp.id('bakery'), jsonb_build_object('recipients', jsonb_build_array(jsonb_build_object('user_id', pg_temp.id('ben'))))),
  'PT400', 'VALIDATION_FAILED', 'a person of another client is no recipient'
);
select throws_ok(format('select public.report_settings(%L)', pg_temp.id('nobody')), 'PT404', 'NOT_FOUND', 'nor is there a client that is none');
reset role;
select is(
  (select count(*) from public.audit_log where action = 'report_settings_changed' and actor_id = pg_temp.id('olga')), 1::bigint, 'the change is in the log, with who made it'
);

select pg_temp.sign_in('ada');
select throws_ok(format('select public.report_settings(%L)', pg_temp.id('bakery')), 'PT403', 'FORBIDDEN', 'a client does not read who gets its reports');
select throws_ok(format('select public.change_report_settings(%L, %L)', pg_temp.id('bakery'), '{}'), 'PT403', 'FORBIDDEN', 'nor changes it');
reset role;

-- Due: without mail settings nothing; then the newest period alone.
update private.client_report_schedules set since = now() - interval '100 days';
select is_empty('select from private.list_due_reports()', 'while no mail can be sent nothing is due');
insert into private.mail_settings (sender_address, base_url, encrypted_key, master_key_id, key_last4, dashboard_url)
values ('news@north.test', 'https://mail.test', 'encrypted', 'k1', '1234', 'https://dashboard.test');
select results_eq(
  $$ select d.kind::text, d.to_day from private.list_due_reports() as d order by 1 $$,
  $$ select p.kind, max(p.to_day) from (
       select v.kind, q.to_day, private.report_due_at(q.to_day, 1::smallint, v.hour::smallint, 'Europe/Amsterdam') as at
       from (values ('monthly', 9), ('weekly', 0)) as v (kind, hour)
       cross join generate_series(0, 1) as n (ago)
       cross join lateral private.report_period(v.kind::public.report_kind, private.day_in(now(), 'Europe/Amsterdam'), n.ago) as q
     ) as p where p.at <= now() group by p.kind order by 1 $$,
  'of fourteen missed weeks and three missed months the newest of each is due'
);
delete from private.client_report_schedules where kind = 'monthly';

-- The content: the numbers of the dashboard.
create function pg_temp.last_week() returns date language sql stable as $$
  select p.from_day from private.report_period('weekly', private.day_in(now(), 'Europe/Amsterdam'), 0) as p
$$;
insert into public.campaign_analytics (campaign_id, client_id, day, sent, contacted, new_contacted, replied, synced_at)
select pg_temp.id('autumn'), pg_temp.id('bakery'), pg_temp.last_week() - 7 + n, 100, 60, 50, case when n < 7 then 2 else 6 end, now() from generate_series(0, 13) as n;
insert into public.campaign_analytics_totals (campaign_id, client_id, sent, contacted, replied, synced_at) values (pg_temp.id('autumn'), pg_temp.id('bakery'), 1400, 700, 56, now());
insert into public.synced_leads (id, client_id, campaign_id, email, first_name, interest_status_reported, interest_changed_at_reported)
select pg_temp.id('lead ' || n), pg_temp.id('bakery'), pg_temp.id('autumn'), n || '@lead.test', 'Lead ' || n, 'positive', (pg_temp.last_week() + n % 7)::timestamp + interval '12 hours'
from generate_series(1, 8) as n;
insert into public.provider_connections (id, client_id, name) values (pg_temp.id('own'), pg_temp.id('bakery'), 'Own');
insert into public.messages (client_id, campaign_id, lead_id, connection_id, provider, direction, occurred_at, email, body_text, source)
select pg_temp.id('bakery'), pg_temp.id('autumn'), pg_temp.id('lead ' || n), pg_temp.id('own'), 'instantly', 'received', (pg_temp.last_week() + n % 7)::timestamp + interval '12 hours', n || '@lead.test', 'Call me ' || n, 'webhook'
from generate_series(1, 8) as n;
create function pg_temp.facts(draft jsonb default '{}') returns jsonb language sql stable as $$
  select worker.read_report_facts(pg_temp.id('bakery'), 'weekly', null, draft)
$$;
select results_eq(
  $$ select n.metric, n.value, n.before from jsonb_to_recordset(pg_temp.facts() -> 'numbers') as n (metric text, value numeric, before numeric) order by 1 $$,
  $$ select v.metric, v.value, v.before
     from public.stats_between(pg_temp.last_week(), pg_temp.last_week() + 6, pg_temp.id('bakery')) as s,
       public.stats_between(pg_temp.last_week() - 7, pg_temp.last_week() - 1, pg_temp.id('bakery')) as b
     cross join lateral (values
       ('bounce_rate', s.bounce_rate, b.bounce_rate), ('contacted', s.contacted, b.contacted), ('meetings', s.meetings, b.meetings), ('positive', s.positive, b.positive),
       ('positive_rate', s.positive_rate, b.positive_rate), ('replied', s.replied, b.replied), ('reply_rate', s.reply_rate, b.reply_rate), ('sent', s.sent, b.sent)
     ) as v (metric, value, before) $$,
  'the numbers are those of stats_between for the same days'
);
select results_eq(
  $$ select c.name, c.contacted, c.replied, c.positive, c.positive_rate, c.enough_signal
     from jsonb_to_recordset(pg_temp.facts() -> 'campaigns') as c (name text, contacted bigint, replied bigint, positive bigint, positive_rate numeric, enough_signal boolean) $$,
  $$ select b.name, b.contacted, b.replied, b.positive, b.positive_rate, b.enough_signal
     from public.campaigns_between(pg_temp.last_week(), pg_temp.last_week() + 6, pg_temp.id('bakery')) as b where b.contacted > 0 order by b.contacted desc $$,
  'and those of its campaigns of campaigns_between, without the ones in which nothing happened'
);
select is(
  pg_temp.facts() -> 'best_campaign',
  (
    select jsonb_build_object('name', b.name, 'contacted', b.contacted, 'replied', b.replied, 'positive', b.positive, 'positive_rate', b.positive_rate)
    from public.campaigns_between(pg_temp.last_week(), pg_temp.last_week() + 6, pg_temp.id('bakery')) as b where b.is_best
  ),
  'the best campaign is the one that the dashboard marks'
);
select is(jsonb_array_length(pg_temp.facts() -> 'days'), 7, 'with every day of the week');
select is(pg_temp.facts() #>> '{sentences,trend,code}', 'better', '42 replies after 14 from as many people is a better week');
select is(pg_temp.facts() #>> '{sentences,attention,code}', 'positive_waiting', 'positive replies that nobody answered need attention');
select is(jsonb_array_length(pg_temp.facts() -> 'replies'), 5, 'five replies are worth reading at most');
select is(pg_temp.facts('{"with_replies": false, "language": "de", "note": ""}') #- '{agency}' -> 'replies', 'null', 'an operator can leave replies out');
select is(pg_temp.facts() ->> 'note' || (pg_temp.facts() ->> 'language'), 'Hellonl', 'note and language are the saved ones');
select is(pg_temp.facts('{"note": "Other"}') ->> 'note', 'Other', 'or those of a form that is not saved yet');

-- Made once, reserved once per address.
create function pg_temp.keep(snapshot jsonb default pg_temp.facts()) returns jsonb language sql as $$
  select worker.keep_scheduled_report(pg_temp.id('bakery'), 'weekly', snapshot)
$$;
select is(pg_temp.keep() ->> 'reserved', '2', 'the scheduled run keeps the report and reserves a mail per recipient');
select is(pg_temp.keep(), null, 'a second run finds it made');
select is((select count(*) from public.client_reports), 1::bigint, 'there is one report');
select is_empty('select from private.list_due_reports()', 'and none is due');
update public.clients set time_zone = 'Pacific/Pago_Pago' where id = pg_temp.id('bakery');
update private.client_report_schedules set send_on = 2;
update public.clients set time_zone = 'Pacific/Auckland' where id = pg_temp.id('bakery');
select is_empty(
  $$ select from private.list_due_reports() as d join public.client_reports as r on r.client_id = d.client_id and r.from_day = d.from_day $$,
  'nor after another day or another time zone: the report of a week is one'
);
update public.clients set time_zone = 'Europe/Amsterdam' where id = pg_temp.id('bakery');
update private.client_report_schedules set send_on = 1;

-- Sent under a lease.
create temporary table taken as select worker.take_report_mails(10, 60, null) -> 'mails' as mails;
select is((select jsonb_array_length(mails) from taken), 2, 'a sender takes both mails');
select is(jsonb_array_length(worker.take_report_mails(10, 60, null) -> 'mails'), 0, 'and no other sender takes them meanwhile');
create function pg_temp.record(place integer, error text, is_final boolean) returns integer language sql as $$
  select worker.record_report_mails(jsonb_build_array(jsonb_build_object(
    'mail_id', mails #>> array[place::text, 'mail_id'], 'token', mails #>> array[place::text, 'token'], 'error', error, 'is_final', is_final, 'is_refused', false
  ))) from taken
$$;
select pg_temp.sign_in('ada');
select is_empty('select from public.client_reports', 'before it was sent to anybody its client does not see it');
reset role;
select is(pg_temp.record(0, null, false), 1, 'one arrives');
select is(pg_temp.record(0, 'late word of another sender', true), 0, 'a word under an old lease counts nothing');
select is(pg_temp.record(1, 'The address is unknown.', true), 1, 'one is refused');
select results_eq(
  $$ select kind, details like '%did not reach%(The address is unknown)%' from public.incidents where closed_at is null and kind = 'report_not_sent' $$,
  $$ values ('report_not_sent', true) $$, 'which is an incident that names the address'
);
select pg_temp.sign_in('ada');
select is((select count(*) from public.client_reports), 1::bigint, 'its client reads what was sent');
select is_empty('select from public.operator_report_mails', 'and not to whom');
reset role;
select pg_temp.sign_in('ben');
select is_empty('select from public.client_reports', 'another client reads nothing');
reset role;

-- By hand: what failed is sent once more, what arrived is not.
create function pg_temp.send() returns jsonb language sql as $$
  select worker.send_report(pg_temp.id('bakery'), 'weekly', pg_temp.facts(), array(select r.id from private.client_report_recipients as r), pg_temp.id('olga'))
$$;
select is(pg_temp.send() -> 'reserved', '1', '"Send now" takes the failed one again');
select is((select count(*) from private.client_report_mails where state = 'waiting'), 1::bigint, 'and only that');
select is((select jsonb_array_length(pg_temp.send() -> 'has_it')), 2, 'pressed twice it says that both have it, or will');

-- The way out.
select ok(worker.stop_reports((select stop_token from private.client_report_recipients where email = 'boss@bakery.test')), 'who has the token of a mail ends the reports');
select is(jsonb_array_length(worker.take_report_mails(10, 60, null) -> 'mails'), 0, 'and does not get the mail that was reserved');
select ok(not worker.stop_reports(gen_random_uuid()), 'an unknown token ends nothing');
select throws_ok(
  format('select worker.send_report(%L, ''weekly'', pg_temp.facts(), array(select r.id from private.client_report_recipients as r where r.email is not null), null)', pg_temp.id('bakery')),
  'PT400', 'VALIDATION_FAILED', 'nor is it sent to them by hand'
);

-- What a deleted lead wrote leaves the report.
delete from public.synced_leads where id = (select (snapshot #>> '{replies,0,lead_id}')::uuid from public.client_reports);
select is((select jsonb_array_length(snapshot -> 'replies') from public.client_reports), 4, 'the reply of a deleted lead leaves the report');

-- Nothing to say, or no one to say it to.
delete from public.client_reports;
delete from private.client_report_recipients where email is null;
select is(pg_temp.keep() ->> 'reserved', '0', 'without a recipient nothing is sent');
select is((select skipped from public.client_reports), 'no_recipients', 'and the log says why');
delete from public.client_reports;
select is(
  (pg_temp.keep((
    select jsonb_set(pg_temp.facts(), '{numbers}', jsonb_agg(n || '{"value": 0, "before": 0}')) from jsonb_array_elements(pg_temp.facts() -> 'numbers') as n
  )) ->> 'reserved'), '0', 'a client with which nothing happened gets no empty report'
);
select is((select skipped from public.client_reports), 'no_data', 'and the log says so');
delete from public.client_reports;
select private.shelve_client(pg_temp.id('bakery'), true, false);
select is_empty('select from private.list_due_reports()', 'nor does an archived one');
select throws_ok('select pg_temp.send()', 'PT400', 'VALIDATION_FAILED', 'not even by hand');

select * from finish();
rollback;
