import { setImmediate as nextTurn } from 'node:timers/promises';
import { Agenda } from '../simulator/agenda.ts';
import { Outcomes, streamFor } from './outcomes.ts';
import { openWindow } from './schedule.ts';
import type { EventRecorder } from './events.ts';
import type { Behaviour, Rates } from './options.ts';
import type { CampaignSpace, Workspace, World } from './state.ts';
import type { AgendaItem, EmailAccount, Link } from './types.ts';

const tick = 5 * 60_000;
const isOpen = ({ status }: Link): boolean => status === 'STARTED' || status === 'INPROGRESS';

/**
 * Plays what active campaigns do over time. Sending is decided on a fixed grid of five minutes and everything
 * else sits in the agenda, so many small advances give the same events as one large advance.
 */
export class Engine {
  readonly agenda = new Agenda<AgendaItem>();
  readonly #outcomes: Outcomes;
  #lastTick: number;
  /** E-mails per account and local day; only today's numbers matter, so they are not saved. */
  readonly #accountUse = new Map<string, number>();

  constructor(
    readonly world: World,
    readonly recorder: EventRecorder,
    rates: Rates,
    readonly behaviour: Behaviour,
  ) {
    this.#outcomes = new Outcomes(world, recorder, this.agenda, rates);
    this.#lastTick = Math.floor(world.simulatedNow / tick) * tick;
  }

  /** Call after the clock was set from outside, when a state is loaded or reset. */
  alignToClock(): void {
    this.#lastTick = Math.floor(this.world.simulatedNow / tick) * tick;
    this.#accountUse.clear();
  }

  /** Runs until the given instant, letting other work in between so the server keeps answering. */
  async advanceTo(target: number): Promise<void> {
    let handled = 0;
    while (true) {
      const active = this.#activeCampaigns();
      if (active.length === 0) this.#lastTick = Math.max(this.#lastTick, Math.floor(target / tick) * tick);
      const nextTick = active.length > 0 ? this.#lastTick + tick : Infinity;
      const nextItem = this.agenda.next?.at ?? Infinity;
      const next = Math.min(nextTick, nextItem);
      if (next > target) break;
      this.world.simulatedNow = Math.max(this.world.simulatedNow, next);
      if (nextItem <= nextTick) {
        const item = this.agenda.take();
        if (item !== undefined) this.#act(item);
      } else {
        this.#lastTick = nextTick;
        for (const [workspace, campaign] of active) this.#planSending(workspace, campaign, nextTick);
      }
      handled += 1;
      if (handled % 200 === 0) await nextTurn();
    }
    this.world.simulatedNow = Math.max(this.world.simulatedNow, target);
    this.world.dirty = true;
  }

  /** A subsequence goes with its parent. */
  #activeCampaigns(): Array<[Workspace, CampaignSpace]> {
    const active: Array<[Workspace, CampaignSpace]> = [];
    for (const workspace of this.world.workspaces.values()) {
      for (const campaign of workspace.campaigns.values()) {
        if (campaign.data.status === 'ACTIVE') active.push([workspace, campaign]);
      }
    }
    return active;
  }

  #planSending(workspace: Workspace, campaign: CampaignSpace, at: number): void {
    const { data, record } = campaign;
    const { progress, links } = record;
    if (!links.some(isOpen)) {
      const waits = data.parentId !== null || workspace.subsequencesOf(data).length > 0;
      if (links.length > 0 && !waits) this.#complete(workspace, campaign, at);
      return;
    }
    const window = openWindow(data, at, tick, this.behaviour.weekdays);
    if (window === undefined) return;
    if (progress.day !== window.day) Object.assign(progress, { day: window.day, sent: 0, newLeads: 0 });
    const accounts = workspace.accountsOf(data);
    const capacity = accounts.reduce((sum, account) => sum + account.perDay, 0);
    let room = Math.floor(capacity * window.passed) - progress.sent;
    for (; room > 0; room -= 1) {
      const chosen = this.#nextFollowUp(campaign) ?? this.#nextNew(campaign);
      if (chosen === undefined) break;
      const account = this.#chooseAccount(accounts, chosen.link, window.day);
      if (account === undefined) {
        this.#putBack(campaign, chosen);
        break;
      }
      if (chosen.step === 1) progress.newLeads += 1;
      chosen.link.account = account;
      progress.sent += 1;
      const random = streamFor(this.world.seed, campaign, chosen.link, `send ${chosen.step}`);
      const variants = data.steps[chosen.step - 1]?.variants.length ?? 0;
      this.agenda.add({
        at: at + Math.floor(random() * tick),
        workspace: workspace.id,
        campaign: data.id,
        link: chosen.link.id,
        action: 'send',
        step: chosen.step,
        variant: 1 + Math.floor(random() * Math.max(1, variants)),
      });
    }
  }

  #nextFollowUp(campaign: CampaignSpace): { link: Link; step: number } | undefined {
    const { followUps } = campaign.record.progress;
    for (let due = followUps.shift(); due !== undefined; due = followUps.shift()) {
      const link = campaign.link(due.link);
      if (link !== undefined && isOpen(link)) return { link, step: due.step };
    }
    return undefined;
  }

  #nextNew(campaign: CampaignSpace): { link: Link; step: number } | undefined {
    const { data, record: { links, progress } } = campaign;
    if (progress.newLeads >= data.newLeadsPerDay || data.steps.length === 0) return undefined;
    while (progress.nextNew < links.length) {
      const link = links[progress.nextNew];
      progress.nextNew += 1;
      if (link?.status === 'STARTED' && link.lastSent === null) return { link, step: 1 };
    }
    return undefined;
  }

  #putBack(campaign: CampaignSpace, { link, step }: { link: Link; step: number }): void {
    const { progress } = campaign.record;
    if (step === 1) progress.nextNew -= 1;
    else progress.followUps.unshift({ link: link.id, step });
  }

  /** A lead hears from the same mailbox throughout; new leads go to the least used one. */
  #chooseAccount(accounts: EmailAccount[], link: Link, day: string): string | undefined {
    const use = (email: string) => this.#accountUse.get(`${day} ${email}`) ?? 0;
    const free = accounts.filter(({ email, perDay }) => use(email) < perDay);
    const [leastUsed] = free.toSorted((one, other) => use(one.email) - use(other.email));
    const chosen = free.find(({ email }) => email === link.account) ?? leastUsed;
    if (chosen === undefined) return undefined;
    if (this.#accountUse.size > 5000) this.#accountUse.clear();
    this.#accountUse.set(`${day} ${chosen.email}`, use(chosen.email) + 1);
    return chosen.email;
  }

  #complete(workspace: Workspace, campaign: CampaignSpace, at: number): void {
    campaign.data.status = 'COMPLETED';
    this.recorder.record(workspace, campaign, { type: 'campaign_completed', at });
  }

  #act(item: AgendaItem): void {
    const workspace = this.world.workspaces.get(item.workspace);
    const campaign = workspace?.campaigns.get(item.campaign);
    const link = campaign?.link(item.link);
    if (workspace === undefined || campaign === undefined || link === undefined) return;
    this.#outcomes.act(workspace, campaign, link, item);
  }
}
