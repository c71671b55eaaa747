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
