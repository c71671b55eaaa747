-- Generated from supabase/schemas/15_imports by "npm run migrations".

-- Imports: lists of leads that somebody brings in, and what became of each of their rows.

-- cancelled = stopped by a person, what came in before stays; undoing = its rows are being taken out, step by step.
create type public.import_status as enum ('running', 'completed', 'cancelled', 'undoing', 'undone');

-- The first two are kept, the others are not; unreadable = a cell that cannot be stored as data.
create type public.import_outcome as enum (
  'imported', 'updated', 'duplicate_in_file', 'in_campaign', 'in_other_campaign', 'suppressed', 'no_address',
  'not_an_address', 'unreadable'
);

-- column = the list has a verifier's column; the other two are what a person declared for the whole list.
create type public.import_verification as enum ('column', 'declared_verified', 'declared_unverified');

create table public.imports (
  id uuid primary key default gen_random_uuid(),
  client_id uuid not null references public.clients (id) on delete cascade,
  campaign_id uuid not null references public.campaigns (id) on delete cascade,
  file_name text not null check (length(file_name) between 1 and 300),
  file_checksum text,
  status public.import_status not null default 'running',
  format jsonb not null default '{}',
  mapping jsonb not null,
  total_rows integer check (total_rows >= 0),
  done_rows integer not null default 0,
  counts jsonb not null default '{}',
  flags jsonb not null default '{}',
  update_existing boolean not null default true,
  allow_other_campaigns boolean not null default false,
  verification public.import_verification not null,
  verification_by uuid,
  verification_at timestamptz,
  consent_source text,
  consent_note text,
  requested_by uuid,
  created_at timestamptz not null default now(),
  updated_at timestamptz not null default now(),
  finished_at timestamptz,
  undone_at timestamptz,
  undone_by uuid,
  undo_result jsonb,
  constraint imports_declared_by_somebody check ((verification = 'column') = (verification_at is null))
);

comment on table public.imports is
  'A list of leads brought into a campaign: where it came from, how its columns were read, how many rows ended how, and who declared it verified.';
comment on column public.imports.file_checksum is 'SHA-256 of the file, so that it can be recognised when an interrupted import is resumed.';
comment on column public.imports.format is
  'How the file was read: { encoding, delimiter, header_row (null = none), chunk_rows }; an interrupted import resumes with the same.';
comment on column public.imports.mapping is
  'How its columns were read, in their order: [{ "header": text, "target": a field, "variable" or "skip", "variable": the name it goes out under }].';
comment on column public.imports.done_rows is 'Rows judged so far; blank lines are none.';
comment on column public.imports.counts is 'Rows by outcome: { "imported": n, "suppressed": n, … }.';
comment on column public.imports.flags is 'Kept rows by what is to be known of them: { "role_address": n, "not_verified": n, … }; a row can have several.';
comment on column public.imports.verification is
  'Where the verdict on the addresses comes from: a column of the list, or what a person declared for the whole list (verification_by, verification_at).';
comment on column public.imports.verification_by is 'Who declared whether the list is verified; null = a script with a secret key.';
comment on column public.imports.consent_source is 'On what grounds these people can be emailed, in the agency''s words.';
comment on column public.imports.undo_result is 'What undoing did: { "removed": n, "restored": n, "kept": n }.';

create index imports_client_id_idx on public.imports (client_id, created_at desc);
create index imports_campaign_id_idx on public.imports (campaign_id, created_at desc);

create trigger set_updated_at before update on public.imports
for each row execute function private.set_updated_at();

alter table public.imports enable row level security;

grant select on public.imports to authenticated;
grant select, insert, update, delete on public.imports to service_role;

create policy "Clients see their imports, operators see all"
on public.imports for select to authenticated
using (client_id = any (array(select private.visible_client_ids())));

-- A business knows the import that made it.
alter table public.businesses add constraint businesses_import_id_fkey
foreign key (import_id) references public.imports (id) on delete set null;

create table public.import_rows (
  import_id uuid not null references public.imports (id) on delete cascade,
  row_number integer not null check (row_number > 0),
  -- Both are those of the import, and follow its campaign to another client. Without foreign keys of their own: a list of
  -- 100,000 rows checks each of them, 30 µs a row and key, and all go with the import.
  client_id uuid not null,
  campaign_id uuid not null,
  outcome public.import_outcome not null,
  reason text,
  flags text[] not null default '{}',
  email text,
  business_id uuid,
  cells jsonb,
  changes jsonb,
  primary key (import_id, row_number)
);

