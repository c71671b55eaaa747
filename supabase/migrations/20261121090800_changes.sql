-- Generated from supabase/schemas/08_changes by "npm run migrations".

-- Live pages: what changed for whom, published once per commit. Realtime broadcasts it where it runs; everywhere else a page
-- polls public.client_changes, one row, and comes to the same result. Only the fact of a change leaves, never data.

-- When something of a client last changed, by kind. The row without a client covers what belongs to no client alone:
-- shared connections and the jobs of whole connections.
create table public.client_changes (
  id bigint generated always as identity primary key,
  client_id uuid references public.clients (id) on delete cascade,
  replies_changed_at timestamptz,
  stats_changed_at timestamptz,
  jobs_changed_at timestamptz,
  replies_published_at timestamptz,
  stats_published_at timestamptz,
  jobs_published_at timestamptz,
  constraint client_changes_one_per_client unique nulls not distinct (client_id)
);

comment on table public.client_changes is
  'When replies, stats and jobs of a client last changed: what a page polls where Realtime is not. A time changes with every commit that changed the thing. client_id null = what belongs to no client alone, operators only.';
comment on column public.client_changes.stats_published_at is
  'Last broadcast of the kind; at most one a second and client, what was held back follows within five seconds.';

alter table public.client_changes enable row level security;

grant select on public.client_changes to authenticated;
grant select, insert, update, delete on public.client_changes to service_role;

create policy "Clients see what changed for them, operators see all"
on public.client_changes for select to authenticated
using (client_id = any (array(select private.visible_client_ids())) or (select private.is_operator()));

-- What this transaction has changed and not published yet. Rows live from the statement that changed something to the commit,
-- so no other session ever sees one; unlogged, because a crash ends the transaction too.
create unlogged table private.pending_changes (
  xact xid8 not null default pg_current_xact_id(),
  id bigint generated always as identity,
  owner_id uuid,
  kind text not null check (kind in ('replies', 'stats', 'jobs')),
  job_id uuid,
  connection_id uuid,
  received_at timestamptz,
  primary key (xact, id)
);

comment on table private.pending_changes is 'Changes of transactions under way, until their commit publishes them: private.publish_changes.';

alter table private.pending_changes enable row level security;

grant select, insert, update, delete on private.pending_changes to service_role;

create policy "Only the functions note changes"
on private.pending_changes for all to service_role using (true) with check (true);

-- When the last delivery of a connection was projected, correct to five seconds. Asking the deliveries themselves would
-- take an index of its own on the busiest table.
create table private.connection_activity (
  connection_id uuid primary key references public.provider_connections (id) on delete cascade,
  last_event_at timestamptz not null
);

comment on table private.connection_activity is 'Arrival of the newest projected event of each connection, correct to five seconds; facts that the sync inferred do not count.';

alter table private.connection_activity enable row level security;

grant select, insert, update, delete on private.connection_activity to service_role;

create policy "Only the functions note activity"
on private.connection_activity for all to service_role using (true) with check (true);

-- One broadcast to whom it concerns. Realtime swallows its own errors, so this never fails the work that it is about.
create function private.broadcast_change(target_client_id uuid, kind text, at timestamptz, job_id uuid default null)
returns void
language plpgsql
set search_path = ''
as $$
declare
  payload jsonb := jsonb_strip_nulls(jsonb_build_object('changed', kind, 'at', at, 'job', job_id));
begin
  if to_regprocedure('realtime.send(jsonb,text,text,boolean)') is null then
    return;
  end if;

  if target_client_id is not null then
    perform realtime.send(payload, 'changed', 'client:' || target_client_id, true);
  end if;

  perform realtime.send(payload || jsonb_build_object('client_id', target_client_id), 'changed', 'operators', true);
end
$$;

comment on function private.broadcast_change(uuid, text, timestamptz, uuid) is
  'Sends { changed, at, job? } to the topics client:<id> and operators (there with client_id), where Realtime is.';

-- Runs at commit, once for everything that the transaction changed. All clients in one order, so that two commits never
-- wait for each other in a circle, and locked only for the moment of the commit. Definer: the user who changed something may
-- lack the right to write here.
create function private.publish_changes()
returns trigger
language plpgsql
security definer
set search_path = ''
as $$
declare
  moment timestamptz := clock_timestamp();
  change record;
