-- Generated from supabase/schemas/14_operators by "npm run migrations".

-- Whether a client is switched on: what it is and may see is in 12_client_settings.sql.

-- The projector holds the rows of clients that are switched off while it works (see private.resolve_webhook_events), so
-- this update waits for it, and the release of what waits finds everything that it left in quarantine.
create function private.switch_client(target_client_id uuid, enabled boolean)
returns jsonb
language plpgsql
security definer
set search_path = ''
as $$
declare
  released integer := 0;
  stopped integer := 0;
begin
  perform private.require_operator();

  if enabled then
    perform private.require_not_moving(target_client_id);
  end if;

  if enabled and exists (select from public.clients as c where c.id = target_client_id and c.archived_at is not null) then
    raise exception using errcode = 'PT400', message = 'VALIDATION_FAILED',
      detail = 'This client is archived; restore it, then switch it on';
  end if;

  if enabled is null then
    raise exception using errcode = 'PT400', message = 'VALIDATION_FAILED', detail = 'Say whether enabled is true or false';
  end if;

  update public.clients as c set integration_enabled = enabled where c.id = target_client_id;

  if not found then
    raise exception using errcode = 'PT404', message = 'NOT_FOUND',
      detail = format('There is no client %L; check the id', target_client_id);
  end if;

  if enabled then
    released := private.start_release(null, target_client_id);
  else
    -- Without its lease a worker stops before its next step.
    update private.jobs as j
    set
      status = 'failed', finished_at = now(), lease_token = null, lease_until = null, error_code = 'VALIDATION_FAILED',
      error_message = 'The integration of this client was switched off; switch it on, then start again, no lead is sent twice'
    where j.status in ('queued', 'running', 'paused')
      and (
        j.client_id = target_client_id
        or j.connection_id in (select c.id from public.provider_connections as c where c.client_id = target_client_id)
      );

    get diagnostics stopped = row_count;
  end if;

  perform private.write_audit(
    case when enabled then 'client_switched_on' else 'client_switched_off' end, 'client', target_client_id::text,
    target_client_id, jsonb_build_object('released', released, 'stopped_jobs', stopped)
  );

  return jsonb_build_object('client_id', target_client_id, 'enabled', enabled, 'released', released, 'stopped_jobs', stopped);
end
$$;

comment on function private.switch_client(uuid, boolean) is
  'The work of public.set_client_integration; checks the caller itself.';

grant execute on function private.switch_client(uuid, boolean) to authenticated, service_role;

-- The door to it for operators.
create function public.set_client_integration(target_client_id uuid, enabled boolean)
returns jsonb
language sql
volatile
set search_path = ''
as $$
  select private.switch_client(target_client_id, enabled)
$$;

comment on function public.set_client_integration(uuid, boolean) is
  'Switches a client off (no export, no sync, deliveries wait, open jobs end) or on again (what waited is projected by the next sweep). Returns { client_id, enabled, released, stopped_jobs }. Operators.';

grant execute on function public.set_client_integration(uuid, boolean) to authenticated, service_role;

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

-- A campaign that was mapped to the wrong client moves to the right one, with everything that hangs on it. The campaign moves at once, so
-- that whatever arrives belongs to the new client; its rows follow in steps.

-- Every table with a client_id and a campaign_id is moved, found in the catalogue, so that a table of tomorrow cannot be forgotten.
create function private.list_campaign_tables()
returns table (relation text, name text)
language sql
stable
set search_path = ''
as $$
  select format('%I.%I', n.nspname, c.relname), r.relname::text
  from pg_catalog.pg_class as c
  join pg_catalog.pg_namespace as n on n.oid = c.relnamespace
  join pg_catalog.pg_class as r on r.oid = coalesce(pg_partition_root(c.oid)::oid, c.oid)
  where n.nspname in ('public', 'private')
    and c.relkind = 'r'
    and 2 = (
      select count(*)
      from pg_catalog.pg_attribute as a
      where a.attrelid = c.oid and a.attname in ('client_id', 'campaign_id') and not a.attisdropped
    )
$$;

comment on function private.list_campaign_tables() is
  'Tables whose rows belong to a campaign and its client; of a partitioned one its partitions, each with the name of the whole.';

-- Moves rows until none is left or the time is over; at least some. Projectors wait meanwhile (the caller holds their lock), because both
-- write the same leads.
create function private.move_rows(target_campaign_id uuid, ends_at timestamptz)
returns boolean
language plpgsql
set search_path = ''
as $$
declare
  -- One look at an index finds this many; a step changes fewer, so that it ends in time.
  found_at_once constant integer := 20000;
  moved_at_once constant integer := 2000;
  work private.campaign_work;
  target record;
  rows tid[];
  affected integer;
begin
  select w.* into work from private.campaign_work as w where w.campaign_id = target_campaign_id for update;

  if not found then
    return null;
  end if;

  for target in
    select t.relation, t.name
    from private.list_campaign_tables() as t
    where t.relation collate "C" >= coalesce(work.reached, '') collate "C"
    order by t.relation collate "C"
  loop
    loop
      execute format(
        'select array(select t.ctid from only %s as t where t.campaign_id = $1 and t.client_id is distinct from $2 limit $3)', target.relation
      )
      into rows using target_campaign_id, work.to_client_id, found_at_once;

      for start_at in 1..cardinality(rows) by moved_at_once loop
        execute format('update only %s as t set client_id = $1 where t.ctid = any ($2) and t.campaign_id = $3', target.relation)
        using work.to_client_id, rows[start_at : start_at + moved_at_once - 1], target_campaign_id;

        get diagnostics affected = row_count;
        work.done := work.done || jsonb_build_object(target.name, coalesce((work.done ->> target.name)::bigint, 0) + affected);

        if clock_timestamp() >= ends_at then
          update private.campaign_work as w set reached = target.relation, is_one_pass = false, done = work.done
          where w.campaign_id = target_campaign_id;
          return false;
        end if;
      end loop;

      exit when cardinality(rows) < found_at_once;
    end loop;
  end loop;

  -- An import may have added rows meanwhile to a table that was done. The pass that ends in the step in which it began is the last.
  update private.campaign_work as w set reached = null, is_one_pass = true, done = work.done where w.campaign_id = target_campaign_id;
  return work.is_one_pass or private.move_rows(target_campaign_id, ends_at);
end
$$;

comment on function private.move_rows(uuid, timestamptz) is
  'Moves rows of a campaign to its new client until that time; true = none is left. The caller holds projectors off.';

-- Who asked this campaign not to be written to again asked the new client too. Taken from the campaign's own facts, so that nothing of the
-- old client's other campaigns goes with it. Before any row moves: from now on the new client sends.
create function private.copy_campaign_suppressions(target_campaign_id uuid, target_client_id uuid)
returns integer
language plpgsql
set search_path = ''
as $$
declare
  copied integer;
begin
  insert into public.suppressions as s (client_id, email, reason, suppressed_at)
  select distinct on (f.email) target_client_id, f.email, f.reason::public.suppression_reason, f.suppressed_at
  from (
    select l.email, 'unsubscribed' as reason, l.unsubscribed_at as suppressed_at
    from public.synced_leads as l
    where l.campaign_id = target_campaign_id
    union all
    select l.email, 'do_not_contact', l.interest_label_at
    from public.synced_leads as l
    where l.campaign_id = target_campaign_id and private.means_do_not_contact(l.interest_label)
    union all
    select e.email, 'spam_report', e.occurred_at
    from public.email_events as e
    where e.campaign_id = target_campaign_id and e.type = 'email_spam_reported' and e.email is not null
  ) as f
  where f.suppressed_at is not null
  order by f.email, f.suppressed_at, f.reason
  on conflict (client_id, email) do update
  set reason = excluded.reason, bounce_class = null, suppressed_at = excluded.suppressed_at
  where s.reason = 'bounced';

  get diagnostics copied = row_count;
  return copied;
end
$$;

comment on function private.copy_campaign_suppressions(uuid, uuid) is
  'Suppresses for a client who unsubscribed, asked not to be contacted or reported spam in a campaign; returns how many.';

-- What follows from rows that belong to the new client now: addresses that do not exist do so for no client, and both clients' numbers
-- changed.
create function private.finish_move(work private.campaign_work)
returns integer
language plpgsql
set search_path = ''
as $$
declare
  suppressed integer := work.suppressions;
begin
  perform private.settle_bounces(array_agg(l.client_id), array_agg(l.email))
  from public.synced_leads as l
  where l.campaign_id = work.campaign_id and l.bounced_at is not null;

  select suppressed + count(*)
  into suppressed
  from public.suppressions as s
  where s.client_id = work.to_client_id
    and s.reason = 'bounced'
    and s.email in (select l.email from public.synced_leads as l where l.campaign_id = work.campaign_id and l.bounced_at is not null);

  insert into private.pending_changes (owner_id, kind)
  select o.id, k.kind
  from unnest(array[work.from_client_id, work.to_client_id]) as o (id)
  cross join (values ('stats'), ('replies')) as k (kind);

  perform private.write_audit(
    'campaign_remapped', 'campaign', work.campaign_id::text, work.to_client_id,
    jsonb_build_object('from_client_id', work.from_client_id, 'moved', work.done, 'suppressions', suppressed), work.requested_by
  );
  delete from private.campaign_work as w where w.campaign_id = work.campaign_id;

  return suppressed;
end
$$;

comment on function private.finish_move(private.campaign_work) is
  'Ends a move: bounces of the campaign''s leads for the new client, the audit log, and live pages. Returns how many suppressions the move made.';

-- One step. Returns what public.remap_campaign answers.
create function private.continue_move(target_campaign_id uuid, ends_at timestamptz)
returns jsonb
language plpgsql
set search_path = ''
as $$
declare
  is_complete boolean := private.move_rows(target_campaign_id, ends_at);
  work private.campaign_work;
  suppressed integer;
begin
  if is_complete is null then
    return null;
  end if;

  select w.* into work from private.campaign_work as w where w.campaign_id = target_campaign_id;
  suppressed := work.suppressions;

  if is_complete then
    suppressed := private.finish_move(work);
  end if;

  return jsonb_build_object(
    'campaign_id', target_campaign_id, 'from_client_id', work.from_client_id, 'client_id', work.to_client_id,
    'moved', work.done, 'suppressions', suppressed, 'is_complete', is_complete
  );
end
$$;

comment on function private.continue_move(uuid, timestamptz) is
  'Continues a move until that time and ends it when no row is left; returns { …, moved, suppressions, is_complete }. The caller holds projectors off.';

-- A sync or an export that writes waits for the campaign's row.
create function private.move_campaign(target_campaign_id uuid, target_client_id uuid)
returns jsonb
language plpgsql
security definer
set search_path = ''
as $$
declare
  -- A person's statement has three seconds.
  ends_at constant timestamptz := clock_timestamp() + interval '1.5 seconds';
  campaign public.campaigns;
begin
  perform private.require_operator();
  perform pg_advisory_xact_lock(private.campaign_moves_lock());

  select c.* into campaign from public.campaigns as c where c.id = target_campaign_id for update;

  if not found then
    raise exception using errcode = 'PT404', message = 'NOT_FOUND',
      detail = format('There is no campaign %L; check the id', target_campaign_id);
  end if;

  if exists (
    select from private.campaign_work as w where w.campaign_id = target_campaign_id and w.to_client_id = target_client_id
  ) then
    return private.continue_move(target_campaign_id, ends_at);
  end if;

  perform private.require_idle_campaign(target_campaign_id);
  perform private.require_client(target_client_id);
  perform from public.clients as c where c.id in (campaign.client_id, target_client_id) for key share;
  -- Nor while one of the two moves to another project.
  perform private.require_not_moving(c.id) from public.clients as c where c.id in (campaign.client_id, target_client_id);

  if exists (select from public.clients as c where c.id in (campaign.client_id, target_client_id) and c.removal_requested_at is not null) then
    raise exception using errcode = 'PT409', message = 'VALIDATION_FAILED',
      detail = 'One of the two clients is being deleted; nothing moves from it or to it';
  end if;

  if not exists (
    select from public.provider_connections as c where c.id = campaign.connection_id and c.client_id is null
  ) or exists (
    select
    from private.provider_campaigns as p
    join public.provider_connections as c on c.id = p.connection_id
    where p.campaign_id = target_campaign_id and c.client_id is not null
  ) then
    raise exception using errcode = 'PT400', message = 'VALIDATION_FAILED',
      detail = 'Only a campaign of a shared workspace can move to another client; this one has no workspace or a dedicated one';
  end if;

  if exists (
    select from private.jobs as j where j.campaign_id = target_campaign_id and j.status in ('queued', 'running', 'paused')
  ) then
    raise exception using errcode = 'PT400', message = 'VALIDATION_FAILED',
      detail = 'An export of this campaign is under way; wait until it has ended, then move the campaign';
  end if;

  update public.campaigns as c set client_id = target_client_id where c.id = target_campaign_id;

  insert into private.campaign_work as w (campaign_id, from_client_id, to_client_id, requested_by, done, suppressions)
  select
    target_campaign_id, campaign.client_id, target_client_id, (select auth.uid()),
    (select jsonb_object_agg(t.name, 0) from private.list_campaign_tables() as t),
    private.copy_campaign_suppressions(target_campaign_id, target_client_id);

  -- What waited because the old client was switched off waits no longer, or again if the new one is off too.
  perform private.map_provider_campaign(p.connection_id, p.provider_campaign_id, p.campaign_id)
  from private.provider_campaigns as p
  where p.campaign_id = target_campaign_id;

  return private.continue_move(target_campaign_id, ends_at);
end
$$;

comment on function private.move_campaign(uuid, uuid) is 'The work of public.remap_campaign; checks the caller itself.';

grant execute on function private.move_campaign(uuid, uuid) to authenticated, service_role;

-- The door to it for operators.
create function public.remap_campaign(target_campaign_id uuid, target_client_id uuid)
returns jsonb
language sql
volatile
set search_path = ''
-- The first step looks at every lead of the campaign: longer than a person's read may take.
set statement_timeout = '60s'
as $$
  select private.move_campaign(target_campaign_id, target_client_id)
$$;

comment on function public.remap_campaign(uuid, uuid) is
  'Moves a campaign of a shared workspace to another client with everything that belongs to it; suppressions from its leads are copied. What the call has no time for follows within minutes (is_complete false); the same call again continues it. Returns { campaign_id, from_client_id, client_id, moved: { table: rows }, suppressions, is_complete }. Operators.';

grant execute on function public.remap_campaign(uuid, uuid) to authenticated, service_role;

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

-- Dead letters: deliveries that could not be projected after five tries, or were unreadable.

-- Those that an operator checked and does not want to see again. They stay stored, and dead in the ledger.
create table private.dismissed_dead_letters (
  event_id bigint primary key references private.webhook_events (id) on delete cascade,
  dismissed_at timestamptz not null default now(),
  dismissed_by uuid,
  reason text not null check (btrim(reason) <> '' and length(reason) <= 500)
);

comment on table private.dismissed_dead_letters is
  'Dead letters that an operator dismissed, with the reason: they no longer count as a problem. A replay or a restore ends it.';

alter table private.dismissed_dead_letters enable row level security;

grant select, insert, update, delete on private.dismissed_dead_letters to service_role;

create policy "Only the functions dismiss dead letters"
on private.dismissed_dead_letters for all to service_role using (true) with check (true);

-- Definer, because type and campaign are inside the delivery, which no user may read; nothing of a lead comes out.
create function private.list_dead_letters()
returns table (
  id bigint, client_id uuid, connection_id uuid, connection_name text, campaign_id uuid, type text, reason text,
  replayable boolean, attempts smallint, received_at timestamptz, dismissed_at timestamptz, dismissed_by_name text,
  dismissed_reason text
)
language sql
stable
security definer
set search_path = ''
as $$
  select
    w.id, coalesce(k.client_id, c.client_id), c.id, c.name, k.id, w.event ->> 'type', w.reason,
    w.event is not null, w.attempts, w.received_at, d.dismissed_at, private.person_name(d.dismissed_by), d.reason
  from private.webhook_events as w
  join public.provider_connections as c on c.id = w.connection_id
  left join private.provider_campaigns as p
    on p.connection_id = w.connection_id and p.provider_campaign_id = w.provider_campaign_id
  left join public.campaigns as k on k.id = p.campaign_id
  left join private.dismissed_dead_letters as d on d.event_id = w.id
  where w.status = 'dead' and (select private.may_operate())
$$;

comment on function private.list_dead_letters() is
  'Dead letters without payload, lead and provider''s ids. No rows unless private.may_operate().';

grant execute on function private.list_dead_letters() to authenticated, service_role;

-- One row per dead letter.
create view public.dead_letters
with (security_invoker = true)
as
select
  d.id, d.client_id, d.connection_id, d.connection_name, d.campaign_id, d.type, d.reason, d.replayable, d.attempts, d.received_at,
  d.dismissed_at, d.dismissed_by_name, d.dismissed_reason
from private.list_dead_letters() as d;

comment on view public.dead_letters is
  'Deliveries that could not be projected, with the reason. replayable = false: it could not be read, so there is nothing to project. dismissed_at = an operator does not want to see it again. Operators only; replay with replay_dead_letters, dismiss with dismiss_dead_letters.';

grant select on public.dead_letters to authenticated, service_role;

-- The dead letters that meet all given criteria; dismissed ones only if their ids are given, or if they are asked for.
create function private.find_dead_letters(
  ids bigint[], target_connection_id uuid, reason_like text, received_from timestamptz, received_to timestamptz, dismissed boolean
)
returns table (id bigint, replayable boolean)
language plpgsql
stable
set search_path = ''
as $$
begin
  if ids is null and target_connection_id is null and reason_like is null and received_from is null and received_to is null then
    raise exception using errcode = 'PT400', message = 'VALIDATION_FAILED',
      detail = 'Say which dead letters: ids, target_connection_id, reason_like, received_from or received_to';
  end if;

  return query
  select w.id, w.event is not null
  from private.webhook_events as w
  left join private.dismissed_dead_letters as d on d.event_id = w.id
  where w.status = 'dead'
    and (ids is null or w.id = any (ids))
    and (target_connection_id is null or w.connection_id = target_connection_id)
    and (reason_like is null or w.reason ilike reason_like)
    and (received_from is null or w.received_at >= received_from)
    and (received_to is null or w.received_at < received_to)
    and case when dismissed is null then ids is not null or d.event_id is null else (d.event_id is not null) = dismissed end;
