// Which of our languages a reply may be in, by its small words; a short reply may be in any.
import type { Sentence } from './sentences.ts';

export const codes = ['en', 'nl', 'de', 'fr'] as const;
export type Code = (typeof codes)[number];

/** Folded as in sentences.ts. A word that two languages share counts for both. */
const smallWords: Record<Code, ReadonlySet<string>> = {
  en: new Set(
    ('the and of to a an in is it that you i im we were our us my me your this for on with not no dont be are was have has had at as ' +
      'by or if but from so can could would will wont please thanks thank do does what who how when where which there here just ' +
      'more any all been they he she about up out off yes hi hello sorry am get its ive well too now back')
      .split(' '),
  ),
  nl: new Set(
    ('de het een en van is ik u je jij jullie wij we niet geen dat die dit in op te voor met aan naar bij om als maar er hier ook nog wel ' +
      'al uit over door uw mijn ons onze mij me zijn ben bent heb heeft hebben was kan kunt kunnen wil graag bedankt dank nee ja hoe wat ' +
      'wie waar wanneer deze meer dan nu of hoi beste hij zij hun per tot mag').split(' '),
  ),
  de: new Set(
    ('der die das ein eine einen und von ist ich sie du ihr wir nicht kein keine dass den dem des in auf zu fur mit an bei um als aber es ' +
      'hier auch noch schon aus uber durch ihre ihrer ihren mein meine uns unser mir mich sind bin habe hat haben war kann konnen ' +
      'will bitte gerne gern danke nein ja wie was wer wo wann diese mehr jetzt oder hallo im am zum zur vom nach so da ab werde wird')
      .split(' '),
  ),
  fr: new Set(
    ('le la les un une et de du des est je vous tu nous on ne pas plus que qui ce cette ces en dans au aux pour avec sur par si mais il elle ' +
      'ici aussi encore bien votre vos notre nos mon ma mes me moi suis sommes avez ai a avons ete peut pouvez merci non oui comment ' +
      'quoi quand ou d l j n c s m t qu cela ca sont se y bonjour ni sans').split(' '),
  ),
};

/** Most small words of a reply are of its language; nearly as many of another make that possible too. */
const share = 0.6;

export function spokenIn(sentences: readonly Sentence[]): readonly Code[] {
  const words = sentences.slice(0, 20).flatMap((sentence) => sentence.words.trim().split(' '));
  const counts = codes.map((code) => words.filter((word) => smallWords[code].has(word)).length);
  const most = Math.max(...counts);
  return most < 2 ? codes : codes.filter((_, index) => (counts[index] ?? 0) >= most * share);
}
