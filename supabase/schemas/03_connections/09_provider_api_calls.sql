-- The call log: every call to a provider with its answer and duration, for the operators, for a month.

create table public.provider_api_calls (
  id bigint generated always as identity primary key,
  connection_id uuid not null references public.provider_connections (id) on delete cascade,
  client_id uuid references public.clients (id) on delete cascade,
  job_id uuid,
  called_at timestamptz not null,
  method text not null,
  path text not null,
  status integer,
  duration_ms integer not null,
  attempt integer not null,
  error_kind text
);

comment on table public.provider_api_calls is
  'Calls to the providers, as long as they are kept; for operators only. Holds neither query, body, key nor an id of the provider.';
comment on column public.provider_api_calls.client_id is 'Client that the connection is dedicated to; null for a shared one.';
comment on column public.provider_api_calls.job_id is 'The job that called, as long as it is kept; null for calls outside of a job.';
comment on column public.provider_api_calls.path is 'Path with every id and address in it replaced by {id}.';
comment on column public.provider_api_calls.status is 'Status of the answer; null when there was none.';
comment on column public.provider_api_calls.attempt is '1 = first; every retry is a call of its own.';

create index provider_api_calls_connection_id_idx on public.provider_api_calls (connection_id, called_at desc);
create index provider_api_calls_client_id_idx on public.provider_api_calls (client_id, called_at desc);
create index provider_api_calls_called_at_idx on public.provider_api_calls (called_at);

alter table public.provider_api_calls enable row level security;

grant select on public.provider_api_calls to authenticated;
grant select, insert, update, delete on public.provider_api_calls to service_role;

create policy "Operators see all calls"
on public.provider_api_calls for select to authenticated
using ((select private.is_operator()));

-- Writes a batch. Calls of a connection that is gone by now are left out, so that they do not cost the others.
create function worker.record_provider_api_calls(calls jsonb)
returns integer
language sql
volatile
set search_path = ''
as $$
  with written as (
    insert into public.provider_api_calls
      (connection_id, client_id, job_id, called_at, method, path, status, duration_ms, attempt, error_kind)
    select c.id, c.client_id, r.job_id, r.called_at, r.method, r.path, r.status, r.duration_ms, r.attempt, r.error_kind
    from jsonb_to_recordset(calls) as r (
      connection_id uuid, job_id uuid, called_at timestamptz, method text, path text, status integer,
      duration_ms integer, attempt integer, error_kind text
    )
    join public.provider_connections as c on c.id = r.connection_id
    returning 1
  )
  select count(*)::integer from written
$$;

comment on function worker.record_provider_api_calls(jsonb) is
  'Adds a batch of calls to the call log and returns how many were written. Service role only.';

grant execute on function worker.record_provider_api_calls(jsonb) to service_role;
