-- Whether deliveries arrive, for the people whose connection it is and not for operators alone.

-- Definer, because webhooks, outages and deliveries are in tables that people may not read. A provider without a webhook for
-- the whole workspace has one per campaign: then its open incident says that some could not be given one.
create function private.list_webhook_states()
returns table (
  connection_id uuid, client_id uuid, provider public.provider, state text, checked_at timestamptz, off_since timestamptz,
  missed_since timestamptz, campaigns bigint, campaigns_covered bigint, last_event_at timestamptz
)
language sql
stable
security definer
set search_path = ''
as $$
  select
    c.id, c.client_id, c.provider,
    case
      when c.removed_at is not null then 'not_registered'
      when coalesce(w.state, i.state) in ('switched_off', 'missing') then coalesce(w.state, i.state)
      when w.connection_id is null and coalesce(p.covered, 0) = 0 and a.last_event_at is null then 'not_registered'
      when g.starts_at is not null then 'repairing'
      when a.last_event_at is null then 'registered'
      else 'on'
    end,
    coalesce(w.checked_at, p.checked_at),
    case when coalesce(w.state, i.state) in ('switched_off', 'missing') then i.opened_at end,
    g.starts_at, p.campaigns, p.covered, a.last_event_at
  from public.provider_connections as c
  left join private.provider_webhooks as w on w.connection_id = c.id
  left join private.connection_activity as a on a.connection_id = c.id
  left join private.webhook_outages as g on g.connection_id = c.id and g.settled_at is null
  left join lateral (
    select substr(n.kind, length('webhook_') + 1) as state, n.opened_at
    from public.incidents as n
    where n.connection_id = c.id and n.kind in ('webhook_switched_off', 'webhook_missing') and n.closed_at is null
    order by n.opened_at desc
    limit 1
  ) as i on true
  left join lateral (
    select count(*) as campaigns, count(m.provider_webhook_id) as covered, max(m.checked_at) as checked_at
    from private.provider_campaigns as k
    left join public.campaigns as n on n.id = k.campaign_id
    left join private.campaign_webhooks as m
      on m.connection_id = k.connection_id and m.provider_campaign_id = k.provider_campaign_id
    where k.connection_id = c.id and k.listed_at is not null and coalesce(n.provider_status not in ('completed', 'deleted'), true)
  ) as p on c.provider = 'smartlead'
  where c.client_id = any (array(select private.connection_client_ids())) or (select private.may_operate())
$$;

comment on function private.list_webhook_states() is
  'The state of our webhook on each connection that the caller may see: a client its dedicated ones where clients.may_see_connection is true, operators and the service role all.';

grant execute on function private.list_webhook_states() to authenticated, service_role;

-- One row per connection.
create view public.client_webhooks
with (security_invoker = true)
as
select
  s.connection_id, s.client_id, s.provider, s.state, s.checked_at, s.off_since, s.missed_since,
  s.campaigns, s.campaigns_covered, s.last_event_at,
  extract(epoch from now() - s.last_event_at)::bigint as last_event_age_seconds
from private.list_webhook_states() as s;

comment on view public.client_webhooks is
  'Our webhook on each connection. state: not_registered, registered (nothing has arrived yet), on, switched_off (by the provider), missing, repairing (on again, what was missed since missed_since is being recovered). campaigns_covered of campaigns have one where each needs its own, else null.';

grant select on public.client_webhooks to authenticated, service_role;
