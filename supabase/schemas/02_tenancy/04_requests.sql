-- What every request of the Data API passes before anything of it runs, and what signed-in people may use up: an end of
-- each statement, places at the database, and no operator that can keep a processor busy for minutes.

-- How many requests of people run at the same time: all of them together, and those of one client (or one operator). A
-- browser opens six connections. The pool of the Data API must be larger than the first number: what is left over belongs
-- to webhooks and jobs, and no person can ever take it.
create function private.request_places(out everybody integer, out one_party integer)
language sql
immutable
set search_path = ''
as $$
  select 12, 6
$$;

comment on function private.request_places() is
  'How many requests of signed-in people run at once: everybody together, and one client or operator. Keep the first below the pool of the Data API.';

-- Ends a request with a status, a code and headers of its own, as PostgREST reads them from this SQLSTATE.
create function private.refuse_request(status integer, code text, sentence text, headers jsonb default '{}')
returns void
language plpgsql
set search_path = ''
as $$
begin
  raise exception using
    errcode = 'PGRST',
    message = jsonb_build_object('code', 'PT' || status, 'message', code, 'details', sentence, 'hint', null),
    detail = jsonb_build_object('status', status, 'headers', headers);
end
$$;

comment on function private.refuse_request(integer, text, text, jsonb) is
  'Raises what PostgREST answers with this status, { code: PT<status>, message: <code>, details: <sentence> } and these headers.';

-- Takes one of a number of places until the end of the transaction; false when all are taken.
create function private.take_place(room text, places integer)
returns boolean
language plpgsql
set search_path = ''
as $$
declare
  -- Begun anywhere, a place is found at the first try as long as most are free.
  first_place integer := floor(random() * places)::integer;
begin
  for n in 0 .. places - 1 loop
    if pg_try_advisory_xact_lock(hashtext(room), (first_place + n) % places) then
      return true;
    end if;
  end loop;

  return false;
end
$$;

comment on function private.take_place(text, integer) is 'Takes a place in a room until the transaction ends; false when it is full.';

-- PostgREST calls this at the beginning of every request, as the caller. Definer, because members must be asked whatever
-- the caller may read.
create function private.check_request()
returns void
language plpgsql
volatile
security definer
set search_path = ''
as $$
declare
  claims jsonb;
  places record;
  asked_method text := current_setting('request.method', true);
  asked_path text := current_setting('request.path', true);
begin
  -- A view is never written to; without this, Postgres' own refusal becomes a 500.
  if asked_method in ('POST', 'PATCH', 'PUT', 'DELETE') and asked_path not like '/rpc/%' and exists (
    select
    from pg_catalog.pg_class as c
    where c.relnamespace = 'public'::regnamespace and c.relkind = 'v' and c.relname = ltrim(asked_path, '/')
  ) then
    perform private.refuse_request(
      405, 'METHOD_NOT_ALLOWED', format('%L is a view: it can be read, not written', ltrim(asked_path, '/')),
      '{"Allow": "GET, HEAD, OPTIONS"}'
    );
  end if;

  if current_setting('role', true) <> 'authenticated' then
    return;
  end if;

  claims := auth.jwt();

  -- The planner estimates from statistics of whole tables, so its count reveals how much other clients have.
  if current_setting('request.headers', true)::jsonb ->> 'prefer' ~* 'count\s*=\s*(planned|estimated)' then
    raise exception using errcode = 'PT400', message = 'VALIDATION_FAILED',
      detail = 'Estimated counts (count=planned, count=estimated) are not given; ask for count=exact';
  end if;

  -- Claims are as old as the token; who was removed or moved meanwhile reads and does nothing with it. One look-up by the primary
  -- key, 38 µs among 10,000 members on 2 cores, a quarter of the round trip of an empty statement.
  if not private.is_still_member((claims ->> 'sub')::uuid, claims ->> 'user_role', nullif(claims ->> 'client_id', '')::uuid) then
    raise exception using errcode = 'PT403', message = 'FORBIDDEN',
      detail = 'Your access has ended or was changed since you signed in; sign in again, or ask the agency';
  end if;

  select p.everybody, p.one_party into places from private.request_places() as p;

  if not private.take_place('replyloop requests of ' || coalesce(claims ->> 'client_id', claims ->> 'sub', ''), places.one_party)
    or not private.take_place('replyloop requests of everybody', places.everybody) then
    -- Not 503: PostgREST takes that for a lost database and reconnects.
    perform private.refuse_request(
      429, 'RATE_LIMIT_EXCEEDED', 'Too many requests run at the same time; try again in a second', '{"Retry-After": "1"}'
    );
  end if;
end
$$;

comment on function private.check_request() is
  'PostgREST''s db_pre_request: refuses writing to views, estimated counts, tokens of former members, and more requests of people at once than private.request_places().';

grant execute on function private.check_request() to authenticated, service_role;

-- PostgREST reads both from the role that it signs in as, and sets the time limit of the role that it becomes.
alter role authenticator set pgrst.db_pre_request = 'private.check_request';

alter role authenticated set statement_timeout = '3s';
alter role anon set statement_timeout = '3s';

notify pgrst, 'reload config';
