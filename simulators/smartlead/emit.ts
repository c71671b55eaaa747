import { type CommonEmitOptions, type CommonEmitType, Emitter } from '../shared/emit.ts';
import { accountErrorBody, untrackedReplyBody } from './payloads.ts';
import type { LeadPlace } from '../shared/state.ts';
import type { SmartleadDelivery } from './delivery.ts';
import type { SmartleadCampaign, SmartleadWorkspace } from './state.ts';

/** Categories; the last four need an own one of that name. */
const labels = {
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
  | keyof typeof labels
  /** A mail from `leadEmail`, which need not be a lead. */
  | 'untracked_reply'
  /** The lead's last reply is delivered once more, with the category that it got meanwhile (`label`, if given). */
  | 'reply_told_again';

export type EmitOptions = CommonEmitOptions<EmitType>;

export class SmartleadEmitter extends Emitter<EmitOptions, SmartleadDelivery> {
  protected override readonly labels = labels;

  protected override announce(workspace: SmartleadWorkspace, options: EmitOptions, at: number): boolean {
    const { account = null, text, type, leadEmail = 'stranger@example.com' } = options;
    if (type === 'account_error') {
      const reason = text ?? 'Invalid login';
      const known = workspace.record.accounts.find(({ from_email: email }) => email === account);
      if (known) Object.assign(known, { is_smtp_success: false, smtp_failure_error: reason });
      this.delivery.offerBody(workspace, 'EMAIL_ACCOUNT_DISCONNECTED', accountErrorBody(account, reason, at));
      return true;
    }
    if (type !== 'untracked_reply') return false;
    const body = untrackedReplyBody(leadEmail, account, text ?? 'Hello', at);
    this.delivery.offerBody(workspace, 'UNTRACKED_REPLIES', body);
    return true;
  }

  /** A lead of the parent may be spoken of in a subsequence; it enters it then. */
  protected override leadFor(workspace: SmartleadWorkspace, campaign: SmartleadCampaign, email: string) {
    const known = campaign.leads.find(email);
    if (known !== undefined) return known;
    const parent = workspace.campaigns.get(campaign.data.parent_campaign_id ?? 0);
    const person = workspace.person(parent?.leads.find(email));
    return person && this.delivery.world.addLink(campaign, person);
  }

  protected override repeat(place: LeadPlace<SmartleadWorkspace>, { type, label }: EmitOptions) {
    const { workspace, campaign, lead: link } = place;
    if (type !== 'reply_told_again') return undefined;
    const reply = campaign.events.findLast((event) =>
      event.lead === link.id && (event.type === 'reply_received' || event.type === 'auto_reply_received')
    );
    if (reply === undefined) throw new Error(`Cannot emit: "${link.email}" has not replied`);
    if (label !== undefined) link.label = this.labelNamed(workspace, label);
    this.delivery.offer({ ...place, event: reply });
    return reply;
  }

  protected override labelNamed(workspace: SmartleadWorkspace, name: string): number {
    const category = workspace.categoryNamed(name);
    if (category === undefined) throw new Error(`Cannot emit: the workspace has no category "${name}"`);
    return category.id;
  }
}
