// What a client's report says, and how it looks in a mail program.
import { describe, expect, it } from 'vitest';
import { reportHtml } from '../../supabase/functions/_shared/client-reports/html.ts';
import {
  report,
  type ReportFacts,
  sentenceCodes,
  type SentenceTopic,
} from '../../supabase/functions/_shared/client-reports/report.ts';
import { reportText } from '../../supabase/functions/_shared/client-reports/text.ts';
import { composeReport, excerptOf } from '../../supabase/functions/_shared/client-reports/compose.ts';
import {
  changeOf,
  comparisonOf,
  periodOf,
  titleOf,
  valueOf,
} from '../../supabase/functions/_shared/client-reports/words.ts';
import { languages } from '../../supabase/functions/_shared/outgoing/languages.ts';
import { sampleReport } from '../support/sample-report.ts';

const links = { dashboard: 'https://d.test/', stop: 'https://d.test/stop?token=1&x=2' };
const factsOf = (part: Partial<ReportFacts> = {}): ReportFacts => ({
  ...sampleReport,
  replies: sampleReport.replies!.map(({ excerpt, ...reply }) => ({ ...reply, text: excerpt })),
  ...part,
});

/** What the database fills the sentences with; each code takes what it needs. */
const values = {
  about: 'positive',
  contacted: 1820,
  contacted_before: 1795,
  replied: 68,
  replied_before: 41,
  positive: 31,
  positive_before: 12,
  count: 2,
  since: '2026-11-27',
  rate: 0.0612,
  bounced: 120,
  sent: 1960,
  metric: 'positive_replies',
  goal: 60,
  reached: 41,
  pace: 43,
  month: '2026-11-01',
  over: 0,
  campaign: 'Bakeries',
  left: 240,
  days: 6,
  day: '2026-12-01',
  campaigns: 3,
};
const say = (
  topic: SentenceTopic,
  code: string,
  part: Partial<ReportFacts> = {},
  filled: Record<string, unknown> = {},
) =>
  composeReport(factsOf({
    ...part,
    sentences: {
      ...sampleReport.sentences,
      [topic]: { code, tone: 'neutral', values: { ...values, ...filled } },
    },
  })).sentences[topic].text;

describe('the snapshot of a report', () => {
  it('is read as it was stored', () => {
    expect(report.parse(JSON.parse(JSON.stringify(sampleReport)))).toEqual(sampleReport);
  });

  it('says in the sample what its words say', () => {
    expect(composeReport(factsOf())).toEqual(sampleReport);
  });
});

