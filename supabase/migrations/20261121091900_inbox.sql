-- Generated from supabase/schemas/19_inbox by "npm run migrations".

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

-- How long people who wrote waited for an answer, in working time. Kept as rows, because the median over a thousand clients is asked
-- for on every page load, and an answer is written seldom.

-- Seconds between two moments that fall into Monday to Friday, 9 to 17 o'clock, of a time zone. Counted by the clock on the wall, so
-- that a change to summer time (at night) changes nothing.
create function private.working_seconds(since timestamptz, until timestamptz, time_zone text)
returns integer
language sql
stable strict
set search_path = ''
as $$
  select greatest(0, max(w.seconds) - min(w.seconds))::integer
  from (values (since), (least(until, since + interval '90 days'))) as m (at)
  cross join lateral (select m.at at time zone time_zone as wall) as c
  -- 2001 began on a Monday.
  cross join lateral (
    select c.wall::date - date '2001-01-01' as days, extract(epoch from c.wall::time - time '09:00') as since_nine
  ) as d
  cross join lateral (
    select
      (d.days / 7) * 5 * 28800 + least(d.days % 7, 5) * 28800
        + case when d.days % 7 < 5 then least(greatest(d.since_nine, 0), 28800) else 0 end as seconds
  ) as w
  where until > since
$$;

comment on function private.working_seconds(timestamptz, timestamptz, text) is
  'Working seconds (Monday to Friday, 9 to 17 o''clock) between two moments in a time zone, over 90 days at most.';

grant execute on function private.working_seconds(timestamptz, timestamptz, text) to authenticated, service_role;

-- One row per wait that ended: from a reply of a person to whom we owed nothing yet until our next answer.
create table private.reply_waits (
  lead_id uuid not null references public.synced_leads (id) on delete cascade,
  began_at timestamptz not null,
  client_id uuid not null references public.clients (id) on delete cascade,
  campaign_id uuid not null references public.campaigns (id) on delete cascade,
  answered_at timestamptz not null,
  seconds integer not null,
  is_at_provider boolean not null,
  primary key (lead_id, began_at)
);

comment on table private.reply_waits is
  'How long somebody who wrote waited for an answer of ours; only waits that ended. Written by private.refresh_waits from the messages; read as client_reply_times and reply_times.';
comment on column private.reply_waits.seconds is 'In working time of the client: Monday to Friday, 9 to 17 o''clock in its time zone.';
comment on column private.reply_waits.is_at_provider is 'The answer was written in the provider''s own inbox, not here.';

-- Everything that the views ask for, in the index alone.
create index reply_waits_client_id_idx on private.reply_waits (client_id, began_at) include (seconds, is_at_provider);
create index reply_waits_campaign_id_idx on private.reply_waits (campaign_id);

alter table private.reply_waits enable row level security;

grant select on private.reply_waits to authenticated;
grant select, insert, update, delete on private.reply_waits to service_role;

create policy "Clients see their waits, operators see all"
on private.reply_waits for select to authenticated
using (client_id = any (array(select private.visible_client_ids())));

-- Reads the waits of these leads again from their messages.
create function private.refresh_waits(lead_ids uuid[])
returns void
language sql
volatile
set search_path = ''
as $$
  delete from private.reply_waits as w where w.lead_id = any (lead_ids);

  insert into private.reply_waits (lead_id, began_at, client_id, campaign_id, answered_at, seconds, is_at_provider)
  select
    t.lead_id, t.occurred_at, t.client_id, t.campaign_id, t.answered_at,
    private.working_seconds(t.occurred_at, t.answered_at, c.time_zone), t.answered_in = 'inbox'
  from (
    select
      m.*, lead(m.occurred_at) over turns as answered_at, lead(m.source) over turns as answered_in
    from (
      select
        x.lead_id, x.client_id, x.campaign_id, x.id, x.occurred_at, x.direction, x.source,
        lag(x.direction) over (partition by x.lead_id order by x.occurred_at, x.direction = 'sent', x.id) as before
      -- Read by their leads and by nothing else, as in private.refresh_threads.
      from (select a.* from public.messages as a where a.lead_id = any (lead_ids) offset 0) as x
      where (x.direction = 'received' and not x.is_auto_reply) or (x.direction = 'sent' and x.event_id is null)
    ) as m
    -- The first of each turn: what is written while one waits, or after an answer, begins no wait and ends none.
    where m.before is distinct from m.direction
    -- Of one moment, the answer comes after what it answers.
    window turns as (partition by m.lead_id order by m.occurred_at, m.direction = 'sent', m.id)
  ) as t
  join public.clients as c on c.id = t.client_id
  join public.synced_leads as l on l.id = t.lead_id
  where t.direction = 'received' and t.answered_at is not null
  -- Two replies at one moment with an answer at it between them.
  on conflict (lead_id, began_at) do nothing
$$;

comment on function private.refresh_waits(uuid[]) is 'Writes the waits of these leads as their messages are now.';

grant execute on function private.refresh_waits(uuid[]) to service_role;

-- Working hours are those of the client's time zone.
create function private.recount_waits()
returns trigger
language plpgsql
security definer
set search_path = ''
as $$
begin
  update private.reply_waits as w
  set seconds = private.working_seconds(w.began_at, w.answered_at, new.time_zone)
  where w.client_id = new.id;

  return null;
end
$$;

comment on function private.recount_waits() is
  'Trigger: counts the waits of a client again when its time zone changes. Definer: who may change a client need not write here.';

create trigger recount_waits after update of time_zone on public.clients
for each row when (old.time_zone is distinct from new.time_zone)
execute function private.recount_waits();

-- The steps of sending an answer. The function answer-reply asks the provider; these reserve before and record after.

