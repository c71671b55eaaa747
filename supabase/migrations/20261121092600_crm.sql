-- Generated from supabase/schemas/26_crm by "npm run migrations".

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

-- How an event becomes a push: a trigger on outgoing events, which are few.

-- Calls the function crm once per transaction, after its commit. Definer, because the call reads a secret of the Vault.
create function private.wake_crm()
returns bigint
language plpgsql
security definer
set search_path = ''
as $$
declare
  this text := pg_current_xact_id()::text;
begin
  if current_setting('replyloop.crm_woken', true) = this then
    return null;
  end if;

  perform set_config('replyloop.crm_woken', this, true);
  return private.invoke_function('crm', '{"action": "run"}');
exception
  -- Without the Vault secrets nothing can be called; the sweep says so, and pushes once they are there.
  when raise_exception then
    return null;
end
$$;

comment on function private.wake_crm() is
  'Queues one call of the function crm for what this transaction queued; null = it is queued already, or the Vault secrets are missing.';

grant execute on function private.wake_crm() to service_role;

-- The client's own account, else the agency's: a lead is in one CRM, so that two never tell different things about its deal.
create function private.crm_connection_of(of_client uuid)
returns uuid
language sql
stable
set search_path = ''
as $$
  select c.id
  from public.crm_connections as c
  where c.client_id = of_client or c.client_id is null
  order by c.client_id nulls last
  limit 1
$$;

comment on function private.crm_connection_of(uuid) is 'The CRM connection to which the leads of a client are pushed; null = none.';

grant execute on function private.crm_connection_of(uuid) to service_role;

create function private.queue_crm_push()
returns trigger
language plpgsql
set search_path = ''
as $$
begin
  insert into private.crm_pushes (connection_id, event_id, lead_id, client_id, type)
  select c.id, new.id, new.lead_id, new.client_id, new.type
  from public.crm_connections as c
  where c.id = private.crm_connection_of(new.client_id) and new.type = any (c.events)
  on conflict (connection_id, event_id) do nothing;

  if found then
    perform private.wake_crm();
  end if;

  return null;
end
$$;

comment on function private.queue_crm_push() is 'Trigger: an event about a lead that the CRM of its client wants.';

grant execute on function private.queue_crm_push() to service_role;

create trigger queue_crm_push after insert on private.outgoing_events
for each row when (new.lead_id is not null and new.type in ('reply.positive', 'meeting.booked', 'lead.unsubscribed'))
execute function private.queue_crm_push();

-- The pusher's two calls: take what is due under a lease, record what the CRM answered. Times between attempts are those of outgoing
-- events.

-- What can be mapped to a property, as it is now.
create function private.crm_fields(of_lead_id uuid)
returns jsonb
language sql
stable
set search_path = ''
as $$
  select jsonb_build_object(
    'email', l.email, 'first_name', l.first_name, 'last_name', l.last_name, 'company', l.company_name, 'job_title', l.job_title,
    'website', l.website, 'phone', l.phone,
    'linkedin', coalesce(
      b.linkedin_contact_url, b.linkedin_url, l.payload ->> 'linkedin_url', l.payload ->> 'linkedin_profile', l.payload ->> 'linkedin'
    ),
    'reply_class', m.reply_class, 'campaign', c.name,
    'last_reply', left(regexp_replace(coalesce(m.body_text, ''), '\s+', ' ', 'g'), 500)
  )
  from public.synced_leads as l
  join public.campaigns as c on c.id = l.campaign_id
  left join public.businesses as b on b.id = l.business_id
  left join public.messages as m on m.id = private.latest_reply(l.id)
  where l.id = of_lead_id
$$;

comment on function private.crm_fields(uuid) is
  'Our fields of a lead for a CRM: email, names, company, job_title, website, phone, linkedin, reply_class, campaign, last_reply (500 characters).';

grant execute on function private.crm_fields(uuid) to service_role;

-- The stage in which an event wants the deal; null = it wants none.
create function private.crm_stage_for(connection public.crm_connections, event_type public.outgoing_event_type)
returns text
language sql
immutable
set search_path = ''
as $$
  select case event_type
    when 'reply.positive' then connection.lead_stage_id
    when 'meeting.booked' then coalesce(connection.meeting_stage_id, connection.lead_stage_id)
  end
$$;

comment on function private.crm_stage_for(public.crm_connections, public.outgoing_event_type) is
  'The deal stage that an event asks for in a CRM; null for an unsubscribe.';

grant execute on function private.crm_stage_for(public.crm_connections, public.outgoing_event_type) to service_role;

-- A few of each connection, one at a time of one that fails, and one at a time of a lead in the order of its events: the second finds
-- the deal that the first made.
create function worker.take_crm_pushes(batch_size integer, lease_seconds integer)
returns jsonb
language plpgsql
set search_path = ''
as $$
declare
  token uuid := gen_random_uuid();
