// Inviting people: the mail, the link to copy, and what an invitation cannot do.
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import {
  chosenPassword,
  factsOf,
  idOf,
  type PeopleScene,
  startPeopleScene,
} from '../support/people-scene.ts';

let scene: PeopleScene;
beforeAll(async () => {
  scene = await startPeopleScene();
});
beforeEach(() => {
  scene.project.stack.outbox.problem = undefined;
});
afterAll(() => scene?.project.stop());

describe('an invitation', () => {
  it('is mailed, accepted through its link, and opens the own client only', async () => {
    const email = scene.newAddress();
    const answer = await scene.inviteTo(email.toUpperCase(), scene.lakeside.clientId, { name: 'Ann Lake' });
    expect(answer).toEqual({
      status: 200,
      body: { user_id: expect.any(String) as string, added: true, state: 'invited', sent: 'mail' },
    });
    expect(await scene.rowOf(idOf(answer))).toMatchObject({
      email,
      name: 'Ann Lake',
      role: 'client',
      client_name: 'Lakeside',
      state: 'invited',
      invited_by_name: scene.operator.email,
      accepted_at: null,
    });
    const person = await scene.accept(scene.mailTo(email));
    expect((await person.from('clients').select('name')).data).toEqual([{ name: 'Lakeside' }]);
    expect((await person.from('clients').select('name').eq('id', scene.harbour.clientId)).data).toEqual([]);
    expect(await scene.rowOf(idOf(answer))).toMatchObject({
      state: 'active',
      accepted_at: expect.any(String) as string,
    });
    await scene.project.signIn({ email, password: chosenPassword });
    expect((await scene.audited(idOf(answer))).map(({ action, actor_id }) => [action, actor_id])).toEqual([
      ['person_added', scene.operator.userId],
      ['invitation_sent', scene.operator.userId],
    ]);
  });

  it('pressed twice is one invitation, and sent again after a minute makes the first link worthless', async () => {
    const email = scene.newAddress();
    const first = await scene.inviteTo(email);
    const second = await scene.inviteTo(email);
    expect(second.body).toEqual({ user_id: idOf(first), added: false, state: 'invited', sent: 'just_sent' });
    expect(scene.project.stack.outbox.mails(email)).toHaveLength(1);
    expect((await scene.call({ action: 'resend', user_id: idOf(first) })).body['sent']).toBe('just_sent');
    const old = scene.mailTo(email);
    await scene.allowNextMail(idOf(first));
    expect((await scene.call({ action: 'resend', user_id: idOf(first) })).body['sent']).toBe('mail');
    await expect(scene.accept(old)).rejects.toMatchObject({ code: 'otp_expired' });
    await scene.accept(scene.mailTo(email));
    const late = await scene.call({ action: 'resend', user_id: idOf(first) });
    expect([late.status, late.body.error?.code]).toEqual([400, 'VALIDATION_FAILED']);
    expect((await scene.inviteTo(email)).body).toEqual({
      user_id: idOf(first),
      added: false,
      state: 'active',
      sent: 'nothing',
    });
  });

  it('at the same moment from two windows ends as one membership', async () => {
    const email = scene.newAddress();
    const answers = await Promise.all([scene.inviteTo(email), scene.inviteTo(email)]);
    expect(answers.map(({ status }) => status)).toEqual([200, 200]);
    expect(answers.map(({ body }) => body['added']).sort()).toEqual([false, true]);
    await scene.accept(scene.mailTo(email));
  });

  it('to somebody who has an account gives it the membership and sends nothing', async () => {
    const stranger = await scene.project.createUser(null, null);
    const answer = await scene.inviteTo(stranger.email, scene.harbour.clientId);
    expect(answer.body).toMatchObject({ added: true, state: 'active', sent: 'nothing' });
    const person = await scene.project.signIn(stranger);
    expect((await person.from('clients').select('name')).data).toEqual([{ name: 'Harbour' }]);
    // Moving somebody is another button.
    const elsewhere = await scene.inviteTo(stranger.email, scene.lakeside.clientId);
    expect([elsewhere.status, elsewhere.body.error?.message]).toEqual([
      400,
      `${stranger.email} already belongs to Harbour; change the person there instead of inviting again`,
    ]);
    // The account was there before: it stays.
    expect((await scene.call({ action: 'remove', user_id: idOf(answer) })).body).toMatchObject({
      removed: true,
      account_deleted: false,
    });
    expect((await (await scene.project.signIn(stranger)).from('clients').select('name')).data).toEqual([]);
  });

  it('that cannot be mailed comes back as a link, with the reason', async () => {
    for (
      const [problem, reason] of [
        ['unreachable', 'not_configured'],
        ['address_not_authorized', 'address_not_allowed'],
        ['over_limit', 'limit_reached'],
      ] as const
    ) {
      scene.project.stack.outbox.problem = problem;
      const answer = await scene.inviteTo(scene.newAddress());
      expect(answer.body).toMatchObject({
        added: true,
        state: 'invited',
        sent: 'link',
        mail_problem: reason,
      });
      await scene.accept(String(answer.body['link']));
    }
  });

  it('leads to the dashboard that asked, never to another site', async () => {
    const site = new URL(scene.project.stack.siteUrl);
    for (
      const [return_to, origin, path] of [
        [`${site.origin}/welcome`, site.origin, '/welcome'],
        ['https://evil.test/welcome', site.origin, '/'],
      ] as const
    ) {
      const answer = await scene.inviteTo(scene.newAddress(), scene.lakeside.clientId, {
        send: 'link',
        return_to,
      });
      const link = new URL(String(answer.body['link']));
      expect([link.origin, link.pathname, link.search]).toEqual([origin, path, '']);
    }
  });

  it.each([
    ['no address', { email: 'not an address' }],
    ['no role', { role: 'owner' }],
    ['a client without one', { client_id: null }],
    ['an operator with a client', { role: 'operator' }],
    ['a name of two lines', { name: 'Ann\nLake' }],
    ['a field of its own', { user_role: 'operator' }],
    ['a link to a program', { return_to: 'javascript:alert(1)' }],
  ])('of %s is refused', async (_what, more) => {
    const email = scene.newAddress();
    const answer = await scene.inviteTo(email, scene.lakeside.clientId, more);
    expect([answer.status, answer.body.error?.code]).toEqual([400, 'VALIDATION_FAILED']);
    expect(await scene.project.sql('select from auth.users where email = $1', [email])).toEqual([]);
  });

  it('for an unknown client leaves no account behind', async () => {
    const email = scene.newAddress();
    const answer = await scene.inviteTo(email, crypto.randomUUID());
    expect([answer.status, answer.body.error?.code]).toEqual([404, 'NOT_FOUND']);
    expect(await scene.project.sql('select from auth.users where email = $1', [email])).toEqual([]);
  });
});

