-- The projector, first half: from stored deliveries to held leads and counters. The second half is the next file.

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
  asks_for_silence boolean,
  shows_contact boolean,
  is_new_contact boolean,
  contact_known_at timestamptz
);

-- Step 1 of the projector: notes provider campaigns that nobody has seen yet; a dedicated connection imports them.
create function private.note_campaigns_of_events(event_ids bigint[])
returns void
language plpgsql
set search_path = ''
as $$
declare
  unknown record;
  told record;
begin
  -- A delivery tells before the next sync does that its campaign went to another organisation.
  for told in
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
    perform private.follow_organizations(told.connection_id, told.listed);
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
      and not exists (
        select
        from private.provider_campaigns as p
        where p.connection_id = w.connection_id
          and p.campaign_id is not null
          and w.event -> 'provider_campaign_ids' ? p.provider_campaign_id
      )
    group by w.connection_id
    order by w.connection_id
  loop
    perform private.note_provider_campaigns(unknown.connection_id, unknown.listed, false);
  end loop;
end
$$;

comment on function private.note_campaigns_of_events(bigint[]) is
  'Step 1 of the projector: notes provider campaigns that nobody has seen yet; those that the provider lists and whose owner is known are imported.';

-- Step 2: reads the deliveries and finds each one's campaign. A custom variable may hide the campaign id, so every
-- candidate is tried and the first known one wins. Events whose campaign nobody has mapped, or whose client is switched
-- off, are left out. Who is switched off is asked once per batch, and those rows are held: whoever switches a client on
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
    said.type, said.label,
    case when said.type >= 'lead_interested' and said.type <= 'lead_labelled'
      then private.event_interest(said.type, w.connection_id, said.label) end,
    coalesce(at.believed, w.received_at), w.received_at,
    case when e.emails is null or e.email_account is not null then e.email_account
      else private.mailbox_of_sides(w.connection_id, e.emails) end,
    e.step, e.variant, at.believed is null,
    e.email_id, case when e.type = 'email_bounced' then coalesce(e.bounce_class, 'hard') end, e.written_by, e.category_id,
    case
      when e.type in ('lead_unsubscribed', 'email_spam_reported') then true
      when said.label is null and e.category_id is null then false
      else private.means_do_not_contact(coalesce(said.label, private.category_label(w.connection_id, e.category_id)))
    end,
    said.type in ('email_sent', 'email_opened', 'email_clicked', 'reply_received', 'auto_reply_received', 'email_bounced'),
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
  ) as said
  cross join lateral (select private.believed_time(e.occurred_at, w.received_at) as believed) as at
  left join lateral (
    select p.campaign_id, k.client_id
    from jsonb_array_elements_text(e.provider_campaign_ids) with ordinality as candidate (id, position)
    join private.provider_campaigns as p
      on p.connection_id = w.connection_id and p.provider_campaign_id = candidate.id
    join public.campaigns as k on k.id = p.campaign_id
    order by candidate.position
    limit 1
  ) as known on true
  where w.id = any (event_ids)
    and (known.campaign_id is not null or w.provider_campaign_id is null)
    and (switched_off = '{}' or coalesce(known.client_id, c.client_id) is null
      or coalesce(known.client_id, c.client_id) <> all (switched_off))
  order by w.id;
end
$$;

comment on function private.resolve_webhook_events(bigint[]) is
  'Step 2 of the projector: the deliveries with the campaign of each; those that have to wait are left out.';

-- Why a delivery that step 2 left out has to wait; of a dedicated workspace that is limited to some organisations, the
-- others' campaigns wait too.
create function private.hold_reason(event_connection_id uuid, provider_campaign_ids jsonb)
returns text
language sql
stable
set search_path = ''
as $$
  select case
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
$$;

comment on function private.hold_reason(uuid, jsonb) is
  'The sentence for a quarantined delivery: its client is switched off, nobody has mapped its campaign, or the provider has not listed it.';

-- Step 3: makes sure that each lead exists and holds its row until the end of the transaction, so that two projectors
-- never judge at once whether an event is a lead's first. Answers the same events with what is known of their leads, so
-- that no later step has to look them up.
create function private.hold_leads(batch private.resolved_event[])
returns private.resolved_event[]
language plpgsql
set search_path = ''
as $$
declare
  held private.resolved_event[];
