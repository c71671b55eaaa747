-- The reports' own arithmetic: first times and steps as events arrive in any order, ranges, significance, costs.

begin;
set local search_path = public, extensions;
select plan(37);

create function pg_temp.id(name text) returns uuid language sql immutable as $$ select md5('reports ' || name)::uuid $$;
grant execute on function pg_temp.id(text) to public;

create function pg_temp.sign_in(person text) returns void language plpgsql as $$
begin
  perform set_config('request.jwt.claims', (private.custom_access_token_hook(jsonb_build_object(
    'user_id', pg_temp.id(person), 'claims', jsonb_build_object('sub', pg_temp.id(person), 'role', 'authenticated')
  )) -> 'claims')::text, true);
  perform set_config('role', 'authenticated', true);
end
$$;

insert into public.clients (id, name, positive_reply_value) values (pg_temp.id('bakery'), 'Bakery', 100), (pg_temp.id('dentist'), 'Dentist', null);
insert into auth.users (id, email) select pg_temp.id(name), name || '@reports.test' from unnest('{ada,olga}'::text[]) as name;
insert into public.members (user_id, role, client_id) values (pg_temp.id('ada'), 'client', pg_temp.id('bakery')), (pg_temp.id('olga'), 'operator', null);
insert into public.provider_connections (id, client_id, name) values (pg_temp.id('connection'), pg_temp.id('bakery'), 'Bakery');
insert into public.campaigns (id, client_id, connection_id, name) values
  (pg_temp.id('bread'), pg_temp.id('bakery'), pg_temp.id('connection'), 'Bread'),
  (pg_temp.id('teeth'), pg_temp.id('dentist'), null, 'Teeth');
select private.map_provider_campaign(pg_temp.id('connection'), 'bread', pg_temp.id('bread'));

-- Stores and projects one event.
create function pg_temp.happens(who text, what text, moment text, at_step integer default 1, of_variant integer default 1) returns void language plpgsql as $$
begin
  insert into private.webhook_events (connection_id, event_key, provider_campaign_id, event, payload)
  values (
    pg_temp.id('connection'), md5(concat(who, what, moment, at_step))::uuid, 'bread',
    jsonb_build_object(
      'type', what, 'email', who || '@lead.test', 'occurred_at', '2026-10-' || moment || ':00Z', 'step', at_step, 'variant', of_variant,
      'provider_campaign_ids', jsonb_build_array('bread')
    ), '{}'
  );
  perform worker.process_webhook_events(500);
end
$$;

create view pg_temp.first_opened as
select day, opened from public.campaign_first_times where campaign_id = pg_temp.id('bread') and opened <> 0 order by day;
create view pg_temp.steps as
select step, variant, sent, opened, clicked, replied, auto_replies from public.campaign_step_activity where campaign_id = pg_temp.id('bread');

-- A lead counts on the day of its first open, whatever comes first.
select pg_temp.happens('ida', 'email_sent', '05T08:00'), pg_temp.happens('ida', 'email_opened', '07T09:00');
select results_eq('select * from pg_temp.first_opened', $$ values ('2026-10-07'::date, 1) $$, 'the first open counts on its day');
select pg_temp.happens('ida', 'email_opened', '08T09:00');
select results_eq('select * from pg_temp.first_opened', $$ values ('2026-10-07'::date, 1) $$, 'a later one does not count again');
select pg_temp.happens('ida', 'email_opened', '06T09:00');
select results_eq('select * from pg_temp.first_opened', $$ values ('2026-10-06'::date, 1) $$, 'an earlier one that arrives late takes the count with it');
select pg_temp.happens('ida', 'email_opened', '06T07:00');
select results_eq('select * from pg_temp.first_opened', $$ values ('2026-10-06'::date, 1) $$, 'on the same day nothing moves');
select is(
  (select opened from public.campaign_activity_totals where campaign_id = pg_temp.id('bread')), 1, 'and the days are the whole life'
);

-- Steps: each lead once per step and variant.
select results_eq('select * from pg_temp.steps', $$ values (1::smallint, 1::smallint, 1, 1, 0, 0, 0) $$, 'four opens of one mail are one lead');
select pg_temp.happens('ida', 'email_opened', '09T09:00', 2, 2);
select pg_temp.happens('ida', 'email_opened', '01T09:00', 2, 2);
select results_eq(
  'select step::integer, variant::integer, opened from pg_temp.steps order by 1, 2', $$ values (1, 1, 1), (2, 2, 1) $$,
  'another step counts for itself, once, whichever of its opens came first'
);
select pg_temp.happens('jon', 'reply_received', '09T09:00', 2, null), pg_temp.happens('jon', 'auto_reply_received', '09T10:00', 2, 1),
  pg_temp.happens('jon', 'auto_reply_received', '09T11:00', 2, 1), pg_temp.happens('jon', 'email_sent', '09T08:00', null, null);
