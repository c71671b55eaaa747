import type { EventRecord } from './records.ts';
import type { CampaignOf, Workspace } from './state.ts';

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
  bounced: 0,
  unsubscribed: 0,
};
type TruthCounts = typeof nothing;

/** Under which names an event and the leads that it happened to are counted. */
const names: Readonly<Record<string, readonly [events: keyof TruthCounts, leads?: keyof TruthCounts]>> = {
  email_sent: ['sent', 'contactedLeads'],
  email_opened: ['opens', 'leadsOpened'],
  link_clicked: ['clicks', 'leadsClicked'],
  reply_received: ['replies', 'leadsReplied'],
  auto_reply_received: ['autoReplies'],
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

/** What the events of a campaign, in order of time, add up to. */
function countEvents(events: readonly EventRecord[], leadOf: (event: EventRecord) => string) {
  const labels = new Map<string, number | null>();
  for (const event of events) {
    if (event.type === 'label_changed') labels.set(leadOf(event), event.label ?? null);
  }
  const leadsByInterest: Record<string, number> = {};
  for (const label of labels.values()) {
    if (label !== null) leadsByInterest[label] = (leadsByInterest[label] ?? 0) + 1;
  }
  const days: Record<string, TruthCounts> = {};
  const contactedBefore = new Set<string>();
  for (const [day, ofDay] of Map.groupBy(events, ({ at }) => new Date(at).toISOString().slice(0, 10))) {
    days[day] = count(ofDay, leadOf, contactedBefore);
    for (const event of ofDay) if (event.type === 'email_sent') contactedBefore.add(leadOf(event));
  }
  const withheld = events.filter((event) => event.withheld === true).length;
  return {
    ...count(events, leadOf, new Set()),
    /** How many leads now carry each label (interest number, category id); leads without one are not counted. */
    leadsByInterest,
    /** Events that were kept from the webhooks on purpose. */
    withheld,
    /** Same counts per UTC day; "leads" are distinct within the day. */
    days,
  };
}

/** What really happened, for every campaign or for one; a parent's holds that of its subsequences. */
export function groundTruth<One extends Workspace, Extra>(
  world: { workspaces: ReadonlyMap<string, One> },
  campaignId: string | number | undefined,
  /** What tells leads apart. */
  leadOf: (event: EventRecord) => string,
  /** What only one provider knows of a campaign. */
  more: (campaign: CampaignOf<One>, events: readonly EventRecord[]) => Extra,
) {
  return [...world.workspaces.values()].flatMap((workspace) =>
    workspace.allCampaigns
      .filter(({ data: { id } }) => campaignId === undefined || String(id) === String(campaignId))
      .map((campaign) => {
        const events = workspace.withSubsequences(campaign).flatMap((part) => part.events)
          .sort((one, other) => one.at - other.at);
        return {
          workspaceId: workspace.id,
          /** As text, whatever the id is in the API. */
          campaignId: String(campaign.data.id),
          ...countEvents(events, leadOf),
          ...more(campaign, events),
        };
      })
  );
}
