-- How the database calls edge functions, and which of these calls fail.

-- Which call of pg_net was which: its answers know only a number. Unlogged as pg_net's own tables: a crash empties both.
create unlogged table private.function_calls (
  request_id bigint primary key,
  function_name text not null,
  called_at timestamptz not null default now()
);

comment on table private.function_calls is
  'Calls of edge functions by the scheduler, of the last day; what came of one is in net._http_response under the same number.';

create index function_calls_called_at_idx on private.function_calls (called_at);

alter table private.function_calls enable row level security;

grant select, insert, update, delete on private.function_calls to service_role;

create policy "Only the scheduler's own work reads calls"
on private.function_calls for all to service_role using (true) with check (true);

-- The database's ALLOW_PRIVATE_ENDPOINTS: only stacks on a developer's machine save it.
create function private.allows_private_addresses()
returns boolean
language sql
stable
set search_path = ''
as $$
  select exists (
    select from vault.decrypted_secrets as s where s.name = 'allow_private_endpoints' and s.decrypted_secret = 'true'
  )
$$;

comment on function private.allows_private_addresses() is
  'True on a developer''s machine, where the Vault secret allow_private_endpoints is "true": the database may call http and private addresses.';

-- Calls an edge function with the secret key named "cron". The two Vault secrets come from config.toml ([db.vault]) or
-- from the dashboard; without them nothing is sent and the reason is in the job's run details.
create function private.invoke_function(function_name text, body jsonb)
returns bigint
language plpgsql
security definer
set search_path = ''
as $$
declare
  project_url text;
  secret_key text;
  request bigint;
begin
  select s.decrypted_secret into project_url from vault.decrypted_secrets as s where s.name = 'project_url';
  select s.decrypted_secret into secret_key from vault.decrypted_secrets as s where s.name = 'cron_secret_key';

  if project_url is null or secret_key is null then
    raise exception 'Vault lacks the secret "project_url" or "cron_secret_key"; save both, then scheduled work runs again';
  end if;

  -- The key is about to be sent there.
  if not private.is_outbound_address(project_url, private.allows_private_addresses()) then
    raise exception 'The Vault secret "project_url" is no public https address, so no function is called; save https://<project>.supabase.co, or on your own machine "true" as allow_private_endpoints';
  end if;

  -- Answers come within milliseconds (202, work continues in the background); pg_net works in batches and one slow call
  -- delays all, so the timeout stays at its short default.
  request := net.http_post(
    url := rtrim(project_url, '/') || '/functions/v1/' || function_name,
    body := body,
    headers := jsonb_build_object('Content-Type', 'application/json', 'apikey', secret_key),
    timeout_milliseconds := 5000
  );

  insert into private.function_calls as c (request_id, function_name)
  values (request, invoke_function.function_name)
  on conflict (request_id) do update set function_name = excluded.function_name, called_at = excluded.called_at;

  return request;
end
$$;

comment on function private.invoke_function(text, jsonb) is
  'Queues one call of an edge function with the secret key "cron"; returns the pg_net request id. Sent after commit.';

-- Functions whose newest answered call failed, with what to do about it. A call without an answer after a minute counts as
-- answered: pg_net gives up after five seconds.
create function private.list_failing_calls()
returns table (function_name text, details text)
language sql
stable
set search_path = ''
as $$
  select
    n.function_name,
    format('The scheduled call of the function %s ', n.function_name)
      || case
        when n.status_code in (401, 403)
          then format('is refused (%s), so nothing is synced, exported or resumed automatically. The secret key was changed: save the current one as cron_secret_key in the Vault', n.status_code)
        when n.status_code = 404 then 'finds no such function (404), so its work has stopped. Deploy the functions'
        when n.status_code is not null then format('is answered with %s. Read the log of the function', n.status_code)
        else 'gets no answer, so its work has stopped. Check project_url in the Vault, and whether the functions run'
      end
  from (
    select distinct on (c.function_name) c.function_name, r.status_code
    from private.function_calls as c
    left join net._http_response as r on r.id = c.request_id
    where r.id is not null or c.called_at < now() - interval '1 minute'
    order by c.function_name, c.called_at desc, c.request_id desc
  ) as n
  where coalesce(n.status_code not between 200 and 299, true)
$$;

comment on function private.list_failing_calls() is
  'Functions whose newest call by the scheduler failed: name and the sentence for an operator.';
