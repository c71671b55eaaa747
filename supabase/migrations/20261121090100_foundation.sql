-- Generated from supabase/schemas/01_foundation by "npm run migrations".

-- Schemas, default privileges and the extensions that everything else needs.

-- Nothing that we create is callable or readable until a grant below the object says so. New hosted projects already
-- work like this for tables; functions are still executable by everybody by default, so this revokes that for good.
alter default privileges revoke execute on functions from public;
alter default privileges in schema public revoke all on tables from anon, authenticated, service_role;
alter default privileges in schema public revoke all on sequences from anon, authenticated, service_role;
alter default privileges in schema public revoke execute on functions from anon, authenticated, service_role;

-- public is what users of supabase-js see. The edge functions have a door of their own: exposed to the Data API as well, but
-- for the service role only.
create schema worker;

comment on schema worker is
  'What the edge functions call with the service role: exposed by the Data API, closed to people and to the publishable key.';

revoke all on schema worker from public, anon, authenticated;
grant usage on schema worker to service_role;
alter default privileges in schema worker revoke execute on functions from public, anon, authenticated;

-- Everything that no browser may see: raw payloads, encrypted keys, provider campaign ids, jobs, helpers.
create schema private;

comment on schema private is
  'Not exposed by the Data API: raw deliveries, encrypted keys, provider campaign ids, jobs and helper functions.';

revoke all on schema private from public;

-- Signed-in people need usage only because policies and invoker views name objects in here; they get no table from it.
grant usage on schema private to authenticated, service_role, supabase_auth_admin;

-- pg_cron and pg_net are there on every Supabase stack that has them switched on; this switches them on where it can.
do $$
begin
  if not exists (select from pg_catalog.pg_namespace where nspname = 'cron') then
    create extension pg_cron with schema pg_catalog;
  end if;

  if not exists (select from pg_catalog.pg_namespace where nspname = 'net') then
    create extension pg_net with schema extensions;
  end if;
end
$$;

-- Neither is anything for callers of the Data API: pg_net's queue holds the headers of waiting calls, and with them a key.
-- Where the platform keeps the grants to itself nothing can be revoked; then it counts that neither schema is exposed.
do $$
begin
  revoke all on schema net, cron from public, anon, authenticated;
  revoke all on all tables in schema net, cron from public, anon, authenticated;
exception when insufficient_privilege then
  raise notice 'The platform keeps the grants on net and cron; do not expose these schemas';
end
$$;

-- One trigger function keeps every updated_at column honest.
create function private.set_updated_at()
returns trigger
language plpgsql
set search_path = ''
as $$
begin
  new.updated_at = pg_catalog.now();
  return new;
end
$$;

comment on function private.set_updated_at() is 'Trigger: stamps updated_at with the time of the transaction.';

-- The identity of an email address: the one form in which addresses are stored and compared.

-- Lower case letter by letter, whatever the database's locale. Postgres 17 has this built in; before, the C library of the server has it.
do $$
begin
  if current_setting('server_version_num')::integer >= 170000 then
    create collation private.letters (provider = builtin, locale = 'C.UTF-8');
  else
    create collation private.letters (provider = libc, locale = 'C.UTF-8');
  end if;
end
$$;

comment on collation private.letters is 'C.UTF-8: order by the number of a character, and lower case letter by letter without rules of a language.';

-- A label of a domain as it goes over the wire (RFC 3492): ASCII letters first, then the position of each other letter.
create function private.ascii_label(label text)
returns text
language plpgsql
immutable parallel safe strict
set search_path = ''
as $$
declare
  digits constant text := 'abcdefghijklmnopqrstuvwxyz0123456789';
  points integer[] := array(select ascii(letter) from regexp_split_to_table(label, '') with ordinality as l (letter, place) order by place);
  basic text := regexp_replace(label, '[^\u0001-\u007f]', '', 'g');
  output text;
  handled integer := length(basic);
  first integer := length(basic);
  last integer := 128;
  next integer;
  delta bigint := 0;
  bias integer := 72;
  point integer;
  rest bigint;
  k integer;
  threshold integer;
