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