comment on table public.import_rows is
  'What became of each row of an import. Rows that were not kept have their original cells, so that they can be corrected and brought in again.';
comment on column public.import_rows.row_number is 'The number of the row in the file as a spreadsheet shows it: 1 = the first line.';
comment on column public.import_rows.business_id is
  'The business that the row made or changed; it may have been deleted since. null = none, or undone.';
comment on column public.import_rows.reason is
  'What belongs to the outcome: the row that was first, the other campaign, why somebody is suppressed, "exported" or "unchanged" for one that the campaign has.';
comment on column public.import_rows.flags is
  'What is to be known of a row that was kept: role_address, not_verified, risky, undeliverable, several_addresses, in_other_campaign, link_left_out, rating_left_out, characters_replaced.';
comment on column public.import_rows.cells is 'The cells as they were in the file; null for rows that were kept.';
comment on column public.import_rows.changes is 'What an update changed: { column: [before, after] }, so that undoing can restore it.';

create index import_rows_client_id_idx on public.import_rows (client_id, email);
create index import_rows_email_idx on public.import_rows (import_id, email);
create index import_rows_outcome_idx on public.import_rows (import_id, outcome, row_number);

alter table public.import_rows enable row level security;

grant select on public.import_rows to authenticated;
grant select, insert, update, delete on public.import_rows to service_role;

create policy "Clients see rows of their imports, operators see all"
on public.import_rows for select to authenticated
using (client_id = any (array(select private.visible_client_ids())));

-- What somebody decided about a heading once is proposed the next time.
create table public.import_mappings (
  client_id uuid not null references public.clients (id) on delete cascade,
  heading text not null check (length(heading) between 1 and 300),
  target text not null,
  variable text,
  updated_at timestamptz not null default now(),
  primary key (client_id, heading)
);

comment on table public.import_mappings is
  'How the columns of a client''s lists were read the last time, by their heading in lower case; proposed for its next list.';

create trigger set_updated_at before update on public.import_mappings
for each row execute function private.set_updated_at();

alter table public.import_mappings enable row level security;

grant select on public.import_mappings to authenticated;
grant select, insert, update, delete on public.import_mappings to service_role;

create policy "Clients see their mappings, operators see all"
on public.import_mappings for select to authenticated
using (client_id = any (array(select private.visible_client_ids())));

-- The parts of a file that are stored already: sent again, they change nothing.
create table private.import_chunks (
  import_id uuid not null references public.imports (id) on delete cascade,
  chunk integer not null check (chunk >= 0),
  digest text not null,
  rows integer not null,
  stored_at timestamptz not null default now(),
  primary key (import_id, chunk)
);

comment on table private.import_chunks is
  'Which parts of an import are stored, with the digest of their rows; a part that comes again is skipped.';

alter table private.import_chunks enable row level security;

grant select, insert, update, delete on private.import_chunks to service_role;

create policy "Only the functions read parts of imports"
on private.import_chunks for all to service_role using (true) with check (true);

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

-- Judging the rows of an import: who comes in, who does not, and why.

-- Sums of two sets of counters { name: n }.
create function private.add_counts(counts jsonb, more jsonb)
returns jsonb
language sql
immutable
set search_path = ''
as $$
  select coalesce(jsonb_object_agg(s.key, s.total), '{}')
  from (
    select c.key, sum(c.value::integer) as total
    from (select * from jsonb_each_text(counts) union all select * from jsonb_each_text(more)) as c
    group by c.key
  ) as s
$$;

comment on function private.add_counts(jsonb, jsonb) is 'The sums of two objects of counters, name by name.';

grant execute on function private.add_counts(jsonb, jsonb) to service_role;

