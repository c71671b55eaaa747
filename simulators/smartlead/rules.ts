import { tick } from '../shared/engine.ts';
import { pick, pickWeighted, type Random, uuidFrom } from '../shared/random.ts';
import { dayLength, iso, type SendingWindow, windowAt, zoneOffset } from '../shared/time.ts';
import { type Link, type LinkStatus, newMail, type SentMail } from './records.ts';
import type { ReplyMood } from '../shared/texts.ts';
import type { Mailbox, Rules } from '../shared/recorder.ts';
import type { LeadScene, Place } from '../shared/state.ts';
import type { Rates } from './options.ts';
import type { SmartleadCampaign, SmartleadWorkspace, SmartleadWorld } from './state.ts';

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

const earlier = (known: string | null, at: string): string => known !== null && known < at ? known : at;

function countOn(row: SentMail['row'], what: 'open' | 'click', at: number): void {
  row[`${what}_count`] += 1;
  row[`${what}_time`] = earlier(row[`${what}_time`], iso(at));
}

export class SmartleadRules implements Rules {
  readonly active = 'ACTIVE';
  readonly completed = 'COMPLETED';
  readonly unsent = { step: 1, variant: 1 };

  constructor(readonly world: SmartleadWorld, readonly rates: Rates) {}

  window({ data }: SmartleadCampaign, at: number): SendingWindow | undefined {
    const { scheduler_cron_value: schedule, schedule_start_time: start } = data;
    if (schedule === null || (start !== null && at < Date.parse(start))) return undefined;
    const local = at + zoneOffset(schedule.tz, at);
    const sundayIsZero = new Date(local).getUTCDay();
    const weekday = this.world.behaviour.weekdays === 'monday-is-1' && sundayIsZero === 0 ? 7 : sundayIsZero;
    if (!schedule.days.includes(weekday)) return undefined;
    return windowAt(local, schedule.startHour, schedule.endHour, tick);
  }

  mailboxes({ workspace, campaign }: Place<SmartleadWorkspace>): Mailbox[] {
    return workspace.record.accounts.filter(({ id }) => campaign.record.accountIds.includes(id))
      .map(({ from_email: email, message_per_day: daily_limit }) => ({ email, daily_limit }));
  }

  newLeadsPerDay({ record, data }: SmartleadCampaign): number {
    return record.steps.length === 0 ? 0 : data.max_leads_per_day;
  }

  variantsOf({ record }: SmartleadCampaign, step: number): number[] {
    const count = record.steps[step - 1]?.sequence_variants.length ?? 0;
    return Array.from({ length: Math.max(1, count) }, (_, index) => index + 1);
  }

  delayAfter({ record }: SmartleadCampaign, step: number): number | undefined {
    const next = record.steps[step];
    return next && next.seq_delay_details.delayInDays * dayLength;
  }

  tracks({ data: { track_settings: not } }: SmartleadCampaign): { opens: boolean; clicks: boolean } {
    return { opens: !not.includes('DONT_EMAIL_OPEN'), clicks: !not.includes('DONT_LINK_CLICK') };
  }

  /** A subsequence goes with its parent, and a campaign that has some waits for them. */
  completes({ workspace, campaign }: Place<SmartleadWorkspace>): boolean {
    return campaign.data.parent_campaign_id === null && workspace.subsequencesOf(campaign).length === 0;
  }

