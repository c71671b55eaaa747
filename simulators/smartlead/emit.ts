import { accountBody, bounceThresholdBody, untrackedReplyBody } from './payloads.ts';
import type { WebhookDelivery } from './delivery.ts';
import type { EventRecorder } from './events.ts';
import type { CampaignSpace, Workspace, World } from './state.ts';
import type { CampaignStatus, EventRecord, EventType, Link } from './types.ts';

/** The neutral label events and the category that stands for each; the last four need an own category. */
const categories = {
  lead_neutral: null,
  lead_out_of_office: 'Out Of Office',
  lead_interested: 'Interested',
  lead_meeting_booked: 'Meeting Request',
  lead_information_request: 'Information Request',
  lead_not_interested: 'Not Interested',
  lead_wrong_person: 'Wrong Person',
  lead_do_not_contact: 'Do Not Contact',
  lead_meeting_completed: 'Meeting Completed',
  lead_closed: 'Closed',
  lead_lost: 'Lost',
  lead_no_show: 'No Show',
} as const;

export type EmitType =
  | Exclude<EventType, 'interest_changed' | 'lead_completed'>
  | keyof typeof categories
  /** Same as `link_clicked`. */
  | 'email_link_clicked'
  /** Needs `label`, the name of any category of the workspace. */
  | 'custom_label'
  /** A mailbox that lost its connection. */
  | 'account_error'
  | 'linkedin_disconnected'
  /** Too many mails of a campaign bounced. */
  | 'bounce_threshold'
  /** A mail from `leadEmail`, which need not be a lead. */
  | 'untracked_reply'
  /** The lead's last reply is delivered once more, with the category that it got meanwhile (`label`, if given). */
  | 'reply_told_again';

export interface EmitOptions {
  workspaceId: string;
  campaignId?: string | number;
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
  /** For `campaign_status_changed`. */
  status?: CampaignStatus;
  /** Of a bounce: the fault was ours, so that it says nothing of the address. */
  senderSide?: boolean;
  /** Of a reply: who wrote it, where that was not the lead. */
  from?: string;
}

const isCategory = (type: string): type is keyof typeof categories => type in categories;

function categoryId(workspace: Workspace, name: string): number {
  const category = workspace.categoryNamed(name);
  if (category === undefined) throw new Error(`Cannot emit: the workspace has no category "${name}"`);
  return category.id;
}

/** A lead of the parent may be spoken of in a subsequence; it enters it then. */
function linkFor(world: World, workspace: Workspace, campaign: CampaignSpace, email: string): Link {
  const known = campaign.find(email);
  if (known !== undefined) return known;
  const parent = workspace.campaigns.get(campaign.data.parentId ?? 0);
  const lead = workspace.leadById.get(parent?.find(email)?.lead ?? 0);
  if (lead === undefined) throw new Error(`Cannot emit: "${email}" is not a lead of the campaign`);
  return world.addLink(campaign, lead);
}

/** Delivers a reply that happened before; nothing happens. */
function tellAgain(
  workspace: Workspace,
  campaign: CampaignSpace,
  delivery: WebhookDelivery,
  link: Link,
  label: string | undefined,
): EventRecord {
  const reply = campaign.record.events.findLast((event) =>
    event.link === link.id && (event.type === 'reply_received' || event.type === 'auto_reply_received')
  );
  if (reply === undefined) throw new Error(`Cannot emit: "${link.email}" has not replied`);
  if (label !== undefined) link.category = categoryId(workspace, label);
  delivery.offer(workspace, campaign, reply, link);
  return reply;
}

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
  if (Number.isNaN(at)) throw new Error('Cannot emit: "at" is not a date');
  const account = options.account ?? null;
  if (type === 'account_error') {
    const known = workspace.account(account);
    if (known !== undefined) known.smtpFailure = text ?? 'Invalid login';
    const body = accountBody(account, text ?? 'Invalid login', at, delivery.behaviour);
    delivery.offerBody(workspace, 'EMAIL_ACCOUNT_DISCONNECTED', body);
    return undefined;
  }
  if (type === 'linkedin_disconnected') {
    const body = accountBody(account, 'Session expired', at, delivery.behaviour);
    delivery.offerBody(workspace, 'LINKEDIN_DISCONNECTED', body);
    return undefined;
  }
  if (type === 'untracked_reply') {
    const body = untrackedReplyBody(
      options.leadEmail ?? 'stranger@example.com',
      account,
      text ?? 'Hello',
      at,
    );
    delivery.offerBody(workspace, 'UNTRACKED_REPLIES', body);
    return undefined;
  }
  const campaign = workspace.campaigns.get(Number(options.campaignId));
  if (campaign === undefined) throw new Error(`Cannot emit: unknown campaign "${options.campaignId}"`);
  if (type === 'bounce_threshold') {
    // Nobody can subscribe to it by a name of its own.
    delivery.offerBody(workspace, 'EMAIL_BOUNCE', bounceThresholdBody(campaign, at, delivery.behaviour));
    return undefined;
  }
  if (type === 'campaign_completed' || type === 'campaign_status_changed') {
    campaign.data.status = type === 'campaign_completed'
      ? 'COMPLETED'
      : options.status ?? campaign.data.status;
    return recorder.record(workspace, campaign, { type, at });
  }
  const link = linkFor(world, workspace, campaign, options.leadEmail ?? '');
  if (type === 'reply_told_again') return tellAgain(workspace, campaign, delivery, link, options.label);
  const common = {
    at,
    link,
    account: account ?? link.account ?? workspace.accountsOf(campaign.data)[0]?.email ?? null,
    step: step ?? Math.max(1, link.lastStep),
    variant: variant ?? link.lastVariant,
    ...(text !== undefined && { text }),
    ...(options.senderSide === true && { senderSide: true as const }),
    ...(options.from !== undefined && { writtenBy: options.from }),
  };
  if (isCategory(type)) {
    const name = categories[type];
    const category = name === null ? null : categoryId(workspace, name);
    return recorder.record(workspace, campaign, { ...common, type: 'interest_changed', category });
  }
  if (type === 'custom_label') {
    const category = categoryId(workspace, options.label ?? '');
    return recorder.record(workspace, campaign, { ...common, type: 'interest_changed', category });
  }
  const plain = type === 'email_link_clicked' ? 'link_clicked' : type;
  return recorder.record(workspace, campaign, { ...common, type: plain });
}
