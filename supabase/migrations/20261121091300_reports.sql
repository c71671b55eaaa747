-- Generated from supabase/schemas/13_reports by "npm run migrations".

-- How every rate is made, and from which size on it means something.

-- Below this many contacted leads a rate says nothing yet. In plpgsql, as the next one, so that its plan is kept.
create function private.minimum_sample()
returns integer
language plpgsql
immutable
set search_path = ''
as $$
begin
  return 100;
end
$$;

comment on function private.minimum_sample() is 'Contacted leads below which rates carry enough_signal = false.';

grant execute on function private.minimum_sample() to authenticated, service_role;

-- A share as a fraction between 0 and 1 with four decimals; null when there is nothing to divide by. Never above 1: a lead that did
-- something belongs to those who could, also if what came before fell into another range or was never reported.
create function private.rate(part bigint, whole bigint)
returns numeric
language plpgsql
immutable
set search_path = ''
as $$
begin
  return case when whole > 0 then round(least(part::numeric / whole, 1), 4) end;
end
$$;

comment on function private.rate(bigint, bigint) is 'part / whole rounded to four decimals, at most 1, null for an empty whole.';

grant execute on function private.rate(bigint, bigint) to authenticated, service_role;

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

grant execute on function private.minimum_expected_replies() to authenticated, service_role;

-- erfc(x) for x from 0 on. Postgres has it from version 16 on, and projects on 15 exist; with one formula all show the same value. It is the
-- Chebyshev fit of Numerical Recipes (chapter 6.2), exact to 1.2e-7; beyond 26 the result is below every number of four decimals.
create function private.complementary_error(x float8)
returns float8
language plpgsql
immutable
set search_path = ''
as $$
declare
  t constant float8 := 1 / (1 + 0.5 * x);
begin
  return case when x > 26 then 0 else
    t * exp(-x * x - 1.26551223 + t * (1.00002368 + t * (0.37409196 + t * (0.09678418 + t * (-0.18628806 + t * (
      0.27886807 + t * (-1.13520398 + t * (1.48851587 + t * (-0.82215223 + t * 0.17087277)))))))))
  end;
end
$$;

comment on function private.complementary_error(float8) is
  'Complementary error function erfc(x) of x >= 0, to 1.2e-7: the two-sided probability of a normal value beyond x times the root of 2.';

grant execute on function private.complementary_error(float8) to authenticated, service_role;

-- How likely a difference at least this big is by chance alone, if both had the same rate: the two-sided two-proportion z-test
-- with the pooled rate. Null where both rates are 0 or both are 1, for then there is nothing to tell apart.
create function private.two_proportion_p_value(part_one bigint, whole_one bigint, part_two bigint, whole_two bigint)
returns numeric
language plpgsql
immutable
set search_path = ''
as $$
declare
  pooled float8;
begin
  if (whole_one > 0 and whole_two > 0) is not true then
    return null;
  end if;
  pooled := (part_one + part_two)::float8 / (whole_one + whole_two);
  if (pooled > 0 and pooled < 1) is not true then
    return null;
  end if;
  return round(
    private.complementary_error(
      abs(part_one::float8 / whole_one - part_two::float8 / whole_two)
        / sqrt(pooled * (1 - pooled) * (1.0 / whole_one + 1.0 / whole_two)) / sqrt(2.0::float8)
    )::numeric,
    4
  );
end
$$;

comment on function private.two_proportion_p_value(bigint, bigint, bigint, bigint) is
  'Two-sided p-value of the two-proportion z-test (pooled), four decimals.';

grant execute on function private.two_proportion_p_value(bigint, bigint, bigint, bigint) to authenticated, service_role;

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

grant execute on function private.estimated_revenue(bigint, numeric, numeric) to authenticated, service_role;

-- What clients and operators read first: campaigns, days, clients. One definition set, documented in docs/metrics.md: sums first, rates after,
-- automatic replies apart, the greater of what the provider reports and what was observed by webhook, and the age of both.
-- The list of rates is repeated in each view: another view around them only to share it would hide which columns a view has.

-- Definer, because a client does not see shared connections, but what it reads of a campaign must be true there too.
create function private.list_stopped_connections()
returns table (connection_id uuid, state text)
language sql
stable
security definer
set search_path = ''
as $$
  select c.id, case when c.removed_at is null then 'paused' else 'removed' end
  from public.provider_connections as c
  where (c.removed_at is not null or c.status = 'paused')
    and (
      (select private.may_operate())
      or exists (
        select
        from public.campaigns as k
        where k.connection_id = c.id and k.client_id = any (array(select private.visible_client_ids()))
      )
    )
$$;

comment on function private.list_stopped_connections() is
  'Connections that are paused or removed: what their provider does meanwhile is not known. Only those through which the caller''s clients send.';

grant execute on function private.list_stopped_connections() to authenticated, service_role;

-- One row per campaign, all time.
create view public.client_campaigns
with (security_invoker = true)
as
select
  n.*,
  private.rate(n.opened, n.contacted) as open_rate,
  private.rate(n.replied, n.contacted) as reply_rate,
  private.rate(n.clicked, n.contacted) as click_rate,
  private.rate(n.bounced, n.sent) as bounce_rate,
  private.rate(n.positive, n.contacted) as positive_rate,
  n.contacted >= private.minimum_sample() as enough_signal,
  extract(epoch from now() - n.as_of)::bigint as age_seconds
from (
  select
    c.client_id,
    c.id as campaign_id,
    c.name,
    c.provider,
    c.generation_status,
    c.provider_status,
    stopped.state as connection_stopped,
    leads.leads::bigint as leads,
    greatest(reported.sent, observed.sent, 0)::bigint as sent,
    -- A lead that opened, clicked or replied was contacted, whichever of the two reports it.
    greatest(
      reported.contacted, observed.contacted, reported.opened, observed.opened, reported.clicked, observed.clicked, reported.replied, observed.replied, 0
    )::bigint as contacted,
    greatest(reported.opened, observed.opened, 0)::bigint as opened,
    greatest(reported.replied - coalesce(observed.replied_overruled, 0), observed.replied, 0)::bigint as replied,
    greatest(reported.clicked, observed.clicked, 0)::bigint as clicked,
    greatest(reported.bounced, observed.bounced, 0)::bigint as bounced,
    greatest(reported.unsubscribed, observed.unsubscribed, 0)::bigint as unsubscribed,
    greatest(reported.auto_replies, observed.auto_replies, 0)::bigint as auto_replies,
    liked.positive::bigint as positive,
    c.synced_at,
    observed.last_event_at,
    observed.observed_at,
    greatest(c.synced_at, observed.observed_at) as as_of
  from public.campaigns as c
  left join public.campaign_analytics_totals as reported on reported.campaign_id = c.id
  left join public.campaign_activity_totals as observed on observed.campaign_id = c.id
  left join private.list_stopped_connections() as stopped on stopped.connection_id = c.connection_id
  -- Two counts, each answered by an index alone.
  cross join lateral (
    select count(*) as leads from public.synced_leads as l
    where l.campaign_id = c.id and l.client_id = c.client_id and l.removed_at is null
  ) as leads
  cross join lateral (
    select count(*) as positive
    from public.synced_leads as l
    where l.client_id = c.client_id and l.interest_status = 'positive' and l.campaign_id = c.id
  ) as liked
) as n;

comment on view public.client_campaigns is
  'Lifetime numbers per campaign: the greater of what the provider reports and what was observed. contacted, opened, replied, clicked, positive count leads; sent and bounced count mails. A lead that opened, clicked or replied counts as contacted. Rates are fractions of contacted (bounce_rate: of sent), never above 1. as_of and age_seconds give the age of the numbers. connection_stopped (paused, removed) = provider_status is only the last that we heard.';

grant select on public.client_campaigns to authenticated, service_role;

-- One row per campaign and day of its client: the greater of reported and observed of the UTC day, with what we saw on another day
-- at the client moved there (private.day_shifts). Both sources are compared as the providers cut them, so a mail between the
-- two midnights counts once. What only the provider knows has no hour and stays on its UTC day: has_provider_day. Sources under
-- each other instead of a full join, so that a condition on client, campaign or day reaches each table.
create view private.campaign_daily_numbers
with (security_invoker = true)
as
select
  g.client_id,
  g.campaign_id,
  g.day,
  g.sent,
  -- A lead that opened, clicked or replied was contacted, whichever of the two reports it.
  greatest(g.contacted, g.opened, g.clicked, g.replied_told) as contacted,
  g.opened,
  g.replied,
  g.clicked,
  g.bounced,
  g.unsubscribed,
  g.auto_replies,
  g.synced_at,
  g.observed_at,
  g.has_provider_day