begin
  with due as (
    select t.id
    from public.crm_connections as c
    cross join lateral (
      select p.id, p.next_attempt_at
      from private.crm_pushes as p
      left join private.outgoing_events as v on v.id = p.event_id
      where p.connection_id = c.id and p.state = 'waiting' and p.next_attempt_at <= now()
        and (v.id is null or private.is_ready_to_send(v))
        and not exists (
          select
          from private.crm_pushes as o
          where o.lead_id = p.lead_id and o.connection_id = p.connection_id and o.state = 'waiting'
            and (o.created_at, o.id) < (p.created_at, p.id)
        )
      order by p.next_attempt_at
      limit case when c.failing_since is null then 5 else 1 end
      for update of p skip locked
    ) as t
    where c.switched_off_at is null and coalesce(c.hold_until <= now(), true)
    order by t.next_attempt_at
    limit batch_size
  )
  update private.crm_pushes as p
  set
    lease_token = token,
    attempts = p.attempts + 1,
    last_attempt_at = now(),
    next_attempt_at = now() + make_interval(secs => lease_seconds)
  from due
  where p.id = due.id;

  return jsonb_build_object(
    'pushes', (
      select coalesce(jsonb_agg(jsonb_build_object(
        'push_id', p.id, 'token', p.lease_token, 'type', p.type, 'lead_id', p.lead_id, 'fields', private.crm_fields(p.lead_id),
        'connection', jsonb_build_object(
          'id', c.id, 'provider', c.provider, 'encrypted_token', t.encrypted_token, 'master_key_id', t.master_key_id,
          'pipeline_id', c.pipeline_id, 'lead_stage_id', c.lead_stage_id, 'mapping', c.mapping, 'unsubscribed_property', c.unsubscribed_property
        ),
        'stage_id', private.crm_stage_for(c, p.type),
        'record', jsonb_build_object(
          'contact_id', r.contact_id, 'deal_id', r.deal_id, 'deal_is_gone', r.deal_gone_at is not null
        )
      ) order by p.created_at, p.id), '[]')
      from private.crm_pushes as p
      join public.crm_connections as c on c.id = p.connection_id
      join private.crm_tokens as t on t.connection_id = c.id
      left join public.crm_records as r on r.connection_id = p.connection_id and r.lead_id = p.lead_id
      where p.lease_token = token
    ),
    'next_in_seconds', (
      select extract(epoch from min(greatest(p.next_attempt_at, c.hold_until)) - now())
      from private.crm_pushes as p
      join public.crm_connections as c on c.id = p.connection_id
      where p.state = 'waiting' and c.switched_off_at is null
    )
  );
end
$$;

comment on function worker.take_crm_pushes(integer, integer) is
  'Leases due pushes to the caller: { pushes: [{ push_id, token, type, lead_id, fields, connection, stage_id, record }], next_in_seconds (null = nothing waits) }. Safe to call from many workers at once. Service role only.';

grant execute on function worker.take_crm_pushes(integer, integer) to service_role;

-- A connection whose token is refused, or that has failed for five days, is switched off, and an incident says so.
create function private.switch_off_crm(ids uuid[], reason text)
returns void
language sql
volatile
set search_path = ''
as $$
  with off as (
    update public.crm_connections as c
    set switched_off_at = now(), switched_off_reason = reason
    where c.id = any (ids) and c.switched_off_at is null
    returning c.id, c.client_id
  )
  insert into public.incidents (client_id, kind, subject, details)
  select o.client_id, 'crm_switched_off', 'crm:' || o.id,
    format('Nothing is sent to HubSpot or read from it. %s. Repair it in Settings → CRM; what waits is sent then', reason)
  from off as o
  on conflict (connection_id, kind, subject) where closed_at is null do nothing
$$;

comment on function private.switch_off_crm(uuid[], text) is 'Switches CRM connections off and opens an incident for each.';

grant execute on function private.switch_off_crm(uuid[], text) to service_role;

-- A deal that was deleted, or merged into that of another lead, says nothing any more: a deal counts once.
create function private.lose_crm_deal(connection public.crm_connections, of_lead_id uuid)
returns void
language plpgsql
set search_path = ''
as $$
begin
  update public.crm_records as r
  set deal_gone_at = coalesce(r.deal_gone_at, now()), checked_at = now(), reported_status = null, reported_stage_id = null, open_stage_id = null
  where r.connection_id = connection.id and r.lead_id = of_lead_id;

  perform private.withdraw_meeting(of_lead_id, 'crm', now(), connection.account_id || ':' || of_lead_id);
end
$$;

comment on function private.lose_crm_deal(public.crm_connections, uuid) is
  'Marks the deal of a lead as gone, and withdraws what it reported about the meeting.';

grant execute on function private.lose_crm_deal(public.crm_connections, uuid) to service_role;

-- What an answer says about the connection. failure null = it works; refusal = it will not work again without a person.
create function private.note_crm_answer(target_connection_id uuid, failure text, retry_after double precision, refusal text)
returns void
language plpgsql
set search_path = ''
as $$
declare
  since timestamptz;
begin
  update public.crm_connections as c
  set
    failing_since = case when failure is not null then coalesce(c.failing_since, now()) end,
    last_error = left(failure, 500),
    hold_until = case when retry_after > 0 then now() + make_interval(secs => least(retry_after, 86400)) end
  where c.id = target_connection_id
  returning c.failing_since into since;

  if refusal is not null then
    perform private.switch_off_crm(array[target_connection_id], left(refusal, 300));
  elsif since < now() - interval '5 days' then
    perform private.switch_off_crm(array[target_connection_id], 'HubSpot could not be used for five days');
  end if;
end
$$;

comment on function private.note_crm_answer(uuid, text, double precision, text) is
  'Keeps how a CRM connection fares: failing since when, a pause that it asked for, and switches it off when its token is refused.';

grant execute on function private.note_crm_answer(uuid, text, double precision, text) to service_role;

-- results: [{ "push_id", "token", "error" (null = delivered), "status", "answer", "note", "sent", "retry_after" (seconds), "duration_ms",
-- "is_final" (the CRM will not take it at the next attempt either), "refusal" (of the token), "contact_id", "deal_id", "stage_id",
-- "stage_at", "deal_is_gone" }]. A result under another lease than the present one is old: only the ids in it are kept.
create function worker.record_crm_pushes(results jsonb)
returns integer
language plpgsql
set search_path = ''
as $$
declare
  given record;
  push private.crm_pushes;
  connection public.crm_connections;
  recorded integer := 0;
