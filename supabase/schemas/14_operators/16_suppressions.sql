-- Suppressing by hand: addresses and domains, for one client or for all, with a reason.

-- The stored form of what somebody entered: an address, or a domain without what people write around it.
create function private.suppression_entry(entered text)
returns text
language sql
immutable strict
set search_path = ''
as $$
  select case
    when btrim(entered) ~ '[^@\s*]\s*@' then private.normalize_email(entered)
    else nullif(
      split_part(
        private.normalize_email(
          'x@' || regexp_replace(
            regexp_replace(lower(btrim(entered)), '^(?:[a-z]+://)?(?:\*?[@.])?(?:www\.)?', ''), '[/?#:].*$', ''
          )
        ),
        '@', 2
      ),
      ''
    )
  end
$$;

comment on function private.suppression_entry(text) is
  'The address or domain in its stored form ("@Shop.example", "https://www.shop.example/contact" → shop.example); null when it is neither.';

grant execute on function private.suppression_entry(text) to service_role;

-- Definer, because no person writes the tables.
create function private.suppress_entries(
  entries text[], target_client_id uuid, given_reason public.suppression_reason, given_note text
)
returns jsonb
language plpgsql
security definer
set search_path = ''
as $$
declare
  most constant integer := 10000;
  stored text[];
  addresses integer;
  domains integer;
  refused text[];
begin
  perform private.require_operator();

  if target_client_id is not null then
    perform private.require_client(target_client_id);
  end if;

  if coalesce(cardinality(entries), 0) not between 1 and most then
    raise exception using errcode = 'PT400', message = 'VALIDATION_FAILED',
      detail = format('Send between 1 and %s addresses or domains at once; it were %s', most, coalesce(cardinality(entries), 0));
  end if;

  if given_reason is null or given_reason = 'erased' then
    raise exception using errcode = 'PT400', message = 'VALIDATION_FAILED',
      detail = format('The reason is unsubscribed, bounced, spam_report or do_not_contact; it was %L', given_reason);
  end if;

  select
    array_agg(distinct n.entry) filter (where n.entry is not null),
    array_agg(left(e.entered, 200)) filter (where n.entry is null and e.entered ~ '\S')
  into stored, refused
  from unnest(entries) as e (entered)
  cross join lateral (select private.suppression_entry(e.entered) as entry) as n;

  -- Suppressing again what was removed before counts.
  delete from private.suppression_removals as r
  where r.client_id = target_client_id and r.email = any (stored);

  with added as (
    insert into public.suppressions as s (client_id, email, reason, bounce_class, note)
    select target_client_id, e.entry, given_reason, case when given_reason = 'bounced' then 'hard'::public.bounce_class end, given_note
    from unnest(stored) as e (entry)
    where target_client_id is not null and strpos(e.entry, '@') > 0
    on conflict (client_id, email) do update
    set reason = excluded.reason, bounce_class = null, suppressed_at = excluded.suppressed_at, note = excluded.note
    where s.reason = 'bounced' and excluded.reason <> 'bounced'
    returning s.email as entry
  ),
  ruled as (
    insert into public.suppression_rules (client_id, entry, reason, note)
    select target_client_id, e.entry, given_reason, given_note
    from unnest(stored) as e (entry)
    where target_client_id is null or strpos(e.entry, '@') = 0
    on conflict on constraint suppression_rules_once do nothing
    returning suppression_rules.entry
  )
  select
    count(*) filter (where strpos(a.entry, '@') > 0), count(*) filter (where strpos(a.entry, '@') = 0)
  into addresses, domains
  from (select entry from added union all select entry from ruled) as a;

  if addresses + domains > 0 then
    perform private.write_audit(
      'suppressions_added', case when target_client_id is null then 'agency' else 'client' end, target_client_id::text, target_client_id,
      jsonb_strip_nulls(jsonb_build_object('addresses', addresses, 'domains', domains, 'reason', given_reason, 'note', given_note))
    );
  end if;

  return jsonb_build_object(
    'addresses', addresses, 'domains', domains, 'already', coalesce(cardinality(stored), 0) - addresses - domains,
    'refused', coalesce(cardinality(refused), 0), 'refused_entries', to_jsonb(coalesce(refused[1:100], '{}'))
  );
end
$$;

comment on function private.suppress_entries(text[], uuid, public.suppression_reason, text) is
  'The work of public.add_suppressions; checks the caller itself.';

grant execute on function private.suppress_entries(text[], uuid, public.suppression_reason, text) to authenticated, service_role;

