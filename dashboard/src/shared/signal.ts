// What is shown for a rate over too few people: how many of how many, with a caution. The only place that decides it, so
// that tiles, tables, charts, sorting and files agree.
import { formatCount, formatRate, nothing } from './format.ts';

/** The caution beside a count, everywhere in these words. */
export const tooFew = 'Not enough data';

/** Why. */
export const tooFewHint = 'Rates are shown from 100 upwards. Below that you see the counts.';

/** The rate where there is enough data; otherwise null, which sorts last and leaves a cell of a file empty. */
export const rateIfEnough = (rate: number | null | undefined, enoughSignal: boolean): number | null =>
  enoughSignal ? rate ?? null : null;

/** Below every chart and table that shows opens. */
export const openRateNote =
  '* Opens are an estimate: some email apps hide them, others report opens that no person made.';

/** "4 of 58" */
export const countOf = (part: number | null, whole: number | null): string =>
  part === null || whole === null ? nothing : `${formatCount(part)} of ${formatCount(whole)}`;

/** "2.4%", or "4 of 58 (not enough data)" where text is all there is. */
export const rateText = (
  rate: number | null,
  enoughSignal: boolean,
  part: number | null,
  whole: number | null,
): string =>
  enoughSignal ? formatRate(rate) : whole ? `${countOf(part, whole)} (${tooFew.toLowerCase()})` : nothing;
