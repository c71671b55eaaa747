// How phrases are written, and how they are found: one phrase a line, folded like the text, so that accents and umlauts are free.
//   (a|b)  either      (a )?  or nothing      word\\w*  any ending      ..  up to five words      ^ $  the sentence begins, ends here
//   <name> <mail> <phone>  a name, an address, a number      # a comment
// A choice holds whole syllables: never a vowel alone, since "ue" and "oe" are folded.
import { beginningsOf } from './phrase-beginnings.ts';
import { fold, type Sentence } from './sentences.ts';

/** `sure` decides alone; a `hint` only where nothing is sure. */
export interface PhraseText {
  sure: string;
  hint?: string;
}

/** One text of phrases. Its lines are read when it is first looked for, since most calls of a function read no reply. */
export interface Phrases {
  text: string;
  read?: { plain: Lines; tagged: Lines };
}

interface Line {
  lines: Lines;
  source: string;
  compiled?: RegExp;
}

/** Lines that can match anything are tried on every sentence. */
interface Lines {
  always: Line[];
}

/**
 * The lines of all lists by the word that a match begins with, so that a sentence is compared with the few that can match it, and only
 * those are ever compiled. One expression for each list cost the first hundred replies 58 ms each and later ones 5, this 7 and 0.7 (processor time on a busy machine).
 */
const byWord = new Map<string, Line[]>();
/** By the first two letters, where a match begins with "word\\w*". */
const byLetters = new Map<string, Line[]>();

const bodyOf = (line: string): string =>
  fold(line.replace(/^\^/, '').replace(/\$$/, '').replace(/(?: \(\.\. \)\?|\( \.\. \)\?)$/, ''));

const pattern = (line: string): string => {
  const body = bodyOf(line).replaceAll('(.. )?', '(?:[^ ]+ ){0,5}?').replaceAll(' .. ', '(?: [^ ]+){0,5}? ');
  return `${line.startsWith('^') ? '^' : ''} (?:${body})${line.endsWith('$') ? ' $' : '(?= )'}`;
};

const linesOf = (text: string): string[] =>
  text.split('\n').map((line) => line.trim()).filter((line) => line !== '' && !line.startsWith('#'));

const index = (texts: readonly string[]): Lines => {
  const lines: Lines = { always: [] };
  for (const text of texts) {
    const line: Line = { lines, source: pattern(text) };
    const begins = beginningsOf(bodyOf(text));
    if (begins === null) lines.always.push(line);
    else {for (const { word, isWhole } of begins) {
        add(isWhole ? byWord : byLetters, isWhole ? word : word.slice(0, 2), line);
      }}
  }
  return lines;
};

const add = (map: Map<string, Line[]>, key: string, line: Line): void => {
  const known = map.get(key);
  if (known === undefined) map.set(key, [line]);
  else if (known.at(-1) !== line) known.push(line);
};

export const phrases = (text: string): Phrases => ({ text });

function linesIn(list: Phrases): { plain: Lines; tagged: Lines } {
  if (list.read !== undefined) return list.read;
  const lines = linesOf(list.text);
  const needsTags = (line: string) => /<(?:name|mail|phone)>/.test(line);
  // What was found before does not know them.
  candidates.clear();
  return list.read = {
    plain: index(lines.filter((line) => !needsTags(line))),
    tagged: index(lines.filter(needsTags)),
  };
}

/** All lines as one expression, for short lists. */
export const expressionOf = (text: string): RegExp =>
  new RegExp(linesOf(text).map(pattern).join('|') || '$^');

/** Where the phrases first match, or -1. */
export function find(list: Phrases, text: Pick<Sentence, 'words' | 'tagged'>): number {
  const { plain, tagged } = linesIn(list);
  const at = search(plain, text.words);
  return at >= 0 ? at : search(tagged, text.tagged);
}

function search(lines: Lines, words: string): number {
  let first = -1;
  const attempt = (line: Line) => {
    const at = words.search(line.compiled ??= new RegExp(line.source));
    if (at >= 0 && (first < 0 || at < first)) first = at;
  };
  lines.always.forEach(attempt);
  candidatesOf(words).get(lines)?.forEach(attempt);
  return first;
}

/** Every sentence and clause is compared with every list, one list after the other. */
const candidates = new Map<string, Map<Lines, Set<Line>>>();
const kept = 200;

function candidatesOf(words: string): Map<Lines, Set<Line>> {
  const known = candidates.get(words);
  if (known !== undefined) return known;
  const found = new Map<Lines, Set<Line>>();
  const note = (line: Line) => {
    const ofList = found.get(line.lines);
    if (ofList === undefined) found.set(line.lines, new Set([line]));
    else ofList.add(line);
  };
  for (const word of new Set(words.split(' '))) {
    byWord.get(word)?.forEach(note);
    byLetters.get(word.slice(0, 2))?.forEach(note);
  }
  if (candidates.size >= kept) candidates.clear();
  candidates.set(words, found);
  return found;
}
