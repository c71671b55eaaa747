-- Meetings: how a word becomes one, whose word is believed, what an older or a repeated word changes, and who may say so.

begin;
set local search_path = public, extensions;
select plan(62);

create function pg_temp.id(name text) returns uuid language sql as $$ select md5('meetings ' || name)::uuid $$;
create function pg_temp.sign_in(person text) returns void language plpgsql as $$
begin
  perform set_config('request.jwt.claims', (private.custom_access_token_hook(jsonb_build_object(
    'user_id', pg_temp.id(person), 'claims', jsonb_build_object('sub', pg_temp.id(person), 'role', 'authenticated')
  )) -> 'claims')::text, true);
  perform set_config('role', 'authenticated', true);
end
$$;

grant execute on function pg_temp.id(text), pg_temp.sign_in(text) to public;

insert into public.clients (id, name, currency) values (pg_temp.id('bakery'), 'Bakery', 'EUR'), (pg_temp.id('dentist'), 'Dentist', 'USD');
insert into auth.users (id, email) select pg_temp.id(name), name || '@meetings.test' from unnest('{ada,ben,olga,anon}'::text[]) as name;
insert into public.members (user_id, role, client_id) values
  (pg_temp.id('ada'), 'client', pg_temp.id('bakery')), (pg_temp.id('ben'), 'client', pg_temp.id('dentist')),
  (pg_temp.id('olga'), 'operator', null);
insert into public.provider_connections (id, client_id, name) values (pg_temp.id('connection'), pg_temp.id('bakery'), 'Bakery');
insert into public.campaigns (id, client_id, connection_id, name) values (pg_temp.id('campaign'), pg_temp.id('bakery'), pg_temp.id('connection'), 'Autumn');
insert into public.synced_leads (id, client_id, campaign_id, email)
select pg_temp.id(name), pg_temp.id('bakery'), pg_temp.id('campaign'), name || '@lead.test' from unnest('{ina,jan,kim,leo}'::text[]) as name;

-- The n-th hour of yesterday's story.
create function pg_temp.at(n integer) returns timestamptz language sql stable as $$ select now() - interval '1 day' + make_interval(hours => n) $$;
create function pg_temp.say(lead text, source public.meeting_source, status public.meeting_status, n integer, known_as text default null, worth numeric default null)
returns uuid language sql as $$
  select private.record_meeting(pg_temp.id(lead), source, status, pg_temp.at(n), known_as, deal_value => worth)
$$;
-- Each meeting of a lead that stands: status, source, value.
create function pg_temp.meetings_of(lead text) returns text language sql as $$
  select string_agg(concat_ws(' ', m.status, m.source, m.value, case when m.value is not null then m.currency end), ', ' order by m.booked_at, m.status)
  from public.meetings as m where m.lead_id = pg_temp.id(lead) and m.removed_at is null
$$;

-- One source.
select pg_temp.say('ina', 'provider', 'booked', 1);
select is(pg_temp.meetings_of('ina'), 'booked provider', 'a label makes a meeting');
select pg_temp.say('ina', 'provider', 'booked', 1);
select pg_temp.say('ina', 'provider', 'held', 3);
select is(pg_temp.say('ina', 'provider', 'no_show', 2), null, 'an older word of the same source changes nothing');
select is(pg_temp.meetings_of('ina'), 'held provider', 'and the newer one stays');
select results_eq(
  $$ select status::text, happened_at from public.meeting_changes where lead_id = pg_temp.id('ina') order by id $$,
  $$ values ('booked', pg_temp.at(1)), ('held', pg_temp.at(3)) $$, 'the history has each change once; a repeated word is none'
);
select results_eq(
  $$ select booked_at, held_at, won_at from public.meetings where lead_id = pg_temp.id('ina') $$,
  $$ values (pg_temp.at(1), pg_temp.at(3), null::timestamptz) $$, 'the meeting knows when it was booked and held'
);

