// The function health as a monitor polls it: no key, three levels, and an answer also when the database is away.
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { createHealth } from '../../supabase/functions/_shared/health/handle-health.ts';
import type { HealthFacts } from '../../supabase/functions/_shared/health/health-report.ts';
import { type Project, startProject, type Tenant } from '../support/project.ts';

let project: Project;
let tenant: Tenant;
let connectionId: string;

beforeAll(async () => {
  project = await startProject({ functions: ['health'], simulator: false });
  tenant = await project.createTenant('Lakeside Secret');
  connectionId = (await project.createConnection(tenant.clientId)).id;
});
afterAll(() => project?.stop());

interface Part {
  status: string;
  [name: string]: unknown;
}
interface Health {
  status: string;
  database: string;
  scheduler: Part;
  webhooks: Part;
  sync: Part;
  checked_at: string;
}

/** Asks when the answer of the last second has gone stale. */
async function ask(method = 'GET'): Promise<{ code: number; body: Health; text: string; headers: Headers }> {
  await new Promise((resolve) => setTimeout(resolve, 1_050));
  const response = await fetch(`${project.stack.functionsUrl}/health`, { method });
  const text = await response.text();
  return { code: response.status, body: JSON.parse(text || '{}') as Health, text, headers: response.headers };
}

const cronRan = (ago: string) =>
  project.sql(
    `insert into cron.job_run_details (jobid, start_time, status) values (1, now() - $1::interval, 'succeeded')`,
    [ago],
  );

beforeEach(async () => {
  await project.sql('delete from cron.job_run_details; delete from private.webhook_events');
  await project.sql(`update public.provider_connections set last_synced_at = now() - interval '10 minutes'`);
  await cronRan('3 seconds');
});

describe('GET /health', () => {
  it('is ok with a running scheduler, no backlog and a fresh sync, without any key', async () => {
    const { code, body, headers } = await ask();
    expect(code).toBe(200);
    expect(body).toMatchObject({
      status: 'ok',
      database: 'ok',
      scheduler: { status: 'ok' },
      webhooks: { status: 'ok', waiting: 0, oldest_waiting_seconds: null },
      sync: { status: 'ok' },
    });
    expect(body.sync['age_seconds']).toBeGreaterThanOrEqual(600);
    expect(headers.get('access-control-allow-origin')).toBe('*');
  });

  it('is degraded when deliveries wait for too long, and says how many and how long', async () => {
    await project.sql(
      `insert into private.webhook_events (connection_id, event_key, payload, received_at)
       select $1, gen_random_uuid(), '{}', now() - interval '5 minutes' from generate_series(1, 3)`,
      [connectionId],
    );
    const { code, body } = await ask();
    expect([code, body.status, body.webhooks['waiting']]).toEqual([200, 'degraded', 3]);
    expect(body.webhooks['oldest_waiting_seconds']).toBeGreaterThanOrEqual(300);
  });

  it('is degraded when no sync has finished for hours, but only where one is due', async () => {
    await project.sql(
      `update public.provider_connections set last_synced_at = now() - interval '4 hours', created_at = now() - interval '1 day'`,
    );
    expect((await ask()).body).toMatchObject({ status: 'degraded', sync: { status: 'degraded' } });
    await project.sql(`update public.provider_connections set status = 'paused'`);
    expect((await ask()).body.status).toBe('ok');
    await project.sql(`update public.provider_connections set status = 'active'`);
  });

  it('is degraded when the scheduler is late and down when it stops, which nothing else could report', async () => {
    await project.sql('delete from cron.job_run_details');
    await cronRan('3 minutes');
    const late = await ask();
    expect([late.code, late.body.status]).toEqual([200, 'degraded']);
    await project.sql('delete from cron.job_run_details');
    await cronRan('11 minutes');
    const still = await ask();
    expect([still.code, still.body.status, still.body.scheduler.status]).toEqual([503, 'down', 'down']);
    await project.sql('delete from cron.job_run_details');
    expect((await ask()).body.scheduler).toEqual({ status: 'down', last_run_at: null, age_seconds: null });
  });

  it('holds nothing of any tenant', async () => {
    const { text } = await ask();
    for (const secret of [tenant.clientId, connectionId, 'Lakeside', 'Workspace']) {
      expect(text).not.toContain(secret);
    }
  });

  it.each(['POST', 'PUT', 'DELETE', 'PATCH'])('refuses %s', async (method) => {
    const response = await fetch(`${project.stack.functionsUrl}/health`, { method });
    const { error } = await response.json() as { error: { code: string } };
    expect([response.status, error.code]).toEqual([405, 'METHOD_NOT_ALLOWED']);
  });

  it('lets a page of another origin ask, also with the headers of supabase-js', async () => {
    const client = project.browser();
    const { data } = await client.functions.invoke('health', { method: 'GET' });
    expect(data).toMatchObject({ status: 'ok' });
    const preflight = await fetch(`${project.stack.functionsUrl}/health`, { method: 'OPTIONS' });
    expect([preflight.status, preflight.headers.get('access-control-allow-headers')]).toEqual([
      204,
      expect.stringContaining('apikey'),
    ]);
  });

  it('answers 503 when the database is unreachable, and recovers automatically', async () => {
    // The role that PostgREST signs in as may not connect any more, and its connections end.
    const database = new URL(project.stack.dbUrl).pathname.slice(1);
    await project.sql(`revoke connect on database ${database} from public, authenticator`);
    await project.sql(
      `select pg_terminate_backend(pid) from pg_stat_activity where datname = $1 and usename = 'authenticator'`,
      [database],
    );
    const away = await ask();
    expect([away.code, away.body]).toEqual([503, {
      status: 'down',
      database: 'down',
      scheduler: null,
      webhooks: null,
      sync: null,
      checked_at: expect.any(String) as string,
    }]);
    await project.sql(`grant connect on database ${database} to public`);
    await project.eventually(async () => (await ask()).code === 200, 'health is back', 40_000);
  }, 60_000);
});

describe('createHealth', () => {
  const facts: HealthFacts = {
    last_run_at: '2026-11-21T12:00:00Z',
    waiting: 0,
    oldest_waiting_at: null,
    last_sync_at: null,
    expects_sync: false,
    checked_at: '2026-11-21T12:00:05Z',
  };
  const get = new Request('https://project.test/health');

  it('asks the database once a second however many poll', async () => {
    let reads = 0;
    let now = 0;
    const health = createHealth({
      readFacts: () => {
        reads += 1;
        return Promise.resolve(facts);
      },
      now: () => new Date(now),
    });
    await Promise.all(Array.from({ length: 50 }, () => health(get)));
    now = 999;
    await health(get);
    expect(reads).toBe(1);
    now = 1_000;
    expect((await health(get)).status).toBe(200);
    expect(reads).toBe(2);
  });

  it('says down when the database answers nonsense or nothing', async () => {
    for (
      const failure of [
        () => Promise.reject(new Error('no answer')),
        () => Promise.reject(new DOMException('timeout')),
      ]
    ) {
      const response = await createHealth({ readFacts: failure, now: () => new Date() })(get);
      expect([response.status, (await response.json() as Health).database]).toEqual([503, 'down']);
    }
  });
});
