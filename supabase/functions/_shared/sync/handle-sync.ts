import { z } from 'zod';
import type { Caller } from '../platform/caller.ts';
import { type ConnectionJobOptions, startConnectionJob } from '../connections/connection-job.ts';
import { callFunction } from '../platform/database.ts';
import { AppError } from '../platform/errors.ts';
import { jsonResponse, readBody, requireMethod } from '../platform/http.ts';
import { processorBudget } from '../platform/processor-time.ts';
import { requireJob } from '../jobs/run-job.ts';
import { prepareMessages } from '../messages/prepare.ts';
import { checkDueDomains } from '../sending-health/check-domains.ts';
import { createResolver } from '../sending-health/resolver.ts';
import { runSync } from './run-sync.ts';

export const requestBody = z.strictObject({
  client_id: z.uuid().optional(),
  connection_id: z.uuid().optional(),
  full: z.boolean().default(true),
  job_id: z.uuid().optional(),
  prepare_messages: z.literal(true).optional(),
  check_domains: z.literal(true).optional(),
  replay: z.strictObject({ from: z.iso.datetime({ offset: true }), to: z.iso.datetime({ offset: true }) })
    .optional(),
});

/** Milliseconds; the scheduler calls again while messages wait or domains are due. */
const scheduledTime = 60_000;

const openedJobs = z.array(z.object({
  job_id: z.uuid(),
  connection_id: z.uuid(),
  client_id: z.uuid().nullable(),
  already_running: z.boolean(),
}));

export interface SyncOptions extends ConnectionJobOptions {
  /** Public URL of the functions, to which providers deliver. */
  functionsUrl: string;
}

/**
 * POST { client_id? | connection_id?, full? } from an operator or a secret key: 202 { jobs } at once, the work continues in
 * the background. full (default) reads all history and every lead; false skips what has not changed.
 * POST { connection_id, replay: { from, to } }: only stores the delivery log of that period again.
 * POST { prepare_messages: true } with a secret key: prepares the waiting messages.
 * POST { check_domains: true } with a secret key: looks at the DNS records of the sending domains that are due.
 * POST { job_id } with a secret key: resumes a job; used by the hourly fan-out and the minute sweep.
 */
export async function handleSync(
  request: Request,
  caller: Caller,
  options: SyncOptions,
): Promise<Response> {
  requireMethod(request, 'POST');
  if (caller.kind === 'client') {
    throw new AppError('FORBIDDEN', 'Only operators can start a sync; it runs automatically every hour');
  }
  const body = await readBody(request, requestBody);

  if (body.prepare_messages || body.check_domains) {
    if (caller.kind !== 'service') {
      throw new AppError(
        'FORBIDDEN',
        'Only the scheduler can prepare messages and check domains; send client_id or connection_id',
      );
    }
    const endsAt = options.now().getTime() + scheduledTime;
    const budget = processorBudget();
    const shouldStop = () => options.now().getTime() >= endsAt || budget.isSpent();
    if (body.prepare_messages) {
      options.runInBackground(prepareMessages(options.database, shouldStop));
      return jsonResponse({ prepare_messages: true }, 202);
    }
    const { dnsResolvers } = options.environment;
    options.runInBackground(
      checkDueDomains(options.database, () => createResolver(dnsResolvers, options.fetch), shouldStop),
    );
    return jsonResponse({ check_domains: true }, 202);
  }

  if (body.job_id !== undefined) {
    if (caller.kind !== 'service') {
      throw new AppError(
        'FORBIDDEN',
        'Only the scheduler can resume a job; send client_id or connection_id',
      );
    }
    await requireJob(options.database, body.job_id, 'sync', 'replay', 'verdicts');
    startWork(body.job_id, options);
    return jsonResponse({ job_id: body.job_id }, 202);
  }

  if (body.replay !== undefined && (body.connection_id === undefined || body.client_id !== undefined)) {
    throw new AppError(
      'VALIDATION_FAILED',
      'The delivery log belongs to one workspace; send replay together with connection_id and without client_id',
    );
  }
  if (body.replay !== undefined) {
    const replays = await callFunction(options.database, 'request_replay', {
      target_connection_id: body.connection_id,
      replay_from: body.replay.from,
      replay_to: body.replay.to,
      requester: caller.userId,
    }, openedJobs);
    for (const job of replays) startWork(job.job_id, options);
    return jsonResponse({ jobs: replays }, 202);
  }

  const jobs = await callFunction(options.database, 'request_sync', {
    target_connection_id: body.connection_id ?? null,
    target_client_id: body.client_id ?? null,
    read_everything: body.full,
    requester: caller.userId,
  }, openedJobs);
  for (const job of jobs) startWork(job.job_id, options);
  return jsonResponse({ jobs }, 202);
}

function startWork(jobId: string, options: SyncOptions): void {
  startConnectionJob(
    jobId,
    { priority: 'background', failureCode: 'SYNC_FAILED' },
    options,
    (job, { session, openSession }) =>
      runSync(job, {
        database: options.database,
        session,
        openSession,
        now: options.now,
        environment: options.environment,
        functionsUrl: options.functionsUrl,
      }),
  );
}
