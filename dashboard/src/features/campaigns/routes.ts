import { createRoute, lazyRouteComponent } from '@tanstack/react-router';
import * as z from 'zod/mini';
import { operatorRoute, shellRoute } from '../../routing/routes.tsx';

const listSearch = z.object({
  q: z.catch(z.optional(z.string()), undefined),
  sort: z.catch(z.optional(z.string()), undefined),
  desc: z.catch(z.optional(z.boolean()), undefined),
  page: z.catch(z.optional(z.int().check(z.positive())), undefined),
  /** The dialog of a new campaign is open. */
  new: z.catch(z.optional(z.boolean()), undefined),
});

const campaignsRoute = createRoute({
  getParentRoute: () => shellRoute,
  path: '/campaigns',
  validateSearch: (raw) => listSearch.parse(raw),
  component: lazyRouteComponent(() => import('./CampaignsPage.tsx'), 'CampaignsPage'),
});

const detailSearch = z.object({
  tab: z.catch(
    z.optional(z.enum(['results', 'setup', 'check', 'steps', 'messages', 'events', 'exports'])),
    undefined,
  ),
  /** "check" while the dialog asks, then the id of the export whose progress it shows: so a reload changes nothing. */
  export: z.catch(z.optional(z.union([z.literal('check'), z.uuid()])), undefined),
  /** The export whose receipts are open. */
  receipts: z.catch(z.optional(z.uuid()), undefined),
  /** What of the receipts is shown: a part of the address, the outcome, the reason, and from which one on. */
  address: z.catch(z.optional(z.string().check(z.maxLength(200))), undefined),
  outcome: z.catch(z.optional(z.string()), undefined),
  reason: z.catch(z.optional(z.string()), undefined),
  after: z.catch(z.optional(z.int().check(z.positive())), undefined),
  type: z.catch(z.optional(z.string()), undefined),
  /** A part of the address of the leads whose events are shown. */
  lead: z.catch(z.optional(z.string().check(z.maxLength(200))), undefined),
  direction: z.catch(z.optional(z.enum(['sent', 'received'])), undefined),
  /** Where the page of events or messages starts: time and id of the last one above. */
  below: z.catch(z.optional(z.string().check(z.regex(/^[^~]+~[0-9a-f-]+$/))), undefined),
});

const campaignRoute = createRoute({
  getParentRoute: () => shellRoute,
  path: '/campaigns/$campaignId',
  validateSearch: (raw) => detailSearch.parse(raw),
  component: lazyRouteComponent(() => import('./CampaignPage.tsx'), 'CampaignPage'),
});

export const campaignRoutes = [campaignsRoute, campaignRoute] as const;

/** Operators only. */
export const templatesRoute = createRoute({
  getParentRoute: () => operatorRoute,
  path: '/templates',
  component: lazyRouteComponent(() => import('./TemplatesPage.tsx'), 'TemplatesPage'),
});
