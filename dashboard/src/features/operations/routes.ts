import { createRoute, lazyRouteComponent, redirect } from '@tanstack/react-router';
import { operatorRoute } from '../../routing/routes.tsx';
import { type OperationsSearch, operationsSearch } from './search.ts';

const layoutRoute = createRoute({
  getParentRoute: () => operatorRoute,
  path: '/operations',
  validateSearch: (raw): OperationsSearch => operationsSearch.parse(raw),
  component: lazyRouteComponent(() => import('./OperationsLayout.tsx'), 'OperationsLayout'),
});

// Written out, not generated: the router takes the addresses and the lazy imports from these literals.
const startRoute = createRoute({
  getParentRoute: () => layoutRoute,
  path: '/',
  beforeLoad: () => {
    throw redirect({ to: '/operations/connections' });
  },
});

const connectionsRoute = createRoute({
  getParentRoute: () => layoutRoute,
  path: '/connections',
  component: lazyRouteComponent(() => import('./ConnectionsPage.tsx'), 'ConnectionsPage'),
});
const unmappedRoute = createRoute({
  getParentRoute: () => layoutRoute,
  path: '/unmapped',
  component: lazyRouteComponent(() => import('./UnmappedPage.tsx'), 'UnmappedPage'),
});
const deadLettersRoute = createRoute({
  getParentRoute: () => layoutRoute,
  path: '/dead-letters',
  component: lazyRouteComponent(() => import('./DeadLettersPage.tsx'), 'DeadLettersPage'),
});
const jobsRoute = createRoute({
  getParentRoute: () => layoutRoute,
  path: '/jobs',
  component: lazyRouteComponent(() => import('./JobsPage.tsx'), 'JobsPage'),
});
const alertsRoute = createRoute({
  getParentRoute: () => layoutRoute,
  path: '/alerts',
  component: lazyRouteComponent(() => import('./AlertsPage.tsx'), 'AlertsPage'),
});
const accountsRoute = createRoute({
  getParentRoute: () => layoutRoute,
  path: '/email-accounts',
  component: lazyRouteComponent(() => import('./EmailAccountsPage.tsx'), 'EmailAccountsPage'),
});
const ledgerRoute = createRoute({
  getParentRoute: () => layoutRoute,
  path: '/ledger',
  component: lazyRouteComponent(() => import('./LedgerPage.tsx'), 'LedgerPage'),
});
const driftRoute = createRoute({
  getParentRoute: () => layoutRoute,
  path: '/drift',
  component: lazyRouteComponent(() => import('./DriftPage.tsx'), 'DriftPage'),
});
const auditRoute = createRoute({
  getParentRoute: () => layoutRoute,
  path: '/audit',
  component: lazyRouteComponent(() => import('./AuditPage.tsx'), 'AuditPage'),
});
const callsRoute = createRoute({
  getParentRoute: () => layoutRoute,
  path: '/calls',
  component: lazyRouteComponent(() => import('./CallsPage.tsx'), 'CallsPage'),
});

export const operationsRoute = layoutRoute.addChildren([
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
]);
