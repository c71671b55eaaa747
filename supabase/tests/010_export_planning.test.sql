-- Before anything is sent: which addresses of a campaign can be emailed, and a reason for each that cannot.

begin;
set local search_path = public, extensions;
select plan(54);

create function pg_temp.id(name text) returns uuid language sql immutable as $$ select md5('planning ' || name)::uuid $$;

insert into public.clients (id, name) values (pg_temp.id('bakery'), 'Bakery'), (pg_temp.id('dentist'), 'Dentist');
insert into public.provider_connections (id, client_id, name, created_at) values
  (pg_temp.id('bakery'), pg_temp.id('bakery'), 'Bakery', now()), (pg_temp.id('dentist'), pg_temp.id('dentist'), 'Dentist', now()),
  (pg_temp.id('shared'), null, 'Shared', '2020-01-01Z');
insert into private.provider_keys (connection_id, encrypted_key, master_key_id) select pg_temp.id(name), 'encrypted', 'k1' from unnest('{bakery,shared}'::text[]) as name;
insert into public.campaigns (id, client_id, connection_id, name, generation_status) values
  (pg_temp.id('bread'), pg_temp.id('bakery'), pg_temp.id('bakery'), 'Bread', 'completed'),
  (pg_temp.id('other'), pg_temp.id('bakery'), null, 'Other', 'completed'),
  (pg_temp.id('teeth'), pg_temp.id('dentist'), pg_temp.id('dentist'), 'Teeth', 'completed');

-- A business of the bread campaign, and another way to write it with the person found on LinkedIn.
create function pg_temp.business(name text, email text, deliverability text default 'deliverable', contact text default null, contact_is text default 'unverified')
returns void language sql as $$
  insert into public.businesses
    (id, client_id, campaign_id, name, email, email_deliverability, linkedin_contact_email, linkedin_contact_email_deliverability, icebreaker, subject_line)
  values (
    pg_temp.id(name), pg_temp.id('bakery'), pg_temp.id('bread'), name, email, deliverability::public.email_deliverability,
    contact, contact_is::public.email_deliverability, 'Nice bread', 'Bread'
  )
$$;

create view pg_temp.plan_of_bread as
select b.name, p.recipient::text, p.email, p.outcome::text, p.reason
from private.plan_export(pg_temp.id('bread')) as p join public.businesses as b on b.id = p.business_id;

create function pg_temp.judged(name text, recipient text default 'business') returns text language sql as $$
  select concat_ws(' ', p.outcome, p.reason) from pg_temp.plan_of_bread as p where p.name = judged.name and p.recipient = judged.recipient
$$;

-- What may be sent.
select pg_temp.business('good', ' Info@Good.test ');
select is(pg_temp.judged('good'), 'planned', 'a deliverable address is planned');
select is((select email from pg_temp.plan_of_bread where name = 'good'), 'info@good.test', 'without blanks and in lower case');

-- What may not, each with its reason.
select pg_temp.business('nothing', null);
select pg_temp.business('blank', '   ');
select pg_temp.business('broken', 'info at broken.test');
select pg_temp.business('dotless', 'info@localhost');
select is(pg_temp.judged('nothing'), 'skipped no_email', 'a business without an address is skipped');
select is(pg_temp.judged('blank'), 'skipped no_email', 'blanks are no address');
select is(pg_temp.judged('broken'), 'invalid invalid_email', 'what is no address is invalid');
select is(pg_temp.judged('dotless'), 'invalid invalid_email', 'so is an address without a domain');
select pg_temp.business(status, 'info@' || replace(status, '_', '-') || '.test', status) from unnest('{risky,undeliverable,unknown,unverified,not_found}'::text[]) as status;
select results_eq(
  $$ select name, outcome, reason from pg_temp.plan_of_bread where name = any ('{risky,undeliverable,unknown,unverified,not_found}') order by name collate "C" $$,
  $$ select name, 'skipped', 'not_deliverable' from unnest('{not_found,risky,undeliverable,unknown,unverified}'::text[]) as name $$,
  'only deliverable counts: not risky, not unknown, not unverified'
);

