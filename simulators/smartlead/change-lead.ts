import { normalizeEmail } from './campaign-space.ts';
import type { World } from './state.ts';

/** What people do to a lead in the provider\'s own screens, which no call of the API does. */
export interface LeadChange {
  campaignId: string | number;
  email: string;
  /** Its new address; the id stays. */
  newEmail?: string;
  remove?: true;
}

export function changeLead(world: World, change: LeadChange): { id: number } {
  for (const workspace of world.workspaces.values()) {
    const campaign = workspace.campaigns.get(Number(change.campaignId));
    const link = campaign?.find(change.email);
    const lead = link === undefined ? undefined : workspace.leadById.get(link.lead);
    if (campaign === undefined || link === undefined || lead === undefined) continue;
    campaign.remove(link);
    world.dirty = true;
    if (change.remove) return { id: lead.id };
    const email = normalizeEmail(change.newEmail ?? change.email);
    workspace.leadByEmail.delete(lead.email);
    lead.email = email;
    link.email = email;
    workspace.leadByEmail.set(email, lead);
    campaign.add(link);
    return { id: lead.id };
  }
  throw new Error(`No campaign ${change.campaignId} has a lead ${change.email}`);
}
