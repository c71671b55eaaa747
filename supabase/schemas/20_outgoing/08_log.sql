-- What was sent and what was answered, as operators read it; and for how long it is kept.

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
  'What was sent to endpoints in the last 30 days: event, payload, state (waiting, delivered, failed), attempts, the last status, answer (first 2 kB) and error. Operators only.';

grant select on public.outgoing_log to authenticated, service_role;

create function private.forget_outgoing_events()
returns integer
language plpgsql
set search_path = ''
as $$
declare
  forgotten integer;
begin
  delete from private.outgoing_events as v where v.created_at < now() - interval '30 days';
  get diagnostics forgotten = row_count;
  delete from private.mails as m where m.created_at < now() - interval '30 days';
  return forgotten;
end
$$;

comment on function private.forget_outgoing_events() is 'Nightly: deletes outgoing events older than 30 days with their deliveries, and mails; returns how many.';
