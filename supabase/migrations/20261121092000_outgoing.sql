-- Generated from supabase/schemas/20_outgoing by "npm run migrations".

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

-- How mails leave: a sender address and the key of a Resend-compatible HTTP API, which only the functions can decrypt.

-- One row, or none: then no mail is written.
create table private.mail_settings (
  is_only boolean primary key default true constraint mail_settings_is_one_row check (is_only),
  sender_address text not null check (sender_address ~ '^[^\s@<>]+@[^\s@<>]+$' and length(sender_address) <= 320),
  base_url text not null check (base_url ~ '^https?://' and length(base_url) <= 500),
  encrypted_key text not null,
  master_key_id text not null,
  key_last4 text not null,
  dashboard_url text not null check (dashboard_url ~ '^https?://' and length(dashboard_url) <= 500),
  updated_at timestamptz not null default now()
);

comment on table private.mail_settings is
  'Sender, API and encrypted key for notifications by email; no row = they are not set up. dashboard_url is where links in mails lead.';

create trigger set_updated_at before update on private.mail_settings
for each row execute function private.set_updated_at();

alter table private.mail_settings enable row level security;

grant select, insert, update, delete on private.mail_settings to service_role;

create policy "Only the functions read the mail settings"
on private.mail_settings for all to service_role using (true) with check (true);

-- What operators see of it.
create function worker.read_mail_settings()
returns jsonb
language sql
stable
set search_path = ''
as $$
  select jsonb_build_object(
    'sender_address', m.sender_address, 'base_url', m.base_url, 'key_last4', m.key_last4, 'dashboard_url', m.dashboard_url,
    'encrypted_key', m.encrypted_key, 'master_key_id', m.master_key_id
  )
  from private.mail_settings as m
$$;

comment on function worker.read_mail_settings() is 'The mail settings with the encrypted key; null = not set up. Service role only.';

grant execute on function worker.read_mail_settings() to service_role;

-- saved: { sender_address, base_url, dashboard_url, encrypted_key?, master_key_id?, key_last4? }; without a key the saved one stays.
create function worker.save_mail_settings(saved jsonb, actor uuid)
returns void
language plpgsql
set search_path = ''
as $$
begin
  if not saved ? 'encrypted_key' and not exists (select from private.mail_settings) then
    raise exception using errcode = 'PT400', message = 'VALIDATION_FAILED', detail = 'Enter the API key too';
  end if;

  if saved ? 'encrypted_key' then
    insert into private.mail_settings as m (sender_address, base_url, dashboard_url, encrypted_key, master_key_id, key_last4)
    values (
      saved ->> 'sender_address', saved ->> 'base_url', saved ->> 'dashboard_url', saved ->> 'encrypted_key', saved ->> 'master_key_id',
      saved ->> 'key_last4'
    )
    on conflict (is_only) do update set
      sender_address = excluded.sender_address, base_url = excluded.base_url, dashboard_url = excluded.dashboard_url,
      encrypted_key = excluded.encrypted_key, master_key_id = excluded.master_key_id, key_last4 = excluded.key_last4;
  else
    update private.mail_settings as m
    set
      sender_address = saved ->> 'sender_address', base_url = saved ->> 'base_url', dashboard_url = saved ->> 'dashboard_url'
    where m.is_only;
  end if;

  perform private.write_audit(
    'mail_settings_saved', 'agency', null, null,
    jsonb_build_object('sender_address', saved ->> 'sender_address', 'new_key', saved ? 'encrypted_key'), actor
  );
end
$$;

comment on function worker.save_mail_settings(jsonb, uuid) is 'Saves sender, API and key of notifications by email. Service role only.';

grant execute on function worker.save_mail_settings(jsonb, uuid) to service_role;

-- What each person gets by email, set by themselves.

create type public.mail_frequency as enum ('at_once', 'hourly', 'daily');

create type public.mail_language as enum ('en', 'nl', 'de');

create table private.notification_preferences (
  user_id uuid primary key references public.members (user_id) on delete cascade,
  events public.outgoing_event_type[] not null check (not 'test' = any (events)),
  frequency public.mail_frequency not null default 'daily',
  language public.mail_language not null default 'en',
  time_zone text not null default 'UTC',
  stop_token uuid not null default gen_random_uuid() unique,
  updated_at timestamptz not null default now()
);

comment on table private.notification_preferences is
  'Which events a person gets by email, how often, in which language, and by which clock a daily mail comes at 8:00. stop_token is in the mails: who has it can end them, and nothing else.';

create trigger set_updated_at before update on private.notification_preferences
for each row execute function private.set_updated_at();

alter table private.notification_preferences enable row level security;

grant select, insert, update, delete on private.notification_preferences to service_role;

create policy "Only the functions read preferences"
on private.notification_preferences for all to service_role using (true) with check (true);

-- What a person gets before choosing: a client that is asked, and an agency whose client answered, would otherwise not know of it.
create function private.default_event_types(of_role public.member_role)
returns public.outgoing_event_type[]
language sql
immutable
set search_path = ''
as $$
  select case of_role when 'client' then '{approval.requested}' else '{approval.answered}' end::public.outgoing_event_type[]
$$;

comment on function private.default_event_types(public.member_role) is 'The events that a person gets by email without having chosen any.';

grant execute on function private.default_event_types(public.member_role) to service_role;

-- A client that gets its reports in a language reads mails in it.
create function private.default_language(of_client uuid)
returns public.mail_language
language plpgsql
stable
set search_path = ''
as $$
begin
  return coalesce((select s.language from private.client_report_settings as s where s.client_id = of_client), 'en');
end
$$;

comment on function private.default_language(uuid) is 'The language of a client''s reports, else English; null = of the agency.';

grant execute on function private.default_language(uuid) to service_role;

-- Writes down the defaults of those who have not chosen, because a mail needs their language and the key that ends them.
create function private.note_default_preferences(people uuid[])
returns void
language sql
volatile
set search_path = ''
as $$
  insert into private.notification_preferences (user_id, events, language, time_zone)
  select m.user_id, private.default_event_types(m.role), private.default_language(m.client_id), coalesce(c.time_zone, 'UTC')
  from public.members as m
  left join public.clients as c on c.id = m.client_id
  where m.user_id = any (people)
  on conflict (user_id) do nothing
$$;

comment on function private.note_default_preferences(uuid[]) is 'Writes the default preferences of people who have none yet.';

grant execute on function private.note_default_preferences(uuid[]) to service_role;

-- When a mail about something that happened now is due.
create function private.mail_due_at(frequency public.mail_frequency, time_zone text)
returns timestamptz
language sql
stable
set search_path = ''
as $$
  select case mail_due_at.frequency
    when 'at_once' then now()
    when 'hourly' then date_trunc('hour', now()) + interval '1 hour'
    when 'daily' then (
      select min(d.due)
      from generate_series(0, 1) as n (days)
      cross join lateral (
        select ((now() at time zone mail_due_at.time_zone)::date + n.days + time '08:00') at time zone mail_due_at.time_zone as due
      ) as d
      where d.due > now()
    )
  end
$$;

comment on function private.mail_due_at(public.mail_frequency, text) is
  'When what happens now is to be mailed: now, at the next full hour, or at the next 8:00 of the time zone.';

grant execute on function private.mail_due_at(public.mail_frequency, text) to service_role;

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

-- How a fact becomes an event: triggers with a condition on the row, so that the many rows that are no news cost a comparison.

-- Calls the sender once per transaction, after its commit. Definer, because the call reads a secret of the Vault.
create function private.wake_sender()
returns bigint
language plpgsql
security definer
set search_path = ''
as $$
declare
  this text := pg_current_xact_id()::text;
begin
  if current_setting('replyloop.sender_woken', true) = this then
    return null;
  end if;

  perform set_config('replyloop.sender_woken', this, true);
  return private.invoke_function('outgoing', '{"action": "send"}');
exception
  -- Without the Vault secrets nothing can be called; the sweep says so, and sends once they are there.
  when raise_exception then
    return null;
end
$$;

comment on function private.wake_sender() is
  'Queues one call of the function outgoing for what this transaction announced; null = it is queued already, or the Vault secrets are missing.';

grant execute on function private.wake_sender() to service_role;

