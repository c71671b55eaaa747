-- What a sync writes: the provider's word beside what we saw, an older word never over a newer one, all of it repeatable.

begin;
set local search_path = public, extensions;
select plan(37);

create function pg_temp.id(name text) returns uuid language sql immutable as $$ select md5('sync ' || name)::uuid $$;

insert into public.clients (id, name) values (pg_temp.id('bakery'), 'Bakery'), (pg_temp.id('dentist'), 'Dentist');
insert into public.provider_connections (id, client_id, name) values
  (pg_temp.id('dedicated'), pg_temp.id('bakery'), 'Bakery'), (pg_temp.id('shared'), null, 'Shared');
insert into public.campaigns (id, client_id, connection_id, name) values (pg_temp.id('bread'), pg_temp.id('bakery'), pg_temp.id('dedicated'), 'Bread');
select private.map_provider_campaign(pg_temp.id('dedicated'), 'pc-1', pg_temp.id('bread'));

-- One lead as the provider reads now; a later reading has a later `updated_at`.
create function pg_temp.reading(who text, updated text, more jsonb default '{}') returns integer language sql as $$
  select worker.record_leads(pg_temp.id('bread'), jsonb_build_array(jsonb_build_object(
    'provider_lead_id', 'pl-' || who, 'email', who || '@lead.test', 'sent_count', 0, 'open_count', 0, 'click_count', 0, 'reply_count', 0,
    'updated_at', '2026-10-' || updated || 'Z'
  ) || more))
$$;

create view pg_temp.leads as
select split_part(email, '@', 1) as who, * from public.synced_leads where campaign_id = pg_temp.id('bread');

-- A lead that we never heard of.
select is(
  pg_temp.reading('ida', '05T08:00', '{"first_name": "Ida", "sent_count": 1, "sent_at": "2026-10-05T07:00Z", "open_count": 3, "sender_account": "mia@outreach.test", "payload": {"budget": "high"}}'),
  1, 'the sync writes a lead that no webhook reported'
);
select results_eq(
  $$ select client_id, lead_status::text, sent_count, open_count, first_name, sender_account, payload from pg_temp.leads where who = 'ida' $$,
  $$ values (pg_temp.id('bakery'), 'emailed', 1, 3, 'Ida', 'mia@outreach.test', '{"budget": "high"}'::jsonb) $$, 'with its numbers, its sender and its variables'
);

-- Newer over older, never older over newer.
select is(pg_temp.reading('ida', '06T08:00', '{"sent_count": 1, "open_count": 5, "reply_count": 1, "replied_at": "2026-10-06T07:00Z"}'), 1, 'a newer reading is written');
select results_eq(
  $$ select lead_status::text, open_count, reply_count, first_name, payload from pg_temp.leads where who = 'ida' $$,
  $$ values ('replied', 5, 1, 'Ida', '{"budget": "high"}'::jsonb) $$, 'its numbers count, and what it leaves out stays known'
);
select is(pg_temp.reading('ida', '04T08:00', '{"open_count": 1, "first_name": "Old"}'), 0, 'an older reading is not written');
select results_eq(
  $$ select open_count, first_name, provider_updated_at from pg_temp.leads where who = 'ida' $$,
  $$ values (5, 'Ida', '2026-10-06T08:00Z'::timestamptz) $$, 'and nothing of it stays'
);
select is(pg_temp.reading('ida', '06T08:00', '{"sent_count": 1, "open_count": 5, "reply_count": 1}'), 1, 'the same reading may be written again');
select is((select count(*) from pg_temp.leads), 1::bigint, 'which makes no second lead');

-- The greater of observed and reported.
update public.synced_leads set open_count_observed = 7, sent_count_observed = 1, click_count_observed = 2 where campaign_id = pg_temp.id('bread');
select results_eq($$ select open_count, sent_count, click_count from pg_temp.leads $$, $$ values (7, 1, 2) $$, 'what we saw counts where it is more, and is not added');
select pg_temp.reading('ida', '07T08:00', '{"sent_count": 3, "open_count": 6, "reply_count": 1}');
select results_eq($$ select open_count, sent_count, click_count from pg_temp.leads $$, $$ values (7, 3, 2) $$, 'what the provider reports counts where it is more');
select results_eq($$ select open_count_observed, open_count_reported from pg_temp.leads $$, $$ values (7, 6) $$, 'both stay readable');

