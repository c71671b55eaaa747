import { createRoute, lazyRouteComponent } from '@tanstack/react-router';
import { operatorRoute } from '../../app/shell-route.tsx';
import { operationsRoutes } from '../operations/routes.ts';

const clientsRoute = createRoute({
  getParentRoute: () => operatorRoute,
  path: '/clients',
  component: lazyRouteComponent(() => import('./ClientsPage.tsx'), 'ClientsPage'),
});

export const operatorRoutes = [
  clientsRoute,
  ...operationsRoutes,
] as const;
