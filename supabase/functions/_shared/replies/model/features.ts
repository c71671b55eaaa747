// What the model sees of a reply: its words alone and in pairs, their beginnings, which of them are part of a question, and the subject
// where it is not an answer's.
import type { Sentence } from '../sentences.ts';

/** A feature is known by a number below 2 ** this; about one in fifty that no example had is taken for one that some had. */
export const featureBits = 20;

/** FNV-1a with a last mix, of which the upper bits are taken. */
function hash(text: string): number {
  let value = 0x811c9dc5;
  for (let index = 0; index < text.length; index++) {
    value = Math.imul(value ^ text.charCodeAt(index), 0x01000193);
  }
  value = Math.imul(value ^ (value >>> 15), 0x2c1b3c6d);
  return (value ^ (value >>> 12)) >>> (32 - featureBits);
}

const days = new Set(
  ('monday tuesday wednesday thursday friday saturday sunday maandag dinsdag woensdag donderdag vrijdag zaterdag zondag montag ' +
    'dienstag mittwoch donnerstag freitag samstag sonntag lundi mardi mercredi jeudi vendredi samedi dimanche')
    .split(' '),
);
const months = new Set(
  ('january february march april june july august september october november december januari februari maart juni juli augustus ' +
    'oktober januar februar marz dezember janvier fevrier avril juin juillet aout septembre octobre novembre decembre')
    .split(' '),
);

/** Which day or number it is says nothing about the class. */
const general = (word: string): string => {
  if (/\d/.test(word)) return '<number>';
  if (days.has(word)) return '<day>';
  return months.has(word) ? '<month>' : word;
};

const wordsOf = (tagged: string): string[] => tagged.trim().split(' ').map(general);

const maxSentences = 40;
const stemLength = 5;

/** The numbers of a reply's features, each once. */
export function featuresOf(sentences: readonly Sentence[], title: readonly Sentence[]): number[] {
  const found = new Set<number>();
  let count = 0;
  for (const { tagged, isQuestion } of sentences.slice(0, maxSentences)) {
    count += addWords(found, '', tagged);
    found.add(hash(isQuestion ? '?' : '.'));
    if (isQuestion) { for (const word of wordsOf(tagged)) found.add(hash(`?${word}`)); }
  }
  for (const { tagged } of title) addWords(found, 'title:', tagged);
  found.add(hash(title.length > 0 ? '#notice' : '#answer'));
  found.add(hash(`#length ${Math.round(Math.log2(count + 1))}`));
  return [...found];
}

function addWords(found: Set<number>, kind: string, tagged: string): number {
  const words = wordsOf(tagged);
  let before = '^';
  for (const word of words) {
    found.add(hash(`${kind}${before} ${word}`));
    found.add(hash(kind + word));
    if (word.length > stemLength) found.add(hash(`${kind}${word.slice(0, stemLength)}*`));
    before = word;
  }
  found.add(hash(`${kind}${before} $`));
  return words.length;
}
