-- Making a client, and what operators set for it: name, time zone, money, what it may see.

-- Settings as a person sends them: only the keys that are given, each of them checked. The error names the first that is wrong.
create function private.check_client_settings(settings jsonb)
returns void
language plpgsql
stable
set search_path = ''
as $$
declare
  problem text;
begin
  if jsonb_typeof(settings) is distinct from 'object' then
    problem := 'Send the settings as an object, such as {"name": "Lakeside"}';
  elsif exists (
    select
    from jsonb_object_keys(settings) as k (name)
    where k.name not in ('name', 'time_zone', 'currency', 'positive_reply_value', 'may_see_costs', 'may_see_connection', 'approval_required')
  ) then
    problem := 'A client has name, time_zone, currency, positive_reply_value, may_see_costs, may_see_connection and approval_required; send no other setting';
  elsif settings ? 'name' and (
    jsonb_typeof(settings -> 'name') <> 'string' or length(btrim(settings ->> 'name')) not between 1 and 120
    or settings ->> 'name' ~ '[[:cntrl:]]'
  ) then
    problem := 'A name has 1 to 120 characters on one line';
  elsif settings ? 'time_zone' and private.is_time_zone(settings ->> 'time_zone') is not true then
    problem := format('There is no time zone %L; use a name such as Europe/Amsterdam', settings ->> 'time_zone');
  elsif settings ? 'currency' and coalesce(settings ->> 'currency', '') !~ '^[A-Z]{3}$' then
    problem := format('A currency is three capital letters such as EUR; it is %L', settings ->> 'currency');
  elsif settings ? 'positive_reply_value' and not (
    case jsonb_typeof(settings -> 'positive_reply_value')
      when 'null' then true
      when 'number' then (settings ->> 'positive_reply_value')::numeric between 0 and 999999999999
      else false
    end
  ) then
    problem := format('The value of a positive reply is null or a number not below 0; it is %L', settings ->> 'positive_reply_value');
  elsif exists (
    select
    from unnest('{may_see_costs,may_see_connection,approval_required}'::text[]) as k (name)
    where settings ? k.name and jsonb_typeof(settings -> k.name) <> 'boolean'
  ) then
    problem := 'may_see_costs, may_see_connection and approval_required are true or false';
  end if;

  if problem is not null then
    raise exception using errcode = 'PT400', message = 'VALIDATION_FAILED', detail = problem;
  end if;
end
$$;

comment on function private.check_client_settings(jsonb) is
  'Raises VALIDATION_FAILED with what is wrong unless these are settings of a client: name, time_zone, currency, positive_reply_value, may_see_costs, may_see_connection, approval_required.';

-- Two clients of one name look the same in a list, and a deletion is confirmed by the name.
create function private.require_free_client_name(wanted text, except_client_id uuid)
returns void
language plpgsql
set search_path = ''
as $$
begin
  perform pg_advisory_xact_lock(hashtext('replyloop client names'));

  if exists (
    select from public.clients as c
    where lower(btrim(c.name)) = lower(btrim(wanted)) and c.id is distinct from except_client_id
  ) then
    raise exception using errcode = 'PT400', message = 'VALIDATION_FAILED',
      detail = format('There is a client named %L already, maybe among the archived ones; choose another name', btrim(wanted));
  end if;
end
$$;

comment on function private.require_free_client_name(text, uuid) is
  'Raises VALIDATION_FAILED if another client has this name; holds the lock on names until the transaction ends.';

-- All settings at once, as they are now.
create function private.client_settings(client public.clients)
returns jsonb
language sql
immutable
set search_path = ''
as $$
  select jsonb_build_object(
    'name', client.name, 'time_zone', client.time_zone, 'currency', client.currency,
    'positive_reply_value', client.positive_reply_value, 'may_see_costs', client.may_see_costs,
    'may_see_connection', client.may_see_connection, 'approval_required', client.approval_required
  )
$$;

comment on function private.client_settings(public.clients) is 'What operators set for a client, as one object.';

grant execute on function private.client_settings(public.clients) to service_role;

create function private.make_client(settings jsonb)
returns jsonb
language plpgsql
security definer
set search_path = ''
as $$
declare
  made public.clients;
