-- What operators find on a Monday: a shared workspace with unmapped campaigns, deliveries that could not be processed,
-- jobs that failed, mailboxes that bounce, and three weeks of calls and deliveries.

-- How the webhook of the dedicated workspace was at the last look; the shared one has them campaign by campaign.
select worker.record_provider_webhook('d0000000-0000-4000-8000-000000000001', 'webhook-1', 'https://functions.test/1', 'active');

update public.provider_connections
set last_synced_at = now() - interval '11 minutes', last_validated_at = now() - interval '2 days'
where id = 'd0000000-0000-4000-8000-000000000001';
update public.provider_connections
set last_synced_at = now() - interval '5 hours', last_validated_at = now() - interval '9 days'
where id = 'd0000000-0000-4000-8000-000000000002';

-- Three weeks of deliveries that were projected; some came twice.
insert into private.webhook_events
  (connection_id, event_key, payload, event, status, delivery_count, received_at, processed_at)
select
  c.id::uuid, md5('ledger ' || c.id || ' ' || d || ' ' || n)::uuid, '{}', jsonb_build_object('type', 'email_sent'), 'projected',
  1 + (n % 17 = 0)::integer, at.moment, at.moment + interval '1 second'
from (
  values ('d0000000-0000-4000-8000-000000000001', 30), ('d0000000-0000-4000-8000-000000000002', 19)
) as c (id, a_day)
cross join generate_series(1, 21) as d
cross join lateral generate_series(1, c.a_day + (d * 7) % 11) as n
cross join lateral (select date_trunc('day', now() at time zone 'UTC') at time zone 'UTC' - make_interval(days => d) + make_interval(mins => 480 + n * 9) as moment) as at;

-- Campaigns that somebody made in the shared workspace, and the events that wait for them.
insert into private.provider_campaigns (id, connection_id, provider_campaign_id, name, provider_created_at)
select md5('unmapped ' || u.name)::uuid, 'd0000000-0000-4000-8000-000000000002', 'held-' || u.number, u.name, now() - interval '3 days'
from (
  values (1, 'Wine bars in Cleveland'), (2, 'Caterers in Akron'), (3, 'Food trucks, first try')
) as u (number, name);

insert into private.webhook_events
  (connection_id, event_key, provider_campaign_id, payload, event, status, reason, received_at)
select
  'd0000000-0000-4000-8000-000000000002', md5('held ' || h.number || ' ' || n || ' ' || kind)::uuid, 'held-' || h.number, '{}',
  jsonb_build_object(
    'type', kind, 'email', 'owner' || n || '@held' || h.number || '.test',
    'occurred_at', to_char(now() at time zone 'UTC' - make_interval(hours => 50 - n), 'YYYY-MM-DD"T"HH24:MI:SS"Z"'),
    'provider_campaign_ids', jsonb_build_array('held-' || h.number)
  ),
  'quarantined', 'The campaign is not mapped to one of ours', now() - make_interval(hours => 50 - n)
from (values (1, 12), (2, 5)) as h (number, leads)
cross join lateral generate_series(1, h.leads) as n
cross join unnest('{email_sent,email_opened}'::text[]) as kind
where kind = 'email_sent' or n % 3 = 0;

-- Dead letters: some that a replay repairs, some that cannot be read.
insert into private.provider_campaigns (connection_id, provider_campaign_id, campaign_id, name)
values ('d0000000-0000-4000-8000-000000000001', 'dental-brabant', 'f0000000-0000-4000-8000-000000000001', 'Dental clinics in Brabant')
on conflict do nothing;

insert into private.webhook_events
  (connection_id, event_key, provider_campaign_id, payload, event, status, attempts, reason, received_at, processed_at)
select
  'd0000000-0000-4000-8000-000000000001', md5('dead ' || n)::uuid, 'dental-brabant', '{}',
  jsonb_build_object(
    'type', 'email_opened', 'email', 'late' || n || '@revived.test',
    'occurred_at', to_char(now() at time zone 'UTC' - make_interval(hours => 30 + n), 'YYYY-MM-DD"T"HH24:MI:SS"Z"'),
    'provider_campaign_ids', jsonb_build_array('dental-brabant')
  ),
  'dead', 5, 'deadlock detected, five times', now() - make_interval(hours => 30 + n), now() - make_interval(hours => 29 + n)
