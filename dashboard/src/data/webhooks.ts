// Whether deliveries arrive: our webhook on each connection that the reader may see.
import { queryOptions } from '@tanstack/react-query';
import * as z from 'zod/mini';
import { read } from './failure.ts';
import { type Filled, supabase, type Views } from './supabase.ts';

export const webhookStates = [
  'not_registered',
  'registered',
  'on',
  'switched_off',
  'missing',
  'repairing',
] as const;
export type WebhookState = typeof webhookStates[number];

export type WebhookRow =
  & Omit<
    Filled<
      Views['client_webhooks']['Row'],
      | 'client_id'
      | 'checked_at'
      | 'off_since'
      | 'missed_since'
      | 'campaigns'
      | 'campaigns_covered'
      | 'last_event_at'
      | 'last_event_age_seconds'
    >,
    'state'
  >
  & { state: WebhookState };

const stateOf = z.enum(webhookStates);

export const webhooksQuery = queryOptions({
  queryKey: ['webhooks'],
  queryFn: async (): Promise<WebhookRow[]> => {
    const rows = await read(supabase().from('client_webhooks').select('*').limit(1_000));
    return rows.map((row) => ({ ...row, state: stateOf.parse(row.state) }) as WebhookRow);
  },
});

/** What the state means for whoever waits for events, and what ends it. */
export function explainWebhook(row: WebhookRow, provider: string): string {
  const { state, campaigns, campaigns_covered: covered } = row;
  const perCampaign = campaigns !== null && covered !== null;
  switch (state) {
    case 'on':
    case 'registered': {
      const said = state === 'on' ? 'Deliveries arrive.' : 'Ready; no delivery has arrived yet.';
      return perCampaign && campaigns > 0 ? `${said} ${count(covered, campaigns)} deliver to us.` : said;
    }
    case 'repairing':
      return 'It works again; what was missed meanwhile is being brought back.';
    case 'switched_off':
      return `${provider} switched it off after failed deliveries. The next sync switches it on and brings back what was missed; “Check webhook” does not wait for it.`;
    case 'missing':
      return perCampaign
        ? `Only ${
          count(covered, campaigns)
        } deliver to us. The next sync tries the others again; until then their events come with the sync.`
        : `${provider} has no webhook of ours. “Check webhook” registers it; until then events come with the sync.`;
    case 'not_registered':
      return perCampaign
        ? 'Each campaign gets its webhook when a sync finds it; until then its events come with the sync.'
        : '“Check webhook” registers it; until then events come with the sync.';
  }
}

const count = (some: number, all: number) => `${some} of ${all} ${all === 1 ? 'campaign' : 'campaigns'}`;
