-- Generated from supabase/schemas/16_campaign_setup by "npm run migrations".

-- The settings of a campaign as people send them: one JSON object, whose keys are columns of campaigns.

-- Whether mail with this campaign exists at its provider, or is about to.
create function private.is_exported(target_campaign_id uuid)
returns boolean
language sql
stable
set search_path = ''
as $$
  select exists (select from private.provider_campaigns as p where p.campaign_id = target_campaign_id)
    or exists (
      select from private.jobs as j
      where j.campaign_id = target_campaign_id and j.kind = 'export' and j.status in ('queued', 'running', 'paused')
    )
$$;

comment on function private.is_exported(uuid) is
  'True when the campaign exists at its provider, or an export of it is under way.';

grant execute on function private.is_exported(uuid) to service_role;

-- What people may set; everything else of a campaign comes from its leads and its provider.
create function private.campaign_setting_names()
returns text[]
language sql
immutable
set search_path = ''
as $$
  select '{
    name,time_zone,sending_days,sending_from,sending_to,daily_limit,start_on,end_on,holiday_countries,sending_accounts,
    sending_account_tags,sequence,footer,unsubscribe_header,unsubscribe_text,stop_on_reply,stop_for_company,track_opens,
    track_clicks,plain_text
  }'::text[]
$$;

comment on function private.campaign_setting_names() is 'The columns of campaigns that people set with create_campaign and change_campaign.';

grant execute on function private.campaign_setting_names() to service_role;

-- What is wrong with the settings of a campaign, as a sentence, or null.
create function private.campaign_problem(campaign public.campaigns)
returns text
language plpgsql
stable
set search_path = ''
as $$
begin
  begin
    perform now() at time zone coalesce(campaign.time_zone, '');
  exception
    when invalid_parameter_value then
      return format('%L is no time zone; use an IANA name such as Europe/Amsterdam', campaign.time_zone);
  end;

  return case
    when coalesce(campaign.name, '') !~ '\S' then 'Give the campaign a name'
    when length(campaign.name) > 200 then 'The name is longer than 200 characters'
    when coalesce(cardinality(campaign.sending_days), 0) = 0 or not campaign.sending_days <@ '{0,1,2,3,4,5,6}'
      then 'Choose at least one sending day; days are numbers, 0 = Sunday to 6 = Saturday'
    when campaign.sending_from is null or campaign.sending_to is null or campaign.sending_from >= campaign.sending_to
      then 'The sending hours have to end after they begin, on the same day'
    when campaign.daily_limit < 1 then 'The daily limit is at least 1; leave it out for none'
    when campaign.start_on > campaign.end_on then 'The last day is before the first'
    when campaign.holiday_countries is null or not campaign.holiday_countries <@ '{NL,DE,BE,UK,US}'
      then 'Holidays are known of NL, DE, BE, UK and US'
    when length(campaign.footer) > 1000 then 'The footer is longer than 1,000 characters'
    when length(campaign.unsubscribe_text) > 200 then 'The unsubscribe text is longer than 200 characters'
    when num_nulls(
      campaign.unsubscribe_header, campaign.stop_on_reply, campaign.stop_for_company, campaign.track_opens, campaign.track_clicks,
      campaign.plain_text, campaign.sending_accounts, campaign.sending_account_tags
    ) > 0 then 'A switch is true or false, and a list may be empty but not null'
    when cardinality(campaign.sending_accounts) > 500 or cardinality(campaign.sending_account_tags) > 50
      then 'Choose at most 500 mailboxes and 50 tags'
    when exists (
      select from unnest(campaign.sending_accounts) as a (email) where private.normalize_email(a.email) is null
    ) then format(
      '%L is no address of a mailbox',
      (select a.email from unnest(campaign.sending_accounts) as a (email) where private.normalize_email(a.email) is null limit 1)
    )
    else private.sequence_problem(campaign.sequence)
  end;
end
$$;

comment on function private.campaign_problem(public.campaigns) is
  'What is wrong with the settings of a campaign, as a sentence; null = nothing.';

grant execute on function private.campaign_problem(public.campaigns) to service_role;

-- A campaign with these settings in place of its own. Raises VALIDATION_FAILED with what is wrong.
create function private.with_settings(campaign public.campaigns, settings jsonb)
returns public.campaigns
language plpgsql
stable
set search_path = ''
as $$
declare
  changed public.campaigns;
  unknown text;
  problem text;
begin
  if jsonb_typeof(coalesce(settings, '{}')) <> 'object' then
    raise exception using errcode = 'PT400', message = 'VALIDATION_FAILED', detail = 'Settings are one JSON object';
  end if;

  select string_agg(k.name, ', ' order by k.name) into unknown
  from jsonb_object_keys(settings) as k (name)
  where k.name <> all (private.campaign_setting_names());

  if unknown is not null then
    raise exception using errcode = 'PT400', message = 'VALIDATION_FAILED',
      detail = format(
        'A campaign has no setting %s; it has %s', unknown, array_to_string(private.campaign_setting_names(), ', ')
      );
  end if;

  begin
    changed := jsonb_populate_record(campaign, settings);
  exception
    when data_exception or syntax_error_or_access_rule_violation or feature_not_supported then
      raise exception using errcode = 'PT400', message = 'VALIDATION_FAILED', detail = format('A setting cannot be read: %s', sqlerrm);
  end;

  changed.name := btrim(changed.name);
  changed.footer := nullif(btrim(changed.footer, e' \t\n\r'), '');
  changed.unsubscribe_text := nullif(btrim(changed.unsubscribe_text), '');
  changed.sequence := nullif(changed.sequence, 'null');
  problem := private.campaign_problem(changed);

  if problem is not null then
    raise exception using errcode = 'PT400', message = 'VALIDATION_FAILED', detail = problem;
  end if;

  changed.sending_days := array(select distinct d.day from unnest(changed.sending_days) as d (day) order by d.day);
  changed.holiday_countries := array(select distinct c.country from unnest(changed.holiday_countries) as c (country) order by c.country);
  changed.sending_accounts := array(
    select distinct private.normalize_email(a.email) as email from unnest(changed.sending_accounts) as a (email) order by email
  );
  changed.sending_account_tags := array(
    select distinct btrim(t.tag) as tag from unnest(changed.sending_account_tags) as t (tag) where t.tag ~ '\S' order by tag
  );

  return changed;
end
$$;

comment on function private.with_settings(public.campaigns, jsonb) is
  'A campaign with settings { column: value } in place of its own, checked and in order; raises VALIDATION_FAILED.';

grant execute on function private.with_settings(public.campaigns, jsonb) to service_role;

-- Writes the settings of a checked campaign into its row.
create function private.store_settings(campaign public.campaigns)
returns void
language sql
volatile
set search_path = ''
as $$
  update public.campaigns as c
  set
    name = campaign.name,
    time_zone = campaign.time_zone,
    sending_days = campaign.sending_days,
    sending_from = campaign.sending_from,
    sending_to = campaign.sending_to,
    daily_limit = campaign.daily_limit,
    start_on = campaign.start_on,
    end_on = campaign.end_on,
    holiday_countries = campaign.holiday_countries,
    sending_accounts = campaign.sending_accounts,
    sending_account_tags = campaign.sending_account_tags,
    sequence = campaign.sequence,
    footer = campaign.footer,
    unsubscribe_header = campaign.unsubscribe_header,
    unsubscribe_text = campaign.unsubscribe_text,
    stop_on_reply = campaign.stop_on_reply,
    stop_for_company = campaign.stop_for_company,
    track_opens = campaign.track_opens,
    track_clicks = campaign.track_clicks,
    plain_text = campaign.plain_text
  where c.id = campaign.id
