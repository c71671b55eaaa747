-- Generated from supabase/schemas/09_projection by "npm run migrations".

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

-- The leads of a batch: made, held until the end of the transaction, moved on.

-- A reply from an address that was never mailed belongs to the lead whose mail it answers, found by the ids of that mail or of
-- the thread; who wrote is kept. Asked only of replies from addresses that we never contacted.
create function private.join_threads(batch private.resolved_event[])
returns private.resolved_event[]
language plpgsql
set search_path = ''
as $$
declare
  stray record;
  reply private.resolved_event;
begin
  for stray in
    select b.ordinality as position, found.email
    from unnest(batch) with ordinality as b
    join private.webhook_events as w on w.id = b.id
    cross join lateral (
      select l.email
      from (
        -- By one index each: with "or" between them all mails of the campaign were read for each reply (48 s for 1,000 replies in a
        -- campaign with 55,000 mails).
        select k.message_id
        from jsonb_array_elements_text(w.event -> 'answers') as a (id)
        cross join lateral (
          select c.message_id
          from private.message_contents as c
          where c.connection_id = b.connection_id and c.provider_mail_id = a.id
          offset 0
        ) as k
        union all
        select c.message_id
        from private.message_contents as c
        where c.connection_id = b.connection_id and c.provider_thread_id = w.event ->> 'thread_id'
        offset 0
      ) as c
      cross join lateral (
        select m.id, m.lead_id, m.campaign_id, m.occurred_at from public.messages as m where m.id = c.message_id offset 0
      ) as m
      join public.synced_leads as l on l.id = m.lead_id
      where m.campaign_id = b.campaign_id
      order by m.occurred_at, m.id
      limit 1
    ) as found
    where b.type in ('reply_received', 'auto_reply_received')
      and b.campaign_id is not null
      and b.email is not null
      and (w.event ? 'answers' or w.event ? 'thread_id')
      and found.email <> b.email
      and not exists (
        select
        from public.synced_leads as l
        where l.campaign_id = b.campaign_id and l.email = b.email and (l.contacted_at is not null or l.sent_count > 0)
      )
  loop
    reply := batch[stray.position];
    reply.written_by := coalesce(reply.written_by, reply.email);
    reply.email := stray.email;
    batch[stray.position] := reply;
  end loop;

  return batch;
end
$$;

comment on function private.join_threads(private.resolved_event[]) is
  'Gives replies from addresses that were never contacted to the lead whose thread they answer, with written_by.';

grant execute on function private.join_threads(private.resolved_event[]) to service_role;

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
      l.sent_count_observed, l.open_count_observed, l.click_count_observed, l.reply_count_observed,
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
        when 'email_sent' then l.sent_count_observed
        when 'email_opened' then l.open_count_observed
        when 'email_clicked' then l.click_count_observed
        when 'reply_received' then l.reply_count_observed
      end = 0,
      case b.type
        when 'email_sent' then l.sent_at
        when 'email_opened' then l.opened_at
        when 'email_clicked' then l.clicked_at
        when 'reply_received' then l.replied_at
      end,
      l.last_event_at,
      b.email, b.type, b.label, b.interest, b.occurred_at, b.received_at, b.email_account, b.step, b.variant,
      b.time_is_arrival, b.email_id, b.bounce_class, b.written_by, b.category_id, b.opts_out, b.shows_contact, l.contacted_at is null, coalesce(l.contacted_at, l.sent_at)
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

grant execute on function private.hold_leads(private.resolved_event[]) to service_role;

-- Step 5: moves the leads on. Counters add up, times keep the earliest, labels and sender keep the latest by the
-- provider's clock (equal times: the greater text wins, so that the order of arrival never matters). A label of unknown
-- meaning is shown, and says nothing of the sentiment: that stays with the latest label that does.
create function private.advance_leads(batch private.resolved_event[])
returns void
language plpgsql
set search_path = ''
as $$
begin
  update public.synced_leads as l
  set
    sent_count_observed = l.sent_count_observed + d.sent,
    open_count_observed = l.open_count_observed + d.opens,
    click_count_observed = l.click_count_observed + d.clicks,
    reply_count_observed = l.reply_count_observed + d.replies,
    auto_reply_count = l.auto_reply_count + d.auto_replies,
    sent_at = least(l.sent_at, d.sent_at),
    opened_at = least(l.opened_at, d.opened_at),
    clicked_at = least(l.clicked_at, d.clicked_at),
    replied_at = least(l.replied_at, d.replied_at),
    bounced_at = least(l.bounced_at, d.bounced_at),
    unsubscribed_at = least(l.unsubscribed_at, d.unsubscribed_at),
    contacted_at = least(coalesce(l.contacted_at, case when d.contact_at is not null then l.sent_at end), d.contact_at),
    -- The later pair of time and text; null is no time, and keeps what is known. Compared with the row itself: joined once more, all
    -- the versions of it that an old snapshot keeps would be read again.
    interest_status_reported = case
      when (d.interest_at, d.interest_label collate "C") > (coalesce(l.interest_changed_at_reported, '-infinity'), coalesce(case when l.interest_label_at = l.interest_changed_at_reported then l.interest_label end, '') collate "C")
      then d.interest else l.interest_status_reported
    end,
    interest_changed_at_reported = case
      when (d.interest_at, d.interest_label collate "C") > (coalesce(l.interest_changed_at_reported, '-infinity'), coalesce(case when l.interest_label_at = l.interest_changed_at_reported then l.interest_label end, '') collate "C")
      then d.interest_at else l.interest_changed_at_reported
    end,
    interest_label = case
      when (d.label_at, d.label collate "C") > (coalesce(l.interest_label_at, '-infinity'), coalesce(l.interest_label, '') collate "C")
      then d.label else l.interest_label
    end,
    interest_label_at = case
      when (d.label_at, d.label collate "C") > (coalesce(l.interest_label_at, '-infinity'), coalesce(l.interest_label, '') collate "C")
      then d.label_at else l.interest_label_at
    end,
    out_of_office_at = greatest(l.out_of_office_at, d.out_of_office_at),
    sender_account = case
      when (d.sender_account_at, d.sender_account collate "C") > (coalesce(l.sender_account_at, '-infinity'), coalesce(l.sender_account, '') collate "C")
      then d.sender_account else l.sender_account
    end,
    sender_account_at = case
      when (d.sender_account_at, d.sender_account collate "C") > (coalesce(l.sender_account_at, '-infinity'), coalesce(l.sender_account, '') collate "C")
      then d.sender_account_at else l.sender_account_at
    end,
    last_event_type = case
      when (d.last_event_at, d.last_event_type collate "C") > (coalesce(l.last_event_at, '-infinity'), coalesce(l.last_event_type, '') collate "C")
      then d.last_event_type else l.last_event_type
    end,
    last_event_at = case
      when (d.last_event_at, d.last_event_type collate "C") > (coalesce(l.last_event_at, '-infinity'), coalesce(l.last_event_type, '') collate "C")
      then d.last_event_at else l.last_event_at
    end,
    updated_at = now()
  from (
    select
      b.lead_id,
      count(*) filter (where b.type = 'email_sent') as sent,
      count(*) filter (where b.type = 'email_opened') as opens,
      count(*) filter (where b.type = 'email_clicked') as clicks,
      count(*) filter (where b.type = 'reply_received') as replies,
      count(*) filter (where b.type = 'auto_reply_received') as auto_replies,
      min(b.occurred_at) filter (where b.type = 'email_sent') as sent_at,
      min(b.occurred_at) filter (where b.type = 'email_opened') as opened_at,
      min(b.occurred_at) filter (where b.type = 'email_clicked') as clicked_at,
      min(b.occurred_at) filter (where b.type = 'reply_received') as replied_at,
      min(b.occurred_at) filter (where b.type = 'email_bounced') as bounced_at,
      min(b.occurred_at) filter (where b.type = 'lead_unsubscribed') as unsubscribed_at,
      min(b.occurred_at) filter (where b.shows_contact) as contact_at,
      (array_agg(b.interest order by b.occurred_at desc, coalesce(b.label, b.type::text) collate "C" desc)
        filter (where b.interest is not null))[1] as interest,
      (array_agg(coalesce(b.label, b.type::text) order by b.occurred_at desc, coalesce(b.label, b.type::text) collate "C" desc)
        filter (where b.interest is not null))[1] as interest_label,
      max(b.occurred_at) filter (where b.interest is not null) as interest_at,
      (array_agg(coalesce(b.label, b.type::text) order by b.occurred_at desc, coalesce(b.label, b.type::text) collate "C" desc)
        filter (where b.type >= 'lead_interested' and b.type <= 'lead_labelled'))[1] as label,
      max(b.occurred_at) filter (where b.type >= 'lead_interested' and b.type <= 'lead_labelled') as label_at,
      max(b.occurred_at) filter (
        where b.provider = 'smartlead'
          and (b.type = 'lead_out_of_office' or (b.type = 'lead_labelled' and private.means_automatic(b.label)))
      ) as out_of_office_at,
      (array_agg(b.email_account order by b.occurred_at desc, b.email_account collate "C" desc)
        filter (where b.email_account is not null))[1] as sender_account,
      max(b.occurred_at) filter (where b.email_account is not null) as sender_account_at,
      (array_agg(b.type::text order by b.occurred_at desc, b.type::text collate "C" desc))[1] as last_event_type,
      max(b.occurred_at) as last_event_at
    from unnest(batch) as b
    where b.lead_id is not null
    group by b.lead_id
  ) as d
  where l.id = d.lead_id;
end
$$;

comment on function private.advance_leads(private.resolved_event[]) is
  'Step 5 of the projector: moves the leads on, whatever the order of arrival.';

grant execute on function private.advance_leads(private.resolved_event[]) to service_role;

-- What a batch adds to the counters that we keep.

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
        -- Counted as events only, regardless of which was first.
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
    observed_at = now();

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
    observed_at = now();
end
$$;

comment on function private.count_events(private.resolved_event[]) is
  'Step 4 of the projector: adds the events to campaign_activity and campaign_activity_totals.';

grant execute on function private.count_events(private.resolved_event[]) to service_role;

-- Adds events to what we saw per step. Runs before the events are inserted and the leads advanced. Whether a lead opened
-- this very mail before is looked up only for leads that opened anything before, and only between their first open and
-- their last event, so that no more than the months in question are searched. An event without a variant is of the only one.
create function private.count_step_events(batch private.resolved_event[])
returns void
language plpgsql
set search_path = ''
as $$
begin
  insert into public.campaign_step_activity as a
    (campaign_id, step, variant, client_id, sent, opened, clicked, replied, auto_replies)
  select
    g.campaign_id, g.step, g.variant, g.client_id,
    coalesce(sum(g.events) filter (where g.type = 'email_sent'), 0),
    count(*) filter (where g.type = 'email_opened' and g.is_first),
    count(*) filter (where g.type = 'email_clicked' and g.is_first),
    count(*) filter (where g.type = 'reply_received' and g.is_first),
    coalesce(sum(g.events) filter (where g.type = 'auto_reply_received'), 0)
  from (
    select
      d.*,
      case
        when d.type in ('email_sent', 'auto_reply_received') then false
        when d.is_new then true
        else not exists (
          select
          from public.email_events as e
          where e.lead_id = d.lead_id
            and e.occurred_at >= d.known_at
            and e.occurred_at <= d.last_event_at
            and e.type = d.type
            and e.step = d.step
            and coalesce(e.variant, 1) = d.variant
        )
      end as is_first
    from (
      select
        b.campaign_id, b.client_id, b.lead_id, b.type, b.step, coalesce(b.variant, 1::smallint) as variant, count(*) as events,
        bool_or(b.is_new_to_lead) as is_new, min(b.lead_known_at) as known_at, max(b.lead_last_event_at) as last_event_at
      from unnest(batch) as b
      where b.lead_id is not null
        and b.step >= 1
        and coalesce(b.variant, 1) >= 1
        and b.type in ('email_sent', 'email_opened', 'email_clicked', 'reply_received', 'auto_reply_received')
      group by b.campaign_id, b.client_id, b.lead_id, b.type, b.step, coalesce(b.variant, 1::smallint)
    ) as d
  ) as g
  group by g.campaign_id, g.client_id, g.step, g.variant
  order by g.campaign_id, g.step, g.variant
  on conflict (campaign_id, step, variant) do update set
    sent = a.sent + excluded.sent,
    opened = a.opened + excluded.opened,
    clicked = a.clicked + excluded.clicked,
    replied = a.replied + excluded.replied,
    auto_replies = a.auto_replies + excluded.auto_replies,
    observed_at = now();
end
$$;

comment on function private.count_step_events(private.resolved_event[]) is
  'Adds newly projected events to campaign_step_activity. Called by private.count_for_reports.';

grant execute on function private.count_step_events(private.resolved_event[]) to service_role;

-- Of what a batch changes about first times: +1 at a lead's first moment of a kind, -1 where it was believed to be before.
create type private.first_time_step as (campaign_id uuid, client_id uuid, kind text, moment timestamptz, change integer);

-- Asked before the leads are advanced. A lead's first event of a kind counts; an earlier one that arrives late takes the count
-- with it.
create function private.first_time_steps(batch private.resolved_event[])
returns private.first_time_step[]
language plpgsql
stable
set search_path = ''
as $$
begin
  return array(
    select row(d.campaign_id, d.client_id, d.kind, step.moment, step.change)::private.first_time_step
    from (
      select
        b.campaign_id, b.client_id, b.lead_id,
        case b.type when 'email_opened' then 'opened' when 'email_clicked' then 'clicked' else 'replied' end as kind,
        min(b.occurred_at) as first_at, bool_or(b.is_new_to_lead) as is_new, min(b.lead_known_at) as known_at
      from unnest(batch) as b
      where b.lead_id is not null and b.type in ('email_opened', 'email_clicked', 'reply_received')
      group by b.campaign_id, b.client_id, b.lead_id, b.type
      union all
      select b.campaign_id, b.client_id, b.lead_id, 'contacted', min(b.occurred_at), bool_or(b.is_new_contact), min(b.contact_known_at)
      from unnest(batch) as b
      where b.lead_id is not null and b.shows_contact
      group by b.campaign_id, b.client_id, b.lead_id
    ) as d
    cross join lateral (values (least(d.known_at, d.first_at), 1), (d.known_at, -1)) as step (moment, change)
    where (d.is_new and step.change = 1) or (not d.is_new and d.first_at < d.known_at)
  );
end
$$;

comment on function private.first_time_steps(private.resolved_event[]) is
  'What a batch changes about first times. Called by private.count_for_reports.';

grant execute on function private.first_time_steps(private.resolved_event[]) to service_role;

