-- Which provider campaign belongs to which campaign of ours, and what happens to events while nobody knows.

-- An organisation of a workspace, as the provider keeps it. client_id null = nobody has said yet whose it is.
create table private.organizations (
  id uuid not null unique default gen_random_uuid(),
  connection_id uuid not null references public.provider_connections (id) on delete cascade,
  provider_org_id text not null,
  provider_org_name text,
  client_id uuid references public.clients (id) on delete set null,
  created_at timestamptz not null default now(),
  primary key (connection_id, provider_org_id)
);

comment on table private.organizations is
  'Organisations of a workspace and the client that each belongs to. On a dedicated connection, as soon as one is mapped, only campaigns of mapped ones are imported.';

create index provider_organizations_client_id_idx on private.organizations (client_id);

alter table private.organizations enable row level security;

grant select, insert, update, delete on private.organizations to service_role;

create policy "Only the functions read organisations"
on private.organizations for all to service_role using (true) with check (true);

-- Whose a campaign of a workspace is: of a shared one the client of its organisation, of a dedicated one its owner, unless
-- the connection is limited to other organisations. Null = nobody has said yet.
create function private.campaign_owner(target_connection_id uuid, campaign_org_id text)
returns uuid
language sql
stable
set search_path = ''
as $$
  select case
    when c.client_id is null then o.client_id
    when o.client_id is not null
      or not exists (
        select
        from private.organizations as l
        where l.connection_id = c.id and l.client_id is not null
      )
    then c.client_id
  end
  from public.provider_connections as c
  left join private.organizations as o
    on o.connection_id = c.id and o.provider_org_id = campaign_org_id
  where c.id = target_connection_id
$$;

comment on function private.campaign_owner(uuid, text) is
  'The client that a provider campaign belongs to by its workspace and organisation; null = an operator has to say.';

-- What a campaign is called as long as the provider has not told its name.
create function private.nameless_campaign()
returns text
language sql
immutable
set search_path = ''
as $$
  select 'Campaign without a name'
$$;

comment on function private.nameless_campaign() is 'The name of a campaign whose name nobody has told us.';

-- Notes provider campaigns: of the provider's own list, or (is_list false) only named by a delivery. What the list has and
-- whose owner is known becomes a campaign of that client; the others wait, for the list or for an operator. A delivery
-- alone makes no campaign: whoever knows a webhook's secret could fill a client's reports with inventions. Safe to call
-- from several workers at once: the first one holds the rows.
-- listed: [{ "provider_campaign_id": text, "name": text|null, "created_at": timestamptz|null, "provider_org_id": text|null }]
create function private.note_provider_campaigns(target_connection_id uuid, listed jsonb, is_list boolean)
returns integer
language plpgsql
set search_path = ''
as $$
declare
  imported integer := 0;
  unmapped record;
  owner_id uuid;
  new_campaign_id uuid;
begin
  insert into private.provider_campaigns as p
    (connection_id, provider_campaign_id, name, provider_created_at, provider_org_id, listed_at)
  select distinct on (f.provider_campaign_id)
    target_connection_id, f.provider_campaign_id, nullif(btrim(f.name), ''), f.created_at, f.provider_org_id,
    case when is_list then now() end
  from jsonb_to_recordset(listed) as f (
    provider_campaign_id text, name text, created_at timestamptz, provider_org_id text
  )
  where f.provider_campaign_id is not null
  order by f.provider_campaign_id
  on conflict (connection_id, provider_campaign_id) do update
  set
    name = coalesce(excluded.name, p.name),
    provider_created_at = coalesce(excluded.provider_created_at, p.provider_created_at),
    provider_org_id = coalesce(excluded.provider_org_id, p.provider_org_id),
    listed_at = coalesce(excluded.listed_at, p.listed_at)
  where is_list
    or p.name is distinct from coalesce(excluded.name, p.name)
    or p.provider_created_at is distinct from coalesce(excluded.provider_created_at, p.provider_created_at)
    or p.provider_org_id is distinct from coalesce(excluded.provider_org_id, p.provider_org_id);

  insert into private.organizations (connection_id, provider_org_id)
  select distinct target_connection_id, f.provider_org_id
  from jsonb_to_recordset(listed) as f (provider_org_id text)
  where f.provider_org_id is not null
  order by f.provider_org_id
  on conflict do nothing;

  for unmapped in
    select p.provider_campaign_id, p.name, p.provider_org_id
    from private.provider_campaigns as p
    join jsonb_to_recordset(listed) as f (provider_campaign_id text) using (provider_campaign_id)
    where p.connection_id = target_connection_id
      and p.campaign_id is null
      and p.listed_at is not null
      -- Whose one is that went from one organisation to another, an operator has to say.
      and p.moved_from is null
    order by p.provider_campaign_id
    for update of p
  loop
    owner_id := private.campaign_owner(target_connection_id, unmapped.provider_org_id);
    continue when owner_id is null;

    insert into public.campaigns (client_id, connection_id, name, generation_status)
    values (owner_id, target_connection_id, coalesce(unmapped.name, private.nameless_campaign()), 'completed')
    returning id into new_campaign_id;

    perform private.map_provider_campaign(target_connection_id, unmapped.provider_campaign_id, new_campaign_id);
    imported := imported + 1;
  end loop;

  return imported;
end
$$;

comment on function private.note_provider_campaigns(uuid, jsonb, boolean) is
  'Notes provider campaigns of a connection; those that the provider lists and whose owner is known become campaigns of that client. Returns how many were imported.';

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
  on conflict (connection_id, provider_campaign_id) do update set
    campaign_id = excluded.campaign_id,
    moved_from = null,
    org_changed_at = case when p.moved_from is null then p.org_changed_at else now() end;

  update public.incidents as i
  set closed_at = now()
  where i.connection_id = target_connection_id
    and i.kind = 'campaign_moved'
    and i.closed_at is null
    and i.subject = (
      select p.id::text
      from private.provider_campaigns as p
      where p.connection_id = target_connection_id and p.provider_campaign_id = target_provider_campaign_id
    );

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
  private.campaign_owner(uuid, text),
  private.nameless_campaign(),
  private.note_provider_campaigns(uuid, jsonb, boolean),
  private.map_provider_campaign(uuid, text, uuid)
to service_role;
