import { z } from 'zod';
import { iso, isoOrNull } from '../../shared/time.ts';
import { campaignOf, type Route, type RouteContext } from '../api.ts';
import { instant, page, read } from '../errors.ts';
import { mailText, nameOf } from '../mail-text.ts';
import { withSubsequences } from '../tally.ts';
import type { Routes } from '../../shared/api.ts';
import type { JsonObject } from '../../shared/records.ts';
import type { SmartleadCampaign } from '../state.ts';
import type { SentMail } from '../types.ts';

const emailStatuses = {
  opened: ({ opens }: SentMail) => opens > 0,
  clicked: ({ clicks }: SentMail) => clicks > 0,
  replied: ({ replyAt }: SentMail) => replyAt !== null,
  unsubscribed: ({ isUnsubscribed }: SentMail) => isUnsubscribed,
  bounced: ({ isBounced }: SentMail) => isBounced,
};

const statisticsQuery = z.object({
  ...page(100, 1000),
  email_sequence_number: z.coerce.number().int().optional(),
  email_status: z.enum(Object.keys(emailStatuses) as Array<keyof typeof emailStatuses>).optional(),
  sent_time_start_date: instant.default(-Infinity),
  sent_time_end_date: instant.default(Infinity),
});

interface Row {
  campaign: SmartleadCampaign;
  mail: SentMail;
}

function show({ workspace, behaviour }: RouteContext, { campaign, mail }: Row): JsonObject {
  const link = campaign.leads.get(mail.link);
  const person = workspace.person(link);
  const { subject, html } = mailText(campaign.data, mail.step, mail.variant, person);
  return {
    stats_id: mail.statsId,
    lead_name: nameOf(person),
    lead_email: link?.email ?? null,
    // What the lead is now, on every one of its rows, answered or not.
    lead_category: workspace.category(link?.label)?.name ?? null,
    sequence_number: mail.step,
    email_campaign_seq_id: mail.stepId,
    seq_variant_id: mail.variantId,
    email_subject: subject,
    email_message: html,
    sent_time: iso(mail.sentAt),
    open_time: isoOrNull(mail.openAt),
    click_time: isoOrNull(mail.clickAt),
    reply_time: isoOrNull(mail.replyAt),
    open_count: mail.opens,
    click_count: mail.clicks,
    is_unsubscribed: mail.isUnsubscribed,
    is_bounced: mail.isBounced,
    ...(behaviour.showIgnoreReply && { ignore_reply: mail.ignoreReply }),
  };
}

/** Rows of the campaign and its subsequences, in the order they were sent. */
function statistics(context: RouteContext): unknown {
  const { workspace, behaviour } = context;
  const campaign = campaignOf(context);
  const query = read(statisticsQuery, context.query);
  const { offset, limit, email_sequence_number: step, email_status: status } = query;
  // A bare end date means the whole day.
  const isWholeDay = String(context.query.sent_time_end_date).length === 10;
  const end = query.sent_time_end_date + (isWholeDay ? 86_399_999 : 0);
  const found = withSubsequences(workspace, campaign, behaviour)
    .flatMap((each) => each.mails.map((mail): Row => ({ campaign: each, mail })))
    .filter(({ mail }) =>
      (step === undefined || mail.step === step) && (status === undefined || emailStatuses[status](mail)) &&
      mail.sentAt >= query.sent_time_start_date && mail.sentAt <= end
    )
    .sort((one, other) =>
      one.mail.sentAt - other.mail.sentAt || (one.mail.statsId < other.mail.statsId ? -1 : 1)
    );
  return {
    total_stats: String(found.length),
    data: found.slice(offset, offset + limit).map((row) => show(context, row)),
    offset,
    limit,
  };
}

export const statisticsRoutes: Routes<Route> = { 'GET /campaigns/:campaignId/statistics': statistics };
