/** Stands in for @supabase/storage-js in the bundle: the dashboard stores no files, and the package weighs 7 kB. */
export class StorageClient {}
export class StorageApiError extends Error {}
