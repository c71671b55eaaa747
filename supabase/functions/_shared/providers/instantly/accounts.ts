import { normalizeEmailAddress, withAddress } from '../../events/email-address.ts';
import { z } from 'zod';
import { AppError } from '../../platform/errors.ts';
import type {
  AccountWarmup,
  EmailAccountStatus,
  Page,
  ProviderAccount,
  ProviderAccountDay,
  ProviderAccounts,
} from '../provider.ts';
import { rowsOf } from '../rows.ts';
import type { InstantlyHttp } from './http.ts';
import { mapPage, nextDay, readPage } from './paging.ts';

const active = 1;

const statusMessage = z.object({ e_message: z.string().nullish(), response: z.string().nullish() });

const account = z.object({
  email: z.string(),
  status: z.number().int(),
  status_message: z.union([statusMessage, z.string()]).nullish().catch(null),
  provider_code: z.number().int().nullish(),
  daily_limit: z.number().int().nullish(),
  warmup_status: z.number().int().nullish(),
  stat_warmup_score: z.number().nullish(),
  timestamp_updated: z.string().nullish(),
  tags: z.array(z.object({ id: z.string(), label: z.string() })).nullish().catch(null),
});
type InstantlyAccount = z.infer<typeof account>;

const count = z.number().int();
const accountDay = z.object({
  date: z.string(),
  email_account: z.string(),
  sent: count.nullish(),
  bounced: count.nullish(),
  contacted: count.nullish(),
  opened: count.nullish(),
  unique_opened: count.nullish(),
  replies: count.nullish(),
  unique_replies: count.nullish(),
  replies_automatic: count.nullish(),
  clicks: count.nullish(),
  unique_clicks: count.nullish(),
});

const warmupAnalytics = z.object({
  aggregate_data: z.record(
    z.string(),
    z.object({
      sent: z.number().nullish(),
      landed_inbox: z.number().nullish(),
      landed_spam: z.number().nullish(),
      health_score: z.number().nullish(),
    }),
  ).nullish(),
});

const statuses: Record<number, { status: EmailAccountStatus; reason: string | null }> = {
  1: { status: 'active', reason: null },
  2: { status: 'paused', reason: null },
  3: { status: 'paused', reason: 'Paused for maintenance' },
  [-1]: { status: 'error', reason: 'The provider cannot connect to the mailbox' },
  [-2]: { status: 'error', reason: 'The provider sees soft bounces' },
  [-3]: { status: 'error', reason: 'The provider cannot send' },
};

const kinds: Record<number, string> = {
  1: 'imap',
  2: 'google',
  3: 'microsoft',
  4: 'aws',
  8: 'airmail',
  11: 'airmail_instant',
};

const warmups: Record<number, string> = {
  0: 'paused',
  1: 'active',
  [-1]: 'banned',
  [-2]: 'spam_folder_unknown',
  [-3]: 'suspended',
};

/** The sending mailboxes of an Instantly workspace. */
export class InstantlyAccounts implements ProviderAccounts {
  readonly #http: InstantlyHttp;

  constructor(http: InstantlyHttp) {
    this.#http = http;
  }

  async list(cursor: string | undefined): Promise<Page<ProviderAccount>> {
    return mapPage(
      await readPage(this.#http, 'accounts', account, cursor, { include_tags: true }),
      cursor,
      readAccount,
    );
  }

  /** Addresses of the mailboxes that may send. */
  async listActive(): Promise<string[]> {
    return (await this.#all({})).filter(({ status }) => status === active).map(({ email }) => email);
  }

  /** The ids of labels, and the mailboxes that carry one of them and may send. Throws for a label that no mailbox has. */
  async findTags(labels: string[]): Promise<{ ids: string[]; emails: string[] }> {
    if (labels.length === 0) return { ids: [], emails: [] };
    const accounts = await this.#all({ include_tags: true });
    const idOf = new Map(
      accounts.flatMap(({ tags }) => (tags ?? []).map((tag) => [tag.label, tag.id] as const)),
    );
    const ids = labels.map((label) => {
      const id = idOf.get(label);
      if (id !== undefined) return id;
      throw new AppError(
        'VALIDATION_FAILED',
        `No mailbox at Instantly has the tag "${label}"; choose another tag, or mailboxes by hand`,
      );
    });
    const emails = accounts.filter(({ status, tags }) =>
      status === active && (tags ?? []).some((tag) => labels.includes(tag.label))
    ).map(({ email }) => email);
    return { ids, emails };
  }

  async #all(query: Record<string, boolean>): Promise<InstantlyAccount[]> {
    const accounts: InstantlyAccount[] = [];
    let cursor: string | undefined;
    do {
      const page = mapPage(
        await readPage(this.#http, 'accounts', account, cursor, query),
        cursor,
        (row) => row,
      );
      accounts.push(...page.items);
      cursor = page.next;
    } while (cursor !== undefined);
    return accounts;
  }

  async readDays(emails: string[], from: string, to: string): Promise<ProviderAccountDay[]> {
    const rows = await this.#http.request({
      method: 'GET',
      path: 'accounts/analytics/daily',
      query: { emails, start_date: from, end_date: nextDay(to) },
      answer: rowsOf('mailbox days', accountDay),
      repeatable: true,
    });
    return withAddress(rows, (row) => row.email_account).filter(({ row }) =>
      row.date >= from && row.date <= to
    ).map(({ row, email }) => ({
      email,
      day: row.date,
      sent: row.sent ?? 0,
      bounced: row.bounced ?? 0,
      contacted: row.contacted ?? 0,
      opens: row.opened ?? 0,
      opened: row.unique_opened ?? 0,
      clicks: row.clicks ?? 0,
      clicked: row.unique_clicks ?? 0,
      replies: row.replies ?? 0,
      replied: row.unique_replies ?? 0,
      auto_replies: row.replies_automatic ?? 0,
    }));
  }

  async readWarmup(emails: string[]): Promise<AccountWarmup[]> {
    const answer = await this.#http.request({
      method: 'POST',
      path: 'accounts/warmup-analytics',
      body: { emails },
      answer: warmupAnalytics,
      // Read-only despite its method.
      repeatable: true,
    });
    return withAddress(Object.entries(answer.aggregate_data ?? {}), ([address]) => address).map((
      { row: [, row], email },
    ) => ({
      email,
      sent: row.sent ?? 0,
      landed_inbox: row.landed_inbox ?? 0,
      landed_spam: row.landed_spam ?? 0,
      score: row.health_score ?? null,
    }));
  }
}

/** Undefined for a mailbox without a usable address: only that row is skipped. */
function readAccount(row: InstantlyAccount): ProviderAccount | undefined {
  const email = normalizeEmailAddress(row.email);
  if (email === null) return undefined;
  const known = statuses[row.status] ??
    { status: 'error' as const, reason: `The provider reports an unknown status (${row.status})` };
  const providerMessage = typeof row.status_message === 'string'
    ? row.status_message
    : row.status_message?.e_message ?? row.status_message?.response ?? null;
  return {
    email,
    status: known.status,
    status_reason: known.status === 'active'
      ? null
      : (providerMessage ?? known.reason)?.slice(0, 500) ?? null,
    provider_kind: row.provider_code == null ? null : kinds[row.provider_code] ?? 'other',
    daily_limit: row.daily_limit ?? null,
    warmup_status: row.warmup_status == null ? null : warmups[row.warmup_status] ?? 'unknown',
    warmup_score: row.stat_warmup_score ?? null,
    updated_at: row.timestamp_updated ?? null,
    tags: (row.tags ?? []).map((tag) => tag.label),
  };
}
