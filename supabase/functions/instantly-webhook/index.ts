/**
 * POST /instantly-webhook/<connection id>: Instantly's deliveries.
 * Instantly signs nothing; it presents the connection's secret in the header `x-webhook-secret`.
 * Answers { received, stored, duplicate } after commit.
 */
import { createAdminClient } from '@supabase/server/core';
import { runInBackground } from '../_shared/background.ts';
import type { ServiceClient } from '../_shared/database.ts';
import type { Database } from '../_shared/database.types.ts';
import { errorResponse } from '../_shared/http.ts';
import { readInstantlyWebhook } from '../_shared/providers/instantly/webhook-mapping.ts';
import { createIngest } from '../_shared/webhooks/ingest.ts';
import { createProjector } from '../_shared/webhooks/projector.ts';
import { createWebhookReceiver } from '../_shared/webhooks/receive.ts';

// One client per isolate: withSupabase makes two per request at 130 µs each, and storing a delivery takes 90 µs.
let client: ServiceClient | undefined;
const database = () => (client ??= createAdminClient<Database>());

const ingest = createIngest(database);
const receive = createWebhookReceiver({
  provider: 'instantly',
  readWebhook: readInstantlyWebhook,
  ingest: ingest.add,
  wakeProjector: createProjector({ database, runInBackground, isIngestSaturated: ingest.isSaturated }),
});

export default {
  async fetch(request: Request): Promise<Response> {
    try {
      return await receive(request);
    } catch (error) {
      return errorResponse(error);
    }
  },
};