-- Answers to one lead take turns, so that two people (or one who presses twice) are never between the steps together.
create function private.take_answers_turn(target_lead_id uuid)
returns void
language sql
volatile
set search_path = ''
as $$
  select pg_advisory_xact_lock(hashtextextended('replyloop answers ' || target_lead_id::text, 0))
$$;

comment on function private.take_answers_turn(uuid) is 'Waits until no other transaction reserves or records an answer to this lead.';

grant execute on function private.take_answers_turn(uuid) to service_role;

-- What the function needs to send an answer, or to find it at the provider.
create function private.answer_facts(target_answer_id uuid)
returns jsonb
language sql
stable
set search_path = ''
as $$
  select jsonb_build_object(
    'answer_id', a.id, 'lease_token', a.lease_token, 'connection_id', a.connection_id, 'tried_at', a.tried_at, 'last_tried_at', a.last_tried_at,
    'subject', a.subject, 'text', a.body_text, 'is_quoted', a.is_quoted,
    'provider_campaign_id', p.provider_campaign_id, 'provider_lead_id', l.provider_lead_id,
    'email', m.email, 'writer', coalesce(m.written_by, m.email), 'writer_name', case when m.written_by is null then
      nullif(concat_ws(' ', l.first_name, l.last_name), '') end,
    'email_account', coalesce(m.email_account, l.sender_account), 'account_error', (
      select e.status_reason
      from public.email_accounts as e
      where e.connection_id = a.connection_id and e.email = coalesce(m.email_account, l.sender_account) and e.status = 'error'
      limit 1
    ),
    'mail_id', c.provider_mail_id, 'received_at', m.occurred_at, 'received_text', m.body_text,
    -- Mails of the thread that are other answers, and how many of them the provider gave no id.
    'other_mail_ids', coalesce((
      select jsonb_agg(o.provider_mail_id)
      from private.answers as o
      where o.lead_id = a.lead_id and o.id <> a.id and o.provider_mail_id is not null
    ), '[]'),
    'others_without_id', (
      select count(*)
      from private.answers as o
      where o.lead_id = a.lead_id and o.id <> a.id and o.state = 'sent' and o.provider_mail_id is null
        and o.body_text = a.body_text and o.sent_at >= a.tried_at
    )
  )
  from private.answers as a
  join public.messages as m on m.id = a.reply_id
  left join private.message_contents as c on c.message_id = m.id
  left join public.synced_leads as l on l.id = m.lead_id
  left join private.provider_campaigns as p on p.campaign_id = m.campaign_id and p.connection_id = a.connection_id
  where a.id = target_answer_id
$$;

comment on function private.answer_facts(uuid) is 'An answer with the reply, the thread and the mailbox at the provider.';

grant execute on function private.answer_facts(uuid) to service_role;

-- What a person has to confirm before this reply is answered: that the lead asked for no more mail, or that somebody answered.
create function private.answer_warnings(reply public.messages, except_answer_id uuid)
returns jsonb
language sql
stable
set search_path = ''
as $$
  select coalesce(jsonb_agg(jsonb_build_object('reason', w.reason, 'message', w.message)), '[]')
  from (
    select
      'suppressed' as reason,
      case
        when bool_or(s.reason in ('unsubscribed', 'do_not_contact', 'spam_report')) then 'This person asked not to be emailed'
        else 'This address is on the suppression list'
      end as message
    from private.suppressed_among(reply.campaign_id, array_remove(array[reply.email, reply.written_by], null)) as s
    having count(*) > 0
    union all
    select 'answered', 'Somebody has answered this reply'
    where exists (
      select
      from private.answers as a
      where a.reply_id = reply.id and a.id <> except_answer_id and a.state = 'sent'
    )
    union all
    select 'answered', format('Somebody has answered this person in %s', initcap(reply.provider::text))
    where exists (
      select
      from public.messages as m
      where m.lead_id = reply.lead_id and m.direction = 'sent' and m.event_id is null and m.source = 'inbox'
        -- Providers name seconds: an answer within the reply's own second answers it.
        and m.occurred_at >= reply.occurred_at
    )
  ) as w
$$;

comment on function private.answer_warnings(public.messages, uuid) is
  'What has to be confirmed before a reply is answered: [{ reason: suppressed|answered, message }].';

grant execute on function private.answer_warnings(public.messages, uuid) to service_role;

-- Reserves an answer, or says what became of it. outcome: send (ask the provider now), look (a run before this one died: find out
-- first), sending (another run has it), sent, confirm (with warnings).
create function worker.reserve_answer(
  target_answer_id uuid, target_reply_id uuid, new_subject text, new_text text, quoted boolean, confirmations text[], actor uuid,
  lease_seconds integer
)
returns jsonb
language plpgsql
set search_path = ''
as $$
declare
  reply public.messages;
  answer private.answers;
  warnings jsonb;
