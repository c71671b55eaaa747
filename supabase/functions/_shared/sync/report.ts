import { z } from 'zod';

/** The parts of a sync, beside the campaigns, that can fail on their own. */
export const syncSteps = [
  'campaigns',
  'organizations',
  'labels',
  'webhook',
  'replay',
  'replies',
  'answers',
  'accounts',
  'outage',
] as const;
export type SyncStep = typeof syncSteps[number];

/** What a sync has done so far; saved with each checkpoint, finally the job's result. */
export const report = z.object({
  campaigns_imported: z.number().default(0),
  campaigns_updated: z.number().default(0),
  campaigns_synced: z.number().default(0),
  accounts_imported: z.number().default(0),
  accounts_updated: z.number().default(0),
  campaigns_deleted: z.number().default(0),
  leads: z.number().default(0),
  leads_removed: z.number().default(0),
  events_replayed: z.number().default(0),
  replies_reconciled: z.number().default(0),
  answers_read: z.number().default(0),
  facts_recovered: z.number().default(0),
  mails_recovered: z.number().default(0),
  events_inferred: z.number().default(0),
  errors: z.array(z.object({
    campaign_id: z.string().optional(),
    step: z.string().optional(),
    /** Set when only this row of a list was skipped. */
    row: z.string().optional(),
    code: z.string(),
    message: z.string(),
  })).default([]),
});
export type SyncError = z.infer<typeof report>['errors'][number];
export type SyncReport = z.infer<typeof report>;
