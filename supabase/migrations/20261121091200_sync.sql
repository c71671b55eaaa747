-- Sync: what the functions write after reading the provider. Every function is set-based and may be repeated.

-- Opens (or finds) the sync jobs for a connection, for one client, or for everything that is active.
-- full = true reads all history and walks every lead; false skips what has not moved since the last whole walk.
create function public.request_sync(target_connection_id uuid, target_client_id uuid, read_everything boolean, requester uuid)
returns jsonb
language plpgsql
set search_path = ''
as $$
declare
  jobs jsonb;
begin
  if target_connection_id is not null and not exists (
    select from public.provider_connections as c where c.id = target_connection_id
  ) then
    raise exception using errcode = 'PT404', message = 'NOT_FOUND',
      detail = format('There is no provider connection %L; check the id', target_connection_id);
  end if;

  if target_client_id is not null and not exists (select from public.clients as c where c.id = target_client_id) then
    raise exception using errcode = 'PT404', message = 'NOT_FOUND',
      detail = format('There is no client %L; check the id', target_client_id);
  end if;

  with wanted as (
    -- A shared connection is narrowed to the client's own campaigns.
    select c.id as connection_id, case when c.client_id is null then target_client_id end as client_id
    from public.provider_connections as c
    -- Who names a connection may also try one whose key was refused: a success makes it active again.
    where (c.status = 'active' or (c.id = target_connection_id and c.status <> 'paused'))
      and exists (select from private.provider_keys as k where k.connection_id = c.id)
      and (target_connection_id is null or c.id = target_connection_id)
      and (
        target_client_id is null
        or c.client_id = target_client_id
        or (c.client_id is null and exists (
          select from public.campaigns as k where k.connection_id = c.id and k.client_id = target_client_id
        ))
      )
  ),
  opened as (
    insert into private.jobs as j (kind, connection_id, client_id, parameters, deadline_at, requested_by)
    select
      'sync', w.connection_id, w.client_id, jsonb_build_object('full', read_everything), now() + interval '3 hours', requester
    from wanted as w
    order by w.connection_id
    on conflict (connection_id, client_id) where kind = 'sync' and status in ('queued', 'running')
    do update set parameters = j.parameters || case when read_everything then excluded.parameters else '{}' end
    returning j.id, j.connection_id, j.client_id, j.created_at < now() as already_running
  )
  select jsonb_agg(jsonb_build_object(
    'job_id', o.id, 'connection_id', o.connection_id, 'client_id', o.client_id, 'already_running', o.already_running
  ) order by o.connection_id)
  into jobs
  from opened as o;

  if jobs is null and (target_connection_id is not null or target_client_id is not null) then
    raise exception using errcode = 'PT409', message = 'INSTANTLY_API_KEY_MISSING',
      detail = 'No provider connection with a saved API key matches, or it is paused; save a key or resume it, then sync again';
  end if;

  return coalesce(jobs, '[]');
end
$$;

comment on function public.request_sync(uuid, uuid, boolean, uuid) is
  'Opens the sync jobs of a connection, of a client or of all: [{ job_id, connection_id, client_id, already_running }]. Service role only.';

-- Campaigns as the provider lists them.
-- listed: [{ "provider_campaign_id", "name", "created_at", "status", "updated_at" }]
create function public.record_provider_campaigns(target_connection_id uuid, listed jsonb)
returns jsonb
language plpgsql
set search_path = ''
as $$
declare
  imported integer;
  updated integer;
begin
  imported := private.note_provider_campaigns(target_connection_id, listed);

  update private.provider_campaigns as p
  set listed_at = now()
  from jsonb_to_recordset(listed) as f (provider_campaign_id text)
  where p.connection_id = target_connection_id and p.provider_campaign_id = f.provider_campaign_id;

  update public.campaigns as c
  set
    provider_status = f.status,
    provider_status_at = f.updated_at
  from jsonb_to_recordset(listed) as f (provider_campaign_id text, status public.provider_campaign_status, updated_at timestamptz)
  join private.provider_campaigns as p
    on p.connection_id = target_connection_id and p.provider_campaign_id = f.provider_campaign_id
  where c.id = p.campaign_id
    and f.status is not null
    and c.provider_status is distinct from f.status
    and coalesce(f.updated_at, now()) >= coalesce(c.provider_status_at, '-infinity');

  get diagnostics updated = row_count;
  return jsonb_build_object('imported', imported, 'updated', updated);
end
$$;

