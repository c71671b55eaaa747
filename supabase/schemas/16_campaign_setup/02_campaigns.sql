-- What operators do to a campaign before its leads are at the provider: make, copy, change and delete it.

-- The workspace has to be one from which this client may send.
create function private.require_usable_connection(target_connection_id uuid, target_client_id uuid)
returns void
language plpgsql
stable
set search_path = ''
as $$
begin
  if not exists (
    select
    from public.provider_connections as c
    where c.id = target_connection_id and c.removed_at is null and (c.client_id is null or c.client_id = target_client_id)
  ) then
    raise exception using errcode = 'PT404', message = 'NOT_FOUND',
      detail = format('There is no provider connection %L for this client; choose its own or a shared one', target_connection_id);
  end if;
end
$$;

comment on function private.require_usable_connection(uuid, uuid) is
  'Raises NOT_FOUND unless the connection exists and is the client''s own or shared.';

create function private.add_campaign(target_client_id uuid, target_connection_id uuid, campaign_name text, settings jsonb)
returns jsonb
language plpgsql
security definer
set search_path = ''
as $$
declare
  campaign public.campaigns;
begin
  perform private.require_operator();

  if target_client_id is null or target_connection_id is null then
    raise exception using errcode = 'PT400', message = 'VALIDATION_FAILED',
      detail = 'Say for which client the campaign is and through which provider connection it sends';
  end if;

  perform private.require_client(target_client_id);
  perform private.require_usable_connection(target_connection_id, target_client_id);

  -- The row of the table's own defaults, and the client's time zone.
  insert into public.campaigns (client_id, connection_id, name, generation_status, time_zone)
  select c.id, target_connection_id, coalesce(nullif(btrim(campaign_name), ''), '-'), 'completed', c.time_zone
  from public.clients as c
  where c.id = target_client_id
  returning * into campaign;

  campaign := private.with_settings(campaign, coalesce(settings, '{}') || jsonb_build_object('name', coalesce(campaign_name, '')));
  perform private.store_settings(campaign);

  perform private.write_audit(
    'campaign_created', 'campaign', campaign.id::text, target_client_id,
    jsonb_build_object('name', campaign.name, 'connection_id', target_connection_id)
  );

  return jsonb_build_object('campaign_id', campaign.id, 'name', campaign.name);
end
$$;

comment on function private.add_campaign(uuid, uuid, text, jsonb) is 'The work of public.create_campaign; checks the caller itself.';

grant execute on function private.add_campaign(uuid, uuid, text, jsonb) to authenticated, service_role;

-- The door to it for operators.
create function public.create_campaign(target_client_id uuid, target_connection_id uuid, name text, settings jsonb default '{}')
returns jsonb
language sql
volatile
set search_path = ''
as $$
  select private.add_campaign(target_client_id, target_connection_id, create_campaign.name, settings)
$$;

comment on function public.create_campaign(uuid, uuid, text, jsonb) is
  'Creates a campaign for leads that are brought in, not generated. settings: columns of campaigns, such as sequence, sending_days, daily_limit. Returns { campaign_id, name }. Operators.';

grant execute on function public.create_campaign(uuid, uuid, text, jsonb) to authenticated, service_role;

create function private.copy_campaign(target_campaign_id uuid, new_name text)
returns jsonb
language plpgsql
security definer
set search_path = ''
as $$
declare
  source public.campaigns;
  copy public.campaigns;
