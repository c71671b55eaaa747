// What is said of a rate over too few people: how many of how many, with a caution. The only place that decides it, so
// that tiles, tables, charts, sorting and files agree.
import { formatCount, formatRate, nothing } from './format.ts';

/** The caution beside a count, everywhere in these words. */
export const tooFew = 'Too few to judge';

/** Why, for whoever asks. */
export const tooFewHint = 'A rate says something from 100 on; until then it is shown as a count.';

/** The rate where it may be judged; else nothing, which sorts below everything and leaves a cell of a file empty. */
export const judged = (rate: number | null | undefined, enoughSignal: boolean): number | null =>
  enoughSignal ? rate ?? null : null;

/** "4 of 58" */
export const countOf = (part: number | null, whole: number | null): string =>
  part === null || whole === null ? nothing : `${formatCount(part)} of ${formatCount(whole)}`;

/** "2.4%", or "4 of 58 (too few to judge)" where text is all there is. */
export const rateText = (
  rate: number | null,
  enoughSignal: boolean,
  part: number | null,
  whole: number | null,
): string =>
  enoughSignal ? formatRate(rate) : whole ? `${countOf(part, whole)} (${tooFew.toLowerCase()})` : nothing;
