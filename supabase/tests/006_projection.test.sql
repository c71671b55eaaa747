-- From a stored delivery to a lead, counters, an event and a suppression: each exactly once, in whatever order they come.

begin;
set local search_path = public, extensions;
select plan(47);

create function pg_temp.id(name text) returns uuid language sql immutable as $$ select md5('projection ' || name)::uuid $$;

-- A delivery comes in; by default each is a new fact. The same `key` is the same fact.
create function pg_temp.arrive(type text, who text, at text, more jsonb default '{}', key text default gen_random_uuid()::text)
returns jsonb language sql as $$
  select worker.ingest_webhook_events(jsonb_build_array(jsonb_build_object(
    'connection_id', pg_temp.id('connection'),
    'secret_digest', encode(sha256('secret'), 'hex'),
    'events', jsonb_build_array(jsonb_build_object(
      'key', md5(key)::uuid, 'provider_campaign_id', 'pc-1', 'payload', jsonb_build_object('budget', 'high', 'workspace', 'internal'),
      'event', jsonb_build_object(
        'type', type, 'email', who || '@lead.test', 'occurred_at', '2026-10-' || at || 'Z', 'provider_campaign_ids', '["pc-1"]'::jsonb,
        'email_account', 'mia@outreach.test', 'step', 1, 'variant', 2, 'variables', '["budget"]'::jsonb,
        'lead', jsonb_build_object('first_name', initcap(who), 'company_name', 'Fjordpak')
      ) || more
    ))
  ))) -> 0
$$;

create function pg_temp.project() returns void language sql as $$ select worker.process_webhook_events(500) $$;

insert into public.clients (id, name) values (pg_temp.id('bakery'), 'Bakery'), (pg_temp.id('dentist'), 'Dentist');
insert into public.provider_connections (id, client_id, name) values (pg_temp.id('connection'), pg_temp.id('bakery'), 'Bakery');
insert into private.webhook_secrets (connection_id, digest) values (pg_temp.id('connection'), sha256('secret'));
insert into public.campaigns (id, client_id, connection_id, name)
values (pg_temp.id('campaign'), pg_temp.id('bakery'), pg_temp.id('connection'), 'Bread');
select private.map_provider_campaign(pg_temp.id('connection'), 'pc-1', pg_temp.id('campaign'));

create view pg_temp.leads as
select split_part(email, '@', 1) as who, * from public.synced_leads where campaign_id = pg_temp.id('campaign');
create view pg_temp.days as
select to_char(day, 'DD') as on_day, * from public.campaign_activity where campaign_id = pg_temp.id('campaign');
create view pg_temp.totals as select * from public.campaign_activity_totals where campaign_id = pg_temp.id('campaign');

-- A mail goes out to ida.
select pg_temp.arrive('email_sent', 'ida', '05T08:00', key => 'sent to ida');
select is_empty('select * from pg_temp.leads', 'before it is projected a delivery changes nothing');
select pg_temp.project();
select results_eq(
  $$ select lead_status::text, sent_count, first_name, company_name, client_id from pg_temp.leads where who = 'ida' $$,
  format($$ values ('emailed', 1, 'Ida', 'Fjordpak', %L::uuid) $$, pg_temp.id('bakery')), 'a sent mail makes the lead and counts on it'
);
select is((select payload from pg_temp.leads where who = 'ida'), '{"budget": "high"}', 'custom variables come along, fields of the provider do not');
select is((select sender_account from pg_temp.leads where who = 'ida'), 'mia@outreach.test', 'the lead remembers who wrote to it');
select results_eq(
  $$ select type::text, email, step::integer, variant::integer, occurred_at from public.email_events where campaign_id = pg_temp.id('campaign') $$,
  $$ values ('email_sent', 'ida@lead.test', 1, 2, '2026-10-05T08:00Z'::timestamptz) $$, 'the fact is in email_events by the provider''s clock'
);
select results_eq($$ select on_day, sent, contacted from pg_temp.days $$, $$ values ('05', 1, 1) $$, 'the day counts one mail and one contacted lead');
select results_eq($$ select sent, contacted from pg_temp.totals $$, $$ values (1, 1) $$, 'so does the campaign');
select is(
  (select status::text from private.webhook_events where event_key = md5('sent to ida')::uuid), 'projected', 'the delivery is marked as projected'
);

