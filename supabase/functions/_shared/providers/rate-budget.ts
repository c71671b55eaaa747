import { z } from 'zod';
import { callFunction, type ServiceClient } from '../platform/database.ts';
import { ProviderError, type ProviderName } from './provider.ts';

/** Interactive = somebody waits for the answer. Background leaves a reserve for it. */
export type Priority = 'interactive' | 'background';

/** `calls` is everything; `emails` has a limit of its own and costs a call as well. */
export type Bucket = 'calls' | 'emails';

export interface FinishedGrant {
  id: number;
  used: number;
  /** Age of the last moment at which a call of this grant may have reached the provider. */
  latest_ms_ago: number;
}

const grantAnswer = z.object({
  granted: z.number(),
  wait_ms: z.number(),
  grant_id: z.number().optional(),
  valid_ms: z.number().optional(),
});
export type GrantAnswer = z.infer<typeof grantAnswer>;

/** The budget of one connection, which all invocations share. */
export interface RateBudgetStore {
  take(bucket: Bucket, wanted: number, priority: Priority, finished: FinishedGrant[]): Promise<GrantAnswer>;
  block(seconds: number): Promise<void>;
}

export function databaseRateBudget(database: ServiceClient, connectionId: string): RateBudgetStore {
  const connection = { target_connection_id: connectionId };
  return {
    take: (bucket, wanted, priority, finished) =>
      callFunction(
        database,
        'take_rate_budget',
        { ...connection, bucket, wanted, priority, finished },
        grantAnswer,
      ),
    block: async (seconds) => {
      await callFunction(database, 'block_rate_budget', { ...connection, seconds }, z.unknown());
    },
  };
}

/**
 * The budget gave nothing in the time there was. With retryAfterSeconds the wait is too long to sit it out; without it
 * the caller's own time ended, and its job goes on with the next run.
 */
export class RateBudgetExhausted extends ProviderError {
  constructor(retryAfterSeconds?: number, provider: ProviderName = 'instantly') {
    super('rate_limited', 'The rate budget of the connection has no call left for now', {
      provider,
      retryAfterSeconds,
    });
  }
}

export interface RateBudgetOptions {
  store: RateBudgetStore;
  /** Whose limits these are, for the error. @default 'instantly' */
  provider?: ProviderName;
  priority: Priority;
  now: () => number;
  /** When true, a caller that would have to wait gives up instead. */
  isOutOfTime: () => boolean;
  sleep?: (milliseconds: number) => Promise<void>;
}

/** The right to send one call, now. */
export interface RateToken {
  /** The provider has answered, so the call cannot arrive later than this. */
  answered(): void;
}

interface Chunk {
  id: number;
  left: number;
  validUntil: number;
  used: number;
  inFlight: number;
  lastSentAt: number;
  /** Latest arrival of the calls that are answered. */
  latestAt: number;
}

interface Lane {
  chunk: Chunk | undefined;
  waiting: number;
  asking: Promise<void> | undefined;
  /** When the last calls were sent; one second of them says how many the next second needs. */
  recent: number[];
}

const maxWanted = 20;

/** A call that was sent this long ago has arrived, answered or not; take_rate_budget assumes the same. */
const lateness = 250;

/** Longer than this nobody waits inside a call; the job is given back until then. */
const maxWait = 30_000;

/** At the most this long between two looks at the clock of the job. */
const maxSleep = 1000;

/**
 * One invocation's share of a connection's rate budget. Takes calls in chunks, so that most calls cost no round trip,
 * reports what it used with the next chunk, and waits when there is nothing.
 */
export class RateBudget {
  readonly #options: RateBudgetOptions;
  readonly #sleep: (milliseconds: number) => Promise<void>;
  readonly #lanes: Record<Bucket, Lane> = { calls: newLane(), emails: newLane() };
  /** Used up or lapsed, and not reported yet. */
  #closing: Chunk[] = [];

  constructor(options: RateBudgetOptions) {
    this.#options = options;
    this.#sleep = options.sleep ?? ((milliseconds) => new Promise((wake) => setTimeout(wake, milliseconds)));
  }

