import { z } from 'zod';
import { callFunction } from '../../platform/database.ts';
import { ensureCampaignWebhooks } from '../../connections/campaign-webhooks.ts';
import { deliversTo, registrationOf, webhookName } from '../../connections/registration-context.ts';
import { requireSecret } from '../../connections/webhook-registration.ts';
import type { ProviderWebhook } from '../../providers/provider.ts';
import type { SyncContext } from '../context.ts';

const known = z.object({ provider_webhook_id: z.string(), url: z.string() }).nullable();
export type KnownWebhook = z.infer<typeof known>;

/** Our webhook as recorded; null when there is none. */
export async function readKnownWebhook(context: SyncContext, connectionId: string): Promise<KnownWebhook> {
  return await callFunction(
    context.database,
    'read_provider_webhook',
    { target_connection_id: connectionId },
    known,
  );
}

/** True for a URL that delivers to this connection, or the one that we recorded. */
export function isOurAddress(url: string, connectionId: string, webhook: KnownWebhook): boolean {
  return (webhook !== null && url === webhook.url) || deliversTo(url, connectionId);
}

/**
 * Keeps our webhook working: one that the provider switched off is switched on again at once, because events meanwhile are
 * in no log; one that was deleted at the provider is created again. One that was never registered is an incident, because
 * registering is a person's decision.
 */
export async function checkWebhook(context: SyncContext, connectionId: string): Promise<void> {
  if (context.session.webhooks.per === 'campaign') return;
  const webhook = await readKnownWebhook(context, connectionId);
  const ours = pick(await context.session.webhooks.list(), connectionId, webhook);
  if (ours === undefined) {
    await record(
      context,
      connectionId,
      webhook && { id: webhook.provider_webhook_id, url: webhook.url },
      'missing',
    );
    await recordOutage(context, connectionId, 'missing', null);
    // A recorded webhook means that somebody decided that this workspace delivers to us.
    if (webhook === null) return;
    const registration = registrationOf(context, context.session, connectionId);
    const made = await context.session.webhooks.create({
      name: webhookName,
      url: registration.url,
      secret: await requireSecret(registration),
    });
    await record(context, connectionId, made, 'active');
    await recordOutage(context, connectionId, 'active', null);
    return;
  }
  if (!ours.isActive) {
    // Recorded first: if switching it on fails, the incident and the outage stay open.
    await record(context, connectionId, ours, 'switched_off');
    await recordOutage(context, connectionId, 'switched_off', ours.failedAt ?? null);
    const resumed = await context.session.webhooks.resume(ours.id);
    if (!resumed.isActive) return;
  }
  await record(context, connectionId, ours, 'active');
  await recordOutage(context, connectionId, 'active', null);
}

/** Milliseconds after which a campaign's webhook is checked again; a new campaign gets its own with the next sync. */
const maxUnwatched = 24 * 3_600_000;

/**
 * Where each campaign needs its own webhook, new campaigns get it here: saving the key was the decision that this workspace
 * delivers to us. A campaign that cannot get one is an incident. False when the time is up.
 */
export async function checkCampaignWebhooks(
  context: SyncContext,
  connectionId: string,
  isOutOfTime: () => boolean,
): Promise<boolean> {
  if (context.session.webhooks.per === 'workspace') return true;
  const registration = registrationOf(context, context.session, connectionId);
  const result = await ensureCampaignWebhooks(registration, await requireSecret(registration), {
    notCheckedSince: new Date(context.now().getTime() - maxUnwatched),
    isOutOfTime,
    // A job waits and resumes; only an interactive caller gets the error.
    throwsWhenBusy: true,
  });
  await record(context, connectionId, null, result.failed > 0 ? 'missing' : 'active');
  return result.isComplete;
}

/** Ours by id, otherwise by URL; of several, one that works. */
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

/** Events during an outage are in no log; the sync recovers them from other sources. */
async function recordOutage(
  context: SyncContext,
  connectionId: string,
  state: 'active' | 'switched_off' | 'missing',
  offSince: string | null,
): Promise<void> {
  await callFunction(context.database, 'record_webhook_outage', {
    target_connection_id: connectionId,
    webhook_state: state,
    off_since: offSince,
  }, z.unknown());
}
