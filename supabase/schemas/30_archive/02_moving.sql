-- The way of rows into the archive: listed, read by the page, recorded as written, and only then removed.

-- Months with something to archive, and how much: [{ "kind", "month", "rows" }], oldest first.
create function worker.plan_archive(before date)
returns jsonb
language plpgsql
stable
set search_path = ''
set statement_timeout = '60s'
as $$
declare
  ends_at timestamptz := before::timestamp at time zone 'UTC';
  planned jsonb;
begin
  select coalesce(jsonb_agg(jsonb_build_object('kind', p.kind, 'month', p.month, 'rows', p.rows) order by p.kind, p.month), '[]')
  into planned
  from (
    select 'deliveries' as kind, date_trunc('month', w.received_at at time zone 'UTC')::date as month, count(*) as rows
    from private.webhook_events as w
    where w.status in ('projected', 'duplicate', 'test') and w.payload is not null and w.received_at < ends_at
    group by 2
    union all
    select 'messages', date_trunc('month', m.occurred_at at time zone 'UTC')::date, count(*)
    from public.messages as m
    where m.body_removed_at is null
      and m.occurred_at < ends_at
      and not exists (select from private.message_contents as c where c.message_id = m.id and c.prepare_at is not null)
      and not exists (select from private.model_questions as q where q.message_id = m.id)
    group by 2
    union all
    select 'events', date_trunc('month', e.occurred_at at time zone 'UTC')::date, count(*)
    from private.closed_campaigns as d
    join public.email_events as e on e.campaign_id = d.campaign_id
    where d.archived_at is null
      and e.type in ('email_sent', 'email_delivered', 'email_opened', 'email_clicked')
      and e.lead_id is not null
      and not exists (
        select
        from public.email_events as x
        where x.lead_id = e.lead_id and x.type not in ('email_sent', 'email_delivered', 'email_opened', 'email_clicked')
      )
    group by 2
  ) as p;

  return planned;
end
$$;

comment on function worker.plan_archive(date) is
  'What can be archived from before a day, per kind and UTC month: [{ kind, month, rows }]. Service role only.';

grant execute on function worker.plan_archive(date) to service_role;

-- One page of a month: { "rows": [{ "client_id", "values": [text], "digest" }], "next": object|null }. Deliveries that name no campaign
-- of ours are of the client of their workspace, or of none.
create function worker.read_archivable(of_kind text, of_month date, after jsonb, most integer)
returns jsonb
language plpgsql
stable
set search_path = ''
set plan_cache_mode = force_custom_plan
as $$
declare
  from_at timestamptz := coalesce((after ->> 'at')::timestamptz, of_month::timestamp at time zone 'UTC');
  to_at timestamptz := (of_month + interval '1 month') at time zone 'UTC';
  campaign_ids uuid[];
  page jsonb;
begin
  case of_kind
    when 'deliveries' then
      select jsonb_agg(jsonb_build_object(
        'client_id', n.client_id, 'values', n.parts, 'digest', private.archive_digest(n.parts), 'at', n.at, 'id', n.id::text
      ) order by n.at, n.id)
      into page
      from (
        select coalesce(k.client_id, c.client_id) as client_id, private.archived_delivery(w) as parts, w.received_at as at, w.id
        from private.webhook_events as w
        join public.provider_connections as c on c.id = w.connection_id
        left join private.provider_campaigns as p
          on p.connection_id = w.connection_id and p.provider_campaign_id = w.provider_campaign_id
        left join public.campaigns as k on k.id = p.campaign_id
        where w.status in ('projected', 'duplicate', 'test')
          and w.payload is not null
          and w.received_at >= from_at and w.received_at < to_at
          and (after is null or (w.received_at, w.id) > (from_at, (after ->> 'id')::bigint))
        order by w.received_at, w.id
        limit most
      ) as n;
    when 'messages' then
      select jsonb_agg(jsonb_build_object(
        'client_id', n.client_id, 'values', n.parts, 'digest', private.archive_digest(n.parts), 'at', n.at, 'id', n.id
      ) order by n.at, n.id)
      into page
      from (
        select m.client_id, private.archived_message(m, c.raw_html) as parts, m.occurred_at as at, m.id
        from public.messages as m
        left join private.message_contents as c on c.message_id = m.id
        where m.body_removed_at is null
          and m.occurred_at >= from_at and m.occurred_at < to_at
          and (after is null or (m.occurred_at, m.id) > (from_at, (after ->> 'id')::uuid))
          and c.prepare_at is null
          and not exists (select from private.model_questions as q where q.message_id = m.id)
        order by m.occurred_at, m.id
        limit most
      ) as n;
    when 'events' then
      -- Campaign by campaign: there is no index on the time alone.
      campaign_ids := array(
        select d.campaign_id
        from private.closed_campaigns as d
        where d.archived_at is null and (after is null or d.campaign_id >= (after ->> 'campaign')::uuid)
      );

      select jsonb_agg(jsonb_build_object(
        'client_id', n.client_id, 'values', n.parts, 'digest', private.archive_digest(n.parts), 'at', n.at, 'id', n.id::text,
        'campaign', n.campaign_id
      ) order by n.campaign_id, n.at, n.id)
      into page
      from (
        select e.client_id, e.campaign_id, private.archived_event(e) as parts, e.occurred_at as at, e.id
        from private.archivable_events(of_month, campaign_ids) as e
        where after is null
          or (e.campaign_id, e.occurred_at, e.id) > ((after ->> 'campaign')::uuid, from_at, (after ->> 'id')::bigint)
        order by e.campaign_id, e.occurred_at, e.id
        limit most
      ) as n;
  end case;

  return jsonb_build_object(
    'rows', coalesce(page, '[]'),
    'next', case when jsonb_array_length(page) = most then (page -> -1) - 'values' - 'digest' - 'client_id' end
  );
