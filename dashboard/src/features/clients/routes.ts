import { createRoute, lazyRouteComponent } from '@tanstack/react-router';
import { operatorRoute } from '../../routing/routes.tsx';

export const clientsRoute = createRoute({
  getParentRoute: () => operatorRoute,
  path: '/clients',
  component: lazyRouteComponent(() => import('./ClientsPage.tsx'), 'ClientsPage'),
});
