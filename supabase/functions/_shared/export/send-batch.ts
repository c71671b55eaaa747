import { AppError } from '../platform/errors.ts';
import { explainProviderError } from '../jobs/run-job.ts';
import { type AddLeadsResult, ProviderError, type ProviderSession } from '../providers/provider.ts';
import { type ExportRow, leadFromBusiness } from './lead-from-business.ts';
import { judgeReceipt, type ReceiptOutcome } from './receipts.ts';

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
  leadsLeft?: number | null | undefined;
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
    const message = messageAboutLeads(error);
    if (message !== undefined) return await splitBatch(providerCampaignId, rows, message, session);
    // The leads may have been added although the answer was lost: the rows stay "sending", and the next run checks.
    throw error;
  }

  const missing = rows.filter((_, index) => !result.created.has(index));
  const present = await findPresent(providerCampaignId, missing, session);
  const outcomes = rows.map((row, index) => writeReceipt(row, judgeReceipt(row, index, result, present)));
  if (result.planLimit === undefined) return { outcomes, leadsLeft: result.leadsLeft };
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

/** The words of a refusal that names the list of leads or an address; any other is about the campaign: splitting is useless. */
function messageAboutLeads({ kind, providerMessage }: ProviderError): string | undefined {
  return kind === 'bad_request' && providerMessage !== undefined && /\blead|e-?mail/i.test(providerMessage)
    ? providerMessage
    : undefined;
}

/** The index of the lead in the provider's message, such as `body/leads/3/email` or `lead_list[3].email`. */
function namedIndex(providerMessage: string, count: number): number | undefined {
  const match = /\bleads?(?:_list)?[/[.](\d+)\b/i.exec(providerMessage);
  const index = match === null ? Number.NaN : Number(match[1]);
  return index < count ? index : undefined;
}

async function splitBatch(
  providerCampaignId: string,
  rows: ExportRow[],
  providerMessage: string,
  session: ProviderSession,
): Promise<SentBatch> {
  if (rows.length === 1) {
    const reason = /e-?mail/i.test(providerMessage) ? 'invalid_email' : 'refused_by_provider';
    const refused: ReceiptOutcome = { outcome: 'invalid', reason, providerLeadId: null };
    return { outcomes: rows.map((row) => ({ ...writeReceipt(row, refused), detail: providerMessage })) };
  }
  // The named lead alone and the others together; without a name, two halves.
  const index = namedIndex(providerMessage, rows.length);
  const middle = Math.ceil(rows.length / 2);
  const parts = index === undefined
    ? [rows.slice(0, middle), rows.slice(middle)]
    : [rows.slice(index, index + 1), rows.toSpliced(index, 1)];
  const outcomes: SentReceipt[] = [];
  let leadsLeft: number | null | undefined;
  for (const [place, part] of parts.entries()) {
    const sent = await sendBatch(providerCampaignId, part, session);
    outcomes.push(...sent.outcomes);
    leadsLeft = sent.leadsLeft ?? leadsLeft;
    if (sent.planLimit !== undefined) {
      const rest = parts.slice(place + 1).flat();
      outcomes.push(...await unsent(providerCampaignId, rest, session));
      return { outcomes, planLimit: sent.planLimit };
    }
  }
  return { outcomes, leadsLeft };
}

/** None of these was sent now, but those that an interrupted run sent may be present. */
async function unsent(
  providerCampaignId: string,
  rows: ExportRow[],
  session: ProviderSession,
): Promise<SentReceipt[]> {
  const present = await findPresent(providerCampaignId, rows.filter((row) => row.resent), session);
  return rows.map((row) => {
    const known = present.get(row.email);
    return writeReceipt(
      row,
      known === undefined
        ? { outcome: 'planned', reason: 'plan_limit', providerLeadId: null }
        : { outcome: 'created', reason: 'confirmed_after_interruption', providerLeadId: known },
    );
  });
}

/** Those that are in the campaign now, with their ids. */
async function findPresent(
  providerCampaignId: string,
  rows: ExportRow[],
  session: ProviderSession,
): Promise<ReadonlyMap<string, string>> {
  return rows.length === 0
    ? new Map()
    : await session.findLeads(providerCampaignId, rows.map((row) => row.email));
}

function planLimit(error: ProviderError): AppError {
  const { code, message } = explainProviderError(error);
  return new AppError(code, message, { cause: error });
}

function writeReceipt(row: ExportRow, { outcome, reason, providerLeadId }: ReceiptOutcome): SentReceipt {
  const lead = providerLeadId === null ? null : writeLead(row, providerLeadId);
  return { receipt_id: row.receipt_id, outcome, reason, detail: null, lead };
}

function writeLead(row: ExportRow, providerLeadId: string): Record<string, unknown> {
  const { variables, first_name, last_name, company_name, job_title, website, phone } = leadFromBusiness(row);
  return {
    provider_lead_id: providerLeadId,
    first_name,
    last_name,
    company_name,
    job_title,
    website,
    phone,
    payload: variables,
  };
}