begin
  select m.* into reply from public.messages as m where m.id = target_reply_id;

  if not found then
    raise exception using errcode = 'PT404', message = 'NOT_FOUND',
      detail = format('There is no message %L; check the id', target_reply_id);
  end if;

  if reply.direction <> 'received' then
    raise exception using errcode = 'PT400', message = 'VALIDATION_FAILED', detail = 'This mail was sent by us; answer a reply';
  end if;

  perform private.take_answers_turn(reply.lead_id);
  select a.* into answer from private.answers as a where a.id = target_answer_id for update;

  if found then
    if answer.reply_id <> target_reply_id then
      raise exception using errcode = 'PT400', message = 'VALIDATION_FAILED',
        detail = 'This id belongs to the answer to another message; use a new one';
    end if;

    if answer.state = 'sent' then
      return jsonb_build_object('outcome', 'sent', 'message_id', answer.message_id, 'sent_at', answer.sent_at);
    end if;

    if answer.lease_until > now() then
      return jsonb_build_object('outcome', 'sending');
    end if;
  end if;

  if exists (
    select
    from private.answers as a
    where a.lead_id = reply.lead_id and a.id <> target_answer_id and a.state = 'sending' and a.lease_until > now()
  ) then
    raise exception using errcode = 'PT400', message = 'VALIDATION_FAILED',
      detail = 'A colleague is sending an answer to this person at this moment; look at it, then decide';
  end if;

  warnings := private.answer_warnings(reply, target_answer_id);

  if exists (
    select from jsonb_array_elements(warnings) as w (value) where not w.value ->> 'reason' = any (confirmations)
  ) then
    return jsonb_build_object('outcome', 'confirm', 'warnings', warnings);
  end if;

  -- An answer that was not found at the provider may still have come late.
  if answer.state in ('sending', 'unknown') or (answer.state = 'failed' and answer.error_code = 'API_UNAVAILABLE') then
    update private.answers as a
    set
      state = 'sending', confirmed = confirmations, lease_token = gen_random_uuid(),
      lease_until = now() + make_interval(secs => lease_seconds)
    where a.id = target_answer_id;

    return private.answer_facts(target_answer_id) || jsonb_build_object('outcome', 'look');
  end if;

  insert into private.answers as a
    (id, reply_id, lead_id, connection_id, subject, body_text, is_quoted, confirmed, asked_by, lease_token, lease_until)
  values (
    target_answer_id, reply.id, reply.lead_id, reply.connection_id, new_subject, new_text, quoted, confirmations, actor,
    gen_random_uuid(), now() + make_interval(secs => lease_seconds)
  )
  -- Refused for certain: written and sent again.
  on conflict (id) do update set
    state = 'sending', subject = excluded.subject, body_text = excluded.body_text, is_quoted = excluded.is_quoted,
    confirmed = excluded.confirmed, asked_by = excluded.asked_by, last_tried_at = now(), attempts = a.attempts + 1, looks = 0,
    lease_token = excluded.lease_token, lease_until = excluded.lease_until, error_code = null, error = null;

  return private.answer_facts(target_answer_id) || jsonb_build_object('outcome', 'send');
end
$$;

comment on function worker.reserve_answer(uuid, uuid, text, text, boolean, text[], uuid, integer) is
  'Reserves an answer before the provider is asked; { outcome: send|look|sending|sent|confirm, … } with what the function needs for it. Service role only.';

grant execute on function worker.reserve_answer(uuid, uuid, text, text, boolean, text[], uuid, integer) to service_role;

-- The provider does not have an answer in doubt: it is sent again, with the words of now. False when another run took it over.
create function worker.rearm_answer(target_answer_id uuid, token uuid, new_subject text, new_text text, quoted boolean)
returns boolean
language plpgsql
set search_path = ''
as $$
begin
  update private.answers as a
  set
    subject = new_subject, body_text = new_text, is_quoted = quoted, attempts = a.attempts + 1, last_tried_at = now(), looks = 0
  where a.id = target_answer_id and a.lease_token = token and a.state = 'sending';

  return found;
end
$$;

comment on function worker.rearm_answer(uuid, uuid, text, text, boolean) is
  'Takes down that an answer which the provider does not have is about to be sent again; false when the lease is lost. Service role only.';

grant execute on function worker.rearm_answer(uuid, uuid, text, text, boolean) to service_role;

-- The mail of a sent answer among the messages: the one that the provider's inbox brought meanwhile, else a new one.
create function private.keep_answer(answer private.answers, mail_id text, at timestamptz, html text)
returns uuid
language plpgsql
set search_path = ''
as $$
declare
  kept_id uuid;
begin
  select c.message_id into kept_id
  from private.message_contents as c
  where c.connection_id = answer.connection_id and c.provider_mail_id = mail_id and c.direction = 'sent';

  -- Where the provider names no id, by its words, which the sync may have read there first.
  if kept_id is null then
    select m.id into kept_id
    from public.messages as m
    where m.lead_id = answer.lead_id and m.direction = 'sent' and m.event_id is null and m.source = 'inbox'
      and m.occurred_at >= answer.tried_at - interval '2 minutes'
      and starts_with(private.plain_words(m.body_text), private.plain_words(answer.body_text))
      and not exists (select from private.answers as o where o.message_id = m.id)
    order by m.occurred_at
    limit 1;
  end if;

  if kept_id is not null then
    update public.messages as m
    set source = 'answer', body_text = answer.body_text, snippet = left(answer.body_text, 300)
    where m.id = kept_id and m.source = 'inbox' and m.event_id is null;

    perform private.refresh_waits(array[answer.lead_id]);
    return kept_id;
  end if;

  insert into public.messages as m
    (client_id, campaign_id, lead_id, connection_id, provider, direction, occurred_at, email, email_account, subject, body_text,
     snippet, source)
  select
    r.client_id, r.campaign_id, r.lead_id, r.connection_id, r.provider, 'sent', at, r.email,
    coalesce(r.email_account, (select l.sender_account from public.synced_leads as l where l.id = r.lead_id)), answer.subject,
    answer.body_text, left(answer.body_text, 300), 'answer'
  from public.messages as r
  where r.id = answer.reply_id
  returning m.id into kept_id;

  insert into private.message_contents (message_id, connection_id, direction, provider_mail_id, provider_thread_id, raw_html)
  select kept_id, answer.connection_id, 'sent', mail_id, c.provider_thread_id, html
  from (select 1) as always
  left join private.message_contents as c on c.message_id = answer.reply_id;

  return kept_id;
end
$$;

comment on function private.keep_answer(private.answers, text, timestamptz, text) is
  'Writes a sent answer as a message, or finds it where the provider''s inbox was quicker; returns its id.';

grant execute on function private.keep_answer(private.answers, text, timestamptz, text) to service_role;

