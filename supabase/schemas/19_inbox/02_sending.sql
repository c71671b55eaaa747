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
