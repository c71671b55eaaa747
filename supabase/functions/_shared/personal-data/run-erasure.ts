import { z } from 'zod';
import type { ConnectionHandlerOptions } from '../connections/stored-connection.ts';
import { type Job, LeaseLost, type RunOutcome } from '../jobs/run-job.ts';
import { callFunction } from '../platform/database.ts';
import { type Erased, visitsOf, visitWorkspaces } from './at-providers.ts';

const parameters = z.object({ email: z.string(), block: z.boolean() });
const batch = z.enum(['held', 'done', 'lost']);
const position = z.object({ rows: z.object({ step: z.string() }).loose().optional() });

/**
 * One run of an erasure: the workspaces first, so that nothing new comes of the person, then everything that is stored, then the
 * workspaces of exports that were under way. The last step drops the address from the job itself.
 */
export async function runErasure(job: Job, options: ConnectionHandlerOptions): Promise<RunOutcome> {
  const person = parameters.parse(job.parameters);
  const isErased = position.parse(job.cursor).rows?.step === 'done';
  if (!isErased) {
    if (!await visitWorkspaces(job, person, false, options)) return { status: 'paused' };
    if (!await eraseRows(job, options)) return { status: 'paused' };
    // Batches keep their place in the cursor themselves.
    job.cursor = { ...job.cursor, rows: { step: 'done' } };
  }
  if (!await visitWorkspaces(job, person, true, options)) return { status: 'paused' };
  return await finish(job, person, options);
}

async function eraseRows(job: Job, options: ConnectionHandlerOptions): Promise<boolean> {
  while (!job.isOutOfTime()) {
    const state = await callFunction(options.database, 'erase_person_batch', {
      target_job_id: job.id,
      token: job.lease_token,
      lease_seconds: job.leaseSeconds,
    }, batch);
    if (state === 'lost') throw new LeaseLost(`The lease on job "${job.id}" is lost`);
    if (state === 'done') return true;
  }
  return false;
}

async function finish(job: Job, { block }: Erased, options: ConnectionHandlerOptions): Promise<RunOutcome> {
  const visits = visitsOf(job);
  const left = visits.filter((visit) => visit.error !== null);
  const unblocked = block ? visits.filter((visit) => visit.error === null && visit.blocked === false) : [];
  const isPartial = left.length > 0;
  const finished = await callFunction(options.database, 'finish_erasure', {
    target_job_id: job.id,
    token: job.lease_token,
    final_status: isPartial ? 'partial' : 'completed',
    providers: visits.map(({ name, removed, blocked, error }) => ({ name, removed, blocked, error })),
    code: null,
    message: isPartial
      ? `Erased here, but not in ${named(left)}: delete the lead there, or erase the same address again`
      : unblocked.length > 0
      ? `Not on the block list of ${named(unblocked)}, which other clients share`
      : null,
  }, z.boolean());
  if (!finished) throw new LeaseLost(`The lease on job "${job.id}" is lost`);
  return { status: isPartial ? 'partial' : 'completed', result: {} };
}

function named(visits: { name: string }[]): string {
  return visits.map(({ name }) => `"${name}"`).join(', ');
}
