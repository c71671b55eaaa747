import { z } from 'zod';
import { callFunction, type ServiceClient } from './database.ts';
import type { Environment } from './environment.ts';
import { AppError } from './errors.ts';
import { InstantlySession } from './providers/instantly/session.ts';
import { ProviderError, type ProviderSession } from './providers/provider.ts';
import { openKey } from './sealing.ts';

const connection = z.object({
  id: z.uuid(),
  provider: z.enum(['instantly', 'smartlead']),
  client_id: z.uuid().nullable(),
  status: z.enum(['active', 'paused', 'invalid', 'needs_plan']),
  sealed_key: z.string().nullable(),
  master_key_id: z.string().nullable(),
});

export type Connection = z.infer<typeof connection>;

export interface OpenConnection {
  connection: Connection;
  session: ProviderSession;
}

export interface ConnectionOptions {
  database: ServiceClient;
  environment: Environment;
  fetch: typeof fetch;
  now: () => Date;
}

/** Reads a connection, opens its key and returns a session with its provider. */
export async function openConnection(
  connectionId: string,
  options: ConnectionOptions,
): Promise<OpenConnection> {
  const found = await callFunction(
    options.database,
    'read_connection',
    { target_connection_id: connectionId },
    connection.nullable(),
  );
  if (found === null) {
    throw new AppError('NOT_FOUND', `There is no provider connection "${connectionId}"; check the id`);
  }
  if (found.sealed_key === null || found.master_key_id === null) {
    throw new AppError(
      'INSTANTLY_API_KEY_MISSING',
      'No API key is saved for this connection; save one, then try again',
    );
  }
  const apiKey = await openKey(options.environment.masterKeys, found.id, {
    sealedKey: found.sealed_key,
    masterKeyId: found.master_key_id,
  });
  return { connection: found, session: openSession(found.provider, apiKey, options) };
}

function openSession(
  provider: Connection['provider'],
  apiKey: string,
  options: ConnectionOptions,
): ProviderSession {
  if (provider === 'instantly') {
    return new InstantlySession({
      baseUrl: options.environment.instantlyApiUrl,
      apiKey,
      fetch: options.fetch,
      now: options.now,
    });
  }
  throw new AppError(
    'VALIDATION_FAILED',
    `There is no session for the provider "${provider}" yet; use an Instantly connection`,
  );
}

/** Remembers what the provider thinks of the key: a refusal stops the hourly calls, a success ends an earlier refusal. */
export async function noteKeyAnswer(
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
