import type { WebhookRow, WebhookState } from '../../data/webhooks.ts';
import type { State } from '../../shared/columns.tsx';
import { Badge } from '../../ui/badge.tsx';

const states: Record<WebhookState, State> = {
  on: { label: 'On', tone: 'good' },
  registered: { label: 'Registered', tone: 'good' },
  repairing: { label: 'Being repaired', tone: 'warm' },
  not_registered: { label: 'Not registered yet', tone: 'warm' },
  switched_off: { label: 'Turned off', tone: 'bad' },
  missing: { label: 'Missing', tone: 'bad' },
};

export const webhookLabel = (state: WebhookState): string => states[state].label;

/** Our webhook at the provider, as it was at the last look. */
export function WebhookBadge({ row }: { row: WebhookRow }) {
  return <Badge tone={states[row.state].tone}>{states[row.state].label}</Badge>;
}
