import { normalizeEmailAddress } from '../../events/email-address.ts';
import { z } from 'zod';
import type { Page, StepsReading } from '../provider.ts';
import { sentRows } from '../rows.ts';
import type { MailFact, ProviderStatistics } from '../provider-statistics.ts';
import { earliestBelieved, readBelievedTime } from '../../events/provider-time.ts';
import type { SmartleadHttp } from './http.ts';
import { nextOffset } from './paging.ts';
import { type MailStatistics, mailStatisticsPage, messageHistory } from './schemas.ts';

/** The statistics allow larger pages than the other lists. */
const pageRows = 500;

/** The largest page that they allow. */
const maxPageRows = 1000;

/** More opens or clicks of one mail come from a scanner. */
const maxPerMail = 50;

const stepCount = z.object({
  step: z.number(),
  variantId: z.number(),
  sent: z.number(),
  opened: z.number(),
  clicked: z.number(),
  replied: z.number(),
  auto_replies: z.number(),
});
const stepsCursor = z.object({ offset: z.string(), groups: z.array(stepCount) });

/** Smartlead's statistics: one row per sent mail, with the times of what happened to it. */
export class SmartleadStatistics implements ProviderStatistics {
  readonly #http: SmartleadHttp;

  constructor(http: SmartleadHttp) {
    this.#http = http;
  }

  async list(
    campaignId: string,
    sentSince: string | undefined,
    cursor: string | undefined,
  ): Promise<Page<MailFact>> {
    const page = await this.#page(campaignId, cursor, sentSince, pageRows);
    return {
      items: page.data.flatMap((row) => readFacts(campaignId, row)),
      next: nextOffset(cursor, sentRows(page.data), pageRows),
    };
  }

  /**
   * Totals per step and variant, counted from every row, a page at a time: no call reports them. A lead gets each step once,
   * so counting rows counts leads; the counts so far are part of the cursor.
   */
  async readSteps(campaignId: string, cursor: string | undefined): Promise<StepsReading> {
    const state = cursor === undefined
      ? { offset: undefined, groups: [] }
      : stepsCursor.parse(JSON.parse(cursor));
    const page = await this.#page(campaignId, state.offset, undefined, maxPageRows);
    const groups = new Map(state.groups.map((group) => [`${group.step} ${group.variantId}`, group]));
    for (const row of page.data) {
      const step = row.sequence_number ?? 0;
      const variantId = Number(row.seq_variant_id ?? 0);
      if (step < 1) continue;
      const name = `${step} ${variantId}`;
      const group = groups.get(name) ??
        { step, variantId, sent: 0, opened: 0, clicked: 0, replied: 0, auto_replies: 0 };
      group.sent++;
      if (row.open_time != null) group.opened++;
      if (row.click_time != null) group.clicked++;
      if (row.reply_time != null && row.ignore_reply !== true) group.replied++;
      if (row.reply_time != null && row.ignore_reply === true) group.auto_replies++;
      groups.set(name, group);
    }
    const sorted = [...groups.values()].sort((left, right) =>
      left.step - right.step || left.variantId - right.variantId
    );
    const offset = nextOffset(state.offset, sentRows(page.data), maxPageRows);
    return {
      // Variants have ids, not numbers; ordered by id they are the first, the second …
      steps: sorted.map(({ variantId: _, ...counts }, index) => ({
        ...counts,
        variant: sorted.slice(0, index).filter((other) => other.step === counts.step).length + 1,
      })),
      next: offset === undefined ? undefined : JSON.stringify({ offset, groups: sorted }),
    };
  }

