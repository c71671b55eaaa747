-- Generated from supabase/schemas/18_reply_classes by "npm run migrations".

-- An optional language model for replies of which the rules are not sure: where it is, what it may cost a day, and what it is asked.

create table private.reply_model (
  is_only boolean primary key default true check (is_only),
  base_url text not null check (base_url ~ '^https?://' and length(base_url) <= 500),
  model text not null check (length(btrim(model)) between 1 and 200),
  encrypted_key text,
  master_key_id text,
  daily_requests integer not null check (daily_requests between 1 and 100000),
  is_on boolean not null default false,
  last_error text,
  last_error_at timestamptz,
  updated_at timestamptz not null default now(),
  constraint reply_model_key_is_whole check ((encrypted_key is null) = (master_key_id is null))
);

comment on table private.reply_model is
  'The language model that is asked about unclear replies: an OpenAI-compatible address, encrypted key, requests a day. No row or is_on = false: none is asked.';
comment on column private.reply_model.last_error is 'Why the last request failed, without the key; null since it succeeded again.';

alter table private.reply_model enable row level security;

grant select, insert, update, delete on private.reply_model to service_role;

create policy "Only the functions read the model"
on private.reply_model for all to service_role using (true) with check (true);

-- What was spent. Requests are booked before they are made, so that two runs never exceed the budget together.
create table private.reply_model_days (
  day date primary key,
  requests integer not null default 0,
  failures integer not null default 0,
  tokens bigint not null default 0
);

comment on table private.reply_model_days is 'Requests to the language model per UTC day, with those that failed and the tokens that it reported.';

alter table private.reply_model_days enable row level security;

grant select, insert, update, delete on private.reply_model_days to service_role;

create policy "Only the functions count requests"
on private.reply_model_days for all to service_role using (true) with check (true);

-- Replies to ask about. A reply is asked about three times at most, and within three days: later, a person has read it.
create table private.model_questions (
  message_id uuid primary key references public.messages (id) on delete cascade,
  attempts smallint not null default 0,
  next_attempt_at timestamptz not null default now(),
  created_at timestamptz not null default now()
);

comment on table private.model_questions is 'Replies that the language model is to be asked about.';

create index model_questions_due_idx on private.model_questions (next_attempt_at);

alter table private.model_questions enable row level security;

grant select, insert, update, delete on private.model_questions to service_role;

create policy "Only the functions read questions"
on private.model_questions for all to service_role using (true) with check (true);

-- Notes the replies of which the rules are not sure. What the provider marked as automatic, and what it or a person gave a class,
-- needs no second reading.
create function private.note_model_questions(message_ids uuid[])
returns void
language sql
set search_path = ''
as $$
  insert into private.model_questions (message_id)
  select m.id
  from public.messages as m
  where m.id = any (message_ids)
    and m.reply_class_source = 'rules'
    and m.reply_class_confidence < private.enough_to_suppress()
    and not m.is_auto_reply
    and m.occurred_at > now() - interval '3 days'
    and exists (select from private.reply_model as r where r.is_on)
  order by m.id
  on conflict (message_id) do nothing
$$;

comment on function private.note_model_questions(uuid[]) is
  'Notes which of these replies the language model is to be asked about: none if it is off.';

grant execute on function private.note_model_questions(uuid[]) to service_role;

-- What is left of today's budget; 0 when the model is off.
create function private.model_requests_left()
returns integer
language sql
stable
set search_path = ''
as $$
  select coalesce(
    (
      select greatest(r.daily_requests - coalesce(d.requests, 0), 0)
      from private.reply_model as r
      left join private.reply_model_days as d on d.day = (now() at time zone 'UTC')::date
      where r.is_on
    ),
    0
  )
$$;

comment on function private.model_requests_left() is 'Requests that the language model may still get today.';

grant execute on function private.model_requests_left() to service_role;

