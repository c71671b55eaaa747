import { z } from 'zod';
import { normalizeEmailAddress } from '../../events/email-address.ts';
import { readBelievedTime } from '../../events/provider-time.ts';
import {
  type AnsweredMail,
  type LeadOfCampaign,
  type MailOfThread,
  type OutgoingAnswer,
  ProviderError,
  type ProviderReplies,
  type WrittenMail,
} from '../provider.ts';
import type { SmartleadHttp } from './http.ts';
import { type HistoryRow, messageHistory } from './schemas.ts';

/** Milliseconds between the time in a delivery and the time in the history. */
const tolerance = 120_000;

/** Answers through Smartlead's master inbox. Its word is a sentence, and the mail waits in a queue for a moment. */
export class SmartleadReplies implements ProviderReplies {
  readonly shownAfter = 600;
  readonly #http: SmartleadHttp;
  readonly #findLead: (providerCampaignId: string, email: string) => Promise<string | undefined>;

  constructor(
    http: SmartleadHttp,
    findLead: (providerCampaignId: string, email: string) => Promise<string | undefined>,
  ) {
    this.#http = http;
    this.#findLead = findLead;
  }

  async send(answered: AnsweredMail, answer: OutgoingAnswer) {
    const target = targetOf(answered, (await this.#history(answered)).rows);
    if (target?.message_id == null || target.stats_id == null) throw missing();
    const reply = await this.#http.request({
      method: 'POST',
      path: `campaigns/${encodeURIComponent(answered.providerCampaignId)}/reply-email-thread`,
      body: {
        email_stats_id: target.stats_id,
        email_body: answer.html,
        reply_message_id: target.message_id,
        reply_email_time: target.time,
        // It makes the quotation itself.
        reply_email_body: answer.quotedHtml === '' ? '' : target.email_body ?? '',
        ...(answered.writer === answered.email ? {} : { to_email: answered.writer }),
      },
      answer: z.unknown(),
      repeatable: false,
    });
    if (!isAccepted(reply)) {
      // `{}` is how it answers what it does not know; whether it did something is to be looked up.
      throw new ProviderError('unexpected_answer', 'Smartlead answered nothing to an answer', {
        provider: 'smartlead',
      });
    }
    return { id: null, at: null };
  }

  async listSent(answered: AnsweredMail, since: string): Promise<MailOfThread[]> {
    const { rows } = await this.#history(answered);
    return rows.filter((row) =>
      row.type?.toUpperCase() !== 'REPLY' && row.time != null && Date.parse(row.time) >= Date.parse(since)
    ).map((row) => ({ id: row.message_id ?? null, at: row.time ?? '', html: row.email_body ?? '' }));
  }

  /** There is no list of them over the workspace, and no webhook reports them. */
  async readWritten(lead: LeadOfCampaign): Promise<WrittenMail[]> {
    const { rows, from, to } = await this.#history(lead);
    const mailbox = [from, to].map((side) => normalizeEmailAddress(side ?? ''))
      .find((side) => side !== null && side !== lead.email) ?? null;
    return writtenIn(rows).map(({ row, at }) => ({
      id: row.message_id ?? null,
      at,
      email: lead.email,
      providerCampaignId: lead.providerCampaignId,
      threadId: null,
      account: mailbox,
      to: null,
      subject: row.subject || null,
      text: null,
      html: row.email_body ?? null,
    }));
  }

  async #history(lead: LeadOfCampaign) {
    const leadId = lead.providerLeadId ?? await this.#findLead(lead.providerCampaignId, lead.email);
    if (leadId === undefined) throw missing();
    const { history, from, to } = await this.#http.request({
      method: 'GET',
      path: `campaigns/${encodeURIComponent(lead.providerCampaignId)}/leads/${
        encodeURIComponent(leadId)
      }/message-history`,
      answer: messageHistory,
      emptyIsMissing: true,
      repeatable: true,
    });
    return { rows: history ?? [], from, to };
  }
}

const missing = () =>
  new ProviderError('not_found', 'Smartlead does not have the mail that is to be answered', {
    provider: 'smartlead',
  });

/**
 * The mails of ours after the first reply that are not the campaign's. The campaign sends each step once, so a step that is there
 * already, or none, is a person's; whether such a mail names the step that it answers is not documented.
 */
function writtenIn(rows: HistoryRow[]): { row: HistoryRow; at: string }[] {
  const dated = rows.map((row) => ({ row, at: readBelievedTime(row.time) ?? '' })).filter(({ at }) =>
    at !== ''
  )
    .toSorted((one, other) => Date.parse(one.at) - Date.parse(other.at));
  const steps = new Set<number>();
  let hasReplied = false;
  return dated.filter(({ row }) => {
    if (row.type?.toUpperCase() === 'REPLY') {
      hasReplied = true;
      return false;
    }
    const step = row.email_seq_number ?? 0;
    const isOfCampaign = step > 0 && !steps.has(step);
    steps.add(step);
    return hasReplied && !isOfCampaign;
  });
}

/** The mail by its id; where a delivery named none, the reply of that time. */
function targetOf(answered: AnsweredMail, rows: HistoryRow[]): HistoryRow | undefined {
  const replies = rows.filter((row) => row.type?.toUpperCase() === 'REPLY');
  const named = replies.find((row) => answered.mailId !== null && row.message_id === answered.mailId);
  if (named !== undefined) return named;
  const at = Date.parse(answered.receivedAt);
  const distance = (row: HistoryRow) => Math.abs(Date.parse(row.time ?? '') - at);
  return replies.filter((row) => distance(row) <= tolerance)
    .toSorted((one, other) => distance(one) - distance(other))[0];
}

/** A sentence, or an object that does not deny it. */
function isAccepted(reply: unknown): boolean {
  if (typeof reply === 'string') return reply !== '';
  if (typeof reply !== 'object' || reply === null || Object.keys(reply).length === 0) return false;
  return !('ok' in reply && reply.ok === false) && !('success' in reply && reply.success === false);
}