begin
  perform private.require_operator();

  select c.* into source from public.campaigns as c where c.id = target_campaign_id;

  if not found then
    raise exception using errcode = 'PT404', message = 'NOT_FOUND',
      detail = format('There is no campaign %L; check the id', target_campaign_id);
  end if;

  insert into public.campaigns (client_id, connection_id, name, generation_status)
  select
    source.client_id,
    -- A removed workspace is not taken along.
    (select p.id from public.provider_connections as p where p.id = source.connection_id and p.removed_at is null),
    '-', 'completed'
  returning * into copy;

  -- Days are those of the old campaign; a schedule in the past would send nothing.
  copy := private.with_settings(
    copy,
    (
      select jsonb_object_agg(s.key, s.value)
      from jsonb_each(to_jsonb(source)) as s
      where s.key = any (private.campaign_setting_names()) and s.key not in ('start_on', 'end_on')
    ) || jsonb_build_object('name', coalesce(nullif(btrim(new_name), ''), left(source.name, 190) || ' (copy)'))
  );
  perform private.store_settings(copy);

  perform private.write_audit(
    'campaign_duplicated', 'campaign', copy.id::text, copy.client_id,
    jsonb_build_object('name', copy.name, 'from', target_campaign_id)
  );

  return jsonb_build_object('campaign_id', copy.id, 'name', copy.name);
end
$$;

comment on function private.copy_campaign(uuid, text) is 'The work of public.duplicate_campaign; checks the caller itself.';

grant execute on function private.copy_campaign(uuid, text) to authenticated, service_role;

-- The door to it for operators.
create function public.duplicate_campaign(target_campaign_id uuid, new_name text default null)
returns jsonb
language sql
volatile
set search_path = ''
as $$
  select private.copy_campaign(target_campaign_id, new_name)
$$;

comment on function public.duplicate_campaign(uuid, text) is
  'Copies a campaign''s settings and sequence, without leads and without its first and last day. Returns { campaign_id, name }. Operators.';

grant execute on function public.duplicate_campaign(uuid, text) to authenticated, service_role;

create function private.edit_campaign(target_campaign_id uuid, settings jsonb, new_connection_id uuid)
returns jsonb
language plpgsql
security definer
set search_path = ''
as $$
declare
  campaign public.campaigns;
  changed public.campaigns;
  fixed text;
  changed_names text[];
begin
  perform private.require_operator();

  select c.* into campaign from public.campaigns as c where c.id = target_campaign_id for update;

  if not found then
    raise exception using errcode = 'PT404', message = 'NOT_FOUND',
      detail = format('There is no campaign %L; check the id', target_campaign_id);
  end if;

  changed := private.with_settings(campaign, settings);
  changed_names := array(
    select n.key
    from jsonb_each(to_jsonb(changed)) as n
    where n.key = any (private.campaign_setting_names()) and n.value is distinct from to_jsonb(campaign) -> n.key
    order by n.key
  );

  if new_connection_id is not null and new_connection_id is distinct from campaign.connection_id then
    perform private.require_usable_connection(new_connection_id, campaign.client_id);
    changed_names := changed_names || 'connection'::text;
  end if;

  -- What the provider got with the export is the provider's from then on.
  if private.is_exported(target_campaign_id) then
    select string_agg(n.name, ', ') into fixed from unnest(changed_names) as n (name) where n.name not in ('name', 'holiday_countries');

    if fixed is not null then
      raise exception using errcode = 'PT409', message = 'VALIDATION_FAILED',
        detail = format(
          'This campaign was exported: only its name and its holidays can still change here. %s was set at the provider; change it there, or duplicate the campaign',
          fixed
        );
    end if;
  end if;

  perform private.store_settings(changed);

  if 'connection' = any (changed_names) then
    update public.campaigns as c set connection_id = new_connection_id where c.id = target_campaign_id;
  end if;

  if cardinality(changed_names) > 0 then
    perform private.write_audit(
      'campaign_changed', 'campaign', target_campaign_id::text, campaign.client_id, jsonb_build_object('changed', changed_names)
    );
  end if;

  return jsonb_build_object('campaign_id', target_campaign_id, 'changed', changed_names);
end
$$;

comment on function private.edit_campaign(uuid, jsonb, uuid) is 'The work of public.change_campaign; checks the caller itself.';

grant execute on function private.edit_campaign(uuid, jsonb, uuid) to authenticated, service_role;

-- The door to it for operators.
create function public.change_campaign(target_campaign_id uuid, settings jsonb, new_connection_id uuid default null)
returns jsonb
language sql
volatile
set search_path = ''
as $$
  select private.edit_campaign(target_campaign_id, settings, new_connection_id)