-- Times that we know are not replaced by the provider's coarser ones.
update public.synced_leads set opened_at = '2026-10-05T09:00Z' where campaign_id = pg_temp.id('bread');
select pg_temp.reading('ida', '08T08:00', '{"opened_at": "2026-10-08T07:00Z", "clicked_at": "2026-10-08T07:01Z"}');
select results_eq(
  $$ select opened_at, clicked_at from pg_temp.leads $$, $$ values ('2026-10-05T09:00Z'::timestamptz, '2026-10-08T07:01Z'::timestamptz) $$,
  'a first time that we saw stays, one that we missed is filled in'
);

-- Labels: the newer one wins, from either side.
update public.synced_leads set interest_status_reported = 'positive', interest_label = 'lead_interested', interest_changed_at_reported = '2026-10-09T08:00Z'
where campaign_id = pg_temp.id('bread');
select pg_temp.reading('ida', '10T08:00', '{"interest_status": "negative", "interest_changed_at": "2026-10-08T08:00Z"}');
select is((select interest_status::text from pg_temp.leads), 'positive', 'a label that came newer by webhook stays');
select is((select interest_label from pg_temp.leads), 'lead_interested', 'with its text');
select pg_temp.reading('ida', '11T08:00', '{"interest_status": "negative", "interest_label": "Not now", "interest_changed_at": "2026-10-10T08:00Z"}');
select results_eq(
  $$ select interest_status::text, interest_label, interest_changed_at from pg_temp.leads $$,
  $$ values ('negative', 'Not now', '2026-10-10T08:00Z'::timestamptz) $$, 'a label that the provider has newer is taken'
);
select pg_temp.reading('ida', '12T08:00', '{"interest_changed_at": "2026-10-11T08:00Z"}');
select is((select interest_status::text from pg_temp.leads), 'neutral', 'a label that was taken away makes the lead neutral');
select pg_temp.reading('jon', '12T08:00');
select is((select interest_status from pg_temp.leads where who = 'jon'), null, 'a lead that never had a label has none');

-- Numbers of custom labels mean what the workspace says.
select worker.record_provider_labels(pg_temp.id('dedicated'), '[{"interest_value": 7, "label": "Deck", "interest_status": "positive"}]');
select pg_temp.reading('kim', '12T08:00', '{"interest_value": 7, "interest_changed_at": "2026-10-11T08:00Z"}');
select pg_temp.reading('lea', '12T08:00', '{"interest_value": 8, "interest_changed_at": "2026-10-11T08:00Z"}');
select results_eq(
  $$ select who, interest_status::text, interest_label from pg_temp.leads where who in ('kim', 'lea') order by who $$,
  $$ values ('kim', 'positive', 'Deck'), ('lea', null, 'Category 8') $$, 'an explained label has its sentiment, an unexplained one is shown and has none'
);

-- The sender is the one of the latest mail.
update public.synced_leads set sender_account = 'newest@outreach.test', sender_account_at = '2026-10-20T08:00Z' where campaign_id = pg_temp.id('bread') and email = 'ida@lead.test';
select pg_temp.reading('ida', '21T08:00', '{"sender_account": "older@outreach.test", "sent_at": "2026-10-19T08:00Z"}');
select is((select sender_account from pg_temp.leads where who = 'ida'), 'newest@outreach.test', 'an older sender does not replace a newer one');
select pg_temp.reading('ida', '22T08:00', '{"sender_account": "jon@outreach.test", "sent_at": "2026-10-21T08:00Z"}');
select is((select sender_account from pg_temp.leads where who = 'ida'), 'jon@outreach.test', 'a newer one does');

-- Bounced and unsubscribed people are suppressed, even if no webhook reported it.
select pg_temp.reading('max', '12T08:00', '{"bounced_at": "2026-10-06T08:00Z"}');
select pg_temp.reading('nia', '12T08:00', '{"unsubscribed_at": "2026-10-07T08:00Z", "bounced_at": "2026-10-08T08:00Z"}');
select results_eq(
  $$ select email, reason::text, suppressed_at from public.suppressions where client_id = pg_temp.id('bakery') order by email $$,
  $$ values ('max@lead.test', 'bounced', '2026-10-06T08:00Z'::timestamptz), ('nia@lead.test', 'unsubscribed', '2026-10-07T08:00Z') $$,
  'bounced and unsubscribed leads are suppressed'
);
select is((select lead_status::text from pg_temp.leads where who = 'max'), 'bounced', 'a bounced lead is bounced');
select pg_temp.reading('max', '13T08:00');
select is((select count(*) from public.suppressions where client_id = pg_temp.id('bakery')), 2::bigint, 'a later reading takes no suppression back');
select is((select bounced_at from pg_temp.leads where who = 'max'), '2026-10-06T08:00Z', 'nor the bounce');

