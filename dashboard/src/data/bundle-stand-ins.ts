// What supabase-js gets in the bundle in place of two packages (vite.config.ts).

/**
 * For @supabase/realtime-js: the package weighs 13 kB, and only a project that has Realtime needs it, a moment after the
 * page is there. data/realtime.ts loads the real one.
 */
export class RealtimeClient {
  setAuth(): Promise<void> {
    return Promise.resolve();
  }
}

/** For @supabase/storage-js: the dashboard stores no files, and the package weighs 7 kB. */
export class StorageClient {}
export class StorageApiError extends Error {}
