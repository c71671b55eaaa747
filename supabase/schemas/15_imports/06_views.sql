-- What people read of imports.

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