$$;

comment on function private.store_settings(public.campaigns) is 'Writes the settings of a campaign, checked by with_settings, into its row.';

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

-- Asking a client to approve leads and copy, and its answer.

create function private.ask_approval(target_campaign_id uuid, comment text)
returns jsonb
language plpgsql
security definer
set search_path = ''
as $$
declare
  campaign public.campaigns;
  asked public.campaign_approvals;
begin
  perform private.require_operator();

  select c.* into campaign from public.campaigns as c where c.id = target_campaign_id for update;

  if not found then
    raise exception using errcode = 'PT404', message = 'NOT_FOUND',
      detail = format('There is no campaign %L; check the id', target_campaign_id);
  end if;

  if length(comment) > 2000 then
    raise exception using errcode = 'PT400', message = 'VALIDATION_FAILED', detail = 'The comment is longer than 2,000 characters';
  end if;

  if not exists (select from public.businesses as b where b.campaign_id = target_campaign_id) then
    raise exception using errcode = 'PT409', message = 'VALIDATION_FAILED',
      detail = 'This campaign has no leads yet; bring them in, then ask for approval';
  end if;

  -- Asking again shows what is there now, in place of the open request.
  insert into public.campaign_approvals as a (client_id, campaign_id, fingerprint, lead_count, request_comment, requested_by)
  select
    campaign.client_id, campaign.id, private.campaign_fingerprint(campaign.id),
    (select count(*) from private.plan_export(campaign.id) as p where p.outcome = 'planned'),
    nullif(btrim(comment), ''), (select auth.uid())
  on conflict (campaign_id) where state = 'requested' do update set
    fingerprint = excluded.fingerprint, lead_count = excluded.lead_count, request_comment = excluded.request_comment,
    requested_by = excluded.requested_by, requested_at = excluded.requested_at
  returning * into asked;

  perform private.write_audit(
    'approval_requested', 'campaign', campaign.id::text, campaign.client_id,
    jsonb_build_object('approval_id', asked.id, 'leads', asked.lead_count)
  );

  return jsonb_build_object(
    'approval_id', asked.id, 'campaign_id', campaign.id, 'state', asked.state, 'lead_count', asked.lead_count,
    'people', (select count(*) from public.members as m where m.client_id = campaign.client_id),
    'mailed', (
      select count(*)
      from private.outgoing_events as v
      join private.notifications as n on n.event_id = v.id
      join public.members as m on m.user_id = n.user_id and m.client_id = campaign.client_id
      where v.client_id = campaign.client_id and v.type = 'approval.requested' and v.occurred_at = asked.requested_at
    )
  );
end
$$;

comment on function private.ask_approval(uuid, text) is 'The work of public.request_approval; checks the caller itself.';

grant execute on function private.ask_approval(uuid, text) to authenticated, service_role;

-- The door to it for operators.
create function public.request_approval(target_campaign_id uuid, comment text default null)
returns jsonb
language sql
volatile
set search_path = ''
as $$
  select private.ask_approval(target_campaign_id, request_approval.comment)
$$;

comment on function public.request_approval(uuid, text) is
  'Asks the client to approve a campaign''s leads and copy as they are now. Returns { approval_id, campaign_id, state, lead_count, people (of the client, who can answer), mailed (of them, who get an email) }. Operators.';

grant execute on function public.request_approval(uuid, text) to authenticated, service_role;

-- The answer is the client's alone: an operator who could give it would approve his own work.
create function private.answer_request(target_approval_id uuid, answer text, comment text)
returns jsonb
language plpgsql
security definer
set search_path = ''
as $$
declare
  asked public.campaign_approvals;
begin
  perform private.require_member();

  if answer is null or answer not in ('approved', 'changes_asked') then
    raise exception using errcode = 'PT400', message = 'VALIDATION_FAILED',
      detail = format('Answer with approved or changes_asked, not with %L', answer);
  end if;

  if answer = 'changes_asked' and coalesce(comment, '') !~ '\S' or length(comment) > 2000 then
    raise exception using errcode = 'PT400', message = 'VALIDATION_FAILED',
      detail = 'Say in a comment of at most 2,000 characters what should change';
  end if;

  select a.* into asked
  from public.campaign_approvals as a
  where a.id = target_approval_id and a.client_id = any (array(select private.visible_client_ids()))
  for update;

  if not found then
    raise exception using errcode = 'PT404', message = 'NOT_FOUND',
      detail = format('There is no request %L; check the id', target_approval_id);
  end if;

  if (select private.may_operate()) then
    raise exception using errcode = 'PT403', message = 'FORBIDDEN',
      detail = 'Only people of the client answer; if they agreed in another way, switch off approval for this client';
  end if;

  if asked.state <> 'requested' then
    raise exception using errcode = 'PT409', message = 'VALIDATION_FAILED', detail = 'This request was answered already';
  end if;

  -- Somebody may have changed a mail while the client was reading it.
  if answer = 'approved' and asked.fingerprint <> private.campaign_fingerprint(asked.campaign_id) then
    raise exception using errcode = 'PT409', message = 'VALIDATION_FAILED',
      detail = 'Leads or emails were changed since you were asked; ask the agency to send the request again, then read and approve it';
  end if;

  update public.campaign_approvals as a
  set
    state = answer::public.approval_state, answer_comment = nullif(btrim(comment), ''), answered_by = (select auth.uid()),
    answered_at = clock_timestamp()
  where a.id = asked.id
  returning * into asked;

  perform private.write_audit(
    case answer when 'approved' then 'approval_given' else 'changes_asked' end, 'campaign', asked.campaign_id::text, asked.client_id,
    jsonb_build_object('approval_id', asked.id, 'leads', asked.lead_count)
  );

  return jsonb_build_object('approval_id', asked.id, 'campaign_id', asked.campaign_id, 'state', asked.state);
end
$$;

comment on function private.answer_request(uuid, text, text) is
  'The work of public.answer_approval; a request that the caller may not see is not found.';

grant execute on function private.answer_request(uuid, text, text) to authenticated, service_role;

-- The door to it for people of the client.
create function public.answer_approval(approval_id uuid, answer text, comment text default null)
returns jsonb
language sql
volatile
set search_path = ''
as $$
  select private.answer_request(answer_approval.approval_id, answer_approval.answer, answer_approval.comment)
$$;

comment on function public.answer_approval(uuid, text, text) is
  'Answers a request: approved, or changes_asked with a comment. Returns { approval_id, campaign_id, state }. People of the campaign''s client.';

grant execute on function public.answer_approval(uuid, text, text) to authenticated, service_role;

