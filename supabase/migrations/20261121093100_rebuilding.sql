-- Generated from supabase/schemas/31_rebuilding by "npm run migrations".

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

-- The rest of what is added up: days of clients outside of UTC, and days of mailboxes.

create function private.correct_shifts(campaign_ids uuid[], archived jsonb default '{}')
returns integer
language plpgsql
set search_path = ''
as $$
declare
  wrong private.day_shift[];
begin
  select array_agg(row(n.campaign_id, n.client_id, n.day, n.kind, n.change)::private.day_shift)
  into wrong
  from (
    select k.id as campaign_id, k.client_id, d.day, d.kind, sum(d.change)::integer as change
    from (
      -- A mail as often as it happens …
      select t.campaign_id, s.day, private.shifted_mail(t.type) as kind, t.events * s.change as change
      from (
        select
          e.campaign_id, e.type, (e.occurred_at at time zone z.zone)::date as local_day, (e.occurred_at at time zone 'UTC')::date as utc_day,
          count(*) as events
        from private.day_cuts as z
        join public.email_events as e on e.campaign_id = z.campaign_id and e.occurred_at < z.counted_before
        where z.campaign_id = any (campaign_ids)
          and e.lead_id is not null
          and e.type in ('email_sent', 'auto_reply_received', 'email_bounced', 'lead_unsubscribed')
        group by 1, 2, 3, 4
      ) as t
      cross join lateral (values (t.local_day, 1), (t.utc_day, -1)) as s (day, change)
      where t.local_day <> t.utc_day
      union all
      -- … a person once a day …
      select p.campaign_id, p.day, private.shifted_people(p.type), p.change
      from (
        select e.campaign_id, s.day, e.type, s.change
        from private.day_cuts as z
        join public.email_events as e on e.campaign_id = z.campaign_id and e.occurred_at < z.counted_before
        cross join lateral (
          values ((e.occurred_at at time zone z.zone)::date, 1), ((e.occurred_at at time zone 'UTC')::date, -1)
        ) as s (day, change)
        where z.campaign_id = any (campaign_ids)
          and e.lead_id is not null
          and e.type in ('email_sent', 'email_opened', 'email_clicked', 'reply_received')
        group by e.campaign_id, e.lead_id, e.type, s.day, s.change
      ) as p
      union all
      -- … and once in its life.
      select l.campaign_id, s.day, m.kind, s.change
      from private.day_cuts as z
      join public.synced_leads as l on l.campaign_id = z.campaign_id
      cross join lateral (
        values
          ('first_contacted', l.contacted_at),
          ('first_opened', case when l.open_count_observed > 0 then l.opened_at end),
          ('first_clicked', case when l.click_count_observed > 0 then l.clicked_at end),
          ('first_replied', case when l.reply_count_observed > 0 then l.replied_at end)
      ) as m (kind, moment)
      cross join lateral (
        values ((m.moment at time zone z.zone)::date, 1), ((m.moment at time zone 'UTC')::date, -1)
      ) as s (day, change)
      where z.campaign_id = any (campaign_ids)
        and z.zone <> 'UTC'
        and m.moment is not null
        and (m.moment at time zone z.zone)::date <> (m.moment at time zone 'UTC')::date
      union all
      select r.campaign_id, r.day, r.kind, r.change
      from jsonb_to_recordset(archived -> 'shifts') as r (campaign_id uuid, day date, kind text, change bigint)
      union all
      select s.campaign_id, s.day, n.kind, -n.change
      from private.day_shifts as s
      cross join lateral (
        values
          ('sent', s.sent), ('contacted', s.contacted), ('opened', s.opened), ('clicked', s.clicked), ('replied', s.replied),
          ('auto_replies', s.auto_replies), ('bounced', s.bounced), ('unsubscribed', s.unsubscribed),
          ('first_contacted', s.first_contacted), ('first_opened', s.first_opened), ('first_clicked', s.first_clicked),
          ('first_replied', s.first_replied)
      ) as n (kind, change)
      where s.campaign_id = any (campaign_ids) and n.change <> 0
    ) as d
    join public.campaigns as k on k.id = d.campaign_id
    group by k.id, d.day, d.kind
    having sum(d.change) <> 0
  ) as n;

  if wrong is not null then
    perform private.add_day_shifts(wrong);
  end if;

  return (select count(distinct (w.campaign_id, w.day)) from unnest(wrong) as w);
