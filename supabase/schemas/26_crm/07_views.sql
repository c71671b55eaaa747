-- What operators read: the log, and where a lead is.

create view public.crm_log
with (security_invoker = true)
as
select
  p.id as push_id, p.connection_id, c.provider, p.lead_id, l.email as lead_email, p.client_id, k.name as client_name, p.type, p.state,
  p.attempts, p.wanted_at, p.last_attempt_at,
  case when p.state = 'waiting' then p.next_attempt_at end as next_attempt_at,
  p.duration_ms, p.last_status, p.last_answer, p.last_error, p.note, p.sent, p.delivered_at, p.created_at, p.event_id is null as is_by_hand
from private.crm_pushes as p
join public.crm_connections as c on c.id = p.connection_id
join public.synced_leads as l on l.id = p.lead_id
join public.clients as k on k.id = p.client_id;

comment on view public.crm_log is
  'What was pushed to CRM accounts as long as it is kept: lead, event, what was sent, state (waiting, delivered, failed), attempts, the last answer (first 2 kB), error and note. Operators only.';

grant select on public.crm_log to authenticated, service_role;

create view public.crm_leads
with (security_invoker = true)
as
select
  l.id as lead_id, l.client_id, c.id as connection_id, c.provider, c.account_id, c.account_host, c.switched_off_at, r.contact_id, r.deal_id,
  r.stage_id, s.stage ->> 'name' as stage_name, r.stage_at, r.amount, r.currency, r.reported_status, r.deal_gone_at,
  p.state as last_state, p.last_error, p.note as last_note, p.created_at as last_wanted_at,
  -- The log is kept for a month; what was pushed before says at least since when it is there.
  case when r.contact_id is not null then coalesce(d.delivered_at, r.created_at) end as pushed_at
from public.synced_leads as l
join public.crm_connections as c on c.id = (
  select o.id
  from public.crm_connections as o
  where o.client_id = l.client_id or o.client_id is null
  order by o.client_id nulls last
  limit 1
)
left join public.crm_records as r on r.connection_id = c.id and r.lead_id = l.id
left join lateral (
  select e.stage from jsonb_array_elements(c.stages) as e (stage) where e.stage ->> 'id' = r.stage_id
) as s on true
left join lateral (
  select x.state, x.last_error, x.note, x.created_at
  from private.crm_pushes as x
  where x.lead_id = l.id and x.connection_id = c.id
  order by x.created_at desc, x.id
  limit 1
) as p on true
left join lateral (
  select max(x.delivered_at) as delivered_at
  from private.crm_pushes as x
  where x.lead_id = l.id and x.connection_id = c.id
) as d on true;

comment on view public.crm_leads is
  'Each lead of a client with a CRM: its contact and deal there (null = not pushed), the deal''s stage, when it was last pushed, and how the last push went. Ask for one lead at a time. Operators only.';

grant select on public.crm_leads to authenticated, service_role;
