-- The pusher's two calls: take what is due under a lease, record what the CRM answered. Times between attempts are those of outgoing
-- events.

-- What can be mapped to a property, as it is now.
create function private.crm_fields(of_lead_id uuid)
returns jsonb
language sql
stable
set search_path = ''
as $$
  select jsonb_build_object(
    'email', l.email, 'first_name', l.first_name, 'last_name', l.last_name, 'company', l.company_name, 'job_title', l.job_title,
    'website', l.website, 'phone', l.phone,
    'linkedin', coalesce(
      b.linkedin_contact_url, b.linkedin_url, l.payload ->> 'linkedin_url', l.payload ->> 'linkedin_profile', l.payload ->> 'linkedin'
    ),
    'reply_class', m.reply_class, 'campaign', c.name,
    'last_reply', left(regexp_replace(coalesce(m.body_text, ''), '\s+', ' ', 'g'), 500)
  )
  from public.synced_leads as l
  join public.campaigns as c on c.id = l.campaign_id
  left join public.businesses as b on b.id = l.business_id
  left join public.messages as m on m.id = private.latest_reply(l.id)
  where l.id = of_lead_id
$$;

comment on function private.crm_fields(uuid) is
  'Our fields of a lead for a CRM: email, names, company, job_title, website, phone, linkedin, reply_class, campaign, last_reply (500 characters).';

grant execute on function private.crm_fields(uuid) to service_role;

-- The stage in which an event wants the deal; null = it wants none.
create function private.crm_stage_for(connection public.crm_connections, event_type public.outgoing_event_type)
returns text
language sql
immutable
set search_path = ''
as $$
  select case event_type
    when 'reply.positive' then connection.lead_stage_id
    when 'meeting.booked' then coalesce(connection.meeting_stage_id, connection.lead_stage_id)
  end
$$;

comment on function private.crm_stage_for(public.crm_connections, public.outgoing_event_type) is
  'The deal stage that an event asks for in a CRM; null for an unsubscribe.';

grant execute on function private.crm_stage_for(public.crm_connections, public.outgoing_event_type) to service_role;

-- A few of each connection, one at a time of one that fails, and one at a time of a lead in the order of its events: the second finds
-- the deal that the first made.
create function worker.take_crm_pushes(batch_size integer, lease_seconds integer)
returns jsonb
language plpgsql
set search_path = ''
as $$
declare
  token uuid := gen_random_uuid();
begin
  with due as (
    select t.id
    from public.crm_connections as c
    cross join lateral (
      select p.id, p.next_attempt_at
      from private.crm_pushes as p
      left join private.outgoing_events as v on v.id = p.event_id
      where p.connection_id = c.id and p.state = 'waiting' and p.next_attempt_at <= now()
        and (v.id is null or private.is_ready_to_send(v))
        and not exists (
          select
          from private.crm_pushes as o
          where o.lead_id = p.lead_id and o.connection_id = p.connection_id and o.state = 'waiting'
            and (o.created_at, o.id) < (p.created_at, p.id)
        )
      order by p.next_attempt_at
      limit case when c.failing_since is null then 5 else 1 end
      for update of p skip locked
    ) as t
    where c.switched_off_at is null and coalesce(c.hold_until <= now(), true)
    order by t.next_attempt_at
    limit batch_size
  )
  update private.crm_pushes as p
  set
    lease_token = token,
    attempts = p.attempts + 1,
    last_attempt_at = now(),
    next_attempt_at = now() + make_interval(secs => lease_seconds)
  from due
  where p.id = due.id;

  return jsonb_build_object(
    'pushes', (
      select coalesce(jsonb_agg(jsonb_build_object(
        'push_id', p.id, 'token', p.lease_token, 'type', p.type, 'lead_id', p.lead_id, 'fields', private.crm_fields(p.lead_id),
        'connection', jsonb_build_object(
          'id', c.id, 'provider', c.provider, 'encrypted_token', t.encrypted_token, 'master_key_id', t.master_key_id,
          'pipeline_id', c.pipeline_id, 'lead_stage_id', c.lead_stage_id, 'mapping', c.mapping, 'unsubscribed_property', c.unsubscribed_property
        ),
        'stage_id', private.crm_stage_for(c, p.type),
        'record', jsonb_build_object(
          'contact_id', r.contact_id, 'deal_id', r.deal_id, 'deal_is_gone', r.deal_gone_at is not null
        )
      ) order by p.created_at, p.id), '[]')
      from private.crm_pushes as p
      join public.crm_connections as c on c.id = p.connection_id
      join private.crm_tokens as t on t.connection_id = c.id
      left join public.crm_records as r on r.connection_id = p.connection_id and r.lead_id = p.lead_id
      where p.lease_token = token
    ),
    'next_in_seconds', (
      select extract(epoch from min(greatest(p.next_attempt_at, c.hold_until)) - now())
      from private.crm_pushes as p
      join public.crm_connections as c on c.id = p.connection_id
      where p.state = 'waiting' and c.switched_off_at is null
    )
  );
