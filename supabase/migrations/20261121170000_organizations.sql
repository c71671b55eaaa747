-- Organisations: one Smartlead account may serve many of our clients, each as a "client" there. Which of ours it is, an
-- operator says once; its campaigns, present and future, follow.

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

alter table private.provider_campaigns add column provider_org_id text;

comment on column private.provider_campaigns.provider_org_id is
  'The organisation of the workspace that the campaign belongs to; null where there is none.';

create index provider_campaigns_org_idx on private.provider_campaigns (connection_id, provider_org_id)
where provider_org_id is not null;

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

-- As before, with the organisation: campaigns whose owner is known become campaigns of that client, those of others wait.
-- listed: [{ "provider_campaign_id": text, "name": text|null, "created_at": timestamptz|null, "provider_org_id": text|null }]
create or replace function private.note_provider_campaigns(target_connection_id uuid, listed jsonb)
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
  insert into private.provider_campaigns as p (connection_id, provider_campaign_id, name, provider_created_at, provider_org_id)
  select distinct on (f.provider_campaign_id)
    target_connection_id, f.provider_campaign_id, nullif(btrim(f.name), ''), f.created_at, f.provider_org_id
  from jsonb_to_recordset(listed) as f (
    provider_campaign_id text, name text, created_at timestamptz, provider_org_id text
  )
  where f.provider_campaign_id is not null
  order by f.provider_campaign_id
  on conflict (connection_id, provider_campaign_id) do update
  set
    name = coalesce(excluded.name, p.name),
    provider_created_at = coalesce(excluded.provider_created_at, p.provider_created_at),
    provider_org_id = coalesce(excluded.provider_org_id, p.provider_org_id)
  where p.name is distinct from coalesce(excluded.name, p.name)
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
    where p.connection_id = target_connection_id and p.campaign_id is null
    order by p.provider_campaign_id
    for update of p
  loop
    owner_id := private.campaign_owner(target_connection_id, unmapped.provider_org_id);
    continue when owner_id is null;

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
  'Notes provider campaigns of a connection; unknown ones whose owner is known become campaigns of that client. Returns how many were imported.';

-- Step 1 of the projector, as before with the organisation that the delivery names.
create or replace function private.note_campaigns_of_events(event_ids bigint[])
returns void
language plpgsql
set search_path = ''
as $$
declare
  unknown record;
begin
  for unknown in
    select
      w.connection_id,
      jsonb_agg(distinct jsonb_build_object(
        'provider_campaign_id', w.provider_campaign_id, 'name', w.event ->> 'campaign_name',
        'provider_org_id', w.event ->> 'provider_org_id'
      )) as listed
    from private.webhook_events as w
    where w.id = any (event_ids)
      and w.provider_campaign_id is not null
      and not exists (
        select
        from private.provider_campaigns as p
        where p.connection_id = w.connection_id
          and p.campaign_id is not null
          and w.event -> 'provider_campaign_ids' ? p.provider_campaign_id
      )
    group by w.connection_id
    order by w.connection_id
  loop
    perform private.note_provider_campaigns(unknown.connection_id, unknown.listed);
  end loop;
end
$$;

-- Why a delivery waits; of a dedicated workspace that is limited to some organisations, the others' campaigns wait too.
create or replace function private.hold_reason(event_connection_id uuid, provider_campaign_ids jsonb)
returns text
language sql
stable
set search_path = ''
as $$
  select case
    when exists (
      select
      from jsonb_array_elements_text(provider_campaign_ids) as candidate (id)
      join private.provider_campaigns as p
        on p.connection_id = event_connection_id and p.provider_campaign_id = candidate.id
      where p.campaign_id is not null
    ) or (
      exists (select from public.provider_connections as c where c.id = event_connection_id and c.client_id is not null)
      and not exists (
        select from private.organizations as o where o.connection_id = event_connection_id and o.client_id is not null
      )
    )
    then 'The client that this belongs to is switched off; it is projected when the client is switched on again'
    else 'Nobody has said yet which client this campaign belongs to'
  end
