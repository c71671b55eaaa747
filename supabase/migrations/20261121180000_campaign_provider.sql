-- Which provider a campaign goes through, on the campaign itself: a client cannot read a connection that many clients share.

alter table public.campaigns add column provider public.provider;

comment on column public.campaigns.provider is
  'The provider of its connection, kept by a trigger; stays when the connection is removed, because the numbers stay too. null = it never had one.';

-- Takes the provider from the connection whenever that is set.
create function private.set_campaign_provider()
returns trigger
language plpgsql
set search_path = ''
as $$
begin
  new.provider = coalesce((select c.provider from public.provider_connections as c where c.id = new.connection_id), old.provider);
  return new;
end
$$;

comment on function private.set_campaign_provider() is 'Keeps campaigns.provider at the provider of the connection.';

create trigger set_provider before insert or update of connection_id, provider on public.campaigns
for each row execute function private.set_campaign_provider();

-- Campaigns from before this migration.
update public.campaigns as k
set provider = c.provider
from public.provider_connections as c
where c.id = k.connection_id and k.provider is distinct from c.provider;

-- One row per campaign as before, and its provider at the end, where a column can be added to a view that others use.
create or replace view public.client_campaigns
with (security_invoker = true)
as
select
  n.client_id, n.campaign_id, n.name, n.generation_status, n.provider_status, n.leads, n.sent, n.contacted, n.opened, n.replied,
  n.clicked, n.bounced, n.unsubscribed, n.auto_replies, n.positive, n.synced_at, n.last_event_at, n.seen_at, n.as_of,
  private.rate(n.opened, n.contacted) as open_rate,
  private.rate(n.replied, n.contacted) as reply_rate,
  private.rate(n.clicked, n.contacted) as click_rate,
  private.rate(n.bounced, n.sent) as bounce_rate,
  private.rate(n.positive, n.contacted) as positive_rate,
  n.contacted >= private.minimum_sample() as enough_signal,
  extract(epoch from now() - n.as_of)::bigint as age_seconds,
  n.provider
from (
  select
    c.client_id,
    c.id as campaign_id,
    c.name,
    c.generation_status,
    c.provider_status,
    c.provider,
    leads.leads::bigint as leads,
    greatest(said.sent, seen.sent, 0)::bigint as sent,
    greatest(said.contacted, seen.contacted, 0)::bigint as contacted,
    greatest(said.opened, seen.opened, 0)::bigint as opened,
    greatest(said.replied, seen.replied, 0)::bigint as replied,
    greatest(said.clicked, seen.clicked, 0)::bigint as clicked,
    greatest(said.bounced, seen.bounced, 0)::bigint as bounced,
    greatest(said.unsubscribed, seen.unsubscribed, 0)::bigint as unsubscribed,
    greatest(said.auto_replies, seen.auto_replies, 0)::bigint as auto_replies,
    leads.positive::bigint as positive,
    c.synced_at,
    seen.last_event_at,
    seen.seen_at,
    greatest(c.synced_at, seen.seen_at) as as_of
  from public.campaigns as c
  left join public.campaign_analytics_totals as said on said.campaign_id = c.id
  left join public.campaign_activity_totals as seen on seen.campaign_id = c.id
  left join lateral (
    select
      count(*) as leads,
      count(*) filter (where l.interest_status = 'positive') as positive
    from public.synced_leads as l
    where l.campaign_id = c.id
  ) as leads on true
) as n;
