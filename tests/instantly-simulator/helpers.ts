import { createServer } from 'node:http';
import { text as readBody } from 'node:stream/consumers';
import { startInstantlySimulator } from '../../simulators/instantly/simulator.ts';
import type { InstantlySimulator, InstantlySimulatorOptions } from '../../simulators/instantly/simulator.ts';

export type Json = Record<string, unknown>;

export const workspaceId = '019900aa-1111-7222-8333-444455556666';
export const key = 'test-key==';

export interface ApiAnswer {
  status: number;
  // Tests read deeply into answers of known shape; each one states the shape it expects.
  body: Json;
  rows: Json[];
}

export interface TestBench {
  simulator: InstantlySimulator;
  call: (
    method: string,
    path: string,
    body?: unknown,
    headers?: Record<string, string>,
  ) => Promise<ApiAnswer>;
}

export async function call(
  simulator: InstantlySimulator,
  method: string,
  path: string,
  body?: unknown,
  headers: Record<string, string> = {},
): Promise<ApiAnswer> {
  const response = await fetch(`${simulator.url}${path}`, {
    method,
    headers: {
      authorization: `Bearer ${key}`,
      ...(body !== undefined && { 'content-type': 'application/json' }),
      ...headers,
    },
    ...(body !== undefined && { body: JSON.stringify(body) }),
  });
  const parsed: unknown = await response.json();
  return {
    status: response.status,
    body: parsed as Json,
    rows: (Array.isArray(parsed) ? parsed : (parsed as { items?: Json[] }).items ?? []) as Json[],
  };
}

/** Runs a test with a simulator that has one workspace, two mailboxes, a blocked domain and a label. */
export async function withSimulator(
  options: InstantlySimulatorOptions,
  run: (bench: TestBench) => Promise<void>,
): Promise<void> {
  const simulator = await startInstantlySimulator({
    limits: 'off',
    interestDelayMs: 1,
    workspaces: [{
      id: workspaceId,
      name: 'Lakeside',
      keys: [key],
      accounts: [{ email: 'mia@try-lakeside.example', dailyLimit: 400 }, {
        email: 'jon@try-lakeside.example',
        dailyLimit: 400,
      }],
      blockList: ['blocked-co.example'],
      labels: [{ label: 'Send deck later', kind: 'positive', interestStatus: 1500 }],
    }],
    ...options,
  });
  try {
    await run({ simulator, call: (...request) => call(simulator, ...request) });
  } finally {
    await simulator.stop();
  }
}

export const schedule = {
  schedules: [{
    name: 'Every day',
    timing: { from: '08:00', to: '18:00' },
    days: { '0': true, '1': true, '2': true, '3': true, '4': true, '5': true, '6': true },
    timezone: 'Africa/Abidjan',
  }],
};

export const campaignBody = {
  name: 'Nordic CFOs',
  campaign_schedule: schedule,
  sequences: [{
    steps: [
      {
        type: 'email',
        delay: 2,
        variants: [
          { subject: 'Month-end at {{companyName}}', body: 'Hi {{firstName}}' },
          { subject: 'Closing the books', body: 'Hi {{firstName}},<br/>quick question.' },
        ],
      },
      { type: 'email', delay: 2, variants: [{ subject: '', body: 'Any thoughts?' }] },
    ],
  }],
  email_list: ['mia@try-lakeside.example', 'jon@try-lakeside.example'],
};

export async function createCampaign(bench: TestBench, more: Json = {}): Promise<string> {
  const { body } = await bench.call('POST', '/api/v2/campaigns', { ...campaignBody, ...more });
  return String(body.id);
}

export const leadRows = (count: number, from = 0): Json[] =>
  Array.from({ length: count }, (_, index) => ({
    email: `lead${index + from}@company${index % 40}.example`,
    first_name: `First${index}`,
    last_name: 'Holm',
    company_name: `Company ${index % 40}`,
  }));

export interface Received {
  body: Json;
  text: string;
  headers: Record<string, string | string[] | undefined>;
}

/** A webhook receiver; `answer` decides the status of each delivery. */
export async function withReceiver(
  answer: (count: number) => number,
  run: (receiver: { url: string; received: Received[] }) => Promise<void>,
): Promise<void> {
  const received: Received[] = [];
  const server = createServer((request, response) => {
    readBody(request).then((text) => {
      received.push({ text, body: JSON.parse(text) as Json, headers: request.headers });
      response.writeHead(answer(received.length)).end();
    }, () => response.destroy());
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const address = server.address();
  const port = typeof address === 'object' && address !== null ? address.port : 0;
  try {
    await run({ url: `http://127.0.0.1:${port}/hook`, received });
  } finally {
    server.closeAllConnections();
    server.close();
  }
}

/** Polls a real condition until it holds. */
export async function until(condition: () => boolean, waitMs = 3000): Promise<void> {
  const limit = Date.now() + waitMs;
  while (!condition()) {
    if (Date.now() > limit) throw new Error('The awaited condition did not come true');
    await new Promise((resolve) => setTimeout(resolve, 5));
  }
}