-- Somebody who is not to be emailed, whatever the reason; another client's list is another client's.
insert into public.suppressions (client_id, email, reason)
select pg_temp.id('bakery'), 'info@' || replace(reason, '_', '-') || '.test', reason::public.suppression_reason from unnest('{unsubscribed,bounced,spam_report,erased}'::text[]) as reason;
insert into public.suppressions (client_id, email, reason) values (pg_temp.id('dentist'), 'info@good.test', 'unsubscribed');
select pg_temp.business(reason, 'Info@' || replace(reason, '_', '-') || '.test') from unnest('{unsubscribed,bounced,spam_report,erased}'::text[]) as reason;
select is(
  (select count(*) from pg_temp.plan_of_bread where reason = case name when 'erased' then 'erased' else 'suppressed' end and name = any ('{unsubscribed,bounced,spam_report,erased}')), 4::bigint,
  'unsubscribed, bounced, complaining and erased people are skipped'
);
select is(pg_temp.judged('good'), 'planned', 'the other client''s suppression does not count here');

-- The person found on LinkedIn is a second lead, judged alone.
select pg_temp.business('pair', 'info@pair.test', 'deliverable', 'Ida@Pair.test', 'deliverable');
select pg_temp.business('half', 'info@half.test', 'risky', 'ida@half.test', 'deliverable');
select pg_temp.business('unsure', 'info@unsure.test', 'deliverable', 'ida@unsure.test', 'risky');
select pg_temp.business('twin', 'info@twin.test', 'deliverable', 'INFO@twin.test', 'deliverable');
select is(pg_temp.judged('pair'), 'planned', 'a business with a contact is planned');
select is(pg_temp.judged('pair', 'linkedin_contact'), 'planned', 'and its contact is a second lead');
select is(pg_temp.judged('good', 'linkedin_contact'), null, 'without a contact there is no second lead and no reason for one');
select is(pg_temp.judged('half', 'linkedin_contact'), 'planned', 'a contact can be sent although the business cannot');
select is(pg_temp.judged('half'), 'skipped not_deliverable', 'which does not make the business deliverable');
select is(pg_temp.judged('unsure', 'linkedin_contact'), 'skipped not_deliverable', 'a contact is checked as strictly as a business');
select is(pg_temp.judged('twin', 'linkedin_contact'), 'skipped repeated', 'a contact with the address of the business is sent once');
select is(pg_temp.judged('twin'), 'planned', 'as the business');

-- The same address in two businesses is sent once, as the deliverable one.
select pg_temp.business('branch', 'office@chain.test', 'risky');
select pg_temp.business('head office', 'Office@chain.test');
select is(pg_temp.judged('head office'), 'planned', 'an address that two businesses share is sent for the deliverable one');
select is(pg_temp.judged('branch'), 'skipped not_deliverable', 'and the other says why not');
select is(
  (select count(*) - count(distinct email) from pg_temp.plan_of_bread where outcome = 'planned'), 0::bigint, 'no address is planned twice'
);

-- The dry run counts the same and writes nothing.
select is(
  (
    select jsonb_object_agg(p.key, p.value)
    from jsonb_each(worker.preview_export(pg_temp.id('bread'))) as p
    where p.key in ('connection_id', 'total', 'to_send', 'skipped', 'reasons', 'missing_variables')
  ),
  jsonb_build_object(
    'connection_id', pg_temp.id('bakery'), 'total', 24, 'to_send', 7, 'skipped', 17,
    'reasons', '{"no_email": 2, "invalid_email": 2, "not_deliverable": 8, "suppressed": 3, "erased": 1, "repeated": 1}'::jsonb, 'missing_variables', '{}'::jsonb
  ),
  'the dry run adds up, reason by reason'
);
select is_empty($$ select 1 from private.jobs where campaign_id = pg_temp.id('bread') union all select 1 from public.export_receipts where campaign_id = pg_temp.id('bread') $$,
  'and leaves no job and no receipt');

