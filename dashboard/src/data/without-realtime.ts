/**
 * Stands in for @supabase/realtime-js inside supabase-js: the package weighs 13 kB, and only a project that has Realtime
 * needs it, a moment after the page is there. data/realtime.ts is the real one.
 */
export class RealtimeClient {
  setAuth(): Promise<void> {
    return Promise.resolve();
  }
}
