// The day that a reply names: when somebody is back, or wants to be asked again.
import * as chrono from 'chrono-node';
import type { ReplyClass } from './reply-class.ts';

const parsers = [chrono.en.GB, chrono.nl.casual, chrono.de.casual, chrono.fr.casual];

/** By month, as written in our languages, without accents. */
const months = [
  'january|januari|januar|janner|janvier',
  'february|februari|februar|feber|fevrier',
  'march|maart|marz|maerz|mars',
  'april|avril',
  'may|mei|mai',
  'june|juni|juin',
  'july|juli|juillet',
  'august|augustus|aout',
  'september|septembre',
  'october|oktober|octobre',
  'november|novembre',
  'december|dezember|decembre',
];
const short = [
  'jan|janv',
  'feb|fev',
  'mar|mrt',
  'apr|avr',
  '-',
  'jun',
  'jul',
  'aug',
  'sep|sept',
  'oct|okt',
  'nov',
  'dec|dez',
];
const anyMonth = [...months, ...short].join('|');
const monthOf = (word: string): number =>
  months.findIndex((names, index) => `${names}|${short[index]}`.split('|').includes(word)) + 1;

const weekdays = [
  'sunday|zondag|sonntag|dimanche',
  'monday|maandag|montag|lundi',
  'tuesday|dinsdag|dienstag|mardi',
  'wednesday|woensdag|mittwoch|mercredi',
  'thursday|donderdag|donnerstag|jeudi',
  'friday|vrijdag|freitag|vendredi',
  'saturday|zaterdag|samstag|sonnabend|samedi',
];

const dayMonth = new RegExp(
  `\\b(\\d{1,2})(?:st|nd|rd|th|er|e|\\.)? ?(?:of |de )?(${anyMonth})\\b\\.?,?(?: (20\\d\\d))?`,
  'g',
);
const monthDay = new RegExp(
  `\\b(${anyMonth})\\.? (\\d{1,2})(?:st|nd|rd|th)?\\b(?!:|h| ?uhr)(?:,? (20\\d\\d))?`,
  'g',
);
const numeric =
  /(?<![\d./]|(?<![.\d])-|(?<!\.|20\d\d)-)(\d{1,2})([./])(\d{1,2})(?:\2(20\d\d|\d\d)?)?(?![\d/])/g;
const iso = /\b(20\d\d)-(\d\d)-(\d\d)\b/g;

/** Words that announce the return, before the day or after it. */
const returnBefore =
  /\b(back|return\w*|re-?opens?|again|as of|starting|resum\w*|terug|weer|vanaf|heropen\w*|wieder|zuruck|ab|offne\w*|retour|reprend\w*|revien\w*|rouvr\w*|a partir|des)\b[^.!?]{0,30}$/;
const returnAfter =
  /^[ .,]*(?:[^.,;!?\d]{0,30})\b(again|back|weer|terug|wieder|zuruck|retour|reprend\w*|rouvr\w*)\b/;
