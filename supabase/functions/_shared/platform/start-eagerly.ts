/**
 * Work that is started before its result is needed. A failure surfaces when the promise is awaited, and is never an
 * unhandled rejection.
 */
export function startEagerly<Value>(work: Promise<Value>): Promise<Value> {
  work.catch(() => undefined);
  return work;
}