-- Pressing the button, twice.
create table pg_temp.pressed as select worker.request_export(pg_temp.id('bread'), false, null) as answer;
select is((select answer -> 'already_running' from pg_temp.pressed), 'false', 'an export starts');
select is(
  worker.request_export(pg_temp.id('bread'), true, null), (select answer || '{"already_running": true}' from pg_temp.pressed), 'pressing twice gives the same job'
);
select is(
  (select parameters from private.jobs where campaign_id = pg_temp.id('bread')), '{"activate": true}', 'and the request to activate is not lost'
);
select results_eq(
  $$ select b.name, r.recipient::text, r.email, r.outcome::text, r.reason from public.export_receipts as r join public.businesses as b on b.id = r.business_id
     where r.campaign_id = pg_temp.id('bread') order by 1, 2 $$,
  'select * from pg_temp.plan_of_bread order by 1, 2', 'every address has its receipt, as in the dry run'
);
select is(
  (select total from private.jobs where campaign_id = pg_temp.id('bread')), (select count(*)::integer from pg_temp.plan_of_bread where outcome = 'planned'),
  'the total is what will be sent'
);

-- After it, no lead is sent twice; only new ones are sent.
update public.export_receipts set outcome = case email when 'info@good.test' then 'duplicate' when 'ida@pair.test' then 'failed' else 'created' end::public.export_outcome
where campaign_id = pg_temp.id('bread') and outcome = 'planned';
update private.jobs set status = 'completed' where campaign_id = pg_temp.id('bread');
select pg_temp.business('newcomer', 'info@newcomer.test');
select set_eq(
  $$ select email from pg_temp.plan_of_bread where outcome = 'planned' $$, array['info@newcomer.test', 'ida@pair.test'],
  'the next export sends only who is new or failed before'
);
select is(pg_temp.judged('good'), 'skipped already_exported', 'also who the provider already had is not sent again');
delete from public.businesses where id in (pg_temp.id('newcomer'), pg_temp.id('pair'));
select lives_ok($$ select worker.request_export(pg_temp.id('bread'), true, null) $$, 'without new leads an export is no error: it may still activate');
select is((select total from private.jobs where campaign_id = pg_temp.id('bread') and status = 'queued'), 0, 'and has nothing to send');

-- Why an export cannot start.
select throws_ok($$ select worker.preview_export(pg_temp.id('nothing')) $$, 'PT404', 'NOT_FOUND', 'a campaign that does not exist cannot be exported');
select throws_ok($$ select worker.request_export(pg_temp.id('other'), false, null) $$, 'PT409', 'NO_VERIFIED_LEADS', 'nor one without anyone to email');
update public.campaigns set generation_status = 'running' where id = pg_temp.id('other');
select throws_ok($$ select worker.request_export(pg_temp.id('other'), false, null) $$, 'PT409', 'CAMPAIGN_NOT_COMPLETED', 'nor one whose leads are still made');
select throws_ok($$ select worker.request_export(pg_temp.id('teeth'), false, null) $$, 'PT409', 'INSTANTLY_API_KEY_MISSING', 'nor one without an API key');
update public.campaigns set connection_id = pg_temp.id('bakery') where id = pg_temp.id('teeth');
select throws_ok(
  $$ select worker.preview_export(pg_temp.id('teeth')) $$, 'PT400', 'VALIDATION_FAILED', 'nor one in a workspace that is dedicated to another client'
);
update public.provider_connections set status = 'paused' where id = pg_temp.id('bakery');
select throws_ok($$ select worker.preview_export(pg_temp.id('bread')) $$, 'PT400', 'VALIDATION_FAILED', 'nor one whose workspace is paused');
update public.provider_connections set status = 'active' where id = pg_temp.id('bakery');

