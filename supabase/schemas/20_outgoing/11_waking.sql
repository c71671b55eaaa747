-- Every ten seconds: what no transaction has a sender called for, because it is due again, or its call got lost.
create function private.send_due_events()
returns bigint
language plpgsql
set search_path = ''
as $$
begin
  if not exists (
    select
    from public.outgoing_endpoints as e
    where e.switched_off_at is null and coalesce(e.hold_until <= now(), true)
      and exists (
        select
        from private.outgoing_deliveries as d
        where d.endpoint_id = e.id and d.state = 'waiting' and d.next_attempt_at <= now()
      )
  ) and not (
    exists (select from private.mail_settings) and (
      exists (select from private.mails as m where m.state = 'waiting' and m.next_attempt_at <= now())
      or exists (select from private.notifications as n where n.mail_id is null and n.due_at <= now())
    )
  ) then
    return null;
  end if;

  return private.wake_sender();
end
$$;

comment on function private.send_due_events() is 'Every ten seconds: calls the function outgoing if a delivery or a mail is due; returns the request or null.';