-- Books requests of today; returns how many of those wanted the budget allows.
create function worker.book_model_requests(wanted integer)
returns integer
language plpgsql
set search_path = ''
as $$
declare
  allowed integer;
begin
  -- One at a time, so that the rest of the budget is read once.
  perform from private.reply_model as r for update;
  allowed := least(greatest(wanted, 0), private.model_requests_left());

  if allowed > 0 then
    insert into private.reply_model_days as d (day, requests)
    values ((now() at time zone 'UTC')::date, allowed)
    on conflict (day) do update set requests = d.requests + excluded.requests;
  end if;

  return allowed;
end
$$;

comment on function worker.book_model_requests(integer) is
  'Books requests to the language model within its daily budget; returns how many may be made. Service role only.';

grant execute on function worker.book_model_requests(integer) to service_role;

-- Tokens and failures of requests that were booked before.
create function worker.note_model_use(tokens_used bigint, failed integer, last_failure text)
returns void
language sql
set search_path = ''
as $$
  insert into private.reply_model_days as d (day, failures, tokens)
  values ((now() at time zone 'UTC')::date, failed, tokens_used)
  on conflict (day) do update set failures = d.failures + excluded.failures, tokens = d.tokens + excluded.tokens;

  update private.reply_model as r
  set last_error = left(last_failure, 300), last_error_at = case when last_failure is not null then now() end;
$$;

comment on function worker.note_model_use(bigint, integer, text) is
  'Counts tokens and failures of the language model and keeps its last error; none = it works again. Service role only.';

grant execute on function worker.note_model_use(bigint, integer, text) to service_role;

-- The settings with the encrypted key, for the function that asks.
create function worker.read_reply_model()
returns jsonb
language sql
stable
set search_path = ''
as $$
  select to_jsonb(r) || jsonb_build_object(
    'requests_today', coalesce(d.requests, 0), 'failures_today', coalesce(d.failures, 0), 'tokens_today', coalesce(d.tokens, 0),
    'waiting', (select count(*) from private.model_questions)
  )
  from private.reply_model as r
  left join private.reply_model_days as d on d.day = (now() at time zone 'UTC')::date
$$;

comment on function worker.read_reply_model() is
  'The settings of the language model with its encrypted key and what was used today, or null. Service role only.';

grant execute on function worker.read_reply_model() to service_role;

-- saved: { "base_url", "model", "daily_requests", "is_on", "encrypted_key"?, "master_key_id"? }; a key that is left out stays, one of
-- null goes. With another address a kept key would travel to a stranger.
create function worker.save_reply_model(saved jsonb, actor uuid)
returns void
language plpgsql
set search_path = ''
as $$
begin
  insert into private.reply_model as r (base_url, model, daily_requests, is_on, encrypted_key, master_key_id)
  values (
    saved ->> 'base_url', btrim(saved ->> 'model'), (saved ->> 'daily_requests')::integer, (saved ->> 'is_on')::boolean,
    saved ->> 'encrypted_key', saved ->> 'master_key_id'
  )
  on conflict (is_only) do update set
    base_url = excluded.base_url,
    model = excluded.model,
    daily_requests = excluded.daily_requests,
    is_on = excluded.is_on,
    encrypted_key = case when saved ? 'encrypted_key' or r.base_url <> excluded.base_url then excluded.encrypted_key else r.encrypted_key end,
    master_key_id = case when saved ? 'encrypted_key' or r.base_url <> excluded.base_url then excluded.master_key_id else r.master_key_id end,
    last_error = null,
    last_error_at = null,
    updated_at = now();

  if not (saved ->> 'is_on')::boolean then
    delete from private.model_questions;
  end if;

  perform private.write_audit(
    'reply_model_saved', 'reply_model', null, null,
    jsonb_build_object(
      'host', substring(saved ->> 'base_url' from '^https?://([^/?#]+)'), 'model', saved ->> 'model',
      'daily_requests', saved -> 'daily_requests', 'is_on', saved -> 'is_on'
    ),
    actor
  );
