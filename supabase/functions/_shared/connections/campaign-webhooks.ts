/** Our webhook on every campaign, for providers that have none for the whole workspace. */
import { z } from 'zod';
import { callFunction } from '../platform/database.ts';
import { AppError } from '../platform/errors.ts';
import { type RegistrationContext, webhookName } from './registration-context.ts';
import { ProviderError, type ProviderWebhook, type WebhookTest } from '../providers/provider.ts';

const campaigns = z.array(z.string());
const registered = z.array(z.object({ provider_campaign_id: z.string(), provider_webhook_id: z.string() }));

export interface CampaignWebhooksResult {
  registered: number;
  failed: number;
  /** False when the time was up before all were looked at. */
  isComplete: boolean;
}

/** Somebody waits for the answer; what is not done by then goes on in the background. */
const maxWait = 20_000;

/**
 * A look at every known campaign, whenever the last one was: as many as somebody may wait for, the others in a sync of the
 * connection. Until the last one is done the secret before stays valid.
 */
export async function registerCampaignWebhooks(
  context: RegistrationContext,
  secret: string,
): Promise<{ test: WebhookTest }> {
  const endsAt = Date.now() + maxWait;
  const result = await ensureCampaignWebhooks(context, secret, {
    notCheckedSince: new Date(8.64e15),
    isOutOfTime: () => Date.now() >= endsAt,
  });
  if (!result.isComplete) await goOnInBackground(context);
  return {
    test: {
      success: result.failed === 0,
      status: null,
      message: result.failed === 0 && !result.isComplete
        ? `${result.registered} campaigns deliver to us with this secret; the others follow in the background, until then the one before is good too`
        : result.failed === 0
        ? `${result.registered} campaigns deliver to us; campaigns that come later are covered by the next sync`
        : `${result.failed} campaigns could not be given a webhook; the next sync tries them again`,
    },
  };
}

/**
 * Gives the campaigns that were not looked at since then our webhook: found again by its address, corrected where its token
 * differs, doubles removed, created only where there is none. One campaign's trouble does not stop the others.
 */
export async function ensureCampaignWebhooks(
  context: RegistrationContext,
  secret: string,
  limits: { notCheckedSince: Date; isOutOfTime: () => boolean; throwsWhenBusy?: boolean },
): Promise<CampaignWebhooksResult> {
  const result = { registered: 0, failed: 0, isComplete: true };
  const ids = await callFunction(context.database, 'list_campaigns_without_webhook', {
    target_connection_id: context.connectionId,
    not_checked_since: limits.notCheckedSince.getTime() >= 8.64e15
      ? 'infinity'
      : limits.notCheckedSince.toISOString(),
  }, campaigns);
  for (const campaignId of ids) {
    if (limits.isOutOfTime()) return { ...result, isComplete: false };
    try {
      const webhook = await ensureOne(context, secret, campaignId);
      await callFunction(context.database, 'record_campaign_webhook', {
        target_connection_id: context.connectionId,
        of_provider_campaign_id: campaignId,
        new_provider_webhook_id: webhook.id,
      }, z.unknown());
      result.registered++;
    } catch (error) {
      if (!(error instanceof ProviderError) || error.concernsConnection) throw error;
      if (error.isTemporary && limits.throwsWhenBusy) throw error;
      if (error.isTemporary) return { ...result, isComplete: false };
      result.failed++;
    }
  }
  await callFunction(
    context.database,
    'settle_webhook_rotation',
    { target_connection_id: context.connectionId },
    z.number(),
  );
  return result;
}

/** The sync of the connection looks after its webhooks before anything else, and goes on until all are done. */
async function goOnInBackground(context: RegistrationContext): Promise<void> {
  try {
    await callFunction(context.database, 'request_sync', {
      target_connection_id: context.connectionId,
      target_client_id: null,
      read_everything: false,
      requester: null,
    }, z.unknown());
  } catch (error) {
    // Paused, or its client is switched off: the first sync afterwards does it.
    if (!(error instanceof AppError) || error.code === 'INTERNAL') throw error;
  }
}

async function ensureOne(
  { webhooks, url }: RegistrationContext,
  secret: string,
  campaignId: string,
): Promise<ProviderWebhook> {
  const wanted = { name: webhookName, url, secret };
  // Also one under an address of ours that has changed since: the connection's id at the end of the path is unique.
  const ending = new URL(url).pathname.split('/').slice(-2).join('/');
  const [first, ...doubles] = (await webhooks.list(campaignId)).filter((webhook) =>
    webhook.url === url || webhook.url.endsWith(`/${ending}`)
  );
  for (const double of doubles) await webhooks.remove(double.id, campaignId);
  if (first === undefined) return await webhooks.create(wanted, campaignId);
  if (first.url !== url || first.secret !== secret) {
    return await webhooks.update(first.id, wanted, campaignId);
  }
  return first;
}

/** Takes our webhook off every campaign that has it. */
export async function removeCampaignWebhooks(context: RegistrationContext): Promise<void> {
  const rows = await callFunction(
    context.database,
    'list_campaign_webhooks',
    { target_connection_id: context.connectionId },
    registered,
  );
  for (const row of rows) {
    try {
      await context.webhooks.remove(row.provider_webhook_id, row.provider_campaign_id);
    } catch (error) {
      // A campaign that is gone took its webhook with it.
      if (!(error instanceof ProviderError) || error.kind !== 'not_found') throw error;
    }
  }
}
