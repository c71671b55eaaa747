-- How far a month is, and where it ends if it continues like this. The numbers are those of stats_between; nothing is counted here.

create type public.goal_state as enum ('too_early', 'on_track', 'behind', 'reached', 'missed');

-- Where the month ends: what there is, and for each working day that is left what a working day brought so far. Today is not over,
-- so it counts as the better of what it brought already and a usual day; otherwise every morning would look like a setback.
-- Whole numbers, as leads are. Null during the first three working days.
create function private.month_pace(
  reached_before_today bigint, reached_today bigint, days_before bigint, is_working_today boolean, days_after bigint
)
returns bigint
language sql
immutable
set search_path = ''
as $$
  select case when days_before >= 3 then round(
    reached_before_today
    + greatest(reached_today, case when is_working_today then reached_before_today::numeric / days_before else 0 end)
    + days_after * (reached_before_today::numeric / days_before)
  )::bigint end
$$;

comment on function private.month_pace(bigint, bigint, bigint, boolean, bigint) is
  'Where a month ends if its remaining working days are as those before today; null before three working days are over.';

grant execute on function private.month_pace(bigint, bigint, bigint, boolean, bigint) to service_role;

-- A month that ends at less than nine tenths of its goal is behind: 19 of 20 is the usual up and down of a few days.
create function private.goal_state(goal bigint, reached bigint, pace bigint, is_over boolean)
returns public.goal_state
language sql
immutable
set search_path = ''
as $$
  select case
    when reached >= goal then 'reached'
    when is_over then 'missed'
    when pace is null then 'too_early'
    when pace >= goal * 0.9 then 'on_track'
    else 'behind'
  end::public.goal_state
$$;

comment on function private.goal_state(bigint, bigint, bigint, boolean) is
  'reached, missed (the month is over), too_early, on_track (it ends at nine tenths of the goal or more) or behind.';

grant execute on function private.goal_state(bigint, bigint, bigint, boolean) to service_role;

-- The month of each client, whose days begin at its own midnight: how many working days are over and left. A working day is one
-- on which an active campaign sends and no holiday that all active campaigns keep; without a campaign Monday to Friday.
create function private.working_days_of_month(only_clients uuid[], at timestamptz)
returns table (client_id uuid, today date, days_before bigint, is_working_today boolean, days_after bigint)
language sql
stable
set search_path = ''
as $$
  with client as materialized (
    select c.id, private.day_in(at, c.time_zone) as today from public.clients as c where c.id = any (only_clients)
  ),
  active as materialized (
    select k.client_id, k.id, k.sending_days, k.holiday_countries
    from public.campaigns as k
    where k.client_id = any (only_clients) and k.provider_status in ('active', 'running_subsequences')
  ),
  sending as (
    select a.client_id, array_agg(distinct d.day) as days, count(distinct a.id) as campaigns
    from active as a
    cross join unnest(a.sending_days) as d (day)
    group by a.client_id
  ),
  keeping as materialized (
    select g.client_id, array_agg(g.country order by g.country) as countries
    from (
      select a.client_id, u.country, count(*) as campaigns
      from active as a
      cross join unnest(a.holiday_countries) as u (country)
      group by a.client_id, u.country
    ) as g
    join sending as s on s.client_id = g.client_id and s.campaigns = g.campaigns
    group by g.client_id
  ),
  -- Today is at most two months around the world.
  holiday as materialized (
    select u.country, h.day
    from (select distinct unnest(k.countries) as country from keeping as k) as u
    cross join lateral private.holidays(
      array[u.country],
      date_trunc('month', (at at time zone 'UTC')::date - 1)::date,
      (date_trunc('month', (at at time zone 'UTC')::date + 1) + interval '1 month - 1 day')::date
    ) as h
  ),
  own as materialized (
    select c.id, c.today, coalesce(s.days, '{1,2,3,4,5}') as days, coalesce(k.countries, '{}') as countries
    from client as c
    left join sending as s on s.client_id = c.id
    left join keeping as k on k.client_id = c.id
  ),
  -- Counted once for all clients that are alike: of 1,000 most are.
  counted as (
    select
      o.today, o.days, o.countries, count(*) filter (where d.day < o.today) as before, coalesce(bool_or(d.day = o.today), false) as is_today,
      count(*) filter (where d.day > o.today) as after
    from (select distinct o.today, o.days, o.countries from own as o) as o
    left join lateral (
      select date_trunc('month', o.today)::date + g.place as day
      from generate_series(0, extract(day from date_trunc('month', o.today) + interval '1 month - 1 day')::integer - 1) as g (place)
    ) as d on extract(dow from d.day)::smallint = any (o.days)
      and not exists (select from holiday as h where h.country = any (o.countries) and h.day = d.day)
    group by o.today, o.days, o.countries
  )
  select o.id, o.today, n.before, n.is_today, n.after
  from own as o
  join counted as n on n.today = o.today and n.days = o.days and n.countries = o.countries
$$;

comment on function private.working_days_of_month(uuid[], timestamptz) is
  'Of each of these clients today in its time zone, and the working days of this month before, on and after it.';

grant execute on function private.working_days_of_month(uuid[], timestamptz) to service_role;

