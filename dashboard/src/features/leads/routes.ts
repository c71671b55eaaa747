import { createRoute, lazyRouteComponent } from '@tanstack/react-router';
import * as z from 'zod/mini';
import { shellRoute } from '../../routing/routes.tsx';

const text = z.catch(z.optional(z.string().check(z.maxLength(200))), undefined);

/** Filters, sort and page of the open list; an invalid one is ignored. */
const leadsSearch = z.object({
  q: text,
  campaign: z.catch(z.optional(z.uuid()), undefined),
  import: z.catch(z.optional(z.uuid()), undefined),
  verification: text,
  state: text,
  suppressed: z.catch(z.optional(z.enum(['yes', 'no'])), undefined),
  reason: text,
  kind: z.catch(z.optional(z.enum(['addresses', 'domains'])), undefined),
  sort: text,
  desc: z.catch(z.optional(z.boolean()), undefined),
  page: z.catch(z.optional(z.int().check(z.positive())), undefined),
});

/** As it is set: undefined takes a part out of the address. */
export type LeadsSearch = {
  [Key in keyof z.infer<typeof leadsSearch>]?: z.infer<typeof leadsSearch>[Key] | undefined;
};

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
const leadRoute = createRoute({
  getParentRoute: () => shellRoute,
  path: '/leads/$clientId/$email',
  component: lazyRouteComponent(() => import('./LeadPage.tsx'), 'LeadPage'),
});

export const leadRoutes = [layoutRoute.addChildren([listRoute, suppressionsRoute]), leadRoute] as const;
