// What tells a machine from a person: headers and codes of any language, and the words of machines/<language>.ts.
import type { MachineLanguage } from '../language.ts';
import { type Phrases, phrases } from '../phrases.ts';
import type { Code } from '../spoken.ts';
import { germanMachines } from './machines/de.ts';
import { englishMachines } from './machines/en.ts';
import { frenchMachines } from './machines/fr.ts';
import { dutchMachines } from './machines/nl.ts';

/** Headers that only machines set. X-Auto-Response-Suppress is none: Exchange sets it on what people write. */
export const machineHeaders: readonly (readonly [name: string, value: RegExp])[] = [
  ['auto-submitted', /^auto-(replied|generated|notified)/i],
  ['x-autoreply', /^(?!no\b)./i],
  ['x-autorespond', /^(?!no\b)./i],
  ['precedence', /^(auto_reply|bulk|junk)$/i],
];

/** The report of a mail server, whatever its language. */
export const bounceHeaders: readonly (readonly [name: string, value: RegExp])[] = [
  ['from', /mailer-daemon|mail delivery (sub)?system|postmaster@/i],
  ['content-type', /delivery-status/i],
  ['x-failed-recipients', /./],
];
export const serverCodes =
  /(?<![\d.])[45]\d\d[ -]#?[45]\.\d{1,3}\.\d{1,3}(?!\d)|#[45]\.\d\.\d|^(?:final-recipient|diagnostic-code|action: failed|status: [45]\.)|\bsmtp error\b/im;

/** Before the subject of an automatic mail, in place of "Re:". */
export const answerTitle =
  /^\s*(?:re|aw|antw|sv|tr|rv|ref|réf|fwd?|wg|doorst|doorgest|rép)\s*(?:\[\d+\])?\s*:/i;

/** A machine that says so itself, in folded words: "This is an automated message". */
export const saysItself =
  /^ (?:this is an|dit is een|dies(?:e \w+)? (?:ist|wurde)(?: eine)?|ceci est une?|cet?t? \w+ est une?) (?:ge)?automat\w* /;

export type ByLanguage = Record<Code, Phrases>;

const inAll = (name: keyof MachineLanguage): ByLanguage => ({
  en: phrases(englishMachines[name] ?? ''),
  nl: phrases(dutchMachines[name] ?? ''),
  de: phrases(germanMachines[name] ?? ''),
  fr: phrases(frenchMachines[name] ?? ''),
});

export const bounceTitle = inAll('bounceTitle');
export const delayed = inAll('delayed');
export const bounceText = inAll('bounceText');
export const absenceTitle = inAll('absenceTitle');
export const machineTitle = inAll('machineTitle');
export const absenceText = inAll('absenceText');
export const absenceHint = inAll('absenceHint');
export const gone = inAll('gone');
export const automaticText = inAll('automaticText');
export const automaticTitle = inAll('automaticTitle');
