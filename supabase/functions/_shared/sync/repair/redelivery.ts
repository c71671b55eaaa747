/** For providers without a readable delivery log: asks them to send failed deliveries again. */
import { z } from 'zod';
import { callFunction } from '../../platform/database.ts';
import type { ConnectionJob } from '../../jobs/run-job.ts';
import type { SyncContext } from '../context.ts';

const campaignWebhooks = z.array(z.object({
  provider_campaign_id: z.string(),
  redelivered_until: z.string().nullable(),
}));

/** Milliseconds that the first check looks back. */
const firstLook = 3 * 86_400_000;

async function readCampaigns(context: SyncContext, connectionId: string) {
  return await callFunction(
    context.database,
    'list_campaign_webhooks',
    { target_connection_id: connectionId },
    campaignWebhooks,
  );
}

/** Requests all failed deliveries of the range again, campaign by campaign; false when the time is up. */
export async function retriggerAll(
  job: ConnectionJob,
  context: SyncContext,
  from: string,
  to: string,
): Promise<boolean> {
  const after = typeof job.cursor['after'] === 'string' ? job.cursor['after'] : '';
  for (const { provider_campaign_id: id } of await readCampaigns(context, job.connection_id)) {
    if (id <= after) continue;
    if (job.isOutOfTime()) return false;
    await context.session.redelivery?.retrigger(id, from, to);
    await job.save({ cursor: { after: id } });
  }
  return true;
}

/**
 * Requests the deliveries of one campaign that failed since the last check. True when there were some: they arrive within
 * minutes and complete, so the statistics wait for the next sync.
 */
export async function redeliver(
  context: SyncContext,
  connectionId: string,
  campaignId: string,
): Promise<boolean> {
  const { redelivery } = context.session;
  const webhook = (await readCampaigns(context, connectionId)).find((row) =>
    row.provider_campaign_id === campaignId
  );
  if (redelivery === undefined || webhook === undefined) return false;
  const now = context.now();
  const from = webhook.redelivered_until ?? new Date(now.getTime() - firstLook).toISOString();
  const to = now.toISOString();
  const failed = await redelivery.countFailed(campaignId, from, to);
  if (failed > 0) await redelivery.retrigger(campaignId, from, to);
  await callFunction(context.database, 'record_redelivery', {
    target_connection_id: connectionId,
    of_provider_campaign_id: campaignId,
    looked_until: to,
    was_needed: failed > 0,
  }, z.unknown());
  return failed > 0;
}
