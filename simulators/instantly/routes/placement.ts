import { pageOf } from '../paging.ts';
import { each, flag, listOf, object, oneOf, paging, text, uuid } from '../schemas.ts';
import type { Routes } from '../../shared/api.ts';
import type { Route, RouteContext } from '../api.ts';

const empty = { tests: [], mails: [], reports: [] };
const placementOf = ({ workspace }: RouteContext) => workspace.record.placement ?? empty;

const listTests = (context: RouteContext): unknown =>
  pageOf(context, placementOf(context).tests, {
    accepts: ({ status }) => context.query.status === undefined || status === context.query.status,
  });

/** Rows of one test whose day is in the range. */
const isWanted =
  ({ query }: RouteContext) => (row: { test_id: string; timestamp_created: string }): boolean =>
    row.test_id === query.test_id &&
    (query.date_from === undefined || row.timestamp_created >= String(query.date_from)) &&
    (query.date_to === undefined || row.timestamp_created.slice(0, 10) <= String(query.date_to).slice(0, 10));

const listMails = (context: RouteContext): unknown =>
  pageOf(context, placementOf(context).mails, {
    accepts: (row) =>
      isWanted(context)(row) &&
      (context.query.sender_email === undefined || row.sender_email === context.query.sender_email),
  });

const listReports = (context: RouteContext): unknown =>
  pageOf(context, placementOf(context).reports, {
    accepts: isWanted(context),
    show: ({ blacklist_report, spam_assassin_report, ...report }) => ({
      ...report,
      ...(context.query.skip_blacklist_report === true ? {} : { blacklist_report }),
      ...(context.query.skip_spam_assassin_report === true ? {} : { spam_assassin_report }),
    }),
  });

/** Shares by test. */
function statsByTest(context: RouteContext): unknown {
  const wanted = context.body.test_ids as string[];
  return wanted.flatMap((id) => {
    const mails = placementOf(context).mails.filter((mail) => mail.test_id === id && mail.record_type === 2);
    if (mails.length === 0) return [];
    const spam = mails.filter(({ is_spam }) => is_spam).length;
    const category = mails.filter(({ is_spam, has_category }) => !is_spam && has_category).length;
    const inbox = mails.length - spam - category;
    const percent = (count: number): number => Math.round(100 * count / mails.length);
    return [{
      test_id: id,
      count: mails.length,
      inbox_count: inbox,
      category_count: category,
      spam_count: spam,
      inbox_percent: percent(inbox),
      category_percent: percent(category),
      spam_percent: percent(spam),
    }];
  });
}

/** The records of each domain are in order. */
function testVitals({ workspace, body }: RouteContext): unknown {
  const wanted = new Set((body.accounts ?? []) as string[]);
  const domains = new Set(
    workspace.record.accounts.filter(({ email }) => wanted.has(email)).map(({ email }) =>
      email.slice(email.lastIndexOf('@') + 1)
    ),
  );
  const passed = { mx: true, spf: true, dkim: true, dmarc: true, allPass: true, indeterminate: [] };
  return {
    status: 'success',
    success_list: [...domains].map((domain) => ({ domain, ...passed })),
    failure_list: [],
  };
}

const ofTest = { test_id: uuid, ...each('date_from date_to', text), ...paging };

/** Inbox placement, and the test of a mailbox's records. */
export const placementRoutes: Routes<Route> = {
  'GET /inbox-placement-tests': [
    'inbox_placement_tests:read',
    listTests,
    { query: object({ ...paging, search: text, status: oneOf(1, 2, 3) }) },
  ],
  'GET /inbox-placement-analytics': [
    'inbox_placement_analytics:read',
    listMails,
    { query: object({ ...ofTest, sender_email: text }, ['test_id']) },
  ],
  'GET /inbox-placement-reports': [
    'inbox_placement_reports:read',
    listReports,
    {
      query: object({ ...ofTest, ...each('skip_blacklist_report skip_spam_assassin_report', flag) }, [
        'test_id',
      ]),
    },
  ],
  'POST /inbox-placement-analytics/stats-by-test-id': [
    'inbox_placement_analytics:read',
    statsByTest,
    { body: object({ test_ids: listOf(text, { minItems: 1 }) }, ['test_ids']) },
  ],
  'POST /accounts/test/vitals': [
    'accounts:read',
    testVitals,
    { body: object({ accounts: listOf(text) }) },
  ],
};
