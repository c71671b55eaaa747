import { FunctionsHttpError } from '@supabase/supabase-js';
import { describe, expect, it } from 'vitest';
import { pageAfterSwitch } from '../src/app/shell/AppShell.tsx';
import { readConfig } from '../src/data/config.ts';
import { explainKeyFailure } from '../src/data/connections.ts';
import { describeFailure, Failure, functionFailure, postgrestFailure } from '../src/data/failure.ts';
import { sessionFromToken } from '../src/data/session.ts';
import { nothingToSend } from '../src/features/campaigns/export/export-state.ts';
import { isOwnPlace } from '../src/features/sign-in/routes.ts';

const token = (claims: Record<string, unknown>) => `x.${btoa(JSON.stringify(claims)).replaceAll('=', '')}.y`;

describe('the session', () => {
  it('is who the claims say', () => {
    expect(sessionFromToken(token({ sub: 'u', email: 'a@b.test', user_role: 'client', client_id: 'c' })))
      .toEqual({ userId: 'u', email: 'a@b.test', role: 'client', clientId: 'c' });
    expect(sessionFromToken(token({ sub: 'u', email: 'a@b.test', user_role: 'operator' })))
      .toMatchObject({ role: 'operator', clientId: null });
  });

  it('has no role without membership, or with an unknown one', () => {
    expect(sessionFromToken(token({ sub: 'u' }))).toMatchObject({ role: null, clientId: null });
    expect(sessionFromToken(token({ sub: 'u', user_role: 'root' }))).toMatchObject({ role: null });
    expect(sessionFromToken('nonsense')).toBeNull();
  });

  it('leads back only to places of this site', () => {
    expect(['/overview?range=7d', '/'].map(isOwnPlace)).toEqual([true, true]);
    expect(['//evil.test', 'https://evil.test', '/\\evil.test', ''].map(isOwnPlace)).toEqual([
      false,
      false,
      false,
      false,
    ]);
  });
});

describe('a failure', () => {
  it('of a function keeps our code and has a sentence', async () => {
    const body = { error: { code: 'INSTANTLY_API_KEY_MISSING', message: 'No key' } };
    const failure = await functionFailure(new FunctionsHttpError(Response.json(body, { status: 409 })));
    expect(failure.code).toBe('INSTANTLY_API_KEY_MISSING');
    expect(describeFailure(failure).title).toBe('No Instantly key is saved for this workspace');
    const html = await functionFailure(new FunctionsHttpError(new Response('<html>', { status: 500 })));
    expect(html.code).toBe('INTERNAL');
  });

  it('of the database is classified: session, permission, our own sentence, network', () => {
    const code = (message: string, status: number) =>
      postgrestFailure({ code: '', message, details: 'Why' }, status).code;
    expect(code('JWT expired', 401)).toBe('SESSION_EXPIRED');
    expect(code('permission denied', 403)).toBe('FORBIDDEN');
    expect(code('TypeError: fetch failed', 0)).toBe('OFFLINE');
    expect(code('VALIDATION_FAILED', 400)).toBe('VALIDATION_FAILED');
    expect(code('canceling statement', 500)).toBe('INTERNAL');
  });

  it('never shows a raw error as the sentence', () => {
    const secret = 'relation "private.x" does not exist';
    expect(JSON.stringify(describeFailure(new Error(secret)))).not.toContain('private');
    expect(describeFailure(new Failure('NEW_CODE', secret)).code).toBe('NEW_CODE');
  });
});

describe('a request that the server finds wrong', () => {
  const failure = new Failure('VALIDATION_FAILED', 'The body is invalid: name: is empty', 400, [
    'name: is empty',
  ]);

  it('is explained in the server’s own sentence, without what only a programmer needs', () => {
    expect(describeFailure(failure)).toMatchObject({
      title: 'Name: is empty',
      advice: 'Correct it and try again.',
    });
    expect(describeFailure(new Failure('VALIDATION_FAILED', 'This request was answered already.')).title)
      .toBe('This request was answered already');
    expect(explainKeyFailure(failure)).toMatchObject({
      title: 'Name: is empty',
      sentence: 'Correct it and try again.',
    });
  });

  it('is a question where the key belongs to another workspace', () => {
    const change = new Failure('VALIDATION_FAILED', 'Another workspace; send accept_workspace_change');
    expect(explainKeyFailure(change).title).toBe('Different workspace');
  });
});

describe('the settings', () => {
  const answer = (body: string, status = 200) => () => Promise.resolve(new Response(body, { status }));

  it('are read with their defaults', async () => {
    const text = JSON.stringify({ api_url: 'https://x.test', publishable_key: 'k' });
    expect(await readConfig(answer(text))).toMatchObject({ sign_in: ['password'], demo_accounts: [] });
  });

  it('say what is wrong with them, also when a host answers with its index.html', async () => {
    await expect(readConfig(answer('{"api_url":"x"}'))).rejects.toThrow(/Check api_url, publishable_key/);
    await expect(readConfig(answer('<!doctype html>'))).rejects.toThrow(/is invalid/);
    await expect(readConfig(answer('', 404))).rejects.toThrow(/could not be read/);
  });
});

describe('campaigns', () => {
  it('say why there is nothing to export', () => {
    expect(nothingToSend({ total: 5, to_send: 2, reasons: {} }))
      .toBeUndefined();
    expect(
      nothingToSend({
        total: 5,
        to_send: 0,
        reasons: { already_exported: 5 },
      }),
    ).toMatch(
      /twice/,
    );
    expect(
      nothingToSend({ total: 5, to_send: 0, reasons: { no_email: 5 } }),
    ).toMatch(/No lead/);
    expect(nothingToSend({ total: 0, to_send: 0, reasons: {} })).toMatch(
      /no leads/,
    );
  });
});

describe('the client switcher', () => {
  it('goes to the same page of the other client where there is one', () => {
    expect(pageAfterSwitch('/campaigns/123', 'c')).toBe('/campaigns');
    expect(pageAfterSwitch('/clients', 'c')).toBe('/overview');
    expect(pageAfterSwitch('/overview', undefined)).toBe('/clients');
  });
});