-- Records what came of asking the provider: sent (also by a run that lost its lease: it is a fact), failed, or unknown.
create function worker.record_answer(
  target_answer_id uuid, token uuid, result text, mail_id text default null, at timestamptz default null, html text default null,
  code text default null, message text default null
)
returns jsonb
language plpgsql
set search_path = ''
as $$
declare
  answer private.answers;
  kept_id uuid;
begin
  perform pg_advisory_xact_lock_shared(private.campaign_moves_lock());
  -- Before the row, in the order of everybody else.
  perform private.take_answers_turn((select a.lead_id from private.answers as a where a.id = target_answer_id));
  select a.* into answer from private.answers as a where a.id = target_answer_id for update;

  if answer.id is null then
    return null;
  end if;

  if result = 'sent' and answer.state <> 'sent' then
    kept_id := private.keep_answer(answer, mail_id, coalesce(at, now()), html);

    update private.answers as a
    set
      state = 'sent', provider_mail_id = mail_id, sent_at = coalesce(at, now()), message_id = kept_id, lease_token = null,
      lease_until = null, error_code = null, error = null
    where a.id = target_answer_id
    returning a.* into answer;

    delete from private.answer_drafts as d
    where d.id = target_answer_id or (d.reply_id = answer.reply_id and d.user_id = answer.asked_by);

    perform private.write_audit(
      'reply_answered', 'message', answer.reply_id::text, m.client_id,
      jsonb_build_object('answer_id', answer.id, 'lead_id', answer.lead_id, 'confirmed', answer.confirmed), answer.asked_by
    )
    from public.messages as m
    where m.id = answer.reply_id;
  elsif result <> 'sent' and answer.state <> 'sent' and answer.lease_token = token then
    update private.answers as a
    set
      state = result::public.answer_state, lease_token = null, lease_until = null, error_code = code, error = left(message, 500),
      looks = a.looks + 1, look_at = now() + make_interval(secs => least(3600, 60 * power(2, least(a.looks, 10))))
    where a.id = target_answer_id
    returning a.* into answer;
  end if;

  return jsonb_build_object('state', answer.state, 'message_id', answer.message_id, 'sent_at', answer.sent_at);
end
$$;

comment on function worker.record_answer(uuid, uuid, text, text, timestamptz, text, text, text) is
  'Ends an attempt to answer as sent, failed or unknown; a sent one becomes a message and ends its draft. Returns { state, message_id, sent_at }. Service role only.';

grant execute on function worker.record_answer(uuid, uuid, text, text, timestamptz, text, text, text) to service_role;

-- An answer in doubt, for the sweep that asks the provider whether it arrived; null when it is none any more.
create function worker.take_answer_in_doubt(target_answer_id uuid, lease_seconds integer)
returns jsonb
language plpgsql
set search_path = ''
as $$
begin
  update private.answers as a
  set lease_token = gen_random_uuid(), lease_until = now() + make_interval(secs => lease_seconds)
  where a.id = target_answer_id and a.state in ('sending', 'unknown') and coalesce(a.lease_until, '-infinity') <= now();

  return case when found then private.answer_facts(target_answer_id) end;
end
$$;

comment on function worker.take_answer_in_doubt(uuid, integer) is
  'Takes an answer whose sending was interrupted, to look for it at the provider; null when there is nothing to find out. Service role only.';

grant execute on function worker.take_answer_in_doubt(uuid, integer) to service_role;

-- Every minute: answers whose run died, or whose provider did not say what it did. They are looked for, never sent: the person who wrote
-- one sees what became of it and presses again.
create function private.settle_answers()
returns integer
language plpgsql
set search_path = ''
as $$
declare
  called integer := 0;
  answer_id uuid;
begin
  for answer_id in
    update private.answers as a
    set look_at = now() + interval '2 minutes'
    where a.id in (
      select o.id
      from private.answers as o
      where o.state in ('sending', 'unknown')
        and o.look_at <= now()
        and coalesce(o.lease_until, '-infinity') <= now()
        and o.last_tried_at > now() - interval '3 days'
        and not private.is_paused(o.connection_id)
      order by o.look_at
      limit 50
    )
    returning a.id
  loop
    perform private.invoke_function('answer-reply', jsonb_build_object('answer_id', answer_id));
    called := called + 1;
  end loop;

  return called;
end
$$;

comment on function private.settle_answers() is
  'Calls answer-reply for each answer in doubt that is due, for three days at most; returns for how many.';

-- Conversations as work: who waits for an answer since when, who of the agency has it, when it comes back.

-- One row per lead who has replied. The first half follows the messages, the second is what people decide.
create table private.threads (
  lead_id uuid primary key references public.synced_leads (id) on delete cascade,
  client_id uuid not null references public.clients (id) on delete cascade,
  campaign_id uuid not null references public.campaigns (id) on delete cascade,
  last_reply_id uuid not null,
  last_reply_at timestamptz not null,
  replies integer not null,
  answered_at timestamptz,
  waiting_since timestamptz,
  assigned_to uuid references auth.users (id) on delete set null,
  snoozed_until timestamptz,
  snoozed_at timestamptz,
  done_at timestamptz,
  answers_read_at timestamptz
);

comment on table private.threads is
  'A conversation with a lead who replied: written by private.refresh_threads from the messages, and by change_thread. Operators read it as operator_threads.';
comment on column private.threads.last_reply_id is 'The newest reply of a person; where there are only automatic ones, the newest of them.';
comment on column private.threads.replies is 'Replies of people, without automatic ones.';
comment on column private.threads.answered_at is 'Our newest answer, written here or at the provider; mails of the sequence are none.';
comment on column private.threads.waiting_since is
  'The oldest reply of a person after our newest answer, and after somebody marked the conversation as done; null = no one waits.';
comment on column private.threads.done_at is 'When somebody marked it as done; a later reply opens it again.';

