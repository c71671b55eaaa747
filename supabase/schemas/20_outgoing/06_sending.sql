-- The sender's two calls: take what is due under a lease, record the answers. Time between attempts grows from five seconds to
-- eight hours, so that an endpoint may be down for a day without losing anything.

-- When the next attempt after this many is due; null = that was the last. Together 24 hours, each a fifth shorter or longer by
-- chance, so that what failed together does not return together.
create function private.outgoing_delay(attempts integer)
returns interval
language sql
volatile
set search_path = ''
as $$
  select ('{5 s,30 s,2 min,10 min,30 min,1 h,2 h,4 h,8 h,8 h}'::interval[])[outgoing_delay.attempts] * (0.8 + 0.4 * random())
$$;

comment on function private.outgoing_delay(integer) is 'Time until the next attempt after this many, with jitter; null after the eleventh.';

grant execute on function private.outgoing_delay(integer) to service_role;

-- A reply that came as HTML gets its text a moment after it was projected; that is waited for, but not for ever.
create function private.is_ready_to_send(event private.outgoing_events)
returns boolean
language sql
stable
set search_path = ''
as $$
  select event.payload is not null
    or event.type not in ('reply.positive', 'meeting.booked')
    or event.created_at < now() - interval '30 seconds'
    or not exists (
      select
      from private.message_contents as c
      join public.messages as m on m.id = c.message_id
      where c.message_id = private.latest_reply(event.lead_id) and c.prepare_at is not null and m.body_text is null
    )
$$;

comment on function private.is_ready_to_send(private.outgoing_events) is
  'False while the reply of an event waits for its text, for half a minute at most.';

grant execute on function private.is_ready_to_send(private.outgoing_events) to service_role;

-- What a sender needs of deliveries that it holds.
create function private.taken_deliveries(token uuid)
returns jsonb
language sql
stable
set search_path = ''
as $$
  select coalesce(jsonb_agg(
    jsonb_build_object(
      'event_id', d.event_id, 'endpoint_id', d.endpoint_id, 'token', d.lease_token, 'url', e.url, 'format', e.format,
      'payload', v.payload, 'encrypted_secret', s.encrypted_secret, 'master_key_id', s.master_key_id,
      'encrypted_previous', case when s.previous_until > now() then s.encrypted_previous end,
      'previous_master_key_id', case when s.previous_until > now() then s.previous_master_key_id end
    ) order by d.wanted_at, d.event_id
  ), '[]')
  from private.outgoing_deliveries as d
  join private.outgoing_events as v on v.id = d.event_id
  join public.outgoing_endpoints as e on e.id = d.endpoint_id
  join private.outgoing_secrets as s on s.endpoint_id = e.id
  where d.lease_token = token
$$;

comment on function private.taken_deliveries(uuid) is 'Deliveries under one lease with address, payload and encrypted secrets.';

grant execute on function private.taken_deliveries(uuid) to service_role;

-- A few of each endpoint, so that none holds up the others; one at a time of an endpoint that fails.
create function worker.take_outgoing(batch_size integer, lease_seconds integer)
returns jsonb
language plpgsql
set search_path = ''
as $$
declare
  token uuid := gen_random_uuid();
  taken uuid[];
begin
  with due as (
    select t.event_id, t.endpoint_id
    from public.outgoing_endpoints as e
    cross join lateral (
      select d.event_id, d.endpoint_id, d.next_attempt_at
      from private.outgoing_deliveries as d
      join private.outgoing_events as v on v.id = d.event_id
      where d.endpoint_id = e.id and d.state = 'waiting' and d.next_attempt_at <= now() and private.is_ready_to_send(v)
      order by d.next_attempt_at
      limit case when e.failing_since is null then 10 else 1 end
      for update of d skip locked
    ) as t
    where e.switched_off_at is null and coalesce(e.hold_until <= now(), true)
    order by t.next_attempt_at
    limit batch_size
  ),
  leased as (
    update private.outgoing_deliveries as d
    set
      lease_token = token,
      attempts = d.attempts + 1,
      last_attempt_at = now(),
      next_attempt_at = now() + make_interval(secs => lease_seconds)
    from due
    where d.event_id = due.event_id and d.endpoint_id = due.endpoint_id
    returning d.event_id
  )
  select array_agg(l.event_id) into taken from leased as l;

  -- Made once: names that change later, or a lead that moves on, do not change what was announced.
  update private.outgoing_events as v
  set payload = private.outgoing_payload(v)
  where v.id = any (taken) and v.payload is null;

  return jsonb_build_object(
    'deliveries', private.taken_deliveries(token),
    -- So that a sender waits a moment for what is nearly due, instead of the next sweep.
    'next_in_seconds', (
      select extract(epoch from min(greatest(d.next_attempt_at, e.hold_until)) - now())
      from private.outgoing_deliveries as d
      join public.outgoing_endpoints as e on e.id = d.endpoint_id
      where d.state = 'waiting' and e.switched_off_at is null
    )
  );
