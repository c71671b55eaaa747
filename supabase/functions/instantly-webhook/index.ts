/**
 * POST /instantly-webhook/<connection id>: Instantly's deliveries.
 * Instantly signs nothing; it presents the connection's secret in the header `x-webhook-secret`.
 * Answers { received, stored, duplicate } after commit.
 */
import { readInstantlyWebhook } from '../_shared/providers/instantly/webhook-mapping.ts';
import { createWebhookFunction } from '../_shared/webhooks/webhook-function.ts';

export default {
  fetch: createWebhookFunction({ provider: 'instantly', readWebhook: readInstantlyWebhook }),
};
