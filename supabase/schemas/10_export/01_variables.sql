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
