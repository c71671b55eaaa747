import { isIsolateSpent } from './processor-time.ts';

/**
 * One run per isolate: calls that come while it works make it look once more, unless the isolate is spent. Several isolates share the
 * work by their leases.
 */
export function createRunner(): (work: () => Promise<unknown>) => Promise<void> {
  let running = false;
  let wanted = false;
  return async (work) => {
    wanted = true;
    if (running) return;
    running = true;
    try {
      do {
        wanted = false;
        await work();
      } while (wanted && !isIsolateSpent());
    } finally {
      running = false;
    }
  };
}
