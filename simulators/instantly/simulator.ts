import { type CommonEmitOptions, type CommonEmitType, Emitter } from '../shared/emit.ts';
import { Faults } from '../shared/faults.ts';
import { firstInstant } from '../shared/options.ts';
import { EventRecorder } from '../shared/recorder.ts';
import { serve } from '../shared/simulator.ts';
import { groundTruth } from '../shared/truth.ts';
import { InstantlyApi } from './api.ts';
import { InstantlyDelivery } from './delivery.ts';
import { defaultBehaviour, defaultDelivery, defaultRates } from './options.ts';
import { accountErrorBody, interestLabels } from './payloads.ts';
import { analyticsRoutes } from './routes/analytics.ts';
import { campaignRoutes } from './routes/campaigns.ts';
import { emailRoutes } from './routes/emails.ts';
import { leadRoutes } from './routes/leads.ts';
import { placementRoutes } from './routes/placement.ts';
import { webhookRoutes } from './routes/webhooks.ts';
import { workspaceRoutes } from './routes/workspace.ts';
import { InstantlyRules } from './rules.ts';
import { changeLead, type InstantlyLeadChange, type InstantlyWorkspace, InstantlyWorld } from './state.ts';
import type { InstantlySimulatorOptions, PlacementTestOptions } from './options.ts';

export type { InstantlySimulatorOptions } from './options.ts';

export type EmitType = CommonEmitType | keyof typeof interestLabels;
export type EmitOptions = CommonEmitOptions<EmitType>;

class InstantlyEmitter extends Emitter<EmitOptions, InstantlyDelivery> {
  protected override readonly labels = interestLabels;

  protected override announce(workspace: InstantlyWorkspace, options: EmitOptions, at: number): boolean {
    if (options.type !== 'account_error') return false;
    const body = accountErrorBody(workspace, options.account ?? null, at);
    this.delivery.offerBody(workspace, 'account_error', body);
    return true;
  }

  protected override labelNamed({ record }: InstantlyWorkspace, name: string): number {
    const label = record.labels.find((candidate) => candidate.label === name);
    if (label === undefined) throw new Error(`Cannot emit: the workspace has no label "${name}"`);
    return label.interest_status;
  }
}

export type InstantlySimulator = Awaited<ReturnType<typeof startInstantlySimulator>>;

/** Starts a stateful stand-in for the Instantly API v2 that plays campaigns over simulated time. */
export async function startInstantlySimulator(options: InstantlySimulatorOptions = {}) {
  const seed = options.seed ?? 1;
  const world = new InstantlyWorld(seed, firstInstant(options));
  const delivery = new InstantlyDelivery(world, new Faults(seed), {
    ...defaultDelivery,
    ...options.delivery,
  });
  const rates = { ...defaultRates, ...options.rates };
  const recorder = new EventRecorder(world, new InstantlyRules(rates), delivery.offer);
  const emitter = new InstantlyEmitter(recorder, delivery);
  const routes = {
    ...workspaceRoutes,
    ...campaignRoutes,
    ...analyticsRoutes,
    ...leadRoutes,
    ...emailRoutes,
    ...placementRoutes,
    ...webhookRoutes,
  };
  const behaviour = { ...defaultBehaviour, ...options.behaviour };
  const services = { world, recorder, delivery, behaviour, interestDelayMs: options.interestDelayMs ?? 20 };
  const simulator = await serve({
    options,
    rates,
    world,
    recorder,
    delivery,
    api: new InstantlyApi(routes, services, options.limits),
    describe: ({ record, leads }: InstantlyWorkspace) => ({
      accounts: record.accounts.map(({ email }) => email),
      leads: leads.items.length,
      webhooks: record.webhooks.map(({ id, status }) => ({ id, status })),
    }),
    emit: (event: EmitOptions) => emitter.emit(event),
    truth: (campaignId) => groundTruth(world, campaignId, ({ lead }) => String(lead ?? ''), () => ({})),
  });
  return {
    ...simulator,
    changeLead: (change: InstantlyLeadChange) => changeLead(world, change),
    addPlacementTest: (workspaceId: string, test: PlacementTestOptions) =>
      world.addPlacementTest(world.workspace(workspaceId), test),
  };
}
