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
