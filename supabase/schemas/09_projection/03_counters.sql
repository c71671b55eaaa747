-- What a batch adds to the counters that we keep.

-- Step 4: adds the events to what we saw per campaign and day, and over the whole life. Runs before the events are
-- inserted, so that "was there one before" cannot find the event itself.
create function private.count_events(batch private.resolved_event[])
returns void
language plpgsql
set search_path = ''
as $$
begin
  insert into public.campaign_activity as a
    (campaign_id, day, client_id, sent, contacted, opens, opened, clicks, clicked, replies, replied, auto_replies, bounced, unsubscribed)
  select
    g.campaign_id, g.day, g.client_id,
    coalesce(sum(g.events) filter (where g.type = 'email_sent'), 0), count(*) filter (where g.type = 'email_sent' and g.is_first),
    coalesce(sum(g.events) filter (where g.type = 'email_opened'), 0), count(*) filter (where g.type = 'email_opened' and g.is_first),
    coalesce(sum(g.events) filter (where g.type = 'email_clicked'), 0), count(*) filter (where g.type = 'email_clicked' and g.is_first),
    coalesce(sum(g.events) filter (where g.type = 'reply_received'), 0), count(*) filter (where g.type = 'reply_received' and g.is_first),
    coalesce(sum(g.events) filter (where g.type = 'auto_reply_received'), 0),
    coalesce(sum(g.events) filter (where g.type = 'email_bounced'), 0),
    coalesce(sum(g.events) filter (where g.type = 'lead_unsubscribed'), 0)
  from (
    select
      d.*,
      case
        -- Counted as events only, regardless of which was first.
        when d.type in ('auto_reply_received', 'email_bounced', 'lead_unsubscribed') then false
        when d.is_new then true
        else not exists (
          select
          from public.email_events as e
          where e.lead_id = d.lead_id
            and e.type = d.type
            and e.occurred_at >= d.day::timestamp at time zone 'UTC'
            and e.occurred_at < (d.day + 1)::timestamp at time zone 'UTC'
        )
      end as is_first
    from (
      select
        b.campaign_id, b.client_id, b.lead_id, b.type, (b.occurred_at at time zone 'UTC')::date as day, count(*) as events,
        bool_or(b.is_new_to_lead) as is_new
      from unnest(batch) as b
      where b.lead_id is not null
        and b.type in (
          'email_sent', 'email_opened', 'email_clicked', 'reply_received', 'auto_reply_received',
          'email_bounced', 'lead_unsubscribed'
        )
      group by b.campaign_id, b.client_id, b.lead_id, b.type, (b.occurred_at at time zone 'UTC')::date
    ) as d
  ) as g
  group by g.campaign_id, g.client_id, g.day
  order by g.campaign_id, g.day
  on conflict (campaign_id, day) do update set
    sent = a.sent + excluded.sent,
    contacted = a.contacted + excluded.contacted,
    opens = a.opens + excluded.opens,
    opened = a.opened + excluded.opened,
    clicks = a.clicks + excluded.clicks,
    clicked = a.clicked + excluded.clicked,
    replies = a.replies + excluded.replies,
    replied = a.replied + excluded.replied,
    auto_replies = a.auto_replies + excluded.auto_replies,
    bounced = a.bounced + excluded.bounced,
    unsubscribed = a.unsubscribed + excluded.unsubscribed,
    observed_at = now();

  insert into public.campaign_activity_totals as t
    (campaign_id, client_id, sent, contacted, opens, opened, clicks, clicked, replies, replied, auto_replies, bounced, unsubscribed, last_event_at)
  select
    b.campaign_id, b.client_id,
    count(*) filter (where b.type = 'email_sent'),
    count(distinct b.lead_id) filter (where b.is_new_contact and b.shows_contact),
    count(*) filter (where b.type = 'email_opened'),
    count(distinct b.lead_id) filter (where b.type = 'email_opened' and b.is_new_to_lead),
    count(*) filter (where b.type = 'email_clicked'),
    count(distinct b.lead_id) filter (where b.type = 'email_clicked' and b.is_new_to_lead),
    count(*) filter (where b.type = 'reply_received'),
    count(distinct b.lead_id) filter (where b.type = 'reply_received' and b.is_new_to_lead),
    count(*) filter (where b.type = 'auto_reply_received'),
    count(*) filter (where b.type = 'email_bounced'),
    count(*) filter (where b.type = 'lead_unsubscribed'),
    max(b.occurred_at)
  from unnest(batch) as b
  where b.campaign_id is not null
  group by b.campaign_id, b.client_id
  order by b.campaign_id
  on conflict (campaign_id) do update set
    sent = t.sent + excluded.sent,
    contacted = t.contacted + excluded.contacted,
    opens = t.opens + excluded.opens,
    opened = t.opened + excluded.opened,
    clicks = t.clicks + excluded.clicks,
    clicked = t.clicked + excluded.clicked,
    replies = t.replies + excluded.replies,
    replied = t.replied + excluded.replied,
    auto_replies = t.auto_replies + excluded.auto_replies,
    bounced = t.bounced + excluded.bounced,
    unsubscribed = t.unsubscribed + excluded.unsubscribed,
    last_event_at = greatest(t.last_event_at, excluded.last_event_at),
    observed_at = now();
