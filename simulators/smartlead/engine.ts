import { SteppedEngine, tick } from '../shared/engine.ts';
import { Outcomes, streamFor } from './outcomes.ts';
import { openWindow } from './schedule.ts';
import type { EventRecorder } from './events.ts';
import type { Behaviour, Rates } from './options.ts';
import type { CampaignSpace, Workspace, World } from './state.ts';
import type { AgendaItem, Link } from './types.ts';

const isOpen = ({ status }: Link): boolean => status === 'STARTED' || status === 'INPROGRESS';

/** Plays what active campaigns do over time. */
export class Engine extends SteppedEngine<AgendaItem, readonly [Workspace, CampaignSpace]> {
  readonly #outcomes: Outcomes;

  constructor(
    readonly world: World,
    readonly recorder: EventRecorder,
    rates: Rates,
    readonly behaviour: Behaviour,
  ) {
    super(world);
    this.#outcomes = new Outcomes(world, recorder, this.agenda, rates);
  }

  /** A subsequence goes with its parent. */
  protected override listActive(): Array<readonly [Workspace, CampaignSpace]> {
    const active: Array<readonly [Workspace, CampaignSpace]> = [];
    for (const workspace of this.world.workspaces.values()) {
      for (const campaign of workspace.campaigns.values()) {
        if (campaign.data.status === 'ACTIVE') active.push([workspace, campaign]);
      }
    }
    return active;
  }

  protected override planSending(
    [workspace, campaign]: readonly [Workspace, CampaignSpace],
    at: number,
  ): void {
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
      const account = this.accountUse.choose(accounts, chosen.link.account, window.day);
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

  #complete(workspace: Workspace, campaign: CampaignSpace, at: number): void {
    campaign.data.status = 'COMPLETED';
    this.recorder.record(workspace, campaign, { type: 'campaign_completed', at });
  }

  protected override act(item: AgendaItem): void {
    const workspace = this.world.workspaces.get(item.workspace);
    const campaign = workspace?.campaigns.get(item.campaign);
    const link = campaign?.link(item.link);
    if (workspace === undefined || campaign === undefined || link === undefined) return;
    this.#outcomes.act(workspace, campaign, link, item);
  }
}
