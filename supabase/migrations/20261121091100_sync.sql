-- Generated from supabase/schemas/11_sync by "npm run migrations".

-- How syncs and replays begin.

-- Opens (or finds) the sync jobs for a connection, for one client, or for everything that is active.
-- full = true reads all history and walks every lead; false skips what has not moved since the last whole walk.
create function worker.request_sync(target_connection_id uuid, target_client_id uuid, read_everything boolean, requester uuid)
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

comment on function worker.request_sync(uuid, uuid, boolean, uuid) is
  'Opens the sync jobs of a connection, of a client or of all: [{ job_id, connection_id, client_id, already_running }]. Service role only.';

grant execute on function worker.request_sync(uuid, uuid, boolean, uuid) to service_role;

-- A new connection does not wait for the hour: the job of its first sync exists once its webhook does.
create function worker.start_first_sync(target_connection_id uuid, requester uuid)
returns jsonb
language plpgsql
set search_path = ''
as $$
begin
  -- A client that is switched off is synced when it is switched on.
  if exists (
    select
    from public.provider_connections as c
    join public.clients as k on k.id = c.client_id
    where c.id = target_connection_id and not k.integration_enabled
  ) then
    return jsonb_build_object('job_id', null);
  end if;

  return jsonb_build_object(
    'job_id', worker.request_sync(target_connection_id, null, true, requester) -> 0 ->> 'job_id'
  );
end
$$;

comment on function worker.start_first_sync(uuid, uuid) is
  'Opens the first sync of a connection; returns { job_id }, null where its client is switched off. Service role only.';

grant execute on function worker.start_first_sync(uuid, uuid) to service_role;

-- Opens the replay of a time range of the delivery log, or finds the open one of the same range.
create function worker.request_replay(target_connection_id uuid, replay_from timestamptz, replay_to timestamptz, requester uuid)
returns jsonb
language plpgsql
set search_path = ''
as $$
declare
  wanted jsonb := jsonb_build_object('replay', jsonb_build_object('from', replay_from, 'to', replay_to));
  job_id uuid;
begin
  if replay_from is null or replay_to is null or replay_from >= replay_to then
    raise exception using errcode = 'PT400', message = 'VALIDATION_FAILED',
      detail = 'A replay needs a time range: from must lie before to';
  end if;

  -- The lock makes two calls at the same moment find the same job.
  perform from public.provider_connections as c where c.id = target_connection_id for update;

  if not found then
    raise exception using errcode = 'PT404', message = 'NOT_FOUND',
      detail = format('There is no provider connection %L; check the id', target_connection_id);
  end if;

  select j.id
  into job_id
  from private.jobs as j
  where j.connection_id = target_connection_id
    and j.kind::text = 'replay'
    and j.status in ('queued', 'running', 'paused')
    and j.parameters = wanted;

  if found then
    return jsonb_build_array(jsonb_build_object(
      'job_id', job_id, 'connection_id', target_connection_id, 'client_id', null, 'already_running', true
    ));
  end if;

  insert into private.jobs (kind, connection_id, parameters, deadline_at, requested_by)
  values ('replay', target_connection_id, wanted, now() + interval '3 hours', requester)
  returning id into job_id;

  return jsonb_build_array(jsonb_build_object(
    'job_id', job_id, 'connection_id', target_connection_id, 'client_id', null, 'already_running', false
  ));
end
$$;

comment on function worker.request_replay(uuid, timestamptz, timestamptz, uuid) is
  'Opens a job that stores again what the delivery log has of a time range: [{ job_id, connection_id, client_id, already_running }]. Service role only.';

grant execute on function worker.request_replay(uuid, timestamptz, timestamptz, uuid) to service_role;

-- The campaigns and labels of a workspace, as a sync reads them. Every function is set-based and may be repeated.

-- Campaigns as the provider lists them.
-- listed: [{ "provider_campaign_id", "name", "created_at", "status", "updated_at", "provider_org_id"? }]
create function worker.record_provider_campaigns(target_connection_id uuid, listed jsonb)
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

  imported := private.register_provider_campaigns(target_connection_id, listed, true);

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

comment on function worker.record_provider_campaigns(uuid, jsonb) is
  'Notes the campaigns of a workspace and their status; unknown ones of a dedicated connection are imported. Returns { imported, updated }. Service role only.';

grant execute on function worker.record_provider_campaigns(uuid, jsonb) to service_role;

-- The whole list of campaigns was read: those that it named before and does not name any more are deleted there. Their numbers
-- stay. Returns how many.
create function worker.record_deleted_campaigns(target_connection_id uuid, listed_since timestamptz)
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

comment on function worker.record_deleted_campaigns(uuid, timestamptz) is
  'Marks campaigns as deleted that the provider listed before and has not listed since then; returns how many. Service role only.';

grant execute on function worker.record_deleted_campaigns(uuid, timestamptz) to service_role;

-- The campaigns that a sync has to read, in a fixed order, so that a cursor can point at one. Those of a client that is
-- switched off are left alone.
create function worker.list_sync_campaigns(target_connection_id uuid, target_client_id uuid, listed_since timestamptz)
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

comment on function worker.list_sync_campaigns(uuid, uuid, timestamptz) is
  'Mapped campaigns of a connection that the provider has listed since then, with what the last sync knew of them. Service role only.';

grant execute on function worker.list_sync_campaigns(uuid, uuid, timestamptz) to service_role;

-- Marks a campaign as read without an error. fingerprint is set when all of its leads were walked.
create function worker.record_campaign_synced(target_campaign_id uuid, fingerprint text)
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

comment on function worker.record_campaign_synced(uuid, text) is
  'Stamps a campaign that a sync read without an error. Service role only.';

grant execute on function worker.record_campaign_synced(uuid, text) to service_role;

-- Custom labels of a workspace: [{ "interest_value", "label", "interest_status" }]
create function worker.record_provider_labels(target_connection_id uuid, labels jsonb)
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
    interest_status_reported = p.interest_status,
    interest_changed_at_reported = coalesce(l.interest_label_at, l.interest_changed_at_reported),
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
    and l.interest_status_reported is distinct from p.interest_status;

  -- And those that came by their number alone.
  perform private.read_categories(target_connection_id);

  return written;
end
$$;

comment on function worker.record_provider_labels(uuid, jsonb) is
  'Saves what a workspace''s custom labels mean and applies it to leads that carry them. Service role only.';

grant execute on function worker.record_provider_labels(uuid, jsonb) to service_role;

-- What the provider counts: per campaign, per day, per step.

-- Lifetime totals: [{ "campaign_id", "leads", "sent", "contacted", "opened", "clicked", "replied", "auto_replies",
-- "bounced", "unsubscribed", "completed", "opportunities", "opportunity_value" }]
create function worker.record_campaign_totals(totals jsonb)
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
  -- The campaign cannot move to another client before this is written.
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

comment on function worker.record_campaign_totals(jsonb) is 'Writes the provider''s lifetime totals of campaigns. Service role only.';

grant execute on function worker.record_campaign_totals(jsonb) to service_role;

-- Daily analytics of one campaign: [{ "day", "sent", "contacted", "new_contacted", "opens", "opened", "clicks",
-- "clicked", "replies", "replied", "auto_replies", "opportunities", "bounced"?, "unsubscribed"? }]
create function worker.record_campaign_analytics(target_campaign_id uuid, days jsonb)
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
  -- An implausible day is left out.
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

comment on function worker.record_campaign_analytics(uuid, jsonb) is 'Writes the provider''s daily numbers of one campaign. Service role only.';

grant execute on function worker.record_campaign_analytics(uuid, jsonb) to service_role;

-- The steps of one campaign as the provider counts them, all time:
-- [{ "step", "variant", "sent", "opened", "clicked", "replied", "auto_replies", "opportunities", "meetings", "won" }]; the last three may be absent
create function worker.record_campaign_steps(target_campaign_id uuid, steps jsonb)
returns void
language plpgsql
set search_path = ''
as $$
declare
  owner_id uuid;
