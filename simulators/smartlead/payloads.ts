import { uuidFrom } from '../shared/random.ts';
import { fillTemplate, plainText } from '../shared/texts.ts';
import { iso } from '../shared/time.ts';
import type { EventRecord, EventType, JsonObject } from '../shared/records.ts';
import type { LeadScene, Scene } from '../shared/state.ts';
import type { Behaviour } from './options.ts';
import type { Person, SentMail, Webhook } from './records.ts';
import type { SmartleadCampaign, SmartleadWorkspace } from './state.ts';

export const eventTypes = [
  'EMAIL_SENT',
  'FIRST_EMAIL_SENT',
  'EMAIL_OPEN',
  'EMAIL_LINK_CLICK',
  'EMAIL_REPLY',
  'EMAIL_BOUNCE',
  'LEAD_UNSUBSCRIBED',
  'LEAD_CATEGORY_UPDATED',
  'CAMPAIGN_STATUS_CHANGED',
  'UNTRACKED_REPLIES',
  'MANUAL_STEP_REACHED',
  'EMAIL_ACCOUNT_DISCONNECTED',
  'LINKEDIN_DISCONNECTED',
] as const;
export type WebhookEventType = (typeof eventTypes)[number];

const printedNames: Partial<Record<WebhookEventType, string>> = {
  EMAIL_OPEN: 'EMAIL_OPENED',
  EMAIL_LINK_CLICK: 'EMAIL_CLICKED',
  EMAIL_REPLY: 'EMAIL_REPLIED',
  EMAIL_BOUNCE: 'EMAIL_BOUNCED',
  LEAD_UNSUBSCRIBED: 'EMAIL_UNSUBSCRIBED',
};

const typeOf: Partial<Record<EventType, WebhookEventType>> = {
  email_sent: 'EMAIL_SENT',
  email_opened: 'EMAIL_OPEN',
  link_clicked: 'EMAIL_LINK_CLICK',
  // There is no event of its own for automatic replies.
  reply_received: 'EMAIL_REPLY',
  auto_reply_received: 'EMAIL_REPLY',
  email_bounced: 'EMAIL_BOUNCE',
  lead_unsubscribed: 'LEAD_UNSUBSCRIBED',
  label_changed: 'LEAD_CATEGORY_UPDATED',
  campaign_completed: 'CAMPAIGN_STATUS_CHANGED',
  campaign_status_changed: 'CAMPAIGN_STATUS_CHANGED',
};

/** The first mail of a lead is announced twice, as `EMAIL_SENT` and as `FIRST_EMAIL_SENT`. */
export function typesOf({ type, first }: EventRecord): WebhookEventType[] {
  const name = typeOf[type];
  if (name === undefined) return [];
  return name === 'EMAIL_SENT' && first ? [name, 'FIRST_EMAIL_SENT'] : [name];
}

export const nameOf = (person: Person | undefined): string =>
  [person?.first_name, person?.last_name].filter((part) => part !== null).join(' ');

/** What a step says. A follow-up with an empty subject continues the thread of the first step. */
export function mailText(
  { record: { steps }, data }: SmartleadCampaign,
  step: number,
  variant: number,
  person: Person | undefined,
): { subject: string; html: string } {
  const details = steps[step - 1];
  const chosen = details?.sequence_variants[variant - 1] ?? details;
  const first = steps[0]?.sequence_variants[0] ?? steps[0];
  const values = { ...person, ...person?.custom_fields };
  const subject = fillTemplate(chosen?.subject || first?.subject || data.name, values);
  return { subject, html: `<div>${fillTemplate(chosen?.email_body ?? '', values)}</div>` };
}

/** How nearly all webhooks write times; only unsubscribes use `Z`. */
const withOffset = (instant: number | string): string =>
  new Date(instant).toISOString().replace('Z', '+00:00');

type Told = LeadScene<SmartleadWorkspace>;

