import { plural } from '../../../shared/format.ts';
import { Moment, timeOfDay } from '../../../shared/moments.tsx';

/** Whether there is anything to say of the attempts. */
export const hasAttempts = ({ attempts, next_attempt_at: next }: {
  attempts: number;
  next_attempt_at: string | null;
}): boolean => attempts > 1 || (attempts > 0 && next !== null);

/** Of what did not get through at once: how often it was tried, and when the next attempt is. */
export function Attempts({ attempts, next_attempt_at: next }: {
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
