-- Counts everything that was added up from events once more, while readers and writers continue. A writer changes events and what
-- was added up of them in one transaction, so the difference between the two is the same in every snapshot. It is read
-- in one statement and added, not written over, so that what is projected meanwhile stays counted.
--
-- archived: what the archive holds of closed campaigns, counted outside, { table: [row] }; see worker.rebuild_closed_campaigns.

-- The counters of leads: the base of what counts people.
create function private.correct_leads(campaign_ids uuid[], archived jsonb default '{}')
returns integer
language plpgsql
set search_path = ''
as $$
declare
  corrected integer;
begin
  with counted as materialized (
    select n.lead_id, sum(n.sent) as sent, sum(n.opens) as opens, sum(n.clicks) as clicks, sum(n.replies) as replies, sum(n.auto_replies) as auto_replies
    from (
      select
        e.lead_id,
        count(*) filter (where e.type = 'email_sent') as sent,
        count(*) filter (where e.type = 'email_opened') as opens,
        count(*) filter (where e.type = 'email_clicked') as clicks,
        count(*) filter (where e.type = 'reply_received') as replies,
        count(*) filter (where e.type = 'auto_reply_received') as auto_replies
      from public.email_events as e
      where e.campaign_id = any (campaign_ids)
        and e.lead_id is not null
        and e.type in ('email_sent', 'email_opened', 'email_clicked', 'reply_received', 'auto_reply_received')
      group by e.lead_id
      union all
      select r.lead_id, r.sent, r.opens, r.clicks, 0, 0
      from jsonb_to_recordset(archived -> 'leads') as r (lead_id uuid, sent bigint, opens bigint, clicks bigint)
    ) as n
    group by n.lead_id
  ),
  wrong as (
    select l.id, d.*
    from public.synced_leads as l
    left join counted as c on c.lead_id = l.id
    cross join lateral (
      select
        (coalesce(c.sent, 0) - l.sent_count_observed)::integer as sent,
        (coalesce(c.opens, 0) - l.open_count_observed)::integer as opens,
        (coalesce(c.clicks, 0) - l.click_count_observed)::integer as clicks,
        (coalesce(c.replies, 0) - l.reply_count_observed)::integer as replies,
        (coalesce(c.auto_replies, 0) - l.auto_reply_count)::integer as auto_replies
    ) as d
    where l.campaign_id = any (campaign_ids)
      and (d.sent, d.opens, d.clicks, d.replies, d.auto_replies) <> (0, 0, 0, 0, 0)
    -- The order in which projectors hold leads.
    order by l.campaign_id, l.email
    for update of l
  )
  update public.synced_leads as l
  set
    sent_count_observed = l.sent_count_observed + w.sent,
    open_count_observed = l.open_count_observed + w.opens,
    click_count_observed = l.click_count_observed + w.clicks,
    reply_count_observed = l.reply_count_observed + w.replies,
    auto_reply_count = l.auto_reply_count + w.auto_replies
  from wrong as w
  where l.id = w.id;

  get diagnostics corrected = row_count;
  return corrected;
end
$$;

comment on function private.correct_leads(uuid[], jsonb) is
  'Counts the observed mails, opens, clicks and replies of these campaigns'' leads again; returns how many leads were wrong.';

grant execute on function private.correct_leads(uuid[], jsonb) to service_role;

create function private.correct_days(campaign_ids uuid[], archived jsonb default '{}')
returns integer
language plpgsql
set search_path = ''
as $$
declare
  corrected integer;