begin
  select c.client_id into owner_id
  from public.campaigns as c
  where c.id = target_campaign_id
  -- The campaign cannot move to another client before this is written.
  for key share;

  -- The answer is the whole truth of the provider: a variant that it no longer names is gone.
  delete from public.campaign_step_analytics as a
  where a.campaign_id = target_campaign_id
    and not exists (
      select from jsonb_to_recordset(steps) as n (step smallint, variant smallint)
      where n.step = a.step and n.variant = a.variant
    );

  insert into public.campaign_step_analytics as a
    (campaign_id, step, variant, client_id, sent, opened, clicked, replied, auto_replies, opportunities, meetings, won, synced_at)
  select target_campaign_id, n.step, n.variant, owner_id, n.sent, n.opened, n.clicked, n.replied, n.auto_replies, n.opportunities,
    n.meetings, n.won, now()
  from jsonb_to_recordset(steps) as n (
    step smallint, variant smallint, sent integer, opened integer, clicked integer, replied integer, auto_replies integer,
    opportunities integer, meetings integer, won integer
  )
  where owner_id is not null
  order by n.step, n.variant
  on conflict (campaign_id, step, variant) do update set
    client_id = excluded.client_id,
    sent = excluded.sent,
    opened = excluded.opened,
    clicked = excluded.clicked,
    replied = excluded.replied,
    auto_replies = excluded.auto_replies,
    opportunities = excluded.opportunities,
    meetings = excluded.meetings,
    won = excluded.won,
    synced_at = excluded.synced_at;
end
$$;

comment on function worker.record_campaign_steps(uuid, jsonb) is
  'Writes the provider''s numbers per step and variant of one campaign. Service role only.';

grant execute on function worker.record_campaign_steps(uuid, jsonb) to service_role;

-- Leads that the provider changes: another address under the same id, another id under the same address, two made one. The row
-- of ours follows, and what happened to it stays with it.

-- Leads whose address another lead took, while the provider had not reported yet what became of them. The end of a whole walk
-- tells: met again = it has an address of its own; not met = the two were merged.
create table private.displaced_leads (
  lead_id uuid primary key references public.synced_leads (id) on delete cascade,
  campaign_id uuid not null references public.campaigns (id) on delete cascade,
  by_lead_id uuid not null references public.synced_leads (id) on delete cascade
);

comment on table private.displaced_leads is
  'Leads whose address went to another lead in the middle of a walk; emptied at its end. by_lead_id = who has the address now.';

create index displaced_leads_campaign_idx on private.displaced_leads (campaign_id);
create index displaced_leads_by_lead_idx on private.displaced_leads (by_lead_id);

alter table private.displaced_leads enable row level security;

grant select, insert, update, delete on private.displaced_leads to service_role;

create policy "Only the functions read displaced leads"
on private.displaced_leads for all to service_role using (true) with check (true);

-- The same for the days of a client that does not live in UTC: one fewer on each day on which both are in, and of two first
-- times the later one goes.
create function private.shift_merged_days(kept_id uuid, merged public.synced_leads)
returns void
language plpgsql
set search_path = ''
as $$
begin
  perform private.add_day_shifts(array_agg(row(merged.campaign_id, merged.client_id, m.day, m.kind, m.change)::private.day_shift))
  from (
    select s.day, private.shifted_people(e.type) as kind, -s.change as change
    from private.day_cuts as z
    join public.email_events as e on e.lead_id in (kept_id, merged.id) and e.occurred_at < z.counted_before
    cross join lateral (
      values ((e.occurred_at at time zone z.zone)::date, 1), ((e.occurred_at at time zone 'UTC')::date, -1)
    ) as s (day, change)
    where z.campaign_id = merged.campaign_id and z.zone <> 'UTC' and private.shifted_people(e.type) is not null
    group by s.day, e.type, s.change
    having count(distinct e.lead_id) = 2
    union all
    select s.day, t.kind, -s.change
    from private.day_cuts as z
    join public.synced_leads as k on k.id = kept_id
    cross join lateral (
      values
        ('first_contacted', k.contacted_at is not null and merged.contacted_at is not null, k.contacted_at, merged.contacted_at),
        ('first_opened', k.open_count_observed > 0 and merged.open_count_observed > 0, k.opened_at, merged.opened_at),
        ('first_clicked', k.click_count_observed > 0 and merged.click_count_observed > 0, k.clicked_at, merged.clicked_at),
        ('first_replied', k.reply_count_observed > 0 and merged.reply_count_observed > 0, k.replied_at, merged.replied_at)
    ) as t (kind, is_twice, kept_at, merged_at)
    cross join lateral (
      values
        ((greatest(t.kept_at, t.merged_at) at time zone z.zone)::date, 1),
        ((greatest(t.kept_at, t.merged_at) at time zone 'UTC')::date, -1)
    ) as s (day, change)
    where z.campaign_id = merged.campaign_id and z.zone <> 'UTC' and t.is_twice
  ) as m
  having count(*) > 0;
end
$$;

comment on function private.shift_merged_days(uuid, public.synced_leads) is
  'What two leads that are one change about the days of a client outside of UTC.';

grant execute on function private.shift_merged_days(uuid, public.synced_leads) to service_role;

-- Two rows that are one person: everything that happened to the second is the first's. A lead counted twice is counted
-- once. The caller holds projectors off.
create function private.merge_leads(kept_id uuid, merged_id uuid)
returns void
language plpgsql
set search_path = ''
as $$
declare
  merged public.synced_leads;
