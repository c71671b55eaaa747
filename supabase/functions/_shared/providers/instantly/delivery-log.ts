import { z } from 'zod';
import type { DeliveryLogFilter, LoggedDelivery, Page, ProviderDeliveryLog } from '../provider.ts';
import { readBelievedTime } from '../../events/provider-time.ts';
import { time } from '../rows.ts';
import type { InstantlyHttp } from './http.ts';
import { mapPage, nextDay, readPage } from './paging.ts';

const row = z.object({
  timestamp_created: time,
  webhook_url: z.string().nullish(),
  payload: z.unknown(),
});

/** Instantly's delivery log: each attempt with its payload, newest first, failed ones included. */
export class InstantlyDeliveryLog implements ProviderDeliveryLog {
  readonly #http: InstantlyHttp;

  constructor(http: InstantlyHttp) {
    this.#http = http;
  }

  async list(filter: DeliveryLogFilter, cursor: string | undefined): Promise<Page<LoggedDelivery>> {
    // The API filters by whole days; the caller compares the times.
    const page = await readPage(this.#http, 'webhook-events', row, cursor, {
      from: filter.from?.slice(0, 10),
      to: filter.to === undefined ? undefined : nextDay(filter.to.slice(0, 10)),
      success: filter.failedOnly ? false : undefined,
    });
    return mapPage(page, cursor, (delivery) => ({
      at: readBelievedTime(delivery.timestamp_created) ?? new Date().toISOString(),
      url: delivery.webhook_url ?? '',
      payload: delivery.payload,
    }));
  }
}
