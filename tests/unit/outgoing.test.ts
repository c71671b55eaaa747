// How events are signed and what cards say; where they may go: outbound.test.ts.
import { Webhook } from 'standardwebhooks';
import { describe, expect, it } from 'vitest';
import { mailHtml, mailText } from '../../supabase/functions/_shared/mail/layout.ts';
import { eventTypes, payload } from '../../supabase/functions/_shared/outgoing/payload.ts';
import { contentOf } from '../../supabase/functions/_shared/outgoing/send-notifications.ts';
import { makeSecret, signatureHeaders } from '../../supabase/functions/_shared/outgoing/signature.ts';
import { slackMessage } from '../../supabase/functions/_shared/outgoing/slack.ts';
import { teamsMessage } from '../../supabase/functions/_shared/outgoing/teams.ts';
import { wordsOf } from '../../supabase/functions/_shared/outgoing/words.ts';
import { codeBlocks, programs, readPage } from '../support/docs.ts';

describe('signatureHeaders()', () => {
  const signed = { id: 'evt', sentAt: new Date(), body: '{"type":"test","text":"ü"}' };

  it('signs as the libraries of Standard Webhooks verify, with each secret', async () => {
    const secrets = [makeSecret(), makeSecret()];
    const headers = await signatureHeaders(signed, secrets);
    for (const secret of secrets) {
      expect(new Webhook(secret).verify(signed.body, headers)).toEqual({ type: 'test', text: 'ü' });
    }
    expect(() => new Webhook(makeSecret()).verify(signed.body, headers)).toThrow();
    expect(() => new Webhook(secrets[0] ?? '').verify(`${signed.body} `, headers)).toThrow();
  });

  it('is what the docs verify', async () => {
    const code = programs().find(({ name }) => name === 'verify.mjs')?.code ?? '';
    const body = code.replace(/^import .*$/m, '').replace('export function read', 'return function read');
    type Read = (secret: string, headers: Record<string, string>, body: string) => Record<string, unknown>;
    const read = new Function('Webhook', body)(Webhook) as Read;
    const secret = makeSecret();
    expect(read(secret, await signatureHeaders(signed, [secret]), signed.body)).toMatchObject({
      id: 'evt',
      type: 'test',
    });
  });
});

const example = payload.parse(JSON.parse(codeBlocks(readPage('docs/api-outgoing.md'), 'json')[0] ?? ''));

describe('an incident', () => {
  const url = 'https://d.test/docs/runbook#key_invalid';
  const cardOf = (link?: string) =>
    wordsOf(payload.parse({
      type: 'connection.unhealthy',
      timestamp: example.timestamp,
      data: {
        incident: { title: 'API key refused', runbook_url: link ?? null },
        connection: { name: 'Agency' },
      },
    }));

  it('leads to its entry in the runbook, on every card and in every mail', () => {
    expect(JSON.stringify(slackMessage(cardOf(url)))).toContain(
      `{"type":"link","url":"${url}","text":"What to do"}`,
    );
    expect(JSON.stringify(teamsMessage(cardOf(url)))).toContain(
      `{"type":"Action.OpenUrl","title":"What to do","url":"${url}"}`,
    );
    const mail = contentOf(
      {
        language: 'de',
        frequency: 'at_once',
        count: 1,
        payloads: [payload.parse({
          type: 'connection.unhealthy',
          timestamp: example.timestamp,
          data: { incident: { title: 'API key refused', runbook_url: url } },
        })],
      },
      'https://d.test',
    );
    expect(mailHtml(mail, {})).toContain('>Was zu tun ist</a>');
    expect(mailText(mail, {})).toContain(`Was zu tun ist: ${url}`);
  });

  it('has no link where the address of the dashboard is not known', () => {
    expect(JSON.stringify([slackMessage(cardOf()), teamsMessage(cardOf())])).not.toContain('What to do');
  });
});

