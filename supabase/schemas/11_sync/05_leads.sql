-- The leads of a campaign, page by page, and who is gone at the end of a whole walk.

-- One page of leads of one campaign, after which its rows are these leads, whatever address or id each had before
-- (private.follow_leads). An older reading of a lead never overwrites a newer one; a label from a webhook that is newer
-- than the provider's answer stays. Who bounced, unsubscribed or is not to be contacted is suppressed as if a webhook reported
-- so.
create function worker.record_leads(target_campaign_id uuid, leads jsonb)
returns integer
language plpgsql
set search_path = ''
as $$
declare
  written integer;
  owner_id uuid;
  source_connection_id uuid;
  believable constant tstzrange := private.believable_times(now());
begin
  select c.client_id, c.connection_id into owner_id, source_connection_id
  from public.campaigns as c
  where c.id = target_campaign_id
  -- The campaign cannot move to another client before its leads are written.
  for key share;

  leads := private.follow_leads(target_campaign_id, private.without_erased(owner_id, leads));

  insert into public.synced_leads as l
    (client_id, campaign_id, provider_lead_id, email, first_name, last_name, company_name, job_title, industry, company_size,
     website, phone, sent_count_reported, open_count_reported, click_count_reported, reply_count_reported,
     sent_at, opened_at, clicked_at, replied_at, bounced_at, unsubscribed_at,
     interest_status_reported, interest_label, interest_label_at, interest_changed_at_reported, sender_account, sender_account_at,
     payload, provider_updated_at, last_synced_at)
  select
    owner_id, target_campaign_id, n.provider_lead_id, n.email, n.first_name, n.last_name, n.company_name, n.job_title,
    n.industry, n.company_size, n.website, n.phone, n.sent_count, n.open_count, n.click_count, n.reply_count,
    b.sent_at, b.opened_at, b.clicked_at, b.replied_at, b.bounced_at, b.unsubscribed_at,
    coalesce(n.interest_status, p.interest_status),
    -- A number that the workspace does not explain (yet) is shown as such; it says nothing of the sentiment.
    coalesce(n.interest_label, p.label, 'Category ' || n.interest_value), b.interest_changed_at, b.interest_changed_at, n.sender_account, b.sent_at,
    n.payload, b.updated_at, now()
  from jsonb_to_recordset(leads) as n (
    provider_lead_id text, email text, first_name text, last_name text, company_name text, job_title text, industry text,
    company_size text, website text, phone text, sent_count integer, open_count integer, click_count integer,
    reply_count integer, sent_at timestamptz, opened_at timestamptz, clicked_at timestamptz, replied_at timestamptz,
    bounced_at timestamptz, unsubscribed_at timestamptz, interest_status public.interest_status, interest_label text,
    interest_value integer, interest_changed_at timestamptz, sender_account text, payload jsonb, updated_at timestamptz
  )
  -- The times, as far as they can be believed. That a lead bounced or unsubscribed is no less true for a wrong clock, so these two
  -- are then now.
  cross join lateral (
    select
      case when n.sent_at <@ believable then n.sent_at end as sent_at,
      case when n.opened_at <@ believable then n.opened_at end as opened_at,
      case when n.clicked_at <@ believable then n.clicked_at end as clicked_at,
      case when n.replied_at <@ believable then n.replied_at end as replied_at,
      case when n.bounced_at is not null then case when n.bounced_at <@ believable then n.bounced_at else now() end end as bounced_at,
      case
        when n.unsubscribed_at is not null then case when n.unsubscribed_at <@ believable then n.unsubscribed_at else now() end
      end as unsubscribed_at,
      case when n.interest_changed_at <@ believable then n.interest_changed_at end as interest_changed_at,
      case when n.updated_at <@ believable then n.updated_at end as updated_at
  ) as b
  left join private.provider_labels as p
    on p.connection_id = source_connection_id and p.interest_value = n.interest_value
  order by n.email
  on conflict (campaign_id, email) do update set
    provider_lead_id = coalesce(excluded.provider_lead_id, l.provider_lead_id),
    first_name = coalesce(excluded.first_name, l.first_name),
    last_name = coalesce(excluded.last_name, l.last_name),
    company_name = coalesce(excluded.company_name, l.company_name),
    job_title = coalesce(excluded.job_title, l.job_title),
    industry = coalesce(excluded.industry, l.industry),
    company_size = coalesce(excluded.company_size, l.company_size),
    website = coalesce(excluded.website, l.website),
    phone = coalesce(excluded.phone, l.phone),
    sent_count_reported = excluded.sent_count_reported,
    open_count_reported = excluded.open_count_reported,
    click_count_reported = excluded.click_count_reported,
    reply_count_reported = excluded.reply_count_reported,
    sent_at = coalesce(l.sent_at, excluded.sent_at),
    opened_at = coalesce(l.opened_at, excluded.opened_at),
    clicked_at = coalesce(l.clicked_at, excluded.clicked_at),
    -- Not the time of a reply that counts as automatic here.
    replied_at = coalesce(
      l.replied_at, case when excluded.reply_count_reported > l.reply_count_overruled then excluded.replied_at end
    ),
    bounced_at = coalesce(l.bounced_at, excluded.bounced_at),
    unsubscribed_at = coalesce(l.unsubscribed_at, excluded.unsubscribed_at),
    interest_status_reported = case
      when excluded.interest_changed_at_reported >= coalesce(l.interest_changed_at_reported, '-infinity')
        or (l.interest_changed_at_reported is null and excluded.interest_status_reported is not null)
      then case
        when excluded.interest_status_reported is not null then excluded.interest_status_reported
        when excluded.interest_label is not null then l.interest_status_reported
        when l.interest_status_reported is not null then 'neutral'::public.interest_status
      end
      else l.interest_status_reported
    end,
    interest_label = case
      when excluded.interest_label_at >= coalesce(l.interest_label_at, l.interest_changed_at_reported, '-infinity')
        or (coalesce(l.interest_label_at, l.interest_changed_at_reported) is null and excluded.interest_label is not null)
      then excluded.interest_label
      else l.interest_label
    end,
    interest_label_at = greatest(l.interest_label_at, excluded.interest_label_at),
    interest_changed_at_reported = case
      when excluded.interest_status_reported is null and excluded.interest_label is not null then l.interest_changed_at_reported
      else greatest(l.interest_changed_at_reported, excluded.interest_changed_at_reported)
    end,
    sender_account = case
      when excluded.sender_account is not null
        and coalesce(excluded.sender_account_at, '-infinity') >= coalesce(l.sender_account_at, '-infinity')
      then excluded.sender_account
      else l.sender_account
    end,
    sender_account_at = case
      when excluded.sender_account is not null then greatest(l.sender_account_at, excluded.sender_account_at)
      else l.sender_account_at
    end,
    payload = coalesce(excluded.payload, l.payload),
    provider_updated_at = excluded.provider_updated_at,
    last_synced_at = excluded.last_synced_at,
    removed_at = null,
    updated_at = now()
  where coalesce(excluded.provider_updated_at, '-infinity') >= coalesce(l.provider_updated_at, '-infinity');

  get diagnostics written = row_count;

  -- A lead of which we know more already was met all the same.
  if written < jsonb_array_length(leads) then
    update public.synced_leads as l
    set last_synced_at = now(), removed_at = null
    where l.id = any (array(
      select k.id
      from jsonb_to_recordset(leads) as n (email text)
      -- A look by address for each, as in private.follow_leads.
      cross join lateral (
        select m.id, m.last_synced_at from public.synced_leads as m where m.campaign_id = target_campaign_id and m.email = n.email offset 0
      ) as k
      where k.last_synced_at is distinct from now()
    ));
  end if;

  insert into public.suppressions as s (client_id, email, reason, suppressed_at)
  select distinct on (n.email)
    owner_id, n.email,
    case when n.unsubscribed_at is not null then 'unsubscribed' else 'do_not_contact' end::public.suppression_reason,
    coalesce(
      private.believed_time(n.unsubscribed_at, now()), private.believed_time(n.interest_changed_at, now()), now()
    )
  from jsonb_to_recordset(leads) as n (
    email text, unsubscribed_at timestamptz, interest_label text, interest_value integer, interest_changed_at timestamptz
  )
  left join private.provider_labels as p
    on p.connection_id = source_connection_id and p.interest_value = n.interest_value
  where n.email is not null
    and (
      n.unsubscribed_at is not null
      or (coalesce(n.interest_label, p.label) is not null and private.means_do_not_contact(coalesce(n.interest_label, p.label)))
    )
  order by n.email
  on conflict (client_id, email) do update
  set reason = excluded.reason, bounce_class = null, suppressed_at = excluded.suppressed_at
  where s.reason = 'bounced';

  perform private.settle_bounces(array_agg(owner_id), array_agg(n.email))
  from jsonb_to_recordset(leads) as n (email text, bounced_at timestamptz, replied_at timestamptz)
  where owner_id is not null
    and n.email is not null
    and (n.bounced_at is not null or exists (
      select
      from public.suppressions as s
      where n.replied_at is not null and s.client_id = owner_id and s.email = n.email and s.reason = 'bounced'
    ))
  having count(*) > 0;

  return written;
