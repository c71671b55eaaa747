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