end
$$;

comment on function private.find_dead_letters(bigint[], uuid, text, timestamptz, timestamptz, boolean) is
  'Dead letters by criteria, at least one. dismissed null = also dismissed ones where ids are given.';

grant execute on function private.find_dead_letters(bigint[], uuid, text, timestamptz, timestamptz, boolean) to service_role;

-- Puts dead letters back to pending; the next sweep projects them. A replayed one is to be seen again, so
-- it is no longer dismissed.
create function private.replay_deliveries(
  ids bigint[], target_connection_id uuid, reason_like text, received_from timestamptz, received_to timestamptz, dry_run boolean
)
returns jsonb
language plpgsql
security definer
set search_path = ''
as $$
declare
  matched bigint[];
  replayable bigint[];
  replayed integer := 0;
begin
  perform private.require_operator();

  select coalesce(array_agg(f.id), '{}'), coalesce(array_agg(f.id) filter (where f.replayable), '{}')
  into matched, replayable
  from private.find_dead_letters(ids, target_connection_id, reason_like, received_from, received_to, null) as f;

  if dry_run is false then
    delete from private.dismissed_dead_letters as d where d.event_id = any (replayable);

    update private.webhook_events as w
    set status = 'pending', reason = null, attempts = 0, next_attempt_at = now(), processed_at = null
    where w.id = any (replayable) and w.status = 'dead';

    get diagnostics replayed = row_count;

    perform private.write_audit(
      'dead_letters_replayed', 'connection', target_connection_id::text,
      (select c.client_id from public.provider_connections as c where c.id = target_connection_id),
      jsonb_strip_nulls(jsonb_build_object(
        'ids', case when cardinality(ids) <= 100 then to_jsonb(ids) end, 'reason_like', reason_like,
        'received_from', received_from, 'received_to', received_to,
        'matched', cardinality(matched), 'replayed', replayed
      ))
    );
  end if;

  return jsonb_build_object('matched', cardinality(matched), 'replayable', cardinality(replayable), 'replayed', replayed);
end
$$;

comment on function private.replay_deliveries(bigint[], uuid, text, timestamptz, timestamptz, boolean) is
  'The work of public.replay_dead_letters; checks the caller itself.';

grant execute on function private.replay_deliveries(bigint[], uuid, text, timestamptz, timestamptz, boolean) to authenticated, service_role;

-- The door to it for operators.
create function public.replay_dead_letters(
  ids bigint[] default null, target_connection_id uuid default null, reason_like text default null,
  received_from timestamptz default null, received_to timestamptz default null, dry_run boolean default true
)
returns jsonb
language sql
volatile
set search_path = ''
-- Moves as many rows as there are: longer than a person's read may take.
set statement_timeout = '60s'
as $$
  select private.replay_deliveries(ids, target_connection_id, reason_like, received_from, received_to, dry_run)
$$;

comment on function public.replay_dead_letters(bigint[], uuid, text, timestamptz, timestamptz, boolean) is
  'Puts the dead letters that meet all given criteria back to pending; a dry run (the default) only counts. reason_like is a pattern with %, received_to is exclusive. Returns { matched, replayable, replayed }. Operators.';

grant execute on function public.replay_dead_letters(bigint[], uuid, text, timestamptz, timestamptz, boolean) to authenticated, service_role;

-- Definer, because people may read neither deliveries nor dismissals.
create function private.dismiss_deliveries(
  why text, ids bigint[], target_connection_id uuid, reason_like text, received_from timestamptz, received_to timestamptz,
  dry_run boolean
)
returns jsonb
language plpgsql
security definer
set search_path = ''
as $$
declare
  matched bigint[];
  dismissed integer := 0;
begin
  perform private.require_operator();

  if coalesce(btrim(why), '') = '' or length(why) > 500 then
    raise exception using errcode = 'PT400', message = 'VALIDATION_FAILED',
      detail = 'Say why these dead letters need no repair, in 1 to 500 characters';
  end if;

  select coalesce(array_agg(f.id), '{}')
  into matched
  from private.find_dead_letters(ids, target_connection_id, reason_like, received_from, received_to, false) as f;

  if dry_run is false then
    insert into private.dismissed_dead_letters (event_id, dismissed_by, reason)
    select m, (select auth.uid()), btrim(why) from unnest(matched) as m
    on conflict (event_id) do nothing;

    get diagnostics dismissed = row_count;

    perform private.write_audit(
      'dead_letters_dismissed', 'connection', target_connection_id::text,
      (select c.client_id from public.provider_connections as c where c.id = target_connection_id),
      jsonb_strip_nulls(jsonb_build_object(
        'why', btrim(why), 'ids', case when cardinality(ids) <= 100 then to_jsonb(ids) end, 'reason_like', reason_like,
        'received_from', received_from, 'received_to', received_to, 'dismissed', dismissed
      ))
    );
  end if;

  return jsonb_build_object('matched', cardinality(matched), 'dismissed', dismissed);
end
$$;

comment on function private.dismiss_deliveries(text, bigint[], uuid, text, timestamptz, timestamptz, boolean) is
  'The work of public.dismiss_dead_letters; checks the caller itself.';

grant execute on function private.dismiss_deliveries(text, bigint[], uuid, text, timestamptz, timestamptz, boolean) to authenticated, service_role;

-- The door to it for operators.
create function public.dismiss_dead_letters(
  why text, ids bigint[] default null, target_connection_id uuid default null, reason_like text default null,
  received_from timestamptz default null, received_to timestamptz default null, dry_run boolean default true
)
returns jsonb
language sql
volatile
set search_path = ''
as $$
  select private.dismiss_deliveries(why, ids, target_connection_id, reason_like, received_from, received_to, dry_run)
$$;

comment on function public.dismiss_dead_letters(text, bigint[], uuid, text, timestamptz, timestamptz, boolean) is
  'Dismisses the dead letters that meet all given criteria, with the reason why: they stay stored but are no problem any more. A dry run (the default) only counts. Returns { matched, dismissed }. Operators.';

grant execute on function public.dismiss_dead_letters(text, bigint[], uuid, text, timestamptz, timestamptz, boolean) to authenticated, service_role;

-- Definer for the same reason.
create function private.restore_deliveries(ids bigint[])
returns integer
language plpgsql
security definer
set search_path = ''
as $$
declare
  restored integer;
begin
  perform private.require_operator();

  if coalesce(cardinality(ids), 0) = 0 then
    raise exception using errcode = 'PT400', message = 'VALIDATION_FAILED', detail = 'No ids were given; send those of the dead letters';
  end if;

  delete from private.dismissed_dead_letters as d where d.event_id = any (ids);
  get diagnostics restored = row_count;

  if restored > 0 then
    perform private.write_audit(
      'dead_letters_restored', 'connection', null, null,
      jsonb_strip_nulls(jsonb_build_object('ids', case when cardinality(ids) <= 100 then to_jsonb(ids) end, 'restored', restored))
    );
  end if;

  return restored;
end
$$;

comment on function private.restore_deliveries(bigint[]) is 'The work of public.restore_dead_letters; checks the caller itself.';

grant execute on function private.restore_deliveries(bigint[]) to authenticated, service_role;

-- The door to it for operators.
create function public.restore_dead_letters(ids bigint[])
returns integer
language sql
volatile
set search_path = ''
as $$
  select private.restore_deliveries(ids)
$$;

comment on function public.restore_dead_letters(bigint[]) is
  'Takes the dismissal of dead letters back; returns how many were dismissed. Operators.';

grant execute on function public.restore_dead_letters(bigint[]) to authenticated, service_role;

-- Two proofs that nothing was lost: the ledger of deliveries, and the drift between what was observed and what the provider reports.

-- One row per connection and UTC day on which a fact arrived first; its repetitions count on that day too, whenever they came.
-- Given a connection it reads that connection's rows by the index of the business key (25,000 of 500,000 rows in 0.15 s on a
-- busy machine); an index on the time besides changed neither plan nor time, and every delivery would pay for it.
create view public.webhook_ledger
with (security_invoker = true)
as
select
  l.client_id, l.connection_id, l.connection_name, l.day, l.received,
  l.projected, l.duplicate, l.quarantined, l.test, l.waiting, l.dead, l.erased,
  l.received = l.projected + l.duplicate + l.quarantined + l.test + l.waiting + l.dead + l.erased as balanced
from (
  select
    c.client_id,
    c.id as connection_id,
    c.name as connection_name,
    (w.received_at at time zone 'UTC')::date as day,
    sum(w.delivery_count)::bigint as received,
    count(*) filter (where w.status = 'projected') as projected,
    (sum(w.delivery_count - 1) + count(*) filter (where w.status = 'duplicate'))::bigint as duplicate,
    count(*) filter (where w.status = 'quarantined') as quarantined,
    count(*) filter (where w.status = 'test') as test,
    count(*) filter (where w.status = 'pending') as waiting,
    count(*) filter (where w.status = 'dead') as dead,
    count(*) filter (where w.status = 'erased') as erased
  from private.webhook_events as w
  join public.provider_connections as c on c.id = w.connection_id
  group by c.id, (w.received_at at time zone 'UTC')::date
) as l;

comment on view public.webhook_ledger is
  'Per connection and UTC day of first arrival: received = projected + duplicate + quarantined + test + waiting + dead + erased, each delivery in exactly one column; balanced says whether that holds. Operators only.';

grant select on public.webhook_ledger to authenticated, service_role;

-- One row per campaign and UTC day that either side knows. The provider was read for a day when it reported it, or when the
-- campaign was read on a later day: then a missing value is a 0. Other days are not known yet, so they differ in nothing.
create view public.analytics_drift
with (security_invoker = true)
as
select
  c.client_id, d.campaign_id, c.name as campaign_name, d.day, r.provider_read,
  d.sent_observed, d.sent_reported,
  case when r.provider_read then coalesce(d.sent_observed, 0) - coalesce(d.sent_reported, 0) end as sent_difference,
  d.opened_observed, case when r.counts_people then d.opened_reported end as opened_reported,
  case when r.provider_read and r.counts_people then coalesce(d.opened_observed, 0) - coalesce(d.opened_reported, 0) end as opened_difference,
  d.clicked_observed, case when r.counts_people then d.clicked_reported end as clicked_reported,
  case when r.provider_read and r.counts_people then coalesce(d.clicked_observed, 0) - coalesce(d.clicked_reported, 0) end as clicked_difference,
  d.replied_observed, case when r.counts_people then d.replied_reported end as replied_reported,
  case when r.provider_read and r.counts_people then coalesce(d.replied_observed, 0) - coalesce(d.replied_reported, 0) end as replied_difference,
  d.observed_at, d.synced_at,
  extract(epoch from now() - d.observed_at)::bigint as observed_age_seconds,
  extract(epoch from now() - d.synced_at)::bigint as synced_age_seconds
from (
  select
    u.campaign_id, u.day,
    max(u.sent) filter (where u.is_observed) as sent_observed, max(u.sent) filter (where not u.is_observed) as sent_reported,
    max(u.opened) filter (where u.is_observed) as opened_observed, max(u.opened) filter (where not u.is_observed) as opened_reported,
    max(u.clicked) filter (where u.is_observed) as clicked_observed, max(u.clicked) filter (where not u.is_observed) as clicked_reported,
    max(u.replied) filter (where u.is_observed) as replied_observed, max(u.replied) filter (where not u.is_observed) as replied_reported,
    max(u.stamped_at) filter (where u.is_observed) as observed_at, max(u.stamped_at) filter (where not u.is_observed) as synced_at
  from (
    -- What the provider counts its way is compared its way.
    select
      a.campaign_id, a.day, true as is_observed, a.sent, a.opened, a.clicked, a.replied + a.replied_overruled as replied,
      a.observed_at as stamped_at
    from public.campaign_activity as a
    union all
    select a.campaign_id, a.day, false, a.sent, a.opened, a.clicked, a.replied, a.synced_at
    from public.campaign_analytics as a
  ) as u
  group by u.campaign_id, u.day
) as d
join public.campaigns as c on c.id = d.campaign_id
cross join lateral (
  select
    d.synced_at is not null or coalesce(d.day < (c.synced_at at time zone 'UTC')::date, false) as provider_read,
    -- Smartlead counts opens and replies of a day, and not the people behind them: nothing of it can be compared.
    c.provider is distinct from 'smartlead' as counts_people
) as r
where (select private.may_operate());

comment on view public.analytics_drift is
  'Per campaign and UTC day: what was observed by webhook (…_observed) against what the provider reports (…_reported), difference = observed - reported, and the age of both. provider_read false = the provider was not read for this day yet, and the differences are null; those of opened, clicked and replied are null with Smartlead, which does not report them per day. Operators only.';

grant select on public.analytics_drift to authenticated, service_role;

-- What is wrong now, found in the present state by one definition, for the operators' views and for alerts.

-- From this age on the last sync of an active connection counts as stale; it runs every hour.
create function private.stale_after()
returns interval
language sql
immutable
set search_path = ''
as $$
  select interval '3 hours'
$$;

comment on function private.stale_after() is 'Age from which the last sync of an active connection counts as stale.';

grant execute on function private.stale_after() to service_role;

-- A connection that was never synced counts from the moment when its key was saved.
create function private.is_sync_stale(connection public.provider_connections)
returns boolean
language sql
stable
set search_path = ''
as $$
  select
    connection.status = 'active'
    and exists (
      select
      from private.provider_keys as k
      where k.connection_id = connection.id
        and coalesce(connection.last_synced_at, greatest(connection.created_at, k.updated_at)) < now() - private.stale_after()
    )
$$;

comment on function private.is_sync_stale(public.provider_connections) is
  'True = the connection is active, has a key, and its last complete sync is too old; without one the time since the key was saved counts.';

grant execute on function private.is_sync_stale(public.provider_connections) to service_role;

-- Failed jobs that nothing has made good: of all ended jobs for the same thing, the newest failed in the last seven days.
create function private.list_failing_jobs()
returns setof private.jobs
language sql
stable
set search_path = ''
as $$
  select j.*
  from private.jobs as j
  where j.status = 'failed'
    and j.finished_at > now() - interval '7 days'
    and not exists (
      select
      from private.jobs as n
      where n.connection_id = j.connection_id
        and n.created_at > j.created_at
        and n.kind = j.kind
        and n.client_id is not distinct from j.client_id
        and n.campaign_id is not distinct from j.campaign_id
        and n.status in ('completed', 'partial', 'failed')
    )
$$;

comment on function private.list_failing_jobs() is
  'Failed jobs of the last seven days after which no job for the same connection, client and campaign has ended.';

grant execute on function private.list_failing_jobs() to service_role;

-- What a failed job is about; tells the incidents of one connection apart.
create function private.job_subject(job private.jobs)
returns text
language sql
immutable
set search_path = ''
as $$
  select job.kind || coalesce(':' || coalesce(job.campaign_id, job.client_id), '')
$$;

comment on function private.job_subject(private.jobs) is 'The subject of an incident job_failed.';

grant execute on function private.job_subject(private.jobs) to service_role;

-- Deliveries by connection that wait, are held or are dead: three partial indexes, so the many projected ones are not read.
-- A dead letter that an operator dismissed is none any more.
create function private.list_backlogs()
returns table (connection_id uuid, waiting bigint, oldest_waiting_at timestamptz, quarantined bigint, dead_letters bigint, dead_recently bigint, newest_at timestamptz)
language sql
stable
set search_path = ''
as $$
  select
    b.connection_id,
    count(*) filter (where b.status = 'pending'),
    min(b.received_at) filter (where b.status = 'pending'),
    count(*) filter (where b.status = 'quarantined'),
    count(*) filter (where b.status = 'dead'),
    count(*) filter (where b.status = 'dead' and b.received_at > now() - interval '7 days'),
    max(b.received_at)
  from (
    select w.connection_id, w.status, w.received_at from private.webhook_events as w where w.status = 'pending'
    union all
    select w.connection_id, w.status, w.received_at from private.webhook_events as w where w.status = 'quarantined'
    union all
    select w.connection_id, w.status, w.received_at
    from private.webhook_events as w
    where w.status = 'dead' and not exists (select from private.dismissed_dead_letters as d where d.event_id = w.id)
  ) as b
  group by b.connection_id
$$;

comment on function private.list_backlogs() is
  'Per connection what is not projected: waiting and since when, quarantined, dead and not dismissed (in all and of the last seven days), newest arrival among them.';

grant execute on function private.list_backlogs() to service_role;

-- Every kind of incident with its heading. Those found in the present state open and close by private.watch_incidents; the
-- others are opened and closed by what notices them. A new kind takes a line here, and one in list_incidents if it is found.
create function private.list_incident_kinds()
returns table (kind text, title text, is_found boolean)
language sql
immutable
set search_path = ''
as $$
  values
    ('key_invalid', 'API key refused', true),
    ('plan_needed', 'Paid plan needed', true),
    ('workspace_doubled', 'Workspace connected twice', true),
    ('sync_stale', 'Sync is stale', true),
    ('job_failed', 'Job failed', true),
    ('dead_letters', 'Dead letters', true),
    ('bounce_threshold', 'Too many bounces', true),
    ('mailbox_disconnected', 'Mailbox disconnected', true),
    ('scheduled_calls_failing', 'Scheduled calls fail', true),
    ('connection_paused', 'Connection paused by the client', true),
    ('connection_removed', 'Connection removed by the client', true),
    ('webhook_switched_off', 'Webhook switched off', false),
    ('webhook_missing', 'Webhook missing', false),
    ('domain_unprotected', 'Sending domain not protected', false),
    ('dmarc_broken', 'DMARC record broke', false),
    ('domain_bouncing', 'Too many bounces from a domain', false),
    ('domain_blacklisted', 'Sending domain on a blacklist', false),
    ('placement_spam', 'Test mails land in spam', false),
    ('campaign_moved', 'Campaign moved to another client', false),
    ('goal_behind', 'Behind the goal', false),
    ('endpoint_switched_off', 'Endpoint switched off', false),
    ('crm_switched_off', 'CRM switched off', false),
    ('mail_refused', 'Email is refused', false),
    ('report_not_sent', 'Report not sent', false)
