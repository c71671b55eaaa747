import { createRoute, lazyRouteComponent } from '@tanstack/react-router';
import { shellRoute } from '../../routing/routes.tsx';
import { inboxSearch } from './search.ts';

export const inboxRoute = createRoute({
  getParentRoute: () => shellRoute,
  path: '/inbox',
  validateSearch: (raw) => inboxSearch.parse(raw),
  component: lazyRouteComponent(() => import('./InboxPage.tsx'), 'InboxPage'),
});
