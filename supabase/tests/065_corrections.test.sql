-- What is corrected later: bounces and their classes, requests not to be contacted, automatic replies, colleagues, categories.

begin;
set local search_path = public, extensions;
select plan(49);

create function pg_temp.id(name text) returns uuid language sql immutable as $$ select md5('corrections ' || name)::uuid $$;

create function pg_temp.arrive(type text, who text, at text, more jsonb default '{}', connection text default 'dedicated', campaign text default 'pc-1')
returns void language sql as $$
  insert into private.webhook_events (connection_id, event_key, provider_campaign_id, event, payload)
  values (pg_temp.id(connection), gen_random_uuid(), campaign, jsonb_strip_nulls(jsonb_build_object(
    'type', type, 'email', who || '@lead.test', 'occurred_at', '2026-10-' || at || 'Z', 'email_account', 'mia@outreach.test', 'step', 1,
    'provider_campaign_ids', case when campaign is null then '[]'::jsonb else jsonb_build_array(campaign) end
  )) || more, '{"text": "Hello"}');
  select worker.process_webhook_events(500);
$$;
create function pg_temp.suppressed(who text, client text default 'bakery') returns text language sql as $$
  select s.reason || coalesce(' ' || s.bounce_class, '') from public.suppressions as s
  where s.client_id = pg_temp.id(client) and s.email = who || '@lead.test'
$$;
create function pg_temp.lead(who text, field text) returns text language sql as $$
  select to_jsonb(l) ->> field from public.synced_leads as l where l.campaign_id = pg_temp.id('bread') and l.email = who || '@lead.test'
$$;

insert into public.clients (id, name) values (pg_temp.id('bakery'), 'Bakery'), (pg_temp.id('dentist'), 'Dentist'), (pg_temp.id('gym'), 'Gym');
insert into public.provider_connections (id, client_id, name, provider) values
  (pg_temp.id('dedicated'), pg_temp.id('bakery'), 'Bakery', 'smartlead'), (pg_temp.id('shared'), null, 'Agency', 'instantly');
insert into public.campaigns (id, client_id, connection_id, name) values
  (pg_temp.id('bread'), pg_temp.id('bakery'), pg_temp.id('dedicated'), 'Bread'),
  (pg_temp.id('teeth'), pg_temp.id('dentist'), pg_temp.id('shared'), 'Teeth'),
  (pg_temp.id('sport'), pg_temp.id('gym'), pg_temp.id('shared'), 'Sport');
select private.map_provider_campaign(pg_temp.id('dedicated'), 'pc-1', pg_temp.id('bread'));
select private.map_provider_campaign(pg_temp.id('shared'), 'pc-2', pg_temp.id('teeth'));
select private.map_provider_campaign(pg_temp.id('shared'), 'pc-3', pg_temp.id('sport'));
insert into public.email_accounts (connection_id, client_id, email, status)
values (pg_temp.id('dedicated'), pg_temp.id('bakery'), 'mia@outreach.test', 'active');

-- Bounces: only an address that does not exist is suppressed.
select pg_temp.arrive('email_bounced', 'hard', '05T08:00', '{"bounce_class": "hard"}');
select pg_temp.arrive('email_bounced', 'plain', '05T08:00');
select pg_temp.arrive('email_bounced', 'soft', '05T08:00', '{"bounce_class": "soft"}');
select pg_temp.arrive('email_bounced', 'sender', '05T08:00', '{"bounce_class": "sender"}');
select pg_temp.arrive('email_bounced', 'block', '05T08:00', '{"bounce_class": "block"}');
select is(pg_temp.suppressed('hard'), 'bounced hard', 'a hard bounce suppresses, with its class');
select is(pg_temp.suppressed('plain'), 'bounced hard', 'a bounce without a reason counts as hard');
select is(pg_temp.suppressed('soft'), null, 'a soft bounce does not suppress');
select is(pg_temp.suppressed('sender'), null, 'nor one that is the sender''s fault');
select is(pg_temp.suppressed('block'), null, 'nor a block of our mails');
select is(pg_temp.lead('block', 'bounce_class'), 'block', 'the lead says the class');
select results_eq(
  format($$ select bounce_class::text from public.email_events where campaign_id = %L and type = 'email_bounced' order by 1 $$, pg_temp.id('bread')),
  $$ values ('block'), ('hard'), ('hard'), ('sender'), ('soft') $$, 'so does the event'
);

