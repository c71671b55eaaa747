/**
 * POST /export-campaign { campaign_id, dry_run?, activate? }: sends a campaign's verified leads to the provider.
 * For operators, the client that owns the campaign, and secret keys.
 */
import { handleExport } from '../_shared/export/handle-export.ts';
import { createSignedInFunction } from '../_shared/platform/signed-in-function.ts';

export default { fetch: createSignedInFunction(handleExport) };