begin
  if handled = length(label) then
    return label;
  end if;

  -- What is too long for a label is refused anyway.
  if length(label) > 63 or basic !~ '^[a-z0-9-]*$' then
    return '';
  end if;

  output := 'xn--' || basic || case when handled > 0 then '-' else '' end;

  while handled < cardinality(points) loop
    next := (select min(p) from unnest(points) as p where p >= last);
    delta := delta + (next - last)::bigint * (handled + 1);
    last := next;

    foreach point in array points loop
      if point < next then
        delta := delta + 1;
      end if;

      if point = next then
        rest := delta;
        k := 36;

        loop
          threshold := least(26, greatest(1, k - bias));
          exit when rest < threshold;
          output := output || substr(digits, (threshold + (rest - threshold) % (36 - threshold))::integer + 1, 1);
          rest := (rest - threshold) / (36 - threshold);
          k := k + 36;
        end loop;

        output := output || substr(digits, rest::integer + 1, 1);

        -- The bias follows how far apart the letters are.
        rest := case when handled = first then delta / 700 else delta / 2 end;
        rest := rest + rest / (handled + 1);
        k := 0;

        while rest > 455 loop
          rest := rest / 35;
          k := k + 36;
        end loop;

        bias := k + (36 * rest / (rest + 38))::integer;
        delta := 0;
        handled := handled + 1;
      end if;
    end loop;

    delta := delta + 1;
    last := last + 1;
  end loop;

  return output;
end
$$;

comment on function private.ascii_label(text) is 'One label of a domain in its ASCII form: bücher becomes xn--bcher-kva.';

grant execute on function private.ascii_label(text) to authenticated, service_role;

-- The long way, for what is not in the stored form yet.
create function private.unwrap_email(email text)
returns text
language plpgsql
immutable parallel safe strict
set search_path = ''
as $$
declare
  space constant text := '\u0009-\u000d\u0020\u0085\u00a0\u1680\u2000-\u200a\u2028\u2029\u202f\u205f\u3000';
  quotes constant text := '"''`\u00ab\u00bb\u2018-\u201f\u2039\u203a';
  before constant text := '^(?:[' || space || '<>()\[\]{}' || quotes || ',;:.]|%20|mailto:/*)+';
  after constant text := '(?:[' || space || '<>()\[\]{}' || quotes || ',;:.]|%20)+$';
  cleaned text;
  parts text[];
  domain text;
begin
  -- Longer than this it is a text and no cell with an address. U+FFFD marks a lost letter.
  if length(email) > 2000 or email ~ '\ufffd' then
    return null;
  end if;

  -- Nothing that a reader sees: control characters that are no space, soft hyphen, zero-width, direction and variation marks.
  cleaned := regexp_replace(
    email collate "C",
    '[\u0001-\u0008\u000e-\u001f\u007f-\u0084\u0086-\u009f\u00ad\u034f\u061c\u115f\u1160\u17b4\u17b5\u180b-\u180f\u200b-\u200f\u202a-\u202e\u2060-\u206f\u3164\ufe00-\ufe0f\ufeff\uffa0\ufff0-\ufffb\U000e0000-\U000e0fff]+',
    '', 'g'
  );
  cleaned := normalize(cleaned, nfkc);
  cleaned := lower(replace(cleaned, U&'\0130', U&'i\0307') collate "private"."letters");
  cleaned := replace(normalize(cleaned, nfkc), U&'\3002', '.') collate "C";

  if cleaned ~ ('^[' || space || '<("'']*mailto:') then
    cleaned := regexp_replace(cleaned, '\?.*$', '');
  end if;

  parts := regexp_match(cleaned, '^([^<>]*)<([^<>]*)>[^<>@]*$');

  if strpos(parts[2], '@') > 0 then
    parts[1] := regexp_replace(regexp_replace(parts[1], before, ''), after, '');

    -- A name that is itself an address must be the same one.
    if strpos(parts[1], '@') > 0 and parts[1] <> regexp_replace(regexp_replace(parts[2], before, ''), after, '') then
      return null;
    end if;

    cleaned := parts[2];
  end if;

  cleaned := regexp_replace(regexp_replace(cleaned, before, ''), after, '');
  parts := string_to_array(cleaned, '@');

  if cleaned ~ ('[' || space || ']')
    or cardinality(parts) <> 2
    or parts[1] !~ '^[a-z0-9!#$%&''*+/=?^_`{|}~\u0080-\U0010ffff-]+(?:\.[a-z0-9!#$%&''*+/=?^_`{|}~\u0080-\U0010ffff-]+)*$'
    or octet_length(parts[1]) > 64 then
    return null;
  end if;

  domain := (
    select string_agg(private.ascii_label(one.label), '.' order by one.place)
    from unnest(string_to_array(parts[2], '.')) with ordinality as one (label, place)
  );

  if domain !~ '^[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?(?:\.[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?)+$'
    or domain !~ '\.(?=[^.]*[a-z])[^.]{2,}$'
    or octet_length(parts[1]) + 1 + octet_length(domain) > 254 then
    return null;
  end if;

  return parts[1] || '@' || domain;
