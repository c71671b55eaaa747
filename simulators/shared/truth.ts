import type { EventRecord } from './records.ts';
import type { Campaign, Workspace } from './state.ts';

const nothing = {
  sent: 0,
  contactedLeads: 0,
  /** Contacted, or did something that only a contacted lead can do. */
  reachedLeads: 0,
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
};
export type TruthCounts = typeof nothing;

/** Under which names an event and the leads that it happened to are counted. */
const names: Readonly<Record<string, readonly [events: keyof TruthCounts, leads?: keyof TruthCounts]>> = {
  email_sent: ['sent', 'contactedLeads'],
  email_opened: ['opens', 'leadsOpened'],
  link_clicked: ['clicks', 'leadsClicked'],
  reply_received: ['replies', 'leadsReplied'],
  auto_reply_received: ['autoReplies', 'leadsAutoReplied'],
  email_bounced: ['bounced'],
  lead_unsubscribed: ['unsubscribed'],
};

/**
 * Counts with one plain loop. It shares no code with the statistics and analytics endpoints, so that a mistake in one
 * of the two shows up as a difference.
 */
function count(
  events: readonly EventRecord[],
  leadOf: (event: EventRecord) => string,
  contactedBefore: ReadonlySet<string>,
): TruthCounts {
  const counts = { ...nothing };
  const seen = new Set<string>();
  const isNew = (key: string): boolean => !seen.has(key) && seen.add(key) !== undefined;
  for (const event of events) {
    const lead = leadOf(event);
    const [counted, leads] = names[event.type] ?? [];
    if (counted !== undefined) counts[counted] += 1;
    if (leads !== undefined && isNew(`${leads} ${lead}`)) counts[leads] += 1;
    // An unsubscribe says nothing of being contacted.
    if (counted !== undefined && counted !== 'unsubscribed' && isNew(`reached ${lead}`)) {
      counts.reachedLeads += 1;
    }
    if (event.type === 'email_sent' && !contactedBefore.has(lead) && isNew(`new ${lead}`)) {
      counts.newLeadsContacted += 1;
    }
  }
  return counts;
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
