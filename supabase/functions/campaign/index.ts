/**
 * POST /campaign { action, campaign_id, … }: acts on a campaign that is at its provider: pause, resume, why it does not send, remove a
 * lead, the link to it. For operators and secret keys; clients ask why their own campaigns do not send.
 */
import { handleCampaign } from '../_shared/campaigns/handle-campaign.ts';
import { createSignedInFunction } from '../_shared/platform/signed-in-function.ts';

export default { fetch: createSignedInFunction(handleCampaign) };
