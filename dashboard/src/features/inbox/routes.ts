import { createRoute, lazyRouteComponent } from '@tanstack/react-router';
import * as z from 'zod/mini';
import { shellRoute } from '../../app/shell-route.tsx';
import { sentiments, shownReplies } from '../../data/replies.ts';

const search = z.object({
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

export type InboxSearch = z.infer<typeof search>;

export const inboxRoute = createRoute({
  getParentRoute: () => shellRoute,
  path: '/inbox',
  validateSearch: (raw) => search.parse(raw),
  component: lazyRouteComponent(() => import('./InboxPage.tsx'), 'InboxPage'),
});
