-- Gaps: from when to when there was no webhook, and what the provider counts more than we saw.

begin;
set local search_path = public, extensions;
select plan(25);

create function pg_temp.id(name text) returns uuid language sql immutable as $$ select md5('outages ' || name)::uuid $$;

insert into public.clients (id, name) values (pg_temp.id('bakery'), 'Bakery');
insert into public.provider_connections (id, client_id, name) values (pg_temp.id('dedicated'), pg_temp.id('bakery'), 'Bakery');
insert into public.campaigns (id, client_id, connection_id, name) values (pg_temp.id('bread'), pg_temp.id('bakery'), pg_temp.id('dedicated'), 'Bread');
select private.map_provider_campaign(pg_temp.id('dedicated'), 'pc-1', pg_temp.id('bread'));

create function pg_temp.note(state text, off_since text default null) returns void language sql as $$
  select worker.record_webhook_outage(pg_temp.id('dedicated'), state, off_since::timestamptz)
$$;
create function pg_temp.outage() returns jsonb language sql as $$ select worker.read_webhook_outage(pg_temp.id('dedicated')) $$;
create function pg_temp.starts() returns timestamptz language sql as $$ select (pg_temp.outage() ->> 'starts_at')::timestamptz $$;

select pg_temp.note('active');
select is(pg_temp.outage(), null, 'a webhook that works makes no outage');

-- The last delivery was at eight, the webhook was switched off at nine.
insert into private.webhook_events (connection_id, event_key, provider_campaign_id, event, payload)
select pg_temp.id('dedicated'), pg_temp.id(type), 'pc-1',
  jsonb_build_object('type', type, 'occurred_at', at, 'email', 'ida@lead.test', 'email_account', 'mia@outreach.test', 'provider_campaign_ids', array['pc-1']), '{}'
from (values ('email_sent', '2026-10-05T07:00Z'), ('email_opened', '2026-10-05T08:00Z')) as e (type, at);
select worker.process_webhook_events(100);

select pg_temp.note('switched_off', '2026-10-05T09:00Z');
select is(pg_temp.starts(), '2026-10-05T07:00Z'::timestamptz, 'an outage begins an hour before the last delivery');
select is((pg_temp.outage() ->> 'switched_off_at')::timestamptz, '2026-10-05T09:00Z'::timestamptz, 'and says when the webhook was switched off');
select is(pg_temp.outage() ->> 'ends_at', null, 'and has no end yet');
select pg_temp.note('active');
select isnt(pg_temp.outage() ->> 'ends_at', null, 'a working webhook ends it');
select worker.save_outage_mails((pg_temp.outage() ->> 'id')::bigint, '{"reached": "2026-10-05T12:00Z", "done": true}');
select pg_temp.note('switched_off', '2026-10-05T13:00Z');
select is(pg_temp.outage() ->> 'ends_at', null, 'switched off again before it was settled, it continues');
select is(pg_temp.outage() -> 'mails', '{"reached": "2026-10-05T12:00Z"}', 'its mails are read on');
select is((pg_temp.outage() ->> 'switched_off_at')::timestamptz, '2026-10-05T09:00Z'::timestamptz, 'the first time counts');
select pg_temp.note('missing');
select is(pg_temp.outage() ->> 'switched_off_at', null, 'of a webhook that is gone nothing is known');
select worker.settle_webhook_outage((pg_temp.outage() ->> 'id')::bigint);
select isnt(pg_temp.outage(), null, 'an outage without an end cannot be settled');
select pg_temp.note('active');

-- Leads: four opens and two clicks at the provider, of which we saw one open.
create function pg_temp.page(more jsonb) returns jsonb language sql as $$
  select jsonb_build_array(jsonb_build_object(
    'email', 'ida@lead.test', 'provider_lead_id', 'l-1', 'sent_count', 1, 'open_count', 1, 'click_count', 0, 'reply_count', 0,
    'sent_at', '2026-10-05T07:00Z', 'opened_at', '2026-10-05T08:00Z', 'updated_at', '2026-10-06T08:00Z'
  ) || more)
