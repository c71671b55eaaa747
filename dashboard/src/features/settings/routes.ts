import { createRoute, lazyRouteComponent } from '@tanstack/react-router';
import * as z from 'zod/mini';
import { shellRoute } from '../../app/shell-route.tsx';
import { settingsTabs } from './tabs.ts';

const search = z.object({
  tab: z.catch(z.optional(z.enum(settingsTabs)), undefined),
});

const settingsRoute = createRoute({
  getParentRoute: () => shellRoute,
  path: '/settings',
  validateSearch: (raw) => search.parse(raw),
  component: lazyRouteComponent(() => import('./SettingsPage.tsx'), 'SettingsPage'),
});

export const settingsRoutes = [settingsRoute] as const;
