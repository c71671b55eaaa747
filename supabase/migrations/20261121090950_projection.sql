-- The projector, second half: turns stored deliveries into email events, leads and suppressions, each exactly once.

-- Step 5: moves the leads on. Counters add up, times keep the earliest, labels and sender keep the latest by the
-- provider's clock (equal times: the greater text wins, so that the order of arrival never matters). A label that nobody
-- explains is shown, and says nothing of the sentiment: that stays with the latest label that does.
create function private.advance_leads(batch private.resolved_event[])
returns void
language plpgsql
set search_path = ''
as $$
begin
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
    contacted_at = least(coalesce(l.contacted_at, case when d.contact_at is not null then l.sent_at end), d.contact_at),
    interest_status_provider = case when judged.is_newer then d.interest else l.interest_status_provider end,
    interest_changed_at_provider = case when judged.is_newer then d.interest_at else l.interest_changed_at_provider end,
    interest_label = case when labelled.is_newer then d.label else l.interest_label end,
    interest_label_at = case when labelled.is_newer then d.label_at else l.interest_label_at end,
    out_of_office_at = greatest(l.out_of_office_at, d.out_of_office_at),
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
  join public.synced_leads as before on before.id = d.lead_id
  cross join lateral (
    select d.interest_at is not null
      and (d.interest_at, d.interest_label collate "C") > (
        coalesce(before.interest_changed_at_provider, '-infinity'),
        case when before.interest_label_at = before.interest_changed_at_provider then coalesce(before.interest_label, '') else '' end collate "C"
      ) as is_newer
  ) as judged
  cross join lateral (
    select d.label_at is not null
      and (d.label_at, d.label collate "C")
        > (coalesce(before.interest_label_at, '-infinity'), coalesce(before.interest_label, '') collate "C") as is_newer
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
  where l.id = d.lead_id;
end
$$;

comment on function private.advance_leads(private.resolved_event[]) is
  'Step 5 of the projector: moves the leads on, whatever the order of arrival.';

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

  -- What list_trouble tells until the campaign is started again.
  update private.provider_campaigns as p
  set bounce_threshold_at = s.occurred_at
  from (
    select b.campaign_id, max(b.occurred_at) as occurred_at
    from unnest(batch) as b
    where b.type = 'bounce_threshold_reached' and b.campaign_id is not null
    group by b.campaign_id
  ) as s
  where p.campaign_id = s.campaign_id and s.occurred_at > coalesce(p.bounce_threshold_at, '-infinity');

  -- A mailbox in trouble shows it before the next sync; the rule is the one of public.record_email_accounts.
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

-- The advisory lock between projectors (shared, any number at once) and a campaign that moves to another client (alone).
create function private.campaign_moves_lock()
returns bigint
language sql
immutable
set search_path = ''
as $$
  select 3260713104
$$;

comment on function private.campaign_moves_lock() is
  'Key of the advisory lock that projectors share and that remap_campaign takes alone.';

-- Projects the given deliveries in one go; the caller has locked them. Locks are taken in one order (campaigns, leads,
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
  inferred bigint[] := array(select w.id from private.webhook_events as w where w.id = any (event_ids) and w.source = 'inferred');
begin
  -- No campaign changes its client between the reading of it and the end of this transaction; see remap_campaign.
  perform pg_advisory_xact_lock_shared(private.campaign_moves_lock());
  perform private.note_campaigns_of_events(event_ids);

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

    -- A reply that is told again is one fact, whatever is said of it this time (20261121131000_corrected_replies.sql); so is
    -- what the sync found by another way and a delivery tells as well (20261121131100_recovered_facts.sql).
    repeated := private.match_retold_replies(batch);
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

-- Projects deliveries that the caller has locked. If the batch fails, each is tried alone, so that one bad row delays
-- nobody: it waits 1, 2, 4, 8 minutes and is a dead letter after the fifth try. What the data itself forbids (SQLSTATE 22…:
-- no date, a number out of range) never gets better and is a dead letter at once. Returns how many failed.
create function private.project_claimed_events(claimed bigint[])
returns integer
language plpgsql
set search_path = ''
as $$
declare
  event_id bigint;
  failed integer := 0;
begin
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
              status = case
                when w.attempts + 1 >= 5 or sqlstate like '22%' then 'dead'
                else 'pending'
              end::public.webhook_event_status,
              reason = sqlstate || ': ' || left(sqlerrm, 500)
            where w.id = event_id;
        end;
      end loop;
  end;

  return failed;
end
$$;

comment on function private.project_claimed_events(bigint[]) is
  'Projects locked deliveries, one by one if together they fail; returns how many failed.';

-- Takes up to batch_size waiting deliveries that no other worker holds and projects them.
create function public.process_webhook_events(batch_size integer default 500)
returns jsonb
language plpgsql
set search_path = ''
as $$
declare
  claimed bigint[];
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

  return jsonb_build_object('claimed', cardinality(claimed), 'failed', private.project_claimed_events(claimed));
end
$$;

comment on function public.process_webhook_events(integer) is
  'Projects up to batch_size waiting deliveries; returns { "claimed": n, "failed": n }. Safe to call from many workers at once. Service role only.';

grant execute on function
  private.advance_leads(private.resolved_event[]),
  private.apply_consequences(private.resolved_event[]),
  private.campaign_moves_lock(),
  private.project_webhook_events(bigint[]),
  private.project_claimed_events(bigint[]),
  public.process_webhook_events(integer)
to service_role;