select results_eq(
  'select sent, replied, auto_replies from pg_temp.steps where step = 2 and variant = 1', $$ values (0, 1, 2) $$,
  'an event without a variant is of the first; automatic replies are each counted'
);
select is((select sum(sent) from pg_temp.steps), 1::bigint, 'a mail without a step is in none');

-- What the provider reports replaces what it reported before.
select worker.record_campaign_steps(pg_temp.id('bread'), '[{"step": 1, "variant": 1, "sent": 9, "opened": 1, "clicked": 0, "replied": 1, "auto_replies": 0}, {"step": 3, "variant": 1, "sent": 1, "opened": 0, "clicked": 0, "replied": 0, "auto_replies": 0}]');
select worker.record_campaign_steps(pg_temp.id('bread'), '[{"step": 1, "variant": 1, "sent": 10, "opened": 0, "clicked": 0, "replied": 1, "auto_replies": 0}]');
select results_eq(
  $$ select step::integer, sent, client_id from public.campaign_step_analytics where campaign_id = pg_temp.id('bread') $$,
  $$ values (1, 10, pg_temp.id('bakery')) $$, 'a step that the provider no longer names is gone'
);
select results_eq(
  $$ select step, variant_letter, sent, opened, replied from public.campaign_steps where campaign_id = pg_temp.id('bread') order by step, variant $$,
  $$ values (1, 'A', 10::bigint, 1::bigint, 1::bigint), (2, 'A', 1, 0, 1), (2, 'B', 1, 1, 0) $$, 'the view takes the greater of the two, and what was opened or answered was sent'
);

-- Without variants in its webhooks, all that we saw of a step counts for the first one; the provider's own numbers distinguish them.
select pg_temp.happens('uma', 'email_sent', '05T08:00', 4, null), pg_temp.happens('vic', 'email_sent', '05T08:00', 4, null), pg_temp.happens('wim', 'email_sent', '05T08:00', 4, null);
select results_eq(
  $$ select variant_letter, sent from public.campaign_steps where campaign_id = pg_temp.id('bread') and step = 4 $$,
  $$ values ('A', 3::bigint) $$, 'one variant as far as we know'
);
select worker.record_campaign_steps(pg_temp.id('bread'), '[{"step": 4, "variant": 1, "sent": 1, "opened": 0, "clicked": 0, "replied": 0, "auto_replies": 0}, {"step": 4, "variant": 2, "sent": 2, "opened": 0, "clicked": 0, "replied": 0, "auto_replies": 0}]');
select results_eq(
  $$ select variant_letter, sent from public.campaign_steps where campaign_id = pg_temp.id('bread') and step = 4 order by variant $$,
  $$ values ('A', 1::bigint), ('B', 2) $$, 'two as the provider counts them, and no mail twice'
);

-- The z-test against values from tables of the normal distribution.
select is(private.two_proportion_p_value(20, 400, 40, 400), 0.0073, 'z = 2.685 is p = 0.0073');
select is(private.two_proportion_p_value(40, 400, 20, 400), 0.0073, 'in either direction');
select is(private.two_proportion_p_value(25, 500, 26, 500), 0.8857, 'z = 0.144 is p = 0.886');
select is(private.two_proportion_p_value(10, 100, 10, 100), 1.0000, 'no difference at all is p = 1');
select is(private.two_proportion_p_value(0, 100, 0, 100), null, 'two rates of 0 tell nothing');
select is(private.two_proportion_p_value(0, 0, 1, 100), null, 'nor does an empty side');
select results_eq(
  $$ select round(private.complementary_error(x)::numeric, 6) from unnest('{0,0.1,0.5,1,2,3,26,27,1000}'::float8[]) as x $$,
  '{1.000000,0.887537,0.479500,0.157299,0.004678,0.000022,0,0,0}'::numeric[],
  'the function behind it is the complementary error function'
);

-- Ranges: refused where they make no sense.
select throws_ok($$ select * from public.stats_between('2026-10-02', '2026-10-01') $$, 'PT400', 'VALIDATION_FAILED', 'an inverted range is refused');
select throws_ok($$ select * from public.daily_stats_between('2020-01-01', '2023-01-02') $$, 'PT400', 'VALIDATION_FAILED', 'more than three years are refused');
select throws_ok($$ select * from public.campaigns_between(null, '2023-01-02') $$, 'PT400', 'VALIDATION_FAILED', 'a day is missing');
select throws_ok($$ select * from public.stats_between('-infinity', 'infinity') $$, 'PT400', 'VALIDATION_FAILED', 'and for ever is no range');

