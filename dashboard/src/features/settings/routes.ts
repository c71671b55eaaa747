import { createRoute, lazyRouteComponent } from '@tanstack/react-router';
import * as z from 'zod/mini';
import { shellRoute } from '../../routing/routes.tsx';

const search = z.object({
  tab: z.catch(
    z.optional(
      z.enum([
        'connections',
        'clients',
        'costs',
        'people',
        'notifications',
        'crm',
        'agency',
        'retention',
        'personal-data',
        'email',
        'assistants',
      ]),
    ),
    undefined,
  ),
});

export const settingsRoute = createRoute({
  getParentRoute: () => shellRoute,
  path: '/settings',
  validateSearch: (raw) => search.parse(raw),
  component: lazyRouteComponent(() => import('./SettingsPage.tsx'), 'SettingsPage'),
});
