-- Mailboxes and their days, as the provider reports them.

-- Events of a range of days, of all mailboxes or of these: one look through the months. Days from before a mailbox was first listed
-- are counted, too. archived: what the archive holds of them, see 31_rebuilding.
create function private.correct_mailboxes(from_day date, to_day date, archived jsonb default '[]', account_ids uuid[] default null)
returns integer
language plpgsql
set search_path = ''
-- Of a few mailboxes only the events of their workspace's campaigns are read, of all of them whole months.
set plan_cache_mode = force_custom_plan
as $$
declare
  corrected integer;
  campaign_ids uuid[] := array(
    select c.id
    from public.campaigns as c
    where c.connection_id in (select a.connection_id from public.email_accounts as a where a.id = any (account_ids))
  );
begin
  insert into public.email_account_days as d
    (account_id, day, client_id, sent_observed, bounced_observed, opens_observed, clicks_observed, replies_observed,
     auto_replies_observed, replies_overruled)
  select
    a.id, n.day, a.client_id, sum(n.sent), sum(n.bounced), sum(n.opens), sum(n.clicks), sum(n.replies), sum(n.auto_replies),
    sum(n.overruled)
  from (
    select
      m.id as account_id, (e.occurred_at at time zone 'UTC')::date as day,
      count(*) filter (where e.type = 'email_sent') as sent,
      count(*) filter (where e.type = 'email_bounced') as bounced,
      count(*) filter (where e.type = 'email_opened') as opens,
      count(*) filter (where e.type = 'email_clicked') as clicks,
      count(*) filter (where e.type = 'reply_received') as replies,
      count(*) filter (where e.type = 'auto_reply_received') as auto_replies,
      count(*) filter (where not o.is_human) - count(*) filter (where o.is_human is not null and e.type = 'reply_received') as overruled
    from public.email_events as e
    join public.email_accounts as m on m.connection_id = e.connection_id and m.email = e.email_account
    left join private.overruled_replies as o
      on o.event_id = e.id and e.type in ('reply_received', 'auto_reply_received')
    where e.occurred_at >= from_day::timestamp at time zone 'UTC'
      and e.occurred_at < to_day::timestamp at time zone 'UTC'
      and e.type in ('email_sent', 'email_opened', 'email_clicked', 'reply_received', 'auto_reply_received', 'email_bounced')
      and (account_ids is null or (m.id = any (account_ids) and e.campaign_id = any (campaign_ids)))
    group by m.id, (e.occurred_at at time zone 'UTC')::date
    union all
    select m.id, r.day, r.sent, 0, r.opens, r.clicks, 0, 0, 0
    from jsonb_to_recordset(archived) as r (
      connection_id uuid, email_account text, day date, sent bigint, opens bigint, clicks bigint
    )
    join public.email_accounts as m on m.connection_id = r.connection_id and m.email = r.email_account
    union all
    select
      s.account_id, s.day, -s.sent_observed, -s.bounced_observed, -s.opens_observed, -s.clicks_observed, -s.replies_observed,
      -s.auto_replies_observed, -s.replies_overruled
    from public.email_account_days as s
    where s.day >= from_day and s.day < to_day and (account_ids is null or s.account_id = any (account_ids))
  ) as n
  join public.email_accounts as a on a.id = n.account_id
  group by a.id, n.day
  having (sum(n.sent), sum(n.bounced), sum(n.opens), sum(n.clicks), sum(n.replies), sum(n.auto_replies), sum(n.overruled))
    <> (0, 0, 0, 0, 0, 0, 0)
  order by a.id, n.day
  on conflict (account_id, day) do update set
    sent_observed = d.sent_observed + excluded.sent_observed,
    bounced_observed = d.bounced_observed + excluded.bounced_observed,
    opens_observed = d.opens_observed + excluded.opens_observed,
    clicks_observed = d.clicks_observed + excluded.clicks_observed,
    replies_observed = d.replies_observed + excluded.replies_observed,
    auto_replies_observed = d.auto_replies_observed + excluded.auto_replies_observed,
    replies_overruled = d.replies_overruled + excluded.replies_overruled;

  get diagnostics corrected = row_count;
  return corrected;
end
$$;

comment on function private.correct_mailboxes(date, date, jsonb, uuid[]) is
  'Counts the observed numbers of all mailboxes or of these again, from a day to before another; returns how many days were wrong.';

grant execute on function private.correct_mailboxes(date, date, jsonb, uuid[]) to service_role;

-- The first day that events of mailboxes which are listed for the first time can be of; null = there is none. One that the list of some
-- hours ago did not have did not send long before it, so the look back is short where the workspace is old. No event is projected
-- meanwhile: what is too much for a moment, half a million emails before any list was read, comes with the next rebuild.
create function private.first_day_of_new_mailboxes(target_connection_id uuid)
returns date
language sql
stable
set search_path = ''
as $$
  select greatest(active.since, listed.week_before)
  from (
    select min(d.day) as since, sum(t.sent) as sent
    from public.campaigns as c
    join public.campaign_activity_totals as t on t.campaign_id = c.id
    cross join lateral (select a.day from public.campaign_activity as a where a.campaign_id = c.id order by a.day limit 1) as d
    where c.connection_id = target_connection_id
  ) as active
  cross join (
    select (max(a.last_synced_at) - interval '7 days')::date as week_before
    from public.email_accounts as a
    where a.connection_id = target_connection_id and a.last_synced_at < now() - interval '1 hour'
  ) as listed
  where active.since is not null and (listed.week_before is not null or active.sent < 500000)
$$;

comment on function private.first_day_of_new_mailboxes(uuid) is
  'The first UTC day of which mailboxes that a connection did not list before can have events; null = none.';

grant execute on function private.first_day_of_new_mailboxes(uuid) to service_role;

-- Writes one page of mailboxes and tells whose days need the longer look back: new ones and those not read for long.
-- What new ones sent before they were listed is counted then: events come as soon as a webhook is there, the list with a sync.
-- listed: [{ "email", "status", "status_reason", "provider_kind", "daily_limit", "warmup_status", "warmup_score", "updated_at", "tags" }]
create function worker.record_email_accounts(target_connection_id uuid, listed jsonb)
returns jsonb
language plpgsql
set search_path = ''
as $$
declare
  owner_id uuid;
  counted jsonb;
  first_day date;
  new_ids uuid[];
begin
  select c.client_id into owner_id from public.provider_connections as c where c.id = target_connection_id;

  if exists (
    select
    from jsonb_to_recordset(listed) as n (email text)
    where private.normalize_email(n.email) is not null
      and not exists (
        select from public.email_accounts as a
        where a.connection_id = target_connection_id and a.email = private.normalize_email(n.email)
      )
  ) then
    -- Alone: a projector counts by the mailboxes that it finds, and what it is counting must be seen here or find these. Before
    -- anything is written, so that no one waits for each other.
    perform pg_advisory_xact_lock(private.campaign_moves_lock());
    first_day := private.first_day_of_new_mailboxes(target_connection_id);
  end if;

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
  ),
  array_agg(w.id) filter (where w.is_new)
  into counted, new_ids
  from written as w;

  if first_day is not null and new_ids is not null then
    perform private.correct_mailboxes(first_day, 'infinity', '[]', new_ids);
  end if;

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
