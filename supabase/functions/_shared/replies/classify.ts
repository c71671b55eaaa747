// Says what a reply is by its own words: phrases of four languages, each worth something for one class. Pure and quick, so that
// every reply has a class before a person opens it; who and what else decides is in the order of belief (docs/decisions.md).
import { dateIn } from './dates.ts';
import { ownWords, plain } from './own-words.ts';
import { english } from './phrases/en.ts';
import { french } from './phrases/fr.ts';
import { german } from './phrases/de.ts';
import { dutch } from './phrases/nl.ts';
import { machineHeaders, machines } from './phrases/machines.ts';
import {
  type Classification,
  type Phrases,
  type Reply,
  type ReplyClass,
  replyClasses,
} from './reply-class.ts';

const people: readonly Phrases[] = [english, dutch, german, french];
const byMachine: ReadonlySet<ReplyClass> = new Set(['bounce', 'out_of_office', 'automatic']);

/** Below this a machine's phrase may as well be a person's ("I am out of office next week, call me after it"). */
const machineIsSure = 3;

type Scores = Record<ReplyClass, number>;

export function classifyReply({ subject, text, headers, receivedAt }: Reply): Classification {
  const own = ownWords(text);
  const words = plain(own);
  const scores = Object.fromEntries(replyClasses.map((name) => [name, 0])) as Scores;
  const title = plain(subject ?? '');
  // A machine writes its own subject; a person leaves "Re: …" of ours, whose words say nothing.
  const ownTitle = /^(re|aw|antw|sv|tr|rv|fwd?|wg|doorst|doorgestuurd)\s*:/.test(title) ? '' : title;
  add(scores, machines, `${ownTitle}\n${words}`);
  for (const phrases of people) add(scores, phrases, words);
  if (isFromMachine(headers) && scores.bounce + scores.out_of_office < machineIsSure) scores.automatic += 3;

  const replyClass = decide(scores, words);
  const total = replyClasses.reduce((sum, name) => sum + scores[name], 0);
  return {
    replyClass,
    confidence: total === 0 ? 0.3 : Math.min(0.99, 0.5 + scores[replyClass] / total / 2),
    date: replyClass === 'not_now' || replyClass === 'out_of_office' ? dateIn(own, receivedAt) : null,
  };
}

function add(scores: Scores, phrases: Phrases, words: string): void {
  for (const name of replyClasses) {
    for (const [pattern, worth] of phrases[name] ?? []) {
      if (pattern.test(words)) scores[name] += worth;
    }
  }
}

const isFromMachine = (headers: Reply['headers']): boolean =>
  machineHeaders.some(([name, value]) => value.test(headers?.[name] ?? ''));

/** What is certain by its form comes first; among what people say the more binding wins a draw. */
function decide(scores: Scores, words: string): ReplyClass {
  if (scores.bounce >= 4) return 'bounce';
  const best = (names: readonly ReplyClass[]): ReplyClass =>
    names.reduce((first, name) => (scores[name] > scores[first] ? name : first));
  const byPeople = best(replyClasses.filter((name) => !byMachine.has(name)));
  const machine = best(['out_of_office', 'automatic', 'bounce']);
  if (scores[machine] >= machineIsSure && scores[machine] >= scores[byPeople]) return machine;
  if (scores[byPeople] > 0) return byPeople;
  return words.includes('?') ? 'question' : 'interested';
}
