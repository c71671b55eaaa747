-- What the background does to make a message whole: sanitised HTML, and its words for the search.

-- The words of a message are stored apart from it, so that a change of the one does not rewrite the other. Whose it is, of
-- which campaign, direction and month are among the words (with a leading #, which no text yields), so that the index
-- alone narrows a search down; the columns decide.
create table private.message_search (
  message_id uuid primary key references public.messages (id) on delete cascade,
  client_id uuid not null,
  campaign_id uuid not null,
  occurred_at timestamptz not null,
  direction public.message_direction not null,
  document tsvector not null
);

-- A compressed document in the row is read faster than one stored elsewhere. (As part of `create table` it is new in Postgres 16.)
alter table private.message_search alter column document set storage main;

comment on table private.message_search is
  'The words of each message for search_messages. Read by private.find_messages only, because row level security keeps full-text search from its index.';

create index message_search_document_idx on private.message_search using gin (document);
create index message_search_client_id_idx on private.message_search (client_id, occurred_at desc);
create index message_search_occurred_at_idx on private.message_search (occurred_at desc);

alter table private.message_search enable row level security;

grant select, insert, update, delete on private.message_search to service_role;

create policy "Only the functions read words"
on private.message_search for all to service_role using (true) with check (true);

-- The marks of a message among its words.
create function private.search_marks(
  client_id uuid, campaign_id uuid, direction public.message_direction, occurred_at timestamptz
)
returns tsvector
language sql
stable
set search_path = ''
as $$
  select array_to_tsvector(array[
    '#c' || client_id::text, '#k' || campaign_id::text, '#' || direction::text,
    '#m' || to_char(occurred_at at time zone 'UTC', 'YYYYMM')
  ])
$$;

comment on function private.search_marks(uuid, uuid, public.message_direction, timestamptz) is
  'Client, campaign, direction and month as words in the index beside the words of the text.';

grant execute on function private.search_marks(uuid, uuid, public.message_direction, timestamptz) to service_role;

-- A campaign that moves to another client takes its words along.
create function private.remark_message()
returns trigger
language plpgsql
set search_path = ''
as $$
begin
  new.document := ts_delete(old.document, '#c' || old.client_id::text)
    || array_to_tsvector(array['#c' || new.client_id::text]);
  return new;
end
$$;

comment on function private.remark_message() is 'Trigger: the words of a message go with it to another client.';

create trigger remark_message before update of client_id on private.message_search
for each row when (old.client_id is distinct from new.client_id)
execute function private.remark_message();

-- What a message is found by. An address is one word and its parts are words too.
create function private.search_document(message public.messages)
returns tsvector
language sql
stable
set search_path = ''
as $$
  select
    setweight(to_tsvector('pg_catalog.simple', left(coalesce(message.subject, ''), 2000)), 'A')
      || setweight(to_tsvector('pg_catalog.simple', message.email || ' ' || regexp_replace(message.email, '[^[:alnum:]]+', ' ', 'g')), 'B')
      || to_tsvector('pg_catalog.simple', left(coalesce(message.body_text, message.snippet, ''), 50000))
      || private.search_marks(message.client_id, message.campaign_id, message.direction, message.occurred_at)
$$;

comment on function private.search_document(public.messages) is 'The words of a message for message_search: subject, address, text and marks.';

grant execute on function private.search_document(public.messages) to service_role;

-- Takes messages whose HTML is not prepared yet, for two minutes. With a reply come its words, to be read for its class; what
-- the provider makes of it counts as a header of its own, and our own correction of that does not.
create function worker.take_message_contents(batch_size integer)
returns jsonb
language plpgsql
set search_path = ''
as $$
declare
  taken jsonb;
begin
  with waiting as (
    select c.message_id, c.prepare_at, octet_length(c.raw_html) as size
    from private.message_contents as c
    where c.prepare_at <= now()
    order by c.prepare_at
    limit batch_size
    for update skip locked
  ),
  -- A function has two seconds of processor time, and a megabyte of HTML takes a tenth of one; a larger mail comes alone.
  due as (
    select b.message_id
    from (
      select w.message_id, sum(w.size) over position as size, row_number() over position as number
      from waiting as w
      window position as (order by w.prepare_at, w.message_id)
    ) as b
    where b.number = 1 or b.size is null or b.size <= 1000000
  ),
  mine as (
    update private.message_contents as c
    set prepare_at = now() + interval '2 minutes'
    from due as d
    where c.message_id = d.message_id
    returning c.message_id, c.raw_html
  )
  select coalesce(
    jsonb_agg(jsonb_build_object('message_id', m.message_id, 'raw_html', m.raw_html, 'reply', case when x.direction = 'received' then
      jsonb_build_object(
        -- Smartlead names the subject of our mail, which says nothing of the reply's.
        'subject', left(case when sent.is_ours then 'Re: ' else '' end || x.subject, 2000), 'text', left(x.body_text, 20000), 'occurred_at', x.occurred_at,
        -- A label can be undone, a mark of the mail itself cannot.
        'is_automatic', not coalesce(a.is_by_label, false) and coalesce(o.is_human, x.is_auto_reply)
      )
    end)),
    '[]'
  )
  into taken
  from mine as m
  join public.messages as x on x.id = m.message_id
  left join private.overruled_replies as o on o.event_id = x.event_id
  left join private.automatic_replies as a on a.event_id = x.event_id
  cross join lateral (
    select coalesce(bool_or(lower(btrim(s.subject)) = lower(btrim(x.subject))), x.provider = 'smartlead') as is_ours
    from public.messages as s
    where s.lead_id = x.lead_id and s.direction = 'sent' and s.subject is not null
  ) as sent;

  return taken;
end
$$;

comment on function worker.take_message_contents(integer) is
  'Takes messages to prepare, at most a megabyte of HTML: [{ message_id, raw_html, reply: null | { subject, text, occurred_at, is_automatic } }]. Those not recorded within two minutes are released. Service role only.';

grant execute on function worker.take_message_contents(integer) to service_role;

-- Writes what was prepared and makes the words searchable.
-- contents: [{ "message_id", "html": text|null, "text": text|null (only used where the provider gave none) }]
create function worker.record_message_contents(contents jsonb)
returns void
language plpgsql
set search_path = ''
as $$
begin
  update public.messages as m
  set
    -- A message that is prepared again without HTML of its own keeps what is shown.
    body_html = coalesce(c.html, m.body_html),
    body_text = coalesce(m.body_text, c.text),
    snippet = coalesce(m.snippet, left(c.text, 300))
  from jsonb_to_recordset(contents) as c (message_id uuid, html text, text text)
  where m.id = c.message_id
    -- Without its contents a message was erased since it was taken.
    and exists (select from private.message_contents as p where p.message_id = m.id)
    -- Written so that the index of texts is not used; see private.keep_messages.
    and coalesce(m.body_removed_at, 'infinity') = 'infinity'
    and (m.body_html is distinct from coalesce(c.html, m.body_html) or (m.body_text is null and c.text is not null));

  insert into private.message_search as s (message_id, client_id, campaign_id, occurred_at, direction, document)
  select m.id, m.client_id, m.campaign_id, m.occurred_at, m.direction, private.search_document(m)
  from jsonb_to_recordset(contents) as c (message_id uuid)
  join public.messages as m on m.id = c.message_id
  where exists (select from private.message_contents as p where p.message_id = m.id)
  order by m.id
  -- The message cannot move to another client before its words are written.
  for share of m
  on conflict (message_id) do update set document = excluded.document;

  -- The HTML as it came takes a tenth of a mail and is not read again. Where nothing came of it, it is kept.
  update private.message_contents as p
  set prepare_at = null, raw_html = case when c.html is null then p.raw_html end
  from jsonb_to_recordset(contents) as c (message_id uuid, html text)
  where p.message_id = c.message_id
    -- Not of one that the projector marked again after it was claimed.
    and p.prepare_at > now();
end
$$;

comment on function worker.record_message_contents(jsonb) is
  'Writes sanitised HTML and derived text of messages and makes them searchable. Service role only.';

grant execute on function worker.record_message_contents(jsonb) to service_role;
