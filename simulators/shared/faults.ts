import { between, createRandom } from './random.ts';

export type RequestFaultKind =
  | 'latency'
  | 'rate-limit'
  | 'error-500'
  | 'error-503'
  | 'drop-before'
  /** Does the work and then loses the answer. */
  | 'drop-after'
  /** Gives the set status and body without doing anything. */
  | 'answer'
  /** Puts the set rows before those of the list that the call answers. */
  | 'odd-rows'
  /** As Smartlead sometimes does: 200 `{}` without doing anything. */
  | 'empty-object'
  /** As Smartlead sometimes does: takes a lead upload, adds none and answers 200 with `total_leads: 0` and no reason. */
  | 'nothing-added';

export interface RequestFault {
  kind: RequestFaultKind;
  method?: string;
  /** Path with `*` for any run of characters, such as `/api/v2/leads/*`; any when missing. */
  path?: string;
  /** Only calls with these values in their query. */
  query?: Readonly<Record<string, string>>;
  /** Only the next N matching calls; without it the fault stays until it is cleared. */
  times?: number;
  /** Chance from 0 to 1 that a matching call is hit. @default 1 */
  share?: number;
  /** Fixed, or lowest and highest. Only for `latency`. */
  latencyMs?: number | readonly [number, number];
  /** Sends a `Retry-After` header with a `rate-limit` answer. */
  retryAfterSeconds?: number;
  /** Of an `answer`. @default 200 */
  status?: number;
  /** Of an `answer`: a text is sent as it is, anything else as JSON. */
  body?: unknown;
  rows?: readonly unknown[];
}

/** The answer of a list with other rows before its own. */
export function withRows(body: unknown, rows: readonly unknown[]): unknown {
  if (Array.isArray(body)) return [...rows, ...body as unknown[]];
  if (body === null || typeof body !== 'object') return body;
  const name = 'items' in body ? 'items' : 'data';
  return { ...body, [name]: withRows((body as Record<string, unknown>)[name] ?? [], rows) };
}

export interface DeliveryFaults {
  duplicateShare?: number;
  /** Chance that an event never reaches any webhook. The event still counts everywhere else. */
  dropShare?: number;
  /** Keeps each delivery back for a moment, so that they arrive in random order. */
  shuffle?: boolean;
  /** The longest moment. @default 50 */
  shuffleBufferMs?: number;
}

export interface FaultSettings {
  requests?: readonly RequestFault[];
  deliveries?: DeliveryFaults;
}

const escaped = (text: string): string => text.replaceAll(/[.+?^${}()|[\]\\]/g, String.raw`\$&`);

const matchesPath = (pattern: string, path: string): boolean =>
  new RegExp(`^${pattern.split('*').map(escaped).join('.*')}$`).test(path);

export class Faults {
  #requests: RequestFault[] = [];
  deliveries: DeliveryFaults = {};
  readonly random;

  constructor(seed: number) {
    this.random = createRandom(seed ^ 0x5f4a7c15);
  }

  /** Replaces the parts that are given and keeps the others. */
  set({ requests, deliveries }: FaultSettings): void {
    if (requests !== undefined) this.#requests = requests.map((fault) => ({ ...fault }));
    if (deliveries !== undefined) this.deliveries = { ...deliveries };
  }

  clear(): void {
    this.set({ requests: [], deliveries: {} });
  }

  get current(): FaultSettings {
    return structuredClone({ requests: this.#requests, deliveries: this.deliveries });
  }

  /** True with the chance of a fault that may not be set. */
  hits(share: number | undefined): boolean {
    return share !== undefined && this.random() < share;
  }

  /** Uses up the matching faults for one call: all latencies add up, the first failure wins. */
  take(
    method: string,
    path: string,
    query: Readonly<Record<string, unknown>> = {},
  ): { latencyMs: number; failure: RequestFault | undefined } {
    let latencyMs = 0;
    let failure: RequestFault | undefined;
    for (const fault of this.#requests) {
      if (fault.times === 0) continue;
      if (fault.method !== undefined && fault.method !== method) continue;
      if (fault.path !== undefined && !matchesPath(fault.path, path)) continue;
      if (Object.entries(fault.query ?? {}).some(([name, value]) => query[name] !== value)) continue;
      if (fault.kind !== 'latency' && failure !== undefined) continue;
      if (fault.share !== undefined && !this.hits(fault.share)) continue;
      if (fault.times !== undefined) fault.times -= 1;
      if (fault.kind === 'latency') {
        const [low, high] = [fault.latencyMs ?? 0].flat();
        latencyMs += high === undefined ? low ?? 0 : between(this.random, low ?? 0, high);
      } else failure = fault;
    }
    this.#requests = this.#requests.filter((fault) => fault.times !== 0);
    return { latencyMs, failure };
  }
}
