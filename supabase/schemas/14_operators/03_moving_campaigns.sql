-- A campaign that was mapped to the wrong client moves to the right one, with everything that hangs on it.

-- Every table with a client_id and a campaign_id is moved, found in the catalogue, so that a table of tomorrow cannot be
-- forgotten. Projectors wait meanwhile; a sync or an export that writes waits for the campaign's row.
create function private.move_campaign(target_campaign_id uuid, target_client_id uuid)
returns jsonb
language plpgsql
security definer
set search_path = ''
as $$
declare
  campaign public.campaigns;
  relation text;
  affected integer;
  moved jsonb := '{}'::jsonb;
  suppressed integer;
begin
  perform private.require_operator();
  perform pg_advisory_xact_lock(private.campaign_moves_lock());

  select c.* into campaign from public.campaigns as c where c.id = target_campaign_id for update;

  if not found then
    raise exception using errcode = 'PT404', message = 'NOT_FOUND',
      detail = format('There is no campaign %L; check the id', target_campaign_id);
  end if;

  perform private.require_client(target_client_id);

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

  if exists (select from private.closed_campaigns as d where d.campaign_id = target_campaign_id) then
    raise exception using errcode = 'PT409', message = 'VALIDATION_FAILED',
      detail = 'This campaign is closed and its events are in the archive of its client; reopen it with "npm run archive -- --reopen", then move it';
  end if;

  update public.campaigns as c set client_id = target_client_id where c.id = target_campaign_id;

  for relation in
    select format('%I.%I', n.nspname, c.relname)
    from pg_catalog.pg_class as c
    join pg_catalog.pg_namespace as n on n.oid = c.relnamespace
    where n.nspname in ('public', 'private')
      and c.relkind in ('r', 'p')
      and not c.relispartition
      and 2 = (
        select count(*)
        from pg_catalog.pg_attribute as a
        where a.attrelid = c.oid and a.attname in ('client_id', 'campaign_id') and not a.attisdropped
      )
    order by n.nspname desc, c.relname
  loop
    execute format('update %s set client_id = $1 where campaign_id = $2 and client_id is distinct from $1', relation)
    using target_client_id, target_campaign_id;

    get diagnostics affected = row_count;
    moved := moved || jsonb_build_object(split_part(relation, '.', 2), affected);
  end loop;

  -- Who asked this campaign not to be written to again asked the new client too. Taken from the campaign's own facts, so that
  -- nothing of the old client's other campaigns goes with it.
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

  get diagnostics suppressed = row_count;

  -- Addresses that do not exist do so for no client.
  perform private.settle_bounces(array_agg(l.client_id), array_agg(l.email))
  from public.synced_leads as l
  where l.campaign_id = target_campaign_id and l.bounced_at is not null;

  select suppressed + count(*)
  into suppressed
  from public.suppressions as s
  where s.client_id = target_client_id
    and s.reason = 'bounced'
    and s.email in (select l.email from public.synced_leads as l where l.campaign_id = target_campaign_id and l.bounced_at is not null);

  -- What waited because the old client was switched off waits no longer, or again if the new one is off too.
  perform private.map_provider_campaign(p.connection_id, p.provider_campaign_id, p.campaign_id)
  from private.provider_campaigns as p
  where p.campaign_id = target_campaign_id;

  perform private.write_audit(
    'campaign_remapped', 'campaign', target_campaign_id::text, target_client_id,
    jsonb_build_object('from_client_id', campaign.client_id, 'moved', moved, 'suppressions', suppressed)
  );

  return jsonb_build_object(
    'campaign_id', target_campaign_id, 'from_client_id', campaign.client_id, 'client_id', target_client_id,
    'moved', moved, 'suppressions', suppressed
  );
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
-- Moves as many rows as there are: longer than a person's read may take.
set statement_timeout = '60s'
as $$
  select private.move_campaign(target_campaign_id, target_client_id)
$$;

comment on function public.remap_campaign(uuid, uuid) is
  'Moves a campaign of a shared workspace to another client with everything that belongs to it; suppressions from its leads are copied. Returns { campaign_id, from_client_id, client_id, moved: { table: rows }, suppressions }. Operators.';

grant execute on function public.remap_campaign(uuid, uuid) to authenticated, service_role;
