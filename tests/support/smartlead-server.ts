/** A server that answers as Smartlead, call by call, and a session that asks it. */
import type { Buffer } from 'node:buffer';
import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterEach, beforeEach } from 'vitest';
import { CallLog, type LoggedCall } from '../../supabase/functions/_shared/providers/call-log.ts';
import { ProviderError } from '../../supabase/functions/_shared/providers/provider.ts';
import { SmartleadSession } from '../../supabase/functions/_shared/providers/smartlead/session.ts';

export type Handler = (request: IncomingMessage, response: ServerResponse, body: string) => void;

export const key = 'key+of/the account==';
let server: Server;

interface ReceivedCall {
  method: string;
  url: URL;
  headers: IncomingMessage['headers'];
  body: string;
}

/** What the server answers, one by one and the last one again and again; what it was asked; and what was logged of it. */
export const smartlead = {
  handlers: [] as Handler[],
  calls: [] as ReceivedCall[],
  logged: [] as LoggedCall[],
};

export function useServer(): void {
  beforeEach(async () => {
    Object.assign(smartlead, { handlers: [], calls: [], logged: [] });
    server = createServer((request, response) => {
      let body = '';
      request.on('data', (chunk: Buffer) => (body += chunk.toString()));
      request.on('end', () => {
        const url = new URL(request.url ?? '', 'http://smartlead.test');
        smartlead.calls.push({ method: request.method ?? '', url, headers: request.headers, body });
        const handler = smartlead.handlers.length > 1 ? smartlead.handlers.shift() : smartlead.handlers[0];
        handler?.(request, response, body);
      });
    });
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  });
  afterEach(() => {
    server.closeAllConnections();
    server.close();
  });
}

export const callLog = () =>
  new CallLog({
    write: (rows) => {
      smartlead.logged.push(...rows);
      return Promise.resolve();
    },
    now: Date.now,
    sleep: () => Promise.resolve(),
  });
export const open = (baseUrl = `http://127.0.0.1:${(server.address() as AddressInfo).port}`, log?: CallLog) =>
  new SmartleadSession({ baseUrl, apiKey: key, fetch, retryDelay: 1, ...(log ? { callLog: log } : {}) });
export const answer =
  (status: number, text: string, headers: Record<string, string> = {}): Handler => (_, response) => {
    response.writeHead(status, { 'content-type': 'text/html', ...headers });
    response.end(text);
  };
export const json = (body: unknown, status = 200) => answer(status, JSON.stringify(body));

export async function errorOf(work: Promise<unknown>): Promise<ProviderError> {
  try {
    await work;
  } catch (error) {
    if (error instanceof ProviderError) return error;
    throw error;
  }
  throw new Error('The call did not fail');
}
