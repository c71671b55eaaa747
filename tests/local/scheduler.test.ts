import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { Server } from 'node:http';
import { setTimeout as sleep } from 'node:timers/promises';
import pg from 'pg';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { CronWorker } from '../../local/platform/scheduler/cron-worker.ts';
import { parseSchedule } from '../../local/platform/scheduler/cron-schedule.ts';
import type { PostgresServer } from '../../local/platform/postgres/postgres.ts';
import { startScheduler } from '../../local/platform/scheduler/scheduler.ts';
import type { Scheduler } from '../../local/platform/scheduler/scheduler.ts';
import { startThrowAwayPostgres } from '../../local/stack/testing.ts';

let postgres: PostgresServer;
let client: pg.Client;
let scheduler: Scheduler;
let receiver: Server;
let receiverUrl: string;
const received: { url: string; method: string; headers: NodeJS.Dict<string | string[]>; body: string }[] = [];

beforeAll(async () => {
  receiver = createServer((request, response) => {
    let body = '';
    request.on('data', (chunk) => body += String(chunk));
    request.on('end', () => {
      received.push({ url: request.url ?? '', method: request.method ?? '', headers: request.headers, body });
      if (request.url === '/moved') response.writeHead(302, { location: '/target' }).end();
      else if (request.url !== '/silent') {
        response.writeHead(201, { 'content-type': 'application/json' }).end('{"ok":true}');
      }
    });
  });
  await new Promise<void>((resolve) => receiver.listen(0, '127.0.0.1', resolve));
  receiverUrl = `http://127.0.0.1:${(receiver.address() as AddressInfo).port}`;
  postgres = await startThrowAwayPostgres();
  client = new pg.Client({ connectionString: postgres.url() });
  client.on('error', () => {});
  await client.connect();
  scheduler = await startScheduler({ adminUrl: postgres.adminUrl(), cron: false, netPause: 20 });
});

afterAll(async () => {
  await scheduler?.stop();
  await client?.end();
  receiver?.closeAllConnections();
  receiver?.close();
  await postgres?.stop();
});

interface Answer {
  status_code: number | null;
  content: string | null;
  timed_out: boolean | null;
  error_msg: string | null;
}

async function answerTo(id: string): Promise<Answer> {
  for (let tries = 0; tries < 200; tries += 1) {
    const { rows } = await client.query<Answer>(
      'select status_code, content, timed_out, error_msg from net._http_response where id = $1',
      [id],
    );
    if (rows[0]) return rows[0];
    await sleep(20);
  }
  throw new Error(`Request ${id} got no answer`);
}

async function post(path: string, more = ''): Promise<string> {
  const { rows } = await client.query<{ id: string }>(
    `select net.http_post(url := $1, body := '{"a": 1}', headers := '{"apikey": "k"}'${more}) as id`,
    [receiverUrl + path],
  );
  return rows[0]?.id ?? '';
}

describe('pg_net', () => {
  test('sends a request after commit, and adds the content type', async () => {
    await client.query('begin');
    const id = await post('/committed');
    await sleep(150);
    expect(received.some((request) => request.url === '/committed')).toBe(false);
    await client.query('commit');
    expect(await answerTo(id)).toMatchObject({
      status_code: 201,
      content: '{"ok":true}',
      timed_out: false,
      error_msg: null,
    });
    expect(received.find((request) => request.url === '/committed')).toMatchObject({
      method: 'POST',
      body: '{"a": 1}',
      headers: { apikey: 'k', 'content-type': 'application/json' },
    });
  });

  test('sends nothing after rollback', async () => {
    await client.query('begin');
    await post('/rolled-back');
    await client.query('rollback');
    await answerTo(await post('/after'));
    expect(received.some((request) => request.url === '/rolled-back')).toBe(false);
  });

  test('records a timeout and a refused connection', async () => {
    const late = await answerTo(await post('/silent', ', timeout_milliseconds := 80'));
    expect(late).toMatchObject({ status_code: null, timed_out: true });
    expect(late.error_msg).toMatch(/^Timeout of 80 ms reached/);
    const { rows } = await client.query<{ id: string }>(`select net.http_get('http://127.0.0.1:9/') as id`);
    const refused = await answerTo(rows[0]?.id ?? '');
    expect(refused.status_code).toBeNull();
    expect(refused.error_msg).not.toBe('');
  });

  test('sends a batch of 200 at most, and then the rest', async () => {
    await client.query(
      `select net.http_get($1 || '/batch', jsonb_build_object('n', n, 'q', 'a b&ü')) from generate_series(1, 250) as n`,
      [receiverUrl],
    );
    for (
      let tries = 0;
      tries < 200 && received.filter(({ url }) => url.startsWith('/batch')).length < 250;
      tries += 1
    ) {
      await sleep(20);
    }
    const batch = received.filter(({ url }) => url.startsWith('/batch'));
    expect(batch).toHaveLength(250);
    expect(batch[0]?.url).toContain('q=a%20b%26%C3%BC');
  });

  test('follows redirects', async () => {
    expect(await answerTo(await post('/moved'))).toMatchObject({ status_code: 201 });
    expect(received.some((request) => request.url === '/target')).toBe(true);
  });

  test('refuses another content type and an empty body', async () => {
    await expect(
      client.query(`select net.http_post('${receiverUrl}', headers := '{"content-type": "text/plain"}')`),
    )
      .rejects.toThrow('Content-Type header must be "application/json"');
    await expect(client.query(`select net.http_post('${receiverUrl}', body := null)`)).rejects.toThrow(
      'body must not be null',
    );
  });
});

