-- Campaigns, their counterpart at the provider, and the businesses they were made from.

create type public.generation_status as enum ('pending', 'running', 'completed', 'failed');

create type public.provider_campaign_status as enum (
  'draft', 'active', 'paused', 'completed', 'running_subsequences',
  'accounts_unhealthy', 'bounce_protect', 'account_suspended',
  -- Our own words for a campaign that the provider's list no longer has, and for one that belongs to another organisation now.
  'deleted', 'moved'
);

create type public.email_deliverability as enum (
  'deliverable', 'risky', 'undeliverable', 'unknown', 'unverified', 'not_found'
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
  synced_at timestamptz,
  created_at timestamptz not null default now(),
  updated_at timestamptz not null default now(),
  constraint campaigns_sending_window check (sending_from < sending_to)
);

comment on table public.campaigns is
  'A campaign of one client. generation_status = are its leads found, enriched and verified; provider_status = what the provider does with it (null = not exported yet).';
comment on column public.campaigns.provider is
  'The provider of its connection, kept by a trigger; stays when the connection is removed, because the numbers stay too. null = it never had one.';
comment on column public.campaigns.sequence is
  'Steps to create at the provider: [{ "delay_days": 0, "subject": "…", "body": "…" }]; null = the default sequence with {{subject_line}} and {{icebreaker}}.';
comment on column public.campaigns.unsubscribe_header is
  'Whether its mails carry the header by which mail programs show "Unsubscribe"; set at the provider when the campaign is created, where the provider has it (Instantly).';
comment on column public.campaigns.sending_days is 'Weekdays on which mail goes out, 0 = Sunday.';
comment on column public.campaigns.synced_at is 'When the last sync finished this campaign without an error.';

create index campaigns_client_id_idx on public.campaigns (client_id);
create index campaigns_connection_id_idx on public.campaigns (connection_id);

create trigger set_updated_at before update on public.campaigns
for each row execute function private.set_updated_at();

-- Takes the provider from the connection whenever that is set. It stands on the campaign itself, because a client cannot
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

-- The only place that knows a provider's campaign id. campaign_id null = nobody has said yet whose campaign this is.
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
  'Which provider campaign is which campaign of ours. Provider campaign ids stand here and in raw payloads, nowhere else.';
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

-- The source of a lead: a business as scraped and enriched, with at most one person found on LinkedIn.
create table public.businesses (
  id uuid primary key default gen_random_uuid(),
  client_id uuid not null references public.clients (id) on delete cascade,
  campaign_id uuid not null references public.campaigns (id) on delete cascade,
  name text not null check (length(btrim(name)) > 0),
  category text,
  rating numeric(3, 2) check (rating between 0 and 5),
  email text,
  email_deliverability public.email_deliverability not null default 'unverified',
  email_source text,
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
comment on column public.businesses.email_status is
  'How far mail to its leads came: unsubscribed, else replied, bounced, clicked, opened, sent, not_sent; the first that is true of any of them.';
comment on column public.businesses.reply_count is 'Replies by people from its leads (the business and its LinkedIn contact).';

create index businesses_client_id_idx on public.businesses (client_id);
create index businesses_campaign_id_idx on public.businesses (campaign_id, id);

create trigger set_updated_at before update on public.businesses
for each row execute function private.set_updated_at();

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

alter table public.campaigns enable row level security;
alter table public.businesses enable row level security;
alter table private.provider_campaigns enable row level security;

grant select on public.campaigns, public.businesses to authenticated;
grant select, insert, update, delete on public.campaigns, public.businesses, private.provider_campaigns to service_role;

create policy "Clients see their campaigns, operators see all"
on public.campaigns for select to authenticated
using (client_id = any (array(select private.visible_client_ids())));

create policy "Clients see their businesses, operators see all"
on public.businesses for select to authenticated
using (client_id = any (array(select private.visible_client_ids())));

create policy "Only the functions read provider campaign ids"
on private.provider_campaigns for all to service_role using (true) with check (true);
