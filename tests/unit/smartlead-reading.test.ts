import { describe, expect, it } from 'vitest';
import { dateInRange, pieces } from '../../supabase/functions/_shared/providers/smartlead/days.ts';
import { answer, json, open, smartlead, useServer } from '../support/smartlead-server.ts';

useServer();

describe('analytics', () => {
  it('read counters that are text', async () => {
    smartlead.handlers = [json({
      id: 9,
      sent_count: '2874',
      unique_sent_count: '1188',
      reply_count: '47',
      bounce_count: '22',
      unique_click_count: '24',
      campaign_lead_stats: { total: 1400, completed: 611, interested: 14, revenue: 0 },
    })];
    expect(await open().readTotals(['9'])).toMatchObject([
      {
        provider_campaign_id: '9',
        leads: 1400,
        sent: 2874,
        contacted: 1188,
        replied: 47,
        bounced: 22,
        clicked: 24,
        opened: 0,
      },
    ]);
  });

  it('give days their year, over New Year too', async () => {
    const day = (date: string, sent: number | string) => ({
      date,
      email_engagement_metrics: { sent, opened: 0, replied: 0, bounced: 0, unsubscribed: 0 },
    });
    smartlead.handlers = [
      json({
        data: {
          day_wise_stats: [
            day('30 Dec', 3),
            day('31 Dec', 0),
            day('1 Jan', '5'),
            day('02 Jan', 6),
            day('20 Apr', 9),
          ],
        },
      }),
    ];
    const days = await open().readDays('9', '2026-12-30', '2027-01-02');
    expect(days.map((row) => [row.day, row.sent])).toEqual([['2026-12-30', 3], ['2027-01-01', 5], [
      '2027-01-02',
      6,
    ]]);
  });

  it('are asked for in pieces in which a date without a year means one day', () => {
    const parts = pieces('2026-01-01', '2027-02-15');
    expect(parts.length).toBe(14);
    expect([parts[0]?.from, parts.at(-1)?.to]).toEqual(['2026-01-01', '2027-02-15']);
    expect(dateInRange('29 Feb', '2028-02-20', '2028-03-01')).toBe('2028-02-29');
    expect(dateInRange('29 Feb', '2027-02-20', '2027-03-01')).toBeUndefined();
    expect(dateInRange('rubbish', '2027-02-20', '2027-03-01')).toBeUndefined();
  });
});

describe('mailboxes', () => {
  it('come without their passwords, with the reputation of either form', async () => {
    const mailbox = (email: string, reputation: string | number) => ({
      id: 1,
      from_email: email,
      username: email,
      password: 'smtp-s3cret',
      imap_password: 'imap-s3cret',
      type: 'GMAIL',
      message_per_day: '40',
      is_smtp_success: email !== 'b@x.test',
      is_imap_success: true,
      smtp_failure_error: 'Login refused',
      warmup_details: {
        status: 'ACTIVE',
        total_sent_count: 50,
        total_spam_count: 2,
        warmup_reputation: reputation,
      },
    });
    smartlead.handlers = [json([mailbox('a@x.test', '95%'), mailbox('b@x.test', 90)])];
    const session = open();
    const { items } = await session.accounts.list(undefined);
    expect(items).toMatchObject([
      { email: 'a@x.test', status: 'active', daily_limit: 40, warmup_score: 95, provider_kind: 'google' },
      { email: 'b@x.test', status: 'error', status_reason: 'Login refused', warmup_score: 90 },
    ]);
    expect(await session.accounts.readWarmup(['a@x.test'])).toMatchObject([{
      sent: 50,
      landed_inbox: 48,
      landed_spam: 2,
    }]);
    expect(JSON.stringify([items, await session.accounts.read(undefined)])).not.toContain('s3cret');
  });
});