$$;

comment on function private.list_incident_kinds() is
  'Kinds of incidents and their headings. is_found = private.list_incidents finds it in the present state, so it closes automatically.';

grant execute on function private.list_incident_kinds() to service_role;
grant execute on function private.list_incident_kinds() to authenticated, service_role;

-- Connections that a person of their client paused or removed: the agency should hear of it, while an operator's own pause
-- is no news. The newest act in the audit log says who it was.
create function private.list_client_stops()
returns table (connection_id uuid, client_id uuid, kind text)
language sql
stable
set search_path = ''
as $$
  select c.id, c.client_id, case when c.removed_at is null then 'connection_paused' else 'connection_removed' end
  from public.provider_connections as c
  join lateral (
    select a.actor_id
    from public.audit_log as a
    where a.client_id = c.client_id
      and a.target_type = 'provider_connection'
      and a.target_id = c.id::text
      and a.action = case when c.removed_at is null then 'pause' else 'remove' end
    order by a.occurred_at desc, a.id desc
    limit 1
  ) as last_act on last_act.actor_id is not null
  where c.status = 'paused'
    and not exists (select from public.members as m where m.user_id = last_act.actor_id and m.role = 'operator')
$$;

comment on function private.list_client_stops() is
  'Connections that are paused or removed because a person of their client did it: connection_paused or connection_removed.';

grant execute on function private.list_client_stops() to service_role;

-- Connections that open the same workspace: by its id, by the very key, or by a campaign that both list (Smartlead names no
-- workspace while it has no campaigns). What is saved today cannot become one; what was saved before can be.
create function private.list_doubled_workspaces()
returns table (connection_id uuid, others text)
language sql
stable
set search_path = ''
as $$
  with used as (
    select c.id, c.provider, c.name, c.workspace_id from public.provider_connections as c where c.removed_at is null
  ),
  pair as (
    select a.id, b.id as other_id
    from used as a
    join used as b on b.provider = a.provider and b.workspace_id = a.workspace_id
    union
    select a.connection_id, b.connection_id
    from private.provider_keys as a
    join private.provider_keys as b on b.key_digest = a.key_digest
    union
    select a.connection_id, b.connection_id
    from private.provider_campaigns as a
    join private.provider_campaigns as b on b.provider_campaign_id = a.provider_campaign_id
    where a.listed_at is not null and b.listed_at is not null
  )
  select a.id, string_agg(format('"%s"', b.name), ', ' order by b.name)
  from pair as p
  join used as a on a.id = p.id
  join used as b on b.id = p.other_id and b.provider = a.provider
  where p.id <> p.other_id
  group by a.id
$$;

comment on function private.list_doubled_workspaces() is
  'Connections whose workspace another connection has as well, with the names of those.';

grant execute on function private.list_doubled_workspaces() to service_role;

-- Every incident, one row each, in the words of an alert: what happened, and which page and button end it. connection_id null =
-- of the installation itself.
create function private.list_incidents()
returns table (connection_id uuid, client_id uuid, kind text, subject text, occurrences integer, details text)
language sql
stable
set search_path = ''
as $$
  select
    c.id, c.client_id,
    case c.status when 'invalid' then 'key_invalid' else 'plan_needed' end,
    '', 1,
    case c.status
      when 'invalid' then 'The provider refuses the API key, so nothing is synced or exported. Press “Replace key” on its card in Settings → Connections.'
      else 'The provider asks for a paid plan, so nothing is synced or exported. Renew the plan, then press “Test connection” on its card in Settings → Connections.'
    end
  from public.provider_connections as c
  where c.status in ('invalid', 'needs_plan')
  union all
  select
    c.id, c.client_id, 'sync_stale', '', 1,
    'The last complete sync is ' || coalesce(
      'of ' || to_char(c.last_synced_at at time zone 'UTC', 'YYYY-MM-DD HH24:MI') || ' UTC', 'missing'
    ) || '. Press “Sync now” on its card in Settings → Connections; if that fails, Operations → Jobs says why.'
  from public.provider_connections as c
  left join public.clients as k on k.id = c.client_id
  where c.status = 'active'
    and private.is_sync_stale(c)
    and coalesce(k.integration_enabled, true)
  union all
  select
    j.connection_id, coalesce(j.client_id, c.client_id), 'job_failed',
    private.job_subject(j), 1,
    case j.kind when 'export' then format('The export of campaign "%s" failed', k.name) else format('The %s failed', j.kind) end
      || ': ' || concat_ws(', ', j.error_code, rtrim(left(j.error_message, 300), '. ')) || '. '
      || case j.kind
        when 'export' then 'Repair what it names, open the campaign and press “Export leads”; no lead is sent twice.'
        else 'The next sync retries automatically; if it keeps failing, repair what it names (Operations → Jobs).'
      end
  from private.list_failing_jobs() as j
  join public.provider_connections as c on c.id = j.connection_id
  left join public.campaigns as k on k.id = j.campaign_id
  where not exists (
    select from public.clients as o where o.id = coalesce(j.client_id, c.client_id) and not o.integration_enabled
  )
  union all
  select
    b.connection_id, c.client_id, 'dead_letters', '', b.dead_recently::integer,
    b.dead_recently || case b.dead_recently when 1 then ' delivery' else ' deliveries' end
      || ' of the last 7 days could not be processed. Read the reasons in Operations → Dead letters, repair the cause and press “Replay”, or press “Dismiss” for those that do not matter.'
  from private.list_backlogs() as b
  join public.provider_connections as c on c.id = b.connection_id
  where b.dead_recently > 0
  union all
  select
    s.connection_id, s.client_id, s.kind, '', 1,
    case s.kind
      when 'connection_paused' then 'A person of the client paused this connection, so nothing is synced or exported. “Resume” is in the menu of its card in Settings → Connections.'
      else 'A person of the client removed this connection with its key, so its deliveries are refused. “Connect again” is on its card in Settings → Connections.'
    end
  from private.list_client_stops() as s
  union all
  select
    k.connection_id, k.client_id, 'bounce_threshold', 'campaign:' || k.id, 1,
    format('The provider reports that too many mails of campaign "%s" bounce. Look at its list and its mailboxes (Operations → Email accounts) before you start it again.', k.name)
  from private.provider_campaigns as p
  join public.campaigns as k on k.id = p.campaign_id
  where p.bounce_threshold_at > now() - interval '7 days'
    and not (k.provider_status = 'active' and coalesce(k.provider_status_at > p.bounce_threshold_at, false))
  union all
  select
    a.connection_id, a.client_id, 'mailbox_disconnected', 'mailbox:' || a.id, 1,
    format('The mailbox %s has an error: %s. Connect it again at the provider.', a.email, rtrim(coalesce(a.status_reason, 'the provider reported an error'), '. '))
  from public.email_accounts as a
  join public.provider_connections as c on c.id = a.connection_id
  where a.status in ('error', 'suspended')
    and c.status = 'active'
    -- Reported by an event; a mailbox that was never healthy is visible in the list of mailboxes.
    and exists (
      select
      from public.email_events as e
      where e.connection_id = a.connection_id
        and e.email_account = a.email
        and e.type in ('account_error', 'account_suspended')
        and e.occurred_at > now() - interval '7 days'
    )
  union all
  select
    d.connection_id, c.client_id, 'workspace_doubled', '', 1,
    format('Its workspace is connected more than once (also as %s), so everything in it is counted twice and read by both. Keep one: open Settings → Connections and press “Remove” in the menu of the others.', d.others)
  from private.list_doubled_workspaces() as d
  join public.provider_connections as c on c.id = d.connection_id
  union all
  select null, null, 'scheduled_calls_failing', f.function_name, 1, f.details
  from private.list_failing_calls() as f
$$;

comment on function private.list_incidents() is
  'Problems that exist now, of the kinds that private.list_incident_kinds calls found. What the sync sees of webhooks is in incidents already.';

grant execute on function private.list_incidents() to service_role;

-- Failing jobs that no operator has acknowledged.
create function private.list_unacknowledged_failures()
returns setof private.jobs
language sql
stable
set search_path = ''
as $$
  select j.*
  from private.list_failing_jobs() as j
  where not exists (
    select
    from public.incidents as i
    where i.connection_id = j.connection_id
      and i.kind = 'job_failed'
      and i.subject = private.job_subject(j)
      and i.closed_at is null
      and i.acknowledged_at is not null
  )
$$;

comment on function private.list_unacknowledged_failures() is 'private.list_failing_jobs without those whose incident an operator acknowledged.';

grant execute on function private.list_unacknowledged_failures() to service_role;

-- Alerts: an incident is posted once to the address that operators gave, by pg_net, and the answer is checked.

-- Brings the incidents in line with what is wrong now: opens the new ones, closes what is well again. When dead letters
-- kept growing for an hour after they were posted or acknowledged, that is news: the old incident ends, a new one opens.
create function private.watch_incidents()
returns void
language plpgsql
set search_path = ''
as $$
declare
  incidents jsonb := (select jsonb_agg(to_jsonb(t)) from private.list_incidents() as t);
begin
  update public.incidents as i
  set closed_at = now()
  where i.closed_at is null
    and i.kind in (select k.kind from private.list_incident_kinds() as k where k.is_found)
    and not exists (
      select
      from jsonb_to_recordset(incidents) as t (connection_id uuid, kind text, subject text, occurrences integer)
      where t.connection_id is not distinct from i.connection_id and t.kind = i.kind and t.subject = i.subject
        and coalesce(t.occurrences <= i.sent_occurrences or i.sent_at > now() - interval '1 hour', true)
        and coalesce(t.occurrences <= i.acknowledged_occurrences or i.acknowledged_at > now() - interval '1 hour', true)
    );

  insert into public.incidents as i (connection_id, client_id, kind, subject, occurrences, details)
  select t.connection_id, t.client_id, t.kind, t.subject, t.occurrences, t.details
  from jsonb_to_recordset(incidents) as t (
    connection_id uuid, client_id uuid, kind text, subject text, occurrences integer, details text
  )
  on conflict (connection_id, kind, subject) where closed_at is null
  do update set occurrences = excluded.occurrences, details = excluded.details
  where (i.occurrences, i.details) is distinct from (excluded.occurrences, excluded.details);
end
$$;

comment on function private.watch_incidents() is 'Opens incidents for what is wrong now and closes those that are over.';

-- The heading of a kind; one without a heading yet shows its own words.
create function private.incident_title(of_kind text)
returns text
language sql
stable
set search_path = ''
as $$
  select coalesce(
    (select k.title from private.list_incident_kinds() as k where k.kind = of_kind),
    upper(left(of_kind, 1)) || replace(substr(of_kind, 2), '_', ' ')
  )
$$;

comment on function private.incident_title(text) is 'The heading of a kind of incident.';

grant execute on function private.incident_title(text) to authenticated, service_role;

-- What an alert says: what happened, where, and what to do. Names are ours; ids and secrets have no place here.
create function private.alert_text(incident public.incidents)
returns text
language sql
stable
set search_path = ''
as $$
  select
    private.incident_title(incident.kind)
    || case
      when c.id is not null then format(' (connection "%s", %s)', c.name, coalesce('client "' || k.name || '"', 'shared'))
      when k.id is not null then format(' (client "%s")', k.name)
      else ''
    end
    || coalesce(': ' || rtrim(incident.details, '. ') || '.', '')
    || case when incident.closed_at is not null then ' It is over already.' else '' end
  from (select 1) as always
  left join public.provider_connections as c on c.id = incident.connection_id
  left join public.clients as k on k.id = incident.client_id
$$;

comment on function private.alert_text(public.incidents) is 'The sentence of an alert: what happened, where, what to do.';

-- Where the dashboard explains this kind. plpgsql, because the mail settings, which know the dashboard's address, come later.
create function private.runbook_url(of_kind text)
returns text
language plpgsql
stable
set search_path = ''
as $$
begin
  return (select rtrim(m.dashboard_url, '/') || '/docs/runbook#' || of_kind from private.mail_settings as m);
end
$$;

comment on function private.runbook_url(text) is
  'The entry of a kind of incident in the runbook of the dashboard; null without mail settings, which know the address.';

grant execute on function private.runbook_url(text) to service_role;

-- How the calls of the last minutes went. No answer after five minutes is an answer too: pg_net forgets its queue in a crash.
create function private.judge_deliveries()
returns void
language plpgsql
set search_path = ''
as $$
begin
  update public.incidents as i
  set
    delivery = case
      when a.is_good then 'delivered'
      when i.delivery_attempts >= 5 then 'failed'
      else 'waiting'
    end,
    sent_at = case when a.is_good then a.answered_at else i.sent_at end,
    delivery_error = a.error,
    next_attempt_at = now() + interval '1 minute' * power(2, i.delivery_attempts - 1)
  from (
    select
      o.id,
      coalesce(r.status_code between 200 and 299, false) as is_good,
      r.created as answered_at,
      case
        when r.status_code between 200 and 299 then null
        when r.status_code is not null then format('The alert address answered with status %s', r.status_code)
        when r.timed_out then 'The alert address did not answer within five seconds'
        when r.id is not null then 'The alert address could not be reached'
        else 'The call to the alert address got lost'
      end as error
    from public.incidents as o
    left join net._http_response as r on r.id = o.request_id
    where o.delivery = 'sending' and (r.id is not null or o.queued_at < now() - interval '5 minutes')
  ) as a
  where i.id = a.id;
end
$$;

comment on function private.judge_deliveries() is
  'Reads the answers to alerts: delivered, or retried after 1, 2, 4 and 8 minutes, and failed after the fifth try.';

-- Sends what is due in one message, whatever it is: a hundred alerts at once are twenty lines and a number.
create function private.send_alerts()
returns integer
language plpgsql
set search_path = ''
as $$
declare
  address text;
  due uuid[];
  message text;
  request bigint;
begin
  select s.decrypted_secret into address from vault.decrypted_secrets as s where s.name = 'alert_webhook_url';

  if address is null then
    return 0;
  end if;

  if not private.is_outbound_address(address, private.allows_private_addresses()) then
    update public.incidents as i
    set delivery_error = 'The alert address is no public https address; save another one as alert_webhook_url'
    where i.delivery = 'waiting' and i.closed_at is null and i.opened_at > now() - interval '1 day';
    return 0;
  end if;

  -- What is older than a day when an address is given at last is no news.
  due := array(
    select i.id
    from public.incidents as i
    where i.delivery = 'waiting' and i.next_attempt_at <= now() and i.opened_at > now() - interval '1 day'
      and i.acknowledged_at is null
    order by i.opened_at, i.id
    for update skip locked
  );

  if cardinality(due) = 0 then
    return 0;
  end if;

  update public.incidents as i set text = private.alert_text(i) where i.id = any (due);

  select
    case when cardinality(due) > 1 then format(e'%s alerts from Replyloop\n', cardinality(due)) else 'Replyloop: ' end
      || string_agg(case when cardinality(due) > 1 then '• ' else '' end || l.text, e'\n' order by l.position)
      || case when cardinality(due) > 20 then format(e'\n… and %s more, see Operations → Alerts', cardinality(due) - 20) else '' end
  into message
  from (
    select
      i.text || coalesce(' What to do: ' || private.runbook_url(i.kind), '') as text,
      row_number() over (order by i.opened_at, i.id) as position
    from public.incidents as i
    where i.id = any (due)
  ) as l
  where l.position <= 20;

  -- The three characters that mean something to Slack.
  request := net.http_post(
    url := address,
    body := jsonb_build_object('text', replace(replace(replace(message, '&', '&amp;'), '<', '&lt;'), '>', '&gt;')),
    timeout_milliseconds := 5000
  );

  update public.incidents as i
  set
    delivery = 'sending',
    delivery_attempts = i.delivery_attempts + 1,
    sent_occurrences = i.occurrences,
    request_id = request,
    queued_at = now()
  where i.id = any (due);

  return cardinality(due);
end
$$;

comment on function private.send_alerts() is
  'Posts the due alerts in one message { "text" } to the Vault secret alert_webhook_url; returns how many. Without the secret they wait.';

-- The minute's work in its order; what could not be delivered for good is in the run's details too.
create function private.raise_alerts()
returns integer
language plpgsql
set search_path = ''
as $$
declare
  undelivered integer;
begin
  perform private.watch_incidents();
  perform private.judge_deliveries();

  select count(*) into undelivered
  from public.incidents as i
  where i.delivery = 'failed' and i.closed_at is null and i.acknowledged_at is null;

  if undelivered > 0 then
    raise warning '% alerts could not be delivered; check the Vault secret "alert_webhook_url" and look at Operations → Alerts', undelivered;
  end if;

  return private.send_alerts();
end
$$;

comment on function private.raise_alerts() is
  'Every minute: opens and closes incidents, judges what was sent, sends what is due; returns how many alerts left.';

-- Alerts as operators read them.
create view public.alerts
with (security_invoker = true)
as
select
  i.id, i.kind, i.subject, i.client_id, k.name as client_name, i.connection_id, c.name as connection_name,
  coalesce(i.text, i.details) as text,
  i.occurrences, i.opened_at, i.closed_at, i.delivery, i.delivery_attempts, i.delivery_error, i.sent_at,
  private.incident_title(i.kind) as title,
  i.acknowledged_at, i.acknowledged_note,
  private.person_name(i.acknowledged_by) as acknowledged_by_name
