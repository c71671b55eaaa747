// How fast people were answered, in words.
import type { ReplyTimes } from '../data/reply-times.ts';
import { formatAge, formatRate } from './format.ts';

/** Of the answers; "0.0%" would look like a measurement of something. */
export const shareOrNone = (share: number | null): string => share ? formatRate(share) : 'none';

/** "answered in 2 h (median), 12.5% within 5 minutes". */
export function replyTimeText(
  { median_seconds, share_under_5_minutes }: Pick<ReplyTimes, 'median_seconds' | 'share_under_5_minutes'>,
): string {
  return `answered in ${formatAge(median_seconds ?? 0)} (median), ${
    shareOrNone(share_under_5_minutes)
  } within 5 minutes`;
}
