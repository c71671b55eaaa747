import { normalizeEmailAddress } from '../../events/email-address.ts';
import type {
  AccountWarmup,
  Page,
  ProviderAccount,
  ProviderAccountDay,
  ProviderAccounts,
} from '../provider.ts';
import { ownValue } from '../../platform/own-value.ts';
import type { SmartleadHttp } from './http.ts';
import { rowsOf, sentRows } from '../rows.ts';
import { nextOffset, pageSize } from './paging.ts';
import { account, type SmartleadAccount } from './schemas.ts';

const kinds: Record<string, string> = { GMAIL: 'google', OUTLOOK: 'microsoft', SMTP: 'imap', ZOHO: 'zoho' };

/** The sending mailboxes of a Smartlead account. Its answers hold passwords, which the schema drops. */
export class SmartleadAccounts implements ProviderAccounts {
  readonly #http: SmartleadHttp;
  /** Warm-up is part of the list itself, so it costs no call. */
  readonly #warmups = new Map<string, AccountWarmup>();

  constructor(http: SmartleadHttp) {
    this.#http = http;
  }

  async list(cursor: string | undefined): Promise<Page<ProviderAccount>> {
    const rows = await this.read(cursor);
    for (const row of rows) {
      const warmup = readWarmup(row);
      if (warmup) this.#warmups.set(warmup.email, warmup);
    }
    return {
      items: rows.map(readAccount).filter((account) => account !== undefined),
      next: nextOffset(cursor, sentRows(rows)),
    };
  }

  async read(cursor: string | undefined): Promise<SmartleadAccount[]> {
    return await this.#http.request({
      method: 'GET',
      path: 'email-accounts/',
      query: { offset: cursor ?? '0', limit: pageSize },
      answer: rowsOf('mailboxes', account),
      repeatable: true,
    });
  }

  /** Every mailbox with its id at Smartlead. */
  async readAll(): Promise<SmartleadAccount[]> {
    const all: SmartleadAccount[] = [];
    let cursor: string | undefined;
    do {
      const rows = await this.read(cursor);
      all.push(...rows);
      cursor = nextOffset(cursor, sentRows(rows));
    } while (cursor !== undefined);
    return all;
  }

  /** Smartlead has no numbers per mailbox and day. */
  readDays(): Promise<ProviderAccountDay[]> {
    return Promise.resolve([]);
  }

  readWarmup(emails: string[]): Promise<AccountWarmup[]> {
    return Promise.resolve(
      emails.map((email) => this.#warmups.get(email)).filter((warmup) => warmup !== undefined),
    );
  }
}

export function mayBeUsed(row: SmartleadAccount): boolean {
  return row.is_smtp_success !== false && row.is_imap_success !== false;
}

/** Undefined for a mailbox without a usable address: only that row is skipped. */
function readAccount(row: SmartleadAccount): ProviderAccount | undefined {
  const email = normalizeEmailAddress(row.from_email);
  if (email === null) return undefined;
  const problem = row.is_smtp_success === false
    ? row.smtp_failure_error ?? 'The provider cannot send from the mailbox'
    : row.is_imap_success === false
    ? row.imap_failure_error ?? 'The provider cannot read the mailbox'
    : null;
  return {
    email,
    status: problem === null ? 'active' : 'error',
    status_reason: problem?.slice(0, 500) ?? null,
    provider_kind: row.type == null ? null : ownValue(kinds, row.type.toUpperCase()) ?? 'other',
    daily_limit: row.message_per_day == null ? null : Math.trunc(row.message_per_day),
    warmup_status: row.warmup_details?.status?.toLowerCase() ?? null,
    warmup_score: reputation(row),
    updated_at: row.updated_at ?? null,
  };
}

/** "95%" in the list, 95 in the single form. */
function reputation(row: SmartleadAccount): number | null {
  const value = row.warmup_details?.warmup_reputation;
  if (value == null) return null;
  const number = typeof value === 'number' ? value : Number(value.replace('%', '').trim());
  return Number.isFinite(number) ? number : null;
}

function readWarmup(row: SmartleadAccount): AccountWarmup | undefined {
  const email = normalizeEmailAddress(row.from_email);
  if (!row.warmup_details || email === null) return undefined;
  const sent = Math.trunc(row.warmup_details.total_sent_count ?? 0);
  const spam = Math.min(sent, Math.trunc(row.warmup_details.total_spam_count ?? 0));
  return {
    email,
    sent,
    landed_inbox: sent - spam,
    landed_spam: spam,
    score: reputation(row),
  };
}
