import { utcDay } from './dates.ts';
import type { Behaviour } from './options.ts';
import type { CampaignSpace, Workspace } from './state.ts';
import type { EventRecord } from './types.ts';

/** Milliseconds; the end is not included. */
export interface Range {
  from: number;
  to: number;
}

export const always: Range = { from: -Infinity, to: Infinity };

/** Counters of one group of events. Leads are told apart by address, so a subsequence adds none. */
export class Tally {
  sent = 0;
  opens = 0;
  clicks = 0;
  replies = 0;
  readonly sentTo = new Set<string>();
  readonly opened = new Set<string>();
  readonly clicked = new Set<string>();
  readonly replied = new Set<string>();
  readonly bounced = new Set<string>();
  readonly unsubscribed = new Set<string>();

  constructor(readonly behaviour: Behaviour) {}

  add({ type, email }: EventRecord): void {
    const lead = email ?? '';
    switch (type) {
      case 'email_sent':
        this.sent += 1;
        this.sentTo.add(lead);
        break;
      case 'email_opened':
        this.opens += 1;
        this.opened.add(lead);
        break;
      case 'link_clicked':
        this.clicks += 1;
        this.clicked.add(lead);
        break;
      case 'auto_reply_received':
        if (!this.behaviour.replyCountIncludesAutomatic) break;
        this.replies += 1;
        this.replied.add(lead);
        break;
      case 'reply_received':
        this.replies += 1;
        this.replied.add(lead);
        break;
      case 'email_bounced':
        this.bounced.add(lead);
        break;
      case 'lead_unsubscribed':
        this.unsubscribed.add(lead);
        break;
      default:
        break;
    }
  }

  get replyCount(): number {
    return this.behaviour.replyCount === 'leads' ? this.replied.size : this.replies;
  }
}

/** The events a campaign answers for: its own and, unless switched off, those of its subsequences. */
export function eventsOf(workspace: Workspace, campaign: CampaignSpace, behaviour: Behaviour): EventRecord[] {
  const others = behaviour.parentIncludesSubsequences ? workspace.subsequencesOf(campaign.data) : [];
  return [campaign, ...others].flatMap(({ record }) => record.events);
}

export function tallyOf(events: readonly EventRecord[], range: Range, behaviour: Behaviour): Tally {
  const tally = new Tally(behaviour);
  for (const event of events) if (event.at >= range.from && event.at < range.to) tally.add(event);
  return tally;
}

/** One tally per calendar day; `offset` gives the difference between local time and UTC. */
export function tallyByDay(
  events: readonly EventRecord[],
  behaviour: Behaviour,
  offset: (instant: number) => number,
): Map<string, Tally> {
  const days = new Map<string, Tally>();
  for (const event of events) {
    const day = utcDay(event.at + offset(event.at));
    let tally = days.get(day);
    if (tally === undefined) days.set(day, tally = new Tally(behaviour));
    tally.add(event);
  }
  return days;
}
