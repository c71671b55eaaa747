-- What a custom variable of a lead may be called, so that both providers take it and mails can use it.

-- Names that mean something else: fields of a lead at Instantly or Smartlead, fields of their deliveries (a variable named
-- campaign_id hides the real one at Instantly), and the variables that an export makes of a business itself. The
-- beginnings are what providers fill themselves (private.sequence_variables leaves them out). The same list is in
-- variable-names.ts; a test compares them.
create function private.is_reserved_variable(name text)
returns boolean
language plpgsql
immutable parallel safe strict
set search_path = ''
as $$
begin
  return lower(name) ~ '^(sl_|sending|sender|account|signature|unsubscribe|opt_?out|organization|current)'
    or lower(name) = any ('{
      timestamp,event_type,workspace,campaign_id,campaign_name,campaign,organization,lead_email,email_account,unibox_url,
      step,variant,is_first,email_id,email_subject,email_text,email_html,reply_text_snippet,reply_subject,reply_text,
      reply_html,email,phone,website,firstname,lastname,companyname,jobtitle,personalization,list_id,thread_id,
      from_address_email,id,lead_id,lead_category_id,client_id,user_id,status,payload,custom_fields,custom_variables,
      first_name,last_name,company_name,company,job_title,title,phone_number,location,linkedin_profile,company_url,
      linkedin_url,linkedin_contact_title,facebook_url,email_source,category,rating,icebreaker,subject_line,address,city,
      state,zip
    }'::text[]);
end
$$;

comment on function private.is_reserved_variable(text) is
  'Whether a name belongs to the providers or to a field of ours, so that a custom variable must be called otherwise.';

grant execute on function private.is_reserved_variable(text) to service_role;

-- A heading of a sheet as the name of a variable: letters, digits and _, as {{…}} takes them. What is one already keeps
-- its letter case; umlauts are written out, other marks fall away.
create function private.variable_name(heading text)
returns text
language plpgsql
immutable parallel safe
set search_path = ''
as $$
declare
  name text := btrim(coalesce(heading, ''));
begin
  if name !~ '^[A-Za-z][A-Za-z0-9_]{0,59}$' then
    name := lower(normalize(name, nfkc) collate "private"."letters");
    name := replace(replace(replace(replace(name, 'ä', 'ae'), 'ö', 'oe'), 'ü', 'ue'), 'ß', 'ss');
    name := regexp_replace(normalize(name, nfkd), '[\u0300-\u036f]', '', 'g');
    name := btrim(regexp_replace(name, '[^a-z0-9]+', '_', 'g'), '_');
    name := rtrim(left(case when name = '' then 'variable' when name ~ '^[0-9]' then 'v_' || name else name end, 60), '_');
  end if;

  return case when private.is_reserved_variable(name) then 'custom_' || left(name, 53) else name end;
end
$$;

comment on function private.variable_name(text) is
  'The name under which a column goes out as a custom variable; reserved names get custom_ in front. The same as variableName in variable-names.ts.';

grant execute on function private.variable_name(text) to service_role;

-- The table never holds a custom variable that cannot be sent, also when a script writes it.
create function private.keep_custom_variables()
returns trigger
language plpgsql
set search_path = ''
as $$
begin
  if jsonb_typeof(new.custom_variables) <> 'object' then
    raise exception using errcode = '22023', message = 'custom_variables must be an object such as { "team_size": "12" }';
  end if;

  -- Nothing but text, numbers and booleans is taken by a provider; blanks are no value.
  new.custom_variables := coalesce(
    (
      select jsonb_object_agg(private.variable_name(v.key), v.value order by v.key)
      from jsonb_each(new.custom_variables) as v
      where jsonb_typeof(v.value) in ('string', 'number', 'boolean') and v.value #>> '{}' ~ '\S'
    ),
    '{}'
  );
  return new;
end
$$;

comment on function private.keep_custom_variables() is
  'Trigger: gives custom variables names that both providers take and drops empty ones.';
