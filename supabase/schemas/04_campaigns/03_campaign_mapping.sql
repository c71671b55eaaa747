-- Which provider campaign belongs to which campaign of ours, what happens to events while that is unknown, and when it
-- goes to another client. Held events are in private.webhook_events, a table of 06_events.

-- What a campaign is called as long as the provider has not given its name.
create function private.nameless_campaign()
returns text
language sql
immutable
set search_path = ''
as $$
  select 'Campaign without a name'
$$;

comment on function private.nameless_campaign() is 'The name of a campaign whose name is not known yet.';

grant execute on function private.nameless_campaign() to service_role;

-- The advisory lock between projectors (shared, any number at once) and a campaign that moves to another client (alone).
create function private.campaign_moves_lock()
returns bigint
language sql
immutable
set search_path = ''
as $$
  select 3260713104
$$;

comment on function private.campaign_moves_lock() is
  'Key of the advisory lock that projectors share and that remap_campaign takes alone.';

grant execute on function private.campaign_moves_lock() to service_role;

-- Held deliveries that nothing holds any more, and are too many for one statement: the sweep puts them back to pending.
create table private.held_releases (
  id bigint generated always as identity primary key,
  listed_campaign_id uuid references private.provider_campaigns (id) on delete cascade,
  client_id uuid references public.clients (id) on delete cascade,
  requested_at timestamptz not null default clock_timestamp(),
  constraint held_releases_name_one check (num_nonnulls(listed_campaign_id, client_id) = 1)
);

comment on table private.held_releases is
  'Of which campaign of a provider, or of which client, deliveries are still to be released that were held before requested_at.';

create index held_releases_listed_campaign_id_idx on private.held_releases (listed_campaign_id);
create index held_releases_client_id_idx on private.held_releases (client_id);

alter table private.held_releases enable row level security;

grant select, insert, update, delete on private.held_releases to service_role;

create policy "Only the database's own work reads releases"
on private.held_releases for all to service_role using (true) with check (true);

-- One step of a release. What is held again after its request, for another reason, is left alone.
create function private.release_held(asked private.held_releases, most integer)
returns integer
language plpgsql
set search_path = ''
as $$
declare
  listed private.provider_campaigns;
  held bigint[];
  released integer;
begin
  if asked.listed_campaign_id is not null then
    select p.* into listed from private.provider_campaigns as p where p.id = asked.listed_campaign_id;

    held := array(
      select w.id
      from private.webhook_events as w
      where w.connection_id = listed.connection_id
        and w.status = 'quarantined'
        and coalesce(w.processed_at, w.received_at) <= asked.requested_at
        -- A custom variable may hide the id, so any of the event's candidates counts.
        and (
          w.provider_campaign_id = listed.provider_campaign_id
          or w.event -> 'provider_campaign_ids' ? listed.provider_campaign_id
        )
      limit most
    );
  else
    held := array(
      select h.id
      from (
        select w.id
        from private.webhook_events as w
        join public.provider_connections as c on c.id = w.connection_id
        where w.status = 'quarantined' and c.client_id = asked.client_id
          and coalesce(w.processed_at, w.received_at) <= asked.requested_at
        union all
        select w.id
        from private.webhook_events as w
        cross join lateral jsonb_array_elements_text(w.event -> 'provider_campaign_ids') as candidate (id)
        join private.provider_campaigns as p on p.connection_id = w.connection_id and p.provider_campaign_id = candidate.id
        join public.campaigns as k on k.id = p.campaign_id
        where w.status = 'quarantined' and k.client_id = asked.client_id
          and coalesce(w.processed_at, w.received_at) <= asked.requested_at
      ) as h
      limit most
    );
  end if;

  update private.webhook_events as w
  set status = 'pending', reason = null, attempts = 0, next_attempt_at = now()
  where w.id = any (held) and w.status = 'quarantined';

  get diagnostics released = row_count;
  return released;
end
$$;

comment on function private.release_held(private.held_releases, integer) is
  'Puts up to that many held deliveries of a campaign or a client back to pending; returns how many.';

grant execute on function private.release_held(private.held_releases, integer) to service_role;

-- The first of them at once, the others by the sweep.
create function private.start_release(of_listed_campaign_id uuid, of_client_id uuid)
returns integer
language plpgsql
set search_path = ''
as $$
declare
  at_once constant integer := 1000;
  asked private.held_releases := row(0, of_listed_campaign_id, of_client_id, clock_timestamp())::private.held_releases;
  released integer := private.release_held(asked, at_once);
begin
  if released = at_once then
    insert into private.held_releases (listed_campaign_id, client_id) values (of_listed_campaign_id, of_client_id);
  end if;

  return released;
