// The stand-in for Supabase Auth, asked by the real supabase-js: what a mail's link can do, and what it cannot do twice.
import { mkdtempSync, readdirSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createClient } from '@supabase/supabase-js';
import type { SupabaseClient } from '@supabase/supabase-js';
import { decodeJwt } from 'jose';
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { createKeys } from '../../local/shared/keys.ts';
import { withClient } from '../../local/platform/postgres/client.ts';
import type { PostgresServer } from '../../local/platform/postgres/postgres.ts';
import { readProjectConfig } from '../../local/shared/project-config.ts';
import { startStack } from '../../local/stack/stack.ts';
import type { Stack } from '../../local/stack/stack.ts';
import { createDatabase, startThrowAwayPostgres } from '../../local/stack/testing.ts';

const site = 'http://dashboard.test';
const directory = mkdtempSync(join(tmpdir(), 'replyloop-auth-'));
const outboxDirectory = join(directory, 'outbox');
let postgres: PostgresServer;
let stack: Stack;

beforeAll(async () => {
  postgres = await startThrowAwayPostgres();
  await createDatabase(postgres, 'accounts');
  stack = await startStack({
    postgres,
    database: 'accounts',
    keys: await createKeys(),
    functionsDirectory: new URL('./fixtures/functions', import.meta.url).pathname,
    functions: [],
    scheduler: false,
    siteUrl: site,
    outboxDirectory,
    config: {
      ...readProjectConfig(),
      accessTokenHook: undefined,
      redirectUrls: ['https://*.agency.test/**'],
    },
    logDirectory: directory,
  });
});
beforeEach(() => {
  stack.outbox.trouble = undefined;
});
afterAll(async () => {
  await stack?.stop();
  await postgres?.stop();
  rmSync(directory, { recursive: true, force: true });
});

const client = (key = stack.publishableKey, flowType: 'implicit' | 'pkce' = 'implicit'): SupabaseClient =>
  createClient(stack.apiUrl, key, {
    // In memory, so that a PKCE verifier is found again.
    auth: {
      persistSession: true,
      autoRefreshToken: false,
      flowType,
      storage: memory(),
      storageKey: `k${Math.random()}`,
    },
  });
const admin = () => client(stack.secretKeys.default).auth.admin;

function memory() {
  const kept = new Map<string, string>();
  return {
    getItem: (name: string) => kept.get(name) ?? null,
    setItem: (name: string, value: string) => void kept.set(name, value),
    removeItem: (name: string) => void kept.delete(name),
  };
}

const sql = <Row extends Record<string, unknown>>(text: string, values: unknown[] = []): Promise<Row[]> =>
  withClient(stack.adminDbUrl, async (connection) => (await connection.query<Row>(text, values)).rows);
const backdate = (email: string) =>
  sql(
    `with users as (update auth.users set recovery_sent_at = now() - interval '2 days' where email = $1 returning id)
     update auth.one_time_tokens set created_at = now() - interval '2 days' where user_id = (select id from users)`,
    [email],
  );
/** What a mail that was sent before no longer holds back. */
const maySendAgain = (email: string) =>
  sql(`update auth.users set recovery_sent_at = recovery_sent_at - interval '2 minutes' where email = $1`, [
    email,
  ]);

function lastMail(to: string) {
  const [mail] = stack.outbox.mails(to);
  if (!mail) throw new Error(`No mail to ${to}`);
  const link = new URL(mail.link);
  const facts = new URLSearchParams(link.hash.slice(1));
  return {
    mail,
    place: `${link.origin}${link.pathname}`,
    hash: facts.get('token_hash') ?? '',
    type: facts.get('type'),
  };
}

let count = 0;
const newAddress = () => `person${++count}@lakeside.test`;

async function confirmed(password = 'a first password'): Promise<string> {
  const email = newAddress();
  const { error } = await admin().createUser({ email, password, email_confirm: true });
  if (error) throw error;
  return email;
}

