import { z } from 'zod';
import { callFunction, type ServiceClient } from '../database.ts';

const progress = z.object({ claimed: z.number(), failed: z.number() });

export interface ProjectorOptions {
  database: () => ServiceClient;
  runInBackground: (work: Promise<unknown>) => void;
  /** How many deliveries one call projects. */
  batchSize?: number;
}

/**
 * Wakes the projector after deliveries were stored. One loop per isolate: while it runs, further wakes only tell it to
 * look once more. What it leaves (a crash, an error) the sweep in the database finishes within ten seconds.
 */
export function createProjector(options: ProjectorOptions): () => void {
  const batchSize = options.batchSize ?? 500;
  let running = false;
  let wanted = false;

  async function run(): Promise<void> {
    try {
      while (wanted) {
        wanted = false;
        let claimed: number;
        do {
          const answer = await callFunction(
            options.database(),
            'process_webhook_events',
            { batch_size: batchSize },
            progress,
          );
          claimed = answer.claimed;
        } while (claimed === batchSize);
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
