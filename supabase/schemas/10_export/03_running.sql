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
