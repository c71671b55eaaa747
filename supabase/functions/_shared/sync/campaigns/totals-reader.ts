import { type CampaignTotals, ProviderError, type ProviderSession } from '../../providers/provider.ts';

/** Prefetches lifetime totals of many campaigns per call, in the order in which they will be needed. */
export class TotalsReader {
  readonly #ids: string[];
  readonly #known = new Map<string, CampaignTotals | undefined>();
  #last: Promise<unknown> = Promise.resolve();

  constructor(idsInOrder: string[]) {
    this.#ids = idsInOrder;
  }

  /**
   * The totals of one campaign; undefined when the provider has none, e.g. because it never sent. One question after the other,
   * because those who read other campaigns at the same time find theirs in the same answer.
   */
  async of(id: string, session: ProviderSession): Promise<CampaignTotals | undefined> {
    const found = this.#last.then(() => this.#find(id, session));
    this.#last = found.catch(() => undefined);
    return await found;
  }

  async #find(id: string, session: ProviderSession): Promise<CampaignTotals | undefined> {
    if (!this.#known.has(id)) {
      const start = Math.max(0, this.#ids.indexOf(id));
      try {
        await this.#read(this.#ids.slice(start, start + session.totalsPerCall), session);
      } catch (error) {
        // One campaign that the provider fails on must not fail the other 49.
        if (!(error instanceof ProviderError) || error.concernsConnection || error.kind === 'rate_limited') {
          throw error;
        }
        await this.#read([id], session);
      }
    }
    return this.#known.get(id);
  }

  async #read(ids: string[], session: ProviderSession): Promise<void> {
    const rows = await session.readTotals(ids);
    for (const id of ids) this.#known.set(id, rows.find((row) => row.provider_campaign_id === id));
  }
}
