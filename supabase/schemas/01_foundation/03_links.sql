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
