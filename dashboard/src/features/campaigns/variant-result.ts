// How a variant did against the best other one of its step, in words.
import type { StepRow } from '../../data/steps.ts';
import { tooFew } from '../../shared/signal.ts';

export function variantResult(
  row: Pick<StepRow, 'significance' | 'is_best'>,
): { text: string; tone: 'neutral' | 'good' | 'bad' } | null {
  switch (row.significance) {
    case null:
      return null;
    case 'not_enough_signal':
      return { text: tooFew, tone: 'neutral' };
    case 'no_difference':
      return { text: 'No difference yet', tone: 'neutral' };
    case 'likely':
      return row.is_best ? { text: 'Likely better', tone: 'good' } : { text: 'Likely worse', tone: 'bad' };
    case 'significant':
      return row.is_best ? { text: 'Clearly better', tone: 'good' } : { text: 'Clearly worse', tone: 'bad' };
  }
}

/** The number behind the words. */
export function explainResult(row: Pick<StepRow, 'significance' | 'p_value'>): string {
  switch (row.significance) {
    case 'not_enough_signal':
      return 'Each variant needs 100 emails, and enough replies to rule out chance.';
    case 'no_difference':
    case 'likely':
    case 'significant':
      return row.p_value === null
        ? 'Both variants had the same result.'
        : `If both variants performed the same, a difference this big would occur by chance in ${
          row.p_value < 0.001
            ? 'fewer than 1 in 1,000'
            : `${Math.max(1, Math.round(row.p_value * 100))} in 100`
        } cases (p ${row.p_value < 0.0001 ? '< 0.0001' : `= ${row.p_value}`}).`;
    case null:
      return 'This step has no other variant to compare with.';
  }
}
