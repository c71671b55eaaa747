-- The whole of it, in steps of seconds.

-- All of a few campaigns, in the order in which a projector holds the same rows.
create function private.correct_campaigns(campaign_ids uuid[], archived jsonb default '{}')
returns jsonb
language plpgsql
set search_path = ''
as $$
declare
  corrected jsonb;
begin
  corrected := jsonb_build_object('synced_leads', private.correct_leads(campaign_ids, archived));
  corrected := corrected || jsonb_build_object('campaign_activity', private.correct_days(campaign_ids, archived));
  corrected := corrected || jsonb_build_object('campaign_activity_totals', private.correct_totals(campaign_ids, archived));
  corrected := corrected || jsonb_build_object('campaign_first_times', private.correct_first_times(campaign_ids));
  corrected := corrected || jsonb_build_object('campaign_step_activity', private.correct_steps(campaign_ids, archived));
  corrected := corrected || jsonb_build_object('day_shifts', private.correct_shifts(campaign_ids, archived));

  -- Written over and not added to, as after a merge of leads; only where there is anything of the kind.
  perform private.recount_overruled(array_agg(k.id))
  from unnest(campaign_ids) as k (id)
  where exists (select from public.campaign_activity as a where a.campaign_id = k.id and a.replied_overruled <> 0)
    or exists (select from public.campaign_activity_totals as a where a.campaign_id = k.id and a.replied_overruled <> 0)
    or exists (select from public.campaign_step_activity as a where a.campaign_id = k.id and a.replied_overruled <> 0)
    or exists (
      select
      from private.overruled_replies as o
      join public.synced_leads as l on l.id = o.lead_id
      where l.campaign_id = k.id
    )
  having count(*) > 0;

  if exists (select from jsonb_each_text(corrected) as c where c.value <> '0') then
    perform private.note_changed_stats(array(select k.client_id from public.campaigns as k where k.id = any (campaign_ids)));
  end if;

  return corrected;
end
$$;

comment on function private.correct_campaigns(uuid[], jsonb) is
  'Counts everything of these campaigns that is added up from events again; returns per table how many rows were wrong.';

grant execute on function private.correct_campaigns(uuid[], jsonb) to service_role;

-- The next campaigns of a share of all, as many as have most_events together, at least one. An index answers how many events each has.
create function private.next_campaigns(share integer, shares integer, after uuid, most_events integer)
returns table (campaign_ids uuid[], events bigint)
language plpgsql
stable
set search_path = ''
as $$
declare
  most_campaigns constant integer := 50;
  campaign record;
begin
  campaign_ids := '{}';
  events := 0;

  for campaign in
    select k.id, n.events
    from public.campaigns as k
    cross join lateral (select count(*) as events from public.email_events as e where e.campaign_id = k.id) as n
    where (after is null or k.id > after) and abs(hashtext(k.id::text)) % shares = share
      -- Of these the events are not all here.
      and not exists (select from private.closed_campaigns as d where d.campaign_id = k.id)
    order by k.id
    limit most_campaigns
  loop
    exit when events > 0 and events + campaign.events > most_events;
    campaign_ids := campaign_ids || campaign.id;
    events := events + campaign.events;
  end loop;

  return next;
end
$$;

comment on function private.next_campaigns(integer, integer, uuid, integer) is
  'The campaigns of a share (from 0) after one, up to that many events, and how many they have.';

grant execute on function private.next_campaigns(integer, integer, uuid, integer) to service_role;

-- One step. Shares can be worked on at the same time; two rebuilds of one share take turns, because a difference that both have read
-- would be added twice. Campaigns keep their client, leads and zone meanwhile: who changes those waits, as for a projector.
--
-- at:       null at first, then what the last call returned as "next"; null again = the share is done
-- returns:  { "next": object|null, "campaigns": n, "events": n, "corrected": { table: rows } }
create function worker.rebuild_rollups(
  at jsonb, share integer default 0, shares integer default 1, most_events integer default 100000, only_compare boolean default false
)
returns jsonb
language plpgsql
set search_path = ''
as $$
declare
  campaign_ids uuid[];
  events bigint;
  day date;
  until date;
  corrected jsonb;
begin
  perform pg_advisory_xact_lock(hashtextextended(format('replyloop rebuild %s of %s', share, shares), 0));
  perform pg_advisory_xact_lock_shared(private.campaign_moves_lock());

  begin
    if rebuild_rollups.at ->> 'day' is null then
      select n.campaign_ids, n.events into campaign_ids, events
      from private.next_campaigns(share, shares, (rebuild_rollups.at ->> 'campaign')::uuid, most_events) as n;

      corrected := private.correct_campaigns(campaign_ids);
      rebuild_rollups.at := case
        when campaign_ids = '{}' then private.next_mailbox_days(share, shares, null, most_events)
        else jsonb_build_object('campaign', campaign_ids[cardinality(campaign_ids)])
      end;
    else
      campaign_ids := '{}';
      events := 0;
      day := (rebuild_rollups.at ->> 'day')::date;
      until := (rebuild_rollups.at ->> 'until')::date;
      corrected := jsonb_build_object('email_account_days', private.correct_mailboxes(day, until));
      rebuild_rollups.at := private.next_mailbox_days(share, shares, until, most_events);
    end if;

    if only_compare then
      raise exception using errcode = 'PT499';
    end if;
  exception
    -- What was corrected is undone; how much it was stays.
    when sqlstate 'PT499' then
      null;
  end;

  return jsonb_build_object(
    'next', rebuild_rollups.at, 'campaigns', cardinality(campaign_ids), 'events', events, 'corrected', corrected
  );
end
$$;

comment on function worker.rebuild_rollups(jsonb, integer, integer, integer, boolean) is
  'One step of counting everything again that is added up from events; called again with at = next until that is null. Service role only. Shapes: see the comment above its definition.';

grant execute on function worker.rebuild_rollups(jsonb, integer, integer, integer, boolean) to service_role;
