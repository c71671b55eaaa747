import { z } from 'zod';
import type { Job, RunOutcome } from '../../jobs/run-job.ts';
import { retriggerAll } from './redelivery.ts';
import { logPosition } from '../position.ts';
import { replayLog } from './replay-log.ts';
import type { SyncContext } from '../context.ts';
import { projectAll } from './store-missing.ts';

const parameters = z.object({ replay: z.object({ from: z.string(), to: z.string() }) });
const result = z.object({ events_replayed: z.number().default(0) });

/** One run of a replay job: stores again what the delivery log has of a time range, whatever we answered then. */
export async function runReplay(job: Job, context: SyncContext): Promise<RunOutcome> {
  const { replay } = parameters.parse(job.parameters);
  const done = result.parse(job.result);
  const inTime = (moment: string) => new Date(moment).toISOString();
  if (context.session.redelivery !== undefined) {
    const asked = await retriggerAll(job, context, inTime(replay.from), inTime(replay.to));
    if (!asked) return { status: 'paused' };
    return { status: 'completed', result: done };
  }
  const isRead = job.cursor['read'] === true || await replayLog(context, {
    connectionId: job.connection_id,
    range: { from: inTime(replay.from), to: inTime(replay.to) },
    isOutOfTime: () => job.isOutOfTime(),
    save: async (at, inserted) => {
      done.events_replayed += inserted;
      await job.save({ cursor: { ...at, read: at.page === undefined }, result: done });
    },
  }, logPosition.parse(job.cursor));
  if (!isRead || !await projectAll(context.database, () => job.isOutOfTime())) return { status: 'paused' };
  return { status: 'completed', result: done };
}
