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
