import { z } from 'zod';
import { callFunction } from '../platform/database.ts';
import type { ConnectionJob, RunOutcome } from '../jobs/run-job.ts';
import {
  accountsStep,
  answersStep,
  campaignWebhooksStep,
  outageStep,
  readOptional,
  replayStep,
  repliesStep,
  webhookStep,
} from './steps.ts';
import { readOutage } from './outage/outage.ts';
import { type At, type Position, position } from './position.ts';
import { recordOddRows } from './odd-rows.ts';
import { placementStep } from './placement-step.ts';
import { report } from './report.ts';
import { runReplay } from './repair/replay-log.ts';
import { pushVerdicts, runVerdicts } from './push-verdicts.ts';
import { readEach } from './campaigns/read-each.ts';
import { syncCampaigns, type SyncContext, type SyncRun } from './context.ts';

/**
 * One run of a sync job: campaigns, labels, then totals, days and leads per campaign. The sync of a whole connection first
 * checks the webhook, because events without one are lost, and finally reads what it missed and recovers outages.
 */
export async function runSync(job: ConnectionJob, context: SyncContext): Promise<RunOutcome> {
  if (job.kind === 'replay') return await runReplay(job, context);
  if (job.kind === 'verdicts') return await runVerdicts(job, context);
  const run: SyncRun = {
    job,
    context,
    report: report.parse(job.result),
    full: job.parameters['full'] !== false,
    outage: null,
    save: (at, progress) => job.save({ cursor: at, result: run.report, ...progress }),
  };
  const isWhole = job.client_id === null;
  const start = { phase: isWhole ? 'webhook' : 'campaigns' };
  let at: Position = position.parse(Object.keys(job.cursor).length === 0 ? start : job.cursor);

  if (at.phase === 'webhook') {
    if (!await webhookStep(run, at)) return { status: 'paused' };
    at = await move(run, { phase: 'campaigns' });
  }
  if (isWhole) run.outage = await readOutage(context.database, job.connection_id);
  if (at.phase === 'campaigns') {
    if (!await readCampaigns(run, at)) return { status: 'paused' };
    at = await move(run, { phase: 'labels' });
  }
  if (at.phase === 'labels') {
    const { page } = at;
    let isRead = true;
    await readOptional(run, 'labels', async () => {
      isRead = await readLabels(run, page);
    });
    if (!isRead) return { status: 'paused' };
    at = { phase: 'reading' };
    if (isWhole) at = await move(run, { phase: 'campaign_webhooks' });
  }
  if (at.phase === 'campaign_webhooks') {
    if (!await campaignWebhooksStep(run, at)) return { status: 'paused' };
    at = await move(run, { phase: 'reading' });
  }
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
  if (at.phase === 'reading') {
    if (!await readEach(run, campaigns, at)) return { status: 'paused' };
    if (isWhole) at = await move(run, { phase: 'replay' });
  }
  if (at.phase === 'replay') {
    if (!await replayStep(run, at)) return { status: 'paused' };
    at = await move(run, { phase: 'replies' });
  }
  if (at.phase === 'replies') {
    if (!await repliesStep(run, at)) return { status: 'paused' };
    at = await move(run, { phase: 'answers' });
  }
  if (at.phase === 'answers') {
    if (!await answersStep(run, at)) return { status: 'paused' };
    at = await move(run, { phase: 'accounts' });
  }
  if (at.phase === 'accounts') {
    // Verdicts that their own job could not send, because the connection was paused or its key refused.
    if (!await pushVerdicts(job, context)) return { status: 'paused' };
    if (!await accountsStep(run, at)) return { status: 'paused' };
    at = await move(run, { phase: 'placement' });
  }
  if (at.phase === 'placement') {
    if (!await placementStep(run, at)) return { status: 'paused' };
    at = await move(run, { phase: 'outage' });
  }
  if (at.phase === 'outage') {
    if (!await outageStep(run, at)) return { status: 'paused' };
    await move(run, { phase: 'done' });
  }
  return outcomeOf(run, campaigns.length);
}

async function move(run: SyncRun, at: Position): Promise<Position> {
  await run.save(at);
  return at;
}

function outcomeOf(run: SyncRun, campaigns: number): RunOutcome {
  // A skipped row is reported but does not make the sync partial.
  const errors = run.report.errors.filter((error) => error.row === undefined);
  const failed = new Set(errors.map((error) => error.campaign_id).filter((id) => id !== undefined)).size;
  const steps = errors.filter((error) => error.campaign_id === undefined).map((error) => error.step)
    .filter((step) => step !== undefined);
  if (failed === 0 && steps.length === 0) return { status: 'completed', result: run.report };
  const parts = [
    ...(failed > 0 ? [`${failed} of ${campaigns} campaigns could not be read`] : []),
    ...(steps.length > 0 ? [`these steps failed: ${steps.join(', ')}`] : []),
  ];
  return {
    status: failed > 0 && failed === campaigns ? 'failed' : 'partial',
    result: run.report,
    code: 'SYNC_FAILED',
    message: `${parts.join('; ')}; the next sync retries them`,
  };
}

/** False when the time is up. */
async function readCampaigns(run: SyncRun, at: At<'campaigns'>): Promise<boolean> {
  // First, so that campaigns find their client.
  if (at.page === undefined) await readOptional(run, 'organizations', () => readOrganizations(run));
  let cursor = at.page;
  let hasOdd = at.hasOdd ?? false;
  do {
    if (run.job.isOutOfTime()) return false;
    const page = await run.context.session.listCampaigns(cursor);
    if (recordOddRows(run, { step: 'campaigns' }) > 0) hasOdd = true;
    const counted = await callFunction(
      run.context.database,
      'record_provider_campaigns',
      { target_connection_id: run.job.connection_id, listed: page.items },
      z.object({ imported: z.number(), updated: z.number() }),
    );
    run.report.campaigns_imported += counted.imported;
    run.report.campaigns_updated += counted.updated;
    cursor = page.next;
    if (cursor !== undefined) await run.save({ phase: 'campaigns', page: cursor, hasOdd });
  } while (cursor !== undefined);
  // A campaign whose row could not be read is not deleted.
  if (!hasOdd) await recordDeleted(run);
  return true;
}

/** Campaigns that are missing from the list, which this job read from the beginning, in one run or several. */
async function recordDeleted(run: SyncRun): Promise<void> {
  run.report.campaigns_deleted += await callFunction(
    run.context.database,
    'record_deleted_campaigns',
    { target_connection_id: run.job.connection_id, listed_since: run.job.created_at },
    z.number(),
  );
}

async function readOrganizations(run: SyncRun): Promise<void> {
  const listed = await run.context.session.organizations?.list();
  if (listed === undefined || listed.length === 0) return;
  await callFunction(
    run.context.database,
    'record_provider_organizations',
    { target_connection_id: run.job.connection_id, listed },
    z.number(),
  );
}

/** False when the time is up. */
async function readLabels(run: SyncRun, from: string | undefined): Promise<boolean> {
  let cursor = from;
  do {
    if (run.job.isOutOfTime()) return false;
    const page = await run.context.session.listLabels(cursor);
    await callFunction(
      run.context.database,
      'record_provider_labels',
      { target_connection_id: run.job.connection_id, labels: page.items },
      z.number(),
    );
    cursor = page.next;
    if (cursor !== undefined) await run.save({ phase: 'labels', page: cursor });
  } while (cursor !== undefined);
  return true;
}
