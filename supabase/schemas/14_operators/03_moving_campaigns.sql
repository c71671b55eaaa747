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