begin
  select l.* into merged from public.synced_leads as l where l.id = merged_id for update;
  perform from public.synced_leads as l where l.id = kept_id for update;

  -- People per day, per step and over the whole life: one fewer wherever both are in.
  update public.campaign_activity as a
  set
    contacted = a.contacted - d.contacted, opened = a.opened - d.opened, clicked = a.clicked - d.clicked, replied = a.replied - d.replied
  from (
    select
      b.day,
      count(*) filter (where b.type = 'email_sent') as contacted, count(*) filter (where b.type = 'email_opened') as opened,
      count(*) filter (where b.type = 'email_clicked') as clicked, count(*) filter (where b.type = 'reply_received') as replied
    from (
      select e.type, (e.occurred_at at time zone 'UTC')::date as day
      from public.email_events as e
      where e.lead_id in (kept_id, merged_id)
      group by e.type, (e.occurred_at at time zone 'UTC')::date
      having count(distinct e.lead_id) = 2
    ) as b
    group by b.day
  ) as d
  where a.campaign_id = merged.campaign_id and a.day = d.day;

  update public.campaign_step_activity as a
  set opened = a.opened - d.opened, clicked = a.clicked - d.clicked, replied = a.replied - d.replied
  from (
    select
      b.step, b.variant,
      count(*) filter (where b.type = 'email_opened') as opened,
      count(*) filter (where b.type = 'email_clicked') as clicked, count(*) filter (where b.type = 'reply_received') as replied
    from (
      select e.type, e.step, coalesce(e.variant, 1) as variant
      from public.email_events as e
      where e.lead_id in (kept_id, merged_id) and e.step >= 1
      group by e.type, e.step, coalesce(e.variant, 1)
      having count(distinct e.lead_id) = 2
    ) as b
    group by b.step, b.variant
  ) as d
  where a.campaign_id = merged.campaign_id and a.step = d.step and a.variant = d.variant;

  -- Of two first times the earlier one stays; both are there only where we saw both.
  with twice as (
    select t.kind, (greatest(t.kept_at, t.merged_at) at time zone 'UTC')::date as later_day
    from public.synced_leads as k
    cross join lateral (
      values
        ('contacted', k.contacted_at is not null and merged.contacted_at is not null, k.contacted_at, merged.contacted_at),
        ('opened', k.open_count_observed > 0 and merged.open_count_observed > 0, k.opened_at, merged.opened_at),
        ('clicked', k.click_count_observed > 0 and merged.click_count_observed > 0, k.clicked_at, merged.clicked_at),
        ('replied', k.reply_count_observed > 0 and merged.reply_count_observed > 0, k.replied_at, merged.replied_at)
    ) as t (kind, is_twice, kept_at, merged_at)
    where k.id = kept_id and t.is_twice
  ),
  first_times as (
    update public.campaign_first_times as f
    set
      contacted = f.contacted - d.contacted, opened = f.opened - d.opened, clicked = f.clicked - d.clicked, replied = f.replied - d.replied
    from (
      select
        t.later_day, count(*) filter (where t.kind = 'contacted') as contacted, count(*) filter (where t.kind = 'opened') as opened,
        count(*) filter (where t.kind = 'clicked') as clicked, count(*) filter (where t.kind = 'replied') as replied
      from twice as t
      group by t.later_day
    ) as d
    where f.campaign_id = merged.campaign_id and f.day = d.later_day
  )
  update public.campaign_activity_totals as a
  set
    contacted = a.contacted - d.contacted, opened = a.opened - d.opened, clicked = a.clicked - d.clicked, replied = a.replied - d.replied
  from (
    select
      count(*) filter (where t.kind = 'contacted') as contacted, count(*) filter (where t.kind = 'opened') as opened,
      count(*) filter (where t.kind = 'clicked') as clicked, count(*) filter (where t.kind = 'replied') as replied
    from twice as t
  ) as d
  where a.campaign_id = merged.campaign_id;

  perform private.shift_merged_days(kept_id, merged);

  update public.email_events as e set lead_id = kept_id where e.lead_id = merged_id;
  update public.messages as m set lead_id = kept_id where m.lead_id = merged_id;
  update public.meetings as t set lead_id = kept_id where t.lead_id = merged_id;
  update public.meeting_changes as h set lead_id = kept_id where h.lead_id = merged_id;
  update private.recovered_facts as f set lead_id = kept_id where f.lead_id = merged_id;
  update private.automatic_replies as a set lead_id = kept_id where a.lead_id = merged_id;
  update private.overruled_replies as o set lead_id = kept_id where o.lead_id = merged_id;
  update private.unread_categories as u set lead_id = kept_id where u.lead_id = merged_id;
  update private.verdict_pushes as n set lead_id = kept_id
  where n.lead_id = merged_id and not exists (select from private.verdict_pushes as o where o.lead_id = kept_id);

  update public.synced_leads as l
  set
    business_id = coalesce(l.business_id, merged.business_id),
    first_name = coalesce(l.first_name, merged.first_name),
    last_name = coalesce(l.last_name, merged.last_name),
    company_name = coalesce(l.company_name, merged.company_name),
    job_title = coalesce(l.job_title, merged.job_title),
    industry = coalesce(l.industry, merged.industry),
    company_size = coalesce(l.company_size, merged.company_size),
    website = coalesce(l.website, merged.website),
    phone = coalesce(l.phone, merged.phone),
    payload = coalesce(merged.payload, '{}') || coalesce(l.payload, '{}'),
    sent_count_observed = l.sent_count_observed + merged.sent_count_observed,
    open_count_observed = l.open_count_observed + merged.open_count_observed,
    click_count_observed = l.click_count_observed + merged.click_count_observed,
    reply_count_observed = l.reply_count_observed + merged.reply_count_observed,
    auto_reply_count = l.auto_reply_count + merged.auto_reply_count,
    reply_count_overruled = l.reply_count_overruled + merged.reply_count_overruled,
    sent_at = least(l.sent_at, merged.sent_at),
    contacted_at = least(l.contacted_at, merged.contacted_at),
    opened_at = least(l.opened_at, merged.opened_at),
    clicked_at = least(l.clicked_at, merged.clicked_at),
    replied_at = least(l.replied_at, merged.replied_at),
    bounced_at = least(l.bounced_at, merged.bounced_at),
    bounce_class = coalesce(l.bounce_class, merged.bounce_class),
    out_of_office_at = greatest(l.out_of_office_at, merged.out_of_office_at),
    interest_label_at = greatest(l.interest_label_at, merged.interest_label_at),
    unsubscribed_at = least(l.unsubscribed_at, merged.unsubscribed_at),
    interest_status_reported = case when label.is_later then merged.interest_status_reported else l.interest_status_reported end,
    interest_label = case when label.is_later then merged.interest_label else l.interest_label end,
    interest_changed_at_reported = greatest(l.interest_changed_at_reported, merged.interest_changed_at_reported),
    interest_status_judged = case when verdict.is_later then merged.interest_status_judged else l.interest_status_judged end,
    interest_judged_at = greatest(l.interest_judged_at, merged.interest_judged_at),
    last_event_type = case when latest.is_later then merged.last_event_type else l.last_event_type end,
    last_event_at = greatest(l.last_event_at, merged.last_event_at),
    updated_at = now()
  from (
    select k.id,
      coalesce(merged.interest_changed_at_reported > coalesce(k.interest_changed_at_reported, '-infinity'), false) as is_later
    from public.synced_leads as k where k.id = kept_id
  ) as label
  join (
    select k.id, coalesce(merged.interest_judged_at > coalesce(k.interest_judged_at, '-infinity'), false) as is_later
    from public.synced_leads as k where k.id = kept_id
  ) as verdict using (id)
  join (
    select k.id, coalesce(merged.last_event_at > coalesce(k.last_event_at, '-infinity'), false) as is_later
    from public.synced_leads as k where k.id = kept_id
  ) as latest using (id)
  where l.id = kept_id;

  delete from public.synced_leads as l where l.id = merged_id;

  if exists (select from private.overruled_replies as o where o.lead_id = kept_id) then
    perform private.recount_overruled(array[merged.campaign_id]);
  end if;
end
$$;

comment on function private.merge_leads(uuid, uuid) is
  'Makes two leads of one campaign one: events, messages, verdicts and counters of the second become the first''s.';

grant execute on function private.merge_leads(uuid, uuid) to service_role;

-- One page of leads in which each address and each id occurs once, after the rows of ours have taken the addresses that these
-- leads have now. Mostly nothing has changed; then this is one look by id.
create function private.follow_leads(target_campaign_id uuid, leads jsonb)
returns jsonb
language plpgsql
set search_path = ''
as $$
declare
  page jsonb;
  changed record;
  ours public.synced_leads;
  theirs public.synced_leads;
begin
  page := leads;

  -- The newest reading of an address, then of an id, counts. Mostly each is there once, and making the page again takes a quarter of its time.
  if exists (
    select
    from jsonb_to_recordset(leads) as n (provider_lead_id text, email text)
    having count(*) <> count(distinct n.email) or count(n.provider_lead_id) <> count(distinct n.provider_lead_id)
  ) then
    select coalesce(jsonb_agg(i.value order by i.position), '[]') into page
    from (
      select distinct on (coalesce(a.value ->> 'provider_lead_id', a.position::text)) a.value, a.position
      from (
        select distinct on (n.value ->> 'email') n.value, n.position
        from jsonb_array_elements(leads) with ordinality as n (value, position)
        where n.value ->> 'email' is not null
        order by n.value ->> 'email', (n.value ->> 'updated_at')::timestamptz desc nulls last, n.position
      ) as a
      order by
        coalesce(a.value ->> 'provider_lead_id', a.position::text), (a.value ->> 'updated_at')::timestamptz desc nulls last, a.position
    ) as i;
  end if;

  for changed in
    select l.id, n.email
    from jsonb_to_recordset(page) as n (provider_lead_id text, email text)
    -- A look by id for each: without statistics, as on a first day, each page read all leads of the campaign.
    cross join lateral (
      select k.id, k.email
      from public.synced_leads as k
      where k.campaign_id = target_campaign_id and k.provider_lead_id = n.provider_lead_id
      offset 0
    ) as l
    where l.email <> n.email
    order by n.email
  loop
    -- Projectors find leads by address; none does so while addresses change hands.
    perform pg_advisory_xact_lock(private.campaign_moves_lock());

    select l.* into ours from public.synced_leads as l where l.id = changed.id for update;
    continue when ours.id is null or ours.email = changed.email;

    select l.* into theirs
    from public.synced_leads as l
    where l.campaign_id = target_campaign_id and l.email = changed.email
    for update;

    if theirs.id is not null and (theirs.provider_lead_id is null or theirs.removed_at is not null) then
      -- A delivery reported the new address before this list did.
      perform private.merge_leads(ours.id, theirs.id);
    elsif theirs.id is not null then
      update public.synced_leads as l set email = theirs.id || '@moving.invalid' where l.id = theirs.id;

      insert into private.displaced_leads as d (lead_id, campaign_id, by_lead_id)
      values (theirs.id, target_campaign_id, ours.id)
      on conflict (lead_id) do update set by_lead_id = excluded.by_lead_id;
    end if;

    update public.synced_leads as l set email = changed.email, updated_at = now() where l.id = ours.id;
    update public.synced_leads as l set email = ours.email where l.id = theirs.id and l.email like '%@moving.invalid';
  end loop;

  return page;
