// What mutation testing changes, and the unit tests that have to notice it, by group.

export interface Group {
  /** Files that are changed. */
  mutate: string[];
  /** Names of files in tests/unit: no others run. */
  tests: string[];
}

const shared = 'supabase/functions/_shared';

export const groups: Record<string, Group> = {
  keys: {
    mutate: [`${shared}/events/*.ts`, `${shared}/platform/digest.ts`, `${shared}/connections/encryption.ts`],
    tests: ['email-address', 'encryption', 'event-keys', 'prepared-event', 'provider-time'],
  },
  fields: {
    mutate: [
      `${shared}/platform/person-name.ts`,
      `${shared}/providers/bounce-text.ts`,
      `${shared}/providers/custom-fields.ts`,
    ],
    tests: ['bounce', 'custom-fields'],
  },
  instantly: {
    mutate: [`${shared}/providers/instantly/*-mapping.ts`, `${shared}/providers/instantly/interest.ts`],
    tests: ['instantly-event', 'instantly-mapping', 'instantly-webhook-mapping', 'interest'],
  },
  smartlead: {
    mutate: [
      `${shared}/providers/smartlead/*-mapping.ts`,
      ...['days', 'event-details', 'interest', 'webhook-category', 'webhook-shape']
        .map((name) => `${shared}/providers/smartlead/${name}.ts`),
    ],
    tests: [
      'bounce',
      'interest',
      'smartlead-campaigns',
      'smartlead-days',
      'smartlead-event',
      'smartlead-leads',
      'smartlead-places',
      'smartlead-shapes',
      'smartlead-sides',
      'smartlead-webhook-mapping',
    ],
  },
  import: {
    mutate: ['guess-mapping', 'headings', 'map-row', 'targets', 'variable-names', 'verifier-words']
      .map((name) => `${shared}/import/${name}.ts`),
    tests: ['guess-mapping', 'heading-names', 'import-lists', 'map-row'],
  },
  rates: {
    mutate: [
      `${shared}/providers/rate-budget.ts`,
      `${shared}/providers/attempts.ts`,
      `${shared}/mcp/numbers.ts`,
      `${shared}/mcp/words.ts`,
    ],
    tests: ['attempts', 'rate-budget', 'written-rates'],
  },
  export: {
    mutate: [
      'check',
      'estimate',
      'lead-from-business',
      'receipts',
      'run-export',
      'send-batch',
      'sequence',
    ].map((name) => `${shared}/export/${name}.ts`),
    tests: ['estimate', 'export-check', 'export-mapping', 'run-export', 'send-batch', 'sequence'],
  },
  jobs: {
    mutate: [`${shared}/jobs/run-job.ts`, `${shared}/connections/connection-job.ts`],
    tests: ['connection-job', 'explain-provider-error', 'run-job'],
  },
};