-- The people who get an event by email: operators of every client, people of a client of their own. Without mail settings no one.
create function private.mail_listeners(event_type public.outgoing_event_type, of_client uuid)
returns setof uuid
language sql
stable
set search_path = ''
as $$
  select m.user_id
  from (
    select p.user_id from private.notification_preferences as p where event_type = any (p.events)
    union all
    -- Only for the few types that anybody has by default: with every bounce all members would be looked through.
    select o.user_id
    from public.members as o
    where event_type = any (private.awaited_event_types())
      and event_type = any (private.default_event_types(o.role))
      and not exists (select from private.notification_preferences as p where p.user_id = o.user_id)
  ) as wanting
  join public.members as m on m.user_id = wanting.user_id
  where exists (select from private.mail_settings)
    and (m.role = 'operator' or (m.client_id = of_client and event_type <> all (private.agency_event_types())))
$$;

comment on function private.mail_listeners(public.outgoing_event_type, uuid) is 'People who want an event of this type and client by email.';

grant execute on function private.mail_listeners(public.outgoing_event_type, uuid) to service_role;

-- Writes an event and its deliveries if somebody listens. What is older than three days when it gets here (a workspace that is
-- read for the first time, a long outage) is no news.
create function private.announce(
  event_type public.outgoing_event_type, of_fact text, of_client uuid, of_lead uuid, about jsonb, happened_at timestamptz
)
returns void
language plpgsql
set search_path = ''
as $$
declare
  listeners uuid[];
  people uuid[];
  made uuid;
begin
  if happened_at is null or happened_at < now() - interval '3 days' then
    return;
  end if;

  listeners := array(
    select e.id
    from public.outgoing_endpoints as e
    where e.switched_off_at is null and event_type = any (e.events) and (e.client_id is null or e.client_id = of_client)
  );

  people := array(select private.mail_listeners(event_type, of_client));

  if listeners = '{}' and people = '{}' and not exists (
    select
    from private.outgoing_subscribers as s
    where event_type = any (s.events) and (s.client_id is null or s.client_id = of_client)
  ) then
    return;
  end if;

  insert into private.outgoing_events (type, fact, client_id, lead_id, about, occurred_at)
  values (event_type, of_fact, of_client, of_lead, announce.about, happened_at)
  on conflict (fact) do nothing
  returning id into made;

  if made is null then
    return;
  end if;

  insert into private.outgoing_deliveries (event_id, endpoint_id)
  select made, l.id from unnest(listeners) as l (id);

  perform private.note_default_preferences(people);

  insert into private.notifications (event_id, user_id, due_at)
  select
    made, p.user_id,
    case when event_type = any (private.awaited_event_types()) then now() else private.mail_due_at(p.frequency, p.time_zone) end
  from private.notification_preferences as p
  where p.user_id = any (people);

  perform private.wake_sender();
exception
  -- The fact itself must not fail because it cannot be announced. A conflict with another writer is retried as a whole.
  when deadlock_detected or serialization_failure or lock_not_available or query_canceled or disk_full or io_error then
    raise;
  when others then
    raise warning 'The event % could not be written: % %', event_type, sqlstate, sqlerrm;
end
$$;

comment on function private.announce(public.outgoing_event_type, text, uuid, uuid, jsonb, timestamptz) is
  'Writes an outgoing event with its deliveries, once per fact and only where an endpoint, a person or another subscriber listens.';

grant execute on function private.announce(public.outgoing_event_type, text, uuid, uuid, jsonb, timestamptz) to service_role;

-- A lead became positive: by the provider's label, a person's verdict or a sync. Once per lead.
create function private.announce_positive_lead()
returns trigger
language plpgsql
set search_path = ''
as $$
begin
  perform private.announce(
    'reply.positive', 'reply.positive:' || new.id, new.client_id, new.id, '{}',
    coalesce(new.interest_changed_at, case when tg_op = 'UPDATE' then now() end)
  );
  return null;
end
$$;

comment on function private.announce_positive_lead() is 'Trigger: a lead whose interest became positive is a positive reply.';

grant execute on function private.announce_positive_lead() to service_role;

create trigger announce_new after insert on public.synced_leads
for each row when (new.interest_status = 'positive')
execute function private.announce_positive_lead();

create trigger announce_changed after update on public.synced_leads
for each row when (new.interest_status = 'positive' and old.interest_status is distinct from new.interest_status)
execute function private.announce_positive_lead();

create function private.announce_bounce()
returns trigger
language plpgsql
set search_path = ''
as $$
begin
  perform private.announce(
    'email.bounced', 'email.bounced:' || new.id, new.client_id, new.lead_id,
    jsonb_strip_nulls(jsonb_build_object('email', new.email, 'campaign_id', new.campaign_id, 'bounce_class', new.bounce_class)),
    new.occurred_at
  );
  return null;
end
$$;

comment on function private.announce_bounce() is 'Trigger: a mail bounced.';

grant execute on function private.announce_bounce() to service_role;

create trigger announce after insert on public.email_events
for each row when (new.type = 'email_bounced')
execute function private.announce_bounce();

-- Once per meeting and state, by label, person or CRM. It counts when its row is settled, after the insert.
create function private.announce_meeting()
returns trigger
language plpgsql
set search_path = ''
as $$
begin
  perform private.announce(
    ('meeting.' || new.status)::public.outgoing_event_type, format('meeting.%s:%s', new.status, new.id), new.client_id, new.lead_id,
    jsonb_build_object('campaign_id', new.campaign_id, 'meeting_id', new.id), new.status_at
  );
  return null;
end
$$;

comment on function private.announce_meeting() is 'Trigger: a meeting is booked or held, or its deal is won.';

grant execute on function private.announce_meeting() to service_role;

create trigger announce_status after update on public.meetings
for each row when (
  new.status in ('booked', 'held', 'won') and new.removed_at is null and (old.removed_at is not null or old.status is distinct from new.status)
)
execute function private.announce_meeting();

create function private.announce_verdict()
returns trigger
language plpgsql
set search_path = ''
as $$
begin
  perform private.announce(
    'reply.verdict', format('reply.verdict:%s:%s', new.id, extract(epoch from new.verdict_at)), new.client_id, new.lead_id,
    jsonb_build_object('message_id', new.id, 'verdict', new.verdict, 'note', new.verdict_note), new.verdict_at
  );
  return null;
end
$$;

comment on function private.announce_verdict() is 'Trigger: a person judged a reply, or changed the verdict.';

grant execute on function private.announce_verdict() to service_role;

create trigger announce_verdict after update of verdict on public.messages
for each row when (new.verdict is not null and new.verdict is distinct from old.verdict)
execute function private.announce_verdict();

-- Who asked not to be written to again. An operator's own entries, maybe a list of thousands, are no news to anybody.
create function private.announce_unsubscribed()
returns trigger
language plpgsql
set search_path = ''
as $$
begin
  if coalesce(current_setting('role', true), 'none') <> 'authenticated' then
    perform private.announce(
      'lead.unsubscribed', format('lead.unsubscribed:%s:%s', new.client_id, md5(new.email)), new.client_id,
      (
        select l.id
        from public.synced_leads as l
        where l.client_id = new.client_id and l.email = new.email
        order by l.last_event_at desc nulls last, l.id
        limit 1
      ),
      jsonb_build_object('email', new.email, 'reason', new.reason), new.suppressed_at
    );
  end if;

  return null;
end
$$;

comment on function private.announce_unsubscribed() is
  'Trigger: an address that unsubscribed, reported spam or is not to be contacted; not what a person enters by hand.';

grant execute on function private.announce_unsubscribed() to service_role;

create trigger announce_new after insert on public.suppressions
for each row when (new.reason in ('unsubscribed', 'spam_report', 'do_not_contact'))
execute function private.announce_unsubscribed();

create trigger announce_changed after update on public.suppressions
for each row when (new.reason in ('unsubscribed', 'spam_report', 'do_not_contact') and old.reason in ('bounced'))
execute function private.announce_unsubscribed();

-- Asking again is a new event: the client is to read what is there now.
create function private.announce_approval()
returns trigger
language plpgsql
set search_path = ''
as $$
begin
  if new.state = 'requested' then
    perform private.announce(
      'approval.requested', format('approval.requested:%s:%s', new.id, extract(epoch from new.requested_at)), new.client_id, null,
      jsonb_build_object('campaign_id', new.campaign_id, 'approval_id', new.id), new.requested_at
    );
  else
    perform private.announce(
      'approval.answered', 'approval.answered:' || new.id, new.client_id, null,
      jsonb_build_object('campaign_id', new.campaign_id, 'approval_id', new.id), new.answered_at
    );
  end if;

  return null;
end
$$;

comment on function private.announce_approval() is 'Trigger: a client was asked to approve a campaign, or answered.';

grant execute on function private.announce_approval() to service_role;

