-- search_messages: full-text search over subject, body and address, for each person over what is theirs.

-- What a person typed as a query: words, "phrases", or, -not; the last word also finds what begins with it. Never an
-- error; nothing that can be searched for gives null.
create function private.search_query(typed text)
returns tsquery
language plpgsql
stable
set search_path = ''
as $$
declare
  plain text;
begin
  begin
    plain := websearch_to_tsquery('pg_catalog.simple', typed)::text;
  exception
    -- Dozens of minus signs in a row are too deep for the parser, and no words.
    when internal_error or program_limit_exceeded or syntax_error then return null;
  end;

  if plain = '' then
    return null;
  end if;

  -- The last word is still being typed, unless it is in quotes or behind a minus.
  if typed ~ '[[:alnum:]]{2}$' and typed !~ '(^|\s)-\S*$' and length(typed) - length(replace(typed, '"', '')) in (0, 2, 4, 6, 8)
    and plain ~ '''$'
  then
    return (plain || ':*')::tsquery;
  end if;

  return plain::tsquery;
end
$$;

comment on function private.search_query(text) is 'The text of a search box as a query, its last word as a beginning; null when nothing is left.';

grant execute on function private.search_query(text) to service_role;

-- The newest hits, at most 200, found so that neither a rare nor a frequent word costs much: first a walk through the
-- newest 2,000 messages, which finds 200 of any frequent word. Then the index: all of it at once for a word that the walk
-- did not meet, else 1, 12, 144 months back until 200 are found. Definer, because full-text operators are not leakproof, so under row level security they use no index; the
-- tenant is in the query instead.
create function private.find_messages(
  query text, only_campaign uuid, only_direction text, page_size integer, page_offset integer, only_client uuid
)
returns table (
  message_id uuid, client_id uuid, campaign_id uuid, campaign_name text, lead_id uuid, email text, occurred_at timestamptz,
  direction public.message_direction, subject text, highlight text, rank real
)
language plpgsql
stable
security definer
set search_path = ''
set plan_cache_mode = force_generic_plan
as $$
declare
  max_hits constant integer := 200;
  words tsquery;
  narrowed tsquery;
  shown tsquery;
  months text;
  sees_all boolean := (select private.may_operate());
  own uuid := case
    when sees_all then only_client
    else (select v from private.visible_client_ids() as v where v = only_client or only_client is null limit 1)
  end;
  hits uuid[];
  month date;
  reach integer := 1;
  walk constant integer := 2000;
  is_walked boolean;
  newest date;
  oldest date;
begin
  if query is null or length(query) > 500 or page_size not between 1 and 100 or page_offset < 0
    or only_direction not in ('sent', 'received')
  then
    raise exception using errcode = 'PT400', message = 'VALIDATION_FAILED',
      detail = 'A search needs a query of at most 500 characters, a page_size from 1 to 100, a page_offset from 0, and as only_direction sent, received or nothing';
  end if;

  -- A request for one client shows no more than that client would see.
  sees_all := sees_all and only_client is null;
  -- A pasted address is looked for in its stored form.
  words := private.search_query(coalesce(private.normalize_email(query), btrim(query)));

  if words is null or (own is null and not sees_all) then
    return;
  end if;

  if sees_all then
    hits := array(
      select s.message_id
      from (select * from private.message_search as m order by m.occurred_at desc limit walk) as s
      where s.document @@ words
        and (only_campaign is null or s.campaign_id = only_campaign)
        and (only_direction is null or s.direction::text = only_direction)
      limit max_hits
    );
    select (max(s.occurred_at) at time zone 'UTC')::date, (min(s.occurred_at) at time zone 'UTC')::date into newest, oldest
    from private.message_search as s;
    is_walked := not exists (select from private.message_search as s order by s.occurred_at desc offset walk);
  else
    hits := array(
      select s.message_id
      from (select * from private.message_search as m where m.client_id = own order by m.occurred_at desc limit walk) as s
      where s.document @@ words
        and (only_campaign is null or s.campaign_id = only_campaign)
        and (only_direction is null or s.direction::text = only_direction)
      limit max_hits
    );
    select (max(s.occurred_at) at time zone 'UTC')::date, (min(s.occurred_at) at time zone 'UTC')::date into newest, oldest
    from private.message_search as s
    where s.client_id = own;
    is_walked := not exists (
      select from private.message_search as s where s.client_id = own order by s.occurred_at desc offset walk
    );
  end if;

  month := date_trunc('month', newest)::date;

  while not is_walked and cardinality(hits) < max_hits and reach is not null loop
    -- A word that was not met is rare; and past the oldest message all months are one step.
    if cardinality(hits) = 0 or month - make_interval(months => reach) < date_trunc('month', oldest) then
      months := null;
      reach := null;
    else
      months := (
        select '(' || string_agg(quote_literal('#m' || to_char(month - make_interval(months => n), 'YYYYMM')), ' | ') || ')'
        from generate_series(0, reach - 1) as n
      );
      reach := reach * 12;
    end if;

    narrowed := array_to_string(array[
      '(' || words::text || ')', quote_literal('#c' || own::text), quote_literal('#k' || only_campaign::text),
      quote_literal('#' || only_direction), months
    ], ' & ')::tsquery;

    hits := array(
      select s.message_id
      from private.message_search as s
      where s.document @@ narrowed
        and (sees_all or s.client_id = own)
        and (only_campaign is null or s.campaign_id = only_campaign)
        and (only_direction is null or s.direction::text = only_direction)
      order by s.occurred_at desc
      limit max_hits
    );
  end loop;

  -- What is marked: any of the words, anywhere; those that must not be there are none of them.
  shown := regexp_replace(coalesce(nullif(querytree(words), 'T'), words::text), ' (&|<[-0-9]+>) ', ' | ', 'g')::tsquery;

  return query
  select
    p.message_id, m.client_id, m.campaign_id, k.name, m.lead_id, m.email, m.occurred_at, m.direction, m.subject,
    -- Marked with characters that no mail holds, then escaped, then made tags: nothing of the mail becomes HTML.
    replace(replace(replace(replace(replace(replace(replace(
      ts_headline(
        'pg_catalog.simple',
        concat_ws(
          ' · ', translate(m.subject, E'\x01\x02\x03', ''),
          -- The parts of an address are words here as they are in the index.
          regexp_replace(m.email, '([^[:alnum:]]+)', E'\x03\\1\x03', 'g'),
          translate(left(coalesce(m.body_text, m.snippet), 5000), E'\x01\x02\x03', '')
        ),
        shown, E'StartSel=\x01, StopSel=\x02, MaxFragments=3, MaxWords=20, MinWords=8'
      ),
      '&', '&amp;'), '<', '&lt;'), '>', '&gt;'), '"', '&quot;'), E'\x01', '<mark>'), E'\x02', '</mark>'), E'\x03', ''),
    p.rank
  from (
    select s.message_id, s.occurred_at, ts_rank(s.document, words) as rank
    from private.message_search as s
    where s.message_id = any (hits) and (sees_all or s.client_id = own)
    order by 3 desc, s.occurred_at desc, s.message_id
    limit page_size offset page_offset
  ) as p
  join public.messages as m on m.id = p.message_id and (sees_all or m.client_id = own)
  join public.campaigns as k on k.id = m.campaign_id
  order by p.rank desc, p.occurred_at desc, p.message_id;
end
$$;

comment on function private.find_messages(text, uuid, text, integer, integer, uuid) is
  'The work of public.search_messages; sees all only with private.may_operate() and without only_client, else one client that the caller may see.';

grant execute on function private.find_messages(text, uuid, text, integer, integer, uuid) to authenticated, service_role;

-- The door to it.
create function public.search_messages(
  query text, only_campaign uuid default null, only_direction text default null, page_size integer default 50, page_offset integer default 0,
  only_client uuid default null
)
returns table (
  message_id uuid, client_id uuid, campaign_id uuid, campaign_name text, lead_id uuid, email text, occurred_at timestamptz,
  direction public.message_direction, subject text, highlight text, rank real
)
language sql
stable
set search_path = ''
as $$
  select * from private.find_messages(query, only_campaign, only_direction, page_size, page_offset, only_client)
$$;

comment on function public.search_messages(text, uuid, text, integer, integer, uuid) is
  'Messages by their words, the best of the newest 200 hits first. Words, "phrases", or, -not; the last word also as a beginning. highlight is escaped HTML with the hits in <mark>. Clients search their own, operators all.';

grant execute on function public.search_messages(text, uuid, text, integer, integer, uuid) to authenticated, service_role;
