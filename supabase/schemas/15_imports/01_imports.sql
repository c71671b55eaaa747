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
