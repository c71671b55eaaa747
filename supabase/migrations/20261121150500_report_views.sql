-- Reports per segment, per step and variant, and what a campaign cost and brought.

-- Reply and positive rates by what is known of the leads. Spelling that differs only in case or blanks is one segment, shown
-- as most leads have it. Grouped by the raw text first: there are few texts and many leads.
create view public.client_segments
with (security_invoker = true)
as
select
  n.*,
  private.rate(n.replied, n.contacted) as reply_rate,
  private.rate(n.positive, n.contacted) as positive_rate,
  n.contacted >= private.minimum_sample() as enough_signal
from (
  select
    s.client_id,
    s.dimension,
    (array_agg(s.segment order by s.leads desc, s.segment collate "C"))[1] as segment,
    sum(s.leads)::bigint as leads,
    sum(s.contacted)::bigint as contacted,
    sum(s.replied)::bigint as replied,
    sum(s.positive)::bigint as positive
  from (
    select
      r.client_id, r.dimension, btrim(regexp_replace(r.raw, '\s+', ' ', 'g')) as segment, r.leads, r.contacted, r.replied, r.positive
    from (
      select
        l.client_id,
        d.dimension,
        d.raw,
        count(*) as leads,
        count(*) filter (
          where l.sent_count > 0 or l.contacted_at is not null or l.open_count > 0 or l.click_count > 0 or l.reply_count > 0
            or l.bounced_at is not null
        ) as contacted,
        count(*) filter (where l.reply_count > 0) as replied,
        count(*) filter (where l.interest_status = 'positive') as positive
      from public.synced_leads as l
      cross join lateral (values ('industry', l.industry), ('job_title', l.job_title), ('company_size', l.company_size)) as d (dimension, raw)
      where d.raw is not null
      group by l.client_id, d.dimension, d.raw
    ) as r
  ) as s
  where s.segment <> ''
  group by s.client_id, s.dimension, lower(s.segment)
) as n;

comment on view public.client_segments is
  'Leads of a client by industry, job title and company size, over all campaigns: contacted (also who opened, clicked, replied or bounced without a mail that we know of), replied and positive leads and their rates, never above 1. Spellings that differ in case or blanks are one segment.';

-- How likely a difference at least this big is by chance alone, if both had the same rate: the two-sided two-proportion z-test
-- with the pooled rate. Null where both rates are 0 or both are 1, for then there is nothing to tell apart.
create function private.two_proportion_p_value(part_one bigint, whole_one bigint, part_two bigint, whole_two bigint)
returns numeric
language sql
immutable
set search_path = ''
as $$
  select round(erfc(abs(p.one - p.two) / sqrt(p.pooled * (1 - p.pooled) * (1.0 / whole_one + 1.0 / whole_two)) / sqrt(2.0::float8))::numeric, 4)
  from (
    select
      part_one::float8 / whole_one as one, part_two::float8 / whole_two as two,
      (part_one + part_two)::float8 / (whole_one + whole_two) as pooled
    where whole_one > 0 and whole_two > 0
  ) as p
  where p.pooled > 0 and p.pooled < 1
$$;

comment on function private.two_proportion_p_value(bigint, bigint, bigint, bigint) is
  'Two-sided p-value of the two-proportion z-test (pooled), four decimals.';

-- Mails that a variant must have sent before it is compared, and replies that either side must be expected to have; with
-- fewer the z-test promises more than it knows.
create function private.minimum_expected_replies()
returns integer
language sql
immutable
set search_path = ''
as $$
  select 5
$$;

comment on function private.minimum_expected_replies() is
  'Replies that both sides of a comparison must be expected to have at their common rate, or there is not enough signal.';

-- One row per step and variant, the greater of the two witnesses, each variant against the best other one of its step.
create view public.campaign_steps
with (security_invoker = true)
as
select
  t.client_id,
  t.campaign_id,
  t.campaign_name,
  t.step::integer as step,
  t.variant::integer as variant,
  case when t.variant <= 26 then chr(64 + t.variant) else t.variant::text end as variant_letter,
  t.sent,
  t.opened,
  t.replied,
  t.clicked,
  t.auto_replies,
  private.rate(t.opened, t.sent) as open_rate,
  private.rate(t.replied, t.sent) as reply_rate,
  private.rate(t.clicked, t.sent) as click_rate,
  t.place = 1 and t.comparable > 1 and t.replied > 0 as is_best,
  case
    when t.variants < 2 then null
    when not t.is_enough then 'not_enough_signal'
    when p.value < 0.05 then 'significant'
    when p.value < 0.1 then 'likely'
    else 'no_difference'
  end as significance,
  p.value as p_value,
  t.sent >= private.minimum_sample() as enough_signal,
  t.as_of,
  extract(epoch from now() - t.as_of)::bigint as age_seconds
