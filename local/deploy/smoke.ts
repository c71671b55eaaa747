// What a deployment proves at its end: each part answers, and refuses what it must refuse.
import { setTimeout as sleep } from 'node:timers/promises';
import { z } from 'zod';
import { dim, green, print, red } from '../cli/progress.ts';
import { Failure, messageOf } from '../shared/failure.ts';
import type { Context } from './context.ts';

interface Check {
  name: string;
  /** Throws what is wrong, or returns what was found. */
  run(context: Context): Promise<string>;
}

export interface SmokeOptions {
  /** Milliseconds to wait for the scheduler's first run. */
  patience?: number;
  write?: (line: string) => void;
}

const health = z.object({
  status: z.string(),
  database: z.string(),
  scheduler: z.object({ status: z.string(), age_seconds: z.number().nullable() }).nullable(),
});

export async function smokeTest(context: Context, options: SmokeOptions = {}): Promise<void> {
  const { patience = 90_000, write = print } = options;
  const failures: string[] = [];
  for (const { name, run } of [...checks, schedulerCheck(patience)]) {
    try {
      write(`${green('✓')} ${name.padEnd(44)} ${dim(await run(context))}`);
    } catch (error) {
      failures.push(name);
      write(`${red('✗')} ${name.padEnd(44)} ${messageOf(error)}`);
    }
  }
  if (failures.length > 0) {
    throw new Failure(
      `${failures.length} of ${
        checks.length + 1
      } checks failed; docs/operations.md, "Troubleshooting", says what to look at`,
    );
  }
}

const checks: Check[] = [
  {
    name: 'functions answer and reach the database',
    async run(context) {
      const report = await readHealth(context);
      if (report.database !== 'ok') {
        throw new Failure('health says that the database does not answer; is schema worker exposed?');
      }
      return `health: ${report.status}`;
    },
  },
  {
    name: 'a delivery without a secret is refused',
    async run({ projectUrl }) {
      const unknown = '00000000-0000-4000-8000-000000000000';
      const answer = await fetch(`${projectUrl}/functions/v1/instantly-webhook/${unknown}`, {
        method: 'POST',
        headers: { 'content-type': 'application/json' },
        body: '{}',
      });
      return expectStatus(answer, [401]);
    },
  },
  {
    name: 'schema worker is open to the secret key',
    async run(context) {
      return expectStatus(await readHealthRow(context, await context.secretKey()), [200]);
    },
  },
  {
    name: 'schema worker is closed to the publishable key',
    async run(context) {
      const key = (await context.api.apiKeys()).find(({ type }) => type === 'publishable')?.api_key ?? '';
      return expectStatus(await readHealthRow(context, key), [401, 403]);
    },
  },
  {
    name: 'cron jobs are scheduled',
    async run({ api, release }) {
      const jobs = await api.query(
        z.object({ jobname: z.string() }),
        'select jobname from cron.job where active',
      );
      const present = new Set(jobs.map(({ jobname }) => jobname));
      const missing = release.cronJobs.filter((name) => !present.has(name));
      if (missing.length > 0) throw new Failure(`missing or switched off: ${missing.join(', ')}`);
      return `${release.cronJobs.length}`;
    },
  },
];

function schedulerCheck(patience: number): Check {
  return {
    name: 'the scheduler runs them',
    async run(context) {
      const end = Date.now() + patience;
      while (true) {
        const { scheduler } = await readHealth(context);
        if (scheduler?.status === 'ok') return `last run ${scheduler.age_seconds} s ago`;
        if (Date.now() > end) {
          throw new Failure('no run was seen; is pg_cron switched on (dashboard, Integrations, Cron)?');
        }
        await sleep(1_000);
      }
    },
  };
}

async function readHealth({ projectUrl }: Context): Promise<z.infer<typeof health>> {
  const answer = await fetch(`${projectUrl}/functions/v1/health`);
  // 503 is a report too: nothing ran yet.
  if (answer.status !== 200 && answer.status !== 503) {
    throw new Failure(`health answered ${answer.status}; see its log in the dashboard`);
  }
  return health.parse(await answer.json());
}

function readHealthRow({ projectUrl }: Context, key: string | null): Promise<Response> {
  return fetch(`${projectUrl}/rest/v1/rpc/read_health`, {
    method: 'POST',
    headers: { apikey: key ?? '', 'content-type': 'application/json', 'content-profile': 'worker' },
    body: '{}',
  });
}

function expectStatus(answer: Response, wanted: number[]): string {
  if (wanted.includes(answer.status)) return `${answer.status}`;
  throw new Failure(`answered ${answer.status}, expected ${wanted.join(' or ')}`);
}
