-- Generated from supabase/schemas/06_events by "npm run migrations".

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

-- Deliveries about people who were erased: they are emptied, and still counted once.

-- What stays of a delivery: that there was one, when and of which kind, so that the same one counts once for ever.
create function private.emptied_event(event jsonb)
returns jsonb
language sql
immutable
set search_path = ''
as $$
  select jsonb_strip_nulls(jsonb_build_object('type', event -> 'type', 'occurred_at', event -> 'occurred_at', 'step', event -> 'step'))
  where event is not null
$$;

comment on function private.emptied_event(jsonb) is 'Type, time and step of our reading of a delivery; null of an unreadable one.';

grant execute on function private.emptied_event(jsonb) to service_role;

-- Of deliveries that are about to be projected, those of erased people lose what they hold and are settled as erased. Returns
-- their ids. All addresses of a delivery are checked: whose lead it is, who wrote, both sides of an untracked mail, and of one that names no
-- lead every address in it.
create function private.forget_erased(event_ids bigint[])
returns bigint[]
language plpgsql
set search_path = ''
as $$
declare
  salts text[];
  forgotten bigint[];
begin
  if not exists (select from private.erasures) then
    return '{}'::bigint[];
  end if;

  salts := private.erasure_salts();

  with emptied as (
    update private.webhook_events as w
    set status = 'erased', payload = '{}', event = private.emptied_event(w.event), reason = null, processed_at = now()
    from (
      select distinct d.id
      from private.webhook_events as d
      join public.provider_connections as c on c.id = d.connection_id
      left join lateral (
        select k.client_id
        from jsonb_array_elements_text(d.event -> 'provider_campaign_ids') with ordinality as candidate (id, position)
        join private.provider_campaigns as p on p.connection_id = d.connection_id and p.provider_campaign_id = candidate.id
        join public.campaigns as k on k.id = p.campaign_id
        order by candidate.position
        limit 1
      ) as known on true
      cross join lateral (
        select d.event ->> 'email' as email
        union all
        select d.event ->> 'written_by'
        union all
        select s.email
        from jsonb_array_elements_text(case when jsonb_typeof(d.event -> 'emails') = 'array' then d.event -> 'emails' else '[]' end)
          as s (email)
        union all
        select f.email
        from private.addresses_in(d.payload) as f (email)
        where d.event ->> 'email' is null and d.event -> 'emails' is null
      ) as a
      join private.erasures as e
        on e.digest = any (private.erasure_digests(salts, coalesce(known.client_id, c.client_id), a.email))
        and (e.client_id is null or e.client_id = coalesce(known.client_id, c.client_id))
      where d.id = any (event_ids)
    ) as theirs
    where w.id = theirs.id
    returning w.id
  )
  select coalesce(array_agg(m.id), '{}') into forgotten from emptied as m;

  return forgotten;
end
$$;

comment on function private.forget_erased(bigint[]) is
  'Empties the deliveries, of those given, that are about erased people, and settles them as erased; returns their ids.';

grant execute on function private.forget_erased(bigint[]) to service_role;

-- The same for deliveries that could not be read, as soon as they are stored: any address in them counts.
create function private.forget_unreadable(event_ids bigint[])
returns void
language plpgsql
set search_path = ''
as $$
declare
  salts text[];
begin
  if not exists (select from private.erasures) then
    return;
  end if;

  salts := private.erasure_salts();

  update private.webhook_events as w
  set status = 'erased', payload = '{}', event = null, reason = null, processed_at = now()
  from public.provider_connections as c
  where w.id = any (event_ids)
    and w.status = 'dead'
    and c.id = w.connection_id
    and exists (
      select
      from private.addresses_in(w.payload) as a (email)
      join private.erasures as e
        on e.digest = any (private.erasure_digests(salts, c.client_id, a.email)) and (e.client_id is null or e.client_id = c.client_id)
    );
end
$$;

comment on function private.forget_unreadable(bigint[]) is
  'Empties unreadable deliveries, of those given, in which there is an address of an erased person.';

grant execute on function private.forget_unreadable(bigint[]) to service_role;

-- The webhooks' way in: one round trip checks the secrets and stores any number of deliveries.

-- Asked before a body is read: a stranger's megabyte must cost nothing. Storing checks the secret again.
--
-- presented: [{ "provider": text, "connection_id": uuid, "secret_digest": hex SHA-256 of the presented secret | null }]
-- returns:   [boolean] in the same order; without a digest it says whether the connection has a secret that travels in bodies.
create function worker.check_webhook_secrets(presented jsonb)
returns jsonb
language plpgsql
stable
set search_path = ''
as $$
declare
  answers jsonb;
begin
  select coalesce(
    jsonb_agg(
      exists (
        select
        from public.provider_connections as c
        join private.webhook_secrets as s on s.connection_id = c.id
        where c.id = (p.value ->> 'connection_id')::uuid
          and c.provider::text = p.value ->> 'provider'
          and (s.expires_at is null or s.expires_at > now())
          and case
            when p.value ->> 'secret_digest' is null then s.origin = 'body'
            else s.digest = decode(p.value ->> 'secret_digest', 'hex')
          end
      )
      order by p.position
    ),
    '[]'
  )
  into answers
  from jsonb_array_elements(presented) with ordinality as p (value, position);

  return answers;
end
$$;

comment on function worker.check_webhook_secrets(jsonb) is
  'Says of each presented webhook secret whether it is valid for its connection. Service role only. Shapes: see the comment above its definition.';

grant execute on function worker.check_webhook_secrets(jsonb) to service_role;

-- The hot path: one call stores what arrived at the same moment, for any number of connections.
--
-- deliveries: [{ "provider": text (null = any), "connection_id": uuid, "secret_digest": hex SHA-256 of the presented secret,
--                "events": [{ "key": uuid, "provider_campaign_id": text|null, "event": object|null, "reason": text?,
--                             "is_test": true?, "payload": any }] }]
-- returns:    [{ "accepted": bool, "received": n, "stored": n, "duplicate": n }] in the same order;
--             accepted = false when the secret is not valid for that connection, then nothing of it is stored.
create function worker.ingest_webhook_events(deliveries jsonb)
returns jsonb
language plpgsql
set search_path = ''
as $$
declare
  outcomes jsonb;
  unreadable bigint[];
