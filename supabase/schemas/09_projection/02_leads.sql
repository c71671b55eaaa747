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