begin
  -- Connections first, as an operator who removes one: else each would wait for the other.
  perform
  from public.crm_connections as c
  where c.id in (
    select p.connection_id
    from private.crm_pushes as p
    where p.id in (select r.push_id from jsonb_to_recordset(results) as r (push_id uuid))
  )
  order by c.id
  for update;

  for given in
    select r.*
    from jsonb_to_recordset(results) as r (
      push_id uuid, token uuid, error text, status smallint, answer text, note text, sent jsonb, retry_after double precision,
      duration_ms integer, is_final boolean, refusal text, contact_id text, deal_id text, stage_id text, stage_at timestamptz,
      deal_is_gone boolean
    )
  loop
    select p.* into push from private.crm_pushes as p where p.id = given.push_id for update;
    continue when not found;

    select c.* into connection from public.crm_connections as c where c.id = push.connection_id;

    -- Merged into the deal of another lead.
    if exists (
      select
      from public.crm_records as r
      where r.connection_id = push.connection_id and r.deal_id = given.deal_id and r.lead_id <> push.lead_id
    ) then
      given.deal_id := null;
      given.stage_id := null;
      given.stage_at := null;
      given.deal_is_gone := true;
    end if;

    if given.contact_id is not null or given.deal_id is not null or given.deal_is_gone then
      insert into public.crm_records as r
        (connection_id, lead_id, client_id, contact_id, deal_id, stage_id, stage_at, deal_gone_at, checked_at)
      values (
        push.connection_id, push.lead_id, push.client_id, given.contact_id, given.deal_id, given.stage_id, given.stage_at,
        case when given.deal_is_gone then now() end,
        -- Found again, and in a stage that is not ours: the next read looks at it.
        case when given.deal_id is not null and given.stage_id is null then '-infinity' else now() end
      )
      on conflict (connection_id, lead_id) do update set
        contact_id = coalesce(excluded.contact_id, r.contact_id),
        deal_id = coalesce(excluded.deal_id, r.deal_id),
        stage_id = case when coalesce(excluded.stage_at >= r.stage_at, true) then coalesce(excluded.stage_id, r.stage_id) else r.stage_id end,
        stage_at = greatest(excluded.stage_at, r.stage_at),
        deal_gone_at = coalesce(r.deal_gone_at, excluded.deal_gone_at),
        checked_at = case when r.stage_id is null then excluded.checked_at else now() end;
    end if;

    if given.deal_is_gone then
      perform private.lose_crm_deal(connection, push.lead_id);
    end if;

    continue when push.lease_token is distinct from given.token or push.state <> 'waiting';

    update private.crm_pushes as p
    set
      state = case
        when given.error is null then 'delivered'
        -- A refused token is the connection's fault: its pushes wait for another one.
        when given.refusal is not null then 'waiting'
        when given.is_final or private.outgoing_delay(p.attempts) is null or p.wanted_at < now() - interval '24 hours' then 'failed'
        else 'waiting'
      end::public.outgoing_state,
      next_attempt_at = now() + greatest(
        coalesce(private.outgoing_delay(p.attempts), interval '1 hour'),
        make_interval(secs => least(coalesce(given.retry_after, 0), 86400))
      ),
      lease_token = null,
      duration_ms = given.duration_ms,
      last_status = given.status,
      last_answer = left(given.answer, 2048),
      last_error = left(given.error, 500),
      note = left(given.note, 500),
      sent = coalesce(given.sent, p.sent),
      delivered_at = case when given.error is null then now() end
    where p.id = push.id;

    if given.error is null then
      update public.crm_connections as c set last_push_at = now() where c.id = push.connection_id;
    end if;

    -- What is wrong with one lead says nothing about the connection.
    perform private.note_crm_answer(
      push.connection_id, case when not coalesce(given.is_final, false) then given.error end, given.retry_after, given.refusal
    );
    recorded := recorded + 1;
  end loop;

  return recorded;
end
$$;

comment on function worker.record_crm_pushes(jsonb) is
  'Records what a CRM answered: delivered, retried later, or given up after 24 hours; keeps the ids of contact and deal; switches off a connection whose token is refused or that has failed for five days. Returns how many. Service role only.';

grant execute on function worker.record_crm_pushes(jsonb) to service_role;

-- Deal stages back: which connection is to be read, and what its deals say about meetings. A deal that was pushed by us is in the stage
-- that we know; only another stage is a change of a person.

create function private.crm_stage_place(connection public.crm_connections, of_stage_id text)
returns bigint
language sql
immutable
set search_path = ''
as $$
  select s.place
  from jsonb_array_elements(connection.stages) with ordinality as s (stage, place)
  where s.stage ->> 'id' = of_stage_id
$$;

comment on function private.crm_stage_place(public.crm_connections, text) is
  'The place of a stage in the pipeline, from 1; null for one that the connection does not know.';

grant execute on function private.crm_stage_place(public.crm_connections, text) to service_role;

create function private.crm_stage_status(connection public.crm_connections, of_stage_id text)
returns text
language sql
immutable
set search_path = ''
as $$
  select s.stage ->> 'status'
  from jsonb_array_elements(connection.stages) as s (stage)
  where s.stage ->> 'id' = of_stage_id
$$;

comment on function private.crm_stage_status(public.crm_connections, text) is
  'What a deal in this stage says about the meeting; null = nothing.';

grant execute on function private.crm_stage_status(public.crm_connections, text) to service_role;

