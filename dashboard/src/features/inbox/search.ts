// What the address of the inbox may say; what does not fit is left out.
import * as z from 'zod/mini';
import { sentiments, shownReplies } from '../../data/replies.ts';

export const inboxSearch = z.object({
  show: z.catch(z.optional(z.enum(shownReplies)), undefined),
  sentiment: z.catch(z.optional(z.enum(sentiments)), undefined),
  campaign: z.catch(z.optional(z.uuid()), undefined),
  /** True shows automatic replies too. */
  automatic: z.catch(z.optional(z.boolean()), undefined),
  /** What is searched for, in everything that was sent and received. */
  q: z.catch(z.optional(z.string().check(z.maxLength(500))), undefined),
  direction: z.catch(z.optional(z.enum(['sent', 'received'])), undefined),
  /** The message that is read. */
  message: z.catch(z.optional(z.uuid()), undefined),
  /** How many pages of the list are open. */
  page: z.catch(z.optional(z.int().check(z.positive(), z.lte(50))), undefined),
});

export type InboxSearch = z.infer<typeof inboxSearch>;
