-- Replay: events that a webhook should have brought and did not, and how far each source has been read.

-- Where the next sync resumes reading a source that is read piece by piece.
create table private.sync_positions (
  connection_id uuid not null references public.provider_connections (id) on delete cascade,
  source text not null check (source in ('delivery_log', 'inbox', 'answers')),
  position jsonb not null,
  updated_at timestamptz not null default now(),
  primary key (connection_id, source)
);

comment on table private.sync_positions is
  'How far the provider''s delivery log, its inbox and what people answered there have been read, by the provider''s clock. Moves only after what was read is stored.';

alter table private.sync_positions enable row level security;

grant select, insert, update, delete on private.sync_positions to service_role;

create policy "Only the functions read positions"
on private.sync_positions for all to service_role using (true) with check (true);

-- The position of one source; null before its first complete read.
create function worker.read_sync_position(target_connection_id uuid, target_source text)
returns jsonb
language sql
stable
set search_path = ''
as $$
  select p.position
  from private.sync_positions as p
  where p.connection_id = target_connection_id and p.source = target_source
$$;

comment on function worker.read_sync_position(uuid, text) is
  'How far a source (delivery_log, inbox, answers) has been read; null before the first time. Service role only.';

grant execute on function worker.read_sync_position(uuid, text) to service_role;

-- Moves the position of one source.
create function worker.save_sync_position(target_connection_id uuid, target_source text, new_position jsonb)
returns void
language sql
volatile
set search_path = ''
as $$
  insert into private.sync_positions (connection_id, source, position)
  values (target_connection_id, target_source, new_position)
  on conflict (connection_id, source) do update set position = excluded.position, updated_at = now()
$$;

comment on function worker.save_sync_position(uuid, text, jsonb) is
  'Saves how far a source (delivery_log, inbox, answers) has been read. Service role only.';

grant execute on function worker.save_sync_position(uuid, text, jsonb) to service_role;

-- Stores events that came by another way than a delivery. What is there already stays untouched: a second copy from the
-- log is no second delivery, so the ledger counts neither it nor a duplicate. found_in says which way (private.event_source).
-- events: [{ "key": uuid, "provider_campaign_id": text|null, "event": object|null, "reason": text?, "payload": any }]
create function worker.ingest_missing_events(target_connection_id uuid, events jsonb, found_in text default 'log')
returns jsonb
language plpgsql
set search_path = ''
as $$
declare
  given integer;
  inserted integer;
  unreadable bigint[];
begin
  select count(distinct e.value ->> 'key') into given from jsonb_array_elements(events) as e (value);

  -- Ordered by the key, like the deliveries themselves, so that neither waits for the other in a circle.
  with stored as (
    insert into private.webhook_events (connection_id, event_key, provider_campaign_id, event, payload, status, reason, source)
    select distinct on ((e.value ->> 'key')::uuid)
      target_connection_id,
      (e.value ->> 'key')::uuid,
      e.value ->> 'provider_campaign_id',
      nullif(e.value -> 'event', 'null'::jsonb),
      e.value -> 'payload',
      private.first_status(e.value),
      e.value ->> 'reason',
      found_in::private.event_source
    from jsonb_array_elements(events) as e (value)
    order by (e.value ->> 'key')::uuid
    on conflict (connection_id, event_key) do nothing
    returning webhook_events.id, webhook_events.status
  )
  select count(*), array_agg(s.id) filter (where s.status = 'dead') into inserted, unreadable from stored as s;

  if unreadable is not null then
    perform private.forget_unreadable(unreadable);
  end if;

  return jsonb_build_object('inserted', inserted, 'known', given - inserted);
end
$$;

comment on function worker.ingest_missing_events(uuid, jsonb, text) is
  'Stores events that no delivery brought (found_in: log, inbox, inferred) and leaves known ones alone; returns { inserted, known }. Service role only.';

grant execute on function worker.ingest_missing_events(uuid, jsonb, text) to service_role;

-- The same for mails that the provider lists, received or sent. Known is also a reply whose delivery called it by the other
-- name (automatic or not: other_key), a mail whose delivery carried no mail id but was of the same lead and mailbox
-- within two minutes, and a reply that a delivery of the lead reported with the same words: under another mail id, because a
-- variable of the lead was in its place, or at another time for the same reason. What is stored and not projected yet is compared later, by the projector.
-- mails: events as above, replies each with "other_key": uuid
create function worker.ingest_missing_mails(target_connection_id uuid, mails jsonb)
returns jsonb
language plpgsql
set search_path = ''
as $$
declare
  missing jsonb;
  stored jsonb;