from public.incidents as i
left join public.provider_connections as c on c.id = i.connection_id
left join public.clients as k on k.id = i.client_id;

comment on view public.alerts is
  'Incidents as alerts: what was or will be posted, whether it arrived (delivery = waiting, sending, delivered or failed), and who acknowledged it. Operators only.';

grant select on public.alerts to authenticated, service_role;

-- Definer, because people may read incidents and write none.
create function private.mark_acknowledged(ids uuid[], note text, undo boolean)
returns integer
language plpgsql
security definer
set search_path = ''
as $$
declare
  changed integer;
begin
  perform private.require_operator();

  if coalesce(cardinality(ids), 0) = 0 then
    raise exception using errcode = 'PT400', message = 'VALIDATION_FAILED', detail = 'No ids were given; send those of the alerts';
  end if;

  if length(note) > 500 then
    raise exception using errcode = 'PT400', message = 'VALIDATION_FAILED', detail = 'A note has at most 500 characters';
  end if;

  with changed as (
    update public.incidents as i
    set
      acknowledged_at = case when not undo then now() end,
      acknowledged_by = case when not undo then (select auth.uid()) end,
      acknowledged_note = case when not undo then nullif(btrim(note), '') end,
      acknowledged_occurrences = case when not undo then i.occurrences end
    where i.id = any (ids) and i.closed_at is null and (i.acknowledged_at is null) is distinct from undo
    returning i.id, i.kind, i.client_id
  ),
  written as (
    select private.write_audit(
      case when undo then 'alert_reopened' else 'alert_acknowledged' end, 'incident', s.id::text, s.client_id,
      jsonb_strip_nulls(jsonb_build_object('kind', s.kind, 'note', case when not undo then nullif(btrim(note), '') end))
    )
    from changed as s
  )
  select count(*) into changed from written;

  return changed;
end
$$;

comment on function private.mark_acknowledged(uuid[], text, boolean) is 'The work of public.acknowledge_alerts; checks the caller itself.';

grant execute on function private.mark_acknowledged(uuid[], text, boolean) to authenticated, service_role;

-- The door to it for operators.
create function public.acknowledge_alerts(ids uuid[], note text default null, undo boolean default false)
returns integer
language sql
volatile
set search_path = ''
as $$
  select private.mark_acknowledged(ids, note, undo)
$$;

comment on function public.acknowledge_alerts(uuid[], text, boolean) is
  'Acknowledges these open alerts: they no longer count as new and are not posted, until they are over. undo reverses it. Returns how many changed. Operators.';

grant execute on function public.acknowledge_alerts(uuid[], text, boolean) to authenticated, service_role;

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

-- What operators read besides: campaigns, mailboxes and jobs of all clients.

-- One row per campaign of any client.
create view public.operator_campaigns
with (security_invoker = true)
as
select
  n.*,
  k.name as client_name,
  c.connection_id,
  w.name as connection_name,
  e.last_export_at,
  (
    select count(*)
    from public.export_receipts as r
    where r.campaign_id = n.campaign_id and r.outcome = 'created'
  ) as exported
from public.client_campaigns as n
join public.campaigns as c on c.id = n.campaign_id
join public.clients as k on k.id = n.client_id
left join public.provider_connections as w on w.id = c.connection_id
left join lateral (
  select max(j.created_at) as last_export_at
  from private.jobs as j
  where j.campaign_id = n.campaign_id and j.kind = 'export'
) as e on true
where (select private.may_operate());

comment on view public.operator_campaigns is
  'client_campaigns of every client with the names of client and connection, when it was last exported and how many leads exports created. Operators only.';

grant select on public.operator_campaigns to authenticated, service_role;

-- One row per mailbox of any connection.
create view public.operator_email_accounts
with (security_invoker = true)
as
select h.*, k.name as client_name, c.name as connection_name, c.provider
from public.email_account_health as h
join public.provider_connections as c on c.id = h.connection_id
left join public.clients as k on k.id = h.client_id
where (select private.may_operate());

comment on view public.operator_email_accounts is
  'email_account_health of every connection with the names of client (null = shared) and connection. Operators only.';

grant select on public.operator_email_accounts to authenticated, service_role;

-- Definer, because of a job people may read only how far it is. Of 30 days, so that it stays quick: a connection makes
-- 24 jobs a day.
create function private.list_jobs()
returns setof private.jobs
language sql
stable
security definer
set search_path = ''
as $$
  select j.*
  from private.jobs as j
  where (select private.may_operate())
    and (j.created_at > now() - interval '30 days' or j.status in ('queued', 'running', 'paused'))
$$;

comment on function private.list_jobs() is 'Jobs of the last 30 days and all open ones. No rows unless private.may_operate().';

grant execute on function private.list_jobs() to authenticated, service_role;

-- One row per job; its cursor, lease and parameters stay inside.
create view public.operator_jobs
with (security_invoker = true)
as
select
  j.id as job_id, j.kind, j.status, j.client_id, coalesce(k.name, j.parameters ->> 'client_name') as client_name, j.connection_id, c.name as connection_name,
  j.campaign_id, n.name as campaign_name, j.done, j.total, j.result, j.error_code, j.error_message, j.attempts,
  j.created_at, j.started_at, j.finished_at,
  extract(epoch from coalesce(j.finished_at, now()) - j.started_at)::numeric(12, 1) as duration_seconds,
  j.requested_by,
  case when j.requested_by is not null then (select r.name from private.requester(j.id) as r) end as requested_by_name
from private.list_jobs() as j
left join public.provider_connections as c on c.id = j.connection_id
left join public.clients as k on k.id = j.client_id
left join public.campaigns as n on n.id = j.campaign_id;

comment on view public.operator_jobs is
  'Exports, syncs, removals of clients and erasures of people of the last 30 days with progress, result, error and who asked (null = the schedule or a secret key). Operators only.';

grant select on public.operator_jobs to authenticated, service_role;

-- Who may sign in, for operators: without it the list of people would be a list of ids.

-- Definer, because no one may read accounts; only the address, the name, the last sign-in and how far an invitation is come out.
create function private.list_members()
returns table (
  user_id uuid, email text, name text, role public.member_role, client_id uuid, client_name text, created_at timestamptz,
  last_sign_in_at timestamptz, state text, invited_at timestamptz, invited_by_name text, accepted_at timestamptz
)
language sql
stable
security definer
set search_path = ''
as $$
  select
    m.user_id,
    u.email::text,
    coalesce(nullif(u.raw_user_meta_data ->> 'name', ''), nullif(u.raw_user_meta_data ->> 'full_name', '')),
    m.role, m.client_id, k.name, m.created_at, u.last_sign_in_at,
    case when s.signed_in_at is null then 'invited' else 'active' end,
    m.invited_at,
    case when m.invited_by is not null then private.person_name(m.invited_by) end,
    greatest(s.signed_in_at, m.created_at)
  from public.members as m
  left join auth.users as u on u.id = m.user_id
  left join public.clients as k on k.id = m.client_id
  -- Who opened a link has proved the address, and a password needs one.
  cross join lateral (select least(u.email_confirmed_at, u.last_sign_in_at) as signed_in_at) as s
  where (select private.may_operate())
$$;

comment on function private.list_members() is
  'Members with address, name, last sign-in and state of their account. No rows unless private.may_operate().';

grant execute on function private.list_members() to authenticated, service_role;

-- One row per person who belongs to the agency or to a client.
create view public.operator_members
with (security_invoker = true)
as
select
  m.user_id, m.email, m.name, m.role, m.client_id, m.client_name, m.created_at, m.last_sign_in_at, m.state, m.invited_at,
  m.invited_by_name, case when m.state = 'active' then m.accepted_at end as accepted_at
from private.list_members() as m;

comment on view public.operator_members is
  'Operators and the people of every client with address, name and last sign-in. state: invited (has never signed in) or active, since accepted_at. Operators only.';

grant select on public.operator_members to authenticated, service_role;

-- Making a client, and what operators set for it: name, time zone, money, what it may see.

-- Settings as a person sends them: only the keys that are given, each of them checked. The error names the first that is wrong.
create function private.check_client_settings(settings jsonb)
returns void
language plpgsql
stable
set search_path = ''
as $$
declare
  problem text;
begin
  if jsonb_typeof(settings) is distinct from 'object' then
    problem := 'Send the settings as an object, such as {"name": "Lakeside"}';
  elsif exists (
    select
    from jsonb_object_keys(settings) as k (name)
    where k.name not in ('name', 'time_zone', 'currency', 'positive_reply_value', 'may_see_costs', 'may_see_connection', 'approval_required')
  ) then
    problem := 'A client has name, time_zone, currency, positive_reply_value, may_see_costs, may_see_connection and approval_required; send no other setting';
  elsif settings ? 'name' and (
    jsonb_typeof(settings -> 'name') <> 'string' or length(btrim(settings ->> 'name')) not between 1 and 120
    or settings ->> 'name' ~ '[[:cntrl:]]'
  ) then
    problem := 'A name has 1 to 120 characters on one line';
  elsif settings ? 'time_zone' and private.is_time_zone(settings ->> 'time_zone') is not true then
    problem := format('There is no time zone %L; use a name such as Europe/Amsterdam', settings ->> 'time_zone');
  elsif settings ? 'currency' and coalesce(settings ->> 'currency', '') !~ '^[A-Z]{3}$' then
    problem := format('A currency is three capital letters such as EUR; it is %L', settings ->> 'currency');
  elsif settings ? 'positive_reply_value' and not (
    case jsonb_typeof(settings -> 'positive_reply_value')
      when 'null' then true
      when 'number' then (settings ->> 'positive_reply_value')::numeric between 0 and 999999999999
      else false
    end
  ) then
    problem := format('The value of a positive reply is null or a number not below 0; it is %L', settings ->> 'positive_reply_value');
  elsif exists (
    select
    from unnest('{may_see_costs,may_see_connection,approval_required}'::text[]) as k (name)
    where settings ? k.name and jsonb_typeof(settings -> k.name) <> 'boolean'
  ) then
    problem := 'may_see_costs, may_see_connection and approval_required are true or false';
  end if;

  if problem is not null then
    raise exception using errcode = 'PT400', message = 'VALIDATION_FAILED', detail = problem;
  end if;
end
$$;

comment on function private.check_client_settings(jsonb) is
  'Raises VALIDATION_FAILED with what is wrong unless these are settings of a client: name, time_zone, currency, positive_reply_value, may_see_costs, may_see_connection, approval_required.';

-- Two clients of one name look the same in a list, and a deletion is confirmed by the name.
create function private.require_free_client_name(wanted text, except_client_id uuid)
returns void
language plpgsql
set search_path = ''
as $$
begin
  perform pg_advisory_xact_lock(hashtext('replyloop client names'));

  if exists (
    select from public.clients as c
    where lower(btrim(c.name)) = lower(btrim(wanted)) and c.id is distinct from except_client_id
  ) then
    raise exception using errcode = 'PT400', message = 'VALIDATION_FAILED',
      detail = format('There is a client named %L already, maybe among the archived ones; choose another name', btrim(wanted));
  end if;
end
$$;

comment on function private.require_free_client_name(text, uuid) is
  'Raises VALIDATION_FAILED if another client has this name; holds the lock on names until the transaction ends.';

-- All settings at once, as they are now.
create function private.client_settings(client public.clients)
returns jsonb
language sql
immutable
set search_path = ''
as $$
  select jsonb_build_object(
    'name', client.name, 'time_zone', client.time_zone, 'currency', client.currency,
    'positive_reply_value', client.positive_reply_value, 'may_see_costs', client.may_see_costs,
    'may_see_connection', client.may_see_connection, 'approval_required', client.approval_required
  )
$$;

comment on function private.client_settings(public.clients) is 'What operators set for a client, as one object.';

grant execute on function private.client_settings(public.clients) to service_role;

create function private.make_client(settings jsonb)
returns jsonb
language plpgsql
security definer
set search_path = ''
as $$
declare
  made public.clients;
begin
  perform private.require_operator();
  perform private.check_client_settings(settings);

  if not settings ? 'name' then
    raise exception using errcode = 'PT400', message = 'VALIDATION_FAILED', detail = 'A client needs a name';
  end if;

  perform private.require_free_client_name(settings ->> 'name', null);

  insert into public.clients (name, time_zone, currency, positive_reply_value, may_see_costs, may_see_connection, approval_required)
  values (
    btrim(settings ->> 'name'), coalesce(settings ->> 'time_zone', 'UTC'), coalesce(settings ->> 'currency', 'EUR'),
    (settings ->> 'positive_reply_value')::numeric, coalesce((settings ->> 'may_see_costs')::boolean, false),
    coalesce((settings ->> 'may_see_connection')::boolean, false), coalesce((settings ->> 'approval_required')::boolean, false)
  )
  returning * into made;

  perform private.write_audit('client_created', 'client', made.id::text, made.id, private.client_settings(made));

  return jsonb_build_object('client_id', made.id) || private.client_settings(made);
end
$$;

comment on function private.make_client(jsonb) is 'The work of public.create_client; checks the caller itself.';

grant execute on function private.make_client(jsonb) to authenticated, service_role;

-- The door to it for operators.
create function public.create_client(settings jsonb)
returns jsonb
language sql
volatile
set search_path = ''
as $$
  select private.make_client(settings)
$$;

comment on function public.create_client(jsonb) is
  'Makes a client of { name, time_zone?, currency?, positive_reply_value?, may_see_costs?, may_see_connection?, approval_required? }; without a value: UTC, EUR, unknown, false, false, false. Returns { client_id } and the settings. Operators.';

grant execute on function public.create_client(jsonb) to authenticated, service_role;

-- Only what is sent changes, so that two operators do not undo each other's work.
create function private.edit_client(target_client_id uuid, settings jsonb)
returns jsonb
language plpgsql
security definer
set search_path = ''
as $$
declare
  before public.clients;
  after public.clients;
begin
  perform private.require_operator();
  perform private.check_client_settings(settings);

  if settings ? 'name' then
    perform private.require_free_client_name(settings ->> 'name', target_client_id);
  end if;

  select c.* into before from public.clients as c where c.id = target_client_id for update;

  if not found then
    raise exception using errcode = 'PT404', message = 'NOT_FOUND',
      detail = format('There is no client %L; check the id', target_client_id);
  end if;

  update public.clients as c
  set
    name = case when settings ? 'name' then btrim(settings ->> 'name') else c.name end,
    time_zone = case when settings ? 'time_zone' then settings ->> 'time_zone' else c.time_zone end,
    currency = case when settings ? 'currency' then settings ->> 'currency' else c.currency end,
    positive_reply_value = case
      when settings ? 'positive_reply_value' then (settings ->> 'positive_reply_value')::numeric else c.positive_reply_value
    end,
    may_see_costs = case when settings ? 'may_see_costs' then (settings ->> 'may_see_costs')::boolean else c.may_see_costs end,
    may_see_connection = case
      when settings ? 'may_see_connection' then (settings ->> 'may_see_connection')::boolean else c.may_see_connection
    end,
    approval_required = case
      when settings ? 'approval_required' then (settings ->> 'approval_required')::boolean else c.approval_required
    end
  where c.id = target_client_id
  returning * into after;

  -- What changed, and of a new name the old one: the log names its clients by the name of today.
  perform private.write_audit(
    'client_changed', 'client', target_client_id::text, target_client_id,
    coalesce(
      (
        select jsonb_object_agg(n.key, n.value)
        from jsonb_each(private.client_settings(after)) as n
        where n.value is distinct from private.client_settings(before) -> n.key
      ),
      '{}'
    ) || case when after.name <> before.name then jsonb_build_object('earlier_name', before.name) else '{}' end
  );

  return jsonb_build_object('client_id', target_client_id) || private.client_settings(after);
end
$$;

comment on function private.edit_client(uuid, jsonb) is 'The work of public.change_client; checks the caller itself.';

grant execute on function private.edit_client(uuid, jsonb) to authenticated, service_role;

-- The door to it for operators.
create function public.change_client(target_client_id uuid, settings jsonb)
returns jsonb
language sql
volatile
set search_path = ''
as $$
  select private.edit_client(target_client_id, settings)
$$;

comment on function public.change_client(uuid, jsonb) is
  'Changes what is sent of { name, time_zone, currency, positive_reply_value (null = unknown), may_see_costs, may_see_connection, approval_required } and nothing else. Returns { client_id } and the settings. Operators.';

grant execute on function public.change_client(uuid, jsonb) to authenticated, service_role;

-- Inviting, changing and removing people. Supabase Auth keeps the accounts, the function `people` speaks with it; here is what
-- they may do, who did what, and that at least one operator remains.

-- The account behind an address or an id, with its membership. Definer, because no one may read accounts.
create function private.find_person(address text, target_user_id uuid)
returns jsonb
language sql
stable
security definer
set search_path = ''
as $$
  select jsonb_build_object(
    'user_id', u.id,
    'email', u.email,
    'is_confirmed', u.email_confirmed_at is not null,
    'role', m.role,
    'client_id', m.client_id,
    'client_name', k.name,
    'made_account', coalesce(m.made_account, false),
    'seconds_since_mail', extract(epoch from now() - m.mailed_at)::integer
  )
  from auth.users as u
  left join public.members as m on m.user_id = u.id
  left join public.clients as k on k.id = m.client_id
  where u.deleted_at is null and (u.id = target_user_id or (target_user_id is null and lower(u.email) = lower(address)))
  limit 1
$$;

comment on function private.find_person(text, uuid) is 'The work of worker.find_person.';

grant execute on function private.find_person(text, uuid) to service_role;

create function worker.find_person(address text default null, target_user_id uuid default null)
returns jsonb
language sql
stable
set search_path = ''
as $$
  select private.find_person(find_person.address, find_person.target_user_id)
$$;

