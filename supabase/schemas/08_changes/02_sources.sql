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
