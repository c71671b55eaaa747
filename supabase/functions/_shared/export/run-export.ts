import { z } from 'zod';
import { startEagerly } from '../platform/start-eagerly.ts';
import { callFunction, type ServiceClient } from '../platform/database.ts';
import { AppError } from '../platform/errors.ts';
import { type ConnectionJob, LeaseLost, type RunOutcome } from '../jobs/run-job.ts';
import type { Connection } from '../connections/open-connection.ts';
import { type CampaignSettings, type ProviderCampaign, type ProviderSession } from '../providers/provider.ts';
import { type ExportRow, exportRow } from './lead-from-business.ts';
import { sendBatch, type SentReceipt } from './send-batch.ts';
import { readSequence, withFooter } from './sequence.ts';

const exportCampaign = z.object({
  id: z.uuid(),
  name: z.string(),
  time_zone: z.string(),
  sending_days: z.array(z.number()),
  sending_from: z.string(),
  sending_to: z.string(),
  daily_limit: z.number().nullable(),
  sending_accounts: z.array(z.string()),
  sequence: z.unknown(),
  unsubscribe_header: z.boolean(),
  unsubscribe_text: z.string().nullable(),
  footer: z.string().nullable(),
  start_on: z.string().nullable(),
  end_on: z.string().nullable(),
  sending_account_tags: z.array(z.string()),
  stop_on_reply: z.boolean(),
  stop_for_company: z.boolean(),
  track_opens: z.boolean(),
  track_clicks: z.boolean(),
  plain_text: z.boolean(),
  provider_campaign_id: z.string().nullable(),
});
type ExportCampaign = z.infer<typeof exportCampaign>;

/**
 * The name at the provider contains part of our id: after a crash between creating and recording it, the campaign is found
 * by this name instead of being created twice (the API has no idempotency key).
 */
export function providerCampaignName(campaign: { id: string; name: string }): string {
  return `${campaign.name} [${campaign.id.slice(0, 8)}]`;
}

export interface ExportContext {
  database: ServiceClient;
  session: ProviderSession;
  connection: Connection;
}

/** One run of an export job: the campaign, leads batch by batch with a receipt each, and activation if requested. */
export async function runExport(job: ConnectionJob, context: ExportContext): Promise<RunOutcome> {
  const { database, session } = context;
  const campaign = await callFunction(
    database,
    'read_export_campaign',
    { target_campaign_id: job.campaign_id },
    exportCampaign,
  );
  if (job.isOutOfTime()) return { status: 'paused' };
  const first = startEagerly(nextBatch(job, [], context));
  const providerCampaignId = campaign.provider_campaign_id ??
    await prepareCampaign(job, campaign, context).catch(async (error: unknown) => {
      await unclaim(job, await first, null, context).catch(() => undefined);
      throw error;
    });

  if (!await sendBatches(job, providerCampaignId, await first, context)) return { status: 'paused' };

  const activate = job.parameters['activate'] === true;
  if (activate) {
    await session.activateCampaign(providerCampaignId);
    await callFunction(
      database,
      'record_activated_campaign',
      { target_campaign_id: campaign.id },
      z.unknown(),
    );
  }
  return { status: 'completed', result: { activated: activate } };
}

async function prepareCampaign(
  job: ConnectionJob,
  campaign: ExportCampaign,
  context: ExportContext,
): Promise<string> {
  const { database, session } = context;
  const name = providerCampaignName(campaign);
  // Read meanwhile: with most campaigns there is none, and reading the mailboxes is a call of its own.
  const settings = startEagerly(readSettings(name, job, campaign, context));
  // An earlier run may have created it and died before recording it.
  const existing = await session.findCampaignByName(name);
  const created = existing !== undefined && session.campaignSetup === undefined
    ? existing
    : await createOrComplete(existing, await settings, session);
  await callFunction(database, 'record_exported_campaign', {
    target_campaign_id: campaign.id,
    new_provider_campaign_id: created.provider_campaign_id,
    campaign_name: created.name,
  }, z.unknown());
  return created.provider_campaign_id;
}

/** Where creating a campaign takes several calls, an earlier run may have died between them: all are repeated. */
async function createOrComplete(
  existing: ProviderCampaign | undefined,
  settings: CampaignSettings,
  session: ProviderSession,
): Promise<ProviderCampaign> {
  const created = existing ?? await session.createCampaign(settings);
  await session.campaignSetup?.complete(created.provider_campaign_id, settings);
  return created;
}

async function readSettings(
  name: string,
  job: ConnectionJob,
  campaign: ExportCampaign,
  { database, session, connection }: ExportContext,
): Promise<CampaignSettings> {
  const organization = await callFunction(
    database,
    'read_export_organization',
    { target_campaign_id: campaign.id },
    z.string().nullable(),
  );
  return {
    name,
    timeZone: campaign.time_zone,
    sendingDays: campaign.sending_days,
    sendingFrom: campaign.sending_from,
    sendingTo: campaign.sending_to,
    dailyLimit: campaign.daily_limit,
    sendingAccounts: await chooseAccounts(job, campaign, session, connection),
    startOn: campaign.start_on,
    endOn: campaign.end_on,
    sendingAccountTags: campaign.sending_account_tags,
    steps: withFooter(readSequence(campaign.sequence), campaign.footer),
    stopOnReply: campaign.stop_on_reply,
    stopForCompany: campaign.stop_for_company,
    trackOpens: campaign.track_opens,
    trackClicks: campaign.track_clicks,
    plainText: campaign.plain_text,
    unsubscribeHeader: campaign.unsubscribe_header,
    unsubscribeText: campaign.unsubscribe_text,
    ...(organization === null ? {} : { organization }),
  };
}

