-- What a client's campaigns cost, entered by operators; the client reads it only where clients.may_see_costs says so.

create type public.cost_kind as enum ('scraping', 'enrichment', 'verification', 'sending', 'other');

create table public.cost_entries (
  id uuid primary key default gen_random_uuid(),
  client_id uuid not null references public.clients (id) on delete cascade,
  campaign_id uuid references public.campaigns (id) on delete set null,
  kind public.cost_kind not null,
  amount numeric(14, 2) not null check (amount > 0),
  currency text not null check (currency ~ '^[A-Z]{3}$'),
  spent_on date not null,
  note text,
  created_by uuid,
  created_at timestamptz not null default now()
);

comment on table public.cost_entries is
  'Money spent for a client, on one campaign or on none in particular. Amounts of different currencies are never added. Read by operators, and by the client where clients.may_see_costs is true.';
comment on column public.cost_entries.created_by is 'The operator who entered it; null = a script.';

create index cost_entries_client_id_idx on public.cost_entries (client_id, spent_on);
create index cost_entries_campaign_id_idx on public.cost_entries (campaign_id);

alter table public.cost_entries enable row level security;

grant select on public.cost_entries to authenticated;
grant select, insert, update, delete on public.cost_entries to service_role;

-- The inner query reads clients under its own policy: everybody for an operator, one client for its people.
create policy "Operators see every cost, clients theirs where they may"
on public.cost_entries for select to authenticated
using (
  client_id = any (array(select c.id from public.clients as c where c.may_see_costs or (select private.is_operator())))
);

create function private.add_cost(
  target_client_id uuid, target_campaign_id uuid, cost_kind public.cost_kind, cost_amount numeric, cost_currency text,
  cost_spent_on date, cost_note text
)
returns uuid
language plpgsql
security definer
set search_path = ''
as $$
declare
  cost_id uuid;
  valid_currency text;
  zone text;
begin
  perform private.require_operator();

  select coalesce(cost_currency, c.currency), c.time_zone into valid_currency, zone from public.clients as c where c.id = target_client_id;

  if not found then
    raise exception using errcode = 'PT404', message = 'NOT_FOUND',
      detail = format('There is no client %L; check the id', target_client_id);
  end if;

  if target_campaign_id is not null and not exists (
    select from public.campaigns as k where k.id = target_campaign_id and k.client_id = target_client_id
  ) then
    raise exception using errcode = 'PT404', message = 'NOT_FOUND',
      detail = format('Client %L has no campaign %L; check the ids', target_client_id, target_campaign_id);
  end if;

  if cost_kind is null or coalesce(round(cost_amount, 2), 0) <= 0 or cost_amount >= 1e12 or valid_currency !~ '^[A-Z]{3}$' then
    raise exception using errcode = 'PT400', message = 'VALIDATION_FAILED',
      detail = format(
        'Give a kind, an amount of at least 0.01 (it is %L) and a currency of three capital letters such as EUR (it is %L)',
        cost_amount, valid_currency
      );
  end if;

  insert into public.cost_entries (client_id, campaign_id, kind, amount, currency, spent_on, note, created_by)
  values (
    target_client_id, target_campaign_id, cost_kind, cost_amount, valid_currency,
    coalesce(cost_spent_on, private.day_in(now(), zone)), nullif(btrim(cost_note), ''), (select auth.uid())
  )
  returning id into cost_id;

  perform private.write_audit(
    'cost_recorded', 'cost', cost_id::text, target_client_id,
    jsonb_build_object('campaign_id', target_campaign_id, 'kind', cost_kind, 'amount', cost_amount, 'currency', valid_currency)
  );

  return cost_id;
end
$$;

comment on function private.add_cost(uuid, uuid, public.cost_kind, numeric, text, date, text) is
  'The work of public.record_cost; checks the caller itself.';

grant execute on function private.add_cost(uuid, uuid, public.cost_kind, numeric, text, date, text) to authenticated, service_role;

create function public.record_cost(
  target_client_id uuid, cost_kind public.cost_kind, cost_amount numeric, target_campaign_id uuid default null,
  cost_currency text default null, spent_on date default null, note text default null
)
returns uuid
language sql
volatile
set search_path = ''
as $$
  select private.add_cost(
    record_cost.target_client_id, record_cost.target_campaign_id, record_cost.cost_kind, record_cost.cost_amount,
    record_cost.cost_currency, record_cost.spent_on, record_cost.note
  )
$$;

comment on function public.record_cost(uuid, public.cost_kind, numeric, uuid, text, date, text) is
  'Enters a cost of a client, for one of its campaigns or for none in particular; without a currency the client''s, without a day today in its time zone. Returns its id. Operators.';

grant execute on function public.record_cost(uuid, public.cost_kind, numeric, uuid, text, date, text) to authenticated, service_role;

create function private.drop_cost(cost_id uuid)
returns jsonb
language plpgsql
security definer
set search_path = ''
as $$
declare
  removed public.cost_entries;
begin
  perform private.require_operator();

  delete from public.cost_entries as e where e.id = cost_id returning e.* into removed;

  if not found then
    raise exception using errcode = 'PT404', message = 'NOT_FOUND',
      detail = format('There is no cost %L; it may be removed already', cost_id);
  end if;

  perform private.write_audit(
    'cost_removed', 'cost', cost_id::text, removed.client_id,
    jsonb_build_object(
      'campaign_id', removed.campaign_id, 'kind', removed.kind, 'amount', removed.amount, 'currency', removed.currency,
      'spent_on', removed.spent_on
    )
  );

  return jsonb_build_object('cost_id', cost_id, 'client_id', removed.client_id, 'removed', true);
end
$$;

comment on function private.drop_cost(uuid) is 'The work of public.remove_cost; checks the caller itself.';

grant execute on function private.drop_cost(uuid) to authenticated, service_role;

create function public.remove_cost(cost_id uuid)
returns jsonb
language sql
volatile
set search_path = ''
as $$
  select private.drop_cost(remove_cost.cost_id)
$$;

comment on function public.remove_cost(uuid) is
  'Removes a cost that was entered by mistake; what it was stays in audit_log. Returns { cost_id, client_id, removed }. Operators.';

grant execute on function public.remove_cost(uuid) to authenticated, service_role;
