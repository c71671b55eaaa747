// Notifications by email: to whom, when, in which language, never twice, and how they end. The mail API is a real server.
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { agencyEvents, type OutgoingScene, startOutgoing } from '../support/outgoing-scene.ts';
import type { Client } from '../support/project.ts';

let scene: OutgoingScene;
let project: OutgoingScene['project'];
let receiver: OutgoingScene['receiver'];
let operator: Client;
let operatorEmail: string;
let client: Client;
let foreign: Client;

beforeAll(async () => {
  scene = await startOutgoing();
  ({ project, receiver } = scene);
  const person = await project.createUser('operator', null);
  operatorEmail = person.email;
  operator = await project.signIn(person);
  client = await project.signIn(scene.tenant);
  foreign = await project.signIn(scene.other);
  await operator.rpc('change_agency', { settings: { name: 'North & Co', accent_colour: '#123456' } })
    .throwOnError();
});
afterAll(() => scene.stop());

beforeEach(async () => {
  await scene.reset();
  await project.sql('delete from private.notification_preferences; delete from private.mails');
  const { status, body } = await scene.call({
    action: 'save_mail',
    sender_address: 'news@north.test',
    base_url: `${receiver.url}/api/`,
    api_key: 're_secret_key',
    dashboard_url: 'https://dashboard.north.test/',
  });
  expect(status, JSON.stringify(body)).toBe(200);
  receiver.answer((response) => response.writeHead(200).end('{"id":"x"}'));
});

const choose = async (who: Client, settings: Record<string, unknown>) =>
  (await who.rpc('change_my_notifications', {
    settings: {
      events: ['reply.positive'],
      frequency: 'at_once',
      language: 'en',
      time_zone: 'UTC',
      ...settings,
    },
  }).throwOnError()).data;

interface SentMail {
  from: string;
  to: string[];
  subject: string;
  html: string;
  text: string;
  headers: Record<string, string>;
}
const mails = () => receiver.received.map(({ body }) => JSON.parse(body) as SentMail);
const makeDue = () =>
  project.sql(
    'update private.notifications set due_at = now() where mail_id is null; update private.mails set next_attempt_at = now()',
  );
const send = async () => {
  await makeDue();
  expect((await scene.call({ action: 'send' })).status).toBe(202);
};
const recorded = (state: string) =>
  project.eventually(
    async () => (await project.sql('select from private.mails where state::text = $1', [state])).length > 0,
    `a mail is ${state}`,
  );

describe('a mail', () => {
  it('comes at once, in the agency’s look and the person’s language, as HTML and text', async () => {
    await choose(operator, { language: 'nl' });
    const email = await scene.positiveReply();
    await scene.arrived(1);
    const [request] = receiver.received;
    const [mail] = mails();
    expect(request?.path).toBe('/api/emails');
    expect(request?.headers['authorization']).toBe('Bearer re_secret_key');
    expect(mail).toMatchObject({
      from: '"North & Co" <news@north.test>',
      to: [operatorEmail],
      subject: 'Positief antwoord van Ingrid Holm',
    });
    expect(mail?.html).toContain('North &#38; Co');
    expect(mail?.html).toContain('background: #123456');
    expect(mail?.html).toContain('Autumn &#60;CFOs&#62;');
    expect(mail?.html).toContain('https://dashboard.north.test/settings?tab=email');
    expect(mail?.text).toContain(`Mail: ${email}`);
    expect(mail?.text).toContain('> Yes, please call me');
    expect(mail?.headers['List-Unsubscribe-Post']).toBe('List-Unsubscribe=One-Click');
    await recorded('delivered');
  });

  it('goes to people of a client about that client only', async () => {
    await choose(client, {});
    await choose(foreign, {});
    await scene.positiveReply();
    await scene.arrived(1);
    await recorded('delivered');
    expect(mails().map(({ to }) => to)).toEqual([[scene.tenant.email]]);
  });

  it('is not sent twice after an answer that got lost: the same key and the same words again', async () => {
    await choose(operator, {});
    receiver.answer((response) => response.writeHead(500).end());
    await scene.positiveReply();
    await scene.arrived(1);
    await project.eventually(
      async () =>
        (await project.sql('select from private.mails where last_error is not null and lease_token is null'))
          .length === 1,
      'the failure is recorded',
    );
    receiver.answer((response) => response.writeHead(200).end('{}'));
    await send();
    await recorded('delivered');
    const [first, second] = receiver.received;
    expect(second?.headers['idempotency-key']).toBe(first?.headers['idempotency-key']);
    expect(second?.body).toBe(first?.body);
  });

  it('in the outbox of the local stack is one mail, however often its key comes', async () => {
    await scene.call({
      action: 'save_mail',
      sender_address: 'news@north.test',
      base_url: `${project.stack.apiUrl}/mail`,
      dashboard_url: 'https://dashboard.north.test',
    });
    await choose(operator, { language: 'de' });
    await scene.positiveReply();
    await recorded('delivered');
    await project.sql(`update private.mails set state = 'waiting'`);
    await send();
    await project.eventually(
      async () =>
        (await project.sql(`select from private.mails where state = 'delivered' and attempts = 2`)).length ===
          1,
      'it was sent again',
    );
    const sent = project.stack.outbox.mails(operatorEmail).filter(({ kind }) => kind === 'notification');
    expect(sent).toMatchObject([{
      subject: 'Positive Antwort von Ingrid Holm',
      link: 'https://dashboard.north.test/',
    }]);
  });
});

