-- From stored deliveries to resolved events: the campaign, the client and the meaning of each.

-- A delivery with its campaign resolved: what the steps of the projector hand to each other. Of the lead as it was before
-- the batch: whether we never saw an event of this type, when the first of this kind is known to have been (from the
-- provider, too), when the last of any kind was, whether we never saw a sign that it was contacted, and when the first such
-- sign is known to have been. shows_contact: an event that can only be of somebody who was written to.
create type private.resolved_event as (
  id bigint,
  connection_id uuid,
  provider public.provider,
  client_id uuid,
  campaign_id uuid,
  lead_id uuid,
  is_new_to_lead boolean,
  lead_known_at timestamptz,
  lead_last_event_at timestamptz,
  email text,
  type public.email_event_type,
  label text,
  interest public.interest_status,
  occurred_at timestamptz,
  received_at timestamptz,
  email_account text,
  step smallint,
  variant smallint,
  time_is_arrival boolean,
  email_id text,
  bounce_class public.bounce_class,
  written_by text,
  category_id integer,
  opts_out boolean,
  shows_contact boolean,
  is_new_contact boolean,
  contact_known_at timestamptz
);

-- Step 1 of the projector: registers provider campaigns that are new; a dedicated connection imports them.
create function private.register_campaigns_of_events(event_ids bigint[])
returns void
language plpgsql
set search_path = ''
as $$
declare
  unknown record;
  moved record;
begin
  -- A delivery tells before the next sync does that its campaign went to another organisation.
  for moved in
    select
      w.connection_id,
      jsonb_agg(distinct jsonb_build_object(
        'provider_campaign_id', p.provider_campaign_id, 'provider_org_id', w.event ->> 'provider_org_id'
      )) as listed
    from private.webhook_events as w
    join private.provider_campaigns as p
      on p.connection_id = w.connection_id and p.provider_campaign_id = w.provider_campaign_id
    where w.id = any (event_ids)
      and w.event ? 'provider_org_id'
      and p.campaign_id is not null
      and p.provider_org_id is not null
      and w.event ->> 'provider_org_id' <> p.provider_org_id
      -- One from before the organisation was settled is old news.
      and coalesce((w.event ->> 'occurred_at')::timestamptz, w.received_at) > coalesce(p.org_changed_at, '-infinity')
    group by w.connection_id
    order by w.connection_id
  loop
    perform private.follow_organizations(moved.connection_id, moved.listed);
  end loop;

  for unknown in
    select
      w.connection_id,
      jsonb_agg(distinct jsonb_build_object(
        'provider_campaign_id', w.provider_campaign_id, 'name', w.event ->> 'campaign_name',
        'provider_org_id', w.event ->> 'provider_org_id'
      )) as listed
    from private.webhook_events as w
    where w.id = any (event_ids)
      and w.provider_campaign_id is not null
      -- One look into the index for each candidate, here and below: joined, all campaigns of the connection are read for each event.
      and not exists (
        select
        from jsonb_array_elements_text(w.event -> 'provider_campaign_ids') as candidate (id)
        cross join lateral (
          select from private.provider_campaigns as p
          where p.connection_id = w.connection_id and p.provider_campaign_id = candidate.id and p.campaign_id is not null
          limit 1
        ) as known
      )
    group by w.connection_id
    order by w.connection_id
  loop
    perform private.register_provider_campaigns(unknown.connection_id, unknown.listed, false);
  end loop;
end
$$;

comment on function private.register_campaigns_of_events(bigint[]) is
  'Step 1 of the projector: registers provider campaigns that are new; those that the provider lists and whose owner is known are imported.';

grant execute on function private.register_campaigns_of_events(bigint[]) to service_role;

-- Step 2: reads the deliveries and finds each one's campaign. A custom variable may hide the campaign id, so every
-- candidate is tried and the first known one wins. Events whose campaign is not mapped, or whose client is switched
-- off, are left out, and mails, opens and clicks of a campaign that is closed. Who is switched off is asked once per batch, and those rows are held: switching a client on
-- waits for this batch and then finds all that it left waiting.
create function private.resolve_webhook_events(event_ids bigint[])
returns setof private.resolved_event
language plpgsql
set search_path = ''
as $$
declare
  switched_off uuid[] := array(select c.id from public.clients as c where not c.integration_enabled for share);