from (
  select
    n.client_id,
    n.campaign_id,
    n.day,
    coalesce(max(n.sent), 0) + sum(n.sent_shift) as sent,
    coalesce(max(n.contacted), 0) + sum(n.contacted_shift) as contacted,
    coalesce(max(n.opened), 0) + sum(n.opened_shift) as opened,
    greatest(max(n.replied_reported) - coalesce(max(n.replied_overruled), 0), max(n.replied_observed), 0) + sum(n.replied_shift) as replied,
    greatest(max(n.replied_reported), max(n.replied_observed), 0) + sum(n.replied_shift) as replied_told,
    coalesce(max(n.clicked), 0) + sum(n.clicked_shift) as clicked,
    coalesce(max(n.bounced), 0) + sum(n.bounced_shift) as bounced,
    coalesce(max(n.unsubscribed), 0) + sum(n.unsubscribed_shift) as unsubscribed,
    coalesce(max(n.auto_replies), 0) + sum(n.auto_replies_shift) as auto_replies,
    max(n.synced_at) as synced_at,
    max(n.observed_at) as observed_at,
    max(n.sent) > coalesce(max(n.sent) filter (where n.observed_at is not null), 0)
      or max(n.opened) > coalesce(max(n.opened) filter (where n.observed_at is not null), 0)
      or max(n.replied_reported) - coalesce(max(n.replied_overruled), 0) > coalesce(max(n.replied_observed), 0)
      or max(n.clicked) > coalesce(max(n.clicked) filter (where n.observed_at is not null), 0)
      or max(n.contacted) > coalesce(max(n.contacted) filter (where n.observed_at is not null), 0) as has_provider_day
  from (
    select
      r.client_id, r.campaign_id, r.day, r.sent, r.contacted, r.opened, r.replied as replied_reported, null::integer as replied_observed,
      null::integer as replied_overruled, r.clicked, r.bounced, r.unsubscribed, r.auto_replies,
      0 as sent_shift, 0 as contacted_shift, 0 as opened_shift, 0 as replied_shift, 0 as clicked_shift, 0 as bounced_shift,
      0 as unsubscribed_shift, 0 as auto_replies_shift, r.synced_at, null::timestamptz as observed_at
    from public.campaign_analytics as r
    union all
    select
      o.client_id, o.campaign_id, o.day, o.sent, o.contacted, o.opened, null, o.replied, o.replied_overruled, o.clicked, o.bounced, o.unsubscribed, o.auto_replies,
      0, 0, 0, 0, 0, 0, 0, 0, null, o.observed_at
    from public.campaign_activity as o
    union all
    select
      s.client_id, s.campaign_id, s.day, null, null, null, null, null, null, null, null, null, null,
      s.sent, s.contacted, s.opened, s.replied, s.clicked, s.bounced, s.unsubscribed, s.auto_replies, null, null
    from private.day_shifts as s
  ) as n
  group by n.client_id, n.campaign_id, n.day
) as g;

comment on view private.campaign_daily_numbers is
  'Numbers per campaign and day of its client: the greater of what the provider reports and what was observed of the UTC day, with what was observed on another day at the client moved there; under the caller''s policies.';

grant select on private.campaign_daily_numbers to authenticated, service_role;

-- One row per client and day of the client. Its rates are written out as private.rate makes them: a call takes 1.75 µs, three times as
-- long, and three years of days have 5,475 of them.
create view public.client_daily_stats
with (security_invoker = true)
as
select
  d.client_id, d.day, d.sent, d.contacted, d.opened, d.replied, d.clicked, d.bounced, d.unsubscribed, d.auto_replies, d.positive,
  d.synced_at, d.observed_at, d.as_of,
  case when d.contacted > 0 then round(least(d.opened::numeric / d.contacted, 1), 4) end as open_rate,
  case when d.contacted > 0 then round(least(d.replied::numeric / d.contacted, 1), 4) end as reply_rate,
  case when d.contacted > 0 then round(least(d.clicked::numeric / d.contacted, 1), 4) end as click_rate,
  case when d.sent > 0 then round(least(d.bounced::numeric / d.sent, 1), 4) end as bounce_rate,
  case when d.contacted > 0 then round(least(d.positive::numeric / d.contacted, 1), 4) end as positive_rate,
  k.time_zone as day_zone,
  case when d.has_provider_day and k.time_zone <> 'UTC' then 'UTC' end as provider_zone
from (
  select
    n.client_id,
    n.day,
    sum(n.sent)::bigint as sent,
    sum(n.contacted)::bigint as contacted,
    sum(n.opened)::bigint as opened,
    sum(n.replied)::bigint as replied,
    sum(n.clicked)::bigint as clicked,
    sum(n.bounced)::bigint as bounced,
    sum(n.unsubscribed)::bigint as unsubscribed,
    sum(n.auto_replies)::bigint as auto_replies,
    sum(n.positive)::bigint as positive,
    max(n.synced_at) as synced_at,
    max(n.observed_at) as observed_at,
    greatest(max(n.synced_at), max(n.observed_at)) as as_of,
    bool_or(n.has_provider_day) as has_provider_day
  from (
    select
      c.client_id, c.day, c.sent, c.contacted, c.opened, c.replied, c.clicked, c.bounced, c.unsubscribed, c.auto_replies,
      0 as positive, c.synced_at, c.observed_at, c.has_provider_day
    from private.campaign_daily_numbers as c
    union all
    select l.client_id, private.day_in(l.interest_changed_at, k.time_zone), 0, 0, 0, 0, 0, 0, 0, 0, 1, null, null, false
    from public.synced_leads as l
    join public.clients as k on k.id = l.client_id
    where l.interest_status = 'positive' and l.interest_changed_at is not null
  ) as n
  group by n.client_id, n.day
) as d
join public.clients as k on k.id = d.client_id;

comment on view public.client_daily_stats is
  'Numbers per client and day of its time zone (day_zone): per campaign the greater of what the provider reports and what was observed, then added up. contacted, opened, replied, clicked are distinct leads of that day; positive = leads whose current label is positive, on the day they got it; contacted includes leads that opened, clicked or replied on that day; bounced and unsubscribed of the provider only where it reports them per day (Smartlead). provider_zone = the zone of the provider''s days, where a part of the numbers is known from the provider only and so belongs to its day of that date; else null.';

grant select on public.client_daily_stats to authenticated, service_role;

-- One row per client over everything.
create view public.client_overview
with (security_invoker = true)
as
select
  n.*,
  private.rate(n.opened, n.contacted) as open_rate,
  private.rate(n.replied, n.contacted) as reply_rate,
  private.rate(n.clicked, n.contacted) as click_rate,
  private.rate(n.bounced, n.sent) as bounce_rate,
  private.rate(n.positive, n.contacted) as positive_rate,
  n.contacted >= private.minimum_sample() as enough_signal,
  extract(epoch from now() - n.as_of)::bigint as age_seconds
from (
  select
    c.id as client_id,
    c.name as client_name,
    count(k.campaign_id) as campaigns,
    coalesce(sum(k.leads), 0)::bigint as leads,
    coalesce(sum(k.sent), 0)::bigint as sent,
    coalesce(sum(k.contacted), 0)::bigint as contacted,
    coalesce(sum(k.opened), 0)::bigint as opened,
    coalesce(sum(k.replied), 0)::bigint as replied,
    coalesce(sum(k.clicked), 0)::bigint as clicked,
    coalesce(sum(k.bounced), 0)::bigint as bounced,
    coalesce(sum(k.unsubscribed), 0)::bigint as unsubscribed,
    coalesce(sum(k.auto_replies), 0)::bigint as auto_replies,
    coalesce(sum(k.positive), 0)::bigint as positive,
    min(k.synced_at) as synced_at,
    max(k.last_event_at) as last_event_at,
    max(k.as_of) as as_of
  from public.clients as c
  left join public.client_campaigns as k on k.client_id = c.id
  group by c.id, c.name
) as n;

comment on view public.client_overview is
  'Lifetime numbers per client: sums over client_campaigns, rates over the sums. synced_at = the oldest sync among its campaigns; as_of = the newest word from either source.';

grant select on public.client_overview to authenticated, service_role;

-- Numbers per campaign and day that add up to any range of days; what people call (04_ranges.sql) only adds them up.
-- The definition is in docs/metrics.md.

