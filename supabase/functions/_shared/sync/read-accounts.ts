import { z } from 'zod';
import { callFunction } from '../platform/database.ts';
import type { ProviderAccounts } from '../providers/provider.ts';
import type { SyncContext } from './context.ts';

/** Days that every sync reads again, because bounces and replies arrive late. */
const lateDays = 7;

/** Days read the first time and after a long pause; the provider returns at most 31 days per call. */
const historyDays = 30;

/** Mailboxes per call; their addresses are in the query string. */
const chunkSize = 100;

const recorded = z.object({
  imported: z.number(),
  updated: z.number(),
  accounts: z.array(z.object({ id: z.uuid(), email: z.string(), needs_history: z.boolean() })),
});

/** Reads one page of mailboxes, their days and their warm-up. */
export async function readAccountPage(
  context: SyncContext,
  accounts: ProviderAccounts,
  connectionId: string,
  cursor: string | undefined,
): Promise<{ imported: number; updated: number; next: string | undefined }> {
  const page = await accounts.list(cursor);
  const { imported, updated, accounts: known } = await callFunction(
    context.database,
    'record_email_accounts',
    { target_connection_id: connectionId, listed: page.items },
    recorded,
  );
  const emails = (needsHistory: boolean) =>
    known.filter((account) => account.needs_history === needsHistory).map((account) => account.email);
  await readDays(context, accounts, connectionId, emails(true), historyDays);
  await readDays(context, accounts, connectionId, emails(false), lateDays);
  await readWarmup(context, accounts, connectionId, known.map((account) => account.email));
  return { imported, updated, next: page.next };
}

async function readDays(
  context: SyncContext,
  accounts: ProviderAccounts,
  connectionId: string,
  emails: string[],
  count: number,
): Promise<void> {
  const today = context.now();
  const from = new Date(today.getTime() - (count - 1) * 86_400_000);
  for (let start = 0; start < emails.length; start += chunkSize) {
    const some = emails.slice(start, start + chunkSize);
    const days = await accounts.readDays(some, dayOf(from), dayOf(today));
    await callFunction(
      context.database,
      'record_email_account_days',
      { target_connection_id: connectionId, emails: some, days },
      z.number(),
    );
  }
}

async function readWarmup(
  context: SyncContext,
  accounts: ProviderAccounts,
  connectionId: string,
  emails: string[],
): Promise<void> {
  for (let start = 0; start < emails.length; start += chunkSize) {
    const warmups = await accounts.readWarmup(emails.slice(start, start + chunkSize));
    await callFunction(
      context.database,
      'record_email_account_warmup',
      { target_connection_id: connectionId, warmups },
      z.number(),
    );
  }
}

function dayOf(moment: Date): string {
  return moment.toISOString().slice(0, 10);
}
