-- An erased person does not come back: deliveries are emptied before they are projected, and what is written directly is left out.
-- Imports and exports ask private.suppressed_among, syncs private.without_erased.

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

-- Every address in a payload, in its stored form.
create function private.addresses_in(payload jsonb)
returns setof text
language sql
immutable
set search_path = ''
as $$
  select distinct a.email
  from regexp_matches(payload::text, '[^\s"<>,;:()\\]{1,100}(?:@|%40)[^\s"<>,;:()\\]{1,200}', 'g') as m (found)
  cross join lateral (select private.normalize_email(replace(m.found[1], '%40', '@')) as email) as a
  where a.email is not null
$$;

comment on function private.addresses_in(jsonb) is 'The addresses in a payload, each once, in their stored form.';

grant execute on function private.addresses_in(jsonb) to service_role;

-- Of deliveries that are about to be projected, those of erased people lose what they hold and are settled as erased. Returns
-- their ids. All addresses of a delivery are checked: whose lead it is, who wrote, both sides of an untracked mail, and of one that names no
-- lead every address in it.
create function private.forget_erased(event_ids bigint[])
returns bigint[]
language plpgsql
set search_path = ''
as $$
declare
  salt text;
  forgotten bigint[];
begin
  if not exists (select from private.erasures) then
    return '{}';
  end if;

  salt := private.erasure_salt();

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
        on e.digest in (
          private.address_digest(salt, null, a.email),
          private.address_digest(salt, coalesce(known.client_id, c.client_id), a.email)
        )
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
  salt text;
begin
  if not exists (select from private.erasures) then
    return;
  end if;

  salt := private.erasure_salt();

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
        on e.digest in (private.address_digest(salt, null, a.email), private.address_digest(salt, c.client_id, a.email))
    );
end
$$;

comment on function private.forget_unreadable(bigint[]) is
  'Empties unreadable deliveries, of those given, in which there is an address of an erased person.';

grant execute on function private.forget_unreadable(bigint[]) to service_role;

-- Mails of others that name an erased person, as the provider's inbox shows them again: with the pseudonym in the place of the
-- address, as the erasure left them.
create function private.mask_erased(target_connection_id uuid, mails jsonb)
returns jsonb
language plpgsql
stable
set search_path = ''
as $$
declare
  salt text;
  named record;
begin
  if not exists (select from private.erasures) then
    return mails;
  end if;

  salt := private.erasure_salt();

  for named in
    select distinct on (m.position, a.email) m.position - 1 as index, a.email, e.id
    from jsonb_array_elements(mails) with ordinality as m (value, position)
    join public.provider_connections as c on c.id = target_connection_id
    left join private.provider_campaigns as p
      on p.connection_id = c.id and p.provider_campaign_id = m.value ->> 'provider_campaign_id'
    left join public.campaigns as k on k.id = p.campaign_id
    cross join lateral private.addresses_in(m.value -> 'payload') as a (email)
    join private.erasures as e
      on e.digest in (private.address_digest(salt, null, a.email), private.address_digest(salt, coalesce(k.client_id, c.client_id), a.email))
    order by m.position, a.email, e.requested_at
  loop
    mails := jsonb_set(
      mails, array[named.index::text, 'payload'],
      regexp_replace(
        (mails -> named.index::integer -> 'payload')::text, private.address_pattern(named.email), private.pseudonym(named.id, null), 'gi'
      )::jsonb
    );
  end loop;

  return mails;
end
$$;

comment on function private.mask_erased(uuid, jsonb) is
  'Mails of a provider''s inbox, [{ provider_campaign_id, payload, … }], with a pseudonym in the place of each erased address in their payloads.';

grant execute on function private.mask_erased(uuid, jsonb) to service_role;

-- Scrapers write businesses directly. The erased person is left out: of a business with somebody else in it that person
-- stays, of one without the row is not written.
create function private.keep_erased_out()
returns trigger
language plpgsql
set search_path = ''
as $$
declare
  gone text[] := array(
    select private.erased_among(
      new.client_id, array[private.normalize_email(new.email), private.normalize_email(new.linkedin_contact_email)]
    )
  );
begin
  if gone = '{}' then
    return new;
  end if;

  if private.normalize_email(new.linkedin_contact_email) = any (gone) then
    new.linkedin_contact_name := null;
    new.linkedin_contact_title := null;
    new.linkedin_contact_url := null;
    new.linkedin_contact_email := null;
  end if;

  if private.normalize_email(new.email) = any (gone) then
    if new.linkedin_contact_email is null then
      return null;
    end if;

    new.email := null;
    new.first_name := null;
    new.last_name := null;
    new.job_title := null;
    new.phone := null;
  elsif new.email is null and new.linkedin_contact_email is null then
    return null;
  end if;

  new.subject_line := null;
  new.icebreaker := null;
  new.custom_variables := '{}';
  return new;
end
$$;

comment on function private.keep_erased_out() is
  'Trigger: takes erased people out of a business that is written; without anybody else in it, it is not written.';

-- An import asked for its addresses already; the second person of a row is asked here.
create trigger a_keep_erased_out_of_new before insert on public.businesses
for each row when (new.import_id is null or new.linkedin_contact_email is not null) execute function private.keep_erased_out();

create trigger a_keep_erased_out_of_changed before update of email, linkedin_contact_email on public.businesses
for each row
when (new.email is distinct from old.email or new.linkedin_contact_email is distinct from old.linkedin_contact_email)
execute function private.keep_erased_out();

-- No one has to be suppressed who was erased: an entry would only return the address.
create function private.keep_erased_out_of_suppressions()
returns trigger
language plpgsql
set search_path = ''
as $$
begin
  return case
    when exists (
      select private.erased_among((to_jsonb(new) ->> 'client_id')::uuid, array[coalesce(to_jsonb(new) ->> 'email', to_jsonb(new) ->> 'entry')])
    ) then null
    else new
  end;
end
$$;

comment on function private.keep_erased_out_of_suppressions() is 'Trigger: leaves out an address of a person who was erased.';

create trigger a_keep_erased_out before insert on public.suppressions
for each row execute function private.keep_erased_out_of_suppressions();

create trigger a_keep_erased_out before insert on public.suppression_rules
for each row when (strpos(new.entry, '@') > 0) execute function private.keep_erased_out_of_suppressions();

create trigger a_keep_erased_out before insert on private.suppression_removals
for each row execute function private.keep_erased_out_of_suppressions();

create trigger a_keep_erased_out before insert on private.workspace_suppressions
for each row execute function private.keep_erased_out_of_suppressions();

create trigger a_keep_erased_out before insert on private.class_suppressions
for each row execute function private.keep_erased_out_of_suppressions();
