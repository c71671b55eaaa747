/**
 * POST /sync-client { client_id? | connection_id?, full? }: reads campaigns, analytics and leads from the provider.
 * For operators and secret keys; pg_cron calls it every hour with the secret key named "cron".
 */
import { handleSync } from '../_shared/sync/handle-sync.ts';
import { createSignedInFunction } from '../_shared/platform/signed-in-function.ts';

export default { fetch: createSignedInFunction(handleSync) };
