-- Generated from supabase/schemas/04_campaigns by "npm run migrations".

-- Campaigns, as clients know them.

create type public.generation_status as enum ('pending', 'running', 'completed', 'failed');

create type public.provider_campaign_status as enum (
  'draft', 'active', 'paused', 'completed', 'running_subsequences',
  'accounts_unhealthy', 'bounce_protect', 'account_suspended',
  -- Our own words for a campaign that the provider's list no longer has, and for one that belongs to another organisation now.
  'deleted', 'moved'
);

-- A campaign of one client, made here from businesses or found in the client's workspace at the provider.
create table public.campaigns (
  id uuid primary key default gen_random_uuid(),
  client_id uuid not null references public.clients (id) on delete cascade,
  connection_id uuid references public.provider_connections (id) on delete set null,
  provider public.provider,
  name text not null check (length(btrim(name)) > 0),
  generation_status public.generation_status not null default 'pending',
  provider_status public.provider_campaign_status,
  provider_status_at timestamptz,
  time_zone text not null default 'UTC',
  sending_days smallint[] not null default '{1,2,3,4,5}' check (sending_days <@ '{0,1,2,3,4,5,6}' and cardinality(sending_days) > 0),
  sending_from time not null default '09:00',
  sending_to time not null default '17:00',
  daily_limit integer check (daily_limit > 0),
  sending_accounts text[] not null default '{}',
  sequence jsonb,
  unsubscribe_header boolean not null default true,
  unsubscribe_text text check (length(unsubscribe_text) <= 200),
  footer text check (length(footer) <= 1000),
  start_on date,
  end_on date,
  holiday_countries text[] not null default '{}' check (holiday_countries <@ '{NL,DE,BE,UK,US}'),
  sending_account_tags text[] not null default '{}',
  stop_on_reply boolean not null default true,
  stop_for_company boolean not null default false,
  track_opens boolean not null default true,
  track_clicks boolean not null default true,
  plain_text boolean not null default false,
  synced_at timestamptz,
  created_at timestamptz not null default now(),
  updated_at timestamptz not null default now(),
  constraint campaigns_sending_window check (sending_from < sending_to),
  constraint campaigns_start_before_end check (start_on <= end_on)
);

comment on table public.campaigns is
  'A campaign of one client. generation_status = are its leads found, enriched and verified; provider_status = what the provider does with it (null = not exported yet).';
comment on column public.campaigns.provider is
  'The provider of its connection, kept by a trigger; stays when the connection is removed, because the numbers stay too. null = it never had one.';
comment on column public.campaigns.sequence is
  'Steps to create at the provider: [{ "delay_days": 0, "subject": "…", "body": "…" }]; null = the default sequence with {{subject_line}} and {{icebreaker}}.';
comment on column public.campaigns.unsubscribe_header is
  'Whether people can unsubscribe with one click: the header by which mail programs show "Unsubscribe" (Instantly), or a link under the mail (Smartlead).';
comment on column public.campaigns.unsubscribe_text is 'The text of the unsubscribe link, where the provider has a link (Smartlead); null = "Unsubscribe".';
comment on column public.campaigns.footer is 'Added to the end of every mail at the export: who writes, and a postal address, which the law of many countries wants.';
comment on column public.campaigns.start_on is 'First day on which mail goes out, in the campaign''s time zone; null = as soon as it is started.';
comment on column public.campaigns.end_on is 'Last day on which mail goes out; null = until all is sent.';
comment on column public.campaigns.holiday_countries is
  'Countries on whose public holidays nothing is sent: NL, DE, BE, UK, US. The providers know no holidays: the campaign is paused for the day and resumed after it.';
comment on column public.campaigns.sending_account_tags is 'Labels of mailboxes at the provider (Instantly): every mailbox with one of them sends, besides sending_accounts.';
comment on column public.campaigns.stop_for_company is 'Whether a reply stops the mails to everybody with the same mail domain.';
comment on column public.campaigns.track_opens is 'Whether mails carry a picture that counts opens. Switched off, opens are 0 and mean nothing.';
comment on column public.campaigns.sending_days is 'Weekdays on which mail goes out, 0 = Sunday.';
comment on column public.campaigns.synced_at is 'When the last sync finished this campaign without an error.';

create index campaigns_client_id_idx on public.campaigns (client_id);
create index campaigns_connection_id_idx on public.campaigns (connection_id);

create trigger set_updated_at before update on public.campaigns
for each row execute function private.set_updated_at();

alter table public.campaigns enable row level security;

grant select on public.campaigns to authenticated;
grant select, insert, update, delete on public.campaigns to service_role;

create policy "Clients see their campaigns, operators see all"
on public.campaigns for select to authenticated
using (client_id = any (array(select private.visible_client_ids())));

-- Takes the provider from the connection whenever that is set. It is kept on the campaign itself, because a client cannot
-- read a connection that many clients share.
create function private.set_campaign_provider()
returns trigger
language plpgsql
set search_path = ''
as $$
begin
  new.provider = coalesce((select c.provider from public.provider_connections as c where c.id = new.connection_id), old.provider);
  return new;
end
$$;

comment on function private.set_campaign_provider() is 'Keeps campaigns.provider at the provider of the connection.';

create trigger set_provider before insert or update of connection_id, provider on public.campaigns
for each row execute function private.set_campaign_provider();

-- The counterpart of a campaign at the provider, and the organisation of the workspace that it belongs to.

-- The only place that knows a provider's campaign id. campaign_id null = not mapped to one of our campaigns yet.
create table private.provider_campaigns (
  id uuid not null unique default gen_random_uuid(),
  connection_id uuid not null references public.provider_connections (id) on delete cascade,
  provider_campaign_id text not null,
  campaign_id uuid unique references public.campaigns (id) on delete set null,
  provider_org_id text,
  name text,
  provider_created_at timestamptz,
  moved_from uuid references public.campaigns (id) on delete set null,
  org_changed_at timestamptz,
  listed_at timestamptz,
  leads_fingerprint text,
  leads_walked_at timestamptz,
  bounce_threshold_at timestamptz,
  leads_walk_started_at timestamptz,
  created_at timestamptz not null default now(),
  primary key (connection_id, provider_campaign_id)
);

comment on table private.provider_campaigns is
  'Which provider campaign is which campaign of ours. Provider campaign ids are kept here and in raw payloads, nowhere else.';
comment on column private.provider_campaigns.id is 'Our own name for it, which operators may see; the provider''s id stays in here.';
comment on column private.provider_campaigns.provider_org_id is
  'The organisation of the workspace that the campaign belongs to; null where there is none.';
comment on column private.provider_campaigns.moved_from is
  'The campaign of ours that it was until it went to another organisation at the provider; it is held until an operator maps it, or until it comes back.';
comment on column private.provider_campaigns.org_changed_at is
  'When its organisation was last settled: what a delivery from before says about that is old news.';
comment on column private.provider_campaigns.listed_at is
  'When the provider last named it in its list of campaigns. A sync reads only what is listed now: a deleted campaign keeps its last numbers.';
comment on column private.provider_campaigns.leads_walk_started_at is
  'When the walk through its leads began that is under way; a lead that such a whole walk does not meet is no longer there.';
comment on column private.provider_campaigns.leads_fingerprint is
  'Digest of the provider''s totals when its leads were last walked whole; an hourly sync skips the walk while it is unchanged.';
comment on column private.provider_campaigns.bounce_threshold_at is
  'When the provider last reported that too many mails of it bounce.';

create index provider_campaigns_moved_from_idx on private.provider_campaigns (moved_from) where moved_from is not null;
create index provider_campaigns_org_idx on private.provider_campaigns (connection_id, provider_org_id)
where provider_org_id is not null;

alter table private.provider_campaigns enable row level security;

grant select, insert, update, delete on private.provider_campaigns to service_role;

create policy "Only the functions read provider campaign ids"
on private.provider_campaigns for all to service_role using (true) with check (true);

-- An organisation of a workspace, as the provider keeps it. client_id null = not mapped to a client yet.
create table private.organizations (
  id uuid not null unique default gen_random_uuid(),
  connection_id uuid not null references public.provider_connections (id) on delete cascade,
  provider_org_id text not null,
  provider_org_name text,
  client_id uuid references public.clients (id) on delete set null,
  created_at timestamptz not null default now(),
  primary key (connection_id, provider_org_id)
);

comment on table private.organizations is
  'Organisations of a workspace and the client that each belongs to. On a dedicated connection, as soon as one is mapped, only campaigns of mapped ones are imported.';

create index provider_organizations_client_id_idx on private.organizations (client_id);

alter table private.organizations enable row level security;

grant select, insert, update, delete on private.organizations to service_role;

create policy "Only the functions read organisations"
on private.organizations for all to service_role using (true) with check (true);

-- Whose a campaign of a workspace is: of a shared one the client of its organisation, of a dedicated one its owner, unless
-- the connection is limited to other organisations. Null = not known yet.
create function private.campaign_owner(target_connection_id uuid, campaign_org_id text)
returns uuid
language sql
stable
set search_path = ''
as $$
  select case
    when c.client_id is null then o.client_id
    when o.client_id is not null
      or not exists (
        select
        from private.organizations as l
        where l.connection_id = c.id and l.client_id is not null
      )
    then c.client_id
  end
  from public.provider_connections as c
  left join private.organizations as o
    on o.connection_id = c.id and o.provider_org_id = campaign_org_id
  where c.id = target_connection_id
