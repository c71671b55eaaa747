import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import process from 'node:process';
import { fileURLToPath } from 'node:url';
import { createClient } from '@supabase/supabase-js';
import type { SupabaseClient } from '@supabase/supabase-js';
import { decodeJwt, generateKeyPair, SignJWT } from 'jose';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { createKeys } from '../../local/shared/keys.ts';
import { withClient } from '../../local/platform/postgres/client.ts';
import type { PostgresServer } from '../../local/platform/postgres/postgres.ts';
import { identityOf } from '../../local/shared/process-identity.ts';
import { readProjectConfig } from '../../local/shared/project-config.ts';
import { startStack } from '../../local/stack/stack.ts';
import type { Stack } from '../../local/stack/stack.ts';
import { createDatabase, startThrowAwayPostgres } from '../../local/stack/testing.ts';

const setup = `
  create schema private;
  create function private.custom_access_token_hook(event jsonb) returns jsonb
    language sql stable set search_path = ''
    as $$ select jsonb_set(event, '{claims,client_id}', to_jsonb('lakeside of '::text || current_user)) $$;
  grant usage on schema private to supabase_auth_admin;
  grant execute on function private.custom_access_token_hook to supabase_auth_admin;
  create table public.notes (id integer primary key, client_id text);
  insert into public.notes values (1, 'lakeside of supabase_auth_admin'), (2, 'harbour');
  alter table public.notes enable row level security;
  grant select on public.notes to authenticated, service_role;
  create policy "Clients read their own notes" on public.notes for select to authenticated
    using (client_id = ((select auth.jwt()) ->> 'client_id'));
  create table public.unexposed (id integer);
  insert into auth.users (
    instance_id, id, aud, role, email, encrypted_password, email_confirmed_at, raw_app_meta_data, raw_user_meta_data,
    created_at, updated_at, confirmation_token, email_change, email_change_token_new, recovery_token
  ) values (
    '00000000-0000-0000-0000-000000000000', '11111111-1111-4111-8111-111111111111', 'authenticated', 'authenticated',
    'anna@lakeside.test', extensions.crypt('right password', extensions.gen_salt('bf')), now(),
    '{"provider": "email", "providers": ["email"]}', '{}', now(), now(), '', '', '', ''
  );
`;

let postgres: PostgresServer;
let stack: Stack;
const directory = mkdtempSync(join(tmpdir(), 'replyloop-test-'));
const client = (key = stack.publishableKey): SupabaseClient =>
  createClient(stack.apiUrl, key, {
    auth: { persistSession: false, autoRefreshToken: false },
  });

beforeAll(async () => {
  process.env['REPLYLOOP_TEST_LEAK'] = 'must not reach a function';
  postgres = await startThrowAwayPostgres();
  await createDatabase(postgres, 'template_of_test');
  await withClient(postgres.url('template_of_test'), (connection) => connection.query(setup));
  await createDatabase(postgres, 'first', 'template_of_test');
  stack = await startStack({
    postgres,
    database: 'first',
    keys: await createKeys(),
    functionsDirectory: fileURLToPath(new URL('./fixtures/functions', import.meta.url)),
    config: {
      ...readProjectConfig(),
      accessTokenHook: { schema: 'private', name: 'custom_access_token_hook' },
      functions: { echo: { enabled: true, verifyJwt: false }, guarded: { enabled: true, verifyJwt: true } },
    },
    environment: { FIXTURE_SECRET: 'from the caller' },
    scheduler: false,
    logDirectory: directory,
  });
});

afterAll(async () => {
  await stack?.stop();
  await postgres?.stop();
  rmSync(directory, { recursive: true, force: true });
});

