/**
 * POST /sync-client { client_id? | connection_id?, full? }: reads campaigns, analytics and leads from the provider.
 * For operators and secret keys; pg_cron calls it every hour with the secret key named "cron".
 */
import process from 'node:process';
import { withSupabase } from '@supabase/server';
import { runInBackground } from '../_shared/background.ts';
import { identifyCaller } from '../_shared/caller.ts';
import type { Database } from '../_shared/database.types.ts';
import { readEnvironment } from '../_shared/environment.ts';
import { errorResponse } from '../_shared/http.ts';
import { handleSync } from '../_shared/sync/handle-sync.ts';

export default {
  fetch: withSupabase<Database>({ auth: ['secret:*', 'user'] }, async (request, context) => {
    try {
      return await handleSync(request, identifyCaller(context), {
        database: context.supabaseAdmin,
        environment: readEnvironment((name) => process.env[name]),
        fetch,
        now: () => new Date(),
        runInBackground,
      });
    } catch (error) {
      return errorResponse(error);
    }
  }),
};
