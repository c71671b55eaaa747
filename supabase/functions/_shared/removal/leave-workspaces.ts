/** Before a client is deleted, its webhooks at the providers are removed, and the keys with them. */
import { z } from 'zod';
import { removeFrom } from '../connections/campaign-webhooks.ts';
import { openConnection } from '../connections/open-connection.ts';
import { removeWebhooks } from '../connections/remove-connection.ts';
import type { ConnectionHandlerOptions } from '../connections/stored-connection.ts';
import type { Job } from '../jobs/run-job.ts';
import { callFunction } from '../platform/database.ts';
import { AppError } from '../platform/errors.ts';
import { ProviderError } from '../providers/provider.ts';

const connections = z.array(z.object({
  id: z.uuid(),
  name: z.string(),
  is_own: z.boolean(),
  campaign_webhooks: z.array(z.object({ provider_campaign_id: z.string(), provider_webhook_id: z.string() })),
}));
type Connection = z.infer<typeof connections>[number];

const position = z.object({
  /** Workspaces that are done, and whether the provider removed our webhooks there. */
  workspaces: z.record(z.string(), z.object({ name: z.string(), is_clean: z.boolean() })).default({}),
});

/** A provider that does not answer is asked this often; then the removal continues without it and reports that. */
const maxAttempts = 4;

/** Returns false when the time is up before all workspaces are done. */
export async function leaveWorkspaces(
  job: Job,
  clientId: string,
  options: ConnectionHandlerOptions,
): Promise<boolean> {
  const { workspaces } = position.parse(job.cursor);
  const toVisit = await callFunction(
    options.database,
    'list_removal_connections',
    { target_client_id: clientId },
    connections,
  );
  for (const connection of toVisit) {
    if (job.isOutOfTime()) return false;
    const isClean = await leaveWorkspace(connection, job, options);
    if (isClean === undefined) return false;
    workspaces[connection.id] = { name: connection.name, is_clean: isClean };
    // Saved before the key is deleted: a run that is killed in between finds no webhook of ours any more, and deletes the key.
    await job.save({
      cursor: { ...job.cursor, workspaces },
      result: { ...job.result, ...report(workspaces) },
    });
    if (connection.is_own) {
      await callFunction(
        options.database,
        'remove_connection',
        { target_connection_id: connection.id },
        z.unknown(),
      );
    }
  }
  return true;
}

/** Removes our webhooks there; false when the provider refuses, or does not answer for several runs. Undefined = the time is up. */
async function leaveWorkspace(
  connection: Connection,
  job: Job,
  options: ConnectionHandlerOptions,
): Promise<boolean | undefined> {
  const isOutOfTime = () => job.isOutOfTime();
  try {
    const isDone = connection.is_own
      ? await removeWebhooks(connection.id, options, isOutOfTime)
      : await leaveCampaigns(connection, options, isOutOfTime);
    return isDone ? true : undefined;
  } catch (error) {
    if (error instanceof ProviderError) {
      if (error.isTemporary && job.attempts < maxAttempts) throw error;
      return false;
    }
    // No key, or one that cannot be decrypted: nothing can be asked of this provider.
    if (error instanceof AppError && error.code !== 'INTERNAL') return false;
    throw error;
  }
}

/** In a workspace of several clients only the webhooks on this client's campaigns are removed. */
async function leaveCampaigns(
  connection: Connection,
  options: ConnectionHandlerOptions,
  isOutOfTime: () => boolean,
): Promise<boolean> {
  const { session, finish } = await openConnection(connection.id, options);
  try {
    const context = { database: options.database, webhooks: session.webhooks, connectionId: connection.id };
    return await removeFrom(connection.campaign_webhooks, context, isOutOfTime);
  } finally {
    await finish();
  }
}

function report(workspaces: z.infer<typeof position>['workspaces']): Record<string, unknown> {
  const all = Object.values(workspaces);
  return {
    workspaces_left: all.filter((workspace) => workspace.is_clean).length,
    webhooks_not_removed: all.filter((workspace) => !workspace.is_clean).map((workspace) => workspace.name),
  };
}