-- Goals and what was reached, of one client or (operators) of all that are not archived. Months without bounds are the client's
-- present one. Definer, because it reads days that were added up; it asks first whose they are.
create function private.goal_months(from_month date, to_month date, only_client uuid, at timestamptz)
returns table (
  client_id uuid, month date, metric public.goal_metric, goal integer, reached bigint, pace bigint, state public.goal_state,
  days_over bigint, days_left bigint
)
language plpgsql
stable
security definer
set search_path = ''
as $$
#variable_conflict use_column
declare
  chosen uuid[];
begin
  if not (select private.may_operate())
    and coalesce(only_client <> all (array(select v.id from private.visible_client_ids() as v (id))), true)
  then
    return;
  end if;

  chosen := array(
    select distinct g.client_id
    from public.monthly_goals as g
    join public.clients as c on c.id = g.client_id
    where g.client_id = only_client or (only_client is null and c.archived_at is null)
  );

  if cardinality(chosen) = 0 then
    return;
  end if;

  return query
  with calendar as materialized (
    select w.*, date_trunc('month', w.today)::date as this_month from private.working_days_of_month(chosen, at) as w
  ),
  wanted as materialized (
    select w.client_id, m.month::date as month, n.metric, g.goal
    from calendar as w
    cross join lateral generate_series(
      coalesce(from_month, w.this_month)::timestamp, coalesce(to_month, w.this_month)::timestamp, interval '1 month'
    ) as m (month)
    cross join unnest(enum_range(null::public.goal_metric)) as n (metric)
    cross join lateral (
      select o.goal
      from public.monthly_goals as o
      where o.client_id = w.client_id and o.metric = n.metric and o.from_month <= m.month::date
      order by o.from_month desc
      limit 1
    ) as g
    where g.goal is not null
  ),
  happened as materialized (
    select
      d.client_id, date_trunc('month', d.day)::date as month,
      coalesce(sum(d.contacted) filter (where d.day < w.today), 0)::bigint as contacted,
      coalesce(sum(d.contacted) filter (where d.day >= w.today), 0)::bigint as contacted_today,
      coalesce(sum(d.positive) filter (where d.day < w.today), 0)::bigint as positive,
      coalesce(sum(d.positive) filter (where d.day >= w.today), 0)::bigint as positive_today,
      coalesce(sum(d.meetings) filter (where d.day < w.today), 0)::bigint as meetings,
      coalesce(sum(d.meetings) filter (where d.day >= w.today), 0)::bigint as meetings_today
    from private.days_of_clients(
      coalesce(from_month, (select min(w.this_month) from calendar as w)),
      (coalesce(to_month, (select max(w.this_month) from calendar as w)) + interval '1 month - 1 day')::date,
      chosen
    ) as d
    join calendar as w on w.client_id = d.client_id
    group by d.client_id, date_trunc('month', d.day)
  ),
  counted as (
    select
      g.client_id, g.month, g.metric, g.goal, w.this_month, w.days_before, w.is_working_today, w.days_after,
      coalesce(case g.metric when 'contacted' then h.contacted when 'positive_replies' then h.positive else h.meetings end, 0) as before,
      coalesce(
        case g.metric when 'contacted' then h.contacted_today when 'positive_replies' then h.positive_today else h.meetings_today end, 0
      ) as today
    from wanted as g
    join calendar as w on w.client_id = g.client_id
    left join happened as h on h.client_id = g.client_id and h.month = g.month
  ),
  paced as (
    select
      c.*, c.before + c.today as reached,
      case
        when c.month < c.this_month then c.before + c.today
        when c.month = c.this_month then private.month_pace(c.before, c.today, c.days_before, c.is_working_today, c.days_after)
      end as pace
    from counted as c
  )
  select
    p.client_id, p.month, p.metric, p.goal, p.reached, p.pace, private.goal_state(p.goal, p.reached, p.pace, p.month < p.this_month),
    case when p.month = p.this_month then p.days_before end,
    case when p.month = p.this_month then p.days_after + p.is_working_today::integer end
  from paced as p
  order by p.client_id, p.month, p.metric;
end
$$;

comment on function private.goal_months(date, date, uuid, timestamptz) is
  'Goals of a client the caller may see, or (operators) of all that are not archived: per month and metric goal, reached, pace, state; of the present month also the working days that are over and left.';

grant execute on function private.goal_months(date, date, uuid, timestamptz) to authenticated, service_role;

-- One month of one client, for what shows its goals.
create function private.client_pace(client_id uuid, month date)
returns table (metric public.goal_metric, goal integer, reached bigint, pace bigint, state public.goal_state, behind boolean)
language sql
stable
set search_path = ''
as $$
  select g.metric, g.goal, g.reached, g.pace, g.state, g.state in ('behind', 'missed')
  from private.goal_months(
    date_trunc('month', client_pace.month)::date, date_trunc('month', client_pace.month)::date, client_pace.client_id, now()
  ) as g
$$;

comment on function private.client_pace(uuid, date) is
  'Per metric with a goal in the month of that day: goal, reached, pace (where the month ends if it continues like this; of a past month = reached, null = too early to say), state, behind (also: missed).';

grant execute on function private.client_pace(uuid, date) to service_role;
