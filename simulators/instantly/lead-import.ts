import { normalizeEmail } from '../shared/state.ts';
import { isEmail } from './schemas.ts';
import { leadFields, leadStatus } from './types.ts';
import type { JsonObject } from '../shared/records.ts';
import type { LeadBook } from '../shared/state.ts';
import type { InstantlyWorkspace, InstantlyWorld } from './state.ts';
import type { Lead, Scalar } from './types.ts';

export interface ImportTarget {
  campaign: string | null;
  list: string | null;
  book: LeadBook<Lead>;
}

export interface SkipFlags {
  skip_if_in_workspace?: boolean;
  skip_if_in_campaign?: boolean;
  skip_if_in_list?: boolean;
}

/** Why a row did not become a lead, as counters of the answer. */
export const noRefusals = {
  in_blocklist: 0,
  duplicated_leads: 0,
  skipped_count: 0,
  invalid_email_count: 0,
  incomplete_count: 0,
  duplicate_email_count: 0,
};
type Refusal = keyof typeof noRefusals;

const textOrNull = (value: unknown): string | null => (typeof value === 'string' ? value : null);

/** Checks one row of an upload; `earlier` holds the addresses of the rows before it. */
export function refusalFor(
  workspace: InstantlyWorkspace,
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
  const isSkipped = (flags.skip_if_in_workspace === true && known.length > 0) ||
    (flags.skip_if_in_campaign === true && known.some(({ campaign }) => campaign !== null)) ||
    (flags.skip_if_in_list === true && known.some(({ list }) => list !== null));
  if (isSkipped) return 'skipped_count';
  return target.book.find(address) === undefined ? undefined : 'duplicated_leads';
}

export function createLead(
  world: InstantlyWorld,
  workspace: InstantlyWorkspace,
  { campaign, list }: ImportTarget,
  row: JsonObject,
): Lead {
  const email = textOrNull(row.email);
  const lead: Lead = {
    id: world.nextId(),
    created: world.simulatedNow,
    updated: world.simulatedNow,
    email: email === null ? null : normalizeEmail(email),
    campaign,
    list,
    status: leadStatus.active,
    fields: Object.fromEntries(leadFields.map((name) => [name, textOrNull(row[name])])) as Lead['fields'],
    variables: { ...(row.custom_variables as Record<string, Scalar> | undefined) },
    account: null,
    label: typeof row.lt_interest_status === 'number' ? row.lt_interest_status : null,
    labelled: null,
    opens: 0,
    replies: 0,
    clicks: 0,
    lastSent: null,
    lastOpen: null,
    lastClick: null,
    lastReply: null,
    opportunityValue: textOrNull(row.pl_value_lead),
    assignedTo: textOrNull(row.assigned_to),
  };
  workspace.addLead(lead);
  workspace.record.remainingInPlan = Math.max(0, workspace.record.remainingInPlan - 1);
  world.dirty = true;
  return lead;
}

/** What people do to a lead in the provider's own screens, which no call of the API does. */
export interface LeadChange {
  campaignId: string;
  email: string;
  /** Its new address; the id stays. */
  newEmail?: string;
  /** It was deleted and made again: the address stays. */
  newId?: true;
  /** The campaign to which it goes; the id stays. */
  moveTo?: string;
  remove?: true;
}

export function changeLead(world: InstantlyWorld, change: LeadChange): { id: string } {
  for (const workspace of world.workspaces.values()) {
    const lead = workspace.campaigns.get(change.campaignId)?.leads.find(change.email);
    if (lead === undefined) continue;
    workspace.removeLeads(new Set([lead]));
    world.dirty = true;
    if (change.remove) return { id: lead.id };
    const id = change.newId ? world.nextId() : lead.id;
    const email = change.newEmail === undefined ? lead.email : normalizeEmail(change.newEmail);
    const campaign = change.moveTo ?? lead.campaign;
    workspace.addLead({ ...lead, updated: world.simulatedNow, id, email, campaign });
    return { id };
  }
  throw new Error(`No campaign ${change.campaignId} has a lead ${change.email}`);
}
