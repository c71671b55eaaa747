// Answers to replies through both providers: once each, whatever is pressed twice or dies.
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type AnswerScene, startAnswerScene } from '../support/answer-scene.ts';
import { runSnippet } from '../support/docs.ts';

describe.each(['instantly', 'smartlead'] as const)('an answer through %s', (provider) => {
  let scene: AnswerScene;
  beforeAll(async () => {
    scene = await startAnswerScene(provider);
  });
  afterAll(() => scene.project.stop());

  const text = 'Hi,\n\nit costs 40 euros & is ready on <Friday>.\n\nMia';

  it('leaves from the mailbox that was written to, quotes the reply and is in the thread at once', async () => {
    const { email, messageId } = await scene.replied('What does it cost?');
    const draft = await scene.operator.rpc('save_answer_draft', {
      target_message_id: messageId,
      draft: text,
    });
    const answerId = draft.data ?? '';
    const { status, body } = await scene.send({ answer_id: answerId, message_id: messageId, text });
    expect([status, body]).toMatchObject([200, { state: 'sent', answer_id: answerId }]);

    const [mail, ...more] = await scene.manualMails(email);
    expect(more).toEqual([]);
    expect(mail).toMatchObject({ from: 'mia@outreach.test', to: email });
    expect(mail?.html).toContain('it costs 40 euros &amp; is ready on &lt;Friday&gt;.<br/><br/>Mia');
    expect(mail?.html).toContain('What does it cost?');
    expect(await scene.sentMessages(email)).toMatchObject([{ id: body.message_id, body_text: text }]);
    const { data } = await scene.operator.from('operator_answers').select('*').eq('reply_id', messageId);
    expect(data).toMatchObject([{ state: 'sent', message_id: body.message_id, body_text: text }]);
    expect(data?.[0]?.asked_by_name).toContain('@people.test');
    expect(await scene.draftOf(messageId)).toBeNull();
    const audit = await scene.operator.from('audit_log').select('details').eq('action', 'reply_answered')
      .eq('target_id', messageId);
    expect(audit.data).toHaveLength(1);
    // The client reads it in the history of its lead, and nothing of who and how.
    const seen = await scene.client.from('messages').select('direction, body_text').eq('email', email)
      .eq('direction', 'sent').not('body_text', 'is', null);
    expect(seen.data).toMatchObject([{ body_text: text }]);
    for (const reader of [scene.client, scene.foreign]) {
      expect((await reader.from('operator_answers').select('answer_id')).data).toEqual([]);
    }
  });

  it('is sent as docs/api-inbox.md says', async () => {
    const { email, messageId } = await scene.replied();
    expect(await runSnippet('answer_reply', scene.operator, { messageId, text })).toMatchObject({
      state: 'sent',
    });
    expect(await scene.manualMails(email)).toHaveLength(1);
  });

  it('pressed twice, or at the same moment, leaves once', async () => {
    const { email, messageId } = await scene.replied();
    const request = { answer_id: scene.newId(), message_id: messageId, text };
    const both = await Promise.all([scene.send(request), scene.send(request)]);
    expect(both.map(({ body }) => body.state).sort()).toSatisfy((states: string[]) =>
      states.includes('sent') && states.every((state) => state === 'sent' || state === 'sending')
    );
    expect((await scene.send(request)).body.state).toBe('sent');
    expect(await scene.manualMails(email)).toHaveLength(1);
    expect(await scene.sentMessages(email)).toHaveLength(1);
  });

  it('killed before the provider was asked: nothing left, the next press sends it once', async () => {
    const { email, messageId } = await scene.replied();
    // The provider's ids of the mail are not known, so that it is asked for it first.
    await scene.project.sql(
      'update private.message_contents set provider_mail_id = null where message_id = $1',
      [
        messageId,
      ],
    );
    scene.simulator.faults.set({
      requests: [{ kind: 'latency', path: scene.findPath, latencyMs: 1500, times: 1 }],
    });
    const request = { answer_id: scene.newId(), message_id: messageId, text };
    const lost = scene.send(request);
    await scene.project.eventually(
      async () =>
        (await scene.project.sql('select from private.answers where id = $1', [request.answer_id])).length >
          0,
      'it is reserved',
    );
    await new Promise((resolve) => setTimeout(resolve, 300));
    await scene.project.stack.functions.kill('answer-reply');
    await lost;
    scene.simulator.faults.clear();
    expect(await scene.manualMails(email)).toEqual([]);
    expect((await scene.answerOf(request.answer_id)).state).toBe('sending');

    await scene.project.stack.functions.ready('answer-reply');
    await scene.afterwards(request.answer_id);
    expect((await scene.send(request)).body.state).toBe('sent');
    expect(await scene.manualMails(email)).toHaveLength(1);
    expect(await scene.sentMessages(email)).toHaveLength(1);
  });

  it('killed after the provider sent it: the next press finds it there and sends nothing', async () => {
    const { email, messageId } = await scene.replied();
    const request = { answer_id: scene.newId(), message_id: messageId, text };
    // The provider does the work, and its word comes too late for the run that asked.
    scene.simulator.faults.set({
      requests: [{ kind: 'drop-after', path: scene.sendPath, method: 'POST', times: 1 }],
    });
    const lost = scene.send(request);
    await scene.project.eventually(async () => (await scene.manualMails(email)).length === 1, 'it is sent');
    await scene.project.stack.functions.kill('answer-reply');
    await lost;
    scene.simulator.faults.clear();
    expect((await scene.answerOf(request.answer_id)).state).not.toBe('sent');

    await scene.project.stack.functions.ready('answer-reply');
    await scene.afterwards(request.answer_id);
    const { body } = await scene.send(request);
    expect(body.state).toBe('sent');
    expect(await scene.manualMails(email)).toHaveLength(1);
    expect(await scene.sentMessages(email)).toHaveLength(1);
  });

  it('killed between the 200 and our record: the scheduler finds it, nobody presses again', async () => {
    const { email, messageId } = await scene.replied();
    const request = { answer_id: scene.newId(), message_id: messageId, text };
    scene.simulator.faults.set({
      requests: [{ kind: 'latency', path: scene.sendPath, method: 'POST', latencyMs: 700 }],
    });
    const lost = scene.send(request);
    await scene.project.eventually(
      async () =>
        (await scene.project.sql('select from private.answers where id = $1', [request.answer_id])).length >
          0,
      'it is reserved',
    );
    // Whoever holds the row lets the record wait, after the provider's word.
    const release = await scene.project.holdRow('private.answers', request.answer_id);
    await scene.project.eventually(async () => (await scene.manualMails(email)).length === 1, 'it is sent');
    await new Promise((resolve) => setTimeout(resolve, 300));
    await scene.project.stack.functions.kill('answer-reply');
    await lost;
    // Nor does the database go on with the call of a dead run.
    await scene.project.sql(
      `select pg_terminate_backend(pid) from pg_stat_activity
       where datname = current_database() and wait_event_type = 'Lock' and query like '%record_answer%'`,
    );
    await release();
    scene.simulator.faults.clear();
    await scene.project.stack.functions.ready('answer-reply');

    expect((await scene.answerOf(request.answer_id)).state).toBe('sending');
    await scene.afterwards(request.answer_id);
    const settled = await scene.project.invoke('answer-reply', { answer_id: request.answer_id });
    expect(settled.body['state']).toBe('sent');
    expect(await scene.manualMails(email)).toHaveLength(1);
    expect(await scene.sentMessages(email)).toHaveLength(1);
    expect((await scene.send(request)).body.state).toBe('sent');
    expect(await scene.manualMails(email)).toHaveLength(1);
  });

  it('in doubt is not sent again before the provider would show it, and the scheduler never sends', async () => {
    const { email, messageId } = await scene.replied();
    const request = { answer_id: scene.newId(), message_id: messageId, text };
    scene.simulator.faults.set({
      requests: [{ kind: 'error-500', path: scene.sendPath, method: 'POST', times: 1 }],
    });
    const first = await scene.send(request);
    expect([first.status, first.body.error?.details]).toEqual([502, { state: 'unknown' }]);
    const early = await scene.send(request);
    expect(early.body.error?.message).toMatch(/try again in \d+ seconds/);
    expect((await scene.answerOf(request.answer_id)).state).toBe('unknown');
    await scene.afterwards(request.answer_id);
    const settled = await scene.project.invoke('answer-reply', { answer_id: request.answer_id });
    expect(settled.body['state']).toBe('failed');
    expect(await scene.manualMails(email)).toEqual([]);
    // Somebody presses, with other words.
    expect((await scene.send({ ...request, text: 'Other words' })).body.state).toBe('sent');
    expect(await scene.manualMails(email)).toMatchObject([{
      html: expect.stringContaining('Other words') as string,
    }]);
  });

  it('is refused with a sentence, and the draft stays', async () => {
    const { email, messageId } = await scene.replied();
    const { data: draftId } = await scene.operator.rpc('save_answer_draft', {
      target_message_id: messageId,
      draft: text,
    });
    const request = { answer_id: draftId, message_id: messageId, text };
    const refused = async (
      fault: { kind: 'answer'; status: number; body: unknown } | { kind: 'rate-limit' },
    ) => {
      scene.simulator.faults.set({ requests: [{ ...fault, path: scene.sendPath, method: 'POST' }] });
      const outcome = await scene.send(request);
      scene.simulator.faults.clear();
      return [outcome.status, outcome.body.error?.message];
    };
    const told = expect.stringContaining('is connected there') as string;
    expect(
      await refused({ kind: 'answer', status: 400, body: { message: 'Email account is not connected' } }),
    )
      .toEqual([400, told]);
    expect(await refused({ kind: 'answer', status: 404, body: { message: 'Email not found' } }))
      .toEqual([404, expect.stringContaining('no longer has this conversation')]);
    expect(await refused({ kind: 'answer', status: 403, body: { message: 'Forbidden' } }))
      .toEqual([
        409,
        expect.stringContaining(provider === 'instantly' ? 'emails:create' : 'forbids this key'),
      ]);
    expect((await scene.answerOf(String(draftId))).state).toBe('failed');
    expect(await scene.draftOf(messageId)).toMatchObject({ id: draftId, body_text: text });
    expect(await scene.draftOf(messageId, scene.colleague)).toBeNull();
    expect(await scene.manualMails(email)).toEqual([]);
    // Nothing stands against sending it now.
    expect((await scene.send(request)).body.state).toBe('sent');
    expect(await scene.manualMails(email)).toHaveLength(1);
  });

  it('to somebody who asked to stop, or was answered before, needs a word of confirmation', async () => {
    const { email, messageId } = await scene.replied('Please take me off your list.');
    await scene.project.sql(
      `insert into public.suppressions (client_id, email, reason) select client_id, email, 'unsubscribed' from public.messages where id = $1
       on conflict do nothing`,
      [messageId],
    );
    const request = { answer_id: scene.newId(), message_id: messageId, text };
    const warned = await scene.send(request);
    expect([warned.status, warned.body.error]).toMatchObject([409, {
      code: 'CONFIRMATION_NEEDED',
      details: { warnings: [{ reason: 'suppressed', message: 'This person asked not to be emailed' }] },
    }]);
    expect(await scene.manualMails(email)).toEqual([]);
    expect((await scene.send({ ...request, confirm: ['suppressed'] })).body.state).toBe('sent');
    const second = { ...request, answer_id: scene.newId(), text: 'One more thing', confirm: ['suppressed'] };
    const again = await scene.send(second, scene.colleague);
    expect(again.body.error?.details).toMatchObject({
      warnings: [{ reason: 'suppressed' }, { reason: 'answered' }],
    });
    expect((await scene.send({ ...second, confirm: ['suppressed', 'answered'] }, scene.colleague)).body.state)
      .toBe('sent');
    expect(await scene.manualMails(email)).toHaveLength(2);
  });

  it('is for operators: clients and strangers send nothing and keep no draft', async () => {
    const { email, messageId } = await scene.replied();
    for (const reader of [scene.client, scene.foreign]) {
      const outcome = await scene.send({ answer_id: scene.newId(), message_id: messageId, text }, reader);
      expect([outcome.status, outcome.body.error?.code]).toEqual([403, 'FORBIDDEN']);
      const draft = await reader.rpc('save_answer_draft', { target_message_id: messageId, draft: text });
      expect(draft.error?.message).toBe('FORBIDDEN');
    }
    expect((await scene.send({ answer_id: scene.newId() })).status).toBe(403);
    expect((await scene.send({ answer_id: scene.newId(), message_id: scene.newId(), text })).status).toBe(
      404,
    );
    expect(await scene.manualMails(email)).toEqual([]);
  });

  it('that comes back by a delivery appears once, and a mail of the campaign beside it stays one of its own', async () => {
    const { email, messageId } = await scene.replied();
    await scene.send({ answer_id: scene.newId(), message_id: messageId, text });
    await scene.deliverSent(email, text, null);
    await scene.deliverSent(email, 'The second step', 2);
    await scene.project.project();
    const sent = await scene.project.sql<{ source: string; body_text: string }>(
      `select source, body_text from public.messages where email = $1 and direction = 'sent' and body_text is not null
       order by source desc`,
      [email],
    );
    expect(sent).toEqual([{ source: 'answer', body_text: text }, {
      source: 'webhook',
      body_text: 'The second step',
    }]);
  });

  it('that somebody writes in the inbox of the provider is read by the sync once, and ours with it are still ours', async () => {
    const there = await scene.replied();
    const here = await scene.replied();
    await scene.send({ answer_id: scene.newId(), message_id: here.messageId, text });
    scene.answerThere(there.email, '<p>Written at the provider</p>');
    await scene.sync();
    const answersTo = (email: string) =>
      scene.project.sql<{ source: string; body_text: string }>(
        `select source, body_text from public.messages where email = $1 and direction = 'sent' and event_id is null`,
        [email],
      );
    expect(await answersTo(there.email)).toEqual([{ source: 'inbox', body_text: 'Written at the provider' }]);
    expect(await answersTo(here.email)).toEqual([{ source: 'answer', body_text: text }]);
    const { data } = await scene.operator.from('operator_threads').select('state').eq('email', there.email);
    expect(data).toEqual([{ state: 'answered' }]);
    const warned = await scene.send({ answer_id: scene.newId(), message_id: there.messageId, text });
    expect(warned.body.error?.details).toMatchObject({ warnings: [{ reason: 'answered' }] });

    // Asked again, the provider says the same.
    await scene.project.sql(`update private.threads set answers_read_at = null`);
    expect((await scene.sync())['result']).toMatchObject({ answers_read: 0, errors: [] });
    expect(await answersTo(there.email)).toHaveLength(1);
  });
});
