-- Undoing an import, as long as nothing of it went to the provider.

-- Whether anything of an import is at the provider, or on its way there. Asked from what the campaign has sent, which before
-- its first export is nothing: from the side of the import, 100,000 businesses would be looked up twice each.
create function private.is_import_exported(target_import_id uuid)
returns boolean
language sql
stable
set search_path = ''
as $$
  select
    exists (
      select
      from public.imports as i
      join private.jobs as j on j.campaign_id = i.campaign_id
      where i.id = target_import_id and j.kind = 'export' and j.status in ('queued', 'running', 'paused')
    )
    or exists (
      select
      from public.imports as i
      join public.export_receipts as r on r.campaign_id = i.campaign_id
      join public.businesses as b on b.id = r.business_id
      where i.id = target_import_id and b.import_id = i.id and r.outcome in ('created', 'duplicate', 'sending', 'blocked', 'failed')
    )
    or exists (
      select
      from public.imports as i
      join public.synced_leads as l on l.campaign_id = i.campaign_id
      join public.businesses as b on b.id = l.business_id
      where i.id = target_import_id and b.import_id = i.id
    )
$$;

comment on function private.is_import_exported(uuid) is
  'Whether an export of the import''s campaign runs, or one has sent anything that the import made.';

grant execute on function private.is_import_exported(uuid) to service_role;

-- One step: takes out at most step_size rows. What an update changed goes back to what it was, unless somebody has changed
-- it again since. The caller repeats it until the status is undone.
--
-- An import that has just ended is not analyzed yet, and the planner believes that it has one row. So nothing here is found by
-- the import alone: rows of the list by a range of their numbers, businesses by their ids, and the import of a business is
-- compared in a form that no index serves. Joined by the import, a step of 2,000 went through 98,000 businesses for each row
-- (33 s for 100,000 rows; now 0.3 s).
create function worker.undo_import(target_import_id uuid, step_size integer, requester uuid)
returns jsonb
language plpgsql
set search_path = ''
set plan_cache_mode = force_custom_plan
as $$
declare
  import public.imports;
  removed integer;
  restored integer;
  kept integer;
  taken integer;
begin
  select i.* into import from public.imports as i where i.id = target_import_id for update;

  if not found then
    raise exception using errcode = 'PT404', message = 'NOT_FOUND',
      detail = format('There is no import %L; check the id', target_import_id);
  end if;

  if import.status = 'undone' then
    return worker.read_import(target_import_id);
  end if;

  if import.status = 'running' then
    raise exception using errcode = 'PT400', message = 'VALIDATION_FAILED',
      detail = 'This import is still running; cancel it, then undo it';
  end if;

  -- The campaign's row keeps an export from starting meanwhile.
  perform from public.campaigns as c where c.id = import.campaign_id for update;

  if import.status <> 'undoing' then
    if private.is_import_exported(target_import_id) then
      raise exception using errcode = 'PT400', message = 'VALIDATION_FAILED',
        detail = 'Leads of this import were exported, or an export of its campaign is running, so it cannot be undone any more; remove single leads instead';
    end if;

    update public.imports as i
    set status = 'undoing', undone_by = requester, undo_result = '{"removed": 0, "restored": 0, "kept": 0}'
    where i.id = target_import_id;
  end if;

  with chosen as materialized (
    select r.row_number, r.business_id, r.outcome, r.changes
    from public.import_rows as r
    where r.import_id = target_import_id and r.business_id is not null
    order by r.row_number
    limit step_size
  ),
  detached as (
    update public.import_rows as r
    set business_id = null
    where r.import_id = target_import_id and r.business_id is not null
      and r.row_number between (select min(c.row_number) from chosen as c) and (select max(c.row_number) from chosen as c)
  ),
  -- An export that was started between two steps has sent some: these stay.
  gone as (
    delete from public.businesses as b
    where b.id = any (array(select c.business_id from chosen as c where c.outcome = 'imported'))
      and b.import_id is not distinct from target_import_id
      and not exists (
        select
        from public.export_receipts as x
        where x.business_id = b.id and x.outcome in ('created', 'duplicate', 'sending', 'blocked', 'failed')
      )
    returning b.id
  ),
  back as (
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
      from jsonb_populate_record(
        b,
        (
          select coalesce(jsonb_object_agg(e.key, e.value -> 0), '{}')
          from jsonb_each(c.changes) as e
          where to_jsonb(b) -> e.key = e.value -> 1
        )
      ) as p
    )
    from chosen as c
    where b.id = c.business_id and c.outcome = 'updated'
    returning b.id
  )
  select
    (select count(*) from chosen), (select count(*) from gone), (select count(*) from back),
    (select count(*) from chosen where outcome = 'imported') - (select count(*) from gone)
  into taken, removed, restored, kept;

  update public.imports as i
  set
    undo_result = private.add_counts(i.undo_result, jsonb_build_object('removed', removed, 'restored', restored, 'kept', kept)),
    status = case when taken < step_size then 'undone'::public.import_status else i.status end,
    undone_at = case when taken < step_size then now() end
  where i.id = target_import_id
  returning * into import;

  if import.status = 'undone' then
    perform private.write_audit(
      'import_undone', 'campaign', import.campaign_id::text, import.client_id,
      jsonb_build_object('import_id', import.id, 'file_name', import.file_name) || import.undo_result, requester
    );
  end if;

  return worker.read_import(target_import_id);
end
$$;

comment on function worker.undo_import(uuid, integer, uuid) is
  'One step of undoing an import of which nothing was exported: removes what it made, puts back what it changed; repeat until its status is undone. Returns it as read_import does. Service role only.';

grant execute on function worker.undo_import(uuid, integer, uuid) to service_role;
