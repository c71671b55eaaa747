// Forwards a request, streaming both ways over keep-alive connections.
import { Agent, request as httpRequest } from 'node:http';
import type { IncomingHttpHeaders, IncomingMessage, OutgoingHttpHeaders, ServerResponse } from 'node:http';
import type { Socket } from 'node:net';

export interface ProxyTarget {
  port: number;
  path: string;
  /** Replaces headers of the request; undefined removes one. */
  headers?: Record<string, string | undefined>;
  /** Replaces headers of the answer. */
  answerHeaders?: (headers: OutgoingHttpHeaders) => OutgoingHttpHeaders;
  /** The target could not be reached, or closed the connection before it answered. */
  onUnreachable: () => void;
  onTooLarge: () => void;
}

export interface Proxy {
  pass(incoming: IncomingMessage, response: ServerResponse, target: ProxyTarget): void;
  close(): void;
}

/** Bytes. The platform documents no limit; this one only protects the machine. */
const maxBodyBytes = 10 * 1024 * 1024;

const perHop = [
  'connection',
  'keep-alive',
  'proxy-authenticate',
  'proxy-connection',
  'te',
  'trailer',
  'transfer-encoding',
  'upgrade',
];

export function createProxy(): Proxy {
  const agent = new Agent({ keepAlive: true, maxSockets: Infinity, maxFreeSockets: 256, scheduling: 'lifo' });
  return {
    pass: (incoming, response, target) => {
      if (Number(incoming.headers['content-length'] ?? 0) > maxBodyBytes) {
        target.onTooLarge();
        incoming.resume();
        return;
      }
      passOn(agent, incoming, response, target, false);
    },
    close: () => agent.destroy(),
  };
}

function passOn(
  agent: Agent,
  incoming: IncomingMessage,
  response: ServerResponse,
  target: ProxyTarget,
  isSecondTry: boolean,
): void {
  let received = 0;
  const outgoing = httpRequest({
    agent,
    host: '127.0.0.1',
    port: target.port,
    method: incoming.method,
    path: target.path,
    headers: forwardedHeaders(incoming, target.headers ?? {}),
  });
  outgoing.setNoDelay(true);
  outgoing.once('response', (answer) => {
    const headers = withoutPerHop(answer.headers);
    response.writeHead(answer.statusCode ?? 502, target.answerHeaders?.(headers) ?? headers);
    answer.pipe(response);
    answer.once('error', () => response.destroy());
  });
  outgoing.once('error', (error: NodeJS.ErrnoException) => {
    // The target closed a reused connection at this moment: nothing was sent, so one retry is safe.
    const wasIdle = outgoing.reusedSocket && error.code === 'ECONNRESET' && received === 0;
    const hasNoBody = incoming.headers['content-length'] === undefined &&
      !incoming.headers['transfer-encoding'];
    if (wasIdle && hasNoBody && !isSecondTry && !response.headersSent && !response.destroyed) {
      passOn(agent, incoming, response, target, true);
      return;
    }
    incoming.unpipe(outgoing);
    incoming.resume();
    if (response.headersSent) response.destroy();
    else if (!response.destroyed) target.onUnreachable();
  });
  response.once('close', () => {
    if (!response.writableFinished) outgoing.destroy();
  });
  incoming.on('data', (chunk: { length: number }) => {
    received += chunk.length;
    if (received <= maxBodyBytes || response.headersSent) return;
    target.onTooLarge();
    outgoing.destroy();
  });
  if (isSecondTry) outgoing.end();
  else incoming.pipe(outgoing);
}

function forwardedHeaders(
  incoming: IncomingMessage,
  changes: Record<string, string | undefined>,
): OutgoingHttpHeaders {
  const headers = withoutPerHop(incoming.headers);
  // Keeps a body of unknown length; without this it would arrive empty.
  if (incoming.headers['transfer-encoding']) headers['transfer-encoding'] = 'chunked';
  const client = (incoming.socket as Socket).remoteAddress ?? '';
  headers['x-forwarded-for'] = headers['x-forwarded-for']
    ? `${String(headers['x-forwarded-for'])}, ${client}`
    : client;
  headers['x-forwarded-host'] = incoming.headers.host ?? '';
  headers['x-forwarded-proto'] = 'http';
  for (const [name, value] of Object.entries(changes)) {
    if (value === undefined) delete headers[name];
    else headers[name] = value;
  }
  return headers;
}

function withoutPerHop(headers: IncomingHttpHeaders): OutgoingHttpHeaders {
  const kept: OutgoingHttpHeaders = { ...headers };
  for (const name of perHop) delete kept[name];
  return kept;
}