-- The same fact again, before and after others: nothing moves.
select is(pg_temp.arrive('email_sent', 'ida', '05T08:00', key => 'sent to ida') ->> 'duplicate', '1', 'the same delivery again is a duplicate');
select pg_temp.project();
select pg_temp.project();
select results_eq($$ select sent, contacted from pg_temp.totals $$, $$ values (1, 1) $$, 'a duplicate does not count');
select is((select count(*) from public.email_events where campaign_id = pg_temp.id('campaign')), 1::bigint, 'and makes no second event');

-- Opens: every one is an event, but a day counts a lead once, and so does the whole life.
select pg_temp.arrive('email_opened', 'ida', '05T09:00');
select pg_temp.arrive('email_opened', 'ida', '05T09:30');
select pg_temp.project();
select pg_temp.arrive('email_opened', 'ida', '05T23:59:59');
select pg_temp.arrive('email_opened', 'ida', '06T00:00');
select pg_temp.project();
select results_eq(
  'select on_day, opens, opened from pg_temp.days order by day', $$ values ('05', 3, 1), ('06', 1, 1) $$,
  'a day counts every open and each lead that opened once, by UTC days'
);
select results_eq('select opens, opened from pg_temp.totals', $$ values (4, 1) $$, 'the whole life counts each lead that opened once');
select results_eq(
  $$ select open_count, opened_at from pg_temp.leads where who = 'ida' $$, $$ values (4, '2026-10-05T09:00Z'::timestamptz) $$,
  'the lead has four opens and the time of the first'
);

-- An open that arrives late but happened before: the first time is the earliest, whatever came first.
select pg_temp.arrive('email_opened', 'ida', '05T08:30');
select pg_temp.project();
select is((select opened_at from pg_temp.leads where who = 'ida'), '2026-10-05T08:30Z', 'an earlier open that arrives late is the first one');
select is((select last_event_at from pg_temp.leads where who = 'ida'), '2026-10-06T00:00Z', 'and does not turn back the last event');

-- A click and a reply of a second lead, whose mail is only reported afterwards.
select pg_temp.arrive('reply_received', 'jon', '06T10:00');
select pg_temp.arrive('email_clicked', 'jon', '06T09:50');
select pg_temp.project();
select results_eq(
  $$ select lead_status::text, reply_count, click_count, sent_count from pg_temp.leads where who = 'jon' $$, $$ values ('replied', 1, 1, 0) $$,
  'a reply before its mail is known makes the lead replied'
);
select pg_temp.arrive('email_sent', 'jon', '05T08:00', '{"email_account": "older@outreach.test"}');
select pg_temp.project();
select is((select lead_status::text from pg_temp.leads where who = 'jon'), 'replied', 'the mail that arrives later does not turn it back');
select is((select sender_account from pg_temp.leads where who = 'jon'), 'mia@outreach.test', 'nor does its older sender');
select results_eq(
  'select sent, contacted, replies, replied, clicks, clicked from pg_temp.totals', $$ values (2, 2, 1, 1, 1, 1) $$, 'and everything counts once'
);

-- An automatic reply is none.
select pg_temp.arrive('email_sent', 'kim', '05T08:00');
select pg_temp.arrive('auto_reply_received', 'kim', '05T08:01');
select pg_temp.project();
select results_eq(
  $$ select lead_status::text, reply_count, auto_reply_count, replied_at from pg_temp.leads where who = 'kim' $$,
  $$ values ('emailed', 0, 1, null::timestamptz) $$, 'an automatic reply does not make a lead replied'
);
select results_eq('select replies, replied, auto_replies from pg_temp.totals', $$ values (1, 1, 1) $$, 'it is counted apart');

