import { createRoute, lazyRouteComponent } from '@tanstack/react-router';
import * as z from 'zod/mini';
import { rootRoute, shellRoute } from '../../routing/routes.tsx';

const listRoute = createRoute({
  getParentRoute: () => shellRoute,
  path: '/reports',
  component: lazyRouteComponent(() => import('./ReportsPage.tsx'), 'ReportsPage'),
});
const oneRoute = createRoute({
  getParentRoute: () => shellRoute,
  path: '/reports/$reportId',
  component: lazyRouteComponent(() => import('./ReportPage.tsx'), 'ReportPage'),
});

export const reportRoutes = [listRoute, oneRoute] as const;

const stopSearch = z.object({ token: z.catch(z.optional(z.uuid()), undefined) });

/** Where the link at the end of a report leads, without a sign-in. */
export const stopReportsRoute = createRoute({
  getParentRoute: () => rootRoute,
  path: '/stop-reports',
  validateSearch: (raw) => stopSearch.parse(raw),
  component: lazyRouteComponent(() => import('./StopReportsPage.tsx'), 'StopReportsPage'),
});