-- Refuses a range that makes no sense or would take too long.
create function private.require_days(from_day date, to_day date)
returns void
language plpgsql
immutable
set search_path = ''
as $$
begin
  if from_day is null or to_day is null or not isfinite(from_day) or not isfinite(to_day) then
    raise exception using errcode = 'PT400', message = 'VALIDATION_FAILED',
      detail = 'Give from_day and to_day as days such as 2026-11-01; both are included';
  end if;

  if from_day > to_day then
    raise exception using errcode = 'PT400', message = 'VALIDATION_FAILED',
      detail = format('from_day %L is after to_day %L; swap them', from_day, to_day);
  end if;

  if to_day > from_day + interval '3 years' then
    raise exception using errcode = 'PT400', message = 'VALIDATION_FAILED',
      detail = format('From %L to %L is more than three years; ask for a shorter range', from_day, to_day);
  end if;
end
$$;

comment on function private.require_days(date, date) is 'Raises VALIDATION_FAILED for a missing, inverted or too long range of days.';

grant execute on function private.require_days(date, date) to authenticated, service_role;

-- Per campaign and day what happened, in numbers that add up. Mails, bounces, unsubscribes and automatic replies: the greater
-- of reported and observed of that day. People: on the day of their first time, as we saw it; where the provider knows of more
-- people than we ever saw, its own daily numbers, made smaller together until they add up to its lifetime number (it counts
-- who opens on two days twice). Days are the client's: both sources are compared per UTC day, as the providers cut theirs, and
-- what we saw on another day at the client is moved there (private.day_shifts); the moves add up to 0. has_provider_day = a part
-- is known from the provider only and is on its UTC day of that date. Sums are whole numbers of running totals, so days and ranges add up exactly. Rows only for
-- days with something in them. Mails are compared here and not read from private.campaign_daily_numbers: both tables are read
-- for the people anyway, and reading them once more made a year an eighth slower.
create function private.campaign_days(from_day date, to_day date, only_client uuid, only_campaign uuid)
returns table (
  client_id uuid, campaign_id uuid, day date, sent bigint, contacted bigint, opened bigint, clicked bigint, replied bigint,
  bounced bigint, unsubscribed bigint, auto_replies bigint, positive bigint, meetings bigint,
  has_provider_day boolean
)
language plpgsql
stable
set search_path = ''
-- Planning it over all the months of events takes longer than running it, and the plan is the same for every argument
-- (28 ms for 30 days with a plan of its own, 12 with a kept one, on a busy machine).
set plan_cache_mode = 'force_generic_plan'
as $$
declare
  -- Whose campaigns are asked for, looked up before: with "only_client is null or …" the one plan for all arguments went through all clients
  -- of an operator, 1.9 s of 10,000. Named beside the campaigns too, or the index by client is read for all that the policy shows.
  asked constant uuid[] := case
    when only_client is not null then array[only_client]
    when only_campaign is not null then array(select k.client_id from public.campaigns as k where k.id = only_campaign)
    else array(select o.id from public.clients as o)
  end;
begin
  return query
  with campaign as materialized (
    select k.id, k.client_id, o.time_zone
    from public.campaigns as k
    join public.clients as o on o.id = k.client_id
    where k.client_id = any (asked) and o.id = any (asked) and (only_campaign is null or k.id = only_campaign)
  ),
  -- Of each kind of people either ours are shown, on every day, or the provider's: whichever has more, all time.
  -- The provider's days before the range are needed as one sum only.
  whole as materialized (
    select
      w.campaign_id, w.contacted_before, w.opened_before, w.clicked_before, w.replied_before,
      w.contacted, w.opened, w.clicked, w.replied,
      least(w.contacted, greatest(p.contacted, s.contacted, 0)) as contacted_life,
      least(w.opened, greatest(p.opened, s.opened, 0)) as opened_life,
      least(w.clicked, greatest(p.clicked, s.clicked, 0)) as clicked_life,
      least(w.replied, greatest(p.replied - coalesce(s.replied_overruled, 0), s.replied, 0)) as replied_life,
      coalesce(s.contacted, 0) as contacted_observed, coalesce(s.opened, 0) as opened_observed,
      coalesce(s.clicked, 0) as clicked_observed, coalesce(s.replied, 0) as replied_observed
    from (
      -- Campaign by campaign: for all of them together Postgres reads the index by client as well, which for an operator is everybody's.
      select
        c.id as campaign_id, d.contacted, d.opened, d.clicked, d.replied, d.contacted_before, d.opened_before, d.clicked_before, d.replied_before
      from campaign as c
      cross join lateral (
        select
          sum(a.new_contacted) as contacted, sum(a.opened) as opened, sum(a.clicked) as clicked, sum(a.replied) as replied,
          coalesce(sum(a.new_contacted) filter (where a.day < from_day), 0) as contacted_before,
          coalesce(sum(a.opened) filter (where a.day < from_day), 0) as opened_before,
          coalesce(sum(a.clicked) filter (where a.day < from_day), 0) as clicked_before,
          coalesce(sum(a.replied) filter (where a.day < from_day), 0) as replied_before
        from public.campaign_analytics as a
        where a.campaign_id = c.id
        having count(*) > 0
      ) as d
    ) as w
    left join public.campaign_analytics_totals as p on p.campaign_id = w.campaign_id
    left join public.campaign_activity_totals as s on s.campaign_id = w.campaign_id
  ),
  reported as (
    select
      a.campaign_id, a.day, a.sent, a.auto_replies, a.bounced, a.unsubscribed,
      case when w.contacted_life > w.contacted_observed then
        (w.contacted_before + sum(a.new_contacted) over upto) * w.contacted_life / w.contacted
        - (w.contacted_before + sum(a.new_contacted) over upto - a.new_contacted) * w.contacted_life / w.contacted
      end as contacted,
      case when w.opened_life > w.opened_observed then
        (w.opened_before + sum(a.opened) over upto) * w.opened_life / w.opened
        - (w.opened_before + sum(a.opened) over upto - a.opened) * w.opened_life / w.opened
      end as opened,
      case when w.clicked_life > w.clicked_observed then
        (w.clicked_before + sum(a.clicked) over upto) * w.clicked_life / w.clicked
        - (w.clicked_before + sum(a.clicked) over upto - a.clicked) * w.clicked_life / w.clicked
      end as clicked,
      case when w.replied_life > w.replied_observed then
        (w.replied_before + sum(a.replied) over upto) * w.replied_life / w.replied
        - (w.replied_before + sum(a.replied) over upto - a.replied) * w.replied_life / w.replied
      end as replied
    from public.campaign_analytics as a
    join whole as w on w.campaign_id = a.campaign_id
    where a.campaign_id = any (array(select c.id from campaign as c)) and a.day between from_day and to_day
    window upto as (partition by a.campaign_id order by a.day)
  ),
  part as (
    select
      t.campaign_id, t.day, t.sent, 0 as sent_observed, t.auto_replies, 0 as auto_replies_observed,
      coalesce(t.bounced, 0) as bounced, 0 as bounced_observed, coalesce(t.unsubscribed, 0) as unsubscribed, 0 as unsubscribed_observed,
      t.contacted, t.opened, t.clicked, t.replied, 0 as positive, 0 as meetings,
      t.contacted > 0 or t.opened > 0 or t.clicked > 0 or t.replied > 0 as has_provider_day
    from reported as t
    union all
    select
      s.campaign_id, s.day, 0, s.sent, 0, s.auto_replies, 0, s.bounced, 0, s.unsubscribed,
      null, null, null, null, 0, 0, false
    from public.campaign_activity as s
    where s.client_id = any (asked)
      and s.campaign_id = any (array(select c.id from campaign as c)) and s.day between from_day and to_day
    union all
    -- Moved to the client's day is what both sides are compared with, so it is added to both.
    select
      f.campaign_id, f.day, f.sent, f.sent, f.auto_replies, f.auto_replies, f.bounced, f.bounced, f.unsubscribed, f.unsubscribed,
      case when h.contacted_life > h.contacted_observed then null else f.contacted end,
      case when h.opened_life > h.opened_observed then null else f.opened end,
      case when h.clicked_life > h.clicked_observed then null else f.clicked end,
      case when h.replied_life > h.replied_observed then null else f.replied end,
      0, 0, false
    from (
      select f.campaign_id, f.day, 0 as sent, 0 as auto_replies, 0 as bounced, 0 as unsubscribed, f.contacted, f.opened, f.clicked, f.replied
      from public.campaign_first_times as f
      where f.client_id = any (asked)
        and f.campaign_id = any (array(select c.id from campaign as c)) and f.day between from_day and to_day
      union all
      select
        s.campaign_id, s.day, s.sent, s.auto_replies, s.bounced, s.unsubscribed,
        s.first_contacted, s.first_opened, s.first_clicked, s.first_replied
      from private.day_shifts as s
      where s.client_id = any (asked)
        and s.campaign_id = any (array(select c.id from campaign as c)) and s.day between from_day and to_day
    ) as f
    left join whole as h on h.campaign_id = f.campaign_id
    union all
    select
      l.campaign_id, private.day_in(l.interest_changed_at, c.time_zone), 0, 0, 0, 0, 0, 0, 0, 0,
      null, null, null, null, 1, 0, false
    from (
      -- Read once and then joined: Postgres expects one campaign, and read them for each of 3,000 (63 s, 0.3 s this way).
      select l.campaign_id, l.interest_changed_at
      from public.synced_leads as l
      where l.client_id = any (asked)
        and l.interest_status = 'positive'
        -- For the index: no zone is more than fourteen hours from UTC.
        and l.interest_changed_at >= (from_day - 1)::timestamp at time zone 'UTC'
        and l.interest_changed_at < (to_day + 2)::timestamp at time zone 'UTC'
      offset 0
    ) as l
    join campaign as c on c.id = l.campaign_id
    where private.day_in(l.interest_changed_at, c.time_zone) between from_day and to_day
    union all
    -- A meeting counts once per lead, on the day of its first event or of the one that a person or the CRM recorded; where
    -- neither is there, on the day of the label. None counts of a lead of whom a person removed it, and who has no other.
    select
      m.campaign_id, private.day_in(m.first_at, c.time_zone), 0, 0, 0, 0, 0, 0, 0, 0,
      null, null, null, null, 0, 1, false
    from (
      select n.campaign_id, coalesce(min(n.event_at), min(n.label_at)) as first_at
      from (
        select e.lead_id, e.campaign_id, e.occurred_at as event_at, null::timestamptz as label_at
        from public.email_events as e
        where e.client_id = any (asked)
          and e.type in ('lead_meeting_booked', 'lead_meeting_completed', 'lead_closed')
          and e.lead_id is not null
        union all
        select l.id, l.campaign_id, null, l.interest_changed_at
        from public.synced_leads as l
        where l.client_id = any (asked)
          and l.interest_status = 'positive'
          and l.interest_label in ('lead_meeting_booked', 'lead_meeting_completed', 'lead_closed')
        union all
        select r.lead_id, r.campaign_id, r.booked_at, null
        from public.meetings as r
        where r.client_id = any (asked) and r.removed_at is null and r.source <> 'provider'
        union all
        select r.lead_id, r.campaign_id, null, r.booked_at
        from public.meetings as r
        where r.client_id = any (asked) and r.removed_at is null and r.source = 'provider'
      ) as n
      where n.lead_id <> all (array(
        select r.lead_id
        from public.meetings as r
        where r.client_id = any (asked)
          and r.removed_by_hand
          and not exists (select from public.meetings as s where s.lead_id = r.lead_id and s.removed_at is null)
      ))
      group by n.campaign_id, n.lead_id
    ) as m
    join campaign as c on c.id = m.campaign_id
    where private.day_in(m.first_at, c.time_zone) between from_day and to_day
  )
  select
    c.client_id, c.id, p.day, greatest(sum(p.sent), sum(p.sent_observed))::bigint,
    coalesce(sum(p.contacted), 0)::bigint, coalesce(sum(p.opened), 0)::bigint,
    coalesce(sum(p.clicked), 0)::bigint, coalesce(sum(p.replied), 0)::bigint,
    greatest(sum(p.bounced), sum(p.bounced_observed))::bigint,
    greatest(sum(p.unsubscribed), sum(p.unsubscribed_observed))::bigint,
    greatest(sum(p.auto_replies), sum(p.auto_replies_observed))::bigint,
    sum(p.positive)::bigint, sum(p.meetings)::bigint,
    c.time_zone <> 'UTC' and coalesce(
      bool_or(p.has_provider_day) or sum(p.sent) > sum(p.sent_observed) or sum(p.bounced) > sum(p.bounced_observed)
        or sum(p.unsubscribed) > sum(p.unsubscribed_observed) or sum(p.auto_replies) > sum(p.auto_replies_observed),
      false
    )
  from part as p
  join campaign as c on c.id = p.campaign_id
  group by c.client_id, c.id, c.time_zone, p.day;