$$;

comment on function private.campaign_owner(uuid, text) is
  'The client that a provider campaign belongs to by its workspace and organisation; null = an operator has to say.';

grant execute on function private.campaign_owner(uuid, text) to service_role;

-- What the provider lists: [{ "provider_org_id": text, "name": text|null }]
create function worker.record_provider_organizations(target_connection_id uuid, listed jsonb)
returns integer
language plpgsql
set search_path = ''
as $$
declare
  written integer;
begin
  insert into private.organizations as o (connection_id, provider_org_id, provider_org_name)
  select distinct on (f.provider_org_id) target_connection_id, f.provider_org_id, nullif(btrim(f.name), '')
  from jsonb_to_recordset(listed) as f (provider_org_id text, name text)
  where f.provider_org_id is not null
  order by f.provider_org_id
  on conflict (connection_id, provider_org_id) do update
  set provider_org_name = coalesce(excluded.provider_org_name, o.provider_org_name)
  where o.provider_org_name is distinct from coalesce(excluded.provider_org_name, o.provider_org_name);

  get diagnostics written = row_count;
  return written;
end
$$;

comment on function worker.record_provider_organizations(uuid, jsonb) is
  'Notes the organisations of a workspace with their names; returns how many are new or changed. Service role only.';

grant execute on function worker.record_provider_organizations(uuid, jsonb) to service_role;

-- The organisation under which a campaign is made at the provider: the one of its client in this workspace.
create function worker.read_export_organization(target_campaign_id uuid)
returns text
language sql
stable
set search_path = ''
as $$
  select o.provider_org_id
  from public.campaigns as c
  join private.organizations as o
    on o.connection_id = coalesce(
      c.connection_id,
      (
        select k.id from public.provider_connections as k
        where k.client_id = c.client_id order by k.created_at limit 1
      )
    )
    and o.client_id = c.client_id
  where c.id = target_campaign_id
  order by o.created_at, o.provider_org_id
  limit 1
$$;

comment on function worker.read_export_organization(uuid) is
  'The provider''s id of the organisation that a campaign''s client has in its workspace; null when there is none. Service role only.';

grant execute on function worker.read_export_organization(uuid) to service_role;

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

-- Moving a campaign to another client and deleting one concern every row that hangs on it, a million or more. A statement through the Data
-- API has seconds, so both are done in steps, each a transaction of its own: what is left is here, and a cron job continues.

create table private.campaign_work (
  campaign_id uuid primary key references public.campaigns (id) on delete cascade,
  -- Null = the campaign is deleted.
  to_client_id uuid references public.clients (id) on delete cascade,
  from_client_id uuid not null references public.clients (id) on delete cascade,
  requested_by uuid,
  requested_at timestamptz not null default clock_timestamp(),
  next_step_at timestamptz not null default clock_timestamp(),
  reached text,
  is_one_pass boolean not null default true,
  done jsonb not null default '{}',
  suppressions integer not null default 0,
  last_error text
);

comment on table private.campaign_work is
  'Campaigns that are being moved to another client (to_client_id) or deleted (null). The campaign itself belongs to the new client from the start.';
comment on column private.campaign_work.reached is 'The table that a move has come to, in the order of private.list_campaign_tables().';
comment on column private.campaign_work.is_one_pass is
  'False = rows may have come into tables that this pass has left behind, so another pass follows.';
comment on column private.campaign_work.last_error is 'Why the last step failed; it is repeated a minute later.';
comment on column private.campaign_work.done is 'Rows that were moved, by table.';

create index campaign_work_to_client_id_idx on private.campaign_work (to_client_id);
create index campaign_work_from_client_id_idx on private.campaign_work (from_client_id);

alter table private.campaign_work enable row level security;

grant select, insert, update, delete on private.campaign_work to service_role;

create policy "Only the database's own work reads what is left of it"
on private.campaign_work for all to service_role using (true) with check (true);

create function private.require_idle_campaign(target_campaign_id uuid)
returns void
language plpgsql
stable
set search_path = ''
as $$
declare
  work private.campaign_work;
begin
  select w.* into work from private.campaign_work as w where w.campaign_id = target_campaign_id;

  if found then
    raise exception using errcode = 'PT409', message = 'VALIDATION_FAILED',
      detail = case
        when work.to_client_id is null then 'This campaign is being deleted, which takes some minutes'
        else 'This campaign is being moved to another client; wait some minutes until that has ended'
      end;
  end if;
end
$$;

comment on function private.require_idle_campaign(uuid) is 'Raises VALIDATION_FAILED while a campaign is being moved or deleted.';

grant execute on function private.require_idle_campaign(uuid) to service_role;

-- While rows of a campaign are on their way, neither of its clients can be deleted or move to another project.
create function private.require_idle_client(target_client_id uuid)
returns void
language plpgsql
stable
set search_path = ''
as $$
begin
  if exists (select from private.campaign_work as w where target_client_id in (w.from_client_id, w.to_client_id)) then
    raise exception using errcode = 'PT409', message = 'VALIDATION_FAILED',
      detail = 'A campaign of this client is being moved to another one or deleted; do this when that has ended, in some minutes';
  end if;
end
$$;

comment on function private.require_idle_client(uuid) is 'Raises VALIDATION_FAILED while a campaign is being moved from or to this client, or deleted.';

grant execute on function private.require_idle_client(uuid) to service_role;

-- The businesses that campaigns are made from.

create type public.email_deliverability as enum (
  'deliverable', 'risky', 'undeliverable', 'unknown', 'unverified', 'not_found'
);

-- The source of a lead: a business as scraped and enriched, with at most one person found on LinkedIn.
create table public.businesses (
  id uuid primary key default gen_random_uuid(),
  client_id uuid not null references public.clients (id) on delete cascade,
  campaign_id uuid not null references public.campaigns (id) on delete cascade,
  name text check (length(btrim(name)) > 0),
  category text,
  rating numeric(3, 2) check (rating between 0 and 5),
  email text,
  email_deliverability public.email_deliverability not null default 'unverified',
  email_source text,
  is_role_address boolean not null generated always as (private.is_role_address(email)) stored,
  first_name text,
  last_name text,
  job_title text,
  subject_line text,
  icebreaker text,
  website text,
  phone text,
  address text,
  city text,
  state text,
  zip text,
  linkedin_url text,
  facebook_url text,
  linkedin_contact_name text,
  linkedin_contact_title text,
  linkedin_contact_url text,
  linkedin_contact_email text,
  linkedin_contact_email_deliverability public.email_deliverability not null default 'unverified',
  custom_variables jsonb not null default '{}',
  import_id uuid,
  sent_at timestamptz,
  opened_at timestamptz,
  clicked_at timestamptz,
  replied_at timestamptz,
  reply_count integer not null default 0,
  email_status text not null default 'not_sent'
    check (email_status in ('not_sent', 'sent', 'opened', 'clicked', 'replied', 'bounced', 'unsubscribed')),
  created_at timestamptz not null default now(),
  updated_at timestamptz not null default now()
);

comment on table public.businesses is
  'A business as scraped, enriched and verified. Only deliverable addresses are ever exported; a LinkedIn contact with its own address is a second lead.';
comment on column public.businesses.name is 'The company; null when a list has none, then a lead has no value for companyName.';
comment on column public.businesses.is_role_address is 'Whether the address is that of a function (info@, verkoop@) and not of a person.';
comment on column public.businesses.custom_variables is
  'What a list has besides: { name: text, number or boolean }. Sent to the provider under these names; a trigger keeps them to names that both providers take (private.variable_name).';
comment on column public.businesses.import_id is 'The import that made it; null = it came otherwise.';
comment on column public.businesses.email_status is
  'How far mail to its leads came: unsubscribed, else replied, bounced, clicked, opened, sent, not_sent; the first that is true of any of them.';
comment on column public.businesses.reply_count is 'Replies by people from its leads (the business and its LinkedIn contact).';

create index businesses_client_id_idx on public.businesses (client_id);
create index businesses_campaign_id_idx on public.businesses (campaign_id, id);

create index businesses_import_id_idx on public.businesses (import_id) where import_id is not null;

-- A client's businesses by address, whatever its source wrote around it.
create index businesses_address_idx on public.businesses (client_id, private.normalize_email(email));

create trigger set_updated_at before update on public.businesses
for each row execute function private.set_updated_at();

alter table public.businesses enable row level security;

grant select on public.businesses to authenticated;
grant select, insert, update, delete on public.businesses to service_role;

create policy "Clients see their businesses, operators see all"
on public.businesses for select to authenticated
using (client_id = any (array(select private.visible_client_ids())));

-- What scrapers and imports call a link is kept only if it is one.
create function private.keep_business_links()
returns trigger
language plpgsql
set search_path = ''
as $$
begin
  new.website := private.http_link(new.website);
  new.linkedin_url := private.http_link(new.linkedin_url);
  new.facebook_url := private.http_link(new.facebook_url);
  new.linkedin_contact_url := private.http_link(new.linkedin_contact_url);
  return new;
end
$$;

comment on function private.keep_business_links() is 'Trigger: keeps the links of a business only if they are http(s).';

create trigger keep_links
before insert or update of website, linkedin_url, facebook_url, linkedin_contact_url on public.businesses
for each row execute function private.keep_business_links();

