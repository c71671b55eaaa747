-- Sequences to start from, for the whole agency.

create table public.sequence_templates (
  id uuid primary key default gen_random_uuid(),
  name text not null check (name ~ '\S' and length(name) <= 120),
  description text check (length(description) <= 500),
  sequence jsonb not null constraint sequence_templates_can_be_sent check (private.sequence_problem(sequence) is null),
  is_built_in boolean not null default false,
  created_by uuid,
  created_at timestamptz not null default now(),
  updated_at timestamptz not null default now()
);

comment on table public.sequence_templates is
  'Sequences to start a campaign from, the same for every client. The built-in ones came with the installation and may be changed or removed. Operators only.';

create unique index sequence_templates_name_idx on public.sequence_templates (lower(name));

create trigger set_updated_at before update on public.sequence_templates
for each row execute function private.set_updated_at();

alter table public.sequence_templates enable row level security;

grant select on public.sequence_templates to authenticated;
grant select, insert, update, delete on public.sequence_templates to service_role;

create policy "Operators read templates"
on public.sequence_templates for select to authenticated
using ((select private.is_operator()));

-- What every lead has a name for, as it is written in a mail; everything else is a custom variable of some list.
create function private.known_variables()
returns text[]
language sql
immutable
set search_path = ''
as $$
  select '{
    email,firstName,first_name,lastName,last_name,companyName,company_name,company,jobTitle,job_title,title,
    linkedin_contact_title,personalization,icebreaker,subject_line,website,phone,phone_number,address,city,state,zip,
    linkedin_url,facebook_url,email_source,category,rating
  }'::text[]
$$;

comment on function private.known_variables() is 'Names that a lead''s own fields have in a mail (see private.lead_variables).';

grant execute on function private.known_variables() to service_role;

-- Variables of a sequence that no field fills: they need a column of the imported list, or are misspelt.
create function private.unknown_variables(sequence jsonb)
returns text[]
language sql
immutable
set search_path = ''
as $$
  select coalesce(array_agg(v.name order by v.name), '{}')
  from unnest(private.sequence_variables(sequence)) as v (name)
  where v.name <> all (private.known_variables())
$$;

comment on function private.unknown_variables(jsonb) is
  'Variables of a sequence that no field of a lead fills: custom variables of a list, or misspelt names.';

grant execute on function private.unknown_variables(jsonb) to service_role;

create function private.write_template(target_id uuid, new_name text, new_description text, new_sequence jsonb)
returns jsonb
language plpgsql
security definer
set search_path = ''
as $$
declare
  template public.sequence_templates;
  problem text := case
    when coalesce(new_name, '') !~ '\S' then 'Give the template a name'
    when length(new_name) > 120 then 'The name is longer than 120 characters'
    when length(new_description) > 500 then 'The description is longer than 500 characters'
    when new_sequence is null or new_sequence = 'null' then 'A template needs a sequence'
    else private.sequence_problem(new_sequence)
  end;
begin
  perform private.require_operator();

  if problem is not null then
    raise exception using errcode = 'PT400', message = 'VALIDATION_FAILED', detail = problem;
  end if;

  if exists (
    select from public.sequence_templates as t where lower(t.name) = lower(btrim(new_name)) and t.id is distinct from target_id
  ) then
    raise exception using errcode = 'PT409', message = 'VALIDATION_FAILED',
      detail = format('There is a template %L already; choose another name', btrim(new_name));
  end if;

  if target_id is null then
    insert into public.sequence_templates (name, description, sequence, created_by)
    values (btrim(new_name), nullif(btrim(new_description), ''), new_sequence, (select auth.uid()))
    returning * into template;
  else
    update public.sequence_templates as t
    set name = btrim(new_name), description = nullif(btrim(new_description), ''), sequence = new_sequence
    where t.id = target_id
    returning * into template;

    if not found then
      raise exception using errcode = 'PT404', message = 'NOT_FOUND', detail = format('There is no template %L; check the id', target_id);
    end if;
  end if;

  perform private.write_audit(
    case when target_id is null then 'template_created' else 'template_changed' end, 'template', template.id::text, null,
    jsonb_build_object('name', template.name)
  );

  return jsonb_build_object(
    'template_id', template.id, 'name', template.name, 'variables', private.sequence_variables(template.sequence),
    'unknown_variables', private.unknown_variables(template.sequence)
  );
