import { z } from 'zod';
import type { ListedMail, Page, ProviderInbox, ReceivedMail } from '../provider.ts';
import { readBelievedTime } from '../../events/provider-time.ts';
import { time } from '../rows.ts';
import type { InstantlyHttp } from './http.ts';
import { mapPage, readPage } from './paging.ts';

const mail = z.object({
  id: z.string(),
  timestamp_created: time,
  campaign_id: z.string().nullish(),
  lead: z.string().nullish(),
  eaccount: z.string().nullish(),
  from_address_email: z.string().nullish(),
  subject: z.string().nullish(),
  body: z.object({ text: z.string().nullish(), html: z.string().nullish() }).nullish(),
  content_preview: z.string().nullish(),
  is_auto_reply: z.union([z.number(), z.boolean()]).nullish(),
  ue_type: z.number().nullish(),
  step: z.string().nullish(),
  thread_id: z.string().nullish(),
});
type Mail = z.infer<typeof mail>;

const sentByCampaign = 1;
const received = 2;

/** Instantly's mail list, a second source for replies and sends. It is limited to 20 calls a minute. */
export class InstantlyInbox implements ProviderInbox {
  readonly #http: InstantlyHttp;

  constructor(http: InstantlyHttp) {
    this.#http = http;
  }

  async listReceived(since: string, cursor: string | undefined): Promise<Page<ReceivedMail>> {
    const page = await readPage(this.#http, 'emails', mail, cursor, {
      email_type: 'received',
      sort_order: 'asc',
      min_timestamp_created: since,
    });
    return mapPage(page, cursor, (row) => ({
      at: readBelievedTime(row.timestamp_created) ?? '',
      delivery: row.campaign_id && row.lead ? writeDelivery(row) : undefined,
    }));
  }

  async listMails(since: string, until: string, cursor: string | undefined): Promise<Page<ListedMail>> {
    const page = await readPage(this.#http, 'emails', mail, cursor, {
      sort_order: 'asc',
      min_timestamp_created: since,
      max_timestamp_created: until,
    });
    return mapPage(page, cursor, (row) => ({
      at: readBelievedTime(row.timestamp_created) ?? '',
      delivery: row.campaign_id && row.lead ? readMail(row) : undefined,
    }));
  }
}

function readMail(row: Mail): ListedMail['delivery'] {
  if (row.ue_type === sentByCampaign) return { payload: writeSent(row) };
  return row.ue_type === received ? writeDelivery(row) : undefined;
}

function writeSent(row: Mail): unknown {
  return {
    timestamp: row.timestamp_created,
    event_type: 'email_sent',
    campaign_id: row.campaign_id,
    campaign: row.campaign_id,
    lead_email: row.lead,
    email_account: row.eaccount ?? null,
    email_id: row.id,
    from_address_email: row.from_address_email ?? row.eaccount ?? null,
    thread_id: row.thread_id ?? null,
    step: readStep(row.step),
    email_subject: row.subject ?? null,
    email_text: row.body?.text ?? null,
    email_html: row.body?.html ?? null,
  };
}

/** A mail's step counts from 0, alone or as `sequence_step_variant`; a webhook counts from 1. */
function readStep(step: string | null | undefined): number | null {
  const number = /^(?:\d+_)?(\d+)(?:_\d+)?$/.exec(step ?? '')?.[1];
  return number === undefined ? null : Number(number) + 1;
}

/** The same mail as a webhook payload, so that the same reader handles it. */
function writeDelivery(row: Mail): ReceivedMail['delivery'] {
  const payload = (type: string) => ({
    timestamp: row.timestamp_created,
    event_type: type,
    campaign_id: row.campaign_id,
    campaign: row.campaign_id,
    lead_email: row.lead,
    email_account: row.eaccount ?? null,
    email_id: row.id,
    from_address_email: row.from_address_email ?? null,
    thread_id: row.thread_id ?? null,
    reply_subject: row.subject ?? null,
    reply_text: row.body?.text ?? null,
    reply_html: row.body?.html ?? null,
    reply_text_snippet: row.content_preview ?? null,
  });
  const isAutomatic = row.is_auto_reply === true || row.is_auto_reply === 1;
  const [reply, other] = isAutomatic
    ? ['auto_reply_received', 'reply_received'] as const
    : ['reply_received', 'auto_reply_received'] as const;
  return { payload: payload(reply), otherPayload: payload(other) };
}
