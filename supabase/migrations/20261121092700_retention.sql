-- Generated from supabase/schemas/27_retention by "npm run migrations".

-- How long each kind of data is kept: every age limit of the database is a row here.

-- A minimum is what the rest needs: see docs/operations.md. What removes a kind is in private.remove_old.
create table private.retention_settings (
  kind text primary key,
  place smallint not null unique,
  keep_days integer,
  default_days integer not null,
  minimum_days integer not null,
  checked_at timestamptz,
  removed_at timestamptz,
  removed_rows integer not null default 0,
  removed_in_all bigint not null default 0,
  constraint retention_settings_keeps_long_enough check (keep_days between minimum_days and 36500)
);

comment on table private.retention_settings is
  'How many days each kind of data is kept, changed by operators with change_retention; keep_days null = for ever.';
comment on column private.retention_settings.checked_at is 'When the scheduler last looked for rows that are too old.';
comment on column private.retention_settings.removed_at is 'When it last removed some; removed_rows = how many on that day (UTC).';

insert into private.retention_settings (kind, place, keep_days, default_days, minimum_days) values
  ('deliveries', 1, 90, 90, 30),
  ('messages', 2, 730, 730, 90),
  ('audit', 3, 730, 730, 90),
  ('provider_calls', 4, 30, 30, 7),
  ('outgoing', 5, 30, 30, 7),
  ('placements', 6, 180, 180, 30),
  ('recovered_facts', 7, 90, 90, 90),
  ('run_details', 8, 7, 7, 1),
  ('scheduled_calls', 9, 1, 1, 1);

alter table private.retention_settings enable row level security;

grant select, insert, update, delete on private.retention_settings to service_role;

create policy "Only the functions read the periods"
on private.retention_settings for all to service_role using (true) with check (true);

-- What loses its content and stays as a row: deliveries, because a row is the receipt by which a fact is recognised when it comes
-- again; and messages, because they are counted.

-- What later deliveries and syncs are compared with, and when the connection was last heard; nothing of a person.
create function private.trimmed_event(event jsonb, payload jsonb)
returns jsonb
language sql
immutable
set search_path = ''
as $$
  select jsonb_strip_nulls(jsonb_build_object(
    'type', event -> 'type', 'occurred_at', event -> 'occurred_at', 'email_id', event -> 'email_id',
    'words', private.mail_words(event, payload)
  ))
  where event is not null
$$;

comment on function private.trimmed_event(jsonb, jsonb) is
  'What stays of an event when its delivery is emptied: type, time, mail id, and a digest of the words by which a mail is recognised.';

grant execute on function private.trimmed_event(jsonb, jsonb) to service_role;

-- The caller has chosen and locked them: retention by their age, the archive because it has them.
create function private.empty_these_deliveries(ids bigint[])
returns integer
language plpgsql
set search_path = ''
as $$
declare
  emptied integer;
begin
  update private.webhook_events as w
  set payload = null, event = private.trimmed_event(w.event, w.payload)
  where w.id = any (ids);

  get diagnostics emptied = row_count;
  return emptied;
end
$$;

comment on function private.empty_these_deliveries(bigint[]) is 'Removes payload and event of these finished deliveries; returns how many.';

grant execute on function private.empty_these_deliveries(bigint[]) to service_role;

create function private.empty_deliveries(before timestamptz, most integer)
returns integer
language plpgsql
set search_path = ''
set plan_cache_mode = force_custom_plan
as $$
begin
  return private.empty_these_deliveries(array(
    select w.id
    from private.webhook_events as w
    where w.status in ('projected', 'duplicate', 'test') and w.payload is not null and w.received_at < before
    order by w.received_at
    limit most
    for update skip locked
  ));
end
$$;

comment on function private.empty_deliveries(timestamptz, integer) is
  'Removes payload and event of up to that many finished deliveries from before then; what waits, is held or dead stays whole. Returns how many.';

