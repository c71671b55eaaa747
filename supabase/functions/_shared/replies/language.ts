// What each language says for each class that a person's reply may have (phrases.ts explains how phrases are written).
import type { PhraseText } from './phrases.ts';

export type PersonClass =
  | 'unsubscribe'
  | 'referral'
  | 'wrong_person'
  | 'not_now'
  | 'not_interested'
  | 'question'
  | 'interested';

export type Language = Readonly<
  Record<PersonClass, PhraseText> & {
    /** Words that turn what follows in the same clause into its opposite. */
    negation: string;
    /** "Normally I am not interested": before a "but", it is not what the reply means. */
    habit: string;
    /** "If you are interested in a quotation": of the reader, not of who writes. */
    condition: string;
    /** Out of this conversation, not out of the list: no unsubscribe where somebody was passed on. */
    leave: string;
  }
>;
