import { createServer } from 'node:http';
import { text as readBody } from 'node:stream/consumers';
import { startSmartleadSimulator } from '../../simulators/smartlead/simulator.ts';
import type {
  EmitOptions,
  EmitType,
  SmartleadSimulator,
  SmartleadSimulatorOptions,
} from '../../simulators/smartlead/simulator.ts';

export type Json = Record<string, unknown>;

export const workspaceId = '019900aa-1111-7222-8333-444455557777';
export const key = 'test_key';
export const secretKey = '2d7f0c58-31de-4a8e-9f3e-6b0b6f5b9c10';

export interface ApiAnswer {
  status: number;
  text: string;
  headers: Headers;
  // Tests read deeply into answers of known shape; each one states the shape it expects.
  body: Json;
  rows: Json[];
}

export interface TestBench {
  simulator: SmartleadSimulator;
  call: (method: string, path: string, body?: unknown) => Promise<ApiAnswer>;
}

const parse = (text: string): unknown => {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
};

export async function call(
  simulator: SmartleadSimulator,
  method: string,
  path: string,
  body?: unknown,
): Promise<ApiAnswer> {
  const separator = path.includes('?') ? '&' : '?';
  const response = await fetch(`${simulator.url}/api/v1${path}${separator}api_key=${key}`, {
    method,
    ...(body !== undefined &&
      { headers: { 'content-type': 'application/json' }, body: JSON.stringify(body) }),
  });
  const text = await response.text();
  const parsed = parse(text);
  const rows = Array.isArray(parsed) ? parsed : (parsed as { data?: unknown } | undefined)?.data;
  return {
    status: response.status,
    text,
    headers: response.headers,
    body: (parsed ?? {}) as Json,
    rows: (Array.isArray(rows) ? rows : []) as Json[],
  };
}

/** Runs a test with a simulator that has one workspace, two mailboxes, two clients, and lists that refuse. */
export async function withSimulator(
  options: SmartleadSimulatorOptions,
  run: (bench: TestBench) => Promise<void>,
): Promise<void> {
  const simulator = await startSmartleadSimulator({
    limits: 'off',
    workspaces: [{
      id: workspaceId,
      name: 'Lakeside',
      keys: [key],
      secretKey,
      accounts: [
        { email: 'mia@try-lakeside.example', dailyLimit: 400, client: 'Lakeside' },
        { email: 'jon@try-lakeside.example', dailyLimit: 400 },
      ],
      clients: ['Lakeside', { name: 'Harbour', id: 5000 }],
      blockList: ['blocked-co.example'],
      bounceList: ['gone@company1.example'],
      labels: [{ label: 'Send deck later', kind: 'positive' }],
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
  timezone: 'Etc/UTC',
  days_of_the_week: [0, 1, 2, 3, 4, 5, 6],
  start_hour: '08:00',
  end_hour: '18:00',
  min_time_btw_emails: 10,
  max_new_leads_per_day: 1000,
};

const sequences = [
  {
    seq_number: 1,
    seq_delay_details: { delay_in_days: 0 },
    seq_variants: [
      { subject: 'Month-end at {{company_name}}', email_body: 'Hi {{first_name}}', variant_label: 'A' },
      {
        subject: 'Closing the books',
        email_body: 'Hi {{first_name}},<br/>quick question.',
        variant_label: 'B',
      },
    ],
  },
  { seq_number: 2, seq_delay_details: { delay_in_days: 2 }, subject: '', email_body: 'Any thoughts?' },
];

/** A campaign with steps, schedule and both mailboxes; not started. */
export async function createCampaign(bench: TestBench, more: Json = {}): Promise<number> {
  const { body } = await bench.call('POST', '/campaigns/create', { name: 'Nordic CFOs', ...more });
  const id = Number(body.id);
  await bench.call('POST', `/campaigns/${id}/sequences`, { sequences });
  await bench.call('POST', `/campaigns/${id}/schedule`, schedule);
  const { rows } = await bench.call('GET', '/email-accounts/');
  await bench.call('POST', `/campaigns/${id}/email-accounts`, {
    email_account_ids: rows.map((row) => row.id),
  });
  return id;
}

export const leadRows = (count: number, from = 0): Json[] =>
  Array.from({ length: count }, (_, index) => ({
    email: `lead${index + from}@company${index % 40}.example`,
    first_name: `First${index}`,
    last_name: 'Holm',
    company_name: `Company ${index % 40}`,
  }));

export async function addLeads(bench: TestBench, id: number, leads: Json[]): Promise<Json> {
  let last: Json = {};
  for (let from = 0; from < leads.length; from += 400) {
    last =
      (await bench.call('POST', `/campaigns/${id}/leads`, { lead_list: leads.slice(from, from + 400) })).body;
  }
  return last;
}

/** Every row of a paged list. */
export async function readAll(bench: TestBench, path: string, limit: number): Promise<Json[]> {
  const rows: Json[] = [];
  for (let offset = 0;; offset += limit) {
    const page = await bench.call('GET', `${path}?offset=${offset}&limit=${limit}`);
    if (page.rows.length === 0) return rows;
    rows.push(...page.rows);
  }
}

export const leadEmail = 'ingrid.holm@fjordpak.example';

export interface Scene {
  id: number;
  emit: (type: EmitType, more?: Partial<EmitOptions>) => void;
}

/** A campaign with one lead and, if a receiver is given, a webhook for everything. */
export async function prepare(bench: TestBench, url?: string, more: Json = {}): Promise<Scene> {
  const id = await createCampaign(bench, more);
  await addLeads(bench, id, [{
    email: leadEmail,
    first_name: 'Ingrid',
    last_name: 'Holm',
    company_name: 'Fjordpak',
    custom_fields: { employees: '240' },
  }]);
  if (url !== undefined) await hook(bench, id, url);
  return {
    id,
    emit: (type, options = {}) => {
      bench.simulator.emit({ workspaceId, campaignId: String(id), leadEmail, type, ...options });
    },
  };
}

export const everything = [
  'EMAIL_SENT',
  'FIRST_EMAIL_SENT',
  'EMAIL_OPEN',
  'EMAIL_LINK_CLICK',
  'EMAIL_REPLY',
  'EMAIL_BOUNCE',
  'LEAD_UNSUBSCRIBED',
  'LEAD_CATEGORY_UPDATED',
  'CAMPAIGN_STATUS_CHANGED',
  'UNTRACKED_REPLIES',
  'MANUAL_STEP_REACHED',
  'EMAIL_ACCOUNT_DISCONNECTED',
  'LINKEDIN_DISCONNECTED',
];

export const hook = (bench: TestBench, id: number, url: string, more: Json = {}): Promise<ApiAnswer> =>
  bench.call('POST', `/campaigns/${id}/webhooks`, {
    id: null,
    name: 'Portal',
    webhook_url: url,
    event_types: everything,
    ...more,
  });

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