end
$$;

comment on function private.unwrap_email(text) is
  'The address inside of what scrapers and mail programs write around it, in its stored form; null when there is none, or several.';

grant execute on function private.unwrap_email(text) to authenticated, service_role;

-- normalizeEmailAddress in TypeScript says the same, character for character; a test compares them. What TypeScript has
-- normalised is not normalised again in the hot paths; check constraints hold it, by the same short expression first.
create function private.normalize_email(email text)
returns text
language plpgsql
immutable parallel safe strict
set search_path = ''
as $$
begin
  -- Far most addresses: already in the stored form. Short enough that no part can be too long.
  if length(email) <= 66
    and email ~ '^[a-z0-9_]+(?:[-.+_''][a-z0-9_]+)*@(?:[a-z0-9](?:[a-z0-9-]*[a-z0-9])?\.)+[a-z]{2,}$' then
    return email;
  end if;

  return private.unwrap_email(email);
end
$$;

comment on function private.normalize_email(text) is
  'One usable address in the form in which it is stored and compared; null when the text holds none, or several.';

grant execute on function private.normalize_email(text) to authenticated, service_role;

-- Mailboxes of a function and not of a person, as firms in English, Dutch and German call them.
create function private.is_role_address(email text)
returns boolean
language plpgsql
immutable parallel safe
set search_path = ''
as $$
begin
  return coalesce(
    regexp_replace(split_part(private.normalize_email(email), '@', 1), '(\+.*|[-._]?[0-9]+)$', '') = any ('{
      info,infos,information,contact,contacts,hello,hi,hey,mail,email,post,office,reception,frontdesk,front.desk,enquiries,
      enquiry,inquiries,inquiry,questions,admin,administration,administrator,webmaster,hostmaster,postmaster,root,abuse,noc,
      security,support,help,helpdesk,service,services,customerservice,customer.service,customercare,care,sales,orders,order,
      shop,store,booking,bookings,reservation,reservations,marketing,press,media,pr,news,newsletter,team,staff,jobs,job,
      careers,career,hr,recruiting,recruitment,billing,invoice,invoices,accounting,accounts,finance,payments,legal,privacy,
      gdpr,compliance,noreply,no-reply,no.reply,donotreply,do-not-reply,feedback,management,general,company,partners,events,
      receptie,algemeen,administratie,klantenservice,verkoop,inkoop,boekhouding,facturen,vragen,directie,balie,bestelling,
      bestellingen,reserveren,reserveringen,planning,secretariaat,werkenbij,vacatures,welkom,
      kontakt,buero,zentrale,empfang,anfrage,anfragen,verkauf,vertrieb,einkauf,buchhaltung,rechnung,rechnungen,
      kundenservice,kundendienst,verwaltung,sekretariat,bewerbung,bewerbungen,karriere,personal,presse,datenschutz,
      geschaeftsfuehrung,bestellung,bestellungen,reservierung,termine,praxis
    }'::text[]),
    false
  );
