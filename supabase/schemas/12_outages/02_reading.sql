-- What the provider counts of an outage that we did not observe. The conclusions are drawn in the functions
-- (_shared/sync/infer-events.ts).

-- Opens and clicks that the provider counts and we have not observed, of one campaign:
-- { "provider_campaign_id",
--   "leads": [{ "email", "type", "missing", "inferred", "last_at", "last_is_observed", "earliest_at", "latest_at",
--               "observed_days": [day], "account" }],
--   "days": [{ "day", "type", "events", "leads" }] }
-- missing = counted by the provider up to last_at and not among ours; inferred = how many of ours were concluded before;
-- days = how many events and distinct leads of a day the provider counts more than we saw.
create function worker.read_campaign_outage(target_campaign_id uuid)
returns jsonb
language plpgsql
stable
set search_path = ''
as $$
declare
  outage private.webhook_outages;
  known_as text;
  until timestamptz;
  missing_leads jsonb;
  missing_days jsonb;
begin
  select g.* into outage
  from private.webhook_outages as g
  join public.campaigns as c on c.connection_id = g.connection_id
  where c.id = target_campaign_id and g.settled_at is null;

  select p.provider_campaign_id into known_as from private.provider_campaigns as p where p.campaign_id = target_campaign_id;

  if outage.id is null or known_as is null then
    return null;
  end if;

  until := coalesce(outage.ends_at, now());

  with counted as (
    select
      l.id as lead_id, g.email, t.type, t.count_provider, t.last_at,
      greatest(outage.starts_at, least(l.sent_at, t.last_at)) as earliest_at,
      coalesce(l.sender_account, g.sender_account) as account
    from private.outage_leads as g
    join public.synced_leads as l on l.campaign_id = g.campaign_id and l.email = g.email
    cross join lateral (
      values
        ('email_opened'::public.email_event_type, g.open_count, g.opened_at),
        ('email_clicked'::public.email_event_type, g.click_count, g.clicked_at)
    ) as t (type, count_provider, last_at)
    where g.campaign_id = target_campaign_id and t.last_at >= outage.starts_at
  ),
  observed as (
    select
      e.lead_id, e.type,
      -- Two minutes, because the provider may note the time of the lead and that of the delivery one after the other.
      count(*) filter (where e.occurred_at <= c.last_at + interval '2 minutes') as events,
      bool_or(e.occurred_at between c.last_at - interval '2 minutes' and c.last_at + interval '2 minutes') as has_last,
      count(*) filter (where e.is_inferred) as inferred,
      jsonb_agg(distinct (e.occurred_at at time zone 'UTC')::date) filter (where e.occurred_at >= date_trunc('day', outage.starts_at, 'UTC')) as days
    from public.email_events as e
    join counted as c on c.lead_id = e.lead_id and c.type = e.type
    -- By the lead: the index of the campaign would read all its events.
    where e.campaign_id is not distinct from target_campaign_id and e.type in ('email_opened', 'email_clicked')
    group by e.lead_id, e.type
  )
  select coalesce(jsonb_agg(jsonb_build_object(
    'email', c.email, 'type', c.type, 'missing', c.count_provider - coalesce(s.events, 0), 'inferred', coalesce(s.inferred, 0),
    'last_at', c.last_at, 'last_is_observed', coalesce(s.has_last, false),
    'earliest_at', least(c.earliest_at, c.last_at), 'latest_at', least(c.last_at, until),
    'observed_days', coalesce(s.days, '[]'), 'account', c.account
  ) order by c.email, c.type), '[]')
  into missing_leads
  from counted as c
  left join observed as s on s.lead_id = c.lead_id and s.type = c.type
  where c.count_provider > coalesce(s.events, 0);

  select coalesce(jsonb_agg(jsonb_build_object('day', d.day, 'type', t.type, 'events', t.events, 'leads', t.leads) order by d.day), '[]')
  into missing_days
  from public.campaign_analytics as d
  left join public.campaign_activity as a on a.campaign_id = d.campaign_id and a.day = d.day
  cross join lateral (
    values
      ('email_opened', d.opens - coalesce(a.opens, 0), d.opened - coalesce(a.opened, 0)),
      ('email_clicked', d.clicks - coalesce(a.clicks, 0), d.clicked - coalesce(a.clicked, 0))
  ) as t (type, events, leads)
  where d.campaign_id = target_campaign_id
    and d.day between (outage.starts_at at time zone 'UTC')::date and (until at time zone 'UTC')::date
    and t.events > 0;

  return jsonb_build_object('provider_campaign_id', known_as, 'leads', missing_leads, 'days', missing_days);
end
$$;

comment on function worker.read_campaign_outage(uuid) is
  'Opens and clicks of a campaign that the provider counts and we have not observed, per lead and per day. Service role only.';

