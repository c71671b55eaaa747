import { z } from 'zod';
import { callFunction, retryTransient, type ServiceClient } from '../platform/database.ts';
import { processorBudget } from '../platform/processor-time.ts';
import { AppError, describeError, type ErrorCode, toAppError } from '../platform/errors.ts';
import { ProviderError } from '../providers/provider.ts';

/** After this long a dead worker's job can be claimed again; a living worker renews its lease every 20 seconds. */
const leaseSeconds = 60;

const jobKind = z.enum(['export', 'sync', 'replay', 'verdicts', 'removal', 'erase']);

const jobSummary = z.object({ id: z.uuid(), kind: jobKind });

/** Checks that a job of this kind exists, before it is claimed. Throws NOT_FOUND. */
export async function requireJob(
  database: ServiceClient,
  jobId: string,
  kind: 'export' | 'sync' | 'replay' | 'removal' | 'erase',
  ...otherKinds: ('replay' | 'verdicts')[]
): Promise<void> {
  const job = await callFunction(database, 'read_job', { target_job_id: jobId }, jobSummary.nullable());
  if (job === null || ![kind, ...otherKinds].includes(job.kind)) {
    throw new AppError('NOT_FOUND', `There is no ${kind} "${jobId}"; check the id`);
  }
}

const claimedJob = z.object({
  id: z.uuid(),
  kind: jobKind,
  /** Null for a removal or an erasure, which concern several workspaces. */
  connection_id: z.uuid().nullable(),
  client_id: z.uuid().nullable(),
  campaign_id: z.uuid().nullable(),
  parameters: z.record(z.string(), z.unknown()),
  cursor: z.record(z.string(), z.unknown()),
  result: z.record(z.string(), z.unknown()),
  done: z.number(),
  total: z.number().nullable(),
  /** Claims since the last checkpoint, including this one. */
  attempts: z.number(),
  lease_token: z.uuid(),
  created_at: z.string(),
});

/** A job without a worker that is due soon. */
const waitingJob = z.object({ due_in_ms: z.number() });

export interface Checkpoint {
  cursor?: Record<string, unknown>;
  result?: Record<string, unknown>;
  done?: number;
  total?: number;
}

/** A claimed job. Every write for it presents the lease; once that is lost the worker must stop. */
export interface Job extends z.infer<typeof claimedJob> {
  readonly leaseSeconds: number;
  save(checkpoint: Checkpoint): Promise<void>;
  /** True when the time or the processor time is used up, or the connection was paused: save, and let the next run resume. */
  isOutOfTime(): boolean;
  /** True when the connection was paused: nothing more is sent to its provider. */
  isPaused(): boolean;
  /** Sets isPaused, for a caller that learned it from another call than save. */
  pause(): void;
}

/** A job that works with one workspace. */
export interface ConnectionJob extends Job {
  connection_id: string;
}

/** How a run of a job ends; `paused` = there is more to do. */
export type RunOutcome =
  | {
    status: 'completed' | 'partial' | 'failed';
    result: Record<string, unknown>;
    code?: ErrorCode;
    message?: string;
  }
  | { status: 'paused' };

/** Another worker holds the job; this one may write nothing more. */
export class LeaseLost extends Error {
  override readonly name = 'LeaseLost';
}

const saveOutcome = z.enum(['held', 'paused', 'lost']);

/** Longest wait in seconds between two attempts; eight attempts without progress then take eight minutes. */
const maxDelay = 300;

/** Longest wait in seconds that is handed over to the next call; claim_job and continue_job assume the same. */
const maxHandedOver = 60;

export interface JobRunnerOptions {
  database: ServiceClient;
  /** Milliseconds of work before the job is released; below the platform's limit for one isolate. */
  timeBudget: number;
  now: () => number;
  /** The code of a failure without its own. */
  failureCode: ErrorCode;
}

const providerNames = { instantly: 'Instantly', smartlead: 'Smartlead' } as const;

/** The error shown for a failed provider call: what it means, and the provider's own short message. */
export function explainProviderError(error: ProviderError): { code: ErrorCode; message: string } {
  const { code, message } = meaningOf(error);
  const quoted = error.providerMessage === undefined
    ? ''
    : ` (${providerNames[error.provider]} says: "${error.providerMessage}")`;
  return { code, message: `${message}${quoted}` };
}

