import { type CommonEmitOptions, type CommonEmitType, Emitter } from '../shared/emit.ts';
import { Faults } from '../shared/faults.ts';
import { firstInstant } from '../shared/options.ts';
import { EventRecorder } from '../shared/recorder.ts';
import { serveSimulator, type Simulator } from '../shared/simulator.ts';
import { type CommonTruth, groundTruth } from '../shared/truth.ts';
import { InstantlyApi } from './api.ts';
import { InstantlyDelivery } from './delivery.ts';
import { defaultBehaviour, defaultDelivery, defaultRates } from './options.ts';
import { accountErrorBody, interestEvents } from './payloads.ts';
import { analyticsRoutes } from './routes/analytics.ts';
import { campaignRoutes } from './routes/campaigns.ts';
import { emailRoutes } from './routes/emails.ts';
import { leadRoutes } from './routes/leads.ts';
import { webhookRoutes } from './routes/webhooks.ts';
import { workspaceRoutes } from './routes/workspace.ts';
import { InstantlyRules } from './rules.ts';
import { changeLead, type InstantlyWorkspace, InstantlyWorld, type LeadChange } from './state.ts';
import type { InstantlySimulatorOptions, WorkspaceOptions } from './options.ts';

export type { InstantlySimulatorOptions } from './options.ts';

export type EmitType = CommonEmitType;
export type EmitOptions = CommonEmitOptions<EmitType>;

class InstantlyEmitter extends Emitter<EmitOptions> {
  protected override readonly labels = {
    ...Object.fromEntries(Object.entries(interestEvents).map(([label, name]) => [name, Number(label)])),
    // It has a number, and no event of its own in webhooks.
    lead_lost: -3,
    lead_neutral: null,
  };

  constructor(recorder: EventRecorder, readonly delivery: InstantlyDelivery) {
    super(recorder);
  }

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

const describeWorkspace = ({ record, allCampaigns, leads }: InstantlyWorkspace) => ({
  id: record.id,
  name: record.name,
  access: record.access,
  keys: record.keys.map(({ key }) => key),
  accounts: record.accounts.map(({ email }) => email),
  leads: leads.items.length,
  campaigns: allCampaigns.map(({ data: { id, name, status } }) => ({ id, name, status })),
  webhooks: record.webhooks.map(({ id, status }) => ({ id, status })),
});

interface InstantlyKinds {
  workspaceOptions: WorkspaceOptions;
  workspace: InstantlyWorkspace;
  summary: ReturnType<typeof describeWorkspace>;
  emit: EmitOptions;
  truth: CommonTruth;
}

export interface InstantlySimulator extends Simulator<InstantlyKinds> {
  changeLead: (change: LeadChange) => { id: string };
}

/** Starts a stateful stand-in for the Instantly API v2 that plays campaigns over simulated time. */
export async function startInstantlySimulator(
  options: InstantlySimulatorOptions = {},
): Promise<InstantlySimulator> {
  const seed = options.seed ?? 1;
  const world = new InstantlyWorld(seed, firstInstant(options));
  const faults = new Faults(seed);
  const delivery = new InstantlyDelivery(world, faults, { ...defaultDelivery, ...options.delivery });
  const rates = { ...defaultRates, ...options.rates };
  const recorder = new EventRecorder(world, new InstantlyRules(rates), delivery.offer);
  const emitter = new InstantlyEmitter(recorder, delivery);
  const routes = {
    ...workspaceRoutes,
    ...campaignRoutes,
    ...analyticsRoutes,
    ...leadRoutes,
    ...emailRoutes,
    ...webhookRoutes,
  };
  const services = {
    world,
    recorder,
    behaviour: { ...defaultBehaviour, ...options.behaviour },
    delivery: delivery.options,
    interestDelayMs: options.interestDelayMs ?? 20,
  };
  const own = { changeLead: (change: LeadChange) => changeLead(world, change) };
  const simulator = await serveSimulator<InstantlyKinds>({
    options,
    rates,
    world,
    recorder,
    queue: delivery.queue,
    faults,
    api: new InstantlyApi(routes, services, options.limits),
    describe: describeWorkspace,
    emit: (event) => emitter.emit(event),
    truth: (campaignId) =>
      groundTruth(world, campaignId, {
        leadOf: ({ lead }) => String(lead ?? ''),
        partsOf: (_, campaign) => [campaign],
        more: () => ({}),
      }),
  });
  return { ...simulator, ...own };
}