-- The verdict on each row of a part, without writing anything. given_rows: [{
--   "n": row number, "email": the cell with the address, "fields": { column of businesses: value }, "variables": { name: text },
--   "flags": [text], "problem": why the row cannot be stored, "cells": [text] }]
create function private.judge_import_rows(import public.imports, given_rows jsonb)
returns table (
  row_number integer, email text, outcome public.import_outcome, reason text, flags text[], business_id uuid,
  fields jsonb, variables jsonb, patch jsonb, cells jsonb
)
language plpgsql
stable
set search_path = ''
-- The tables grow from part to part of the same session: each part is planned for their size of now.
set plan_cache_mode = force_custom_plan
as $$
begin
  return query
  with given as materialized (
    select
      g.n, g.email as cell, coalesce(g.fields, '{}') as fields, coalesce(g.variables, '{}') as variables,
      coalesce(g.flags, '{}') as flags, g.problem, g.cells, private.normalize_email(g.email) as email
    from jsonb_to_recordset(given_rows) as g (
      n integer, email text, fields jsonb, variables jsonb, flags text[], problem text, cells jsonb
    )
  ),
  wanted as materialized (
    select g.email, min(g.n) as first_row from given as g where g.email is not null and g.problem is null group by g.email
  ),
  suppressed as materialized (
    select s.email, s.reason from private.suppressed_among(import.campaign_id, array(select w.email from wanted as w)) as s
  ),
  seen as materialized (
    select r.email, min(r.row_number) as first_row
    from public.import_rows as r
    where r.import_id = import.id and r.email = any (array(select w.email from wanted as w))
    group by r.email
  ),
  -- What the client has of these addresses, by campaign.
  held as materialized (
    select w.email, b.id, b.campaign_id, b.created_at
    from wanted as w
    join public.businesses as b on b.client_id = import.client_id and private.normalize_email(b.email) = w.email
  ),
  here as materialized (
    select distinct on (h.email) h.email, h.id
    from held as h
    where h.campaign_id = import.campaign_id
    order by h.email, h.created_at, h.id
  ),
  sent as materialized (
    select w.email
    from wanted as w
    where exists (
      select
      from public.export_receipts as x
      where x.campaign_id = import.campaign_id and x.email = w.email and x.outcome in ('created', 'duplicate', 'sending')
    )
    or exists (
      select
      from public.synced_leads as l
      where l.campaign_id = import.campaign_id and l.email = w.email and l.removed_at is null
    )
  ),
  elsewhere as materialized (
    select o.email, min(k.name) as campaign_name
    from (
      select h.email, h.campaign_id from held as h
      union all
      select w.email, l.campaign_id
      from wanted as w
      join public.synced_leads as l on l.email = w.email and l.client_id = import.client_id and l.removed_at is null
    ) as o
    join public.campaigns as k on k.id = o.campaign_id
    where o.campaign_id <> import.campaign_id
    group by o.email
  ),
  -- What the row would change of the business that the campaign has: a filled cell replaces, an empty one erases nothing.
  compared as materialized (
    select
      g.*, w.first_row, seen.first_row as seen_row, s.reason as suppressed_for, here.id as here_id, x.email is not null as is_sent,
      e.campaign_name,
      case when here.id is not null then (
        select
          coalesce(jsonb_object_agg(f.key, f.value) filter (where to_jsonb(b) -> f.key is distinct from f.value), '{}')
          || case
            when b.custom_variables || g.variables <> b.custom_variables
              then jsonb_build_object('custom_variables', b.custom_variables || g.variables)
            else '{}'
          end
        from public.businesses as b
        left join lateral jsonb_each(g.fields) as f on true
        where b.id = here.id
        group by b.id
      ) end as patch
    from given as g
    left join wanted as w on w.email = g.email
    left join seen on seen.email = g.email
    left join suppressed as s on s.email = g.email
    left join here on here.email = g.email
    left join sent as x on x.email = g.email
    left join elsewhere as e on e.email = g.email
  ),
  judged as (
    select
      c.*,
      case
        when c.problem is not null then 'unreadable'
        when coalesce(c.cell, '') !~ '\S' then 'no_address'
        -- Both providers take the format of RFC 5321, which has ASCII only before the @.
        when c.email is null or c.email ~ '[^\u0001-\u007f]' then 'not_an_address'
        when c.suppressed_for is not null then 'suppressed'
        when c.seen_row is not null or c.first_row < c.n then 'duplicate_in_file'
        when c.is_sent then 'in_campaign'
        when c.here_id is not null then case when import.update_existing and c.patch <> '{}' then 'updated' else 'in_campaign' end
        when c.campaign_name is not null and not import.allow_other_campaigns then 'in_other_campaign'
        else 'imported'
      end::public.import_outcome as outcome
    from compared as c
  )
  select
    j.n,
    case when j.suppressed_for is distinct from 'erased' then j.email end,
    j.outcome,
    case j.outcome
      when 'unreadable' then j.problem
      when 'suppressed' then j.suppressed_for::text
      when 'duplicate_in_file' then coalesce(j.seen_row, j.first_row)::text
      when 'in_campaign' then case when j.is_sent then 'exported' when j.patch <> '{}' then 'kept_as_it_is' else 'unchanged' end
      when 'in_other_campaign' then j.campaign_name
    end,
    case when j.outcome in ('imported', 'updated') then
      j.flags
      || array(
        select f.flag
        from (
          values
            ('role_address', private.is_role_address(j.email)),
            ('in_other_campaign', j.campaign_name is not null),
            (
              case j.fields ->> 'email_deliverability'
                when 'deliverable' then null when 'undeliverable' then 'undeliverable' when 'risky' then 'risky' else 'not_verified'
              end,
              true
            )
        ) as f (flag, holds)
        where f.holds and f.flag is not null
      )
      else '{}'
    end,
    case j.outcome when 'imported' then gen_random_uuid() when 'updated' then j.here_id end,
    j.fields,
    j.variables,
    j.patch,
    -- Of a person who was erased only the number of the row is kept.
    case when j.suppressed_for is distinct from 'erased' then j.cells end
  from judged as j;
