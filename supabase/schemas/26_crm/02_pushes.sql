-- What is in a CRM of which lead, and what is on its way there.

create table public.crm_records (
  connection_id uuid not null references public.crm_connections (id) on delete cascade,
  lead_id uuid not null references public.synced_leads (id) on delete cascade,
  client_id uuid not null references public.clients (id) on delete cascade,
  contact_id text,
  deal_id text,
  stage_id text,
  stage_at timestamptz,
  amount numeric(14, 2),
  currency text,
  reported_status text check (reported_status in ('booked', 'held', 'no_show', 'won', 'lost')),
  reported_stage_id text,
  open_stage_id text,
  deal_gone_at timestamptz,
  checked_at timestamptz not null default now(),
  created_at timestamptz not null default now(),
  primary key (connection_id, lead_id)
);

comment on table public.crm_records is
  'The contact and the deal that a lead has in a CRM, with the stage of the deal as last pushed or read. Operators only.';
comment on column public.crm_records.stage_at is 'Since when the deal is in its stage, by the CRM''s clock: what is older changes nothing.';
comment on column public.crm_records.reported_status is 'What the stages of the deal last reported about the meeting; null = nothing yet.';
comment on column public.crm_records.reported_stage_id is 'The stage that reported it.';
comment on column public.crm_records.open_stage_id is
  'The last stage that reported something and did not end the deal: what holds again when a won or lost deal is reopened.';
comment on column public.crm_records.deal_gone_at is
  'The deal was deleted in the CRM, or merged into that of another lead: no other one is made for this lead.';
comment on column public.crm_records.checked_at is 'When the deal was last seen; a search does not show that one was deleted.';

create unique index crm_records_deal_id_idx on public.crm_records (connection_id, deal_id);
create index crm_records_lead_id_idx on public.crm_records (lead_id);
create index crm_records_client_id_idx on public.crm_records (client_id);
create index crm_records_checked_at_idx on public.crm_records (connection_id, checked_at) where deal_id is not null and deal_gone_at is null;

alter table public.crm_records enable row level security;

grant select on public.crm_records to authenticated;
grant select, insert, update, delete on public.crm_records to service_role;

create policy "Operators see what is in a CRM"
on public.crm_records for select to authenticated
using ((select private.is_operator()));

-- Taking a push moves its next attempt to the end of the lease: when the worker dies, another takes it then.
create table private.crm_pushes (
  id uuid primary key default gen_random_uuid(),
  connection_id uuid not null references public.crm_connections (id) on delete cascade,
  event_id uuid references private.outgoing_events (id) on delete cascade,
  lead_id uuid not null references public.synced_leads (id) on delete cascade,
  client_id uuid not null references public.clients (id) on delete cascade,
  type public.outgoing_event_type not null,
  state public.outgoing_state not null default 'waiting',
  attempts smallint not null default 0,
  wanted_at timestamptz not null default now(),
  next_attempt_at timestamptz not null default now(),
  lease_token uuid,
  last_attempt_at timestamptz,
  duration_ms integer,
  last_status smallint,
  last_answer text check (length(last_answer) <= 2048),
  last_error text check (length(last_error) <= 500),
  note text check (length(note) <= 500),
  sent jsonb,
  delivered_at timestamptz,
  created_at timestamptz not null default now(),
  constraint crm_pushes_once_per_event unique (connection_id, event_id)
);

comment on table private.crm_pushes is
  'One event on its way to a CRM: attempts, what was sent and the last answer (first 2 kB). failed = given up after 24 hours, or refused for good. event_id null = pushed by hand. Kept for 30 days.';
comment on column private.crm_pushes.wanted_at is 'When it was first to be pushed, or retried last; the 24 hours count from here.';
comment on column private.crm_pushes.lease_token is 'What the worker that took it must present to record the answer.';
comment on column private.crm_pushes.note is 'What of it the CRM did not take, although the rest went through.';

create index crm_pushes_due_idx on private.crm_pushes (connection_id, next_attempt_at) where state = 'waiting';
create index crm_pushes_failed_idx on private.crm_pushes (connection_id, wanted_at) where state = 'failed';
create index crm_pushes_lead_id_idx on private.crm_pushes (lead_id, created_at desc);
create index crm_pushes_event_id_idx on private.crm_pushes (event_id);
create index crm_pushes_client_id_idx on private.crm_pushes (client_id);
create index crm_pushes_created_at_idx on private.crm_pushes (created_at);

alter table private.crm_pushes enable row level security;

grant select (
  id, connection_id, event_id, lead_id, client_id, type, state, attempts, wanted_at, next_attempt_at, last_attempt_at, duration_ms, last_status,
  last_answer, last_error, note, sent, delivered_at, created_at
) on private.crm_pushes to authenticated;
grant select, insert, update, delete on private.crm_pushes to service_role;

create policy "Operators see pushes to a CRM"
on private.crm_pushes for select to authenticated
using ((select private.is_operator()));
