import { Buffer } from 'node:buffer';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';

/** The public address of our functions: a relay in front of them that can be down. */
export interface Relay {
  url: string;
  isDown: boolean;
  /** Where it passes deliveries on to. */
  target: string;
  stop(): void;
}

export async function startRelay(target = ''): Promise<Relay> {
  const self: Relay = { url: '', isDown: false, target, stop: () => undefined };
  const server = createServer((request, response) => {
    const parts: Buffer[] = [];
    request.on('data', (part: Buffer) => parts.push(part));
    request.on('end', () => {
      if (self.isDown) {
        response.writeHead(503).end();
        return;
      }
      const secret = request.headers['x-webhook-secret'];
      fetch(`${self.target}${request.url}`, {
        method: 'POST',
        headers: {
          'content-type': 'application/json',
          ...(secret === undefined ? {} : { 'x-webhook-secret': String(secret) }),
        },
        body: Buffer.concat(parts).toString(),
      }).then((answer) => response.writeHead(answer.status).end(), () => response.writeHead(502).end());
    });
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  self.url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  self.stop = () => {
    server.closeAllConnections();
    server.close();
  };
  return self;
}
