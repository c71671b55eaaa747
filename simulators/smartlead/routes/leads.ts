import { iso, isoOrNull } from '../dates.ts';
import { ApiError, Missing, TextAnswer } from '../errors.ts';
import { importLeads, readImport, readLead, updatePerson } from '../lead-import.ts';
import { mailText } from '../mail-text.ts';
import { campaignOf, leadIdOf, linkOf } from '../router.ts';
import { normalizeEmail } from '../state.ts';
import { check, instantOf, numberOf, textOf } from '../validate.ts';
import { ValidationError } from '../errors.ts';
import type { Route, RouteContext } from '../router.ts';
import type { CampaignSpace } from '../state.ts';
import type { JsonObject, Lead, Link } from '../types.ts';

const unsubscribedMap = (lead: Lead): JsonObject =>
  Object.fromEntries(lead.unsubscribedClients.map((id) => [id, true]));

const showLead = (lead: Lead): JsonObject => ({
  id: lead.id,
  ...lead.fields,
  email: lead.email,
  custom_fields: lead.customFields,
  is_unsubscribed: lead.isUnsubscribed,
  unsubscribed_client_id_map: unsubscribedMap(lead),
});

const statuses = ['STARTED', 'INPROGRESS', 'COMPLETED', 'PAUSED', 'STOPPED', 'BLOCKED'];
const emailStatuses: Readonly<Record<string, (link: Link) => boolean>> = {
  is_opened: ({ opens }) => opens > 0,
  is_clicked: ({ clicks }) => clicks > 0,
  is_replied: ({ replies, lastReply }) => replies > 0 || lastReply !== null,
  is_bounced: ({ bounced }) => bounced,
  is_unsubscribed: ({ unsubscribed }) => unsubscribed,
  is_spam: () => false,
  is_accepted: ({ lastSent, bounced }) => lastSent !== null && !bounced,
  not_replied: ({ lastReply }) => lastReply === null,
  is_sender_bounced: () => false,
};

function filterOf({ query }: RouteContext): (link: Link) => boolean {
  const status = textOf(query.status);
  const emailStatus = textOf(query.emailStatus);
  const category = query.lead_category_id === undefined ? undefined : numberOf(query, 'lead_category_id', 0);
  const created = instantOf(query, 'created_at_gt') ?? -Infinity;
  const sent = instantOf(query, 'last_sent_time_gt');
  const event = instantOf(query, 'event_time_gt');
  if (status !== undefined && !statuses.includes(status)) {
    throw new ValidationError(`"status" must be one of [${statuses.join(', ')}]`);
  }
  const test = emailStatus === undefined ? () => true : emailStatuses[emailStatus];
  if (test === undefined) {
    throw new ValidationError(`"emailStatus" must be one of [${Object.keys(emailStatuses).join(', ')}]`);
  }
  return (link) =>
    (status === undefined || link.status === status) && test(link) &&
    (category === undefined || link.category === category) && link.created > created &&
    (sent === undefined || (link.lastSent ?? -Infinity) > sent) &&
    (event === undefined || (link.lastEvent ?? -Infinity) > event);
}

function list(context: RouteContext): unknown {
  const { links } = campaignOf(context).record;
  const offset = numberOf(context.query, 'offset', 0, { min: 0 });
  const limit = numberOf(context.query, 'limit', 100, { min: 1, max: 100 });
  const found = links.filter(filterOf(context));
  return {
    total_leads: String(found.length),
    offset,
    limit,
    data: found.slice(offset, offset + limit).flatMap((link) => {
      const lead = context.workspace.leadById.get(link.lead);
      return lead === undefined ? [] : [{
        campaign_lead_map_id: link.id,
        lead_category_id: link.category,
        status: link.status,
        created_at: iso(link.created),
        lead: showLead(lead),
      }];
    }),
  };
}

function add(context: RouteContext): unknown {
  const { world, workspace, behaviour, body, nothingAdded } = context;
  const campaign = campaignOf(context, 'write');
  return importLeads(world, workspace, campaign, readImport(body, behaviour), behaviour, nothingAdded);
}

function campaignsOf(
  { workspace }: RouteContext,
  lead: Lead,
): Array<{ campaign: CampaignSpace; link: Link }> {
  return [...workspace.campaigns.values()].flatMap((campaign) => {
    const link = campaign.find(lead.email);
    return link === undefined ? [] : [{ campaign, link }];
  });
}

