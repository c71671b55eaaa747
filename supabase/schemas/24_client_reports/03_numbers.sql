-- The numbers of a report: those of stats_between and campaigns_between, so a client reads the same in its report and on its page.

-- Whether a share became better, if it is no chance: the test that compares the variants of a step, and its minimum sample.
create function private.report_tone(part bigint, whole bigint, part_before bigint, whole_before bigint, more_is_better boolean)
returns text
language sql
immutable
set search_path = ''
as $$
  select case
    when least(whole, whole_before) < private.minimum_sample() then null
    when least(whole, whole_before) * (c.part + c.part_before) < private.minimum_expected_replies() * (whole + whole_before) then null
    when coalesce(private.two_proportion_p_value(c.part, whole, c.part_before, whole_before), 1) >= 0.05 then 'neutral'
    when (c.part::numeric / whole > c.part_before::numeric / whole_before) = more_is_better then 'good'
    else 'bad'
  end
  from (select least(part, whole) as part, least(part_before, whole_before) as part_before) as c
$$;

comment on function private.report_tone(bigint, bigint, bigint, bigint, boolean) is
  'good or bad where two shares differ by more than chance (p < 0.05), neutral where not, null where there are too few to say.';

grant execute on function private.report_tone(bigint, bigint, bigint, bigint, boolean) to service_role;

create function private.report_number(metric text, value numeric, before numeric, tone text, enough_signal boolean)
returns jsonb
language sql
immutable
set search_path = ''
as $$
  select jsonb_build_object(
    'metric', metric, 'value', value, 'before', before,
    'change', case when metric like '%\_rate' then value - before when before > 0 then round((value - before) / before, 4) end,
    'tone', tone, 'enough_signal', enough_signal
  )
$$;

comment on function private.report_number(text, numeric, numeric, text, boolean) is
  'One number of a report: change is of a count its share of the number before, of a rate the difference.';

grant execute on function private.report_number(text, numeric, numeric, text, boolean) to service_role;

create function private.report_numbers(this public.range_stats, before public.range_stats)
returns jsonb
language sql
immutable
set search_path = ''
as $$
  select jsonb_build_array(
    private.report_number('contacted', this.contacted, before.contacted, null, true),
    private.report_number('replied', this.replied, before.replied, t.replied, true),
    private.report_number('reply_rate', this.reply_rate, before.reply_rate, t.replied, this.enough_signal),
    private.report_number('positive', this.positive, before.positive, t.positive, true),
    private.report_number('positive_rate', this.positive_rate, before.positive_rate, t.positive, this.enough_signal),
    private.report_number('meetings', this.meetings, before.meetings, t.meetings, true),
    private.report_number('sent', this.sent, before.sent, null, true),
    private.report_number('bounce_rate', this.bounce_rate, before.bounce_rate, t.bounced, this.sent >= private.minimum_sample())
  )
  from (
    select
      private.report_tone(this.replied, this.contacted, before.replied, before.contacted, true) as replied,
      private.report_tone(this.positive, this.contacted, before.positive, before.contacted, true) as positive,
      private.report_tone(this.meetings, this.contacted, before.meetings, before.contacted, true) as meetings,
      private.report_tone(this.bounced, this.sent, before.bounced, before.sent, false) as bounced
  ) as t
$$;

comment on function private.report_numbers(public.range_stats, public.range_stats) is
  'Two rows of stats_between as the numbers of a report.';

grant execute on function private.report_numbers(public.range_stats, public.range_stats) to service_role;

create function private.report_days(target_client_id uuid, from_day date, to_day date)
returns jsonb
language sql
stable
set search_path = ''
as $$
  select coalesce(jsonb_agg(
    jsonb_build_object('day', d.day, 'contacted', d.contacted, 'replied', d.replied, 'positive', d.positive) order by d.day
  ), '[]')
  from public.daily_stats_between(report_days.from_day, report_days.to_day, target_client_id) as d
$$;

comment on function private.report_days(uuid, date, date) is 'The days of a report: daily_stats_between of the client.';

grant execute on function private.report_days(uuid, date, date) to service_role;

-- The largest first, the best one marked.
create function private.report_campaign_numbers(target_client_id uuid, from_day date, to_day date)
returns jsonb
language sql
stable
set search_path = ''
as $$
  select coalesce(jsonb_agg(jsonb_build_object(
    'name', b.name, 'contacted', b.contacted, 'replied', b.replied, 'positive', b.positive, 'positive_rate', b.positive_rate,
    'enough_signal', b.enough_signal, 'is_best', b.is_best
  ) order by b.contacted desc, b.replied desc, b.name, b.campaign_id), '[]')
  from public.campaigns_between(report_campaign_numbers.from_day, report_campaign_numbers.to_day, target_client_id) as b
  where b.contacted > 0 or b.replied > 0 or b.positive > 0 or b.is_best
