-- Which deliveries a projector takes: how projectors share the connections, and connections a batch.

-- Connections are spread over this many shards, and a shard has one projector at a time: two of one connection would only wait for each
-- other's campaigns, and a correction of an older day could meet another's in a circle. So that many projectors can be at work.
create function private.projection_shards()
returns integer
language sql
immutable
parallel safe
set search_path = ''
as $$
  select 4
$$;

comment on function private.projection_shards() is
  'How many projectors can be at work at the same time: each has shards of its own, and a connection is always in the same one.';

grant execute on function private.projection_shards() to service_role;

-- The shard of a connection, from the last byte of its id.
create function private.projection_shard(connection_id uuid)
returns integer
language sql
immutable
parallel safe
set search_path = ''
as $$
  select get_byte(uuid_send(connection_id), 15) % private.projection_shards()
$$;

comment on function private.projection_shard(uuid) is
  'The shard of a connection, from 0: one projector at a time works on it.';

grant execute on function private.projection_shard(uuid) to service_role;

-- Takes the shards that no other projector has, until the end of the transaction. With none free it waits for one of them, but not
-- longer than a tenth of a second: the worker may have been asked for another one's connections meanwhile. Nothing is held while it
-- waits, so projectors never wait for each other in a circle.
create function private.take_projection_shards(wanted integer[])
returns integer[]
language plpgsql
set search_path = ''
set lock_timeout = '100ms'
as $$
declare
  shard integer;
  taken integer[] := '{}'::integer[];
begin
  foreach shard in array wanted loop
    if pg_try_advisory_xact_lock(hashtextextended('replyloop projection shard ' || shard, 0)) then
      taken := taken || shard;
    end if;
  end loop;

  if taken = '{}' and wanted <> '{}' then
    shard := wanted[1 + floor(random() * cardinality(wanted))::integer];
    begin
      perform pg_advisory_xact_lock(hashtextextended('replyloop projection shard ' || shard, 0));
      taken := array[shard];
    exception when lock_not_available then
      null;
    end;
  end if;

  return taken;
end
$$;

comment on function private.take_projection_shards(integer[]) is
  'Takes those of the wanted shards that are free, or waits a moment for one; they are kept until the transaction ends.';

grant execute on function private.take_projection_shards(integer[]) to service_role;

-- Which deliveries come next: of every connection where some wait the same number, each oldest first, and what is left of the batch
-- goes to those that have more. So a connection that is flooded delays itself, and another's few are in the next batch. Locks what it
-- takes. Without names it is of all connections; either way only of those in the shards that the caller has taken.
--
-- A worker that continues passes the positions of its last calls, one per connection, and what came before them is not searched: behind
-- a reader with an old snapshot the index keeps an entry of each delivery that was projected since, and 50,000 of them cost 20 ms a
-- call. A position is never of the last two seconds, whose deliveries may not be committed yet: what is older and not visible by
-- then is found by the next call without a position.
create function private.claim_webhook_events(
  batch_size integer, positions jsonb, connections uuid[], shards integer[],
  out claimed bigint[], out reached jsonb, out unfinished uuid[]
)
language plpgsql
set search_path = ''
as $$
declare
  found uuid[];
  sinces timestamptz[];
  share integer;
  rest uuid[];
begin
  -- One look into the index per connection; "exists" would be planned as one search through all that waits. More connections
  -- than places take turns.
  select coalesce(array_agg(f.id), '{}'), coalesce(array_agg(f.since), '{}')
  into found, sinces
  from (
    select p.id, p.since
    from (
      select c.id, coalesce((claim_webhook_events.positions ->> c.id::text)::timestamptz, '-infinity') as since
      from public.provider_connections as c
      where (claim_webhook_events.connections is null or c.id = any (claim_webhook_events.connections))
        and private.projection_shard(c.id) = any (claim_webhook_events.shards)
      offset 0
    ) as p
    cross join lateral (
      select from private.webhook_events as e
      where e.connection_id = p.id and e.status = 'pending' and e.next_attempt_at between p.since and now()
      limit 1
    ) as first
    order by random()
    limit batch_size + 1
  ) as f;
  share := greatest(1, batch_size / greatest(1, cardinality(found)));

  with claim as materialized (
    select e.id, e.connection_id, e.next_attempt_at, f.since
    from unnest(found, sinces) as f (connection_id, since)
    cross join lateral (
      select e.id, e.connection_id, e.next_attempt_at
      from private.webhook_events as e
      where e.connection_id = f.connection_id and e.status = 'pending' and e.next_attempt_at between f.since and now()
      order by e.next_attempt_at, e.id
      limit share
      for update skip locked
    ) as e
    limit batch_size
  ),
  own as (
    select c.connection_id, c.since, max(c.next_attempt_at) as latest, count(*) as number
    from claim as c
    group by c.connection_id, c.since
  )
  select
    array(select c.id from claim as c),
    -- Not the two seconds before what was claimed: behind a backlog everything since is committed, and searching those two seconds
    -- again cost 30 ms a call with a snapshot held (10,000 projected entries).
    coalesce(jsonb_object_agg(o.connection_id, greatest(least(o.latest, now() - interval '2 seconds'), o.since)), '{}'),
    coalesce(array_agg(o.connection_id) filter (where o.number = share), '{}')
  into claimed, reached, rest
  from own as o;

  if cardinality(found) > 1 and cardinality(claimed) < batch_size then
    claimed := claimed || array(
      select n.id
      from unnest(found, sinces) as f (connection_id, since)
      cross join lateral (
        select e.id
        from private.webhook_events as e
        where f.connection_id = any (rest)
          and e.connection_id = f.connection_id and e.status = 'pending' and e.next_attempt_at between f.since and now()
          and e.id <> all (claimed)
        order by e.next_attempt_at, e.id
        limit batch_size
        for update skip locked
      ) as n
      limit batch_size - cardinality(claimed)
    );
  end if;

  -- A full batch says nothing about what is left of the connections that it came from.
  unfinished := array(
    select c.id
    from unnest(connections) as c (id)
    where private.projection_shard(c.id) <> all (claim_webhook_events.shards)
      or (cardinality(claimed) = batch_size and c.id = any (found))
      -- With more connections than places nothing is known about those beyond.
      or cardinality(found) > batch_size
  );
end
$$;

comment on function private.claim_webhook_events(integer, jsonb, uuid[], integer[]) is
  'Locks up to batch_size waiting deliveries of the named connections (null: all) in these shards, which the caller has taken: the same number of every connection, oldest first, then more of those that have more. Returns their ids, per connection the position before which the next call need not look, and which of the named may have more.';

grant execute on function private.claim_webhook_events(integer, jsonb, uuid[], integer[]) to service_role;