function findByEmail(context: RouteContext): unknown {
  const lead = context.workspace.leadByEmail.get(normalizeEmail(textOf(context.query.email) ?? ''));
  if (lead === undefined) throw new Missing('Lead');
  return {
    ...showLead(lead),
    created_at: iso(lead.created),
    lead_campaign_data: campaignsOf(context, lead).map(({ campaign: { data }, link }) => ({
      campaign_lead_map_id: link.id,
      campaign_id: data.id,
      campaign_name: data.name,
      campaign_status: data.status,
      client_id: data.clientId,
      lead_category_id: link.category,
      lead_status: link.status,
      lead_added_at: iso(link.created),
      lead_last_seq_number: link.lastStep,
    })),
  };
}

function findById(context: RouteContext): unknown {
  const lead = context.workspace.leadById.get(leadIdOf(context));
  if (lead === undefined) throw new Missing('Lead');
  return { ok: true, message: 'Lead fetched successfully', data: [showLead(lead)] };
}

function update(context: RouteContext): unknown {
  const { link } = linkOf(context, 'write');
  const row = readLead(context.body, '', context.behaviour);
  const lead = context.workspace.leadById.get(link.lead);
  if (lead === undefined || row.email !== lead.email) throw new ApiError(400, 'Email cannot be changed');
  updatePerson(lead, row);
  context.world.dirty = true;
  return { ok: true, message: 'Lead updated successfully' };
}

function pause(context: RouteContext): unknown {
  linkOf(context, 'write').link.status = 'PAUSED';
  context.world.dirty = true;
  return { ok: true, data: 'success' };
}

function resume(context: RouteContext): unknown {
  const { campaign, link } = linkOf(context, 'write');
  const body = check(context.body, { resume_lead_with_delay_days: { type: 'number', nullable: true } });
  if (link.status !== 'PAUSED') throw new ApiError(400, 'Lead is not paused');
  link.status = link.lastSent === null ? 'STARTED' : 'INPROGRESS';
  const next = link.lastStep + 1;
  const { progress } = campaign.record;
  if (next <= campaign.data.steps.length) progress.followUps.push({ link: link.id, step: next });
  context.world.dirty = true;
  return { ok: true, data: { delay_days: body.resume_lead_with_delay_days ?? 0 } };
}

function unsubscribeHere(context: RouteContext): unknown {
  const { campaign, link } = linkOf(context, 'write');
  recordUnsubscribe(context, campaign, link);
  return { ok: true, data: 'success' };
}

function recordUnsubscribe(context: RouteContext, campaign: CampaignSpace, link: Link): void {
  if (link.unsubscribed) return;
  const at = context.world.simulatedNow;
  context.recorder.record(context.workspace, campaign, { type: 'lead_unsubscribed', at, link });
}

function unsubscribeEverywhere(context: RouteContext): unknown {
  const lead = context.workspace.leadById.get(leadIdOf(context));
  if (lead === undefined) throw new ApiError(404, 'Lead not found');
  lead.isUnsubscribed = true;
  for (const { campaign, link } of campaignsOf(context, lead)) recordUnsubscribe(context, campaign, link);
  return { ok: true, data: 'success' };
}

function setCategory(context: RouteContext): unknown {
  const { campaign, link } = linkOf(context, 'write');
  const body = check(context.body, {
    category_id: { type: 'number', required: true, nullable: true },
    pause_lead: { type: 'boolean' },
  });
  const id = typeof body.category_id === 'number' ? body.category_id : null;
  if (id !== null && context.workspace.category(id) === undefined) {
    throw new ApiError(400, 'Category not found');
  }
  const at = context.world.simulatedNow;
  context.recorder.record(context.workspace, campaign, { type: 'interest_changed', at, link, category: id });
  if (body.pause_lead === true) link.status = 'PAUSED';
  return { ok: true, data: 'success' };
}

/** Answers with one bare word. */
function remove(context: RouteContext): unknown {
  const { campaign, link } = linkOf(context, 'write');
  campaign.remove(link);
  context.world.dirty = true;
  return new TextAnswer(200, 'success');
}

