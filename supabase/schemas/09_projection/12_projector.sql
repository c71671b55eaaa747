-- The projector: its steps in their order, and how one bad row is kept from holding up the others.

-- Projects the given deliveries at once; the caller has locked them. Locks are taken in one order (campaigns, leads,
-- activity, totals) and within each by key, so that projectors never wait for each other in a circle.
create function private.project_webhook_events(event_ids bigint[])
returns void
language plpgsql
set search_path = ''
as $$
declare
  batch private.resolved_event[];
  repeated bigint[];
  recovered bigint[];
  forgotten bigint[];
  inferred bigint[] := array(select w.id from private.webhook_events as w where w.id = any (event_ids) and w.source = 'inferred');
begin
  -- No campaign changes its client between the reading of it and the end of this transaction; see remap_campaign.
  perform pg_advisory_xact_lock_shared(private.campaign_moves_lock());
  perform private.register_campaigns_of_events(event_ids);

  -- Nothing of a person who was erased comes back, whether its campaign is known or not.
  forgotten := private.forget_erased(event_ids);
  if forgotten <> '{}' then
    event_ids := array(select e.id from unnest(event_ids) as e (id) where e.id <> all (forgotten));
  end if;

  select array_agg(r) into batch from private.resolve_webhook_events(event_ids) as r;

  if coalesce(cardinality(batch), 0) < cardinality(event_ids) then
    perform private.suppress_held(array(
      select claimed.id
      from unnest(event_ids) as claimed (id)
      where not exists (select from unnest(batch) as b where b.id = claimed.id)
    ));
  end if;

  if batch is not null then
    batch := private.hold_leads(batch);

    -- A reply that is delivered again is one fact, in whatever form; so is what the sync found by another way and a
    -- delivery brings as well.
    repeated := private.match_repeated_replies(batch);
    if repeated <> '{}' then
      batch := array(select b from unnest(batch) as b where b.id <> all (repeated));
    end if;
    recovered := private.match_recovered_facts(batch);
    if recovered <> '{}' then
      repeated := repeated || recovered;
      batch := array(select b from unnest(batch) as b where b.id <> all (recovered));
    end if;

    perform private.count_events(batch);
    perform private.count_for_reports(batch);

    insert into public.email_events
      (id, occurred_at, client_id, campaign_id, lead_id, connection_id, provider, type, label, email, email_account, step, variant, received_at, is_inferred,
       time_is_arrival, bounce_class)
    select
      b.id, b.occurred_at, b.client_id, b.campaign_id, b.lead_id, b.connection_id, b.provider, b.type, b.label, b.email,
      b.email_account, b.step, b.variant, b.received_at,
      b.id = any (inferred), b.time_is_arrival, b.bounce_class
    from unnest(batch) as b;

    perform private.advance_leads(batch);
    perform private.keep_messages(batch);
    perform private.count_mailboxes(batch);
    perform private.keep_untracked_replies(batch);
    perform private.apply_consequences(batch);
    perform private.correct_replies(batch);
    perform private.settle_bounces_of(batch);
  end if;

  update private.webhook_events as w
  set
    status = case
      when w.id = any (repeated) then 'duplicate'
      when b.id is null then 'quarantined'
      else 'projected'
    end::public.webhook_event_status,
    reason = case
      when w.id = any (repeated) then 'The same fact had come by another way before'
      when b.id is null then private.hold_reason(w.connection_id, w.event -> 'provider_campaign_ids')
    end,
    processed_at = now()
  from unnest(event_ids) as claimed (id)
  left join unnest(batch) as b on b.id = claimed.id
  where w.id = claimed.id;
end
$$;

comment on function private.project_webhook_events(bigint[]) is
  'Projects locked deliveries: events, leads, counters, messages, suppressions. All of it or, on an error, nothing.';

grant execute on function private.project_webhook_events(bigint[]) to service_role;

-- Projects deliveries that the caller has locked. If the batch fails, each half of it is tried, down to the row that fails, so that
-- one bad row delays no other: of 1,000 deliveries 20 calls project the rest. The row waits 1, 2, 4, 8 minutes and is a dead letter
-- after the fifth try. What the data itself forbids (SQLSTATE 22…: no date, a number out of range) never gets better and is a dead
-- letter at once. Returns how many failed.
create function private.project_claimed_events(claimed bigint[])
returns integer
language plpgsql
set search_path = ''
as $$
declare
  half constant integer := cardinality(claimed) / 2;