-- A meeting counts on the day of its first event, also after the label has changed; without an event on the day of the label.
select pg_temp.happens('ida', 'lead_meeting_booked', '10T09:00'), pg_temp.happens('ida', 'lead_meeting_completed', '12T09:00'),
  pg_temp.happens('ida', 'lead_not_interested', '14T09:00');
insert into public.synced_leads (client_id, campaign_id, email, interest_status_reported, interest_label, interest_changed_at_reported)
values (pg_temp.id('bakery'), pg_temp.id('bread'), 'kim@lead.test', 'positive', 'lead_closed', '2026-10-13T09:00Z');
select results_eq(
  $$ select day, meetings, positive from public.daily_stats_between('2026-10-01', '2026-10-31', pg_temp.id('bakery')) where meetings + positive > 0 $$,
  $$ values ('2026-10-10'::date, 1::bigint, 0::bigint), ('2026-10-13', 1, 1) $$, 'meetings stay, sentiment is the latest'
);

-- A day's rates are those of every other view: nothing to divide by, more than there can be, and what does not end after four decimals.
insert into public.campaign_activity (campaign_id, day, client_id, sent, contacted, opened, clicked, replied, bounced)
values
  (pg_temp.id('teeth'), '2026-09-01', pg_temp.id('dentist'), 0, 0, 0, 0, 0, 0), (pg_temp.id('teeth'), '2026-09-02', pg_temp.id('dentist'), 2, 3, 2, 1, 1, 5),
  (pg_temp.id('teeth'), '2026-09-03', pg_temp.id('dentist'), 0, 7, 7, 3, 2, 1);
insert into public.synced_leads (client_id, campaign_id, email, interest_status_reported, interest_changed_at_reported)
values (pg_temp.id('dentist'), pg_temp.id('teeth'), 'lou@lead.test', 'positive', '2026-09-04T09:00Z');
select results_eq(
  $$ select day, open_rate, click_rate, reply_rate, positive_rate, bounce_rate from public.client_daily_stats where client_id = pg_temp.id('dentist') order by day $$,
  $$ select day, private.rate(opened, contacted), private.rate(clicked, contacted), private.rate(replied, contacted), private.rate(positive, contacted),
       private.rate(bounced, sent)
     from public.client_daily_stats where client_id = pg_temp.id('dentist') order by day $$, 'a day''s rates are made as all rates are'
);

-- As Ada: her own numbers and no others, no costs until she may see them.
select pg_temp.sign_in('ada');
select results_eq(
  $$ select client_name, opened, contacted from public.stats_between('2026-10-01', '2026-10-31') $$, $$ values ('Bakery', 1::bigint, 5::bigint) $$,
  'a client can ask for its own range'
);
select is_empty($$ select * from public.stats_between('2026-10-01', '2026-10-31', pg_temp.id('dentist')) $$, 'a client cannot ask for another''s');
select is_empty($$ select * from public.daily_stats_between('2026-10-01', '2026-10-31', null, pg_temp.id('teeth')) $$, 'nor for another''s campaign');
select throws_ok($$ select public.record_cost(pg_temp.id('bakery'), 'other', 1) $$, 'PT403', 'FORBIDDEN', 'a client cannot enter a cost');
select throws_ok($$ select public.change_client(pg_temp.id('bakery'), '{"may_see_costs": true}') $$, 'PT403', 'FORBIDDEN', 'a client cannot let itself see costs');
reset role;

select pg_temp.sign_in('olga');
select isnt(public.record_cost(pg_temp.id('bakery'), 'sending', 40, pg_temp.id('bread')), null, 'an operator can enter a cost');
select throws_ok($$ select public.record_cost(pg_temp.id('bakery'), 'sending', 1, pg_temp.id('teeth')) $$, 'PT404', 'NOT_FOUND', 'but not for a campaign of another client');
select results_eq(
  $$ select campaign_name, currency, cost, estimated_revenue, roi from public.campaign_costs where client_id = pg_temp.id('bakery') $$,
  $$ values ('Bread', 'EUR', 40.00, 100.00, 1.5000) $$, 'cost, revenue of one positive lead, return'
);
reset role;
select pg_temp.sign_in('ada');
select is_empty('select 1 from public.cost_entries union all select 1 from public.campaign_costs union all select 1 from public.client_costs', 'a client cannot see costs by default');
reset role;
update public.clients set may_see_costs = true where id = pg_temp.id('bakery');
select pg_temp.sign_in('ada');
select results_eq('select cost from public.client_costs', $$ values (40.00) $$, 'a client can see them where it may');
reset role;
select results_eq(
  $$ select action from public.audit_log where target_type = 'cost' $$, $$ values ('cost_recorded') $$, 'what an operator enters is in the audit log'
);

select * from finish();
rollback;
