import { z } from 'zod';
import { ProviderError } from '../provider.ts';
import type { ProviderErasure } from '../provider-erasure.ts';
import { leadByEmail } from './schemas.ts';
import type { SmartleadHttp } from './http.ts';

/** A lead of Smartlead is one address with links to campaigns; the API removes links, the address itself stays in its list of leads. */
export class SmartleadErasure implements ProviderErasure {
  readonly #http: SmartleadHttp;

  constructor(http: SmartleadHttp) {
    this.#http = http;
  }

  async remove(email: string, providerCampaignIds: ReadonlySet<string> | null): Promise<number> {
    // Of an unknown address the answer is empty.
    const found = await this.#http.request({
      method: 'GET',
      path: 'leads/',
      query: { email },
      answer: leadByEmail,
      repeatable: true,
    });
    const { id } = found;
    if (id == null) return 0;
    const campaigns = (found.lead_campaign_data ?? [])
      .map((row) => row.campaign_id)
      .filter((campaign) => providerCampaignIds === null || providerCampaignIds.has(campaign));
    for (const campaign of campaigns) await this.#remove(campaign, id);
    return campaigns.length;
  }

  async #remove(campaign: string, lead: string): Promise<void> {
    try {
      await this.#http.request({
        method: 'DELETE',
        path: `campaigns/${encodeURIComponent(campaign)}/leads/${encodeURIComponent(lead)}`,
        answer: z.unknown(),
        repeatable: true,
      });
    } catch (error) {
      if (!(error instanceof ProviderError) || error.kind !== 'not_found') throw error;
    }
  }

  /** The list of domains takes addresses, too, and an entry twice. */
  async block(email: string): Promise<void> {
    await this.#http.request({
      method: 'POST',
      path: 'leads/add-domain-block-list',
      body: { domain_block_list: [email], client_id: null },
      answer: z.unknown(),
      repeatable: true,
    });
  }
}
