-- Deleting a client for good. The request closes it at once; a job then takes its webhooks, its people and its data away in
-- batches that each end within a second, and the client's row last. The function remove-client runs it.

create function private.request_client_removal(target_client_id uuid, confirm_name text)
returns jsonb
language plpgsql
security definer
set search_path = ''
as $$
declare
  client public.clients;
  open_job_id uuid;
begin
  perform private.require_operator();

  select c.* into client from public.clients as c where c.id = target_client_id for update;

  if not found then
    raise exception using errcode = 'PT404', message = 'NOT_FOUND',
      detail = format('There is no client %L; check the id', target_client_id);
  elsif btrim(coalesce(confirm_name, '')) is distinct from btrim(client.name) then
    raise exception using errcode = 'PT400', message = 'VALIDATION_FAILED',
      detail = format('Deleting a client removes everything of it and cannot be undone; send its name %L as confirm_name', client.name);
  end if;

  -- One that has moved is at work elsewhere and can be removed here; one on its way cannot.
  if not exists (select from private.client_moves as m where m.client_id = client.id and m.state = 'moved') then
    perform private.require_not_moving(client.id);
  end if;

  -- Nothing new may arrive while the old goes: no export, no sync, no projection, no sign-in.
  if client.integration_enabled then
    perform private.switch_client(client.id, false);
  end if;

  update public.clients as c
  set archived_at = coalesce(c.archived_at, now()), removal_requested_at = coalesce(c.removal_requested_at, now())
  where c.id = client.id;

  insert into private.jobs as j (kind, parameters, deadline_at, requested_by)
  values (
    'removal', jsonb_build_object('client_id', client.id, 'client_name', client.name), now() + interval '7 days',
    (select auth.uid())
  )
  on conflict ((parameters ->> 'client_id')) where kind = 'removal' and status in ('queued', 'running', 'paused') do nothing
  returning j.id into open_job_id;

  if open_job_id is null then
    select j.id into open_job_id
    from private.jobs as j
    where j.kind = 'removal' and j.parameters ->> 'client_id' = client.id::text and j.status in ('queued', 'running', 'paused');
  else
    perform private.write_audit(
      'client_removal_requested', 'client', client.id::text, client.id, jsonb_build_object('name', client.name)
    );
  end if;

  begin
    perform private.wake_job(open_job_id, 'removal');
  exception
    -- Without the Vault secrets nothing can be called from here; the job waits until an operator calls the function.
    when raise_exception then raise warning '%', sqlerrm;
  end;

  return jsonb_build_object('client_id', client.id, 'job_id', open_job_id);
end
$$;

comment on function private.request_client_removal(uuid, text) is 'The work of public.delete_client; checks the caller itself.';

grant execute on function private.request_client_removal(uuid, text) to authenticated, service_role;

-- The door to it for operators.
create function public.delete_client(target_client_id uuid, confirm_name text)
returns jsonb
language sql
volatile
set search_path = ''
as $$
  select private.request_client_removal(target_client_id, confirm_name)
$$;

comment on function public.delete_client(uuid, text) is
  'Deletes a client for good: its people are shut out at once, then a job removes webhooks, keys, accounts and data. confirm_name = its name. Returns { client_id, job_id }; progress and what was removed are in operator_jobs. Asked again it continues. Operators.';

grant execute on function public.delete_client(uuid, text) to authenticated, service_role;

-- The workspaces that a removal has to visit: the client's own, and shared ones where its campaigns have webhooks of ours.
create function worker.list_removal_connections(target_client_id uuid)
returns jsonb
language sql
stable
set search_path = ''
as $$
  select coalesce(
    jsonb_agg(
      jsonb_build_object(
        'id', c.id, 'name', c.name, 'is_own', c.client_id is not null,
        'campaign_webhooks', (
          select coalesce(
            jsonb_agg(jsonb_build_object(
              'provider_campaign_id', w.provider_campaign_id, 'provider_webhook_id', w.provider_webhook_id
            ) order by w.provider_campaign_id),
            '[]'
          )
          from private.campaign_webhooks as w
          join private.provider_campaigns as p
            on p.connection_id = w.connection_id and p.provider_campaign_id = w.provider_campaign_id
          join public.campaigns as k on k.id = p.campaign_id
          where w.connection_id = c.id and k.client_id = target_client_id
        )
      )
      order by c.created_at, c.id
    ),
    '[]'
  )
  from public.provider_connections as c
  where c.removed_at is null
    and (
      c.client_id = target_client_id
      or (
        c.client_id is null
        and exists (
          select
          from private.campaign_webhooks as w
          join private.provider_campaigns as p
            on p.connection_id = w.connection_id and p.provider_campaign_id = w.provider_campaign_id
          join public.campaigns as k on k.id = p.campaign_id
          where w.connection_id = c.id and k.client_id = target_client_id
        )
      )
    )
$$;

comment on function worker.list_removal_connections(uuid) is
  'Workspaces that the removal of a client visits: [{ id, name, is_own, campaign_webhooks }]. Service role only.';

grant execute on function worker.list_removal_connections(uuid) to service_role;

-- A webhook that the provider removed with a campaign of a shared workspace.
create function worker.forget_campaign_webhook(target_connection_id uuid, of_provider_campaign_id text)
returns void
language sql
volatile
set search_path = ''
as $$
  delete from private.campaign_webhooks as w
  where w.connection_id = target_connection_id and w.provider_campaign_id = of_provider_campaign_id
$$;

comment on function worker.forget_campaign_webhook(uuid, text) is
  'Forgets our webhook on a campaign, once the provider has removed it. Service role only.';

grant execute on function worker.forget_campaign_webhook(uuid, text) to service_role;
