-- Generated from supabase/schemas/29_abuse by "npm run migrations".

-- How often strangers asked: what is open without a sign-in answers one address a limited number of times a minute.

-- Unlogged: a crash forgets the counts of a minute, and nothing else. An address is kept as a digest, for an hour at most.
create unlogged table private.request_counts (
  door text not null,
  source text not null,
  minute timestamptz not null,
  requests integer not null,
  primary key (door, source, minute)
);

comment on table private.request_counts is
  'Requests of the current minutes at what is open without a sign-in: per door (webhook, shared-report …) and source, which is the SHA-256 of an address, or a connection. Gone after an hour.';

create index request_counts_minute_idx on private.request_counts (minute);

alter table private.request_counts enable row level security;

grant select, insert, update, delete on private.request_counts to service_role;

create policy "Only the functions count requests of strangers"
on private.request_counts for all to service_role using (true) with check (true);

-- One statement for any number of requests. Sources come in one order, so that two calls never wait for each other in a circle.
create function worker.count_requests(counted jsonb)
returns jsonb
language plpgsql
set search_path = ''
as $$
declare
  this_minute timestamptz := date_trunc('minute', clock_timestamp());
  counts jsonb;
begin
  with added as (
    insert into private.request_counts as r (door, source, minute, requests)
    select c.door, c.source, this_minute, sum(c.requests)
    from jsonb_to_recordset(counted) as c (door text, source text, requests integer)
    group by c.door, c.source
    order by c.door, c.source
    on conflict (door, source, minute) do update set requests = r.requests + excluded.requests
    returning r.door, r.source, r.requests
  )
  select jsonb_agg(a.requests order by c.position)
  into counts
  from rows from (jsonb_to_recordset(counted) as (door text, source text)) with ordinality as c (door, source, position)
  join added as a on a.door = c.door and a.source = c.source;

  delete from private.request_counts as r where r.minute < this_minute - interval '1 hour';

  return jsonb_build_object(
    'counts', coalesce(counts, '[]'),
    'seconds_left', greatest(1, ceil(extract(epoch from this_minute + interval '1 minute' - clock_timestamp())))
  );
end
$$;

comment on function worker.count_requests(jsonb) is
  'Adds [{ door, source, requests }] to the counts of this minute and returns { counts, seconds_left }: how many each source has now, and when the minute ends. Service role only.';

grant execute on function worker.count_requests(jsonb) to service_role;
