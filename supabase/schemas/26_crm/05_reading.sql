-- Deal stages back: which connection is to be read, and what its deals say about meetings. A deal that was pushed by us is in the stage
-- that we know; only another stage is a change of a person.

create function private.crm_stage_place(connection public.crm_connections, of_stage_id text)
returns bigint
language sql
immutable
set search_path = ''
as $$
  select s.place
  from jsonb_array_elements(connection.stages) with ordinality as s (stage, place)
  where s.stage ->> 'id' = of_stage_id
$$;

comment on function private.crm_stage_place(public.crm_connections, text) is
  'The place of a stage in the pipeline, from 1; null for one that the connection does not know.';

grant execute on function private.crm_stage_place(public.crm_connections, text) to service_role;

create function private.crm_stage_status(connection public.crm_connections, of_stage_id text)
returns text
language sql
immutable
set search_path = ''
as $$
  select s.stage ->> 'status'
  from jsonb_array_elements(connection.stages) as s (stage)
  where s.stage ->> 'id' = of_stage_id
$$;

comment on function private.crm_stage_status(public.crm_connections, text) is
  'What a deal in this stage says about the meeting; null = nothing.';

grant execute on function private.crm_stage_status(public.crm_connections, text) to service_role;

-- What a deal says in its present stage. A stage that means nothing keeps what was reported before it in the pipeline (after "meeting"
-- comes "offer": the meeting stays), and withdraws what only a later one reported.
create function private.crm_reported(connection public.crm_connections, deal public.crm_records, out status text, out stage_id text, out is_withdrawn boolean)
returns record
language sql
stable
set search_path = ''
as $$
  select
    case when n.own is not null then n.own when n.holds then private.crm_stage_status(connection, deal.open_stage_id) when n.keeps then deal.reported_status end,
    case when n.own is not null then deal.stage_id when n.holds then deal.open_stage_id when n.keeps then deal.reported_stage_id end,
    n.own is null and not n.holds and not n.keeps and deal.reported_status is not null
  from (
    select
      private.crm_stage_status(connection, deal.stage_id) as own,
      coalesce(
        private.crm_stage_place(connection, deal.open_stage_id) <= private.crm_stage_place(connection, deal.stage_id)
        and private.crm_stage_status(connection, deal.open_stage_id) is not null,
        false
      ) as holds,
      -- In another pipeline, or in a stage that was added since: nothing is known of it.
      coalesce(private.crm_stage_place(connection, deal.reported_stage_id) <= private.crm_stage_place(connection, deal.stage_id), true) as keeps
  ) as n
$$;

comment on function private.crm_reported(public.crm_connections, public.crm_records) is
  'What a deal says about the meeting in its present stage, which stage says so, and whether it withdraws what it reported before.';

grant execute on function private.crm_reported(public.crm_connections, public.crm_records) to service_role;

-- One connection at a time, with the deals that a search would not show as deleted and that were not seen for six hours.
create function worker.take_crm_reader(lease_seconds integer)
returns jsonb
language plpgsql
set search_path = ''
as $$
declare
  token uuid := gen_random_uuid();
  taken uuid;
begin
  update private.crm_readers as r
  set lease_token = token, next_read_at = now() + make_interval(secs => lease_seconds)
  where r.connection_id = (
    select d.connection_id
    from private.crm_readers as d
    join public.crm_connections as c on c.id = d.connection_id
    where d.next_read_at <= now() and c.switched_off_at is null and coalesce(c.hold_until <= now(), true)
    order by d.next_read_at
    limit 1
    for update of d skip locked
  )
  returning r.connection_id into taken;

  return (
    select jsonb_build_object(
      'token', token, 'read_until', r.read_until,
      'connection', jsonb_build_object(
        'id', c.id, 'provider', c.provider, 'encrypted_token', t.encrypted_token, 'master_key_id', t.master_key_id, 'currency', c.currency
      ),
      'unseen', (
        select coalesce(jsonb_agg(jsonb_build_object('lead_id', u.lead_id, 'deal_id', u.deal_id) order by u.checked_at), '[]')
        from (
          select d.lead_id, d.deal_id, d.checked_at
          from public.crm_records as d
          where d.connection_id = c.id and d.deal_id is not null and d.deal_gone_at is null
            and d.checked_at < now() - interval '6 hours'
          order by d.checked_at
          limit 100
        ) as u
      )
    )
    from private.crm_readers as r
    join public.crm_connections as c on c.id = r.connection_id
    join private.crm_tokens as t on t.connection_id = c.id
    where r.connection_id = taken and r.lease_token = token
  );