comment on column private.threads.answers_read_at is
  'When the sync last asked the provider for answers that people wrote there, where it shows them by lead only.';

create index threads_waiting_idx on private.threads (waiting_since) where waiting_since is not null;
create index threads_client_id_idx on private.threads (client_id, last_reply_at desc);
create index threads_campaign_id_idx on private.threads (campaign_id);
create index threads_newest_idx on private.threads (last_reply_at desc);
create index threads_assigned_to_idx on private.threads (assigned_to) where assigned_to is not null;
create index threads_last_reply_id_idx on private.threads (last_reply_id);

alter table private.threads enable row level security;

grant select on private.threads to authenticated;
grant select, insert, update, delete on private.threads to service_role;

create policy "Operators see conversations"
on private.threads for select to authenticated
using ((select private.is_operator()));

-- Where our answers are found: sent mails that no event of the sequence announced.
create index messages_answers_idx on public.messages (client_id, occurred_at) where direction = 'sent' and event_id is null;

-- Reads the conversations of these leads again from their messages.
create function private.refresh_threads(lead_ids uuid[])
returns void
language sql
volatile
set search_path = ''
as $$
  -- Read by their leads and by nothing else: with a condition on direction or time in the same place, a plan that was made without
  -- statistics searches all replies there are, once for each lead (2.9 s for a hundred leads among 22,000 messages).
  with mail as materialized (
    select
      m.lead_id, m.id, m.occurred_at, m.is_auto_reply, m.direction = 'received' as is_received,
      max(m.occurred_at) filter (where m.direction = 'sent' and m.event_id is null) over (partition by m.lead_id) as answered_at
    from public.messages as m
    where m.lead_id = any (lead_ids)
  ),
  conversation as (
    select
      m.lead_id, m.answered_at,
      count(*) filter (where not m.is_auto_reply) as replies,
      (array_agg(m.id order by m.is_auto_reply, m.occurred_at desc, m.id desc))[1] as last_reply_id,
      (array_agg(m.occurred_at order by m.is_auto_reply, m.occurred_at desc, m.id desc))[1] as last_reply_at,
      min(m.occurred_at) filter (
        where not m.is_auto_reply and m.occurred_at > coalesce(greatest(m.answered_at, known.done_at), '-infinity')
      ) as waiting_since
    from mail as m
    left join private.threads as known on known.lead_id = m.lead_id
    where m.is_received
    group by m.lead_id, m.answered_at
  )
  insert into private.threads as t (lead_id, client_id, campaign_id, last_reply_id, last_reply_at, replies, answered_at, waiting_since)
  select
    l.id, l.client_id, l.campaign_id, c.last_reply_id, c.last_reply_at, c.replies, c.answered_at, c.waiting_since
  from conversation as c
  join public.synced_leads as l on l.id = c.lead_id
  order by l.id
  on conflict (lead_id) do update set
    client_id = excluded.client_id, campaign_id = excluded.campaign_id, last_reply_id = excluded.last_reply_id,
    last_reply_at = excluded.last_reply_at, replies = excluded.replies, answered_at = excluded.answered_at,
    waiting_since = excluded.waiting_since,
    -- What the person writes meanwhile ends a snooze, and an answer one that is over; a reminder to come stays.
    snoozed_until = case
      when excluded.last_reply_at > t.snoozed_at then null
      when excluded.answered_at > t.snoozed_at and t.snoozed_until <= now() then null
      else t.snoozed_until
    end;

  delete from private.threads as t
  where t.lead_id = any (lead_ids)
    and t.lead_id <> all (array(
      select m.lead_id from public.messages as m where m.lead_id = any (lead_ids) and (m.direction = 'received') is true
    ));

  -- Without an answer no wait has ended: most replies cost the projector this look and no more.
  select private.refresh_waits(a.ids)
  from (
    select array_agg(t.lead_id) as ids
    from private.threads as t
    where t.lead_id = any (lead_ids) and t.answered_at is not null
  ) as a
  where a.ids is not null
$$;

comment on function private.refresh_threads(uuid[]) is 'Writes the conversations of these leads as their messages are now; what people decided stays.';

grant execute on function private.refresh_threads(uuid[]) to service_role;

-- Of a batch of the projector only replies and answers concern a conversation; sent mails cost one look at the rows.
create function private.follow_messages()
returns trigger
language plpgsql
set search_path = ''
as $$
declare
  touched uuid[];
begin
  select array_agg(distinct n.lead_id) into touched
  from after as n
  where n.direction = 'received' or n.event_id is null;

  if touched is not null then
    perform private.refresh_threads(touched);
  end if;

  return null;
end
$$;

comment on function private.follow_messages() is 'Trigger: new replies and answers change their conversations.';

grant execute on function private.follow_messages() to service_role;

create trigger follow_messages after insert on public.messages
referencing new table as after
for each statement execute function private.follow_messages();

-- A reply that proves to be automatic, or a lead that is merged with another.
create function private.follow_changed_message()
returns trigger
language plpgsql
set search_path = ''
as $$
begin
  perform private.refresh_threads(array[old.lead_id, new.lead_id]);
  perform private.refresh_waits(array[old.lead_id, new.lead_id]);
  return null;
end
$$;

comment on function private.follow_changed_message() is 'Trigger: a corrected reply changes its conversation.';

grant execute on function private.follow_changed_message() to service_role;

create trigger follow_changed_message after update of is_auto_reply, lead_id on public.messages
for each row when ((old.is_auto_reply, old.lead_id) is distinct from (new.is_auto_reply, new.lead_id))
execute function private.follow_changed_message();

-- Messages go with their campaign, or when a person is erased.
create function private.follow_removed_messages()
returns trigger
language plpgsql
set search_path = ''
as $$
declare
  touched uuid[];