-- A campaign without a workspace takes its client's own, never a shared one, and remembers it.
update public.campaigns set generation_status = 'completed' where id = pg_temp.id('other');
insert into public.businesses (client_id, campaign_id, name, email, email_deliverability, icebreaker, subject_line)
values (pg_temp.id('bakery'), pg_temp.id('other'), 'One', 'one@other.test', 'deliverable', 'Nice bread', 'Bread');
select worker.request_export(pg_temp.id('other'), false, null);
select is((select connection_id from public.campaigns where id = pg_temp.id('other')), pg_temp.id('bakery'), 'a campaign without a workspace goes to its client''s own');
select is((select connection_id from private.jobs where campaign_id = pg_temp.id('other')), pg_temp.id('bakery'), 'and so does its job');

-- A lead without a value for a variable of the mails is named, and not sent; what a mail program would put around an address is none of it.
insert into public.campaigns (id, client_id, connection_id, name, generation_status, sequence)
values (pg_temp.id('vars'), pg_temp.id('bakery'), pg_temp.id('bakery'), 'Vars', 'completed',
  '[{"subject": "{{subject_line}}", "body": "Hi {{ firstName }} {{lastName|there}}, {{icebreaker}} {{linkedin_contact_title}} {{sendingAccountName}}"}]');
insert into public.businesses (client_id, campaign_id, name, email, email_deliverability, icebreaker, subject_line, linkedin_contact_title)
select pg_temp.id('bakery'), pg_temp.id('vars'), 'B', email, 'deliverable', icebreaker, subject_line, title
from (values
  ('mailto:full@vars.test', 'x', 'y', 'z'), (U&'\FEFFBOM@vars.test', 'x', 'y', 'z'), ('two@vars.test', ' ', 'y', null), ('blank@vars.test', 'x', '', 'z'),
  ('a@vars.test, b@vars.test', 'x', 'y', 'z'), (U&'j\00F6rg@vars.test', 'x', 'y', 'z')
) as b (email, icebreaker, subject_line, title);
insert into public.suppressions (client_id, email, reason) values (pg_temp.id('bakery'), 'bom@vars.test', 'unsubscribed');
select set_eq(
  $$ select email, outcome::text, reason, detail from private.plan_export(pg_temp.id('vars')) $$,
  $$ values
    ('full@vars.test', 'planned', null, null), ('bom@vars.test', 'skipped', 'suppressed', null),
    ('two@vars.test', 'skipped', 'missing_variable', 'icebreaker, linkedin_contact_title'),
    ('blank@vars.test', 'skipped', 'missing_variable', 'subject_line'),
    ('a@vars.test, b@vars.test', 'invalid', 'invalid_email', null), (U&'j\00F6rg@vars.test', 'invalid', 'invalid_email', null) $$,
  'who lacks a value is named with the variable; an odd cell costs itself'
);
select is(
  worker.preview_export(pg_temp.id('vars')) -> 'missing_variables', '{"icebreaker": 1, "linkedin_contact_title": 1, "subject_line": 1}',
  'the dry run says which value is missing how often'
);
select is(
  jsonb_path_query_array(worker.list_left_out(pg_temp.id('vars'), null, 'linkedin_contact_title', 10), '$[*].email'), '["two@vars.test"]',
  'whom one variable leaves out is listed alone'
);

-- Each name that the mails may use, for a business and for its LinkedIn contact.
insert into public.campaigns (id, client_id, connection_id, name, generation_status, sequence)
select pg_temp.id('names'), pg_temp.id('bakery'), pg_temp.id('bakery'), 'Names', 'completed',
  jsonb_build_array(jsonb_build_object('subject', 'S', 'body', string_agg('{{' || name || '}}', ' ')))
