import { performance } from 'node:perf_hooks';
import type { Faults } from './faults.ts';

export interface Attempt {
  success: boolean;
  /** Null when there was no answer. */
  statusCode: number | null;
  timedOut: boolean;
  milliseconds: number;
}

/** Posts one body and says how it went; any 2xx counts as received. */
export async function post(
  url: string,
  headers: Record<string, string>,
  body: string,
  signals: AbortSignal[],
): Promise<Attempt> {
  const started = performance.now();
  let ended: Pick<Attempt, 'success' | 'statusCode' | 'timedOut'>;
  try {
    const response = await fetch(url, {
      method: 'POST',
      headers: { 'content-type': 'application/json', ...headers },
      body,
      redirect: 'manual',
      signal: AbortSignal.any(signals),
    });
    await response.arrayBuffer();
    ended = { success: response.ok, statusCode: response.status, timedOut: false };
  } catch (error) {
    const timedOut = error instanceof Error && error.name === 'TimeoutError';
    ended = { success: false, statusCode: null, timedOut };
  }
  return { ...ended, milliseconds: Math.round(performance.now() - started) };
}

/** What a provider has to deliver: so many at a time, shuffled if wished, again after a delay, and none lost at the end. */
export class DeliveryQueue<Delivery> {
  #queue: Delivery[] = [];
  /** Position of the next delivery; cutting a long array at its front for each one would be slow. */
  #head = 0;
  readonly #inFlight = new Set<Delivery>();
  readonly #waiting = new Map<Delivery, NodeJS.Timeout>();
  #idle: Array<() => void> = [];
  readonly #ending = new AbortController();

  constructor(
    readonly faults: Pick<Faults, 'deliveries' | 'random'>,
    readonly concurrency: number,
    /** Sends one delivery and answers what follows from it, which is not done any more after the stop. */
    readonly send: (delivery: Delivery, ending: AbortSignal) => Promise<(() => void) | undefined>,
  ) {}

  /** Queues a new delivery, in another order when that fault is set. */
  add(delivery: Delivery): void {
    const { shuffle, shuffleBufferMs = 50 } = this.faults.deliveries;
    if (shuffle === true) this.addLater(delivery, this.faults.random() * shuffleBufferMs);
    else this.addAtEnd([delivery]);
  }

  /** Queues what was queued before: of an earlier run, or failed and wanted again. */
  addAtEnd(deliveries: readonly Delivery[]): void {
    this.#queue.push(...deliveries);
    this.#pump();
  }

  addLater(delivery: Delivery, delay: number): void {
    const timer = setTimeout(() => {
      this.#waiting.delete(delivery);
      this.addAtEnd([delivery]);
    }, delay);
    this.#waiting.set(delivery, timer);
  }

  /** Takes back what was not sent yet. */
  remove(matches: (delivery: Delivery) => boolean): void {
    this.#queue = this.#queue.slice(this.#head).filter((delivery) => !matches(delivery));
    this.#head = 0;
    for (const [delivery, timer] of this.#waiting) {
      if (!matches(delivery)) continue;
      clearTimeout(timer);
      this.#waiting.delete(delivery);
    }
  }

  #pump(): void {
    if (this.#ending.signal.aborted) return;
    while (this.#inFlight.size < this.concurrency && this.#head < this.#queue.length) {
      const delivery = this.#queue[this.#head++];
      if (delivery !== undefined) void this.#attempt(delivery);
    }
    if (this.#head === this.#queue.length || this.#head > 5000) {
      this.#queue = this.#queue.slice(this.#head);
      this.#head = 0;
    }
    this.#checkIdle();
  }

  async #attempt(delivery: Delivery): Promise<void> {
    this.#inFlight.add(delivery);
    const settle = await this.send(delivery, this.#ending.signal);
    if (this.#ending.signal.aborted) return;
    settle?.();
    this.#inFlight.delete(delivery);
    this.#pump();
  }

  get pending(): Delivery[] {
    return [...this.#inFlight, ...this.#queue.slice(this.#head), ...this.#waiting.keys()];
  }

  #checkIdle(): void {
    if (this.#head < this.#queue.length) return;
    if (this.#inFlight.size + this.#waiting.size > 0) return;
    for (const resolve of this.#idle.splice(0)) resolve();
  }

  /** Resolves when nothing is queued, under way or waiting for a retry. */
  settled(): Promise<void> {
    const idle = new Promise<void>((resolve) => this.#idle.push(resolve));
    this.#checkIdle();
    return idle;
  }

  /** Forgets everything that is not yet delivered. */
  clear(): void {
    this.remove(() => true);
    this.#checkIdle();
  }

  /** Ends without losing anything: what was not confirmed is returned, for `addAtEnd` of the next run. */
  stop(): Delivery[] {
    const left = this.pending;
    this.#ending.abort();
    for (const timer of this.#waiting.values()) clearTimeout(timer);
    return left;
  }
}
