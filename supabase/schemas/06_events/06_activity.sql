-- What was observed by webhook: per campaign and day, per step, on the day of each lead's first time, and over the whole
-- life. Much here looks like 07_analytics.sql: two sources of the same numbers, each in tables of its own, compared where
-- they are read.

-- Observed per campaign and UTC day. sent, opens, clicks, replies and auto_replies count events; contacted, opened,
-- clicked and replied count distinct leads of that day. Every number moves only with an event inserted in the same
-- transaction.
create table public.campaign_activity (
  campaign_id uuid not null references public.campaigns (id) on delete cascade,
  day date not null,
  client_id uuid not null references public.clients (id) on delete cascade,
  sent integer not null default 0,
  contacted integer not null default 0,
  opens integer not null default 0,
  opened integer not null default 0,
  clicks integer not null default 0,
  clicked integer not null default 0,
  replies integer not null default 0,
  replied integer not null default 0,
  auto_replies integer not null default 0,
  replied_overruled integer not null default 0,
  bounced integer not null default 0,
  unsubscribed integer not null default 0,
  observed_at timestamptz not null default now(),
  primary key (campaign_id, day)
);

comment on table public.campaign_activity is
  'What we saw by webhook, per campaign and UTC day. sent, opens, clicks, replies count events; contacted, opened, clicked, replied count distinct leads that were mailed, opened, clicked, replied on the day; automatic replies are counted apart.';
comment on column public.campaign_activity.replied_overruled is
  'Leads among those that the provider counts as replied whose replies we hold for automatic, by a person or by their text; below 0 the other way round. Subtracted from what the provider reports.';

create index campaign_activity_client_idx on public.campaign_activity (client_id, day);

alter table public.campaign_activity enable row level security;

grant select on public.campaign_activity to authenticated;
grant select, insert, update, delete on public.campaign_activity to service_role;

create policy "Clients see their activity, operators see all"
on public.campaign_activity for select to authenticated
using (client_id = any (array(select private.visible_client_ids())));

-- Observed, all time; contacted, opened, clicked and replied count each lead once. Who opened, clicked,
-- replied or bounced was contacted, also if the mail was not reported to us.
create table public.campaign_activity_totals (
  campaign_id uuid primary key references public.campaigns (id) on delete cascade,
  client_id uuid not null references public.clients (id) on delete cascade,
  sent integer not null default 0,
  contacted integer not null default 0,
  opens integer not null default 0,
  opened integer not null default 0,
  clicks integer not null default 0,
  clicked integer not null default 0,
  replies integer not null default 0,
  replied integer not null default 0,
  auto_replies integer not null default 0,
  replied_overruled integer not null default 0,
  bounced integer not null default 0,
  unsubscribed integer not null default 0,
  last_event_at timestamptz,
  observed_at timestamptz not null default now()
);

comment on table public.campaign_activity_totals is
  'What we saw by webhook of a campaign, all time; contacted, opened, clicked and replied count each lead once. contacted includes leads that opened, clicked, replied or bounced.';
comment on column public.campaign_activity_totals.replied_overruled is
  'Leads among those that the provider counts as replied whose replies we hold for automatic, by a person or by their text; below 0 the other way round. Subtracted from what the provider reports.';

create index campaign_activity_totals_client_idx on public.campaign_activity_totals (client_id);

alter table public.campaign_activity_totals enable row level security;

grant select on public.campaign_activity_totals to authenticated;
grant select, insert, update, delete on public.campaign_activity_totals to service_role;

create policy "Clients see their activity totals, operators see all"
on public.campaign_activity_totals for select to authenticated
using (client_id = any (array(select private.visible_client_ids())));

create table public.campaign_step_activity (
  campaign_id uuid not null references public.campaigns (id) on delete cascade,
  step smallint not null check (step >= 1),
  variant smallint not null check (variant >= 1),
  client_id uuid not null references public.clients (id) on delete cascade,
  sent integer not null default 0,
  opened integer not null default 0,
  clicked integer not null default 0,
  replied integer not null default 0,
  auto_replies integer not null default 0,
  replied_overruled integer not null default 0,
  observed_at timestamptz not null default now(),
  primary key (campaign_id, step, variant)
);

comment on table public.campaign_step_activity is
  'What we saw by webhook per step and variant over a campaign''s whole life; sent and auto_replies count events, opened, clicked and replied each lead once.';
comment on column public.campaign_step_activity.replied_overruled is
  'Leads among those that the provider counts as replied whose replies we hold for automatic, by a person or by their text; below 0 the other way round. Subtracted from what the provider reports.';

create index campaign_step_activity_client_idx on public.campaign_step_activity (client_id);

alter table public.campaign_step_activity enable row level security;

grant select on public.campaign_step_activity to authenticated;
grant select, insert, update, delete on public.campaign_step_activity to service_role;

create policy "Clients see their step activity, operators see all"
on public.campaign_step_activity for select to authenticated
using (client_id = any (array(select private.visible_client_ids())));

-- Each lead that we saw events of is in exactly one day per column: the UTC day of synced_leads.contacted_at,
-- opened_at, clicked_at, replied_at. The sums over all days are campaign_activity_totals.
create table public.campaign_first_times (
  campaign_id uuid not null references public.campaigns (id) on delete cascade,
  day date not null,
  client_id uuid not null references public.clients (id) on delete cascade,
  contacted integer not null default 0,
  opened integer not null default 0,
  clicked integer not null default 0,
  replied integer not null default 0,
  primary key (campaign_id, day)
);

comment on table public.campaign_first_times is
  'How many leads were contacted, opened, clicked and replied for the first time on a UTC day, as far as we saw by webhook. Days add up: each lead is counted once per column; the first sign that it was written to counts as contacted, also an open or a bounce.';

create index campaign_first_times_client_idx on public.campaign_first_times (client_id, day);

alter table public.campaign_first_times enable row level security;

grant select on public.campaign_first_times to authenticated;
grant select, insert, update, delete on public.campaign_first_times to service_role;

create policy "Clients see their first times, operators see all"
on public.campaign_first_times for select to authenticated
using (client_id = any (array(select private.visible_client_ids())));
