import type { CampaignSpace, Workspace } from './state.ts';
import type { EventRecord, JsonObject, Lead } from './types.ts';

const interestEvents: Readonly<Record<number, string>> = {
  0: 'lead_out_of_office',
  1: 'lead_interested',
  2: 'lead_meeting_booked',
  3: 'lead_meeting_completed',
  4: 'lead_closed',
  [-1]: 'lead_not_interested',
  [-2]: 'lead_wrong_person',
  [-4]: 'lead_no_show',
};

/** Name that arrives in the body; undefined when Instantly has no event for it (lead lost, lead completed). */
export function eventName(workspace: Workspace, event: EventRecord): string | undefined {
  if (event.type === 'lead_completed') return undefined;
  if (event.deliveredAsReply) return 'reply_received';
  if (event.type !== 'interest_changed') return event.type;
  if (event.interest === null || event.interest === undefined) return 'lead_neutral';
  return interestEvents[event.interest] ?? workspace.labelFor(event.interest)?.label;
}

/** Replaces `{{name}}` by the lead's value, the way a sequence step is written. */
export function fillTemplate(template: string, lead: Lead | undefined): string {
  return template.replace(/\{\{\s*([\w ]+?)\s*\}\}/g, (_, name: string) => {
    const values: Record<string, unknown> = lead === undefined ? {} : leadVariables(lead);
    return String(values[name] ?? '');
  });
}

/** Standard fields in camel case plus the custom variables, as in a lead's `payload`. */
export function leadVariables(lead: Lead): JsonObject {
  const { fields } = lead;
  const standard = {
    firstName: fields.first_name,
    lastName: fields.last_name,
    companyName: fields.company_name,
    jobTitle: fields.job_title,
    website: fields.website,
    phone: fields.phone,
    personalization: fields.personalization,
  };
  const known = Object.entries(standard).filter(([, value]) => value !== null);
  return { ...Object.fromEntries(known), ...lead.variables };
}

export interface EmailText {
  subject: string;
  html: string;
  text: string;
}

/** What the email said. Follow-ups with an empty subject continue the thread of the first step. */
export function emailText(campaign: CampaignSpace, event: EventRecord, lead: Lead | undefined): EmailText {
  const steps = campaign.data.sequences[0]?.steps ?? [];
  const variant = steps[(event.step ?? 1) - 1]?.variants[(event.variant ?? 1) - 1];
  const first = steps[0]?.variants[0];
  const subject = fillTemplate(variant?.subject || first?.subject || campaign.data.name, lead);
  if (event.type === 'email_sent') {
    const html = fillTemplate(variant?.body ?? '', lead);
    return {
      subject,
      html: `<div>${html}</div>`,
      text: html.replaceAll(/<br\s*\/?>/g, '\n').replaceAll(/<[^>]+>/g, ''),
    };
  }
  const text = event.text ?? '';
  return { subject: `Re: ${subject}`, html: `<div>${text.replaceAll('\n', '<br />')}</div>`, text };
}

function leadPart(lead: Lead): JsonObject {
  const { fields } = lead;
  return {
    lead_email: lead.email,
    email: lead.email,
    campaign: lead.campaign,
    firstName: fields.first_name ?? '',
    lastName: fields.last_name ?? '',
    companyName: fields.company_name ?? '',
    website: fields.website ?? '',
    phone: fields.phone,
    personalization: fields.personalization ?? '',
  };
}

function replyPart(campaign: CampaignSpace, event: EventRecord, lead: Lead): JsonObject {
  const reply = emailText(campaign, {
    ...event,
    type: 'reply_received',
    text: event.text ?? lead.lastReply?.text ?? '',
  }, lead);
  return {
    reply_text_snippet: reply.text.split('\n')[0] ?? '',
    reply_subject: reply.subject,
    reply_text: reply.text,
    reply_html: reply.html,
  };
}

function ownPart(
  workspace: Workspace,
  campaign: CampaignSpace,
  event: EventRecord,
  lead: Lead | undefined,
): JsonObject {
  if (lead === undefined) return {};
  const position = { step: event.step, variant: event.variant };
  const sender = { unibox_url: null, email_account: event.account, is_first: event.first };
  switch (event.type) {
    case 'email_sent': {
      const email = emailText(campaign, event, lead);
      return { ...sender, ...position, email_subject: email.subject, email_html: email.html };
    }
    case 'email_opened':
    case 'link_clicked':
      return { ...sender, ...position };
    case 'reply_received':
    case 'auto_reply_received': {
      const unibox =
        `https://app.instantly.ai/app/unibox?thread_search=${lead.email}&selected_wks=${workspace.id}`;
      return {
        ...sender,
        unibox_url: unibox,
        ...position,
        email_id: event.id,
        ...replyPart(campaign, event, lead),
      };
    }
    case 'interest_changed':
      return {
        unibox_url: null,
        ...position,
        ...(lead.lastReply !== undefined && replyPart(campaign, event, lead)),
      };
    default:
      return { unibox_url: null, email_account: event.account, ...position };
  }
}

/**
 * The flat webhook body. Custom variables come last on purpose: one that is named like a base field
 * hides it, which is how a variable `campaign_id` leaves the true id only in `campaign`.
 */
export function webhookBody(
  workspace: Workspace,
  campaign: CampaignSpace,
  event: EventRecord,
  lead: Lead | undefined,
): JsonObject {
  return {
    timestamp: new Date(event.at).toISOString(),
    event_type: eventName(workspace, event),
    workspace: workspace.id,
    campaign_id: campaign.data.id,
    campaign_name: campaign.data.name,
    ...(lead !== undefined && leadPart(lead)),
    ...ownPart(workspace, campaign, event, lead),
    ...lead?.variables,
  };
}

export function accountErrorBody(workspace: Workspace, account: string | null, at: number): JsonObject {
  return {
    timestamp: new Date(at).toISOString(),
    event_type: 'account_error',
    workspace: workspace.id,
    campaign_id: null,
    campaign_name: null,
    email_account: account,
  };
}
