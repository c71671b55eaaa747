import type { State } from '../../shared/columns.tsx';
import { Badge } from '../../ui/badge.tsx';
import { Tooltip } from '../../ui/tooltip.tsx';

/** A state; the reason for it shows on hover and on focus. */
export function ReasonBadge({ state, reason }: { state: State; reason: string | null }) {
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

const healthStates: Record<string, State> = {
  ok: { label: 'Healthy', tone: 'good' },
  waiting: { label: 'Waiting for its first event', tone: 'neutral' },
  degraded: { label: 'Degraded', tone: 'warm' },
  down: { label: 'Down', tone: 'bad' },
};

const healthState = (health: string): State => healthStates[health] ?? { label: health, tone: 'neutral' };

export const healthLabel = (health: string): string => healthState(health).label;

export const HealthBadge = ({ health, reason }: { health: string; reason: string | null }) => (
  <ReasonBadge state={healthState(health)} reason={reason} />
);
