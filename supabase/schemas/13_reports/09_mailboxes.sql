-- How the mailboxes do.

-- One row per mailbox with its last 30 days; what was not reported of a mailbox is null and not 0. Above 5 % bounces mailbox
-- providers start to refuse a sender.
create view public.email_account_health
with (security_invoker = true)
as
select
  a.id as account_id,
  a.connection_id,
  a.client_id,
  a.email,
  a.status,
  a.status_reason,
  a.provider_kind,
  a.daily_limit,
  d.sent_today,
  a.warmup_status,
  a.warmup_score,
  a.warmup_sent,
  private.rate(a.warmup_landed_spam, a.warmup_sent) as warmup_spam_rate,
  d.sent,
  d.bounced,
  d.replied,
  private.rate(d.bounced, d.sent) as bounce_rate,
  coalesce(d.bounced::numeric / nullif(d.sent, 0) > 0.05, false) as is_bouncing,
  coalesce(d.sent >= private.minimum_sample(), false) as enough_signal,
  a.last_synced_at,
  a.tags
from public.email_accounts as a
cross join lateral (
  -- Days that were read and hold nothing are 0; a mailbox without any reported day is unknown.
  select
    coalesce(sum(n.sent), known.nothing)::bigint as sent,
    coalesce(sum(n.bounced), known.nothing)::bigint as bounced,
    -- Where the provider reported nothing of the day, the replies that we saw.
    coalesce(
      sum(case when n.sent_reported + n.replied > 0 then n.replied else n.replies_observed end), known.nothing
    )::bigint as replied,
    coalesce(sum(n.sent) filter (where n.day = (now() at time zone 'UTC')::date), known.nothing)::bigint as sent_today
  from (
    select case when a.days_synced_at is not null or exists (select from public.email_account_days as o where o.account_id = a.id) then 0 end as nothing
  ) as known
  left join public.email_account_days as n
    on n.account_id = a.id and n.day > (now() at time zone 'UTC')::date - 30
  group by known.nothing
) as d;

comment on view public.email_account_health is
  'Mailboxes with their last 30 UTC days: sent, bounced, bounce_rate (fraction of sent), is_bouncing above 5 %, enough_signal from 100 mails on. Numbers are null where neither the provider nor a webhook reported any.';

grant select on public.email_account_health to authenticated, service_role;