describe('pg_cron', () => {
  test('accepts and refuses schedules', async () => {
    const valid = async (schedule: string) =>
      (await client.query<{ ok: boolean }>('select cron.schedule_is_valid($1) as ok', [schedule])).rows[0]
        ?.ok;
    for (
      const schedule of [
        '* * * * *',
        '*/5 1-3,7 $ jan-mar mon',
        '0 0 1 1 7',
        '1 second',
        '59 seconds',
        '@daily',
        ' 5  4 * * * ',
      ]
    ) {
      expect(await valid(schedule), schedule).toBe(true);
    }
    for (
      const schedule of [
        '',
        '* * * *',
        '60 * * * *',
        '*/0 * * * *',
        '5/10 * * * *',
        '9-5 * * * *',
        '* * 0 * *',
        'x * * * *',
        '0 seconds',
        '60 seconds',
        '* * * * * *',
        ', * * * *',
      ]
    ) {
      expect(await valid(schedule), schedule).toBe(false);
    }
    await expect(client.query(`select cron.schedule('bad', 'never', 'select 1')`)).rejects.toThrow(
      'invalid schedule: never',
    );
  });

  test('reads a schedule as cron does', () => {
    const matches = (schedule: string, time: string) => {
      const parsed = parseSchedule(schedule);
      return parsed.kind === 'minutes' && parsed.matches(new Date(time));
    };
    expect(matches('*/15 8 * * *', '2026-11-21T08:45:00Z')).toBe(true);
    expect(matches('*/15 8 * * *', '2026-11-21T08:46:00Z')).toBe(false);
    expect(matches('0 0 $ * *', '2028-02-29T00:00:00Z')).toBe(true);
    expect(matches('0 0 $ * *', '2028-02-28T00:00:00Z')).toBe(false);
    expect(matches('0 0 * * 7', '2026-11-22T00:00:00Z')).toBe(true);
    expect(matches('0 0 1 * mon', '2026-11-23T00:00:00Z'), 'either day field').toBe(true);
    expect(parseSchedule('30 seconds')).toEqual({ kind: 'seconds', seconds: 30 });
  });

  test('updates a job of the same name, and forgets an unscheduled one', async () => {
    const { rows: [first] } = await client.query<{ id: string }>(
      `select cron.schedule('twice', '* * * * *', 'select 1') as id`,
    );
    const { rows: [second] } = await client.query<{ id: string }>(
      `select cron.schedule('twice', '5 seconds', 'select 2') as id`,
    );
    expect(second?.id).toBe(first?.id);
    await client.query('select cron.alter_job($1, active := false)', [first?.id]);
    const { rows } = await client.query(
      'select schedule, command, username, active from cron.job where jobname = $1',
      ['twice'],
    );
    expect(rows).toEqual([{
      schedule: '5 seconds',
      command: 'select 2',
      username: 'postgres',
      active: false,
    }]);
    await client.query(`select cron.unschedule('twice')`);
    await expect(client.query(`select cron.unschedule('twice')`)).rejects.toThrow(
      `could not find valid entry for job 'twice'`,
    );
  });

  test('runs a job as its owner and records how it went', async () => {
    await client.query(
      `select cron.schedule('who', '* * * * *', 'create table public.ran as select session_user::text as name')`,
    );
    expect(await scheduler.runCronJob('who')).toMatchObject({ status: 'succeeded' });
    expect((await client.query('select name from public.ran')).rows).toEqual([{ name: 'postgres' }]);
    await client.query(`select cron.schedule('broken', '* * * * *', 'select 1 / 0')`);
    const run = await scheduler.runCronJob('broken');
    expect(run).toMatchObject({ status: 'failed', return_message: 'ERROR:  division by zero\n' });
    const { rows } = await client.query(
      'select status, start_time <= end_time as ordered from cron.job_run_details where runid = $1',
      [run.runid],
    );
    expect(rows).toEqual([{ status: 'failed', ordered: true }]);
  });

  test('starts one run at a time: a minute job makes up for what it missed, a seconds job does not', async () => {
    await client.query(`truncate cron.job_run_details`);
    await client.query(`select cron.unschedule(jobid) from cron.job`);
    await client.query(
      `select cron.schedule('minutely', '* * * * *', 'select pg_sleep(0.15)'), cron.schedule('often', '1 second', 'select pg_sleep(0.15)')`,
    );
    const admin = new pg.Client({ connectionString: postgres.adminUrl() });
    await admin.connect();
    const worker = new CronWorker(postgres.adminUrl(), () => {});
    // Within a minute, so that 182 seconds later three minutes have begun and not four.
    const now = Math.floor(Date.now() / 60_000) * 60_000 + 20_000;
    await worker.tick(admin, now);
    await worker.finish();
    for (const seconds of [0, 180, 181, 182]) await worker.tick(admin, now + seconds * 1_000);
    const running = await client.query(
      `select jobid from cron.job_run_details where status in ('starting', 'running')`,
    );
    expect(running.rows.length).toBeLessThanOrEqual(2);
    for (let tick = 0; tick < 6; tick += 1) {
      await worker.finish();
      await worker.tick(admin, now + 182_000);
    }
    await worker.finish();
    const { rows } = await client.query<{ jobname: string; runs: number }>(
      `select jobname, count(*)::int as runs from cron.job_run_details join cron.job using (jobid) group by jobname order by jobname`,
    );
    expect(rows).toEqual([{ jobname: 'minutely', runs: 3 }, { jobname: 'often', runs: 2 }]);
    await admin.query(`insert into cron.job_run_details (status) values ('running')`);
    await worker.recover(admin);
    expect((await admin.query(`select return_message from cron.job_run_details where jobid is null`)).rows)
      .toEqual([{ return_message: 'server restarted' }]);
    await admin.end();
  });
});