end
$$;

comment on function private.campaign_days(date, date, uuid, uuid) is
  'Additive numbers per campaign and day of its client, under the caller''s policies: what stats_between, daily_stats_between and campaigns_between add up.';

grant execute on function private.campaign_days(date, date, uuid, uuid) to authenticated, service_role;

-- Numbers of any range of days: they only add up private.campaign_days.

-- A row of stats_between. A type of its own, because a function's columns may not be named as its arguments are.
create type public.range_stats as (
  client_id uuid, client_name text, from_day date, to_day date, sent bigint, contacted bigint, opened bigint, clicked bigint,
  replied bigint, bounced bigint, unsubscribed bigint, auto_replies bigint, positive bigint, meetings bigint,
  open_rate numeric, reply_rate numeric, click_rate numeric, bounce_rate numeric, positive_rate numeric, enough_signal boolean,
  as_of timestamptz, age_seconds bigint, time_zone text, rebuilding boolean
);

create function public.stats_between(
  from_day date, to_day date, only_client uuid default null, only_campaign uuid default null
)
returns setof public.range_stats
language plpgsql
stable
set search_path = ''
set plan_cache_mode = 'force_generic_plan'
as $$
begin
  perform private.require_days(from_day, to_day);

  return query
  select
    c.id, c.name, stats_between.from_day, stats_between.to_day,
    n.sent, n.contacted, n.opened, n.clicked, n.replied, n.bounced, n.unsubscribed, n.auto_replies, n.positive, n.meetings,
    private.rate(n.opened, n.contacted), private.rate(n.replied, n.contacted), private.rate(n.clicked, n.contacted),
    private.rate(n.bounced, n.sent), private.rate(n.positive, n.contacted), n.contacted >= private.minimum_sample(),
    age.as_of, extract(epoch from now() - age.as_of)::bigint, c.time_zone,
    exists (
      select
      from public.campaigns as k
      left join private.day_cuts as z on z.campaign_id = k.id
      where k.client_id = c.id
        and (only_campaign is null or k.id = only_campaign)
        and (coalesce(z.zone, 'UTC') <> c.time_zone or z.counted_before < 'infinity')
    )
  from public.clients as c
  left join lateral (
    select max(greatest(k.synced_at, observed.observed_at)) as as_of
    from public.campaigns as k
    left join public.campaign_activity_totals as observed on observed.campaign_id = k.id
    where k.client_id = c.id and (only_campaign is null or k.id = only_campaign)
  ) as age on true
  left join (
    select
      d.client_id, sum(d.sent)::bigint, sum(d.contacted)::bigint, sum(d.opened)::bigint, sum(d.clicked)::bigint,
      sum(d.replied)::bigint, sum(d.bounced)::bigint, sum(d.unsubscribed)::bigint, sum(d.auto_replies)::bigint,
      sum(d.positive)::bigint, sum(d.meetings)::bigint
    from private.campaign_days(stats_between.from_day, stats_between.to_day, only_client, only_campaign) as d
    group by d.client_id
  ) as found (client_id, sent, contacted, opened, clicked, replied, bounced, unsubscribed, auto_replies, positive, meetings)
    on found.client_id = c.id
  cross join lateral (
    select
      coalesce(found.sent, 0) as sent, coalesce(found.contacted, 0) as contacted, coalesce(found.opened, 0) as opened,
      coalesce(found.clicked, 0) as clicked, coalesce(found.replied, 0) as replied, coalesce(found.bounced, 0) as bounced,
      coalesce(found.unsubscribed, 0) as unsubscribed, coalesce(found.auto_replies, 0) as auto_replies,
      coalesce(found.positive, 0) as positive, coalesce(found.meetings, 0) as meetings
  ) as n
  where (only_client is null or c.id = only_client)
    and (only_campaign is null or exists (
      select from public.campaigns as k where k.id = only_campaign and k.client_id = c.id
    ))
  order by c.name, c.id;
end
$$;

