import { describeError } from './errors.ts';

interface EdgeRuntimeGlobal {
  EdgeRuntime?: { waitUntil(work: Promise<unknown>): void };
}

/** Keeps the isolate alive until the work ends, where the platform can; the answer is sent before. Never throws. */
export function runInBackground(work: Promise<unknown>): void {
  const guarded = work.catch((error: unknown) => {
    console.error(JSON.stringify({ message: 'Background work failed', error: describeError(error) }));
  });
  (globalThis as EdgeRuntimeGlobal).EdgeRuntime?.waitUntil(guarded);
}
