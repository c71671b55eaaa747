import { always, type Range, Tally, tallyBy } from '../shared/tally.ts';
import type { EventRecord } from '../shared/records.ts';
import type { Behaviour } from './options.ts';
import type { SmartleadCampaign, SmartleadWorkspace } from './state.ts';

/** Leads are told apart by address, so a subsequence adds none. */
const leadOf = ({ email }: EventRecord): string => email ?? '';

/** What Smartlead's analytics count of a group of events. */
export class SmartleadTally {
  readonly sent;
  readonly opened;
  readonly clicked;
  readonly bounced: number;
  readonly unsubscribed: number;
  readonly replies: number;
  readonly replyLeads: number;

  constructor(readonly behaviour: Behaviour, tally = new Tally()) {
    this.sent = tally.of('email_sent');
    this.opened = tally.of('email_opened');
    this.clicked = tally.of('link_clicked');
    this.bounced = tally.of('email_bounced').leads.size;
    this.unsubscribed = tally.of('lead_unsubscribed').leads.size;
    const human = tally.of('reply_received');
    const automatic = behaviour.replyCountIncludesAutomatic ? [tally.of('auto_reply_received')] : [];
    const counted = [human, ...automatic];
    this.replies = counted.reduce((sum, { count }) => sum + count, 0);
    this.replyLeads = new Set(counted.flatMap(({ leads }) => [...leads])).size;
  }

  get replyCount(): number {
    return this.behaviour.replyCount === 'leads' ? this.replyLeads : this.replies;
  }
}

/** A campaign and those whose numbers it includes: its subsequences, unless switched off. */
export function withSubsequences(
  workspace: SmartleadWorkspace,
  campaign: SmartleadCampaign,
  behaviour: Behaviour,
): SmartleadCampaign[] {
  return behaviour.parentIncludesSubsequences
    ? [campaign, ...workspace.subsequencesOf(campaign.data)]
    : [campaign];
}

export function tallyOf(events: readonly EventRecord[], behaviour: Behaviour, range: Range = always) {
  return new SmartleadTally(behaviour, tallyBy(events, range, () => 'all', leadOf).get('all'));
}

/** One tally per key, such as a local day. */
export const tallyPer = (
  events: readonly EventRecord[],
  keyOf: (event: EventRecord) => string,
): Map<string, Tally> => tallyBy(events, always, keyOf, leadOf);