begin
  begin
    perform private.project_webhook_events(claimed);
    return 0;
  exception
    -- A lock conflict or a full disk says nothing about the rows: the whole call fails and the next one takes them again.
    when deadlock_detected or serialization_failure or lock_not_available or query_canceled or disk_full or io_error then
      raise;
    when others then
      if half = 0 then
        update private.webhook_events as w
        set
          attempts = w.attempts + 1,
          next_attempt_at = now() + interval '1 minute' * power(2, w.attempts),
          status = case
            when w.attempts + 1 >= 5 or sqlstate like '22%' then 'dead'
            else 'pending'
          end::public.webhook_event_status,
          reason = sqlstate || ': ' || left(sqlerrm, 500)
        where w.id = any (claimed);

        return 1;
      end if;
  end;

  return private.project_claimed_events(claimed[:half]) + private.project_claimed_events(claimed[half + 1:]);
end
$$;

comment on function private.project_claimed_events(bigint[]) is
  'Projects locked deliveries, by halves if together they fail; returns how many failed.';

grant execute on function private.project_claimed_events(bigint[]) to service_role;

-- Projects deliveries that an operator's act has just released and locked, as long as a page waits for an answer: 5 seconds. While a
-- projector works on the connection nothing is done here, because two of one connection could wait for each other in a circle; what is
-- released is pending, so that projector takes it. Returns how many are projected.
create function private.project_released_events(target_connection_id uuid, released bigint[])
returns integer
language plpgsql
set search_path = ''
as $$
begin
  if private.take_projection_shards(array[private.projection_shard(target_connection_id)]) <> '{}'::integer[] then
    for start_at in 1..cardinality(released) by 500 loop
      perform private.project_claimed_events(released[start_at : start_at + 499]);
      exit when clock_timestamp() > statement_timestamp() + interval '5 seconds';
    end loop;
  end if;

  return (
    select count(*)::integer
    from private.webhook_events as w
    where w.id = any (project_released_events.released) and w.status = 'projected'
  );
end
$$;

comment on function private.project_released_events(uuid, bigint[]) is
  'Projects deliveries of a connection that were just released, unless a projector works on it and takes them; returns how many are projected.';

grant execute on function private.project_released_events(uuid, bigint[]) to service_role;

-- Takes up to batch_size waiting deliveries and projects them; positions and what is unfinished are those of the claim.
create function worker.process_webhook_events(batch_size integer default 1000, positions jsonb default '{}', connections uuid[] default null)
returns jsonb
language plpgsql
set search_path = ''
as $$
declare
  shards constant integer[] := private.take_projection_shards(case
    when connections is null then array(select generate_series(0, private.projection_shards() - 1))
    else array(select distinct private.projection_shard(c.id) from unnest(connections) as c (id))
  end);
  started constant timestamptz := clock_timestamp();
  claim record;
  failed integer := 0;
begin
  select * into claim
  from private.claim_webhook_events(batch_size, process_webhook_events.positions, process_webhook_events.connections, shards);

  if claim.claimed <> '{}' then
    failed := private.project_claimed_events(claim.claimed);
  end if;

  return jsonb_build_object(
    'claimed', cardinality(claim.claimed),
    'failed', failed,
    'positions', claim.reached,
    'unfinished', claim.unfinished,
    'milliseconds', round(1000 * extract(epoch from clock_timestamp() - started))
  );
end
$$;

comment on function worker.process_webhook_events(integer, jsonb, uuid[]) is
  'Projects up to batch_size waiting deliveries, of all connections or of those named; returns { "claimed": n, "failed": n, "positions": { connection: timestamptz }, "unfinished": [those named that are to be asked for again], "milliseconds": n without waiting for another worker }. With the positions of earlier calls, deliveries that came before them are not looked for. Safe to call from many workers at once: each takes other connections. Service role only.';

grant execute on function worker.process_webhook_events(integer, jsonb, uuid[]) to service_role;