begin
  perform private.require_operator();
  perform private.check_client_settings(settings);

  if not settings ? 'name' then
    raise exception using errcode = 'PT400', message = 'VALIDATION_FAILED', detail = 'A client needs a name';
  end if;

  perform private.require_free_client_name(settings ->> 'name', null);

  insert into public.clients (name, time_zone, currency, positive_reply_value, may_see_costs, may_see_connection, approval_required)
  values (
    btrim(settings ->> 'name'), coalesce(settings ->> 'time_zone', 'UTC'), coalesce(settings ->> 'currency', 'EUR'),
    (settings ->> 'positive_reply_value')::numeric, coalesce((settings ->> 'may_see_costs')::boolean, false),
    coalesce((settings ->> 'may_see_connection')::boolean, false), coalesce((settings ->> 'approval_required')::boolean, false)
  )
  returning * into made;

  perform private.write_audit('client_created', 'client', made.id::text, made.id, private.client_settings(made));

  return jsonb_build_object('client_id', made.id) || private.client_settings(made);
end
$$;

comment on function private.make_client(jsonb) is 'The work of public.create_client; checks the caller itself.';

grant execute on function private.make_client(jsonb) to authenticated, service_role;

-- The door to it for operators.
create function public.create_client(settings jsonb)
returns jsonb
language sql
volatile
set search_path = ''
as $$
  select private.make_client(settings)
$$;

comment on function public.create_client(jsonb) is
  'Makes a client of { name, time_zone?, currency?, positive_reply_value?, may_see_costs?, may_see_connection?, approval_required? }; without a value: UTC, EUR, unknown, false, false, false. Returns { client_id } and the settings. Operators.';

grant execute on function public.create_client(jsonb) to authenticated, service_role;

-- Only what is sent changes, so that two operators do not undo each other's work.
create function private.edit_client(target_client_id uuid, settings jsonb)
returns jsonb
language plpgsql
security definer
set search_path = ''
as $$
declare
  before public.clients;
  after public.clients;
begin
  perform private.require_operator();
  perform private.check_client_settings(settings);

  if settings ? 'name' then
    perform private.require_free_client_name(settings ->> 'name', target_client_id);
  end if;

  select c.* into before from public.clients as c where c.id = target_client_id for update;

  if not found then
    raise exception using errcode = 'PT404', message = 'NOT_FOUND',
      detail = format('There is no client %L; check the id', target_client_id);
  end if;

  update public.clients as c
  set
    name = case when settings ? 'name' then btrim(settings ->> 'name') else c.name end,
    time_zone = case when settings ? 'time_zone' then settings ->> 'time_zone' else c.time_zone end,
    currency = case when settings ? 'currency' then settings ->> 'currency' else c.currency end,
    positive_reply_value = case
      when settings ? 'positive_reply_value' then (settings ->> 'positive_reply_value')::numeric else c.positive_reply_value
    end,
    may_see_costs = case when settings ? 'may_see_costs' then (settings ->> 'may_see_costs')::boolean else c.may_see_costs end,
    may_see_connection = case
      when settings ? 'may_see_connection' then (settings ->> 'may_see_connection')::boolean else c.may_see_connection
    end,
    approval_required = case
      when settings ? 'approval_required' then (settings ->> 'approval_required')::boolean else c.approval_required
    end
  where c.id = target_client_id
  returning * into after;

  -- What changed, and of a new name the old one: the log names its clients by the name of today.
  perform private.write_audit(
    'client_changed', 'client', target_client_id::text, target_client_id,
    coalesce(
      (
        select jsonb_object_agg(n.key, n.value)
        from jsonb_each(private.client_settings(after)) as n
        where n.value is distinct from private.client_settings(before) -> n.key
      ),
      '{}'
    ) || case when after.name <> before.name then jsonb_build_object('earlier_name', before.name) else '{}' end
  );

  return jsonb_build_object('client_id', target_client_id) || private.client_settings(after);
end
$$;

comment on function private.edit_client(uuid, jsonb) is 'The work of public.change_client; checks the caller itself.';

grant execute on function private.edit_client(uuid, jsonb) to authenticated, service_role;

-- The door to it for operators.
create function public.change_client(target_client_id uuid, settings jsonb)
returns jsonb
language sql
volatile
set search_path = ''
as $$
  select private.edit_client(target_client_id, settings)
$$;

comment on function public.change_client(uuid, jsonb) is
  'Changes what is sent of { name, time_zone, currency, positive_reply_value (null = unknown), may_see_costs, may_see_connection, approval_required } and nothing else. Returns { client_id } and the settings. Operators.';

grant execute on function public.change_client(uuid, jsonb) to authenticated, service_role;
