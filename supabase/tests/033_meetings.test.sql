-- Meetings: how a word becomes one, whose word is believed, what an older or a repeated word changes, and who may say so.

begin;
set local search_path = public, extensions;
select plan(21);

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

select * from finish();
rollback;