comment on function worker.find_person(text, uuid) is
  'The account with this id or address and its membership, { user_id, email, is_confirmed, role, client_id, client_name, made_account, seconds_since_mail }; null when there is none.';

grant execute on function worker.find_person(text, uuid) to service_role;

-- Changes of memberships take turns, so that two operators cannot demote each other at the same moment.
create function private.take_members_turn()
returns void
language sql
volatile
set search_path = ''
as $$
  select pg_advisory_xact_lock(hashtext('replyloop members'))
$$;

comment on function private.take_members_turn() is 'Waits until no other transaction changes memberships.';

grant execute on function private.take_members_turn() to service_role;

-- The first line of what takes rights from somebody.
create function private.require_replaceable(target public.members, actor uuid)
returns void
language plpgsql
stable
set search_path = ''
as $$
begin
  if target.user_id = actor then
    raise exception using errcode = 'PT400', message = 'VALIDATION_FAILED',
      detail = 'You cannot remove yourself or change your own role; ask another operator';
  end if;

  if target.role = 'operator' and not exists (
    select from public.members as m where m.role = 'operator' and m.user_id <> target.user_id
  ) then
    raise exception using errcode = 'PT400', message = 'VALIDATION_FAILED',
      detail = 'This is the last operator; make somebody else an operator first';
  end if;
end
$$;

comment on function private.require_replaceable(public.members, uuid) is
  'Raises VALIDATION_FAILED for one''s own membership and for the last operator''s.';

grant execute on function private.require_replaceable(public.members, uuid) to service_role;

create function private.require_role(new_role public.member_role, new_client_id uuid)
returns void
language plpgsql
stable
set search_path = ''
as $$
begin
  if new_role is null or (new_role = 'client') <> (new_client_id is not null) then
    raise exception using errcode = 'PT400', message = 'VALIDATION_FAILED',
      detail = 'A person of a client needs a client_id, and an operator has none';
  end if;

  if new_client_id is not null then
    perform private.require_client(new_client_id);
  end if;
end
$$;

comment on function private.require_role(public.member_role, uuid) is
  'Raises VALIDATION_FAILED unless role and client belong together, NOT_FOUND for an unknown client.';

grant execute on function private.require_role(public.member_role, uuid) to service_role;

-- Asked before an account is made, so that a wrong invitation leaves nothing behind.
create function worker.check_invitation(new_role public.member_role, new_client_id uuid)
returns boolean
language plpgsql
stable
set search_path = ''
as $$
begin
  perform private.require_role(new_role, new_client_id);
  return true;
end
$$;

comment on function worker.check_invitation(public.member_role, uuid) is
  'True when a person with this role and client can be invited; otherwise VALIDATION_FAILED or NOT_FOUND.';

grant execute on function worker.check_invitation(public.member_role, uuid) to service_role;

-- Gives an account its membership. Again with the same role and client it changes nothing.
create function worker.add_member(
  target_user_id uuid, address text, new_role public.member_role, new_client_id uuid, is_new_account boolean, actor uuid
)
returns jsonb
language plpgsql
volatile
set search_path = ''
as $$
declare
  existing public.members;
begin
  perform private.take_members_turn();
  perform private.require_role(new_role, new_client_id);

  select m.* into existing from public.members as m where m.user_id = target_user_id;

  if found then
    if existing.role <> new_role or existing.client_id is distinct from new_client_id then
      raise exception using errcode = 'PT400', message = 'VALIDATION_FAILED',
        detail = format(
          '%s already belongs to %s; change the person there instead of inviting again', address,
          coalesce((select c.name from public.clients as c where c.id = existing.client_id), 'the agency as an operator')
        );
    end if;

    return jsonb_build_object('added', false);
  end if;

  insert into public.members (user_id, role, client_id, made_account)
  values (target_user_id, new_role, new_client_id, is_new_account);

  perform private.write_audit(
    'person_added', 'person', target_user_id::text, new_client_id,
    jsonb_build_object('address', address, 'role', new_role), actor
  );

  return jsonb_build_object('added', true);
end
$$;

comment on function worker.add_member(uuid, text, public.member_role, uuid, boolean, uuid) is
  'Makes an account an operator or a person of a client; { added: false } when it is that already. VALIDATION_FAILED when it belongs elsewhere.';

grant execute on function worker.add_member(uuid, text, public.member_role, uuid, boolean, uuid) to service_role;

-- That a link went out, never the link.
create function worker.record_invitation(target_user_id uuid, address text, what text, actor uuid)
returns void
language plpgsql
volatile
set search_path = ''
as $$
declare
  of_client uuid;
begin
  update public.members as m
  set
    invited_at = case when what = 'password_link_made' then m.invited_at else now() end,
    mailed_at = case when what = 'invitation_sent' then now() else m.mailed_at end,
    invited_by = case when what = 'password_link_made' then m.invited_by else actor end
  where m.user_id = target_user_id
  returning m.client_id into of_client;

  perform private.write_audit(
    what, 'person', target_user_id::text, of_client, jsonb_build_object('address', address), actor
  );
end
$$;

comment on function worker.record_invitation(uuid, text, text, uuid) is
  'Records invitation_sent, invitation_link_made or password_link_made with who did it.';

grant execute on function worker.record_invitation(uuid, text, text, uuid) to service_role;

-- Another role or client. The token of the person is refused from now on; its next one holds the new role.
create function worker.change_member(
  target_user_id uuid, address text, new_role public.member_role, new_client_id uuid, actor uuid
)
returns jsonb
language plpgsql
volatile
set search_path = ''
as $$
declare
  existing public.members;
begin
  perform private.take_members_turn();
  perform private.require_role(new_role, new_client_id);

  select m.* into existing from public.members as m where m.user_id = target_user_id;

  if not found then
    raise exception using errcode = 'PT404', message = 'NOT_FOUND', detail = 'This person is not a member; reload the list';
  end if;

  if existing.role = new_role and existing.client_id is not distinct from new_client_id then
    return jsonb_build_object('changed', false);
  end if;

  if existing.user_id = actor or new_role <> 'operator' then
    perform private.require_replaceable(existing, actor);
  end if;

  update public.members as m set role = new_role, client_id = new_client_id where m.user_id = target_user_id;

  perform private.write_audit(
    'person_changed', 'person', target_user_id::text, coalesce(new_client_id, existing.client_id),
    jsonb_build_object(
      'address', address, 'old_role', existing.role, 'role', new_role, 'old_client_id', existing.client_id,
      'client_id', new_client_id
    ),
    actor
  );

  return jsonb_build_object('changed', true);
end
$$;

comment on function worker.change_member(uuid, text, public.member_role, uuid, uuid) is
  'Gives a member another role or client; { changed: false } when it has them. VALIDATION_FAILED for oneself and for the last operator.';

grant execute on function worker.change_member(uuid, text, public.member_role, uuid, uuid) to service_role;

-- Membership and sessions end in one transaction, before Auth is asked to delete the account: if Auth does not answer, the
-- person is out all the same. Definer, because sessions belong to Auth.
create function private.remove_person(target_user_id uuid, address text, actor uuid)
returns jsonb
language plpgsql
volatile
security definer
set search_path = ''
as $$
declare
  existing public.members;
  ended integer;
begin
  perform private.take_members_turn();

  select m.* into existing from public.members as m where m.user_id = target_user_id;

  if not found then
    return jsonb_build_object('removed', false, 'sessions_ended', 0, 'made_account', false);
  end if;

  perform private.require_replaceable(existing, actor);

  delete from public.members as m where m.user_id = target_user_id;
  delete from auth.sessions as s where s.user_id = target_user_id;
  get diagnostics ended = row_count;

  perform private.write_audit(
    'person_removed', 'person', target_user_id::text, existing.client_id,
    jsonb_build_object('address', address, 'role', existing.role, 'sessions_ended', ended), actor
  );

  return jsonb_build_object('removed', true, 'sessions_ended', ended, 'made_account', existing.made_account);
end
$$;

comment on function private.remove_person(uuid, text, uuid) is 'The work of worker.remove_member.';

grant execute on function private.remove_person(uuid, text, uuid) to service_role;

create function worker.remove_member(target_user_id uuid, address text, actor uuid)
returns jsonb
language sql
volatile
set search_path = ''
as $$
  select private.remove_person(remove_member.target_user_id, remove_member.address, remove_member.actor)
$$;

comment on function worker.remove_member(uuid, text, uuid) is
  'Ends a membership and every session of the person, { removed, sessions_ended, made_account }; removed = false when there was none. VALIDATION_FAILED for oneself and for the last operator.';

grant execute on function worker.remove_member(uuid, text, uuid) to service_role;

-- Archiving: a client whose work is over. It is switched off, leaves the usual lists, and its people read nothing; its numbers
-- stay for the agency, and it can be restored.

create function private.shelve_client(target_client_id uuid, is_archived boolean, switch_on boolean)
returns jsonb
language plpgsql
security definer
set search_path = ''
as $$
declare
  client public.clients;
begin
  perform private.require_operator();

  select c.* into client from public.clients as c where c.id = target_client_id for update;

  if not found then
    raise exception using errcode = 'PT404', message = 'NOT_FOUND',
      detail = format('There is no client %L; check the id', target_client_id);
  elsif client.removal_requested_at is not null then
    raise exception using errcode = 'PT400', message = 'VALIDATION_FAILED',
      detail = 'This client is being deleted; that cannot be stopped';
  elsif is_archived = (client.archived_at is not null) then
    return jsonb_build_object('client_id', client.id, 'archived_at', client.archived_at, 'enabled', client.integration_enabled);
  end if;

  if is_archived then
    perform private.switch_client(client.id, false);
  else
    perform private.require_not_moving(client.id);
  end if;

  update public.clients as c
  set archived_at = case when is_archived then now() end
  where c.id = client.id
  returning c.archived_at into client.archived_at;

  perform private.write_audit(
    case when is_archived then 'client_archived' else 'client_restored' end, 'client', client.id::text, client.id
  );

  if not is_archived and coalesce(switch_on, true) then
    perform private.switch_client(client.id, true);
  end if;

  return jsonb_build_object(
    'client_id', client.id, 'archived_at', client.archived_at, 'enabled', not is_archived and coalesce(switch_on, true)
  );
end
$$;

comment on function private.shelve_client(uuid, boolean, boolean) is
  'The work of public.archive_client and public.restore_client; checks the caller itself.';

grant execute on function private.shelve_client(uuid, boolean, boolean) to authenticated, service_role;

create function public.archive_client(target_client_id uuid)
returns jsonb
language sql
volatile
set search_path = ''
as $$
  select private.shelve_client(target_client_id, true, null)
$$;

comment on function public.archive_client(uuid) is
  'Archives a client: switched off as by set_client_integration, out of the usual lists, and its people read nothing until it is restored. Its numbers stay. Returns { client_id, archived_at, enabled }. Operators.';

grant execute on function public.archive_client(uuid) to authenticated, service_role;

create function public.restore_client(target_client_id uuid, switch_on boolean default true)
returns jsonb
language sql
volatile
set search_path = ''
as $$
  select private.shelve_client(target_client_id, false, switch_on)
$$;

comment on function public.restore_client(uuid, boolean) is
  'Undoes archive_client, switched on unless switch_on is false; what was held is then projected. Returns { client_id, archived_at, enabled }. Operators.';

grant execute on function public.restore_client(uuid, boolean) to authenticated, service_role;

-- Deleting a client for good. The request closes it at once; a job then takes its webhooks, its people and its data away in
-- batches that each end within a second, and the client's row last. The function remove-client runs it.

create function private.request_client_removal(target_client_id uuid, confirm_name text)
returns jsonb
language plpgsql
security definer
set search_path = ''
as $$
declare
  client public.clients;
  open_job_id uuid;
begin
  perform private.require_operator();

  select c.* into client from public.clients as c where c.id = target_client_id for update;

  if not found then
    raise exception using errcode = 'PT404', message = 'NOT_FOUND',
      detail = format('There is no client %L; check the id', target_client_id);
  elsif btrim(coalesce(confirm_name, '')) is distinct from btrim(client.name) then
    raise exception using errcode = 'PT400', message = 'VALIDATION_FAILED',
      detail = format('Deleting a client removes everything of it and cannot be undone; send its name %L as confirm_name', client.name);
  end if;

  perform private.require_idle_client(client.id);
  -- One that has moved is at work elsewhere and can be removed here; one on its way cannot.
  if not exists (select from private.client_moves as m where m.client_id = client.id and m.state = 'moved') then
    perform private.require_not_moving(client.id);
  end if;

  -- Nothing new may arrive while the old goes: no export, no sync, no projection, no sign-in.
  if client.integration_enabled then
    perform private.switch_client(client.id, false);
  end if;

  update public.clients as c
  set archived_at = coalesce(c.archived_at, now()), removal_requested_at = coalesce(c.removal_requested_at, now())
  where c.id = client.id;

  insert into private.jobs as j (kind, parameters, deadline_at, requested_by)
  values (
    'removal', jsonb_build_object('client_id', client.id, 'client_name', client.name), now() + interval '7 days',
    (select auth.uid())
  )
  on conflict ((parameters ->> 'client_id')) where kind = 'removal' and status in ('queued', 'running', 'paused') do nothing
  returning j.id into open_job_id;

  if open_job_id is null then
    select j.id into open_job_id
    from private.jobs as j
    where j.kind = 'removal' and j.parameters ->> 'client_id' = client.id::text and j.status in ('queued', 'running', 'paused');
  else
    perform private.write_audit(
      'client_removal_requested', 'client', client.id::text, client.id, jsonb_build_object('name', client.name)
    );
  end if;

  begin
    perform private.wake_job(open_job_id, 'removal');
  exception
    -- Without the Vault secrets nothing can be called from here; the job waits until an operator calls the function.
    when raise_exception then raise warning '%', sqlerrm;
  end;

  return jsonb_build_object('client_id', client.id, 'job_id', open_job_id);
end
$$;

comment on function private.request_client_removal(uuid, text) is 'The work of public.delete_client; checks the caller itself.';

grant execute on function private.request_client_removal(uuid, text) to authenticated, service_role;

-- The door to it for operators.
create function public.delete_client(target_client_id uuid, confirm_name text)
returns jsonb
language sql
volatile
set search_path = ''
as $$
  select private.request_client_removal(target_client_id, confirm_name)
$$;

comment on function public.delete_client(uuid, text) is
  'Deletes a client for good: its people are shut out at once, then a job removes webhooks, keys, accounts and data. confirm_name = its name. Returns { client_id, job_id }; progress and what was removed are in operator_jobs. Asked again it continues. Operators.';

grant execute on function public.delete_client(uuid, text) to authenticated, service_role;

-- The workspaces that a removal has to visit: the client's own, and shared ones where its campaigns have webhooks of ours.
create function worker.list_removal_connections(target_client_id uuid)
returns jsonb
language sql
stable
set search_path = ''
as $$
  select coalesce(
    jsonb_agg(
      jsonb_build_object(
        'id', c.id, 'name', c.name, 'is_own', c.client_id is not null,
        'campaign_webhooks', (
          select coalesce(
            jsonb_agg(jsonb_build_object(
              'provider_campaign_id', w.provider_campaign_id, 'provider_webhook_id', w.provider_webhook_id
            ) order by w.provider_campaign_id),
            '[]'
          )
          from private.campaign_webhooks as w
          join private.provider_campaigns as p
            on p.connection_id = w.connection_id and p.provider_campaign_id = w.provider_campaign_id
          join public.campaigns as k on k.id = p.campaign_id
          where w.connection_id = c.id and k.client_id = target_client_id
        )
      )
      order by c.created_at, c.id
    ),
    '[]'
  )
  from public.provider_connections as c
  where c.removed_at is null
    and (
      c.client_id = target_client_id
      or (
        c.client_id is null
        and exists (
          select
          from private.campaign_webhooks as w
          join private.provider_campaigns as p
            on p.connection_id = w.connection_id and p.provider_campaign_id = w.provider_campaign_id
          join public.campaigns as k on k.id = p.campaign_id
          where w.connection_id = c.id and k.client_id = target_client_id
        )
      )
    )
$$;

comment on function worker.list_removal_connections(uuid) is
  'Workspaces that the removal of a client visits: [{ id, name, is_own, campaign_webhooks }]. Service role only.';

grant execute on function worker.list_removal_connections(uuid) to service_role;

-- A webhook that the provider removed with a campaign of a shared workspace.
create function worker.forget_campaign_webhook(target_connection_id uuid, of_provider_campaign_id text)
returns void
language sql
volatile
set search_path = ''
as $$
  delete from private.campaign_webhooks as w
  where w.connection_id = target_connection_id and w.provider_campaign_id = of_provider_campaign_id
$$;

comment on function worker.forget_campaign_webhook(uuid, text) is
  'Forgets our webhook on a campaign, once the provider has removed it. Service role only.';

grant execute on function worker.forget_campaign_webhook(uuid, text) to service_role;

-- What a removal deletes, batch by batch.

-- Found in the catalogue, as moving a campaign finds its tables: a table of tomorrow is emptied without anybody thinking of it.
-- Deepest first, so that deleting a row never pulls thousands of others with it. A key that is set to null (an
-- organisation of a shared workspace, the audit log) says that the row belongs to somebody else.
create function private.list_client_tables()
returns table (relation text, owner_column text)
language sql
stable
set search_path = ''
as $$
  with recursive relations as (
    select c.oid, format('%I.%I', n.nspname, c.relname) as name
    from pg_catalog.pg_class as c
    join pg_catalog.pg_namespace as n on n.oid = c.relnamespace
    where n.nspname in ('public', 'private') and c.relkind = 'r' and not c.relispartition
      and c.oid <> 'public.clients'::regclass
  ),
  keys as (
    select distinct k.conrelid as child, k.confrelid as parent
    from pg_catalog.pg_constraint as k
    join relations as c on c.oid = k.conrelid
    join relations as p on p.oid = k.confrelid
    where k.contype = 'f' and k.conrelid <> k.confrelid
  ),
  depths as (
    select r.oid, 0 as depth from relations as r
    union
    select k.child, d.depth + 1 from depths as d join keys as k on k.parent = d.oid where d.depth < 20
  )
  select r.name, a.attname::text
  from relations as r
  join pg_catalog.pg_attribute as a
    on a.attrelid = r.oid and a.attname in ('client_id', 'connection_id') and not a.attisdropped
  left join pg_catalog.pg_constraint as k on k.conrelid = r.oid and k.contype = 'f' and k.conkey = array[a.attnum]
  where k.confdeltype is distinct from 'n' and (a.attname = 'client_id' or k.oid is not null)
  order by (select max(d.depth) from depths as d where d.oid = r.oid) desc, r.name, a.attname