-- The state of the approval of the campaigns that the caller sees. Definer: only so a client learns that leads changed.
create function private.read_approval(target_campaign_id uuid)
returns text
language sql
stable
security definer
set search_path = ''
as $$
  select private.approval_standing(c.id)
  from public.campaigns as c
  where c.id = target_campaign_id
    and (c.client_id = any (array(select private.visible_client_ids())) or (select private.may_operate()))
$$;

comment on function private.read_approval(uuid) is 'The work of public.campaign_approval; null for a campaign that the caller may not see.';

grant execute on function private.read_approval(uuid) to authenticated, service_role;

-- The door to it.
create function public.campaign_approval(target_campaign_id uuid)
returns text
language plpgsql
stable
set search_path = ''
as $$
declare
  standing text := private.read_approval(target_campaign_id);
begin
  if standing is null then
    raise exception using errcode = 'PT404', message = 'NOT_FOUND',
      detail = format('There is no campaign %L; check the id', target_campaign_id);
  end if;

  return standing;
end
$$;

comment on function public.campaign_approval(uuid) is
  'The state of a campaign''s approval: not_needed, missing, requested, changes_asked, approved or outdated (changed since). Clients for their own campaigns, operators for all.';

grant execute on function public.campaign_approval(uuid) to authenticated, service_role;

-- Which days a choice of countries leaves out.
create function public.holidays_between(countries text[], from_day date, to_day date)
returns table (day date, country text, name text)
language plpgsql
stable
set search_path = ''
as $$
begin
  if countries is null or not countries <@ '{NL,DE,BE,UK,US}' or from_day is null or to_day is null
    or to_day - from_day not between 0 and 1100 then
    raise exception using errcode = 'PT400', message = 'VALIDATION_FAILED',
      detail = 'Give countries among NL, DE, BE, UK and US, and a first and last day at most three years apart';
  end if;

  return query select h.day, h.country, h.name from private.holidays(countries, from_day, to_day) as h;
end
$$;

comment on function public.holidays_between(text[], date, date) is
  'Public holidays of NL, DE, BE, UK and US between two days (both inclusive), one row per day: { day, country, name }. Everybody who is signed in.';

grant execute on function public.holidays_between(text[], date, date) to authenticated, service_role;

-- Sequences to start from, for the whole agency.

create table public.sequence_templates (
  id uuid primary key default gen_random_uuid(),
  name text not null check (name ~ '\S' and length(name) <= 120),
  description text check (length(description) <= 500),
  sequence jsonb not null constraint sequence_templates_can_be_sent check (private.sequence_problem(sequence) is null),
  is_built_in boolean not null default false,
  created_by uuid,
  created_at timestamptz not null default now(),
  updated_at timestamptz not null default now()
);

comment on table public.sequence_templates is
  'Sequences to start a campaign from, the same for every client. The built-in ones came with the installation and may be changed or removed. Operators only.';

create unique index sequence_templates_name_idx on public.sequence_templates (lower(name));

create trigger set_updated_at before update on public.sequence_templates
for each row execute function private.set_updated_at();

alter table public.sequence_templates enable row level security;

grant select on public.sequence_templates to authenticated;
grant select, insert, update, delete on public.sequence_templates to service_role;

create policy "Operators read templates"
on public.sequence_templates for select to authenticated
using ((select private.is_operator()));

-- What every lead has a name for, as it is written in a mail; everything else is a custom variable of some list.
create function private.known_variables()
returns text[]
language sql
immutable
set search_path = ''
as $$
  select '{
    email,firstName,first_name,lastName,last_name,companyName,company_name,company,jobTitle,job_title,title,
    linkedin_contact_title,personalization,icebreaker,subject_line,website,phone,phone_number,address,city,state,zip,
    linkedin_url,facebook_url,email_source,category,rating
  }'::text[]
$$;

comment on function private.known_variables() is 'Names that a lead''s own fields have in a mail (see private.lead_variables).';

grant execute on function private.known_variables() to service_role;

-- Variables of a sequence that no field fills: they need a column of the imported list, or are misspelt.
create function private.unknown_variables(sequence jsonb)
returns text[]
language sql
immutable
set search_path = ''
as $$
  select coalesce(array_agg(v.name order by v.name), '{}')
  from unnest(private.sequence_variables(sequence)) as v (name)
  where v.name <> all (private.known_variables())
$$;

comment on function private.unknown_variables(jsonb) is
  'Variables of a sequence that no field of a lead fills: custom variables of a list, or misspelt names.';

grant execute on function private.unknown_variables(jsonb) to service_role;

create function private.write_template(target_id uuid, new_name text, new_description text, new_sequence jsonb)
returns jsonb
language plpgsql
security definer
set search_path = ''
as $$
declare
  template public.sequence_templates;
  problem text := case
    when coalesce(new_name, '') !~ '\S' then 'Give the template a name'
    when length(new_name) > 120 then 'The name is longer than 120 characters'
    when length(new_description) > 500 then 'The description is longer than 500 characters'
    when new_sequence is null or new_sequence = 'null' then 'A template needs a sequence'
    else private.sequence_problem(new_sequence)
  end;
begin
  perform private.require_operator();

  if problem is not null then
    raise exception using errcode = 'PT400', message = 'VALIDATION_FAILED', detail = problem;
  end if;

  if exists (
    select from public.sequence_templates as t where lower(t.name) = lower(btrim(new_name)) and t.id is distinct from target_id
  ) then
    raise exception using errcode = 'PT409', message = 'VALIDATION_FAILED',
      detail = format('There is a template %L already; choose another name', btrim(new_name));
  end if;

  if target_id is null then
    insert into public.sequence_templates (name, description, sequence, created_by)
    values (btrim(new_name), nullif(btrim(new_description), ''), new_sequence, (select auth.uid()))
    returning * into template;
  else
    update public.sequence_templates as t
    set name = btrim(new_name), description = nullif(btrim(new_description), ''), sequence = new_sequence
    where t.id = target_id
    returning * into template;

    if not found then
      raise exception using errcode = 'PT404', message = 'NOT_FOUND', detail = format('There is no template %L; check the id', target_id);
    end if;
  end if;

  perform private.write_audit(
    case when target_id is null then 'template_created' else 'template_changed' end, 'template', template.id::text, null,
    jsonb_build_object('name', template.name)
  );

  return jsonb_build_object(
    'template_id', template.id, 'name', template.name, 'variables', private.sequence_variables(template.sequence),
    'unknown_variables', private.unknown_variables(template.sequence)
  );
end
$$;

comment on function private.write_template(uuid, text, text, jsonb) is 'The work of public.save_sequence_template; checks the caller itself.';

grant execute on function private.write_template(uuid, text, text, jsonb) to authenticated, service_role;

-- The door to it for operators.
create function public.save_sequence_template(name text, sequence jsonb, description text default null, template_id uuid default null)
returns jsonb
language sql
volatile
set search_path = ''
as $$
  select private.write_template(
    save_sequence_template.template_id, save_sequence_template.name, save_sequence_template.description, save_sequence_template.sequence
  )
$$;

comment on function public.save_sequence_template(text, jsonb, text, uuid) is
  'Saves a template, a new one without template_id. Returns { template_id, name, variables, unknown_variables: those that need a column of the imported list }. Operators.';

grant execute on function public.save_sequence_template(text, jsonb, text, uuid) to authenticated, service_role;