$$;

comment on function public.change_campaign(uuid, jsonb, uuid) is
  'Changes settings of a campaign; what is left out stays. After the export only name and holiday_countries change. Returns { campaign_id, changed: [names] }. Operators.';

grant execute on function public.change_campaign(uuid, jsonb, uuid) to authenticated, service_role;

-- The leads first, and the rows of their imports; then the campaign, and what little is left with it. False = the time was over.
create function private.continue_deletion(target_campaign_id uuid, ends_at timestamptz)
returns boolean
language plpgsql
set search_path = ''
as $$
declare
  affected integer;
  left_over integer;
begin
  perform from public.campaigns as c where c.id = target_campaign_id for update;

  loop
    delete from public.businesses as b
    where b.ctid = any (array(select o.ctid from public.businesses as o where o.campaign_id = target_campaign_id limit 1000));

    get diagnostics affected = row_count;

    delete from public.import_rows as r
    where r.ctid = any (array(select o.ctid from public.import_rows as o where o.campaign_id = target_campaign_id limit 1000));

    get diagnostics left_over = row_count;
    exit when affected + left_over = 0;

    if clock_timestamp() >= ends_at then
      return false;
    end if;
  end loop;

  delete from public.campaigns as c where c.id = target_campaign_id;
  return true;
end
$$;

comment on function private.continue_deletion(uuid, timestamptz) is 'Deletes a campaign and its leads until that time; true = all of it is gone.';

create function private.drop_campaign(target_campaign_id uuid)
returns jsonb
language plpgsql
security definer
set search_path = ''
as $$
declare
  -- A person's statement has three seconds.
  ends_at constant timestamptz := clock_timestamp() + interval '1.5 seconds';
  campaign public.campaigns;
  businesses integer;
begin
  perform private.require_operator();

  select c.* into campaign from public.campaigns as c where c.id = target_campaign_id for update;

  if not found then
    raise exception using errcode = 'PT404', message = 'NOT_FOUND',
      detail = format('There is no campaign %L; check the id', target_campaign_id);
  end if;

  perform private.require_idle_campaign(target_campaign_id);

  if private.is_exported(target_campaign_id)
    or exists (select from public.synced_leads as l where l.campaign_id = target_campaign_id)
    or exists (select from public.email_events as e where e.campaign_id = target_campaign_id) then
    raise exception using errcode = 'PT409', message = 'VALIDATION_FAILED',
      detail = 'This campaign was exported, and its numbers and replies hang on it; pause it instead of deleting it';
  end if;

  select count(*) into businesses from public.businesses as b where b.campaign_id = target_campaign_id;
  insert into private.campaign_work (campaign_id, from_client_id, requested_by)
  values (target_campaign_id, campaign.client_id, (select auth.uid()));

  perform private.write_audit(
    'campaign_deleted', 'campaign', target_campaign_id::text, campaign.client_id,
    jsonb_build_object('name', campaign.name, 'businesses', businesses)
  );

  return jsonb_build_object(
    'campaign_id', target_campaign_id, 'businesses', businesses,
    'is_complete', private.continue_deletion(target_campaign_id, ends_at)
  );
end
$$;

comment on function private.drop_campaign(uuid) is 'The work of public.delete_campaign; checks the caller itself.';

grant execute on function private.drop_campaign(uuid) to authenticated, service_role;

-- The door to it for operators.
create function public.delete_campaign(target_campaign_id uuid)
returns jsonb
language sql
volatile
set search_path = ''
as $$
  select private.drop_campaign(target_campaign_id)
$$;

comment on function public.delete_campaign(uuid) is
  'Deletes a campaign that was never exported, with its leads; what the call has no time for follows within minutes (is_complete false). Returns { campaign_id, businesses: how many leads are deleted with it, is_complete }. Operators.';

grant execute on function public.delete_campaign(uuid) to authenticated, service_role;
