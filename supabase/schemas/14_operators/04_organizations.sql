-- Organisations: one Smartlead account may serve many of our clients, each as a "client" there. Which of ours it is, an
-- operator says once; its campaigns, present and future, follow (private.campaign_owner).

-- Definer, because only an operator, through this list, may read the provider's ids.
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

grant execute on function private.list_provider_organizations() to authenticated, service_role;

-- One row per organisation of a workspace.
create view public.provider_organizations
with (security_invoker = true)
as
select
  o.id, o.client_id, o.is_mapped, o.connection_id, o.connection_name, o.provider, o.provider_org_id, o.provider_org_name,
  o.campaigns, o.unmapped_campaigns, o.held_events
from private.list_provider_organizations() as o;

comment on view public.provider_organizations is
  'Organisations of the workspaces: whose each is (is_mapped false = not assigned yet; client_id is then the owner of a dedicated workspace), its campaigns, those not mapped, and the events that wait for them. Operators only; map with map_organization.';

grant select on public.provider_organizations to authenticated, service_role;

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

  perform private.require_client(target_client_id);

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
    limit 1000
    for update of w
  );

  select private.register_provider_campaigns(
    source.connection_id,
    coalesce(jsonb_agg(jsonb_build_object('provider_campaign_id', p.provider_campaign_id)), '[]'),
    false
  )
  into imported
  from private.provider_campaigns as p
  where p.connection_id = source.connection_id
    and p.provider_org_id = source.provider_org_id
    and p.campaign_id is null;

  select count(*) into released from private.webhook_events as w where w.id = any (held) and w.status = 'pending';

  projected := private.project_released_events(source.connection_id, held);

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

grant execute on function private.map_provider_organization(uuid, uuid) to authenticated, service_role;

-- The door to it for operators.
create function public.map_organization(target_organization_id uuid, target_client_id uuid)
returns jsonb
language sql
volatile
set search_path = ''
-- Moves as many rows as there are: longer than a person's read may take.
set statement_timeout = '60s'
as $$
  select private.map_provider_organization(target_organization_id, target_client_id)
$$;

comment on function public.map_organization(uuid, uuid) is
  'Says which client an organisation of a workspace is: its unmapped campaigns, and all future ones, are that client''s; held events are projected at once, or within a minute where a projector works on the connection. Returns { campaigns, released, projected }. Operators.';

grant execute on function public.map_organization(uuid, uuid) to authenticated, service_role;
