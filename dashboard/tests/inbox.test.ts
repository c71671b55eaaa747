import { QueryClient } from '@tanstack/react-query';
import { describe, expect, it } from 'vitest';
import { changesBetween, follows, refetchChanged } from '../src/data/live.ts';
import { parseHighlight } from '../src/data/message-search.ts';
import { fits, putReply, type ReplyFilter, type ReplyPage, type ReplyRow } from '../src/data/replies.ts';
import { type TimelineRow } from '../src/data/timeline.ts';
import { withVerdict } from '../src/data/verdicts.ts';
import { byDay, campaignsOf, entryLabel, withoutRepeats } from '../src/shared/person/history.ts';
import { findReferred } from '../src/features/inbox/class/referred.ts';
import { morningOf, snoozeTimes } from '../src/features/inbox/thread/snooze-times.ts';
import { inZone } from '../src/shared/moments.tsx';
import { neighbourOf, shortcutOf, stepFrom } from '../src/features/inbox/keyboard.ts';
import { webAddress } from '../src/features/inbox/ReadingPane.tsx';

describe('the highlight of a hit', () => {
  it('is text with marked words', () => {
    expect(parseHighlight('ingrid@<mark>fjordpak</mark>.test · <mark>Friday</mark> &amp; greet &lt;Mia&gt;'))
      .toEqual([
        { text: 'ingrid@', isHit: false },
        { text: 'fjordpak', isHit: true },
        { text: '.test · ', isHit: false },
        { text: 'Friday', isHit: true },
        { text: ' & greet <Mia>', isHit: false },
      ]);
  });

  it('makes nothing of what looks like HTML, and resolves each entity once', () => {
    expect(parseHighlight('<img src=x onerror=y> &amp;lt;mark&amp;gt; <mark>a')).toEqual([
      { text: '<img src=x onerror=y> &lt;mark&gt; ', isHit: false },
      { text: 'a', isHit: true },
    ]);
    expect(parseHighlight('')).toEqual([]);
  });
});

const row = (id: string, at: string, more: Partial<ReplyRow> = {}): ReplyRow => ({
  message_id: id,
  client_id: 'c',
  campaign_id: 'k',
  campaign_name: 'Autumn',
  lead_id: `lead of ${id}`,
  email: `${id}@x.test`,
  written_by: null,
  first_name: null,
  last_name: null,
  company_name: null,
  business_name: null,
  city: null,
  occurred_at: at,
  subject: null,
  snippet: null,
  is_auto_reply: false,
  reply_class: null,
  reply_class_source: null,
  reply_class_confidence: null,
  reply_date: null,
  interest_status: null,
  verdict: null,
  verdict_note: null,
  verdict_by: null,
  verdict_at: null,
  client_name: null,
  ...more,
});
const unanswered: ReplyFilter = {
  clientId: 'c',
  show: 'unanswered',
  sentiment: undefined,
  campaign: undefined,
  withAutomatic: false,
  period: null,
};
const all: ReplyFilter = { ...unanswered, show: 'all' };
const pages = (hasMore = false): ReplyPage[] => [
  { rows: [row('e', '2026-11-05T10:00:00Z'), row('d', '2026-11-04T10:00:00Z')], hasMore: true },
  { rows: [row('b', '2026-11-02T10:00:00+00:00'), row('a', '2026-11-01T10:00:00Z')], hasMore },
];
const ids = (some: readonly ReplyPage[]) =>
  some.map((page) => page.rows.map((entry) => entry.message_id).join(''));

