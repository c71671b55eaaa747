import { randomUUID } from 'node:crypto';
import { z } from 'zod';
import { explainProviderError, wakeJob } from '../jobs/run-job.ts';
import type { Caller } from '../platform/caller.ts';
import { callFunction } from '../platform/database.ts';
import { sha256Hex } from '../platform/digest.ts';
import { AppError } from '../platform/errors.ts';
import { baseUrlOf } from '../providers/base-url.ts';
import { ProviderError, type ProviderName, type Workspace } from '../providers/provider.ts';
import { encryptKey } from './encryption.ts';
import { openConnection, openUnsavedSession, readConnection } from './open-connection.ts';
import { registrationOf } from './registration-context.ts';
import type { ConnectionRequest } from './request.ts';
import {
  type ConnectionHandlerOptions,
  readWorkspace,
  requireConnection,
  type StoredConnection,
} from './stored-connection.ts';
import { ensureWebhook } from './webhook-registration.ts';

type SaveRequest = Extract<ConnectionRequest, { action: 'save' }>;

const savedConnection = z.object({ connection_id: z.uuid(), created: z.boolean(), needs_sync: z.boolean() });

/**
 * Creates a connection or replaces the key of an existing one. The key is tested before it is saved: a wrong key never
 * replaces a working one. Registers the webhook and starts the first sync.
 */
export async function saveKey(
  body: SaveRequest,
  caller: Caller,
  options: ConnectionHandlerOptions,
): Promise<unknown> {
  const existing = body.connection_id === undefined
    ? undefined
    : await requireConnection(body.connection_id, caller, options);
  const clientId = existing ? existing.client_id : ownerOf(body, caller);
  const id = existing?.id ?? randomUUID();

  const provider = existing?.provider ?? body.provider;
  const baseUrl = await chooseBaseUrl(body, provider, existing, caller, options);
  const digest = sha256Hex(body.api_key);
  const namesHolder = caller.kind !== 'client';
  // A key that another connection has needs no call to the provider.
  await callFunction(options.database, 'check_workspace_is_free', {
    target_connection_id: id,
    of_provider: provider,
    of_workspace_id: null,
    digest_hex: digest,
    names_holder: namesHolder,
  }, z.unknown());
  const { session, finish } = openUnsavedSession(
    { id, provider, base_url: baseUrl },
    body.api_key,
    options,
    existing !== undefined,
  );
  let saved: z.infer<typeof savedConnection> | undefined;
  let workspace: Workspace;
  try {
    workspace = await readWorkspace(session);
    requireSameWorkspace(existing, workspace, body.accept_workspace_change);
    const encrypted = await encryptKey(options.environment.masterKeys, id, body.api_key);
    saved = await callFunction(options.database, 'save_connection', {
      target_connection_id: id,
      saved: {
        provider,
        client_id: clientId,
        name: body.name ?? existing?.name ?? workspace.name,
        encrypted_key: encrypted.encryptedKey,
        master_key_id: encrypted.masterKeyId,
        key_digest: digest,
        base_url: baseUrl,
        last4: body.api_key.slice(-4),
        workspace_id: workspace.id,
        workspace_name: workspace.name,
        names_holder: namesHolder,
      },
      actor: caller.userId,
    }, savedConnection);
  } finally {
    // Calls are logged with the connection, which does not exist if it was refused.
    if (existing || saved) await finish();
  }
  const registered = await registerAfterSave(id, options);
  return {
    connection_id: saved.connection_id,
    created: saved.created,
    workspace,
    ...registered,
    sync_job_id: saved.needs_sync ? await startFirstSync(id, caller, options) : null,
  };
}

/** The provider's URL for the key; null = the usual one. */
async function chooseBaseUrl(
  body: SaveRequest,
  provider: ProviderName,
  existing: StoredConnection | undefined,
  caller: Caller,
  options: ConnectionHandlerOptions,
): Promise<string | null> {
  if (body.base_url === undefined) {
    return existing === undefined ? null : (await readConnection(options.database, existing.id)).base_url;
  }
  if (caller.kind === 'client') {
    throw new AppError('FORBIDDEN', 'Only operators can choose the address of a provider; omit base_url');
  }
  const chosen = baseUrlOf(provider, body.base_url, options.environment);
  return chosen === options.environment.providerUrls[provider] ? null : chosen;
}

/** Begins within seconds: the first campaign needs the mailboxes that it finds. The minute sweep is the second chance. */
async function startFirstSync(
  id: string,
  caller: Caller,
  options: ConnectionHandlerOptions,
): Promise<string | null> {
  const opened = await callFunction(
    options.database,
    'start_first_sync',
    { target_connection_id: id, requester: caller.userId },
    z.object({ job_id: z.uuid().nullable() }),
  );
  if (opened.job_id !== null) await wakeJob(options.database, opened.job_id);
  return opened.job_id;
}

/** A key without a known workspace is not assumed to belong to the same one. */
function requireSameWorkspace(
  existing: StoredConnection | undefined,
  workspace: Workspace,
  isConfirmed: boolean,
): void {
  if (!existing?.workspace_id || existing.workspace_id === workspace.id || isConfirmed) return;
  throw new AppError(
    'VALIDATION_FAILED',
    `This key belongs to another workspace ("${workspace.name}") than this connection; ` +
      'create a new connection, or send accept_workspace_change if the change is intended',
  );
}

/** The key is saved even if the webhook cannot be registered (plan, scope); the answer says so and the sync retries. */
async function registerAfterSave(
  id: string,
  options: ConnectionHandlerOptions,
): Promise<Record<string, unknown>> {
  const { session, finish } = await openConnection(id, options);
  try {
    const { test } = await ensureWebhook(registrationOf(options, session, id));
    return { webhook: { registered: true, test } };
  } catch (error) {
    if (!(error instanceof ProviderError)) throw error;
    return { webhook: { registered: false, ...explainProviderError(error) } };
  } finally {
    await finish();
  }
}

/** A client creates connections only for itself; an operator names the client. */
function ownerOf(body: SaveRequest, caller: Caller): string | null {
  if (caller.kind !== 'client') return body.client_id ?? null;
  if (body.client_id !== undefined && body.client_id !== caller.clientId) {
    throw new AppError('FORBIDDEN', 'A client can create connections only for itself; omit client_id');
  }
  return caller.clientId;
}