end
$$;

comment on function worker.record_leads(uuid, jsonb) is
  'Writes one page of a campaign''s leads as the provider sees them; returns how many rows it wrote. Service role only.';

grant execute on function worker.record_leads(uuid, jsonb) to service_role;

-- A walk through the leads of a campaign begins; is_whole false = it will not meet every lead, so its end marks no lead as gone.
create function worker.start_lead_walk(target_campaign_id uuid, is_whole boolean)
returns void
language sql
volatile
set search_path = ''
as $$
  update private.provider_campaigns as p
  set leads_walk_started_at = case when is_whole then now() end
  where p.campaign_id = target_campaign_id
$$;

comment on function worker.start_lead_walk(uuid, boolean) is
  'Notes that a walk through all leads of a campaign begins, so that its end can tell which ones are gone. Service role only.';

grant execute on function worker.start_lead_walk(uuid, boolean) to service_role;

-- A walk through all leads of a campaign has ended: what it did not meet is no longer at the provider. A lead that came by a
-- delivery or an export within the last hour may not be in the provider's list yet. A list without any lead, of a campaign that
-- has some by the provider's own totals, says nothing. Returns how many leads are gone.
create function worker.finish_lead_walk(target_campaign_id uuid)
returns integer
language plpgsql
set search_path = ''
as $$
declare
  started_at timestamptz;
  removed integer := 0;
