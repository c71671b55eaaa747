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