end
$$;

comment on function worker.take_crm_reader(integer) is
  'Leases one connection whose deals are due to be read: { token, read_until, connection, unseen [{ lead_id, deal_id }] }; null = none is due. Service role only.';

grant execute on function worker.take_crm_reader(integer) to service_role;

-- deals: [{ "deal_id", "stage_id" }]
create function worker.list_moved_crm_deals(target_connection_id uuid, deals jsonb)
returns jsonb
language sql
stable
set search_path = ''
as $$
  select coalesce(jsonb_agg(d.deal_id), '[]')
  from jsonb_to_recordset(deals) as d (deal_id text, stage_id text)
  where not exists (
    select
    from public.crm_records as r
    where r.connection_id = target_connection_id and r.deal_id = d.deal_id and r.stage_id = d.stage_id
  )
$$;

comment on function worker.list_moved_crm_deals(uuid, jsonb) is
  'Those of these deals that are in another stage than the one that we know: [deal_id]. Service role only.';

grant execute on function worker.list_moved_crm_deals(uuid, jsonb) to service_role;

-- Whether we asked for this stage ourselves and died before we heard the answer.
create function private.is_own_crm_stage(connection public.crm_connections, of_lead_id uuid, of_stage_id text)
returns boolean
language sql
stable
set search_path = ''
as $$
  select exists (
    select
    from private.crm_pushes as p
    where p.lead_id = of_lead_id and p.connection_id = connection.id and p.state = 'waiting' and p.attempts > 0
      and private.crm_stage_for(connection, p.type) = of_stage_id
  )
$$;

comment on function private.is_own_crm_stage(public.crm_connections, uuid, text) is
  'A push of ours that has not ended asked for this stage, so it is no change of a person.';

grant execute on function private.is_own_crm_stage(public.crm_connections, uuid, text) to service_role;

-- Tells the meetings what the stage of a deal says; the CRM speaks of one meeting per lead.
create function private.report_crm_stage(connection public.crm_connections, deal public.crm_records, reported_at timestamptz, is_new_stage boolean)
returns void
language plpgsql
set search_path = ''
as $$
declare
  reported record := private.crm_reported(connection, deal);
  known_as text := connection.account_id || ':' || deal.lead_id;
begin
  if reported.is_withdrawn then
    perform private.withdraw_meeting(deal.lead_id, 'crm', reported_at, known_as);
  elsif reported.status is not null then
    perform private.record_meeting(
      deal.lead_id, 'crm', reported.status::public.meeting_status, reported_at, known_as,
      happened_at => case when is_new_stage then deal.stage_at end,
      deal_value => deal.amount, deal_currency => deal.currency,
      cleared => case when deal.amount is null then '{value}'::text[] else '{}'::text[] end
    );
  end if;

  update public.crm_records as r
  set
    reported_status = reported.status,
    reported_stage_id = reported.stage_id,
    open_stage_id = case
      when reported.is_withdrawn then null
      when reported.status in ('booked', 'held', 'no_show') then reported.stage_id
      else r.open_stage_id
    end
  where r.connection_id = deal.connection_id and r.lead_id = deal.lead_id;
end
$$;

comment on function private.report_crm_stage(public.crm_connections, public.crm_records, timestamptz, boolean) is
  'Records what the stage of a deal says about the meeting of its lead, with the deal''s amount as its value, or withdraws it.';

grant execute on function private.report_crm_stage(public.crm_connections, public.crm_records, timestamptz, boolean) to service_role;

-- deals: [{ "lead_id" (the reference in the deal), "deal_id", "known_as" (ids that were merged into it), "stage_id", "stage_at",
-- "changed_at", "amount", "currency", "is_gone" }]. until null = the cursor stays. Reading the same again changes nothing.
create function worker.record_crm_deals(target_connection_id uuid, token uuid, deals jsonb, until timestamptz)
returns integer
language plpgsql
set search_path = ''
as $$
declare
  connection public.crm_connections;
  given record;
  before public.crm_records;
  deal public.crm_records;
  changed integer := 0;
