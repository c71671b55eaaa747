import { leadStatus } from './types.ts';
import type { EventRecord, EventType, Lead } from './types.ts';
import type { CampaignSpace, Workspace, World } from './state.ts';

export interface NewEvent {
  type: EventType;
  at: number;
  lead?: Lead;
  account?: string | null;
  step?: number;
  variant?: number;
  interest?: number | null;
  text?: string;
  writtenBy?: string;
  deliveredAsReply?: true;
}

export type EventListener = (
  workspace: Workspace,
  campaign: CampaignSpace,
  event: EventRecord,
  lead?: Lead,
) => void;

const flag = (campaign: CampaignSpace, name: string): boolean => campaign.data[name] === true;

/** The single door through which anything happens: writes the log, moves the lead, tells the listeners. */
export class EventRecorder {
  readonly #listeners: EventListener[] = [];

  constructor(readonly world: World) {}

  listen(listener: EventListener): void {
    this.#listeners.push(listener);
  }

  record(workspace: Workspace, campaign: CampaignSpace, happening: NewEvent): EventRecord {
    const { lead, type } = happening;
    const event: EventRecord = {
      id: this.world.nextId(Math.max(happening.at, this.world.simulatedNow)),
      at: happening.at,
      type,
      campaign: campaign.data.id,
      lead: lead?.id ?? null,
      email: lead?.email ?? null,
      account: happening.account ?? lead?.account ?? null,
      step: happening.step ?? lead?.lastSent?.step ?? null,
      variant: happening.variant ?? lead?.lastSent?.variant ?? null,
      first: lead !== undefined && this.#isFirst(type, lead),
      ...(happening.interest !== undefined && { interest: happening.interest }),
      ...(happening.text !== undefined && { text: happening.text }),
      ...(happening.writtenBy !== undefined && { writtenBy: happening.writtenBy }),
      ...(happening.deliveredAsReply && { deliveredAsReply: true }),
    };
    campaign.events.push(event);
    workspace.indexEmail(event);
    if (lead !== undefined) this.#apply(campaign, event, lead);
    this.world.dirty = true;
    for (const listener of this.#listeners) listener(workspace, campaign, event, lead);
    if (lead !== undefined) this.#completeIfStopped(workspace, campaign, event, lead);
    return event;
  }

  #isFirst(type: EventType, lead: Lead): boolean {
    if (type === 'email_sent') return lead.lastSent === undefined;
    if (type === 'email_opened') return lead.opens === 0;
    if (type === 'link_clicked') return lead.clicks === 0;
    if (type === 'reply_received') return lead.replies === 0;
    return false;
  }

  #apply(campaign: CampaignSpace, event: EventRecord, lead: Lead): void {
    const mark = { step: event.step ?? 1, variant: event.variant ?? 1, at: event.at };
    lead.updated = Math.max(lead.updated, event.at);
    switch (event.type) {
      case 'email_sent':
        lead.lastSent = mark;
        if (event.account !== null) lead.account = event.account;
        break;
      case 'email_opened':
        lead.opens += 1;
        lead.lastOpen = mark;
        break;
      case 'link_clicked':
        lead.clicks += 1;
        lead.lastClick = mark;
        break;
      case 'reply_received':
        lead.replies += 1;
        lead.lastReply = { ...mark, text: event.text ?? '' };
        break;
      case 'email_bounced':
        campaign.leads.setStatus(lead, leadStatus.bounced);
        break;
      case 'lead_unsubscribed':
        campaign.leads.setStatus(lead, leadStatus.unsubscribed);
        break;
      case 'lead_completed':
        campaign.leads.setStatus(lead, leadStatus.completed);
        break;
      case 'interest_changed':
        if (event.interest === null || event.interest === undefined) delete lead.interest;
        else lead.interest = event.interest;
        lead.interestChanged = event.at;
        break;
      default:
        break;
    }
  }

  /** A reply (when the campaign says so) and any interest label end the sequence of an active lead. */
  #completeIfStopped(workspace: Workspace, campaign: CampaignSpace, event: EventRecord, lead: Lead): void {
    const stops = (event.type === 'reply_received' && campaign.data.stop_on_reply !== false) ||
      (event.type === 'auto_reply_received' && flag(campaign, 'stop_on_auto_reply')) ||
      (event.type === 'interest_changed' && event.interest !== null);
    if (stops && lead.status === leadStatus.active) {
      this.record(workspace, campaign, { type: 'lead_completed', at: event.at, lead });
    }
  }
}
