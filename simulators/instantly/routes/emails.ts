import { iso } from '../../shared/time.ts';
import { notFound } from '../errors.ts';
import { pageOf } from '../paging.ts';
import { emailText } from '../payloads.ts';
import { each, flag, number, object, oneOf, paging, text, uuid } from '../schemas.ts';
import { emailOrder, nulls } from '../state.ts';
import type { Routes } from '../../shared/api.ts';
import type { EventRecord, JsonObject } from '../../shared/records.ts';
import type { Route, RouteContext } from '../api.ts';

const empty = {
  ...nulls('cc_address_email_list bcc_address_email_list reply_to subsequence_id list_id reminder_ts'),
  ...nulls('ai_interest_value ai_assisted attachment_json cc_address_json ai_agent_id'),
};

function show({ workspace, query }: RouteContext, event: EventRecord): JsonObject {
  const campaign = workspace.campaigns.get(event.campaign);
  const lead = workspace.leads.get(event.lead);
  const sent = event.type === 'email_sent';
  const content = campaign === undefined
    ? { subject: '', html: '', text: event.text ?? '' }
    : emailText(campaign, event, lead);
  const account = event.account ?? 'unknown@example.com';
  const from = sent ? account : event.writtenBy ?? event.email ?? account;
  const to = sent ? event.email ?? '' : account;
  return {
    id: event.id,
    timestamp_created: iso(event.at),
    timestamp_email: iso(event.at),
    message_id: `<${event.id}@${from.split('@')[1] ?? 'example.com'}>`,
    subject: content.subject,
    from_address_email: from,
    from_address_json: [{ address: from, name: '' }],
    to_address_email_list: to,
    to_address_json: [{ address: to, name: '' }],
    body: query.preview_only === true ? {} : { text: content.text, html: content.html },
    content_preview: content.text.slice(0, 100),
    organization_id: workspace.id,
    campaign_id: event.campaign,
    lead: event.email,
    lead_id: event.lead,
    // One thread per lead and campaign, so the lead's own id names it.
    thread_id: event.lead,
    eaccount: account,
    ue_type: sent ? 1 : 2,
    step: event.step === null ? null : String(event.step - 1),
    is_unread: sent ? 0 : 1,
    is_focused: sent ? 0 : 1,
    is_auto_reply: event.type === 'auto_reply_received' ? 1 : 0,
    i_status: lead?.label ?? null,
    ...empty,
  };
}

function accepts({ query, workspace }: RouteContext, event: EventRecord): boolean {
  const { search, lead, campaign_id: campaign, email_type: type, i_status: label } = query;
  const isSent = event.type === 'email_sent';
  const isSearched = String(search).startsWith('thread:')
    ? event.lead === String(search).slice('thread:'.length)
    : event.email === String(search).toLowerCase();
  const { eaccount, company_domain: domain, min_timestamp_created: min, max_timestamp_created: max } = query;
  return (search === undefined || isSearched) &&
    (campaign === undefined || event.campaign === campaign) &&
    (lead === undefined || event.email === String(lead).toLowerCase()) &&
    (type === undefined || type === (isSent ? 'sent' : 'received')) &&
    query.scheduled_only !== true && query.has_reminder !== true &&
    (query.is_unread === undefined || !isSent === query.is_unread) &&
    (eaccount === undefined || String(eaccount).split(',').includes(event.account ?? '')) &&
    (domain === undefined || event.email?.endsWith(`@${String(domain)}`) === true) &&
    query.list_id === undefined && query.assigned_to === undefined &&
    (label === undefined || workspace.leads.get(event.lead)?.label === label) &&
    (min === undefined || event.at >= Date.parse(String(min))) &&
    (max === undefined || event.at <= Date.parse(String(max)));
}

function list(context: RouteContext): unknown {
  const { query, workspace } = context;
  const read = (id: string) => {
    const event = workspace.emailById.get(id);
    return event && emailOrder(event);
  };
  return pageOf(context, workspace.emails, {
    keyOf: emailOrder,
    cursor: { read, of: ({ id }) => id },
    order: query.sort_order === 'asc' ? 'oldest-first' : 'newest-first',
    accepts: (event) => accepts(context, event),
    show: (event) => show(context, event),
  });
}

function findOne(context: RouteContext): unknown {
  const event = context.workspace.emailById.get(context.parameters.id ?? '');
  if (event === undefined) throw notFound();
  return show(context, event);
}

const query = object({
  ...paging,
  ...each('search eaccount assigned_to lead company_domain', text),
  ...each('min_timestamp_created max_timestamp_created', text),
  ...each('campaign_id list_id', uuid),
  ...each('is_unread has_reminder preview_only scheduled_only marked_as_done latest_of_thread', flag),
  i_status: number,
  mode: oneOf('emode_focused', 'emode_others', 'emode_all'),
  sort_order: oneOf('asc', 'desc'),
  email_type: oneOf('received', 'sent', 'manual'),
});

export const emailRoutes: Routes<Route> = {
  'GET /emails': { scope: 'emails:read', handle: list, query },
  'GET /emails/:id': { scope: 'emails:read', handle: findOne },
};
