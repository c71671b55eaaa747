import { createRoute, lazyRouteComponent, redirect } from '@tanstack/react-router';
import * as z from 'zod/mini';
import { readSession } from '../../data/session.ts';
import { rootRoute } from '../../routing/routes.tsx';

/** Only an address within this site: a foreign one must not lead people away after signing in. */
export const isOwnPlace = (next: string): boolean => /^\/(?![/\\])/.test(next);

const search = z.object({
  next: z.catch(z.optional(z.string().check(z.refine(isOwnPlace))), undefined),
  reason: z.catch(z.optional(z.literal('expired')), undefined),
});

export const signInRoute = createRoute({
  getParentRoute: () => rootRoute,
  path: '/sign-in',
  validateSearch: (raw) => search.parse(raw),
  beforeLoad: ({ search: { next } }) => {
    if (readSession()) throw redirect({ href: next ?? '/' });
  },
  component: lazyRouteComponent(() => import('./SignInPage.tsx'), 'SignInPage'),
});
