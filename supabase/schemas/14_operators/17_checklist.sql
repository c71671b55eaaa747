-- The first steps of a new agency, ticked by what is in the database.

-- Definer, because the agency and deliveries are in tables that people may not read.
create function private.read_checklist()
returns table (place integer, step text, client_id uuid, done boolean, hidden boolean)
language sql
stable
security definer
set search_path = ''
as $$
  select
    s.place, s.step,
    case when s.place > 3 then (select c.id from public.clients as c where c.archived_at is null order by c.created_at, c.id limit 1) end,
    s.done, a.checklist_hidden_at is not null
  from private.agency as a
  cross join lateral (
    values
      (1, 'agency', a.name is not null),
      (
        2, 'connection',
        exists (
          select from public.provider_connections as c
          join private.provider_keys as k on k.connection_id = c.id
          where c.removed_at is null
        )
      ),
      (3, 'client', exists (select from public.clients as c where c.archived_at is null)),
      -- A lead belongs to a campaign, so the campaign is first.
      (4, 'campaign', exists (select from public.campaigns)),
      (5, 'leads', exists (select from public.businesses)),
      -- What the agency sends already through a provider counts as exported.
      (
        6, 'export',
        exists (select from public.export_receipts as r where r.outcome = 'created') or exists (select from public.synced_leads)
      ),
      (7, 'webhook', exists (select from private.connection_activity))
  ) as s (place, step, done)
  where (select private.may_operate())
$$;

comment on function private.read_checklist() is
  'The first steps of an agency and which are done. No rows unless private.may_operate().';

grant execute on function private.read_checklist() to authenticated, service_role;

-- One row per step, in the order in which they are done.
create view public.operator_checklist
with (security_invoker = true)
as
select c.place, c.step, c.client_id, c.done, c.hidden from private.read_checklist() as c;

comment on view public.operator_checklist is
  'First steps of a new agency: agency (has a name), connection (with a key), client, campaign, leads, export, webhook (a first event was projected); client_id = the client to continue with, null where a step is about none; hidden = an operator hid the list. Operators only.';

grant select on public.operator_checklist to authenticated, service_role;

create function private.shelve_checklist(is_hidden boolean)
returns boolean
language plpgsql
security definer
set search_path = ''
as $$
begin
  perform private.require_operator();

  if is_hidden is null then
    raise exception using errcode = 'PT400', message = 'VALIDATION_FAILED', detail = 'Say whether hidden is true or false';
  end if;

  update private.agency as a set checklist_hidden_at = case when is_hidden then coalesce(a.checklist_hidden_at, now()) end;

  perform private.write_audit(case when is_hidden then 'checklist_hidden' else 'checklist_shown' end, 'agency', null, null);

  return is_hidden;
end
$$;

comment on function private.shelve_checklist(boolean) is 'The work of public.hide_checklist; checks the caller itself.';

grant execute on function private.shelve_checklist(boolean) to authenticated, service_role;

create function public.hide_checklist(hidden boolean)
returns boolean
language sql
volatile
set search_path = ''
as $$
  select private.shelve_checklist(hidden)
$$;

comment on function public.hide_checklist(boolean) is 'Hides the checklist of the first steps for all operators, or shows it again. Returns hidden. Operators.';

grant execute on function public.hide_checklist(boolean) to authenticated, service_role;
