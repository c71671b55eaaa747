/** Our webhook on every campaign, for providers without workspace webhooks. */
import { z } from 'zod';
import { callFunction } from '../platform/database.ts';
import { AppError } from '../platform/errors.ts';
import { type RegistrationContext, webhookName } from './registration-context.ts';
import { processorBudget } from '../platform/processor-time.ts';
import { ProviderError, type ProviderWebhook, type WebhookTest } from '../providers/provider.ts';

const campaigns = z.array(z.string());
const registered = z.array(z.object({ provider_campaign_id: z.string(), provider_webhook_id: z.string() }));

export interface CampaignWebhooksResult {
  registered: number;
  failed: number;
  /** False when the time was up before all were checked. */
  isComplete: boolean;
}

/** Milliseconds that the caller waits; the rest continues in the background. */
const maxWait = 20_000;

/**
 * Checks every known campaign, whenever it was last checked: as many as the caller can wait for, the others in a sync of the
 * connection. The previous secret stays valid until all are done.
 */
export async function registerCampaignWebhooks(
  context: RegistrationContext,
  secret: string,
): Promise<{ test: WebhookTest }> {
  const endsAt = Date.now() + maxWait;
  const budget = processorBudget();
  const result = await ensureCampaignWebhooks(context, secret, {
    notCheckedSince: new Date(8.64e15),
    isOutOfTime: () => Date.now() >= endsAt || budget.isSpent(),
  });
  if (!result.isComplete) await continueInBackground(context);
  return {
    test: {
      success: result.failed === 0,
      status: null,
      message: result.failed === 0 && !result.isComplete
        ? `${result.registered} campaigns have our webhook with this secret; the others follow in the background, until then the previous one stays valid`
        : result.failed === 0
        ? `${result.registered} campaigns have our webhook; the next sync covers new campaigns`
        : `${result.failed} campaigns could not be given a webhook; the next sync retries them`,
    },
  };
}

/**
 * Gives our webhook to the campaigns not checked since then: found by its URL, corrected if its token differs, duplicates
 * removed, created only if missing. An error in one campaign does not stop the others.
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
      const webhook = await ensureCampaignWebhook(context, secret, campaignId);
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

/** A sync of the connection checks its webhooks first, and continues until all are done. */
async function continueInBackground(context: RegistrationContext): Promise<void> {
  try {
    await callFunction(context.database, 'request_sync', {
      target_connection_id: context.connectionId,
      target_client_id: null,
      read_everything: false,
      requester: null,
    }, z.unknown());
  } catch (error) {
    // Paused, or its client is switched off: the next sync does it.
    if (!(error instanceof AppError) || error.code === 'INTERNAL') throw error;
  }
}

async function ensureCampaignWebhook(
  { webhooks, url }: RegistrationContext,
  secret: string,
  campaignId: string,
): Promise<ProviderWebhook> {
  const wanted = { name: webhookName, url, secret };
  // Also matches an earlier URL of ours: the connection id at the end of the path is unique.
  const ending = new URL(url).pathname.split('/').slice(-2).join('/');
  const [first, ...duplicates] = (await webhooks.list(campaignId)).filter((webhook) =>
    webhook.url === url || webhook.url.endsWith(`/${ending}`)
  );
  for (const double of duplicates) await webhooks.remove(double.id, campaignId);
  if (first === undefined) return await webhooks.create(wanted, campaignId);
  if (first.url !== url || first.secret !== secret) {
    return await webhooks.update(first.id, wanted, campaignId);
  }
  return first;
}

/** Removes our webhook from every campaign, and forgets it there, so that the next call continues; false when the time was up. */
export async function removeCampaignWebhooks(
  context: RegistrationContext,
  isOutOfTime: () => boolean,
): Promise<boolean> {
  const rows = await callFunction(
    context.database,
    'list_campaign_webhooks',
    { target_connection_id: context.connectionId },
    registered,
  );
  return await removeFrom(rows, context, isOutOfTime);
}

export type RegisteredWebhook = z.infer<typeof registered>[number];

/** The same for some of its campaigns. */
export async function removeFrom(
  rows: RegisteredWebhook[],
  { database, webhooks, connectionId }: Pick<RegistrationContext, 'database' | 'webhooks' | 'connectionId'>,
  isOutOfTime: () => boolean,
): Promise<boolean> {
  for (const { provider_campaign_id: campaignId, provider_webhook_id: id } of rows) {
    if (isOutOfTime()) return false;
    try {
      await webhooks.remove(id, campaignId);
    } catch (error) {
      // A campaign that was deleted there has no webhook either.
      if (!(error instanceof ProviderError) || error.kind !== 'not_found') throw error;
    }
    await callFunction(database, 'forget_campaign_webhook', {
      target_connection_id: connectionId,
      of_provider_campaign_id: campaignId,
    }, z.unknown());
  }
  return true;
}