end
$$;

comment on function private.correct_shifts(uuid[], jsonb) is
  'Counts private.day_shifts of these campaigns again; returns how many days were wrong.';

grant execute on function private.correct_shifts(uuid[], jsonb) to service_role;

-- The next days of a share: months in turn, a month with many events in parts.
create function private.next_mailbox_days(share integer, shares integer, after date, most_events integer)
returns jsonb
language sql
stable
set search_path = ''
as $$
  with part as (
    select (regexp_match(pg_get_expr(c.relpartbound, c.oid), 'FROM \(''([^'']+)''\)'))[1]::timestamptz as starts_at, c.reltuples as events
    from pg_catalog.pg_inherits as i
    join pg_catalog.pg_class as c on c.oid = i.inhrelid
    where i.inhparent = 'public.email_events'::regclass and pg_get_expr(c.relpartbound, c.oid) <> 'DEFAULT'
  ),
  month as (
    select n.month, max(n.events) as events
    from (
      select date_trunc('month', p.starts_at at time zone 'UTC')::date as month, p.events
      from part as p
      union all
      -- Times for which no month was prepared.
      select date_trunc('month', e.occurred_at at time zone 'UTC')::date, 0
      from public.email_events as e
      where e.occurred_at < (select min(p.starts_at) from part as p)
        or e.occurred_at >= (select max(p.starts_at) + interval '1 month' from part as p)
    ) as n
    -- Of these the events are not all here.
    where not exists (
      select
      from private.archive_parts as a
      join private.closed_campaigns as d on d.client_id = a.owner_id
      where a.kind = 'events' and a.month = n.month
    )
    group by n.month
  ),
  slice as (
    select m.month, g.moment::date as day, m.length, m.number
    from (
      select
        n.month, row_number() over (order by n.month) as number,
        least(31, greatest(1, floor(31 * 10.0 * most_events / greatest(n.events, 1))))::integer as length
      from month as n
    ) as m
    cross join lateral generate_series(
      m.month::timestamp, m.month + interval '1 month' - interval '1 day', m.length * interval '1 day'
    ) as g (moment)
  )
  select jsonb_build_object('day', s.day, 'until', least(s.day + s.length, (s.month + interval '1 month')::date))
  from slice as s
  where s.number % shares = share and (after is null or s.day >= after)
  order by s.day
  limit 1
$$;

comment on function private.next_mailbox_days(integer, integer, date, integer) is
  'The next days that private.correct_mailboxes looks at: { day, until }, or null after the last.';

grant execute on function private.next_mailbox_days(integer, integer, date, integer) to service_role;

-- The whole of it, in steps of seconds.

-- All of a few campaigns, in the order in which a projector holds the same rows.
create function private.correct_campaigns(campaign_ids uuid[], archived jsonb default '{}')
returns jsonb
language plpgsql
set search_path = ''
as $$
declare
  corrected jsonb;
begin
  corrected := jsonb_build_object('synced_leads', private.correct_leads(campaign_ids, archived));
  corrected := corrected || jsonb_build_object('campaign_activity', private.correct_days(campaign_ids, archived));
  corrected := corrected || jsonb_build_object('campaign_activity_totals', private.correct_totals(campaign_ids, archived));
  corrected := corrected || jsonb_build_object('campaign_first_times', private.correct_first_times(campaign_ids));
  corrected := corrected || jsonb_build_object('campaign_step_activity', private.correct_steps(campaign_ids, archived));
  corrected := corrected || jsonb_build_object('day_shifts', private.correct_shifts(campaign_ids, archived));

  -- Written over and not added to, as after a merge of leads; only where there is anything of the kind.
  perform private.recount_overruled(array_agg(k.id))
  from unnest(campaign_ids) as k (id)
  where exists (select from public.campaign_activity as a where a.campaign_id = k.id and a.replied_overruled <> 0)
    or exists (select from public.campaign_activity_totals as a where a.campaign_id = k.id and a.replied_overruled <> 0)
    or exists (select from public.campaign_step_activity as a where a.campaign_id = k.id and a.replied_overruled <> 0)
    or exists (
      select
      from private.overruled_replies as o
      join public.synced_leads as l on l.id = o.lead_id
      where l.campaign_id = k.id
    )
  having count(*) > 0;

  if exists (select from jsonb_each_text(corrected) as c where c.value <> '0') then
    perform private.note_changed_stats(array(select k.client_id from public.campaigns as k where k.id = any (campaign_ids)));
  end if;

  return corrected;
