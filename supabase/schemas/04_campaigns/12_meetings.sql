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