-- A bounce and an unsubscribe stop further mail; the first reason stays, but a person's word replaces a bounce.
select pg_temp.arrive('email_bounced', 'lea', '05T08:02');
select pg_temp.arrive('lead_unsubscribed', 'max', '05T08:03');
select pg_temp.arrive('email_spam_reported', 'nia', '05T08:04');
select pg_temp.project();
select pg_temp.arrive('lead_unsubscribed', 'lea', '07T08:00');
select pg_temp.project();
select results_eq(
  format($$ select split_part(email, '@', 1), reason::text, suppressed_at from public.suppressions where client_id = %L order by email $$, pg_temp.id('bakery')),
  $$ values ('lea', 'unsubscribed', '2026-10-07T08:00Z'::timestamptz), ('max', 'unsubscribed', '2026-10-05T08:03Z'::timestamptz),
       ('nia', 'spam_report', '2026-10-05T08:04Z'::timestamptz) $$,
  'bounce, unsubscribe and spam report suppress the address, and a person''s word replaces a bounce'
);
select is_empty(
  format('select * from public.suppressions where client_id = %L', pg_temp.id('dentist')), 'another client may still write to them'
);
select results_eq(
  $$ select lead_status::text, bounced_at from pg_temp.leads where who = 'lea' $$, $$ values ('bounced', '2026-10-05T08:02Z'::timestamptz) $$,
  'a bounce makes the lead bounced'
);
select ok((select unsubscribed_at = '2026-10-05T08:03Z' from pg_temp.leads where who = 'max'), 'an unsubscribe is remembered with its time');
select results_eq('select bounced, unsubscribed from pg_temp.totals', $$ values (1, 2) $$, 'both are counted');
select pg_temp.arrive('reply_received', 'lea', '08T08:00');
select pg_temp.project();
select is((select lead_status::text from pg_temp.leads where who = 'lea'), 'replied', 'somebody who replies after a bounce is replied');

-- The campaign follows the provider, and an older word does not overwrite a newer one.
select pg_temp.arrive('campaign_started', 'x', '05T07:00', '{"email": null, "lead": null}');
select pg_temp.project();
select is((select provider_status::text from public.campaigns where id = pg_temp.id('campaign')), 'active', 'a started campaign is active');
select pg_temp.arrive('campaign_completed', 'x', '09T07:00', '{"email": null}');
select pg_temp.project();
select pg_temp.arrive('campaign_paused', 'x', '08T07:00', '{"email": null}');
select pg_temp.project();
select is((select provider_status::text from public.campaigns where id = pg_temp.id('campaign')), 'completed', 'an older pause does not undo the end');
select is((select count(*) from pg_temp.leads), 6::bigint, 'events without an address make no lead');

-- One batch with everything in it gives the same as one by one.
select pg_temp.arrive('email_sent', 'oda', '10T08:00');
select pg_temp.arrive('email_sent', 'oda', '10T09:00');
select pg_temp.arrive('email_opened', 'oda', '10T09:01');
select pg_temp.arrive('email_opened', 'oda', '11T09:01');
select pg_temp.arrive('reply_received', 'oda', '11T09:02');
select pg_temp.arrive('reply_received', 'oda', '11T09:03');
select pg_temp.arrive('email_clicked', 'oda', '11T09:04');
select pg_temp.project();
select results_eq(
  $$ select on_day, sent, contacted, opens, opened, replies, replied, clicks, clicked from pg_temp.days where on_day in ('10', '11') order by day $$,
  $$ values ('10', 2, 1, 1, 1, 0, 0, 0, 0), ('11', 0, 0, 1, 1, 2, 1, 1, 1) $$, 'several events of a lead in one batch count it once a day'
);
select results_eq(
  $$ select sent_count, open_count, reply_count, click_count, replied_at from pg_temp.leads where who = 'oda' $$,
  $$ values (2, 2, 2, 1, '2026-10-11T09:02Z'::timestamptz) $$, 'and every event on the lead'
);

