-- What a batch moves to other days at clients that do not live in UTC; see 06_events/09_day_shifts.sql.

-- kind = a column of private.day_shifts.
create type private.day_shift as (campaign_id uuid, client_id uuid, day date, kind text, change integer);

create function private.add_day_shifts(shifts private.day_shift[])
returns void
language plpgsql
set search_path = ''
as $$
begin
  insert into private.day_shifts as s
    (campaign_id, day, client_id, sent, contacted, opened, clicked, replied, auto_replies, bounced, unsubscribed,
     first_contacted, first_opened, first_clicked, first_replied)
  select
    n.campaign_id, n.day, n.client_id,
    coalesce(sum(n.change) filter (where n.kind = 'sent'), 0),
    coalesce(sum(n.change) filter (where n.kind = 'contacted'), 0),
    coalesce(sum(n.change) filter (where n.kind = 'opened'), 0),
    coalesce(sum(n.change) filter (where n.kind = 'clicked'), 0),
    coalesce(sum(n.change) filter (where n.kind = 'replied'), 0),
    coalesce(sum(n.change) filter (where n.kind = 'auto_replies'), 0),
    coalesce(sum(n.change) filter (where n.kind = 'bounced'), 0),
    coalesce(sum(n.change) filter (where n.kind = 'unsubscribed'), 0),
    coalesce(sum(n.change) filter (where n.kind = 'first_contacted'), 0),
    coalesce(sum(n.change) filter (where n.kind = 'first_opened'), 0),
    coalesce(sum(n.change) filter (where n.kind = 'first_clicked'), 0),
    coalesce(sum(n.change) filter (where n.kind = 'first_replied'), 0)
  from unnest(shifts) as n
  group by n.campaign_id, n.client_id, n.day
  order by n.campaign_id, n.day
  on conflict (campaign_id, day) do update set
    sent = s.sent + excluded.sent,
    contacted = s.contacted + excluded.contacted,
    opened = s.opened + excluded.opened,
    clicked = s.clicked + excluded.clicked,
    replied = s.replied + excluded.replied,
    auto_replies = s.auto_replies + excluded.auto_replies,
    bounced = s.bounced + excluded.bounced,
    unsubscribed = s.unsubscribed + excluded.unsubscribed,
    first_contacted = s.first_contacted + excluded.first_contacted,
    first_opened = s.first_opened + excluded.first_opened,
    first_clicked = s.first_clicked + excluded.first_clicked,
    first_replied = s.first_replied + excluded.first_replied;
end
$$;

comment on function private.add_day_shifts(private.day_shift[]) is 'Adds differences to private.day_shifts.';

grant execute on function private.add_day_shifts(private.day_shift[]) to service_role;

-- Which column an event moves: a mail as often as it happens, a person once a day.
create function private.shifted_mail(event_type public.email_event_type)
returns text
language plpgsql
immutable
set search_path = ''
as $$
begin
  return case event_type
    when 'email_sent' then 'sent'
    when 'auto_reply_received' then 'auto_replies'
    when 'email_bounced' then 'bounced'
    when 'lead_unsubscribed' then 'unsubscribed'
  end;
end
$$;

comment on function private.shifted_mail(public.email_event_type) is 'The column of private.day_shifts that counts each event of this type; null = none.';

grant execute on function private.shifted_mail(public.email_event_type) to service_role;

create function private.shifted_people(event_type public.email_event_type)
returns text
language plpgsql
immutable
set search_path = ''
as $$
begin
  return case event_type
    when 'email_sent' then 'contacted'
    when 'email_opened' then 'opened'
    when 'email_clicked' then 'clicked'
    when 'reply_received' then 'replied'
  end;
end
$$;

comment on function private.shifted_people(public.email_event_type) is
  'The column of private.day_shifts that counts the leads of a day with an event of this type; null = none.';

grant execute on function private.shifted_people(public.email_event_type) to service_role;

-- Runs before the events are inserted and the leads advanced, as the counters do. Only what falls on two days moves
-- anything, and people also where a lead did the same before on one of the two days and not on the other: looked up
-- only for leads that did anything before outside of what both days have in common, with two hours for a change of the clocks.
create function private.count_day_shifts(batch private.resolved_event[], steps private.first_time_step[])
returns void
language plpgsql
set search_path = ''
as $$
declare
  shifts private.day_shift[];
