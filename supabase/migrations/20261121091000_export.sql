-- Generated from supabase/schemas/10_export by "npm run migrations".

-- Which variables a campaign's mails use, and which of them a lead has a value for.

create type public.export_recipient as enum ('business', 'linkedin_contact');

-- The variables that a campaign's mails use and that only we can fill. What has a fallback, such as
-- {{firstName|there}}, and what the provider fills itself (the mailbox, the signature, the day) is not among them.
create function private.sequence_variables(sequence jsonb)
returns text[]
language sql
immutable
set search_path = ''
as $$
  select coalesce(array_agg(distinct m.found[1] order by m.found[1]), '{}')
  from regexp_matches(
    coalesce(nullif(sequence, 'null')::text, '{{subject_line}} {{firstName}} {{icebreaker}}'), '\{\{\s*(\w+)\s*\}\}', 'g'
  ) as m (found)
  where m.found[1] !~* '^(sl_|sending|sender|account|signature|unsubscribe|opt_?out|organization|current)'
$$;

comment on function private.sequence_variables(jsonb) is
  'Names of the variables in a campaign''s sequence that a lead must have a value for; null = the default sequence.';

grant execute on function private.sequence_variables(jsonb) to service_role;

-- How many variables a provider takes of a lead; null = no limit is known. The same number is in variable-limit.ts.
create function private.variable_limit(provider public.provider)
returns integer
language sql
immutable
set search_path = ''
as $$
  select case provider when 'smartlead' then 200 end
$$;

comment on function private.variable_limit(public.provider) is 'The most custom variables of a lead that a provider takes; null = no limit is known.';

grant execute on function private.variable_limit(public.provider) to service_role;

-- How many of them an export sends to Smartlead for a lead: its custom variables and what of our fields Smartlead has none for.
create function private.sent_variable_count(business public.businesses, recipient public.export_recipient)
returns integer
language sql
immutable
set search_path = ''
as $$
  select (
    (select count(*) from jsonb_object_keys(business.custom_variables))
    + (
      select count(*)
      from (
        values
          (case recipient when 'linkedin_contact' then business.linkedin_contact_title else business.job_title end),
          (case recipient when 'linkedin_contact' then business.linkedin_contact_title end),
          (business.name), (business.icebreaker), (business.subject_line), (business.address), (business.city), (business.state),
          (business.zip), (business.facebook_url), (business.email_source), (business.category), (business.linkedin_contact_title),
          (business.rating::text)
      ) as v (value)
      where v.value ~ '\S'
    )
  )::integer
$$;

comment on function private.sent_variable_count(public.businesses, public.export_recipient) is
  'How many variables a lead made of this business has at Smartlead (writeLead): custom variables, and fields that Smartlead has no place for.';

grant execute on function private.sent_variable_count(public.businesses, public.export_recipient) to service_role;

-- Export: which addresses of a campaign go to the provider, and a receipt for each of them.

-- planned and sending are on their way; the other six are how it can end.
create type public.export_outcome as enum (
  'planned', 'sending', 'created', 'duplicate', 'blocked', 'invalid', 'skipped', 'failed'
);

-- One row per address that an export checked, with what became of it and why.
create table public.export_receipts (
  id bigint generated always as identity primary key,
  export_id uuid not null references private.jobs (id) on delete cascade,
  client_id uuid not null references public.clients (id) on delete cascade,
  campaign_id uuid not null references public.campaigns (id) on delete cascade,
  business_id uuid not null references public.businesses (id) on delete cascade,
  recipient public.export_recipient not null,
  email text,
  outcome public.export_outcome not null,
  reason text,
  detail text,
  updated_at timestamptz not null default now(),
  constraint export_receipts_once_per_export unique (export_id, business_id, recipient)
);

comment on table public.export_receipts is
  'What became of each address that an export checked. reason: no_email, invalid_email, not_deliverable, suppressed, erased, repeated, already_exported, confirmed_after_interruption, in_provider_campaign, on_provider_block_list, refused_by_provider, missing_variable, plan_limit, answer_lost …';
comment on column public.export_receipts.detail is
  'What belongs to the reason: the variables without a value, or the provider''s own short message.';

create index export_receipts_progress_idx on public.export_receipts (export_id, outcome, id);
create index export_receipts_client_id_idx on public.export_receipts (client_id);
create index export_receipts_campaign_idx on public.export_receipts (campaign_id, email);
create index export_receipts_business_id_idx on public.export_receipts (business_id);

alter table public.export_receipts enable row level security;

grant select on public.export_receipts to authenticated;
grant select, insert, update, delete on public.export_receipts to service_role;

