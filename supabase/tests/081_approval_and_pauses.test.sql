-- A client approves what it was shown, and a campaign rests on holidays: only what we paused is resumed.

begin;
set local search_path = public, extensions;
select plan(49);

create function pg_temp.id(name text) returns uuid language sql immutable as $$ select md5('approval ' || name)::uuid $$;
grant execute on function pg_temp.id(text) to public;
create function pg_temp.become(person text) returns void language plpgsql as $$
begin
  perform set_config('role', 'postgres', true);
  perform set_config('request.jwt.claims', (private.custom_access_token_hook(jsonb_build_object(
    'user_id', pg_temp.id(person), 'claims', jsonb_build_object('sub', pg_temp.id(person), 'role', 'authenticated')
  )) -> 'claims')::text, true);
  perform set_config('role', 'authenticated', true);
end
$$;
grant execute on function pg_temp.become(text) to public;

insert into public.clients (id, name) values (pg_temp.id('bakery'), 'Bakery'), (pg_temp.id('dentist'), 'Dentist');
insert into auth.users (id, email) select pg_temp.id(name), name || '@approval.test' from unnest('{olga,bea,dan}'::text[]) as name;
insert into public.members (user_id, role, client_id) values
  (pg_temp.id('olga'), 'operator', null), (pg_temp.id('bea'), 'client', pg_temp.id('bakery')), (pg_temp.id('dan'), 'client', pg_temp.id('dentist'));
insert into public.provider_connections (id, client_id, name) values (pg_temp.id('own'), pg_temp.id('bakery'), 'Own');
insert into private.provider_keys (connection_id, encrypted_key, master_key_id) values (pg_temp.id('own'), 'encrypted', 'k1');
insert into public.campaigns (id, client_id, connection_id, name, generation_status, sequence, time_zone) values
  (pg_temp.id('bread'), pg_temp.id('bakery'), pg_temp.id('own'), 'Bread', 'completed', '[{"subject":"S","body":"B"}]', 'Europe/Amsterdam');

-- Without the setting nobody is asked.
select is(private.approval_standing(pg_temp.id('bread')), 'not_needed', 'approval is not needed unless the client wants it');
select pg_temp.become('bea');
select throws_ok($$ select public.change_client(pg_temp.id('bakery'), '{"approval_required": true}') $$, 'PT403', 'FORBIDDEN', 'a client does not decide that');
select pg_temp.become('olga');
select is(public.change_client(pg_temp.id('bakery'), '{"approval_required": true}') ->> 'approval_required', 'true', 'an operator does');
select throws_ok($$ select public.request_approval(pg_temp.id('bread')) $$, 'PT409', 'VALIDATION_FAILED', 'without leads there is nothing to approve');
reset role;
insert into public.businesses (id, client_id, campaign_id, name, email, email_deliverability)
values (pg_temp.id('blum'), pg_temp.id('bakery'), pg_temp.id('bread'), 'Blum', 'a@blum.test', 'deliverable');
select throws_ok($$ select worker.request_export(pg_temp.id('bread'), false, null) $$, 'PT409', 'APPROVAL_MISSING', 'an export waits for the approval');
select is(worker.preview_export(pg_temp.id('bread')) ->> 'approval', 'missing', 'and the check says so');

-- Asked and answered.
select pg_temp.become('bea');
select throws_ok($$ select public.request_approval(pg_temp.id('bread')) $$, 'PT403', 'FORBIDDEN', 'a client does not ask itself');
select pg_temp.become('olga');
create temporary table answer as select public.request_approval(pg_temp.id('bread'), ' Please look ') as value;
select is(value - 'approval_id' - 'campaign_id', '{"state": "requested", "lead_count": 1, "people": 1, "mailed": 0}', 'an operator asks, and reads whom it reaches')
from answer;
select is(public.request_approval(pg_temp.id('bread'), 'Again') ->> 'state', 'requested', 'and asks again in place of the open request');
select is((select count(*) from public.campaign_approvals), 1::bigint, 'of which there is one');
select throws_ok($$ select public.answer_approval((select id from public.campaign_approvals), 'approved') $$, 'PT403', 'FORBIDDEN', 'an operator does not approve his own work');
select pg_temp.become('dan');
select is((select count(*) from public.campaign_approvals), 0::bigint, 'another client reads no request');
select throws_ok($$ select public.campaign_approval(pg_temp.id('bread')) $$, 'PT404', 'NOT_FOUND', 'nor where it stands');
reset role;
create temporary table asked as select id from public.campaign_approvals;
grant select on asked to authenticated;
select pg_temp.become('dan');
select throws_ok($$ select public.answer_approval((select id from asked), 'approved') $$, 'PT404', 'NOT_FOUND', 'nor answers it');
select pg_temp.become('bea');
select is(public.campaign_approval(pg_temp.id('bread')), 'requested', 'the client reads that it is asked');
select throws_ok($$ select public.answer_approval((select id from asked), 'maybe') $$, 'PT400', 'VALIDATION_FAILED', 'an answer is yes or no');
select throws_ok($$ select public.answer_approval((select id from asked), 'changes_asked') $$, 'PT400', 'VALIDATION_FAILED', 'a no says what should change');
select is(public.answer_approval((select id from asked), 'changes_asked', 'Less bread') ->> 'state', 'changes_asked', 'which it does');
select throws_ok($$ select public.answer_approval((select id from asked), 'approved') $$, 'PT409', 'VALIDATION_FAILED', 'an answer is given once');
reset role;
select throws_ok($$ select worker.request_export(pg_temp.id('bread'), false, null) $$, 'PT409', 'APPROVAL_MISSING', 'with changes asked nothing goes out');
select pg_temp.become('olga');
select lives_ok($$ select public.request_approval(pg_temp.id('bread')) $$, 'asked once more');
reset role;
update public.campaigns set sequence = '[{"subject":"S","body":"Rolls"}]' where id = pg_temp.id('bread');
select pg_temp.become('bea');
select throws_ok(
  $$ select public.answer_approval((select id from public.campaign_approvals where state = 'requested'), 'approved') $$, 'PT409', 'VALIDATION_FAILED',
  'what was changed while it was read is not approved unseen'
);
select pg_temp.become('olga');
select lives_ok($$ select public.request_approval(pg_temp.id('bread')) $$, 'shown as it is now');
select pg_temp.become('bea');
select is(public.answer_approval((select id from public.campaign_approvals where state = 'requested'), 'approved') ->> 'state', 'approved', 'it is approved');
select is(
  (select count(*) from public.campaign_approvals where answered_by = pg_temp.id('bea') and answered_at is not null), 2::bigint, 'with who and when'
);
reset role;
select is(
  (select array_agg(action order by id) from public.audit_log where action ~ 'approval|changes_asked|client_changed'),
  '{client_changed,approval_requested,approval_requested,changes_asked,approval_requested,approval_requested,approval_given}'::text[], 'all on record'
);
update public.businesses set email_status = 'sent', email_deliverability = 'risky' where id = pg_temp.id('blum');
select is(private.approval_standing(pg_temp.id('bread')), 'approved', 'engagement and verification change no mail');
update public.businesses set icebreaker = 'New' where id = pg_temp.id('blum');
select is(private.approval_standing(pg_temp.id('bread')), 'outdated', 'another icebreaker does');
update public.businesses set icebreaker = null, email_deliverability = 'deliverable' where id = pg_temp.id('blum');
select is(private.approval_standing(pg_temp.id('bread')), 'approved', 'taken back, it is what was approved');
select lives_ok($$ select worker.request_export(pg_temp.id('bread'), false, null) $$, 'and is exported');