-- Not of a reply that is still to be read: its class would be lost with its words. Subject, address and everything that is
-- counted stay; the snippet goes, because it is the whole text of most replies.
create function private.empty_these_messages(old uuid[])
returns integer
language plpgsql
set search_path = ''
as $$
begin
  if old = '{}' then
    return 0;
  end if;

  update public.messages as m
  set body_text = null, body_html = null, snippet = null, body_removed_at = now()
  where m.id = any (old);

  update private.message_contents as c set raw_html = null where c.message_id = any (old) and c.raw_html is not null;

  -- One that is in doubt is still looked for at the provider by its words.
  update private.answers as a
  set body_text = ''
  where (a.message_id = any (old) and a.state = 'sent') or (a.reply_id = any (old) and a.state = 'failed');

  update private.message_search as s
  set document = private.search_document(m)
  from public.messages as m
  where s.message_id = any (old) and m.id = s.message_id;

  return cardinality(old);
end
$$;

comment on function private.empty_these_messages(uuid[]) is
  'Removes the texts of these mails, from the search too; subjects and rows stay. Returns how many.';

grant execute on function private.empty_these_messages(uuid[]) to service_role;

create function private.empty_messages(before timestamptz, most integer)
returns integer
language plpgsql
set search_path = ''
set plan_cache_mode = force_custom_plan
as $$
declare
  old uuid[] := array(
    select m.id
    from public.messages as m
    where m.body_removed_at is null
      and m.occurred_at < before
      and not exists (select from private.message_contents as c where c.message_id = m.id and c.prepare_at is not null)
      and not exists (select from private.model_questions as q where q.message_id = m.id)
    order by m.occurred_at
    limit most
    for update of m skip locked
  );
  outside integer;
begin
  perform private.empty_these_messages(old);

  with gone as (
    select u.id
    from public.untracked_replies as u
    where u.body_removed_at is null and u.occurred_at < before
    order by u.occurred_at
    limit most
    for update skip locked
  )
  update public.untracked_replies as u
  set body_text = null, snippet = null, body_removed_at = now()
  from gone as g
  where u.id = g.id;

  get diagnostics outside = row_count;
  return cardinality(old) + outside;
end
$$;

comment on function private.empty_messages(timestamptz, integer) is
  'Removes the texts of up to that many mails from before then, from the search too, and as many from outside the campaigns; subjects and rows stay. Returns how many.';

-- What is deleted with its rows: logs.

-- Entries that still say something about the present stay: who paused or removed a connection that is paused.
create function private.delete_audit(before timestamptz, most integer)
returns integer
language plpgsql
set search_path = ''
set plan_cache_mode = force_custom_plan
as $$
declare
  deleted integer;
begin
  delete from public.audit_log as a
  where a.id = any (array(
    select o.id
    from public.audit_log as o
    where o.occurred_at < before
      and not (
        o.target_type = 'provider_connection' and o.action in ('pause', 'remove')
        and exists (select from public.provider_connections as c where c.id::text = o.target_id and c.status = 'paused')
      )
    order by o.occurred_at
    limit most
    for update skip locked
  ));

  get diagnostics deleted = row_count;
  return deleted;
end
$$;

comment on function private.delete_audit(timestamptz, integer) is
  'Deletes up to that many entries of audit_log from before then; returns how many.';

-- The log of what went out: pushes to a CRM, events with their deliveries, mails to people.
create function private.delete_outgoing(before timestamptz, most integer)
returns integer
language plpgsql
set search_path = ''
set plan_cache_mode = force_custom_plan
as $$
declare
  deleted integer;
  pushes integer;
  mails integer;
begin
  delete from private.crm_pushes as p
  where p.id = any (array(
    select o.id from private.crm_pushes as o where o.created_at < before order by o.created_at limit most for update skip locked
  ));
  get diagnostics pushes = row_count;

  delete from private.outgoing_events as v
  where v.id = any (array(
    select o.id from private.outgoing_events as o where o.created_at < before order by o.created_at limit most for update skip locked
  ));
  get diagnostics deleted = row_count;

  delete from private.mails as m
  where m.id = any (array(
    select o.id from private.mails as o where o.created_at < before order by o.created_at limit most for update skip locked
  ));
  get diagnostics mails = row_count;

  return pushes + deleted + mails;
