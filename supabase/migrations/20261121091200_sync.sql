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

  if exists (
    select
    from public.clients as k
    where not k.integration_enabled
      and (
        k.id = target_client_id
        or k.id = (select c.client_id from public.provider_connections as c where c.id = target_connection_id)
      )
  ) then
    raise exception using errcode = 'PT400', message = 'VALIDATION_FAILED',
      detail = 'The integration of this client is switched off; switch it on, then sync again';
  end if;

  with wanted as (
    -- A shared connection is narrowed to the client's own campaigns.
    select c.id as connection_id, case when c.client_id is null then target_client_id end as client_id
    from public.provider_connections as c
    -- Who names a connection may also try one whose key was refused: a success makes it active again.
    where (c.status = 'active' or (c.id = target_connection_id and c.status <> 'paused'))
      and exists (select from private.provider_keys as k where k.connection_id = c.id)
      and not exists (select from public.clients as k where k.id = c.client_id and not k.integration_enabled)
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
    on conflict (connection_id, client_id) where kind = 'sync' and status in ('queued', 'running', 'paused')
    -- One that has begun without reading everything ends first, and then begins again (finish_job).
    do update set parameters = j.parameters || case
      when not read_everything or (j.parameters -> 'full') = 'true' then '{}'
      when j.lease_token is null and j.cursor = '{}' then '{"full": true}'
      else '{"full": true, "full_again": true}'
    end::jsonb
    returning j.id, j.connection_id, j.client_id, j.created_at < now() as already_running
  )
  select jsonb_agg(jsonb_build_object(
    'job_id', o.id, 'connection_id', o.connection_id, 'client_id', o.client_id, 'already_running', o.already_running
  ) order by o.connection_id)
  into jobs
  from opened as o;

  if jobs is null and (target_connection_id is not null or target_client_id is not null) then
    raise exception using errcode = 'PT409', message = upper(coalesce((
        select min(c.provider)
        from public.provider_connections as c
        where c.id = target_connection_id or c.client_id = target_client_id
      ), 'instantly')::text) || '_API_KEY_MISSING',
      detail = 'No provider connection with a saved API key matches, or it is paused; save a key or resume it, then sync again';
  end if;

  if requester is not null then
    perform private.write_audit(
      'sync_started', 'connection', j.connection_id::text, coalesce(j.client_id, c.client_id),
      jsonb_build_object('job_id', j.job_id, 'full', read_everything), requester
    )
    from jsonb_to_recordset(jobs) as j (job_id uuid, connection_id uuid, client_id uuid, already_running boolean)
    join public.provider_connections as c on c.id = j.connection_id
    where not j.already_running;
  end if;

  return coalesce(jobs, '[]');
end
$$;

comment on function public.request_sync(uuid, uuid, boolean, uuid) is
  'Opens the sync jobs of a connection, of a client or of all: [{ job_id, connection_id, client_id, already_running }]. Service role only.';

-- Campaigns as the provider lists them.
-- listed: [{ "provider_campaign_id", "name", "created_at", "status", "updated_at", "provider_org_id"? }]
create function public.record_provider_campaigns(target_connection_id uuid, listed jsonb)
returns jsonb
language plpgsql
set search_path = ''
as $$
declare
  imported integer;
  updated integer;
begin
  -- First of all, so that nothing of a campaign that went to somebody else is written any more.
  perform private.follow_organizations(target_connection_id, listed);

  -- Renamed there, renamed here; a name that was given here stays until the provider changes its own.
  update public.campaigns as c
  set name = btrim(f.name)
  from jsonb_to_recordset(listed) as f (provider_campaign_id text, name text)
  join private.provider_campaigns as p
    on p.connection_id = target_connection_id and p.provider_campaign_id = f.provider_campaign_id
  where c.id = p.campaign_id
    and btrim(f.name) <> ''
    and c.name <> btrim(f.name)
    and (p.name <> btrim(f.name) or c.name = private.nameless_campaign());

  imported := private.note_provider_campaigns(target_connection_id, listed, true);

  update public.campaigns as c
  set
    provider_status = f.status,
    provider_status_at = private.believed_time(f.updated_at, now())
  from jsonb_to_recordset(listed) as f (provider_campaign_id text, status public.provider_campaign_status, updated_at timestamptz)
  join private.provider_campaigns as p
    on p.connection_id = target_connection_id and p.provider_campaign_id = f.provider_campaign_id
  where c.id = p.campaign_id
    and f.status is not null
    and c.provider_status is distinct from f.status
    -- What is listed again was not deleted for good.
    and (
      c.provider_status in ('deleted', 'moved')
      or coalesce(private.believed_time(f.updated_at, now()), now()) >= coalesce(c.provider_status_at, '-infinity')
    );

  get diagnostics updated = row_count;
  return jsonb_build_object('imported', imported, 'updated', updated);