describe('a summary', () => {
  it('of the day waits for 8:00 by the person’s clock, and holds everything once, also after a missed run', async () => {
    await choose(operator, { frequency: 'daily', time_zone: 'Pacific/Auckland' });
    for (let replies = 0; replies < 3; replies++) await scene.positiveReply();
    const { hour, ahead } = await project.one<{ hour: number; ahead: boolean }>(
      `select distinct extract(hour from due_at at time zone 'Pacific/Auckland')::int as hour, due_at between now() and now() + interval '25 hours' as ahead
       from private.notifications`,
    );
    expect([hour, ahead]).toEqual([8, true]);
    await scene.call({ action: 'send' });
    await project.sql(`update private.notifications set due_at = now() - interval '1 day'`);
    await scene.call({ action: 'send' });
    await scene.arrived(1);
    await recorded('delivered');
    await scene.call({ action: 'send' });
    expect(mails().map(({ subject }) => subject)).toEqual(['3 new events']);
    expect(mails()[0]?.text).toContain('What happened since the last summary.');
  });

  it('of the hour is due at the full hour', async () => {
    await choose(operator, { frequency: 'hourly' });
    await scene.positiveReply();
    expect(
      await project.one(
        `select due_at = date_trunc('hour', now()) + interval '1 hour' as is_full from private.notifications`,
      ),
    ).toEqual({ is_full: true });
  });

  it('of many names how many more there are', async () => {
    await choose(operator, { frequency: 'hourly' });
    await project.sql(
      `with event as (
         insert into private.outgoing_events (type, fact, client_id, occurred_at, about)
         select 'email.bounced', 'many ' || n, $1, now(), '{"email": "x@y.test"}' from generate_series(1, 60) as n returning id
       )
       insert into private.notifications (event_id, user_id, due_at)
       select event.id, p.user_id, now() from event, private.notification_preferences as p`,
      [scene.tenant.clientId],
    );
    await send();
    await scene.arrived(1);
    expect(mails()[0]).toMatchObject({
      subject: '60 new events',
      text: expect.stringContaining('40 more are in the dashboard.'),
    });
  });
});

describe('a mail that is refused', () => {
  it('because of its key opens an incident, which the next mail closes', async () => {
    await choose(operator, {});
    receiver.answer((response) =>
      response.writeHead(401).end('{"name":"invalid_api_key","message":"API key is invalid"}')
    );
    await scene.positiveReply();
    const open = () =>
      project.sql(`select details from public.incidents where kind = 'mail_refused' and closed_at is null`);
    await project.eventually(async () => (await open()).length === 1, 'an incident opens');
    expect((await open())[0]).toMatchObject({ details: expect.stringContaining('API key is invalid') });
    receiver.answer((response) => response.writeHead(200).end('{}'));
    await send();
    await project.eventually(async () => (await open()).length === 0, 'the incident closes');
  });

  it('because of its address is given up', async () => {
    await choose(operator, {});
    receiver.answer((response) => response.writeHead(422).end('{"name":"validation_error"}'));
    await scene.positiveReply();
    await recorded('failed');
  });
});

describe('an approval', () => {
  const to = () => mails().map((mail) => [...mail.to, mail.subject]);

  it('is asked by a mail to the people of the client, and its answer comes to the operators, without anything chosen', async () => {
    const { approval_id, people, mailed } = await scene.askApproval(operator, 'Please by Friday');
    expect([people, mailed]).toEqual([1, 1]);
    await scene.arrived(1);
    expect(to()).toEqual([[scene.tenant.email, 'Please approve: Autumn <CFOs>']]);
    expect(mails()[0]?.text).toContain('Please by Friday');
    expect(mails()[0]?.text).toContain(
      `https://dashboard.north.test/campaigns/${scene.campaignId}?tab=check`,
    );
    await client.rpc('answer_approval', { approval_id, answer: 'approved' }).throwOnError();
    await scene.arrived(2);
    expect(to()[1]).toEqual([operatorEmail, 'Approved: Autumn <CFOs>']);
  });

  it('is mailed at once to who gets the rest once a day, again when asked again, and in the language of the reports', async () => {
    await project.sql(
      `insert into private.client_report_settings (client_id, language) values ($1, 'nl')
       on conflict (client_id) do update set language = 'nl'`,
      [scene.tenant.clientId],
    );
    const own = (await client.rpc('my_notifications').throwOnError()).data;
    expect(own).toMatchObject({ events: ['approval.requested'], frequency: 'daily', language: 'nl' });
    await scene.askApproval(operator);
    await scene.arrived(1);
    await scene.askApproval(operator);
    await scene.arrived(2);
    expect(to().map(([, subject]) => subject)).toEqual(Array(2).fill('Graag goedkeuren: Autumn <CFOs>'));
    await project.sql('delete from private.client_report_settings');
  });

  it('does not reach who ended these mails, and the operator reads so', async () => {
    await choose(client, { events: [] });
    const { people, mailed } = await scene.askApproval(operator);
    expect([people, mailed]).toEqual([1, 0]);
    expect(await project.sql('select from private.notifications')).toEqual([]);
  });
});

