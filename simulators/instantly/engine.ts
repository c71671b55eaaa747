import { SteppedEngine, tick } from '../shared/engine.ts';
import { firstAfter } from './lead-book.ts';
import { Outcomes, streamFor } from './outcomes.ts';
import { openWindow } from './schedule.ts';
import { leadStatus } from './types.ts';
import type { EventRecorder } from './events.ts';
import type { Rates } from './options.ts';
import type { CampaignSpace, Workspace, World } from './state.ts';
import type { AgendaItem, Lead } from './types.ts';

/** Plays what active campaigns do over time. */
export class Engine extends SteppedEngine<AgendaItem, readonly [Workspace, CampaignSpace]> {
  readonly #outcomes: Outcomes;

  constructor(readonly world: World, readonly recorder: EventRecorder, rates: Rates) {
    super(world);
    this.#outcomes = new Outcomes(world, recorder, this.agenda, rates);
  }

  protected override listActive(): Array<readonly [Workspace, CampaignSpace]> {
    const active: Array<readonly [Workspace, CampaignSpace]> = [];
    for (const workspace of this.world.workspaces.values()) {
      for (const campaign of workspace.campaigns.values()) {
        if (campaign.data.status === 1) active.push([workspace, campaign]);
      }
    }
    return active;
  }

  protected override planSending(
    [workspace, campaign]: readonly [Workspace, CampaignSpace],
    at: number,
  ): void {
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
    const accounts = workspace.record.accounts
      .filter(({ email, status }) => status === 1 && data.email_list.includes(email))
      .map(({ email, dailyLimit }) => ({ email, perDay: dailyLimit }));
    const capacity = accounts.reduce((sum, account) => sum + account.perDay, 0);
    const quota = Math.min(capacity, typeof data.daily_limit === 'number' ? data.daily_limit : Infinity);
    let room = Math.floor(quota * window.passed) - progress.sent;
    while (room > 0) {
      const chosen = this.#nextLead(workspace, campaign);
      if (chosen === undefined) break;
      const account = this.accountUse.choose(accounts, chosen.lead.account, window.day);
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

  #complete(workspace: Workspace, campaign: CampaignSpace, at: number): void {
    campaign.data.status = 3;
    this.recorder.record(workspace, campaign, { type: 'campaign_completed', at });
  }

  protected override act(item: AgendaItem): void {
    const workspace = this.world.workspaces.get(item.workspace);
    const campaign = workspace?.campaigns.get(item.campaign);
    const lead = workspace?.leadById.get(item.lead);
    if (workspace === undefined || campaign === undefined || lead === undefined) return;
    this.#outcomes.act(workspace, campaign, lead, item);
  }
}
