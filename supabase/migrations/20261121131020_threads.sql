-- Colleagues and aliases: whose lead a reply from an unknown address belongs to.

-- A reply from an address that nobody wrote to belongs to the lead whose mail it answers, found by the ids of that mail or of
-- the thread; who wrote is kept. Asked only of replies from addresses that we never contacted.
create function private.join_threads(batch private.resolved_event[])
returns private.resolved_event[]
language plpgsql
set search_path = ''
as $$
declare
  stray record;
  reply private.resolved_event;
begin
  for stray in
    select b.ordinality as position, found.email
    from unnest(batch) with ordinality as b
    join private.webhook_events as w on w.id = b.id
    cross join lateral (
      select l.email
      from private.message_contents as c
      join public.messages as m on m.id = c.message_id and m.campaign_id = b.campaign_id
      join public.synced_leads as l on l.id = m.lead_id
      where c.connection_id = b.connection_id
        and (
          c.provider_mail_id in (select a.id from jsonb_array_elements_text(w.event -> 'answers') as a (id))
          or c.provider_thread_id = w.event ->> 'thread_id'
        )
      order by m.occurred_at, m.id
      limit 1
    ) as found
    where b.type in ('reply_received', 'auto_reply_received')
      and b.campaign_id is not null
      and b.email is not null
      and (w.event ? 'answers' or w.event ? 'thread_id')
      and found.email <> b.email
      and not exists (
        select
        from public.synced_leads as l
        where l.campaign_id = b.campaign_id and l.email = b.email and (l.contacted_at is not null or l.sent_count > 0)
      )
  loop
    reply := batch[stray.position];
    reply.written_by := coalesce(reply.written_by, reply.email);
    reply.email := stray.email;
    batch[stray.position] := reply;
  end loop;

  return batch;
end
$$;

comment on function private.join_threads(private.resolved_event[]) is
  'Gives replies from addresses that were never contacted to the lead whose thread they answer, with written_by.';

grant execute on function private.join_threads(private.resolved_event[]) to service_role;
