import { uuidFrom } from './identifiers.ts';
import type { Behaviour } from './options.ts';
import type { CampaignSpace, Workspace, World } from './state.ts';
import type { EventRecord, EventType, Link, LinkStatus, SentMail } from './types.ts';

export interface NewEvent {
  type: EventType;
  at: number;
  link?: Link;
  account?: string | null;
  step?: number;
  variant?: number;
  category?: number | null;
  text?: string;
  senderSide?: true;
  writtenBy?: string;
}

export type EventListener = (
  workspace: Workspace,
  campaign: CampaignSpace,
  event: EventRecord,
  link?: Link,
) => void;

const ended: readonly LinkStatus[] = ['COMPLETED', 'STOPPED', 'BLOCKED'];

/** The single door through which anything happens: writes the log, moves the lead, tells the listeners. */
export class EventRecorder {
  readonly #listeners: EventListener[] = [];

  constructor(readonly world: World, readonly behaviour: Behaviour) {}

  listen(listener: EventListener): void {
    this.#listeners.push(listener);
  }

  record(workspace: Workspace, campaign: CampaignSpace, happening: NewEvent): EventRecord {
    const { link, type } = happening;
    const event: EventRecord = {
      id: this.world.nextEventId(),
      at: happening.at,
      type,
      campaign: campaign.data.id,
      link: link?.id ?? null,
      email: link?.email ?? null,
      account: happening.account ?? link?.account ?? null,
      step: happening.step ?? (link === undefined ? null : Math.max(1, link.lastStep)),
      variant: happening.variant ?? link?.lastVariant ?? null,
      first: link !== undefined && this.#isFirst(type, link),
      ...(happening.category !== undefined &&
        { category: happening.category, previousCategory: link?.category ?? null }),
      ...(happening.text !== undefined && { text: happening.text }),
      ...(happening.senderSide && { senderSide: true }),
      ...(happening.writtenBy !== undefined && { writtenBy: happening.writtenBy }),
    };
    campaign.record.events.push(event);
    if (link !== undefined) this.#apply(workspace, campaign, event, link);
    this.world.dirty = true;
    for (const listener of this.#listeners) listener(workspace, campaign, event, link);
    if (link !== undefined) this.#after(workspace, campaign, event, link);
    return event;
  }

  #isFirst(type: EventType, link: Link): boolean {
    if (type === 'email_sent') return link.lastSent === null;
    if (type === 'email_opened') return link.opens === 0;
    if (type === 'link_clicked') return link.clicks === 0;
    if (type === 'reply_received') return link.replies === 0;
    return false;
  }

