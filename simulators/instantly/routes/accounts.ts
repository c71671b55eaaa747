import { activityCounters } from './analytics.ts';
import { badRequest, notFound } from '../errors.ts';
import { limitOf, pageOf, textOf } from '../paging.ts';
import { hashText } from '../../shared/random.ts';
import { flag, listOf, number, object, oneOf, paging, text } from '../schemas.ts';
import { dayOf, readRange, tallyBy } from '../tally.ts';
import type { Route, RouteContext } from '../router.ts';
import type { JsonObject, SendingAccount } from '../types.ts';

const day = 86_400_000;

function show({ workspace }: RouteContext, account: SendingAccount): JsonObject {
  const created = new Date(account.created).toISOString();
  return {
    email: account.email,
    timestamp_created: created,
    timestamp_updated: created,
    first_name: account.firstName,
    last_name: account.lastName,
    warmup: { limit: 10 },
    added_by: null,
    daily_limit: account.dailyLimit,
    modified_by: null,
    tracking_domain_name: null,
    tracking_domain_status: null,
    status: account.status,
    enable_slow_ramp: false,
    organization: workspace.id,
    warmup_status: 1,
    timestamp_warmup_start: created,
    provider_code: account.providerCode,
    setup_pending: false,
    is_managed_account: false,
    stat_warmup_score: account.warmupScore,
    sending_gap: 10,
    signature: null,
    reply_to: null,
  };
}

const cursorOf = (account: SendingAccount): string =>
  `${new Date(account.created).toISOString()}&${account.email}`;

function list(context: RouteContext): unknown {
  const { query, workspace } = context;
  const search = textOf(query.search)?.toLowerCase();
  return pageOf(context, workspace.record.accounts, {
    limit: limitOf(query),
    after: textOf(query.starting_after),
    keyOf: cursorOf,
    order: 'newest-first',
    accepts: (account) =>
      (search === undefined || account.email.includes(search)) &&
      (query.status === undefined || account.status === query.status) &&
      (query.provider_code === undefined || account.providerCode === query.provider_code) &&
      query.tag_ids === undefined && query.tag_ids_all === undefined,
    show: (account) => show(context, account),
  });
}

function findOne(context: RouteContext): unknown {
  const account = context.workspace.record.accounts.find(({ email }) =>
    email === context.parameters.email?.toLowerCase()
  );
  if (account === undefined) throw notFound();
  return show(context, account);
}

function daily(context: RouteContext): unknown {
  const { world, workspace, query } = context;
  const emails = new Set(query.emails as string[]);
  const range = readRange(query, context.behaviour.endDateCoversDay);
  if (range.to === Infinity) range.to = world.simulatedNow + 1;
  if (range.from === -Infinity) range.from = range.to - 30 * day;
  if (range.to - range.from > 32 * day) throw badRequest('Date range cannot exceed 31 days');
  const events = [...workspace.campaigns.values()].flatMap((campaign) => campaign.events);
  const tallies = tallyBy(
    workspace,
    events,
    range,
    (event) =>
      event.account !== null && emails.has(event.account) && !event.type.endsWith('completed')
        ? `${dayOf(event.at)} ${event.account}`
        : undefined,
  );
  return [...tallies].sort(([one], [other]) => (one < other ? -1 : 1)).map(([key, tally]) => ({
    date: key.slice(0, 10),
    email_account: key.slice(11),
    sent: tally.sent,
    bounced: tally.bounced,
    contacted: tally.contacted.size,
    new_leads_contacted: tally.newLeads,
    ...activityCounters(context, tally),
  }));
}

/** Warm-up numbers are invented from the address, the same on every call. */
function warmup(context: RouteContext): unknown {
  const { emails } = context.body as { emails: string[] };
  const perDay: Record<string, Record<string, JsonObject>> = {};
  const totals: Record<string, JsonObject> = {};
  for (const email of emails) {
    const account = context.workspace.record.accounts.find((candidate) =>
      candidate.email === email.toLowerCase()
    );
    if (account === undefined) continue;
    const total = { sent: 0, received: 0, landed_inbox: 0, landed_spam: 0 };
    const days: Record<string, JsonObject> = {};
    for (let back = 6; back >= 0; back -= 1) {
      const date = dayOf(context.world.simulatedNow - back * day);
      const sent = 5 + (hashText(`${email} ${date}`) % 6);
      const spam = hashText(`${date} ${email}`) % 7 === 0 ? 1 : 0;
      const row = { sent, landed_inbox: sent - spam, landed_spam: spam, received: sent };
      for (const name of ['sent', 'received', 'landed_inbox', 'landed_spam'] as const) {
        total[name] += row[name];
      }
      days[date] = row;
    }
    perDay[email] = days;
    totals[email] = { ...total, health_score_label: 'Good', health_score: account.warmupScore };
  }
  return { email_date_data: perDay, aggregate_data: totals };
}

const filterNames = [
  'PAUSED',
  'ERROR',
  'NO_CTD',
  'PW_ACCOUNTS',
  'DFY',
  'DFY_SETUP_PENDING',
  'W_ACTIVE',
  'W_PAUSED',
  'W_ERROR',
];

export const accountRoutes: readonly Route[] = [
  {
    method: 'GET',
    path: '/accounts',
    scope: ['accounts', 'read'],
    query: object({
      ...paging,
      search: text,
      status: oneOf(1, 2, 3, -1, -2, -3),
      provider_code: oneOf(1, 2, 3, 4, 8, 11),
      tag_ids: text,
      tag_ids_all: text,
      include_tags: flag,
      filter: oneOf(...filterNames.map((name) => `ACC_FILTER_${name}`)),
      sort_by: oneOf('timestamp_created', 'email', 'stat_warmup_score', 'status'),
      sort_order: oneOf('asc', 'desc'),
      skip: { ...number, minimum: 0 },
    }),
    handle: list,
  },
  {
    method: 'GET',
    path: '/accounts/analytics/daily',
    scope: ['accounts', 'read'],
    query: object(
      { emails: listOf(text, { minItems: 1, maxItems: 200 }), start_date: text, end_date: text },
      ['emails'],
    ),
    handle: daily,
  },
  {
    method: 'POST',
    path: '/accounts/warmup-analytics',
    scope: ['accounts', 'read'],
    body: object({ emails: listOf(text, { minItems: 1, maxItems: 100 }) }, ['emails']),
    handle: warmup,
  },
  { method: 'GET', path: '/accounts/:email', scope: ['accounts', 'read'], handle: findOne },
];
