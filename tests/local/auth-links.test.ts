// Links of the stand-in for Supabase Auth, asked for by the real supabase-js: what each opens, and that it opens it once.
import { decodeJwt } from 'jose';
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { type AuthStack, firstPassword, site, startAuthStack } from '../support/auth-stack.ts';

let scene: AuthStack;
beforeAll(async () => {
  scene = await startAuthStack();
});
afterAll(() => scene?.stop());
beforeEach(() => {
  scene.stack.outbox.problem = undefined;
});

describe('an invitation', () => {
  test('makes an account, mails a link, and the link opens a session once', async () => {
    const email = scene.newAddress();
    const { data, error } = await scene.admin().inviteUserByEmail(email.toUpperCase(), {
      data: { name: 'Ann' },
      redirectTo: `${site}/welcome`,
    });
    expect(error).toBeNull();
    expect(data.user).toMatchObject({ email, user_metadata: { name: 'Ann' }, role: 'authenticated' });
    expect(data.user?.invited_at).toBeTruthy();
    expect(data.user?.email_confirmed_at).toBeUndefined();
    const sent = scene.lastMail(email);
    expect(sent.mail).toMatchObject({ kind: 'invite', to: email, subject: 'You have been invited' });
    expect([sent.place, sent.type]).toEqual([`${site}/welcome`, 'invite']);

    const browser = scene.client();
    const opened = await browser.auth.verifyOtp({ token_hash: sent.hash, type: 'invite' });
    expect(opened.error).toBeNull();
    expect(opened.data.user?.email_confirmed_at).toBeTruthy();
    expect(decodeJwt(opened.data.session?.access_token ?? '')).toMatchObject({ amr: [{ method: 'otp' }] });
    expect((await browser.auth.updateUser({ password: 'my own password' })).error).toBeNull();
    expect((await scene.client().auth.signInWithPassword({ email, password: 'my own password' })).error)
      .toBeNull();

    const again = await scene.client().auth.verifyOtp({ token_hash: sent.hash, type: 'invite' });
    expect(again.error).toMatchObject({
      status: 403,
      code: 'otp_expired',
      message: 'Email link is invalid or has expired',
    });
    expect((await scene.admin().inviteUserByEmail(email)).error).toMatchObject({
      status: 422,
      code: 'email_exists',
    });
  });

  test('sent again makes the earlier link worthless, and ends after a day', async () => {
    const email = scene.newAddress();
    await scene.admin().inviteUserByEmail(email);
    const first = scene.lastMail(email);
    await scene.admin().inviteUserByEmail(email);
    const second = scene.lastMail(email);
    expect(second.hash).not.toBe(first.hash);
    const verify = (token_hash: string) => scene.client().auth.verifyOtp({ token_hash, type: 'invite' });
    expect((await verify(first.hash)).error?.code).toBe('otp_expired');
    await scene.expireLinks(email);
    expect((await verify(second.hash)).error?.code).toBe('otp_expired');
  });

  test('is not taken for another kind of link', async () => {
    const email = scene.newAddress();
    await scene.admin().inviteUserByEmail(email);
    const { hash } = scene.lastMail(email);
    expect((await scene.client().auth.verifyOtp({ token_hash: hash, type: 'recovery' })).error?.code).toBe(
      'otp_expired',
    );
    expect((await scene.client().auth.verifyOtp({ token_hash: hash, type: 'email' })).error).toBeNull();
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
      const email = scene.newAddress();
      await scene.admin().inviteUserByEmail(email, { redirectTo: asked });
      expect([asked, scene.lastMail(email).place]).toEqual([asked, place]);
    }
  });

  test('whose mail cannot be sent leaves no account', async () => {
    for (
      const [problem, status, code] of [
        ['address_not_authorized', 400, 'email_address_not_authorized'],
        ['over_limit', 429, 'over_email_send_rate_limit'],
      ] as const
    ) {
      scene.stack.outbox.problem = problem;
      const email = scene.newAddress();
      expect((await scene.admin().inviteUserByEmail(email)).error).toMatchObject({ status, code });
      expect(await scene.sql('select id from auth.users where email = $1', [email])).toEqual([]);
    }
    scene.stack.outbox.problem = 'unreachable';
    expect((await scene.admin().inviteUserByEmail(scene.newAddress())).error).toMatchObject({
      status: 500,
      message: 'Error sending invite email',
    });
  });
});