begin
  -- plpgsql keeps the plan between calls; a function in plain SQL would plan this again each time.
  with delivery as (
    select
      d.position,
      c.id as connection_id,
      d.value -> 'events' as events
    from jsonb_array_elements(deliveries) with ordinality as d (value, position)
    left join public.provider_connections as c
      on c.id = (d.value ->> 'connection_id')::uuid
      and c.provider::text = coalesce(d.value ->> 'provider', c.provider::text)
      and exists (
        select
        from private.webhook_secrets as s
        where s.connection_id = c.id
          and s.digest = decode(d.value ->> 'secret_digest', 'hex')
          and (s.expires_at is null or s.expires_at > now())
      )
  ),
  item as (
    select
      d.position,
      d.connection_id,
      (e.value ->> 'key')::uuid as event_key,
      e.value ->> 'provider_campaign_id' as provider_campaign_id,
      nullif(e.value -> 'event', 'null'::jsonb) as event,
      e.value ->> 'reason' as reason,
      private.first_status(e.value) as status,
      e.value -> 'payload' as payload,
      row_number() over (partition by d.connection_id, (e.value ->> 'key')::uuid order by d.position, e.position) as occurrence,
      count(*) over (partition by d.connection_id, (e.value ->> 'key')::uuid) as occurrences
    from delivery as d
    cross join lateral jsonb_array_elements(d.events) with ordinality as e (value, position)
    where d.connection_id is not null
  ),
  stored as (
    -- Ordered by the key, so that two batches with the same events wait for each other instead of dead-locking.
    insert into private.webhook_events as w
      (connection_id, event_key, provider_campaign_id, event, payload, status, reason, delivery_count)
    select
      i.connection_id, i.event_key, i.provider_campaign_id, i.event, i.payload,
      i.status, i.reason, i.occurrences
    from item as i
    where i.occurrence = 1
    order by i.connection_id, i.event_key
    on conflict (connection_id, event_key)
    do update set delivery_count = w.delivery_count + excluded.delivery_count
    returning w.id, w.connection_id, w.event_key, w.status, (w.xmax = 0) as is_new
  ),
  counted as (
    select
      i.position,
      count(*) as received,
      count(*) filter (where i.occurrence = 1 and s.is_new) as stored
    from item as i
    join stored as s using (connection_id, event_key)
    group by i.position
  )
  select
    coalesce(
      jsonb_agg(
        jsonb_build_object(
          'accepted', d.connection_id is not null,
          'received', coalesce(c.received, 0),
          'stored', coalesce(c.stored, 0),
          'duplicate', coalesce(c.received - c.stored, 0)
        )
        order by d.position
      ),
      '[]'
    ),
    (select array_agg(s.id) from stored as s where s.is_new and s.status = 'dead')
  into outcomes, unreadable
  from delivery as d
  left join counted as c using (position);

  if unreadable is not null then
    perform private.forget_unreadable(unreadable);
  end if;

  return outcomes;
end
$$;

comment on function worker.ingest_webhook_events(jsonb) is
  'Stores deliveries after checking each one''s secret; one round trip for any number. Service role only. Shapes: see the comment above its definition.';

grant execute on function worker.ingest_webhook_events(jsonb) to service_role;

-- Webhooks where each campaign needs its own.

-- Our webhook on one campaign of a provider that has none for the whole workspace.
create table private.campaign_webhooks (
  connection_id uuid not null,
  provider_campaign_id text not null,
  provider_webhook_id text not null,
  checked_at timestamptz not null default now(),
  redelivered_until timestamptz,
  failed_around integer not null default 0,
  redelivered_at timestamptz,
  primary key (connection_id, provider_campaign_id),
  foreign key (connection_id, provider_campaign_id)
    references private.provider_campaigns (connection_id, provider_campaign_id) on delete cascade
);

comment on table private.campaign_webhooks is
  'Our webhook on each campaign, for providers without one for the workspace. checked_at = when it was last found or made; redelivered_until = up to when failed deliveries were asked for again, failed_around = how many of them failed within ten minutes of that moment, so that the next check can start before it; redelivered_at = when some were asked for.';

alter table private.campaign_webhooks enable row level security;

grant select, insert, update, delete on private.campaign_webhooks to service_role;

create policy "Only the functions read campaign webhooks"
on private.campaign_webhooks for all to service_role using (true) with check (true);

-- Campaigns whose webhook still presents an earlier secret: not checked since the current one was made. Those that are over
-- are among them, because replies come late; what is deleted delivers nothing.
create function private.campaigns_to_rotate(target_connection_id uuid)
returns setof text
language sql
stable
set search_path = ''
as $$
  select w.provider_campaign_id
  from private.campaign_webhooks as w
  join private.provider_campaigns as p
    on p.connection_id = w.connection_id and p.provider_campaign_id = w.provider_campaign_id
  left join public.campaigns as c on c.id = p.campaign_id
  where w.connection_id = target_connection_id
    and c.provider_status is distinct from 'deleted'
    and w.checked_at < (
      select max(s.created_at)
      from private.webhook_secrets as s
      where s.connection_id = target_connection_id and s.origin = 'ours' and s.expires_at is null and s.encrypted_secret is not null
    )
$$;

comment on function private.campaigns_to_rotate(uuid) is
  'Provider ids of the campaigns whose own webhook was not checked since the current secret was made.';

grant execute on function private.campaigns_to_rotate(uuid) to service_role;

-- Once every campaign presents the current secret, the grace of the earlier ones begins. Returns how many campaigns are left.
create function worker.settle_webhook_rotation(target_connection_id uuid)
returns integer
language plpgsql
set search_path = ''
as $$
declare
  pending integer;
begin
  select count(*) into pending from private.campaigns_to_rotate(target_connection_id);

  if pending = 0 then
    update private.webhook_secrets as s
    set expires_at = now() + make_interval(secs => coalesce(s.grace_seconds, 0))
    where s.connection_id = target_connection_id and s.expires_at = 'infinity';
  end if;

  return pending;
end
$$;

comment on function worker.settle_webhook_rotation(uuid) is
  'Lets earlier webhook secrets expire once no campaign presents them any more; returns how many campaigns still do. Service role only.';

grant execute on function worker.settle_webhook_rotation(uuid) to service_role;