comment on function public.stats_between(date, date, uuid, uuid) is
  'Numbers of a range of days, both included, each client''s cut at midnight in its own time zone (time_zone): one row per visible client. People count once, in the range of their first time, so ranges add up. rebuilding = some days are still those of another zone, see day_rebuilds.';

grant execute on function public.stats_between(date, date, uuid, uuid) to authenticated, service_role;

create function public.daily_stats_between(
  from_day date, to_day date, only_client uuid default null, only_campaign uuid default null
)
returns table (
  day date, sent bigint, contacted bigint, opened bigint, clicked bigint, replied bigint, bounced bigint, unsubscribed bigint,
  auto_replies bigint, positive bigint, meetings bigint, day_zone text, provider_zone text
)
language plpgsql
stable
set search_path = ''
set plan_cache_mode = 'force_generic_plan'
as $$
declare
  common_zone text;
begin
  perform private.require_days(from_day, to_day);

  -- No days of zeros for what is not there or not the caller's.
  if (only_client is not null and not exists (select from public.clients as c where c.id = only_client))
    or (only_campaign is not null and not exists (
      select from public.campaigns as k
      where k.id = only_campaign and (only_client is null or k.client_id = only_client)
    ))
    or not exists (select from public.clients)
  then
    return;
  end if;

  select case when count(distinct c.time_zone) = 1 then min(c.time_zone) end
  into common_zone
  from public.clients as c
  where (only_client is null or c.id = only_client)
    and (only_campaign is null or exists (select from public.campaigns as k where k.id = only_campaign and k.client_id = c.id));

  return query
  select
    calendar.day, coalesce(sum(d.sent), 0)::bigint, coalesce(sum(d.contacted), 0)::bigint, coalesce(sum(d.opened), 0)::bigint,
    coalesce(sum(d.clicked), 0)::bigint, coalesce(sum(d.replied), 0)::bigint, coalesce(sum(d.bounced), 0)::bigint,
    coalesce(sum(d.unsubscribed), 0)::bigint, coalesce(sum(d.auto_replies), 0)::bigint, coalesce(sum(d.positive), 0)::bigint,
    coalesce(sum(d.meetings), 0)::bigint, common_zone, case when bool_or(d.has_provider_day) then 'UTC' end
  from (select from_day + offset_days from generate_series(0, to_day - from_day) as offset_days) as calendar (day)
  left join private.campaign_days(from_day, to_day, only_client, only_campaign) as d on d.day = calendar.day
  group by calendar.day
  order by calendar.day;
end
$$;

comment on function public.daily_stats_between(date, date, uuid, uuid) is
  'The numbers of stats_between day by day, over all visible clients together: one row for every day of the range, zeros included. The days add up to stats_between. day_zone = where they begin at midnight, null = each client''s in its own zone; provider_zone = the zone of the provider''s days, where a part of the numbers is known from the provider only and so belongs to its day of that date; else null.';

grant execute on function public.daily_stats_between(date, date, uuid, uuid) to authenticated, service_role;

create function public.campaigns_between(from_day date, to_day date, only_client uuid default null)
returns table (
  client_id uuid, campaign_id uuid, name text, sent bigint, contacted bigint, opened bigint, clicked bigint, replied bigint,
  bounced bigint, unsubscribed bigint, auto_replies bigint, positive bigint, meetings bigint,
  reply_rate numeric, positive_rate numeric,
  previous_sent bigint, previous_contacted bigint, previous_opened bigint, previous_clicked bigint, previous_replied bigint,
  previous_bounced bigint, previous_positive bigint, previous_meetings bigint,
  previous_reply_rate numeric, previous_positive_rate numeric, positive_rate_change numeric,
  rank bigint, is_best boolean, enough_signal boolean
)
language plpgsql
stable
set search_path = ''
set plan_cache_mode = 'force_generic_plan'
as $$
begin
  perform private.require_days(from_day, to_day);

  return query
  with total as (
    select
      k.client_id, k.id as campaign_id, k.name,
      coalesce(sum(d.sent) filter (where d.day >= from_day), 0)::bigint as sent,
      coalesce(sum(d.contacted) filter (where d.day >= from_day), 0)::bigint as contacted,
      coalesce(sum(d.opened) filter (where d.day >= from_day), 0)::bigint as opened,
      coalesce(sum(d.clicked) filter (where d.day >= from_day), 0)::bigint as clicked,
      coalesce(sum(d.replied) filter (where d.day >= from_day), 0)::bigint as replied,
      coalesce(sum(d.bounced) filter (where d.day >= from_day), 0)::bigint as bounced,
      coalesce(sum(d.unsubscribed) filter (where d.day >= from_day), 0)::bigint as unsubscribed,
      coalesce(sum(d.auto_replies) filter (where d.day >= from_day), 0)::bigint as auto_replies,
      coalesce(sum(d.positive) filter (where d.day >= from_day), 0)::bigint as positive,
      coalesce(sum(d.meetings) filter (where d.day >= from_day), 0)::bigint as meetings,
      coalesce(sum(d.sent) filter (where d.day < from_day), 0)::bigint as previous_sent,
      coalesce(sum(d.contacted) filter (where d.day < from_day), 0)::bigint as previous_contacted,
      coalesce(sum(d.opened) filter (where d.day < from_day), 0)::bigint as previous_opened,
      coalesce(sum(d.clicked) filter (where d.day < from_day), 0)::bigint as previous_clicked,
      coalesce(sum(d.replied) filter (where d.day < from_day), 0)::bigint as previous_replied,
      coalesce(sum(d.bounced) filter (where d.day < from_day), 0)::bigint as previous_bounced,
      coalesce(sum(d.positive) filter (where d.day < from_day), 0)::bigint as previous_positive,
      coalesce(sum(d.meetings) filter (where d.day < from_day), 0)::bigint as previous_meetings
    from public.campaigns as k
    left join private.campaign_days(from_day - (to_day - from_day + 1), to_day, only_client, null) as d on d.campaign_id = k.id
    where only_client is null or k.client_id = only_client
    group by k.client_id, k.id, k.name
  ),
  rated as (
    select
      t.*,
      private.rate(t.positive, t.contacted) as positive_rate,
      private.rate(t.previous_positive, t.previous_contacted) as previous_positive_rate,
      t.contacted >= private.minimum_sample() as enough_signal
    from total as t
  ),
  ranked as (
    select
      r.*,
      case when r.enough_signal then row_number() over (
        partition by r.client_id, r.enough_signal order by r.positive_rate desc, r.positive desc, r.replied desc, r.campaign_id
      ) end as rank
    from rated as r
  )
  select
    r.client_id, r.campaign_id, r.name, r.sent, r.contacted, r.opened, r.clicked, r.replied, r.bounced, r.unsubscribed,
    r.auto_replies, r.positive, r.meetings, private.rate(r.replied, r.contacted), r.positive_rate,
    r.previous_sent, r.previous_contacted, r.previous_opened, r.previous_clicked, r.previous_replied, r.previous_bounced,
    r.previous_positive, r.previous_meetings, private.rate(r.previous_replied, r.previous_contacted), r.previous_positive_rate,
    r.positive_rate - r.previous_positive_rate, r.rank, coalesce(r.rank = 1 and r.positive > 0, false), r.enough_signal
  from ranked as r
  order by r.client_id, r.rank nulls last, r.contacted desc, r.campaign_id;
end
$$;

comment on function public.campaigns_between(date, date, uuid) is
  'Numbers per campaign in a range of days of its client and in the range of the same length just before it; rank by positive rate within the client, among campaigns with enough signal.';

grant execute on function public.campaigns_between(date, date, uuid) to authenticated, service_role;

-- The last 30 days against the 30 before them. Client by client, so that an operator who names one reads that one only: with all of
-- them at once, 1,000 clients took 69 s for each of them.
create view public.campaign_comparison
with (security_invoker = true)
as
select
  c.id as client_id,
  b.campaign_id, b.name, b.sent, b.contacted, b.opened, b.clicked, b.replied, b.bounced, b.unsubscribed, b.auto_replies, b.positive, b.meetings,
  b.reply_rate, b.positive_rate, b.previous_sent, b.previous_contacted, b.previous_opened, b.previous_clicked, b.previous_replied,
  b.previous_bounced, b.previous_positive, b.previous_meetings, b.previous_reply_rate, b.previous_positive_rate, b.positive_rate_change,
  b.rank, b.is_best, b.enough_signal,
  c.name as client_name
