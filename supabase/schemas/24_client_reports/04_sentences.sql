-- What the three sentences of a report say, as a code and what its words are filled with; the words are in
-- _shared/client-reports/words. Nothing is called better or worse that chance could have done.

create function private.report_sentence(code text, tone text, filled_with jsonb)
returns jsonb
language sql
immutable
set search_path = ''
as $$
  select jsonb_build_object('code', code, 'tone', tone, 'values', filled_with)
$$;

comment on function private.report_sentence(text, text, jsonb) is 'A sentence of a report before it has words.';

grant execute on function private.report_sentence(text, text, jsonb) to service_role;

-- Better or worse: positive replies first, all replies where those are too few to say.
create function private.report_trend(this public.range_stats, before public.range_stats)
returns jsonb
language sql
immutable
set search_path = ''
as $$
  select case
    when this.sent = 0 and this.contacted = 0
      then private.report_sentence('nothing_sent', case when before.sent > 0 then 'bad' else 'neutral' end, v.numbers)
    when before.sent = 0 and before.contacted = 0 then private.report_sentence('first', 'neutral', v.numbers)
    when t.positive = 'good' or (t.replied = 'good' and t.positive is distinct from 'bad')
      then private.report_sentence('better', 'good', v.numbers || jsonb_build_object('about', case when t.positive = 'good' then 'positive' else 'replied' end))
    when 'bad' in (t.positive, t.replied)
      then private.report_sentence('worse', 'bad', v.numbers || jsonb_build_object('about', case when t.positive = 'bad' then 'positive' else 'replied' end))
    when this.contacted < before.contacted * 0.7 and before.contacted >= private.minimum_sample()
      then private.report_sentence('fewer_contacted', 'bad', v.numbers)
    when t.positive is null and t.replied is null then private.report_sentence('too_few', 'neutral', v.numbers)
    else private.report_sentence('same', 'neutral', v.numbers || jsonb_build_object('about', case when t.positive is null then 'replied' else 'positive' end))
  end
  from (
    select
      private.report_tone(this.positive, this.contacted, before.positive, before.contacted, true) as positive,
      private.report_tone(this.replied, this.contacted, before.replied, before.contacted, true) as replied
  ) as t
  cross join (
    select jsonb_build_object(
      'contacted', this.contacted, 'contacted_before', before.contacted, 'replied', this.replied, 'replied_before', before.replied,
      'positive', this.positive, 'positive_before', before.positive
    ) as numbers
  ) as v
$$;

comment on function private.report_trend(public.range_stats, public.range_stats) is
  'The first sentence of a report: nothing_sent, first, better, worse (each about positive or replied), fewer_contacted (by 30 %), too_few or same.';

grant execute on function private.report_trend(public.range_stats, public.range_stats) to service_role;

-- Conversations in which a person has waited for more than a day, apart for leads who are positive.
create function private.report_waiting(target_client_id uuid)
returns table (positive bigint, positive_since timestamptz, others bigint, others_since timestamptz)
language sql
stable
set search_path = ''
as $$
  select
    count(*) filter (where w.is_positive), min(w.waiting_since) filter (where w.is_positive),
    count(*) filter (where not w.is_positive), min(w.waiting_since) filter (where not w.is_positive)
  from (
    select t.waiting_since, coalesce(l.interest_status = 'positive', false) as is_positive
    from private.threads as t
    join public.synced_leads as l on l.id = t.lead_id
    join public.messages as m on m.id = t.last_reply_id
    where t.client_id = target_client_id
      and t.waiting_since < now() - interval '1 day'
      and coalesce(t.snoozed_until <= now(), true)
      -- Who declined waits for nothing.
      and coalesce(m.reply_class not in ('not_interested', 'unsubscribe', 'bounce'), l.interest_status is distinct from 'negative')
  ) as w
$$;

comment on function private.report_waiting(uuid) is
  'Conversations of a client in which somebody has waited for an answer for more than a day, with the oldest.';

grant execute on function private.report_waiting(uuid) to service_role;

-- Campaigns that send now, and how far their leads reach: people not contacted yet, and the days they last at the pace of the
-- period. lasts null = nothing was contacted in the period, so there is no pace.
create function private.report_campaigns(target_client_id uuid, from_day date, to_day date)
returns table (name text, leads bigint, remaining bigint, lasts integer)
language sql
stable
set search_path = ''
as $$
  with pace as (
    select d.campaign_id, sum(d.contacted) as contacted
    from private.campaign_days(report_campaigns.from_day, report_campaigns.to_day, target_client_id, null) as d
    group by d.campaign_id
  )
  select
    k.name, k.leads, greatest(k.leads - k.contacted, 0),
    case when p.contacted > 0 then
      ceil(greatest(k.leads - k.contacted, 0) * (report_campaigns.to_day - report_campaigns.from_day + 1) / p.contacted)::integer
    end
  from public.client_campaigns as k
  left join pace as p on p.campaign_id = k.campaign_id
  where k.client_id = target_client_id and k.provider_status in ('active', 'running_subsequences') and k.connection_stopped is null