begin
  batch := private.join_threads(batch);

  insert into public.synced_leads
    (client_id, campaign_id, email, first_name, last_name, company_name, job_title, industry, company_size, website, phone, payload)
  select distinct on (b.campaign_id, b.email)
    b.client_id, b.campaign_id, b.email,
    lead.first_name, lead.last_name, lead.company_name, lead.job_title, lead.industry, lead.company_size, lead.website, lead.phone,
    (
      select jsonb_object_agg(v.name, w.payload -> v.name)
      from jsonb_array_elements_text(w.event -> 'variables') as v (name)
    )
  from unnest(batch) as b
  join private.webhook_events as w on w.id = b.id
  cross join lateral jsonb_to_record(coalesce(w.event -> 'lead', '{}')) as lead (
    first_name text, last_name text, company_name text, job_title text, industry text, company_size text, website text, phone text
  )
  where b.campaign_id is not null
    and b.email is not null
    and not exists (select from public.synced_leads as l where l.campaign_id = b.campaign_id and l.email = b.email)
  order by b.campaign_id, b.email, b.occurred_at desc
  on conflict (campaign_id, email) do nothing;

  with lead as (
    select
      l.id, l.campaign_id, l.email, l.last_event_at,
      l.sent_count_seen, l.open_count_seen, l.click_count_seen, l.reply_count_seen,
      l.sent_at, l.opened_at, l.clicked_at, l.replied_at, l.contacted_at
    from public.synced_leads as l
    where (l.campaign_id, l.email) in (select b.campaign_id, b.email from unnest(batch) as b)
    order by l.campaign_id, l.email
    for update
  )
  select array_agg(
    row(
      b.id, b.connection_id, b.provider, b.client_id, b.campaign_id, l.id,
      case b.type
        when 'email_sent' then l.sent_count_seen
        when 'email_opened' then l.open_count_seen
        when 'email_clicked' then l.click_count_seen
        when 'reply_received' then l.reply_count_seen
      end = 0,
      case b.type
        when 'email_sent' then l.sent_at
        when 'email_opened' then l.opened_at
        when 'email_clicked' then l.clicked_at
        when 'reply_received' then l.replied_at
      end,
      l.last_event_at,
      b.email, b.type, b.label, b.interest, b.occurred_at, b.received_at, b.email_account, b.step, b.variant,
      b.time_is_arrival, b.email_id, b.bounce_class, b.written_by, b.category_id, b.asks_for_silence, b.shows_contact, l.contacted_at is null, coalesce(l.contacted_at, l.sent_at)
    )::private.resolved_event
  )
  into held
  from unnest(batch) as b
  left join lead as l on l.campaign_id = b.campaign_id and l.email = b.email;

  return held;
end
$$;

comment on function private.hold_leads(private.resolved_event[]) is
  'Step 3 of the projector: makes and holds the leads; answers the events with lead_id and with what is new to each lead.';

