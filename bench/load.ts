// A load generator on raw sockets: prepared requests, keep-alive, and only enough parsing to read a status. An ordinary HTTP
// client would use more processor time than the function under test.
import { Buffer } from 'node:buffer';
import { connect, type Socket } from 'node:net';
import { Worker } from 'node:worker_threads';
import { nextDelivery } from './deliveries.ts';

export interface LoadOptions {
  url: string;
  headers: Record<string, string>;
  connections: number;
  seconds: number;
  /** Requests per second over all connections; without it each connection sends as soon as it gets an answer. */
  rate?: number;
  /** The same body each time. @default a different delivery each time */
  body?: string;
  /** The expected status. @default 200 */
  expected?: number | readonly number[];
}

export interface LoadResult {
  requests: number;
  seconds: number;
  perSecond: number;
  failures: number;
  p50: number;
  p99: number;
}

/** Runs the load in its own thread, because this process also runs the local gateway. */
export function runLoad(options: LoadOptions): Promise<LoadResult> {
  return new Promise((resolve, reject) => {
    const worker = new Worker(new URL('./load-worker.mjs', import.meta.url), { workerData: options });
    worker.once('message', resolve);
    worker.once('error', reject);
  });
}

export async function generateLoad(options: LoadOptions): Promise<LoadResult> {
  const url = new URL(options.url);
  const { expected = 200 } = options;
  const head = `POST ${url.pathname} HTTP/1.1\r\nhost: ${url.host}\r\ncontent-type: application/json\r\n` +
    Object.entries(options.headers).map(([name, value]) => `${name}: ${value}\r\n`).join('');
  const latencies: number[] = [];
  let failures = 0;
  const started = performance.now();
  const end = started + options.seconds * 1000;
  const interval = options.rate ? options.connections * 1000 / options.rate : 0;

  await Promise.all(Array.from({ length: options.connections }, async (_, index) => {
    const socket = await open(url);
    const exchange = createExchange(socket);
    let due = started + (index / options.connections) * interval;
    while (performance.now() < end) {
      if (interval > 0) {
        await until(due);
        due += interval;
      }
      const body = options.body ?? nextDelivery();
      // With a fixed rate the latency starts when the request was due, so waiting for a slow answer counts too.
      const sent = interval > 0 ? due - interval : performance.now();
      const status = await exchange(`${head}content-length: ${Buffer.byteLength(body)}\r\n\r\n${body}`);
      latencies.push(performance.now() - sent);
      if (![expected].flat().includes(status)) failures++;
    }
    socket.destroy();
  }));

  const seconds = (performance.now() - started) / 1000;
  latencies.sort((left, right) => left - right);
  const quantile = (share: number) =>
    latencies[Math.min(latencies.length - 1, Math.floor(latencies.length * share))] ?? 0;
  return {
    requests: latencies.length,
    seconds,
    perSecond: latencies.length / seconds,
    failures,
    p50: quantile(0.5),
    p99: quantile(0.99),
  };
}

function open(url: URL): Promise<Socket> {
  return new Promise((resolve, reject) => {
    const socket = connect(Number(url.port), url.hostname, () => resolve(socket));
    socket.setNoDelay(true);
    socket.once('error', reject);
  });
}

/** Sends one request and resolves with the status of its complete answer. */
function createExchange(socket: Socket): (request: string) => Promise<number> {
  let buffered = '';
  let settle: { resolve: (status: number) => void; reject: (error: Error) => void } | undefined;
  socket.setEncoding('latin1');
  socket.on('data', (chunk: string | Buffer) => {
    buffered += chunk.toString();
    const headEnd = buffered.indexOf('\r\n\r\n');
    if (headEnd < 0) return;
    const length = /content-length: (\d+)/i.exec(buffered.slice(0, headEnd));
    const total = headEnd + 4 + Number(length?.[1] ?? 0);
    if (buffered.length < total) return;
    const status = Number(buffered.slice(9, 12));
    buffered = buffered.slice(total);
    settle?.resolve(status);
  });
  const fail = () => settle?.reject(new Error('The connection was closed under load'));
  socket.on('error', fail);
  socket.on('close', fail);
  return (request) =>
    new Promise((resolve, reject) => {
      settle = { resolve, reject };
      socket.write(request);
    });
}

async function until(moment: number): Promise<void> {
  const wait = moment - performance.now();
  if (wait > 0) await new Promise((resolve) => setTimeout(resolve, wait));
}