begin
  -- The first row of the transaction publishes all of them.
  if not exists (select from private.pending_changes as u where u.xact = pg_current_xact_id()) then
    return null;
  end if;

  for change in
    with mine as (
      delete from private.pending_changes as u where u.xact = pg_current_xact_id()
      returning u.owner_id as client_id, u.kind, u.job_id, u.connection_id, u.received_at
    ),
    published as (
      insert into public.client_changes as c (
        client_id, replies_changed_at, stats_changed_at, jobs_changed_at, replies_published_at, stats_published_at, jobs_published_at
      )
      select
        n.client_id, n.replies_at, n.stats_at, n.jobs_at, n.replies_at, n.stats_at, n.jobs_at
      from (
        select
          m.client_id,
          max(moment) filter (where m.kind = 'replies') as replies_at,
          max(moment) filter (where m.kind = 'stats') as stats_at,
          max(moment) filter (where m.kind = 'jobs') as jobs_at
        from mine as m
        where m.client_id is null or exists (select from public.clients as k where k.id = m.client_id)
        group by m.client_id
      ) as n
      order by n.client_id
      -- Commits that waited for each other here still each move the time on.
      on conflict (client_id) do update set
        replies_changed_at = case
          when excluded.replies_changed_at is null then c.replies_changed_at
          else greatest(excluded.replies_changed_at, c.replies_changed_at + interval '1 microsecond')
        end,
        stats_changed_at = case
          when excluded.stats_changed_at is null then c.stats_changed_at
          else greatest(excluded.stats_changed_at, c.stats_changed_at + interval '1 microsecond')
        end,
        jobs_changed_at = case
          when excluded.jobs_changed_at is null then c.jobs_changed_at
          else greatest(excluded.jobs_changed_at, c.jobs_changed_at + interval '1 microsecond')
        end,
        replies_published_at = case
          when excluded.replies_published_at < c.replies_published_at + interval '1 second' then c.replies_published_at
          else coalesce(excluded.replies_published_at, c.replies_published_at)
        end,
        stats_published_at = case
          when excluded.stats_published_at < c.stats_published_at + interval '1 second' then c.stats_published_at
          else coalesce(excluded.stats_published_at, c.stats_published_at)
        end,
        jobs_published_at = case
          when excluded.jobs_published_at < c.jobs_published_at + interval '1 second' then c.jobs_published_at
          else coalesce(excluded.jobs_published_at, c.jobs_published_at)
        end
      returning c.client_id, c.replies_published_at = moment as replies, c.stats_published_at = moment as stats, c.jobs_published_at = moment as jobs
    ),
    active as (
      select m.connection_id, max(m.received_at) as last_event_at
      from mine as m
      where m.connection_id is not null and m.received_at is not null
      group by m.connection_id
    ),
    -- Not even locked while the last word is young.
    moved as (
      update private.connection_activity as a
      set last_event_at = n.last_event_at
      from active as n
      where a.connection_id = n.connection_id and a.last_event_at < n.last_event_at - interval '5 seconds'
    ),
    begun as (
      insert into private.connection_activity (connection_id, last_event_at)
      select n.connection_id, n.last_event_at
      from active as n
      where not exists (select from private.connection_activity as a where a.connection_id = n.connection_id)
      on conflict (connection_id) do nothing
    )
    select
      t.*,
      (
        select case when count(distinct m.job_id) = 1 then min(m.job_id::text)::uuid end
        from mine as m where m.client_id is not distinct from t.client_id and m.kind = 'jobs'
      ) as job_id
    from published as t
  loop
    if change.replies then
      perform private.broadcast_change(change.client_id, 'replies', moment);
    end if;

    if change.stats then
      perform private.broadcast_change(change.client_id, 'stats', moment);
    end if;

    if change.jobs then
      perform private.broadcast_change(change.client_id, 'jobs', moment, change.job_id);
    end if;
  end loop;

  return null;
exception
  -- A page that learns of a change too late is nothing against a delivery that is not stored.
  when foreign_key_violation or undefined_function or undefined_table or insufficient_privilege then
    raise warning 'Changes could not be published: %', sqlerrm;
    return null;
end
$$;

comment on function private.publish_changes() is
  'Trigger at commit: marks client_changes for everything that the transaction changed and broadcasts what may be published now.';

create constraint trigger publish_changes after insert on private.pending_changes
deferrable initially deferred
for each row execute function private.publish_changes();

