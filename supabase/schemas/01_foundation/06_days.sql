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
