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
  'block_list_entries:read',
  'block_list_entries:create',
] as const;

/** For placement tests alone, an add-on of the plan; without them Replyloop shows none. */
export const instantlyPlacementScopes = [
  'inbox_placement_tests:read',
  'inbox_placement_analytics:read',
  'inbox_placement_reports:read',
] as const;
