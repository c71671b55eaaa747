import { createRoute, lazyRouteComponent, redirect } from '@tanstack/react-router';
import * as z from 'zod/mini';
import { readArrival } from '../../data/arrival.ts';
import { readSession } from '../../data/session.ts';
import { rootRoute } from '../../routing/routes.tsx';

/** Only an address within this site: a foreign one must not lead people away after signing in. */
export const isOwnPlace = (next: string): boolean => /^\/(?![/\\])/.test(next);

const search = z.object({
  next: z.catch(z.optional(z.string().check(z.refine(isOwnPlace))), undefined),
  reason: z.catch(z.optional(z.literal('expired')), undefined),
  form: z.catch(z.optional(z.enum(['password', 'magic_link', 'forgotten'])), undefined),
});

const welcomeSearch = z.object({
  next: z.catch(z.optional(z.string().check(z.refine(isOwnPlace))), undefined),
});

/** Where the links of emails lead. */
export const welcomeRoute = createRoute({
  getParentRoute: () => rootRoute,
  path: '/welcome',
  validateSearch: (raw) => welcomeSearch.parse(raw),
  beforeLoad: () => {
    if (!readArrival()) throw redirect({ to: readSession() ? '/' : '/sign-in' });
  },
  component: lazyRouteComponent(() => import('./WelcomePage.tsx'), 'WelcomePage'),
});

export const signInRoute = createRoute({
  getParentRoute: () => rootRoute,
  path: '/sign-in',
  validateSearch: (raw) => search.parse(raw),
  beforeLoad: ({ search: { next } }) => {
    // The code of a link for a forgotten password was exchanged before any page opened.
    if (readArrival()) throw redirect({ to: '/welcome' });
    if (readSession()) throw redirect({ href: next ?? '/' });
  },
  component: lazyRouteComponent(() => import('./SignInPage.tsx'), 'SignInPage'),
});