comment on function public.record_provider_campaigns(uuid, jsonb) is
  'Notes the campaigns of a workspace and their status; unknown ones of a dedicated connection are imported. Returns { imported, updated }. Service role only.';

-- The campaigns that a sync has to read, in a fixed order, so that a cursor can point at one.
create function public.list_sync_campaigns(target_connection_id uuid, target_client_id uuid, listed_since timestamptz)
returns jsonb
language sql
stable
set search_path = ''
as $$
  select coalesce(
    jsonb_agg(
      jsonb_build_object(
        'campaign_id', c.id, 'provider_campaign_id', p.provider_campaign_id, 'name', c.name,
        'provider_created_at', p.provider_created_at, 'leads_fingerprint', p.leads_fingerprint,
        'leads_walked_at', p.leads_walked_at,
        'has_analytics', exists (select from public.campaign_analytics as a where a.campaign_id = c.id)
      )
      order by c.id
    ),
    '[]'
  )
  from private.provider_campaigns as p
  join public.campaigns as c on c.id = p.campaign_id
  where p.connection_id = target_connection_id
    and (target_client_id is null or c.client_id = target_client_id)
    and p.listed_at >= listed_since
$$;

comment on function public.list_sync_campaigns(uuid, uuid, timestamptz) is
  'Mapped campaigns of a connection that the provider has listed since then, with what the last sync knew of them. Service role only.';

-- Custom labels of a workspace: [{ "interest_value", "label", "interest_status" }]
create function public.record_provider_labels(target_connection_id uuid, labels jsonb)
returns integer
language plpgsql
set search_path = ''
as $$
declare
  written integer;
begin
  insert into private.provider_labels as p (connection_id, interest_value, label, interest_status)
  select distinct on (l.interest_value) target_connection_id, l.interest_value, l.label, l.interest_status
  from jsonb_to_recordset(labels) as l (interest_value integer, label text, interest_status public.interest_status)
  order by l.interest_value
  on conflict (connection_id, interest_value) do update
  set label = excluded.label, interest_status = excluded.interest_status, updated_at = now();

  get diagnostics written = row_count;

  -- Labels that arrived by webhook before we knew what they mean.
  update public.synced_leads as l
  set interest_status = p.interest_status, updated_at = now()
  from (
    -- Labels that differ only in case are one to a webhook; the lowest number counts, as in private.event_interest.
    select distinct on (lower(d.label)) d.connection_id, d.label, d.interest_status
    from private.provider_labels as d
    where d.connection_id = target_connection_id
    order by lower(d.label), d.interest_value
  ) as p
  join private.provider_campaigns as c on c.connection_id = p.connection_id
  where l.campaign_id = c.campaign_id
    and l.interest_status is not null
    and lower(l.interest_label) = lower(p.label)
    and l.interest_status is distinct from p.interest_status;

  return written;
end
$$;

comment on function public.record_provider_labels(uuid, jsonb) is
  'Saves what a workspace''s custom labels mean and applies it to leads that carry them. Service role only.';

-- Lifetime totals: [{ "campaign_id", "leads", "sent", "contacted", "opened", "clicked", "replied", "auto_replies",
-- "bounced", "unsubscribed", "completed", "opportunities", "opportunity_value" }]
create function public.record_campaign_totals(totals jsonb)
returns void
language sql
volatile
set search_path = ''
as $$
  insert into public.campaign_analytics_totals as t
    (campaign_id, client_id, leads, sent, contacted, opened, clicked, replied, auto_replies, bounced, unsubscribed,
     completed, opportunities, opportunity_value, synced_at)
  select
    c.id, c.client_id, n.leads, n.sent, n.contacted, n.opened, n.clicked, n.replied, n.auto_replies, n.bounced, n.unsubscribed,
    n.completed, n.opportunities, n.opportunity_value, now()
  from jsonb_to_recordset(totals) as n (
    campaign_id uuid, leads integer, sent integer, contacted integer, opened integer, clicked integer, replied integer,
    auto_replies integer, bounced integer, unsubscribed integer, completed integer, opportunities integer, opportunity_value numeric
  )
  join public.campaigns as c on c.id = n.campaign_id
  order by c.id
  on conflict (campaign_id) do update set
    client_id = excluded.client_id,
    leads = excluded.leads,
    sent = excluded.sent,
    contacted = excluded.contacted,
    opened = excluded.opened,
    clicked = excluded.clicked,
    replied = excluded.replied,
    auto_replies = excluded.auto_replies,
    bounced = excluded.bounced,
    unsubscribed = excluded.unsubscribed,
    completed = excluded.completed,
    opportunities = excluded.opportunities,
    opportunity_value = excluded.opportunity_value,
    synced_at = excluded.synced_at
