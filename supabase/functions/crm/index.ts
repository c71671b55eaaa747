/**
 * POST /crm { action, … }: connects a CRM account and pushes leads to it, for operators and secret keys; pushes and reads what is due,
 * for pg_cron and the database with the secret key named "cron".
 */
import { createCrm } from '../_shared/crm/handle-crm.ts';
import { createSignedInFunction } from '../_shared/platform/signed-in-function.ts';

export default { fetch: createSignedInFunction(createCrm()) };
