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
