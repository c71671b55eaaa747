import { z } from 'zod';
import { callFunction } from '../platform/database.ts';
import { explainProviderError, type Job, type RunOutcome } from '../jobs/run-job.ts';
import { ProviderError } from '../providers/provider.ts';
import type { SyncContext } from './context.ts';

const notices = z.array(z.object({
  lead_id: z.uuid(),
  provider_campaign_id: z.string(),
  email: z.string(),
  interest_status: z.enum(['positive', 'neutral', 'negative']).nullable(),
  asked_at: z.string(),
}));

/**
 * Tells the workspace the verdicts that wait for it, oldest first. One that the provider refuses is noted with the reason
 * and stops nobody; trouble that would meet every call leaves the rest for the next run. False when the time is up.
 */
export async function pushVerdicts(job: Job, context: SyncContext): Promise<boolean> {
  for (;;) {
    const open = await callFunction(
      context.database,
      'list_verdict_pushes',
      { target_connection_id: job.connection_id },
      notices,
    );
    if (open.length === 0) return true;
    for (const notice of open) {
      if (job.isOutOfTime()) return false;
      let failure: string | null = null;
      try {
        await context.session.setInterest(notice.provider_campaign_id, notice.email, notice.interest_status);
      } catch (error) {
        if (!(error instanceof ProviderError) || error.isTemporary || concernsEveryCall(error)) throw error;
        failure = explainProviderError(error).message;
      }
      await callFunction(context.database, 'record_verdict_push', {
        target_lead_id: notice.lead_id,
        asked: notice.asked_at,
        failure,
      }, z.boolean());
    }
  }
}

/** A scope that the key lacks is a matter of this call alone: a sync must not fail for it. */
function concernsEveryCall(error: ProviderError): boolean {
  return error.concernsConnection && error.kind !== 'forbidden';
}

/** A job of kind verdicts: tells what waits, and nothing else. */
export async function runVerdicts(job: Job, context: SyncContext): Promise<RunOutcome> {
  return await pushVerdicts(job, context) ? { status: 'completed', result: {} } : { status: 'paused' };
}
