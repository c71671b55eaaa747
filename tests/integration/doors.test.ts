// The two webhook doors under what strangers and odd providers send: nothing falls over, nothing takes others along.
import { randomUUID } from 'node:crypto';
import { deflateSync, gzipSync } from 'node:zlib';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { delivery } from '../support/deliveries.ts';
import { type Project, startProject, type Tenant, type TestConnection } from '../support/project.ts';
import { categoryDelivery, smartleadDelivery } from '../support/smartlead-deliveries.ts';

let project: Project;
let tenant: Tenant;
let instantly: TestConnection;
let smartlead: TestConnection;

beforeAll(async () => {
  project = await startProject({
    functions: ['instantly-webhook', 'smartlead-webhook', 'health', 'export-campaign'],
    simulator: false,
  });
  tenant = await project.createTenant();
  instantly = await project.createConnection(tenant.clientId);
  smartlead = await project.createConnection(tenant.clientId, undefined, 'smartlead');
});
afterAll(() => project?.stop());

const nested = (levels: number) => `${'['.repeat(levels)}${']'.repeat(levels)}`;

interface Row {
  status: string;
  reason: string | null;
  label: string | null;
  payload: Record<string, unknown>;
}
const rowsOf = (connection: TestConnection, word: string) =>
  project.sql<Row & Record<string, unknown>>(
    `select status, reason, event ->> 'label' as label, payload from private.webhook_events
     where connection_id = $1 and payload::text like '%' || $2 || '%' order by id`,
    [connection.id, word],
  );

describe('a word that every object knows', () => {
  const words = ['constructor', '__proto__', 'toString', 'hasOwnProperty', 'valueOf'];

  it.each(words)('as the type "%s" of Instantly is one we do not know, beside valid events', async (word) => {
    const sign = randomUUID();
    const answer = await project.deliver(instantly, [
      delivery('email_sent', { lead_email: `before-${sign}@doors.test` }),
      { event_type: word, timestamp: '2026-10-05T08:15:21.903Z', note: sign },
      delivery('email_sent', { lead_email: `after-${sign}@doors.test` }),
    ]);
    expect([answer.status, await answer.json()]).toEqual([200, { received: 3, stored: 3, duplicate: 0 }]);
    const rows = await rowsOf(instantly, sign);
    expect(rows.map((row) => row.label).sort()).toEqual([word, null, null].sort());
    expect(rows.every((row) => row.status !== 'dead')).toBe(true);
  });

  it.each(words)('as type, campaign status or category "%s" of Smartlead as well', async (word) => {
    const sign = randomUUID();
    const own = { note: sign, campaign_id: words.indexOf(word) + 1 };
    for (
      const body of [
        { ...smartleadDelivery('EMAIL_SENT', own), event_type: word },
        smartleadDelivery('CAMPAIGN_STATUS_CHANGED', { ...own, campaign_status: word }),
        categoryDelivery(word, null, own),
      ]
    ) {
      const answer = await project.deliver(smartlead, body);
      expect([answer.status, await answer.json()]).toEqual([200, { received: 1, stored: 1, duplicate: 0 }]);
    }
    const rows = await rowsOf(smartlead, sign);
    expect(rows.map((row) => row.label)).toEqual([word, 'CAMPAIGN_STATUS_CHANGED', word]);
  });

  it('does not open the door without the secret', async () => {
    for (const connection of [instantly, smartlead]) {
      const wrong = await project.deliver({ ...connection, secret: 'wrong' }, { event_type: 'constructor' });
      expect(wrong.status).toBe(401);
    }
  });
});

