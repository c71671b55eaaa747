-- Answers that people of the agency write here, and their drafts.

-- sending = reserved, the provider is about to be asked; unknown = it was asked and its word is missing.
create type public.answer_state as enum ('sending', 'sent', 'failed', 'unknown');

-- One row per answer, written before the provider is asked. Its id comes with the request, so that the same request again is
-- the same answer.
create table private.answers (
  id uuid primary key,
  reply_id uuid not null references public.messages (id) on delete cascade,
  lead_id uuid not null,
  connection_id uuid not null references public.provider_connections (id) on delete cascade,
  state public.answer_state not null default 'sending',
  subject text not null,
  body_text text not null,
  is_quoted boolean not null,
  confirmed text[] not null default '{}',
  asked_by uuid,
  asked_at timestamptz not null default now(),
  tried_at timestamptz not null default now(),
  last_tried_at timestamptz not null default now(),
  attempts integer not null default 1,
  lease_token uuid,
  lease_until timestamptz,
  looks integer not null default 0,
  look_at timestamptz not null default now(),
  sent_at timestamptz,
  provider_mail_id text,
  message_id uuid references public.messages (id) on delete set null,
  error_code text,
  error text
);

comment on table private.answers is
  'Answers to replies, sent through the provider: reserved before it is asked, then sent, failed (nothing was sent) or unknown (looked for at the provider before anything is sent again).';
comment on column private.answers.tried_at is
  'When the provider was first about to be asked: what it sent before then is no copy of this answer. last_tried_at = the last time.';
comment on column private.answers.confirmed is 'What the person confirmed: suppressed (asked not to be emailed), answered (somebody answered before).';
comment on column private.answers.provider_mail_id is 'The provider''s id of the mail; null where it names none, or before it is sent.';
comment on column private.answers.look_at is 'When the sweep asks the provider next whether an answer in doubt arrived.';

create index answers_reply_id_idx on private.answers (reply_id);
create index answers_lead_id_idx on private.answers (lead_id, asked_at);
create index answers_connection_id_idx on private.answers (connection_id);
create index answers_message_id_idx on private.answers (message_id);
create index answers_in_doubt_idx on private.answers (look_at) where state in ('sending', 'unknown');

alter table private.answers enable row level security;

grant select, insert, update, delete on private.answers to service_role;

-- What operator_answers shows.
grant select (id, reply_id, lead_id, state, subject, body_text, asked_by, asked_at, sent_at, message_id, error_code, error)
on private.answers to authenticated;

create policy "Operators see answers"
on private.answers for select to authenticated
using ((select private.is_operator()));

-- An answer that leaves, or does not, is news for the readers of the reply.
create function private.record_changed_answers()
returns trigger
language plpgsql
set search_path = ''
as $$
begin
  insert into private.pending_changes (owner_id, kind)
  select distinct m.client_id, 'replies'
  from after as n
  join public.messages as m on m.id = n.reply_id;

  return null;
end
$$;

comment on function private.record_changed_answers() is 'Trigger: an answer that changed is news of the kind replies.';

grant execute on function private.record_changed_answers() to service_role;

create trigger record_new_rows after insert on private.answers
referencing new table as after
for each statement execute function private.record_changed_answers();

create trigger record_changes after update on private.answers
referencing new table as after
for each statement execute function private.record_changed_answers();

create view public.operator_answers
with (security_invoker = true)
as
select
  a.id as answer_id, m.client_id, a.lead_id, a.reply_id, a.message_id, a.state, a.subject, a.body_text, a.asked_by,
  private.person_name(a.asked_by) as asked_by_name, a.asked_at, a.sent_at, a.error_code, a.error
from private.answers as a
join public.messages as m on m.id = a.reply_id
where (select private.may_operate());

comment on view public.operator_answers is
  'Answers written here: to which reply (reply_id), by whom, and what became of them; message_id = the sent mail among messages. Operators only.';

grant select on public.operator_answers to authenticated, service_role;