create policy "Clients see their receipts, operators see all"
on public.export_receipts for select to authenticated
using (client_id = any (array(select private.visible_client_ids())));

-- Checks every address of a campaign: which would be sent, which not and why. Dry run and export use the same checks.
create function private.plan_export(target_campaign_id uuid)
returns table (
  business_id uuid, recipient public.export_recipient, email text, outcome public.export_outcome, reason text, detail text
)
language sql
stable
set search_path = ''
as $$
  with cell as (
    select
      b.id as business_id, b.created_at, b.client_id, 'business'::public.export_recipient as recipient,
      b.email as cell, b.email_deliverability as deliverability
    from public.businesses as b
    where b.campaign_id = target_campaign_id
    union all
    select
      b.id, b.created_at, b.client_id, 'linkedin_contact',
      b.linkedin_contact_email, b.linkedin_contact_email_deliverability
    from public.businesses as b
    where b.campaign_id = target_campaign_id and nullif(btrim(b.linkedin_contact_email), '') is not null
  ),
  wanted as materialized (
    select private.sequence_variables(c.sequence) as names from public.campaigns as c where c.id = target_campaign_id
  ),
  -- A business keeps what its source wrote; what is no usable address is shown unchanged.
  address as (
    select c.*, coalesce(n.email, nullif(btrim(c.cell), '')) as email, n.email is not null as is_usable
    from cell as c
    cross join lateral (select private.normalize_email(c.cell) as email) as n
  ),
  suppressed as materialized (
    select s.email, s.reason from private.suppressed_among(target_campaign_id, array(select a.email from address as a where a.is_usable)) as s
  ),
  ranked as (
    select
      a.*,
      row_number() over (
        partition by a.email
        order by a.deliverability = 'deliverable' desc, a.recipient, a.created_at, a.business_id
      ) as rank
    from address as a
  )
  select
    r.business_id, r.recipient,
    -- Of a person who was erased not even the receipt keeps the address.
    case when judged.reason is distinct from 'erased' then r.email end,
    case
      when judged.reason is null then 'planned'
      when judged.reason = 'invalid_email' then 'invalid'
      else 'skipped'
    end::public.export_outcome,
    judged.reason,
    case judged.reason when 'missing_variable' then missing.names end
  from ranked as r
  join public.businesses as b on b.id = r.business_id
  cross join lateral (
    select
      coalesce(
        nullif(btrim(case r.recipient when 'linkedin_contact' then b.linkedin_contact_name else b.first_name end), ''), b.name
      ) as first_name,
      case r.recipient
        -- As splitName does it: titles in front are none of the names.
        when 'linkedin_contact' then substring(
          regexp_replace(btrim(b.linkedin_contact_name), '^((dr|mr|mrs|ms|prof|ing|drs|ir)\.?\s+)+', '', 'i') from '\s(.+)$'
        )
        else b.last_name
      end as last_name,
      case r.recipient when 'linkedin_contact' then b.linkedin_contact_title else b.job_title end as job_title,
      case when r.recipient = 'linkedin_contact' then b.linkedin_contact_title end as title,
      coalesce(
        case when r.recipient = 'linkedin_contact' then nullif(btrim(b.linkedin_contact_url), '') end, b.linkedin_url
      ) as linkedin_url
  ) as person
  -- Variables of the mails that this lead has no value for. The names are those of leadFromBusiness and of both providers' own
  -- fields. An expression and no function: 10,000 addresses took 0.8 s with one that lists all names of a lead, 0.05 s with this.
  cross join lateral (
    select string_agg(w.name, ', ' order by w.name) as names
    from unnest((select wanted.names from wanted)) as w (name)
    where not coalesce(b.custom_variables ? w.name, false) and not coalesce(
      case
        when w.name = 'email' then 'x'
        when w.name in ('firstName', 'first_name') then person.first_name
        when w.name in ('lastName', 'last_name') then person.last_name
        when w.name in ('companyName', 'company_name', 'company') then b.name
        when w.name in ('jobTitle', 'job_title') then person.job_title
        when w.name = 'title' then person.title
        when w.name = 'linkedin_contact_title' then b.linkedin_contact_title
        when w.name in ('personalization', 'icebreaker') then b.icebreaker
        when w.name = 'subject_line' then b.subject_line
        when w.name = 'website' then b.website
        when w.name in ('phone', 'phone_number') then b.phone
        when w.name = 'address' then b.address
        when w.name = 'city' then b.city
        when w.name = 'state' then b.state
        when w.name = 'zip' then b.zip
        when w.name = 'linkedin_url' then person.linkedin_url
        when w.name = 'facebook_url' then b.facebook_url
        when w.name = 'email_source' then b.email_source
        when w.name = 'category' then b.category
        when w.name = 'rating' then b.rating::text
      end ~ '\S',
      false
    )
  ) as missing
  cross join lateral (
    select case
      when r.email is null then 'no_email'
      -- Both providers take the format of RFC 5321, which has ASCII only before the @.
      when not r.is_usable or r.email ~ '[^\u0001-\u007f]' then 'invalid_email'
      when r.deliverability <> 'deliverable' then 'not_deliverable'
      when r.email in (select s.email from suppressed as s where s.reason = 'erased') then 'erased'
      when r.email in (select s.email from suppressed as s) then 'suppressed'
      when r.rank > 1 then 'repeated'
      when exists (
        select
        from public.export_receipts as x
        where x.campaign_id = target_campaign_id and x.email = r.email and x.outcome in ('created', 'duplicate')
      ) then 'already_exported'
      -- Last, so that the count says for whom a value would help.
      when missing.names is not null then 'missing_variable'
    end as reason
  ) as judged
