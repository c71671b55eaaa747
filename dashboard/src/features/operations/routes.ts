import { createRoute, lazyRouteComponent, redirect } from '@tanstack/react-router';
import { operatorRoute } from '../../app/shell-route.tsx';
import { type OperationsSearch, operationsSearch } from './search.ts';

const operationsRoute = createRoute({
  getParentRoute: () => operatorRoute,
  path: '/operations',
  validateSearch: (raw): OperationsSearch => operationsSearch.parse(raw),
  component: lazyRouteComponent(() => import('./OperationsLayout.tsx'), 'OperationsLayout'),
});

const startRoute = createRoute({
  getParentRoute: () => operationsRoute,
  path: '/',
  beforeLoad: () => {
    throw redirect({ to: '/operations/connections' });
  },
});

const connectionsRoute = createRoute({
  getParentRoute: () => operationsRoute,
  path: '/connections',
  component: lazyRouteComponent(() => import('./ConnectionsPage.tsx'), 'ConnectionsPage'),
});
const unmappedRoute = createRoute({
  getParentRoute: () => operationsRoute,
  path: '/unmapped',
  component: lazyRouteComponent(() => import('./UnmappedPage.tsx'), 'UnmappedPage'),
});
const deadLettersRoute = createRoute({
  getParentRoute: () => operationsRoute,
  path: '/dead-letters',
  component: lazyRouteComponent(() => import('./DeadLettersPage.tsx'), 'DeadLettersPage'),
});
const jobsRoute = createRoute({
  getParentRoute: () => operationsRoute,
  path: '/jobs',
  component: lazyRouteComponent(() => import('./JobsPage.tsx'), 'JobsPage'),
});
const alertsRoute = createRoute({
  getParentRoute: () => operationsRoute,
  path: '/alerts',
  component: lazyRouteComponent(() => import('./AlertsPage.tsx'), 'AlertsPage'),
});
const accountsRoute = createRoute({
  getParentRoute: () => operationsRoute,
  path: '/email-accounts',
  component: lazyRouteComponent(() => import('./EmailAccountsPage.tsx'), 'EmailAccountsPage'),
});
const ledgerRoute = createRoute({
  getParentRoute: () => operationsRoute,
  path: '/ledger',
  component: lazyRouteComponent(() => import('./LedgerPage.tsx'), 'LedgerPage'),
});
const driftRoute = createRoute({
  getParentRoute: () => operationsRoute,
  path: '/drift',
  component: lazyRouteComponent(() => import('./DriftPage.tsx'), 'DriftPage'),
});
const auditRoute = createRoute({
  getParentRoute: () => operationsRoute,
  path: '/audit',
  component: lazyRouteComponent(() => import('./AuditPage.tsx'), 'AuditPage'),
});
const callsRoute = createRoute({
  getParentRoute: () => operationsRoute,
  path: '/calls',
  component: lazyRouteComponent(() => import('./CallsPage.tsx'), 'CallsPage'),
});

export const operationsRoutes = [
  operationsRoute.addChildren([
    startRoute,
    connectionsRoute,
    unmappedRoute,
    deadLettersRoute,
    jobsRoute,
    alertsRoute,
    accountsRoute,
    ledgerRoute,
    driftRoute,
    auditRoute,
    callsRoute,
  ]),
] as const;