from unnest(
  '{email,firstName,first_name,lastName,last_name,companyName,company_name,company,jobTitle,job_title,title,linkedin_contact_title,
    personalization,icebreaker,subject_line,website,phone,phone_number,address,city,state,zip,linkedin_url,facebook_url,email_source,
    category,rating,own}'::text[]
) as name;
insert into public.businesses (client_id, campaign_id, email, email_deliverability, linkedin_contact_email, linkedin_contact_email_deliverability)
values (pg_temp.id('bakery'), pg_temp.id('names'), 'none@names.test', 'deliverable', 'nobody@names.test', 'deliverable');
insert into public.businesses
  (client_id, campaign_id, email, email_deliverability, linkedin_contact_email, linkedin_contact_email_deliverability, name, last_name, job_title,
   linkedin_contact_name, linkedin_contact_title, icebreaker, subject_line, website, phone, address, city, state, zip, linkedin_contact_url,
   linkedin_url, facebook_url, email_source, category, rating, custom_variables)
values
  (pg_temp.id('bakery'), pg_temp.id('names'), 'all@names.test', 'deliverable', 'person@names.test', 'deliverable', 'B', 'Blum', 'Baker', 'Dr. Ida Blum',
   'CEO', 'i', 's', 'https://b.test', '1', 'a', 'c', 's', 'z', ' ', 'https://l.test', 'https://f.test', 'e', 'c', 4.5, '{"own": "x"}'),
  (pg_temp.id('bakery'), pg_temp.id('names'), 'some@names.test', 'deliverable', 'short@names.test', 'deliverable', 'B', null, null, 'Dr. Ida',
   null, 'i', 's', 'https://b.test', '1', 'a', 'c', 's', 'z', 'https://l.test', null, 'https://f.test', 'e', 'c', 4.5, '{"own": "x"}');
select set_eq(
  $$ select email, (select array_agg(name order by name collate "C") from string_to_table(detail, ', ') as name) from private.plan_export(pg_temp.id('names')) $$,
  $$ select v.email, v.names::text[] from (values
    ('none@names.test', '{address,category,city,company,companyName,company_name,email_source,facebook_url,firstName,first_name,icebreaker,jobTitle,job_title,lastName,last_name,linkedin_contact_title,linkedin_url,own,personalization,phone,phone_number,rating,state,subject_line,title,website,zip}'),
    ('nobody@names.test', '{address,category,city,company,companyName,company_name,email_source,facebook_url,firstName,first_name,icebreaker,jobTitle,job_title,lastName,last_name,linkedin_contact_title,linkedin_url,own,personalization,phone,phone_number,rating,state,subject_line,title,website,zip}'),
    ('all@names.test', '{title}'), ('person@names.test', null),
    ('some@names.test', '{jobTitle,job_title,lastName,last_name,linkedin_contact_title,linkedin_url,title}'),
    ('short@names.test', '{jobTitle,job_title,lastName,last_name,linkedin_contact_title,title}')
  ) as v (email, names) $$,
  'a variable has the value that the lead would be sent with'
);

