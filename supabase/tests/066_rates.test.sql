-- No rate is above 1, in no view and no function that the catalogue knows, whatever is reported and observed.

begin;
set local search_path = public, extensions;
select plan(9);

create function pg_temp.id(name text) returns uuid language sql immutable as $$ select md5('rates ' || name)::uuid $$;

insert into public.clients (id, name) values (pg_temp.id('bakery'), 'Bakery');
insert into public.provider_connections (id, client_id, name) values (pg_temp.id('dedicated'), pg_temp.id('bakery'), 'Bakery');
insert into public.campaigns (id, client_id, connection_id, name)
select pg_temp.id(name), pg_temp.id('bakery'), pg_temp.id('dedicated'), name
from unnest(array['observed', 'reported', 'both', 'unobserved', 'labelled']) as n (name);
select private.map_provider_campaign(pg_temp.id('dedicated'), name, pg_temp.id(name))
from unnest(array['observed', 'reported', 'both', 'unobserved', 'labelled']) as n (name);

-- Seen: 60 people of whom we know nothing but that they opened, clicked, replied or bounced, each three times over two days.
insert into private.webhook_events (connection_id, event_key, provider_campaign_id, event, payload)
select
  pg_temp.id('dedicated'), gen_random_uuid(), c.name,
  jsonb_build_object(
    'type', t.type, 'email', 'p' || n || '@rates.test', 'email_account', 'mia@outreach.test', 'step', 1 + n % 2, 'variant', 1,
    'occurred_at', (now() - interval '3 days' + make_interval(hours => n, mins => k))::text, 'provider_campaign_ids', jsonb_build_array(c.name)
  ),
  '{}'
from unnest(array['observed', 'both']) as c (name)
cross join generate_series(1, 60) as n
cross join generate_series(1, 3) as k
cross join unnest(array['email_opened', 'email_clicked', 'reply_received', 'email_bounced', 'lead_interested']) with ordinality as t (type, number)
where n % 5 = t.number - 1 or t.number = 5;
insert into public.email_accounts (connection_id, client_id, email, status)
values (pg_temp.id('dedicated'), pg_temp.id('bakery'), 'mia@outreach.test', 'active');
do $$ begin while (worker.process_webhook_events(500) ->> 'claimed')::integer > 0 loop end loop; end $$;

-- Reported: a provider that counts more opens than contacts, in its totals, its days, its steps and its mailboxes.
select worker.record_campaign_totals(jsonb_agg(jsonb_build_object(
  'campaign_id', pg_temp.id(name), 'leads', 3, 'sent', 2, 'contacted', 1, 'opened', 9, 'clicked', 8, 'replied', 7, 'auto_replies', 0, 'bounced', 6,
  'unsubscribed', 5, 'completed', 0, 'opportunities', 0, 'opportunity_value', 0
))) from unnest(array['reported', 'both', 'unobserved']) as n (name);
select worker.record_campaign_analytics(pg_temp.id(name), jsonb_agg(jsonb_build_object(
  'day', (now() at time zone 'UTC')::date - d, 'sent', 2, 'contacted', 1, 'new_contacted', 1, 'opens', 9, 'opened', 9, 'clicks', 9, 'clicked', 8, 'replies', 9,
  'replied', 7, 'auto_replies', 0, 'opportunities', 0, 'bounced', 6, 'unsubscribed', 5
))) from unnest(array['reported', 'both', 'unobserved']) as n (name), generate_series(1, 4) as d group by name;
select worker.record_campaign_steps(pg_temp.id(name), '[{"step": 1, "variant": 1, "sent": 1, "opened": 9, "clicked": 8, "replied": 7, "auto_replies": 0}]')
from unnest(array['reported', 'both']) as n (name);
select worker.record_email_account_days(pg_temp.id('dedicated'), array['mia@outreach.test'], jsonb_build_array(jsonb_build_object(
  'email', 'mia@outreach.test', 'day', (now() at time zone 'UTC')::date - 1, 'sent', 1, 'bounced', 9, 'contacted', 1, 'opens', 9, 'opened', 9,
  'clicks', 9, 'clicked', 9, 'replies', 9, 'replied', 9, 'auto_replies', 0
)));
-- Labelled: people with a label who were never mailed.
insert into public.synced_leads (client_id, campaign_id, email, industry, interest_status_reported, interest_changed_at_reported)
select pg_temp.id('bakery'), pg_temp.id('labelled'), 'q' || n || '@rates.test', 'Bakeries', 'positive', now() from generate_series(1, 9) as n;
update public.synced_leads set industry = 'Bakeries' where client_id = pg_temp.id('bakery');
update public.synced_leads set sent_count_reported = 1 where email = 'q1@rates.test';

-- Every numeric column that is called a rate, of every view and of every function that answers for a range of days.
create function pg_temp.rates() returns table (place text, value numeric) language plpgsql as $$
declare
  one record;
begin
  for one in
    select c.relname, a.attname
    from pg_catalog.pg_class as c
    join pg_catalog.pg_attribute as a on a.attrelid = c.oid and a.attnum > 0 and not a.attisdropped
    where c.relnamespace = 'public'::regnamespace and c.relkind in ('v', 'm', 'r', 'p') and a.atttypid = 'numeric'::regtype and a.attname ~ '_rate$'
  loop
    return query execute format('select %L, max(abs(%I)) from public.%I', one.relname || '.' || one.attname, one.attname, one.relname);
  end loop;

  for one in
    select days.n, f.name
    from generate_series(0, 5) as days (n)
    cross join (values ('stats_between'), ('campaigns_between')) as f (name)
  loop
    return query execute format(
      'select %L || '' '' || e.key, max(abs(e.value::text::numeric)) from public.%I($1, $2) as r cross join jsonb_each(to_jsonb(r)) as e
       where e.key ~ ''_rate$'' and e.value <> ''null'' group by e.key', one.name, one.name
    ) using (now() at time zone 'UTC')::date - one.n, (now() at time zone 'UTC')::date - one.n / 2;
  end loop;
end
$$;
create temporary table rate as select * from pg_temp.rates();

select is_empty('select * from rate where value > 1', 'no rate is above 1');
select cmp_ok((select count(distinct place) from rate where value is not null), '>', 20::bigint, 'and there are many of them, each with a value');
select is((select bool_or(value = 1) from rate), true, 'some of which would be above 1 if it were only divided');

-- A lead that did anything was contacted.
select is((select contacted from public.campaign_activity_totals where campaign_id = pg_temp.id('observed')), 48, 'who opened, clicked, replied or bounced counts as contacted, once');
select is((select contacted from public.client_campaigns where campaign_id = pg_temp.id('observed')), 48::bigint, 'in the view too');
select is((select contacted from public.client_campaigns where campaign_id = pg_temp.id('reported')), 9::bigint, 'of a provider''s numbers the greatest counts');
select is(
  (select contacted from public.client_segments where client_id = pg_temp.id('bakery') and dimension = 'industry'), 97::bigint,
  'a segment counts each such lead, and none that only has a label'
);
select is(
  (select sum(contacted) from public.campaign_first_times where campaign_id = pg_temp.id('observed')), 48::bigint, 'the first times say the same'
);
select results_eq(
  format('select distinct bounced, unsubscribed from public.campaign_analytics where campaign_id = %L', pg_temp.id('reported')), $$ values (6, 5) $$,
  'a day holds the bounces and unsubscribes that the provider reports'
);

select * from finish();
rollback;
