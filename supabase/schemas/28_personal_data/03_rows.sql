-- What becomes of a row in which an address was found, table by table.

-- Where an address only appears in a text, the pseudonym takes its place and the rest stays: the row is about somebody else.
create function private.replace_address(of_table private.text_table, rows tid[], address text, erasure_id uuid)
returns bigint
language plpgsql
set search_path = ''
as $$
declare
  replaced bigint;
begin
  execute format(
    'update only %1$s as t set %2$s where t.ctid = any ($3)',
    of_table.relation,
    (
      select string_agg(
        format(
          case c.value ->> 'type'
            when 'json' then '%1$I = regexp_replace(t.%1$I::text, $1, $2, ''gi'')::json'
            when 'jsonb' then '%1$I = regexp_replace(t.%1$I::text, $1, $2, ''gi'')::jsonb'
            when 'tsvector' then '%1$I = ts_delete(t.%1$I, array(select w.lexeme from unnest(t.%1$I) as w where w.lexeme ~* $1))'
            when 'text' then '%1$I = regexp_replace(t.%1$I, $1, $2, ''gi'')'
            when 'varchar' then '%1$I = regexp_replace(t.%1$I, $1, $2, ''gi'')'
            else '%1$I = case when t.%1$I is not null then array(
              select regexp_replace(e.part, $1, $2, ''gi'') from unnest(t.%1$I) with ordinality as e (part, place) order by e.place
            ) end'
          end,
          c.value ->> 'name'
        ),
        ', '
      )
      from jsonb_array_elements(of_table.text_columns) as c (value)
      where not (c.value ->> 'generated')::boolean
    )
  )
  using private.address_pattern(address), private.pseudonym(erasure_id, null), rows;

  get diagnostics replaced = row_count;
  return replaced;
end
$$;

comment on function private.replace_address(private.text_table, tid[], text, uuid) is
  'Puts the pseudonym in the place of an address in every text of these rows; returns how many rows.';

-- A business is a company with up to two people. The erased one goes; without anybody left, the company goes with it.
create function private.erase_from_businesses(rows tid[], address text)
returns bigint
language plpgsql
set search_path = ''
as $$
declare
  emptied bigint;
begin
  update public.businesses as b
  set
    email = case when not t.is_owner then b.email end,
    first_name = case when not t.is_owner then b.first_name end,
    last_name = case when not t.is_owner then b.last_name end,
    job_title = case when not t.is_owner then b.job_title end,
    phone = case when not t.is_owner then b.phone end,
    email_source = case when not t.is_owner then b.email_source end,
    linkedin_contact_name = case when not t.is_contact then b.linkedin_contact_name end,
    linkedin_contact_title = case when not t.is_contact then b.linkedin_contact_title end,
    linkedin_contact_url = case when not t.is_contact then b.linkedin_contact_url end,
    linkedin_contact_email = case when not t.is_contact then b.linkedin_contact_email end,
    name = case when t.has_others then b.name end,
    rating = case when t.has_others then b.rating end,
    website = case when t.has_others then b.website end,
    address = case when t.has_others then b.address end,
    city = case when t.has_others then b.city end,
    state = case when t.has_others then b.state end,
    zip = case when t.has_others then b.zip end,
    linkedin_url = case when t.has_others then b.linkedin_url end,
    facebook_url = case when t.has_others then b.facebook_url end,
    -- Texts and variables may speak of either.
    subject_line = null,
    icebreaker = null,
    custom_variables = '{}'
  from (
    select
      o.id, o.is_owner,
      -- A contact without an address of its own is reached by that of the business.
      o.is_contact or (o.is_owner and o.linkedin_contact_email is null) as is_contact,
      not (o.is_owner and (o.is_contact or o.linkedin_contact_email is null)) and not (o.is_contact and o.email is null) as has_others
    from (
      select
        x.id, x.email, x.linkedin_contact_email,
        coalesce(private.normalize_email(x.email) = erase_from_businesses.address, false) as is_owner,
        coalesce(private.normalize_email(x.linkedin_contact_email) = erase_from_businesses.address, false) as is_contact
      from public.businesses as x
      where x.ctid = any (rows)
    ) as o
  ) as t
  where b.id = t.id and (t.is_owner or t.is_contact);

  get diagnostics emptied = row_count;
  return emptied;
end
$$;

comment on function private.erase_from_businesses(tid[], text) is
  'Takes a person out of businesses, and the company too if no one else is left in it; returns how many rows.';

