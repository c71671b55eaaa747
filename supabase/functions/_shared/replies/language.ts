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

/** What machines write: titles are subject lines, texts are sentences. */
export type MachineLanguage = Readonly<{
  bounceTitle: string;
  /** A server that has not given up yet; no action is needed. */
  delayed: string;
  bounceText: string;
  /** Subject lines of absence notes; "Automatic reply" alone may be anything. */
  absenceTitle: string;
  /** Subject lines that say only that a machine answers. */
  machineTitle: string;
  absenceText: string;
  /** Days and habits that a person names too: an absence only where a machine answers and confirms nothing. */
  absenceHint?: string;
  /** Somebody has left, and the mail system says so: no absence. */
  gone: string;
  automaticText: string;
  /** Subject lines of ticket systems, filters and read receipts. */
  automaticTitle: string;
}>;