  apply(scene: LeadScene<SmartleadWorkspace>): void {
    const { workspace, campaign, event, lead: link } = scene;
    const { type, at } = event;
    const row = campaign.mail(link, event.step)?.row;
    link.lastEvent = Math.max(link.lastEvent ?? 0, at);
    if (type === 'email_sent') this.#applySent(scene);
    if (type === 'email_opened' && row !== undefined) countOn(row, 'open', at);
    if (type === 'link_clicked' && row !== undefined) countOn(row, 'click', at);
    if (type === 'reply_received' || type === 'auto_reply_received') this.#applyReply(scene);
    if (type === 'lead_completed') campaign.leads.setStatus(link, 'COMPLETED');
    if (type === 'email_bounced') {
      link.bounced = true;
      campaign.leads.setStatus(link, 'BLOCKED');
      if (row) row.is_bounced = true;
    }
    if (type === 'lead_unsubscribed') {
      link.unsubscribed = true;
      if (!ended.includes(link.status)) campaign.leads.setStatus(link, 'STOPPED');
      if (row) row.is_unsubscribed = true;
      // For a client's campaign the wish holds for that client, else for the whole workspace.
      const person = workspace.person(link);
      const { client_id: client } = campaign.data;
      if (person && client === null) person.is_unsubscribed = true;
      else if (person) person.unsubscribed_client_id_map[String(client)] = true;
    }
  }

  #applySent({ campaign, event, lead: link }: LeadScene<SmartleadWorkspace>): void {
    const { at, account } = event;
    const { step, variant } = { step: event.step ?? 1, variant: event.variant ?? 1 };
    const name = `${this.world.seed} ${campaign.record.ordinal} ${link.email} ${step} ${at}`;
    const domain = account?.split('@')[1] ?? 'smartlead.example';
    const messageId = `<${uuidFrom(`message ${name}`)}@${domain}>`;
    const details = campaign.record.steps[step - 1];
    campaign.addMail(newMail(link, messageId, uuidFrom(`mail ${name}`), { step, variant, at }, details));
    if (link.status === 'STARTED') campaign.leads.setStatus(link, 'INPROGRESS');
    const last = link.lastSent;
    link.lastSent = { step: Math.max(last?.step ?? 0, step), variant, at: Math.max(last?.at ?? 0, at) };
  }

  #applyReply({ campaign, event, lead: link }: LeadScene<SmartleadWorkspace>): void {
    const id = uuidFrom(`reply ${this.world.seed} ${link.email} ${event.id}`);
    const at = iso(event.at);
    link.lastReply = {
      at: event.at,
      text: event.text ?? '',
      messageId: `<${id}@${link.email.split('@')[1]}>`,
    };
    if (event.type === 'reply_received') {
      const row = campaign.mail(link, event.step)?.row;
      if (row === undefined) return;
      row.reply_time = row.ignore_reply ? at : earlier(row.reply_time, at);
      row.ignore_reply = false;
      return;
    }
    // An automatic reply stands on every unanswered row of its lead.
    for (const { row } of campaign.mailsOf(link)) {
      if (row.reply_time === null) Object.assign(row, { reply_time: at, ignore_reply: true });
    }
  }

  ends({ campaign: { data }, event: { type }, lead }: LeadScene<SmartleadWorkspace>): boolean {
    return stops[data.stop_lead_settings] === type && !ended.includes(lead.status);
  }

  /** A category opens a subsequence. */
  after({ workspace, campaign, event, lead }: LeadScene<SmartleadWorkspace>): void {
    const person = workspace.person(lead);
    if (event.type !== 'label_changed' || event.label === null || person === undefined) return;
    for (const subsequence of workspace.subsequencesOf(campaign)) {
      if (subsequence.record.onCategory !== event.label) continue;
      if (subsequence.leads.find(person.email) === undefined) this.world.addLink(subsequence, person);
    }
  }

  readonly mayUnsubscribe = ({ bounced, unsubscribed }: Link): boolean => !bounced && !unsubscribed;

  firstLabel(workspace: SmartleadWorkspace, random: Random): number | undefined {
    const choice = pickWeighted(random, this.rates.categoryMix) ?? '';
    if (choice !== 'custom') return workspace.categoryNamed(choice)?.id;
    const own = pick(random, workspace.record.categories.slice(moods.size));
    return (own ?? workspace.categoryNamed('Interested'))?.id;
  }

  moodOf(workspace: SmartleadWorkspace, label: number | undefined): ReplyMood {
    return moods.get(workspace.category(label)?.name ?? '') ??
      (workspace.isPositive(label) ? 'interested' : 'notInterested');
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
