-- What was sent and what was answered, as operators read it.

create view public.outgoing_log
with (security_invoker = true)
as
select
  d.event_id, d.endpoint_id, e.name as endpoint_name, v.client_id, c.name as client_name, v.type, v.occurred_at, v.payload,
  d.state, d.attempts, d.wanted_at, d.last_attempt_at,
  case when d.state = 'waiting' then d.next_attempt_at end as next_attempt_at,
  d.duration_ms, d.last_status, d.last_answer, d.last_error, d.delivered_at
from private.outgoing_deliveries as d
join private.outgoing_events as v on v.id = d.event_id
join public.outgoing_endpoints as e on e.id = d.endpoint_id
left join public.clients as c on c.id = v.client_id;

comment on view public.outgoing_log is
  'What was sent to endpoints as long as it is kept: event, payload, state (waiting, delivered, failed), attempts, the last status, answer (first 2 kB) and error. Operators only.';

grant select on public.outgoing_log to authenticated, service_role;