begin
  select array_agg(distinct o.lead_id) into touched from before as o where o.direction = 'received' or o.event_id is null;

  if touched is not null then
    perform private.refresh_threads(touched);
    perform private.refresh_waits(touched);
  end if;

  return null;
end
$$;

comment on function private.follow_removed_messages() is 'Trigger: removed replies and answers change their conversations.';

grant execute on function private.follow_removed_messages() to service_role;

create trigger follow_removed_messages after delete on public.messages
referencing old table as before
for each statement execute function private.follow_removed_messages();

-- Notes among colleagues; no client ever reads one.
create table private.thread_notes (
  id uuid primary key default gen_random_uuid(),
  lead_id uuid not null references private.threads (lead_id) on delete cascade,
  client_id uuid not null references public.clients (id) on delete cascade,
  campaign_id uuid not null references public.campaigns (id) on delete cascade,
  author_id uuid,
  body text not null check (length(body) between 1 and 4000),
  created_at timestamptz not null default now()
);

comment on table private.thread_notes is 'Internal notes on a conversation. Operators read them as operator_thread_notes, no client does.';

create index thread_notes_lead_id_idx on private.thread_notes (lead_id, created_at);
create index thread_notes_client_id_idx on private.thread_notes (client_id);
create index thread_notes_campaign_id_idx on private.thread_notes (campaign_id);

alter table private.thread_notes enable row level security;

grant select on private.thread_notes to authenticated;
grant select, insert, update, delete on private.thread_notes to service_role;

create policy "Operators see notes"
on private.thread_notes for select to authenticated
using ((select private.is_operator()));

create view public.operator_thread_notes
with (security_invoker = true)
as
select n.id, n.client_id, n.lead_id, n.author_id, private.person_name(n.author_id) as author_name, n.body, n.created_at
from private.thread_notes as n
where (select private.may_operate());

comment on view public.operator_thread_notes is 'Internal notes on conversations, by lead_id. Operators only; clients never read them.';

grant select on public.operator_thread_notes to authenticated, service_role;

-- The inbox of operators: one row per conversation, in the order in which it deserves an answer.

create view public.operator_threads
with (security_invoker = true)
as
select
  t.*,
  -- 0: a reminder that is due; 1 and 2: interested people and questions, then everybody else who waits; 3: waits, and wants
  -- nothing from us; 4: no one waits.
  case
    when t.snoozed_until <= now() then 0
    when t.waiting_since is null then 4
    when t.is_hot then 1
    when t.is_declined then 3
    else 2
  end as place,
  coalesce(t.waiting_since, t.last_reply_at) as ordered_at,
  coalesce(t.snoozed_until > now(), false) as is_snoozed,
  case
    when t.waiting_since is not null then 'waiting'
    when t.done_at > coalesce(t.answered_at, '-infinity') then 'done'
    when t.answered_at is not null then 'answered'
    else 'automatic'
  end as state
from (
  select
    s.lead_id, s.client_id, k.name as client_name, s.campaign_id, c.name as campaign_name, s.last_reply_id as message_id, m.email,
    m.written_by, l.first_name, l.last_name, l.company_name, b.name as business_name, b.city, m.occurred_at, m.subject, m.snippet,
    m.is_auto_reply, m.reply_class, m.reply_class_source, m.reply_class_confidence, m.reply_date, l.interest_status, m.verdict, m.verdict_note, m.verdict_by, m.verdict_at, s.last_reply_at, s.replies,
    s.answered_at, s.waiting_since, s.assigned_to, private.person_name(s.assigned_to) as assigned_to_name, s.snoozed_until, s.done_at,
    (select count(*) from private.thread_notes as n where n.lead_id = s.lead_id) as notes,
    s.waiting_since is not null and (
      -- A person's verdict counts for more than any reading of the words.
      coalesce(m.verdict = 'qualified', false)
      or (
        m.verdict is null and (
          coalesce(m.reply_class in ('interested', 'question'), false) or (m.reply_class is null and coalesce(l.interest_status = 'positive', false))
        )
      )
    ) as is_hot,
    coalesce(m.verdict = 'not_interested', false)
      or (
        m.verdict is null and (
          coalesce(m.reply_class in ('not_interested', 'unsubscribe', 'bounce'), false)
          or (m.reply_class is null and coalesce(l.interest_status = 'negative', false))
        )
      ) as is_declined
  from private.threads as s
  join public.messages as m on m.id = s.last_reply_id
  join public.clients as k on k.id = s.client_id
  join public.campaigns as c on c.id = s.campaign_id
  join public.synced_leads as l on l.id = s.lead_id
  left join public.businesses as b on b.id = l.business_id
  where (select private.may_operate())
) as t;

comment on view public.operator_threads is
  'Conversations with leads who replied: newest reply (message_id), how many, since when somebody waits, who has it. Order by place and ordered_at: what deserves an answer first. state: waiting, answered, done, automatic. Operators only.';

grant select on public.operator_threads to authenticated, service_role;

-- How much there is to do, per client.
create view public.operator_inbox_counts
with (security_invoker = true)
as
select
  t.client_id,
  count(*) filter (where t.waiting_since is not null and not coalesce(t.snoozed_until > now(), false)) as waiting,
  count(*) filter (where t.snoozed_until > now()) as snoozed,
  count(*) filter (
    where t.assigned_to = (select auth.uid()) and t.waiting_since is not null and not coalesce(t.snoozed_until > now(), false)
  ) as mine,
  count(*) as threads
from private.threads as t
where (select private.may_operate())
group by t.client_id;

comment on view public.operator_inbox_counts is
  'Per client: conversations that wait for an answer, snoozed ones, waiting ones assigned to the reader, and all. Operators only.';

grant select on public.operator_inbox_counts to authenticated, service_role;

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

-- How fast people who wrote are answered: per client, and over all clients at once.

