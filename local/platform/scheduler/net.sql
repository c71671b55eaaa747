-- Stand-in for pg_net 0.20: the same tables and functions; `net-worker.ts` stands in for the background worker.
-- Both tables are UNLOGGED as in the original: a crash of Postgres empties them.

create schema if not exists net;

do $$
begin
  if to_regtype('net.http_method') is null then
    create domain net.http_method as text
      check (value ilike 'get' or value ilike 'post' or value ilike 'delete');
  end if;
end;
$$;

create unlogged table if not exists net.http_request_queue (
  id bigserial,
  method net.http_method not null,
  url text not null,
  headers jsonb,
  body bytea,
  timeout_milliseconds integer not null
);
create index if not exists http_request_queue_id_idx on net.http_request_queue (id);

create unlogged table if not exists net._http_response (
  id bigint,
  status_code integer,
  content_type text,
  headers jsonb,
  content text,
  timed_out boolean,
  error_msg text,
  created timestamptz not null default now()
);
create index if not exists _http_response_created_idx on net._http_response (created);

create or replace function net._urlencode_string(string varchar)
returns text
language sql
immutable
strict
set search_path = ''
as $$
  select
    coalesce(
      string_agg(
        case
          when byte between 48 and 57 or byte between 65 and 90 or byte between 97 and 122 or byte in (45, 46, 95, 126)
            then chr(byte)
          else '%' || upper(lpad(to_hex(byte), 2, '0'))
        end,
        '' order by position
      ),
      ''
    )
  from (
    select get_byte(bytes, position) as byte, position
    from
      convert_to(string, 'UTF8') as bytes,
      generate_series(0, length(convert_to(string, 'UTF8')) - 1) as position
  ) as encoded
$$;

create or replace function net._encode_url_with_params(url text, params jsonb)
returns text
language sql
immutable
set search_path = ''
as $$
  select
    url || coalesce(
      case when strpos(url, '?') > 0 then '&' else '?' end
      || string_agg(net._urlencode_string(pair.key) || '=' || net._urlencode_string(pair.value), '&'),
      ''
    )
  from jsonb_each_text(coalesce(params, '{}')) as pair
$$;

-- NOTIFY is delivered at commit and dropped on rollback, which is exactly when pg_net wakes its worker.
create or replace function net._enqueue(
  method text, url text, params jsonb, headers jsonb, body jsonb, timeout_milliseconds integer
)
returns bigint
language plpgsql
set search_path = ''
as $$
declare
  request_id bigint;
begin
  insert into net.http_request_queue (method, url, headers, body, timeout_milliseconds)
  values (
    method, net._encode_url_with_params(url, params), headers, convert_to(body::text, 'UTF8'), timeout_milliseconds
  )
  returning id into request_id;
  notify net_wake;
  return request_id;
end;
$$;

create or replace function net.http_get(
  url text,
  params jsonb default '{}'::jsonb,
  headers jsonb default '{}'::jsonb,
  timeout_milliseconds integer default 5000
)
returns bigint
language sql
strict
set search_path = ''
as $$
  select net._enqueue('GET', url, params, headers, null, timeout_milliseconds)
$$;

create or replace function net.http_post(
  url text,
  body jsonb default '{}'::jsonb,
  params jsonb default '{}'::jsonb,
  headers jsonb default '{"Content-Type": "application/json"}'::jsonb,
  timeout_milliseconds integer default 5000
)
returns bigint
language plpgsql
set search_path = ''
as $$
declare
  content_type text;
begin
  select header.value
  into content_type
  from jsonb_each_text(coalesce(headers, '{}'::jsonb)) as header
  where lower(header.key) = 'content-type'
  limit 1;

  if content_type is null then
    headers := coalesce(headers, '{}'::jsonb) || '{"Content-Type": "application/json"}'::jsonb;
  elsif content_type <> 'application/json' then
    raise exception 'Content-Type header must be "application/json"';
  end if;
  if body is null then
    raise exception 'body must not be null';
  end if;
  return net._enqueue('POST', url, params, headers, body, timeout_milliseconds);
end;
$$;

create or replace function net.http_delete(
  url text,
  params jsonb default '{}'::jsonb,
  headers jsonb default '{}'::jsonb,
  timeout_milliseconds integer default 5000,
  body jsonb default null
)
returns bigint
language sql
set search_path = ''
as $$
  select net._enqueue('DELETE', url, params, headers, body, timeout_milliseconds)
$$;

-- Blocks until the answer arrives, like the original.
create or replace function net._await_response(request_id bigint)
returns boolean
language plpgsql
strict
set search_path = ''
as $$
begin
  while not exists (select from net._http_response where id = request_id) loop
    perform pg_sleep(0.05);
  end loop;
  return true;
end;
$$;

-- The original grants its tables to everybody. Here only senders and maintainers may read them: no caller of the Data API
-- needs the queue, whose headers hold a key. (Hosted, the migrations revoke what they can.)
revoke all on schema net from public;
revoke all on all tables in schema net from public;
revoke all on all sequences in schema net from public;
grant usage on schema net to postgres with grant option;
grant all on all tables in schema net to postgres with grant option;
grant all on all sequences in schema net to postgres with grant option;