function history(context: RouteContext): unknown {
  const { campaign, link } = linkOf(context, 'read');
  const lead = context.workspace.leadById.get(link.lead);
  const mails = campaign.mailsOf(link);
  const sent = mails.map((mail) => {
    const { subject, html } = mailText(campaign.data, mail.step, mail.variant, lead);
    return {
      at: mail.sentAt,
      type: 'SENT',
      message_id: mail.messageId,
      stats_id: mail.statsId,
      time: iso(mail.sentAt),
      email_body: html,
      subject,
      email_seq_number: String(mail.step),
      open_count: mail.opens,
      click_count: mail.clicks,
      click_details: {},
    };
  });
  const replies = campaign.record.events
    .filter(({ type, link: id }) => id === link.id && /reply_received$/.test(type))
    .map((event) => ({
      at: event.at,
      type: 'REPLY',
      message_id: event.at === link.lastReply?.at
        ? link.lastReply.messageId
        : `<${event.id}@${link.email.split('@')[1]}>`,
      stats_id: campaign.mail(link, event.step)?.statsId ?? null,
      time: iso(event.at),
      email_body: `<div>${event.text ?? ''}</div>`,
      subject: `Re: ${mailText(campaign.data, event.step ?? 1, event.variant ?? 1, lead).subject}`,
      email_seq_number: String(event.step ?? 1),
    }));
  const messages = [...sent, ...replies].sort((one, other) => one.at - other.at);
  return {
    history: messages.map(({ at: _, ...message }) => message),
    from: link.account,
    to: link.email,
  };
}

const columns = [
  'id',
  'campaign_lead_map_id',
  'status',
  'created_at',
  'first_name',
  'last_name',
  'email',
  'phone_number',
  'company_name',
  'website',
  'location',
  'custom_fields',
  'linkedin_profile',
  'company_url',
  'is_unsubscribed',
  'unsubscribed_client_id_map',
  'last_email_sequence_sent',
  'is_interested',
  'open_count',
  'click_count',
  'reply_count',
  'lead_last_event_time',
];

const quote = (value: unknown): string => {
  if (value === null || value === undefined) return '';
  const text = typeof value === 'object' ? JSON.stringify(value) : String(value);
  return /[",\n]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text;
};

function exportCsv(context: RouteContext): unknown {
  const rows = campaignOf(context).record.links.map((link) => {
    const lead = context.workspace.leadById.get(link.lead);
    const values: JsonObject = {
      ...(lead !== undefined && showLead(lead)),
      campaign_lead_map_id: link.id,
      status: link.status,
      created_at: iso(link.created),
      last_email_sequence_sent: link.lastStep,
      is_interested: context.workspace.category(link.category)?.sentiment === 'positive',
      open_count: link.opens,
      click_count: link.clicks,
      reply_count: link.replies,
      lead_last_event_time: isoOrNull(link.lastEvent),
    };
    return columns.map((name) => quote(values[name])).join(',');
  });
  return new TextAnswer(200, [columns.join(','), ...rows].join('\n'), 'text/csv; charset=utf-8');
}

const categories = ({ workspace }: RouteContext): unknown =>
  workspace.record.categories.map(({ id, name, sentiment, created }) => ({
    id,
    name,
    sentiment_type: sentiment,
    created_at: iso(created),
  }));

const lead = '/campaigns/:campaignId/leads/:leadId';

export const leadRoutes: readonly Route[] = [
  { method: 'GET', path: '/campaigns/:campaignId/leads', handle: list },
  { method: 'POST', path: '/campaigns/:campaignId/leads', handle: add },
  { method: 'GET', path: '/campaigns/:campaignId/leads-export', handle: exportCsv },
  { method: 'POST', path: lead, handle: update },
  { method: 'DELETE', path: lead, handle: remove },
  { method: 'POST', path: `${lead}/pause`, handle: pause },
  { method: 'POST', path: `${lead}/resume`, handle: resume },
  { method: 'POST', path: `${lead}/unsubscribe`, handle: unsubscribeHere },
  { method: 'POST', path: `${lead}/category`, handle: setCategory },
  { method: 'GET', path: `${lead}/message-history`, handle: history },
  { method: 'GET', path: '/leads', handle: findByEmail },
  { method: 'GET', path: '/leads/fetch-categories', handle: categories },
  { method: 'GET', path: '/leads/:leadId', handle: findById },
  { method: 'POST', path: '/leads/:leadId/unsubscribe', handle: unsubscribeEverywhere },
];
