import { z } from 'zod';
import { normalizeEmailAddress, readAddress } from '../../events/email-address.ts';
import { readBelievedTime } from '../../events/provider-time.ts';
import {
  type AnsweredMail,
  type ListedWrittenMail,
  type MailOfThread,
  type OutgoingAnswer,
  type Page,
  ProviderError,
  type ProviderReplies,
} from '../provider.ts';
import { time } from '../rows.ts';
import type { InstantlyHttp } from './http.ts';
import { mapPage, readPage } from './paging.ts';

const mail = z.object({
  id: z.string(),
  timestamp_created: time,
  eaccount: z.string().nullish(),
  body: z.object({ text: z.string().nullish(), html: z.string().nullish() }).nullish(),
  ue_type: z.number().nullish(),
});
type Mail = z.infer<typeof mail>;

const writtenMail = mail.extend({
  campaign_id: z.string().nullish(),
  lead: z.string().nullish(),
  subject: z.string().nullish(),
  thread_id: z.string().nullish(),
  /** Addresses with commas between them. */
  to_address_email_list: z.string().nullish(),
});

/** An answer of another shape is still a 200: the mail is out, only its id is not known. */
const sent = z.object({ id: z.string().nullish(), timestamp_created: z.string().nullish() }).catch({});

const received = 2;
const writtenByHand = 3;

/** Milliseconds between the time in a delivery and the time in the mail list. */
const tolerance = 120_000;

const maxPages = 3;

/** Answers through Instantly's Unibox. */
export class InstantlyReplies implements ProviderReplies {
  readonly shownAfter = 60;
  readonly #http: InstantlyHttp;

  constructor(http: InstantlyHttp) {
    this.#http = http;
  }

  async send(answered: AnsweredMail, answer: OutgoingAnswer) {
    const target = await this.#targetOf(answered);
    const made = await this.#http.request({
      method: 'POST',
      path: 'emails/reply',
      body: {
        eaccount: target.account,
        reply_to_uuid: target.id,
        subject: answer.subject,
        body: { html: answer.html + answer.quotedHtml },
      },
      answer: sent,
      repeatable: false,
    });
    return { id: made.id ?? null, at: readBelievedTime(made.timestamp_created) };
  }

  /** Manual mails need not carry the campaign, so they are found by the lead's address. */
  async listSent(answered: AnsweredMail, since: string): Promise<MailOfThread[]> {
    const rows = await this.#list(answered, { min_timestamp_created: since });
    return rows.filter((row) => row.ue_type !== received).map((row) => ({
      id: row.id,
      at: row.timestamp_created,
      html: row.body?.html ?? row.body?.text ?? '',
    }));
  }

  /** No webhook reports them. Answers of ours and forwarded mails are among them. */
  async listWritten(since: string, cursor: string | undefined): Promise<Page<ListedWrittenMail>> {
    const page = await readPage(this.#http, 'emails', writtenMail, cursor, {
      email_type: 'manual',
      sort_order: 'asc',
      min_timestamp_created: since,
    });
    return mapPage(page, cursor, (row) => {
      const at = readBelievedTime(row.timestamp_created) ?? '';
      const email = normalizeEmailAddress(row.lead ?? '');
      const isWritten = row.ue_type == null || row.ue_type === writtenByHand;
      if (at === '' || email === null || !isWritten) return { at, mail: undefined };
      const to = (row.to_address_email_list ?? '').split(',').map(readAddress).filter((one) =>
        one !== undefined
      );
      return {
        at,
        mail: {
          id: row.id,
          at,
          email,
          providerCampaignId: row.campaign_id ?? null,
          threadId: row.thread_id ?? null,
          account: normalizeEmailAddress(row.eaccount ?? ''),
          to: to.length === 0 ? null : to,
          subject: row.subject ?? null,
          text: row.body?.text ?? null,
          html: row.body?.html ?? null,
        },
      };
    });
  }

  /** Older deliveries have no `email_id`: the mail is then the received one of that time. */
  async #targetOf(answered: AnsweredMail): Promise<{ id: string; account: string }> {
    if (answered.mailId !== null && answered.account !== null) {
      return { id: answered.mailId, account: answered.account };
    }
    const at = Date.parse(answered.receivedAt);
    const rows = await this.#list(answered, {
      email_type: 'received',
      min_timestamp_created: new Date(at - tolerance).toISOString(),
      max_timestamp_created: new Date(at + tolerance).toISOString(),
    });
    const distance = (row: Mail) => Math.abs(Date.parse(row.timestamp_created) - at);
    const found = rows.find((row) => row.id === answered.mailId) ??
      rows.toSorted((one, other) => distance(one) - distance(other))[0];
    const account = answered.account ?? found?.eaccount ?? null;
    if (found === undefined || account === null) {
      throw new ProviderError('not_found', 'Instantly does not have the mail that is to be answered', {
        provider: 'instantly',
      });
    }
    return { id: found.id, account };
  }

  async #list(answered: AnsweredMail, query: Record<string, string>): Promise<Mail[]> {
    const rows: Mail[] = [];
    let cursor: string | undefined;
    for (let pages = 0; pages < maxPages; pages++) {
      const page = mapPage(
        await readPage(this.#http, 'emails', mail, cursor, {
          ...query,
          lead: normalizeEmailAddress(answered.email) ?? answered.email,
          sort_order: 'asc',
        }),
        cursor,
        (row) => row,
      );
      rows.push(...page.items);
      cursor = page.next;
      if (cursor === undefined) break;
    }
    return rows;
  }
}
