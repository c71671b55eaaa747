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
