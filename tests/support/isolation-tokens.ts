// Tokens that open nothing, at every object that is declared: expired, changed, signed by somebody else, or of somebody who is no member any
// more. Run by tests/integration/isolation.test.ts.
import { Buffer } from 'node:buffer';
import { SignJWT } from 'jose';
import type { JWTPayload } from 'jose';
import { expect, it } from 'vitest';
import { createTokens } from '../../local/platform/auth/tokens.ts';
import { createKeys, publicKeySet } from '../../local/shared/keys.ts';
import { endpoints } from '../../supabase/access/endpoints.ts';
import { clients, heard, parametersOf, parties, project, relations } from './isolation-scene.ts';

type Attempt = [path: string, method: 'GET' | 'POST', body?: string];

/** What a request to an object is answered with a token: status and code. */
async function present(token: string, [path, method, body = '{}']: Attempt): Promise<string> {
  const response = await fetch(`${project.stack.apiUrl}/${path}`, {
    method,
    headers: {
      apikey: project.stack.publishableKey,
      authorization: `Bearer ${token}`,
      'content-type': 'application/json',
    },
    ...(method === 'POST' ? { body } : {}),
  });
  const text = await response.text();
  // Nothing of either tenant is for the holder of such a token, as for somebody without a membership.
  heard.outsider.push(text);
  return `${response.status} ${/"code":\s*"(\w+)"/.exec(text)?.[1] ?? ''}`.trim();
}

async function objects(): Promise<Attempt[]> {
  const parameters = await parametersOf('public');
  return [
    ...relations.map(({ name }): Attempt => [`rest/v1/${name}`, 'GET']),
    ...parameters.map(({ name, blank }): Attempt => [`rest/v1/rpc/${name}`, 'POST', JSON.stringify(blank)]),
  ];
}
/** What answers without any token is not asked. */
const edges: Attempt[] = Object.entries(endpoints)
  .filter(([, { audience }]) => audience !== 'open' && audience !== 'provider')
  .map(([name]) => [`functions/v1/${name}`, 'POST']);

/** What the tokens are answered by each object, those of `wanted` left out. */
async function exceptions(
  tokens: (index: number) => string,
  attempts: Attempt[],
  wanted: RegExp,
): Promise<string[]> {
  const answers: string[] = [];
  for (let at = 0; at < attempts.length; at += 5) {
    const answered = attempts.slice(at, at + 5).map(async (attempt, place) =>
      `${attempt[0]} ${await present(tokens(at + place), attempt)}`
    );
    answers.push(...await Promise.all(answered));
  }
  return answers.filter((answer) => !wanted.test(answer));
}

const tokenOf = async (person: keyof typeof clients) =>
  (await clients[person].auth.getSession()).data.session?.access_token ?? '';
const encoded = (value: unknown) => Buffer.from(JSON.stringify(value)).toString('base64url');
const decoded = (part = '') => JSON.parse(Buffer.from(part, 'base64url').toString()) as JWTPayload;

/** Made of a token that is good, by what is wrong with them. */
async function badTokens(): Promise<Record<string, string>> {
  const [head = '', body = '', signature = ''] = (await tokenOf('aurora')).split('.');
  const claims = decoded(body);
  const now = Math.floor(Date.now() / 1_000);
  const { keys, tokens, apiUrl } = project.stack;
  const stranger = await createKeys();
  const strangers = await createTokens(
    { ...stranger, signingKey: { ...stranger.signingKey, kid: keys.signingKey.kid } },
    `${apiUrl}/auth/v1`,
  );
  const publicKey = new TextEncoder().encode(JSON.stringify(publicKeySet(keys).keys[0]));
  return {
    expired: await tokens.sign({ ...claims, iat: now - 7_200, exp: now - 3_600 }),
    'not valid yet': await tokens.sign({ ...claims, nbf: now + 3_600 }),
    'of another tenant': `${head}.${
      encoded({ ...claims, client_id: parties.borealis.clientId })
    }.${signature}`,
    'of an operator': `${head}.${
      encoded({ ...claims, user_role: 'operator', client_id: null })
    }.${signature}`,
    unsigned: `${encoded({ alg: 'none', typ: 'JWT' })}.${body}.`,
    'signed with the public key': await new SignJWT(claims).setProtectedHeader({
      alg: 'HS256',
      kid: keys.signingKey.kid,
    }).sign(publicKey),
    'signed by another project': await strangers.sign(claims),
    'of a service role': await strangers.sign({ ...claims, role: 'service_role' }),
  };
}

export function tokensOpenNothing(): void {
  it('that is expired opens no table, view, SQL function or edge function', async () => {
    const { expired = '' } = await badTokens();
    expect(await exceptions(() => expired, await objects(), / 401 PGRST30[13]$/)).toEqual([]);
    expect(await exceptions(() => expired, edges, / 401 /)).toEqual([]);
  });

  it('that is changed, unsigned or signed by somebody else opens none either', async () => {
    const bad = Object.values(await badTokens());
    expect(new Set(bad).size).toBe(8);
    // The signature is checked before the object is looked for: each token is tried at an eighth of all objects.
    expect(await exceptions((index) => bad[index % bad.length] ?? '', await objects(), / 401 PGRST30[13]$/))
      .toEqual([]);
    for (const token of bad) expect(await exceptions(() => token, edges.slice(0, 3), / 401 /)).toEqual([]);
    expect(await exceptions((index) => bad[index % bad.length] ?? '', edges, / 401 /)).toEqual([]);
  });

  it.each(['removed', 'moved to the other tenant'])('of a person who was %s opens none', async (what) => {
    const client = await project.signIn(await project.createUser('client', parties.aurora.clientId));
    const { data } = await client.auth.getSession();
    const [token = '', userId = ''] = [data.session?.access_token, data.session?.user.id];
    expect(await present(token, ['rest/v1/clients', 'GET'])).toMatch(/^200/);
    // What it was answered as a member is its own tenant's.
    heard.outsider.pop();
    await project.sql(
      what === 'removed'
        ? 'delete from public.members where user_id = $1'
        : `update public.members set client_id = '${parties.borealis.clientId}' where user_id = $1`,
      [userId],
    );
    expect(await exceptions(() => token, await objects(), / 403 PT403$/)).toEqual([]);
    expect(await exceptions(() => token, edges, / 403 /)).toEqual([]);
    await project.sql('delete from public.members where user_id = $1', [userId]);
  });
}
