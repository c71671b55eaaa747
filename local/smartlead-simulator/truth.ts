import type { Workspace, World } from './state.ts';
import type { EventRecord, Sentiment } from './types.ts';

export interface TruthCounts {
  sent: number;
  contactedLeads: number;
  newLeadsContacted: number;
  opens: number;
  leadsOpened: number;
  clicks: number;
  leadsClicked: number;
  replies: number;
  leadsReplied: number;
  autoReplies: number;
  leadsAutoReplied: number;
  bounced: number;
  unsubscribed: number;
}

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

export interface CampaignTruth extends TruthCounts {
  workspaceId: string;
  /** As text, like the ids of the other simulator. */
  campaignId: string;
  campaignName: string;
  clientId: number | null;
  parentCampaignId: string | null;
  /** How many leads now carry each category id; leads without one are not counted. */
  leadsByInterest: Record<string, number>;
  /** Events that were kept from the webhooks on purpose. */
  withheld: number;
  /** Same counts per UTC day; "leads" are distinct within the day. */
  days: Record<string, TruthCounts>;
  /** By address. */
  leads: Record<string, LeadTruth>;
}

const emptyCounts = (): TruthCounts => ({
  sent: 0,
  contactedLeads: 0,
  newLeadsContacted: 0,
  opens: 0,
  leadsOpened: 0,
  clicks: 0,
  leadsClicked: 0,
  replies: 0,
  leadsReplied: 0,
  autoReplies: 0,
  leadsAutoReplied: 0,
  bounced: 0,
  unsubscribed: 0,
});

/**
 * Counts with the plainest loop there is. It shares no code with the statistics and analytics endpoints, so that
 * a mistake in one of the two shows up as a difference.
 */
function count(events: readonly EventRecord[], contactedBefore: ReadonlySet<string>): TruthCounts {
  const counts = emptyCounts();
  const contacted = new Set<string>();
  const opened = new Set<string>();
  const clicked = new Set<string>();
  const replied = new Set<string>();
  const autoReplied = new Set<string>();
  for (const event of events) {
    const lead = event.email ?? '';
    if (event.type === 'email_sent') {
      counts.sent += 1;
      contacted.add(lead);
    }
    if (event.type === 'email_opened') {
      counts.opens += 1;
      opened.add(lead);
    }
    if (event.type === 'link_clicked') {
      counts.clicks += 1;
      clicked.add(lead);
    }
    if (event.type === 'reply_received') {
      counts.replies += 1;
      replied.add(lead);
    }
    if (event.type === 'auto_reply_received') {
      counts.autoReplies += 1;
      autoReplied.add(lead);
    }
    if (event.type === 'email_bounced') counts.bounced += 1;
    if (event.type === 'lead_unsubscribed') counts.unsubscribed += 1;
  }
  counts.contactedLeads = contacted.size;
  for (const lead of contacted) if (!contactedBefore.has(lead)) counts.newLeadsContacted += 1;
  counts.leadsOpened = opened.size;
  counts.leadsClicked = clicked.size;
  counts.leadsReplied = replied.size;
  counts.leadsAutoReplied = autoReplied.size;
  return counts;
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
  const interest = new Map<string, number | null>();
  let withheld = 0;
  for (const event of events) {
    if (event.type === 'interest_changed') interest.set(event.email ?? '', event.category ?? null);
    if (event.withheld === true) withheld += 1;
  }
  const leadsByInterest: Record<string, number> = {};
  for (const value of interest.values()) {
    if (value !== null) leadsByInterest[value] = (leadsByInterest[value] ?? 0) + 1;
  }
  const byDay = new Map<string, EventRecord[]>();
  for (const event of events) {
    const day = new Date(event.at).toISOString().slice(0, 10);
    const sameDay = byDay.get(day) ?? [];
    sameDay.push(event);
    byDay.set(day, sameDay);
  }
  const days: Record<string, TruthCounts> = {};
  const contactedBefore = new Set<string>();
  for (const [day, eventsOfDay] of byDay) {
    days[day] = count(eventsOfDay, contactedBefore);
    for (const event of eventsOfDay) if (event.type === 'email_sent') contactedBefore.add(event.email ?? '');
  }
  const { clientId, parentId, name } = campaign.data;
  return {
    workspaceId: workspace.id,
    campaignId: String(campaignId),
    campaignName: name,
    clientId,
    parentCampaignId: parentId === null ? null : String(parentId),
    ...count(events, new Set()),
    leadsByInterest,
    withheld,
    days,
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
