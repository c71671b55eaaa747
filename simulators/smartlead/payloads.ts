import { iso } from '../shared/time.ts';
import { uuidFrom } from './identifiers.ts';
import { mailText, nameOf, plainText } from './mail-text.ts';
import type { EventRecord, EventType, JsonObject } from '../shared/records.ts';
import type { Behaviour } from './options.ts';
import type { SmartleadCampaign, SmartleadWorkspace } from './state.ts';
import type { Link, SentMail, Webhook } from './types.ts';

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
  manual_step_reached: 'MANUAL_STEP_REACHED',
};

/** The first mail of a lead is announced twice, as `EMAIL_SENT` and as `FIRST_EMAIL_SENT`. */
export function typesOf({ type, first }: EventRecord): WebhookEventType[] {
  const name = typeOf[type];
  if (name === undefined) return [];
  return name === 'EMAIL_SENT' && first ? [name, 'FIRST_EMAIL_SENT'] : [name];
}

/** How nearly all webhooks write times; only unsubscribes use `Z`. */
const isoWithOffset = (instant: number): string => iso(instant).replace('Z', '+00:00');

/** What a body is about. */
export interface Scene {
  workspace: SmartleadWorkspace;
  campaign: SmartleadCampaign;
  event: EventRecord;
  link: Link | undefined;
  behaviour: Behaviour;
}

/** What stands in every body of one webhook, whatever the event. */
export function envelope(webhook: Webhook, type: WebhookEventType, behaviour: Behaviour): JsonObject {
  return {
    webhook_id: webhook.id,
    webhook_name: webhook.name,
    webhook_url: webhook.url,
    event_type: (behaviour.eventNames === 'printed' ? printedNames[type] : undefined) ?? type,
    secret_key: webhook.secretKey,
    metadata: { webhook_created_at: iso(webhook.created) },
  };
}

const campaignPart = ({ data }: SmartleadCampaign): JsonObject => ({
  campaign_id: data.id,
  campaign_name: data.name,
  campaign_status: data.status,
  client_id: data.clientId,
});

function mailPart(mail: SentMail | undefined, subject: string, html: string): JsonObject {
  if (mail === undefined) return { stats_id: null, message_id: null, sent_message: null };
  const time = isoWithOffset(mail.sentAt);
  return {
    stats_id: mail.statsId,
    message_id: mail.messageId,
    time_sent: time,
    sent_message: { message_id: mail.messageId, html, text: plainText(html), time },
    sent_message_body: html,
    custom_subject: subject,
    custom_email_message: html,
  };
}

function leadPart(scene: Scene, link: Link): JsonObject {
  const { workspace, campaign, event } = scene;
  const lead = workspace.person(link);
  const step = event.step ?? link.lastSent?.step ?? 0;
  const { subject, html } = mailText(campaign.data, step, event.variant ?? 1, lead);
  const inbox = `https://app.smartlead.ai/app/master-inbox?action=INBOX&leadMap=${link.id}`;
  return {
    event_timestamp: isoWithOffset(event.at),
    // A string here, although every other place has a number.
    sl_email_lead_id: String(link.person),
    sl_email_lead_map_id: link.id,
    sl_lead_email: link.email,
    from_email: event.account,
    to_email: link.email,
    to_name: nameOf(lead),
    subject,
    sequence_number: step,
    ...campaignPart(campaign),
    ...mailPart(campaign.mail(link, event.step), subject, html),
    app_url: inbox,
    ui_master_inbox_link: inbox,
  };
}

function replyPart({ event, behaviour }: Scene, link: Link): JsonObject {
  const text = event.text ?? '';
  const html = `<div>${text.replaceAll('\n', '<br>')}</div>`;
  const time = isoWithOffset(event.at);
  const domain = (event.writtenBy ?? link.email).split('@')[1] ?? '';
  const correspondence = {
    targetLeadEmail: link.email,
    replyReceivedFrom: event.writtenBy ?? link.email,
    repliedCompanyDomain: domain,
  };
  return {
    time_replied: time,
    // Names follow the mail that was sent: from is our own mailbox, although the prospect wrote.
    ...(behaviour.replyDirection === 'inverted' &&
      { from_email: event.writtenBy ?? link.email, to_email: event.account }),
    reply_message: { message_id: link.lastReply?.messageId ?? null, html, text, time },
    reply_body: html,
    preview_text: text.split('\n')[0] ?? '',
    cc_emails: [],
    reply_category: link.label,
    [behaviour.correspondenceKey]: correspondence,
    stats_thread_id: uuidFrom(`thread ${link.id}`),
    description: `${link.email} replied to your email`,
  };
}

/** The same reply in the other shapes that are documented. */
function replyBody({ behaviour, campaign, workspace }: Scene, link: Link, captured: JsonObject): JsonObject {
  if (behaviour.replyShape === 'official') {
    const names = ['event_timestamp', 'from_email', 'to_email', 'to_name', 'subject', 'reply_body'];
    const kept = [...names, 'reply_category', 'message_id'].map((name) => [name, captured[name]]);
    return { ...Object.fromEntries(kept) as JsonObject, ...campaignPart(campaign) };
  }
  if (behaviour.replyShape === 'nested') {
    const lead = workspace.person(link);
    return {
      timestamp: captured.event_timestamp,
      campaign_id: campaign.data.id,
      lead: { email: link.email, ...lead?.fields },
      reply: captured.reply_message,
    };
  }
  return captured;
}

function bouncePart({ event }: Scene, link: Link): JsonObject {
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
    description: `Email to ${link.email} bounced`,
  };
}

