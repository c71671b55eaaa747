import { formatMoment } from '../../../shared/format.ts';

/** Of what did not get through at once: how often it was tried, and when the next attempt is. */
export function attemptsText({ attempts, next_attempt_at: next }: {
  attempts: number;
  next_attempt_at: string | null;
}): string | null {
  const parts = [
    attempts > 1 && `${attempts} attempts`,
    attempts > 0 && next && `next at ${formatMoment(next).split(', ').at(-1)}`,
  ];
  return parts.filter(Boolean).join(', ') || null;
}
