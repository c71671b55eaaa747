/**
 * POST /remove-client { job_id }: works on the removal of a client that `delete_client` asked for.
 * For operators and secret keys; the database calls it itself, and again every minute until the client is gone.
 */
import { handleRemoval } from '../_shared/removal/handle-removal.ts';
import { createSignedInFunction } from '../_shared/platform/signed-in-function.ts';

export default { fetch: createSignedInFunction(handleRemoval) };
