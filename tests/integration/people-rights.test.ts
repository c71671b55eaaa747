// Changing and removing people, how soon a removed person is out, and who cannot do any of it.
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { chosenPassword, idOf, type PeopleScene, startPeopleScene } from '../support/people-scene.ts';
import { readRelation } from '../support/project.ts';

let scene: PeopleScene;
beforeAll(async () => {
  scene = await startPeopleScene();
});
afterAll(() => scene?.project.stop());

describe('a change', () => {
  it('moves somebody to another client, whose old token reads nothing', async () => {
    const member = await scene.signedIn(await scene.project.createUser('client', scene.lakeside.clientId));
    const answer = await scene.call({
      action: 'change',
      user_id: member.userId,
      client_id: scene.harbour.clientId,
      name: 'Ben Port',
    });
    expect(answer.body).toEqual({
      user_id: member.userId,
      role: 'client',
      client_id: scene.harbour.clientId,
      changed: true,
    });
    expect((await member.client.from('clients').select('name')).error?.message).toBe('FORBIDDEN');
    await member.client.auth.refreshSession();
    expect((await member.client.from('clients').select('name')).data).toEqual([{ name: 'Harbour' }]);
    expect(await scene.rowOf(member.userId)).toMatchObject({ name: 'Ben Port', client_name: 'Harbour' });
    expect(
      (await scene.call({ action: 'change', user_id: member.userId, client_id: scene.harbour.clientId }))
        .body['changed'],
    )
      .toBe(false);
    expect((await scene.audited(member.userId)).map(({ action, details }) => [action, details['old_role']]))
      .toEqual([
        ['person_changed', 'client'],
      ]);
  });

  it('makes an operator of somebody, and a client of an operator', async () => {
    const member = await scene.signedIn(await scene.project.createUser('client', scene.lakeside.clientId));
    expect((await scene.call({ action: 'change', user_id: member.userId, role: 'operator' })).body)
      .toMatchObject({
        role: 'operator',
        client_id: null,
      });
    const without = await scene.call({ action: 'change', user_id: member.userId, role: 'client' });
    expect([without.status, without.body.error?.code]).toEqual([400, 'VALIDATION_FAILED']);
    const back = {
      action: 'change',
      user_id: member.userId,
      role: 'client',
      client_id: scene.lakeside.clientId,
    };
    expect((await scene.call(back)).body).toMatchObject({ role: 'client', changed: true });
  });

  it('of oneself is refused, and so is the removal', async () => {
    for (
      const body of [
        { action: 'remove' },
        { action: 'change', role: 'client', client_id: scene.lakeside.clientId },
      ]
    ) {
      const answer = await scene.call({ ...body, user_id: scene.operator.userId });
      expect([answer.status, answer.body.error?.message]).toEqual([
        400,
        'You cannot remove yourself or change your own role; ask another operator',
      ]);
    }
    expect((await scene.call({ action: 'change', user_id: scene.operator.userId, name: 'Olga' })).status)
      .toBe(200);
  });
});

describe('a removed person', () => {
  it('is out at once: reads, RPCs and functions refuse its token, and its session is not renewed', async () => {
    const email = scene.newAddress();
    const userId = idOf(await scene.inviteTo(email));
    const client = await scene.accept(scene.mailTo(email));
    const token = (await client.auth.getSession()).data.session?.access_token ?? '';
    const member = { client, userId, token, email };
    expect((await client.from('client_overview').select('client_id')).error).toBeNull();

    const answer = await scene.call({ action: 'remove', user_id: userId });
    expect(answer.body).toEqual({ user_id: userId, removed: true, sessions_ended: 1, account_deleted: true });
    for (const name of ['clients', 'campaigns', 'client_overview', 'client_changes', 'members']) {
      expect([name, (await readRelation(client, name)).error?.message]).toEqual([name, 'FORBIDDEN']);
    }
    expect((await client.rpc('search_messages', { query: 'deck' })).error?.message).toBe('FORBIDDEN');
    expect((await scene.call({ action: 'remove', user_id: userId }, member)).status).toBe(403);
    const sync = await fetch(`${scene.project.stack.functionsUrl}/sync-client`, {
      method: 'POST',
      headers: { apikey: scene.project.stack.publishableKey, authorization: `Bearer ${token}` },
      body: JSON.stringify({ client_id: scene.lakeside.clientId }),
    });
    expect(sync.status).toBe(403);
    expect((await client.auth.refreshSession()).error).not.toBeNull();
    expect((await client.auth.getUser(token)).error).not.toBeNull();
    expect(
      (await scene.project.browser().auth.signInWithPassword({ email, password: chosenPassword })).error
        ?.code,
    )
      .toBe('invalid_credentials');
    expect((await scene.audited(userId)).at(-1)).toMatchObject({
      action: 'person_removed',
      actor_id: scene.operator.userId,
      client_id: scene.lakeside.clientId,
      details: { address: email, role: 'client', sessions_ended: 1 },
    });
    expect((await scene.call({ action: 'remove', user_id: userId })).body, 'pressed twice').toEqual({
      user_id: userId,
      removed: false,
      sessions_ended: 0,
      account_deleted: false,
    });
    expect((await scene.inviteTo(email)).body, 'and may come back').toMatchObject({
      added: true,
      sent: 'mail',
    });
  });

  it('that never accepted cannot do so any more', async () => {
    const email = scene.newAddress();
    const answer = await scene.inviteTo(email);
    const link = scene.mailTo(email);
    await scene.call({ action: 'remove', user_id: idOf(answer) });
    await expect(scene.accept(link)).rejects.toMatchObject({ code: 'otp_expired' });
  });

  it('joins no channel of Realtime with the token it had', async () => {
    const member = await scene.signedIn(await scene.project.createUser('client', scene.lakeside.clientId));
    const claims = JSON.parse(atob(member.token.split('.')[1] ?? '')) as Record<string, unknown>;
    const topics = () =>
      scene.project.one<{ topics: string[] | null }>(
        `select array_agg(t) as topics
         from set_config('request.jwt.claims', $1, false) as c, lateral private.audible_topics() as t where c <> ''`,
        [JSON.stringify(claims)],
      );
    expect((await topics()).topics).toEqual([`client:${scene.lakeside.clientId}`]);
    await scene.call({ action: 'remove', user_id: member.userId });
    expect((await topics()).topics).toBeNull();
  });

  it('is never the last operator', async () => {
    const others = await scene.project.sql<{ user_id: string }>(
      `select user_id from public.members where role = 'operator' and user_id <> $1`,
      [scene.operator.userId],
    );
    for (const { user_id } of others) {
      expect((await scene.call({ action: 'remove', user_id })).body['removed']).toBe(true);
    }
    for (
      const body of [{ action: 'remove' }, {
        action: 'change',
        role: 'client',
        client_id: scene.lakeside.clientId,
      }]
    ) {
      const answer = await scene.call({ ...body, user_id: scene.operator.userId }, 'secret key');
      expect([answer.status, answer.body.error?.message]).toEqual([
        400,
        'This is the last operator; make somebody else an operator first',
      ]);
    }
  });
});