create view public.client_reply_times
with (security_invoker = true)
as
select
  c.id as client_id,
  c.name as client_name,
  w.answered,
  (
    select count(distinct m.lead_id)
    from public.messages as m
    where m.client_id = c.id and m.direction = 'received' and not m.is_auto_reply and m.occurred_at > now() - interval '90 days'
      and not exists (
        select
        from public.messages as a
        where a.lead_id = m.lead_id and a.direction = 'sent' and a.event_id is null and a.occurred_at >= m.occurred_at
      )
  ) as waiting,
  w.median_seconds,
  w.share_under_5_minutes,
  w.answered_at_provider
from public.clients as c
cross join lateral (
  select
    count(*) as answered,
    round(percentile_cont(0.5) within group (order by r.seconds))::integer as median_seconds,
    round((count(*) filter (where r.seconds < 300))::numeric / nullif(count(*), 0), 4) as share_under_5_minutes,
    count(*) filter (where r.is_at_provider) as answered_at_provider
  from private.reply_waits as r
  where r.client_id = c.id and r.began_at > now() - interval '90 days'
) as w;

comment on view public.client_reply_times is
  'Per client, over 90 days: waits that ended with an answer of ours (answered_at_provider of them in the provider''s own inbox), conversations that wait, the median of working seconds (Monday to Friday, 9 to 17 o''clock in the client''s time zone) until the answer, and the share under five minutes.';

grant select on public.client_reply_times to authenticated, service_role;

-- Definer: an operator sees every client, and a policy would compare each wait with each of 1,000 clients.
create function private.read_reply_times()
returns table (
  client_id uuid, answered bigint, answered_at_provider bigint, median_seconds integer, share_under_5_minutes numeric
)
language plpgsql
stable
security definer
set search_path = ''
as $$
begin
  if not (select private.may_operate()) then
    raise exception using errcode = 'PT403', message = 'FORBIDDEN', detail = 'Only operators of the agency may do this';
  end if;

  return query
  select
    r.client_id, count(*), count(*) filter (where r.is_at_provider),
    round(percentile_cont(0.5) within group (order by r.seconds))::integer,
    round((count(*) filter (where r.seconds < 300))::numeric / count(*), 4)
  from private.reply_waits as r
  where r.began_at > now() - interval '90 days'
  group by r.client_id;
end
$$;

comment on function private.read_reply_times() is 'The work of public.reply_times; checks the caller itself.';

grant execute on function private.read_reply_times() to authenticated, service_role;

-- The door to it for operators.
create function public.reply_times()
returns table (
  client_id uuid, answered bigint, answered_at_provider bigint, median_seconds integer, share_under_5_minutes numeric
)
language sql
stable
set search_path = ''
as $$
  select r.* from private.read_reply_times() as r
$$;

comment on function public.reply_times() is
  'client_reply_times of all clients at once, for lists: only clients where somebody was answered within 90 days, without waiting. Operators.';

grant execute on function public.reply_times() to authenticated, service_role;

-- Answers that people write in the provider's own inbox: read by the sync, and counted like those that are written here.

-- Whose conversation each mail belongs to: by campaign and address, else by its thread, else the conversation of this address that
-- was alive last before it. What went to neither the lead nor somebody who wrote in its place was passed on, which is no answer.
-- mails: [{ "mail_id", "at", "email", "provider_campaign_id", "thread_id", "account", "to": [text]|null, "subject", "text", "html" }]
create function private.locate_written_mails(target_connection_id uuid, mails jsonb)
returns table (
  lead_id uuid, mail_id text, at timestamptz, thread_id text, account text, subject text, text text, html text
)
language sql
stable
-- A page of mails. Of a thousand, which is what is assumed otherwise, all messages would be read with them.
rows 100
set search_path = ''
as $$
  select distinct on (coalesce(w.mail_id, o.lead_id::text || w.at::text))
    o.lead_id, w.mail_id, w.at, w.thread_id, w.account, w.subject, w.text, w.html
  from jsonb_to_recordset(mails) as w (
    mail_id text, at timestamptz, email text, provider_campaign_id text, thread_id text, account text, "to" text[], subject text,
    text text, html text
  )
  cross join lateral (
    select coalesce(
      private.find_lead(target_connection_id, w.provider_campaign_id, w.email),
      (
        select m.lead_id
        from private.message_contents as c
        join public.messages as m on m.id = c.message_id
        where c.connection_id = target_connection_id and c.provider_thread_id = w.thread_id
        order by m.occurred_at desc
        limit 1
      ),
      (
        select l.id
        from public.synced_leads as l
        join public.campaigns as k on k.id = l.campaign_id and k.connection_id = target_connection_id
        cross join lateral (
          select max(m.occurred_at) as at
          from public.messages as m
          where m.lead_id = l.id and m.direction = 'received' and m.occurred_at <= w.at
        ) as alive
        where l.email = w.email and alive.at is not null
        order by alive.at desc
        limit 1
      )
    ) as lead_id
    -- Looked for once for each mail, and then by id.
    offset 0
  ) as o
  join public.synced_leads as l on l.id = o.lead_id
  where w."to" is null
    or l.email = any (w."to")
    or exists (
      select
      from public.messages as m
      where m.lead_id = l.id and m.direction = 'received' and m.written_by = any (w."to")
    )
  order by coalesce(w.mail_id, o.lead_id::text || w.at::text), w.at
$$;

comment on function private.locate_written_mails(uuid, jsonb) is
  'Mails written by hand at the provider with the lead that each belongs to; those of strangers and those passed on to others are left out.';

grant execute on function private.locate_written_mails(uuid, jsonb) to service_role;

-- Keeps such mails as messages without an event, which is what makes an answer. One that was sent from here is known by its id; where
-- the provider names none, by its words. One that a delivery brought as a mail of the campaign without a step becomes an answer: the
-- provider's list knows better.
create function worker.record_provider_answers(target_connection_id uuid, mails jsonb, read_lead_ids uuid[] default '{}')
returns integer
language plpgsql
set search_path = ''
as $$
declare
  turn uuid;
  touched uuid[];
  recorded integer;