-- Who is believed.
select pg_temp.say('ina', 'person', 'no_show', 2);
select is(pg_temp.meetings_of('ina'), 'no_show person', 'a person is believed before the provider, also one who spoke earlier');
select pg_temp.say('ina', 'provider', 'won', 5);
select is(pg_temp.meetings_of('ina'), 'no_show person', 'a later label does not change that');
select is((select is_followed from public.meeting_changes where lead_id = pg_temp.id('ina') order by id desc limit 1), false, 'the history says that the meeting did not follow');
select pg_temp.say('ina', 'crm', 'won', 4, 'deal 1', 4200);
select is(pg_temp.meetings_of('ina'), 'won crm 4200.00 EUR', 'of a person and the CRM the later one is believed; it is the same meeting');
select pg_temp.say('ina', 'person', 'won', 6);
select is(pg_temp.meetings_of('ina'), 'won person 4200.00 EUR', 'what the believed word leaves open comes from the next');
select private.withdraw_meeting(pg_temp.id('ina'), 'person', pg_temp.at(7));
select private.withdraw_meeting(pg_temp.id('ina'), 'crm', pg_temp.at(7), 'deal 1');
select is(pg_temp.meetings_of('ina'), 'won provider', 'without them the label is believed again');
select is(private.withdraw_meeting(pg_temp.id('ina'), 'provider', pg_temp.at(4)), null, 'nothing older takes a newer word back');
select private.withdraw_meeting(pg_temp.id('ina'), 'provider', pg_temp.at(8));
select is(pg_temp.meetings_of('ina'), null, 'a label that is taken back leaves no meeting');
select pg_temp.say('ina', 'provider', 'booked', 7);
select is(pg_temp.meetings_of('ina'), null, 'a word from before that does not bring it back');
select pg_temp.say('ina', 'provider', 'booked', 9);
select is(pg_temp.meetings_of('ina'), 'booked provider', 'a later one does');

-- Names of other systems.
select pg_temp.say('jan', 'provider', 'booked', 1);
select pg_temp.say('jan', 'crm', 'booked', 2, 'meeting 7');
select pg_temp.say('jan', 'crm', 'held', 3, 'meeting 8');
select pg_temp.say('jan', 'crm', 'held', 4, 'meeting 7');
select is(pg_temp.meetings_of('jan'), 'held crm, held crm', 'a reference is one meeting: the first joins the label''s, another one is another');
select is(pg_temp.say('kim', 'crm', 'lost', 1, 'deal 3'), null, 'a deal that was lost without a meeting is none');
select is(pg_temp.meetings_of('kim'), null, 'and leaves none');

-- What a lost deal was before.
select pg_temp.say('leo', 'crm', 'held', 1);
select pg_temp.say('leo', 'crm', 'lost', 2);
select is((select held_at from public.meetings where lead_id = pg_temp.id('leo')), pg_temp.at(1), 'a lost deal keeps that the meeting was held');
select pg_temp.say('leo', 'crm', 'no_show', 3);
select is((select held_at from public.meetings where lead_id = pg_temp.id('leo')), null, 'one that proves to be a no-show was not held');
select throws_ok($$ select private.record_meeting(gen_random_uuid(), 'crm', 'held', now()) $$, 'PT404', 'NOT_FOUND', 'a lead that is not there is not found');

-- Labels of the provider, as events and as the sync reads them.
insert into public.synced_leads (id, client_id, campaign_id, email)
select pg_temp.id(name), pg_temp.id('bakery'), pg_temp.id('campaign'), name || '@lead.test'
from unnest('{mia,nat,ora,pia,quin,rob,sam}'::text[]) as name;
create sequence pg_temp.event_id start 990000001;
create function pg_temp.labelled(lead text, type public.email_event_type, n integer, label text default null) returns void language sql as $$
  insert into public.email_events (id, occurred_at, client_id, campaign_id, lead_id, connection_id, provider, email, type, label, received_at)
  values (nextval('pg_temp.event_id'), pg_temp.at(n), pg_temp.id('bakery'), pg_temp.id('campaign'), pg_temp.id(lead), pg_temp.id('connection'),
    'instantly', lead || '@lead.test', type, label, now())
$$;
create function pg_temp.synced(lead text, label text, n integer) returns void language sql as $$
  update public.synced_leads as l
  set interest_label = label, interest_label_at = pg_temp.at(n), last_synced_at = coalesce(l.last_synced_at, now()) + interval '1 second'
  where l.id = pg_temp.id(lead)