describe('the sentences', () => {
  it('exist in every language for every code, weekly and monthly, with everything filled in', () => {
    for (const language of languages) {
      for (const [topic, codes] of Object.entries(sentenceCodes)) {
        for (const code of codes) {
          for (const kind of ['weekly', 'monthly'] as const) {
            for (const count of [0, 1, 2]) {
              const text = say(topic as SentenceTopic, code, { language, kind }, {
                count,
                replied: count,
                days: count,
                left: count,
                over: count === 0 ? 0 : 1,
              });
              expect(text).toMatch(/[.]$/);
              expect(text).not.toMatch(/undefined|null|NaN|\{|\s{2}/);
            }
          }
        }
      }
    }
  });

  it('compare honestly, and name numbers as each language writes them', () => {
    expect(say('trend', 'better')).toBe(
      'A better week: 31 of 1,820 people replied positively, 12 of 1,795 the week before.',
    );
    expect(say('trend', 'worse', { kind: 'monthly' }, { about: 'replied' })).toBe(
      'A weaker month: 68 of 1,820 people replied, 41 of 1,795 the month before.',
    );
    expect(say('trend', 'same', { language: 'nl' })).toBe(
      'Ongeveer gelijk aan de week ervoor: 31 van 1.820 mensen antwoordden positief, de week ervoor 12 van 1.795. Zo’n klein verschil kan toeval zijn.',
    );
    expect(say('trend', 'too_few', {}, { contacted: 1, replied: 1, positive: 0 })).toBe(
      'Not enough signal yet to compare: 1 person contacted, 1 reply, 0 positive.',
    );
    expect(say('attention', 'bounces_high', { language: 'de' })).toBe(
      '6,1\u00a0% der Mails kamen zurück (120 von 1.960). Über 5 % beginnen Mailanbieter, einen Absender abzulehnen.',
    );
    expect(say('attention', 'behind_goal')).toBe(
      'At this pace November ends at 43 positive replies; the goal is 60.',
    );
    expect(say('attention', 'behind_goal', {}, { over: 1 })).toBe(
      'November missed its goal of 60 positive replies: it ended at 41.',
    );
    expect(say('attention', 'positive_waiting', {}, { count: 1 })).toBe(
      'A positive reply has waited for an answer since Friday 27 November.',
    );
    expect(say('next', 'continues', {}, { days: null })).toBe(
      'Sending continues: 240 people left to contact in 3 campaigns.',
    );
  });
});

describe('days and changes', () => {
  it('are written once where a period stays in one month, and in full where not', () => {
    const period = (from_day: string, to_day: string, part = {}) =>
      periodOf({ ...sampleReport, ...part }, { from_day, to_day });
    expect(period('2026-11-23', '2026-11-29')).toBe('23–29 November 2026');
    expect(period('2026-11-30', '2026-12-06')).toBe('30 November – 6 December 2026');
    expect(period('2026-12-28', '2027-01-03')).toBe('28 December 2026 – 3 January 2027');
    expect(period('2026-11-23', '2026-11-29', { language: 'de' })).toBe('23.–29. November 2026');
    expect(period('2026-11-01', '2026-11-30', { kind: 'monthly', language: 'nl' })).toBe('november 2026');
    expect(titleOf({ ...sampleReport, language: 'nl' })).toBe('Weekrapport: 23–29 november 2026');
  });

  it('are shares of a count and points of a rate', () => {
    const [contacted, , rate] = sampleReport.numbers;
    expect(changeOf(sampleReport, contacted!)).toBe('+3%');
    expect(changeOf(sampleReport, rate!)).toBe('+3.1 pts');
    expect(changeOf(sampleReport, { ...contacted!, change: -0.5 })).toBe('−50%');
    expect(changeOf(sampleReport, { ...contacted!, change: 0.001 })).toBe('no change');
    expect(changeOf(sampleReport, { ...contacted!, change: null })).toBeNull();
  });
});

describe('a rate over too few', () => {
  /** A week after a first one of 58 people; each way round. */
  const few = (now: 'value' | 'before', then: 'value' | 'before', language: 'en' | 'nl' | 'de' = 'en') => {
    const small: Record<string, number> = {
      contacted: 58,
      replied: 4,
      reply_rate: 0.069,
      positive: 1,
      positive_rate: 0.0172,
      sent: 58,
      bounce_rate: 0.0517,
    };
    const numbers = sampleReport.numbers.map((number) => ({
      ...number,
      [now]: small[number.metric] ?? number[now],
      [then]: number[then],
      enough_signal: now === 'before' || !number.metric.endsWith('_rate'),
    }));
    return { ...sampleReport, language, numbers };
  };
  const rates = (shown: ReturnType<typeof few>, when: 'value' | 'before') =>
    shown.numbers.filter(({ metric }) => metric.endsWith('_rate')).map((number) =>
      valueOf(shown, number, when)
    );

  it('is how many of how many, of the period and of the one before', () => {
    expect(rates(few('value', 'before'), 'value')).toEqual(['4 of 58', '1 of 58', '3 of 58']);
    expect(rates(few('value', 'before'), 'before')).toEqual(['5.2%', '1.5%', '0.9%']);
    expect(rates(few('before', 'value'), 'before')).toEqual(['4 of 58', '1 of 58', '3 of 58']);
    expect(rates(few('before', 'value'), 'value')).toEqual(['8.3%', '3.8%', '1.2%']);
    expect(rates(few('value', 'before', 'nl'), 'value')[0]).toBe('4 van 58');
    expect(rates(few('value', 'before', 'de'), 'value')[0]).toBe('4 von 58');
  });

  it('is not compared, while counts are', () => {
    for (const shown of [few('value', 'before'), few('before', 'value')]) {
      const compared = Object.fromEntries(
        shown.numbers.map((number) => [number.metric, comparisonOf(shown, number)]),
      );
      expect(compared).toMatchObject({
        contacted: '+3%',
        reply_rate: 'not enough signal yet',
        positive_rate: 'not enough signal yet',
        bounce_rate: 'not enough signal yet',
      });
    }
    const first = few('value', 'before').numbers.map((number) => ({ ...number, before: null, change: null }));
    expect(comparisonOf({ ...sampleReport, numbers: first }, { ...first[2]!, enough_signal: true }))
      .toBeNull();
  });

  it('is so in the mail, in its plain text and on the page', () => {
    const shown = few('value', 'before');
    expect(reportHtml(shown, links)).toContain('>4 of 58<');
    expect(reportHtml(shown, links)).not.toContain('6.9%');
    expect(reportText(shown, links)).toContain(
      'Reply rate: 4 of 58 (before 5.2%, not enough signal yet)',
    );
  });
});

describe('a reply', () => {
  it('is shown in the person’s own words, in one paragraph, cut between words', () => {
    expect(excerptOf('Yes,\n\nplease call.\n\nOn Mon, Nov 2, 2026 at 9:00 AM Ann <a@b.test> wrote:\n> Hello'))
      .toBe('Yes, please call.');
    const long = excerptOf('word '.repeat(200));
    expect(long.length).toBeLessThanOrEqual(401);
    expect(long).toMatch(/word…$/);
  });
});

describe('the mail', () => {
  const html = reportHtml(sampleReport, links);

  it('escapes what people wrote, and keeps their line breaks', () => {
    expect(html).toContain('Bakery Vermeer &#38; Sons');
    expect(html).toContain('is there &#60;a minimum&#62;?');
    expect(html).toContain('on Tuesday.<br>Call us');
    expect(html).toContain('href="https://d.test/stop?token=1&#38;x=2"');
    const hostile = reportHtml({
      ...sampleReport,
      client: { ...sampleReport.client, name: '<script>alert(1)</script>"\'' },
      agency: { ...sampleReport.agency, name: '"><img src=x>', logo_url: 'https://x.test/"onerror="1' },
      note: '</td><script>',
    }, links);
    expect(hostile).not.toMatch(/<script|<img src=x|"onerror/);
  });

  it('holds in mail programs: tables, styles on the elements, no script, no form, no other picture than the logo', () => {
    expect(html).not.toMatch(/<(script|form|input|link|svg|iframe)\b|display: (flex|grid)|var\(--/);
    expect(html.match(/<img/g)).toHaveLength(1);
    expect(html).toMatch(/<img [^>]*alt="Northwind Outreach"[^>]*height="40"/);
    expect(html).toContain('max-width: 600px');
    // Gmail cuts what is longer.
    expect(html.length).toBeLessThan(100_000);
    expect((html.match(/<table/g) ?? []).length).toBe((html.match(/<\/table>/g) ?? []).length);
    expect((html.match(/<tr/g) ?? []).length).toBe((html.match(/<\/tr>/g) ?? []).length);
    expect((html.match(/<td[ >]/g) ?? []).length).toBe((html.match(/<\/td>/g) ?? []).length);
  });

  it('says in plain text everything that the HTML says', () => {
    const text = reportText(sampleReport, links);
    for (
      const fact of [
        ...Object.values(sampleReport.sentences).map((sentence) => sentence.text),
        ...sampleReport.replies!.flatMap(({ name, excerpt }) => [name, excerpt]),
        sampleReport.note!,
        'Reply rate: 8.3% (before 5.2%, +3.1 pts)',
        '3,105 of 3,200',
        'Email 2, variant B',
        'hello@northwind.example',
        links.stop,
        links.dashboard,
      ]
    ) expect(text).toContain(fact);
  });

  it('of a client with nothing is short and breaks nowhere, in every language', () => {
    for (const language of languages) {
      const empty = {
        ...sampleReport,
        language,
        note: null,
        agency: { name: null, support_address: null, colour: null, ink: null, logo_url: null },
        numbers: sampleReport.numbers.map((number) => ({
          ...number,
          value: number.metric.endsWith('_rate') ? null : 0,
          before: number.metric.endsWith('_rate') ? null : 0,
          change: null,
          tone: null,
          enough_signal: false,
        })),
        goals: [],
        best_campaign: null,
        best_step: null,
        replies: null,
        days: sampleReport.days.map(({ day }) => ({ day, contacted: 0, replied: 0, positive: 0 })),
        as_of: null,
      };
      const none = { dashboard: null, stop: null };
      for (const shown of [reportHtml(empty, none), reportText(empty, none)]) {
        expect(shown).not.toMatch(/undefined|null|NaN|href=""/);
      }
    }
  });
});