$$;

comment on function private.plan_export(uuid) is
  'Judges every address of a campaign: planned, or skipped/invalid with the reason. Reads only.';

grant execute on function private.plan_export(uuid) to service_role;

-- The checks that dry run and export share; raises the error code as message and the sentence as detail.
create function private.check_export(target_campaign_id uuid)
returns public.campaigns
language plpgsql
stable
set search_path = ''
as $$
declare
  campaign public.campaigns;
  connection public.provider_connections;
begin
  select c.* into campaign from public.campaigns as c where c.id = target_campaign_id;

  if not found then
    raise exception using errcode = 'PT404', message = 'NOT_FOUND',
      detail = format('There is no campaign %L; check the id', target_campaign_id);
  end if;

  perform private.require_idle_campaign(target_campaign_id);

  if exists (select from public.clients as c where c.id = campaign.client_id and not c.integration_enabled) then
    raise exception using errcode = 'PT400', message = 'VALIDATION_FAILED',
      detail = 'The integration of this campaign''s client is switched off; switch it on, then export again';
  end if;

  select c.* into connection
  from public.provider_connections as c
  where c.id = campaign.connection_id
    or (campaign.connection_id is null and c.client_id = campaign.client_id)
  order by c.created_at
  limit 1;

  if not found or not exists (select from private.provider_keys as k where k.connection_id = connection.id) then
    raise exception using errcode = 'PT409', message = upper(coalesce(connection.provider, 'instantly')::text) || '_API_KEY_MISSING',
      detail = 'No API key is saved for this campaign; save one in the provider connection, then export again';
  end if;

  if connection.client_id is not null and connection.client_id <> campaign.client_id then
    raise exception using errcode = 'PT400', message = 'VALIDATION_FAILED',
      detail = 'The campaign''s provider connection is dedicated to another client; choose one of its own client or a shared one';
  end if;

  if connection.status = 'paused' then
    raise exception using errcode = 'PT400', message = 'VALIDATION_FAILED',
      detail = 'The campaign''s provider connection is paused; resume it, then export again';
  end if;

  if campaign.provider_status in ('deleted', 'moved') then
    raise exception using errcode = 'PT400', message = 'VALIDATION_FAILED',
      detail = case campaign.provider_status
        when 'deleted' then 'This campaign was deleted at the provider; export its businesses with another campaign'
        else 'This campaign belongs to another client at the provider now; an operator has to say whose it is before anything is sent'
      end;
  end if;

  if campaign.generation_status <> 'completed' then
    raise exception using errcode = 'PT409', message = 'CAMPAIGN_NOT_COMPLETED',
      detail = format('The campaign''s leads are still %s; export it when their status is completed', campaign.generation_status);
  end if;

  if jsonb_typeof(campaign.sequence -> 0) = 'object' and (
    coalesce(campaign.sequence -> 0 ->> 'subject', '') !~ '\S'
    or exists (
      select
      from jsonb_path_query(campaign.sequence -> 0, 'lax $.variants[*]') as v (variant)
      where coalesce(v.variant ->> 'subject', '') !~ '\S'
    )
  ) then
    raise exception using errcode = 'PT400', message = 'VALIDATION_FAILED',
      detail = 'The first step of the campaign''s sequence has no subject; write one, then export again';
  end if;

  campaign.connection_id := connection.id;
  return campaign;
end
$$;

comment on function private.check_export(uuid) is
  'Raises why a campaign cannot be exported now; else returns it with the connection it would use.';

