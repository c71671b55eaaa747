import { createRoute, lazyRouteComponent } from '@tanstack/react-router';
import { shellRoute } from '../../app/shell-route.tsx';
import { inboxSearch } from './search.ts';

export const inboxRoute = createRoute({
  getParentRoute: () => shellRoute,
  path: '/inbox',
  validateSearch: (raw) => inboxSearch.parse(raw),
  component: lazyRouteComponent(() => import('./InboxPage.tsx'), 'InboxPage'),
});
