-- How fast people who wrote are answered, counted in working hours.

-- Seconds between two moments that fall into Monday to Friday, 9 to 17 o'clock, of a time zone.
create function private.working_seconds(since timestamptz, until timestamptz, time_zone text)
returns integer
language sql
stable strict
set search_path = ''
as $$
  select coalesce(sum(extract(epoch from
    least(until, (d.day + time '17:00') at time zone time_zone) - greatest(since, (d.day + time '09:00') at time zone time_zone)
  )), 0)::integer
  from generate_series(
    (since at time zone time_zone)::date, (least(until, since + interval '90 days') at time zone time_zone)::date, interval '1 day'
  ) as s (at)
  cross join lateral (select s.at::date as day) as d
  where extract(isodow from d.day) <= 5
    and (d.day + time '17:00') at time zone time_zone > since
    and (d.day + time '09:00') at time zone time_zone < until
$$;

comment on function private.working_seconds(timestamptz, timestamptz, text) is
  'Working seconds (Monday to Friday, 9 to 17 o''clock) between two moments in a time zone, over 90 days at most.';

grant execute on function private.working_seconds(timestamptz, timestamptz, text) to authenticated, service_role;

-- Each wait begins with a reply of a person to whom we owe nothing yet, and ends with our next answer.
create view public.client_reply_times
with (security_invoker = true)
as
select
  c.id as client_id,
  c.name as client_name,
  count(w.seconds) as answered,
  count(*) filter (where w.began_at is not null and w.answered_at is null) as waiting,
  round(percentile_cont(0.5) within group (order by w.seconds))::integer as median_seconds,
  round((count(*) filter (where w.seconds < 300))::numeric / nullif(count(w.seconds), 0), 4) as share_under_5_minutes
from public.clients as c
left join lateral (
  select
    e.occurred_at as began_at, e.answered_at, private.working_seconds(e.occurred_at, e.answered_at, c.time_zone) as seconds
  from (
    select
      m.occurred_at, m.direction, lag(m.direction) over (partition by m.lead_id order by m.occurred_at, m.id) as before,
      min(m.occurred_at) filter (where m.direction = 'sent') over (
        partition by m.lead_id order by m.occurred_at, m.id rows between current row and unbounded following
      ) as answered_at
    from public.messages as m
    where m.client_id = c.id
      and m.occurred_at > now() - interval '90 days'
      and ((m.direction = 'received' and not m.is_auto_reply) or (m.direction = 'sent' and m.event_id is null))
  ) as e
  where e.direction = 'received' and e.before is distinct from 'received'
) as w on true
group by c.id;

comment on view public.client_reply_times is
  'Per client, over 90 days: waits that ended with an answer of ours, open waits, the median of working seconds (Monday to Friday, 9 to 17 o''clock in the client''s time zone) until the answer, and the share under five minutes.';

grant select on public.client_reply_times to authenticated, service_role;