-- The campaigns to check: new ones, those not checked since, and those that still present an earlier secret. A campaign that we exported exists at the
-- provider, so it gets its webhook before a sync has listed it.
create function worker.list_campaigns_without_webhook(target_connection_id uuid, not_checked_since timestamptz)
returns jsonb
language sql
stable
set search_path = ''
as $$
  select coalesce(
    jsonb_agg(p.provider_campaign_id order by w.checked_at nulls first, p.provider_campaign_id),
    '[]'
  )
  from private.provider_campaigns as p
  left join private.campaign_webhooks as w
    on w.connection_id = p.connection_id and w.provider_campaign_id = p.provider_campaign_id
  left join public.campaigns as c on c.id = p.campaign_id
  where p.connection_id = target_connection_id
    and (
      p.provider_campaign_id in (select r from private.campaigns_to_rotate(target_connection_id) as r)
      or (
        (
          p.listed_at is not null
          or exists (select from private.jobs as j where j.campaign_id = p.campaign_id and j.kind = 'export')
        )
        -- Of an unmapped one too: its events wait in quarantine instead of being lost. What is over needs none.
        and coalesce(c.provider_status not in ('completed', 'deleted'), true)
        and (w.checked_at is null or w.checked_at < not_checked_since)
      )
    )
$$;

comment on function worker.list_campaigns_without_webhook(uuid, timestamptz) is
  'Provider ids of listed and of exported campaigns whose webhook was never made, not checked since then, or still with an earlier secret. Service role only.';

grant execute on function worker.list_campaigns_without_webhook(uuid, timestamptz) to service_role;

-- Notes a webhook that was found or made.
create function worker.record_campaign_webhook(target_connection_id uuid, of_provider_campaign_id text, new_provider_webhook_id text)
returns void
language sql
volatile
set search_path = ''
as $$
  insert into private.campaign_webhooks as w (connection_id, provider_campaign_id, provider_webhook_id)
  values (target_connection_id, of_provider_campaign_id, new_provider_webhook_id)
  on conflict (connection_id, provider_campaign_id) do update
  set provider_webhook_id = excluded.provider_webhook_id, checked_at = now()
$$;

comment on function worker.record_campaign_webhook(uuid, text, text) is
  'Records our webhook on a campaign as checked now. Service role only.';

grant execute on function worker.record_campaign_webhook(uuid, text, text) to service_role;

-- Every campaign that has our webhook, with how far its failed deliveries were asked for again.
create function worker.list_campaign_webhooks(target_connection_id uuid)
returns jsonb
language sql
stable
set search_path = ''
as $$
  select coalesce(
    jsonb_agg(
      jsonb_build_object(
        'provider_campaign_id', w.provider_campaign_id, 'provider_webhook_id', w.provider_webhook_id,
        'redelivered_until', w.redelivered_until, 'failed_around', w.failed_around, 'redelivered_at', w.redelivered_at
      )
      order by w.provider_campaign_id
    ),
    '[]'
  )
  from private.campaign_webhooks as w
  where w.connection_id = target_connection_id
$$;

comment on function worker.list_campaign_webhooks(uuid) is
  'Campaigns with our webhook: [{ provider_campaign_id, provider_webhook_id, redelivered_until, failed_around, redelivered_at }]. Service role only.';

grant execute on function worker.list_campaign_webhooks(uuid) to service_role;

-- Notes that failed deliveries up to a moment were asked for again, or that there were none.
create function worker.record_redelivery(
  target_connection_id uuid, of_provider_campaign_id text, looked_until timestamptz, failed_around integer, was_needed boolean
)
returns void
language sql
volatile
set search_path = ''
as $$
  update private.campaign_webhooks as w
  set
    redelivered_until = greatest(w.redelivered_until, looked_until),
    failed_around = case
      when w.redelivered_until > looked_until then w.failed_around else record_redelivery.failed_around
    end,
    redelivered_at = case when was_needed then now() else w.redelivered_at end
  where w.connection_id = target_connection_id and w.provider_campaign_id = of_provider_campaign_id
$$;

comment on function worker.record_redelivery(uuid, text, timestamptz, integer, boolean) is
  'Records how far a campaign''s failed deliveries were checked, how many failed within ten minutes of that moment, and whether some were asked for again. Service role only.';

grant execute on function worker.record_redelivery(uuid, text, timestamptz, integer, boolean) to service_role;

-- Email events: one normalised, deduplicated fact per row, partitioned by month.

create type public.email_event_type as enum (
  'email_sent', 'email_delivered', 'email_opened', 'email_clicked', 'reply_received', 'auto_reply_received',
  'email_bounced', 'email_spam_reported', 'lead_unsubscribed',
  'lead_interested', 'lead_meeting_booked', 'lead_meeting_completed', 'lead_closed',
  'lead_not_interested', 'lead_wrong_person', 'lead_lost',
  'lead_neutral', 'lead_out_of_office', 'lead_no_show', 'lead_labelled',
  'lead_completed', 'lead_error',
  'campaign_started', 'campaign_paused', 'campaign_completed',
  'account_error', 'account_suspended', 'enrichment_completed',
  -- A provider's warning that too many mails of a campaign bounce; a mail of somebody who is in no campaign.
  'bounce_threshold_reached', 'untracked_reply', 'unknown'
);

-- A provider's time as far as it can be believed: neither provider existed before 2015, and nothing is reported more than a
-- day before it happens. Null for all other times; the caller then takes the moment of arrival.
create function private.believed_time(reported timestamptz, arrived timestamptz)
returns timestamptz
language sql
immutable
strict
set search_path = ''
as $$
  select case when reported >= '2015-01-01 00:00:00+00' and reported <= arrived + interval '24 hours' then reported end
$$;

comment on function private.believed_time(timestamptz, timestamptz) is
  'The time that a provider reported, or null when it lies before 2015 or more than a day after its arrival.';

grant execute on function private.believed_time(timestamptz, timestamptz) to service_role;

-- The same as a range, for pages of leads with eight times each: a function is called in 2 µs, a range compared in a tenth of that.
create function private.believable_times(arrived timestamptz)
returns tstzrange
language sql
stable
set search_path = ''
as $$
  select tstzrange('2015-01-01 00:00:00+00', arrived + interval '24 hours', '[]')
$$;

comment on function private.believable_times(timestamptz) is
  'The times that private.believed_time believes of what arrived then.';

