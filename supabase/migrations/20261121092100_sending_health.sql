-- Generated from supabase/schemas/21_sending_health by "npm run migrations".

-- The domains of the mailboxes and what DNS says of them: a look every day, the last result of each kind of record, and what changed.

create table public.sending_domains (
  domain text primary key check (domain = lower(domain)),
  -- The last look that answered for every kind, and the last one at all.
  checked_at timestamptz,
  attempted_at timestamptz,
  check_error text,
  next_check_at timestamptz not null default now(),
  -- The provider's own looks: at blacklists in placement tests, and at the records.
  blacklists_checked_at timestamptz,
  provider_records jsonb check (jsonb_typeof(provider_records) = 'object'),
  provider_records_at timestamptz,
  created_at timestamptz not null default now()
);

comment on table public.sending_domains is
  'Domains of the mailboxes of all connections, with the last look at their DNS records. checked_at = the last complete one, check_error = why the last one was not. Operators only.';

comment on column public.sending_domains.blacklists_checked_at is
  'When the provider last looked the domain up on blacklists, which it does in placement tests; null = never.';
comment on column public.sending_domains.provider_records is
  'The result of the provider''s own test of the records at provider_records_at: { spf, dkim, dmarc, mx } as true, false or null (not known).';

create index sending_domains_next_check_at_idx on public.sending_domains (next_check_at);

create table public.sending_domain_checks (
  domain text not null references public.sending_domains (domain) on delete cascade,
  kind text not null check (kind in ('spf', 'dkim', 'dmarc', 'mx')),
  verdict text not null check (verdict in ('good', 'warning', 'bad', 'unknown')),
  finding text not null check (finding ~ '^[a-z_]+$'),
  sentence text not null,
  advice text,
  records text[] not null default '{}',
  checked_at timestamptz not null default now(),
  since timestamptz not null default now(),
  primary key (domain, kind)
);

comment on table public.sending_domain_checks is
  'Per domain and kind of record (spf, dkim, dmarc, mx) the verdict of the last look that was answered: good, warning, bad, or unknown (DKIM under none of the usual selectors), with a sentence, what to do and the records. since = from when on this finding holds. Operators only.';

create table public.sending_domain_changes (
  id bigint generated always as identity primary key,
  domain text not null references public.sending_domains (domain) on delete cascade,
  kind text not null,
  changed_at timestamptz not null default now(),
  verdict_before text not null,
  verdict text not null,
  finding_before text not null,
  finding text not null,
  records_before text[] not null,
  records text[] not null
);

comment on table public.sending_domain_changes is
  'What changed in the DNS records of a domain between two looks: verdict, finding and records before and after. Operators only.';

create index sending_domain_changes_domain_idx on public.sending_domain_changes (domain, changed_at desc);

alter table public.sending_domains enable row level security;
alter table public.sending_domain_checks enable row level security;
alter table public.sending_domain_changes enable row level security;

grant select on public.sending_domains, public.sending_domain_checks, public.sending_domain_changes to authenticated;
grant select, insert, update, delete
on public.sending_domains, public.sending_domain_checks, public.sending_domain_changes to service_role;

create policy "Operators see the sending domains"
on public.sending_domains for select to authenticated
using ((select private.is_operator()));

create policy "Operators see the checks of the sending domains"
on public.sending_domain_checks for select to authenticated
using ((select private.is_operator()));

create policy "Operators see what changed of the sending domains"
on public.sending_domain_changes for select to authenticated
using ((select private.is_operator()));

-- Which domains are due, and what a look found.

-- The mailboxes whose domains are checked: those of connections that were not removed.
create function private.list_sending_mailboxes()
returns table (domain text, account_id uuid, connection_id uuid, client_id uuid, provider_kind text, status public.email_account_status)
language sql
stable
set search_path = ''
as $$
  select split_part(a.email, '@', 2), a.id, a.connection_id, a.client_id, a.provider_kind, a.status
  from public.email_accounts as a
  join public.provider_connections as c on c.id = a.connection_id
  where c.removed_at is null
