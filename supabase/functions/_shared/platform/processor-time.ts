/**
 * Processor time of this isolate, in milliseconds. The platform ends an isolate after two seconds of it, background work
 * included, and offers no way to read it (`process.cpuUsage` answers zeros), so it is estimated from what the work costs:
 * calls, bytes of the provider's answers, rows exchanged with the database. `npm run bench -- sync` prints the kernel's
 * count of each call.
 */
let spent = 0;

/** Milliseconds after which a run leaves the rest to another isolate; the platform's limit is 2,000. */
const budget = 1_500;

/** What a run may spend in an isolate that has spent its budget already, so that every run makes some progress. */
const least = 300;

/**
 * Parsing, checking and mapping an answer, and the share of writing it to the database. By these a run of 1,500 ms used
 * 1,050 ms by the kernel's count, 1,350 ms where its code was not compiled yet.
 */
const costs = { providerCall: 1.2, providerKilobyte: 0.025, databaseCall: 1.2, databaseRow: 0.015 };

interface PlatformGlobal {
  EdgeRuntime?: unknown;
  addEventListener?(type: 'beforeunload', listener: () => void): void;
}
const platform = globalThis as PlatformGlobal;

// The platform announces the end of an isolate at 90 % of its processor time, and before its wall clock ends.
platform.addEventListener?.('beforeunload', () => {
  spent = Infinity;
});

export function bookProcessorTime(milliseconds: number): void {
  spent += milliseconds;
}

export function bookProviderCall(bytes: number): void {
  spent += costs.providerCall + costs.providerKilobyte * bytes / 1024;
}

/** A call of a SQL function with its parameters and its answer; the rows are the items of their lists. */
export function bookDatabaseCall(...values: unknown[]): void {
  const rows = values.reduce<number>((sum, value) => sum + (Array.isArray(value) ? value.length : 0), 0);
  spent += costs.databaseCall + costs.databaseRow * rows;
}

/** All processor time booked in this isolate so far. */
export const processorTime = (): number => spent;

/** Whether nothing more should begin in this isolate: the rest is for another one. */
export const isIsolateSpent = (): boolean =>
  spent >= (platform.EdgeRuntime === undefined ? Infinity : budget);

/** What one run may spend. */
export interface ProcessorBudget {
  isSpent(): boolean;
  /** How many items of this cost are left, at least one and at most as many as given: the size of the next batch. */
  fits(costOfOne: number, most: number): number;
}

/**
 * The budget of a run that begins now. Where an isolate serves one call after the other for as long as it lives (the local
 * stack), each run has the whole of it.
 */
export function processorBudget(): ProcessorBudget {
  const limit = platform.EdgeRuntime === undefined ? spent + budget : Math.max(budget, spent + least);
  return {
    isSpent: () => spent >= limit,
    fits: (costOfOne, most) => Math.max(1, Math.min(most, Math.floor((limit - spent) / costOfOne))),
  };
}
