import { z } from 'zod';
import { callFunction, type ServiceClient } from '../platform/database.ts';
import { prepareMessages } from '../messages/prepare.ts';
import { isIsolateSpent } from '../platform/processor-time.ts';

const progress = z.object({ claimed: z.number(), failed: z.number(), position: z.nullable(z.string()) });

/** Milliseconds after which a claim searches all that waits again, also before its position. */
const positionLasts = 30_000;

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
const smallestBatch = 50;
/**
 * Counters are written once a batch. Behind a reader with an old snapshot each old version of them is read again by every batch, so
 * twice the batch is a quarter of that for each delivery.
 */
const largestBatch = 1_000;
/** Milliseconds of the function's own processor time per call; the database does the work. */
const costOfCall = 2;

/**
 * Wakes the projector after deliveries were stored. One loop per isolate: while it runs, further wakes only make it check
 * once more; it continues until nothing waits and then prepares the resulting messages. Several isolates share the work,
 * because a call skips what another has claimed. After a crash, an error or a used-up budget the sweep in the database
 * finishes within ten seconds, and messages within a minute and a half.
 */
export function createProjector(options: ProjectorOptions): () => void {
  const batchSize = options.batchSize ?? largestBatch;
  let running = false;
  let wanted = false;
  let position: string | null = null;
  let lookedAtAll = -Infinity;
  let size = batchSize;

  async function run(): Promise<void> {
    let spent = 0;
    const spend = (milliseconds: number) => void (spent += milliseconds);
    const isSpent = () => spent >= budget || isIsolateSpent();
    try {
      while (wanted && !isSpent()) {
        wanted = false;
        await drain(spend, isSpent);
        // New deliveries first; their loop returns here.
        await prepareMessages(
          options.database(),
          () => wanted || isSpent() || options.isIngestSaturated(),
          spend,
        );
      }
    } finally {
      running = false;
    }
  }

  async function drain(spend: (milliseconds: number) => void, isSpent: () => boolean): Promise<void> {
    for (let mayHaveMore = true; mayHaveMore && !isSpent();) {
      const started = performance.now();
      if (started - lookedAtAll > positionLasts) {
        position = null;
        lookedAtAll = started;
      }
      const answer = await callFunction(
        options.database(),
        'process_webhook_events',
        { batch_size: size, ...(position === null ? {} : { after: position }) },
        progress,
      );
      mayHaveMore = answer.claimed === size;
      const took = performance.now() - started;
      if (took > goodCall) size = Math.max(Math.min(smallestBatch, batchSize), Math.floor(size / 2));
      else if (took < goodCall / 3) size = Math.min(batchSize, size * 2);
      position = answer.position;
      spend(costOfCall);
      if (options.isIngestSaturated()) await pause(Math.min(maxRest, took));
    }
  }

  return () => {
    wanted = true;
    if (running) return;
    running = true;
    options.runInBackground(run());
  };
}

function pause(milliseconds: number): Promise<void> {
  return new Promise((resolve) => setTimeout(resolve, milliseconds));
}
