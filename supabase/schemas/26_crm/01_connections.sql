-- CRM accounts to which leads are pushed: of one client, or of the agency for every client that has none of its own.

create type public.crm_provider as enum ('hubspot');

create table public.crm_connections (
  id uuid primary key default gen_random_uuid(),
  provider public.crm_provider not null default 'hubspot',
  client_id uuid references public.clients (id) on delete cascade,
  account_id text not null check (account_id ~ '^[0-9A-Za-z_-]{1,40}$'),
  account_host text not null check (account_host ~ '^[a-z0-9.-]{1,100}$'),
  currency text check (currency ~ '^[A-Z]{3}$'),
  token_last4 text not null check (length(token_last4) <= 4),
  events public.outgoing_event_type[] not null,
  pipeline_id text not null check (length(pipeline_id) between 1 and 100),
  pipeline_name text not null check (length(pipeline_name) between 1 and 300),
  lead_stage_id text not null check (length(lead_stage_id) between 1 and 100),
  meeting_stage_id text check (length(meeting_stage_id) between 1 and 100),
  unsubscribed_property text check (length(unsubscribed_property) between 1 and 100),
  mapping jsonb not null default '{}' check (jsonb_typeof(mapping) = 'object'),
  stages jsonb not null default '[]' check (jsonb_typeof(stages) = 'array'),
  last_push_at timestamptz,
  last_read_at timestamptz,
  failing_since timestamptz,
  last_error text check (length(last_error) <= 500),
  hold_until timestamptz,
  switched_off_at timestamptz,
  switched_off_reason text,
  created_at timestamptz not null default now(),
  updated_at timestamptz not null default now(),
  constraint crm_connections_one_per_client unique nulls not distinct (client_id),
  constraint crm_connections_events_that_it_knows check (
    cardinality(events) > 0 and events <@ '{reply.positive,meeting.booked,lead.unsubscribed}'::public.outgoing_event_type[]
  ),
  constraint crm_connections_unsubscribes_with_a_property check (
    not 'lead.unsubscribed' = any (events) or unsubscribed_property is not null
  ),
  constraint crm_connections_off_with_a_reason check ((switched_off_at is null) = (switched_off_reason is null))
);

comment on table public.crm_connections is
  'CRM accounts: what is pushed to them and what their deal stages mean. client_id null = of the agency, for clients without one of their own. Operators only; written by the function crm.';
comment on column public.crm_connections.account_host is 'Where its web pages are, for links: app.hubspot.com, app-eu1.hubspot.com.';
comment on column public.crm_connections.mapping is 'Our field → property of the contact; what is not in it is not pushed.';
comment on column public.crm_connections.stages is
  'Stages of the pipeline as they were when it was saved: [{ id, name, status }]; status is what a deal there says about the meeting (booked, held, no_show, won, lost), null = nothing.';
comment on column public.crm_connections.failing_since is 'First failure after the last success, of pushing or reading; null = it works.';
comment on column public.crm_connections.switched_off_at is
  'Nothing is pushed or read: an operator switched it off, the token was refused, or it failed for five days. What is to be pushed waits.';

create trigger set_updated_at before update on public.crm_connections
for each row execute function private.set_updated_at();

alter table public.crm_connections enable row level security;

grant select on public.crm_connections to authenticated;
grant select, insert, update, delete on public.crm_connections to service_role;

create policy "Operators see CRM accounts"
on public.crm_connections for select to authenticated
using ((select private.is_operator()));

-- Apart, so that reading a connection never reads a token.
create table private.crm_tokens (
  connection_id uuid primary key references public.crm_connections (id) on delete cascade,
  encrypted_token text not null,
  master_key_id text not null
);

comment on table private.crm_tokens is 'Tokens of CRM accounts, encrypted as API keys are and bound to the connection.';

alter table private.crm_tokens enable row level security;

grant select, insert, update, delete on private.crm_tokens to service_role;

create policy "Only the functions read CRM tokens"
on private.crm_tokens for all to service_role using (true) with check (true);

-- How far its deals are read.
create table private.crm_readers (
  connection_id uuid primary key references public.crm_connections (id) on delete cascade,
  read_until timestamptz not null default now(),
  next_read_at timestamptz not null default now(),
  failures smallint not null default 0,
  lease_token uuid
);

comment on table private.crm_readers is
  'The cursor of reading deals back: everything that changed up to read_until, by the CRM''s clock, has been read.';

alter table private.crm_readers enable row level security;

grant select, insert, update, delete on private.crm_readers to service_role;

create policy "Only the functions read cursors of a CRM"
on private.crm_readers for all to service_role using (true) with check (true);

-- The events that a connection wants are announced even where no endpoint listens.
create function private.subscribe_crm()
returns trigger
language plpgsql
set search_path = ''
as $$
begin
  if tg_op = 'DELETE' then
    delete from private.outgoing_subscribers as s where s.id = old.id;
    return null;
  end if;

  insert into private.outgoing_subscribers as s (id, client_id, events)
  values (new.id, new.client_id, new.events)
  on conflict (id) do update set events = excluded.events;
  return null;
end
$$;

comment on function private.subscribe_crm() is 'Trigger: a CRM connection listens to the events that it pushes.';

grant execute on function private.subscribe_crm() to service_role;

create trigger subscribe after insert or update of events or delete on public.crm_connections
for each row execute function private.subscribe_crm();
