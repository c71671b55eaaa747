-- Webhook events: every delivery as it arrived, stored before anybody thinks about it.

-- duplicate = it tells a fact that had come by another way before; test = the provider's own test of the webhook, which
-- tells nothing of anybody; erased = it was about a person who was erased, and nothing of it was kept but that it came.
create type public.webhook_event_status as enum ('pending', 'projected', 'duplicate', 'quarantined', 'test', 'dead', 'erased');

-- delivery = the webhook brought it; log = replayed from the provider's delivery log; inbox = a mail that the provider lists,
-- sent or received; inferred = concluded from the provider's counters, because no list shows the single fact.
create type private.event_source as enum ('delivery', 'log', 'inbox', 'inferred');

grant usage on type private.event_source to service_role;

create table private.webhook_events (
  id bigint generated always as identity primary key,
  connection_id uuid not null references public.provider_connections (id) on delete cascade,
  event_key uuid not null,
  provider_campaign_id text,
  event jsonb,
  payload jsonb,
  status public.webhook_event_status not null default 'pending',
  delivery_count integer not null default 1,
  attempts smallint not null default 0,
  next_attempt_at timestamptz not null default now(),
  reason text,
  received_at timestamptz not null default now(),
  processed_at timestamptz,
  source private.event_source not null default 'delivery',
  constraint webhook_events_business_key unique (connection_id, event_key),
  constraint webhook_events_emptied_when_done check (payload is not null or status in ('projected', 'duplicate', 'test'))
);

comment on table private.webhook_events is
  'Every delivery as it arrived. event_key is the business key: the same fact delivered again only raises delivery_count. event is our normalised reading of payload; null = not readable, kept as dead letter, or a test of the provider, kept as test.';
comment on column private.webhook_events.payload is
  'As it arrived, without secrets; null = removed by retention. The row stays: a fact that comes again is recognised by its key.';
comment on column private.webhook_events.reason is 'Why a row is quarantined or dead, or what went wrong at the last attempt.';
comment on column private.webhook_events.source is
  'How the event came: delivery, log (replayed from the delivery log), inbox (a mail that the provider lists), inferred (from the provider''s counters).';

-- The projector takes of each connection in turn.
create index webhook_events_waiting_idx on private.webhook_events (connection_id, next_attempt_at, id) where status = 'pending';
create index webhook_events_held_idx on private.webhook_events (connection_id, provider_campaign_id) where status = 'quarantined';
create index webhook_events_dead_idx on private.webhook_events (id) where status = 'dead';
-- What retention can empty.
create index webhook_events_whole_idx on private.webhook_events (received_at)
where status in ('projected', 'duplicate', 'test') and payload is not null;

alter table private.webhook_events enable row level security;

grant select, insert, update, delete on private.webhook_events to service_role;

-- How deliveries fared, and nothing of what is in them.
grant select (connection_id, status, delivery_count, received_at) on private.webhook_events to authenticated;

create policy "Only the functions read deliveries"
on private.webhook_events for all to service_role using (true) with check (true);

create policy "Operators see how deliveries fared"
on private.webhook_events for select to authenticated
using ((select private.is_operator()));

-- The status with which an event is stored: it waits for the projector, is a test of the provider, or could not be read.
create function private.first_status(stored_event jsonb)
returns public.webhook_event_status
language sql
immutable
set search_path = ''
as $$
  select case
    when stored_event -> 'is_test' = 'true' then 'test'
    when nullif(stored_event -> 'event', 'null') is null then 'dead'
    else 'pending'
  end::public.webhook_event_status
$$;

comment on function private.first_status(jsonb) is
  'pending, test (the provider''s own test of the webhook) or dead (unreadable), for an event that is to be stored.';

grant execute on function private.first_status(jsonb) to service_role;