end
$$;

comment on function private.delete_outgoing(timestamptz, integer) is
  'Deletes up to that many pushes to a CRM, outgoing events and mails each from before then; returns how many.';

-- pg_cron's own log has no index but that of its numbers, which rise with time: what is below the last old one of a span is old.
create function private.delete_run_details(before timestamptz, most integer)
returns integer
language plpgsql
set search_path = ''
as $$
declare
  upto bigint;
  deleted integer;
begin
  select max(r.runid) into upto
  from (select d.runid, coalesce(d.end_time, d.start_time) as at from cron.job_run_details as d order by d.runid limit most) as r
  where r.at < before;

  delete from cron.job_run_details as d where d.runid <= upto;

  get diagnostics deleted = row_count;
  return deleted;
end
$$;

comment on function private.delete_run_details(timestamptz, integer) is
  'Deletes up to that many runs of the scheduler from before then from its log; returns how many.';

-- The others need no more than their age.
create function private.remove_old(of_kind text, before timestamptz, most integer)
returns integer
language plpgsql
set search_path = ''
set plan_cache_mode = force_custom_plan
as $$
declare
  removed integer;
begin
  case of_kind
    when 'deliveries' then return private.empty_deliveries(before, most);
    when 'messages' then return private.empty_messages(before, most);
    when 'audit' then return private.delete_audit(before, most);
    when 'outgoing' then return private.delete_outgoing(before, most);
    when 'run_details' then return private.delete_run_details(before, most);
    when 'provider_calls' then
      delete from public.provider_api_calls as c
      where c.id = any (array(
        select o.id from public.provider_api_calls as o where o.called_at < before order by o.called_at limit most for update skip locked
      ));
    when 'placements' then
      delete from public.placement_results as r
      using (
        select o.account_id, o.day
        from public.placement_results as o
        where o.day < (before at time zone 'UTC')::date
        order by o.day
        limit most
        for update skip locked
      ) as g
      where r.account_id = g.account_id and r.day = g.day;
    when 'recovered_facts' then
      delete from private.recovered_facts as f
      where f.event_id = any (array(
        select o.event_id from private.recovered_facts as o where o.latest_at < before order by o.latest_at limit most for update skip locked
      ));
    when 'scheduled_calls' then
      delete from private.function_calls as c
      where c.request_id = any (array(
        select o.request_id from private.function_calls as o where o.called_at < before order by o.called_at limit most for update skip locked
      ));
  end case;

  get diagnostics removed = row_count;
  return removed;
end
$$;

comment on function private.remove_old(text, timestamptz, integer) is
  'Removes up to that many rows of a kind of private.retention_settings from before then; returns how many.';

-- The work of every minute: small batches, one kind after the other, for less than a second.

-- The kind that was checked longest ago comes first, so that a large one does not keep the others waiting. One that fails says
-- so in the run's details and stops no other.
create function private.apply_retention()
returns integer
language plpgsql
set search_path = ''
as $$
declare
  batch constant integer := 250;
  ends_at constant timestamptz := clock_timestamp() + interval '700 milliseconds';
  due private.retention_settings;
  kinds text[];
  removed integer;
  in_all integer := 0;
begin
  kinds := array(
    select s.kind from private.retention_settings as s where s.keep_days is not null order by s.checked_at nulls first, s.place
  );

  while cardinality(kinds) > 0 and clock_timestamp() < ends_at loop
    select s.* into due from private.retention_settings as s where s.kind = kinds[1] for update;

    begin
      removed := private.remove_old(due.kind, now() - make_interval(days => due.keep_days), batch);
    exception
      when others then
        raise warning 'Old rows of the kind % were not removed: % (%). The next run retries', due.kind, sqlerrm, sqlstate;
        removed := 0;
    end;

    update private.retention_settings as s
    set
      checked_at = clock_timestamp(),
      removed_rows = case
        when removed = 0 then s.removed_rows
        when (s.removed_at at time zone 'UTC')::date = (now() at time zone 'UTC')::date then s.removed_rows + removed
        else removed
      end,
      removed_at = case when removed > 0 then now() else s.removed_at end,
      removed_in_all = s.removed_in_all + removed
    where s.kind = due.kind;

    in_all := in_all + removed;
    -- What has more goes to the end of the row, behind those that were not checked yet.
    kinds := kinds[2:] || case when removed >= batch then kinds[1:1] else '{}' end;
  end loop;

  return in_all;
