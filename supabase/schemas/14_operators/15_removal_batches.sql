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
