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