$$;
select is(worker.record_outage_leads(pg_temp.id('bread'), pg_temp.page('{}')), 0, 'a lead of which we saw everything is not noted');
select is(worker.record_outage_leads(pg_temp.id('bread'), pg_temp.page('{"open_count": 4, "opened_at": "2026-09-01T08:00Z"}')), 0, 'nor is one whose opens are older than the outage');
select is(worker.record_outage_leads(pg_temp.id('bread'), pg_temp.page('{"open_count": 4, "click_count": 2, "opened_at": "2026-10-06T07:30Z", "clicked_at": "2026-10-06T07:31Z"}')), 1, 'one that did more is');
select is(worker.list_outage_campaigns(pg_temp.id('dedicated')), to_jsonb(array[pg_temp.id('bread')]), 'its campaign is to be checked');
insert into public.campaign_analytics (campaign_id, client_id, day, opens, opened, clicks, clicked, synced_at)
select pg_temp.id('bread'), pg_temp.id('bakery'), d::date, o, 1, c, 1, now()
from (values ('2026-10-04', 9, 9), ('2026-10-05', 2, 1), ('2026-10-06', 2, 1)) as n (d, o, c);
select is(
  worker.read_campaign_outage(pg_temp.id('bread')) -> 'leads',
  jsonb_build_array(
    jsonb_build_object('email', 'ida@lead.test', 'type', 'email_opened', 'missing', 3, 'inferred', 0, 'last_at', '2026-10-06T07:30Z'::timestamptz, 'last_is_observed', false,
      'earliest_at', '2026-10-05T07:00Z'::timestamptz, 'latest_at', '2026-10-06T07:30Z'::timestamptz, 'observed_days', array['2026-10-05'], 'account', 'mia@outreach.test'),
    jsonb_build_object('email', 'ida@lead.test', 'type', 'email_clicked', 'missing', 2, 'inferred', 0, 'last_at', '2026-10-06T07:31Z'::timestamptz, 'last_is_observed', false,
      'earliest_at', '2026-10-05T07:00Z'::timestamptz, 'latest_at', '2026-10-06T07:31Z'::timestamptz, 'observed_days', '[]'::jsonb, 'account', 'mia@outreach.test')
  ), 'with what is missing, in its span'
);
select is(
  worker.read_campaign_outage(pg_temp.id('bread')) -> 'days',
  '[{"day": "2026-10-05", "type": "email_opened", "events": 1, "leads": 0}, {"day": "2026-10-05", "type": "email_clicked", "events": 1, "leads": 1},
    {"day": "2026-10-06", "type": "email_opened", "events": 2, "leads": 1}, {"day": "2026-10-06", "type": "email_clicked", "events": 1, "leads": 1}]',
  'and the days of the outage on which the provider counts more'
);

-- Bounced: known from now on, not before the outage.
create function pg_temp.bounced(page jsonb) returns boolean language sql as $$
  select worker.record_outage_leads(pg_temp.id('bread'), page);
  select worker.record_leads(pg_temp.id('bread'), page);
  select g.has_bounced from private.outage_leads as g where g.campaign_id = pg_temp.id('bread') and g.email = page -> 0 ->> 'email'
$$;
select is(pg_temp.bounced(pg_temp.page('{"email": "old@lead.test", "provider_lead_id": "l-2", "open_count": 0, "bounced_at": "2026-09-01T08:00Z", "updated_at": "2026-09-01T08:00Z"}')), null, 'a lead that bounced before the outage is not noted');
select is(pg_temp.bounced(pg_temp.page('{"bounced_at": "2026-10-05T07:00Z"}')), true, 'one that bounced in it is');
select is(pg_temp.bounced(pg_temp.page('{"bounced_at": "2026-10-05T07:00Z"}')), true, 'also when the page is read again');
select is(worker.read_ended_outage_leads(pg_temp.id('dedicated')) -> 'leads', '[]', 'without a counter that says so nothing is concluded');
insert into public.campaign_analytics_totals (campaign_id, client_id, bounced, synced_at) values (pg_temp.id('bread'), pg_temp.id('bakery'), 1, now());
select is(worker.read_ended_outage_leads(pg_temp.id('dedicated')) #>> '{leads,0,email}', 'ida@lead.test', 'the campaign''s counter says so');
select worker.record_email_accounts(pg_temp.id('dedicated'), '[{"email": "mia@outreach.test", "status": "active"}]');
select worker.record_email_account_days(pg_temp.id('dedicated'), array['mia@outreach.test'], '[{"email": "mia@outreach.test", "day": "2026-10-06", "sent": 1, "bounced": 1, "contacted": 1, "opens": 0, "opened": 0, "clicks": 0, "clicked": 0, "replies": 0, "replied": 0, "auto_replies": 0}]');
select is(worker.read_ended_outage_leads(pg_temp.id('dedicated')) -> 'account_days', '[{"account": "mia@outreach.test", "day": "2026-10-06", "events": 1}]', 'and the mailbox''s day says when');

-- The end.
select worker.forget_outage_leads(pg_temp.id('bread'), array['ida@lead.test']);
select is((select count(*) from private.outage_leads where campaign_id = pg_temp.id('bread')), 1::bigint, 'who waits stays noted');
select worker.settle_webhook_outage((pg_temp.outage() ->> 'id')::bigint);
select is(pg_temp.outage(), null, 'an outage that ended is settled');
select pg_temp.note('missing');
select is(pg_temp.starts(), '2026-10-05T11:00Z'::timestamptz, 'the next one begins where the mails of the last one ended');

select * from finish();
rollback;