-- Holidays. King's Day 2026 is Monday 27 April; in Amsterdam it begins at 22:00 UTC of the 26th.
update private.jobs set status = 'completed';
insert into private.provider_campaigns (connection_id, provider_campaign_id, campaign_id) values (pg_temp.id('own'), 'pc', pg_temp.id('bread'));
update public.campaigns set provider_status = 'active', holiday_countries = '{NL}' where id = pg_temp.id('bread');
select is((select count(*) from private.plan_pauses('2026-04-26T21:59Z')), 0::bigint, 'the day before nothing is to be done');
select is((select count(*) from private.plan_pauses('2026-04-26T22:01Z')), 1::bigint, 'at its first minute there, the pause is due');
create temporary table pause as select id from private.schedule_pauses;
select is((select count(*) from private.plan_pauses('2026-04-26T22:02Z')), 0::bigint, 'asked once, it is asked again only after a while');
select is((select count(*) from private.plan_pauses('2026-04-26T22:10Z')), 1::bigint, 'as a lost call would be');
select is(worker.read_pause((select id from pause)) ->> 'state', 'pausing', 'the function reads what to do');
select is(worker.record_pause((select id from pause), 'sent'), 'pausing', 'says that it is about to ask');
select is(worker.record_pause((select id from pause), 'done'), 'pausing', 'and that it is done');
select is((select provider_status::text from public.campaigns where id = pg_temp.id('bread')), 'paused', 'the campaign is paused');
select is((select count(*) from private.plan_pauses('2026-04-27T21:59Z')), 0::bigint, 'the whole day');
select is((select count(*) from private.plan_pauses('2026-04-27T22:01Z')), 1::bigint, 'and resumed when it is over');
select is(worker.record_pause((select id from pause), 'done'), 'resuming', 'done');
select is((select provider_status::text from public.campaigns where id = pg_temp.id('bread')), 'active', 'it sends again');

-- What a person paused stays paused; what he resumed on the day is not paused again.
select private.plan_pauses('2026-05-14T08:00Z');
select worker.record_pause((select id from private.schedule_pauses where state = 'pausing'), 'done');
select worker.record_campaign_act(pg_temp.id('bread'), 'paused', pg_temp.id('olga'));
select is((select count(*) from private.plan_pauses('2026-05-15T08:00Z')), 0::bigint, 'a person''s pause is not ended by us');
update public.campaigns set provider_status = 'active' where id = pg_temp.id('bread');
select is((select count(*) from private.plan_pauses('2026-05-14T09:00Z')), 0::bigint, 'nor is a day paused twice');

-- A run that died before it could ask drops with the day; one that may have asked is resumed.
select private.plan_pauses('2026-05-25T08:00Z');
select is((select count(*) from private.plan_pauses('2026-05-26T08:00Z')), 0::bigint, 'what was never asked needs no resuming');
select private.plan_pauses('2026-12-25T08:00Z');
select worker.record_pause((select id from private.schedule_pauses where state = 'pausing'), 'sent');
select is((select count(*) from private.plan_pauses('2026-12-26T20:00Z')), 1::bigint, 'Christmas has two days: still to be paused');
select is((select count(*) from private.plan_pauses('2026-12-27T08:00Z')), 1::bigint, 'what may have been asked is resumed');
select is(worker.read_pause((select id from private.schedule_pauses where day = '2026-12-25')) ->> 'state', 'resuming', 'as such');

-- Smartlead has no last day: we keep it.
update private.schedule_pauses set state = 'resumed';
update public.provider_connections set provider = 'smartlead' where id = pg_temp.id('own');
update public.campaigns set end_on = '2027-02-01', holiday_countries = '{}', connection_id = connection_id where id = pg_temp.id('bread');
select is((select count(*) from private.plan_pauses('2027-02-02T08:00Z')), 1::bigint, 'after its last day it is paused');

select * from finish();
rollback;