grant execute on function private.check_export(uuid) to service_role;

-- The approval that a client's settings want, asked at the moment of the export: a change after it has to be shown again.
create function private.require_approval(target_campaign_id uuid)
returns void
language plpgsql
stable
set search_path = ''
as $$
declare
  standing text := private.approval_standing(target_campaign_id);
begin
  if standing not in ('not_needed', 'approved') then
    raise exception using errcode = 'PT409', message = 'APPROVAL_MISSING',
      detail = case standing
        when 'requested' then 'The client has not answered yet whether leads and emails may go out; export when it has approved them'
        when 'changes_asked' then 'The client asked for changes; make them, then ask for approval again'
        when 'outdated' then 'Leads or emails were changed after the client approved them; ask for approval again'
        else 'This client approves leads and emails before anything is sent; ask for approval first'
      end;
  end if;
end
$$;

comment on function private.require_approval(uuid) is
  'Raises APPROVAL_MISSING unless the client approved the campaign as it is now, or need not.';

grant execute on function private.require_approval(uuid) to service_role;

-- Starts an export and writes a receipt for every address, or returns the one that is already under way.
create function worker.request_export(target_campaign_id uuid, activate boolean, requester uuid)
returns jsonb
language plpgsql
set search_path = ''
-- A receipt for every address of a campaign: 100,000 take some seconds.
set statement_timeout = '60s'
as $$
declare
  campaign public.campaigns;
  job_id uuid;
  planned integer;
  exported_before integer;
begin
  -- Two people may press at the same moment: the campaign's row lets one of them through at a time. Not "for update", for which
  -- a running export would wait that writes its leads (their foreign key), while we wait for that export's job: a deadlock.
  perform from public.campaigns as c where c.id = target_campaign_id for no key update;

  campaign := private.check_export(target_campaign_id);

  select j.id into job_id
  from private.jobs as j
  where j.kind = 'export' and j.campaign_id = target_campaign_id and j.status in ('queued', 'running', 'paused')
  -- One that ends at this moment is waited for, and then is none: it would no longer see that activation is asked for.
  for no key update;

  if found then
    update private.jobs as j
    set parameters = j.parameters || jsonb_build_object('activate', true)
    where j.id = job_id and activate;

    return jsonb_build_object('job_id', job_id, 'already_running', true);
  end if;

  perform private.require_approval(target_campaign_id);

  insert into private.jobs (kind, connection_id, client_id, campaign_id, parameters, deadline_at, requested_by)
  values (
    'export', campaign.connection_id, campaign.client_id, campaign.id,
    jsonb_build_object('activate', activate), now() + interval '6 hours', requester
  )
  returning id into job_id;

  -- Whom an ended export was sending when its answer was lost may be at the provider already: "sending" makes the run ask.
  insert into public.export_receipts (export_id, client_id, campaign_id, business_id, recipient, email, outcome, reason, detail)
  select
    job_id, campaign.client_id, campaign.id, p.business_id, p.recipient, p.email,
    case
      when p.outcome = 'planned' and exists (
        select
        from public.export_receipts as x
        where x.campaign_id = target_campaign_id and x.email = p.email and x.outcome = 'sending'
      ) then 'sending'
      else p.outcome
    end,
    p.reason, p.detail
  from private.plan_export(target_campaign_id) as p
  order by p.business_id, p.recipient;

  update public.export_receipts as r
  set outcome = 'failed', reason = 'answer_lost', updated_at = now()
  where r.campaign_id = target_campaign_id and r.export_id <> job_id and r.outcome = 'sending';

  select
    count(*) filter (where r.outcome in ('planned', 'sending')),
    count(*) filter (where r.reason = 'already_exported')
  into planned, exported_before
  from public.export_receipts as r
  where r.export_id = job_id;

  if planned = 0 and exported_before = 0 then
    raise exception using errcode = 'PT409', message = 'NO_VERIFIED_LEADS',
      detail = coalesce(
        (
          select format('Every lead that can be emailed has no value for %s, which the mails use; fill it in, then export again', string_agg(distinct r.detail, ', '))
          from public.export_receipts as r
          where r.export_id = job_id and r.reason = 'missing_variable'
        ),
        'No lead of this campaign has a deliverable address that can be emailed; verify addresses, then export again'
      );
  end if;

  update private.jobs as j set total = planned where j.id = job_id;
  update public.campaigns as c set connection_id = campaign.connection_id
  where c.id = target_campaign_id and c.connection_id is null;

  if requester is not null then
    perform private.write_audit(
      'export_started', 'campaign', target_campaign_id::text, campaign.client_id,
      jsonb_build_object('job_id', job_id, 'activate', activate, 'to_send', planned), requester
    );
  end if;

  return jsonb_build_object('job_id', job_id, 'already_running', false);
