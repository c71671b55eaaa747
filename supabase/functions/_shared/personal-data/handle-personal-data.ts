import { z } from 'zod';
import type { ConnectionHandlerOptions } from '../connections/stored-connection.ts';
import { requireJob, runJob } from '../jobs/run-job.ts';
import type { Caller } from '../platform/caller.ts';
import { callFunction } from '../platform/database.ts';
import { AppError } from '../platform/errors.ts';
import { jsonResponse, readBody, requireMethod } from '../platform/http.ts';
import { countPerson, describePerson, exportPerson } from './read-person.ts';
import { runErasure } from './run-erasure.ts';

const person = {
  email: z.string().trim().min(3).max(320),
  /** One client; null = all of them. */
  client_id: z.uuid().nullable(),
};

/** The body of the function personal-data. */
const personalDataRequest = z.union([
  z.discriminatedUnion('action', [
    /** Everything held of an address, as JSON. */
    z.strictObject({ action: z.literal('export'), ...person }),
    /** How many rows of which table an erasure would find. */
    z.strictObject({ action: z.literal('preview'), ...person }),
    z.strictObject({
      action: z.literal('erase'),
      ...person,
      /** Also put the address on the block list of each workspace that belongs to the scope alone. */
      block: z.boolean().default(false),
    }),
  ]),
  /** From the scheduler. */
  z.strictObject({ job_id: z.uuid() }),
]);

/** Milliseconds of work per call; an isolate lives for 150 seconds on the smallest plan. */
const timeBudget = 100_000;

export interface PersonalDataOptions extends ConnectionHandlerOptions {
  runInBackground: (work: Promise<unknown>) => void;
}

/** Export and preview answer at once; erase answers 202 { job_id, already_running }, progress is in operator_erasures. */
export async function handlePersonalData(
  request: Request,
  caller: Caller,
  options: PersonalDataOptions,
): Promise<Response> {
  requireMethod(request, 'POST');
  if (caller.kind === 'client') {
    throw new AppError('FORBIDDEN', 'Only operators can export or erase a person; ask the agency');
  }
  const body = await readBody(request, personalDataRequest);

  if ('job_id' in body) {
    if (caller.kind !== 'service') {
      throw new AppError('FORBIDDEN', 'Only the scheduler can resume a job; send the address again');
    }
    await requireJob(options.database, body.job_id, 'erase');
    start(body.job_id, options);
    return jsonResponse({ job_id: body.job_id }, 202);
  }

  const person = { email: body.email, clientId: body.client_id };
  if (body.action === 'erase') {
    const requested = await callFunction(options.database, 'request_erasure', {
      address: body.email,
      scope: body.client_id,
      block: body.block,
      requester: caller.userId,
    }, z.object({ job_id: z.uuid(), already_running: z.boolean() }));
    start(requested.job_id, options);
    return jsonResponse(requested, 202);
  }

  const described = await describePerson(person, options);
  if (body.action === 'preview') {
    // One of ours cannot be erased here, so there is nothing to look for.
    return uncached({ ...described, tables: described.is_own ? {} : await countPerson(person, options) });
  }
  const tables = await exportPerson(person, options);
  await callFunction(options.database, 'record_person_read', {
    scope: body.client_id,
    requester: caller.userId,
  }, z.unknown());
  return uncached({
    email: described.email,
    client_id: body.client_id,
    exported_at: options.now().toISOString(),
    tables,
  });
}

/** No cache on the way may keep it. */
function uncached(body: unknown): Response {
  const answer = jsonResponse(body);
  answer.headers.set('cache-control', 'no-store');
  return answer;
}

function start(jobId: string, options: PersonalDataOptions): void {
  options.runInBackground(runJob(jobId, (job) => runErasure(job, options), {
    database: options.database,
    timeBudget,
    now: () => options.now().getTime(),
    failureCode: 'INTERNAL',
  }));
}
