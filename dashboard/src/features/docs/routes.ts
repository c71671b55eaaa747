import { createRoute, lazyRouteComponent, notFound, redirect } from '@tanstack/react-router';
import { operatorRoute } from '../../routing/routes.tsx';
import { type Document, isDocumentName } from './document.ts';

/** Written out: the bundler reads the names from this literal. A test compares them with documentNames. */
const files = import.meta.glob<Document>(
  '../../../../docs/{runbook,faq,operations,metrics,api,api-operators,api-outgoing}.md',
  { import: 'default' },
);

const startRoute = createRoute({
  getParentRoute: () => operatorRoute,
  path: '/docs',
  beforeLoad: () => {
    throw redirect({ to: '/docs/$page', params: { page: 'runbook' } });
  },
});

export const documentRoute = createRoute({
  getParentRoute: () => operatorRoute,
  path: '/docs/$page',
  loader: async ({ params: { page } }) => {
    const read = isDocumentName(page) ? files[`../../../../docs/${page}.md`] : undefined;
    if (!read) throw notFound();
    return await read();
  },
  component: lazyRouteComponent(() => import('./DocumentPage.tsx'), 'DocumentPage'),
});

export const docsRoutes = [startRoute, documentRoute] as const;
