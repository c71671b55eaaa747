/**
 * POST /reply-model { action }: the optional language model for unclear replies: show, save, test and draft for operators and secret
 * keys; asking it, for pg_cron with the secret key named "cron".
 */
import { handleReplyModel } from '../_shared/language-model/handle-reply-model.ts';
import { createSignedInFunction } from '../_shared/platform/signed-in-function.ts';

export default { fetch: createSignedInFunction(handleReplyModel) };
