-- Generated from supabase/schemas/07_messages by "npm run migrations".

-- Messages: the mails that we can show, sent and received, each once whichever way it reached us.

create type public.message_direction as enum ('sent', 'received');

create type public.message_source as enum ('webhook', 'inbox', 'answer');

create type public.reply_verdict as enum ('qualified', 'not_interested', 'neutral');

-- What a reply is, as a reader finds out: first whether a machine wrote it, then whether to write again at all, to whom and when.
create type public.reply_class as enum (
  'bounce', 'out_of_office', 'automatic', 'unsubscribe', 'referral', 'wrong_person', 'not_now', 'not_interested', 'question', 'interested'
);

-- Who says so; of two the later one is believed.
create type public.reply_class_source as enum ('rules', 'model', 'provider', 'person');

-- One mail per row. Only the campaign is a foreign key, as in email_events: the projector holds the lead in the same
-- transaction.
create table public.messages (
  id uuid primary key default gen_random_uuid(),
  client_id uuid not null,
  campaign_id uuid not null references public.campaigns (id) on delete cascade,
  lead_id uuid not null,
  connection_id uuid not null,
  provider public.provider not null,
  direction public.message_direction not null,
  thread_key text not null generated always as (lead_id::text) stored,
  occurred_at timestamptz not null,
  email text not null,
  written_by text,
  email_account text,
  subject text,
  body_text text,
  body_html text,
  snippet text,
  is_auto_reply boolean not null default false,
  step smallint,
  variant smallint,
  source public.message_source not null,
  event_id bigint,
  verdict public.reply_verdict,
  verdict_note text,
  verdict_by uuid,
  verdict_at timestamptz,
  pushed_at timestamptz,
  push_error text,
  reply_class public.reply_class,
  reply_class_source public.reply_class_source,
  reply_class_confidence numeric(3, 2),
  reply_date date,
  body_removed_at timestamptz,
  created_at timestamptz not null default now(),
  constraint messages_verdict_on_replies check (verdict is null or direction = 'received'),
  constraint messages_class_with_source check ((reply_class is null) = (reply_class_source is null))
);

comment on table public.messages is
  'A mail that we can show: sent or received, once even if webhook and inbox both brought it. Rows come only from private.keep_messages; verdicts from qualify_reply.';
comment on column public.messages.thread_key is 'What belongs to one conversation: all mails with this lead, so one address in one campaign.';
comment on column public.messages.email is 'The lead''s address, for sent and received mails alike.';
comment on column public.messages.written_by is
  'Who wrote this reply, where it was somebody else than the lead: a colleague, or another address of the same person.';
comment on column public.messages.event_id is 'The email event that this mail is; null = it came without one.';
comment on column public.messages.body_html is
  'Sanitised HTML: no scripts, styles, forms or event handlers; images wait in data-src. Null until it is prepared, a moment after the mail arrives, and for mails without HTML.';
comment on column public.messages.body_removed_at is
  'When retention removed its text (body_text, body_html, snippet); null = it was not. It stays removed.';
comment on column public.messages.verdict is 'What a person decided about this reply; null = none, or it was removed. No webhook and no sync changes it.';
comment on column public.messages.reply_class is
  'What this reply is; null = a sent mail, or not read yet (a moment after it arrives). The most believed of private.reply_opinions.';
comment on column public.messages.reply_class_source is 'Who says so: person, provider (its label or category), model, rules (its own words).';
comment on column public.messages.reply_class_confidence is
  'Of rules and model: the share of such answers that was right where it was measured, 0 to 1. Null for persons and providers.';
comment on column public.messages.reply_date is
  'not_now: the day to write again; out_of_office: the day of the return; null = the reply names none.';
comment on column public.messages.pushed_at is 'When the verdict was pushed to the provider; null = it was not, or not yet.';
comment on column public.messages.push_error is 'Why it could not be pushed; null = nothing is wrong.';

-- The columns behind it serve message_stats without a look at the table.
create index messages_client_id_idx on public.messages (client_id, occurred_at desc, id) include (direction, is_auto_reply, verdict);
create index messages_campaign_id_idx on public.messages (campaign_id, occurred_at desc, id);
create index messages_lead_id_idx on public.messages (lead_id, occurred_at);
create index messages_event_id_idx on public.messages (event_id);
create index messages_replies_of_client_idx on public.messages (client_id, occurred_at desc) where direction = 'received';
-- Replies that wait for a verdict, counted in the index alone.
create index messages_unanswered_idx on public.messages (client_id, occurred_at)
where direction = 'received' and not is_auto_reply and verdict is null;
create index messages_replies_idx on public.messages (occurred_at desc) where direction = 'received';