describe('an invitation', () => {
  test('makes an account, mails a link, and the link opens a session once', async () => {
    const email = newAddress();
    const { data, error } = await admin().inviteUserByEmail(email.toUpperCase(), {
      data: { name: 'Ann' },
      redirectTo: `${site}/welcome`,
    });
    expect(error).toBeNull();
    expect(data.user).toMatchObject({ email, user_metadata: { name: 'Ann' }, role: 'authenticated' });
    expect(data.user?.invited_at).toBeTruthy();
    expect(data.user?.email_confirmed_at).toBeUndefined();
    const sent = lastMail(email);
    expect(sent.mail).toMatchObject({ kind: 'invite', to: email, subject: 'You have been invited' });
    expect([sent.place, sent.type]).toEqual([`${site}/welcome`, 'invite']);

    const browser = client();
    const opened = await browser.auth.verifyOtp({ token_hash: sent.hash, type: 'invite' });
    expect(opened.error).toBeNull();
    expect(opened.data.user?.email_confirmed_at).toBeTruthy();
    expect(decodeJwt(opened.data.session?.access_token ?? '')).toMatchObject({ amr: [{ method: 'otp' }] });
    expect((await browser.auth.updateUser({ password: 'my own password' })).error).toBeNull();
    expect((await client().auth.signInWithPassword({ email, password: 'my own password' })).error).toBeNull();

    const again = await client().auth.verifyOtp({ token_hash: sent.hash, type: 'invite' });
    expect(again.error).toMatchObject({
      status: 403,
      code: 'otp_expired',
      message: 'Email link is invalid or has expired',
    });
    expect((await admin().inviteUserByEmail(email)).error).toMatchObject({
      status: 422,
      code: 'email_exists',
    });
  });

  test('sent again makes the earlier link worthless, and ends after a day', async () => {
    const email = newAddress();
    await admin().inviteUserByEmail(email);
    const first = lastMail(email);
    await admin().inviteUserByEmail(email);
    const second = lastMail(email);
    expect(second.hash).not.toBe(first.hash);
    const verify = (token_hash: string) => client().auth.verifyOtp({ token_hash, type: 'invite' });
    expect((await verify(first.hash)).error?.code).toBe('otp_expired');
    await backdate(email);
    expect((await verify(second.hash)).error?.code).toBe('otp_expired');
  });

  test('is not taken for another kind of link', async () => {
    const email = newAddress();
    await admin().inviteUserByEmail(email);
    const { hash } = lastMail(email);
    expect((await client().auth.verifyOtp({ token_hash: hash, type: 'recovery' })).error?.code).toBe(
      'otp_expired',
    );
    expect((await client().auth.verifyOtp({ token_hash: hash, type: 'email' })).error).toBeNull();
  });

  test('leads to the site when it was to lead elsewhere', async () => {
    for (
      const [asked, place] of [
        ['https://evil.test/', `${site}/`],
        ['http://dashboard.test.evil.test/', `${site}/`],
        ['javascript:alert(1)', `${site}/`],
        ['https://user:pass@dashboard.test/', `${site}/`],
        ['https://app.agency.test/welcome', 'https://app.agency.test/welcome'],
        ['https://a.b.agency.test/welcome', `${site}/`],
        [`${site}/deep/page`, `${site}/deep/page`],
      ] as const
    ) {
      const email = newAddress();
      await admin().inviteUserByEmail(email, { redirectTo: asked });
      expect([asked, lastMail(email).place]).toEqual([asked, place]);
    }
  });

  test('whose mail cannot be sent leaves no account', async () => {
    for (
      const [trouble, status, code] of [
        ['address_not_authorized', 400, 'email_address_not_authorized'],
        ['over_limit', 429, 'over_email_send_rate_limit'],
      ] as const
    ) {
      stack.outbox.trouble = trouble;
      const email = newAddress();
      expect((await admin().inviteUserByEmail(email)).error).toMatchObject({ status, code });
      expect(await sql('select id from auth.users where email = $1', [email])).toEqual([]);
    }
    stack.outbox.trouble = 'unreachable';
    expect((await admin().inviteUserByEmail(newAddress())).error).toMatchObject({
      status: 500,
      message: 'Error sending invite email',
    });
  });
});

