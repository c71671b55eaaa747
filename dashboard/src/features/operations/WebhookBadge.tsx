import { Badge, type BadgeTone } from '../../ui/badge.tsx';

const states: Record<string, { label: string; tone: BadgeTone }> = {
  active: { label: 'On', tone: 'good' },
  switched_off: { label: 'Switched off', tone: 'bad' },
  missing: { label: 'Missing', tone: 'bad' },
};

/** Our webhook at the provider, as it was at the last look. */
export function WebhookBadge({ state }: { state: string | null }) {
  if (state === null) return <Badge>Not seen yet</Badge>;
  const looks = states[state] ?? { label: state, tone: 'neutral' as const };
  return <Badge tone={looks.tone}>{looks.label}</Badge>;
}
