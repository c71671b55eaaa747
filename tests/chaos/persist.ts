// Waiting for what a kill delays.
import { setTimeout as sleep } from 'node:timers/promises';

/** Tries until it works: a caller that is not answered asks again. Gives up after three minutes or those given, or when the run is broken off. */
export async function persist<T>(
  run: { isBroken: boolean },
  what: string,
  work: () => Promise<T | undefined>,
  pause = 60,
  minutes = 3,
): Promise<T> {
  const end = Date.now() + minutes * 60_000;
  let last: unknown;
  for (;;) {
    try {
      const result = await work();
      if (result !== undefined) return result;
    } catch (error) {
      last = error;
    }
    if (Date.now() > end || run.isBroken) throw new Error(`Gave up waiting until ${what}`, { cause: last });
    await sleep(pause);
  }
}