-- What a deal says in its present stage. A stage that means nothing keeps what was reported before it in the pipeline (after "meeting"
-- comes "offer": the meeting stays), and withdraws what only a later one reported.
create function private.crm_reported(connection public.crm_connections, deal public.crm_records, out status text, out stage_id text, out is_withdrawn boolean)
returns record
language sql
stable
set search_path = ''
as $$
  select
    case when n.own is not null then n.own when n.holds then private.crm_stage_status(connection, deal.open_stage_id) when n.keeps then deal.reported_status end,
    case when n.own is not null then deal.stage_id when n.holds then deal.open_stage_id when n.keeps then deal.reported_stage_id end,
    n.own is null and not n.holds and not n.keeps and deal.reported_status is not null
  from (
    select
      private.crm_stage_status(connection, deal.stage_id) as own,
      coalesce(
        private.crm_stage_place(connection, deal.open_stage_id) <= private.crm_stage_place(connection, deal.stage_id)
        and private.crm_stage_status(connection, deal.open_stage_id) is not null,
        false
      ) as holds,
      -- In another pipeline, or in a stage that was added since: nothing is known of it.
      coalesce(private.crm_stage_place(connection, deal.reported_stage_id) <= private.crm_stage_place(connection, deal.stage_id), true) as keeps
  ) as n
$$;

comment on function private.crm_reported(public.crm_connections, public.crm_records) is
  'What a deal says about the meeting in its present stage, which stage says so, and whether it withdraws what it reported before.';

grant execute on function private.crm_reported(public.crm_connections, public.crm_records) to service_role;

-- One connection at a time, with the deals that a search would not show as deleted and that were not seen for six hours.
create function worker.take_crm_reader(lease_seconds integer)
returns jsonb
language plpgsql
set search_path = ''
as $$
declare
  token uuid := gen_random_uuid();
  taken uuid;
begin
  update private.crm_readers as r
  set lease_token = token, next_read_at = now() + make_interval(secs => lease_seconds)
  where r.connection_id = (
    select d.connection_id
    from private.crm_readers as d
    join public.crm_connections as c on c.id = d.connection_id
    where d.next_read_at <= now() and c.switched_off_at is null and coalesce(c.hold_until <= now(), true)
    order by d.next_read_at
    limit 1
    for update of d skip locked
  )
  returning r.connection_id into taken;

  return (
    select jsonb_build_object(
      'token', token, 'read_until', r.read_until,
      'connection', jsonb_build_object(
        'id', c.id, 'provider', c.provider, 'encrypted_token', t.encrypted_token, 'master_key_id', t.master_key_id, 'currency', c.currency
      ),
      'unseen', (
        select coalesce(jsonb_agg(jsonb_build_object('lead_id', u.lead_id, 'deal_id', u.deal_id) order by u.checked_at), '[]')
        from (
          select d.lead_id, d.deal_id, d.checked_at
          from public.crm_records as d
          where d.connection_id = c.id and d.deal_id is not null and d.deal_gone_at is null
            and d.checked_at < now() - interval '6 hours'
          order by d.checked_at
          limit 100
        ) as u
      )
    )
    from private.crm_readers as r
    join public.crm_connections as c on c.id = r.connection_id
    join private.crm_tokens as t on t.connection_id = c.id
    where r.connection_id = taken and r.lease_token = token
  );
end
$$;

comment on function worker.take_crm_reader(integer) is
  'Leases one connection whose deals are due to be read: { token, read_until, connection, unseen [{ lead_id, deal_id }] }; null = none is due. Service role only.';

grant execute on function worker.take_crm_reader(integer) to service_role;

-- deals: [{ "deal_id", "stage_id" }]
create function worker.list_moved_crm_deals(target_connection_id uuid, deals jsonb)
returns jsonb
language sql
stable
set search_path = ''
as $$
  select coalesce(jsonb_agg(d.deal_id), '[]')
  from jsonb_to_recordset(deals) as d (deal_id text, stage_id text)
  where not exists (
    select
    from public.crm_records as r
    where r.connection_id = target_connection_id and r.deal_id = d.deal_id and r.stage_id = d.stage_id
  )
$$;

comment on function worker.list_moved_crm_deals(uuid, jsonb) is
  'Those of these deals that are in another stage than the one that we know: [deal_id]. Service role only.';

grant execute on function worker.list_moved_crm_deals(uuid, jsonb) to service_role;

-- Whether we asked for this stage ourselves and died before we heard the answer.
create function private.is_own_crm_stage(connection public.crm_connections, of_lead_id uuid, of_stage_id text)
returns boolean
language sql
stable
set search_path = ''
as $$
  select exists (
    select
    from private.crm_pushes as p
    where p.lead_id = of_lead_id and p.connection_id = connection.id and p.state = 'waiting' and p.attempts > 0
      and private.crm_stage_for(connection, p.type) = of_stage_id
  )
$$;

comment on function private.is_own_crm_stage(public.crm_connections, uuid, text) is
  'A push of ours that has not ended asked for this stage, so it is no change of a person.';

grant execute on function private.is_own_crm_stage(public.crm_connections, uuid, text) to service_role;

-- Tells the meetings what the stage of a deal says; the CRM speaks of one meeting per lead.
create function private.report_crm_stage(connection public.crm_connections, deal public.crm_records, reported_at timestamptz, is_new_stage boolean)
returns void
language plpgsql
set search_path = ''
as $$
declare
  reported record := private.crm_reported(connection, deal);
  known_as text := connection.account_id || ':' || deal.lead_id;
begin
  if reported.is_withdrawn then
    perform private.withdraw_meeting(deal.lead_id, 'crm', reported_at, known_as);
  elsif reported.status is not null then
    perform private.record_meeting(
      deal.lead_id, 'crm', reported.status::public.meeting_status, reported_at, known_as,
      happened_at => case when is_new_stage then deal.stage_at end,
      deal_value => deal.amount, deal_currency => deal.currency,
      cleared => case when deal.amount is null then '{value}'::text[] else '{}'::text[] end
    );
  end if;

  update public.crm_records as r
  set
    reported_status = reported.status,
    reported_stage_id = reported.stage_id,
    open_stage_id = case
      when reported.is_withdrawn then null
      when reported.status in ('booked', 'held', 'no_show') then reported.stage_id
      else r.open_stage_id
    end
  where r.connection_id = deal.connection_id and r.lead_id = deal.lead_id;