$$;

select pg_temp.labelled('mia', 'lead_meeting_booked', 1);
select is(pg_temp.meetings_of('mia'), 'booked provider', 'an event that labels a lead "meeting booked" makes a meeting');
select pg_temp.labelled('mia', 'lead_meeting_completed', 3);
select pg_temp.labelled('mia', 'lead_closed', 5);
select results_eq(
  $$ select status::text, booked_at, held_at, won_at from public.meetings where lead_id = pg_temp.id('mia') $$,
  $$ values ('won', pg_temp.at(1), pg_temp.at(3), pg_temp.at(5)) $$, 'held and won follow by their labels, each with its time'
);
select pg_temp.labelled('mia', 'lead_out_of_office', 6);
select pg_temp.labelled('mia', 'lead_labelled', 6, 'Contract sent');
select is(pg_temp.meetings_of('mia'), 'won provider', 'an absence takes nothing back, nor does a label that nobody explained');
select pg_temp.labelled('mia', 'lead_interested', 7);
select is(pg_temp.meetings_of('mia'), null, 'a label that contradicts takes the meeting back');
select pg_temp.labelled('mia', 'lead_meeting_booked', 6);
select is(pg_temp.meetings_of('mia'), null, 'a label that comes late, from before that, makes none');

select pg_temp.labelled('nat', 'lead_not_interested', 4);
select pg_temp.labelled('nat', 'lead_meeting_booked', 2);
select is(pg_temp.meetings_of('nat'), null, 'also where the meeting was not known yet');
select pg_temp.labelled('nat', 'lead_lost', 5);
select is(pg_temp.meetings_of('nat'), null, 'a lost lead without a meeting has none');

select pg_temp.labelled('ora', 'lead_labelled', 1, 'Category 77');
update public.email_events as e set type = 'lead_no_show', label = null where e.lead_id = pg_temp.id('ora');
select is(pg_temp.meetings_of('ora'), 'no_show provider', 'a category that is explained later is read then');

select pg_temp.synced('pia', 'lead_meeting_booked', 1);
select pg_temp.synced('pia', 'lead_meeting_completed', 2);
select is(pg_temp.meetings_of('pia'), 'held provider', 'a label that only the sync saw makes one');
select pg_temp.synced('pia', null, 3);
select is(pg_temp.meetings_of('pia'), null, 'a label that was removed at the provider takes it back');

insert into public.messages (id, client_id, campaign_id, lead_id, connection_id, provider, source, email, direction, occurred_at)
values (pg_temp.id('reply'), pg_temp.id('bakery'), pg_temp.id('campaign'), pg_temp.id('quin'), pg_temp.id('connection'), 'instantly', 'webhook', 'quin@lead.test', 'received', pg_temp.at(0));
select pg_temp.labelled('quin', 'lead_meeting_booked', 1);
insert into private.verdict_pushes (lead_id, message_id, connection_id, interest_status, status, pushed_at)
values (pg_temp.id('quin'), pg_temp.id('reply'), pg_temp.id('connection'), 'positive', 'pushed', pg_temp.at(4));
select pg_temp.labelled('quin', 'lead_interested', 4);
select is(pg_temp.meetings_of('quin'), 'booked provider', 'the echo of a verdict that was pushed takes nothing back');

