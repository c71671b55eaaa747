-- What a campaign and a client cost and brought. The ratios are defined twice: one view for both kinds of rows would be planned
-- for both at each reading, which took 9 ms instead of 3.

-- One row per campaign and currency: that of the client, and any other in which money was spent on it.
create view public.campaign_costs
with (security_invoker = true)
as
select
  n.client_id,
  n.campaign_id,
  n.campaign_name,
  n.currency,
  n.cost,
  n.sent,
  n.leads,
  n.replied,
  n.positive,
  round(nullif(n.cost, 0) / nullif(n.sent, 0), 4) as cost_per_email,
  round(nullif(n.cost, 0) / nullif(n.leads, 0), 4) as cost_per_lead,
  round(nullif(n.cost, 0) / nullif(n.replied, 0), 4) as cost_per_reply,
  round(nullif(n.cost, 0) / nullif(n.positive, 0), 4) as cost_per_positive_reply,
  n.estimated_revenue,
  round((n.estimated_revenue - n.cost) / nullif(n.cost, 0), 4) as roi,
  n.meetings_held,
  round(nullif(n.cost, 0) / nullif(n.meetings_held, 0), 4) as cost_per_meeting_held
from (
  select
    k.client_id,
    k.campaign_id,
    k.name as campaign_name,
    money.currency,
    coalesce(spent.cost, 0)::numeric(14, 2) as cost,
    k.sent,
    k.leads,
    k.replied,
    k.positive,
    case
      when money.currency = c.currency then private.estimated_revenue(k.positive, c.positive_reply_value, reported.opportunity_value)
    end::numeric(14, 2) as estimated_revenue,
    (
      select count(*) from public.meetings as m where m.campaign_id = k.campaign_id and m.held_at is not null and m.removed_at is null
    ) as meetings_held
  from public.client_campaigns as k
  join public.clients as c on c.id = k.client_id
  left join public.campaign_analytics_totals as reported on reported.campaign_id = k.campaign_id
  cross join lateral (
    select c.currency
    union
    select e.currency from public.cost_entries as e where e.campaign_id = k.campaign_id
  ) as money
  left join lateral (
    select sum(e.amount) as cost
    from public.cost_entries as e
    where e.campaign_id = k.campaign_id and e.currency = money.currency
  ) as spent on true
  where c.may_see_costs or (select private.may_operate())
) as n;

comment on view public.campaign_costs is
  'Cost, cost per email, lead, reply, positive reply and meeting held, estimated revenue and ROI per campaign and currency. Operators, and the client where clients.may_see_costs is true.';

grant select on public.campaign_costs to authenticated, service_role;

-- The same per client; its cost includes what was spent on no campaign in particular.
create view public.client_costs
with (security_invoker = true)
as
select
  n.client_id,
  n.client_name,
  n.currency,
  n.cost,
  n.cost_without_campaign,
  n.sent,
  n.leads,
  n.replied,
  n.positive,
  round(nullif(n.cost, 0) / nullif(n.sent, 0), 4) as cost_per_email,
  round(nullif(n.cost, 0) / nullif(n.leads, 0), 4) as cost_per_lead,
  round(nullif(n.cost, 0) / nullif(n.replied, 0), 4) as cost_per_reply,
  round(nullif(n.cost, 0) / nullif(n.positive, 0), 4) as cost_per_positive_reply,
  n.estimated_revenue,
  round((n.estimated_revenue - n.cost) / nullif(n.cost, 0), 4) as roi,
  n.meetings_held,
  round(nullif(n.cost, 0) / nullif(n.meetings_held, 0), 4) as cost_per_meeting_held
from (
  select
    k.client_id,
    c.name as client_name,
    money.currency,
    coalesce(spent.cost, 0)::numeric(14, 2) as cost,
    coalesce(spent.cost_without_campaign, 0)::numeric(14, 2) as cost_without_campaign,
    k.sent,
    k.leads,
    k.replied,
    k.positive,
    case when money.currency = c.currency then k.estimated_revenue end::numeric(14, 2) as estimated_revenue,
    (
      select count(*) from public.meetings as m where m.client_id = k.client_id and m.held_at is not null and m.removed_at is null
    ) as meetings_held
  from (
    select
      v.id as client_id,
      coalesce(sum(o.sent), 0)::bigint as sent,
      coalesce(sum(o.leads), 0)::bigint as leads,
      coalesce(sum(o.replied), 0)::bigint as replied,
      coalesce(sum(o.positive), 0)::bigint as positive,
      sum(private.estimated_revenue(o.positive, v.positive_reply_value, reported.opportunity_value)) as estimated_revenue
    from public.clients as v
    left join public.client_campaigns as o on o.client_id = v.id
    left join public.campaign_analytics_totals as reported on reported.campaign_id = o.campaign_id
    group by v.id
  ) as k
  join public.clients as c on c.id = k.client_id
  cross join lateral (
    select c.currency
    union
    select e.currency from public.cost_entries as e where e.client_id = k.client_id
  ) as money
  left join lateral (
    select sum(e.amount) as cost, sum(e.amount) filter (where e.campaign_id is null) as cost_without_campaign
    from public.cost_entries as e
    where e.client_id = k.client_id and e.currency = money.currency
  ) as spent on true
  where c.may_see_costs or (select private.may_operate())
) as n;

comment on view public.client_costs is
  'Cost, cost per email, lead, reply, positive reply and meeting held, estimated revenue and ROI per client and currency, with what was spent on no campaign. Operators, and the client where clients.may_see_costs is true.';

grant select on public.client_costs to authenticated, service_role;