-- What somebody has begun to write. Its id is that of the answer that it becomes.
create table private.answer_drafts (
  reply_id uuid not null references public.messages (id) on delete cascade,
  user_id uuid not null references auth.users (id) on delete cascade,
  id uuid not null default gen_random_uuid() unique,
  body_text text not null check (length(body_text) <= 20000),
  updated_at timestamptz not null default now(),
  primary key (reply_id, user_id)
);

comment on table private.answer_drafts is
  'Unsent answers, one per reply and operator; id is the answer_id to send it with. Read and written by each operator through answer_draft and save_answer_draft.';

create index answer_drafts_user_id_idx on private.answer_drafts (user_id);

alter table private.answer_drafts enable row level security;

grant select, insert, update, delete on private.answer_drafts to service_role;

create policy "Only functions read drafts"
on private.answer_drafts for all to service_role using (true) with check (true);

-- Definer, because a draft is its writer's alone.
create function private.read_answer_draft(target_message_id uuid)
returns jsonb
language plpgsql
stable
security definer
set search_path = ''
as $$
begin
  perform private.require_operator();

  if target_message_id is null then
    raise exception using errcode = 'PT400', message = 'VALIDATION_FAILED', detail = 'Name the reply in target_message_id';
  end if;

  return (
    select jsonb_build_object('id', d.id, 'body_text', d.body_text, 'updated_at', d.updated_at)
    from private.answer_drafts as d
    where d.reply_id = target_message_id and d.user_id = (select auth.uid())
  );
end
$$;

comment on function private.read_answer_draft(uuid) is 'The work of public.answer_draft.';

grant execute on function private.read_answer_draft(uuid) to authenticated, service_role;

create function public.answer_draft(target_message_id uuid)
returns jsonb
language sql
stable
set search_path = ''
as $$
  select private.read_answer_draft(target_message_id)
$$;

comment on function public.answer_draft(uuid) is
  'What the caller has begun to answer to a reply, { id, body_text, updated_at }; null = nothing. Operators only.';

grant execute on function public.answer_draft(uuid) to authenticated, service_role;

-- Definer for the same reason.
create function private.keep_answer_draft(target_message_id uuid, draft text)
returns uuid
language plpgsql
security definer
set search_path = ''
as $$
declare
  draft_id uuid;
begin
  perform private.require_operator();

  if length(draft) > 20000 then
    raise exception using errcode = 'PT400', message = 'VALIDATION_FAILED', detail = 'An answer has at most 20,000 characters';
  end if;

  if not exists (select from public.messages as m where m.id = target_message_id and m.direction = 'received') then
    raise exception using errcode = 'PT404', message = 'NOT_FOUND',
      detail = format('There is no reply %L; check the id', target_message_id);
  end if;

  if coalesce(btrim(draft, E' \t\r\n'), '') = '' then
    delete from private.answer_drafts as d where d.reply_id = target_message_id and d.user_id = (select auth.uid());
    return null;
  end if;

  insert into private.answer_drafts as d (reply_id, user_id, body_text)
  values (target_message_id, (select auth.uid()), draft)
  on conflict (reply_id, user_id) do update set body_text = excluded.body_text, updated_at = now()
  returning d.id into draft_id;

  return draft_id;
end
$$;

comment on function private.keep_answer_draft(uuid, text) is 'The work of public.save_answer_draft.';

grant execute on function private.keep_answer_draft(uuid, text) to authenticated, service_role;

create function public.save_answer_draft(target_message_id uuid, draft text)
returns uuid
language sql
volatile
set search_path = ''
as $$
  select private.keep_answer_draft(target_message_id, draft)
$$;

comment on function public.save_answer_draft(uuid, text) is
  'Keeps what the caller has begun to answer to a reply, or forgets it when it is empty; returns the draft''s id, with which answer-reply sends it. Operators only.';

grant execute on function public.save_answer_draft(uuid, text) to authenticated, service_role;

-- Words alone, as they are compared: providers set line ends and spaces of their own.
create function private.plain_words(given text)
returns text
language sql
immutable
set search_path = ''
as $$
  select btrim(regexp_replace(given, '\s+', ' ', 'g'))
$$;

comment on function private.plain_words(text) is 'A text with single spaces, to compare what a provider made of it.';

grant execute on function private.plain_words(text) to service_role;