end
$$;

comment on function private.start_release(uuid, uuid) is
  'Releases held deliveries of a campaign of a provider, or of a client: 1,000 at once, the others by the sweep. Returns how many at once.';

grant execute on function private.start_release(uuid, uuid) to service_role;

-- What the sweep does of it, until none is left or the time is over.
create function private.continue_releases(ends_at timestamptz)
returns integer
language plpgsql
set search_path = ''
as $$
declare
  at_once constant integer := 5000;
  asked private.held_releases;
  released integer;
  total integer := 0;
begin
  for asked in select r.* from private.held_releases as r order by r.id for update skip locked loop
    loop
      released := private.release_held(asked, at_once);
      total := total + released;

      if released < at_once then
        delete from private.held_releases as r where r.id = asked.id;
        exit;
      end if;

      if clock_timestamp() >= ends_at then
        return total;
      end if;
    end loop;
  end loop;

  return total;
end
$$;

comment on function private.continue_releases(timestamptz) is 'Releases held deliveries that are still to be released, until that time; returns how many.';

grant execute on function private.continue_releases(timestamptz) to service_role;

-- Maps a provider campaign to one of ours, and releases the events that waited for it.
create function private.map_provider_campaign(target_connection_id uuid, target_provider_campaign_id text, target_campaign_id uuid)
returns integer
language plpgsql
set search_path = ''
as $$
declare
  listed_campaign_id uuid;
begin
  if exists (
    select
    from public.provider_connections as c
    join public.campaigns as k on k.id = target_campaign_id
    where c.id = target_connection_id and c.client_id is not null and c.client_id <> k.client_id
  ) then
    raise exception using errcode = 'PT400', message = 'VALIDATION_FAILED',
      detail = 'This workspace is dedicated to another client; map its campaigns to campaigns of that client';
  end if;

  insert into private.provider_campaigns as p (connection_id, provider_campaign_id, campaign_id)
  values (target_connection_id, target_provider_campaign_id, target_campaign_id)
  on conflict (connection_id, provider_campaign_id) do update set
    campaign_id = excluded.campaign_id,
    moved_from = null,
    org_changed_at = case when p.moved_from is null then p.org_changed_at else now() end
  returning p.id into listed_campaign_id;

  update public.incidents as i
  set closed_at = now()
  where i.connection_id = target_connection_id
    and i.kind = 'campaign_moved'
    and i.closed_at is null
    and i.subject = listed_campaign_id::text;

  return private.start_release(listed_campaign_id, null);
end
$$;

comment on function private.map_provider_campaign(uuid, text, uuid) is
  'Maps a provider campaign to a campaign and puts its held events back to pending; returns how many were released at once.';

grant execute on function private.map_provider_campaign(uuid, text, uuid) to service_role;

-- Notes provider campaigns: of the provider's own list, or (is_list false) only named by a delivery. What the list has and
-- whose owner is known becomes a campaign of that client; the others wait, for the list or for an operator. A delivery
-- alone makes no campaign: otherwise anyone with a webhook's secret could fill a client's reports with inventions. Safe to call
-- from several workers at once: the first one holds the rows.
-- listed: [{ "provider_campaign_id": text, "name": text|null, "created_at": timestamptz|null, "provider_org_id": text|null }]
create function private.register_provider_campaigns(target_connection_id uuid, listed jsonb, is_list boolean)
returns integer
language plpgsql
set search_path = ''
as $$
declare
  imported integer := 0;
  unmapped record;
  owner_id uuid;
  new_campaign_id uuid;
