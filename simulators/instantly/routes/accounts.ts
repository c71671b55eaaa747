import { hashText, hexadecimal } from '../../shared/random.ts';
import { dayLength, utcDay } from '../../shared/time.ts';
import { badRequest, notFound } from '../errors.ts';
import { matchesSearch, pageOf } from '../paging.ts';
import { each, flag, listOf, number, object, oneOf, paging, text } from '../schemas.ts';
import { activityCounters, readRange, tallyBy } from '../tally.ts';
import type { Routes } from '../../shared/api.ts';
import type { JsonObject } from '../../shared/records.ts';
import type { Route, RouteContext } from '../api.ts';
import type { SendingAccount } from '../types.ts';

const find = ({ workspace }: RouteContext, wanted = ''): SendingAccount | undefined =>
  workspace.record.accounts.find(({ email }) => email === wanted.toLowerCase());

/** The id of a label, the same on every call. */
function tagId(label: string): string {
  const digits = hexadecimal(hashText(label), 8);
  return `${digits}-0000-7000-8000-${digits}0000`;
}

const show = ({ tags, ...account }: SendingAccount, isTagged = false) => ({
  ...account,
  ...(isTagged && { tags: tags.map((label) => ({ id: tagId(label), label, description: null })) }),
});

function list(context: RouteContext): unknown {
  const { query, workspace } = context;
  return pageOf(context, workspace.record.accounts, {
    keyOf: ({ timestamp_created: created, email }) => `${created}&${email}`,
    show: (account) => show(account, query.include_tags === true),
    accepts: ({ email, status, provider_code: provider }) =>
      matchesSearch(query.search, email) &&
      (query.status === undefined || status === query.status) &&
      (query.provider_code === undefined || provider === query.provider_code) &&
      query.tag_ids === undefined && query.tag_ids_all === undefined,
  });
}

function findOne(context: RouteContext): unknown {
  const account = find(context, context.parameters.email);
  if (account === undefined) throw notFound();
  return show(account);
}

function daily(context: RouteContext): unknown {
  const { world, workspace, query } = context;
  const emails = new Set(query.emails as string[]);
  const range = readRange(context);
  if (range.to === Infinity) range.to = world.simulatedNow + 1;
  if (range.from === -Infinity) range.from = range.to - 30 * dayLength;
  if (range.to - range.from > 32 * dayLength) throw badRequest('Date range cannot exceed 31 days');
  const events = [...workspace.campaigns.values()].flatMap((campaign) => campaign.events);
  const groups = tallyBy(
    context,
    events,
    range,
    ({ account, type, at }) =>
      account !== null && emails.has(account) && !type.endsWith('completed')
        ? `${utcDay(at)} ${account}`
        : undefined,
  );
  return [...groups].sort(([one], [other]) => (one < other ? -1 : 1)).map(([key, group]) => ({
    date: key.slice(0, 10),
    email_account: key.slice(11),
    sent: group.tally.of('email_sent').count,
    bounced: group.tally.of('email_bounced').count,
    contacted: group.tally.of('email_sent').leads.size,
    new_leads_contacted: group.newLeads.size,
    ...activityCounters(group),
  }));
}

/** Warm-up numbers are invented from the address, the same on every call. */
function warmup(context: RouteContext): unknown {
  const perDay: Record<string, Record<string, JsonObject>> = {};
  const totals: Record<string, JsonObject> = {};
  for (const email of context.body.emails as string[]) {
    const account = find(context, email);
    if (account === undefined) continue;
    const total = { sent: 0, received: 0, landed_inbox: 0, landed_spam: 0 };
    const days: Record<string, JsonObject> = {};
    for (let back = 6; back >= 0; back -= 1) {
      const date = utcDay(context.world.simulatedNow - back * dayLength);
      const sent = 5 + (hashText(`${email} ${date}`) % 6);
      const spam = hashText(`${date} ${email}`) % 7 === 0 ? 1 : 0;
      const row = { sent, landed_inbox: sent - spam, landed_spam: spam, received: sent };
      for (const name of Object.keys(total) as Array<keyof typeof total>) total[name] += row[name];
      days[date] = row;
    }
    perDay[email] = days;
    totals[email] = { ...total, health_score_label: 'Good', health_score: account.stat_warmup_score };
  }
  return { email_date_data: perDay, aggregate_data: totals };
}

const filters = 'PAUSED ERROR NO_CTD PW_ACCOUNTS DFY DFY_SETUP_PENDING W_ACTIVE W_PAUSED W_ERROR';
const accountQuery = object({
  ...paging,
  ...each('search tag_ids tag_ids_all', text),
  status: oneOf(1, 2, 3, -1, -2, -3),
  provider_code: oneOf(1, 2, 3, 4, 8, 11),
  include_tags: flag,
  filter: oneOf(...filters.split(' ').map((name) => `ACC_FILTER_${name}`)),
  sort_by: oneOf('timestamp_created', 'email', 'stat_warmup_score', 'status'),
  sort_order: oneOf('asc', 'desc'),
  skip: { ...number, minimum: 0 },
});
const emails = (maxItems: number) => listOf(text, { minItems: 1, maxItems });
const dailyQuery = object({ emails: emails(200), ...each('start_date end_date', text) }, ['emails']);
const warmupBody = object({ emails: emails(100) }, ['emails']);

export const accountRoutes: Routes<Route> = {
  'GET /accounts': { scope: 'accounts:read', handle: list, query: accountQuery },
  'GET /accounts/analytics/daily': { scope: 'accounts:read', handle: daily, query: dailyQuery },
  'POST /accounts/warmup-analytics': { scope: 'accounts:read', handle: warmup, body: warmupBody },
  'GET /accounts/:email': { scope: 'accounts:read', handle: findOne },
};
