// Dutch, as in the Netherlands and in Flanders.
import type { Language } from '../language.ts';
import { referral, wrongPerson } from './nl/passing-on.ts';
import { notInterested, notNow } from './nl/refusing.ts';
import { unsubscribe } from './nl/stopping.ts';
import { interested, question } from './nl/wanting.ts';

export const dutch: Language = {
  negation: `(niet|nie|geen|nooit|nergens|niets|niks|niemand|zonder|nee|neen|noch|nauwelijks|kan niet)`,
  habit:
    `(normaal|normaliter|meestal|doorgaans|gewoonlijk|eigenlijk|in principe|over het algemeen|in de regel)`,
  condition: `
    (als|indien|mocht|wanneer) (u|je|jij|jullie)
    (wil|wilt|heb|hebt|heeft) (u|je) interesse
  `,
  leave: `
    (mij|me) (mag|kun|kan|hoef|hoeft) .. (cc|loop|mailwisseling|conversatie|weglaten)
    (uit|van) de (cc|loop|mailwisseling)
  `,
  unsubscribe,
  referral,
  wrong_person: wrongPerson,
  not_now: notNow,
  not_interested: notInterested,
  question,
  interested,
};
