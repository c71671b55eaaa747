import { z } from 'zod';
import { ahead } from '../ahead.ts';
import { callFunction } from '../database.ts';
import { sha256Hex } from '../digest.ts';
import { AppError } from '../errors.ts';
import { explainProviderError } from '../jobs.ts';
import { type CampaignTotals, ProviderError, type ProviderLead } from '../providers/provider.ts';
import { readMailFacts } from './mail-facts.ts';
import type { SyncRun } from './run-sync.ts';

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

/** Days that are read again each time: opens and replies arrive late and change the day they belong to. */
const lateDays = 7;

/** A walk through the leads is skipped at the most this long, because a label can change without any total moving. */
const longestSkip = 24 * 3_600_000;

/** Above this something is wrong with the paging; the campaign is recorded as failed instead of read for ever. */
const mostPages = 20_000;

/**
 * Five pages: with a write after each page 100,000 leads took 32 s, so 14 s (`npm run bench -- sync`). A killed worker
 * reads at the most ten pages again.
 */
const leadsPerWrite = 500;

/** A provider that fails this many campaigns in a row is down; then the whole job waits instead of failing each one. */
const mostFailuresInARow = 3;

export interface CampaignPosition {
  after: string | undefined;
  page: string | undefined;
  failuresInARow: number;
}

/**
 * Reads one campaign. Its own trouble is recorded in the report and does not stop the others; trouble of the whole
 * connection (key, rate limit, provider down) is thrown and ends or delays the job.
 */
export async function syncCampaign(
  run: SyncRun,
  campaign: SyncCampaign,
  at: CampaignPosition,
): Promise<'done' | 'failed' | 'out of time'> {
  try {
    const fingerprint = await readTotals(run, campaign);
    const walk = at.page !== undefined || mustWalk(run, campaign, fingerprint);
    // A walk that was interrupted has read the days and the steps already.
    if (at.page === undefined && (walk || !run.context.session.readsOnlyMoved)) {
      await readDays(run, campaign);
      if (fingerprint !== null) await readSteps(run, campaign);
    }
    if (walk && !await walkLeads(run, campaign, at)) return 'out of time';
    const facts = walk ? await readMailFacts(run, campaign) : 'complete';
    if (facts === 'out of time') return 'out of time';

    await callFunction(
      run.context.database,
      'record_campaign_synced',
      {
        target_campaign_id: campaign.campaign_id,
        fingerprint: walk && facts === 'complete' ? fingerprint : null,
      },
      z.unknown(),
    );
    run.report.campaigns_synced++;
    return 'done';
  } catch (error) {
    const problem = describeProblem(error, at.failuresInARow);
    if (problem === undefined) throw error;
    run.report.errors.push({ campaign_id: campaign.campaign_id, ...problem });
    return 'failed';
  }
}

/** The campaign's own problem, or undefined when the error concerns more than this campaign. */
function describeProblem(
  error: unknown,
  failuresInARow: number,
): { code: string; message: string } | undefined {
  if (error instanceof AppError && error.code !== 'INTERNAL') {
    return { code: error.code, message: error.message };
  }
  if (!(error instanceof ProviderError)) return undefined;
  if (error.concernsConnection || error.kind === 'rate_limited' || error.kind === 'unreachable') {
    return undefined;
  }
  if (failuresInARow + 1 >= mostFailuresInARow && error.isTemporary) return undefined;
  return explainProviderError(error);
}

/** Writes the lifetime totals and returns their fingerprint; null for a campaign that has never sent. */
async function readTotals(run: SyncRun, campaign: SyncCampaign): Promise<string | null> {
  const totals = await run.totals.of(campaign.provider_campaign_id);
  if (totals === undefined) return null;
  const { provider_campaign_id: _, ...counts } = totals;
  await callFunction(
    run.context.database,
    'record_campaign_totals',
    { totals: [{ campaign_id: campaign.campaign_id, ...counts }] },
    z.unknown(),
  );
  return fingerprintOf(totals);
}

function fingerprintOf(totals: CampaignTotals): string {
  return sha256Hex(JSON.stringify(Object.entries(totals).sort())).slice(0, 32);
}

