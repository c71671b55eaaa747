// Accounts of the stand-in for Supabase Auth, asked for by the real supabase-js, and the outbox.
import { readdirSync, statSync } from 'node:fs';
import { join } from 'node:path';
import type { SupabaseClient } from '@supabase/supabase-js';
import { decodeJwt } from 'jose';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { type AuthStack, firstPassword, startAuthStack } from '../support/auth-stack.ts';

let scene: AuthStack;
beforeAll(async () => {
  scene = await startAuthStack();
});
afterAll(() => scene?.stop());

describe('the own account', () => {
  test('gives itself no rights, and changes an old session’s password only after signing in', async () => {
    const email = await scene.confirmed();
    const person = scene.client();
    const { data } = await person.auth.signInWithPassword({ email, password: firstPassword });
    const put = (body: unknown) =>
      fetch(`${scene.stack.apiUrl}/auth/v1/user`, {
        method: 'PUT',
        headers: {
          apikey: scene.stack.publishableKey,
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
    await scene.sql(`update auth.sessions set created_at = now() - interval '2 days' where user_id = $1`, [
      data.user?.id,
    ]);
    expect((await person.auth.updateUser({ password: 'another password' })).error?.code).toBe(
      'reauthentication_needed',
    );
  });

  test('signs out here, elsewhere or everywhere', async () => {
    const email = await scene.confirmed();
    const open = async () => {
      const one = scene.client();
      await one.auth.signInWithPassword({ email, password: firstPassword });
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
    const email = scene.newAddress();
    const created = await scene.admin().createUser({
      email,
      password: 'a long password',
      user_metadata: { name: 'Di' },
    });
    const id = created.data.user?.id ?? '';
    expect(created.data.user).toMatchObject({
      email,
      identities: [{ provider: 'email', identity_data: { email } }],
    });
    expect((await scene.admin().createUser({ email })).error).toMatchObject({
      status: 422,
      code: 'email_exists',
    });
    const page = await scene.admin().listUsers({ page: 1, perPage: 2 });
    expect(page.data.users).toHaveLength(2);
    expect(page.data).toMatchObject({ nextPage: 2, aud: 'authenticated' });
    expect('total' in page.data && page.data.total).toBeGreaterThan(2);

    expect((await scene.admin().getUserById(id)).data.user?.user_metadata).toEqual({ name: 'Di' });
    const changed = await scene.admin().updateUserById(id, {
      user_metadata: { name: null, team: 'x' },
      email_confirm: true,
    });
    expect(changed.data.user?.user_metadata).toEqual({ team: 'x' });
    const person = scene.client();
    await person.auth.signInWithPassword({ email, password: 'a long password' });
    await scene.admin().updateUserById(id, { ban_duration: '24h' });
    expect((await scene.client().auth.signInWithPassword({ email, password: 'a long password' })).error?.code)
      .toBe(
        'user_banned',
      );
    await scene.admin().updateUserById(id, { ban_duration: 'none' });
    expect((await person.auth.getUser()).error).toBeNull();

    expect((await scene.admin().deleteUser(id)).error).toBeNull();
    expect((await person.auth.getUser()).error).not.toBeNull();
    expect((await person.auth.refreshSession()).error).not.toBeNull();
    expect(await scene.sql('select id from auth.sessions where user_id = $1', [id])).toEqual([]);
    expect((await scene.admin().getUserById(id)).error).toMatchObject({
      status: 404,
      code: 'user_not_found',
    });
  });

  test('deleted softly keep a row that says nothing', async () => {
    const email = await scene.confirmed();
    const [{ id } = { id: '' }] = await scene.sql<{ id: string }>(
      'select id from auth.users where email = $1',
      [
        email,
      ],
    );
    await scene.admin().deleteUser(id, true);
    expect((await scene.client().auth.signInWithPassword({ email, password: firstPassword })).error?.code)
      .toBe(
        'invalid_credentials',
      );
    expect(await scene.sql('select email from auth.users where id = $1 and email like $2', [id, '%@%']))
      .toEqual(
        [],
      );
    expect((await scene.admin().inviteUserByEmail(email)).error).toBeNull();
  });

  test('are refused without the secret key', async () => {
    const email = await scene.confirmed();
    const person = scene.client();
    const { data } = await person.auth.signInWithPassword({ email, password: firstPassword });
    const asked = (path: string, method: string, token?: string) =>
      fetch(`${scene.stack.apiUrl}/auth/v1${path}`, {
        method,
        headers: {
          apikey: scene.stack.publishableKey,
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
    const email = scene.newAddress();
    await scene.admin().inviteUserByEmail(email);
    const list = await fetch(`${scene.stack.apiUrl}/outbox.json?to=${encodeURIComponent(email)}`);
    expect(await list.json()).toMatchObject([{ to: email, kind: 'invite' }]);
    expect(list.headers.get('access-control-allow-origin')).toBeNull();
    const shown = await (await fetch(`${scene.stack.apiUrl}/outbox`)).text();
    expect(shown).toContain('You have been invited');
    expect(shown, 'links are in the mails, not in the list').not.toContain('token_hash');
    expect(
      (await fetch(`${scene.stack.apiUrl}/outbox.json`, { headers: { 'x-forwarded-for': '1.2.3.4' } }))
        .status,
    )
      .toBe(403);
    expect((await fetch(`${scene.stack.apiUrl}/outbox`, { method: 'POST' })).status).toBe(405);
  });

  test('is readable by its owner alone, and holds no token that the database holds', async () => {
    const email = scene.newAddress();
    await scene.admin().inviteUserByEmail(email);
    expect(statSync(scene.outboxDirectory).mode & 0o077).toBe(0);
    for (const name of readdirSync(scene.outboxDirectory)) {
      expect(statSync(join(scene.outboxDirectory, name)).mode & 0o077).toBe(0);
    }
    const { hash } = scene.lastMail(email);
    expect(await scene.sql('select id from auth.one_time_tokens where token_hash = $1', [hash])).toEqual([]);
  });
});

test('wrong links are limited like wrong passwords', async () => {
  const guess = () => scene.client().auth.verifyOtp({ token_hash: 'a'.repeat(56), type: 'invite' });
  const answers: (string | undefined)[] = [];
  for (let n = 0; n < 40; n++) answers.push((await guess()).error?.code);
  expect(answers[0]).toBe('otp_expired');
  expect(answers.at(-1)).toBe('over_request_rate_limit');
});
