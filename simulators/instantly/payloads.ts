import { fillTemplate, plainText } from '../shared/texts.ts';
import { iso } from '../shared/time.ts';
import type { JsonObject } from '../shared/records.ts';
import type { LeadScene, Scene } from '../shared/state.ts';
import { type Lead, leadFields } from './records.ts';
import type { InstantlyWorkspace } from './state.ts';

/** The label behind each event of one. */
export const interestLabels = {
  lead_neutral: null,
  lead_out_of_office: 0,
  lead_interested: 1,
  lead_meeting_booked: 2,
  lead_meeting_completed: 3,
  lead_closed: 4,
  lead_not_interested: -1,
  lead_wrong_person: -2,
  // It has a number, and no event of its own in webhooks.
  lead_lost: -3,
  lead_no_show: -4,
} as const;

/** Name that arrives in the body; undefined when Instantly has no event for it (lead lost, lead completed). */
export function eventName({ workspace, event }: Scene<InstantlyWorkspace>): string | undefined {
  if (event.type === 'lead_completed' || event.type === 'answer_sent') return undefined;
  if (event.deliveredAsReply) return 'reply_received';
  if (event.type !== 'label_changed') return event.type;
  const label = event.label ?? null;
  const [name] = Object.entries(interestLabels).find(([, known]) => known === label) ?? [];
  return name === undefined || name === 'lead_lost' ? workspace.labelFor(label)?.label : name;
}

/** Standard fields in camel case plus the custom variables, as in a lead's `payload`. */
export function leadVariables({ fields, variables }: Lead): JsonObject {
  const known = Object.entries(leadFields).flatMap(([shown, name]) =>
    fields[name] === null ? [] : [[shown, fields[name]] as const]
  );
  return { ...Object.fromEntries(known), ...variables };
}

/** What the email said. Follow-ups with an empty subject continue the thread of the first step. */
export function emailText({ campaign: { data }, event, lead }: Scene<InstantlyWorkspace>) {
  const steps = data.sequences[0]?.steps ?? [];
  const variant = steps[(event.step ?? 1) - 1]?.variants[(event.variant ?? 1) - 1];
  const first = steps[0]?.variants[0];
  const values = lead === undefined ? {} : leadVariables(lead);
  const subject = fillTemplate(variant?.subject || first?.subject || data.name, values);
  if (event.type === 'email_sent') {
    const html = fillTemplate(variant?.body ?? '', values);
    return { subject, html: `<div>${html}</div>`, text: plainText(html) };
  }
  const text = event.text ?? '';
  return { subject: `Re: ${subject}`, html: `<div>${text.replaceAll('\n', '<br />')}</div>`, text };
}

function replyPart(scene: LeadScene<InstantlyWorkspace>): JsonObject {
  const text = scene.event.text ?? scene.lead.lastReply?.text ?? '';
  const reply = emailText({ ...scene, event: { ...scene.event, type: 'reply_received', text } });
  return {
    reply_text_snippet: reply.text.split('\n')[0] ?? '',
    reply_subject: reply.subject,
    reply_text: reply.text,
    reply_html: reply.html,
  };
}

function ownPart(scene: LeadScene<InstantlyWorkspace>): JsonObject {
  const { workspace, event, lead } = scene;
  const position = { step: event.step, variant: event.variant };
  const sender = { unibox_url: null, email_account: event.account, is_first: event.first };
  const { type } = event;
  if (type === 'email_sent') {
    const { subject, html } = emailText(scene);
    return { ...sender, ...position, email_subject: subject, email_html: html };
  }
  if (type === 'email_opened' || type === 'link_clicked') return { ...sender, ...position };
  if (type === 'reply_received' || type === 'auto_reply_received') {
    const search = `thread_search=${lead.email}&selected_wks=${workspace.id}`;
    const unibox = { unibox_url: `https://app.instantly.ai/app/unibox?${search}` };
    return { ...sender, ...unibox, ...position, email_id: event.id, ...replyPart(scene) };
  }
  if (type !== 'label_changed') return { unibox_url: null, email_account: event.account, ...position };
  return { unibox_url: null, ...position, ...(lead.lastReply !== null && replyPart(scene)) };
}

/**
 * The flat webhook body. Custom variables come last on purpose: one that is named like a base field
 * hides it, which is how a variable `campaign_id` leaves the true id only in `campaign`.
 */
export function webhookBody(scene: Scene<InstantlyWorkspace>): JsonObject {
  const { workspace, campaign, event, lead } = scene;
  const base = {
    timestamp: iso(event.at),
    event_type: eventName(scene),
    workspace: workspace.id,
    campaign_id: campaign.data.id,
    campaign_name: campaign.data.name,
  };
  if (lead === undefined) return base;
  const { fields } = lead;
  return {
    ...base,
    lead_email: lead.email,
    email: lead.email,
    campaign: lead.campaign,
    firstName: fields.first_name ?? '',
    lastName: fields.last_name ?? '',
    companyName: fields.company_name ?? '',
    website: fields.website ?? '',
    phone: fields.phone,
    personalization: fields.personalization ?? '',
    ...ownPart({ ...scene, lead }),
    ...lead.variables,
  };
}

export function accountErrorBody(workspace: InstantlyWorkspace, account: string | null, at: number) {
  return {
    timestamp: iso(at),
    event_type: 'account_error',
    workspace: workspace.id,
    campaign_id: null,
    campaign_name: null,
    email_account: account,
  };
}
