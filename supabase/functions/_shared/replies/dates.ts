// The day that a reply names: when somebody is back, or wants to be asked again.
import * as chrono from 'chrono-node';
import type { ReplyClass } from './reply-class.ts';

const plain = (text: string): string =>
  text.toLowerCase().normalize('NFKD').replaceAll(/\p{M}/gu, '').replaceAll('ß', 'ss').replaceAll(/[’‘`´]/g, "'");

const parsers = [chrono.en.GB, chrono.nl.casual, chrono.de.casual, chrono.fr.casual];

const quarter =
  /\b(?:q([1-4])|([1-4])(?:st|nd|rd|th|e|er|eme|\.)? ?(?:quarter|kwartaal|quartal|trimestre)|(first|second|third|fourth|eerste|tweede|derde|vierde|erste[ns]?|zweite[ns]?|dritte[ns]?|vierte[ns]?|premier|deuxieme|troisieme|quatrieme) (?:quarter|kwartaal|quartal|trimestre))\b/;
const ordinals = [
  'first|eerste|erste|premier',
  'second|tweede|zweite|deuxieme',
  'third|derde|dritte|troisieme',
  'fourth|vierde|vierte|quatrieme',
];
const seasons: readonly (readonly [pattern: RegExp, month: number])[] = [
  [
    /\b(after|na|nach|apres) (the |de |dem |den |der |l')?(summer|zomer\w*|sommer\w*|ete|vacances d'ete|grote vakantie)\b|\brentree\b/,
    9,
  ],
  [
    /\b(new year|nieuwe jaar|neue[ns]? jahr|nouvelle annee|jaarwisseling|jahreswechsel|begin van het jaar|beginning of (the )?(next )?year|next year|volgend jaar|nachste[sn]? jahr|l'annee prochaine|l'an prochain|januari|janvier)\b/,
    1,
  ],
  [/\b(spring|voorjaar|lente|fruhjahr|fruhling|printemps)\b/, 3],
  [/\b(autumn|in the fall|najaar|herfst|herbst|automne)\b/, 9],
];

/** Words that stand before the day that counts; where there are several days, the last one after such a word wins. */
const returning =
  /\b(back|return\w*|until|till|through|as of|from|again|terug|weer|vanaf|tot|t\/m|bis|ab|wieder|zuruck|retour|jusqu|a partir|reprend\w*|revien\w*)\b/;

const isoDay = (date: Date): string => date.toISOString().slice(0, 10);
const day = (year: number, month: number, date = 1): string =>
  isoDay(new Date(Date.UTC(year, month - 1, date)));

/** The first of a month that begins after the given moment. */
const next = (month: number, after: Date): string =>
  day(after.getUTCFullYear() + (month > after.getUTCMonth() + 1 ? 0 : 1), month);

/** null = the text names none, or only one that is past or more than two years away. */
export function dateIn(text: string, receivedAt: Date, _for: ReplyClass): string | null {
  const named = namedPeriod(plain(text), receivedAt) ?? namedDay(text, receivedAt);
  if (named === null) return null;
  const distance = Date.parse(named) - receivedAt.getTime();
  return distance < -86_400_000 || distance > 2 * 366 * 86_400_000 ? null : named;
}

function namedDay(text: string, receivedAt: Date): string | null {
  const found = parsers.flatMap((parser) =>
    parser.parse(text, receivedAt, { forwardDate: true })
      .filter(({ start }) => start.isCertain('day') || start.isCertain('month') || start.isCertain('weekday'))
      .map(({ index, text: words, start, end }) => ({
        index,
        words: words.length,
        isAnnounced: returning.test(plain(text.slice(Math.max(0, index - 30), index))),
        day: isoDay((end ?? start).date()),
        monthOnly: !start.isCertain('day') && !start.isCertain('weekday'),
        month: start.get('month'),
        year: start.get('year'),
      }))
  );
  const best =
    found.sort((a, b) =>
      Number(b.isAnnounced) - Number(a.isAnnounced) || b.words - a.words || b.index - a.index
    )[0];
  if (best === undefined) return null;
  return best.monthOnly && best.month !== null && best.year !== null ? day(best.year, best.month) : best.day;
}

function namedPeriod(text: string, receivedAt: Date): string | null {
  const found = quarter.exec(text);
  if (found) {
    const number = Number(
      found[1] ?? found[2] ??
        ordinals.findIndex((words) => new RegExp(`^(${words})`).test(found[3] ?? '')) + 1,
    );
    const year = /\b(20\d\d)\b/.exec(text.slice(found.index))?.[1];
    const month = number * 3 - 2;
    return year ? day(Number(year), month) : next(month, receivedAt);
  }
  for (const [pattern, month] of seasons) if (pattern.test(text)) return next(month, receivedAt);
  return null;
}
