/** Limits how many bytes are processed at once; further callers wait. */
export interface ByteBudget {
  /** Resolves with the function that releases the bytes. */
  take(bytes: number): Promise<() => void>;
}

/**
 * An isolate has 256 MB for everything it does at once, and parsing and forwarding a body costs several times its size:
 * large bodies queue.
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
        let isReleased = false;
        const release = () => {
          if (isReleased) return;
          isReleased = true;
          free += bytes;
          next();
        };
        waiting.push({ bytes, start: () => resolve(release) });
        next();
      });
    },
  };
}
