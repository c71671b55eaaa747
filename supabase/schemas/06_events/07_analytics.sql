-- What the provider reports: per campaign and day, per step, and over the campaign's whole life.

-- Days are UTC days, as the provider cuts them. Bounces and unsubscribes of a campaign and day: only Smartlead tells them.
create table public.campaign_analytics (
  campaign_id uuid not null references public.campaigns (id) on delete cascade,
  day date not null,
  client_id uuid not null references public.clients (id) on delete cascade,
  sent integer not null default 0,
  contacted integer not null default 0,
  new_contacted integer not null default 0,
  opens integer not null default 0,
  opened integer not null default 0,
  clicks integer not null default 0,
  clicked integer not null default 0,
  replies integer not null default 0,
  replied integer not null default 0,
  auto_replies integer not null default 0,
  opportunities integer not null default 0,
  bounced integer,
  unsubscribed integer,
  synced_at timestamptz not null,
  primary key (campaign_id, day)
);

comment on table public.campaign_analytics is
  'What the provider reports per campaign and UTC day; opened, clicked and replied are distinct leads of the day, replied without automatic replies; bounced and unsubscribed are null where the provider reports none per day (Instantly).';

create index campaign_analytics_client_idx on public.campaign_analytics (client_id, day);

alter table public.campaign_analytics enable row level security;

grant select on public.campaign_analytics to authenticated;
grant select, insert, update, delete on public.campaign_analytics to service_role;

create policy "Clients see their analytics, operators see all"
on public.campaign_analytics for select to authenticated
using (client_id = any (array(select private.visible_client_ids())));

create table public.campaign_analytics_totals (
  campaign_id uuid primary key references public.campaigns (id) on delete cascade,
  client_id uuid not null references public.clients (id) on delete cascade,
  leads integer not null default 0,
  sent integer not null default 0,
  contacted integer not null default 0,
  opened integer not null default 0,
  clicked integer not null default 0,
  replied integer not null default 0,
  auto_replies integer not null default 0,
  bounced integer not null default 0,
  unsubscribed integer not null default 0,
  completed integer not null default 0,
  opportunities integer not null default 0,
  opportunity_value numeric(14, 2) not null default 0,
  synced_at timestamptz not null
);

comment on table public.campaign_analytics_totals is
  'What the provider reports of a campaign, all time. contacted = distinct new leads contacted (the provider''s own contacted count is dispatches).';

create index campaign_analytics_totals_client_idx on public.campaign_analytics_totals (client_id);

alter table public.campaign_analytics_totals enable row level security;

grant select on public.campaign_analytics_totals to authenticated;
grant select, insert, update, delete on public.campaign_analytics_totals to service_role;

create policy "Clients see their analytics totals, operators see all"
on public.campaign_analytics_totals for select to authenticated
using (client_id = any (array(select private.visible_client_ids())));

create table public.campaign_step_analytics (
  campaign_id uuid not null references public.campaigns (id) on delete cascade,
  step smallint not null check (step >= 1),
  variant smallint not null check (variant >= 1),
  client_id uuid not null references public.clients (id) on delete cascade,
  sent integer not null default 0,
  opened integer not null default 0,
  clicked integer not null default 0,
  replied integer not null default 0,
  auto_replies integer not null default 0,
  opportunities integer,
  meetings integer,
  won integer,
  synced_at timestamptz not null,
  primary key (campaign_id, step, variant)
);

comment on table public.campaign_step_analytics is
  'What the provider reports per step and variant of a campaign, all time, both counted from 1; opened, clicked and replied are distinct leads.';
comment on column public.campaign_step_analytics.meetings is
  'Opportunities of this step whose label is "meeting booked" now, won those that are won; null = the provider reports none.';

create index campaign_step_analytics_client_idx on public.campaign_step_analytics (client_id);

alter table public.campaign_step_analytics enable row level security;

grant select on public.campaign_step_analytics to authenticated;
grant select, insert, update, delete on public.campaign_step_analytics to service_role;

create policy "Clients see their step analytics, operators see all"
on public.campaign_step_analytics for select to authenticated
using (client_id = any (array(select private.visible_client_ids())));