function mustWalk(run: SyncRun, campaign: SyncCampaign, fingerprint: string | null): boolean {
  // What happened in a gap may move a lead and no total, such as a second open.
  if (run.gap !== null && run.gap.ends_at !== null) return true;
  if (run.full || fingerprint === null || campaign.leads_walked_at === null) return true;
  if (campaign.leads_fingerprint !== fingerprint) return true;
  return run.context.now().getTime() - Date.parse(campaign.leads_walked_at) > longestSkip;
}

async function readDays(run: SyncRun, campaign: SyncCampaign): Promise<void> {
  const today = run.context.now();
  const allHistory = run.full || !campaign.has_analytics;
  const recent = new Date(today.getTime() - (lateDays - 1) * 86_400_000);
  const from = allHistory && campaign.provider_created_at ? new Date(campaign.provider_created_at) : recent;
  const days = await run.context.session.readDays(campaign.provider_campaign_id, dayOf(from), dayOf(today));
  if (days.length === 0) return;
  await callFunction(
    run.context.database,
    'record_campaign_analytics',
    { target_campaign_id: campaign.campaign_id, days },
    z.unknown(),
  );
}

/** The steps have no days to read again: the answer is the whole life of each, of a campaign that has sent anything. */
async function readSteps(run: SyncRun, campaign: SyncCampaign): Promise<void> {
  const steps = await run.context.session.readSteps(campaign.provider_campaign_id);
  if (steps.length === 0) return;
  await callFunction(
    run.context.database,
    'record_campaign_steps',
    { target_campaign_id: campaign.campaign_id, steps },
    z.unknown(),
  );
}

/**
 * Reads the leads page by page; false when the time is up. A few pages at a time are written with the cursor behind them,
 * while the provider is asked for the next ones.
 */
async function walkLeads(run: SyncRun, campaign: SyncCampaign, at: CampaignPosition): Promise<boolean> {
  const read = (cursor: string | undefined) =>
    ahead(run.context.session.listLeads(
      campaign.provider_campaign_id,
      cursor,
      run.full ? undefined : changedSince(campaign),
    ));
  const write = async (leads: ProviderLead[], next: string | undefined) => {
    await recordLeads(run, campaign, leads);
    if (next === undefined) return;
    const after = at.after === undefined ? {} : { after: at.after };
    await run.save({ phase: 'reading', page: next, ...after });
  };

  let cursor = at.page;
  let coming = read(cursor);
  let writing = Promise.resolve();
  let leads: ProviderLead[] = [];
  try {
    for (let pages = 0; pages < mostPages; pages++) {
      const page = await coming;
      leads.push(...page.items);
      cursor = page.next;
      const stops = cursor === undefined || run.job.isOutOfTime();
      if (!stops) coming = read(cursor);
      if (!stops && leads.length < leadsPerWrite) continue;

      await writing;
      writing = ahead(write(leads, cursor));
      leads = [];
      if (!stops) continue;
      await writing;
      return cursor === undefined;
    }
  } catch (error) {
    // What was read counts, so that a walk on a small budget gets somewhere.
    await writing;
    if (leads.length > 0) await write(leads, cursor);
    throw error;
  } finally {
    // Nothing is written any more once somebody else may take the job.
    await writing.catch(() => undefined);
  }
  throw new ProviderError(
    'unexpected_answer',
    `The provider's list of leads does not end after ${mostPages} pages`,
    { provider: run.context.session.provider },
  );
}

async function recordLeads(run: SyncRun, campaign: SyncCampaign, leads: ProviderLead[]): Promise<void> {
  if (leads.length === 0) return;
  if (run.gap !== null) await noteGapLeads(run, campaign, leads);
  run.report.leads += await callFunction(
    run.context.database,
    'record_leads',
    { target_campaign_id: campaign.campaign_id, leads },
    z.number(),
  );
}

/** A lead that changed while the last walk ran is read again. */
function changedSince(campaign: SyncCampaign): string | undefined {
  return campaign.leads_walked_at === null
    ? undefined
    : new Date(Date.parse(campaign.leads_walked_at) - 3_600_000).toISOString();
}

async function noteGapLeads(run: SyncRun, campaign: SyncCampaign, leads: ProviderLead[]): Promise<void> {
  await callFunction(
    run.context.database,
    'note_gap_leads',
    { target_campaign_id: campaign.campaign_id, leads },
    z.number(),
  );
}

function dayOf(moment: Date): string {
  return moment.toISOString().slice(0, 10);
}
