-- The check before an export: what would be sent, what would go wrong, how long it takes and what it costs.

-- Whether a text holds what the law of many countries wants under a mail: a line with a postal code, as NL, DE, BE, UK and US write it.
create function private.has_postal_line(content text)
returns boolean
language sql
immutable
set search_path = ''
as $$
  select coalesce(content ~ '(?n)^.*(\m\d{4}\s?[A-Z]{2}\M|\m[A-Z]{1,2}\d[A-Z\d]?\s\d[A-Z]{2}\M|\m\d{5}(-\d{4})?\M.*[[:alpha:]]{2}|[[:alpha:]]{2}.*\m\d{5}(-\d{4})?\M|\m(B-)?[1-9]\d{3}\s+[[:upper:]][[:alpha:]]).*$', false)
$$;

comment on function private.has_postal_line(text) is
  'True when a line of the text has a postal code as addresses in NL, DE, BE, UK and the US have it. A hint, no proof.';

-- The mailboxes that a campaign would send from, as the last sync knew them.
create function private.campaign_mailboxes(target_campaign_id uuid, target_connection_id uuid)
returns jsonb
language sql
stable
set search_path = ''
as $$
  with campaign as (
    select c.* from public.campaigns as c where c.id = target_campaign_id
  ),
  chosen as (
    select a.*
    from public.email_accounts as a
    cross join campaign as c
    join public.provider_connections as p on p.id = a.connection_id
    where a.connection_id = target_connection_id
      and (
        a.email = any (c.sending_accounts) or a.tags && c.sending_account_tags
        -- Without a choice a dedicated workspace sends from all its mailboxes.
        or (cardinality(c.sending_accounts) = 0 and cardinality(c.sending_account_tags) = 0 and p.client_id is not null and a.status = 'active')
      )
  )
  select jsonb_build_object(
    'chosen', (select count(*) from chosen),
    'active', (select count(*) from chosen as a where a.status = 'active'),
    'daily_limit', (select sum(a.daily_limit) from chosen as a where a.status = 'active'),
    'without_limit', (select count(*) from chosen as a where a.status = 'active' and a.daily_limit is null),
    'sent_today', (
      select coalesce(sum(d.sent), 0)
      from chosen as a
      join public.email_account_days as d on d.account_id = a.id and d.day = (now() at time zone 'UTC')::date
      where a.status = 'active'
    ),
    'unknown', (
      select coalesce(jsonb_agg(e.email order by e.email), '[]')
      from campaign as c, unnest(c.sending_accounts) as e (email)
      where not exists (select from chosen as a where a.email = e.email)
    ),
    'not_sending', (
      select coalesce(jsonb_agg(a.email order by a.email), '[]') from chosen as a where a.status <> 'active'
    ),
    'tags_without_mailbox', (
      select coalesce(jsonb_agg(t.tag order by t.tag), '[]')
      from campaign as c, unnest(c.sending_account_tags) as t (tag)
      where not exists (
        select from public.email_accounts as a where a.connection_id = target_connection_id and t.tag = any (a.tags)
      )
    ),
    'shared_with', (
      select count(*)
      from public.campaigns as o
      where o.connection_id = target_connection_id and o.id <> target_campaign_id and o.provider_status = 'active'
        and (
          cardinality(o.sending_accounts) = 0 or exists (select from chosen as a where a.email = any (o.sending_accounts))
        )
    )
  )
$$;

comment on function private.campaign_mailboxes(uuid, uuid) is
  'Mailboxes of a campaign: { chosen, active, daily_limit, without_limit, sent_today, unknown, not_sending, tags_without_mailbox, shared_with: how many other active campaigns }.';

-- What an export would do, without doing it.
create function worker.preview_export(target_campaign_id uuid)
returns jsonb
language plpgsql
stable
set search_path = ''
-- It judges every address of a campaign: 100,000 take some seconds.
set statement_timeout = '60s'
as $$
declare
  campaign public.campaigns := private.check_export(target_campaign_id);
  today date := (now() at time zone campaign.time_zone)::date;
  most_variables integer := (
    select private.variable_limit(p.provider) from public.provider_connections as p where p.id = campaign.connection_id
  );
  mails text[];
