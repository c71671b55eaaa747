-- A campaign that goes from one organisation of a workspace to another, and so perhaps to another client of ours: from that
-- moment on nothing of it reaches the old client, and an operator says whose it is.

-- listed: [{ "provider_campaign_id", "provider_org_id": text|null }]; rows without provider_org_id say nothing of it. A held
-- campaign keeps its history with the old client. It is unmapped, so its deliveries wait in quarantine and no sync reads it,
-- until map_campaign names its client, or until it comes back to where it was.
create function private.follow_organizations(target_connection_id uuid, listed jsonb)
returns void
language plpgsql
set search_path = ''
as $$
declare
  moved record;
  owner_id uuid;
begin
  for moved in
    select
      p.id, p.provider_campaign_id, p.name, p.campaign_id, p.moved_from, f.value ->> 'provider_org_id' as new_org_id,
      coalesce(c.client_id, m.client_id) as old_client_id, c.name as campaign_name
    from jsonb_array_elements(listed) as f (value)
    join private.provider_campaigns as p
      on p.connection_id = target_connection_id and p.provider_campaign_id = f.value ->> 'provider_campaign_id'
    left join public.campaigns as c on c.id = p.campaign_id
    left join public.campaigns as m on m.id = p.moved_from
    where f.value ? 'provider_org_id'
      and (
        p.moved_from is not null
        or (p.campaign_id is not null and p.provider_org_id is not null and p.provider_org_id is distinct from f.value ->> 'provider_org_id')
      )
    order by p.provider_campaign_id
    for update of p
  loop
    insert into private.organizations (connection_id, provider_org_id)
    select target_connection_id, moved.new_org_id
    where moved.new_org_id is not null
    on conflict do nothing;

    owner_id := private.campaign_owner(target_connection_id, moved.new_org_id);

    update private.provider_campaigns as p
    set provider_org_id = moved.new_org_id, org_changed_at = now()
    where p.id = moved.id and p.provider_org_id is distinct from moved.new_org_id;

    if owner_id = moved.old_client_id then
      -- Stayed with the client, or came back to it.
      if moved.campaign_id is null then
        perform private.map_provider_campaign(target_connection_id, moved.provider_campaign_id, moved.moved_from);
      end if;
    elsif moved.campaign_id is not null then
      update private.provider_campaigns as p set campaign_id = null, moved_from = moved.campaign_id where p.id = moved.id;

      update public.campaigns as c
      set provider_status = 'moved', provider_status_at = now()
      where c.id = moved.campaign_id;

      insert into public.incidents (connection_id, client_id, kind, subject, details)
      values (
        target_connection_id, moved.old_client_id, 'campaign_moved', moved.id::text,
        format(
          'The campaign "%s" belongs to another client at the provider now. What happens in it is held and reaches nobody; say whose it is under unmapped campaigns.',
          coalesce(moved.name, moved.campaign_name)
        )
      )
      on conflict (connection_id, kind, subject) where closed_at is null do nothing;
    end if;
  end loop;
end
$$;

comment on function private.follow_organizations(uuid, jsonb) is
  'Notes to which organisation campaigns belong now; one that left its client is unmapped and held, with an incident.';

grant execute on function private.follow_organizations(uuid, jsonb) to service_role;
