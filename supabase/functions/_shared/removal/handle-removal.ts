import { z } from 'zod';
import type { ConnectionHandlerOptions } from '../connections/stored-connection.ts';
import { type Job, LeaseLost, requireJob, runJob, type RunOutcome } from '../jobs/run-job.ts';
import type { Caller } from '../platform/caller.ts';
import { callFunction } from '../platform/database.ts';
import { AppError } from '../platform/errors.ts';
import { jsonResponse, readBody, requireMethod } from '../platform/http.ts';
import { leaveWorkspaces } from './leave-workspaces.ts';

export const requestBody = z.strictObject({ job_id: z.uuid() });

/** Milliseconds of work per call; an isolate lives for 150 seconds on the smallest plan. */
const timeBudget = 100_000;

export interface RemovalOptions extends ConnectionHandlerOptions {
  runInBackground: (work: Promise<unknown>) => void;
}

/** POST { job_id } from an operator or a secret key: 202 at once, the removal continues in the background. */
export async function handleRemoval(
  request: Request,
  caller: Caller,
  options: RemovalOptions,
): Promise<Response> {
  requireMethod(request, 'POST');
  if (caller.kind === 'client') throw new AppError('FORBIDDEN', 'Only operators can delete a client');
  const { job_id: jobId } = await readBody(request, requestBody);
  await requireJob(options.database, jobId, 'removal');
  options.runInBackground(runJob(jobId, (job) => runRemoval(job, options), {
    database: options.database,
    timeBudget,
    now: () => options.now().getTime(),
    failureCode: 'INTERNAL',
  }));
  return jsonResponse({ job_id: jobId }, 202);
}

const parameters = z.object({ client_id: z.uuid() });

/** Deletes a client: first its webhooks at the providers, then everything that is stored of it. */
async function runRemoval(job: Job, options: ConnectionHandlerOptions): Promise<RunOutcome> {
  const { client_id: clientId } = parameters.parse(job.parameters);
  if (!await leaveWorkspaces(job, clientId, options)) return { status: 'paused' };
  return await removeData(job, options);
}

const batch = z.object({ state: z.enum(['held', 'done', 'lost']) });

/** Rows per batch: few at first, then more as long as one takes no more than half of its time. */
const batchRows = { first: 500, least: 50, most: 20_000 };
/** Milliseconds; a longer batch would hold up other writers of the same tables. */
const maxBatchTime = 800;

/** Each batch commits its rows together with the count of them, so the run after a kill repeats and misses nothing. */
async function removeData(job: Job, options: ConnectionHandlerOptions): Promise<RunOutcome> {
  let most = batchRows.first;
  while (!job.isOutOfTime()) {
    const startedAt = options.now().getTime();
    const { state } = await callFunction(options.database, 'remove_client_batch', {
      target_job_id: job.id,
      token: job.lease_token,
      most,
      lease_seconds: job.leaseSeconds,
    }, batch);
    if (state === 'lost') throw new LeaseLost(`The lease on job "${job.id}" is lost`);
    if (state === 'done') return { status: 'completed', result: {} };
    const took = options.now().getTime() - startedAt;
    if (took > maxBatchTime / 2) most = Math.max(batchRows.least, Math.floor(most / 2));
    else if (took < maxBatchTime / 4) most = Math.min(batchRows.most, most * 2);
  }
  return { status: 'paused' };
}