-- Texts that retention can remove.
create index messages_texts_idx on public.messages (occurred_at) where body_removed_at is null;

alter table public.messages enable row level security;

grant select on public.messages to authenticated;
grant select, insert, update, delete on public.messages to service_role;

create policy "Clients see their messages, operators see all"
on public.messages for select to authenticated
using (client_id = any (array(select private.visible_client_ids())));

-- What no client may read of a mail: the provider's id of it, the HTML as it came until it is sanitised, the link into the provider's inbox.
create table private.message_contents (
  message_id uuid primary key references public.messages (id) on delete cascade,
  connection_id uuid not null references public.provider_connections (id) on delete cascade,
  direction public.message_direction not null,
  provider_mail_id text,
  provider_thread_id text,
  inbox_url text,
  raw_html text,
  prepare_at timestamptz default now()
);

comment on table private.message_contents is
  'The inner side of a message: the provider''s ids of mail and thread, HTML that is not sanitised yet, the link into the provider''s inbox (operators only).';
comment on column private.message_contents.raw_html is
  'The HTML as it came; null = there was none, or it was sanitised into body_html. Kept where nothing came of it.';
comment on column private.message_contents.prepare_at is
  'When its HTML is due to be sanitised and its words to be made searchable; null = done. Claiming it moves this later, so a dying worker loses nothing.';

-- One row per mail id; the projector asks here whether a mail is known.
create unique index message_contents_mail_idx on private.message_contents (connection_id, provider_mail_id, direction)
where provider_mail_id is not null;

-- Whose thread a reply from another address belongs to.
create index message_contents_thread_idx on private.message_contents (connection_id, provider_thread_id)
where provider_thread_id is not null;
create index message_contents_due_idx on private.message_contents (prepare_at) where prepare_at is not null;

alter table private.message_contents enable row level security;

grant select, insert, update, delete on private.message_contents to service_role;

-- What operator_replies shows.
grant select (message_id, inbox_url) on private.message_contents to authenticated;

create policy "Operators see links into the inbox"
on private.message_contents for select to authenticated
using ((select private.is_operator()));

-- Deliveries name the link into the inbox; operators click it.
create function private.keep_inbox_url()
returns trigger
language plpgsql
set search_path = ''
as $$
begin
  new.inbox_url := private.http_link(new.inbox_url);
  return new;
end
$$;

comment on function private.keep_inbox_url() is 'Trigger: keeps inbox_url only if it is http(s).';

create trigger keep_link before insert or update of inbox_url on private.message_contents
for each row when (new.inbox_url is not null) execute function private.keep_inbox_url();

-- Mails to our mailboxes by people who are in no campaign, counted nowhere.

create table public.untracked_replies (
  id bigint primary key references private.webhook_events (id) on delete cascade,
  client_id uuid references public.clients (id) on delete cascade,
  connection_id uuid not null references public.provider_connections (id) on delete cascade,
  provider public.provider not null,
  occurred_at timestamptz not null,
  email text not null,
  sender_name text,
  email_account text,
  subject text,
  body_text text,
  snippet text,
  body_removed_at timestamptz
);

comment on table public.untracked_replies is
  'Mails of people who are in no campaign, as the provider reports them. client_id is the owner of a dedicated connection; those of a shared one belong to no client alone and only operators see them. No number counts them.';
comment on column public.untracked_replies.id is 'The id of the delivery that reported it.';
comment on column public.untracked_replies.email is 'Who wrote.';
comment on column public.untracked_replies.body_removed_at is 'When retention removed its text; null = it was not.';

create index untracked_replies_client_id_idx on public.untracked_replies (client_id, occurred_at desc);
create index untracked_replies_connection_id_idx on public.untracked_replies (connection_id);
create index untracked_replies_newest_idx on public.untracked_replies (occurred_at desc);
create index untracked_replies_texts_idx on public.untracked_replies (occurred_at) where body_removed_at is null;

alter table public.untracked_replies enable row level security;

