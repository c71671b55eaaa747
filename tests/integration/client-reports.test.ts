// Reports to clients through the function: preview, test, sending by schedule and by hand, never twice. The mail API is a real server.
import { Buffer } from 'node:buffer';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { report } from '../../supabase/functions/_shared/client-reports/report.ts';
import { pdfText } from '../support/pdf.ts';
import { type Client, type Project, startProject, type Tenant } from '../support/project.ts';
import { type Received, type Receiver, startReceiver } from '../support/receiver.ts';

let project: Project;
let receiver: Receiver;
let tenant: Tenant;
let operator: Client;
let operatorEmail: string;
let client: Client;
let foreign: Client;

beforeAll(async () => {
  project = await startProject({
    functions: ['client-report', 'outgoing'],
    simulator: false,
    scheduler: { cron: false, netPause: 20 },
  });
  receiver = await startReceiver();
  tenant = await project.createTenant('Lakeside & Sons');
  const other = await project.createTenant('Harbour');
  const person = await project.createUser('operator', null);
  operatorEmail = person.email;
  operator = await project.signIn(person);
  client = await project.signIn(tenant);
  foreign = await project.signIn(other);
  await operator.rpc('change_agency', { settings: { name: 'North & Co', accent_colour: '#123456' } })
    .throwOnError();
  await operator.rpc('change_client', {
    target_client_id: tenant.clientId,
    settings: { time_zone: 'Europe/Amsterdam' },
  }).throwOnError();
  const connection = await project.createConnection(tenant.clientId);
  const campaign = await project.createCampaign(tenant.clientId, connection.id, { name: 'Autumn <CFOs>' });
  await project.sql(
    `with day as (
       select p.from_day - 7 + n as day, n from private.report_period('weekly', private.day_in(now(), 'Europe/Amsterdam'), 0) as p, generate_series(0, 13) as n
     ), days as (
       insert into public.campaign_analytics (campaign_id, client_id, day, sent, contacted, new_contacted, replied, synced_at)
       select $1, $2, day, 100, 60, 50, case when n < 7 then 2 else 6 end, now() from day
     ), totals as (
       insert into public.campaign_analytics_totals (campaign_id, client_id, sent, contacted, replied, synced_at) values ($1, $2, 1400, 700, 56, now())
     ), lead as (
       insert into public.synced_leads (client_id, campaign_id, email, first_name, last_name, interest_status_reported, interest_changed_at_reported)
       select $2, $1, 'ingrid@fjordpak.test', 'Ingrid', 'Holm', 'positive', day + interval '12 hours' from day where n = 8
       returning id
     )
     insert into public.messages (client_id, campaign_id, lead_id, connection_id, provider, direction, occurred_at, email, body_text, source)
     select $2, $1, lead.id, $3, 'instantly', 'received', day.day + interval '12 hours', 'ingrid@fjordpak.test',
       E'Yes, please call me.\n\nOn Mon, Nov 2, 2026 at 9:00 AM Mia <mia@outreach.test> wrote:\n> Hello', 'webhook'
     from lead, day where day.n = 8`,
    [campaign, tenant.clientId, connection.id],
  );
});
afterAll(async () => {
  await project.stop();
  await receiver.stop();
});

const call = (body: Record<string, unknown>) => project.invoke('client-report', body);
const change = (settings: Record<string, unknown>) =>
  operator.rpc('change_report_settings', { target_client_id: tenant.clientId, settings: settings as never })
    .throwOnError();

beforeEach(async () => {
  await project.sql(
    `delete from public.client_reports; delete from private.client_report_schedules; delete from private.client_report_recipients;
     delete from public.incidents`,
  );
  receiver.received.length = 0;
  receiver.answer((response) => response.writeHead(200).end('{"id":"x"}'));
  const { status, body } = await project.invoke('outgoing', {
    action: 'save_mail',
    sender_address: 'news@north.test',
    base_url: `${receiver.url}/api/`,
    api_key: 're_secret_key',
    dashboard_url: 'https://dashboard.north.test/',
  });
  expect(status, JSON.stringify(body)).toBe(200);
  await change({
    weekly: { send_on: 1, send_hour: 0 },
    language: 'en',
    note: 'See you on Tuesday',
    recipients: [{ user_id: await userIdOf(tenant.email) }, { email: 'boss@lakeside.test' }],
  });
  await project.sql(`update private.client_report_schedules set since = now() - interval '60 days'`);
});

const userIdOf = async (email: string) =>
  (await project.one<{ id: string }>('select id from auth.users where email = $1', [email])).id;