end
$$;

comment on function private.is_role_address(text) is
  'Whether an address belongs to a function such as info@ or verkoop@ and not to a person.';

grant execute on function private.is_role_address(text) to service_role;

-- Links that come from outside: imports, providers, deliveries.

-- Only http and https are kept: what pages turn into something to click must not run anything (javascript:, data:). A bare
-- host, as people write it, gets https.
create function private.http_link(value text)
returns text
language plpgsql
immutable
set search_path = ''
as $$
declare
  link text := btrim(value, E' \t\n\r\f\u00A0');
begin
  if link is null or length(link) > 2048 then
    return null;
  elsif link ~* '^https?://[^[:space:]<>"[:cntrl:]]+$' then
    return link;
  elsif length(link) <= 2040
    and link ~ '^[^[:space:]<>"/?#:@\\[:cntrl:]]+\.[^[:space:]<>"/?#:@\\[:cntrl:].]{2,}(:[0-9]+)?([/?#][^[:space:]<>"[:cntrl:]]*)?$' then
    return 'https://' || link;
  end if;

  return null;
end
$$;

comment on function private.http_link(text) is
  'The link if it is http or https; a bare host gets https; anything else is null. The same rules as httpLink in links.ts.';

-- What the database may call itself. SQL resolves no names, so it is stricter than outbound.ts about what it sees: https, a name with a
-- top-level domain, no number in any spelling, no user, no name of a private network, and a port of web servers.
create function private.is_outbound_address(address text, allows_private boolean)
returns boolean
language sql
immutable
set search_path = ''
as $$
  select case
    when address is null or length(address) > 2048 then false
    when allows_private then address ~* '^https?://[^[:space:]/?#@\\[:cntrl:]]+([/?#][^[:space:][:cntrl:]]*)?$'
    else address ~* '^https://([a-z0-9]([a-z0-9-]*[a-z0-9])?\.)+[a-z][a-z0-9-]*[a-z0-9]\.?(:[0-9]{1,5})?([/?#][^[:space:][:cntrl:]]*)?$'
      and address !~* '^https://([^/?#:]*\.)?(localhost|localdomain|local|internal|intranet|private|corp|home|lan|onion|alt|arpa|invalid)\.?([:/?#]|$)'
      and coalesce(substring(lower(address) from '^https?://[^/?#]*:([0-9]+)')::integer, 443) between 443 and 65535
      and coalesce(substring(lower(address) from '^https?://[^/?#]*:([0-9]+)')::integer, 443) not between 444 and 1023
  end
$$;

comment on function private.is_outbound_address(text, boolean) is
  'True for an address that the database may call: https and, as far as SQL can see, public; http and private ones only where the second argument says so.';

-- Triggers run as the writing role.
grant execute on function private.http_link(text) to service_role;

-- For every table whose only link is the website.
create function private.keep_website()
returns trigger
language plpgsql
set search_path = ''
as $$
begin
  new.website := private.http_link(new.website);
  return new;
end
$$;

comment on function private.keep_website() is 'Trigger: keeps website only if it is http(s).';

-- CSV that a spreadsheet can open without running what a stranger wrote into a name. PostgREST uses this aggregate instead
-- of its own for `Accept: text/csv` (`.csv()` in supabase-js), on every table, view and function of schema public.

create domain public."text/csv" as text;

comment on domain public."text/csv" is 'Tells PostgREST that an aggregate returning it makes CSV.';

-- One cell. Numbers and booleans stay as they are, also -5; a text that a spreadsheet would take for a formula gets an
-- apostrophe in front, which spreadsheets do not show. Null is nothing, the empty text is "".
create function private.csv_cell(value json)
returns text
language plpgsql
immutable
set search_path = ''
as $$
declare
  content text := value #>> '{}';