function meaningOf(error: ProviderError): { code: ErrorCode; message: string } {
  const name = providerNames[error.provider];
  const keyInvalid = `${error.provider.toUpperCase() as 'INSTANTLY' | 'SMARTLEAD'}_API_KEY_INVALID` as const;
  switch (error.kind) {
    case 'unauthorized':
      return {
        code: keyInvalid,
        message: `${name} refused the API key; save a valid one`,
      };
    case 'payment_required':
      return {
        code: keyInvalid,
        message: `The ${name} workspace has no active paid plan; renew it, then retry`,
      };
    case 'forbidden':
      return {
        code: keyInvalid,
        message: `${name} forbids this call; give the API key the needed scopes, then retry`,
      };
    case 'blocked':
      return {
        code: 'API_UNAVAILABLE',
        message:
          `${name}'s edge refused the call before it checked the key; the User-Agent or the IP address is blocked`,
      };
    case 'rate_limited':
      return {
        code: 'RATE_LIMIT_EXCEEDED',
        message: `${name} limits the number of calls; the work continues automatically`,
      };
    case 'not_found':
      return { code: 'CAMPAIGN_NOT_FOUND', message: `${name} no longer has this campaign` };
    case 'unavailable':
    case 'unreachable':
    case 'timeout':
      return {
        code: 'API_UNAVAILABLE',
        message: `${name} is not responding at the moment; the work continues automatically`,
      };
    // The error's own text has paths with the provider's ids, which no client may read; it is only logged.
    case 'bad_request':
      return {
        code: 'API_UNAVAILABLE',
        message: `${name} refused a request as invalid; see the function log for its answer`,
      };
    case 'plan_limit':
      return {
        code: 'PLAN_LIMIT_REACHED',
        message:
          `The plan of the ${name} workspace accepts no more leads; upgrade it or wait for its renewal, then export again`,
      };
    case 'unexpected_answer':
      return {
        code: 'API_UNAVAILABLE',
        message: `${name} gave an unexpected answer; see the function log`,
      };
  }
}

/**
 * Claims a job and works on it until it ends or its time is up. A temporary failure releases the job with a backoff of 2,
 * 4, 8 … seconds; while this call has time it claims the job again itself, else the next call waits for it, so one lost answer
 * costs seconds, not a minute. A final failure ends the job as failed. Returns false when the job is finished, not due, or leased.
 */
export async function runJob(
  jobId: string,
  work: (job: Job) => Promise<RunOutcome>,
  options: JobRunnerOptions,
): Promise<boolean> {
  const endsAt = options.now() + options.timeBudget;
  const budget = processorBudget();
  const isOutOfTime = (waiting = 0) => options.now() + waiting >= endsAt || budget.isSpent();
  let run = await runOnce(jobId, work, isOutOfTime, options);
  let hasRun = run.claimed;
  while (run.retryAfterSeconds !== undefined && !isOutOfTime(run.retryAfterSeconds * 1000)) {
    // Slightly later than the moment at which the database allows the claim.
    const wait = run.retryAfterSeconds * 1000 + 50;
    await new Promise((resolve) => setTimeout(resolve, wait));
    run = await runOnce(jobId, work, isOutOfTime, options);
    hasRun ||= run.claimed;
  }
  // Only by who worked: of several calls that find it waiting, none multiplies.
  if (run.claimed && run.retryAfterSeconds !== undefined && run.retryAfterSeconds <= maxHandedOver) {
    await wakeJob(options.database, jobId);
  }
  return hasRun;
}

/**
 * Reports about a job are repeated while the database is away for a moment. The lease makes that safe, and a job that could
 * not be released would wait until the lease runs out.
 */
const callAgain: typeof callFunction = (...call) => retryTransient(() => callFunction(...call));

interface Run {
  claimed: boolean;
  /** Seconds until the job is due; set when the run was interrupted, or came too early. */
  retryAfterSeconds?: number | undefined;
}