$$;

comment on function public.record_campaign_totals(jsonb) is 'Writes the provider''s lifetime totals of campaigns. Service role only.';

-- Daily analytics of one campaign: [{ "day", "sent", "contacted", "new_contacted", "opens", "opened", "clicks",
-- "clicked", "replies", "replied", "auto_replies", "opportunities" }]
create function public.record_campaign_analytics(target_campaign_id uuid, days jsonb)
returns void
language sql
volatile
set search_path = ''
as $$
  insert into public.campaign_analytics as a
    (campaign_id, day, client_id, sent, contacted, new_contacted, opens, opened, clicks, clicked, replies, replied,
     auto_replies, opportunities, synced_at)
  select
    c.id, n.day, c.client_id, n.sent, n.contacted, n.new_contacted, n.opens, n.opened, n.clicks, n.clicked, n.replies, n.replied,
    n.auto_replies, n.opportunities, now()
  from jsonb_to_recordset(days) as n (
    day date, sent integer, contacted integer, new_contacted integer, opens integer, opened integer, clicks integer,
    clicked integer, replies integer, replied integer, auto_replies integer, opportunities integer
  )
  join public.campaigns as c on c.id = target_campaign_id
  order by n.day
  on conflict (campaign_id, day) do update set
    client_id = excluded.client_id,
    sent = excluded.sent,
    contacted = excluded.contacted,
    new_contacted = excluded.new_contacted,
    opens = excluded.opens,
    opened = excluded.opened,
    clicks = excluded.clicks,
    clicked = excluded.clicked,
    replies = excluded.replies,
    replied = excluded.replied,
    auto_replies = excluded.auto_replies,
    opportunities = excluded.opportunities,
    synced_at = excluded.synced_at
$$;

comment on function public.record_campaign_analytics(uuid, jsonb) is 'Writes the provider''s daily numbers of one campaign. Service role only.';

-- One page of leads of one campaign. An older reading of a lead never overwrites a newer one; a label from a webhook
-- that is newer than the provider's answer stays. Bounced and unsubscribed people are suppressed as if a webhook said so.
create function public.record_leads(target_campaign_id uuid, leads jsonb)
returns integer
language plpgsql
set search_path = ''
as $$
declare
  written integer;
  owner_id uuid;
  source_connection_id uuid;
