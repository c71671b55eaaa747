-- Jobs: work that outlives a request. A job has a cursor, a lease and a deadline; when a worker dies, the
-- next run resumes from the last checkpoint.

-- A replay of the delivery log and the pushing of verdicts to the provider are work of their own: they may run beside a sync and say nothing
-- about one. A removal takes away everything of a client, the client last; an erasure everything of a person.
create type public.job_kind as enum ('export', 'sync', 'replay', 'verdicts', 'removal', 'erase');

-- paused = its connection is paused; partial = it ended, but a part of it failed: it is never shown as complete.
create type public.job_status as enum ('queued', 'running', 'paused', 'completed', 'partial', 'failed');

create table private.jobs (
  id uuid primary key default gen_random_uuid(),
  kind public.job_kind not null,
  status public.job_status not null default 'queued',
  connection_id uuid references public.provider_connections (id) on delete cascade,
  client_id uuid references public.clients (id) on delete cascade,
  campaign_id uuid references public.campaigns (id) on delete cascade,
  parameters jsonb not null default '{}',
  cursor jsonb not null default '{}',
  done integer not null default 0,
  total integer,
  result jsonb not null default '{}',
  error_code text,
  error_message text,
  attempts integer not null default 0,
  lease_token uuid,
  lease_until timestamptz,
  next_attempt_at timestamptz not null default now(),
  paused_at timestamptz,
  deadline_at timestamptz not null,
  requested_by uuid,
  created_at timestamptz not null default now(),
  started_at timestamptz,
  finished_at timestamptz,
  constraint jobs_connection_belongs_to_kind check ((kind in ('removal', 'erase')) = (connection_id is null))
);

comment on table private.jobs is
  'Resumable work. attempts counts claims since the last checkpoint; lease_token is what a worker must present to write.';
comment on column private.jobs.client_id is
  'Tenant that the job belongs to; null for the sync of a whole connection, and for a removal, which outlives its client, and for an erasure (parameters name it).';
comment on column private.jobs.connection_id is 'The workspace that the job works with; null for a removal or an erasure, which concern several.';

create unique index jobs_one_open_export_per_campaign_idx on private.jobs (campaign_id)
where kind = 'export' and status in ('queued', 'running', 'paused');
create unique index jobs_one_open_sync_idx on private.jobs (connection_id, client_id) nulls not distinct
where kind = 'sync' and status in ('queued', 'running', 'paused');
create unique index jobs_one_open_removal_idx on private.jobs ((parameters ->> 'client_id'))
where kind = 'removal' and status in ('queued', 'running', 'paused');
create unique index jobs_one_open_erasure_idx on private.jobs ((parameters ->> 'digest'))
where kind = 'erase' and status in ('queued', 'running', 'paused');
-- Paused ones too: what is listed besides the last 30 days.
create index jobs_open_idx on private.jobs (next_attempt_at) where status in ('queued', 'running', 'paused');
create index jobs_connection_id_idx on private.jobs (connection_id, created_at desc);
create index jobs_client_id_idx on private.jobs (client_id, created_at desc);
create index jobs_campaign_id_idx on private.jobs (campaign_id, created_at desc);
create index jobs_failed_idx on private.jobs (finished_at) where status = 'failed';
create index jobs_created_at_idx on private.jobs (created_at desc);

alter table private.jobs enable row level security;

grant select, insert, update, delete on private.jobs to service_role;

-- What a client may know of its own jobs; the rest of the row (cursor, lease, parameters) stays inside.
grant select (id, kind, status, client_id, campaign_id, done, total, error_code, error_message, created_at, started_at, finished_at)
on private.jobs to authenticated;

create policy "Clients see their jobs, operators see all"
on private.jobs for select to authenticated
using (client_id = any (array(select private.visible_client_ids())) or (select private.is_operator()));

-- Whether somebody paused the connection of a job; a removed one is not paused, its jobs have ended.
create function private.is_paused(target_connection_id uuid)
returns boolean
language sql
stable
set search_path = ''
as $$
  select exists (
    select from public.provider_connections as c where c.id = target_connection_id and c.status = 'paused' and c.removed_at is null
  )
$$;

comment on function private.is_paused(uuid) is 'True while a person has paused the connection: no call goes to its provider.';

grant execute on function private.is_paused(uuid) to service_role;
