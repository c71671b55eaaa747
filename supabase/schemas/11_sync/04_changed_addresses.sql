-- Leads that the provider changes: another address under the same id, another id under the same address, two made one. The row
-- of ours follows, and what happened to it stays with it.

-- Leads whose address another lead took, while the provider had not reported yet what became of them. The end of a whole walk
-- tells: met again = it has an address of its own; not met = the two were merged.
create table private.displaced_leads (
  lead_id uuid primary key references public.synced_leads (id) on delete cascade,
  campaign_id uuid not null references public.campaigns (id) on delete cascade,
  by_lead_id uuid not null references public.synced_leads (id) on delete cascade
);

comment on table private.displaced_leads is
  'Leads whose address went to another lead in the middle of a walk; emptied at its end. by_lead_id = who has the address now.';

create index displaced_leads_campaign_idx on private.displaced_leads (campaign_id);
create index displaced_leads_by_lead_idx on private.displaced_leads (by_lead_id);

alter table private.displaced_leads enable row level security;

grant select, insert, update, delete on private.displaced_leads to service_role;

create policy "Only the functions read displaced leads"
on private.displaced_leads for all to service_role using (true) with check (true);

-- The same for the days of a client that does not live in UTC: one fewer on each day on which both are in, and of two first
-- times the later one goes.
create function private.shift_merged_days(kept_id uuid, merged public.synced_leads)
returns void
language plpgsql
set search_path = ''
as $$
begin
  perform private.add_day_shifts(array_agg(row(merged.campaign_id, merged.client_id, m.day, m.kind, m.change)::private.day_shift))
  from (
    select s.day, private.shifted_people(e.type) as kind, -s.change as change
    from private.day_cuts as z
    join public.email_events as e on e.lead_id in (kept_id, merged.id) and e.occurred_at < z.counted_before
    cross join lateral (
      values ((e.occurred_at at time zone z.zone)::date, 1), ((e.occurred_at at time zone 'UTC')::date, -1)
    ) as s (day, change)
    where z.campaign_id = merged.campaign_id and z.zone <> 'UTC' and private.shifted_people(e.type) is not null
    group by s.day, e.type, s.change
    having count(distinct e.lead_id) = 2
    union all
    select s.day, t.kind, -s.change
    from private.day_cuts as z
    join public.synced_leads as k on k.id = kept_id
    cross join lateral (
      values
        ('first_contacted', k.contacted_at is not null and merged.contacted_at is not null, k.contacted_at, merged.contacted_at),
        ('first_opened', k.open_count_observed > 0 and merged.open_count_observed > 0, k.opened_at, merged.opened_at),
        ('first_clicked', k.click_count_observed > 0 and merged.click_count_observed > 0, k.clicked_at, merged.clicked_at),
        ('first_replied', k.reply_count_observed > 0 and merged.reply_count_observed > 0, k.replied_at, merged.replied_at)
    ) as t (kind, is_twice, kept_at, merged_at)
    cross join lateral (
      values
        ((greatest(t.kept_at, t.merged_at) at time zone z.zone)::date, 1),
        ((greatest(t.kept_at, t.merged_at) at time zone 'UTC')::date, -1)
    ) as s (day, change)
    where z.campaign_id = merged.campaign_id and z.zone <> 'UTC' and t.is_twice
  ) as m
  having count(*) > 0;
end
$$;

comment on function private.shift_merged_days(uuid, public.synced_leads) is
  'What two leads that are one change about the days of a client outside of UTC.';

grant execute on function private.shift_merged_days(uuid, public.synced_leads) to service_role;

-- Two rows that are one person: everything that happened to the second is the first's. A lead counted twice is counted
-- once. The caller holds projectors off.
create function private.merge_leads(kept_id uuid, merged_id uuid)
returns void
language plpgsql
set search_path = ''
as $$
declare
  merged public.synced_leads;
