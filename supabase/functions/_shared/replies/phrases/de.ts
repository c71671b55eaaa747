// German, as in Germany, Austria and Switzerland.
import type { Language } from '../language.ts';
import { referral, wrongPerson } from './de/passing-on.ts';
import { notInterested, notNow } from './de/refusing.ts';
import { leave, unsubscribe } from './de/stopping.ts';
import { interested, question } from './de/wanting.ts';

export const german: Language = {
  negation:
    `(nicht|nich|nix|nichts|ned|net|nie|niemals|kein|keine|keinen|keiner|keinem|keinerlei|weder|ohne|nein|niemand|kaum|noch|koa|kane|nüt)`,
  habit:
    `(normalerweise|eigentlich|normal|meistens|meist|in der regel|grundsätzlich|sonst|üblicherweise|generell|im normalfall)`,
  condition: `
    (wenn|falls|sollten|sofern) (sie|du|ihr)
    haben sie interesse
    sie haben interesse
  `,
  leave,
  unsubscribe,
  referral,
  wrong_person: wrongPerson,
  not_now: notNow,
  not_interested: notInterested,
  question,
  interested,
};
