-- The operators' home: each client in a period, beside the period before it, what waits at it, and its last good news.

-- How a series over a period is drawn: up to a hundred days by the day, more by the week.
create function private.days_per_point(from_day date, to_day date)
returns integer
language sql
immutable
set search_path = ''
as $$
  select case when to_day - from_day < 100 then 1 else 7 end
$$;

comment on function private.days_per_point(date, date) is 'Days in one point of a series: 1 up to a hundred days, else 7.';

grant execute on function private.days_per_point(date, date) to authenticated, service_role;

-- The days of both periods are those that stats_between adds up, so that a client's row here and its own page agree. Series
-- are added up here: a page of 1,000 clients would otherwise load 30,000 days. Definer: an operator sees every client, and a
-- policy would compare each of 50,000 rows with each of 1,000 clients.
create function private.read_home(from_day date, to_day date)
returns table (
  client_id uuid, client_name text, integration_enabled boolean, created_at timestamptz,
  sent bigint, contacted bigint, replied bigint, positive bigint, meetings bigint,
  reply_rate numeric, positive_rate numeric, enough_signal boolean,
  sent_before bigint, contacted_before bigint, replied_before bigint, positive_before bigint, meetings_before bigint,
  days_per_point integer, points integer[], sent_series bigint[], replied_series bigint[], positive_series bigint[],
  unanswered bigint, oldest_unanswered_at timestamptz, last_positive_at timestamptz, active_campaigns bigint, behind text
)
language plpgsql
stable
security definer
set search_path = ''
as $$
declare
  step integer;
  length integer;
