-- What is written directly leaves an erased person out. Deliveries are emptied before they are projected (private.forget_erased), imports and
-- exports ask private.suppressed_among, syncs private.without_erased.

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