end
$$;

comment on function private.report_crm_stage(public.crm_connections, public.crm_records, timestamptz, boolean) is
  'Records what the stage of a deal says about the meeting of its lead, with the deal''s amount as its value, or withdraws it.';

grant execute on function private.report_crm_stage(public.crm_connections, public.crm_records, timestamptz, boolean) to service_role;

-- deals: [{ "lead_id" (the reference in the deal), "deal_id", "known_as" (ids that were merged into it), "stage_id", "stage_at",
-- "changed_at", "amount", "currency", "is_gone" }]. until null = the cursor stays. Reading the same again changes nothing.
create function worker.record_crm_deals(target_connection_id uuid, token uuid, deals jsonb, until timestamptz)
returns integer
language plpgsql
set search_path = ''
as $$
declare
  connection public.crm_connections;
  given record;
  before public.crm_records;
  deal public.crm_records;
  changed integer := 0;
begin
  if not exists (
    select from private.crm_readers as r where r.connection_id = target_connection_id and r.lease_token = token
  ) then
    return null;
  end if;

  select c.* into connection from public.crm_connections as c where c.id = target_connection_id;

  for given in
    select r.*
    from jsonb_to_recordset(deals) as r (
      lead_id uuid, deal_id text, known_as text[], stage_id text, stage_at timestamptz, changed_at timestamptz, amount numeric, currency text,
      is_gone boolean
    )
    order by r.changed_at nulls last, r.deal_id
  loop
    select r.* into before
    from public.crm_records as r
    where r.connection_id = connection.id
      and (r.deal_id = given.deal_id or r.lead_id = given.lead_id or r.deal_id = any (given.known_as))
    order by r.deal_id = given.deal_id desc nulls last, r.lead_id = given.lead_id desc nulls last, r.created_at
    limit 1
    for update;
    continue when not found;

    if given.is_gone then
      perform private.lose_crm_deal(connection, before.lead_id);
      changed := changed + 1;
      continue;
    end if;

    -- Deals of other leads that were merged into this one.
    perform private.lose_crm_deal(connection, r.lead_id)
    from public.crm_records as r
    where r.connection_id = connection.id and r.lead_id <> before.lead_id
      and (r.lead_id = given.lead_id or r.deal_id = any (given.known_as)) and r.deal_gone_at is null;

    update public.crm_records as r
    set
      deal_id = given.deal_id,
      stage_id = case when coalesce(given.stage_at >= r.stage_at, true) then given.stage_id else r.stage_id end,
      stage_at = case when given.stage_id is distinct from r.stage_id then greatest(given.stage_at, r.stage_at) else r.stage_at end,
      amount = given.amount,
      currency = given.currency,
      deal_gone_at = null,
      checked_at = now()
    where r.connection_id = connection.id and r.lead_id = before.lead_id
    returning r.* into deal;

    if deal.stage_id is distinct from before.stage_id and not private.is_own_crm_stage(connection, deal.lead_id, deal.stage_id) then
      perform private.report_crm_stage(connection, deal, deal.stage_at, true);
      changed := changed + 1;
    elsif deal.amount is distinct from before.amount and deal.reported_status is not null then
      perform private.report_crm_stage(connection, deal, coalesce(given.changed_at, now()), false);
      changed := changed + 1;
    end if;
  end loop;

  update private.crm_readers as r
  set read_until = greatest(r.read_until, until)
  where r.connection_id = connection.id;

  return changed;
end
$$;

comment on function worker.record_crm_deals(uuid, uuid, jsonb, timestamptz) is
  'Records deals as they are in the CRM, tells the meetings what their stages say, and moves the cursor on; returns how many reported something new, null = the lease is lost. Service role only.';

grant execute on function worker.record_crm_deals(uuid, uuid, jsonb, timestamptz) to service_role;

-- Every five minutes while it works; after failures later and later, an hour at most.
create function worker.finish_crm_read(
  target_connection_id uuid, token uuid, failure text, retry_after double precision, refusal text, is_complete boolean
)
returns void
language plpgsql
set search_path = ''
as $$
begin
  perform from public.crm_connections as c where c.id = target_connection_id for update;

  update private.crm_readers as r
  set
    lease_token = null,
    failures = case when failure is null then 0 else least(r.failures + 1, 10) end,
    next_read_at = case
      when failure is not null then now() + greatest(
        least(interval '1 minute' * power(2, r.failures), interval '1 hour'), make_interval(secs => least(coalesce(retry_after, 0), 86400))
      )
      when is_complete then now() + interval '5 minutes'
      else now()
    end
  where r.connection_id = target_connection_id and r.lease_token = token;

  if not found then
    return;
  end if;

  if failure is null then
    update public.crm_connections as c set last_read_at = now() where c.id = target_connection_id;
  end if;

  perform private.note_crm_answer(target_connection_id, failure, retry_after, refusal);
end
$$;

comment on function worker.finish_crm_read(uuid, uuid, text, double precision, text, boolean) is
  'Ends a read: when the next one is due, and how the connection fares. is_complete = false: there is more to read, now. Service role only.';

grant execute on function worker.finish_crm_read(uuid, uuid, text, double precision, text, boolean) to service_role;

-- What operators do with CRM accounts, through the function crm, which checks the token and encrypts it.

create function private.require_crm_connection(target_connection_id uuid)
returns public.crm_connections
language plpgsql
set search_path = ''
as $$
declare
  connection public.crm_connections;
