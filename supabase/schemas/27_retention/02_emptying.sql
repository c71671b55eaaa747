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
