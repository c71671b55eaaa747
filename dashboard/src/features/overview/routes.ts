import { createRoute, lazyRouteComponent } from '@tanstack/react-router';
import * as z from 'zod/mini';
import { dimensions } from '../../data/segments.ts';
import { shellRoute } from '../../routing/routes.tsx';

const search = z.object({
  /** What the segments are cut by. */
  by: z.catch(z.optional(z.enum(dimensions)), undefined),
});

export const overviewRoute = createRoute({
  getParentRoute: () => shellRoute,
  path: '/overview',
  validateSearch: (raw) => search.parse(raw),
  component: lazyRouteComponent(() => import('./OverviewPage.tsx'), 'OverviewPage'),
});