create function private.drop_template(target_id uuid)
returns boolean
language plpgsql
security definer
set search_path = ''
as $$
declare
  removed text;
begin
  perform private.require_operator();

  delete from public.sequence_templates as t where t.id = target_id returning t.name into removed;

  if not found then
    raise exception using errcode = 'PT404', message = 'NOT_FOUND', detail = format('There is no template %L; check the id', target_id);
  end if;

  perform private.write_audit('template_removed', 'template', target_id::text, null, jsonb_build_object('name', removed));
  return true;
end
$$;

comment on function private.drop_template(uuid) is 'The work of public.remove_sequence_template; checks the caller itself.';

grant execute on function private.drop_template(uuid) to authenticated, service_role;

-- The door to it for operators.
create function public.remove_sequence_template(template_id uuid)
returns boolean
language sql
volatile
set search_path = ''
as $$
  select private.drop_template(remove_sequence_template.template_id)
$$;

comment on function public.remove_sequence_template(uuid) is 'Removes a template; campaigns made from it keep their sequence. Returns true. Operators.';

grant execute on function public.remove_sequence_template(uuid) to authenticated, service_role;

create function private.add_templates(templates jsonb)
returns jsonb
language plpgsql
security definer
set search_path = ''
as $$
declare
  template jsonb;
  wanted_name text;
  free_name text;
  number integer;
  added jsonb := '[]'::jsonb;
begin
  perform private.require_operator();

  if jsonb_typeof(templates) is distinct from 'array' or jsonb_array_length(templates) not between 1 and 200 then
    raise exception using errcode = 'PT400', message = 'VALIDATION_FAILED',
      detail = 'A file of templates is a list of 1 to 200 of { "name", "description", "sequence" }';
  end if;

  for template in select * from jsonb_array_elements(templates) loop
    -- A name that is taken gets a number: an import replaces nothing.
    wanted_name := left(btrim(coalesce(template ->> 'name', '')), 110);
    free_name := wanted_name;
    number := 2;

    while exists (select from public.sequence_templates as t where lower(t.name) = lower(free_name)) loop
      free_name := format('%s (%s)', wanted_name, number);
      number := number + 1;
    end loop;

    added := added || private.write_template(null, free_name, template ->> 'description', template -> 'sequence');
  end loop;

  return added;
end
$$;

comment on function private.add_templates(jsonb) is 'The work of public.import_sequence_templates; checks the caller itself.';

grant execute on function private.add_templates(jsonb) to authenticated, service_role;

-- The door to it for operators.
create function public.import_sequence_templates(templates jsonb)
returns jsonb
language sql
volatile
set search_path = ''
as $$
  select private.add_templates(templates)
$$;

comment on function public.import_sequence_templates(jsonb) is
  'Adds templates [{ name, description, sequence }] as they were exported, all or none; a name that is taken gets a number. Returns what save_sequence_template returns of each. Operators.';

grant execute on function public.import_sequence_templates(jsonb) to authenticated, service_role;

-- The templates that come with an installation: plain English, short, with a fallback for every name.