describe('deep nesting', () => {
  it.each([202, 5_000, 100_000])('of %i levels is kept as text at both doors', async (levels) => {
    const sign = randomUUID();
    for (const connection of [instantly, smartlead]) {
      const body = `{"event_type":"EMAIL_SENT","note":"${sign}","secret_key":"of-nobody","x":${
        nested(levels)
      }}`;
      const answer = await project.deliver(connection, body);
      expect([answer.status, await answer.json()]).toEqual([200, { received: 1, stored: 1, duplicate: 0 }]);
      const [row] = await rowsOf(connection, sign);
      expect(row).toMatchObject({ status: 'dead', reason: 'The content is nested deeper than 200 levels' });
      expect(String(row?.payload['unreadable'])).toContain(`"x":${'['.repeat(levels)}`);
    }
    const [row] = await rowsOf(smartlead, sign);
    expect(JSON.stringify(row?.payload)).not.toContain('of-nobody');
  });

  it('costs only the element that has it, and each keeps no more than itself', async () => {
    const sign = randomUUID();
    const elements = Array.from(
      { length: 400 },
      (_, index) => `{"n":${index},"note":"${sign}","x":${nested(202)}}`,
    );
    const good = JSON.stringify(delivery('email_sent', { lead_email: `${sign}@doors.test` }));
    const body = `[${elements.join(',')},${good},{"padding":"${'p'.repeat(600_000)}"}]`;
    const answer = await project.deliver(instantly, body);
    expect(await answer.json()).toEqual({ received: 402, stored: 402, duplicate: 0 });
    const rows = await rowsOf(instantly, sign);
    expect(rows.length).toBe(401);
    expect(rows.filter((row) => row.status === 'dead').length).toBe(400);
    expect(Math.max(...rows.map((row) => JSON.stringify(row.payload).length))).toBeLessThan(2_000);
  });
});

describe('large bodies', () => {
  it('of known senders are all stored, thirty of 900 KB at once', async () => {
    const sign = randomUUID();
    const answers = await Promise.all(Array.from({ length: 30 }, (_, index) =>
      project.deliver(
        instantly,
        delivery('reply_received', {
          lead_email: `large${index}-${sign}@doors.test`,
          reply_text: `${index} ${'x'.repeat(900_000)}`,
        }),
      )));
    expect(answers.map((answer) => answer.status)).toEqual(Array(30).fill(200));
    expect((await rowsOf(instantly, sign)).length).toBe(30);
  });

  it('of Smartlead may have 6 MiB; what is needed is kept, and the payload says what was cut', async () => {
    const sign = randomUUID();
    const mail = { type: 'REPLY', email_body: 'y'.repeat(50_000) };
    const reply = { message_id: `<${sign}>`, text: 'Yes, Thursday', html: `<p>${'h'.repeat(60_000)}</p>` };
    const body = {
      ...smartleadDelivery('EMAIL_REPLY', { sl_lead_email: `${sign}@doors.test`, reply_message: reply }),
      history: Array.from({ length: 100 }, () => mail),
    };
    expect(JSON.stringify(body).length).toBeGreaterThan(5_000_000);
    expect(await (await project.deliver(smartlead, body)).json()).toEqual({
      received: 1,
      stored: 1,
      duplicate: 0,
    });
    expect(await (await project.deliver(smartlead, body)).json()).toEqual({
      received: 1,
      stored: 0,
      duplicate: 1,
    });
    const [row] = await rowsOf(smartlead, sign);
    expect(JSON.stringify(row?.payload).length).toBeLessThan(600_000);
    expect(row?.payload).toMatchObject({ reply_message: reply });
    expect(row?.payload['_shortened']).toMatchObject({ places: expect.arrayContaining(['history']) });

    const tooLarge = await project.deliver(smartlead, { ...body, more: 'z'.repeat(2_000_000) });
    expect(tooLarge.status).toBe(413);
  });

  it('of strangers are refused without being read: a valid delivery beside them is answered', async () => {
    const element = `{"x":${nested(202)}}`;
    const body = `[${Array(999).fill(element).join(',')},{"p":"${'p'.repeat(500_000)}"}]`;
    const strangers = Array.from(
      { length: 20 },
      (_, index) => project.deliver({ ...instantly, secret: `wrong ${index}` }, body),
    );
    const started = performance.now();
    const valid = await project.deliver(
      instantly,
      delivery('email_sent', { lead_email: `${randomUUID()}@doors.test` }),
    );
    expect(valid.status).toBe(200);
    // Two seconds is far beyond what it takes; reading twenty such bodies takes minutes.
    expect(performance.now() - started).toBeLessThan(2_000);
    expect((await Promise.all(strangers)).map((answer) => answer.status)).toEqual(Array(20).fill(401));
  });
});