-- By hand.
select pg_temp.sign_in('ada');
select is(
  (select public.record_meeting(pg_temp.id('rob'), 'booked', occurs_at => now() + interval '3 days') ->> 'status'), 'booked',
  'a client records a meeting of its own lead'
);
select is((select status::text from public.client_meetings where lead_id = pg_temp.id('rob')), 'booked', 'and reads it');
select lives_ok($$ select public.record_meeting(pg_temp.id('rob'), 'won', deal_value => 2500, note => ' Signed ') $$, 'and changes it');
select results_eq(
  $$ select status::text, value, currency, note, occurs_at > now() from public.client_meetings where lead_id = pg_temp.id('rob') $$,
  $$ values ('won', 2500.00, 'EUR', 'Signed', true) $$, 'in the client''s currency; what is not named stays'
);
select lives_ok($$ select public.record_meeting(pg_temp.id('rob'), 'won', cleared => '{note}') $$, 'a note is emptied');
select is((select note from public.client_meetings where lead_id = pg_temp.id('rob')), null, 'only where that is said');
select lives_ok($$ select public.record_meeting(pg_temp.id('rob'), 'booked', is_another => true) $$, 'another one is one more');
select is((select count(*) from public.client_meetings where lead_id = pg_temp.id('rob')), 2::bigint, 'of the same lead');
select throws_ok($$ select public.record_meeting(pg_temp.id('rob'), 'maybe') $$, 'PT400', 'VALIDATION_FAILED', 'a status is one of six');
select throws_ok($$ select public.record_meeting(pg_temp.id('rob'), 'won', deal_value => -1) $$, 'PT400', 'VALIDATION_FAILED', 'a value is not negative');
select throws_ok($$ insert into public.meetings (client_id, campaign_id, lead_id, status, source, status_at, booked_at, currency)
  values (pg_temp.id('bakery'), pg_temp.id('campaign'), pg_temp.id('rob'), 'won', 'person', now(), now(), 'EUR') $$, '42501', null, 'nobody writes the table');
reset role;
select pg_temp.sign_in('ben');
select throws_ok($$ select public.record_meeting(pg_temp.id('rob'), 'lost') $$, 'PT404', 'NOT_FOUND', 'another client does not find the lead');
select is_empty($$ select from public.client_meetings $$, 'nor any meeting');
select is_empty($$ select from public.client_pipeline $$, 'nor a pipeline');
reset role;
create temporary table target as select id from public.meetings where lead_id = pg_temp.id('rob') and status = 'won';
grant select on target to public;
reset role;
select pg_temp.sign_in('ben');
select throws_ok($$ select public.remove_meeting(id) from target $$, 'PT404', 'NOT_FOUND', 'nor does it remove one');
reset role;
select pg_temp.sign_in('olga');
select is((select won_value from public.client_pipeline where dimension = 'campaign' and campaign_id = pg_temp.id('campaign')), 2500.00, 'the pipeline adds up what was won');
select is((select booked_rate from public.client_pipeline where dimension = 'client'), null, 'and makes no rate of a few');
select lives_ok($$ select public.remove_meeting(id) from target $$, 'an operator removes it');
reset role;
select is(pg_temp.meetings_of('rob'), 'booked person', 'and it is gone');
create function pg_temp.counted(lead text) returns bigint language sql as $$
  select coalesce(sum(d.meetings), 0)::bigint
  from private.campaign_days('2000-01-01', '2100-01-01', pg_temp.id('bakery'), pg_temp.id(lead || ' campaign')) as d
$$;
insert into public.campaigns (id, client_id, connection_id, name)
select pg_temp.id(name || ' campaign'), pg_temp.id('bakery'), pg_temp.id('connection'), name from unnest('{uma,vic}'::text[]) as name;
insert into public.synced_leads (id, client_id, campaign_id, email)
select pg_temp.id(name), pg_temp.id('bakery'), pg_temp.id(name || ' campaign'), name || '@lead.test' from unnest('{uma,vic}'::text[]) as name;
insert into public.email_events (id, occurred_at, client_id, campaign_id, lead_id, connection_id, provider, email, type, label, received_at)
values
  (nextval('pg_temp.event_id'), pg_temp.at(1), pg_temp.id('bakery'), pg_temp.id('uma campaign'), pg_temp.id('uma'), pg_temp.id('connection'), 'instantly', 'uma@lead.test', 'lead_meeting_booked', null, now()),
  (nextval('pg_temp.event_id'), pg_temp.at(1), pg_temp.id('bakery'), pg_temp.id('vic campaign'), pg_temp.id('vic'), pg_temp.id('connection'), 'instantly', 'vic@lead.test', 'lead_labelled', 'No-Show', now());