end
$$;

comment on function worker.request_export(uuid, boolean, uuid) is
  'Starts an export: { job_id, already_running }. Pressing twice returns the running one; addresses that an earlier export created are skipped. Service role only.';

grant execute on function worker.request_export(uuid, boolean, uuid) to service_role;

-- Export: what a running job reads and writes, batch by batch.

-- Where an export would go: asked before its key is tested and thousands of addresses are judged.
create function worker.read_export_connection(target_campaign_id uuid)
returns uuid
language sql
stable
set search_path = ''
as $$
  select k.connection_id from private.check_export(target_campaign_id) as k
$$;

comment on function worker.read_export_connection(uuid) is
  'Connection that an export of the campaign uses now. Raises the errors of check_export. Service role only.';

grant execute on function worker.read_export_connection(uuid) to service_role;

-- Removes an export that has not begun, because the key was refused while its addresses were judged: nothing remains of it.
-- Only where it is about people whom an earlier export may have sent, it stays as failed, so that the next one asks about them.
create function worker.withdraw_export(target_job_id uuid, code text, message text)
returns void
language plpgsql
set search_path = ''
-- A receipt for every address of a campaign.
set statement_timeout = '60s'
as $$
declare
  job private.jobs;
begin
  select j.* into job
  from private.jobs as j
  where j.id = target_job_id and j.kind = 'export' and j.status = 'queued' and j.started_at is null
  for update;

  if not found then
    return;
  end if;

  if job.requested_by is not null then
    perform private.write_audit(
      'export_withdrawn', 'campaign', job.campaign_id::text, job.client_id, jsonb_build_object('job_id', job.id, 'code', code), job.requested_by
    );
  end if;

  if exists (select from public.export_receipts as r where r.export_id = job.id and r.outcome = 'sending') then
    update private.jobs as j
    set status = 'failed', error_code = code, error_message = message, finished_at = now()
    where j.id = job.id;
  else
    delete from private.jobs as j where j.id = job.id;
  end if;
end
$$;

comment on function worker.withdraw_export(uuid, text, text) is
  'Removes a queued export that no worker has claimed: deleted, or failed where an earlier export may have sent some of its leads. Service role only.';

grant execute on function worker.withdraw_export(uuid, text, text) to service_role;

-- What an export job needs to know of its campaign.
create function worker.read_export_campaign(target_campaign_id uuid)
returns jsonb
language sql
stable
set search_path = ''
as $$
  select jsonb_build_object(
    'id', c.id, 'name', c.name, 'client_id', c.client_id, 'time_zone', c.time_zone,
    'sending_days', c.sending_days, 'sending_from', to_char(c.sending_from, 'HH24:MI'), 'sending_to', to_char(c.sending_to, 'HH24:MI'),
    'daily_limit', c.daily_limit, 'sending_accounts', c.sending_accounts, 'sequence', c.sequence, 'unsubscribe_header', c.unsubscribe_header,
    'unsubscribe_text', c.unsubscribe_text, 'footer', c.footer, 'start_on', c.start_on, 'end_on', c.end_on,
    'sending_account_tags', c.sending_account_tags, 'stop_on_reply', c.stop_on_reply, 'stop_for_company', c.stop_for_company,
    'track_opens', c.track_opens, 'track_clicks', c.track_clicks, 'plain_text', c.plain_text,
    'provider_campaign_id', p.provider_campaign_id, 'provider_status', c.provider_status
  )
  from public.campaigns as c
  left join private.provider_campaigns as p on p.campaign_id = c.id and p.connection_id = c.connection_id
  where c.id = target_campaign_id
$$;

comment on function worker.read_export_campaign(uuid) is
  'Campaign settings and, when it was exported before, its id at the provider. Service role only.';

grant execute on function worker.read_export_campaign(uuid) to service_role;

-- Remembers which provider campaign was created for a campaign of ours.
create function worker.record_exported_campaign(target_campaign_id uuid, new_provider_campaign_id text, campaign_name text)
returns void
language plpgsql
set search_path = ''
as $$
declare
  target_connection_id uuid;
begin
  update public.campaigns as c
  -- Without a time: whatever the provider reports of it is newer.
  set provider_status = coalesce(c.provider_status, 'draft')
  where c.id = target_campaign_id
  returning c.connection_id into target_connection_id;

  perform private.map_provider_campaign(target_connection_id, new_provider_campaign_id, target_campaign_id);

  update private.provider_campaigns as p
  set name = campaign_name, provider_created_at = coalesce(p.provider_created_at, now())
  where p.connection_id = target_connection_id and p.provider_campaign_id = new_provider_campaign_id;
