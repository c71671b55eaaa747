import { z } from 'zod';
import { dayLength, iso, utcDay } from '../../shared/time.ts';
import { idOf, type Route, type RouteContext } from '../api.ts';
import { Missing, page, read } from '../errors.ts';
import type { Routes } from '../../shared/api.ts';
import type { JsonObject } from '../../shared/records.ts';
import type { EmailAccount } from '../types.ts';

function sentToday({ workspace, world }: RouteContext, { email }: EmailAccount): number {
  const today = utcDay(world.simulatedNow);
  const mails = [...workspace.campaigns.values()].flatMap((campaign) => campaign.mails);
  return mails.filter(({ account, sentAt }) => account === email && utcDay(sentAt) === today).length;
}

/** With the passwords, as the real service answers. The reputation is text in lists and a number alone. */
export function showAccount(
  context: RouteContext,
  account: EmailAccount,
  form: 'list' | 'single' = 'list',
): JsonObject {
  const { record, campaigns } = context.workspace;
  const { warmupReputation: reputation } = account;
  return {
    id: account.id,
    created_at: iso(account.created),
    updated_at: iso(account.created),
    user_id: record.userId,
    from_name: account.name,
    from_email: account.email,
    username: account.email,
    password: account.password,
    smtp_host: 'smtp.mailhost.example',
    smtp_port: 587,
    smtp_port_type: 'TLS',
    imap_host: 'imap.mailhost.example',
    imap_port: 993,
    message_per_day: account.perDay,
    different_reply_to_address: '',
    is_different_imap_account: true,
    imap_username: account.email,
    imap_password: `imap-${account.password}`,
    signature: '',
    custom_tracking_domain: '',
    bcc_email: '',
    is_smtp_success: account.smtpFailure === null,
    is_imap_success: account.imapFailure === null,
    smtp_failure_error: account.smtpFailure,
    imap_failure_error: account.imapFailure,
    type: account.type,
    daily_sent_count: sentToday(context, account),
    client_id: account.clientId,
    campaign_count: [...campaigns.values()].filter(({ data }) => data.accountIds.includes(account.id)).length,
    warmup_details: {
      id: account.id + 900_000,
      status: 'ACTIVE',
      total_sent_count: 7 * 12,
      total_spam_count: 2,
      warmup_reputation: form === 'list' ? `${reputation}%` : reputation,
    },
  };
}

function find(context: RouteContext): EmailAccount {
  const id = idOf(context, 'accountId');
  const account = context.workspace.record.accounts.find((candidate) => candidate.id === id);
  if (account === undefined) throw new Missing('Email account');
  return account;
}

const listQuery = z.object(page(100));

function list(context: RouteContext): unknown {
  const { offset, limit } = read(listQuery, context.query);
  const accounts = context.workspace.record.accounts.slice(offset, offset + limit);
  return accounts.map((account) => showAccount(context, account));
}

/** Seven invented days. */
function warmup(context: RouteContext): unknown {
  const { id } = find(context);
  const days = Array.from({ length: 7 }, (_, index) => ({
    id: index + 1,
    date: utcDay(context.world.simulatedNow - (6 - index) * dayLength),
    sent_count: 12,
    reply_count: 4,
    save_from_spam_count: index % 3 === 0 ? 1 : 0,
  }));
  const totals = { sent_count: '84', spam_count: '2', inbox_count: '82', warmup_email_received: '80' };
  return { id, ...totals, stats_by_date: days };
}

const clients = ({ workspace: { record } }: RouteContext): unknown =>
  record.clients.map(({ created, ...client }) => ({
    ...client,
    created_at: iso(created),
    user_id: record.userId,
    logo: null,
    logo_url: null,
    // Spelled like this by the real service.
    client_permision: { permission: ['reply_master_inbox'], retricted_category: [] },
  }));

export const accountRoutes: Routes<Route> = {
  'GET /email-accounts': list,
  'GET /email-accounts/:accountId': (context) => showAccount(context, find(context), 'single'),
  'GET /email-accounts/:accountId/warmup-stats': warmup,
  'GET /client': clients,
};
