import { z } from 'zod';
import { dayLength, utcDay } from '../../shared/time.ts';
import { type Route, type RouteContext, rowOf } from '../api.ts';
import { page, read } from '../errors.ts';
import type { Routes } from '../../shared/api.ts';
import type { EmailAccount } from '../records.ts';

const find = (context: RouteContext): EmailAccount =>
  rowOf(context, 'accountId', context.workspace.record.accounts, 'Email account');

const listQuery = z.object(page(100));

/** With the passwords, as the real service answers. The reputation is text in lists and a number alone. */
function list({ workspace, query }: RouteContext): unknown {
  const { offset, limit } = read(listQuery, query);
  return workspace.record.accounts.slice(offset, offset + limit).map((account) => {
    const reputation = `${account.warmup_details.warmup_reputation}%`;
    return { ...account, warmup_details: { ...account.warmup_details, warmup_reputation: reputation } };
  });
}

function warmup(context: RouteContext): unknown {
  const { id } = find(context);
  const days = Array.from({ length: 7 }, (_, index) => ({
    date: utcDay(context.world.simulatedNow - (6 - index) * dayLength),
    sent_count: 12,
    reply_count: 4,
    save_from_spam_count: index % 3 === 0 ? 1 : 0,
  }));
  return { id, sent_count: '84', spam_count: '2', stats_by_date: days };
}

export const accountRoutes: Routes<Route> = {
  'GET /email-accounts': list,
  'GET /email-accounts/:accountId': find,
  'GET /email-accounts/:accountId/warmup-stats': warmup,
  'GET /client': ({ workspace: { record } }) => record.clients,
};
