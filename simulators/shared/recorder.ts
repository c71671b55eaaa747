import type { EventDetails, EventRecord, EventType, LeadState } from './records.ts';
import type { Rules } from './rules.ts';
import type { Campaign, Workspace, World } from './state.ts';

export interface NewEvent extends EventDetails {
  type: EventType;
  at: number;
  lead?: LeadState;
  account?: string | null;
  step?: number;
  variant?: number;
}

type EventListener = (
  workspace: Workspace,
  campaign: Campaign,
  event: EventRecord,
  lead: LeadState | undefined,
) => void;

function isFirst(type: EventType, lead: LeadState): boolean {
  if (type === 'email_sent') return lead.lastSent === null;
  if (type === 'email_opened') return lead.opens === 0;
  if (type === 'link_clicked') return lead.clicks === 0;
  return type === 'reply_received' && lead.replies === 0;
}

/** The single door through which anything happens: writes the log, moves the lead, tells the listener. */
export class EventRecorder {
  constructor(readonly world: World, readonly rules: Rules, readonly listener: EventListener) {}

  record(workspace: Workspace, campaign: Campaign, happening: NewEvent): EventRecord {
    const { type, at, lead, account, step, variant, ...details } = happening;
    const mark = lead && (lead.lastSent ?? this.rules.unsent);
    const event: EventRecord = {
      id: this.world.nextEventId(Math.max(at, this.world.simulatedNow)),
      at,
      type,
      campaign: campaign.data.id,
      lead: lead?.id ?? null,
      email: lead?.email ?? null,
      account: account ?? lead?.account ?? null,
      step: step ?? mark?.step ?? null,
      variant: variant ?? mark?.variant ?? null,
      first: lead !== undefined && isFirst(type, lead),
      ...details,
      ...(details.label !== undefined && { previousLabel: lead?.label ?? null }),
    };
    campaign.events.push(event);
    if (lead !== undefined) this.#apply(workspace, campaign, event, lead);
    this.world.dirty = true;
    this.listener(workspace, campaign, event, lead);
    if (lead !== undefined) {
      if (this.rules.ends(campaign, event, lead)) {
        this.record(workspace, campaign, { type: 'lead_completed', at, lead });
      }
      this.rules.after?.(workspace, campaign, event, lead);
    }
    return event;
  }

  #apply(workspace: Workspace, campaign: Campaign, event: EventRecord, lead: LeadState): void {
    if (event.type === 'email_sent' && event.account !== null) lead.account = event.account;
    if (event.type === 'email_opened') lead.opens += 1;
    if (event.type === 'link_clicked') lead.clicks += 1;
    if (event.type === 'reply_received') lead.replies += 1;
    if (event.type === 'label_changed') lead.label = event.label ?? null;
    this.rules.apply(workspace, campaign, event, lead);
  }
}
