-- What is to be sent: one event per fact, and one delivery per event and endpoint, written with the fact itself.

-- The payload is made when the event is first taken: a reply has its text by then, and the projector pays for a few ids only.
create table private.outgoing_events (
  id uuid primary key default gen_random_uuid(),
  type public.outgoing_event_type not null,
  fact text not null,
  client_id uuid references public.clients (id) on delete cascade,
  lead_id uuid references public.synced_leads (id) on delete cascade,
  about jsonb not null default '{}',
  occurred_at timestamptz not null,
  payload jsonb,
  created_at timestamptz not null default now(),
  constraint outgoing_events_once_per_fact unique (fact)
);

comment on table private.outgoing_events is
  'Facts that somebody listens to, each once. about holds our ids of what it is about; payload is what is sent, the same at every attempt. Kept as long as private.retention_settings say, and no longer than the lead.';
comment on column private.outgoing_events.fact is 'What makes it one fact, such as reply.positive:<lead>: a second way to the same fact adds nothing.';

create index outgoing_events_client_id_idx on private.outgoing_events (client_id);
create index outgoing_events_lead_id_idx on private.outgoing_events (lead_id);
create index outgoing_events_created_at_idx on private.outgoing_events (created_at);

alter table private.outgoing_events enable row level security;

-- What outgoing_log shows.
grant select (id, type, client_id, occurred_at, payload) on private.outgoing_events to authenticated;
grant select, insert, update, delete on private.outgoing_events to service_role;

create policy "Operators see outgoing events"
on private.outgoing_events for select to authenticated
using ((select private.is_operator()));

-- What else wants events, such as a CRM: it queues them itself, with a trigger on outgoing_events.
create table private.outgoing_subscribers (
  id uuid primary key,
  client_id uuid references public.clients (id) on delete cascade,
  events public.outgoing_event_type[] not null
);

comment on table private.outgoing_subscribers is
  'Other parts of the system that want events, of one client or (client_id null) of all: without them an event that no endpoint and no person wants is not written.';

create index outgoing_subscribers_client_id_idx on private.outgoing_subscribers (client_id);

alter table private.outgoing_subscribers enable row level security;

grant select, insert, update, delete on private.outgoing_subscribers to service_role;

create policy "Only the functions read subscribers"
on private.outgoing_subscribers for all to service_role using (true) with check (true);

create type public.outgoing_state as enum ('waiting', 'delivered', 'failed');

-- Taking a delivery moves its next attempt to the end of the lease: when the sender dies, another takes it then.
create table private.outgoing_deliveries (
  event_id uuid not null references private.outgoing_events (id) on delete cascade,
  endpoint_id uuid not null references public.outgoing_endpoints (id) on delete cascade,
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
  delivered_at timestamptz,
  primary key (event_id, endpoint_id)
);

comment on table private.outgoing_deliveries is
  'One event on its way to one endpoint: attempts, the last answer (first 2 kB) and when the next attempt is due. failed = given up after 24 hours.';
comment on column private.outgoing_deliveries.wanted_at is 'When it was first to be sent, or replayed last; the 24 hours count from here.';
comment on column private.outgoing_deliveries.lease_token is 'What the sender that took it must present to record the answer.';

create index outgoing_deliveries_due_idx on private.outgoing_deliveries (endpoint_id, next_attempt_at) where state = 'waiting';
-- The log is read newest first.
create index outgoing_deliveries_wanted_idx on private.outgoing_deliveries (wanted_at desc);
create index outgoing_deliveries_failed_idx on private.outgoing_deliveries (endpoint_id, wanted_at) where state = 'failed';

alter table private.outgoing_deliveries enable row level security;

grant select (
  event_id, endpoint_id, state, attempts, wanted_at, next_attempt_at, last_attempt_at, duration_ms, last_status, last_answer, last_error,
  delivered_at
) on private.outgoing_deliveries to authenticated;
grant select, insert, update, delete on private.outgoing_deliveries to service_role;

create policy "Operators see deliveries"
on private.outgoing_deliveries for select to authenticated
using ((select private.is_operator()));

-- A mail that is reserved before it is sent: its id is the idempotency key, so that it is never sent twice.
create table private.mails (
  id uuid primary key default gen_random_uuid(),
  user_id uuid references public.members (user_id) on delete cascade,
  kind text not null check (kind ~ '^[a-z_]+$'),
  state public.outgoing_state not null default 'waiting',
  attempts smallint not null default 0,
  next_attempt_at timestamptz not null default now(),
  lease_token uuid,
  last_error text check (length(last_error) <= 500),
  created_at timestamptz not null default now(),
  sent_at timestamptz
);

comment on table private.mails is
  'Mails on their way: reserved, then sent with their id as the idempotency key. failed = given up after 24 hours. Kept for 30 days.';

create index mails_user_id_idx on private.mails (user_id);
create index mails_due_idx on private.mails (next_attempt_at) where state = 'waiting';
create index mails_created_at_idx on private.mails (created_at);

alter table private.mails enable row level security;

grant select, insert, update, delete on private.mails to service_role;

create policy "Only the functions read mails"
on private.mails for all to service_role using (true) with check (true);

create table private.notifications (
  event_id uuid not null references private.outgoing_events (id) on delete cascade,
  user_id uuid not null references private.notification_preferences (user_id) on delete cascade,
  due_at timestamptz not null,
  mail_id uuid references private.mails (id) on delete cascade,
  primary key (event_id, user_id)
);

comment on table private.notifications is 'One event for one person: when it is to be mailed, and the mail that it is in; mail_id null = in none yet.';

create index notifications_due_idx on private.notifications (user_id, due_at) where mail_id is null;
create index notifications_mail_id_idx on private.notifications (mail_id);

alter table private.notifications enable row level security;

grant select, insert, update, delete on private.notifications to service_role;

create policy "Only the functions read notifications"
on private.notifications for all to service_role using (true) with check (true);
