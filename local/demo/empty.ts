// What an empty stack has instead of the demo agency: a workspace at each simulated provider whose key a first connection can
// be made with, and the providers' clocks running.
import type { DemoContext } from './context.ts';
import { derivedSecret } from './prepare.ts';

export interface EmptyFacts {
  instantlyKey: string;
  smartleadKey: string;
}

/** As the demo's last days: six minutes of the providers' time a second, until it reaches the real one. */
const hoursPerSecond = 0.1;

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
  for (const simulator of [context.simulator, context.smartlead]) simulator.run({ hoursPerSecond });
  return keys;
}
