-- Quarantine: what waits because its campaign is not mapped, and how an operator maps it.

-- Definer, because the join needs the provider's campaign ids, which no user may read; only our own id comes out.
create function private.list_unmapped_campaigns()
returns table (
  id uuid, client_id uuid, connection_id uuid, connection_name text, provider public.provider, name text,
  held_events bigint, first_event_at timestamptz, last_event_at timestamptz
)
language sql
stable
security definer
set search_path = ''
as $$
  select
    p.id, c.client_id, c.id, c.name, c.provider, p.name,
    count(w.id), min(w.received_at), max(w.received_at)
  from private.provider_campaigns as p
  join public.provider_connections as c on c.id = p.connection_id
  left join private.webhook_events as w
    on w.connection_id = p.connection_id and w.provider_campaign_id = p.provider_campaign_id and w.status = 'quarantined'
  where p.campaign_id is null and (select private.may_operate())
  group by p.connection_id, p.provider_campaign_id, c.id
$$;

comment on function private.list_unmapped_campaigns() is
  'Unmapped provider campaigns with what they hold back, without the provider''s ids. No rows unless private.may_operate().';

grant execute on function private.list_unmapped_campaigns() to authenticated, service_role;

-- One row per campaign of a workspace that belongs to no client yet.
create view public.unmapped_campaigns
with (security_invoker = true)
as
select
  u.id, u.client_id, u.connection_id, u.connection_name, u.provider, u.name, u.held_events, u.first_event_at, u.last_event_at
from private.list_unmapped_campaigns() as u;

comment on view public.unmapped_campaigns is
  'Campaigns at the provider that are not mapped, with the number and the times of arrival of the events that wait for it. client_id = owner of a dedicated workspace, null for a shared one. Operators only; map with map_campaign.';

grant select on public.unmapped_campaigns to authenticated, service_role;

-- Maps, and projects what waited. More than five seconds of work is left to the next sweep, ten seconds later.
create function private.map_unmapped_campaign(unmapped_campaign_id uuid, target_client_id uuid, target_campaign_id uuid)
returns jsonb
language plpgsql
security definer
set search_path = ''
as $$
declare
  source private.provider_campaigns;
  mapped_campaign_id uuid := target_campaign_id;
  held bigint[];
  released integer;
  projected integer;
begin
  perform private.require_operator();
  -- The same order of locks as the projector's: first this one, then rows.
  perform pg_advisory_xact_lock_shared(private.campaign_moves_lock());

  select p.* into source from private.provider_campaigns as p where p.id = unmapped_campaign_id for update;

  if not found then
    raise exception using errcode = 'PT404', message = 'NOT_FOUND',
      detail = format('There is no unmapped campaign %L; read unmapped_campaigns again', unmapped_campaign_id);
  end if;

  if source.campaign_id is not null then
    raise exception using errcode = 'PT400', message = 'VALIDATION_FAILED',
      detail = 'This campaign is mapped already; to give it to another client, use remap_campaign';
  end if;

  perform private.require_client(target_client_id);

  if target_campaign_id is null then
    insert into public.campaigns (client_id, connection_id, name, generation_status)
    values (target_client_id, source.connection_id, coalesce(source.name, private.nameless_campaign()), 'completed')
    returning id into mapped_campaign_id;
  else
    perform from public.campaigns as c where c.id = target_campaign_id and c.client_id = target_client_id for update;

    if not found then
      raise exception using errcode = 'PT404', message = 'NOT_FOUND',
        detail = format('This client has no campaign %L; check the id', target_campaign_id);
    end if;

    if exists (select from private.provider_campaigns as p where p.campaign_id = target_campaign_id) or exists (
      select from public.campaigns as c where c.id = target_campaign_id and c.connection_id <> source.connection_id
    ) then
      raise exception using errcode = 'PT400', message = 'VALIDATION_FAILED',
        detail = 'This campaign has its counterpart at the provider already, or uses another workspace; choose another or none';
    end if;

    update public.campaigns as c set connection_id = source.connection_id
    where c.id = target_campaign_id and c.connection_id is null;
  end if;

  held := array(
    select w.id
    from private.webhook_events as w
    where w.connection_id = source.connection_id
      and w.status = 'quarantined'
      and (
        w.provider_campaign_id = source.provider_campaign_id
        or w.event -> 'provider_campaign_ids' ? source.provider_campaign_id
      )
    order by w.id
    limit 1000
    for update
  );
  released := private.map_provider_campaign(source.connection_id, source.provider_campaign_id, mapped_campaign_id);

  projected := private.project_released_events(source.connection_id, held);

  perform private.write_audit(
    'campaign_mapped', 'campaign', mapped_campaign_id::text, target_client_id,
    jsonb_build_object(
      'unmapped_campaign_id', unmapped_campaign_id, 'connection_id', source.connection_id,
      'created', target_campaign_id is null, 'released', released, 'projected', projected
    )
  );

  return jsonb_build_object('campaign_id', mapped_campaign_id, 'released', released, 'projected', projected);
end
$$;

comment on function private.map_unmapped_campaign(uuid, uuid, uuid) is 'The work of public.map_campaign; checks the caller itself.';

grant execute on function private.map_unmapped_campaign(uuid, uuid, uuid) to authenticated, service_role;

-- The door to it for operators.
create function public.map_campaign(unmapped_campaign_id uuid, target_client_id uuid, target_campaign_id uuid default null)
returns jsonb
language sql
volatile
set search_path = ''
-- Moves as many rows as there are: longer than a person's read may take.
set statement_timeout = '60s'
as $$
  select private.map_unmapped_campaign(unmapped_campaign_id, target_client_id, target_campaign_id)
$$;

comment on function public.map_campaign(uuid, uuid, uuid) is
  'Says whose campaign an unmapped one is: an existing one of that client, or a new one with the provider''s name. Its held events are projected at once, or within a minute where a projector works on the connection. Returns { campaign_id, released, projected }. Operators.';

grant execute on function public.map_campaign(uuid, uuid, uuid) to authenticated, service_role;
