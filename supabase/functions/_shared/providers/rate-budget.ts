import { z } from 'zod';
import { callFunction, type ServiceClient } from '../platform/database.ts';
import { ProviderError, type ProviderName } from './provider.ts';

/** Interactive = somebody waits for the answer; background leaves a reserve for it. */
export type Priority = 'interactive' | 'background';

/** `calls` counts everything; `emails` has its own limit and costs a call as well. */
export type Bucket = 'calls' | 'emails';

/** Calls of a grant that may have reached the provider at about the same time; a grant that was used for longer has several. */
export interface FinishedGrant {
  id: number;
  used: number;
  /** Milliseconds since the last of these may have reached the provider. */
  latest_ms_ago: number;
}

const grantAnswer = z.object({
  granted: z.number(),
  wait_ms: z.number(),
  /** Present when something was granted. */
  grant_id: z.number().optional(),
  valid_ms: z.number().optional(),
});
export type GrantAnswer = z.infer<typeof grantAnswer>;

/** The budget of one connection, shared by all invocations. */
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
 * No call was granted in time. With retryAfterSeconds the wait is too long for a call; without it the caller's own time
 * ended, and its job continues with the next run.
 */
export class RateBudgetExhausted extends ProviderError {
  constructor(retryAfterSeconds?: number, provider: ProviderName = 'instantly') {
    super('rate_limited', 'The rate budget of the connection is used up for now', {
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
  /** When true, a caller gives up instead of waiting. */
  isOutOfTime: () => boolean;
  sleep?: (milliseconds: number) => Promise<void>;
}

/** Permission to send one call now. */
export interface RateToken {
  /** The provider has answered, so the call cannot arrive later than this. */
  answered(): void;
}

interface Chunk {
  id: number;
  left: number;
  validUntil: number;
  /** When each call that is not answered yet was sent. */
  inFlight: Set<{ sentAt: number }>;
  lastSentAt: number;
  /** Latest possible arrival of each answered call. */
  arrivals: number[];
}

interface Lane {
  chunk: Chunk | undefined;
  waiting: number;
  asking: Promise<void> | undefined;
  /** When the last calls were sent; those of one second predict the next second. */
  recent: number[];
}

const maxWanted = 20;

/** Milliseconds after which a sent call has certainly arrived; take_rate_budget assumes the same. */
const lateness = 250;

/** Milliseconds of arrivals that are reported as one. */
const slice = 25;

/** Longest wait within a call, in milliseconds; beyond it the job is postponed. */
const maxWait = 30_000;

/** Milliseconds between two checks of the job's deadline, at most. */
const maxSleep = 1000;

/**
 * One invocation's share of a connection's rate budget. Takes calls in chunks, so that most calls cost no round trip,
 * reports what it used with the next chunk, and waits when the budget is used up.
 */
export class RateBudget {
  readonly #options: RateBudgetOptions;
  readonly #sleep: (milliseconds: number) => Promise<void>;
  readonly #lanes: Record<Bucket, Lane> = { calls: newLane(), emails: newLane() };
  /** Used up or expired, not reported yet. */
  #closing: Chunk[] = [];

  constructor(options: RateBudgetOptions) {
    this.#options = options;
    this.#sleep = options.sleep ?? ((milliseconds) => new Promise((wake) => setTimeout(wake, milliseconds)));
  }

  /** Waits for permission to send one call. Throws RateBudgetExhausted when the wait would be too long. */
  async take(bucket: Bucket): Promise<RateToken> {
    const lane = this.#lanes[bucket];
    lane.waiting++;
    try {
      for (;;) {
        const now = this.#options.now();
        const { chunk } = lane;
        if (chunk && chunk.left > 0 && now < chunk.validUntil) return this.#use(lane, chunk, now);
        // All callers waiting for the same bucket share one request.
        lane.asking ??= this.#ask(bucket, lane).finally(() => (lane.asking = undefined));
        await lane.asking;
      }
    } finally {
      lane.waiting--;
    }
  }

  /** The provider asked to wait: no call of this connection is sent for that long. */
  async block(seconds: number): Promise<void> {
    for (const lane of Object.values(this.#lanes)) this.#close(lane);
    await this.#options.store.block(seconds);
  }

  /** Returns what is left at the end of a run; otherwise it would expire after a second. */
  async giveBack(): Promise<void> {
    for (const lane of Object.values(this.#lanes)) this.#close(lane);
    const now = this.#options.now();
    if (this.#closing.some((chunk) => isFinished(chunk, now))) await this.#request('calls', 0, now);
  }

  #use(lane: Lane, chunk: Chunk, now: number): RateToken {
    chunk.left--;
    chunk.lastSentAt = now;
    lane.recent.push(now);
    const call = { sentAt: now };
    chunk.inFlight.add(call);
    return {
      answered: () => {
        if (chunk.inFlight.delete(call)) chunk.arrivals.push(Math.min(this.#options.now(), now + lateness));
      },
    };
  }

  async #ask(bucket: Bucket, lane: Lane): Promise<void> {
    // Calls that start at the same moment are counted before the request is sent.
    await Promise.resolve();
    this.#close(lane);
    for (;;) {
      const askedAt = this.#options.now();
      const answer = await this.#request(bucket, this.#wanted(bucket, lane, askedAt), askedAt);
      if (answer.grant_id !== undefined) {
        lane.chunk = {
          id: answer.grant_id,
          left: answer.granted,
          // Counted from before the request, so never later than the database counts.
          validUntil: askedAt + (answer.valid_ms ?? 0),
          inFlight: new Set(),
          lastSentAt: 0,
          arrivals: [],
        };
        // Expired on the way here: the database is too slow to work with.
        if (this.#options.now() < lane.chunk.validUntil || !this.#options.isOutOfTime()) return;
      }
      if (answer.wait_ms > maxWait) {
        throw new RateBudgetExhausted(Math.ceil(answer.wait_ms / 1000), this.#options.provider);
      }
      if (this.#options.isOutOfTime()) throw new RateBudgetExhausted(undefined, this.#options.provider);
      await this.#sleep(Math.min(answer.wait_ms, maxSleep));
    }
  }

  /** Asks for calls, and reports the chunks whose calls have all arrived. */
  async #request(bucket: Bucket, wanted: number, now: number): Promise<GrantAnswer> {
    const finished = this.#closing.filter((chunk) => isFinished(chunk, now));
    const { store, priority } = this.#options;
    const answer = await store.take(bucket, wanted, priority, this.#report(finished));
    this.#closing = this.#closing.filter((chunk) => !finished.includes(chunk));
    return answer;
  }

  #wanted(bucket: Bucket, lane: Lane, now: number): number {
    lane.recent = lane.recent.filter((at) => at > now - 1000);
    // The other buckets are so small that nothing is taken in advance.
    const expected = bucket === 'calls' ? lane.recent.length : 0;
    return Math.min(Math.max(lane.waiting, expected, 1), maxWanted);
  }

  #close(lane: Lane): void {
    if (lane.chunk) this.#closing.push(lane.chunk);
    lane.chunk = undefined;
  }

  /**
   * Calls that arrived within `slice` are reported together. A whole chunk as one, with the time of its last call, would hold
   * the room of its first calls for too long: a tenth of the limit at 50 calls a second.
   */
  #report(chunks: Chunk[]): FinishedGrant[] {
    const now = this.#options.now();
    return chunks.flatMap((chunk) => {
      const arrivals = [...chunk.arrivals, ...[...chunk.inFlight].map(({ sentAt }) => sentAt + lateness)];
      const slices = new Map<number, { used: number; latestAt: number }>();
      for (const at of arrivals.toSorted((one, other) => one - other)) {
        const { used } = slices.get(Math.floor(at / slice)) ?? { used: 0 };
        slices.set(Math.floor(at / slice), { used: used + 1, latestAt: at });
      }
      if (slices.size === 0) return [{ id: chunk.id, used: 0, latest_ms_ago: 0 }];
      return [...slices.values()].map(({ used, latestAt }) => ({
        id: chunk.id,
        used,
        latest_ms_ago: Math.max(0, now - latestAt),
      }));
    });
  }
}

function newLane(): Lane {
  return { chunk: undefined, waiting: 0, asking: undefined, recent: [] };
}

/** True when all of its calls have certainly arrived. */
function isFinished(chunk: Chunk, now: number): boolean {
  return chunk.inFlight.size === 0 || now >= chunk.lastSentAt + lateness;
}
