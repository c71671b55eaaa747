import { describe, expect, it } from 'vitest';
import { addUp, type HomeClient, seriesOf } from '../src/data/home.ts';
import { accentIn, accentSheet, contrast, letterIcon } from '../src/ui/accent.ts';

const colours = [
  '#000000',
  '#ffffff',
  '#ffd400',
  '#0f5f5c',
  '#ff0000',
  '#00ff00',
  '#0000ff',
  '#7f7f7f',
  '#b04a00',
  '#f0f',
  '#123456',
]
  .map((hex) => hex.length === 4 ? '#ff00ff' : hex);

describe('accentIn()', () => {
  it.each(colours)('makes %s readable in both themes, as text, behind text and on its wash', (hex) => {
    const grounds = { light: ['#ffffff', '#f8f7f3'], dark: ['#14191d', '#1d252b'] } as const;
    for (const theme of ['light', 'dark'] as const) {
      const { colour, ink, wash } = accentIn(theme, hex);
      for (const other of [ink, wash, ...grounds[theme].slice(0, 1), grounds[theme][1]]) {
        expect(contrast(colour, other), `${theme} ${colour} on ${other}`).toBeGreaterThanOrEqual(4.3);
      }
      for (const made of [colour, ink, wash]) expect(made).toMatch(/^#[0-9a-f]{6}$/);
    }
  });

  it('keeps a colour that is readable, and says where it had to change one', () => {
    expect(accentIn('light', '#0F5F5C')).toMatchObject({ colour: '#0f5f5c', isAsChosen: true });
    expect(accentIn('light', '#ffd400').isAsChosen).toBe(false);
    expect(accentIn('dark', '#ffd400')).toMatchObject({ colour: '#ffd400', isAsChosen: true });
  });

  it('knows the contrast of black and white', () => {
    expect(contrast('#000000', '#ffffff')).toBeCloseTo(21);
    expect(contrast('#777777', '#777777')).toBe(1);
  });

  it('makes a style sheet of colours only, and an icon that is no markup', () => {
    expect(accentSheet('#0f5f5c')).toMatch(
      /^:root\{(--brand[a-z-]*:#[0-9a-f]{6};?){3}\}@media screen\{\.dark\{/,
    );
    expect(decodeURIComponent(letterIcon('<', '#0f5f5c'))).toContain('></text>');
  });
});

describe('the operators’ home', () => {
  const client = (points: number[], sent: number[], contacted = 200): HomeClient => ({
    client_id: 'c',
    client_name: 'Client',
    integration_enabled: true,
    created_at: '2026-01-01T00:00:00Z',
    sent: sent.reduce((sum, value) => sum + value, 0),
    contacted,
    replied: 0,
    positive: 4,
    meetings: 0,
    reply_rate: null,
    positive_rate: null,
    enough_signal: true,
    sent_before: 1,
    contacted_before: 1,
    replied_before: 0,
    positive_before: 0,
    meetings_before: 0,
    days_per_point: 1,
    points,
    sent_series: sent,
    replied_series: sent.map(() => 0),
    positive_series: sent.map(() => 0),
    unanswered: 0,
    oldest_unanswered_at: null,
    last_positive_at: null,
    active_campaigns: 1,
    behind: null,
  });
  const period = { from: '2026-10-01', to: '2026-10-05' };

  it('fills the days on which nothing happened', () => {
    expect(seriesOf(client([1, 3], [5, 7]), 'sent', 5)).toEqual([0, 5, 0, 7, 0]);
  });

  it('adds up clients, days and rates', () => {
    const home = addUp([client([1], [5]), client([1, 4], [2, 1])], period, true);
    expect(home.days.map(({ day, sent }) => [day, sent])).toEqual([
      ['2026-10-01', 0],
      ['2026-10-02', 7],
      ['2026-10-03', 0],
      ['2026-10-04', 0],
      ['2026-10-05', 1],
    ]);
    expect(home.current).toMatchObject({ sent: 8, contacted: 400, positive_rate: 0.02, enough_signal: true });
    expect(home.previous).toMatchObject({ sent: 2, enough_signal: false });
    expect(addUp([], period, false)).toMatchObject({
      previous: null,
      current: { sent: 0, positive_rate: null },
    });
  });
});
