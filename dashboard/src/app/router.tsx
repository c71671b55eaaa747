// All pages. A feature brings its own routes; add them to the list of who may see them.
import type { QueryClient } from '@tanstack/react-query';
import { createRoute, createRouter, redirect } from '@tanstack/react-router';
import { readSession } from '../data/session.ts';
import { campaignRoutes } from '../features/campaigns/routes.ts';
import { inboxRoute } from '../features/inbox/routes.ts';
import { operatorRoutes } from '../features/operator/routes.ts';
import { overviewRoutes } from '../features/overview/routes.ts';
import { settingsRoutes } from '../features/settings/routes.ts';
import { signInRoute } from '../features/sign-in/routes.ts';
import { Skeleton } from '../ui/skeleton.tsx';
import { NotFound, PageFailure, rootRoute } from './root-route.tsx';
import { operatorRoute, shellRoute } from './shell-route.tsx';

const homeRoute = createRoute({
  getParentRoute: () => shellRoute,
  path: '/',
  beforeLoad: () => {
    throw redirect({ to: readSession()?.role === 'operator' ? '/clients' : '/overview' });
  },
});

const routeTree = rootRoute.addChildren([
  signInRoute,
  shellRoute.addChildren([
    homeRoute,
    ...overviewRoutes,
    ...campaignRoutes,
    inboxRoute,
    ...settingsRoutes,
    operatorRoute.addChildren([
      ...operatorRoutes,
    ]),
  ]),
]);

export function createAppRouter(queryClient: QueryClient) {
  return createRouter({
    routeTree,
    context: { queryClient },
    basepath: import.meta.env.BASE_URL,
    defaultPreload: 'intent',
    defaultPendingMs: 150,
    defaultPendingComponent: PagePending,
    defaultNotFoundComponent: NotFound,
    defaultErrorComponent: PageFailure,
    scrollRestoration: true,
  });
}

function PagePending() {
  return (
    <div aria-busy className='grid gap-4'>
      <Skeleton className='h-9 w-64' />
      <Skeleton className='h-40 w-full' />
      <Skeleton className='h-72 w-full' />
    </div>
  );
}

export type AppRouter = ReturnType<typeof createAppRouter>;

declare module '@tanstack/react-router' {
  interface Register {
    router: AppRouter;
  }
}