interface SentMail {
  from: string;
  to: [string];
  subject: string;
  html: string;
  text: string;
  headers?: Record<string, string>;
  attachments?: { filename: string; content_type: string; content: string }[];
}
const mailOf = ({ body }: Received) => JSON.parse(body) as SentMail;
const mails = () => receiver.received.map(mailOf).sort((one, other) => one.to[0].localeCompare(other.to[0]));
const run = async () => expect((await call({ action: 'run' })).status).toBe(202);
const makeDue = () =>
  project.sql(`update private.client_report_mails set next_attempt_at = now() where state = 'waiting'`);
const log = async () =>
  (await operator.from('operator_report_mails').select('email, state, attempts, last_error').order('email')
    .throwOnError()).data;
const logged = (...states: string[]) =>
  project.eventually(
    async () => JSON.stringify((await log())?.map(({ state }) => state)) === JSON.stringify(states),
    `the log says ${states.join(', ')}`,
  );
const refuse = (address: string, status: number, name: string) =>
  receiver.answer((response, request) =>
    mailOf(request).to[0] === address
      ? response.writeHead(status).end(JSON.stringify({ name, message: `${name}: ${address}` }))
      : response.writeHead(200).end('{}')
  );

describe('a preview', () => {
  it('is the report as it would be sent, with the numbers of the dashboard, and keeps nothing', async () => {
    const { status, body } = await call({
      action: 'preview',
      client_id: tenant.clientId,
      kind: 'weekly',
      draft: { language: 'de', note: 'Bis Dienstag' },
    });
    expect(status, JSON.stringify(body)).toBe(200);
    const made = report.parse(body['report']);
    const { data: shown } = await client.rpc('stats_between', made.period).throwOnError();
    const { data: shownBefore } = await client.rpc('stats_between', made.before).throwOnError();
    for (const { metric, value, before } of made.numbers) {
      expect([metric, value, before]).toEqual([metric, shown![0]![metric], shownBefore![0]![metric]]);
    }
    const { data: days } = await client.rpc('daily_stats_between', made.period).throwOnError();
    expect(made.days.map(({ contacted }) => contacted)).toEqual(days!.map(({ contacted }) => contacted));
    expect(made.sentences.trend).toMatchObject({
      code: 'better',
      text: 'Eine bessere Woche: 42 von 350 Personen haben geantwortet, in der Woche davor 14 von 350.',
    });
    expect(made.replies).toMatchObject([{ name: 'Ingrid Holm', excerpt: 'Yes, please call me.' }]);
    expect(body['html']).toContain('Bis Dienstag');
    expect(body['html']).toContain('Lakeside &#38; Sons');
    expect(body['subject']).toMatch(/^Wochenbericht: /);
    expect(body['text']).toContain(made.sentences.trend.text);
    expect(await project.sql('select from public.client_reports')).toEqual([]);
    const left = await call({
      action: 'preview',
      client_id: tenant.clientId,
      kind: 'monthly',
      draft: { with_replies: false },
    });
    expect(report.parse(left.body['report']).replies).toBeNull();
  });

  it('and everything else here is for operators', async () => {
    for (const action of ['preview', 'test', 'send']) {
      const { error, response } = await client.functions.invoke('client-report', {
        body: { action, client_id: tenant.clientId, kind: 'weekly', recipient_ids: [crypto.randomUUID()] },
      });
      expect([Boolean(error), response?.status]).toEqual([true, 403]);
    }
    const { response } = await operator.functions.invoke('client-report', { body: { action: 'run' } });
    expect(response?.status).toBe(403);
    expect((await call({ action: 'preview', client_id: crypto.randomUUID(), kind: 'weekly' })).status).toBe(
      404,
    );
    expect((await call({ action: 'preview', client_id: tenant.clientId, kind: 'yearly' })).status).toBe(400);
  });

  it('goes to the operator who asks for a test, and to no one else', async () => {
    const { data } = await operator.functions.invoke('client-report', {
      body: { action: 'test', client_id: tenant.clientId, kind: 'weekly' },
    });
    expect(data).toEqual({ to: operatorEmail, sent: true, error: null });
    const [mail] = mails();
    expect(mail).toMatchObject({ from: '"North & Co" <news@north.test>', to: [operatorEmail] });
    expect(mail?.headers).toBeUndefined();
    expect(mail?.attachments).toHaveLength(1);
    expect(await project.sql('select from public.client_reports')).toEqual([]);
  });
});

