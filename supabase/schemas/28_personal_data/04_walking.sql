-- The walk through all that is held of a person, in steps that each end within a second: first the leads, by index, then every
-- table page by page. Reading and erasing take the same way, so what is shown is what goes.

-- at: null = from the beginning, then the next of the answer before. erasure_id null = only read. Definer, because partitions are granted
-- to no role. Returns { rows: { table: [{ key, row? }] }, report: { table: { removed?, anonymised? } }, next: null | object,
-- done, total: pages looked through }.
create function private.walk_person(address text, scope uuid, erasure_id uuid, at jsonb, with_rows boolean)
returns jsonb
language plpgsql
security definer
set search_path = ''
as $$
declare
  most_leads constant integer := 20;
  pages_at_once constant integer := 250;
  started timestamptz := clock_timestamp();
  tables private.text_table[] := array(select t::private.text_table from private.list_text_tables() as t order by t.relation);
  of_table private.text_table;
  is_only_holder boolean := private.is_only_holder(scope, address);
  lead_ids uuid[];
  found_rows tid[];
  held jsonb;
  rows jsonb := '{}'::jsonb;
  report jsonb := '{}'::jsonb;
  one record;
  page bigint := coalesce((at ->> 'page')::bigint, 0);
  pages bigint;
  done bigint := coalesce((at ->> 'done')::bigint, 0);
  total bigint;
  found_before bigint := coalesce((at ->> 'found')::bigint, 0);
  pass integer := coalesce((at ->> 'pass')::integer, 1);
begin
  select sum(pg_relation_size(t.table_oid) / 8192) into total from unnest(tables) as t;

  if at is null or at ->> 'step' = 'leads' then
    lead_ids := array(
      select l.id
      from public.synced_leads as l
      where l.email = address and (scope is null or l.client_id = scope)
      order by l.id
      limit case when erasure_id is not null then most_leads end
    );

    if erasure_id is null then
      rows := private.read_linked(lead_ids, with_rows);
    elsif lead_ids <> '{}' then
      report := private.erase_leads(lead_ids, erasure_id);
    end if;

    return jsonb_build_object(
      'rows', rows, 'report', report, 'done', 0, 'total', total,
      'next', jsonb_build_object(
        'step', case when erasure_id is not null and cardinality(lead_ids) = most_leads then 'leads' else 'tables' end, 'pass', pass
      )
    );
  end if;

  foreach of_table in array tables
  loop
    continue when of_table.relation < coalesce(at ->> 'relation', '');
    pages := pg_relation_size(of_table.table_oid) / 8192;

    if of_table.relation <> coalesce(at ->> 'relation', '') then
      page := 0;
    end if;

    while page < pages loop
      if clock_timestamp() > started + interval '400 milliseconds' then
        return jsonb_build_object(
          'rows', rows, 'report', report, 'done', done, 'total', greatest(total, done),
          'next', jsonb_build_object(
            'step', 'tables', 'relation', of_table.relation, 'page', page, 'done', done, 'found', found_before, 'pass', pass
          )
        );
      end if;

      found_rows := private.find_address(of_table, address, scope, is_only_holder, erasure_id, page, pages_at_once);

      if found_rows <> '{}' and erasure_id is not null then
        found_before := found_before + cardinality(found_rows);

        for one in
          select e.key, w.key as what, w.value::bigint as number
          from jsonb_each(private.erase_rows(of_table, found_rows, address, erasure_id)) as e
          cross join lateral jsonb_each_text(e.value) as w
        loop
          report := private.add_erased(report, '.' || one.key, one.what, one.number);
        end loop;
      elsif found_rows <> '{}' then
        execute format(
          'select jsonb_agg(jsonb_build_object(''key'', t.tableoid::text || t.ctid::text) || case when $2
             then jsonb_build_object(''row'', to_jsonb(t)) else ''{}'' end)
           from only %s as t where t.ctid = any ($1)',
          of_table.relation
        )
        into held using found_rows, with_rows;

        rows := jsonb_set(rows, array[of_table.relation], coalesce(rows -> of_table.relation, '[]') || coalesce(held, '[]'));
      end if;

      done := done + least(pages_at_once, pages - page);
      page := page + pages_at_once;
    end loop;
  end loop;

  -- A row that somebody else changed meanwhile may have moved to a page that was looked through: again, until nothing is found.
  return jsonb_build_object(
    'rows', rows, 'report', report, 'done', least(done, total), 'total', total,
    'next', case
      when erasure_id is not null and found_before > 0 and pass < 5
        then jsonb_build_object('step', 'leads', 'pass', pass + 1)
    end
  );
