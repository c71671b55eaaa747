-- What is wrong with the sending domains now, and the incidents of it. They open and close here, because the general list of
-- incidents is older than these tables.

-- The last placement test of each domain: of each mailbox the last day with results and the one before it, since a test may run past
-- midnight.
create function private.last_placements()
returns table (domain text, inbox bigint, promotions bigint, spam bigint, tested bigint, mailboxes bigint, tested_on date)
language sql
stable
set search_path = ''
as $$
  select
    m.domain, sum(r.inbox), sum(r.promotions), sum(r.spam), sum(r.inbox + r.promotions + r.spam), count(distinct m.account_id), max(r.day)
  from private.list_sending_mailboxes() as m
  join lateral (
    select max(n.day) as last_day
    from public.placement_results as n
    where n.account_id = m.account_id and n.day > ((now() - private.placement_validity()) at time zone 'UTC')::date
  ) as l on l.last_day is not null
  join public.placement_results as r on r.account_id = m.account_id and r.day between l.last_day - 1 and l.last_day
  group by m.domain
$$;

comment on function private.last_placements() is
  'Per domain where the mails of the last placement test of each of its mailboxes landed; only tests of the last 30 days.';

grant execute on function private.last_placements() to authenticated, service_role;

create function private.list_domain_incidents()
returns table (connection_id uuid, client_id uuid, kind text, subject text, details text)
language sql
stable
set search_path = ''
as $$
  with domain as (
    select
      m.domain,
      -- Of one connection or client only where it is the same for all mailboxes.
      case when count(distinct m.connection_id) = 1 then min(m.connection_id::text)::uuid end as connection_id,
      case when count(distinct coalesce(m.client_id::text, '')) = 1 then min(m.client_id::text)::uuid end as client_id,
      coalesce(sum(n.sent_7), 0) as sent_7, coalesce(sum(n.bounced_7), 0) as bounced_7,
      coalesce(sum(n.sent_before), 0) as sent_before, coalesce(sum(n.bounced_before), 0) as bounced_before
    from private.list_sending_mailboxes() as m
    left join lateral (
      select
        sum(d.sent) filter (where d.day > (now() at time zone 'UTC')::date - 7) as sent_7,
        sum(d.bounced) filter (where d.day > (now() at time zone 'UTC')::date - 7) as bounced_7,
        sum(d.sent) filter (where d.day <= (now() at time zone 'UTC')::date - 7) as sent_before,
        sum(d.bounced) filter (where d.day <= (now() at time zone 'UTC')::date - 7) as bounced_before
      from public.email_account_days as d
      where d.account_id = m.account_id and d.day > (now() at time zone 'UTC')::date - 28
    ) as n on true
    group by m.domain
  ),
  judged as (
    select
      c.domain, c.kind, c.sentence, c.advice, latest.changed_at as broke_at
    from public.sending_domain_checks as c
    -- The newest change of the verdict says whether it was in order before.
    left join lateral (
      select n.changed_at, n.verdict_before
      from public.sending_domain_changes as n
      where n.domain = c.domain and n.kind = c.kind and n.verdict <> n.verdict_before
      order by n.changed_at desc, n.id desc
      limit 1
    ) as latest on latest.verdict_before in ('good', 'warning')
    where c.verdict = 'bad' and c.kind in ('spf', 'dmarc')
  ),
  bad as (
    select j.*, d.connection_id, d.client_id
    from judged as j
    join domain as d on d.domain = j.domain and d.sent_7 > 0
  )
  select
    b.connection_id, b.client_id, 'dmarc_broken', 'domain:' || b.domain,
    format(
      'The DMARC record of %s was in order until %s UTC. %s %s The record is in Operations → Email accounts.',
      b.domain, to_char(b.broke_at at time zone 'UTC', 'YYYY-MM-DD HH24:MI'), b.sentence, b.advice
    )
  from bad as b
  where b.kind = 'dmarc' and b.broke_at is not null
  union all
  select
    b.connection_id, b.client_id, 'domain_unprotected', 'domain:' || b.domain,
    format('The domain %s sends mails that receivers do not trust. ', b.domain)
      || string_agg(format('%s: %s %s', upper(b.kind), b.sentence, b.advice), ' ' order by b.kind desc)
      || ' The records are in Operations → Email accounts.'
  from bad as b
  where b.kind <> 'dmarc' or b.broke_at is null
  group by b.connection_id, b.client_id, b.domain
  union all
  select
    d.connection_id, d.client_id, 'domain_bouncing', 'domain:' || d.domain,
    format(
      '%s %% of the mails from %s bounced in the last 7 days (%s of %s), %s. Pause the campaigns that use it, verify their addresses, and look at its mailboxes in Operations → Email accounts.',
      round(100 * d.bounced_7::numeric / d.sent_7, 1), d.domain, d.bounced_7, d.sent_7,
      case
        when d.sent_before > 0 then round(100 * d.bounced_before::numeric / d.sent_before, 1) || ' % in the three weeks before'
        else 'nothing was sent before'
      end
    )
  from domain as d
  where d.sent_7 >= private.minimum_sample()
    and (
      d.bounced_7 > 0.05 * d.sent_7
      -- Twice as many as before, where that is more than the 3 % that are usual.
      or (d.sent_before >= private.minimum_sample() and d.bounced_7 > 0.03 * d.sent_7 and d.bounced_7 * d.sent_before > 2 * d.bounced_before * d.sent_7)
    )
  union all
  select
    d.connection_id, d.client_id, 'domain_blacklisted', 'domain:' || d.domain,
    format(
      'The domain %s is on %s: %s (seen %s UTC). Pause the campaigns that use it, look for the cause (bounces, complaints, bought lists), then ask for removal%s. Its results are in Operations → Email accounts.',
      d.domain,
      case when l.blacklists = 1 then 'a blacklist' else l.blacklists || ' blacklists' end,
      l.names, to_char(l.seen_at at time zone 'UTC', 'YYYY-MM-DD HH24:MI'), coalesce(' at ' || l.removal, ' where each list says how')
    )
  from domain as d
  join lateral (
    select
      count(distinct o.blacklist) as blacklists,
      string_agg(distinct o.blacklist, ', ' order by o.blacklist) as names,
      string_agg(distinct o.removal_url, ', ' order by o.removal_url) as removal,
      max(o.seen_at) as seen_at
    from public.domain_listings as o
    where o.domain = d.domain and o.seen_at > now() - private.placement_validity()
  ) as l on l.blacklists > 0
  union all
  select
    d.connection_id, d.client_id, 'placement_spam', 'domain:' || d.domain,
    format(
      '%s %% of the test mails from %s landed in spam (%s of %s, last tested on %s). Lower its daily limits, keep the warm-up on, repair its records, and change the text of its campaigns before you send more. Its results are in Operations → Email accounts.',
      round(100 * p.spam::numeric / p.tested, 1), d.domain, p.spam, p.tested, p.tested_on
    )
  from domain as d
  join private.last_placements() as p on p.domain = d.domain
  where p.tested >= 20 and p.spam > 0.2 * p.tested
