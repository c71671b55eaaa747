/** Taking our webhooks away at a provider, and the key with them. */
import { z } from 'zod';
import { callFunction } from '../platform/database.ts';
import { AppError } from '../platform/errors.ts';
import { processorBudget } from '../platform/processor-time.ts';
import { ProviderError } from '../providers/provider.ts';
import { removeCampaignWebhooks } from './campaign-webhooks.ts';
import { openConnection } from './open-connection.ts';
import { deliversTo, registrationOf } from './registration-context.ts';
import type { ConnectionHandlerOptions } from './stored-connection.ts';

/** Removes the webhook at the provider if possible, and the key in any case. */
export async function removeConnection(id: string, options: ConnectionHandlerOptions): Promise<unknown> {
  let webhookRemoved = false;
  try {
    const budget = processorBudget();
    webhookRemoved = await removeWebhooks(id, options, () => budget.isSpent());
  } catch (error) {
    if (!(error instanceof ProviderError) && !(error instanceof AppError)) throw error;
  }
  await callFunction(options.database, 'remove_connection', { target_connection_id: id }, z.unknown());
  return { connection_id: id, removed: true, webhook_removed: webhookRemoved };
}

/**
 * Removes every webhook of ours in a workspace; false when the time was up before. Throws ProviderError, or AppError where the key cannot
 * be used.
 */
export async function removeWebhooks(
  id: string,
  options: ConnectionHandlerOptions,
  isOutOfTime: () => boolean,
): Promise<boolean> {
  const { session, finish } = await openConnection(id, options);
  try {
    if (session.webhooks.per === 'campaign') {
      return await removeCampaignWebhooks(registrationOf(options, session, id), isOutOfTime);
    }
    for (const webhook of await session.webhooks.list()) {
      if (deliversTo(webhook.url, id)) await session.webhooks.remove(webhook.id);
    }
    return true;
  } finally {
    await finish();
  }
}
