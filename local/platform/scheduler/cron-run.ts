// One run of one cron job: on its own connection as the scheduling user, with every step recorded.
import pg from 'pg';

export interface CronJob {
  jobid: string;
  schedule: string;
  command: string;
  username: string;
  jobname: string | null;
}

export interface CronRun {
  runid: string;
  status: 'succeeded' | 'failed';
  return_message: string;
}

/** The superuser's URL signs in; `set session authorization` makes the session the job owner's, as pg_cron does. */
export async function runJob(adminUrl: string, job: CronJob): Promise<CronRun> {
  const record = new pg.Client({ connectionString: adminUrl, application_name: 'pg_cron scheduler' });
  const session = new pg.Client({ connectionString: adminUrl, application_name: 'pg_cron' });
  for (const client of [record, session]) client.on('error', () => {});
  try {
    await record.connect();
    const { rows } = await record.query<{ runid: string }>(
      `insert into cron.job_run_details (jobid, database, username, command, status)
       values ($1, current_database(), $2, $3, 'starting') returning runid`,
      [job.jobid, job.username, job.command],
    );
    const runid = rows[0]?.runid ?? '';
    const outcome = await perform(record, session, job, runid);
    await record.query(
      `update cron.job_run_details set status = $2, return_message = $3, end_time = clock_timestamp() where runid = $1`,
      [runid, outcome.status, outcome.return_message],
    );
    return { runid, ...outcome };
  } finally {
    await session.end().catch(() => {});
    await record.end().catch(() => {});
  }
}

async function perform(
  record: pg.Client,
  session: pg.Client,
  job: CronJob,
  runid: string,
): Promise<Omit<CronRun, 'runid'>> {
  try {
    await session.connect();
    await session.query(`set session authorization ${pg.escapeIdentifier(job.username)}`);
    await record.query(
      `update cron.job_run_details set status = 'running', start_time = clock_timestamp(), job_pid = $2 where runid = $1`,
      [runid, (await session.query<{ pid: number }>('select pg_backend_pid() as pid')).rows[0]?.pid],
    );
    // Several statements come back as a list; pg_cron reports the last one.
    const answer: unknown = await session.query(job.command);
    const result = (Array.isArray(answer) ? answer.at(-1) : answer) as pg.QueryResult;
    return { status: 'succeeded', return_message: messageOf(result) };
  } catch (error) {
    const message = error instanceof Error ? error.message : String(error);
    const isFromServer = error instanceof pg.DatabaseError;
    return {
      status: 'failed',
      return_message: isFromServer ? `ERROR:  ${message}\n` : `connection failed: ${message}`,
    };
  }
}

function messageOf(result: pg.QueryResult): string {
  if (result.fields.length > 0) return result.rowCount === 1 ? '1 row' : `${result.rowCount} rows`;
  return result.command === 'INSERT'
    ? `INSERT 0 ${result.rowCount}`
    : [result.command, result.rowCount].join(' ').trim();
}
