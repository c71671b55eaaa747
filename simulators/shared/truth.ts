import type { EventRecord } from './records.ts';
import type { Campaign, Workspace } from './state.ts';

export interface TruthCounts {
  sent: number;
  contactedLeads: number;
  /** Contacted, or did something that only a contacted lead can do. */
  reachedLeads: number;
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

const onlyContacted: ReadonlySet<string> = new Set([
  'email_sent',
  'email_opened',
  'link_clicked',
  'reply_received',
  'auto_reply_received',
  'email_bounced',
]);

/**
 * Counts with the plainest loop there is. It shares no code with the statistics and analytics endpoints, so that
 * a mistake in one of the two shows up as a difference.
 */
function count(
  events: readonly EventRecord[],
  leadOf: (event: EventRecord) => string,
  contactedBefore: ReadonlySet<string>,
): TruthCounts {
  const counts = {
    sent: 0,
    newLeadsContacted: 0,
    opens: 0,
    clicks: 0,
    replies: 0,
    autoReplies: 0,
    bounced: 0,
    unsubscribed: 0,
  };
  const contacted = new Set<string>();
  const reached = new Set<string>();
  const opened = new Set<string>();
  const clicked = new Set<string>();
  const replied = new Set<string>();
  const autoReplied = new Set<string>();
  for (const event of events) {
    const lead = leadOf(event);
    if (onlyContacted.has(event.type)) reached.add(lead);
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
  for (const lead of contacted) if (!contactedBefore.has(lead)) counts.newLeadsContacted += 1;
  return {
    ...counts,
    contactedLeads: contacted.size,
    reachedLeads: reached.size,
    leadsOpened: opened.size,
    leadsClicked: clicked.size,
    leadsReplied: replied.size,
    leadsAutoReplied: autoReplied.size,
  };
}

export interface CommonTruth extends TruthCounts {
  workspaceId: string;
  /** As text, whatever the id is in the API. */
  campaignId: string;
  campaignName: string;
  /** How many leads now carry each label (interest number, category id); leads without one are not counted. */
  leadsByInterest: Record<string, number>;
  /** Events that were kept from the webhooks on purpose. */
  withheld: number;
  /** Same counts per UTC day; "leads" are distinct within the day. */
  days: Record<string, TruthCounts>;
}

/** What the events of a campaign, in order of time, add up to. */
function countEvents(events: readonly EventRecord[], leadOf: (event: EventRecord) => string) {
  const labels = new Map<string, number | null>();
  const byDay = new Map<string, EventRecord[]>();
  for (const event of events) {
    if (event.type === 'label_changed') labels.set(leadOf(event), event.label ?? null);
    const day = new Date(event.at).toISOString().slice(0, 10);
    const sameDay = byDay.get(day) ?? [];
    sameDay.push(event);
    byDay.set(day, sameDay);
  }
  const leadsByInterest: Record<string, number> = {};
  for (const label of labels.values()) {
    if (label !== null) leadsByInterest[label] = (leadsByInterest[label] ?? 0) + 1;
  }
  const days: Record<string, TruthCounts> = {};
  const contactedBefore = new Set<string>();
  for (const [day, eventsOfDay] of byDay) {
    days[day] = count(eventsOfDay, leadOf, contactedBefore);
    for (const event of eventsOfDay) if (event.type === 'email_sent') contactedBefore.add(leadOf(event));
  }
  const withheld = events.filter((event) => event.withheld === true).length;
  return { ...count(events, leadOf, new Set()), leadsByInterest, withheld, days };
}

export interface TruthOptions<One extends Workspace, Extra> {
  /** What tells leads apart. */
  leadOf: (event: EventRecord) => string;
  /** Campaigns whose events count as those of this one, too. */
  alsoOf: (workspace: One, campaign: Campaign) => Campaign[];
  /** What only one provider knows of a campaign. */
  more: (workspace: One, campaign: Campaign, events: readonly EventRecord[]) => Extra;
}

/** What really happened, for every campaign or for one. */
export function groundTruth<One extends Workspace, Extra>(
  world: { workspaces: ReadonlyMap<string, One> },
  campaignId: string | number | undefined,
  { leadOf, alsoOf, more }: TruthOptions<One, Extra>,
): Array<CommonTruth & Extra> {
  return [...world.workspaces.values()].flatMap((workspace) =>
    [...workspace.campaigns.values()]
      .filter(({ data: { id } }) => campaignId === undefined || String(id) === String(campaignId))
      .map((campaign) => {
        const events = [campaign, ...alsoOf(workspace, campaign)].flatMap((each) => each.events)
          .sort((one, other) => one.at - other.at);
        return {
          workspaceId: workspace.id,
          campaignId: String(campaign.data.id),
          campaignName: campaign.data.name,
          ...countEvents(events, leadOf),
          ...more(workspace, campaign, events),
        };
      })
  );
}