end
$$;

comment on function worker.save_reply_model(jsonb, uuid) is 'Saves the settings of the language model. Service role only.';

grant execute on function worker.save_reply_model(jsonb, uuid) to service_role;

-- The key goes from one master key to the next, as API keys do; does nothing if it was changed meanwhile.
create function worker.replace_model_key(encrypted_before text, encrypted text, key_id text)
returns integer
language sql
set search_path = ''
as $$
  with written as (
    update private.reply_model as r
    set encrypted_key = replace_model_key.encrypted, master_key_id = key_id
    where r.encrypted_key = encrypted_before
    returning 1
  )
  select count(*)::integer from written
$$;

comment on function worker.replace_model_key(text, text, text) is
  'Writes the re-encrypted key of the language model; returns 1, or 0 if it was changed meanwhile. Service role only.';

grant execute on function worker.replace_model_key(text, text, text) to service_role;

-- Every minute: calls the function if a reply waits for the model and today's budget allows it.
create function private.wake_reply_model()
returns bigint
language plpgsql
set search_path = ''
as $$
begin
  if not exists (select from private.model_questions as q where q.next_attempt_at <= now()) or private.model_requests_left() = 0 then
    return null;
  end if;

  return private.invoke_function('reply-model', '{"action": "ask"}');
end
$$;

comment on function private.wake_reply_model() is
  'Every minute: calls reply-model if a reply waits for the language model; returns the request or null.';

-- What the rules or a model say of replies, kept and settled.

-- What the rules or a model found. Rows without a class are passed over.
-- opinions: [{ "message_id", "reply_class", "confidence", "reply_date"? }]
create function private.record_reply_opinions(opinion_source public.reply_class_source, opinions jsonb)
returns void
language plpgsql
set search_path = ''
as $$
declare
  read uuid[];
begin
  select array_agg(m.id)
  into read
  from jsonb_to_recordset(opinions) as n (message_id uuid, reply_class text)
  join public.messages as m on m.id = n.message_id
  where n.reply_class is not null and m.direction = 'received';

  if read is null then
    return;
  end if;

  -- What turns a counted reply into an automatic one, or back, changes rows of other days after the totals; a projector that
  -- holds some of them would wait for us in a circle. Few replies do, so the projectors wait for these.
  if exists (
    select
    from jsonb_to_recordset(opinions) as n (message_id uuid, reply_class public.reply_class)
    join public.messages as m on m.id = n.message_id
    where (n.reply_class in ('out_of_office', 'automatic', 'bounce') and not m.is_auto_reply)
      or exists (select from private.overruled_replies as o where o.event_id = m.event_id)
  ) then
    perform pg_advisory_xact_lock(private.campaign_moves_lock());
  else
    perform pg_advisory_xact_lock_shared(private.campaign_moves_lock());
  end if;

  perform
  from public.synced_leads as l
  where l.id in (select m.lead_id from public.messages as m where m.id = any (read))
  order by l.campaign_id, l.email
  for update;

  insert into private.reply_opinions as o (message_id, source, reply_class, confidence, reply_date)
  select n.message_id, opinion_source, n.reply_class, n.confidence, n.reply_date
  from jsonb_to_recordset(opinions) as n (
    message_id uuid, reply_class public.reply_class, confidence numeric, reply_date date
  )
  where n.message_id = any (read)
  order by n.message_id
  on conflict (message_id, source) do update
  set reply_class = excluded.reply_class, confidence = excluded.confidence, reply_date = excluded.reply_date, given_at = now();

  perform private.settle_reply_classes(read);

  if opinion_source = 'rules' then
    perform private.note_model_questions(read);
  end if;
end
$$;

comment on function private.record_reply_opinions(public.reply_class_source, jsonb) is
  'Keeps what the rules or a model say of replies, and settles their classes.';

grant execute on function private.record_reply_opinions(public.reply_class_source, jsonb) to service_role;

