import { z } from 'zod';
import { callFunction } from '../../platform/database.ts';
import { sha256Hex } from '../../platform/digest.ts';
import { AppError } from '../../platform/errors.ts';
import { explainProviderError } from '../../jobs/run-job.ts';
import { type CampaignTotals, ProviderError } from '../../providers/provider.ts';
import { readStatistics } from './read-statistics.ts';
import { recordOddRows } from '../odd-rows.ts';
import type { CampaignPosition } from '../position.ts';
import type { SyncCampaign, SyncRun } from '../context.ts';
import type { TotalsReader } from './totals-reader.ts';
import { walkLeads } from './walk-leads.ts';

/** Days that every sync reads again: late opens and replies change the day they belong to. */
const lateDays = 7;

/** Milliseconds for which reading the leads may be skipped, because a label can change while every total stays the same. */
const maxSkip = 24 * 3_600_000;

/** A provider that fails this many campaigns in a row is down: the whole job waits instead of failing each one. */
const maxFailuresInARow = 3;

export interface CampaignProgress extends Partial<CampaignPosition> {
  save(position: CampaignPosition): Promise<void>;
  /** Campaigns that failed one after the other before this one ended. */
  failuresInARow(): number;
}

const longLists = ['steps', 'leads', 'facts'] as const;

/**
 * Reads one campaign. Its own problems are recorded in the report and do not stop the others; problems of the whole
 * connection (key, rate limit, provider down) are thrown and end or delay the job. Each long list has a cursor, so that a
 * campaign of any size completes over several runs of the job.
 */
export async function syncCampaign(
  run: SyncRun,
  campaign: SyncCampaign,
  totals: TotalsReader,
  at: CampaignProgress,
): Promise<'done' | 'failed' | 'out of time'> {
  const { session } = run.context;
  let hasMore = at.hasMore ?? false;
  let failed = false;
  const resumed = at.part;
  const isDone = (part: typeof longLists[number]) =>
    resumed !== undefined && longLists.indexOf(part) < longLists.indexOf(resumed);
  const position = (part: typeof longLists[number]) => ({
    page: resumed === part ? at.page : undefined,
    save: (page: string | undefined) =>
      at.save({ part, ...(page === undefined ? {} : { page }), ...(hasMore ? { hasMore } : {}) }),
  });
  /** Reads one part; a refusal or an unexpected answer fails only that part, which then yields `instead`. */
  const readPart = async <T>(step: string, instead: T, work: () => Promise<T>): Promise<T> => {
    try {
      return await work();
    } catch (error) {
      const problem = problemOfPart(error);
      if (problem === undefined) throw error;
      run.report.errors.push({ campaign_id: campaign.campaign_id, step, ...problem });
      failed = true;
      return instead;
    } finally {
      recordOddRows(run, { campaign_id: campaign.campaign_id, step });
    }
  };

  try {
    const fingerprint = await readPart('totals', null, () => readTotals(run, campaign, totals));
    const walk = resumed !== undefined || mustWalk(run, campaign, fingerprint);
    const readsNumbers = walk || !session.skipsUnchangedCampaigns;
    if (resumed === undefined && readsNumbers) {
      await readPart('days', undefined, () => readDays(run, campaign));
    }
    if (!isDone('steps') && readsNumbers && fingerprint !== null) {
      if (!await readPart('steps', true, () => readSteps(run, campaign, position('steps')))) {
        return 'out of time';
      }
    }
    if (walk && !isDone('leads')) {
      if (!await readPart('leads', true, () => walkLeads(run, campaign, position('leads')))) {
        return 'out of time';
      }
    }
    if (walk) {
      const facts = await readPart('facts', 'complete', () =>
        readStatistics(run, campaign, {
          ...position('facts'),
          recordMore: () => {
            hasMore = true;
          },
        }));
      if (facts === 'out of time') return 'out of time';
    }
    if (failed) return 'failed';

    await callFunction(
      run.context.database,
      'record_campaign_synced',
      { target_campaign_id: campaign.campaign_id, fingerprint: walk && !hasMore ? fingerprint : null },
      z.unknown(),
    );
    run.report.campaigns_synced++;
    return 'done';
  } catch (error) {
    const problem = describeProblem(error, at.failuresInARow());
    if (problem === undefined) throw error;
    run.report.errors.push({ campaign_id: campaign.campaign_id, ...problem });
    return 'failed';
  }
}

/** The problem of one part of a campaign, or undefined when the next part would have it too. */
function problemOfPart(error: unknown): { code: string; message: string } | undefined {
  return error instanceof ProviderError &&
      ['not_found', 'bad_request', 'unexpected_answer'].includes(error.kind)
    ? explainProviderError(error)
    : undefined;
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
  if (failuresInARow + 1 >= maxFailuresInARow && error.isTemporary) return undefined;
  return explainProviderError(error);
}

/** Writes the lifetime totals and returns their fingerprint; null for a campaign that has never sent. */
async function readTotals(
  run: SyncRun,
  campaign: SyncCampaign,
  reader: TotalsReader,
): Promise<string | null> {
  const totals = await reader.of(campaign.provider_campaign_id, run.context.session);
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
  // Events of an outage may change a lead but no total, such as a second open.
  if (run.outage !== null && run.outage.ends_at !== null) return true;
  if (run.full || fingerprint === null || campaign.leads_walked_at === null) return true;
  if (campaign.leads_fingerprint !== fingerprint) return true;
  return run.context.now().getTime() - Date.parse(campaign.leads_walked_at) > maxSkip;
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

/**
 * Reads each step's lifetime totals, of a campaign that has sent anything. False when the time is up.
 */
async function readSteps(
  run: SyncRun,
  campaign: SyncCampaign,
  at: { page: string | undefined; save(page: string): Promise<void> },
): Promise<boolean> {
  let cursor = at.page;
  for (;;) {
    const { steps, next } = await run.context.session.readSteps(campaign.provider_campaign_id, cursor);
    if (next !== undefined) {
      await at.save(next);
      if (run.job.isOutOfTime()) return false;
      cursor = next;
      continue;
    }
    if (steps.length === 0) return true;
    await callFunction(
      run.context.database,
      'record_campaign_steps',
      { target_campaign_id: campaign.campaign_id, steps },
      z.unknown(),
    );
    return true;
  }
}

function dayOf(moment: Date): string {
  return moment.toISOString().slice(0, 10);
}
