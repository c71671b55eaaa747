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