  #apply(workspace: Workspace, campaign: CampaignSpace, event: EventRecord, link: Link): void {
    const mail = campaign.mail(link, event.step);
    link.lastEvent = Math.max(link.lastEvent ?? 0, event.at);
    switch (event.type) {
      case 'email_sent':
        this.#applySent(campaign, event, link);
        break;
      case 'email_opened':
        link.opens += 1;
        if (mail !== undefined) {
          mail.opens += 1;
          mail.openAt = Math.min(mail.openAt ?? Infinity, event.at);
        }
        break;
      case 'link_clicked':
        link.clicks += 1;
        if (mail !== undefined) {
          mail.clicks += 1;
          mail.clickAt = Math.min(mail.clickAt ?? Infinity, event.at);
        }
        break;
      case 'reply_received':
      case 'auto_reply_received':
        this.#applyReply(campaign, event, link, mail);
        break;
      case 'email_bounced':
        link.bounced = true;
        link.status = 'BLOCKED';
        if (mail !== undefined) mail.isBounced = true;
        break;
      case 'lead_unsubscribed':
        link.unsubscribed = true;
        if (!ended.includes(link.status)) link.status = 'STOPPED';
        if (mail !== undefined) mail.isUnsubscribed = true;
        this.#unsubscribePerson(workspace, campaign, link);
        break;
      case 'lead_completed':
        link.status = 'COMPLETED';
        break;
      case 'interest_changed':
        link.category = event.category ?? null;
        break;
      default:
        break;
    }
  }

  #applySent(campaign: CampaignSpace, event: EventRecord, link: Link): void {
    const step = event.step ?? 1;
    const variant = event.variant ?? 1;
    const details = campaign.data.steps[step - 1];
    const name = `${this.world.seed} ${campaign.record.ordinal} ${link.email} ${step} ${event.at}`;
    const domain = event.account?.split('@')[1] ?? 'smartlead.example';
    campaign.addMail({
      statsId: uuidFrom(`mail ${name}`),
      messageId: `<${uuidFrom(`message ${name}`)}@${domain}>`,
      link: link.id,
      step,
      variant,
      stepId: details?.id ?? null,
      variantId: details?.variants[variant - 1]?.id ?? null,
      account: event.account,
      sentAt: event.at,
      openAt: null,
      clickAt: null,
      replyAt: null,
      opens: 0,
      clicks: 0,
      isUnsubscribed: false,
      isBounced: false,
      ignoreReply: false,
    });
    if (link.status === 'STARTED') link.status = 'INPROGRESS';
    link.lastStep = Math.max(link.lastStep, step);
    link.lastVariant = variant;
    link.lastSent = Math.max(link.lastSent ?? 0, event.at);
    if (event.account !== null) link.account = event.account;
  }

  #applyReply(campaign: CampaignSpace, event: EventRecord, link: Link, mail: SentMail | undefined): void {
    const messageId = `<${uuidFrom(`reply ${this.world.seed} ${link.email} ${event.id}`)}@${
      link.email.split('@')[1]
    }>`;
    link.lastReply = { at: event.at, text: event.text ?? '', messageId };
    if (event.type === 'reply_received') {
      link.replies += 1;
      if (mail === undefined) return;
      mail.replyAt = mail.ignoreReply ? event.at : Math.min(mail.replyAt ?? Infinity, event.at);
      mail.ignoreReply = false;
      return;
    }
    const rows = this.behaviour.automaticRepliesOn === 'every-row' ? campaign.mailsOf(link) : [mail];
    for (const row of rows) {
      if (row === undefined || row.replyAt !== null) continue;
      row.replyAt = event.at;
      row.ignoreReply = true;
    }
  }

  /** For a client's campaign the wish holds for that client, else for the whole workspace. */
  #unsubscribePerson(workspace: Workspace, campaign: CampaignSpace, link: Link): void {
    const lead = workspace.leadById.get(link.lead);
    const { clientId } = campaign.data;
    if (lead === undefined) return;
    if (clientId === null) lead.isUnsubscribed = true;
    else if (!lead.unsubscribedClients.includes(clientId)) lead.unsubscribedClients.push(clientId);
  }

  /** What Smartlead does by itself: a reply ends the sequence, a category opens a subsequence. */
  #after(workspace: Workspace, campaign: CampaignSpace, event: EventRecord, link: Link): void {
    const ends = {
      REPLY_TO_AN_EMAIL: 'reply_received',
      CLICK_ON_A_LINK: 'link_clicked',
      OPEN_AN_EMAIL: 'email_opened',
    };
    const stops = ends[campaign.data.stopLeadSettings as keyof typeof ends] === event.type;
    if (stops && !ended.includes(link.status)) {
      this.record(workspace, campaign, { type: 'lead_completed', at: event.at, link });
    }
    if (event.type !== 'interest_changed' || event.category === null) return;
    const lead = workspace.leadById.get(link.lead);
    for (const subsequence of workspace.subsequencesOf(campaign.data)) {
      if (subsequence.data.onCategory !== event.category || lead === undefined) continue;
      if (subsequence.find(lead.email) === undefined) this.world.addLink(subsequence, lead);
    }
  }
}