describe('a link to copy', () => {
  it('accepts the invitation, later it sets a new password; neither is written down', async () => {
    const email = scene.newAddress();
    const userId = idOf(await scene.inviteTo(email));
    const invitation = await scene.call({ action: 'link', user_id: userId });
    expect(invitation.body).toMatchObject({ user_id: userId, purpose: 'invite' });
    await scene.accept(String(invitation.body['link']));
    const forgotten = await scene.call({ action: 'link', user_id: userId });
    expect(forgotten.body).toMatchObject({ purpose: 'recovery' });
    await scene.accept(String(forgotten.body['link']), 'a second password');
    await scene.project.signIn({ email, password: 'a second password' });
    const rows = await scene.audited(userId);
    expect(rows.map(({ action }) => action)).toEqual([
      'person_added',
      'invitation_sent',
      'invitation_link_made',
      'password_link_made',
    ]);
    const tokens = [invitation, forgotten].map(({ body }) => factsOf(String(body['link'])).token_hash);
    for (const token of tokens) expect(JSON.stringify(rows)).not.toContain(token);
  });

  it('is not made for an account without membership', async () => {
    const stranger = await scene.project.createUser(null, null);
    const { id } = await scene.project.one<{ id: string }>('select id from auth.users where email = $1', [
      stranger.email,
    ]);
    for (const action of ['link', 'resend', 'change']) {
      const answer = await scene.call({ action, user_id: id });
      expect([action, answer.status, answer.body.error?.code]).toEqual([action, 404, 'NOT_FOUND']);
    }
  });
});

describe('mails in the agency’s name', () => {
  const htmlOf = (email: string) => scene.project.stack.outbox.mails(email)[0]?.html ?? '';
  const metadataOf = async (userId: string) =>
    (await scene.project.one<{ data: Record<string, unknown> }>(
      'select raw_user_meta_data as data from auth.users where id = $1',
      [userId],
    )).data;
  const change = async (settings: Record<string, unknown>) =>
    expect((await scene.operator.client.rpc('change_agency', { settings: settings as never })).error)
      .toBeNull();

  it('the invitation carries it, and later mails follow a change', async () => {
    await change({
      name: 'Northbeam & Co',
      support_address: 'help@northbeam.test',
      accent_colour: '#ffcc00',
    });
    const email = scene.newAddress();
    const answer = await scene.inviteTo(email, scene.lakeside.clientId, { name: 'Ann Lake' });
    expect(htmlOf(email)).toContain('Northbeam &amp; Co has made an account for');
    expect(htmlOf(email)).toContain('background: #ffcc00; color: #000000;');
    expect(htmlOf(email)).toContain('mailto:help@northbeam.test');
    expect(htmlOf(email)).not.toMatch(/replyloop/i);
    await scene.accept(scene.mailTo(email));

    await change({ name: 'Southbeam', support_address: null, accent_colour: '#003366' });
    await scene.allowNextMail(idOf(answer));
    const { error } = await scene.project.browser().auth.resetPasswordForEmail(email);
    expect(error).toBeNull();
    expect(htmlOf(email)).toContain('at Southbeam');
    expect(htmlOf(email)).toContain('background: #003366; color: #ffffff;');
    expect(htmlOf(email)).not.toMatch(/mailto:|Northbeam/);
    expect(await metadataOf(idOf(answer))).toEqual({
      name: 'Ann Lake',
      agency_name: 'Southbeam',
      agency_colour: '#003366',
      agency_ink: '#ffffff',
    });
  });

  it('an account that was there before gets it with the membership, and loses it with it', async () => {
    const person = await scene.project.createUser(null, null);
    const { id } = await scene.project.one<{ id: string }>('select id from auth.users where email = $1', [
      person.email,
    ]);
    expect(await metadataOf(id)).toEqual({});
    await scene.inviteTo(person.email, scene.lakeside.clientId);
    expect(await metadataOf(id)).toMatchObject({ agency_name: 'Southbeam' });
    expect((await scene.call({ action: 'remove', user_id: id })).status).toBe(200);
    expect(await metadataOf(id)).toEqual({});
  });

  it('does not keep Auth from deleting the account of a member', async () => {
    const answer = await scene.inviteTo(scene.newAddress(), scene.lakeside.clientId);
    expect((await scene.project.service.auth.admin.deleteUser(idOf(answer))).error).toBeNull();
    expect(await scene.project.sql('select from public.members where user_id = $1', [idOf(answer)])).toEqual(
      [],
    );
  });
});
