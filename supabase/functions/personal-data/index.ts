/**
 * POST { action }: what is held of a person (export, preview), and erasing it (erase). For operators and secret keys.
 * POST { job_id } with a secret key resumes an erasure (used by the sweep).
 */
import { handlePersonalData } from '../_shared/personal-data/handle-personal-data.ts';
import { createSignedInFunction } from '../_shared/platform/signed-in-function.ts';

export default { fetch: createSignedInFunction(handlePersonalData) };