-- An import checks the names of its variables once per part: per row it took a quarter of its time.
create trigger keep_new_custom_variables
before insert on public.businesses
for each row when (new.custom_variables <> '{}' and new.import_id is null) execute function private.keep_custom_variables();

create trigger keep_changed_custom_variables
before update of custom_variables on public.businesses
for each row when (new.custom_variables <> old.custom_variables) execute function private.keep_custom_variables();

-- Leads: an address in a campaign at the provider.

create type public.lead_status as enum ('not_yet_emailed', 'emailed', 'bounced', 'replied');

create type public.interest_status as enum ('positive', 'neutral', 'negative');

-- Why a mail came back: hard = the address does not exist; soft = not now (full, slow); sender = a fault of our side (its
-- limits, its authentication); block = the receiving side refuses our mails, not this address.
create type public.bounce_class as enum ('hard', 'soft', 'sender', 'block');

-- One row per campaign and address. Two sources count: *_observed columns move with the events that we stored,
-- *_reported columns with the sync. What is shown is the greater of the two, so neither a lost webhook nor a late sync lowers it,
-- and counting the same reply in both can never add up.
create table public.synced_leads (
  id uuid primary key default gen_random_uuid(),
  client_id uuid not null references public.clients (id) on delete cascade,
  campaign_id uuid not null references public.campaigns (id) on delete cascade,
  business_id uuid references public.businesses (id) on delete set null,
  provider_lead_id text,
  email text not null,
  first_name text,
  last_name text,
  company_name text,
  job_title text,
  industry text,
  company_size text,
  website text,
  phone text,
  sent_count_observed integer not null default 0,
  open_count_observed integer not null default 0,
  click_count_observed integer not null default 0,
  reply_count_observed integer not null default 0,
  auto_reply_count integer not null default 0,
  reply_count_overruled integer not null default 0,
  sent_count_reported integer not null default 0,
  open_count_reported integer not null default 0,
  click_count_reported integer not null default 0,
  reply_count_reported integer not null default 0,
  sent_count integer not null generated always as (greatest(sent_count_observed, sent_count_reported)) stored,
  open_count integer not null generated always as (greatest(open_count_observed, open_count_reported)) stored,
  click_count integer not null generated always as (greatest(click_count_observed, click_count_reported)) stored,
  reply_count integer not null generated always as (greatest(reply_count_observed, reply_count_reported - reply_count_overruled)) stored,
  sent_at timestamptz,
  opened_at timestamptz,
  clicked_at timestamptz,
  replied_at timestamptz,
  bounced_at timestamptz,
  bounce_class public.bounce_class,
  unsubscribed_at timestamptz,
  contacted_at timestamptz,
  lead_status public.lead_status not null generated always as (
    case
      when greatest(reply_count_observed, reply_count_reported - reply_count_overruled) > 0 then 'replied'::public.lead_status
      when bounced_at is not null then 'bounced'::public.lead_status
      when greatest(sent_count_observed, sent_count_reported) > 0 then 'emailed'::public.lead_status
      else 'not_yet_emailed'::public.lead_status
    end
  ) stored,
  interest_status_reported public.interest_status,
  interest_status_judged public.interest_status,
  interest_status public.interest_status generated always as (coalesce(interest_status_judged, interest_status_reported)) stored,
  interest_label text,
  interest_label_at timestamptz,
  out_of_office_at timestamptz,
  interest_changed_at_reported timestamptz,
  interest_judged_at timestamptz,
  interest_changed_at timestamptz generated always as (
    case when interest_status_judged is not null then interest_judged_at else interest_changed_at_reported end
  ) stored,
  sender_account text,
  sender_account_at timestamptz,
  last_event_type text,
  last_event_at timestamptz,
  payload jsonb,
  provider_updated_at timestamptz,
  last_synced_at timestamptz,
  removed_at timestamptz,
  erased_at timestamptz,
  created_at timestamptz not null default now(),
  updated_at timestamptz not null default now(),
  -- Each update of a counter comes by here: the expression tells most addresses in 2 µs, the function needs 5.
  constraint synced_leads_email_is_normal check (
    (length(email) <= 66 and email ~ '^[a-z0-9_]+(?:[-.+_''][a-z0-9_]+)*@(?:[a-z0-9](?:[a-z0-9-]*[a-z0-9])?\.)+[a-z]{2,}$')
    or (email = private.normalize_email(email)) is true
  ),
  constraint synced_leads_one_per_campaign_and_email unique (campaign_id, email)
)
-- Room in each page for the new version of a row: counters change often and are in no index, so most updates stay in
-- place (7,100 events a second projected without the room, 8,400 with it). Two of five even while a reader with an old snapshot keeps
-- all versions; the others write to each index.
with (fillfactor = 60);

comment on table public.synced_leads is
  'A lead: one address in one campaign at the provider, with its state. Times are the first of their kind that we know of (a sync knows only the provider''s last); counts are the greater of what was observed by webhook and what the provider reports.';
comment on column public.synced_leads.interest_status is 'What counts: a person''s verdict if there is one, else the provider''s latest label, never a sum of label events; null = neither.';
comment on column public.synced_leads.interest_status_reported is 'Sentiment of the provider''s latest label. Webhooks and syncs write here, whatever a person has decided.';
comment on column public.synced_leads.interest_status_judged is 'Verdict on the latest judged reply, set by qualify_reply only; null = not judged.';
comment on column public.synced_leads.interest_label is
  'The provider''s latest label by its own text. If its meaning is unknown, interest_status stays that of the latest understood label.';
comment on column public.synced_leads.interest_label_at is 'When that label was given, by the provider''s clock.';
comment on column public.synced_leads.out_of_office_at is 'When a category of Smartlead last called this lead out of office; the reply before it may be an automatic one.';
comment on column public.synced_leads.bounce_class is 'Class of the latest bounce: hard, soft, sender or block. Only a hard one suppresses.';
comment on column public.synced_leads.contacted_at is
  'First sign, observed by us, that this lead was written to: a mail, an open, a click, a reply or a bounce.';
comment on column public.synced_leads.sender_account is 'The mailbox that wrote to this lead last, so that a reply can be routed.';
comment on column public.synced_leads.payload is 'The lead''s custom variables. Ids of the provider are never in here.';
comment on column public.synced_leads.last_synced_at is 'When a sync last met this lead in the provider''s list.';
comment on column public.synced_leads.removed_at is
  'When a sync found that the provider''s list of the campaign no longer has this lead (deleted, moved to another campaign, merged); its history stays. null = it is there.';
comment on column public.synced_leads.erased_at is
  'When the person was erased: what is left is counted and says nothing of anybody; email is a pseudonym.';
comment on column public.synced_leads.reply_count is 'Replies written by a person; automatic replies are in auto_reply_count.';
comment on column public.synced_leads.reply_count_overruled is
  'Replies that the provider counts and we hold for automatic, by a person or by their text, less those the other way round.';

-- A campaign's leads are counted in it alone. The client is a key of it, so that a policy picks the range and is not compared
-- with every lead: an operator of 1,000 clients read 5,000 campaigns in 7.8 s, and reads them in 0.3 s.
create index synced_leads_counting_idx on public.synced_leads (campaign_id, client_id) where removed_at is null;
create index synced_leads_client_id_idx on public.synced_leads (client_id, created_at);
-- Positive replies and meetings of a period are counted in it alone: with an empty cache each lead would be a page read from the disk,
-- 12 ms for 48 of them.
create index synced_leads_interest_idx on public.synced_leads (client_id, interest_status, campaign_id)
include (interest_changed_at, interest_label, id)
where interest_status is not null;
create index synced_leads_business_id_idx on public.synced_leads (business_id) where business_id is not null;
create unique index synced_leads_provider_lead_id_idx on public.synced_leads (campaign_id, provider_lead_id)
where provider_lead_id is not null;

-- A person's history is found by address.
create index synced_leads_email_idx on public.synced_leads (email, client_id);

create trigger keep_link before insert on public.synced_leads
for each row when (new.website is not null) execute function private.keep_website();

-- A sync writes each lead again, mostly as it was.
create trigger keep_changed_link before update of website on public.synced_leads
for each row when (new.website is not null and new.website is distinct from old.website) execute function private.keep_website();

alter table public.synced_leads enable row level security;

grant select on public.synced_leads to authenticated;
grant select, insert, update, delete on public.synced_leads to service_role;

create policy "Clients see their leads, operators see all"
on public.synced_leads for select to authenticated
using (client_id = any (array(select private.visible_client_ids())));

-- The lead of an address in a provider's campaign. Two looks by a whole key: joined into a larger statement, tables without statistics,
-- or with those of a time when they were empty, had a million rows read for 50 mails.
create function private.find_lead(of_connection_id uuid, of_provider_campaign_id text, address text)
returns uuid
language sql
stable
set search_path = ''
as $$
  select l.id
  from public.synced_leads as l
  where l.email = address and l.campaign_id = (
    select p.campaign_id
    from private.provider_campaigns as p
    where p.connection_id = of_connection_id and p.provider_campaign_id = of_provider_campaign_id
  )
$$;

comment on function private.find_lead(uuid, text, text) is
  'The lead of an address in the campaign that a provider calls so; null where the campaign is not mapped, or has no such lead.';

grant execute on function private.find_lead(uuid, text, text) to service_role;