begin
  insert into public.campaign_activity as a
    (campaign_id, day, client_id, sent, contacted, opens, opened, clicks, clicked, replies, replied, auto_replies, bounced, unsubscribed)
  select
    k.id, d.day, k.client_id, coalesce(sum(d.sent), 0), sum(d.contacted), coalesce(sum(d.opens), 0), sum(d.opened),
    coalesce(sum(d.clicks), 0), sum(d.clicked), coalesce(sum(d.replies), 0), sum(d.replied), coalesce(sum(d.auto_replies), 0),
    coalesce(sum(d.bounced), 0), coalesce(sum(d.unsubscribed), 0)
  from (
    select
      n.campaign_id, n.day,
      sum(n.events) filter (where n.type = 'email_sent') as sent, count(*) filter (where n.type = 'email_sent') as contacted,
      sum(n.events) filter (where n.type = 'email_opened') as opens, count(*) filter (where n.type = 'email_opened') as opened,
      sum(n.events) filter (where n.type = 'email_clicked') as clicks, count(*) filter (where n.type = 'email_clicked') as clicked,
      sum(n.events) filter (where n.type = 'reply_received') as replies, count(*) filter (where n.type = 'reply_received') as replied,
      sum(n.events) filter (where n.type = 'auto_reply_received') as auto_replies,
      sum(n.events) filter (where n.type = 'email_bounced') as bounced,
      sum(n.events) filter (where n.type = 'lead_unsubscribed') as unsubscribed
    from (
      select e.campaign_id, e.lead_id, e.type, (e.occurred_at at time zone 'UTC')::date as day, count(*) as events
      from public.email_events as e
      where e.campaign_id = any (campaign_ids)
        and e.lead_id is not null
        and e.type in (
          'email_sent', 'email_opened', 'email_clicked', 'reply_received', 'auto_reply_received', 'email_bounced', 'lead_unsubscribed'
        )
      group by e.campaign_id, e.lead_id, e.type, (e.occurred_at at time zone 'UTC')::date
    ) as n
    group by n.campaign_id, n.day
    union all
    select r.campaign_id, r.day, r.sent, r.contacted, r.opens, r.opened, r.clicks, r.clicked, 0, 0, 0, 0, 0
    from jsonb_to_recordset(archived -> 'days') as r (
      campaign_id uuid, day date, sent bigint, contacted bigint, opens bigint, opened bigint, clicks bigint, clicked bigint
    )
    union all
    select
      s.campaign_id, s.day, -s.sent, -s.contacted, -s.opens, -s.opened, -s.clicks, -s.clicked, -s.replies, -s.replied,
      -s.auto_replies, -s.bounced, -s.unsubscribed
    from public.campaign_activity as s
    where s.campaign_id = any (campaign_ids)
  ) as d
  join public.campaigns as k on k.id = d.campaign_id
  group by k.id, d.day
  having (
      coalesce(sum(d.sent), 0), sum(d.contacted), coalesce(sum(d.opens), 0), sum(d.opened), coalesce(sum(d.clicks), 0), sum(d.clicked),
      coalesce(sum(d.replies), 0), sum(d.replied), coalesce(sum(d.auto_replies), 0), coalesce(sum(d.bounced), 0),
      coalesce(sum(d.unsubscribed), 0)
    ) <> (0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0)
  order by k.id, d.day
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
    unsubscribed = a.unsubscribed + excluded.unsubscribed;

  get diagnostics corrected = row_count;
  return corrected;
end
$$;

comment on function private.correct_days(uuid[], jsonb) is
  'Counts campaign_activity of these campaigns again; returns how many days were wrong.';

grant execute on function private.correct_days(uuid[], jsonb) to service_role;

-- People are counted by their leads, as correct_leads left them: whom the provider knew to have opened before any event is counted on
-- that day, too.
create function private.correct_totals(campaign_ids uuid[], archived jsonb default '{}')
returns integer
language plpgsql
set search_path = ''
as $$
declare
  corrected integer;