end
$$;

comment on function private.follow_leads(uuid, jsonb) is
  'Gives leads whose address changed at the provider the new one, joins a row that had it before, and answers the page with each address and id once.';

grant execute on function private.follow_leads(uuid, jsonb) to service_role;

-- The end of a whole walk: a lead that lost its address and was not met any more was merged into the one that has it.
create function private.settle_displaced_leads(target_campaign_id uuid)
returns void
language plpgsql
set search_path = ''
as $$
declare
  displaced record;
begin
  for displaced in
    delete from private.displaced_leads as d
    where d.campaign_id = target_campaign_id
    returning d.lead_id, d.by_lead_id
  loop
    continue when not exists (
      select from public.synced_leads as l where l.id = displaced.lead_id and l.removed_at is not null
    );

    perform pg_advisory_xact_lock(private.campaign_moves_lock());
    perform private.merge_leads(displaced.by_lead_id, displaced.lead_id);
  end loop;
end
$$;

comment on function private.settle_displaced_leads(uuid) is
  'At the end of a whole walk: merges leads that lost their address and were not met again into those that have it now.';

grant execute on function private.settle_displaced_leads(uuid) to service_role;

-- The leads of a campaign, page by page, and who is gone at the end of a whole walk.

-- One page of leads of one campaign, after which its rows are these leads, whatever address or id each had before
-- (private.follow_leads). An older reading of a lead never overwrites a newer one; a label from a webhook that is newer
-- than the provider's answer stays. Who bounced, unsubscribed or is not to be contacted is suppressed as if a webhook reported
-- so.
create function worker.record_leads(target_campaign_id uuid, leads jsonb)
returns integer
language plpgsql
set search_path = ''
as $$
declare
  written integer;
  owner_id uuid;
  source_connection_id uuid;
  believable constant tstzrange := private.believable_times(now());
begin
  select c.client_id, c.connection_id into owner_id, source_connection_id
  from public.campaigns as c
  where c.id = target_campaign_id
  -- The campaign cannot move to another client before its leads are written.
  for key share;

  leads := private.follow_leads(target_campaign_id, private.without_erased(owner_id, leads));

  insert into public.synced_leads as l
    (client_id, campaign_id, provider_lead_id, email, first_name, last_name, company_name, job_title, industry, company_size,
     website, phone, sent_count_reported, open_count_reported, click_count_reported, reply_count_reported,
     sent_at, opened_at, clicked_at, replied_at, bounced_at, unsubscribed_at,
     interest_status_reported, interest_label, interest_label_at, interest_changed_at_reported, sender_account, sender_account_at,
     payload, provider_updated_at, last_synced_at)
  select
    owner_id, target_campaign_id, n.provider_lead_id, n.email, n.first_name, n.last_name, n.company_name, n.job_title,
    n.industry, n.company_size, n.website, n.phone, n.sent_count, n.open_count, n.click_count, n.reply_count,
    b.sent_at, b.opened_at, b.clicked_at, b.replied_at, b.bounced_at, b.unsubscribed_at,
    coalesce(n.interest_status, p.interest_status),
    -- A number that the workspace does not explain (yet) is shown as such; it says nothing of the sentiment.
    coalesce(n.interest_label, p.label, 'Category ' || n.interest_value), b.interest_changed_at, b.interest_changed_at, n.sender_account, b.sent_at,
    n.payload, b.updated_at, now()
  from jsonb_to_recordset(leads) as n (
    provider_lead_id text, email text, first_name text, last_name text, company_name text, job_title text, industry text,
    company_size text, website text, phone text, sent_count integer, open_count integer, click_count integer,
    reply_count integer, sent_at timestamptz, opened_at timestamptz, clicked_at timestamptz, replied_at timestamptz,
    bounced_at timestamptz, unsubscribed_at timestamptz, interest_status public.interest_status, interest_label text,
    interest_value integer, interest_changed_at timestamptz, sender_account text, payload jsonb, updated_at timestamptz
  )
  -- The times, as far as they can be believed. That a lead bounced or unsubscribed is no less true for a wrong clock, so these two
  -- are then now.
  cross join lateral (
    select
      case when n.sent_at <@ believable then n.sent_at end as sent_at,
      case when n.opened_at <@ believable then n.opened_at end as opened_at,
      case when n.clicked_at <@ believable then n.clicked_at end as clicked_at,
      case when n.replied_at <@ believable then n.replied_at end as replied_at,
      case when n.bounced_at is not null then case when n.bounced_at <@ believable then n.bounced_at else now() end end as bounced_at,
      case
        when n.unsubscribed_at is not null then case when n.unsubscribed_at <@ believable then n.unsubscribed_at else now() end
      end as unsubscribed_at,
      case when n.interest_changed_at <@ believable then n.interest_changed_at end as interest_changed_at,
      case when n.updated_at <@ believable then n.updated_at end as updated_at
  ) as b
  left join private.provider_labels as p
    on p.connection_id = source_connection_id and p.interest_value = n.interest_value
  order by n.email
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
    sent_count_reported = excluded.sent_count_reported,
    open_count_reported = excluded.open_count_reported,
    click_count_reported = excluded.click_count_reported,
    reply_count_reported = excluded.reply_count_reported,
    sent_at = coalesce(l.sent_at, excluded.sent_at),
    opened_at = coalesce(l.opened_at, excluded.opened_at),
    clicked_at = coalesce(l.clicked_at, excluded.clicked_at),
    -- Not the time of a reply that counts as automatic here.
    replied_at = coalesce(
      l.replied_at, case when excluded.reply_count_reported > l.reply_count_overruled then excluded.replied_at end
    ),
    bounced_at = coalesce(l.bounced_at, excluded.bounced_at),
    unsubscribed_at = coalesce(l.unsubscribed_at, excluded.unsubscribed_at),
    interest_status_reported = case
      when excluded.interest_changed_at_reported >= coalesce(l.interest_changed_at_reported, '-infinity')
        or (l.interest_changed_at_reported is null and excluded.interest_status_reported is not null)
      then case
        when excluded.interest_status_reported is not null then excluded.interest_status_reported
        when excluded.interest_label is not null then l.interest_status_reported
        when l.interest_status_reported is not null then 'neutral'::public.interest_status
      end
      else l.interest_status_reported
    end,
    interest_label = case
      when excluded.interest_label_at >= coalesce(l.interest_label_at, l.interest_changed_at_reported, '-infinity')
        or (coalesce(l.interest_label_at, l.interest_changed_at_reported) is null and excluded.interest_label is not null)
      then excluded.interest_label
      else l.interest_label
    end,
    interest_label_at = greatest(l.interest_label_at, excluded.interest_label_at),
    interest_changed_at_reported = case
      when excluded.interest_status_reported is null and excluded.interest_label is not null then l.interest_changed_at_reported
      else greatest(l.interest_changed_at_reported, excluded.interest_changed_at_reported)
    end,
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
    removed_at = null,
    updated_at = now()
  where coalesce(excluded.provider_updated_at, '-infinity') >= coalesce(l.provider_updated_at, '-infinity');

  get diagnostics written = row_count;

  -- A lead of which we know more already was met all the same.
  if written < jsonb_array_length(leads) then
    update public.synced_leads as l
    set last_synced_at = now(), removed_at = null
    where l.id = any (array(
      select k.id
      from jsonb_to_recordset(leads) as n (email text)
      -- A look by address for each, as in private.follow_leads.
      cross join lateral (
        select m.id, m.last_synced_at from public.synced_leads as m where m.campaign_id = target_campaign_id and m.email = n.email offset 0
      ) as k
      where k.last_synced_at is distinct from now()
    ));
  end if;

  insert into public.suppressions as s (client_id, email, reason, suppressed_at)
  select distinct on (n.email)
    owner_id, n.email,
    case when n.unsubscribed_at is not null then 'unsubscribed' else 'do_not_contact' end::public.suppression_reason,
    coalesce(
      private.believed_time(n.unsubscribed_at, now()), private.believed_time(n.interest_changed_at, now()), now()
    )
  from jsonb_to_recordset(leads) as n (
    email text, unsubscribed_at timestamptz, interest_label text, interest_value integer, interest_changed_at timestamptz
  )
  left join private.provider_labels as p
    on p.connection_id = source_connection_id and p.interest_value = n.interest_value
  where n.email is not null
    and (
      n.unsubscribed_at is not null
      or (coalesce(n.interest_label, p.label) is not null and private.means_do_not_contact(coalesce(n.interest_label, p.label)))
    )
  order by n.email
  on conflict (client_id, email) do update
  set reason = excluded.reason, bounce_class = null, suppressed_at = excluded.suppressed_at
  where s.reason = 'bounced';

  perform private.settle_bounces(array_agg(owner_id), array_agg(n.email))
  from jsonb_to_recordset(leads) as n (email text, bounced_at timestamptz, replied_at timestamptz)
  where owner_id is not null
    and n.email is not null
    and (n.bounced_at is not null or exists (
      select
      from public.suppressions as s
      where n.replied_at is not null and s.client_id = owner_id and s.email = n.email and s.reason = 'bounced'
    ))
  having count(*) > 0;

  return written;
