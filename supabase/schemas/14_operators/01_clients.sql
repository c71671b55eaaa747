-- What operators set for a client: whether it is switched on, what it may see, what a reply is worth to it.

-- The projector holds the rows of clients that are switched off while it works (see private.resolve_webhook_events), so
-- this update waits for it, and the release of what waits finds everything that it left in quarantine.
create function private.switch_client(target_client_id uuid, enabled boolean)
returns jsonb
language plpgsql
security definer
set search_path = ''
as $$
declare
  released integer := 0;
  stopped integer := 0;
begin
  perform private.require_operator();

  if enabled is null then
    raise exception using errcode = 'PT400', message = 'VALIDATION_FAILED', detail = 'Say whether enabled is true or false';
  end if;

  update public.clients as c set integration_enabled = enabled where c.id = target_client_id;

  if not found then
    raise exception using errcode = 'PT404', message = 'NOT_FOUND',
      detail = format('There is no client %L; check the id', target_client_id);
  end if;

  if enabled then
    update private.webhook_events as w
    set status = 'pending', reason = null, attempts = 0, next_attempt_at = now()
    where w.status = 'quarantined'
      and w.id in (
        select h.id
        from private.webhook_events as h
        join public.provider_connections as c on c.id = h.connection_id
        where h.status = 'quarantined' and c.client_id = target_client_id
        union all
        select h.id
        from private.webhook_events as h
        cross join lateral jsonb_array_elements_text(h.event -> 'provider_campaign_ids') as candidate (id)
        join private.provider_campaigns as p
          on p.connection_id = h.connection_id and p.provider_campaign_id = candidate.id
        join public.campaigns as k on k.id = p.campaign_id
        where h.status = 'quarantined' and k.client_id = target_client_id
      );

    get diagnostics released = row_count;
  else
    -- Without its lease a worker stops before its next step.
    update private.jobs as j
    set
      status = 'failed', finished_at = now(), lease_token = null, lease_until = null, error_code = 'VALIDATION_FAILED',
      error_message = 'The integration of this client was switched off; switch it on, then start again, no lead is sent twice'
    where j.status in ('queued', 'running', 'paused')
      and (
        j.client_id = target_client_id
        or j.connection_id in (select c.id from public.provider_connections as c where c.client_id = target_client_id)
      );

    get diagnostics stopped = row_count;
  end if;

  perform private.write_audit(
    case when enabled then 'client_switched_on' else 'client_switched_off' end, 'client', target_client_id::text,
    target_client_id, jsonb_build_object('released', released, 'stopped_jobs', stopped)
  );

  return jsonb_build_object('client_id', target_client_id, 'enabled', enabled, 'released', released, 'stopped_jobs', stopped);
end
$$;

comment on function private.switch_client(uuid, boolean) is
  'The work of public.set_client_integration; checks the caller itself.';

grant execute on function private.switch_client(uuid, boolean) to authenticated, service_role;

-- The door to it for operators.
create function public.set_client_integration(target_client_id uuid, enabled boolean)
returns jsonb
language sql
volatile
set search_path = ''
as $$
  select private.switch_client(target_client_id, enabled)
$$;

comment on function public.set_client_integration(uuid, boolean) is
  'Switches a client off (no export, no sync, deliveries wait, open jobs end) or on again (what waited is projected by the next sweep). Returns { client_id, enabled, released, stopped_jobs }. Operators.';

grant execute on function public.set_client_integration(uuid, boolean) to authenticated, service_role;

-- All settings at once, so that the stored settings are those sent; only the connection stays as it is where none is given.
create function private.change_report_settings(
  target_client_id uuid, new_may_see_costs boolean, new_positive_reply_value numeric, new_currency text,
  new_may_see_connection boolean
)
returns jsonb
language plpgsql
security definer
set search_path = ''
as $$
declare
  sees_connection boolean;
begin
  perform private.require_operator();

  if new_may_see_costs is null or coalesce(new_currency, '') !~ '^[A-Z]{3}$' or new_positive_reply_value < 0 then
    raise exception using errcode = 'PT400', message = 'VALIDATION_FAILED',
      detail = format(
        'Say whether may_see_costs is true or false, give the currency as three capital letters such as EUR (it is %L), and positive_reply_value as null or not below 0 (it is %L)',
        new_currency, new_positive_reply_value
      );
  end if;

  update public.clients as c
  set
    may_see_costs = new_may_see_costs,
    may_see_connection = coalesce(new_may_see_connection, c.may_see_connection),
    positive_reply_value = new_positive_reply_value,
    currency = new_currency
  where c.id = target_client_id
  returning c.may_see_connection into sees_connection;

  if not found then
    raise exception using errcode = 'PT404', message = 'NOT_FOUND',
      detail = format('There is no client %L; check the id', target_client_id);
  end if;

  perform private.write_audit(
    'report_settings_changed', 'client', target_client_id::text, target_client_id,
    jsonb_build_object(
      'may_see_costs', new_may_see_costs, 'may_see_connection', sees_connection,
      'positive_reply_value', new_positive_reply_value, 'currency', new_currency
    )
  );

  return jsonb_build_object(
    'client_id', target_client_id, 'may_see_costs', new_may_see_costs, 'may_see_connection', sees_connection,
    'positive_reply_value', new_positive_reply_value, 'currency', new_currency
  );
end
$$;

comment on function private.change_report_settings(uuid, boolean, numeric, text, boolean) is
  'The work of public.set_client_report_settings; checks the caller itself.';

grant execute on function private.change_report_settings(uuid, boolean, numeric, text, boolean) to authenticated, service_role;

-- The door to it for operators.
create function public.set_client_report_settings(
  target_client_id uuid, may_see_costs boolean, positive_reply_value numeric, currency text,
  may_see_connection boolean default null
)
returns jsonb
language sql
volatile
set search_path = ''
as $$
  select private.change_report_settings(
    set_client_report_settings.target_client_id, set_client_report_settings.may_see_costs,
    set_client_report_settings.positive_reply_value, set_client_report_settings.currency,
    set_client_report_settings.may_see_connection
  )
$$;

comment on function public.set_client_report_settings(uuid, boolean, numeric, text, boolean) is
  'Sets whether a client sees its costs, what a positive reply is worth (null = unknown), its currency, and whether it sees and manages its dedicated connection (null = as before). Returns them with the client''s id. Operators.';

grant execute on function public.set_client_report_settings(uuid, boolean, numeric, text, boolean) to authenticated, service_role;