begin
  insert into public.campaign_activity_totals as t
    (campaign_id, client_id, sent, contacted, opens, opened, clicks, clicked, replies, replied, auto_replies, bounced, unsubscribed, last_event_at)
  select
    k.id, k.client_id, d.sent, d.contacted, d.opens, d.opened, d.clicks, d.clicked, d.replies, d.replied, d.auto_replies, d.bounced,
    d.unsubscribed, n.last_event_at
  from public.campaigns as k
  left join public.campaign_activity_totals as s on s.campaign_id = k.id
  left join (
    select
      u.campaign_id, sum(u.sent) as sent, sum(u.opens) as opens, sum(u.clicks) as clicks, sum(u.replies) as replies,
      sum(u.auto_replies) as auto_replies, sum(u.bounced) as bounced, sum(u.unsubscribed) as unsubscribed,
      max(u.last_event_at) as last_event_at
    from (
      select
        e.campaign_id,
        count(*) filter (where e.type = 'email_sent') as sent,
        count(*) filter (where e.type = 'email_opened') as opens,
        count(*) filter (where e.type = 'email_clicked') as clicks,
        count(*) filter (where e.type = 'reply_received') as replies,
        count(*) filter (where e.type = 'auto_reply_received') as auto_replies,
        count(*) filter (where e.type = 'email_bounced') as bounced,
        count(*) filter (where e.type = 'lead_unsubscribed') as unsubscribed,
        max(e.occurred_at) as last_event_at
      from public.email_events as e
      where e.campaign_id = any (campaign_ids)
      group by e.campaign_id
      union all
      select r.campaign_id, r.sent, r.opens, r.clicks, 0, 0, 0, 0, r.last_event_at at time zone 'UTC'
      from jsonb_to_recordset(archived -> 'totals') as r (
        campaign_id uuid, sent bigint, opens bigint, clicks bigint, last_event_at timestamp
      )
    ) as u
    group by u.campaign_id
  ) as n on n.campaign_id = k.id
  left join (
    select
      l.campaign_id,
      count(l.contacted_at) as contacted,
      count(*) filter (where l.open_count_observed > 0) as opened,
      count(*) filter (where l.click_count_observed > 0) as clicked,
      count(*) filter (where l.reply_count_observed > 0) as replied
    from public.synced_leads as l
    where l.campaign_id = any (campaign_ids)
    group by l.campaign_id
  ) as p on p.campaign_id = k.id
  cross join lateral (
    select
      coalesce(n.sent, 0) - coalesce(s.sent, 0) as sent, coalesce(p.contacted, 0) - coalesce(s.contacted, 0) as contacted,
      coalesce(n.opens, 0) - coalesce(s.opens, 0) as opens, coalesce(p.opened, 0) - coalesce(s.opened, 0) as opened,
      coalesce(n.clicks, 0) - coalesce(s.clicks, 0) as clicks, coalesce(p.clicked, 0) - coalesce(s.clicked, 0) as clicked,
      coalesce(n.replies, 0) - coalesce(s.replies, 0) as replies, coalesce(p.replied, 0) - coalesce(s.replied, 0) as replied,
      coalesce(n.auto_replies, 0) - coalesce(s.auto_replies, 0) as auto_replies,
      coalesce(n.bounced, 0) - coalesce(s.bounced, 0) as bounced,
      coalesce(n.unsubscribed, 0) - coalesce(s.unsubscribed, 0) as unsubscribed
  ) as d
  where k.id = any (campaign_ids)
    and (n.campaign_id is not null or s.campaign_id is not null)
    and (
      s.campaign_id is null
      or s.last_event_at is distinct from n.last_event_at
      or (d.sent, d.contacted, d.opens, d.opened, d.clicks, d.clicked, d.replies, d.replied, d.auto_replies, d.bounced, d.unsubscribed)
        <> (0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0)
    )
  order by k.id
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
    last_event_at = greatest(
      (select max(e.occurred_at) from public.email_events as e where e.campaign_id = t.campaign_id),
      (
        select max(r.last_event_at) at time zone 'UTC'
        from jsonb_to_recordset(archived -> 'totals') as r (campaign_id uuid, last_event_at timestamp)
        where r.campaign_id = t.campaign_id
      )
    );

  get diagnostics corrected = row_count;
  return corrected;
end
$$;

comment on function private.correct_totals(uuid[], jsonb) is
  'Counts campaign_activity_totals of these campaigns again; returns how many were wrong.';

grant execute on function private.correct_totals(uuid[], jsonb) to service_role;

create function private.correct_first_times(campaign_ids uuid[])
returns integer
language plpgsql
set search_path = ''
as $$
declare
  corrected integer;