-- The same for the functions.
create function worker.record_reply_opinions(opinions jsonb)
returns void
language sql
set search_path = ''
as $$
  select private.record_reply_opinions('rules', opinions)
$$;

comment on function worker.record_reply_opinions(jsonb) is
  'Gives replies the class that their words say: [{ message_id, reply_class, confidence, reply_date? }]. Service role only.';

grant execute on function worker.record_reply_opinions(jsonb) to service_role;

-- A person says what a reply is.

-- A reply that the caller may act on, with its lead, locked as the projector does: first against moving campaigns, then the lead.
-- What may turn a counted reply into an automatic one, or back, waits until no projector works, as in
-- private.record_reply_opinions; only after the caller is known to see the reply, so that no one else can make them wait.
create function private.hold_reply(target_message_id uuid, act text, may_turn boolean)
returns public.messages
language plpgsql
set search_path = ''
as $$
declare
  reply public.messages;
begin
  for turn in 1 .. 2 loop
    select m.* into reply
    from public.messages as m
    where m.id = target_message_id
      and ((select private.may_operate()) or m.client_id in (select private.visible_client_ids()));

    if not found then
      raise exception using errcode = 'PT404', message = 'NOT_FOUND',
        detail = format('There is no message %L; check the id', target_message_id);
    end if;

    if reply.direction <> 'received' then
      raise exception using errcode = 'PT400', message = 'VALIDATION_FAILED',
        detail = format('This mail was sent by us; %s a reply', act);
    end if;

    -- Read once more under the lock: it may have gone to another client meanwhile.
    if turn = 1 then
      if may_turn or reply.is_auto_reply or exists (
        select from private.overruled_replies as o where o.event_id = reply.event_id
      ) then
        perform pg_advisory_xact_lock(private.campaign_moves_lock());
      else
        perform pg_advisory_xact_lock_shared(private.campaign_moves_lock());
      end if;
    end if;
  end loop;

  perform from public.synced_leads as l where l.id = reply.lead_id for update;
  return reply;
end
$$;

comment on function private.hold_reply(uuid, text, boolean) is
  'A reply that the caller may act on, with its lead locked; may_turn = the caller may make it automatic. Raises NOT_FOUND or VALIDATION_FAILED.';

grant execute on function private.hold_reply(uuid, text, boolean) to service_role;

create function private.classify_reply(target_message_id uuid, new_class text, new_date date)
returns jsonb
language plpgsql
security definer
set search_path = ''
as $$
declare
  reply public.messages;
begin
  if new_class is not null and new_class not in (select c.name::text from unnest(enum_range(null::public.reply_class)) as c (name)) then
    raise exception using errcode = 'PT400', message = 'VALIDATION_FAILED',
      detail = format('%L is no class of a reply; take one of %s, or null to remove yours',
        left(new_class, 100), array_to_string(enum_range(null::public.reply_class), ', '));
  end if;

  if new_date is not null and new_class is distinct from 'not_now' and new_class is distinct from 'out_of_office' then
    raise exception using errcode = 'PT400', message = 'VALIDATION_FAILED',
      detail = 'Only not_now and out_of_office have a day; leave new_date out';
  end if;

  perform private.require_member();
  reply := private.hold_reply(
    target_message_id, 'classify', coalesce(new_class in ('out_of_office', 'automatic', 'bounce'), false)
  );

  if new_date is not null and (new_date < reply.occurred_at::date or new_date > reply.occurred_at::date + 3 * 366) then
    raise exception using errcode = 'PT400', message = 'VALIDATION_FAILED',
      detail = format('%L is before the reply or more than three years after it; check new_date', new_date);
  end if;

  if new_class is null then
    delete from private.reply_opinions as o where o.message_id = reply.id and o.source = 'person' and not o.is_by_verdict;
  else
    insert into private.reply_opinions as o (message_id, source, reply_class, reply_date, given_by)
    values (reply.id, 'person', new_class::public.reply_class, new_date, (select auth.uid()))
    on conflict (message_id, source) do update
    set reply_class = excluded.reply_class, reply_date = excluded.reply_date, is_by_verdict = false, given_by = excluded.given_by, given_at = now();
  end if;

  perform private.settle_reply_classes(array[reply.id]);

  perform private.write_audit(
    'reply_classified', 'message', reply.id::text, reply.client_id,
    jsonb_build_object('reply_class', new_class, 'before', reply.reply_class, 'lead_id', reply.lead_id)
  );

  select m.* into reply from public.messages as m where m.id = target_message_id;

  return jsonb_build_object(
    'message_id', reply.id, 'reply_class', reply.reply_class, 'reply_class_source', reply.reply_class_source,
    'reply_class_confidence', reply.reply_class_confidence, 'reply_date', reply.reply_date, 'is_auto_reply', reply.is_auto_reply
  );