describe('the secret', () => {
  it('is accepted as soon as it is saved, and refused as soon as it is revoked', async () => {
    const connection = await project.createConnection(tenant.clientId);
    const send = () => project.deliver(connection, delivery('email_sent'));
    expect((await send()).status).toBe(200);
    await project.sql('delete from private.webhook_secrets where connection_id = $1', [connection.id]);
    expect((await send()).status).toBe(401);
    expect((await send()).status).toBe(401);
    const { stored } = await project.one<{ stored: number }>(
      'select count(*)::int as stored from private.webhook_events where connection_id = $1',
      [connection.id],
    );
    expect(stored).toBe(1);
  });

  it('in the body is looked for only where somebody saved one', async () => {
    const connection = await project.createConnection(tenant.clientId, undefined, 'smartlead');
    const send = (secret: string) =>
      fetch(connection.webhookUrl, {
        method: 'POST',
        body: JSON.stringify(smartleadDelivery('EMAIL_SENT', { secret_key: secret })),
      }).then((answer) => answer.status);
    // Our own secret belongs into the address.
    expect(await send(connection.secret)).toBe(401);
    await project.sql(
      `insert into private.webhook_secrets (connection_id, digest, origin) values ($1, sha256('given'), 'body')`,
      [connection.id],
    );
    await project.eventually(async () => await send('given') === 200, 'the saved secret counts', 5_000);
    expect(await send('another')).toBe(401);
    const inside = smartleadDelivery('EMAIL_SENT', {
      secret_key: 'another',
      lead_data: { custom_fields: { secret_key: 'given' } },
    });
    const answer = await fetch(connection.webhookUrl, { method: 'POST', body: JSON.stringify(inside) });
    expect(answer.status).toBe(401);
  });
});

describe('packed bodies', () => {
  const post = (content: BodyInit, encoding: string) =>
    fetch(instantly.webhookUrl, {
      method: 'POST',
      headers: { 'x-webhook-secret': instantly.secret, 'content-encoding': encoding },
      body: content,
    });
  const body = () => JSON.stringify(delivery('email_sent', { lead_email: `${randomUUID()}@doors.test` }));

  it('are read as gzip and deflate', async () => {
    for (
      const [encoding, packed] of [['gzip', gzipSync(body())], ['deflate', deflateSync(body())]] as const
    ) {
      const answer = await post(new Uint8Array(packed), encoding);
      expect([encoding, answer.status, await answer.json()]).toEqual([
        encoding,
        200,
        { received: 1, stored: 1, duplicate: 0 },
      ]);
    }
  });

  it('in another encoding are answered 415, broken ones 400, and those that unpack to too much 413', async () => {
    const codeOf = async (
      answer: Response,
    ) => [answer.status, (await answer.json() as { error: { code: string } }).error.code];
    expect(await codeOf(await post(body(), 'br'))).toEqual([415, 'UNSUPPORTED_MEDIA_TYPE']);
    expect(await codeOf(await post(body(), 'gzip'))).toEqual([400, 'VALIDATION_FAILED']);
    const bomb = new Uint8Array(gzipSync(`"${'0'.repeat(50_000_000)}"`));
    expect(bomb.byteLength).toBeLessThan(100_000);
    expect(await codeOf(await post(bomb, 'gzip'))).toEqual([413, 'PAYLOAD_TOO_LARGE']);
  });
});

describe('a refusal before the body is read', () => {
  it.each(['{}', 'not json', 'x'.repeat(3_000_000)])('is answered all the same', async (body) => {
    const health = await fetch(`${project.stack.functionsUrl}/health`, { method: 'POST', body });
    expect([health.status, await health.json()]).toMatchObject([405, {
      error: { code: 'METHOD_NOT_ALLOWED' },
    }]);
    const put = await fetch(instantly.webhookUrl, { method: 'PUT', body });
    expect(put.status).toBe(405);
    const unknown = await fetch(`${project.stack.functionsUrl}/export-campaign`, { method: 'POST', body });
    expect(unknown.status).toBe(401);
  });
});
