// pg_dump itself, without an installation: npm has it as WebAssembly. It gets its database by a stream that we hold.
import { Buffer } from 'node:buffer';
import type { Socket } from 'node:net';
import { MessageChannel, Worker } from 'node:worker_threads';
import { z } from 'zod';
import { Failure } from '../../shared/failure.ts';
import { type DatabaseAddress, openStream } from './connection.ts';

const fromWorker = z.union([
  z.object({ message: z.instanceof(Uint8Array) }),
  z.object({ dump: z.string() }),
]);

/** What pg_dump prints. The whole text is held in memory. */
export async function pgDump(address: DatabaseAddress, parameters: string[]): Promise<string> {
  const socket = await openStream(address);
  const { port1, port2 } = new MessageChannel();
  const signal = new Int32Array(new SharedArrayBuffer(4));
  const target = new URL(address.url);
  // Where it really leads is this module's business, and so is the encryption.
  target.hostname = 'localhost';
  target.search = '?sslmode=disable&gssencmode=disable';
  const worker = new Worker(new URL('./pg-dump-worker.mjs', import.meta.url), {
    workerData: { answers: port2, signal, parameters: ['-d', target.href, ...parameters] },
    transferList: [port2],
    // Loaders of this process know nothing that it needs.
    execArgv: [],
  });
  const send = (data: Uint8Array | undefined, isLast: boolean) => {
    port1.postMessage({ data, isLast });
    Atomics.add(signal, 0, 1);
    Atomics.notify(signal, 0);
  };
  const answers = new Answers();
  socket.on('data', (data: Buffer) => send(new Uint8Array(withoutChannelBinding(data)), answers.ends(data)));
  // A refused startup ends the connection, and with it the answer.
  socket.on('close', () => send(undefined, true));
  try {
    return await new Promise<string>((resolve, reject) => {
      worker.on('message', (received: unknown) => {
        const parsed = fromWorker.parse(received);
        if ('dump' in parsed) resolve(parsed.dump);
        else forward(socket, parsed.message, () => send(undefined, true));
      });
      worker.on(
        'error',
        (error) => reject(new Failure(`pg_dump failed: ${error.message.trim()}`, { cause: error })),
      );
      worker.on('exit', () => reject(new Failure('pg_dump ended without a dump')));
    });
  } finally {
    port1.close();
    socket.destroy();
    await worker.terminate();
  }
}

/** The mechanism that binds a password to the encryption below it, which pg_dump does not see here: it would refuse the offer. */
const boundMechanism = Buffer.from('SCRAM-SHA-256-PLUS\0');

/** The offer of mechanisms is the server's first message and arrives as a whole. */
export function withoutChannelBinding(data: Buffer): Buffer {
  if (data[0] !== authentication || data.length < 9 || data.readInt32BE(5) !== offer) return data;
  const at = data.indexOf(boundMechanism);
  if (at < 0) return data;
  const shorter = Buffer.concat([data.subarray(0, at), data.subarray(at + boundMechanism.length)]);
  shorter.writeInt32BE(data.readInt32BE(1) - boundMechanism.length, 1);
  return shorter;
}

/** Nothing answers a goodbye. */
function forward(socket: Socket, message: Uint8Array, noAnswer: () => void): void {
  if (socket.destroyed) return noAnswer();
  socket.write(message);
  if (message[0] === terminate) noAnswer();
}

const terminate = 'X'.charCodeAt(0);
const authentication = 'R'.charCodeAt(0);
const readyForQuery = 'Z'.charCodeAt(0);
/** AuthenticationSASL. */
const offer = 10;
/** AuthenticationOk and the end of SASL: more follows. */
const withoutReply = [0, 12];

/** Reads the server's messages so far as to know when it waits for the client again. */
export class Answers {
  #rest = Buffer.alloc(0);

  /** Whether the answer ends with this part. */
  ends(part: Buffer): boolean {
    let isEnd = false;
    let data = this.#rest.length === 0 ? part : Buffer.concat([this.#rest, part]);
    while (data.length >= 5) {
      const length = data.readInt32BE(1) + 1;
      // Of a long message only its kind matters, and both of interest are short.
      if (data.length < length) break;
      isEnd = data[0] === readyForQuery ||
        (data[0] === authentication && !withoutReply.includes(data.readInt32BE(5)));
      data = data.subarray(length);
    }
    this.#rest = Buffer.from(data);
    return isEnd && data.length === 0;
  }
}
