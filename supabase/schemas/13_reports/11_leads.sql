-- Leads, as people look for them: an address in a campaign, before it is exported and after.

-- The page asks for one client, newest first; with these indexes each part of the view answers in that order.
create index businesses_listing_idx on public.businesses (client_id, created_at);
create index businesses_contact_address_idx on public.businesses (client_id, private.normalize_email(linkedin_contact_email))
where linkedin_contact_email is not null;

create view public.client_leads
with (security_invoker = true)
as
select
  e.client_id, e.campaign_id, e.email, e.email_as_written, e.business_id, e.recipient, e.lead_id, e.first_name, e.last_name,
  e.company_name, e.job_title, e.website, e.phone, e.city, e.verification, e.is_role_address, e.custom_variables, e.import_id, e.created_at,
  case
    when e.lead_id is null then 'not_exported'
    when e.removed_at is not null then 'removed'
    when e.unsubscribed_at is not null then 'unsubscribed'
    else e.lead_status::text
  end as state,
  e.sent_count,
  e.open_count,
  e.click_count,
  e.reply_count,
  e.interest_status,
  e.last_event_at,
  c.name as campaign_name,
  k.name as client_name,
  s.reason as suppressed_reason,
  s.suppressed_at,
  s.note as suppressed_note,
  s.entry as suppressed_entry,
  s.is_agency_wide as suppressed_for_all,
  s.reason is not null as is_suppressed
from (
  select
    b.client_id, b.campaign_id, private.normalize_email(b.email) as email, b.email as email_as_written, b.id as business_id,
    'business'::public.export_recipient as recipient, l.id as lead_id, b.first_name, b.last_name, b.name as company_name, b.job_title,
    b.website, b.phone, b.city, b.email_deliverability as verification, b.is_role_address, b.custom_variables, b.import_id, b.created_at,
    l.removed_at, l.unsubscribed_at, l.lead_status, l.sent_count, l.open_count, l.click_count, l.reply_count, l.interest_status,
    l.last_event_at
  from public.businesses as b
  left join public.synced_leads as l on l.campaign_id = b.campaign_id and l.email = private.normalize_email(b.email)
  union all
  select
    b.client_id, b.campaign_id, private.normalize_email(b.linkedin_contact_email), b.linkedin_contact_email, b.id,
    'linkedin_contact', l.id, b.linkedin_contact_name, null, b.name, b.linkedin_contact_title,
    b.website, b.phone, b.city, b.linkedin_contact_email_deliverability, false, b.custom_variables, b.import_id, b.created_at,
    l.removed_at, l.unsubscribed_at, l.lead_status, l.sent_count, l.open_count, l.click_count, l.reply_count, l.interest_status,
    l.last_event_at
  from public.businesses as b
  left join public.synced_leads as l
    on l.campaign_id = b.campaign_id and l.email = private.normalize_email(b.linkedin_contact_email)
  where b.linkedin_contact_email is not null
  union all
  select
    l.client_id, l.campaign_id, l.email, l.email, null, null, l.id, l.first_name, l.last_name, l.company_name, l.job_title,
    l.website, l.phone, null, null, false, coalesce(l.payload, '{}'), null, l.created_at,
    l.removed_at, l.unsubscribed_at, l.lead_status, l.sent_count, l.open_count, l.click_count, l.reply_count, l.interest_status,
    l.last_event_at
  from public.synced_leads as l
  where not exists (
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
) as e
join public.campaigns as c on c.id = e.campaign_id
join public.clients as k on k.id = e.client_id
left join lateral private.suppression_of(e.client_id, e.email) as s on true;

comment on view public.client_leads is
  'Addresses of campaigns, before their export and after: who it is, its verification, its state (not_exported, not_yet_emailed, emailed, replied, bounced, unsubscribed, removed) and whether it is suppressed. One person can be in several campaigns. Ask for one client_id, and for a page by created_at.';

grant select on public.client_leads to authenticated, service_role;