describe('preferences', () => {
  it('are one’s own: operators choose from all events, clients not from the agency’s own, strangers from nothing', async () => {
    const own = async (who: Client) => (await who.rpc('my_notifications').throwOnError()).data;
    expect(await own(operator)).toMatchObject({
      events: ['approval.answered'],
      frequency: 'daily',
      is_set_up: true,
      offered: expect.arrayContaining(['connection.unhealthy']),
    });
    const { offered } = await own(client) as { offered: string[] };
    expect(offered).toContain('reply.positive');
    expect(offered.filter((type) => agencyEvents.includes(type))).toEqual([]);
    const outsider = await project.signIn(await project.createUser(null, null));
    expect(await own(outsider)).toBeNull();
    const refusal = async (who: Client, settings: Record<string, unknown>) =>
      (await who.rpc('change_my_notifications', { settings } as never)).error?.code;
    expect(await refusal(outsider, { events: [] })).toBe('PT403');
    expect(await refusal(project.browser(), { events: [] })).toBe('42501');
    for (
      const settings of [
        ...agencyEvents.map((type) => ({ events: [type] })),
        { events: ['test'] },
        { frequency: 'yearly' },
        { language: 'fr' },
        { time_zone: 'Mars/Base' },
        { stop_token: 'x' },
      ]
    ) expect(await refusal(client, settings), JSON.stringify(settings)).toBe('PT400');
    await choose(client, { language: 'de' });
    expect(await own(foreign)).toMatchObject({ events: ['approval.requested'], language: 'en' });
  });

  it('end by the button of a mail program, without a sign-in, and not by a filter that opens the link', async () => {
    await choose(operator, {});
    await scene.positiveReply();
    await scene.arrived(1);
    const link = /<(.*)>/.exec(mails()[0]?.headers['List-Unsubscribe'] ?? '')?.[1] ?? '';
    const opened = await fetch(link, { redirect: 'manual' });
    expect([opened.status, opened.headers.get('location')]).toEqual([
      303,
      'https://dashboard.north.test/settings?tab=email',
    ]);
    const events = async () => (await operator.rpc('my_notifications').throwOnError()).data;
    expect(await events()).toMatchObject({ events: ['reply.positive'] });
    const stopped = await fetch(link, { method: 'POST', body: 'List-Unsubscribe=One-Click' });
    expect(stopped.status).toBe(200);
    expect(await events()).toMatchObject({ events: [] });
    const unknown = await fetch(link.replace(/token=.*/, `token=${crypto.randomUUID()}`), { method: 'POST' });
    expect(unknown.status).toBe(200);
  });

  it('of somebody who is removed go with the membership, and what waited is not sent', async () => {
    const person = await project.createUser('operator', null);
    await choose(await project.signIn(person), { frequency: 'daily' });
    await scene.positiveReply();
    expect(await project.sql('select from private.notifications')).toHaveLength(1);
    await project.sql(
      'delete from public.members where user_id = (select id from auth.users where email = $1)',
      [person.email],
    );
    expect(await project.sql('select from private.notifications')).toEqual([]);
  });
});

describe('mail settings', () => {
  it('never show the key, and are operators’ only', async () => {
    const { body } = await scene.call({ action: 'read_mail' });
    expect(body).toEqual({
      settings: {
        sender_address: 'news@north.test',
        base_url: `${receiver.url}/api`,
        key_last4: '_key',
        dashboard_url: 'https://dashboard.north.test',
      },
    });
    expect(JSON.stringify(await project.sql('select * from private.mail_settings'))).not.toContain(
      're_secret',
    );
    const answer = await client.functions.invoke('outgoing', { body: { action: 'read_mail' } });
    expect(answer.error).toBeTruthy();
  });

  it('are tried with a mail to the operator', async () => {
    expect((await scene.call({ action: 'test_mail', to: operatorEmail })).body).toEqual({
      to: operatorEmail,
      sent: true,
      error: null,
    });
    receiver.answer((response) => response.writeHead(403).end('{"message":"The domain is not verified"}'));
    expect((await scene.call({ action: 'test_mail', to: operatorEmail })).body).toMatchObject({
      sent: false,
      error: 'The mail API answered with status 403: The domain is not verified',
    });
  });
});
