import { z } from 'zod';
import { callFunction, type ServiceClient } from '../database.ts';
import { prepareMessages } from '../messages/prepare.ts';

const progress = z.object({ claimed: z.number(), failed: z.number() });

export interface ProjectorOptions {
  database: () => ServiceClient;
  runInBackground: (work: Promise<unknown>) => void;
  /** True while deliveries come in faster than they can be stored. */
  isIngestSaturated: () => boolean;
  /** How many deliveries one call projects. */
  batchSize?: number;
}

/** Under saturation the projector rests three times as long as it worked: storing comes first, thinking may wait. */
const restFactor = 3;
const longestRest = 1000;

/**
 * Wakes the projector after deliveries were stored. One loop per isolate: while it runs, further wakes only tell it to
 * look once more; when nothing waits it prepares the messages that came of it. What it leaves (a crash, an error) the
 * sweep in the database finishes within ten seconds, and messages within a minute and a half.
 */
export function createProjector(options: ProjectorOptions): () => void {
  const batchSize = options.batchSize ?? 250;
  let running = false;
  let wanted = false;

  async function run(): Promise<void> {
    try {
      while (wanted) {
        wanted = false;
        let claimed: number;
        do {
          const started = Date.now();
          const answer = await callFunction(
            options.database(),
            'process_webhook_events',
            { batch_size: batchSize },
            progress,
          );
          claimed = answer.claimed;
          if (options.isIngestSaturated()) {
            await pause(Math.min(longestRest, (Date.now() - started) * restFactor));
          }
        } while (claimed === batchSize);
        // New deliveries come first; their loop comes back here.
        await prepareMessages(options.database(), () => wanted || options.isIngestSaturated());
      }
    } finally {
      running = false;
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
