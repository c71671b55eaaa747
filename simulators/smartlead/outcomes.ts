import { between, createRandom, hashText, pickWeighted } from '../shared/random.ts';
import { type ReplyMood, replyText } from '../shared/replies.ts';
import { dayLength } from './dates.ts';
import type { Agenda } from '../shared/agenda.ts';
import type { Random } from '../shared/random.ts';
import type { EventRecorder } from './events.ts';
import type { Rates } from './options.ts';
import type { CampaignSpace, Workspace, World } from './state.ts';
import type { AgendaItem, Category, Link } from './types.ts';

const minute = 60_000;
const hour = 60 * minute;

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

/** What somebody writes whose reply will get this category. */
function moodOf(category: Category | undefined): ReplyMood {
  return moods.get(category?.name ?? '') ??
    (category?.sentiment === 'positive' ? 'interested' : 'notInterested');
}

/** Own numbers for each decision about a lead, so one campaign never changes what happens in another. */
export function streamFor(seed: number, campaign: CampaignSpace, link: Link, decision: string): Random {
  return createRandom(hashText(`${seed} ${campaign.record.ordinal} ${link.email} ${decision}`));
}

type Plan = (action: AgendaItem['action'], delay: number, category?: number | null) => void;

/** Decides what a lead does after each thing that happened to it. */
export class Outcomes {
  constructor(
    readonly world: World,
    readonly recorder: EventRecorder,
    readonly agenda: Agenda<AgendaItem>,
    readonly rates: Rates,
  ) {}

  act(workspace: Workspace, campaign: CampaignSpace, link: Link, item: AgendaItem): void {
    const { at, step, variant } = item;
    const event = { at, link, step, variant };
    const decision = `${item.action} ${step} ${item.category ?? ''} ${link.opens}`;
    const random = streamFor(this.world.seed, campaign, link, decision);
    const then: Plan = (action, delay, category) =>
      this.agenda.add({
        ...item,
        action,
        at: at + Math.floor(delay),
        ...(category !== undefined && { category }),
      });
    switch (item.action) {
      case 'send':
        return this.#send(workspace, campaign, link, item, random, then);
      case 'follow-up':
        if (link.status === 'INPROGRESS') {
          campaign.record.progress.followUps.push({ link: link.id, step: step + 1 });
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
        if (link.bounced || link.unsubscribed) return;
        this.recorder.record(workspace, campaign, { ...event, type: 'lead_unsubscribed' });
        return;
      case 'auto-reply': {
        const text = replyText(random, 'automatic');
        this.recorder.record(workspace, campaign, { ...event, type: 'auto_reply_received', text });
        const away = workspace.categoryNamed('Out Of Office');
        if (away !== undefined && random() < 0.5) {
          then('category', between(random, minute, 10 * minute), away.id);
        }
        return;
      }
      case 'reply': {
        const category = this.#firstCategory(workspace, random);
        const text = replyText(random, moodOf(category));
        this.recorder.record(workspace, campaign, { ...event, type: 'reply_received', text });
        if (category === undefined || random() >= this.rates.labelled) return;
        then('category', between(random, minute, 90 * minute), category.id);
        return;
      }
      case 'category': {
        const category = item.category ?? null;
        if (category === link.category) return;
        this.recorder.record(workspace, campaign, { ...event, type: 'interest_changed', category });
        return this.#afterCategory(workspace, workspace.category(category), random, then);
      }
    }
  }

  #send(
    workspace: Workspace,
    campaign: CampaignSpace,
    link: Link,
    item: AgendaItem,
    random: Random,
    then: Plan,
  ): void {
    const { data, record: { progress } } = campaign;
    const isOpen = link.status === 'STARTED' || link.status === 'INPROGRESS';
    if (!isOpen || data.status !== 'ACTIVE') {
      // A mail planned for a paused campaign is not lost; it goes out after the campaign starts again.
      if (isOpen) progress.followUps.unshift({ link: link.id, step: item.step });
      return;
    }
    const { at, step, variant } = item;
    this.recorder.record(workspace, campaign, { at, link, step, variant, type: 'email_sent' });
    const { rates } = this;
    if (step === 1 && random() < rates.bounce) return then('bounce', between(random, minute, 8 * minute));
    const openDelay = between(random, 2 * minute, 26 * hour) * random();
    if (random() < rates.open && !data.trackSettings.includes('DONT_EMAIL_OPEN')) then('open', openDelay);
    if (random() < rates.click && !data.trackSettings.includes('DONT_LINK_CLICK')) {
      then('click', openDelay + between(random, minute, 20 * minute));
    }
    const fate = random();
    if (fate < rates.reply) then('reply', between(random, 20 * minute, 44 * hour));
    else if (fate < rates.reply + rates.autoReply) then('auto-reply', between(random, minute, 6 * minute));
    else if (fate < rates.reply + rates.autoReply + rates.unsubscribe) {
      then('unsubscribe', between(random, minute, 30 * hour));
    }
    const next = data.steps[step];
    if (next !== undefined) then('follow-up', next.delayDays * dayLength);
    else this.recorder.record(workspace, campaign, { type: 'lead_completed', at, link });
  }

  #firstCategory(workspace: Workspace, random: Random): Category | undefined {
    const mix = Object.entries(this.rates.categoryMix).map(([name, weight]) => [name, weight] as const);
    const choice = pickWeighted(random, mix);
    if (choice !== 'custom') return workspace.categoryNamed(choice);
    const own = workspace.record.categories.slice(7);
    return own[Math.floor(random() * own.length)] ?? workspace.categoryNamed('Interested');
  }

  /** Positive leads move on, or turn out not to be positive after all. */
  #afterCategory(workspace: Workspace, category: Category | undefined, random: Random, then: Plan): void {
    if (category?.sentiment !== 'positive') return;
    const named = (name: string) => workspace.categoryNamed(name)?.id;
    const fate = random();
    const next = category.name === 'Meeting Request' ? undefined : named('Meeting Request');
    if (fate < this.rates.relabel) {
      then('category', between(random, 2 * hour, 40 * hour), named('Not Interested'));
    } else if (fate < this.rates.relabel + this.rates.progress && next !== undefined) {
      then('category', between(random, 5 * hour, 72 * hour), next);
    }
  }
}