begin
  if not (select private.may_operate()) then
    raise exception using errcode = 'PT403', message = 'FORBIDDEN', detail = 'Only operators of the agency may do this';
  end if;

  perform private.require_days(from_day, to_day);

  step := private.days_per_point(from_day, to_day);
  length := to_day - from_day + 1;

  return query
  with shown as materialized (
    select c.id, c.name, c.integration_enabled, c.created_at, private.day_in(now(), c.time_zone) as today
    from public.clients as c
    where c.archived_at is null
  ),
  spread as materialized (
    select d.* from private.read_client_days(from_day - length, to_day) as d
  ),
  sums as (
    select
      s.client_id,
      sum(s.sent) filter (where s.day >= from_day) as sent, sum(s.sent) filter (where s.day < from_day) as sent_before,
      sum(s.contacted) filter (where s.day >= from_day) as contacted, sum(s.contacted) filter (where s.day < from_day) as contacted_before,
      sum(s.replied) filter (where s.day >= from_day) as replied, sum(s.replied) filter (where s.day < from_day) as replied_before,
      sum(s.positive) filter (where s.day >= from_day) as positive, sum(s.positive) filter (where s.day < from_day) as positive_before,
      sum(s.meetings) filter (where s.day >= from_day) as meetings, sum(s.meetings) filter (where s.day < from_day) as meetings_before
    from spread as s
    group by s.client_id
  ),
  -- Days on which nothing happened are left out: 1,000 clients times 30 days would be most of the answer, and of its time.
  points as (
    select
      g.client_id, array_agg(g.point order by g.point) as places, array_agg(g.sent order by g.point) as sent,
      array_agg(g.replied order by g.point) as replied, array_agg(g.positive order by g.point) as positive
    from (
      select
        s.client_id, (s.day - from_day) / step as point, sum(s.sent)::bigint as sent, sum(s.replied)::bigint as replied,
        sum(s.positive)::bigint as positive
      from spread as s
      where s.day >= from_day
      group by s.client_id, (s.day - from_day) / step
    ) as g
    group by g.client_id
  ),
  waiting as (
    select m.client_id, count(*) as number, min(m.occurred_at) as oldest_at
    from public.messages as m
    where m.direction = 'received' and not m.is_auto_reply and m.verdict is null
    group by m.client_id
  ),
  good as (
    select l.client_id, max(l.interest_changed_at) as last_at
    from public.synced_leads as l
    where l.interest_status = 'positive'
    group by l.client_id
  ),
  running as (
    select k.client_id, count(*) as number
    from public.campaigns as k
    where k.provider_status in ('active', 'running_subsequences')
      and not exists (select from private.list_stopped_connections() as o where o.connection_id = k.connection_id)
    group by k.client_id
  ),
  recent as (
    select d.client_id, sum(d.sent) as sent
    -- Around the world it is at most three different days.
    from private.read_client_days((now() at time zone 'UTC')::date - 7, (now() at time zone 'UTC')::date + 1) as d
    join shown as c on c.id = d.client_id and d.day between c.today - 6 and c.today
    group by d.client_id
  )
  select
    c.id, c.name, c.integration_enabled, c.created_at,
    coalesce(s.sent, 0)::bigint, coalesce(s.contacted, 0)::bigint, coalesce(s.replied, 0)::bigint, coalesce(s.positive, 0)::bigint,
    coalesce(s.meetings, 0)::bigint,
    private.rate(coalesce(s.replied, 0)::bigint, coalesce(s.contacted, 0)::bigint),
    private.rate(coalesce(s.positive, 0)::bigint, coalesce(s.contacted, 0)::bigint),
    coalesce(s.contacted, 0) >= private.minimum_sample(),
    coalesce(s.sent_before, 0)::bigint, coalesce(s.contacted_before, 0)::bigint, coalesce(s.replied_before, 0)::bigint,
    coalesce(s.positive_before, 0)::bigint, coalesce(s.meetings_before, 0)::bigint,
    step, coalesce(p.places, '{}'), coalesce(p.sent, '{}'), coalesce(p.replied, '{}'), coalesce(p.positive, '{}'),
    coalesce(w.number, 0), w.oldest_at, g.last_at, coalesce(r.number, 0),
    -- What an owner would want to know first; a client that is switched off is not behind, and neither is a new one.
    case
      when not c.integration_enabled or c.created_at > now() - interval '7 days' then null
      when coalesce(r.number, 0) > 0 and coalesce(recent.sent, 0) = 0 then 'not_sending'
      when coalesce(r.number, 0) = 0 then 'no_campaign'
      when coalesce(s.sent, 0) < coalesce(s.sent_before, 0) * 0.7 and s.sent_before >= private.minimum_sample() then 'fewer_sent'
      when coalesce(s.contacted, 0) >= private.minimum_sample() and s.contacted_before >= private.minimum_sample()
        and coalesce(s.positive, 0)::numeric / s.contacted < coalesce(s.positive_before, 0)::numeric / s.contacted_before * 0.7
        then 'fewer_positive'
    end
  from shown as c
  left join points as p on p.client_id = c.id
  left join sums as s on s.client_id = c.id
  left join waiting as w on w.client_id = c.id
  left join good as g on g.client_id = c.id
  left join running as r on r.client_id = c.id
  left join recent on recent.client_id = c.id
  order by c.name, c.id;
end
$$;

comment on function private.read_home(date, date) is 'The work of public.home_between; checks the caller itself.';

grant execute on function private.read_home(date, date) to authenticated, service_role;

-- The door to it for operators.
create function public.home_between(from_day date, to_day date)
returns table (
  client_id uuid, client_name text, integration_enabled boolean, created_at timestamptz,
  sent bigint, contacted bigint, replied bigint, positive bigint, meetings bigint,
  reply_rate numeric, positive_rate numeric, enough_signal boolean,
  sent_before bigint, contacted_before bigint, replied_before bigint, positive_before bigint, meetings_before bigint,
  days_per_point integer, points integer[], sent_series bigint[], replied_series bigint[], positive_series bigint[],
  unanswered bigint, oldest_unanswered_at timestamptz, last_positive_at timestamptz, active_campaigns bigint, behind text
)
language sql
stable
set search_path = ''
as $$
  select h.* from private.read_home(from_day, to_day) as h
$$;

comment on function public.home_between(date, date) is
  'Each client that is not archived in a range of days, each cut at midnight in the client''s own time zone, with the same numbers of the range before it, series by day (by week from a hundred days on; points = which of them, from 0, without those on which nothing happened), unanswered replies, last positive reply, and why it is behind: not_sending (active campaigns and no mail for seven days), no_campaign, fewer_sent or fewer_positive (less than 70 % of the range before). Operators. Of more than twenty clients that have just changed, numbers of days are those of the last minutes.';

grant execute on function public.home_between(date, date) to authenticated, service_role;
