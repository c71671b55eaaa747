import { notFound } from '../errors.ts';
import { limitOf, pageOf, textOf } from '../paging.ts';
import { emailText } from '../payloads.ts';
import { flag, number, object, oneOf, paging, text, uuid } from '../schemas.ts';
import { emailKey } from '../state.ts';
import type { Route, RouteContext } from '../router.ts';
import type { EventRecord, JsonObject } from '../types.ts';

function show(context: RouteContext, event: EventRecord): JsonObject {
  const { workspace } = context;
  const campaign = workspace.campaigns.get(event.campaign);
  const lead = event.lead === null ? undefined : workspace.leadById.get(event.lead);
  const sent = event.type === 'email_sent';
  const content = campaign === undefined
    ? { subject: '', html: '', text: event.text ?? '' }
    : emailText(campaign, event, lead);
  const account = event.account ?? 'unknown@example.com';
  const from = sent ? account : event.writtenBy ?? event.email ?? account;
  const to = sent ? event.email ?? '' : account;
  const created = new Date(event.at).toISOString();
  const body = context.query.preview_only === true
    ? {}
    : { body: { text: content.text, html: content.html } };
  return {
    id: event.id,
    timestamp_created: created,
    timestamp_email: created,
    message_id: `<${event.id}@${from.split('@')[1] ?? 'example.com'}>`,
    subject: content.subject,
    from_address_email: from,
    to_address_email_list: to,
    cc_address_email_list: null,
    bcc_address_email_list: null,
    reply_to: null,
    body: {},
    ...body,
    organization_id: workspace.id,
    campaign_id: event.campaign,
    subsequence_id: null,
    list_id: null,
    lead: event.email,
    lead_id: event.lead,
    eaccount: account,
    ue_type: sent ? 1 : 2,
    step: event.step === null ? null : String(event.step - 1),
    is_unread: sent ? 0 : 1,
    is_auto_reply: event.type === 'auto_reply_received' ? 1 : 0,
    reminder_ts: null,
    ai_interest_value: null,
    ai_assisted: null,
    is_focused: sent ? 0 : 1,
    i_status: lead?.interest ?? null,
    // One thread per lead and campaign, so the lead's own id names it.
    thread_id: event.lead,
    content_preview: content.text.slice(0, 100),
    attachment_json: null,
    from_address_json: [{ address: from, name: '' }],
    to_address_json: [{ address: to, name: '' }],
    cc_address_json: null,
    ai_agent_id: null,
  };
}

const within = (event: EventRecord, after: unknown, before: unknown): boolean =>
  (typeof after !== 'string' || event.at >= Date.parse(after)) &&
  (typeof before !== 'string' || event.at <= Date.parse(before));

function accepts({ query, workspace }: RouteContext, event: EventRecord): boolean {
  const search = textOf(query.search)?.toLowerCase();
  const thread = search?.startsWith('thread:') === true ? search.slice(7) : undefined;
  if (thread !== undefined ? event.lead !== thread : search !== undefined && event.email !== search) {
    return false;
  }
  if (query.campaign_id !== undefined && event.campaign !== query.campaign_id) return false;
  if (query.lead !== undefined && event.email !== String(query.lead).toLowerCase()) return false;
  if (query.email_type === 'received' && event.type === 'email_sent') return false;
  if (query.email_type === 'sent' && event.type !== 'email_sent') return false;
  if (query.email_type === 'manual' || query.scheduled_only === true || query.has_reminder === true) {
    return false;
  }
  if (query.is_unread !== undefined && (event.type !== 'email_sent') !== query.is_unread) return false;
  if (typeof query.eaccount === 'string' && !query.eaccount.split(',').includes(event.account ?? '')) {
    return false;
  }
  if (
    typeof query.company_domain === 'string' && event.email?.endsWith(`@${query.company_domain}`) !== true
  ) return false;
  if (query.list_id !== undefined || query.assigned_to !== undefined) return false;
  if (query.i_status !== undefined && workspace.leadById.get(event.lead ?? '')?.interest !== query.i_status) {
    return false;
  }
  return within(event, query.min_timestamp_created, query.max_timestamp_created);
}

function list(context: RouteContext): unknown {
  const { query, workspace } = context;
  const cursor = textOf(query.starting_after);
  return pageOf(context, workspace.emails, {
    limit: limitOf(query),
    after: cursor === undefined ? undefined : workspace.emailOrder(cursor),
    keyOf: emailKey,
    cursorOf: (event) => event.id,
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

export const emailRoutes: readonly Route[] = [
  {
    method: 'GET',
    path: '/emails',
    scope: ['emails', 'read'],
    query: object({
      ...paging,
      search: text,
      campaign_id: uuid,
      list_id: uuid,
      i_status: number,
      eaccount: text,
      is_unread: flag,
      has_reminder: flag,
      mode: oneOf('emode_focused', 'emode_others', 'emode_all'),
      preview_only: flag,
      sort_order: oneOf('asc', 'desc'),
      scheduled_only: flag,
      assigned_to: text,
      lead: text,
      company_domain: text,
      marked_as_done: flag,
      email_type: oneOf('received', 'sent', 'manual'),
      min_timestamp_created: text,
      max_timestamp_created: text,
      latest_of_thread: flag,
    }),
    handle: list,
  },
  {
    method: 'GET',
    path: '/emails/:id',
    scope: ['emails', 'read'],
    parameters: object({ id: uuid }),
    handle: findOne,
  },
];
