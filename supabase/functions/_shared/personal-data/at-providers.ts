/** The part of an erasure that happens in the workspaces of the providers. */
import { z } from 'zod';
import { openConnection } from '../connections/open-connection.ts';
import type { ConnectionHandlerOptions } from '../connections/stored-connection.ts';
import { explainProviderError, type Job } from '../jobs/run-job.ts';
import { callFunction } from '../platform/database.ts';
import { AppError } from '../platform/errors.ts';
import { ProviderError } from '../providers/provider.ts';
import { RateBudgetExhausted } from '../providers/rate-budget.ts';

const connections = z.array(z.object({
  id: z.uuid(),
  name: z.string(),
  campaigns: z.array(z.string()).nullable(),
  may_block: z.boolean(),
  exported_since: z.boolean(),
}));
type Connection = z.infer<typeof connections>[number];

const visit = z.object({
  name: z.string(),
  removed: z.number(),
  /** null = it was not asked for. */
  blocked: z.boolean().nullable(),
  /** Why this workspace may still have the person. */
  error: z.string().nullable(),
  /** Set once the database is done, too: an export may have sent the address after the first visit. */
  is_checked: z.boolean().default(false),
});
export type Visit = z.infer<typeof visit>;

const position = z.object({ workspaces: z.record(z.string(), visit).default({}) });

/** A provider that does not answer is asked this often; then the erasure continues without it and reports that. */
const maxAttempts = 4;

export interface Erased {
  email: string;
  block: boolean;
}

/** Goes to each workspace once, or (again) to those that an export may have written to since. False = the time is up. */
export async function visitWorkspaces(
  job: Job,
  person: Erased,
  again: boolean,
  options: ConnectionHandlerOptions,
): Promise<boolean> {
  const { workspaces } = position.parse(job.cursor);
  const all = await callFunction(
    options.database,
    'list_erasure_connections',
    { erasure_job_id: job.id },
    connections,
  );
  for (const connection of all) {
    const earlier = workspaces[connection.id];
    const isDone = again
      ? earlier !== undefined && (earlier.is_checked || !connection.exported_since)
      : earlier !== undefined;
    if (isDone) continue;
    if (job.isOutOfTime()) return false;
    const now = await visitWorkspace(connection, job, person, options);
    if (now === undefined) return false;
    workspaces[connection.id] = {
      ...now,
      removed: now.removed + (earlier?.removed ?? 0),
      is_checked: again,
    };
    job.cursor = { ...job.cursor, workspaces };
    await job.save({ cursor: job.cursor });
  }
  return true;
}

export function visitsOf(job: Job): Visit[] {
  return Object.values(position.parse(job.cursor).workspaces);
}

/** Undefined when the time ended while waiting for the rate budget. */
async function visitWorkspace(
  connection: Connection,
  job: Job,
  { email, block }: Erased,
  options: ConnectionHandlerOptions,
): Promise<Visit | undefined> {
  const nothing: Visit = {
    name: connection.name,
    removed: 0,
    blocked: block ? false : null,
    error: null,
    is_checked: false,
  };
  try {
    const { session, connection: { status }, finish } = await openConnection(connection.id, options, {
      jobId: job.id,
      isOutOfTime: () => job.isOutOfTime(),
    });
    try {
      if (status === 'paused') {
        return { ...nothing, error: 'The connection is paused; resume it, then erase this address again' };
      }
      if (session.erasure === undefined) {
        return { ...nothing, error: 'This provider offers no way to delete a person; delete the lead there' };
      }
      const campaigns = connection.campaigns === null ? null : new Set(connection.campaigns);
      const removed = await session.erasure.remove(email, campaigns);
      if (block && connection.may_block) await session.erasure.block(email);
      return { ...nothing, removed, blocked: block ? connection.may_block : null };
    } finally {
      await finish();
    }
  } catch (error) {
    if (error instanceof RateBudgetExhausted && error.retryAfterSeconds === undefined) return undefined;
    if (error instanceof ProviderError) {
      if (error.isTemporary && job.attempts < maxAttempts) throw error;
      return { ...nothing, error: explainProviderError(error).message };
    }
    // No key, or one that cannot be decrypted: nothing can be asked of this provider.
    if (error instanceof AppError && error.code !== 'INTERNAL') return { ...nothing, error: error.message };
    throw error;
  }
}