$$;

comment on function private.list_sending_mailboxes() is 'Mailboxes of connections that were not removed, with the domain of each.';

grant execute on function private.list_sending_mailboxes() to authenticated, service_role;

-- Brings the list of domains in line with the mailboxes: a new one is due at once, one without mailboxes goes with its history.
create function private.list_due_domains()
returns setof public.sending_domains
language plpgsql
volatile
set search_path = ''
as $$
begin
  insert into public.sending_domains (domain)
  select distinct m.domain from private.list_sending_mailboxes() as m
  on conflict (domain) do nothing;

  delete from public.sending_domains as d
  where not exists (select from private.list_sending_mailboxes() as m where m.domain = d.domain);

  return query select d.* from public.sending_domains as d where d.next_check_at <= now();
end
$$;

comment on function private.list_due_domains() is 'Adds the domains of new mailboxes, removes those without any, and returns the ones whose next look is due.';

grant execute on function private.list_due_domains() to service_role;

-- Claims domains for a look. A run that dies leaves its domains due again after ten minutes.
create function worker.take_sending_domains(batch_size integer)
returns jsonb
language plpgsql
set search_path = ''
as $$
declare
  taken jsonb;
begin
  perform private.list_due_domains();

  with due as (
    select d.domain
    from public.sending_domains as d
    where d.next_check_at <= now()
    order by d.next_check_at, d.domain
    limit batch_size
    for update skip locked
  ),
  claimed as (
    update public.sending_domains as d
    set next_check_at = now() + interval '10 minutes'
    from due
    where d.domain = due.domain
    returning d.domain
  )
  select coalesce(jsonb_agg(jsonb_build_object('domain', c.domain, 'provider_kinds', k.kinds) order by c.domain), '[]')
  into taken
  from claimed as c
  cross join lateral (
    select coalesce(jsonb_agg(distinct m.provider_kind) filter (where m.provider_kind is not null), '[]') as kinds
    from private.list_sending_mailboxes() as m
    where m.domain = c.domain
  ) as k;

  return taken;
end
$$;

comment on function worker.take_sending_domains(integer) is
  'Claims domains whose DNS records are due for a look, for ten minutes: [{ domain, provider_kinds }]. Service role only.';

grant execute on function worker.take_sending_domains(integer) to service_role;

-- What a provider's own tests say of mailboxes and their domains: where test mails land, which blacklists have the domain, and its
-- records as the provider sees them. A part of each sync that runs once a day.

create table public.placement_readings (
  connection_id uuid primary key references public.provider_connections (id) on delete cascade,
  state text not null check (state in ('reading', 'read', 'no_tests', 'missing_scope', 'not_in_plan', 'not_offered', 'failed')),
  error text,
  tests integer not null default 0,
  -- Tells a new key, whose permissions may be others.
  api_key_last4 text,
  attempted_at timestamptz not null default now(),
  read_at timestamptz,
  next_read_at timestamptz not null default now()
);

comment on table public.placement_readings is
  'Per connection how the last reading of placement tests went: read, no_tests, missing_scope (the key may not), not_in_plan, not_offered (the API has none), failed with error, reading. read_at = the last complete one, tests = how many it found. Operators only.';

create table public.placement_results (
  account_id uuid not null references public.email_accounts (id) on delete cascade,
  day date not null,
  inbox integer not null check (inbox >= 0),
  promotions integer not null check (promotions >= 0),
  spam integer not null check (spam >= 0),
  primary key (account_id, day)
);

create index placement_results_day_idx on public.placement_results (day);

comment on table public.placement_results is
  'Test mails of a mailbox per UTC day on which the provider tested it, by where they landed: in the inbox, under promotions or another category, or in spam. Operators only.';