-- Rows in which the address was found. Returns { table: { removed?, anonymised? } }.
create function private.erase_rows(of_table private.text_table, rows tid[], address text, erasure_id uuid)
returns jsonb
language plpgsql
set search_path = ''
as $$
declare
  report jsonb := '{}'::jsonb;
  number bigint;
  theirs bigint[];
  written uuid[];
begin
  case of_table.relation
    -- The address is all that they hold.
    when 'public.suppressions', 'public.suppression_rules', 'private.suppression_removals', 'private.workspace_suppressions',
      'private.class_suppressions', 'private.outage_leads', 'private.client_report_recipients'
    then
      execute format('delete from only %s as t where t.ctid = any ($1)', of_table.relation) using rows;
      get diagnostics number = row_count;
      return private.add_erased(report, of_table.relation, 'removed', number);

    when 'public.import_rows' then
      update public.import_rows as r set email = null, cells = null, changes = null where r.ctid = any (rows);
      get diagnostics number = row_count;
      return private.add_erased(report, of_table.relation, 'anonymised', number);

    when 'public.export_receipts' then
      update public.export_receipts as r
      set
        email = null, detail = null,
        reason = case when r.outcome in ('planned', 'sending') then 'erased' else r.reason end,
        outcome = case when r.outcome in ('planned', 'sending') then 'skipped' else r.outcome end
      where r.ctid = any (rows);
      get diagnostics number = row_count;
      return private.add_erased(report, of_table.relation, 'anonymised', number);

    when 'private.webhook_events' then
      with emptied as (
        update private.webhook_events as w
        set
          payload = '{}', event = private.emptied_event(w.event), reason = null,
          status = case when w.status in ('pending', 'quarantined', 'dead') then 'erased' else w.status end
        where w.ctid = any (rows)
          and (
            w.event is null or w.event ->> 'email' = address or w.event ->> 'written_by' = address
            or w.event -> 'emails' ? address
          )
        returning w.id
      )
      select array_agg(e.id) into theirs from emptied as e;

      update public.untracked_replies as u
      set email = private.pseudonym(erasure_id, u.client_id), sender_name = null, subject = null, body_text = null, snippet = null
      where u.id = any (theirs);
      get diagnostics number = row_count;
      report := private.add_erased(report, 'public.untracked_replies', 'anonymised', number);

      update public.email_events as e
      set email = private.pseudonym(erasure_id, e.client_id)
      where e.id = any (theirs) and e.email = address;
      get diagnostics number = row_count;
      report := private.add_erased(report, 'public.email_events', 'anonymised', number);

      report := private.add_erased(report, of_table.relation, 'anonymised', coalesce(cardinality(theirs), 0));
      -- Emptied rows have moved; what is still at its place only names the address.
      number := private.replace_address(of_table, rows, address, erasure_id);
      return private.add_erased(report, of_table.relation, 'anonymised', number);

    when 'public.untracked_replies' then
      update public.untracked_replies as u
      set email = private.pseudonym(erasure_id, u.client_id), sender_name = null, subject = null, body_text = null, snippet = null
      where u.ctid = any (rows) and u.email = address;
      get diagnostics number = row_count;
      report := private.add_erased(report, of_table.relation, 'anonymised', number);

    when 'public.messages' then
      -- In somebody else's conversation, but in the words of this person.
      with emptied as (
        update public.messages as m
        set
          written_by = null, subject = null, body_text = null, body_html = null, snippet = null, verdict_note = null,
          body_removed_at = coalesce(m.body_removed_at, now())
        where m.ctid = any (rows) and m.written_by = address
        returning m.id
      )
      select array_agg(e.id) into written from emptied as e;

      delete from private.message_contents as c where c.message_id = any (written);
      delete from private.message_search as s where s.message_id = any (written);
      report := private.add_erased(report, of_table.relation, 'anonymised', coalesce(cardinality(written), 0));

    when 'public.businesses' then
      number := private.erase_from_businesses(rows, address);
      report := private.add_erased(report, of_table.relation, 'anonymised', number);

    else
      null;
  end case;

  number := private.replace_address(of_table, rows, address, erasure_id);
  return private.add_erased(report, of_table.relation, 'anonymised', number);
end
$$;

comment on function private.erase_rows(private.text_table, tid[], text, uuid) is
  'Removes or anonymises rows in which the address of a person was found; returns { table: { removed?, anonymised? } }.';