grant select on public.untracked_replies to authenticated;
grant select, insert, update, delete on public.untracked_replies to service_role;

create policy "Clients see mails to their mailboxes, operators see all"
on public.untracked_replies for select to authenticated
using (
  client_id = any (array(select private.visible_client_ids()))
  or (client_id is null and (select private.is_operator()))
);

-- How the provider's inbox completes what a webhook left out.

-- Mails that the inbox shows and whose event is known already: what the webhook left out is filled in. A reply says what the
-- inbox says: in the delivery a variable of the lead may have stood in the place of its words.
-- mails: [{ "provider_campaign_id", "event": { "email", "type", "occurred_at", "email_id", "message": { field names } }, "payload" }]
create function worker.complete_messages(target_connection_id uuid, mails jsonb)
returns integer
language plpgsql
set search_path = ''
as $$
declare
  completed integer;
begin
  mails := private.mask_erased(target_connection_id, mails);

  with mail as materialized (
    select
      e.email_id, e.email, e.written_by, e.occurred_at, r.value ->> 'provider_campaign_id' as provider_campaign_id,
      case when e.type = 'email_sent' then 'sent' else 'received' end::public.message_direction as direction,
      r.value -> 'payload' #>> string_to_array(e.message ->> 'subject', '.') as subject,
      r.value -> 'payload' #>> string_to_array(e.message ->> 'text', '.') as body_text,
      r.value -> 'payload' #>> string_to_array(e.message ->> 'html', '.') as raw_html,
      r.value -> 'payload' #>> string_to_array(e.message ->> 'snippet', '.') as snippet
    from jsonb_array_elements(mails) as r (value)
    cross join lateral jsonb_to_record(r.value -> 'event') as e (
      type text, email text, written_by text, occurred_at timestamptz, email_id text, message jsonb
    )
    where e.type in ('email_sent', 'reply_received', 'auto_reply_received') and e.email_id is not null
  ),
  known as materialized (
    select distinct on (k.message_id) k.message_id, m.*, m.direction = 'received' as is_reply, now.body_html is not null as has_html
    from mail as m
    cross join lateral (
      select coalesce(
        (
          select c.message_id
          from private.message_contents as c
          where c.connection_id = target_connection_id and c.provider_mail_id = m.email_id and c.direction = m.direction
        ),
        (
          select x.id
          from public.messages as x
          join private.message_contents as c on c.message_id = x.id and c.provider_mail_id is null
          where x.lead_id = private.find_lead(target_connection_id, m.provider_campaign_id, m.email)
            and x.direction = m.direction
            and (x.direction = 'received' or x.event_id is not null)
            and x.occurred_at between m.occurred_at - interval '2 minutes' and m.occurred_at + interval '2 minutes'
          order by x.body_text is distinct from m.body_text, abs(extract(epoch from x.occurred_at - m.occurred_at)), x.id
          limit 1
        )
      ) as message_id
      -- Looked for once, and then by id: without, each mail was looked for three times, and all messages were read with them.
      offset 0
    ) as k
    join public.messages as now on now.id = k.message_id
    join private.message_contents as c on c.message_id = k.message_id
    -- What retention removed is not filled in again. Written so that the index of texts is not used; see private.keep_messages.
    where coalesce(now.body_removed_at, 'infinity') = 'infinity' and (
      c.provider_mail_id is null
      or (c.provider_mail_id = m.email_id and m.direction = 'received' and now.body_text <> m.body_text)
      or (now.written_by is null and m.written_by is not null)
      or (now.subject is null and m.subject is not null)
      or (now.body_text is null and m.body_text is not null)
      or (now.body_html is null and c.raw_html is null and m.raw_html is not null)
    )
    order by k.message_id
  ),
  shown as (
    update public.messages as x
    set
      written_by = coalesce(x.written_by, k.written_by),
      subject = case when k.is_reply then coalesce(k.subject, x.subject) else coalesce(x.subject, k.subject) end,
      body_text = case when k.is_reply then coalesce(k.body_text, x.body_text) else coalesce(x.body_text, k.body_text) end,
      snippet = case when k.is_reply then left(coalesce(k.snippet, k.body_text, x.snippet), 300)
        else coalesce(x.snippet, left(coalesce(k.snippet, k.body_text), 300)) end
    from known as k
    where x.id = k.message_id
  )
  update private.message_contents as c
  set
    provider_mail_id = coalesce(c.provider_mail_id, k.email_id),
    raw_html = case
      when k.is_reply then coalesce(k.raw_html, c.raw_html)
      else coalesce(c.raw_html, case when not k.has_html then k.raw_html end)
    end,
    prepare_at = now()
  from known as k
  where c.message_id = k.message_id;

  get diagnostics completed = row_count;
  return completed;