begin
  select c.client_id, c.connection_id into owner_id, source_connection_id
  from public.campaigns as c
  where c.id = target_campaign_id;

  insert into public.synced_leads as l
    (client_id, campaign_id, provider_lead_id, email, first_name, last_name, company_name, job_title, industry, company_size,
     website, phone, sent_count_provider, open_count_provider, click_count_provider, reply_count_provider,
     sent_at, opened_at, clicked_at, replied_at, bounced_at, unsubscribed_at,
     interest_status, interest_label, interest_changed_at, sender_account, sender_account_at,
     payload, provider_updated_at, last_synced_at)
  select distinct on (n.email)
    owner_id, target_campaign_id, n.provider_lead_id, n.email, n.first_name, n.last_name, n.company_name, n.job_title,
    n.industry, n.company_size, n.website, n.phone, n.sent_count, n.open_count, n.click_count, n.reply_count,
    n.sent_at, n.opened_at, n.clicked_at, n.replied_at, n.bounced_at, n.unsubscribed_at,
    coalesce(n.interest_status, p.interest_status, case when n.interest_value is not null then 'neutral'::public.interest_status end),
    coalesce(n.interest_label, p.label), n.interest_changed_at, n.sender_account, n.sent_at,
    n.payload, n.updated_at, now()
  from jsonb_to_recordset(leads) as n (
    provider_lead_id text, email text, first_name text, last_name text, company_name text, job_title text, industry text,
    company_size text, website text, phone text, sent_count integer, open_count integer, click_count integer,
    reply_count integer, sent_at timestamptz, opened_at timestamptz, clicked_at timestamptz, replied_at timestamptz,
    bounced_at timestamptz, unsubscribed_at timestamptz, interest_status public.interest_status, interest_label text,
    interest_value integer, interest_changed_at timestamptz, sender_account text, payload jsonb, updated_at timestamptz
  )
  left join private.provider_labels as p
    on p.connection_id = source_connection_id and p.interest_value = n.interest_value
  where n.email is not null
  order by n.email, n.updated_at desc nulls last
  on conflict (campaign_id, email) do update set
    provider_lead_id = coalesce(excluded.provider_lead_id, l.provider_lead_id),
    first_name = coalesce(excluded.first_name, l.first_name),
    last_name = coalesce(excluded.last_name, l.last_name),
    company_name = coalesce(excluded.company_name, l.company_name),
    job_title = coalesce(excluded.job_title, l.job_title),
    industry = coalesce(excluded.industry, l.industry),
    company_size = coalesce(excluded.company_size, l.company_size),
    website = coalesce(excluded.website, l.website),
    phone = coalesce(excluded.phone, l.phone),
    sent_count_provider = excluded.sent_count_provider,
    open_count_provider = excluded.open_count_provider,
    click_count_provider = excluded.click_count_provider,
    reply_count_provider = excluded.reply_count_provider,
    sent_at = coalesce(l.sent_at, excluded.sent_at),
    opened_at = coalesce(l.opened_at, excluded.opened_at),
    clicked_at = coalesce(l.clicked_at, excluded.clicked_at),
    replied_at = coalesce(l.replied_at, excluded.replied_at),
    bounced_at = coalesce(l.bounced_at, excluded.bounced_at),
    unsubscribed_at = coalesce(l.unsubscribed_at, excluded.unsubscribed_at),
    interest_status = case
      when excluded.interest_changed_at >= coalesce(l.interest_changed_at, '-infinity')
        or (l.interest_changed_at is null and excluded.interest_status is not null)
      then coalesce(excluded.interest_status, case when l.interest_status is not null then 'neutral'::public.interest_status end)
      else l.interest_status
    end,
    interest_label = case
      when excluded.interest_changed_at >= coalesce(l.interest_changed_at, '-infinity')
        or (l.interest_changed_at is null and excluded.interest_status is not null)
      then excluded.interest_label
      else l.interest_label
    end,
    interest_changed_at = greatest(l.interest_changed_at, excluded.interest_changed_at),
    sender_account = case
      when excluded.sender_account is not null
        and coalesce(excluded.sender_account_at, '-infinity') >= coalesce(l.sender_account_at, '-infinity')
      then excluded.sender_account
      else l.sender_account
    end,
    sender_account_at = case
      when excluded.sender_account is not null then greatest(l.sender_account_at, excluded.sender_account_at)
      else l.sender_account_at
    end,
    payload = coalesce(excluded.payload, l.payload),
    provider_updated_at = excluded.provider_updated_at,
    last_synced_at = excluded.last_synced_at,
    updated_at = now()
  where coalesce(excluded.provider_updated_at, '-infinity') >= coalesce(l.provider_updated_at, '-infinity');

  get diagnostics written = row_count;

  insert into public.suppressions as s (client_id, email, reason, suppressed_at)
  select distinct on (n.email)
    owner_id, n.email,
    case when n.unsubscribed_at is not null then 'unsubscribed' else 'bounced' end::public.suppression_reason,
    coalesce(n.unsubscribed_at, n.bounced_at)
  from jsonb_to_recordset(leads) as n (email text, bounced_at timestamptz, unsubscribed_at timestamptz)
  where n.email is not null and (n.bounced_at is not null or n.unsubscribed_at is not null)
  order by n.email
  on conflict (client_id, email) do nothing;

  return written;
end
$$;

comment on function public.record_leads(uuid, jsonb) is
  'Writes one page of a campaign''s leads as the provider sees them; returns how many rows it wrote. Service role only.';

-- Marks a campaign as read without an error. fingerprint is set when all of its leads were walked.
create function public.record_campaign_synced(target_campaign_id uuid, fingerprint text)
returns void
language plpgsql
set search_path = ''
as $$
begin
  update public.campaigns as c set synced_at = now() where c.id = target_campaign_id;

  update private.provider_campaigns as p
  set leads_fingerprint = fingerprint, leads_walked_at = now()
  where p.campaign_id = target_campaign_id and fingerprint is not null;
end
$$;

comment on function public.record_campaign_synced(uuid, text) is
  'Stamps a campaign that a sync read without an error. Service role only.';

grant execute on function
  public.request_sync(uuid, uuid, boolean, uuid),
  public.record_provider_campaigns(uuid, jsonb),
  public.list_sync_campaigns(uuid, uuid, timestamptz),
  public.record_provider_labels(uuid, jsonb),
  public.record_campaign_totals(jsonb),
  public.record_campaign_analytics(uuid, jsonb),
  public.record_leads(uuid, jsonb),
  public.record_campaign_synced(uuid, text)
to service_role;
