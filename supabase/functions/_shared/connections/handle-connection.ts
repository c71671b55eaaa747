import { randomUUID } from 'node:crypto';
import { z } from 'zod';
import type { Caller } from '../platform/caller.ts';
import {
  type ConnectionOptions,
  openConnection,
  openUnsavedSession,
  recordKeyAnswer,
} from './open-connection.ts';
import { sha256Hex } from '../platform/digest.ts';
import { callFunction } from '../platform/database.ts';
import { AppError } from '../platform/errors.ts';
import { jsonResponse, readBody, requireMethod } from '../platform/http.ts';
import { explainProviderError } from '../jobs/run-job.ts';
import { ProviderError, type ProviderSession, type Workspace } from '../providers/provider.ts';
import { encryptKey } from './encryption.ts';
import { removeCampaignWebhooks } from './campaign-webhooks.ts';
import { type RegistrationContext, webhookUrl } from './registration-context.ts';
import { saveProviderSecret } from './provider-secret.ts';
import { type ConnectionRequest, connectionRequest } from './request.ts';
import { reencryptAll } from './reencrypt.ts';
import { ensureWebhook, rotateWebhookSecret } from './webhook-registration.ts';

export interface ConnectionHandlerOptions extends ConnectionOptions {
  /** Public address of the functions, to which providers deliver. */
  functionsUrl: string;
}

type SaveRequest = Extract<ConnectionRequest, { action: 'save' }>;

const storedConnection = z.object({
  id: z.uuid(),
  provider: z.enum(['instantly', 'smartlead']),
  client_id: z.uuid().nullable(),
  name: z.string(),
  workspace_id: z.string().nullable(),
});
type StoredConnection = z.infer<typeof storedConnection>;

const savedConnection = z.object({ connection_id: z.uuid(), created: z.boolean(), needs_sync: z.boolean() });

/**
 * POST { action, … } from an operator or a secret key for every connection, from a client for its own dedicated one:
 * save, test, pause, resume, register_webhook, rotate_webhook_secret, save_provider_secret, remove; reencrypt for operators only.
 */
export async function handleConnection(
  request: Request,
  caller: Caller,
  options: ConnectionHandlerOptions,
): Promise<Response> {
  requireMethod(request, 'POST');
  const body = await readBody(request, connectionRequest);

  if (body.action === 'reencrypt' || body.action === 'reseal') {
    if (caller.kind === 'client') throw new AppError('FORBIDDEN', 'Only operators reencrypt keys');
    const reencrypted = await reencryptAll(options.database, options.environment.masterKeys);
    await audit(null, 'reencrypt', caller, options);
    return jsonResponse(reencrypted);
  }
  await requireShown(caller, options);
  if (body.action === 'save') return jsonResponse(await saveKey(body, caller, options));

  const connection = await requireConnection(body.connection_id, caller, options);
  const target = { target_connection_id: connection.id };
  // Before the act: what was tried stands there even if it fails half-way.
  if (body.action === 'remove') requireConfirmation(connection, body.confirm_name, caller);
  if (body.action !== 'test') await audit(connection.id, body.action, caller, options);
  switch (body.action) {
    case 'test':
      return jsonResponse(await testConnection(connection, options));
    case 'pause':
    case 'resume':
      await callFunction(
        options.database,
        'set_connection_paused',
        { ...target, paused: body.action === 'pause' },
        z.unknown(),
      );
      return jsonResponse({ connection_id: connection.id, paused: body.action === 'pause' });
    case 'register_webhook':
      return jsonResponse(await withWebhooks(connection.id, options, (context) => ensureWebhook(context)));
    case 'save_provider_secret':
      await saveProviderSecret(
        options.database,
        options.environment.masterKeys,
        connection.id,
        body.secret,
        body.use,
      );
      return jsonResponse({ connection_id: connection.id, saved: true, use: body.use });
    case 'rotate_webhook_secret':
      return jsonResponse(
        await withWebhooks(
          connection.id,
          options,
          (context) => rotateWebhookSecret(context, Math.round(body.grace_hours * 3600)),
        ),
      );
    case 'remove':
      return jsonResponse(await removeConnection(connection.id, options));
  }
}

