-- Webhooks where each campaign needs its own.

-- Our webhook on one campaign of a provider that has none for the whole workspace.
create table private.campaign_webhooks (
  connection_id uuid not null,
  provider_campaign_id text not null,
  provider_webhook_id text not null,
  checked_at timestamptz not null default now(),
  redelivered_until timestamptz,
  failed_around integer not null default 0,
  redelivered_at timestamptz,
  primary key (connection_id, provider_campaign_id),
  foreign key (connection_id, provider_campaign_id)
    references private.provider_campaigns (connection_id, provider_campaign_id) on delete cascade
);

comment on table private.campaign_webhooks is
  'Our webhook on each campaign, for providers without one for the workspace. checked_at = when it was last found or made; redelivered_until = up to when failed deliveries were asked for again, failed_around = how many of them failed within ten minutes of that moment, so that the next check can start before it; redelivered_at = when some were asked for.';

alter table private.campaign_webhooks enable row level security;

grant select, insert, update, delete on private.campaign_webhooks to service_role;

create policy "Only the functions read campaign webhooks"
on private.campaign_webhooks for all to service_role using (true) with check (true);

-- Campaigns whose webhook still presents an earlier secret: not checked since the current one was made. Those that are over
-- are among them, because replies come late; what is deleted delivers nothing.
create function private.campaigns_to_rotate(target_connection_id uuid)
returns setof text
language sql
stable
set search_path = ''
as $$
  select w.provider_campaign_id
  from private.campaign_webhooks as w
  join private.provider_campaigns as p
    on p.connection_id = w.connection_id and p.provider_campaign_id = w.provider_campaign_id
  left join public.campaigns as c on c.id = p.campaign_id
  where w.connection_id = target_connection_id
    and c.provider_status is distinct from 'deleted'
    and w.checked_at < (
      select max(s.created_at)
      from private.webhook_secrets as s
      where s.connection_id = target_connection_id and s.origin = 'ours' and s.expires_at is null and s.encrypted_secret is not null
    )
$$;

comment on function private.campaigns_to_rotate(uuid) is
  'Provider ids of the campaigns whose own webhook was not checked since the current secret was made.';

grant execute on function private.campaigns_to_rotate(uuid) to service_role;

-- Once every campaign presents the current secret, the grace of the earlier ones begins. Returns how many campaigns are left.
create function worker.settle_webhook_rotation(target_connection_id uuid)
returns integer
language plpgsql
set search_path = ''
as $$
declare
  pending integer;
begin
  select count(*) into pending from private.campaigns_to_rotate(target_connection_id);

  if pending = 0 then
    update private.webhook_secrets as s
    set expires_at = now() + make_interval(secs => coalesce(s.grace_seconds, 0))
    where s.connection_id = target_connection_id and s.expires_at = 'infinity';
  end if;

  return pending;
end
$$;

comment on function worker.settle_webhook_rotation(uuid) is
  'Lets earlier webhook secrets expire once no campaign presents them any more; returns how many campaigns still do. Service role only.';

grant execute on function worker.settle_webhook_rotation(uuid) to service_role;

-- The campaigns to check: new ones, those not checked since, and those that still present an earlier secret. A campaign that we exported exists at the
-- provider, so it gets its webhook before a sync has listed it.
create function worker.list_campaigns_without_webhook(target_connection_id uuid, not_checked_since timestamptz)
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
      p.provider_campaign_id in (select r from private.campaigns_to_rotate(target_connection_id) as r)
      or (
        (
          p.listed_at is not null
          or exists (select from private.jobs as j where j.campaign_id = p.campaign_id and j.kind = 'export')
        )
        -- Of an unmapped one too: its events wait in quarantine instead of being lost. What is over needs none.
        and coalesce(c.provider_status not in ('completed', 'deleted'), true)
        and (w.checked_at is null or w.checked_at < not_checked_since)
      )
    )
$$;

comment on function worker.list_campaigns_without_webhook(uuid, timestamptz) is
  'Provider ids of listed and of exported campaigns whose webhook was never made, not checked since then, or still with an earlier secret. Service role only.';

grant execute on function worker.list_campaigns_without_webhook(uuid, timestamptz) to service_role;

-- Notes a webhook that was found or made.
create function worker.record_campaign_webhook(target_connection_id uuid, of_provider_campaign_id text, new_provider_webhook_id text)
returns void
language sql
volatile
set search_path = ''
as $$
  insert into private.campaign_webhooks as w (connection_id, provider_campaign_id, provider_webhook_id)
  values (target_connection_id, of_provider_campaign_id, new_provider_webhook_id)
  on conflict (connection_id, provider_campaign_id) do update
  set provider_webhook_id = excluded.provider_webhook_id, checked_at = now()
$$;

comment on function worker.record_campaign_webhook(uuid, text, text) is
  'Records our webhook on a campaign as checked now. Service role only.';

grant execute on function worker.record_campaign_webhook(uuid, text, text) to service_role;

-- Every campaign that has our webhook, with how far its failed deliveries were asked for again.
create function worker.list_campaign_webhooks(target_connection_id uuid)
returns jsonb
language sql
stable
set search_path = ''
as $$
  select coalesce(
    jsonb_agg(
      jsonb_build_object(
        'provider_campaign_id', w.provider_campaign_id, 'provider_webhook_id', w.provider_webhook_id,
        'redelivered_until', w.redelivered_until, 'failed_around', w.failed_around, 'redelivered_at', w.redelivered_at
      )
      order by w.provider_campaign_id
    ),
    '[]'
  )
  from private.campaign_webhooks as w
  where w.connection_id = target_connection_id
$$;

comment on function worker.list_campaign_webhooks(uuid) is
  'Campaigns with our webhook: [{ provider_campaign_id, provider_webhook_id, redelivered_until, failed_around, redelivered_at }]. Service role only.';

grant execute on function worker.list_campaign_webhooks(uuid) to service_role;

-- Notes that failed deliveries up to a moment were asked for again, or that there were none.
create function worker.record_redelivery(
  target_connection_id uuid, of_provider_campaign_id text, looked_until timestamptz, failed_around integer, was_needed boolean
)
returns void
language sql
volatile
set search_path = ''
as $$
  update private.campaign_webhooks as w
  set
    redelivered_until = greatest(w.redelivered_until, looked_until),
    failed_around = case
      when w.redelivered_until > looked_until then w.failed_around else record_redelivery.failed_around
    end,
    redelivered_at = case when was_needed then now() else w.redelivered_at end
  where w.connection_id = target_connection_id and w.provider_campaign_id = of_provider_campaign_id
$$;

comment on function worker.record_redelivery(uuid, text, timestamptz, integer, boolean) is
  'Records how far a campaign''s failed deliveries were checked, how many failed within ten minutes of that moment, and whether some were asked for again. Service role only.';

grant execute on function worker.record_redelivery(uuid, text, timestamptz, integer, boolean) to service_role;