end
$$;

comment on function private.classify_reply(uuid, text, date) is
  'The work of public.classify_reply; a message that the caller may not see is not found.';

grant execute on function private.classify_reply(uuid, text, date) to authenticated, service_role;

create function public.classify_reply(target_message_id uuid, new_class text, new_date date default null)
returns jsonb
language sql
volatile
set search_path = ''
as $$
  select private.classify_reply(target_message_id, new_class, new_date)
$$;

comment on function public.classify_reply(uuid, text, date) is
  'Says what a reply is: bounce, out_of_office, automatic, unsubscribe, referral, wrong_person, not_now, not_interested, question, interested, or null to remove what a person set before. new_date = the day to write again (not_now) or of the return (out_of_office). A person is believed before the provider, a model and the rules. unsubscribe suppresses the lead at once; another class lifts that again; bounce, out_of_office and automatic leave the reply rate. Returns { message_id, reply_class, reply_class_source, reply_class_confidence, reply_date, is_auto_reply }. Clients classify their own replies, operators all.';

grant execute on function public.classify_reply(uuid, text, date) to authenticated, service_role;

-- A verdict that the class contradicts says what the reply is, too; removing the verdict removes that.
create function private.follow_verdict(target_message_id uuid)
returns void
language plpgsql
set search_path = ''
as $$
begin
  delete from private.reply_opinions as o where o.message_id = target_message_id and o.source = 'person' and o.is_by_verdict;
  perform private.settle_reply_classes(array[target_message_id]);

  insert into private.reply_opinions (message_id, source, reply_class, is_by_verdict, given_by)
  select m.id, 'person', n.implied, true, m.verdict_by
  from public.messages as m
  cross join lateral (
    select case
      when m.verdict = 'qualified' and m.reply_class not in ('interested', 'question', 'referral') then 'interested'
      when m.verdict = 'not_interested' and m.reply_class in ('interested', 'question') then 'not_interested'
    end::public.reply_class as implied
  ) as n
  where m.id = target_message_id and n.implied is not null
  on conflict (message_id, source) do nothing;

  if found then
    perform private.settle_reply_classes(array[target_message_id]);
  end if;
end
$$;

comment on function private.follow_verdict(uuid) is
  'Lets the class of a judged reply follow its verdict where they contradict each other.';

grant execute on function private.follow_verdict(uuid) to service_role;

-- What the language model is asked, and what it answers.

-- Takes replies to ask about, for five minutes, as many as the budget allows.
create function worker.take_model_questions(batch_size integer)
returns jsonb
language plpgsql
set search_path = ''
as $$
declare
  taken jsonb;
  allowed integer;
  due uuid[];
