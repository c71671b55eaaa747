-- The counterpart of a campaign at the provider, and the organisation of the workspace that it belongs to.

-- The only place that knows a provider's campaign id. campaign_id null = not mapped to one of our campaigns yet.
create table private.provider_campaigns (
  id uuid not null unique default gen_random_uuid(),
  connection_id uuid not null references public.provider_connections (id) on delete cascade,
  provider_campaign_id text not null,
  campaign_id uuid unique references public.campaigns (id) on delete set null,
  provider_org_id text,
  name text,
  provider_created_at timestamptz,
  moved_from uuid references public.campaigns (id) on delete set null,
  org_changed_at timestamptz,
  listed_at timestamptz,
  leads_fingerprint text,
  leads_walked_at timestamptz,
  bounce_threshold_at timestamptz,
  leads_walk_started_at timestamptz,
  created_at timestamptz not null default now(),
  primary key (connection_id, provider_campaign_id)
);

comment on table private.provider_campaigns is
  'Which provider campaign is which campaign of ours. Provider campaign ids are kept here and in raw payloads, nowhere else.';
comment on column private.provider_campaigns.id is 'Our own name for it, which operators may see; the provider''s id stays in here.';
comment on column private.provider_campaigns.provider_org_id is
  'The organisation of the workspace that the campaign belongs to; null where there is none.';
comment on column private.provider_campaigns.moved_from is
  'The campaign of ours that it was until it went to another organisation at the provider; it is held until an operator maps it, or until it comes back.';
comment on column private.provider_campaigns.org_changed_at is
  'When its organisation was last settled: what a delivery from before says about that is old news.';
comment on column private.provider_campaigns.listed_at is
  'When the provider last named it in its list of campaigns. A sync reads only what is listed now: a deleted campaign keeps its last numbers.';
comment on column private.provider_campaigns.leads_walk_started_at is
  'When the walk through its leads began that is under way; a lead that such a whole walk does not meet is no longer there.';
comment on column private.provider_campaigns.leads_fingerprint is
  'Digest of the provider''s totals when its leads were last walked whole; an hourly sync skips the walk while it is unchanged.';
comment on column private.provider_campaigns.bounce_threshold_at is
  'When the provider last reported that too many mails of it bounce.';

create index provider_campaigns_moved_from_idx on private.provider_campaigns (moved_from) where moved_from is not null;
create index provider_campaigns_org_idx on private.provider_campaigns (connection_id, provider_org_id)
where provider_org_id is not null;

alter table private.provider_campaigns enable row level security;

grant select, insert, update, delete on private.provider_campaigns to service_role;

create policy "Only the functions read provider campaign ids"
on private.provider_campaigns for all to service_role using (true) with check (true);

-- An organisation of a workspace, as the provider keeps it. client_id null = not mapped to a client yet.
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
-- the connection is limited to other organisations. Null = not known yet.
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

grant execute on function private.campaign_owner(uuid, text) to service_role;

-- What the provider lists: [{ "provider_org_id": text, "name": text|null }]
create function worker.record_provider_organizations(target_connection_id uuid, listed jsonb)
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

comment on function worker.record_provider_organizations(uuid, jsonb) is
  'Notes the organisations of a workspace with their names; returns how many are new or changed. Service role only.';

grant execute on function worker.record_provider_organizations(uuid, jsonb) to service_role;

-- The organisation under which a campaign is made at the provider: the one of its client in this workspace.
create function worker.read_export_organization(target_campaign_id uuid)
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

comment on function worker.read_export_organization(uuid) is
  'The provider''s id of the organisation that a campaign''s client has in its workspace; null when there is none. Service role only.';

grant execute on function worker.read_export_organization(uuid) to service_role;
