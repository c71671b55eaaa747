import { tick } from '../shared/engine.ts';
import { pickWeighted, type Random } from '../shared/random.ts';
import { dayLength, type SendingWindow, windowAt, zoneOffset } from '../shared/time.ts';
import { uuidFrom } from './identifiers.ts';
import type { EventRecord } from '../shared/records.ts';
import type { ReplyMood } from '../shared/replies.ts';
import type { Mailbox, Rules } from '../shared/rules.ts';
import type { Behaviour, Rates } from './options.ts';
import type { SmartleadCampaign, SmartleadWorkspace, SmartleadWorld } from './state.ts';
import type { Link, LinkStatus } from './types.ts';

/** By the name of a built-in category. */
const moods: ReadonlyMap<string, ReplyMood> = new Map([
  ['Interested', 'interested'],
  ['Information Request', 'interested'],
  ['Meeting Request', 'meeting'],
  ['Not Interested', 'notInterested'],
  ['Wrong Person', 'wrongPerson'],
  ['Do Not Contact', 'doNotContact'],
  ['Out Of Office', 'automatic'],
]);

const ended: readonly LinkStatus[] = ['COMPLETED', 'STOPPED', 'BLOCKED'];

/** The events that end a sequence, by the setting of the campaign. */
const stops: Readonly<Record<string, string>> = {
  REPLY_TO_AN_EMAIL: 'reply_received',
  CLICK_ON_A_LINK: 'link_clicked',
  OPEN_AN_EMAIL: 'email_opened',
};

/** How Smartlead sends, and what an event does to a lead and to its mails. */
export class SmartleadRules implements Rules {
  readonly unsent = { step: 1, variant: 1 };

  constructor(readonly world: SmartleadWorld, readonly rates: Rates, readonly behaviour: Behaviour) {}

  readonly isSending = ({ data }: SmartleadCampaign): boolean => data.status === 'ACTIVE';

  window({ data: { schedule, scheduleStart } }: SmartleadCampaign, at: number): SendingWindow | undefined {
    if (schedule === null || (scheduleStart !== null && at < Date.parse(scheduleStart))) return undefined;
    const local = at + zoneOffset(schedule.tz, at);
    const sundayIsZero = new Date(local).getUTCDay();
    const weekday = this.behaviour.weekdays === 'monday-is-1' && sundayIsZero === 0 ? 7 : sundayIsZero;
    if (!schedule.days.includes(weekday)) return undefined;
    return windowAt(local, schedule.startHour, schedule.endHour, tick);
  }

  mailboxes(workspace: SmartleadWorkspace, { data }: SmartleadCampaign): Mailbox[] {
    return workspace.accountsOf(data);
  }

  readonly dailyLimit = (): number => Infinity;

  newLeadsPerDay({ data }: SmartleadCampaign): number {
    return data.steps.length === 0 ? 0 : data.newLeadsPerDay;
  }

  readonly newLeadsFirst = (): boolean => false;

  variantsOf({ data }: SmartleadCampaign, step: number): number[] {
    const count = data.steps[step - 1]?.variants.length ?? 0;
    return Array.from({ length: Math.max(1, count) }, (_, index) => index + 1);
  }

  delayAfter({ data }: SmartleadCampaign, step: number): number | undefined {
    const next = data.steps[step];
    return next && next.delayDays * dayLength;
  }

  tracks({ data: { shown } }: SmartleadCampaign): { opens: boolean; clicks: boolean } {
    const not = shown.track_settings;
    return { opens: !not.includes('DONT_EMAIL_OPEN'), clicks: !not.includes('DONT_LINK_CLICK') };
  }

  /** A subsequence goes with its parent, and a campaign that has some waits for them. */
  complete(workspace: SmartleadWorkspace, { data }: SmartleadCampaign): boolean {
    if (data.parentId !== null || workspace.subsequencesOf(data).length > 0) return false;
    data.status = 'COMPLETED';
    return true;
  }

  apply(workspace: SmartleadWorkspace, campaign: SmartleadCampaign, event: EventRecord, link: Link): void {
    const mail = campaign.mail(link, event.step);
    const { at, type } = event;
    link.lastEvent = Math.max(link.lastEvent ?? 0, at);
    switch (type) {
      case 'email_sent':
        return this.#applySent(campaign, event, link);
      case 'email_opened':
        if (mail === undefined) return;
        mail.opens += 1;
        mail.openAt = Math.min(mail.openAt ?? Infinity, at);
        return;
      case 'link_clicked':
        if (mail === undefined) return;
        mail.clicks += 1;
        mail.clickAt = Math.min(mail.clickAt ?? Infinity, at);
        return;
      case 'reply_received':
      case 'auto_reply_received':
        return this.#applyReply(campaign, event, link);
      case 'email_bounced':
        link.bounced = true;
        campaign.leads.setStatus(link, 'BLOCKED');
        if (mail !== undefined) mail.isBounced = true;
        return;
      case 'lead_unsubscribed':
        link.unsubscribed = true;
        if (!ended.includes(link.status)) campaign.leads.setStatus(link, 'STOPPED');
        if (mail !== undefined) mail.isUnsubscribed = true;
        return this.#unsubscribePerson(workspace, campaign, link);
      case 'lead_completed':
        campaign.leads.setStatus(link, 'COMPLETED');
    }
  }

