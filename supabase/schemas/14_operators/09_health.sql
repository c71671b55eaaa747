-- What operators look at in the morning: every connection, client, campaign, mailbox and job with the client's name and
-- with its health. Clients may ask too and get no rows.

-- Definer, because deliveries, jobs and webhooks of connections are in tables that people may not read whole.
create function private.list_connection_health()
returns table (
  connection_id uuid, connection_name text, client_id uuid, client_name text, provider public.provider,
  status public.connection_status, last_webhook_at timestamptz, last_sync_at timestamptz, waiting bigint,
  oldest_waiting_at timestamptz, dead_letters bigint, dead_recently bigint, quarantined bigint, webhook_state text,
  webhook_checked_at timestamptz, failing_jobs bigint, open_incidents bigint, is_stale boolean, is_switched_off boolean,
  removed_at timestamptz, stopped_by_client boolean
)
language sql
stable
security definer
set search_path = ''
as $$
  select
    c.id, c.name, c.client_id, k.name, c.provider,
    c.status, greatest(a.last_event_at, b.newest_at), c.last_synced_at, coalesce(b.waiting, 0),
    b.oldest_waiting_at, coalesce(b.dead_letters, 0), coalesce(b.dead_recently, 0), coalesce(b.quarantined, 0), w.state,
    w.checked_at, coalesce(f.number, 0), coalesce(i.number, 0),
    private.is_sync_stale(c),
    not coalesce(k.integration_enabled, true), c.removed_at, t.connection_id is not null
  from public.provider_connections as c
  left join public.clients as k on k.id = c.client_id
  left join private.connection_activity as a on a.connection_id = c.id
  left join private.list_backlogs() as b on b.connection_id = c.id
  left join private.provider_webhooks as w on w.connection_id = c.id
  left join (
    select j.connection_id, count(*) as number from private.list_unacknowledged_failures() as j group by j.connection_id
  ) as f on f.connection_id = c.id
  left join (
    select o.connection_id, count(*) as number
    from public.incidents as o
    where o.closed_at is null and o.acknowledged_at is null
    group by o.connection_id
  ) as i on i.connection_id = c.id
  left join (
    select s.connection_id
    from private.list_client_stops() as s
    where not exists (
      select
      from public.incidents as o
      where o.connection_id = s.connection_id and o.kind = s.kind and o.closed_at is null and o.acknowledged_at is not null
    )
  ) as t on t.connection_id = c.id
  where (select private.may_operate())
$$;

comment on function private.list_connection_health() is
  'Each connection with its webhook, sync, backlog, failing jobs and incidents that are open and not acknowledged. No rows unless private.may_operate().';

grant execute on function private.list_connection_health() to authenticated, service_role;

-- One row per connection, the worst reason first. A new one that is well is neither healthy nor unhealthy: nothing has shown
-- yet that deliveries arrive.
create view public.operator_health
with (security_invoker = true)
as
select
  h.connection_id, h.connection_name, h.client_id, h.client_name, h.provider, h.status, h.last_webhook_at, h.last_sync_at,
  extract(epoch from now() - h.last_sync_at)::bigint as sync_age_seconds,
  h.waiting,
  extract(epoch from now() - h.oldest_waiting_at)::bigint as oldest_waiting_seconds,
  h.dead_letters, h.quarantined, h.webhook_state, h.webhook_checked_at, h.failing_jobs, h.open_incidents,
  case
    when h.stopped_by_client then 'degraded'
    when h.status = 'paused' or h.is_switched_off then 'ok'
    when h.status in ('invalid', 'needs_plan') then 'down'
    when judged.reason is null then 'ok'
    when judged.reason = 'Waiting for its first event' then 'waiting'
    else 'degraded'
  end as health,
  judged.reason
from private.list_connection_health() as h
cross join lateral (
  select case
    when h.stopped_by_client and h.removed_at is not null then 'The client removed this connection'
    when h.stopped_by_client then 'The client paused this connection'
    when h.removed_at is not null then 'The connection was removed'
    when h.status = 'paused' then 'The connection is paused'
    when h.is_switched_off then 'The client is switched off'
    when h.status = 'invalid' then 'The provider refuses the API key'
    when h.status = 'needs_plan' then 'The provider asks for a paid plan'
    when h.webhook_state = 'switched_off' then 'The provider switched our webhook off'
    when h.webhook_state = 'missing' then 'The provider has no webhook of ours'
    when h.is_stale then 'The last complete sync is too old or missing'
    when h.oldest_waiting_at < now() - interval '2 minutes' then 'Deliveries wait for longer than two minutes'
    when h.failing_jobs > 0 then 'Jobs fail'
    when h.dead_recently > 0 then 'Deliveries of the last seven days could not be processed'
    when h.open_incidents > 0 then 'Incidents are open'
    when h.last_webhook_at is null then 'Waiting for its first event'
  end as reason
) as judged;

comment on view public.operator_health is
  'Every connection with its last webhook and sync, backlog, dead letters, webhook, failing jobs and incidents; health = ok, waiting (new and well, no event has arrived yet), degraded or down, reason = the worst thing. Operators only.';

grant select on public.operator_health to authenticated, service_role;

