-- Generated from supabase/schemas/23_goals by "npm run migrations".

-- What an agency promised a client per month: leads contacted, positive replies, meetings.

create type public.goal_metric as enum ('contacted', 'positive_replies', 'meetings');

-- A goal holds from its month until the next row of the same metric; the months before keep theirs.
create table public.monthly_goals (
  client_id uuid not null references public.clients (id) on delete cascade,
  metric public.goal_metric not null,
  from_month date not null check (from_month = date_trunc('month', from_month)::date),
  goal integer check (goal between 1 and 10000000),
  set_at timestamptz not null default now(),
  primary key (client_id, metric, from_month)
);

comment on table public.monthly_goals is
  'What a client is to reach in a month, from from_month until the next row of the metric. What was reached: goals_between. Set it with set_client_goals.';
comment on column public.monthly_goals.from_month is 'The first day of the month from which the goal holds, in the client''s calendar.';
comment on column public.monthly_goals.goal is 'Leads in a month; null = from this month on there is no goal.';

alter table public.monthly_goals enable row level security;

grant select on public.monthly_goals to authenticated;
grant select, insert, update, delete on public.monthly_goals to service_role;

create policy "Clients see their goals, operators see all"
on public.monthly_goals for select to authenticated
using (client_id = any (array(select private.visible_client_ids())));

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

-- Setting goals, and reading how far they are.

-- Definer, because only operators may, and the goal of months that began stays what it was.
create function private.set_goals(target_client_id uuid, goals jsonb)
returns jsonb
language plpgsql
security definer
set search_path = ''
as $$
declare
  this_month date;
  problem text;