$$;

comment on function private.list_client_tables() is
  'Tables with rows of one client, by client_id or by the connection_id of its own workspaces, in the order in which they can be emptied. Partitioned tables are not among them.';

grant execute on function private.list_client_tables() to service_role;

-- Deletes some rows of one table.
create function private.delete_rows(relation text, owner_column text, owners uuid[], most integer)
returns integer
language plpgsql
set search_path = ''
as $$
declare
  removed integer;
begin
  execute format(
    'delete from only %1$s where ctid = any (array(select ctid from only %1$s where %2$I = any ($1) limit $2)) and %2$I = any ($1)',
    relation, owner_column
  )
  using owners, most;

  get diagnostics removed = row_count;
  return removed;
end
$$;

comment on function private.delete_rows(text, text, uuid[], integer) is 'Deletes up to that many rows of these owners; returns how many.';

-- Events and their raw deliveries go together: the id of an event is the id of its delivery.
create function private.delete_events(target_client_id uuid, most integer)
returns integer
language plpgsql
set search_path = ''
as $$
declare
  leaf text;
  gone bigint[];
  removed integer := 0;
begin
  for leaf in select t.relid::regclass::text from pg_partition_tree('public.email_events') as t where t.isleaf order by 1
  loop
    execute format(
      'with gone as (
         delete from only %1$s where ctid = any (array(select ctid from only %1$s where client_id = $1 limit $2)) and client_id = $1
         returning id
       )
       select array_agg(g.id) from gone as g',
      leaf
    )
    into gone using target_client_id, most - removed;

    delete from private.webhook_events as w where w.id = any (gone);

    removed := removed + coalesce(cardinality(gone), 0);
    exit when removed >= most;
  end loop;

  return removed;
end
$$;

comment on function private.delete_events(uuid, integer) is
  'Deletes up to that many events of a client with their deliveries; returns how many events.';

-- The deliveries of its own workspaces, also those that became no event; events of a workspace that name no client go too.
create function private.delete_own_deliveries(own_connections uuid[], most integer)
returns integer
language plpgsql
set search_path = ''
as $$
declare
  gone bigint[];
begin
  with gone_rows as (
    delete from private.webhook_events as w
    where w.id = any (
      array(select e.id from private.webhook_events as e where e.connection_id = any (own_connections) limit most)
    )
    returning w.id
  )
  select array_agg(g.id) into gone from gone_rows as g;

  delete from public.email_events as e where e.id = any (gone) and e.connection_id = any (own_connections);

  return coalesce(cardinality(gone), 0);
end
$$;

comment on function private.delete_own_deliveries(uuid[], integer) is
  'Deletes up to that many deliveries of these workspaces; returns how many.';

-- What shared workspaces delivered of its campaigns and became no event: held, repeated or unreadable. Deliveries have no
-- index by campaign, so a batch looks at a span of ids. Returns how many were removed and where the next span begins.
create function private.delete_shared_deliveries(
  target_client_id uuid, after_id bigint, span integer, out removed integer, out next_id bigint
)
language plpgsql
set search_path = ''
as $$
declare
  own private.provider_campaigns[];
begin
  select array_agg(p) into own
  from private.provider_campaigns as p
  join public.campaigns as c on c.id = p.campaign_id
  where c.client_id = target_client_id;

  select min(w.id) into next_id from private.webhook_events as w where w.id > after_id;

  if own is null or next_id is null then
    removed := 0;
    next_id := null;
    return;
  end if;

  -- Ids have gaps; the span begins at the next one that exists.
  delete from private.webhook_events as w
  using unnest(own) as p
  where w.id >= next_id and w.id < next_id + span
    and w.connection_id = p.connection_id and w.provider_campaign_id = p.provider_campaign_id;

  get diagnostics removed = row_count;
  next_id := next_id + span - 1;
end
$$;

comment on function private.delete_shared_deliveries(uuid, bigint, integer) is
  'Deletes what shared workspaces delivered of a client''s campaigns within a span of ids; next_id null = there is no more.';

-- One batch: the first step that still has something to do, up to that many rows. Returns the name of what was removed with
-- its number, and the next step; null = only the client itself is left. Definer: accounts and partitions are nobody's.
create function private.remove_client_rows(target_client_id uuid, at jsonb, most integer)
returns jsonb
language plpgsql
security definer
set search_path = ''
as $$
declare
  step text := coalesce(at ->> 'step', 'people');
  own_connections uuid[] := array(select c.id from public.provider_connections as c where c.client_id = target_client_id);
  counts jsonb := '{}'::jsonb;
  removed integer := 0;
  part integer;
  gone public.members[];
  target record;
  deliveries record;
begin
  if step = 'people' then
    -- As remove_person does it: sessions end, and an account goes if an invitation made it. One that was there before is
    -- somebody's for other reasons. An operator is no person of a client, whatever else is true of him.
    with gone_rows as (
      delete from public.members as m
      where m.user_id in (
        select n.user_id from public.members as n where n.client_id = target_client_id and n.role = 'client' limit most
      )
      returning m
    )
    select coalesce(array_agg(g.m), '{}') into gone from gone_rows as g;

    removed := cardinality(gone);
    delete from auth.sessions as s using unnest(gone) as g where s.user_id = g.user_id;
    delete from auth.users as u using unnest(gone) as g where u.id = g.user_id and g.made_account;
    get diagnostics part = row_count;
    return jsonb_build_object(
      'removed', jsonb_build_object('people', removed, 'accounts', part),
      'next', jsonb_build_object('step', case when removed < most then 'events' else 'people' end)
    );
  elsif step = 'events' then
    removed := private.delete_events(target_client_id, most);
    return jsonb_build_object(
      'removed', jsonb_build_object('email_events', removed),
      'next', jsonb_build_object('step', case when removed < most then 'deliveries' else 'events' end)
    );
  elsif step = 'deliveries' then
    removed := private.delete_own_deliveries(own_connections, most);
    return jsonb_build_object(
      'removed', jsonb_build_object('webhook_events', removed),
      'next', jsonb_build_object('step', case when removed < most then 'shared' else 'deliveries' end)
    );
  elsif step = 'shared' then
    select * into deliveries
    from private.delete_shared_deliveries(target_client_id, coalesce((at ->> 'after_id')::bigint, 0), most * 10);
    return jsonb_build_object(
      'removed', jsonb_build_object('webhook_events', deliveries.removed),
      'next', case
        when deliveries.next_id is null then jsonb_build_object('step', 'tables')
        else jsonb_build_object('step', 'shared', 'after_id', deliveries.next_id)
      end
    );
  end if;

  -- The log keeps who did what and when; what it was about goes.
  update public.audit_log as a
  set details = '{}'
  where a.id in (
    select b.id from public.audit_log as b where b.client_id = target_client_id and b.details <> '{}' limit most
  );
  get diagnostics removed = row_count;

  delete from private.provider_campaigns as p
  where p.ctid = any (array(
    select o.ctid
    from private.provider_campaigns as o
    join public.campaigns as c on c.id in (o.campaign_id, o.moved_from)
    where c.client_id = target_client_id
    limit most
  ));
  get diagnostics part = row_count;
  removed := removed + part;

  for target in select * from private.list_client_tables()
  loop
    exit when removed >= most;
    part := private.delete_rows(
      target.relation, target.owner_column,
      case target.owner_column when 'client_id' then array[target_client_id] else own_connections end, most - removed
    );
    removed := removed + part;

    if part > 0 then
      counts := counts || jsonb_build_object(
        split_part(target.relation, '.', 2), coalesce((counts ->> split_part(target.relation, '.', 2))::integer, 0) + part
      );
    end if;
  end loop;

  return jsonb_build_object(
    'removed', counts, 'next', case when removed > 0 then jsonb_build_object('step', 'tables') end
  );
end
$$;

comment on function private.remove_client_rows(uuid, jsonb, integer) is
  'Removes one batch of a client: { removed: { table: rows }, next: the next step, null = only the client is left }.';

grant execute on function private.remove_client_rows(uuid, jsonb, integer) to service_role;

-- Rows and the report of them are committed together, so a killed run neither removes uncounted nor counts twice.
create function worker.remove_client_batch(target_job_id uuid, token uuid, most integer, lease_seconds integer)
returns jsonb
language plpgsql
set search_path = ''
as $$
declare
  job private.jobs;
  removed_client_id uuid;
  batch jsonb;
  counted jsonb;
begin
  select j.* into job
  from private.jobs as j
  where j.id = target_job_id and j.lease_token = token and j.status = 'running' and j.kind = 'removal'
  for update;

  if not found then
    return jsonb_build_object('state', 'lost');
  end if;

  removed_client_id := (job.parameters ->> 'client_id')::uuid;

  if not exists (select from public.clients as c where c.id = removed_client_id) then
    return jsonb_build_object('state', 'done');
  end if;

  batch := private.remove_client_rows(removed_client_id, job.cursor -> 'rows', most);

  -- The projector holds the rows of clients that are switched off, so this one is locked for the last batch only. An insert
  -- for it waits, and then finds no client.
  if batch -> 'next' = 'null' then
    perform from public.clients as c where c.id = removed_client_id for update;
    batch := private.remove_client_rows(removed_client_id, '{"step": "tables"}', most);
  end if;

  select coalesce(jsonb_object_agg(n.name, n.number), '{}') into counted
  from (
    select r.key as name, sum(r.value::bigint) as number
    from (
      select * from jsonb_each_text(coalesce(job.result -> 'removed', '{}'))
      union all
      select * from jsonb_each_text(batch -> 'removed')
    ) as r
    group by r.key
    having sum(r.value::bigint) > 0
  ) as n;

  update private.jobs as j
  set
    cursor = j.cursor || jsonb_build_object('rows', batch -> 'next'),
    result = j.result || jsonb_build_object('removed', counted),
    done = (select coalesce(sum(n.value::bigint), 0) from jsonb_each_text(counted) as n),
    attempts = 0,
    deadline_at = greatest(j.deadline_at, now() + interval '1 day'),
    lease_until = now() + make_interval(secs => lease_seconds)
  where j.id = job.id;

  if batch -> 'next' <> 'null' then
    return jsonb_build_object('state', 'held');
  end if;

  delete from public.clients as c where c.id = removed_client_id;

  perform private.write_audit(
    'client_removed', 'client', removed_client_id::text, null,
    jsonb_build_object('name', job.parameters -> 'client_name') || counted, job.requested_by
  );

  return jsonb_build_object('state', 'done');
end
$$;

comment on function worker.remove_client_batch(uuid, uuid, integer, integer) is
  'One batch of a removal under its lease: { state: held (call again), done (the client is gone) or lost }. Counts go to result.removed of the job. Service role only.';

grant execute on function worker.remove_client_batch(uuid, uuid, integer, integer) to service_role;

-- Who runs this project, as clients see it: name, logo, colour, support address; and a logo of each client.

-- An image as a page can show it, checked and sanitised by the function agency before it comes here.
create domain private.logo as text
check (value ~ '^data:image/(png|jpeg|webp|svg\+xml);base64,[A-Za-z0-9+/]+=*$' and length(value) <= 360000);

comment on domain private.logo is 'A data URL of a PNG, JPEG, WebP or SVG of at most 256 KB; the longest text is a third more.';

-- One row. It is public in the end, but not through the Data API: signed out no one holds a privilege there, so the function
-- agency answers with it.
create table private.agency (
  is_only boolean primary key default true constraint agency_is_one_row check (is_only),
  name text check (length(btrim(name)) between 1 and 80),
  support_address text check (length(support_address) <= 320),
  accent_colour text check (accent_colour ~ '^#[0-9a-f]{6}$'),
  show_product_name boolean not null default false,
  logo private.logo,
  logo_version text,
  logo_url text check (logo_url ~ '^https?://' and length(logo_url) <= 500),
  checklist_hidden_at timestamptz,
  updated_at timestamptz not null default now(),
  constraint agency_logo_has_a_version check ((logo is null) = (logo_version is null))
);

comment on table private.agency is
  'The agency as its clients see it. name null = nothing is set up yet; show_product_name = whether clients read the name of this software.';
comment on column private.agency.accent_colour is '#rrggbb, as it was chosen; the dashboard derives a shade that is readable in each theme.';
comment on column private.agency.logo_version is 'Begin of the digest of the logo: it changes with the picture, so that browsers may keep it for ever.';
comment on column private.agency.logo_url is
  'Where mails load the logo from; null = there is none, or it is an SVG, which mail programs do not show.';
comment on column private.agency.checklist_hidden_at is 'When an operator hid the checklist of the first steps; null = it is shown until it is done.';

-- The same moment in every installation.
insert into private.agency (updated_at) values ('2026-11-28T00:00:00Z');

create trigger set_updated_at before update on private.agency
for each row execute function private.set_updated_at();

alter table private.agency enable row level security;

grant select, insert, update, delete on private.agency to service_role;

create policy "Only the functions read the agency"
on private.agency for all to service_role using (true) with check (true);

-- A table of its own: clients are read in every list, and a picture has 350,000 characters.
create table public.client_logos (
  client_id uuid primary key references public.clients (id) on delete cascade,
  image private.logo not null,
  version text not null,
  updated_at timestamptz not null default now()
);

comment on table public.client_logos is 'The logo of a client, shown beside its name: a data URL for the src of an <img>, and nothing else.';

create trigger set_updated_at before update on public.client_logos
for each row execute function private.set_updated_at();

alter table public.client_logos enable row level security;

grant select on public.client_logos to authenticated;
grant select, insert, update, delete on public.client_logos to service_role;

create policy "Clients see their logo, operators see all"
on public.client_logos for select to authenticated
using (client_id = any (array(select private.visible_client_ids())));

-- What everybody may know, signed in or not.
create function worker.read_agency()
returns jsonb
language sql
stable
set search_path = ''
as $$
  select jsonb_build_object(
    'name', a.name, 'support_address', a.support_address, 'accent_colour', a.accent_colour,
    'show_product_name', a.show_product_name, 'logo_version', a.logo_version
  )
  from private.agency as a
$$;

comment on function worker.read_agency() is
  'The agency as everybody may see it: { name, support_address, accent_colour, show_product_name, logo_version }. Service role only.';

grant execute on function worker.read_agency() to service_role;

create function worker.read_agency_logo()
returns text
language sql
stable
set search_path = ''
as $$
  select a.logo::text from private.agency as a
$$;

comment on function worker.read_agency_logo() is 'The logo of the agency as a data URL; null = there is none. Service role only.';

grant execute on function worker.read_agency_logo() to service_role;

-- Of the agency without a client. image null = no logo any more.
create function worker.save_logo(target_client_id uuid, image text, version text, mail_url text, actor uuid)
returns void
language plpgsql
set search_path = ''
as $$
begin
  if target_client_id is null then
    update private.agency as a set logo = save_logo.image, logo_version = save_logo.version, logo_url = save_logo.mail_url;
  else
    perform private.require_client(target_client_id);

    if image is null then
      delete from public.client_logos as l where l.client_id = target_client_id;
    else
      insert into public.client_logos as l (client_id, image, version)
      values (target_client_id, save_logo.image, save_logo.version)
      on conflict (client_id) do update set image = excluded.image, version = excluded.version;
    end if;
  end if;

  perform private.write_audit(
    case when image is null then 'logo_removed' else 'logo_saved' end,
    case when target_client_id is null then 'agency' else 'client' end, target_client_id::text, target_client_id, '{}', actor
  );
end
$$;

comment on function worker.save_logo(uuid, text, text, text, uuid) is
  'Saves or removes (image null) the logo of a client, or of the agency (client null), which the caller has checked. mail_url = where mails load the agency''s from. Service role only.';

grant execute on function worker.save_logo(uuid, text, text, text, uuid) to service_role;

-- Only what is sent changes.
create function private.edit_agency(settings jsonb)
returns jsonb
language plpgsql
security definer
set search_path = ''
as $$
declare
  problem text;
begin
  perform private.require_operator();

  if jsonb_typeof(settings) is distinct from 'object' or exists (
    select
    from jsonb_object_keys(settings) as k (name)
    where k.name not in ('name', 'support_address', 'accent_colour', 'show_product_name')
  ) then
    problem := 'The agency has name, support_address, accent_colour and show_product_name; send an object with some of them';
  elsif settings ? 'name' and (
    length(btrim(settings ->> 'name')) between 1 and 80 and settings ->> 'name' !~ '[[:cntrl:]]'
  ) is not true then
    problem := 'The name of the agency has 1 to 80 characters on one line';
  elsif settings ->> 'support_address' is not null and private.normalize_email(settings ->> 'support_address') is null then
    problem := format('%L is no email address; give the one that clients may write to, or null', settings ->> 'support_address');
  elsif settings ->> 'accent_colour' is not null and lower(settings ->> 'accent_colour') !~ '^#[0-9a-f]{6}$' then
    problem := format('A colour is # and six digits such as #0f766e, or null for the usual one; it is %L', settings ->> 'accent_colour');
  elsif settings ? 'show_product_name' and jsonb_typeof(settings -> 'show_product_name') <> 'boolean' then
    problem := 'show_product_name is true or false';
  end if;

  if problem is not null then
    raise exception using errcode = 'PT400', message = 'VALIDATION_FAILED', detail = problem;
  end if;

  update private.agency as a
  set
    name = case when settings ? 'name' then btrim(settings ->> 'name') else a.name end,
    support_address = case
      when settings ? 'support_address' then private.normalize_email(settings ->> 'support_address') else a.support_address
    end,
    accent_colour = case when settings ? 'accent_colour' then lower(settings ->> 'accent_colour') else a.accent_colour end,
    show_product_name = case
      when settings ? 'show_product_name' then (settings ->> 'show_product_name')::boolean else a.show_product_name
    end;

  perform private.write_audit('agency_changed', 'agency', null, null, settings);

  return (
    select jsonb_build_object(
      'name', a.name, 'support_address', a.support_address, 'accent_colour', a.accent_colour,
      'show_product_name', a.show_product_name
    )
    from private.agency as a
  );