create trigger announce_new after insert on public.campaign_approvals
for each row when (new.state = 'requested')
execute function private.announce_approval();

create trigger announce_changed after update on public.campaign_approvals
for each row when (new.state is distinct from old.state or new.requested_at is distinct from old.requested_at)
execute function private.announce_approval();

create function private.announce_export()
returns trigger
language plpgsql
set search_path = ''
as $$
begin
  perform private.announce(
    'export.finished', 'export.finished:' || new.id, new.client_id, null,
    jsonb_build_object('export_id', new.id, 'campaign_id', new.campaign_id), coalesce(new.finished_at, now())
  );
  return null;
end
$$;

comment on function private.announce_export() is 'Trigger: an export ended, as a whole, in part or not at all.';

grant execute on function private.announce_export() to service_role;

create trigger announce_export after update of status on private.jobs
for each row when (
  new.kind = 'export' and new.status in ('completed', 'partial', 'failed') and old.status is distinct from new.status
)
execute function private.announce_export();

-- An incident of a connection, a sending domain or a goal. Those of the installation itself, and a failed export, which has an
-- event of its own, stay with the alerts; a failing endpoint is not reported to endpoints.
create function private.announce_incident()
returns trigger
language plpgsql
set search_path = ''
as $$
begin
  perform private.announce(
    case new.kind
      when 'mailbox_disconnected' then 'mailbox.disconnected'
      when 'bounce_threshold' then 'campaign.bounce_rate_high'
      when 'goal_behind' then 'goal.behind'
      else case when new.subject like 'domain:%' then 'domain.unhealthy' else 'connection.unhealthy' end
    end::public.outgoing_event_type,
    'incident:' || new.id, new.client_id, null,
    jsonb_build_object('incident_id', new.id, 'subject', new.subject), new.opened_at
  );
  return null;
end
$$;

comment on function private.announce_incident() is 'Trigger: a connection or a domain is unhealthy, a mailbox disconnected, too many mails of a campaign bounce, or a client is behind its goal.';

grant execute on function private.announce_incident() to service_role;

create trigger announce_incident after insert on public.incidents
for each row when (
  (new.connection_id is not null or new.kind = 'goal_behind' or new.subject like 'domain:%')
  and not (new.kind = 'job_failed' and new.subject like 'export:%')
)
execute function private.announce_incident();

-- What is sent of an event: our ids, names and texts; never an id or a key of a provider. docs/webhooks-out.md shows each.

create function private.outgoing_campaign(target_campaign_id uuid)
returns jsonb
language sql
stable
set search_path = ''
as $$
  select jsonb_build_object('id', c.id, 'name', c.name) from public.campaigns as c where c.id = target_campaign_id
$$;

comment on function private.outgoing_campaign(uuid) is 'A campaign in a payload: { id, name }; null without one.';

grant execute on function private.outgoing_campaign(uuid) to service_role;

create function private.outgoing_lead(target_lead_id uuid)
returns jsonb
language sql
stable
set search_path = ''
as $$
  select jsonb_build_object(
    'id', l.id, 'email', l.email, 'first_name', l.first_name, 'last_name', l.last_name, 'company_name', l.company_name,
    'job_title', l.job_title, 'website', l.website, 'phone', l.phone, 'interest', l.interest_status, 'label', l.interest_label
  )
  from public.synced_leads as l
  where l.id = target_lead_id
$$;

comment on function private.outgoing_lead(uuid) is 'A lead in a payload; null without one.';

grant execute on function private.outgoing_lead(uuid) to service_role;

-- A mail's first 10,000 characters; nobody's automation needs the quoted thread below them.
create function private.outgoing_reply(target_message_id uuid)
returns jsonb
language sql
stable
set search_path = ''
as $$
  select jsonb_build_object(
    'id', m.id, 'subject', m.subject, 'text', left(m.body_text, 10000), 'from', coalesce(m.written_by, m.email),
    'to', m.email_account, 'received_at', m.occurred_at
  )
  from public.messages as m
  where m.id = target_message_id
$$;

comment on function private.outgoing_reply(uuid) is 'A reply in a payload: { id, subject, text, from, to, received_at }; null without one.';

grant execute on function private.outgoing_reply(uuid) to service_role;

-- The newest mail of a person at the time of the event.
create function private.latest_reply(of_lead_id uuid)
returns uuid
language sql
stable
set search_path = ''
as $$
  select m.id
  from public.messages as m
  where m.lead_id = of_lead_id and m.direction = 'received' and not m.is_auto_reply
  order by m.occurred_at desc, m.id desc
  limit 1
$$;

comment on function private.latest_reply(uuid) is 'The newest reply of a lead that is not automatic; null = none.';

grant execute on function private.latest_reply(uuid) to service_role;

create function private.outgoing_export(target_export_id uuid)
returns jsonb
language sql
stable
set search_path = ''
as $$
  select jsonb_build_object(
    'id', e.export_id, 'status', e.status, 'total', e.total, 'sent', e.sent, 'duplicate', e.duplicate, 'blocked', e.blocked,
    'invalid', e.invalid, 'skipped', e.skipped, 'failed', e.failed, 'error_code', e.error_code, 'error_message', e.error_message,
    'started_at', e.started_at, 'finished_at', e.finished_at
  )
  from public.client_exports as e
  where e.export_id = target_export_id
$$;

comment on function private.outgoing_export(uuid) is 'An export in a payload: status and numbers by outcome.';

grant execute on function private.outgoing_export(uuid) to service_role;

-- With the client's zone, in which its time is read.
create function private.outgoing_meeting(target_meeting_id uuid)
returns jsonb
language sql
stable
set search_path = ''
as $$
  select jsonb_build_object(
    'id', m.id, 'status', m.status, 'source', m.source, 'booked_at', m.booked_at, 'occurs_at', m.occurs_at, 'held_at', m.held_at,
    'won_at', m.won_at, 'value', m.value, 'currency', m.currency, 'time_zone', c.time_zone
  )
  from public.meetings as m
  join public.clients as c on c.id = m.client_id
  where m.id = target_meeting_id
$$;

comment on function private.outgoing_meeting(uuid) is
  'A meeting in a payload: { id, status, source, booked_at, occurs_at, held_at, won_at, value, currency, time_zone }; value in currency, null = not known.';

grant execute on function private.outgoing_meeting(uuid) to service_role;

-- url leads to the page where it is read and answered.
create function private.outgoing_approval(target_approval_id uuid)
returns jsonb
language sql
stable
set search_path = ''
as $$
  select jsonb_build_object(
    'id', a.id, 'state', a.state, 'lead_count', a.lead_count, 'request_comment', a.request_comment, 'requested_at', a.requested_at,
    'answer_comment', a.answer_comment, 'answered_at', a.answered_at,
    'url', (
      select rtrim(m.dashboard_url, '/') || '/campaigns/' || a.campaign_id || '?tab=check' from private.mail_settings as m
    )
  )
  from public.campaign_approvals as a
  where a.id = target_approval_id
$$;

comment on function private.outgoing_approval(uuid) is
  'A request for approval in a payload: { id, state, lead_count, request_comment, requested_at, answer_comment, answered_at, url }; url null without mail settings.';

grant execute on function private.outgoing_approval(uuid) to service_role;

create function private.outgoing_incident(target_incident_id uuid)
returns jsonb
language sql
stable
set search_path = ''
as $$
  select jsonb_build_object(
    'id', i.id, 'kind', i.kind, 'title', private.incident_title(i.kind), 'details', i.details, 'opened_at', i.opened_at,
    'runbook_url', private.runbook_url(i.kind)
  )
  from public.incidents as i
  where i.id = target_incident_id
$$;

comment on function private.outgoing_incident(uuid) is 'An incident in a payload: { id, kind, title, details, opened_at, runbook_url }.';

grant execute on function private.outgoing_incident(uuid) to service_role;

create function private.outgoing_connection(of_incident_id uuid)
returns jsonb
language sql
stable
set search_path = ''
as $$
  select jsonb_build_object('id', c.id, 'name', c.name, 'provider', c.provider, 'status', c.status)
  from public.incidents as i
  join public.provider_connections as c on c.id = i.connection_id
  where i.id = of_incident_id
$$;

comment on function private.outgoing_connection(uuid) is 'The connection of an incident in a payload: { id, name, provider, status }.';

grant execute on function private.outgoing_connection(uuid) to service_role;

