/** One run per isolate: calls that come while it works make it look once more. Several isolates share the work by their leases. */
export function createRunner(): (work: () => Promise<unknown>) => Promise<void> {
  let running = false;
  let wanted = false;
  return async (work) => {
    wanted = true;
    if (running) return;
    running = true;
    try {
      while (wanted) {
        wanted = false;
        await work();
      }
    } finally {
      running = false;
    }
  };
}