end
$$;

comment on function private.correct_campaigns(uuid[], jsonb) is
  'Counts everything of these campaigns that is added up from events again; returns per table how many rows were wrong.';

grant execute on function private.correct_campaigns(uuid[], jsonb) to service_role;

-- The next campaigns of a share of all, as many as have most_events together, at least one. An index answers how many events each has.
create function private.next_campaigns(share integer, shares integer, after uuid, most_events integer)
returns table (campaign_ids uuid[], events bigint)
language plpgsql
stable
set search_path = ''
as $$
declare
  most_campaigns constant integer := 50;
  campaign record;
begin
  campaign_ids := '{}';
  events := 0;

  for campaign in
    select k.id, n.events
    from public.campaigns as k
    cross join lateral (select count(*) as events from public.email_events as e where e.campaign_id = k.id) as n
    where (after is null or k.id > after) and abs(hashtext(k.id::text)) % shares = share
      -- Of these the events are not all here.
      and not exists (select from private.closed_campaigns as d where d.campaign_id = k.id)
    order by k.id
    limit most_campaigns
  loop
    exit when events > 0 and events + campaign.events > most_events;
    campaign_ids := campaign_ids || campaign.id;
    events := events + campaign.events;
  end loop;

  return next;
end
$$;

comment on function private.next_campaigns(integer, integer, uuid, integer) is
  'The campaigns of a share (from 0) after one, up to that many events, and how many they have.';

grant execute on function private.next_campaigns(integer, integer, uuid, integer) to service_role;

-- One step. Shares can be worked on at the same time; two rebuilds of one share take turns, because a difference that both have read
-- would be added twice. Campaigns keep their client, leads and zone meanwhile: who changes those waits, as for a projector.
--
-- at:       null at first, then what the last call returned as "next"; null again = the share is done
-- returns:  { "next": object|null, "campaigns": n, "events": n, "corrected": { table: rows } }
create function worker.rebuild_rollups(
  at jsonb, share integer default 0, shares integer default 1, most_events integer default 100000, only_compare boolean default false
)
returns jsonb
language plpgsql
set search_path = ''
as $$
declare
  campaign_ids uuid[];
  events bigint;
  day date;
  until date;
  corrected jsonb;
begin
  perform pg_advisory_xact_lock(hashtextextended(format('replyloop rebuild %s of %s', share, shares), 0));
  perform pg_advisory_xact_lock_shared(private.campaign_moves_lock());

  begin
    if rebuild_rollups.at ->> 'day' is null then
      select n.campaign_ids, n.events into campaign_ids, events
      from private.next_campaigns(share, shares, (rebuild_rollups.at ->> 'campaign')::uuid, most_events) as n;

      corrected := private.correct_campaigns(campaign_ids);
      rebuild_rollups.at := case
        when campaign_ids = '{}' then private.next_mailbox_days(share, shares, null, most_events)
        else jsonb_build_object('campaign', campaign_ids[cardinality(campaign_ids)])
      end;
    else
      campaign_ids := '{}';
      events := 0;
      day := (rebuild_rollups.at ->> 'day')::date;
      until := (rebuild_rollups.at ->> 'until')::date;
      corrected := jsonb_build_object('email_account_days', private.correct_mailboxes(day, until));
      rebuild_rollups.at := private.next_mailbox_days(share, shares, until, most_events);
    end if;

    if only_compare then
      raise exception using errcode = 'PT499';
    end if;
  exception
    -- What was corrected is undone; how much it was stays.
    when sqlstate 'PT499' then
      null;
  end;

  return jsonb_build_object(
    'next', rebuild_rollups.at, 'campaigns', cardinality(campaign_ids), 'events', events, 'corrected', corrected
  );
end
$$;

comment on function worker.rebuild_rollups(jsonb, integer, integer, integer, boolean) is
  'One step of counting everything again that is added up from events; called again with at = next until that is null. Service role only. Shapes: see the comment above its definition.';

