// Text as the phrases are matched to it: sentences and clauses of folded words, one space between words, none of the punctuation.

export interface Sentence {
  /** Words with one space around each: " call me on tuesday ". */
  words: string;
  /** The same with names, addresses and numbers as <name>, <mail> and <phone>. */
  tagged: string;
  /** Parts between commas and before or after "but", so that a "not" reaches no further than it is meant. */
  clauses: readonly { words: string; tagged: string; isOverruled: boolean }[];
  isQuestion: boolean;
}

/**
 * One spelling for what people write in several: no accents, ß = ss, ae/oe/ue = a/o/u as in German without umlauts (in every
 * language, since text and phrases are folded alike), "e" and "mail" joined = "mail", "don't" = "dont", "l'offre" = "l offre".
 */
export const fold = (text: string): string =>
  text.toLowerCase().normalize('NFKD').replaceAll(/\p{M}/gu, '')
    .replaceAll('ß', 'ss').replaceAll('œ', 'o').replaceAll('ø', 'o')
    .replaceAll(/[’‘`´]/g, "'")
    .replaceAll(/'(m|s|re|ve|d|ll|t)(?![a-z])/g, '$1')
    .replaceAll("'", ' ')
    .replaceAll(/([aou])e/g, '$1')
    .replaceAll(/(?<![a-z])e[- ]?mail/g, 'mail')
    .replaceAll(/[ \t]+/g, ' ');

/** Contrast: what follows is what is meant. No contrast is the Dutch "maar" of "vraag maar aan" and "niet mijn werk, maar stuur het maar". */
const contrast =
  /(?<!(?:^|[\s,.!?])(?:vraag|mail|bel|stuur|kom|doe|laat|probeer|app|schrijf|zeg|ga|neem|geef|zet|plan|boek|contacteer|vertel|benader|spreek|check|verwijder|haal|stop|klop|richt|zoek|hem|haar|ze|dan|alleen|nou|ik ben|ben ik|zie|kijk|wacht)) (?=maar )|[ ,](?=(?:but|however|though|although|yet|echter|toch|aber|jedoch|allerdings|sondern|doch|mais|toutefois|cependant|seulement|par contre|en revanche|nevertheless) )|,(?=maar )/i;

const address = /[^\s<>():;,@]+@[^\s<>():;,@]+\.[a-z]{2,}/gi;
const phone = /(?<![\w./-])(?:\+?\d[\d ()/-]{6,}\d)(?![\w./-])/g;

const calendar = new Set(
  ('i im id ill ive january february march april may june july august september october november december monday tuesday wednesday ' +
    'thursday friday saturday sunday christmas easter q1 q2 q3 q4 hi hello dear hr it ceo cto cfo cmo ok okay no not yes please thanks ct et ' +
    'pt gmt cet bst uk us eu').split(' '),
);

/** "But Ask Malcolm": who writes the verb with a capital still names one person. */
const afterVerb =
  /^(Ask|Try|Contact|Call|Email|Mail|Speak|See|Please|Bel|Vraag|Contacteer|Demandez|Voyez|Contactez|Essayez|Fragen|Kontaktieren) .*$/;

/** Capitals within a sentence are names in English, Dutch and French; in German of every noun, so German phrases say Herr or Frau before it. */
const tag = (text: string): string =>
  text.replaceAll(address, ' zzmail ').replaceAll(phone, ' zzphone ')
    .replaceAll(
      /(?<=[\p{L}\d,:] )\p{Lu}[\p{L}'-]+(?: (?:van|de|den|der|von|el|d') ?(?=\p{Lu})|(?= ))*(?: \p{Lu}[\p{L}'-]+)*/gu,
      (name) =>
        calendar.has(name.toLowerCase())
          ? name
          : name.replace(afterVerb, '$1 zzname').replace(/^(?!.*zzname).*$/, 'zzname'),
    );

const clean = (text: string): string =>
  ` ${
    fold(text).replaceAll(/[^\p{L}\p{N}@#$€£%?/+.]+/gu, ' ').replaceAll(/[.]+(?= |$)/g, '').replaceAll(
      '?',
      '',
    ).trim()
  } `
    .replaceAll(/ {2,}/g, ' ');

const tagged = (text: string): string =>
  clean(tag(text)).replaceAll('zzname', '<name>').replaceAll('zzmail', '<mail>').replaceAll(
    'zzphone',
    '<phone>',
  );

/** Not the end of a sentence: "Mr. Finch", "16. Februar", "z. B.". */
const abbreviation =
  /(?:^|[\s(.])(?:mr|mrs|ms|dr|st|hr|abt|zzgl|einschl|mag|ing|bgm|str|lt|bez|m|z|b|d|h|u|a|i|nr|ca|tel|bzw|evtl|prof|mme|dhr|mevr|dhr|ggf|inkl|jan|feb|mar|apr|jun|jul|aug|sep|sept|oct|okt|nov|dec|dez|do|di|mi|fr|mo|max|min|\d{1,2})$/i;

/** Characters read at once. Real sentences are shorter, and the limit keeps the cost of any text linear. */
const maxSentenceLength = 600;

/** Sentences that are matched: each costs the same however short it is, and no reply needs more to say what it wants. */
const maxSentences = 100;

export function sentencesOf(text: string): Sentence[] {
  return splitLines(text).flatMap(splitSentence).slice(0, maxSentences).map((sentence) => {
    const parts = sentence.slice(0, maxSentenceLength).split(/[,;()]|\s[-–—]+\s/).flatMap((part) =>
      part.split(contrast)
    );
    const joined = sentence.split(/[;()]|\s[-–—]+\s/).flatMap((part) => part.split(contrast));
    const turn = joined.length > 1 && contrast.test(sentence) ? clean(joined.at(-1) ?? '') : '';
    return {
      words: clean(sentence),
      tagged: tagged(sentence),
      clauses: parts.map((part, index) => ({
        words: clean(part),
        // The first word of a sentence has a capital anyway.
        tagged: tagged(index === 0 ? part.trimStart() : ` ${part}`),
        isOverruled: turn !== '' && !turn.includes(clean(part).trim()),
      })),
      isQuestion: sentence.includes('?'),
    };
  }).filter(({ words }) => words.trim() !== '');
}

/** Lines that a mail program broke at its margin are one; short lines are their own sentences. */
function splitLines(text: string): string[] {
  const found: string[] = [];
  let isOpen = false;
  for (const line of text.split('\n').map((each) => each.trim())) {
    if (isOpen && line !== '' && !/^[-*•\d]/.test(line)) found[found.length - 1] += ` ${line}`;
    else if (line !== '') found.push(line);
    isOpen = line.length >= 55 && !/[.!?:,]$/.test(line);
  }
  return found;
}

function splitSentence(line: string): string[] {
  const found: string[] = [];
  let rest = '';
  for (const piece of line.split(/(?<=[.!?…])\s+/)) {
    rest = rest === '' ? piece : `${rest} ${piece}`;
    if (piece.endsWith('.') && abbreviation.test(piece.slice(0, -1)) && rest.length < maxSentenceLength) {
      continue;
    }
    found.push(rest);
    rest = '';
  }
  if (rest !== '') found.push(rest);
  return found;
}
