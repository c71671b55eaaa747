/** How many bytes may be in work at once; who comes when they are spent waits for his turn. */
export interface ByteBudget {
  /** Resolves with what gives the bytes back. */
  take(bytes: number): Promise<() => void>;
}

/**
 * An isolate has 256 MB for everything that it does at once, and a body costs several times its size while it is parsed
 * and sent on: large ones take turns.
 */
export function createByteBudget(total: number): ByteBudget {
  let free = total;
  const waiting: { bytes: number; start: () => void }[] = [];

  function next(): void {
    for (let first = waiting[0]; first !== undefined && first.bytes <= free; first = waiting[0]) {
      waiting.shift();
      free -= first.bytes;
      first.start();
    }
  }

  return {
    take: (wanted) => {
      const bytes = Math.min(wanted, total);
      return new Promise((resolve) => {
        let isGivenBack = false;
        const giveBack = () => {
          if (isGivenBack) return;
          isGivenBack = true;
          free += bytes;
          next();
        };
        waiting.push({ bytes, start: () => resolve(giveBack) });
        next();
      });
    },
  };
}