$$;

comment on function private.report_campaign_numbers(uuid, date, date) is
  'Campaigns of a client of which something happened in the period, the largest first; is_best = the one with the best positive rate, which none is without enough signal and a positive reply.';

grant execute on function private.report_campaign_numbers(uuid, date, date) to service_role;

-- Of campaigns that sent in the period; a step's numbers are of its whole life, because no source has its replies by day.
create function private.report_best_step(target_client_id uuid, from_day date, to_day date)
returns jsonb
language sql
stable
set search_path = ''
as $$
  select jsonb_build_object(
    'campaign_name', s.campaign_name, 'step', s.step, 'variant', case when s.variants > 1 then s.variant_letter end, 'sent', s.sent,
    'replied', s.replied, 'reply_rate', s.reply_rate
  )
  from (
    select c.*, count(*) over (partition by c.campaign_id, c.step) as variants
    from public.campaign_steps as c
    where c.client_id = target_client_id
      and exists (
        select
        from private.campaign_daily_numbers as d
        where d.client_id = target_client_id and d.campaign_id = c.campaign_id and d.day between report_best_step.from_day and report_best_step.to_day and d.sent > 0
      )
  ) as s
  where s.enough_signal and s.replied > 0
  order by s.reply_rate desc, s.sent desc, s.campaign_id, s.step, s.variant
  limit 1
$$;

comment on function private.report_best_step(uuid, date, date) is
  'The step and variant with the best reply rate among campaigns that sent in the period; null = none has enough signal.';

grant execute on function private.report_best_step(uuid, date, date) to service_role;

-- Replies worth reading, each lead once: what a person of the client would like to know of. The whole text; the function that
-- words the report cuts it to the person's own words.
create function private.report_replies(target_client_id uuid, from_day date, to_day date, zone text)
returns jsonb
language sql
stable
set search_path = ''
as $$
  select coalesce(jsonb_agg(jsonb_build_object(
    'lead_id', r.lead_id, 'name', r.name, 'company', r.company_name, 'campaign_name', r.campaign_name,
    'reply_class', case when r.reply_class in ('interested', 'question', 'referral', 'not_now') then r.reply_class end,
    'is_positive', r.is_positive, 'text', r.body, 'received_at', r.occurred_at
  ) order by r.place, r.occurred_at desc), '[]')
  from (
    select o.*
    from (
      select distinct on (m.lead_id)
        m.lead_id, coalesce(nullif(concat_ws(' ', l.first_name, l.last_name), ''), m.email) as name, l.company_name,
        c.name as campaign_name, m.reply_class, m.occurred_at, left(coalesce(m.body_text, m.snippet), 4000) as body,
        coalesce(l.interest_status = 'positive', false) as is_positive,
        case
          when l.interest_status = 'positive' then 0
          when m.reply_class = 'interested' then 1
          when m.reply_class = 'question' then 2
          when m.reply_class = 'referral' then 3
          else 4
        end as place
      from public.messages as m
      join public.synced_leads as l on l.id = m.lead_id
      join public.campaigns as c on c.id = m.campaign_id
      where m.client_id = target_client_id
        and m.direction = 'received'
        and not m.is_auto_reply
        and m.occurred_at >= report_replies.from_day::timestamp at time zone zone
        and m.occurred_at < (report_replies.to_day + 1)::timestamp at time zone zone
        and m.verdict is distinct from 'not_interested'
        and (m.reply_class in ('interested', 'question', 'referral', 'not_now') or l.interest_status = 'positive')
        and coalesce(m.reply_class not in ('unsubscribe', 'bounce', 'out_of_office', 'automatic', 'not_interested'), true)
        and length(btrim(coalesce(m.body_text, m.snippet, ''))) > 0
      order by m.lead_id, m.occurred_at desc, m.id
    ) as o
    order by o.place, o.occurred_at desc
    limit 5
  ) as r
$$;

comment on function private.report_replies(uuid, date, date, text) is
  'Up to five replies of people in the period that are worth reading: positive ones first, then interested, questions, referrals, later.';

grant execute on function private.report_replies(uuid, date, date, text) to service_role;
