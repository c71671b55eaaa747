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
