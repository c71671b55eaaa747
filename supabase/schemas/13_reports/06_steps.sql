-- Rates per step and variant of a campaign's sequence, and whether the difference of two variants means something.

-- One row per step and variant, the greater of reported and observed, each variant against the best other one of its step.
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
  extract(epoch from now() - t.as_of)::bigint as age_seconds,
  (
    select count(*)
    from public.meetings as w
    where w.campaign_id = t.campaign_id and w.step = t.step and coalesce(w.variant, 1) = t.variant and w.removed_at is null
  ) as meetings,
  t.opportunities_reported,
  t.meetings_reported,
  t.won_reported
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
          s.opportunities_reported,
          s.meetings_reported,
          s.won_reported,
          s.as_of
        from (
          select
            coalesce(reported.campaign_id, observed.campaign_id) as campaign_id,
            coalesce(reported.step, observed.step) as step,
            coalesce(reported.variant, observed.variant) as variant,
            -- What was opened, clicked or answered was sent.
            greatest(
              reported.sent, observed.sent, reported.opened, observed.opened, reported.clicked, observed.clicked, reported.replied, observed.replied, 0
            )::bigint as sent,
            greatest(reported.opened, observed.opened, 0)::bigint as opened,
            greatest(reported.replied - coalesce(observed.replied_overruled, 0), observed.replied, 0)::bigint as replied,
            greatest(reported.clicked, observed.clicked, 0)::bigint as clicked,
            greatest(reported.auto_replies, observed.auto_replies, 0)::bigint as auto_replies,
            reported.opportunities as opportunities_reported,
            reported.meetings as meetings_reported,
            reported.won as won_reported,
            greatest(reported.synced_at, observed.observed_at) as as_of
          from public.campaign_step_analytics as reported
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
          ) as observed
            on observed.campaign_id = reported.campaign_id and observed.step = reported.step and observed.variant = reported.variant
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
  'Numbers per step and variant (both from 1) over the campaign''s whole life; rates of sent, never above 1. is_best = the highest reply rate of the step; significance and p_value compare a variant with the best other one of its step (two-proportion z-test); null where a step has one variant. meetings = those that the mail led to, as known here; the reported ones are the provider''s, by the label of now.';

grant select on public.campaign_steps to authenticated, service_role;
