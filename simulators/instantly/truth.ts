import { type CommonTruth, countEvents } from '../shared/truth.ts';
import type { Workspace, World } from './state.ts';

/** `leadsByInterest` goes by interest number. */
export interface CampaignTruth extends CommonTruth {
  workspaceId: string;
  campaignId: string;
  campaignName: string;
}

function campaignTruth(workspace: Workspace, campaignId: string): CampaignTruth | undefined {
  const campaign = workspace.campaigns.get(campaignId);
  if (campaign === undefined) return undefined;
  const events = campaign.events.toSorted((one, other) => one.at - other.at);
  return {
    workspaceId: workspace.id,
    campaignId,
    campaignName: campaign.data.name,
    ...countEvents(events, ({ lead }) => lead ?? '', ({ interest }) => interest ?? null),
  };
}

/** What really happened, for every campaign or for one. */
export function groundTruth(world: World, campaignId?: string): CampaignTruth[] {
  const truths: CampaignTruth[] = [];
  for (const workspace of world.workspaces.values()) {
    for (const id of workspace.campaigns.keys()) {
      const truth = campaignId === undefined || campaignId === id ? campaignTruth(workspace, id) : undefined;
      if (truth !== undefined) truths.push(truth);
    }
  }
  return truths;
}