end
$$;

comment on function worker.read_archivable(text, date, jsonb, integer) is
  'One page of what can be archived of a kind and UTC month. Service role only. Shapes: see the comment above its definition.';

grant execute on function worker.read_archivable(text, date, jsonb, integer) to service_role;

-- Removes what a verified file holds: [{ "id", "at", "digest" }]. A row that is not any more what was archived stays, and is archived
-- next time as it is then.
create function worker.remove_archived(of_kind text, written jsonb)
returns integer
language plpgsql
set search_path = ''
as $$
declare
  removed integer;
begin
  case of_kind
    when 'deliveries' then
      return private.empty_these_deliveries(array(
        select w.id
        from jsonb_to_recordset(written) as n (id bigint, digest text)
        join private.webhook_events as w on w.id = n.id
        where w.status in ('projected', 'duplicate', 'test')
          and w.payload is not null
          and private.archive_digest(private.archived_delivery(w)) = n.digest
        order by w.id
        for update of w
      ));
    when 'messages' then
      return private.empty_these_messages(array(
        select m.id
        from jsonb_to_recordset(written) as n (id uuid, digest text)
        join public.messages as m on m.id = n.id
        left join private.message_contents as c on c.message_id = m.id
        where m.body_removed_at is null
          and private.archive_digest(private.archived_message(m, c.raw_html)) = n.digest
        order by m.id
        for update of m
      ));
    when 'events' then
      delete from public.email_events as e
      using jsonb_to_recordset(written) as n (id bigint, at timestamp, digest text)
      where e.id = n.id
        and e.occurred_at = n.at at time zone 'UTC'
        and private.archive_digest(private.archived_event(e)) = n.digest
        and exists (select from private.closed_campaigns as d where d.campaign_id = e.campaign_id);

      get diagnostics removed = row_count;
      return removed;
  end case;
end
$$;

comment on function worker.remove_archived(text, jsonb) is
  'Removes rows that a verified file of the archive holds: content of deliveries and mails, events of closed campaigns. Returns how many. Service role only.';

grant execute on function worker.remove_archived(text, jsonb) to service_role;

-- Files by what is still to be done with them, a page after an id: "unfinished" = rows to be removed; "replaced" = an older file to be
-- deleted; "orphaned" = of a client that was deleted; "events" or "all".
create function worker.list_archive_parts(which text, after bigint default 0)
returns jsonb
language sql
stable
set search_path = ''
as $$
  select coalesce(jsonb_agg(to_jsonb(p) order by p.id), '[]')
  from (
    select a.*, a.owner_id as client_id
    from private.archive_parts as a
    where a.id > after
      and case which
        when 'unfinished' then a.removed_at is null
        when 'replaced' then a.old_file is not null
        when 'orphaned' then a.owner_id is not null and not exists (select from public.clients as c where c.id = a.owner_id)
        when 'events' then a.kind = 'events'
        else true
      end
    order by a.id
    limit 1000
  ) as p
$$;

comment on function worker.list_archive_parts(text, bigint) is
  'Files of the archive after an id, 1,000 at most: unfinished, replaced, orphaned, events or all. Service role only.';

grant execute on function worker.list_archive_parts(text, bigint) to service_role;

