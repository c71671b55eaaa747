import type { Random } from './random.ts';
import type { EventDetails, EventRecord, EventType, LeadState } from './records.ts';
import type { Campaign, LeadScene, Place, Scene, Workspace, World } from './state.ts';
import type { ReplyMood } from './texts.ts';
import type { SendingWindow } from './time.ts';

export interface Mailbox {
  email: string;
  daily_limit: number;
}

/** In what the providers differ when campaigns send and things happen. Methods, so that each takes its own types. */
export interface Rules {
  /** The status of a campaign that sends, and of one that is done. */
  active: string | number;
  completed: string | number;
  /** The window the campaign is in, if it may send at all. */
  window(campaign: Campaign, at: number): SendingWindow | undefined;
  mailboxes(place: Place): Mailbox[];
  dailyLimit?(campaign: Campaign): number;
  newLeadsPerDay(campaign: Campaign): number;
  newLeadsFirst?(campaign: Campaign): boolean;
  variantsOf(campaign: Campaign, step: number): number[];
  /** Milliseconds until the next step; undefined after the last one. */
  delayAfter(campaign: Campaign, step: number): number | undefined;
  tracks(campaign: Campaign): { opens: boolean; clicks: boolean };
  /** Whether a campaign is done when nobody is left to write to. */
  completes(place: Place): boolean;

  /** Step and variant of what happens to a lead that was not written to yet. */
  unsent: { step: number; variant: number } | null;
  /** Moves the lead; opens, clicks, replies and the label are counted already. */
  apply(scene: LeadScene): void;
  ends(scene: LeadScene): boolean;
  /** What the provider does by itself once everybody knows of the event. */
  after?(scene: LeadScene): void;
  mayUnsubscribe(lead: LeadState): boolean;

  /** The label of a first human reply, drawn from the mix of the options. */
  firstLabel(workspace: Workspace, random: Random): number | undefined;
  /** What somebody writes whose reply will get this label. */
  moodOf(workspace: Workspace, label: number | undefined): ReplyMood;
  outOfOffice(workspace: Workspace): number | undefined;
  /** Where a positive label may lead to: one stage on, or no interest after all. Undefined when it is not positive. */
  onward(
    workspace: Workspace,
    label: number,
  ): { next: number | undefined; lost: number | undefined } | undefined;
}

interface NewEvent extends EventDetails {
  type: EventType;
  at: number;
  account?: string | null;
  step?: number;
  variant?: number;
}

/** What a lead counts of itself. */
const counters: Partial<Record<EventType, 'opens' | 'clicks' | 'replies'>> = {
  email_opened: 'opens',
  link_clicked: 'clicks',
  reply_received: 'replies',
};

/** The single door through which anything happens: writes the log, moves the lead, tells the listener. */
export class EventRecorder {
  constructor(readonly world: World, readonly rules: Rules, readonly listener: (scene: Scene) => void) {}

  record({ workspace, campaign, lead }: Place, happening: NewEvent): EventRecord {
    const { type, at, account, step, variant, ...details } = happening;
    const counter = counters[type];
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
      first: counter === undefined ? type === 'email_sent' && lead?.lastSent === null : lead?.[counter] === 0,
      ...details,
      ...(details.label !== undefined && { previousLabel: lead?.label ?? null }),
    };
    campaign.events.push(event);
    this.world.dirty = true;
    if (lead === undefined) this.listener({ workspace, campaign, event });
    else this.#happenTo({ workspace, campaign, event, lead });
    return event;
  }

  #happenTo(scene: LeadScene): void {
    const { event, lead } = scene;
    if (event.type === 'email_sent' && event.account !== null) lead.account = event.account;
    const counter = counters[event.type];
    if (counter !== undefined) lead[counter] += 1;
    if (event.type === 'label_changed') lead.label = event.label ?? null;
    this.rules.apply(scene);
    this.listener(scene);
    if (this.rules.ends(scene)) this.record(scene, { type: 'lead_completed', at: event.at });
    this.rules.after?.(scene);
  }
}
