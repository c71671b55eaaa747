import { dayLength, iso, utcDay } from '../dates.ts';
import { Missing } from '../errors.ts';
import { accountIdOf } from '../router.ts';
import { numberOf } from '../validate.ts';
import type { Route, RouteContext } from '../router.ts';
import type { EmailAccount, JsonObject } from '../types.ts';

function sentToday({ workspace, world }: RouteContext, account: EmailAccount): number {
  const today = utcDay(world.simulatedNow);
  let sent = 0;
  for (const { record } of workspace.campaigns.values()) {
    for (const mail of record.mails) {
      if (mail.account === account.email && utcDay(mail.sentAt) === today) sent += 1;
    }
  }
  return sent;
}

/** With the passwords, as the real service answers. The reputation is text in lists and a number alone. */
export function showAccount(
  context: RouteContext,
  account: EmailAccount,
  form: 'list' | 'single',
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
  const id = accountIdOf(context);
  const account = context.workspace.record.accounts.find((candidate) => candidate.id === id);
  if (account === undefined) throw new Missing('Email account');
  return account;
}

function list(context: RouteContext): unknown {
  const offset = numberOf(context.query, 'offset', 0, { min: 0 });
  const limit = numberOf(context.query, 'limit', 100, { min: 1, max: 100 });
  return context.workspace.record.accounts.slice(offset, offset + limit)
    .map((account) => showAccount(context, account, 'list'));
}

/** Seven invented days. */
function warmup(context: RouteContext): unknown {
  const account = find(context);
  const today = context.world.simulatedNow;
  const days = Array.from({ length: 7 }, (_, index) => ({
    id: index + 1,
    date: utcDay(today - (6 - index) * dayLength),
    sent_count: 12,
    reply_count: 4,
    save_from_spam_count: index % 3 === 0 ? 1 : 0,
  }));
  return {
    id: account.id,
    sent_count: '84',
    spam_count: '2',
    inbox_count: '82',
    warmup_email_received: '80',
    stats_by_date: days,
  };
}

export const accountRoutes: readonly Route[] = [
  { method: 'GET', path: '/email-accounts', handle: list },
  {
    method: 'GET',
    path: '/email-accounts/:accountId',
    handle: (context) => showAccount(context, find(context), 'single'),
  },
  { method: 'GET', path: '/email-accounts/:accountId/warmup-stats', handle: warmup },
];
