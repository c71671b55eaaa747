/**
 * POST /smartlead-webhook/<connection id>?token=…: Smartlead's deliveries.
 * The token is part of the address that we register; Smartlead's own `secret_key` in the body is taken as well.
 * Answers { received, stored, duplicate } after commit.
 */
import process from 'node:process';
import { createAdminClient } from '@supabase/server/core';
import { runInBackground } from '../_shared/background.ts';
import { readSignatureKey } from '../_shared/connection/provider-secret.ts';
import type { ServiceClient } from '../_shared/database.ts';
import type { Database } from '../_shared/database.types.ts';
import { readEnvironment } from '../_shared/environment.ts';
import { errorResponse } from '../_shared/http.ts';
import { smartleadProof } from '../_shared/providers/smartlead/delivery-proof.ts';
import { withoutSecrets } from '../_shared/providers/smartlead/redaction.ts';
import { readSmartleadWebhook } from '../_shared/providers/smartlead/webhook-mapping.ts';
import { createIngest } from '../_shared/webhooks/ingest.ts';
import { createProjector } from '../_shared/webhooks/projector.ts';
import { createWebhookReceiver } from '../_shared/webhooks/receive.ts';

// One client per isolate, as in instantly-webhook.
let client: ServiceClient | undefined;
const database = () => (client ??= createAdminClient<Database>());

const ingest = createIngest(database);
const receive = createWebhookReceiver({
  provider: 'smartlead',
  proof: smartleadProof((connectionId) =>
    readSignatureKey(database(), readEnvironment((name) => process.env[name]).masterKeys, connectionId)
  ),
  withoutSecrets,
  readWebhook: readSmartleadWebhook,
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
