-- Steps and variants of a campaign's sequence: what the provider says of each, what we saw of each. Both count from 1.

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
  synced_at timestamptz not null,
  primary key (campaign_id, step, variant)
);

comment on table public.campaign_step_analytics is
  'What the provider says per step and variant over a campaign''s whole life, both counted from 1; opened, clicked and replied are distinct leads.';

create index campaign_step_analytics_client_idx on public.campaign_step_analytics (client_id);

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
  seen_at timestamptz not null default now(),
  primary key (campaign_id, step, variant)
);

comment on table public.campaign_step_activity is
  'What we saw by webhook per step and variant over a campaign''s whole life; sent and auto_replies count events, opened, clicked and replied each lead once.';

create index campaign_step_activity_client_idx on public.campaign_step_activity (client_id);

alter table public.campaign_step_analytics enable row level security;
alter table public.campaign_step_activity enable row level security;

grant select on public.campaign_step_analytics, public.campaign_step_activity to authenticated;
grant select, insert, update, delete on public.campaign_step_analytics, public.campaign_step_activity to service_role;

create policy "Clients see their step analytics, operators see all"
on public.campaign_step_analytics for select to authenticated
using (client_id = any (array(select private.visible_client_ids())));

create policy "Clients see their step activity, operators see all"
on public.campaign_step_activity for select to authenticated
using (client_id = any (array(select private.visible_client_ids())));

-- Adds events to what we saw per step. Runs before the events are inserted and the leads advanced. Whether a lead opened
-- this very mail before is looked up only for leads that opened anything before, and only between their first open and
-- their last event, so that no more than the months in question are searched. An event without a variant is of the only one.
create function private.count_step_events(batch private.resolved_event[])
returns void
language plpgsql
set search_path = ''
as $$
begin
  insert into public.campaign_step_activity as a
    (campaign_id, step, variant, client_id, sent, opened, clicked, replied, auto_replies)
  select
    g.campaign_id, g.step, g.variant, g.client_id,
    coalesce(sum(g.events) filter (where g.type = 'email_sent'), 0),
    count(*) filter (where g.type = 'email_opened' and g.is_first),
    count(*) filter (where g.type = 'email_clicked' and g.is_first),
    count(*) filter (where g.type = 'reply_received' and g.is_first),
    coalesce(sum(g.events) filter (where g.type = 'auto_reply_received'), 0)
  from (
    select
      d.*,
      case
        when d.type in ('email_sent', 'auto_reply_received') then false
        when d.is_new then true
        else not exists (
          select
          from public.email_events as e
          where e.lead_id = d.lead_id
            and e.occurred_at >= d.known_at
            and e.occurred_at <= d.last_event_at
            and e.type = d.type
            and e.step = d.step
            and coalesce(e.variant, 1) = d.variant
        )
      end as is_first
    from (
      select
        b.campaign_id, b.client_id, b.lead_id, b.type, b.step, coalesce(b.variant, 1::smallint) as variant, count(*) as events,
        bool_or(b.is_new_to_lead) as is_new, min(b.lead_known_at) as known_at, max(b.lead_last_event_at) as last_event_at
      from unnest(batch) as b
      where b.lead_id is not null
        and b.step >= 1
        and coalesce(b.variant, 1) >= 1
        and b.type in ('email_sent', 'email_opened', 'email_clicked', 'reply_received', 'auto_reply_received')
      group by b.campaign_id, b.client_id, b.lead_id, b.type, b.step, coalesce(b.variant, 1::smallint)
    ) as d
  ) as g
  group by g.campaign_id, g.client_id, g.step, g.variant
  order by g.campaign_id, g.step, g.variant
  on conflict (campaign_id, step, variant) do update set
    sent = a.sent + excluded.sent,
    opened = a.opened + excluded.opened,
    clicked = a.clicked + excluded.clicked,
    replied = a.replied + excluded.replied,
    auto_replies = a.auto_replies + excluded.auto_replies,
    seen_at = now();
end
$$;

comment on function private.count_step_events(private.resolved_event[]) is
  'Adds newly projected events to campaign_step_activity. Called by private.count_for_reports.';

-- The steps of one campaign as the provider counts them over its whole life:
-- [{ "step", "variant", "sent", "opened", "clicked", "replied", "auto_replies" }]
create function public.record_campaign_steps(target_campaign_id uuid, steps jsonb)
returns void
language plpgsql
set search_path = ''
as $$
declare
  owner_id uuid;
begin
  select c.client_id into owner_id
  from public.campaigns as c
  where c.id = target_campaign_id
  -- Nobody moves the campaign to another client before this is written.
  for key share;

  -- The answer is the whole truth of the provider: a variant that it no longer names is gone.
  delete from public.campaign_step_analytics as a
  where a.campaign_id = target_campaign_id
    and not exists (
      select from jsonb_to_recordset(steps) as n (step smallint, variant smallint)
      where n.step = a.step and n.variant = a.variant
    );

  insert into public.campaign_step_analytics as a
    (campaign_id, step, variant, client_id, sent, opened, clicked, replied, auto_replies, synced_at)
  select target_campaign_id, n.step, n.variant, owner_id, n.sent, n.opened, n.clicked, n.replied, n.auto_replies, now()
  from jsonb_to_recordset(steps) as n (
    step smallint, variant smallint, sent integer, opened integer, clicked integer, replied integer, auto_replies integer
  )
  where owner_id is not null
  order by n.step, n.variant
  on conflict (campaign_id, step, variant) do update set
    client_id = excluded.client_id,
    sent = excluded.sent,
    opened = excluded.opened,
    clicked = excluded.clicked,
    replied = excluded.replied,
    auto_replies = excluded.auto_replies,
    synced_at = excluded.synced_at;
end
$$;

comment on function public.record_campaign_steps(uuid, jsonb) is
  'Writes the provider''s numbers per step and variant of one campaign. Service role only.';

grant execute on function
  private.count_step_events(private.resolved_event[]),
  public.record_campaign_steps(uuid, jsonb)
to service_role;