from generate_series(1, 6) as n;

insert into private.webhook_events (connection_id, event_key, payload, event, status, attempts, reason, received_at, processed_at)
select
  'd0000000-0000-4000-8000-000000000002', md5('unreadable ' || n)::uuid, '{}', null, 'dead', 0,
  'The delivery has no event_type', now() - make_interval(hours => 60 + n), now() - make_interval(hours => 60 + n)
from generate_series(1, 3) as n;

-- Two days of hourly syncs; of the shared workspace the newest one failed.
insert into private.jobs
  (kind, status, connection_id, done, total, result, error_code, error_message, attempts, deadline_at, created_at, started_at, finished_at)
select
  'sync',
  case when c.is_shared and n = 0 then 'failed' when c.is_shared and n = 5 then 'partial' else 'completed' end::public.job_status,
  c.id::uuid, case when c.is_shared and n = 0 then 1 else 4 end, 4,
  case
    when c.is_shared and n = 0 then '{}'
    when c.is_shared and n = 5 then '{"campaigns_synced": 3, "leads": 412, "errors": [{"step": "replies", "code": "API_UNAVAILABLE", "message": "Instantly is not responding at the moment; the work continues automatically"}]}'
    else '{"campaigns_synced": 4, "campaigns_updated": 1, "leads": 538, "accounts_updated": 2, "errors": []}'
  end::jsonb,
  case when c.is_shared and n = 0 then 'API_UNAVAILABLE' end,
  case when c.is_shared and n = 0 then 'Instantly is not responding at the moment; the work continues automatically' end,
  1, at.moment + interval '3 hours', at.moment, at.moment + interval '2 seconds', at.moment + make_interval(secs => 9 + n % 13)
from (
  values ('d0000000-0000-4000-8000-000000000001', false), ('d0000000-0000-4000-8000-000000000002', true)
) as c (id, is_shared)
cross join generate_series(0, 59) as n
cross join lateral (select now() - make_interval(hours => n) - interval '11 minutes' as moment) as at;

-- Mailboxes of both workspaces, one of which bounces.
insert into public.email_accounts
  (connection_id, client_id, email, status, status_reason, provider_kind, daily_limit, sent_today, warmup_status, warmup_score,
   warmup_sent, warmup_landed_inbox, warmup_landed_spam, last_synced_at)
select
  a.connection_id::uuid, (select client_id from public.provider_connections where id = a.connection_id::uuid), a.email,
  a.status::public.email_account_status, a.reason, 'google', 40, a.today, 'active', a.score, 300, 300 - a.spam, a.spam, now() - interval '11 minutes'
from (
  values
    ('d0000000-0000-4000-8000-000000000001', 'mia@lakeside-mail.test', 'active', null, 31, 98, 3),
    ('d0000000-0000-4000-8000-000000000001', 'jon@lakeside-mail.test', 'active', null, 28, 95, 8),
    ('d0000000-0000-4000-8000-000000000001', 'mia@try-lakeside.test', 'active', null, 12, 88, 40),
    ('d0000000-0000-4000-8000-000000000002', 'hello@agency-outreach.test', 'active', null, 22, 71, 61),
    ('d0000000-0000-4000-8000-000000000002', 'team@agency-outreach.test', 'error', 'The password was refused', 0, 44, 120),
    ('d0000000-0000-4000-8000-000000000002', 'sales@agency-outreach.test', 'paused', null, 0, 90, 12)
) as a (connection_id, email, status, reason, today, score, spam)
on conflict (connection_id, email) do update set status = excluded.status, status_reason = excluded.status_reason;

