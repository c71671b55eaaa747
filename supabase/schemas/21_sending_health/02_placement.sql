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
