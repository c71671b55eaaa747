-- Whose name Supabase Auth's mails carry. Its templates read the account's own metadata ({{ .Data.agency_name }}), so that is
-- where the agency's identity is written: for each person with a membership, and again when the identity changes.

-- Black or white, whatever is easier to read on a colour (WCAG's relative luminance).
create function private.ink_on(colour text)
returns text
language sql
immutable strict
set search_path = ''
as $$
  select case when 0.2126 * r.linear[1] + 0.7152 * r.linear[2] + 0.0722 * r.linear[3] > 0.179 then '#000000' else '#ffffff' end
  from (
    select array_agg(
      case when s.share <= 0.04045 then s.share / 12.92 else power((s.share + 0.055) / 1.055, 2.4) end order by s.place
    ) as linear
    from (
      select p.place, get_byte(decode(substr(ink_on.colour, 2), 'hex'), p.place) / 255.0 as share
      from generate_series(0, 2) as p (place)
    ) as s
  ) as r
$$;

comment on function private.ink_on(text) is 'The colour of text on #rrggbb: #000000 or #ffffff, whichever has more contrast.';

grant execute on function private.ink_on(text) to service_role;

create function private.mail_identity()
returns jsonb
language sql
stable
set search_path = ''
as $$
  select jsonb_strip_nulls(jsonb_build_object(
    'agency_name', a.name,
    'agency_support', a.support_address,
    'agency_colour', a.accent_colour,
    'agency_ink', private.ink_on(a.accent_colour),
    'agency_logo', a.logo_url
  ))
  from private.agency as a
$$;

comment on function private.mail_identity() is
  'What a mail of Supabase Auth says of the agency, under the names of supabase/templates: { agency_name, agency_support, agency_colour, agency_ink, agency_logo }, only those with a value.';

grant execute on function private.mail_identity() to service_role;

create function worker.read_mail_identity()
returns jsonb
language sql
stable
set search_path = ''
as $$
  select private.mail_identity()
$$;

comment on function worker.read_mail_identity() is
  'What an invitation says of the agency, as metadata of the account. Service role only.';

grant execute on function worker.read_mail_identity() to service_role;

-- identity '{}' takes it out of accounts.
create function private.write_mail_identity(user_ids uuid[], identity jsonb)
returns void
language sql
volatile
security definer
set search_path = ''
as $$
  update auth.users as u
  set raw_user_meta_data = n.metadata
  from (
    select
      o.id,
      (coalesce(o.raw_user_meta_data, '{}') - '{agency_name,agency_support,agency_colour,agency_ink,agency_logo}'::text[]) || identity
        as metadata
    from auth.users as o
    where o.id = any (user_ids)
  ) as n
  where u.id = n.id and u.raw_user_meta_data is distinct from n.metadata
$$;

comment on function private.write_mail_identity(uuid[], jsonb) is
  'Writes the agency''s identity into the metadata of accounts, where the templates of Supabase Auth read it. Definer: accounts are Auth''s.';

grant execute on function private.write_mail_identity(uuid[], jsonb) to service_role;

-- Definer: Auth deletes an account as its own role, and the membership that goes with it runs this as that role.
create function private.keep_mail_identity_of_members()
returns trigger
language plpgsql
security definer
set search_path = ''
as $$
begin
  if tg_op = 'INSERT' then
    perform private.write_mail_identity(array(select n.user_id from changed as n), private.mail_identity());
  else
    perform private.write_mail_identity(array(select o.user_id from changed as o), '{}');
  end if;

  return null;
end
$$;

comment on function private.keep_mail_identity_of_members() is
  'Trigger: who becomes a member gets mails in the agency''s name; who is none any more does not.';

create trigger name_agency_in_mails after insert on public.members
referencing new table as changed
for each statement execute function private.keep_mail_identity_of_members();

create trigger forget_agency_in_mails after delete on public.members
referencing old table as changed
for each statement execute function private.keep_mail_identity_of_members();

create function private.keep_mail_identity_of_agency()
returns trigger
language plpgsql
set search_path = ''
as $$
begin
  perform private.write_mail_identity(array(select m.user_id from public.members as m), private.mail_identity());
  return null;
end
$$;

comment on function private.keep_mail_identity_of_agency() is 'Trigger: mails follow a change of the agency''s name, colour, logo or support address.';

create trigger change_agency_in_mails
after update of name, support_address, accent_colour, logo_url on private.agency
for each row when ((old.name, old.support_address, old.accent_colour, old.logo_url) is distinct from (new.name, new.support_address, new.accent_colour, new.logo_url))
execute function private.keep_mail_identity_of_agency();