from (select k.id, k.name, private.day_in(now(), k.time_zone) as today from public.clients as k) as c
cross join lateral public.campaigns_between(c.today - 29, c.today, c.id) as b;

comment on view public.campaign_comparison is
  'campaigns_between for the last 30 days of each client (today included) against the 30 before, with the client''s name: best performers and what changed.';

grant select on public.campaign_comparison to authenticated, service_role;

-- Segments: rates by industry, job title and company size of the leads.

-- Reply and positive rates by what is known of the leads. Spelling that differs only in case or blanks is one segment, shown
-- as most leads have it. Grouped by the raw texts first, all three at once: there are few texts and many leads, and each lead is read
-- once (12,500 leads: 20 ms, 37 with a row for each of its texts).
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
        g.client_id, d.dimension, d.raw, sum(g.leads) as leads, sum(g.contacted) as contacted, sum(g.replied) as replied, sum(g.positive) as positive
      from (
        select
          l.client_id,
          l.industry,
          l.job_title,
          l.company_size,
          count(*) as leads,
          count(*) filter (
            where l.sent_count > 0 or l.contacted_at is not null or l.open_count > 0 or l.click_count > 0 or l.reply_count > 0
              or l.bounced_at is not null
          ) as contacted,
          count(*) filter (where l.reply_count > 0) as replied,
          count(*) filter (where l.interest_status = 'positive') as positive
        from public.synced_leads as l
        group by l.client_id, l.industry, l.job_title, l.company_size
      ) as g
      cross join lateral (values ('industry', g.industry), ('job_title', g.job_title), ('company_size', g.company_size)) as d (dimension, raw)
      where d.raw ~ '\S'
      group by g.client_id, d.dimension, d.raw
    ) as r
  ) as s
  group by s.client_id, s.dimension, lower(s.segment)
) as n;

comment on view public.client_segments is
  'Leads of a client by industry, job title and company size, over all campaigns: contacted (also who opened, clicked, replied or bounced without a mail that we know of), replied and positive leads and their rates, never above 1. Spellings that differ in case or blanks are one segment.';

grant select on public.client_segments to authenticated, service_role;

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

-- What a client's campaigns cost, entered by operators; the client reads it only where clients.may_see_costs says so.

create type public.cost_kind as enum ('scraping', 'enrichment', 'verification', 'sending', 'other');

create table public.cost_entries (
  id uuid primary key default gen_random_uuid(),
  client_id uuid not null references public.clients (id) on delete cascade,
  campaign_id uuid references public.campaigns (id) on delete set null,
  kind public.cost_kind not null,
  amount numeric(14, 2) not null check (amount > 0),
  currency text not null check (currency ~ '^[A-Z]{3}$'),
  spent_on date not null,
  note text,
  created_by uuid,
  created_at timestamptz not null default now()
);

comment on table public.cost_entries is
  'Money spent for a client, on one campaign or on none in particular. Amounts of different currencies are never added. Read by operators, and by the client where clients.may_see_costs is true.';
comment on column public.cost_entries.created_by is 'The operator who entered it; null = a script.';

create index cost_entries_client_id_idx on public.cost_entries (client_id, spent_on);
create index cost_entries_campaign_id_idx on public.cost_entries (campaign_id);

alter table public.cost_entries enable row level security;

grant select on public.cost_entries to authenticated;
grant select, insert, update, delete on public.cost_entries to service_role;

-- The inner query reads clients under its own policy: everybody for an operator, one client for its people.
create policy "Operators see every cost, clients theirs where they may"
on public.cost_entries for select to authenticated
using (
  client_id = any (array(select c.id from public.clients as c where c.may_see_costs or (select private.is_operator())))
);

create function private.add_cost(
  target_client_id uuid, target_campaign_id uuid, cost_kind public.cost_kind, cost_amount numeric, cost_currency text,
  cost_spent_on date, cost_note text
)
returns uuid
language plpgsql
security definer
set search_path = ''
as $$
declare
  cost_id uuid;
  valid_currency text;
  zone text;
begin
  perform private.require_operator();

  select coalesce(cost_currency, c.currency), c.time_zone into valid_currency, zone from public.clients as c where c.id = target_client_id;

  if not found then
    raise exception using errcode = 'PT404', message = 'NOT_FOUND',
      detail = format('There is no client %L; check the id', target_client_id);
  end if;

  if target_campaign_id is not null and not exists (
    select from public.campaigns as k where k.id = target_campaign_id and k.client_id = target_client_id
  ) then
    raise exception using errcode = 'PT404', message = 'NOT_FOUND',
      detail = format('Client %L has no campaign %L; check the ids', target_client_id, target_campaign_id);
  end if;

  if cost_kind is null or coalesce(round(cost_amount, 2), 0) <= 0 or cost_amount >= 1e12 or valid_currency !~ '^[A-Z]{3}$' then
    raise exception using errcode = 'PT400', message = 'VALIDATION_FAILED',
      detail = format(
        'Give a kind, an amount of at least 0.01 (it is %L) and a currency of three capital letters such as EUR (it is %L)',
        cost_amount, valid_currency
      );
  end if;

  insert into public.cost_entries (client_id, campaign_id, kind, amount, currency, spent_on, note, created_by)
  values (
    target_client_id, target_campaign_id, cost_kind, cost_amount, valid_currency,
    coalesce(cost_spent_on, private.day_in(now(), zone)), nullif(btrim(cost_note), ''), (select auth.uid())
  )
  returning id into cost_id;

  perform private.write_audit(
    'cost_recorded', 'cost', cost_id::text, target_client_id,
    jsonb_build_object('campaign_id', target_campaign_id, 'kind', cost_kind, 'amount', cost_amount, 'currency', valid_currency)
  );

  return cost_id;
end
$$;

comment on function private.add_cost(uuid, uuid, public.cost_kind, numeric, text, date, text) is
  'The work of public.record_cost; checks the caller itself.';

grant execute on function private.add_cost(uuid, uuid, public.cost_kind, numeric, text, date, text) to authenticated, service_role;

create function public.record_cost(
  target_client_id uuid, cost_kind public.cost_kind, cost_amount numeric, target_campaign_id uuid default null,
  cost_currency text default null, spent_on date default null, note text default null
)
returns uuid
language sql
volatile
set search_path = ''
as $$
  select private.add_cost(
    record_cost.target_client_id, record_cost.target_campaign_id, record_cost.cost_kind, record_cost.cost_amount,
    record_cost.cost_currency, record_cost.spent_on, record_cost.note
  )
$$;

comment on function public.record_cost(uuid, public.cost_kind, numeric, uuid, text, date, text) is
  'Enters a cost of a client, for one of its campaigns or for none in particular; without a currency the client''s, without a day today in its time zone. Returns its id. Operators.';

grant execute on function public.record_cost(uuid, public.cost_kind, numeric, uuid, text, date, text) to authenticated, service_role;

create function private.drop_cost(cost_id uuid)
returns jsonb
language plpgsql
security definer
set search_path = ''
as $$
declare
  removed public.cost_entries;
begin
  perform private.require_operator();

  delete from public.cost_entries as e where e.id = cost_id returning e.* into removed;

  if not found then
    raise exception using errcode = 'PT404', message = 'NOT_FOUND',
      detail = format('There is no cost %L; it may be removed already', cost_id);
  end if;

  perform private.write_audit(
    'cost_removed', 'cost', cost_id::text, removed.client_id,
    jsonb_build_object(
      'campaign_id', removed.campaign_id, 'kind', removed.kind, 'amount', removed.amount, 'currency', removed.currency,
      'spent_on', removed.spent_on
    )
  );

  return jsonb_build_object('cost_id', cost_id, 'client_id', removed.client_id, 'removed', true);
end
$$;

comment on function private.drop_cost(uuid) is 'The work of public.remove_cost; checks the caller itself.';

grant execute on function private.drop_cost(uuid) to authenticated, service_role;

create function public.remove_cost(cost_id uuid)
returns jsonb
language sql
volatile
set search_path = ''
as $$
  select private.drop_cost(remove_cost.cost_id)
$$;

comment on function public.remove_cost(uuid) is
  'Removes a cost that was entered by mistake; what it was stays in audit_log. Returns { cost_id, client_id, removed }. Operators.';

grant execute on function public.remove_cost(uuid) to authenticated, service_role;

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

-- How the mailboxes do.

