// What an empty stack has instead of the demo agency: a workspace at each simulated provider whose key a first connection can
// be made with, and clocks that wait for its first campaign.
import { type DemoContext, demoRates } from './context.ts';
import { prepareHubSpot } from './crm.ts';
import { setUpMail } from './mail.ts';
import { derivedSecret } from './prepare.ts';

export interface EmptyFacts {
  instantlyKey: string;
  smartleadKey: string;
  hubspotToken: string;
}

/**
 * Six minutes of the providers' time a second, until it reaches the real one: two weeks in an hour, so that replies come
 * while somebody watches, on days that the dashboard shows without being asked for older ones.
 */
const hoursPerSecond = 0.1;
export const emptyDays = 14;

/** The first campaign may have the three leads of docs/first-hour.md: one of them answers. */
export const emptyRates = { ...demoRates, sureReplies: 1 };

const accounts = [
  'hello@outreach-one.test',
  'team@outreach-one.test',
  'mia@outreach-two.test',
  'jon@outreach-two.test',
];

/** Safe to run at every start: a workspace that its simulator remembers is left as it is. */
export async function prepareEmpty(context: DemoContext): Promise<EmptyFacts> {
  const keys = {
    instantlyKey: derivedSecret(context, 'first instantly key').toString('base64'),
    smartleadKey: derivedSecret(context, 'first smartlead key').toString('hex'),
    hubspotToken: prepareHubSpot(context),
  };
  const labels = [{ label: 'Send deck later', kind: 'positive' as const }];
  const workspace = { name: 'My first workspace', accounts, labels };
  const headers = { 'user-agent': 'Replyloop start' };
  const instantly = await fetch(`${context.instantlyApiUrl}/api/v2/workspaces/current`, {
    headers: { ...headers, authorization: `Bearer ${keys.instantlyKey}` },
  });
  if (!instantly.ok) context.simulator.createWorkspace({ ...workspace, keys: [keys.instantlyKey] });
  const smartlead = await fetch(
    `${context.smartlead.url}/api/v1/campaigns/?api_key=${encodeURIComponent(keys.smartleadKey)}`,
    { headers },
  );
  if (!smartlead.ok) context.smartlead.createWorkspace({ ...workspace, keys: [keys.smartleadKey] });
  await setUpMail(context.stack);
  for (const simulator of [context.simulator, context.smartlead]) {
    runFromFirstCampaign(simulator, context.signal);
  }
  return keys;
}

/** Time that passed before there was a campaign would be missing after it. */
function runFromFirstCampaign(
  simulator: DemoContext['simulator'] | DemoContext['smartlead'],
  signal: AbortSignal,
): void {
  const timer = setInterval(() => {
    if (!simulator.state().workspaces.some(({ campaigns }) => campaigns.length > 0)) return;
    clearInterval(timer);
    simulator.run({ hoursPerSecond });
  }, 1_000);
  signal.addEventListener('abort', () => clearInterval(timer), { once: true });
}