end
$$;

comment on function private.apply_retention() is
  'Every minute: removes what is older than private.retention_settings allows, in batches, for less than a second; returns how many rows.';

-- The operators' side: what is kept how long, what a change would remove, and the change.

create function private.require_retention_kind(of_kind text)
returns private.retention_settings
language plpgsql
stable
set search_path = ''
as $$
declare
  setting private.retention_settings;
begin
  select s.* into setting from private.retention_settings as s where s.kind = of_kind;

  if not found then
    raise exception using errcode = 'PT400', message = 'VALIDATION_FAILED',
      detail = format('%L is no kind of data with a period; use one of those that retention_periods lists', of_kind);
  end if;

  return setting;
end
$$;

comment on function private.require_retention_kind(text) is 'The setting of a kind; raises VALIDATION_FAILED for an unknown kind.';

create function private.read_retention()
returns table (
  kind text, keep_days integer, default_days integer, minimum_days integer, checked_at timestamptz, removed_at timestamptz,
  removed_rows integer, removed_in_all bigint
)
language plpgsql
stable
security definer
set search_path = ''
as $$
begin
  perform private.require_operator();

  return query
  select
    s.kind, s.keep_days, s.default_days, s.minimum_days, s.checked_at, s.removed_at, s.removed_rows, s.removed_in_all
  from private.retention_settings as s
  order by s.place;
end
$$;

comment on function private.read_retention() is 'The work of public.retention_periods; checks the caller itself.';

grant execute on function private.read_retention() to authenticated, service_role;

create function public.retention_periods()
returns table (
  kind text, keep_days integer, default_days integer, minimum_days integer, checked_at timestamptz, removed_at timestamptz,
  removed_rows integer, removed_in_all bigint
)
language sql
stable
set search_path = ''
as $$
  select * from private.read_retention()
$$;

comment on function public.retention_periods() is
  'How long each kind of data is kept: { kind, keep_days (null = for ever), default_days, minimum_days, checked_at, removed_at, removed_rows (on that day), removed_in_all }. Operators.';

grant execute on function public.retention_periods() to authenticated, service_role;

-- Where the rows of a kind begin to be kept, and how many are older. Counted in an index, to a hundred thousand and no further.
create function private.count_old(of_kind text, before timestamptz)
returns integer
language plpgsql
stable
set search_path = ''
set plan_cache_mode = force_custom_plan
as $$
declare
  most constant integer := 100000;
  counted integer;
  more integer := 0;
begin
  case of_kind
    when 'deliveries' then
      select count(*) into counted from (
        select from private.webhook_events as w
        where w.status in ('projected', 'duplicate', 'test') and w.payload is not null and w.received_at < before
        limit most
      ) as o;
    when 'messages' then
      select count(*) into counted from (
        select from public.messages as m where m.body_removed_at is null and m.occurred_at < before limit most
      ) as o;
      select count(*) into more from (
        select from public.untracked_replies as u where u.body_removed_at is null and u.occurred_at < before limit most
      ) as o;
    when 'audit' then
      select count(*) into counted from (select from public.audit_log as a where a.occurred_at < before limit most) as o;
    when 'provider_calls' then
      select count(*) into counted from (select from public.provider_api_calls as c where c.called_at < before limit most) as o;
    when 'outgoing' then
      select count(*) into counted from (select from private.outgoing_events as v where v.created_at < before limit most) as o;
      select count(*) into more from (
        select from private.crm_pushes as p where p.created_at < before
        union all
        select from private.mails as m where m.created_at < before
        limit most
      ) as o;
    when 'placements' then
      select count(*) into counted from (
        select from public.placement_results as r where r.day < (before at time zone 'UTC')::date limit most
      ) as o;
    when 'recovered_facts' then
      select count(*) into counted from (select from private.recovered_facts as f where f.latest_at < before limit most) as o;
    when 'run_details' then
      -- In the order of their numbers, until the first one that is young enough.
      select count(*) into counted
      from (select coalesce(d.end_time, d.start_time) as at from cron.job_run_details as d order by d.runid limit most) as o
      where o.at < before;
    when 'scheduled_calls' then
      select count(*) into counted from (select from private.function_calls as c where c.called_at < before limit most) as o;
  end case;

  return least(counted + more, most);
