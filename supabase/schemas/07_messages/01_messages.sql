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