$$;

comment on function private.report_campaigns(uuid, date, date) is
  'Active campaigns of a client: people left to contact, and the days they last at the pace of these days.';

grant execute on function private.report_campaigns(uuid, date, date) to service_role;

-- What needs attention: the most pressing one alone.
create function private.report_attention(target_client_id uuid, this public.range_stats, goals jsonb, zone text)
returns jsonb
language sql
stable
set search_path = ''
as $$
  select coalesce(
    (
      select c.sentence
      from (
        select 1 as place, private.report_sentence(
          'positive_waiting', 'bad', jsonb_build_object('count', w.positive, 'since', private.day_in(w.positive_since, zone))
        ) as sentence
        from private.report_waiting(target_client_id) as w
        where w.positive > 0
        union all
        select 2, private.report_sentence('mailbox_disconnected', 'bad', jsonb_build_object('count', count(*)))
        from public.email_accounts as a
        join public.provider_connections as p on p.id = a.connection_id
        where a.client_id = target_client_id and a.status in ('error', 'suspended') and p.removed_at is null
        having count(*) > 0
        union all
        select 3, private.report_sentence('bounces_high', 'bad', jsonb_build_object('rate', this.bounce_rate, 'bounced', this.bounced, 'sent', this.sent))
        where this.sent >= private.minimum_sample() and this.bounce_rate > 0.05
        union all
        select 4, private.report_sentence('not_sending', 'bad', '{}')
        where this.sent = 0
          and exists (select from private.report_campaigns(target_client_id, this.from_day, this.to_day) as k where k.remaining > 0)
        union all
        select 5, behind.sentence
        from (
          select private.report_sentence('behind_goal', 'bad', jsonb_build_object(
            'metric', g.metric, 'goal', g.goal, 'reached', g.reached, 'pace', g.pace, 'month', g.month,
            'over', ((g.month + interval '1 month - 1 day')::date <= this.to_day)::integer
          )) as sentence
          from jsonb_to_recordset(goals) as g (metric text, month date, goal bigint, reached bigint, pace bigint, behind boolean)
          where g.behind and g.pace is not null
          order by g.pace::numeric / g.goal
          limit 1
        ) as behind
        union all
        select 6, private.report_sentence(
          'replies_waiting', 'bad', jsonb_build_object('count', w.others, 'since', private.day_in(w.others_since, zone))
        )
        from private.report_waiting(target_client_id) as w
        where w.others > 0
      ) as c
      order by c.place
      limit 1
    ),
    private.report_sentence('all_well', 'good', '{}')
  )
$$;

comment on function private.report_attention(uuid, public.range_stats, jsonb, text) is
  'The second sentence of a report: positive replies that wait, disconnected mailboxes, bounces above 5 %, campaigns that do not send, a goal that will be missed, other replies that wait; else all_well.';

grant execute on function private.report_attention(uuid, public.range_stats, jsonb, text) to service_role;

-- What comes next: leads that run out first, for that is what the reader can change.
create function private.report_next(target_client_id uuid, from_day date, to_day date, today date)
returns jsonb
language sql
stable
set search_path = ''
as $$
  with running as materialized (
    select r.* from private.report_campaigns(target_client_id, report_next.from_day, report_next.to_day) as r
  ),
  starting as materialized (
    select c.name, c.start_on
    from public.campaigns as c
    where c.client_id = target_client_id and c.start_on > report_next.today and c.start_on <= report_next.today + 14
      and coalesce(c.provider_status not in ('completed', 'deleted', 'moved'), true)
    order by c.start_on, c.id
    limit 1
  )
  select coalesce(
    (
      select case
        when r.remaining = 0 then private.report_sentence('all_contacted', 'bad', jsonb_build_object('campaign', r.name))
        else private.report_sentence('leads_run_out', 'bad', jsonb_build_object('campaign', r.name, 'left', r.remaining, 'days', r.lasts))
      end
      from running as r
      where r.leads > 0 and (r.lasts <= 7 or r.remaining = 0)
        -- Where another campaign still has people for weeks, the end of one is no news.
        and not exists (select from running as o where o.lasts > 14)
      order by r.remaining desc, r.name
      limit 1
    ),
    (select private.report_sentence('campaign_starts', 'good', jsonb_build_object('campaign', s.name, 'day', s.start_on)) from starting as s),
    (
      select private.report_sentence(
        'continues', 'neutral',
        jsonb_build_object('left', sum(r.remaining), 'campaigns', count(*), 'days', case when bool_and(r.lasts is not null) then max(r.lasts) end)
      )
      from running as r
      having count(*) > 0
    ),
    private.report_sentence('no_campaign', 'bad', '{}')
  )
$$;

comment on function private.report_next(uuid, date, date, date) is
  'The third sentence of a report: leads_run_out (within seven days) or all_contacted, campaign_starts (within two weeks), continues, or no_campaign.';

grant execute on function private.report_next(uuid, date, date, date) to service_role;
