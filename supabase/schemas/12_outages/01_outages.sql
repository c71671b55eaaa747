-- Outages: times in which the provider could not report what happened, because our webhook was switched off or missing. What
-- happened then is in no delivery log; the sync recovers it from the provider's mails and counters.

create table private.webhook_outages (
  id bigint generated always as identity primary key,
  connection_id uuid not null references public.provider_connections (id) on delete cascade,
  starts_at timestamptz not null,
  ends_at timestamptz,
  switched_off_at timestamptz,
  mails jsonb not null default '{}',
  opened_at timestamptz not null default now(),
  settled_at timestamptz
);

comment on table private.webhook_outages is
  'Times without a working webhook. starts_at is early rather than late; ends_at null = the webhook is still away; settled_at = everything that the provider lets us know of it is stored.';
comment on column private.webhook_outages.mails is
  'How far the provider''s list of mails is read: { since, page, reached, done, read_at }, by the provider''s clock.';

comment on column private.webhook_outages.switched_off_at is
  'When the provider switched the webhook off, by its clock: what happened before was attempted and is in its log. Null = not known of all of the outage.';

create unique index webhook_outages_one_unsettled_idx on private.webhook_outages (connection_id) where settled_at is null;
create index webhook_outages_connection_id_idx on private.webhook_outages (connection_id, id desc);

alter table private.webhook_outages enable row level security;

grant select, insert, update, delete on private.webhook_outages to service_role;

create policy "Only the functions read outages"
on private.webhook_outages for all to service_role using (true) with check (true);

-- Leads of which the provider counts more than we saw, as the walk through the leads found them during an outage.
create table private.outage_leads (
  campaign_id uuid not null references public.campaigns (id) on delete cascade,
  email text not null,
  open_count integer not null,
  click_count integer not null,
  opened_at timestamptz,
  clicked_at timestamptz,
  contacted_at timestamptz,
  has_bounced boolean not null,
  has_unsubscribed boolean not null,
  sender_account text,
  updated_at timestamptz,
  primary key (campaign_id, email)
);

comment on table private.outage_leads is
  'Leads that may have facts missing because of an outage, with the provider''s last word on them (opened_at, clicked_at: the last time). Emptied as the outage is settled.';

alter table private.outage_leads enable row level security;

grant select, insert, update, delete on private.outage_leads to service_role;

create policy "Only the functions read leads of outages"
on private.outage_leads for all to service_role using (true) with check (true);

-- Opens, prolongs or ends the outage of a connection after a look at its webhook. off_since is the provider's word on when it
-- switched the webhook off. An outage begins an hour before the last moment of which we know that the webhook worked: too early
-- costs a few calls, because everything is compared with what we have, too late would lose something.
create function worker.record_webhook_outage(target_connection_id uuid, webhook_state text, off_since timestamptz)
returns void
language plpgsql
set search_path = ''
as $$
declare
  last_heard timestamptz;
  first_moment timestamptz;
begin
  if webhook_state = 'active' then
    update private.webhook_outages as g
    set ends_at = now(), mails = g.mails - 'done'
    where g.connection_id = target_connection_id and g.settled_at is null and g.ends_at is null;
    return;
  end if;

  select coalesce((w.event ->> 'occurred_at')::timestamptz, w.received_at)
  into last_heard
  from private.webhook_events as w
  where w.connection_id = target_connection_id and w.source = 'delivery' and w.event is not null
  -- By the key, because only a silent connection makes it look far back, and no index of the hot path is needed for that.
  order by w.id desc
  limit 1;

  select least(off_since, coalesce(last_heard, c.created_at)) - interval '1 hour'
  into first_moment
  from public.provider_connections as c
  where c.id = target_connection_id;

  -- What an earlier outage has settled need not be read again.
  select greatest(first_moment, (g.mails ->> 'reached')::timestamptz - interval '1 hour')
  into first_moment
  from (select 1) as always
  left join lateral (
    select p.mails from private.webhook_outages as p
    where p.connection_id = target_connection_id and p.settled_at is not null
    order by p.id desc
    limit 1
  ) as g on true;

  insert into private.webhook_outages as g (connection_id, starts_at, switched_off_at)
  values (target_connection_id, first_moment, off_since)
  on conflict (connection_id) where settled_at is null do update
  set
    starts_at = least(g.starts_at, excluded.starts_at), ends_at = null,
    switched_off_at = case
      when g.switched_off_at is not null and excluded.switched_off_at is not null
        then least(g.switched_off_at, excluded.switched_off_at)
    end,
    mails = case when g.ends_at is null then g.mails else g.mails - 'done' end;
end
$$;

comment on function worker.record_webhook_outage(uuid, text, timestamptz) is
  'Opens, prolongs (switched_off, missing) or ends (active) the outage of a connection. Service role only.';

grant execute on function worker.record_webhook_outage(uuid, text, timestamptz) to service_role;

-- The outage that is not settled yet: { "id", "starts_at", "ends_at", "switched_off_at", "mails" }; null when there is none.
create function worker.read_webhook_outage(target_connection_id uuid)
returns jsonb
language sql
stable
set search_path = ''
as $$
  select jsonb_build_object(
    'id', g.id, 'starts_at', g.starts_at, 'ends_at', g.ends_at, 'switched_off_at', g.switched_off_at, 'mails', g.mails
  )
  from private.webhook_outages as g
  where g.connection_id = target_connection_id and g.settled_at is null
$$;

comment on function worker.read_webhook_outage(uuid) is 'The unsettled outage of a connection, null when there is none. Service role only.';

grant execute on function worker.read_webhook_outage(uuid) to service_role;

