/**
 * POST /smartlead-webhook/<connection id>?token=…: Smartlead's deliveries.
 * The token is part of the address that we register; Smartlead's own `secret_key` in the body is taken as well.
 * Answers { received, stored, duplicate } after commit.
 */
import process from 'node:process';
import { adminClient } from '../_shared/admin-client.ts';
import { readSignatureKey } from '../_shared/connection/provider-secret.ts';
import { readEnvironment } from '../_shared/environment.ts';
import { smartleadProof } from '../_shared/providers/smartlead/delivery-proof.ts';
import { withoutSecrets } from '../_shared/providers/smartlead/redaction.ts';
import { readSmartleadWebhook } from '../_shared/providers/smartlead/webhook-mapping.ts';
import { createWebhookFunction } from '../_shared/webhooks/webhook-function.ts';

export default {
  fetch: createWebhookFunction({
    provider: 'smartlead',
    proof: smartleadProof((connectionId) =>
      readSignatureKey(adminClient(), readEnvironment((name) => process.env[name]).masterKeys, connectionId)
    ),
    withoutSecrets,
    readWebhook: readSmartleadWebhook,
  }),
};
