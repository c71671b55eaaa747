import { Badge, type BadgeTone } from '../../ui/badge.tsx';
import { Tooltip } from '../../ui/tooltip.tsx';

const states: Record<string, { label: string; tone: BadgeTone }> = {
  ok: { label: 'Healthy', tone: 'good' },
  waiting: { label: 'Waiting for its first event', tone: 'neutral' },
  degraded: { label: 'Degraded', tone: 'warm' },
  down: { label: 'Down', tone: 'bad' },
};

export const healthLabel = (health: string): string => states[health]?.label ?? health;

/** How well something is; why it is not shows on hover and on focus. */
export function HealthBadge({ health, reason }: { health: string; reason: string | null }) {
  const state = states[health] ?? { label: health, tone: 'neutral' as const };
  // The label says it all.
  if (!reason || reason === state.label) return <Badge tone={state.tone}>{state.label}</Badge>;
  return (
    <Tooltip content={reason}>
      <button type='button' aria-label={`${state.label}: ${reason}`} className='inline-flex rounded-full'>
        <Badge tone={state.tone} className='underline decoration-dotted underline-offset-3'>
          {state.label}
        </Badge>
      </button>
    </Tooltip>
  );
}