describe('a link to hand over', () => {
  test('is made for a new account, and for one that forgot its password', async () => {
    const email = scene.newAddress();
    const made = await scene.admin().generateLink({
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
    expect(scene.stack.outbox.mails(email)).toEqual([]);
    const token_hash = made.data.properties?.hashed_token ?? '';
    expect((await scene.client().auth.verifyOtp({ token_hash, type: 'invite' })).error).toBeNull();

    const forgotten = await scene.admin().generateLink({ type: 'recovery', email });
    const opened = await scene.client().auth.verifyOtp({
      token_hash: forgotten.data.properties?.hashed_token ?? '',
      type: 'recovery',
    });
    expect(opened.data.user?.email).toBe(email);
    expect((await scene.admin().generateLink({ type: 'invite', email })).error?.code).toBe('email_exists');
    expect((await scene.admin().generateLink({ type: 'recovery', email: scene.newAddress() })).error)
      .toMatchObject({
        status: 404,
        code: 'user_not_found',
      });
  });

  test('signs up with a password, and the digits open it without the link', async () => {
    const email = scene.newAddress();
    const made = await scene.admin().generateLink({
      type: 'signup',
      email,
      password: 'chosen by the agency',
    });
    expect(
      (await scene.client().auth.signInWithPassword({ email, password: 'chosen by the agency' })).error?.code,
    )
      .toBe('email_not_confirmed');
    const token = made.data.properties?.email_otp ?? '';
    expect((await scene.client().auth.verifyOtp({ email, token: '0000000000', type: 'signup' })).error)
      .toMatchObject({
        code: 'otp_expired',
        message: 'Token has expired or is invalid',
      });
    expect((await scene.client().auth.verifyOtp({ email, token, type: 'signup' })).error).toBeNull();
    expect((await scene.client().auth.signInWithPassword({ email, password: 'chosen by the agency' })).error)
      .toBeNull();
  });

  test('followed in a browser carries the session, or says why not', async () => {
    const email = await scene.confirmed();
    const { data } = await scene.admin().generateLink({
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
    expect((await scene.client().auth.getUser(facts.get('access_token') ?? '')).data.user?.email).toBe(email);
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
    const email = await scene.confirmed();
    expect((await scene.client().auth.signInWithOtp({ email, options: { shouldCreateUser: false } })).error)
      .toBeNull();
    const { hash, type } = scene.lastMail(email);
    expect(type).toBe('magiclink');
    expect((await scene.client().auth.verifyOtp({ token_hash: hash, type: 'magiclink' })).error).toBeNull();
    const stranger = scene.newAddress();
    for (const shouldCreateUser of [true, false]) {
      const { error } = await scene.client().auth.signInWithOtp({
        email: stranger,
        options: { shouldCreateUser },
      });
      expect(error?.code).toBe(shouldCreateUser ? 'signup_disabled' : 'otp_disabled');
    }
    expect((await scene.client().auth.signUp({ email: stranger, password: 'a long password' })).error?.code)
      .toBe(
        'signup_disabled',
      );
    expect(await scene.sql('select id from auth.users where email = $1', [stranger])).toEqual([]);
  });

  test('of a browser that proves itself (PKCE) is finished only there', async () => {
    const email = await scene.confirmed();
    const browser = scene.client(undefined, 'pkce');
    expect((await browser.auth.signInWithOtp({ email, options: { shouldCreateUser: false } })).error)
      .toBeNull();
    const { hash } = scene.lastMail(email);
    expect(hash).toMatch(/^pkce_/);
    const followed = await fetch(
      `${scene.stack.apiUrl}/auth/v1/verify?${new URLSearchParams({
        token: hash,
        type: 'magiclink',
        redirect_to: site,
      })}`,
      { redirect: 'manual' },
    );
    const code = new URL(followed.headers.get('location') ?? '').searchParams.get('code') ?? '';
    expect(code).not.toBe('');
    const exchange = (code_verifier: string) =>
      fetch(`${scene.stack.apiUrl}/auth/v1/token?grant_type=pkce`, {
        method: 'POST',
        headers: { apikey: scene.stack.publishableKey, 'content-type': 'application/json' },
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
    const email = await scene.confirmed();
    const ask = () => scene.client().auth.signInWithOtp({ email, options: { shouldCreateUser: false } });
    expect((await ask()).error).toBeNull();
    expect((await ask()).error).toMatchObject({ status: 429, code: 'over_email_send_rate_limit' });
    await scene.allowNextMail(email);
    expect((await ask()).error).toBeNull();
    expect(scene.stack.outbox.mails(email)).toHaveLength(2);
  });
});

describe('a forgotten password', () => {
  test('is replaced through the link, and every other session ends', async () => {
    const email = await scene.confirmed();
    const elsewhere = scene.client();
    await elsewhere.auth.signInWithPassword({ email, password: firstPassword });
    expect((await scene.client().auth.resetPasswordForEmail(email, { redirectTo: `${site}/welcome` })).error)
      .toBeNull();
    const { hash, type, place } = scene.lastMail(email);
    expect([type, place]).toEqual(['recovery', `${site}/welcome`]);
    const here = scene.client();
    expect((await here.auth.verifyOtp({ token_hash: hash, type: 'recovery' })).error).toBeNull();
    expect((await here.auth.updateUser({ password: 'too short' })).error).toMatchObject({
      status: 422,
      code: 'weak_password',
      reasons: ['length'],
    });
    expect((await here.auth.updateUser({ password: firstPassword })).error).toMatchObject({
      status: 422,
      code: 'same_password',
    });
    expect((await here.auth.updateUser({ password: 'a second password', data: { name: 'Cy' } })).data.user)
      .toMatchObject({ user_metadata: { name: 'Cy' } });
    expect((await elsewhere.auth.refreshSession()).error).not.toBeNull();
    expect((await here.auth.refreshSession()).error).toBeNull();
    expect((await scene.client().auth.signInWithPassword({ email, password: firstPassword })).error?.code)
      .toBe(
        'invalid_credentials',
      );
  });

  test('answers a stranger the same', async () => {
    const stranger = scene.newAddress();
    expect((await scene.client().auth.resetPasswordForEmail(stranger)).error).toBeNull();
    expect(scene.stack.outbox.mails(stranger)).toEqual([]);
  });
});
