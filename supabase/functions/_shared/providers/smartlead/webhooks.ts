import { z } from 'zod';
import {
  ProviderError,
  type ProviderWebhook,
  type ProviderWebhooks,
  type WantedWebhook,
  type WebhookTest,
} from '../provider.ts';
import { rowsOf } from '../rows.ts';
import type { SmartleadHttp } from './http.ts';
import { type SmartleadWebhook, webhook } from './schemas.ts';

/** Event types that Smartlead certainly accepts. */
const certainTypes = [
  'EMAIL_SENT',
  'FIRST_EMAIL_SENT',
  'EMAIL_OPEN',
  'EMAIL_LINK_CLICK',
  'EMAIL_REPLY',
  'EMAIL_BOUNCE',
  'LEAD_UNSUBSCRIBED',
  'LEAD_CATEGORY_UPDATED',
  'CAMPAIGN_STATUS_CHANGED',
];

/** Event types that only some sources mention. */
const otherTypes = [
  'UNTRACKED_REPLIES',
  'MANUAL_STEP_REACHED',
  'EMAIL_ACCOUNT_DISCONNECTED',
  'LINKEDIN_DISCONNECTED',
];

/** The URL parameter that carries our secret. */
export const tokenParameter = 'token';

const written = z.object({ id: z.union([z.number(), z.string()]).transform(String) });
const summary = z.object({ data: z.object({ summary: z.array(z.record(z.string(), z.unknown())) }) });

/** Webhooks of one Smartlead campaign; there are none for the whole account. */
export class SmartleadWebhooks implements ProviderWebhooks {
  readonly per = 'campaign';
  readonly #http: SmartleadHttp;

  constructor(http: SmartleadHttp) {
    this.#http = http;
  }

  async list(campaignId?: string): Promise<ProviderWebhook[]> {
    const rows = await this.#http.request({
      method: 'GET',
      path: pathOf(campaignId),
      answer: rowsOf('webhooks', webhook),
      repeatable: true,
    });
    return rows.map(readWebhook);
  }

  async create(wanted: WantedWebhook, campaignId?: string): Promise<ProviderWebhook> {
    return await this.#write(null, wanted, campaignId);
  }

  async update(id: string, wanted: WantedWebhook, campaignId?: string): Promise<ProviderWebhook> {
    return await this.#write(Number(id), wanted, campaignId);
  }

  async remove(id: string, campaignId?: string): Promise<void> {
    await this.#http.request({
      method: 'DELETE',
      path: pathOf(campaignId),
      body: { id: Number(id) },
      answer: z.unknown(),
      repeatable: true,
    });
  }

  /** Smartlead does not report whether it switched a webhook off; all we can do is save it again. */
  async resume(id: string, campaignId?: string): Promise<ProviderWebhook> {
    const found = (await this.list(campaignId)).find((one) => one.id === id);
    if (!found?.secret) throw new Error('A webhook without our token cannot be resumed; register it again');
    return await this.update(
      id,
      { name: found.name ?? 'Replyloop', url: found.url, secret: found.secret },
      campaignId,
    );
  }

  /** The API has no test delivery. */
  test(): Promise<WebhookTest> {
    return Promise.resolve({
      success: true,
      status: null,
      message: 'Smartlead has no test delivery; the first event shows that the webhook works',
    });
  }

  /** How many deliveries failed in the range. */
  async countFailed(campaignId: string, from: string, to: string): Promise<number> {
    const { data } = await this.#http.request({
      method: 'GET',
      path: `${pathOf(campaignId)}/summary`,
      query: { fromTime: from, toTime: to },
      answer: summary,
      repeatable: true,
    });
    return data.summary.reduce((total, row) => total + failedOf(row), 0);
  }

  /** Asks Smartlead to send the failed deliveries of the range again. */
  async retrigger(campaignId: string, from: string, to: string): Promise<void> {
    await this.#http.request({
      method: 'POST',
      path: `${pathOf(campaignId)}/retrigger-failed-events`,
      body: { fromTime: from, toTime: to },
      answer: z.unknown(),
      // A second delivery of the same event is a duplicate and not counted.
      repeatable: true,
    });
  }

  async #write(
    id: number | null,
    wanted: WantedWebhook,
    campaignId: string | undefined,
  ): Promise<ProviderWebhook> {
    const url = new URL(wanted.url);
    url.searchParams.set(tokenParameter, wanted.secret);
    const save = (types: string[]) =>
      this.#http.request({
        method: 'POST',
        path: pathOf(campaignId),
        body: { id, name: wanted.name, webhook_url: url.href, event_types: types, categories: [] },
        answer: written,
        // The next attempt finds a new one by its URL, so a lost answer creates no second one.
        repeatable: id !== null,
      });
    const saved = await save([...certainTypes, ...otherTypes]).catch((error: unknown) => {
      // One unknown type must not prevent the others.
      if (error instanceof ProviderError && error.kind === 'bad_request') return save(certainTypes);
      throw error;
    });
    return { id: saved.id, name: wanted.name, url: wanted.url, isActive: true, secret: wanted.secret };
  }
}

function pathOf(campaignId: string | undefined): string {
  if (campaignId === undefined) throw new Error('A Smartlead webhook belongs to a campaign; name one');
  return `campaigns/${encodeURIComponent(campaignId)}/webhooks`;
}

/** The URL without its token, and the token as the secret. */
function readWebhook(row: SmartleadWebhook): ProviderWebhook {
  const isAddress = URL.canParse(row.webhook_url);
  const url = isAddress ? new URL(row.webhook_url) : undefined;
  const secret = url?.searchParams.get(tokenParameter) ?? undefined;
  url?.searchParams.delete(tokenParameter);
  return { id: row.id, name: row.name ?? null, url: url?.href ?? row.webhook_url, isActive: true, secret };
}

/** The shape of the rows is undocumented: every number whose name looks like a failure counts. */
function failedOf(row: Record<string, unknown>): number {
  return Object.entries(row)
    .filter(([name]) => /fail/i.test(name))
    .reduce((total, [, value]) => total + (Number.isFinite(Number(value)) ? Number(value) : 0), 0);
}