describe('sign-in', () => {
  test('signs in with the right password and shows the user', async () => {
    const supabase = client();
    const { data, error } = await supabase.auth.signInWithPassword({
      email: 'Anna@lakeside.test',
      password: 'right password',
    });
    expect(error).toBeNull();
    expect(data.user?.email).toBe('anna@lakeside.test');
    const claims = decodeJwt(data.session?.access_token ?? '');
    expect(claims).toMatchObject({
      iss: `${stack.apiUrl}/auth/v1`,
      aud: 'authenticated',
      role: 'authenticated',
      sub: '11111111-1111-4111-8111-111111111111',
      aal: 'aal1',
      is_anonymous: false,
      client_id: 'lakeside of supabase_auth_admin',
      amr: [{ method: 'password' }],
    });
    expect((claims.exp ?? 0) - (claims.iat ?? 0)).toBe(3_600);
    expect((await supabase.auth.getUser()).data.user?.id).toBe(claims.sub);
  });

  test('refuses a wrong password and an unknown address alike', async () => {
    for (const email of ['anna@lakeside.test', 'nobody@lakeside.test']) {
      const { error } = await client().auth.signInWithPassword({ email, password: 'wrong' });
      expect(error).toMatchObject({
        code: 'invalid_credentials',
        status: 400,
        message: 'Invalid login credentials',
      });
    }
  });

  test('rotates the refresh token, and ends the session when an old one comes back late', async () => {
    const supabase = client();
    const { data: first } = await supabase.auth.signInWithPassword({
      email: 'anna@lakeside.test',
      password: 'right password',
    });
    const old = first.session?.refresh_token ?? '';
    const { data: second, error } = await supabase.auth.refreshSession();
    expect(error).toBeNull();
    expect(second.session?.refresh_token).not.toBe(old);
    const again = await client().auth.refreshSession({ refresh_token: old });
    expect(again.data.session?.refresh_token, 'within the reuse interval').toBe(
      second.session?.refresh_token,
    );

    await withClient(
      stack.adminDbUrl,
      (connection) =>
        connection.query(
          `update auth.refresh_tokens set updated_at = now() - interval '1 minute' where token = $1`,
          [old],
        ),
    );
    expect((await client().auth.refreshSession({ refresh_token: old })).error?.code).toBe(
      'refresh_token_already_used',
    );
    expect((await client().auth.refreshSession({ refresh_token: second.session?.refresh_token ?? '' })).error)
      .not.toBeNull();
    expect((await client().auth.refreshSession({ refresh_token: 'never was one' })).error?.code).toBe(
      'refresh_token_not_found',
    );
  });

  test('signs out: the session is gone', async () => {
    const supabase = client();
    const { data } = await supabase.auth.signInWithPassword({
      email: 'anna@lakeside.test',
      password: 'right password',
    });
    expect((await supabase.auth.signOut()).error).toBeNull();
    const { error } = await client().auth.getUser(data.session?.access_token);
    expect(error?.message).toMatch(/session/i);
  });
});

describe('gateway', () => {
  const rest = (headers: Record<string, string>, path = 'notes?select=id') =>
    fetch(`${stack.apiUrl}/rest/v1/${path}`, { headers });

  test('turns keys into roles', async () => {
    for (const key of [stack.secretKeys.default, stack.secretKeys.cron]) {
      expect(await (await rest({ apikey: key })).json()).toHaveLength(2);
      expect(await (await rest({ apikey: key, authorization: `Bearer ${key}` })).json()).toHaveLength(2);
    }
    expect((await rest({ apikey: stack.publishableKey })).status, 'anon has no grant').toBe(401);
    expect((await client(stack.secretKeys.default).from('notes').select()).data).toHaveLength(2);
  });

  test('keeps the token of a signed-in user, whose policies apply', async () => {
    const supabase = client();
    await supabase.auth.signInWithPassword({ email: 'anna@lakeside.test', password: 'right password' });
    expect((await supabase.from('notes').select('id')).data).toEqual([{ id: 1 }]);
    expect((await supabase.from('unexposed').select()).error?.code).toBe('42501');
  });

  test('refuses a missing, wrong or leaked key', async () => {
    expect(await (await rest({})).json()).toMatchObject({ message: 'No API key found in request' });
    for (const headers of [{ apikey: 'sb_secret_wrong' }, { apikey: 'anything' }]) {
      const response = await rest(headers);
      expect(response.status).toBe(401);
      expect(await response.json()).toMatchObject({ message: 'Invalid API key' });
    }
    expect((await rest({ apikey: stack.secretKeys.default, 'user-agent': 'Mozilla/5.0' })).status).toBe(401);
    expect((await fetch(`${stack.apiUrl}/nowhere`)).status).toBe(404);
  });

  test('lets browsers in', async () => {
    const preflight = await fetch(`${stack.apiUrl}/rest/v1/notes`, {
      method: 'OPTIONS',
      headers: { 'access-control-request-headers': 'apikey,x-client-info' },
    });
    expect(preflight.status).toBe(200);
    expect(preflight.headers.get('access-control-allow-headers')).toBe('apikey,x-client-info');
    expect(
      (await rest({ apikey: stack.secretKeys.default, origin: 'http://x.test' })).headers.get(
        'access-control-allow-origin',
      ),
    ).toBe('*');
  });
});

test('failed sign-ins are limited as on the platform, and the right password does not help then', async () => {
  const limited = await startStack({
    postgres,
    database: 'first',
    keys: await createKeys(),
    functionsDirectory: fileURLToPath(new URL('./fixtures/functions', import.meta.url)),
    functions: [],
    logDirectory: directory,
  });
  try {
    const signIn = (email: string, password: string) =>
      fetch(`${limited.apiUrl}/auth/v1/token?grant_type=password`, {
        method: 'POST',
        headers: { apikey: limited.publishableKey, 'content-type': 'application/json' },
        body: JSON.stringify({ email, password }),
      });
    for (let n = 0; n < 20; n++) {
      expect((await signIn('anna@lakeside.test', 'right password')).status).toBe(200);
    }
    const guesses = await Promise.all(
      Array.from({ length: 200 }, (_, n) => signIn('anna@lakeside.test', `guess ${n}`)),
    );
    const statuses = guesses.map(({ status }) => status);
    expect([400, 429].map((status) => statuses.filter((one) => one === status).length)).toEqual([10, 190]);
    const refused = await signIn('ANNA@lakeside.test', 'right password');
    expect(refused.status).toBe(429);
    expect(Number(refused.headers.get('retry-after'))).toBeGreaterThan(200);
    expect(await refused.json()).toMatchObject({ error_code: 'over_request_rate_limit' });
  } finally {
    await limited.stop();
  }
});

