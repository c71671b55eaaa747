import { z } from 'zod';
import { callFunction } from '../database.ts';
import type { ProviderWebhook } from '../providers/provider.ts';
import type { SyncContext } from './run-sync.ts';

const known = z.object({ provider_webhook_id: z.string(), url: z.string() }).nullable();
export type KnownWebhook = z.infer<typeof known>;

/** Our webhook as it is on record; null when none is. */
export async function readKnownWebhook(context: SyncContext, connectionId: string): Promise<KnownWebhook> {
  return await callFunction(
    context.database,
    'read_provider_webhook',
    { target_connection_id: connectionId },
    known,
  );
}

/**
 * True for an address that delivers to this connection. The connection's id at the end of the path is unique, so it also
 * recognises a webhook that was registered by hand, or under an address of ours that has changed since.
 */
export function isOurAddress(url: string, connectionId: string, webhook: KnownWebhook): boolean {
  if (webhook !== null && url === webhook.url) return true;
  const path = URL.canParse(url) ? new URL(url).pathname : url;
  return path.toLowerCase().replace(/\/$/, '').endsWith(`/${connectionId}`);
}

/**
 * Looks after our webhook: one that the provider switched off is switched on again at once, because what happens
 * meanwhile stands in no log; one that is missing is an incident, for registering it is somebody else's decision.
 */
export async function checkWebhook(context: SyncContext, connectionId: string): Promise<void> {
  const webhook = await readKnownWebhook(context, connectionId);
  const ours = pick(await context.session.webhooks.list(), connectionId, webhook);
  if (ours === undefined) {
    await record(
      context,
      connectionId,
      webhook && { id: webhook.provider_webhook_id, url: webhook.url },
      'missing',
    );
    return;
  }
  if (!ours.isActive) {
    // First on record: if switching it on fails, the incident stays open.
    await record(context, connectionId, ours, 'switched_off');
    const resumed = await context.session.webhooks.resume(ours.id);
    if (!resumed.isActive) return;
  }
  await record(context, connectionId, ours, 'active');
}

/** Ours by id, else by address; of several, one that works. */
function pick(
  webhooks: ProviderWebhook[],
  connectionId: string,
  webhook: KnownWebhook,
): ProviderWebhook | undefined {
  const byId = webhooks.find((one) => one.id === webhook?.provider_webhook_id);
  if (byId !== undefined) return byId;
  const byAddress = webhooks.filter((one) => isOurAddress(one.url, connectionId, webhook));
  return byAddress.find((one) => one.isActive) ?? byAddress[0];
}

async function record(
  context: SyncContext,
  connectionId: string,
  webhook: { id: string; url: string } | null,
  state: 'active' | 'switched_off' | 'missing',
): Promise<void> {
  await callFunction(context.database, 'record_provider_webhook', {
    target_connection_id: connectionId,
    new_provider_webhook_id: webhook?.id ?? null,
    new_url: webhook?.url ?? null,
    new_state: state,
  }, z.unknown());
}