end
$$;

comment on function public.record_provider_campaigns(uuid, jsonb) is
  'Notes the campaigns of a workspace and their status; unknown ones of a dedicated connection are imported. Returns { imported, updated }. Service role only.';

-- The whole list of campaigns was read: those that it named before and does not name any more are deleted there. Their numbers
-- stay. Returns how many.
create function public.record_deleted_campaigns(target_connection_id uuid, listed_since timestamptz)
returns integer
language plpgsql
set search_path = ''
as $$
declare
  deleted integer;
begin
  update public.campaigns as c
  set provider_status = 'deleted', provider_status_at = now()
  from private.provider_campaigns as p
  where p.connection_id = target_connection_id
    and p.campaign_id = c.id
    and p.listed_at < listed_since
    and c.provider_status is distinct from 'deleted';

  get diagnostics deleted = row_count;
  return deleted;
end
$$;

comment on function public.record_deleted_campaigns(uuid, timestamptz) is
  'Marks campaigns as deleted that the provider listed before and has not listed since then; returns how many. Service role only.';

-- The campaigns that a sync has to read, in a fixed order, so that a cursor can point at one. Those of a client that is
-- switched off are left alone.
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
  join public.clients as k on k.id = c.client_id and k.integration_enabled
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
  set
    interest_status_provider = p.interest_status,
    interest_changed_at_provider = coalesce(l.interest_label_at, l.interest_changed_at_provider),
    updated_at = now()
  from (
    -- Labels that differ only in case are one to a webhook; the lowest number counts, as in private.event_interest.
    select distinct on (lower(d.label)) d.connection_id, d.label, d.interest_status
    from private.provider_labels as d
    where d.connection_id = target_connection_id
    order by lower(d.label), d.interest_value
  ) as p
  join private.provider_campaigns as c on c.connection_id = p.connection_id
  where l.campaign_id = c.campaign_id
    and lower(l.interest_label) = lower(p.label)
    and l.interest_status_provider is distinct from p.interest_status;

  -- And those that came by their number alone.
  perform private.read_categories(target_connection_id);

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
  -- Nobody moves the campaign to another client before this is written.
  for key share of c
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
-- "clicked", "replies", "replied", "auto_replies", "opportunities", "bounced"?, "unsubscribed"? }]
create function public.record_campaign_analytics(target_campaign_id uuid, days jsonb)
returns void
language sql
volatile
set search_path = ''
as $$
  insert into public.campaign_analytics as a
    (campaign_id, day, client_id, sent, contacted, new_contacted, opens, opened, clicks, clicked, replies, replied,
     auto_replies, opportunities, bounced, unsubscribed, synced_at)
  select
    c.id, n.day, c.client_id, n.sent, n.contacted, n.new_contacted, n.opens, n.opened, n.clicks, n.clicked, n.replies, n.replied,
    n.auto_replies, n.opportunities, n.bounced, n.unsubscribed, now()
  from jsonb_to_recordset(days) as n (
    day date, sent integer, contacted integer, new_contacted integer, opens integer, opened integer, clicks integer,
    clicked integer, replies integer, replied integer, auto_replies integer, opportunities integer,
    bounced integer, unsubscribed integer
  )
  join public.campaigns as c on c.id = target_campaign_id
  -- A day that nobody can believe is left out.
  where private.believed_time(n.day::timestamp at time zone 'UTC', now()) is not null
  order by n.day
  for key share of c
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
    bounced = excluded.bounced,
    unsubscribed = excluded.unsubscribed,
    synced_at = excluded.synced_at
$$;

comment on function public.record_campaign_analytics(uuid, jsonb) is 'Writes the provider''s daily numbers of one campaign. Service role only.';

grant execute on function
  public.request_sync(uuid, uuid, boolean, uuid),
  public.record_provider_campaigns(uuid, jsonb),
  public.record_deleted_campaigns(uuid, timestamptz),
  public.list_sync_campaigns(uuid, uuid, timestamptz),
  public.record_provider_labels(uuid, jsonb),
  public.record_campaign_totals(jsonb),
  public.record_campaign_analytics(uuid, jsonb)
to service_role;
