-- Starting an import, and how far one is.

-- One import as the functions report it, with the first part that is missing.
create function worker.read_import(target_import_id uuid)
returns jsonb
language sql
stable
set search_path = ''
as $$
  select jsonb_build_object(
    'import_id', i.id, 'client_id', i.client_id, 'campaign_id', i.campaign_id, 'file_name', i.file_name,
    'file_checksum', i.file_checksum, 'status', i.status, 'format', i.format, 'mapping', i.mapping,
    'verification', i.verification, 'total_rows', i.total_rows, 'done_rows', i.done_rows, 'counts', i.counts,
    'flags', i.flags, 'created_at', i.created_at, 'finished_at', i.finished_at, 'undone_at', i.undone_at,
    'undo_result', i.undo_result,
    'next_chunk', (
      select coalesce(min(c.place) filter (where c.place < c.chunk), count(*))
      from (
        select k.chunk, row_number() over (order by k.chunk) - 1 as place
        from private.import_chunks as k
        where k.import_id = i.id
      ) as c
    )
  )
  from public.imports as i
  where i.id = target_import_id
$$;

comment on function worker.read_import(uuid) is
  'State of one import; next_chunk is the first part that is not stored yet. Null when there is none. Service role only.';

grant execute on function worker.read_import(uuid) to service_role;

-- settings: { file_name, file_checksum, format, mapping, total_rows, update_existing, allow_other_campaigns,
--   verification, consent_source, consent_note }
create function worker.start_import(target_campaign_id uuid, settings jsonb, requester uuid)
returns jsonb
language plpgsql
set search_path = ''
as $$
declare
  campaign public.campaigns;
  started public.imports;
  given public.imports := jsonb_populate_record(null::public.imports, settings);
begin
  select c.* into campaign from public.campaigns as c where c.id = target_campaign_id;

  if not found then
    raise exception using errcode = 'PT404', message = 'NOT_FOUND',
      detail = format('There is no campaign %L; check the id', target_campaign_id);
  end if;

  if campaign.provider_status in ('deleted', 'moved') then
    raise exception using errcode = 'PT400', message = 'VALIDATION_FAILED',
      detail = 'This campaign is gone at the provider, so nothing can be sent with it; import into another one';
  end if;

  insert into public.imports (
    client_id, campaign_id, file_name, file_checksum, format, mapping, total_rows, update_existing, allow_other_campaigns,
    verification, verification_by, verification_at, consent_source, consent_note, requested_by
  )
  values (
    campaign.client_id, campaign.id, given.file_name, given.file_checksum, coalesce(given.format, '{}'), given.mapping,
    given.total_rows, coalesce(given.update_existing, true), coalesce(given.allow_other_campaigns, false), given.verification,
    case when given.verification <> 'column' then requester end, case when given.verification <> 'column' then now() end,
    given.consent_source, given.consent_note, requester
  )
  returning * into started;

  insert into public.import_mappings (client_id, heading, target, variable)
  select distinct on (lower(m.header)) campaign.client_id, left(lower(m.header), 300), m.target, m.variable
  from rows from (jsonb_to_recordset(started.mapping) as (header text, target text, variable text)) with ordinality
    as m (header, target, variable, place)
  where m.header ~ '\S'
  order by lower(m.header), m.place
  on conflict (client_id, heading) do update set target = excluded.target, variable = excluded.variable;

  perform private.write_audit(
    'import_started', 'campaign', campaign.id::text, campaign.client_id,
    jsonb_strip_nulls(jsonb_build_object(
      'import_id', started.id, 'file_name', started.file_name, 'rows', started.total_rows,
      'verification', started.verification, 'consent_source', started.consent_source
    )),
    requester
  );

  return worker.read_import(started.id);
end
$$;

comment on function worker.start_import(uuid, jsonb, uuid) is
  'Opens an import into a campaign and remembers its mapping for the client; returns it as read_import does. Service role only.';

grant execute on function worker.start_import(uuid, jsonb, uuid) to service_role;

-- Ends one. chunks: how many parts the file has; what has not arrived is missed here and not later.
create function worker.end_import(target_import_id uuid, final_status public.import_status, chunks integer, requester uuid)
returns jsonb
language plpgsql
set search_path = ''
as $$
declare
  import public.imports;
  missing integer;
  kept integer;
begin
  select i.* into import from public.imports as i where i.id = target_import_id for update;

  if not found then
    raise exception using errcode = 'PT404', message = 'NOT_FOUND',
      detail = format('There is no import %L; check the id', target_import_id);
  end if;

  if import.status = final_status then
    return worker.read_import(target_import_id);
  end if;

  if import.status <> 'running' or final_status not in ('completed', 'cancelled') then
    raise exception using errcode = 'PT400', message = 'VALIDATION_FAILED',
      detail = format('This import is %s and cannot become %s any more; start a new one', import.status, final_status);
  end if;

  if final_status = 'completed' then
    select count(*) into missing
    from generate_series(0, chunks - 1) as n
    where not exists (select from private.import_chunks as k where k.import_id = target_import_id and k.chunk = n);

    if chunks is null or missing > 0 then
      raise exception using errcode = 'PT400', message = 'VALIDATION_FAILED',
        detail = format('%s of %s parts have not arrived; send them, then finish', coalesce(missing, 0), coalesce(chunks, 0));
    end if;
  end if;

  update public.imports as i
  set status = final_status, finished_at = now(), total_rows = case when final_status = 'completed' then i.done_rows else i.total_rows end
  where i.id = target_import_id;

  kept := coalesce((import.counts ->> 'imported')::integer, 0) + coalesce((import.counts ->> 'updated')::integer, 0);

  -- Its leads are there now: the campaign can be exported.
  update public.campaigns as c
  set generation_status = 'completed'
  where c.id = import.campaign_id and c.generation_status in ('pending', 'failed') and kept > 0;

  perform private.write_audit(
    'import_' || final_status, 'campaign', import.campaign_id::text, import.client_id,
    jsonb_build_object('import_id', import.id, 'file_name', import.file_name, 'rows', import.done_rows, 'kept', kept), requester
  );

  return worker.read_import(target_import_id);
end
$$;

comment on function worker.end_import(uuid, public.import_status, integer, uuid) is
  'Completes an import whose parts all arrived, or cancels it (what came in stays); again is no error. A campaign that waited for leads is ready then. Service role only.';

grant execute on function worker.end_import(uuid, public.import_status, integer, uuid) to service_role;