begin
  delete from private.model_questions as q
  using public.messages as m
  where m.id = q.message_id
    and (m.reply_class_source <> 'rules' or q.attempts >= 3 or q.created_at < now() - interval '3 days')
    and q.next_attempt_at <= now();

  select array_agg(q.message_id)
  into due
  from (
    select n.message_id
    from private.model_questions as n
    where n.next_attempt_at <= now()
    order by n.next_attempt_at
    limit least(batch_size, private.model_requests_left())
    for update skip locked
  ) as q;

  if due is null then
    return '[]'::jsonb;
  end if;

  allowed := worker.book_model_requests(cardinality(due));

  with mine as (
    update private.model_questions as q
    set attempts = q.attempts + 1, next_attempt_at = now() + interval '5 minutes'
    where q.message_id = any (due[:allowed])
    returning q.message_id
  )
  select coalesce(
    jsonb_agg(jsonb_build_object(
      'message_id', m.id, 'subject', left(m.subject, 300), 'text', left(m.body_text, 20000), 'occurred_at', m.occurred_at
    ) order by m.id),
    '[]'
  )
  into taken
  from mine as i
  join public.messages as m on m.id = i.message_id;

  return taken;
end
$$;

comment on function worker.take_model_questions(integer) is
  'Takes replies to ask the language model about and books the requests: [{ message_id, subject, text, occurred_at }]. Those not answered within five minutes are taken again, three times at most. Service role only.';

grant execute on function worker.take_model_questions(integer) to service_role;

-- answers: [{ "message_id", "reply_class"?, "confidence"?, "reply_date"?, "tokens"?, "error"? }]
create function worker.record_model_answers(answers jsonb)
returns void
language plpgsql
set search_path = ''
as $$
begin
  perform private.record_reply_opinions('model', answers);

  delete from private.model_questions as q
  using jsonb_to_recordset(answers) as a (message_id uuid, reply_class text)
  where q.message_id = a.message_id and a.reply_class is not null;

  perform worker.note_model_use(
    (select coalesce(sum(a.tokens), 0)::bigint from jsonb_to_recordset(answers) as a (tokens bigint)),
    (select count(*)::integer from jsonb_to_recordset(answers) as a (error text) where a.error is not null),
    (select min(a.error) from jsonb_to_recordset(answers) as a (error text))
  );
end
$$;

comment on function worker.record_model_answers(jsonb) is
  'Keeps what the language model answered, or why it did not. Service role only.';

grant execute on function worker.record_model_answers(jsonb) to service_role;

-- The last mails of a conversation up to a reply, oldest first.
create function worker.read_thread_for_draft(target_message_id uuid, most integer)
returns jsonb
language sql
stable
set search_path = ''
as $$
  select coalesce(jsonb_agg(t order by t.occurred_at, t.direction desc), '[]')
  from (
    select m.direction, m.occurred_at, left(m.subject, 300) as subject, left(m.body_text, 20000) as text
    from public.messages as r
    join public.messages as m on m.lead_id = r.lead_id and m.occurred_at <= r.occurred_at
    where r.id = target_message_id and r.direction = 'received'
    order by m.occurred_at desc, m.id
    limit most
  ) as t
$$;

comment on function worker.read_thread_for_draft(uuid, integer) is
  'The last mails of a conversation up to a reply: [{ direction, occurred_at, subject, text }]. Service role only.';

grant execute on function worker.read_thread_for_draft(uuid, integer) to service_role;

-- Verdicts: what a person decided about a reply, kept beside the provider's label, and pushed to the provider if wanted.

create type private.push_status as enum ('pending', 'pushed', 'failed');

-- One row per lead: only its latest verdict is worth pushing. null = the verdict was removed.
create table private.verdict_pushes (
  lead_id uuid primary key references public.synced_leads (id) on delete cascade,
  message_id uuid not null references public.messages (id) on delete cascade,
  connection_id uuid not null references public.provider_connections (id) on delete cascade,
  interest_status public.interest_status,
  status private.push_status not null default 'pending',
  asked_by uuid,
  asked_at timestamptz not null default clock_timestamp(),
  pushed_at timestamptz,
  error text
);

comment on table private.verdict_pushes is
  'Verdicts to push to the provider, worked off by jobs of kind verdicts and by each sync. asked_at distinguishes a repeated request from the one that was processed.';

