import type { Project } from './project.ts';

/** Gives a campaign that has leads what the reports read: a step from both sources, first times, a segment, a request for approval, a cost that its client may see, a meeting, a goal, quarters to compare it with, an erasure. */
export async function addForReports(project: Project, clientId: string, campaignId: string): Promise<void> {
  await project.sql(
    `with settings as (
       update public.clients set may_see_costs = true where id = $1
     ), reported as (
       insert into public.campaign_step_analytics (client_id, campaign_id, step, variant, sent, synced_at)
       values ($1, $2, 1, 1, 1, now())
     ), seen as (
       insert into public.campaign_step_activity (client_id, campaign_id, step, variant, sent) values ($1, $2, 1, 1, 1)
       on conflict do nothing
     ), first_times as (
       insert into public.campaign_first_times (client_id, campaign_id, day, contacted) values ($1, $2, '2026-10-01', 1)
       on conflict do nothing
     ), asked as (
       insert into public.campaign_approvals (client_id, campaign_id, fingerprint, lead_count) values ($1, $2, 'shown', 1)
     ), logo as (
       insert into public.client_logos (client_id, image, version) values ($1, 'data:image/png;base64,iVBORw==', '1')
       on conflict do nothing
     ), report as (
       insert into public.client_reports (client_id, kind, from_day, to_day, snapshot, sent_at)
       values ($1, 'weekly', '2026-10-05', '2026-10-11', '{}', now())
       returning id
     ), mail as (
       insert into private.client_report_mails (report_id, client_id, email) select id, $1, 'owner@client.test' from report
     ), link as (
       insert into private.report_links (report_id, client_id, token_digest, password_hash, expires_at)
       select id, $1, sha256(convert_to(id::text, 'UTF8')), extensions.crypt(id::text, extensions.gen_salt('bf', 4)), now() + interval '30 days'
       from report
     ), erased as (
       insert into private.erasures (id, digest, client_id, status) values (gen_random_uuid(), sha256(convert_to($1::text, 'UTF8')), $1, 'completed')
     ), goal as (
       insert into public.monthly_goals (client_id, metric, from_month, goal) values ($1, 'meetings', '2026-10-01', 4)
       on conflict do nothing
     ), standing as (
       update private.standing_settings set shown_to_clients = true
     ), quartiles as (
       insert into private.rate_quartiles (rate, clients, lower_border, median, upper_border)
       values ('reply_rate', 12, 0.01, 0.02, 0.03)
       on conflict do nothing
     ), lead as (
       update public.synced_leads set industry = 'Retail' where campaign_id = $2
     )
     insert into public.cost_entries (client_id, campaign_id, kind, amount, currency, spent_on)
     values ($1, $2, 'sending', 10, 'EUR', '2026-10-05')`,
    [clientId, campaignId],
  );
  await project.sql(
    `select private.record_meeting(l.id, 'person', 'booked', now())
     from public.synced_leads as l where l.campaign_id = $1 order by l.id limit 1`,
    [campaignId],
  );
}
