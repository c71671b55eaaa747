-- Public holidays of the countries that agencies write to most, computed: no list has to be kept from year to year.

-- Easter Sunday of the Gregorian calendar (Meeus, Jones and Butcher).
create function private.easter(wanted_year integer)
returns date
language plpgsql
immutable
set search_path = ''
as $$
declare
  century integer := wanted_year / 100;
  golden integer := wanted_year % 19;
  epact integer := (19 * golden + century - century / 4 - (century - (century + 8) / 25 + 1) / 3 + 15) % 30;
  weekday integer := (32 + 2 * (century % 4) + 2 * ((wanted_year % 100) / 4) - epact - (wanted_year % 100) % 4) % 7;
  correction integer := (golden + 11 * epact + 22 * weekday) / 451;
  place integer := epact + weekday - 7 * correction + 114;
begin
  return make_date(wanted_year, place / 31, place % 31 + 1);
end
$$;

comment on function private.easter(integer) is 'Easter Sunday of a year.';

-- The first, second … (or with a negative number the last) given weekday of a month; 1 = Monday.
create function private.weekday_of_month(wanted_year integer, wanted_month integer, weekday integer, number integer)
returns date
language sql
immutable
set search_path = ''
as $$
  select case
    when number > 0 then f.first_day + (weekday - extract(isodow from f.first_day)::integer + 7) % 7 + 7 * (number - 1)
    else f.last_day - (extract(isodow from f.last_day)::integer - weekday + 7) % 7
  end
  from (
    select
      make_date(wanted_year, wanted_month, 1) as first_day,
      (make_date(wanted_year, wanted_month, 1) + interval '1 month - 1 day')::date as last_day
  ) as f
$$;

comment on function private.weekday_of_month(integer, integer, integer, integer) is
  'The number-th weekday (1 = Monday) of a month; a negative number means the last.';