describe('a link to hand over', () => {
  test('is made for a new account, and for one that forgot its password', async () => {
    const email = newAddress();
    const made = await admin().generateLink({
      type: 'invite',
      email,
      options: { data: { name: 'Ben' }, redirectTo: `${site}/welcome` },
    });
    expect(made.error).toBeNull();
    expect(made.data.properties).toMatchObject({
      verification_type: 'invite',
      redirect_to: `${site}/welcome`,
      email_otp: expect.stringMatching(/^\d{10}$/) as string,
    });
    expect(made.data.user).toMatchObject({ email, user_metadata: { name: 'Ben' } });
    expect(stack.outbox.mails(email)).toEqual([]);
    const token_hash = made.data.properties?.hashed_token ?? '';
    expect((await client().auth.verifyOtp({ token_hash, type: 'invite' })).error).toBeNull();

    const forgotten = await admin().generateLink({ type: 'recovery', email });
    const opened = await client().auth.verifyOtp({
      token_hash: forgotten.data.properties?.hashed_token ?? '',
      type: 'recovery',
    });
    expect(opened.data.user?.email).toBe(email);
    expect((await admin().generateLink({ type: 'invite', email })).error?.code).toBe('email_exists');
    expect((await admin().generateLink({ type: 'recovery', email: newAddress() })).error).toMatchObject({
      status: 404,
      code: 'user_not_found',
    });
  });

  test('signs up with a password, and the digits alone are as good as the link', async () => {
    const email = newAddress();
    const made = await admin().generateLink({ type: 'signup', email, password: 'chosen by the agency' });
    expect((await client().auth.signInWithPassword({ email, password: 'chosen by the agency' })).error?.code)
      .toBe('email_not_confirmed');
    const token = made.data.properties?.email_otp ?? '';
    expect((await client().auth.verifyOtp({ email, token: '0000000000', type: 'signup' })).error)
      .toMatchObject({
        code: 'otp_expired',
        message: 'Token has expired or is invalid',
      });
    expect((await client().auth.verifyOtp({ email, token, type: 'signup' })).error).toBeNull();
    expect((await client().auth.signInWithPassword({ email, password: 'chosen by the agency' })).error)
      .toBeNull();
  });

  test('followed in a browser carries the session, or says why not', async () => {
    const email = await confirmed();
    const { data } = await admin().generateLink({
      type: 'magiclink',
      email,
      options: { redirectTo: `${site}/inbox` },
    });
    const follow = () => fetch(data.properties?.action_link ?? '', { redirect: 'manual' });
    const first = await follow();
    expect(first.status).toBe(303);
    const target = new URL(first.headers.get('location') ?? '');
    expect(`${target.origin}${target.pathname}`).toBe(`${site}/inbox`);
    const facts = new URLSearchParams(target.hash.slice(1));
    expect(facts.get('type')).toBe('magiclink');
    expect((await client().auth.getUser(facts.get('access_token') ?? '')).data.user?.email).toBe(email);
    const second = new URL((await follow()).headers.get('location') ?? '');
    expect(Object.fromEntries(new URLSearchParams(second.hash.slice(1)))).toMatchObject({
      error: 'access_denied',
      error_code: 'otp_expired',
      error_description: 'Email link is invalid or has expired',
    });
  });
});

