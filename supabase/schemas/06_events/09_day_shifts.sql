-- Days of clients that do not live in UTC. What we saw is stored per UTC day, as the providers cut theirs, so that the two can
-- be compared (campaign_activity, campaign_analytics). What belongs to another day at the client is kept beside it, as
-- a difference: +1 on the client's day, -1 on the UTC day. Differences of mails add up to 0 over all days, so no total moves
-- with a time zone, and a client in UTC has none.

-- In which zone the days of a campaign are cut. No row = UTC. Read by every projector; written only while all of them wait
-- (private.campaign_moves_lock), except for a campaign that is new.
create table private.day_cuts (
  campaign_id uuid primary key references public.campaigns (id) on delete cascade,
  client_id uuid not null references public.clients (id) on delete cascade,
  zone text not null,
  counted_before timestamptz not null default 'infinity',
  events_counted bigint not null default 0
);

comment on table private.day_cuts is
  'The zone of a campaign''s rows in private.day_shifts; no row = UTC. They hold the events before counted_before: infinity = all, else the days are being cut again.';
comment on column private.day_cuts.events_counted is 'Events that were read again so far.';

create index day_cuts_client_id_idx on private.day_cuts (client_id);

alter table private.day_cuts enable row level security;

grant select on private.day_cuts to authenticated;
grant select, insert, update, delete on private.day_cuts to service_role;

create policy "Clients see how far their days are, operators see all"
on private.day_cuts for select to authenticated
using (client_id = any (array(select private.visible_client_ids())));

-- What to add to the UTC days of campaign_activity (the first columns) and of campaign_first_times (first_…) to have the
-- client's days.
create table private.day_shifts (
  campaign_id uuid not null references public.campaigns (id) on delete cascade,
  day date not null,
  client_id uuid not null references public.clients (id) on delete cascade,
  sent integer not null default 0,
  contacted integer not null default 0,
  opened integer not null default 0,
  clicked integer not null default 0,
  replied integer not null default 0,
  auto_replies integer not null default 0,
  bounced integer not null default 0,
  unsubscribed integer not null default 0,
  first_contacted integer not null default 0,
  first_opened integer not null default 0,
  first_clicked integer not null default 0,
  first_replied integer not null default 0,
  primary key (campaign_id, day)
);

comment on table private.day_shifts is
  'Observed numbers of a campaign on a day of its client, less those of the UTC day of that date. Each column but the distinct people of a day (contacted, opened, clicked, replied) adds up to 0 over all days.';

create index day_shifts_client_idx on private.day_shifts (client_id, day);

alter table private.day_shifts enable row level security;

grant select on private.day_shifts to authenticated;
grant select, insert, update, delete on private.day_shifts to service_role;

create policy "Clients see shifts of their days, operators see all"
on private.day_shifts for select to authenticated
using (client_id = any (array(select private.visible_client_ids())));

-- A campaign without events can have its client's days from the start.
create function private.cut_new_campaign()
returns trigger
language plpgsql
set search_path = ''
as $$
begin
  insert into private.day_cuts (campaign_id, client_id, zone)
  select new.id, c.id, c.time_zone
  from public.clients as c
  where c.id = new.client_id and c.time_zone <> 'UTC';

  return null;
end
$$;

comment on function private.cut_new_campaign() is 'Trigger: a new campaign has the days of its client.';

create trigger cut_new_campaign after insert on public.campaigns
for each row execute function private.cut_new_campaign();

-- Clients whose days are not all cut in their zone yet.
create view public.day_rebuilds
with (security_invoker = true)
as
select
  n.client_id, n.time_zone, n.campaigns, n.campaigns_done, n.events, n.events_done,
  round(
    case when n.events > 0 then least(n.events_done::numeric / n.events, 1) else n.campaigns_done::numeric / n.campaigns end, 4
  ) as progress
from (
  select
    c.id as client_id,
    c.time_zone,
    count(*) as campaigns,
    count(*) filter (where cut.is_done) as campaigns_done,
    coalesce(sum(seen.events), 0)::bigint as events,
    coalesce(sum(
      case
        when cut.is_done then seen.events
        when d.zone = c.time_zone then least(d.events_counted, seen.events)
        else 0
      end
    ), 0)::bigint as events_done
  from public.clients as c
  join public.campaigns as k on k.client_id = c.id
  left join private.day_cuts as d on d.campaign_id = k.id
  left join public.campaign_activity_totals as t on t.campaign_id = k.id
  cross join lateral (
    select
      (coalesce(d.zone, 'UTC') = c.time_zone and coalesce(d.counted_before, 'infinity') = 'infinity')
      or exists (select from private.closed_campaigns as x where x.campaign_id = k.id) as is_done
  ) as cut
  cross join lateral (
    select t.sent + t.opens + t.clicks + t.replies + t.auto_replies + t.bounced + t.unsubscribed as events
  ) as seen
  group by c.id, c.time_zone
  having bool_or(not cut.is_done)
) as n;

comment on view public.day_rebuilds is
  'Clients whose days are being cut again after a change of time zone or of a campaign''s client: how many campaigns and events are done, progress from 0 to 1. No row = the days are those of time_zone. A closed campaign keeps its days. Until a campaign is done, some of its days are still those of the old zone; totals are right all the time.';

grant select on public.day_rebuilds to authenticated, service_role;
