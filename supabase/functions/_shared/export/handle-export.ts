import { z } from 'zod';
import type { Caller } from '../platform/caller.ts';
import { type ConnectionJobOptions, startConnectionJob } from '../connections/connection-job.ts';
import { openConnection, recordKeyAnswer } from '../connections/open-connection.ts';
import { callFunction, retryTransient } from '../platform/database.ts';
import { AppError, toAppError } from '../platform/errors.ts';
import { jsonResponse, readBody, requireMethod } from '../platform/http.ts';
import { startEagerly } from '../platform/start-eagerly.ts';
import { explainProviderError, requireJob } from '../jobs/run-job.ts';
import { ProviderError } from '../providers/provider.ts';
import { checkExport, type Preview, preview } from './check.ts';
import { runExport } from './run-export.ts';

export const requestBody = z.strictObject({
  campaign_id: z.uuid().optional(),
  dry_run: z.boolean().default(false),
  activate: z.boolean().default(false),
  /** With dry_run: the addresses that would be left out, of one reason, or for want of one variable, if given. */
  list_left_out: z.boolean().default(false),
  reason: z.string().max(50).optional(),
  variable: z.string().max(200).optional(),
  job_id: z.uuid().optional(),
}).refine((body) => (body.campaign_id === undefined) !== (body.job_id === undefined), {
  message: 'needs campaign_id (or, from the scheduler, job_id)',
});

/**
 * POST { campaign_id, dry_run?, activate? } from an operator, the client that owns the campaign, or a secret key:
 * 202 { job_id, already_running } at once; progress is in the view client_exports. dry_run: 200 with the check; with list_left_out the
 * addresses behind its counts.
 * POST { job_id } with a secret key resumes a job (used by the sweep).
 */
export async function handleExport(
  request: Request,
  caller: Caller,
  options: ConnectionJobOptions,
): Promise<Response> {
  requireMethod(request, 'POST');
  const body = await readBody(request, requestBody);

  if (body.job_id !== undefined) {
    if (caller.kind !== 'service') {
      throw new AppError('FORBIDDEN', 'Only the scheduler can resume a job; send campaign_id');
    }
    await requireJob(options.database, body.job_id, 'export');
    startWork(body.job_id, options);
    return jsonResponse({ job_id: body.job_id }, 202);
  }

  const campaignId = body.campaign_id ?? '';
  await requireOwnership(caller, campaignId, options);
  const campaign = { target_campaign_id: campaignId };
  if (body.dry_run && body.list_left_out) {
    const leftOut = await callFunction(options.database, 'list_left_out', {
      ...campaign,
      wanted_reason: body.reason ?? null,
      wanted_variable: body.variable ?? null,
      maximum: 10_000,
    }, z.array(z.unknown()));
    return jsonResponse({ dry_run: true, left_out: leftOut });
  }
  if (body.dry_run) {
    const read = await callFunction(options.database, 'preview_export', campaign, preview);
    return jsonResponse({ dry_run: true, ...answerOf(read, caller) });
  }

  const started = await start(campaignId, body.activate, caller, options);
  startWork(started.job_id, options);
  return jsonResponse(started, 202);
}

/** A person waits for the answer: what another writer or a busy API refused is repeated before it is an error. */
const callAgain: typeof callFunction = (...call) => retryTransient(() => callFunction(...call));

/**
 * Writes the job and its receipts while the provider is asked whether it accepts the key: judging 10,000 addresses takes longer
 * than that answer. With a refused key the new job is removed, and the refusal is the answer whatever the addresses are.
 */
async function start(campaignId: string, activate: boolean, caller: Caller, options: ConnectionJobOptions) {
  const { database } = options;
  const campaign = { target_campaign_id: campaignId };
  const connectionId = await callAgain(database, 'read_export_connection', campaign, z.uuid());
  const testing = startEagerly(testKey(connectionId, options));
  // May be repeated: a second request returns the export that the first one started.
  const [requested] = await Promise.allSettled([
    callAgain(
      database,
      'request_export',
      { ...campaign, activate, requester: caller.userId },
      z.object({ job_id: z.uuid(), already_running: z.boolean() }),
    ),
  ]);
  try {
    await testing;
  } catch (error) {
    if (requested.status === 'fulfilled' && !requested.value.already_running) {
      const { code, message } = toAppError(error);
      await callAgain(
        database,
        'withdraw_export',
        { target_job_id: requested.value.job_id, code, message },
        z.unknown(),
      );
    }
    throw error;
  }
  if (requested.status === 'rejected') throw requested.reason;
  return requested.value;
}

/** What a client reads of the check leaves out the workspace behind it and, unless it may see them, the costs. */
function answerOf(read: Preview, caller: Caller) {
  const { estimate, findings } = checkExport(read);
  const { provider, total, to_send, skipped, reasons, missing_variables, approval } = read;
  const own = { total, to_send, skipped, reasons, missing_variables, estimate, approval };
  if (caller.kind === 'client') {
    return { ...own, findings: findings.filter(({ about }) => about !== 'workspace') };
  }
  const { role_addresses, mailboxes, costs, plan } = read;
  return { ...own, findings, provider, role_addresses, mailboxes, costs, plan };
}

/** A client may export its own campaigns; for another client's campaign throws NOT_FOUND. */
async function requireOwnership(
  caller: Caller,
  campaignId: string,
  options: ConnectionJobOptions,
): Promise<void> {
  if (caller.kind !== 'client') return;
  const { data, error } = await options.database.from('campaigns').select('client_id').eq('id', campaignId)
    .maybeSingle();
  if (error) throw new AppError('INTERNAL', 'The campaign could not be read; try again', { cause: error });
  if (data?.client_id !== caller.clientId) {
    throw new AppError('NOT_FOUND', `There is no campaign "${campaignId}"; check the id`);
  }
}

/** One cheap call, so that a wrong key is reported at once and not by a failed job later. */
async function testKey(connectionId: string, options: ConnectionJobOptions): Promise<void> {
  const { connection, session, finish } = await openConnection(connectionId, options);
  try {
    await session.readWorkspace();
    await recordKeyAnswer(options.database, connection.id);
  } catch (error) {
    if (!(error instanceof ProviderError)) throw error;
    await recordKeyAnswer(options.database, connection.id, error);
    const { code, message } = explainProviderError(error);
    throw new AppError(code, message, { cause: error });
  } finally {
    await finish();
  }
}

function startWork(jobId: string, options: ConnectionJobOptions): void {
  startConnectionJob(
    jobId,
    { priority: 'interactive', failureCode: 'INTERNAL' },
    options,
    (job, open) => runExport(job, { database: options.database, ...open }),
  );
}