create function private.count_first_times(steps private.first_time_step[])
returns void
language plpgsql
set search_path = ''
as $$
begin
  insert into public.campaign_first_times as f (campaign_id, day, client_id, contacted, opened, clicked, replied)
  select
    m.campaign_id, m.day, m.client_id,
    coalesce(sum(m.change) filter (where m.kind = 'contacted'), 0),
    coalesce(sum(m.change) filter (where m.kind = 'opened'), 0),
    coalesce(sum(m.change) filter (where m.kind = 'clicked'), 0),
    coalesce(sum(m.change) filter (where m.kind = 'replied'), 0)
  from (
    select s.campaign_id, s.client_id, s.kind, (s.moment at time zone 'UTC')::date as day, s.change
    from unnest(steps) as s
  ) as m
  group by m.campaign_id, m.client_id, m.day
  order by m.campaign_id, m.day
  on conflict (campaign_id, day) do update set
    contacted = f.contacted + excluded.contacted,
    opened = f.opened + excluded.opened,
    clicked = f.clicked + excluded.clicked,
    replied = f.replied + excluded.replied;
end
$$;

comment on function private.count_first_times(private.first_time_step[]) is
  'Adds the first times of newly projected events to campaign_first_times. Called by private.count_for_reports.';

grant execute on function private.count_first_times(private.first_time_step[]) to service_role;

-- A step of the projector: a mailbox's day moves with the events of its mails. Only mailboxes that a sync has listed have days.
create function private.count_mailboxes(batch private.resolved_event[])
returns void
language plpgsql
set search_path = ''
as $$
begin
  insert into public.email_account_days as d
    (account_id, day, client_id, sent_observed, bounced_observed, opens_observed, clicks_observed, replies_observed, auto_replies_observed)
  select
    a.id, n.day, a.client_id, n.sent, n.bounced, n.opens, n.clicks, n.replies, n.auto_replies
  from (
    select
      b.connection_id, b.email_account, (b.occurred_at at time zone 'UTC')::date as day,
      count(*) filter (where b.type = 'email_sent') as sent,
      count(*) filter (where b.type = 'email_bounced') as bounced,
      count(*) filter (where b.type = 'email_opened') as opens,
      count(*) filter (where b.type = 'email_clicked') as clicks,
      count(*) filter (where b.type = 'reply_received') as replies,
      count(*) filter (where b.type = 'auto_reply_received') as auto_replies
    from unnest(batch) as b
    where b.email_account is not null and b.shows_contact
    group by b.connection_id, b.email_account, (b.occurred_at at time zone 'UTC')::date
  ) as n
  join public.email_accounts as a on a.connection_id = n.connection_id and a.email = n.email_account
  order by a.id, n.day
  on conflict (account_id, day) do update set
    sent_observed = d.sent_observed + excluded.sent_observed,
    bounced_observed = d.bounced_observed + excluded.bounced_observed,
    opens_observed = d.opens_observed + excluded.opens_observed,
    clicks_observed = d.clicks_observed + excluded.clicks_observed,
    replies_observed = d.replies_observed + excluded.replies_observed,
    auto_replies_observed = d.auto_replies_observed + excluded.auto_replies_observed;
end
$$;

comment on function private.count_mailboxes(private.resolved_event[]) is
  'Step of the projector: adds the events to the days of their mailboxes.';

grant execute on function private.count_mailboxes(private.resolved_event[]) to service_role;

-- What a batch moves to other days at clients that do not live in UTC; see 06_events/09_day_shifts.sql.

-- kind = a column of private.day_shifts.
create type private.day_shift as (campaign_id uuid, client_id uuid, day date, kind text, change integer);

create function private.add_day_shifts(shifts private.day_shift[])
returns void
language plpgsql
set search_path = ''
as $$
begin
  insert into private.day_shifts as s
    (campaign_id, day, client_id, sent, contacted, opened, clicked, replied, auto_replies, bounced, unsubscribed,
     first_contacted, first_opened, first_clicked, first_replied)
  select
    n.campaign_id, n.day, n.client_id,
    coalesce(sum(n.change) filter (where n.kind = 'sent'), 0),
    coalesce(sum(n.change) filter (where n.kind = 'contacted'), 0),
    coalesce(sum(n.change) filter (where n.kind = 'opened'), 0),
    coalesce(sum(n.change) filter (where n.kind = 'clicked'), 0),
    coalesce(sum(n.change) filter (where n.kind = 'replied'), 0),
    coalesce(sum(n.change) filter (where n.kind = 'auto_replies'), 0),
    coalesce(sum(n.change) filter (where n.kind = 'bounced'), 0),
    coalesce(sum(n.change) filter (where n.kind = 'unsubscribed'), 0),
    coalesce(sum(n.change) filter (where n.kind = 'first_contacted'), 0),
    coalesce(sum(n.change) filter (where n.kind = 'first_opened'), 0),
    coalesce(sum(n.change) filter (where n.kind = 'first_clicked'), 0),
    coalesce(sum(n.change) filter (where n.kind = 'first_replied'), 0)
  from unnest(shifts) as n
  group by n.campaign_id, n.client_id, n.day
  order by n.campaign_id, n.day
  on conflict (campaign_id, day) do update set
    sent = s.sent + excluded.sent,
    contacted = s.contacted + excluded.contacted,
    opened = s.opened + excluded.opened,
    clicked = s.clicked + excluded.clicked,
    replied = s.replied + excluded.replied,
    auto_replies = s.auto_replies + excluded.auto_replies,
    bounced = s.bounced + excluded.bounced,
    unsubscribed = s.unsubscribed + excluded.unsubscribed,
    first_contacted = s.first_contacted + excluded.first_contacted,
    first_opened = s.first_opened + excluded.first_opened,
    first_clicked = s.first_clicked + excluded.first_clicked,
    first_replied = s.first_replied + excluded.first_replied;
end
$$;

comment on function private.add_day_shifts(private.day_shift[]) is 'Adds differences to private.day_shifts.';

grant execute on function private.add_day_shifts(private.day_shift[]) to service_role;

-- Which column an event moves: a mail as often as it happens, a person once a day.
create function private.shifted_mail(event_type public.email_event_type)
returns text
language plpgsql
immutable
set search_path = ''
as $$
begin
  return case event_type
    when 'email_sent' then 'sent'
    when 'auto_reply_received' then 'auto_replies'
    when 'email_bounced' then 'bounced'
    when 'lead_unsubscribed' then 'unsubscribed'
  end;
end
$$;

comment on function private.shifted_mail(public.email_event_type) is 'The column of private.day_shifts that counts each event of this type; null = none.';

grant execute on function private.shifted_mail(public.email_event_type) to service_role;

create function private.shifted_people(event_type public.email_event_type)
returns text
language plpgsql
immutable
set search_path = ''
as $$
begin
  return case event_type
    when 'email_sent' then 'contacted'
    when 'email_opened' then 'opened'
    when 'email_clicked' then 'clicked'
    when 'reply_received' then 'replied'
  end;
end
$$;

comment on function private.shifted_people(public.email_event_type) is
  'The column of private.day_shifts that counts the leads of a day with an event of this type; null = none.';

grant execute on function private.shifted_people(public.email_event_type) to service_role;

-- Runs before the events are inserted and the leads advanced, as the counters do. Only what falls on two days moves
-- anything, and people also where a lead did the same before on one of the two days and not on the other: looked up
-- only for leads that did anything before outside of what both days have in common, with two hours for a change of the clocks.
create function private.count_day_shifts(batch private.resolved_event[], steps private.first_time_step[])
returns void
language plpgsql
set search_path = ''
as $$
declare
  shifts private.day_shift[];
begin
  if not exists (select from private.day_cuts as z where z.zone <> 'UTC') then
    return;
  end if;

  with event as materialized (
    select
      n.*, n.local_at::date as local_day, n.utc_at::date as utc_day,
      n.local_at::date::timestamp - (n.local_at - n.utc_at) as local_start, n.utc_at::date::timestamp as utc_start
    from (
      select
        b.campaign_id, b.client_id, b.lead_id, b.type, b.is_new_to_lead, z.zone, z.counted_before,
        b.lead_last_event_at at time zone 'UTC' as last_at, b.contact_known_at at time zone 'UTC' as known_at,
        b.occurred_at at time zone 'UTC' as utc_at, b.occurred_at at time zone z.zone as local_at
      from unnest(batch) as b
      join private.day_cuts as z on z.campaign_id = b.campaign_id and z.zone <> 'UTC' and b.occurred_at < z.counted_before
      where b.lead_id is not null and (b.shows_contact or b.type = 'lead_unsubscribed')
    ) as n
  ),
  doubtful as materialized (
    select e.lead_id, e.type
    from event as e
    where e.type in ('email_sent', 'email_opened', 'email_clicked', 'reply_received')
      and (
        e.local_day <> e.utc_day
        or not (
          e.is_new_to_lead
          or e.last_at < least(e.utc_start, e.local_start) - interval '2 hours'
          or (
            e.known_at >= greatest(e.utc_start, e.local_start) + interval '2 hours'
            and e.last_at < least(e.utc_start, e.local_start) + interval '22 hours'
          )
        )
      )
    group by e.lead_id, e.type
  ),
  moved as (
    select e.campaign_id, e.client_id, s.day, private.shifted_mail(e.type) as kind, s.change
    from event as e
    cross join lateral (values (e.local_day, 1), (e.utc_day, -1)) as s (day, change)
    where e.local_day <> e.utc_day and private.shifted_mail(e.type) is not null
    union all
    select p.campaign_id, p.client_id, p.day, private.shifted_people(p.type), p.change
    from (
      select
        e.campaign_id, e.client_id, e.lead_id, e.type, s.day, s.zone, s.change, e.counted_before,
        bool_or(e.is_new_to_lead) as is_new
      from event as e
      join doubtful as d on d.lead_id = e.lead_id and d.type = e.type
      cross join lateral (values (e.local_day, e.zone, 1), (e.utc_day, 'UTC', -1)) as s (day, zone, change)
      group by e.campaign_id, e.client_id, e.lead_id, e.type, s.day, s.zone, s.change, e.counted_before
    ) as p
    where p.is_new or not exists (
      select
      from public.email_events as e
      where e.lead_id = p.lead_id
        and e.type = p.type
        -- By the day itself: in Havana midnight comes twice when the clocks go back, and the day begins with the first.
        and (e.occurred_at at time zone p.zone)::date = p.day
        and e.occurred_at >= (p.day - 1)::timestamp at time zone 'UTC'
        and e.occurred_at < (p.day + 2)::timestamp at time zone 'UTC'
        and e.occurred_at < p.counted_before
    )
    union all
    select f.campaign_id, f.client_id, s.day, 'first_' || f.kind, s.change
    from unnest(steps) as f
    join private.day_cuts as z on z.campaign_id = f.campaign_id and z.zone <> 'UTC'
    cross join lateral (
      values
        ((f.moment at time zone z.zone)::date, f.change), ((f.moment at time zone 'UTC')::date, -f.change)
    ) as s (day, change)
  )
  select array_agg(row(n.campaign_id, n.client_id, n.day, n.kind, n.change)::private.day_shift)
  into shifts
  from (
    select m.campaign_id, m.client_id, m.day, m.kind, sum(m.change)::integer as change
    from moved as m
    group by m.campaign_id, m.client_id, m.day, m.kind
    having sum(m.change) <> 0
  ) as n;

  if shifts is not null then
    perform private.add_day_shifts(shifts);
  end if;
end
$$;

comment on function private.count_day_shifts(private.resolved_event[], private.first_time_step[]) is
  'Adds newly projected events to private.day_shifts. Called by private.count_for_reports.';

grant execute on function private.count_day_shifts(private.resolved_event[], private.first_time_step[]) to service_role;

-- What the projector calls for the reports, between its own counters and the events.
create function private.count_for_reports(batch private.resolved_event[])
returns void
language plpgsql
set search_path = ''
as $$
declare
  steps private.first_time_step[] := private.first_time_steps(batch);
begin
  perform private.count_first_times(steps);
  perform private.count_step_events(batch);
  perform private.count_day_shifts(batch, steps);
end
$$;

comment on function private.count_for_reports(private.resolved_event[]) is
  'The projector''s call for the reports: first times per day, steps with their variants, and what other time zones move.';

grant execute on function private.count_for_reports(private.resolved_event[]) to service_role;

-- Addresses that do not exist: concluded from bounces, and withdrawn when the person writes to us after all.

-- Brings class and suppression of bounced people in line with all that is known, in whatever order it came. Only a hard bounce
-- suppresses, and only until the person writes; a label "sender originated bounce", up to an hour before or any time after,
-- makes it the sender's. A bounce without an event of its own (the provider shows the lead as bounced) is a hard one.
-- owners and addresses belong together by their position.
create function private.settle_bounces(owners uuid[], addresses text[])
returns void
language plpgsql
set search_path = ''
as $$
begin
  with person as materialized (
    select distinct p.client_id, p.email
    from unnest(owners, addresses) as p (client_id, email)
    where p.client_id is not null and p.email is not null
  ),
  bounce as materialized (
    select
      l.client_id, l.email, l.id as lead_id, coalesce(e.occurred_at, l.bounced_at) as bounced_at,
      case
        when e.id is not null and exists (
          select
          from public.email_events as x
          where x.lead_id = l.id
            and x.type >= 'lead_interested' and x.type <= 'lead_labelled'
            and x.occurred_at >= e.occurred_at - interval '1 hour'
            and private.means_sender_bounce(x.label)
        ) then 'sender'
        else coalesce(e.bounce_class, 'hard')
      end::public.bounce_class as class
    from person as p
    join public.synced_leads as l on l.client_id = p.client_id and l.email = p.email and l.bounced_at is not null
    left join public.email_events as e
      on e.lead_id = l.id and e.type = 'email_bounced' and e.occurred_at >= l.bounced_at
  ),
  latest as (
    select distinct on (b.lead_id) b.lead_id, b.class
    from bounce as b
    order by b.lead_id, b.bounced_at desc, b.class
  ),
  classed as (
    update public.synced_leads as l
    set bounce_class = n.class, updated_at = now()
    from latest as n
    where l.id = n.lead_id and l.bounce_class is distinct from n.class
  ),
  -- When somebody wrote to us last, as a person, to any campaign of the client.
  written as materialized (
    select p.client_id, p.email, max(coalesce(e.occurred_at, case when l.reply_count_reported > 0 then l.replied_at end)) as last_at
    from person as p
    join public.synced_leads as l on l.client_id = p.client_id and l.email = p.email
    left join public.email_events as e on e.lead_id = l.id and e.type = 'reply_received'
    group by p.client_id, p.email
  ),
  standing as materialized (
    select b.client_id, b.email, min(b.bounced_at) as bounced_at
    from bounce as b
    left join written as w on w.client_id = b.client_id and w.email = b.email
    where b.class = 'hard' and b.bounced_at >= coalesce(w.last_at, '-infinity')
    group by b.client_id, b.email
  ),
  lifted as (
    delete from public.suppressions as s
    using person as p
    left join written as w on w.client_id = p.client_id and w.email = p.email
    where s.client_id = p.client_id
      and s.email = p.email
      and s.reason = 'bounced'
      and not exists (select from standing as h where h.client_id = p.client_id and h.email = p.email)
      and (
        w.last_at > s.suppressed_at
        or exists (select from bounce as b where b.client_id = p.client_id and b.email = p.email)
      )
  )
  insert into public.suppressions as s (client_id, email, reason, bounce_class, suppressed_at)
  select h.client_id, h.email, 'bounced', 'hard', h.bounced_at
  from standing as h
  order by h.client_id, h.email
  on conflict (client_id, email) do nothing;
