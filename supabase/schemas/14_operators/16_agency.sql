-- Who runs this project, as clients see it: name, logo, colour, support address; and a logo of each client.

-- An image as a page can show it, checked and sanitised by the function agency before it comes here.
create domain private.logo as text
check (value ~ '^data:image/(png|jpeg|webp|svg\+xml);base64,[A-Za-z0-9+/]+=*$' and length(value) <= 360000);

comment on domain private.logo is 'A data URL of a PNG, JPEG, WebP or SVG of at most 256 KB; the longest text is a third more.';

-- One row. It is public in the end, but not through the Data API: signed out no one holds a privilege there, so the function
-- agency answers with it.
create table private.agency (
  is_only boolean primary key default true constraint agency_is_one_row check (is_only),
  name text check (length(btrim(name)) between 1 and 80),
  support_address text check (length(support_address) <= 320),
  accent_colour text check (accent_colour ~ '^#[0-9a-f]{6}$'),
  show_product_name boolean not null default false,
  logo private.logo,
  logo_version text,
  logo_url text check (logo_url ~ '^https?://' and length(logo_url) <= 500),
  checklist_hidden_at timestamptz,
  updated_at timestamptz not null default now(),
  constraint agency_logo_has_a_version check ((logo is null) = (logo_version is null))
);

comment on table private.agency is
  'The agency as its clients see it. name null = nothing is set up yet; show_product_name = whether clients read the name of this software.';
comment on column private.agency.accent_colour is '#rrggbb, as it was chosen; the dashboard derives a shade that is readable in each theme.';
comment on column private.agency.logo_version is 'Begin of the digest of the logo: it changes with the picture, so that browsers may keep it for ever.';
comment on column private.agency.logo_url is
  'Where mails load the logo from; null = there is none, or it is an SVG, which mail programs do not show.';
comment on column private.agency.checklist_hidden_at is 'When an operator hid the checklist of the first steps; null = it is shown until it is done.';

-- The same moment in every installation.
insert into private.agency (updated_at) values ('2026-11-28T00:00:00Z');

create trigger set_updated_at before update on private.agency
for each row execute function private.set_updated_at();

alter table private.agency enable row level security;

grant select, insert, update, delete on private.agency to service_role;

create policy "Only the functions read the agency"
on private.agency for all to service_role using (true) with check (true);

-- A table of its own: clients are read in every list, and a picture has 350,000 characters.
create table public.client_logos (
  client_id uuid primary key references public.clients (id) on delete cascade,
  image private.logo not null,
  version text not null,
  updated_at timestamptz not null default now()
);

comment on table public.client_logos is 'The logo of a client, shown beside its name: a data URL for the src of an <img>, and nothing else.';

create trigger set_updated_at before update on public.client_logos
for each row execute function private.set_updated_at();

alter table public.client_logos enable row level security;

grant select on public.client_logos to authenticated;
grant select, insert, update, delete on public.client_logos to service_role;

create policy "Clients see their logo, operators see all"
on public.client_logos for select to authenticated
using (client_id = any (array(select private.visible_client_ids())));

-- What everybody may know, signed in or not.
create function worker.read_agency()
returns jsonb
language sql
stable
set search_path = ''
as $$
  select jsonb_build_object(
    'name', a.name, 'support_address', a.support_address, 'accent_colour', a.accent_colour,
    'show_product_name', a.show_product_name, 'logo_version', a.logo_version
  )
  from private.agency as a
$$;

comment on function worker.read_agency() is
  'The agency as everybody may see it: { name, support_address, accent_colour, show_product_name, logo_version }. Service role only.';

grant execute on function worker.read_agency() to service_role;

create function worker.read_agency_logo()
returns text
language sql
stable
set search_path = ''
as $$
  select a.logo::text from private.agency as a
$$;

comment on function worker.read_agency_logo() is 'The logo of the agency as a data URL; null = there is none. Service role only.';

grant execute on function worker.read_agency_logo() to service_role;

