/** What an outage and its recovery need to know about a provider, so that one description of them runs for both. */
import type { InstantlySimulator } from '../../simulators/instantly/simulator.ts';
import type { SmartleadSimulator } from '../../simulators/smartlead/simulator.ts';
import { counted, readTruth } from './outage.ts';
import type { Project, ProjectOptions, TestConnection } from './project.ts';
import { makeCampaign } from './provider-api.ts';
import { instantly, type ProviderDriver, smartlead } from './providers.ts';
import { makeSmartleadCampaign } from './smartlead-api.ts';

type Counter = (typeof counted)[number];

export interface RecoveryDriver {
  provider: ProviderDriver;
  simulators(startAt: Date): Pick<ProjectOptions, 'simulator' | 'smartlead'>;
  simulator(project: Project): InstantlySimulator | SmartleadSimulator;
  truth(project: Project, campaignId: string): ReturnType<typeof readTruth>;
  makeCampaign(
    project: Project,
    connection: TestConnection,
    name: string,
    leads: { email: string; first_name: string }[],
  ): Promise<string>;
  /** From here on the provider does not even attempt to deliver; some need a call for that. */
  fallSilent(project: Project): void;
  speakAgain(project: Project): void;
  /** How many syncs it takes until all is known. */
  syncs: number;
  beforeSync(project: Project, connection: TestConnection): Promise<void>;
  /** Whether it distinguishes automatic replies that were never delivered. */
  tellsAutomaticReplies: boolean;
  /** Counts that are on the right day afterwards; the others are only right in sum. */
  exactDays: readonly Counter[];
}

const delivery = { retryDelaysMs: [], concurrency: 8 };

export const recoveries: RecoveryDriver[] = [
  {
    provider: instantly,
    simulators: (startAt) => ({ simulator: { startAt, delivery } }),
    simulator: (project) => project.simulator,
    truth: (project, id) => readTruth(project.simulator.truth(id)[0]),
    makeCampaign: (project, connection, name, leads) =>
      makeCampaign(project.simulator.url, connection.apiKey, name, leads),
    // It switches the webhook off after five failures.
    fallSilent: () => undefined,
    speakAgain: () => undefined,
    syncs: 1,
    beforeSync: () => Promise.resolve(),
    tellsAutomaticReplies: true,
    exactDays: counted.filter((name) => name !== 'unsubscribed'),
  },
  {
    provider: smartlead,
    simulators: (startAt) => ({ simulator: false, smartlead: { startAt, delivery } }),
    simulator: (project) => project.smartlead,
    truth: (project, id) => readTruth(project.smartlead.truth(id)[0]),
    makeCampaign: (project, connection, name, leads) =>
      makeSmartleadCampaign(project.smartlead.url, connection.apiKey, name, { leads }),
    fallSilent: (project) => project.smartlead.faults.set({ deliveries: { dropShare: 1 } }),
    speakAgain: (project) => project.smartlead.faults.clear(),
    // The first requests failed deliveries again; the second reads what was never attempted.
    syncs: 2,
    // The simulated clock is hours behind ours or minutes ahead, and what failed is asked for since the last look by ours.
    beforeSync: async (project, connection) => {
      project.smartlead.ageFailures(10 * 60_000);
      await project.sql(
        `update private.campaign_webhooks set redelivered_until = now() - interval '2 days' where connection_id = $1`,
        [connection.id],
      );
    },
    tellsAutomaticReplies: false,
    exactDays: ['sent', 'contactedLeads'],
  },
];
