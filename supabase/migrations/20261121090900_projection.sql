-- The projector: turns stored deliveries into email events, leads, counters and suppressions, each exactly once.

-- A delivery with its campaign resolved: what the steps of the projector hand to each other.
create type private.resolved_event as (
  id bigint,
  connection_id uuid,
  provider public.provider,
  client_id uuid,
  campaign_id uuid,
  lead_id uuid,
  lead_is_new_to jsonb,
  email text,
  type public.email_event_type,
  label text,
  interest public.interest_status,
  occurred_at timestamptz,
  received_at timestamptz,
  email_account text,
  step smallint,
  variant smallint
);

-- The sentiment of an event, or null when it carries none. A custom label means what the workspace says it means.
create function private.event_interest(event_type public.email_event_type, event_connection_id uuid, event_label text)
returns public.interest_status
language sql
stable
set search_path = ''
as $$
  select case
    when event_type in ('lead_interested', 'lead_meeting_booked', 'lead_meeting_completed', 'lead_closed') then 'positive'
    when event_type in ('lead_not_interested', 'lead_wrong_person', 'lead_lost') then 'negative'
    when event_type in ('lead_neutral', 'lead_out_of_office', 'lead_no_show') then 'neutral'
    when event_type = 'lead_labelled' then coalesce(
      (
        select l.interest_status::text
        from private.provider_labels as l
        where l.connection_id = event_connection_id and lower(l.label) = lower(event_label)
        order by l.interest_value
        limit 1
      ),
      'neutral'
    )
  end::public.interest_status
$$;

comment on function private.event_interest(public.email_event_type, uuid, text) is
  'positive | neutral | negative for events that label a lead, null for all others. A label that the workspace does not explain is neutral.';

-- Step 1 of the projector: notes provider campaigns that nobody has seen yet; a dedicated connection imports them.
create function private.note_campaigns_of_events(event_ids bigint[])
returns void
language plpgsql
set search_path = ''
as $$
declare
  unknown record;