begin
  mails := array(
    select m.mail ->> 'body'
    from (
      select campaign.sequence -> 0 as mail
      union all
      select v.variant from jsonb_path_query(campaign.sequence -> 0, 'lax $.variants[*]') as v (variant)
    ) as m
    where m.mail is not null
  );

  return (
    with plan as materialized (
      select * from private.plan_export(target_campaign_id)
    ),
    counted as (
      select
        coalesce(sum(p.number), 0) as total,
        coalesce(sum(p.number) filter (where p.outcome = 'planned'), 0) as to_send,
        coalesce(sum(p.number) filter (where p.outcome <> 'planned'), 0) as skipped,
        coalesce(jsonb_object_agg(p.reason, p.number) filter (where p.reason is not null), '{}') as reasons
      from (
        select plan.outcome, plan.reason, count(*) as number
        from plan
        group by plan.outcome, plan.reason
      ) as p
    )
    select jsonb_build_object(
      'connection_id', campaign.connection_id,
      'provider', (select p.provider from public.provider_connections as p where p.id = campaign.connection_id),
      'is_dedicated', (select p.client_id is not null from public.provider_connections as p where p.id = campaign.connection_id),
      'total', c.total,
      'to_send', c.to_send,
      'skipped', c.skipped,
      'reasons', c.reasons,
      'missing_variables', (
        select coalesce(jsonb_object_agg(v.name, v.number), '{}')
        from (
          select name, count(*) as number
          from plan
          cross join lateral string_to_table(plan.detail, ', ') as name
          where plan.reason = 'missing_variable'
          group by name
        ) as v
      ),
      'role_addresses', (
        select count(*)
        from plan
        join public.businesses as b on b.id = plan.business_id
        where plan.outcome = 'planned' and plan.recipient = 'business' and b.is_role_address
      ),
      'too_many_variables', (
        select jsonb_build_object('limit', most_variables, 'leads', count(*), 'most', max(n.number))
        from plan
        join public.businesses as b on b.id = plan.business_id
        cross join lateral (select private.sent_variable_count(b, plan.recipient)) as n (number)
        where most_variables is not null and plan.outcome = 'planned' and n.number > most_variables
        having count(*) > 0
      ),
      'at_provider_before', c.reasons -> 'already_exported',
      'today', today,
      'settings', to_jsonb(campaign) - array['client_id', 'connection_id', 'synced_at', 'created_at', 'updated_at'],
      'holidays', (
        select coalesce(jsonb_agg(jsonb_build_object('day', h.day, 'name', h.name) order by h.day), '[]')
        from private.holidays(campaign.holiday_countries, today, today + 730) as h
      ),
      'mailboxes', private.campaign_mailboxes(target_campaign_id, campaign.connection_id),
      'costs', (
        select coalesce(jsonb_agg(jsonb_build_object(
          'currency', e.currency, 'cost', e.cost, 'cost_per_lead', round(e.cost / nullif(c.to_send + coalesce((c.reasons ->> 'already_exported')::integer, 0), 0), 4)
        ) order by e.currency), '[]')
        from (
          select k.currency, sum(k.amount) as cost
          from public.cost_entries as k
          where k.campaign_id = target_campaign_id
          group by k.currency
        ) as e
      ),
      'has_postal_address', private.has_postal_line(campaign.footer)
        or (cardinality(mails) > 0 and (select bool_and(private.has_postal_line(m.body)) from unnest(mails) as m (body))),
      'mentions_unsubscribe', coalesce(campaign.footer, '') ~* 'unsubscribe|opt.?out|abmelden|afmelden|uitschrijven|désabonn'
        or (cardinality(mails) > 0 and (select bool_and(m.body ~* 'unsubscribe|opt.?out|abmelden|afmelden|uitschrijven|désabonn') from unnest(mails) as m (body))),
      'approval', private.approval_standing(target_campaign_id),
      'plan', (
        select jsonb_build_object('leads_left', l.leads_left, 'known_at', l.known_at)
        from private.provider_plans as l
        where l.connection_id = campaign.connection_id
      )
    )
    from counted as c
  );
end
$$;

comment on function worker.preview_export(uuid) is
  'Dry run: { connection_id, provider, total, to_send, skipped, reasons: { reason: n }, missing_variables: { name: n }, … } and what the check before an export is made of. Raises the errors of check_export. Service role only.';

grant execute on function private.has_postal_line(text) to service_role;
grant execute on function private.campaign_mailboxes(uuid, uuid) to service_role;
grant execute on function worker.preview_export(uuid) to service_role;

-- Which addresses an export would leave out, and why: the list behind the counts, to be downloaded and mended.
create function worker.list_left_out(target_campaign_id uuid, wanted_reason text, wanted_variable text, maximum integer)
returns jsonb
language sql
stable
set search_path = ''
-- It judges every address of a campaign: 100,000 take some seconds.
set statement_timeout = '60s'
as $$
  select coalesce(jsonb_agg(to_jsonb(n) order by n.name, n.email), '[]')
  from (
    select p.business_id, b.name, p.recipient, p.email, p.reason, p.detail
    from private.plan_export(target_campaign_id) as p
    join public.businesses as b on b.id = p.business_id
    where p.outcome <> 'planned' and (wanted_reason is null or p.reason = wanted_reason)
      and (wanted_variable is null or wanted_variable = any (string_to_array(p.detail, ', ')))
    order by b.name, p.email
    limit maximum
  ) as n
$$;

comment on function worker.list_left_out(uuid, text, text, integer) is
  'Addresses that an export would leave out: [{ business_id, name, recipient, email, reason, detail }], of one reason or without one variable if given. Service role only.';

grant execute on function worker.list_left_out(uuid, text, text, integer) to service_role;
