import { ApiError, type Routes } from '../../shared/api.ts';
import { plainText } from '../../shared/texts.ts';
import { iso } from '../../shared/time.ts';
import { badRequest } from '../errors.ts';
import { pageOf } from '../paging.ts';
import { emailText } from '../payloads.ts';
import { each, object, oneOf, paging, text, uuid } from '../schemas.ts';
import { emailOrder } from '../state.ts';
import type { EventRecord, JsonObject } from '../../shared/records.ts';
import type { Route, RouteContext } from '../api.ts';

function show({ workspace }: Pick<RouteContext, 'workspace'>, event: EventRecord): JsonObject {
  const campaign = workspace.campaigns.get(event.campaign);
  const isAnswer = event.type === 'answer_sent';
  const sent = isAnswer || event.type === 'email_sent';
  // Of a deleted campaign only what the lead wrote is left.
  const { subject, html, text } = isAnswer
    ? { subject: event.subject ?? '', html: event.text ?? '', text: plainText(event.text ?? '') }
    : campaign === undefined
    ? { subject: '', html: '', text: event.text ?? '' }
    : emailText({ workspace, campaign, event, lead: workspace.leads.get(event.lead) });
  const account = event.account ?? 'unknown@example.com';
  const from = sent ? account : event.writtenBy ?? event.email ?? account;
  return {
    id: event.id,
    timestamp_created: iso(event.at),
    timestamp_email: iso(event.at),
    message_id: `<${event.id}@${from.split('@')[1] ?? 'example.com'}>`,
    subject,
    from_address_email: from,
    to_address_email_list: sent ? event.email ?? '' : account,
    body: { text, html },
    content_preview: text.slice(0, 100),
    organization_id: workspace.id,
    campaign_id: event.campaign,
    lead: event.email,
    // One thread per lead and campaign, so the lead's own id names it.
    thread_id: event.lead,
    eaccount: account,
    ue_type: isAnswer ? 3 : sent ? 1 : 2,
    step: isAnswer || event.step === null ? null : String(event.step - 1),
    is_auto_reply: event.type === 'auto_reply_received' ? 1 : 0,
  };
}

const typeOf = ({ type }: EventRecord): string =>
  type === 'email_sent' ? 'sent' : type === 'answer_sent' ? 'manual' : 'received';

function list(context: RouteContext): unknown {
  const { query, workspace } = context;
  const { campaign_id: campaign, email_type: type, lead } = query;
  const since = Date.parse(String(query.min_timestamp_created ?? '1970-01-01'));
  const until = Date.parse(String(query.max_timestamp_created ?? '9999-01-01'));
  return pageOf(context, workspace.emails, {
    keyOf: emailOrder,
    cursor: {
      read: (id) => {
        const event = workspace.emailById.get(id);
        return event && emailOrder(event);
      },
      of: ({ id }) => id,
    },
    order: query.sort_order === 'asc' ? 'oldest-first' : 'newest-first',
    accepts: (event) =>
      (campaign === undefined || event.campaign === campaign) &&
      (type === undefined || type === typeOf(event)) &&
      (lead === undefined || event.email === lead) &&
      event.at >= since && event.at <= until,
    show: (event) => show(context, event),
  });
}

/** The mail is out at once and in the list; a mailbox that is not connected sends nothing. */
function reply({ workspace, world, body }: RouteContext): unknown {
  const answered = workspace.emailById.get(String(body.reply_to_uuid));
  const campaign = workspace.campaigns.get(answered?.campaign ?? '');
  if (answered === undefined || campaign === undefined) throw new ApiError(404, 'Email not found');
  const account = workspace.record.accounts.find(({ email }) => email === body.eaccount);
  if (account === undefined) throw badRequest('Email account not found in workspace');
  if (account.status !== 1) throw badRequest('Email account is not connected');
  const { html, text: plain } = body.body as { html?: string; text?: string };
  // Somebody writes it now, however slowly the simulated time goes.
  const at = Math.max(Date.now(), world.simulatedNow);
  const event: EventRecord = {
    id: world.nextEventId(at),
    at,
    type: 'answer_sent',
    campaign: answered.campaign,
    lead: answered.lead,
    email: answered.email,
    account: account.email,
    step: null,
    variant: null,
    first: false,
    subject: String(body.subject),
    text: html ?? plain ?? '',
  };
  campaign.events.push(event);
  workspace.indexEmail(event);
  return show({ workspace }, event);
}

const replyBody = object({
  ...each('eaccount subject cc_address_email_list bcc_address_email_list', text),
  reply_to_uuid: uuid,
  body: object(each('html text', text)),
}, ['reply_to_uuid', 'eaccount', 'subject', 'body']);

const query = object({
  ...paging,
  ...each('min_timestamp_created max_timestamp_created lead', text),
  campaign_id: uuid,
  sort_order: oneOf('asc', 'desc'),
  email_type: oneOf('received', 'sent', 'manual'),
});

export const emailRoutes: Routes<Route> = {
  'GET /emails': ['emails:read', list, { query }],
  'POST /emails/reply': ['emails:create', reply, { body: replyBody }],
};