begin
  if not exists (
    select from private.crm_readers as r where r.connection_id = target_connection_id and r.lease_token = token
  ) then
    return null;
  end if;

  select c.* into connection from public.crm_connections as c where c.id = target_connection_id;

  for given in
    select r.*
    from jsonb_to_recordset(deals) as r (
      lead_id uuid, deal_id text, known_as text[], stage_id text, stage_at timestamptz, changed_at timestamptz, amount numeric, currency text,
      is_gone boolean
    )
    order by r.changed_at nulls last, r.deal_id
  loop
    select r.* into before
    from public.crm_records as r
    where r.connection_id = connection.id
      and (r.deal_id = given.deal_id or r.lead_id = given.lead_id or r.deal_id = any (given.known_as))
    order by r.deal_id = given.deal_id desc nulls last, r.lead_id = given.lead_id desc nulls last, r.created_at
    limit 1
    for update;
    continue when not found;

    if given.is_gone then
      perform private.lose_crm_deal(connection, before.lead_id);
      changed := changed + 1;
      continue;
    end if;

    -- Deals of other leads that were merged into this one.
    perform private.lose_crm_deal(connection, r.lead_id)
    from public.crm_records as r
    where r.connection_id = connection.id and r.lead_id <> before.lead_id
      and (r.lead_id = given.lead_id or r.deal_id = any (given.known_as)) and r.deal_gone_at is null;

    update public.crm_records as r
    set
      deal_id = given.deal_id,
      stage_id = case when coalesce(given.stage_at >= r.stage_at, true) then given.stage_id else r.stage_id end,
      stage_at = case when given.stage_id is distinct from r.stage_id then greatest(given.stage_at, r.stage_at) else r.stage_at end,
      amount = given.amount,
      currency = given.currency,
      deal_gone_at = null,
      checked_at = now()
    where r.connection_id = connection.id and r.lead_id = before.lead_id
    returning r.* into deal;

    if deal.stage_id is distinct from before.stage_id and not private.is_own_crm_stage(connection, deal.lead_id, deal.stage_id) then
      perform private.report_crm_stage(connection, deal, deal.stage_at, true);
      changed := changed + 1;
    elsif deal.amount is distinct from before.amount and deal.reported_status is not null then
      perform private.report_crm_stage(connection, deal, coalesce(given.changed_at, now()), false);
      changed := changed + 1;
    end if;
  end loop;

  update private.crm_readers as r
  set read_until = greatest(r.read_until, until)
  where r.connection_id = connection.id;

  return changed;
end
$$;

comment on function worker.record_crm_deals(uuid, uuid, jsonb, timestamptz) is
  'Records deals as they are in the CRM, tells the meetings what their stages say, and moves the cursor on; returns how many reported something new, null = the lease is lost. Service role only.';

grant execute on function worker.record_crm_deals(uuid, uuid, jsonb, timestamptz) to service_role;

-- Every five minutes while it works; after failures later and later, an hour at most.
create function worker.finish_crm_read(
  target_connection_id uuid, token uuid, failure text, retry_after double precision, refusal text, is_complete boolean
)
returns void
language plpgsql
set search_path = ''
as $$
begin
  perform from public.crm_connections as c where c.id = target_connection_id for update;

  update private.crm_readers as r
  set
    lease_token = null,
    failures = case when failure is null then 0 else least(r.failures + 1, 10) end,
    next_read_at = case
      when failure is not null then now() + greatest(
        least(interval '1 minute' * power(2, r.failures), interval '1 hour'), make_interval(secs => least(coalesce(retry_after, 0), 86400))
      )
      when is_complete then now() + interval '5 minutes'
      else now()
    end
  where r.connection_id = target_connection_id and r.lease_token = token;

  if not found then
    return;
  end if;

  if failure is null then
    update public.crm_connections as c set last_read_at = now() where c.id = target_connection_id;
  end if;

  perform private.note_crm_answer(target_connection_id, failure, retry_after, refusal);
end
$$;

comment on function worker.finish_crm_read(uuid, uuid, text, double precision, text, boolean) is
  'Ends a read: when the next one is due, and how the connection fares. is_complete = false: there is more to read, now. Service role only.';

grant execute on function worker.finish_crm_read(uuid, uuid, text, double precision, text, boolean) to service_role;
