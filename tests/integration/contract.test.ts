import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { loadContract } from '../instantly-simulator/contract.ts';
import { type Project, startProject, type TestConnection } from '../support/project.ts';

/** Documented by Instantly, and left out of a trimmed contract; a whole one checks them too. */
const maybeLeftOut = ['GET /api/v2/inbox-placement-tests', 'POST /api/v2/accounts/test/vitals'];

let project: Project;
let connection: TestConnection;

beforeAll(async () => {
  project = await startProject({ functions: ['export-campaign', 'sync-client'] });
});
afterAll(() => project.stop());

describe('everything that we send to Instantly', () => {
  it('fits the official contract: key test, campaign, leads, read-back, activation and a whole sync', async () => {
    const tenant = await project.createTenant();
    connection = await project.createConnection(tenant.clientId);
    const campaignId = await project.createCampaign(tenant.clientId, connection.id, { daily_limit: 50 });
    await project.addBusinesses(tenant.clientId, campaignId, [
      { email: 'a@contract.test', icebreaker: 'Hello', rating: 4.5, city: 'Berlin' },
      {
        email: 'b@contract.test',
        linkedin_contact_name: 'Eva Jansen',
        linkedin_contact_email: 'c@contract.test',
        linkedin_contact_email_deliverability: 'deliverable',
      },
    ]);
    for (let press = 0; press < 2; press++) {
      const started = await project.invoke('export-campaign', { campaign_id: campaignId, activate: true });
      await project.jobEnded(String(started.body['job_id']));
      // The second press has to find out what is there already, which reads leads back.
      await project.sql('delete from public.export_receipts where campaign_id = $1', [campaignId]);
    }
    await project.simulator.advance({ days: 3 });
    const synced = await project.invoke('sync-client', { connection_id: connection.id });
    const [job] = synced.body['jobs'] as { job_id: string }[];
    expect(await project.jobEnded(String(job?.job_id))).toMatchObject({ status: 'completed' });

    const requests = project.simulator.requests();
    const paths = new Set(
      requests.map((request) => `${request.method} ${request.path}`.replace(/[0-9a-f-]{36}/, '{id}')),
    );
    expect([...paths].sort()).toEqual([
      'GET /api/v2/accounts',
      'GET /api/v2/accounts/analytics/daily',
      'GET /api/v2/campaigns',
      'GET /api/v2/campaigns/analytics',
      'GET /api/v2/campaigns/analytics/daily',
      'GET /api/v2/campaigns/analytics/steps',
      'GET /api/v2/emails',
      'GET /api/v2/inbox-placement-tests',
      'GET /api/v2/lead-labels',
      'GET /api/v2/webhook-events',
      'GET /api/v2/webhooks',
      'GET /api/v2/workspaces/current',
      'POST /api/v2/accounts/test/vitals',
      'POST /api/v2/accounts/warmup-analytics',
      'POST /api/v2/campaigns',
      'POST /api/v2/campaigns/{id}/activate',
      'POST /api/v2/leads/add',
      'POST /api/v2/leads/list',
    ]);

    const contract = loadContract();
    if (contract === undefined) {
      console.warn(
        'THE OFFICIAL INSTANTLY CONTRACT IS NOT HERE: what we send was only checked against the simulator. Set INSTANTLY_OPENAPI to its file.',
      );
      return;
    }
    const problems = requests.filter(({ method, path }) =>
      contract.knows(method, path) || !maybeLeftOut.includes(`${method} ${path}`)
    ).flatMap((request) =>
      contract.validateRequest(request.method, request.path, request.query, request.body)
        .map((problem) => `${request.method} ${request.path}: ${problem}`)
    );
    expect(problems).toEqual([]);
  });
});
