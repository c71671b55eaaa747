import { z } from 'zod';
import { callFunction, type ServiceClient } from '../database.ts';
import type { Job, RunOutcome } from '../jobs.ts';
import type { ProviderSession } from '../providers/provider.ts';
import { type SyncCampaign, syncCampaign, syncCampaigns } from './sync-campaign.ts';
import { TotalsReader } from './totals-reader.ts';

/** How far a sync got. Each page moves it, so a killed run repeats one page at the most. */
const position = z.discriminatedUnion('phase', [
  z.object({ phase: z.literal('campaigns'), page: z.string().optional() }),
  z.object({ phase: z.literal('labels'), page: z.string().optional() }),
  z.object({
    phase: z.literal('reading'),
    /** The last campaign that is done. */
    after: z.string().optional(),
    /** Where the walk through the leads of the campaign behind `after` stands. */
    page: z.string().optional(),
  }),
]);
export type Position = z.infer<typeof position>;

const report = z.object({
  campaigns_imported: z.number().default(0),
  campaigns_updated: z.number().default(0),
  campaigns_synced: z.number().default(0),
  leads: z.number().default(0),
  errors: z.array(z.object({ campaign_id: z.string(), code: z.string(), message: z.string() })).default([]),
});
export type SyncReport = z.infer<typeof report>;

export interface SyncContext {
  database: ServiceClient;
  session: ProviderSession;
  now: () => Date;
}

/** A running sync: the job, what it has done so far, and one way to save both. */
export interface SyncRun {
  job: Job;
  context: SyncContext;
  report: SyncReport;
  full: boolean;
  totals: TotalsReader;
  save(position: Position, progress?: { done: number; total: number }): Promise<void>;
}

/** One run of a sync job: campaigns, labels, then per campaign totals, days and leads. */
export async function runSync(job: Job, context: SyncContext): Promise<RunOutcome> {
  const run: SyncRun = {
    job,
    context,
    report: report.parse(job.result),
    full: job.parameters['full'] !== false,
    totals: new TotalsReader(context.session, []),
    save: (at, progress) => job.save({ cursor: at, result: run.report, ...progress }),
  };
  const start = Object.keys(job.cursor).length === 0 ? { phase: 'campaigns' } : job.cursor;
  let at: Position = position.parse(start);

  if (at.phase === 'campaigns') at = await readCampaigns(run, at.page);
  if (at.phase === 'labels') at = await readLabels(run, at.page);
  if (job.isOutOfTime()) return { status: 'paused' };

  const campaigns = await callFunction(
    context.database,
    'list_sync_campaigns',
    {
      target_connection_id: job.connection_id,
      target_client_id: job.client_id,
      listed_since: job.created_at,
    },
    syncCampaigns,
  );
  if (at.phase === 'reading' && !await readEach(run, campaigns, at)) return { status: 'paused' };

  const failed = run.report.errors.length;
  if (failed === 0) return { status: 'completed', result: run.report };
  return {
    status: failed === campaigns.length ? 'failed' : 'partial',
    result: run.report,
    code: 'SYNC_FAILED',
    message: `${failed} of ${campaigns.length} campaigns could not be read; the next sync tries them again`,
  };
}

async function readCampaigns(run: SyncRun, from: string | undefined): Promise<Position> {
  let cursor = from;
  do {
    const page = await run.context.session.listCampaigns(cursor);
    const counted = await callFunction(
      run.context.database,
      'record_provider_campaigns',
      { target_connection_id: run.job.connection_id, listed: page.items },
      z.object({ imported: z.number(), updated: z.number() }),
    );
    run.report.campaigns_imported += counted.imported;
    run.report.campaigns_updated += counted.updated;
    cursor = page.next;
    await run.save(cursor === undefined ? { phase: 'labels' } : { phase: 'campaigns', page: cursor });
  } while (cursor !== undefined);
  return { phase: 'labels' };
}

async function readLabels(run: SyncRun, from: string | undefined): Promise<Position> {
  let cursor = from;
  do {
    const page = await run.context.session.listLabels(cursor);
    await callFunction(
      run.context.database,
      'record_provider_labels',
      { target_connection_id: run.job.connection_id, labels: page.items },
      z.number(),
    );
    cursor = page.next;
    await run.save(cursor === undefined ? { phase: 'reading' } : { phase: 'labels', page: cursor });
  } while (cursor !== undefined);
  return { phase: 'reading' };
}

/** Reads the campaigns behind the position; false when the time is up. */
async function readEach(
  run: SyncRun,
  campaigns: SyncCampaign[],
  at: Extract<Position, { phase: 'reading' }>,
): Promise<boolean> {
  const after = at.after;
  const remaining = after === undefined
    ? campaigns
    : campaigns.filter((campaign) => campaign.campaign_id > after);
  run.totals = new TotalsReader(
    run.context.session,
    remaining.map((campaign) => campaign.provider_campaign_id),
  );
  let page = at.page;
  let failuresInARow = 0;

  for (const campaign of remaining) {
    if (run.job.isOutOfTime()) return false;
    const progress = { done: campaigns.indexOf(campaign) + 1, total: campaigns.length };
    const outcome = await syncCampaign(run, campaign, { after: at.after, page, failuresInARow });
    if (outcome === 'out of time') return false;
    failuresInARow = outcome === 'failed' ? failuresInARow + 1 : 0;
    page = undefined;
    at = { phase: 'reading', after: campaign.campaign_id };
    await run.save(at, progress);
  }
  return true;
}
