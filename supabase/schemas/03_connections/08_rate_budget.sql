-- The rate budget: one per connection, shared by every invocation, so that the provider never has to say 429.
--
-- A provider counts calls in rolling windows by the time they arrive. We only know when we grant a call, so a log of
-- grants keeps the latest moment at which each granted call may still arrive, and a grant is given only while the calls
-- that may fall into the same window are fewer than the limit. That moment is first the worst case (the grant is used
-- at the end of its validity and travels slowly); when the holder reports what it really used, it becomes the truth and
-- the room is free again at once. Counters per fixed slot would have to assume the worst case for good, which at
-- 100 calls a second gives half of the limit away.

-- What a provider allows per workspace. "calls" counts every call, the other buckets count theirs in addition.
create function private.provider_rate_limits(of_provider public.provider)
returns table (bucket text, span interval, calls integer)
language sql
immutable
set search_path = ''
as $$
  select l.bucket, l.span, l.calls
  from (values
    ('instantly'::public.provider, 'calls', interval '1 second', 100),
    ('instantly'::public.provider, 'calls', interval '1 minute', 6000),
    ('instantly'::public.provider, 'emails', interval '1 minute', 20),
    -- Smartlead's sources disagree (60 or 200 a minute, 1,000 an hour); these keep below all of them. A connection whose
    -- plan allows more has its own rows in private.connection_rate_limits.
    ('smartlead'::public.provider, 'calls', interval '1 second', 5),
    ('smartlead'::public.provider, 'calls', interval '1 minute', 60),
    ('smartlead'::public.provider, 'calls', interval '1 hour', 1000)
  ) as l (provider, bucket, span, calls)
  where l.provider = of_provider
$$;

comment on function private.provider_rate_limits(public.provider) is
  'Documented limits of a provider: no rolling span may hold more calls of the bucket. A provider without rows is not limited.';

grant execute on function private.provider_rate_limits(public.provider) to service_role;

-- What one connection is allowed instead, for a plan with other limits.
create table private.connection_rate_limits (
  connection_id uuid not null references public.provider_connections (id) on delete cascade,
  bucket text not null default 'calls',
  span interval not null check (span between interval '1 second' and interval '1 hour'),
  calls integer not null check (calls > 0),
  primary key (connection_id, bucket, span)
);

comment on table private.connection_rate_limits is
  'Limits of one connection in place of private.provider_rate_limits for the same bucket and span.';

alter table private.connection_rate_limits enable row level security;

grant select, insert, update, delete on private.connection_rate_limits to service_role;

create policy "Only the functions read rate limits"
on private.connection_rate_limits for all to service_role using (true) with check (true);

-- One row per connection: the lock that orders the takers, and what concerns all of them.
create table private.rate_budgets (
  connection_id uuid primary key references public.provider_connections (id) on delete cascade,
  blocked_until timestamptz,
  interactive_at timestamptz
);

comment on table private.rate_budgets is 'Rate budget of a connection; its row is locked while calls are granted.';
comment on column private.rate_budgets.blocked_until is 'The provider asked for no calls until then (429 or Retry-After).';
comment on column private.rate_budgets.interactive_at is
  'When somebody who is waited for last asked; background work leaves more room for a while after.';

alter table private.rate_budgets enable row level security;

grant select, insert, update, delete on private.rate_budgets to service_role;

create policy "Only the functions read rate budgets"
on private.rate_budgets for all to service_role using (true) with check (true);

-- Calls that were granted within the longest span, in the chunks in which they were handed out.
create table private.rate_grants (
  id bigint generated always as identity primary key,
  connection_id uuid not null references private.rate_budgets (connection_id) on delete cascade,
  bucket text not null,
  tokens integer not null,
  latest_at timestamptz not null
);

comment on table private.rate_grants is 'Calls granted to an invocation within the provider''s longest span: the log that the rolling limits count.';
comment on column private.rate_grants.latest_at is
  'Latest moment at which these calls may reach the provider; the worst case until the holder reports what it used.';

create index rate_grants_connection_id_idx on private.rate_grants (connection_id, latest_at);

alter table private.rate_grants enable row level security;

grant select, insert, update, delete on private.rate_grants to service_role;

create policy "Only the functions read rate grants"
on private.rate_grants for all to service_role using (true) with check (true);

-- Grants up to `wanted` calls for the next second. The caller also reports the chunks that it has finished, so that
-- their room is free for the next taker in the same round trip.
create function worker.take_rate_budget(
  target_connection_id uuid, bucket text, wanted integer, priority text, finished jsonb default '[]'
)
returns jsonb
language plpgsql
set search_path = ''
as $$
declare
  -- A grant lapses after this; the holder counts from before it asked, so it is never later than we think.
  validity constant interval := '1 second'::interval;
  -- A call that was sent may reach the provider this much later than the quickest one.
  lateness constant interval := '250 milliseconds'::interval;
  smallest_chunk constant integer := 3;
  largest_chunk constant integer := 20;
  wanted_calls constant integer := least(wanted, largest_chunk);
  asked_bucket constant text := bucket;
  is_interactive boolean;
  budget private.rate_budgets;
  moment timestamptz;
  reserve numeric;
  rate record;
  used integer;
  allowed integer;
  room integer := largest_chunk * 4;
  free_at timestamptz;
  wait interval := '0'::interval;
  granted integer;
  new_grant bigint;
