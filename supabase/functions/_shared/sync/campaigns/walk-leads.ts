import { z } from 'zod';
import { startEagerly } from '../../platform/start-eagerly.ts';
import { callFunction, DatabaseError } from '../../platform/database.ts';
import { ProviderError, type ProviderLead } from '../../providers/provider.ts';
import { isDataError } from '../../platform/database.ts';
import { recordLeftOut, recordRow } from '../odd-rows.ts';
import type { SyncCampaign, SyncRun } from '../context.ts';

/** Above this something is wrong with the paging; the campaign is recorded as failed instead of read for ever. */
const maxPages = 20_000;

/**
 * Five pages: with a write after each page 100,000 leads took 32 s, so 14 s (`npm run bench -- sync`). A killed worker
 * reads at the most ten pages again.
 */
const leadsPerWrite = 500;

export interface LeadsPosition {
  page: string | undefined;
  save(page: string): Promise<void>;
}

/**
 * Reads the leads page by page; false when the time is up. A few pages at a time are written with the cursor behind them,
 * while the provider is asked for the next ones. A walk through the whole list ends with the knowledge of who is gone.
 */
export async function walkLeads(run: SyncRun, campaign: SyncCampaign, at: LeadsPosition): Promise<boolean> {
  const { session } = run.context;
  const since = run.full || !session.narrowsLeads ? undefined : changedSince(campaign);
  if (at.page === undefined) await startWalk(run, campaign, since === undefined);
  const read = (cursor: string | undefined) =>
    startEagerly(session.listLeads(campaign.provider_campaign_id, cursor, since));
  const write = async (leads: ProviderLead[], next: string | undefined) => {
    await recordLeads(run, campaign, leads);
    if (next !== undefined) await at.save(next);
  };

  let cursor = at.page;
  let coming = read(cursor);
  let writing = Promise.resolve();
  let leads: ProviderLead[] = [];
  try {
    for (let pages = 0; pages < maxPages; pages++) {
      const page = await coming;
      leads.push(...page.items);
      cursor = page.next;
      const stops = cursor === undefined || run.job.isOutOfTime();
      if (!stops) coming = read(cursor);
      if (!stops && leads.length < leadsPerWrite) continue;

      await writing;
      writing = startEagerly(write(leads, cursor));
      leads = [];
      if (!stops) continue;
      await writing;
      if (cursor !== undefined) return false;
      await finishWalk(run, campaign);
      return true;
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
    `The provider's list of leads does not end after ${maxPages} pages`,
    { provider: session.provider },
  );
}

/** Writes a page; a lead that the database cannot take is left out and named, the others are written. */
async function recordLeads(run: SyncRun, campaign: SyncCampaign, leads: ProviderLead[]): Promise<void> {
  const where = { campaign_id: campaign.campaign_id, step: 'leads' };
  // Whoever was left out is not gone: then this walk does not tell who is.
  if (recordLeftOut(run, where) > 0) await startWalk(run, campaign, false);
  if (leads.length === 0) return;
  try {
    await record(run, campaign, leads);
    return;
  } catch (error) {
    if (!isOfOneLead(error)) throw error;
  }
  for (const lead of leads) {
    try {
      await record(run, campaign, [lead]);
    } catch (error) {
      if (!isOfOneLead(error)) throw error;
      recordRow(
        run,
        where,
        'leads',
        `The lead "${lead.email}" could not be stored and was left out (${error.sqlState})`,
      );
      await startWalk(run, campaign, false);
    }
  }
}

/** A value that no column takes, or a rule that it breaks. */
function isOfOneLead(error: unknown): error is DatabaseError {
  return isDataError(error) || (error instanceof DatabaseError && error.sqlState.startsWith('23'));
}

async function record(run: SyncRun, campaign: SyncCampaign, leads: ProviderLead[]): Promise<void> {
  if (run.outage !== null) {
    await callFunction(
      run.context.database,
      'record_outage_leads',
      { target_campaign_id: campaign.campaign_id, leads },
      z.number(),
    );
  }
  run.report.leads += await callFunction(
    run.context.database,
    'record_leads',
    { target_campaign_id: campaign.campaign_id, leads },
    z.number(),
  );
}

async function startWalk(run: SyncRun, campaign: SyncCampaign, isWhole: boolean): Promise<void> {
  await callFunction(
    run.context.database,
    'start_lead_walk',
    { target_campaign_id: campaign.campaign_id, is_whole: isWhole },
    z.unknown(),
  );
}

async function finishWalk(run: SyncRun, campaign: SyncCampaign): Promise<void> {
  run.report.leads_removed += await callFunction(
    run.context.database,
    'finish_lead_walk',
    { target_campaign_id: campaign.campaign_id },
    z.number(),
  );
}

/** A lead that changed while the last walk ran is read again. */
function changedSince(campaign: SyncCampaign): string | undefined {
  return campaign.leads_walked_at === null
    ? undefined
    : new Date(Date.parse(campaign.leads_walked_at) - 3_600_000).toISOString();
}
