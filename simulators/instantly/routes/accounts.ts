import { hashText } from '../../shared/random.ts';
import { dayLength, utcDay } from '../../shared/time.ts';
import { badRequest } from '../errors.ts';
import { pageOf } from '../paging.ts';
import { each, listOf, object, paging, text } from '../schemas.ts';
import { activityCounters, readRange, sendingCounters, tallyBy } from '../tally.ts';
import type { Routes } from '../../shared/api.ts';
import type { JsonObject } from '../../shared/records.ts';
import type { Route, RouteContext } from '../api.ts';

const list = (context: RouteContext): unknown =>
  pageOf(context, context.workspace.record.accounts, {
    keyOf: ({ timestamp_created: created, email }) => `${created}&${email}`,
  });

function daily(context: RouteContext): unknown {
  const { world, workspace, query } = context;
  const emails = new Set(query.emails as string[]);
  const range = readRange(context);
  if (range.to === Infinity) range.to = world.simulatedNow + 1;
  if (range.from === -Infinity) range.from = range.to - 30 * dayLength;
  if (range.to - range.from > 32 * dayLength) throw badRequest('Date range cannot exceed 31 days');
  const events = workspace.allCampaigns.flatMap((campaign) => campaign.events);
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
    bounced: group.tally.of('email_bounced').count,
    ...sendingCounters(group),
    ...activityCounters(group),
  }));
}

/** Warm-up numbers are invented from the address, the same on every call. */
function warmup({ world, workspace, body }: RouteContext): unknown {
  const perDay: Record<string, Record<string, JsonObject>> = {};
  const totals: Record<string, JsonObject> = {};
  const wanted = body.emails as string[];
  for (const { email, stat_warmup_score: score } of workspace.record.accounts) {
    if (!wanted.includes(email)) continue;
    const total = { sent: 0, received: 0, landed_inbox: 0, landed_spam: 0 };
    const days: Record<string, JsonObject> = perDay[email] = {};
    for (let back = 6; back >= 0; back -= 1) {
      const date = utcDay(world.simulatedNow - back * dayLength);
      const sent = 5 + (hashText(`${email} ${date}`) % 6);
      const spam = hashText(`${date} ${email}`) % 7 === 0 ? 1 : 0;
      const row = { sent, received: sent, landed_inbox: sent - spam, landed_spam: spam };
      for (const name of Object.keys(total) as Array<keyof typeof total>) total[name] += row[name];
      days[date] = row;
    }
    totals[email] = { ...total, health_score_label: 'Good', health_score: score };
  }
  return { email_date_data: perDay, aggregate_data: totals };
}

const emails = (maxItems: number) => listOf(text, { minItems: 1, maxItems });
const dailyQuery = object({ emails: emails(200), ...each('start_date end_date', text) }, ['emails']);
const warmupBody = object({ emails: emails(100) }, ['emails']);

export const accountRoutes: Routes<Route> = {
  'GET /accounts': { scope: 'accounts:read', handle: list, query: object(paging) },
  'GET /accounts/analytics/daily': { scope: 'accounts:read', handle: daily, query: dailyQuery },
  'POST /accounts/warmup-analytics': { scope: 'accounts:read', handle: warmup, body: warmupBody },
};
