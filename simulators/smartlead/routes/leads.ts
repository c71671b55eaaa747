import Papa from 'papaparse';
import { z } from 'zod';
import { ApiError, type Routes } from '../../shared/api.ts';
import { normalizeEmail } from '../../shared/state.ts';
import { iso } from '../../shared/time.ts';
import { anything, onLead, personOf, reading, type Route, type RouteContext, writing } from '../api.ts';
import { instant, Missing, page, read, TextAnswer } from '../errors.ts';
import { importBody, importLeads } from '../lead-import.ts';
import { mailText } from '../payloads.ts';
import { linkStatuses, type Person } from '../records.ts';

const listQuery = z.object({
  ...page(100),
  status: z.enum(linkStatuses).optional(),
  emailStatus: z.enum(['is_bounced', 'is_unsubscribed']).optional(),
  event_time_gt: instant.optional(),
});

const list = reading(listQuery, ({ leads }, query, { workspace }) => {
  const { offset, limit, status, emailStatus, event_time_gt: since } = query;
  const found = leads.items.filter((link) =>
    (status === undefined || link.status === status) &&
    (emailStatus === undefined || (emailStatus === 'is_bounced' ? link.bounced : link.unsubscribed)) &&
    (since === undefined || (link.lastEvent ?? -Infinity) > since)
  );
  return {
    total_leads: String(found.length),
    offset,
    limit,
    data: found.slice(offset, offset + limit).map((link) => ({
      campaign_lead_map_id: link.id,
      lead_category_id: link.label,
      status: link.status,
      created_at: iso(link.created),
      lead: workspace.person(link),
    })),
  };
});

const campaignsOf = ({ workspace }: RouteContext, { email }: Person) =>
  workspace.allCampaigns.flatMap((campaign) => {
    const link = campaign.leads.find(email);
    return link === undefined ? [] : [{ campaign, link }];
  });

function findByEmail(context: RouteContext): unknown {
  const person = context.workspace.people.find(String(context.query.email ?? ''));
  if (person === undefined) throw new Missing('Lead not found');
  return {
    ...person,
    lead_campaign_data: campaignsOf(context, person).map(({ campaign: { data }, link }) => ({
      campaign_lead_map_id: link.id,
      campaign_id: data.id,
      lead_category_id: link.label,
      lead_status: link.status,
    })),
  };
}

const findById = (context: RouteContext): unknown => ({
  ok: true,
  message: 'Lead fetched successfully',
  data: [personOf(context, 'read')],
});

const pause = onLead('write', ({ campaign, lead }) => {
  campaign.leads.setStatus(lead, 'PAUSED');
  return { ok: true, data: 'success' };
});

function unsubscribeEverywhere(context: RouteContext): unknown {
  const { recorder, workspace, world } = context;
  const person = personOf(context, 'write');
  person.is_unsubscribed = true;
  for (const { campaign, link: lead } of campaignsOf(context, person)) {
    if (lead.unsubscribed) continue;
    recorder.record({ workspace, campaign, lead }, { type: 'lead_unsubscribed', at: world.simulatedNow });
  }
  return { ok: true, data: 'success' };
}

const categoryBody = z.strictObject({
  category_id: z.number().nullable(),
  pause_lead: z.boolean().optional(),
});

const setCategory = onLead('write', (place, { world, workspace, recorder, body }) => {
  const { category_id: label, pause_lead: isPaused } = read(categoryBody, body);
  if (label !== null && workspace.category(label) === undefined) {
    throw new ApiError(400, 'Category not found');
  }
  recorder.record(place, { type: 'label_changed', at: world.simulatedNow, label });
  if (isPaused === true) place.campaign.leads.setStatus(place.lead, 'PAUSED');
  return { ok: true, data: 'success' };
});

/** Answers with one bare word. */
const remove = onLead('write', ({ campaign, lead }) => {
  campaign.leads.remove(new Set([lead]));
  return new TextAnswer(200, 'success');
});

