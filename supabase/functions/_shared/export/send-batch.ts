import { AppError } from '../platform/errors.ts';
import { explainProviderError } from '../jobs/run-job.ts';
import { type AddLeadsResult, ProviderError, type ProviderSession } from '../providers/provider.ts';
import { type ExportRow, leadFromBusiness } from './lead-from-business.ts';
import { judgeReceipts, type ReceiptOutcome } from './receipts.ts';

/** The outcome of one address, as record_export_batch expects it. */
export interface SentReceipt {
  receipt_id: number;
  outcome: ReceiptOutcome['outcome'];
  reason: string | null;
  /** Detail beyond the reason, such as the provider's own message. */
  detail: string | null;
  lead: Record<string, unknown> | null;
}

export interface SentBatch {
  outcomes: SentReceipt[];
  /** Set when the plan accepted no more: the rest stays unsent. */
  planLimit?: AppError;
  /** How many more leads the plan accepts, where the provider reports it. */
  leadsLeft?: number | null;
}

/**
 * Sends one batch to the provider and determines the outcome of each address. Both providers refuse a whole call because of
 * one bad lead; such a call is split until that lead is found, so that the others are still added.
 */
export async function sendBatch(
  providerCampaignId: string,
  rows: ExportRow[],
  session: ProviderSession,
): Promise<SentBatch> {
  const leads = rows.map(leadFromBusiness);
  let result: AddLeadsResult;
  try {
    result = await session.addLeads(providerCampaignId, leads);
  } catch (error) {
    if (!(error instanceof ProviderError)) throw error;
    if (error.kind === 'not_found') {
      throw new AppError(
        'CAMPAIGN_NOT_FOUND',
        'The campaign was deleted at the provider; export it as a new campaign',
        { cause: error },
      );
    }
    if (error.kind === 'plan_limit') {
      return { outcomes: await unsent(providerCampaignId, rows, session), planLimit: planLimit(error) };
    }
    if (isAboutLeads(error)) return await splitBatch(providerCampaignId, rows, error, session);
    // The leads may have been added although the answer was lost: the rows stay "sending", and the next run checks.
    throw error;
  }

  const missing = rows.filter((_, index) => !result.created.has(index)).map((row) => row.email);
  const present = missing.length > 0
    ? await session.findLeads(providerCampaignId, missing)
    : new Map<string, string>();
  const outcomes = judgeReceipts(rows, result, present).map((receipt, index) => ({
    ...write(rows[index], receipt),
    detail: null,
  }));
  if (result.planLimit === undefined) {
    return { outcomes, ...(result.leadsLeft === undefined ? {} : { leadsLeft: result.leadsLeft }) };
  }
  return {
    outcomes,
    planLimit: planLimit(
      new ProviderError('plan_limit', 'The plan accepted only some of the leads', {
        provider: session.provider,
        providerMessage: result.planLimit.providerMessage,
      }),
    ),
  };
}

/** True for a refusal that names the list of leads or an address; any other is about the campaign, so splitting is useless. */
function isAboutLeads(error: ProviderError): boolean {
  return error.kind === 'bad_request' && /\blead|e-?mail/i.test(error.providerMessage ?? '');
}

/** The index of the lead in the provider's message, such as `body/leads/3/email` or `lead_list[3].email`. */
function namedIndex(providerMessage: string | undefined, count: number): number | undefined {
  const match = /\bleads?(?:_list)?(?:\/|\[|\.)(\d{1,4})\b/i.exec(providerMessage ?? '');
  const index = match === null ? Number.NaN : Number(match[1]);
  return index < count ? index : undefined;
}

async function splitBatch(
  providerCampaignId: string,
  rows: ExportRow[],
  error: ProviderError,
  session: ProviderSession,
): Promise<SentBatch> {
  const [first] = rows;
  if (rows.length === 1 && first !== undefined) {
    const isAddress = /e-?mail/i.test(error.providerMessage ?? '');
    return {
      outcomes: [{
        receipt_id: first.receipt_id,
        outcome: 'invalid',
        reason: isAddress ? 'invalid_email' : 'refused_by_provider',
        detail: error.providerMessage ?? null,
        lead: null,
      }],
    };
  }
  // The named lead alone and the others together; without a name, two halves.
  const index = namedIndex(error.providerMessage, rows.length);
  const middle = Math.ceil(rows.length / 2);
  const parts = index === undefined
    ? [rows.slice(0, middle), rows.slice(middle)]
    : [rows.slice(index, index + 1), rows.toSpliced(index, 1)];
  const outcomes: SentReceipt[] = [];
  let leadsLeft: number | null | undefined;
  for (const [place, part] of parts.entries()) {
    const sent = await sendBatch(providerCampaignId, part, session);
    outcomes.push(...sent.outcomes);
    if (sent.leadsLeft !== undefined) leadsLeft = sent.leadsLeft;
    if (sent.planLimit !== undefined) {
      for (const rest of parts.slice(place + 1)) {
        outcomes.push(...await unsent(providerCampaignId, rest, session));
      }
      return { outcomes, planLimit: sent.planLimit };
    }
  }
  return { outcomes, ...(leadsLeft === undefined ? {} : { leadsLeft }) };
}

/** None of these was sent now, but those that an interrupted run sent may be present. */
async function unsent(
  providerCampaignId: string,
  rows: ExportRow[],
  session: ProviderSession,
): Promise<SentReceipt[]> {
  const before = rows.filter((row) => row.resent).map((row) => row.email);
  const present = before.length > 0
    ? await session.findLeads(providerCampaignId, before)
    : new Map<string, string>();
  return rows.map((row) => {
    const known = present.get(row.email);
    const receipt: ReceiptOutcome = known === undefined
      ? { outcome: 'planned', reason: 'plan_limit', providerLeadId: null }
      : { outcome: 'created', reason: 'confirmed_after_interruption', providerLeadId: known };
    return { ...write(row, receipt), detail: null };
  });
}

function planLimit(error: ProviderError): AppError {
  const { code, message } = explainProviderError(error);
  return new AppError(code, message, { cause: error });
}

function write(row: ExportRow | undefined, receipt: ReceiptOutcome): Omit<SentReceipt, 'detail'> {
  const lead = row && receipt.providerLeadId !== null ? leadFromBusiness(row) : undefined;
  return {
    receipt_id: row?.receipt_id ?? 0,
    outcome: receipt.outcome,
    reason: receipt.reason,
    lead: lead === undefined ? null : {
      provider_lead_id: receipt.providerLeadId,
      first_name: lead.first_name,
      last_name: lead.last_name,
      company_name: lead.company_name,
      job_title: lead.job_title,
      website: lead.website,
      phone: lead.phone,
      payload: lead.variables,
    },
  };
}
