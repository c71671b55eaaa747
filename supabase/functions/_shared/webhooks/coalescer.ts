export interface CoalescerOptions<Item, Answer> {
  /** Sends several items in one call and answers in the same order. */
  send: (items: Item[]) => Promise<Answer[]>;
  /** The largest number of items per call. */
  maxItems: number;
  /** The size of an item, and the largest total size per call; a larger item is sent alone. */
  sizeOf?: (item: Item) => number;
  maxSize?: number;
  /** How many calls may run at the same time. */
  maxInFlight: number;
  /** The number of items that justifies a second call while one is running. */
  minBatchSize: number;
  /** Milliseconds after which fewer items are sent anyway. */
  maxWait: number;
}

export interface Coalescer<Item, Answer> {
  add(item: Item): Promise<Answer>;
  /** True while a full call is waiting: other users of the database should back off. */
  isSaturated(): boolean;
}

/**
 * Joins waiting items into one call. With nothing in flight an item is sent at once, so a single delivery never waits; under
 * load batches grow, because items gather while the previous call is running.
 */
export function createCoalescer<Item, Answer>(
  options: CoalescerOptions<Item, Answer>,
): Coalescer<Item, Answer> {
  interface Waiting {
    item: Item;
    resolve: (answer: Answer) => void;
    reject: (error: unknown) => void;
  }
  let waiting: Waiting[] = [];
  let inFlight = 0;
  let timer: ReturnType<typeof setTimeout> | undefined;

  function next(waitedLongEnough = false): void {
    while (waiting.length > 0 && inFlight < options.maxInFlight) {
      if (inFlight > 0 && waiting.length < options.minBatchSize && !waitedLongEnough) break;
      const batch = waiting.slice(0, nextBatch());
      waiting = waiting.slice(batch.length);
      inFlight++;
      void run(batch);
    }
    if (waiting.length === 0) {
      clearTimeout(timer);
      timer = undefined;
    } else {
      timer ??= setTimeout(() => {
        timer = undefined;
        next(true);
      }, options.maxWait);
    }
  }

  function nextBatch(): number {
    const { sizeOf = () => 0, maxSize = Infinity } = options;
    let size = 0;
    let count = 0;
    for (const { item } of waiting) {
      size += sizeOf(item);
      if (count === options.maxItems || (count > 0 && size > maxSize)) break;
      count++;
    }
    return count;
  }

  async function run(batch: Waiting[]): Promise<void> {
    try {
      const answers = await options.send(batch.map((one) => one.item));
      batch.forEach((one, index) => {
        const answer = answers[index];
        if (answer === undefined) one.reject(new Error('The call answered fewer items than it was sent'));
        else one.resolve(answer);
      });
    } catch (error) {
      for (const one of batch) one.reject(error);
    } finally {
      inFlight--;
      next();
    }
  }

  return {
    add: (item) =>
      new Promise((resolve, reject) => {
        waiting.push({ item, resolve, reject });
        // A microtask later, so that deliveries parsed in the same tick share a call.
        queueMicrotask(() => next());
      }),
    isSaturated: () => inFlight > 0 && waiting.length >= options.minBatchSize,
  };
}
