-- Leads on their way to a CRM and what its deals say back: which account, in which order, under which lease, and who may look or act.

begin;
set local search_path = public, extensions;
select plan(55);

create function pg_temp.id(name text) returns uuid language sql immutable as $$ select md5('crm ' || name)::uuid $$;
create function pg_temp.sign_in(person text) returns void language plpgsql as $$
begin
  perform set_config('request.jwt.claims', (private.custom_access_token_hook(jsonb_build_object(
    'user_id', pg_temp.id(person), 'claims', jsonb_build_object('sub', pg_temp.id(person), 'role', 'authenticated')
  )) -> 'claims')::text, true);
  perform set_config('role', 'authenticated', true);
end
$$;
grant execute on function pg_temp.id(text), pg_temp.sign_in(text) to public;

delete from public.crm_connections;
insert into public.clients (id, name, currency) values (pg_temp.id('bakery'), 'Bakery', 'EUR'), (pg_temp.id('dentist'), 'Dentist', 'EUR');
insert into auth.users (id, email) select pg_temp.id(name), name || '@crm.test' from unnest('{ada,ben,olga,nobody}'::text[]) as name;
insert into public.members (user_id, role, client_id) values
  (pg_temp.id('ada'), 'client', pg_temp.id('bakery')), (pg_temp.id('ben'), 'client', pg_temp.id('dentist')), (pg_temp.id('olga'), 'operator', null);
insert into public.campaigns (id, client_id, name) values
  (pg_temp.id('bread'), pg_temp.id('bakery'), 'Bread'), (pg_temp.id('teeth'), pg_temp.id('dentist'), 'Teeth');
insert into public.synced_leads (id, client_id, campaign_id, email, first_name, company_name) values
  (pg_temp.id('ina'), pg_temp.id('bakery'), pg_temp.id('bread'), 'ina@lead.test', 'Ina', 'Mill'),
  (pg_temp.id('jan'), pg_temp.id('bakery'), pg_temp.id('bread'), 'jan@lead.test', 'Jan', 'Oven'),
  (pg_temp.id('kim'), pg_temp.id('dentist'), pg_temp.id('teeth'), 'kim@lead.test', 'Kim', 'Drill');

-- Connecting.
create function pg_temp.saved(client text, extra jsonb default '{}') returns jsonb language sql as $$
  select jsonb_build_object(
    'client_id', case when client is not null then pg_temp.id(client) end, 'account_id', '4711', 'account_host', 'app.hubspot.com', 'currency', 'EUR',
    'events', '["reply.positive", "meeting.booked"]'::jsonb, 'pipeline_id', 'default', 'pipeline_name', 'Sales', 'lead_stage_id', 'new',
    'meeting_stage_id', 'meeting', 'mapping', '{"first_name": "firstname"}'::jsonb,
    'stages', '[{"id": "new", "name": "New", "status": null}, {"id": "meeting", "name": "Meeting", "status": "booked"},
      {"id": "offer", "name": "Offer", "status": null}, {"id": "won", "name": "Won", "status": "won"}]'::jsonb
  ) || extra
$$;
create function pg_temp.with_token(token text) returns jsonb language sql as $$
  select jsonb_build_object('encrypted_token', 'encrypted ' || token, 'master_key_id', 'k1', 'token_last4', token)
$$;
select throws_ok(
  $$ select worker.save_crm_connection(pg_temp.id('agency crm'), pg_temp.saved(null), pg_temp.id('olga')) $$, 'PT404', 'NOT_FOUND',
  'without a token only an account that is there can be changed'
);
select worker.save_crm_connection(pg_temp.id('agency crm'), pg_temp.saved(null, pg_temp.with_token('aaaa')), pg_temp.id('olga'));
select throws_like(
  $$ select worker.save_crm_connection(pg_temp.id('second crm'), pg_temp.saved(null, pg_temp.with_token('bbbb')), pg_temp.id('olga')) $$,
  'VALIDATION_FAILED', 'the agency has one account'
);
select throws_ok(
  $$ select worker.save_crm_connection(pg_temp.id('second crm'), pg_temp.saved('nobody', pg_temp.with_token('bbbb')), pg_temp.id('olga')) $$,
  'PT404', 'NOT_FOUND', 'a client that is not there gets none'
);
select worker.save_crm_connection(pg_temp.id('dentist crm'), pg_temp.saved('dentist', '{"account_id": "815"}' || pg_temp.with_token('dddd')), pg_temp.id('olga'));
select is(private.crm_connection_of(pg_temp.id('bakery')), pg_temp.id('agency crm'), 'a client without an account of its own has the agency''s');
select is(private.crm_connection_of(pg_temp.id('dentist')), pg_temp.id('dentist crm'), 'and one with its own only that');
select results_eq(
  $$ select encrypted_token from private.crm_tokens where connection_id in (pg_temp.id('agency crm'), pg_temp.id('dentist crm')) order by 1 $$,
  array['encrypted aaaa', 'encrypted dddd'], 'each token is kept encrypted, apart from its account'
);
select throws_ok(
  $$ update public.crm_connections set events = '{email.bounced}' where id = pg_temp.id('agency crm') $$, '23514', null,
  'an event that it cannot push is refused'
);
select throws_ok(
  $$ update public.crm_connections set events = '{lead.unsubscribed}' where id = pg_temp.id('agency crm') $$, '23514', null,
  'and unsubscribes without a property to write'
);

