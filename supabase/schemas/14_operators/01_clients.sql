-- Whether a client is switched on: what it is and may see is in 12_client_settings.sql.

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

  if enabled then
    perform private.require_not_moving(target_client_id);
  end if;

  if enabled and exists (select from public.clients as c where c.id = target_client_id and c.archived_at is not null) then
    raise exception using errcode = 'PT400', message = 'VALIDATION_FAILED',
      detail = 'This client is archived; restore it, then switch it on';
  end if;

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