begin
  select c.* into connection from public.crm_connections as c where c.id = target_connection_id for update;

  if not found then
    raise exception using errcode = 'PT404', message = 'NOT_FOUND', detail = 'This CRM account was not found; it may have been disconnected';
  end if;

  return connection;
end
$$;

comment on function private.require_crm_connection(uuid) is 'The CRM connection, locked; raises NOT_FOUND without one.';

grant execute on function private.require_crm_connection(uuid) to service_role;

-- What waited meanwhile is sent, as if it had been wanted now.
create function private.switch_on_crm(target_connection_id uuid)
returns void
language plpgsql
set search_path = ''
as $$
begin
  update public.crm_connections as c
  set switched_off_at = null, switched_off_reason = null, failing_since = null, last_error = null, hold_until = null
  where c.id = target_connection_id;

  update private.crm_pushes as p
  set attempts = 0, wanted_at = now(), next_attempt_at = now(), lease_token = null
  where p.connection_id = target_connection_id and p.state = 'waiting';

  update private.crm_readers as r set next_read_at = now(), failures = 0 where r.connection_id = target_connection_id;

  update public.incidents as i
  set closed_at = now()
  where i.kind = 'crm_switched_off' and i.subject = 'crm:' || target_connection_id and i.closed_at is null;

  perform private.wake_crm();
end
$$;

comment on function private.switch_on_crm(uuid) is 'Lets a CRM connection work again: its incident is over, and what waits is due now.';

grant execute on function private.switch_on_crm(uuid) to service_role;

-- With the encrypted token and what is stored of the account, for the function; null for an unknown one.
create function worker.read_crm_connection(target_connection_id uuid)
returns jsonb
language sql
stable
set search_path = ''
as $$
  select to_jsonb(c) || jsonb_build_object('encrypted_token', t.encrypted_token, 'master_key_id', t.master_key_id)
  from public.crm_connections as c
  join private.crm_tokens as t on t.connection_id = c.id
  where c.id = target_connection_id
$$;

comment on function worker.read_crm_connection(uuid) is 'A CRM connection with its encrypted token. Service role only.';

grant execute on function worker.read_crm_connection(uuid) to service_role;

-- saved: { "client_id" (of a new one), "account_id", "account_host", "currency", "events", "pipeline_id", "pipeline_name", "lead_stage_id",
-- "meeting_stage_id", "unsubscribed_property", "mapping", "stages", and with a new token "encrypted_token", "master_key_id",
-- "token_last4" }.
create function worker.save_crm_connection(target_connection_id uuid, saved jsonb, actor uuid)
returns jsonb
language plpgsql
set search_path = ''
as $$
declare
  before public.crm_connections;
  after public.crm_connections;
  given public.crm_connections;
begin
  select c.* into before from public.crm_connections as c where c.id = target_connection_id for update;
  given := jsonb_populate_record(
    null::public.crm_connections, saved || jsonb_build_object('events', null)
  );
  given.events := array(
    select distinct e.name::public.outgoing_event_type from jsonb_array_elements_text(saved -> 'events') as e (name) order by 1
  );

  if before.id is null and not saved ? 'encrypted_token' then
    raise exception using errcode = 'PT404', message = 'NOT_FOUND', detail = 'This CRM account was not found; it may have been disconnected';
  end if;

  if before.id is null then
    if given.client_id is not null then
      perform private.require_client(given.client_id);
    end if;

    if exists (select from public.crm_connections as c where c.client_id is not distinct from given.client_id) then
      raise exception using errcode = 'PT400', message = 'VALIDATION_FAILED', detail = 'There is a CRM account already; change it, or disconnect it first';
    end if;

    insert into public.crm_connections (
      id, client_id, account_id, account_host, currency, token_last4, events, pipeline_id, pipeline_name, lead_stage_id, meeting_stage_id,
      unsubscribed_property, mapping, stages
    )
    values (
      target_connection_id, given.client_id, given.account_id, given.account_host, given.currency, given.token_last4, given.events,
      given.pipeline_id, given.pipeline_name, given.lead_stage_id, given.meeting_stage_id, given.unsubscribed_property, given.mapping,
      given.stages
    )
    returning * into after;

    insert into private.crm_readers (connection_id) values (after.id);
  else
    update public.crm_connections as c
    set
      account_id = given.account_id, account_host = given.account_host, currency = given.currency,
      token_last4 = coalesce(given.token_last4, c.token_last4), events = given.events, pipeline_id = given.pipeline_id,
      pipeline_name = given.pipeline_name, lead_stage_id = given.lead_stage_id, meeting_stage_id = given.meeting_stage_id,
      unsubscribed_property = given.unsubscribed_property, mapping = given.mapping, stages = given.stages
    where c.id = target_connection_id
    returning * into after;

    -- Ids of another account mean nothing in this one.
    if after.account_id <> before.account_id then
      delete from public.crm_records as r where r.connection_id = after.id;
      update private.crm_readers as r set read_until = now() where r.connection_id = after.id;
    end if;
  end if;

  if saved ? 'encrypted_token' then
    insert into private.crm_tokens as t (connection_id, encrypted_token, master_key_id)
    values (after.id, saved ->> 'encrypted_token', saved ->> 'master_key_id')
    on conflict (connection_id) do update set encrypted_token = excluded.encrypted_token, master_key_id = excluded.master_key_id;

    perform private.switch_on_crm(after.id);
    select c.* into after from public.crm_connections as c where c.id = after.id;
  end if;

  perform private.write_audit(
    case when before.id is null then 'crm_connected' else 'crm_changed' end, 'crm', after.id::text, after.client_id,
    jsonb_build_object(
      'provider', after.provider, 'account', after.account_id, 'pipeline', after.pipeline_name, 'events', after.events,
      'new_token', saved ? 'encrypted_token'
    ),
    actor
  );

  return to_jsonb(after);