$$;

comment on function private.list_domain_incidents() is
  'Sending domains with a problem now: SPF or DMARC missing or broken, a DMARC record that broke, bounces above 5 % or twice as many as before (where it sent in seven days); on a blacklist, or more than a fifth of its test mails in spam (by results of 30 days).';

grant execute on function private.list_domain_incidents() to service_role;

create function private.watch_sending_domains()
returns void
language plpgsql
set search_path = ''
as $$
begin
  update public.incidents as i
  set closed_at = now()
  where i.closed_at is null
    and i.kind in ('domain_unprotected', 'dmarc_broken', 'domain_bouncing', 'domain_blacklisted', 'placement_spam')
    and not exists (
      select
      from private.list_domain_incidents() as t
      where t.connection_id is not distinct from i.connection_id and t.kind = i.kind and t.subject = i.subject
    );

  insert into public.incidents as i (connection_id, client_id, kind, subject, details)
  select t.connection_id, t.client_id, t.kind, t.subject, t.details
  from private.list_domain_incidents() as t
  on conflict (connection_id, kind, subject) where closed_at is null
  do update set details = excluded.details
  where i.details is distinct from excluded.details;
end
$$;

comment on function private.watch_sending_domains() is 'Opens incidents for problems of sending domains and closes those that are over.';

