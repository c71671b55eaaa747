// Stands in for pg_cron's background worker for one database and behaves alike: one run of a job at a time; a seconds job
// queues at most one further run, a minute job one per missed minute; 32 runs at once over all jobs.
import pg from 'pg';
import { runJob } from './cron-run.ts';
import type { CronJob } from './cron-run.ts';
import { parseSchedule } from './cron-schedule.ts';
import { messageOf } from '../../shared/failure.ts';

const maxRunningJobs = 32;
/** After a longer jump of the clock (a laptop that slept) not every missed minute is run. */
const maxMissedMinutes = 5;

interface JobState {
  pending: number;
  running: Promise<void> | undefined;
  lastStart: number;
}

export class CronWorker {
  readonly #adminUrl: string;
  readonly #log: (line: string) => void;
  readonly #states = new Map<string, JobState>();
  #lastMinute = Math.floor(Date.now() / 60_000);

  constructor(adminUrl: string, log: (line: string) => void) {
    this.#adminUrl = adminUrl;
    this.#log = log;
  }

  /** Called on a new connection: marks the runs of a dead server or worker as failed. */
  async recover(client: pg.Client): Promise<void> {
    await client.query(
      `update cron.job_run_details set status = 'failed', return_message = 'server restarted', end_time = clock_timestamp()
       where status in ('starting', 'running')`,
    );
    // A database copied from a template has its jobs under the old name.
    await client.query(
      `update cron.job set database = current_database() where database <> current_database()`,
    );
  }

  /** Called every second. */
  async tick(client: pg.Client, now = Date.now()): Promise<void> {
    const { rows: jobs } = await client.query<CronJob>(
      'select jobid, schedule, command, username, jobname from cron.job where active order by jobid',
    );
    const minute = Math.floor(now / 60_000);
    const missed = Math.min(minute - this.#lastMinute, maxMissedMinutes);
    const minutes = Array.from(
      { length: Math.max(missed, 0) },
      (_, index) => new Date((minute - index) * 60_000),
    );
    this.#lastMinute = minute;

    for (const id of this.#states.keys()) {
      if (!jobs.some((job) => job.jobid === id)) this.#states.delete(id);
    }
    for (const job of jobs) {
      const state = this.#stateOf(job, now);
      const schedule = parseSchedule(job.schedule);
      if (schedule.kind === 'minutes') state.pending += minutes.filter(schedule.matches).length;
      else if (now - state.lastStart >= schedule.seconds * 1_000) {
        state.pending = 1;
        state.lastStart = now;
      }
      this.#startNext(job, state);
    }
  }

  /** Waits for running jobs. */
  async finish(): Promise<void> {
    await Promise.all([...this.#states.values()].map((state) => state.running));
  }

  #stateOf(job: CronJob, now: number): JobState {
    const known = this.#states.get(job.jobid);
    if (known) return known;
    // A new seconds job first waits for one interval, as in pg_cron.
    const state: JobState = { pending: 0, running: undefined, lastStart: now };
    this.#states.set(job.jobid, state);
    return state;
  }

  #startNext(job: CronJob, state: JobState): void {
    const running = [...this.#states.values()].filter((other) => other.running).length;
    if (state.pending === 0 || state.running || running >= maxRunningJobs) return;
    state.pending -= 1;
    state.running = runJob(this.#adminUrl, job)
      .then((run) => {
        if (run.status === 'failed') {
          this.#log(`cron job ${job.jobname ?? job.jobid} failed: ${run.return_message.trim()}`);
        }
      })
      .catch((error: unknown) =>
        this.#log(`cron job ${job.jobname ?? job.jobid} was cut off: ${messageOf(error)}`)
      )
      .finally(() => {
        state.running = undefined;
      });
  }
}
