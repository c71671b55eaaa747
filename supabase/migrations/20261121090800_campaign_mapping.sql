-- Which provider campaign belongs to which campaign of ours, and what happens to events while nobody knows.

-- Makes sure that a dedicated connection's provider campaigns have a campaign here; those of a shared connection are
-- only noted, for an operator to map. Safe to call from several workers at once: the first one holds the rows.
-- listed: [{ "provider_campaign_id": text, "name": text|null, "created_at": timestamptz|null }]
create function private.note_provider_campaigns(target_connection_id uuid, listed jsonb)
returns integer
language plpgsql
set search_path = ''
as $$
declare
  owner_id uuid;
  imported integer := 0;
  unmapped record;
  new_campaign_id uuid;
begin
  insert into private.provider_campaigns as p (connection_id, provider_campaign_id, name, provider_created_at)
  select distinct on (f.provider_campaign_id)
    target_connection_id, f.provider_campaign_id, nullif(btrim(f.name), ''), f.created_at
  from jsonb_to_recordset(listed) as f (provider_campaign_id text, name text, created_at timestamptz)
  where f.provider_campaign_id is not null
  order by f.provider_campaign_id
  on conflict (connection_id, provider_campaign_id) do update
  set name = coalesce(excluded.name, p.name), provider_created_at = coalesce(excluded.provider_created_at, p.provider_created_at)
  where p.name is distinct from coalesce(excluded.name, p.name)
    or p.provider_created_at is distinct from coalesce(excluded.provider_created_at, p.provider_created_at);

  select c.client_id into owner_id from public.provider_connections as c where c.id = target_connection_id;

  if owner_id is null then
    return 0;
  end if;

  for unmapped in
    select p.provider_campaign_id, p.name
    from private.provider_campaigns as p
    join jsonb_to_recordset(listed) as f (provider_campaign_id text) using (provider_campaign_id)
    where p.connection_id = target_connection_id and p.campaign_id is null
    order by p.provider_campaign_id
    for update of p
  loop
    insert into public.campaigns (client_id, connection_id, name, generation_status)
    values (owner_id, target_connection_id, coalesce(unmapped.name, 'Campaign without a name'), 'completed')
    returning id into new_campaign_id;

    perform private.map_provider_campaign(target_connection_id, unmapped.provider_campaign_id, new_campaign_id);
    imported := imported + 1;
  end loop;

  return imported;
end
$$;

comment on function private.note_provider_campaigns(uuid, jsonb) is
  'Notes provider campaigns of a connection; on a dedicated connection unknown ones become campaigns of its client. Returns how many were imported.';

-- Says whose campaign a provider campaign is, and lets the events go on that waited for it.
create function private.map_provider_campaign(target_connection_id uuid, target_provider_campaign_id text, target_campaign_id uuid)
returns integer
language plpgsql
set search_path = ''
as $$
declare
  released integer;
begin
  if exists (
    select
    from public.provider_connections as c
    join public.campaigns as k on k.id = target_campaign_id
    where c.id = target_connection_id and c.client_id is not null and c.client_id <> k.client_id
  ) then
    raise exception using errcode = 'PT400', message = 'VALIDATION_FAILED',
      detail = 'This workspace is dedicated to another client; map its campaigns to campaigns of that client';
  end if;

  insert into private.provider_campaigns as p (connection_id, provider_campaign_id, campaign_id)
  values (target_connection_id, target_provider_campaign_id, target_campaign_id)
  on conflict (connection_id, provider_campaign_id) do update set campaign_id = excluded.campaign_id;

  update private.webhook_events as w
  set status = 'pending', reason = null, attempts = 0, next_attempt_at = now()
  where w.connection_id = target_connection_id
    and w.status = 'quarantined'
    -- A custom variable may hide the id, so any of the event's candidates counts.
    and (
      w.provider_campaign_id = target_provider_campaign_id
      or w.event -> 'provider_campaign_ids' ? target_provider_campaign_id
    );

  get diagnostics released = row_count;
  return released;
end
$$;

comment on function private.map_provider_campaign(uuid, text, uuid) is
  'Maps a provider campaign to a campaign and puts its held events back to pending; returns how many were released.';

grant execute on function
  private.note_provider_campaigns(uuid, jsonb),
  private.map_provider_campaign(uuid, text, uuid)
to service_role;