-- Of the agency without a client. image null = no logo any more.
create function worker.save_logo(target_client_id uuid, image text, version text, mail_url text, actor uuid)
returns void
language plpgsql
set search_path = ''
as $$
begin
  if target_client_id is null then
    update private.agency as a set logo = save_logo.image, logo_version = save_logo.version, logo_url = save_logo.mail_url;
  else
    perform private.require_client(target_client_id);

    if image is null then
      delete from public.client_logos as l where l.client_id = target_client_id;
    else
      insert into public.client_logos as l (client_id, image, version)
      values (target_client_id, save_logo.image, save_logo.version)
      on conflict (client_id) do update set image = excluded.image, version = excluded.version;
    end if;
  end if;

  perform private.write_audit(
    case when image is null then 'logo_removed' else 'logo_saved' end,
    case when target_client_id is null then 'agency' else 'client' end, target_client_id::text, target_client_id, '{}', actor
  );
end
$$;

comment on function worker.save_logo(uuid, text, text, text, uuid) is
  'Saves or removes (image null) the logo of a client, or of the agency (client null), which the caller has checked. mail_url = where mails load the agency''s from. Service role only.';

grant execute on function worker.save_logo(uuid, text, text, text, uuid) to service_role;

-- Only what is sent changes.
create function private.edit_agency(settings jsonb)
returns jsonb
language plpgsql
security definer
set search_path = ''
as $$
declare
  problem text;
begin
  perform private.require_operator();

  if jsonb_typeof(settings) is distinct from 'object' or exists (
    select
    from jsonb_object_keys(settings) as k (name)
    where k.name not in ('name', 'support_address', 'accent_colour', 'show_product_name')
  ) then
    problem := 'The agency has name, support_address, accent_colour and show_product_name; send an object with some of them';
  elsif settings ? 'name' and (
    length(btrim(settings ->> 'name')) between 1 and 80 and settings ->> 'name' !~ '[[:cntrl:]]'
  ) is not true then
    problem := 'The name of the agency has 1 to 80 characters on one line';
  elsif settings ->> 'support_address' is not null and private.normalize_email(settings ->> 'support_address') is null then
    problem := format('%L is no email address; give the one that clients may write to, or null', settings ->> 'support_address');
  elsif settings ->> 'accent_colour' is not null and lower(settings ->> 'accent_colour') !~ '^#[0-9a-f]{6}$' then
    problem := format('A colour is # and six digits such as #0f766e, or null for the usual one; it is %L', settings ->> 'accent_colour');
  elsif settings ? 'show_product_name' and jsonb_typeof(settings -> 'show_product_name') <> 'boolean' then
    problem := 'show_product_name is true or false';
  end if;

  if problem is not null then
    raise exception using errcode = 'PT400', message = 'VALIDATION_FAILED', detail = problem;
  end if;

  update private.agency as a
  set
    name = case when settings ? 'name' then btrim(settings ->> 'name') else a.name end,
    support_address = case
      when settings ? 'support_address' then private.normalize_email(settings ->> 'support_address') else a.support_address
    end,
    accent_colour = case when settings ? 'accent_colour' then lower(settings ->> 'accent_colour') else a.accent_colour end,
    show_product_name = case
      when settings ? 'show_product_name' then (settings ->> 'show_product_name')::boolean else a.show_product_name
    end;

  perform private.write_audit('agency_changed', 'agency', null, null, settings);

  return (
    select jsonb_build_object(
      'name', a.name, 'support_address', a.support_address, 'accent_colour', a.accent_colour,
      'show_product_name', a.show_product_name
    )
    from private.agency as a
  );
end
$$;

comment on function private.edit_agency(jsonb) is 'The work of public.change_agency; checks the caller itself.';

grant execute on function private.edit_agency(jsonb) to authenticated, service_role;

-- The door to it for operators.
create function public.change_agency(settings jsonb)
returns jsonb
language sql
volatile
set search_path = ''
as $$
  select private.edit_agency(settings)
$$;

comment on function public.change_agency(jsonb) is
  'Changes what is sent of { name, support_address (null = none), accent_colour (#rrggbb, null = the usual one), show_product_name } and nothing else. Returns all four. Operators.';

grant execute on function public.change_agency(jsonb) to authenticated, service_role;
