import { normalizeEmail } from './lead-book.ts';
import type { World } from './state.ts';

/** What people do to a lead in the provider\'s own screens, which no call of the API does. */
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

export function changeLead(world: World, change: LeadChange): { id: string } {
  for (const workspace of world.workspaces.values()) {
    const lead = workspace.campaigns.get(change.campaignId)?.leads.find(change.email);
    if (lead === undefined) continue;
    workspace.removeLeads(new Set([lead]));
    world.dirty = true;
    if (change.remove) return { id: lead.id };
    const changed = {
      ...lead,
      updated: world.simulatedNow,
      ...(change.newEmail !== undefined && { email: normalizeEmail(change.newEmail) }),
      ...(change.newId && { id: world.nextId() }),
      ...(change.moveTo !== undefined && { campaign: change.moveTo }),
    };
    workspace.addLead(changed);
    workspace.bookOf(changed).items.sort((left, right) => left.id.localeCompare(right.id));
    return { id: changed.id };
  }
  throw new Error(`No campaign ${change.campaignId} has a lead ${change.email}`);
}
