// All pages. A feature brings its own routes; add them to the list of who may see them.
import type { QueryClient } from '@tanstack/react-query';
import { createRoute, createRouter, Link, redirect } from '@tanstack/react-router';
import { readSession } from '../data/session.ts';
import { campaignRoutes, templatesRoute } from '../features/campaigns/routes.ts';
import { clientsRoute } from '../features/clients/routes.ts';
import { docsRoutes } from '../features/docs/routes.ts';
import { importRoutes } from '../features/imports/routes.ts';
import { inboxRoute } from '../features/inbox/routes.ts';
import { leadRoutes } from '../features/leads/routes.ts';
import { operationsRoute } from '../features/operations/routes.ts';
import { overviewRoute } from '../features/overview/routes.ts';
import { reportRoutes, sharedReportRoute, stopReportsRoute } from '../features/reports/routes.ts';
import { settingsRoute } from '../features/settings/routes.ts';
import { signInRoute, welcomeRoute } from '../features/sign-in/routes.ts';
import { operatorRoute, rootRoute, shellRoute } from '../routing/routes.tsx';
import { FailureCard, StateCard } from '../shared/StateCard.tsx';
import { Button } from '../ui/button.tsx';
import { Skeleton } from '../ui/skeleton.tsx';
import { AppShell } from './shell/AppShell.tsx';

const homeRoute = createRoute({
  getParentRoute: () => shellRoute,
  path: '/',
  beforeLoad: () => {
    throw redirect({ to: readSession()?.role === 'operator' ? '/clients' : '/overview' });
  },
});

shellRoute.update({ component: AppShell });

const routeTree = rootRoute.addChildren([
  signInRoute,
  welcomeRoute,
  stopReportsRoute,
  sharedReportRoute,
  shellRoute.addChildren([
    homeRoute,
    overviewRoute,
    ...campaignRoutes,
    ...importRoutes,
    ...leadRoutes,
    inboxRoute,
    ...reportRoutes,
    settingsRoute,
    operatorRoute.addChildren([clientsRoute, operationsRoute, templatesRoute, ...docsRoutes]),
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

function NotFound() {
  return (
    <StateCard
      kind='empty'
      title='Page not found'
      advice='Check the address, or start from the home page.'
      action={
        <Button asChild>
          <Link to='/'>Go to the home page</Link>
        </Button>
      }
    />
  );
}

function PageFailure({ error, reset }: { error: unknown; reset: () => void }) {
  // A page's file that is gone: a new version was put online since this one was opened.
  const isOld = error instanceof Error && /dynamically imported module|module script/i.test(error.message);
  return isOld
    ? (
      <StateCard
        kind='error'
        title='A newer version of this page is available'
        advice='Reload to continue.'
        action={<Button onClick={() => location.reload()}>Reload</Button>}
      />
    )
    : <FailureCard error={error} onRetry={reset} />;
}

export type AppRouter = ReturnType<typeof createAppRouter>;

declare module '@tanstack/react-router' {
  interface Register {
    router: AppRouter;
  }
}
