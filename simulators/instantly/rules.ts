import { pick, pickWeighted, type Random } from '../shared/random.ts';
import { dayLength, hour, minute, type SendingWindow, windowAt, zoneOffset } from '../shared/time.ts';
import { tick } from '../shared/engine.ts';
import { type Lead, leadStatus, type SendingAccount } from './records.ts';
import type { ReplyMood } from '../shared/texts.ts';
import type { Rules } from '../shared/recorder.ts';
import type { LeadScene, Place } from '../shared/state.ts';
import type { Rates } from './options.ts';
import type { InstantlyCampaign, InstantlyWorkspace } from './state.ts';

const moods: ReadonlyMap<number, ReplyMood> = new Map([
  [0, 'automatic'],
  [1, 'interested'],
  [2, 'meeting'],
  [-1, 'notInterested'],
  [-2, 'wrongPerson'],
]);

const unitLength = { minutes: minute, hours: hour, days: dayLength } as const;

const stepsOf = ({ data }: InstantlyCampaign) => data.sequences[0]?.steps ?? [];

const limitOf = (value: unknown): number => (typeof value === 'number' ? value : Infinity);

export class InstantlyRules implements Rules {
  readonly active = 1;
  readonly completed = 3;
  readonly unsent = null;

  constructor(readonly rates: Rates) {}

  /** Days and hours are those of the schedule's own zone. */
  window({ data }: InstantlyCampaign, at: number): SendingWindow | undefined {
    const { start_date: firstDay, end_date: lastDay, schedules } = data.campaign_schedule;
    for (const { timezone, days, timing } of schedules) {
      const local = at + zoneOffset(timezone, at);
      if (days[String(new Date(local).getUTCDay())] !== true) continue;
      const window = windowAt(local, timing.from, timing.to, tick);
      if (window === undefined || window.day < (firstDay ?? '') || window.day > (lastDay ?? '9999')) continue;
      return window;
    }
    return undefined;
  }

  mailboxes({ workspace: { record }, campaign: { data } }: Place<InstantlyWorkspace>): SendingAccount[] {
    return record.accounts.filter(({ email, status }) => status === 1 && data.email_list.includes(email));
  }

  readonly dailyLimit = ({ data }: InstantlyCampaign): number => limitOf(data.daily_limit);
  readonly newLeadsPerDay = ({ data }: InstantlyCampaign): number => limitOf(data.daily_max_leads);
  readonly newLeadsFirst = ({ data }: InstantlyCampaign): boolean => data.prioritize_new_leads === true;

  variantsOf(campaign: InstantlyCampaign, step: number): number[] {
    const variants = stepsOf(campaign)[step - 1]?.variants ?? [];
    return variants.flatMap(({ v_disabled }, index) => (v_disabled === true ? [] : [index + 1]));
  }

  delayAfter(campaign: InstantlyCampaign, step: number): number | undefined {
    const steps = stepsOf(campaign);
    const current = step < steps.length ? steps[step - 1] : undefined;
    return current && current.delay * unitLength[current.delay_unit ?? 'days'];
  }

  tracks({ data }: InstantlyCampaign): { opens: boolean; clicks: boolean } {
    return { opens: data.open_tracking !== false, clicks: data.link_tracking !== false };
  }

  completes({ campaign }: Place<InstantlyWorkspace>): boolean {
    return campaign.data.is_evergreen !== true;
  }

  apply({ workspace, campaign, event, lead }: LeadScene<InstantlyWorkspace>): void {
    workspace.indexEmail(event);
    const { at, type } = event;
    lead.updated = Math.max(lead.updated, at);
    if (type === 'email_sent') lead.lastSent = { step: event.step ?? 1, variant: event.variant ?? 1, at };
    if (type === 'email_opened') lead.lastOpen = at;
    if (type === 'link_clicked') lead.lastClick = at;
    if (type === 'reply_received') lead.lastReply = { at, text: event.text ?? '' };
    if (type === 'label_changed') lead.labelled = at;
    if (type === 'email_bounced') campaign.leads.setStatus(lead, leadStatus.bounced);
    if (type === 'lead_unsubscribed') campaign.leads.setStatus(lead, leadStatus.unsubscribed);
    if (type === 'lead_completed') campaign.leads.setStatus(lead, leadStatus.completed);
  }

  /** A reply (when the campaign says so) and any interest label end the sequence of an active lead. */
  ends({ campaign: { data }, event: { type, label }, lead }: LeadScene<InstantlyWorkspace>): boolean {
    return lead.status === leadStatus.active && (
      (type === 'reply_received' && data.stop_on_reply !== false) ||
      (type === 'auto_reply_received' && data.stop_on_auto_reply === true) ||
      (type === 'label_changed' && label !== null)
    );
  }

  mayUnsubscribe({ status }: Lead): boolean {
    return status !== leadStatus.bounced && status !== leadStatus.unsubscribed;
  }

  firstLabel({ record }: InstantlyWorkspace, random: Random): number {
    const choice = pickWeighted(random, this.rates.interestMix);
    return choice === 'custom' ? pick(random, record.labels)?.interest_status ?? 1 : Number(choice);
  }

  moodOf(workspace: InstantlyWorkspace, label: number): ReplyMood {
    const isNegative = workspace.labelFor(label)?.interest_status_label === 'negative';
    return moods.get(label) ?? (isNegative ? 'notInterested' : 'interested');
  }

  readonly outOfOffice = (): number => 0;

  onward(workspace: InstantlyWorkspace, label: number): { next: number; lost: number } | undefined {
    if (label === 4 || !workspace.isPositive(label)) return undefined;
    return { next: label >= 1 && label <= 3 ? label + 1 : 1, lost: -1 };
  }
}
