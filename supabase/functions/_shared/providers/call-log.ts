import { z } from 'zod';
import { callFunction, type ServiceClient } from '../platform/database.ts';
import { describeError } from '../platform/errors.ts';
import type { ProviderErrorKind } from './provider.ts';

/** One attempt of a call to a provider; retries are rows of their own. Holds no key, query, body or id. */
export interface LoggedCall {
  called_at: string;
  method: string;
  path: string;
  status: number | null;
  duration_ms: number;
  attempt: number;
  error_kind: ProviderErrorKind | null;
}

export type WriteCalls = (calls: LoggedCall[]) => Promise<void>;

export function databaseCallLog(
  database: ServiceClient,
  connectionId: string,
  jobId: string | null,
): WriteCalls {
  return async (calls) => {
    const rows = calls.map((call) => ({ ...call, connection_id: connectionId, job_id: jobId }));
    await callFunction(database, 'record_provider_api_calls', { calls: rows }, z.number());
  };
}

export interface CallLogOptions {
  write: WriteCalls;
  now: () => number;
  /** Keeps the isolate alive until a batch is written, where the platform supports it. */
  runInBackground?: (work: Promise<unknown>) => void;
  sleep?: (milliseconds: number) => Promise<void>;
}

const batchSize = 100;

/** Milliseconds that a batch waits for more calls. */
const maxDelay = 3000;

/** While the database is unreachable, only the newest are kept. */
const maxKept = 1000;

/** Collects calls and writes them in batches. Never blocks or fails a call: a batch that cannot be written is lost. */
export class CallLog {
  readonly #options: CallLogOptions;
  readonly #sleep: (milliseconds: number) => Promise<void>;
  #waiting: LoggedCall[] = [];
  #writing: Promise<void> = Promise.resolve();
  #isScheduled = false;

  constructor(options: CallLogOptions) {
    this.#options = options;
    this.#sleep = options.sleep ?? ((milliseconds) => new Promise((wake) => setTimeout(wake, milliseconds)));
  }

  begin(
    method: string,
    path: string,
    attempt: number,
  ): { end(status: number | null, errorKind: ProviderErrorKind | null): void } {
    const startedAt = this.#options.now();
    return {
      end: (status, errorKind) =>
        this.#add({
          called_at: new Date(startedAt).toISOString(),
          method,
          path: withoutIds(path),
          status,
          duration_ms: Math.max(0, Math.round(this.#options.now() - startedAt)),
          attempt,
          error_kind: errorKind,
        }),
    };
  }

  /** Writes what remains; never throws. */
  async flush(): Promise<void> {
    this.#writeBatch();
    await this.#writing;
  }

  #add(call: LoggedCall): void {
    this.#waiting.push(call);
    if (this.#waiting.length > maxKept) this.#waiting.shift();
    if (this.#waiting.length >= batchSize) this.#writeBatch();
    else this.#schedule();
  }

  #schedule(): void {
    if (this.#isScheduled) return;
    this.#isScheduled = true;
    const work = this.#sleep(maxDelay).then(() => {
      this.#isScheduled = false;
      return this.flush();
    });
    this.#options.runInBackground?.(work);
  }

  /** One batch at a time: calls that arrive during a write go into the next one. */
  #writeBatch(): void {
    this.#writing = this.#writing.then(async () => {
      while (this.#waiting.length > 0) {
        const batch = this.#waiting.splice(0, batchSize);
        try {
          await this.#options.write(batch);
        } catch (error) {
          const lost = {
            message: 'Calls could not be logged',
            calls: batch.length,
            error: describeError(error),
          };
          console.error(JSON.stringify(lost));
        }
      }
    });
  }
}

/** Keeps the words of an API path; every other part is an id or an address and becomes `:id`. */
export function withoutIds(path: string): string {
  return path.split('/').map((part) => isWord(part) ? part : '{id}').join('/');
}

function isWord(part: string): boolean {
  return part === '' || part === 'v1' || part === 'v2' ||
    (/^[a-z]+([-_][a-z]+)*$/.test(part) && !/^[0-9a-f]{16,}$/.test(part));
}
