-- What the provider counts: per campaign, per day, per step.

-- Lifetime totals: [{ "campaign_id", "leads", "sent", "contacted", "opened", "clicked", "replied", "auto_replies",
-- "bounced", "unsubscribed", "completed", "opportunities", "opportunity_value" }]
create function worker.record_campaign_totals(totals jsonb)
returns void
language sql
volatile
set search_path = ''
as $$
  insert into public.campaign_analytics_totals as t
    (campaign_id, client_id, leads, sent, contacted, opened, clicked, replied, auto_replies, bounced, unsubscribed,
     completed, opportunities, opportunity_value, synced_at)
  select
    c.id, c.client_id, n.leads, n.sent, n.contacted, n.opened, n.clicked, n.replied, n.auto_replies, n.bounced, n.unsubscribed,
    n.completed, n.opportunities, n.opportunity_value, now()
  from jsonb_to_recordset(totals) as n (
    campaign_id uuid, leads integer, sent integer, contacted integer, opened integer, clicked integer, replied integer,
    auto_replies integer, bounced integer, unsubscribed integer, completed integer, opportunities integer, opportunity_value numeric
  )
  join public.campaigns as c on c.id = n.campaign_id
  order by c.id
  -- The campaign cannot move to another client before this is written.
  for key share of c
  on conflict (campaign_id) do update set
    client_id = excluded.client_id,
    leads = excluded.leads,
    sent = excluded.sent,
    contacted = excluded.contacted,
    opened = excluded.opened,
    clicked = excluded.clicked,
    replied = excluded.replied,
    auto_replies = excluded.auto_replies,
    bounced = excluded.bounced,
    unsubscribed = excluded.unsubscribed,
    completed = excluded.completed,
    opportunities = excluded.opportunities,
    opportunity_value = excluded.opportunity_value,
    synced_at = excluded.synced_at
$$;

comment on function worker.record_campaign_totals(jsonb) is 'Writes the provider''s lifetime totals of campaigns. Service role only.';

grant execute on function worker.record_campaign_totals(jsonb) to service_role;

-- Daily analytics of one campaign: [{ "day", "sent", "contacted", "new_contacted", "opens", "opened", "clicks",
-- "clicked", "replies", "replied", "auto_replies", "opportunities", "bounced"?, "unsubscribed"? }]
create function worker.record_campaign_analytics(target_campaign_id uuid, days jsonb)
returns void
language sql
volatile
set search_path = ''
as $$
  insert into public.campaign_analytics as a
    (campaign_id, day, client_id, sent, contacted, new_contacted, opens, opened, clicks, clicked, replies, replied,
     auto_replies, opportunities, bounced, unsubscribed, synced_at)
  select
    c.id, n.day, c.client_id, n.sent, n.contacted, n.new_contacted, n.opens, n.opened, n.clicks, n.clicked, n.replies, n.replied,
    n.auto_replies, n.opportunities, n.bounced, n.unsubscribed, now()
  from jsonb_to_recordset(days) as n (
    day date, sent integer, contacted integer, new_contacted integer, opens integer, opened integer, clicks integer,
    clicked integer, replies integer, replied integer, auto_replies integer, opportunities integer,
    bounced integer, unsubscribed integer
  )
  join public.campaigns as c on c.id = target_campaign_id
  -- An implausible day is left out.
  where private.believed_time(n.day::timestamp at time zone 'UTC', now()) is not null
  order by n.day
  for key share of c
  on conflict (campaign_id, day) do update set
    client_id = excluded.client_id,
    sent = excluded.sent,
    contacted = excluded.contacted,
    new_contacted = excluded.new_contacted,
    opens = excluded.opens,
    opened = excluded.opened,
    clicks = excluded.clicks,
    clicked = excluded.clicked,
    replies = excluded.replies,
    replied = excluded.replied,
    auto_replies = excluded.auto_replies,
    opportunities = excluded.opportunities,
    bounced = excluded.bounced,
    unsubscribed = excluded.unsubscribed,
    synced_at = excluded.synced_at
$$;

comment on function worker.record_campaign_analytics(uuid, jsonb) is 'Writes the provider''s daily numbers of one campaign. Service role only.';

grant execute on function worker.record_campaign_analytics(uuid, jsonb) to service_role;

-- The steps of one campaign as the provider counts them, all time:
-- [{ "step", "variant", "sent", "opened", "clicked", "replied", "auto_replies", "opportunities", "meetings", "won" }]; the last three may be absent
create function worker.record_campaign_steps(target_campaign_id uuid, steps jsonb)
returns void
language plpgsql
set search_path = ''
as $$
declare
  owner_id uuid;
begin
  select c.client_id into owner_id
  from public.campaigns as c
  where c.id = target_campaign_id
  -- The campaign cannot move to another client before this is written.
  for key share;

  -- The answer is the whole truth of the provider: a variant that it no longer names is gone.
  delete from public.campaign_step_analytics as a
  where a.campaign_id = target_campaign_id
    and not exists (
      select from jsonb_to_recordset(steps) as n (step smallint, variant smallint)
      where n.step = a.step and n.variant = a.variant
    );

  insert into public.campaign_step_analytics as a
    (campaign_id, step, variant, client_id, sent, opened, clicked, replied, auto_replies, opportunities, meetings, won, synced_at)
  select target_campaign_id, n.step, n.variant, owner_id, n.sent, n.opened, n.clicked, n.replied, n.auto_replies, n.opportunities,
    n.meetings, n.won, now()
  from jsonb_to_recordset(steps) as n (
    step smallint, variant smallint, sent integer, opened integer, clicked integer, replied integer, auto_replies integer,
    opportunities integer, meetings integer, won integer
  )
  where owner_id is not null
  order by n.step, n.variant
  on conflict (campaign_id, step, variant) do update set
    client_id = excluded.client_id,
    sent = excluded.sent,
    opened = excluded.opened,
    clicked = excluded.clicked,
    replied = excluded.replied,
    auto_replies = excluded.auto_replies,
    opportunities = excluded.opportunities,
    meetings = excluded.meetings,
    won = excluded.won,
    synced_at = excluded.synced_at;
end
$$;

comment on function worker.record_campaign_steps(uuid, jsonb) is
  'Writes the provider''s numbers per step and variant of one campaign. Service role only.';

grant execute on function worker.record_campaign_steps(uuid, jsonb) to service_role;