-- Fixed ids and times, so that every installation starts with the same rows.
insert into public.sequence_templates (id, name, description, is_built_in, sequence, created_at, updated_at)
select md5('built-in template ' || t.name)::uuid, t.name, t.description, true, t.sequence::jsonb, '2026-11-28Z', '2026-11-28Z'
from (values
  (
    'Short introduction',
    'Three short mails for a first contact: an observation, a nudge, a goodbye. Works with any list.',
    '[
      {
        "delay_days": 0,
        "subject": "{{companyName|Your team}} and new clients",
        "body": "Hi {{firstName|there}},\n\nI came across {{companyName|your company}} and wondered how you win new clients at the moment.\n\nWe help businesses like yours get a handful of good conversations a month, without adding anybody to the team.\n\nWould it be worth ten minutes to see if that fits?",
        "variants": [
          {
            "subject": "A question, {{firstName|if I may}}",
            "body": "Hi {{firstName|there}},\n\nhow do most new clients find {{companyName|you}} today: by referral, or do you go out and look for them?\n\nI ask because we run the second part for a few businesses like yours.\n\nMay I send you two lines on how it works?"
          }
        ]
      },
      {
        "delay_days": 3,
        "subject": "",
        "body": "Hi {{firstName|there}},\n\nI know a first mail is easily lost between two meetings.\n\nIs winning new clients a topic for you this quarter, or is somebody else the right person to ask?"
      },
      {
        "delay_days": 5,
        "subject": "",
        "body": "Hi {{firstName|there}},\n\nI will leave it here. If it becomes a topic later, a short reply is enough and I will pick it up.\n\nAll the best"
      }
    ]'
  ),
  (
    'Personal icebreaker',
    'Opens with the icebreaker and subject line that were researched for each lead.',
    '[
      {
        "delay_days": 0,
        "subject": "{{subject_line}}",
        "body": "Hi {{firstName|there}},\n\n{{icebreaker}}\n\nThat is why I am writing: we help businesses in {{city|your area}} turn that kind of attention into appointments.\n\nCould I show you in ten minutes how it would look for {{companyName|you}}?"
      },
      {
        "delay_days": 3,
        "subject": "",
        "body": "Hi {{firstName|there}},\n\ndid my note reach you at a good moment?\n\nHappy to send one page instead of a call, if that is easier."
      },
      {
        "delay_days": 6,
        "subject": "",
        "body": "Hi {{firstName|there}},\n\none last try from me. Shall I close the file on this, or come back in a few months?"
      }
    ]'
  ),
  (
    'Local business',
    'For businesses of one trade in one place: restaurants, practices, workshops.',
    '[
      {
        "delay_days": 0,
        "subject": "More {{category|local}} customers in {{city|your town}}",
        "body": "Hi {{firstName|there}},\n\nwhen people in {{city|your town}} look for the right {{category|business}}, most of them decide within a few minutes.\n\nWe checked what they find about {{companyName|you}} in those minutes and noted two things that could be better. Neither is much work.\n\nShall I send them to you?",
        "variants": [
          {
            "subject": "Two things about {{companyName|your business}}",
            "body": "Hi {{firstName|there}},\n\nI looked for the right {{category|business}} in {{city|your town}} as a customer would, and noted two things that keep people from calling you.\n\nShall I send them over? It costs you nothing but a yes."
          }
        ]
      },
      {
        "delay_days": 4,
        "subject": "",
        "body": "Hi {{firstName|there}},\n\nthe two points are still on my desk. A short yes is enough and you have them today."
      },
      {
        "delay_days": 6,
        "subject": "",
        "body": "Hi {{firstName|there}},\n\nif this is not for you, no hard feelings. If it is, my number is below."
      }
    ]'
  ),
  (
    'Question first',
    'One honest question and no pitch in the first mail. Good for reply rates.',
    '[
      {
        "delay_days": 0,
        "subject": "Quick question",
        "body": "Hi {{firstName|there}},\n\nwho at {{companyName|your company}} looks after new business?\n\nI would rather ask than guess."
      },
      {
        "delay_days": 2,
        "subject": "",
        "body": "Hi {{firstName|there}},\n\nthe reason I ask: we take the search for new clients off the desk of small teams, and I would like to know if that is a problem worth solving at {{companyName|your company}}.\n\nIs it you I should talk to?"
      },
      {
        "delay_days": 5,
        "subject": "",
        "body": "Hi {{firstName|there}},\n\nno answer is an answer too. I will not write again unless you want me to."
      }
    ]'
  ),
  (
    'Case story',
    'Shows how one customer solved the problem. Replace the numbers with yours.',
    '[
      {
        "delay_days": 0,
        "subject": "A business like {{companyName|yours}}, fully booked",
        "body": "Hi {{firstName|there}},\n\na customer of ours had the same problem that I hear from every second {{jobTitle|managing director}}: good work, but an empty calendar two months out.\n\nWe changed one thing: they stopped waiting for referrals and wrote to forty well-chosen companies a week. After three months the calendar was full.\n\nWould you like to read how they did it? It is one page."
      },
      {
        "delay_days": 4,
        "subject": "",
        "body": "Hi {{firstName|there}},\n\nthe part most people ask about: it took them an hour a week.\n\nShall I send the page?"
      },
      {
        "delay_days": 6,
        "subject": "",
        "body": "Hi {{firstName|there}},\n\nI will stop here. If you want the page later, just reply with \"page\"."
      }
    ]'
  ),
  (
    'Right person',
    'For large companies: asks who is responsible and hands the rest over.',
    '[
      {
        "delay_days": 0,
        "subject": "Who looks after this at {{companyName|your company}}?",
        "body": "Hi {{firstName|there}},\n\nI am looking for the person who decides about new suppliers for marketing at {{companyName|your company}}.\n\nIf it is you: may I send three lines? If not: whom should I ask?"
      },
      {
        "delay_days": 3,
        "subject": "",
        "body": "Hi {{firstName|there}},\n\na name is all I need, and I will tell them that you pointed me to them."
      },
      {
        "delay_days": 7,
        "subject": "",
        "body": "Hi {{firstName|there}},\n\nI could not find the right person, so I will leave it at that. Thank you for reading this far."
      }
    ]'
  ),
  (
    'Useful gift',
    'Offers something of use before asking for anything.',
    '[
      {
        "delay_days": 0,
        "subject": "A checklist for {{companyName|your team}}",
        "body": "Hi {{firstName|there}},\n\nwe wrote down the twelve questions that we ask before we start a campaign for a new customer. Teams that answer them themselves often need us less.\n\nMay I send you the list? No form, no call.",
        "variants": [
          {
            "subject": "Twelve questions",
            "body": "Hi {{firstName|there}},\n\nbefore a campaign we ask twelve questions. They are useful with or without us.\n\nShall I send them to you?"
          }
        ]
      },
      {
        "delay_days": 3,
        "subject": "",
        "body": "Hi {{firstName|there}},\n\nthe list is one page. Reply with \"yes\" and I will send it right away."
      },
      {
        "delay_days": 7,
        "subject": "",
        "body": "Hi {{firstName|there}},\n\nlast note about the list. If you would rather talk about one of your own campaigns, I am happy to do that too."
      }
    ]'
  ),
  (
    'After an event',
    'For people who were at the same fair, talk or webinar. Put its name in.',
    '[
      {
        "delay_days": 0,
        "subject": "After the fair",
        "body": "Hi {{firstName|there}},\n\nwe were at the same fair last week and did not get to talk. I would have asked you who follows up on all the cards that you collect at {{companyName|your company}} on such a day.\n\nWe do that for a few exhibitors: every contact gets a personal mail within two days.\n\nWorth a short call this week?"
      },
      {
        "delay_days": 3,
        "subject": "",
        "body": "Hi {{firstName|there}},\n\nthe contacts from a fair cool off quickly. If you like, we take ten of yours and show you what comes back, free of charge."
      },
      {
        "delay_days": 6,
        "subject": "",
        "body": "Hi {{firstName|there}},\n\nthen perhaps after the next fair. Until then, all the best."
      }
    ]'
  ),
  (
    'Wake up old contacts',
    'For people who once showed interest and went quiet.',
    '[
      {
        "delay_days": 0,
        "subject": "Still a topic, {{firstName|or not}}?",
        "body": "Hi {{firstName|there}},\n\nsome time ago we talked about new clients for {{companyName|your company}}, and then life happened.\n\nIs it still a topic? One word is enough: yes, later or no."
      },
      {
        "delay_days": 4,
        "subject": "",
        "body": "Hi {{firstName|there}},\n\nsince then we have learned a few things that would change what I proposed to you. Shall I write them down in five lines?"
      },
      {
        "delay_days": 8,
        "subject": "",
        "body": "Hi {{firstName|there}},\n\nI take it as a no for now and will not write again. The door stays open."
      }
    ]'
  ),
  (
    'Hiring as a reason',
    'For companies that are hiring: growth needs customers.',
    '[
      {
        "delay_days": 0,
        "subject": "{{companyName|Your company}} is hiring",
        "body": "Hi {{firstName|there}},\n\nI saw that {{companyName|your company}} is looking for people. That usually means that there is work, or that there should be more of it soon.\n\nIf it is the second: we bring small teams into conversations with companies that need what they do, until the new colleagues are busy.\n\nDo you have ten minutes on Thursday?"
      },
      {
        "delay_days": 3,
        "subject": "",
        "body": "Hi {{firstName|there}},\n\nif Thursday was a bad idea, tell me what suits you, or that the calendar is full already. That would be good news as well."
      },
      {
        "delay_days": 6,
        "subject": "",
        "body": "Hi {{firstName|there}},\n\nAll the best with the new people. If the work runs short one day, you have my address."
      }
    ]'
  )
) as t (name, description, sequence);

-- The check before an export: what would be sent, what would go wrong, how long it takes and what it costs.

-- Whether a text holds what the law of many countries wants under a mail: a line with a postal code, as NL, DE, BE, UK and US write it.
create function private.has_postal_line(content text)
returns boolean
language sql
immutable
set search_path = ''
as $$
  select coalesce(content ~ '(?n)^.*(\m\d{4}\s?[A-Z]{2}\M|\m[A-Z]{1,2}\d[A-Z\d]?\s\d[A-Z]{2}\M|\m\d{5}(-\d{4})?\M.*[[:alpha:]]{2}|[[:alpha:]]{2}.*\m\d{5}(-\d{4})?\M|\m(B-)?[1-9]\d{3}\s+[[:upper:]][[:alpha:]]).*$', false)
$$;

comment on function private.has_postal_line(text) is
  'True when a line of the text has a postal code as addresses in NL, DE, BE, UK and the US have it. A hint, no proof.';