end
$$;

comment on function private.count_old(text, timestamptz) is
  'How many rows of a kind are from before then; 100,000 = that many or more.';

create function private.check_retention(of_kind text, keep_days integer)
returns private.retention_settings
language plpgsql
stable
set search_path = ''
as $$
declare
  setting private.retention_settings := private.require_retention_kind(of_kind);
begin
  if keep_days not between setting.minimum_days and 36500 then
    raise exception using errcode = 'PT400', message = 'VALIDATION_FAILED',
      detail = format(
        'Data of the kind %s is kept for at least %s days, because the system still reads it; it is %s. Give that many days or more (36500 at most), or null to keep it for ever',
        setting.kind, setting.minimum_days, keep_days
      );
  end if;

  return setting;
end
$$;

comment on function private.check_retention(text, integer) is 'The setting of a kind; raises VALIDATION_FAILED when it may not be kept for so short a time.';

create function private.foresee_retention(of_kind text, keep_days integer)
returns jsonb
language plpgsql
stable
security definer
set search_path = ''
as $$
declare
  setting private.retention_settings;
begin
  perform private.require_operator();
  setting := private.check_retention(of_kind, keep_days);

  return jsonb_build_object(
    'kind', setting.kind, 'keep_days', keep_days, 'before', now() - make_interval(days => keep_days),
    'rows', case when keep_days is null then 0 else private.count_old(setting.kind, now() - make_interval(days => keep_days)) end
  );
end
$$;

comment on function private.foresee_retention(text, integer) is 'The work of public.preview_retention; checks the caller itself.';

grant execute on function private.foresee_retention(text, integer) to authenticated, service_role;

create function public.preview_retention(of_kind text, keep_days integer)
returns jsonb
language sql
stable
set search_path = ''
as $$
  select private.foresee_retention(of_kind, keep_days)
$$;

comment on function public.preview_retention(text, integer) is
  'What would be removed if a kind were kept for that number of days: { kind, keep_days, before, rows (100000 = that many or more) }. Changes nothing. Operators.';

grant execute on function public.preview_retention(text, integer) to authenticated, service_role;

create function private.edit_retention(of_kind text, new_days integer)
returns jsonb
language plpgsql
security definer
set search_path = ''
as $$
declare
  setting private.retention_settings;
begin
  perform private.require_operator();
  setting := private.check_retention(of_kind, new_days);

  if setting.keep_days is distinct from new_days then
    update private.retention_settings as s set keep_days = new_days where s.kind = setting.kind;
    perform private.write_audit(
      'retention_changed', 'retention', setting.kind, null, jsonb_build_object('from_days', setting.keep_days, 'to_days', new_days)
    );
  end if;

  return jsonb_build_object('kind', setting.kind, 'keep_days', new_days);
end
$$;

comment on function private.edit_retention(text, integer) is 'The work of public.change_retention; checks the caller itself.';

grant execute on function private.edit_retention(text, integer) to authenticated, service_role;

-- The door to it for operators.
create function public.change_retention(of_kind text, keep_days integer)
returns jsonb
language sql
volatile
set search_path = ''
as $$
  select private.edit_retention(of_kind, keep_days)
$$;

comment on function public.change_retention(text, integer) is
  'Keeps a kind of data for keep_days, null = for ever; what is older is removed within minutes and does not come back. Returns { kind, keep_days }. Operators.';

grant execute on function public.change_retention(text, integer) to authenticated, service_role;
