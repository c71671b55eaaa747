import { describe, expect, it } from 'vitest';
import { z } from 'zod';
import { runJob } from '../../supabase/functions/_shared/jobs/run-job.ts';
import { processorTime } from '../../supabase/functions/_shared/platform/processor-time.ts';
import { InstantlySession } from '../../supabase/functions/_shared/providers/instantly/session.ts';
import type { SyncRun } from '../../supabase/functions/_shared/sync/context.ts';
import { walkLeads } from '../../supabase/functions/_shared/sync/campaigns/walk-leads.ts';
import { report } from '../../supabase/functions/_shared/sync/report.ts';
import { fakeDatabase } from '../support/fake-database.ts';

const campaign = {
  campaign_id: 'eeeeeeee-0000-4000-8000-000000000001',
  provider_campaign_id: '01980000-0000-7000-8000-000000000001',
  provider_created_at: null,
  leads_fingerprint: null,
  leads_walked_at: null,
  has_analytics: true,
};

/** A workspace with one campaign, whose list of leads it answers page by page. */
function workspaceOf(leads: number): typeof fetch {
  return async (input, init) => {
    const { starting_after: after, limit } = listRequest.parse(await new Request(input, init).json());
    const first = Number(after);
    // As text: to make the leads must not cost more than to read them.
    const items = Array.from(
      { length: Math.min(limit, leads - first) },
      (_, index) => lead.replaceAll('#', String(first + index + 1)),
    );
    const next = first + limit < leads ? `, "next_starting_after": "${first + limit}"` : '';
    return new Response(`{ "items": [${items.join(',')}]${next} }`);
  };
}

const listRequest = z.object({ starting_after: z.string().default('0'), limit: z.number() });

/** # = its number. */
const lead = JSON.stringify({
  id: '#',
  timestamp_created: '2026-11-01T08:00:00.000Z',
  timestamp_updated: '2026-11-02T08:00:00.000Z',
  organization: '01980000-0000-7000-8000-000000000009',
  campaign: campaign.provider_campaign_id,
  status: 1,
  email_open_count: 1,
  email_reply_count: 0,
  email_click_count: 0,
  email: 'lead#@shop#.example',
  first_name: 'Mia',
  last_name: 'Number #',
  company_name: 'Shop #',
  website: 'https://shop#.example',
  personalization: 'I liked the photos of your new branch in the old harbour.',
  payload: {
    industry: 'Retail',
    company_size: '11-50',
    icebreaker: 'I liked the photos of your new branch.',
  },
  status_summary: {
    lastStep: { from: 'campaign', stepID: '0_0_0', timestampExecuted: '2026-11-02T08:00:00.000Z' },
  },
  timestamp_last_contact: '2026-11-02T08:00:00.000Z',
  last_step_from: 'campaign',
});

/** A database with one job, which stores the addresses of the leads that it is given. */
function databaseWithJob() {
  const stored: string[] = [];
  let cursor: Record<string, unknown> = {};
  let status = 'queued';
  let continued = 0;
  const database = fakeDatabase((name, parameters) => {
    const answer = (data: unknown) => ({ data, error: null, status: 200 });
    switch (name) {
      case 'claim_job':
        status = 'running';
        return answer({
          id: jobId,
          kind: 'sync',
          connection_id: jobId,
          client_id: null,
          campaign_id: null,
          parameters: {},
          cursor,
          result: {},
          done: 0,
          total: null,
          attempts: 1,
          lease_token: jobId,
          created_at: '2026-11-02T08:00:00Z',
        });
      case 'save_job': {
        const { checkpoint } = saved.parse(parameters);
        cursor = checkpoint.cursor ?? cursor;
        return answer('held');
      }
      case 'record_leads': {
        const { leads } = written.parse(parameters);
        stored.push(...leads.map(({ email }) => email));
        return answer(leads.length);
      }
      case 'release_job':
        status = 'queued';
        return answer(true);
      case 'continue_job':
        continued += 1;
        return answer(true);
      case 'finish_job':
        status = z.object({ final_status: z.string() }).parse(parameters).final_status;
        return answer(true);
      default:
        return answer(0);
    }
  });
  return { database, stored, status: () => status, continued: () => continued };
}

const jobId = 'aaaaaaaa-0000-4000-8000-000000000001';
const saved = z.object({ checkpoint: z.object({ cursor: z.record(z.string(), z.unknown()).optional() }) });
const written = z.object({ leads: z.array(z.object({ email: z.string() })) });

describe('a sync of 120,000 leads', () => {
  it('is a chain of calls, none of which reaches the limit of processor time', async () => {
    const leads = 120_000;
    const job = databaseWithJob();
    const session = new InstantlySession({
      baseUrl: 'https://api.instantly.test',
      apiKey: 'key',
      fetch: workspaceOf(leads),
      now: () => new Date('2026-11-20T00:00:00Z'),
    });
    const calls: number[] = [];
    while (job.status() === 'queued') {
      const booked = processorTime();
      await runJob(jobId, async (running) => {
        const run: SyncRun = {
          job: { ...running, connection_id: jobId },
          context: {
            database: job.database,
            session,
            openSession: () => session,
            now: () => new Date('2026-11-20T00:00:00Z'),
            environment: { masterKeys: undefined },
            functionsUrl: 'https://project.test/functions/v1',
          },
          report: report.parse({}),
          full: true,
          outage: null,
          save: () => Promise.resolve(),
        };
        const at = {
          page: z.string().optional().parse(running.cursor['page']),
          save: (page: string) => running.save({ cursor: { page } }),
        };
        return await walkLeads(run, campaign, at)
          ? { status: 'completed', result: {} }
          : { status: 'paused' };
      }, { database: job.database, timeBudget: 100_000, now: Date.now, failureCode: 'SYNC_FAILED' });
      calls.push(processorTime() - booked);
    }
    expect(job.status()).toBe('completed');
    expect(calls.length).toBeGreaterThanOrEqual(3);
    // The platform ends an isolate after 2,000 ms.
    for (const booked of calls) expect(booked).toBeLessThan(1_700);
    expect(job.continued()).toBe(calls.length - 1);
    expect(job.stored.length).toBe(leads);
    expect(new Set(job.stored).size).toBe(leads);
  }, 180_000);
});
