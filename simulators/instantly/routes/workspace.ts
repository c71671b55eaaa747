import { hashText, hexadecimal } from '../../shared/random.ts';
import { normalizeEmail } from '../../shared/state.ts';
import { dayLength, iso, utcDay } from '../../shared/time.ts';
import { badRequest } from '../errors.ts';
import { pageOf } from '../paging.ts';
import { each, flag, listOf, object, paging, strict, text } from '../schemas.ts';
import { activityCounters, readRange, sendingCounters, tallyBy } from '../tally.ts';
import type { Routes } from '../../shared/api.ts';
import type { EventRecord } from '../../shared/records.ts';
import type { Route, RouteContext } from '../api.ts';
import type { SendingAccount } from '../records.ts';

export const opportunityValue = 1500;

const showWorkspace = ({ workspace: { record } }: RouteContext): unknown => ({
  id: record.id,
  timestamp_created: iso(record.created),
  timestamp_updated: iso(record.created),
  owner: record.owner,
  name: record.name,
  default_opportunity_value: opportunityValue,
});

const listLabels = (context: RouteContext): unknown =>
  pageOf(context, context.workspace.record.labels, { keyOf: (label) => label.timestamp_created });

const listBlocked = (context: RouteContext): unknown =>
  pageOf(context, context.workspace.record.blockList, {
    accepts: ({ bl_value: value }) => value.includes(normalizeEmail(String(context.query.search ?? ''))),
  });

function block({ world, workspace, body }: RouteContext): unknown {
  const value = String(body.bl_value);
  if (value.trim() === '') throw badRequest('body/bl_value must NOT have fewer than 1 characters');
  return world.block(workspace, value);
}

/** The id of a label, the same on every call. */
function tagId(label: string): string {
  const digits = hexadecimal(hashText(label), 8);
  return `${digits}-0000-7000-8000-${digits}0000`;
}

/** Labels are shown only when asked for. */
const showAccount = ({ tags, ...account }: SendingAccount, isTagged: boolean) => ({
  ...account,
  ...(isTagged && { tags: tags.map((label) => ({ id: tagId(label), label, description: null })) }),
});

const listAccounts = (context: RouteContext): unknown =>
  pageOf(context, context.workspace.record.accounts, {
    keyOf: ({ timestamp_created: created, email }) => `${created}&${email}`,
    show: (account) => showAccount(account, context.query.include_tags === true),
  });

function dailyByAccount(context: RouteContext): unknown {
  const { world, workspace, query } = context;
  const emails = new Set(query.emails as string[]);
  const range = readRange(context);
  if (range.to === Infinity) range.to = world.simulatedNow + 1;
  if (range.from === -Infinity) range.from = range.to - 30 * dayLength;
  if (range.to - range.from > 32 * dayLength) throw badRequest('Date range cannot exceed 31 days');
  const events = workspace.allCampaigns.flatMap((campaign) => campaign.events);
  const keyOf = ({ account, type, at }: EventRecord) =>
    account !== null && emails.has(account) && !type.endsWith('completed')
      ? `${utcDay(at)} ${account}`
      : undefined;
  const groups = tallyBy(context, events, range, keyOf);
  return [...groups].sort(([one], [other]) => (one < other ? -1 : 1)).map(([key, tally]) => ({
    date: key.slice(0, 10),
    email_account: key.slice(11),
    bounced: tally.of('email_bounced').count,
    ...sendingCounters(tally),
    ...activityCounters(tally),
  }));
}

/** Warm-up numbers are invented from the address, the same on every call. */
function warmup({ workspace, body }: RouteContext): unknown {
  const wanted = body.emails as string[];
  const rows = workspace.record.accounts.filter(({ email }) => wanted.includes(email))
    .map(({ email, stat_warmup_score: score }) => {
      const sent = 35 + (hashText(email) % 40);
      const row = { sent, received: sent, landed_inbox: sent - 1, landed_spam: 1, health_score: score };
      return [email, row] as const;
    });
  return { email_date_data: {}, aggregate_data: Object.fromEntries(rows) };
}

const emails = (maxItems: number) => listOf(text, { minItems: 1, maxItems });
const dailyQuery = object({ emails: emails(200), ...each('start_date end_date', text) }, ['emails']);
const warmupBody = object({ emails: emails(100) }, ['emails']);

const blocked = strict({ bl_value: text }, ['bl_value']);
const query = object(paging);

/** What belongs to the workspace as a whole: its labels, block list and mailboxes. */
export const workspaceRoutes: Routes<Route> = {
  'GET /workspaces/current': ['workspaces:read', showWorkspace],
  'GET /lead-labels': ['lead-labels:read', listLabels, { query }],
  'GET /block-lists-entries': ['block_list_entries:read', listBlocked, {
    query: object({ ...paging, search: text }),
  }],
  'POST /block-lists-entries': ['block_list_entries:create', block, { body: blocked }],
  'GET /accounts': ['accounts:read', listAccounts, { query: object({ ...paging, include_tags: flag }) }],
  'GET /accounts/analytics/daily': ['accounts:read', dailyByAccount, { query: dailyQuery }],
  'POST /accounts/warmup-analytics': ['accounts:read', warmup, { body: warmupBody }],
};