-- The number that the next file of a kind, client and month gets; a file of a run that died before it was recorded is written over.
create function worker.next_archive_numbers(of_kind text, of_month date)
returns jsonb
language sql
stable
set search_path = ''
as $$
  select coalesce(jsonb_object_agg(coalesce(n.owner_id::text, 'none'), n.number), '{}')
  from (
    select a.owner_id, max(a.number) + 1 as number
    from private.archive_parts as a
    where a.kind = of_kind and a.month = of_month
    group by a.owner_id
  ) as n
$$;

comment on function worker.next_archive_numbers(text, date) is 'The next number per client, { client id or "none": n }; 1 where there is none. Service role only.';

grant execute on function worker.next_archive_numbers(text, date) to service_role;

create function worker.record_archive_part(part jsonb)
returns bigint
language sql
volatile
set search_path = ''
as $$
  insert into private.archive_parts (kind, owner_id, month, number, file, rows, bytes, digest)
  select n.kind, n.client_id, n.month, n.number, n.file, n.rows, n.bytes, n.digest
  from jsonb_to_record(part) as n (
    kind text, client_id uuid, month date, number integer, file text, rows bigint, bytes bigint, digest text
  )
  returning id
$$;

comment on function worker.record_archive_part(jsonb) is 'Notes a file that was written and verified; returns its id. Service role only.';

grant execute on function worker.record_archive_part(jsonb) to service_role;

create function worker.finish_archive_part(part_id bigint, removed bigint)
returns void
language sql
volatile
set search_path = ''
as $$
  update private.archive_parts as a set removed = finish_archive_part.removed, removed_at = now() where a.id = part_id
$$;

comment on function worker.finish_archive_part(bigint, bigint) is 'Notes that the rows of a file are gone from the database. Service role only.';

grant execute on function worker.finish_archive_part(bigint, bigint) to service_role;

-- At the end of a run in which everything of closed campaigns was archived.
create function worker.settle_closed_campaigns(closed_before timestamptz)
returns integer
language sql
volatile
set search_path = ''
as $$
  with settled as (
    update private.closed_campaigns as d
    set archived_at = now()
    where d.archived_at is null and d.closed_at < closed_before
    returning 1
  )
  select count(*)::integer from settled
$$;

comment on function worker.settle_closed_campaigns(timestamptz) is 'Notes that the events of campaigns closed before then are in the archive; returns how many campaigns. Service role only.';

grant execute on function worker.settle_closed_campaigns(timestamptz) to service_role;

-- Events that were read from the archive return, and the campaign is as ever: what was held of it is projected.
-- events: [{ "id", "campaign_id", "lead_id", "connection_id", "provider", "type", "occurred_at", … }] of that campaign
create function worker.restore_archived_events(events jsonb)
returns integer
language sql
volatile
set search_path = ''
as $$
  with restored as (
    insert into public.email_events
      (id, occurred_at, client_id, campaign_id, lead_id, connection_id, provider, type, label, email, email_account, step, variant, received_at,
       is_inferred, time_is_arrival)
    select
      n.id, n.occurred_at at time zone 'UTC', k.client_id, n.campaign_id, n.lead_id, n.connection_id, n.provider, n.type, n.label, n.email,
      n.email_account, n.step, n.variant, n.received_at at time zone 'UTC', n.is_inferred, n.time_is_arrival
    from jsonb_to_recordset(events) as n (
      id bigint, campaign_id uuid, lead_id uuid, connection_id uuid, provider public.provider, type public.email_event_type,
      occurred_at timestamp, received_at timestamp, email text, email_account text, step smallint, variant smallint, label text,
      is_inferred boolean, time_is_arrival boolean
    )
    join public.campaigns as k on k.id = n.campaign_id
    join private.closed_campaigns as d on d.campaign_id = k.id
    on conflict (id, occurred_at) do nothing
    returning 1
  )
  select count(*)::integer from restored
$$;

comment on function worker.restore_archived_events(jsonb) is 'Puts events of a closed campaign back; returns how many. Service role only. Shapes: see the comment above its definition.';

grant execute on function worker.restore_archived_events(jsonb) to service_role;

create function worker.reopen_campaign(target_campaign_id uuid)
returns integer
language plpgsql
set search_path = ''
as $$
declare
  released integer;
begin
  perform pg_advisory_xact_lock(private.campaign_moves_lock());
  delete from private.closed_campaigns as d where d.campaign_id = target_campaign_id;

  select coalesce(sum(private.map_provider_campaign(p.connection_id, p.provider_campaign_id, p.campaign_id)), 0) into released
  from private.provider_campaigns as p
  where p.campaign_id = target_campaign_id;

  return released;
end
$$;

comment on function worker.reopen_campaign(uuid) is
  'Opens a closed campaign again, after its events were put back; returns how many held deliveries are projected now. Service role only.';

grant execute on function worker.reopen_campaign(uuid) to service_role;
