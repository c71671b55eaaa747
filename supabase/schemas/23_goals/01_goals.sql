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