end
$$;

comment on function worker.record_leads(uuid, jsonb) is
  'Writes one page of a campaign''s leads as the provider sees them; returns how many rows it wrote. Service role only.';

grant execute on function worker.record_leads(uuid, jsonb) to service_role;

-- A walk through the leads of a campaign begins; is_whole false = it will not meet every lead, so its end marks no lead as gone.
create function worker.start_lead_walk(target_campaign_id uuid, is_whole boolean)
returns void
language sql
volatile
set search_path = ''
as $$
  update private.provider_campaigns as p
  set leads_walk_started_at = case when is_whole then now() end
  where p.campaign_id = target_campaign_id
$$;

comment on function worker.start_lead_walk(uuid, boolean) is
  'Notes that a walk through all leads of a campaign begins, so that its end can tell which ones are gone. Service role only.';

grant execute on function worker.start_lead_walk(uuid, boolean) to service_role;

-- A walk through all leads of a campaign has ended: what it did not meet is no longer at the provider. A lead that came by a
-- delivery or an export within the last hour may not be in the provider's list yet. A list without any lead, of a campaign that
-- has some by the provider's own totals, says nothing. Returns how many leads are gone.
create function worker.finish_lead_walk(target_campaign_id uuid)
returns integer
language plpgsql
set search_path = ''
as $$
declare
  started_at timestamptz;
  removed integer := 0;
begin
  select p.leads_walk_started_at into started_at
  from private.provider_campaigns as p
  where p.campaign_id = target_campaign_id;

  if started_at is null then
    return 0;
  end if;

  update private.provider_campaigns as p set leads_walk_started_at = null where p.campaign_id = target_campaign_id;

  if exists (
    select from public.campaign_analytics_totals as t where t.campaign_id = target_campaign_id and t.leads > 0
  ) and not exists (
    select from public.synced_leads as l where l.campaign_id = target_campaign_id and l.last_synced_at >= started_at
  ) then
    return 0;
  end if;

  update public.synced_leads as l
  set removed_at = now(), updated_at = now()
  where l.campaign_id = target_campaign_id
    and l.removed_at is null
    -- An erased lead was deleted at the provider and still counts.
    and l.erased_at is null
    and case
      when l.last_synced_at is null then l.created_at < started_at - interval '1 hour'
      else l.last_synced_at < started_at
    end;

  get diagnostics removed = row_count;
  perform private.settle_displaced_leads(target_campaign_id);
  return removed;
end
$$;

comment on function worker.finish_lead_walk(uuid) is
  'Marks the leads that a whole walk did not meet as removed and joins those that were merged at the provider; returns how many are gone. Service role only.';

grant execute on function worker.finish_lead_walk(uuid) to service_role;

-- Mailboxes and their days, as the provider reports them.

-- Events of a range of days, of all mailboxes or of these: one look through the months. Days from before a mailbox was first listed
-- are counted, too. archived: what the archive holds of them, see 31_rebuilding.
create function private.correct_mailboxes(from_day date, to_day date, archived jsonb default '[]', account_ids uuid[] default null)
returns integer
language plpgsql
set search_path = ''
-- Of a few mailboxes only the events of their workspace's campaigns are read, of all of them whole months.
set plan_cache_mode = force_custom_plan
as $$
declare
  corrected integer;
  campaign_ids uuid[] := array(
    select c.id
    from public.campaigns as c
    where c.connection_id in (select a.connection_id from public.email_accounts as a where a.id = any (account_ids))
  );
begin
  insert into public.email_account_days as d
    (account_id, day, client_id, sent_observed, bounced_observed, opens_observed, clicks_observed, replies_observed,
     auto_replies_observed, replies_overruled)
  select
    a.id, n.day, a.client_id, sum(n.sent), sum(n.bounced), sum(n.opens), sum(n.clicks), sum(n.replies), sum(n.auto_replies),
    sum(n.overruled)
  from (
    select
      m.id as account_id, (e.occurred_at at time zone 'UTC')::date as day,
      count(*) filter (where e.type = 'email_sent') as sent,
      count(*) filter (where e.type = 'email_bounced') as bounced,
      count(*) filter (where e.type = 'email_opened') as opens,
      count(*) filter (where e.type = 'email_clicked') as clicks,
      count(*) filter (where e.type = 'reply_received') as replies,
      count(*) filter (where e.type = 'auto_reply_received') as auto_replies,
      count(*) filter (where not o.is_human) - count(*) filter (where o.is_human is not null and e.type = 'reply_received') as overruled
    from public.email_events as e
    join public.email_accounts as m on m.connection_id = e.connection_id and m.email = e.email_account
    left join private.overruled_replies as o
      on o.event_id = e.id and e.type in ('reply_received', 'auto_reply_received')
    where e.occurred_at >= from_day::timestamp at time zone 'UTC'
      and e.occurred_at < to_day::timestamp at time zone 'UTC'
      and e.type in ('email_sent', 'email_opened', 'email_clicked', 'reply_received', 'auto_reply_received', 'email_bounced')
      and (account_ids is null or (m.id = any (account_ids) and e.campaign_id = any (campaign_ids)))
    group by m.id, (e.occurred_at at time zone 'UTC')::date
    union all
    select m.id, r.day, r.sent, 0, r.opens, r.clicks, 0, 0, 0
    from jsonb_to_recordset(archived) as r (
      connection_id uuid, email_account text, day date, sent bigint, opens bigint, clicks bigint
    )
    join public.email_accounts as m on m.connection_id = r.connection_id and m.email = r.email_account
    union all
    select
      s.account_id, s.day, -s.sent_observed, -s.bounced_observed, -s.opens_observed, -s.clicks_observed, -s.replies_observed,
      -s.auto_replies_observed, -s.replies_overruled
    from public.email_account_days as s
    where s.day >= from_day and s.day < to_day and (account_ids is null or s.account_id = any (account_ids))
  ) as n
  join public.email_accounts as a on a.id = n.account_id
  group by a.id, n.day
  having (sum(n.sent), sum(n.bounced), sum(n.opens), sum(n.clicks), sum(n.replies), sum(n.auto_replies), sum(n.overruled))
    <> (0, 0, 0, 0, 0, 0, 0)
  order by a.id, n.day
  on conflict (account_id, day) do update set
    sent_observed = d.sent_observed + excluded.sent_observed,
    bounced_observed = d.bounced_observed + excluded.bounced_observed,
    opens_observed = d.opens_observed + excluded.opens_observed,
    clicks_observed = d.clicks_observed + excluded.clicks_observed,
    replies_observed = d.replies_observed + excluded.replies_observed,
    auto_replies_observed = d.auto_replies_observed + excluded.auto_replies_observed,
    replies_overruled = d.replies_overruled + excluded.replies_overruled;

  get diagnostics corrected = row_count;
  return corrected;