async function runOnce(
  jobId: string,
  work: (job: Job) => Promise<RunOutcome>,
  isOutOfTime: () => boolean,
  options: JobRunnerOptions,
): Promise<Run> {
  const { database } = options;
  const claimed = await callFunction(
    database,
    'claim_job',
    { target_job_id: jobId, lease_seconds: leaseSeconds },
    z.union([claimedJob, waitingJob]).nullable(),
  );
  if (claimed === null) return { claimed: false };
  if ('due_in_ms' in claimed) return { claimed: false, retryAfterSeconds: claimed.due_in_ms / 1000 };

  let isPaused = false;
  const lease = { target_job_id: claimed.id, token: claimed.lease_token };
  const save = async (checkpoint: Checkpoint) => {
    const parameters = { ...lease, checkpoint, lease_seconds: leaseSeconds };
    const saved = await callAgain(database, 'save_job', parameters, saveOutcome);
    if (saved === 'lost') throw new LeaseLost(`The lease on job "${claimed.id}" is lost`);
    isPaused = saved === 'paused';
  };
  const job: Job = {
    ...claimed,
    leaseSeconds,
    save,
    isPaused: () => isPaused,
    pause: () => {
      isPaused = true;
    },
    isOutOfTime: () => isPaused || isOutOfTime(),
  };

  // A single provider call may take longer than a lease; the heartbeat renews it while this worker lives.
  const heartbeat = setInterval(() => void save({}).catch(() => undefined), leaseSeconds * 1000 / 3);
  try {
    const outcome = await work(job);
    if (outcome.status === 'paused') {
      await release(database, lease, 0);
      if (!isPaused) await wakeJob(database, claimed.id);
    } else {
      await callAgain(database, 'finish_job', {
        ...lease,
        final_status: outcome.status,
        final_result: outcome.result,
        code: outcome.code ?? null,
        message: outcome.message ?? null,
      }, z.boolean());
    }
  } catch (error) {
    if (error instanceof LeaseLost) return { claimed: true };
    const delay = Math.min(maxDelay, 2 ** claimed.attempts);
    return { claimed: true, retryAfterSeconds: await recordFailure(error, lease, delay, options) };
  } finally {
    clearInterval(heartbeat);
  }
  return { claimed: true };
}

/** Returns the seconds until the job is due again; undefined when it has ended. */
async function recordFailure(
  error: unknown,
  lease: { target_job_id: string; token: string },
  delay: number,
  options: JobRunnerOptions,
): Promise<number | undefined> {
  console.error(
    JSON.stringify({ message: 'A job run failed', job: lease.target_job_id, error: describeError(error) }),
  );
  if (error instanceof ProviderError) {
    const { code, message } = explainProviderError(error);
    if (error.isTemporary) {
      const seconds = Math.ceil(error.retryAfterSeconds ?? delay);
      await release(options.database, lease, seconds, code, message);
      return seconds;
    }
    await fail(options.database, lease, code, message);
    return undefined;
  }
  if (error instanceof AppError && error.code !== 'INTERNAL') {
    await fail(options.database, lease, error.code, error.message);
    return undefined;
  }
  // An error of our own (database restart, bug) is retried like the rest; after eight attempts the sweep ends the job.
  await release(options.database, lease, delay, options.failureCode, toAppError(error).message);
  return delay;
}

async function release(
  database: ServiceClient,
  lease: { target_job_id: string; token: string },
  seconds: number,
  code: ErrorCode | null = null,
  message: string | null = null,
): Promise<void> {
  await callAgain(
    database,
    'release_job',
    { ...lease, retry_after_seconds: seconds, code, message },
    z.boolean(),
  );
}

/** Calls the function again at once; if that fails, the minute sweep does. */
export async function wakeJob(database: ServiceClient, jobId: string): Promise<void> {
  await callFunction(database, 'continue_job', { target_job_id: jobId }, z.boolean()).catch(
    (error: unknown) => {
      console.error(JSON.stringify({
        message: 'A job could not be continued at once',
        job: jobId,
        error: describeError(error),
      }));
    },
  );
}

async function fail(
  database: ServiceClient,
  lease: { target_job_id: string; token: string },
  code: ErrorCode,
  message: string,
): Promise<void> {
  await callAgain(
    database,
    'finish_job',
    { ...lease, final_status: 'failed', final_result: null, code, message },
    z.boolean(),
  );
}