describe('a magic link', () => {
  test('signs in who has an account, and makes none', async () => {
    const email = await confirmed();
    expect((await client().auth.signInWithOtp({ email, options: { shouldCreateUser: false } })).error)
      .toBeNull();
    const { hash, type } = lastMail(email);
    expect(type).toBe('magiclink');
    expect((await client().auth.verifyOtp({ token_hash: hash, type: 'magiclink' })).error).toBeNull();
    const stranger = newAddress();
    for (const shouldCreateUser of [true, false]) {
      const { error } = await client().auth.signInWithOtp({ email: stranger, options: { shouldCreateUser } });
      expect(error?.code).toBe(shouldCreateUser ? 'signup_disabled' : 'otp_disabled');
    }
    expect((await client().auth.signUp({ email: stranger, password: 'a long password' })).error?.code).toBe(
      'signup_disabled',
    );
    expect(await sql('select id from auth.users where email = $1', [stranger])).toEqual([]);
  });

  test('of a browser that proves itself (PKCE) is finished only there', async () => {
    const email = await confirmed();
    const browser = client(undefined, 'pkce');
    expect((await browser.auth.signInWithOtp({ email, options: { shouldCreateUser: false } })).error)
      .toBeNull();
    const { hash } = lastMail(email);
    expect(hash).toMatch(/^pkce_/);
    const followed = await fetch(
      `${stack.apiUrl}/auth/v1/verify?${new URLSearchParams({
        token: hash,
        type: 'magiclink',
        redirect_to: site,
      })}`,
      { redirect: 'manual' },
    );
    const code = new URL(followed.headers.get('location') ?? '').searchParams.get('code') ?? '';
    expect(code).not.toBe('');
    const exchange = (code_verifier: string) =>
      fetch(`${stack.apiUrl}/auth/v1/token?grant_type=pkce`, {
        method: 'POST',
        headers: { apikey: stack.publishableKey, 'content-type': 'application/json' },
        body: JSON.stringify({ auth_code: code, code_verifier }),
      });
    expect(await (await exchange('somebody else who saw the code in an address bar')).json()).toMatchObject({
      error_code: 'bad_code_verifier',
    });
    const { data, error } = await browser.auth.exchangeCodeForSession(code);
    expect([error, data.user?.email]).toEqual([null, email]);
    expect((await exchange('x'.repeat(43))).status).toBe(404);
  });

  test('is sent once a minute, and its guesses are limited', async () => {
    const email = await confirmed();
    const ask = () => client().auth.signInWithOtp({ email, options: { shouldCreateUser: false } });
    expect((await ask()).error).toBeNull();
    expect((await ask()).error).toMatchObject({ status: 429, code: 'over_email_send_rate_limit' });
    await maySendAgain(email);
    expect((await ask()).error).toBeNull();
    expect(stack.outbox.mails(email)).toHaveLength(2);
  });
});

describe('a forgotten password', () => {
  test('is replaced through the link, and every other session ends', async () => {
    const email = await confirmed();
    const elsewhere = client();
    await elsewhere.auth.signInWithPassword({ email, password: 'a first password' });
    expect((await client().auth.resetPasswordForEmail(email, { redirectTo: `${site}/welcome` })).error)
      .toBeNull();
    const { hash, type, place } = lastMail(email);
    expect([type, place]).toEqual(['recovery', `${site}/welcome`]);
    const here = client();
    expect((await here.auth.verifyOtp({ token_hash: hash, type: 'recovery' })).error).toBeNull();
    expect((await here.auth.updateUser({ password: 'too short' })).error).toMatchObject({
      status: 422,
      code: 'weak_password',
      reasons: ['length'],
    });
    expect((await here.auth.updateUser({ password: 'a first password' })).error).toMatchObject({
      status: 422,
      code: 'same_password',
    });
    expect((await here.auth.updateUser({ password: 'a second password', data: { name: 'Cy' } })).data.user)
      .toMatchObject({ user_metadata: { name: 'Cy' } });
    expect((await elsewhere.auth.refreshSession()).error).not.toBeNull();
    expect((await here.auth.refreshSession()).error).toBeNull();
    expect((await client().auth.signInWithPassword({ email, password: 'a first password' })).error?.code)
      .toBe(
        'invalid_credentials',
      );
  });

  test('answers a stranger the same', async () => {
    const stranger = newAddress();
    expect((await client().auth.resetPasswordForEmail(stranger)).error).toBeNull();
    expect(stack.outbox.mails(stranger)).toEqual([]);
  });
});

