-- What operators do with a conversation: take it, put it off, finish it, note something; and the filters that each keeps.

-- changes: { assigned_to: uuid|null, snoozed_until: timestamp|null, done: boolean }; what is not named stays.
create function private.edit_thread(target_lead_id uuid, changes jsonb)
returns jsonb
language plpgsql
security definer
set search_path = ''
as $$
declare
  thread private.threads;
  assignee uuid;
  until timestamptz;
begin
  perform private.require_operator();
  select t.* into thread from private.threads as t where t.lead_id = target_lead_id for update;

  if not found then
    raise exception using errcode = 'PT404', message = 'NOT_FOUND',
      detail = format('There is no conversation with a lead %L; check the id', target_lead_id);
  end if;

  if changes is null or jsonb_typeof(changes) <> 'object' or changes = '{}'
    or exists (select from jsonb_object_keys(changes) as k (name) where k.name not in ('assigned_to', 'snoozed_until', 'done')) then
    raise exception using errcode = 'PT400', message = 'VALIDATION_FAILED',
      detail = 'Name what changes: assigned_to, snoozed_until or done';
  end if;

  begin
    assignee := (changes ->> 'assigned_to')::uuid;
    until := (changes ->> 'snoozed_until')::timestamptz;
  exception
    when invalid_text_representation or invalid_datetime_format or datetime_field_overflow then
      raise exception using errcode = 'PT400', message = 'VALIDATION_FAILED',
        detail = 'assigned_to is the id of a person, snoozed_until a time';
  end;

  if changes ? 'assigned_to' then
    if assignee is not null and not exists (
      select from public.members as m where m.user_id = assignee and m.role = 'operator'
    ) then
      raise exception using errcode = 'PT400', message = 'VALIDATION_FAILED', detail = 'A conversation is assigned to an operator';
    end if;

    update private.threads as t set assigned_to = assignee where t.lead_id = target_lead_id;
    perform private.write_audit(
      case when assignee is null then 'thread_unassigned' else 'thread_assigned' end, 'lead', target_lead_id::text, thread.client_id,
      jsonb_build_object('to', private.person_name(assignee))
    );
  end if;

  if changes ? 'snoozed_until' then
    if until is not null and (until <= now() or until > now() + interval '2 years') then
      raise exception using errcode = 'PT400', message = 'VALIDATION_FAILED',
        detail = 'A conversation is put off to a time in the future, at most two years';
    end if;

    update private.threads as t set snoozed_until = until, snoozed_at = now() where t.lead_id = target_lead_id;
    perform private.write_audit(
      case when until is null then 'thread_woken' else 'thread_snoozed' end, 'lead', target_lead_id::text, thread.client_id,
      jsonb_build_object('until', until)
    );
  end if;

  if changes ? 'done' then
    update private.threads as t
    set
      done_at = case when (changes ->> 'done')::boolean then now() end,
      snoozed_until = case when (changes ->> 'done')::boolean then null else t.snoozed_until end
    where t.lead_id = target_lead_id;

    perform private.refresh_threads(array[target_lead_id]);
    perform private.write_audit(
      case when (changes ->> 'done')::boolean then 'thread_done' else 'thread_reopened' end, 'lead', target_lead_id::text,
      thread.client_id, '{}'
    );
  end if;

  insert into private.pending_changes (owner_id, kind) values (thread.client_id, 'replies');
  select t.* into thread from private.threads as t where t.lead_id = target_lead_id;

  return jsonb_build_object(
    'lead_id', thread.lead_id, 'assigned_to', thread.assigned_to, 'snoozed_until', thread.snoozed_until, 'done_at', thread.done_at,
    'waiting_since', thread.waiting_since
  );
end
$$;

comment on function private.edit_thread(uuid, jsonb) is 'The work of public.change_thread.';

grant execute on function private.edit_thread(uuid, jsonb) to authenticated, service_role;

create function public.change_thread(target_lead_id uuid, changes jsonb)
returns jsonb
language sql
volatile
set search_path = ''
as $$
  select private.edit_thread(target_lead_id, changes)
$$;

comment on function public.change_thread(uuid, jsonb) is
  'Assigns a conversation (assigned_to: an operator or null), puts it off (snoozed_until: a time or null) or marks it as done (done); returns { lead_id, assigned_to, snoozed_until, done_at, waiting_since }. Operators only.';

grant execute on function public.change_thread(uuid, jsonb) to authenticated, service_role;

-- A note, or without a text the end of one: its own author removes it.
create function private.keep_note(target_lead_id uuid, note text, target_note_id uuid)
returns uuid
language plpgsql
security definer
set search_path = ''
as $$
declare
  thread private.threads;
  note_id uuid;