end
$$;

comment on function private.settle_bounces(uuid[], text[]) is
  'Suppresses the hard-bounced among these people of clients, lifts what a later reply or label has disproved, and notes the class on their leads.';

grant execute on function private.settle_bounces(uuid[], text[]) to service_role;

-- A step of the projector: looks again at people of whom this batch tells a bounce, or a reply or a label after one.
create function private.settle_bounces_of(batch private.resolved_event[])
returns void
language plpgsql
set search_path = ''
as $$
declare
  owners uuid[];
  addresses text[];
begin
  select array_agg(p.client_id), array_agg(p.email)
  into owners, addresses
  from (
    select b.client_id, b.email
    from unnest(batch) as b
    where b.type = 'email_bounced' and b.lead_id is not null
    union
    select b.client_id, b.email
    from unnest(batch) as b
    where b.lead_id is not null
      and (
        (b.type = 'reply_received' and exists (
          select
          from public.suppressions as s
          where s.client_id = b.client_id and s.email = b.email and s.reason = 'bounced'
        ))
        or (b.label is not null and private.means_sender_bounce(b.label))
      )
  ) as p;

  if owners is not null then
    perform private.settle_bounces(owners, addresses);
  end if;
end
$$;

comment on function private.settle_bounces_of(private.resolved_event[]) is
  'Step of the projector: suppresses addresses that do not exist, and lifts what a reply or a label has disproved.';

grant execute on function private.settle_bounces_of(private.resolved_event[]) to service_role;

-- Who asked not to be written to again: asked once, and it holds.

-- A step of the projector: suppresses who unsubscribed, reported spam or carries a label that says "do not contact". For the
-- campaign's client, or the owner of a dedicated workspace. Where a shared workspace names no campaign, for each client that has
-- the address in that workspace, and for whatever is sent through this workspace from then on.
create function private.suppress_who_asked(batch private.resolved_event[])
returns void
language plpgsql
set search_path = ''
as $$
begin
  if not exists (select from unnest(batch) as b where b.opts_out and b.email is not null) then
    return;
  end if;

  with asked as materialized (
    select
      b.connection_id, b.client_id, b.email, b.occurred_at,
      case b.type
        when 'lead_unsubscribed' then 'unsubscribed'
        when 'email_spam_reported' then 'spam_report'
        else 'do_not_contact'
      end::public.suppression_reason as reason
    from unnest(batch) as b
    where b.opts_out and b.email is not null
  ),
  of_workspace as (
    insert into private.workspace_suppressions (connection_id, email, reason, suppressed_at)
    select distinct on (a.connection_id, a.email) a.connection_id, a.email, a.reason, a.occurred_at
    from asked as a
    where a.client_id is null
    order by a.connection_id, a.email, a.occurred_at
    on conflict (connection_id, email) do nothing
  )
  insert into public.suppressions as s (client_id, email, reason, suppressed_at)
  select distinct on (o.client_id, o.email) o.client_id, o.email, o.reason, o.occurred_at
  from (
    select a.client_id, a.email, a.reason, a.occurred_at
    from asked as a
    where a.client_id is not null
    union all
    select l.client_id, a.email, a.reason, a.occurred_at
    from asked as a
    join public.synced_leads as l on l.email = a.email
    join public.campaigns as c on c.id = l.campaign_id and c.connection_id = a.connection_id
    where a.client_id is null
  ) as o
  order by o.client_id, o.email, o.occurred_at
  on conflict (client_id, email) do update
  set reason = excluded.reason, bounce_class = null, suppressed_at = excluded.suppressed_at
  where s.reason = 'bounced';
end
$$;

comment on function private.suppress_who_asked(private.resolved_event[]) is
  'Step of the projector: suppresses who unsubscribed, reported spam or is not to be contacted.';

grant execute on function private.suppress_who_asked(private.resolved_event[]) to service_role;

-- The same for deliveries that have to wait (campaign not mapped, or client switched off): their request
-- does not wait, as far as it is known whose address it is.
create function private.suppress_held(held bigint[])
returns void
language plpgsql
set search_path = ''
as $$
begin
  insert into public.suppressions as s (client_id, email, reason, bounce_class, suppressed_at)
  select distinct on (h.client_id, h.email) h.client_id, h.email, h.reason, h.bounce_class, h.occurred_at
  from (
    select
      coalesce(known.client_id, c.client_id) as client_id,
      w.event ->> 'email' as email,
      coalesce(private.believed_time((w.event ->> 'occurred_at')::timestamptz, w.received_at), w.received_at) as occurred_at,
      found.reason::public.suppression_reason as reason,
      case when found.reason = 'bounced' then 'hard' end::public.bounce_class as bounce_class
    from private.webhook_events as w
    join public.provider_connections as c on c.id = w.connection_id
    left join lateral (
      select k.client_id
      from jsonb_array_elements_text(w.event -> 'provider_campaign_ids') as candidate (id)
      join private.provider_campaigns as p on p.connection_id = w.connection_id and p.provider_campaign_id = candidate.id
      join public.campaigns as k on k.id = p.campaign_id
      limit 1
    ) as known on true
    cross join lateral (
      select case
        when w.event ->> 'type' = 'lead_unsubscribed' then 'unsubscribed'
        when w.event ->> 'type' = 'email_spam_reported' then 'spam_report'
        when w.event ->> 'type' = 'email_bounced' then case when coalesce(w.event ->> 'bounce_class', 'hard') = 'hard' then 'bounced' end
        when private.means_do_not_contact(coalesce(
          w.event ->> 'label', private.category_label(w.connection_id, (w.event ->> 'category_id')::integer)
        )) then 'do_not_contact'
      end as reason
    ) as found
    where w.id = any (held)
      and (w.event ->> 'type' in ('lead_unsubscribed', 'email_spam_reported', 'email_bounced') or w.event ? 'label' or w.event ? 'category_id')
      and w.event ->> 'email' is not null
      and found.reason is not null
  ) as h
  where h.client_id is not null
  order by h.client_id, h.email, h.reason = 'bounced', h.occurred_at
  on conflict (client_id, email) do update
  set reason = excluded.reason, bounce_class = null, suppressed_at = excluded.suppressed_at
  where s.reason = 'bounced' and excluded.reason <> 'bounced';
end
$$;

comment on function private.suppress_held(bigint[]) is
  'Step of the projector: suppresses at once who asked for it in a delivery that waits, where its client is known.';

grant execute on function private.suppress_held(bigint[]) to service_role;

-- What follows from events beyond the numbers: suppressions, the state of a campaign and of a mailbox.

-- Step 6: who asked not to be written to again, and what the provider did with a campaign.
create function private.apply_consequences(batch private.resolved_event[])
returns void
language plpgsql
set search_path = ''
as $$
begin
  perform private.suppress_who_asked(batch);

  update public.campaigns as c
  set provider_status = s.status, provider_status_at = s.occurred_at
  from (
    select distinct on (b.campaign_id)
      b.campaign_id,
      b.occurred_at,
      case b.type
        when 'campaign_started' then 'active'
        when 'campaign_paused' then 'paused'
        else 'completed'
      end::public.provider_campaign_status as status
    from unnest(batch) as b
    where b.type in ('campaign_started', 'campaign_paused', 'campaign_completed') and b.campaign_id is not null
    order by b.campaign_id, b.occurred_at desc, b.type desc
  ) as s
  where c.id = s.campaign_id
    and s.occurred_at >= coalesce(c.provider_status_at, '-infinity');

  -- What list_incidents shows until the campaign is started again.
  update private.provider_campaigns as p
  set bounce_threshold_at = s.occurred_at
  from (
    select b.campaign_id, max(b.occurred_at) as occurred_at
    from unnest(batch) as b
    where b.type = 'bounce_threshold_reached' and b.campaign_id is not null
    group by b.campaign_id
  ) as s
  where p.campaign_id = s.campaign_id and s.occurred_at > coalesce(p.bounce_threshold_at, '-infinity');

  -- A mailbox with an error shows it before the next sync; the rule is the one of worker.record_email_accounts.
  update public.email_accounts as a
  set
    status = case s.type when 'account_suspended' then 'suspended' else 'error' end::public.email_account_status,
    status_reason = case s.type
      when 'account_suspended' then 'The provider suspended this mailbox'
      else 'The provider reported an error of this mailbox'
    end
  from (
    select distinct on (b.connection_id, b.email_account) b.connection_id, b.email_account, b.type, b.occurred_at
    from unnest(batch) as b
    where b.type in ('account_error', 'account_suspended') and b.email_account is not null
    order by b.connection_id, b.email_account, b.occurred_at desc, b.type desc
  ) as s
  where a.connection_id = s.connection_id
    and a.email = s.email_account
    and a.status in ('active', 'error')
    and s.occurred_at > greatest(coalesce(a.provider_updated_at, '-infinity'), now() - interval '1 day');
end
$$;

comment on function private.apply_consequences(private.resolved_event[]) is
  'Step 6 of the projector: suppressions, and what the provider did with a campaign.';

grant execute on function private.apply_consequences(private.resolved_event[]) to service_role;

-- Where we believe something else of a reply than the provider, which still counts it its way.

-- Replies of which we believe something else than the provider: a person or the mail's own words (08_reply_classes.sql). What the
-- provider reports still counts them its way, so replied_overruled of the activity tables takes them out of it.
create table private.overruled_replies (
  event_id bigint primary key references private.webhook_events (id) on delete cascade,
  lead_id uuid not null references public.synced_leads (id) on delete cascade,
  is_human boolean not null
);

comment on table private.overruled_replies is
  'Events of replies whose provider takes a machine''s mail for a person''s (is_human = false), or the other way round.';

create index overruled_replies_lead_id_idx on private.overruled_replies (lead_id);

alter table private.overruled_replies enable row level security;

grant select, insert, update, delete on private.overruled_replies to service_role;

create policy "Only the functions read overruled replies"
on private.overruled_replies for all to service_role using (true) with check (true);

-- Whether a person wrote it: by its class where that speaks of it, else by the provider. The text alone does not make a person of
-- what the provider calls automatic: a notice "she has left, write to him" is a referral and still a machine's.
create function private.is_written_by_person(reply_class public.reply_class, source public.reply_class_source, by_provider boolean)
returns boolean
language sql
immutable
set search_path = ''
as $$
  select case
    -- Its labels are read directly; the class may be a moment older.
    when source = 'provider' then by_provider
    when reply_class in ('out_of_office', 'automatic', 'bounce') then false
    when source = 'person' and reply_class not in ('referral', 'wrong_person') then true
    else by_provider
  end
$$;

comment on function private.is_written_by_person(public.reply_class, public.reply_class_source, boolean) is
  'Whether a reply counts as a person''s: its class decides where it names a machine, or a person named the class; else the provider does.';

grant execute on function private.is_written_by_person(public.reply_class, public.reply_class_source, boolean) to service_role;

-- Counts replied_overruled of whole campaigns again, after a reply moved to another lead or day. A lead counts
-- once a day, once a step and once over all, on the side of the provider and on ours. Rows are locked first, so that a reply
-- settled meanwhile adds its difference afterwards.
create function private.recount_overruled(campaign_ids uuid[])
returns void
language plpgsql
set search_path = ''
as $$
begin
  perform from public.campaign_activity as a where a.campaign_id = any (campaign_ids) order by a.campaign_id, a.day for update;
  perform from public.campaign_activity_totals as t where t.campaign_id = any (campaign_ids) order by t.campaign_id for update;
  perform from public.campaign_step_activity as s where s.campaign_id = any (campaign_ids)
  order by s.campaign_id, s.step, s.variant for update;

  with reply as materialized (
    select
      e.campaign_id, e.lead_id, e.step, coalesce(e.variant, 1::smallint) as variant,
      (e.occurred_at at time zone 'UTC')::date as day,
      e.type = 'reply_received' as is_human,
      coalesce(not o.is_human, e.type = 'reply_received') as is_told_human
    from public.email_events as e
    left join private.overruled_replies as o on o.event_id = e.id
    where e.lead_id in (
        select x.lead_id
        from private.overruled_replies as x
        join public.synced_leads as l on l.id = x.lead_id
        where l.campaign_id = any (campaign_ids)
      )
      and e.campaign_id = any (campaign_ids)
      and e.type in ('reply_received', 'auto_reply_received')
  ),
  days as (
    update public.campaign_activity as a
    set replied_overruled = coalesce(d.overruled, 0)
    from public.campaign_activity as k
    left join (
      select
        r.campaign_id, r.day,
        count(distinct r.lead_id) filter (where r.is_told_human) - count(distinct r.lead_id) filter (where r.is_human) as overruled
      from reply as r
      group by r.campaign_id, r.day
    ) as d on d.campaign_id = k.campaign_id and d.day = k.day
    where k.campaign_id = any (campaign_ids) and a.campaign_id = k.campaign_id and a.day = k.day
      and a.replied_overruled <> coalesce(d.overruled, 0)
  ),
  steps as (
    update public.campaign_step_activity as s
    set replied_overruled = coalesce(d.overruled, 0)
    from public.campaign_step_activity as k
    left join (
      select
        r.campaign_id, r.step, r.variant,
        count(distinct r.lead_id) filter (where r.is_told_human) - count(distinct r.lead_id) filter (where r.is_human) as overruled
      from reply as r
      group by r.campaign_id, r.step, r.variant
    ) as d on d.campaign_id = k.campaign_id and d.step = k.step and d.variant = k.variant
    where k.campaign_id = any (campaign_ids)
      and s.campaign_id = k.campaign_id and s.step = k.step and s.variant = k.variant
      and s.replied_overruled <> coalesce(d.overruled, 0)
  )
  update public.campaign_activity_totals as t
  set replied_overruled = coalesce(d.overruled, 0)
  from public.campaign_activity_totals as k
  left join (
    select
      r.campaign_id,
      count(distinct r.lead_id) filter (where r.is_told_human) - count(distinct r.lead_id) filter (where r.is_human) as overruled
    from reply as r
    group by r.campaign_id
  ) as d on d.campaign_id = k.campaign_id
  where k.campaign_id = any (campaign_ids) and t.campaign_id = k.campaign_id
    and t.replied_overruled <> coalesce(d.overruled, 0);
end
$$;

comment on function private.recount_overruled(uuid[]) is
  'Counts replied_overruled of these campaigns again, by day, step and over all.';