-- What was held back because the client heard of something less than a second before.
create function private.publish_late_changes()
returns integer
language plpgsql
set search_path = ''
as $$
declare
  moment timestamptz := clock_timestamp();
  change record;
  published integer := 0;
begin
  for change in
    update public.client_changes as c
    set
      replies_published_at = case when c.replies_changed_at > c.replies_published_at then moment else c.replies_published_at end,
      stats_published_at = case when c.stats_changed_at > c.stats_published_at then moment else c.stats_published_at end,
      jobs_published_at = case when c.jobs_changed_at > c.jobs_published_at then moment else c.jobs_published_at end
    where c.id in (
      select l.id
      from public.client_changes as l
      where l.replies_changed_at > l.replies_published_at
        or l.stats_changed_at > l.stats_published_at
        or l.jobs_changed_at > l.jobs_published_at
      order by l.client_id
      for update skip locked
    )
    returning c.client_id, c.replies_published_at = moment as replies, c.stats_published_at = moment as stats, c.jobs_published_at = moment as jobs
  loop
    perform private.broadcast_change(change.client_id, k.kind, moment)
    from (values ('replies', change.replies), ('stats', change.stats), ('jobs', change.jobs)) as k (kind, is_late)
    where k.is_late;
    published := published + 1;
  end loop;

  return published;
end
$$;

comment on function private.publish_late_changes() is
  'Every five seconds: broadcasts changes that were held back; returns for how many clients.';

-- Where changes come from. Statement by statement, never row by row: projecting 20,000 events
-- in batches of 500 notes 40 to 80 times.

-- Projected events change stats; replies among them change replies. What the sync concluded from counters did not arrive.
create function private.record_inserted_events()
returns trigger
language plpgsql
set search_path = ''
as $$
begin
  insert into private.pending_changes (owner_id, kind, connection_id, received_at)
  select i.client_id, 'stats', i.connection_id, max(i.received_at) filter (where not i.is_inferred)
  from inserted as i
  group by i.client_id, i.connection_id
  union all
  select i.client_id, 'replies', null, null
  from inserted as i
  where i.type in ('reply_received', 'auto_reply_received')
  group by i.client_id;

  return null;
end
$$;

comment on function private.record_inserted_events() is
  'Trigger: projected events change stats, and replies among them replies.';

grant execute on function private.record_inserted_events() to service_role;

create trigger record_changes after insert on public.email_events
referencing new table as inserted
for each statement execute function private.record_inserted_events();

-- A sync stamps each campaign that it finished; the provider's status, a name and an owner are shown in the same places.
create function private.record_changed_campaigns()
returns trigger
language plpgsql
set search_path = ''
as $$
begin
  insert into private.pending_changes (owner_id, kind)
  select distinct owner.client_id, 'stats'
  from after as n
  join before as o on o.id = n.id
  cross join lateral (values (n.client_id), (o.client_id)) as owner (client_id)
  where (n.synced_at, n.provider_status, n.generation_status, n.name, n.client_id)
    is distinct from (o.synced_at, o.provider_status, o.generation_status, o.name, o.client_id);

  return null;
end
$$;

comment on function private.record_changed_campaigns() is
  'Trigger: a campaign that was synced, renamed, moved or changed at the provider is news.';

grant execute on function private.record_changed_campaigns() to service_role;

create trigger record_changes after update on public.campaigns
referencing old table as before new table as after
for each statement execute function private.record_changed_campaigns();

-- Stats of these clients, noted once a transaction however often it is asked.
create function private.note_changed_stats(client_ids uuid[])
returns void
language sql
volatile
set search_path = ''
as $$
  insert into private.pending_changes (owner_id, kind)
  select distinct c.id, 'stats'
  from unnest(client_ids) as c (id)
  where not exists (
    select from private.pending_changes as u
    where u.xact = pg_current_xact_id() and u.owner_id = c.id and u.kind = 'stats'
  )
$$;

comment on function private.note_changed_stats(uuid[]) is 'Notes that the numbers of these clients changed, once a transaction.';

grant execute on function private.note_changed_stats(uuid[]) to service_role;

-- A lead whose interest changed counts otherwise, and no event need have brought that: a person set it, or the sync read it.
-- By row and with a condition: 20,000 deliveries update as many leads, and change the interest of a few hundred.
create function private.record_changed_interest()
returns trigger
language plpgsql
set search_path = ''
as $$
begin
  perform private.note_changed_stats(array[old.client_id]);
  return null;