/**
 * The campaign's own mailboxes. Without any, a dedicated workspace sends from all its active ones; in a shared workspace
 * those would include other clients' mailboxes, so there the campaign has to name its own before activation.
 */
async function chooseAccounts(
  job: ConnectionJob,
  campaign: ExportCampaign,
  session: ProviderSession,
  connection: Connection,
): Promise<string[]> {
  // Mailboxes with a tag are found by the provider's adapter.
  if (campaign.sending_accounts.length > 0 || campaign.sending_account_tags.length > 0) {
    return campaign.sending_accounts;
  }
  if (connection.client_id !== null) return await session.listSendingAccounts();
  if (job.parameters['activate'] === true) {
    throw new AppError(
      'VALIDATION_FAILED',
      'The campaign names no sending accounts and its workspace is shared; set sending_accounts, then export again',
    );
  }
  return [];
}

/**
 * Sends the remaining leads batch by batch; false when the time is up. While the provider works on one batch, the next one is
 * taken and then the receipts of the previous one are written, so that neither is waited for unless both together take longer
 * than the provider (`npm run bench -- export`). Leads marked as sent without a receipt are checked by the next run.
 */
async function sendBatches(
  job: ConnectionJob,
  providerCampaignId: string,
  first: ExportRow[],
  context: ExportContext,
): Promise<boolean> {
  let rows = first;
  /** Sent, but its receipts are not written. */
  let sent: { rows: ExportRow[]; outcomes: SentReceipt[] } | undefined;
  let writing = Promise.resolve();
  let left: number | undefined;
  /** Receipts wait for the next batch, which is needed sooner; a job that lost its lease does neither. */
  const writeSent = async (after?: Promise<unknown>) => {
    const { outcomes } = sent ?? { outcomes: [] };
    sent = undefined;
    await after?.catch(() => undefined);
    if (outcomes.length > 0) await recordBatch(job, outcomes, context);
  };
  try {
    while (rows.length > 0) {
      if (job.isPaused()) {
        await writeSent();
        return false;
      }
      const current = rows;
      const stops = job.isOutOfTime();
      const coming = startEagerly(
        stops ? Promise.resolve([]) : nextBatch(job, [...current, ...sent?.rows ?? []], context),
      );
      writing = startEagerly(writeSent(coming));
      const { outcomes, planLimit, leadsLeft } = await sendBatch(
        providerCampaignId,
        current,
        context.session,
      );
      sent = { rows: current, outcomes };
      rows = await coming;
      await writing;
      if (typeof leadsLeft === 'number') left = leadsLeft;
      if (planLimit !== undefined) {
        left = 0;
        await writeSent();
        await unclaim(job, rows, 'plan_limit', context);
        throw planLimit;
      }
      if (stops) {
        await writeSent();
        return false;
      }
    }
    await writeSent();
    return true;
  } finally {
    // Nothing may be written once another worker may claim the job.
    await writing.catch(() => undefined);
    if (left !== undefined) await recordLeadsLeft(job, left, context).catch(() => undefined);
  }
}

/** What the plan still accepts, for the check before the next export; no reason to fail this one. */
async function recordLeadsLeft(job: ConnectionJob, left: number, { database }: ExportContext): Promise<void> {
  await callFunction(database, 'record_leads_left', {
    target_connection_id: job.connection_id,
    leads_left: left,
  }, z.unknown());
}

async function nextBatch(
  job: ConnectionJob,
  underWay: ExportRow[],
  { database, session }: ExportContext,
): Promise<ExportRow[]> {
  const rows = await callFunction(
    database,
    'next_export_batch',
    {
      target_job_id: job.id,
      token: job.lease_token,
      batch_size: session.batchSize,
      under_way: underWay.map((row) => row.receipt_id),
    },
    z.array(exportRow).nullable(),
  );
  if (rows === null) throw new LeaseLost(`The lease on job "${job.id}" is lost`);
  return rows;
}

/** Marks a prefetched batch that will not be sent as planned again. */
async function unclaim(
  job: ConnectionJob,
  rows: ExportRow[],
  reason: string | null,
  context: ExportContext,
): Promise<void> {
  // Rows sent by an interrupted run stay "sending": the provider may have them.
  const unsent = rows.filter((row) => !row.resent);
  if (unsent.length === 0) return;
  await recordBatch(
    job,
    unsent.map((row) => ({
      receipt_id: row.receipt_id,
      outcome: 'planned',
      reason,
      detail: null,
      lead: null,
    })),
    context,
  );
}

/** Writes the receipts of one batch, and its leads. */
async function recordBatch(
  job: ConnectionJob,
  outcomes: SentReceipt[],
  { database }: ExportContext,
): Promise<void> {
  const progress = await callFunction(database, 'record_export_batch', {
    target_job_id: job.id,
    token: job.lease_token,
    outcomes,
    lease_seconds: job.leaseSeconds,
  }, z.object({ done: z.number(), total: z.number(), paused: z.boolean() }).nullable());
  if (progress === null) throw new LeaseLost(`The lease on job "${job.id}" is lost`);
  if (progress.paused) job.pause();
}