end
$$;

comment on function worker.take_crm_pushes(integer, integer) is
  'Leases due pushes to the caller: { pushes: [{ push_id, token, type, lead_id, fields, connection, stage_id, record }], next_in_seconds (null = nothing waits) }. Safe to call from many workers at once. Service role only.';

grant execute on function worker.take_crm_pushes(integer, integer) to service_role;

-- A connection whose token is refused, or that has failed for five days, is switched off, and an incident says so.
create function private.switch_off_crm(ids uuid[], reason text)
returns void
language sql
volatile
set search_path = ''
as $$
  with off as (
    update public.crm_connections as c
    set switched_off_at = now(), switched_off_reason = reason
    where c.id = any (ids) and c.switched_off_at is null
    returning c.id, c.client_id
  )
  insert into public.incidents (client_id, kind, subject, details)
  select o.client_id, 'crm_switched_off', 'crm:' || o.id,
    format('Nothing is sent to HubSpot or read from it. %s. Repair it in Settings → CRM; what waits is sent then', reason)
  from off as o
  on conflict (connection_id, kind, subject) where closed_at is null do nothing
$$;

comment on function private.switch_off_crm(uuid[], text) is 'Switches CRM connections off and opens an incident for each.';

grant execute on function private.switch_off_crm(uuid[], text) to service_role;

-- A deal that was deleted, or merged into that of another lead, says nothing any more: a deal counts once.
create function private.lose_crm_deal(connection public.crm_connections, of_lead_id uuid)
returns void
language plpgsql
set search_path = ''
as $$
begin
  update public.crm_records as r
  set deal_gone_at = coalesce(r.deal_gone_at, now()), checked_at = now(), reported_status = null, reported_stage_id = null, open_stage_id = null
  where r.connection_id = connection.id and r.lead_id = of_lead_id;

  perform private.withdraw_meeting(of_lead_id, 'crm', now(), connection.account_id || ':' || of_lead_id);
end
$$;

comment on function private.lose_crm_deal(public.crm_connections, uuid) is
  'Marks the deal of a lead as gone, and withdraws what it reported about the meeting.';

grant execute on function private.lose_crm_deal(public.crm_connections, uuid) to service_role;

-- What an answer says about the connection. failure null = it works; refusal = it will not work again without a person.
create function private.note_crm_answer(target_connection_id uuid, failure text, retry_after double precision, refusal text)
returns void
language plpgsql
set search_path = ''
as $$
declare
  since timestamptz;
begin
  update public.crm_connections as c
  set
    failing_since = case when failure is not null then coalesce(c.failing_since, now()) end,
    last_error = left(failure, 500),
    hold_until = case when retry_after > 0 then now() + make_interval(secs => least(retry_after, 86400)) end
  where c.id = target_connection_id
  returning c.failing_since into since;

  if refusal is not null then
    perform private.switch_off_crm(array[target_connection_id], left(refusal, 300));
  elsif since < now() - interval '5 days' then
    perform private.switch_off_crm(array[target_connection_id], 'HubSpot could not be used for five days');
  end if;
end
$$;

comment on function private.note_crm_answer(uuid, text, double precision, text) is
  'Keeps how a CRM connection fares: failing since when, a pause that it asked for, and switches it off when its token is refused.';

grant execute on function private.note_crm_answer(uuid, text, double precision, text) to service_role;

-- results: [{ "push_id", "token", "error" (null = delivered), "status", "answer", "note", "sent", "retry_after" (seconds), "duration_ms",
-- "is_final" (the CRM will not take it at the next attempt either), "refusal" (of the token), "contact_id", "deal_id", "stage_id",
-- "stage_at", "deal_is_gone" }]. A result under another lease than the present one is old: only the ids in it are kept.
create function worker.record_crm_pushes(results jsonb)
returns integer
language plpgsql
set search_path = ''
as $$
declare
  given record;
  push private.crm_pushes;
  connection public.crm_connections;
  recorded integer := 0;
