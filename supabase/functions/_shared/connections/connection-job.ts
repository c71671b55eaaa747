import {
  type ConnectionOptions,
  type OpenConnection,
  openConnection,
  recordKeyAnswer,
} from './open-connection.ts';
import { AppError, type ErrorCode } from '../platform/errors.ts';
import { type ConnectionJob, type Job, runJob, type RunOutcome } from '../jobs/run-job.ts';
import { type Priority, RateBudgetExhausted } from '../providers/rate-budget.ts';

/** Milliseconds of work per call; an isolate lives for 150 seconds on the smallest plan. */
const timeBudget = 100_000;

export interface ConnectionJobOptions extends ConnectionOptions {
  runInBackground: (work: Promise<unknown>) => void;
}

export interface ConnectionJobKind {
  priority: Priority;
  /** The code of a failure without its own. */
  failureCode: ErrorCode;
}

/**
 * Runs a job of a connection in the background: opens the connection, records whether the provider accepts the key, and
 * pauses the job when its time ends while waiting for the rate budget.
 */
export function startConnectionJob(
  jobId: string,
  kind: ConnectionJobKind,
  options: ConnectionJobOptions,
  work: (job: ConnectionJob, open: OpenConnection) => Promise<RunOutcome>,
): void {
  async function run(claimed: Job): Promise<RunOutcome> {
    if (claimed.connection_id === null) throw new AppError('INTERNAL', 'This job works with no connection');
    const job: ConnectionJob = { ...claimed, connection_id: claimed.connection_id };
    const open = await openConnection(job.connection_id, options, {
      priority: kind.priority,
      jobId: job.id,
      isOutOfTime: () => job.isOutOfTime(),
    });
    try {
      const outcome = await work(job, open);
      await recordKeyAnswer(options.database, job.connection_id);
      return outcome;
    } catch (error) {
      // The time ended while waiting for the rate budget: no error, the next run resumes.
      if (error instanceof RateBudgetExhausted && error.retryAfterSeconds === undefined) {
        return { status: 'paused' };
      }
      await recordKeyAnswer(options.database, job.connection_id, error);
      throw error;
    } finally {
      await open.finish();
    }
  }

  options.runInBackground(runJob(jobId, run, {
    database: options.database,
    timeBudget,
    now: () => options.now().getTime(),
    failureCode: kind.failureCode,
  }));
}