end
$$;

comment on function worker.take_outgoing(integer, integer) is
  'Leases due deliveries to the caller: { deliveries: [{ event_id, endpoint_id, token, url, format, payload, … }], next_in_seconds (null = nothing waits) }. Safe to call from many senders at once. Service role only.';

grant execute on function worker.take_outgoing(integer, integer) to service_role;

-- An endpoint that is gone, or has failed for five days, is switched off, and an incident says so.
create function private.switch_off_endpoints(ids uuid[], reason text)
returns void
language sql
volatile
set search_path = ''
as $$
  with off as (
    update public.outgoing_endpoints as e
    set switched_off_at = now(), switched_off_reason = reason
    where e.id = any (ids) and e.switched_off_at is null
    returning e.id, e.client_id, e.name
  )
  insert into public.incidents (client_id, kind, subject, details)
  select o.client_id, 'endpoint_switched_off', 'endpoint:' || o.id,
    format('The endpoint "%s" was switched off: %s. Repair it, then press “Switch on” in Settings → Notifications.', o.name, lower(left(reason, 1)) || substr(reason, 2))
  from off as o
  on conflict (connection_id, kind, subject) where closed_at is null do nothing
$$;

comment on function private.switch_off_endpoints(uuid[], text) is 'Switches endpoints off and opens an incident for each.';

grant execute on function private.switch_off_endpoints(uuid[], text) to service_role;

-- results: [{ "event_id", "endpoint_id", "token", "status" (null = no answer), "answer", "error" (null = delivered), "retry_after"
-- (seconds), "duration_ms" }]. A result under another lease than the present one is old and ignored.
create function worker.record_outgoing(results jsonb)
returns integer
language plpgsql
set search_path = ''
as $$
declare
  recorded integer;
  gone uuid[];
  exhausted uuid[];
begin
  -- Endpoints first, as an operator who removes one: else each would wait for the other.
  perform
  from public.outgoing_endpoints as e
  where e.id in (select r.endpoint_id from jsonb_to_recordset(results) as r (endpoint_id uuid))
  order by e.id
  for update;

  with given as (
    select r.*
    from jsonb_to_recordset(results) as r (
      event_id uuid, endpoint_id uuid, token uuid, status smallint, answer text, error text, retry_after double precision, duration_ms integer
    )
  ),
  written as (
    update private.outgoing_deliveries as d
    set
      state = case
        when g.error is null then 'delivered'
        when v.type = 'test' or g.status = 410 or private.outgoing_delay(d.attempts) is null
          or d.wanted_at < now() - interval '24 hours' then 'failed'
        else 'waiting'
      end::public.outgoing_state,
      next_attempt_at = now() + greatest(
        private.outgoing_delay(d.attempts), make_interval(secs => least(coalesce(g.retry_after, 0), 86400))
      ),
      lease_token = null,
      duration_ms = g.duration_ms,
      last_status = g.status,
      last_answer = left(g.answer, 2048),
      last_error = left(g.error, 500),
      delivered_at = case when g.error is null then now() end
    from given as g
    join private.outgoing_events as v on v.id = g.event_id
    where d.event_id = g.event_id and d.endpoint_id = g.endpoint_id and d.lease_token = g.token and d.state = 'waiting'
    returning d.endpoint_id, g.status, g.error is null as is_delivered, g.retry_after
  ),
  answered as (
    update public.outgoing_endpoints as e
    set
      failing_since = case when o.any_delivered then null else coalesce(e.failing_since, now()) end,
      last_success_at = case when o.any_delivered then now() else e.last_success_at end,
      hold_until = case when o.retry_after > 0 then now() + make_interval(secs => least(o.retry_after, 86400)) end
    from (
      select w.endpoint_id, bool_or(w.is_delivered) as any_delivered, bool_or(w.status = 410) as is_gone, max(w.retry_after) as retry_after
      from written as w
      group by w.endpoint_id
    ) as o
    where e.id = o.endpoint_id
    returning e.id, e.failing_since, coalesce(o.is_gone, false) as is_gone
  )
  select
    (select count(*) from written),
    array_agg(a.id) filter (where a.is_gone),
    array_agg(a.id) filter (where not a.is_gone and a.failing_since < now() - interval '5 days')
  into recorded, gone, exhausted
  from answered as a;

  perform private.switch_off_endpoints(gone, 'It answered 410 Gone');
  perform private.switch_off_endpoints(exhausted, 'Nothing could be delivered for five days');

  return recorded;
end
$$;

comment on function worker.record_outgoing(jsonb) is
  'Records what endpoints answered: delivered, retried later, or given up after 24 hours; switches off what is gone or has failed for five days. Returns how many. Service role only.';

grant execute on function worker.record_outgoing(jsonb) to service_role;
