export interface CoalescerOptions<Item, Answer> {
  /** Sends several items in one call and answers in the same order. */
  send: (items: Item[]) => Promise<Answer[]>;
  /** How many items one call carries at the most. */
  maxItems: number;
  /** How large an item is, and how large all items of a call may be together; a larger one goes alone. */
  sizeOf?: (item: Item) => number;
  maxSize?: number;
  /** How many calls run at the same time. */
  maxInFlight: number;
  /** So many items are worth a second call while one is under way. */
  minBatchSize: number;
  /** Fewer go all the same once they have waited this long behind a call, in milliseconds. */
  maxWait: number;
}

export interface Coalescer<Item, Answer> {
  add(item: Item): Promise<Answer>;
  /** True while so much waits that a call is full: whoever else wants the database should wait a little. */
  isSaturated(): boolean;
}

/**
 * Joins what is waiting into one call. With nothing in flight an item leaves at once, so a lone delivery waits for
 * nobody; under load calls fill up by themselves, because items gather while the call before them is under way.
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
        // A microtask later, so that deliveries parsed in the same turn share a call.
        queueMicrotask(() => next());
      }),
    isSaturated: () => inFlight > 0 && waiting.length >= options.minBatchSize,
  };
}
