-- Leads, as people look for them: an address in a campaign, before it is exported and after.

-- A page is read newest first from each part of the list: businesses, their LinkedIn contacts, leads without a business.
create index businesses_listing_idx on public.businesses (client_id, created_at, id);
create index businesses_contact_address_idx on public.businesses (client_id, private.normalize_email(linkedin_contact_email))
where linkedin_contact_email is not null;

-- How far a lead is, in one word.
create function private.lead_state(lead public.synced_leads)
returns text
language sql
immutable
set search_path = ''
as $$
  select case
    when lead.removed_at is not null then 'removed'
    when lead.unsubscribed_at is not null then 'unsubscribed'
    else lead.lead_status::text
  end
$$;

comment on function private.lead_state(public.synced_leads) is
  'removed, unsubscribed, else the lead''s status: not_yet_emailed, emailed, replied, bounced.';

grant execute on function private.lead_state(public.synced_leads) to authenticated, service_role;

-- The parts are cut before anything is added to a row: 101 addresses of 200,000 are read. As a view, which joins before
-- it cuts, a page took seconds.
create function public.list_leads(
  target_client_id uuid,
  search text default null,
  target_email text default null,
  target_campaign_id uuid default null,
  target_import_id uuid default null,
  with_verification public.email_deliverability default null,
  with_state text default null,
  with_suppressed boolean default null,
  older_than timestamptz default null,
  below_key text default null,
  page_size integer default 100
)
returns table (
  key text, created_at timestamptz, client_id uuid, client_name text, campaign_id uuid, campaign_name text,
  business_id uuid, recipient public.export_recipient, lead_id uuid, import_id uuid,
  email text, email_as_written text, first_name text, last_name text, company_name text, job_title text, website text,
  phone text, city text, verification public.email_deliverability, is_role_address boolean, custom_variables jsonb,
  state text, sent_count integer, open_count integer, click_count integer, reply_count integer,
  interest_status public.interest_status, last_event_at timestamptz,
  suppressed_reason public.suppression_reason, suppressed_at timestamptz, suppressed_note text, suppressed_entry text,
  suppressed_for_all boolean
)
language plpgsql
stable
set search_path = ''
set plan_cache_mode = 'force_custom_plan'
as $$
#variable_conflict use_column
declare
  pattern text := '%' || regexp_replace(nullif(btrim(search), ''), '([\\%_])', '\\\1', 'g') || '%';
  most integer := least(greatest(coalesce(page_size, 100), 1), 1001);
  suppressed text[];
  domains text[];
