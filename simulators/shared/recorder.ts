import type { EventDetails, EventRecord, EventType, LeadState } from './records.ts';
import type { Rules } from './rules.ts';
import type { LeadScene, Place, Scene, World } from './state.ts';

interface NewEvent extends EventDetails {
  type: EventType;
  at: number;
  account?: string | null;
  step?: number;
  variant?: number;
}

function isFirst(type: EventType, lead: LeadState): boolean {
  if (type === 'email_sent') return lead.lastSent === null;
  if (type === 'email_opened') return lead.opens === 0;
  if (type === 'link_clicked') return lead.clicks === 0;
  return type === 'reply_received' && lead.replies === 0;
}

/** The single door through which anything happens: writes the log, moves the lead, tells the listener. */
export class EventRecorder {
  constructor(readonly world: World, readonly rules: Rules, readonly listener: (scene: Scene) => void) {}

  record({ workspace, campaign, lead }: Place, happening: NewEvent): EventRecord {
    const { type, at, account, step, variant, ...details } = happening;
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
    this.world.dirty = true;
    if (lead === undefined) this.listener({ workspace, campaign, event });
    else this.#happenTo({ workspace, campaign, event, lead });
    return event;
  }

  #happenTo(scene: LeadScene): void {
    const { event, lead } = scene;
    if (event.type === 'email_sent' && event.account !== null) lead.account = event.account;
    if (event.type === 'email_opened') lead.opens += 1;
    if (event.type === 'link_clicked') lead.clicks += 1;
    if (event.type === 'reply_received') lead.replies += 1;
    if (event.type === 'label_changed') lead.label = event.label ?? null;
    this.rules.apply(scene);
    this.listener(scene);
    if (this.rules.ends(scene)) this.record(scene, { type: 'lead_completed', at: event.at });
    this.rules.after?.(scene);
  }
}
