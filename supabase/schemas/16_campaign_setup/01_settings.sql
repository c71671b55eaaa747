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
