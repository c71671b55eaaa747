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