/** A client acts on a connection only where its agency shows it one. */
async function requireShown(caller: Caller, options: ConnectionHandlerOptions): Promise<void> {
  if (caller.kind !== 'client') return;
  const { data, error } = await options.database
    .from('clients')
    .select('may_see_connection')
    .eq('id', caller.clientId)
    .maybeSingle();
  if (error) throw new AppError('INTERNAL', 'Your client could not be read; try again', { cause: error });
  if (!data?.may_see_connection) {
    throw new AppError('FORBIDDEN', 'Your agency looks after the connection; ask it for what you need');
  }
}

/** Removing stops a client's reports and cannot be undone: a client has to name what it removes. */
function requireConfirmation(connection: StoredConnection, name: string | undefined, caller: Caller): void {
  if (caller.kind !== 'client' || name?.trim() === connection.name) return;
  throw new AppError(
    'VALIDATION_FAILED',
    `Removing a connection deletes its key and stops its numbers; send its name "${connection.name}" as confirm_name`,
  );
}

async function audit(
  connectionId: string | null,
  what: string,
  caller: Caller,
  options: ConnectionHandlerOptions,
): Promise<void> {
  await callFunction(
    options.database,
    'audit_connection',
    { target_connection_id: connectionId, what, actor: caller.userId },
    z.unknown(),
  );
}

/** The connection, if the caller may manage it; another one looks as if it did not exist. */
async function requireConnection(
  id: string,
  caller: Caller,
  options: ConnectionHandlerOptions,
): Promise<StoredConnection> {
  const { data, error } = await options.database
    .from('provider_connections')
    .select('id, provider, client_id, name, workspace_id')
    .eq('id', id)
    .maybeSingle();
  if (error) throw new AppError('INTERNAL', 'The connection could not be read; try again', { cause: error });
  const connection = storedConnection.nullable().parse(data);
  if (connection === null || (caller.kind === 'client' && connection.client_id !== caller.clientId)) {
    throw new AppError('NOT_FOUND', `There is no provider connection "${id}"; check the id`);
  }
  return connection;
}

/** Tests the key before it is saved: a wrong key never replaces a working one. */
async function saveKey(
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
  const digest = sha256Hex(body.api_key);
  const namesHolder = caller.kind !== 'client';
  // A key that another connection has needs no question to the provider.
  await callFunction(options.database, 'check_workspace_is_free', {
    target_connection_id: id,
    of_provider: provider,
    of_workspace_id: null,
    digest_hex: digest,
    names_holder: namesHolder,
  }, z.unknown());
  const { session, finish } = openUnsavedSession(provider, body.api_key, id, options, existing !== undefined);
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
        last4: body.api_key.slice(-4),
        workspace_id: workspace.id,
        workspace_name: workspace.name,
        names_holder: namesHolder,
      },
      actor: caller.userId,
    }, savedConnection);
  } finally {
    // The calls are logged with the connection; one that was refused does not exist.
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

/** Nobody waits for the hour; the minute's sweep takes the job. */
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
  return opened.job_id;
}

/** A key that opens nothing by which we could tell is not taken for the same workspace either. */
function requireSameWorkspace(
  existing: StoredConnection | undefined,
  workspace: Workspace,
  isMeant: boolean,
): void {
  if (!existing?.workspace_id || existing.workspace_id === workspace.id || isMeant) return;
  throw new AppError(
    'VALIDATION_FAILED',
    `This key opens another workspace ("${workspace.name}") than the one that this connection was made for; ` +
      'make a new connection, or send accept_workspace_change if the change is meant',
  );
}