end
$$;

comment on function private.edit_agency(jsonb) is 'The work of public.change_agency; checks the caller itself.';

grant execute on function private.edit_agency(jsonb) to authenticated, service_role;

-- The door to it for operators.
create function public.change_agency(settings jsonb)
returns jsonb
language sql
volatile
set search_path = ''
as $$
  select private.edit_agency(settings)
$$;

comment on function public.change_agency(jsonb) is
  'Changes what is sent of { name, support_address (null = none), accent_colour (#rrggbb, null = the usual one), show_product_name } and nothing else. Returns all four. Operators.';

grant execute on function public.change_agency(jsonb) to authenticated, service_role;

-- Suppressing by hand: addresses and domains, for one client or for all, with a reason.

-- The stored form of what somebody entered: an address, or a domain without what people write around it.
create function private.suppression_entry(entered text)
returns text
language sql
immutable strict
set search_path = ''
as $$
  select case
    when btrim(entered) ~ '[^@\s*]\s*@' then private.normalize_email(entered)
    else nullif(
      split_part(
        private.normalize_email(
          'x@' || regexp_replace(
            regexp_replace(lower(btrim(entered)), '^(?:[a-z]+://)?(?:\*?[@.])?(?:www\.)?', ''), '[/?#:].*$', ''
          )
        ),
        '@', 2
      ),
      ''
    )
  end
$$;

comment on function private.suppression_entry(text) is
  'The address or domain in its stored form ("@Shop.example", "https://www.shop.example/contact" → shop.example); null when it is neither.';

grant execute on function private.suppression_entry(text) to service_role;

-- Definer, because no person writes the tables.
create function private.suppress_entries(
  entries text[], target_client_id uuid, given_reason public.suppression_reason, given_note text
)
returns jsonb
language plpgsql
security definer
set search_path = ''
as $$
declare
  most constant integer := 10000;
  stored text[];
  addresses integer;
  domains integer;
  refused text[];
begin
  perform private.require_operator();

  if target_client_id is not null then
    perform private.require_client(target_client_id);
  end if;

  if coalesce(cardinality(entries), 0) not between 1 and most then
    raise exception using errcode = 'PT400', message = 'VALIDATION_FAILED',
      detail = format('Send between 1 and %s addresses or domains at once; it were %s', most, coalesce(cardinality(entries), 0));
  end if;

  if given_reason is null or given_reason = 'erased' then
    raise exception using errcode = 'PT400', message = 'VALIDATION_FAILED',
      detail = format('The reason is unsubscribed, bounced, spam_report or do_not_contact; it was %L', given_reason);
  end if;

  select
    array_agg(distinct n.entry) filter (where n.entry is not null),
    array_agg(left(e.entered, 200)) filter (where n.entry is null and e.entered ~ '\S')
  into stored, refused
  from unnest(entries) as e (entered)
  cross join lateral (select private.suppression_entry(e.entered) as entry) as n;

  -- Suppressing again what was removed before counts.
  delete from private.suppression_removals as r
  where r.client_id = target_client_id and r.email = any (stored);

  with added as (
    insert into public.suppressions as s (client_id, email, reason, bounce_class, note)
    select target_client_id, e.entry, given_reason, case when given_reason = 'bounced' then 'hard'::public.bounce_class end, given_note
    from unnest(stored) as e (entry)
    where target_client_id is not null and strpos(e.entry, '@') > 0
    on conflict (client_id, email) do update
    set reason = excluded.reason, bounce_class = null, suppressed_at = excluded.suppressed_at, note = excluded.note
    where s.reason = 'bounced' and excluded.reason <> 'bounced'
    returning s.email as entry
  ),
  ruled as (
    insert into public.suppression_rules (client_id, entry, reason, note)
    select target_client_id, e.entry, given_reason, given_note
    from unnest(stored) as e (entry)
    where target_client_id is null or strpos(e.entry, '@') = 0
    on conflict on constraint suppression_rules_once do nothing
    returning suppression_rules.entry
  )
  select
    count(*) filter (where strpos(a.entry, '@') > 0), count(*) filter (where strpos(a.entry, '@') = 0)
  into addresses, domains
  from (select entry from added union all select entry from ruled) as a;

  if addresses + domains > 0 then
    perform private.write_audit(
      'suppressions_added', case when target_client_id is null then 'agency' else 'client' end, target_client_id::text, target_client_id,
      jsonb_strip_nulls(jsonb_build_object('addresses', addresses, 'domains', domains, 'reason', given_reason, 'note', given_note))
    );
  end if;

  return jsonb_build_object(
    'addresses', addresses, 'domains', domains, 'already', coalesce(cardinality(stored), 0) - addresses - domains,
    'refused', coalesce(cardinality(refused), 0), 'refused_entries', to_jsonb(coalesce(refused[1:100], '{}'))
  );
end
$$;

comment on function private.suppress_entries(text[], uuid, public.suppression_reason, text) is
  'The work of public.add_suppressions; checks the caller itself.';

grant execute on function private.suppress_entries(text[], uuid, public.suppression_reason, text) to authenticated, service_role;

-- The door to it for operators.
create function public.add_suppressions(
  entries text[], target_client_id uuid default null, reason public.suppression_reason default 'do_not_contact', note text default null
)
returns jsonb
language sql
volatile
set search_path = ''
as $$
  select private.suppress_entries(
    add_suppressions.entries, add_suppressions.target_client_id, add_suppressions.reason, nullif(btrim(add_suppressions.note), '')
  )
$$;

comment on function public.add_suppressions(text[], uuid, public.suppression_reason, text) is
  'Suppresses up to 10,000 addresses and domains, for one client or (null) for all. Returns { addresses, domains (added), already, refused, refused_entries (the first 100 that are neither) }. Operators.';

grant execute on function public.add_suppressions(text[], uuid, public.suppression_reason, text) to authenticated, service_role;

create function private.lift_suppression(entered text, target_client_id uuid, given_note text)
returns jsonb
language plpgsql
security definer
set search_path = ''
as $$
declare
  target_entry text := private.suppression_entry(entered);
  removed record;
begin
  perform private.require_operator();

  if target_entry is null then
    raise exception using errcode = 'PT400', message = 'VALIDATION_FAILED',
      detail = format('%L is neither an address nor a domain', left(entered, 200));
  end if;

  if coalesce(given_note, '') !~ '\S' then
    raise exception using errcode = 'PT400', message = 'VALIDATION_FAILED',
      detail = 'Say why this person can be emailed again; the reason is kept in the audit log';
  end if;

  if target_client_id is not null and strpos(target_entry, '@') > 0 then
    if exists (
      select from public.suppressions as s where s.client_id = target_client_id and s.email = target_entry and s.reason = 'erased'
    ) then
      raise exception using errcode = 'PT400', message = 'VALIDATION_FAILED',
        detail = 'This person was erased and is never emailed again; this suppression cannot be removed';
    end if;

    delete from public.suppressions as s
    where s.client_id = target_client_id and s.email = target_entry
    returning s.reason, s.suppressed_at, s.note into removed;

    if found then
      insert into private.suppression_removals as r (client_id, email)
      values (target_client_id, target_entry)
      on conflict (client_id, email) do update set removed_at = now();
    end if;
  else
    delete from public.suppression_rules as r
    where r.client_id is not distinct from target_client_id and r.entry = target_entry
    returning r.reason, r.created_at as suppressed_at, r.note into removed;
  end if;

  if removed.reason is null then
    raise exception using errcode = 'PT404', message = 'NOT_FOUND',
      detail = format('%L is not suppressed %s', target_entry, case when target_client_id is null then 'for all clients' else 'for this client' end);
  end if;

  perform private.write_audit(
    'suppression_removed', case when target_client_id is null then 'agency' else 'client' end, target_client_id::text, target_client_id,
    jsonb_build_object('entry', target_entry, 'reason', removed.reason, 'suppressed_at', removed.suppressed_at, 'why', given_note)
  );

  return jsonb_build_object('entry', target_entry, 'reason', removed.reason, 'suppressed_at', removed.suppressed_at);
end
$$;

comment on function private.lift_suppression(text, uuid, text) is
  'The work of public.remove_suppression; checks the caller itself.';

grant execute on function private.lift_suppression(text, uuid, text) to authenticated, service_role;

-- The door to it for operators.
create function public.remove_suppression(entry text, target_client_id uuid, why text)
returns jsonb
language sql
volatile
set search_path = ''
as $$
  select private.lift_suppression(remove_suppression.entry, remove_suppression.target_client_id, remove_suppression.why)
$$;

comment on function public.remove_suppression(text, uuid, text) is
  'Removes one suppression of a client (target_client_id null = of all clients), with a reason for the audit log; what happened before no longer suppresses, what happens later does. Returns { entry, reason, suppressed_at } as it was. Operators.';

grant execute on function public.remove_suppression(text, uuid, text) to authenticated, service_role;

-- Everything that is suppressed, in one list.
create view public.suppression_list
with (security_invoker = true)
as
select
  s.client_id,
  k.name as client_name,
  s.email as entry,
  false as is_domain,
  s.reason,
  s.bounce_class,
  s.note,
  s.suppressed_at
from public.suppressions as s
join public.clients as k on k.id = s.client_id
union all
select r.client_id, k.name, r.entry, r.is_domain, r.reason, null, r.note, r.created_at
from public.suppression_rules as r
left join public.clients as k on k.id = r.client_id;

comment on view public.suppression_list is
  'Addresses and domains that are not emailed, why and since when; client_id null = for all clients (operators only).';

grant select on public.suppression_list to authenticated, service_role;

-- The first steps of a new agency, ticked by what is in the database.

-- Definer, because the agency and deliveries are in tables that people may not read.
create function private.read_checklist()
returns table (place integer, step text, client_id uuid, done boolean, hidden boolean)
language sql
stable
security definer
set search_path = ''
as $$
  select
    s.place, s.step,
    case when s.place > 3 then (select c.id from public.clients as c where c.archived_at is null order by c.created_at, c.id limit 1) end,
    s.done, a.checklist_hidden_at is not null
  from private.agency as a
  cross join lateral (
    values
      (1, 'agency', a.name is not null),
      (
        2, 'connection',
        exists (
          select from public.provider_connections as c
          join private.provider_keys as k on k.connection_id = c.id
          where c.removed_at is null
        )
      ),
      (3, 'client', exists (select from public.clients as c where c.archived_at is null)),
      -- A lead belongs to a campaign, so the campaign is first.
      (4, 'campaign', exists (select from public.campaigns)),
      (5, 'leads', exists (select from public.businesses)),
      -- What the agency sends already through a provider counts as exported.
      (
        6, 'export',
        exists (select from public.export_receipts as r where r.outcome = 'created') or exists (select from public.synced_leads)
      ),
      (7, 'webhook', exists (select from private.connection_activity))
  ) as s (place, step, done)
  where (select private.may_operate())
$$;

comment on function private.read_checklist() is
  'The first steps of an agency and which are done. No rows unless private.may_operate().';

grant execute on function private.read_checklist() to authenticated, service_role;

-- One row per step, in the order in which they are done.
create view public.operator_checklist
with (security_invoker = true)
as
select c.place, c.step, c.client_id, c.done, c.hidden from private.read_checklist() as c;

comment on view public.operator_checklist is
  'First steps of a new agency: agency (has a name), connection (with a key), client, campaign, leads, export, webhook (a first event was projected); client_id = the client to continue with, null where a step is about none; hidden = an operator hid the list. Operators only.';

grant select on public.operator_checklist to authenticated, service_role;

create function private.shelve_checklist(is_hidden boolean)
returns boolean
language plpgsql
security definer
set search_path = ''
as $$
begin
  perform private.require_operator();

  if is_hidden is null then
    raise exception using errcode = 'PT400', message = 'VALIDATION_FAILED', detail = 'Say whether hidden is true or false';
  end if;

  update private.agency as a set checklist_hidden_at = case when is_hidden then coalesce(a.checklist_hidden_at, now()) end;

  perform private.write_audit(case when is_hidden then 'checklist_hidden' else 'checklist_shown' end, 'agency', null, null);

  return is_hidden;
end
$$;

comment on function private.shelve_checklist(boolean) is 'The work of public.hide_checklist; checks the caller itself.';

grant execute on function private.shelve_checklist(boolean) to authenticated, service_role;

create function public.hide_checklist(hidden boolean)
returns boolean
language sql
volatile
set search_path = ''
as $$
  select private.shelve_checklist(hidden)
$$;

comment on function public.hide_checklist(boolean) is 'Hides the checklist of the first steps for all operators, or shows it again. Returns hidden. Operators.';

grant execute on function public.hide_checklist(boolean) to authenticated, service_role;

-- Leads that an operator takes out of a campaign before they are exported.

-- Definer, because no person writes the table.
create function private.drop_businesses(target_ids uuid[])
returns jsonb
language plpgsql
security definer
set search_path = ''
as $$
declare
  most constant integer := 10000;
  asked integer := coalesce(cardinality(target_ids), 0);
  dropped record;
  removed integer := 0;
begin
  perform private.require_operator();

  if asked not between 1 and most then
    raise exception using errcode = 'PT400', message = 'VALIDATION_FAILED',
      detail = format('Send between 1 and %s ids at once; it were %s', most, asked);
  end if;

  for dropped in
    with gone as (
      delete from public.businesses as b
      where b.id = any (target_ids)
        and not exists (select from public.synced_leads as l where l.business_id = b.id)
        and not exists (
          select
          from public.export_receipts as r
          where r.business_id = b.id and r.outcome in ('planned', 'sending', 'created', 'duplicate')
        )
      returning b.client_id, b.campaign_id
    )
    select g.client_id, g.campaign_id, count(*)::integer as number
    from gone as g
    group by g.client_id, g.campaign_id
  loop
    removed := removed + dropped.number;
    perform private.write_audit(
      'leads_removed', 'campaign', dropped.campaign_id::text, dropped.client_id, jsonb_build_object('leads', dropped.number)
    );
  end loop;

  return jsonb_build_object('removed', removed, 'kept', asked - removed);
end
$$;

comment on function private.drop_businesses(uuid[]) is 'The work of public.remove_businesses; checks the caller itself.';

grant execute on function private.drop_businesses(uuid[]) to authenticated, service_role;

-- The door to it for operators.
create function public.remove_businesses(target_ids uuid[])
returns jsonb
language sql
volatile
set search_path = ''
as $$
  select private.drop_businesses(remove_businesses.target_ids)
$$;

comment on function public.remove_businesses(uuid[]) is
  'Deletes up to 10,000 businesses that were never exported, with their LinkedIn contacts. Returns { removed, kept (exported, or being exported: remove those at the provider) }. Operators.';

grant execute on function public.remove_businesses(uuid[]) to authenticated, service_role;

-- The days of every client, added up beforehand: the operators' home reads 1,000 clients at once. Added up when it is opened,
-- 300,000 days of campaigns took more than the three seconds that a person's query may take.

create table private.client_days (
  client_id uuid not null references public.clients (id) on delete cascade,
  day date not null,
  sent bigint not null,
  contacted bigint not null,
  replied bigint not null,
  positive bigint not null,
  meetings bigint not null,
  primary key (client_id, day)
);

comment on table private.client_days is
  'private.campaign_days added up per client and day of its time zone, as of private.client_sums; read through private.read_client_days only.';

alter table private.client_days enable row level security;

grant select, insert, update, delete on private.client_days to service_role;

create policy "Only the functions read added-up days"
on private.client_days for all to service_role using (true) with check (true);

create table private.client_sums (
  client_id uuid primary key references public.clients (id) on delete cascade,
  stats_changed_at timestamptz,
  replies_changed_at timestamptz,
  summed_at timestamptz not null,
  zone text not null default 'UTC'
);

comment on table private.client_sums is 'Of which state of a client its rows in private.client_days are.';
comment on column private.client_sums.zone is 'The client''s time zone then; another one since = they are stale.';
comment on column private.client_sums.stats_changed_at is
  'public.client_changes.stats_changed_at, read before they were added up; another one since = they are stale.';
comment on column private.client_sums.replies_changed_at is
  'public.client_changes.replies_changed_at, read before they were added up; another one since = they are stale.';

alter table private.client_sums enable row level security;

grant select, insert, update, delete on private.client_sums to service_role;

create policy "Only the functions read the state of sums"
on private.client_sums for all to service_role using (true) with check (true);

-- Clients whose sums are stale, longest first. Compared are the marks of the last changes and not their times with the clock: a
-- change becomes visible together with its mark, however late it commits. Each mark on its own: of two commits at once the one
-- with the older time may come last, and the later of both times would hide it. A sum of yesterday counts as stale whatever the
-- mark says: rows that a script wrote past every trigger are found then.
create function private.list_stale_clients(most integer, only_clients uuid[] default null)
returns table (client_id uuid, stats_changed_at timestamptz, replies_changed_at timestamptz, zone text)
language sql
stable
set search_path = ''
as $$
  select k.id, c.stats_changed_at, c.replies_changed_at, k.time_zone
  from public.clients as k
  left join public.client_changes as c on c.client_id = k.id
  left join private.client_sums as s on s.client_id = k.id
  where case when only_clients is null then k.archived_at is null else k.id = any (only_clients) end
    and (
      s.client_id is null
      or s.summed_at < now() - interval '1 day'
      or s.zone <> k.time_zone
      or (s.stats_changed_at, s.replies_changed_at) is distinct from (c.stats_changed_at, c.replies_changed_at)
    )
  order by s.summed_at nulls first, k.id
  limit most