/** What stands in every body of one webhook, whatever the event. */
export function envelope({ id, shown, secretKey }: Webhook, type: WebhookEventType, behaviour: Behaviour) {
  return {
    webhook_id: id,
    webhook_url: shown.webhook_url,
    event_type: (behaviour.eventNames === 'printed' ? printedNames[type] : undefined) ?? type,
    secret_key: secretKey,
  };
}

const campaignPart = ({ data }: SmartleadCampaign): JsonObject => ({
  campaign_id: data.id,
  campaign_name: data.name,
  campaign_status: data.status,
  client_id: data.client_id,
});

function mailPart(mail: SentMail | undefined, subject: string, html: string): JsonObject {
  if (mail === undefined) return { stats_id: null, message_id: null, sent_message: null };
  const { messageId: message_id, row } = mail;
  const time = withOffset(row.sent_time);
  return {
    stats_id: row.stats_id,
    message_id,
    time_sent: time,
    sent_message: { message_id, html, text: plainText(html), time },
    sent_message_body: html,
    custom_subject: subject,
    custom_email_message: html,
  };
}

function leadPart({ workspace, campaign, event, lead: link }: Told): JsonObject {
  const person = workspace.person(link);
  const step = event.step ?? link.lastSent?.step ?? 0;
  const { subject, html } = mailText(campaign, step, event.variant ?? 1, person);
  return {
    event_timestamp: withOffset(event.at),
    // A string here, although every other place has a number.
    sl_email_lead_id: String(link.person),
    sl_email_lead_map_id: link.id,
    sl_lead_email: link.email,
    from_email: event.account,
    to_email: link.email,
    to_name: nameOf(person),
    subject,
    sequence_number: step,
    ...campaignPart(campaign),
    ...mailPart(campaign.mail(link, event.step), subject, html),
  };
}

/** A reply in the captured shape, or in another that is documented. */
function replyBody(scene: Told, behaviour: Behaviour): JsonObject {
  const { event, lead: link, campaign, workspace } = scene;
  const { text = '', writtenBy: writer = link.email } = event;
  const html = `<div>${text.replaceAll('\n', '<br>')}</div>`;
  const time = withOffset(event.at);
  const message = { message_id: link.lastReply?.messageId ?? null, html, text, time };
  if (behaviour.replyShape === 'nested') {
    return { timestamp: time, campaign_id: campaign.data.id, lead: workspace.person(link), reply: message };
  }
  const common = leadPart(scene);
  if (behaviour.replyShape === 'official') {
    const names = ['event_timestamp', 'from_email', 'to_email', 'to_name', 'subject', 'message_id'];
    const kept = Object.fromEntries(names.map((name) => [name, common[name]]));
    return { ...kept, ...campaignPart(campaign), reply_body: html, reply_category: link.label };
  }
  return {
    ...common,
    time_replied: time,
    // Names follow the mail that was sent: from is our own mailbox, although the prospect wrote.
    ...(behaviour.replyDirection === 'inverted' && { from_email: writer, to_email: event.account }),
    reply_message: message,
    reply_body: html,
    preview_text: text.split('\n')[0] ?? '',
    reply_category: link.label,
    [behaviour.correspondenceKey]: {
      targetLeadEmail: link.email,
      replyReceivedFrom: writer,
      repliedCompanyDomain: writer.split('@')[1] ?? '',
    },
    stats_thread_id: uuidFrom(`thread ${link.id}`),
  };
}

function bouncePart({ event, lead: link }: Told): JsonObject {
  const text = event.text ?? 'Address not found';
  const id = `<${uuidFrom(`bounce ${link.id} ${event.id}`)}@mx.example>`;
  const html = `<p>${text}</p>`;
  return {
    is_bounced: true,
    ...(event.senderSide && { is_sender_originated_bounce: true }),
    bounce_reply_message_id: id,
    bounce_reply_email: html,
    bounce_reply_email_preview: text,
    bounce_message: { message_id: id, html, text },
  };
}