  #applySent(campaign: SmartleadCampaign, { step, variant, at, account }: EventRecord, link: Link): void {
    const mark = { step: step ?? 1, variant: variant ?? 1 };
    const details = campaign.data.steps[mark.step - 1];
    const name = `${this.world.seed} ${campaign.ordinal} ${link.email} ${mark.step} ${at}`;
    const domain = account?.split('@')[1] ?? 'smartlead.example';
    campaign.addMail({
      statsId: uuidFrom(`mail ${name}`),
      messageId: `<${uuidFrom(`message ${name}`)}@${domain}>`,
      link: link.id,
      ...mark,
      stepId: details?.id ?? null,
      variantId: details?.variants[mark.variant - 1]?.id ?? null,
      account,
      sentAt: at,
      openAt: null,
      clickAt: null,
      replyAt: null,
      opens: 0,
      clicks: 0,
      isUnsubscribed: false,
      isBounced: false,
      ignoreReply: false,
    });
    if (link.status === 'STARTED') campaign.leads.setStatus(link, 'INPROGRESS');
    const last = link.lastSent;
    link.lastSent = {
      step: Math.max(last?.step ?? 0, mark.step),
      variant: mark.variant,
      at: Math.max(last?.at ?? 0, at),
    };
  }

  #applyReply(campaign: SmartleadCampaign, event: EventRecord, link: Link): void {
    const mail = campaign.mail(link, event.step);
    const id = uuidFrom(`reply ${this.world.seed} ${link.email} ${event.id}`);
    const messageId = `<${id}@${link.email.split('@')[1]}>`;
    link.lastReply = { at: event.at, text: event.text ?? '', messageId };
    if (event.type === 'reply_received') {
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
  #unsubscribePerson(
    workspace: SmartleadWorkspace,
    { data: { clientId } }: SmartleadCampaign,
    link: Link,
  ): void {
    const person = workspace.person(link);
    if (person === undefined) return;
    if (clientId === null) person.isUnsubscribed = true;
    else if (!person.unsubscribedClients.includes(clientId)) person.unsubscribedClients.push(clientId);
  }

  ends({ data }: SmartleadCampaign, { type }: EventRecord, link: Link): boolean {
    return stops[data.shown.stop_lead_settings] === type && !ended.includes(link.status);
  }

  /** A category opens a subsequence. */
  after(workspace: SmartleadWorkspace, { data }: SmartleadCampaign, event: EventRecord, link: Link): void {
    const person = workspace.person(link);
    if (event.type !== 'label_changed' || event.label === null || person === undefined) return;
    for (const subsequence of workspace.subsequencesOf(data)) {
      if (subsequence.data.onCategory !== event.label) continue;
      if (subsequence.leads.find(person.email) === undefined) this.world.addLink(subsequence, person);
    }
  }

  readonly mayUnsubscribe = ({ bounced, unsubscribed }: Link): boolean => !bounced && !unsubscribed;

  firstLabel(workspace: SmartleadWorkspace, random: Random): number | undefined {
    const choice = pickWeighted(random, Object.entries(this.rates.categoryMix));
    if (choice !== 'custom') return workspace.categoryNamed(choice)?.id;
    const own = workspace.record.categories.slice(7);
    return (own[Math.floor(random() * own.length)] ?? workspace.categoryNamed('Interested'))?.id;
  }

  moodOf(workspace: SmartleadWorkspace, label: number | undefined): ReplyMood {
    const category = workspace.category(label);
    return moods.get(category?.name ?? '') ??
      (category?.sentiment === 'positive' ? 'interested' : 'notInterested');
  }

  outOfOffice(workspace: SmartleadWorkspace): number | undefined {
    return workspace.categoryNamed('Out Of Office')?.id;
  }

  onward(workspace: SmartleadWorkspace, label: number) {
    if (!workspace.isPositive(label)) return undefined;
    const meeting = workspace.categoryNamed('Meeting Request')?.id;
    const lost = workspace.categoryNamed('Not Interested')?.id;
    return { next: label === meeting ? undefined : meeting, lost };
  }
}