end
$$;

comment on function private.count_events(private.resolved_event[]) is
  'Step 4 of the projector: adds the events to campaign_activity and campaign_activity_totals.';

grant execute on function private.count_events(private.resolved_event[]) to service_role;

-- Adds events to what we saw per step. Runs before the events are inserted and the leads advanced. Whether a lead opened
-- this very mail before is looked up only for leads that opened anything before, and only between their first open and
-- their last event, so that no more than the months in question are searched. An event without a variant is of the only one.
create function private.count_step_events(batch private.resolved_event[])
returns void
language plpgsql
set search_path = ''
as $$
begin
  insert into public.campaign_step_activity as a
    (campaign_id, step, variant, client_id, sent, opened, clicked, replied, auto_replies)
  select
    g.campaign_id, g.step, g.variant, g.client_id,
    coalesce(sum(g.events) filter (where g.type = 'email_sent'), 0),
    count(*) filter (where g.type = 'email_opened' and g.is_first),
    count(*) filter (where g.type = 'email_clicked' and g.is_first),
    count(*) filter (where g.type = 'reply_received' and g.is_first),
    coalesce(sum(g.events) filter (where g.type = 'auto_reply_received'), 0)
  from (
    select
      d.*,
      case
        when d.type in ('email_sent', 'auto_reply_received') then false
        when d.is_new then true
        else not exists (
          select
          from public.email_events as e
          where e.lead_id = d.lead_id
            and e.occurred_at >= d.known_at
            and e.occurred_at <= d.last_event_at
            and e.type = d.type
            and e.step = d.step
            and coalesce(e.variant, 1) = d.variant
        )
      end as is_first
    from (
      select
        b.campaign_id, b.client_id, b.lead_id, b.type, b.step, coalesce(b.variant, 1::smallint) as variant, count(*) as events,
        bool_or(b.is_new_to_lead) as is_new, min(b.lead_known_at) as known_at, max(b.lead_last_event_at) as last_event_at
      from unnest(batch) as b
      where b.lead_id is not null
        and b.step >= 1
        and coalesce(b.variant, 1) >= 1
        and b.type in ('email_sent', 'email_opened', 'email_clicked', 'reply_received', 'auto_reply_received')
      group by b.campaign_id, b.client_id, b.lead_id, b.type, b.step, coalesce(b.variant, 1::smallint)
    ) as d
  ) as g
  group by g.campaign_id, g.client_id, g.step, g.variant
  order by g.campaign_id, g.step, g.variant
  on conflict (campaign_id, step, variant) do update set
    sent = a.sent + excluded.sent,
    opened = a.opened + excluded.opened,
    clicked = a.clicked + excluded.clicked,
    replied = a.replied + excluded.replied,
    auto_replies = a.auto_replies + excluded.auto_replies,
    observed_at = now();
end
$$;

comment on function private.count_step_events(private.resolved_event[]) is
  'Adds newly projected events to campaign_step_activity. Called by private.count_for_reports.';

grant execute on function private.count_step_events(private.resolved_event[]) to service_role;

-- Of what a batch changes about first times: +1 at a lead's first moment of a kind, -1 where it was believed to be before.
create type private.first_time_step as (campaign_id uuid, client_id uuid, kind text, moment timestamptz, change integer);