-- The door to it for operators.
create function public.add_suppressions(
  entries text[], target_client_id uuid default null, reason public.suppression_reason default 'do_not_contact', note text default null
)
returns jsonb
language sql
volatile
set search_path = ''
as $$
  select private.suppress_entries(
    add_suppressions.entries, add_suppressions.target_client_id, add_suppressions.reason, nullif(btrim(add_suppressions.note), '')
  )
$$;

comment on function public.add_suppressions(text[], uuid, public.suppression_reason, text) is
  'Suppresses up to 10,000 addresses and domains, for one client or (null) for all. Returns { addresses, domains (added), already, refused, refused_entries (the first 100 that are neither) }. Operators.';

grant execute on function public.add_suppressions(text[], uuid, public.suppression_reason, text) to authenticated, service_role;

create function private.lift_suppression(entered text, target_client_id uuid, given_note text)
returns jsonb
language plpgsql
security definer
set search_path = ''
as $$
declare
  target_entry text := private.suppression_entry(entered);
  removed record;
begin
  perform private.require_operator();

  if target_entry is null then
    raise exception using errcode = 'PT400', message = 'VALIDATION_FAILED',
      detail = format('%L is neither an address nor a domain', left(entered, 200));
  end if;

  if coalesce(given_note, '') !~ '\S' then
    raise exception using errcode = 'PT400', message = 'VALIDATION_FAILED',
      detail = 'Say why this person can be emailed again; the reason is kept in the audit log';
  end if;

  if target_client_id is not null and strpos(target_entry, '@') > 0 then
    if exists (
      select from public.suppressions as s where s.client_id = target_client_id and s.email = target_entry and s.reason = 'erased'
    ) then
      raise exception using errcode = 'PT400', message = 'VALIDATION_FAILED',
        detail = 'This person was erased and is never emailed again; this suppression cannot be removed';
    end if;

    delete from public.suppressions as s
    where s.client_id = target_client_id and s.email = target_entry
    returning s.reason, s.suppressed_at, s.note into removed;

    if found then
      insert into private.suppression_removals as r (client_id, email)
      values (target_client_id, target_entry)
      on conflict (client_id, email) do update set removed_at = now();
    end if;
  else
    delete from public.suppression_rules as r
    where r.client_id is not distinct from target_client_id and r.entry = target_entry
    returning r.reason, r.created_at as suppressed_at, r.note into removed;
  end if;

  if removed.reason is null then
    raise exception using errcode = 'PT404', message = 'NOT_FOUND',
      detail = format('%L is not suppressed %s', target_entry, case when target_client_id is null then 'for all clients' else 'for this client' end);
  end if;

  perform private.write_audit(
    'suppression_removed', case when target_client_id is null then 'agency' else 'client' end, target_client_id::text, target_client_id,
    jsonb_build_object('entry', target_entry, 'reason', removed.reason, 'suppressed_at', removed.suppressed_at, 'why', given_note)
  );

  return jsonb_build_object('entry', target_entry, 'reason', removed.reason, 'suppressed_at', removed.suppressed_at);
end
$$;

comment on function private.lift_suppression(text, uuid, text) is
  'The work of public.remove_suppression; checks the caller itself.';

grant execute on function private.lift_suppression(text, uuid, text) to authenticated, service_role;

-- The door to it for operators.
create function public.remove_suppression(entry text, target_client_id uuid, why text)
returns jsonb
language sql
volatile
set search_path = ''
as $$
  select private.lift_suppression(remove_suppression.entry, remove_suppression.target_client_id, remove_suppression.why)
$$;

comment on function public.remove_suppression(text, uuid, text) is
  'Removes one suppression of a client (target_client_id null = of all clients), with a reason for the audit log; what happened before no longer suppresses, what happens later does. Returns { entry, reason, suppressed_at } as it was. Operators.';

grant execute on function public.remove_suppression(text, uuid, text) to authenticated, service_role;

-- Everything that is suppressed, in one list.
create view public.suppression_list
with (security_invoker = true)
as
select
  s.client_id,
  k.name as client_name,
  s.email as entry,
  false as is_domain,
  s.reason,
  s.bounce_class,
  s.note,
  s.suppressed_at
from public.suppressions as s
join public.clients as k on k.id = s.client_id
union all
select r.client_id, k.name, r.entry, r.is_domain, r.reason, null, r.note, r.created_at
from public.suppression_rules as r
left join public.clients as k on k.id = r.client_id;

comment on view public.suppression_list is
  'Addresses and domains that are not emailed, why and since when; client_id null = for all clients (operators only).';

grant select on public.suppression_list to authenticated, service_role;
