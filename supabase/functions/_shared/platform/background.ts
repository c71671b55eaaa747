import { describeError } from './errors.ts';

interface EdgeRuntimeGlobal {
  EdgeRuntime?: { waitUntil(work: Promise<unknown>): void };
}

/** Keeps the isolate alive after the answer until the work ends, where the platform supports it. Never throws. */
export function runInBackground(work: Promise<unknown>): void {
  const guarded = work.catch((error: unknown) => {
    console.error(JSON.stringify({ message: 'Background work failed', error: describeError(error) }));
  });
  (globalThis as EdgeRuntimeGlobal).EdgeRuntime?.waitUntil(guarded);
}
