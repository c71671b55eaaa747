import { createRoute, lazyRouteComponent } from '@tanstack/react-router';
import { shellRoute } from '../../routing/routes.tsx';
import { type LeadsSearch, leadsSearch } from './search.ts';

const layoutRoute = createRoute({
  getParentRoute: () => shellRoute,
  path: '/leads',
  validateSearch: (raw): LeadsSearch => leadsSearch.parse(raw),
  component: lazyRouteComponent(() => import('./LeadsLayout.tsx'), 'LeadsLayout'),
});
const listRoute = createRoute({
  getParentRoute: () => layoutRoute,
  path: '/',
  component: lazyRouteComponent(() => import('./LeadsPage.tsx'), 'LeadsPage'),
});
const suppressionsRoute = createRoute({
  getParentRoute: () => layoutRoute,
  path: '/suppressions',
  component: lazyRouteComponent(() => import('./SuppressionsPage.tsx'), 'SuppressionsPage'),
});
const meetingsRoute = createRoute({
  getParentRoute: () => layoutRoute,
  path: '/meetings',
  component: lazyRouteComponent(() => import('./MeetingsPage.tsx'), 'MeetingsPage'),
});
const leadRoute = createRoute({
  getParentRoute: () => shellRoute,
  path: '/leads/$clientId/$email',
  component: lazyRouteComponent(() => import('./LeadPage.tsx'), 'LeadPage'),
});

export const leadRoutes = [
  layoutRoute.addChildren([listRoute, meetingsRoute, suppressionsRoute]),
  leadRoute,
] as const;