end
$$;

comment on function private.correct_mailboxes(date, date, jsonb, uuid[]) is
  'Counts the observed numbers of all mailboxes or of these again, from a day to before another; returns how many days were wrong.';

grant execute on function private.correct_mailboxes(date, date, jsonb, uuid[]) to service_role;

-- The first day that events of mailboxes which are listed for the first time can be of; null = there is none. One that the list of some
-- hours ago did not have did not send long before it, so the look back is short where the workspace is old. No event is projected
-- meanwhile: what is too much for a moment, half a million emails before any list was read, comes with the next rebuild.
create function private.first_day_of_new_mailboxes(target_connection_id uuid)
returns date
language sql
stable
set search_path = ''
as $$
  select greatest(active.since, listed.week_before)
  from (
    select min(d.day) as since, sum(t.sent) as sent
    from public.campaigns as c
    join public.campaign_activity_totals as t on t.campaign_id = c.id
    cross join lateral (select a.day from public.campaign_activity as a where a.campaign_id = c.id order by a.day limit 1) as d
    where c.connection_id = target_connection_id
  ) as active
  cross join (
    select (max(a.last_synced_at) - interval '7 days')::date as week_before
    from public.email_accounts as a
    where a.connection_id = target_connection_id and a.last_synced_at < now() - interval '1 hour'
  ) as listed
  where active.since is not null and (listed.week_before is not null or active.sent < 500000)
$$;

comment on function private.first_day_of_new_mailboxes(uuid) is
  'The first UTC day of which mailboxes that a connection did not list before can have events; null = none.';

grant execute on function private.first_day_of_new_mailboxes(uuid) to service_role;

-- Writes one page of mailboxes and tells whose days need the longer look back: new ones and those not read for long.
-- What new ones sent before they were listed is counted then: events come as soon as a webhook is there, the list with a sync.
-- listed: [{ "email", "status", "status_reason", "provider_kind", "daily_limit", "warmup_status", "warmup_score", "updated_at", "tags" }]
create function worker.record_email_accounts(target_connection_id uuid, listed jsonb)
returns jsonb
language plpgsql
set search_path = ''
as $$
declare
  owner_id uuid;
  counted jsonb;
  first_day date;
  new_ids uuid[];
begin
  select c.client_id into owner_id from public.provider_connections as c where c.id = target_connection_id;

  if exists (
    select
    from jsonb_to_recordset(listed) as n (email text)
    where private.normalize_email(n.email) is not null
      and not exists (
        select from public.email_accounts as a
        where a.connection_id = target_connection_id and a.email = private.normalize_email(n.email)
      )
  ) then
    -- Alone: a projector counts by the mailboxes that it finds, and what it is counting must be seen here or find these. Before
    -- anything is written, so that no one waits for each other.
    perform pg_advisory_xact_lock(private.campaign_moves_lock());
    first_day := private.first_day_of_new_mailboxes(target_connection_id);
  end if;

  with reported as (
    select distinct on (address.email)
      address.email, n.status, n.status_reason, n.provider_kind, n.daily_limit, n.warmup_status, n.warmup_score, n.updated_at, coalesce(n.tags, '{}') as tags
    from jsonb_to_recordset(listed) as n (
      email text, status public.email_account_status, status_reason text, provider_kind text, daily_limit integer,
      warmup_status text, warmup_score numeric, updated_at timestamptz, tags text[]
    )
    cross join lateral (select private.normalize_email(n.email) as email) as address
    where address.email is not null
    order by address.email, n.updated_at desc nulls last
  ),
  judged as (
    -- An event of the mailbox that is newer than the provider's last change counts, for a day at most: a provider that
    -- keeps reporting that all is well must be right in the end.
    select
      s.*,
      coalesce(event.status, s.status) as judged_status,
      coalesce(event.reason, s.status_reason) as judged_reason
    from reported as s
    left join lateral (
      select
        case e.type when 'account_suspended' then 'suspended' else 'error' end::public.email_account_status as status,
        case e.type when 'account_suspended' then 'The provider suspended this mailbox' else 'The provider reported an error of this mailbox' end as reason
      from public.email_events as e
      where e.connection_id = target_connection_id
        and e.type in ('account_error', 'account_suspended')
        and e.email_account = s.email
        and e.occurred_at > greatest(coalesce(s.updated_at, '-infinity'), now() - interval '1 day')
        and s.status in ('active', 'error')
      order by e.occurred_at desc
      limit 1
    ) as event on true
  ),
  written as (
    insert into public.email_accounts as a (
      connection_id, client_id, email, status, status_reason, provider_kind, daily_limit, warmup_status, warmup_score,
      provider_updated_at, tags
    )
    select
      target_connection_id, owner_id, j.email, j.judged_status, j.judged_reason, j.provider_kind, j.daily_limit,
      j.warmup_status, j.warmup_score, j.updated_at, j.tags
    from judged as j
    order by j.email
    on conflict (connection_id, email) do update set
      client_id = excluded.client_id,
      status = excluded.status,
      status_reason = excluded.status_reason,
      provider_kind = excluded.provider_kind,
      daily_limit = excluded.daily_limit,
      warmup_status = excluded.warmup_status,
      warmup_score = excluded.warmup_score,
      provider_updated_at = excluded.provider_updated_at,
      tags = excluded.tags,
      last_synced_at = now()
    returning a.id, a.email, a.days_synced_at, (a.xmax = 0) as is_new
  )
  select jsonb_build_object(
    'imported', count(*) filter (where w.is_new),
    'updated', count(*) filter (where not w.is_new),
    'accounts', coalesce(jsonb_agg(jsonb_build_object(
      'id', w.id, 'email', w.email,
      'needs_history', w.days_synced_at is null or w.days_synced_at < now() - interval '6 days'
    ) order by w.email), '[]')
  ),
  array_agg(w.id) filter (where w.is_new)
  into counted, new_ids
  from written as w;

  if first_day is not null and new_ids is not null then
    perform private.correct_mailboxes(first_day, 'infinity', '[]', new_ids);
  end if;

  return counted;
end
$$;

comment on function worker.record_email_accounts(uuid, jsonb) is
  'Writes mailboxes of a connection; returns { imported, updated, accounts: [{ id, email, needs_history }] }. Service role only.';

grant execute on function worker.record_email_accounts(uuid, jsonb) to service_role;

-- Writes days of mailboxes; emails names all that were asked for, also those without a day.
-- days: [{ "email", "day", "sent", "bounced", "contacted", "opens", "opened", "clicks", "clicked", "replies", "replied", "auto_replies" }]
create function worker.record_email_account_days(target_connection_id uuid, emails text[], days jsonb)
returns integer
language plpgsql
set search_path = ''
as $$
declare
  written integer;