begin
  select p.leads_walk_started_at into started_at
  from private.provider_campaigns as p
  where p.campaign_id = target_campaign_id;

  if started_at is null then
    return 0;
  end if;

  update private.provider_campaigns as p set leads_walk_started_at = null where p.campaign_id = target_campaign_id;

  if exists (
    select from public.campaign_analytics_totals as t where t.campaign_id = target_campaign_id and t.leads > 0
  ) and not exists (
    select from public.synced_leads as l where l.campaign_id = target_campaign_id and l.last_synced_at >= started_at
  ) then
    return 0;
  end if;

  update public.synced_leads as l
  set removed_at = now(), updated_at = now()
  where l.campaign_id = target_campaign_id
    and l.removed_at is null
    -- An erased lead was deleted at the provider and still counts.
    and l.erased_at is null
    and case
      when l.last_synced_at is null then l.created_at < started_at - interval '1 hour'
      else l.last_synced_at < started_at
    end;

  get diagnostics removed = row_count;
  perform private.settle_displaced_leads(target_campaign_id);
  return removed;
end
$$;

comment on function worker.finish_lead_walk(uuid) is
  'Marks the leads that a whole walk did not meet as removed and joins those that were merged at the provider; returns how many are gone. Service role only.';

grant execute on function worker.finish_lead_walk(uuid) to service_role;
