-- Email accounts: the mailboxes that send, how they are, and what each did per day.

create type public.email_account_status as enum ('active', 'paused', 'error', 'suspended');

-- A mailbox of a workspace. client_id is set for the mailboxes of a dedicated connection; those of a shared one belong to
-- no client alone and only operators see them.
create table public.email_accounts (
  id uuid primary key default gen_random_uuid(),
  connection_id uuid not null references public.provider_connections (id) on delete cascade,
  client_id uuid references public.clients (id) on delete cascade,
  email text not null constraint email_accounts_email_is_normal check ((email = private.normalize_email(email)) is true),
  status public.email_account_status not null,
  status_reason text,
  provider_kind text,
  daily_limit integer,
  sent_today integer not null default 0,
  warmup_status text,
  warmup_score numeric,
  warmup_sent integer,
  warmup_landed_inbox integer,
  warmup_landed_spam integer,
  tags text[] not null default '{}',
  provider_updated_at timestamptz,
  last_synced_at timestamptz not null default now(),
  days_synced_at timestamptz,
  created_at timestamptz not null default now(),
  constraint email_accounts_one_per_connection unique (connection_id, email)
);

comment on table public.email_accounts is
  'Mailboxes that send for a connection, as the last sync found them. sent_today is the UTC day of that sync.';
comment on column public.email_accounts.warmup_landed_spam is
  'Warm-up mails that landed in spam, over the period that the provider reports; with warmup_sent and warmup_landed_inbox the provider''s own numbers.';
comment on column public.email_accounts.tags is 'Labels of the mailbox at the provider, where it has any; a campaign can send from every mailbox with a label.';
comment on column public.email_accounts.days_synced_at is 'Last time that the days of this mailbox were read; null = never.';

create index email_accounts_client_id_idx on public.email_accounts (client_id);

alter table public.email_accounts enable row level security;

grant select on public.email_accounts to authenticated;
grant select, insert, update, delete on public.email_accounts to service_role;

create policy "Clients see their mailboxes, operators see all"
on public.email_accounts for select to authenticated
using (
  client_id = any (array(select private.visible_client_ids()))
  or (client_id is null and (select private.is_operator()))
);

-- What a mailbox did per UTC day, from two sources as on leads: *_reported columns move with the sync (at Instantly the
-- only place that tells bounces per day), *_observed columns with the events that we stored. What is shown is the greater of the two.
create table public.email_account_days (
  account_id uuid not null references public.email_accounts (id) on delete cascade,
  day date not null,
  client_id uuid references public.clients (id) on delete cascade,
  sent_observed integer not null default 0,
  bounced_observed integer not null default 0,
  opens_observed integer not null default 0,
  clicks_observed integer not null default 0,
  replies_observed integer not null default 0,
  auto_replies_observed integer not null default 0,
  replies_overruled integer not null default 0,
  sent_reported integer not null default 0,
  bounced_reported integer not null default 0,
  opens_reported integer not null default 0,
  clicks_reported integer not null default 0,
  replies_reported integer not null default 0,
  auto_replies_reported integer not null default 0,
  sent integer not null generated always as (greatest(sent_observed, sent_reported)) stored,
  bounced integer not null generated always as (greatest(bounced_observed, bounced_reported)) stored,
  opens integer not null generated always as (greatest(opens_observed, opens_reported)) stored,
  clicks integer not null generated always as (greatest(clicks_observed, clicks_reported)) stored,
  replies integer not null generated always as (greatest(replies_observed, replies_reported - replies_overruled)) stored,
  auto_replies integer not null generated always as (greatest(auto_replies_observed, auto_replies_reported)) stored,
  contacted integer not null default 0,
  opened integer not null default 0,
  clicked integer not null default 0,
  replied integer not null default 0,
  primary key (account_id, day)
);

comment on table public.email_account_days is
  'Per mailbox and UTC day the greater of what the provider reports and what we saw by webhook: mails, bounces, opens, clicks, replies. contacted, opened, clicked and replied are distinct leads of the day, by the provider.';
comment on column public.email_account_days.replies_overruled is
  'Replies that the provider counts and we hold for automatic, less those the other way round.';

create index email_account_days_client_id_idx on public.email_account_days (client_id, day);

alter table public.email_account_days enable row level security;

grant select on public.email_account_days to authenticated;
grant select, insert, update, delete on public.email_account_days to service_role;

create policy "Clients see days of their mailboxes, operators see all"
on public.email_account_days for select to authenticated
using (
  client_id = any (array(select private.visible_client_ids()))
  or (client_id is null and (select private.is_operator()))
);

-- Which of the addresses that a delivery names is the lead's: one that is a lead of the campaign, else one that is no mailbox
-- of the workspace, else the one that its reader found the likeliest. Asked only of deliveries that do not say it.
create function private.lead_of_sides(event_connection_id uuid, event_campaign_id uuid, sides jsonb)
returns text
language sql
stable
set search_path = ''
as $$
  select s.email
  from jsonb_array_elements_text(sides) with ordinality as s (email, position)
  order by
    exists (select from public.synced_leads as l where l.campaign_id = event_campaign_id and l.email = s.email) desc,
    exists (select from public.email_accounts as a where a.connection_id = event_connection_id and a.email = s.email),
    s.position
  limit 1
$$;

comment on function private.lead_of_sides(uuid, uuid, jsonb) is
  'The address of the lead among those that a delivery names, distinguished by known leads and mailboxes.';

grant execute on function private.lead_of_sides(uuid, uuid, jsonb) to service_role;

-- The mailbox of the workspace among the addresses that a delivery names; null when none is known.
create function private.mailbox_of_sides(event_connection_id uuid, sides jsonb)
returns text
language sql
stable
set search_path = ''
as $$
  select a.email
  from jsonb_array_elements_text(sides) as s (email)
  join public.email_accounts as a on a.connection_id = event_connection_id and a.email = s.email
  limit 1
$$;

comment on function private.mailbox_of_sides(uuid, jsonb) is 'The mailbox of ours among the addresses that a delivery names.';

grant execute on function private.mailbox_of_sides(uuid, jsonb) to service_role;