grant execute on function private.recount_overruled(uuid[]) to service_role;

-- An automatic reply that was taken for a person's is corrected wherever it was counted.

-- Replies that are automatic although the delivery that became their event reported otherwise.
create table private.automatic_replies (
  event_id bigint primary key references private.webhook_events (id) on delete cascade,
  lead_id uuid not null references public.synced_leads (id) on delete cascade,
  is_by_label boolean not null,
  is_settled boolean not null default false
);

comment on table private.automatic_replies is
  'Events of replies that turned out to be automatic: another delivery, the inbox or the statistics reported so of the same mail, or a label after it (is_by_label) did, which a later label can undo. is_settled = counters follow.';

create index automatic_replies_lead_id_idx on private.automatic_replies (lead_id);
create index automatic_replies_open_idx on private.automatic_replies (event_id) where not is_settled;

alter table private.automatic_replies enable row level security;

grant select, insert, update, delete on private.automatic_replies to service_role;

create policy "Only the functions read automatic replies"
on private.automatic_replies for all to service_role using (true) with check (true);

-- Brings the replies of some leads in line with all that is known of them, in whatever order it came. A reply is automatic if
-- any delivery of it says so, or if, at Smartlead, the latest category between it and the lead's next reply, at most seven days
-- later, is "out of office" (Instantly tells automatic mails itself; its label speaks of the lead); the class of the reply overrules
-- that. Where it changes, event, message, lead, days, totals, steps, first times and mailbox move by the difference.
create function private.settle_replies(touched uuid[])
returns void
language plpgsql
set search_path = ''
as $$
declare
  flipped bigint[];
  told_before bigint[];
  told_now bigint[];
  changed_leads uuid[];
begin
  with known as materialized (
    select
      e.id, e.lead_id, e.type,
      m.reply_class, m.reply_class_source, o.is_human as overruled_to,
      case
        when a.is_by_label then false
        when a.event_id is not null then true
        else coalesce(o.is_human, e.type = 'auto_reply_received')
      end as is_told,
      coalesce(label.is_automatic, false) as is_labelled
    from public.email_events as e
    left join private.automatic_replies as a on a.event_id = e.id
    left join private.overruled_replies as o on o.event_id = e.id
    left join lateral (
      select n.reply_class, n.reply_class_source
      from public.messages as n
      where n.event_id = e.id and n.reply_class is not null
      order by n.id
      limit 1
    ) as m on true
    left join lateral (
      select x.type = 'lead_out_of_office' or private.means_automatic(x.label) as is_automatic
      from public.email_events as x
      where x.lead_id = e.lead_id
        and x.provider = 'smartlead'
        and x.type >= 'lead_interested' and x.type <= 'lead_labelled'
        and x.occurred_at between e.occurred_at and e.occurred_at + interval '7 days'
        and not exists (
          select
          from public.email_events as n
          where n.lead_id = e.lead_id
            and n.type in ('reply_received', 'auto_reply_received')
            and n.occurred_at > e.occurred_at and n.occurred_at <= x.occurred_at
        )
      order by x.occurred_at desc, coalesce(x.label, x.type::text) collate "C" desc
      limit 1
    ) as label on true
    where e.lead_id = any (touched) and e.type in ('reply_received', 'auto_reply_received')
  ),
  reply as materialized (
    select
      k.*,
      not (k.is_told or k.is_labelled) as is_told_human,
      coalesce(not k.overruled_to, k.type = 'reply_received') as was_told_human,
      private.is_written_by_person(k.reply_class, k.reply_class_source, not (k.is_told or k.is_labelled)) as is_human
    from known as k
  ),
  noted as (
    insert into private.automatic_replies (event_id, lead_id, is_by_label)
    select r.id, r.lead_id, true
    from reply as r
    where r.is_labelled and not r.is_told
    order by r.id
    on conflict (event_id) do nothing
  ),
  forgotten as (
    delete from private.automatic_replies as a
    using reply as r
    where a.event_id = r.id and a.is_by_label and not r.is_labelled
  ),
  overruled as (
    insert into private.overruled_replies as o (event_id, lead_id, is_human)
    select r.id, r.lead_id, r.is_human
    from reply as r
    where r.is_human <> r.is_told_human
    order by r.id
    on conflict (event_id) do update set is_human = excluded.is_human where o.is_human <> excluded.is_human
  ),
  agreed as (
    delete from private.overruled_replies as o
    using reply as r
    where o.event_id = r.id and r.is_human = r.is_told_human
  )
  select
    coalesce(array_agg(r.id) filter (where r.is_human <> (r.type = 'reply_received')), '{}'),
    coalesce(array_agg(r.id) filter (where r.was_told_human), '{}'),
    coalesce(array_agg(r.id) filter (where r.is_told_human), '{}'),
    array_agg(distinct r.lead_id) filter (
      where r.is_human <> (r.type = 'reply_received') or r.was_told_human <> r.is_told_human
    )
  into flipped, told_before, told_now, changed_leads
  from reply as r;

  update private.automatic_replies as a set is_settled = true where a.lead_id = any (touched) and not a.is_settled;

  if changed_leads is null then
    return;
  end if;

  with reply as materialized (
    select
      e.id, e.lead_id, e.campaign_id, e.client_id, e.connection_id, e.email_account, e.occurred_at, e.step,
      coalesce(e.variant, 1::smallint) as variant,
      (e.occurred_at at time zone 'UTC')::date as day, z.zone, z.counted_before,
      e.type = 'reply_received' as was_human,
      (e.type = 'reply_received') <> (e.id = any (flipped)) as is_human,
      e.id = any (told_before) as was_told_human,
      e.id = any (told_now) as is_told_human
    from public.email_events as e
    left join private.day_cuts as z on z.campaign_id = e.campaign_id and z.zone <> 'UTC'
    where e.lead_id = any (changed_leads) and e.type in ('reply_received', 'auto_reply_received')
  ),
  days as (
    update public.campaign_activity as a
    set
      replies = a.replies + d.events, replied = a.replied + d.leads, auto_replies = a.auto_replies - d.events,
      replied_overruled = a.replied_overruled + d.overruled, observed_at = now()
    from (
      select
        r.campaign_id, r.day,
        count(*) filter (where r.is_human) - count(*) filter (where r.was_human) as events,
        count(distinct r.lead_id) filter (where r.is_human) - count(distinct r.lead_id) filter (where r.was_human) as leads,
        count(distinct r.lead_id) filter (where r.is_told_human) - count(distinct r.lead_id) filter (where r.was_told_human)
          - count(distinct r.lead_id) filter (where r.is_human) + count(distinct r.lead_id) filter (where r.was_human) as overruled
      from reply as r
      group by r.campaign_id, r.day
    ) as d
    where a.campaign_id = d.campaign_id and a.day = d.day and (d.events <> 0 or d.overruled <> 0)
  ),
  totals as (
    update public.campaign_activity_totals as t
    set
      replies = t.replies + d.events, replied = t.replied + d.leads, auto_replies = t.auto_replies - d.events,
      replied_overruled = t.replied_overruled + d.overruled, observed_at = now()
    from (
      select
        r.campaign_id,
        count(*) filter (where r.is_human) - count(*) filter (where r.was_human) as events,
        count(distinct r.lead_id) filter (where r.is_human) - count(distinct r.lead_id) filter (where r.was_human) as leads,
        count(distinct r.lead_id) filter (where r.is_told_human) - count(distinct r.lead_id) filter (where r.was_told_human)
          - count(distinct r.lead_id) filter (where r.is_human) + count(distinct r.lead_id) filter (where r.was_human) as overruled
      from reply as r
      group by r.campaign_id
    ) as d
    where t.campaign_id = d.campaign_id
  ),
  steps as (
    update public.campaign_step_activity as s
    set
      replied = s.replied + d.leads, auto_replies = s.auto_replies - d.events,
      replied_overruled = s.replied_overruled + d.overruled, observed_at = now()
    from (
      select
        r.campaign_id, r.step, r.variant,
        count(*) filter (where r.is_human) - count(*) filter (where r.was_human) as events,
        count(distinct r.lead_id) filter (where r.is_human) - count(distinct r.lead_id) filter (where r.was_human) as leads,
        count(distinct r.lead_id) filter (where r.is_told_human) - count(distinct r.lead_id) filter (where r.was_told_human)
          - count(distinct r.lead_id) filter (where r.is_human) + count(distinct r.lead_id) filter (where r.was_human) as overruled
      from reply as r
      where r.step >= 1 and r.variant >= 1
      group by r.campaign_id, r.step, r.variant
    ) as d
    where s.campaign_id = d.campaign_id and s.step = d.step and s.variant = d.variant and (d.events <> 0 or d.overruled <> 0)
  ),
  mailboxes as (
    update public.email_account_days as m
    set
      replies_observed = m.replies_observed + d.events, auto_replies_observed = m.auto_replies_observed - d.events,
      replies_overruled = m.replies_overruled + d.overruled
    from (
      select
        a.id as account_id, r.day,
        count(*) filter (where r.is_human) - count(*) filter (where r.was_human) as events,
        count(*) filter (where r.is_told_human) - count(*) filter (where r.was_told_human)
          - count(*) filter (where r.is_human) + count(*) filter (where r.was_human) as overruled
      from reply as r
      join public.email_accounts as a on a.connection_id = r.connection_id and a.email = r.email_account
      group by a.id, r.day
    ) as d
    where m.account_id = d.account_id and m.day = d.day and (d.events <> 0 or d.overruled <> 0)
  ),
  -- The first reply of a lead before and after; a time that only the provider knows stays.
  moved as materialized (
    select
      l.id, l.campaign_id, l.client_id, l.replied_at as was_at,
      n.human_before, n.human_after, n.human_after - n.human_before as change, n.overruled, n.last_type,
      case
        when n.first_before is null or l.replied_at >= n.first_before then n.first_after
        else least(l.replied_at, n.first_after)
      end as is_at
    from public.synced_leads as l
    join (
      select
        r.lead_id,
        count(*) filter (where r.was_human) as human_before,
        count(*) filter (where r.is_human) as human_after,
        count(*) filter (where r.is_told_human) - count(*) filter (where r.was_told_human)
          - count(*) filter (where r.is_human) + count(*) filter (where r.was_human) as overruled,
        min(r.occurred_at) filter (where r.was_human) as first_before,
        min(r.occurred_at) filter (where r.is_human) as first_after,
        (array_agg(
          case when r.is_human then 'reply_received' else 'auto_reply_received' end order by r.occurred_at desc, r.is_human desc
        ))[1] as last_type,
        max(r.occurred_at) as last_at
      from reply as r
      group by r.lead_id
    ) as n on n.lead_id = l.id
  ),
  first_times as (
    insert into public.campaign_first_times as f (campaign_id, day, client_id, replied)
    select m.campaign_id, (step.moment at time zone 'UTC')::date, m.client_id, sum(step.change)
    from moved as m
    cross join lateral (
      values (m.was_at, case when m.human_before > 0 then -1 end), (m.is_at, case when m.human_after > 0 then 1 end)
    ) as step (moment, change)
    where step.change is not null and step.moment is not null
    group by m.campaign_id, (step.moment at time zone 'UTC')::date, m.client_id
    order by m.campaign_id, (step.moment at time zone 'UTC')::date
    on conflict (campaign_id, day) do update set replied = f.replied + excluded.replied
  ),
  -- The same on the days of a client that does not live in UTC.
  shifts as (
    insert into private.day_shifts as s (campaign_id, day, client_id, replied, auto_replies, first_replied)
    select n.campaign_id, n.day, n.client_id, sum(n.replied), sum(n.auto_replies), sum(n.first_replied)
    from (
      select
        r.campaign_id, r.client_id, s.day,
        s.change * (count(distinct r.lead_id) filter (where r.is_human) - count(distinct r.lead_id) filter (where r.was_human)) as replied,
        s.change * (count(*) filter (where r.was_human) - count(*) filter (where r.is_human)) as auto_replies,
        0 as first_replied
      from reply as r
      cross join lateral (values ((r.occurred_at at time zone r.zone)::date, 1), (r.day, -1)) as s (day, change)
      where r.occurred_at < r.counted_before
      group by r.campaign_id, r.client_id, s.day, s.change
      union all
      select m.campaign_id, m.client_id, s.day, 0, 0, s.change
      from moved as m
      join private.day_cuts as z on z.campaign_id = m.campaign_id and z.zone <> 'UTC'
      cross join lateral (
        values (m.was_at, case when m.human_before > 0 then -1 end), (m.is_at, case when m.human_after > 0 then 1 end)
      ) as step (moment, change)
      cross join lateral (
        values ((step.moment at time zone z.zone)::date, step.change), ((step.moment at time zone 'UTC')::date, -step.change)
      ) as s (day, change)
      where step.change is not null and step.moment is not null
    ) as n
    group by n.campaign_id, n.day, n.client_id
    having sum(n.replied) <> 0 or sum(n.auto_replies) <> 0 or sum(n.first_replied) <> 0
    order by n.campaign_id, n.day
    on conflict (campaign_id, day) do update set
      replied = s.replied + excluded.replied,
      auto_replies = s.auto_replies + excluded.auto_replies,
      first_replied = s.first_replied + excluded.first_replied
  ),
  leads as (
    update public.synced_leads as l
    set
      reply_count_observed = l.reply_count_observed + m.change,
      auto_reply_count = l.auto_reply_count - m.change,
      reply_count_overruled = l.reply_count_overruled + m.overruled,
      replied_at = m.is_at,
      last_event_type = case
        when l.last_event_type in ('reply_received', 'auto_reply_received') then m.last_type
        else l.last_event_type
      end,
      updated_at = now()
    from moved as m
    where l.id = m.id
  ),
  shown as (
    update public.messages as m
    set is_auto_reply = not r.is_human
    from reply as r
    where m.event_id = r.id and r.id = any (flipped)
  ),
  noted as (
    insert into private.pending_changes (owner_id, kind)
    select distinct r.client_id, k.kind
    from reply as r
    cross join (values ('replies'), ('stats')) as k (kind)
  )
  update public.email_events as e
  set type = case when r.is_human then 'reply_received' else 'auto_reply_received' end::public.email_event_type
  from reply as r
  where e.lead_id = r.lead_id and e.occurred_at = r.occurred_at and e.id = r.id and r.id = any (flipped);

  -- A bounce that a reply had lifted may count again, and the other way round.
  perform private.settle_bounces(array_agg(l.client_id), array_agg(l.email))
  from public.synced_leads as l
  where l.id = any (changed_leads);
end
$$;

comment on function private.settle_replies(uuid[]) is
  'Corrects which replies of these leads are automatic, and everything that was counted from them, by the difference.';

grant execute on function private.settle_replies(uuid[]) to service_role;

-- What each source says a reply is, and which of them is believed: a person, else the provider, else a model, else the rules.