/** No lead id and, alone among all events, a time that ends in `Z`. */
function unsubscribeBody({ workspace, campaign, event }: Scene, link: Link): JsonObject {
  const lead = workspace.person(link);
  return {
    event_timestamp: iso(event.at),
    lead_email: link.email,
    lead_name: nameOf(lead),
    to_email: link.email,
    ...campaignPart(campaign),
    unsubscribed_client_id_map: Object.fromEntries((lead?.unsubscribedClients ?? []).map((id) => [id, true])),
  };
}

function categoryBody(scene: Scene, link: Link): JsonObject {
  const { workspace, campaign, event, behaviour } = scene;
  const now = workspace.category(event.label);
  if (behaviour.categoryShape === 'full') return fullCategoryBody(scene, link);
  return {
    event_timestamp: isoWithOffset(event.at),
    sl_lead_email: link.email,
    ...campaignPart(campaign),
    ...(behaviour.categoryShape === 'name'
      ? { new_category: now?.name ?? null }
      : { lead_category_id: now?.id ?? null }),
  };
}

function fullCategoryBody({ workspace, campaign, event }: Scene, link: Link): JsonObject {
  const lead = workspace.person(link);
  const old = workspace.category(event.previousLabel);
  const now = workspace.category(event.label);
  const reply = link.lastReply === null
    ? null
    : { message_id: link.lastReply.messageId, time: iso(link.lastReply.at), email_body: link.lastReply.text };
  return {
    event_timestamp: isoWithOffset(event.at),
    sl_lead_email: link.email,
    lead_id: link.person,
    ...campaignPart(campaign),
    category: now?.name ?? null,
    lead_category_id: now?.id ?? null,
    lead_category: {
      old_id: old?.id ?? null,
      old_name: old?.name ?? null,
      new_id: now?.id ?? null,
      new_name: now?.name ?? null,
    },
    lead_data: {
      email: link.email,
      ...lead?.fields,
      custom_fields: lead?.customFields ?? {},
      category: now === undefined ? null : { name: now.name, sentiment_type: now.sentiment },
    },
    history: campaign.mailsOf(link).map((mail) => ({
      type: 'SENT',
      message_id: mail.messageId,
      stats_id: mail.statsId,
      time: iso(mail.sentAt),
    })),
    last_reply: reply,
    lastReply: reply,
  };
}

/** The flat body of one event, without what depends on the webhook. */
export function eventBody(scene: Scene): JsonObject {
  const { event, link, campaign } = scene;
  if (link === undefined) {
    return { event_timestamp: isoWithOffset(event.at), ...campaignPart(campaign) };
  }
  const common = leadPart(scene, link);
  const time = isoWithOffset(event.at);
  switch (event.type) {
    case 'email_sent':
      return { ...common, description: `Email sent to ${link.email}` };
    case 'email_opened':
      return { ...common, time_opened: time, description: `${link.email} opened your email` };
    case 'link_clicked': {
      const url = event.text ?? 'https://lakeside.example/case';
      const clicked = { link_clicked: [url], link_details: [{ [url]: 1 }], time_clicked: time };
      return { ...common, ...clicked, description: `${link.email} clicked a link` };
    }
    case 'reply_received':
    case 'auto_reply_received':
      return replyBody(scene, link, { ...common, ...replyPart(scene, link) });
    case 'email_bounced':
      return { ...common, ...bouncePart(scene, link) };
    case 'lead_unsubscribed':
      return unsubscribeBody(scene, link);
    case 'label_changed':
      return categoryBody(scene, link);
    default:
      return { ...common, description: 'Manual step reached' };
  }
}

/** A mail from somebody who is in no campaign. */
export function untrackedReplyBody(
  from: string,
  account: string | null,
  text: string,
  at: number,
): JsonObject {
  const time = isoWithOffset(at);
  const html = `<div>${text}</div>`;
  return {
    event_timestamp: time,
    reply_message: {
      message_id: `<${uuidFrom(`untracked ${from} ${at}`)}@${from.split('@')[1]}>`,
      html,
      text,
      time,
    },
    sender_detail: { email: from, name: from.split('@')[0] },
    recipient_detail: { email: account },
    cc: [],
    bcc: [],
    subject: 'Question',
    visible_text: text,
    has_attachment: false,
  };
}

/** News of the help centre's kind: with a type of its own beside the data, which takes the place of `event_type`. */
function notice(behaviour: Behaviour, type: string, data: JsonObject): JsonObject {
  return behaviour.noticeShape === 'typed' ? { event_type: undefined, type, data } : data;
}

export const accountBody = (
  account: string | null,
  reason: string,
  at: number,
  behaviour: Behaviour,
): JsonObject =>
  notice(behaviour, 'email.account.disconnected', {
    event_timestamp: isoWithOffset(at),
    from_email: account,
    email_account: account,
    reason,
  });

/** More mails of a campaign bounced than its owner allows. */
export const bounceThresholdBody = (
  campaign: SmartleadCampaign,
  at: number,
  behaviour: Behaviour,
): JsonObject =>
  notice(behaviour, 'campaign.bounce_threshold.exceeded', {
    event_type: 'BOUNCE_THRESHOLD_REACHED',
    event_timestamp: isoWithOffset(at),
    ...campaignPart(campaign),
    bounce_rate: 7.5,
  });

/** What the UI sends when a webhook is saved: placeholder values and a literal secret. */
export function testBody(
  webhook: Webhook,
  type: WebhookEventType,
  behaviour: Behaviour,
  at: number,
): JsonObject {
  return {
    ...envelope(webhook, type, behaviour),
    event_timestamp: isoWithOffset(at),
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
  };
}
