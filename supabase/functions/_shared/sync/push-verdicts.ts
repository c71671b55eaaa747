import { z } from 'zod';
import { callFunction } from '../platform/database.ts';
import { type ConnectionJob, explainProviderError, type RunOutcome } from '../jobs/run-job.ts';
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
 * Sends waiting verdicts to the workspace, oldest first. A refused one is recorded with the reason and does not stop the
 * others; an error that concerns every call leaves the rest for the next run. False when the time is up.
 */
export async function pushVerdicts(job: ConnectionJob, context: SyncContext): Promise<boolean> {
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

/** A missing scope concerns only this call: a sync must not fail because of it. */
function concernsEveryCall(error: ProviderError): boolean {
  return error.concernsConnection && error.kind !== 'forbidden';
}

/** A job of kind verdicts. */
export async function runVerdicts(job: ConnectionJob, context: SyncContext): Promise<RunOutcome> {
  return await pushVerdicts(job, context) ? { status: 'completed', result: {} } : { status: 'paused' };
}
