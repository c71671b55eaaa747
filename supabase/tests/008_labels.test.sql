-- The sentiment of a lead is its latest label by the provider's clock, and a custom label means what the workspace says.

begin;
set local search_path = public, extensions;
select plan(27);

create function pg_temp.id(name text) returns uuid language sql immutable as $$ select md5('labels ' || name)::uuid $$;

-- A label arrives and is projected at once.
create function pg_temp.label(type text, who text, at text, label text default null) returns void language sql as $$
  select worker.ingest_webhook_events(jsonb_build_array(jsonb_build_object(
    'connection_id', pg_temp.id('connection'),
    'secret_digest', encode(sha256('secret'), 'hex'),
    'events', jsonb_build_array(jsonb_build_object(
      'key', gen_random_uuid(), 'provider_campaign_id', 'pc-1', 'payload', '{}'::jsonb,
      'event', jsonb_build_object(
        'type', type, 'label', label, 'email', who || '@lead.test', 'occurred_at', '2026-10-' || at || 'Z', 'provider_campaign_ids', '["pc-1"]'::jsonb
      )
    ))
  )));
  select worker.process_webhook_events(500);
$$;

create function pg_temp.sentiment(who text) returns text language sql as $$
  select interest_status::text from public.synced_leads where campaign_id = pg_temp.id('campaign') and email = who || '@lead.test'
$$;

insert into public.clients (id, name) values (pg_temp.id('bakery'), 'Bakery');
insert into public.provider_connections (id, client_id, name) values
  (pg_temp.id('connection'), pg_temp.id('bakery'), 'Bakery'), (pg_temp.id('other'), null, 'Other');
insert into private.webhook_secrets (connection_id, digest) values (pg_temp.id('connection'), sha256('secret'));
insert into public.campaigns (id, client_id, connection_id, name)
values (pg_temp.id('campaign'), pg_temp.id('bakery'), pg_temp.id('connection'), 'Bread');
select private.map_provider_campaign(pg_temp.id('connection'), 'pc-1', pg_temp.id('campaign'));

-- Every kind of label has a sentiment, and what is no label has none.
select results_eq(
  format($$ select t::text, private.event_interest(t, %L, null)::text from unnest(enum_range(null::public.email_event_type)) as t
            where private.event_interest(t, %1$L, null) is not null order by 2, 1 $$, pg_temp.id('connection')),
  $$ values
    ('lead_lost', 'negative'), ('lead_not_interested', 'negative'), ('lead_wrong_person', 'negative'),
    ('lead_neutral', 'neutral'), ('lead_no_show', 'neutral'), ('lead_out_of_office', 'neutral'),
    ('lead_closed', 'positive'), ('lead_interested', 'positive'), ('lead_meeting_booked', 'positive'), ('lead_meeting_completed', 'positive') $$,
  'labels are positive, neutral or negative; sends, opens and replies are none of the three'
);

-- A lead that is only written to has no sentiment yet.
select pg_temp.label('email_sent', 'ida', '05T08:00');
select is(pg_temp.sentiment('ida'), null, 'without a label there is no sentiment');

-- The newest label by the provider's clock counts, not the one that arrives last.
select pg_temp.label('lead_interested', 'ida', '06T08:00');
select is(pg_temp.sentiment('ida'), 'positive', 'interested is positive');
select pg_temp.label('lead_not_interested', 'ida', '08T08:00');
select is(pg_temp.sentiment('ida'), 'negative', 'a newer label replaces the older one');
select pg_temp.label('lead_meeting_booked', 'ida', '07T08:00');
select is(pg_temp.sentiment('ida'), 'negative', 'an older label that arrives late does not');
select results_eq(
  $$ select interest_label, interest_changed_at from public.synced_leads where email = 'ida@lead.test' $$,
  $$ values ('lead_not_interested', '2026-10-08T08:00Z'::timestamptz) $$, 'label and time stay with the newest'
);
select is(
  (select count(*) from public.email_events where email = 'ida@lead.test' and type <> 'email_sent' and campaign_id = pg_temp.id('campaign')), 3::bigint,
  'all three are in the history all the same'
);
select pg_temp.label('lead_out_of_office', 'ida', '09T08:00');
select is(pg_temp.sentiment('ida'), 'neutral', 'out of office returns a sentiment to neutral');
select pg_temp.label('reply_received', 'ida', '10T08:00');
select is(pg_temp.sentiment('ida'), 'neutral', 'a reply is no label');