from (
  select
    o.*,
    coalesce(
      o.sent >= private.minimum_sample() and o.other_sent >= private.minimum_sample()
      and least(o.sent, o.other_sent) * (o.answered + o.other_answered)
        >= private.minimum_expected_replies() * (o.sent + o.other_sent),
      false
    ) as is_enough
  from (
    select
      n.*,
      row_number() over best as place,
      count(*) over step as variants,
      count(*) filter (where n.is_comparable) over step as comparable,
      case when row_number() over best = 1 then nth_value(n.sent, 2) over best else first_value(n.sent) over best end as other_sent,
      case when row_number() over best = 1 then nth_value(n.answered, 2) over best else first_value(n.answered) over best end
        as other_answered
    from (
      select
        m.*,
        least(m.replied, m.sent) as answered,
        m.sent >= private.minimum_sample() as is_comparable
      from (
        select
          c.client_id,
          c.id as campaign_id,
          c.name as campaign_name,
          s.step,
          s.variant,
          s.sent,
          s.opened,
          s.replied,
          s.clicked,
          s.auto_replies,
          s.as_of
        from (
          select
            coalesce(said.campaign_id, seen.campaign_id) as campaign_id,
            coalesce(said.step, seen.step) as step,
            coalesce(said.variant, seen.variant) as variant,
            -- What was opened, clicked or answered was sent.
            greatest(
              said.sent, seen.sent, said.opened, seen.opened, said.clicked, seen.clicked, said.replied, seen.replied, 0
            )::bigint as sent,
            greatest(said.opened, seen.opened, 0)::bigint as opened,
            greatest(said.replied, seen.replied, 0)::bigint as replied,
            greatest(said.clicked, seen.clicked, 0)::bigint as clicked,
            greatest(said.auto_replies, seen.auto_replies, 0)::bigint as auto_replies,
            greatest(said.synced_at, seen.seen_at) as as_of
          from public.campaign_step_analytics as said
          full join (
            -- A provider that names no variant in its webhooks (Smartlead) makes all that we saw of a step the first one's;
            -- where it reports several variants itself, only its own numbers say which was which.
            select a.*
            from public.campaign_step_activity as a
            where a.variant > 1
              or exists (
                select from public.campaign_step_activity as o
                where o.campaign_id = a.campaign_id and o.step = a.step and o.variant > 1
              )
              or not exists (
                select from public.campaign_step_analytics as r
                where r.campaign_id = a.campaign_id and r.step = a.step and r.variant > 1
              )
          ) as seen
            on seen.campaign_id = said.campaign_id and seen.step = said.step and seen.variant = said.variant
        ) as s
        join public.campaigns as c on c.id = s.campaign_id
      ) as m
    ) as n
    window
      step as (partition by n.campaign_id, n.step),
      best as (
        partition by n.campaign_id, n.step
        order by n.is_comparable desc, n.answered::numeric / nullif(n.sent, 0) desc nulls last, n.sent desc, n.variant
        rows between unbounded preceding and unbounded following
      )
  ) as o
) as t
left join lateral (
  select case when t.is_enough then private.two_proportion_p_value(t.answered, t.sent, t.other_answered, t.other_sent) end as value
) as p on true;

comment on view public.campaign_steps is
  'Numbers per step and variant (both from 1) over the campaign''s whole life; rates of sent, never above 1. is_best = the highest reply rate of the step; significance and p_value compare a variant with the best other one of its step (two-proportion z-test); null where a step has one variant.';

-- What a campaign's positive leads are worth: the client's own value of a positive reply where an operator has set one, else the
-- value of the opportunities as the provider states it.
create function private.estimated_revenue(positive bigint, positive_reply_value numeric, opportunity_value numeric)
returns numeric
language sql
immutable
set search_path = ''
as $$
  select case
    when positive_reply_value is not null then round(positive * positive_reply_value, 2)
    when opportunity_value > 0 then opportunity_value
  end
$$;

comment on function private.estimated_revenue(bigint, numeric, numeric) is
  'Positive leads times the client''s value of one; without that value the provider''s opportunity value where it is above 0; else null.';

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
  round((n.estimated_revenue - n.cost) / nullif(n.cost, 0), 4) as roi
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
      when money.currency = c.currency then private.estimated_revenue(k.positive, c.positive_reply_value, said.opportunity_value)
    end::numeric(14, 2) as estimated_revenue
  from public.client_campaigns as k
  join public.clients as c on c.id = k.client_id
  left join public.campaign_analytics_totals as said on said.campaign_id = k.campaign_id
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
  'Cost, cost per email, lead, reply and positive reply, estimated revenue and ROI per campaign and currency. Operators, and the client where clients.may_see_costs is true.';

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
  round((n.estimated_revenue - n.cost) / nullif(n.cost, 0), 4) as roi
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
    case when money.currency = c.currency then k.estimated_revenue end::numeric(14, 2) as estimated_revenue
  from (
    select
      o.client_id,
      sum(o.sent)::bigint as sent,
      sum(o.leads)::bigint as leads,
      sum(o.replied)::bigint as replied,
      sum(o.positive)::bigint as positive,
      sum(private.estimated_revenue(o.positive, v.positive_reply_value, said.opportunity_value)) as estimated_revenue
    from public.client_campaigns as o
    join public.clients as v on v.id = o.client_id
    left join public.campaign_analytics_totals as said on said.campaign_id = o.campaign_id
    group by o.client_id
    union all
    select v.id, 0, 0, 0, 0, null
    from public.clients as v
    where not exists (select from public.campaigns as o where o.client_id = v.id)
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
  'Cost, cost per email, lead, reply and positive reply, estimated revenue and ROI per client and currency, with what was spent on no campaign. Operators, and the client where clients.may_see_costs is true.';

grant execute on function
  private.two_proportion_p_value(bigint, bigint, bigint, bigint),
  private.minimum_expected_replies(),
  private.estimated_revenue(bigint, numeric, numeric)
to authenticated, service_role;

grant select on
  public.client_segments, public.campaign_steps, public.campaign_costs, public.client_costs
to authenticated, service_role;
