-- Erasures reach the archive: which rows of a file are of somebody who was erased, and that a file was looked through.

-- Files that erasures were not applied to yet, and how far they are: { "until": time, "parts": [row] }.
create function worker.list_unerased_parts(after bigint default 0)
returns jsonb
language sql
stable
set search_path = ''
as $$
  select jsonb_build_object(
    'until', (select max(e.requested_at) from private.erasures as e where e.status is not null),
    'parts', coalesce((
      select jsonb_agg(to_jsonb(p) order by p.id)
      from (
        select a.*, a.owner_id as client_id
        from private.archive_parts as a
        where a.id > after
          and exists (
            select
            from private.erasures as e
            where e.status is not null
              and e.requested_at > coalesce(a.looked_through_at, '-infinity')
              and (e.client_id is null or e.client_id = a.owner_id)
          )
        order by a.id
        limit 1000
      ) as p
    ), '[]')
  )
$$;

comment on function worker.list_unerased_parts(bigint) is
  'Files of the archive to which an erasure that has ended was not applied yet: { until, parts }. Service role only.';

grant execute on function worker.list_unerased_parts(bigint) to service_role;

-- Of what a file names: addresses as they are written there, and leads. Returns whom of them an erasure was about:
-- { "addresses": [{ "written", "erasure_id", "pseudonym" }], "leads": [{ "id", "pseudonym" }] }
create function worker.find_erased(of_client_id uuid, written text[], lead_ids uuid[])
returns jsonb
language plpgsql
stable
set search_path = ''
as $$
declare
  salts text[];
  people jsonb := '[]';
  leads jsonb;
begin
  if exists (select from private.erasures) then
    salts := private.erasure_salts();

    select coalesce(jsonb_agg(jsonb_build_object(
      'written', a.written, 'erasure_id', f.id, 'pseudonym', private.pseudonym(f.id, of_client_id)
    )), '[]')
    into people
    from (
      select w.written, private.normalize_email(replace(w.written, '%40', '@')) as email
      from unnest(find_erased.written) as w (written)
    ) as a
    cross join lateral (
      select e.id
      from private.erasures as e
      where a.email is not null
        and e.digest = any (private.erasure_digests(salts, of_client_id, a.email))
        and (e.client_id is null or e.client_id = of_client_id)
      order by e.requested_at
      limit 1
    ) as f;
  end if;

  select coalesce(jsonb_agg(jsonb_build_object('id', l.id, 'pseudonym', l.email)), '[]')
  into leads
  from public.synced_leads as l
  where l.id = any (lead_ids) and l.erased_at is not null;

  return jsonb_build_object('addresses', people, 'leads', leads);
end
$$;

comment on function worker.find_erased(uuid, text[], uuid[]) is
  'Which of the addresses and leads that a file of the archive names are of erased people. Service role only. Shapes: see the comment above its definition.';

grant execute on function worker.find_erased(uuid, text[], uuid[]) to service_role;

-- A file was looked through; where it was written again, the old one is still to be deleted.
create function worker.record_erased_part(part_id bigint, until timestamptz, written jsonb)
returns void
language sql
volatile
set search_path = ''
as $$
  update private.archive_parts as a
  set
    looked_through_at = until,
    old_file = case when written is null then a.old_file else a.file end,
    file = coalesce(written ->> 'file', a.file),
    bytes = coalesce((written ->> 'bytes')::bigint, a.bytes),
    digest = coalesce(written ->> 'digest', a.digest)
  where a.id = part_id
$$;

comment on function worker.record_erased_part(bigint, timestamptz, jsonb) is
  'Notes that erasures until then are applied to a file, and by which file it was replaced ({ file, bytes, digest } or null). Service role only.';

grant execute on function worker.record_erased_part(bigint, timestamptz, jsonb) to service_role;

create function worker.forget_archive_file(part_id bigint, is_whole boolean)
returns void
language plpgsql
set search_path = ''
as $$
begin
  if is_whole then
    delete from private.archive_parts as a where a.id = part_id;
  else
    update private.archive_parts as a set old_file = null where a.id = part_id;
  end if;
end
$$;

comment on function worker.forget_archive_file(bigint, boolean) is
  'Notes that the replaced file of a part is deleted, or (is_whole) the part itself. Service role only.';

grant execute on function worker.forget_archive_file(bigint, boolean) to service_role;

-- What an erasure says of the archive: that it still has files that were not looked through for it, or when the last one was.
create function worker.report_archive_erasures()
returns integer
language sql
volatile
set search_path = ''
as $$
  with noted as (
    update private.erasures as e
    set report = e.report || jsonb_build_object('archive', jsonb_build_object('files', 0, 'erased_at', now()))
    where e.status is not null
      and e.report -> 'archive' ->> 'files' <> '0'
      and not exists (
        select
        from private.archive_parts as a
        where (e.client_id is null or e.client_id = a.owner_id)
          and (coalesce(a.looked_through_at, '-infinity') < e.requested_at or a.old_file is not null)
      )
    returning 1
  )
  select count(*)::integer from noted
$$;

comment on function worker.report_archive_erasures() is
  'Notes in the reports of erasures that the archive holds nothing of the person any more; returns in how many. Service role only.';

grant execute on function worker.report_archive_erasures() to service_role;

-- An erasure that ends says how many files of the archive may still hold the person.
create function private.report_archive()
returns trigger
language plpgsql
set search_path = ''
as $$
declare
  files bigint;
begin
  select count(*) into files
  from private.archive_parts as a
  where new.client_id is null or a.owner_id = new.client_id;

  if files > 0 then
    new.report := new.report || jsonb_build_object('archive', jsonb_build_object('files', files));
  end if;

  return new;
end
$$;

comment on function private.report_archive() is 'Trigger: the report of an erasure names the files of the archive that are to be looked through.';

create trigger report_archive before update of status on private.erasures
for each row when (old.status is null and new.status is not null) execute function private.report_archive();
