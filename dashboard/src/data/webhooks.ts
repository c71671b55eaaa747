// Our webhook on each connection that the reader may see.
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

/** What the state means for incoming events, and what to do about it. */
export function explainWebhook(row: WebhookRow, provider: string): string {
  const { state, campaigns, campaigns_covered: covered } = row;
  const perCampaign = campaigns !== null && covered !== null;
  switch (state) {
    case 'on':
    case 'registered': {
      const status = state === 'on' ? 'Events are arriving.' : 'Ready. No event has arrived yet.';
      return perCampaign && campaigns > 0 ? `${status} Active for ${count(covered, campaigns)}.` : status;
    }
    case 'repairing':
      return 'It works again. Missed events are being recovered.';
    case 'switched_off':
      return `${provider} turned it off after failed deliveries. The next sync turns it on and recovers missed events. Press “Check webhook” to do it now.`;
    case 'missing':
      return perCampaign
        ? `Active for only ${
          count(covered, campaigns)
        }. The next sync tries the others again. Until then their events arrive with the hourly sync.`
        : `Our webhook is missing at ${provider}. Press “Check webhook” to register it. Until then events arrive with the hourly sync.`;
    case 'not_registered':
      return perCampaign
        ? 'Each campaign gets its webhook with the first sync that finds it. Until then its events arrive with the hourly sync.'
        : 'Press “Check webhook” to register it. Until then events arrive with the hourly sync.';
  }
}

const count = (some: number, all: number) => `${some} of ${all} ${all === 1 ? 'campaign' : 'campaigns'}`;