grant execute on function private.believable_times(timestamptz) to service_role;

-- The id is the id of the delivery that it came from: a fact exists once because its delivery is stored once. Only the
-- campaign is a foreign key: the projector finds client and lead in the same transaction, and checking them again per row
-- took a sixth of its time (8,400 events a second with, 9,800 without).
create table public.email_events (
  id bigint not null,
  occurred_at timestamptz not null,
  client_id uuid,
  campaign_id uuid references public.campaigns (id) on delete cascade,
  lead_id uuid,
  connection_id uuid not null,
  provider public.provider not null,
  type public.email_event_type not null,
  label text,
  email text,
  email_account text,
  step smallint,
  variant smallint,
  bounce_class public.bounce_class,
  received_at timestamptz not null,
  is_inferred boolean not null default false,
  time_is_arrival boolean not null default false,
  primary key (id, occurred_at)
) partition by range (occurred_at);

comment on table public.email_events is
  'One fact per row: what happened to which lead and when, by the provider''s clock (UTC). Rows come only from private.project_webhook_events.';
comment on column public.email_events.label is 'Text of a custom label (lead_labelled), the category that came with a reply, or the provider''s own name of a type that we do not know (unknown).';
comment on column public.email_events.time_is_arrival is
  'True when the provider reported no time that can be believed (none, no date, before 2015, more than a day ahead): occurred_at is then the moment of arrival.';
comment on column public.email_events.bounce_class is 'Of a bounce: hard, soft, sender or block; null = the provider reported no reason, which counts as hard.';
comment on column public.email_events.step is 'Step of the sequence, 1 = first mail.';
comment on column public.email_events.is_inferred is
  'True when no delivery and no list reported it: the sync concluded it from the provider''s counters, and its time may be an estimate.';

create index email_events_client_idx on public.email_events (client_id, occurred_at desc);
create index email_events_campaign_idx on public.email_events (campaign_id, occurred_at desc);
create index email_events_lead_idx on public.email_events (lead_id, occurred_at desc);
-- A campaign that moves to another client takes along who reported spam.
create index email_events_spam_idx on public.email_events (campaign_id) where type = 'email_spam_reported';

-- Serves the lookup of a mailbox's latest error, which is rare among events.
create index email_events_account_errors_idx on public.email_events (connection_id, email_account, occurred_at)
where type in ('account_error', 'account_suspended');

-- Meetings are few among the events: found without reading the others.
create index email_events_meeting_idx on public.email_events (client_id, lead_id, occurred_at)
where type in ('lead_meeting_booked', 'lead_meeting_completed', 'lead_closed');

alter table public.email_events enable row level security;

grant select on public.email_events to authenticated;
grant select, insert, update, delete on public.email_events to service_role;

create policy "Clients see their events, operators see all"
on public.email_events for select to authenticated
using (
  client_id = any (array(select private.visible_client_ids()))
  or (client_id is null and (select private.is_operator()))
);

-- Whatever has a date that no month was prepared for; a wrong clock at the provider must not lose an event.
create table private.email_events_default partition of public.email_events default;

alter table private.email_events_default enable row level security;

create policy "Read through email_events only"
on private.email_events_default for select to service_role using (true);

-- Prepares the months from the given day on. Rows that waited in the default partition move into their month.
create function private.prepare_email_event_months(first_day date, months integer)
returns integer
language plpgsql
set search_path = ''
as $$
declare
  month_start date;
  partition_name text;
  created integer := 0;
begin
  for month_start in
    select generate_series(
      date_trunc('month', first_day::timestamp),
      date_trunc('month', first_day::timestamp) + make_interval(months => months),
      interval '1 month'
    )::date
  loop
    partition_name := 'email_events_' || to_char(month_start, 'YYYY_MM');

    if to_regclass('private.' || partition_name) is not null then
      continue;
    end if;

    execute format('create table private.%I (like public.email_events including all)', partition_name);
    -- As for each table that clients read; see 33_planning.
    execute format('alter table private.%I alter column client_id set statistics 0', partition_name);
    execute format('alter table private.%I enable row level security', partition_name);
    execute format('create policy "Read through email_events only" on private.%I for select to service_role using (true)', partition_name);
    execute format(
      'with moved as (
         delete from private.email_events_default
         where occurred_at >= %1$L and occurred_at < %2$L
         returning *
       )
       insert into private.%3$I select * from moved',
      month_start::timestamp at time zone 'UTC',
      (month_start + interval '1 month') at time zone 'UTC',
      partition_name
    );
    execute format(
      'alter table public.email_events attach partition private.%I for values from (%L) to (%L)',
      partition_name,
      month_start::timestamp at time zone 'UTC',
      (month_start + interval '1 month') at time zone 'UTC'
    );
    created := created + 1;
  end loop;

  return created;
end
$$;

comment on function private.prepare_email_event_months(date, integer) is
  'Creates the monthly partitions of email_events from first_day to that many months later; returns how many were new. Called daily.';

select private.prepare_email_event_months((now() - interval '12 months')::date, 15);

-- What labels and categories say: by their text, or by the number that Smartlead's list of categories explains.

-- The sentiment of an event, or null when it carries none. A custom label means what the workspace says it means.
create function private.event_interest(event_type public.email_event_type, event_connection_id uuid, event_label text)
returns public.interest_status
language sql
stable
set search_path = ''
as $$
  select case
    when event_type in ('lead_interested', 'lead_meeting_booked', 'lead_meeting_completed', 'lead_closed') then 'positive'
    when event_type in ('lead_not_interested', 'lead_wrong_person', 'lead_lost') then 'negative'
    when event_type in ('lead_neutral', 'lead_out_of_office', 'lead_no_show') then 'neutral'
    when event_type = 'lead_labelled' then (
      select l.interest_status::text
      from private.provider_labels as l
      where l.connection_id = event_connection_id and lower(l.label) = lower(event_label)
      order by l.interest_value
      limit 1
    )
  end::public.interest_status
$$;

comment on function private.event_interest(public.email_event_type, uuid, text) is
  'positive | neutral | negative for events that label a lead, null for all others and for a label that the workspace does not explain.';

grant execute on function private.event_interest(public.email_event_type, uuid, text) to service_role;

