import { randomInt } from 'node:crypto';
import { connect, createServer } from 'node:net';

/**
 * A free port of 127.0.0.1, below the range for outgoing connections (Linux from 32768), so that none of the hundreds that a
 * test run opens takes it before its server does.
 */
export async function freePort(): Promise<number> {
  for (;;) {
    const port = randomInt(15_000, 32_000);
    if (!await portIsTaken(port)) return port;
  }
}

export async function portIsTaken(port: number): Promise<boolean> {
  const server = createServer();
  return await new Promise<boolean>((resolve) => {
    server.once('error', () => resolve(true));
    server.listen(port, '127.0.0.1', () => server.close(() => resolve(false)));
  });
}

/** Whether something accepts connections on the port. */
export function accepts(port: number): Promise<boolean> {
  return new Promise((resolve) => {
    const socket = connect({ port, host: '127.0.0.1' });
    const finish = (answer: boolean) => {
      socket.destroy();
      resolve(answer);
    };
    socket.once('connect', () => finish(true));
    socket.once('error', () => finish(false));
    socket.setTimeout(1_000, () => finish(false));
  });
}

/**
 * The status with which a server answers, undefined when it does not in that many milliseconds. The system accepts connections for a process that hangs,
 * so `accepts` does not show whether it works.
 */
export async function answerStatus(url: string, timeout = 5_000): Promise<number | undefined> {
  try {
    const signal = AbortSignal.timeout(timeout);
    const response = await fetch(url, { method: 'OPTIONS', redirect: 'manual', signal });
    await response.body?.cancel();
    return response.status;
  } catch {
    return undefined;
  }
}
