import { z } from 'zod';
import { callFunction, type ServiceClient } from '../platform/database.ts';
import type { Environment } from '../platform/environment.ts';
import { AppError } from '../platform/errors.ts';
import { InstantlySession } from '../providers/instantly/session.ts';
import { SmartleadSession } from '../providers/smartlead/session.ts';
import { CallLog, databaseCallLog } from '../providers/call-log.ts';
import { ProviderError, type ProviderSession } from '../providers/provider.ts';
import { baseUrlOf } from '../providers/base-url.ts';
import { databaseRateBudget, type Priority, RateBudget } from '../providers/rate-budget.ts';
import { decryptKey } from './encryption.ts';

const connection = z.object({
  id: z.uuid(),
  provider: z.enum(['instantly', 'smartlead']),
  client_id: z.uuid().nullable(),
  status: z.enum(['active', 'paused', 'invalid', 'needs_plan']),
  encrypted_key: z.string().nullable(),
  master_key_id: z.string().nullable(),
  base_url: z.string().nullable(),
});

export type Connection = z.infer<typeof connection>;

export interface OpenConnection {
  connection: Connection;
  session: ProviderSession;
  /** Another session of the same workspace, within the same rate budget. */
  openSession(): ProviderSession;
  /** At the end of a run: writes the rest of the call log and returns the rest of the rate budget. Never throws. */
  finish(): Promise<void>;
}

export interface ConnectionOptions {
  database: ServiceClient;
  environment: Environment;
  fetch: typeof fetch;
  now: () => Date;
  /** Keeps the isolate alive for work after the answer, where the platform supports it. */
  runInBackground?: (work: Promise<unknown>) => void;
}

/** Who calls the provider, and for whom: decides the order when the rate budget is short. */
export interface ConnectionUse {
  /** @default 'interactive' */
  priority?: Priority;
  jobId?: string;
  /** When true, calls no longer wait for the rate budget. @default after 20 seconds */
  isOutOfTime?: () => boolean;
}

/** Milliseconds that an interactive call without a job waits before it answers "try later". */
const maxInteractiveWait = 20_000;

/** Throws NOT_FOUND. */
export async function readConnection(database: ServiceClient, connectionId: string): Promise<Connection> {
  const found = await callFunction(
    database,
    'read_connection',
    { target_connection_id: connectionId },
    connection.nullable(),
  );
  if (found === null) {
    throw new AppError('NOT_FOUND', `There is no provider connection "${connectionId}"; check the id`);
  }
  return found;
}

/** Reads a connection, decrypts its key and returns a session. Throws NOT_FOUND or the provider's API_KEY_MISSING. */
export async function openConnection(
  connectionId: string,
  options: ConnectionOptions,
  use: ConnectionUse = {},
): Promise<OpenConnection> {
  const found = await readConnection(options.database, connectionId);
  if (found.encrypted_key === null || found.master_key_id === null) {
    throw new AppError(
      `${found.provider.toUpperCase() as 'INSTANTLY' | 'SMARTLEAD'}_API_KEY_MISSING`,
      'No API key is saved for this connection; save one, then try again',
    );
  }
  const apiKey = await decryptKey(options.environment.masterKeys, found.id, {
    encryptedKey: found.encrypted_key,
    masterKeyId: found.master_key_id,
  });
  const meters = openMeters(found, options, use);
  const finish = () => finishMeters(meters);
  const another = () => openSession(found, apiKey, options, meters);
  return { connection: found, session: another(), openSession: another, finish };
}

/**
 * A session for an unsaved key; its calls are logged once the connection exists. A new key of an existing connection uses
 * its rate budget; a new connection has none yet and makes one call without.
 */
export function openUnsavedSession(
  { id: connectionId, ...target }: SessionTarget & Pick<Connection, 'id'>,
  apiKey: string,
  options: ConnectionOptions,
  connectionExists: boolean,
): { session: ProviderSession; finish(): Promise<void> } {
  const { callLog, budget } = openMeters({ id: connectionId, provider: target.provider }, options, {});
  if (connectionExists) {
    const finish = () => finishMeters({ callLog, budget });
    return { session: openSession(target, apiKey, options, { callLog, budget }), finish };
  }
  return { session: openSession(target, apiKey, options, { callLog }), finish: () => callLog.flush() };
}

interface Meters {
  budget: RateBudget;
  callLog: CallLog;
}

async function finishMeters({ callLog, budget }: Meters): Promise<void> {
  await Promise.all([callLog.flush(), budget.giveBack().catch(() => undefined)]);
}

function openMeters(
  { id: connectionId, provider }: Pick<Connection, 'id' | 'provider'>,
  options: ConnectionOptions,
  use: ConnectionUse,
): Meters {
  const now = () => options.now().getTime();
  const giveUpAt = now() + maxInteractiveWait;
  return {
    budget: new RateBudget({
      store: databaseRateBudget(options.database, connectionId),
      provider,
      priority: use.priority ?? 'interactive',
      now,
      isOutOfTime: use.isOutOfTime ?? (() => now() >= giveUpAt),
    }),
    callLog: new CallLog({
      write: databaseCallLog(options.database, connectionId, use.jobId ?? null),
      now,
      ...(options.runInBackground === undefined ? {} : { runInBackground: options.runInBackground }),
    }),
  };
}

/** Which provider is called, and where when it is not the usual address. */
type SessionTarget = Pick<Connection, 'provider' | 'base_url'>;

function openSession(
  { provider, base_url }: SessionTarget,
  apiKey: string,
  options: ConnectionOptions,
  meters: Partial<Meters> = {},
): ProviderSession {
  const baseUrl = baseUrlOf(provider, base_url, options.environment);
  const common = { baseUrl, apiKey, fetch: options.fetch, now: options.now, ...meters };
  switch (provider) {
    case 'instantly':
      return new InstantlySession(common);
    case 'smartlead':
      return new SmartleadSession(common);
  }
}

/** Records whether the provider accepts the key: a refusal stops the hourly calls, a success clears it. */
export async function recordKeyAnswer(
  database: ServiceClient,
  connectionId: string,
  error?: unknown,
): Promise<void> {
  const status = error === undefined
    ? 'active'
    : error instanceof ProviderError && error.kind === 'unauthorized'
    ? 'invalid'
    : error instanceof ProviderError && error.kind === 'payment_required'
    ? 'needs_plan'
    : undefined;
  if (status === undefined) return;
  await callFunction(
    database,
    'set_connection_status',
    { target_connection_id: connectionId, new_status: status },
    z.unknown(),
  );
}
