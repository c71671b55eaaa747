// `npm run deploy:status`: what is installed in a project, what this checkout would change, and how it works there.
import { z } from 'zod';
import { bold, dim, green, print, red } from '../cli/progress.ts';
import type { Context } from './context.ts';
import { appliedMigrations, hasTable } from './database-steps.ts';
import type { ManagementApi } from './management-api.ts';
import { releaseSecret } from './project-steps.ts';

const connection = z.object({
  name: z.string(),
  provider: z.string(),
  status: z.string(),
  webhook: z.string(),
  synced_minutes: z.number().nullable(),
});
const counts = z.object({ jobs: z.number(), operators: z.number(), failing: z.array(z.string()) });

interface Line {
  isGood: boolean;
  what: string;
  details: string;
}

/** Returns false when something is missing or fails. */
export async function showStatus(context: Context, write: (line: string) => void = print): Promise<boolean> {
  const { api, release } = context;
  const project = await api.project();
  write(
    `${bold(project.name)} ${
      dim(`${context.projectUrl}, ${project.status}, Postgres ${project.database.version}`)
    }`,
  );
  const applied = await appliedMigrations(api);
  const lines = [
    ...await releaseLines(context),
    migrationsLine(context, applied),
    ...(applied.length > 0 ? await databaseLines(context) : []),
  ];
  for (const { isGood, what, details } of lines) {
    write(`${isGood ? green('✓') : red('✗')} ${what.padEnd(20)} ${details}`);
  }
  const isGood = lines.every((line) => line.isGood);
  if (!isGood && applied.length > 0) {
    write(dim(`"npm run deploy:upgrade -- ${context.ref} --dry-run" shows what an upgrade would change`));
  }
  if (applied.length === 0) {
    write(dim(`Nothing of release ${release.version} is installed; "npm run deploy" installs it`));
  }
  return isGood;
}

async function releaseLines({ api, release }: Context): Promise<Line[]> {
  const present = await api.functions();
  const own = present.filter(({ slug }) => release.functions.includes(slug));
  const missing = release.functions.filter((slug) => !own.some((entry) => entry.slug === slug));
  const inactive = own.filter(({ status }) => status !== 'ACTIVE').map(({ slug }) => slug);
  const mark = (await api.secrets()).find(({ name }) => name === releaseSecret)?.value;
  const auth = await api.authConfig();
  const hookIsOn = auth['hook_custom_access_token_enabled'] === true &&
    auth['hook_custom_access_token_uri'] === release.hookUri;
  const { db_schema: schemas } = await api.dataApiConfig();
  return [
    {
      isGood: mark === release.markDigest,
      what: 'release',
      details: mark === undefined
        ? 'none installed'
        : mark === release.markDigest
        ? `${release.version}, the functions are those of this checkout`
        : `another than this checkout's ${release.version}`,
    },
    {
      isGood: missing.length + inactive.length === 0,
      what: 'functions',
      details: [
        `${own.length} of ${release.functions.length}`,
        ...(missing.length > 0 ? [`missing: ${missing.join(', ')}`] : []),
        ...(inactive.length > 0 ? [`not active: ${inactive.join(', ')}`] : []),
      ].join('; '),
    },
    {
      isGood: hookIsOn,
      what: 'access token hook',
      details: hookIsOn ? 'on' : 'off: people who sign in see nothing',
    },
    {
      isGood: schemas.replaceAll(' ', '') === release.schemas.join(','),
      what: 'exposed schemas',
      details: schemas,
    },
  ];
}

function migrationsLine({ release }: Context, applied: string[]): Line {
  const missing = release.migrations.filter(({ version }) => !applied.includes(version));
  const unknown = applied.filter((version) =>
    !release.migrations.some((migration) => migration.version === version)
  );
  return {
    isGood: missing.length + unknown.length === 0,
    what: 'migrations',
    details: [
      `${applied.length} applied`,
      ...(missing.length > 0
        ? [`${missing.length} missing: ${missing.map(({ name }) => name).join(', ')}`]
        : []),
      ...(unknown.length > 0 ? [`unknown here: ${unknown.join(', ')}`] : []),
    ].join('; '),
  };
}

async function databaseLines({ api, release }: Context): Promise<Line[]> {
  const jobs = await api.query(
    z.object({ jobname: z.string() }),
    'select jobname from cron.job where active',
  );
  const missing = release.cronJobs.filter((name) => !jobs.some(({ jobname }) => jobname === name));
  const work = await findOpenWork(api);
  const connections = await api.query(
    connection,
    `select c.name, c.provider::text, c.status::text,
       coalesce(w.state, case when n.campaigns > 0 then n.campaigns || ' campaign webhooks' else 'none' end) as webhook,
       (extract(epoch from now() - c.last_synced_at) / 60)::int as synced_minutes
     from public.provider_connections as c
     left join private.provider_webhooks as w on w.connection_id = c.id
     left join (
       select connection_id, count(*) as campaigns from private.campaign_webhooks group by connection_id
     ) as n on n.connection_id = c.id
     where c.removed_at is null order by c.name`,
  );
  return [
    {
      isGood: missing.length === 0 && work.failing.length === 0,
      what: 'cron jobs',
      details: [
        `${release.cronJobs.length - missing.length} of ${release.cronJobs.length}`,
        ...(missing.length > 0 ? [`missing: ${missing.join(', ')}`] : []),
        ...work.failing,
      ].join('; '),
    },
    { isGood: work.operators > 0, what: 'operators', details: `${work.operators}` },
    { isGood: true, what: 'open jobs', details: `${work.jobs}` },
    ...connections.map((entry) => ({
      isGood: entry.status === 'active' && entry.webhook !== 'switched_off' && entry.webhook !== 'missing',
      what: 'connection',
      details: `"${entry.name}" at ${entry.provider}: ${entry.status}; webhook ${entry.webhook}; last sync ${
        entry.synced_minutes === null ? 'never' : `${entry.synced_minutes} min ago`
      }`,
    })),
  ];
}

/** What an upgrade should know: jobs under way, and cron jobs whose last run failed. */
export async function findOpenWork(api: ManagementApi): Promise<z.infer<typeof counts>> {
  if (!await hasTable(api, 'private.jobs')) return { jobs: 0, operators: 0, failing: [] };
  const [row] = await api.query(
    counts,
    `select
       (select count(*)::int from private.jobs where status in ('queued', 'running')) as jobs,
       (select count(*)::int from public.members where role = 'operator') as operators,
       coalesce((
         select jsonb_agg(format('"%s" fails: %s', j.jobname, left(d.return_message, 200)) order by j.jobname)
         from cron.job as j
         cross join lateral (
           select r.status, r.return_message from cron.job_run_details as r
           where r.jobid = j.jobid and r.end_time is not null order by r.runid desc limit 1
         ) as d
         where j.jobname like 'replyloop: %' and d.status = 'failed'
       ), '[]') as failing`,
  );
  return row ?? { jobs: 0, operators: 0, failing: [] };
}