-- The mailboxes that a campaign would send from, as the last sync knew them.
create function private.campaign_mailboxes(target_campaign_id uuid, target_connection_id uuid)
returns jsonb
language sql
stable
set search_path = ''
as $$
  with campaign as (
    select c.* from public.campaigns as c where c.id = target_campaign_id
  ),
  chosen as (
    select a.*
    from public.email_accounts as a
    cross join campaign as c
    join public.provider_connections as p on p.id = a.connection_id
    where a.connection_id = target_connection_id
      and (
        a.email = any (c.sending_accounts) or a.tags && c.sending_account_tags
        -- Without a choice a dedicated workspace sends from all its mailboxes.
        or (cardinality(c.sending_accounts) = 0 and cardinality(c.sending_account_tags) = 0 and p.client_id is not null and a.status = 'active')
      )
  )
  select jsonb_build_object(
    'chosen', (select count(*) from chosen),
    'active', (select count(*) from chosen as a where a.status = 'active'),
    'daily_limit', (select sum(a.daily_limit) from chosen as a where a.status = 'active'),
    'without_limit', (select count(*) from chosen as a where a.status = 'active' and a.daily_limit is null),
    'sent_today', (
      select coalesce(sum(d.sent), 0)
      from chosen as a
      join public.email_account_days as d on d.account_id = a.id and d.day = (now() at time zone 'UTC')::date
      where a.status = 'active'
    ),
    'unknown', (
      select coalesce(jsonb_agg(e.email order by e.email), '[]')
      from campaign as c, unnest(c.sending_accounts) as e (email)
      where not exists (select from chosen as a where a.email = e.email)
    ),
    'not_sending', (
      select coalesce(jsonb_agg(a.email order by a.email), '[]') from chosen as a where a.status <> 'active'
    ),
    'tags_without_mailbox', (
      select coalesce(jsonb_agg(t.tag order by t.tag), '[]')
      from campaign as c, unnest(c.sending_account_tags) as t (tag)
      where not exists (
        select from public.email_accounts as a where a.connection_id = target_connection_id and t.tag = any (a.tags)
      )
    ),
    'shared_with', (
      select count(*)
      from public.campaigns as o
      where o.connection_id = target_connection_id and o.id <> target_campaign_id and o.provider_status = 'active'
        and (
          cardinality(o.sending_accounts) = 0 or exists (select from chosen as a where a.email = any (o.sending_accounts))
        )
    )
  )
$$;

comment on function private.campaign_mailboxes(uuid, uuid) is
  'Mailboxes of a campaign: { chosen, active, daily_limit, without_limit, sent_today, unknown, not_sending, tags_without_mailbox, shared_with: how many other active campaigns }.';

-- What an export would do, without doing it.
create function worker.preview_export(target_campaign_id uuid)
returns jsonb
language plpgsql
stable
set search_path = ''
-- It judges every address of a campaign: 100,000 take some seconds.
set statement_timeout = '60s'
as $$
declare
  campaign public.campaigns := private.check_export(target_campaign_id);
  today date := (now() at time zone campaign.time_zone)::date;
  most_variables integer := (
    select private.variable_limit(p.provider) from public.provider_connections as p where p.id = campaign.connection_id
  );
  mails text[];
begin
  mails := array(
    select m.mail ->> 'body'
    from (
      select campaign.sequence -> 0 as mail
      union all
      select v.variant from jsonb_path_query(campaign.sequence -> 0, 'lax $.variants[*]') as v (variant)
    ) as m
    where m.mail is not null
  );

  return (
    with plan as materialized (
      select * from private.plan_export(target_campaign_id)
    ),
    counted as (
      select
        coalesce(sum(p.number), 0) as total,
        coalesce(sum(p.number) filter (where p.outcome = 'planned'), 0) as to_send,
        coalesce(sum(p.number) filter (where p.outcome <> 'planned'), 0) as skipped,
        coalesce(jsonb_object_agg(p.reason, p.number) filter (where p.reason is not null), '{}') as reasons
      from (
        select plan.outcome, plan.reason, count(*) as number
        from plan
        group by plan.outcome, plan.reason
      ) as p
    )
    select jsonb_build_object(
      'connection_id', campaign.connection_id,
      'provider', (select p.provider from public.provider_connections as p where p.id = campaign.connection_id),
      'is_dedicated', (select p.client_id is not null from public.provider_connections as p where p.id = campaign.connection_id),
      'total', c.total,
      'to_send', c.to_send,
      'skipped', c.skipped,
      'reasons', c.reasons,
      'missing_variables', (
        select coalesce(jsonb_object_agg(v.name, v.number), '{}')
        from (
          select name, count(*) as number
          from plan
          cross join lateral string_to_table(plan.detail, ', ') as name
          where plan.reason = 'missing_variable'
          group by name
        ) as v
      ),
      'role_addresses', (
        select count(*)
        from plan
        join public.businesses as b on b.id = plan.business_id
        where plan.outcome = 'planned' and plan.recipient = 'business' and b.is_role_address
      ),
      'too_many_variables', (
        select jsonb_build_object('limit', most_variables, 'leads', count(*), 'most', max(n.number))
        from plan
        join public.businesses as b on b.id = plan.business_id
        cross join lateral (select private.sent_variable_count(b, plan.recipient)) as n (number)
        where most_variables is not null and plan.outcome = 'planned' and n.number > most_variables
        having count(*) > 0
      ),
      'at_provider_before', c.reasons -> 'already_exported',
      'today', today,
      'settings', to_jsonb(campaign) - array['client_id', 'connection_id', 'synced_at', 'created_at', 'updated_at'],
      'holidays', (
        select coalesce(jsonb_agg(jsonb_build_object('day', h.day, 'name', h.name) order by h.day), '[]')
        from private.holidays(campaign.holiday_countries, today, today + 730) as h
      ),
      'mailboxes', private.campaign_mailboxes(target_campaign_id, campaign.connection_id),
      'costs', (
        select coalesce(jsonb_agg(jsonb_build_object(
          'currency', e.currency, 'cost', e.cost, 'cost_per_lead', round(e.cost / nullif(c.to_send + coalesce((c.reasons ->> 'already_exported')::integer, 0), 0), 4)
        ) order by e.currency), '[]')
        from (
          select k.currency, sum(k.amount) as cost
          from public.cost_entries as k
          where k.campaign_id = target_campaign_id
          group by k.currency
        ) as e
      ),
      'has_postal_address', private.has_postal_line(campaign.footer)
        or (cardinality(mails) > 0 and (select bool_and(private.has_postal_line(m.body)) from unnest(mails) as m (body))),
      'mentions_unsubscribe', coalesce(campaign.footer, '') ~* 'unsubscribe|opt.?out|abmelden|afmelden|uitschrijven|désabonn'
        or (cardinality(mails) > 0 and (select bool_and(m.body ~* 'unsubscribe|opt.?out|abmelden|afmelden|uitschrijven|désabonn') from unnest(mails) as m (body))),
      'approval', private.approval_standing(target_campaign_id),
      'plan', (
        select jsonb_build_object('leads_left', l.leads_left, 'known_at', l.known_at)
        from private.provider_plans as l
        where l.connection_id = campaign.connection_id
      )
    )
    from counted as c
  );
end
$$;

comment on function worker.preview_export(uuid) is
  'Dry run: { connection_id, provider, total, to_send, skipped, reasons: { reason: n }, missing_variables: { name: n }, … } and what the check before an export is made of. Raises the errors of check_export. Service role only.';

grant execute on function private.has_postal_line(text) to service_role;
grant execute on function private.campaign_mailboxes(uuid, uuid) to service_role;
grant execute on function worker.preview_export(uuid) to service_role;

