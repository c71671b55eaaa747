import { DatabaseError } from '../platform/database.ts';
import { AppError, describeError } from '../platform/errors.ts';
import { explainProviderError, LeaseLost } from '../jobs/run-job.ts';
import { ProviderError } from '../providers/provider.ts';
import type { At, Position } from './position.ts';
import { readAccountPage } from './read-accounts.ts';
import { recordOddRows } from './odd-rows.ts';
import { recoverOutage } from './outage/recover-outage.ts';
import { prepareMessages } from '../messages/prepare.ts';
import { readAnswers } from './repair/read-answers.ts';
import { reconcileReplies } from './repair/reconcile-replies.ts';
import { replayLog } from './repair/replay-log.ts';
import type { SyncStep } from './report.ts';
import type { SyncRun } from './context.ts';
import { projectAll } from './repair/project-all.ts';
import { checkCampaignWebhooks, checkWebhook } from './repair/webhook-health.ts';

/** After this many 429 answers a step is left to the next sync. */
const maxTries = 3;

type Tried = Extract<Position, { tries?: number | undefined }>;

/** Runs one step; its own errors are recorded and never stop the others. False when the time is up. */
async function guard<Step extends Tried>(
  run: SyncRun,
  step: SyncStep,
  start: Step,
  work: (moved: (at: Step) => Promise<void>) => Promise<boolean>,
): Promise<boolean> {
  let at = start;
  try {
    return await work(async (next) => {
      at = next;
      await run.save(next);
    });
  } catch (error) {
    if (concernsJob(error)) throw error;
    if (error instanceof ProviderError && error.kind === 'rate_limited') {
      // Without a status our own budget is used up; waiting for it is not a failed attempt.
      const tries = (at.tries ?? 0) + (error.status === undefined ? 0 : 1);
      if (tries < maxTries) {
        await run.save({ ...at, tries });
        throw error;
      }
    }
    const problem = error instanceof ProviderError
      ? explainProviderError(error)
      : error instanceof AppError && error.code !== 'INTERNAL'
      ? { code: error.code, message: error.message }
      : { code: 'SYNC_FAILED', message: 'This step failed; the function log says why' };
    console.error(
      JSON.stringify({ message: 'A sync step failed', job: run.job.id, step, error: describeError(error) }),
    );
    run.report.errors.push({ step, ...problem });
    return true;
  } finally {
    recordOddRows(run, { step });
  }
}

/** Reads an optional list: a refusal or an unexpected answer is recorded, and the sync continues. */
export async function readOptional(run: SyncRun, step: SyncStep, work: () => Promise<void>): Promise<void> {
  try {
    await work();
  } catch (error) {
    const isOdd = error instanceof ProviderError &&
      ['not_found', 'bad_request', 'unexpected_answer'].includes(error.kind);
    if (!isOdd) throw error;
    const problem = explainProviderError(error);
    run.report.errors.push(
      error.kind === 'not_found'
        ? {
          step,
          code: 'API_UNAVAILABLE',
          message: 'The provider has no such list (404); the sync continues without it',
        }
        : { step, ...problem },
    );
  } finally {
    recordOddRows(run, { step });
  }
}

/** Errors that end or delay the whole job: a lost lease, a refused key, an unreachable database. */
function concernsJob(error: unknown): boolean {
  if (error instanceof LeaseLost) return true;
  if (error instanceof ProviderError) {
    return error.kind === 'unauthorized' || error.kind === 'payment_required';
  }
  return error instanceof DatabaseError && (error.sqlState === '' || /^(08|40|53|57)/.test(error.sqlState));
}

export async function webhookStep(run: SyncRun, at: At<'webhook'>): Promise<boolean> {
  return await guard(run, 'webhook', at, async () => {
    await checkWebhook(run.context, run.job.connection_id);
    return true;
  });
}

export async function campaignWebhooksStep(run: SyncRun, at: At<'campaign_webhooks'>): Promise<boolean> {
  return await guard(
    run,
    'webhook',
    at,
    () => checkCampaignWebhooks(run.context, run.job.connection_id, () => run.job.isOutOfTime()),
  );
}

export async function replayStep(run: SyncRun, start: At<'replay'>): Promise<boolean> {
  const isOutOfTime = () => run.job.isOutOfTime();
  return await guard(run, 'replay', start, async (moved) => {
    const done = await replayLog(run.context, {
      connectionId: run.job.connection_id,
      isOutOfTime,
      save: async (at, inserted) => {
        run.report.events_replayed += inserted;
        await moved({ phase: 'replay', ...at });
      },
    }, start);
    return done && await projectAll(run.context.database, run.job.connection_id, isOutOfTime);
  });
}

export async function repliesStep(run: SyncRun, start: At<'replies'>): Promise<boolean> {
  const isOutOfTime = () => run.job.isOutOfTime();
  return await guard(run, 'replies', start, async (moved) => {
    const done = await reconcileReplies(run.context, {
      connectionId: run.job.connection_id,
      pages: start.pages ?? 0,
      isOutOfTime,
      save: async (pages, inserted) => {
        run.report.replies_reconciled += inserted;
        await moved({ phase: 'replies', pages });
      },
    });
    return done && await projectAll(run.context.database, run.job.connection_id, isOutOfTime);
  });
}

export async function answersStep(run: SyncRun, start: At<'answers'>): Promise<boolean> {
  const isOutOfTime = () => run.job.isOutOfTime();
  return await guard(run, 'answers', start, async (moved) => {
    const done = await readAnswers(run.context, {
      connectionId: run.job.connection_id,
      pages: start.pages ?? 0,
      isOutOfTime,
      save: async (pages, inserted) => {
        run.report.answers_read += inserted;
        await moved({ phase: 'answers', pages });
      },
    });
    if (done) await prepareMessages(run.context.database, isOutOfTime);
    return done;
  });
}

export async function accountsStep(run: SyncRun, start: At<'accounts'>): Promise<boolean> {
  const { accounts } = run.context.session;
  if (accounts === undefined) return true;
  return await guard(run, 'accounts', start, async (moved) => {
    let cursor = start.page;
    do {
      const page = await readAccountPage(run.context, accounts, run.job.connection_id, cursor);
      run.report.accounts_imported += page.imported;
      run.report.accounts_updated += page.updated;
      cursor = page.next;
      if (cursor !== undefined) await moved({ phase: 'accounts', page: cursor });
    } while (cursor !== undefined && !run.job.isOutOfTime());
    return cursor === undefined;
  });
}

export async function outageStep(run: SyncRun, start: At<'outage'>): Promise<boolean> {
  const { outage } = run;
  if (outage === null) return true;
  return await guard(run, 'outage', start, (moved) =>
    recoverOutage(run.context, {
      connectionId: run.job.connection_id,
      outage,
      pages: start.pages ?? 0,
      isLogRead: run.context.session.deliveryLog !== undefined &&
        run.report.errors.every((error) => error.step !== 'replay'),
      mayBeSettled: run.report.errors.every((error) => error.row !== undefined),
      isOutOfTime: () => run.job.isOutOfTime(),
      save: async (pages, recovered) => {
        run.report.mails_recovered += recovered.mails;
        run.report.events_inferred += recovered.inferred;
        await moved({ phase: 'outage', pages });
      },
    }));
}