create function private.outgoing_mailbox(subject text)
returns jsonb
language sql
stable
set search_path = ''
as $$
  select jsonb_build_object('id', a.id, 'email', a.email, 'status', a.status, 'reason', a.status_reason)
  from public.email_accounts as a
  where a.id::text = substr(subject, length('mailbox:') + 1)
$$;

comment on function private.outgoing_mailbox(text) is 'The mailbox of an incident with the subject mailbox:<id> in a payload.';

grant execute on function private.outgoing_mailbox(text) to service_role;

-- { type, timestamp, data } as Standard Webhooks has it; data.client tells whose it is.
create function private.outgoing_payload(event private.outgoing_events)
returns jsonb
language sql
stable
set search_path = ''
as $$
  select jsonb_build_object(
    'type', event.type,
    'timestamp', to_char(event.occurred_at at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"'),
    'data', jsonb_build_object(
      'client', (select jsonb_build_object('id', c.id, 'name', c.name) from public.clients as c where c.id = event.client_id)
    ) || case
      when event.type in ('meeting.booked', 'meeting.held', 'meeting.won') then jsonb_build_object(
        'campaign', private.outgoing_campaign((event.about ->> 'campaign_id')::uuid), 'lead', private.outgoing_lead(event.lead_id),
        'meeting', private.outgoing_meeting((event.about ->> 'meeting_id')::uuid),
        'reply', private.outgoing_reply(private.latest_reply(event.lead_id))
      )
      when event.type in ('approval.requested', 'approval.answered') then jsonb_build_object(
        'campaign', private.outgoing_campaign((event.about ->> 'campaign_id')::uuid),
        'approval', private.outgoing_approval((event.about ->> 'approval_id')::uuid)
      )
      else '{}'
    end || case event.type
      when 'reply.positive' then jsonb_build_object(
        'campaign', private.outgoing_campaign((select l.campaign_id from public.synced_leads as l where l.id = event.lead_id)),
        'lead', private.outgoing_lead(event.lead_id), 'reply', private.outgoing_reply(private.latest_reply(event.lead_id))
      )
      when 'goal.behind' then jsonb_build_object('incident', private.outgoing_incident((event.about ->> 'incident_id')::uuid))
      when 'domain.unhealthy' then jsonb_build_object(
        'domain', substr(event.about ->> 'subject', length('domain:') + 1),
        'incident', private.outgoing_incident((event.about ->> 'incident_id')::uuid)
      )
      when 'reply.verdict' then jsonb_build_object(
        'campaign', private.outgoing_campaign((select l.campaign_id from public.synced_leads as l where l.id = event.lead_id)),
        'lead', private.outgoing_lead(event.lead_id), 'reply', private.outgoing_reply((event.about ->> 'message_id')::uuid),
        'verdict', event.about -> 'verdict', 'note', event.about -> 'note'
      )
      when 'lead.unsubscribed' then jsonb_build_object(
        'email', event.about -> 'email', 'reason', event.about -> 'reason', 'lead', private.outgoing_lead(event.lead_id)
      )
      when 'email.bounced' then jsonb_build_object(
        'email', event.about -> 'email', 'bounce', coalesce(event.about ->> 'bounce_class', 'hard'),
        'campaign', private.outgoing_campaign((event.about ->> 'campaign_id')::uuid), 'lead', private.outgoing_lead(event.lead_id)
      )
      when 'export.finished' then jsonb_build_object(
        'campaign', private.outgoing_campaign((event.about ->> 'campaign_id')::uuid),
        'export', private.outgoing_export((event.about ->> 'export_id')::uuid)
      )
      when 'connection.unhealthy' then jsonb_build_object(
        'connection', private.outgoing_connection((event.about ->> 'incident_id')::uuid),
        'incident', private.outgoing_incident((event.about ->> 'incident_id')::uuid)
      )
      when 'mailbox.disconnected' then jsonb_build_object('mailbox', private.outgoing_mailbox(event.about ->> 'subject'))
      when 'campaign.bounce_rate_high' then jsonb_build_object(
        'campaign', private.outgoing_campaign(
          (select c.id from public.campaigns as c where c.id::text = substr(event.about ->> 'subject', length('campaign:') + 1))
        )
      )
      when 'test' then jsonb_build_object('message', 'A test from Replyloop: this endpoint is set up.')
      else '{}'
    end
  )
$$;

comment on function private.outgoing_payload(private.outgoing_events) is
  'What is sent of an event: { type, timestamp, data }. Names and texts as they are now, so it is made once and kept.';

grant execute on function private.outgoing_payload(private.outgoing_events) to service_role;

-- The sender's two calls: take what is due under a lease, record the answers. Time between attempts grows from five seconds to
-- eight hours, so that an endpoint may be down for a day without losing anything.

-- When the next attempt after this many is due; null = that was the last. Together 24 hours, each a fifth shorter or longer by
-- chance, so that what failed together does not return together.
create function private.outgoing_delay(attempts integer)
returns interval
language sql
volatile
set search_path = ''
as $$
  select ('{5 s,30 s,2 min,10 min,30 min,1 h,2 h,4 h,8 h,8 h}'::interval[])[outgoing_delay.attempts] * (0.8 + 0.4 * random())
$$;

comment on function private.outgoing_delay(integer) is 'Time until the next attempt after this many, with jitter; null after the eleventh.';

grant execute on function private.outgoing_delay(integer) to service_role;

-- A reply that came as HTML gets its text a moment after it was projected; that is waited for, but not for ever.
create function private.is_ready_to_send(event private.outgoing_events)
returns boolean
language sql
stable
set search_path = ''
as $$
  select event.payload is not null
    or event.type not in ('reply.positive', 'meeting.booked')
    or event.created_at < now() - interval '30 seconds'
    or not exists (
      select
      from private.message_contents as c
      join public.messages as m on m.id = c.message_id
      where c.message_id = private.latest_reply(event.lead_id) and c.prepare_at is not null and m.body_text is null
    )
$$;

comment on function private.is_ready_to_send(private.outgoing_events) is
  'False while the reply of an event waits for its text, for half a minute at most.';

grant execute on function private.is_ready_to_send(private.outgoing_events) to service_role;

-- What a sender needs of deliveries that it holds.
create function private.taken_deliveries(token uuid)
returns jsonb
language sql
stable
set search_path = ''
as $$
  select coalesce(jsonb_agg(
    jsonb_build_object(
      'event_id', d.event_id, 'endpoint_id', d.endpoint_id, 'token', d.lease_token, 'url', e.url, 'format', e.format,
      'payload', v.payload, 'encrypted_secret', s.encrypted_secret, 'master_key_id', s.master_key_id,
      'encrypted_previous', case when s.previous_until > now() then s.encrypted_previous end,
      'previous_master_key_id', case when s.previous_until > now() then s.previous_master_key_id end
    ) order by d.wanted_at, d.event_id
  ), '[]')
  from private.outgoing_deliveries as d
  join private.outgoing_events as v on v.id = d.event_id
  join public.outgoing_endpoints as e on e.id = d.endpoint_id
  join private.outgoing_secrets as s on s.endpoint_id = e.id
  where d.lease_token = token
$$;

comment on function private.taken_deliveries(uuid) is 'Deliveries under one lease with address, payload and encrypted secrets.';

grant execute on function private.taken_deliveries(uuid) to service_role;

-- A few of each endpoint, so that none holds up the others; one at a time of an endpoint that fails.
create function worker.take_outgoing(batch_size integer, lease_seconds integer)
returns jsonb
language plpgsql
set search_path = ''
as $$
declare
  token uuid := gen_random_uuid();
  taken uuid[];
begin
  with due as (
    select t.event_id, t.endpoint_id
    from public.outgoing_endpoints as e
    cross join lateral (
      select d.event_id, d.endpoint_id, d.next_attempt_at
      from private.outgoing_deliveries as d
      join private.outgoing_events as v on v.id = d.event_id
      where d.endpoint_id = e.id and d.state = 'waiting' and d.next_attempt_at <= now() and private.is_ready_to_send(v)
      order by d.next_attempt_at
      limit case when e.failing_since is null then 10 else 1 end
      for update of d skip locked
    ) as t
    where e.switched_off_at is null and coalesce(e.hold_until <= now(), true)
    order by t.next_attempt_at
    limit batch_size
  ),
  leased as (
    update private.outgoing_deliveries as d
    set
      lease_token = token,
      attempts = d.attempts + 1,
      last_attempt_at = now(),
      next_attempt_at = now() + make_interval(secs => lease_seconds)
    from due
    where d.event_id = due.event_id and d.endpoint_id = due.endpoint_id
    returning d.event_id
  )
  select array_agg(l.event_id) into taken from leased as l;

  -- Made once: names that change later, or a lead that moves on, do not change what was announced.
  update private.outgoing_events as v
  set payload = private.outgoing_payload(v)
  where v.id = any (taken) and v.payload is null;

  return jsonb_build_object(
    'deliveries', private.taken_deliveries(token),
    -- So that a sender waits a moment for what is nearly due, instead of the next sweep.
    'next_in_seconds', (
      select extract(epoch from min(greatest(d.next_attempt_at, e.hold_until)) - now())
      from private.outgoing_deliveries as d
      join public.outgoing_endpoints as e on e.id = d.endpoint_id
      where d.state = 'waiting' and e.switched_off_at is null
    )
  );
end
$$;

comment on function worker.take_outgoing(integer, integer) is
  'Leases due deliveries to the caller: { deliveries: [{ event_id, endpoint_id, token, url, format, payload, … }], next_in_seconds (null = nothing waits) }. Safe to call from many senders at once. Service role only.';

grant execute on function worker.take_outgoing(integer, integer) to service_role;

-- An endpoint that is gone, or has failed for five days, is switched off, and an incident says so.
create function private.switch_off_endpoints(ids uuid[], reason text)
returns void
language sql
volatile
set search_path = ''
as $$
  with off as (
    update public.outgoing_endpoints as e
    set switched_off_at = now(), switched_off_reason = reason
    where e.id = any (ids) and e.switched_off_at is null
    returning e.id, e.client_id, e.name
  )
  insert into public.incidents (client_id, kind, subject, details)
  select o.client_id, 'endpoint_switched_off', 'endpoint:' || o.id,
    format('The endpoint "%s" was switched off: %s. Repair it, then press “Switch on” in Settings → Notifications.', o.name, lower(left(reason, 1)) || substr(reason, 2))
  from off as o
  on conflict (connection_id, kind, subject) where closed_at is null do nothing
$$;

comment on function private.switch_off_endpoints(uuid[], text) is 'Switches endpoints off and opens an incident for each.';

grant execute on function private.switch_off_endpoints(uuid[], text) to service_role;

-- results: [{ "event_id", "endpoint_id", "token", "status" (null = no answer), "answer", "error" (null = delivered), "retry_after"
-- (seconds), "duration_ms" }]. A result under another lease than the present one is old and ignored.
create function worker.record_outgoing(results jsonb)
returns integer
language plpgsql
set search_path = ''
as $$
declare
  recorded integer;
  gone uuid[];
  exhausted uuid[];
begin
  -- Endpoints first, as an operator who removes one: else each would wait for the other.
  perform
  from public.outgoing_endpoints as e
  where e.id in (select r.endpoint_id from jsonb_to_recordset(results) as r (endpoint_id uuid))
  order by e.id
  for update;

  with given as (
    select r.*
    from jsonb_to_recordset(results) as r (
      event_id uuid, endpoint_id uuid, token uuid, status smallint, answer text, error text, retry_after double precision, duration_ms integer
    )
  ),
  written as (
    update private.outgoing_deliveries as d
    set
      state = case
        when g.error is null then 'delivered'
        when v.type = 'test' or g.status = 410 or private.outgoing_delay(d.attempts) is null
          or d.wanted_at < now() - interval '24 hours' then 'failed'
        else 'waiting'
      end::public.outgoing_state,
      next_attempt_at = now() + greatest(
        private.outgoing_delay(d.attempts), make_interval(secs => least(coalesce(g.retry_after, 0), 86400))
      ),
      lease_token = null,
      duration_ms = g.duration_ms,
      last_status = g.status,
      last_answer = left(g.answer, 2048),
      last_error = left(g.error, 500),
      delivered_at = case when g.error is null then now() end
    from given as g
    join private.outgoing_events as v on v.id = g.event_id
    where d.event_id = g.event_id and d.endpoint_id = g.endpoint_id and d.lease_token = g.token and d.state = 'waiting'
    returning d.endpoint_id, g.status, g.error is null as is_delivered, g.retry_after
  ),
  answered as (
    update public.outgoing_endpoints as e
    set
      failing_since = case when o.any_delivered then null else coalesce(e.failing_since, now()) end,
      last_success_at = case when o.any_delivered then now() else e.last_success_at end,
      hold_until = case when o.retry_after > 0 then now() + make_interval(secs => least(o.retry_after, 86400)) end
    from (
      select w.endpoint_id, bool_or(w.is_delivered) as any_delivered, bool_or(w.status = 410) as is_gone, max(w.retry_after) as retry_after
      from written as w
      group by w.endpoint_id
    ) as o
    where e.id = o.endpoint_id
    returning e.id, e.failing_since, coalesce(o.is_gone, false) as is_gone
  )
  select
    (select count(*) from written),
    array_agg(a.id) filter (where a.is_gone),
    array_agg(a.id) filter (where not a.is_gone and a.failing_since < now() - interval '5 days')
  into recorded, gone, exhausted
  from answered as a;

  perform private.switch_off_endpoints(gone, 'It answered 410 Gone');
  perform private.switch_off_endpoints(exhausted, 'Nothing could be delivered for five days');

  return recorded;
end
$$;

comment on function worker.record_outgoing(jsonb) is
  'Records what endpoints answered: delivered, retried later, or given up after 24 hours; switches off what is gone or has failed for five days. Returns how many. Service role only.';

grant execute on function worker.record_outgoing(jsonb) to service_role;

-- What operators do with endpoints, through the function outgoing, which checks the address and encrypts the secret.

-- saved: { "client_id", "name", "url", "format", "events", "encrypted_secret", "master_key_id" } for a new one; of an existing one
-- only what changes, and its client never.
create function worker.save_endpoint(target_endpoint_id uuid, saved jsonb, actor uuid)
returns jsonb
language plpgsql
set search_path = ''
as $$
declare
  before public.outgoing_endpoints;
  after public.outgoing_endpoints;
  wanted public.outgoing_event_type[] := array(
    select distinct e.name::public.outgoing_event_type
    from jsonb_array_elements_text(coalesce(saved -> 'events', '[]')) as e (name)
    order by 1
  );
begin
  select e.* into before from public.outgoing_endpoints as e where e.id = target_endpoint_id for update;

  if coalesce(before.client_id, (saved ->> 'client_id')::uuid) is not null and wanted && private.agency_event_types() then
    raise exception using errcode = 'PT400', message = 'VALIDATION_FAILED',
      detail = format(
        'An endpoint of a client cannot get %s: it is the agency''s own business',
        (select string_agg(t::text, ', ' order by t) from unnest(wanted) as t where t = any (private.agency_event_types()))
      );
  end if;

  if before.id is not null then
    update public.outgoing_endpoints as e
    set
      name = coalesce(btrim(saved ->> 'name'), e.name),
      url = coalesce(saved ->> 'url', e.url),
      format = coalesce((saved ->> 'format')::public.endpoint_format, e.format),
      events = case when saved ? 'events' then wanted else e.events end,
      -- Another address has not failed yet.
      failing_since = case when e.url <> saved ->> 'url' then null else e.failing_since end,
      hold_until = case when e.url <> saved ->> 'url' then null else e.hold_until end
    where e.id = target_endpoint_id
    returning e.* into after;
  elsif saved ? 'encrypted_secret' then
    if saved ->> 'client_id' is not null then
      perform private.require_client((saved ->> 'client_id')::uuid);
    end if;

    insert into public.outgoing_endpoints (id, client_id, name, url, format, events)
    values (
      target_endpoint_id, (saved ->> 'client_id')::uuid, btrim(saved ->> 'name'), saved ->> 'url',
      coalesce(saved ->> 'format', 'json')::public.endpoint_format, wanted
    )
    returning * into after;

    insert into private.outgoing_secrets (endpoint_id, encrypted_secret, master_key_id)
    values (target_endpoint_id, saved ->> 'encrypted_secret', saved ->> 'master_key_id');
  else
    raise exception using errcode = 'PT404', message = 'NOT_FOUND', detail = 'This endpoint was not found; it may have been removed';
  end if;

  -- Anybody who has the address of a chat can post to it, so the log has only its host.
  perform private.write_audit(
    case when before.id is null then 'endpoint_added' else 'endpoint_changed' end, 'endpoint', target_endpoint_id::text, after.client_id,
    jsonb_build_object(
      'name', after.name, 'host', substring(after.url from '^https?://([^/?#]+)'), 'format', after.format, 'events', after.events
    ),
    actor
  );

  return to_jsonb(after);
end
$$;

comment on function worker.save_endpoint(uuid, jsonb, uuid) is
  'Adds an endpoint with its encrypted secret, or changes what is given of it; returns its row. Service role only.';

grant execute on function worker.save_endpoint(uuid, jsonb, uuid) to service_role;

create function private.require_endpoint(target_endpoint_id uuid)
returns public.outgoing_endpoints
language plpgsql
set search_path = ''
as $$
declare
  found_endpoint public.outgoing_endpoints;
begin
  select e.* into found_endpoint from public.outgoing_endpoints as e where e.id = target_endpoint_id for update;

  if not found then
    raise exception using errcode = 'PT404', message = 'NOT_FOUND', detail = 'This endpoint was not found; it may have been removed';
  end if;

  return found_endpoint;
end
$$;

comment on function private.require_endpoint(uuid) is 'The endpoint, locked; raises NOT_FOUND without one.';

grant execute on function private.require_endpoint(uuid) to service_role;

-- The old secret signs too for a day, so that the receiver can change at leisure.
create function worker.rotate_endpoint_secret(target_endpoint_id uuid, encrypted text, key_id text, actor uuid)
returns jsonb
language plpgsql
set search_path = ''
as $$
declare
  endpoint public.outgoing_endpoints := private.require_endpoint(target_endpoint_id);
  ends_at timestamptz := now() + interval '24 hours';
begin
  update private.outgoing_secrets as s
  set
    encrypted_previous = s.encrypted_secret, previous_master_key_id = s.master_key_id, previous_until = ends_at,
    encrypted_secret = encrypted, master_key_id = key_id
  where s.endpoint_id = target_endpoint_id;

  update public.outgoing_endpoints as e set rotation_ends_at = ends_at where e.id = target_endpoint_id returning e.* into endpoint;

  perform private.write_audit(
    'endpoint_secret_rotated', 'endpoint', target_endpoint_id::text, endpoint.client_id, jsonb_build_object('name', endpoint.name), actor
  );

  return to_jsonb(endpoint);
end
$$;

comment on function worker.rotate_endpoint_secret(uuid, text, text, uuid) is
  'Gives an endpoint a new secret; the one before signs as well for 24 hours. Returns its row. Service role only.';

grant execute on function worker.rotate_endpoint_secret(uuid, text, text, uuid) to service_role;

-- What waited meanwhile is sent when it is switched on again.
create function worker.switch_endpoint(target_endpoint_id uuid, is_on boolean, actor uuid)
returns jsonb
language plpgsql
set search_path = ''
as $$
declare
  endpoint public.outgoing_endpoints := private.require_endpoint(target_endpoint_id);
begin
  if (endpoint.switched_off_at is null) = is_on then
    return to_jsonb(endpoint);
  end if;

  update public.outgoing_endpoints as e
  set
    switched_off_at = case when not is_on then now() end,
    switched_off_reason = case when not is_on then 'An operator switched it off' end,
    failing_since = null,
    hold_until = null
  where e.id = target_endpoint_id
  returning e.* into endpoint;

  if is_on then
    update public.incidents as i
    set closed_at = now()
    where i.kind = 'endpoint_switched_off' and i.subject = 'endpoint:' || target_endpoint_id and i.closed_at is null;

    perform private.wake_sender();
  end if;

  perform private.write_audit(
    case when is_on then 'endpoint_switched_on' else 'endpoint_switched_off' end, 'endpoint', target_endpoint_id::text,
    endpoint.client_id, jsonb_build_object('name', endpoint.name), actor
  );

  return to_jsonb(endpoint);
end
$$;

comment on function worker.switch_endpoint(uuid, boolean, uuid) is
  'Switches an endpoint on, which closes its incident, or off. Returns its row. Service role only.';

grant execute on function worker.switch_endpoint(uuid, boolean, uuid) to service_role;

create function worker.remove_endpoint(target_endpoint_id uuid, actor uuid)
returns void
language plpgsql
set search_path = ''
as $$
declare
  endpoint public.outgoing_endpoints := private.require_endpoint(target_endpoint_id);
begin
  delete from public.outgoing_endpoints as e where e.id = target_endpoint_id;

  update public.incidents as i
  set closed_at = now()
  where i.kind = 'endpoint_switched_off' and i.subject = 'endpoint:' || target_endpoint_id and i.closed_at is null;

  perform private.write_audit(
    'endpoint_removed', 'endpoint', target_endpoint_id::text, endpoint.client_id, jsonb_build_object('name', endpoint.name), actor
  );
end
$$;

comment on function worker.remove_endpoint(uuid, uuid) is 'Removes an endpoint with its log and secret. Service role only.';

grant execute on function worker.remove_endpoint(uuid, uuid) to service_role;

-- A test is an event of its own, held by the caller from the start, so that the answer can be shown at once.
create function worker.start_endpoint_test(target_endpoint_id uuid, lease_seconds integer, actor uuid)
returns jsonb
language plpgsql
set search_path = ''
as $$
declare
  endpoint public.outgoing_endpoints := private.require_endpoint(target_endpoint_id);
  token uuid := gen_random_uuid();
  event private.outgoing_events;
begin
  insert into private.outgoing_events (type, fact, client_id, occurred_at)
  values ('test', 'test:' || token, endpoint.client_id, now())
  returning * into event;

  update private.outgoing_events as v set payload = private.outgoing_payload(event) where v.id = event.id;

  insert into private.outgoing_deliveries (event_id, endpoint_id, attempts, lease_token, last_attempt_at, next_attempt_at)
  values (event.id, endpoint.id, 1, token, now(), now() + make_interval(secs => lease_seconds));

  perform private.write_audit(
    'endpoint_tested', 'endpoint', target_endpoint_id::text, endpoint.client_id, jsonb_build_object('name', endpoint.name), actor
  );

  return private.taken_deliveries(token);
end
$$;

comment on function worker.start_endpoint_test(uuid, integer, uuid) is
  'Writes a test event for an endpoint and leases it to the caller, as worker.take_outgoing does. Service role only.';

grant execute on function worker.start_endpoint_test(uuid, integer, uuid) to service_role;

-- One delivery of any state, or all failed ones since a moment; the event and its id stay what they were.
create function worker.replay_outgoing(target_endpoint_id uuid, target_event_id uuid, failed_since timestamptz, actor uuid)
returns integer
language plpgsql
set search_path = ''
as $$
declare
  endpoint public.outgoing_endpoints := private.require_endpoint(target_endpoint_id);
  replayed integer;
begin
  if endpoint.switched_off_at is not null then
    raise exception using errcode = 'PT400', message = 'VALIDATION_FAILED', detail = 'This endpoint is switched off; switch it on first';
  end if;

  update private.outgoing_deliveries as d
  set state = 'waiting', attempts = 0, wanted_at = now(), next_attempt_at = now(), lease_token = null, delivered_at = null
  where d.endpoint_id = target_endpoint_id
    and case
      when target_event_id is not null then d.event_id = target_event_id
      else d.state = 'failed' and d.wanted_at >= failed_since
        and exists (select from private.outgoing_events as v where v.id = d.event_id and v.type <> 'test')
    end;

  get diagnostics replayed = row_count;

  update public.outgoing_endpoints as e set hold_until = null where e.id = target_endpoint_id;

  perform private.write_audit(
    'outgoing_replayed', 'endpoint', target_endpoint_id::text, endpoint.client_id,
    jsonb_build_object('name', endpoint.name, 'events', replayed), actor
  );

  if replayed > 0 then
    perform private.wake_sender();
  end if;

  return replayed;
end
$$;

comment on function worker.replay_outgoing(uuid, uuid, timestamptz, uuid) is
  'Sends an event to an endpoint again, under the same id, or all that failed since a moment; returns how many. Service role only.';

grant execute on function worker.replay_outgoing(uuid, uuid, timestamptz, uuid) to service_role;

-- What was sent and what was answered, as operators read it.

create view public.outgoing_log
with (security_invoker = true)
as
select
  d.event_id, d.endpoint_id, e.name as endpoint_name, v.client_id, c.name as client_name, v.type, v.occurred_at, v.payload,
  d.state, d.attempts, d.wanted_at, d.last_attempt_at,
  case when d.state = 'waiting' then d.next_attempt_at end as next_attempt_at,
  d.duration_ms, d.last_status, d.last_answer, d.last_error, d.delivered_at
from private.outgoing_deliveries as d
join private.outgoing_events as v on v.id = d.event_id
join public.outgoing_endpoints as e on e.id = d.endpoint_id
left join public.clients as c on c.id = v.client_id;

comment on view public.outgoing_log is
  'What was sent to endpoints as long as it is kept: event, payload, state (waiting, delivered, failed), attempts, the last status, answer (first 2 kB) and error. Operators only.';

grant select on public.outgoing_log to authenticated, service_role;

-- The mailer's two calls: reserve what is due and lease it, record what the mail API answered.

-- Puts what is due to a person into a mail of its own row. At once or late, each notification is in one mail only.
create function private.reserve_mails()
returns integer
language plpgsql
set search_path = ''
as $$
declare
  person uuid;
  mail uuid;
  reserved integer := 0;
begin
  for person in
    select p.user_id
    from private.notification_preferences as p
    where exists (
      select
      from private.notifications as n
      join private.outgoing_events as v on v.id = n.event_id
      where n.user_id = p.user_id and n.mail_id is null and n.due_at <= now() and private.is_ready_to_send(v)
    )
    order by p.user_id
    limit 50
    for update of p skip locked
  loop
    insert into private.mails (user_id, kind) values (person, 'notification') returning id into mail;

    with taken as (
      update private.notifications as n
      set mail_id = mail
      from private.outgoing_events as v
      where n.user_id = person and n.mail_id is null and n.due_at <= now() and v.id = n.event_id and private.is_ready_to_send(v)
      returning n.event_id
    )
    update private.outgoing_events as v
    set payload = private.outgoing_payload(v)
    from taken as t
    where v.id = t.event_id and v.payload is null;

    reserved := reserved + 1;
  end loop;

  return reserved;
end
$$;

comment on function private.reserve_mails() is 'Puts due notifications into one mail per person; returns how many mails.';

grant execute on function private.reserve_mails() to service_role;

-- Definer, because accounts are Auth's.
create function private.address_of(person_id uuid)
returns text
language sql
stable
security definer
set search_path = ''
as $$
  select u.email::text from auth.users as u where u.id = person_id
$$;

comment on function private.address_of(uuid) is 'The email address of an account, to which its notifications go.';

grant execute on function private.address_of(uuid) to service_role;

-- What a mail is made of. At most 50 events are shown; the number of all of them is beside.
create function private.taken_mails(token uuid)
returns jsonb
language sql
stable
set search_path = ''
as $$
  select coalesce(jsonb_agg(jsonb_build_object(
    'mail_id', m.id, 'token', m.lease_token, 'to', private.address_of(m.user_id), 'language', p.language, 'frequency', p.frequency,
    'time_zone', p.time_zone, 'stop_token', p.stop_token,
    'count', (select count(*) from private.notifications as n where n.mail_id = m.id),
    'payloads', (
      select coalesce(jsonb_agg(o.payload order by o.occurred_at, o.id), '[]')
      from (
        select v.id, v.payload, v.occurred_at
        from private.notifications as n
        join private.outgoing_events as v on v.id = n.event_id
        where n.mail_id = m.id
        order by v.occurred_at, v.id
        limit 50
      ) as o
    )
  ) order by m.created_at, m.id), '[]')
  from private.mails as m
  join private.notification_preferences as p on p.user_id = m.user_id
  where m.lease_token = token
$$;

comment on function private.taken_mails(uuid) is 'Mails under one lease: to whom, how, and the payloads of their events.';

grant execute on function private.taken_mails(uuid) to service_role;

create function worker.take_mails(batch_size integer, lease_seconds integer)
returns jsonb
language plpgsql
set search_path = ''
as $$
declare
  token uuid := gen_random_uuid();
begin
  if not exists (select from private.mail_settings) then
    return null;
  end if;

  perform private.reserve_mails();

  update private.mails as m
  set lease_token = token, attempts = m.attempts + 1, next_attempt_at = now() + make_interval(secs => lease_seconds)
  where m.id in (
    select d.id
    from private.mails as d
    where d.state = 'waiting' and d.next_attempt_at <= now()
    order by d.next_attempt_at
    limit batch_size
    for update skip locked
  );

  return jsonb_build_object(
    'mails', private.taken_mails(token),
    'settings', worker.read_mail_settings(),
    'agency', private.mail_identity()
  );
end
$$;

comment on function worker.take_mails(integer, integer) is
  'Reserves what is due and leases mails to the caller: { mails, settings, agency }; null without mail settings. Service role only.';

grant execute on function worker.take_mails(integer, integer) to service_role;

-- A refused key, sender or account concerns every mail; the next one that is sent shows that it is over.
create function private.note_mail_refusal(refusal text, any_sent boolean)
returns void
language plpgsql
set search_path = ''
as $$
begin
  if any_sent then
    update public.incidents as i set closed_at = now() where i.kind = 'mail_refused' and i.closed_at is null;
  elsif refusal is not null then
    insert into public.incidents (kind, details)
    values ('mail_refused', format('Emails are not sent: %s. Correct sender or key in Settings → Agency.', rtrim(refusal, '. ')))
    on conflict (connection_id, kind, subject) where closed_at is null do nothing;
  end if;
end
$$;

comment on function private.note_mail_refusal(text, boolean) is
  'Opens the incident mail_refused for a refusal, or closes it after a mail that was sent.';

grant execute on function private.note_mail_refusal(text, boolean) to service_role;

-- results: [{ "mail_id", "token", "error" (null = sent), "is_final" (no further attempt), "is_refused" (the key, the sender or the account
-- is not accepted), "retry_after" (seconds) }]
create function worker.record_mails(results jsonb)
returns integer
language plpgsql
set search_path = ''
as $$
declare
  recorded integer;
  refusal text;
  any_sent boolean;
begin
  with written as (
    update private.mails as m
    set
      state = case
        when r.error is null then 'delivered'
        when r.is_final or private.outgoing_delay(m.attempts) is null or m.created_at < now() - interval '24 hours' then 'failed'
        else 'waiting'
      end::public.outgoing_state,
      next_attempt_at = now() + greatest(
        private.outgoing_delay(m.attempts), make_interval(secs => least(coalesce(r.retry_after, 0), 86400))
      ),
      lease_token = null,
      last_error = left(r.error, 500),
      sent_at = case when r.error is null then now() end
    from jsonb_to_recordset(results) as r (
      mail_id uuid, token uuid, error text, is_final boolean, is_refused boolean, retry_after double precision
    )
    where m.id = r.mail_id and m.lease_token = r.token and m.state = 'waiting'
    returning r.error, coalesce(r.is_refused, false) as is_refused
  )
  select count(*), min(w.error) filter (where w.is_refused), coalesce(bool_or(w.error is null), false)
  into recorded, refusal, any_sent
  from written as w;

  perform private.note_mail_refusal(refusal, any_sent);

  return recorded;
end
$$;

comment on function worker.record_mails(jsonb) is
  'Records what the mail API answered; a refused key or sender opens an incident, the next mail that is sent closes it. Returns how many. Service role only.';

grant execute on function worker.record_mails(jsonb) to service_role;

-- Preferences as their person reads and changes them. Definer functions: the table is no one's to read, and each acts on the row
-- of the caller alone.

create function private.preferences_of(person_id uuid)
returns jsonb
language sql
stable
set search_path = ''
as $$
  select jsonb_build_object(
    'events', to_jsonb(coalesce(p.events, private.default_event_types(m.role))), 'frequency', coalesce(p.frequency, 'daily'),
    'language', coalesce(p.language, private.default_language(m.client_id)), 'time_zone', coalesce(p.time_zone, c.time_zone, 'UTC'),
    'offered', (
      select jsonb_agg(t order by t)
      from unnest(enum_range(null::public.outgoing_event_type)) as t
      where t <> 'test' and (m.role = 'operator' or t <> all (private.agency_event_types()))
    ),
    'is_set_up', exists (select from private.mail_settings)
  )
  from public.members as m
  left join private.notification_preferences as p on p.user_id = m.user_id
  left join public.clients as c on c.id = m.client_id
  where m.user_id = person_id
$$;

comment on function private.preferences_of(uuid) is
  'What a person gets by email: { events, frequency, language, time_zone, offered (types to choose from), is_set_up (mails can be sent) }.';

create function private.read_own_preferences()
returns jsonb
language plpgsql
stable
security definer
set search_path = ''
as $$
begin
  perform private.require_member();
  return private.preferences_of((select auth.uid()));
end
$$;

comment on function private.read_own_preferences() is 'The work of public.my_notifications, for the caller alone.';

grant execute on function private.read_own_preferences() to authenticated, service_role;

create function public.my_notifications()
returns jsonb
language sql
stable
set search_path = ''
as $$
  select private.read_own_preferences()
$$;

comment on function public.my_notifications() is
  'What the caller gets by email: { events, frequency (at_once, hourly, daily), language (en, nl, de), time_zone, offered, is_set_up }. Null for a user without membership.';

grant execute on function public.my_notifications() to authenticated, service_role;

create function private.edit_own_preferences(settings jsonb)
returns jsonb
language plpgsql
security definer
set search_path = ''
as $$
declare
  person uuid := (select auth.uid());
  before jsonb := private.preferences_of(person);
  wanted jsonb := before || coalesce(settings, '{}');
  problem text;
begin
  perform private.require_member();

  if before is null then
    raise exception using errcode = 'PT403', message = 'FORBIDDEN', detail = 'Only members get notifications; ask the agency';
  end if;

  if jsonb_typeof(settings) is distinct from 'object'
    or exists (select from jsonb_object_keys(settings) as k (name) where k.name not in ('events', 'frequency', 'language', 'time_zone')) then
    problem := 'Send events, frequency, language and time_zone, and no other setting';
  elsif jsonb_typeof(wanted -> 'events') <> 'array' or not before -> 'offered' @> (wanted -> 'events') then
    problem := 'Choose events from the list in offered';
  elsif coalesce(wanted ->> 'frequency', '') not in ('at_once', 'hourly', 'daily') then
    problem := 'The frequency is at_once, hourly or daily';
  elsif coalesce(wanted ->> 'language', '') not in ('en', 'nl', 'de') then
    problem := 'The language is en, nl or de';
  elsif not exists (select from pg_catalog.pg_timezone_names as z where z.name = wanted ->> 'time_zone') then
    problem := format('There is no time zone %L; use a name such as Europe/Amsterdam', wanted ->> 'time_zone');
  end if;

  if problem is not null then
    raise exception using errcode = 'PT400', message = 'VALIDATION_FAILED', detail = problem;
  end if;

  insert into private.notification_preferences as p (user_id, events, frequency, language, time_zone)
  values (
    person,
    array(select distinct e.name::public.outgoing_event_type from jsonb_array_elements_text(wanted -> 'events') as e (name) order by 1),
    (wanted ->> 'frequency')::public.mail_frequency, (wanted ->> 'language')::public.mail_language, wanted ->> 'time_zone'
  )
  on conflict (user_id) do update set
    events = excluded.events, frequency = excluded.frequency, language = excluded.language, time_zone = excluded.time_zone;

  -- What waits follows the new clock; what is no longer wanted is not sent.
  delete from private.notifications as n
  using private.outgoing_events as v
  where n.user_id = person and n.mail_id is null and v.id = n.event_id and not wanted -> 'events' ? v.type::text;

  update private.notifications as n
  set due_at = least(n.due_at, private.mail_due_at((wanted ->> 'frequency')::public.mail_frequency, wanted ->> 'time_zone'))
  where n.user_id = person and n.mail_id is null;

  perform private.write_audit(
    'notifications_changed', 'member', person::text, (select m.client_id from public.members as m where m.user_id = person),
    wanted - 'offered' - 'is_set_up'
  );

  return private.preferences_of(person);
end
$$;

comment on function private.edit_own_preferences(jsonb) is 'The work of public.change_my_notifications, for the caller alone.';

grant execute on function private.edit_own_preferences(jsonb) to authenticated, service_role;

create function public.change_my_notifications(settings jsonb)
returns jsonb
language sql
volatile
set search_path = ''
as $$
  select private.edit_own_preferences(settings)
$$;

comment on function public.change_my_notifications(jsonb) is
  'Changes what is sent of { events, frequency, language, time_zone } of the caller''s own notifications by email; events [] ends them. Returns what my_notifications does.';

grant execute on function public.change_my_notifications(jsonb) to authenticated, service_role;

-- The link in a mail, and the button that mail programs make of its header.
create function worker.stop_notifications(token uuid)
returns boolean
language plpgsql
set search_path = ''
as $$
declare
  person uuid;
begin
  update private.notification_preferences as p set events = '{}' where p.stop_token = token returning p.user_id into person;
  delete from private.notifications as n where n.user_id = person and n.mail_id is null;

  if person is not null then
    perform private.write_audit('notifications_stopped', 'member', person::text, null, '{}', person);
  end if;

  return person is not null;
end
$$;

comment on function worker.stop_notifications(uuid) is 'Ends the notifications of the person whose mail held this token; false for an unknown one. Service role only.';

grant execute on function worker.stop_notifications(uuid) to service_role;

-- Every ten seconds: what no transaction has a sender called for, because it is due again, or its call got lost.
create function private.send_due_events()
returns bigint
language plpgsql
set search_path = ''
as $$
begin
  if not exists (
    select
    from public.outgoing_endpoints as e
    where e.switched_off_at is null and coalesce(e.hold_until <= now(), true)
      and exists (
        select
        from private.outgoing_deliveries as d
        where d.endpoint_id = e.id and d.state = 'waiting' and d.next_attempt_at <= now()
      )
  ) and not (
    exists (select from private.mail_settings) and (
      exists (select from private.mails as m where m.state = 'waiting' and m.next_attempt_at <= now())
      or exists (select from private.notifications as n where n.mail_id is null and n.due_at <= now())
    )
  ) then
    return null;
  end if;

  return private.wake_sender();
end
$$;

comment on function private.send_due_events() is 'Every ten seconds: calls the function outgoing if a delivery or a mail is due; returns the request or null.';

-- Signing secrets and the key of the mail API go from one master key to the next, as API keys do (worker.list_encrypted).

create function worker.list_outgoing_secrets(current_key_id text)
returns jsonb
language sql
stable
set search_path = ''
as $$
  select coalesce(jsonb_agg(s), '[]')
  from (
    select 'current' as kind, s.endpoint_id, s.encrypted_secret as encrypted, s.master_key_id
    from private.outgoing_secrets as s
    where s.master_key_id <> current_key_id
    union all
    select 'previous', s.endpoint_id, s.encrypted_previous, s.previous_master_key_id
    from private.outgoing_secrets as s
    where s.previous_master_key_id <> current_key_id
    union all
    select 'mail', null, m.encrypted_key, m.master_key_id
    from private.mail_settings as m
    where m.master_key_id <> current_key_id
  ) as s
$$;

comment on function worker.list_outgoing_secrets(text) is
  'Signing secrets of endpoints (kind current, previous) and the key of the mail API (mail) that are not encrypted under the current master key: [{ kind, endpoint_id, encrypted, master_key_id }]. Service role only.';

grant execute on function worker.list_outgoing_secrets(text) to service_role;

-- Does nothing for one that was rotated meanwhile.
create function worker.replace_outgoing_secrets(reencrypted jsonb)
returns integer
language plpgsql
set search_path = ''
as $$
declare
  replaced integer;
begin
  with given as (
    select r.*
    from jsonb_to_recordset(reencrypted) as r (kind text, endpoint_id uuid, encrypted_before text, encrypted text, master_key_id text)
  ),
  written as (
    update private.outgoing_secrets as s
    set
      encrypted_secret = coalesce(n.encrypted, s.encrypted_secret),
      master_key_id = coalesce(n.master_key_id, s.master_key_id),
      encrypted_previous = coalesce(o.encrypted, s.encrypted_previous),
      previous_master_key_id = coalesce(o.master_key_id, s.previous_master_key_id)
    from (select distinct g.endpoint_id from given as g) as i
    left join given as n on n.endpoint_id = i.endpoint_id and n.kind = 'current'
    left join given as o on o.endpoint_id = i.endpoint_id and o.kind = 'previous'
    where s.endpoint_id = i.endpoint_id
      and coalesce(s.encrypted_secret = n.encrypted_before, true)
      and coalesce(s.encrypted_previous = o.encrypted_before, true)
    returning (n.kind is not null)::integer + (o.kind is not null)::integer as secrets
  ),
  mail as (
    update private.mail_settings as m
    set encrypted_key = g.encrypted, master_key_id = g.master_key_id
    from given as g
    where g.kind = 'mail' and m.encrypted_key = g.encrypted_before
    returning 1 as secrets
  )
  select coalesce(sum(c.secrets), 0) into replaced from (select w.secrets from written as w union all select m.secrets from mail as m) as c;

  return replaced;
end
$$;

comment on function worker.replace_outgoing_secrets(jsonb) is 'Writes re-encrypted signing secrets and the key of the mail API; returns how many changed. Service role only.';

grant execute on function worker.replace_outgoing_secrets(jsonb) to service_role;