end
$$;

comment on function worker.save_crm_connection(uuid, jsonb, uuid) is
  'Connects a CRM account with its encrypted token, or changes one; a new token switches it on again. Returns its row. Service role only.';

grant execute on function worker.save_crm_connection(uuid, jsonb, uuid) to service_role;

create function worker.switch_crm(target_connection_id uuid, is_on boolean, actor uuid)
returns jsonb
language plpgsql
set search_path = ''
as $$
declare
  connection public.crm_connections := private.require_crm_connection(target_connection_id);
begin
  if (connection.switched_off_at is null) = is_on then
    return to_jsonb(connection);
  end if;

  if is_on then
    perform private.switch_on_crm(target_connection_id);
  else
    update public.crm_connections as c
    set switched_off_at = now(), switched_off_reason = 'An operator switched it off'
    where c.id = target_connection_id;
  end if;

  perform private.write_audit(
    case when is_on then 'crm_switched_on' else 'crm_switched_off' end, 'crm', target_connection_id::text, connection.client_id,
    jsonb_build_object('provider', connection.provider, 'account', connection.account_id), actor
  );

  return (select to_jsonb(c) from public.crm_connections as c where c.id = target_connection_id);
end
$$;

comment on function worker.switch_crm(uuid, boolean, uuid) is
  'Switches a CRM connection on, which closes its incident, or off. Returns its row. Service role only.';

grant execute on function worker.switch_crm(uuid, boolean, uuid) to service_role;

create function worker.remove_crm(target_connection_id uuid, actor uuid)
returns void
language plpgsql
set search_path = ''
as $$
declare
  connection public.crm_connections := private.require_crm_connection(target_connection_id);
begin
  delete from public.crm_connections as c where c.id = target_connection_id;

  update public.incidents as i
  set closed_at = now()
  where i.kind = 'crm_switched_off' and i.subject = 'crm:' || target_connection_id and i.closed_at is null;

  perform private.write_audit(
    'crm_disconnected', 'crm', target_connection_id::text, connection.client_id,
    jsonb_build_object('provider', connection.provider, 'account', connection.account_id), actor
  );
end
$$;

comment on function worker.remove_crm(uuid, uuid) is
  'Disconnects a CRM account: its token and log go, and nothing in the CRM itself; meetings stay. Service role only.';

grant execute on function worker.remove_crm(uuid, uuid) to service_role;

-- One lead, whether or not it is positive: what an operator wants in the CRM. One that waits is due now.
create function worker.push_crm_lead(target_lead_id uuid, actor uuid)
returns uuid
language plpgsql
set search_path = ''
as $$
declare
  lead public.synced_leads;
  connection public.crm_connections;
  pushed uuid;
begin
  select l.* into lead from public.synced_leads as l where l.id = target_lead_id;

  if not found then
    raise exception using errcode = 'PT404', message = 'NOT_FOUND', detail = 'This lead was not found; it may have been removed';
  end if;

  select c.* into connection from public.crm_connections as c where c.id = private.crm_connection_of(lead.client_id) for update;

  if not found then
    raise exception using errcode = 'PT400', message = 'VALIDATION_FAILED', detail = 'No CRM is connected for this client; do that in Settings → CRM';
  elsif connection.switched_off_at is not null then
    raise exception using errcode = 'PT400', message = 'VALIDATION_FAILED', detail = 'This CRM account is switched off; switch it on in Settings → CRM first';
  end if;

  update private.crm_pushes as p
  set next_attempt_at = now(), attempts = 0, wanted_at = now(), lease_token = null
  where p.connection_id = connection.id and p.lead_id = lead.id and p.state = 'waiting';

  select p.id into pushed
  from private.crm_pushes as p
  where p.connection_id = connection.id and p.lead_id = lead.id and p.state = 'waiting'
  order by p.created_at, p.id
  limit 1;

  if pushed is null then
    insert into private.crm_pushes (connection_id, lead_id, client_id, type)
    values (connection.id, lead.id, lead.client_id, 'reply.positive')
    returning id into pushed;
  end if;

  update public.crm_connections as c set hold_until = null where c.id = connection.id;

  perform private.write_audit(
    'crm_pushed', 'lead', lead.id::text, lead.client_id, jsonb_build_object('provider', connection.provider, 'email', lead.email), actor
  );
  perform private.wake_crm();
  return pushed;
end
$$;

comment on function worker.push_crm_lead(uuid, uuid) is
  'Pushes a lead to the CRM of its client by hand: contact and deal. Returns the push. Service role only.';

grant execute on function worker.push_crm_lead(uuid, uuid) to service_role;

-- One push of any state, or all failed ones since a moment.
create function worker.retry_crm_pushes(target_connection_id uuid, target_push_id uuid, failed_since timestamptz, actor uuid)
returns integer
language plpgsql
set search_path = ''
as $$
declare
  connection public.crm_connections := private.require_crm_connection(target_connection_id);
  retried integer;
begin
  if connection.switched_off_at is not null then
    raise exception using errcode = 'PT400', message = 'VALIDATION_FAILED', detail = 'This CRM account is switched off; switch it on first';
  end if;

  update private.crm_pushes as p
  set state = 'waiting', attempts = 0, wanted_at = now(), next_attempt_at = now(), lease_token = null, delivered_at = null
  where p.connection_id = target_connection_id
    and case
      when target_push_id is not null then p.id = target_push_id
      else p.state = 'failed' and p.wanted_at >= failed_since
    end;

  get diagnostics retried = row_count;

  update public.crm_connections as c set hold_until = null where c.id = target_connection_id;

  perform private.write_audit(
    'crm_retried', 'crm', target_connection_id::text, connection.client_id,
    jsonb_build_object('provider', connection.provider, 'pushes', retried), actor
  );

  if retried > 0 then
    perform private.wake_crm();
  end if;

  return retried;