-- What came of a business: the state of its leads, kept on the business itself.

-- Follows all that write leads: projector, sync and export. One look per statement where no lead has a business. The
-- businesses are held in order first, and read in a statement of its own, so that two leads of one business that move
-- at once are both counted.
create function private.follow_leads()
returns trigger
language plpgsql
set search_path = ''
as $$
declare
  touched uuid[] := array(
    select distinct n.business_id from new_leads as n where n.business_id is not null order by n.business_id
  );
begin
  if touched = '{}' then
    return null;
  end if;

  perform from public.businesses as b where b.id = any (touched) order by b.id for update;

  update public.businesses as b
  set
    sent_at = s.sent_at,
    opened_at = s.opened_at,
    clicked_at = s.clicked_at,
    replied_at = s.replied_at,
    reply_count = s.reply_count,
    email_status = s.email_status
  from (
    select
      l.business_id,
      min(l.sent_at) as sent_at,
      min(l.opened_at) as opened_at,
      min(l.clicked_at) as clicked_at,
      min(l.replied_at) as replied_at,
      sum(l.reply_count) as reply_count,
      case
        when bool_or(l.unsubscribed_at is not null) then 'unsubscribed'
        when bool_or(l.reply_count > 0) then 'replied'
        when bool_or(l.bounced_at is not null) then 'bounced'
        when bool_or(l.click_count > 0) then 'clicked'
        when bool_or(l.open_count > 0) then 'opened'
        when bool_or(l.sent_count > 0) then 'sent'
        else 'not_sent'
      end as email_status
    from public.synced_leads as l
    where l.business_id = any (touched)
    group by l.business_id
  ) as s
  where b.id = s.business_id
    and (b.sent_at, b.opened_at, b.clicked_at, b.replied_at, b.reply_count, b.email_status)
      is distinct from (s.sent_at, s.opened_at, s.clicked_at, s.replied_at, s.reply_count, s.email_status);

  return null;
end
$$;

comment on function private.follow_leads() is 'Trigger: brings the businesses of inserted or changed leads up to date.';

create trigger follow_inserted_leads after insert on public.synced_leads
referencing new table as new_leads for each statement execute function private.follow_leads();

create trigger follow_changed_leads after update on public.synced_leads
referencing new table as new_leads for each statement execute function private.follow_leads();

-- Who was erased, without saying who: a salted hash per scope, against which every address that comes back is held.

-- The key of the hashes. It is kept in the Vault, whose own key is outside the database: with a copy of the tables alone no
-- addresses can be tried. Made with the first erasure; until then nothing asks for it.
create function private.erasure_salt()
returns text
language plpgsql
stable
security definer
set search_path = ''
as $$
begin
  return (select s.decrypted_secret from vault.decrypted_secrets as s where s.name = 'erasure_salt');
end
$$;

comment on function private.erasure_salt() is 'The secret "erasure_salt" of the Vault; null before the first erasure.';

grant execute on function private.erasure_salt() to service_role;

create function private.make_erasure_salt()
returns text
language plpgsql
security definer
set search_path = ''
as $$
begin
  -- Two first erasures at once must not make two salts.
  perform pg_advisory_xact_lock(hashtextextended('replyloop erasure salt', 0));

  if private.erasure_salt() is null then
    -- Hashes of a salt that was lost protect no one and would only hide that.
    if exists (select from private.erasures as e where e.salt = 'erasure_salt') then
      raise exception using errcode = 'PT409', message = 'VALIDATION_FAILED',
        detail = 'The Vault secret "erasure_salt" is missing, so people who were erased are not recognised; restore it, then try again';
    end if;

    perform vault.create_secret(
      replace(gen_random_uuid()::text || gen_random_uuid()::text, '-', ''), 'erasure_salt',
      'Salt of the hashes of erased addresses. Without it they are not recognised when they come back.'
    );
  end if;

  return private.erasure_salt();
end
$$;

comment on function private.make_erasure_salt() is 'The salt of erased addresses, made if there is none.';

grant execute on function private.make_erasure_salt() to service_role;

-- A client that came from another project has people who were erased there, and no one knows their addresses any more: those hashes keep
-- the salt of that project, beside ours in the Vault.
create function private.erasure_salts()
returns text[]
language plpgsql
stable
security definer
set search_path = ''
as $$
begin
  return array(
    select s.decrypted_secret
    from vault.decrypted_secrets as s
    where starts_with(s.name, 'erasure_salt')
  );
end
$$;

comment on function private.erasure_salts() is
  'The secret "erasure_salt" of the Vault, and "erasure_salt of <project>" of each project from which a client came with erased people.';

grant execute on function private.erasure_salts() to service_role;

-- The scope is part of what is hashed: two erasures of one person for two clients do not show that they are of one. Nested, as
-- an HMAC is.
create function private.address_digest(salt text, scope uuid, email text)
returns bytea
language sql
stable
set search_path = ''
as $$
  select sha256(convert_to(salt, 'UTF8') || sha256(convert_to(salt || coalesce(scope::text, '*') || ' ' || email, 'UTF8')))
$$;

comment on function private.address_digest(text, uuid, text) is
  'Salted SHA-256 of an address in its stored form, for one client or (scope null) for all.';

grant execute on function private.address_digest(text, uuid, text) to service_role;

-- All hashes under which an address may be kept. An array, so that each is looked up in the index.
create function private.erasure_digests(salts text[], scope uuid, email text)
returns bytea[]
language sql
stable
set search_path = ''
as $$
  select array_agg(d.digest)
  from unnest(salts) as s (salt)
  cross join lateral (
    values (private.address_digest(s.salt, null, email)), (private.address_digest(s.salt, scope, email))
  ) as d (digest)
$$;

comment on function private.erasure_digests(text[], uuid, text) is
  'The hashes of an address with each of these salts, for one client and for all.';

grant execute on function private.erasure_digests(text[], uuid, text) to service_role;

create table private.erasures (
  id uuid primary key,
  digest bytea not null check (length(digest) = 32),
  client_id uuid references public.clients (id) on delete cascade,
  requested_by uuid,
  requested_at timestamptz not null default now(),
  is_blocked boolean not null default false,
  status text check (status in ('completed', 'partial', 'failed')),
  finished_at timestamptz,
  report jsonb not null default '{}',
  salt text not null default 'erasure_salt'
);

comment on table private.erasures is
  'Erasures of people, under the id of their job: for one client or (client_id null) for all, by whom, and what was done per table. Of the person only a salted hash stays.';
comment on column private.erasures.status is 'How it ended; null while the job is under way.';
comment on column private.erasures.report is
  '{ tables: { name: { removed?, anonymised? } }, providers: [{ name, removed, blocked, error? }], crm_contacts }.';

comment on column private.erasures.salt is
  'The Vault secret with which the address was hashed: erasure_salt, or that of the project from which the client came. Such a row concerns its client only, also if it was for all clients there.';

create index erasures_digest_idx on private.erasures (digest);
create index erasures_client_id_idx on private.erasures (client_id);

alter table private.erasures enable row level security;

-- What operator_erasures shows; never the hash.
grant select (id, client_id, requested_by, requested_at, is_blocked, status, finished_at, report) on private.erasures to authenticated;
grant select, insert, update, delete on private.erasures to service_role;

create policy "Operators see erasures"
on private.erasures for select to authenticated
using ((select private.is_operator()));

-- Which of these addresses belong to people who were erased for a client, or for all. One look at an empty table while no one was.
create function private.erased_among(of_client_id uuid, addresses text[])
returns setof text
language plpgsql
stable
rows 1
set search_path = ''
as $$
declare
  salts text[];
begin
  if not exists (select from private.erasures) then
    return;
  end if;

  salts := private.erasure_salts();

  return query
  select a.email
  from unnest(addresses) as a (email)
  where exists (
    select
    from private.erasures as e
    where e.digest = any (private.erasure_digests(salts, of_client_id, a.email))
      and (e.client_id is null or e.client_id = of_client_id)
  );
end
$$;

comment on function private.erased_among(uuid, text[]) is
  'The addresses, of those given, of people who were erased for this client or for all clients.';

grant execute on function private.erased_among(uuid, text[]) to service_role;

-- A page of leads of the provider without those who were erased.
create function private.without_erased(of_client_id uuid, leads jsonb)
returns jsonb
language plpgsql
stable
set search_path = ''
as $$
declare
  gone text[] := array(
    select private.erased_among(of_client_id, array(select n.value ->> 'email' from jsonb_array_elements(leads) as n (value)))
  );
begin
  if gone = '{}' then
    return leads;
  end if;

  return (
    select coalesce(jsonb_agg(n.value order by n.position), '[]')
    from jsonb_array_elements(leads) with ordinality as n (value, position)
    where coalesce(n.value ->> 'email', '') <> all (gone)
  );
end
$$;

comment on function private.without_erased(uuid, jsonb) is 'Leads of a provider without people who were erased for this client or for all.';

grant execute on function private.without_erased(uuid, jsonb) to service_role;