-- Asked before the leads are advanced. A lead's first event of a kind counts; an earlier one that arrives late takes the count
-- with it.
create function private.first_time_steps(batch private.resolved_event[])
returns private.first_time_step[]
language plpgsql
stable
set search_path = ''
as $$
begin
  return array(
    select row(d.campaign_id, d.client_id, d.kind, step.moment, step.change)::private.first_time_step
    from (
      select
        b.campaign_id, b.client_id, b.lead_id,
        case b.type when 'email_opened' then 'opened' when 'email_clicked' then 'clicked' else 'replied' end as kind,
        min(b.occurred_at) as first_at, bool_or(b.is_new_to_lead) as is_new, min(b.lead_known_at) as known_at
      from unnest(batch) as b
      where b.lead_id is not null and b.type in ('email_opened', 'email_clicked', 'reply_received')
      group by b.campaign_id, b.client_id, b.lead_id, b.type
      union all
      select b.campaign_id, b.client_id, b.lead_id, 'contacted', min(b.occurred_at), bool_or(b.is_new_contact), min(b.contact_known_at)
      from unnest(batch) as b
      where b.lead_id is not null and b.shows_contact
      group by b.campaign_id, b.client_id, b.lead_id
    ) as d
    cross join lateral (values (least(d.known_at, d.first_at), 1), (d.known_at, -1)) as step (moment, change)
    where (d.is_new and step.change = 1) or (not d.is_new and d.first_at < d.known_at)
  );
end
$$;

comment on function private.first_time_steps(private.resolved_event[]) is
  'What a batch changes about first times. Called by private.count_for_reports.';

grant execute on function private.first_time_steps(private.resolved_event[]) to service_role;

create function private.count_first_times(steps private.first_time_step[])
returns void
language plpgsql
set search_path = ''
as $$
begin
  insert into public.campaign_first_times as f (campaign_id, day, client_id, contacted, opened, clicked, replied)
  select
    m.campaign_id, m.day, m.client_id,
    coalesce(sum(m.change) filter (where m.kind = 'contacted'), 0),
    coalesce(sum(m.change) filter (where m.kind = 'opened'), 0),
    coalesce(sum(m.change) filter (where m.kind = 'clicked'), 0),
    coalesce(sum(m.change) filter (where m.kind = 'replied'), 0)
  from (
    select s.campaign_id, s.client_id, s.kind, (s.moment at time zone 'UTC')::date as day, s.change
    from unnest(steps) as s
  ) as m
  group by m.campaign_id, m.client_id, m.day
  order by m.campaign_id, m.day
  on conflict (campaign_id, day) do update set
    contacted = f.contacted + excluded.contacted,
    opened = f.opened + excluded.opened,
    clicked = f.clicked + excluded.clicked,
    replied = f.replied + excluded.replied;
end
$$;

comment on function private.count_first_times(private.first_time_step[]) is
  'Adds the first times of newly projected events to campaign_first_times. Called by private.count_for_reports.';

grant execute on function private.count_first_times(private.first_time_step[]) to service_role;

-- A step of the projector: a mailbox's day moves with the events of its mails. Only mailboxes that a sync has listed have days.
create function private.count_mailboxes(batch private.resolved_event[])
returns void
language plpgsql
set search_path = ''
as $$
begin
  insert into public.email_account_days as d
    (account_id, day, client_id, sent_observed, bounced_observed, opens_observed, clicks_observed, replies_observed, auto_replies_observed)
  select
    a.id, n.day, a.client_id, n.sent, n.bounced, n.opens, n.clicks, n.replies, n.auto_replies
  from (
    select
      b.connection_id, b.email_account, (b.occurred_at at time zone 'UTC')::date as day,
      count(*) filter (where b.type = 'email_sent') as sent,
      count(*) filter (where b.type = 'email_bounced') as bounced,
      count(*) filter (where b.type = 'email_opened') as opens,
      count(*) filter (where b.type = 'email_clicked') as clicks,
      count(*) filter (where b.type = 'reply_received') as replies,
      count(*) filter (where b.type = 'auto_reply_received') as auto_replies
    from unnest(batch) as b
    where b.email_account is not null and b.shows_contact
    group by b.connection_id, b.email_account, (b.occurred_at at time zone 'UTC')::date
  ) as n
  join public.email_accounts as a on a.connection_id = n.connection_id and a.email = n.email_account
  order by a.id, n.day
  on conflict (account_id, day) do update set
    sent_observed = d.sent_observed + excluded.sent_observed,
    bounced_observed = d.bounced_observed + excluded.bounced_observed,
    opens_observed = d.opens_observed + excluded.opens_observed,
    clicks_observed = d.clicks_observed + excluded.clicks_observed,
    replies_observed = d.replies_observed + excluded.replies_observed,
    auto_replies_observed = d.auto_replies_observed + excluded.auto_replies_observed;
end
$$;

comment on function private.count_mailboxes(private.resolved_event[]) is
  'Step of the projector: adds the events to the days of their mailboxes.';

grant execute on function private.count_mailboxes(private.resolved_event[]) to service_role;
