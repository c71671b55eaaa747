/** For providers without a readable delivery log: asks them to send failed deliveries again. */
import { z } from 'zod';
import { callFunction } from '../../platform/database.ts';
import type { ConnectionJob } from '../../jobs/run-job.ts';
import { clockDifference, type SyncContext } from '../context.ts';

const campaignWebhooks = z.array(z.object({
  provider_campaign_id: z.string(),
  redelivered_until: z.string().nullable(),
  /** How many had failed around that moment when it was checked. */
  failed_around: z.number(),
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
 * minutes and complete, so the statistics wait for the next sync. Two checks overlap by the difference that clocks may have,
 * and the provider counts a failure for ever; so only more failures than were seen there before are news. A check does not ask
 * beyond our now, which the provider might refuse: what its clock dates later is found by the next one.
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
  const now = context.now().getTime();
  const since = webhook.redelivered_until === null ? now - firstLook : Date.parse(webhook.redelivered_until);
  const from = new Date(since - clockDifference).toISOString();
  const to = new Date(now).toISOString();
  const failed = await redelivery.countFailed(campaignId, from, to);
  // Before the request, so that it covers all that are counted.
  const failedAround = failed === 0
    ? 0
    : await redelivery.countFailed(campaignId, new Date(now - clockDifference).toISOString(), to);
  const isNeeded = failed > webhook.failed_around;
  if (isNeeded) await redelivery.retrigger(campaignId, from, to);
  await callFunction(context.database, 'record_redelivery', {
    target_connection_id: connectionId,
    of_provider_campaign_id: campaignId,
    looked_until: to,
    failed_around: failedAround,
    was_needed: isNeeded,
  }, z.unknown());
  return isNeeded;
}
