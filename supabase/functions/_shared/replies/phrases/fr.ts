// French, as in France, Belgium, Switzerland and Québec.
import type { Language } from '../language.ts';
import { referral, wrongPerson } from './fr/passing-on.ts';
import { habit, notInterested, notNow } from './fr/refusing.ts';
import { leave, unsubscribe } from './fr/stopping.ts';
import { condition, interested, question } from './fr/wanting.ts';

export const french: Language = {
  negation: `(ne|n|pas|plus|non|aucun|aucune|jamais|sans|rien|ni|nullement|guère|aucunement|personne)`,
  habit,
  unsubscribe,
  condition,
  leave,
  referral,
  wrong_person: wrongPerson,
  not_now: notNow,
  not_interested: notInterested,
  question,
  interested,
};