describe('the schedule', () => {
  it('sends a missed report late, once, to every recipient, as HTML and text, with a way out', async () => {
    await Promise.all([run(), run()]);
    await logged('delivered', 'delivered');
    await run();
    expect(mails().map(({ to }) => to[0])).toEqual(['boss@lakeside.test', tenant.email].sort());
    const [mail] = mails();
    expect(mail?.subject).toMatch(/^Weekly report: \d/);
    expect(mail?.html).toContain('background: #123456');
    expect(mail?.html).toContain('See you on Tuesday');
    expect(mail?.text).toContain('> Yes, please call me.');
    expect(mail?.text).toContain(`https://dashboard.north.test/reports?client=${tenant.clientId}`);
    expect(mail?.headers).toMatchObject({ 'List-Unsubscribe-Post': 'List-Unsubscribe=One-Click' });
    expect(receiver.received).toHaveLength(2);
    const { data: kept } = await client.from('client_reports').select('snapshot').throwOnError();
    expect(report.parse(kept?.[0]?.snapshot).client.name).toBe('Lakeside & Sons');
    expect((await foreign.from('client_reports').select('id').throwOnError()).data).toEqual([]);
  });

  it('names an address that is refused; the others get theirs, and "Send now" sends that one again', async () => {
    refuse('boss@lakeside.test', 422, 'validation_error');
    await run();
    await logged(...statesOf('boss@lakeside.test', 'failed'));
    const open = () =>
      project.sql(
        `select details from public.incidents where kind = 'report_not_sent' and closed_at is null`,
      );
    expect(await open()).toMatchObject([{
      details: expect.stringMatching(/did not reach boss@lakeside\.test \(.*422: validation_error/),
    }]);
    receiver.answer((response) => response.writeHead(200).end('{}'));
    const recipients = await project.sql<{ id: string }>('select id from private.client_report_recipients');
    const { body } = await call({
      action: 'send',
      client_id: tenant.clientId,
      kind: 'weekly',
      recipient_ids: recipients.map(({ id }) => id),
    });
    expect(body).toMatchObject({ has_it: [tenant.email] });
    expect((body['emails'] as { state: string }[]).map(({ state }) => state)).toEqual([
      'delivered',
      'delivered',
    ]);
    expect(await open()).toEqual([]);
    const keys = receiver.received.filter((one) => mailOf(one).to[0] === 'boss@lakeside.test')
      .map(({ headers }) => headers['idempotency-key']);
    expect(new Set(keys).size).toBe(2);
  });

  it('retries while the service is down, with the same key and the same words', async () => {
    receiver.answer((response) => response.writeHead(500).end());
    await run();
    await project.eventually(
      async () => (await log())?.filter(({ last_error }) => last_error !== null).length === 2,
      'the failures are recorded',
    );
    await project.sql(`update private.agency set name = 'Renamed'`);
    receiver.answer((response) => response.writeHead(200).end('{}'));
    await makeDue();
    await run();
    await logged('delivered', 'delivered');
    await project.sql(`update private.agency set name = 'North & Co'`);
    const attempts = Map.groupBy(receiver.received, (one) => String(one.headers['idempotency-key']));
    expect(attempts.size).toBe(2);
    for (const [first, second] of attempts.values()) expect(second?.body === first?.body).toBe(true);
  });

  it('says that key or sender is refused, until a mail is taken', async () => {
    receiver.answer((response) => response.writeHead(401).end('{"message":"API key is invalid"}'));
    await run();
    const open = () =>
      project.sql(`select details from public.incidents where kind = 'mail_refused' and closed_at is null`);
    await project.eventually(async () => (await open()).length === 1, 'an incident opens');
    receiver.answer((response) => response.writeHead(200).end('{}'));
    await makeDue();
    await run();
    await logged('delivered', 'delivered');
    expect(await open()).toEqual([]);
  });

  it('that dies between reserving and recording leaves the mail to the next run, with the same key', async () => {
    await change({ recipients: [{ email: 'boss@lakeside.test' }] });
    let release = () => {};
    receiver.answer((response) => release = () => response.writeHead(200).end('{}'));
    await run();
    await project.eventually(() => Promise.resolve(receiver.received.length === 1), 'the mail arrived');
    await project.stack.functions.kill('client-report');
    release();
    await project.stack.functions.ready('client-report');
    receiver.answer((response) => response.writeHead(200).end('{}'));
    expect(await log()).toMatchObject([{ state: 'waiting', attempts: 1 }]);
    await makeDue();
    await run();
    await logged('delivered');
    const [first, second] = receiver.received;
    expect(second?.headers['idempotency-key']).toBe(first?.headers['idempotency-key']);
    expect(second?.body).toBe(first?.body);
    expect(await project.sql('select from public.client_reports')).toHaveLength(1);
  });
});

/** In the order of the log. */
const statesOf = (address: string, state: string) =>
  [address, tenant.email].sort().map((email) => email === address ? state : 'delivered');

describe('the PDF', () => {
  it('is attached to every mail, the same to all, unless the operator switches it off', async () => {
    await run();
    await logged('delivered', 'delivered');
    const [one, two] = mails();
    expect(one?.attachments).toMatchObject([{
      filename: expect.stringMatching(/^lakeside-sons-weekly-[\d-]{10}\.pdf$/),
      content_type: 'application/pdf',
    }]);
    expect(two?.attachments).toEqual(one?.attachments);
    const text = await pdfText(new Uint8Array(Buffer.from(one!.attachments![0]!.content, 'base64')));
    expect(text).toContain('See you on Tuesday');
    expect(text).toMatch(/People contacted\s+350/);

    await project.sql('delete from public.client_reports');
    receiver.received.length = 0;
    await change({ attach_pdf: false });
    await run();
    await logged('delivered', 'delivered');
    expect(mails().map(({ attachments }) => attachments)).toEqual([undefined, undefined]);
  });

  const ask = (as: Client, report_id: string) =>
    as.functions.invoke<Blob>('client-report', { body: { action: 'pdf', report_id } });
  const refusalOf = async ({ response, error }: Awaited<ReturnType<typeof ask>>) => {
    expect(error).not.toBeNull();
    const { error: { code } } = await response!.json() as { error: { code: string } };
    return `${response!.status} ${code}`;
  };
  const reportOf = async () => {
    const [row] = await project.sql<{ id: string }>('select id from public.client_reports');
    return row!.id;
  };

  it('is for the operators and the client that it was sent to, with the numbers of the report', async () => {
    await run();
    await logged('delivered', 'delivered');
    const id = await reportOf();
    for (const person of [client, operator]) {
      const { data, response } = await ask(person, id);
      expect(response?.headers.get('content-type')).toBe('application/pdf');
      expect(response?.headers.get('content-disposition')).toMatch(
        /^attachment; filename="lakeside-sons-weekly-20\d\d-\d\d-\d\d\.pdf"$/,
      );
      const text = await pdfText(new Uint8Array(await data!.arrayBuffer()));
      expect(text).toContain('Lakeside & Sons');
      expect(text).toMatch(/People contacted\s+350/);
      expect(text).toContain('Ingrid Holm');
    }
  });

  it('is refused to another client, for a report that was not sent, and for one that was skipped', async () => {
    await run();
    await logged('delivered', 'delivered');
    const id = await reportOf();
    expect(await refusalOf(await ask(foreign, id))).toBe('404 NOT_FOUND');
    expect(await refusalOf(await ask(operator, crypto.randomUUID()))).toBe('404 NOT_FOUND');
    await project.sql('update public.client_reports set sent_at = null');
    expect(await refusalOf(await ask(client, id))).toBe('404 NOT_FOUND');
    expect((await ask(operator, id)).error).toBeNull();
    await project.sql(`update public.client_reports set snapshot = null, skipped = 'no_data'`);
    expect(await refusalOf(await ask(operator, id))).toBe('404 NOT_FOUND');
  });
});

describe('the way out', () => {
  it('is the button of a mail program, without a sign-in, and not a filter that opens the link', async () => {
    await run();
    await logged('delivered', 'delivered');
    const mail = mails().find(({ to }) => to[0] === 'boss@lakeside.test');
    const link = /<(.*)>/.exec(mail?.headers?.['List-Unsubscribe'] ?? '')?.[1] ?? '';
    const opened = await fetch(link, { redirect: 'manual' });
    expect([opened.status, opened.headers.get('location')]).toEqual([
      303,
      expect.stringMatching(/^https:\/\/dashboard\.north\.test\/stop-reports\?token=/),
    ]);
    const ended = async () =>
      (await project.sql(`select from private.client_report_recipients where stopped_at is not null`)).length;
    expect(await ended()).toBe(0);
    expect((await fetch(link, { method: 'POST', body: 'List-Unsubscribe=One-Click' })).status).toBe(200);
    expect(await ended()).toBe(1);
    const unknown = await fetch(link.replace(/token=.*/, `token=${crypto.randomUUID()}`), { method: 'POST' });
    expect(unknown.status).toBe(200);
    await project.sql('delete from public.client_reports');
    receiver.received.length = 0;
    await run();
    await logged('delivered');
    expect(mails().map(({ to }) => to[0])).toEqual([tenant.email]);
  });
});
