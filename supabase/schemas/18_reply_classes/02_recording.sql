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