begin
  insert into private.provider_campaigns as p
    (connection_id, provider_campaign_id, name, provider_created_at, provider_org_id, listed_at)
  select distinct on (f.provider_campaign_id)
    target_connection_id, f.provider_campaign_id, nullif(btrim(f.name), ''), f.created_at, f.provider_org_id,
    case when is_list then now() end
  from jsonb_to_recordset(listed) as f (
    provider_campaign_id text, name text, created_at timestamptz, provider_org_id text
  )
  where f.provider_campaign_id is not null
  order by f.provider_campaign_id
  on conflict (connection_id, provider_campaign_id) do update
  set
    name = coalesce(excluded.name, p.name),
    provider_created_at = coalesce(excluded.provider_created_at, p.provider_created_at),
    provider_org_id = coalesce(excluded.provider_org_id, p.provider_org_id),
    listed_at = coalesce(excluded.listed_at, p.listed_at)
  where is_list
    or p.name is distinct from coalesce(excluded.name, p.name)
    or p.provider_created_at is distinct from coalesce(excluded.provider_created_at, p.provider_created_at)
    or p.provider_org_id is distinct from coalesce(excluded.provider_org_id, p.provider_org_id);

  insert into private.organizations (connection_id, provider_org_id)
  select distinct target_connection_id, f.provider_org_id
  from jsonb_to_recordset(listed) as f (provider_org_id text)
  where f.provider_org_id is not null
  order by f.provider_org_id
  on conflict do nothing;

  for unmapped in
    select p.provider_campaign_id, p.name, p.provider_org_id
    from private.provider_campaigns as p
    join jsonb_to_recordset(listed) as f (provider_campaign_id text) using (provider_campaign_id)
    where p.connection_id = target_connection_id
      and p.campaign_id is null
      and p.listed_at is not null
      -- Whose one is that went from one organisation to another, an operator has to say.
      and p.moved_from is null
    order by p.provider_campaign_id
    for update of p
  loop
    owner_id := private.campaign_owner(target_connection_id, unmapped.provider_org_id);
    continue when owner_id is null;

    insert into public.campaigns (client_id, connection_id, name, generation_status)
    values (owner_id, target_connection_id, coalesce(unmapped.name, private.nameless_campaign()), 'completed')
    returning id into new_campaign_id;

    perform private.map_provider_campaign(target_connection_id, unmapped.provider_campaign_id, new_campaign_id);
    imported := imported + 1;
  end loop;

  return imported;
end
$$;

comment on function private.register_provider_campaigns(uuid, jsonb, boolean) is
  'Notes provider campaigns of a connection; those that the provider lists and whose owner is known become campaigns of that client. Returns how many were imported.';

grant execute on function private.register_provider_campaigns(uuid, jsonb, boolean) to service_role;

-- listed: [{ "provider_campaign_id", "provider_org_id": text|null }]; rows without provider_org_id say nothing of it. A held
-- campaign keeps its history with the old client. It is unmapped, so its deliveries wait in quarantine and no sync reads it,
-- until map_campaign names its client, or until it comes back to where it was.
create function private.follow_organizations(target_connection_id uuid, listed jsonb)
returns void
language plpgsql
set search_path = ''
as $$
declare
  moved record;
  owner_id uuid;
begin
  for moved in
    select
      p.id, p.provider_campaign_id, p.name, p.campaign_id, p.moved_from, f.value ->> 'provider_org_id' as new_org_id,
      coalesce(c.client_id, m.client_id) as old_client_id, c.name as campaign_name
    from jsonb_array_elements(listed) as f (value)
    join private.provider_campaigns as p
      on p.connection_id = target_connection_id and p.provider_campaign_id = f.value ->> 'provider_campaign_id'
    left join public.campaigns as c on c.id = p.campaign_id
    left join public.campaigns as m on m.id = p.moved_from
    where f.value ? 'provider_org_id'
      and (
        p.moved_from is not null
        or (p.campaign_id is not null and p.provider_org_id is not null and p.provider_org_id is distinct from f.value ->> 'provider_org_id')
      )
    order by p.provider_campaign_id
    for update of p
  loop
    insert into private.organizations (connection_id, provider_org_id)
    select target_connection_id, moved.new_org_id
    where moved.new_org_id is not null
    on conflict do nothing;

    owner_id := private.campaign_owner(target_connection_id, moved.new_org_id);

    update private.provider_campaigns as p
    set provider_org_id = moved.new_org_id, org_changed_at = now()
    where p.id = moved.id and p.provider_org_id is distinct from moved.new_org_id;

    if owner_id = moved.old_client_id then
      -- Stayed with the client, or came back to it.
      if moved.campaign_id is null then
        perform private.map_provider_campaign(target_connection_id, moved.provider_campaign_id, moved.moved_from);
      end if;
    elsif moved.campaign_id is not null then
      update private.provider_campaigns as p set campaign_id = null, moved_from = moved.campaign_id where p.id = moved.id;

      update public.campaigns as c
      set provider_status = 'moved', provider_status_at = now()
      where c.id = moved.campaign_id;

      insert into public.incidents (connection_id, client_id, kind, subject, details)
      values (
        target_connection_id, moved.old_client_id, 'campaign_moved', moved.id::text,
        format(
          'The campaign "%s" belongs to another client at the provider now. What happens in it is held and reaches no client; map it under unmapped campaigns.',
          coalesce(moved.name, moved.campaign_name)
        )
      )
      on conflict (connection_id, kind, subject) where closed_at is null do nothing;
    end if;
  end loop;
end
$$;

comment on function private.follow_organizations(uuid, jsonb) is
  'Notes to which organisation campaigns belong now; one that left its client is unmapped and held, with an incident.';

grant execute on function private.follow_organizations(uuid, jsonb) to service_role;