begin
  perform pg_advisory_xact_lock_shared(private.campaign_moves_lock());

  update private.threads as t set answers_read_at = now() where t.lead_id = any (read_lead_ids);

  -- An answer of ours that is being recorded is recorded first. In one order, so that two syncs do not wait in a circle.
  for turn in
    select distinct w.lead_id from private.locate_written_mails(target_connection_id, mails) as w order by w.lead_id
  loop
    perform private.take_answers_turn(turn);
  end loop;

  with written as materialized (
    select w.*, private.plain_words(w.text) as words from private.locate_written_mails(target_connection_id, mails) as w
  ),
  chosen as materialized (
    select w.*, gen_random_uuid() as new_id, coalesce(same.message_id, near.message_id) as known_id
    from written as w
    left join lateral (
      select c.message_id
      from private.message_contents as c
      where c.connection_id = target_connection_id and c.provider_mail_id = w.mail_id and c.direction = 'sent'
      offset 0
    ) as same on true
    left join lateral (
      select x.id as message_id
      from public.messages as x
      join private.message_contents as c on c.message_id = x.id
      where same.message_id is null
        and x.lead_id = w.lead_id
        and x.direction = 'sent'
        and x.step is null
        -- An answer that the provider gave no id waits there in a queue before it is sent.
        and x.occurred_at between w.at - interval '30 minutes' and w.at + interval '2 minutes'
        and (c.provider_mail_id is null or (w.mail_id is null and x.occurred_at = w.at))
        and (x.occurred_at = w.at or starts_with(w.words, private.plain_words(x.body_text)))
      order by abs(extract(epoch from x.occurred_at - w.at)), x.id
      limit 1
    ) as near on true
  ),
  kept as (
    insert into public.messages
      (id, client_id, campaign_id, lead_id, connection_id, provider, direction, occurred_at, email, email_account, subject, body_text,
       snippet, source)
    select
      c.new_id, l.client_id, l.campaign_id, l.id, target_connection_id, k.provider, 'sent', c.at, l.email,
      coalesce(c.account, l.sender_account), c.subject, c.text, left(c.text, 300), 'inbox'
    from chosen as c
    join public.synced_leads as l on l.id = c.lead_id
    join public.provider_connections as k on k.id = target_connection_id
    where c.known_id is null
    returning id
  ),
  inside as (
    insert into private.message_contents (message_id, connection_id, direction, provider_mail_id, provider_thread_id, raw_html)
    select c.new_id, target_connection_id, 'sent', c.mail_id, c.thread_id, c.html
    from chosen as c
    where c.known_id is null
  ),
  named as (
    update private.message_contents as m
    set
      provider_mail_id = coalesce(m.provider_mail_id, c.mail_id), provider_thread_id = coalesce(m.provider_thread_id, c.thread_id)
    from chosen as c
    where m.message_id = c.known_id
      and ((m.provider_mail_id is null and c.mail_id is not null) or (m.provider_thread_id is null and c.thread_id is not null))
  ),
  corrected as (
    update public.messages as m
    set event_id = null, source = 'inbox'
    from chosen as c
    where m.id = c.known_id and m.event_id is not null and m.step is null
    returning m.lead_id
  )
  select
    (select count(*) from kept) + (select count(*) from corrected), (select array_agg(distinct c.lead_id) from corrected as c)
  into recorded, touched;

  if touched is not null then
    perform private.refresh_threads(touched);
  end if;

  return recorded;
end
$$;

comment on function worker.record_provider_answers(uuid, jsonb, uuid[]) is
  'Keeps answers that people wrote in the provider''s own inbox as messages, each once; read_lead_ids are the leads that were asked for. Returns how many were new. Service role only.';

grant execute on function worker.record_provider_answers(uuid, jsonb, uuid[]) to service_role;

-- Conversations to ask the provider about, where it shows mails by lead only, at one call each: those that wait, the young ones at
-- every sync and the older ones four times a day; all others of a fortnight once a day, and older ones once.
create function worker.list_answers_to_read(target_connection_id uuid, most integer)
returns jsonb
language sql
stable
set search_path = ''
as $$
  select coalesce(jsonb_agg(jsonb_build_object(
    'lead_id', d.lead_id, 'email', d.email, 'provider_campaign_id', d.provider_campaign_id, 'provider_lead_id', d.provider_lead_id
  ) order by d.place, d.answers_read_at nulls first), '[]')
  from (
    select t.lead_id, l.email, p.provider_campaign_id, l.provider_lead_id, t.answers_read_at, c.place
    from private.threads as t
    join public.synced_leads as l on l.id = t.lead_id
    join private.provider_campaigns as p on p.campaign_id = t.campaign_id and p.connection_id = target_connection_id
    cross join lateral (
      select case
        when t.waiting_since > now() - interval '7 days' then 0
        when t.waiting_since > now() - interval '30 days' then 1
        when t.last_reply_at > now() - interval '14 days' then 2
        when t.last_reply_at > now() - interval '90 days' then 3
      end as place
    ) as c
    where c.place is not null
      and coalesce(t.answers_read_at, '-infinity')
        < (array[now() - interval '50 minutes', now() - interval '6 hours', now() - interval '1 day', t.last_reply_at])[c.place + 1]
    order by c.place, t.answers_read_at nulls first, t.lead_id
    limit most
  ) as d
$$;

comment on function worker.list_answers_to_read(uuid, integer) is
  'Conversations whose answers at the provider are read next, one call each: [{ lead_id, email, provider_campaign_id, provider_lead_id }]. Service role only.';

grant execute on function worker.list_answers_to_read(uuid, integer) to service_role;
