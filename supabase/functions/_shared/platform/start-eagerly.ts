/**
 * Work that is started before its result is needed. A failure waits until somebody awaits the promise, and ends nothing
 * when nobody ever does.
 */
export function startEagerly<Value>(work: Promise<Value>): Promise<Value> {
  work.catch(() => undefined);
  return work;
}
