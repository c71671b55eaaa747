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
