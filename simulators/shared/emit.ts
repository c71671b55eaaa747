import type { EventRecord, EventType, LeadState } from './records.ts';
import type { EventRecorder } from './recorder.ts';
import type { Campaign, LeadPlace, Workspace } from './state.ts';

export type CommonEmitType =
  /** `answer_sent`: a person answers in the provider's own inbox. */
  | Exclude<EventType, 'label_changed' | 'lead_completed'>
  /** Same as `link_clicked`, under the name it is subscribed by at Instantly. */
  | 'email_link_clicked'
  /** Needs `label`, the text of a label of the workspace. */
  | 'custom_label'
  | 'account_error';

export interface CommonEmitOptions<Type extends string = string> {
  workspaceId: string;
  campaignId?: string | number;
  leadEmail?: string;
  type: Type;
  /** Simulated time, ISO text or a date. @default now */
  at?: string | Date;
  /** Starts at 1, as in webhooks. @default the lead's last step */
  step?: number;
  variant?: number;
  label?: string;
  text?: string;
  /** Sending account. @default the lead's own, else the campaign's first */
  account?: string;
  /** Of a reply: who wrote it, where that was not the lead. */
  from?: string;
  /** Of an automatic reply at Instantly: its delivery calls it a reply like any other, only the inbox knows better. */
  deliveredAsReply?: boolean;
  /** Of a bounce at Smartlead: the fault was ours, so that it says nothing of the address. */
  senderSide?: boolean;
  /** For `campaign_status_changed`, at Smartlead. */
  status?: string;
}

/** Applies one event to the state and hands it to the webhooks, as if the engine had produced it. */
export abstract class Emitter<Options extends CommonEmitOptions, Delivery> {
  constructor(readonly recorder: EventRecorder, readonly delivery: Delivery) {}

  /** The label that stands for each event of one: itself, its name, or null for none. */
  protected abstract readonly labels: Readonly<Record<string, number | string | null>>;
  protected abstract labelNamed(workspace: Workspace, label: string): number;
  /** Delivers what is no event of a lead or campaign; false when it is one. */
  protected abstract announce(workspace: Workspace, options: Options, at: number): boolean;

  protected leadFor(_: Workspace, campaign: Campaign, email: string): LeadState | undefined {
    return campaign.leads.find(email);
  }

  /** Delivers again what happened before; undefined when something new happens. */
  protected repeat?(place: LeadPlace, options: Options): EventRecord | undefined;

  emit(options: Options): EventRecord | undefined {
    const { world, rules } = this.recorder;
    const { type } = options;
    const workspace = world.workspaces.get(options.workspaceId);
    if (workspace === undefined) throw new Error(`Cannot emit: unknown workspace "${options.workspaceId}"`);
    const at = options.at === undefined ? world.simulatedNow : new Date(options.at).getTime();
    if (Number.isNaN(at)) throw new Error('Cannot emit: "at" is not a date');
    if (this.announce(workspace, options, at)) return undefined;
    const campaign = workspace.campaignNamed(options.campaignId);
    if (campaign === undefined) throw new Error(`Cannot emit: unknown campaign "${options.campaignId}"`);
    if (type === 'campaign_completed' || type === 'campaign_status_changed') {
      const { status = campaign.data.status } = options;
      campaign.data.status = type === 'campaign_completed' ? rules.completed : status;
      return this.recorder.record({ workspace, campaign }, { type, at });
    }
    const lead = this.leadFor(workspace, campaign, options.leadEmail ?? '');
    if (lead === undefined) {
      throw new Error(`Cannot emit: "${options.leadEmail}" is not a lead of the campaign`);
    }
    const place = { workspace, campaign, lead };
    const repeated = this.repeat?.(place, options);
    if (repeated !== undefined) return repeated;
    const label = this.#labelOf(workspace, options);
    const { text, from: writtenBy, deliveredAsReply, senderSide } = options;
    const details = { label, text, writtenBy, deliveredAsReply, senderSide };
    const plain = type === 'email_link_clicked' ? 'link_clicked' : type as EventType;
    return this.recorder.record(place, {
      type: label === undefined ? plain : 'label_changed',
      at,
      account: options.account ?? lead.account ?? rules.mailboxes(place)[0]?.email ?? null,
      step: options.step ?? lead.lastSent?.step ?? 1,
      variant: options.variant ?? lead.lastSent?.variant ?? 1,
      ...details,
    });
  }

  #labelOf(workspace: Workspace, { type, label }: Options): number | null | undefined {
    const meant = type === 'custom_label' ? label ?? '' : this.labels[type];
    return typeof meant === 'string' ? this.labelNamed(workspace, meant) : meant;
  }
}
