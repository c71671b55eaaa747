// A connection to the database of a project by its URL, for SQL and for pg_dump. Beyond this machine only encrypted, and only to the
// server whose certificate SUPABASE_DB_CA signed.
import { Buffer } from 'node:buffer';
import { readFileSync } from 'node:fs';
import { connect, type Socket } from 'node:net';
import { connect as connectTls } from 'node:tls';
import pg from 'pg';
import { Failure } from '../../shared/failure.ts';

export interface DatabaseAddress {
  url: URL;
  /** The certificate authority of the server; undefined on this machine. */
  ca: string | undefined;
}

const local = ['127.0.0.1', 'localhost', '[::1]'];

export function readDatabaseAddress(environment: NodeJS.ProcessEnv): DatabaseAddress {
  const text = environment['SUPABASE_DB_URL'];
  if (!text || !URL.canParse(text) || !/^postgres(ql)?:$/.test(new URL(text).protocol)) {
    throw new Failure(
      'Set SUPABASE_DB_URL to the connection string of the database with its password (dashboard, Connect, session pooler)',
    );
  }
  const url = new URL(text);
  url.search = '';
  if (local.includes(url.hostname)) return { url, ca: undefined };
  const file = environment['SUPABASE_DB_CA'];
  if (!file) {
    throw new Failure(
      'Set SUPABASE_DB_CA to the file of the server’s certificate (dashboard, Database, Settings, SSL configuration): a whole database is sent only to whom it shows',
    );
  }
  return { url, ca: readFileSync(file, 'utf8') };
}

export async function withDatabase<Result>(
  { url, ca }: DatabaseAddress,
  work: (client: pg.Client) => Promise<Result>,
): Promise<Result> {
  const client = new pg.Client({
    connectionString: url.href,
    ...(ca === undefined ? {} : { ssl: { ca, servername: url.hostname } }),
  });
  await client.connect();
  try {
    return await work(client);
  } finally {
    await client.end();
  }
}

/** Postgres's request for encryption: its length and a number that is no version. */
const sslRequest = Buffer.from([0, 0, 0, 8, 4, 210, 22, 47]);

/** A stream on which a client may begin with its startup message. */
export async function openStream({ url, ca }: DatabaseAddress): Promise<Socket> {
  const plain = connect(Number(url.port || 5432), url.hostname.replaceAll(/[[\]]/g, ''));
  await once(plain, 'connect');
  if (ca === undefined) return plain;
  plain.write(sslRequest);
  const answer = await new Promise<Buffer>((resolve, reject) => {
    plain.once('data', resolve);
    plain.once('error', reject);
  });
  if (answer.toString() !== 'S') {
    plain.destroy();
    throw new Failure(`${url.hostname} does not offer an encrypted connection`);
  }
  const secure = connectTls({ socket: plain, ca, servername: url.hostname });
  await once(secure, 'secureConnect');
  return secure;
}

function once(socket: Socket, event: string): Promise<void> {
  return new Promise((resolve, reject) => {
    socket.once(event, () => {
      socket.off('error', reject);
      resolve();
    });
    socket.once('error', reject);
  });
}
