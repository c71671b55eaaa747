// `move-client <client> <target>`: moves one client with everything from one project to another. Connection strings and master keys come
// from the environment, or are asked for; they are never parameters, which other processes and the history of a shell could read.
import { createInterface } from 'node:readline/promises';
import process from 'node:process';
import { Writable } from 'node:stream';
import { z } from 'zod';
import { readEnvironment } from '../../supabase/functions/_shared/platform/environment.ts';
import type { MasterKeys } from '../../supabase/functions/_shared/platform/environment.ts';
import { moveClient, type MoveRequest } from '../move/move.ts';
import type { ProjectAccess } from '../move/project.ts';
import { Failure } from '../shared/failure.ts';
import { print, step } from './progress.ts';

const usage =
  'npm run move-client -- <client id or name> <https://target.supabase.co> [--finish | --cancel] [--dry-run]';
const options = ['--finish', '--cancel', '--dry-run'];

export async function move(parameters: string[]): Promise<void> {
  const request = readMoveRequest(parameters);
  const ask = (name: string, what: string) => readSecret(process.env, name, what);
  const source = await readAccess('SOURCE', ask);
  const target = await readAccess('TARGET', ask);
  try {
    await moveClient(request, { source, target, report: { step, line: print } });
  } catch (error) {
    throw explained(error);
  }
}

const refusal = z.object({ code: z.string(), message: z.string(), detail: z.string().optional() });

/** An error of a database may quote the row that it is about; only its sentence is shown. */
export function explained(error: unknown): unknown {
  const known = refusal.safeParse(error);
  if (error instanceof Failure || !known.success) return error;
  const { code, message, detail } = known.data;
  // Our own refusals have their sentence in the detail.
  return new Failure(
    code.startsWith('PT') && detail
      ? detail
      : `The move stopped: ${message}; run the command again, it continues`,
    { cause: error },
  );
}

export function readMoveRequest(parameters: string[]): MoveRequest {
  const given = parameters.filter((text) => text.startsWith('--'));
  const [client, target, ...rest] = parameters.filter((text) => !text.startsWith('--'));
  const unknown = given.find((text) => !options.includes(text));
  if (unknown !== undefined) throw new Failure(`move-client has no option "${unknown}": ${usage}`);
  if (!client || !target || rest.length > 0) throw new Failure(`Give a client and a target: ${usage}`);
  if (!/^https?:\/\//.test(target) || !URL.canParse(target)) {
    throw new Failure(`The target is the address of a project, such as https://abc.supabase.co: ${usage}`);
  }
  if (given.includes('--finish') && given.includes('--cancel')) {
    throw new Failure(`A move is either finished or cancelled: ${usage}`);
  }
  return {
    client,
    target,
    action: given.includes('--finish') ? 'finish' : given.includes('--cancel') ? 'cancel' : 'move',
    isDryRun: given.includes('--dry-run'),
  };
}

type Ask = (name: string, what: string) => Promise<string>;

/** Nothing of a wrong value is repeated in the message. */
export async function readAccess(side: 'SOURCE' | 'TARGET', ask: Ask): Promise<ProjectAccess> {
  const name = `${side}_DB_URL`;
  const databaseUrl = await ask(name, `Connection string of the ${side.toLowerCase()}`);
  if (!/^postgres(ql)?:\/\//.test(databaseUrl) || !URL.canParse(databaseUrl)) {
    throw new Failure(
      `${name} is no connection string; it begins with postgresql:// (Connect, session pooler or direct connection)`,
    );
  }
  if (new URL(databaseUrl).port === '6543') {
    throw new Failure(
      `${name} leads to the transaction pooler, which gives each statement another session; take port 5432`,
    );
  }
  const keysName = `${side}_PROVIDER_KEYS_MASTER`;
  const text = await ask(keysName, `PROVIDER_KEYS_MASTER of the ${side.toLowerCase()}`);
  return { databaseUrl, masterKeys: readMasterKeys(keysName, text) };
}

function readMasterKeys(name: string, text: string): MasterKeys {
  try {
    const { masterKeys } = readEnvironment((variable) =>
      variable === 'PROVIDER_KEYS_MASTER' ? text : undefined
    );
    if (masterKeys) return masterKeys;
  } catch {
    // Reported below, without the reason: it could quote the value.
  }
  throw new Failure(`${name} is not the value of the function secret: {"current":"k1","keys":{"k1":"…"}}`);
}

async function readSecret(environment: NodeJS.ProcessEnv, name: string, what: string): Promise<string> {
  const value = environment[name];
  if (value) return value;
  if (!process.stdin.isTTY) throw new Failure(`Set ${name}: ${what.toLowerCase()}`);
  // Readline writes what is typed; this terminal gets only the question.
  process.stdout.write(`${what} (${name}): `);
  const silent = new Writable({ write: (_chunk, _encoding, done) => done() });
  const lines = createInterface({ input: process.stdin, output: silent, terminal: true });
  try {
    return (await lines.question('')).trim();
  } finally {
    lines.close();
    process.stdout.write('\n');
  }
}
