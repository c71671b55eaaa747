/** Work without an end, for background runs that must end by themselves: databases, a job, and a sync at any place. */
import { Buffer } from 'node:buffer';
import { z } from 'zod';
import { runJob } from '../../supabase/functions/_shared/jobs/run-job.ts';
import { readEnvironment } from '../../supabase/functions/_shared/platform/environment.ts';
import type { ProviderSession } from '../../supabase/functions/_shared/providers/provider.ts';
import type { SyncContext } from '../../supabase/functions/_shared/sync/context.ts';
import { runSync } from '../../supabase/functions/_shared/sync/run-sync.ts';
import { fakeDatabase } from './fake-database.ts';

export const id = '11111111-1111-4111-8111-111111111111';
export const masterKeys = { current: 'k1', keys: { k1: Buffer.alloc(32, 1).toString('base64') } };
export const environment = readEnvironment((name) =>
  name === 'PROVIDER_KEYS_MASTER' ? JSON.stringify(masterKeys) : undefined
);
export const now = () => new Date('2026-11-20T00:00:00Z');
export const repeat = <Value>(count: number, value: Value): Value[] =>
  Array.from({ length: count }, () => value);
export const ok: typeof fetch = () => Promise.resolve(new Response('{}'));
export const mailSettings = {
  sender_address: 'reports@agency.test',
  base_url: 'https://mail.test',
  key_last4: '1234',
  dashboard_url: 'https://dashboard.test',
  encrypted_key: 'broken',
  master_key_id: 'k1',
};

export type Answer =
  | ((parameters: Record<string, unknown>) => unknown)
  | unknown[]
  | string
  | number
  | boolean
  | {
    [name: string]: unknown;
  };

/** A database with these answers; a function without one answers null. */
export function databaseWith(answers: Record<string, Answer>) {
  const calls: string[] = [];
  const database = fakeDatabase((name, parameters) => {
    calls.push(name);
    const answer = answers[name];
    return {
      data: typeof answer === 'function' ? answer(parameters) : answer ?? null,
      error: null,
      status: 200,
    };
  });
  return { database, calls };
}

/** A job's row with its checkpoints, beside further answers. */
export function databaseWithJob(
  kind: string,
  answers: Parameters<typeof databaseWith>[0],
  job: Record<string, unknown> = {},
) {
  let cursor = job['cursor'] ?? {};
  return databaseWith({
    claim_job: () => ({
      id,
      kind,
      connection_id: null,
      client_id: null,
      campaign_id: null,
      parameters: {},
      result: {},
      done: 0,
      total: null,
      attempts: 1,
      lease_token: id,
      created_at: '2026-11-02T08:00:00Z',
      ...job,
      cursor,
    }),
    save_job: ({ checkpoint }) => {
      cursor = z.object({ cursor: z.record(z.string(), z.unknown()).optional() }).parse(checkpoint).cursor ??
        cursor;
      return 'held';
    },
    release_job: true,
    continue_job: true,
    finish_job: true,
    ...answers,
  });
}

export const runOptions = { timeBudget: 100_000, now: Date.now, failureCode: 'INTERNAL' } as const;
export const handlerOptions = (database: ReturnType<typeof databaseWith>['database']) => ({
  database,
  environment,
  fetch: ok,
  now,
  functionsUrl: 'https://project.test/functions/v1',
});

type SessionParts = Partial<Record<keyof ProviderSession, unknown>>;

/** One run of a sync that has reached this place, with a provider whose lists do not end. */
export async function syncFrom(cursor: Record<string, unknown>, session: SessionParts): Promise<string[]> {
  const { run, calls } = prepareSync(cursor, session);
  await run();
  return calls;
}

export function prepareSync(cursor: Record<string, unknown>, session: SessionParts) {
  const job = databaseWithJob('sync', {
    record_provider_campaigns: { imported: 100, updated: 0 },
    record_deleted_campaigns: 0,
    record_provider_labels: 100,
    list_sync_campaigns: [],
    list_verdict_pushes: cursor['phase'] === 'accounts' && session.accounts === undefined
      ? repeat(50, {
        lead_id: id,
        provider_campaign_id: 'campaign',
        email: 'ida@shop.test',
        interest_status: 'positive',
        asked_at: '2026-11-02T08:00:00Z',
      })
      : [],
    record_verdict_push: true,
    record_email_accounts: {
      imported: 0,
      updated: 100,
      accounts: repeat(100, { id, email: 'mia@agency.test', needs_history: false }),
    },
    record_email_account_days: 700,
    record_email_account_warmup: 100,
    process_webhook_events: {
      claimed: 500,
      positions: { [id]: '2026-11-02T08:00:00Z' },
      unfinished: [],
      milliseconds: 100,
    },
    ingest_missing_events: 0,
  }, { cursor, connection_id: id });
  const workspace = {
    provider: 'instantly',
    campaignsAtOnce: 10,
    takeOddRows: () => [],
    ...session,
  } as never;
  const context: SyncContext = {
    database: job.database,
    session: workspace,
    openSession: () => workspace,
    now,
    environment,
    functionsUrl: 'https://project.test/functions/v1',
  };
  const run = () =>
    runJob(id, (claimed) => runSync({ ...claimed, connection_id: id }, context), {
      database: job.database,
      ...runOptions,
    });
  return { run, calls: job.calls };
}

export const endless = (row: unknown) => (cursor?: string) =>
  Promise.resolve({ items: repeat(100, row), next: String(Number(cursor ?? 0) + 1) });
