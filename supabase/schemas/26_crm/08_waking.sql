-- Every ten seconds: what no transaction has the function crm called for, because it is due again, or its call got lost.
create function private.run_due_crm()
returns bigint
language plpgsql
set search_path = ''
as $$
begin
  if not exists (
    select
    from public.crm_connections as c
    where c.switched_off_at is null and coalesce(c.hold_until <= now(), true)
      and (
        exists (select from private.crm_pushes as p where p.connection_id = c.id and p.state = 'waiting' and p.next_attempt_at <= now())
        or exists (select from private.crm_readers as r where r.connection_id = c.id and r.next_read_at <= now())
      )
  ) then
    return null;
  end if;

  return private.wake_crm();
end
$$;

comment on function private.run_due_crm() is
  'Every ten seconds: calls the function crm if a push is due, or the deals of a connection are to be read; returns the request or null.';
