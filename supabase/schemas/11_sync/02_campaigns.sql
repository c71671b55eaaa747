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
