/**
 * POST /provider-connection { action, … }: keys, webhooks and state of a provider connection.
 * For operators and secret keys (every connection) and clients (their own dedicated one).
 */
import { handleConnection } from '../_shared/connection/handle-connection.ts';
import { createSignedInFunction } from '../_shared/signed-in-function.ts';

export default { fetch: createSignedInFunction(handleConnection) };
