-- What went wrong with a connection, or with the installation, and until when. Found by private.list_incidents or by what
-- notices it.

-- Something that stopped the flow of events and that an operator should know about afterwards, even if it ended automatically.
-- An operator acknowledges it; that holds for this one incident and ends with it.
create table public.incidents (
  id uuid primary key default gen_random_uuid(),
  connection_id uuid references public.provider_connections (id) on delete cascade,
  client_id uuid references public.clients (id) on delete cascade,
  kind text not null check (kind ~ '^[a-z_]+$'),
  subject text not null default '',
  opened_at timestamptz not null default now(),
  closed_at timestamptz,
  details text,
  occurrences integer not null default 1,
  text text,
  delivery text not null default 'waiting' check (delivery in ('waiting', 'sending', 'delivered', 'failed')),
  delivery_attempts smallint not null default 0,
  delivery_error text,
  next_attempt_at timestamptz not null default now(),
  sent_occurrences integer,
  request_id bigint,
  queued_at timestamptz,
  sent_at timestamptz,
  acknowledged_at timestamptz,
  acknowledged_by uuid,
  acknowledged_note text,
  acknowledged_occurrences integer
);

comment on table public.incidents is
  'What went wrong and until when (kinds: private.list_incident_kinds), how its alert was delivered, and who acknowledged it. closed_at null = still open, client_id null = a shared connection, connection_id null = the installation itself. Operators only.';
comment on column public.incidents.acknowledged_at is
  'An operator acknowledged it: it stays open until it is over, but neither counts as new nor is posted. The next incident of the same kind shows again.';
comment on column public.incidents.subject is 'What of the connection: export:<campaign> or sync of a job, campaign:<id>, mailbox:<id>, domain:<name>, the unmapped campaign that moved, the name of a function; empty = the connection itself.';
comment on column public.incidents.occurrences is 'How many at once, for dead letters.';

create unique index incidents_one_open_idx on public.incidents (connection_id, kind, subject) nulls not distinct where closed_at is null;
create index incidents_client_id_idx on public.incidents (client_id, opened_at desc);
create index incidents_connection_id_idx on public.incidents (connection_id, opened_at desc);
create index incidents_newest_idx on public.incidents (opened_at desc);
create index incidents_undelivered_idx on public.incidents (next_attempt_at) where delivery in ('waiting', 'sending');

alter table public.incidents enable row level security;

grant select on public.incidents to authenticated;
grant select, insert, update, delete on public.incidents to service_role;

create policy "Operators see incidents"
on public.incidents for select to authenticated
using ((select private.is_operator()));
