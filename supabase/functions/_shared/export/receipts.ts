import type { AddLeadsResult } from '../providers/provider.ts';

export interface ReceiptOutcome {
  /** planned = not sent yet. */
  outcome: 'planned' | 'created' | 'duplicate' | 'blocked' | 'invalid' | 'skipped' | 'failed';
  reason: string | null;
  providerLeadId: string | null;
}

export interface SentAddress {
  email: string;
  /** An interrupted run already sent it; the provider may have it. */
  resent: boolean;
}

/**
 * The outcome of one address of an addLeads call. The provider names the created ones and only counts the others: an
 * address that is in the campaign now was there before (or was added by the interrupted run); for the rest the counters
 * decide where they are unambiguous.
 *
 * @param present addresses that are in the provider campaign now, with their ids; only needed when some were refused
 */
export function judgeReceipt(
  { email, resent }: SentAddress,
  index: number,
  result: AddLeadsResult,
  present: ReadonlyMap<string, string>,
): ReceiptOutcome {
  const id = result.created.get(index);
  if (id !== undefined) return { outcome: 'created', reason: null, providerLeadId: id };

  const known = present.get(email);
  if (known !== undefined) {
    return resent
      ? { outcome: 'created', reason: 'confirmed_after_interruption', providerLeadId: known }
      : { outcome: 'duplicate', reason: 'in_provider_campaign', providerLeadId: known };
  }
  const named = result.named?.get(index);
  // Neither present nor named: beyond the plan's limit, to be exported when there is room.
  if (result.planLimit !== undefined && named === undefined) {
    return { outcome: 'planned', reason: 'plan_limit', providerLeadId: null };
  }
  switch (named ?? onlyRefusal(result)) {
    case 'blocked':
      return { outcome: 'blocked', reason: 'on_provider_block_list', providerLeadId: null };
    case 'invalid':
      return { outcome: 'invalid', reason: 'refused_by_provider', providerLeadId: null };
    case 'skipped':
      return { outcome: 'skipped', reason: 'refused_by_provider', providerLeadId: null };
    default:
      // Several reasons at once, or none: all that is certain is that the provider did not add it.
      return { outcome: 'failed', reason: 'refused_by_provider', providerLeadId: null };
  }
}

/** The reason of every refusal of a call, if all had the same. */
function onlyRefusal({ refused }: AddLeadsResult): 'blocked' | 'invalid' | 'skipped' | undefined {
  const [kind, ...others] = (['blocked', 'invalid', 'skipped'] as const).filter((one) => refused[one] > 0);
  return others.length === 0 ? kind : undefined;
}
