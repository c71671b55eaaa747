import { z } from 'zod';
import type { Caller } from '../caller.ts';
import { type ConnectionOptions, noteKeyAnswer, openConnection } from '../connections.ts';
import { callFunction } from '../database.ts';
import { AppError } from '../errors.ts';
import { jsonResponse, readBody, requireMethod } from '../http.ts';
import { explainProviderError, runJob } from '../jobs.ts';
import { ProviderError } from '../providers/provider.ts';
import { runExport } from './run-export.ts';

const requestBody = z.union([
  z.strictObject({
    campaign_id: z.uuid(),
    dry_run: z.boolean().default(false),
    activate: z.boolean().default(false),
  }),
  z.strictObject({ job_id: z.uuid() }),
]);

const preview = z.object({
  connection_id: z.uuid(),
  total: z.number(),
  to_send: z.number(),
  skipped: z.number(),
  reasons: z.record(z.string(), z.number()),
});

const jobSummary = z.object({ id: z.uuid(), kind: z.string(), connection_id: z.uuid() }).loose();

export interface ExportHandlerOptions extends ConnectionOptions {
  runInBackground: (work: Promise<unknown>) => void;
}

/** Milliseconds of work per call; an isolate lives for 150 seconds on the smallest plan. */
const timeBudget = 100_000;

/**
 * POST { campaign_id, dry_run?, activate? } from an operator, the client that owns the campaign, or a secret key:
 * 202 { job_id, already_running } at once; progress is in the view client_exports. dry_run: 200 with the counts.
 * POST { job_id } with a secret key goes on with a job (the sweep does that).
 */
export async function handleExport(
  request: Request,
  caller: Caller,
  options: ExportHandlerOptions,
): Promise<Response> {
  requireMethod(request, 'POST');
  const body = await readBody(request, requestBody);

  if ('job_id' in body) {
    if (caller.kind !== 'service') {
      throw new AppError('FORBIDDEN', 'Only the scheduler goes on with a job; send campaign_id');
    }
    await startWork(body.job_id, options);
    return jsonResponse({ job_id: body.job_id }, 202);
  }

  await requireOwnership(caller, body.campaign_id, options);
  const campaign = { target_campaign_id: body.campaign_id };
  const { connection_id, ...counts } = await callFunction(
    options.database,
    'preview_export',
    campaign,
    preview,
  );
  if (body.dry_run) return jsonResponse({ dry_run: true, ...counts });

  await testKey(connection_id, options);
  const started = await callFunction(
    options.database,
    'request_export',
    { ...campaign, activate: body.activate, requester: caller.userId },
    z.object({ job_id: z.uuid(), already_running: z.boolean() }),
  );
  await startWork(started.job_id, options);
  return jsonResponse(started, 202);
}

/** A client may export its own campaigns; another client's campaign looks as if it did not exist. */
async function requireOwnership(
  caller: Caller,
  campaignId: string,
  options: ExportHandlerOptions,
): Promise<void> {
  if (caller.kind !== 'client') return;
  const { data, error } = await options.database.from('campaigns').select('client_id').eq('id', campaignId)
    .maybeSingle();
  if (error) throw new AppError('INTERNAL', 'The campaign could not be read; try again', { cause: error });
  if (data?.client_id !== caller.clientId) {
    throw new AppError('NOT_FOUND', `There is no campaign "${campaignId}"; check the id`);
  }
}

/** One cheap call, so that a wrong key is said at once and not by a failed job later. */
async function testKey(connectionId: string, options: ExportHandlerOptions): Promise<void> {
  const { connection, session } = await openConnection(connectionId, options);
  try {
    await session.readWorkspace();
    await noteKeyAnswer(options.database, connection.id);
  } catch (error) {
    if (!(error instanceof ProviderError)) throw error;
    await noteKeyAnswer(options.database, connection.id, error);
    const { code, message } = explainProviderError(error);
    throw new AppError(code, message, { cause: error });
  }
}

async function startWork(jobId: string, options: ExportHandlerOptions): Promise<void> {
  const job = await callFunction(
    options.database,
    'read_job',
    { target_job_id: jobId },
    jobSummary.nullable(),
  );
  if (job === null || job.kind !== 'export') {
    throw new AppError('NOT_FOUND', `There is no export "${jobId}"; check the id`);
  }
  options.runInBackground(
    runJob(jobId, async (claimed) => {
      const open = await openConnection(claimed.connection_id, options);
      return await runExport(claimed, { database: options.database, ...open });
    }, {
      database: options.database,
      timeBudget,
      now: () => options.now().getTime(),
      failureCode: 'INTERNAL',
    }),
  );
}
