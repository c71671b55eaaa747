// What the address of the inbox can name. Apart from the queries, because every page loads it with its routes.
import type { Enums } from './supabase.ts';

export type Sentiment = Enums['interest_status'];

/** Replies by verdict. "unanswered": it has none, and it is no automatic reply. */
export const shownReplies = ['unanswered', 'all', 'qualified', 'not_interested', 'neutral'] as const;
export type ShownReplies = typeof shownReplies[number];

export const sentiments = ['positive', 'neutral', 'negative', 'none'] as const;

/** Conversations. waiting: no one has answered yet; mine: assigned to the reader. */
export const threadShows = ['waiting', 'mine', 'snoozed', 'answered', 'conversations'] as const;
export type ThreadShow = typeof threadShows[number];

/** A mail from outside the campaigns beside their messages, whose ids are uuids: in the address, and in the list. */
export const outsideKey = (id: number): string => `outside-${id}`;

export const outsideKeyForm = /^outside-[1-9]\d{0,14}$/;

/** Undefined: the key is that of a message of a campaign. */
export function outsideIdOf(key: string | undefined): number | undefined {
  return key !== undefined && outsideKeyForm.test(key) ? Number(key.slice('outside-'.length)) : undefined;
}