-- An address in a text, but not as a part of a longer one (o'brien@… is not brien@…, and 'brien@…' is). In JSON a line break is \n, in a link @ may be %40.
create function private.address_pattern(address text)
returns text
language sql
immutable
set search_path = ''
as $$
  select '(?:(?<![a-z0-9._%+-])(?<![a-z0-9]'')|(?<=\\[nrtbf])|(?<=%[0-9a-f][0-9a-f]))'
    || replace(regexp_replace(address, '([.^$*+?()\[\]{}|\\/-])', '\\\1', 'g'), '@', '(?:@|%40)')
    || '(?![a-z0-9-]|\.[a-z0-9])'
$$;

comment on function private.address_pattern(text) is 'Regular expression that finds an address in a text, and in none that is longer.';

grant execute on function private.address_pattern(text) to service_role;

-- What takes the place of an address: one for all leads of a person within a client, so that people are still counted apart.
create function private.pseudonym(erasure_id uuid, of_client_id uuid)
returns text
language sql
immutable
set search_path = ''
as $$
  select 'erased-' || md5(erasure_id::text || coalesce(of_client_id::text, ''))::uuid || '@erased.invalid'
$$;

comment on function private.pseudonym(uuid, uuid) is 'The address that an erased person has afterwards, within one client; it says nothing of the real one.';

grant execute on function private.pseudonym(uuid, uuid) to service_role;

-- Every address in a payload, in its stored form.
create function private.addresses_in(payload jsonb)
returns setof text
language sql
immutable
set search_path = ''
as $$
  select distinct a.email
  from regexp_matches(payload::text, '[^\s"<>,;:()\\]{1,100}(?:@|%40)[^\s"<>,;:()\\]{1,200}', 'g') as m (found)
  cross join lateral (select private.normalize_email(replace(m.found[1], '%40', '@')) as email) as a
  where a.email is not null
$$;

comment on function private.addresses_in(jsonb) is 'The addresses in a payload, each once, in their stored form.';

grant execute on function private.addresses_in(jsonb) to service_role;

-- Mails of others that name an erased person, as the provider's inbox shows them again: with the pseudonym in the place of the
-- address, as the erasure left them.
create function private.mask_erased(target_connection_id uuid, mails jsonb)
returns jsonb
language plpgsql
stable
set search_path = ''
as $$
declare
  salts text[];
  named record;
begin
  if not exists (select from private.erasures) then
    return mails;
  end if;

  salts := private.erasure_salts();

  for named in
    select distinct on (m.position, a.email) m.position - 1 as index, a.email, e.id
    from jsonb_array_elements(mails) with ordinality as m (value, position)
    join public.provider_connections as c on c.id = target_connection_id
    left join private.provider_campaigns as p
      on p.connection_id = c.id and p.provider_campaign_id = m.value ->> 'provider_campaign_id'
    left join public.campaigns as k on k.id = p.campaign_id
    cross join lateral private.addresses_in(m.value -> 'payload') as a (email)
    join private.erasures as e
      on e.digest = any (private.erasure_digests(salts, coalesce(k.client_id, c.client_id), a.email))
      and (e.client_id is null or e.client_id = coalesce(k.client_id, c.client_id))
    order by m.position, a.email, e.requested_at
  loop
    mails := jsonb_set(
      mails, array[named.index::text, 'payload'],
      regexp_replace(
        (mails -> named.index::integer -> 'payload')::text, private.address_pattern(named.email), private.pseudonym(named.id, null), 'gi'
      )::jsonb
    );
  end loop;

  return mails;
end
$$;

comment on function private.mask_erased(uuid, jsonb) is
  'Mails of a provider''s inbox, [{ provider_campaign_id, payload, … }], with a pseudonym in the place of each erased address in their payloads.';

grant execute on function private.mask_erased(uuid, jsonb) to service_role;

-- People never to be emailed again.

create type public.suppression_reason as enum ('unsubscribed', 'bounced', 'spam_report', 'erased', 'do_not_contact');

-- People never to be emailed for this client again, whatever campaign or provider.
create table public.suppressions (
  client_id uuid not null references public.clients (id) on delete cascade,
  email text not null constraint suppressions_email_is_normal check ((email = private.normalize_email(email)) is true),
  reason public.suppression_reason not null,
  bounce_class public.bounce_class,
  suppressed_at timestamptz not null default now(),
  note text,
  primary key (client_id, email),
  constraint suppressions_class_of_bounces check (bounce_class is null or reason = 'bounced')
);

comment on table public.suppressions is
  'Addresses that an export never sends for this client: unsubscribed, not to be contacted, bounced, reported as spam or erased. The reason that arrived first stays, but a person''s word replaces a bounce. A bounce goes again when the person writes to us later.';
comment on column public.suppressions.note is 'What an operator noted when suppressing by hand; null for what came from events.';
comment on column public.suppressions.bounce_class is 'Class of the bounce (always hard, the only one that suppresses); null for every other reason.';

alter table public.suppressions enable row level security;

grant select on public.suppressions to authenticated;
grant select, insert, update, delete on public.suppressions to service_role;

create policy "Clients see their suppressions, operators see all"
on public.suppressions for select to authenticated
using (client_id = any (array(select private.visible_client_ids())));

-- Who asked a shared workspace not to be written to, naming no campaign: which client it concerns is unknown, so no client is
-- sent there again with this address, also one that none of them knows yet. No client reads it, because the address may be another's.
create table private.workspace_suppressions (
  connection_id uuid not null references public.provider_connections (id) on delete cascade,
  email text not null,
  reason public.suppression_reason not null,
  suppressed_at timestamptz not null,
  primary key (connection_id, email)
);

comment on table private.workspace_suppressions is
  'Addresses that an export sends for no client of this shared workspace, because the request named no campaign.';

alter table private.workspace_suppressions enable row level security;

grant select, insert, update, delete on private.workspace_suppressions to service_role;

create policy "Only the functions read suppressions of a workspace"
on private.workspace_suppressions for all to service_role using (true) with check (true);

-- What a label says by its text, and what a workspace says that its own labels mean.

-- What a label says by its text alone, whatever the workspace made of it. One spelling of blanks and dashes.
create function private.plain_label(label text)
returns text
language sql
immutable
set search_path = ''
as $$
  select btrim(regexp_replace(lower(label), '[\s_-]+', ' ', 'g'))
$$;

comment on function private.plain_label(text) is 'A label in lower case with single blanks, to compare it with names.';

grant execute on function private.plain_label(text) to service_role;

create function private.means_do_not_contact(label text)
returns boolean
language sql
immutable
set search_path = ''
as $$
  select coalesce(private.plain_label(label) in (
    'do not contact', 'don''t contact', 'do not email', 'do not mail', 'do not contact again', 'never contact', 'dnc', 'lead do not contact',
    'unsubscribe', 'unsubscribed', 'remove me', 'opt out', 'opted out', 'blacklisted', 'blocklisted'
  ), false)
$$;

comment on function private.means_do_not_contact(text) is 'Whether a label asks never to write to this person again.';

grant execute on function private.means_do_not_contact(text) to service_role;

create function private.means_automatic(label text)
returns boolean
language sql
immutable
set search_path = ''
as $$
  select coalesce(private.plain_label(label) in (
    'lead out of office', 'out of office', 'ooo', 'auto reply', 'autoreply', 'automatic reply', 'automated reply', 'vacation'
  ), false)
$$;

comment on function private.means_automatic(text) is 'Whether a label calls the reply that it is about an automatic one.';

grant execute on function private.means_automatic(text) to service_role;

create function private.means_sender_bounce(label text)
returns boolean
language sql
immutable
set search_path = ''
as $$
  select coalesce(private.plain_label(label) in ('sender originated bounce', 'sender bounce', 'sender side bounce'), false)
$$;

comment on function private.means_sender_bounce(text) is 'Whether a label says that a bounce was a fault of the sending side.';

grant execute on function private.means_sender_bounce(text) to service_role;

-- What the provider's own labels mean, so that a custom label has a sentiment.
create table private.provider_labels (
  connection_id uuid not null references public.provider_connections (id) on delete cascade,
  interest_value integer not null,
  label text not null,
  interest_status public.interest_status not null,
  updated_at timestamptz not null default now(),
  primary key (connection_id, interest_value)
);

comment on table private.provider_labels is 'Custom interest labels of a workspace and their sentiment, read by the sync.';

create index provider_labels_label_idx on private.provider_labels (connection_id, lower(label));

alter table private.provider_labels enable row level security;

grant select, insert, update, delete on private.provider_labels to service_role;

create policy "Only the functions read provider labels"
on private.provider_labels for all to service_role using (true) with check (true);

-- Public holidays of the countries that agencies write to most, computed: no list has to be kept from year to year.

-- Easter Sunday of the Gregorian calendar (Meeus, Jones and Butcher).
create function private.easter(wanted_year integer)
returns date
language plpgsql
immutable
set search_path = ''
as $$
declare
  century integer := wanted_year / 100;
  golden integer := wanted_year % 19;
  epact integer := (19 * golden + century - century / 4 - (century - (century + 8) / 25 + 1) / 3 + 15) % 30;
  weekday integer := (32 + 2 * (century % 4) + 2 * ((wanted_year % 100) / 4) - epact - (wanted_year % 100) % 4) % 7;
  correction integer := (golden + 11 * epact + 22 * weekday) / 451;
  place integer := epact + weekday - 7 * correction + 114;
begin
  return make_date(wanted_year, place / 31, place % 31 + 1);
end
$$;

comment on function private.easter(integer) is 'Easter Sunday of a year.';

-- The first, second … (or with a negative number the last) given weekday of a month; 1 = Monday.
create function private.weekday_of_month(wanted_year integer, wanted_month integer, weekday integer, number integer)
returns date
language sql
immutable
set search_path = ''
as $$
  select case
    when number > 0 then f.first_day + (weekday - extract(isodow from f.first_day)::integer + 7) % 7 + 7 * (number - 1)
    else f.last_day - (extract(isodow from f.last_day)::integer - weekday + 7) % 7
  end
  from (
    select
      make_date(wanted_year, wanted_month, 1) as first_day,
      (make_date(wanted_year, wanted_month, 1) + interval '1 month - 1 day')::date as last_day
  ) as f
$$;

comment on function private.weekday_of_month(integer, integer, integer, integer) is
  'The number-th weekday (1 = Monday) of a month; a negative number means the last.';

-- The days that are holidays of a whole country in a year. Days of single regions (Bavaria, Scotland) are not among them.
-- What falls on a weekend is kept in the UK and the US on the nearest weekday: both the day and its substitute are listed.
create function private.holidays_of_year(wanted_country text, wanted_year integer)
returns table (day date, name text)
language sql
immutable
set search_path = ''
as $$
  with easter as (
    select private.easter(wanted_year) as sunday
  ),
  listed (country, day, name) as (
    select c.country, make_date(wanted_year, 1, 1), 'New Year''s Day' from unnest('{NL,DE,BE,UK,US}'::text[]) as c (country)
    union all
    select c.country, make_date(wanted_year, 12, 25), 'Christmas Day' from unnest('{NL,DE,BE,UK,US}'::text[]) as c (country)
    union all
    select c.country, e.sunday + 1, 'Easter Monday' from easter as e, unnest('{NL,DE,BE,UK}'::text[]) as c (country)
    union all
    select c.country, e.sunday + 39, 'Ascension Day' from easter as e, unnest('{NL,DE,BE}'::text[]) as c (country)
    union all
    select c.country, e.sunday + 50, 'Whit Monday' from easter as e, unnest('{NL,DE,BE}'::text[]) as c (country)
    union all
    select c.country, e.sunday - 2, 'Good Friday' from easter as e, unnest('{DE,UK}'::text[]) as c (country)
    union all
    -- The King's birthday moves to Saturday when it falls on a Sunday.
    select 'NL', make_date(wanted_year, 4, 27) - (extract(isodow from make_date(wanted_year, 4, 27)) = 7)::integer, 'King''s Day'
    union all
    select 'NL', make_date(wanted_year, 12, 26), 'Second Day of Christmas'
    union all
    -- A day off for everybody every five years only.
    select 'NL', make_date(wanted_year, 5, 5), 'Liberation Day' where wanted_year % 5 = 0
    union all
    select 'DE', make_date(wanted_year, 5, 1), 'Labour Day'
    union all
    select 'DE', make_date(wanted_year, 10, 3), 'Day of German Unity'
    union all
    select 'DE', make_date(wanted_year, 12, 26), 'Second Day of Christmas'
    union all
    select 'BE', make_date(wanted_year, 5, 1), 'Labour Day'
    union all
    select 'BE', make_date(wanted_year, 7, 21), 'National Day'
    union all
    select 'BE', make_date(wanted_year, 8, 15), 'Assumption of Mary'
    union all
    select 'BE', make_date(wanted_year, 11, 1), 'All Saints'' Day'
    union all
    select 'BE', make_date(wanted_year, 11, 11), 'Armistice Day'
    union all
    select 'UK', make_date(wanted_year, 12, 26), 'Boxing Day'
    union all
    select 'UK', private.weekday_of_month(wanted_year, 5, 1, 1), 'Early May bank holiday'
    union all
    select 'UK', private.weekday_of_month(wanted_year, 5, 1, -1), 'Spring bank holiday'
    union all
    select 'UK', private.weekday_of_month(wanted_year, 8, 1, -1), 'Summer bank holiday'
    union all
    select 'US', private.weekday_of_month(wanted_year, 1, 1, 3), 'Martin Luther King Jr. Day'
    union all
    select 'US', private.weekday_of_month(wanted_year, 2, 1, 3), 'Presidents'' Day'
    union all
    select 'US', private.weekday_of_month(wanted_year, 5, 1, -1), 'Memorial Day'
    union all
    select 'US', make_date(wanted_year, 6, 19), 'Juneteenth'
    union all
    select 'US', make_date(wanted_year, 7, 4), 'Independence Day'
    union all
    select 'US', private.weekday_of_month(wanted_year, 9, 1, 1), 'Labor Day'
    union all
    select 'US', private.weekday_of_month(wanted_year, 10, 1, 2), 'Columbus Day'
    union all
    select 'US', make_date(wanted_year, 11, 11), 'Veterans Day'
    union all
    select 'US', private.weekday_of_month(wanted_year, 11, 4, 4), 'Thanksgiving Day'
  ),
  own as (
    select l.day, l.name, extract(isodow from l.day)::integer as weekday from listed as l where l.country = wanted_country
  )
  select o.day, o.name from own as o
  union all
  -- The UK moves a day forward to the next weekday that is free: of Christmas and Boxing Day at a weekend, Monday and Tuesday.
  select
    case
      when o.name = 'Boxing Day' and o.weekday in (7, 6) then o.day + 2
      when o.name = 'Christmas Day' and o.weekday = 7 then o.day + 2
      else o.day + (8 - o.weekday)
    end,
    o.name || ' (substitute day)'
  from own as o
  where wanted_country = 'UK' and o.weekday in (6, 7)
  union all
  -- The US keep a Saturday's holiday on Friday and a Sunday's on Monday.
  select case o.weekday when 6 then o.day - 1 else o.day + 1 end, o.name || ' (observed)'
  from own as o
  where wanted_country = 'US' and o.weekday in (6, 7)
$$;

comment on function private.holidays_of_year(text, integer) is
  'Public holidays of NL, DE, BE, UK or US in a year, with substitute days; of no single region.';

-- The holidays of several countries in a span of days, both inclusive; one row per day.
create function private.holidays(countries text[], from_day date, to_day date)
returns table (day date, country text, name text)
language sql
immutable
set search_path = ''
as $$
  select distinct on (h.day) h.day, c.country, h.name
  from unnest(countries) as c (country)
  -- The substitute of a New Year's Day may be in the old year.
  cross join generate_series(extract(year from from_day)::integer, extract(year from to_day)::integer + 1) as y (year)
  cross join lateral private.holidays_of_year(c.country, y.year) as h
  where h.day between from_day and to_day
  order by h.day, c.country, h.name
$$;

comment on function private.holidays(text[], date, date) is
  'Holidays of any of these countries from one day to another, one row per day: { day, country, name }.';

grant execute on function private.easter(integer) to authenticated, service_role;
grant execute on function private.weekday_of_month(integer, integer, integer, integer) to authenticated, service_role;
grant execute on function private.holidays_of_year(text, integer) to authenticated, service_role;
grant execute on function private.holidays(text[], date, date) to authenticated, service_role;

-- What people suppress themselves: an address for every client, or a whole domain for one client or for all.

-- Single addresses of one client are in suppressions, those that an operator entered too.
create table public.suppression_rules (
  id uuid primary key default gen_random_uuid(),
  client_id uuid references public.clients (id) on delete cascade,
  entry text not null check (
    case when strpos(entry, '@') > 0 then (entry = private.normalize_email(entry)) is true
    else ('x@' || entry = private.normalize_email('x@' || entry)) is true end
  ),
  is_domain boolean not null generated always as (strpos(entry, '@') = 0) stored,
  reason public.suppression_reason not null default 'do_not_contact',
  note text,
  created_at timestamptz not null default now(),
  constraint suppression_rules_once unique nulls not distinct (client_id, entry),
  constraint suppression_rules_of_a_client_are_domains check (client_id is null or strpos(entry, '@') = 0)
);

comment on table public.suppression_rules is
  'Domains that are not emailed for a client (client_id null = for no client), and addresses that are not emailed for any client. A domain includes those below it. Change them with add_suppressions and remove_suppression.';
comment on column public.suppression_rules.entry is 'An address in its stored form, or a domain in its ASCII form, without @.';

create index suppression_rules_entry_idx on public.suppression_rules (entry);

alter table public.suppression_rules enable row level security;

grant select on public.suppression_rules to authenticated;
grant select, insert, update, delete on public.suppression_rules to service_role;

create policy "Clients see their rules, operators see all"
on public.suppression_rules for select to authenticated
using (client_id = any (array(select private.visible_client_ids())) or (select private.is_operator()));

-- A suppression that an operator removed: what was known by then does not bring it back, what happens later does.
create table private.suppression_removals (
  client_id uuid not null references public.clients (id) on delete cascade,
  email text not null,
  removed_at timestamptz not null default now(),
  primary key (client_id, email)
);

comment on table private.suppression_removals is
  'Until when what is known of a person was judged by an operator: older unsubscribes and bounces, which each sync reads again, suppress no more.';

alter table private.suppression_removals enable row level security;

grant select, insert, update, delete on private.suppression_removals to service_role;

create policy "Only the functions read removals"
on private.suppression_removals for all to service_role using (true) with check (true);

-- Projector and sync write suppressions from facts that they read again and again.
create function private.keep_suppression_removed()
returns trigger
language plpgsql
set search_path = ''
as $$
begin
  if exists (
    select
    from private.suppression_removals as r
    where r.client_id = new.client_id and r.email = new.email and r.removed_at >= new.suppressed_at
  ) then
    return null;
  end if;

  return new;
end
$$;

comment on function private.keep_suppression_removed() is
  'Trigger: leaves out a suppression whose cause is older than its removal by an operator.';

create trigger keep_removed before insert on public.suppressions
for each row execute function private.keep_suppression_removed();

-- Under which entries of the rules an address is found: itself, its domain, and the domains above that.
create function private.suppression_entries(email text)
returns text[]
language sql
immutable strict
set search_path = ''
as $$
  select array[email] || array(
    select array_to_string(d.labels[n:], '.')
    from (select string_to_array(split_part(email, '@', 2), '.') as labels) as d,
      generate_series(1, cardinality(d.labels) - 1) as n
  )
$$;

comment on function private.suppression_entries(text) is
  'An address, its domain and the domains above it: {mia@mail.shop.example, mail.shop.example, shop.example}.';

grant execute on function private.suppression_entries(text) to authenticated, service_role;

-- Why one address is not emailed for a client. Definer, because a client may know it of its own leads, and must not read
-- the agency's list.
create function private.suppression_of(of_client_id uuid, of_email text)
returns table (reason public.suppression_reason, suppressed_at timestamptz, note text, entry text, is_agency_wide boolean)
language plpgsql
stable
security definer
rows 1
set search_path = ''
as $$
begin
  if not (select private.may_operate()) and not of_client_id = any (array(select private.visible_client_ids())) then
    return;
  end if;

  return query
  select s.reason, s.suppressed_at, s.note, s.email, false
  from public.suppressions as s
  where s.client_id = of_client_id and s.email = of_email;

  if found then
    return;
  end if;

  return query
  select r.reason, r.created_at, r.note, r.entry, r.client_id is null
  from public.suppression_rules as r
  where r.entry = any (private.suppression_entries(of_email)) and (r.client_id = of_client_id or r.client_id is null)
  order by r.client_id nulls last, length(r.entry) desc
  limit 1;
end
$$;

comment on function private.suppression_of(uuid, text) is
  'Why and since when an address is not emailed for a client: its own suppression, else the rule that covers it; no row = it is.';

grant execute on function private.suppression_of(uuid, text) to authenticated, service_role;

-- Definer for the same reason: a filter by suppression covers what the agency's rules cover.
create function private.suppressed_entries(of_client_id uuid)
returns setof text
language plpgsql
stable
security definer
set search_path = ''
as $$
begin
  if not (select private.may_operate()) and not of_client_id = any (array(select private.visible_client_ids())) then
    return;
  end if;

  return query
  select s.email from public.suppressions as s where s.client_id = of_client_id
  union all
  select r.entry from public.suppression_rules as r where r.client_id = of_client_id or r.client_id is null;
end
$$;

comment on function private.suppressed_entries(uuid) is
  'Every address and domain that is not emailed for a client.';

grant execute on function private.suppressed_entries(uuid) to authenticated, service_role;

-- Who of these addresses a campaign must not email: the one place that says it, for imports and exports alike. Domains are
-- looked up once each: among 100,000 addresses there are far fewer.
create function private.suppressed_among(target_campaign_id uuid, addresses text[])
returns table (email text, reason public.suppression_reason)
language plpgsql
stable
rows 10
set search_path = ''
as $$
declare
  campaign public.campaigns;
begin
  select k.* into campaign from public.campaigns as k where k.id = target_campaign_id;

  return query
  select distinct on (s.email) s.email, s.reason
  from (
    select p.email, p.reason, 1 as place
    from public.suppressions as p
    where p.client_id = campaign.client_id and p.email = any (addresses)
    union all
    select g.email, 'erased'::public.suppression_reason, 0
    from private.erased_among(campaign.client_id, addresses) as g (email)
    union all
    select w.email, w.reason, 2
    from private.workspace_suppressions as w
    where w.connection_id = campaign.connection_id and w.email = any (addresses)
    union all
    select r.entry, r.reason, 3
    from public.suppression_rules as r
    where r.client_id is null and r.entry = any (addresses)
    union all
    select a.email, d.reason, 4
    from (
      select g.domain, r.reason
      from (select distinct split_part(u.email, '@', 2) as domain from unnest(addresses) as u (email)) as g
      cross join lateral unnest(private.suppression_entries('x@' || g.domain)) as e (entry)
      join public.suppression_rules as r
        on r.entry = e.entry and r.is_domain and (r.client_id is null or r.client_id = campaign.client_id)
    ) as d
    join unnest(addresses) as a (email) on split_part(a.email, '@', 2) = d.domain
  ) as s
  order by s.email, s.place;
end
$$;

comment on function private.suppressed_among(uuid, text[]) is
  'The addresses, of those given, that a campaign must not email, with the reason: people who were erased, suppressions of the client, of the campaign''s workspace and of the agency, and suppressed domains.';

grant execute on function private.suppressed_among(uuid, text[]) to service_role;

-- What a sequence may look like: the same rules as supabase/functions/_shared/export/sequence.ts, which a test compares.

-- What is wrong with one mail of a step, or null.
create function private.mail_problem(mail jsonb, place text)
returns text
language sql
immutable
set search_path = ''
as $$
  select case
    when jsonb_typeof(mail) is distinct from 'object' then place || ' is no mail'
    when jsonb_typeof(mail -> 'subject') is distinct from 'string' then place || ' has no subject; an empty one continues the thread'
    when jsonb_typeof(mail -> 'body') is distinct from 'string' or mail ->> 'body' !~ '\S' then place || ' has no text'
    when length(mail ->> 'subject') > 250 then place || ' has a subject of more than 250 characters'
    when mail ->> 'subject' ~ '[\n\r]' then place || ' has a subject of more than one line'
    when length(mail ->> 'body') > 20000 then place || ' has a text of more than 20,000 characters'
    when regexp_count((mail ->> 'subject') || ' ' || (mail ->> 'body'), '\{\{') <> regexp_count((mail ->> 'subject') || ' ' || (mail ->> 'body'), '\}\}')
      then place || ' has a variable whose braces are not closed'
  end
$$;

comment on function private.mail_problem(jsonb, text) is 'What is wrong with a mail { subject, body } of a sequence, as a part of a sentence; null = nothing.';

-- What is wrong with a sequence, or null. Null as a sequence means the default one.
create function private.sequence_problem(sequence jsonb)
returns text
language plpgsql
immutable
set search_path = ''
as $$
declare
  step jsonb;
  mail jsonb;
  number integer := 0;
  letter integer;
  problem text;
begin
  if sequence is null or sequence = 'null' then
    return null;
  elsif jsonb_typeof(sequence) <> 'array' or jsonb_array_length(sequence) not between 1 and 20 then
    return 'A sequence is a list of 1 to 20 steps';
  end if;

  for step in select * from jsonb_array_elements(sequence) loop
    number := number + 1;

    if jsonb_typeof(step) <> 'object' then
      return format('Step %s is no step', number);
    elsif exists (select from jsonb_object_keys(step) as k (name) where k.name not in ('delay_days', 'subject', 'body', 'variants')) then
      return format('Step %s has a field besides delay_days, subject, body and variants', number);
    elsif step ? 'delay_days' and (
      jsonb_typeof(step -> 'delay_days') <> 'number' or (step ->> 'delay_days')::numeric not between 0 and 90
      or (step ->> 'delay_days')::numeric % 1 <> 0
    ) then
      return format('Step %s waits for no whole number of days from 0 to 90', number);
    elsif step ? 'variants' and (jsonb_typeof(step -> 'variants') <> 'array' or jsonb_array_length(step -> 'variants') > 4) then
      return format('Step %s has more than 5 variants', number);
    end if;

    letter := 0;

    for mail in
      select step
      union all
      select v.variant from jsonb_array_elements(coalesce(step -> 'variants', '[]')) as v (variant)
    loop
      problem := private.mail_problem(mail, format('Step %s, variant %s', number, chr(65 + letter)));

      if problem is not null then
        return problem;
      elsif number = 1 and mail ->> 'subject' !~ '\S' then
        return format('Step 1, variant %s has no subject; only a follow-up may leave it empty, which continues the thread', chr(65 + letter));
      end if;

      letter := letter + 1;
    end loop;
  end loop;

  if length(sequence::text) > 200000 then
    return 'The sequence is larger than 200,000 characters';
  end if;

  return null;
end
$$;

comment on function private.sequence_problem(jsonb) is
  'What is wrong with a sequence [{ delay_days, subject, body, variants }], as a sentence; null = it can be sent.';

grant execute on function private.mail_problem(jsonb, text) to service_role;
grant execute on function private.sequence_problem(jsonb) to service_role;

-- Approval: a client looks at leads and copy before anything is sent. What was approved is remembered as a fingerprint, so
-- that a change asks again.

create type public.approval_state as enum ('requested', 'approved', 'changes_asked');

-- One row per request and its answer; the newest of a campaign counts.
create table public.campaign_approvals (
  id uuid primary key default gen_random_uuid(),
  client_id uuid not null references public.clients (id) on delete cascade,
  campaign_id uuid not null references public.campaigns (id) on delete cascade,
  state public.approval_state not null default 'requested',
  fingerprint text not null,
  lead_count integer not null,
  request_comment text check (length(request_comment) <= 2000),
  requested_by uuid,
  requested_at timestamptz not null default clock_timestamp(),
  answer_comment text check (length(answer_comment) <= 2000),
  answered_by uuid,
  answered_at timestamptz
);

comment on table public.campaign_approvals is
  'Requests that a client approves a campaign''s leads and copy, with its answers; the newest of a campaign counts. Written by request_approval and answer_approval.';
comment on column public.campaign_approvals.fingerprint is
  'A hash of the leads and the copy that were shown. An answer holds while it equals that of the campaign now.';
comment on column public.campaign_approvals.lead_count is 'How many addresses the campaign had when it was shown.';

create index campaign_approvals_campaign_idx on public.campaign_approvals (campaign_id, requested_at desc);
create index campaign_approvals_client_id_idx on public.campaign_approvals (client_id);
create unique index campaign_approvals_one_open_idx on public.campaign_approvals (campaign_id) where state = 'requested';

alter table public.campaign_approvals enable row level security;

grant select on public.campaign_approvals to authenticated;
grant select, insert, update, delete on public.campaign_approvals to service_role;

create policy "Clients see their approvals, operators see all"
on public.campaign_approvals for select to authenticated
using (client_id = any (array(select private.visible_client_ids())));

-- What the client is shown: the mails, and everything about the leads that can be in a mail. Engagement, verification and
-- bookkeeping change without anybody writing different mails to different people.
create function private.campaign_fingerprint(target_campaign_id uuid)
returns text
language sql
stable
set search_path = ''
as $$
  select md5(
    jsonb_build_array(c.sequence, c.footer)::text || coalesce((
      select string_agg(
        md5((
          to_jsonb(b) - array[
            'campaign_id', 'client_id', 'sent_at', 'opened_at', 'clicked_at', 'replied_at', 'reply_count', 'email_status',
            'email_deliverability', 'linkedin_contact_email_deliverability', 'created_at', 'updated_at', 'import_id',
            'is_role_address'
          ]
        )::text),
        '' order by b.id
      )
      from public.businesses as b
      where b.campaign_id = c.id
    ), '')
  )
  from public.campaigns as c
  where c.id = target_campaign_id
$$;

comment on function private.campaign_fingerprint(uuid) is 'A hash of a campaign''s copy and leads, as a client approves them.';

-- The state of a campaign's approval: not_needed, missing, requested, changes_asked, approved, or outdated when leads or
-- copy were changed after it was approved.
create function private.approval_standing(target_campaign_id uuid)
returns text
language sql
stable
set search_path = ''
as $$
  select case
    when not c.approval_required then 'not_needed'
    when newest.state is null then 'missing'
    when newest.state = 'approved' and newest.fingerprint <> private.campaign_fingerprint(k.id) then 'outdated'
    else newest.state::text
  end
  from public.campaigns as k
  join public.clients as c on c.id = k.client_id
  left join lateral (
    select a.state, a.fingerprint
    from public.campaign_approvals as a
    where a.campaign_id = k.id
    order by a.requested_at desc
    limit 1
  ) as newest on true
  where k.id = target_campaign_id
$$;

comment on function private.approval_standing(uuid) is
  'not_needed, missing, requested, changes_asked, approved or outdated (changed after it was approved).';

grant execute on function private.campaign_fingerprint(uuid) to service_role;
grant execute on function private.approval_standing(uuid) to service_role;

-- Meetings that came of the mails: how each is now, what each source reports of it, and its history. Here, because the views of the
-- numbers read them; how a meeting is recorded is in 22_meetings.

create type public.meeting_status as enum ('booked', 'held', 'no_show', 'cancelled', 'won', 'lost');

-- Who reports it: the provider's label, a person here, or the client's CRM.
create type public.meeting_source as enum ('provider', 'person', 'crm');

create table public.meetings (
  id uuid primary key default gen_random_uuid(),
  client_id uuid not null references public.clients (id) on delete cascade,
  campaign_id uuid not null references public.campaigns (id) on delete cascade,
  lead_id uuid not null references public.synced_leads (id) on delete cascade,
  status public.meeting_status not null,
  source public.meeting_source not null,
  status_at timestamptz not null,
  booked_at timestamptz not null,
  held_at timestamptz,
  won_at timestamptz,
  occurs_at timestamptz,
  value numeric(14, 2) check (value >= 0),
  currency text not null check (currency ~ '^[A-Z]{3}$'),
  note text check (length(note) <= 2000),
  step smallint,
  variant smallint,
  removed_at timestamptz,
  removed_by_hand boolean not null default false,
  created_at timestamptz not null default now(),
  updated_at timestamptz not null default now()
);

comment on table public.meetings is
  'A meeting of a lead by the source that counts: a person or the CRM, the later of the two, else the provider''s label. Written by private.record_meeting only.';
comment on column public.meetings.source is 'The source that the status comes from.';
comment on column public.meetings.status_at is 'When it became so, by the clock of the source.';
comment on column public.meetings.booked_at is 'When a source first reported it; the day on which it counts.';
comment on column public.meetings.held_at is 'When it was held; also set where the deal was won. null = it was not, or not yet.';
comment on column public.meetings.occurs_at is 'When it takes place; null = not known.';
comment on column public.meetings.value is 'What the deal is worth, in currency; null = not known.';
comment on column public.meetings.step is 'Step of the sequence whose mail led to it: the last one sent before the reply before it.';
comment on column public.meetings.removed_at is
  'When a person removed it, or the last source withdrew its report; a later report restores it. null = it counts.';

comment on column public.meetings.removed_by_hand is
  'A person removed it, because it never was one: it counts on no day either.';

create index meetings_lead_id_idx on public.meetings (lead_id);
create index meetings_client_id_idx on public.meetings (client_id, booked_at);
create index meetings_campaign_id_idx on public.meetings (campaign_id);

alter table public.meetings enable row level security;

grant select on public.meetings to authenticated;
grant select, insert, update, delete on public.meetings to service_role;

create policy "Clients see their meetings, operators see all"
on public.meetings for select to authenticated
using (client_id = any (array(select private.visible_client_ids())));

-- The latest report of each source; an older one of the same source never replaces it.
create table private.meeting_reports (
  meeting_id uuid not null references public.meetings (id) on delete cascade,
  source public.meeting_source not null,
  status public.meeting_status not null,
  reported_at timestamptz not null,
  happened_at timestamptz not null,
  booked_at timestamptz not null,
  held_at timestamptz,
  won_at timestamptz,
  occurs_at timestamptz,
  value numeric(14, 2) check (value >= 0),
  currency text check (currency ~ '^[A-Z]{3}$'),
  note text check (length(note) <= 2000),
  reported_by uuid,
  primary key (meeting_id, source)
);

comment on table private.meeting_reports is
  'The latest report of each source about a meeting. The one that counts is in public.meetings; when it is withdrawn, the next one counts.';
comment on column private.meeting_reports.reported_at is 'When the source reported it, by its own clock: the newer report wins. happened_at = since when it is so.';

alter table private.meeting_reports enable row level security;

grant select, insert, update, delete on private.meeting_reports to service_role;

create policy "Only the functions read reports of meetings"
on private.meeting_reports for all to service_role using (true) with check (true);

-- Under which name a source knows a meeting. Never shown: it is an id of another system.
create table private.meeting_references (
  source public.meeting_source not null,
  reference text not null check (length(reference) between 1 and 200),
  meeting_id uuid not null references public.meetings (id) on delete cascade,
  primary key (source, reference)
);

comment on table private.meeting_references is 'Ids of meetings and deals in other systems, each of one meeting.';

create index meeting_references_meeting_id_idx on private.meeting_references (meeting_id);

alter table private.meeting_references enable row level security;

grant select, insert, update, delete on private.meeting_references to service_role;

create policy "Only the functions read references of meetings"
on private.meeting_references for all to service_role using (true) with check (true);

-- One row per report that changed something, for the history of the lead.
create table public.meeting_changes (
  id bigint generated always as identity primary key,
  meeting_id uuid not null references public.meetings (id) on delete cascade,
  client_id uuid not null references public.clients (id) on delete cascade,
  campaign_id uuid not null references public.campaigns (id) on delete cascade,
  lead_id uuid not null references public.synced_leads (id) on delete cascade,
  source public.meeting_source not null,
  status public.meeting_status,
  happened_at timestamptz not null,
  occurs_at timestamptz,
  value numeric(14, 2),
  currency text,
  note text,
  changed_by uuid,
  is_followed boolean not null,
  recorded_at timestamptz not null default now()
);

comment on table public.meeting_changes is
  'The history of a meeting; status null = the source withdrew its report, or a person removed the meeting. is_followed = it changed the meeting.';

create index meeting_changes_meeting_id_idx on public.meeting_changes (meeting_id, id);
create index meeting_changes_lead_id_idx on public.meeting_changes (lead_id);
create index meeting_changes_client_id_idx on public.meeting_changes (client_id);
create index meeting_changes_campaign_id_idx on public.meeting_changes (campaign_id);

alter table public.meeting_changes enable row level security;

grant select on public.meeting_changes to authenticated;
grant select, insert, update, delete on public.meeting_changes to service_role;

create policy "Clients see the changes of their meetings, operators see all"
on public.meeting_changes for select to authenticated
using (client_id = any (array(select private.visible_client_ids())));