$$;

-- What the provider lists: [{ "provider_org_id": text, "name": text|null }]
create function public.record_provider_organizations(target_connection_id uuid, listed jsonb)
returns integer
language plpgsql
set search_path = ''
as $$
declare
  written integer;
begin
  insert into private.organizations as o (connection_id, provider_org_id, provider_org_name)
  select distinct on (f.provider_org_id) target_connection_id, f.provider_org_id, nullif(btrim(f.name), '')
  from jsonb_to_recordset(listed) as f (provider_org_id text, name text)
  where f.provider_org_id is not null
  order by f.provider_org_id
  on conflict (connection_id, provider_org_id) do update
  set provider_org_name = coalesce(excluded.provider_org_name, o.provider_org_name)
  where o.provider_org_name is distinct from coalesce(excluded.provider_org_name, o.provider_org_name);

  get diagnostics written = row_count;
  return written;
end
$$;

comment on function public.record_provider_organizations(uuid, jsonb) is
  'Notes the organisations of a workspace with their names; returns how many are new or changed. Service role only.';

-- The organisation under which a campaign is made at the provider: the one of its client in this workspace.
create function public.read_export_organization(target_campaign_id uuid)
returns text
language sql
stable
set search_path = ''
as $$
  select o.provider_org_id
  from public.campaigns as c
  join private.organizations as o
    on o.connection_id = coalesce(
      c.connection_id,
      (
        select k.id from public.provider_connections as k
        where k.client_id = c.client_id order by k.created_at limit 1
      )
    )
    and o.client_id = c.client_id
  where c.id = target_campaign_id
  order by o.created_at, o.provider_org_id
  limit 1
$$;

comment on function public.read_export_organization(uuid) is
  'The provider''s id of the organisation that a campaign''s client has in its workspace; null when there is none. Service role only.';

-- Definer, because nobody may read the provider's ids but an operator through this list.
create function private.list_provider_organizations()
returns table (
  id uuid, client_id uuid, is_mapped boolean, connection_id uuid, connection_name text, provider public.provider,
  provider_org_id text, provider_org_name text, campaigns bigint, unmapped_campaigns bigint, held_events bigint
)
language sql
stable
security definer
set search_path = ''
as $$
  select
    o.id, coalesce(o.client_id, c.client_id), o.client_id is not null, c.id, c.name, c.provider, o.provider_org_id, o.provider_org_name,
    count(p.id), count(p.id) filter (where p.campaign_id is null), coalesce(sum(h.held), 0)::bigint
  from private.organizations as o
  join public.provider_connections as c on c.id = o.connection_id
  left join private.provider_campaigns as p on p.connection_id = o.connection_id and p.provider_org_id = o.provider_org_id
  left join lateral (
    select count(*) as held
    from private.webhook_events as w
    where w.connection_id = p.connection_id and w.provider_campaign_id = p.provider_campaign_id and w.status = 'quarantined'
  ) as h on true
  where (select private.may_operate())
  group by o.connection_id, o.provider_org_id, c.id
$$;

comment on function private.list_provider_organizations() is
  'Organisations of all workspaces with what they hold back. No rows unless private.may_operate().';

-- One row per organisation of a workspace.
create view public.provider_organizations
with (security_invoker = true)
as
select
  o.id, o.client_id, o.is_mapped, o.connection_id, o.connection_name, o.provider, o.provider_org_id, o.provider_org_name,
  o.campaigns, o.unmapped_campaigns, o.held_events
from private.list_provider_organizations() as o;

comment on view public.provider_organizations is
  'Organisations of the workspaces: whose each is (is_mapped false = nobody has said yet; client_id is then the owner of a dedicated workspace), its campaigns, those not mapped, and the events that wait for them. Operators only; map with map_organization.';