end
$$;

comment on function worker.complete_messages(uuid, jsonb) is
  'Fills in what known messages lack from mails of the provider''s inbox; returns how many it completed. Service role only.';

grant execute on function worker.complete_messages(uuid, jsonb) to service_role;

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

-- search_messages: full-text search over subject, body and address, for each person over what is theirs.

-- What a person typed as a query: words, "phrases", or, -not; the last word also finds what begins with it. Never an
-- error; nothing that can be searched for gives null.
create function private.search_query(typed text)
returns tsquery
language plpgsql
stable
set search_path = ''
as $$
declare
  plain text;
begin
  begin
    plain := websearch_to_tsquery('pg_catalog.simple', typed)::text;
  exception
    -- Dozens of minus signs in a row are too deep for the parser, and no words.
    when internal_error or program_limit_exceeded or syntax_error then return null;
  end;

  if plain = '' then
    return null;
  end if;

  -- The last word is still being typed, unless it is in quotes or behind a minus.
  if typed ~ '[[:alnum:]]{2}$' and typed !~ '(^|\s)-\S*$' and length(typed) - length(replace(typed, '"', '')) in (0, 2, 4, 6, 8)
    and plain ~ '''$'
  then
    return (plain || ':*')::tsquery;
  end if;

  return plain::tsquery;
end
$$;

comment on function private.search_query(text) is 'The text of a search box as a query, its last word as a beginning; null when nothing is left.';

grant execute on function private.search_query(text) to service_role;

-- The newest hits, at most 200, found so that neither a rare nor a frequent word costs much: first a walk through the
-- newest 2,000 messages, which finds 200 of any frequent word. Then the index: all of it at once for a word that the walk
-- did not meet, else 1, 12, 144 months back until 200 are found. Definer, because full-text operators are not leakproof, so under row level security they use no index; the
-- tenant is in the query instead.
create function private.find_messages(
  query text, only_campaign uuid, only_direction text, page_size integer, page_offset integer, only_client uuid
)
returns table (
  message_id uuid, client_id uuid, campaign_id uuid, campaign_name text, lead_id uuid, email text, occurred_at timestamptz,
  direction public.message_direction, subject text, highlight text, rank real
)
language plpgsql
stable
security definer
set search_path = ''
set plan_cache_mode = force_generic_plan
as $$
declare
  max_hits constant integer := 200;
  words tsquery;
  narrowed tsquery;
  shown tsquery;
  months text;
  sees_all boolean := (select private.may_operate());
  own uuid := case
    when sees_all then only_client
    else (select v from private.visible_client_ids() as v where v = only_client or only_client is null limit 1)
  end;
  hits uuid[];
  month date;
  reach integer := 1;
  walk constant integer := 2000;
  is_walked boolean;
  newest date;
  oldest date;
begin
  if query is null or length(query) > 500 or page_size not between 1 and 100 or page_offset < 0
    or only_direction not in ('sent', 'received')
  then
    raise exception using errcode = 'PT400', message = 'VALIDATION_FAILED',
      detail = 'A search needs a query of at most 500 characters, a page_size from 1 to 100, a page_offset from 0, and as only_direction sent, received or nothing';
  end if;

  -- A request for one client shows no more than that client would see.
  sees_all := sees_all and only_client is null;
  -- A pasted address is looked for in its stored form.
  words := private.search_query(coalesce(private.normalize_email(query), btrim(query)));

  if words is null or (own is null and not sees_all) then
    return;
  end if;

  if sees_all then
    hits := array(
      select s.message_id
      from (select * from private.message_search as m order by m.occurred_at desc limit walk) as s
      where s.document @@ words
        and (only_campaign is null or s.campaign_id = only_campaign)
        and (only_direction is null or s.direction::text = only_direction)
      limit max_hits
    );
    select (max(s.occurred_at) at time zone 'UTC')::date, (min(s.occurred_at) at time zone 'UTC')::date into newest, oldest
    from private.message_search as s;
    is_walked := not exists (select from private.message_search as s order by s.occurred_at desc offset walk);
  else
    hits := array(
      select s.message_id
      from (select * from private.message_search as m where m.client_id = own order by m.occurred_at desc limit walk) as s
      where s.document @@ words
        and (only_campaign is null or s.campaign_id = only_campaign)
        and (only_direction is null or s.direction::text = only_direction)
      limit max_hits
    );
    select (max(s.occurred_at) at time zone 'UTC')::date, (min(s.occurred_at) at time zone 'UTC')::date into newest, oldest
    from private.message_search as s
    where s.client_id = own;
    is_walked := not exists (
      select from private.message_search as s where s.client_id = own order by s.occurred_at desc offset walk
    );
  end if;

  month := date_trunc('month', newest)::date;

  while not is_walked and cardinality(hits) < max_hits and reach is not null loop
    -- A word that was not met is rare; and past the oldest message all months are one step.
    if cardinality(hits) = 0 or month - make_interval(months => reach) < date_trunc('month', oldest) then
      months := null;
      reach := null;
    else
      months := (
        select '(' || string_agg(quote_literal('#m' || to_char(month - make_interval(months => n), 'YYYYMM')), ' | ') || ')'
        from generate_series(0, reach - 1) as n
      );
      reach := reach * 12;
    end if;

    narrowed := array_to_string(array[
      '(' || words::text || ')', quote_literal('#c' || own::text), quote_literal('#k' || only_campaign::text),
      quote_literal('#' || only_direction), months
    ], ' & ')::tsquery;

    hits := array(
      select s.message_id
      from private.message_search as s
      where s.document @@ narrowed
        and (sees_all or s.client_id = own)
        and (only_campaign is null or s.campaign_id = only_campaign)
        and (only_direction is null or s.direction::text = only_direction)
      order by s.occurred_at desc
      limit max_hits
    );
  end loop;

  -- What is marked: any of the words, anywhere; those that must not be there are none of them.
  shown := regexp_replace(coalesce(nullif(querytree(words), 'T'), words::text), ' (&|<[-0-9]+>) ', ' | ', 'g')::tsquery;

  return query
  select
    p.message_id, m.client_id, m.campaign_id, k.name, m.lead_id, m.email, m.occurred_at, m.direction, m.subject,
    -- Marked with characters that no mail holds, then escaped, then made tags: nothing of the mail becomes HTML.
    replace(replace(replace(replace(replace(replace(replace(
      ts_headline(
        'pg_catalog.simple',
        concat_ws(
          ' · ', translate(m.subject, E'\x01\x02\x03', ''),
          -- The parts of an address are words here as they are in the index.
          regexp_replace(m.email, '([^[:alnum:]]+)', E'\x03\\1\x03', 'g'),
          translate(left(coalesce(m.body_text, m.snippet), 5000), E'\x01\x02\x03', '')
        ),
        shown, E'StartSel=\x01, StopSel=\x02, MaxFragments=3, MaxWords=20, MinWords=8'
      ),
      '&', '&amp;'), '<', '&lt;'), '>', '&gt;'), '"', '&quot;'), E'\x01', '<mark>'), E'\x02', '</mark>'), E'\x03', ''),
    p.rank
  from (
    select s.message_id, s.occurred_at, ts_rank(s.document, words) as rank
    from private.message_search as s
    where s.message_id = any (hits) and (sees_all or s.client_id = own)
    order by 3 desc, s.occurred_at desc, s.message_id
    limit page_size offset page_offset
  ) as p
  join public.messages as m on m.id = p.message_id and (sees_all or m.client_id = own)
  join public.campaigns as k on k.id = m.campaign_id
  order by p.rank desc, p.occurred_at desc, p.message_id;
end
$$;

comment on function private.find_messages(text, uuid, text, integer, integer, uuid) is
  'The work of public.search_messages; sees all only with private.may_operate() and without only_client, else one client that the caller may see.';

grant execute on function private.find_messages(text, uuid, text, integer, integer, uuid) to authenticated, service_role;

-- The door to it.
create function public.search_messages(
  query text, only_campaign uuid default null, only_direction text default null, page_size integer default 50, page_offset integer default 0,
  only_client uuid default null
)
returns table (
  message_id uuid, client_id uuid, campaign_id uuid, campaign_name text, lead_id uuid, email text, occurred_at timestamptz,
  direction public.message_direction, subject text, highlight text, rank real
)
language sql
stable
set search_path = ''
as $$
  select * from private.find_messages(query, only_campaign, only_direction, page_size, page_offset, only_client)
$$;

comment on function public.search_messages(text, uuid, text, integer, integer, uuid) is
  'Messages by their words, the best of the newest 200 hits first. Words, "phrases", or, -not; the last word also as a beginning. highlight is escaped HTML with the hits in <mark>. Clients search their own, operators all.';

grant execute on function public.search_messages(text, uuid, text, integer, integer, uuid) to authenticated, service_role;

-- What people read of messages: replies with their context, a person's whole history, and how much there is.

-- One row per reply, automatic ones included.
create view public.client_replies
with (security_invoker = true)
as
select
  m.id as message_id,
  m.client_id,
  m.campaign_id,
  c.name as campaign_name,
  m.lead_id,
  m.email,
  m.written_by,
  l.first_name,
  l.last_name,
  l.company_name,
  l.job_title,
  l.business_id,
  b.name as business_name,
  b.city,
  m.occurred_at,
  m.subject,
  m.snippet,
  m.body_text,
  m.body_html,
  m.is_auto_reply,
  l.interest_status,
  l.interest_label,
  m.verdict,
  m.verdict_note,
  m.verdict_by,
  m.verdict_at,
  m.pushed_at,
  m.push_error,
  m.reply_class,
  m.reply_class_source,
  m.reply_class_confidence,
  m.reply_date,
  m.provider,
  m.email_account,
  m.step,
  m.thread_key,
  m.connection_id,
  m.body_removed_at
from public.messages as m
join public.campaigns as c on c.id = m.campaign_id
left join public.synced_leads as l on l.id = m.lead_id
left join public.businesses as b on b.id = l.business_id
where m.direction = 'received';

comment on view public.client_replies is
  'Replies with campaign, person and business. interest_status is the lead''s, verdict is what a person decided about this reply; reply_class is what the reply is, with its source and confidence; reply_date the day to write again (not_now) or of the return (out_of_office); written_by is who wrote, where it was not the lead; body_removed_at is when retention removed the text; automatic replies carry is_auto_reply.';

grant select on public.client_replies to authenticated, service_role;

-- The same for operators, with whose it is and the link into the provider's inbox.
create view public.operator_replies
with (security_invoker = true)
as
select r.*, k.name as client_name, w.name as connection_name, i.inbox_url
from public.client_replies as r
join public.clients as k on k.id = r.client_id
left join public.provider_connections as w on w.id = r.connection_id
left join private.message_contents as i on i.message_id = r.message_id
where (select private.may_operate());

comment on view public.operator_replies is
  'client_replies with client_name, connection_name and inbox_url, the link into the provider''s inbox. Operators only.';

grant select on public.operator_replies to authenticated, service_role;

-- Everything that happened with a person. position orders what happened at the same moment.
create view public.lead_timeline
with (security_invoker = true)
as
select
  l.client_id,
  l.email,
  l.id as lead_id,
  l.campaign_id,
  c.name as campaign_name,
  t.provider,
  t.occurred_at,
  t.kind,
  t.type,
  t.label,
  t.step,
  t.variant,
  t.email_account,
  t.message_id,
  t.subject,
  t.snippet,
  t.written_by,
  t.answered_in,
  to_char(t.occurred_at at time zone 'UTC', 'YYYYMMDDHH24MISSUS') || ' ' || t.kind || ' ' || t.own_key as position
from public.synced_leads as l
join public.campaigns as c on c.id = l.campaign_id
cross join lateral (
  select
    e.provider, e.occurred_at, 'event' as kind, e.type::text as type, e.label, e.step, e.variant, e.email_account,
    null::uuid as message_id, null::text as subject, null::text as snippet, null::text as written_by,
    null::text as answered_in, lpad(e.id::text, 19, '0') as own_key
  from public.email_events as e
  where e.lead_id = l.id
  union all
  select
    m.provider, m.occurred_at, 'message', 'message_' || m.direction::text, null, m.step, m.variant, m.email_account,
    m.id, m.subject, m.snippet, m.written_by,
    -- A sent mail without an event is none of the sequence: a person wrote it.
    case when m.direction = 'sent' and m.event_id is null then case m.source when 'answer' then 'here' else 'provider' end end, m.id::text
  from public.messages as m
  where m.lead_id = l.id
  union all
  -- What the provider reports of a meeting is there as its label already.
  select
    null, h.happened_at, 'meeting', 'meeting_' || coalesce(h.status::text, 'removed'),
    case h.source when 'crm' then 'from the CRM' else 'by hand' end || coalesce(', ' || h.value || ' ' || h.currency, ''),
    null, null, null, null, null, h.note, null, null, lpad(h.id::text, 19, '0')
  from public.meeting_changes as h
  where h.lead_id = l.id and h.source <> 'provider'
) as t;

comment on view public.lead_timeline is
  'Every event and message of a person (client_id and email) over all campaigns, and what a person or the CRM recorded of meetings; ask for one email or one lead_id and order by position. answered_in: here or provider, for a mail that a person of the agency wrote.';

grant select on public.lead_timeline to authenticated, service_role;

-- How many messages a client has, and how many replies wait for a verdict.
create view public.message_stats
with (security_invoker = true)
as
select
  c.id as client_id,
  c.name as client_name,
  n.sent,
  n.received,
  n.auto_replies,
  n.qualified,
  n.not_interested,
  n.neutral,
  n.unanswered,
  n.last_received_at
from public.clients as c
cross join lateral (
  select
    count(*) filter (where m.direction = 'sent') as sent,
    count(*) filter (where m.direction = 'received' and not m.is_auto_reply) as received,
    count(*) filter (where m.is_auto_reply) as auto_replies,
    count(*) filter (where m.verdict = 'qualified') as qualified,
    count(*) filter (where m.verdict = 'not_interested') as not_interested,
    count(*) filter (where m.verdict = 'neutral') as neutral,
    count(*) filter (where m.direction = 'received' and not m.is_auto_reply and m.verdict is null) as unanswered,
    max(m.occurred_at) filter (where m.direction = 'received') as last_received_at
  from public.messages as m
  where m.client_id = c.id
) as n;

comment on view public.message_stats is
  'Messages per client: sent, received (by people), auto_replies; verdicts; unanswered = received without a verdict.';

grant select on public.message_stats to authenticated, service_role;

-- Email events under the names of the older schema: eleven of them, with a name of their own for what follows a follow-up.

create view public.client_email_events
with (security_invoker = true)
as
select
  e.id, e.occurred_at, e.client_id, e.campaign_id, e.lead_id, e.provider, e.type,
  case e.type
    when 'email_sent' then 'email_sent'
    when 'email_delivered' then 'email_delivered'
    when 'email_opened' then case when e.step > 1 then 'email_follow_up_opened' else 'email_opened' end
    when 'email_clicked' then case when e.step > 1 then 'email_follow_up_clicked' else 'email_clicked' end
    when 'reply_received' then case when e.step > 1 then 'email_follow_up_replied' else 'email_replied' end
    when 'email_bounced' then 'email_bounced'
    when 'lead_unsubscribed' then 'email_unsubscribed'
    when 'email_spam_reported' then 'email_spam_reported'
  end as event_name,
  e.step > 1 as is_follow_up,
  e.label, e.email, e.email_account, e.step, e.variant, e.received_at, e.bounce_class,
  mail.message_id
from public.email_events as e
-- The mail itself; of an open, a click or a bounce the last one of that step that was sent before.
left join lateral (
  select m.id as message_id
  from public.messages as m
  where e.type in ('email_sent', 'reply_received', 'auto_reply_received') and m.event_id = e.id
  union all
  select sent.id
  from (
    select m.id
    from public.messages as m
    where e.type in ('email_delivered', 'email_opened', 'email_clicked', 'email_bounced')
      and m.lead_id = e.lead_id
      and m.direction = 'sent'
      and m.source <> 'answer'
      and m.occurred_at <= e.occurred_at
      and coalesce(m.step = e.step, true)
    order by m.occurred_at desc
    limit 1
  ) as sent
  limit 1
) as mail on true;

comment on view public.client_email_events is
  'email_events of both providers with event_name: the eleven names of the older schema (null for the other types). A follow-up is a mail of a step above 1; is_follow_up null = the step is not known. message_id is the mail that the event is about, as far as messages has it.';

grant select on public.client_email_events to authenticated, service_role;
