import { largestBatch, type Positions, projectBatch, smallerBatch } from '../events/project-batch.ts';
import { isStatementTimeout, type ServiceClient } from '../platform/database.ts';
import { prepareMessages } from '../messages/prepare.ts';
import { isIsolateSpent } from '../platform/processor-time.ts';

/** Milliseconds after which a claim searches all that waits again, also before the positions. */
const positionsLast = 30_000;

export interface ProjectorOptions {
  database: () => ServiceClient;
  runInBackground: (work: Promise<unknown>) => void;
  /** True while deliveries arrive faster than they can be stored. */
  isIngestSaturated: () => boolean;
  /** How many deliveries one call projects. @default 1000 */
  batchSize?: number;
}

/** While storing cannot keep up, the projector pauses as long as it worked, at most this many milliseconds. */
const maxRest = 250;

/**
 * The platform ends an isolate after two seconds of processor time. After this many milliseconds, its own or with all that the isolate did
 * before, a run leaves the rest to the next wake or the sweep. Deliveries that are stored meanwhile are not its own.
 */
const budget = 1_500;
/**
 * Milliseconds that a call of the database should take. On a busy machine batches become smaller until it does: a delivery waits for
 * the batch that is running and for its own, no matter whose deliveries fill them.
 */
const goodCall = 250;
/** Milliseconds of the function's own processor time per call; the database does the work. */
const costOfCall = 2;

/**
 * Wakes the projector after deliveries of a connection were stored. One loop per isolate: while it runs, further wakes only make it ask
 * for their connection as well; it continues until nothing of them waits and then prepares the resulting messages. Several isolates
 * work beside each other, because a call takes the connections that no other one has, and learns which of its own are left. After a
 * crash, an error or a used-up budget the sweep in the database finishes within ten seconds, and messages within a minute and a
 * half.
 */
export function createProjector(options: ProjectorOptions): (connectionId: string) => void {
  const batchSize = options.batchSize ?? largestBatch;
  const wanted = new Set<string>();
  let running = false;
  let positions: Positions = {};
  let lookedAtAll = -Infinity;
  let size = batchSize;

  async function run(): Promise<void> {
    let spent = 0;
    const spend = (milliseconds: number) => void (spent += milliseconds);
    const isSpent = () => spent >= budget || isIsolateSpent();
    try {
      while (wanted.size > 0 && !isSpent()) {
        await drain(spend, isSpent);
        // New deliveries first; their loop returns here.
        await prepareMessages(
          options.database(),
          () => wanted.size > 0 || isSpent() || options.isIngestSaturated(),
          spend,
        );
      }
    } finally {
      running = false;
    }
  }

  async function drain(spend: (milliseconds: number) => void, isSpent: () => boolean): Promise<void> {
    while (wanted.size > 0 && !isSpent()) {
      if (performance.now() - lookedAtAll > positionsLast) {
        positions = {};
        lookedAtAll = performance.now();
      }
      const took = await projectOnce();
      if (took > goodCall) takeFewer();
      else if (took < goodCall / 3) size = Math.min(batchSize, size * 2);
      spend(costOfCall);
      if (options.isIngestSaturated()) await pause(Math.min(maxRest, took));
    }
  }

  function takeFewer(): void {
    size = smallerBatch(size);
  }

  /** Returns how many milliseconds the database worked, without the time that it waited for another projector. */
  async function projectOnce(): Promise<number> {
    const connections = [...wanted];
    wanted.clear();
    try {
      const answer = await projectBatch(options.database(), size, positions, connections);
      for (const connection of answer.unfinished) wanted.add(connection);
      positions = { ...positions, ...answer.positions };
      return answer.milliseconds;
    } catch (error) {
      for (const connection of connections) wanted.add(connection);
      // The same batch would take as long the next time.
      if (isStatementTimeout(error)) takeFewer();
      throw error;
    }
  }

  return (connectionId) => {
    wanted.add(connectionId);
    if (running) return;
    running = true;
    options.runInBackground(run());
  };
}

function pause(milliseconds: number): Promise<void> {
  return new Promise((resolve) => setTimeout(resolve, milliseconds));
}