-- What the number of a category means: by the workspace's own list, as the sync read it, else the one built-in number
-- that was seen to be the same everywhere. Null = not known yet.
create function private.category_label(event_connection_id uuid, category_id integer)
returns text
language sql
stable
set search_path = ''
as $$
  select coalesce(
    (
      select l.label
      from private.provider_labels as l
      where l.connection_id = event_connection_id and l.interest_value = category_id
    ),
    case when category_id = 6 then 'lead_out_of_office' end
  )
$$;

comment on function private.category_label(uuid, integer) is
  'The label of a category''s number (a standard one by the name of its event type), or null while the list of categories does not have it.';

grant execute on function private.category_label(uuid, integer) to service_role;

-- What kind of event it is by the number of its category: a reply whose category is automatic is an automatic one, and a label
-- that came as a number alone is the standard one of that number.
create function private.type_by_category(
  event_connection_id uuid, event_type public.email_event_type, event_label text, category_id integer
)
returns public.email_event_type
language plpgsql
stable
set search_path = ''
as $$
declare
  meaning text := private.category_label(event_connection_id, category_id);
begin
  return case
    when meaning is null or event_label is not null then event_type
    when event_type in ('reply_received', 'auto_reply_received')
      then case when private.means_automatic(meaning) then 'auto_reply_received' else 'reply_received' end::public.email_event_type
    when event_type = 'lead_labelled' and meaning in (
      select t.name::text
      from unnest(enum_range('lead_interested'::public.email_event_type, 'lead_no_show'::public.email_event_type)) as t (name)
    ) then meaning::public.email_event_type
    else event_type
  end;
end
$$;

comment on function private.type_by_category(uuid, public.email_event_type, text, integer) is
  'The type of an event that names its category by number, as far as the list of categories explains it.';

grant execute on function private.type_by_category(uuid, public.email_event_type, text, integer) to service_role;

-- The label of such an event: its own text, else the label of the number, else the number.
create function private.label_by_category(
  event_connection_id uuid, event_type public.email_event_type, event_label text, category_id integer
)
returns text
language plpgsql
stable
set search_path = ''
as $$
begin
  if event_label is not null or event_type <> 'lead_labelled'
    or private.type_by_category(event_connection_id, event_type, event_label, category_id) <> 'lead_labelled'
  then
    return event_label;
  end if;

  return coalesce(private.category_label(event_connection_id, category_id), 'Category ' || category_id);
end
$$;

comment on function private.label_by_category(uuid, public.email_event_type, text, integer) is
  'The label of an event that names its category by number; "Category n" while it is unknown.';

grant execute on function private.label_by_category(uuid, public.email_event_type, text, integer) to service_role;

-- What was observed by webhook: per campaign and day, per step, on the day of each lead's first time, and over the whole
-- life. Much here looks like 07_analytics.sql: two sources of the same numbers, each in tables of its own, compared where
-- they are read.

-- Observed per campaign and UTC day. sent, opens, clicks, replies and auto_replies count events; contacted, opened,
-- clicked and replied count distinct leads of that day. Every number moves only with an event inserted in the same
-- transaction.
create table public.campaign_activity (
  campaign_id uuid not null references public.campaigns (id) on delete cascade,
  day date not null,
  client_id uuid not null references public.clients (id) on delete cascade,
  sent integer not null default 0,
  contacted integer not null default 0,
  opens integer not null default 0,
  opened integer not null default 0,
  clicks integer not null default 0,
  clicked integer not null default 0,
  replies integer not null default 0,
  replied integer not null default 0,
  auto_replies integer not null default 0,
  replied_overruled integer not null default 0,
  bounced integer not null default 0,
  unsubscribed integer not null default 0,
  observed_at timestamptz not null default now(),
  primary key (campaign_id, day)
);

comment on table public.campaign_activity is
  'What we saw by webhook, per campaign and UTC day. sent, opens, clicks, replies count events; contacted, opened, clicked, replied count distinct leads that were mailed, opened, clicked, replied on the day; automatic replies are counted apart.';
comment on column public.campaign_activity.replied_overruled is
  'Leads among those that the provider counts as replied whose replies we hold for automatic, by a person or by their text; below 0 the other way round. Subtracted from what the provider reports.';

create index campaign_activity_client_idx on public.campaign_activity (client_id, day);

alter table public.campaign_activity enable row level security;

grant select on public.campaign_activity to authenticated;
grant select, insert, update, delete on public.campaign_activity to service_role;

create policy "Clients see their activity, operators see all"
on public.campaign_activity for select to authenticated
using (client_id = any (array(select private.visible_client_ids())));

-- Observed, all time; contacted, opened, clicked and replied count each lead once. Who opened, clicked,
-- replied or bounced was contacted, also if the mail was not reported to us.
create table public.campaign_activity_totals (
  campaign_id uuid primary key references public.campaigns (id) on delete cascade,
  client_id uuid not null references public.clients (id) on delete cascade,
  sent integer not null default 0,
  contacted integer not null default 0,
  opens integer not null default 0,
  opened integer not null default 0,
  clicks integer not null default 0,
  clicked integer not null default 0,
  replies integer not null default 0,
  replied integer not null default 0,
  auto_replies integer not null default 0,
  replied_overruled integer not null default 0,
  bounced integer not null default 0,
  unsubscribed integer not null default 0,
  last_event_at timestamptz,
  observed_at timestamptz not null default now()
);

comment on table public.campaign_activity_totals is
  'What we saw by webhook of a campaign, all time; contacted, opened, clicked and replied count each lead once. contacted includes leads that opened, clicked, replied or bounced.';
comment on column public.campaign_activity_totals.replied_overruled is
  'Leads among those that the provider counts as replied whose replies we hold for automatic, by a person or by their text; below 0 the other way round. Subtracted from what the provider reports.';

create index campaign_activity_totals_client_idx on public.campaign_activity_totals (client_id);

alter table public.campaign_activity_totals enable row level security;

grant select on public.campaign_activity_totals to authenticated;
grant select, insert, update, delete on public.campaign_activity_totals to service_role;

create policy "Clients see their activity totals, operators see all"
on public.campaign_activity_totals for select to authenticated
using (client_id = any (array(select private.visible_client_ids())));