-- A lead that writes after a bounce exists; a bounce after the reply counts again, and the order of arrival does not matter.
select pg_temp.arrive('reply_received', 'hard', '06T08:00');
select is(pg_temp.suppressed('hard'), null, 'a reply after the bounce lifts it');
select pg_temp.arrive('email_bounced', 'hard', '07T08:00');
select is(pg_temp.suppressed('hard'), 'bounced hard', 'a bounce after the reply suppresses again');
select pg_temp.arrive('auto_reply_received', 'plain', '06T08:00');
select is(pg_temp.suppressed('plain'), 'bounced hard', 'an automatic reply lifts nothing');
select pg_temp.arrive('reply_received', 'late', '06T08:00');
select pg_temp.arrive('email_bounced', 'late', '05T08:00');
select is(pg_temp.suppressed('late'), null, 'a bounce that arrives after the later reply suppresses nobody');
select worker.record_leads(pg_temp.id('bread'), '[{"email": "hard@lead.test", "sent_count": 1, "open_count": 0, "click_count": 0, "reply_count": 1,
  "bounced_at": "2026-10-05T08:00Z", "replied_at": "2026-10-06T08:00Z"},
  {"email": "late@lead.test", "sent_count": 1, "open_count": 0, "click_count": 0, "reply_count": 1, "bounced_at": "2026-10-05T08:00Z"}]');
select is(pg_temp.suppressed('late'), null, 'the next sync does not bring it back');

-- A label says that the bounce was the sender's, before or after it.
select pg_temp.arrive('email_bounced', 'ours', '05T08:00');
select pg_temp.arrive('lead_labelled', 'ours', '05T09:00', '{"label": "Sender Originated Bounce"}');
select is(pg_temp.suppressed('ours'), null, 'the label lifts the suppression');
select is(pg_temp.lead('ours', 'bounce_class'), 'sender', 'and changes the class');
select pg_temp.arrive('lead_labelled', 'ours2', '05T09:00', '{"label": "Sender Originated Bounce"}');
select pg_temp.arrive('email_bounced', 'ours2', '05T08:00');
select is(pg_temp.suppressed('ours2'), null, 'also when it comes first');

-- A person's word replaces a bounce, and is not lifted by a reply.
select pg_temp.arrive('lead_not_interested', 'quiet', '05T08:00', '{"label": "Do Not Contact"}');
select is(pg_temp.suppressed('quiet'), 'do_not_contact', 'the label "do not contact" suppresses');
select pg_temp.arrive('lead_labelled', 'plain', '08T08:00', '{"label": "do_not contact"}');
select is(pg_temp.suppressed('plain'), 'do_not_contact', 'however it is spelled, and in the place of a bounce');
select pg_temp.arrive('reply_received', 'plain', '09T08:00');
select is(pg_temp.suppressed('plain'), 'do_not_contact', 'a reply does not lift it');
select pg_temp.arrive('lead_unsubscribed', 'nowhere', '05T08:00', campaign => null);
select is(pg_temp.suppressed('nowhere'), 'unsubscribed', 'without a campaign the owner of the workspace may not write, whether a campaign knows the address or not');
select is(pg_temp.suppressed('nowhere', 'dentist'), null, 'and no one else is concerned');
select pg_temp.arrive('lead_unsubscribed', 'held', '05T08:00', campaign => 'pc-unknown');
select is(pg_temp.suppressed('held'), 'unsubscribed', 'a request not to be contacted does not wait until the campaign is mapped');

