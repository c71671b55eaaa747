import type { Workspace, World } from './state.ts';
import type { EventRecord } from './types.ts';

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

export interface CampaignTruth extends TruthCounts {
  workspaceId: string;
  campaignId: string;
  campaignName: string;
  /** How many leads now carry each interest number; leads without one are not counted. */
  leadsByInterest: Record<string, number>;
  /** Events that were kept from the webhooks on purpose. */
  withheld: number;
  /** Same counts per UTC day; "leads" are distinct within the day. */
  days: Record<string, TruthCounts>;
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
 * Counts with the plainest loop there is. It shares no code with the analytics endpoints, so that a mistake in
 * one of the two shows up as a difference.
 */
function count(events: readonly EventRecord[], contactedBefore: ReadonlySet<string>): TruthCounts {
  const counts = emptyCounts();
  const contacted = new Set<string>();
  const opened = new Set<string>();
  const clicked = new Set<string>();
  const replied = new Set<string>();
  const autoReplied = new Set<string>();
  for (const event of events) {
    const lead = event.lead ?? '';
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

function campaignTruth(workspace: Workspace, campaignId: string): CampaignTruth | undefined {
  const campaign = workspace.campaigns.get(campaignId);
  if (campaign === undefined) return undefined;
  const events = campaign.events.toSorted((one, other) => one.at - other.at);
  const interest = new Map<string, number | null>();
  let withheld = 0;
  for (const event of events) {
    if (event.type === 'interest_changed') interest.set(event.lead ?? '', event.interest ?? null);
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
    for (const event of eventsOfDay) if (event.type === 'email_sent') contactedBefore.add(event.lead ?? '');
  }
  return {
    workspaceId: workspace.id,
    campaignId,
    campaignName: campaign.data.name,
    ...count(events, new Set()),
    leadsByInterest,
    withheld,
    days,
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
