/**
 * POST /provider-connection { action, … }: keys, webhooks and state of a provider connection.
 * For operators and secret keys (every connection) and clients (their own dedicated one).
 */
import { handleConnection } from '../_shared/connections/handle-connection.ts';
import { createSignedInFunction } from '../_shared/platform/signed-in-function.ts';

export default { fetch: createSignedInFunction(handleConnection) };
