import { iso, isoOrNull } from '../dates.ts';
import { ValidationError } from '../errors.ts';
import { mailText, nameOf } from '../mail-text.ts';
import { campaignOf } from '../router.ts';
import { instantOf, numberOf, textOf } from '../validate.ts';
import type { Route, RouteContext } from '../router.ts';
import type { CampaignSpace } from '../state.ts';
import type { JsonObject, SentMail } from '../types.ts';

const emailStatuses: Readonly<Record<string, (mail: SentMail) => boolean>> = {
  opened: ({ opens }) => opens > 0,
  clicked: ({ clicks }) => clicks > 0,
  replied: ({ replyAt }) => replyAt !== null,
  unsubscribed: ({ isUnsubscribed }) => isUnsubscribed,
  bounced: ({ isBounced }) => isBounced,
};

interface Row {
  campaign: CampaignSpace;
  mail: SentMail;
}

/** Rows of the campaign and its subsequences, in the order they were sent. */
function rowsOf({ workspace, behaviour }: RouteContext, campaign: CampaignSpace): Row[] {
  const others = behaviour.parentIncludesSubsequences ? workspace.subsequencesOf(campaign.data) : [];
  return [campaign, ...others]
    .flatMap((each) => each.record.mails.map((mail) => ({ campaign: each, mail })))
    .sort((one, other) =>
      one.mail.sentAt - other.mail.sentAt || (one.mail.statsId < other.mail.statsId ? -1 : 1)
    );
}

function show({ workspace, behaviour }: RouteContext, { campaign, mail }: Row): JsonObject {
  const link = campaign.link(mail.link);
  const lead = workspace.leadById.get(link?.lead ?? 0);
  const { subject, html } = mailText(campaign.data, mail.step, mail.variant, lead);
  return {
    stats_id: mail.statsId,
    lead_name: nameOf(lead),
    lead_email: link?.email ?? lead?.email ?? null,
    // What the lead is now, on every one of its rows, answered or not.
    lead_category: workspace.category(link?.category ?? null)?.name ?? null,
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

/** A bare end date means the whole day. */
function endOf({ query }: RouteContext): number {
  const end = instantOf(query, 'sent_time_end_date') ?? Infinity;
  return String(query.sent_time_end_date).length === 10 ? end + 86_399_999 : end;
}

function statistics(context: RouteContext): unknown {
  const { query } = context;
  const campaign = campaignOf(context);
  const offset = numberOf(query, 'offset', 0, { min: 0 });
  const limit = numberOf(query, 'limit', 100, { min: 1, max: 1000 });
  const step = query.email_sequence_number === undefined
    ? undefined
    : numberOf(query, 'email_sequence_number', 1);
  const status = textOf(query.email_status);
  const test = status === undefined ? () => true : emailStatuses[status];
  if (test === undefined) {
    throw new ValidationError(`"email_status" must be one of [${Object.keys(emailStatuses).join(', ')}]`);
  }
  const from = instantOf(query, 'sent_time_start_date') ?? -Infinity;
  const to = endOf(context);
  const found = rowsOf(context, campaign).filter(({ mail }) =>
    (step === undefined || mail.step === step) && test(mail) && mail.sentAt >= from && mail.sentAt <= to
  );
  return {
    total_stats: String(found.length),
    data: found.slice(offset, offset + limit).map((row) => show(context, row)),
    offset,
    limit,
  };
}

export const statisticsRoutes: readonly Route[] = [
  { method: 'GET', path: '/campaigns/:campaignId/statistics', handle: statistics },
];