end
$$;

comment on function private.judge_import_rows(public.imports, jsonb) is
  'How each row of a part of an import ends and why; reads only. For a row that comes in also the id of its business, for one that updates what it changes.';

grant execute on function private.judge_import_rows(public.imports, jsonb) to service_role;

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

-- What people read of imports, and the end of those that no one continues.

-- The sender keeps the file, so no one says that a tab was closed: a sender that works sends a part every few seconds.
create function private.is_import_interrupted(import public.imports)
returns boolean
language sql
stable
set search_path = ''
as $$
  select import.status = 'running' and import.updated_at < now() - interval '10 minutes'
$$;

comment on function private.is_import_interrupted(public.imports) is
  'Whether an import is running and nothing has arrived of it for ten minutes.';

grant execute on function private.is_import_interrupted(public.imports) to authenticated, service_role;

-- What came in stays, and can be undone.
create function private.cancel_abandoned_imports()
returns integer
language sql
volatile
set search_path = ''
as $$
  select count(worker.end_import(i.id, 'cancelled', null, null))::integer
  from public.imports as i
  where i.status = 'running' and i.updated_at < now() - interval '7 days'
$$;

comment on function private.cancel_abandoned_imports() is
  'Every night: cancels imports of which nothing has arrived for seven days; returns how many.';

create view public.client_imports
with (security_invoker = true)
as
select
  i.id as import_id,
  i.client_id,
  k.name as client_name,
  i.campaign_id,
  c.name as campaign_name,
  i.file_name,
  i.file_checksum,
  i.status,
  private.is_import_interrupted(i) as is_interrupted,
  i.format,
  i.mapping,
  i.total_rows,
  i.done_rows,
  coalesce((i.counts ->> 'imported')::integer, 0) as imported,
  coalesce((i.counts ->> 'updated')::integer, 0) as updated,
  i.done_rows - coalesce((i.counts ->> 'imported')::integer, 0) - coalesce((i.counts ->> 'updated')::integer, 0) as not_imported,
  i.counts,
  i.flags,
  i.verification,
  private.person_name(i.verification_by) as verification_by_name,
  i.verification_at,
  i.consent_source,
  i.consent_note,
  i.requested_by,
  private.person_name(i.requested_by) as requested_by_name,
  i.created_at,
  i.updated_at,
  i.finished_at,
  i.undone_at,
  i.undo_result
from public.imports as i
join public.campaigns as c on c.id = i.campaign_id
join public.clients as k on k.id = i.client_id;

comment on view public.client_imports is
  'Imports with the names of client and campaign, and for operators of who did them and who declared the list verified.';

grant select on public.client_imports to authenticated, service_role;