describe('the list', () => {
  it('loses a row that the filter excludes, and shows the change of one that it keeps', () => {
    const changed = row('d', '2026-11-04T10:00:00Z', { verdict: 'qualified' });
    expect(ids(putReply(pages(), changed, unanswered))).toEqual(['e', 'ba']);
    const kept = putReply(pages(), changed, all);
    expect(ids(kept)).toEqual(['ed', 'ba']);
    expect(kept[0]?.rows[1]?.verdict).toBe('qualified');
    expect(ids(putReply(pages(), changed, { ...all, show: 'not_interested' }))).toEqual(['e', 'ba']);
  });

  it('puts a row back in its place', () => {
    const back = (id: string, at: string, some = pages()) => ids(putReply(some, row(id, at), unanswered));
    expect(back('f', '2026-11-06T10:00:00Z')).toEqual(['fed', 'ba']);
    expect(back('c', '2026-11-03T10:00:00Z')).toEqual(['ed', 'cba']);
    expect(back('z', '2026-11-02T10:00:00Z')).toEqual(['ed', 'zba']);
    expect(back('0', '2026-10-01T10:00:00Z')).toEqual(['ed', 'ba0']);
    // Below what is loaded it comes with the next page.
    expect(back('0', '2026-10-01T10:00:00Z', pages(true))).toEqual(['ed', 'ba']);
    expect(ids(putReply([{ rows: [], hasMore: false }], row('a', '2026-11-01T10:00:00Z'), unanswered)))
      .toEqual(['a']);
  });

  it('filters as the question to the database does', () => {
    const reply = row('a', '2026-11-01T10:00:00Z', { interest_status: 'positive' });
    expect(fits(reply, unanswered)).toBe(true);
    expect(fits({ ...reply, is_auto_reply: true }, unanswered)).toBe(false);
    expect(fits({ ...reply, is_auto_reply: true }, { ...unanswered, withAutomatic: true })).toBe(true);
    expect(fits(reply, { ...all, sentiment: 'negative' })).toBe(false);
    expect(fits({ ...reply, interest_status: null }, { ...all, sentiment: 'none' })).toBe(true);
    expect(fits(reply, { ...all, campaign: 'other' })).toBe(false);
    expect(fits(reply, { ...all, clientId: undefined })).toBe(true);
    expect(fits(reply, { ...all, clientId: 'other' })).toBe(false);
    expect(fits(reply, { ...all, period: { from: '2026-11-02', to: '2026-11-03' } })).toBe(false);
    expect(fits(reply, { ...all, period: { from: '2026-11-01', to: '2026-11-01' } })).toBe(true);
  });

  it('shows a verdict before the server has answered, and takes all of it back', () => {
    const reply = row('a', '2026-11-01T10:00:00Z', { interest_status: 'neutral' });
    const after = withVerdict(
      { reply, verdict: 'qualified', note: 'Call', pushToProvider: false },
      'u',
      'now',
    );
    expect(after).toMatchObject({
      verdict: 'qualified',
      verdict_note: 'Call',
      verdict_by: 'u',
      verdict_at: 'now',
      reply_class: null,
      reply_class_source: null,
      reply_class_confidence: null,
      reply_date: null,
      interest_status: 'positive',
    });
    expect(withVerdict({ reply, verdict: null, note: 'x', pushToProvider: false }, 'u', 'now')).toEqual(
      reply,
    );
  });
});

describe('a referral', () => {
  it('names the address that is neither the writer nor ours, and the name beside it', () => {
    const known = ['kim@shop.test', null, 'mia@agency.test'];
    expect(
      findReferred('Please ask my colleague Petra van den Berg <Petra@Shop.test>.\nkim@shop.test', known),
    ).toEqual({
      email: 'petra@shop.test',
      first_name: 'Petra',
      last_name: 'van den Berg',
    });
    expect(findReferred('write to jan.de_vries@shop.test, not to me', known)).toEqual({
      email: 'jan.de_vries@shop.test',
      first_name: 'Jan',
      last_name: 'De Vries',
    });
    expect(findReferred('info@shop.test', known)).toMatchObject({ email: 'info@shop.test', first_name: '' });
    expect(findReferred('kim@shop.test, MIA@agency.test', known)).toBeUndefined();
    expect(findReferred(null, known)).toBeUndefined();
  });
});

describe('a snooze', () => {
  it('ends in the morning, on a Monday that is still to come, and never in the past', () => {
    for (const zone of ['UTC', 'America/New_York', 'Asia/Kolkata']) {
      for (let hour = 0; hour < 7 * 24; hour += 5) {
        const now = new Date(Date.parse('2026-10-28T00:00:00Z') + hour * 3_600_000);
        const times = snoozeTimes(now, zone);
        expect(times.every(({ until }) => until > now)).toBe(true);
        const monday = times.find(({ label }) => label === 'Next Monday')!.until;
        expect(inZone(monday, zone, { weekday: 'short', hour: '2-digit', minute: '2-digit' })).toBe(
          'Mon 09:00',
        );
      }
    }
    const morning = new Date('2026-11-02T15:00:00Z');
    expect(morningOf('2026-11-02', morning, 'America/New_York')).toBeUndefined();
    expect(morningOf('2026-11-03', morning, 'America/New_York')?.toISOString()).toBe(
      '2026-11-03T14:00:00.000Z',
    );
    expect(morningOf('', new Date(), 'UTC')).toBeUndefined();
  });
});