-- How far the mails of an outage are read.
create function worker.save_outage_mails(outage_id bigint, new_position jsonb)
returns void
language sql
volatile
set search_path = ''
as $$
  update private.webhook_outages as g set mails = new_position where g.id = outage_id
$$;

comment on function worker.save_outage_mails(bigint, jsonb) is 'Saves how far the mails of an outage were read. Service role only.';

grant execute on function worker.save_outage_mails(bigint, jsonb) to service_role;

-- Keeps of one page of leads those of which the provider counts more than we saw since the outage began. Called before the page
-- is recorded: leads known as bounced or unsubscribed before the outage are none of its facts.
create function worker.record_outage_leads(target_campaign_id uuid, leads jsonb)
returns integer
language plpgsql
set search_path = ''
as $$
declare
  noted integer;
begin
  leads := private.without_erased((select c.client_id from public.campaigns as c where c.id = target_campaign_id), leads);

  insert into private.outage_leads as g
    (campaign_id, email, open_count, click_count, opened_at, clicked_at, contacted_at, has_bounced, has_unsubscribed,
     sender_account, updated_at)
  select distinct on (n.email)
    target_campaign_id, n.email, n.open_count, n.click_count, n.opened_at, n.clicked_at, n.sent_at,
    found.has_bounced, found.has_unsubscribed, n.sender_account, n.updated_at
  from private.webhook_outages as outage
  join public.campaigns as c on c.id = target_campaign_id and c.connection_id = outage.connection_id
  cross join jsonb_to_recordset(leads) as n (
    email text, open_count integer, click_count integer, opened_at timestamptz, clicked_at timestamptz, sent_at timestamptz,
    bounced_at timestamptz, unsubscribed_at timestamptz, sender_account text, updated_at timestamptz
  )
  -- A look by address for each, as in private.follow_leads.
  left join lateral (
    select k.open_count_observed, k.click_count_observed, k.bounced_at, k.unsubscribed_at
    from public.synced_leads as k
    where k.campaign_id = target_campaign_id and k.email = n.email
    offset 0
  ) as l on true
  cross join lateral (
    select
      n.bounced_at is not null and coalesce(l.bounced_at >= outage.starts_at, true)
        and coalesce(n.updated_at >= outage.starts_at, true) as has_bounced,
      n.unsubscribed_at is not null and coalesce(l.unsubscribed_at >= outage.starts_at, true)
        and coalesce(n.updated_at >= outage.starts_at, true) as has_unsubscribed
  ) as found
  where outage.settled_at is null
    and (
      (n.open_count > coalesce(l.open_count_observed, 0) and n.opened_at >= outage.starts_at)
      or (n.click_count > coalesce(l.click_count_observed, 0) and n.clicked_at >= outage.starts_at)
      or found.has_bounced
      or found.has_unsubscribed
    )
  order by n.email, n.updated_at desc nulls last
  on conflict (campaign_id, email) do update set
    open_count = excluded.open_count,
    click_count = excluded.click_count,
    opened_at = excluded.opened_at,
    clicked_at = excluded.clicked_at,
    contacted_at = excluded.contacted_at,
    -- The second reading knows the state that the first one recorded.
    has_bounced = g.has_bounced or excluded.has_bounced,
    has_unsubscribed = g.has_unsubscribed or excluded.has_unsubscribed,
    sender_account = excluded.sender_account,
    updated_at = excluded.updated_at;

  get diagnostics noted = row_count;
  return noted;
end
$$;

comment on function worker.record_outage_leads(uuid, jsonb) is
  'Keeps the leads of a page that may have facts missing because of an outage; returns how many. Service role only.';

grant execute on function worker.record_outage_leads(uuid, jsonb) to service_role;

-- The campaigns of a connection that have such leads, in the order of their ids.
create function worker.list_outage_campaigns(target_connection_id uuid)
returns jsonb
language sql
stable
set search_path = ''
as $$
  select coalesce(jsonb_agg(c.id order by c.id), '[]')
  from public.campaigns as c
  where c.connection_id = target_connection_id
    and exists (select from private.outage_leads as g where g.campaign_id = c.id)
$$;

comment on function worker.list_outage_campaigns(uuid) is 'Ids of the campaigns that have leads to look at after an outage. Service role only.';

grant execute on function worker.list_outage_campaigns(uuid) to service_role;

-- The leads of a campaign are done, except those that wait for the next sync.
create function worker.forget_outage_leads(target_campaign_id uuid, except_emails text[])
returns void
language sql
volatile
set search_path = ''
as $$
  delete from private.outage_leads as g where g.campaign_id = target_campaign_id and g.email <> all (except_emails)
$$;

comment on function worker.forget_outage_leads(uuid, text[]) is 'Forgets the leads of a campaign that need no more look after an outage. Service role only.';

grant execute on function worker.forget_outage_leads(uuid, text[]) to service_role;

-- Everything that the provider lets us know of the outage is stored. The facts stay comparable with late deliveries as long as they are kept.
create function worker.settle_webhook_outage(outage_id bigint)
returns void
language plpgsql
set search_path = ''
as $$
begin
  update private.webhook_outages as g set settled_at = now() where g.id = outage_id and g.ends_at is not null;

  delete from private.outage_leads as l
  using public.campaigns as c, private.webhook_outages as g
  where c.id = l.campaign_id and g.id = outage_id and c.connection_id = g.connection_id and g.settled_at is not null;
end
$$;

comment on function worker.settle_webhook_outage(bigint) is 'Marks an outage that has ended as settled. Service role only.';

grant execute on function worker.settle_webhook_outage(bigint) to service_role;
