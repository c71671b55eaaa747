// How phrases are written, and how they are found: one phrase a line, folded like the text, so that accents and umlauts are free.
//   (a|b)  either      (a )?  or nothing      word\\w*  any ending      ..  up to five words      ^ $  the sentence begins, ends here
//   <name> <mail> <phone>  a name, an address, a number      # a comment
// A choice holds whole syllables: never a vowel alone, since "ue" and "oe" are folded.
import { fold, type Sentence } from './sentences.ts';

/** `sure` decides alone; a `hint` only where nothing is sure. */
export interface PhraseText {
  sure: string;
  hint?: string;
}

export interface Phrases {
  plain: RegExp | null;
  tagged: RegExp | null;
}

const pattern = (line: string): string => {
  const begins = line.startsWith('^');
  const ends = line.endsWith('$');
  const body = fold(
    line.slice(begins ? 1 : 0, ends ? -1 : undefined).replace(/(?: \(\.\. \)\?|\( \.\. \)\?)$/, ''),
  )
    .replaceAll('(.. )?', '(?:[^ ]+ ){0,5}?')
    .replaceAll(' .. ', '(?: [^ ]+){0,5}? ');
  return `${begins ? '^' : ''} (?:${body})${ends ? ' $' : '(?= )'}`;
};

const either = (lines: readonly string[]): RegExp | null =>
  lines.length === 0 ? null : new RegExp(lines.map(pattern).join('|'));

export function phrases(text: string): Phrases {
  const lines = text.split('\n').map((line) => line.trim()).filter((line) =>
    line !== '' && !line.startsWith('#')
  );
  const needsTags = (line: string) => /<(?:name|mail|phone)>/.test(line);
  return {
    plain: either(lines.filter((line) => !needsTags(line))),
    tagged: either(lines.filter(needsTags)),
  };
}

/** Where the phrases first match, or -1. */
export function find({ plain, tagged }: Phrases, text: Pick<Sentence, 'words' | 'tagged'>): number {
  const at = plain === null ? -1 : text.words.search(plain);
  return at >= 0 || tagged === null ? at : text.tagged.search(tagged);
}
