import { type CommonTruth, countEvents } from '../shared/truth.ts';
import type { Workspace, World } from './state.ts';
import type { EventRecord, Sentiment } from './types.ts';

export interface LeadTruth {
  sent: number;
  opens: number;
  clicks: number;
  replies: number;
  autoReplies: number;
  bounced: boolean;
  unsubscribed: boolean;
  /** Name of the latest category; null when there is none or it was taken away. */
  category: string | null;
  sentiment: Sentiment | null;
  /** Mailbox of the latest event that names one. */
  account: string | null;
  lastEventAt: string | null;
}

/** `leadsByInterest` goes by category id. */
export interface CampaignTruth extends CommonTruth {
  workspaceId: string;
  /** As text, like the ids of the other simulator. */
  campaignId: string;
  campaignName: string;
  clientId: number | null;
  parentCampaignId: string | null;
  /** By address. */
  leads: Record<string, LeadTruth>;
}

function leadTruths(workspace: Workspace, events: readonly EventRecord[]): Record<string, LeadTruth> {
  const leads: Record<string, LeadTruth> = {};
  for (const event of events) {
    if (event.email === null) continue;
    const lead = leads[event.email] ??= {
      sent: 0,
      opens: 0,
      clicks: 0,
      replies: 0,
      autoReplies: 0,
      bounced: false,
      unsubscribed: false,
      category: null,
      sentiment: null,
      account: null,
      lastEventAt: null,
    };
    if (event.type === 'email_sent') lead.sent += 1;
    if (event.type === 'email_opened') lead.opens += 1;
    if (event.type === 'link_clicked') lead.clicks += 1;
    if (event.type === 'reply_received') lead.replies += 1;
    if (event.type === 'auto_reply_received') lead.autoReplies += 1;
    if (event.type === 'email_bounced') lead.bounced = true;
    if (event.type === 'lead_unsubscribed') lead.unsubscribed = true;
    if (event.type === 'interest_changed') {
      const category = workspace.record.categories.find(({ id }) => id === event.category);
      lead.category = category?.name ?? null;
      lead.sentiment = category?.sentiment ?? null;
    }
    if (event.account !== null) lead.account = event.account;
    lead.lastEventAt = new Date(event.at).toISOString();
  }
  return leads;
}

function campaignTruth(
  workspace: Workspace,
  campaignId: number,
  withSubsequences: boolean,
): CampaignTruth | undefined {
  const campaign = workspace.campaigns.get(campaignId);
  if (campaign === undefined) return undefined;
  let all = [...campaign.record.events];
  if (withSubsequences) {
    for (const other of workspace.campaigns.values()) {
      if (other.data.parentId === campaignId) all = all.concat(other.record.events);
    }
  }
  const events = all.sort((one, other) => one.at - other.at);
  const { clientId, parentId, name } = campaign.data;
  return {
    workspaceId: workspace.id,
    campaignId: String(campaignId),
    campaignName: name,
    clientId,
    parentCampaignId: parentId === null ? null : String(parentId),
    ...countEvents(events, ({ email }) => email ?? '', ({ category }) => category ?? null),
    leads: leadTruths(workspace, events),
  };
}

/** What really happened, for every campaign or for one. A parent's truth holds that of its subsequences. */
export function groundTruth(
  world: World,
  withSubsequences: boolean,
  campaignId?: string | number,
): CampaignTruth[] {
  const truths: CampaignTruth[] = [];
  for (const workspace of world.workspaces.values()) {
    for (const id of workspace.campaigns.keys()) {
      if (campaignId !== undefined && Number(campaignId) !== id) continue;
      const truth = campaignTruth(workspace, id, withSubsequences);
      if (truth !== undefined) truths.push(truth);
    }
  }
  return truths;
}
