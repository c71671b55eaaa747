// The routes that pages hang below. The frame around the pages (app/shell) is put in by app/router.tsx: a page knows the
// route above it, not what is drawn there.
import type { QueryClient } from '@tanstack/react-query';
import {
  createRootRouteWithContext,
  createRoute,
  Link,
  Outlet,
  redirect,
  retainSearchParams,
} from '@tanstack/react-router';
import * as z from 'zod/mini';
import { rangeSearch } from '../data/range.ts';
import { hasSessionEnded, readSession, useSession } from '../data/session.ts';
import { StateCard } from '../shared/StateCard.tsx';
import { Button } from '../ui/button.tsx';
import { Toaster } from '../ui/toast.tsx';

export const rootRoute = createRootRouteWithContext<{ queryClient: QueryClient }>()({
  component: () => (
    <>
      <Outlet />
      <Toaster />
    </>
  ),
});

const search = z.object({
  client: z.catch(z.optional(z.uuid()), undefined),
  ...rangeSearch,
});

type ShellSearch = z.infer<typeof search>;

/** Every page behind the sign-in. They share a part of the address: the client an operator looks at, and the period. */
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
});

/** Pages below it are for operators; others see why they cannot open them. */
export const operatorRoute = createRoute({
  getParentRoute: () => shellRoute,
  id: 'operators',
  component: function OperatorsOnly() {
    return useSession()?.role === 'operator' ? <Outlet /> : (
      <StateCard
        kind='forbidden'
        title='This page is for your agency’s operators'
        advice='Go back to your own results, or ask your agency for what you need.'
        action={
          <Button asChild variant='primary'>
            <Link to='/overview'>Open your overview</Link>
          </Button>
        }
      />
    );
  },
});