create table private.reply_opinions (
  message_id uuid not null references public.messages (id) on delete cascade,
  source public.reply_class_source not null,
  reply_class public.reply_class not null,
  confidence numeric(3, 2) check (confidence between 0 and 1),
  reply_date date,
  is_by_verdict boolean not null default false,
  given_by uuid,
  given_at timestamptz not null default now(),
  primary key (message_id, source)
);

comment on table private.reply_opinions is
  'What each source says a reply is. The believed one is in messages.reply_class; the others stay: when one is removed, the next is believed.';
comment on column private.reply_opinions.is_by_verdict is
  'A person''s verdict contradicted the class, so it says one too; goes with the verdict.';

alter table private.reply_opinions enable row level security;

grant select, insert, update, delete on private.reply_opinions to service_role;

create policy "Only the functions read opinions"
on private.reply_opinions for all to service_role using (true) with check (true);

-- Whom the class of a reply suppressed, so that a person who corrects the class lifts it too.
create table private.class_suppressions (
  message_id uuid not null references public.messages (id) on delete cascade,
  client_id uuid not null references public.clients (id) on delete cascade,
  email text not null,
  suppressed_at timestamptz not null,
  primary key (message_id, email)
);

comment on table private.class_suppressions is
  'Suppressions that come from a reply which asks for it; lifted when a person says that it does not.';

create index class_suppressions_client_id_idx on private.class_suppressions (client_id);

alter table private.class_suppressions enable row level security;

grant select, insert, update, delete on private.class_suppressions to service_role;

create policy "Only the functions read suppressions by class"
on private.class_suppressions for all to service_role using (true) with check (true);

-- From this confidence on, the words of a reply alone suppress: rules reach it only for a plain request.
create function private.enough_to_suppress()
returns numeric
language sql
immutable
set search_path = ''
as $$
  select 0.9
$$;

comment on function private.enough_to_suppress() is
  'Confidence of rules or model from which on a request to unsubscribe suppresses without a person.';

grant execute on function private.enough_to_suppress() to service_role;

-- What a provider's label says of the reply before it. Null where it says nothing of the mail: neutral, no show. Instantly tells
-- automatic mails itself; its "out of office" speaks of the lead.
create function private.class_by_label(
  label_type public.email_event_type, label text, label_provider public.provider, label_connection_id uuid
)
returns public.reply_class
language sql
stable
set search_path = ''
as $$
  select case
    when label_type in ('lead_interested', 'lead_meeting_booked', 'lead_meeting_completed', 'lead_closed') then 'interested'
    when label_type in ('lead_not_interested', 'lead_lost') then 'not_interested'
    when label_type = 'lead_wrong_person' then 'wrong_person'
    when label_type = 'lead_out_of_office' or private.means_automatic(label) then
      case when label_provider = 'smartlead' then 'out_of_office' end
    when label_type = 'lead_labelled' then case
      when private.means_do_not_contact(label) then 'unsubscribe'
      else case private.event_interest(label_type, label_connection_id, label)
        when 'positive' then 'interested'
        when 'negative' then 'not_interested'
      end
    end
  end::public.reply_class
$$;

comment on function private.class_by_label(public.email_event_type, text, public.provider, uuid) is
  'The class that a label gives to the reply before it, or null when it says nothing of a mail.';

grant execute on function private.class_by_label(public.email_event_type, text, public.provider, uuid) to service_role;

-- The believed class of a reply, and what follows from it: the reply rate, suppressions.

-- The provider's opinion of replies: the latest label between a reply and the lead's next one, at most seven days later.
create function private.read_provider_opinions(message_ids uuid[])
returns void
language plpgsql
set search_path = ''
as $$
begin
  with labelled as materialized (
    select m.id as message_id, label.reply_class, label.occurred_at
    from public.messages as m
    left join lateral (
      select private.class_by_label(x.type, x.label, x.provider, x.connection_id) as reply_class, x.occurred_at
      from public.email_events as x
      where x.lead_id = m.lead_id
        and x.type >= 'lead_interested' and x.type <= 'lead_labelled'
        and x.occurred_at between m.occurred_at and m.occurred_at + interval '7 days'
        and not exists (
          select
          from public.email_events as n
          where n.lead_id = m.lead_id
            and n.type in ('reply_received', 'auto_reply_received')
            and n.occurred_at > m.occurred_at and n.occurred_at <= x.occurred_at
        )
      order by x.occurred_at desc, coalesce(x.label, x.type::text) collate "C" desc
      limit 1
    ) as label on true
    where m.id = any (message_ids) and m.direction = 'received'
  ),
  forgotten as (
    delete from private.reply_opinions as o
    using labelled as s
    where o.message_id = s.message_id and o.source = 'provider' and s.reply_class is null
  )
  insert into private.reply_opinions as o (message_id, source, reply_class, given_at)
  select s.message_id, 'provider', s.reply_class, s.occurred_at
  from labelled as s
  where s.reply_class is not null
  order by s.message_id
  on conflict (message_id, source) do update
  set reply_class = excluded.reply_class, given_at = excluded.given_at
  where (o.reply_class, o.given_at) is distinct from (excluded.reply_class, excluded.given_at);
end
$$;

comment on function private.read_provider_opinions(uuid[]) is
  'Reads what the providers'' labels say of these replies.';

grant execute on function private.read_provider_opinions(uuid[]) to service_role;

-- Suppresses who asks for it in these replies, the lead and the person who wrote in their place, and lifts what a reply asks for no more.
create function private.suppress_by_class(message_ids uuid[])
returns void
language plpgsql
set search_path = ''
as $$
begin
  with lifted as (
    delete from private.class_suppressions as k
    using public.messages as m
    where k.message_id = m.id and m.id = any (message_ids) and m.reply_class is distinct from 'unsubscribe'
    returning k.client_id, k.email, k.suppressed_at
  )
  delete from public.suppressions as s
  using lifted as k
  where s.client_id = k.client_id and s.email = k.email and s.reason = 'unsubscribed' and s.suppressed_at = k.suppressed_at;

  with asked as materialized (
    select distinct on (m.client_id, a.email) m.id, m.client_id, a.email, m.occurred_at
    from public.messages as m
    cross join lateral (
      select m.email
      union
      select private.normalize_email(m.written_by)
    ) as a (email)
    where m.id = any (message_ids)
      and m.reply_class = 'unsubscribe'
      and (m.reply_class_source in ('person', 'provider') or m.reply_class_confidence >= private.enough_to_suppress())
      and a.email is not null
    order by m.client_id, a.email, m.occurred_at
  ),
  suppressed as (
    insert into public.suppressions as s (client_id, email, reason, suppressed_at)
    select a.client_id, a.email, 'unsubscribed', a.occurred_at
    from asked as a
    order by a.client_id, a.email
    on conflict (client_id, email) do update
    set reason = excluded.reason, bounce_class = null, suppressed_at = excluded.suppressed_at
    where s.reason = 'bounced'
    returning s.client_id, s.email, s.suppressed_at
  )
  insert into private.class_suppressions (message_id, client_id, email, suppressed_at)
  select a.id, s.client_id, s.email, s.suppressed_at
  from suppressed as s
  join asked as a on a.client_id = s.client_id and a.email = s.email
  on conflict (message_id, email) do nothing;
end
$$;

comment on function private.suppress_by_class(uuid[]) is
  'Suppresses the people whose replies ask for it, and lifts that where a reply asks for it no more.';

grant execute on function private.suppress_by_class(uuid[]) to service_role;

-- Makes the most believed opinion of each reply its class, and lets numbers and suppressions follow. A plain request to stop is
-- finer than the provider's "not interested" and stays. The caller holds the lock against moving campaigns and the leads.
create function private.settle_reply_classes(message_ids uuid[])
returns void
language plpgsql
set search_path = ''
as $$
declare
  changed uuid[];
  changed_leads uuid[];
begin
  perform private.read_provider_opinions(message_ids);

  with believed as materialized (
    select
      m.id,
      best.reply_class,
      best.source,
      best.confidence,
      coalesce(best.reply_date, (
        select min(o.reply_date) from private.reply_opinions as o where o.message_id = m.id and o.reply_class = best.reply_class
      )) as reply_date
    from public.messages as m
    left join lateral (
      select o.*
      from private.reply_opinions as o
      where o.message_id = m.id
      order by
        o.source = 'person' desc,
        o.reply_class = 'unsubscribe' and o.confidence >= private.enough_to_suppress() and exists (
          select
          from private.reply_opinions as p
          where p.message_id = m.id and p.source = 'provider' and p.reply_class = 'not_interested'
        ) desc,
        o.source desc
      limit 1
    ) as best on true
    where m.id = any (message_ids) and m.direction = 'received'
  ),
  written as (
    update public.messages as m
    set
      reply_class = b.reply_class, reply_class_source = b.source, reply_class_confidence = b.confidence, reply_date = b.reply_date
    from believed as b
    where m.id = b.id
      and (m.reply_class, m.reply_class_source, m.reply_class_confidence, m.reply_date)
        is distinct from (b.reply_class, b.source, b.confidence, b.reply_date)
    returning m.id, m.lead_id
  )
  select array_agg(w.id), array_agg(distinct w.lead_id)
  into changed, changed_leads
  from written as w;

  if changed is null then
    return;
  end if;

  perform private.suppress_by_class(changed);
  perform private.settle_replies(changed_leads);
end
$$;

comment on function private.settle_reply_classes(uuid[]) is
  'Brings the class of these replies, the numbers and the suppressions in line with what is known of them.';

grant execute on function private.settle_reply_classes(uuid[]) to service_role;

-- Part of a step of the projector: a label of this batch speaks of the replies before it, and a reply of it ends what a label meant
-- of the one before. They are only marked: the background settles them a moment later, under a lock that no projector can take
-- in the middle of its work.
create function private.mark_labelled_replies(batch private.resolved_event[])
returns void
language plpgsql
set search_path = ''
as $$
begin
  update private.message_contents as c
  set prepare_at = now()
  from (
    select b.lead_id, min(b.occurred_at) as first_at
    from unnest(batch) as b
    where b.lead_id is not null and b.type >= 'lead_interested' and b.type <= 'lead_labelled'
    group by b.lead_id
    union all
    select b.lead_id, min(b.occurred_at)
    from unnest(batch) as b
    join public.synced_leads as l on l.id = b.lead_id and l.interest_label_at >= b.occurred_at
    where b.type in ('reply_received', 'auto_reply_received')
    group by b.lead_id
  ) as t
  -- By the lead and by nothing else, as in private.refresh_threads.
  cross join lateral (
    select m.id, m.direction, m.occurred_at from public.messages as m where m.lead_id = t.lead_id offset 0
  ) as m
  where m.direction = 'received' and m.occurred_at >= t.first_at - interval '7 days'
    and c.message_id = m.id and (c.prepare_at is null or c.prepare_at > now());
end
$$;

comment on function private.mark_labelled_replies(private.resolved_event[]) is
  'Part of a step of the projector: marks the replies of which the labels of a batch speak.';

grant execute on function private.mark_labelled_replies(private.resolved_event[]) to service_role;

-- Categories that came by number before anybody knew what the number means.

-- Events whose category was unknown when they were projected; the sync's list of categories settles them.
create table private.unread_categories (
  event_id bigint primary key references private.webhook_events (id) on delete cascade,
  connection_id uuid not null references public.provider_connections (id) on delete cascade,
  lead_id uuid not null references public.synced_leads (id) on delete cascade,
  category_id integer not null
);

comment on table private.unread_categories is
  'Projected events that name a category by a number which the workspace''s list does not explain yet.';

create index unread_categories_connection_id_idx on private.unread_categories (connection_id, category_id);
create index unread_categories_lead_id_idx on private.unread_categories (lead_id);

alter table private.unread_categories enable row level security;

grant select, insert, update, delete on private.unread_categories to service_role;

create policy "Only the functions read unread categories"
on private.unread_categories for all to service_role using (true) with check (true);

-- Part of a step of the projector: keeps which events of the batch name a category not known yet.
create function private.record_unread_categories(batch private.resolved_event[])
returns void
language plpgsql
set search_path = ''
as $$
begin
  insert into private.unread_categories (event_id, connection_id, lead_id, category_id)
  select b.id, b.connection_id, b.lead_id, b.category_id
  from unnest(batch) as b
  where b.lead_id is not null
    and b.category_id is not null
    and b.type in ('reply_received', 'auto_reply_received', 'lead_labelled')
    and not exists (
      select
      from private.provider_labels as l
      where l.connection_id = b.connection_id and l.interest_value = b.category_id
    )
  order by b.id
  on conflict (event_id) do nothing;
end
$$;

comment on function private.record_unread_categories(private.resolved_event[]) is
  'Keeps the events of a batch whose category the workspace''s list does not explain yet.';

grant execute on function private.record_unread_categories(private.resolved_event[]) to service_role;

-- What the list of categories now explains: replies become automatic or not, labels get their name and their sentiment.
create function private.read_categories(target_connection_id uuid)
returns void
language plpgsql
set search_path = ''
as $$
declare
  explained bigint[];
  touched uuid[];
begin
  select array_agg(u.event_id), array_agg(distinct u.lead_id)
  into explained, touched
  from private.unread_categories as u
  join private.provider_labels as p on p.connection_id = u.connection_id and p.interest_value = u.category_id
  where u.connection_id = target_connection_id;

  if explained is null then
    return;
  end if;

  perform pg_advisory_xact_lock_shared(private.campaign_moves_lock());
  perform from public.synced_leads as l where l.id = any (touched) order by l.campaign_id, l.email for update;

  insert into private.automatic_replies as a (event_id, lead_id, is_by_label)
  select e.id, e.lead_id, false
  from public.email_events as e
  join private.unread_categories as u on u.event_id = e.id
  where e.lead_id = any (touched)
    and e.id = any (explained)
    and e.type = 'reply_received'
    and private.type_by_category(e.connection_id, e.type, e.label, u.category_id) = 'auto_reply_received'
  order by e.id
  on conflict (event_id) do update set is_by_label = false, is_settled = false where a.is_by_label;

  with named as materialized (
    select
      e.id, e.lead_id, e.occurred_at, e.label as old_label, u.connection_id,
      private.type_by_category(u.connection_id, 'lead_labelled', null, u.category_id) as type,
      private.label_by_category(u.connection_id, 'lead_labelled', null, u.category_id) as label
    from public.email_events as e
    join private.unread_categories as u on u.event_id = e.id
    where e.lead_id = any (touched) and e.id = any (explained) and e.type = 'lead_labelled'
  ),
  renamed as (
    update public.email_events as e
    set type = n.type, label = n.label
    from named as n
    where e.lead_id = n.lead_id and e.occurred_at = n.occurred_at and e.id = n.id
  ),
  latest as (
    select distinct on (n.lead_id)
      n.*, coalesce(n.label, n.type::text) as shown, private.event_interest(n.type, n.connection_id, n.label) as interest
    from named as n
    order by n.lead_id, n.occurred_at desc, n.id desc
  )
  update public.synced_leads as l
  set
    interest_label = case when l.interest_label_at <= t.occurred_at then t.shown else l.interest_label end,
    interest_status_reported = case
      when t.interest is not null and t.occurred_at >= coalesce(l.interest_changed_at_reported, '-infinity')
      then t.interest else l.interest_status_reported
    end,
    interest_changed_at_reported = case
      when t.interest is not null then greatest(l.interest_changed_at_reported, t.occurred_at) else l.interest_changed_at_reported
    end,
    out_of_office_at = case
      when t.type = 'lead_out_of_office' or private.means_automatic(t.label) then greatest(l.out_of_office_at, t.occurred_at)
      else l.out_of_office_at
    end,
    updated_at = now()
  from latest as t
  where l.id = t.lead_id;

  insert into public.suppressions as s (client_id, email, reason, suppressed_at)
  select distinct on (e.client_id, e.email) e.client_id, e.email, 'do_not_contact', e.occurred_at
  from public.email_events as e
  join private.unread_categories as u on u.event_id = e.id
  where e.lead_id = any (touched)
    and e.id = any (explained)
    and e.client_id is not null and e.email is not null
    and private.means_do_not_contact(private.category_label(u.connection_id, u.category_id))
  order by e.client_id, e.email, e.occurred_at
  on conflict (client_id, email) do update
  set reason = excluded.reason, bounce_class = null, suppressed_at = excluded.suppressed_at
  where s.reason = 'bounced';

  delete from private.unread_categories as u where u.event_id = any (explained);
  perform private.settle_replies(touched);