create table public.campaign_step_activity (
  campaign_id uuid not null references public.campaigns (id) on delete cascade,
  step smallint not null check (step >= 1),
  variant smallint not null check (variant >= 1),
  client_id uuid not null references public.clients (id) on delete cascade,
  sent integer not null default 0,
  opened integer not null default 0,
  clicked integer not null default 0,
  replied integer not null default 0,
  auto_replies integer not null default 0,
  replied_overruled integer not null default 0,
  observed_at timestamptz not null default now(),
  primary key (campaign_id, step, variant)
);

comment on table public.campaign_step_activity is
  'What we saw by webhook per step and variant over a campaign''s whole life; sent and auto_replies count events, opened, clicked and replied each lead once.';
comment on column public.campaign_step_activity.replied_overruled is
  'Leads among those that the provider counts as replied whose replies we hold for automatic, by a person or by their text; below 0 the other way round. Subtracted from what the provider reports.';

create index campaign_step_activity_client_idx on public.campaign_step_activity (client_id);

alter table public.campaign_step_activity enable row level security;

grant select on public.campaign_step_activity to authenticated;
grant select, insert, update, delete on public.campaign_step_activity to service_role;

create policy "Clients see their step activity, operators see all"
on public.campaign_step_activity for select to authenticated
using (client_id = any (array(select private.visible_client_ids())));

-- Each lead that we saw events of is in exactly one day per column: the UTC day of synced_leads.contacted_at,
-- opened_at, clicked_at, replied_at. The sums over all days are campaign_activity_totals.
create table public.campaign_first_times (
  campaign_id uuid not null references public.campaigns (id) on delete cascade,
  day date not null,
  client_id uuid not null references public.clients (id) on delete cascade,
  contacted integer not null default 0,
  opened integer not null default 0,
  clicked integer not null default 0,
  replied integer not null default 0,
  primary key (campaign_id, day)
);

comment on table public.campaign_first_times is
  'How many leads were contacted, opened, clicked and replied for the first time on a UTC day, as far as we saw by webhook. Days add up: each lead is counted once per column; the first sign that it was written to counts as contacted, also an open or a bounce.';

create index campaign_first_times_client_idx on public.campaign_first_times (client_id, day);

alter table public.campaign_first_times enable row level security;

grant select on public.campaign_first_times to authenticated;
grant select, insert, update, delete on public.campaign_first_times to service_role;

create policy "Clients see their first times, operators see all"
on public.campaign_first_times for select to authenticated
using (client_id = any (array(select private.visible_client_ids())));

-- What the provider reports: per campaign and day, per step, and over the campaign's whole life.

-- Days are UTC days, as the provider cuts them. Bounces and unsubscribes of a campaign and day: only Smartlead tells them.
create table public.campaign_analytics (
  campaign_id uuid not null references public.campaigns (id) on delete cascade,
  day date not null,
  client_id uuid not null references public.clients (id) on delete cascade,
  sent integer not null default 0,
  contacted integer not null default 0,
  new_contacted integer not null default 0,
  opens integer not null default 0,
  opened integer not null default 0,
  clicks integer not null default 0,
  clicked integer not null default 0,
  replies integer not null default 0,
  replied integer not null default 0,
  auto_replies integer not null default 0,
  opportunities integer not null default 0,
  bounced integer,
  unsubscribed integer,
  synced_at timestamptz not null,
  primary key (campaign_id, day)
);

comment on table public.campaign_analytics is
  'What the provider reports per campaign and UTC day; opened, clicked and replied are distinct leads of the day, replied without automatic replies; bounced and unsubscribed are null where the provider reports none per day (Instantly).';

create index campaign_analytics_client_idx on public.campaign_analytics (client_id, day);

alter table public.campaign_analytics enable row level security;

grant select on public.campaign_analytics to authenticated;
grant select, insert, update, delete on public.campaign_analytics to service_role;

create policy "Clients see their analytics, operators see all"
on public.campaign_analytics for select to authenticated
using (client_id = any (array(select private.visible_client_ids())));

create table public.campaign_analytics_totals (
  campaign_id uuid primary key references public.campaigns (id) on delete cascade,
  client_id uuid not null references public.clients (id) on delete cascade,
  leads integer not null default 0,
  sent integer not null default 0,
  contacted integer not null default 0,
  opened integer not null default 0,
  clicked integer not null default 0,
  replied integer not null default 0,
  auto_replies integer not null default 0,
  bounced integer not null default 0,
  unsubscribed integer not null default 0,
  completed integer not null default 0,
  opportunities integer not null default 0,
  opportunity_value numeric(14, 2) not null default 0,
  synced_at timestamptz not null
);

comment on table public.campaign_analytics_totals is
  'What the provider reports of a campaign, all time. contacted = distinct new leads contacted (the provider''s own contacted count is dispatches).';

create index campaign_analytics_totals_client_idx on public.campaign_analytics_totals (client_id);

alter table public.campaign_analytics_totals enable row level security;

grant select on public.campaign_analytics_totals to authenticated;
grant select, insert, update, delete on public.campaign_analytics_totals to service_role;

create policy "Clients see their analytics totals, operators see all"
on public.campaign_analytics_totals for select to authenticated
using (client_id = any (array(select private.visible_client_ids())));

create table public.campaign_step_analytics (
  campaign_id uuid not null references public.campaigns (id) on delete cascade,
  step smallint not null check (step >= 1),
  variant smallint not null check (variant >= 1),
  client_id uuid not null references public.clients (id) on delete cascade,
  sent integer not null default 0,
  opened integer not null default 0,
  clicked integer not null default 0,
  replied integer not null default 0,
  auto_replies integer not null default 0,
  opportunities integer,
  meetings integer,
  won integer,
  synced_at timestamptz not null,
  primary key (campaign_id, step, variant)
);

comment on table public.campaign_step_analytics is
  'What the provider reports per step and variant of a campaign, all time, both counted from 1; opened, clicked and replied are distinct leads.';
comment on column public.campaign_step_analytics.meetings is
  'Opportunities of this step whose label is "meeting booked" now, won those that are won; null = the provider reports none.';

create index campaign_step_analytics_client_idx on public.campaign_step_analytics (client_id);

alter table public.campaign_step_analytics enable row level security;

grant select on public.campaign_step_analytics to authenticated;
grant select, insert, update, delete on public.campaign_step_analytics to service_role;