create table public.domain_listings (
  domain text not null references public.sending_domains (domain) on delete cascade,
  -- The domain or an IP address of it.
  address text not null,
  blacklist text not null,
  removal_url text,
  listed_at timestamptz not null,
  seen_at timestamptz not null,
  primary key (domain, address, blacklist)
);

comment on table public.domain_listings is
  'Blacklists that have a sending domain or its IP address (address), as of the provider''s last look (seen_at); listed_at = the first look that found it, removal_url = where to ask for removal. Operators only.';

alter table public.placement_readings enable row level security;
alter table public.placement_results enable row level security;
alter table public.domain_listings enable row level security;

grant select on public.placement_readings, public.placement_results, public.domain_listings to authenticated;
grant select, insert, update, delete on public.placement_readings, public.placement_results, public.domain_listings to service_role;

create policy "Operators see how placement tests were read"
on public.placement_readings for select to authenticated
using ((select private.is_operator()));

create policy "Operators see where test mails landed"
on public.placement_results for select to authenticated
using ((select private.is_operator()));

create policy "Operators see which domains are on blacklists"
on public.domain_listings for select to authenticated
using ((select private.is_operator()));

-- How long a result of a placement test says something about today.
create function private.placement_validity()
returns interval
language sql
immutable
set search_path = ''
as $$ select interval '30 days' $$;

comment on function private.placement_validity() is 'How long results of placement tests and looks at blacklists count: 30 days.';

grant execute on function private.placement_validity() to authenticated, service_role;

-- Begins a reading where it is due: once a day, at once with a new key, and in a full sync if the last attempt is an hour ago.
-- The first one looks back 30 days; later ones begin at the day before the last, whose results may have come late.
create function worker.start_placement_reading(target_connection_id uuid, is_full boolean)
returns jsonb
language plpgsql
set search_path = ''
as $$
declare
  last public.placement_readings;
  key_last4 text;
begin
  select c.api_key_last4 into key_last4 from public.provider_connections as c where c.id = target_connection_id;
  select r.* into last from public.placement_readings as r where r.connection_id = target_connection_id;

  if last.connection_id is not null and last.next_read_at > now() and last.api_key_last4 is not distinct from key_last4
    and not (is_full and last.attempted_at < now() - interval '1 hour') then
    return null;
  end if;

  insert into public.placement_readings as r (connection_id, state, api_key_last4, next_read_at)
  values (target_connection_id, 'reading', key_last4, now() + interval '1 hour')
  on conflict (connection_id) do update set
    state = 'reading', api_key_last4 = excluded.api_key_last4, attempted_at = now(), next_read_at = excluded.next_read_at;

  return jsonb_build_object(
    'since', to_char(
      coalesce(last.read_at - interval '1 day', now() - private.placement_validity()) at time zone 'UTC', 'YYYY-MM-DD'
    ),
    -- One mailbox tells the records of its domain.
    'emails', (
      select coalesce(jsonb_agg(m.email order by m.email), '[]')
      from (
        select min(a.email) as email
        from public.email_accounts as a
        where a.connection_id = target_connection_id
        group by split_part(a.email, '@', 2)
      ) as m
    )
  );
end
$$;

comment on function worker.start_placement_reading(uuid, boolean) is
  'Begins a reading of placement tests if it is due (once a day; with a new key or in a full sync sooner): { since, emails: one per domain }, else null. Service role only.';

grant execute on function worker.start_placement_reading(uuid, boolean) to service_role;

-- [{ "domain", "spf", "dkim", "dmarc", "mx" }]; only domains of the connection's mailboxes are written.
create function worker.record_domain_vitals(target_connection_id uuid, vitals jsonb)
returns integer
language plpgsql
set search_path = ''
as $$
declare
  written integer;