describe('the own account', () => {
  test('gives itself no rights, and changes an old session’s password only after signing in', async () => {
    const email = await confirmed();
    const person = client();
    const { data } = await person.auth.signInWithPassword({ email, password: 'a first password' });
    const put = (body: unknown) =>
      fetch(`${stack.apiUrl}/auth/v1/user`, {
        method: 'PUT',
        headers: {
          apikey: stack.publishableKey,
          authorization: `Bearer ${data.session?.access_token}`,
          'content-type': 'application/json',
        },
        body: JSON.stringify(body),
      });
    expect(await (await put({ app_metadata: { role: 'operator' } })).json()).toMatchObject({
      error_code: 'not_admin',
    });
    await put({ data: { user_role: 'operator' }, role: 'service_role' });
    await person.auth.refreshSession();
    const token = (await person.auth.getSession()).data.session?.access_token ?? '';
    expect(decodeJwt(token)).toMatchObject({ role: 'authenticated', app_metadata: { provider: 'email' } });
    await sql(`update auth.sessions set created_at = now() - interval '2 days' where user_id = $1`, [
      data.user?.id,
    ]);
    expect((await person.auth.updateUser({ password: 'another password' })).error?.code).toBe(
      'reauthentication_needed',
    );
  });

  test('signs out here, elsewhere or everywhere', async () => {
    const email = await confirmed();
    const open = async () => {
      const one = client();
      await one.auth.signInWithPassword({ email, password: 'a first password' });
      return one;
    };
    const [first, second, third] = [await open(), await open(), await open()];
    const isOpen = async (one: SupabaseClient) => (await one.auth.refreshSession()).error === null;
    await first.auth.signOut({ scope: 'local' });
    expect(await isOpen(second)).toBe(true);
    await second.auth.signOut({ scope: 'others' });
    expect([await isOpen(second), await isOpen(third)]).toEqual([true, false]);
    const fourth = await open();
    await second.auth.signOut({ scope: 'global' });
    expect(await isOpen(fourth)).toBe(false);
  });
});

