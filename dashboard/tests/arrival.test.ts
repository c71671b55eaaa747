import { describe, expect, it } from 'vitest';
import { arrivalFrom } from '../src/data/arrival.ts';

const from = (address: string) => arrivalFrom(new URL(address, 'https://app.agency.test'));

describe('what a link brings', () => {
  it('is the token of our own emails, in any place of the address', () => {
    expect(from('/welcome#token_hash=abc&type=invite')).toEqual({
      kind: 'token',
      type: 'invite',
      tokenHash: 'abc',
    });
    expect(from('/#token_hash=pkce_abc&type=recovery')).toEqual({
      kind: 'token',
      type: 'recovery',
      tokenHash: 'pkce_abc',
    });
    expect(from('/inbox?token_hash=abc&type=email')).toEqual({
      kind: 'token',
      type: 'magiclink',
      tokenHash: 'abc',
    });
    expect(from('/#token_hash=abc&type=signup')).toMatchObject({ type: 'invite' });
    expect(from('/#token_hash=abc&type=nonsense')).toMatchObject({ type: 'magiclink' });
  });

  it('is the session of Supabase’s own emails, only behind the #', () => {
    const facts = 'access_token=a&refresh_token=r&expires_in=3600&token_type=bearer&type=invite';
    expect(from(`/#${facts}`)).toEqual({
      kind: 'session',
      type: 'invite',
      accessToken: 'a',
      refreshToken: 'r',
    });
    expect(from(`/?${facts}`)).toBeUndefined();
    expect(from('/#access_token=a&type=invite')).toBeUndefined();
  });

  it('is a refusal', () => {
    const facts = 'error=access_denied&error_code=otp_expired&error_description=Email+link+is+invalid';
    expect(from(`/#${facts}&sb=`)).toEqual({ kind: 'refused' });
    expect(from(`/?${facts}`)).toEqual({ kind: 'refused' });
  });

  it('is nothing on any other page', () => {
    for (
      const address of ['/', '/inbox?type=reply', '/campaigns#top', '/?code=123', '/sign-in?next=%2Finbox']
    ) {
      expect([address, from(address)]).toEqual([address, undefined]);
    }
  });
});