begin
  if target_client_id is null then
    raise exception using errcode = 'PT400', message = 'VALIDATION_FAILED',
      detail = 'Say whose leads to list with target_client_id';
  end if;

  -- Whom of the client's own suppressions and of the rules a row can be covered by, looked up once.
  if with_suppressed is not null then
    suppressed := array(select s.email from private.suppressed_entries(target_client_id) as s (email) where strpos(s.email, '@') > 0);
    domains := array(select s.email from private.suppressed_entries(target_client_id) as s (email) where strpos(s.email, '@') = 0);
  end if;

  return query
  with part as materialized (
    (
      select
        b.id || ' 1' as key, b.created_at, b.campaign_id, b.id as business_id, 'business'::public.export_recipient as recipient,
        l.id as lead_id, n.email, l.state
      from public.businesses as b
      cross join lateral (select private.normalize_email(b.email) as email) as n
      left join lateral (
        select w.id, private.lead_state(w) as state
        from public.synced_leads as w
        where w.campaign_id = b.campaign_id and w.email = n.email
        limit 1
      ) as l on true
      where b.client_id = target_client_id
        -- Its lead has another address at the provider: it is listed as that lead.
        and (l.id is not null or not exists (
          select
          from public.synced_leads as w
          where w.business_id = b.id and w.email is distinct from private.normalize_email(b.linkedin_contact_email)
        ))
        and (target_email is null or private.normalize_email(b.email) = target_email)
        and (target_campaign_id is null or b.campaign_id = target_campaign_id)
        and (target_import_id is null or b.import_id = target_import_id)
        and (with_verification is null or b.email_deliverability = with_verification)
        and (older_than is null or b.created_at <= older_than)
        and (older_than is null or b.created_at < older_than or b.id || ' 1' collate "C" < below_key)
        and (pattern is null or b.email ilike pattern or b.name ilike pattern or b.first_name ilike pattern or b.last_name ilike pattern)
        and (with_suppressed is null or with_suppressed = coalesce(n.email = any (suppressed) or (domains <> '{}' and private.suppression_entries(n.email) && domains), false))
        and (with_state is null or with_state = coalesce(l.state, 'not_exported'))
      order by b.created_at desc, b.id desc
      limit most
    )
    union all
    (
      select
        b.id || ' 2', b.created_at, b.campaign_id, b.id, 'linkedin_contact', l.id, n.email, l.state
      from public.businesses as b
      cross join lateral (select private.normalize_email(b.linkedin_contact_email) as email) as n
      left join lateral (
        select w.id, private.lead_state(w) as state
        from public.synced_leads as w
        where w.campaign_id = b.campaign_id and w.email = n.email
        limit 1
      ) as l on true
      where b.client_id = target_client_id
        and b.linkedin_contact_email is not null
        and (target_email is null or private.normalize_email(b.linkedin_contact_email) = target_email)
        and (target_campaign_id is null or b.campaign_id = target_campaign_id)
        and (target_import_id is null or b.import_id = target_import_id)
        and (with_verification is null or b.linkedin_contact_email_deliverability = with_verification)
        and (older_than is null or b.created_at <= older_than)
        and (older_than is null or b.created_at < older_than or b.id || ' 2' collate "C" < below_key)
        and (pattern is null or b.linkedin_contact_email ilike pattern or b.name ilike pattern or b.linkedin_contact_name ilike pattern)
        and (with_suppressed is null or with_suppressed = coalesce(n.email = any (suppressed) or (domains <> '{}' and private.suppression_entries(n.email) && domains), false))
        and (with_state is null or with_state = coalesce(l.state, 'not_exported'))
      order by b.created_at desc, b.id desc
      limit most
    )
    union all
    (
      select
        l.id || ' 3', l.created_at, l.campaign_id, l.business_id, null, l.id, l.email, private.lead_state(l)
      from public.synced_leads as l
      where l.client_id = target_client_id
        and target_import_id is null
        and with_verification is null
        and (target_email is null or l.email = target_email)
        and (target_campaign_id is null or l.campaign_id = target_campaign_id)
        and (older_than is null or l.created_at <= older_than)
        and (older_than is null or l.created_at < older_than or l.id || ' 3' collate "C" < below_key)
        and (pattern is null or l.email ilike pattern or l.company_name ilike pattern or l.first_name ilike pattern or l.last_name ilike pattern)
        and (with_suppressed is null or with_suppressed = coalesce(l.email = any (suppressed) or (domains <> '{}' and private.suppression_entries(l.email) && domains), false))
        and (with_state is null or with_state = private.lead_state(l))
        and not exists (
          select
          from public.businesses as b
          where b.client_id = l.client_id and private.normalize_email(b.email) = l.email and b.campaign_id = l.campaign_id
        )
        and not exists (
          select
          from public.businesses as b
          where b.client_id = l.client_id
            and b.linkedin_contact_email is not null
            and private.normalize_email(b.linkedin_contact_email) = l.email
            and b.campaign_id = l.campaign_id
        )
      order by l.created_at desc, l.id desc
      limit most
    )
  ),
  page as materialized (
    select p.* from part as p order by p.created_at desc, p.key collate "C" desc limit most
  )
  select
    p.key, p.created_at, target_client_id, k.name, p.campaign_id, c.name, p.business_id, p.recipient, p.lead_id, b.import_id,
    p.email,
    case p.recipient when 'business' then b.email when 'linkedin_contact' then b.linkedin_contact_email else p.email end,
    case p.recipient when 'business' then b.first_name when 'linkedin_contact' then b.linkedin_contact_name else l.first_name end,
    case p.recipient when 'business' then b.last_name when 'linkedin_contact' then null else l.last_name end,
    coalesce(b.name, l.company_name),
    case p.recipient when 'business' then b.job_title when 'linkedin_contact' then b.linkedin_contact_title else l.job_title end,
    coalesce(b.website, l.website), coalesce(b.phone, l.phone), b.city,
    case p.recipient when 'business' then b.email_deliverability when 'linkedin_contact' then b.linkedin_contact_email_deliverability end,
    coalesce(p.recipient = 'business' and b.is_role_address, false),
    coalesce(nullif(b.custom_variables, '{}'), l.payload, '{}'),
    coalesce(p.state, 'not_exported'),
    l.sent_count, l.open_count, l.click_count, l.reply_count, l.interest_status, l.last_event_at,
    s.reason, s.suppressed_at, s.note, s.entry, s.is_agency_wide
  from page as p
  join public.clients as k on k.id = target_client_id
  join public.campaigns as c on c.id = p.campaign_id
  left join public.businesses as b on b.id = p.business_id
  left join public.synced_leads as l on l.id = p.lead_id
  left join lateral private.suppression_of(target_client_id, p.email) as s on true
  order by p.created_at desc, p.key collate "C" desc;
