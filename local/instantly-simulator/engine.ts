import { setImmediate as nextTurn } from 'node:timers/promises';
import { Agenda } from '../simulator/agenda.ts';
import { firstAfter } from './lead-book.ts';
import { Outcomes, streamFor } from './outcomes.ts';
import { openWindow } from './schedule.ts';
import { leadStatus } from './types.ts';
import type { EventRecorder } from './events.ts';
import type { Rates } from './options.ts';
import type { CampaignSpace, Workspace, World } from './state.ts';
import type { AgendaItem, Lead } from './types.ts';

const tick = 5 * 60_000;

/**
 * Plays what active campaigns do over time. Sending is decided on a fixed grid of five minutes and everything
 * else sits in the agenda, so many small advances give the same events as one large advance.
 */
export class Engine {
  readonly agenda = new Agenda<AgendaItem>();
  readonly #outcomes: Outcomes;
  #lastTick: number;
  /** Emails per account and local day; only today's numbers matter, so they are not saved. */
  readonly #accountUse = new Map<string, number>();

  constructor(readonly world: World, readonly recorder: EventRecorder, rates: Rates) {
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

  #activeCampaigns(): Array<[Workspace, CampaignSpace]> {
    const active: Array<[Workspace, CampaignSpace]> = [];
    for (const workspace of this.world.workspaces.values()) {
      for (const campaign of workspace.campaigns.values()) {
        if (campaign.data.status === 1) active.push([workspace, campaign]);
      }
    }
    return active;
  }

  #planSending(workspace: Workspace, campaign: CampaignSpace, at: number): void {
    const { progress, data } = campaign;
    if (campaign.leads.activeCount === 0) {
      if (campaign.leads.items.length > 0 && data.is_evergreen !== true) {
        this.#complete(workspace, campaign, at);
      }
      return;
    }
    const window = openWindow(data, at, tick);
    if (window === undefined) return;
    if (progress.day !== window.day) Object.assign(progress, { day: window.day, sent: 0, newLeads: 0 });
    const accounts = workspace.record.accounts.filter(({ email, status }) =>
      status === 1 && data.email_list.includes(email)
    );
    const capacity = accounts.reduce((sum, account) => sum + account.dailyLimit, 0);
    const quota = Math.min(capacity, typeof data.daily_limit === 'number' ? data.daily_limit : Infinity);
    let room = Math.floor(quota * window.passed) - progress.sent;
    while (room > 0) {
      const chosen = this.#nextLead(workspace, campaign);
      if (chosen === undefined) break;
      const account = this.#chooseAccount(workspace, campaign, chosen.lead, window.day);
      if (account === undefined) {
        if (chosen.step > 1) progress.followUps.unshift({ lead: chosen.lead.id, step: chosen.step });
        break;
      }
      if (chosen.step === 1) {
        if (chosen.lead.id > progress.lastNewLead) progress.lastNewLead = chosen.lead.id;
        progress.newLeads += 1;
      }
      chosen.lead.account = account;
      progress.sent += 1;
      room -= 1;
      const random = streamFor(this.world.seed, campaign, chosen.lead, `send ${chosen.step}`);
      const variants = data.sequences[0]?.steps[chosen.step - 1]?.variants ?? [];
      const usable = variants.flatMap(({ v_disabled }, index) => (v_disabled === true ? [] : [index + 1]));
      this.agenda.add({
        at: at + Math.floor(random() * tick),
        workspace: workspace.id,
        campaign: data.id,
        lead: chosen.lead.id,
        action: 'send',
        step: chosen.step,
        variant: usable[Math.floor(random() * usable.length)] ?? 1,
      });
    }
  }

  /** Follow-ups that are due go first, unless the campaign prefers new leads. */
  #nextLead(workspace: Workspace, campaign: CampaignSpace): { lead: Lead; step: number } | undefined {
    const newFirst = campaign.data.prioritize_new_leads === true;
    return newFirst
      ? this.#nextNew(campaign) ?? this.#nextFollowUp(workspace, campaign)
      : this.#nextFollowUp(workspace, campaign) ?? this.#nextNew(campaign);
  }

  #nextFollowUp(workspace: Workspace, campaign: CampaignSpace): { lead: Lead; step: number } | undefined {
    const { followUps } = campaign.progress;
    for (let due = followUps.shift(); due !== undefined; due = followUps.shift()) {
      const lead = workspace.leadById.get(due.lead);
      if (lead?.status === leadStatus.active) return { lead, step: due.step };
    }
    return undefined;
  }

  #nextNew(campaign: CampaignSpace): { lead: Lead; step: number } | undefined {
    const { data, progress, leads } = campaign;
    if (typeof data.daily_max_leads === 'number' && progress.newLeads >= data.daily_max_leads) {
      return undefined;
    }
    for (
      let index = firstAfter(leads.items, progress.lastNewLead, (lead) => lead.id);
      index < leads.items.length;
      index += 1
    ) {
      const lead = leads.items[index];
      if (lead?.status === leadStatus.active && lead.lastSent === undefined) return { lead, step: 1 };
    }
    return undefined;
  }

  /** A lead hears from the same mailbox throughout; new leads go to the least used one. */
  #chooseAccount(workspace: Workspace, campaign: CampaignSpace, lead: Lead, day: string): string | undefined {
    const use = (email: string) => this.#accountUse.get(`${day} ${email}`) ?? 0;
    const free = workspace.record.accounts.filter(({ email, status, dailyLimit }) =>
      status === 1 && campaign.data.email_list.includes(email) && use(email) < dailyLimit
    );
    const own = free.find(({ email }) => email === lead.account);
    const [leastUsed] = free.toSorted((one, other) => use(one.email) - use(other.email));
    const chosen = own ?? leastUsed;
    if (chosen === undefined) return undefined;
    if (this.#accountUse.size > 5000) this.#accountUse.clear();
    this.#accountUse.set(`${day} ${chosen.email}`, use(chosen.email) + 1);
    return chosen.email;
  }

  #complete(workspace: Workspace, campaign: CampaignSpace, at: number): void {
    campaign.data.status = 3;
    this.recorder.record(workspace, campaign, { type: 'campaign_completed', at });
  }

  #act(item: AgendaItem): void {
    const workspace = this.world.workspaces.get(item.workspace);
    const campaign = workspace?.campaigns.get(item.campaign);
    const lead = workspace?.leadById.get(item.lead);
    if (workspace === undefined || campaign === undefined || lead === undefined) return;
    this.#outcomes.act(workspace, campaign, lead, item);
  }
}