create index verdict_pushes_pending_idx on private.verdict_pushes (connection_id, asked_at) where status = 'pending';
create index verdict_pushes_message_id_idx on private.verdict_pushes (message_id);

alter table private.verdict_pushes enable row level security;

grant select, insert, update, delete on private.verdict_pushes to service_role;

create policy "Only the functions read pushes"
on private.verdict_pushes for all to service_role using (true) with check (true);

-- Sets a verdict and lets the lead follow its latest judged reply.
create function private.judge_reply(target_message_id uuid, new_verdict text, note text, push_to_provider boolean)
returns jsonb
language plpgsql
security definer
set search_path = ''
as $$
declare
  reply public.messages;
  lead public.synced_leads;
  workspace_id uuid;
begin
  if new_verdict not in ('qualified', 'not_interested', 'neutral') or length(note) > 2000 then
    raise exception using errcode = 'PT400', message = 'VALIDATION_FAILED',
      detail = 'A verdict is qualified, not_interested, neutral, or null to remove it; a note has at most 2,000 characters';
  end if;

  perform private.require_member();
  reply := private.hold_reply(target_message_id, 'judge', false);

  if coalesce(push_to_provider, false) then
    select p.connection_id into workspace_id
    from private.provider_campaigns as p
    where p.campaign_id = reply.campaign_id
      and exists (select from private.provider_keys as k where k.connection_id = p.connection_id);

    if workspace_id is null then
      raise exception using errcode = 'PT400', message = 'VALIDATION_FAILED',
        detail = 'This campaign has no workspace with a key that accepts verdicts; judge without push_to_provider';
    end if;
  end if;

  update public.messages as m
  set
    verdict = new_verdict::public.reply_verdict,
    verdict_note = case when new_verdict is not null then nullif(btrim(note), '') end,
    verdict_by = case when new_verdict is not null then (select auth.uid()) end,
    verdict_at = case when new_verdict is not null then clock_timestamp() end,
    pushed_at = null,
    push_error = null
  where m.id = target_message_id
  returning m.* into reply;

  update public.synced_leads as l
  set
    interest_status_judged = case latest.verdict
      when 'qualified' then 'positive'
      when 'not_interested' then 'negative'
      when 'neutral' then 'neutral'
    end::public.interest_status,
    interest_judged_at = latest.verdict_at,
    updated_at = now()
  from (select 1) as always
  left join lateral (
    select m.verdict, m.verdict_at
    from public.messages as m
    where m.lead_id = reply.lead_id and m.verdict is not null
    order by m.occurred_at desc, m.id desc
    limit 1
  ) as latest on true
  where l.id = reply.lead_id
  returning l.* into lead;

  perform private.follow_verdict(reply.id);

  -- An older request still pending would push an outdated verdict.
  delete from private.verdict_pushes as n where n.lead_id = reply.lead_id and n.status = 'pending';

  if workspace_id is not null then
    insert into private.verdict_pushes as n (lead_id, message_id, connection_id, interest_status, asked_by)
    values (reply.lead_id, reply.id, workspace_id, lead.interest_status_judged, (select auth.uid()))
    on conflict (lead_id) do update set
      message_id = excluded.message_id, connection_id = excluded.connection_id, interest_status = excluded.interest_status,
      status = 'pending', asked_by = excluded.asked_by, asked_at = clock_timestamp(), pushed_at = null, error = null;

    insert into private.jobs (kind, connection_id, deadline_at, requested_by)
    select 'verdicts', workspace_id, now() + interval '3 hours', (select auth.uid())
    where not exists (
      select from private.jobs as j
      where j.connection_id = workspace_id and j.kind::text = 'verdicts' and j.status in ('queued', 'paused')
    );
  end if;

  perform private.write_audit(
    'reply_judged', 'message', reply.id::text, reply.client_id,
    jsonb_build_object('verdict', reply.verdict, 'lead_id', reply.lead_id, 'push_to_provider', workspace_id is not null)
  );

  return jsonb_build_object(
    'message_id', reply.id, 'verdict', reply.verdict, 'verdict_note', reply.verdict_note, 'verdict_by', reply.verdict_by,
    'verdict_at', reply.verdict_at, 'lead_id', reply.lead_id, 'interest_status', lead.interest_status
  );
