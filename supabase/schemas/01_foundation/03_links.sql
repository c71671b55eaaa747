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
