-- What operators read besides: campaigns, mailboxes and jobs of all clients.

-- One row per campaign of any client.
create view public.operator_campaigns
with (security_invoker = true)
as
select
  n.*,
  k.name as client_name,
  c.connection_id,
  w.name as connection_name,
  e.last_export_at,
  (
    select count(*)
    from public.export_receipts as r
    where r.campaign_id = n.campaign_id and r.outcome = 'created'
  ) as exported
from public.client_campaigns as n
join public.campaigns as c on c.id = n.campaign_id
join public.clients as k on k.id = n.client_id
left join public.provider_connections as w on w.id = c.connection_id
left join lateral (
  select max(j.created_at) as last_export_at
  from private.jobs as j
  where j.campaign_id = n.campaign_id and j.kind = 'export'
) as e on true
where (select private.may_operate());

comment on view public.operator_campaigns is
  'client_campaigns of every client with the names of client and connection, when it was last exported and how many leads exports created. Operators only.';

grant select on public.operator_campaigns to authenticated, service_role;

-- One row per mailbox of any connection.
create view public.operator_email_accounts
with (security_invoker = true)
as
select h.*, k.name as client_name, c.name as connection_name, c.provider
from public.email_account_health as h
join public.provider_connections as c on c.id = h.connection_id
left join public.clients as k on k.id = h.client_id
where (select private.may_operate());

comment on view public.operator_email_accounts is
  'email_account_health of every connection with the names of client (null = shared) and connection. Operators only.';

grant select on public.operator_email_accounts to authenticated, service_role;

-- Definer, because of a job people may read only how far it is. Of 30 days, so that it stays quick: a connection makes
-- 24 jobs a day.
create function private.list_jobs()
returns setof private.jobs
language sql
stable
security definer
set search_path = ''
as $$
  select j.*
  from private.jobs as j
  where (select private.may_operate())
    and (j.created_at > now() - interval '30 days' or j.status in ('queued', 'running', 'paused'))
$$;

comment on function private.list_jobs() is 'Jobs of the last 30 days and all open ones. No rows unless private.may_operate().';

grant execute on function private.list_jobs() to authenticated, service_role;

-- One row per job; its cursor, lease and parameters stay inside.
create view public.operator_jobs
with (security_invoker = true)
as
select
  j.id as job_id, j.kind, j.status, j.client_id, coalesce(k.name, j.parameters ->> 'client_name') as client_name, j.connection_id, c.name as connection_name,
  j.campaign_id, n.name as campaign_name, j.done, j.total, j.result, j.error_code, j.error_message, j.attempts,
  j.created_at, j.started_at, j.finished_at,
  extract(epoch from coalesce(j.finished_at, now()) - j.started_at)::numeric(12, 1) as duration_seconds,
  j.requested_by,
  case when j.requested_by is not null then (select r.name from private.requester(j.id) as r) end as requested_by_name
from private.list_jobs() as j
left join public.provider_connections as c on c.id = j.connection_id
left join public.clients as k on k.id = j.client_id
left join public.campaigns as n on n.id = j.campaign_id;

comment on view public.operator_jobs is
  'Exports, syncs, removals of clients and erasures of people of the last 30 days with progress, result, error and who asked (null = the schedule or a secret key). Operators only.';

grant select on public.operator_jobs to authenticated, service_role;
