import { createRoute, lazyRouteComponent } from '@tanstack/react-router';
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

const publicPages = () => import('./public-pages.ts');

/** Where the link at the end of a report leads, without a sign-in. */
export const stopReportsRoute = createRoute({
  getParentRoute: () => rootRoute,
  path: '/stop-reports',
  component: lazyRouteComponent(publicPages, 'StopReportsPage'),
});

/** A report behind a share link, whose token is in the fragment; without a sign-in. */
export const sharedReportRoute = createRoute({
  getParentRoute: () => rootRoute,
  path: '/shared-report',
  component: lazyRouteComponent(publicPages, 'SharedReportPage'),
});