-- In a shared workspace: who has the address there, and the workspace itself for those who do not know it yet.
select pg_temp.arrive('email_sent', 'both', '05T08:00', connection => 'shared', campaign => 'pc-2');
select pg_temp.arrive('lead_unsubscribed', 'both', '05T09:00', connection => 'shared', campaign => null);
select is(pg_temp.suppressed('both', 'dentist'), 'unsubscribed', 'the client whose campaign has the address may not write');
select is(pg_temp.suppressed('both', 'gym'), null, 'another client of the workspace does not see the address');
insert into public.businesses (client_id, campaign_id, name, email, email_deliverability)
values (pg_temp.id('gym'), pg_temp.id('sport'), 'Both', 'both@lead.test', 'deliverable');
select results_eq(
  format('select reason from private.plan_export(%L)', pg_temp.id('sport')), $$ values ('suppressed') $$,
  'and sends nothing to it through this workspace'
);

-- The provider's list of leads says the same.
select worker.record_provider_labels(pg_temp.id('dedicated'), '[{"interest_value": 4, "label": "Do Not Contact", "interest_status": "negative"}]');
select worker.record_leads(pg_temp.id('bread'), '[{"email": "listed@lead.test", "sent_count": 0, "open_count": 0, "click_count": 0, "reply_count": 0, "interest_value": 4}]');
select is(pg_temp.suppressed('listed'), 'do_not_contact', 'a lead that the sync finds with such a category is suppressed');

-- An automatic reply that was taken for a person's, and reported otherwise later.
select pg_temp.arrive('email_sent', 'away', '05T08:00');
select pg_temp.arrive('reply_received', 'away', '06T08:00', '{"email_id": "m-away", "message": {"text": "text"}}');
select results_eq(
  format('select replies, replied, auto_replies from public.campaign_activity where campaign_id = %L and day = %L', pg_temp.id('bread'), '2026-10-06'),
  $$ values (3, 3, 1) $$, 'it counts as a reply first'
);
select pg_temp.arrive('auto_reply_received', 'away', '06T08:00', '{"email_id": "m-away"}');
select results_eq(
  format('select replies, replied, auto_replies from public.campaign_activity where campaign_id = %L and day = %L', pg_temp.id('bread'), '2026-10-06'),
  $$ values (2, 2, 2) $$, 'the day moves by the difference'
);
select is(pg_temp.lead('away', 'lead_status'), 'emailed', 'the lead has not replied any more');
select is(pg_temp.lead('away', 'replied_at'), null, 'and has no time of it');
select is((select bool_and(is_auto_reply) from public.messages where email = 'away@lead.test' and direction = 'received'), true, 'the message says so');
select is((select type::text from public.email_events where email = 'away@lead.test' and type::text like '%reply%'), 'auto_reply_received', 'and the one event');
select is(
  (select sum(replied) from public.campaign_first_times where campaign_id = pg_temp.id('bread') and day = '2026-10-06'), 2::bigint, 'the first times follow'
);
select is(
  (select replied from public.campaign_step_activity where campaign_id = pg_temp.id('bread') and step = 1), 3, 'and the step'
);
select pg_temp.arrive('reply_received', 'away', '06T08:00', '{"email_id": "m-away", "label": "again"}');
select is(pg_temp.lead('away', 'reply_count'), '0', 'reported as a person''s once more, it stays automatic');

-- A label after the reply, and its correction.
select pg_temp.arrive('reply_received', 'ooo', '06T10:00');
select pg_temp.arrive('lead_out_of_office', 'ooo', '06T10:01');
select results_eq(
  $$ select pg_temp.lead('ooo', 'reply_count'), pg_temp.lead('ooo', 'auto_reply_count') $$, $$ values ('0', '1') $$, 'a label "out of office" makes the reply before it automatic'
);
select pg_temp.arrive('lead_interested', 'ooo', '06T11:00');
select results_eq(
  $$ select pg_temp.lead('ooo', 'reply_count'), pg_temp.lead('ooo', 'auto_reply_count') $$, $$ values ('1', '0') $$, 'a later label undoes that'
);