-- One page with the same address twice and one without an address.
select is(
  worker.record_leads(pg_temp.id('bread'), '[
    {"email": "oda@lead.test", "first_name": "New", "sent_count": 0, "open_count": 2, "click_count": 0, "reply_count": 0, "updated_at": "2026-10-12T08:00Z"},
    {"email": "oda@lead.test", "first_name": "Old", "sent_count": 0, "open_count": 1, "click_count": 0, "reply_count": 0, "updated_at": "2026-10-11T08:00Z"},
    {"email": null, "sent_count": 0, "open_count": 0, "click_count": 0, "reply_count": 0}
  ]'), 1, 'a page may hold an address twice and a lead without one'
);
select is((select first_name from pg_temp.leads where who = 'oda'), 'New', 'the newer of the two is written');

-- Campaigns as the provider lists them.
select is(
  worker.record_provider_campaigns(pg_temp.id('dedicated'), '[
    {"provider_campaign_id": "pc-1", "name": "Bread", "status": "active", "updated_at": "2026-10-05T08:00Z"},
    {"provider_campaign_id": "pc-2", "name": "Rolls", "status": "paused", "updated_at": "2026-10-05T08:00Z"}
  ]'), '{"imported": 1, "updated": 2}', 'an unknown campaign of a dedicated workspace is imported'
);
select results_eq(
  $$ select name, client_id, provider_status::text from public.campaigns where connection_id = pg_temp.id('dedicated') order by name $$,
  $$ values ('Bread', pg_temp.id('bakery'), 'active'), ('Rolls', pg_temp.id('bakery'), 'paused') $$, 'and both have the provider''s status'
);
select is(
  worker.record_provider_campaigns(pg_temp.id('dedicated'), '[{"provider_campaign_id": "pc-1", "name": "Bread", "status": "draft", "updated_at": "2026-10-04T08:00Z"}]'),
  '{"imported": 0, "updated": 0}', 'an older status does not overwrite a newer one'
);
select is(
  worker.record_provider_campaigns(pg_temp.id('shared'), '[{"provider_campaign_id": "pc-1", "name": "Whose"}]'), '{"imported": 0, "updated": 0}',
  'a campaign of a shared workspace is only noted'
);
select is(
  worker.list_sync_campaigns(pg_temp.id('shared'), null, '-infinity'), '[]'::jsonb, 'and not read, before somebody says whose it is'
);
select is(
  (select array_agg(c ->> 'provider_campaign_id' order by c ->> 'provider_campaign_id') from jsonb_array_elements(worker.list_sync_campaigns(pg_temp.id('dedicated'), null, '-infinity')) as c),
  '{pc-1,pc-2}', 'the sync reads the mapped campaigns'
);
select is(worker.list_sync_campaigns(pg_temp.id('dedicated'), pg_temp.id('dentist'), '-infinity'), '[]'::jsonb, 'and of another client none');

-- Analytics may be written again and again; late days are corrected.
create function pg_temp.day(opens integer) returns integer language sql as $$
  select worker.record_campaign_analytics(pg_temp.id('bread'), jsonb_build_array(jsonb_build_object(
    'day', '2026-10-05', 'sent', 10, 'contacted', 9, 'new_contacted', 8, 'opens', $1, 'opened', 4, 'clicks', 2, 'clicked', 1, 'replies', 2,
    'replied', 1, 'auto_replies', 1, 'opportunities', 0
  )));
  select opens from public.campaign_analytics where campaign_id = pg_temp.id('bread') and day = '2026-10-05'
$$;
select is(pg_temp.day(5), 5, 'a day is written');
select is(pg_temp.day(7), 7, 'and corrected when it is read again');

-- A campaign that was read without an error says so; the fingerprint only after a whole walk.
select worker.record_campaign_synced(pg_temp.id('bread'), null);
select results_eq(
  $$ select c.synced_at, p.leads_fingerprint from public.campaigns as c join private.provider_campaigns as p on p.campaign_id = c.id where c.id = pg_temp.id('bread') $$,
  $$ values (now(), null::text) $$, 'a campaign that was read is stamped, without a claim about its leads'
);
select worker.record_campaign_synced(pg_temp.id('bread'), 'abc');
select is(
  (select leads_fingerprint from private.provider_campaigns where campaign_id = pg_temp.id('bread')), 'abc', 'after a whole walk the fingerprint is kept'
);

select * from finish();
rollback;