insert into public.email_account_days (account_id, day, client_id, sent_reported, bounced_reported, contacted, replied, replies_reported)
select a.id, (now() at time zone 'UTC')::date - n, a.client_id, 24, case when a.email like 'hello@%' then 2 else n % 5 / 4 end, 20, n % 3, n % 3
from public.email_accounts as a
cross join generate_series(1, 25) as n
where a.email not like 'sales@%'
on conflict do nothing;

-- What DNS says of their domains; the next look is far away, so that the resolver of the tests does not change it.
insert into public.sending_domains (domain, checked_at, attempted_at, next_check_at)
values
  ('lakeside-mail.test', now() - interval '5 hours', now() - interval '5 hours', now() + interval '30 days'),
  ('agency-outreach.test', now() - interval '4 hours', now() - interval '4 hours', now() + interval '30 days'),
  ('try-lakeside.test', now() - interval '4 hours', now() - interval '4 hours', now() + interval '30 days')
on conflict (domain) do update set
  checked_at = excluded.checked_at, attempted_at = excluded.attempted_at, next_check_at = excluded.next_check_at;

insert into public.sending_domain_checks (domain, kind, verdict, finding, sentence, advice, records, checked_at, since)
select c.*, now() - interval '4 hours', now() - interval '20 days'
from (
  values
    ('lakeside-mail.test', 'spf', 'good', 'valid', 'One valid record, 1 of 10 look-ups.', null, '{v=spf1 include:_spf.google.com ~all}'::text[]),
    ('lakeside-mail.test', 'dkim', 'good', 'valid', 'A key was found under the selector “google”.', null, '{google: v=DKIM1; k=rsa; p=MIIBIjANBgkqhkiG9w0BAQEFAAOCAQ8AMIIBCgKCAQEAwI}'),
    ('lakeside-mail.test', 'dmarc', 'good', 'enforced', 'The policy is “quarantine”.', null, '{v=DMARC1; p=quarantine; rua=mailto:dmarc@lakeside-mail.test}'),
    ('lakeside-mail.test', 'mx', 'good', 'valid', 'Replies go to aspmx.l.google.com.', null, '{1 aspmx.l.google.com.}'),
    ('try-lakeside.test', 'spf', 'good', 'valid', 'One valid record, 1 of 10 look-ups.', null, '{v=spf1 include:_spf.google.com ~all}'),
    ('try-lakeside.test', 'dkim', 'good', 'valid', 'A key was found under the selector “google”.', null, '{google: v=DKIM1; k=rsa; p=MIIBIjANBgkqhkiG9w0BAQEFAAOCAQ8AMIIBCgKCAQEAwI}'),
    ('try-lakeside.test', 'dmarc', 'good', 'enforced', 'The policy is “reject”.', null, '{v=DMARC1; p=reject}'),
    ('try-lakeside.test', 'mx', 'good', 'valid', 'Replies go to aspmx.l.google.com.', null, '{1 aspmx.l.google.com.}'),
    ('agency-outreach.test', 'spf', 'warning', 'provider_missing', 'Mailboxes of this domain send through Google, but the record does not include it.', 'Add “include:_spf.google.com” to the record, unless its servers are listed by address.', '{v=spf1 mx ~all}'),
    ('agency-outreach.test', 'dkim', 'unknown', 'not_found', 'Not found under the usual selectors. It may have another one, which only the header of an email shows.', 'Send yourself an email and look for “dkim=pass”. If it is missing, switch DKIM on where the mailbox is hosted.', '{}'),
    ('agency-outreach.test', 'dmarc', 'warning', 'only_watching', 'The policy is “none”: receivers let forged emails through.', 'When the reports are clean, make it “p=quarantine”.', '{v=DMARC1; p=none; rua=mailto:dmarc@agency-outreach.test}'),
    ('agency-outreach.test', 'mx', 'bad', 'refuses_mail', 'The MX record says that this domain takes no email, so replies come back.', 'Replace it by the MX records that the mailbox provider names.', '{0 .}')
) as c (domain, kind, verdict, finding, sentence, advice, records)
on conflict (domain, kind) do update set
  verdict = excluded.verdict, finding = excluded.finding, sentence = excluded.sentence, advice = excluded.advice,
  records = excluded.records, checked_at = excluded.checked_at, since = excluded.since;