begin
  select l.* into merged from public.synced_leads as l where l.id = merged_id for update;
  perform from public.synced_leads as l where l.id = kept_id for update;

  -- People per day, per step and over the whole life: one fewer wherever both are in.
  update public.campaign_activity as a
  set
    contacted = a.contacted - d.contacted, opened = a.opened - d.opened, clicked = a.clicked - d.clicked, replied = a.replied - d.replied
  from (
    select
      b.day,
      count(*) filter (where b.type = 'email_sent') as contacted, count(*) filter (where b.type = 'email_opened') as opened,
      count(*) filter (where b.type = 'email_clicked') as clicked, count(*) filter (where b.type = 'reply_received') as replied
    from (
      select e.type, (e.occurred_at at time zone 'UTC')::date as day
      from public.email_events as e
      where e.lead_id in (kept_id, merged_id)
      group by e.type, (e.occurred_at at time zone 'UTC')::date
      having count(distinct e.lead_id) = 2
    ) as b
    group by b.day
  ) as d
  where a.campaign_id = merged.campaign_id and a.day = d.day;

  update public.campaign_step_activity as a
  set opened = a.opened - d.opened, clicked = a.clicked - d.clicked, replied = a.replied - d.replied
  from (
    select
      b.step, b.variant,
      count(*) filter (where b.type = 'email_opened') as opened,
      count(*) filter (where b.type = 'email_clicked') as clicked, count(*) filter (where b.type = 'reply_received') as replied
    from (
      select e.type, e.step, coalesce(e.variant, 1) as variant
      from public.email_events as e
      where e.lead_id in (kept_id, merged_id) and e.step >= 1
      group by e.type, e.step, coalesce(e.variant, 1)
      having count(distinct e.lead_id) = 2
    ) as b
    group by b.step, b.variant
  ) as d
  where a.campaign_id = merged.campaign_id and a.step = d.step and a.variant = d.variant;

  -- Of two first times the earlier one stays; both are there only where we saw both.
  with twice as (
    select t.kind, (greatest(t.kept_at, t.merged_at) at time zone 'UTC')::date as later_day
    from public.synced_leads as k
    cross join lateral (
      values
        ('contacted', k.contacted_at is not null and merged.contacted_at is not null, k.contacted_at, merged.contacted_at),
        ('opened', k.open_count_observed > 0 and merged.open_count_observed > 0, k.opened_at, merged.opened_at),
        ('clicked', k.click_count_observed > 0 and merged.click_count_observed > 0, k.clicked_at, merged.clicked_at),
        ('replied', k.reply_count_observed > 0 and merged.reply_count_observed > 0, k.replied_at, merged.replied_at)
    ) as t (kind, is_twice, kept_at, merged_at)
    where k.id = kept_id and t.is_twice
  ),
  first_times as (
    update public.campaign_first_times as f
    set
      contacted = f.contacted - d.contacted, opened = f.opened - d.opened, clicked = f.clicked - d.clicked, replied = f.replied - d.replied
    from (
      select
        t.later_day, count(*) filter (where t.kind = 'contacted') as contacted, count(*) filter (where t.kind = 'opened') as opened,
        count(*) filter (where t.kind = 'clicked') as clicked, count(*) filter (where t.kind = 'replied') as replied
      from twice as t
      group by t.later_day
    ) as d
    where f.campaign_id = merged.campaign_id and f.day = d.later_day
  )
  update public.campaign_activity_totals as a
  set
    contacted = a.contacted - d.contacted, opened = a.opened - d.opened, clicked = a.clicked - d.clicked, replied = a.replied - d.replied
  from (
    select
      count(*) filter (where t.kind = 'contacted') as contacted, count(*) filter (where t.kind = 'opened') as opened,
      count(*) filter (where t.kind = 'clicked') as clicked, count(*) filter (where t.kind = 'replied') as replied
    from twice as t
  ) as d
  where a.campaign_id = merged.campaign_id;

  perform private.shift_merged_days(kept_id, merged);

  update public.email_events as e set lead_id = kept_id where e.lead_id = merged_id;
  update public.messages as m set lead_id = kept_id where m.lead_id = merged_id;
  update public.meetings as t set lead_id = kept_id where t.lead_id = merged_id;
  update public.meeting_changes as h set lead_id = kept_id where h.lead_id = merged_id;
  update private.recovered_facts as f set lead_id = kept_id where f.lead_id = merged_id;
  update private.automatic_replies as a set lead_id = kept_id where a.lead_id = merged_id;
  update private.overruled_replies as o set lead_id = kept_id where o.lead_id = merged_id;
  update private.unread_categories as u set lead_id = kept_id where u.lead_id = merged_id;
  update private.verdict_pushes as n set lead_id = kept_id
  where n.lead_id = merged_id and not exists (select from private.verdict_pushes as o where o.lead_id = kept_id);

  update public.synced_leads as l
  set
    business_id = coalesce(l.business_id, merged.business_id),
    first_name = coalesce(l.first_name, merged.first_name),
    last_name = coalesce(l.last_name, merged.last_name),
    company_name = coalesce(l.company_name, merged.company_name),
    job_title = coalesce(l.job_title, merged.job_title),
    industry = coalesce(l.industry, merged.industry),
    company_size = coalesce(l.company_size, merged.company_size),
    website = coalesce(l.website, merged.website),
    phone = coalesce(l.phone, merged.phone),
    payload = coalesce(merged.payload, '{}') || coalesce(l.payload, '{}'),
    sent_count_observed = l.sent_count_observed + merged.sent_count_observed,
    open_count_observed = l.open_count_observed + merged.open_count_observed,
    click_count_observed = l.click_count_observed + merged.click_count_observed,
    reply_count_observed = l.reply_count_observed + merged.reply_count_observed,
    auto_reply_count = l.auto_reply_count + merged.auto_reply_count,
    reply_count_overruled = l.reply_count_overruled + merged.reply_count_overruled,
    sent_at = least(l.sent_at, merged.sent_at),
    contacted_at = least(l.contacted_at, merged.contacted_at),
    opened_at = least(l.opened_at, merged.opened_at),
    clicked_at = least(l.clicked_at, merged.clicked_at),
    replied_at = least(l.replied_at, merged.replied_at),
    bounced_at = least(l.bounced_at, merged.bounced_at),
    bounce_class = coalesce(l.bounce_class, merged.bounce_class),
    out_of_office_at = greatest(l.out_of_office_at, merged.out_of_office_at),
    interest_label_at = greatest(l.interest_label_at, merged.interest_label_at),
    unsubscribed_at = least(l.unsubscribed_at, merged.unsubscribed_at),
    interest_status_reported = case when label.is_later then merged.interest_status_reported else l.interest_status_reported end,
    interest_label = case when label.is_later then merged.interest_label else l.interest_label end,
    interest_changed_at_reported = greatest(l.interest_changed_at_reported, merged.interest_changed_at_reported),
    interest_status_judged = case when verdict.is_later then merged.interest_status_judged else l.interest_status_judged end,
    interest_judged_at = greatest(l.interest_judged_at, merged.interest_judged_at),
    last_event_type = case when latest.is_later then merged.last_event_type else l.last_event_type end,
    last_event_at = greatest(l.last_event_at, merged.last_event_at),
    updated_at = now()
  from (
    select k.id,
      coalesce(merged.interest_changed_at_reported > coalesce(k.interest_changed_at_reported, '-infinity'), false) as is_later
    from public.synced_leads as k where k.id = kept_id
  ) as label
  join (
    select k.id, coalesce(merged.interest_judged_at > coalesce(k.interest_judged_at, '-infinity'), false) as is_later
    from public.synced_leads as k where k.id = kept_id
  ) as verdict using (id)
  join (
    select k.id, coalesce(merged.last_event_at > coalesce(k.last_event_at, '-infinity'), false) as is_later
    from public.synced_leads as k where k.id = kept_id
  ) as latest using (id)
  where l.id = kept_id;

  delete from public.synced_leads as l where l.id = merged_id;

  if exists (select from private.overruled_replies as o where o.lead_id = kept_id) then
    perform private.recount_overruled(array[merged.campaign_id]);
  end if;