begin
  perform private.list_due_domains();

  update public.sending_domains as d
  set
    provider_records = jsonb_build_object('spf', v.spf, 'dkim', v.dkim, 'dmarc', v.dmarc, 'mx', v.mx),
    provider_records_at = now()
  from (
    select distinct on (lower(n.domain)) lower(n.domain) as domain, n.spf, n.dkim, n.dmarc, n.mx
    from jsonb_to_recordset(vitals) as n (domain text, spf boolean, dkim boolean, dmarc boolean, mx boolean)
  ) as v
  where d.domain = v.domain
    and exists (select from private.list_sending_mailboxes() as m where m.domain = d.domain and m.connection_id = target_connection_id);

  get diagnostics written = row_count;
  return written;
end
$$;

comment on function worker.record_domain_vitals(uuid, jsonb) is
  'Writes the provider''s own test of the records of domains; returns how many it wrote. Service role only.';

grant execute on function worker.record_domain_vitals(uuid, jsonb) to service_role;

-- [{ "domain", "at", "listings": [{ "address", "blacklist", "removal_url" }] }]. A look that is older than the last one is passed over;
-- what a newer one does not find any more is gone.
create function worker.record_domain_listings(target_connection_id uuid, reports jsonb)
returns integer
language plpgsql
set search_path = ''
as $$
declare
  written integer;
begin
  perform private.list_due_domains();

  with looked as materialized (
    select distinct on (d.domain) d.domain, r.at, r.listings
    from (
      select lower(n.domain) as domain, private.believed_time(n.at, now()) as at, n.listings
      from jsonb_to_recordset(reports) as n (domain text, at timestamptz, listings jsonb)
    ) as r
    join public.sending_domains as d on d.domain = r.domain
    where r.at > coalesce(d.blacklists_checked_at, '-infinity')
      and exists (select from private.list_sending_mailboxes() as m where m.domain = d.domain and m.connection_id = target_connection_id)
    order by d.domain, r.at desc
  ),
  found as materialized (
    select distinct on (l.domain, n.address, n.blacklist) l.domain, l.at, n.address, n.blacklist, n.removal_url
    from looked as l
    cross join lateral jsonb_to_recordset(l.listings) as n (address text, blacklist text, removal_url text)
    order by l.domain, n.address, n.blacklist
  ),
  marked as (
    update public.sending_domains as d
    set blacklists_checked_at = l.at
    from looked as l
    where l.domain = d.domain
  ),
  removed as (
    delete from public.domain_listings as o
    using looked as l
    where o.domain = l.domain
      and not exists (
        select from found as f where f.domain = o.domain and f.address = o.address and f.blacklist = o.blacklist
      )
  ),
  saved as (
    insert into public.domain_listings as o (domain, address, blacklist, removal_url, listed_at, seen_at)
    select f.domain, f.address, f.blacklist, f.removal_url, f.at, f.at
    from found as f
    on conflict (domain, address, blacklist) do update set removal_url = excluded.removal_url, seen_at = excluded.seen_at
  )
  select count(*) into written from looked;

  return written;
end
$$;

comment on function worker.record_domain_listings(uuid, jsonb) is
  'Writes which blacklists have domains of a connection, by the newest look; returns how many domains had a newer one. Service role only.';

grant execute on function worker.record_domain_listings(uuid, jsonb) to service_role;

-- Results of all tests since a day, [{ "email", "day", "inbox", "promotions", "spam" }]: those of a day take the place of what was known of it.
create function worker.record_placement_results(target_connection_id uuid, since date, results jsonb)
returns integer
language plpgsql
set search_path = ''
as $$
declare
  written integer;
begin
  insert into public.placement_results (account_id, day, inbox, promotions, spam)
  select a.id, n.day, sum(n.inbox), sum(n.promotions), sum(n.spam)
  from jsonb_to_recordset(results) as n (email text, day date, inbox integer, promotions integer, spam integer)
  join public.email_accounts as a on a.connection_id = target_connection_id and a.email = private.normalize_email(n.email)
  where n.day >= since and private.believed_time(n.day::timestamp at time zone 'UTC', now()) is not null
  group by a.id, n.day
  order by a.id, n.day
  on conflict (account_id, day) do update set
    inbox = excluded.inbox, promotions = excluded.promotions, spam = excluded.spam;

  get diagnostics written = row_count;
  return written;