-- One row per mailbox with its last 30 days; what was not reported of a mailbox is null and not 0. Above 5 % bounces mailbox
-- providers start to refuse a sender.
create view public.email_account_health
with (security_invoker = true)
as
select
  a.id as account_id,
  a.connection_id,
  a.client_id,
  a.email,
  a.status,
  a.status_reason,
  a.provider_kind,
  a.daily_limit,
  d.sent_today,
  a.warmup_status,
  a.warmup_score,
  a.warmup_sent,
  private.rate(a.warmup_landed_spam, a.warmup_sent) as warmup_spam_rate,
  d.sent,
  d.bounced,
  d.replied,
  private.rate(d.bounced, d.sent) as bounce_rate,
  coalesce(d.bounced::numeric / nullif(d.sent, 0) > 0.05, false) as is_bouncing,
  coalesce(d.sent >= private.minimum_sample(), false) as enough_signal,
  a.last_synced_at,
  a.tags
from public.email_accounts as a
cross join lateral (
  -- Days that were read and hold nothing are 0; a mailbox without any reported day is unknown.
  select
    coalesce(sum(n.sent), known.nothing)::bigint as sent,
    coalesce(sum(n.bounced), known.nothing)::bigint as bounced,
    -- Where the provider reported nothing of the day, the replies that we saw.
    coalesce(
      sum(case when n.sent_reported + n.replied > 0 then n.replied else n.replies_observed end), known.nothing
    )::bigint as replied,
    coalesce(sum(n.sent) filter (where n.day = (now() at time zone 'UTC')::date), known.nothing)::bigint as sent_today
  from (
    select case when a.days_synced_at is not null or exists (select from public.email_account_days as o where o.account_id = a.id) then 0 end as nothing
  ) as known
  left join public.email_account_days as n
    on n.account_id = a.id and n.day > (now() at time zone 'UTC')::date - 30
  group by known.nothing
) as d;

comment on view public.email_account_health is
  'Mailboxes with their last 30 UTC days: sent, bounced, bounce_rate (fraction of sent), is_bouncing above 5 %, enough_signal from 100 mails on. Numbers are null where neither the provider nor a webhook reported any.';

grant select on public.email_account_health to authenticated, service_role;

-- Whether deliveries arrive, for the people whose connection it is and not for operators alone.

-- Definer, because webhooks, outages and deliveries are in tables that people may not read. A provider without a webhook for
-- the whole workspace has one per campaign: then its open incident says that some could not be given one.
create function private.list_webhook_states()
returns table (
  connection_id uuid, client_id uuid, provider public.provider, state text, checked_at timestamptz, off_since timestamptz,
  missed_since timestamptz, campaigns bigint, campaigns_covered bigint, last_event_at timestamptz
)
language sql
stable
security definer
set search_path = ''
as $$
  select
    c.id, c.client_id, c.provider,
    case
      when c.removed_at is not null then 'not_registered'
      when coalesce(w.state, i.state) in ('switched_off', 'missing') then coalesce(w.state, i.state)
      when w.connection_id is null and coalesce(p.covered, 0) = 0 and a.last_event_at is null then 'not_registered'
      when g.starts_at is not null then 'repairing'
      when a.last_event_at is null then 'registered'
      else 'on'
    end,
    coalesce(w.checked_at, p.checked_at),
    case when coalesce(w.state, i.state) in ('switched_off', 'missing') then i.opened_at end,
    g.starts_at, p.campaigns, p.covered, a.last_event_at
  from public.provider_connections as c
  left join private.provider_webhooks as w on w.connection_id = c.id
  left join private.connection_activity as a on a.connection_id = c.id
  left join private.webhook_outages as g on g.connection_id = c.id and g.settled_at is null
  left join lateral (
    select substr(n.kind, length('webhook_') + 1) as state, n.opened_at
    from public.incidents as n
    where n.connection_id = c.id and n.kind in ('webhook_switched_off', 'webhook_missing') and n.closed_at is null
    order by n.opened_at desc
    limit 1
  ) as i on true
  left join lateral (
    select count(*) as campaigns, count(m.provider_webhook_id) as covered, max(m.checked_at) as checked_at
    from private.provider_campaigns as k
    left join public.campaigns as n on n.id = k.campaign_id
    left join private.campaign_webhooks as m
      on m.connection_id = k.connection_id and m.provider_campaign_id = k.provider_campaign_id
    where k.connection_id = c.id and k.listed_at is not null and coalesce(n.provider_status not in ('completed', 'deleted'), true)
  ) as p on c.provider = 'smartlead'
  where c.client_id = any (array(select private.connection_client_ids())) or (select private.may_operate())
$$;

comment on function private.list_webhook_states() is
  'The state of our webhook on each connection that the caller may see: a client its dedicated ones where clients.may_see_connection is true, operators and the service role all.';

grant execute on function private.list_webhook_states() to authenticated, service_role;

-- One row per connection.
create view public.client_webhooks
with (security_invoker = true)
as
select
  s.connection_id, s.client_id, s.provider, s.state, s.checked_at, s.off_since, s.missed_since,
  s.campaigns, s.campaigns_covered, s.last_event_at,
  extract(epoch from now() - s.last_event_at)::bigint as last_event_age_seconds
from private.list_webhook_states() as s;

comment on view public.client_webhooks is
  'Our webhook on each connection. state: not_registered, registered (nothing has arrived yet), on, switched_off (by the provider), missing, repairing (on again, what was missed since missed_since is being recovered). campaigns_covered of campaigns have one where each needs its own, else null.';

grant select on public.client_webhooks to authenticated, service_role;

-- Leads, as people look for them: an address in a campaign, before it is exported and after.

-- A page is read newest first from each part of the list: businesses, their LinkedIn contacts, leads without a business.
create index businesses_listing_idx on public.businesses (client_id, created_at, id);
create index businesses_contact_address_idx on public.businesses (client_id, private.normalize_email(linkedin_contact_email))
where linkedin_contact_email is not null;

-- How far a lead is, in one word.
create function private.lead_state(lead public.synced_leads)
returns text
language sql
immutable
set search_path = ''
as $$
  select case
    when lead.removed_at is not null then 'removed'
    when lead.unsubscribed_at is not null then 'unsubscribed'
    else lead.lead_status::text
  end
$$;

comment on function private.lead_state(public.synced_leads) is
  'removed, unsubscribed, else the lead''s status: not_yet_emailed, emailed, replied, bounced.';

grant execute on function private.lead_state(public.synced_leads) to authenticated, service_role;

-- The parts are cut before anything is added to a row: 101 addresses of 200,000 are read. As a view, which joins before
-- it cuts, a page took seconds.
create function public.list_leads(
  target_client_id uuid,
  search text default null,
  target_email text default null,
  target_campaign_id uuid default null,
  target_import_id uuid default null,
  with_verification public.email_deliverability default null,
  with_state text default null,
  with_suppressed boolean default null,
  older_than timestamptz default null,
  below_key text default null,
  page_size integer default 100
)
returns table (
  key text, created_at timestamptz, client_id uuid, client_name text, campaign_id uuid, campaign_name text,
  business_id uuid, recipient public.export_recipient, lead_id uuid, import_id uuid,
  email text, email_as_written text, first_name text, last_name text, company_name text, job_title text, website text,
  phone text, city text, verification public.email_deliverability, is_role_address boolean, custom_variables jsonb,
  state text, sent_count integer, open_count integer, click_count integer, reply_count integer,
  interest_status public.interest_status, last_event_at timestamptz,
  suppressed_reason public.suppression_reason, suppressed_at timestamptz, suppressed_note text, suppressed_entry text,
  suppressed_for_all boolean
)
language plpgsql
stable
set search_path = ''
set plan_cache_mode = 'force_custom_plan'
as $$
#variable_conflict use_column
declare
  pattern text := '%' || regexp_replace(nullif(btrim(search), ''), '([\\%_])', '\\\1', 'g') || '%';
  most integer := least(greatest(coalesce(page_size, 100), 1), 1001);
  suppressed text[];
  domains text[];
