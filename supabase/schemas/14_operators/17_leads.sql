-- Leads that an operator takes out of a campaign before they are exported.

-- Definer, because no person writes the table.
create function private.drop_businesses(target_ids uuid[])
returns jsonb
language plpgsql
security definer
set search_path = ''
as $$
declare
  most constant integer := 10000;
  asked integer := coalesce(cardinality(target_ids), 0);
  dropped record;
  removed integer := 0;
begin
  perform private.require_operator();

  if asked not between 1 and most then
    raise exception using errcode = 'PT400', message = 'VALIDATION_FAILED',
      detail = format('Send between 1 and %s ids at once; it were %s', most, asked);
  end if;

  for dropped in
    with gone as (
      delete from public.businesses as b
      where b.id = any (target_ids)
        and not exists (select from public.synced_leads as l where l.business_id = b.id)
        and not exists (
          select
          from public.export_receipts as r
          where r.business_id = b.id and r.outcome in ('planned', 'sending', 'created', 'duplicate')
        )
      returning b.client_id, b.campaign_id
    )
    select g.client_id, g.campaign_id, count(*)::integer as number
    from gone as g
    group by g.client_id, g.campaign_id
  loop
    removed := removed + dropped.number;
    perform private.write_audit(
      'leads_removed', 'campaign', dropped.campaign_id::text, dropped.client_id, jsonb_build_object('leads', dropped.number)
    );
  end loop;

  return jsonb_build_object('removed', removed, 'kept', asked - removed);
end
$$;

comment on function private.drop_businesses(uuid[]) is 'The work of public.remove_businesses; checks the caller itself.';

grant execute on function private.drop_businesses(uuid[]) to authenticated, service_role;

-- The door to it for operators.
create function public.remove_businesses(target_ids uuid[])
returns jsonb
language sql
volatile
set search_path = ''
as $$
  select private.drop_businesses(remove_businesses.target_ids)
$$;

comment on function public.remove_businesses(uuid[]) is
  'Deletes up to 10,000 businesses that were never exported, with their LinkedIn contacts. Returns { removed, kept (exported, or being exported: remove those at the provider) }. Operators.';

grant execute on function public.remove_businesses(uuid[]) to authenticated, service_role;