end
$$;

comment on function private.record_changed_interest() is
  'Trigger: a lead whose interest changed, or a positive one that is gone, is news; once a transaction.';

grant execute on function private.record_changed_interest() to service_role;

create trigger record_changed_interest after update of interest_status, interest_label, interest_changed_at on public.synced_leads
for each row when (
  (old.interest_status, old.interest_label, old.interest_changed_at)
    is distinct from (new.interest_status, new.interest_label, new.interest_changed_at)
)
execute function private.record_changed_interest();

create trigger record_lost_interest after delete on public.synced_leads
for each row when (old.interest_status = 'positive')
execute function private.record_changed_interest();

-- Rows that are news whatever changed in them: a new campaign, and one that is gone with its numbers; a reply with a verdict, or
-- with a body that came later (the reply itself came with its event).
create function private.record_changed_rows()
returns trigger
language plpgsql
set search_path = ''
as $$
begin
  insert into private.pending_changes (owner_id, kind)
  select distinct n.client_id, tg_argv[0]
  from changed as n;

  return null;
end
$$;

comment on function private.record_changed_rows() is
  'Trigger: these rows are news of the given kind to the clients that they belong to.';

grant execute on function private.record_changed_rows() to service_role;

create trigger record_new_rows after insert on public.campaigns
referencing new table as changed
for each statement execute function private.record_changed_rows('stats');

-- Its client may go with it, and hears nothing then.
create trigger record_removed_rows after delete on public.campaigns
referencing old table as changed
for each statement execute function private.record_changed_rows('stats');

create trigger record_changes after update on public.messages
referencing new table as changed
for each statement execute function private.record_changed_rows('replies');

-- A new job is news, and so is its progress, but not the heartbeats in between.
create function private.record_changed_jobs()
returns trigger
language plpgsql
set search_path = ''
as $$
begin
  if tg_op = 'INSERT' then
    insert into private.pending_changes (owner_id, kind, job_id)
    select n.client_id, 'jobs', n.id
    from after as n;
  else
    insert into private.pending_changes (owner_id, kind, job_id)
    select n.client_id, 'jobs', n.id
    from after as n
    join before as o on o.id = n.id
    where (n.status, n.done, n.total, n.error_code, n.error_message)
      is distinct from (o.status, o.done, o.total, o.error_code, o.error_message);
  end if;

  return null;
end
$$;

comment on function private.record_changed_jobs() is 'Trigger: a new job and its progress are news, its heartbeat is not.';

grant execute on function private.record_changed_jobs() to service_role;

create trigger record_new_jobs after insert on private.jobs
referencing new table as after
for each statement execute function private.record_changed_jobs();

create trigger record_changes after update on private.jobs
referencing old table as before new table as after
for each statement execute function private.record_changed_jobs();

-- Who may listen to changes by Realtime.

-- The topics that the caller may listen to. Realtime asks when a person joins and at each new token, so a removed one joins
-- no more; what it had joined ends with the token, and carries no rows.
create function private.audible_topics()
returns setof text
language sql
stable
set search_path = ''
as $$
  select t.topic
  from (
    select 'client:' || v.id as topic from private.visible_client_ids() as v (id)
    union all
    select 'operators' where private.is_operator()
  ) as t
  where (select private.is_member_now())
$$;

comment on function private.audible_topics() is
  'Topics of Realtime that the caller may join: client:<id> of each client that it may read, and operators for an operator.';

grant execute on function private.audible_topics() to authenticated, service_role;

-- Realtime's table exists only where Realtime was switched on before the migrations; who switches it on later calls this.
create function private.allow_listening()
returns boolean
language plpgsql
set search_path = ''
as $$
begin
  if to_regclass('realtime.messages') is null then
    return false;
  end if;

  drop policy if exists "Clients listen to their own changes, operators to all" on realtime.messages;
  create policy "Clients listen to their own changes, operators to all"
  on realtime.messages for select to authenticated
  using (extension = 'broadcast' and (select realtime.topic()) = any (array(select private.audible_topics())));

  return true;
end
$$;

comment on function private.allow_listening() is
  'Creates the policy by which Realtime lets people listen; false = Realtime is not there. Called by the migrations.';

select private.allow_listening();