end
$$;

comment on function private.read_categories(uuid) is
  'Applies the list of categories of a workspace to events that named theirs by a number only.';

grant execute on function private.read_categories(uuid) to service_role;

-- Replies that are delivered more than once, each time in another form: the same mail is one fact.

-- Which rows of the batch repeat a reply that is known already: the same mail id of the same lead, or, where either side has
-- none, one called by the other name (automatic or not) at the same second (two minutes for what the sync found). Once delivered
-- as automatic, it is automatic.
create function private.match_repeated_replies(batch private.resolved_event[])
returns bigint[]
language plpgsql
set search_path = ''
as $$
declare
  repeated bigint[];
begin
  if not exists (
    select from unnest(batch) as b where b.type in ('reply_received', 'auto_reply_received') and b.lead_id is not null
  ) then
    return '{}'::bigint[];
  end if;

  with reply as materialized (
    select b.id, b.connection_id, b.lead_id, b.type, b.occurred_at, b.email_id
    from unnest(batch) as b
    where b.type in ('reply_received', 'auto_reply_received') and b.lead_id is not null
  ),
  known as (
    select
      r.id, r.lead_id, r.type,
      coalesce(m.event_id, first_value(r.id) over (partition by r.connection_id, r.lead_id, r.email_id order by r.id)) as known_id
    from reply as r
    left join private.message_contents as c
      on c.connection_id = r.connection_id and c.provider_mail_id = r.email_id and c.direction = 'received'
    left join public.messages as m on m.id = c.message_id and m.lead_id = r.lead_id
    where r.email_id is not null
    union all
    select r.id, r.lead_id, r.type, near.id
    from reply as r
    join public.synced_leads as l on l.id = r.lead_id and l.reply_count_observed + l.auto_reply_count > 0
    cross join lateral (
      select case when w.source in ('log', 'inbox') then interval '2 minutes' else interval '1 second' end as span
      from private.webhook_events as w
      where w.id = r.id
      limit 1
    ) as may_differ
    cross join lateral (
      select e.id
      from public.email_events as e
      join private.webhook_events as d on d.id = e.id
      where e.lead_id = r.lead_id
        and e.type in ('reply_received', 'auto_reply_received')
        and e.type <> r.type
        and e.occurred_at between r.occurred_at - may_differ.span and r.occurred_at + may_differ.span
        and (r.email_id is null or d.event ->> 'email_id' is null)
      order by greatest(e.occurred_at - r.occurred_at, r.occurred_at - e.occurred_at), e.id
      limit 1
    ) as near
    union all
    select r.id, r.lead_id, r.type, min(o.id)
    from reply as r
    join reply as o
      on o.lead_id = r.lead_id and o.type <> r.type and o.id < r.id
      and o.occurred_at between r.occurred_at - interval '1 second' and r.occurred_at + interval '1 second'
      and (o.email_id is null or r.email_id is null)
    group by r.id, r.lead_id, r.type
  ),
  repetition as (
    select distinct on (k.id) k.id, k.lead_id, k.type, k.known_id
    from known as k
    where k.known_id <> k.id
    order by k.id, k.known_id
  ),
  marked as (
    insert into private.automatic_replies as a (event_id, lead_id, is_by_label)
    select distinct t.known_id, t.lead_id, false
    from repetition as t
    where t.type = 'auto_reply_received'
    order by t.known_id
    on conflict (event_id) do update set is_by_label = false, is_settled = false where a.is_by_label
  )
  select coalesce(array_agg(t.id), '{}') into repeated from repetition as t;

  return repeated;
end
$$;

comment on function private.match_repeated_replies(private.resolved_event[]) is
  'Ids of the rows that repeat a reply which is known already; records those that came as automatic.';

grant execute on function private.match_repeated_replies(private.resolved_event[]) to service_role;

-- A step of the projector, after events, leads and messages: corrects what this batch shows in another light.
create function private.correct_replies(batch private.resolved_event[])
returns void
language plpgsql
set search_path = ''
as $$
declare
  touched uuid[];
begin
  perform private.record_unread_categories(batch);

  select array_agg(t.lead_id)
  into touched
  from (
    select b.lead_id
    from unnest(batch) as b
    join public.synced_leads as l on l.id = b.lead_id and l.out_of_office_at is not null
    where b.type in ('reply_received', 'auto_reply_received') or (b.type >= 'lead_interested' and b.type <= 'lead_labelled')
    union
    select a.lead_id from private.automatic_replies as a where not a.is_settled
  ) as t;

  if touched is not null then
    perform private.settle_replies(touched);
  end if;

  perform private.mark_labelled_replies(batch);
end
$$;

comment on function private.correct_replies(private.resolved_event[]) is
  'Step of the projector: corrects replies that this batch shows to be automatic, or not.';

grant execute on function private.correct_replies(private.resolved_event[]) to service_role;

-- Facts that the sync found by another way than a delivery: a delivery that brings one of them later must not count it again.

-- One row per fact that the sync found. A delivery of the same lead and kind whose time lies in the span is the same fact,
-- once: confirmed_by keeps which one it was.
create table private.recovered_facts (
  event_id bigint primary key references private.webhook_events (id) on delete cascade,
  lead_id uuid not null references public.synced_leads (id) on delete cascade,
  type public.email_event_type not null,
  email_account text,
  is_inferred boolean not null,
  earliest_at timestamptz not null,
  occurred_at timestamptz not null,
  latest_at timestamptz not null,
  confirmed_by bigint
);

comment on table private.recovered_facts is
  'Facts that the sync found in the provider''s mails or concluded from its counters. A later delivery of the same lead and kind between earliest_at and latest_at is the same fact and becomes a duplicate.';

create index recovered_facts_lead_id_idx on private.recovered_facts (lead_id);
create index recovered_facts_latest_at_idx on private.recovered_facts (latest_at);

alter table private.recovered_facts enable row level security;

grant select, insert, update, delete on private.recovered_facts to service_role;

create policy "Only the functions read recovered facts"
on private.recovered_facts for all to service_role using (true) with check (true);

