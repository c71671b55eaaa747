export interface CoalescerOptions<Item, Answer> {
  /** Sends several items in one call and answers in the same order. */
  send: (items: Item[]) => Promise<Answer[]>;
  /** How many items one call carries at the most. */
  maxItems: number;
  /** How many calls run at the same time. */
  maxInFlight: number;
}

/**
 * Joins what is waiting into one call. With nothing in flight an item leaves at once, so a lone delivery waits for
 * nobody; under load calls fill up by themselves, because items gather while the calls before them are under way.
 */
export function createCoalescer<Item, Answer>(
  options: CoalescerOptions<Item, Answer>,
): (item: Item) => Promise<Answer> {
  interface Waiting {
    item: Item;
    resolve: (answer: Answer) => void;
    reject: (error: unknown) => void;
  }
  let waiting: Waiting[] = [];
  let inFlight = 0;

  function next(): void {
    while (inFlight < options.maxInFlight && waiting.length > 0) {
      const batch = waiting.slice(0, options.maxItems);
      waiting = waiting.slice(options.maxItems);
      inFlight++;
      void run(batch);
    }
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

  return (item) =>
    new Promise((resolve, reject) => {
      waiting.push({ item, resolve, reject });
      // A microtask later, so that deliveries parsed in the same turn share a call.
      queueMicrotask(next);
    });
}