grant execute on function worker.rebuild_rollups(jsonb, integer, integer, integer, boolean) to service_role;

-- The same where the events are in the archive: DuckDB has added up the files, and what is left here is added to that.

create function worker.list_closed_campaigns()
returns jsonb
language sql
stable
set search_path = ''
as $$
  select coalesce(jsonb_agg(jsonb_build_object('campaign_id', d.campaign_id, 'client_id', d.client_id, 'zone', c.time_zone) order by d.campaign_id), '[]')
  from private.closed_campaigns as d
  join public.clients as c on c.id = d.client_id
$$;

comment on function worker.list_closed_campaigns() is
  'Closed campaigns with the time zone in which their days are to be cut: [{ campaign_id, client_id, zone }]. Service role only.';

grant execute on function worker.list_closed_campaigns() to service_role;

-- Closed campaigns, whose days are cut in the present zone of their client. Returns { table: rows } that were wrong.
--
-- archived: { "leads": [{ "lead_id", "sent", "opens", "clicks" }],
--             "days": [{ "campaign_id", "day", "sent", "contacted", "opens", "opened", "clicks", "clicked" }],
--             "totals": [{ "campaign_id", "sent", "opens", "clicks", "last_event_at" }],
--             "steps": [{ "campaign_id", "step", "variant", "sent", "opened", "clicked" }],
--             "shifts": [{ "campaign_id", "day", "kind", "change" }] }, of the files alone
create function worker.rebuild_closed_campaigns(campaign_ids uuid[], archived jsonb, only_compare boolean default false)
returns jsonb
language plpgsql
set search_path = ''
as $$
declare
  corrected jsonb;
begin
  perform pg_advisory_xact_lock(private.campaign_moves_lock());

  if exists (
    select
    from unnest(campaign_ids) as k (id)
    where not exists (select from private.closed_campaigns as d where d.campaign_id = k.id)
  ) then
    raise exception using errcode = 'PT409', message = 'VALIDATION_FAILED',
      detail = 'A campaign was reopened meanwhile; begin the rebuild again';
  end if;

  begin
    delete from private.day_cuts as z
    using public.campaigns as k
    join public.clients as c on c.id = k.client_id
    where z.campaign_id = k.id and k.id = any (campaign_ids) and c.time_zone = 'UTC';

    insert into private.day_cuts as z (campaign_id, client_id, zone)
    select k.id, k.client_id, c.time_zone
    from public.campaigns as k
    join public.clients as c on c.id = k.client_id
    where k.id = any (campaign_ids) and c.time_zone <> 'UTC'
    on conflict (campaign_id) do update set zone = excluded.zone, counted_before = 'infinity' where z.zone <> excluded.zone;

    corrected := private.correct_campaigns(campaign_ids, archived);

    if only_compare then
      raise exception using errcode = 'PT499';
    end if;
  exception
    when sqlstate 'PT499' then
      null;
  end;

  return corrected;
end
$$;

comment on function worker.rebuild_closed_campaigns(uuid[], jsonb, boolean) is
  'Counts everything of closed campaigns again, from what the archive adds up to and the events that are here. Service role only. Shapes: see the comment above its definition.';

grant execute on function worker.rebuild_closed_campaigns(uuid[], jsonb, boolean) to service_role;

-- Mailboxes of a month of which events are archived; archived: [{ "connection_id", "email_account", "day", "sent", "opens", "clicks" }]
create function worker.rebuild_archived_month(from_day date, archived jsonb, only_compare boolean default false)
returns jsonb
language plpgsql
set search_path = ''
as $$
declare
  corrected jsonb;
begin
  perform pg_advisory_xact_lock(private.campaign_moves_lock());

  begin
    corrected := jsonb_build_object(
      'email_account_days', private.correct_mailboxes(from_day, (from_day + interval '1 month')::date, archived)
    );

    if only_compare then
      raise exception using errcode = 'PT499';
    end if;
  exception
    when sqlstate 'PT499' then
      null;
  end;

  return corrected;
end
$$;

comment on function worker.rebuild_archived_month(date, jsonb, boolean) is
  'Counts the observed numbers of mailboxes of a month again, with what the archive adds up to. Service role only. Shapes: see the comment above its definition.';

grant execute on function worker.rebuild_archived_month(date, jsonb, boolean) to service_role;
