-- How fast people who wrote are answered: per client, and over all clients at once.

create view public.client_reply_times
with (security_invoker = true)
as
select
  c.id as client_id,
  c.name as client_name,
  w.answered,
  (
    select count(distinct m.lead_id)
    from public.messages as m
    where m.client_id = c.id and m.direction = 'received' and not m.is_auto_reply and m.occurred_at > now() - interval '90 days'
      and not exists (
        select
        from public.messages as a
        where a.lead_id = m.lead_id and a.direction = 'sent' and a.event_id is null and a.occurred_at >= m.occurred_at
      )
  ) as waiting,
  w.median_seconds,
  w.share_under_5_minutes,
  w.answered_at_provider
from public.clients as c
cross join lateral (
  select
    count(*) as answered,
    round(percentile_cont(0.5) within group (order by r.seconds))::integer as median_seconds,
    round((count(*) filter (where r.seconds < 300))::numeric / nullif(count(*), 0), 4) as share_under_5_minutes,
    count(*) filter (where r.is_at_provider) as answered_at_provider
  from private.reply_waits as r
  where r.client_id = c.id and r.began_at > now() - interval '90 days'
) as w;

comment on view public.client_reply_times is
  'Per client, over 90 days: waits that ended with an answer of ours (answered_at_provider of them in the provider''s own inbox), conversations that wait, the median of working seconds (Monday to Friday, 9 to 17 o''clock in the client''s time zone) until the answer, and the share under five minutes.';

grant select on public.client_reply_times to authenticated, service_role;

-- Definer: an operator sees every client, and a policy would compare each wait with each of 1,000 clients.
create function private.read_reply_times()
returns table (
  client_id uuid, answered bigint, answered_at_provider bigint, median_seconds integer, share_under_5_minutes numeric
)
language plpgsql
stable
security definer
set search_path = ''
as $$
begin
  if not (select private.may_operate()) then
    raise exception using errcode = 'PT403', message = 'FORBIDDEN', detail = 'Only operators of the agency may do this';
  end if;

  return query
  select
    r.client_id, count(*), count(*) filter (where r.is_at_provider),
    round(percentile_cont(0.5) within group (order by r.seconds))::integer,
    round((count(*) filter (where r.seconds < 300))::numeric / count(*), 4)
  from private.reply_waits as r
  where r.began_at > now() - interval '90 days'
  group by r.client_id;
end
$$;

comment on function private.read_reply_times() is 'The work of public.reply_times; checks the caller itself.';

grant execute on function private.read_reply_times() to authenticated, service_role;

-- The door to it for operators.
create function public.reply_times()
returns table (
  client_id uuid, answered bigint, answered_at_provider bigint, median_seconds integer, share_under_5_minutes numeric
)
language sql
stable
set search_path = ''
as $$
  select r.* from private.read_reply_times() as r
$$;

comment on function public.reply_times() is
  'client_reply_times of all clients at once, for lists: only clients where somebody was answered within 90 days, without waiting. Operators.';

grant execute on function public.reply_times() to authenticated, service_role;