-- How many variables Smartlead gets of a lead: the custom ones, and those of our fields that it has no place for.
select is(
  private.sent_variable_count(jsonb_populate_record(null::public.businesses,
    '{"custom_variables": {"a": 1, "b": 2}, "name": "B", "website": "https://b.test", "phone": "1", "city": "Ede", "icebreaker": " ", "job_title": "Baker", "linkedin_contact_title": "CEO"}'
  ), recipient), expected, 'variables of a ' || recipient
)
from (values ('business'::public.export_recipient, 6), ('linkedin_contact', 7)) as r (recipient, expected);
select is(worker.preview_export(pg_temp.id('vars')) -> 'too_many_variables', 'null', 'Instantly has no limit of variables');
update public.provider_connections set provider = 'smartlead' where id = pg_temp.id('bakery');
update public.businesses set custom_variables = (select jsonb_object_agg('v_' || n, n) from generate_series(1, 198) as n) where email = 'mailto:full@vars.test';
select is(worker.preview_export(pg_temp.id('vars')) -> 'too_many_variables', '{"limit": 200, "leads": 1, "most": 202}', 'Smartlead has one, and the dry run says who exceeds it');
update public.businesses set custom_variables = '{}' where email = 'mailto:full@vars.test';
update public.provider_connections set provider = 'instantly' where id = pg_temp.id('bakery');
create table pg_temp.first as select (worker.request_export(pg_temp.id('vars'), false, null) ->> 'job_id')::uuid as job_id;
update public.export_receipts set outcome = 'sending' where export_id = (select job_id from pg_temp.first) and outcome = 'planned';
update private.jobs set status = 'failed' where id = (select job_id from pg_temp.first);
select worker.request_export(pg_temp.id('vars'), false, null);
select set_eq(
  $$ select export_id = (select job_id from pg_temp.first), outcome::text, reason from public.export_receipts where email = 'full@vars.test' $$,
  $$ values (true, 'failed', 'answer_lost'), (false, 'sending', null) $$,
  'whom a broken export was sending is asked about by the next'
);
-- The key was refused meanwhile: those people stay known, without them nothing remains. A job that has begun is left alone.
create function pg_temp.open_export(campaign text) returns uuid language sql as $$
  select j.id from private.jobs as j where j.campaign_id = pg_temp.id(campaign) and j.kind = 'export' and j.status = 'queued'
$$;
create table pg_temp.taken_back as select pg_temp.open_export('vars') as job_id;
select worker.withdraw_export(job_id, 'INSTANTLY_API_KEY_INVALID', 'Save a valid key') from pg_temp.taken_back;
select results_eq(
  $$ select status::text, error_code, error_message, finished_at is not null from private.jobs where id = (select job_id from pg_temp.taken_back) $$,
  $$ values ('failed', 'INSTANTLY_API_KEY_INVALID', 'Save a valid key', true) $$, 'an export that is removed stays where somebody may have been sent'
);
select worker.request_export(pg_temp.id('vars'), false, null);
select is(
  (select r.outcome::text from public.export_receipts as r where r.export_id = pg_temp.open_export('vars') and r.email = 'full@vars.test'), 'sending', 'so that the next one asks'
);
update public.export_receipts set outcome = 'planned' where export_id = pg_temp.open_export('vars') and outcome = 'sending';
update private.jobs set started_at = now() where id = pg_temp.open_export('vars');
select worker.withdraw_export(pg_temp.open_export('vars'), 'INSTANTLY_API_KEY_INVALID', 'Save a valid key');
select isnt(pg_temp.open_export('vars'), null, 'one that has begun is not removed');
update private.jobs set started_at = null, requested_by = pg_temp.id('ada') where id = pg_temp.open_export('vars');
select worker.withdraw_export(pg_temp.open_export('vars'), 'INSTANTLY_API_KEY_INVALID', 'Save a valid key');
select is(pg_temp.open_export('vars'), null, 'one of which nobody was sent is gone');
select results_eq(
  $$ select actor_id, client_id, target_id, details ->> 'code' from public.audit_log where action = 'export_withdrawn' $$,
  $$ select pg_temp.id('ada'), pg_temp.id('bakery'), pg_temp.id('vars')::text, 'INSTANTLY_API_KEY_INVALID' $$, 'and the log says why'
);
update private.jobs set status = 'completed' where campaign_id = pg_temp.id('vars');
update public.campaigns set sequence = '[{"subject": " ", "body": "Hi"}]' where id = pg_temp.id('vars');
select throws_ok($$ select worker.preview_export(pg_temp.id('vars')) $$, 'PT400', 'VALIDATION_FAILED', 'a first mail without a subject never leaves');

select * from finish();
rollback;
