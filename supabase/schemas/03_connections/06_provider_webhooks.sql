-- Webhook health: how our webhook at the provider was when we last looked, and the incidents that followed.

-- The webhook that delivers a connection's events to us, as the provider knows it.
create table private.provider_webhooks (
  connection_id uuid primary key references public.provider_connections (id) on delete cascade,
  provider_webhook_id text not null,
  url text not null,
  state text not null default 'active' check (state in ('active', 'switched_off', 'missing')),
  checked_at timestamptz not null default now(),
  last_incident_at timestamptz
);

comment on table private.provider_webhooks is
  'Our webhook at the provider and its state at the last look: active, switched_off (by the provider, after failed deliveries) or missing.';

alter table private.provider_webhooks enable row level security;

grant select, insert, update, delete on private.provider_webhooks to service_role;

create policy "Only the functions read provider webhooks"
on private.provider_webhooks for all to service_role using (true) with check (true);

-- Records what a check of the provider's webhooks found. A problem opens one incident of its kind, health closes them all;
-- a webhook that was never registered has no id, then only the incident is kept.
create function worker.record_provider_webhook(
  target_connection_id uuid, new_provider_webhook_id text, new_url text, new_state text
)
returns void
language plpgsql
set search_path = ''
as $$
declare
  found_kind text := case new_state
    when 'switched_off' then 'webhook_switched_off'
    when 'missing' then 'webhook_missing'
  end;
begin
  if new_state is null or new_state not in ('active', 'switched_off', 'missing') then
    raise exception using errcode = 'PT400', message = 'VALIDATION_FAILED',
      detail = format('A webhook is active, switched_off or missing, not %L', new_state);
  end if;

  if new_provider_webhook_id is not null and new_url is not null then
    insert into private.provider_webhooks as w (connection_id, provider_webhook_id, url, state, last_incident_at)
    values (
      target_connection_id, new_provider_webhook_id, new_url, new_state,
      case when found_kind is not null then now() end
    )
    on conflict (connection_id) do update set
      provider_webhook_id = excluded.provider_webhook_id,
      url = excluded.url,
      state = excluded.state,
      checked_at = now(),
      last_incident_at = coalesce(excluded.last_incident_at, w.last_incident_at);
  end if;

  if found_kind is null then
    update public.incidents as i
    set closed_at = now()
    where i.connection_id = target_connection_id
      and i.kind in ('webhook_switched_off', 'webhook_missing')
      and i.closed_at is null;
  else
    insert into public.incidents (connection_id, client_id, kind, details)
    select
      c.id,
      c.client_id,
      found_kind,
      case found_kind
        when 'webhook_switched_off' then 'The provider switched our webhook off after failed deliveries; the sync switches it on again and replays what was missed'
        else 'The provider has no webhook that delivers to us; press “Check webhook” on its card in Settings → Connections; until then events arrive only by sync'
      end
    from public.provider_connections as c
    where c.id = target_connection_id
    on conflict (connection_id, kind, subject) where closed_at is null do nothing;
  end if;
end
$$;

comment on function worker.record_provider_webhook(uuid, text, text, text) is
  'Records our webhook at the provider as active, switched_off or missing; opens and closes the incidents that follow from it. Service role only.';

grant execute on function worker.record_provider_webhook(uuid, text, text, text) to service_role;

-- What we know of our webhook at the provider.
create function worker.read_provider_webhook(target_connection_id uuid)
returns jsonb
language sql
stable
set search_path = ''
as $$
  select jsonb_build_object(
    'provider_webhook_id', w.provider_webhook_id, 'url', w.url, 'state', w.state,
    'checked_at', w.checked_at, 'last_incident_at', w.last_incident_at
  )
  from private.provider_webhooks as w
  where w.connection_id = target_connection_id
$$;

comment on function worker.read_provider_webhook(uuid) is
  'Our webhook at the provider { provider_webhook_id, url, state, checked_at, last_incident_at }; null when none is on record. Service role only.';

grant execute on function worker.read_provider_webhook(uuid) to service_role;