begin
  insert into public.email_account_days as d
    (account_id, day, client_id, sent_reported, bounced_reported, contacted, opens_reported, opened, clicks_reported, clicked,
     replies_reported, replied, auto_replies_reported)
  select distinct on (a.id, n.day)
    a.id, n.day, a.client_id, n.sent, n.bounced, n.contacted, n.opens, n.opened, n.clicks, n.clicked, n.replies, n.replied,
    n.auto_replies
  from jsonb_to_recordset(days) as n (
    email text, day date, sent integer, bounced integer, contacted integer, opens integer, opened integer, clicks integer,
    clicked integer, replies integer, replied integer, auto_replies integer
  )
  join public.email_accounts as a on a.connection_id = target_connection_id and a.email = private.normalize_email(n.email)
  where private.believed_time(n.day::timestamp at time zone 'UTC', now()) is not null
  order by a.id, n.day
  on conflict (account_id, day) do update set
    client_id = excluded.client_id,
    sent_reported = excluded.sent_reported,
    bounced_reported = excluded.bounced_reported,
    contacted = excluded.contacted,
    opens_reported = excluded.opens_reported,
    opened = excluded.opened,
    clicks_reported = excluded.clicks_reported,
    clicked = excluded.clicked,
    replies_reported = excluded.replies_reported,
    replied = excluded.replied,
    auto_replies_reported = excluded.auto_replies_reported;

  get diagnostics written = row_count;

  update public.email_accounts as a
  set
    days_synced_at = now(),
    sent_today = coalesce((
      select d.sent from public.email_account_days as d
      where d.account_id = a.id and d.day = (now() at time zone 'UTC')::date
    ), 0)
  where a.connection_id = target_connection_id and a.email = any (emails);

  return written;
end
$$;

comment on function worker.record_email_account_days(uuid, text[], jsonb) is
  'Writes days of mailboxes as the provider counts them; returns how many rows it wrote. Service role only.';

grant execute on function worker.record_email_account_days(uuid, text[], jsonb) to service_role;

-- Writes how warm-up goes: [{ "email", "sent", "landed_inbox", "landed_spam", "score" }]
create function worker.record_email_account_warmup(target_connection_id uuid, warmups jsonb)
returns integer
language plpgsql
set search_path = ''
as $$
declare
  written integer;
begin
  update public.email_accounts as a
  set
    warmup_sent = n.sent,
    warmup_landed_inbox = n.landed_inbox,
    warmup_landed_spam = n.landed_spam,
    warmup_score = coalesce(n.score, a.warmup_score)
  from jsonb_to_recordset(warmups) as n (email text, sent integer, landed_inbox integer, landed_spam integer, score numeric)
  where a.connection_id = target_connection_id and a.email = private.normalize_email(n.email);

  get diagnostics written = row_count;
  return written;
end
$$;

comment on function worker.record_email_account_warmup(uuid, jsonb) is
  'Writes the provider''s warm-up numbers of mailboxes; returns how many it knew. Service role only.';

grant execute on function worker.record_email_account_warmup(uuid, jsonb) to service_role;

-- Replay: events that a webhook should have brought and did not, and how far each source has been read.

-- Where the next sync resumes reading a source that is read piece by piece.
create table private.sync_positions (
  connection_id uuid not null references public.provider_connections (id) on delete cascade,
  source text not null check (source in ('delivery_log', 'inbox', 'answers')),
  position jsonb not null,
  updated_at timestamptz not null default now(),
  primary key (connection_id, source)
);

comment on table private.sync_positions is
  'How far the provider''s delivery log, its inbox and what people answered there have been read, by the provider''s clock. Moves only after what was read is stored.';

alter table private.sync_positions enable row level security;

grant select, insert, update, delete on private.sync_positions to service_role;

create policy "Only the functions read positions"
on private.sync_positions for all to service_role using (true) with check (true);

-- The position of one source; null before its first complete read.
create function worker.read_sync_position(target_connection_id uuid, target_source text)
returns jsonb
language sql
stable
set search_path = ''
as $$
  select p.position
  from private.sync_positions as p
  where p.connection_id = target_connection_id and p.source = target_source
$$;

comment on function worker.read_sync_position(uuid, text) is
  'How far a source (delivery_log, inbox, answers) has been read; null before the first time. Service role only.';

grant execute on function worker.read_sync_position(uuid, text) to service_role;

-- Moves the position of one source.
create function worker.save_sync_position(target_connection_id uuid, target_source text, new_position jsonb)
returns void
language sql
volatile
set search_path = ''
as $$
  insert into private.sync_positions (connection_id, source, position)
  values (target_connection_id, target_source, new_position)
  on conflict (connection_id, source) do update set position = excluded.position, updated_at = now()
$$;

comment on function worker.save_sync_position(uuid, text, jsonb) is
  'Saves how far a source (delivery_log, inbox, answers) has been read. Service role only.';

grant execute on function worker.save_sync_position(uuid, text, jsonb) to service_role;

-- Stores events that came by another way than a delivery. What is there already stays untouched: a second copy from the
-- log is no second delivery, so the ledger counts neither it nor a duplicate. found_in says which way (private.event_source).
-- events: [{ "key": uuid, "provider_campaign_id": text|null, "event": object|null, "reason": text?, "payload": any }]
create function worker.ingest_missing_events(target_connection_id uuid, events jsonb, found_in text default 'log')
returns jsonb
language plpgsql
set search_path = ''
as $$
declare
  given integer;
  inserted integer;
  unreadable bigint[];
begin
  select count(distinct e.value ->> 'key') into given from jsonb_array_elements(events) as e (value);

  -- Ordered by the key, like the deliveries themselves, so that neither waits for the other in a circle.
  with stored as (
    insert into private.webhook_events (connection_id, event_key, provider_campaign_id, event, payload, status, reason, source)
    select distinct on ((e.value ->> 'key')::uuid)
      target_connection_id,
      (e.value ->> 'key')::uuid,
      e.value ->> 'provider_campaign_id',
      nullif(e.value -> 'event', 'null'::jsonb),
      e.value -> 'payload',
      private.first_status(e.value),
      e.value ->> 'reason',
      found_in::private.event_source
    from jsonb_array_elements(events) as e (value)
    order by (e.value ->> 'key')::uuid
    on conflict (connection_id, event_key) do nothing
    returning webhook_events.id, webhook_events.status
  )
  select count(*), array_agg(s.id) filter (where s.status = 'dead') into inserted, unreadable from stored as s;

  if unreadable is not null then
    perform private.forget_unreadable(unreadable);
  end if;

  return jsonb_build_object('inserted', inserted, 'known', given - inserted);
end
$$;

comment on function worker.ingest_missing_events(uuid, jsonb, text) is
  'Stores events that no delivery brought (found_in: log, inbox, inferred) and leaves known ones alone; returns { inserted, known }. Service role only.';

grant execute on function worker.ingest_missing_events(uuid, jsonb, text) to service_role;

-- The same for mails that the provider lists, received or sent. Known is also a reply whose delivery called it by the other
-- name (automatic or not: other_key), a mail whose delivery carried no mail id but was of the same lead and mailbox
-- within two minutes, and a reply that a delivery of the lead reported with the same words: under another mail id, because a
-- variable of the lead was in its place, or at another time for the same reason. What is stored and not projected yet is compared later, by the projector.
-- mails: events as above, replies each with "other_key": uuid
create function worker.ingest_missing_mails(target_connection_id uuid, mails jsonb)
returns jsonb
language plpgsql
set search_path = ''
as $$
declare
  missing jsonb;
  stored jsonb;
