-- Judging the rows of an import: who comes in, who does not, and why.

-- Sums of two sets of counters { name: n }.
create function private.add_counts(counts jsonb, more jsonb)
returns jsonb
language sql
immutable
set search_path = ''
as $$
  select coalesce(jsonb_object_agg(s.key, s.total), '{}')
  from (
    select c.key, sum(c.value::integer) as total
    from (select * from jsonb_each_text(counts) union all select * from jsonb_each_text(more)) as c
    group by c.key
  ) as s
$$;

comment on function private.add_counts(jsonb, jsonb) is 'The sums of two objects of counters, name by name.';

grant execute on function private.add_counts(jsonb, jsonb) to service_role;

-- The verdict on each row of a part, without writing anything. given_rows: [{
--   "n": row number, "email": the cell with the address, "fields": { column of businesses: value }, "variables": { name: text },
--   "flags": [text], "problem": why the row cannot be stored, "cells": [text] }]
create function private.judge_import_rows(import public.imports, given_rows jsonb)
returns table (
  row_number integer, email text, outcome public.import_outcome, reason text, flags text[], business_id uuid,
  fields jsonb, variables jsonb, patch jsonb, cells jsonb
)
language plpgsql
stable
set search_path = ''
-- The tables grow from part to part of the same session: each part is planned for their size of now.
set plan_cache_mode = force_custom_plan
as $$
begin
  return query
  with given as materialized (
    select
      g.n, g.email as cell, coalesce(g.fields, '{}') as fields, coalesce(g.variables, '{}') as variables,
      coalesce(g.flags, '{}') as flags, g.problem, g.cells, private.normalize_email(g.email) as email
    from jsonb_to_recordset(given_rows) as g (
      n integer, email text, fields jsonb, variables jsonb, flags text[], problem text, cells jsonb
    )
  ),
  wanted as materialized (
    select g.email, min(g.n) as first_row from given as g where g.email is not null and g.problem is null group by g.email
  ),
  suppressed as materialized (
    select s.email, s.reason from private.suppressed_among(import.campaign_id, array(select w.email from wanted as w)) as s
  ),
  seen as materialized (
    select r.email, min(r.row_number) as first_row
    from public.import_rows as r
    where r.import_id = import.id and r.email = any (array(select w.email from wanted as w))
    group by r.email
  ),
  -- What the client has of these addresses, by campaign.
  held as materialized (
    select w.email, b.id, b.campaign_id, b.created_at
    from wanted as w
    join public.businesses as b on b.client_id = import.client_id and private.normalize_email(b.email) = w.email
  ),
  here as materialized (
    select distinct on (h.email) h.email, h.id
    from held as h
    where h.campaign_id = import.campaign_id
    order by h.email, h.created_at, h.id
  ),
  sent as materialized (
    select w.email
    from wanted as w
    where exists (
      select
      from public.export_receipts as x
      where x.campaign_id = import.campaign_id and x.email = w.email and x.outcome in ('created', 'duplicate', 'sending')
    )
    or exists (
      select
      from public.synced_leads as l
      where l.campaign_id = import.campaign_id and l.email = w.email and l.removed_at is null
    )
  ),
  elsewhere as materialized (
    select o.email, min(k.name) as campaign_name
    from (
      select h.email, h.campaign_id from held as h
      union all
      select w.email, l.campaign_id
      from wanted as w
      join public.synced_leads as l on l.email = w.email and l.client_id = import.client_id and l.removed_at is null
    ) as o
    join public.campaigns as k on k.id = o.campaign_id
    where o.campaign_id <> import.campaign_id
    group by o.email
  ),
  -- What the row would change of the business that the campaign has: a filled cell replaces, an empty one erases nothing.
  compared as materialized (
    select
      g.*, w.first_row, seen.first_row as seen_row, s.reason as suppressed_for, here.id as here_id, x.email is not null as is_sent,
      e.campaign_name,
      case when here.id is not null then (
        select
          coalesce(jsonb_object_agg(f.key, f.value) filter (where to_jsonb(b) -> f.key is distinct from f.value), '{}')
          || case
            when b.custom_variables || g.variables <> b.custom_variables
              then jsonb_build_object('custom_variables', b.custom_variables || g.variables)
            else '{}'
          end
        from public.businesses as b
        left join lateral jsonb_each(g.fields) as f on true
        where b.id = here.id
        group by b.id
      ) end as patch
    from given as g
    left join wanted as w on w.email = g.email
    left join seen on seen.email = g.email
    left join suppressed as s on s.email = g.email
    left join here on here.email = g.email
    left join sent as x on x.email = g.email
    left join elsewhere as e on e.email = g.email
  ),
  judged as (
    select
      c.*,
      case
        when c.problem is not null then 'unreadable'
        when coalesce(c.cell, '') !~ '\S' then 'no_address'
        -- Both providers take the format of RFC 5321, which has ASCII only before the @.
        when c.email is null or c.email ~ '[^\u0001-\u007f]' then 'not_an_address'
        when c.suppressed_for is not null then 'suppressed'
        when c.seen_row is not null or c.first_row < c.n then 'duplicate_in_file'
        when c.is_sent then 'in_campaign'
        when c.here_id is not null then case when import.update_existing and c.patch <> '{}' then 'updated' else 'in_campaign' end
        when c.campaign_name is not null and not import.allow_other_campaigns then 'in_other_campaign'
        else 'imported'
      end::public.import_outcome as outcome
    from compared as c
  )
  select
    j.n,
    case when j.suppressed_for is distinct from 'erased' then j.email end,
    j.outcome,
    case j.outcome
      when 'unreadable' then j.problem
      when 'suppressed' then j.suppressed_for::text
      when 'duplicate_in_file' then coalesce(j.seen_row, j.first_row)::text
      when 'in_campaign' then case when j.is_sent then 'exported' when j.patch <> '{}' then 'kept_as_it_is' else 'unchanged' end
      when 'in_other_campaign' then j.campaign_name
    end,
    case when j.outcome in ('imported', 'updated') then
      j.flags
      || array(
        select f.flag
        from (
          values
            ('role_address', private.is_role_address(j.email)),
            ('in_other_campaign', j.campaign_name is not null),
            (
              case j.fields ->> 'email_deliverability'
                when 'deliverable' then null when 'undeliverable' then 'undeliverable' when 'risky' then 'risky' else 'not_verified'
              end,
              true
            )
        ) as f (flag, holds)
        where f.holds and f.flag is not null
      )
      else '{}'
    end,
    case j.outcome when 'imported' then gen_random_uuid() when 'updated' then j.here_id end,
    j.fields,
    j.variables,
    j.patch,
    -- Of a person who was erased only the number of the row is kept.
    case when j.suppressed_for is distinct from 'erased' then j.cells end
  from judged as j;
end
$$;

comment on function private.judge_import_rows(public.imports, jsonb) is
  'How each row of a part of an import ends and why; reads only. For a row that comes in also the id of its business, for one that updates what it changes.';

grant execute on function private.judge_import_rows(public.imports, jsonb) to service_role;
