import { describe, expect, it } from 'vitest';
import { defaultSteps, readSequence, withFooter } from '../../supabase/functions/_shared/export/sequence.ts';
import { AppError } from '../../supabase/functions/_shared/platform/errors.ts';

const mail = { subject: 'S', body: 'B' };

describe('a sequence', () => {
  it('is the default one where none is stored', () => {
    expect(readSequence(null)).toBe(defaultSteps);
    expect(readSequence(undefined)).toBe(defaultSteps);
    expect(defaultSteps).toMatchObject([
      { delay_days: 0, subject: '{{subject_line}}' },
      // An empty subject continues the thread.
      { delay_days: 3, subject: '', body: expect.stringContaining('my note?') },
    ]);
  });

  it('uses by default what the database asks each lead for', () => {
    const names = [...JSON.stringify(defaultSteps).matchAll(/\{\{(\w+)\}\}/g)].map((match) => match[1]);
    expect([...new Set(names)].sort()).toEqual(['firstName', 'icebreaker', 'subject_line']);
  });

  it('is kept as it is stored, with up to four more variants of a step', () => {
    expect(readSequence([mail])).toEqual([{ delay_days: 0, ...mail }]);
    const stored = [
      {
        delay_days: 0,
        subject: 'Hi {{firstName}}',
        body: 'B {{city}} {{zip}}',
        variants: new Array(4).fill(mail),
      },
      { delay_days: 90, subject: '', body: 'Again' },
    ];
    expect(readSequence(stored)).toEqual(stored);
  });

  const needsSubject =
    'the first step needs a subject; only a follow-up may leave it empty, which continues the thread';
  const isTooLarge = 'the sequence is larger than 200,000 characters';
  it.each<[name: string, stored: unknown, problem: string]>([
    ['no list', 'Hi', ': Invalid input: expected array, received string'],
    ['no step', [], ': Too small: expected array to have >=1 items'],
    ['21 steps', new Array(21).fill(mail), ': Too big: expected array to have <=20 items'],
    [
      'a step without a text',
      [{ subject: 'S' }],
      '0.body: Invalid input: expected string, received undefined',
    ],
    ['two lines of subject', [{ subject: 'a\nb', body: 'B' }], '0.subject: a subject is one line'],
    [
      'a subject of 251 characters',
      [{ subject: 'S'.repeat(251), body: 'B' }],
      '0.subject: Too big: expected string to have <=250 characters',
    ],
    ['a text of blanks', [mail, { subject: '', body: ' \n' }], '1.body: a mail needs a text'],
    [
      'a text of 20,001 characters',
      [{ subject: 'S', body: 'B'.repeat(20_001) }],
      '0.body: Too big: expected string to have <=20000 characters',
    ],
    [
      'open braces',
      [{ subject: 'S', body: 'Hi {{firstName' }],
      '0: has a variable whose braces are not closed',
    ],
    [
      'braces closed twice',
      [{ subject: 'a }}', body: 'B' }],
      '0: has a variable whose braces are not closed',
    ],
    [
      'a variant with open braces',
      [{ ...mail, variants: [mail, { subject: '{{a', body: 'B' }] }],
      '0.variants.1: has a variable whose braces are not closed',
    ],
    [
      'six variants',
      [{ ...mail, variants: new Array(5).fill(mail) }],
      '0.variants: Too big: expected array to have <=4 items',
    ],
    [
      'a delay of 91 days',
      [{ ...mail, delay_days: 91 }],
      '0.delay_days: Too big: expected number to be <=90',
    ],
    [
      'a delay of -1 day',
      [{ ...mail, delay_days: -1 }],
      '0.delay_days: Too small: expected number to be >=0',
    ],
    ['another field', [{ ...mail, colour: 'red' }], '0: Unrecognized key: "colour"'],
    ['no subject in its first step', [{ subject: ' ', body: 'Hi' }], `: ${needsSubject}`],
    [
      'no subject in a variant of it',
      [{ ...mail, variants: [{ subject: '', body: 'B' }] }],
      `: ${needsSubject}`,
    ],
    [
      'more than it may hold',
      new Array(11).fill({ subject: 'S', body: 'B'.repeat(19_000) }),
      `: ${isTooLarge}`,
    ],
    [
      'two problems',
      [{ subject: 'a\nb', body: ' ' }],
      '0.subject: a subject is one line; 0.body: a mail needs a text',
    ],
  ])('with %s is refused', (_, stored, problem) => {
    expect(() => readSequence(stored)).toThrow(
      new AppError('VALIDATION_FAILED', `The campaign's sequence cannot be sent: ${problem}; correct it`),
    );
    expect(() => readSequence(stored)).toThrow(expect.objectContaining({ code: 'VALIDATION_FAILED' }));
  });

  it('may hold 200,000 characters', () => {
    const stored = new Array(11).fill({ delay_days: 0, subject: 'S', body: 'B'.repeat(18_000) });
    const missing = 200_000 - JSON.stringify(stored).length;
    stored[0] = { ...stored[0], body: 'B'.repeat(18_000 + missing) };
    expect(readSequence(stored)).toHaveLength(11);
    stored[0] = { ...stored[0], body: 'B'.repeat(18_001 + missing) };
    expect(() => readSequence(stored)).toThrow(isTooLarge);
  });

  it('gets its footer under every mail', () => {
    const steps = readSequence([mail, {
      subject: '',
      body: 'And?',
      variants: [{ subject: '', body: 'Well?' }],
    }]);
    const [first, second] = withFooter(steps, 'Lakeside BV');
    expect(first).toEqual({ delay_days: 0, subject: 'S', body: 'B\n\nLakeside BV' });
    expect(second).toEqual({
      delay_days: 0,
      subject: '',
      body: 'And?\n\nLakeside BV',
      variants: [{ subject: '', body: 'Well?\n\nLakeside BV' }],
    });
    expect(withFooter(steps, null)).toBe(steps);
  });
});