describe('cards', () => {
  const hostile = payload.parse({
    ...example,
    data: {
      ...example.data,
      client: { name: '<!channel> & *Lakeside*' },
      reply: {
        subject: '[click](https://evil.test)',
        text: '<https://evil.test|ok> @here\n# Big\n- item **x**',
      },
    },
  });

  it('say in words what each type is', () => {
    const data = {
      email: 'a@b.test',
      verdict: 'qualified',
      campaign: { name: 'Autumn' },
      approval: { state: 'approved', lead_count: 1200, url: 'https://d.test/campaigns/x?tab=check' },
      export: { status: 'partial', sent: 3, total: 5 },
      incident: { title: 'API key refused' },
      connection: { name: 'Agency' },
      mailbox: { email: 'mia@x.test' },
      client: { name: 'Lakeside' },
      domain: 'x.test',
    };
    const titles = eventTypes.map((type) =>
      wordsOf(payload.parse({ type, timestamp: example.timestamp, data })).title
    );
    expect(titles).toEqual([
      'Positive reply from a@b.test',
      'Meeting booked with a@b.test',
      'Meeting held with a@b.test',
      'Deal won with a@b.test',
      'Qualified: reply from a@b.test',
      'a@b.test is not to be written to again',
      'Mail to a@b.test bounced',
      'Please approve: Autumn',
      'Approved: Autumn',
      'Export in part: Autumn',
      'Behind the goal: Lakeside',
      'API key refused: Agency',
      'Mailbox disconnected: mia@x.test',
      'API key refused: x.test',
      'Too many bounces: Autumn',
    ]);
    const meeting = {
      occurs_at: '2026-12-01T09:00:00+00:00',
      value: 2500,
      currency: 'EUR',
      time_zone: 'America/New_York',
    };
    const booked = payload.parse({ type: 'meeting.booked', timestamp: example.timestamp, data: { meeting } });
    expect(wordsOf(booked).facts).toEqual([['Takes place', 'Tue, 1 Dec 2026, 04:00 GMT-5'], [
      'Value',
      '€2,500',
    ]]);
    expect(wordsOf(booked, 'de').facts).toEqual([
      ['Findet statt', 'Di., 1. Dez. 2026, 04:00 GMT-5'],
      ['Wert', '2.500\u00a0€'],
    ]);
    expect(wordsOf(example)).toMatchObject({
      title: 'Positive reply from Ingrid Holm',
      quote: 'Yes, please call me on Tuesday.',
    });
  });

  it('of Slack hold what strangers wrote as literal text', () => {
    const message = slackMessage(wordsOf(hostile));
    expect(message).toMatchObject({
      text: 'Positive reply from Ingrid Holm',
      blocks: [
        { type: 'header', text: { type: 'plain_text' } },
        { type: 'rich_text', elements: [{ type: 'rich_text_section' }, { type: 'rich_text_quote' }] },
      ],
    });
    expect(JSON.stringify(message)).not.toContain('mrkdwn');
    const named = slackMessage(
      wordsOf(payload.parse({ ...example, data: { lead: { first_name: '<!here>' } } })),
    );
    expect(named['text']).toBe('Positive reply from &lt;!here&gt;');
  });

  it('of Teams escape Markdown', () => {
    const card = JSON.stringify(teamsMessage(wordsOf(hostile)));
    const text = JSON.parse(card) as { attachments: { content: { body: Record<string, unknown>[] } }[] };
    const [, facts, quote] = text.attachments[0]?.content.body ?? [];
    expect(facts?.['facts']).toContainEqual({ title: 'Subject', value: '\\[click\\](https://evil.test)' });
    expect(quote?.['text']).toBe(
      '\\<https://evil.test\\|ok\\> @here\n\n\u200b# Big\n\n\u200b- item \\*\\*x\\*\\*',
    );
  });

  it('cut a long reply, and never within a character', () => {
    const { quote } = wordsOf(
      payload.parse({ ...example, data: { reply: { text: `${'x'.repeat(1499)}😀${'y'.repeat(9000)}` } } }),
    );
    expect(quote).toBe(`${'x'.repeat(1499)}…`);
  });
});