end
$$;

comment on function worker.record_exported_campaign(uuid, text, text) is
  'Maps the created provider campaign to ours and releases events that were quicker than this call. Service role only.';

grant execute on function worker.record_exported_campaign(uuid, text, text) to service_role;

-- Says at once what the provider confirmed: the campaign sends. Its own later word, such as a pause, still counts.
create function worker.record_activated_campaign(target_campaign_id uuid)
returns void
language plpgsql
set search_path = ''
as $$
begin
  update public.campaigns as c
  set provider_status = 'active'
  where c.id = target_campaign_id and c.provider_status is distinct from 'completed';
end
$$;

comment on function worker.record_activated_campaign(uuid) is
  'Marks an exported campaign as active after the provider confirmed it. Service role only.';

grant execute on function worker.record_activated_campaign(uuid) to service_role;

-- The next addresses to send, marked as sending before the provider is called. Those that an interrupted run had marked
-- come first, with resent = true: the provider may have them already. People who were suppressed meanwhile are skipped.
-- under_way: receipts that the caller is sending, or has sent and not recorded yet, so that it can ask for the next ones
-- meanwhile. As json, which takes a third of the time that jsonb takes for 1,000 businesses.
create function worker.next_export_batch(
  target_job_id uuid, token uuid, batch_size integer, under_way bigint[] default '{}'
)
returns json
language plpgsql
set search_path = ''
as $$
declare
  job private.jobs;
  chosen bigint[];
  batch json;
begin
  select j.* into job
  from private.jobs as j
  where j.id = target_job_id and j.lease_token = token and j.status = 'running'
  for no key update;

  if not found then
    return null;
  end if;

  loop
    -- Only a batch is judged, however many addresses wait: 100,000 would be judged a hundred times.
    chosen := array(
      select c.id
      from (
        (
          select r.id
          from public.export_receipts as r
          where r.export_id = target_job_id and r.outcome = 'sending'
            and not exists (select from unnest(under_way) as u (id) where u.id = r.id)
          order by r.id
          limit batch_size
        )
        union all
        (
          select r.id
          from public.export_receipts as r
          where r.export_id = target_job_id and r.outcome = 'planned'
          order by r.id
          limit batch_size
        )
      ) as c
      limit batch_size
    );

    exit when chosen = '{}';

    update public.export_receipts as r
    set
      outcome = 'skipped', updated_at = now(),
      reason = case when s.reason = 'erased' then 'erased' else 'suppressed' end,
      email = case when s.reason <> 'erased' then r.email end
    from private.suppressed_among(
      job.campaign_id, array(select w.email from public.export_receipts as w where w.id = any (chosen))
    ) as s
    where r.id = any (chosen) and r.email = s.email;

    with marked as (
      update public.export_receipts as r
      set outcome = 'sending', updated_at = now()
      from (
        select w.id, w.outcome = 'sending' as resent
        from public.export_receipts as w
        where w.id = any (chosen) and w.outcome in ('planned', 'sending')
      ) as c
      where r.id = c.id
      returning r.id, r.business_id, r.recipient, r.email, c.resent
    )
    select json_agg(
      json_build_object(
        'receipt_id', m.id, 'resent', m.resent, 'recipient', m.recipient, 'email', m.email, 'business', row_to_json(sent)
      )
      order by m.id
    )
    into batch
    from marked as m
    join public.businesses as b on b.id = m.business_id
    cross join lateral (
      select
        b.name, b.category, b.rating, b.email_source, b.first_name, b.last_name, b.job_title, b.subject_line, b.icebreaker, b.website,
        b.phone, b.address, b.city, b.state, b.zip, b.linkedin_url, b.facebook_url, b.linkedin_contact_name, b.linkedin_contact_title,
        b.linkedin_contact_url, b.custom_variables
    ) as sent;

    -- Where a whole batch was suppressed meanwhile, the next one is taken: an empty answer means the end.
    exit when batch is not null;
  end loop;

  return coalesce(batch, json_build_array());
end
$$;

comment on function worker.next_export_batch(uuid, uuid, integer, bigint[]) is
  'Marks and returns the next addresses of a leased export; [] at the end, null when the lease is lost. Service role only.';

grant execute on function worker.next_export_batch(uuid, uuid, integer, bigint[]) to service_role;

