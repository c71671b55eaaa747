// `npm run operator -- <email>`: the first operator of a project, made by its secret key and by nothing else.
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { findTarget, makeOperator, readParameters } from '../../local/cli/operator.ts';
import { factsOf } from '../support/people-scene.ts';
import { type Project, startProject } from '../support/project.ts';

let project: Project;
const email = 'you@agency.test';

beforeAll(async () => {
  project = await startProject({ functions: ['people'], simulator: false });
});
afterAll(() => project.stop());

const target = (key = project.stack.secretKeys.default) => ({
  url: project.stack.apiUrl,
  key,
  dashboard: 'http://dashboard.test',
});
const make = (send: 'usual' | 'mail' | 'link' = 'usual', address = email) =>
  makeOperator({ email: address, send }, target());
const linkIn = (lines: string[]) =>
  lines.map((line) => line.trim()).find((line) => line.startsWith('http')) ?? '';

async function open(link: string, password: string): Promise<number> {
  const client = project.browser();
  const { error } = await client.auth.verifyOtp(factsOf(link));
  if (error) throw error;
  await client.auth.updateUser({ password });
  return (await client.from('operator_members').select('user_id')).data?.length ?? 0;
}

describe('the first operator', () => {
  it('is made with a link, and again while it is open with a new one', async () => {
    const first = linkIn(await make());
    const again = await make();
    expect(again.join('\n')).toContain('is an operator already');
    await expect(open(first, 'never stored')).rejects.toMatchObject({ code: 'otp_expired' });
    expect(await open(linkIn(again), 'the password of the agency')).toBe(1);
  });

  it('that can sign in gets a link only when one is asked for', async () => {
    const usual = await make();
    expect(linkIn(usual)).toBe('');
    expect(usual[0]).toContain('signs in as before at http://dashboard.test');
    expect(await open(linkIn(await make('link')), 'another password of it')).toBe(1);
  });

  it('is mailed the link with --mail, or shown it where the project cannot mail', async () => {
    expect(linkIn(await make('mail', 'second@agency.test'))).toBe('');
    expect(project.stack.outbox.mails('second@agency.test')).toHaveLength(1);
    project.stack.outbox.problem = 'unreachable';
    const lines = await make('mail', 'third@agency.test');
    expect(lines[0]).toContain('cannot send email yet');
    expect(await open(linkIn(lines), 'the password of the third')).toBe(3);
    project.stack.outbox.problem = undefined;
  });

  it('is not made of somebody of a client', async () => {
    const tenant = await project.createTenant('Lakeside');
    await expect(make('usual', tenant.email)).rejects.toThrow('already belongs to Lakeside');
  });

  it('needs the secret key', async () => {
    for (const key of [project.stack.publishableKey, 'sb_secret_wrong']) {
      await expect(makeOperator({ email: 'x@agency.test', send: 'usual' }, target(key))).rejects.toThrow(
        'refuses the secret key',
      );
    }
    await expect(makeOperator({ email, send: 'usual' }, { ...target(), url: 'http://127.0.0.1:1' })).rejects
      .toThrow('cannot be reached');
  });
});

describe('the command', () => {
  it('reads one address and one option', () => {
    expect(readParameters([' You@Agency.Test '])).toEqual({ email, send: 'usual' });
    expect(readParameters([email, '--link'])).toEqual({ email, send: 'link' });
    expect(readParameters(['--mail', email])).toEqual({ email, send: 'mail' });
    for (const wrong of [[], ['you'], [email, 'b@c.test'], [email, '--force'], [email, '--mail', '--link']]) {
      expect(() => readParameters(wrong)).toThrow('npm run operator');
    }
  });

  it('takes a hosted project from both variables, and never from half of them', async () => {
    const url = 'https://abc.supabase.co/';
    expect(await findTarget({ SUPABASE_URL: url, SUPABASE_SECRET_KEY: 'sb_secret_x' })).toEqual({
      url: 'https://abc.supabase.co',
      key: 'sb_secret_x',
      dashboard: undefined,
    });
    await expect(findTarget({ SUPABASE_URL: url })).rejects.toThrow('set both');
    await expect(findTarget({ SUPABASE_SECRET_KEY: 'sb_secret_x' })).rejects.toThrow('set both');
    await expect(findTarget({ SUPABASE_URL: url, SUPABASE_SECRET_KEY: 'sb_publishable_x' })).rejects.toThrow(
      'no secret key',
    );
    await expect(findTarget({ SUPABASE_URL: 'abc', SUPABASE_SECRET_KEY: 'sb_secret_x' })).rejects.toThrow(
      'https://',
    );
  });
});
