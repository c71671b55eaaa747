import { normalizeEmail } from './lead-book.ts';
import { leadFields, leadStatus } from './types.ts';
import { isEmail } from './validate.ts';
import type { LeadBook } from './lead-book.ts';
import type { Workspace, World } from './state.ts';
import type { JsonObject, Lead, LeadField, Scalar } from './types.ts';

export interface ImportTarget {
  campaign: string | null;
  list: string | null;
  book: LeadBook;
}

export interface SkipFlags {
  skip_if_in_workspace?: boolean;
  skip_if_in_campaign?: boolean;
  skip_if_in_list?: boolean;
}

/** Why a row did not become a lead; the names are those of the counters in the answer. */
export type Refusal =
  | 'in_blocklist'
  | 'duplicated_leads'
  | 'skipped_count'
  | 'invalid_email_count'
  | 'incomplete_count'
  | 'duplicate_email_count';

const textOrNull = (value: unknown): string | null => (typeof value === 'string' ? value : null);

/** Checks one row of an upload; `earlier` holds the addresses of the rows before it. */
export function refusalFor(
  workspace: Workspace,
  target: ImportTarget,
  row: JsonObject,
  flags: SkipFlags,
  earlier: ReadonlySet<string>,
): Refusal | undefined {
  const email = textOrNull(row.email);
  if (email === null || email.trim() === '') {
    if (target.campaign !== null) return 'invalid_email_count';
    return row.first_name === undefined && row.last_name === undefined ? 'incomplete_count' : undefined;
  }
  const address = normalizeEmail(email);
  if (!isEmail(address)) return 'invalid_email_count';
  if (earlier.has(address)) return 'duplicate_email_count';
  if (workspace.isBlocked(address)) return 'in_blocklist';
  // A skip flag looks at the whole workspace, so it is counted before the plain "already here".
  const known = workspace.leadsByEmail.get(address) ?? [];
  if (flags.skip_if_in_workspace === true && known.length > 0) return 'skipped_count';
  if (flags.skip_if_in_campaign === true && known.some(({ campaign }) => campaign !== null)) {
    return 'skipped_count';
  }
  if (flags.skip_if_in_list === true && known.some(({ list }) => list !== null)) return 'skipped_count';
  return target.book.find(address) === undefined ? undefined : 'duplicated_leads';
}

export function createLead(world: World, workspace: Workspace, target: ImportTarget, row: JsonObject): Lead {
  const email = textOrNull(row.email);
  const lead: Lead = {
    id: world.nextId(),
    created: world.simulatedNow,
    updated: world.simulatedNow,
    email: email === null ? null : normalizeEmail(email),
    campaign: target.campaign,
    list: target.list,
    status: leadStatus.active,
    fields: Object.fromEntries(leadFields.map((name) => [name, textOrNull(row[name])])) as Record<
      LeadField,
      string | null
    >,
    variables: { ...(row.custom_variables as Record<string, Scalar> | undefined) },
    opens: 0,
    replies: 0,
    clicks: 0,
    opportunityValue: textOrNull(row.pl_value_lead),
    assignedTo: textOrNull(row.assigned_to),
  };
  if (typeof row.lt_interest_status === 'number') lead.interest = row.lt_interest_status;
  workspace.addLead(lead);
  workspace.record.remainingInPlan = Math.max(0, workspace.record.remainingInPlan - 1);
  world.dirty = true;
  return lead;
}