describe('the function', () => {
  it('works with a secret key, as a script of the agency', async () => {
    const email = scene.newAddress();
    const answer = await scene.call(
      { action: 'invite', email, role: 'operator', send: 'link' },
      'secret key',
    );
    expect(answer.body).toMatchObject({ added: true, state: 'invited', sent: 'link' });
    const person = await scene.accept(String(answer.body['link']));
    expect((await person.from('clients').select('name')).data?.length).toBeGreaterThan(1);
    expect((await scene.audited(idOf(answer)))[0]).toMatchObject({ action: 'person_added', actor_id: null });
  });

  it('refuses clients and strangers, whatever they ask', async () => {
    const client = await scene.signedIn(scene.lakeside);
    const other = await scene.signedIn(scene.harbour);
    const stranger = await scene.signedIn(await scene.project.createUser(null, null));
    const before = await scene.project.one('select count(*)::int as n from public.members');
    const acts = [
      { action: 'invite', email: client.email, role: 'operator' },
      { action: 'invite', email: scene.newAddress(), role: 'client', client_id: scene.lakeside.clientId },
      { action: 'resend', user_id: client.userId },
      { action: 'link', user_id: scene.operator.userId },
      { action: 'change', user_id: client.userId, role: 'operator' },
      { action: 'remove', user_id: other.userId },
      { action: 'nonsense' },
    ];
    for (const as of [client, other, stranger]) {
      for (const body of acts) {
        const answer = await scene.call(body, as);
        expect([body.action, answer.status, answer.body.error?.code]).toEqual([
          body.action,
          403,
          'FORBIDDEN',
        ]);
      }
    }
    for (const body of acts) expect((await scene.call(body, 'signed out')).status).toBe(401);
    expect(await scene.project.one('select count(*)::int as n from public.members')).toEqual(before);
  });
});

describe('no one makes himself an operator', () => {
  it('neither through the tables, nor through his account, nor by signing up', async () => {
    const person = await scene.signedIn(await scene.project.createUser('client', scene.lakeside.clientId));
    const members = person.client.from('members');
    const row = { user_id: person.userId, role: 'operator' as const, client_id: null };
    expect((await members.insert(row)).error?.code).toBe('42501');
    expect((await members.upsert(row)).error?.code).toBe('42501');
    expect(
      (await members.update({ role: 'operator', client_id: null }).eq('user_id', person.userId)).error?.code,
    )
      .toBe('42501');
    expect((await members.delete().eq('user_id', person.userId)).error?.code).toBe('42501');
    await person.client.auth.updateUser({ data: { user_role: 'operator', role: 'operator' } });
    await person.client.auth.refreshSession();
    expect((await person.client.from('clients').select('name')).data).toEqual([{ name: 'Lakeside' }]);
    const worker = person.client.schema('worker');
    const added = await worker.rpc('change_member', {
      target_user_id: person.userId,
      address: person.email,
      new_role: 'operator',
      new_client_id: scene.lakeside.clientId,
      actor: person.userId,
    });
    expect(added.error).not.toBeNull();
    expect(
      (await scene.project.browser().auth.signUp({ email: scene.newAddress(), password: 'a long password' }))
        .error?.code,
    )
      .toBe('signup_disabled');
    expect(await scene.project.one('select role from public.members where user_id = $1', [person.userId]))
      .toEqual({
        role: 'client',
      });
  });
});