  /** Waits for the right to send one call. Throws RateBudgetExhausted when the wait would be too long. */
  async take(bucket: Bucket): Promise<RateToken> {
    const lane = this.#lanes[bucket];
    lane.waiting++;
    try {
      for (;;) {
        const now = this.#options.now();
        const { chunk } = lane;
        if (chunk && chunk.left > 0 && now < chunk.validUntil) return this.#use(lane, chunk, now);
        // All who wait for the same bucket share one question.
        lane.asking ??= this.#ask(bucket, lane).finally(() => (lane.asking = undefined));
        await lane.asking;
      }
    } finally {
      lane.waiting--;
    }
  }

  /** The provider asked to wait: this connection makes no call for that long. */
  async block(seconds: number): Promise<void> {
    for (const lane of Object.values(this.#lanes)) this.#close(lane);
    await this.#options.store.block(seconds);
  }

  /** Gives back what is left, at the end of a run; without it the rest would lapse after a second. */
  async giveBack(): Promise<void> {
    for (const lane of Object.values(this.#lanes)) this.#close(lane);
    const finished = this.#closing.filter((chunk) => isFinished(chunk, this.#options.now()));
    if (finished.length === 0) return;
    this.#closing = [];
    await this.#options.store.take('calls', 0, this.#options.priority, this.#report(finished));
  }

  #use(lane: Lane, chunk: Chunk, now: number): RateToken {
    chunk.left--;
    chunk.used++;
    chunk.inFlight++;
    chunk.lastSentAt = now;
    lane.recent.push(now);
    let isOpen = true;
    return {
      answered: () => {
        if (!isOpen) return;
        isOpen = false;
        chunk.inFlight--;
        chunk.latestAt = Math.max(chunk.latestAt, Math.min(this.#options.now(), now + lateness));
      },
    };
  }

  async #ask(bucket: Bucket, lane: Lane): Promise<void> {
    // Calls that start at the same moment are counted before the question is put.
    await Promise.resolve();
    this.#close(lane);
    const { store, priority } = this.#options;
    for (;;) {
      const askedAt = this.#options.now();
      const finished = this.#closing.filter((chunk) => isFinished(chunk, askedAt));
      const wanted = this.#wanted(bucket, lane, askedAt);
      const answer = await store.take(bucket, wanted, priority, this.#report(finished));
      this.#closing = this.#closing.filter((chunk) => !finished.includes(chunk));
      if (answer.granted > 0 && answer.grant_id !== undefined) {
        lane.chunk = {
          id: answer.grant_id,
          left: answer.granted,
          // Counted from before the question, which is never later than the database counts.
          validUntil: askedAt + (answer.valid_ms ?? 0),
          used: 0,
          inFlight: 0,
          lastSentAt: 0,
          latestAt: 0,
        };
        // Lapsed on the way here: the database is too slow to work with.
        if (this.#options.now() < lane.chunk.validUntil || !this.#options.isOutOfTime()) return;
      }
      if (answer.wait_ms > maxWait) {
        throw new RateBudgetExhausted(Math.ceil(answer.wait_ms / 1000), this.#options.provider);
      }
      if (this.#options.isOutOfTime()) throw new RateBudgetExhausted(undefined, this.#options.provider);
      await this.#sleep(Math.min(answer.wait_ms, maxSleep));
    }
  }

  #wanted(bucket: Bucket, lane: Lane, now: number): number {
    lane.recent = lane.recent.filter((at) => at > now - 1000);
    // There are so few of the others that none is taken on suspicion.
    const expected = bucket === 'calls' ? lane.recent.length : 0;
    return Math.min(Math.max(lane.waiting, expected, 1), maxWanted);
  }

  #close(lane: Lane): void {
    if (lane.chunk) this.#closing.push(lane.chunk);
    lane.chunk = undefined;
  }

  #report(chunks: Chunk[]): FinishedGrant[] {
    const now = this.#options.now();
    return chunks.map((chunk) => {
      const latest = chunk.inFlight > 0 ? chunk.lastSentAt + lateness : chunk.latestAt;
      return {
        id: chunk.id,
        used: chunk.used,
        latest_ms_ago: chunk.used === 0 ? 0 : Math.max(0, now - latest),
      };
    });
  }
}

function newLane(): Lane {
  return { chunk: undefined, waiting: 0, asking: undefined, recent: [] };
}

/** True when every call of it has certainly arrived. */
function isFinished(chunk: Chunk, now: number): boolean {
  return chunk.inFlight === 0 || now >= chunk.lastSentAt + lateness;
}
