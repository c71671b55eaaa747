import { normalizeEmail } from '../shared/state.ts';
import { isEmail } from './schemas.ts';
import type { JsonObject } from '../shared/records.ts';
import type { InstantlyCampaign, InstantlyWorkspace, InstantlyWorld } from './state.ts';

/** Why a row did not become a lead, as counters of the answer. */
export const noRefusals = {
  in_blocklist: 0,
  duplicated_leads: 0,
  skipped_count: 0,
  invalid_email_count: 0,
  incomplete_count: 0,
  duplicate_email_count: 0,
};

/** Checks one row of an upload; `earlier` holds the addresses of the rows before it. */
export function refusalFor(
  workspace: InstantlyWorkspace,
  campaign: InstantlyCampaign,
  row: JsonObject,
  flags: JsonObject,
  earlier: ReadonlySet<string>,
): keyof typeof noRefusals | undefined {
  const address = normalizeEmail(String(row.email));
  if (!isEmail(address)) return 'invalid_email_count';
  if (earlier.has(address)) return 'duplicate_email_count';
  if (workspace.isBlocked(address)) return 'in_blocklist';
  // A skip flag looks at the whole workspace, so it is counted before the plain "already here".
  const isSkipping = flags.skip_if_in_workspace === true || flags.skip_if_in_campaign === true;
  if (isSkipping && (workspace.leadsByEmail.get(address) ?? []).length > 0) return 'skipped_count';
  return campaign.leads.find(address) === undefined ? undefined : 'duplicated_leads';
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
    const from = workspace.campaigns.get(change.campaignId);
    const lead = from?.leads.find(change.email);
    if (from === undefined || lead === undefined) continue;
    workspace.removeLeads(from, [lead]);
    world.dirty = true;
    if (change.remove) return { id: lead.id };
    const id = change.newId ? world.nextId() : lead.id;
    const email = normalizeEmail(change.newEmail ?? lead.email);
    const campaign = change.moveTo ?? lead.campaign;
    workspace.addLead({ ...lead, updated: world.simulatedNow, id, email, campaign });
    return { id };
  }
  throw new Error(`No campaign ${change.campaignId} has a lead ${change.email}`);
}