insert into public.sending_domain_changes (domain, kind, changed_at, verdict_before, verdict, finding_before, finding, records_before, records)
values (
  'agency-outreach.test', 'mx', now() - interval '20 days', 'good', 'bad', 'valid', 'refuses_mail', '{10 mx.agency-outreach.test.}', '{0 .}'
);

-- Calls to the provider, now and then refused.
insert into public.provider_api_calls (connection_id, client_id, called_at, method, path, status, duration_ms, attempt, error_kind)
select
  c.id, c.client_id, now() - make_interval(mins => n * 13),
  case when n % 3 = 0 then 'POST' else 'GET' end,
  (array['/api/v2/campaigns', '/api/v2/campaigns/analytics', '/api/v2/leads/list', '/api/v2/emails', '/api/v2/accounts'])[1 + n % 5],
  case when n % 41 = 0 then 429 when n % 59 = 0 then null else 200 end,
  70 + (n * 37) % 240, case when n % 41 = 1 then 2 else 1 end,
  case when n % 41 = 0 then 'rate_limited' when n % 59 = 0 then 'timeout' end
from public.provider_connections as c
cross join generate_series(1, 130) as n
where c.id in ('d0000000-0000-4000-8000-000000000001', 'd0000000-0000-4000-8000-000000000002');

-- An incident that was resolved by itself.
insert into public.incidents (connection_id, client_id, kind, opened_at, closed_at, details, text)
values (
  'd0000000-0000-4000-8000-000000000001', 'c0000000-0000-4000-8000-000000000001', 'webhook_switched_off',
  now() - interval '6 days', now() - interval '5 days 23 hours', 'Instantly switched our webhook off',
  'Instantly switched our webhook off; the sync switched it on again.'
);

-- What people did.
insert into public.audit_log (occurred_at, actor_id, action, client_id, target_type, target_id, details)
select now() - make_interval(hours => a.hours), 'a0000000-0000-4000-8000-000000000001', a.action, a.client_id::uuid, a.target, a.hours::text, a.details::jsonb
from (
  values
    (3, 'sync_started', 'c0000000-0000-4000-8000-000000000001', 'connection', '{"full": true}'),
    (20, 'cost_recorded', 'c0000000-0000-4000-8000-000000000001', 'cost', '{"kind": "verification", "amount": 84.5, "currency": "EUR"}'),
    (26, 'campaign_mapped', 'c0000000-0000-4000-8000-000000000002', 'campaign', '{"created": true, "released": 41, "projected": 41}'),
    (49, 'client_changed', 'c0000000-0000-4000-8000-000000000001', 'client', '{"may_see_costs": true, "currency": "EUR"}'),
    (73, 'rotate_webhook_secret', null, 'provider_connection', '{}')
) as a (hours, action, client_id, target, details);

-- Costs of the client that may see them.
update public.clients set may_see_costs = true, positive_reply_value = 180 where id = 'c0000000-0000-4000-8000-000000000001';

insert into public.cost_entries (client_id, campaign_id, kind, amount, currency, spent_on, note, created_by)
select 'c0000000-0000-4000-8000-000000000001', e.campaign_id::uuid, e.kind::public.cost_kind, e.amount, 'EUR', current_date - e.days_ago, e.note,
  'a0000000-0000-4000-8000-000000000001'
from (
  values
    ('f0000000-0000-4000-8000-000000000001', 'scraping', 240.00, 118, '3,000 clinics'),
    ('f0000000-0000-4000-8000-000000000001', 'verification', 84.00, 116, '2,600 addresses'),
    ('f0000000-0000-4000-8000-000000000002', 'enrichment', 129.00, 73, null),
    (null, 'sending', 97.00, 30, 'Instantly, one month'),
    (null, 'sending', 97.00, 1, 'Instantly, one month')
) as e (campaign_id, kind, amount, days_ago, note);
