import { z } from 'zod';
import { openConnection } from '../connections/open-connection.ts';
import { explainProviderError } from '../jobs/run-job.ts';
import { callFunction } from '../platform/database.ts';
import type { FunctionOptions } from '../platform/signed-in-function.ts';
import { ProviderError } from '../providers/provider.ts';

const pause = z.object({
  state: z.enum(['pausing', 'resuming']),
  connection_id: z.uuid(),
  provider_campaign_id: z.string(),
  campaign_id: z.uuid(),
  pause_sent: z.boolean(),
});

export type PauseResult = 'nothing' | 'done' | 'not_ours' | 'failed';

/**
 * Pauses a campaign for a holiday, or resumes it after one. A run may die anywhere: that the provider is about to be asked is
 * written before, so that the next run knows whose pause it finds. A campaign that a person paused stays paused.
 */
export async function carryOutPause(pauseId: string, options: FunctionOptions): Promise<PauseResult> {
  const { database } = options;
  const found = await callFunction(database, 'read_pause', { target_pause_id: pauseId }, pause.nullable());
  if (found === null) return 'nothing';
  const record = (step: string, message: string | null = null) =>
    callFunction(database, 'record_pause', { target_pause_id: pauseId, step, message }, z.string());
  const { session, finish } = await openConnection(found.connection_id, options, { priority: 'background' });
  const { provider_campaign_id: id, state } = found;
  try {
    const { status } = await session.readCampaign(id);
    const isOurs = state === 'resuming' ? status === 'paused' || status === 'active' : status === 'active' ||
      (found.pause_sent && status === 'paused');
    // Paused by somebody else; or completed, suspended or stopped for bounces meanwhile.
    if (!isOurs) {
      await record('not_ours');
      return 'not_ours';
    }
    if ((await record('sent')).startsWith('ended')) return 'nothing';
    if (state === 'pausing' && status === 'active') await session.pauseCampaign(id);
    if (state === 'resuming' && status === 'paused') await session.activateCampaign(id);
    // An operator who paused or resumed by hand while the provider was asked has the last word.
    const before = await record('done');
    if (before === 'ended_active' && state === 'pausing') await session.activateCampaign(id);
    if (before === 'ended_paused' && state === 'resuming') await session.pauseCampaign(id);
    return 'done';
  } catch (error) {
    if (!(error instanceof ProviderError)) throw error;
    await record('failed', explainProviderError(error).message);
    return 'failed';
  } finally {
    await finish();
  }
}
