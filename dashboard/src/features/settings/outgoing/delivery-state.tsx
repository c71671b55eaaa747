// Where something is on its way out, in the logs of events and of pushes.
import { deliveryStates } from '../../../data/outgoing.ts';
import { TwoLines } from '../../../shared/columns.tsx';
import { plural } from '../../../shared/format.ts';
import { Moment, timeOfDay } from '../../../shared/moments.tsx';
import type { Column } from '../../../shared/table-types.ts';
import { Badge } from '../../../ui/badge.tsx';
import { Select } from '../../../ui/select.tsx';

type State = keyof typeof deliveryStates;

export const deliveryStateColumn = <
  Row extends { state: State; attempts: number; next_attempt_at: string | null },
>(): Column<Row> => ({
  id: 'state',
  header: 'State',
  onPhone: 'wide',
  value: (row) => deliveryStates[row.state].label,
  cell: (row) => (
    <TwoLines
      className=''
      first={<Badge tone={deliveryStates[row.state].tone}>{deliveryStates[row.state].label}</Badge>}
      second={hasAttempts(row) && <Attempts {...row} />}
    />
  ),
});

/** Empty: all of them. */
export function DeliveryStateFilter(props: { value: string; onValueChange: (value: string) => void }) {
  return (
    <Select
      aria-label='State'
      choices={[
        { value: '', label: 'All states' },
        ...Object.entries(deliveryStates).map(([value, { label }]) => ({ value, label })),
      ]}
      {...props}
    />
  );
}

/** Whether there is anything to say of the attempts. */
const hasAttempts = ({ attempts, next_attempt_at: next }: {
  attempts: number;
  next_attempt_at: string | null;
}): boolean => attempts > 1 || (attempts > 0 && next !== null);

/** Of what did not get through at once: how often it was tried, and when the next attempt is. */
function Attempts({ attempts, next_attempt_at: next }: {
  attempts: number;
  next_attempt_at: string | null;
}) {
  const isNext = attempts > 0 && next !== null;
  return (
    <>
      {attempts > 1 && plural(attempts, 'attempt')}
      {attempts > 1 && isNext && ', '}
      {isNext && (
        <>
          next at <Moment at={next} as={timeOfDay} />
        </>
      )}
    </>
  );
}