-- Which addresses an export would leave out, and why: the list behind the counts, to be downloaded and mended.
create function worker.list_left_out(target_campaign_id uuid, wanted_reason text, wanted_variable text, maximum integer)
returns jsonb
language sql
stable
set search_path = ''
-- It judges every address of a campaign: 100,000 take some seconds.
set statement_timeout = '60s'
as $$
  select coalesce(jsonb_agg(to_jsonb(n) order by n.name, n.email), '[]')
  from (
    select p.business_id, b.name, p.recipient, p.email, p.reason, p.detail
    from private.plan_export(target_campaign_id) as p
    join public.businesses as b on b.id = p.business_id
    where p.outcome <> 'planned' and (wanted_reason is null or p.reason = wanted_reason)
      and (wanted_variable is null or wanted_variable = any (string_to_array(p.detail, ', ')))
    order by b.name, p.email
    limit maximum
  ) as n
$$;

comment on function worker.list_left_out(uuid, text, text, integer) is
  'Addresses that an export would leave out: [{ business_id, name, recipient, email, reason, detail }], of one reason or without one variable if given. Service role only.';

grant execute on function worker.list_left_out(uuid, text, text, integer) to service_role;

-- Days on which a campaign is not to send although its schedule at the provider allows it: neither provider knows
-- holidays, and Smartlead knows no last day. The campaign is paused for the day and resumed after it.

create type private.pause_state as enum ('pausing', 'paused', 'resuming', 'resumed', 'dropped');

-- One row per campaign and day on which a pause began. Only what is in here as ours is ever resumed.
create table private.schedule_pauses (
  id uuid primary key default gen_random_uuid(),
  campaign_id uuid not null references public.campaigns (id) on delete cascade,
  connection_id uuid not null references public.provider_connections (id) on delete cascade,
  day date not null,
  reason text not null,
  state private.pause_state not null default 'pausing',
  pause_sent_at timestamptz,
  attempts integer not null default 0,
  next_attempt_at timestamptz not null default now(),
  error text,
  created_at timestamptz not null default now(),
  ended_at timestamptz,
  constraint schedule_pauses_once_a_day unique (campaign_id, day)
);

comment on table private.schedule_pauses is
  'Pauses of campaigns for a holiday, or after the last day where the provider has none. dropped = a person paused or resumed meanwhile: theirs counts.';
comment on column private.schedule_pauses.pause_sent_at is
  'Set before the provider is asked to pause, so that a run that died in between knows that the pause it finds is ours.';

create index schedule_pauses_open_idx on private.schedule_pauses (next_attempt_at) where state in ('pausing', 'paused', 'resuming');
create index schedule_pauses_connection_id_idx on private.schedule_pauses (connection_id);

alter table private.schedule_pauses enable row level security;

grant select, insert, update, delete on private.schedule_pauses to service_role;

create policy "Only the functions read pauses"
on private.schedule_pauses for all to service_role using (true) with check (true);

-- Why a campaign is not to send on a day, or null: the name of a holiday, or that its last day is over.
create function private.pause_reason(campaign public.campaigns, day date)
returns text
language sql
stable
set search_path = ''
as $$
  select coalesce(
    (select h.name from private.holidays(campaign.holiday_countries, pause_reason.day, pause_reason.day) as h limit 1),
    case when campaign.provider = 'smartlead' and pause_reason.day > campaign.end_on then 'Its last day is over' end
  )
$$;

comment on function private.pause_reason(public.campaigns, date) is
  'Why we keep a campaign from sending on a day: a holiday, or (Smartlead) that its last day is over; null = we do not.';

grant execute on function private.pause_reason(public.campaigns, date) to service_role;

-- Opens a pause for every active campaign whose day it is, turns pauses that are over into resumptions, and names what is due.
create function private.plan_pauses(moment timestamptz)
returns table (pause_id uuid)
language plpgsql
set search_path = ''
as $$
begin
  insert into private.schedule_pauses (campaign_id, connection_id, day, reason, next_attempt_at)
  select c.id, p.connection_id, d.day, reason.text, moment
  from public.campaigns as c
  join private.provider_campaigns as p on p.campaign_id = c.id
  join public.provider_connections as k on k.id = p.connection_id and k.status = 'active' and k.removed_at is null
  join public.clients as t on t.id = c.client_id and t.integration_enabled
  cross join lateral (select (moment at time zone c.time_zone)::date as day) as d
  cross join lateral (select private.pause_reason(c, d.day) as text) as reason
  where c.provider_status = 'active'
    and (cardinality(c.holiday_countries) > 0 or c.end_on < d.day)
    and reason.text is not null
    and not exists (
      select from private.schedule_pauses as s where s.campaign_id = c.id and s.state in ('pausing', 'paused', 'resuming')
    )
  on conflict (campaign_id, day) do nothing;

  -- A pause over several days (Christmas) is one: it ends with the first day without a reason.
  update private.schedule_pauses as s
  set state = 'resuming', attempts = 0, next_attempt_at = moment
  from public.campaigns as c
  where c.id = s.campaign_id and s.state = 'paused' and private.pause_reason(c, (moment at time zone c.time_zone)::date) is null;

  -- A pause that never got through while its day lasted: what was asked of the provider may have arrived.
  update private.schedule_pauses as s
  set
    state = case when s.pause_sent_at is null then 'dropped' else 'resuming' end::private.pause_state,
    ended_at = case when s.pause_sent_at is null then moment end,
    attempts = 0, next_attempt_at = moment
  from public.campaigns as c
  where c.id = s.campaign_id and s.state = 'pausing' and private.pause_reason(c, (moment at time zone c.time_zone)::date) is null;

  return query
  update private.schedule_pauses as s
  set
    attempts = s.attempts + 1,
    next_attempt_at = moment + make_interval(secs => least(3600, 300 * power(2, s.attempts)))
  where s.state in ('pausing', 'resuming') and s.next_attempt_at <= moment
    and exists (
      select
      from public.provider_connections as k
      where k.id = s.connection_id and k.status = 'active' and k.removed_at is null
    )
  returning s.id;
end
$$;

comment on function private.plan_pauses(timestamptz) is
  'Opens and ends the pauses that the moment asks for, and returns those to be sent to the provider now, each with a growing backoff.';

grant execute on function private.plan_pauses(timestamptz) to service_role;

-- What the function needs to carry a pause out; null when there is nothing to do any more.
create function worker.read_pause(target_pause_id uuid)
returns jsonb
language sql
stable
set search_path = ''
as $$
  select jsonb_build_object(
    'state', s.state, 'connection_id', s.connection_id, 'provider_campaign_id', p.provider_campaign_id,
    'campaign_id', s.campaign_id, 'pause_sent', s.pause_sent_at is not null
  )
  from private.schedule_pauses as s
  join private.provider_campaigns as p on p.campaign_id = s.campaign_id and p.connection_id = s.connection_id
  where s.id = target_pause_id and s.state in ('pausing', 'resuming')
$$;

comment on function worker.read_pause(uuid) is
  'A pause to carry out: { state: pausing|resuming, connection_id, provider_campaign_id, campaign_id, pause_sent }; null = done or withdrawn. Service role only.';

grant execute on function worker.read_pause(uuid) to service_role;

