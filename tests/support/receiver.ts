// An endpoint of somebody else's: keeps what it was sent and answers as a test wants it to.
import { createServer, type IncomingHttpHeaders, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';

export interface Received {
  path: string;
  headers: IncomingHttpHeaders;
  body: string;
}

export interface Receiver {
  url: string;
  received: Received[];
  /** Answers the requests to come; each call replaces the one before. @default 200 "ok" */
  answer(how: (response: ServerResponse, request: Received) => unknown): void;
  stop(): Promise<void>;
}

export async function startReceiver(): Promise<Receiver> {
  const received: Received[] = [];
  const usual = (response: ServerResponse): unknown => response.writeHead(200).end('ok');
  let answer: Parameters<Receiver['answer']>[0] = usual;
  const server = createServer((request, response) => {
    let body = '';
    request.on('data', (chunk: unknown) => body += String(chunk));
    request.on('end', () => {
      const one = { path: request.url ?? '', headers: request.headers, body };
      received.push(one);
      answer(response, one);
    });
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    received,
    answer: (how) => answer = how,
    stop: async () => {
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
    },
  };
}
