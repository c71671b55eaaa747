// The search parameters of the inbox; an invalid one is ignored.
import * as z from 'zod/mini';
import {
  outsideKeyForm,
  sentiments,
  type ShownReplies,
  shownReplies,
  type ThreadShow,
  threadShows,
} from '../../data/inbox-choices.ts';
import { replyClasses } from '../../data/reply-classes.ts';

/** What the list can show: replies, conversations (for operators), or mail from outside the campaigns. */
export type Shown = ShownReplies | ThreadShow | 'outside';

/** What it shows at first: work for operators, replies to review for clients. */
export const shownAtFirst = (isOperator: boolean): Shown => isOperator ? 'waiting' : 'unanswered';

export const isThreadShow = (shown: Shown): shown is ThreadShow =>
  (threadShows as readonly string[]).includes(shown);

export const isReplyShow = (shown: Shown): shown is ShownReplies =>
  (shownReplies as readonly string[]).includes(shown);

export const inboxSearch = z.object({
  show: z.catch(z.optional(z.enum([...shownReplies, ...threadShows, 'outside'])), undefined),
  sentiment: z.catch(z.optional(z.enum(sentiments)), undefined),
  /** What the newest reply is. */
  class: z.catch(z.optional(z.enum(replyClasses)), undefined),
  campaign: z.catch(z.optional(z.uuid()), undefined),
  /** True shows automatic replies too. */
  automatic: z.catch(z.optional(z.boolean()), undefined),
  /** Search text, in everything that was sent and received. */
  q: z.catch(z.optional(z.string().check(z.maxLength(500))), undefined),
  direction: z.catch(z.optional(z.enum(['sent', 'received'])), undefined),
  /** The open message; one from outside the campaigns is named by a word and a number. */
  message: z.catch(z.optional(z.union([z.uuid(), z.string().check(z.regex(outsideKeyForm))])), undefined),
  /** How many pages of the list are open. */
  page: z.catch(z.optional(z.int().check(z.positive(), z.lte(50))), undefined),
});

export type InboxSearch = z.infer<typeof inboxSearch>;
