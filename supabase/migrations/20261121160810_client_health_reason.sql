-- Why a client's health is what it is: a badge that only says "degraded" sends people looking.

-- The same rows, with why a client is not well.
create or replace view public.operator_clients
with (security_invoker = true)
as
select
  o.client_id, o.client_name, k.integration_enabled, k.created_at, h.connections, o.campaigns,
  (
    select count(*)
    from public.campaigns as a
    where a.client_id = o.client_id and a.provider_status in ('active', 'running_subsequences')
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
    else 'ok'
  end as health,
  o.as_of,
  o.age_seconds,
  case
    when not k.integration_enabled then 'The client is switched off'
    when c.reason is not null then c.reason
    when h.failing_jobs > 0 then 'Jobs fail'
    when h.open_incidents > 0 then 'Incidents are open'
  end as reason
from public.client_overview as o
join public.clients as k on k.id = o.client_id
join private.list_client_health() as h on h.client_id = o.client_id
left join (
  select
    u.client_id,
    bool_or(n.health = 'down') as is_down,
    bool_or(n.health <> 'ok') as is_degraded,
    (array_agg(n.reason order by n.health = 'down' desc, n.connection_name) filter (where n.health <> 'ok'))[1] as reason
  from (
    select d.client_id, d.id as connection_id from public.provider_connections as d where d.client_id is not null
    union
    select d.client_id, d.connection_id from public.campaigns as d where d.connection_id is not null
  ) as u
  join public.operator_health as n on n.connection_id = u.connection_id
  group by u.client_id
) as c on c.client_id = o.client_id
left join (
  select
    coalesce(said.client_id, seen.client_id) as client_id,
    sum(greatest(said.sent, seen.sent, 0))::bigint as sent,
    sum(greatest(said.replied, seen.replied, 0))::bigint as replied
  from (
    select * from public.campaign_analytics where day > (now() at time zone 'UTC')::date - 7
  ) as said
  full join (
    select * from public.campaign_activity where day > (now() at time zone 'UTC')::date - 7
  ) as seen on seen.campaign_id = said.campaign_id and seen.day = said.day
  group by coalesce(said.client_id, seen.client_id)
) as week on week.client_id = o.client_id;

comment on view public.operator_clients is
  'Every client with its numbers, the last seven UTC days, and the health of the connections that it sends through; reason = the worst of them in words. Operators only.';
