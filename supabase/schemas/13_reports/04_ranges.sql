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
