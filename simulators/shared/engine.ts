import { setImmediate as nextTurn } from 'node:timers/promises';
import { Agenda } from './agenda.ts';
import { Outcomes, streamFor } from './outcomes.ts';
import { pick } from './random.ts';
import { type Campaign, firstAfter, type Place } from './state.ts';
import type { CommonRates } from './options.ts';
import type { EventRecorder, Mailbox } from './recorder.ts';
import type { AgendaItem } from './records.ts';

/** Sending is decided on this grid, in milliseconds. */
export const tick = 5 * 60_000;

/**
 * Plays what active campaigns do over time. Sending is decided on a fixed grid of five minutes and everything
 * else sits in the agenda, so many small advances give the same events as one large advance.
 */
export class Engine {
  readonly agenda = new Agenda();
  /** Emails per mailbox and local day. Only today's numbers matter, so they are not saved. */
  readonly #sentToday = new Map<string, number>();
  readonly #outcomes: Outcomes;
  #lastTick = 0;

  constructor(readonly recorder: EventRecorder, rates: CommonRates) {
    this.#outcomes = new Outcomes(recorder, this.agenda, rates);
    this.alignToClock();
  }

  /** Call after the clock was set from outside, when a state is loaded or reset. */
  alignToClock(): void {
    this.#lastTick = Math.floor(this.recorder.world.simulatedNow / tick) * tick;
    this.#sentToday.clear();
  }

  /** Runs until the given instant, letting other work in between so the server keeps answering. */
  async advanceTo(target: number): Promise<void> {
    const { world } = this.recorder;
    let handled = 0;
    while (true) {
      const active = this.#listActive();
      if (active.length === 0) this.#lastTick = Math.max(this.#lastTick, Math.floor(target / tick) * tick);
      const nextTick = active.length > 0 ? this.#lastTick + tick : Infinity;
      const nextItem = this.agenda.next?.at ?? Infinity;
      const next = Math.min(nextTick, nextItem);
      if (next > target) break;
      world.simulatedNow = Math.max(world.simulatedNow, next);
      if (nextItem <= nextTick) {
        const item = this.agenda.take();
        if (item !== undefined) this.#act(item);
      } else {
        this.#lastTick = nextTick;
        for (const place of active) this.#planSending(place, nextTick);
      }
      handled += 1;
      if (handled % 200 === 0) await nextTurn();
    }
    world.simulatedNow = Math.max(world.simulatedNow, target);
    world.dirty = true;
  }

  #listActive(): Place[] {
    const active: Place[] = [];
    const { rules, world } = this.recorder;
    for (const workspace of world.workspaces.values()) {
      for (const campaign of workspace.campaigns.values()) {
        if (campaign.data.status === rules.active) active.push({ workspace, campaign });
      }
    }
    return active;
  }

  #act(item: AgendaItem): void {
    const workspace = this.recorder.world.workspaces.get(item.workspace);
    const campaign = workspace?.campaigns.get(item.campaign);
    const lead = campaign?.leads.get(item.lead);
    if (workspace === undefined || campaign === undefined || lead === undefined) return;
    this.#outcomes.act({ workspace, campaign, lead }, item);
  }

  #planSending(place: Place, at: number): void {
    const { rules, world } = this.recorder;
    const { workspace, campaign, campaign: { record: { progress } } } = place;
    if (campaign.leads.activeCount === 0) {
      if (campaign.leads.items.length > 0 && rules.completes(place)) {
        campaign.data.status = rules.completed;
        this.recorder.record(place, { type: 'campaign_completed', at });
      }
      return;
    }
    const window = rules.window(campaign, at);
    if (window === undefined) return;
    if (progress.day !== window.day) Object.assign(progress, { day: window.day, sent: 0, newLeads: 0 });
    const mailboxes = rules.mailboxes(place);
    const capacity = mailboxes.reduce((sum, mailbox) => sum + mailbox.daily_limit, 0);
    const perDay = Math.min(capacity, rules.dailyLimit?.(campaign) ?? Infinity);
    let room = Math.floor(perDay * window.passed) - progress.sent;
    for (; room > 0; room -= 1) {
      const chosen = this.#nextLead(campaign);
      if (chosen === undefined) break;
      const { lead, step } = chosen;
      const account = this.#chooseMailbox(mailboxes, lead.account, window.day);
      if (account === undefined) {
        if (step > 1) progress.followUps.unshift({ lead: lead.id, step });
        break;
      }
      if (step === 1) {
        if (progress.lastNewLead === null || lead.id > progress.lastNewLead) progress.lastNewLead = lead.id;
        progress.newLeads += 1;
      }
      lead.account = account;
      progress.sent += 1;
      const random = streamFor(world.seed, { workspace, campaign, lead }, `send ${step}`);
      const variants = rules.variantsOf(campaign, step);
      this.agenda.add({
        at: at + Math.floor(random() * tick),
        workspace: workspace.id,
        campaign: campaign.data.id,
        lead: lead.id,
        action: 'send',
        step,
        variant: pick(random, variants) ?? 1,
      });
    }
  }

  #nextLead(campaign: Campaign) {
    return this.recorder.rules.newLeadsFirst?.(campaign)
      ? this.#nextNew(campaign) ?? this.#nextFollowUp(campaign)
      : this.#nextFollowUp(campaign) ?? this.#nextNew(campaign);
  }

  #nextFollowUp({ leads, record: { progress: { followUps } } }: Campaign) {
    for (let due = followUps.shift(); due !== undefined; due = followUps.shift()) {
      const lead = leads.get(due.lead);
      if (lead !== undefined && leads.isActive(lead)) return { lead, step: due.step };
    }
    return undefined;
  }

  #nextNew(campaign: Campaign) {
    const { record: { progress }, leads } = campaign;
    if (progress.newLeads >= this.recorder.rules.newLeadsPerDay(campaign)) return undefined;
    const { lastNewLead } = progress;
    let index = lastNewLead === null ? 0 : firstAfter(leads.items, lastNewLead, ({ id }) => id);
    for (; index < leads.items.length; index += 1) {
      const lead = leads.items[index];
      if (lead !== undefined && leads.isActive(lead) && lead.lastSent === null) return { lead, step: 1 };
    }
    return undefined;
  }

  /** A lead hears from the same mailbox throughout; new leads go to the least used one. */
  #chooseMailbox(mailboxes: readonly Mailbox[], own: string | null, day: string): string | undefined {
    const used = (email: string) => this.#sentToday.get(`${day} ${email}`) ?? 0;
    const free = mailboxes.filter(({ email, daily_limit: limit }) => used(email) < limit);
    const [leastUsed] = free.toSorted((one, other) => used(one.email) - used(other.email));
    const chosen = free.find(({ email }) => email === own) ?? leastUsed;
    if (chosen === undefined) return undefined;
    if (this.#sentToday.size > 5000) this.#sentToday.clear();
    this.#sentToday.set(`${day} ${chosen.email}`, used(chosen.email) + 1);
    return chosen.email;
  }
}
