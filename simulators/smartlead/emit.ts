import { type CommonEmitOptions, type CommonEmitType, Emitter, type LabelEvent } from '../shared/emit.ts';
import { accountBody, bounceThresholdBody, untrackedReplyBody } from './payloads.ts';
import type { EventRecorder } from '../shared/recorder.ts';
import type { EventRecord } from '../shared/records.ts';
import type { SmartleadDelivery } from './delivery.ts';
import type { SmartleadCampaign, SmartleadWorkspace, SmartleadWorld } from './state.ts';
import type { CampaignStatus, Link } from './types.ts';

/** The category that stands for each neutral label event; the last four need an own category. */
const categories: Readonly<
  Record<LabelEvent | 'lead_information_request' | 'lead_do_not_contact', string | null>
> = {
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
};

export type EmitType =
  | CommonEmitType
  | 'lead_information_request'
  | 'lead_do_not_contact'
  | 'linkedin_disconnected'
  /** Too many mails of a campaign bounced. */
  | 'bounce_threshold'
  /** A mail from `leadEmail`, which need not be a lead. */
  | 'untracked_reply'
  /** The lead's last reply is delivered once more, with the category that it got meanwhile (`label`, if given). */
  | 'reply_told_again';

export interface EmitOptions extends CommonEmitOptions<EmitType> {
  /** For `campaign_status_changed`. */
  status?: CampaignStatus;
}

/** Smartlead's own words for what a test or another process makes happen. */
export class SmartleadEmitter extends Emitter<EmitOptions> {
  constructor(recorder: EventRecorder, readonly world: SmartleadWorld, readonly delivery: SmartleadDelivery) {
    super(recorder);
  }

  protected override announce(workspace: SmartleadWorkspace, options: EmitOptions, at: number): boolean {
    const { delivery } = this;
    const { account = null, text, type } = options;
    switch (type) {
      case 'account_error': {
        const reason = text ?? 'Invalid login';
        const known = workspace.record.accounts.find(({ email }) => email === account);
        if (known !== undefined) known.smtpFailure = reason;
        const body = accountBody(account, reason, at, delivery.behaviour);
        delivery.offerBody(workspace, 'EMAIL_ACCOUNT_DISCONNECTED', body);
        return true;
      }
      case 'linkedin_disconnected': {
        const body = accountBody(account, 'Session expired', at, delivery.behaviour);
        delivery.offerBody(workspace, 'LINKEDIN_DISCONNECTED', body);
        return true;
      }
      case 'untracked_reply': {
        const from = options.leadEmail ?? 'stranger@example.com';
        delivery.offerBody(
          workspace,
          'UNTRACKED_REPLIES',
          untrackedReplyBody(from, account, text ?? 'Hello', at),
        );
        return true;
      }
      case 'bounce_threshold': {
        // Nobody can subscribe to it by a name of its own.
        const campaign = this.campaignFor(workspace, options) as SmartleadCampaign;
        delivery.offerBody(workspace, 'EMAIL_BOUNCE', bounceThresholdBody(campaign, at, delivery.behaviour));
        return true;
      }
      default:
        return false;
    }
  }

  protected override setStatus({ data }: SmartleadCampaign, { type, status }: EmitOptions): void {
    data.status = type === 'campaign_completed' ? 'COMPLETED' : status ?? data.status;
  }

  /** A lead of the parent may be spoken of in a subsequence; it enters it then. */
  protected override leadFor(workspace: SmartleadWorkspace, campaign: SmartleadCampaign, email: string) {
    const known = campaign.leads.find(email);
    if (known !== undefined) return known;
    const parent = workspace.campaigns.get(campaign.data.parentId ?? 0);
    const person = workspace.person(parent?.leads.find(email));
    return person && this.world.addLink(campaign, person);
  }

  /** Delivers a reply that happened before; nothing happens. */
  protected override repeat(
    workspace: SmartleadWorkspace,
    campaign: SmartleadCampaign,
    link: Link,
    { type, label }: EmitOptions,
  ): EventRecord | undefined {
    if (type !== 'reply_told_again') return undefined;
    const reply = campaign.events.findLast((event) =>
      event.lead === link.id && (event.type === 'reply_received' || event.type === 'auto_reply_received')
    );
    if (reply === undefined) throw new Error(`Cannot emit: "${link.email}" has not replied`);
    if (label !== undefined) link.label = this.labelNamed(workspace, label);
    this.delivery.offer(workspace, campaign, reply, link);
    return reply;
  }

  protected override labelOf(workspace: SmartleadWorkspace, type: string): number | null | undefined {
    if (!(type in categories)) return undefined;
    const name = categories[type as keyof typeof categories];
    return name === null ? null : this.labelNamed(workspace, name);
  }

  protected override labelNamed(workspace: SmartleadWorkspace, name: string): number {
    const category = workspace.categoryNamed(name);
    if (category === undefined) throw new Error(`Cannot emit: the workspace has no category "${name}"`);
    return category.id;
  }
}
