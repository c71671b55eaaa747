import type { Buffer } from 'node:buffer';
import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { InstantlySession } from '../../supabase/functions/_shared/providers/instantly/session.ts';
import { ProviderError } from '../../supabase/functions/_shared/providers/provider.ts';

type Handler = (request: IncomingMessage, response: ServerResponse, body: string) => void;

let server: Server;
let handlers: Handler[];
let calls: { method: string; url: string; headers: IncomingMessage['headers']; body: string }[];

beforeEach(async () => {
  handlers = [];
  calls = [];
  server = createServer((request, response) => {
    let body = '';
    request.on('data', (chunk: Buffer) => (body += chunk.toString()));
    request.on('end', () => {
      calls.push({ method: request.method ?? '', url: request.url ?? '', headers: request.headers, body });
      const handler = handlers.length > 1 ? handlers.shift() : handlers[0];
      handler?.(request, response, body);
    });
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
});
afterEach(() => {
  server.closeAllConnections();
  server.close();
});

const session = () =>
  new InstantlySession({
    baseUrl: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    apiKey: 'key-of-the-workspace==',
    fetch,
    now: () => new Date('2026-11-20T00:00:00Z'),
    retryDelay: 1,
  });

const json =
  (status: number, body: unknown, headers: Record<string, string> = {}): Handler => (_, response) => {
    response.writeHead(status, { 'content-type': 'application/json', ...headers });
    response.end(JSON.stringify(body));
  };
const failure = (status: number, message = 'No') => json(status, { statusCode: status, error: 'E', message });
const workspace = json(200, { id: 'w', name: 'Workspace', plan_id: 'x' });

async function errorOf(work: Promise<unknown>): Promise<ProviderError> {
  try {
    await work;
  } catch (error) {
    if (error instanceof ProviderError) return error;
    throw error;
  }
  throw new Error('The call did not fail');
}

describe('a call', () => {
  it('carries the bearer key and a User-Agent', async () => {
    handlers = [workspace];
    expect(await session().readWorkspace()).toEqual({ id: 'w', name: 'Workspace' });
    expect(calls[0]).toMatchObject({ method: 'GET', url: '/api/v2/workspaces/current' });
    expect(calls[0]?.headers).toMatchObject({ authorization: 'Bearer key-of-the-workspace==' });
    expect(calls[0]?.headers['user-agent']).toMatch(/^Replyloop\//);
  });

  it.each([429, 500, 502, 503, 504])('is repeated on %s and then succeeds', async (status) => {
    handlers = [failure(status), failure(status), workspace];
    expect(await session().readWorkspace()).toMatchObject({ id: 'w' });
    expect(calls).toHaveLength(3);
  });

  it('is retried when the connection breaks, and fails after three retries', async () => {
    handlers = [(request) => request.socket.destroy()];
    expect(await errorOf(session().readWorkspace())).toMatchObject({
      kind: 'unreachable',
      isTemporary: true,
    });
    expect(calls).toHaveLength(4);
  });

  it('that must not run twice is not retried when the outcome is unknown, but is after a 429', async () => {
    handlers = [(request) => request.socket.destroy()];
    const settings = {
      name: 'C',
      timeZone: 'UTC',
      sendingDays: [1],
      sendingFrom: '09:00',
      sendingTo: '17:00',
      dailyLimit: null,
      unsubscribeHeader: true,
      startOn: null,
      endOn: null,
      sendingAccountTags: [],
      stopOnReply: true,
      stopForCompany: false,
      trackOpens: true,
      trackClicks: true,
      plainText: false,
      unsubscribeText: null,
      sendingAccounts: [],
      steps: [{ delay_days: 0, subject: 's', body: 'b' }],
    };
    expect(await errorOf(session().createCampaign(settings))).toMatchObject({ kind: 'unreachable' });
    expect(calls).toHaveLength(1);

    handlers = [failure(500)];
    expect(await errorOf(session().addLeads('c', []))).toMatchObject({ kind: 'unavailable', status: 500 });
    expect(calls).toHaveLength(2);

    handlers = [failure(429), json(200, { id: 'c', name: 'C', status: 0 })];
    expect(await session().createCampaign(settings)).toMatchObject({
      provider_campaign_id: 'c',
      status: 'draft',
    });
    expect(calls).toHaveLength(4);
  });

  it('is not repeated before a long Retry-After, and says how long', async () => {
    handlers = [json(429, { message: 'Rate limit exceeded' }, { 'retry-after': '120' })];
    expect(await errorOf(session().readWorkspace())).toMatchObject({
      kind: 'rate_limited',
      retryAfterSeconds: 120,
    });
    expect(calls).toHaveLength(1);
  });

  it.each([
    [400, 'bad_request'],
    [401, 'unauthorized'],
    [402, 'payment_required'],
    [403, 'forbidden'],
    [404, 'not_found'],
  ])('answered with %s is a %s error, not repeated, and names no key', async (status, kind) => {
    handlers = [failure(status, 'The reason')];
    const error = await errorOf(session().readWorkspace());
    expect(error).toMatchObject({ kind, status, isTemporary: false });
    expect(error.message).toBe(
      `Instantly answered GET /api/v2/workspaces/current with ${status} "The reason"`,
    );
    expect(JSON.stringify(error)).not.toContain('key-of-the-workspace');
    expect(calls).toHaveLength(1);
  });

  it('refused by the edge without JSON is not mistaken for a refused key', async () => {
    handlers = [(_, response) => {
      response.statusCode = 403;
      response.end('<html>Forbidden</html>');
    }];
    expect(await errorOf(session().readWorkspace())).toMatchObject({ kind: 'blocked', isTemporary: false });
  });

  it('answered with an HTML page or an unknown shape is an unexpected answer', async () => {
    handlers = [(_, response) => response.end('<html>maintenance</html>')];
    expect(await errorOf(session().readWorkspace())).toMatchObject({ kind: 'unexpected_answer' });
    handlers = [json(200, { name: 'no id' })];
    const error = await errorOf(session().readWorkspace());
    expect(error.kind).toBe('unexpected_answer');
    expect(error.message).toContain('id');
  });
});

describe('paging', () => {
  const campaign = (id: string) => ({ id, name: id, status: 1 });

  it('asks for 100 and follows the cursor until there is none', async () => {
    handlers = [
      json(200, { items: [campaign('a')], next_starting_after: '2026-01-01T00:00:00.000Z&a@b.test' }),
      json(200, { items: [campaign('b')] }),
    ];
    const first = await session().listCampaigns(undefined);
    expect(first.next).toBe('2026-01-01T00:00:00.000Z&a@b.test');
    const second = await session().listCampaigns(first.next);
    expect(second.next).toBeUndefined();
    expect(calls.map((call) => call.url)).toEqual([
      '/api/v2/campaigns?limit=100',
      '/api/v2/campaigns?limit=100&starting_after=2026-01-01T00%3A00%3A00.000Z%26a%40b.test',
    ]);
  });

  it('stops on an empty page and on an unchanged cursor', async () => {
    handlers = [json(200, { items: [], next_starting_after: 'more' })];
    expect((await session().listCampaigns('x')).next).toBeUndefined();
    handlers = [json(200, { items: [campaign('a')], next_starting_after: 'same' })];
    expect((await session().listCampaigns('same')).next).toBeUndefined();
  });
});

describe('readDays', () => {
  it('requests the day after the last one, because a bare end date may mean its midnight, and drops it', async () => {
    const day = (date: string) => ({
      date,
      sent: 1,
      opened: 0,
      unique_opened: 0,
      replies: 0,
      unique_replies: 0,
      clicks: 0,
      unique_clicks: 0,
    });
    handlers = [json(200, [day('2026-09-30'), day('2026-10-31'), day('2026-11-01')])];
    const days = await session().readDays('c', '2026-10-01', '2026-10-31');
    expect(days.map((row) => row.day)).toEqual(['2026-10-31']);
    expect(calls[0]?.url).toBe(
      '/api/v2/campaigns/analytics/daily?campaign_id=c&start_date=2026-10-01&end_date=2026-11-01',
    );
  });
});

describe('readSteps', () => {
  const row = (step: string | null, variant: string | null) => ({
    ...{
      step,
      variant,
      sent: 9,
      opened: 5,
      unique_opened: 4,
      replies: 3,
      unique_replies: 2,
      replies_automatic: 1,
    },
    ...{ unique_replies_automatic: 1, clicks: 2, unique_clicks: 1 },
    ...{ opportunities: 4, unique_opportunities: 3, meetings_booked: 2, won: 1 },
  });

  it.each([['0', '1'], ['1', '2']])(
    'counts steps and variants from 1, where the provider starts at %s',
    async (one, two) => {
      handlers = [json(200, [row(one, '0'), row(one, '1'), row(two, '0'), row(null, null), row(two, null)])];
      const { steps } = await session().readSteps('c');
      expect(steps.map(({ step, variant }) => [step, variant])).toEqual([[1, 1], [1, 2], [2, 1]]);
      expect(steps[0]).toEqual({
        step: 1,
        variant: 1,
        sent: 9,
        opened: 4,
        clicked: 1,
        replied: 2,
        auto_replies: 1,
        opportunities: 3,
        meetings: 2,
        won: 1,
      });
      expect(calls[0]?.url).toBe(
        '/api/v2/campaigns/analytics/steps?campaign_id=c&include_opportunities_count=true',
      );
    },
  );
});