-- How far carrying out a pause got. step: sent (about to ask the provider), done, not_ours (somebody had paused it, or resumed it), failed.
create function worker.record_pause(target_pause_id uuid, step text, message text default null)
returns text
language plpgsql
set search_path = ''
as $$
declare
  pause private.schedule_pauses;
begin
  select s.* into pause from private.schedule_pauses as s where s.id = target_pause_id for update;

  -- A person acted meanwhile: what he wanted is in the campaign's state.
  if pause.state is null or pause.state not in ('pausing', 'resuming') then
    return coalesce((
      select case c.provider_status when 'active' then 'ended_active' else 'ended_paused' end
      from public.campaigns as c
      where c.id = pause.campaign_id
    ), 'ended_paused');
  end if;

  update private.schedule_pauses as s
  set
    pause_sent_at = case when step = 'sent' then coalesce(s.pause_sent_at, now()) else s.pause_sent_at end,
    state = case
      when step = 'done' and s.state = 'pausing' then 'paused'
      when step = 'done' then 'resumed'
      when step = 'not_ours' then 'dropped'
      else s.state
    end::private.pause_state,
    ended_at = case when step = 'not_ours' or (step = 'done' and s.state = 'resuming') then now() end,
    error = case when step = 'failed' then left(message, 500) end
  where s.id = target_pause_id;

  if step = 'done' then
    update public.campaigns as c
    set provider_status = case pause.state when 'pausing' then 'paused' else 'active' end::public.provider_campaign_status
    where c.id = pause.campaign_id and c.provider_status in ('active', 'paused');

    perform private.write_audit(
      case pause.state when 'pausing' then 'campaign_paused_for_day' else 'campaign_resumed_after_day' end, 'campaign',
      pause.campaign_id::text, (select c.client_id from public.campaigns as c where c.id = pause.campaign_id),
      jsonb_build_object('day', pause.day, 'reason', pause.reason)
    );
  end if;

  return pause.state::text;
end
$$;

comment on function worker.record_pause(uuid, text, text) is
  'Writes how far a pause got (sent, done, not_ours, failed) and the campaign''s state; returns the state before, or ended_active and ended_paused when a person resumed or paused it meanwhile. Service role only.';

grant execute on function worker.record_pause(uuid, text, text) to service_role;

-- What operators do to a campaign that is at the provider; the function asks the provider, these read and write our side.

-- What an action on a campaign needs to know of it. The provider's id stays between the database and the function.
create function worker.read_exported_campaign(target_campaign_id uuid)
returns jsonb
language sql
stable
set search_path = ''
as $$
  select jsonb_build_object(
    'campaign_id', c.id, 'client_id', c.client_id, 'name', c.name, 'provider', c.provider, 'provider_status', c.provider_status,
    'time_zone', c.time_zone, 'sending_days', c.sending_days, 'sending_from', to_char(c.sending_from, 'HH24:MI'),
    'sending_to', to_char(c.sending_to, 'HH24:MI'), 'start_on', c.start_on, 'end_on', c.end_on,
    'connection_id', p.connection_id, 'provider_campaign_id', p.provider_campaign_id,
    'pause', (
      select jsonb_build_object('day', s.day, 'reason', s.reason)
      from private.schedule_pauses as s
      where s.campaign_id = c.id and s.state in ('pausing', 'paused', 'resuming')
    ),
    'leads_waiting', (
      select count(*) from public.synced_leads as l where l.campaign_id = c.id and l.lead_status = 'not_yet_emailed' and l.removed_at is null
    ),
    'mailboxes', case when p.connection_id is not null then private.campaign_mailboxes(c.id, p.connection_id) end
  )
  from public.campaigns as c
  left join private.provider_campaigns as p on p.campaign_id = c.id
  where c.id = target_campaign_id
$$;

comment on function worker.read_exported_campaign(uuid) is
  'A campaign with its id at the provider (null = not exported), its schedule, a pause of ours and its mailboxes; null = there is none. Service role only.';

grant execute on function worker.read_exported_campaign(uuid) to service_role;

-- A person paused or resumed a campaign, and the provider confirmed it. A pause of ours for a holiday ends with that: the
-- person's word counts, also on the day itself.
create function worker.record_campaign_act(target_campaign_id uuid, act text, actor uuid)
returns void
language plpgsql
set search_path = ''
as $$
declare
  owner_id uuid;
begin
  update private.schedule_pauses as s
  set state = 'dropped', ended_at = now()
  where s.campaign_id = target_campaign_id and s.state in ('pausing', 'paused', 'resuming');

  -- Resumed by hand on a holiday: not paused again on this day.
  if act = 'resumed' then
    insert into private.schedule_pauses (campaign_id, connection_id, day, reason, state, ended_at)
    select c.id, p.connection_id, d.day, private.pause_reason(c, d.day), 'dropped', now()
    from public.campaigns as c
    join private.provider_campaigns as p on p.campaign_id = c.id
    cross join lateral (select (now() at time zone c.time_zone)::date as day) as d
    where c.id = target_campaign_id and private.pause_reason(c, d.day) is not null
    on conflict (campaign_id, day) do nothing;
  end if;

  update public.campaigns as c
  set provider_status = case act when 'paused' then 'paused' else 'active' end::public.provider_campaign_status
  where c.id = target_campaign_id
  returning c.client_id into owner_id;

  perform private.write_audit('campaign_' || act, 'campaign', target_campaign_id::text, owner_id, '{}', actor);
end
$$;

comment on function worker.record_campaign_act(uuid, text, uuid) is
  'Writes that a person paused or resumed a campaign (act: paused, resumed) after the provider confirmed it. Service role only.';

grant execute on function worker.record_campaign_act(uuid, text, uuid) to service_role;

-- The lead that a person wants removed, with its id at the provider.
create function worker.read_campaign_lead(target_campaign_id uuid, target_lead_id uuid)
returns jsonb
language sql
stable
set search_path = ''
as $$
  select jsonb_build_object('email', l.email, 'provider_lead_id', l.provider_lead_id, 'is_removed', l.removed_at is not null)
  from public.synced_leads as l
  where l.id = target_lead_id and l.campaign_id = target_campaign_id
$$;

comment on function worker.read_campaign_lead(uuid, uuid) is
  'A lead of a campaign: { email, provider_lead_id, is_removed }; null = it has no such lead. Service role only.';

grant execute on function worker.read_campaign_lead(uuid, uuid) to service_role;

-- Removed at the provider: the row stays with its history, and says since when it is gone.
create function worker.record_lead_removed(target_campaign_id uuid, target_lead_id uuid, actor uuid)
returns void
language plpgsql
set search_path = ''
as $$
declare
  owner_id uuid;
begin
  update public.synced_leads as l
  set removed_at = coalesce(l.removed_at, now()), updated_at = now()
  where l.id = target_lead_id and l.campaign_id = target_campaign_id
  returning l.client_id into owner_id;

  perform private.write_audit(
    'lead_removed', 'lead', target_lead_id::text, owner_id, jsonb_build_object('campaign_id', target_campaign_id), actor
  );
end
$$;

comment on function worker.record_lead_removed(uuid, uuid, uuid) is
  'Marks a lead as removed at the provider by a person. Service role only.';

grant execute on function worker.record_lead_removed(uuid, uuid, uuid) to service_role;
