import { type CampaignTotals, ProviderError, type ProviderSession } from '../../providers/provider.ts';

/** Prefetches lifetime totals of many campaigns per call, in the order in which they will be needed. */
export class TotalsReader {
  readonly #session: ProviderSession;
  readonly #ids: string[];
  readonly #known = new Map<string, CampaignTotals | undefined>();

  constructor(session: ProviderSession, idsInOrder: string[]) {
    this.#session = session;
    this.#ids = idsInOrder;
  }

  /** The totals of one campaign; undefined when the provider has none, e.g. because it never sent. */
  async of(id: string): Promise<CampaignTotals | undefined> {
    if (!this.#known.has(id)) {
      const start = Math.max(0, this.#ids.indexOf(id));
      try {
        await this.#read(this.#ids.slice(start, start + this.#session.totalsPerCall));
      } catch (error) {
        // One campaign that the provider fails on must not fail the other 49.
        if (!(error instanceof ProviderError) || error.concernsConnection || error.kind === 'rate_limited') {
          throw error;
        }
        await this.#read([id]);
      }
    }
    return this.#known.get(id);
  }

  async #read(ids: string[]): Promise<void> {
    const rows = await this.#session.readTotals(ids);
    for (const id of ids) this.#known.set(id, rows.find((row) => row.provider_campaign_id === id));
  }
}
