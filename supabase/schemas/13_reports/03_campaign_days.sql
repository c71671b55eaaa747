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