grant execute on function worker.read_campaign_outage(uuid) to service_role;

-- Bounces and unsubscribes that the provider shows as a lead's state and no event brought, of all campaigns of a connection:
-- { "leads": [{ "campaign_id", "provider_campaign_id", "email", "type", "account", "earliest_at", "latest_at" }],
--   "account_days": [{ "account", "day", "events" }] }
-- Never more per campaign than the provider's lifetime counters exceed ours; account_days = bounces of a mailbox and day
-- that the provider counts more than we saw.
create function worker.read_ended_outage_leads(target_connection_id uuid)
returns jsonb
language plpgsql
stable
set search_path = ''
as $$
declare
  outage private.webhook_outages;
  until timestamptz;
  ended jsonb;
  account_days jsonb;
begin
  select g.* into outage from private.webhook_outages as g where g.connection_id = target_connection_id and g.settled_at is null;
  until := coalesce(outage.ends_at, now());

  with candidate as (
    select
      p.provider_campaign_id, g.campaign_id, g.email, t.type, coalesce(l.sender_account, g.sender_account) as account,
      greatest(outage.starts_at, g.contacted_at, last_mail.at) as earliest_at,
      greatest(outage.starts_at, least(g.updated_at, until)) as latest_at,
      row_number() over (partition by g.campaign_id, t.type order by coalesce(last_mail.at, g.contacted_at) desc nulls last, g.email) as position,
      t.room
    from private.outage_leads as g
    join public.campaigns as c on c.id = g.campaign_id and c.connection_id = target_connection_id
    join private.provider_campaigns as p on p.campaign_id = g.campaign_id
    join public.synced_leads as l on l.campaign_id = g.campaign_id and l.email = g.email
    left join public.campaign_analytics_totals as reported on reported.campaign_id = g.campaign_id
    left join public.campaign_activity_totals as observed on observed.campaign_id = g.campaign_id
    left join lateral (
      select e.occurred_at as at
      from public.email_events as e
      where e.lead_id = l.id and e.type = 'email_sent' and e.occurred_at >= outage.starts_at - interval '3 days'
      order by e.occurred_at desc
      limit 1
    ) as last_mail on true
    cross join lateral (
      values
        ('email_bounced'::public.email_event_type, g.has_bounced, coalesce(reported.bounced, 0) - coalesce(observed.bounced, 0)),
        ('lead_unsubscribed'::public.email_event_type, g.has_unsubscribed, coalesce(reported.unsubscribed, 0) - coalesce(observed.unsubscribed, 0))
    ) as t (type, is_so, room)
    where t.is_so
      and not exists (select from public.email_events as e where e.lead_id = l.id and e.type = t.type)
  )
  select coalesce(jsonb_agg(jsonb_build_object(
    'campaign_id', c.campaign_id, 'provider_campaign_id', c.provider_campaign_id, 'email', c.email, 'type', c.type,
    'account', c.account, 'earliest_at', least(c.earliest_at, c.latest_at), 'latest_at', c.latest_at
  ) order by c.earliest_at desc, c.campaign_id, c.email), '[]')
  into ended
  from candidate as c
  where c.position <= c.room;

  -- The events of the connection's campaigns are read once, and not once for each mailbox and day.
  with bounced as materialized (
    select e.email_account, (e.occurred_at at time zone 'UTC')::date as day, count(*) as events
    from public.email_events as e
    where e.campaign_id = any (array(select c.id from public.campaigns as c where c.connection_id = target_connection_id))
      and e.connection_id = target_connection_id
      and e.type = 'email_bounced'
      and e.occurred_at >= date_trunc('day', outage.starts_at, 'UTC')
      and e.occurred_at < date_trunc('day', until, 'UTC') + interval '1 day'
    group by e.email_account, (e.occurred_at at time zone 'UTC')::date
  )
  select coalesce(jsonb_agg(jsonb_build_object('account', d.email, 'day', d.day, 'events', d.missing) order by d.email, d.day), '[]')
  into account_days
  from (
    select a.email, n.day, n.bounced_reported - coalesce(b.events, 0) as missing
    from public.email_accounts as a
    join public.email_account_days as n on n.account_id = a.id
    left join bounced as b on b.email_account = a.email and b.day = n.day
    where a.connection_id = target_connection_id
      and n.day between (outage.starts_at at time zone 'UTC')::date and (until at time zone 'UTC')::date
      and n.bounced_reported > 0
  ) as d
  where d.missing > 0;

  return jsonb_build_object('leads', ended, 'account_days', account_days);
end
$$;

comment on function worker.read_ended_outage_leads(uuid) is
  'Bounces and unsubscribes that no event brought, with the days on which the provider counts more bounces than we saw. Service role only.';

grant execute on function worker.read_ended_outage_leads(uuid) to service_role;
