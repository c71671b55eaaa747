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
