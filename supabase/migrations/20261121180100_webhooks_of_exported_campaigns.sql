-- A campaign that we exported exists at the provider, so it gets its webhook before a sync has listed it.
create or replace function public.list_campaigns_without_webhook(target_connection_id uuid, not_checked_since timestamptz)
returns jsonb
language sql
stable
set search_path = ''
as $$
  select coalesce(
    jsonb_agg(p.provider_campaign_id order by w.checked_at nulls first, p.provider_campaign_id),
    '[]'
  )
  from private.provider_campaigns as p
  left join private.campaign_webhooks as w
    on w.connection_id = p.connection_id and w.provider_campaign_id = p.provider_campaign_id
  left join public.campaigns as c on c.id = p.campaign_id
  where p.connection_id = target_connection_id
    and (
      p.listed_at is not null
      or exists (select from private.jobs as j where j.campaign_id = p.campaign_id and j.kind = 'export')
    )
    -- Of an unmapped one too: its events wait in quarantine instead of being lost. What is over needs none.
    and c.provider_status is distinct from 'completed'
    and (w.checked_at is null or w.checked_at < not_checked_since)
$$;

comment on function public.list_campaigns_without_webhook(uuid, timestamptz) is
  'Provider ids of listed and of exported campaigns whose webhook was never made, or not looked at since then. Service role only.';