-- Two labels of the same moment: the order of arrival does not matter.
select pg_temp.label('lead_interested', 'jon', '06T08:00');
select pg_temp.label('lead_not_interested', 'jon', '06T08:00');
select pg_temp.label('lead_not_interested', 'kim', '06T08:00');
select pg_temp.label('lead_interested', 'kim', '06T08:00');
select is(pg_temp.sentiment('jon'), pg_temp.sentiment('kim'), 'two labels of one moment end the same in either order');

-- A label of the agency's own, before anybody knows what it means.
select pg_temp.label('lead_labelled', 'lea', '06T08:00', 'Send deck later');
select is(pg_temp.sentiment('lea'), null, 'an unexplained custom label says nothing of the sentiment');
select is((select interest_label from public.synced_leads where email = 'lea@lead.test'), 'Send deck later', 'and kept by its own text');
select results_eq(
  format($$ select type::text, label from public.email_events where email = 'lea@lead.test' and campaign_id = %L $$, pg_temp.id('campaign')),
  $$ values ('lead_labelled', 'Send deck later') $$, 'the event keeps the text too'
);

-- Another workspace may mean something else by it.
select is(worker.record_provider_labels(pg_temp.id('other'), '[{"interest_value": 9, "label": "Send deck later", "interest_status": "negative"}]'), 1,
  'another workspace explains a label of the same name');
select is(pg_temp.sentiment('lea'), null, 'which changes nothing here');

-- The workspace explains its label: leads that carry it follow, and so does the next event.
select is(
  worker.record_provider_labels(pg_temp.id('connection'), '[{"interest_value": 7, "label": "send DECK later", "interest_status": "positive"}]'), 1,
  'the workspace explains its label'
);
select is(pg_temp.sentiment('lea'), 'positive', 'the lead that carries it is positive from then on, upper or lower case');
select is(pg_temp.sentiment('ida'), 'neutral', 'a lead with another label is not touched');
select is(
  (select interest_changed_at from public.synced_leads where email = 'lea@lead.test'), '2026-10-06T08:00Z', 'the time of the label stays the provider''s'
);
select pg_temp.label('lead_labelled', 'max', '06T08:00', 'Send deck later');
select is(pg_temp.sentiment('max'), 'positive', 'the next event with that label is positive at once');

-- The explanation may change, and is one row whatever happens.
select worker.record_provider_labels(pg_temp.id('connection'), '[{"interest_value": 7, "label": "Send deck later", "interest_status": "negative"}]');
select is(pg_temp.sentiment('lea'), 'negative', 'a changed explanation changes the leads that carry the label');
select is(
  (select count(*) from private.provider_labels where connection_id = pg_temp.id('connection')), 1::bigint, 'an explanation is replaced, not repeated'
);
select is(worker.record_provider_labels(pg_temp.id('connection'), '[]'), 0, 'no labels are no change');

-- A lead that moved on to a newer label keeps it when the older one is explained.
select pg_temp.label('lead_interested', 'lea', '07T08:00');
select worker.record_provider_labels(pg_temp.id('connection'), '[{"interest_value": 7, "label": "Send deck later", "interest_status": "neutral"}]');
select is(pg_temp.sentiment('lea'), 'positive', 'an explanation does not reach a lead that has a newer label');

-- A type that the provider invents tomorrow is stored by its name, and is no label.
select pg_temp.label('unknown', 'max', '08T08:00', 'lead_teleported');
select results_eq(
  format($$ select type::text, label from public.email_events where campaign_id = %L and type = 'unknown' $$, pg_temp.id('campaign')),
  $$ values ('unknown', 'lead_teleported') $$, 'an unknown type is kept by the provider''s name'
);
select is(pg_temp.sentiment('max'), 'neutral', 'and does not change the sentiment');
select is_empty(
  format($$ select * from private.webhook_events where connection_id = %L and status <> 'projected' $$, pg_temp.id('connection')), 'nothing of this story is left over'
);

select * from finish();
rollback;
