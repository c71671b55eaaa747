import { between, createRandom, hashText, pickWeighted } from '../shared/random.ts';
import { type ReplyMood, replyText } from '../shared/replies.ts';
import { leadStatus } from './types.ts';
import type { Agenda } from '../shared/agenda.ts';
import type { EventRecorder } from './events.ts';
import type { Rates } from './options.ts';
import type { Random } from '../shared/random.ts';
import type { CampaignSpace, Workspace, World } from './state.ts';
import type { AgendaItem, Lead } from './types.ts';

/** By the number of a built-in label. */
const moods: ReadonlyMap<number, ReplyMood> = new Map([
  [0, 'automatic'],
  [1, 'interested'],
  [2, 'meeting'],
  [-1, 'notInterested'],
  [-2, 'wrongPerson'],
]);

const minute = 60_000;
const hour = 60 * minute;
const unitLength = { minutes: minute, hours: hour, days: 24 * hour } as const;

/** Own numbers for each decision about a lead, so one campaign never changes what happens in another. */
export function streamFor(seed: number, campaign: CampaignSpace, lead: Lead, decision: string): Random {
  return createRandom(hashText(`${seed} ${campaign.ordinal} ${lead.email ?? ''} ${decision}`));
}

/** Decides what a lead does after each thing that happened to it. */
export class Outcomes {
  constructor(
    readonly world: World,
    readonly recorder: EventRecorder,
    readonly agenda: Agenda<AgendaItem>,
    readonly rates: Rates,
  ) {}

  act(workspace: Workspace, campaign: CampaignSpace, lead: Lead, item: AgendaItem): void {
    const { at, step, variant } = item;
    const event = { at, lead, step, variant };
    const random = streamFor(
      this.world.seed,
      campaign,
      lead,
      `${item.action} ${step} ${item.interest ?? ''} ${lead.opens}`,
    );
    const then = (action: AgendaItem['action'], delay: number, interest?: number | null) =>
      this.agenda.add({
        ...item,
        action,
        at: at + Math.floor(delay),
        ...(interest !== undefined && { interest }),
      });
    switch (item.action) {
      case 'send':
        if (lead.status !== leadStatus.active || campaign.data.status !== 1) {
          return this.#postpone(campaign, lead, step);
        }
        this.recorder.record(workspace, campaign, { ...event, type: 'email_sent' });
        return this.#afterSending(workspace, campaign, lead, item, random);
      case 'follow-up':
        if (lead.status === leadStatus.active) {
          campaign.progress.followUps.push({ lead: lead.id, step: step + 1 });
        }
        return;
      case 'open':
        this.recorder.record(workspace, campaign, { ...event, type: 'email_opened' });
        if (random() < this.rates.repeatedOpen) then('open', between(random, minute, 30 * hour));
        return;
      case 'click':
        this.recorder.record(workspace, campaign, { ...event, type: 'link_clicked' });
        return;
      case 'bounce':
        this.recorder.record(workspace, campaign, { ...event, type: 'email_bounced' });
        return;
      case 'unsubscribe':
        if (lead.status === leadStatus.bounced || lead.status === leadStatus.unsubscribed) return;
        this.recorder.record(workspace, campaign, { ...event, type: 'lead_unsubscribed' });
        return;
      case 'auto-reply': {
        const text = replyText(random, 'automatic');
        this.recorder.record(workspace, campaign, { ...event, type: 'auto_reply_received', text });
        if (random() < 0.5) then('interest', between(random, minute, 10 * minute), 0);
        return;
      }
      case 'reply': {
        const interest = this.#firstLabel(workspace, random);
        const text = replyText(random, this.#moodOf(workspace, interest));
        this.recorder.record(workspace, campaign, { ...event, type: 'reply_received', text });
        if (random() < this.rates.labelled) then('interest', between(random, minute, 90 * minute), interest);
        return;
      }
      case 'interest':
        if (item.interest === lead.interest) return;
        this.recorder.record(workspace, campaign, {
          ...event,
          type: 'interest_changed',
          interest: item.interest ?? null,
        });
        return this.#afterLabel(workspace, item.interest ?? null, random, then);
    }
  }

  /** A mail planned for a paused campaign is not lost; it goes out after the campaign starts again. */
  #postpone(campaign: CampaignSpace, lead: Lead, step: number): void {
    if (lead.status === leadStatus.active) campaign.progress.followUps.unshift({ lead: lead.id, step });
  }

  #afterSending(
    workspace: Workspace,
    campaign: CampaignSpace,
    lead: Lead,
    item: AgendaItem,
    random: Random,
  ): void {
    const { rates } = this;
    const plan = (action: AgendaItem['action'], delay: number) =>
      this.agenda.add({ ...item, action, at: item.at + Math.floor(delay) });
    if (item.step === 1 && random() < rates.bounce) {
      return plan('bounce', between(random, minute, 8 * minute));
    }
    const opens = random() < rates.open && campaign.data.open_tracking !== false;
    const openDelay = between(random, 2 * minute, 26 * hour) * random();
    if (opens) plan('open', openDelay);
    if (random() < rates.click && campaign.data.link_tracking !== false) {
      plan('click', openDelay + between(random, minute, 20 * minute));
    }
    const fate = random();
    if (fate < rates.reply) plan('reply', between(random, 20 * minute, 44 * hour));
    else if (fate < rates.reply + rates.autoReply) plan('auto-reply', between(random, minute, 6 * minute));
    else if (fate < rates.reply + rates.autoReply + rates.unsubscribe) {
      plan('unsubscribe', between(random, minute, 30 * hour));
    }
    const steps = campaign.data.sequences[0]?.steps ?? [];
    const current = steps[item.step - 1];
    if (current !== undefined && item.step < steps.length) {
      plan('follow-up', current.delay * unitLength[current.delay_unit ?? 'days']);
    } else if (lead.status === leadStatus.active) {
      this.recorder.record(workspace, campaign, { type: 'lead_completed', at: item.at, lead });
    }
  }

  #firstLabel(workspace: Workspace, random: Random): number {
    const mix = Object.entries(this.rates.interestMix).map(([name, weight]) => [name, weight] as const);
    const choice = pickWeighted(random, mix);
    if (choice !== 'custom') return Number(choice);
    const { labels } = workspace.record;
    return labels[Math.floor(random() * labels.length)]?.interestStatus ?? 1;
  }

  /** What somebody writes whose reply will get this label. */
  #moodOf(workspace: Workspace, interest: number): ReplyMood {
    const known = moods.get(interest);
    if (known !== undefined) return known;
    return workspace.labelFor(interest)?.kind === 'negative' ? 'notInterested' : 'interested';
  }

  /** Positive leads move on, or turn out not to be positive after all; one reply can be labelled many times. */
  #afterLabel(
    workspace: Workspace,
    interest: number | null,
    random: Random,
    then: (action: AgendaItem['action'], delay: number, interest?: number | null) => void,
  ): void {
    if (interest === null || interest === 4) return;
    const positive = (interest > 0 && interest <= 3) || workspace.labelFor(interest)?.kind === 'positive';
    if (!positive) return;
    const fate = random();
    const next = interest >= 1 && interest <= 3 ? interest + 1 : 1;
    if (fate < this.rates.relabel) then('interest', between(random, 2 * hour, 40 * hour), -1);
    else if (fate < this.rates.relabel + this.rates.progress) {
      then('interest', between(random, 5 * hour, 72 * hour), next);
    }
  }
}
