import { iso } from '../dates.ts';
import type { Route } from '../router.ts';

export const clientRoutes: readonly Route[] = [
  {
    method: 'GET',
    path: '/client',
    handle: ({ workspace: { record } }) =>
      record.clients.map(({ id, created, name, email, uuid }) => ({
        id,
        name,
        email,
        uuid,
        created_at: iso(created),
        user_id: record.userId,
        logo: null,
        logo_url: null,
        // Spelled like this by the real service.
        client_permision: { permission: ['reply_master_inbox'], retricted_category: [] },
      })),
  },
];