end
$$;

comment on function private.walk_person(text, uuid, uuid, jsonb, boolean) is
  'One step through everything that is held of an address, for one client or all: reads it, or (with an erasure) removes and anonymises it.';

grant execute on function private.walk_person(text, uuid, uuid, jsonb, boolean) to service_role;

-- Answers of pg_net are kept for hours; on the platform its tables may belong to somebody else, then they end by themselves.
create function private.forget_answers(address text)
returns bigint
language plpgsql
security definer
set search_path = ''
as $$
declare
  removed bigint := 0;
begin
  delete from net._http_response as r where concat_ws(' ', r.content, r.headers, r.error_msg) ~* private.address_pattern(address);
  get diagnostics removed = row_count;
  return removed;
exception when insufficient_privilege then
  return 0;
end
$$;

comment on function private.forget_answers(text) is 'Removes answers to calls by the database in which an address appears; returns how many.';

grant execute on function private.forget_answers(text) to service_role;

-- The stored form of an address that can be erased. Our own people and mailboxes are no leads: they are removed where they are managed.
create function private.erasable_address(given text, scope uuid)
returns text
language plpgsql
stable
security definer
set search_path = ''
as $$
declare
  address text := private.normalize_email(given);
begin
  if address is null then
    raise exception using errcode = 'PT400', message = 'VALIDATION_FAILED',
      detail = 'This is not an email address; check it';
  end if;

  if scope is not null then
    perform private.require_client(scope);
  end if;

  return address;
end
$$;

comment on function private.erasable_address(text, uuid) is 'An address in its stored form; refuses what is none, and a client that does not exist.';

grant execute on function private.erasable_address(text, uuid) to service_role;

create function private.is_own_address(address text)
returns boolean
language sql
stable
security definer
set search_path = ''
as $$
  select exists (select from public.email_accounts as a where a.email = address)
    or exists (select from auth.users as u join public.members as m on m.user_id = u.id where lower(u.email) = address)
$$;

comment on function private.is_own_address(text) is 'True for a sending mailbox and for the account of a member.';

grant execute on function private.is_own_address(text) to service_role;

-- One step of reading: for an export of everything, or (with_rows false) for a preview, which counts the keys.
create function worker.read_person(address text, scope uuid, at jsonb, with_rows boolean)
returns jsonb
language sql
volatile
set search_path = ''
as $$
  select private.walk_person(private.erasable_address(address, scope), scope, null, at, with_rows)
$$;

comment on function worker.read_person(text, uuid, jsonb, boolean) is
  'One step through everything held of an address: { rows: { table: [{ key, row? }] }, next, done, total }; called again with at = next until that is null. Service role only.';

grant execute on function worker.read_person(text, uuid, jsonb, boolean) to service_role;

-- What a person reads before it erases somebody, besides the rows: who the address is, and whether it was erased before.
create function worker.describe_person(address text, scope uuid)
returns jsonb
language plpgsql
stable
set search_path = ''
as $$
declare
  stored text := private.erasable_address(address, scope);
begin
  return jsonb_build_object(
    'email', stored, 'is_own', private.is_own_address(stored),
    'was_erased', exists (select private.erased_among(scope, array[stored])),
    'clients', (
      select coalesce(jsonb_agg(distinct jsonb_build_object('id', c.id, 'name', c.name)), '[]')
      from public.synced_leads as l
      join public.clients as c on c.id = l.client_id
      where l.email = stored
    ),
    'crm_contacts', (
      select count(*)
      from public.crm_records as r
      join public.synced_leads as l on l.id = r.lead_id
      where l.email = stored and (scope is null or l.client_id = scope) and r.contact_id is not null
    )
  );
end
$$;

comment on function worker.describe_person(text, uuid) is
  'An address before an erasure: { email (stored form), is_own, was_erased, clients that have it, crm_contacts }. Service role only.';

grant execute on function worker.describe_person(text, uuid) to service_role;

create function worker.record_person_read(scope uuid, requester uuid)
returns void
language sql
volatile
set search_path = ''
as $$
  select private.write_audit('personal_data_exported', 'person', null, scope, '{}', requester)
$$;

comment on function worker.record_person_read(uuid, uuid) is
  'Notes that somebody exported what is held of a person; not of whom. Service role only.';

grant execute on function worker.record_person_read(uuid, uuid) to service_role;