const history = onLead('read', ({ campaign, lead: link, person }) => {
  const sent = campaign.mailsOf(link).map(({ messageId, variant, row }) => {
    const { subject, html } = mailText(campaign, row.sequence_number, variant, person);
    return {
      type: 'SENT',
      message_id: messageId,
      stats_id: row.stats_id,
      time: row.sent_time,
      email_body: html,
      subject,
      email_seq_number: String(row.sequence_number),
    };
  });
  const { lastReply } = link;
  const replies = campaign.events
    .filter(({ type, lead }) => lead === link.id && type.endsWith('reply_received'))
    .map(({ id, at, step, variant, text }) => ({
      type: 'REPLY',
      message_id: at === lastReply?.at ? lastReply.messageId : `<${id}@${link.email.split('@')[1]}>`,
      stats_id: campaign.mail(link, step)?.row.stats_id ?? null,
      time: iso(at),
      email_body: `<div>${text ?? ''}</div>`,
      subject: `Re: ${mailText(campaign, step ?? 1, variant ?? 1, person).subject}`,
      email_seq_number: String(step ?? 1),
    }));
  const answers = campaign.events
    .filter(({ type, lead }) => lead === link.id && type === 'answer_sent')
    .map(({ id, at, step, text, subject }) => ({
      type: 'SENT',
      message_id: `<${id}@${link.account?.split('@')[1] ?? 'example.com'}>`,
      stats_id: campaign.mail(link, step)?.row.stats_id ?? null,
      time: iso(at),
      email_body: text ?? '',
      subject: subject ?? '',
      email_seq_number: null,
    }));
  const messages = [...sent, ...replies, ...answers].sort((one, other) =>
    Date.parse(one.time) - Date.parse(other.time)
  );
  return { history: messages, from: link.account, to: link.email };
});

const answerBody = z.strictObject({
  email_stats_id: z.string(),
  email_body: z.string().min(1),
  reply_message_id: z.string(),
  reply_email_time: z.string().optional(),
  reply_email_body: z.string().optional(),
  cc: z.string().optional(),
  bcc: z.string().optional(),
  add_signature: z.boolean().optional(),
  to_first_name: z.string().optional(),
  to_last_name: z.string().optional(),
  to_email: z.string().optional(),
});

/** The answer is a sentence; the mail is in the history after a moment, here at once. The quotation is made of what was answered. */
const answerThread = writing(answerBody, (campaign, body, { workspace, world }) => {
  const mail = campaign.record.mails.find(({ row }) => row.stats_id === body.email_stats_id);
  const link = campaign.leads.items.find(({ id }) => id === mail?.link);
  if (mail === undefined || link === undefined) throw new ApiError(404, 'Email stats not found');
  const account = workspace.record.accounts.find(({ from_email: email }) => email === link.account);
  if (account !== undefined && !account.is_smtp_success) {
    throw new ApiError(400, 'Email account is disconnected');
  }
  const at = Math.max(Date.now(), world.simulatedNow);
  const original = body.reply_email_body ? `<br><blockquote>${body.reply_email_body}</blockquote>` : '';
  campaign.events.push({
    id: world.nextEventId(),
    at,
    type: 'answer_sent',
    campaign: campaign.data.id,
    lead: link.id,
    email: link.email,
    account: link.account,
    step: mail.row.sequence_number,
    variant: null,
    first: false,
    text: body.email_body + original,
    subject: '',
  });
  return new TextAnswer(200, 'Email added to the queue, will be sent out soon!');
});

const exportCsv = reading(anything, ({ leads }, _, { workspace }) => {
  const rows = leads.items.map((link) => ({
    ...workspace.person(link),
    custom_fields: JSON.stringify(workspace.person(link)?.custom_fields),
    unsubscribed_client_id_map: JSON.stringify(workspace.person(link)?.unsubscribed_client_id_map),
    campaign_lead_map_id: link.id,
    status: link.status,
    open_count: link.opens,
    click_count: link.clicks,
    reply_count: link.replies,
  }));
  return new TextAnswer(200, Papa.unparse(rows, { newline: '\n' }), 'text/csv; charset=utf-8');
});

const blockBody = z.strictObject({
  domain_block_list: z.array(z.string().transform(normalizeEmail)).min(1),
  client_id: z.number().nullable().default(null),
});

/** Takes domains and addresses, each again without a word. */
function block({ workspace: { record }, body }: RouteContext): unknown {
  const { domain_block_list: entries } = read(blockBody, body);
  record.blockList = [...new Set([...record.blockList, ...entries])];
  return { uploadCount: entries.length, totalDomainAdded: entries.length };
}

const ofCampaign = '/campaigns/:campaignId/leads';

export const leadRoutes: Routes<Route> = {
  [`GET ${ofCampaign}`]: list,
  [`POST ${ofCampaign}`]: writing(importBody, importLeads),
  [`GET ${ofCampaign}-export`]: exportCsv,
  [`DELETE ${ofCampaign}/:leadId`]: remove,
  [`POST ${ofCampaign}/:leadId/pause`]: pause,
  [`POST ${ofCampaign}/:leadId/category`]: setCategory,
  [`GET ${ofCampaign}/:leadId/message-history`]: history,
  'POST /campaigns/:campaignId/reply-email-thread': answerThread,
  'GET /leads': findByEmail,
  'GET /leads/fetch-categories': ({ workspace }) => workspace.record.categories,
  'POST /leads/add-domain-block-list': block,
  'GET /leads/:leadId': findById,
  'POST /leads/:leadId/unsubscribe': unsubscribeEverywhere,
};