/** No lead id and, alone among all events, a time that ends in `Z`. */
function unsubscribeBody({ workspace, campaign, event, lead: link }: Told): JsonObject {
  const person = workspace.person(link);
  return {
    event_timestamp: iso(event.at),
    lead_email: link.email,
    lead_name: nameOf(person),
    to_email: link.email,
    ...campaignPart(campaign),
    unsubscribed_client_id_map: person?.unsubscribed_client_id_map ?? {},
  };
}

function categoryBody(scene: Told, { categoryShape }: Behaviour): JsonObject {
  const { workspace, campaign, event, lead: link } = scene;
  const old = workspace.category(event.previousLabel);
  const now = workspace.category(event.label);
  const common = {
    event_timestamp: withOffset(event.at),
    sl_lead_email: link.email,
    ...campaignPart(campaign),
    lead_category_id: now?.id ?? null,
  };
  if (categoryShape === 'number') return common;
  const reply = link.lastReply === null
    ? null
    : { message_id: link.lastReply.messageId, time: iso(link.lastReply.at), email_body: link.lastReply.text };
  return {
    ...common,
    lead_id: link.person,
    category: now?.name ?? null,
    lead_category: {
      old_id: old?.id ?? null,
      old_name: old?.name ?? null,
      new_id: now?.id ?? null,
      new_name: now?.name ?? null,
    },
    lead_data: { ...workspace.person(link), category: now ?? null },
    last_reply: reply,
  };
}

/** The flat body of one event, without what depends on the webhook. */
export function eventBody({ lead, ...rest }: Scene<SmartleadWorkspace>, behaviour: Behaviour): JsonObject {
  const { event, campaign } = rest;
  const time = withOffset(event.at);
  if (lead === undefined) return { event_timestamp: time, ...campaignPart(campaign) };
  const scene = { ...rest, lead };
  const { type, text: url = 'https://lakeside.example/case' } = event;
  if (type === 'reply_received' || type === 'auto_reply_received') return replyBody(scene, behaviour);
  if (type === 'lead_unsubscribed') return unsubscribeBody(scene);
  if (type === 'label_changed') return categoryBody(scene, behaviour);
  const body = leadPart(scene);
  if (type === 'email_bounced') return { ...body, ...bouncePart(scene) };
  if (type === 'email_opened') return { ...body, time_opened: time };
  return type === 'link_clicked' ? { ...body, link_clicked: [url], time_clicked: time } : body;
}

export function untrackedReplyBody(from: string, account: string | null, text: string, at: number) {
  const time = withOffset(at);
  const message_id = `<${uuidFrom(`untracked ${from} ${at}`)}@${from.split('@')[1]}>`;
  return {
    event_timestamp: time,
    reply_message: { message_id, html: `<div>${text}</div>`, text, time },
    sender_detail: { email: from, name: from.split('@')[0] },
    recipient_detail: { email: account },
    subject: 'Question',
    visible_text: text,
  };
}

export const accountErrorBody = (account: string | null, reason: string, at: number): JsonObject => ({
  event_timestamp: withOffset(at),
  from_email: account,
  email_account: account,
  reason,
});

/** What the UI sends when a webhook is saved: placeholder values and a literal secret. */
export const testBody = (at: number): JsonObject => ({
  event_timestamp: withOffset(at),
  sl_email_lead_id: '1',
  sl_email_lead_map_id: 1,
  sl_lead_email: 'test@example.com',
  stats_id: 'stats_id',
  from_email: 'from@example.com',
  to_email: 'test@example.com',
  to_name: 'Test Lead',
  subject: 'Test subject',
  campaign_id: 100,
  campaign_name: 'Link insertion',
  campaign_status: 'ACTIVE',
  sequence_number: 1,
  secret_key: 'secretkey',
});