-- A fact becomes a push, once, and only where it is wanted.
create function pg_temp.make_positive(lead text) returns void language sql as $$
  update public.synced_leads set interest_status_reported = 'positive', interest_changed_at_reported = now() where id = pg_temp.id(lead)
$$;
create function pg_temp.pushes_of(lead text) returns text language sql as $$
  select string_agg(concat_ws(' ', p.type, p.state, p.attempts), ', ' order by p.created_at, p.id) from private.crm_pushes as p where p.lead_id = pg_temp.id(lead)
$$;
select pg_temp.make_positive('ina');
select pg_temp.make_positive('kim');
select is(pg_temp.pushes_of('ina'), 'reply.positive waiting 0', 'a lead that becomes positive is to be pushed');
select is(
  (select connection_id from private.crm_pushes where lead_id = pg_temp.id('kim')), pg_temp.id('dentist crm'), 'to the account of its client'
);
select pg_temp.make_positive('ina');
select is(pg_temp.pushes_of('ina'), 'reply.positive waiting 0', 'the same fact again is no second push');
insert into public.suppressions (client_id, email, reason, suppressed_at) values (pg_temp.id('bakery'), 'jan@lead.test', 'unsubscribed', now());
select is(pg_temp.pushes_of('jan'), null, 'an event that the account does not want is not pushed');