-- What a mail says, without what may differ between two tellings of it; null when it says nothing. A digest, which a delivery
-- keeps when its content is removed.
create function private.mail_words(event jsonb, payload jsonb)
returns text
language sql
immutable
set search_path = ''
as $$
  select coalesce(
    event ->> 'words',
    md5(nullif(regexp_replace(lower(payload #>> string_to_array(event -> 'message' ->> 'text', '.')), '\s+', ' ', 'g'), ''))
  )
$$;

comment on function private.mail_words(jsonb, jsonb) is
  'A digest of the text of a mail in one spelling of its spaces, to recognise it where its id or its time is not certain.';

grant execute on function private.mail_words(jsonb, jsonb) to service_role;

-- A step of the projector, after it holds the leads: records the facts of this batch that the sync found, and answers which
-- rows repeat what is known. Most batches have neither: one look by key, and one at a table that is small or empty.
create function private.match_recovered_facts(batch private.resolved_event[])
returns bigint[]
language plpgsql
set search_path = ''
as $$
declare
  recovered bigint[];
  repeated bigint[] := '{}'::bigint[];
  delivered record;
begin
  select array_agg(w.id)
  into recovered
  from private.webhook_events as w
  where w.id = any (array(select b.id from unnest(batch) as b)) and w.source in ('inbox', 'inferred');

  if recovered is not null then
    -- A mail of the inbox that a delivery brought without its id, which was not projected yet when the inbox was read.
    -- Always one look per row: the planner thinks that a batch has ten rows, and would compare each with each.
    select coalesce(array_agg(b.id), '{}')
    into repeated
    from unnest(batch) as b
    cross join lateral (
      select
      from public.email_events as e
      join private.webhook_events as d
        on d.id = e.id and d.source in ('delivery', 'log') and d.event ->> 'email_id' is null
      where e.lead_id = b.lead_id
        and e.type in ('email_sent', 'reply_received', 'auto_reply_received')
        and (e.type = 'email_sent') = (b.type = 'email_sent')
        and (e.type <> 'email_sent' or coalesce(e.email_account = b.email_account, true))
        and e.occurred_at between b.occurred_at - interval '2 minutes' and b.occurred_at + interval '2 minutes'
      limit 1
    ) as known
    cross join lateral (select w.source from private.webhook_events as w where w.id = b.id limit 1) as w
    where b.id = any (recovered)
      and b.type in ('email_sent', 'reply_received', 'auto_reply_received')
      and w.source = 'inbox';

    insert into private.recovered_facts (event_id, lead_id, type, email_account, is_inferred, earliest_at, occurred_at, latest_at)
    select
      b.id, b.lead_id, b.type, b.email_account, w.source = 'inferred',
      coalesce((w.payload ->> 'earliest_at')::timestamptz, b.occurred_at - interval '2 minutes'),
      b.occurred_at,
      coalesce((w.payload ->> 'latest_at')::timestamptz, b.occurred_at + interval '2 minutes')
    from unnest(batch) as b
    cross join lateral (select w.source, w.payload from private.webhook_events as w where w.id = b.id limit 1) as w
    where b.id = any (recovered)
      and b.id <> all (repeated)
      and b.lead_id is not null
    on conflict (event_id) do nothing;
  end if;

  for delivered in
    select
      b.id, b.lead_id, b.type, b.occurred_at, b.email_account, w.event ->> 'email_id' as email_id,
      private.mail_words(w.event, w.payload) as words
    from unnest(batch) as b
    -- Row by row by the index: the table is empty, or large and touched by few of the batch.
    cross join lateral (
      select
      from private.recovered_facts as r
      where r.lead_id = b.lead_id and r.confirmed_by is null and b.occurred_at between r.earliest_at and r.latest_at
      limit 1
    ) as candidate
    join private.webhook_events as w on w.id = b.id
    where (recovered is null or b.id <> all (recovered))
      and b.type in (
        'email_sent', 'email_opened', 'email_clicked', 'reply_received', 'auto_reply_received', 'email_bounced',
        'lead_unsubscribed'
      )
    order by b.occurred_at, b.id
  loop
    update private.recovered_facts as f
    set confirmed_by = delivered.id
    where f.event_id = (
      select r.event_id
      from private.recovered_facts as r
      where r.lead_id = delivered.lead_id
        and r.confirmed_by is null
        and (r.type = delivered.type or (r.type in ('reply_received', 'auto_reply_received') and delivered.type in ('reply_received', 'auto_reply_received')))
        -- A mail with an id of its own is another mail than one of the inbox, unless it has the same id or says the same.
        and (r.is_inferred or delivered.email_id is null or exists (
          select
          from private.webhook_events as i
          where i.id = r.event_id
            and (i.event ->> 'email_id' = delivered.email_id or private.mail_words(i.event, i.payload) = delivered.words)
        ))
        and (r.type <> 'email_sent' or coalesce(r.email_account = delivered.email_account, true))
        -- Opens and clicks are counted mail by mail where the provider names the mail.
        and (r.type not in ('email_opened', 'email_clicked') or delivered.email_id is null or coalesce(delivered.email_id = (
          select i.event ->> 'email_id' from private.webhook_events as i where i.id = r.event_id
        ), true))
        and delivered.occurred_at between r.earliest_at and r.latest_at
      order by greatest(r.occurred_at - delivered.occurred_at, delivered.occurred_at - r.occurred_at), r.event_id
      limit 1
    );

    if found then
      repeated := repeated || delivered.id;

      -- Reported as automatic by either side, it is.
      if delivered.type = 'auto_reply_received' then
        insert into private.automatic_replies as a (event_id, lead_id, is_by_label)
        select f.event_id, f.lead_id, false
        from private.recovered_facts as f
        where f.lead_id = delivered.lead_id and f.confirmed_by = delivered.id and f.type = 'reply_received'
        on conflict (event_id) do update set is_by_label = false, is_settled = false where a.is_by_label;
      end if;
    end if;
  end loop;

  return repeated;
end
$$;

comment on function private.match_recovered_facts(private.resolved_event[]) is
  'Records what the sync found, and answers the ids of the rows that repeat a fact which is known already.';

grant execute on function private.match_recovered_facts(private.resolved_event[]) to service_role;

-- The mails of a batch.

-- Step 7: keeps the mails of a batch. The texts stay where they are in the payload until here; the event only names
-- their fields. The same mail is known by its id; where either side has none, by lead, direction and step
-- within two minutes. An event that is no mail costs one look at its type.
create function private.keep_messages(batch private.resolved_event[])
returns void
language plpgsql
set search_path = ''
as $$
begin
  if not exists (
    select from unnest(batch) as b
    where b.type in ('email_sent', 'reply_received', 'auto_reply_received') and b.lead_id is not null
  ) then
    return;
  end if;

  with mail as materialized (
    select
      b.id as event_id, b.client_id, b.campaign_id, b.lead_id, b.connection_id, b.provider, b.occurred_at, b.email, b.email_account,
      b.step, b.variant, nullif(b.written_by, b.email) as written_by, w.event ->> 'thread_id' as thread_id,
      case when b.type = 'email_sent' then 'sent' else 'received' end::public.message_direction as direction,
      b.type = 'auto_reply_received' as is_auto_reply,
      case w.source when 'inbox' then 'inbox' else 'webhook' end::public.message_source as source,
      w.event ->> 'email_id' as mail_id,
      w.payload #>> string_to_array(f.subject, '.') as subject,
      w.payload #>> string_to_array(f.text, '.') as body_text,
      w.payload #>> string_to_array(f.html, '.') as raw_html,
      w.payload #>> string_to_array(f.snippet, '.') as snippet,
      w.payload #>> string_to_array(f.inbox_url, '.') as inbox_url
    from unnest(batch) as b
    join private.webhook_events as w on w.id = b.id
    left join lateral jsonb_to_record(w.event -> 'message') as f (subject text, text text, html text, snippet text, inbox_url text) on true
    where b.lead_id is not null
      and (b.type in ('reply_received', 'auto_reply_received') or (b.type = 'email_sent' and w.event ? 'message'))
  ),
  -- Of copies within the batch the one with a mail id stays, else the first. Two mails without an id that say different
  -- things are no copies, however near they are: a variable of the lead can replace both id and time.
  single as (
    select m.*
    from (
      select
        c.*,
        row_number() over (partition by c.connection_id, c.mail_id, c.direction order by c.event_id) as copy,
        lag(c.occurred_at) over (
          partition by c.lead_id, c.direction, c.step, c.mail_id is null, c.body_text order by c.occurred_at, c.event_id
        ) as previous_at,
        bool_or(c.mail_id is not null) over (partition by c.lead_id) as lead_has_mail_id,
        bool_or(c.body_text is not null) over (partition by c.lead_id) as lead_has_text
      from mail as c
    ) as m
    where case
      when m.mail_id is not null then m.copy = 1
      else coalesce(m.occurred_at - m.previous_at > interval '2 minutes', true)
        -- Asked of few leads: this looks at every mail of the batch, half of the step's time if it were asked of all.
        and (not (m.lead_has_mail_id or (m.body_text is null and m.lead_has_text)) or not exists (
          select
          from mail as o
          where o.lead_id = m.lead_id and o.direction = m.direction
            and (o.mail_id is not null or (m.body_text is null and o.body_text is not null))
            and coalesce(o.step = m.step, true)
            and o.occurred_at between m.occurred_at - interval '2 minutes' and m.occurred_at + interval '2 minutes'
        ))
      end
  ),
  matched as materialized (
    select s.*, same.message_id as same_id, near.message_id as near_id, near.distance
    from single as s
    left join private.message_contents as same
      on same.connection_id = s.connection_id and same.provider_mail_id = s.mail_id and same.direction = s.direction
    left join lateral (
      select x.id as message_id, abs(extract(epoch from x.occurred_at - s.occurred_at)) as distance
      from public.messages as x
      join private.message_contents as c on c.message_id = x.id
      where x.lead_id = s.lead_id
        and x.occurred_at between s.occurred_at - interval '2 minutes' and s.occurred_at + interval '2 minutes'
        and x.direction = s.direction
        and coalesce(x.step = s.step, true)
        and (s.mail_id is null or c.provider_mail_id is null)
        -- A mail of a step is no answer that somebody wrote, however near.
        and (x.direction = 'received' or x.event_id is not null or s.step is null)
        and (
          s.mail_id is not null or c.provider_mail_id is not null or s.body_text is null or x.body_text is null
          or btrim(x.body_text, E' \t\r\n') = btrim(s.body_text, E' \t\r\n')
        )
      order by x.body_text is distinct from s.body_text, distance, x.id
      limit 1
    ) as near on same.message_id is null
  ),
  -- Of several mails with ids that are near one without, it is the nearest.
  chosen as materialized (
    select
      m.*,
      gen_random_uuid() as new_id,
      coalesce(
        m.same_id,
        case
          when m.mail_id is null
            or row_number() over (partition by m.near_id, m.mail_id is null order by m.distance, m.event_id) = 1
          then m.near_id
        end
      ) as known_id
    from matched as m
  ),
  kept as (
    insert into public.messages
      (id, client_id, campaign_id, lead_id, connection_id, provider, direction, occurred_at, email, written_by, email_account, subject,
       body_text, snippet, is_auto_reply, step, variant, source, event_id)
    select
      c.new_id, c.client_id, c.campaign_id, c.lead_id, c.connection_id, c.provider, c.direction, c.occurred_at, c.email, c.written_by,
      c.email_account, c.subject, c.body_text, left(coalesce(c.snippet, c.body_text), 300), c.is_auto_reply, c.step, c.variant, c.source,
      c.event_id
    from chosen as c
    where c.known_id is null
  ),
  inside as (
    insert into private.message_contents (message_id, connection_id, direction, provider_mail_id, provider_thread_id, inbox_url, raw_html)
    select c.new_id, c.connection_id, c.direction, c.mail_id, c.thread_id, c.inbox_url, c.raw_html
    from chosen as c
    where c.known_id is null
  ),
  completed as (
    update public.messages as m
    set
      subject = coalesce(m.subject, c.subject),
      body_text = coalesce(m.body_text, c.body_text),
      snippet = coalesce(m.snippet, left(coalesce(c.snippet, c.body_text), 300)),
      written_by = coalesce(m.written_by, c.written_by),
      email_account = coalesce(m.email_account, c.email_account),
      step = coalesce(m.step, c.step),
      variant = coalesce(m.variant, c.variant)
    from chosen as c
    -- What retention removed is not filled in again. Written so that the index of texts is not used: without statistics, as on a first
    -- day, that index was searched once for each mail (1.4 s instead of 4 ms for 200 mails among 22,000).
    where m.id = c.known_id and coalesce(m.body_removed_at, 'infinity') = 'infinity'
  )
  update private.message_contents as m
  set
    provider_mail_id = coalesce(m.provider_mail_id, c.mail_id),
    provider_thread_id = coalesce(m.provider_thread_id, c.thread_id),
    inbox_url = coalesce(m.inbox_url, c.inbox_url),
    raw_html = coalesce(m.raw_html, case when x.body_html is null then c.raw_html end),
    prepare_at = now()
  from chosen as c
  join public.messages as x on x.id = c.known_id and coalesce(x.body_removed_at, 'infinity') = 'infinity'
  where m.message_id = c.known_id;
end
$$;

comment on function private.keep_messages(private.resolved_event[]) is
  'Writes the mails of a projected batch as messages, the same mail once; a second copy only fills in what the first lacked.';

grant execute on function private.keep_messages(private.resolved_event[]) to service_role;

-- A step of the projector: keeps such mails of a batch. HTML becomes text; no sanitising is needed.
create function private.keep_untracked_replies(batch private.resolved_event[])
returns void
language plpgsql
set search_path = ''
as $$
begin
  if not exists (select from unnest(batch) as b where b.type = 'untracked_reply') then
    return;
  end if;

  insert into public.untracked_replies
    (id, client_id, connection_id, provider, occurred_at, email, sender_name, email_account, subject, body_text, snippet)
  select
    b.id, b.client_id, b.connection_id, b.provider, b.occurred_at, b.email, w.event -> 'lead' ->> 'first_name', b.email_account,
    w.payload #>> string_to_array(f.subject, '.'), mail.body_text,
    left(coalesce(w.payload #>> string_to_array(f.snippet, '.'), mail.body_text), 300)
  from unnest(batch) as b
  join private.webhook_events as w on w.id = b.id
  left join lateral jsonb_to_record(w.event -> 'message') as f (subject text, text text, html text, snippet text) on true
  cross join lateral (
    select coalesce(
      w.payload #>> string_to_array(f.text, '.'),
      nullif(btrim(regexp_replace(regexp_replace(w.payload #>> string_to_array(f.html, '.'), '<[^>]*>', ' ', 'g'), '\s+', ' ', 'g')), '')
    ) as body_text
  ) as mail
  where b.type = 'untracked_reply' and b.email is not null
  on conflict (id) do nothing;
end
$$;

comment on function private.keep_untracked_replies(private.resolved_event[]) is
  'Writes the mails of people who are in no campaign; nothing else of the projector knows them.';

grant execute on function private.keep_untracked_replies(private.resolved_event[]) to service_role;

-- Which deliveries a projector takes: how projectors share the connections, and connections a batch.

-- Connections are spread over this many shards, and a shard has one projector at a time: two of one connection would only wait for each
-- other's campaigns, and a correction of an older day could meet another's in a circle. So that many projectors can be at work.
create function private.projection_shards()
returns integer
language sql
immutable
parallel safe
set search_path = ''
as $$
  select 4
$$;

comment on function private.projection_shards() is
  'How many projectors can be at work at the same time: each has shards of its own, and a connection is always in the same one.';

grant execute on function private.projection_shards() to service_role;

-- The shard of a connection, from the last byte of its id.
create function private.projection_shard(connection_id uuid)
returns integer
language sql
immutable
parallel safe
set search_path = ''
as $$
  select get_byte(uuid_send(connection_id), 15) % private.projection_shards()
$$;

comment on function private.projection_shard(uuid) is
  'The shard of a connection, from 0: one projector at a time works on it.';

grant execute on function private.projection_shard(uuid) to service_role;

-- Takes the shards that no other projector has, until the end of the transaction. With none free it waits for one of them, but not
-- longer than a tenth of a second: the worker may have been asked for another one's connections meanwhile. Nothing is held while it
-- waits, so projectors never wait for each other in a circle.
create function private.take_projection_shards(wanted integer[])
returns integer[]
language plpgsql
set search_path = ''
set lock_timeout = '100ms'
as $$
declare
  shard integer;
  taken integer[] := '{}'::integer[];
begin
  foreach shard in array wanted loop
    if pg_try_advisory_xact_lock(hashtextextended('replyloop projection shard ' || shard, 0)) then
      taken := taken || shard;
    end if;
  end loop;

  if taken = '{}' and wanted <> '{}' then
    shard := wanted[1 + floor(random() * cardinality(wanted))::integer];
    begin
      perform pg_advisory_xact_lock(hashtextextended('replyloop projection shard ' || shard, 0));
      taken := array[shard];
    exception when lock_not_available then
      null;
    end;
  end if;

  return taken;
end
$$;

comment on function private.take_projection_shards(integer[]) is
  'Takes those of the wanted shards that are free, or waits a moment for one; they are kept until the transaction ends.';

grant execute on function private.take_projection_shards(integer[]) to service_role;

-- Which deliveries come next: of every connection where some wait the same number, each oldest first, and what is left of the batch
-- goes to those that have more. So a connection that is flooded delays itself, and another's few are in the next batch. Locks what it
-- takes. Without names it is of all connections; either way only of those in the shards that the caller has taken.
--
-- A worker that continues passes the positions of its last calls, one per connection, and what came before them is not searched: behind
-- a reader with an old snapshot the index keeps an entry of each delivery that was projected since, and 50,000 of them cost 20 ms a
-- call. A position is never of the last two seconds, whose deliveries may not be committed yet: what is older and not visible by
-- then is found by the next call without a position.
create function private.claim_webhook_events(
  batch_size integer, positions jsonb, connections uuid[], shards integer[],
  out claimed bigint[], out reached jsonb, out unfinished uuid[]
)
language plpgsql
set search_path = ''
as $$
declare
  found uuid[];
  sinces timestamptz[];
  share integer;
  rest uuid[];
begin
  -- One look into the index per connection; "exists" would be planned as one search through all that waits. More connections
  -- than places take turns.
  select coalesce(array_agg(f.id), '{}'), coalesce(array_agg(f.since), '{}')
  into found, sinces
  from (
    select p.id, p.since
    from (
      select c.id, coalesce((claim_webhook_events.positions ->> c.id::text)::timestamptz, '-infinity') as since
      from public.provider_connections as c
      where (claim_webhook_events.connections is null or c.id = any (claim_webhook_events.connections))
        and private.projection_shard(c.id) = any (claim_webhook_events.shards)
      offset 0
    ) as p
    cross join lateral (
      select from private.webhook_events as e
      where e.connection_id = p.id and e.status = 'pending' and e.next_attempt_at between p.since and now()
      limit 1
    ) as first
    order by random()
    limit batch_size + 1
  ) as f;
  share := greatest(1, batch_size / greatest(1, cardinality(found)));

  with claim as materialized (
    select e.id, e.connection_id, e.next_attempt_at, f.since
    from unnest(found, sinces) as f (connection_id, since)
    cross join lateral (
      select e.id, e.connection_id, e.next_attempt_at
      from private.webhook_events as e
      where e.connection_id = f.connection_id and e.status = 'pending' and e.next_attempt_at between f.since and now()
      order by e.next_attempt_at, e.id
      limit share
      for update skip locked
    ) as e
    limit batch_size
  ),
  own as (
    select c.connection_id, c.since, max(c.next_attempt_at) as latest, count(*) as number
    from claim as c
    group by c.connection_id, c.since
  )
  select
    array(select c.id from claim as c),
    -- Not the two seconds before what was claimed: behind a backlog everything since is committed, and searching those two seconds
    -- again cost 30 ms a call with a snapshot held (10,000 projected entries).
    coalesce(jsonb_object_agg(o.connection_id, greatest(least(o.latest, now() - interval '2 seconds'), o.since)), '{}'),
    coalesce(array_agg(o.connection_id) filter (where o.number = share), '{}')
  into claimed, reached, rest
  from own as o;

  if cardinality(found) > 1 and cardinality(claimed) < batch_size then
    claimed := claimed || array(
      select n.id
      from unnest(found, sinces) as f (connection_id, since)
      cross join lateral (
        select e.id
        from private.webhook_events as e
        where f.connection_id = any (rest)
          and e.connection_id = f.connection_id and e.status = 'pending' and e.next_attempt_at between f.since and now()
          and e.id <> all (claimed)
        order by e.next_attempt_at, e.id
        limit batch_size
        for update skip locked
      ) as n
      limit batch_size - cardinality(claimed)
    );
  end if;

  -- A full batch says nothing about what is left of the connections that it came from.
  unfinished := array(
    select c.id
    from unnest(connections) as c (id)
    where private.projection_shard(c.id) <> all (claim_webhook_events.shards)
      or (cardinality(claimed) = batch_size and c.id = any (found))
      -- With more connections than places nothing is known about those beyond.
      or cardinality(found) > batch_size
  );
end
$$;

comment on function private.claim_webhook_events(integer, jsonb, uuid[], integer[]) is
  'Locks up to batch_size waiting deliveries of the named connections (null: all) in these shards, which the caller has taken: the same number of every connection, oldest first, then more of those that have more. Returns their ids, per connection the position before which the next call need not look, and which of the named may have more.';

grant execute on function private.claim_webhook_events(integer, jsonb, uuid[], integer[]) to service_role;

-- The projector: its steps in their order, and how one bad row is kept from holding up the others.

-- Projects the given deliveries at once; the caller has locked them. Locks are taken in one order (campaigns, leads,
-- activity, totals) and within each by key, so that projectors never wait for each other in a circle.
create function private.project_webhook_events(event_ids bigint[])
returns void
language plpgsql
set search_path = ''
as $$
declare
  batch private.resolved_event[];
  repeated bigint[];
  recovered bigint[];
  forgotten bigint[];
  inferred bigint[] := array(select w.id from private.webhook_events as w where w.id = any (event_ids) and w.source = 'inferred');
begin
  -- No campaign changes its client between the reading of it and the end of this transaction; see remap_campaign.
  perform pg_advisory_xact_lock_shared(private.campaign_moves_lock());
  perform private.register_campaigns_of_events(event_ids);

  -- Nothing of a person who was erased comes back, whether its campaign is known or not.
  forgotten := private.forget_erased(event_ids);
  if forgotten <> '{}' then
    event_ids := array(select e.id from unnest(event_ids) as e (id) where e.id <> all (forgotten));
  end if;

  select array_agg(r) into batch from private.resolve_webhook_events(event_ids) as r;

  if coalesce(cardinality(batch), 0) < cardinality(event_ids) then
    perform private.suppress_held(array(
      select claimed.id
      from unnest(event_ids) as claimed (id)
      where not exists (select from unnest(batch) as b where b.id = claimed.id)
    ));
  end if;

  if batch is not null then
    batch := private.hold_leads(batch);

    -- A reply that is delivered again is one fact, in whatever form; so is what the sync found by another way and a
    -- delivery brings as well.
    repeated := private.match_repeated_replies(batch);
    if repeated <> '{}' then
      batch := array(select b from unnest(batch) as b where b.id <> all (repeated));
    end if;
    recovered := private.match_recovered_facts(batch);
    if recovered <> '{}' then
      repeated := repeated || recovered;
      batch := array(select b from unnest(batch) as b where b.id <> all (recovered));
    end if;

    perform private.count_events(batch);
    perform private.count_for_reports(batch);

    insert into public.email_events
      (id, occurred_at, client_id, campaign_id, lead_id, connection_id, provider, type, label, email, email_account, step, variant, received_at, is_inferred,
       time_is_arrival, bounce_class)
    select
      b.id, b.occurred_at, b.client_id, b.campaign_id, b.lead_id, b.connection_id, b.provider, b.type, b.label, b.email,
      b.email_account, b.step, b.variant, b.received_at,
      b.id = any (inferred), b.time_is_arrival, b.bounce_class
    from unnest(batch) as b;

    perform private.advance_leads(batch);
    perform private.keep_messages(batch);
    perform private.count_mailboxes(batch);
    perform private.keep_untracked_replies(batch);
    perform private.apply_consequences(batch);
    perform private.correct_replies(batch);
    perform private.settle_bounces_of(batch);
  end if;

  update private.webhook_events as w
  set
    status = case
      when w.id = any (repeated) then 'duplicate'
      when b.id is null then 'quarantined'
      else 'projected'
    end::public.webhook_event_status,
    reason = case
      when w.id = any (repeated) then 'The same fact had come by another way before'
      when b.id is null then private.hold_reason(w.connection_id, w.event -> 'provider_campaign_ids')
    end,
    processed_at = now()
  from unnest(event_ids) as claimed (id)
  left join unnest(batch) as b on b.id = claimed.id
  where w.id = claimed.id;
end
$$;

comment on function private.project_webhook_events(bigint[]) is
  'Projects locked deliveries: events, leads, counters, messages, suppressions. All of it or, on an error, nothing.';

grant execute on function private.project_webhook_events(bigint[]) to service_role;

-- Projects deliveries that the caller has locked. If the batch fails, each half of it is tried, down to the row that fails, so that
-- one bad row delays no other: of 1,000 deliveries 20 calls project the rest. The row waits 1, 2, 4, 8 minutes and is a dead letter
-- after the fifth try. What the data itself forbids (SQLSTATE 22…: no date, a number out of range) never gets better and is a dead
-- letter at once. Returns how many failed.
create function private.project_claimed_events(claimed bigint[])
returns integer
language plpgsql
set search_path = ''
as $$
declare
  half constant integer := cardinality(claimed) / 2;
begin
  begin
    perform private.project_webhook_events(claimed);
    return 0;
  exception
    -- A lock conflict or a full disk says nothing about the rows: the whole call fails and the next one takes them again.
    when deadlock_detected or serialization_failure or lock_not_available or query_canceled or disk_full or io_error then
      raise;
    when others then
      if half = 0 then
        update private.webhook_events as w
        set
          attempts = w.attempts + 1,
          next_attempt_at = now() + interval '1 minute' * power(2, w.attempts),
          status = case
            when w.attempts + 1 >= 5 or sqlstate like '22%' then 'dead'
            else 'pending'
          end::public.webhook_event_status,
          reason = sqlstate || ': ' || left(sqlerrm, 500)
        where w.id = any (claimed);

        return 1;
      end if;
  end;

  return private.project_claimed_events(claimed[:half]) + private.project_claimed_events(claimed[half + 1:]);
end
$$;

comment on function private.project_claimed_events(bigint[]) is
  'Projects locked deliveries, by halves if together they fail; returns how many failed.';

grant execute on function private.project_claimed_events(bigint[]) to service_role;

-- Projects deliveries that an operator's act has just released and locked, as long as a page waits for an answer: 5 seconds. While a
-- projector works on the connection nothing is done here, because two of one connection could wait for each other in a circle; what is
-- released is pending, so that projector takes it. Returns how many are projected.
create function private.project_released_events(target_connection_id uuid, released bigint[])
returns integer
language plpgsql
set search_path = ''
as $$
begin
  if private.take_projection_shards(array[private.projection_shard(target_connection_id)]) <> '{}'::integer[] then
    for start_at in 1..cardinality(released) by 500 loop
      perform private.project_claimed_events(released[start_at : start_at + 499]);
      exit when clock_timestamp() > statement_timestamp() + interval '5 seconds';
    end loop;
  end if;

  return (
    select count(*)::integer
    from private.webhook_events as w
    where w.id = any (project_released_events.released) and w.status = 'projected'
  );
end
$$;

comment on function private.project_released_events(uuid, bigint[]) is
  'Projects deliveries of a connection that were just released, unless a projector works on it and takes them; returns how many are projected.';

grant execute on function private.project_released_events(uuid, bigint[]) to service_role;

-- Takes up to batch_size waiting deliveries and projects them; positions and what is unfinished are those of the claim.
create function worker.process_webhook_events(batch_size integer default 1000, positions jsonb default '{}', connections uuid[] default null)
returns jsonb
language plpgsql
set search_path = ''
as $$
declare
  shards constant integer[] := private.take_projection_shards(case
    when connections is null then array(select generate_series(0, private.projection_shards() - 1))
    else array(select distinct private.projection_shard(c.id) from unnest(connections) as c (id))
  end);
  started constant timestamptz := clock_timestamp();
  claim record;
  failed integer := 0;
begin
  select * into claim
  from private.claim_webhook_events(batch_size, process_webhook_events.positions, process_webhook_events.connections, shards);

  if claim.claimed <> '{}' then
    failed := private.project_claimed_events(claim.claimed);
  end if;

  return jsonb_build_object(
    'claimed', cardinality(claim.claimed),
    'failed', failed,
    'positions', claim.reached,
    'unfinished', claim.unfinished,
    'milliseconds', round(1000 * extract(epoch from clock_timestamp() - started))
  );
end
$$;

comment on function worker.process_webhook_events(integer, jsonb, uuid[]) is
  'Projects up to batch_size waiting deliveries, of all connections or of those named; returns { "claimed": n, "failed": n, "positions": { connection: timestamptz }, "unfinished": [those named that are to be asked for again], "milliseconds": n without waiting for another worker }. With the positions of earlier calls, deliveries that came before them are not looked for. Safe to call from many workers at once: each takes other connections. Service role only.';

grant execute on function worker.process_webhook_events(integer, jsonb, uuid[]) to service_role;

-- After a change of a client's time zone, or of a campaign's client, the days of its campaigns are cut again. What is to be done
-- follows from comparing each campaign's zone with its client's, and each run is one transaction: killed at any moment, it
-- continues with the next run, and a second run finds nothing to do.

-- The campaign gets the zone of its client and the first times of its leads, in one look at all of them. The events follow.
create function private.start_day_cut(target_campaign_id uuid, owner_id uuid, new_zone text)
returns void
language plpgsql
set search_path = ''
as $$
begin
  delete from private.day_shifts as s where s.campaign_id = target_campaign_id;

  if new_zone = 'UTC' then
    delete from private.day_cuts as z where z.campaign_id = target_campaign_id;
    return;
  end if;

  insert into private.day_cuts as z (campaign_id, client_id, zone, counted_before)
  values (target_campaign_id, owner_id, new_zone, '-infinity')
  on conflict (campaign_id) do update set
    client_id = excluded.client_id, zone = excluded.zone, counted_before = excluded.counted_before, events_counted = 0;

  perform private.add_day_shifts(array_agg(row(target_campaign_id, owner_id, m.day, m.kind, m.change)::private.day_shift))
  from (
    select s.day, f.kind, sum(s.change)::integer as change
    from public.synced_leads as l
    cross join lateral (
      values
        ('first_contacted', l.contacted_at),
        ('first_opened', case when l.open_count_observed > 0 then l.opened_at end),
        ('first_clicked', case when l.click_count_observed > 0 then l.clicked_at end),
        ('first_replied', case when l.reply_count_observed > 0 then l.replied_at end)
    ) as f (kind, moment)
    cross join lateral (
      values ((f.moment at time zone new_zone)::date, 1), ((f.moment at time zone 'UTC')::date, -1)
    ) as s (day, change)
    where l.campaign_id = target_campaign_id
      and f.moment is not null
      and (f.moment at time zone new_zone)::date <> (f.moment at time zone 'UTC')::date
    group by s.day, f.kind
    having sum(s.change) <> 0
  ) as m
  having count(*) > 0;
end
$$;

comment on function private.start_day_cut(uuid, uuid, text) is
  'Begins to cut the days of a campaign in another zone: first times at once, events by private.continue_day_cut. The caller holds projectors off.';

grant execute on function private.start_day_cut(uuid, uuid, text) to service_role;

-- The next events in their order of time. A lead counts on a day with the first event of a kind, so those of the day before
-- are read once more.
create function private.continue_day_cut(target_campaign_id uuid, most_events integer)
returns void
language plpgsql
set search_path = ''
as $$
declare
  cut private.day_cuts;
  events integer;
  upto timestamptz;
begin
  select z.* into cut from private.day_cuts as z where z.campaign_id = target_campaign_id for update;

  select count(*), max(n.occurred_at)
  into events, upto
  from (
    select e.occurred_at
    from public.email_events as e
    where e.campaign_id = target_campaign_id and e.occurred_at >= cut.counted_before
    order by e.occurred_at
    limit most_events
  ) as n;

  upto := case when events < most_events then 'infinity' else upto + interval '1 microsecond' end;

  perform private.add_day_shifts(array_agg(row(target_campaign_id, cut.client_id, m.day, m.kind, m.change)::private.day_shift))
  from (
    select n.day, n.kind, sum(n.change)::integer as change
    from (
      select s.day, private.shifted_mail(t.type) as kind, t.events * s.change as change
      from (
        select
          e.type, (e.occurred_at at time zone cut.zone)::date as local_day, (e.occurred_at at time zone 'UTC')::date as utc_day,
          count(*) as events
        from public.email_events as e
        where e.campaign_id = target_campaign_id
          and e.occurred_at >= cut.counted_before and e.occurred_at < upto
          and e.lead_id is not null
          and e.type in ('email_sent', 'auto_reply_received', 'email_bounced', 'lead_unsubscribed')
        group by 1, 2, 3
      ) as t
      cross join lateral (values (t.local_day, 1), (t.utc_day, -1)) as s (day, change)
      where t.local_day <> t.utc_day
      union all
      select p.day, private.shifted_people(p.type), sum(p.change)
      from (
        select s.day, e.type, s.change
        from public.email_events as e
        cross join lateral (
          values ((e.occurred_at at time zone cut.zone)::date, 1), ((e.occurred_at at time zone 'UTC')::date, -1)
        ) as s (day, change)
        where e.campaign_id = target_campaign_id
          -- No day is longer than 25 hours.
          and e.occurred_at >= cut.counted_before - interval '26 hours' and e.occurred_at < upto
          and e.lead_id is not null
          and e.type in ('email_sent', 'email_opened', 'email_clicked', 'reply_received')
        group by e.lead_id, e.type, s.day, s.change
        having min(e.occurred_at) >= cut.counted_before
      ) as p
      group by p.day, p.type
    ) as n
    group by n.day, n.kind
    having sum(n.change) <> 0
  ) as m
  having count(*) > 0;

  update private.day_cuts as z
  set counted_before = upto, events_counted = z.events_counted + events
  where z.campaign_id = target_campaign_id;
end
$$;

comment on function private.continue_day_cut(uuid, integer) is
  'Cuts the next events of a campaign in its new zone. The caller holds projectors off.';

grant execute on function private.continue_day_cut(uuid, integer) to service_role;

-- Projectors wait while this runs, so it takes a second of every five at most; deliveries are received all the time.
create function private.cut_days_again(most_seconds numeric default 1, most_events integer default 20000)
returns integer
language plpgsql
set search_path = ''
set lock_timeout = '5s'
as $$
declare
  ends_at timestamptz;
  campaign record;
  steps integer := 0;
begin
  loop
    select k.id, k.client_id, c.time_zone, coalesce(z.zone, 'UTC') <> c.time_zone as is_new
    into campaign
    from public.campaigns as k
    join public.clients as c on c.id = k.client_id
    left join private.day_cuts as z on z.campaign_id = k.id
    where (coalesce(z.zone, 'UTC') <> c.time_zone or z.counted_before < 'infinity')
      -- Its events are in the archive; `npm run rebuild -- --archive` cuts its days.
      and not exists (select from private.closed_campaigns as d where d.campaign_id = k.id)
    -- What is begun first, so that campaigns become right one after the other.
    order by z.counted_before < 'infinity' and z.zone = c.time_zone desc nulls last, k.client_id, k.id
    limit 1;

    exit when not found;

    if ends_at is null then
      perform pg_advisory_xact_lock(private.campaign_moves_lock());
      ends_at := clock_timestamp() + make_interval(secs => most_seconds);
      -- Looks again: what was true before the lock may not be any more.
      continue;
    end if;

    if campaign.is_new then
      perform private.start_day_cut(campaign.id, campaign.client_id, campaign.time_zone);
    end if;

    if campaign.time_zone <> 'UTC' then
      perform private.continue_day_cut(campaign.id, most_events);
    end if;

    steps := steps + 1;

    perform private.note_changed_stats(array[campaign.client_id]);

    exit when clock_timestamp() > ends_at;
  end loop;

  return steps;
end
$$;

comment on function private.cut_days_again(numeric, integer) is
  'Every five seconds: cuts days of campaigns that are not in their client''s time zone, for about that many seconds; returns how many steps it took, 0 = all are.';

grant execute on function private.cut_days_again(numeric, integer) to service_role;