create policy "Clients see their step analytics, operators see all"
on public.campaign_step_analytics for select to authenticated
using (client_id = any (array(select private.visible_client_ids())));

-- Campaigns whose books are closed: they ended long ago, and the events of their leads that never answered are in the archive.

create table private.closed_campaigns (
  campaign_id uuid primary key references public.campaigns (id) on delete cascade,
  client_id uuid not null references public.clients (id) on delete cascade,
  closed_at timestamptz not null default now(),
  archived_at timestamptz
);

comment on table private.closed_campaigns is
  'Campaigns that ended before a month that was archived. Mails, opens and clicks that are reported of one later are held, because without the events it is unknown whether they count; replies and everything else count as ever.';
comment on column private.closed_campaigns.archived_at is 'When its events were in the archive and gone from here; null = not yet.';

create index closed_campaigns_client_id_idx on private.closed_campaigns (client_id);
create index closed_campaigns_open_idx on private.closed_campaigns (campaign_id) where archived_at is null;

alter table private.closed_campaigns enable row level security;

grant select on private.closed_campaigns to authenticated;
grant select, insert, update, delete on private.closed_campaigns to service_role;

create policy "Clients see which of theirs are closed, operators see all"
on private.closed_campaigns for select to authenticated
using (client_id = any (array(select private.visible_client_ids())));

-- Email accounts: the mailboxes that send, how they are, and what each did per day.

create type public.email_account_status as enum ('active', 'paused', 'error', 'suspended');

-- A mailbox of a workspace. client_id is set for the mailboxes of a dedicated connection; those of a shared one belong to
-- no client alone and only operators see them.
create table public.email_accounts (
  id uuid primary key default gen_random_uuid(),
  connection_id uuid not null references public.provider_connections (id) on delete cascade,
  client_id uuid references public.clients (id) on delete cascade,
  email text not null constraint email_accounts_email_is_normal check ((email = private.normalize_email(email)) is true),
  status public.email_account_status not null,
  status_reason text,
  provider_kind text,
  daily_limit integer,
  sent_today integer not null default 0,
  warmup_status text,
  warmup_score numeric,
  warmup_sent integer,
  warmup_landed_inbox integer,
  warmup_landed_spam integer,
  tags text[] not null default '{}',
  provider_updated_at timestamptz,
  last_synced_at timestamptz not null default now(),
  days_synced_at timestamptz,
  created_at timestamptz not null default now(),
  constraint email_accounts_one_per_connection unique (connection_id, email)
);

comment on table public.email_accounts is
  'Mailboxes that send for a connection, as the last sync found them. sent_today is the UTC day of that sync.';
comment on column public.email_accounts.warmup_landed_spam is
  'Warm-up mails that landed in spam, over the period that the provider reports; with warmup_sent and warmup_landed_inbox the provider''s own numbers.';
comment on column public.email_accounts.tags is 'Labels of the mailbox at the provider, where it has any; a campaign can send from every mailbox with a label.';
comment on column public.email_accounts.days_synced_at is 'Last time that the days of this mailbox were read; null = never.';

create index email_accounts_client_id_idx on public.email_accounts (client_id);

alter table public.email_accounts enable row level security;

grant select on public.email_accounts to authenticated;
grant select, insert, update, delete on public.email_accounts to service_role;

create policy "Clients see their mailboxes, operators see all"
on public.email_accounts for select to authenticated
using (
  client_id = any (array(select private.visible_client_ids()))
  or (client_id is null and (select private.is_operator()))
);

-- What a mailbox did per UTC day, from two sources as on leads: *_reported columns move with the sync (at Instantly the
-- only place that tells bounces per day), *_observed columns with the events that we stored. What is shown is the greater of the two.
create table public.email_account_days (
  account_id uuid not null references public.email_accounts (id) on delete cascade,
  day date not null,
  client_id uuid references public.clients (id) on delete cascade,
  sent_observed integer not null default 0,
  bounced_observed integer not null default 0,
  opens_observed integer not null default 0,
  clicks_observed integer not null default 0,
  replies_observed integer not null default 0,
  auto_replies_observed integer not null default 0,
  replies_overruled integer not null default 0,
  sent_reported integer not null default 0,
  bounced_reported integer not null default 0,
  opens_reported integer not null default 0,
  clicks_reported integer not null default 0,
  replies_reported integer not null default 0,
  auto_replies_reported integer not null default 0,
  sent integer not null generated always as (greatest(sent_observed, sent_reported)) stored,
  bounced integer not null generated always as (greatest(bounced_observed, bounced_reported)) stored,
  opens integer not null generated always as (greatest(opens_observed, opens_reported)) stored,
  clicks integer not null generated always as (greatest(clicks_observed, clicks_reported)) stored,
  replies integer not null generated always as (greatest(replies_observed, replies_reported - replies_overruled)) stored,
  auto_replies integer not null generated always as (greatest(auto_replies_observed, auto_replies_reported)) stored,
  contacted integer not null default 0,
  opened integer not null default 0,
  clicked integer not null default 0,
  replied integer not null default 0,
  primary key (account_id, day)
);

comment on table public.email_account_days is
  'Per mailbox and UTC day the greater of what the provider reports and what we saw by webhook: mails, bounces, opens, clicks, replies. contacted, opened, clicked and replied are distinct leads of the day, by the provider.';
comment on column public.email_account_days.replies_overruled is
  'Replies that the provider counts and we hold for automatic, less those the other way round.';

create index email_account_days_client_id_idx on public.email_account_days (client_id, day);

alter table public.email_account_days enable row level security;

grant select on public.email_account_days to authenticated;
grant select, insert, update, delete on public.email_account_days to service_role;

create policy "Clients see days of their mailboxes, operators see all"
on public.email_account_days for select to authenticated
using (
  client_id = any (array(select private.visible_client_ids()))
  or (client_id is null and (select private.is_operator()))
);

-- Which of the addresses that a delivery names is the lead's: one that is a lead of the campaign, else one that is no mailbox
-- of the workspace, else the one that its reader found the likeliest. Asked only of deliveries that do not say it.
create function private.lead_of_sides(event_connection_id uuid, event_campaign_id uuid, sides jsonb)
returns text
language sql
stable
set search_path = ''
as $$
  select s.email
  from jsonb_array_elements_text(sides) with ordinality as s (email, position)
  order by
    exists (select from public.synced_leads as l where l.campaign_id = event_campaign_id and l.email = s.email) desc,
    exists (select from public.email_accounts as a where a.connection_id = event_connection_id and a.email = s.email),
    s.position
  limit 1
