import { z } from 'zod';
import { iso, isoOrNull } from '../../shared/time.ts';
import { campaignOf, linkOf, personOf, type Route, type RouteContext } from '../api.ts';
import { ApiError, instant, Missing, page, read, TextAnswer } from '../errors.ts';
import { importLeads, leadShape, updatePerson } from '../lead-import.ts';
import { mailText } from '../mail-text.ts';
import { linkStatuses } from '../types.ts';
import type { Routes } from '../../shared/api.ts';
import type { JsonObject } from '../../shared/records.ts';
import type { SmartleadCampaign } from '../state.ts';
import type { Link, Person } from '../types.ts';

const showPerson = (person: Person): JsonObject => ({
  id: person.id,
  ...person.fields,
  email: person.email,
  custom_fields: person.customFields,
  is_unsubscribed: person.isUnsubscribed,
  unsubscribed_client_id_map: Object.fromEntries(person.unsubscribedClients.map((id) => [id, true])),
});

const emailStatuses = {
  is_opened: ({ opens }: Link) => opens > 0,
  is_clicked: ({ clicks }: Link) => clicks > 0,
  is_replied: ({ replies, lastReply }: Link) => replies > 0 || lastReply !== null,
  is_bounced: ({ bounced }: Link) => bounced,
  is_unsubscribed: ({ unsubscribed }: Link) => unsubscribed,
  is_spam: () => false,
  is_accepted: ({ lastSent, bounced }: Link) => lastSent !== null && !bounced,
  not_replied: ({ lastReply }: Link) => lastReply === null,
  is_sender_bounced: () => false,
};

const listQuery = z.object({
  ...page(100),
  status: z.enum(linkStatuses).optional(),
  emailStatus: z.enum(Object.keys(emailStatuses) as Array<keyof typeof emailStatuses>).optional(),
  lead_category_id: z.coerce.number().int().optional(),
  created_at_gt: instant.optional(),
  last_sent_time_gt: instant.optional(),
  event_time_gt: instant.optional(),
});

function list(context: RouteContext): unknown {
  const { leads } = campaignOf(context);
  const query = read(listQuery, context.query);
  const { offset, limit, status, emailStatus, lead_category_id: category } = query;
  const isAfter = (at: number | null | undefined, bound: number | undefined) =>
    bound === undefined || (at ?? -Infinity) > bound;
  const found = leads.items.filter((link) =>
    (status === undefined || link.status === status) &&
    (emailStatus === undefined || emailStatuses[emailStatus](link)) &&
    (category === undefined || link.label === category) &&
    isAfter(link.created, query.created_at_gt) &&
    isAfter(link.lastSent?.at, query.last_sent_time_gt) &&
    isAfter(link.lastEvent, query.event_time_gt)
  );
  return {
    total_leads: String(found.length),
    offset,
    limit,
    data: found.slice(offset, offset + limit).flatMap((link) => {
      const person = context.workspace.person(link);
      return person === undefined ? [] : [{
        campaign_lead_map_id: link.id,
        lead_category_id: link.label,
        status: link.status,
        created_at: iso(link.created),
        lead: showPerson(person),
      }];
    }),
  };
}

function add(context: RouteContext): unknown {
  const { world, workspace, behaviour, body, nothingAdded } = context;
  return importLeads(world, workspace, campaignOf(context, 'write'), body, behaviour, nothingAdded);
}

function campaignsOf({ workspace }: RouteContext, { email }: Person) {
  return [...workspace.campaigns.values()].flatMap((campaign) => {
    const link = campaign.leads.find(email);
    return link === undefined ? [] : [{ campaign, link }];
  });
}

function findByEmail(context: RouteContext): unknown {
  const person = context.workspace.personNamed(String(context.query.email ?? ''));
  if (person === undefined) throw new Missing('Lead');
  return {
    ...showPerson(person),
    created_at: iso(person.created),
    lead_campaign_data: campaignsOf(context, person).map(({ campaign: { data }, link }) => ({
      campaign_lead_map_id: link.id,
      campaign_id: data.id,
      campaign_name: data.name,
      campaign_status: data.status,
      client_id: data.clientId,
      lead_category_id: link.label,
      lead_status: link.status,
      lead_added_at: iso(link.created),
      lead_last_seq_number: link.lastSent?.step ?? 0,
    })),
  };
}

function findById(context: RouteContext): unknown {
  const data = [showPerson(personOf(context, 'read'))];
  return { ok: true, message: 'Lead fetched successfully', data };
}

function update(context: RouteContext): unknown {
  const { person } = linkOf(context, 'write');
  const row = read(leadShape(context.behaviour), context.body);
  if (row.email !== person.email) throw new ApiError(400, 'Email cannot be changed');
  updatePerson(person, row);
  context.world.dirty = true;
  return { ok: true, message: 'Lead updated successfully' };
}

function pause(context: RouteContext): unknown {
  const { campaign, link } = linkOf(context, 'write');
  campaign.leads.setStatus(link, 'PAUSED');
  context.world.dirty = true;
  return { ok: true, data: 'success' };
}

const resumeBody = z.strictObject({ resume_lead_with_delay_days: z.number().nullish() });

