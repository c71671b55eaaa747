import { z } from 'zod';
import { startEagerly } from '../../platform/start-eagerly.ts';
import { callFunction, DatabaseError } from '../../platform/database.ts';
import { ProviderError, type ProviderLead } from '../../providers/provider.ts';
import { isDataError } from '../../platform/database.ts';
import { recordOddRows, recordRow } from '../odd-rows.ts';
import type { SyncCampaign, SyncRun } from '../context.ts';

/** Beyond this the paging is broken; the campaign is recorded as failed instead of being read for ever. */
const maxPages = 20_000;

/**
 * Five pages: 100,000 leads took 32 s with a write per page, 14 s with this (`npm run bench -- sync`). After a killed worker
 * at most ten pages are read again.
 */
const leadsPerWrite = 500;

export interface LeadsPosition {
  page: string | undefined;
  save(page: string): Promise<void>;
}

/**
 * Reads the leads page by page; false when the time is up. A few pages at a time are written together with the next cursor,
 * while the next ones are prefetched. Only a walk through the whole list shows which leads are gone.
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
    // Saves what was read, so that a walk on a small budget makes progress.
    await writing;
    if (leads.length > 0) await write(leads, cursor);
    throw error;
  } finally {
    // Nothing may be written once another worker may claim the job.
    await writing.catch(() => undefined);
  }
  throw new ProviderError(
    'unexpected_answer',
    `The provider's list of leads does not end after ${maxPages} pages`,
    { provider: session.provider },
  );
}

/** Writes a page; a lead that the database refuses is skipped and reported, the others are written. */
async function recordLeads(run: SyncRun, campaign: SyncCampaign, leads: ProviderLead[]): Promise<void> {
  const where = { campaign_id: campaign.campaign_id, step: 'leads' };
  // A skipped lead is not gone, so this walk cannot show which leads are.
  if (recordOddRows(run, where) > 0) await startWalk(run, campaign, false);
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
        `The lead "${lead.email}" could not be stored and was skipped (${error.sqlState})`,
      );
      await startWalk(run, campaign, false);
    }
  }
}

/** An invalid value or a violated constraint. */
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
  const written = await callFunction(
    run.context.database,
    'record_leads',
    { target_campaign_id: campaign.campaign_id, leads },
    z.number(),
  );
  run.report.leads += written;
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
  const removed = await callFunction(
    run.context.database,
    'finish_lead_walk',
    { target_campaign_id: campaign.campaign_id },
    z.number(),
  );
  run.report.leads_removed += removed;
}

/** Reaches back before the last walk, because leads may have changed while it ran. */
function changedSince(campaign: SyncCampaign): string | undefined {
  return campaign.leads_walked_at === null
    ? undefined
    : new Date(Date.parse(campaign.leads_walked_at) - 3_600_000).toISOString();
}
