import { iso } from '../../shared/time.ts';
import { pageOf } from '../paging.ts';
import { emailText } from '../payloads.ts';
import { each, object, oneOf, paging, text, uuid } from '../schemas.ts';
import { emailOrder } from '../state.ts';
import type { Routes } from '../../shared/api.ts';
import type { EventRecord, JsonObject } from '../../shared/records.ts';
import type { Route, RouteContext } from '../api.ts';

function show({ workspace }: RouteContext, event: EventRecord): JsonObject {
  const campaign = workspace.campaigns.get(event.campaign);
  const sent = event.type === 'email_sent';
  // Of a deleted campaign only what the lead wrote is left.
  const { subject, html, text } = campaign === undefined
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
    ue_type: sent ? 1 : 2,
    step: event.step === null ? null : String(event.step - 1),
    is_auto_reply: event.type === 'auto_reply_received' ? 1 : 0,
  };
}

function list(context: RouteContext): unknown {
  const { query, workspace } = context;
  const { campaign_id: campaign, email_type: type } = query;
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
      (type === undefined || type === (event.type === 'email_sent' ? 'sent' : 'received')) &&
      event.at >= since && event.at <= until,
    show: (event) => show(context, event),
  });
}

const query = object({
  ...paging,
  ...each('min_timestamp_created max_timestamp_created', text),
  campaign_id: uuid,
  sort_order: oneOf('asc', 'desc'),
  email_type: oneOf('received', 'sent', 'manual'),
});

export const emailRoutes: Routes<Route> = { 'GET /emails': ['emails:read', list, { query }] };