begin
  select coalesce(jsonb_agg(r.value), '[]')
  into missing
  from jsonb_array_elements(mails) as r (value)
  cross join lateral jsonb_to_record(r.value -> 'event') as e (
    type text, email text, email_account text, occurred_at timestamptz, email_id text
  )
  -- Its lead is looked for once, and each condition is asked of one mail at a time; see private.find_lead.
  cross join lateral (
    select private.find_lead(target_connection_id, r.value ->> 'provider_campaign_id', e.email) as id
    offset 0
  ) as lead
  where not exists (
    select
    from private.webhook_events as w
    where w.connection_id = target_connection_id
      -- A mail that the inbox calls automatic is news where the delivery called it a person's.
      and (
        w.event_key = (r.value ->> 'key')::uuid
        or (w.event_key = (r.value ->> 'other_key')::uuid and e.type <> 'auto_reply_received')
      )
    offset 0
  )
  and not exists (
    select
    from public.email_events as known
    join private.webhook_events as w on w.id = known.id and w.event ->> 'email_id' is null
    where known.lead_id = lead.id
      and known.type in ('email_sent', 'reply_received', 'auto_reply_received')
      and (known.type = 'email_sent') = (e.type = 'email_sent')
      and (e.type <> 'email_sent' or coalesce(known.email_account = e.email_account, true))
      and not (e.type = 'auto_reply_received' and known.type = 'reply_received')
      and known.occurred_at between e.occurred_at - interval '2 minutes' and e.occurred_at + interval '2 minutes'
    offset 0
  )
  and not exists (
    select
    from public.email_events as known
    join private.webhook_events as w on w.id = known.id
    where e.type in ('reply_received', 'auto_reply_received')
      and known.lead_id = lead.id
      and known.type in ('reply_received', 'auto_reply_received')
      and (
        w.event ->> 'email_id' = e.email_id
        or (
          w.source in ('delivery', 'log')
          and private.mail_words(w.event, w.payload) = private.mail_words(r.value -> 'event', r.value -> 'payload')
          and (
            known.occurred_at between e.occurred_at - interval '2 minutes' and e.occurred_at + interval '2 minutes'
            -- Reported as it happened, regardless of the time in it.
            or known.received_at between e.occurred_at - interval '2 minutes' and e.occurred_at + interval '1 hour'
          )
        )
      )
      -- News of the same mail, as above; the projector knows it by its id or by its time and corrects what was counted.
      and not (
        e.type = 'auto_reply_received' and known.type = 'reply_received'
        and (
          w.event ->> 'email_id' = e.email_id
          or (
            w.event ->> 'email_id' is null
            and known.occurred_at between e.occurred_at - interval '2 minutes' and e.occurred_at + interval '2 minutes'
          )
        )
      )
    offset 0
  )
  -- The same for events whose campaign is not mapped yet.
  and not exists (
    select
    from private.webhook_events as w
    where w.connection_id = target_connection_id
      and w.provider_campaign_id = r.value ->> 'provider_campaign_id'
      and w.status = 'quarantined'
      and w.event ->> 'email_id' is null
      and w.event ->> 'email' = e.email
      and w.event ->> 'type' in ('email_sent', 'reply_received', 'auto_reply_received')
      and (w.event ->> 'type' = 'email_sent') = (e.type = 'email_sent')
      and (w.event ->> 'occurred_at')::timestamptz
        between e.occurred_at - interval '2 minutes' and e.occurred_at + interval '2 minutes'
    offset 0
  );

  stored := worker.ingest_missing_events(target_connection_id, missing, 'inbox');
  return jsonb_build_object(
    'inserted', stored -> 'inserted',
    'known', jsonb_array_length(mails) - (stored ->> 'inserted')::integer
  );
end
$$;

comment on function worker.ingest_missing_mails(uuid, jsonb) is
  'Stores mails that the provider lists, sent or received, and no delivery brought; returns { inserted, known }. Service role only.';

grant execute on function worker.ingest_missing_mails(uuid, jsonb) to service_role;

-- Facts from a provider's statistics: one row per sent mail, with what happened to it. Those that no delivery brought are
-- stored through the same door.

-- Which of the facts are missing. Known is what has the same key, and what the same lead did within the fact's tolerance
-- (null = at any time): a delivery names another millisecond, or another id. Sent mails are distinguished by step. Where the
-- provider counts (the n-th open of a mail), known is what we have as many of. Events must be projected before, because
-- that search goes by lead.
-- facts: [{ "key": uuid, "provider_campaign_id": text, "event": object, "payload": any, "tolerance": seconds|null, "nth": n? }]
-- Answers the positions (from 0) of those that are missing.
create function worker.find_missing_facts(target_connection_id uuid, facts jsonb)
returns jsonb
language plpgsql
stable
set search_path = ''
as $$
begin
  return (
    select coalesce(jsonb_agg(f.position - 1 order by f.position), '[]')
    from jsonb_array_elements(facts) with ordinality as f (value, position)
    cross join lateral jsonb_to_record(f.value -> 'event') as e (
      email text, type public.email_event_type, occurred_at timestamptz, step smallint, email_id text
    )
    cross join lateral (
      select
        coalesce(e.occurred_at - make_interval(secs => (f.value ->> 'tolerance')::float), '-infinity') as earliest,
        coalesce(e.occurred_at + make_interval(secs => (f.value ->> 'tolerance')::float), 'infinity') as latest,
        case
          when e.type in ('reply_received', 'auto_reply_received')
          then array['reply_received', 'auto_reply_received']::public.email_event_type[]
          else array[e.type]
        end as types,
        e.type = 'email_sent' as by_step,
        (f.value ->> 'nth')::integer as nth
    ) as same
    -- A look for each, its lead first: without statistics, as on a first day, each page read all deliveries of the connection.
    cross join lateral (
      select private.find_lead(target_connection_id, f.value ->> 'provider_campaign_id', e.email) as id
      offset 0
    ) as lead
    where not exists (
      select
      from private.webhook_events as w
      where w.connection_id = target_connection_id and w.event_key = (f.value ->> 'key')::uuid
      offset 0
    )
    and (same.nth is null or same.nth > (
      select count(*)
      from public.email_events as known
      join private.webhook_events as w on w.id = known.id and w.event ->> 'email_id' = e.email_id
      where known.lead_id = lead.id and known.type = e.type
    ))
    and not exists (
      select
      from public.email_events as known
      where known.lead_id = lead.id
        and same.nth is null
        and known.type = any (same.types)
        -- What the statistics call automatic is news where a delivery called it a person's.
        and not (e.type = 'auto_reply_received' and known.type = 'reply_received')
        and known.occurred_at between same.earliest and same.latest
        and (not same.by_step or known.step is null or e.step is null or known.step = e.step)
      offset 0
    )
    -- The same for events whose campaign is not mapped yet.
    and not exists (
      select
      from private.webhook_events as w
      where w.connection_id = target_connection_id
        and w.provider_campaign_id = f.value ->> 'provider_campaign_id'
        and w.status = 'quarantined'
        and same.nth is null
        and w.event ->> 'email' = e.email
        and (w.event ->> 'type')::public.email_event_type = any (same.types)
        and (w.event ->> 'occurred_at')::timestamptz between same.earliest and same.latest
        and (not same.by_step or (w.event ->> 'step')::smallint is not distinct from e.step)
      offset 0
    )
  );
end
$$;

comment on function worker.find_missing_facts(uuid, jsonb) is
  'Positions of the facts that no event tells of yet, by key or by lead, kind and time. Service role only.';

grant execute on function worker.find_missing_facts(uuid, jsonb) to service_role;

-- The provider's ids of leads, to ask for their correspondence: { address: id }
create function worker.read_provider_lead_ids(target_campaign_id uuid, emails text[])
returns jsonb
language sql
stable
set search_path = ''
as $$
  select coalesce(jsonb_object_agg(l.email, l.provider_lead_id), '{}')
  from public.synced_leads as l
  where l.campaign_id = target_campaign_id and l.email = any (emails) and l.provider_lead_id is not null
$$;

comment on function worker.read_provider_lead_ids(uuid, text[]) is
  'The provider''s ids of these leads of a campaign, by address. Service role only.';

grant execute on function worker.read_provider_lead_ids(uuid, text[]) to service_role;
