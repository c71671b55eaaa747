/** The stored connection that a request manages, and its workspace. */
import { z } from 'zod';
import { explainProviderError } from '../jobs/run-job.ts';
import type { Caller } from '../platform/caller.ts';
import { AppError } from '../platform/errors.ts';
import { ProviderError, type ProviderSession, type Workspace } from '../providers/provider.ts';
import type { ConnectionOptions } from './open-connection.ts';

export interface ConnectionHandlerOptions extends ConnectionOptions {
  /** Public URL of the functions, to which providers deliver. */
  functionsUrl: string;
}

const storedConnection = z.object({
  id: z.uuid(),
  provider: z.enum(['instantly', 'smartlead']),
  client_id: z.uuid().nullable(),
  name: z.string(),
  workspace_id: z.string().nullable(),
});
export type StoredConnection = z.infer<typeof storedConnection>;

/** The connection, if the caller may manage it; otherwise throws NOT_FOUND. */
export async function requireConnection(
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

/** The workspace of the session's key; a refusal is thrown as the AppError that the caller may read. */
export async function readWorkspace(session: ProviderSession): Promise<Workspace> {
  try {
    return await session.readWorkspace();
  } catch (error) {
    if (!(error instanceof ProviderError)) throw error;
    const { code, message } = explainProviderError(error);
    throw new AppError(code, message, { cause: error, details: { kind: error.kind } });
  }
}
