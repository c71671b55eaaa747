import { accountErrorBody } from './payloads.ts';
import { normalizeEmail } from './lead-book.ts';
import type { WebhookDelivery } from './delivery.ts';
import type { EventRecorder } from './events.ts';
import type { World } from './state.ts';
import type { EventRecord, EventType } from './types.ts';

const interestTypes = {
  lead_neutral: null,
  lead_out_of_office: 0,
  lead_interested: 1,
  lead_meeting_booked: 2,
  lead_meeting_completed: 3,
  lead_closed: 4,
  lead_not_interested: -1,
  lead_wrong_person: -2,
  lead_lost: -3,
  lead_no_show: -4,
} as const;

export type EmitType =
  | Exclude<EventType, 'interest_changed' | 'lead_completed'>
  | keyof typeof interestTypes
  /** Same as `link_clicked`, under the name it is subscribed by. */
  | 'email_link_clicked'
  /** Needs `label`, the text of one of the workspace's own labels. */
  | 'custom_label'
  | 'account_error';

export interface EmitOptions {
  workspaceId: string;
  campaignId?: string;
  leadEmail?: string;
  type: EmitType;
  /** Simulated time, ISO text or a date. @default now */
  at?: string | Date;
  /** Starts at 1, as in webhooks. @default the lead's last step */
  step?: number;
  variant?: number;
  label?: string;
  text?: string;
  /** Sending account. @default the lead's own, else the campaign's first */
  account?: string;
  /** Of a reply: who wrote it, where that was not the lead. Only the inbox tells it. */
  from?: string;
  /** Of an automatic reply: its delivery calls it a reply like any other, and only the inbox knows better. */
  deliveredAsReply?: boolean;
}

const isInterest = (type: string): type is keyof typeof interestTypes => type in interestTypes;

/** Applies one event to the state and hands it to the webhooks, as if the engine had produced it. */
export function emitEvent(
  world: World,
  recorder: EventRecorder,
  delivery: WebhookDelivery,
  options: EmitOptions,
): EventRecord | undefined {
  const { type, step, variant, text } = options;
  const workspace = world.workspaces.get(options.workspaceId);
  if (workspace === undefined) throw new Error(`Cannot emit: unknown workspace "${options.workspaceId}"`);
  const at = options.at === undefined ? world.simulatedNow : new Date(options.at).getTime();
  if (Number.isNaN(at)) throw new Error(`Cannot emit: "at" is not a date`);
  if (type === 'account_error') {
    delivery.offerBody(workspace, type, accountErrorBody(workspace, options.account ?? null, at));
    return undefined;
  }
  const campaign = workspace.campaigns.get(options.campaignId ?? '');
  if (campaign === undefined) throw new Error(`Cannot emit: unknown campaign "${options.campaignId}"`);
  if (type === 'campaign_completed') {
    campaign.data.status = 3;
    return recorder.record(workspace, campaign, { type, at });
  }
  const lead = campaign.leads.find(normalizeEmail(options.leadEmail ?? ''));
  if (lead === undefined) {
    throw new Error(`Cannot emit: "${options.leadEmail}" is not a lead of the campaign`);
  }
  const account = options.account ?? lead.account ?? campaign.data.email_list[0] ?? null;
  const common = {
    at,
    lead,
    account,
    step: step ?? lead.lastSent?.step ?? 1,
    variant: variant ?? lead.lastSent?.variant ?? 1,
    ...(text !== undefined && { text }),
    ...(options.from !== undefined && { writtenBy: options.from }),
    ...(options.deliveredAsReply === true && { deliveredAsReply: true as const }),
  };
  if (isInterest(type)) {
    return recorder.record(workspace, campaign, {
      ...common,
      type: 'interest_changed',
      interest: interestTypes[type],
    });
  }
  if (type === 'custom_label') {
    const label = workspace.record.labels.find((candidate) => candidate.label === options.label);
    if (label === undefined) throw new Error(`Cannot emit: the workspace has no label "${options.label}"`);
    return recorder.record(workspace, campaign, {
      ...common,
      type: 'interest_changed',
      interest: label.interestStatus,
    });
  }
  return recorder.record(workspace, campaign, {
    ...common,
    type: type === 'email_link_clicked' ? 'link_clicked' : type,
  });
}
