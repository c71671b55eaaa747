-- What came of the replies: each meeting with its lead, and from positive reply to won deal.

create view public.client_meetings
with (security_invoker = true)
as
select
  m.id as meeting_id,
  m.client_id,
  m.campaign_id,
  c.name as campaign_name,
  m.lead_id,
  l.email,
  l.first_name,
  l.last_name,
  l.company_name,
  m.status,
  m.source,
  m.status_at,
  m.booked_at,
  m.held_at,
  m.won_at,
  m.occurs_at,
  m.value,
  m.currency,
  m.note,
  m.step::integer as step,
  m.variant::integer as variant
from public.meetings as m
join public.synced_leads as l on l.id = m.lead_id
join public.campaigns as c on c.id = m.campaign_id
where m.removed_at is null;

comment on view public.client_meetings is
  'Meetings that count, with lead and campaign. Clients see their own, operators all.';

grant select on public.client_meetings to authenticated, service_role;

-- Of this many on a stage, the share that reached the next one says something.
create function private.minimum_stage()
returns integer
language plpgsql
immutable
set search_path = ''
as $$
begin
  return 10;
end
$$;

comment on function private.minimum_stage() is 'Leads or meetings on a stage of the pipeline below which no rate is made of it.';

grant execute on function private.minimum_stage() to authenticated, service_role;

-- Only leads that are positive or have a meeting are read; spelling that differs in case or blanks is one segment, as in
-- client_segments. Nothing is spent on a segment in particular, so only client and campaigns have costs.
create view public.client_pipeline
with (security_invoker = true)
as
select
  n.client_id,
  n.dimension,
  n.segment,
  n.campaign_id,
  n.currency,
  n.positive,
  n.booked,
  n.held,
  n.no_show,
  n.won,
  n.lost,
  n.won_value,
  n.open_value,
  n.in_other_currencies,
  case when n.positive >= private.minimum_stage() then private.rate(n.booked, n.positive) end as booked_rate,
  case when n.booked >= private.minimum_stage() then private.rate(n.held, n.booked) end as held_rate,
  case when n.held >= private.minimum_stage() then private.rate(n.won, n.held) end as won_rate,
  spent.cost,
  round(nullif(spent.cost, 0) / nullif(n.held, 0), 4) as cost_per_meeting_held,
  round(nullif(spent.cost, 0) / nullif(n.won, 0), 4) as cost_per_won
from (
  select
    t.client_id,
    d.dimension,
    min(d.segment collate "C") as segment,
    d.campaign_id,
    o.currency,
    count(distinct l.id) filter (where l.interest_status = 'positive') as positive,
    count(m.id) as booked,
    count(m.held_at) as held,
    count(m.id) filter (where m.status = 'no_show') as no_show,
    count(m.id) filter (where m.status = 'won') as won,
    count(m.id) filter (where m.status = 'lost') as lost,
    coalesce(sum(m.value) filter (where m.status = 'won' and m.currency = o.currency), 0)::numeric(14, 2) as won_value,
    coalesce(sum(m.value) filter (where m.status in ('booked', 'held') and m.currency = o.currency), 0)::numeric(14, 2) as open_value,
    count(m.value) filter (where m.currency <> o.currency) as in_other_currencies
  from (
    select p.client_id, p.id as lead_id from public.synced_leads as p where p.interest_status = 'positive'
    union
    select q.client_id, q.lead_id from public.meetings as q where q.removed_at is null
  ) as t
  join public.clients as o on o.id = t.client_id
  join public.synced_leads as l on l.id = t.lead_id
  join public.campaigns as k on k.id = l.campaign_id
  left join public.meetings as m on m.lead_id = l.id and m.removed_at is null
  cross join lateral (
    values
      ('client', 'All campaigns', null::uuid), ('campaign', k.name, k.id), ('industry', l.industry, null),
      ('job_title', l.job_title, null), ('company_size', l.company_size, null)
  ) as v (dimension, raw, campaign_id)
  cross join lateral (
    select v.dimension, btrim(regexp_replace(v.raw, '\s+', ' ', 'g')) as segment, v.campaign_id
  ) as d
  where d.segment <> ''
  group by t.client_id, o.currency, d.dimension, lower(d.segment), d.campaign_id
) as n
left join lateral (
  select sum(e.amount) as cost
  from public.cost_entries as e
  where n.dimension in ('client', 'campaign')
    and e.client_id = n.client_id
    and (n.campaign_id is null or e.campaign_id = n.campaign_id)
    and e.currency = n.currency
) as spent on true;

comment on view public.client_pipeline is
  'From positive reply to booked, held and won, per client, campaign, industry, job title and company size, all time; value and costs in the client''s currency. Rates only of ten or more; costs for operators, and the client where clients.may_see_costs is true.';

grant select on public.client_pipeline to authenticated, service_role;
