-- What people suppress themselves: an address for every client, or a whole domain for one client or for all.

-- Single addresses of one client are in suppressions, those that an operator entered too.
create table public.suppression_rules (
  id uuid primary key default gen_random_uuid(),
  client_id uuid references public.clients (id) on delete cascade,
  entry text not null check (
    case when strpos(entry, '@') > 0 then (entry = private.normalize_email(entry)) is true
    else ('x@' || entry = private.normalize_email('x@' || entry)) is true end
  ),
  is_domain boolean not null generated always as (strpos(entry, '@') = 0) stored,
  reason public.suppression_reason not null default 'do_not_contact',
  note text,
  created_at timestamptz not null default now(),
  constraint suppression_rules_once unique nulls not distinct (client_id, entry),
  constraint suppression_rules_of_a_client_are_domains check (client_id is null or strpos(entry, '@') = 0)
);

comment on table public.suppression_rules is
  'Domains that are not emailed for a client (client_id null = for no client), and addresses that are not emailed for any client. A domain includes those below it. Change them with add_suppressions and remove_suppression.';
comment on column public.suppression_rules.entry is 'An address in its stored form, or a domain in its ASCII form, without @.';

create index suppression_rules_entry_idx on public.suppression_rules (entry);

alter table public.suppression_rules enable row level security;

grant select on public.suppression_rules to authenticated;
grant select, insert, update, delete on public.suppression_rules to service_role;

create policy "Clients see their rules, operators see all"
on public.suppression_rules for select to authenticated
using (client_id = any (array(select private.visible_client_ids())) or (select private.is_operator()));

-- A suppression that an operator removed: what was known by then does not bring it back, what happens later does.
create table private.suppression_removals (
  client_id uuid not null references public.clients (id) on delete cascade,
  email text not null,
  removed_at timestamptz not null default now(),
  primary key (client_id, email)
);

comment on table private.suppression_removals is
  'Until when what is known of a person was judged by an operator: older unsubscribes and bounces, which each sync reads again, suppress no more.';

alter table private.suppression_removals enable row level security;

grant select, insert, update, delete on private.suppression_removals to service_role;

create policy "Only the functions read removals"
on private.suppression_removals for all to service_role using (true) with check (true);

-- Projector and sync write suppressions from facts that they read again and again.
create function private.keep_suppression_removed()
returns trigger
language plpgsql
set search_path = ''
as $$
begin
  if exists (
    select
    from private.suppression_removals as r
    where r.client_id = new.client_id and r.email = new.email and r.removed_at >= new.suppressed_at
  ) then
    return null;
  end if;

  return new;
end
$$;

comment on function private.keep_suppression_removed() is
  'Trigger: leaves out a suppression whose cause is older than its removal by an operator.';

create trigger keep_removed before insert on public.suppressions
for each row execute function private.keep_suppression_removed();

-- Under which entries of the rules an address is found: itself, its domain, and the domains above that.
create function private.suppression_entries(email text)
returns text[]
language sql
immutable strict
set search_path = ''
as $$
  select array[email] || array(
    select array_to_string(d.labels[n:], '.')
    from (select string_to_array(split_part(email, '@', 2), '.') as labels) as d,
      generate_series(1, cardinality(d.labels) - 1) as n
  )
$$;

comment on function private.suppression_entries(text) is
  'An address, its domain and the domains above it: {mia@mail.shop.example, mail.shop.example, shop.example}.';

grant execute on function private.suppression_entries(text) to authenticated, service_role;

-- Why one address is not emailed for a client. Definer, because a client may know it of its own leads, and must not read
-- the agency's list.
create function private.suppression_of(of_client_id uuid, of_email text)
returns table (reason public.suppression_reason, suppressed_at timestamptz, note text, entry text, is_agency_wide boolean)
language plpgsql
stable
security definer
rows 1
set search_path = ''
as $$
begin
  if not (select private.may_operate()) and not of_client_id = any (array(select private.visible_client_ids())) then
    return;
  end if;

  return query
  select s.reason, s.suppressed_at, s.note, s.email, false
  from public.suppressions as s
  where s.client_id = of_client_id and s.email = of_email;

  if found then
    return;
  end if;

  return query
  select r.reason, r.created_at, r.note, r.entry, r.client_id is null
  from public.suppression_rules as r
  where r.entry = any (private.suppression_entries(of_email)) and (r.client_id = of_client_id or r.client_id is null)
  order by r.client_id nulls last, length(r.entry) desc
  limit 1;
end
$$;

comment on function private.suppression_of(uuid, text) is
  'Why and since when an address is not emailed for a client: its own suppression, else the rule that covers it; no row = it is.';

grant execute on function private.suppression_of(uuid, text) to authenticated, service_role;

-- Definer for the same reason: a filter by suppression covers what the agency's rules cover.
create function private.suppressed_entries(of_client_id uuid)
returns setof text
language plpgsql
stable
security definer
set search_path = ''
as $$
begin
  if not (select private.may_operate()) and not of_client_id = any (array(select private.visible_client_ids())) then
    return;
  end if;

  return query
  select s.email from public.suppressions as s where s.client_id = of_client_id
  union all
  select r.entry from public.suppression_rules as r where r.client_id = of_client_id or r.client_id is null;
end
$$;

comment on function private.suppressed_entries(uuid) is
  'Every address and domain that is not emailed for a client.';

grant execute on function private.suppressed_entries(uuid) to authenticated, service_role;

-- Who of these addresses a campaign must not email: the one place that says it, for imports and exports alike. Domains are
-- looked up once each: among 100,000 addresses there are far fewer.
create function private.suppressed_among(target_campaign_id uuid, addresses text[])
returns table (email text, reason public.suppression_reason)
language plpgsql
stable
rows 10
set search_path = ''
as $$
declare
  campaign public.campaigns;
begin
  select k.* into campaign from public.campaigns as k where k.id = target_campaign_id;

  return query
  select distinct on (s.email) s.email, s.reason
  from (
    select p.email, p.reason, 1 as place
    from public.suppressions as p
    where p.client_id = campaign.client_id and p.email = any (addresses)
    union all
    select g.email, 'erased'::public.suppression_reason, 0
    from private.erased_among(campaign.client_id, addresses) as g (email)
    union all
    select w.email, w.reason, 2
    from private.workspace_suppressions as w
    where w.connection_id = campaign.connection_id and w.email = any (addresses)
    union all
    select r.entry, r.reason, 3
    from public.suppression_rules as r
    where r.client_id is null and r.entry = any (addresses)
    union all
    select a.email, d.reason, 4
    from (
      select g.domain, r.reason
      from (select distinct split_part(u.email, '@', 2) as domain from unnest(addresses) as u (email)) as g
      cross join lateral unnest(private.suppression_entries('x@' || g.domain)) as e (entry)
      join public.suppression_rules as r
        on r.entry = e.entry and r.is_domain and (r.client_id is null or r.client_id = campaign.client_id)
    ) as d
    join unnest(addresses) as a (email) on split_part(a.email, '@', 2) = d.domain
  ) as s
  order by s.email, s.place;
end
$$;

comment on function private.suppressed_among(uuid, text[]) is
  'The addresses, of those given, that a campaign must not email, with the reason: people who were erased, suppressions of the client, of the campaign''s workspace and of the agency, and suppressed domains.';

grant execute on function private.suppressed_among(uuid, text[]) to service_role;
