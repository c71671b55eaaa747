// A provider that has nothing but campaigns, leads and webhooks: what it cannot do is absent, and a sync does the rest.
import { afterAll, beforeAll, expect, it } from 'vitest';
import { z } from 'zod';
import { runJob } from '../../supabase/functions/_shared/jobs/run-job.ts';
import { callFunction } from '../../supabase/functions/_shared/platform/database.ts';
import { InstantlySession } from '../../supabase/functions/_shared/providers/instantly/session.ts';
import type {
  ProviderCapabilities,
  ProviderSession,
} from '../../supabase/functions/_shared/providers/provider.ts';
import { runSync } from '../../supabase/functions/_shared/sync/run-sync.ts';
import { makeCampaign, people } from '../support/provider-api.ts';
import { type Project, startProject, type TestConnection } from '../support/project.ts';

let project: Project;
let connection: TestConnection;

beforeAll(async () => {
  project = await startProject({ functions: ['instantly-webhook'] });
  connection = await project.createConnection((await project.createTenant('Bare')).clientId);
});
afterAll(() => project.stop());

const capabilities: ReadonlySet<PropertyKey> = new Set<keyof ProviderCapabilities>([
  'deliveryLog',
  'redelivery',
  'inbox',
  'mailHistory',
  'statistics',
  'accounts',
  'organizations',
  'campaignSetup',
]);

/** The session without what a provider may lack. */
function bare(session: ProviderSession): ProviderSession {
  return new Proxy(session, {
    get(target, name) {
      if (capabilities.has(name)) return undefined;
      const value: unknown = Reflect.get(target, name, target);
      return typeof value === 'function' ? value.bind(target) : value;
    },
  });
}

it('syncs campaigns, numbers and leads, and ends without an error', async () => {
  await makeCampaign(project.simulator.url, connection.apiKey, 'Bare', people(30, 'bare'), true);
  await project.simulator.advance({ days: 3 });
  const [opened] = await callFunction(project.service, 'request_sync', {
    target_connection_id: connection.id,
    target_client_id: null,
    read_everything: true,
    requester: null,
  }, z.array(z.object({ job_id: z.uuid() })));
  const jobId = opened?.job_id ?? '';
  const session = bare(
    new InstantlySession({
      baseUrl: project.simulator.url,
      apiKey: connection.apiKey,
      fetch,
      now: () => new Date(),
    }),
  );
  const ran = await runJob(jobId, (job) =>
    runSync({ ...job, connection_id: connection.id }, {
      database: project.service,
      session,
      openSession: () => session,
      now: () => new Date(),
      environment: { masterKeys: project.masterKeys },
      functionsUrl: project.stack.functionsUrl,
    }), {
    database: project.service,
    timeBudget: 60_000,
    now: Date.now,
    failureCode: 'SYNC_FAILED',
  });
  expect(ran).toBe(true);
  expect(await project.one('select status, result from private.jobs where id = $1', [jobId])).toMatchObject({
    status: 'completed',
    result: { campaigns_synced: 1, leads: 30, accounts_imported: 0, events_replayed: 0, errors: [] },
  });
});
