import { z } from 'zod';
import { ProviderError } from '../provider.ts';
import type { ProviderErasure } from '../provider-erasure.ts';
import { pageOf } from './schemas.ts';
import type { InstantlyHttp } from './http.ts';
import { mapPage, pageSize } from './paging.ts';

const lead = z.object({ id: z.string(), campaign: z.string().nullish() });
const entries = pageOf(z.object({ bl_value: z.string() }), 'block list');

/** A lead of Instantly is an address in one campaign or list; each is deleted by its id. */
export class InstantlyErasure implements ProviderErasure {
  readonly #http: InstantlyHttp;

  constructor(http: InstantlyHttp) {
    this.#http = http;
  }

  async remove(email: string, providerCampaignIds: ReadonlySet<string> | null): Promise<number> {
    const theirs: string[] = [];
    let cursor: string | undefined;
    do {
      const page = mapPage(
        await this.#http.request({
          method: 'POST',
          path: 'leads/list',
          body: {
            contacts: [email],
            limit: pageSize,
            ...(cursor === undefined ? {} : { starting_after: cursor }),
          },
          answer: pageOf(lead, 'leads'),
          repeatable: true,
          timeout: 90_000,
        }),
        cursor,
        (row) => row,
      );
      for (const { id, campaign } of page.items) {
        if (providerCampaignIds === null || providerCampaignIds.has(campaign ?? '')) theirs.push(id);
      }
      cursor = page.next;
    } while (cursor !== undefined);
    for (const id of theirs) await this.#delete(id);
    return theirs.length;
  }

  async #delete(id: string): Promise<void> {
    try {
      await this.#http.request({
        method: 'DELETE',
        path: `leads/${encodeURIComponent(id)}`,
        answer: z.unknown(),
        repeatable: true,
      });
    } catch (error) {
      if (!(error instanceof ProviderError) || error.kind !== 'not_found') throw error;
    }
  }

  /** An entry that exists is not made again: whether a second one is refused is not documented. */
  async block(email: string): Promise<void> {
    const { items } = await this.#http.request({
      method: 'GET',
      path: 'block-lists-entries',
      query: { search: email, limit: pageSize },
      answer: entries,
      repeatable: true,
    });
    if (items.some(({ bl_value: value }) => value.toLowerCase() === email)) return;
    await this.#http.request({
      method: 'POST',
      path: 'block-lists-entries',
      body: { bl_value: email },
      answer: z.unknown(),
      repeatable: true,
    });
  }
}