-- The days that are holidays of a whole country in a year. Days of single regions (Bavaria, Scotland) are not among them.
-- What falls on a weekend is kept in the UK and the US on the nearest weekday: both the day and its substitute are listed.
create function private.holidays_of_year(wanted_country text, wanted_year integer)
returns table (day date, name text)
language sql
immutable
set search_path = ''
as $$
  with easter as (
    select private.easter(wanted_year) as sunday
  ),
  listed (country, day, name) as (
    select c.country, make_date(wanted_year, 1, 1), 'New Year''s Day' from unnest('{NL,DE,BE,UK,US}'::text[]) as c (country)
    union all
    select c.country, make_date(wanted_year, 12, 25), 'Christmas Day' from unnest('{NL,DE,BE,UK,US}'::text[]) as c (country)
    union all
    select c.country, e.sunday + 1, 'Easter Monday' from easter as e, unnest('{NL,DE,BE,UK}'::text[]) as c (country)
    union all
    select c.country, e.sunday + 39, 'Ascension Day' from easter as e, unnest('{NL,DE,BE}'::text[]) as c (country)
    union all
    select c.country, e.sunday + 50, 'Whit Monday' from easter as e, unnest('{NL,DE,BE}'::text[]) as c (country)
    union all
    select c.country, e.sunday - 2, 'Good Friday' from easter as e, unnest('{DE,UK}'::text[]) as c (country)
    union all
    -- The King's birthday moves to Saturday when it falls on a Sunday.
    select 'NL', make_date(wanted_year, 4, 27) - (extract(isodow from make_date(wanted_year, 4, 27)) = 7)::integer, 'King''s Day'
    union all
    select 'NL', make_date(wanted_year, 12, 26), 'Second Day of Christmas'
    union all
    -- A day off for everybody every five years only.
    select 'NL', make_date(wanted_year, 5, 5), 'Liberation Day' where wanted_year % 5 = 0
    union all
    select 'DE', make_date(wanted_year, 5, 1), 'Labour Day'
    union all
    select 'DE', make_date(wanted_year, 10, 3), 'Day of German Unity'
    union all
    select 'DE', make_date(wanted_year, 12, 26), 'Second Day of Christmas'
    union all
    select 'BE', make_date(wanted_year, 5, 1), 'Labour Day'
    union all
    select 'BE', make_date(wanted_year, 7, 21), 'National Day'
    union all
    select 'BE', make_date(wanted_year, 8, 15), 'Assumption of Mary'
    union all
    select 'BE', make_date(wanted_year, 11, 1), 'All Saints'' Day'
    union all
    select 'BE', make_date(wanted_year, 11, 11), 'Armistice Day'
    union all
    select 'UK', make_date(wanted_year, 12, 26), 'Boxing Day'
    union all
    select 'UK', private.weekday_of_month(wanted_year, 5, 1, 1), 'Early May bank holiday'
    union all
    select 'UK', private.weekday_of_month(wanted_year, 5, 1, -1), 'Spring bank holiday'
    union all
    select 'UK', private.weekday_of_month(wanted_year, 8, 1, -1), 'Summer bank holiday'
    union all
    select 'US', private.weekday_of_month(wanted_year, 1, 1, 3), 'Martin Luther King Jr. Day'
    union all
    select 'US', private.weekday_of_month(wanted_year, 2, 1, 3), 'Presidents'' Day'
    union all
    select 'US', private.weekday_of_month(wanted_year, 5, 1, -1), 'Memorial Day'
    union all
    select 'US', make_date(wanted_year, 6, 19), 'Juneteenth'
    union all
    select 'US', make_date(wanted_year, 7, 4), 'Independence Day'
    union all
    select 'US', private.weekday_of_month(wanted_year, 9, 1, 1), 'Labor Day'
    union all
    select 'US', private.weekday_of_month(wanted_year, 10, 1, 2), 'Columbus Day'
    union all
    select 'US', make_date(wanted_year, 11, 11), 'Veterans Day'
    union all
    select 'US', private.weekday_of_month(wanted_year, 11, 4, 4), 'Thanksgiving Day'
  ),
  own as (
    select l.day, l.name, extract(isodow from l.day)::integer as weekday from listed as l where l.country = wanted_country
  )
  select o.day, o.name from own as o
  union all
  -- The UK moves a day forward to the next weekday that is free: of Christmas and Boxing Day at a weekend, Monday and Tuesday.
  select
    case
      when o.name = 'Boxing Day' and o.weekday in (7, 6) then o.day + 2
      when o.name = 'Christmas Day' and o.weekday = 7 then o.day + 2
      else o.day + (8 - o.weekday)
    end,
    o.name || ' (substitute day)'
  from own as o
  where wanted_country = 'UK' and o.weekday in (6, 7)
  union all
  -- The US keep a Saturday's holiday on Friday and a Sunday's on Monday.
  select case o.weekday when 6 then o.day - 1 else o.day + 1 end, o.name || ' (observed)'
  from own as o
  where wanted_country = 'US' and o.weekday in (6, 7)
$$;

comment on function private.holidays_of_year(text, integer) is
  'Public holidays of NL, DE, BE, UK or US in a year, with substitute days; of no single region.';

-- The holidays of several countries in a span of days, both inclusive; one row per day.
create function private.holidays(countries text[], from_day date, to_day date)
returns table (day date, country text, name text)
language sql
immutable
set search_path = ''
as $$
  select distinct on (h.day) h.day, c.country, h.name
  from unnest(countries) as c (country)
  -- The substitute of a New Year's Day may be in the old year.
  cross join generate_series(extract(year from from_day)::integer, extract(year from to_day)::integer + 1) as y (year)
  cross join lateral private.holidays_of_year(c.country, y.year) as h
  where h.day between from_day and to_day
  order by h.day, c.country, h.name
$$;

comment on function private.holidays(text[], date, date) is
  'Holidays of any of these countries from one day to another, one row per day: { day, country, name }.';

grant execute on function private.easter(integer) to authenticated, service_role;
grant execute on function private.weekday_of_month(integer, integer, integer, integer) to authenticated, service_role;
grant execute on function private.holidays_of_year(text, integer) to authenticated, service_role;
grant execute on function private.holidays(text[], date, date) to authenticated, service_role;
