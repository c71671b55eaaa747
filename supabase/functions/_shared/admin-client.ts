import { createAdminClient } from '@supabase/server/core';
import type { ServiceClient } from './database.ts';
import type { Database } from './database.types.ts';

let client: ServiceClient | undefined;

/** One client per isolate: withSupabase makes two per request at 130 µs each, and storing a delivery takes 90 µs. */
export const adminClient = (): ServiceClient => (client ??= createAdminClient<Database>());