-- Categories by number.
select pg_temp.arrive('reply_received', 'six', '06T12:00', '{"category_id": 6}');
select is(pg_temp.lead('six', 'auto_reply_count'), '1', 'category 6 is out of office as long as no list says otherwise');
select pg_temp.arrive('lead_interested', 'number', '06T12:00');
select pg_temp.arrive('lead_labelled', 'number', '06T13:00', '{"category_id": 77}');
select results_eq(
  $$ select pg_temp.lead('number', 'interest_status'), pg_temp.lead('number', 'interest_label') $$, $$ values ('positive', 'Category 77') $$,
  'an unknown number is shown and removes no positive'
);
select pg_temp.arrive('reply_received', 'robot', '06T12:00', '{"category_id": 78}');
select worker.record_provider_labels(pg_temp.id('dedicated'), '[{"interest_value": 77, "label": "lead_lost", "interest_status": "negative"},
  {"interest_value": 78, "label": "Auto reply", "interest_status": "neutral"}]');
select results_eq(
  $$ select pg_temp.lead('number', 'interest_status'), pg_temp.lead('number', 'interest_label') $$, $$ values ('negative', 'lead_lost') $$,
  'the list of categories explains it'
);
select is(pg_temp.lead('robot', 'auto_reply_count'), '1', 'and makes a reply of an automatic category automatic');

-- A colleague answers the lead's mail from an address that was never mailed.
select pg_temp.arrive('email_sent', 'boss', '05T08:00', '{"email_id": "s-boss", "message": {"text": "text"}}');
select pg_temp.arrive('reply_received', 'assistant', '06T08:00', '{"email_id": "r-boss", "answers": ["s-boss"], "message": {"text": "text"}}');
select is(pg_temp.lead('assistant', 'email'), null, 'the colleague does not become a lead');
select is(pg_temp.lead('boss', 'lead_status'), 'replied', 'the lead of the thread has replied');
select results_eq(
  $$ select email, written_by from public.client_replies where email = 'boss@lead.test' $$, $$ values ('boss@lead.test', 'assistant@lead.test') $$,
  'and the reply shows who wrote'
);

-- Contacted is who was written to, whatever tells it; the message of an event; the mailbox's day.
select is(
  (select contacted from public.campaign_activity_totals where campaign_id = pg_temp.id('bread')),
  (select count(*)::integer from public.synced_leads where campaign_id = pg_temp.id('bread') and contacted_at is not null),
  'everybody who bounced, replied or was mailed counts as contacted, once'
);
select is(
  (select contacted from public.campaign_activity_totals where campaign_id = pg_temp.id('bread')),
  (select sum(contacted)::integer from public.campaign_first_times where campaign_id = pg_temp.id('bread')), 'and the first times add up to it'
);
select results_eq(
  $$ select v.type::text, m.direction::text from public.client_email_events as v join public.messages as m on m.id = v.message_id where v.email = 'boss@lead.test' order by 1 $$,
  $$ values ('email_sent', 'sent'), ('reply_received', 'received') $$, 'an event shows the message that it is'
);
select results_eq(
  $$ select sum(d.sent), sum(d.bounced) from public.email_account_days as d join public.email_accounts as a on a.id = d.account_id where a.connection_id = pg_temp.id('dedicated') $$,
  format($$ select count(*) filter (where type = 'email_sent'), count(*) filter (where type = 'email_bounced') from public.email_events where connection_id = %L $$, pg_temp.id('dedicated')),
  'the mailbox''s days move with the events'
);
select worker.record_email_account_days(pg_temp.id('dedicated'), array['mia@outreach.test'], '[{"email": "mia@outreach.test", "day": "2026-10-05", "sent": 40, "bounced": 1, "contacted": 1, "opens": 0, "opened": 0, "clicks": 0, "clicked": 0, "replies": 0, "replied": 0, "auto_replies": 0}]');
select results_eq(
  $$ select d.sent, d.bounced > 1 from public.email_account_days as d join public.email_accounts as a on a.id = d.account_id where a.connection_id = pg_temp.id('dedicated') and d.day = '2026-10-05' $$,
  $$ values (40, true) $$, 'each number is the greater of both sources'
);

select is_empty(
  $$ select reason from private.webhook_events where attempts > 0 $$, 'no delivery of this story failed'
);

select * from finish();
rollback;