-- Definer for the same tables, by client: what came through a shared connection counts for the client of its campaign.
create function private.list_client_health()
returns table (
  client_id uuid, connections bigint, last_webhook_at timestamptz, last_sync_at timestamptz, waiting bigint,
  dead_letters bigint, quarantined bigint, open_incidents bigint, failing_jobs bigint
)
language sql
stable
security definer
set search_path = ''
as $$
  with used as (
    select c.client_id, c.id as connection_id from public.provider_connections as c where c.client_id is not null
    union
    select k.client_id, k.connection_id from public.campaigns as k where k.connection_id is not null
  ),
  held as (
    select coalesce(k.client_id, c.client_id) as client_id, w.status, count(*) as number
    from (
      select e.connection_id, e.provider_campaign_id, e.status from private.webhook_events as e where e.status = 'pending'
      union all
      select e.connection_id, e.provider_campaign_id, e.status from private.webhook_events as e where e.status = 'quarantined'
      union all
      select e.connection_id, e.provider_campaign_id, e.status
      from private.webhook_events as e
      where e.status = 'dead' and not exists (select from private.dismissed_dead_letters as d where d.event_id = e.id)
    ) as w
    join public.provider_connections as c on c.id = w.connection_id
    left join private.provider_campaigns as p
      on p.connection_id = w.connection_id and p.provider_campaign_id = w.provider_campaign_id
    left join public.campaigns as k on k.id = p.campaign_id
    group by coalesce(k.client_id, c.client_id), w.status
  )
  select
    k.id,
    (select count(*) from used as u where u.client_id = k.id),
    greatest(
      (select max(t.observed_at) from public.campaign_activity_totals as t where t.client_id = k.id),
      (
        select max(a.last_event_at)
        from public.provider_connections as c
        join private.connection_activity as a on a.connection_id = c.id
        where c.client_id = k.id
      )
    ),
    (
      select min(c.last_synced_at)
      from used as u
      join public.provider_connections as c on c.id = u.connection_id
      where u.client_id = k.id
    ),
    coalesce((select sum(h.number) from held as h where h.client_id = k.id and h.status = 'pending'), 0)::bigint,
    coalesce((select sum(h.number) from held as h where h.client_id = k.id and h.status = 'dead'), 0)::bigint,
    coalesce((select sum(h.number) from held as h where h.client_id = k.id and h.status = 'quarantined'), 0)::bigint,
    (select count(*) from public.incidents as i where i.client_id = k.id and i.closed_at is null and i.acknowledged_at is null),
    (
      select count(*)
      from private.list_unacknowledged_failures() as j
      join public.provider_connections as c on c.id = j.connection_id
      where coalesce(j.client_id, c.client_id) = k.id
    )
  from public.clients as k
  where (select private.may_operate())
$$;

comment on function private.list_client_health() is
  'Each client with its connections, deliveries that are not projected, incidents and failing jobs. No rows unless private.may_operate().';

grant execute on function private.list_client_health() to authenticated, service_role;

-- One row per client: the numbers of client_overview beside the state of what brings them, and why it is not well: a badge
-- that only says "degraded" sends people looking.
create view public.operator_clients
with (security_invoker = true)
as
select
  o.client_id, o.client_name, k.integration_enabled, k.created_at, h.connections, o.campaigns,
  (
    select count(*)
    from public.campaigns as a
    where a.client_id = o.client_id and a.provider_status in ('active', 'running_subsequences')
      and not exists (select from private.list_stopped_connections() as s where s.connection_id = a.connection_id)
  ) as active_campaigns,
  o.leads, o.sent, o.contacted, o.opened, o.clicked, o.bounced, o.replied, o.positive,
  o.open_rate, o.click_rate, o.bounce_rate, o.reply_rate, o.positive_rate, o.enough_signal,
  week.sent as sent_7_days,
  week.replied as replied_7_days,
  h.last_webhook_at, h.last_sync_at, h.waiting, h.dead_letters, h.quarantined, h.open_incidents, h.failing_jobs,
  case
    when not k.integration_enabled then 'ok'
    when coalesce(c.is_down, false) then 'down'
    when coalesce(c.is_degraded, false) or h.failing_jobs > 0 or h.open_incidents > 0 then 'degraded'
    when coalesce(c.is_waiting, false) then 'waiting'
    else 'ok'
  end as health,
  o.as_of,
  o.age_seconds,
  case
    when not k.integration_enabled then 'The client is switched off'
    when c.reason is not null then c.reason
    when h.failing_jobs > 0 then 'Jobs fail'
    when h.open_incidents > 0 then 'Incidents are open'
    when c.is_waiting then 'Waiting for its first event'
  end as reason
from public.client_overview as o
join public.clients as k on k.id = o.client_id
join private.list_client_health() as h on h.client_id = o.client_id
left join (
  select
    u.client_id,
    bool_or(n.health = 'down') as is_down,
    bool_or(n.health = 'degraded') as is_degraded,
    bool_and(n.health = 'waiting') as is_waiting,
    (array_agg(n.reason order by n.health = 'down' desc, n.connection_name) filter (where n.health in ('degraded', 'down')))[1] as reason
  from (
    select d.client_id, d.id as connection_id from public.provider_connections as d where d.client_id is not null
    union
    select d.client_id, d.connection_id from public.campaigns as d where d.connection_id is not null
  ) as u
  join public.operator_health as n on n.connection_id = u.connection_id
  group by u.client_id
) as c on c.client_id = o.client_id
-- Per client: the policies then narrow each look into the index, and are not compared with every row (half the time for
-- 1,000 clients).
cross join lateral (
  select sum(n.sent)::bigint as sent, sum(n.replied)::bigint as replied
  from private.campaign_daily_numbers as n
  where n.client_id = o.client_id and n.day > private.day_in(now(), k.time_zone) - 7
) as week;

comment on view public.operator_clients is
  'Every client with its numbers, the last seven days in its time zone, and the health of the connections that it sends through; reason = the worst of them in words. Operators only.';

grant select on public.operator_clients to authenticated, service_role;