-- Step 4: adds the events to what we saw per campaign and day, and over the whole life. Runs before the events are
-- inserted, so that "was there one before" cannot find the event itself.
create function private.count_events(batch private.resolved_event[])
returns void
language plpgsql
set search_path = ''
as $$
begin
  insert into public.campaign_activity as a
    (campaign_id, day, client_id, sent, contacted, opens, opened, clicks, clicked, replies, replied, auto_replies, bounced, unsubscribed)
  select
    g.campaign_id, g.day, g.client_id,
    coalesce(sum(g.events) filter (where g.type = 'email_sent'), 0), count(*) filter (where g.type = 'email_sent' and g.is_first),
    coalesce(sum(g.events) filter (where g.type = 'email_opened'), 0), count(*) filter (where g.type = 'email_opened' and g.is_first),
    coalesce(sum(g.events) filter (where g.type = 'email_clicked'), 0), count(*) filter (where g.type = 'email_clicked' and g.is_first),
    coalesce(sum(g.events) filter (where g.type = 'reply_received'), 0), count(*) filter (where g.type = 'reply_received' and g.is_first),
    coalesce(sum(g.events) filter (where g.type = 'auto_reply_received'), 0),
    coalesce(sum(g.events) filter (where g.type = 'email_bounced'), 0),
    coalesce(sum(g.events) filter (where g.type = 'lead_unsubscribed'), 0)
  from (
    select
      d.*,
      case
        -- Counted as events only, whoever was the first.
        when d.type in ('auto_reply_received', 'email_bounced', 'lead_unsubscribed') then false
        when d.is_new then true
        else not exists (
          select
          from public.email_events as e
          where e.lead_id = d.lead_id
            and e.type = d.type
            and e.occurred_at >= d.day::timestamp at time zone 'UTC'
            and e.occurred_at < (d.day + 1)::timestamp at time zone 'UTC'
        )
      end as is_first
    from (
      select
        b.campaign_id, b.client_id, b.lead_id, b.type, (b.occurred_at at time zone 'UTC')::date as day, count(*) as events,
        bool_or(b.is_new_to_lead) as is_new
      from unnest(batch) as b
      where b.lead_id is not null
        and b.type in (
          'email_sent', 'email_opened', 'email_clicked', 'reply_received', 'auto_reply_received',
          'email_bounced', 'lead_unsubscribed'
        )
      group by b.campaign_id, b.client_id, b.lead_id, b.type, (b.occurred_at at time zone 'UTC')::date
    ) as d
  ) as g
  group by g.campaign_id, g.client_id, g.day
  order by g.campaign_id, g.day
  on conflict (campaign_id, day) do update set
    sent = a.sent + excluded.sent,
    contacted = a.contacted + excluded.contacted,
    opens = a.opens + excluded.opens,
    opened = a.opened + excluded.opened,
    clicks = a.clicks + excluded.clicks,
    clicked = a.clicked + excluded.clicked,
    replies = a.replies + excluded.replies,
    replied = a.replied + excluded.replied,
    auto_replies = a.auto_replies + excluded.auto_replies,
    bounced = a.bounced + excluded.bounced,
    unsubscribed = a.unsubscribed + excluded.unsubscribed,
    seen_at = now();

  insert into public.campaign_activity_totals as t
    (campaign_id, client_id, sent, contacted, opens, opened, clicks, clicked, replies, replied, auto_replies, bounced, unsubscribed, last_event_at)
  select
    b.campaign_id, b.client_id,
    count(*) filter (where b.type = 'email_sent'),
    count(distinct b.lead_id) filter (where b.is_new_contact and b.shows_contact),
    count(*) filter (where b.type = 'email_opened'),
    count(distinct b.lead_id) filter (where b.type = 'email_opened' and b.is_new_to_lead),
    count(*) filter (where b.type = 'email_clicked'),
    count(distinct b.lead_id) filter (where b.type = 'email_clicked' and b.is_new_to_lead),
    count(*) filter (where b.type = 'reply_received'),
    count(distinct b.lead_id) filter (where b.type = 'reply_received' and b.is_new_to_lead),
    count(*) filter (where b.type = 'auto_reply_received'),
    count(*) filter (where b.type = 'email_bounced'),
    count(*) filter (where b.type = 'lead_unsubscribed'),
    max(b.occurred_at)
  from unnest(batch) as b
  where b.campaign_id is not null
  group by b.campaign_id, b.client_id
  order by b.campaign_id
  on conflict (campaign_id) do update set
    sent = t.sent + excluded.sent,
    contacted = t.contacted + excluded.contacted,
    opens = t.opens + excluded.opens,
    opened = t.opened + excluded.opened,
    clicks = t.clicks + excluded.clicks,
    clicked = t.clicked + excluded.clicked,
    replies = t.replies + excluded.replies,
    replied = t.replied + excluded.replied,
    auto_replies = t.auto_replies + excluded.auto_replies,
    bounced = t.bounced + excluded.bounced,
    unsubscribed = t.unsubscribed + excluded.unsubscribed,
    last_event_at = greatest(t.last_event_at, excluded.last_event_at),
    seen_at = now();
end
$$;

comment on function private.count_events(private.resolved_event[]) is
  'Step 4 of the projector: adds the events to campaign_activity and campaign_activity_totals.';

grant execute on function
  private.note_campaigns_of_events(bigint[]),
  private.resolve_webhook_events(bigint[]),
  private.hold_reason(uuid, jsonb),
  private.hold_leads(private.resolved_event[]),
  private.count_events(private.resolved_event[])
to service_role;