/** The key is saved even if the webhook cannot be registered (plan, scope); the answer says so and the sync tries again. */
async function registerAfterSave(
  id: string,
  options: ConnectionHandlerOptions,
): Promise<Record<string, unknown>> {
  const { session, finish } = await openConnection(id, options);
  try {
    const { test } = await ensureWebhook(registration(id, session, options));
    return { webhook: { registered: true, test } };
  } catch (error) {
    if (!(error instanceof ProviderError)) throw error;
    return { webhook: { registered: false, ...explainProviderError(error) } };
  } finally {
    await finish();
  }
}

/** A client makes connections for itself only; an operator says for whom. */
function ownerOf(body: SaveRequest, caller: Caller): string | null {
  if (caller.kind !== 'client') return body.client_id ?? null;
  if (body.client_id !== undefined && body.client_id !== caller.clientId) {
    throw new AppError('FORBIDDEN', 'A client makes connections for itself only; leave client_id out');
  }
  return caller.clientId;
}

async function testConnection(
  connection: StoredConnection,
  options: ConnectionHandlerOptions,
): Promise<unknown> {
  const { session, finish } = await openConnection(connection.id, options);
  try {
    const workspace = await readWorkspace(session);
    await recordKeyAnswer(options.database, connection.id);
    await callFunction(options.database, 'record_workspace', {
      target_connection_id: connection.id,
      found_id: workspace.id,
      found_name: workspace.name,
    }, z.unknown());
    return {
      connection_id: connection.id,
      workspace,
      same_workspace: workspace.id === null
        ? null
        : connection.workspace_id && connection.workspace_id === workspace.id,
    };
  } catch (error) {
    if (error instanceof AppError && error.cause instanceof ProviderError) {
      await recordKeyAnswer(options.database, connection.id, error.cause);
    }
    throw error;
  } finally {
    await finish();
  }
}

async function readWorkspace(session: ProviderSession): Promise<Workspace> {
  try {
    return await session.readWorkspace();
  } catch (error) {
    if (!(error instanceof ProviderError)) throw error;
    const { code, message } = explainProviderError(error);
    throw new AppError(code, message, { cause: error, details: { kind: error.kind } });
  }
}

/** Removes the webhook at the provider where it still can; the key goes in any case. */
async function removeConnection(id: string, options: ConnectionHandlerOptions): Promise<unknown> {
  let webhookRemoved = false;
  try {
    const { session, finish } = await openConnection(id, options);
    const url = webhookUrl(options.functionsUrl, session.provider, id);
    try {
      if (session.webhooks.per === 'campaign') {
        await removeCampaignWebhooks(registration(id, session, options));
      } else {
        for (const webhook of await session.webhooks.list()) {
          if (webhook.url === url) await session.webhooks.remove(webhook.id);
        }
      }
    } finally {
      await finish();
    }
    webhookRemoved = true;
  } catch (error) {
    if (!(error instanceof ProviderError) && !(error instanceof AppError)) throw error;
  }
  await callFunction(options.database, 'remove_connection', { target_connection_id: id }, z.unknown());
  return { connection_id: id, removed: true, webhook_removed: webhookRemoved };
}

async function withWebhooks(
  id: string,
  options: ConnectionHandlerOptions,
  work: (context: RegistrationContext) => ReturnType<typeof ensureWebhook>,
): Promise<unknown> {
  const { session, finish } = await openConnection(id, options);
  try {
    const { test } = await work(registration(id, session, options));
    return { connection_id: id, webhook: { registered: true, test } };
  } catch (error) {
    if (!(error instanceof ProviderError)) throw error;
    const { code, message } = explainProviderError(error);
    throw new AppError(code, message, { cause: error, details: { kind: error.kind } });
  } finally {
    await finish();
  }
}

function registration(
  id: string,
  session: ProviderSession,
  options: ConnectionHandlerOptions,
): RegistrationContext {
  return {
    database: options.database,
    masterKeys: options.environment.masterKeys,
    webhooks: session.webhooks,
    connectionId: id,
    url: webhookUrl(options.functionsUrl, session.provider, id),
  };
}