end
$$;

comment on function worker.record_placement_results(uuid, date, jsonb) is
  'Writes where test mails landed, per mailbox and day since a day; returns the number of rows. Service role only.';

grant execute on function worker.record_placement_results(uuid, date, jsonb) to service_role;

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

-- One row per domain for the operators' page: its records, its last 30 days, and how much of its limits is used. Mailboxes and days
-- are read once for all domains.

create view public.operator_sending_domains
with (security_invoker = true)
as
with mailbox as materialized (
  select
    m.domain, a.id, a.client_id, a.connection_id, a.status, a.daily_limit, a.warmup_score,
    private.rate(a.warmup_landed_spam, a.warmup_sent) as warmup_spam_rate
  from private.list_sending_mailboxes() as m
  join public.email_accounts as a on a.id = m.account_id
),
box as (
  select
    a.domain,
    count(*) as mailboxes,
    count(*) filter (where a.status = 'active') as active_mailboxes,
    array_agg(distinct a.client_id) filter (where a.client_id is not null) as client_ids,
    array_agg(distinct a.connection_id) as connection_ids,
    array_agg(distinct c.name) filter (where c.name is not null) as client_names,
    -- What the limits allow is the sum of those that can send.
    sum(a.daily_limit) filter (where a.status = 'active')::bigint as daily_limit,
    round(avg(a.warmup_score), 1) as warmup_score,
    round(avg(a.warmup_spam_rate), 4) as warmup_spam_rate
  from mailbox as a
  left join public.clients as c on c.id = a.client_id
  group by a.domain
),
acted as (
  select
    a.domain, y.day, sum(y.sent) as sent, sum(y.bounced) as bounced,
    sum(case when y.sent_reported + y.replied > 0 then y.replied else y.replies_observed end) as replied
  from mailbox as a
  join public.email_account_days as y on y.account_id = a.id and y.day > (now() at time zone 'UTC')::date - 30
  group by a.domain, y.day
),
month as (
  select
    b.domain,
    coalesce(sum(t.sent) filter (where g.back = 0), 0)::bigint as sent_today,
    coalesce(sum(t.sent), 0)::bigint as sent,
    coalesce(sum(t.bounced), 0)::bigint as bounced,
    coalesce(sum(t.replied), 0)::bigint as replied,
    array_agg(coalesce(t.sent, 0)::integer order by g.back desc) as sent_series,
    array_agg(coalesce(t.bounced, 0)::integer order by g.back desc) as bounced_series,
    array_agg(coalesce(t.replied, 0)::integer order by g.back desc) as replied_series
  from box as b
  cross join generate_series(0, 29) as g (back)
  left join acted as t on t.domain = b.domain and t.day = (now() at time zone 'UTC')::date - g.back
  group by b.domain
),
judged as (
  select
    c.domain,
    jsonb_object_agg(
      c.kind,
      jsonb_build_object(
        'verdict', c.verdict, 'finding', c.finding, 'sentence', c.sentence, 'advice', c.advice, 'records', c.records,
        'checked_at', c.checked_at, 'since', c.since
      )
    ) as checks,
    array_agg(c.verdict) as verdicts
  from public.sending_domain_checks as c
  group by c.domain
),
listed as (
  select
    o.domain,
    jsonb_agg(
      jsonb_build_object(
        'address', o.address, 'blacklist', o.blacklist, 'removal_url', o.removal_url, 'listed_at', o.listed_at, 'seen_at', o.seen_at
      )
      order by o.blacklist, o.address
    ) as blacklists,
    max(o.seen_at) > now() - private.placement_validity() as is_listed
  from public.domain_listings as o
  group by o.domain
)
select
  d.domain,
  b.mailboxes,
  b.active_mailboxes,
  b.client_ids,
  b.connection_ids,
  b.client_names,
  case
    when j.verdicts @> '{bad}' or o.is_listed then 'bad'
    when j.verdicts @> '{warning}' then 'warning'
    when j.verdicts is null then 'unknown'
    else 'good'
  end as verdict,
  j.checks,
  d.checked_at,
  d.attempted_at,
  d.check_error,
  n.sent_today,
  b.daily_limit,
  b.warmup_score,
  b.warmup_spam_rate,
  n.sent,
  n.bounced,
  n.replied,
  private.rate(n.bounced, n.sent) as bounce_rate,
  private.rate(n.replied, n.sent) as reply_rate,
  n.sent >= private.minimum_sample() as enough_signal,
  n.sent_series,
  n.bounced_series,
  n.replied_series,
  coalesce(o.blacklists, '[]') as blacklists,
  d.blacklists_checked_at,
  p.tested as placement_tested,
  p.tested_on as placement_tested_on,
  private.rate(p.inbox, p.tested) as inbox_rate,
  private.rate(p.promotions, p.tested) as promotions_rate,
  private.rate(p.spam, p.tested) as spam_rate,
  d.provider_records,
  d.provider_records_at
