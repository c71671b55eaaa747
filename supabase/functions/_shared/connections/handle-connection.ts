import { z } from 'zod';
import type { Caller } from '../platform/caller.ts';
import { callFunction } from '../platform/database.ts';
import { AppError } from '../platform/errors.ts';
import { jsonResponse, readBody, requireMethod } from '../platform/http.ts';
import { explainProviderError } from '../jobs/run-job.ts';
import { ProviderError } from '../providers/provider.ts';
import { openConnection, recordKeyAnswer } from './open-connection.ts';
import { removeConnection } from './remove-connection.ts';
import { saveProviderSecret } from './provider-secret.ts';
import { reencryptAll } from './reencrypt.ts';
import { type RegistrationContext, registrationOf } from './registration-context.ts';
import { connectionRequest } from './request.ts';
import { saveKey } from './save-key.ts';
import {
  type ConnectionHandlerOptions,
  readWorkspace,
  requireConnection,
  type StoredConnection,
} from './stored-connection.ts';
import { ensureWebhook, rotateWebhookSecret } from './webhook-registration.ts';

/**
 * POST { action, … } from an operator or a secret key for every connection, from a client for its own dedicated one: save,
 * test, pause, resume, register_webhook, rotate_webhook_secret, save_provider_secret, remove; reencrypt for operators only.
 */
export async function handleConnection(
  request: Request,
  caller: Caller,
  options: ConnectionHandlerOptions,
): Promise<Response> {
  requireMethod(request, 'POST');
  const body = await readBody(request, connectionRequest);

  if (body.action === 'reencrypt' || body.action === 'reseal') {
    if (caller.kind === 'client') throw new AppError('FORBIDDEN', 'Only operators can re-encrypt keys');
    const reencrypted = await reencryptAll(options.database, options.environment.masterKeys);
    await audit(null, 'reencrypt', caller, options);
    return jsonResponse(reencrypted);
  }
  await requireVisibleConnection(caller, options);
  if (body.action === 'save') return jsonResponse(await saveKey(body, caller, options));

  const connection = await requireConnection(body.connection_id, caller, options);
  const target = { target_connection_id: connection.id };
  // Audited first: an attempt that fails half-way is recorded too.
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

/** A client may manage its connection only if its agency shows it. */
async function requireVisibleConnection(caller: Caller, options: ConnectionHandlerOptions): Promise<void> {
  if (caller.kind !== 'client') return;
  const { data, error } = await options.database
    .from('clients')
    .select('may_see_connection')
    .eq('id', caller.clientId)
    .maybeSingle();
  if (error) throw new AppError('INTERNAL', 'Your client could not be read; try again', { cause: error });
  if (!data?.may_see_connection) {
    throw new AppError('FORBIDDEN', 'Your agency manages the connection; ask it for what you need');
  }
}

/** Removing stops a client's reports and cannot be undone: a client has to confirm the name. */
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

async function withWebhooks(
  id: string,
  options: ConnectionHandlerOptions,
  work: (context: RegistrationContext) => ReturnType<typeof ensureWebhook>,
): Promise<unknown> {
  const { session, finish } = await openConnection(id, options);
  try {
    const { test } = await work(registrationOf(options, session, id));
    return { connection_id: id, webhook: { registered: true, test } };
  } catch (error) {
    if (!(error instanceof ProviderError)) throw error;
    const { code, message } = explainProviderError(error);
    throw new AppError(code, message, { cause: error, details: { kind: error.kind } });
  } finally {
    await finish();
  }
}