begin
  select coalesce(jsonb_agg(r.value), '[]')
  into missing
  from jsonb_array_elements(mails) as r (value)
  cross join lateral jsonb_to_record(r.value -> 'event') as e (
    type text, email text, email_account text, occurred_at timestamptz, email_id text
  )
  -- Its lead is looked for once, and each condition is asked of one mail at a time; see private.find_lead.
  cross join lateral (
    select private.find_lead(target_connection_id, r.value ->> 'provider_campaign_id', e.email) as id
    offset 0
  ) as lead
  where not exists (
    select
    from private.webhook_events as w
    where w.connection_id = target_connection_id
      -- A mail that the inbox calls automatic is news where the delivery called it a person's.
      and (
        w.event_key = (r.value ->> 'key')::uuid
        or (w.event_key = (r.value ->> 'other_key')::uuid and e.type <> 'auto_reply_received')
      )
    offset 0
  )
  and not exists (
    select
    from public.email_events as known
    join private.webhook_events as w on w.id = known.id and w.event ->> 'email_id' is null
    where known.lead_id = lead.id
      and known.type in ('email_sent', 'reply_received', 'auto_reply_received')
      and (known.type = 'email_sent') = (e.type = 'email_sent')
      and (e.type <> 'email_sent' or coalesce(known.email_account = e.email_account, true))
      and not (e.type = 'auto_reply_received' and known.type = 'reply_received')
      and known.occurred_at between e.occurred_at - interval '2 minutes' and e.occurred_at + interval '2 minutes'
    offset 0
  )
  and not exists (
    select
    from public.email_events as known
    join private.webhook_events as w on w.id = known.id
    where e.type in ('reply_received', 'auto_reply_received')
      and known.lead_id = lead.id
      and known.type in ('reply_received', 'auto_reply_received')
      and (
        w.event ->> 'email_id' = e.email_id
        or (
          w.source in ('delivery', 'log')
          and private.mail_words(w.event, w.payload) = private.mail_words(r.value -> 'event', r.value -> 'payload')
          and (
            known.occurred_at between e.occurred_at - interval '2 minutes' and e.occurred_at + interval '2 minutes'
            -- Reported as it happened, regardless of the time in it.
            or known.received_at between e.occurred_at - interval '2 minutes' and e.occurred_at + interval '1 hour'
          )
        )
      )
      -- News of the same mail, as above; the projector knows it by its id or by its time and corrects what was counted.
      and not (
        e.type = 'auto_reply_received' and known.type = 'reply_received'
        and (
          w.event ->> 'email_id' = e.email_id
          or (
            w.event ->> 'email_id' is null
            and known.occurred_at between e.occurred_at - interval '2 minutes' and e.occurred_at + interval '2 minutes'
          )
        )
      )
    offset 0
  )
  -- The same for events whose campaign is not mapped yet.
  and not exists (
    select
    from private.webhook_events as w
    where w.connection_id = target_connection_id
      and w.provider_campaign_id = r.value ->> 'provider_campaign_id'
      and w.status = 'quarantined'
      and w.event ->> 'email_id' is null
      and w.event ->> 'email' = e.email
      and w.event ->> 'type' in ('email_sent', 'reply_received', 'auto_reply_received')
      and (w.event ->> 'type' = 'email_sent') = (e.type = 'email_sent')
      and (w.event ->> 'occurred_at')::timestamptz
        between e.occurred_at - interval '2 minutes' and e.occurred_at + interval '2 minutes'
    offset 0
  );

  stored := worker.ingest_missing_events(target_connection_id, missing, 'inbox');
  return jsonb_build_object(
    'inserted', stored -> 'inserted',
    'known', jsonb_array_length(mails) - (stored ->> 'inserted')::integer
  );
end
$$;

comment on function worker.ingest_missing_mails(uuid, jsonb) is
  'Stores mails that the provider lists, sent or received, and no delivery brought; returns { inserted, known }. Service role only.';

grant execute on function worker.ingest_missing_mails(uuid, jsonb) to service_role;