begin
  if priority not in ('interactive', 'background') then
    raise exception 'There is no priority "%"; use interactive or background', priority;
  end if;
  is_interactive := priority = 'interactive';

  select b.* into budget from private.rate_budgets as b where b.connection_id = target_connection_id for update;
  if not found then
    insert into private.rate_budgets (connection_id) values (target_connection_id) on conflict do nothing;
    select b.* into budget from private.rate_budgets as b where b.connection_id = target_connection_id for update;
  end if;

  -- Only after the lock is held: now() would be the time before the wait for it.
  moment := pg_catalog.clock_timestamp();

  -- Calls of one grant that arrived at different moments become grants of their own: the room of each is free a span later.
  with part as (
    select g.id, g.bucket, r.used, moment - make_interval(secs => greatest(r.latest_ms_ago, 0) / 1000) as latest_at,
      row_number() over (partition by g.id order by r.latest_ms_ago) as place
    from jsonb_to_recordset(finished) as r (id bigint, used integer, latest_ms_ago double precision)
    join private.rate_grants as g on g.id = r.id and g.connection_id = target_connection_id
  ),
  first as (
    update private.rate_grants as g
    set tokens = least(g.tokens, p.used), latest_at = least(g.latest_at, p.latest_at)
    from part as p
    where g.id = p.id and p.place = 1
  )
  insert into private.rate_grants (connection_id, bucket, tokens, latest_at)
  select target_connection_id, p.bucket, p.used, p.latest_at
  from part as p
  where p.place > 1;

  delete from private.rate_grants as g
  where g.connection_id = target_connection_id
    and g.latest_at < moment - (
      select coalesce(max(l.span), interval '1 minute')
      from public.provider_connections as c
      cross join lateral private.provider_rate_limits(c.provider) as l
      where c.id = target_connection_id
    );

  if wanted < 1 then
    return jsonb_build_object('granted', 0, 'wait_ms', 0);
  end if;

  if is_interactive and (budget.interactive_at is null or budget.interactive_at < moment - interval '1 second') then
    update private.rate_budgets as b set interactive_at = moment where b.connection_id = target_connection_id;
  end if;

  if budget.blocked_until > moment then
    return jsonb_build_object(
      'granted', 0, 'wait_ms', ceil(extract(epoch from budget.blocked_until - moment) * 1000)::integer
    );
  end if;

  -- Background work leaves the last twentieth free, so that the first interactive call never waits, and the last fifth
  -- as long as somebody interactive is about. A fifth for good would keep a lone sync below 80 % of what is paid for.
  reserve := case
    when is_interactive then 0
    when budget.interactive_at > moment - interval '5 seconds' then 0.2
    else 0.05
  end;

  for rate in
    select l.bucket, l.span, coalesce(o.calls, l.calls) as calls
    from public.provider_connections as c
    cross join lateral private.provider_rate_limits(c.provider) as l
    left join private.connection_rate_limits as o
      on o.connection_id = c.id and o.bucket = l.bucket and o.span = l.span
    where c.id = target_connection_id and l.bucket in ('calls', asked_bucket)
  loop
    allowed := floor(rate.calls * (1 - reserve));

    select coalesce(sum(g.tokens), 0) into used
    from private.rate_grants as g
    where g.connection_id = target_connection_id
      and g.latest_at > moment - rate.span
      and (rate.bucket = 'calls' or g.bucket = rate.bucket);

    room := least(room, allowed - used);

    if used >= allowed then
      select min(f.latest_at) into free_at
      from (
        select g.latest_at, sum(g.tokens) over (order by g.latest_at, g.id) as freed
        from private.rate_grants as g
        where g.connection_id = target_connection_id
          and g.latest_at > moment - rate.span
          and (rate.bucket = 'calls' or g.bucket = rate.bucket)
      ) as f
      where f.freed >= used - allowed + least(wanted_calls, 2);

      wait := greatest(
        wait,
        case
          -- A holder may report sooner than its grant lapses.
          when rate.span <= interval '1 second' then least(free_at + rate.span - moment, interval '100 milliseconds')
          else free_at + rate.span - moment
        end
      );
    end if;
  end loop;

  if room < 1 then
    return jsonb_build_object(
      'granted', 0, 'wait_ms', greatest(ceil(extract(epoch from coalesce(wait, '0')) * 1000)::integer, 10)
    );
  end if;

  -- The less there is, the smaller the chunks: what one invocation holds unused, no other can use.
  granted := least(wanted_calls, room, greatest(smallest_chunk, room / 4));

  insert into private.rate_grants (connection_id, bucket, tokens, latest_at)
  values (target_connection_id, asked_bucket, granted, moment + validity + lateness)
  returning id into new_grant;

  return jsonb_build_object(
    'granted', granted, 'wait_ms', 0, 'grant_id', new_grant, 'valid_ms', extract(epoch from validity) * 1000
  );
end
$$;

comment on function worker.take_rate_budget(uuid, text, integer, text, jsonb) is
  'Grants up to wanted (at most 20) calls of a bucket for one second: { granted, wait_ms, grant_id, valid_ms }; finished = [{ id, used, latest_ms_ago }] of earlier grants, several of one that was used for longer. Service role only.';

grant execute on function worker.take_rate_budget(uuid, text, integer, text, jsonb) to service_role;

-- The provider asked for no more calls; everybody who shares the connection waits.
create function worker.block_rate_budget(target_connection_id uuid, seconds double precision)
returns void
language sql
volatile
set search_path = ''
as $$
  insert into private.rate_budgets as b (connection_id, blocked_until)
  values (target_connection_id, pg_catalog.clock_timestamp() + make_interval(secs => seconds))
  on conflict (connection_id) do update set blocked_until = greatest(b.blocked_until, excluded.blocked_until)
$$;

comment on function worker.block_rate_budget(uuid, double precision) is
  'Grants no call of this connection for this number of seconds, as a 429 or Retry-After asks. Never shortens a block. Service role only.';

grant execute on function worker.block_rate_budget(uuid, double precision) to service_role;
