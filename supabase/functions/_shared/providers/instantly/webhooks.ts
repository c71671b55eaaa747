import { z } from 'zod';
import { secretHeader } from '../../events/delivery-proof.ts';
import { sentRows } from '../rows.ts';
import type { ProviderWebhook, ProviderWebhooks, WantedWebhook, WebhookTest } from '../provider.ts';
import type { InstantlyHttp } from './http.ts';
import { pageOf } from './schemas.ts';

const webhook = z.object({
  id: z.string(),
  name: z.string().nullish(),
  target_hook_url: z.string(),
  headers: z.record(z.string(), z.unknown()).nullish(),
  status: z.number().int().nullish(),
  timestamp_error: z.string().nullish(),
});

const testAnswer = z.object({
  success: z.boolean(),
  message: z.string().nullish(),
  status_code: z.number().nullish(),
  error: z.string().nullish(),
});

const active = 1;

/** Webhooks of an Instantly workspace. One subscription to all events also covers custom labels and automatic replies. */
export class InstantlyWebhooks implements ProviderWebhooks {
  readonly per = 'workspace';
  readonly #http: InstantlyHttp;

  constructor(http: InstantlyHttp) {
    this.#http = http;
  }

  async list(): Promise<ProviderWebhook[]> {
    const webhooks: ProviderWebhook[] = [];
    let cursor: string | undefined;
    do {
      const page = await this.#http.request({
        method: 'GET',
        path: 'webhooks',
        query: { limit: 100, starting_after: cursor },
        answer: pageOf(webhook, 'webhooks'),
        repeatable: true,
      });
      webhooks.push(...page.items.map(readWebhook));
      const next = page.next_starting_after ?? undefined;
      cursor = sentRows(page.items) === 0 || next === cursor ? undefined : next;
    } while (cursor !== undefined);
    return webhooks;
  }

  async create(wanted: WantedWebhook): Promise<ProviderWebhook> {
    return readWebhook(
      await this.#http.request({
        method: 'POST',
        path: 'webhooks',
        body: writeWebhook(wanted),
        answer: webhook,
        // The next attempt finds it by its URL, so a lost answer creates no second one.
        repeatable: false,
      }),
    );
  }

  async update(id: string, wanted: WantedWebhook): Promise<ProviderWebhook> {
    return readWebhook(
      await this.#http.request({
        method: 'PATCH',
        path: `webhooks/${encodeURIComponent(id)}`,
        body: writeWebhook(wanted),
        answer: webhook,
        repeatable: true,
      }),
    );
  }

  async remove(id: string): Promise<void> {
    await this.#http.request({
      method: 'DELETE',
      path: `webhooks/${encodeURIComponent(id)}`,
      answer: z.unknown(),
      repeatable: true,
    });
  }

  async resume(id: string): Promise<ProviderWebhook> {
    return readWebhook(
      await this.#http.request({
        method: 'POST',
        path: `webhooks/${encodeURIComponent(id)}/resume`,
        answer: webhook,
        repeatable: true,
      }),
    );
  }

  async test(id: string): Promise<WebhookTest> {
    const answer = await this.#http.request({
      method: 'POST',
      path: `webhooks/${encodeURIComponent(id)}/test`,
      answer: testAnswer,
      repeatable: true,
    });
    return {
      success: answer.success,
      status: answer.status_code ?? null,
      message: answer.error ?? answer.message ?? '',
    };
  }
}

function readWebhook(row: z.infer<typeof webhook>): ProviderWebhook {
  const secret = Object.entries(row.headers ?? {}).find(([name]) => name.toLowerCase() === secretHeader)?.[1];
  return {
    id: row.id,
    name: row.name ?? null,
    url: row.target_hook_url,
    isActive: (row.status ?? active) === active,
    failedAt: row.timestamp_error ?? null,
    secret: typeof secret === 'string' ? secret : undefined,
  };
}

function writeWebhook(wanted: WantedWebhook): Record<string, unknown> {
  return {
    name: wanted.name,
    target_hook_url: wanted.url,
    event_type: 'all_events',
    headers: { [secretHeader]: wanted.secret },
  };
}