describe('functions', () => {
  const call = (path: string, init: RequestInit = {}) =>
    fetch(`${stack.functionsUrl}/${path}`, { method: 'POST', ...init });

  test('reach the function with path, body and environment', async () => {
    const response = await call('echo/some/where?x=1', { body: 'hello', headers: { apikey: 'whatever' } });
    expect(await response.json()).toMatchObject({
      path: '/echo/some/where',
      body: 'hello',
      apikey: 'whatever',
      slug: 'echo',
      secret: 'from the caller',
      home: null,
    });
    expect((await call('unknown')).status).toBe(404);
    expect((await call('_shared')).status).toBe(404);
  });

  test('verify_jwt lets user tokens pass and names what is wrong with others', async () => {
    const now = Math.floor(Date.now() / 1_000);
    const good = await stack.tokens.sign({ role: 'authenticated', sub: 'someone', exp: now + 60 });
    const late = await stack.tokens.sign({ role: 'authenticated', sub: 'someone', exp: now - 60 });
    const { privateKey } = await generateKeyPair('ES256');
    const forged = await new SignJWT({ role: 'service_role' }).setProtectedHeader({ alg: 'ES256', kid: 'x' })
      .setExpirationTime('1h').sign(privateKey);
    const shared = await new SignJWT({ role: 'service_role' }).setProtectedHeader({ alg: 'HS256' }).sign(
      new TextEncoder().encode('a'.repeat(40)),
    );
    expect((await call('guarded', { headers: { authorization: `Bearer ${good}` } })).status).toBe(200);
    expect((await call('guarded', { method: 'OPTIONS' })).status).toBe(200);
    const codes: [string | undefined, string][] = [
      [undefined, 'UNAUTHORIZED_NO_AUTH_HEADER'],
      [`Bearer ${stack.publishableKey}`, 'UNAUTHORIZED_INVALID_JWT_FORMAT'],
      ['Bearer nonsense', 'UNAUTHORIZED_INVALID_JWT_FORMAT'],
      [`Bearer ${late}`, 'UNAUTHORIZED_ASYMMETRIC_JWT'],
      [`Bearer ${forged}`, 'UNAUTHORIZED_ASYMMETRIC_JWT'],
      [`Bearer ${shared}`, 'UNAUTHORIZED_JWT'],
    ];
    for (const [authorization, code] of codes) {
      const response = await call('guarded', authorization ? { headers: { authorization } } : {});
      expect(response.status, code).toBe(401);
      expect(response.headers.get('sb-error-code')).toBe(code);
      expect(await response.json()).toMatchObject({ code });
    }
  });

  test('a killed function answers 503 and comes back', async () => {
    const before = stack.functions.pid('echo');
    await stack.functions.kill('echo');
    const down = await call('echo');
    expect(down.status).toBe(503);
    expect(await down.json()).toMatchObject({ code: 'BOOT_ERROR' });
    await stack.functions.ready('echo');
    expect((await call('echo')).status).toBe(200);
    expect(stack.functions.pid('echo')).not.toBe(before);
  });

  test('refuses a body of more than 10 MB', async () => {
    expect((await call('echo', { body: 'x'.repeat(9_000_000) })).status).toBe(200);
    expect((await call('echo', { body: 'x'.repeat(11_000_000) })).status).toBe(413);
  });
});

test('two stacks live on one Postgres, and stop leaves no process behind', async () => {
  await createDatabase(postgres, 'second', 'template_of_test');
  const pids = new Set<number>();
  const second = await startStack({
    postgres,
    database: 'second',
    keys: await createKeys(),
    functionsDirectory: fileURLToPath(new URL('./fixtures/functions', import.meta.url)),
    functions: ['echo'],
    logDirectory: directory,
    onProcess: (_name, pid) => pid !== undefined && pids.add(pid),
  });
  expect(second.functions.slugs).toEqual(['echo']);
  const { rows } = await withClient(
    second.dbUrl,
    (connection) =>
      connection.query('select name, decrypted_secret from vault.decrypted_secrets order by name'),
  );
  expect(rows).toEqual([
    { name: 'allow_private_endpoints', decrypted_secret: 'true' },
    { name: 'cron_secret_key', decrypted_secret: second.secretKeys.cron },
    { name: 'project_url', decrypted_secret: second.apiUrl },
  ]);
  const foreign = await fetch(`${second.apiUrl}/rest/v1/notes`, {
    headers: { apikey: stack.secretKeys.default },
  });
  expect(foreign.status, "the first stack's key").toBe(401);
  await second.stop();
  expect(pids.size).toBe(2);
  for (const pid of pids) expect(identityOf(pid), `process ${pid}`).toBeUndefined();
  await expect(fetch(second.apiUrl)).rejects.toThrow();
});
