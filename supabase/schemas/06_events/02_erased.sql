-- Deliveries about people who were erased: they are emptied, and still counted once.

-- What stays of a delivery: that there was one, when and of which kind, so that the same one counts once for ever.
create function private.emptied_event(event jsonb)
returns jsonb
language sql
immutable
set search_path = ''
as $$
  select jsonb_strip_nulls(jsonb_build_object('type', event -> 'type', 'occurred_at', event -> 'occurred_at', 'step', event -> 'step'))
  where event is not null
$$;

comment on function private.emptied_event(jsonb) is 'Type, time and step of our reading of a delivery; null of an unreadable one.';

grant execute on function private.emptied_event(jsonb) to service_role;

-- Of deliveries that are about to be projected, those of erased people lose what they hold and are settled as erased. Returns
-- their ids. All addresses of a delivery are checked: whose lead it is, who wrote, both sides of an untracked mail, and of one that names no
-- lead every address in it.
create function private.forget_erased(event_ids bigint[])
returns bigint[]
language plpgsql
set search_path = ''
as $$
declare
  salts text[];
  forgotten bigint[];
begin
  if not exists (select from private.erasures) then
    return '{}'::bigint[];
  end if;

  salts := private.erasure_salts();

  with emptied as (
    update private.webhook_events as w
    set status = 'erased', payload = '{}', event = private.emptied_event(w.event), reason = null, processed_at = now()
    from (
      select distinct d.id
      from private.webhook_events as d
      join public.provider_connections as c on c.id = d.connection_id
      left join lateral (
        select k.client_id
        from jsonb_array_elements_text(d.event -> 'provider_campaign_ids') with ordinality as candidate (id, position)
        join private.provider_campaigns as p on p.connection_id = d.connection_id and p.provider_campaign_id = candidate.id
        join public.campaigns as k on k.id = p.campaign_id
        order by candidate.position
        limit 1
      ) as known on true
      cross join lateral (
        select d.event ->> 'email' as email
        union all
        select d.event ->> 'written_by'
        union all
        select s.email
        from jsonb_array_elements_text(case when jsonb_typeof(d.event -> 'emails') = 'array' then d.event -> 'emails' else '[]' end)
          as s (email)
        union all
        select f.email
        from private.addresses_in(d.payload) as f (email)
        where d.event ->> 'email' is null and d.event -> 'emails' is null
      ) as a
      join private.erasures as e
        on e.digest = any (private.erasure_digests(salts, coalesce(known.client_id, c.client_id), a.email))
        and (e.client_id is null or e.client_id = coalesce(known.client_id, c.client_id))
      where d.id = any (event_ids)
    ) as theirs
    where w.id = theirs.id
    returning w.id
  )
  select coalesce(array_agg(m.id), '{}') into forgotten from emptied as m;

  return forgotten;
end
$$;

comment on function private.forget_erased(bigint[]) is
  'Empties the deliveries, of those given, that are about erased people, and settles them as erased; returns their ids.';

grant execute on function private.forget_erased(bigint[]) to service_role;

-- The same for deliveries that could not be read, as soon as they are stored: any address in them counts.
create function private.forget_unreadable(event_ids bigint[])
returns void
language plpgsql
set search_path = ''
as $$
declare
  salts text[];
begin
  if not exists (select from private.erasures) then
    return;
  end if;

  salts := private.erasure_salts();

  update private.webhook_events as w
  set status = 'erased', payload = '{}', event = null, reason = null, processed_at = now()
  from public.provider_connections as c
  where w.id = any (event_ids)
    and w.status = 'dead'
    and c.id = w.connection_id
    and exists (
      select
      from private.addresses_in(w.payload) as a (email)
      join private.erasures as e
        on e.digest = any (private.erasure_digests(salts, c.client_id, a.email)) and (e.client_id is null or e.client_id = c.client_id)
    );
end
$$;

comment on function private.forget_unreadable(bigint[]) is
  'Empties unreadable deliveries, of those given, in which there is an address of an erased person.';

grant execute on function private.forget_unreadable(bigint[]) to service_role;
