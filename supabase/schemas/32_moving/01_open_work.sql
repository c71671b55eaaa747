-- What of a client is under way and has to end before it can be copied.

-- is_short: it ends within seconds or minutes once the client is closed, so a move waits for it. What is not needs a person.
create function private.list_open_work(target_client_id uuid)
returns table (is_short boolean, details text)
language sql
stable
set search_path = ''
as $$
  with own as (
    select c.id from public.provider_connections as c where c.client_id = target_client_id
  ),
  people as (
    select m.user_id from public.members as m where m.client_id = target_client_id and m.role = 'client'
  )
  select w.is_short, w.details
  from (
    select true as is_short, format('the %s that is under way', j.kind) as details
    from private.jobs as j
    where j.lease_until > now() and (j.client_id = target_client_id or j.connection_id in (select o.id from own as o))
    union all
    select true, 'events on their way to its endpoints'
    where exists (
      select
      from private.outgoing_deliveries as d
      join public.outgoing_endpoints as e on e.id = d.endpoint_id
      where e.client_id = target_client_id and d.state = 'waiting' and d.lease_token is not null and d.next_attempt_at > now()
    )
    union all
    select true, 'emails on their way to its people'
    where exists (
      select
      from private.mails as m
      where m.user_id in (select p.user_id from people as p) and m.state = 'waiting' and m.lease_token is not null
        and m.next_attempt_at between now() and now() + interval '1 hour'
    )
    union all
    select true, 'reports on their way to its people'
    where exists (
      select
      from private.client_report_mails as m
      where m.client_id = target_client_id and m.state = 'waiting' and m.lease_token is not null and m.next_attempt_at > now()
    )
    union all
    select true, 'its CRM, which is written or read just now'
    where exists (
      select
      from private.crm_pushes as p
      join public.crm_connections as c on c.id = p.connection_id
      where c.client_id = target_client_id and p.state = 'waiting' and p.lease_token is not null and p.next_attempt_at > now()
    ) or exists (
      select
      from private.crm_readers as r
      join public.crm_connections as c on c.id = r.connection_id
      where c.client_id = target_client_id and r.lease_token is not null and r.next_read_at > now()
    )
    union all
    select true, 'texts of messages that are being prepared'
    where exists (
      select
      from private.message_contents as t
      join public.messages as m on m.id = t.message_id
      where t.prepare_at is not null and m.client_id = target_client_id
    )
    union all
    select true, 'its days, which are being cut for a new time zone'
    where exists (
      select from private.day_cuts as d where d.client_id = target_client_id and d.counted_before <> 'infinity'
    )
    union all
    select a.lease_until > now() is true, 'an answer to a reply whose sending is not settled'
    from private.answers as a
    join public.messages as m on m.id = a.reply_id
    where m.client_id = target_client_id and a.state in ('sending', 'unknown')
    union all
    select false, format('the import %L, which is to be finished, cancelled or undone first', i.file_name)
    from public.imports as i
    where i.client_id = target_client_id and i.status in ('running', 'undoing')
    union all
    select false, 'the erasure of a person'
    from private.jobs as j
    where j.kind = 'erase' and j.status in ('queued', 'running', 'paused')
      and coalesce(j.parameters ->> 'client_id' = target_client_id::text, true)
  ) as w
$$;

comment on function private.list_open_work(uuid) is
  'What of a client is under way and has to end before it is moved: details completes "waits for …"; is_short = it ends without a person.';

grant execute on function private.list_open_work(uuid) to service_role;
