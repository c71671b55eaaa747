import { z } from 'zod';
import { openConnection, recordKeyAnswer } from '../connections/open-connection.ts';
import { explainProviderError } from '../jobs/run-job.ts';
import type { Caller } from '../platform/caller.ts';
import { callFunction } from '../platform/database.ts';
import { AppError } from '../platform/errors.ts';
import { jsonResponse, readBody, requireMethod } from '../platform/http.ts';
import type { FunctionOptions } from '../platform/signed-in-function.ts';
import { ProviderError, type ProviderSession } from '../providers/provider.ts';
import { carryOutPause } from './carry-out-pause.ts';
import { type ExportedCampaign, exportedCampaign, whyNotSending } from './why-not-sending.ts';

const campaign_id = z.uuid();
export const requestBody = z.union([
  z.discriminatedUnion('action', [
    z.strictObject({ action: z.literal('pause'), campaign_id }),
    z.strictObject({ action: z.literal('resume'), campaign_id }),
    z.strictObject({ action: z.literal('why'), campaign_id }),
    z.strictObject({ action: z.literal('link'), campaign_id }),
    z.strictObject({ action: z.literal('remove_lead'), campaign_id, lead_id: z.uuid() }),
  ]),
  /** From the scheduler: carries out a pause for a holiday, or the resumption after it. */
  z.strictObject({ pause_id: z.uuid() }),
]);

const campaignLead = z.object({
  email: z.string(),
  provider_lead_id: z.string().nullable(),
  is_removed: z.boolean(),
});

/** POST; answers 200 when the provider has done it. */
export async function handleCampaign(
  request: Request,
  caller: Caller,
  options: FunctionOptions,
): Promise<Response> {
  requireMethod(request, 'POST');
  const body = await readBody(request, requestBody);
  if ('pause_id' in body) {
    if (caller.kind !== 'service') throw new AppError('FORBIDDEN', 'Only the scheduler pauses by pause_id');
    return jsonResponse({ result: await carryOutPause(body.pause_id, options) });
  }
  if (caller.kind === 'client' && body.action !== 'why') {
    throw new AppError('FORBIDDEN', 'Only operators of the agency may do this');
  }
  const campaign = await requireCampaign(body.campaign_id, caller, options);
  const providerId = requireExported(campaign);
  switch (body.action) {
    case 'pause':
      await atProvider(campaign, options, (session) => session.pauseCampaign(providerId));
      await recordAct(campaign, 'paused', caller, options);
      return jsonResponse({ campaign_id: campaign.campaign_id, status: 'paused' });
    case 'resume':
      await atProvider(campaign, options, (session) => session.activateCampaign(providerId));
      await recordAct(campaign, 'resumed', caller, options);
      return jsonResponse({ campaign_id: campaign.campaign_id, status: 'active' });
    case 'link':
      return jsonResponse({
        link: await atProvider(
          campaign,
          options,
          (session) => Promise.resolve(session.campaignLink(providerId)),
        ),
      });
    case 'why': {
      const reported = await atProvider(
        campaign,
        options,
        (session) => session.sendingStatus?.read(providerId) ?? Promise.resolve(null),
      );
      const forOperators = caller.kind !== 'client';
      return jsonResponse(whyNotSending(campaign, reported, options.now(), forOperators));
    }
    case 'remove_lead':
      return jsonResponse(await removeLead(campaign, body.lead_id, caller, options));
  }
}

/** Throws NOT_FOUND for a campaign that the caller may not see. */
async function requireCampaign(
  campaignId: string,
  caller: Caller,
  options: FunctionOptions,
): Promise<ExportedCampaign> {
  const campaign = await callFunction(
    options.database,
    'read_exported_campaign',
    { target_campaign_id: campaignId },
    exportedCampaign.nullable(),
  );
  if (campaign === null || (caller.kind === 'client' && campaign.client_id !== caller.clientId)) {
    throw new AppError('NOT_FOUND', `There is no campaign "${campaignId}"; check the id`);
  }
  return campaign;
}

function requireExported(campaign: ExportedCampaign): string {
  if (campaign.provider_campaign_id !== null) return campaign.provider_campaign_id;
  throw new AppError('VALIDATION_FAILED', 'This campaign is not at the provider yet; export it first');
}

/** Opens the campaign's workspace for one act; a refusal is explained, and a refused key remembered. */
async function atProvider<T>(
  campaign: ExportedCampaign,
  options: FunctionOptions,
  act: (session: ProviderSession) => Promise<T>,
): Promise<T> {
  const { connection, session, finish } = await openConnection(campaign.connection_id ?? '', options);
  try {
    if (connection.status === 'paused') {
      throw new AppError(
        'VALIDATION_FAILED',
        "The campaign's provider connection is paused; resume it, then try again",
      );
    }
    return await act(session);
  } catch (error) {
    if (!(error instanceof ProviderError)) throw error;
    await recordKeyAnswer(options.database, connection.id, error);
    const { code, message } = explainProviderError(error);
    throw new AppError(code, message, { cause: error });
  } finally {
    await finish();
  }
}

async function recordAct(
  campaign: ExportedCampaign,
  act: 'paused' | 'resumed',
  caller: Caller,
  options: FunctionOptions,
): Promise<void> {
  await callFunction(options.database, 'record_campaign_act', {
    target_campaign_id: campaign.campaign_id,
    act,
    actor: caller.userId,
  }, z.unknown());
}

/** Removes one lead from the campaign at the provider; its row and its history stay, marked as removed. */
async function removeLead(
  campaign: ExportedCampaign,
  leadId: string,
  caller: Caller,
  options: FunctionOptions,
): Promise<Record<string, unknown>> {
  const target = { target_campaign_id: campaign.campaign_id, target_lead_id: leadId };
  const lead = await callFunction(
    options.database,
    'read_campaign_lead',
    target,
    campaignLead.nullable(),
  );
  if (lead === null) {
    throw new AppError('NOT_FOUND', `The campaign has no lead "${leadId}"; check the id`);
  }
  const providerId = requireExported(campaign);
  await atProvider(campaign, options, async (session) => {
    // A lead known only from deliveries has no id yet: the provider is asked for it.
    const id = lead.provider_lead_id ?? (await session.findLeads(providerId, [lead.email])).get(lead.email);
    if (id !== undefined) await session.removeLead(providerId, id);
  });
  await callFunction(
    options.database,
    'record_lead_removed',
    { ...target, actor: caller.userId },
    z.unknown(),
  );
  return { campaign_id: campaign.campaign_id, lead_id: leadId, removed: true };
}