from public.sending_domains as d
join box as b on b.domain = d.domain
join month as n on n.domain = d.domain
left join judged as j on j.domain = d.domain
left join listed as o on o.domain = d.domain
left join private.last_placements() as p on p.domain = d.domain
where (select private.may_operate());

comment on view public.operator_sending_domains is
  'Sending domains with verdict (the worst of its records and blacklists: bad, warning, good, unknown = not checked yet), checks (per kind: verdict, finding, sentence, advice, records, checked_at, since), mailboxes, sent_today of daily_limit (of the active ones), the last 30 UTC days as sums and series, blacklists as the provider last saw them, and where the mails of its last placement test landed (shares of placement_tested). Operators only.';

grant select on public.operator_sending_domains to authenticated, service_role;

-- The last placement test per mailbox, of the last 30 days.
create view public.operator_placements
with (security_invoker = true)
as
select
  a.id as account_id, a.email, split_part(a.email, '@', 2) as domain, a.connection_id,
  sum(r.inbox)::bigint as inbox,
  sum(r.promotions)::bigint as promotions,
  sum(r.spam)::bigint as spam,
  max(r.day) as tested_on
from public.email_accounts as a
join lateral (
  select max(n.day) as last_day
  from public.placement_results as n
  where n.account_id = a.id and n.day > ((now() - private.placement_validity()) at time zone 'UTC')::date
) as l on l.last_day is not null
join public.placement_results as r on r.account_id = a.id and r.day between l.last_day - 1 and l.last_day
where (select private.may_operate())
group by a.id;

comment on view public.operator_placements is
  'Per mailbox where the mails of its last placement test landed (inbox, promotions, spam), tested_on a UTC day of the last 30. Operators only.';

grant select on public.operator_placements to authenticated, service_role;

-- Whether placement tests can be read, per connection. Smartlead's API has none.
create view public.operator_placement_readings
with (security_invoker = true)
as
select
  c.id as connection_id, c.name as connection_name, c.provider,
  case when c.provider = 'smartlead' then 'not_offered' else coalesce(r.state, 'waiting') end as state,
  r.error, coalesce(r.tests, 0) as tests, r.attempted_at, r.read_at
from public.provider_connections as c
left join public.placement_readings as r on r.connection_id = c.id
where c.removed_at is null and (select private.may_operate());

comment on view public.operator_placement_readings is
  'Per connection whether its placement tests are read: read, no_tests, missing_scope, not_in_plan, not_offered (Smartlead always), failed with error, reading, waiting (not asked yet). Operators only.';

grant select on public.operator_placement_readings to authenticated, service_role;