begin
  return query
  select
    w.id, w.connection_id, c.provider, coalesce(known.client_id, c.client_id), known.campaign_id,
    null::uuid, null::boolean, null::timestamptz, null::timestamptz,
    case when e.emails is null then e.email else private.lead_of_sides(w.connection_id, known.campaign_id, e.emails) end,
    meaning.type, meaning.label,
    case when meaning.type >= 'lead_interested' and meaning.type <= 'lead_labelled'
      then private.event_interest(meaning.type, w.connection_id, meaning.label) end,
    coalesce(at.believed, w.received_at), w.received_at,
    case when e.emails is null or e.email_account is not null then e.email_account
      else private.mailbox_of_sides(w.connection_id, e.emails) end,
    e.step, e.variant, at.believed is null,
    e.email_id, case when e.type = 'email_bounced' then coalesce(e.bounce_class, 'hard') end, e.written_by, e.category_id,
    case
      when e.type in ('lead_unsubscribed', 'email_spam_reported') then true
      when meaning.label is null and e.category_id is null then false
      else private.means_do_not_contact(coalesce(meaning.label, private.category_label(w.connection_id, e.category_id)))
    end,
    meaning.type in ('email_sent', 'email_opened', 'email_clicked', 'reply_received', 'auto_reply_received', 'email_bounced'),
    null::boolean, null::timestamptz
  from private.webhook_events as w
  join public.provider_connections as c on c.id = w.connection_id
  cross join lateral jsonb_to_record(w.event) as e (
    type public.email_event_type, label text, occurred_at timestamptz, email text, email_account text,
    step smallint, variant smallint, provider_campaign_ids jsonb, email_id text, bounce_class public.bounce_class,
    written_by text, category_id integer, emails jsonb
  )
  cross join lateral (
    select
      case when e.category_id is null then e.type
        else private.type_by_category(w.connection_id, e.type, e.label, e.category_id) end as type,
      case when e.category_id is null then e.label
        else private.label_by_category(w.connection_id, e.type, e.label, e.category_id) end as label
  ) as meaning
  cross join lateral (select private.believed_time(e.occurred_at, w.received_at) as believed) as at
  left join lateral (
    select p.campaign_id, p.client_id
    from jsonb_array_elements_text(e.provider_campaign_ids) with ordinality as candidate (id, position)
    cross join lateral (
      select p.campaign_id, k.client_id
      from private.provider_campaigns as p
      join public.campaigns as k on k.id = p.campaign_id
      where p.connection_id = w.connection_id and p.provider_campaign_id = candidate.id
      limit 1
    ) as p
    order by candidate.position
    limit 1
  ) as known on true
  where w.id = any (event_ids)
    and (known.campaign_id is not null or w.provider_campaign_id is null)
    and (
      meaning.type not in ('email_sent', 'email_delivered', 'email_opened', 'email_clicked')
      or not exists (select from private.closed_campaigns as d where d.campaign_id = known.campaign_id)
    )
    and (switched_off = '{}' or coalesce(known.client_id, c.client_id) is null
      or coalesce(known.client_id, c.client_id) <> all (switched_off))
  order by w.id;
end
$$;

comment on function private.resolve_webhook_events(bigint[]) is
  'Step 2 of the projector: the deliveries with the campaign of each; those that have to wait are left out.';

grant execute on function private.resolve_webhook_events(bigint[]) to service_role;

-- Why a delivery that step 2 left out has to wait; of a dedicated workspace that is limited to some organisations, the
-- others' campaigns wait too.
create function private.hold_reason(event_connection_id uuid, provider_campaign_ids jsonb)
returns text
language sql
stable
set search_path = ''
as $$
  select case
    when bool_or(d.campaign_id is not null)
      then 'The campaign is closed and its events are in the archive; it is projected when the campaign is reopened'
    when bool_or(p.campaign_id is not null) or exists (
      select
      from public.provider_connections as c
      join public.clients as k on k.id = c.client_id
      where c.id = event_connection_id and not k.integration_enabled
    )
      then 'The client that this belongs to is switched off; it is projected when the client is switched on again'
    when bool_or(p.listed_at is not null)
      or exists (select from public.provider_connections as c where c.id = event_connection_id and c.client_id is null)
      then 'Nobody has said yet which client this campaign belongs to'
    else 'The provider has not listed this campaign; the next sync looks for it'
  end
  from jsonb_array_elements_text(provider_campaign_ids) as candidate (id)
  left join private.provider_campaigns as p
    on p.connection_id = event_connection_id and p.provider_campaign_id = candidate.id
  left join private.closed_campaigns as d on d.campaign_id = p.campaign_id
$$;

comment on function private.hold_reason(uuid, jsonb) is
  'The sentence for a quarantined delivery: its campaign is closed, its client is switched off, its campaign is not mapped, or the provider has not listed it.';

grant execute on function private.hold_reason(uuid, jsonb) to service_role;