$$;

comment on function private.list_stale_clients(integer, uuid[]) is
  'Up to that many clients whose added-up days are not of their last changes, with the marks of these: of all that are not archived, or of these.';

grant execute on function private.list_stale_clients(integer, uuid[]) to service_role;

-- Adds up stale clients, one after the other, as long as there is time: 1,000 of them take some seconds.
create function private.sum_client_days(most_seconds numeric default 5)
returns integer
language plpgsql
security definer
set search_path = ''
as $$
declare
  ends_at timestamptz := clock_timestamp() + make_interval(secs => most_seconds);
  stale record;
  summed integer := 0;
begin
  -- One at a time; the next minute continues.
  if not pg_try_advisory_xact_lock(hashtextextended('replyloop sum client days', 0)) then
    return 0;
  end if;

  for stale in select s.* from private.list_stale_clients(1000) as s
  loop
    exit when clock_timestamp() > ends_at;

    with fresh as materialized (
      select
        d.day, sum(d.sent)::bigint as sent, sum(d.contacted)::bigint as contacted, sum(d.replied)::bigint as replied,
        sum(d.positive)::bigint as positive, sum(d.meetings)::bigint as meetings
      from private.campaign_days('2000-01-01', '2100-01-01', stale.client_id, null) as d
      group by d.day
    ),
    gone as (
      delete from private.client_days as o
      where o.client_id = stale.client_id and not exists (select from fresh as f where f.day = o.day)
    )
    insert into private.client_days as o (client_id, day, sent, contacted, replied, positive, meetings)
    select stale.client_id, f.day, f.sent, f.contacted, f.replied, f.positive, f.meetings
    from fresh as f
    on conflict (client_id, day) do update
    set
      sent = excluded.sent, contacted = excluded.contacted, replied = excluded.replied, positive = excluded.positive,
      meetings = excluded.meetings
    -- Almost all days are as they were.
    where (o.sent, o.contacted, o.replied, o.positive, o.meetings)
      is distinct from (excluded.sent, excluded.contacted, excluded.replied, excluded.positive, excluded.meetings);

    insert into private.client_sums as s (client_id, stats_changed_at, replies_changed_at, summed_at, zone)
    values (stale.client_id, stale.stats_changed_at, stale.replies_changed_at, now(), stale.zone)
    on conflict (client_id) do update
    set
      stats_changed_at = excluded.stats_changed_at, replies_changed_at = excluded.replies_changed_at,
      summed_at = excluded.summed_at, zone = excluded.zone;

    summed := summed + 1;
  end loop;

  return summed;
end
$$;

comment on function private.sum_client_days(numeric) is
  'Every minute: adds up the days of clients that changed, for at most that many seconds; returns how many clients.';

-- Stale clients are added up here as long as they are few, so that a small agency always reads the last state; of a large one,
-- whose clients change every second, at most as old as the last minutes. One client alone is always of its last state.
create function private.days_of_clients(from_day date, to_day date, only_clients uuid[])
returns table (
  client_id uuid, day date, sent bigint, contacted bigint, replied bigint, positive bigint, meetings bigint
)
language plpgsql
stable
set search_path = ''
as $$
declare
  -- 5 ms each.
  most constant integer := 20;
  live uuid[] := array(select s.client_id from private.list_stale_clients(most, only_clients) as s);
begin
  return query
  select d.client_id, d.day, d.sent, d.contacted, d.replied, d.positive, d.meetings
  from private.client_days as d
  where d.day between from_day and to_day
    and d.client_id <> all (live)
    and (only_clients is null or d.client_id = any (only_clients))
  union all
  select
    d.client_id, d.day, sum(d.sent)::bigint, sum(d.contacted)::bigint, sum(d.replied)::bigint, sum(d.positive)::bigint,
    sum(d.meetings)::bigint
  from unnest(live) as l (id)
  cross join lateral private.campaign_days(from_day, to_day, l.id, null) as d
  group by d.client_id, d.day;
end
$$;

comment on function private.days_of_clients(date, date, uuid[]) is
  'Numbers per client and day of its time zone: added up beforehand, and of up to 20 clients that changed since, now. Of these clients, or of all that are not archived (null).';

grant execute on function private.days_of_clients(date, date, uuid[]) to service_role;

create function private.read_client_days(from_day date, to_day date)
returns table (
  client_id uuid, day date, sent bigint, contacted bigint, replied bigint, positive bigint, meetings bigint
)
language plpgsql
stable
security definer
set search_path = ''
as $$
begin
  if not (select private.may_operate()) then
    return;
  end if;

  return query
  select d.client_id, d.day, d.sent, d.contacted, d.replied, d.positive, d.meetings
  from private.days_of_clients(from_day, to_day, null) as d;
end
$$;

comment on function private.read_client_days(date, date) is
  'private.days_of_clients of all clients that are not archived. No rows unless private.may_operate().';

-- The operators' home: each client in a period, beside the period before it, what waits at it, and its last good news.

-- How a series over a period is drawn: up to a hundred days by the day, more by the week.
create function private.days_per_point(from_day date, to_day date)
returns integer
language sql
immutable
set search_path = ''
as $$
  select case when to_day - from_day < 100 then 1 else 7 end
$$;

comment on function private.days_per_point(date, date) is 'Days in one point of a series: 1 up to a hundred days, else 7.';

grant execute on function private.days_per_point(date, date) to authenticated, service_role;

-- The days of both periods are those that stats_between adds up, so that a client's row here and its own page agree. Series
-- are added up here: a page of 1,000 clients would otherwise load 30,000 days. Definer: an operator sees every client, and a
-- policy would compare each of 50,000 rows with each of 1,000 clients.
create function private.read_home(from_day date, to_day date)
returns table (
  client_id uuid, client_name text, integration_enabled boolean, created_at timestamptz,
  sent bigint, contacted bigint, replied bigint, positive bigint, meetings bigint,
  reply_rate numeric, positive_rate numeric, enough_signal boolean,
  sent_before bigint, contacted_before bigint, replied_before bigint, positive_before bigint, meetings_before bigint,
  days_per_point integer, points integer[], sent_series bigint[], replied_series bigint[], positive_series bigint[],
  unanswered bigint, oldest_unanswered_at timestamptz, last_positive_at timestamptz, active_campaigns bigint, behind text
)
language plpgsql
stable
security definer
set search_path = ''
as $$
declare
  step integer;
  length integer;
begin
  if not (select private.may_operate()) then
    raise exception using errcode = 'PT403', message = 'FORBIDDEN', detail = 'Only operators of the agency may do this';
  end if;

  perform private.require_days(from_day, to_day);

  step := private.days_per_point(from_day, to_day);
  length := to_day - from_day + 1;

  return query
  with shown as materialized (
    select c.id, c.name, c.integration_enabled, c.created_at, private.day_in(now(), c.time_zone) as today
    from public.clients as c
    where c.archived_at is null
  ),
  spread as materialized (
    select d.* from private.read_client_days(from_day - length, to_day) as d
  ),
  sums as (
    select
      s.client_id,
      sum(s.sent) filter (where s.day >= from_day) as sent, sum(s.sent) filter (where s.day < from_day) as sent_before,
      sum(s.contacted) filter (where s.day >= from_day) as contacted, sum(s.contacted) filter (where s.day < from_day) as contacted_before,
      sum(s.replied) filter (where s.day >= from_day) as replied, sum(s.replied) filter (where s.day < from_day) as replied_before,
      sum(s.positive) filter (where s.day >= from_day) as positive, sum(s.positive) filter (where s.day < from_day) as positive_before,
      sum(s.meetings) filter (where s.day >= from_day) as meetings, sum(s.meetings) filter (where s.day < from_day) as meetings_before
    from spread as s
    group by s.client_id
  ),
  -- Days on which nothing happened are left out: 1,000 clients times 30 days would be most of the answer, and of its time.
  points as (
    select
      g.client_id, array_agg(g.point order by g.point) as places, array_agg(g.sent order by g.point) as sent,
      array_agg(g.replied order by g.point) as replied, array_agg(g.positive order by g.point) as positive
    from (
      select
        s.client_id, (s.day - from_day) / step as point, sum(s.sent)::bigint as sent, sum(s.replied)::bigint as replied,
        sum(s.positive)::bigint as positive
      from spread as s
      where s.day >= from_day
      group by s.client_id, (s.day - from_day) / step
    ) as g
    group by g.client_id
  ),
  waiting as (
    select m.client_id, count(*) as number, min(m.occurred_at) as oldest_at
    from public.messages as m
    where m.direction = 'received' and not m.is_auto_reply and m.verdict is null
    group by m.client_id
  ),
  good as (
    select l.client_id, max(l.interest_changed_at) as last_at
    from public.synced_leads as l
    where l.interest_status = 'positive'
    group by l.client_id
  ),
  running as (
    select k.client_id, count(*) as number
    from public.campaigns as k
    where k.provider_status in ('active', 'running_subsequences')
      and not exists (select from private.list_stopped_connections() as o where o.connection_id = k.connection_id)
    group by k.client_id
  ),
  recent as (
    select d.client_id, sum(d.sent) as sent
    -- Around the world it is at most three different days.
    from private.read_client_days((now() at time zone 'UTC')::date - 7, (now() at time zone 'UTC')::date + 1) as d
    join shown as c on c.id = d.client_id and d.day between c.today - 6 and c.today
    group by d.client_id
  )
  select
    c.id, c.name, c.integration_enabled, c.created_at,
    coalesce(s.sent, 0)::bigint, coalesce(s.contacted, 0)::bigint, coalesce(s.replied, 0)::bigint, coalesce(s.positive, 0)::bigint,
    coalesce(s.meetings, 0)::bigint,
    private.rate(coalesce(s.replied, 0)::bigint, coalesce(s.contacted, 0)::bigint),
    private.rate(coalesce(s.positive, 0)::bigint, coalesce(s.contacted, 0)::bigint),
    coalesce(s.contacted, 0) >= private.minimum_sample(),
    coalesce(s.sent_before, 0)::bigint, coalesce(s.contacted_before, 0)::bigint, coalesce(s.replied_before, 0)::bigint,
    coalesce(s.positive_before, 0)::bigint, coalesce(s.meetings_before, 0)::bigint,
    step, coalesce(p.places, '{}'), coalesce(p.sent, '{}'), coalesce(p.replied, '{}'), coalesce(p.positive, '{}'),
    coalesce(w.number, 0), w.oldest_at, g.last_at, coalesce(r.number, 0),
    -- What an owner would want to know first; a client that is switched off is not behind, and neither is a new one.
    case
      when not c.integration_enabled or c.created_at > now() - interval '7 days' then null
      when coalesce(r.number, 0) > 0 and coalesce(recent.sent, 0) = 0 then 'not_sending'
      when coalesce(r.number, 0) = 0 then 'no_campaign'
      when coalesce(s.sent, 0) < coalesce(s.sent_before, 0) * 0.7 and s.sent_before >= private.minimum_sample() then 'fewer_sent'
      when coalesce(s.contacted, 0) >= private.minimum_sample() and s.contacted_before >= private.minimum_sample()
        and coalesce(s.positive, 0)::numeric / s.contacted < coalesce(s.positive_before, 0)::numeric / s.contacted_before * 0.7
        then 'fewer_positive'
    end
  from shown as c
  left join points as p on p.client_id = c.id
  left join sums as s on s.client_id = c.id
  left join waiting as w on w.client_id = c.id
  left join good as g on g.client_id = c.id
  left join running as r on r.client_id = c.id
  left join recent on recent.client_id = c.id
  order by c.name, c.id;
end
$$;

comment on function private.read_home(date, date) is 'The work of public.home_between; checks the caller itself.';

grant execute on function private.read_home(date, date) to authenticated, service_role;

-- The door to it for operators.
create function public.home_between(from_day date, to_day date)
returns table (
  client_id uuid, client_name text, integration_enabled boolean, created_at timestamptz,
  sent bigint, contacted bigint, replied bigint, positive bigint, meetings bigint,
  reply_rate numeric, positive_rate numeric, enough_signal boolean,
  sent_before bigint, contacted_before bigint, replied_before bigint, positive_before bigint, meetings_before bigint,
  days_per_point integer, points integer[], sent_series bigint[], replied_series bigint[], positive_series bigint[],
  unanswered bigint, oldest_unanswered_at timestamptz, last_positive_at timestamptz, active_campaigns bigint, behind text
)
language sql
stable
set search_path = ''
as $$
  select h.* from private.read_home(from_day, to_day) as h
$$;

comment on function public.home_between(date, date) is
  'Each client that is not archived in a range of days, each cut at midnight in the client''s own time zone, with the same numbers of the range before it, series by day (by week from a hundred days on; points = which of them, from 0, without those on which nothing happened), unanswered replies, last positive reply, and why it is behind: not_sending (active campaigns and no mail for seven days), no_campaign, fewer_sent or fewer_positive (less than 70 % of the range before). Operators. Of more than twenty clients that have just changed, numbers of days are those of the last minutes.';

grant execute on function public.home_between(date, date) to authenticated, service_role;

-- Whose name Supabase Auth's mails carry. Its templates read the account's own metadata ({{ .Data.agency_name }}), so that is
-- where the agency's identity is written: for each person with a membership, and again when the identity changes.

-- Black or white, whatever is easier to read on a colour (WCAG's relative luminance).
create function private.ink_on(colour text)
returns text
language sql
immutable strict
set search_path = ''
as $$
  select case when 0.2126 * r.linear[1] + 0.7152 * r.linear[2] + 0.0722 * r.linear[3] > 0.179 then '#000000' else '#ffffff' end
  from (
    select array_agg(
      case when s.share <= 0.04045 then s.share / 12.92 else power((s.share + 0.055) / 1.055, 2.4) end order by s.place
    ) as linear
    from (
      select p.place, get_byte(decode(substr(ink_on.colour, 2), 'hex'), p.place) / 255.0 as share
      from generate_series(0, 2) as p (place)
    ) as s
  ) as r
$$;

comment on function private.ink_on(text) is 'The colour of text on #rrggbb: #000000 or #ffffff, whichever has more contrast.';

grant execute on function private.ink_on(text) to service_role;

create function private.mail_identity()
returns jsonb
language sql
stable
set search_path = ''
as $$
  select jsonb_strip_nulls(jsonb_build_object(
    'agency_name', a.name,
    'agency_support', a.support_address,
    'agency_colour', a.accent_colour,
    'agency_ink', private.ink_on(a.accent_colour),
    'agency_logo', a.logo_url
  ))
  from private.agency as a
$$;

comment on function private.mail_identity() is
  'What a mail of Supabase Auth says of the agency, under the names of supabase/templates: { agency_name, agency_support, agency_colour, agency_ink, agency_logo }, only those with a value.';

grant execute on function private.mail_identity() to service_role;

create function worker.read_mail_identity()
returns jsonb
language sql
stable
set search_path = ''
as $$
  select private.mail_identity()
$$;

comment on function worker.read_mail_identity() is
  'What an invitation says of the agency, as metadata of the account. Service role only.';

grant execute on function worker.read_mail_identity() to service_role;

-- identity '{}' takes it out of accounts.
create function private.write_mail_identity(user_ids uuid[], identity jsonb)
returns void
language sql
volatile
security definer
set search_path = ''
as $$
  update auth.users as u
  set raw_user_meta_data = n.metadata
  from (
    select
      o.id,
      (coalesce(o.raw_user_meta_data, '{}') - '{agency_name,agency_support,agency_colour,agency_ink,agency_logo}'::text[]) || identity
        as metadata
    from auth.users as o
    where o.id = any (user_ids)
  ) as n
  where u.id = n.id and u.raw_user_meta_data is distinct from n.metadata
$$;

comment on function private.write_mail_identity(uuid[], jsonb) is
  'Writes the agency''s identity into the metadata of accounts, where the templates of Supabase Auth read it. Definer: accounts are Auth''s.';

grant execute on function private.write_mail_identity(uuid[], jsonb) to service_role;

-- Definer: Auth deletes an account as its own role, and the membership that goes with it runs this as that role.
create function private.keep_mail_identity_of_members()
returns trigger
language plpgsql
security definer
set search_path = ''
as $$
begin
  if tg_op = 'INSERT' then
    perform private.write_mail_identity(array(select n.user_id from changed as n), private.mail_identity());
  else
    perform private.write_mail_identity(array(select o.user_id from changed as o), '{}');
  end if;

  return null;
end
$$;

comment on function private.keep_mail_identity_of_members() is
  'Trigger: who becomes a member gets mails in the agency''s name; who is none any more does not.';

create trigger name_agency_in_mails after insert on public.members
referencing new table as changed
for each statement execute function private.keep_mail_identity_of_members();

create trigger forget_agency_in_mails after delete on public.members
referencing old table as changed
for each statement execute function private.keep_mail_identity_of_members();

create function private.keep_mail_identity_of_agency()
returns trigger
language plpgsql
set search_path = ''
as $$
begin
  perform private.write_mail_identity(array(select m.user_id from public.members as m), private.mail_identity());
  return null;
end
$$;

comment on function private.keep_mail_identity_of_agency() is 'Trigger: mails follow a change of the agency''s name, colour, logo or support address.';

create trigger change_agency_in_mails
after update of name, support_address, accent_colour, logo_url on private.agency
for each row when ((old.name, old.support_address, old.accent_colour, old.logo_url) is distinct from (new.name, new.support_address, new.accent_colour, new.logo_url))
execute function private.keep_mail_identity_of_agency();
