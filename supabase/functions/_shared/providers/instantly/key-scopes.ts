// What an API key of Instantly must be allowed to do; the settings page shows the same list.

/** One per kind of call that we make; webhooks are read, created, changed, tested and removed. */
export const instantlyKeyScopes = [
  'workspaces:read',
  'campaigns:read',
  'campaigns:create',
  'campaigns:update',
  'leads:read',
  'leads:create',
  'leads:update',
  'leads:delete',
  'accounts:read',
  'emails:read',
  'emails:create',
  'lead-labels:read',
  'webhooks:all',
  'webhook_events:read',
] as const;