begin
  perform private.require_operator();
  select t.* into thread from private.threads as t where t.lead_id = target_lead_id;

  if not found then
    raise exception using errcode = 'PT404', message = 'NOT_FOUND',
      detail = format('There is no conversation with a lead %L; check the id', target_lead_id);
  end if;

  if target_note_id is not null then
    delete from private.thread_notes as n
    where n.id = target_note_id and n.lead_id = target_lead_id and n.author_id = (select auth.uid());

    if not found then
      raise exception using errcode = 'PT404', message = 'NOT_FOUND', detail = 'This conversation has no note of yours with this id';
    end if;

    perform private.write_audit('note_removed', 'lead', target_lead_id::text, thread.client_id, '{}');
  else
    if note is null or btrim(note) = '' or length(note) > 4000 then
      raise exception using errcode = 'PT400', message = 'VALIDATION_FAILED', detail = 'A note has 1 to 4,000 characters';
    end if;

    insert into private.thread_notes as n (lead_id, client_id, campaign_id, author_id, body)
    values (thread.lead_id, thread.client_id, thread.campaign_id, (select auth.uid()), btrim(note))
    returning n.id into note_id;

    -- What it says stays among colleagues and out of the log.
    perform private.write_audit('note_added', 'lead', target_lead_id::text, thread.client_id, '{}');
  end if;

  return note_id;
end
$$;

comment on function private.keep_note(uuid, text, uuid) is 'The work of public.add_thread_note and public.remove_thread_note.';

grant execute on function private.keep_note(uuid, text, uuid) to authenticated, service_role;

create function public.add_thread_note(target_lead_id uuid, note text)
returns uuid
language sql
volatile
set search_path = ''
as $$
  select private.keep_note(target_lead_id, note, null)
$$;

comment on function public.add_thread_note(uuid, text) is
  'Adds an internal note to a conversation and returns its id. Operators only; clients never read notes.';

grant execute on function public.add_thread_note(uuid, text) to authenticated, service_role;

create function public.remove_thread_note(target_lead_id uuid, target_note_id uuid)
returns uuid
language sql
volatile
set search_path = ''
as $$
  select private.keep_note(target_lead_id, null, coalesce(target_note_id, '00000000-0000-0000-0000-000000000000'))
$$;

comment on function public.remove_thread_note(uuid, uuid) is 'Removes a note of one''s own from a conversation. Operators only.';

grant execute on function public.remove_thread_note(uuid, uuid) to authenticated, service_role;

-- Filters that a person saved for a page under a name.
create table private.saved_filters (
  user_id uuid not null references auth.users (id) on delete cascade,
  page text not null,
  name text not null check (length(name) between 1 and 60),
  filter jsonb not null check (jsonb_typeof(filter) = 'object' and length(filter::text) <= 2000),
  saved_at timestamptz not null default now(),
  primary key (user_id, page, name)
);

comment on table private.saved_filters is 'Filters of pages, per person, under a name of theirs. Read and written through saved_filters and save_filter.';

alter table private.saved_filters enable row level security;

grant select, insert, update, delete on private.saved_filters to service_role;

create policy "Only functions read filters"
on private.saved_filters for all to service_role using (true) with check (true);

create function private.keep_filter(of_page text, filter_name text, new_filter jsonb, is_reading boolean)
returns jsonb
language plpgsql
security definer
set search_path = ''
as $$
begin
  perform private.require_operator();

  if of_page is distinct from 'inbox' then
    raise exception using errcode = 'PT400', message = 'VALIDATION_FAILED', detail = 'Filters are saved for the page "inbox"';
  end if;

  if not is_reading then
    if filter_name is null or length(btrim(filter_name)) not between 1 and 60 or length(new_filter::text) > 2000
      or jsonb_typeof(new_filter) <> 'object' then
      raise exception using errcode = 'PT400', message = 'VALIDATION_FAILED',
        detail = 'A filter has a name of 1 to 60 characters and is an object; null removes it';
    end if;

    if new_filter is null then
      delete from private.saved_filters as f
      where f.user_id = (select auth.uid()) and f.page = of_page and f.name = btrim(filter_name);
    else
      if (select count(*) from private.saved_filters as f where f.user_id = (select auth.uid()) and f.page = of_page) >= 50 then
        raise exception using errcode = 'PT400', message = 'VALIDATION_FAILED', detail = 'You have 50 saved filters; remove one first';
      end if;

      insert into private.saved_filters as f (user_id, page, name, filter)
      values ((select auth.uid()), of_page, btrim(filter_name), new_filter)
      on conflict (user_id, page, name) do update set filter = excluded.filter, saved_at = now();
    end if;
  end if;

  return coalesce(
    (
      select jsonb_agg(jsonb_build_object('name', f.name, 'filter', f.filter) order by f.name)
      from private.saved_filters as f
      where f.user_id = (select auth.uid()) and f.page = of_page
    ),
    '[]'
  );
end
$$;

comment on function private.keep_filter(text, text, jsonb, boolean) is 'The work of public.saved_filters and public.save_filter.';

grant execute on function private.keep_filter(text, text, jsonb, boolean) to authenticated, service_role;

create function public.saved_filters(of_page text)
returns jsonb
language sql
stable
set search_path = ''
as $$
  select private.keep_filter(of_page, null, null, true)
$$;

comment on function public.saved_filters(text) is
  'The filters that the caller saved for a page ("inbox"): [{ name, filter }]. Operators only.';

grant execute on function public.saved_filters(text) to authenticated, service_role;

create function public.save_filter(of_page text, filter_name text, new_filter jsonb)
returns jsonb
language sql
volatile
set search_path = ''
as $$
  select private.keep_filter(of_page, filter_name, new_filter, false)
$$;

comment on function public.save_filter(text, text, jsonb) is
  'Saves a filter of the caller under a name, or removes it (new_filter null); returns all of the page. Operators only.';

grant execute on function public.save_filter(text, text, jsonb) to authenticated, service_role;