  async readReplies(campaignId: string, providerLeadId: string, email: string): Promise<MailFact[]> {
    const { history, from, to } = await this.#http.request({
      method: 'GET',
      path: `campaigns/${encodeURIComponent(campaignId)}/leads/${
        encodeURIComponent(providerLeadId)
      }/message-history`,
      answer: messageHistory,
      repeatable: true,
    });
    const mailbox = [from, to].find((side) => side != null && normalizeEmailAddress(side) !== email) ?? null;
    return (history ?? []).filter((mail) => mail.type?.toUpperCase() === 'REPLY' && mail.time).map((
      mail,
    ) => ({
      tolerance: 120,
      isReply: true,
      email,
      payload: {
        event_type: 'EMAIL_REPLY',
        campaign_id: campaignId,
        sl_lead_email: email,
        from_email: mailbox,
        to_email: email,
        event_timestamp: mail.time,
        time_replied: mail.time,
        sequence_number: mail.email_seq_number ?? null,
        stats_id: mail.stats_id ?? null,
        subject: mail.subject ?? null,
        reply_message: {
          message_id: mail.message_id ?? null,
          html: mail.email_body ?? null,
          time: mail.time,
        },
        reply_body: mail.email_body ?? null,
      },
    }));
  }

  async #page(campaignId: string, cursor: string | undefined, sentSince: string | undefined, limit: number) {
    return await this.#http.request({
      method: 'GET',
      path: `campaigns/${encodeURIComponent(campaignId)}/statistics`,
      query: {
        offset: cursor ?? '0',
        limit,
        // Filters by the time of sending, not of the event; a late reply changes an old row.
        sent_time_start_date: sentSince,
      },
      answer: mailStatisticsPage,
      emptyIsMissing: true,
      repeatable: true,
      timeout: 60_000,
    });
  }
}

/** The facts of one mail as webhook payloads, so that the same reader gives them the same keys. */
function readFacts(campaignId: string, row: MailStatistics): MailFact[] {
  const email = normalizeEmailAddress(row.lead_email);
  if (email === null) return [];
  const [sentAt, openedAt, clickedAt, repliedAt] = [
    row.sent_time,
    row.open_time,
    row.click_time,
    row.reply_time,
  ]
    .map((time) => readBelievedTime(time));
  const fact = (
    event_type: string,
    at: string,
    tolerance: number | null,
    extra: Record<string, unknown> = {},
  ): MailFact => ({
    tolerance,
    isReply: event_type === 'EMAIL_REPLY',
    email,
    payload: {
      event_type,
      campaign_id: campaignId,
      sl_lead_email: email,
      to_name: row.lead_name ?? null,
      event_timestamp: at,
      sequence_number: row.sequence_number ?? null,
      stats_id: row.stats_id,
      subject: row.email_subject ?? null,
      ...extra,
    },
  });
  // There is one time and a count: each later one is put a second later, so that they are different facts.
  const counted = (event_type: string, first: string, count: number): MailFact[] =>
    Array.from({ length: Math.min(Math.max(count, 1), maxPerMail) }, (_, index) => ({
      ...fact(event_type, new Date(Date.parse(first) + index * 1000).toISOString(), 120),
      nth: index + 1,
      since: sentAt ?? first,
    }));
  const facts: MailFact[] = [];
  if (sentAt) facts.push(fact('EMAIL_SENT', sentAt, 120));
  if (openedAt) facts.push(...counted('EMAIL_OPEN', openedAt, row.open_count));
  if (clickedAt) facts.push(...counted('EMAIL_LINK_CLICK', clickedAt, row.click_count));
  if (repliedAt && row.ignore_reply) {
    // An automatic reply appears on every unanswered row of its lead: without the step they are one fact.
    const automatic = fact('EMAIL_REPLY', repliedAt, 120, {
      reply_category: 'Out Of Office',
      sequence_number: null,
      stats_id: null,
    });
    facts.push({ ...automatic, isReply: false });
  } else if (repliedAt) facts.push(fact('EMAIL_REPLY', repliedAt, 120));
  // Smartlead keeps no time of these two: any such event of the lead matches, and a missing one gets the mail's last time.
  const last = [sentAt, openedAt, clickedAt, repliedAt]
    .filter((time): time is string => time != null).sort().at(-1);
  if (row.is_bounced && sentAt) facts.push({ ...fact('EMAIL_BOUNCE', sentAt, null), since: sentAt });
  // Every mail of the lead says that it unsubscribed, not only the one after which it did.
  if (row.is_unsubscribed && last !== undefined) {
    facts.push({ ...fact('LEAD_UNSUBSCRIBED', last, null), since: earliestBelieved });
  }
  return facts;
}