-- Writes how a batch ended and makes the created leads visible at once.
-- outcomes: [{ "receipt_id": n, "outcome": text, "reason": text|null, "detail": text|null, "lead": { provider_lead_id, first_name, last_name, … } | null }]
create function worker.record_export_batch(target_job_id uuid, token uuid, outcomes jsonb, lease_seconds integer)
returns jsonb
language plpgsql
set search_path = ''
as $$
begin
  perform from private.jobs as j where j.id = target_job_id and j.lease_token = token and j.status = 'running' for no key update;

  if not found then
    return null;
  end if;

  update public.export_receipts as r
  set outcome = o.outcome, reason = o.reason, detail = o.detail, updated_at = now()
  from jsonb_to_recordset(outcomes) as o (receipt_id bigint, outcome public.export_outcome, reason text, detail text)
  -- A look by id for each: without statistics, as on a first day, each batch read all receipts of the export.
  cross join lateral (
    select k.id from public.export_receipts as k where k.id = o.receipt_id and k.export_id = target_job_id offset 0
  ) as own
  where r.id = own.id;

  insert into public.synced_leads as l
    (client_id, campaign_id, business_id, provider_lead_id, email, first_name, last_name, company_name, job_title, website, phone, payload)
  select
    r.client_id, r.campaign_id, r.business_id, lead.provider_lead_id, r.email,
    lead.first_name, lead.last_name, lead.company_name, lead.job_title, lead.website, lead.phone, lead.payload
  from jsonb_to_recordset(outcomes) as o (receipt_id bigint, outcome public.export_outcome, lead jsonb)
  cross join lateral (
    select k.* from public.export_receipts as k where k.id = o.receipt_id and k.export_id = target_job_id offset 0
  ) as r
  cross join lateral jsonb_to_record(o.lead) as lead (
    provider_lead_id text, first_name text, last_name text, company_name text, job_title text, website text, phone text, payload jsonb
  )
  where o.outcome in ('created', 'duplicate') and jsonb_typeof(o.lead) = 'object'
    -- The receipt of a person who was erased while the batch was at the provider.
    and r.email is not null
  order by r.campaign_id, r.email
  on conflict (campaign_id, email) do update set
    business_id = coalesce(l.business_id, excluded.business_id),
    provider_lead_id = coalesce(excluded.provider_lead_id, l.provider_lead_id),
    first_name = coalesce(l.first_name, excluded.first_name),
    last_name = coalesce(l.last_name, excluded.last_name),
    company_name = coalesce(l.company_name, excluded.company_name),
    job_title = coalesce(l.job_title, excluded.job_title),
    payload = coalesce(l.payload, excluded.payload),
    updated_at = now();

  update private.jobs as j
  set
    total = counted.total,
    done = counted.done,
    result = j.result || counted.totals,
    attempts = 0,
    lease_until = now() + make_interval(secs => lease_seconds)
  from (
    select
      count(*) filter (where r.outcome in ('planned', 'sending', 'created', 'duplicate', 'blocked', 'failed')
        or r.reason = 'refused_by_provider') as total,
      count(*) filter (where r.outcome in ('created', 'duplicate', 'blocked', 'failed') or r.reason = 'refused_by_provider') as done,
      jsonb_build_object(
        'created', count(*) filter (where r.outcome = 'created'),
        'duplicate', count(*) filter (where r.outcome = 'duplicate'),
        'blocked', count(*) filter (where r.outcome = 'blocked'),
        'invalid', count(*) filter (where r.outcome = 'invalid'),
        'skipped', count(*) filter (where r.outcome = 'skipped'),
        'failed', count(*) filter (where r.outcome = 'failed')
      ) as totals
    from public.export_receipts as r
    where r.export_id = target_job_id
  ) as counted
  where j.id = target_job_id;

  return (
    select jsonb_build_object('done', j.done, 'total', j.total, 'paused', private.is_paused(j.connection_id))
    from private.jobs as j
    where j.id = target_job_id
  );
end
$$;

comment on function worker.record_export_batch(uuid, uuid, jsonb, integer) is
  'Writes the receipts and leads of a batch and renews the lease; returns { done, total, paused (the connection is) }, null when the lease is lost. Service role only.';

grant execute on function worker.record_export_batch(uuid, uuid, jsonb, integer) to service_role;

-- How many leads a workspace's plan still takes, as reported with the last leads that were added.
create table private.provider_plans (
  connection_id uuid primary key references public.provider_connections (id) on delete cascade,
  leads_left integer not null,
  known_at timestamptz not null default now()
);

comment on table private.provider_plans is
  'How many more leads the plan of a workspace accepts, as of its last answer to an export (Instantly).';