end
$$;

comment on function private.merge_leads(uuid, uuid) is
  'Makes two leads of one campaign one: events, messages, verdicts and counters of the second become the first''s.';

grant execute on function private.merge_leads(uuid, uuid) to service_role;

-- One page of leads in which each address and each id occurs once, after the rows of ours have taken the addresses that these
-- leads have now. Mostly nothing has changed; then this is one look by id.
create function private.follow_leads(target_campaign_id uuid, leads jsonb)
returns jsonb
language plpgsql
set search_path = ''
as $$
declare
  page jsonb;
  changed record;
  ours public.synced_leads;
  theirs public.synced_leads;
begin
  page := leads;

  -- The newest reading of an address, then of an id, counts. Mostly each is there once, and making the page again takes a quarter of its time.
  if exists (
    select
    from jsonb_to_recordset(leads) as n (provider_lead_id text, email text)
    having count(*) <> count(distinct n.email) or count(n.provider_lead_id) <> count(distinct n.provider_lead_id)
  ) then
    select coalesce(jsonb_agg(i.value order by i.position), '[]') into page
    from (
      select distinct on (coalesce(a.value ->> 'provider_lead_id', a.position::text)) a.value, a.position
      from (
        select distinct on (n.value ->> 'email') n.value, n.position
        from jsonb_array_elements(leads) with ordinality as n (value, position)
        where n.value ->> 'email' is not null
        order by n.value ->> 'email', (n.value ->> 'updated_at')::timestamptz desc nulls last, n.position
      ) as a
      order by
        coalesce(a.value ->> 'provider_lead_id', a.position::text), (a.value ->> 'updated_at')::timestamptz desc nulls last, a.position
    ) as i;
  end if;

  for changed in
    select l.id, n.email
    from jsonb_to_recordset(page) as n (provider_lead_id text, email text)
    -- A look by id for each: without statistics, as on a first day, each page read all leads of the campaign.
    cross join lateral (
      select k.id, k.email
      from public.synced_leads as k
      where k.campaign_id = target_campaign_id and k.provider_lead_id = n.provider_lead_id
      offset 0
    ) as l
    where l.email <> n.email
    order by n.email
  loop
    -- Projectors find leads by address; none does so while addresses change hands.
    perform pg_advisory_xact_lock(private.campaign_moves_lock());

    select l.* into ours from public.synced_leads as l where l.id = changed.id for update;
    continue when ours.id is null or ours.email = changed.email;

    select l.* into theirs
    from public.synced_leads as l
    where l.campaign_id = target_campaign_id and l.email = changed.email
    for update;

    if theirs.id is not null and (theirs.provider_lead_id is null or theirs.removed_at is not null) then
      -- A delivery reported the new address before this list did.
      perform private.merge_leads(ours.id, theirs.id);
    elsif theirs.id is not null then
      update public.synced_leads as l set email = theirs.id || '@moving.invalid' where l.id = theirs.id;

      insert into private.displaced_leads as d (lead_id, campaign_id, by_lead_id)
      values (theirs.id, target_campaign_id, ours.id)
      on conflict (lead_id) do update set by_lead_id = excluded.by_lead_id;
    end if;

    update public.synced_leads as l set email = changed.email, updated_at = now() where l.id = ours.id;
    update public.synced_leads as l set email = ours.email where l.id = theirs.id and l.email like '%@moving.invalid';
  end loop;

  return page;
end
$$;

comment on function private.follow_leads(uuid, jsonb) is
  'Gives leads whose address changed at the provider the new one, joins a row that had it before, and answers the page with each address and id once.';

grant execute on function private.follow_leads(uuid, jsonb) to service_role;

-- The end of a whole walk: a lead that lost its address and was not met any more was merged into the one that has it.
create function private.settle_displaced_leads(target_campaign_id uuid)
returns void
language plpgsql
set search_path = ''
as $$
declare
  displaced record;
begin
  for displaced in
    delete from private.displaced_leads as d
    where d.campaign_id = target_campaign_id
    returning d.lead_id, d.by_lead_id
  loop
    continue when not exists (
      select from public.synced_leads as l where l.id = displaced.lead_id and l.removed_at is not null
    );

    perform pg_advisory_xact_lock(private.campaign_moves_lock());
    perform private.merge_leads(displaced.by_lead_id, displaced.lead_id);
  end loop;
end
$$;

comment on function private.settle_displaced_leads(uuid) is
  'At the end of a whole walk: merges leads that lost their address and were not met again into those that have it now.';

grant execute on function private.settle_displaced_leads(uuid) to service_role;