begin
  for unknown in
    select
      w.connection_id,
      jsonb_agg(distinct jsonb_build_object(
        'provider_campaign_id', w.provider_campaign_id, 'name', w.event ->> 'campaign_name'
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
    perform private.note_provider_campaigns(unknown.connection_id, unknown.listed);
  end loop;
end
$$;

-- Step 2: reads the deliveries and finds each one's campaign. A custom variable may hide the campaign id, so every
-- candidate is tried and the first known one wins. Events whose campaign nobody has mapped are left out.
create function private.resolve_webhook_events(event_ids bigint[])
returns setof private.resolved_event
language sql
stable
set search_path = ''
as $$
  select
    w.id, w.connection_id, c.provider, coalesce(known.client_id, c.client_id), known.campaign_id,
    null::uuid, null::jsonb,
    e.email, e.type, e.label,
    case when e.type >= 'lead_interested' and e.type <= 'lead_labelled'
      then private.event_interest(e.type, w.connection_id, e.label) end,
    coalesce(e.occurred_at, w.received_at), w.received_at, e.email_account, e.step, e.variant
  from private.webhook_events as w
  join public.provider_connections as c on c.id = w.connection_id
  cross join lateral jsonb_to_record(w.event) as e (
    type public.email_event_type, label text, occurred_at timestamptz, email text, email_account text,
    step smallint, variant smallint, provider_campaign_ids jsonb
  )
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
  order by w.id
$$;

-- Step 3: makes sure that each lead exists and holds its row until the end of the transaction, so that two projectors
-- never judge at once whether an event is a lead's first. Answers the same events with lead_id filled in and with the
-- kinds of event that the lead has never had before.
create function private.hold_leads(batch private.resolved_event[])
returns private.resolved_event[]
language plpgsql
set search_path = ''
as $$
declare
  held private.resolved_event[];
begin
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
    select l.id, l.campaign_id, l.email, l.sent_count_seen, l.open_count_seen, l.click_count_seen, l.reply_count_seen
    from public.synced_leads as l
    where (l.campaign_id, l.email) in (select b.campaign_id, b.email from unnest(batch) as b)
    order by l.campaign_id, l.email
    for update
  )
  select array_agg(
    row(
      b.id, b.connection_id, b.provider, b.client_id, b.campaign_id, l.id,
      jsonb_build_object(
        'email_sent', l.sent_count_seen = 0, 'email_opened', l.open_count_seen = 0,
        'email_clicked', l.click_count_seen = 0, 'reply_received', l.reply_count_seen = 0
      ),
      b.email, b.type, b.label, b.interest, b.occurred_at, b.received_at, b.email_account, b.step, b.variant
    )::private.resolved_event
  )
  into held
  from unnest(batch) as b
  left join lead as l on l.campaign_id = b.campaign_id and l.email = b.email;

  return held;
end
$$;

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
      not exists (
        select
        from public.email_events as e
        where e.lead_id = d.lead_id
          and e.type = d.type
          and e.occurred_at >= d.day::timestamp at time zone 'UTC'
          and e.occurred_at < (d.day + 1)::timestamp at time zone 'UTC'
      ) as is_first
    from (
      select b.campaign_id, b.client_id, b.lead_id, b.type, (b.occurred_at at time zone 'UTC')::date as day, count(*) as events
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
    count(distinct b.lead_id) filter (where b.type = 'email_sent' and (b.lead_is_new_to ->> 'email_sent')::boolean),
    count(*) filter (where b.type = 'email_opened'),
    count(distinct b.lead_id) filter (where b.type = 'email_opened' and (b.lead_is_new_to ->> 'email_opened')::boolean),
    count(*) filter (where b.type = 'email_clicked'),
    count(distinct b.lead_id) filter (where b.type = 'email_clicked' and (b.lead_is_new_to ->> 'email_clicked')::boolean),
    count(*) filter (where b.type = 'reply_received'),
    count(distinct b.lead_id) filter (where b.type = 'reply_received' and (b.lead_is_new_to ->> 'reply_received')::boolean),
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

-- Step 5: moves the leads on. Counters add up, times keep the earliest, labels and sender keep the latest by the
-- provider's clock (equal times: the greater text wins, so that the order of arrival never matters).
create function private.advance_leads(batch private.resolved_event[])
returns void
language sql
set search_path = ''
as $$
  update public.synced_leads as l
  set
    sent_count_seen = l.sent_count_seen + d.sent,
    open_count_seen = l.open_count_seen + d.opens,
    click_count_seen = l.click_count_seen + d.clicks,
    reply_count_seen = l.reply_count_seen + d.replies,
    auto_reply_count = l.auto_reply_count + d.auto_replies,
    sent_at = least(l.sent_at, d.sent_at),
    opened_at = least(l.opened_at, d.opened_at),
    clicked_at = least(l.clicked_at, d.clicked_at),
    replied_at = least(l.replied_at, d.replied_at),
    bounced_at = least(l.bounced_at, d.bounced_at),
    unsubscribed_at = least(l.unsubscribed_at, d.unsubscribed_at),
    interest_status = case when labelled.is_newer then d.interest else l.interest_status end,
    interest_label = case when labelled.is_newer then d.interest_label else l.interest_label end,
    interest_changed_at = case when labelled.is_newer then d.interest_at else l.interest_changed_at end,
    sender_account = case when sender.is_newer then d.sender_account else l.sender_account end,
    sender_account_at = case when sender.is_newer then d.sender_account_at else l.sender_account_at end,
    last_event_type = case when latest.is_newer then d.last_event_type else l.last_event_type end,
    last_event_at = case when latest.is_newer then d.last_event_at else l.last_event_at end,
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
      (array_agg(b.interest order by b.occurred_at desc, coalesce(b.label, b.type::text) collate "C" desc)
        filter (where b.interest is not null))[1] as interest,
      (array_agg(coalesce(b.label, b.type::text) order by b.occurred_at desc, coalesce(b.label, b.type::text) collate "C" desc)
        filter (where b.interest is not null))[1] as interest_label,
      max(b.occurred_at) filter (where b.interest is not null) as interest_at,
      (array_agg(b.email_account order by b.occurred_at desc, b.email_account collate "C" desc)
        filter (where b.email_account is not null))[1] as sender_account,
      max(b.occurred_at) filter (where b.email_account is not null) as sender_account_at,
      (array_agg(b.type::text order by b.occurred_at desc, b.type::text collate "C" desc))[1] as last_event_type,
      max(b.occurred_at) as last_event_at
    from unnest(batch) as b
    where b.lead_id is not null
    group by b.lead_id
  ) as d
  join public.synced_leads as before on before.id = d.lead_id
  cross join lateral (
    select d.interest_at is not null
      and (d.interest_at, d.interest_label collate "C")
        > (coalesce(before.interest_changed_at, '-infinity'), coalesce(before.interest_label, '') collate "C") as is_newer
  ) as labelled
  cross join lateral (
    select d.sender_account_at is not null
      and (d.sender_account_at, d.sender_account collate "C")
        > (coalesce(before.sender_account_at, '-infinity'), coalesce(before.sender_account, '') collate "C") as is_newer
  ) as sender
  cross join lateral (
    select (d.last_event_at, d.last_event_type collate "C")
      > (coalesce(before.last_event_at, '-infinity'), coalesce(before.last_event_type, '') collate "C") as is_newer
  ) as latest
  where l.id = d.lead_id
$$;

-- Step 6: who may not be written to again, and what the provider did with a campaign.
create function private.apply_consequences(batch private.resolved_event[])
returns void
language plpgsql
set search_path = ''
as $$
begin
  insert into public.suppressions as s (client_id, email, reason, suppressed_at)
  select distinct on (b.client_id, b.email)
    b.client_id, b.email,
    case b.type
      when 'lead_unsubscribed' then 'unsubscribed'
      when 'email_bounced' then 'bounced'
      else 'spam_report'
    end::public.suppression_reason,
    b.occurred_at
  from unnest(batch) as b
  where b.type in ('lead_unsubscribed', 'email_bounced', 'email_spam_reported')
    and b.client_id is not null
    and b.email is not null
  order by b.client_id, b.email, b.occurred_at
  on conflict (client_id, email) do nothing;

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
end
$$;

-- Projects the given deliveries in one go; the caller has locked them. Locks are taken in one order (campaigns, leads,
-- activity, totals) and within each by key, so that projectors never wait for each other in a circle.
create function private.project_webhook_events(event_ids bigint[])
returns void
language plpgsql
set search_path = ''
as $$
declare
  batch private.resolved_event[];
begin
  perform private.note_campaigns_of_events(event_ids);

  select array_agg(r) into batch from private.resolve_webhook_events(event_ids) as r;

  if batch is not null then
    batch := private.hold_leads(batch);

    perform private.count_events(batch);

    insert into public.email_events
      (id, occurred_at, client_id, campaign_id, lead_id, connection_id, provider, type, label, email, email_account, step, variant, received_at)
    select
      b.id, b.occurred_at, b.client_id, b.campaign_id, b.lead_id, b.connection_id, b.provider, b.type, b.label, b.email,
      b.email_account, b.step, b.variant, b.received_at
    from unnest(batch) as b;

    perform private.advance_leads(batch);
    perform private.apply_consequences(batch);
  end if;

  update private.webhook_events as w
  set
    status = case when b.id is null then 'quarantined' else 'projected' end::public.webhook_event_status,
    reason = case when b.id is null then 'Nobody has said yet which client this campaign belongs to' end,
    processed_at = now()
  from unnest(event_ids) as claimed (id)
  left join unnest(batch) as b on b.id = claimed.id
  where w.id = claimed.id;
end
$$;

comment on function private.project_webhook_events(bigint[]) is
  'Projects locked deliveries: events, leads, counters, suppressions. All of it or, on an error, nothing.';

-- Takes up to batch_size waiting deliveries that no other worker holds and projects them. If the batch fails, each is
-- tried alone, so that one bad row delays nobody: it waits 1, 2, 4, 8 minutes and is a dead letter after the fifth try.
create function public.process_webhook_events(batch_size integer default 500)
returns jsonb
language plpgsql
set search_path = ''
as $$
declare
  claimed bigint[];
  event_id bigint;
  failed integer := 0;
begin
  select array_agg(w.id)
  into claimed
  from (
    select e.id
    from private.webhook_events as e
    where e.status = 'pending' and e.next_attempt_at <= now()
    order by e.next_attempt_at, e.id
    limit batch_size
    for update skip locked
  ) as w;

  if claimed is null then
    return jsonb_build_object('claimed', 0, 'failed', 0);
  end if;

  begin
    perform private.project_webhook_events(claimed);
  exception
    -- A lock conflict says nothing about the rows: the whole call fails and the next one takes them again.
    when deadlock_detected or serialization_failure or lock_not_available or query_canceled then
      raise;
    when others then
      foreach event_id in array claimed loop
        begin
          perform private.project_webhook_events(array[event_id]);
        exception
          when deadlock_detected or serialization_failure or lock_not_available or query_canceled then
            raise;
          when others then
            failed := failed + 1;

            update private.webhook_events as w
            set
              attempts = w.attempts + 1,
              next_attempt_at = now() + interval '1 minute' * power(2, w.attempts),
              status = case when w.attempts + 1 >= 5 then 'dead' else 'pending' end::public.webhook_event_status,
              reason = sqlstate || ': ' || left(sqlerrm, 500)
            where w.id = event_id;
        end;
      end loop;
  end;

  return jsonb_build_object('claimed', cardinality(claimed), 'failed', failed);
end
$$;

comment on function public.process_webhook_events(integer) is
  'Projects up to batch_size waiting deliveries; returns { "claimed": n, "failed": n }. Safe to call from many workers at once. Service role only.';

grant execute on function
  private.event_interest(public.email_event_type, uuid, text),
  private.note_campaigns_of_events(bigint[]),
  private.resolve_webhook_events(bigint[]),
  private.hold_leads(private.resolved_event[]),
  private.count_events(private.resolved_event[]),
  private.advance_leads(private.resolved_event[]),
  private.apply_consequences(private.resolved_event[]),
  private.project_webhook_events(bigint[]),
  public.process_webhook_events(integer)
to service_role;
