-- Mailboxes and their days, as the provider reports them.

-- Writes one page of mailboxes and tells whose days need the longer look back: new ones and those not read for long.
-- listed: [{ "email", "status", "status_reason", "provider_kind", "daily_limit", "warmup_status", "warmup_score", "updated_at", "tags" }]
create function worker.record_email_accounts(target_connection_id uuid, listed jsonb)
returns jsonb
language plpgsql
set search_path = ''
as $$
declare
  owner_id uuid;
  counted jsonb;
begin
  select c.client_id into owner_id from public.provider_connections as c where c.id = target_connection_id;

  with reported as (
    select distinct on (address.email)
      address.email, n.status, n.status_reason, n.provider_kind, n.daily_limit, n.warmup_status, n.warmup_score, n.updated_at, coalesce(n.tags, '{}') as tags
    from jsonb_to_recordset(listed) as n (
      email text, status public.email_account_status, status_reason text, provider_kind text, daily_limit integer,
      warmup_status text, warmup_score numeric, updated_at timestamptz, tags text[]
    )
    cross join lateral (select private.normalize_email(n.email) as email) as address
    where address.email is not null
    order by address.email, n.updated_at desc nulls last
  ),
  judged as (
    -- An event of the mailbox that is newer than the provider's last change counts, for a day at most: a provider that
    -- keeps reporting that all is well must be right in the end.
    select
      s.*,
      coalesce(event.status, s.status) as judged_status,
      coalesce(event.reason, s.status_reason) as judged_reason
    from reported as s
    left join lateral (
      select
        case e.type when 'account_suspended' then 'suspended' else 'error' end::public.email_account_status as status,
        case e.type when 'account_suspended' then 'The provider suspended this mailbox' else 'The provider reported an error of this mailbox' end as reason
      from public.email_events as e
      where e.connection_id = target_connection_id
        and e.type in ('account_error', 'account_suspended')
        and e.email_account = s.email
        and e.occurred_at > greatest(coalesce(s.updated_at, '-infinity'), now() - interval '1 day')
        and s.status in ('active', 'error')
      order by e.occurred_at desc
      limit 1
    ) as event on true
  ),
  written as (
    insert into public.email_accounts as a (
      connection_id, client_id, email, status, status_reason, provider_kind, daily_limit, warmup_status, warmup_score,
      provider_updated_at, tags
    )
    select
      target_connection_id, owner_id, j.email, j.judged_status, j.judged_reason, j.provider_kind, j.daily_limit,
      j.warmup_status, j.warmup_score, j.updated_at, j.tags
    from judged as j
    order by j.email
    on conflict (connection_id, email) do update set
      client_id = excluded.client_id,
      status = excluded.status,
      status_reason = excluded.status_reason,
      provider_kind = excluded.provider_kind,
      daily_limit = excluded.daily_limit,
      warmup_status = excluded.warmup_status,
      warmup_score = excluded.warmup_score,
      provider_updated_at = excluded.provider_updated_at,
      tags = excluded.tags,
      last_synced_at = now()
    returning a.id, a.email, a.days_synced_at, (a.xmax = 0) as is_new
  )
  select jsonb_build_object(
    'imported', count(*) filter (where w.is_new),
    'updated', count(*) filter (where not w.is_new),
    'accounts', coalesce(jsonb_agg(jsonb_build_object(
      'id', w.id, 'email', w.email,
      'needs_history', w.days_synced_at is null or w.days_synced_at < now() - interval '6 days'
    ) order by w.email), '[]')
  )
  into counted
  from written as w;

  return counted;
end
$$;

comment on function worker.record_email_accounts(uuid, jsonb) is
  'Writes mailboxes of a connection; returns { imported, updated, accounts: [{ id, email, needs_history }] }. Service role only.';

grant execute on function worker.record_email_accounts(uuid, jsonb) to service_role;

-- Writes days of mailboxes; emails names all that were asked for, also those without a day.
-- days: [{ "email", "day", "sent", "bounced", "contacted", "opens", "opened", "clicks", "clicked", "replies", "replied", "auto_replies" }]
create function worker.record_email_account_days(target_connection_id uuid, emails text[], days jsonb)
returns integer
language plpgsql
set search_path = ''
as $$
declare
  written integer;
begin
  insert into public.email_account_days as d
    (account_id, day, client_id, sent_reported, bounced_reported, contacted, opens_reported, opened, clicks_reported, clicked,
     replies_reported, replied, auto_replies_reported)
  select distinct on (a.id, n.day)
    a.id, n.day, a.client_id, n.sent, n.bounced, n.contacted, n.opens, n.opened, n.clicks, n.clicked, n.replies, n.replied,
    n.auto_replies
  from jsonb_to_recordset(days) as n (
    email text, day date, sent integer, bounced integer, contacted integer, opens integer, opened integer, clicks integer,
    clicked integer, replies integer, replied integer, auto_replies integer
  )
  join public.email_accounts as a on a.connection_id = target_connection_id and a.email = private.normalize_email(n.email)
  where private.believed_time(n.day::timestamp at time zone 'UTC', now()) is not null
  order by a.id, n.day
  on conflict (account_id, day) do update set
    client_id = excluded.client_id,
    sent_reported = excluded.sent_reported,
    bounced_reported = excluded.bounced_reported,
    contacted = excluded.contacted,
    opens_reported = excluded.opens_reported,
    opened = excluded.opened,
    clicks_reported = excluded.clicks_reported,
    clicked = excluded.clicked,
    replies_reported = excluded.replies_reported,
    replied = excluded.replied,
    auto_replies_reported = excluded.auto_replies_reported;

  get diagnostics written = row_count;

  update public.email_accounts as a
  set
    days_synced_at = now(),
    sent_today = coalesce((
      select d.sent from public.email_account_days as d
      where d.account_id = a.id and d.day = (now() at time zone 'UTC')::date
    ), 0)
  where a.connection_id = target_connection_id and a.email = any (emails);

  return written;
end
$$;

comment on function worker.record_email_account_days(uuid, text[], jsonb) is
  'Writes days of mailboxes as the provider counts them; returns how many rows it wrote. Service role only.';

grant execute on function worker.record_email_account_days(uuid, text[], jsonb) to service_role;

-- Writes how warm-up goes: [{ "email", "sent", "landed_inbox", "landed_spam", "score" }]
create function worker.record_email_account_warmup(target_connection_id uuid, warmups jsonb)
returns integer
language plpgsql
set search_path = ''
as $$
declare
  written integer;
begin
  update public.email_accounts as a
  set
    warmup_sent = n.sent,
    warmup_landed_inbox = n.landed_inbox,
    warmup_landed_spam = n.landed_spam,
    warmup_score = coalesce(n.score, a.warmup_score)
  from jsonb_to_recordset(warmups) as n (email text, sent integer, landed_inbox integer, landed_spam integer, score numeric)
  where a.connection_id = target_connection_id and a.email = private.normalize_email(n.email);

  get diagnostics written = row_count;
  return written;
end
$$;

comment on function worker.record_email_account_warmup(uuid, jsonb) is
  'Writes the provider''s warm-up numbers of mailboxes; returns how many it knew. Service role only.';

grant execute on function worker.record_email_account_warmup(uuid, jsonb) to service_role;