describe('the keyboard', () => {
  const press = (key: string, html: string, more: Partial<KeyboardEvent> = {}) => {
    document.body.innerHTML = html;
    const target = document.querySelector('[data-at]') ?? document.body;
    return shortcutOf(
      { key, ctrlKey: false, metaKey: false, altKey: false, shiftKey: false, ...more },
      target,
    );
  };

  it('steps through the list and stops at its ends', () => {
    expect(stepFrom(['a', 'b', 'c'], undefined, 1)).toBe('a');
    expect(stepFrom(['a', 'b', 'c'], undefined, -1)).toBe('c');
    expect(stepFrom(['a', 'b', 'c'], 'b', 1)).toBe('c');
    expect(stepFrom(['a', 'b', 'c'], 'c', 1)).toBe('c');
    expect(stepFrom(['a', 'b', 'c'], 'a', -1)).toBe('a');
    expect(stepFrom(['a', 'b', 'c'], 'gone', 1)).toBe('a');
    expect(stepFrom([], 'a', 1)).toBeUndefined();
    expect(neighbourOf(['a', 'b', 'c'], 'b')).toBe('c');
    expect(neighbourOf(['a', 'b', 'c'], 'c')).toBe('b');
    expect(neighbourOf(['a'], 'a')).toBeUndefined();
    expect(neighbourOf(['a'], 'b')).toBeUndefined();
  });

  it('works anywhere but where somebody types', () => {
    expect(press('q', '')).toBe('qualify');
    expect(press('n', '<button data-at>x</button>')).toBe('reject');
    expect(press('u', '<input type="checkbox" data-at>')).toBe('undo');
    expect(press('r', '')).toBe('answer');
    expect(press('d', '')).toBe('done');
    expect(press('/', '<iframe data-at></iframe>')).toBe('search');
    expect(press('j', '<ul role="listbox"><li data-at></li></ul>')).toBe('down');
    for (const field of ['<input data-at>', '<textarea data-at></textarea>', '<select data-at></select>']) {
      expect(press('q', field)).toBeUndefined();
    }
    expect(press('q', '<div role="dialog"><button data-at></button></div>')).toBeUndefined();
    expect(press('q', '', { ctrlKey: true })).toBeUndefined();
    expect(press('u', '', { metaKey: true })).toBeUndefined();
  });

  it('takes arrows and Enter only where nothing else answers to them', () => {
    const inList = '<ul role="listbox"><li data-at></li></ul>';
    expect(press('ArrowDown', inList)).toBe('down');
    expect(press('ArrowUp', '<main id="main" data-at></main>')).toBe('up');
    expect(press('Enter', inList)).toBe('open');
    expect(press('Enter', '<button data-at></button>')).toBeUndefined();
    expect(press('ArrowDown', '<section data-at></section>')).toBeUndefined();
  });
});

describe('live changes', () => {
  const moment = (client_id: string | null, replies: string | null, stats: string | null = null) => ({
    client_id,
    replies_changed_at: replies,
    stats_changed_at: stats,
    jobs_changed_at: null,
  });

  it('are what moved since the last poll, of every client', () => {
    expect([...changesBetween(undefined, [moment('a', '1')])]).toEqual([]);
    expect([...changesBetween([moment('a', '1')], [moment('a', '1')])]).toEqual([]);
    expect([...changesBetween([moment('a', '1', '1')], [moment('a', '2', '1')])]).toEqual(['replies']);
    expect([...changesBetween([moment('a', '1')], [moment('a', '1'), moment(null, null, '5')])]).toEqual([
      'stats',
    ]);
    expect([...changesBetween([], [moment('a', '1')])]).toEqual(['replies']);
  });

  it('reach the queries that show them, and those without a name here', () => {
    expect(follows('replies', 'replies')).toBe(true);
    expect(follows('replies', 'stats')).toBe(false);
    expect(follows('exports', 'jobs')).toBe(true);
    expect(follows('range-stats', 'stats')).toBe(true);
    expect(follows('a page of tomorrow', 'stats')).toBe(true);
    expect(follows('client-names', 'stats')).toBe(false);
    const client = new QueryClient();
    for (const root of ['replies', 'range-stats', 'exports']) client.setQueryData([root], 1);
    refetchChanged(client, new Set(['replies'] as const));
    const stale = ['replies', 'range-stats', 'exports'].filter((root) =>
      client.getQueryState([root])?.isInvalidated
    );
    expect(stale).toEqual(['replies']);
  });
});