begin
  if target_client_id is null then
    raise exception using errcode = 'PT400', message = 'VALIDATION_FAILED',
      detail = 'Say whose leads to list with target_client_id';
  end if;

  -- Whom of the client's own suppressions and of the rules a row can be covered by, looked up once.
  if with_suppressed is not null then
    suppressed := array(select s.email from private.suppressed_entries(target_client_id) as s (email) where strpos(s.email, '@') > 0);
    domains := array(select s.email from private.suppressed_entries(target_client_id) as s (email) where strpos(s.email, '@') = 0);
  end if;

  return query
  with part as materialized (
    (
      select
        b.id || ' 1' as key, b.created_at, b.campaign_id, b.id as business_id, 'business'::public.export_recipient as recipient,
        l.id as lead_id, n.email, l.state
      from public.businesses as b
      cross join lateral (select private.normalize_email(b.email) as email) as n
      left join lateral (
        select w.id, private.lead_state(w) as state
        from public.synced_leads as w
        where w.campaign_id = b.campaign_id and w.email = n.email
        limit 1
      ) as l on true
      where b.client_id = target_client_id
        -- Its lead has another address at the provider: it is listed as that lead.
        and (l.id is not null or not exists (
          select
          from public.synced_leads as w
          where w.business_id = b.id and w.email is distinct from private.normalize_email(b.linkedin_contact_email)
        ))
        and (target_email is null or private.normalize_email(b.email) = target_email)
        and (target_campaign_id is null or b.campaign_id = target_campaign_id)
        and (target_import_id is null or b.import_id = target_import_id)
        and (with_verification is null or b.email_deliverability = with_verification)
        and (older_than is null or b.created_at <= older_than)
        and (older_than is null or b.created_at < older_than or b.id || ' 1' collate "C" < below_key)
        and (pattern is null or b.email ilike pattern or b.name ilike pattern or b.first_name ilike pattern or b.last_name ilike pattern)
        and (with_suppressed is null or with_suppressed = coalesce(n.email = any (suppressed) or (domains <> '{}' and private.suppression_entries(n.email) && domains), false))
        and (with_state is null or with_state = coalesce(l.state, 'not_exported'))
      order by b.created_at desc, b.id desc
      limit most
    )
    union all
    (
      select
        b.id || ' 2', b.created_at, b.campaign_id, b.id, 'linkedin_contact', l.id, n.email, l.state
      from public.businesses as b
      cross join lateral (select private.normalize_email(b.linkedin_contact_email) as email) as n
      left join lateral (
        select w.id, private.lead_state(w) as state
        from public.synced_leads as w
        where w.campaign_id = b.campaign_id and w.email = n.email
        limit 1
      ) as l on true
      where b.client_id = target_client_id
        and b.linkedin_contact_email is not null
        and (target_email is null or private.normalize_email(b.linkedin_contact_email) = target_email)
        and (target_campaign_id is null or b.campaign_id = target_campaign_id)
        and (target_import_id is null or b.import_id = target_import_id)
        and (with_verification is null or b.linkedin_contact_email_deliverability = with_verification)
        and (older_than is null or b.created_at <= older_than)
        and (older_than is null or b.created_at < older_than or b.id || ' 2' collate "C" < below_key)
        and (pattern is null or b.linkedin_contact_email ilike pattern or b.name ilike pattern or b.linkedin_contact_name ilike pattern)
        and (with_suppressed is null or with_suppressed = coalesce(n.email = any (suppressed) or (domains <> '{}' and private.suppression_entries(n.email) && domains), false))
        and (with_state is null or with_state = coalesce(l.state, 'not_exported'))
      order by b.created_at desc, b.id desc
      limit most
    )
    union all
    (
      select
        l.id || ' 3', l.created_at, l.campaign_id, l.business_id, null, l.id, l.email, private.lead_state(l)
      from public.synced_leads as l
      where l.client_id = target_client_id
        and target_import_id is null
        and with_verification is null
        and (target_email is null or l.email = target_email)
        and (target_campaign_id is null or l.campaign_id = target_campaign_id)
        and (older_than is null or l.created_at <= older_than)
        and (older_than is null or l.created_at < older_than or l.id || ' 3' collate "C" < below_key)
        and (pattern is null or l.email ilike pattern or l.company_name ilike pattern or l.first_name ilike pattern or l.last_name ilike pattern)
        and (with_suppressed is null or with_suppressed = coalesce(l.email = any (suppressed) or (domains <> '{}' and private.suppression_entries(l.email) && domains), false))
        and (with_state is null or with_state = private.lead_state(l))
        and not exists (
          select
          from public.businesses as b
          where b.client_id = l.client_id and private.normalize_email(b.email) = l.email and b.campaign_id = l.campaign_id
        )
        and not exists (
          select
          from public.businesses as b
          where b.client_id = l.client_id
            and b.linkedin_contact_email is not null
            and private.normalize_email(b.linkedin_contact_email) = l.email
            and b.campaign_id = l.campaign_id
        )
      order by l.created_at desc, l.id desc
      limit most
    )
  ),
  page as materialized (
    select p.* from part as p order by p.created_at desc, p.key collate "C" desc limit most
  )
  select
    p.key, p.created_at, target_client_id, k.name, p.campaign_id, c.name, p.business_id, p.recipient, p.lead_id, b.import_id,
    p.email,
    case p.recipient when 'business' then b.email when 'linkedin_contact' then b.linkedin_contact_email else p.email end,
    case p.recipient when 'business' then b.first_name when 'linkedin_contact' then b.linkedin_contact_name else l.first_name end,
    case p.recipient when 'business' then b.last_name when 'linkedin_contact' then null else l.last_name end,
    coalesce(b.name, l.company_name),
    case p.recipient when 'business' then b.job_title when 'linkedin_contact' then b.linkedin_contact_title else l.job_title end,
    coalesce(b.website, l.website), coalesce(b.phone, l.phone), b.city,
    case p.recipient when 'business' then b.email_deliverability when 'linkedin_contact' then b.linkedin_contact_email_deliverability end,
    coalesce(p.recipient = 'business' and b.is_role_address, false),
    coalesce(nullif(b.custom_variables, '{}'), l.payload, '{}'),
    coalesce(p.state, 'not_exported'),
    l.sent_count, l.open_count, l.click_count, l.reply_count, l.interest_status, l.last_event_at,
    s.reason, s.suppressed_at, s.note, s.entry, s.is_agency_wide
  from page as p
  join public.clients as k on k.id = target_client_id
  join public.campaigns as c on c.id = p.campaign_id
  left join public.businesses as b on b.id = p.business_id
  left join public.synced_leads as l on l.id = p.lead_id
  left join lateral private.suppression_of(target_client_id, p.email) as s on true
  order by p.created_at desc, p.key collate "C" desc;
end
$$;

comment on function public.list_leads(uuid, text, text, uuid, uuid, public.email_deliverability, text, boolean, timestamptz, text, integer) is
  'Addresses of a client''s campaigns, newest first, before their export and after: who it is, verification, state (not_exported, not_yet_emailed, emailed, replied, bounced, unsubscribed, removed) and suppression. search = a part of address, name or company; target_email = one person. For the next page pass created_at and key of the last row as older_than and below_key. At most 1,001 rows.';

grant execute on function public.list_leads(uuid, text, text, uuid, uuid, public.email_deliverability, text, boolean, timestamptz, text, integer)
to authenticated, service_role;

-- Which variables the leads of such a list have: what a person can choose as a column.
create function public.list_lead_variables(
  target_client_id uuid,
  target_campaign_id uuid default null,
  target_import_id uuid default null
)
returns table (name text)
language plpgsql
stable
set search_path = ''
set plan_cache_mode = 'force_custom_plan'
as $$
#variable_conflict use_column
begin
  if target_client_id is null then
    raise exception using errcode = 'PT400', message = 'VALIDATION_FAILED',
      detail = 'Say whose leads with target_client_id';
  end if;

  return query
  select v.name
  from (
    select jsonb_object_keys(b.custom_variables) as name
    from public.businesses as b
    where b.client_id = target_client_id
      and b.custom_variables <> '{}'
      and (target_campaign_id is null or b.campaign_id = target_campaign_id)
      and (target_import_id is null or b.import_id = target_import_id)
    union
    -- As list_leads shows them: what the provider has, where the list has none.
    select jsonb_object_keys(l.payload)
    from public.synced_leads as l
    left join public.businesses as b on b.id = l.business_id
    where l.client_id = target_client_id
      and jsonb_typeof(l.payload) = 'object'
      and coalesce(b.custom_variables, '{}') = '{}'
      and (target_campaign_id is null or l.campaign_id = target_campaign_id)
      and (target_import_id is null or b.import_id = target_import_id)
  ) as v
  order by lower(v.name), v.name
  limit 500;
end
$$;

comment on function public.list_lead_variables(uuid, uuid, uuid) is
  'Names of the custom variables that the leads of a client, a campaign or an import have in list_leads, in alphabetical order; at most 500.';

grant execute on function public.list_lead_variables(uuid, uuid, uuid) to authenticated, service_role;