grant execute on function private.watch_sending_domains() to service_role;

-- Ends a reading. What the key or the plan does not allow is asked for again in a day, what failed with the next sync.
create function worker.finish_placement_reading(target_connection_id uuid, new_state text, new_error text, tests_found integer)
returns void
language plpgsql
set search_path = ''
as $$
begin
  update public.placement_readings as r
  set
    state = new_state,
    error = left(new_error, 500),
    tests = tests_found,
    read_at = case when new_state in ('read', 'no_tests') then r.attempted_at else r.read_at end,
    next_read_at = case when new_state = 'failed' then now() else r.attempted_at + interval '23 hours' end
  where r.connection_id = target_connection_id;

  perform private.watch_sending_domains();
end
$$;

comment on function worker.finish_placement_reading(uuid, text, text, integer) is
  'Ends a reading of placement tests with its state, and opens and closes the incidents of domains. Service role only.';

grant execute on function worker.finish_placement_reading(uuid, text, text, integer) to service_role;

-- Writes the results of a look. A kind without an answer keeps its last result and that result's age; the domain is due again in
-- an hour, else in a day, spread over two hours so that domains added together do not stay together.
create function worker.record_sending_domains(results jsonb)
returns integer
language plpgsql
set search_path = ''
as $$
declare
  written integer;
begin
  with given as (
    select r.domain, r.error
    from jsonb_to_recordset(results) as r (domain text, error text)
  )
  update public.sending_domains as d
  set
    attempted_at = now(),
    checked_at = case when g.error is null then now() else d.checked_at end,
    check_error = left(g.error, 500),
    next_check_at = now() + case when g.error is null then interval '23 hours' + random() * interval '2 hours' else interval '1 hour' end
  from given as g
  where g.domain = d.domain;

  with given as (
    select distinct on (r.domain, c.kind) r.domain, c.kind, c.verdict, c.finding, c.sentence, c.advice, c.records
    from jsonb_to_recordset(results) as r (domain text, checks jsonb)
    join public.sending_domains as d on d.domain = r.domain
    cross join lateral jsonb_to_recordset(r.checks) as c (
      kind text, verdict text, finding text, sentence text, advice text, records text[]
    )
  ),
  changed as (
    insert into public.sending_domain_changes (
      domain, kind, verdict_before, verdict, finding_before, finding, records_before, records
    )
    select g.domain, g.kind, o.verdict, g.verdict, o.finding, g.finding, o.records, g.records
    from given as g
    join public.sending_domain_checks as o on o.domain = g.domain and o.kind = g.kind
    where (o.verdict, o.finding, o.records) is distinct from (g.verdict, g.finding, g.records)
  ),
  saved as (
    insert into public.sending_domain_checks as c (domain, kind, verdict, finding, sentence, advice, records)
    select g.domain, g.kind, g.verdict, g.finding, g.sentence, g.advice, g.records
    from given as g
    order by g.domain, g.kind
    on conflict (domain, kind) do update set
      verdict = excluded.verdict,
      finding = excluded.finding,
      sentence = excluded.sentence,
      advice = excluded.advice,
      records = excluded.records,
      checked_at = now(),
      since = case when c.finding = excluded.finding then c.since else now() end
    returning c.domain
  )
  select count(*) into written from saved;

  perform private.watch_sending_domains();
  return written;
end
$$;

comment on function worker.record_sending_domains(jsonb) is
  'Writes looks at domains ([{ domain, error, checks: [{ kind, verdict, finding, sentence, advice, records }] }]), what changed, and their incidents; returns the number of checks. Service role only.';

grant execute on function worker.record_sending_domains(jsonb) to service_role;

-- Every ten minutes: keeps the incidents true, and wakes the function while domains are due.
create function private.wake_domain_checks()
returns bigint
language plpgsql
set search_path = ''
as $$
begin
  perform private.watch_sending_domains();

  if not exists (select from private.list_due_domains()) then
    return null;
  end if;

  return private.invoke_function('sync-client', '{"check_domains": true}');
end
$$;

comment on function private.wake_domain_checks() is
  'Opens and closes incidents of sending domains, and calls sync-client if domains are due for a look; returns the request or null.';
