/**
 * POST /export-campaign { campaign_id, dry_run?, activate? }: sends a campaign's verified leads to the provider.
 * For operators, the client that owns the campaign, and secret keys.
 */
import process from 'node:process';
import { withSupabase } from '@supabase/server';
import { runInBackground } from '../_shared/background.ts';
import { identifyCaller } from '../_shared/caller.ts';
import type { Database } from '../_shared/database.types.ts';
import { readEnvironment } from '../_shared/environment.ts';
import { handleExport } from '../_shared/export/handle-export.ts';
import { errorResponse } from '../_shared/http.ts';

export default {
  fetch: withSupabase<Database>({ auth: ['secret:*', 'user'] }, async (request, context) => {
    try {
      return await handleExport(request, identifyCaller(context), {
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