function resume(context: RouteContext): unknown {
  const { campaign, link } = linkOf(context, 'write');
  const { resume_lead_with_delay_days: days } = read(resumeBody, context.body);
  if (link.status !== 'PAUSED') throw new ApiError(400, 'Lead is not paused');
  campaign.leads.setStatus(link, link.lastSent === null ? 'STARTED' : 'INPROGRESS');
  const step = (link.lastSent?.step ?? 0) + 1;
  if (step <= campaign.data.steps.length) campaign.progress.followUps.push({ lead: link.id, step });
  context.world.dirty = true;
  return { ok: true, data: { delay_days: days ?? 0 } };
}

function recordUnsubscribe(context: RouteContext, campaign: SmartleadCampaign, link: Link): void {
  if (link.unsubscribed) return;
  const event = { type: 'lead_unsubscribed', at: context.world.simulatedNow, lead: link } as const;
  context.recorder.record(context.workspace, campaign, event);
}

function unsubscribeHere(context: RouteContext): unknown {
  const { campaign, link } = linkOf(context, 'write');
  recordUnsubscribe(context, campaign, link);
  return { ok: true, data: 'success' };
}

function unsubscribeEverywhere(context: RouteContext): unknown {
  const person = personOf(context, 'write');
  person.isUnsubscribed = true;
  for (const { campaign, link } of campaignsOf(context, person)) recordUnsubscribe(context, campaign, link);
  return { ok: true, data: 'success' };
}

const categoryBody = z.strictObject({
  category_id: z.number().nullable(),
  pause_lead: z.boolean().optional(),
});

function setCategory(context: RouteContext): unknown {
  const { world, workspace, recorder } = context;
  const { campaign, link } = linkOf(context, 'write');
  const { category_id: label, pause_lead: isPaused } = read(categoryBody, context.body);
  if (label !== null && workspace.category(label) === undefined) {
    throw new ApiError(400, 'Category not found');
  }
  const event = { type: 'label_changed', at: world.simulatedNow, lead: link, label } as const;
  recorder.record(workspace, campaign, event);
  if (isPaused === true) campaign.leads.setStatus(link, 'PAUSED');
  return { ok: true, data: 'success' };
}

/** Answers with one bare word. */
function remove(context: RouteContext): unknown {
  const { campaign, link } = linkOf(context, 'write');
  campaign.leads.remove(new Set([link]));
  context.world.dirty = true;
  return new TextAnswer(200, 'success');
}

function history(context: RouteContext): unknown {
  const { campaign, link, person } = linkOf(context, 'read');
  const sent = campaign.mailsOf(link).map((mail) => {
    const { subject, html } = mailText(campaign.data, mail.step, mail.variant, person);
    return {
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
  const { lastReply } = link;
  const replies = campaign.events
    .filter(({ type, lead }) => lead === link.id && type.endsWith('reply_received'))
    .map(({ id, at, step, variant, text }) => ({
      type: 'REPLY',
      message_id: at === lastReply?.at ? lastReply.messageId : `<${id}@${link.email.split('@')[1]}>`,
      stats_id: campaign.mail(link, step)?.statsId ?? null,
      time: iso(at),
      email_body: `<div>${text ?? ''}</div>`,
      subject: `Re: ${mailText(campaign.data, step ?? 1, variant ?? 1, person).subject}`,
      email_seq_number: String(step ?? 1),
    }));
  const messages = [...sent, ...replies].sort((one, other) => Date.parse(one.time) - Date.parse(other.time));
  return { history: messages, from: link.account, to: link.email };
}

const columns =
  `id campaign_lead_map_id status created_at first_name last_name email phone_number company_name
  website location custom_fields linkedin_profile company_url is_unsubscribed unsubscribed_client_id_map
  last_email_sequence_sent is_interested open_count click_count reply_count lead_last_event_time`.split(
    /\s+/,
  );

const quote = (value: unknown): string => {
  if (value === null || value === undefined) return '';
  const text = typeof value === 'object' ? JSON.stringify(value) : String(value);
  return /[",\n]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text;
};

function exportCsv(context: RouteContext): unknown {
  const { workspace } = context;
  const rows = campaignOf(context).leads.items.map((link) => {
    const person = workspace.person(link);
    const values: JsonObject = {
      ...(person !== undefined && showPerson(person)),
      campaign_lead_map_id: link.id,
      status: link.status,
      created_at: iso(link.created),
      last_email_sequence_sent: link.lastSent?.step ?? 0,
      is_interested: workspace.isPositive(link.label),
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

const link = '/campaigns/:campaignId/leads/:leadId';

export const leadRoutes: Routes<Route> = {
  'GET /campaigns/:campaignId/leads': list,
  'POST /campaigns/:campaignId/leads': add,
  'GET /campaigns/:campaignId/leads-export': exportCsv,
  [`POST ${link}`]: update,
  [`DELETE ${link}`]: remove,
  [`POST ${link}/pause`]: pause,
  [`POST ${link}/resume`]: resume,
  [`POST ${link}/unsubscribe`]: unsubscribeHere,
  [`POST ${link}/category`]: setCategory,
  [`GET ${link}/message-history`]: history,
  'GET /leads': findByEmail,
  'GET /leads/fetch-categories': categories,
  'GET /leads/:leadId': findById,
  'POST /leads/:leadId/unsubscribe': unsubscribeEverywhere,
};
