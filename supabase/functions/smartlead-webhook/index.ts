/**
 * POST /smartlead-webhook/<connection id>?token=…: Smartlead's deliveries.
 * The token is part of the URL that we register; Smartlead's own `secret_key` in the body is accepted too.
 * Answers { received, stored, duplicate } after commit.
 */
import process from 'node:process';
import { adminClient } from '../_shared/platform/database.ts';
import { readSignatureKey } from '../_shared/connections/provider-secret.ts';
import { readEnvironment } from '../_shared/platform/environment.ts';
import { smartleadProof } from '../_shared/providers/smartlead/delivery-proof.ts';
import { readSmartleadWebhook } from '../_shared/providers/smartlead/webhook-mapping.ts';
import { neededSmartleadFields } from '../_shared/providers/smartlead/webhook-shape.ts';
import { createWebhookFunction } from '../_shared/webhooks/webhook-function.ts';

/** Bytes. Smartlead treats a 413 as final, and category events contain the whole history of a thread. */
const bodyLimit = 6 * 1024 * 1024;

export default {
  fetch: createWebhookFunction({
    provider: 'smartlead',
    proof: smartleadProof((connectionId) =>
      readSignatureKey(adminClient(), readEnvironment((name) => process.env[name]).masterKeys, connectionId)
    ),
    bodyLimit,
    neededFields: neededSmartleadFields,
    readWebhook: readSmartleadWebhook,
  }),
};
