// Stands in for pg_net's background worker for one database and behaves alike: up to 200 requests are sent together within
// one transaction, and the next batch waits for the slowest of them plus a second.
import type { Buffer } from 'node:buffer';
import { setTimeout as sleep } from 'node:timers/promises';
import pg from 'pg';

const batchSize = 200;
const pauseBetweenBatches = 1_000;
const keepResponses = '6 hours';

interface QueuedRequest {
  id: string;
  method: string;
  url: string;
  headers: Record<string, string> | null;
  body: Buffer | null;
  timeout_milliseconds: number;
}

interface Answer {
  id: string;
  status_code: number | null;
  content_type: string | null;
  headers: Record<string, string> | null;
  content: string | null;
  timed_out: boolean | null;
  error_msg: string | null;
}

/** Sends batches until the queue is empty; returns the number of requests. */
export async function deliverQueue(
  client: pg.Client,
  signal: AbortSignal,
  pause = pauseBetweenBatches,
): Promise<number> {
  let delivered = 0;
  while (!signal.aborted) {
    await prune(client);
    const count = await deliverBatch(client, signal);
    delivered += count;
    if (count === 0) break;
    await sleep(pause, undefined, { signal }).catch(() => {});
  }
  return delivered;
}

/** Deletes old answers, a batch at a time, only while the worker is awake. */
async function prune(client: pg.Client): Promise<void> {
  await client.query(
    `delete from net._http_response
     where ctid in (select ctid from net._http_response where created < now() - $1::interval order by created limit $2)`,
    [keepResponses, batchSize],
  );
}

async function deliverBatch(client: pg.Client, signal: AbortSignal): Promise<number> {
  await client.query('begin');
  try {
    const { rows } = await client.query<QueuedRequest>(
      `with taken as (
         delete from net.http_request_queue
         where id in (select id from net.http_request_queue order by id limit $1)
         returning id, method, url, headers, body, timeout_milliseconds
       )
       select * from taken order by id`,
      [batchSize],
    );
    const answers = await Promise.all(rows.map((request) => send(request, signal)));
    signal.throwIfAborted();
    if (answers.length > 0) {
      await client.query(
        `insert into net._http_response (id, status_code, content_type, headers, content, timed_out, error_msg)
         select id, status_code, content_type, headers, content, timed_out, error_msg
         from jsonb_to_recordset($1::jsonb) as answer (
           id bigint, status_code integer, content_type text, headers jsonb, content text, timed_out boolean, error_msg text
         )`,
        [JSON.stringify(answers)],
      );
    }
    await client.query('commit');
    return rows.length;
  } catch (error) {
    // The requests return to the queue, although some may have arrived: neither at-least nor at-most once.
    await client.query('rollback').catch(() => {});
    throw error;
  }
}

async function send(request: QueuedRequest, signal: AbortSignal): Promise<Answer> {
  const started = performance.now();
  const timeout = AbortSignal.timeout(request.timeout_milliseconds);
  const failed = { status_code: null, content_type: null, headers: null, content: null };
  try {
    const response = await fetch(request.url, {
      method: request.method,
      headers: { 'user-agent': 'pg_net/0.20.5', ...request.headers },
      body: request.body && request.method !== 'GET' ? new Uint8Array(request.body) : null,
      redirect: 'follow',
      signal: AbortSignal.any([timeout, signal]),
    });
    return {
      id: request.id,
      status_code: response.status,
      content_type: response.headers.get('content-type'),
      headers: Object.fromEntries(response.headers),
      // Postgres text holds no zero bytes.
      content: (await response.text()).replaceAll('\0', ''),
      timed_out: false,
      error_msg: null,
    };
  } catch (error) {
    if (timeout.aborted) {
      const total = (performance.now() - started).toFixed(6);
      const message = `Timeout of ${request.timeout_milliseconds} ms reached. Total time: ${total} ms`;
      return { id: request.id, ...failed, timed_out: true, error_msg: message };
    }
    const cause = error instanceof Error && error.cause instanceof Error ? error.cause : error;
    return {
      id: request.id,
      ...failed,
      timed_out: null,
      error_msg: cause instanceof Error ? cause.message || cause.name : String(cause),
    };
  }
}