describe('statistics', () => {
  const row = (fields: Record<string, unknown>) => ({
    stats_id: 'mail-1',
    lead_email: 'ingrid@fjordpak.test',
    lead_category: 'Interested',
    sequence_number: 1,
    seq_variant_id: 7,
    sent_time: '2026-10-05T07:15:20.551Z',
    open_time: null,
    click_time: null,
    reply_time: null,
    open_count: 0,
    click_count: '0',
    is_unsubscribed: false,
    is_bounced: false,
    ...fields,
  });
  const factsOf = async (fields: Record<string, unknown>) => {
    smartlead.handlers = [json({ total_stats: '1', data: [row(fields)] })];
    const session = open();
    const { items } = await session.statistics.list('9', undefined, undefined);
    return items.map((fact) => session.readDelivery(fact.payload).event);
  };

  it('give the facts of a mail with the keys that its deliveries have', async () => {
    const events = await factsOf({ open_time: '2026-10-05T08:00:00.000Z', open_count: 3, is_bounced: true });
    expect(events.map((event) => event?.identity)).toEqual([
      'email_sent mail-1',
      'email_opened mail-1 2026-10-05T08:00:00.000Z',
      'email_opened mail-1 2026-10-05T08:00:01.000Z',
      'email_opened mail-1 2026-10-05T08:00:02.000Z',
      'email_bounced mail-1',
    ]);
  });

  it('give each step and variant its numbers, variants in the order in which they were made', async () => {
    const rows = [
      row({
        seq_variant_id: 9,
        lead_email: 'b@x.test',
        reply_time: '2026-10-06T07:00:00Z',
        ignore_reply: true,
      }),
      row({ seq_variant_id: 7, open_time: '2026-10-06T07:00:00Z', reply_time: '2026-10-06T08:00:00Z' }),
      row({ sequence_number: 2, seq_variant_id: null }),
    ];
    smartlead.handlers = [json({ total_stats: '3', data: rows })];
    expect(await open().readSteps('9')).toEqual({
      steps: [
        { step: 1, variant: 1, sent: 1, opened: 1, clicked: 0, replied: 1, auto_replies: 0 },
        { step: 1, variant: 2, sent: 1, opened: 0, clicked: 0, replied: 0, auto_replies: 1 },
        { step: 2, variant: 1, sent: 1, opened: 0, clicked: 0, replied: 0, auto_replies: 0 },
      ],
      next: undefined,
    });
  });

  it('never take a category for a reply, and an automatic reply for one on each row', async () => {
    expect((await factsOf({})).map((event) => event?.type)).toEqual(['email_sent']);
    const automatic = { reply_time: '2026-10-06T07:00:00.000Z', ignore_reply: true };
    const [, first] = await factsOf(automatic);
    const [, second] = await factsOf({ ...automatic, stats_id: 'mail-2', sequence_number: 2 });
    expect(first?.type).toBe('auto_reply_received');
    expect(second).toEqual(first);
  });
});

describe('webhooks', () => {
  const url = 'https://portal.test/functions/v1/smartlead-webhook/c1';

  it('belong to a campaign; the token is in the URL and separated from it', async () => {
    smartlead.handlers = [json({ ok: true, id: 771204 })];
    await open().webhooks.create({ name: 'Replyloop', url, secret: 't0ken' }, '9');
    expect(JSON.parse(smartlead.calls[0]?.body ?? '')).toMatchObject({
      id: null,
      webhook_url: `${url}?token=t0ken`,
      categories: [],
    });
    smartlead.handlers = [
      json([{ id: 771204, name: 'Replyloop', webhook_url: `${url}?token=t0ken`, event_types: [] }]),
    ];
    expect(await open().webhooks.list('9')).toEqual([{
      id: '771204',
      name: 'Replyloop',
      url,
      isActive: true,
      secret: 't0ken',
    }]);
    expect(smartlead.calls[1]?.url.pathname).toBe('/api/v1/campaigns/9/webhooks');
  });

  it('are registered for the certain events where it refuses one of the others', async () => {
    smartlead.handlers = [
      json({ message: '"event_types[9]" must be one of' }, 400),
      json({ ok: true, id: 1 }),
    ];
    await open().webhooks.create({ name: 'Replyloop', url, secret: 't0ken' }, '9');
    const types = smartlead.calls.map((call) =>
      (JSON.parse(call.body) as { event_types: string[] }).event_types
    );
    expect(types[0]).toContain('UNTRACKED_REPLIES');
    expect(types[1]).not.toContain('UNTRACKED_REPLIES');
    expect(types[1]).toContain('EMAIL_REPLY');
  });

  it('report how many deliveries failed, and send them again', async () => {
    smartlead.handlers = [
      json({ data: { summary: [{ event_type: 'EMAIL_SENT', attempted: 9, failed: 2 }, { failed: '1' }] } }),
      json({ ok: true }),
    ];
    const { redelivery } = open();
    expect(await redelivery.countFailed('9', '2026-10-01T00:00:00Z', '2026-10-02T00:00:00Z')).toBe(3);
    await redelivery.retrigger('9', '2026-10-01T00:00:00Z', '2026-10-02T00:00:00Z');
    expect(JSON.parse(smartlead.calls[1]?.body ?? '')).toEqual({
      fromTime: '2026-10-01T00:00:00Z',
      toTime: '2026-10-02T00:00:00Z',
    });
  });

  it('are removed with the id in the body; the answer may be a bare word', async () => {
    smartlead.handlers = [answer(200, 'success')];
    await open().webhooks.remove('5', '9');
    expect([smartlead.calls[0]?.method, smartlead.calls[0]?.body]).toEqual(['DELETE', '{"id":5}']);
  });
});