begin
  -- Connections first, as an operator who removes one: else each would wait for the other.
  perform
  from public.crm_connections as c
  where c.id in (
    select p.connection_id
    from private.crm_pushes as p
    where p.id in (select r.push_id from jsonb_to_recordset(results) as r (push_id uuid))
  )
  order by c.id
  for update;

  for given in
    select r.*
    from jsonb_to_recordset(results) as r (
      push_id uuid, token uuid, error text, status smallint, answer text, note text, sent jsonb, retry_after double precision,
      duration_ms integer, is_final boolean, refusal text, contact_id text, deal_id text, stage_id text, stage_at timestamptz,
      deal_is_gone boolean
    )
  loop
    select p.* into push from private.crm_pushes as p where p.id = given.push_id for update;
    continue when not found;

    select c.* into connection from public.crm_connections as c where c.id = push.connection_id;

    -- Merged into the deal of another lead.
    if exists (
      select
      from public.crm_records as r
      where r.connection_id = push.connection_id and r.deal_id = given.deal_id and r.lead_id <> push.lead_id
    ) then
      given.deal_id := null;
      given.stage_id := null;
      given.stage_at := null;
      given.deal_is_gone := true;
    end if;

    if given.contact_id is not null or given.deal_id is not null or given.deal_is_gone then
      insert into public.crm_records as r
        (connection_id, lead_id, client_id, contact_id, deal_id, stage_id, stage_at, deal_gone_at, checked_at)
      values (
        push.connection_id, push.lead_id, push.client_id, given.contact_id, given.deal_id, given.stage_id, given.stage_at,
        case when given.deal_is_gone then now() end,
        -- Found again, and in a stage that is not ours: the next read looks at it.
        case when given.deal_id is not null and given.stage_id is null then '-infinity' else now() end
      )
      on conflict (connection_id, lead_id) do update set
        contact_id = coalesce(excluded.contact_id, r.contact_id),
        deal_id = coalesce(excluded.deal_id, r.deal_id),
        stage_id = case when coalesce(excluded.stage_at >= r.stage_at, true) then coalesce(excluded.stage_id, r.stage_id) else r.stage_id end,
        stage_at = greatest(excluded.stage_at, r.stage_at),
        deal_gone_at = coalesce(r.deal_gone_at, excluded.deal_gone_at),
        checked_at = case when r.stage_id is null then excluded.checked_at else now() end;
    end if;

    if given.deal_is_gone then
      perform private.lose_crm_deal(connection, push.lead_id);
    end if;

    continue when push.lease_token is distinct from given.token or push.state <> 'waiting';

    update private.crm_pushes as p
    set
      state = case
        when given.error is null then 'delivered'
        -- A refused token is the connection's fault: its pushes wait for another one.
        when given.refusal is not null then 'waiting'
        when given.is_final or private.outgoing_delay(p.attempts) is null or p.wanted_at < now() - interval '24 hours' then 'failed'
        else 'waiting'
      end::public.outgoing_state,
      next_attempt_at = now() + greatest(
        coalesce(private.outgoing_delay(p.attempts), interval '1 hour'),
        make_interval(secs => least(coalesce(given.retry_after, 0), 86400))
      ),
      lease_token = null,
      duration_ms = given.duration_ms,
      last_status = given.status,
      last_answer = left(given.answer, 2048),
      last_error = left(given.error, 500),
      note = left(given.note, 500),
      sent = coalesce(given.sent, p.sent),
      delivered_at = case when given.error is null then now() end
    where p.id = push.id;

    if given.error is null then
      update public.crm_connections as c set last_push_at = now() where c.id = push.connection_id;
    end if;

    -- What is wrong with one lead says nothing about the connection.
    perform private.note_crm_answer(
      push.connection_id, case when not coalesce(given.is_final, false) then given.error end, given.retry_after, given.refusal
    );
    recorded := recorded + 1;
  end loop;

  return recorded;
end
$$;

comment on function worker.record_crm_pushes(jsonb) is
  'Records what a CRM answered: delivered, retried later, or given up after 24 hours; keeps the ids of contact and deal; switches off a connection whose token is refused or that has failed for five days. Returns how many. Service role only.';

grant execute on function worker.record_crm_pushes(jsonb) to service_role;
