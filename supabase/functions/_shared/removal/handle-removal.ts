import { z } from 'zod';
import type { ConnectionHandlerOptions } from '../connections/stored-connection.ts';
import { requireJob, runJob } from '../jobs/run-job.ts';
import type { Caller } from '../platform/caller.ts';
import { AppError } from '../platform/errors.ts';
import { jsonResponse, readBody, requireMethod } from '../platform/http.ts';
import { runRemoval } from './run-removal.ts';

const requestBody = z.strictObject({ job_id: z.uuid() });

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