end
$$;

comment on function private.judge_reply(uuid, text, text, boolean) is
  'The work of public.qualify_reply; a message that the caller may not see is not found.';

grant execute on function private.judge_reply(uuid, text, text, boolean) to authenticated, service_role;

-- The door to it.
create function public.qualify_reply(
  target_message_id uuid, new_verdict text, note text default null, push_to_provider boolean default false
)
returns jsonb
language sql
volatile
set search_path = ''
as $$
  select private.judge_reply(target_message_id, new_verdict, note, push_to_provider)
$$;

comment on function public.qualify_reply(uuid, text, text, boolean) is
  'Judges a reply: qualified, not_interested, neutral, or null to take the verdict back. The lead''s interest follows its latest judged reply, whatever labels come. Returns { message_id, verdict, verdict_note, verdict_by, verdict_at, lead_id, interest_status }. Clients judge their own replies, operators all.';

grant execute on function public.qualify_reply(uuid, text, text, boolean) to authenticated, service_role;

-- What is to be pushed to a workspace next, oldest first.
create function worker.list_verdict_pushes(target_connection_id uuid)
returns jsonb
language sql
stable
set search_path = ''
as $$
  select coalesce(jsonb_agg(to_jsonb(n) order by n.asked_at), '[]')
  from (
    select n.lead_id, p.provider_campaign_id, l.email, n.interest_status, n.asked_at
    from private.verdict_pushes as n
    join public.synced_leads as l on l.id = n.lead_id
    join private.provider_campaigns as p on p.campaign_id = l.campaign_id and p.connection_id = n.connection_id
    where n.connection_id = target_connection_id and n.status = 'pending'
    order by n.asked_at
    limit 50
  ) as n
$$;

comment on function worker.list_verdict_pushes(uuid) is
  'Up to 50 verdicts that are to be pushed to a workspace: [{ lead_id, provider_campaign_id, email, interest_status, asked_at }]. Service role only.';

grant execute on function worker.list_verdict_pushes(uuid) to service_role;

-- Records that a verdict was pushed, or why it could not be. A request renewed meanwhile stays open.
create function worker.record_verdict_push(target_lead_id uuid, asked timestamptz, failure text)
returns boolean
language plpgsql
set search_path = ''
as $$
declare
  pushed private.verdict_pushes;
begin
  update private.verdict_pushes as n
  set
    status = case when failure is null then 'pushed' else 'failed' end::private.push_status,
    pushed_at = case when failure is null then now() end,
    error = failure
  where n.lead_id = target_lead_id and n.asked_at = asked and n.status = 'pending'
  returning n.* into pushed;

  if pushed.lead_id is null then
    return false;
  end if;

  update public.messages as m
  set pushed_at = pushed.pushed_at, push_error = pushed.error
  where m.id = pushed.message_id;

  perform private.write_audit(
    case when failure is null then 'verdict_pushed' else 'verdict_push_failed' end, 'message', m.id::text, m.client_id,
    jsonb_build_object('interest_status', pushed.interest_status, 'lead_id', pushed.lead_id, 'error', pushed.error), pushed.asked_by
  )
  from public.messages as m
  where m.id = pushed.message_id;

  return true;
end
$$;

comment on function worker.record_verdict_push(uuid, timestamptz, text) is
  'Ends a push as done, or as failed with a sentence; false when it was renewed or withdrawn meanwhile. Service role only.';

grant execute on function worker.record_verdict_push(uuid, timestamptz, text) to service_role;
