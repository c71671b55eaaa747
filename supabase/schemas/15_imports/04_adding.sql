-- Storing a part of an import.

-- Judges and stores the rows of one part in one transaction. A part that is stored already is skipped, so that a sender
-- may repeat what it got no answer for; the import's row lets one part through at a time.
create function worker.add_import_rows(target_import_id uuid, chunk_number integer, given_rows jsonb)
returns jsonb
language plpgsql
set search_path = ''
set plan_cache_mode = force_custom_plan
as $$
declare
  import public.imports;
  stored private.import_chunks;
  content_digest text := md5(given_rows::text);
  added record;
  unsendable text;
begin
  select i.* into import from public.imports as i where i.id = target_import_id for update;

  if not found then
    raise exception using errcode = 'PT404', message = 'NOT_FOUND',
      detail = format('There is no import %L; check the id', target_import_id);
  end if;

  select k.* into stored from private.import_chunks as k where k.import_id = target_import_id and k.chunk = chunk_number;

  if found then
    if stored.digest <> content_digest then
      raise exception using errcode = 'PT400', message = 'VALIDATION_FAILED',
        detail = format('Part %s of this import is stored with other rows; the file has changed, so start a new import', chunk_number);
    end if;

    return worker.read_import(target_import_id) || '{"repeated": true}';
  end if;

  if import.status <> 'running' then
    raise exception using errcode = 'PT400', message = 'VALIDATION_FAILED',
      detail = format('This import is %s and takes no more rows; start a new one', import.status);
  end if;

  -- The trigger on custom variables leaves those of an import to this: each name is checked once per part, not per row.
  select v.name into unsendable
  from (
    select distinct v.key as name
    from jsonb_array_elements(given_rows) as r
    cross join lateral jsonb_each_text(coalesce(r -> 'variables', '{}')) as v
  ) as v
  where private.variable_name(v.name) <> v.name
  limit 1;

  if found then
    raise exception using errcode = 'PT400', message = 'VALIDATION_FAILED',
      detail = format('No provider takes a variable named %L; %L is possible', unsendable, private.variable_name(unsendable));
  end if;

  -- Two imports of one client may hold the same person: one after the other, or both would come in.
  perform pg_advisory_xact_lock(hashtextextended('replyloop import of ' || import.client_id, 0));

  with judged as materialized (
    select * from private.judge_import_rows(import, given_rows)
  ),
  made as (
    insert into public.businesses (
      id, client_id, campaign_id, import_id, email, email_deliverability, name, category, rating, email_source, first_name, last_name,
      job_title, subject_line, icebreaker, website, phone, address, city, state, zip, linkedin_url, facebook_url,
      linkedin_contact_name, linkedin_contact_title, linkedin_contact_url, linkedin_contact_email, custom_variables
    )
    select
      j.business_id, import.client_id, import.campaign_id, import.id, j.email, coalesce(f.email_deliverability, 'unverified'),
      f.name, f.category, f.rating, f.email_source, f.first_name, f.last_name, f.job_title, f.subject_line, f.icebreaker,
      f.website, f.phone, f.address, f.city, f.state, f.zip, f.linkedin_url, f.facebook_url, f.linkedin_contact_name,
      f.linkedin_contact_title, f.linkedin_contact_url, f.linkedin_contact_email, j.variables
    from judged as j
    cross join lateral jsonb_populate_record(null::public.businesses, j.fields) as f
    where j.outcome = 'imported'
    order by j.row_number
  ),
  before as materialized (
    select
      j.business_id,
      (
        select jsonb_object_agg(p.key, jsonb_build_array(to_jsonb(b) -> p.key, p.value))
        from jsonb_each(j.patch) as p
      ) as changes
    from judged as j
    join public.businesses as b on b.id = j.business_id
    where j.outcome = 'updated'
  ),
  changed as (
    update public.businesses as b
    set (
      email_deliverability, name, category, rating, email_source, first_name, last_name, job_title, subject_line, icebreaker, website,
      phone, address, city, state, zip, linkedin_url, facebook_url, linkedin_contact_name, linkedin_contact_title,
      linkedin_contact_url, linkedin_contact_email, custom_variables
    ) = (
      select
        p.email_deliverability, p.name, p.category, p.rating, p.email_source, p.first_name, p.last_name, p.job_title, p.subject_line,
        p.icebreaker, p.website, p.phone, p.address, p.city, p.state, p.zip, p.linkedin_url, p.facebook_url, p.linkedin_contact_name,
        p.linkedin_contact_title, p.linkedin_contact_url, p.linkedin_contact_email, p.custom_variables
      from jsonb_populate_record(b, j.patch) as p
    )
    from judged as j
    where j.outcome = 'updated' and b.id = j.business_id
  ),
  written as (
    insert into public.import_rows (import_id, row_number, client_id, campaign_id, outcome, reason, flags, email, business_id, cells, changes)
    select
      import.id, j.row_number, import.client_id, import.campaign_id, j.outcome, j.reason, j.flags, j.email, j.business_id,
      case when j.outcome not in ('imported', 'updated') then j.cells end, b.changes
    from judged as j
    left join before as b on b.business_id = j.business_id and j.outcome = 'updated'
    order by j.row_number
    returning import_rows.outcome, import_rows.flags
  )
  select
    (select count(*)::integer from written) as rows,
    (
      select coalesce(jsonb_object_agg(o.outcome, o.number), '{}')
      from (select w.outcome, count(*) as number from written as w group by w.outcome) as o
    ) as counts,
    (
      select coalesce(jsonb_object_agg(f.flag, f.number), '{}')
      from (select flag, count(*) as number from written as w cross join lateral unnest(w.flags) as flag group by flag) as f
    ) as flags
  into added;

  if import.done_rows + added.rows > 100000 then
    raise exception using errcode = 'PT413', message = 'PAYLOAD_TOO_LARGE',
      detail = 'An import takes at most 100,000 rows; split the file and import its parts one after the other';
  end if;

  insert into private.import_chunks (import_id, chunk, digest, rows)
  values (target_import_id, chunk_number, content_digest, added.rows);

  update public.imports as i
  set
    done_rows = i.done_rows + added.rows,
    counts = private.add_counts(i.counts, added.counts),
    flags = private.add_counts(i.flags, added.flags)
  where i.id = target_import_id;

  return worker.read_import(target_import_id) || '{"repeated": false}';
exception when unique_violation then
  raise exception using errcode = 'PT400', message = 'VALIDATION_FAILED',
    detail = format('Part %s repeats row numbers of another part; number the rows of a file from 1 on, once each', chunk_number);
end
$$;

comment on function worker.add_import_rows(uuid, integer, jsonb) is
  'Judges and stores the rows of one part of a running import (private.judge_import_rows has their shape) and returns the import as read_import does, with repeated = true where the part was stored before. Service role only.';

grant execute on function worker.add_import_rows(uuid, integer, jsonb) to service_role;