end
$$;

comment on function private.write_template(uuid, text, text, jsonb) is 'The work of public.save_sequence_template; checks the caller itself.';

grant execute on function private.write_template(uuid, text, text, jsonb) to authenticated, service_role;

-- The door to it for operators.
create function public.save_sequence_template(name text, sequence jsonb, description text default null, template_id uuid default null)
returns jsonb
language sql
volatile
set search_path = ''
as $$
  select private.write_template(
    save_sequence_template.template_id, save_sequence_template.name, save_sequence_template.description, save_sequence_template.sequence
  )
$$;

comment on function public.save_sequence_template(text, jsonb, text, uuid) is
  'Saves a template, a new one without template_id. Returns { template_id, name, variables, unknown_variables: those that need a column of the imported list }. Operators.';

grant execute on function public.save_sequence_template(text, jsonb, text, uuid) to authenticated, service_role;

create function private.drop_template(target_id uuid)
returns boolean
language plpgsql
security definer
set search_path = ''
as $$
declare
  removed text;
begin
  perform private.require_operator();

  delete from public.sequence_templates as t where t.id = target_id returning t.name into removed;

  if not found then
    raise exception using errcode = 'PT404', message = 'NOT_FOUND', detail = format('There is no template %L; check the id', target_id);
  end if;

  perform private.write_audit('template_removed', 'template', target_id::text, null, jsonb_build_object('name', removed));
  return true;
end
$$;

comment on function private.drop_template(uuid) is 'The work of public.remove_sequence_template; checks the caller itself.';

grant execute on function private.drop_template(uuid) to authenticated, service_role;

-- The door to it for operators.
create function public.remove_sequence_template(template_id uuid)
returns boolean
language sql
volatile
set search_path = ''
as $$
  select private.drop_template(remove_sequence_template.template_id)
$$;

comment on function public.remove_sequence_template(uuid) is 'Removes a template; campaigns made from it keep their sequence. Returns true. Operators.';

grant execute on function public.remove_sequence_template(uuid) to authenticated, service_role;

create function private.add_templates(templates jsonb)
returns jsonb
language plpgsql
security definer
set search_path = ''
as $$
declare
  template jsonb;
  wanted_name text;
  free_name text;
  number integer;
  added jsonb := '[]'::jsonb;
begin
  perform private.require_operator();

  if jsonb_typeof(templates) is distinct from 'array' or jsonb_array_length(templates) not between 1 and 200 then
    raise exception using errcode = 'PT400', message = 'VALIDATION_FAILED',
      detail = 'A file of templates is a list of 1 to 200 of { "name", "description", "sequence" }';
  end if;

  for template in select * from jsonb_array_elements(templates) loop
    -- A name that is taken gets a number: an import replaces nothing.
    wanted_name := left(btrim(coalesce(template ->> 'name', '')), 110);
    free_name := wanted_name;
    number := 2;

    while exists (select from public.sequence_templates as t where lower(t.name) = lower(free_name)) loop
      free_name := format('%s (%s)', wanted_name, number);
      number := number + 1;
    end loop;

    added := added || private.write_template(null, free_name, template ->> 'description', template -> 'sequence');
  end loop;

  return added;
end
$$;

comment on function private.add_templates(jsonb) is 'The work of public.import_sequence_templates; checks the caller itself.';

grant execute on function private.add_templates(jsonb) to authenticated, service_role;

-- The door to it for operators.
create function public.import_sequence_templates(templates jsonb)
returns jsonb
language sql
volatile
set search_path = ''
as $$
  select private.add_templates(templates)
$$;

comment on function public.import_sequence_templates(jsonb) is
  'Adds templates [{ name, description, sequence }] as they were exported, all or none; a name that is taken gets a number. Returns what save_sequence_template returns of each. Operators.';

grant execute on function public.import_sequence_templates(jsonb) to authenticated, service_role;
