-- On which day each lead was first contacted, first opened, first clicked and first replied: the people of any range of days
-- without walking through the leads, and ranges that add up.

-- Each lead that we saw events of stands in exactly one day per column: the UTC day of synced_leads.contacted_at,
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

-- Runs before the leads are advanced. A lead's first event of a kind counts on its day; an earlier one that arrives late
-- takes the count with it to its own day.
create function private.count_first_times(batch private.resolved_event[])
returns void
language plpgsql
set search_path = ''
as $$
begin
  insert into public.campaign_first_times as f (campaign_id, day, client_id, contacted, opened, clicked, replied)
  select
    m.campaign_id, m.day, m.client_id,
    coalesce(sum(m.change) filter (where m.kind = 'contacted'), 0),
    coalesce(sum(m.change) filter (where m.kind = 'email_opened'), 0),
    coalesce(sum(m.change) filter (where m.kind = 'email_clicked'), 0),
    coalesce(sum(m.change) filter (where m.kind = 'reply_received'), 0)
  from (
    select d.campaign_id, d.client_id, d.kind, (step.moment at time zone 'UTC')::date as day, step.change
    from (
      select
        b.campaign_id, b.client_id, b.lead_id, b.type::text as kind, min(b.occurred_at) as first_at,
        bool_or(b.is_new_to_lead) as is_new, min(b.lead_known_at) as known_at
      from unnest(batch) as b
      where b.lead_id is not null and b.type in ('email_opened', 'email_clicked', 'reply_received')
      group by b.campaign_id, b.client_id, b.lead_id, b.type
      union all
      select b.campaign_id, b.client_id, b.lead_id, 'contacted', min(b.occurred_at), bool_or(b.is_new_contact), min(b.contact_known_at)
      from unnest(batch) as b
      where b.lead_id is not null and b.shows_contact
      group by b.campaign_id, b.client_id, b.lead_id
    ) as d
    cross join lateral (values (least(d.known_at, d.first_at), 1), (d.known_at, -1)) as step (moment, change)
    where (d.is_new and step.change = 1) or (not d.is_new and d.first_at < d.known_at)
  ) as m
  group by m.campaign_id, m.client_id, m.day
  order by m.campaign_id, m.day
  on conflict (campaign_id, day) do update set
    contacted = f.contacted + excluded.contacted,
    opened = f.opened + excluded.opened,
    clicked = f.clicked + excluded.clicked,
    replied = f.replied + excluded.replied;
end
$$;

comment on function private.count_first_times(private.resolved_event[]) is
  'Adds newly projected events to campaign_first_times. Called by private.count_for_reports.';

-- What the projector calls for the reports, between its own counters and the events.
create function private.count_for_reports(batch private.resolved_event[])
returns void
language plpgsql
set search_path = ''
as $$
begin
  perform private.count_first_times(batch);
  perform private.count_step_events(batch);
end
$$;

comment on function private.count_for_reports(private.resolved_event[]) is
  'The projector''s call for the reports: first times per day, and steps with their variants.';

grant execute on function
  private.count_first_times(private.resolved_event[]),
  private.count_for_reports(private.resolved_event[])
to service_role;