$$;

comment on function private.lead_of_sides(uuid, uuid, jsonb) is
  'The address of the lead among those that a delivery names, distinguished by known leads and mailboxes.';

grant execute on function private.lead_of_sides(uuid, uuid, jsonb) to service_role;

-- The mailbox of the workspace among the addresses that a delivery names; null when none is known.
create function private.mailbox_of_sides(event_connection_id uuid, sides jsonb)
returns text
language sql
stable
set search_path = ''
as $$
  select a.email
  from jsonb_array_elements_text(sides) as s (email)
  join public.email_accounts as a on a.connection_id = event_connection_id and a.email = s.email
  limit 1
$$;

comment on function private.mailbox_of_sides(uuid, jsonb) is 'The mailbox of ours among the addresses that a delivery names.';

grant execute on function private.mailbox_of_sides(uuid, jsonb) to service_role;

-- Days of clients that do not live in UTC. What we saw is stored per UTC day, as the providers cut theirs, so that the two can
-- be compared (campaign_activity, campaign_analytics). What belongs to another day at the client is kept beside it, as
-- a difference: +1 on the client's day, -1 on the UTC day. Differences of mails add up to 0 over all days, so no total moves
-- with a time zone, and a client in UTC has none.

-- In which zone the days of a campaign are cut. No row = UTC. Read by every projector; written only while all of them wait
-- (private.campaign_moves_lock), except for a campaign that is new.
create table private.day_cuts (
  campaign_id uuid primary key references public.campaigns (id) on delete cascade,
  client_id uuid not null references public.clients (id) on delete cascade,
  zone text not null,
  counted_before timestamptz not null default 'infinity',
  events_counted bigint not null default 0
);

comment on table private.day_cuts is
  'The zone of a campaign''s rows in private.day_shifts; no row = UTC. They hold the events before counted_before: infinity = all, else the days are being cut again.';
comment on column private.day_cuts.events_counted is 'Events that were read again so far.';

create index day_cuts_client_id_idx on private.day_cuts (client_id);

alter table private.day_cuts enable row level security;

grant select on private.day_cuts to authenticated;
grant select, insert, update, delete on private.day_cuts to service_role;

create policy "Clients see how far their days are, operators see all"
on private.day_cuts for select to authenticated
using (client_id = any (array(select private.visible_client_ids())));

-- What to add to the UTC days of campaign_activity (the first columns) and of campaign_first_times (first_…) to have the
-- client's days.
create table private.day_shifts (
  campaign_id uuid not null references public.campaigns (id) on delete cascade,
  day date not null,
  client_id uuid not null references public.clients (id) on delete cascade,
  sent integer not null default 0,
  contacted integer not null default 0,
  opened integer not null default 0,
  clicked integer not null default 0,
  replied integer not null default 0,
  auto_replies integer not null default 0,
  bounced integer not null default 0,
  unsubscribed integer not null default 0,
  first_contacted integer not null default 0,
  first_opened integer not null default 0,
  first_clicked integer not null default 0,
  first_replied integer not null default 0,
  primary key (campaign_id, day)
);

comment on table private.day_shifts is
  'Observed numbers of a campaign on a day of its client, less those of the UTC day of that date. Each column but the distinct people of a day (contacted, opened, clicked, replied) adds up to 0 over all days.';

create index day_shifts_client_idx on private.day_shifts (client_id, day);

alter table private.day_shifts enable row level security;

grant select on private.day_shifts to authenticated;
grant select, insert, update, delete on private.day_shifts to service_role;

create policy "Clients see shifts of their days, operators see all"
on private.day_shifts for select to authenticated
using (client_id = any (array(select private.visible_client_ids())));

-- A campaign without events can have its client's days from the start.
create function private.cut_new_campaign()
returns trigger
language plpgsql
set search_path = ''
as $$
begin
  insert into private.day_cuts (campaign_id, client_id, zone)
  select new.id, c.id, c.time_zone
  from public.clients as c
  where c.id = new.client_id and c.time_zone <> 'UTC';

  return null;
end
$$;

comment on function private.cut_new_campaign() is 'Trigger: a new campaign has the days of its client.';

create trigger cut_new_campaign after insert on public.campaigns
for each row execute function private.cut_new_campaign();

-- Clients whose days are not all cut in their zone yet.
create view public.day_rebuilds
with (security_invoker = true)
as
select
  n.client_id, n.time_zone, n.campaigns, n.campaigns_done, n.events, n.events_done,
  round(
    case when n.events > 0 then least(n.events_done::numeric / n.events, 1) else n.campaigns_done::numeric / n.campaigns end, 4
  ) as progress
from (
  select
    c.id as client_id,
    c.time_zone,
    count(*) as campaigns,
    count(*) filter (where cut.is_done) as campaigns_done,
    coalesce(sum(seen.events), 0)::bigint as events,
    coalesce(sum(
      case
        when cut.is_done then seen.events
        when d.zone = c.time_zone then least(d.events_counted, seen.events)
        else 0
      end
    ), 0)::bigint as events_done
  from public.clients as c
  join public.campaigns as k on k.client_id = c.id
  left join private.day_cuts as d on d.campaign_id = k.id
  left join public.campaign_activity_totals as t on t.campaign_id = k.id
  cross join lateral (
    select
      (coalesce(d.zone, 'UTC') = c.time_zone and coalesce(d.counted_before, 'infinity') = 'infinity')
      or exists (select from private.closed_campaigns as x where x.campaign_id = k.id) as is_done
  ) as cut
  cross join lateral (
    select t.sent + t.opens + t.clicks + t.replies + t.auto_replies + t.bounced + t.unsubscribed as events
  ) as seen
  group by c.id, c.time_zone
  having bool_or(not cut.is_done)
) as n;

comment on view public.day_rebuilds is
  'Clients whose days are being cut again after a change of time zone or of a campaign''s client: how many campaigns and events are done, progress from 0 to 1. No row = the days are those of time_zone. A closed campaign keeps its days. Until a campaign is done, some of its days are still those of the old zone; totals are right all the time.';

grant select on public.day_rebuilds to authenticated, service_role;