describe('the history', () => {
  const entry = (type: string, at: string, more: Partial<TimelineRow> = {}): TimelineRow => ({
    client_id: 'c',
    email: 'a@x.test',
    lead_id: 'l',
    campaign_id: 'k',
    campaign_name: 'Autumn',
    provider: 'instantly',
    occurred_at: at,
    kind: type.startsWith('message_') ? 'message' : 'event',
    type,
    label: null,
    step: 1,
    variant: 1,
    email_account: null,
    message_id: type.startsWith('message_') ? at : null,
    subject: null,
    snippet: null,
    written_by: null,
    answered_in: null,
    position: `${at} ${type}`,
    ...more,
  });

  it('tells an answer from a mail of the sequence, and who wrote it where', () => {
    const entries = withoutRepeats([
      entry('email_sent', '2026-11-01T10:00:00Z', { step: 2 }),
      entry('message_sent', '2026-11-01T10:00:30Z', { step: null, answered_in: 'provider' }),
      entry('message_sent', '2026-11-01T10:00:40Z', { step: null, answered_in: 'here' }),
    ]);
    expect(entries.map(entryLabel)).toEqual(['Answer', 'Answer written in Instantly', 'Sent']);
  });

  it('tells a mail once, newest first, by days', () => {
    const entries = withoutRepeats([
      entry('email_sent', '2026-11-01T10:00:00Z'),
      entry('message_sent', '2026-11-01T10:00:01Z', { step: null }),
      entry('email_opened', '2026-11-01T11:00:00Z'),
      entry('auto_reply_received', '2026-11-02T10:00:00Z'),
      entry('message_received', '2026-11-02T10:00:00Z'),
    ]);
    expect(byDay(entries, 'UTC').map(({ day, entries: some }) => [day, ...some.map(entryLabel)])).toEqual([
      ['2026-11-02', 'Automatic reply'],
      ['2026-11-01', 'Opened', 'Email sent'],
    ]);
    // Where it is already the next day when the clocks of UTC show 20:00.
    expect(
      byDay(
        [entry('email_opened', '2026-11-01T20:00:00Z')].map((row) => ({ ...row, isAutomatic: false })),
        'Asia/Kolkata',
      ).map(({ day }) => day),
    ).toEqual(['2026-11-02']);
  });

  it('keeps an event without its mail, and the one of another campaign, step or hour', () => {
    const message = entry('message_sent', '2026-11-01T10:00:00Z');
    for (
      const event of [
        entry('email_sent', '2026-11-01T10:00:00Z', { lead_id: 'other' }),
        entry('email_sent', '2026-11-01T10:00:00Z', { step: 2 }),
        entry('email_sent', '2026-11-01T12:00:00Z'),
        entry('reply_received', '2026-11-01T10:00:00Z'),
      ]
    ) expect(withoutRepeats([message, event])).toHaveLength(2);
    // Two messages and one event: an event is shown as one message only.
    expect(
      withoutRepeats([
        message,
        { ...message, message_id: '2', position: 'x' },
        entry('email_sent', '2026-11-01T10:00:00Z'),
      ]),
    )
      .toHaveLength(2);
  });

  it('names each campaign once', () => {
    expect(campaignsOf([
      entry('email_sent', '1', { campaign_id: 'n', campaign_name: 'New' }),
      entry('email_sent', '2'),
      entry('email_opened', '3'),
    ])).toEqual([{ id: 'n', name: 'New' }, { id: 'k', name: 'Autumn' }]);
  });
});

describe('addresses from outside', () => {
  it('are links only when they lead to the web', () => {
    expect(webAddress('https://a.test/x')).toBe('https://a.test/x');
    for (
      const bad of ['javascript:alert(1)', 'a.test', '', null, undefined, 'https://a b', 'data:text/html,x']
    ) {
      expect(webAddress(bad)).toBeUndefined();
    }
  });
});