select is(array[pg_temp.counted('uma'), pg_temp.counted('vic')], '{1,1}'::bigint[], 'the days count what the labels report');
select is(pg_temp.meetings_of('vic'), 'no_show provider', 'a custom label counts by its name');
select public.remove_meeting(m.id) from public.meetings as m where m.lead_id = pg_temp.id('uma');
select is(pg_temp.counted('uma'), 0::bigint, 'what a person removed counts on no day, whatever the events say');
select private.record_meeting(pg_temp.id('uma'), 'provider', 'held', now() + interval '1 hour');
select is(pg_temp.counted('uma'), 1::bigint, 'until a later report restores it');
select set_eq(
  $$ select action from public.audit_log where client_id = pg_temp.id('bakery') and target_type = 'meeting' $$,
  array['meeting_recorded', 'meeting_removed'], 'the audit log has both acts'
);

-- A person who adds something to what the label reported.
select pg_temp.labelled('pia', 'lead_meeting_completed', 5);
select pg_temp.labelled('pia', 'lead_closed', 7);
select public.record_meeting(pg_temp.id('pia'), 'won', deal_value => 900);
select results_eq(
  $$ select source::text, value, status_at, held_at, won_at from public.meetings where lead_id = pg_temp.id('pia') $$,
  $$ values ('person', 900.00, pg_temp.at(7), pg_temp.at(5), pg_temp.at(7)) $$, 'moves no time of it'
);

-- Announced once, by whichever source.
insert into public.outgoing_endpoints (client_id, name, url, events)
values (pg_temp.id('bakery'), 'Hook', 'https://hook.test', '{meeting.booked}');
insert into public.synced_leads (id, client_id, campaign_id, email)
values (pg_temp.id('tom'), pg_temp.id('bakery'), pg_temp.id('campaign'), 'tom@lead.test');
select public.record_meeting(pg_temp.id('tom'), 'booked');
select is((select count(*) from private.outgoing_events where type = 'meeting.booked' and lead_id = pg_temp.id('tom')), 1::bigint, 'a meeting by hand is announced');
select pg_temp.labelled('tom', 'lead_meeting_booked', 20);
select private.record_meeting(pg_temp.id('tom'), 'crm', 'booked', now(), 'meeting 99');
select is((select count(*) from private.outgoing_events where type = 'meeting.booked' and lead_id = pg_temp.id('tom')), 1::bigint, 'its label and the CRM announce it no second time');
select private.record_meeting(pg_temp.id('tom'), 'crm', 'booked', now(), 'meeting 100');
select is((select count(*) from private.outgoing_events where type = 'meeting.booked' and lead_id = pg_temp.id('tom')), 2::bigint, 'another meeting is announced too');

-- Which mail led to it.
select worker.record_campaign_steps(pg_temp.id('campaign'), '[
  {"step": 1, "variant": 1, "sent": 5, "opened": 0, "clicked": 0, "replied": 0, "auto_replies": 0},
  {"step": 2, "variant": 2, "sent": 5, "opened": 0, "clicked": 0, "replied": 1, "auto_replies": 0, "opportunities": 3, "meetings": 2, "won": 1}]');
insert into public.email_events (id, occurred_at, client_id, campaign_id, lead_id, connection_id, provider, email, type, step, variant, received_at)
select nextval('pg_temp.event_id'), pg_temp.at(n), pg_temp.id('bakery'), pg_temp.id('campaign'), pg_temp.id('sam'), pg_temp.id('connection'),
  'instantly', 'sam@lead.test', type::public.email_event_type, step, variant, now()
from (values (1, 'email_sent', 1, 1), (2, 'email_sent', 2, 2), (3, 'reply_received', null, null), (4, 'email_sent', 3, 1)) as e (n, type, step, variant);
select pg_temp.labelled('sam', 'lead_meeting_booked', 5);
select results_eq(
  $$ select step, variant::integer from public.meetings where lead_id = pg_temp.id('sam') $$, $$ values (2::smallint, 2) $$,
  'the step is that of the last mail before the reply, not of one that left afterwards'
);
select results_eq(
  $$ select step, meetings, opportunities_reported, meetings_reported, won_reported from public.campaign_steps where campaign_id = pg_temp.id('campaign') order by step $$,
  $$ values (1, 0::bigint, null::integer, null::integer, null::integer), (2, 1::bigint, 3, 2, 1) $$,
  'each step shows its meetings, beside what the provider reports, where it does'
);

select * from finish();
rollback;