begin
  perform private.require_operator();

  if jsonb_typeof(goals) is distinct from 'object' then
    problem := 'Send the goals as an object, such as {"positive_replies": 20}';
  elsif exists (
    select from jsonb_object_keys(goals) as k (name) where k.name <> all (enum_range(null::public.goal_metric)::text[])
  ) then
    problem := 'A client has goals for contacted, positive_replies and meetings; send no other';
  else
    select format('A goal is null or a whole number from 1 to 10,000,000; %s is %s', n.key, n.value) into problem
    from jsonb_each(goals) as n
    where not case jsonb_typeof(n.value)
      when 'null' then true
      when 'number' then (n.value::text)::numeric between 1 and 10000000 and (n.value::text)::numeric % 1 = 0
      else false
    end
    limit 1;
  end if;

  if problem is not null then
    raise exception using errcode = 'PT400', message = 'VALIDATION_FAILED', detail = problem;
  end if;

  select date_trunc('month', private.day_in(now(), c.time_zone))::date into this_month
  from public.clients as c
  where c.id = target_client_id
  for update;

  if not found then
    raise exception using errcode = 'PT404', message = 'NOT_FOUND',
      detail = format('There is no client %L; check the id', target_client_id);
  end if;

  insert into public.monthly_goals as g (client_id, metric, from_month, goal)
  select target_client_id, n.key::public.goal_metric, this_month, (n.value #>> '{}')::numeric::integer
  from jsonb_each(goals) as n
  on conflict (client_id, metric, from_month) do update set goal = excluded.goal, set_at = now();

  perform private.write_audit('goals_changed', 'client', target_client_id::text, target_client_id, goals);

  return (
    select jsonb_object_agg(m.metric, (
      select g.goal
      from public.monthly_goals as g
      where g.client_id = target_client_id and g.metric = m.metric and g.from_month <= this_month
      order by g.from_month desc
      limit 1
    ))
    from unnest(enum_range(null::public.goal_metric)) as m (metric)
  );
end
$$;

comment on function private.set_goals(uuid, jsonb) is 'The work of public.set_client_goals; checks the caller itself.';

grant execute on function private.set_goals(uuid, jsonb) to authenticated, service_role;

-- The door to it for operators.
create function public.set_client_goals(target_client_id uuid, goals jsonb)
returns jsonb
language sql
volatile
set search_path = ''
as $$
  select private.set_goals(target_client_id, goals)
$$;

comment on function public.set_client_goals(uuid, jsonb) is
  'Sets what a client is to reach a month from this month on: what is sent of { contacted, positive_replies, meetings }, each 1 to 10,000,000 or null (no goal). Earlier months keep theirs. Returns all three. Operators.';

grant execute on function public.set_client_goals(uuid, jsonb) to authenticated, service_role;

-- Goals of a client, of one's own, or (operators) of all that are not archived.
create function public.goals_between(from_month date default null, to_month date default null, only_client uuid default null)
returns table (
  client_id uuid, month date, metric public.goal_metric, goal integer, reached bigint, pace bigint, state public.goal_state,
  days_over bigint, days_left bigint
)
language plpgsql
stable
set search_path = ''
as $$
begin
  if to_month < from_month or to_month > from_month + interval '36 months' then
    raise exception using errcode = 'PT400', message = 'VALIDATION_FAILED',
      detail = format('Ask for at most 36 months, the earlier first; it is %s to %s', from_month, to_month);
  end if;

  return query
  select g.*
  from private.goal_months(
    date_trunc('month', from_month)::date,
    -- Nothing was reached after this month. Without a choice each client has its own present one; least() would take the other.
    case when to_month is not null then least(date_trunc('month', to_month)::date, date_trunc('month', now() + interval '1 day')::date) end,
    coalesce(only_client, case when not (select private.may_operate()) then (select v.id from private.visible_client_ids() as v (id) limit 1) end),
    now()
  ) as g;
end
$$;

comment on function public.goals_between(date, date, uuid) is
  'Goals per month and metric, with reached, pace (where this month ends if its remaining working days are like those before; null = too early) and state: too_early, on_track, behind, reached, missed. Without months the client''s present one, with working days over and left. A client reads its own; operators one or all that are not archived.';

grant execute on function public.goals_between(date, date, uuid) to authenticated, service_role;

-- Clients that are behind their goal, for the agency.

-- From a third of the working days on: before that a single good or bad week decides. It opens below four fifths of the goal, and
-- only if a whole lead is missing by now (half a meeting is chance); it closes at nine tenths, so that it does not open and close
-- with each reply. A client that the agency switched off is not behind.
create function private.list_goal_incidents()
returns table (client_id uuid, kind text, subject text, details text)
language sql
stable
set search_path = ''
as $$
  select
    g.client_id, 'goal_behind', 'goal:' || g.client_id || ':' || g.metric,
    format(
      'This month ends at about %s %s of %s (goal %s; %s so far, %s working days left). Add leads or raise the daily limit of its campaigns, or change the goal in its overview.',
      g.pace, case g.metric when 'contacted' then 'contacted leads' when 'positive_replies' then 'positive replies' else 'meetings' end,
      c.name, g.goal, g.reached, g.days_left
    )
  from private.goal_months(null, null, null, now()) as g
  join public.clients as c on c.id = g.client_id
  where g.state = 'behind'
    and c.integration_enabled
    and g.days_over * 3 >= g.days_over + g.days_left
    and (
      (g.pace < g.goal * 0.8 and g.goal::numeric * g.days_over / (g.days_over + g.days_left) - g.reached >= 1)
      or exists (
        select
        from public.incidents as i
        where i.kind = 'goal_behind' and i.subject = 'goal:' || g.client_id || ':' || g.metric and i.closed_at is null
      )
    )
$$;

comment on function private.list_goal_incidents() is
  'Clients that end below four fifths of a goal of this month, from a third of its working days on; once open, below nine tenths.';

grant execute on function private.list_goal_incidents() to service_role;

create function private.watch_goals()
returns void
language plpgsql
set search_path = ''
as $$
begin
  update public.incidents as i
  set closed_at = now()
  where i.closed_at is null
    and i.kind = 'goal_behind'
    and not exists (select from private.list_goal_incidents() as t where t.subject = i.subject);

  insert into public.incidents as i (client_id, kind, subject, details)
  select t.client_id, t.kind, t.subject, t.details
  from private.list_goal_incidents() as t
  on conflict (connection_id, kind, subject) where closed_at is null
  do update set details = excluded.details
  where i.details is distinct from excluded.details;
end
$$;

comment on function private.watch_goals() is
  'Every hour: opens an incident for each client and metric that is behind its goal, and closes those that are over.';

grant execute on function private.watch_goals() to service_role;

-- How a client's rates compare with those of the agency's other clients, without a word about any single one.

create type public.compared_rate as enum ('reply_rate', 'positive_rate', 'meetings_per_1000');

-- Better than most, better than half, in the middle, below it, in the lowest quarter.
create type public.standing as enum ('top', 'upper', 'middle', 'lower', 'bottom');

create table private.rate_quartiles (
  rate public.compared_rate primary key,
  clients integer not null,
  lower_border numeric,
  median numeric,
  upper_border numeric,
  counted_at timestamptz not null default now()
);

comment on table private.rate_quartiles is
  'Quartiles of the rates of all clients with enough signal over 90 days, counted once a night; read through client_standings only.';

alter table private.rate_quartiles enable row level security;

grant select, insert, update, delete on private.rate_quartiles to service_role;

create policy "Only the functions read quartiles"
on private.rate_quartiles for all to service_role using (true) with check (true);

-- One row. Off: what one client learns of all others, even without names, is the agency's to decide.
create table private.standing_settings (
  is_only boolean primary key default true constraint standing_settings_is_one_row check (is_only),
  shown_to_clients boolean not null default false
);

comment on table private.standing_settings is 'Whether clients read how they compare. Set it with show_standings.';

insert into private.standing_settings default values;

alter table private.standing_settings enable row level security;

grant select, insert, update, delete on private.standing_settings to service_role;

create policy "Only the functions read whether standings are shown"
on private.standing_settings for all to service_role using (true) with check (true);

-- The rates of the last 90 whole days of each client, where enough leads were contacted. From days that were added up: 1,000
-- clients are read at once, and a minute more or less is no matter over 90 days.
create function private.compared_rates(only_client uuid)
returns table (client_id uuid, rate public.compared_rate, value numeric)
language sql
stable
set search_path = ''
as $$
  select s.client_id, v.rate::public.compared_rate, v.value
  from (
    select
      d.client_id, sum(d.contacted)::bigint as contacted, sum(d.replied)::bigint as replied, sum(d.positive)::bigint as positive,
      sum(d.meetings)::bigint as meetings
    from public.clients as c
    cross join lateral (select private.day_in(now(), c.time_zone) as today) as t
    join private.client_days as d on d.client_id = c.id and d.day between t.today - 90 and t.today - 1
    where c.id = only_client or (only_client is null and c.archived_at is null)
    group by d.client_id
    having sum(d.contacted) >= private.minimum_sample()
  ) as s
  cross join lateral (values
    ('reply_rate', private.rate(s.replied, s.contacted)),
    ('positive_rate', private.rate(s.positive, s.contacted)),
    ('meetings_per_1000', round(1000.0 * least(s.meetings, s.contacted) / s.contacted, 1))
  ) as v (rate, value)
$$;

comment on function private.compared_rates(uuid) is
  'Rates over the last 90 whole days of a client, or of all that are not archived (null), without those below private.minimum_sample().';

grant execute on function private.compared_rates(uuid) to service_role;

-- Once a night and not at every read: who looks again after each reply of somebody else would see its number move.
create function private.count_quartiles()
returns void
language sql
set search_path = ''
as $$
  insert into private.rate_quartiles as q (rate, clients, lower_border, median, upper_border)
  select r.rate, coalesce(f.clients, 0), f.borders[1], f.borders[2], f.borders[3]
  from unnest(enum_range(null::public.compared_rate)) as r (rate)
  left join (
    select n.rate, count(*)::integer as clients, percentile_cont(array[0.25, 0.5, 0.75]) within group (order by n.value) as borders
    from private.compared_rates(null) as n
    group by n.rate
  ) as f on f.rate = r.rate
  on conflict (rate) do update
  set
    clients = excluded.clients, lower_border = excluded.lower_border, median = excluded.median, upper_border = excluded.upper_border,
    counted_at = excluded.counted_at
$$;

comment on function private.count_quartiles() is 'Every night: the quartiles of the rates of all clients, for client_standings.';

grant execute on function private.count_quartiles() to service_role;

-- In which quarter a value is. Where many have the same (no meetings), the same is the middle and not a quarter.
create function private.standing_of(value numeric, lower_border numeric, median numeric, upper_border numeric)
returns public.standing
language sql
immutable
set search_path = ''
as $$
  select case
    when value is null or median is null then null
    when value = median then 'middle'
    when value >= upper_border then 'top'
    when value > median then 'upper'
    when value > lower_border then 'lower'
    else 'bottom'
  end::public.standing
$$;

comment on function private.standing_of(numeric, numeric, numeric, numeric) is
  'top, upper, middle (exactly the median), lower or bottom; null without a value.';

grant execute on function private.standing_of(numeric, numeric, numeric, numeric) to service_role;

-- Words from 5 clients on. Borders from 12 on, and rounded: with 5, the border of a quarter is the very number of one of four
-- others. Definer, because it reads what is of all clients; it answers for one that the caller
-- may see, and a client only where the agency shows it.
create function private.read_standing(target_client_id uuid)
returns table (
  rate public.compared_rate, value numeric, standing public.standing, lower_border numeric, median numeric, upper_border numeric,
  clients integer, counted_at timestamptz, shown_to_clients boolean
)
language plpgsql
stable
security definer
set search_path = ''
as $$
#variable_conflict use_column
declare
  may_operate boolean := (select private.may_operate());
  shown boolean := (select s.shown_to_clients from private.standing_settings as s);
begin
  if not may_operate and not (shown and target_client_id = any (array(select v.id from private.visible_client_ids() as v (id)))) then
    return;
  end if;

  return query
  select
    q.rate, o.value,
    case when q.clients >= 5 then private.standing_of(o.value, q.lower_border, q.median, q.upper_border) end,
    case when q.clients >= 12 then round(q.lower_border / g.grain) * g.grain end,
    case when q.clients >= 12 then round(q.median / g.grain) * g.grain end,
    case when q.clients >= 12 then round(q.upper_border / g.grain) * g.grain end,
    case when may_operate then q.clients end, q.counted_at, shown
  from private.rate_quartiles as q
  cross join lateral (
    -- Half a percent of replies, a tenth of a percent of positive ones, a whole meeting.
    select case q.rate when 'reply_rate' then 0.005 when 'positive_rate' then 0.001 else 1 end as grain
  ) as g
  left join private.compared_rates(target_client_id) as o on o.rate = q.rate
  where may_operate or q.clients >= 5
  order by q.rate;
end
$$;

comment on function private.read_standing(uuid) is
  'How a client compares: of one that the caller may see, and for clients only where private.standing_settings shows it.';

grant execute on function private.read_standing(uuid) to authenticated, service_role;

create view public.client_standings
with (security_invoker = true)
as
select c.id as client_id, s.*
from public.clients as c
cross join lateral private.read_standing(c.id) as s;

comment on view public.client_standings is
  'Per client and rate (last 90 days): its own value (null = below 100 contacted leads), its standing among the agency''s clients from 5 with enough signal on, and the rounded borders of the quarters from 12 on. Counted once a night. Clients read their own rows where the agency shows them (show_standings); clients = how many are compared, operators only.';

grant select on public.client_standings to authenticated, service_role;

create function private.set_standings_shown(shown boolean)
returns boolean
language plpgsql
security definer
set search_path = ''
as $$
begin
  perform private.require_operator();

  if shown is null then
    raise exception using errcode = 'PT400', message = 'VALIDATION_FAILED', detail = 'Say whether shown is true or false';
  end if;

  update private.standing_settings as s set shown_to_clients = shown where s.shown_to_clients <> shown;

  if found then
    perform private.write_audit(case when shown then 'standings_shown' else 'standings_hidden' end, 'agency', null, null);
  end if;

  return shown;
end
$$;

comment on function private.set_standings_shown(boolean) is 'The work of public.show_standings; checks the caller itself.';

grant execute on function private.set_standings_shown(boolean) to authenticated, service_role;

-- The door to it for operators.
create function public.show_standings(shown boolean)
returns boolean
language sql
volatile
set search_path = ''
as $$
  select private.set_standings_shown(shown)
$$;

comment on function public.show_standings(boolean) is
  'Whether every client reads its own rows of client_standings; off at the start. Returns it. Operators.';

grant execute on function public.show_standings(boolean) to authenticated, service_role;