end
$$;

comment on function public.list_leads(uuid, text, text, uuid, uuid, public.email_deliverability, text, boolean, timestamptz, text, integer) is
  'Addresses of a client''s campaigns, newest first, before their export and after: who it is, verification, state (not_exported, not_yet_emailed, emailed, replied, bounced, unsubscribed, removed) and suppression. search = a part of address, name or company; target_email = one person. For the next page pass created_at and key of the last row as older_than and below_key. At most 1,001 rows.';

grant execute on function public.list_leads(uuid, text, text, uuid, uuid, public.email_deliverability, text, boolean, timestamptz, text, integer)
to authenticated, service_role;

-- Which variables the leads of such a list have: what a person can choose as a column.
create function public.list_lead_variables(
  target_client_id uuid,
  target_campaign_id uuid default null,
  target_import_id uuid default null
)
returns table (name text)
language plpgsql
stable
set search_path = ''
set plan_cache_mode = 'force_custom_plan'
as $$
#variable_conflict use_column
begin
  if target_client_id is null then
    raise exception using errcode = 'PT400', message = 'VALIDATION_FAILED',
      detail = 'Say whose leads with target_client_id';
  end if;

  return query
  select v.name
  from (
    select jsonb_object_keys(b.custom_variables) as name
    from public.businesses as b
    where b.client_id = target_client_id
      and b.custom_variables <> '{}'
      and (target_campaign_id is null or b.campaign_id = target_campaign_id)
      and (target_import_id is null or b.import_id = target_import_id)
    union
    -- As list_leads shows them: what the provider has, where the list has none.
    select jsonb_object_keys(l.payload)
    from public.synced_leads as l
    left join public.businesses as b on b.id = l.business_id
    where l.client_id = target_client_id
      and jsonb_typeof(l.payload) = 'object'
      and coalesce(b.custom_variables, '{}') = '{}'
      and (target_campaign_id is null or l.campaign_id = target_campaign_id)
      and (target_import_id is null or b.import_id = target_import_id)
  ) as v
  order by lower(v.name), v.name
  limit 500;
end
$$;

comment on function public.list_lead_variables(uuid, uuid, uuid) is
  'Names of the custom variables that the leads of a client, a campaign or an import have in list_leads, in alphabetical order; at most 500.';

grant execute on function public.list_lead_variables(uuid, uuid, uuid) to authenticated, service_role;