alter table private.provider_plans enable row level security;

grant select, insert, update, delete on private.provider_plans to service_role;

create policy "Only the functions read plans"
on private.provider_plans for all to service_role using (true) with check (true);

create function worker.record_leads_left(target_connection_id uuid, leads_left integer)
returns void
language sql
volatile
set search_path = ''
as $$
  insert into private.provider_plans as p (connection_id, leads_left)
  values (target_connection_id, record_leads_left.leads_left)
  on conflict (connection_id) do update set leads_left = excluded.leads_left, known_at = now()
$$;

comment on function worker.record_leads_left(uuid, integer) is
  'Remembers how many more leads the plan of a workspace accepts. Service role only.';

grant execute on function worker.record_leads_left(uuid, integer) to service_role;

-- The export log: why addresses were left out, and who pressed.

-- Who asked for a job, as the reader may know them: a client sees the names of its own people, and of everybody else only
-- that it was the agency; an operator sees everybody. Definer, because accounts are nobody's to read.
create function private.requester(of_job_id uuid)
returns table (id uuid, name text)
language plpgsql
stable
security definer
set search_path = ''
as $$
declare
  asker_id uuid;
  of_client_id uuid;
begin
  select j.requested_by, j.client_id into asker_id, of_client_id from private.jobs as j where j.id = of_job_id;

  if not (select private.may_operate()) and not exists (
    select
    from public.members as m
    where m.user_id = asker_id
      and m.client_id = of_client_id
      and m.client_id = any (array(select private.visible_client_ids()))
  ) then
    return query select null::uuid, 'your agency'::text;
  elsif asker_id is null then
    return query select null::uuid, 'a script'::text;
  else
    return query
    select
      asker_id,
      coalesce(
        (
          select coalesce(nullif(u.raw_user_meta_data ->> 'name', ''), nullif(u.raw_user_meta_data ->> 'full_name', ''), u.email::text)
          from auth.users as u
          where u.id = asker_id
        ),
        'a former member'
      );
  end if;
end
$$;

comment on function private.requester(uuid) is
  'Id and name of who asked for a job: to operators everybody, to a client its own people; anybody else is "your agency" without an id.';

grant execute on function private.requester(uuid) to authenticated, service_role;

-- One row per export with its progress, readable while it runs.
create view public.client_exports
with (security_invoker = true)
as
select
  j.id as export_id,
  j.client_id,
  j.campaign_id,
  c.name as campaign_name,
  j.status,
  j.done,
  j.total,
  receipts.created,
  receipts.duplicate,
  receipts.blocked,
  receipts.invalid,
  receipts.skipped,
  receipts.failed,
  j.error_code,
  j.error_message,
  j.created_at,
  j.started_at,
  j.finished_at,
  extract(epoch from coalesce(j.finished_at, now()) - j.started_at)::numeric(12, 1) as duration_seconds,
  receipts.created as sent,
  receipts.reasons,
  (select r.id from private.requester(j.id) as r) as requested_by,
  (select r.name from private.requester(j.id) as r) as requested_by_name
from private.jobs as j
join public.campaigns as c on c.id = j.campaign_id
left join lateral (
  select
    coalesce(sum(o.number) filter (where o.outcome = 'created'), 0)::bigint as created,
    coalesce(sum(o.number) filter (where o.outcome = 'duplicate'), 0)::bigint as duplicate,
    coalesce(sum(o.number) filter (where o.outcome = 'blocked'), 0)::bigint as blocked,
    coalesce(sum(o.number) filter (where o.outcome = 'invalid'), 0)::bigint as invalid,
    coalesce(sum(o.number) filter (where o.outcome = 'skipped'), 0)::bigint as skipped,
    coalesce(sum(o.number) filter (where o.outcome = 'failed'), 0)::bigint as failed,
    (
      select coalesce(jsonb_object_agg(w.reason, w.number order by w.reason), '{}')
      from (
        select r.reason, count(*) as number
        from public.export_receipts as r
        where r.export_id = j.id and r.outcome not in ('created', 'planned', 'sending') and r.reason is not null
        group by r.reason
      ) as w
    ) as reasons
  from (
    select r.outcome, count(*) as number
    from public.export_receipts as r
    where r.export_id = j.id
    group by r.outcome
  ) as o
) as receipts on true
where j.kind = 'export';

comment on view public.client_exports is
  'The log of exports: progress (done of total addresses to send), totals by outcome (sent = created), reasons { reason: addresses } of those not sent, and who pressed; the receipts are in export_receipts.';

grant select on public.client_exports to authenticated, service_role;
