// The optional language model for unclear replies, against a real HTTP server that answers as OpenAI-compatible ones do, or worse.
import { createServer, type IncomingHttpHeaders, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { providerCampaign, reply, startCorrespondence } from '../support/correspondence.ts';
import { delivery } from '../support/deliveries.ts';
import type { Client, Project, TestConnection } from '../support/project.ts';

interface Asked {
  headers: IncomingHttpHeaders;
  path: string;
  body: string;
}

type Behaviour = (respond: (status: number, body: string, headers?: Record<string, string>) => void) => void;

const saying = (text: string): Behaviour => (respond) =>
  respond(200, JSON.stringify({ choices: [{ message: { content: text } }], usage: { total_tokens: 321 } }));
const classAnswer = (replyClass: string, confidence = 0.9, date: string | null = null) =>
  saying(JSON.stringify({ class: replyClass, confidence, date }));

let project: Project;
let dedicated: TestConnection;
let client: Client;
let operator: Client;
let server: Server;
let address: string;
let behave: Behaviour;
let asked: Asked[] = [];
let number = 0;
const key = 'sk-test-0123456789-secret';

beforeAll(async () => {
  ({ project, dedicated, client, operator } = await startCorrespondence(['reply-model']));
  server = createServer((request, response) => {
    let body = '';
    request.on('data', (chunk) => body += chunk);
    request.on('end', () => {
      asked.push({ headers: request.headers, path: request.url ?? '', body });
      behave((status, text, headers = {}) => response.writeHead(status, headers).end(text));
    });
  });
  await new Promise<void>((listening) => server.listen(0, '127.0.0.1', listening));
  address = `http://127.0.0.1:${(server.address() as AddressInfo).port}/v1`;
});
afterAll(async () => {
  server.closeAllConnections();
  server.close();
  await project.stop();
});
beforeEach(async () => {
  asked = [];
  behave = classAnswer('question');
  await project.sql('delete from private.model_questions');
  await project.sql('delete from private.reply_model_days');
});

const act = async (reader: Client, body: Record<string, unknown>) => {
  const { data, error } = await reader.functions.invoke('reply-model', { body });
  if (error) {
    const response = (error as { context?: Response }).context;
    return { status: response?.status, ...(await response?.json()) };
  }
  return data;
};
const save = (more: Record<string, unknown> = {}) =>
  act(operator, {
    action: 'save',
    base_url: address,
    model: 'small',
    daily_requests: 100,
    is_on: true,
    api_key: key,
    ...more,
  });

/** A reply of which the rules make nothing certain, and its state after the model was asked. */
async function unclear(
  text = 'Hm. The blue one reached mia@elsewhere.test on +31 6 1234 5678, see https://x.test/a?b',
  ask = true,
) {
  const email = `unclear${++number}@lead.test`;
  const timestamp = new Date(Date.now() - 60_000).toISOString();
  await project.deliver(dedicated, [
    delivery('email_sent', {
      campaign: providerCampaign,
      lead_email: email,
      email,
      email_html: '<p>Our offer</p>',
    }),
    reply({ lead_email: email, email, timestamp, reply_text: text, reply_html: null }),
  ]);
  await project.project();
  const read = () =>
    project.one<
      { id: string; reply_class: string | null; reply_class_source: string; reply_class_confidence: string }
    >(
      `select id, reply_class, reply_class_source, reply_class_confidence from public.messages where email = $1 and direction = 'received'`,
      [email],
    );
  await project.eventually(async () => {
    await project.invoke('sync-client', { prepare_messages: true });
    return (await read()).reply_class !== null;
  }, 'the reply is read by the rules');
  expect(await read()).toMatchObject({ reply_class_source: 'rules' });
  if (ask) await askNow();
  return { ...await read(), read };
}

/** Has the model asked, and waits until its answer, or that there was none, is recorded. */
async function askNow() {
  const recorded = () =>
    project.one<{ n: number }>(
      'select coalesce(sum(tokens + failures), 0)::integer as n from private.reply_model_days',
    );
  const { n: before } = await recorded();
  expect((await project.invoke('reply-model', { action: 'ask' })).status).toBe(202);
  await project.eventually(async () => (await recorded()).n > before, 'the model was asked');
}

describe('the settings', () => {
  it("are an operator's, and never show the key", async () => {
    expect(await act(client, { action: 'show' })).toMatchObject({
      status: 403,
      error: { code: 'FORBIDDEN' },
    });
    expect(await act(client, { action: 'save' })).toMatchObject({ status: 403 });
    expect(await act(operator, { action: 'ask' })).toMatchObject({ status: 403 });
    const saved = await save();
    expect(saved).toMatchObject({ model: { base_url: address, model: 'small', has_key: true, is_on: true } });
    const stored = await project.one('select * from private.reply_model');
    const audit = await operator.from('audit_log').select('details').eq('action', 'reply_model_saved');
    for (const shown of [saved, stored, await act(operator, { action: 'show' }), audit.data]) {
      expect(JSON.stringify(shown)).not.toContain('0123456789');
    }
    expect((await client.schema('private' as 'public').from('reply_model' as 'clients').select()).error).not
      .toBeNull();
  });

  it('keep the key where none is sent, and forget it where the address changes', async () => {
    await save();
    expect(await save({ api_key: undefined, model: 'larger' })).toMatchObject({
      model: { has_key: true, model: 'larger' },
    });
    expect(await save({ api_key: undefined, base_url: `${address}/other` })).toMatchObject({
      model: { has_key: false },
    });
    await save();
    expect(await save({ api_key: null })).toMatchObject({ model: { has_key: false } });
  });

  it('refuse what is no address, no key or no budget', async () => {
    for (
      const wrong of [
        { base_url: 'ftp://model.test' },
        { base_url: 'model' },
        { base_url: `${address}?key=1` },
        { base_url: 'http://me:secret@model.test' },
        { api_key: 'with blanks' },
        { daily_requests: 0 },
        { model: ' ' },
      ]
    ) expect([wrong, (await save(wrong)).status]).toEqual([wrong, 400]);
  });

  it('can be tested with an invented reply', async () => {
    await save();
    behave = classAnswer('not_now', 0.9, '2026-05-01');
    expect(await act(operator, { action: 'test' })).toMatchObject({
      works: true,
      reply_class: 'not_now',
      reply_date: '2026-05-01',
      tokens: 321,
    });
    expect(asked[0]?.headers['authorization']).toBe(`Bearer ${key}`);
    expect(asked[0]?.path).toBe('/v1/chat/completions');
    behave = (respond) => respond(401, '{}');
    expect(await act(operator, { action: 'test' })).toMatchObject({
      works: false,
      error: 'The language model refused the key',
    });
  });
});

describe('an unclear reply', () => {
  it('is read by the model, which gets its words and no address, number or link', async () => {
    await save();
    const { reply_class, reply_class_source, reply_class_confidence } = await unclear();
    expect([reply_class, reply_class_source, Number(reply_class_confidence)]).toEqual([
      'question',
      'model',
      0.9,
    ]);
    const sent = asked.map(({ body }) => body).join('');
    expect(sent).toContain('The blue one reached [email] on [number], see [link]');
    expect(sent).not.toMatch(/elsewhere|1234|x\.test|lead\.test/);
  });

  it('stays as the rules read it when the model is off, and nothing is sent', async () => {
    await save({ is_on: false });
    const { reply_class_source } = await unclear(undefined, false);
    await project.invoke('reply-model', { action: 'ask' });
    expect(reply_class_source).toBe('rules');
    expect([asked.length, await project.sql('select from private.model_questions')]).toEqual([0, []]);
  });

  it('is not asked about where the rules are certain, the provider calls it automatic, or the budget is used up', async () => {
    await save({ daily_requests: 1 });
    await unclear('Please remove me from your list.', false);
    expect(await project.sql('select from private.model_questions')).toEqual([]);
    const first = await unclear();
    const second = await unclear('Whatever the blue one says.', false);
    await project.invoke('reply-model', { action: 'ask' });
    await project.invoke('reply-model', { action: 'ask' });
    expect(first.reply_class_source).toBe('model');
    expect(await second.read()).toMatchObject({ reply_class_source: 'rules' });
    expect(asked.length).toBe(1);
    expect(await act(operator, { action: 'test' })).toMatchObject({ status: 429 });
  });

  it.each<[string, Behaviour, string]>([
    ['no JSON', saying('I think they like it.'), 'something else than a class'],
    ['a class that is none', classAnswer('delighted'), 'something else than a class'],
    ['an HTML page', (respond) => respond(200, '<html>busy</html>'), 'no JSON'],
    ['an error', (respond) => respond(500, 'x'), 'status 500'],
    ['a limit', (respond) => respond(429, '{}'), 'busy'],
    ['a redirect', (respond) => respond(302, '', { location: 'http://169.254.169.254/' }), 'status'],
    ['too much', (respond) => respond(200, 'x'.repeat(200_000)), 'more than'],
  ])(
    'stays as it is when the model answers with %s, and is asked again later',
    async (_, answer, complaint) => {
      await save();
      behave = answer;
      const { reply_class_source, read } = await unclear();
      expect(reply_class_source).toBe('rules');
      expect(asked.length).toBe(1);
      const { model } = await act(operator, { action: 'show' });
      expect(model.last_error).toContain(complaint);
      expect(model.failures_today).toBe(1);
      behave = classAnswer('interested');
      await project.sql('update private.model_questions set next_attempt_at = now()');
      await askNow();
      expect(await read()).toMatchObject({ reply_class: 'interested', reply_class_source: 'model' });
      expect((await act(operator, { action: 'show' })).model.last_error).toBeNull();
    },
  );

  it('keeps what a person says, whatever the model answers afterwards', async () => {
    await save();
    const { id, read } = await unclear(undefined, false);
    await client.rpc('classify_reply', { target_message_id: id, new_class: 'referral' });
    await project.invoke('reply-model', { action: 'ask' });
    expect(await read()).toMatchObject({ reply_class: 'referral', reply_class_source: 'person' });
  });

  it("cannot talk the model's answer into an odd day", async () => {
    await save();
    behave = classAnswer('not_now', 7, '9999-01-01');
    const { read } = await unclear();
    expect(await read()).toMatchObject({ reply_class: 'not_now', reply_class_confidence: '0.50' });
    expect(await project.sql(`select from public.messages where reply_date > now() + interval '4 years'`))
      .toEqual([]);
  });
});

describe('a draft', () => {
  it('is written for operators from the conversation, and sends nothing', async () => {
    await save();
    const { id } = await unclear(undefined, false);
    behave = saying('  Thank you, [when suits you]?  ');
    expect(await act(operator, { action: 'draft', message_id: id })).toEqual({
      draft: 'Thank you, [when suits you]?',
      tokens: 321,
    });
    expect(asked[0]?.body).toContain('We, ');
    expect(asked[0]?.body).not.toMatch(/elsewhere|lead\.test/);
    expect(await act(client, { action: 'draft', message_id: id })).toMatchObject({ status: 403 });
    expect(await act(operator, { action: 'draft', message_id: crypto.randomUUID() })).toMatchObject({
      status: 404,
    });
    behave = (respond) => respond(500, '');
    expect(await act(operator, { action: 'draft', message_id: id })).toMatchObject({
      error: { code: 'API_UNAVAILABLE' },
    });
    await save({ is_on: false });
    expect(await act(operator, { action: 'draft', message_id: id })).toMatchObject({ status: 404 });
  });
});