begin
  insert into public.campaign_first_times as f (campaign_id, day, client_id, contacted, opened, clicked, replied)
  select k.id, d.day, k.client_id, sum(d.contacted), sum(d.opened), sum(d.clicked), sum(d.replied)
  from (
    select
      l.campaign_id, (m.moment at time zone 'UTC')::date as day,
      count(*) filter (where m.kind = 'contacted') as contacted, count(*) filter (where m.kind = 'opened') as opened,
      count(*) filter (where m.kind = 'clicked') as clicked, count(*) filter (where m.kind = 'replied') as replied
    from public.synced_leads as l
    cross join lateral (
      values
        ('contacted', l.contacted_at),
        ('opened', case when l.open_count_observed > 0 then l.opened_at end),
        ('clicked', case when l.click_count_observed > 0 then l.clicked_at end),
        ('replied', case when l.reply_count_observed > 0 then l.replied_at end)
    ) as m (kind, moment)
    where l.campaign_id = any (campaign_ids) and m.moment is not null
    group by l.campaign_id, (m.moment at time zone 'UTC')::date
    union all
    select s.campaign_id, s.day, -s.contacted, -s.opened, -s.clicked, -s.replied
    from public.campaign_first_times as s
    where s.campaign_id = any (campaign_ids)
  ) as d
  join public.campaigns as k on k.id = d.campaign_id
  group by k.id, d.day
  having (sum(d.contacted), sum(d.opened), sum(d.clicked), sum(d.replied)) <> (0, 0, 0, 0)
  order by k.id, d.day
  on conflict (campaign_id, day) do update set
    contacted = f.contacted + excluded.contacted,
    opened = f.opened + excluded.opened,
    clicked = f.clicked + excluded.clicked,
    replied = f.replied + excluded.replied;

  get diagnostics corrected = row_count;
  return corrected;
end
$$;

comment on function private.correct_first_times(uuid[]) is
  'Counts campaign_first_times of these campaigns again; returns how many days were wrong.';

grant execute on function private.correct_first_times(uuid[]) to service_role;

create function private.correct_steps(campaign_ids uuid[], archived jsonb default '{}')
returns integer
language plpgsql
set search_path = ''
as $$
declare
  corrected integer;
begin
  insert into public.campaign_step_activity as a
    (campaign_id, step, variant, client_id, sent, opened, clicked, replied, auto_replies)
  select
    k.id, d.step, d.variant, k.client_id, coalesce(sum(d.sent), 0), sum(d.opened), sum(d.clicked), sum(d.replied),
    coalesce(sum(d.auto_replies), 0)
  from (
    select
      n.campaign_id, n.step, n.variant,
      sum(n.events) filter (where n.type = 'email_sent') as sent,
      count(*) filter (where n.type = 'email_opened') as opened,
      count(*) filter (where n.type = 'email_clicked') as clicked,
      count(*) filter (where n.type = 'reply_received') as replied,
      sum(n.events) filter (where n.type = 'auto_reply_received') as auto_replies
    from (
      select e.campaign_id, e.lead_id, e.type, e.step, coalesce(e.variant, 1::smallint) as variant, count(*) as events
      from public.email_events as e
      where e.campaign_id = any (campaign_ids)
        and e.lead_id is not null
        and e.step >= 1
        and coalesce(e.variant, 1) >= 1
        and e.type in ('email_sent', 'email_opened', 'email_clicked', 'reply_received', 'auto_reply_received')
      group by e.campaign_id, e.lead_id, e.type, e.step, coalesce(e.variant, 1::smallint)
    ) as n
    group by n.campaign_id, n.step, n.variant
    union all
    select r.campaign_id, r.step, r.variant, r.sent, r.opened, r.clicked, 0, 0
    from jsonb_to_recordset(archived -> 'steps') as r (
      campaign_id uuid, step smallint, variant smallint, sent bigint, opened bigint, clicked bigint
    )
    union all
    select s.campaign_id, s.step, s.variant, -s.sent, -s.opened, -s.clicked, -s.replied, -s.auto_replies
    from public.campaign_step_activity as s
    where s.campaign_id = any (campaign_ids)
  ) as d
  join public.campaigns as k on k.id = d.campaign_id
  group by k.id, d.step, d.variant
  having (coalesce(sum(d.sent), 0), sum(d.opened), sum(d.clicked), sum(d.replied), coalesce(sum(d.auto_replies), 0)) <> (0, 0, 0, 0, 0)
  order by k.id, d.step, d.variant
  on conflict (campaign_id, step, variant) do update set
    sent = a.sent + excluded.sent,
    opened = a.opened + excluded.opened,
    clicked = a.clicked + excluded.clicked,
    replied = a.replied + excluded.replied,
    auto_replies = a.auto_replies + excluded.auto_replies;

  get diagnostics corrected = row_count;
  return corrected;
end
$$;

comment on function private.correct_steps(uuid[], jsonb) is
  'Counts campaign_step_activity of these campaigns again; returns how many steps were wrong.';

grant execute on function private.correct_steps(uuid[], jsonb) to service_role;