end
$$;

comment on function worker.retry_crm_pushes(uuid, uuid, timestamptz, uuid) is
  'Pushes to a CRM again: one, or all that failed since a moment; returns how many. Service role only.';

grant execute on function worker.retry_crm_pushes(uuid, uuid, timestamptz, uuid) to service_role;

-- What operators read: the log, and where a lead is.

create view public.crm_log
with (security_invoker = true)
as
select
  p.id as push_id, p.connection_id, c.provider, p.lead_id, l.email as lead_email, p.client_id, k.name as client_name, p.type, p.state,
  p.attempts, p.wanted_at, p.last_attempt_at,
  case when p.state = 'waiting' then p.next_attempt_at end as next_attempt_at,
  p.duration_ms, p.last_status, p.last_answer, p.last_error, p.note, p.sent, p.delivered_at, p.created_at, p.event_id is null as is_by_hand
from private.crm_pushes as p
join public.crm_connections as c on c.id = p.connection_id
join public.synced_leads as l on l.id = p.lead_id
join public.clients as k on k.id = p.client_id;

comment on view public.crm_log is
  'What was pushed to CRM accounts as long as it is kept: lead, event, what was sent, state (waiting, delivered, failed), attempts, the last answer (first 2 kB), error and note. Operators only.';

grant select on public.crm_log to authenticated, service_role;

create view public.crm_leads
with (security_invoker = true)
as
select
  l.id as lead_id, l.client_id, c.id as connection_id, c.provider, c.account_id, c.account_host, c.switched_off_at, r.contact_id, r.deal_id,
  r.stage_id, s.stage ->> 'name' as stage_name, r.stage_at, r.amount, r.currency, r.reported_status, r.deal_gone_at,
  p.state as last_state, p.last_error, p.note as last_note, p.created_at as last_wanted_at,
  -- The log is kept for a month; what was pushed before says at least since when it is there.
  case when r.contact_id is not null then coalesce(d.delivered_at, r.created_at) end as pushed_at
from public.synced_leads as l
join public.crm_connections as c on c.id = (
  select o.id
  from public.crm_connections as o
  where o.client_id = l.client_id or o.client_id is null
  order by o.client_id nulls last
  limit 1
)
left join public.crm_records as r on r.connection_id = c.id and r.lead_id = l.id
left join lateral (
  select e.stage from jsonb_array_elements(c.stages) as e (stage) where e.stage ->> 'id' = r.stage_id
) as s on true
left join lateral (
  select x.state, x.last_error, x.note, x.created_at
  from private.crm_pushes as x
  where x.lead_id = l.id and x.connection_id = c.id
  order by x.created_at desc, x.id
  limit 1
) as p on true
left join lateral (
  select max(x.delivered_at) as delivered_at
  from private.crm_pushes as x
  where x.lead_id = l.id and x.connection_id = c.id
) as d on true;

comment on view public.crm_leads is
  'Each lead of a client with a CRM: its contact and deal there (null = not pushed), the deal''s stage, when it was last pushed, and how the last push went. Ask for one lead at a time. Operators only.';

grant select on public.crm_leads to authenticated, service_role;

-- Every ten seconds: what no transaction has the function crm called for, because it is due again, or its call got lost.
create function private.run_due_crm()
returns bigint
language plpgsql
set search_path = ''
as $$
begin
  if not exists (
    select
    from public.crm_connections as c
    where c.switched_off_at is null and coalesce(c.hold_until <= now(), true)
      and (
        exists (select from private.crm_pushes as p where p.connection_id = c.id and p.state = 'waiting' and p.next_attempt_at <= now())
        or exists (select from private.crm_readers as r where r.connection_id = c.id and r.next_read_at <= now())
      )
  ) then
    return null;
  end if;

  return private.wake_crm();
end
$$;

comment on function private.run_due_crm() is
  'Every ten seconds: calls the function crm if a push is due, or the deals of a connection are to be read; returns the request or null.';

-- Tokens of CRM accounts go from one master key to the next, as API keys do (worker.list_encrypted).

create function worker.list_crm_tokens(current_key_id text)
returns jsonb
language sql
stable
set search_path = ''
as $$
  select coalesce(jsonb_agg(jsonb_build_object(
    'connection_id', t.connection_id, 'encrypted', t.encrypted_token, 'master_key_id', t.master_key_id
  )), '[]')
  from private.crm_tokens as t
  where t.master_key_id <> current_key_id
$$;

comment on function worker.list_crm_tokens(text) is
  'Tokens of CRM accounts that are not encrypted under the current master key: [{ connection_id, encrypted, master_key_id }]. Service role only.';

grant execute on function worker.list_crm_tokens(text) to service_role;

-- Does nothing for one that was replaced meanwhile.
create function worker.replace_crm_tokens(reencrypted jsonb)
returns integer
language plpgsql
set search_path = ''
as $$
declare
  replaced integer;
begin
  update private.crm_tokens as t
  set encrypted_token = g.encrypted, master_key_id = g.master_key_id
  from jsonb_to_recordset(reencrypted) as g (connection_id uuid, encrypted_before text, encrypted text, master_key_id text)
  where t.connection_id = g.connection_id and t.encrypted_token = g.encrypted_before;

  get diagnostics replaced = row_count;
  return replaced;
end
$$;

comment on function worker.replace_crm_tokens(jsonb) is 'Writes re-encrypted tokens of CRM accounts; returns how many changed. Service role only.';

grant execute on function worker.replace_crm_tokens(jsonb) to service_role;
