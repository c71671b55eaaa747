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