begin
  if content is null then
    return '';
  end if;

  if json_typeof(value) = 'string' and content ~ '^[=+\-@\t\r\n＝＋－＠]' then
    content := '''' || content;
  end if;

  if content = '' or content ~ '[",\r\n]|^\s|\s$' then
    content := '"' || replace(content, '"', '""') || '"';
  end if;

  return content;
end
$$;

comment on function private.csv_cell(json) is 'One cell of CSV, harmless to spreadsheets and quoted where needed.';

grant execute on function private.csv_cell(json) to authenticated, service_role;

-- Lines so far, and one more; the line of names precedes the first row. to_json keeps the order of the selection.
-- An aggregate's state is copied with each row, so long texts cost more than their share: 1,000 rows (the most that an
-- answer holds) of 30 bytes take 0.03 s, of 300 bytes 0.2 s, of 3 kB 2.6 s. array_append alone is half of what || takes.
create function private.csv_add_row(lines text[], entry anyelement)
returns text[]
language plpgsql
stable
set search_path = ''
as $$
declare
  content json := to_json(entry);
  line text;
begin
  if json_typeof(content) is distinct from 'object' then
    content := json_build_object('value', content);
  end if;

  if cardinality(lines) = 0 then
    select string_agg(private.csv_cell(to_json(c.key)), ',' order by c.position)
    into line
    from json_each(content) with ordinality as c (key, value, position);

    lines := array_append(lines, line);
  end if;

  select string_agg(private.csv_cell(c.value), ',' order by c.position)
  into line
  from json_each(content) with ordinality as c (key, value, position);

  lines := array_append(lines, line);
  return lines;
end
$$;

comment on function private.csv_add_row(text[], anyelement) is
  'The lines of a CSV so far and one more; before the first row the line of names.';

create function private.csv_document(lines text[])
returns public."text/csv"
language sql
immutable
set search_path = ''
as $$
  select array_to_string(lines, e'\n')::public."text/csv"
$$;

comment on function private.csv_document(text[]) is 'The lines of a CSV as one text.';

create aggregate public.csv(anyelement) (
  stype = text[],
  sfunc = private.csv_add_row,
  finalfunc = private.csv_document,
  initcond = '{}'
);

comment on aggregate public.csv(anyelement) is
  'Rows as CSV with a line of names, cells harmless to spreadsheets; what PostgREST answers to Accept: text/csv.';

revoke execute on function public.csv(anyelement) from public;
grant execute on function public.csv(anyelement) to authenticated, service_role;

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

-- Days: a client's begin and end at its own midnight.

-- The day on which a moment falls in a zone. In plpgsql, so that its plan is kept.
create function private.day_in(moment timestamptz, zone text)
returns date
language plpgsql
immutable
set search_path = ''
as $$
begin
  return (moment at time zone zone)::date;
end
$$;

comment on function private.day_in(timestamptz, text) is
  'The day of a moment in a time zone. Every day of a client''s numbers is cut by this.';

grant execute on function private.day_in(timestamptz, text) to authenticated, service_role;

-- Names of the form Area/City, as people choose them, old spellings such as Asia/Calcutta too. Postgres would also take
-- abbreviations, "localtime" and rules written out such as XYZ+3, which mean something else elsewhere or change with a server.
create function private.is_time_zone(zone text)
returns boolean
language plpgsql
stable
set search_path = ''
as $$
begin
  if zone = 'UTC' then
    return true;
  end if;

  return coalesce(zone ~ '^[A-Z][A-Za-z]+(/[A-Za-z0-9_+-]+){1,2}$', false)
    and exists (select from pg_catalog.pg_timezone_names as z where z.name = zone);
end
$$;

comment on function private.is_time_zone(text) is 'Whether a client can have this time zone: UTC, or a known name of the form Area/City.';

grant execute on function private.is_time_zone(text) to service_role;
