-- Which variables a campaign's mails use, and which of them a lead has a value for.

create type public.export_recipient as enum ('business', 'linkedin_contact');

-- The variables that a campaign's mails use and that only we can fill. What has a fallback, such as
-- {{firstName|there}}, and what the provider fills itself (the mailbox, the signature, the day) is not among them.
create function private.sequence_variables(sequence jsonb)
returns text[]
language sql
immutable
set search_path = ''
as $$
  select coalesce(array_agg(distinct m.found[1] order by m.found[1]), '{}')
  from regexp_matches(
    coalesce(nullif(sequence, 'null')::text, '{{subject_line}} {{firstName}} {{icebreaker}}'), '\{\{\s*(\w+)\s*\}\}', 'g'
  ) as m (found)
  where m.found[1] !~* '^(sl_|sending|sender|account|signature|unsubscribe|opt_?out|organization|current)'
$$;

comment on function private.sequence_variables(jsonb) is
  'Names of the variables in a campaign''s sequence that a lead must have a value for; null = the default sequence.';

grant execute on function private.sequence_variables(jsonb) to service_role;

-- What a lead made of a business has a value for, under each name that a sequence may use. The names are those of
-- leadFromBusiness and of both providers' own fields.
create function private.lead_variables(business public.businesses, recipient public.export_recipient)
returns text[]
language sql
immutable
set search_path = ''
as $$
  select coalesce(array_agg(v.name), '{}') || array(select jsonb_object_keys(business.custom_variables))
  from (
    select
      case recipient
        -- As splitName does it: titles in front are none of the names.
        when 'linkedin_contact' then substring(
          regexp_replace(btrim(business.linkedin_contact_name), '^((dr|mr|mrs|ms|prof|ing|drs|ir)\.?\s+)+', '', 'i') from '\s(.+)$'
        )
        else business.last_name
      end as last_name,
      coalesce(nullif(btrim(case recipient when 'linkedin_contact' then business.linkedin_contact_name else business.first_name end), ''), business.name) as first_name,
      case recipient when 'linkedin_contact' then business.linkedin_contact_title else business.job_title end as job_title
  ) as person
  cross join lateral (
    values
      ('email', 'x'), ('firstName', person.first_name), ('first_name', person.first_name),
      ('companyName', business.name), ('company_name', business.name), ('company', business.name),
      ('lastName', person.last_name), ('last_name', person.last_name),
      ('jobTitle', person.job_title), ('job_title', person.job_title),
      ('title', case recipient when 'linkedin_contact' then business.linkedin_contact_title end),
      ('linkedin_contact_title', business.linkedin_contact_title),
      ('personalization', business.icebreaker), ('icebreaker', business.icebreaker), ('subject_line', business.subject_line),
      ('website', business.website), ('phone', business.phone), ('phone_number', business.phone),
      ('address', business.address), ('city', business.city), ('state', business.state), ('zip', business.zip),
      (
        'linkedin_url',
        case recipient
          when 'linkedin_contact' then coalesce(nullif(btrim(business.linkedin_contact_url), ''), business.linkedin_url)
          else business.linkedin_url
        end
      ),
      ('facebook_url', business.facebook_url), ('email_source', business.email_source), ('category', business.category),
      ('rating', business.rating::text)
  ) as v (name, value)
  where v.value ~ '\S'
$$;

comment on function private.lead_variables(public.businesses, public.export_recipient) is
  'Names of the variables that a lead made of this business has a value for.';

grant execute on function private.lead_variables(public.businesses, public.export_recipient) to service_role;

-- How many variables a provider takes of a lead; null = no limit is known. The same number is in variable-limit.ts.
create function private.variable_limit(provider public.provider)
returns integer
language sql
immutable
set search_path = ''
as $$
  select case provider when 'smartlead' then 200 end
$$;

comment on function private.variable_limit(public.provider) is 'The most custom variables of a lead that a provider takes; null = no limit is known.';

grant execute on function private.variable_limit(public.provider) to service_role;

-- How many of them an export sends to Smartlead for a lead: its custom variables and what of our fields Smartlead has none for.
create function private.sent_variable_count(business public.businesses, recipient public.export_recipient)
returns integer
language sql
immutable
set search_path = ''
as $$
  select (
    (select count(*) from jsonb_object_keys(business.custom_variables))
    + (
      select count(*)
      from (
        values
          (case recipient when 'linkedin_contact' then business.linkedin_contact_title else business.job_title end),
          (case recipient when 'linkedin_contact' then business.linkedin_contact_title end),
          (business.name), (business.icebreaker), (business.subject_line), (business.address), (business.city), (business.state),
          (business.zip), (business.facebook_url), (business.email_source), (business.category), (business.linkedin_contact_title),
          (business.rating::text)
      ) as v (value)
      where v.value ~ '\S'
    )
  )::integer
$$;

comment on function private.sent_variable_count(public.businesses, public.export_recipient) is
  'How many variables a lead made of this business has at Smartlead (writeLead): custom variables, and fields that Smartlead has no place for.';

grant execute on function private.sent_variable_count(public.businesses, public.export_recipient) to service_role;