-- Says whose an organisation is. Its unmapped campaigns become campaigns of the client, and what waited is projected; more
-- than five seconds of work is left to the next sweep, ten seconds later.
create function private.map_provider_organization(target_organization_id uuid, target_client_id uuid)
returns jsonb
language plpgsql
security definer
set search_path = ''
as $$
declare
  source private.organizations;
  imported integer;
  held bigint[];
  released bigint;
  projected bigint;
begin
  perform private.require_operator();
  perform pg_advisory_xact_lock_shared(private.campaign_moves_lock());

  select o.* into source from private.organizations as o where o.id = target_organization_id for update;

  if not found then
    raise exception using errcode = 'PT404', message = 'NOT_FOUND',
      detail = format('There is no organisation %L; read provider_organizations again', target_organization_id);
  end if;

  if not exists (select from public.clients as c where c.id = target_client_id) then
    raise exception using errcode = 'PT404', message = 'NOT_FOUND',
      detail = format('There is no client %L; check the id', target_client_id);
  end if;

  if source.client_id is not null and source.client_id <> target_client_id then
    raise exception using errcode = 'PT400', message = 'VALIDATION_FAILED',
      detail = 'This organisation is mapped to another client already; give its campaigns away one by one with remap_campaign';
  end if;

  if exists (
    select
    from public.provider_connections as c
    where c.id = source.connection_id and c.client_id is not null and c.client_id <> target_client_id
  ) then
    raise exception using errcode = 'PT400', message = 'VALIDATION_FAILED',
      detail = 'This workspace is dedicated to another client; map its organisations to that client';
  end if;

  update private.organizations as o set client_id = target_client_id where o.id = target_organization_id;

  held := array(
    select w.id
    from private.webhook_events as w
    join private.provider_campaigns as p
      on p.connection_id = w.connection_id and p.provider_campaign_id = w.provider_campaign_id
    where p.connection_id = source.connection_id
      and p.provider_org_id = source.provider_org_id
      and p.campaign_id is null
      and w.status = 'quarantined'
    order by w.id
    for update of w
  );

  select private.note_provider_campaigns(
    source.connection_id,
    coalesce(jsonb_agg(jsonb_build_object('provider_campaign_id', p.provider_campaign_id)), '[]')
  )
  into imported
  from private.provider_campaigns as p
  where p.connection_id = source.connection_id
    and p.provider_org_id = source.provider_org_id
    and p.campaign_id is null;

  select count(*) into released from private.webhook_events as w where w.id = any (held) and w.status = 'pending';

  for start_at in 1..cardinality(held) by 500 loop
    perform private.project_claimed_events(held[start_at : start_at + 499]);
    exit when clock_timestamp() > statement_timestamp() + interval '5 seconds';
  end loop;

  select count(*) into projected from private.webhook_events as w where w.id = any (held) and w.status = 'projected';

  perform private.write_audit(
    'organization_mapped', 'provider_organization', target_organization_id::text, target_client_id,
    jsonb_build_object(
      'connection_id', source.connection_id, 'campaigns', imported, 'released', released, 'projected', projected
    )
  );

  return jsonb_build_object('campaigns', imported, 'released', released, 'projected', projected);
end
$$;

comment on function private.map_provider_organization(uuid, uuid) is 'The work of public.map_organization; checks the caller itself.';

-- The door to it for operators.
create function public.map_organization(target_organization_id uuid, target_client_id uuid)
returns jsonb
language sql
volatile
set search_path = ''
as $$
  select private.map_provider_organization(target_organization_id, target_client_id)
$$;

comment on function public.map_organization(uuid, uuid) is
  'Says which client an organisation of a workspace is: its unmapped campaigns, and all future ones, are that client''s; held events are projected at once. Returns { campaigns, released, projected }. Operators.';

grant execute on function
  private.campaign_owner(uuid, text),
  public.record_provider_organizations(uuid, jsonb),
  public.read_export_organization(uuid)
to service_role;
grant execute on function private.list_provider_organizations(), private.map_provider_organization(uuid, uuid) to authenticated, service_role;
grant execute on function public.map_organization(uuid, uuid) to authenticated, service_role;
grant select on public.provider_organizations to authenticated, service_role;