describe('the accounts', () => {
  test('are listed in pages, read, changed and deleted with the secret key', async () => {
    const email = newAddress();
    const created = await admin().createUser({
      email,
      password: 'a long password',
      user_metadata: { name: 'Di' },
    });
    const id = created.data.user?.id ?? '';
    expect(created.data.user).toMatchObject({
      email,
      identities: [{ provider: 'email', identity_data: { email } }],
    });
    expect((await admin().createUser({ email })).error).toMatchObject({ status: 422, code: 'email_exists' });
    const page = await admin().listUsers({ page: 1, perPage: 2 });
    expect(page.data.users).toHaveLength(2);
    expect(page.data).toMatchObject({ nextPage: 2, aud: 'authenticated' });
    expect('total' in page.data && page.data.total).toBeGreaterThan(2);

    expect((await admin().getUserById(id)).data.user?.user_metadata).toEqual({ name: 'Di' });
    const changed = await admin().updateUserById(id, {
      user_metadata: { name: null, team: 'x' },
      email_confirm: true,
    });
    expect(changed.data.user?.user_metadata).toEqual({ team: 'x' });
    const person = client();
    await person.auth.signInWithPassword({ email, password: 'a long password' });
    await admin().updateUserById(id, { ban_duration: '24h' });
    expect((await client().auth.signInWithPassword({ email, password: 'a long password' })).error?.code).toBe(
      'user_banned',
    );
    await admin().updateUserById(id, { ban_duration: 'none' });
    expect((await person.auth.getUser()).error).toBeNull();

    expect((await admin().deleteUser(id)).error).toBeNull();
    expect((await person.auth.getUser()).error).not.toBeNull();
    expect((await person.auth.refreshSession()).error).not.toBeNull();
    expect(await sql('select id from auth.sessions where user_id = $1', [id])).toEqual([]);
    expect((await admin().getUserById(id)).error).toMatchObject({ status: 404, code: 'user_not_found' });
  });

  test('deleted softly keep a row that says nothing', async () => {
    const email = await confirmed();
    const [{ id } = { id: '' }] = await sql<{ id: string }>('select id from auth.users where email = $1', [
      email,
    ]);
    await admin().deleteUser(id, true);
    expect((await client().auth.signInWithPassword({ email, password: 'a first password' })).error?.code)
      .toBe(
        'invalid_credentials',
      );
    expect(await sql('select email from auth.users where id = $1 and email like $2', [id, '%@%'])).toEqual(
      [],
    );
    expect((await admin().inviteUserByEmail(email)).error).toBeNull();
  });

  test('are nobody’s without the secret key', async () => {
    const email = await confirmed();
    const person = client();
    const { data } = await person.auth.signInWithPassword({ email, password: 'a first password' });
    const asked = (path: string, method: string, token?: string) =>
      fetch(`${stack.apiUrl}/auth/v1${path}`, {
        method,
        headers: {
          apikey: stack.publishableKey,
          'content-type': 'application/json',
          ...(token ? { authorization: `Bearer ${token}` } : {}),
        },
        ...(method === 'GET' ? {} : { body: JSON.stringify({ email: 'x@y.test', type: 'magiclink' }) }),
      });
    for (
      const [path, method] of [
        ['/admin/users', 'GET'],
        ['/admin/users', 'POST'],
        [`/admin/users/${data.user?.id}`, 'PUT'],
        [`/admin/users/${data.user?.id}`, 'DELETE'],
        ['/admin/generate_link', 'POST'],
        ['/invite', 'POST'],
      ] as const
    ) {
      for (const token of [undefined, data.session?.access_token]) {
        const answer = await asked(path, method, token);
        expect([path, method, answer.status, (await answer.json() as { error_code: string }).error_code])
          .toEqual([
            path,
            method,
            403,
            'not_admin',
          ]);
      }
    }
  });
});

describe('the outbox', () => {
  test('is shown at this machine’s address only', async () => {
    const email = newAddress();
    await admin().inviteUserByEmail(email);
    const list = await fetch(`${stack.apiUrl}/outbox.json?to=${encodeURIComponent(email)}`);
    expect(await list.json()).toMatchObject([{ to: email, kind: 'invite' }]);
    expect(list.headers.get('access-control-allow-origin')).toBeNull();
    const shown = await (await fetch(`${stack.apiUrl}/outbox`)).text();
    expect(shown).toContain('You have been invited');
    expect(shown, 'links are in the mails, not in the list').not.toContain('token_hash');
    expect((await fetch(`${stack.apiUrl}/outbox.json`, { headers: { 'x-forwarded-for': '1.2.3.4' } })).status)
      .toBe(403);
    expect((await fetch(`${stack.apiUrl}/outbox`, { method: 'POST' })).status).toBe(405);
  });

  test('is readable by its owner alone, and holds no token that the database holds', async () => {
    const email = newAddress();
    await admin().inviteUserByEmail(email);
    expect(statSync(outboxDirectory).mode & 0o077).toBe(0);
    for (const name of readdirSync(outboxDirectory)) {
      expect(statSync(join(outboxDirectory, name)).mode & 0o077).toBe(0);
    }
    const { hash } = lastMail(email);
    expect(await sql('select id from auth.one_time_tokens where token_hash = $1', [hash])).toEqual([]);
  });
});

test('wrong links are limited like wrong passwords', async () => {
  const guess = () => client().auth.verifyOtp({ token_hash: 'a'.repeat(56), type: 'invite' });
  const answers: (string | undefined)[] = [];
  for (let n = 0; n < 40; n++) answers.push((await guess()).error?.code);
  expect(answers[0]).toBe('otp_expired');
  expect(answers.at(-1)).toBe('over_request_rate_limit');
});
