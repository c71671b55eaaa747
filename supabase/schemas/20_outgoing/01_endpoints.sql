-- Where events go: the addresses that operators entered, what each wants to hear, and the secret that signs for it.

create type public.outgoing_event_type as enum (
  'reply.positive', 'meeting.booked', 'meeting.held', 'meeting.won', 'reply.verdict', 'lead.unsubscribed', 'email.bounced',
  'approval.requested', 'approval.answered', 'export.finished', 'goal.behind', 'connection.unhealthy', 'mailbox.disconnected', 'domain.unhealthy', 'campaign.bounce_rate_high',
  'test'
);

-- What is the agency's own business, and no client's: neither an endpoint of a client nor a person of one gets it.
create function private.agency_event_types()
returns public.outgoing_event_type[]
language sql
immutable
set search_path = ''
as $$
  select '{goal.behind,connection.unhealthy,domain.unhealthy}'::public.outgoing_event_type[]
$$;

comment on function private.agency_event_types() is 'Types of outgoing events that only the agency gets.';

grant execute on function private.agency_event_types() to service_role;

-- For these somebody waits, so they are mailed at once.
create function private.awaited_event_types()
returns public.outgoing_event_type[]
language sql
immutable
set search_path = ''
as $$
  select '{approval.requested,approval.answered}'::public.outgoing_event_type[]
$$;

comment on function private.awaited_event_types() is 'Types of outgoing events for which somebody waits: mailed at once, whatever the frequency.';

grant execute on function private.awaited_event_types() to service_role;

create type public.endpoint_format as enum ('json', 'slack', 'teams');

-- Of one client, which then gets what is about itself, or of the whole agency.
create table public.outgoing_endpoints (
  id uuid primary key default gen_random_uuid(),
  client_id uuid references public.clients (id) on delete cascade,
  name text not null check (length(btrim(name)) between 1 and 120 and name !~ '[[:cntrl:]]'),
  url text not null check (url ~ '^https?://' and length(url) <= 2000),
  format public.endpoint_format not null default 'json',
  events public.outgoing_event_type[] not null check (cardinality(events) > 0 and not 'test' = any (events)),
  rotation_ends_at timestamptz,
  last_success_at timestamptz,
  failing_since timestamptz,
  hold_until timestamptz,
  switched_off_at timestamptz,
  switched_off_reason text,
  created_at timestamptz not null default now(),
  updated_at timestamptz not null default now(),
  constraint outgoing_endpoints_of_clients_get_their_own
    check (client_id is null or not events && private.agency_event_types()),
  constraint outgoing_endpoints_off_with_a_reason check ((switched_off_at is null) = (switched_off_reason is null))
);

comment on table public.outgoing_endpoints is
  'Addresses to which events are posted. client_id null = of the agency, which gets the events of every client; else only that client''s. Operators only; written by the function outgoing.';
comment on column public.outgoing_endpoints.rotation_ends_at is
  'Until when deliveries carry a second signature with the secret before the last rotation; null = there was none.';
comment on column public.outgoing_endpoints.failing_since is 'First failure after the last success; null = the last delivery succeeded, or there was none.';
comment on column public.outgoing_endpoints.hold_until is 'The address asked for a pause (Retry-After); nothing is sent before.';
comment on column public.outgoing_endpoints.switched_off_at is
  'Nothing is sent and no new event is kept for it: an operator switched it off, it answered 410, or failed for five days.';

create index outgoing_endpoints_client_id_idx on public.outgoing_endpoints (client_id);

create trigger set_updated_at before update on public.outgoing_endpoints
for each row execute function private.set_updated_at();

alter table public.outgoing_endpoints enable row level security;

grant select on public.outgoing_endpoints to authenticated;
grant select, insert, update, delete on public.outgoing_endpoints to service_role;

create policy "Operators see where events go"
on public.outgoing_endpoints for select to authenticated
using ((select private.is_operator()));

-- Apart from the endpoint, so that reading one never reads a secret.
create table private.outgoing_secrets (
  endpoint_id uuid primary key references public.outgoing_endpoints (id) on delete cascade,
  encrypted_secret text not null,
  master_key_id text not null,
  encrypted_previous text,
  previous_master_key_id text,
  previous_until timestamptz,
  constraint outgoing_secrets_previous_is_whole check (
    (encrypted_previous is null) = (previous_master_key_id is null) and (encrypted_previous is null) = (previous_until is null)
  )
);

comment on table private.outgoing_secrets is
  'Signing secrets of endpoints, encrypted as API keys are and bound to the endpoint; the previous one signs too until previous_until.';

alter table private.outgoing_secrets enable row level security;

grant select, insert, update, delete on private.outgoing_secrets to service_role;

create policy "Only the functions read signing secrets"
on private.outgoing_secrets for all to service_role using (true) with check (true);