-- Leases. A second event of a lead waits for the first.
select private.record_meeting(pg_temp.id('ina'), 'provider', 'booked', now() - interval '1 hour', happened_at => now() - interval '1 hour');
update private.crm_pushes set created_at = created_at + interval '1 second' where type = 'meeting.booked';
create temporary table taken as select worker.take_crm_pushes(10, 60) as turn;
select results_eq(
  $$ select p ->> 'lead_id', p ->> 'type', p ->> 'stage_id', p #>> '{connection,encrypted_token}'
     from taken, jsonb_array_elements(turn -> 'pushes') as p order by p #>> '{connection,encrypted_token}' $$,
  $$ values (pg_temp.id('ina')::text, 'reply.positive', 'new', 'encrypted aaaa'), (pg_temp.id('kim')::text, 'reply.positive', 'new', 'encrypted dddd') $$,
  'the first of each lead is leased, with the stage that it asks for and the token of its account'
);
select is(
  (select p #>> '{fields,first_name}' || ' ' || (p #>> '{fields,company}') from taken, jsonb_array_elements(turn -> 'pushes') as p where p ->> 'lead_id' = pg_temp.id('ina')::text),
  'Ina Mill', 'and what is known of the lead'
);
select is(worker.take_crm_pushes(10, 60) -> 'pushes', '[]'::jsonb, 'a second worker gets nothing');
create function pg_temp.answer(lead text, result jsonb) returns integer language sql as $$
  select worker.record_crm_pushes(jsonb_build_array(jsonb_build_object('push_id', p.id, 'token', p.lease_token, 'duration_ms', 5) || result))
  from private.crm_pushes as p
  where p.lead_id = pg_temp.id(lead) and p.state = 'waiting' order by p.created_at limit 1
$$;
select is(pg_temp.answer('ina', jsonb_build_object('token', gen_random_uuid(), 'contact_id', '11')), 0, 'an answer under another lease decides nothing');
select results_eq(
  $$ select contact_id, deal_id from public.crm_records where lead_id = pg_temp.id('ina') $$, $$ values ('11', null::text) $$,
  'but what was made in the CRM is remembered'
);
select pg_temp.answer('ina', '{"contact_id": "11", "deal_id": "21", "stage_id": "new", "stage_at": "2026-10-01T09:00Z"}');
select is(pg_temp.pushes_of('ina'), 'reply.positive delivered 1, meeting.booked waiting 0', 'an answer under the lease ends the push');
select isnt((select last_push_at from public.crm_connections where id = pg_temp.id('agency crm')), null, 'and the account knows that it works');
select is(
  (worker.take_crm_pushes(10, 60) #>> '{pushes,0,record,deal_id}'), '21', 'the next push of the lead knows the deal that the first made'
);

-- Failures.
select pg_temp.answer('ina', '{"error": "HubSpot could not be reached", "retry_after": 90}');
select is(pg_temp.pushes_of('ina'), 'reply.positive delivered 1, meeting.booked waiting 1', 'what fails for now waits');
select results_eq(
  $$ select failing_since is not null, last_error, hold_until > now() + interval '80 seconds' from public.crm_connections where id = pg_temp.id('agency crm') $$,
  $$ values (true, 'HubSpot could not be reached', true) $$, 'the account is failing, and pauses as long as it was asked to'
);
select pg_temp.answer('kim', '{"error": "Email address is invalid", "status": 400, "is_final": true}');
select is(pg_temp.pushes_of('kim'), 'reply.positive failed 1', 'what is refused for good fails at once');
select is((select failing_since from public.crm_connections where id = pg_temp.id('dentist crm')), null, 'and says nothing about the account');
update public.crm_connections set hold_until = null where id = pg_temp.id('agency crm');
update private.crm_pushes set next_attempt_at = now() where state = 'waiting';
select worker.take_crm_pushes(10, 60);
select pg_temp.answer('ina', '{"error": "HubSpot refuses the token", "status": 401, "refusal": "HubSpot refuses the token"}');
select is(
  (select switched_off_reason from public.crm_connections where id = pg_temp.id('agency crm')), 'HubSpot refuses the token',
  'a refused token switches the account off'
);
select results_eq(
  $$ select kind::text, details from public.incidents where subject = 'crm:' || pg_temp.id('agency crm') and closed_at is null $$,
  $$ values ('crm_switched_off', 'Nothing is sent to HubSpot or read from it. HubSpot refuses the token. Repair it in Settings → CRM; what waits is sent then') $$,
  'with an incident that says what to do'
);
select is(pg_temp.pushes_of('ina'), 'reply.positive delivered 1, meeting.booked waiting 2', 'its pushes wait');
update private.crm_pushes set next_attempt_at = now() where state = 'waiting';
select is(worker.take_crm_pushes(10, 60) -> 'pushes', '[]'::jsonb, 'and are not tried');
select throws_like(
  $$ select worker.push_crm_lead(pg_temp.id('ina'), pg_temp.id('olga')) $$, 'VALIDATION_FAILED', 'nobody pushes to an account that is off'
);
select worker.save_crm_connection(pg_temp.id('agency crm'), pg_temp.saved(null, pg_temp.with_token('cccc')), pg_temp.id('olga'));
select results_eq(
  $$ select c.switched_off_at is null and c.failing_since is null, c.token_last4, p.attempts::integer, p.next_attempt_at <= now()
     from public.crm_connections as c join private.crm_pushes as p on p.connection_id = c.id and p.state = 'waiting' where c.id = pg_temp.id('agency crm') $$,
  $$ values (true, 'cccc', 0, true) $$, 'another token switches it on, and what waited is due'
);
select is_empty(
  $$ select from public.incidents where subject = 'crm:' || pg_temp.id('agency crm') and closed_at is null $$, 'the incident is over'
);
update public.crm_connections set failing_since = now() - interval '5 days 1 minute' where id = pg_temp.id('dentist crm');
select private.note_crm_answer(pg_temp.id('dentist crm'), 'HubSpot could not be reached', null, null);
select is(
  (select switched_off_reason from public.crm_connections where id = pg_temp.id('dentist crm')), 'HubSpot could not be used for five days',
  'five days of failure switch an account off'
);

-- Deals back.
select worker.take_crm_pushes(10, 60);
select pg_temp.answer('ina', '{"contact_id": "11", "deal_id": "21", "stage_id": "meeting", "stage_at": "2026-10-02T09:00Z"}');
create temporary table reader as select worker.take_crm_reader(60) as turn;
create function pg_temp.read(deal jsonb) returns text language sql as $$
  select worker.record_crm_deals(
    pg_temp.id('agency crm'), (reader.turn ->> 'token')::uuid, jsonb_build_array(jsonb_build_object('lead_id', pg_temp.id('ina'), 'deal_id', '21') || deal), null
  )
  from reader;
  select string_agg(concat_ws(' ', m.status, m.source, m.value), ', ') from public.meetings as m where m.lead_id = pg_temp.id('ina') and m.removed_at is null
$$;
select is(
  pg_temp.read('{"stage_id": "meeting", "stage_at": "2026-10-02T09:00Z"}'), 'booked provider', 'the stage in which we put a deal is no news'
);
select is(
  pg_temp.read(jsonb_build_object('stage_id', 'won', 'stage_at', now() - interval '1 minute', 'amount', 4200)), 'won crm 4200.00',
  'a deal that somebody moved to won says so, with its amount'
);
select is(
  pg_temp.read('{"stage_id": "meeting", "stage_at": "2026-10-01T09:00Z", "amount": 4200}'), 'won crm 4200.00', 'an older change changes nothing'
);
select is(
  worker.record_crm_deals(pg_temp.id('agency crm'), gen_random_uuid(), '[]', null), null, 'who lost the lease records nothing'
);
select is(pg_temp.read('{"is_gone": true}'), 'booked provider', 'a deal that is gone withdraws what it said, and no more');
select isnt((select deal_gone_at from public.crm_records where lead_id = pg_temp.id('ina')), null, 'and is known to be gone');

-- By hand.
select worker.push_crm_lead(pg_temp.id('jan'), pg_temp.id('olga'));
select worker.push_crm_lead(pg_temp.id('jan'), pg_temp.id('olga'));
select is(pg_temp.pushes_of('jan'), 'reply.positive waiting 0', 'a lead is pushed by hand, once however often it is asked for');
select is(worker.retry_crm_pushes(pg_temp.id('agency crm'), null, now() - interval '1 day', pg_temp.id('olga')), 0, 'nothing failed there');
select worker.switch_crm(pg_temp.id('dentist crm'), true, pg_temp.id('olga'));
select is(worker.retry_crm_pushes(pg_temp.id('dentist crm'), null, now() - interval '1 day', pg_temp.id('olga')), 1, 'what failed since a day is tried again');
select worker.switch_crm(pg_temp.id('dentist crm'), false, pg_temp.id('olga'));
select throws_like(
  $$ select worker.retry_crm_pushes(pg_temp.id('dentist crm'), null, now() - interval '1 day', pg_temp.id('olga')) $$, 'VALIDATION_FAILED',
  'but not while the account is off'
);

-- Who may look.
set local role anon;
select throws_ok('select * from public.crm_connections', '42501', null, 'nobody who is signed out can see accounts');
select throws_ok('select * from public.crm_log', '42501', null, 'or pushes');
reset role;
select pg_temp.sign_in('nobody');
select is_empty('select connection_id from public.crm_log', 'somebody without a membership cannot see pushes');
reset role;
select pg_temp.sign_in('ada');
select is_empty(
  $$ select id::text from public.crm_connections union all select deal_id from public.crm_records union all select push_id::text from public.crm_log
     union all select contact_id from public.crm_leads $$, 'a client cannot see the CRM, its own leads in it neither'
);
reset role;
select pg_temp.sign_in('olga');
select set_eq(
  'select client_id from public.crm_connections', $$ values (null::uuid), (pg_temp.id('dentist')) $$, 'an operator can see every account'
);
select results_eq(
  $$ select contact_id, deal_id, stage_name, last_state::text, pushed_at from public.crm_leads where lead_id = pg_temp.id('ina') $$,
  $$ values ('11', '21', 'Won', 'delivered', now()) $$, 'where a lead is, and since when'
);
select results_eq(
  $$ select is_by_hand, lead_email from public.crm_log where lead_id = pg_temp.id('jan') $$, $$ values (true, 'jan@lead.test') $$, 'and what was pushed by hand'
);
select throws_ok('select * from private.crm_tokens', '42501', null, 'but no token');
select throws_ok('select lease_token from private.crm_pushes', '42501', null, 'and no lease');

-- Who may act: only the function, which checks the person.
select throws_ok('delete from public.crm_connections', '42501', null, 'an operator cannot delete an account past the function');
select throws_ok(
  $$ select worker.switch_crm(pg_temp.id('agency crm'), false, pg_temp.id('olga')) $$, '42501', null, 'or switch it off'
);
reset role;
select worker.remove_crm(pg_temp.id('agency crm'), pg_temp.id('olga'));
select is_empty(
  $$ select connection_id from private.crm_tokens where connection_id = pg_temp.id('agency crm') union all
     select id from private.outgoing_subscribers where id = pg_temp.id('agency crm') union all
     select connection_id from public.crm_records where connection_id = pg_temp.id('agency crm') $$,
  'a disconnected account leaves no token, no records, and listens to nothing'
);
select results_eq(
  $$ select action from public.audit_log where target_type in ('crm', 'lead') and actor_id = pg_temp.id('olga') order by id $$,
  array['crm_connected', 'crm_connected', 'crm_changed', 'crm_pushed', 'crm_pushed', 'crm_retried', 'crm_switched_on', 'crm_retried', 'crm_switched_off', 'crm_disconnected'],
  'each of it is audited'
);

select * from finish();
rollback;