begin
  if not exists (select from private.day_cuts as z where z.zone <> 'UTC') then
    return;
  end if;

  with event as materialized (
    select
      n.*, n.local_at::date as local_day, n.utc_at::date as utc_day,
      n.local_at::date::timestamp - (n.local_at - n.utc_at) as local_start, n.utc_at::date::timestamp as utc_start
    from (
      select
        b.campaign_id, b.client_id, b.lead_id, b.type, b.is_new_to_lead, z.zone, z.counted_before,
        b.lead_last_event_at at time zone 'UTC' as last_at, b.contact_known_at at time zone 'UTC' as known_at,
        b.occurred_at at time zone 'UTC' as utc_at, b.occurred_at at time zone z.zone as local_at
      from unnest(batch) as b
      join private.day_cuts as z on z.campaign_id = b.campaign_id and z.zone <> 'UTC' and b.occurred_at < z.counted_before
      where b.lead_id is not null and (b.shows_contact or b.type = 'lead_unsubscribed')
    ) as n
  ),
  doubtful as materialized (
    select e.lead_id, e.type
    from event as e
    where e.type in ('email_sent', 'email_opened', 'email_clicked', 'reply_received')
      and (
        e.local_day <> e.utc_day
        or not (
          e.is_new_to_lead
          or e.last_at < least(e.utc_start, e.local_start) - interval '2 hours'
          or (
            e.known_at >= greatest(e.utc_start, e.local_start) + interval '2 hours'
            and e.last_at < least(e.utc_start, e.local_start) + interval '22 hours'
          )
        )
      )
    group by e.lead_id, e.type
  ),
  moved as (
    select e.campaign_id, e.client_id, s.day, private.shifted_mail(e.type) as kind, s.change
    from event as e
    cross join lateral (values (e.local_day, 1), (e.utc_day, -1)) as s (day, change)
    where e.local_day <> e.utc_day and private.shifted_mail(e.type) is not null
    union all
    select p.campaign_id, p.client_id, p.day, private.shifted_people(p.type), p.change
    from (
      select
        e.campaign_id, e.client_id, e.lead_id, e.type, s.day, s.zone, s.change, e.counted_before,
        bool_or(e.is_new_to_lead) as is_new
      from event as e
      join doubtful as d on d.lead_id = e.lead_id and d.type = e.type
      cross join lateral (values (e.local_day, e.zone, 1), (e.utc_day, 'UTC', -1)) as s (day, zone, change)
      group by e.campaign_id, e.client_id, e.lead_id, e.type, s.day, s.zone, s.change, e.counted_before
    ) as p
    where p.is_new or not exists (
      select
      from public.email_events as e
      where e.lead_id = p.lead_id
        and e.type = p.type
        -- By the day itself: in Havana midnight comes twice when the clocks go back, and the day begins with the first.
        and (e.occurred_at at time zone p.zone)::date = p.day
        and e.occurred_at >= (p.day - 1)::timestamp at time zone 'UTC'
        and e.occurred_at < (p.day + 2)::timestamp at time zone 'UTC'
        and e.occurred_at < p.counted_before
    )
    union all
    select f.campaign_id, f.client_id, s.day, 'first_' || f.kind, s.change
    from unnest(steps) as f
    join private.day_cuts as z on z.campaign_id = f.campaign_id and z.zone <> 'UTC'
    cross join lateral (
      values
        ((f.moment at time zone z.zone)::date, f.change), ((f.moment at time zone 'UTC')::date, -f.change)
    ) as s (day, change)
  )
  select array_agg(row(n.campaign_id, n.client_id, n.day, n.kind, n.change)::private.day_shift)
  into shifts
  from (
    select m.campaign_id, m.client_id, m.day, m.kind, sum(m.change)::integer as change
    from moved as m
    group by m.campaign_id, m.client_id, m.day, m.kind
    having sum(m.change) <> 0
  ) as n;

  if shifts is not null then
    perform private.add_day_shifts(shifts);
  end if;
end
$$;

comment on function private.count_day_shifts(private.resolved_event[], private.first_time_step[]) is
  'Adds newly projected events to private.day_shifts. Called by private.count_for_reports.';

grant execute on function private.count_day_shifts(private.resolved_event[], private.first_time_step[]) to service_role;

-- What the projector calls for the reports, between its own counters and the events.
create function private.count_for_reports(batch private.resolved_event[])
returns void
language plpgsql
set search_path = ''
as $$
declare
  steps private.first_time_step[] := private.first_time_steps(batch);
begin
  perform private.count_first_times(steps);
  perform private.count_step_events(batch);
  perform private.count_day_shifts(batch, steps);
end
$$;

comment on function private.count_for_reports(private.resolved_event[]) is
  'The projector''s call for the reports: first times per day, steps with their variants, and what other time zones move.';

grant execute on function private.count_for_reports(private.resolved_event[]) to service_role;