const lastDayBefore =
  /\b(through|thru|tot en met|t\/m|t\.?e\.?m\.?|bis(?: zum| einschl\.?| und mit)?|einschliesslich|inklusive|inkl\.?|jusqu'?au .{0,12}inclus)\s*(?:\w+,? )?$/;
const lastDayAfter = /^[ .,]*(included|inclusive|incl\b|inclus|einschliesslich|inbegrepen)/;
/** "from 26 to", "26 June -", "vom 1.6. bis zum", "du 4 au": the day that follows is the last one away. "Van 1 juni tot" is not. */
const rangeBefore = /\d[^!?;]{0,25}(?:-|–|\bto\b|\bbis(?: zum)?\b|\bau\b)\s*(?:\w+,? )?$/;

const plain = (text: string): string =>
  text.toLowerCase().normalize('NFKD').replaceAll(/\p{M}/gu, '').replaceAll('ß', 'ss').replaceAll(
    /[’‘`´]/g,
    "'",
  );

const oneDay = 86_400_000;
const isoDay = (date: Date): string => date.toISOString().slice(0, 10);
const day = (year: number, month: number, date = 1): string =>
  isoDay(new Date(Date.UTC(year, month - 1, date)));
const plusDays = (from: Date, days: number): string => isoDay(new Date(from.getTime() + days * oneDay));

/** Such a day of a month that is not past. */
function next(month: number, after: Date, date = 1): string {
  const year = after.getUTCFullYear();
  const thisYear = day(year, month, date);
  return thisYear > isoDay(after) ? thisYear : day(year + 1, month, date);
}

function nextWorkingDay(after: string): string {
  const date = new Date(Date.parse(after) + oneDay);
  while (date.getUTCDay() === 0 || date.getUTCDay() === 6) date.setTime(date.getTime() + oneDay);
  return isoDay(date);
}

/** null = the text names none, or only one that is past or more than two years away. */
export function dateIn(text: string, receivedAt: Date, replyClass: ReplyClass): string | null {
  const words = plain(text).replaceAll(/\s+/g, ' ');
  const named = replyClass === 'out_of_office' ? returnIn(words, receivedAt) : periodIn(words, receivedAt);
  const found = named ?? chronoDay(text, receivedAt);
  if (found === null) return null;
  const distance = Date.parse(found) - receivedAt.getTime();
  return distance < -oneDay || distance > 2 * 366 * oneDay ? null : found;
}

interface Named {
  day: string;
  before: string;
  after: string;
}

/** Every day that is written out, in the order of the text. */
function daysIn(words: string, receivedAt: Date): Named[] {
  const found: (Named & { at: number })[] = [];
  const add = (match: RegExpMatchArray, date: number, month: number, year?: string) => {
    if (month < 1 || month > 12 || date < 1 || date > 31) return;
    const at = match.index ?? 0;
    const given = year === undefined ? null : Number(year.length === 2 ? `20${year}` : year);
    const today = day(receivedAt.getUTCFullYear(), receivedAt.getUTCMonth() + 1, receivedAt.getUTCDate());
    const sameYear = day(receivedAt.getUTCFullYear(), month, date);
    // A day of the last weeks is when an absence began, not one of next year.
    const isPast = Date.parse(today) - Date.parse(sameYear) > 60 * oneDay;
    found.push({
      at,
      day: given === null
        ? (isPast ? day(receivedAt.getUTCFullYear() + 1, month, date) : sameYear)
        : day(given, month, date),
      before: words.slice(Math.max(0, at - 50), at),
      after: words.slice(at + match[0].length, at + match[0].length + 50),
    });
  };
  for (const match of words.matchAll(dayMonth)) {
    add(match, Number(match[1]), monthOf(match[2] ?? ''), match[3]);
  }
  for (const match of words.matchAll(monthDay)) {
    add(match, Number(match[2]), monthOf(match[1] ?? ''), match[3]);
  }
  for (const match of words.matchAll(iso)) add(match, Number(match[3]), Number(match[2]), match[1]);
  for (const match of words.matchAll(numeric)) {
    const [first, second] = [Number(match[1]), Number(match[3])];
    // Day first, as in Europe, unless only the American order is near: "11/12" in November.
    const away = (month: number, date: number) =>
      Math.abs(Date.parse(next(month, receivedAt, date)) - receivedAt.getTime());
    const isAmerican = match[2] === '/' && first <= 12 &&
      (second > 12 || away(first, second) < away(second, first));
    if (isAmerican) add(match, second, first, match[4]);
    else add(match, first, second, match[4]);
  }
  return found.sort((a, b) => a.at - b.at);
}

function returnIn(words: string, receivedAt: Date): string | null {
  const days = daysIn(words, receivedAt);
  const isReturn = ({ before, after }: Named) => returnBefore.test(before) || returnAfter.test(after);
  const isLast = ({ before, after }: Named) =>
    lastDayBefore.test(before) || lastDayAfter.test(after) || rangeBefore.test(before);
  const back = days.findLast((named) => isReturn(named) && !isLast(named));
  if (back) return back.day;
  const last = days.findLast(isLast);
  if (last) return nextWorkingDay(last.day);
  const other = days.at(-1);
  if (other) return other.day;
  return weekdayIn(words, receivedAt) ?? monthIn(words, receivedAt);
}

function weekdayIn(words: string, receivedAt: Date): string | null {
  const at = (pattern: string) =>
    [...words.matchAll(new RegExp(`\\b(?:${pattern})\\b`, 'g'))].at(-1)?.index ?? -1;
  const best = weekdays.map((names, index) => ({ index, at: at(names) })).sort((a, b) => b.at - a.at)[0];
  if (best !== undefined && best.at >= 0) {
    return plusDays(receivedAt, ((best.index - receivedAt.getUTCDay() + 6) % 7) + 1);
  }
  if (/\b(day after tomorrow|overmorgen|ubermorgen|apres-demain)\b/.test(words)) {
    return plusDays(receivedAt, 2);
  }
  return /\b(tomorrow|morgen|demain)\b/.test(words) ? plusDays(receivedAt, 1) : null;
}

const numbers = [
  'a|an|one|een|ein|eine|einem|einer|un|une',
  'two|twee|zwei|deux|couple of|a couple of',
  'three|drie|drei|trois',
  'four|vier|quatre',
  'five|vijf|funf|cinq',
  'six|zes|sechs',
  'seven|zeven|sieben|sept',
  'eight|acht|huit',
  'nine|negen|neun|neuf',
  'ten|tien|zehn|dix',
];
const later = new RegExp(
  `\\b(?:in|over|na|nach|dans|d'ici|after|within|binnen|for another)(?: about| ongeveer| etwa| environ)? (\\d{1,2}|${
    numbers.join('|')
  })(?: paar)? (day|dag|tag|jour|week|woche|semaine|month|maand|monat|mois|year|jaar|jahr|an)\\w*`,
);
const halfYear =
  /\b(?:in|over|na|within|nach|dans) (?:about |around |zowat |ongeveer |etwa )?(?:half a year|een half ?jaar(?:tje)?|einem halben jahr|six mois)\b/;
const quarter =
  /\b(?:[qt]([1-4])|([1-4])(?:st|nd|rd|th|e|er|eme|\.)? ?(?:quarter|kwartaal|quartal|trimestre)|(first|eerste|erste[nsr]?|premier|second|tweede|zweite[nsr]?|deuxieme|third|derde|dritte[nsr]?|troisieme|fourth|vierde|vierte[nsr]?|quatrieme|last|laatste|letzte[nsr]?|dernier) (?:quarter|kwartaal|quartal|trimestre))\b/g;
const quarterWords = [
  'first|eerste|erste|premier',
  'second|tweede|zweite|deuxieme',
  'third|derde|dritte|troisieme',
  'fourth|vierde|vierte|quatrieme|last|laatste|letzte|dernier',
];
const seasons: readonly (readonly [pattern: RegExp, month: number])[] = [
  [
    /\b(after|na|nach|apres|post) (the |de |dem |den |der |les |l'|mes |our |onze |unserem )?(summer|zomer\w*|sommer\w*|ete|vacances|grote vakantie|bouwvak|bouwverlof)|\brentree\b/,
    9,
  ],
  [
    /\b(new year|nieuwe jaar|nieuwjaar|neue[ns]? jahr|neujahr|nouvel an|nouvelle annee|jaarwisseling|jahreswechsel|begin van het jaar|year[- ]end|jaareinde|jahresende|end of (the )?year|eind(e)? (van )?(het|dit) jaar|fin d'annee|fin de l'annee|next (fiscal |financial |calendar )?year|volgend jaar|komend jaar|nachste[sn]? jahr(?:es)?|kommende[sn]? jahr(?:es)?|annee prochaine|an prochain|after (christmas|the holidays|the festive)|na de (feestdagen|kerst)|nach (weihnachten|den feiertagen)|apres les fetes|apres noel|next budget)\b/,
    1,
  ],
  [/\b(spring|voorjaar|lente|fruhjahr|fruhling|printemps)\b/, 3],
  [/\b(summer|zomer|sommer|cet ete|l'ete)\b/, 6],
  [/\b(autumn|in the fall|this fall|next fall|najaar|herfst|herbst|automne)\b/, 9],
];
const until = /\b(until|till|through|tot|bis|jusqu'?(?:a|en|au)?)\b[^.!?]{0,25}$/;
const partOfMonth = new RegExp(
  `\\b(mid|half|medio|midden|mitte|mi|late|end of|the end of|eind|einde|ende|fin)(?: of| de| des| van)?[- ](${
    months.join('|')
  })\\b`,
  'g',
);

function afterMonthEnd(named: string): string {
  const next = plusDays(new Date(named), 1);
  return next.endsWith('-01') ? next : named;
}

/** The first day of the period in which somebody wants to hear from us. */
function periodIn(words: string, receivedAt: Date): string | null {
  const written = daysIn(words, receivedAt).filter((named) => named.day > isoDay(receivedAt)).at(-1);
  // Bound until the last day of a month is free on the next.
  if (written) return until.test(written.before) ? afterMonthEnd(written.day) : written.day;
  const part = [...words.matchAll(partOfMonth)].at(-1);
  if (part) {
    const month = monthOf(part[2] ?? '');
    if (/^(mid|half|medio|midden|mitte|mi)$/.test(part[1] ?? '')) return next(month, receivedAt, 15);
    // Bound "until the end of June" is free in July.
    if (until.test(words.slice(0, part.index))) return next(month % 12 + 1, receivedAt);
    return next(month, receivedAt, 21);
  }
  return laterIn(words, receivedAt) ?? quarterIn(words, receivedAt) ?? monthIn(words, receivedAt) ??
    seasonIn(words, receivedAt) ?? yearIn(words, receivedAt);
}

function laterIn(words: string, receivedAt: Date): string | null {
  if (halfYear.test(words)) {
    return day(receivedAt.getUTCFullYear(), receivedAt.getUTCMonth() + 7, receivedAt.getUTCDate());
  }
  const found = later.exec(words);
  if (found === null) return null;
  const [, amount = '', unit = ''] = found;
  const count = /^\d/.test(amount)
    ? Number(amount)
    : numbers.findIndex((names) => names.split('|').includes(amount)) + 1;
  if (/^(day|dag|tag|jour)/.test(unit)) return plusDays(receivedAt, count);
  if (/^(week|woche|semaine)/.test(unit)) return plusDays(receivedAt, count * 7);
  const monthsLater = /^(month|maand|monat|mois)/.test(unit) ? count : count * 12;
  return day(
    receivedAt.getUTCFullYear(),
    receivedAt.getUTCMonth() + 1 + monthsLater,
    receivedAt.getUTCDate(),
  );
}

function quarterIn(words: string, receivedAt: Date): string | null {
  // "Q1 is full, ask in Q2": the last counts.
  const found = [...words.matchAll(quarter)].at(-1);
  const year = receivedAt.getUTCFullYear();
  if (found) {
    const number = Number(
      found[1] ?? found[2] ??
        quarterWords.findIndex((names) => new RegExp(`^(${names})`).test(found[3] ?? '')) + 1,
    );
    const given = /\b(20\d\d)\b/.exec(words.slice(found.index))?.[1];
    return given ? day(Number(given), number * 3 - 2) : next(number * 3 - 2, receivedAt);
  }
  if (
    /\b(next quarter|(volgend|komend) kwartaal|(nachste[sn]?|kommende[sn]?) quartal|(prochain trimestre|trimestre prochain))\b/
      .test(words)
  ) {
    return day(year, Math.floor(receivedAt.getUTCMonth() / 3) * 3 + 4);
  }
  return null;
}

/** "may" and "mars" are words as well: a month follows a word of time or before a year. */
const namedMonth = new RegExp(
  `\\b(?:(?:in|until|till|by|from|mid|early|late|after|before|for|come|of|since|around|beginning|start|tot|vanaf|na|begin|rond|eind|im|ab|bis|anfang|nach|gegen|en|debut|des|a partir|jusqu'?en|courant|au mois|early|naar|voor|back|next|nachste[nrms]?|kommende[nrms]?) (?:of |de |d'|next |the |ende |mois )*(${
    months.join('|')
  })|(${months.join('|')}) (20\\d\\d))\\b(?: (20\\d\\d))?`,
  'g',
);

function monthIn(words: string, receivedAt: Date): string | null {
  const found = [...words.matchAll(namedMonth)].at(-1);
  if (found) {
    const month = monthOf(found[1] ?? found[2] ?? '');
    const year = found[3] ?? found[4];
    return year ? day(Number(year), month) : next(month, receivedAt);
  }
  if (/\b(next month|volgende maand|nachste[nr]? monat|le mois prochain)\b/.test(words)) {
    return day(receivedAt.getUTCFullYear(), receivedAt.getUTCMonth() + 2);
  }
  return null;
}

function seasonIn(words: string, receivedAt: Date): string | null {
  for (const [pattern, month] of seasons) if (pattern.test(words)) return next(month, receivedAt);
  return null;
}

/** "For 2027", "in 2027". */
function yearIn(words: string, receivedAt: Date): string | null {
  const found =
    /\b(?:in|for|from|by|until|till|of|voor|vanaf|tot|fur|ab|im jahr|bis|anfang|erst|pour|en|des|debut) (20\d\d)\b/
      .exec(words);
  return found && Number(found[1]) > receivedAt.getUTCFullYear() ? day(Number(found[1]), 1) : null;
}

/** What is left: "next week", "a week on Monday", and how else people name a day. */
function chronoDay(text: string, receivedAt: Date): string | null {
  for (const parser of parsers) {
    const found = parser.parse(text.slice(0, 1_000), receivedAt, { forwardDate: true })
      .filter(({ start }) => start.isCertain('day') || start.isCertain('weekday')).at(-1);
    if (found) {
      const date = isoDay((found.end ?? found.start).date());
      if (date > isoDay(receivedAt)) return date;
    }
  }
  return null;
}
