/** What every step of a sync needs. */
import { z } from 'zod';
import type { ServiceClient } from '../platform/database.ts';
import type { ConnectionJob } from '../jobs/run-job.ts';
import type { MasterKeys } from '../platform/environment.ts';
import type { ProviderSession } from '../providers/provider.ts';
import type { WebhookOutage } from './outage/outage.ts';
import type { Position } from './position.ts';
import type { SyncReport } from './report.ts';

/** Milliseconds by which a provider's clock, which decides when something happened, may be ahead of ours or behind it. */
export const clockDifference = 10 * 60_000;

export interface SyncContext {
  database: ServiceClient;
  session: ProviderSession;
  /** Another session of the same workspace, for reading beside it: it shares the rate budget, not the rows that were skipped. */
  openSession: () => ProviderSession;
  now: () => Date;
  environment: { masterKeys: MasterKeys | undefined };
  /** Public URL of the functions, to which providers deliver. */
  functionsUrl: string;
}

/** A running sync: the job, its report so far, and how to save both. */
export interface SyncRun {
  job: ConnectionJob;
  context: SyncContext;
  /** Several campaigns add to it at the same time: wait for a number first, then add it (`+= await` would lose another's). */
  report: SyncReport;
  full: boolean;
  /** The outage whose events are still to be recovered; null when there is none. */
  outage: WebhookOutage | null;
  save(position: Position, progress?: { done: number; total: number }): Promise<void>;
}

const syncCampaignRow = z.object({
  campaign_id: z.uuid(),
  provider_campaign_id: z.string(),
  provider_created_at: z.string().nullable(),
  leads_fingerprint: z.string().nullable(),
  leads_walked_at: z.string().nullable(),
  has_analytics: z.boolean(),
});
export const syncCampaigns = z.array(syncCampaignRow);
export type SyncCampaign = z.infer<typeof syncCampaignRow>;