-- An event without a campaign is kept too: for the owner of a dedicated workspace.
select worker.ingest_webhook_events(jsonb_build_array(jsonb_build_object(
  'connection_id', pg_temp.id('connection'), 'secret_digest', encode(sha256('secret'), 'hex'),
  'events', jsonb_build_array(jsonb_build_object(
    'key', pg_temp.id('account'), 'payload', '{}'::jsonb, 'event', '{"type": "account_error", "email_account": "mia@outreach.test"}'::jsonb
  ))
)));
select pg_temp.project();
select results_eq(
  format($$ select client_id, campaign_id, type::text, occurred_at = received_at from public.email_events where connection_id = %L and type = 'account_error' $$,
    pg_temp.id('connection')),
  format($$ values (%L::uuid, null::uuid, 'account_error', true) $$, pg_temp.id('bakery')),
  'an event without campaign and time belongs to the client and takes the time of its arrival'
);

-- Whatever happened above, the three books agree: stored facts, events, counters.
select is(
  (select count(*) from private.webhook_events where connection_id = pg_temp.id('connection') and status = 'projected'),
  (select count(*) from public.email_events where connection_id = pg_temp.id('connection')),
  'there is one event for each projected delivery'
);
select is_empty(
  format($$ select status from private.webhook_events where connection_id = %L and status <> 'projected' $$, pg_temp.id('connection')),
  'and nothing is left over'
);
select results_eq(
  'select sum(sent), sum(opens), sum(clicks), sum(replies), sum(auto_replies), sum(bounced), sum(unsubscribed) from pg_temp.days',
  'select sent::bigint, opens::bigint, clicks::bigint, replies::bigint, auto_replies::bigint, bounced::bigint, unsubscribed::bigint from pg_temp.totals',
  'the days add up to the totals'
);
select results_eq(
  'select sum(sent_count_observed), sum(open_count_observed), sum(click_count_observed), sum(reply_count_observed), sum(auto_reply_count) from pg_temp.leads',
  'select sent::bigint, opens::bigint, clicks::bigint, replies::bigint, auto_replies::bigint from pg_temp.totals',
  'so do the leads'
);
select results_eq(
  format($$ select count(*) filter (where type = 'email_sent'), count(*) filter (where type = 'reply_received') from public.email_events where campaign_id = %L $$,
    pg_temp.id('campaign')),
  'select sent::bigint, replies::bigint from pg_temp.totals', 'so do the events'
);

-- An empty run is harmless, and a batch takes no more than its limit.
select pg_temp.project();
select pg_temp.arrive('email_sent', 'pia', '12T08:00');
select pg_temp.arrive('email_sent', 'qua', '12T08:00');
select is(worker.process_webhook_events(1) ->> 'claimed', '1', 'a batch takes no more than its limit');
select is(worker.process_webhook_events(500) ->> 'claimed', '1', 'the next batch takes the rest');
select is(worker.process_webhook_events(500) ->> 'claimed', '0', 'and then there is nothing left');
select is((select count(*) from pg_temp.leads where who in ('pia', 'qua')), 2::bigint, 'both are there');

-- A worker that continues from its position leaves out what came before, and a position is never of the last two seconds, whose
-- deliveries may not be committed yet.
select pg_temp.arrive('email_sent', 'rea', '12T08:00');
select pg_temp.arrive('email_sent', 'sol', '12T08:00');
update private.webhook_events set next_attempt_at = now() - case when event ->> 'email' like 'rea@%' then interval '3 seconds' else interval '1 second' end
where status = 'pending';
create function pg_temp.position(at timestamptz) returns jsonb language sql as $$ select jsonb_build_object(pg_temp.id('connection'), at) $$;
select is(
  worker.process_webhook_events(500, pg_temp.position(now() - interval '2 seconds')) - 'milliseconds',
  jsonb_build_object('claimed', 1, 'failed', 0, 'positions', pg_temp.position(now() - interval '2 seconds'), 'unfinished', '[]'::jsonb),
  'what is older than the position is not searched'
);
select is(
  worker.process_webhook_events(500) -> 'positions', pg_temp.position(now() - interval '3 seconds'), 'a call without a position finds it, and says how far it came'
);
select pg_temp.arrive('email_sent', 'tom', '12T08:00');
select is(
  worker.process_webhook_events(500) -> 'positions', pg_temp.position(now() - interval '2 seconds'),
  'a delivery of this moment leaves the last two seconds to be searched again'
);
select is(worker.process_webhook_events(500) -> 'positions', '{}', 'with nothing to do there is no position');

select * from finish();
rollback;
