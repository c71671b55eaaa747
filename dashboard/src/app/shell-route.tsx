// Everything behind the sign-in. Its part of the address is shared by all pages below: the client that an operator
// looks at, and the period.
import { createRoute, Link, Outlet, redirect, retainSearchParams } from '@tanstack/react-router';
import * as z from 'zod/mini';
import { rangeSearch } from '../data/range.ts';
import { hasSessionEnded, readSession, useSession } from '../data/session.ts';
import { StateCard } from '../shared/StateCard.tsx';
import { Button } from '../ui/button.tsx';
import { rootRoute } from './root-route.tsx';
import { AppShell } from './shell/AppShell.tsx';

const search = z.object({
  client: z.catch(z.optional(z.uuid()), undefined),
  ...rangeSearch,
});

type ShellSearch = z.infer<typeof search>;

export const shellRoute = createRoute({
  getParentRoute: () => rootRoute,
  id: 'shell',
  validateSearch: (raw): ShellSearch => search.parse(raw),
  search: { middlewares: [retainSearchParams<ShellSearch>(['client', 'range', 'from', 'to', 'compare'])] },
  beforeLoad: ({ location }) => {
    if (readSession()) return;
    const isStart = location.pathname === '/';
    throw redirect({
      to: '/sign-in',
      search: {
        ...(isStart ? {} : { next: location.href }),
        ...(hasSessionEnded() ? { reason: 'expired' as const } : {}),
      },
    });
  },
  component: AppShell,
});

/** Pages below it are for operators; anybody else is told so. */
export const operatorRoute = createRoute({
  getParentRoute: () => shellRoute,
  id: 'operators',
  component: function OperatorsOnly() {
    return useSession()?.role === 'operator' ? <Outlet /> : (
      <StateCard
        kind='forbidden'
        title='This page is for operators of the agency'
        advice='Go back to your own numbers, or ask your agency for what you need.'
        action={
          <Button asChild variant='primary'>
            <Link to='/overview'>Open your overview</Link>
          </Button>
        }
      />
    );
  },
});
