-- Segments: rates by industry, job title and company size of the leads.

-- Reply and positive rates by what is known of the leads. Spelling that differs only in case or blanks is one segment, shown
-- as most leads have it. Grouped by the raw texts first, all three at once: there are few texts and many leads, and each lead is read
-- once (12,500 leads: 20 ms, 37 with a row for each of its texts).
create view public.client_segments
with (security_invoker = true)
as
select
  n.*,
  private.rate(n.replied, n.contacted) as reply_rate,
  private.rate(n.positive, n.contacted) as positive_rate,
  n.contacted >= private.minimum_sample() as enough_signal
from (
  select
    s.client_id,
    s.dimension,
    (array_agg(s.segment order by s.leads desc, s.segment collate "C"))[1] as segment,
    sum(s.leads)::bigint as leads,
    sum(s.contacted)::bigint as contacted,
    sum(s.replied)::bigint as replied,
    sum(s.positive)::bigint as positive
  from (
    select
      r.client_id, r.dimension, btrim(regexp_replace(r.raw, '\s+', ' ', 'g')) as segment, r.leads, r.contacted, r.replied, r.positive
    from (
      select
        g.client_id, d.dimension, d.raw, sum(g.leads) as leads, sum(g.contacted) as contacted, sum(g.replied) as replied, sum(g.positive) as positive
      from (
        select
          l.client_id,
          l.industry,
          l.job_title,
          l.company_size,
          count(*) as leads,
          count(*) filter (
            where l.sent_count > 0 or l.contacted_at is not null or l.open_count > 0 or l.click_count > 0 or l.reply_count > 0
              or l.bounced_at is not null
          ) as contacted,
          count(*) filter (where l.reply_count > 0) as replied,
          count(*) filter (where l.interest_status = 'positive') as positive
        from public.synced_leads as l
        group by l.client_id, l.industry, l.job_title, l.company_size
      ) as g
      cross join lateral (values ('industry', g.industry), ('job_title', g.job_title), ('company_size', g.company_size)) as d (dimension, raw)
      where d.raw ~ '\S'
      group by g.client_id, d.dimension, d.raw
    ) as r
  ) as s
  group by s.client_id, s.dimension, lower(s.segment)
) as n;

comment on view public.client_segments is
  'Leads of a client by industry, job title and company size, over all campaigns: contacted (also who opened, clicked, replied or bounced without a mail that we know of), replied and positive leads and their rates, never above 1. Spellings that differ in case or blanks are one segment.';

grant select on public.client_segments to authenticated, service_role;
