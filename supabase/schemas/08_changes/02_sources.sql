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

-- A new campaign is news too.
create function private.record_inserted_rows()
returns trigger
language plpgsql
set search_path = ''
as $$
begin
  insert into private.pending_changes (owner_id, kind)
  select distinct i.client_id, tg_argv[0]
  from inserted as i;

  return null;
end
$$;

comment on function private.record_inserted_rows() is
  'Trigger: new rows are news to the clients that they belong to.';

grant execute on function private.record_inserted_rows() to service_role;

create trigger record_new_rows after insert on public.campaigns
referencing new table as inserted
for each statement execute function private.record_inserted_rows('stats');

-- A new job is news, and so is its progress.
create function private.record_inserted_jobs()
returns trigger
language plpgsql
set search_path = ''
as $$
begin
  insert into private.pending_changes (owner_id, kind, job_id)
  select i.client_id, 'jobs', i.id
  from inserted as i;

  return null;
end
$$;

comment on function private.record_inserted_jobs() is 'Trigger: a new job is news.';

grant execute on function private.record_inserted_jobs() to service_role;

create trigger record_new_jobs after insert on private.jobs
referencing new table as inserted
for each statement execute function private.record_inserted_jobs();

-- Not the heartbeats in between.
create function private.record_changed_jobs()
returns trigger
language plpgsql
set search_path = ''
as $$
begin
  insert into private.pending_changes (owner_id, kind, job_id)
  select n.client_id, 'jobs', n.id
  from after as n
  join before as o on o.id = n.id
  where (n.status, n.done, n.total, n.error_code, n.error_message)
    is distinct from (o.status, o.done, o.total, o.error_code, o.error_message);

  return null;
end
$$;

comment on function private.record_changed_jobs() is 'Trigger: progress of a job is news, its heartbeat is not.';

grant execute on function private.record_changed_jobs() to service_role;

create trigger record_changes after update on private.jobs
referencing old table as before new table as after
for each statement execute function private.record_changed_jobs();

-- A verdict on a reply, or a body that came later, changes replies; the reply itself came with its event.
create function private.record_changed_replies()
returns trigger
language plpgsql
set search_path = ''
as $$
begin
  insert into private.pending_changes (owner_id, kind)
  select distinct n.client_id, 'replies'
  from after as n;

  return null;
end
$$;

comment on function private.record_changed_replies() is
  'Trigger: a verdict on a reply, or a body that came later, changes replies.';

grant execute on function private.record_changed_replies() to service_role;

create trigger record_changes after update on public.messages
referencing new table as after
for each statement execute function private.record_changed_replies();
